/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The object table of a token: handles, and the objects opened so far.  What an
 * attribute means is schema.c's business; how objects come to be and change is
 * object.c's.
 */
#include "token/table.h"

#include <stdlib.h>

#include "token/base/log.h"

/* One count for all tokens: a handle of one token must not name an object of another. */
static atomic_ulong last_handle;

/* Objects */

struct object *
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

struct object *
object_hold(struct object *object)
{
	if (object != NULL)
		atomic_fetch_add(&object->references, 1);
	return object;
}

void
object_settle(struct object *object)
{
	object->class = attrs_ulong(&object->meta, CKA_CLASS, CKO_VENDOR_DEFINED);
	object->key_type = schema_type(&object->meta, object->class);
	object->is_private = attrs_bool(&object->meta, CKA_PRIVATE, true);
	object->always_authenticates = attrs_bool(&object->meta, CKA_ALWAYS_AUTHENTICATE, false);
	if (!attrs_get(&object->meta, CKA_ALLOWED_MECHANISMS, &object->allowed))
		object->allowed = VIEW_NONE;
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
	brief_lock_init(&table->lock);
	pthread_mutex_init(&table->making_profiles, NULL);
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

void
object_table_free(struct object_table *table)
{
	object_table_forget_all(table);
	map_release(&table->by_handle);
	map_release(&table->by_id);
	map_release(&table->in_session);
	pthread_mutex_destroy(&table->making_profiles);
	pthread_mutex_destroy(&table->lock);
	free(table);
}

/*
 * Keeps an opened object in its entry, and in the ring that bounds how many are
 * kept: the one at the ring's hand makes room unless it was used meanwhile.
 * Under the lock.
 */
void
table_keep(struct object_table *table, struct entry *entry, struct object *object)
{
	bool kept = entry->object != NULL;

	if (object != entry->object) {
		object_release(&entry->object);
		entry->object = object_hold(object);
	}
	while (!kept) {
		size_t at = table->ring_at++ % KEPT_MOST;
		struct entry *old = map_get(&table->by_handle, table->ring[at]);

		if (old != NULL && old != entry && old->object != NULL && old->used) {
			/* Spared once: the next time round it goes, unless it was used again. */
			old->used = false;
			continue;
		}
		if (old != NULL && old != entry && old->id != 0)
			object_release(&old->object);
		table->ring[at] = entry->handle;
		kept = true;
	}
}

/* A new entry, in the maps.  Under the lock; NULL when there is no memory. */
static struct entry *
entry_new(struct object_table *table, uint64_t id, bool is_private)
{
	struct entry *entry = calloc(1, sizeof(*entry));
	bool placed;

	if (entry == NULL)
		return NULL;
	*entry = (struct entry){ .handle = ++last_handle, .id = id, .is_private = is_private };
	placed = id != 0 ? map_put(&table->by_id, id, entry)
			 : map_put(&table->in_session, entry->handle, entry);
	if (placed && map_put(&table->by_handle, entry->handle, entry))
		return entry;
	entry_remove(table, entry);
	return NULL;
}

struct entry *
table_enter(struct object_table *table, uint64_t id, bool is_private)
{
	struct entry *entry = map_get(&table->by_id, id);

	return entry != NULL ? entry : entry_new(table, id, is_private);
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
read_record(struct object_table *table, struct store_view *view, uint64_t id, bool with_material,
    struct object **out)
{
	RELEASED(store_record_release) struct store_record record = { 0 };
	RELEASED(object_release) struct object *object = NULL;
	bool is_private;

	TRY(token_rv(table->token, store_get(view, id, with_material, &record)));
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

/* Takes the object that is kept, if it is current and has what is wanted of it. */
static bool
take_kept(struct object *kept, bool current, bool with_material, struct object **out)
{
	if (kept == NULL || !current || (with_material && !kept->complete))
		return false;
	*out = object_hold(kept);
	return true;
}

CK_RV
table_current(struct object_table *table, struct store_view *view, struct object *kept, uint64_t id,
    bool current, bool with_material, struct object **out)
{
	if (kept != NULL && !current) {
		uint64_t version;

		TRY(token_rv(table->token, store_version(view, id, &version)));
		current = version == kept->version;
	}
	if (take_kept(kept, current, with_material, out))
		return CKR_OK;
	return read_record(table, view, id, with_material, out);
}

/* The same in a view of its own. */
static CK_RV
look_at_record(struct object_table *table, struct object *kept, uint64_t id, bool current,
    bool with_material, struct object **out)
{
	RELEASED(store_view_end) struct store_view *view = NULL;

	TRY(token_rv(table->token, store_view_begin(table->token->store, &view)));
	return table_current(table, view, kept, id, current, with_material, out);
}

/* Looks behind a handle.  CKR_OBJECT_HANDLE_INVALID where there is nothing to be seen. */
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
	if (take_kept(kept, known == generation, with_material, out))
		return CKR_OK;
	rv = look_at_record(table, kept, id, known == generation, with_material, out);
	pthread_mutex_lock(&table->lock);
	entry = map_get(&table->by_handle, handle);
	if (entry != NULL && rv == CKR_OK) {
		entry->generation = generation;
		table_keep(table, entry, *out);
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
object_get_whole(struct session *session, CK_OBJECT_HANDLE handle, struct object **out)
{
	return look_up(session, handle, true, out);
}

CK_RV
object_get_key(struct session *session, CK_OBJECT_HANDLE handle, struct object **out)
{
	CK_RV rv = look_up(session, handle, true, out);

	return rv == CKR_OBJECT_HANDLE_INVALID ? CKR_KEY_HANDLE_INVALID : rv;
}

/* Publishing */

/* Gives a new object its handle.  Under the lock. */
static CK_RV
publish(struct object_table *table, struct object *object)
{
	struct entry *stale = object->id != 0 ? map_get(&table->by_id, object->id) : NULL;
	struct entry *entry;

	/* A new record's id can be known only from a transaction that failed, in another thread. */
	if (stale != NULL)
		entry_remove(table, stale);
	entry = entry_new(table, object->id, object->is_private);
	if (entry == NULL)
		return CKR_HOST_MEMORY;
	object->handle = entry->handle;
	if (entry->id != 0)
		table_keep(table, entry, object);
	else
		entry->object = object_hold(object);
	return CKR_OK;
}

CK_RV
table_publish(struct session *session, struct object *object)
{
	struct object_table *table = session->token->objects;
	CK_RV rv;

	pthread_mutex_lock(&table->lock);
	if (session->closed)
		rv = CKR_SESSION_HANDLE_INVALID;
	else if (object->is_private && !session_sees_private(session))
		rv = CKR_USER_NOT_LOGGED_IN;
	else
		rv = publish(table, object);
	pthread_mutex_unlock(&table->lock);
	return rv;
}

void
table_withdraw(struct object_table *table, CK_OBJECT_HANDLE handle)
{
	struct entry *entry;

	pthread_mutex_lock(&table->lock);
	entry = map_get(&table->by_handle, handle);
	if (entry != NULL)
		entry_remove(table, entry);
	pthread_mutex_unlock(&table->lock);
}

bool
table_replace(struct object_table *table, const struct object *before, struct object *after)
{
	struct entry *entry;
	bool same;

	pthread_mutex_lock(&table->lock);
	entry = map_get(&table->by_handle, before->handle);
	same = entry != NULL && (entry->id != 0 || entry->object == before);
	if (same && entry->id != 0) {
		table_keep(table, entry, after);
		/* Others may have committed too: look again at the next use. */
		entry->generation = 0;
	} else if (same) {
		object_release(&entry->object);
		entry->object = object_hold(after);
	}
	pthread_mutex_unlock(&table->lock);
	return same;
}
