/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keys coming and going.  One routine, secret_drafted(), makes every secret key
 * that is derived or unwrapped: its length, which end is cut, its defaults and
 * what it inherits.  Which bytes a mechanism makes is the mechanism's business,
 * what may be done policy.c's.
 */
#include "token/key.h"

#include <string.h>

#include "token/draft.h"
#include "token/policy.h"

/* The row of a caller's mechanism, if it can do this. */
static CK_RV
find_mechanism(
    const CK_MECHANISM *mechanism, CK_FLAGS verb, CK_MECHANISM *copy, const struct mechanism **out)
{
	memcpy(copy, mechanism, sizeof(*copy));
	*out = mechanism_find(copy->mechanism);
	return *out == NULL || ((*out)->info.flags & verb) == 0 ? CKR_MECHANISM_INVALID : CKR_OK;
}

static CK_OBJECT_CLASS
class_made(const struct mechanism *m)
{
	static const CK_OBJECT_CLASS classes[] = {
		[MAKES_SECRET_KEY] = CKO_SECRET_KEY,
		[MAKES_PUBLIC_KEY] = CKO_PUBLIC_KEY,
		[MAKES_DOMAIN_PARAMETERS] = CKO_DOMAIN_PARAMETERS,
		[MAKES_DATA] = CKO_DATA,
	};

	return classes[m->makes];
}

/* The class and key type that a template states, or else these. */
static void
stated_kind(const struct attrs *meta, CK_OBJECT_CLASS *class, CK_KEY_TYPE *type)
{
	*class = attrs_ulong(meta, CKA_CLASS, *class);
	*type = attrs_ulong(meta, CKA_KEY_TYPE, *type);
}

/* Generation */

/* One object to be generated: its template checked, before anything is computed. */
static CK_RV
prepare_generated(struct session *session, const struct mechanism *m, struct attributes attributes,
    CK_OBJECT_CLASS makes, struct draft *draft)
{
	CK_OBJECT_CLASS class = makes;
	CK_KEY_TYPE type = m->keys[0];

	TRY(schema_decode(attributes.list, attributes.count, makes, &draft->attributes));
	stated_kind(&draft->attributes.meta, &class, &type);
	if (class != makes || !mechanism_takes(m, type))
		return CKR_TEMPLATE_INCONSISTENT;
	TRY(schema_check(&draft->attributes, class, type, ORIGIN_GENERATE));
	return draft_begin(session, draft, class, type, ORIGIN_GENERATE);
}

static CK_RV
finish_generated(
    const struct mechanism *m, struct made *made, CK_OBJECT_CLASS class, struct draft *draft)
{
	struct attrs *meta = &draft->attributes.meta;

	TRY(attrs_merge(meta, &made->meta));
	attrs_move(&draft->attributes.secret, &made->secret);
	if (schema_is_key(class))
		TRY(attrs_set_ulong(meta, CKA_KEY_GEN_MECHANISM, m->type));
	return draft_finish(
	    draft, class, attrs_ulong(meta, CKA_KEY_TYPE, m->keys[0]), ORIGIN_GENERATE);
}

static void made_pair_release(struct made (*made)[2])
{
	made_release(&(*made)[0]);
	made_release(&(*made)[1]);
}

/* The mechanism's generate, from one template or two, which make objects of these classes. */
static CK_RV
generate(struct session *session, const struct mechanism *m, const CK_MECHANISM *mechanism,
    const CK_OBJECT_CLASS makes[], struct draft drafts[], size_t count)
{
	RELEASED(params_release) struct params params = { 0 };
	RELEASED(made_pair_release) struct made made[2] = { MADE_EMPTY, MADE_EMPTY };
	struct attrs templates[2] = { drafts[0].attributes.meta,
		count > 1 ? drafts[1].attributes.meta : ATTRS_PUBLIC };

	TRY(m->parse(mechanism, &params));
	TRY(m->ops->generate(m, &params, templates, made));
	for (size_t n = 0; n < count; n++)
		TRY(finish_generated(m, &made[n], makes[n], &drafts[n]));
	return object_create_all(session, drafts, count);
}

CK_RV
key_generate(struct session *session, const CK_MECHANISM *mechanism, struct attributes attributes,
    CK_OBJECT_HANDLE *out)
{
	RELEASED(draft_release) struct draft draft = DRAFT_EMPTY;
	const struct mechanism *m;
	CK_OBJECT_CLASS makes;
	CK_MECHANISM in;

	TRY(find_mechanism(mechanism, CKF_GENERATE, &in, &m));
	makes = class_made(m);
	TRY(prepare_generated(session, m, attributes, makes, &draft));
	TRY(generate(session, m, &in, &makes, &draft, 1));
	*out = draft.handle;
	return CKR_OK;
}

static void pair_release(struct draft (*drafts)[2])
{
	draft_release(&(*drafts)[0]);
	draft_release(&(*drafts)[1]);
}

CK_RV
key_generate_pair(struct session *session, const CK_MECHANISM *mechanism,
    struct attributes public_attributes, struct attributes private_attributes,
    CK_OBJECT_HANDLE *public_key, CK_OBJECT_HANDLE *private_key)
{
	RELEASED(pair_release) struct draft drafts[2] = { DRAFT_EMPTY, DRAFT_EMPTY };
	static const CK_OBJECT_CLASS makes[2] = { CKO_PUBLIC_KEY, CKO_PRIVATE_KEY };
	const struct mechanism *m;
	CK_MECHANISM in;

	TRY(find_mechanism(mechanism, CKF_GENERATE_KEY_PAIR, &in, &m));
	TRY(prepare_generated(session, m, public_attributes, makes[0], &drafts[0]));
	TRY(prepare_generated(session, m, private_attributes, makes[1], &drafts[1]));
	TRY(generate(session, m, &in, makes, drafts, 2));
	*public_key = drafts[0].handle;
	*private_key = drafts[1].handle;
	return CKR_OK;
}

/* Derived and unwrapped keys */

/* Adds what the base key's CKA_DERIVE_TEMPLATE or CKA_UNWRAP_TEMPLATE demands; a conflict is
 * refused. */
static CK_RV
merge_demands(const struct attrs *base, CK_ATTRIBUTE_TYPE which, struct attrs *given)
{
	struct view encoded, value, mine;
	CK_ATTRIBUTE_TYPE type;
	struct attrs demands;
	size_t at = 0;

	if (!attrs_get(base, which, &encoded))
		return CKR_OK;
	demands = (struct attrs){ .data = (unsigned char *)encoded.data, .len = encoded.len };
	while (attrs_next(&demands, &at, &type, &value)) {
		if (!attrs_get(given, type, &mine))
			TRY(attrs_set(given, type, value));
		else if (!view_equal(value, mine))
			return CKR_TEMPLATE_INCONSISTENT;
	}
	return CKR_OK;
}

/* How long the new key shall be: what the template says, what its type fixes, or left open. */
static CK_RV
settle_want(const struct attrs *meta, CK_KEY_TYPE type, struct want *want)
{
	CK_ULONG stated = attrs_ulong(meta, CKA_VALUE_LEN, 0);
	size_t fixed;

	if (attrs_has(meta, CKA_VALUE_LEN)) {
		if (!key_length_legal(type, stated, &fixed))
			return CKR_TEMPLATE_INCONSISTENT;
		*want = (struct want){ .type = type, .len = stated };
		return CKR_OK;
	}
	(void)key_length_legal(type, 0, &fixed);
	*want =
	    (struct want){ .type = type, .len = fixed, .best = key_length_best(type, SIZE_MAX) };
	/* A type of any length takes no particular one of an endless stream. */
	if (want->best > 1 && key_length_legal(type, want->best - 1, &fixed))
		want->best = 0;
	return CKR_OK;
}

/* Cuts the made value to the length wanted, from the end that the mechanism says. */
static CK_RV
cut(struct made *made, const struct want *want)
{
	RELEASED(secret_clear) struct secret value = { 0 };
	struct view whole = VIEW_NONE;
	size_t len;

	(void)attrs_get(&made->secret, CKA_VALUE, &whole);
	len = want->len != 0 ? want->len : key_length_best(want->type, whole.len);
	if (len == 0 || len > whole.len)
		return CKR_KEY_SIZE_RANGE;
	if (len == whole.len)
		return CKR_OK;
	if (!secret_copy(&value, whole))
		return CKR_HOST_MEMORY;
	if (made->keep == KEEP_TRAILING)
		secret_keep_trailing(&value, len);
	else
		secret_keep_leading(&value, len);
	return attrs_set_secret(&made->secret, CKA_VALUE, &value);
}

/* What the configuration says of derived keys where the template is silent. */
static CK_RV
derived_defaults(struct attrs *meta)
{
	if (!config_current()->derived_sensitive)
		return CKR_OK;
	if (!attrs_has(meta, CKA_SENSITIVE))
		TRY(attrs_set_bool(meta, CKA_SENSITIVE, true));
	return attrs_has(meta, CKA_EXTRACTABLE) ? CKR_OK
						: attrs_set_bool(meta, CKA_EXTRACTABLE, false);
}

/* A secret key of what a mechanism made, cut, completed and with what it inherits. */
static CK_RV
secret_drafted(const struct object *base, enum origin origin, const struct want *want,
    struct made *made, struct draft *draft)
{
	struct attrs *meta = &draft->attributes.meta;

	TRY(cut(made, want));
	attrs_remove(meta, CKA_VALUE_LEN);
	TRY(attrs_merge(meta, &made->meta));
	attrs_move(&draft->attributes.secret, &made->secret);
	TRY(draft_finish(draft, CKO_SECRET_KEY, want->type, origin));
	if (origin != ORIGIN_DERIVE)
		return CKR_OK;
	TRY(policy_derived(base, meta));
	return policy_derived_length(meta, attrs_ulong(meta, CKA_VALUE_LEN, 0));
}

CK_RV
key_derive(struct session *session, const CK_MECHANISM *mechanism, CK_OBJECT_HANDLE handle,
    struct attributes attributes, CK_OBJECT_HANDLE *out)
{
	RELEASED(object_release) struct object *base = NULL;
	RELEASED(params_release) struct params params = { 0 };
	RELEASED(referred_release) struct referred referred = { 0 };
	RELEASED(draft_release) struct draft draft = DRAFT_EMPTY;
	RELEASED(made_release) struct made made = MADE_EMPTY;
	struct attrs *meta = &draft.attributes.meta;
	CK_OBJECT_CLASS class = CKO_SECRET_KEY;
	CK_KEY_TYPE type = CKK_GENERIC_SECRET;
	const struct mechanism *m;
	CK_MECHANISM in;
	struct want want;

	TRY(find_mechanism(mechanism, CKF_DERIVE, &in, &m));
	TRY(object_get_key(session, handle, &base));
	TRY(policy_permits(base, m, CKF_DERIVE));
	TRY(m->parse(&in, &params));
	TRY(referred_resolve(session, m, &params, &referred));
	TRY(schema_decode(attributes.list, attributes.count, class, &draft.attributes));
	TRY(merge_demands(&base->meta, CKA_DERIVE_TEMPLATE, meta));
	stated_kind(meta, &class, &type);
	if (class != CKO_SECRET_KEY)
		return CKR_TEMPLATE_INCONSISTENT;
	TRY(schema_check(&draft.attributes, class, type, ORIGIN_DERIVE));
	TRY(settle_want(meta, type, &want));
	TRY(derived_defaults(meta));
	TRY(draft_begin(session, &draft, class, type, ORIGIN_DERIVE));
	TRY(m->ops->derive(m, &params, &base->key, &want, &made));
	TRY(secret_drafted(base, ORIGIN_DERIVE, &want, &made, &draft));
	TRY(object_create_all(session, &draft, 1));
	*out = draft.handle;
	return CKR_OK;
}

/* Wrapping */

/* What the standard calls a bad wrapping or unwrapping key, where others are just bad keys. */
static CK_RV
wrapping_error(CK_RV rv, CK_FLAGS verb)
{
	bool wraps = verb == CKF_WRAP;

	switch (rv) {
	case CKR_KEY_HANDLE_INVALID:
		return wraps ? CKR_WRAPPING_KEY_HANDLE_INVALID : CKR_UNWRAPPING_KEY_HANDLE_INVALID;
	case CKR_KEY_TYPE_INCONSISTENT:
		return wraps ? CKR_WRAPPING_KEY_TYPE_INCONSISTENT
			     : CKR_UNWRAPPING_KEY_TYPE_INCONSISTENT;
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
    CK_OBJECT_HANDLE handle, CK_MECHANISM *in, struct wrapping *wrapping)
{
	TRY(find_mechanism(mechanism, verb, in, &wrapping->op.mech));
	TRY(object_get_key(session, handle, &wrapping->key));
	return policy_permits(wrapping->key, wrapping->op.mech, verb);
}

static CK_RV
wrapping_start(struct session *session, const CK_MECHANISM *mechanism, CK_FLAGS verb,
    CK_OBJECT_HANDLE handle, struct wrapping *wrapping)
{
	struct operation *op = &wrapping->op;
	CK_MECHANISM in;
	CK_RV rv = wrapping_key(session, mechanism, verb, handle, &in, wrapping);

	if (rv != CKR_OK)
		return wrapping_error(rv, verb);
	op->verb = verb;
	op->key = &wrapping->key->key;
	TRY(op->mech->parse(&in, &op->params));
	TRY(referred_resolve(session, op->mech, &op->params, &wrapping->referred));
	return op->mech->ops->start == NULL ? CKR_OK : op->mech->ops->start(op);
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
    CK_OBJECT_HANDLE target, struct output out)
{
	RELEASED(wrapping_release) struct wrapping wrapping = { 0 };
	RELEASED(object_release) struct object *key = NULL;
	RELEASED(secret_clear) struct secret form = { 0 };
	struct out direct;
	size_t bound;
	CK_RV rv;

	TRY(wrapping_start(session, mechanism, CKF_WRAP, handle, &wrapping));
	TRY(object_get_key(session, target, &key));
	TRY(policy_wraps(wrapping.key, key));
	TRY(wrapped_form(key, &form));
	bound = operation_bound(&wrapping.op, form.len);
	if (out.data == NULL || *out.len < bound) {
		*out.len = bound;
		return out.data == NULL ? CKR_OK : CKR_BUFFER_TOO_SMALL;
	}
	direct = (struct out){ .data = out.data, .room = bound };
	rv = operation_run(&wrapping.op, secret_view(&form), &direct);
	if (rv == CKR_OK)
		*out.len = direct.len;
	return wrapping_error(rv, CKF_WRAP);
}

/* Unwrapping, up to the plain form of the key. */
static CK_RV
unwrapped_form(struct wrapping *wrapping, struct view wrapped, struct secret *form)
{
	struct out plain;
	CK_RV rv;

	if (!secret_alloc(form, operation_bound(&wrapping->op, wrapped.len)))
		return CKR_HOST_MEMORY;
	plain = (struct out){ .data = form->data, .room = form->len };
	rv = operation_run(&wrapping->op, wrapped, &plain);
	if (rv != CKR_OK)
		return wrapping_error(rv, CKF_UNWRAP);
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
unwrap_secret(struct secret *form, CK_KEY_TYPE type, size_t slack, struct draft *draft)
{
	RELEASED(made_release) struct made made = MADE_EMPTY;
	struct want want;
	size_t fixed;

	TRY(settle_want(&draft->attributes.meta, type, &want));
	trim(form, want.len, slack);
	/* The blob says how long the key is; a template that says otherwise is wrong about it. */
	if (!key_length_legal(type, form->len, &fixed) || (want.len != 0 && want.len != form->len))
		return CKR_WRAPPED_KEY_LEN_RANGE;
	want.len = form->len;
	TRY(attrs_set_secret(&made.secret, CKA_VALUE, form));
	return secret_drafted(NULL, ORIGIN_UNWRAP, &want, &made, draft);
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

CK_RV
key_unwrap(struct session *session, const CK_MECHANISM *mechanism, CK_OBJECT_HANDLE handle,
    struct view wrapped, struct attributes attributes, CK_OBJECT_HANDLE *out)
{
	RELEASED(wrapping_release) struct wrapping wrapping = { 0 };
	RELEASED(draft_release) struct draft draft = DRAFT_EMPTY;
	RELEASED(secret_clear) struct secret form = { 0 };
	struct attrs *meta = &draft.attributes.meta;
	CK_OBJECT_CLASS class = CKO_SECRET_KEY;
	CK_KEY_TYPE type = CKK_GENERIC_SECRET;

	TRY(wrapping_start(session, mechanism, CKF_UNWRAP, handle, &wrapping));
	TRY(schema_decode(attributes.list, attributes.count, class, &draft.attributes));
	TRY(merge_demands(&wrapping.key->meta, CKA_UNWRAP_TEMPLATE, meta));
	stated_kind(meta, &class, &type);
	if (class != CKO_SECRET_KEY && class != CKO_PRIVATE_KEY)
		return CKR_TEMPLATE_INCONSISTENT;
	TRY(schema_check(&draft.attributes, class, type, ORIGIN_UNWRAP));
	TRY(draft_begin(session, &draft, class, type, ORIGIN_UNWRAP));
	TRY(unwrapped_form(&wrapping, wrapped, &form));
	if (class == CKO_SECRET_KEY)
		TRY(unwrap_secret(&form, type, wrapping.op.mech->slack, &draft));
	else
		TRY(unwrap_private(&form, type, &draft));
	TRY(object_create_all(session, &draft, 1));
	*out = draft.handle;
	return CKR_OK;
}
