/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A token's label and its end.  It must not know what is in a record.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "store/watch.h"
#include "token/base/gate.h"

/* --- label ---------------------------------------------------------------- */

/* The commit seals the state anew, which vouches for the label; the row itself goes before. */
static enum store_status
label_set(struct store *store, const char label[STORE_LABEL_LEN])
{
	RELEASED(store_rollback) struct store_txn *txn = NULL;

	TRY(store_begin(store, &txn));
	if (!txn->state_known)
		return STORE_DAMAGED;
	memcpy(txn->token.identity.label, label, STORE_LABEL_LEN);
	TRY(token_put(txn->db, &txn->token));
	txn->changed = txn->state_changed = true;
	return store_commit(&txn);
}

enum store_status
upkeep_rename(const struct store_config *config, uint32_t slot, struct upkeep_pin pin,
    const char label[STORE_LABEL_LEN])
{
	struct store *store;
	enum store_status status;

	TRY(store_open(config, slot, &store));
	status = store->in_memory ? STORE_ABSENT : store_login(store, pin.role, pin.pin);
	if (status == STORE_OK)
		status = label_set(store, label);
	store_close(store);
	return status;
}

/* --- end ------------------------------------------------------------------ */

static enum store_status
file_remove(const char *path)
{
	return unlink(path) == 0 || errno == ENOENT ? STORE_OK : file_error(errno, "remove", path);
}

/* The journal goes last: without it a token that it belongs to would be damaged. */
static enum store_status
files_remove(const struct place *place, const struct db *former, int folder_fd)
{
	TRY(place_same(place));
	TRY(file_remove(place->token));
	/* Who uses it finds out at the next call rather than when looking for the name. */
	if (former != NULL) {
		db_counter_move(former);
		generation_told();
	}
	TRY(file_remove(place->journal));
	TRY(file_remove(place->tries));
	return fsync(folder_fd) == 0 ? STORE_OK : file_error(errno, "sync", place->folder);
}

static enum store_status
token_remove(const struct place *place, int folder_fd)
{
	struct db *former = NULL;
	enum store_status status;

	gate_enter();
	status = former_hold(place, &former);
	if (status == STORE_OK)
		status = files_remove(place, former, folder_fd);
	if (former != NULL)
		db_rollback(former);
	db_close(former);
	gate_leave();
	return status;
}

enum store_status
upkeep_remove(const struct store_config *config, uint32_t slot)
{
	RELEASED(place_release) struct place place = { 0 };
	RELEASED(descriptor_close) int folder_fd = -1;

	if (strcmp(config->folder, NAME_IN_MEMORY) == 0)
		return STORE_ABSENT;
	TRY(place_find(config->folder, slot, &place));
	TRY(place_check(&place));
	TRY(folder_lock(place.folder, &folder_fd));
	TRY(token_remove(&place, folder_fd));
	branch_remove(&place, slot);
	return STORE_OK;
}
