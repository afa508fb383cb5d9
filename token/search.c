/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Searches (C_FindObjects): by the store's index where an attribute is indexed,
 * then attribute by attribute on the opened object.  The result is a list of
 * handles taken at C_FindObjectsInit.
 */
#include <stdlib.h>
#include <string.h>

#include "token/draft.h"
#include "token/profile.h"
#include "token/table.h"

/* A point is found by both forms that it had in versions of PKCS#11, whichever is given out. */
static bool
same(const struct object *object, CK_ATTRIBUTE_TYPE type, struct view value, struct view mine)
{
	return view_equal(value, mine) ||
	    (object_point_is_bare(object, type) && view_equal(object_bare_point(value), mine));
}

/* Key material never matches: a search must not answer guesses. */
static bool
matches(const struct object *object, const struct attrs *wanted)
{
	CK_ATTRIBUTE_TYPE type;
	struct view value, mine;
	size_t at = 0;

	while (attrs_next(wanted, &at, &type, &value)) {
		if (!attrs_get(&object->meta, type, &mine) || !same(object, type, value, mine))
			return false;
	}
	return true;
}

static CK_RV
search_add(struct search *search, size_t *room, CK_OBJECT_HANDLE handle)
{
	if (search->count == *room) {
		size_t more = *room == 0 ? 16 : *room * 2;
		CK_OBJECT_HANDLE *larger = array_resize(search->handles, more, sizeof(*larger));

		if (larger == NULL)
			return CKR_HOST_MEMORY;
		search->handles = larger;
		*room = more;
	}
	search->handles[search->count++] = handle;
	return CKR_OK;
}

static int
handle_order(const void *a, const void *b)
{
	CK_OBJECT_HANDLE left, right;

	memcpy(&left, a, sizeof(left));
	memcpy(&right, b, sizeof(right));
	return (left > right) - (left < right);
}

static CK_RV
search_session_objects(
    struct session *session, const struct attrs *wanted, struct search *found, size_t *room)
{
	struct object_table *table = session->token->objects;
	struct entry *entry;
	size_t at = 0, before = found->count;
	CK_RV rv = CKR_OK;

	pthread_mutex_lock(&table->lock);
	while (rv == CKR_OK && (entry = map_next(&table->in_session, &at)) != NULL) {
		/* Built-in objects show only where their class is asked for. */
		bool built_in = entry->object->class == CKO_PROFILE;

		if ((!entry->is_private || session_sees_private(session)) &&
		    (!built_in || attrs_has(wanted, CKA_CLASS)) && matches(entry->object, wanted))
			rv = search_add(found, room, entry->handle);
	}
	pthread_mutex_unlock(&table->lock);
	if (found->count > before)
		qsort(found->handles + before, found->count - before, sizeof(*found->handles),
		    handle_order);
	return rv;
}

/* A search among the records of a token. */
struct inquiry {
	struct session *session;
	const struct attrs *wanted;
	struct store_view *view;
	uint64_t generation; /* of the view */
	bool keeps;          /* what it opens: not if that would push out all that is in use */
};

/* The object of a record, and whether it is the one that the table keeps. */
static CK_RV
open_record(const struct inquiry *inquiry, uint64_t id, struct object **out, bool *kept_still)
{
	RELEASED(object_release) struct object *kept = NULL;
	struct object_table *table = inquiry->session->token->objects;
	struct entry *entry;
	bool current = false;
	CK_RV rv;

	pthread_mutex_lock(&table->lock);
	entry = map_get(&table->by_id, id);
	if (entry != NULL) {
		kept = object_hold(entry->object);
		current = entry->generation == inquiry->generation;
	}
	pthread_mutex_unlock(&table->lock);
	rv = table_current(table, inquiry->view, kept, id, current, false, out);
	*kept_still = rv == CKR_OK && *out == kept;
	return rv;
}

/* The handle of a record that matches; 0 where it does not, or is damaged (the store has logged
 * that). */
static CK_RV
match_record(const struct inquiry *inquiry, uint64_t id, CK_OBJECT_HANDLE *handle)
{
	RELEASED(object_release) struct object *object = NULL;
	struct object_table *table = inquiry->session->token->objects;
	struct entry *entry;
	bool kept;
	CK_RV rv = open_record(inquiry, id, &object, &kept);

	*handle = 0;
	if (rv == CKR_DEVICE_ERROR || rv == CKR_OBJECT_HANDLE_INVALID)
		return CKR_OK;
	TRY(rv);
	if (!matches(object, inquiry->wanted))
		return CKR_OK;
	pthread_mutex_lock(&table->lock);
	entry = table_enter(table, id, object->is_private);
	if (entry != NULL && (!object->is_private || session_sees_private(inquiry->session))) {
		*handle = entry->handle;
		if (kept || inquiry->keeps) {
			entry->generation = inquiry->generation;
			table_keep(table, entry, object);
		}
	}
	pthread_mutex_unlock(&table->lock);
	return entry == NULL ? CKR_HOST_MEMORY : CKR_OK;
}

/* What tells kinds of objects apart: many share it. */
static bool
common(CK_ATTRIBUTE_TYPE type)
{
	return type == CKA_CLASS || type == CKA_KEY_TYPE || type == CKA_CERTIFICATE_TYPE;
}

static bool
tag_of(const struct attrs *wanted, CK_ATTRIBUTE_TYPE type, struct view value)
{
	/* What may be an OCTET STRING of a point is kept without its tag. */
	if (type == CKA_EC_POINT && object_bare_point(value).len != 0)
		return false;
	return value.len != 0 && schema_indexed(wanted, type);
}

/*
 * The tags to look by: those values that every object of the wanted kind would be
 * indexed by, the rare ones first.
 */
static size_t
search_tags(const struct attrs *wanted, struct store_tag tags[], size_t most)
{
	CK_ATTRIBUTE_TYPE type;
	struct view value;
	size_t count = 0;

	for (int last = 0; last <= 1; last++) {
		size_t at = 0;

		while (attrs_next(wanted, &at, &type, &value) && count < most)
			if (common(type) == last && tag_of(wanted, type, value))
				tags[count++] = (struct store_tag){ type, value };
	}
	return count;
}

/* So many records are looked at before others' writers get their turn. */
#define LOOKS_MOST 256

/* Begins a view, in the place of the one that there was. */
static CK_RV
inquiry_look(struct inquiry *inquiry)
{
	struct token *token = inquiry->session->token;

	store_view_end(&inquiry->view);
	TRY(token_rv(token, store_view_begin(token->store, &inquiry->view)));
	inquiry->generation = store_view_generation(inquiry->view);
	return CKR_OK;
}

static void
inquiry_end(struct inquiry *inquiry)
{
	store_view_end(&inquiry->view);
}

/* Adds those that match, of up to LOOKS_MOST records. */
static CK_RV
match_records(const struct inquiry *inquiry, const uint64_t *ids, size_t count,
    struct search *found, size_t *room)
{
	for (size_t i = 0; i < count; i++) {
		CK_OBJECT_HANDLE handle;

		TRY(match_record(inquiry, ids[i], &handle));
		if (handle != 0)
			TRY(search_add(found, room, handle));
	}
	return CKR_OK;
}

/* By the store's tags. */
static CK_RV
search_tagged(struct inquiry *inquiry, const struct store_tag *tags, size_t tag_count,
    struct search *found, size_t *room)
{
	RELEASED(pointer_release) uint64_t *ids = NULL;
	struct session *session = inquiry->session;
	size_t count, some;

	TRY(inquiry_look(inquiry));
	TRY(token_rv(session->token,
	    store_find(
		inquiry->view, session_sees_private(session), tags, tag_count, &ids, &count)));
	inquiry->keeps = count <= KEPT_MOST / 2;
	for (size_t i = 0; i < count; i += some) {
		some = count - i < LOOKS_MOST ? count - i : LOOKS_MOST;
		if (i > 0)
			TRY(inquiry_look(inquiry));
		TRY(match_records(inquiry, ids + i, some, found, room));
	}
	return CKR_OK;
}

/* Record by record. */
static CK_RV
search_untagged(struct inquiry *inquiry, struct search *found, size_t *room)
{
	struct session *session = inquiry->session;
	uint64_t ids[LOOKS_MOST], after = 0;
	size_t count = LOOKS_MOST, total = 0;

	while (count == LOOKS_MOST) {
		TRY(inquiry_look(inquiry));
		TRY(token_rv(session->token,
		    store_list(inquiry->view, session_sees_private(session), after, ids, LOOKS_MOST,
			&count)));
		total += count;
		inquiry->keeps = total <= KEPT_MOST / 2;
		TRY(match_records(inquiry, ids, count, found, room));
		after = ids[count > 0 ? count - 1 : 0];
	}
	return CKR_OK;
}

static CK_RV
search_token_objects(
    struct session *session, const struct attrs *wanted, struct search *found, size_t *room)
{
	RELEASED(inquiry_end) struct inquiry inquiry = { .session = session, .wanted = wanted };
	struct store_tag tags[16];
	size_t count = search_tags(wanted, tags, COUNT_OF(tags));

	return count > 0 ? search_tagged(&inquiry, tags, count, found, room)
			 : search_untagged(&inquiry, found, room);
}

static size_t
profiles_made(struct object_table *table)
{
	struct entry *entry;
	size_t at = 0, count = 0;

	pthread_mutex_lock(&table->lock);
	while ((entry = map_next(&table->in_session, &at)) != NULL)
		count += entry->object->class == CKO_PROFILE;
	pthread_mutex_unlock(&table->lock);
	return count;
}

static CK_RV
make_profile(struct session *session, size_t n)
{
	RELEASED(draft_release) struct draft draft = DRAFT_EMPTY;
	RELEASED(object_release) struct object *object = NULL;
	unsigned char uid[STORE_UID_LEN]; /* public: CKA_UNIQUE_ID */

	TRY(profile_attributes(n, &draft.attributes.meta));
	TRY(object_from_draft(session, &draft, uid, &object));
	return table_publish(session, object);
}

/* The built-in profile objects come into being when somebody asks for their class. */
static CK_RV
make_profiles(struct session *session)
{
	struct object_table *table = session->token->objects;
	CK_RV rv = CKR_OK;

	pthread_mutex_lock(&table->making_profiles);
	for (size_t n = profiles_made(table); rv == CKR_OK && n < profile_count(); n++)
		rv = make_profile(session, n);
	pthread_mutex_unlock(&table->making_profiles);
	return rv;
}

static CK_RV
search_all(
    struct session *session, const CK_ATTRIBUTE *attributes, CK_ULONG count, struct search *found)
{
	RELEASED(attrs_release) struct attrs wanted = ATTRS_PUBLIC;
	bool impossible;
	size_t room = 0;

	TRY(schema_decode_search(attributes, count, &wanted, &impossible));
	if (impossible)
		return CKR_OK;
	if (attrs_ulong(&wanted, CKA_CLASS, CKO_VENDOR_DEFINED) == CKO_PROFILE) {
		TRY(make_profiles(session));
		return search_session_objects(session, &wanted, found, &room);
	}
	if (attrs_bool(&wanted, CKA_TOKEN, true))
		TRY(search_token_objects(session, &wanted, found, &room));
	if (!attrs_bool(&wanted, CKA_TOKEN, false))
		TRY(search_session_objects(session, &wanted, found, &room));
	return CKR_OK;
}

static void
search_free(struct search *search)
{
	if (search != NULL)
		free(search->handles);
	free(search);
}

/* May a search begin in the session, and with `found`: puts it there. */
static CK_RV
search_install(struct session *session, struct search *found)
{
	CK_RV rv = CKR_OK;

	pthread_mutex_lock(&session->lock);
	if (session->closed)
		rv = CKR_SESSION_HANDLE_INVALID;
	else if (session->search != NULL)
		rv = CKR_OPERATION_ACTIVE;
	else
		session->search = found;
	pthread_mutex_unlock(&session->lock);
	return rv;
}

CK_RV
search_start(struct session *session, const CK_ATTRIBUTE *attributes, CK_ULONG count)
{
	struct search *found;
	CK_RV rv;

	TRY(search_install(session, NULL));
	found = calloc(1, sizeof(*found));
	if (found == NULL)
		return CKR_HOST_MEMORY;
	rv = search_all(session, attributes, count, found);
	if (rv == CKR_OK)
		rv = search_install(session, found);
	if (rv != CKR_OK)
		search_free(found);
	return rv;
}

CK_RV
search_next(struct session *session, CK_OBJECT_HANDLE *out, CK_ULONG most, CK_ULONG *count)
{
	struct search *search;
	CK_ULONG given = 0;

	pthread_mutex_lock(&session->lock);
	search = session->search;
	if (search != NULL) {
		while (given < most && search->next < search->count)
			out[given++] = search->handles[search->next++];
	}
	pthread_mutex_unlock(&session->lock);
	if (search == NULL)
		return CKR_OPERATION_NOT_INITIALIZED;
	*count = given;
	return CKR_OK;
}

CK_RV
search_end(struct session *session)
{
	struct search *search;

	pthread_mutex_lock(&session->lock);
	search = session->search;
	session->search = NULL;
	pthread_mutex_unlock(&session->lock);
	if (search == NULL)
		return CKR_OPERATION_NOT_INITIALIZED;
	search_free(search);
	return CKR_OK;
}
