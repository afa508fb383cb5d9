/* SPDX-License-Identifier: Apache-2.0 */
/* Keys, and other objects, that are derived from others: one call may make several. */
#include <stdlib.h>
#include <string.h>

#include "token/key.h"
#include "token/making.h"
#include "token/policy.h"

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

	TRY(policy_mechanism(mechanism, CKF_DERIVE, &in, &derivation->m));
	TRY(object_get_key(session, base, &derivation->inputs.base));
	TRY(policy_permits(session, derivation->inputs.base, derivation->m, CKF_DERIVE));
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
	const struct attrs *defaults =
	    product == NULL ? &derivation->params.defaults : &product->defaults;

	*type = makes == CKO_PUBLIC_KEY ? derivation->inputs.base->key_type : CKK_GENERIC_SECRET;
	*type = attrs_ulong(meta, CKA_KEY_TYPE, attrs_ulong(defaults, CKA_KEY_TYPE, *type));
	if (product != NULL && product->type != ANY_KEY)
		*type = product->type;
	*class = attrs_ulong(meta, CKA_CLASS, makes);
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
		const struct attributes given = product == NULL || product->shares
		    ? attributes
		    : (struct attributes){ product->attributes, product->attribute_count };

		TRY(blamed(derivation, n, prepare_derived(session, derivation, n, given)));
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
		TRY(made_cut(made, &derivation->wants[0]));
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
	params_deliver(&derivation.params, 0, derivation.params.delivery_count);
	if (first == 0)
		*out = derivation.drafts[0].handle;
	else if (out != NULL)
		*out = CK_INVALID_HANDLE;
	return CKR_OK;
}
