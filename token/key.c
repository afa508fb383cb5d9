/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keys coming and going.  One routine, secret_drafted(), makes every secret key
 * that is derived, unwrapped or encapsulated: its length, which end is cut, and
 * what follows from its value.  Which bytes a mechanism makes is the mechanism's business,
 * what may be done policy.c's.
 */
#include "token/key.h"

#include <stdlib.h>
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

	params.verb = m->info.flags & (CKF_GENERATE | CKF_GENERATE_KEY_PAIR);
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

/*
 * What the new key shall be: of the length that the template states, that the
 * mechanism's parameter asks for (`asked`, 0 for none), that its type fixes, or left open.
 */
static CK_RV
settle_want(const struct attrs *meta, CK_KEY_TYPE type, bool typed, size_t asked, struct want *want)
{
	CK_ULONG stated = attrs_ulong(meta, CKA_VALUE_LEN, asked);
	size_t fixed;

	*want = (struct want){ .type = type, .typed = typed };
	if (attrs_has(meta, CKA_VALUE_LEN) || asked != 0) {
		if ((asked != 0 && stated != asked) || !key_length_legal(type, stated, &fixed))
			return CKR_TEMPLATE_INCONSISTENT;
		want->len = stated;
		return CKR_OK;
	}
	(void)key_length_legal(type, 0, &fixed);
	want->len = fixed;
	want->best = key_length_best(type, SIZE_MAX);
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

/* A secret key of what a mechanism made: cut, and completed with what follows from it. */
static CK_RV
secret_drafted(enum origin origin, const struct want *want, struct made *made, struct draft *draft)
{
	struct attrs *meta = &draft->attributes.meta;

	TRY(cut(made, want));
	attrs_remove(meta, CKA_VALUE_LEN);
	TRY(attrs_merge(meta, &made->meta));
	attrs_move(&draft->attributes.secret, &made->secret);
	return draft_finish(draft, CKO_SECRET_KEY, want->type, origin);
}

/* Derivation */

/*
 * A derivation in progress: the key that the call returns (the first) and those that
 * its parameter asks for beside it.  Most have one, for which nothing is allocated.
 */
struct derivation {
	const struct mechanism *m;
	struct params params;
	struct inputs inputs;
	struct referred referred;
	size_t count, first; /* of the keys below; the first that there really is */
	struct draft *drafts;
	struct want *wants;
	struct made *made;
	struct draft one_draft;
	struct want one_want;
	struct made one_made;
};

static void
derivation_release(struct derivation *derivation)
{
	for (size_t n = 0; n < derivation->count; n++) {
		draft_release(&derivation->drafts[n]);
		made_release(&derivation->made[n]);
	}
	if (derivation->drafts != &derivation->one_draft) {
		free(derivation->drafts);
		free(derivation->wants);
		free(derivation->made);
	}
	object_release(&derivation->inputs.base);
	referred_release(&derivation->referred);
	params_release(&derivation->params);
}

static CK_RV
derivation_room(struct derivation *derivation)
{
	const size_t count = 1 + derivation->params.product_count;

	if (count == 1) {
		derivation->drafts = &derivation->one_draft;
		derivation->wants = &derivation->one_want;
		derivation->made = &derivation->one_made;
	} else {
		derivation->drafts = calloc(count, sizeof(*derivation->drafts));
		derivation->wants = calloc(count, sizeof(*derivation->wants));
		derivation->made = calloc(count, sizeof(*derivation->made));
		if (derivation->drafts == NULL || derivation->wants == NULL ||
		    derivation->made == NULL)
			return CKR_HOST_MEMORY;
	}
	for (size_t n = 0; n < count; n++) {
		derivation->drafts[n] = (struct draft)DRAFT_EMPTY;
		derivation->made[n] = (struct made)MADE_EMPTY;
	}
	derivation->count = count;
	derivation->first = derivation->params.products_only ? 1 : 0;
	return CKR_OK;
}

/* Row, base key, parameter and the keys that it names. */
static CK_RV
derivation_begin(struct session *session, const CK_MECHANISM *mechanism, CK_OBJECT_HANDLE base,
    struct derivation *derivation)
{
	CK_MECHANISM in;

	TRY(find_mechanism(mechanism, CKF_DERIVE, &in, &derivation->m));
	TRY(object_get_key(session, base, &derivation->inputs.base));
	TRY(policy_permits(derivation->inputs.base, derivation->m, CKF_DERIVE));
	derivation->params.verb = CKF_DERIVE;
	TRY(derivation->m->parse(&in, &derivation->params));
	TRY(referred_resolve(session, derivation->m, &derivation->params, &derivation->referred));
	derivation->inputs.others = derivation->referred.objects;
	derivation->inputs.other_count = derivation->params.ref_count;
	TRY(policy_derives(&derivation->inputs, derivation->m, &derivation->params));
	return derivation_room(derivation);
}

/* Of n keys the n-th: what the parameter says of it; NULL for the one that the call returns. */
static const struct product *
product_of(const struct derivation *derivation, size_t n)
{
	return n == 0 ? NULL : &derivation->params.products[n - 1];
}

/* The class and type of the new object, where the template may leave them out. */
static CK_RV
settle_kind(const struct derivation *derivation, const struct product *product,
    const struct attrs *meta, CK_OBJECT_CLASS *class, CK_KEY_TYPE *type)
{
	const CK_OBJECT_CLASS makes = class_made(derivation->m);
	const bool fixed = product != NULL && product->type != ANY_KEY;
	const struct attrs *defaults =
	    product == NULL ? &derivation->params.defaults : &product->defaults;

	*class = makes;
	*type = makes == CKO_PUBLIC_KEY ? derivation->inputs.base->key_type : CKK_GENERIC_SECRET;
	if (fixed)
		*type = product->type;
	else
		*type = attrs_ulong(meta, CKA_KEY_TYPE, attrs_ulong(defaults, CKA_KEY_TYPE, *type));
	*class = attrs_ulong(meta, CKA_CLASS, *class);
	return *class == makes &&
		(makes != CKO_PUBLIC_KEY || *type == derivation->inputs.base->key_type)
	    ? CKR_OK
	    : CKR_TEMPLATE_INCONSISTENT;
}

/* The n-th template, checked, with everything settled that can be before computing. */
static CK_RV
prepare_derived(
    struct session *session, struct derivation *derivation, size_t n, struct attributes attributes)
{
	const struct product *product = product_of(derivation, n);
	struct draft *draft = &derivation->drafts[n];
	struct attrs *meta = &draft->attributes.meta;
	CK_OBJECT_CLASS class;
	CK_KEY_TYPE type;
	bool typed;

	TRY(schema_decode(
	    attributes.list, attributes.count, class_made(derivation->m), &draft->attributes));
	TRY(merge_demands(&derivation->inputs.base->meta, CKA_DERIVE_TEMPLATE, meta));
	typed = attrs_has(meta, CKA_KEY_TYPE);
	TRY(settle_kind(derivation, product, meta, &class, &type));
	if (product != NULL && product->type != ANY_KEY)
		TRY(attrs_set_ulong(meta, CKA_KEY_TYPE, type));
	TRY(schema_check(&draft->attributes, class, type, ORIGIN_DERIVE));
	TRY(settle_want(
	    meta, type, typed, product == NULL ? 0 : product->len, &derivation->wants[n]));
	if (class == CKO_DATA)
		attrs_remove(meta, CKA_VALUE_LEN);
	TRY(attrs_fill(meta, product == NULL ? &derivation->params.defaults : &product->defaults));
	if (class == CKO_PUBLIC_KEY)
		TRY(policy_published(derivation->inputs.base, meta));
	if (class == CKO_SECRET_KEY) {
		TRY(policy_inherits(&derivation->inputs, derivation->m->lineage, meta));
		TRY(derived_defaults(meta));
	}
	return draft_begin(session, draft, class, type, ORIGIN_DERIVE);
}

/* 6.42.6: the handle of the key whose template is at fault becomes 0. */
static CK_RV
blamed(const struct derivation *derivation, size_t n, CK_RV rv)
{
	const struct product *product = product_of(derivation, n);
	const CK_OBJECT_HANDLE none = CK_INVALID_HANDLE;

	if (rv != CKR_OK && product != NULL)
		memcpy(product->handle, &none, sizeof(none));
	return rv;
}

static CK_RV
prepare_all(struct session *session, struct derivation *derivation, struct attributes attributes)
{
	for (size_t n = derivation->first; n < derivation->count; n++) {
		const struct product *product = product_of(derivation, n);
		const CK_OBJECT_HANDLE none = CK_INVALID_HANDLE;
		CK_RV rv = prepare_derived(session, derivation, n,
		    product == NULL || product->shares
			? attributes
			: (struct attributes){ product->attributes, product->attribute_count });

		/* SP 800-108 derivation: the handle of the key whose template is at fault
		 * becomes 0. */
		if (rv != CKR_OK && product != NULL)
			memcpy(product->handle, &none, sizeof(none));
		TRY(rv);
	}
	return CKR_OK;
}

/* A public key or a data object of what the mechanism made. */
static CK_RV
open_drafted(const struct derivation *derivation, struct draft *draft, struct made *made)
{
	struct attrs *meta = &draft->attributes.meta;
	struct view value;

	TRY(attrs_merge(meta, &made->meta));
	if (class_made(derivation->m) == CKO_PUBLIC_KEY)
		return draft_finish(
		    draft, CKO_PUBLIC_KEY, derivation->inputs.base->key_type, ORIGIN_DERIVE);
	if (derivation->wants[0].len != 0)
		TRY(cut(made, &derivation->wants[0]));
	if (!attrs_get(&made->secret, CKA_VALUE, &value))
		return CKR_GENERAL_ERROR;
	return attrs_set(meta, CKA_VALUE, value);
}

static CK_RV
finish_derived(struct derivation *derivation, size_t n)
{
	struct draft *draft = &derivation->drafts[n];
	struct attrs *meta = &draft->attributes.meta;
	struct view whole = VIEW_NONE;

	if (class_made(derivation->m) != CKO_SECRET_KEY)
		return open_drafted(derivation, draft, &derivation->made[n]);
	(void)attrs_get(&derivation->made[n].secret, CKA_VALUE, &whole);
	TRY(secret_drafted(ORIGIN_DERIVE, &derivation->wants[n], &derivation->made[n], draft));
	TRY(policy_derived(&derivation->inputs, derivation->m->lineage, whole.len, meta));
	return policy_transported_length(meta);
}

/* What else the caller is told: handles of further keys, an IV. */
static void
deliver(const struct params *params)
{
	for (size_t i = 0; i < params->delivery_count; i++) {
		if (params->deliveries[i].len != 0)
			memcpy(params->deliveries[i].to, params->deliveries[i].from,
			    params->deliveries[i].len);
	}
}

static CK_RV
derivation_run(struct derivation *derivation)
{
	TRY(derivation->m->ops->derive(derivation->m, &derivation->params,
	    &derivation->inputs.base->key, derivation->wants, derivation->made));
	for (size_t n = 0; n < derivation->count; n++) {
		if (derivation->made[n].part)
			TRY(policy_reveals(&derivation->inputs));
	}
	return CKR_OK;
}

CK_RV
key_derive(struct session *session, const CK_MECHANISM *mechanism, CK_OBJECT_HANDLE handle,
    struct attributes attributes, CK_OBJECT_HANDLE *out)
{
	RELEASED(derivation_release) struct derivation derivation = { 0 };
	size_t first;

	TRY(derivation_begin(session, mechanism, handle, &derivation));
	first = derivation.first;
	if (out == NULL && first == 0)
		return CKR_ARGUMENTS_BAD;
	TRY(prepare_all(session, &derivation, attributes));
	TRY(derivation_run(&derivation));
	for (size_t n = first; n < derivation.count; n++)
		TRY(blamed(&derivation, n, finish_derived(&derivation, n)));
	TRY(object_create_all(session, derivation.drafts + first, derivation.count - first));
	for (size_t n = 1; n < derivation.count; n++)
		memcpy(product_of(&derivation, n)->handle, &derivation.drafts[n].handle,
		    sizeof(CK_OBJECT_HANDLE));
	deliver(&derivation.params);
	if (first == 0)
		*out = derivation.drafts[0].handle;
	else if (out != NULL)
		*out = CK_INVALID_HANDLE;
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
	TRY(find_mechanism(mechanism, verb, in, &wrapping->op.mech));
	if (aad != NULL && !wrapping->op.mech->authenticates)
		return CKR_MECHANISM_INVALID;
	TRY(object_get_key(session, handle, &wrapping->key));
	return policy_permits(wrapping->key, wrapping->op.mech, verb);
}

static CK_RV
wrapping_start(struct session *session, const CK_MECHANISM *mechanism, CK_FLAGS verb,
    CK_OBJECT_HANDLE handle, const struct view *aad, struct wrapping *wrapping)
{
	struct operation *op = &wrapping->op;
	CK_MECHANISM in;
	CK_RV rv = wrapping_key(session, mechanism, verb, handle, aad, &in, wrapping);

	if (rv != CKR_OK)
		return wrapping_error(rv, verb);
	op->verb = verb;
	op->key = &wrapping->key->key;
	op->params.verb = verb;
	op->params.has_aad = aad != NULL;
	op->params.aad = aad == NULL ? VIEW_NONE : *aad;
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
	TRY(policy_wraps(wrapping.key, key));
	TRY(wrapped_form(key, &form));
	bound = operation_bound(&wrapping.op, form.len);
	if (out.data == NULL || *out.len < bound) {
		*out.len = bound;
		return out.data == NULL ? CKR_OK : CKR_BUFFER_TOO_SMALL;
	}
	direct = (struct out){ .data = out.data, .room = bound };
	rv = operation_run(&wrapping.op, secret_view(&form), &direct);
	if (rv != CKR_OK)
		return wrapping_error(rv, CKF_WRAP);
	*out.len = direct.len;
	deliver(&wrapping.op.params);
	return CKR_OK;
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
unwrap_secret(struct secret *form, const struct wrapping *wrapping, struct draft *draft)
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
	return secret_drafted(ORIGIN_UNWRAP, &want, &made, draft);
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
	if (*class != CKO_SECRET_KEY && *class != CKO_PRIVATE_KEY)
		return CKR_TEMPLATE_INCONSISTENT;
	TRY(schema_check(&draft->attributes, *class, *type, ORIGIN_UNWRAP));
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
		TRY(unwrap_secret(&form, &wrapping, &draft));
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

	TRY(find_mechanism(mechanism, verb, &in, &kem->m));
	TRY(object_get_key(session, handle, &kem->key));
	TRY(policy_permits(kem->key, kem->m, verb));
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
		return wrapping_error(rv, CKF_DECAPSULATE);
	TRY(kem_prepare(session, attributes, CKA_DECAPSULATE_TEMPLATE, &kem));
	TRY(kem.m->ops->decapsulate(
	    kem.m, &kem.params, &kem.key->key, &kem.want, ciphertext, &kem.made));
	TRY(kem_finish(session, &kem));
	*made = kem.draft.handle;
	return CKR_OK;
}
