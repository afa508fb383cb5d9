/* SPDX-License-Identifier: Apache-2.0 */
/* Keys that travel: wrapped and unwrapped, encapsulated and decapsulated. */
#include <string.h>

#include "token/key.h"
#include "token/making.h"
#include "token/policy.h"

/* What the standard calls a bad wrapping or unwrapping key, where others are just bad keys. */
static CK_RV
wrapping_key_error(CK_RV rv, CK_FLAGS verb)
{
	bool wraps = verb == CKF_WRAP;

	switch (rv) {
	case CKR_KEY_HANDLE_INVALID:
		return wraps ? CKR_WRAPPING_KEY_HANDLE_INVALID : CKR_UNWRAPPING_KEY_HANDLE_INVALID;
	case CKR_KEY_SIZE_RANGE:
		return wraps ? CKR_WRAPPING_KEY_SIZE_RANGE : CKR_UNWRAPPING_KEY_SIZE_RANGE;
	case CKR_KEY_TYPE_INCONSISTENT:
		return wraps ? CKR_WRAPPING_KEY_TYPE_INCONSISTENT
			     : CKR_UNWRAPPING_KEY_TYPE_INCONSISTENT;
	default:
		return rv;
	}
}

/* The same of what is wrapped, where others are just bad data. */
static CK_RV
wrapped_key_error(CK_RV rv)
{
	switch (rv) {
	case CKR_DATA_LEN_RANGE:
		return CKR_KEY_SIZE_RANGE;
	case CKR_ENCRYPTED_DATA_INVALID:
	case CKR_AEAD_DECRYPT_FAILED:
		return CKR_WRAPPED_KEY_INVALID;
	case CKR_ENCRYPTED_DATA_LEN_RANGE:
		return CKR_WRAPPED_KEY_LEN_RANGE;
	default:
		return rv;
	}
}

/* A wrap or unwrap about to run: the operation on the key that wraps, and what holds it. */
struct wrapping {
	struct operation op;
	struct object *key;
	struct referred referred;
	struct want want;
};

static void
wrapping_release(struct wrapping *wrapping)
{
	operation_stop(&wrapping->op);
	referred_release(&wrapping->referred);
	object_release(&wrapping->key);
}

static CK_RV
wrapping_key(struct session *session, const CK_MECHANISM *mechanism, CK_FLAGS verb,
    CK_OBJECT_HANDLE handle, const struct view *aad, CK_MECHANISM *in, struct wrapping *wrapping)
{
	TRY(policy_mechanism(mechanism, verb, in, &wrapping->op.mech));
	if (aad != NULL && !wrapping->op.mech->authenticates)
		return CKR_MECHANISM_INVALID;
	TRY(object_get_key(session, handle, &wrapping->key));
	return policy_permits(session, wrapping->key, wrapping->op.mech, verb);
}

static CK_RV
wrapping_start(struct session *session, const CK_MECHANISM *mechanism, CK_FLAGS verb,
    CK_OBJECT_HANDLE handle, const struct view *aad, struct wrapping *wrapping)
{
	struct operation *op = &wrapping->op;
	CK_MECHANISM in;
	CK_RV rv = wrapping_key(session, mechanism, verb, handle, aad, &in, wrapping);

	if (rv != CKR_OK)
		return wrapping_key_error(rv, verb);
	op->verb = verb;
	op->key = &wrapping->key->key;
	op->params.verb = verb;
	op->params.has_aad = aad != NULL;
	op->params.aad = aad == NULL ? VIEW_NONE : *aad;
	policy_demands(session, verb, &op->params);
	TRY(op->mech->parse(&in, &op->params));
	TRY(referred_resolve(session, op->mech, &op->params, &wrapping->referred));
	return operation_begin(op);
}

/* The bytes that wrapping a key wraps: its value, or PKCS#8 of a private key. */
static CK_RV
wrapped_form(const struct object *key, struct secret *form)
{
	struct view value;

	if (key->class == CKO_PRIVATE_KEY)
		return key_to_pkcs8(&key->key, form);
	if (!attrs_get(&key->secret, CKA_VALUE, &value))
		return CKR_KEY_NOT_WRAPPABLE;
	return secret_copy(form, value) ? CKR_OK : CKR_HOST_MEMORY;
}

CK_RV
key_wrap(struct session *session, const CK_MECHANISM *mechanism, CK_OBJECT_HANDLE handle,
    CK_OBJECT_HANDLE target, const struct view *aad, struct output out)
{
	RELEASED(wrapping_release) struct wrapping wrapping = { 0 };
	RELEASED(object_release) struct object *key = NULL;
	RELEASED(secret_clear) struct secret form = { 0 };
	struct out direct;
	size_t bound;
	CK_RV rv;

	TRY(wrapping_start(session, mechanism, CKF_WRAP, handle, aad, &wrapping));
	TRY(object_get_key(session, target, &key));
	TRY(policy_wraps(session, wrapping.key, key, &wrapping.op.params));
	if (key->class != CKO_SECRET_KEY && wrapping.op.mech->wraps_values)
		return CKR_KEY_NOT_WRAPPABLE;
	TRY(wrapped_form(key, &form));
	bound = operation_bound(&wrapping.op, form.len);
	if (out.data == NULL || *out.len < bound) {
		*out.len = bound;
		return out.data == NULL ? CKR_OK : CKR_BUFFER_TOO_SMALL;
	}
	direct = (struct out){ .data = out.data, .room = bound };
	rv = operation_run(&wrapping.op, secret_view(&form), &direct);
	if (rv != CKR_OK)
		return wrapped_key_error(rv);
	*out.len = direct.len;
	params_deliver(&wrapping.op.params, 0, wrapping.op.params.delivery_count);
	return CKR_OK;
}

/* Bytes; the largest that we can wrap, an RSA key of 16,384 bits, takes a sixth. */
#define WRAPPED_MOST ((size_t)1 << 16)

/* Unwrapping, up to the plain form of the key. */
static CK_RV
unwrapped_form(struct wrapping *wrapping, struct view wrapped, struct secret *form)
{
	struct out plain;
	CK_RV rv;

	if (wrapped.len > WRAPPED_MOST)
		return CKR_WRAPPED_KEY_LEN_RANGE;
	if (!secret_alloc(form, operation_bound(&wrapping->op, wrapped.len)))
		return CKR_HOST_MEMORY;
	plain = (struct out){ .data = form->data, .room = form->len };
	rv = operation_run(&wrapping->op, wrapped, &plain);
	if (rv != CKR_OK)
		return wrapped_key_error(rv);
	if (plain.len == 0)
		return CKR_WRAPPED_KEY_INVALID;
	secret_keep_leading(form, plain.len);
	return CKR_OK;
}

/* Zeros behind a key that was to be of this length: the mechanism put them there. */
static void
trim(struct secret *form, size_t len, size_t slack)
{
	unsigned char behind = 0; /* public: whether it is padding */

	if (len == 0 || len >= form->len || form->len - len > slack)
		return;
	for (size_t i = len; i < form->len; i++)
		behind |= form->data[i];
	if (behind == 0)
		secret_keep_leading(form, len);
}

static CK_RV
unwrap_secret(struct session *session, struct secret *form, const struct wrapping *wrapping,
    struct draft *draft)
{
	RELEASED(made_release) struct made made = MADE_EMPTY;
	struct want want = wrapping->want;
	size_t fixed;

	trim(form, want.len, wrapping->op.mech->slack);
	/* The blob says how long the key is; a template that says otherwise is wrong about it. */
	if (!key_length_legal(want.type, form->len, &fixed) ||
	    (want.len != 0 && want.len != form->len))
		return CKR_WRAPPED_KEY_LEN_RANGE;
	want.len = form->len;
	TRY(attrs_set_secret(&made.secret, CKA_VALUE, form));
	TRY(secret_drafted(ORIGIN_UNWRAP, &want, &made, draft));
	return policy_unwrapped_length(session, &draft->attributes.meta);
}

static CK_RV
unwrap_private(const struct secret *form, CK_KEY_TYPE type, struct draft *draft)
{
	struct template *attributes = &draft->attributes;
	CK_RV rv = key_from_pkcs8(secret_view(form), type, &attributes->meta, &attributes->secret);

	if (rv == CKR_OK)
		rv = draft_finish(draft, CKO_PRIVATE_KEY, type, ORIGIN_UNWRAP);
	return rv == CKR_ATTRIBUTE_VALUE_INVALID ? CKR_WRAPPED_KEY_INVALID : rv;
}

/* The template of an unwrapped key: checked, and what the key shall be settled. */
static CK_RV
prepare_unwrapped(struct session *session, struct attributes attributes, struct wrapping *wrapping,
    struct draft *draft, CK_OBJECT_CLASS *class, CK_KEY_TYPE *type)
{
	struct attrs *meta = &draft->attributes.meta;

	*class = CKO_SECRET_KEY;
	*type = CKK_GENERIC_SECRET;
	TRY(schema_decode(attributes.list, attributes.count, *class, &draft->attributes));
	TRY(merge_demands(&wrapping->key->meta, CKA_UNWRAP_TEMPLATE, meta));
	stated_kind(meta, class, type);
	if (*class != CKO_SECRET_KEY &&
	    (*class != CKO_PRIVATE_KEY || wrapping->op.mech->wraps_values))
		return CKR_TEMPLATE_INCONSISTENT;
	TRY(schema_check(&draft->attributes, *class, *type, ORIGIN_UNWRAP));
	TRY(policy_unwraps(session, wrapping->key, meta));
	if (*class == CKO_SECRET_KEY) {
		TRY(settle_want(meta, *type, true, 0, &wrapping->want));
		wrapping->op.want = &wrapping->want;
	}
	return draft_begin(session, draft, *class, *type, ORIGIN_UNWRAP);
}

CK_RV
key_unwrap(struct session *session, const CK_MECHANISM *mechanism, CK_OBJECT_HANDLE handle,
    struct view wrapped, struct attributes attributes, const struct view *aad,
    CK_OBJECT_HANDLE *out)
{
	RELEASED(wrapping_release) struct wrapping wrapping = { 0 };
	RELEASED(draft_release) struct draft draft = DRAFT_EMPTY;
	RELEASED(secret_clear) struct secret form = { 0 };
	CK_OBJECT_CLASS class;
	CK_KEY_TYPE type;

	TRY(wrapping_start(session, mechanism, CKF_UNWRAP, handle, aad, &wrapping));
	TRY(prepare_unwrapped(session, attributes, &wrapping, &draft, &class, &type));
	TRY(unwrapped_form(&wrapping, wrapped, &form));
	if (class == CKO_SECRET_KEY)
		TRY(unwrap_secret(session, &form, &wrapping, &draft));
	else
		TRY(unwrap_private(&form, type, &draft));
	TRY(object_create_all(session, &draft, 1));
	*out = draft.handle;
	return CKR_OK;
}

/* Encapsulation */

/* A KEM call in progress: the key it is for, and the secret that comes of it. */
struct kem {
	const struct mechanism *m;
	struct object *key;
	struct params params;
	struct want want;
	struct draft draft;
	struct made made;
};
#define KEM_EMPTY                                                                                  \
	{                                                                                          \
		.draft = DRAFT_EMPTY, .made = MADE_EMPTY                                           \
	}

static void
kem_release(struct kem *kem)
{
	made_release(&kem->made);
	draft_release(&kem->draft);
	params_release(&kem->params);
	object_release(&kem->key);
}

static CK_RV
kem_begin(struct session *session, const CK_MECHANISM *mechanism, CK_FLAGS verb,
    CK_OBJECT_HANDLE handle, struct kem *kem)
{
	CK_MECHANISM in;

	TRY(policy_mechanism(mechanism, verb, &in, &kem->m));
	TRY(object_get_key(session, handle, &kem->key));
	TRY(policy_permits(session, kem->key, kem->m, verb));
	kem->params.verb = verb;
	return kem->m->parse(&in, &kem->params);
}

/* The template of the secret; `demands` is merged into it, where there is such an attribute. */
static CK_RV
kem_prepare(struct session *session, struct attributes attributes, CK_ATTRIBUTE_TYPE demands,
    struct kem *kem)
{
	struct attrs *meta = &kem->draft.attributes.meta;
	CK_OBJECT_CLASS class = CKO_SECRET_KEY;
	CK_KEY_TYPE type = CKK_GENERIC_SECRET;
	bool typed;

	TRY(schema_decode(attributes.list, attributes.count, class, &kem->draft.attributes));
	TRY(merge_demands(&kem->key->meta, demands, meta));
	typed = attrs_has(meta, CKA_KEY_TYPE);
	stated_kind(meta, &class, &type);
	if (class != CKO_SECRET_KEY)
		return CKR_TEMPLATE_INCONSISTENT;
	TRY(schema_check(&kem->draft.attributes, class, type, ORIGIN_DERIVE));
	TRY(settle_want(meta, type, typed, 0, &kem->want));
	TRY(derived_defaults(meta));
	return draft_begin(session, &kem->draft, class, type, ORIGIN_DERIVE);
}

/* It came from elsewhere, or was told to somebody else: no claim is made for it. */
static CK_RV
kem_finish(struct session *session, struct kem *kem)
{
	TRY(secret_drafted(ORIGIN_DERIVE, &kem->want, &kem->made, &kem->draft));
	TRY(policy_transported_length(&kem->draft.attributes.meta));
	return object_create_all(session, &kem->draft, 1);
}

CK_RV
key_encapsulate(struct session *session, const CK_MECHANISM *mechanism, CK_OBJECT_HANDLE handle,
    struct attributes attributes, struct output out, CK_OBJECT_HANDLE *made)
{
	RELEASED(kem_release) struct kem kem = KEM_EMPTY;
	RELEASED(bytes_release) struct bytes ciphertext = { 0 };
	struct out direct;
	size_t len;

	TRY(kem_begin(session, mechanism, CKF_ENCAPSULATE, handle, &kem));
	TRY(kem_prepare(session, attributes, CK_UNAVAILABLE_INFORMATION, &kem));
	TRY(policy_encapsulates(kem.key, &kem.draft.attributes.meta));
	len = kem.m->ops->ciphertext_len(kem.m, &kem.params, &kem.key->key);
	if (out.data == NULL || *out.len < len) {
		*out.len = len;
		return out.data == NULL ? CKR_OK : CKR_BUFFER_TOO_SMALL;
	}
	if (made == NULL)
		return CKR_ARGUMENTS_BAD;
	if (!bytes_alloc(&ciphertext, len))
		return CKR_HOST_MEMORY;
	direct = (struct out){ .data = ciphertext.data, .room = len };
	TRY(kem.m->ops->encapsulate(
	    kem.m, &kem.params, &kem.key->key, &kem.want, &kem.made, &direct));
	TRY(kem_finish(session, &kem));
	memcpy(out.data, ciphertext.data, len);
	*out.len = len;
	*made = kem.draft.handle;
	return CKR_OK;
}

CK_RV
key_decapsulate(struct session *session, const CK_MECHANISM *mechanism, CK_OBJECT_HANDLE handle,
    struct attributes attributes, struct view ciphertext, CK_OBJECT_HANDLE *made)
{
	RELEASED(kem_release) struct kem kem = KEM_EMPTY;
	CK_RV rv = kem_begin(session, mechanism, CKF_DECAPSULATE, handle, &kem);

	if (rv != CKR_OK)
		return wrapping_key_error(rv, CKF_DECAPSULATE);
	TRY(kem_prepare(session, attributes, CKA_DECAPSULATE_TEMPLATE, &kem));
	TRY(kem.m->ops->decapsulate(
	    kem.m, &kem.params, &kem.key->key, &kem.want, ciphertext, &kem.made));
	TRY(kem_finish(session, &kem));
	*made = kem.draft.handle;
	return CKR_OK;
}
