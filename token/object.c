/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Objects made, changed, destroyed and read.  Handles are table.c's, searches
 * search.c's, what an attribute means schema.c's, what may be done policy.c's.
 */
#include "token/object.h"

#include <stdlib.h>
#include <string.h>

#include "token/draft.h"
#include "token/policy.h"
#include "token/table.h"

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

/* What goes into the store has an identifier that tells nothing of how it came about. */
static CK_RV
draw_unique(struct session *session, const struct draft *draft, unsigned char uid[STORE_UID_LEN])
{
	if (attrs_bool(&draft->attributes.meta, CKA_TOKEN, false))
		return crypto_random(uid, STORE_UID_LEN);
	session_unique(session, uid);
	return CKR_OK;
}

CK_RV
object_from_draft(struct session *session, struct draft *draft, unsigned char uid[STORE_UID_LEN],
    struct object **out)
{
	RELEASED(object_release) struct object *object = object_new();
	unsigned char unique[2 * STORE_UID_LEN]; /* public: CKA_UNIQUE_ID */

	if (object == NULL)
		return CKR_HOST_MEMORY;
	TRY(draw_unique(session, draft, uid));
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
		TRY(table_publish(session, objects[i]));
	}
	return txn == NULL ? CKR_OK : token_rv(token, store_commit(&txn));
}

#define DRAFTS_MOST (1 + PRODUCTS_MOST)

CK_RV
object_create_all(struct session *session, struct draft drafts[], size_t count)
{
	unsigned char uids[DRAFTS_MOST][STORE_UID_LEN]; /* public: CKA_UNIQUE_ID */
	struct object *objects[DRAFTS_MOST] = { NULL };
	CK_RV rv = count <= DRAFTS_MOST ? CKR_OK : CKR_GENERAL_ERROR;

	for (size_t i = 0; i < count && rv == CKR_OK; i++)
		rv = policy_writes(session, &drafts[i].attributes.meta);
	for (size_t i = 0; i < count && rv == CKR_OK; i++)
		rv = object_from_draft(session, &drafts[i], uids[i], &objects[i]);
	if (rv == CKR_OK)
		rv = create_all(session, objects, uids, count);
	for (size_t i = 0; i < count && i < DRAFTS_MOST; i++) {
		if (objects[i] != NULL && rv == CKR_OK)
			drafts[i].handle = objects[i]->handle;
		else if (objects[i] != NULL && objects[i]->handle != 0)
			table_withdraw(session->token->objects, objects[i]->handle);
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
	if (!attrs_has(meta, class == CKO_CERTIFICATE ? CKA_CERTIFICATE_TYPE : CKA_KEY_TYPE) &&
	    (schema_is_key(class) || class == CKO_DOMAIN_PARAMETERS || class == CKO_CERTIFICATE))
		return CKR_TEMPLATE_INCOMPLETE;
	key_type = schema_type(meta, class);
	TRY(schema_check(&draft.attributes, class, key_type, ORIGIN_CREATE));
	TRY(draft_begin(session, &draft, class, key_type, ORIGIN_CREATE));
	TRY(draft_finish(&draft, class, key_type, ORIGIN_CREATE));
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

/* What is wanted, into the attributes of a changed object or of a copy. */
static CK_RV
alter(struct session *session, const struct object *before, const struct attrs *wanted,
    struct attrs *after)
{
	TRY(attrs_merge(after, wanted));
	TRY(policy_vouches(session, before, after));
	return before->class == CKO_TRUST ? trust_holds(after) : CKR_OK;
}

/* So often another thread or process may come first before we give up. */
#define CHANGES_MOST 100

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
	TRY(alter(session, before, wanted, &after->meta));
	object_settle(after);
	after->handle = handle;
	if (after->id != 0)
		status = change_stored(session->token->store, after);
	*again = status == STORE_CHANGED;
	if (status == STORE_OK && !table_replace(session->token->objects, before, after))
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

	TRY(object_get_whole(session, handle, &original));
	TRY(schema_decode(attributes, count, original->class, &wanted));
	if (wanted.secret.len != 0)
		return CKR_ATTRIBUTE_READ_ONLY;
	TRY(policy_changes(session, original, &wanted.meta, ORIGIN_COPY));
	TRY(attrs_copy(&draft.attributes.meta, &original->meta));
	TRY(attrs_copy(&draft.attributes.secret, &original->secret));
	TRY(alter(session, original, &wanted.meta, &draft.attributes.meta));
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
	TRY(policy_destroys(object));
	if (object->id != 0)
		status = destroy_stored(session->token->store, object);
	*again = status == STORE_CHANGED;
	TRY(token_rv(session->token, status));
	table_withdraw(session->token->objects, handle);
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

bool
object_point_is_bare(const struct object *object, CK_ATTRIBUTE_TYPE type)
{
	return type == CKA_EC_POINT &&
	    (object->key_type == CKK_EC_MONTGOMERY || object->key_type == CKK_EC_EDWARDS);
}

#define OCTET_STRING 0x04

struct view
object_bare_point(struct view der)
{
	if (der.len < BARE_POINT_HEADER || der.len > BARE_POINT_HEADER + BARE_POINT_MOST ||
	    der.data[0] != OCTET_STRING || der.data[1] != der.len - BARE_POINT_HEADER)
		return VIEW_NONE;
	return view_of(der.data + BARE_POINT_HEADER, der.len - BARE_POINT_HEADER);
}

/* As the token's clients have it: der-points is for those of PKCS#11 3.0. */
static CK_RV
give_bare_point(struct session *session, const struct attribute_rule *rule, struct view point,
    CK_ATTRIBUTE *attribute)
{
	unsigned char der[BARE_POINT_HEADER + BARE_POINT_MOST]; /* public: a point */

	if (point.len > BARE_POINT_MOST || !token_gives_der_points(session->token))
		return schema_give(rule, point, attribute);
	der[0] = OCTET_STRING;
	der[1] = (unsigned char)point.len;
	memcpy(der + BARE_POINT_HEADER, point.data, point.len);
	return schema_give(rule, view_of(der, BARE_POINT_HEADER + point.len), attribute);
}

static CK_RV
read_one(struct session *session, const struct object *object, CK_ATTRIBUTE *attribute)
{
	const struct attribute_rule *rule =
	    schema_rule(attribute->type, object->class, object->key_type);
	struct view value;

	if (rule != NULL && (rule->rules & INTERNAL) != 0)
		rule = NULL;
	if (rule != NULL && (rule->rules & MATERIAL) != 0) {
		if (policy_hides(&object->meta)) {
			attribute->ulValueLen = CK_UNAVAILABLE_INFORMATION;
			return CKR_ATTRIBUTE_SENSITIVE;
		}
		if (attrs_get(&object->secret, attribute->type, &value))
			return schema_give(rule, value, attribute);
	} else if (rule != NULL && attrs_get(&object->meta, attribute->type, &value)) {
		if (object_point_is_bare(object, attribute->type))
			return give_bare_point(session, rule, value, attribute);
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

	if (count > TEMPLATE_MOST)
		return CKR_ARGUMENTS_BAD;
	TRY(object_get(session, handle, &object));
	if (wants_material(object, attributes, count)) {
		object_release(&object);
		TRY(object_get_whole(session, handle, &object));
	}
	/* Every entry is answered, whatever becomes of the others (C_GetAttributeValue). */
	for (CK_ULONG i = 0; i < count; i++) {
		CK_ATTRIBUTE attribute;
		CK_RV rv;

		memcpy(&attribute, &attributes[i], sizeof(attribute));
		rv = read_one(session, object, &attribute);
		memcpy(&attributes[i], &attribute, sizeof(attribute));
		if (verdict == CKR_OK)
			verdict = rv;
	}
	return verdict;
}
