/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Many records that come into a token at once, made by somebody who makes them one by
 * one: in a copy beside it, from which one transaction takes all that is new.  It must
 * not know what they are.
 */
#include <stdlib.h>
#include <unistd.h>

#include "store/watch.h"
#include "token/base/gate.h"

struct upkeep_branch {
	struct store *store; /* the token's; the caller's */
	struct place place;  /* of the copy */
	struct fresh fresh;  /* its file, and the lock on its folder */
	uint64_t last;       /* the highest id that it had when it was made */
};

/* --- the copy ------------------------------------------------------------- */

static enum store_status
folder_take(struct upkeep_branch *branch)
{
	const struct store *store = branch->store;

	TRY(place_make(store->place.branch));
	return place_find(store->place.branch, store->slot, &branch->place);
}

static enum store_status
last_look(struct upkeep_branch *branch, struct db *db)
{
	struct token_row token;

	TRY(db_run(db, BEGIN_READ));
	TRY(token_read(db, &token));
	return last_id(db, &token, &branch->last);
}

static enum store_status
last_find(struct upkeep_branch *branch)
{
	struct db *db = NULL;
	enum store_status status;

	gate_enter();
	status = db_open(branch->place.token, &db);
	if (status == STORE_OK) {
		status = last_look(branch, db);
		db_rollback(db);
	}
	db_close(db);
	gate_leave();
	return status;
}

static enum store_status
grow(struct upkeep_branch *branch)
{
	const struct place *place = &branch->place;
	enum store_status status;

	TRY(folder_take(branch));
	status = fresh_begin(&branch->fresh, place->folder, place->token);
	/* Whoever had it before took it away from under those who waited. */
	if (status == STORE_IO && access(place->folder, F_OK) != 0)
		return STORE_BUSY;
	TRY(status);
	/* What a killed process left would be played into the copy. */
	(void)unlink(place->journal);
	(void)unlink(place->tries);
	TRY(token_copy(branch->store->place.token, &branch->fresh));
	return last_find(branch);
}

static void
files_remove(const struct place *place)
{
	(void)unlink(place->token);
	(void)unlink(place->journal);
	(void)unlink(place->tries);
	(void)rmdir(place->folder);
}

void
branch_remove(const struct place *of, uint32_t slot)
{
	RELEASED(place_release) struct place place = { 0 };

	if (place_find(of->branch, slot, &place) == STORE_OK)
		files_remove(&place);
}

enum store_status
upkeep_branch(struct store *store, struct upkeep_branch **out)
{
	RELEASED(upkeep_branch_end) struct upkeep_branch *branch = calloc(1, sizeof(*branch));

	*out = NULL;
	if (branch == NULL)
		return STORE_NO_MEMORY;
	branch->fresh = (struct fresh)FRESH_NONE;
	branch->store = store;
	if (store->in_memory)
		return STORE_ABSENT;
	TRY(grow(branch));
	*out = branch;
	branch = NULL;
	return STORE_OK;
}

const char *
upkeep_branch_folder(const struct upkeep_branch *branch)
{
	return branch->place.folder;
}

void
upkeep_branch_end(struct upkeep_branch **branch)
{
	if (*branch == NULL)
		return;
	/* Only whoever has the lock. */
	if ((*branch)->fresh.path != NULL)
		files_remove(&(*branch)->place);
	fresh_release(&(*branch)->fresh);
	place_release(&(*branch)->place);
	free(*branch);
	*branch = NULL;
}

/* --- what it has gained --------------------------------------------------- */

/* Whoever made it was logged in, and nobody else is vouched for. */
static enum store_status
row_join(struct store_txn *txn, struct row *row)
{
	RELEASED(store_record_release) struct store_record record = { 0 };

	if (!row->sealed)
		return STORE_DAMAGED;
	TRY(row_open(txn->keys, row, true, &record));
	row->meta = bytes_view(&record.meta);
	row->secret = secret_view(&record.secret);
	return row_insert(txn, row);
}

static enum store_status
rows_join(const struct upkeep_branch *branch, struct db *db, struct store_txn *txn)
{
	RELEASED(statement_done) sqlite3_stmt *statement = NULL;
	struct row row = { 0 };
	bool found;

	TRY(db_run(db, BEGIN_READ));
	TRY(db_prepare(db, OBJECT_SCAN, &statement));
	TRY(bind_u64(statement, 1, branch->last));
	for (;;) {
		TRY(db_step(db, statement, &found));
		if (!found)
			return STORE_OK;
		TRY(row_columns(statement, true, &row));
		TRY(row_join(txn, &row));
	}
}

enum store_status
upkeep_branch_join(const struct upkeep_branch *branch)
{
	RELEASED(store_rollback) struct store_txn *txn = NULL;
	struct db *db = NULL;
	enum store_status status;

	TRY(store_begin(branch->store, &txn));
	if (txn->keys == NULL)
		return STORE_CLOSED;
	status = db_open(branch->place.token, &db);
	if (status == STORE_OK) {
		status = rows_join(branch, db, txn);
		db_rollback(db);
	}
	db_close(db);
	return status == STORE_OK ? store_commit(&txn) : status;
}
