/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Records: read, found, written in transactions.  It must not know how seals are
 * made, nor how anybody came to be logged in.
 */
#include <stdlib.h>
#include <string.h>

#include "store/inside.h"
#include "token/base/clock.h"
#include "token/base/gate.h"
#include "token/base/log.h"

void
store_record_release(struct store_record *record)
{
	bytes_release(&record->meta);
	secret_clear(&record->secret);
	*record = (struct store_record){ 0 };
}

/* --- rows ----------------------------------------------------------------- */

enum store_status
row_columns(sqlite3_stmt *statement, bool with_secret, struct row *row)
{
	TRY(column_u64(statement, 0, &row->id));
	TRY(column_u64(statement, 1, &row->version));
	TRY(column_bytes(statement, 2, row->uid, sizeof(row->uid)));
	TRY(column_bool(statement, 3, &row->is_private));
	row->sealed = !column_null(statement, 4);
	if (row->sealed)
		TRY(column_bytes(statement, 4, row->seal, sizeof(row->seal)));
	TRY(column_view(statement, 5, &row->tags));
	TRY(column_bool(statement, 6, &row->has_secret));
	TRY(column_view(statement, 7, &row->meta));
	if (with_secret && row->has_secret)
		TRY(column_view(statement, 8, &row->secret));
	/* Nobody but a logged-in owner writes what is private or secret. */
	if (!row->sealed && (row->is_private || row->has_secret))
		return STORE_DAMAGED;
	return row->tags.len % SEAL_TAG_LEN == 0 ? STORE_OK : STORE_DAMAGED;
}

/* The row, borrowed until the statement is done. */
static enum store_status
row_get(struct db *db, sqlite3_stmt *statement, uint64_t id, bool with_secret, struct row *row)
{
	bool found;

	*row = (struct row){ 0 };
	TRY(bind_u64(statement, 1, id));
	TRY(bind_u64(statement, 2, with_secret));
	TRY(db_step(db, statement, &found));
	return found ? row_columns(statement, with_secret, row) : STORE_ABSENT;
}

/* Says which record is broken, and passes the status on. */
static enum store_status
damage(struct store *store, uint64_t id, enum store_status status)
{
	if (status == STORE_DAMAGED) {
		log_error("%s: record %llu is damaged or was tampered with; it is not used",
		    store_name(store), (unsigned long long)id);
		store_suspect(store);
	}
	return status;
}

/* --- reading -------------------------------------------------------------- */

/* A row as a record, with what these keys (NULL: none) can tell of it. */
static enum store_status
record_open(
    const struct keys *keys, const struct row *row, bool with_secret, struct store_record *out)
{
	if (keys == NULL && (row->is_private || (with_secret && row->has_secret)))
		return STORE_CLOSED;
	out->id = row->id;
	out->version = row->version;
	memcpy(out->uid, row->uid, sizeof(out->uid));
	out->is_private = row->is_private;
	out->sealed = row->sealed;
	out->has_secret = row->has_secret;
	out->checked = row->sealed && keys != NULL;
	if (out->checked)
		return row_open(keys, row, with_secret, out);
	return bytes_copy(&out->meta, row->meta) ? STORE_OK : STORE_NO_MEMORY;
}

static enum store_status
record_get(struct reader *reader, uint64_t id, bool with_secret, struct store_record *out)
{
	RELEASED(statement_done) sqlite3_stmt *statement = NULL;
	struct row row;

	TRY(db_prepare(reader->db, OBJECT_GET, &statement));
	TRY(row_get(reader->db, statement, id, with_secret, &row));
	return record_open(reader->keys, &row, with_secret, out);
}

/* --- views ---------------------------------------------------------------- */

struct store_view {
	struct reader reader;
	uint64_t generation;
	bool gave; /* ids of records that are there, then */
};

enum store_status
store_view_begin(struct store *store, struct store_view **out)
{
	RELEASED(store_view_end) struct store_view *view = calloc(1, sizeof(*view));

	*out = NULL;
	if (view == NULL)
		return STORE_NO_MEMORY;
	TRY(reader_begin(store, &view->reader));
	/* Nobody commits while a reader is there. */
	view->generation = atomic_load(&store->generation);
	*out = view;
	view = NULL;
	return STORE_OK;
}

void
store_view_end(struct store_view **view)
{
	if (*view != NULL)
		reader_end(&(*view)->reader);
	free(*view);
	*view = NULL;
}

uint64_t
store_view_generation(const struct store_view *view)
{
	return view->generation;
}

/* A record that one table tells of and another hides is no record that was deleted. */
static enum store_status
hidden(const struct store_view *view, enum store_status status)
{
	return status == STORE_ABSENT && view->gave ? STORE_DAMAGED : status;
}

enum store_status
store_get(struct store_view *view, uint64_t id, bool with_secret, struct store_record *out)
{
	enum store_status status;

	*out = (struct store_record){ 0 };
	status = hidden(view, record_get(&view->reader, id, with_secret, out));
	if (status != STORE_OK)
		store_record_release(out);
	return damage(view->reader.store, id, status);
}

enum store_status
store_version(struct store_view *view, uint64_t id, uint64_t *version)
{
	RELEASED(statement_done) sqlite3_stmt *statement = NULL;
	struct db *db = view->reader.db;
	bool found;

	TRY(db_prepare(db, OBJECT_VERSION, &statement));
	TRY(bind_u64(statement, 1, id));
	TRY(db_step(db, statement, &found));
	if (!found)
		return damage(view->reader.store, id, hidden(view, STORE_ABSENT));
	return column_u64(statement, 0, version);
}

/* --- finding -------------------------------------------------------------- */

struct ids {
	uint64_t *list;
	size_t count, room;
};

static void
ids_release(struct ids *ids)
{
	free(ids->list);
}

static enum store_status
ids_add(struct ids *ids, uint64_t id)
{
	if (ids->count == ids->room) {
		size_t room = 2 * ids->room + 16;
		uint64_t *more = array_resize(ids->list, room, sizeof(*more));

		if (more == NULL)
			return STORE_NO_MEMORY;
		ids->list = more;
		ids->room = room;
	}
	ids->list[ids->count++] = id;
	return STORE_OK;
}

/*
 * An id, in its place: `*next` or above.  A page that somebody altered may put one
 * anywhere, and who goes on behind the last one would go round for ever.
 */
static enum store_status
id_column(struct db *db, sqlite3_stmt *statement, uint64_t *next, uint64_t *id)
{
	TRY(column_u64(statement, 0, id));
	if (*id < *next)
		return db_damage(db, "the order of the records", STORE_DAMAGED);
	*next = *id + 1;
	return STORE_OK;
}

static enum store_status
ids_add_rows(struct db *db, sqlite3_stmt *statement, struct ids *ids)
{
	uint64_t id, next = 0;
	bool found;

	for (;;) {
		TRY(db_step(db, statement, &found));
		if (!found)
			return STORE_OK;
		TRY(id_column(db, statement, &next, &id));
		TRY(ids_add(ids, id));
	}
}

static enum store_status
find_one_tag(struct db *db, const unsigned char *tag, struct ids *ids)
{
	RELEASED(statement_done) sqlite3_stmt *statement = NULL;

	TRY(db_prepare(db, TAG_SEEK, &statement));
	TRY(bind_view(statement, 1, view_of(tag, SEAL_TAG_LEN)));
	TRY(bind_u64(statement, 2, 0));
	return ids_add_rows(db, statement, ids);
}

/* The first record with the tag, from `from` on; *found tells whether there is one. */
static enum store_status
tag_seek(struct db *db, const unsigned char *tag, uint64_t from, uint64_t *id, bool *found)
{
	RELEASED(statement_done) sqlite3_stmt *statement = NULL;

	TRY(db_prepare(db, TAG_SEEK, &statement));
	TRY(bind_view(statement, 1, view_of(tag, SEAL_TAG_LEN)));
	TRY(bind_u64(statement, 2, from));
	TRY(db_step(db, statement, found));
	return *found ? id_column(db, statement, &from, id) : STORE_OK;
}

/* So few records are cheaper to compare than to look up under their other tags. */
#define FEW 4

/* The records with a tag, if they are few. */
struct few {
	uint64_t list[FEW];
	size_t count; /* FEW + 1: they are not */
};

static enum store_status
tag_probe(struct db *db, const unsigned char *tag, struct few *few)
{
	RELEASED(statement_done) sqlite3_stmt *statement = NULL;
	bool found;

	TRY(db_prepare(db, TAG_SEEK, &statement));
	TRY(bind_view(statement, 1, view_of(tag, SEAL_TAG_LEN)));
	TRY(bind_u64(statement, 2, 0));
	for (few->count = 0; few->count <= FEW; few->count++) {
		TRY(db_step(db, statement, &found));
		if (!found)
			return STORE_OK;
		if (few->count < FEW)
			TRY(column_u64(statement, 0, &few->list[few->count]));
	}
	few->count = FEW + 1;
	return STORE_OK;
}

/* The records of the first tag that few carry, or none: then nothing can carry all. */
static enum store_status
find_few(struct db *db, const unsigned char *tags, size_t count, struct few *few)
{
	few->count = FEW + 1;
	for (size_t i = 0; i < count && few->count > FEW; i++)
		TRY(tag_probe(db, tags + i * SEAL_TAG_LEN, few));
	return STORE_OK;
}

/*
 * The records that carry all tags, where each has many: each tag in turn is asked
 * for its first record from where the others have come to, so that the rarest sets
 * the pace and no count of any tag is kept.
 */
static enum store_status
find_common(struct db *db, const unsigned char *tags, size_t count, struct ids *ids)
{
	uint64_t candidate = 0, id;
	size_t agreed = 0;
	bool found;

	for (size_t i = 0;; i = (i + 1) % count) {
		TRY(tag_seek(db, tags + i * SEAL_TAG_LEN, candidate, &id, &found));
		if (!found)
			return STORE_OK;
		agreed = id == candidate ? agreed + 1 : 1;
		candidate = id;
		if (agreed >= count) {
			TRY(ids_add(ids, candidate++));
			agreed = 0;
		}
	}
}

/*
 * A tag that few records carry settles it, whatever else they carry: where a
 * record stands under a tag that many have is a page that nobody else reads.
 */
static enum store_status
find_tags(struct db *db, const unsigned char *tags, size_t count, struct ids *ids)
{
	struct few few;

	TRY(find_few(db, tags, count, &few));
	if (few.count > FEW)
		return find_common(db, tags, count, ids);
	for (size_t i = 0; i < few.count; i++)
		TRY(ids_add(ids, few.list[i]));
	return STORE_OK;
}

/* Those of public records (keys == NULL), or of private ones. */
static enum store_status
find_by_values(const struct reader *reader, const struct keys *keys, const struct store_tag *values,
    size_t count, struct ids *ids)
{
	RELEASED(bytes_release) struct bytes tags = { 0 };

	if (!bytes_alloc(&tags, count * SEAL_TAG_LEN))
		return STORE_NO_MEMORY;
	/*
	 * The rarest of the private ones settles it.  Of what is looked for in public
	 * mostly nothing is there, not even its class: that is asked first, since where
	 * it would stand is a page that every search reads.
	 */
	for (size_t i = 0; i < count; i++)
		TRY(search_tag(keys, reader->token.identity.uuid,
		    &values[keys != NULL ? i : count - 1 - i], tags.data + i * SEAL_TAG_LEN));
	if (count == 1)
		return find_one_tag(reader->db, tags.data, ids);
	return find_tags(reader->db, tags.data, count, ids);
}

static int
by_id(const void *a, const void *b)
{
	const uint64_t *left = a, *right = b;

	return (*left > *right) - (*left < *right);
}

static enum store_status
find(const struct reader *reader, bool with_private, const struct store_tag *tags, size_t count,
    struct ids *ids)
{
	size_t public_ones;

	TRY(find_by_values(reader, NULL, tags, count, ids));
	public_ones = ids->count;
	if (with_private)
		TRY(find_by_values(reader, reader->keys, tags, count, ids));
	if (public_ones > 0 && ids->count > public_ones)
		qsort(ids->list, ids->count, sizeof(*ids->list), by_id);
	return STORE_OK;
}

/* Is it still this token that a search is for? */
static enum store_status
check_found(const struct store_view *view)
{
	const struct store *store = view->reader.store;

	return store->in_memory ? STORE_OK : place_same(&store->place);
}

enum store_status
store_find(struct store_view *view, bool with_private, const struct store_tag *tags, size_t count,
    uint64_t **ids, size_t *found)
{
	RELEASED(ids_release) struct ids collected = { 0 };
	const struct reader *reader = &view->reader;

	*ids = NULL;
	*found = 0;
	TRY(check_found(view));
	TRY(find(reader, with_private && reader->keys != NULL, tags, count, &collected));
	view->gave = true;
	*ids = collected.list;
	*found = collected.count;
	collected.list = NULL;
	return STORE_OK;
}

enum store_status
store_list(struct store_view *view, bool with_private, uint64_t after, uint64_t *ids, size_t most,
    size_t *found)
{
	RELEASED(statement_done) sqlite3_stmt *statement = NULL;
	struct db *db = view->reader.db;
	uint64_t next = after + 1;
	bool row;

	*found = 0;
	TRY(check_found(view));
	view->gave = true;
	TRY(db_prepare(db, OBJECT_IDS, &statement));
	TRY(bind_u64(statement, 1, with_private && view->reader.keys != NULL));
	TRY(bind_u64(statement, 2, after));
	TRY(bind_u64(statement, 3, most));
	for (;;) {
		TRY(db_step(db, statement, &row));
		if (!row || *found == most)
			return STORE_OK;
		TRY(id_column(db, statement, &next, &ids[*found]));
		++*found;
	}
}

/* --- transactions --------------------------------------------------------- */

/* One writer of this process at a time; the others of the machine are SQLite's business. */
static enum store_status
turn_take(struct store *store)
{
	struct timespec until;
	int error = 0;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += WAIT_MS / 1000;
	/* Who has the turn may be waiting for other processes, and let a fork pass. */
	gate_pause();
	pthread_mutex_lock(&store->lock);
	while (store->writing && error == 0)
		error = pthread_cond_timedwait(&store->freed, &store->lock, &until);
	if (error == 0)
		store->writing = true;
	pthread_mutex_unlock(&store->lock);
	gate_resume();
	return error == 0 ? STORE_OK : STORE_BUSY;
}

static void
turn_give(struct store *store)
{
	pthread_mutex_lock(&store->lock);
	store->writing = false;
	pthread_cond_broadcast(&store->freed);
	pthread_mutex_unlock(&store->lock);
}

/* Undoes what is not committed and gives everything back. */
static void
txn_end(struct store_txn *txn, enum store_status how)
{
	struct store *store = txn->store;

	if (txn->db != NULL) {
		db_rollback(txn->db);
		connection_give(store, txn->db, how);
	}
	hush_end(&txn->hush);
	gate_leave();
	turn_give(store);
	keys_release(&txn->keys);
	free(txn);
}

/* Is this still our token, and no older than it was? */
static enum store_status
txn_look(struct store_txn *txn)
{
	struct store *store = txn->store;
	struct reader same = { .store = store, .db = txn->db, .keys = txn->keys };
	enum store_status status;

	TRY(token_read(txn->db, &txn->token));
	same.token = txn->token;
	TRY(reader_refresh(&same));
	if (txn->keys == NULL)
		return STORE_OK;
	if (memcmp(txn->keys->uuid, txn->token.identity.uuid, SEAL_UUID_LEN) != 0)
		return STORE_REPLACED;
	status = token_state_open(txn->keys, &txn->token, &txn->state);
	/*
	 * A state that cannot be read stays as it is, and the token suspect until it
	 * is repaired: writing a new one would vouch for whatever was put there.
	 */
	txn->state_known = status == STORE_OK;
	return status == STORE_DAMAGED ? STORE_OK : status;
}

static enum store_status
txn_start(struct store_txn *txn)
{
	TRY(connection_take(txn->store, true, &txn->db));
	TRY(db_run(txn->db, BEGIN_WRITE));
	return txn_look(txn);
}

static enum store_status
check_writable(const struct store *store)
{
	if (store->in_memory)
		return STORE_OK;
	TRY(place_same(&store->place));
	if (place_writable(&store->place))
		return STORE_OK;
	log_error("%s cannot be written: %s", store_name(store),
	    store->place.network ? "it is on a network file system"
				 : "the file, its folder or the file system is read-only");
	return STORE_READ_ONLY;
}

enum store_status
txn_begin(struct store *store, struct keys *keys, struct store_txn **out)
{
	struct store_txn *txn;
	enum store_status status;

	*out = NULL;
	if (atomic_load(&store->replaced))
		return STORE_REPLACED;
	TRY(check_writable(store));
	txn = calloc(1, sizeof(*txn));
	if (txn == NULL)
		return STORE_NO_MEMORY;
	status = turn_take(store);
	if (status != STORE_OK) {
		log_error("%s: other threads kept writing for too long", store_name(store));
		free(txn);
		return status;
	}
	txn->store = store;
	txn->keys = keys_hold(keys);
	gate_enter();
	hush_begin(&txn->hush);
	status = txn_start(txn);
	if (status != STORE_OK) {
		txn_end(txn, status);
		return status;
	}
	*out = txn;
	return STORE_OK;
}

enum store_status
store_begin(struct store *store, struct store_txn **out)
{
	RELEASED(keys_release) struct keys *keys = store_keys(store);

	return txn_begin(store, keys, out);
}

void
store_rollback(struct store_txn **txn)
{
	if (*txn != NULL)
		txn_end(*txn, STORE_OK);
	*txn = NULL;
}

static enum store_status
txn_finish(struct store_txn *txn)
{
	if (txn->failed != STORE_OK)
		return txn->failed;
	if (!txn->changed)
		return STORE_OK;
	if (txn->state_changed && txn->state_known) {
		txn->state.counter++;
		TRY(token_state_seal(txn->keys, &txn->token, &txn->state));
	}
	TRY(token_set(txn->db, &txn->token));
	return db_run(txn->db, COMMIT);
}

enum store_status
store_commit(struct store_txn **txn)
{
	struct store *store = (*txn)->store;
	enum store_status status = txn_finish(*txn);

	if (status == STORE_OK && (*txn)->changed) {
		if ((*txn)->state_known)
			store_saw(store, (*txn)->state.counter);
		atomic_fetch_add(&store->commits, 1);
		atomic_store(&store->committed, true);
	}
	txn_end(*txn, status);
	*txn = NULL;
	if (status == STORE_OK && !store->in_memory)
		generation_told();
	return status;
}

/* --- writing -------------------------------------------------------------- */

static int
by_tag(const void *a, const void *b)
{
	return memcmp(a, b, SEAL_TAG_LEN);
}

void
tags_sort(struct bytes *tags)
{
	unsigned char *last = tags->data;

	if (tags->len == 0)
		return;
	qsort(tags->data, tags->len / SEAL_TAG_LEN, SEAL_TAG_LEN, by_tag);
	for (size_t at = SEAL_TAG_LEN; at < tags->len; at += SEAL_TAG_LEN)
		if (by_tag(last, tags->data + at) != 0)
			memmove(last += SEAL_TAG_LEN, tags->data + at, SEAL_TAG_LEN);
	tags->len = (size_t)(last - tags->data) + SEAL_TAG_LEN;
}

/* The record's tags, ascending and each once. */
static enum store_status
make_tags(const struct store_txn *txn, bool is_private, const struct store_tag *values,
    size_t count, struct bytes *tags)
{
	const struct keys *keys = is_private ? txn->keys : NULL;

	if (!bytes_alloc(tags, count * SEAL_TAG_LEN))
		return STORE_NO_MEMORY;
	for (size_t i = 0; i < count; i++)
		TRY(search_tag(
		    keys, txn->token.identity.uuid, &values[i], tags->data + i * SEAL_TAG_LEN));
	tags_sort(tags);
	return STORE_OK;
}

static enum store_status
tag_write(struct db *db, enum statement which, const unsigned char *tag, uint64_t id)
{
	RELEASED(statement_done) sqlite3_stmt *statement = NULL;
	bool row;

	TRY(db_prepare(db, which, &statement));
	TRY(bind_view(statement, 1, view_of(tag, SEAL_TAG_LEN)));
	TRY(bind_u64(statement, 2, id));
	return db_step(db, statement, &row);
}

/* Most of a changed record's tags stay. */
enum store_status
tags_write(struct db *db, uint64_t id, struct view before, struct view after)
{
	while (before.len > 0 || after.len > 0) {
		int order = before.len == 0 ? 1
		    : after.len == 0        ? -1
					    : by_tag(before.data, after.data);

		if (order < 0)
			TRY(tag_write(db, TAG_DELETE, before.data, id));
		else if (order > 0)
			TRY(tag_write(db, TAG_PUT, after.data, id));
		if (order <= 0)
			before = view_of(before.data + SEAL_TAG_LEN, before.len - SEAL_TAG_LEN);
		if (order >= 0)
			after = view_of(after.data + SEAL_TAG_LEN, after.len - SEAL_TAG_LEN);
	}
	return STORE_OK;
}

enum store_status
row_write(struct db *db, const struct row *row)
{
	RELEASED(statement_done) sqlite3_stmt *statement = NULL;
	bool found;

	TRY(db_prepare(db, OBJECT_PUT, &statement));
	TRY(bind_u64(statement, 1, row->id));
	TRY(bind_u64(statement, 2, row->version));
	TRY(bind_view(statement, 3, view_of(row->uid, sizeof(row->uid))));
	TRY(bind_u64(statement, 4, row->is_private));
	/* Unbound is NULL. */
	if (row->sealed)
		TRY(bind_view(statement, 5, view_of(row->seal, sizeof(row->seal))));
	TRY(bind_view(statement, 6, row->tags));
	TRY(bind_view(statement, 7, row->meta));
	if (row->has_secret)
		TRY(bind_view(statement, 8, row->secret));
	return db_step(db, statement, &found);
}

/* A row to be replaced or deleted, with its own copy of what is still needed of it then. */
struct old {
	struct row row;
	struct bytes tags;
	struct secret secret;
};

static void
old_release(struct old *old)
{
	bytes_release(&old->tags);
	secret_clear(&old->secret);
}

/* Opens the secret part, which a new row is to keep. */
static enum store_status
old_secret(const struct store_txn *txn, const struct row *row, struct old *old)
{
	RELEASED(store_record_release) struct store_record record = { 0 };

	if (!row->has_secret)
		return STORE_OK;
	TRY(row_open(txn->keys, row, true, &record));
	secret_move(&old->secret, &record.secret);
	return STORE_OK;
}

/* STORE_CHANGED and STORE_CLOSED: the transaction may not touch it. */
static enum store_status
old_load(
    const struct store_txn *txn, uint64_t id, uint64_t version, bool with_secret, struct old *old)
{
	RELEASED(statement_done) sqlite3_stmt *statement = NULL;
	struct row *row = &old->row;

	TRY(db_prepare(txn->db, OBJECT_GET, &statement));
	TRY(row_get(txn->db, statement, id, with_secret, row));
	if (row->version != version)
		return STORE_CHANGED;
	if (row->sealed && txn->keys == NULL)
		return STORE_CLOSED;
	if (with_secret)
		TRY(old_secret(txn, row, old));
	if (!bytes_copy(&old->tags, row->tags))
		return STORE_NO_MEMORY;
	row->tags = bytes_view(&old->tags);
	row->meta = row->secret = VIEW_NONE;
	return STORE_OK;
}

static enum store_status
old_row(
    const struct store_txn *txn, uint64_t id, uint64_t version, bool with_secret, struct old *old)
{
	return damage(txn->store, id, old_load(txn, id, version, with_secret, old));
}

enum store_status
last_id(struct db *db, const struct token_row *token, uint64_t *last)
{
	RELEASED(statement_done) sqlite3_stmt *statement = NULL;
	bool found;

	TRY(db_prepare(db, OBJECT_LAST, &statement));
	TRY(db_step(db, statement, &found));
	TRY(column_u64(statement, 0, last));
	if (*last < token->last_id)
		*last = token->last_id;
	return STORE_OK;
}

static enum store_status
new_id(struct store_txn *txn, uint64_t *id)
{
	uint64_t last;

	TRY(last_id(txn->db, &txn->token, &last));
	if (last >= INT64_MAX)
		return STORE_DAMAGED;
	*id = txn->token.last_id = last + 1;
	return STORE_OK;
}

static enum store_status
new_uid(unsigned char uid[STORE_UID_LEN])
{
	static const unsigned char none[STORE_UID_LEN];

	if (memcmp(uid, none, STORE_UID_LEN) != 0)
		return STORE_OK;
	return seal_random(uid, STORE_UID_LEN);
}

/* Takes the old row out of the state and the new one in. */
static enum store_status
count_rows(struct store_txn *txn, const struct row *old, const struct row *new)
{
	txn->changed = true;
	if (!old->sealed && !new->sealed)
		return STORE_OK;
	txn->state_changed = true;
	if (txn->state_known && old->sealed)
		TRY(state_subtract(txn->keys, &txn->state, old));
	if (txn->state_known && new->sealed)
		TRY(state_add(txn->keys, &txn->state, new));
	return STORE_OK;
}

/* Puts `new` (in the clear) in the place of `old` (zeros where there was none). */
static enum store_status
row_replace(struct store_txn *txn, const struct row *old, struct row *new)
{
	RELEASED(bytes_release) struct bytes meta = { 0 }, secret = { 0 };

	if (txn->keys != NULL)
		TRY(row_seal(txn->keys, new, &meta, &secret));
	TRY(tags_write(txn->db, new->id, old->tags, new->tags));
	TRY(row_write(txn->db, new));
	return count_rows(txn, old, new);
}

enum store_status
row_insert(struct store_txn *txn, struct row *row)
{
	const struct row none = { 0 };

	TRY(txn->failed);
	TRY(new_id(txn, &row->id));
	return txn->failed = row_replace(txn, &none, row);
}

/* May a record like this be written with these keys?  Unsealed only what nobody need vouch for. */
static enum store_status
check_put(const struct store_txn *txn, const struct store_record *record, bool keep_secret)
{
	if (txn->failed != STORE_OK)
		return txn->failed;
	if (txn->keys == NULL && (record->is_private || keep_secret || record->secret.len > 0))
		return STORE_CLOSED;
	return STORE_OK;
}

/* Which row the record is to be: an id and uid of its own, or those it has and the next version. */
static enum store_status
put_place(struct store_txn *txn, const struct store_record *record, bool keep_secret,
    struct old *old, struct row *new)
{
	if (record->id != 0) {
		TRY(old_row(txn, record->id, record->version, keep_secret, old));
		new->id = old->row.id;
		new->version = old->row.version + 1;
		memcpy(new->uid, old->row.uid, sizeof(new->uid));
		return STORE_OK;
	}
	new->version = 1;
	memcpy(new->uid, record->uid, sizeof(new->uid));
	TRY(new_uid(new->uid));
	return new_id(txn, &new->id);
}

enum store_status
store_put(struct store_txn *txn, struct store_record *record, bool keep_secret,
    const struct store_tag *tags, size_t count)
{
	RELEASED(bytes_release) struct bytes list = { 0 };
	RELEASED(old_release) struct old old = { 0 };
	struct row new = { .is_private = record->is_private };

	TRY(check_put(txn, record, keep_secret));
	TRY(put_place(txn, record, keep_secret, &old, &new));
	TRY(make_tags(txn, record->is_private, tags, count, &list));
	new.tags = bytes_view(&list);
	new.meta = bytes_view(&record->meta);
	new.secret = secret_view(keep_secret ? &old.secret : &record->secret);
	new.has_secret = keep_secret ? old.row.has_secret : record->secret.len > 0;
	TRY(txn->failed = row_replace(txn, &old.row, &new));
	record->id = new.id;
	record->version = new.version;
	memcpy(record->uid, new.uid, sizeof(record->uid));
	record->sealed = record->checked = new.sealed;
	record->has_secret = new.has_secret;
	return STORE_OK;
}

static enum store_status
row_delete(struct store_txn *txn, const struct row *old)
{
	RELEASED(statement_done) sqlite3_stmt *statement = NULL;
	const struct row none = { 0 };
	bool found;

	TRY(tags_write(txn->db, old->id, old->tags, VIEW_NONE));
	TRY(db_prepare(txn->db, OBJECT_DELETE, &statement));
	TRY(bind_u64(statement, 1, old->id));
	TRY(db_step(txn->db, statement, &found));
	return count_rows(txn, old, &none);
}

enum store_status
store_delete(struct store_txn *txn, uint64_t id, uint64_t version)
{
	RELEASED(old_release) struct old old = { 0 };

	TRY(txn->failed);
	TRY(old_row(txn, id, version, false, &old));
	return txn->failed = row_delete(txn, &old.row);
}
