/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A token under a new master key: every record opened and sealed anew, in a file
 * beside that takes the old one's place when it is whole.  It must not know how a
 * seal is made.
 *
 * While it copies, the old token's writers are kept away by a write transaction
 * that writes nothing, so no journal stands beside the name when it changes hands.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/watch.h"
#include "token/base/attrs.h"
#include "token/base/gate.h"
#include "token/base/log.h"

/* A re-keying under way. */
struct rekey {
	const struct watcher *watcher;
	struct store *store;
	/* The old token: its PINs, its keys, the transaction that holds it still. */
	struct entry entries[SEAL_ROLES];
	bool present[SEAL_ROLES];
	struct keys *old_keys;
	struct store_txn *txn;
	struct state seen; /* of its records, as they go by */
	/* The new one. */
	struct keys *keys;
	struct envelope envelopes[SEAL_ROLES];
	struct token_row token;
	struct state state;
	struct db *db;
	struct fresh fresh;
};

static void
rekey_release(struct rekey *rekey)
{
	gate_enter();
	db_close(rekey->db);
	gate_leave();
	store_rollback(&rekey->txn);
	fresh_release(&rekey->fresh);
	keys_release(&rekey->keys);
	keys_release(&rekey->old_keys);
	for (size_t role = 0; role < SEAL_ROLES; role++)
		entry_release(&rekey->entries[role]);
	store_close(rekey->store);
}

/* --- who may -------------------------------------------------------------- */

/* Tries the PINs of all roles that have one; for a role that has none there must be none. */
static enum store_status
try_all(struct rekey *rekey, const struct view pins[SEAL_ROLES])
{
	struct store *store = rekey->store;

	for (enum store_role role = STORE_USER; role <= STORE_SO; role++) {
		rekey->present[role] = store->pin_set[role];
		if (rekey->present[role] != (pins[role].data != NULL)) {
			log_error("%s: a new master key needs the PINs of the SO and, once he "
				  "has one, of the user",
			    store_name(store));
			return rekey->present[role] ? STORE_CLOSED : STORE_PIN_UNSET;
		}
		if (rekey->present[role])
			TRY(try_pin(store, role, pins[role], &rekey->entries[role]));
	}
	return rekey->present[STORE_SO] ? STORE_OK : STORE_DAMAGED;
}

/* The keys before and after, and the new envelopes; nothing is locked while scrypt computes. */
static enum store_status
make_keys(struct rekey *rekey, const struct view pins[SEAL_ROLES])
{
	RELEASED(secret_clear) struct secret master = { 0 };
	const struct entry *so = &rekey->entries[STORE_SO];

	TRY(keys_derive(STORE_SO, so->uuid, secret_view(&so->master), &rekey->old_keys));
	TRY(master_make(&master));
	TRY(keys_derive(STORE_SO, so->uuid, secret_view(&master), &rekey->keys));
	for (enum store_role role = STORE_USER; role <= STORE_SO; role++)
		if (rekey->present[role])
			TRY(envelope_make(rekey->store, so->uuid, role,
			    rekey->entries[role].envelope.epoch + 1, pins[role],
			    secret_view(&master), &rekey->envelopes[role]));
	return STORE_OK;
}

/* Holds the old token still, and is it still the one whose PINs were tried? */
static enum store_status
hold_old(struct rekey *rekey)
{
	TRY(txn_begin(rekey->store, rekey->old_keys, &rekey->txn));
	for (enum store_role role = STORE_USER; role <= STORE_SO; role++)
		TRY(same_epoch(rekey->txn, role,
		    rekey->present[role] ? rekey->entries[role].envelope.epoch : 0));
	return STORE_OK;
}

/* --- records -------------------------------------------------------------- */

/*
 * A private record's tags hang on the search key.  Which of its values they are of
 * is found out by making the old tag of each.
 */
static enum store_status
retag(const struct rekey *rekey, const struct row *row, struct view meta, struct bytes *tags)
{
	const struct attrs attrs = { .data = (unsigned char *)(uintptr_t)meta.data,
		.len = meta.len };
	struct store_tag value;
	CK_ATTRIBUTE_TYPE type;
	size_t at = 0, made = 0;

	if (!bytes_alloc(tags, row->tags.len))
		return STORE_NO_MEMORY;
	while (made < row->tags.len && attrs_next(&attrs, &at, &type, &value.value)) {
		unsigned char tag[SEAL_TAG_LEN];

		value.attribute = type;
		TRY(search_tag(rekey->old_keys, rekey->old_keys->uuid, &value, tag));
		if (memmem(row->tags.data, row->tags.len, tag, sizeof(tag)) == NULL)
			continue;
		TRY(search_tag(rekey->keys, rekey->keys->uuid, &value, tags->data + made));
		made += SEAL_TAG_LEN;
	}
	tags_sort(tags);
	return made == row->tags.len ? STORE_OK : STORE_DAMAGED;
}

static enum store_status
reseal(struct rekey *rekey, struct row *row)
{
	RELEASED(store_record_release) struct store_record record = { 0 };
	RELEASED(bytes_release) struct bytes tags = { 0 }, meta = { 0 }, secret = { 0 };

	TRY(state_add(rekey->old_keys, &rekey->seen, row));
	TRY(row_open(rekey->old_keys, row, true, &record));
	row->meta = bytes_view(&record.meta);
	row->secret = secret_view(&record.secret);
	if (row->is_private) {
		TRY(retag(rekey, row, row->meta, &tags));
		row->tags = bytes_view(&tags);
	}
	TRY(row_seal(rekey->keys, row, &meta, &secret));
	TRY(tags_write(rekey->db, row->id, VIEW_NONE, row->tags));
	TRY(row_write(rekey->db, row));
	return state_add(rekey->keys, &rekey->state, row);
}

static enum store_status
rewrite(struct rekey *rekey, sqlite3_stmt *statement)
{
	struct row row = { 0 };

	TRY(row_columns(statement, true, &row));
	if (row.sealed)
		return reseal(rekey, &row);
	TRY(tags_write(rekey->db, row.id, VIEW_NONE, row.tags));
	return row_write(rekey->db, &row);
}

static enum store_status
count_records(struct rekey *rekey, uint64_t *count)
{
	RELEASED(statement_done) sqlite3_stmt *statement = NULL;
	bool row;

	TRY(db_prepare(rekey->txn->db, OBJECT_COUNT, &statement));
	TRY(db_step(rekey->txn->db, statement, &row));
	return column_u64(statement, 0, count);
}

static enum store_status
rewrite_records(struct rekey *rekey)
{
	RELEASED(statement_done) sqlite3_stmt *statement = NULL;
	uint64_t done = 0, all;
	bool row;

	TRY(count_records(rekey, &all));
	TRY(db_prepare(rekey->txn->db, OBJECT_SCAN, &statement));
	TRY(bind_u64(statement, 1, 0));
	for (;;) {
		TRY(db_step(rekey->txn->db, statement, &row));
		if (!row)
			return STORE_OK;
		TRY(rewrite(rekey, statement));
		watcher_progress(rekey->watcher, ++done, all);
	}
}

/* --- the file ------------------------------------------------------------- */

/* Nobody's removed, added or older record gets a fresh seal. */
static enum store_status
same_records(const struct rekey *rekey)
{
	const struct state *old = &rekey->txn->state;

	return rekey->txn->state_known && rekey->seen.rows == old->rows &&
		memcmp(rekey->seen.digest, old->digest, sizeof(old->digest)) == 0
	    ? STORE_OK
	    : STORE_DAMAGED;
}

static enum store_status
write_rows(struct rekey *rekey)
{
	TRY(db_run(rekey->db, BEGIN_WRITE));
	TRY(rewrite_records(rekey));
	TRY(same_records(rekey));
	for (enum store_role role = STORE_USER; role <= STORE_SO; role++) {
		if (!rekey->present[role])
			continue;
		TRY(envelope_put(rekey->db, &rekey->envelopes[role]));
		rekey->state.epochs[role] = rekey->envelopes[role].epoch;
	}
	/* Whoever has seen the old state must not take the new one for an older. */
	rekey->state.counter = rekey->txn->state.counter + 1;
	rekey->token = rekey->txn->token;
	TRY(token_state_seal(rekey->keys, &rekey->token, &rekey->state));
	TRY(token_put(rekey->db, &rekey->token));
	return db_run(rekey->db, COMMIT);
}

static enum store_status
write_file(struct rekey *rekey)
{
	const struct place *place = &rekey->store->place;
	enum store_status status;

	TRY(fresh_begin(&rekey->fresh, place->folder, place->fresh));
	gate_enter();
	status = db_make_file(rekey->fresh.path, &rekey->db);
	if (status == STORE_OK)
		status = write_rows(rekey);
	db_close(rekey->db);
	rekey->db = NULL;
	gate_leave();
	return status == STORE_OK ? fresh_sync(&rekey->fresh) : status;
}

/* What was written opens with the keys that it was written for, all of it. */
static enum store_status
check_written(const struct rekey *rekey)
{
	struct report report = { 0 };
	struct db *db = NULL;
	enum store_status status;

	gate_enter();
	status = db_open(rekey->fresh.path, &db);
	if (status == STORE_OK)
		status = db_run(db, BEGIN_READ);
	if (status == STORE_OK)
		status = check_database(db, rekey->keys, NULL, &report);
	if (db != NULL)
		db_rollback(db);
	db_close(db);
	gate_leave();
	return status;
}

/* --- all of it ------------------------------------------------------------ */

/* What is wrong with a token that cannot be written anew. */
static void
tell(const struct rekey *rekey)
{
	struct report report = { 0 };

	log_error("%s is not without errors, and gets no new master key", store_name(rekey->store));
	(void)!check_database(rekey->txn->db, rekey->old_keys, rekey->watcher, &report);
}

static enum store_status
take_new_key(struct rekey *rekey, const struct view pins[SEAL_ROLES])
{
	enum store_status status;

	TRY(try_all(rekey, pins));
	TRY(make_keys(rekey, pins));
	TRY(hold_old(rekey));
	status = write_file(rekey);
	if (status == STORE_DAMAGED)
		tell(rekey);
	TRY(status);
	TRY(check_written(rekey));
	return fresh_replace(&rekey->fresh, &rekey->store->place, rekey->txn->db);
}

enum store_status
upkeep_rekey(const struct store_config *config, uint32_t slot, struct view user_pin,
    struct view so_pin, const struct watcher *watcher)
{
	RELEASED(rekey_release) struct rekey rekey = { .watcher = watcher, .fresh = FRESH_NONE };
	const struct view pins[SEAL_ROLES] = { [STORE_USER] = user_pin, [STORE_SO] = so_pin };

	TRY(store_open(config, slot, &rekey.store));
	return take_new_key(&rekey, pins);
}
