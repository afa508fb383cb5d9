/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Looks a token over: is every row what the format says, and with the keys, what
 * its owner wrote?  Goes on after what it finds.  It must not change anything, nor
 * know how a seal is made.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/watch.h"
#include "token/base/attrs.h"
#include "token/base/gate.h"
#include "token/base/log.h"

/* --- telling -------------------------------------------------------------- */

/* So many records lie between two words on progress. */
#define PROGRESS_EVERY 256

void
watcher_progress(const struct watcher *watcher, uint64_t done, uint64_t all)
{
	if (watcher != NULL && watcher->progress != NULL &&
	    (done % PROGRESS_EVERY == 0 || done == all))
		watcher->progress(watcher->context, done, all);
}

/* Tells of a finding and counts it. */
static void
watcher_found(const struct watcher *watcher, struct report *report, const struct finding *finding)
{
	if (finding->flaw == FLAW_UNSEALED)
		report->unsealed++;
	else
		report->errors++;
	if (watcher != NULL && watcher->found != NULL)
		watcher->found(watcher->context, finding);
}

/* A look at a token, under way. */
struct check {
	struct db *db;
	const struct keys *keys;
	const struct watcher *watcher;
	struct report *report;
	struct token_row token;
	bool token_known;
	struct state sum;   /* of the sealed records seen */
	uint64_t tags;      /* of the records seen */
	uint64_t last, all; /* highest id, and how many records there should be */
	bool broken;        /* some record could not be read, so its tags are not known */
};

static void
found(const struct check *check, enum flaw flaw, enum flaw_part part, uint64_t id, const char *what)
{
	watcher_found(check->watcher, check->report, &(struct finding){ flaw, part, id, what });
}

/* What is broken is a finding, and the look goes on; everything else ends it. */
static enum store_status
noted(const struct check *check, enum store_status status, enum flaw flaw, enum flaw_part part,
    uint64_t id, const char *what)
{
	if (status != STORE_DAMAGED)
		return status;
	found(check, flaw, part, id, what);
	return STORE_OK;
}

/* --- the file ------------------------------------------------------------- */

static enum store_status
one_number(struct db *db, enum statement which, uint64_t *number)
{
	RELEASED(statement_done) sqlite3_stmt *statement = NULL;
	bool row;

	TRY(db_prepare(db, which, &statement));
	TRY(db_step(db, statement, &row));
	return column_u64(statement, 0, number);
}

/* SQLite's own check: one row "ok", or one for each of its findings. */
static enum store_status
integrity_rows(const struct check *check)
{
	RELEASED(statement_done) sqlite3_stmt *statement = NULL;
	bool row;

	TRY(db_prepare(check->db, INTEGRITY, &statement));
	for (;;) {
		const char *text;

		TRY(db_step(check->db, statement, &row));
		if (!row)
			return STORE_OK;
		text = (const char *)sqlite3_column_text(statement, 0);
		if (text == NULL)
			return STORE_NO_MEMORY;
		if (strcmp(text, "ok") != 0)
			found(check, FLAW_DAMAGED, PART_FILE, 0, text);
	}
}

static enum store_status
check_file(const struct check *check)
{
	return noted(check, integrity_rows(check), FLAW_DAMAGED, PART_FILE, 0,
	    "the database cannot be read through");
}

/* --- the token and its PINs ----------------------------------------------- */

static enum store_status
check_token(struct check *check)
{
	enum store_status status = token_read(check->db, &check->token);

	check->token_known = status == STORE_OK;
	TRY(noted(check, status, FLAW_DAMAGED, PART_TOKEN, 0,
	    "the token's row is missing or not of the format's shape"));
	if (check->token_known && check->token.identity.policy > POLICY_STRICT)
		found(check, FLAW_DAMAGED, PART_TOKEN, 0, "a policy that there is not");
	return STORE_OK;
}

static enum store_status
check_pin(const struct check *check, enum store_role role)
{
	struct envelope envelope;
	enum store_status status = envelope_get(check->db, role, &envelope);

	if (status == STORE_PIN_UNSET) {
		/* A token is made with the SO's; the user's may not be there yet. */
		if (role == STORE_SO)
			found(check, FLAW_MISSING, PART_PIN, role, "the SO has no PIN");
		return STORE_OK;
	}
	if (status == STORE_OK && (envelope.epoch == 0 || !kdf_acceptable(&envelope.kdf, false)))
		status = STORE_DAMAGED;
	return noted(check, status, FLAW_DAMAGED, PART_PIN, role,
	    "the PIN's row is not of the format's shape, or its cost is out of bounds");
}

/* --- records -------------------------------------------------------------- */

/* Ascending, each once. */
static bool
tags_in_order(struct view tags)
{
	for (size_t at = SEAL_TAG_LEN; at < tags.len; at += SEAL_TAG_LEN)
		if (memcmp(tags.data + at - SEAL_TAG_LEN, tags.data + at, SEAL_TAG_LEN) >= 0)
			return false;
	return true;
}

/* Is each of the record's tags in the table? */
static enum store_status
check_tags(struct check *check, const struct row *row)
{
	for (size_t at = 0; at < row->tags.len; at += SEAL_TAG_LEN) {
		RELEASED(statement_done) sqlite3_stmt *statement = NULL;
		uint64_t id = 0;
		bool there;

		TRY(db_prepare(check->db, TAG_SEEK, &statement));
		TRY(bind_view(statement, 1, view_of(row->tags.data + at, SEAL_TAG_LEN)));
		TRY(bind_u64(statement, 2, row->id));
		TRY(db_step(check->db, statement, &there));
		if (there)
			TRY(column_u64(statement, 0, &id));
		if (!there || id != row->id)
			found(check, FLAW_MISSING, PART_TAG, row->id,
			    "the record cannot be found by one of its values");
	}
	check->tags += row->tags.len / SEAL_TAG_LEN;
	return STORE_OK;
}

/* Opens what is sealed; what is not can only be held against the format. */
static enum store_status
check_seals(struct check *check, const struct row *row)
{
	RELEASED(store_record_release) struct store_record record = { 0 };
	enum store_status status;
	bool shaped;

	if (!row->sealed || check->keys == NULL) {
		if (!row->is_private && !attrs_wellformed(row->meta))
			found(check, FLAW_DAMAGED, PART_RECORD, row->id,
			    "its attributes are not a set of attributes");
		return STORE_OK;
	}
	status = row_open(check->keys, row, true, &record);
	if (status != STORE_OK)
		return noted(
		    check, status, FLAW_ALTERED, PART_RECORD, row->id, "its seal does not fit");
	shaped = attrs_wellformed(bytes_view(&record.meta)) &&
	    (!row->has_secret || attrs_wellformed(secret_view(&record.secret)));
	if (!shaped)
		found(check, FLAW_DAMAGED, PART_RECORD, row->id,
		    "its attributes are not a set of attributes");
	return STORE_OK;
}

static enum store_status
check_row(struct check *check, sqlite3_stmt *statement)
{
	struct row row = { 0 };
	enum store_status status = row_columns(statement, true, &row);

	check->report->records++;
	if (status == STORE_OK && (row.id == 0 || row.version == 0 || !tags_in_order(row.tags)))
		status = STORE_DAMAGED;
	if (status != STORE_OK) {
		check->broken = true;
		return noted(check, status, FLAW_DAMAGED, PART_RECORD,
		    (uint64_t)sqlite3_column_int64(statement, 0),
		    "its row is not of the format's shape");
	}
	check->last = row.id;
	if (!row.sealed)
		found(check, FLAW_UNSEALED, PART_RECORD, row.id,
		    "written without a login: nobody vouches for it");
	else if (check->keys != NULL)
		TRY(state_add(check->keys, &check->sum, &row));
	TRY(check_seals(check, &row));
	return check_tags(check, &row);
}

static enum store_status
scan_records(struct check *check)
{
	RELEASED(statement_done) sqlite3_stmt *statement = NULL;
	bool row;

	TRY(db_prepare(check->db, OBJECT_SCAN, &statement));
	TRY(bind_u64(statement, 1, 0));
	for (;;) {
		TRY(db_step(check->db, statement, &row));
		if (!row)
			return STORE_OK;
		TRY(check_row(check, statement));
		watcher_progress(check->watcher, check->report->records, check->all);
	}
}

static enum store_status
check_records(struct check *check)
{
	enum store_status status = one_number(check->db, OBJECT_COUNT, &check->all);

	if (status == STORE_OK)
		status = scan_records(check);
	check->broken = check->broken || status == STORE_DAMAGED;
	TRY(noted(check, status, FLAW_DAMAGED, PART_RECORD, 0,
	    "records, or their search tags, cannot be read from here on"));
	if (check->token_known && check->last > check->token.last_id)
		found(check, FLAW_ALTERED, PART_TOKEN, 0,
		    "there is a record with a higher id than the token ever gave");
	return STORE_OK;
}

/* --- the table of tags, the other way round ------------------------------- */

static bool
tag_in(struct view tags, const unsigned char tag[SEAL_TAG_LEN])
{
	for (size_t at = 0; at + SEAL_TAG_LEN <= tags.len; at += SEAL_TAG_LEN)
		if (memcmp(tags.data + at, tag, SEAL_TAG_LEN) == 0)
			return true;
	return false;
}

static enum store_status
check_owner(const struct check *check, sqlite3_stmt *statement)
{
	unsigned char tag[SEAL_TAG_LEN];
	struct view tags = VIEW_NONE;
	uint64_t id = 0;
	enum store_status status = column_bytes(statement, 0, tag, sizeof(tag));

	if (status == STORE_OK)
		status = column_u64(statement, 1, &id);
	if (status != STORE_OK)
		return noted(check, status, FLAW_DAMAGED, PART_TAG, 0,
		    "a search tag is not of the format's shape");
	/* Of a record that is broken it was told already. */
	if (!column_null(statement, 2) && column_view(statement, 2, &tags) != STORE_OK)
		return STORE_OK;
	if (!tag_in(tags, tag))
		found(check, FLAW_EXTRA, PART_TAG, id,
		    column_null(statement, 2) ? "there is no such record"
					      : "the record has not this value");
	return STORE_OK;
}

static enum store_status
scan_owners(const struct check *check)
{
	RELEASED(statement_done) sqlite3_stmt *statement = NULL;
	bool row;

	TRY(db_prepare(check->db, TAG_OWNERS, &statement));
	for (;;) {
		TRY(db_step(check->db, statement, &row));
		if (!row)
			return STORE_OK;
		TRY(check_owner(check, statement));
	}
}

/* All tags of the records are in the table, each once.  If it has as many, it has no others. */
static enum store_status
check_owners(const struct check *check)
{
	uint64_t count = 0;
	enum store_status status = one_number(check->db, TAG_COUNT, &count);

	if (status == STORE_OK && (count != check->tags || check->broken))
		status = scan_owners(check);
	return noted(
	    check, status, FLAW_DAMAGED, PART_TAG, 0, "the search tags cannot be read through");
}

/* --- what the state vouches for ------------------------------------------- */

static void
compare_records(const struct check *check, const struct state *state)
{
	char what[120];

	if (check->sum.rows == state->rows) {
		if (memcmp(check->sum.digest, state->digest, sizeof(state->digest)) != 0)
			found(check, FLAW_ALTERED, PART_RECORD, 0,
			    "as many sealed records as there should be, but not the same");
		return;
	}
	snprintf(what, sizeof(what), "there are %llu sealed records and should be %llu",
	    (unsigned long long)check->sum.rows, (unsigned long long)state->rows);
	found(
	    check, check->sum.rows < state->rows ? FLAW_MISSING : FLAW_EXTRA, PART_RECORD, 0, what);
}

static void
compare_epochs(const struct check *check, const struct state *state, const uint64_t *epochs)
{
	for (size_t role = 0; role < SEAL_ROLES; role++) {
		if (epochs[role] == state->epochs[role])
			continue;
		found(check,
		    epochs[role] == 0              ? FLAW_MISSING
			: state->epochs[role] == 0 ? FLAW_EXTRA
						   : FLAW_ALTERED,
		    PART_PIN, role, "it is not the PIN that was set last");
	}
}

static enum store_status
check_state(const struct check *check)
{
	uint64_t epochs[SEAL_ROLES];
	struct state state;
	enum store_status status;

	if (check->keys == NULL || !check->token_known)
		return STORE_OK;
	status = token_state_open(check->keys, &check->token, &state);
	if (status != STORE_OK)
		return noted(check, status, FLAW_ALTERED, PART_TOKEN, 0,
		    "the seal of the token's row does not fit");
	compare_records(check, &state);
	status = pin_epochs(check->db, epochs);
	if (status == STORE_OK)
		compare_epochs(check, &state, epochs);
	/* That a PIN's row is broken was told. */
	return status == STORE_DAMAGED ? STORE_OK : status;
}

/* --- all of it ------------------------------------------------------------ */

enum store_status
check_database(
    struct db *db, const struct keys *keys, const struct watcher *watcher, struct report *report)
{
	struct check check = { .db = db, .keys = keys, .watcher = watcher, .report = report };

	report->with_keys = keys != NULL;
	TRY(check_token(&check));
	for (enum store_role role = STORE_USER; role <= STORE_SO; role++)
		TRY(check_pin(&check, role));
	TRY(check_records(&check));
	TRY(check_owners(&check));
	TRY(check_state(&check));
	TRY(check_file(&check));
	return report->errors == 0 ? STORE_OK : STORE_DAMAGED;
}

static void
database_done(struct db **db)
{
	if (*db != NULL)
		db_rollback(*db);
	db_close(*db);
	gate_leave();
}

static enum store_status
no_database(const struct watcher *watcher, struct report *report)
{
	watcher_found(watcher, report,
	    &(struct finding){ FLAW_DAMAGED, PART_FILE, 0, "it cannot be opened as a token" });
	return STORE_DAMAGED;
}

/* Where the way to the keys is broken, there is still the structure to be told of. */
static enum store_status
no_keys(enum store_status status, enum store_role role, const struct watcher *watcher,
    struct report *report)
{
	if (status != STORE_DAMAGED)
		return status;
	watcher_found(watcher, report,
	    &(struct finding){
		FLAW_DAMAGED, PART_PIN, role, "no keys can be had from this PIN's row" });
	return STORE_OK;
}

/* The keys of a file that no store stands for, tried without being counted. */
static enum store_status
path_keys(const struct store_config *config, const char *path, struct db *db, struct upkeep_pin pin,
    struct keys **keys)
{
	RELEASED(secret_clear) struct secret pepper = { 0 }, master = { 0 };
	struct token_row token;
	struct envelope envelope;
	struct store *store = NULL;
	enum store_status status = store_new(config, 0, &store);

	if (status == STORE_OK) {
		store->place.token = strdup(path);
		status = store->place.token != NULL ? token_read(db, &token) : STORE_NO_MEMORY;
	}
	if (status == STORE_OK)
		status = envelope_get(db, pin.role, &envelope);
	if (status == STORE_OK && !kdf_acceptable(&envelope.kdf, false))
		status = STORE_DAMAGED;
	if (status == STORE_OK)
		status = pepper_for(store, token.identity.uuid, &envelope, &pepper);
	store_close(store);
	TRY(status);
	TRY(envelope_open(&envelope, token.identity.uuid, pin.pin, secret_view(&pepper), &master));
	return keys_derive(pin.role, token.identity.uuid, secret_view(&master), keys);
}

enum store_status
check_path(const struct store_config *config, const char *path, struct upkeep_pin pin,
    const struct watcher *watcher, struct report *report)
{
	RELEASED(keys_release) struct keys *keys = NULL;
	RELEASED(database_done) struct db *db = NULL;
	enum store_status status;

	gate_enter();
	status = db_open(path, &db);
	if (status == STORE_DAMAGED)
		return no_database(watcher, report);
	TRY(status);
	TRY(db_run(db, BEGIN_READ));
	if (pin.pin.data != NULL)
		status = path_keys(config, path, db, pin, &keys);
	TRY(no_keys(status, pin.role, watcher, report));
	return check_database(db, keys, watcher, report);
}

enum store_status
upkeep_check_file(const struct store_config *config, const char *path, struct upkeep_pin pin,
    const struct watcher *watcher, struct report *report)
{
	RELEASED(pointer_release) char *resolved = realpath(path, NULL);

	*report = (struct report){ 0 };
	if (resolved == NULL)
		return errno == ENOENT ? STORE_ABSENT : file_error(errno, "find", path);
	return check_path(config, resolved, pin, watcher, report);
}

/* Through the store, so that the try is charged.  STORE_DAMAGED: there is no way in. */
static enum store_status
slot_keys(
    const struct store_config *config, uint32_t slot, struct upkeep_pin pin, struct keys **keys)
{
	RELEASED(entry_release) struct entry entry = { 0 };
	struct store *store = NULL;
	enum store_status status = store_open(config, slot, &store);

	if (status == STORE_OK)
		status = try_pin(store, pin.role, pin.pin, &entry);
	if (status == STORE_OK)
		status = keys_derive(pin.role, entry.uuid, secret_view(&entry.master), keys);
	store_close(store);
	return status;
}

static enum store_status
check_slot(
    const char *path, const struct keys *keys, const struct watcher *watcher, struct report *report)
{
	RELEASED(database_done) struct db *db = NULL;
	struct token_row token;
	enum store_status status;

	gate_enter();
	status = db_open(path, &db);
	if (status == STORE_DAMAGED)
		return no_database(watcher, report);
	TRY(status);
	TRY(db_run(db, BEGIN_READ));
	/* Initialised anew since the PIN was tried. */
	if (keys != NULL && token_read(db, &token) == STORE_OK &&
	    memcmp(keys->uuid, token.identity.uuid, SEAL_UUID_LEN) != 0)
		return STORE_REPLACED;
	return check_database(db, keys, watcher, report);
}

enum store_status
upkeep_check(const struct store_config *config, uint32_t slot, struct upkeep_pin pin,
    const struct watcher *watcher, struct report *report)
{
	RELEASED(keys_release) struct keys *keys = NULL;
	RELEASED(place_release) struct place place = { 0 };
	enum store_status status = STORE_OK;

	*report = (struct report){ 0 };
	if (strcmp(config->folder, NAME_IN_MEMORY) == 0)
		return STORE_ABSENT;
	TRY(place_find(config->folder, slot, &place));
	TRY(place_check(&place));
	if (pin.pin.data != NULL)
		status = slot_keys(config, slot, pin, &keys);
	TRY(no_keys(status, pin.role, watcher, report));
	return check_slot(place.token, keys, watcher, report);
}
