/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The token's own row, what changes with it, and whether the records are those
 * that it vouches for.  It must not know of PINs or of what a record holds.
 */
#include <stdlib.h>
#include <string.h>

#include "store/inside.h"
#include "token/base/log.h"

/* --- the row -------------------------------------------------------------- */

static enum store_status
token_columns(sqlite3_stmt *statement, struct token_row *row)
{
	struct identity *identity = &row->identity;

	TRY(column_bytes(statement, 0, identity->uuid, sizeof(identity->uuid)));
	TRY(column_bytes(statement, 1, identity->serial, sizeof(identity->serial)));
	TRY(column_bytes(statement, 2, identity->label, sizeof(identity->label)));
	TRY(column_u64(statement, 3, &identity->slot));
	TRY(column_u64(statement, 4, &identity->policy));
	TRY(column_u64(statement, 5, &row->last_id));
	TRY(column_bytes(statement, 6, row->seal, sizeof(row->seal)));
	return column_bytes(statement, 7, row->state, sizeof(row->state));
}

enum store_status
token_read(struct db *db, struct token_row *row)
{
	RELEASED(statement_done) sqlite3_stmt *statement = NULL;
	enum store_status status = STORE_DAMAGED;
	bool found;

	TRY(db_prepare(db, TOKEN_GET, &statement));
	TRY(db_step(db, statement, &found));
	if (found)
		status = token_columns(statement, row);
	return db_damage(db, "the token record", status);
}

enum store_status
token_put(struct db *db, const struct token_row *row)
{
	RELEASED(statement_done) sqlite3_stmt *statement = NULL;
	const struct identity *identity = &row->identity;
	bool found;

	TRY(db_prepare(db, TOKEN_PUT, &statement));
	TRY(bind_view(statement, 1, view_of(identity->uuid, sizeof(identity->uuid))));
	TRY(bind_view(statement, 2, view_of(identity->serial, sizeof(identity->serial))));
	TRY(bind_view(statement, 3, view_of(identity->label, sizeof(identity->label))));
	TRY(bind_u64(statement, 4, identity->slot));
	TRY(bind_u64(statement, 5, identity->policy));
	TRY(bind_u64(statement, 6, row->last_id));
	TRY(bind_view(statement, 7, view_of(row->seal, sizeof(row->seal))));
	TRY(bind_view(statement, 8, view_of(row->state, sizeof(row->state))));
	return db_step(db, statement, &found);
}

enum store_status
token_set(struct db *db, const struct token_row *row)
{
	RELEASED(statement_done) sqlite3_stmt *statement = NULL;
	bool found;

	TRY(db_prepare(db, TOKEN_SET, &statement));
	TRY(bind_u64(statement, 1, row->last_id));
	TRY(bind_view(statement, 2, view_of(row->seal, sizeof(row->seal))));
	TRY(bind_view(statement, 3, view_of(row->state, sizeof(row->state))));
	return db_step(db, statement, &found);
}

/* What the seal of the state vouches for besides: all that the row tells in the clear for good. */
#define ABOUT_LEN (STORE_SERIAL_LEN + STORE_LABEL_LEN + 8 + 8)
static void
token_about(const struct identity *identity, unsigned char about[ABOUT_LEN])
{
	unsigned char *to = about;

	memcpy(to, identity->serial, STORE_SERIAL_LEN);
	to += STORE_SERIAL_LEN;
	memcpy(to, identity->label, STORE_LABEL_LEN);
	to += STORE_LABEL_LEN;
	for (int i = 0; i < 8; i++) {
		to[i] = (unsigned char)(identity->slot >> (56 - 8 * i));
		to[8 + i] = (unsigned char)(identity->policy >> (56 - 8 * i));
	}
}

enum store_status
token_state_open(const struct keys *keys, const struct token_row *row, struct state *state)
{
	unsigned char about[ABOUT_LEN];

	token_about(&row->identity, about);
	return state_open(keys, view_of(about, sizeof(about)), row->seal, row->state, state);
}

enum store_status
token_state_seal(const struct keys *keys, struct token_row *row, const struct state *state)
{
	unsigned char about[ABOUT_LEN];

	token_about(&row->identity, about);
	return state_seal(keys, state, view_of(about, sizeof(about)), row->seal, row->state);
}

static enum store_status
epoch_columns(sqlite3_stmt *statement, uint64_t epochs[SEAL_ROLES])
{
	uint64_t role;

	TRY(column_u64(statement, 0, &role));
	return role < SEAL_ROLES ? column_u64(statement, 1, &epochs[role]) : STORE_DAMAGED;
}

enum store_status
pin_epochs(struct db *db, uint64_t epochs[SEAL_ROLES])
{
	RELEASED(statement_done) sqlite3_stmt *statement = NULL;
	bool found;

	memset(epochs, 0, SEAL_ROLES * sizeof(epochs[0]));
	TRY(db_prepare(db, PIN_EPOCHS, &statement));
	for (;;) {
		TRY(db_step(db, statement, &found));
		if (!found)
			return STORE_OK;
		TRY(db_damage(db, "the table of PINs", epoch_columns(statement, epochs)));
	}
}

/* --- what changed --------------------------------------------------------- */

void
store_suspect(struct store *store)
{
	atomic_store(&store->suspect, true);
}

void
store_saw(struct store *store, uint64_t counter)
{
	uint64_t known = atomic_load(&store->known->counter);

	atomic_store(&store->seen_counter, counter);
	while (known < counter &&
	    !atomic_compare_exchange_weak(&store->known->counter, &known, counter))
		;
}

/* Is it still the token that was opened, or the one that this process is making of it? */
static bool
same_token(struct store *store, const unsigned char uuid[SEAL_UUID_LEN])
{
	bool same;

	pthread_mutex_lock(&store->lock);
	same = memcmp(uuid, store->identity.uuid, SEAL_UUID_LEN) == 0 ||
	    memcmp(uuid, store->next_uuid, SEAL_UUID_LEN) == 0;
	pthread_mutex_unlock(&store->lock);
	return same;
}

/* Opens the state and holds it against the last one seen. */
static enum store_status
check_counter(struct reader *reader, bool *sealed_right)
{
	struct store *store = reader->store;
	struct state state;
	enum store_status status;

	status = token_state_open(reader->keys, &reader->token, &state);
	*sealed_right = status == STORE_OK;
	if (status == STORE_DAMAGED) {
		log_error("%s: the seal of the token record is wrong", store_name(store));
		store_suspect(store);
		return STORE_OK;
	}
	if (status == STORE_OK && state.counter < atomic_load(&store->seen_counter)) {
		log_error("%s was put back to an older state", store_name(store));
		store_suspect(store);
		status = STORE_REPLACED;
	}
	if (status == STORE_OK)
		store_saw(store, state.counter);
	return status;
}

enum store_status
reader_refresh(struct reader *reader)
{
	struct store *store = reader->store;
	uint64_t epochs[SEAL_ROLES];
	uint32_t counter = 0;
	bool sealed_right = true;

	if (!same_token(store, reader->token.identity.uuid)) {
		atomic_store(&store->replaced, true);
		return STORE_REPLACED;
	}
	if (!store->in_memory)
		TRY(place_same(&store->place));
	TRY(pin_epochs(reader->db, epochs));
	if (reader->keys != NULL)
		TRY(check_counter(reader, &sealed_right));
	if (store->in_memory)
		counter = atomic_load(&store->commits);
	else
		TRY(db_counter(reader->db, &counter));
	pthread_mutex_lock(&store->lock);
	store->identity = reader->token.identity;
	for (size_t role = 0; role < SEAL_ROLES; role++)
		store->pin_set[role] = epochs[role] != 0;
	/* A policy that nobody vouches for may have been stricter. */
	atomic_store(
	    &store->strict, reader->token.identity.policy != POLICY_STANDARD || !sealed_right);
	atomic_store(
	    &store->generation, ((atomic_load(&store->generation) >> 32) + 1) << 32 | counter);
	pthread_mutex_unlock(&store->lock);
	return STORE_OK;
}

/* --- what the state vouches for ------------------------------------------- */

/* At login, stores up to this many sealed records are compared with their state. */
#define CHECK_MOST 4096
/* So many records, most of them sealed by nobody, do not hide the others. */
#define SURVEY_MOST (4 * CHECK_MOST)

struct posting {
	unsigned char tag[SEAL_TAG_LEN];
	uint64_t object;
};

/* What is there: the sealed records' digest, and the search tags that all records should have. */
struct survey {
	struct state sum;
	size_t records;
	struct posting *postings;
	size_t count, room;
};

static void
survey_release(struct survey *survey)
{
	free(survey->postings);
}

static int
by_tag(const void *a, const void *b)
{
	const struct posting *left = a, *right = b;
	int order = memcmp(left->tag, right->tag, SEAL_TAG_LEN);

	return order != 0 ? order : (left->object > right->object) - (left->object < right->object);
}

static enum store_status
survey_tags(struct survey *survey, const struct row *row)
{
	size_t tags = row->tags.len / SEAL_TAG_LEN;

	if (tags > survey->room - survey->count) {
		size_t room = 2 * survey->room + tags;
		struct posting *more = array_resize(survey->postings, room, sizeof(*more));

		if (more == NULL)
			return STORE_NO_MEMORY;
		survey->postings = more;
		survey->room = room;
	}
	for (size_t i = 0; i < tags; i++) {
		struct posting *posting = &survey->postings[survey->count++];

		memcpy(posting->tag, row->tags.data + i * SEAL_TAG_LEN, SEAL_TAG_LEN);
		posting->object = row->id;
	}
	return STORE_OK;
}

/*
 * Whoever looks for the record by its id finds it too: an inner page that somebody
 * altered can hide from that what stands in its leaf.
 */
static enum store_status
survey_lookup(struct db *db, uint64_t id, uint64_t version)
{
	RELEASED(statement_done) sqlite3_stmt *statement = NULL;
	uint64_t seen;
	bool found;

	TRY(db_prepare(db, OBJECT_VERSION, &statement));
	TRY(bind_u64(statement, 1, id));
	TRY(db_step(db, statement, &found));
	if (!found)
		return STORE_DAMAGED;
	TRY(column_u64(statement, 0, &seen));
	return seen == version ? STORE_OK : STORE_DAMAGED;
}

static enum store_status
survey_row(struct db *db, sqlite3_stmt *statement, const struct keys *keys, struct survey *survey)
{
	struct row row = { 0 };

	TRY(column_u64(statement, 0, &row.id));
	TRY(column_u64(statement, 1, &row.version));
	TRY(survey_lookup(db, row.id, row.version));
	TRY(column_bytes(statement, 2, row.uid, sizeof(row.uid)));
	TRY(column_bool(statement, 3, &row.is_private));
	TRY(column_view(statement, 5, &row.tags));
	TRY(survey_tags(survey, &row));
	if (column_null(statement, 4))
		return STORE_OK;
	TRY(column_bytes(statement, 4, row.seal, sizeof(row.seal)));
	return state_add(keys, &survey->sum, &row);
}

/* Every record; stops where there are more than any honest store of this size has. */
static enum store_status
survey_records(struct db *db, const struct keys *keys, struct survey *survey)
{
	RELEASED(statement_done) sqlite3_stmt *statement = NULL;
	bool found;

	TRY(db_prepare(db, OBJECT_ALL, &statement));
	for (; survey->records <= SURVEY_MOST; survey->records++) {
		TRY(db_step(db, statement, &found));
		if (!found)
			return STORE_OK;
		TRY(survey_row(db, statement, keys, survey));
	}
	return STORE_OK;
}

/* Does the table of tags hold those of the records, all of them and no others? */
static enum store_status
survey_matches(struct db *db, struct survey *survey, bool *same)
{
	RELEASED(statement_done) sqlite3_stmt *statement = NULL;
	size_t at = 0;
	bool found;

	*same = true;
	if (survey->count > 0)
		qsort(survey->postings, survey->count, sizeof(*survey->postings), by_tag);
	TRY(db_prepare(db, TAG_ALL, &statement));
	for (;; at++) {
		struct posting posting;

		TRY(db_step(db, statement, &found));
		if (!found || at == survey->count)
			break;
		TRY(column_bytes(statement, 0, posting.tag, sizeof(posting.tag)));
		TRY(column_u64(statement, 1, &posting.object));
		if (by_tag(&posting, &survey->postings[at]) != 0)
			break;
	}
	*same = !found && at == survey->count;
	return STORE_OK;
}

static void
check_failed(struct store *store, const char *what)
{
	log_error(
	    "%s: %s; records may have been removed, added or put back", store_name(store), what);
	store_suspect(store);
}

/* What a comparison finds broken is a difference, not a failure of the login. */
static enum store_status
compare_records(struct reader *reader, const struct keys *keys, const struct state *state)
{
	RELEASED(survey_release) struct survey survey = { 0 };
	bool same;

	TRY(survey_records(reader->db, keys, &survey));
	if (survey.records > SURVEY_MOST || survey.sum.rows != state->rows ||
	    memcmp(survey.sum.digest, state->digest, sizeof(state->digest)) != 0)
		check_failed(reader->store, "the records are not those that the token vouches for");
	TRY(survey_matches(reader->db, &survey, &same));
	if (!same)
		check_failed(reader->store, "the search tags are not those of the records");
	return STORE_OK;
}

/* Places looked at, enough to come by each inner page of a hundred thousand records. */
#define PLACES 64

static enum store_status
walk(struct db *db, enum statement which, const struct view *tag, uint64_t number)
{
	RELEASED(statement_done) sqlite3_stmt *statement = NULL;
	bool found;

	TRY(db_prepare(db, which, &statement));
	if (tag != NULL)
		TRY(bind_view(statement, 1, *tag));
	TRY(bind_u64(statement, tag != NULL ? 2 : 1, number));
	return db_step(db, statement, &found);
}

/*
 * Walks to places all over the records and the search tags, so that the inner pages are
 * at hand when the first key is looked for: a hundredth of a login's time, at the one
 * moment when it delays nobody.  Tags are as good as random, and so evenly spread.
 */
static enum store_status
warm(struct db *db, uint64_t last_id)
{
	for (uint64_t i = 0; i < PLACES; i++) {
		unsigned char tag[SEAL_TAG_LEN] = { (unsigned char)(i * (256 / PLACES)) };
		struct view place = view_of(tag, sizeof(tag));

		TRY(walk(db, TAG_SEEK, &place, 0));
		TRY(walk(db, OBJECT_VERSION, NULL, last_id / PLACES * i));
	}
	return STORE_OK;
}

enum store_status
state_check(struct reader *reader, const struct keys *keys)
{
	struct store *store = reader->store;
	uint64_t epochs[SEAL_ROLES];
	struct state state;
	enum store_status status = token_state_open(keys, &reader->token, &state);

	if (status == STORE_DAMAGED) {
		check_failed(store, "the seal of the token record is wrong");
		return STORE_OK;
	}
	TRY(status);
	TRY(pin_epochs(reader->db, epochs));
	if (memcmp(epochs, state.epochs, sizeof(epochs)) != 0)
		check_failed(store, "the PINs are not those that were set last");
	if (state.counter < atomic_load(&store->known->counter))
		check_failed(store, "the token is older than this process has seen it");
	store_saw(store, state.counter);
	if (state.rows > CHECK_MOST) {
		/* What cannot be read is told when it is asked for. */
		(void)warm(reader->db, reader->token.last_id);
		return STORE_OK;
	}
	status = compare_records(reader, keys, &state);
	if (status != STORE_DAMAGED)
		return status;
	check_failed(store, "a record cannot be read");
	return STORE_OK;
}
