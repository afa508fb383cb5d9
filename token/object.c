/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The object table of a token: handles, and the objects opened so far.  What an
 * attribute means is schema.c's business, what may be done policy.c's, how
 * objects come to be draft.c's and key.c's.
 */
#include "token/object.h"

#include <stdlib.h>
#include <string.h>

#include "token/base/log.h"
#include "token/draft.h"
#include "token/map.h"
#include "token/policy.h"
#include "token/profile.h"
#include "token/status.h"

/* So many opened token objects are kept; a process pays for what it uses, not for what the token
 * holds. */
#define KEPT_MOST 4096

/* What a handle stands for. */
struct entry {
	CK_OBJECT_HANDLE handle;
	uint64_t id; /* 0: a session object */
	bool is_private;
	bool used;             /* since the ring last came by */
	uint64_t generation;   /* of the store, when `object` was last known to be current */
	struct object *object; /* opened; always there for a session object */
};

struct object_table {
	struct token *token;
	pthread_mutex_t lock; /* guards all below; never held while the store or libcrypto works */
	struct map by_handle;
	struct map by_id;
	struct map in_session; /* the session objects among by_handle */
	bool has_profiles;
	/* The handles of the objects kept open, reused round and round (CLOCK). */
	CK_OBJECT_HANDLE ring[KEPT_MOST];
	size_t ring_at;
};

/* One count for all tokens: a handle of one token must not name an object of another. */
static atomic_ulong last_handle;

/* Objects */

static struct object *
object_new(void)
{
	struct object *object = calloc(1, sizeof(*object));

	if (object == NULL)
		return NULL;
	object->references = 1;
	object->secret.secret = true;
	return object;
}

static void
object_free(struct object *object)
{
	key_unload(&object->key);
	attrs_release(&object->meta);
	attrs_release(&object->secret);
	free(object);
}

void
object_release(struct object **object)
{
	if (*object != NULL && atomic_fetch_sub(&(*object)->references, 1) == 1)
		object_free(*object);
	*object = NULL;
}

static struct object *
object_hold(struct object *object)
{
	if (object != NULL)
		atomic_fetch_add(&object->references, 1);
	return object;
}

/* Reads off the attributes what is asked for often, once they are all there. */
static void
object_settle(struct object *object)
{
	object->class = attrs_ulong(&object->meta, CKA_CLASS, CKO_VENDOR_DEFINED);
	object->key_type = attrs_ulong(&object->meta, CKA_KEY_TYPE, CK_UNAVAILABLE_INFORMATION);
	object->is_private = attrs_bool(&object->meta, CKA_PRIVATE, true);
	object->key.class = object->class;
	object->key.type = object->key_type;
	object->key.meta = &object->meta;
	object->key.secret = object->has_material ? &object->secret : NULL;
}

/* The table */

struct object_table *
object_table_new(struct token *token)
{
	struct object_table *table = calloc(1, sizeof(*table));

	if (table == NULL)
		return NULL;
	table->token = token;
	pthread_mutex_init(&table->lock, NULL);
	return table;
}

static void
entry_free(struct entry *entry)
{
	object_release(&entry->object);
	free(entry);
}

/* Takes an entry out of the maps.  Under the lock. */
static void
entry_remove(struct object_table *table, struct entry *entry)
{
	map_remove(&table->by_handle, entry->handle);
	if (entry->id != 0)
		map_remove(&table->by_id, entry->id);
	else
		map_remove(&table->in_session, entry->handle);
	entry_free(entry);
}

/* Removes the entries that `dies` names; `argument` is passed on to it. */
static void
forget(struct object_table *table, struct map *among,
    bool (*dies)(const struct entry *, CK_ULONG argument), CK_ULONG argument)
{
	struct entry *entry;
	size_t at = 0;

	pthread_mutex_lock(&table->lock);
	while ((entry = map_next(among, &at)) != NULL) {
		if (dies(entry, argument)) {
			entry_remove(table, entry);
			/* Removal moves followers: this place may hold another one now, or one
			 * wrapped round. */
			at = at > 0 ? at - 1 : 0;
		}
	}
	pthread_mutex_unlock(&table->lock);
}

static bool
dies_private(const struct entry *entry, CK_ULONG unused)
{
	(void)unused;
	return entry->is_private;
}

static bool
dies_with_session(const struct entry *entry, CK_ULONG session)
{
	return entry->object->owner == session;
}

static bool
dies_always(const struct entry *entry, CK_ULONG unused)
{
	(void)entry;
	(void)unused;
	return true;
}

void
object_table_forget_private(struct object_table *table)
{
	forget(table, &table->by_handle, dies_private, 0);
}

void
object_table_forget_session(struct object_table *table, CK_SESSION_HANDLE session)
{
	forget(table, &table->in_session, dies_with_session, session);
}

void
object_table_forget_all(struct object_table *table)
{
	forget(table, &table->by_handle, dies_always, 0);
	table->has_profiles = false;
}

void
object_table_reopen(struct object_table *table)
{
	struct entry *entry;
	size_t at = 0;

	pthread_mutex_lock(&table->lock);
	while ((entry = map_next(&table->by_id, &at)) != NULL)
		object_release(&entry->object);
	pthread_mutex_unlock(&table->lock);
}

static void
table_discard(struct object_table *table)
{
	map_release(&table->by_handle);
	map_release(&table->by_id);
	map_release(&table->in_session);
	free(table);
}

void
object_table_free(struct object_table *table)
{
	object_table_forget_all(table);
	pthread_mutex_destroy(&table->lock);
	table_discard(table);
}

void
object_table_abandon(struct object_table *table)
{
	table_discard(table);
}

/*
 * Keeps an opened object in its entry, and in the ring that bounds how many are
 * kept: the one at the ring's hand makes room unless it was used meanwhile.
 * Under the lock.
 */
static void
entry_keep(struct object_table *table, struct entry *entry, struct object *object)
{
	bool kept = entry->object != NULL;

	if (object != entry->object) {
		object_release(&entry->object);
		entry->object = object_hold(object);
	}
	if (kept)
		return;
	for (size_t tries = 0; tries < KEPT_MOST; tries++) {
		size_t at = table->ring_at++ % KEPT_MOST;
		struct entry *old = map_get(&table->by_handle, table->ring[at]);

		if (old != NULL && old->object != NULL && old->used) {
			old->used = false;
			continue;
		}
		if (old != NULL && old->id != 0)
			object_release(&old->object);
		table->ring[at] = entry->handle;
		return;
	}
	/* All were in use: the one at the hand goes. */
	table->ring[table->ring_at++ % KEPT_MOST] = entry->handle;
}

/* An entry for a record, new or known.  Under the lock; NULL when there is no memory. */
static struct entry *
entry_for_record(struct object_table *table, uint64_t id, bool is_private)
{
	struct entry *entry = map_get(&table->by_id, id);

	if (entry != NULL)
		return entry;
	entry = calloc(1, sizeof(*entry));
	if (entry == NULL)
		return NULL;
	entry->handle = ++last_handle;
	entry->id = id;
	entry->is_private = is_private;
	if (!map_put(&table->by_handle, entry->handle, entry)) {
		free(entry);
		return NULL;
	}
	if (!map_put(&table->by_id, id, entry)) {
		map_remove(&table->by_handle, entry->handle);
		free(entry);
		return NULL;
	}
	return entry;
}

/* Reading from the store */

/* Gives the buffers of a record to an object. */
static void
object_adopt(struct object *object, struct store_record *record, bool with_material)
{
	object->id = record->id;
	object->version = record->version;
	object->has_material = record->has_secret;
	object->complete = with_material || !record->has_secret;
	object->trustworthy = record->checked;
	object->meta = (struct attrs){
		.data = record->meta.data, .len = record->meta.len, .room = record->meta.len
	};
	record->meta = (struct bytes){ 0 };
	object->secret = (struct attrs){ .data = record->secret.data,
		.len = record->secret.len,
		.room = record->secret.len,
		.secret = true };
	record->secret = (struct secret){ 0 };
}

/*
 * Settles an object read from the store.  A record that was not written by this
 * code, or not for this place, is damage even where its seal holds.
 */
static bool
object_sound(struct object *object, bool is_private)
{
	if (!attrs_wellformed(view_of(object->meta.data, object->meta.len)) ||
	    !attrs_wellformed(view_of(object->secret.data, object->secret.len)))
		return false;
	object_settle(object);
	return schema_class(object->class) && attrs_bool(&object->meta, CKA_TOKEN, false) &&
	    attrs_bool(&object->meta, CKA_PRIVATE, !is_private) == is_private &&
	    schema_holds(&object->meta, object->class, object->key_type) &&
	    schema_holds(&object->secret, object->class, object->key_type);
}

static CK_RV
read_record(struct object_table *table, uint64_t id, bool with_material, struct object **out)
{
	RELEASED(store_record_release) struct store_record record = { 0 };
	RELEASED(object_release) struct object *object = NULL;
	bool is_private;

	TRY(token_rv(table->token, store_get(table->token->store, id, with_material, &record)));
	object = object_new();
	if (object == NULL)
		return CKR_HOST_MEMORY;
	is_private = record.is_private;
	object_adopt(object, &record, with_material);
	if (!object_sound(object, is_private)) {
		log_error("slot %lu: object %llu is not of a form that this release writes",
		    table->token->slot, (unsigned long long)id);
		return CKR_DEVICE_ERROR;
	}
	*out = object_hold(object);
	return CKR_OK;
}

/* The object of a record: the one kept open, if it is still current, or read anew. */
static CK_RV
current_object(struct object_table *table, struct object *kept, uint64_t id, bool current,
    bool with_material, struct object **out)
{
	if (kept != NULL && !current) {
		uint64_t version;

		TRY(token_rv(table->token, store_version(table->token->store, id, &version)));
		current = version == kept->version;
	}
	if (kept != NULL && current && (kept->complete || !with_material)) {
		*out = object_hold(kept);
		return CKR_OK;
	}
	return read_record(table, id, with_material, out);
}

/* Looks behind a handle.  CKR_OBJECT_HANDLE_INVALID where there is nothing or nothing to be seen.
 */
static CK_RV
look_up(struct session *session, CK_OBJECT_HANDLE handle, bool with_material, struct object **out)
{
	RELEASED(object_release) struct object *kept = NULL;
	struct object_table *table = session->token->objects;
	uint64_t id = 0, known = 0, generation = 0;
	struct entry *entry;
	CK_RV rv;

	pthread_mutex_lock(&table->lock);
	entry = map_get(&table->by_handle, handle);
	if (entry != NULL && entry->is_private && !session_sees_private(session))
		entry = NULL;
	if (entry != NULL) {
		kept = object_hold(entry->object);
		id = entry->id;
		known = entry->generation;
		entry->used = true;
	}
	pthread_mutex_unlock(&table->lock);
	if (entry == NULL)
		return CKR_OBJECT_HANDLE_INVALID;
	if (id == 0) {
		*out = object_hold(kept);
		return CKR_OK;
	}
	TRY(token_rv(table->token, store_generation(table->token->store, &generation)));
	rv = current_object(table, kept, id, known == generation, with_material, out);
	if (rv == CKR_OK && *out == kept && known == generation)
		return CKR_OK;
	pthread_mutex_lock(&table->lock);
	entry = map_get(&table->by_handle, handle);
	if (entry != NULL && rv == CKR_OK) {
		entry->generation = generation;
		entry_keep(table, entry, *out);
	} else if (entry != NULL && rv == CKR_OBJECT_HANDLE_INVALID) {
		entry_remove(table, entry);
	}
	pthread_mutex_unlock(&table->lock);
	return rv;
}

CK_RV
object_get(struct session *session, CK_OBJECT_HANDLE handle, struct object **out)
{
	return look_up(session, handle, false, out);
}

CK_RV
object_get_key(struct session *session, CK_OBJECT_HANDLE handle, struct object **out)
{
	return look_up(session, handle, true, out);
}

/* Making */

static void
hex_encode(const unsigned char *in, size_t len, unsigned char *out)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < len; i++) {
		out[2 * i] = (unsigned char)digits[in[i] >> 4];
		out[2 * i + 1] = (unsigned char)digits[in[i] & 15];
	}
}

/* The record of an object; its buffers stay the object's. */
static struct store_record
record_of(const struct object *object)
{
	return (struct store_record){ .id = object->id,
		.version = object->version,
		.is_private = object->is_private,
		.has_secret = object->has_material,
		.meta = { object->meta.data, object->meta.len },
		.secret = { object->secret.data, object->secret.len } };
}

/* An object of a draft, with its CKA_UNIQUE_ID, which is the record's uid in hexadecimal. */
static CK_RV
object_from_draft(struct draft *draft, unsigned char uid[STORE_UID_LEN], struct object **out)
{
	RELEASED(object_release) struct object *object = object_new();
	unsigned char unique[2 * STORE_UID_LEN]; /* public: CKA_UNIQUE_ID */

	if (object == NULL)
		return CKR_HOST_MEMORY;
	TRY(crypto_random(uid, STORE_UID_LEN));
	hex_encode(uid, STORE_UID_LEN, unique);
	attrs_move(&object->meta, &draft->attributes.meta);
	attrs_move(&object->secret, &draft->attributes.secret);
	TRY(attrs_set(&object->meta, CKA_UNIQUE_ID, view_of(unique, sizeof(unique))));
	object->has_material = object->secret.len != 0;
	object->complete = true;
	object->trustworthy = true;
	object_settle(object);
	*out = object_hold(object);
	return CKR_OK;
}

/* More than an object has attributes to be found by. */
#define TAGS_MOST 32

/* The values that a record is found by.  An empty value is no help to find anything. */
static bool
tags_of(const struct object *object, struct store_tag **tags, size_t *count)
{
	CK_ATTRIBUTE_TYPE type;
	struct view value;
	size_t at = 0;

	*count = 0;
	*tags = calloc(TAGS_MOST, sizeof(**tags));
	if (*tags == NULL)
		return false;
	while (attrs_next(&object->meta, &at, &type, &value) && *count < TAGS_MOST) {
		const struct attribute_rule *rule =
		    schema_rule(type, object->class, object->key_type);

		if (rule != NULL && (rule->rules & INDEXED) != 0 && value.len != 0)
			(*tags)[(*count)++] = (struct store_tag){ type, value };
	}
	return true;
}

static enum store_status
put(struct store_txn *txn, struct object *object, const unsigned char uid[STORE_UID_LEN],
    bool keep_secret)
{
	RELEASED(pointer_release) struct store_tag *tags = NULL;
	struct store_record record = record_of(object);
	size_t count;

	if (uid != NULL)
		memcpy(record.uid, uid, STORE_UID_LEN);
	if (!tags_of(object, &tags, &count))
		return STORE_NO_MEMORY;
	TRY(store_put(txn, &record, keep_secret, tags, count));
	object->id = record.id;
	object->version = record.version;
	return STORE_OK;
}

/*
 * Gives a new object its handle.  The state is looked at under the same lock
 * that logout and the end of a session take to sweep, so nothing slips past.
 */
static CK_RV
publish(struct session *session, struct object *object)
{
	struct object_table *table = session->token->objects;
	struct entry *entry = NULL;
	CK_RV rv = CKR_OK;

	pthread_mutex_lock(&table->lock);
	if (session->closed) {
		rv = CKR_SESSION_HANDLE_INVALID;
	} else if (object->is_private && !session_sees_private(session)) {
		rv = CKR_USER_NOT_LOGGED_IN;
	} else if (object->id != 0) {
		entry = entry_for_record(table, object->id, object->is_private);
		rv = entry == NULL ? CKR_HOST_MEMORY : CKR_OK;
	} else {
		entry = calloc(1, sizeof(*entry));
		if (entry != NULL)
			*entry = (struct entry){ .handle = ++last_handle,
				.is_private = object->is_private };
		if (entry == NULL || !map_put(&table->in_session, entry->handle, entry)) {
			free(entry);
			entry = NULL;
			rv = CKR_HOST_MEMORY;
		} else if (!map_put(&table->by_handle, entry->handle, entry)) {
			map_remove(&table->in_session, entry->handle);
			free(entry);
			entry = NULL;
			rv = CKR_HOST_MEMORY;
		}
	}
	if (entry != NULL) {
		object->handle = entry->handle;
		if (entry->id != 0)
			entry_keep(table, entry, object);
		else
			entry->object = object_hold(object);
	}
	pthread_mutex_unlock(&table->lock);
	return rv;
}

static void
withdraw(struct object_table *table, CK_OBJECT_HANDLE handle)
{
	struct entry *entry;

	pthread_mutex_lock(&table->lock);
	entry = map_get(&table->by_handle, handle);
	if (entry != NULL)
		entry_remove(table, entry);
	pthread_mutex_unlock(&table->lock);
}

/* Stores what belongs in the store, gives every object its handle, and only then commits. */
static CK_RV
create_all(struct session *session, struct object *objects[], unsigned char (*uids)[STORE_UID_LEN],
    size_t count)
{
	RELEASED(store_rollback) struct store_txn *txn = NULL;
	struct token *token = session->token;

	for (size_t i = 0; i < count; i++) {
		if (!attrs_bool(&objects[i]->meta, CKA_TOKEN, false)) {
			objects[i]->owner = session->handle;
		} else {
			if (txn == NULL)
				TRY(token_rv(token, store_begin(token->store, &txn)));
			TRY(token_rv(token, put(txn, objects[i], uids[i], false)));
		}
		TRY(publish(session, objects[i]));
	}
	return txn == NULL ? CKR_OK : token_rv(token, store_commit(&txn));
}

#define DRAFTS_MOST 8

CK_RV
object_create_all(struct session *session, struct draft drafts[], size_t count)
{
	unsigned char uids[DRAFTS_MOST][STORE_UID_LEN]; /* public: CKA_UNIQUE_ID */
	struct object *objects[DRAFTS_MOST] = { NULL };
	CK_RV rv = count <= DRAFTS_MOST ? CKR_OK : CKR_GENERAL_ERROR;

	for (size_t i = 0; i < count && rv == CKR_OK; i++)
		rv = policy_writes(session, &drafts[i].attributes.meta);
	for (size_t i = 0; i < count && rv == CKR_OK; i++)
		rv = object_from_draft(&drafts[i], uids[i], &objects[i]);
	if (rv == CKR_OK)
		rv = create_all(session, objects, uids, count);
	for (size_t i = 0; i < count && i < DRAFTS_MOST; i++) {
		if (objects[i] != NULL && rv == CKR_OK)
			drafts[i].handle = objects[i]->handle;
		else if (objects[i] != NULL && objects[i]->handle != 0)
			withdraw(session->token->objects, objects[i]->handle);
		object_release(&objects[i]);
	}
	return rv;
}

CK_RV
object_create(
    struct session *session, const CK_ATTRIBUTE *attributes, CK_ULONG count, CK_OBJECT_HANDLE *out)
{
	RELEASED(draft_release) struct draft draft = DRAFT_EMPTY;
	struct attrs *meta = &draft.attributes.meta;
	CK_OBJECT_CLASS class;
	CK_KEY_TYPE key_type;

	TRY(schema_decode(attributes, count, CKO_VENDOR_DEFINED, &draft.attributes));
	if (!attrs_has(meta, CKA_CLASS))
		return CKR_TEMPLATE_INCOMPLETE;
	class = attrs_ulong(meta, CKA_CLASS, CKO_VENDOR_DEFINED);
	if (!schema_class(class))
		return CKR_ATTRIBUTE_VALUE_INVALID;
	if (!attrs_has(meta, CKA_KEY_TYPE) &&
	    (schema_is_key(class) || class == CKO_DOMAIN_PARAMETERS))
		return CKR_TEMPLATE_INCOMPLETE;
	key_type = attrs_ulong(meta, CKA_KEY_TYPE, CK_UNAVAILABLE_INFORMATION);
	TRY(schema_check(&draft.attributes, class, key_type, ORIGIN_CREATE));
	TRY(draft_complete(session, &draft, class, key_type, ORIGIN_CREATE));
	TRY(object_create_all(session, &draft, 1));
	*out = draft.handle;
	return CKR_OK;
}

/* Changing */

/* An object with the same attributes, unpublished, for a change. */
static CK_RV
object_clone(const struct object *object, struct object **out)
{
	RELEASED(object_release) struct object *clone = object_new();

	if (clone == NULL)
		return CKR_HOST_MEMORY;
	TRY(attrs_copy(&clone->meta, &object->meta));
	TRY(attrs_copy(&clone->secret, &object->secret));
	clone->handle = object->handle;
	clone->id = object->id;
	clone->version = object->version;
	clone->owner = object->owner;
	clone->has_material = object->has_material;
	clone->complete = object->complete;
	clone->trustworthy = true;
	*out = object_hold(clone);
	return CKR_OK;
}

/* So often another thread or process may come first before we give up. */
#define CHANGES_MOST 100

/* Puts `after` in the place of `before`.  False: somebody else did so first. */
static bool
replace(struct object_table *table, const struct object *before, struct object *after)
{
	struct entry *entry;
	bool same;

	pthread_mutex_lock(&table->lock);
	entry = map_get(&table->by_handle, before->handle);
	same = entry != NULL && (entry->id != 0 || entry->object == before);
	if (same && entry->id != 0) {
		entry_keep(table, entry, after);
		/* Others may have committed too: look again at the next use. */
		entry->generation = 0;
	} else if (same) {
		object_release(&entry->object);
		entry->object = object_hold(after);
	}
	pthread_mutex_unlock(&table->lock);
	return same;
}

static enum store_status
change_stored(struct store *store, struct object *after)
{
	RELEASED(store_rollback) struct store_txn *txn = NULL;

	TRY(store_begin(store, &txn));
	TRY(put(txn, after, NULL, true));
	return store_commit(&txn);
}

static CK_RV
change_once(
    struct session *session, CK_OBJECT_HANDLE handle, const struct attrs *wanted, bool *again)
{
	RELEASED(object_release) struct object *before = NULL;
	RELEASED(object_release) struct object *after = NULL;
	enum store_status status = STORE_OK;

	*again = false;
	TRY(object_get(session, handle, &before));
	TRY(policy_writes(session, &before->meta));
	TRY(policy_changes(session, before, wanted, ORIGIN_CREATE));
	TRY(object_clone(before, &after));
	TRY(attrs_merge(&after->meta, wanted));
	object_settle(after);
	after->handle = handle;
	if (after->id != 0)
		status = change_stored(session->token->store, after);
	*again = status == STORE_CHANGED;
	if (status == STORE_OK && !replace(session->token->objects, before, after))
		*again = after->id == 0;
	return token_rv(session->token, status);
}

CK_RV
object_change(struct session *session, CK_OBJECT_HANDLE handle, const CK_ATTRIBUTE *attributes,
    CK_ULONG count)
{
	RELEASED(template_release) struct template wanted = TEMPLATE_EMPTY;
	RELEASED(object_release) struct object *object = NULL;
	bool again = true;
	CK_RV rv = CKR_OK;

	TRY(object_get(session, handle, &object));
	TRY(schema_decode(attributes, count, object->class, &wanted));
	/* Key material never changes. */
	if (wanted.secret.len != 0)
		return CKR_ATTRIBUTE_READ_ONLY;
	for (int tries = 0; again && tries < CHANGES_MOST; tries++)
		rv = change_once(session, handle, &wanted.meta, &again);
	return again && rv == CKR_OK ? CKR_FUNCTION_FAILED : rv;
}

CK_RV
object_copy(struct session *session, CK_OBJECT_HANDLE handle, const CK_ATTRIBUTE *attributes,
    CK_ULONG count, CK_OBJECT_HANDLE *out)
{
	RELEASED(object_release) struct object *original = NULL;
	RELEASED(template_release) struct template wanted = TEMPLATE_EMPTY;
	RELEASED(draft_release) struct draft draft = DRAFT_EMPTY;

	TRY(object_get_key(session, handle, &original));
	TRY(schema_decode(attributes, count, original->class, &wanted));
	if (wanted.secret.len != 0)
		return CKR_ATTRIBUTE_READ_ONLY;
	TRY(policy_changes(session, original, &wanted.meta, ORIGIN_COPY));
	TRY(attrs_copy(&draft.attributes.meta, &original->meta));
	TRY(attrs_copy(&draft.attributes.secret, &original->secret));
	TRY(attrs_merge(&draft.attributes.meta, &wanted.meta));
	TRY(object_create_all(session, &draft, 1));
	*out = draft.handle;
	return CKR_OK;
}

static enum store_status
destroy_stored(struct store *store, const struct object *object)
{
	RELEASED(store_rollback) struct store_txn *txn = NULL;

	TRY(store_begin(store, &txn));
	TRY(store_delete(txn, object->id, object->version));
	return store_commit(&txn);
}

static CK_RV
destroy_once(struct session *session, CK_OBJECT_HANDLE handle, bool *again)
{
	RELEASED(object_release) struct object *object = NULL;
	enum store_status status = STORE_OK;

	*again = false;
	TRY(object_get(session, handle, &object));
	TRY(policy_writes(session, &object->meta));
	if (!attrs_bool(&object->meta, CKA_DESTROYABLE, true))
		return CKR_ACTION_PROHIBITED;
	if (object->id != 0)
		status = destroy_stored(session->token->store, object);
	*again = status == STORE_CHANGED;
	TRY(token_rv(session->token, status));
	withdraw(session->token->objects, handle);
	return CKR_OK;
}

CK_RV
object_destroy(struct session *session, CK_OBJECT_HANDLE handle)
{
	bool again = true;
	CK_RV rv = CKR_OK;

	for (int tries = 0; again && tries < CHANGES_MOST; tries++)
		rv = destroy_once(session, handle, &again);
	return rv;
}

/* Reading */

CK_RV
object_size(struct session *session, CK_OBJECT_HANDLE handle, CK_ULONG *size)
{
	RELEASED(object_release) struct object *object = NULL;

	TRY(object_get(session, handle, &object));
	/* What can be read of it: the size of hidden material is nobody's business. */
	*size = object->meta.len;
	return CKR_OK;
}

static CK_RV
read_one(const struct object *object, CK_ATTRIBUTE *attribute)
{
	const struct attribute_rule *rule =
	    schema_rule(attribute->type, object->class, object->key_type);
	struct view value;

	if (rule != NULL && (rule->rules & MATERIAL) != 0) {
		if (policy_hides(&object->meta)) {
			attribute->ulValueLen = CK_UNAVAILABLE_INFORMATION;
			return CKR_ATTRIBUTE_SENSITIVE;
		}
		if (attrs_get(&object->secret, attribute->type, &value))
			return schema_give(rule, value, attribute);
	} else if (rule != NULL && attrs_get(&object->meta, attribute->type, &value)) {
		return schema_give(rule, value, attribute);
	}
	attribute->ulValueLen = CK_UNAVAILABLE_INFORMATION;
	return CKR_ATTRIBUTE_TYPE_INVALID;
}

/* Does answering need key material that the owner may see? */
static bool
wants_material(const struct object *object, const CK_ATTRIBUTE *attributes, CK_ULONG count)
{
	CK_ATTRIBUTE attribute;

	if (object->complete || policy_hides(&object->meta))
		return false;
	for (CK_ULONG i = 0; i < count; i++) {
		const struct attribute_rule *rule;

		memcpy(&attribute, &attributes[i], sizeof(attribute));
		rule = schema_rule(attribute.type, object->class, object->key_type);
		if (rule != NULL && (rule->rules & MATERIAL) != 0)
			return true;
	}
	return false;
}

CK_RV
object_read(
    struct session *session, CK_OBJECT_HANDLE handle, CK_ATTRIBUTE *attributes, CK_ULONG count)
{
	RELEASED(object_release) struct object *object = NULL;
	CK_RV verdict = CKR_OK;

	TRY(object_get(session, handle, &object));
	if (wants_material(object, attributes, count)) {
		object_release(&object);
		TRY(object_get_key(session, handle, &object));
	}
	/* Every entry is answered, whatever becomes of the others (C_GetAttributeValue). */
	for (CK_ULONG i = 0; i < count; i++) {
		CK_ATTRIBUTE attribute;
		CK_RV rv;

		memcpy(&attribute, &attributes[i], sizeof(attribute));
		rv = read_one(object, &attribute);
		memcpy(&attributes[i], &attribute, sizeof(attribute));
		if (verdict == CKR_OK)
			verdict = rv;
	}
	return verdict;
}

/* Searching */

/* Key material never matches: a search must not answer guesses. */
static bool
matches(const struct object *object, const struct attrs *wanted)
{
	CK_ATTRIBUTE_TYPE type;
	struct view value, mine;
	size_t at = 0;

	while (attrs_next(wanted, &at, &type, &value)) {
		if (!attrs_get(&object->meta, type, &mine) || !view_equal(value, mine))
			return false;
	}
	return true;
}

static CK_RV
search_add(struct search *search, size_t *room, CK_OBJECT_HANDLE handle)
{
	if (search->count == *room) {
		size_t more = *room == 0 ? 16 : *room * 2;
		CK_OBJECT_HANDLE *larger = reallocarray(search->handles, more, sizeof(*larger));

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

/* The handle of a record that matches; 0 where it does not, or is damaged (the store has logged
 * that). */
static CK_RV
match_record(struct session *session, uint64_t id, uint64_t generation, const struct attrs *wanted,
    CK_OBJECT_HANDLE *handle)
{
	RELEASED(object_release) struct object *kept = NULL;
	RELEASED(object_release) struct object *object = NULL;
	struct object_table *table = session->token->objects;
	struct entry *entry;
	bool current = false;
	CK_RV rv;

	*handle = 0;
	pthread_mutex_lock(&table->lock);
	entry = map_get(&table->by_id, id);
	if (entry != NULL) {
		kept = object_hold(entry->object);
		current = entry->generation == generation;
	}
	pthread_mutex_unlock(&table->lock);
	rv = current_object(table, kept, id, current, false, &object);
	if (rv == CKR_DEVICE_ERROR || rv == CKR_OBJECT_HANDLE_INVALID)
		return CKR_OK;
	TRY(rv);
	if (!matches(object, wanted))
		return CKR_OK;
	pthread_mutex_lock(&table->lock);
	entry = entry_for_record(table, id, object->is_private);
	if (entry != NULL && (!object->is_private || session_sees_private(session))) {
		entry->generation = generation;
		entry_keep(table, entry, object);
		*handle = entry->handle;
	}
	pthread_mutex_unlock(&table->lock);
	return entry == NULL ? CKR_HOST_MEMORY : CKR_OK;
}

/* The tags to look by: those values that every object of the wanted kind would be indexed by. */
static size_t
search_tags(const struct attrs *wanted, struct store_tag tags[], size_t most)
{
	CK_ATTRIBUTE_TYPE type;
	struct view value;
	size_t at = 0, count = 0;

	while (attrs_next(wanted, &at, &type, &value) && count < most) {
		if (value.len != 0 && schema_indexed(wanted, type))
			tags[count++] = (struct store_tag){ type, value };
	}
	return count;
}

static CK_RV
search_token_objects(
    struct session *session, const struct attrs *wanted, struct search *found, size_t *room)
{
	RELEASED(pointer_release) uint64_t *ids = NULL;
	struct token *token = session->token;
	struct store_tag tags[16];
	size_t tag_count = search_tags(wanted, tags, COUNT_OF(tags)), count = 0;
	uint64_t generation;

	TRY(token_rv(token, store_generation(token->store, &generation)));
	TRY(token_rv(token,
	    store_find(
		token->store, session_sees_private(session), tags, tag_count, &ids, &count)));
	for (size_t i = 0; i < count; i++) {
		CK_OBJECT_HANDLE handle;

		TRY(match_record(session, ids[i], generation, wanted, &handle));
		if (handle != 0)
			TRY(search_add(found, room, handle));
	}
	return CKR_OK;
}

/* The built-in profile objects come into being when somebody asks for their class. */
static CK_RV
make_profiles(struct session *session)
{
	struct object_table *table = session->token->objects;
	bool there;

	pthread_mutex_lock(&table->lock);
	there = table->has_profiles;
	table->has_profiles = true;
	pthread_mutex_unlock(&table->lock);
	for (size_t i = 0; !there && i < profile_count(); i++) {
		RELEASED(draft_release) struct draft draft = DRAFT_EMPTY;
		RELEASED(object_release) struct object *object = NULL;
		unsigned char uid[STORE_UID_LEN]; /* public */

		TRY(profile_attributes(i, &draft.attributes.meta));
		TRY(object_from_draft(&draft, uid, &object));
		TRY(publish(session, object));
	}
	return CKR_OK;
}

CK_RV
object_search(
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
