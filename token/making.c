/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What all ways to make a key share.  One routine, secret_drafted(), makes every
 * secret key that is derived, unwrapped or encapsulated: its length, which end is
 * cut, and what follows from its value.  Which bytes a mechanism makes is the
 * mechanism's business, what may be done policy.c's.
 */
#include "token/making.h"

#include <string.h>

CK_OBJECT_CLASS
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

void
stated_kind(const struct attrs *meta, CK_OBJECT_CLASS *class, CK_KEY_TYPE *type)
{
	*class = attrs_ulong(meta, CKA_CLASS, *class);
	*type = attrs_ulong(meta, CKA_KEY_TYPE, *type);
}

CK_RV
merge_demands(const struct attrs *base, CK_ATTRIBUTE_TYPE which, struct attrs *given)
{
	struct view encoded, value, mine;
	CK_ATTRIBUTE_TYPE type;
	struct attrs demands;
	size_t at = 0;

	if (!attrs_get(base, which, &encoded))
		return CKR_OK;
	demands = attrs_within(encoded);
	while (attrs_next(&demands, &at, &type, &value)) {
		if (!attrs_get(given, type, &mine))
			TRY(attrs_set(given, type, value));
		else if (!view_equal(value, mine))
			return CKR_TEMPLATE_INCONSISTENT;
	}
	return CKR_OK;
}

CK_RV
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

CK_RV
made_cut(struct made *made, const struct want *want)
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

CK_RV
derived_defaults(struct attrs *meta)
{
	if (!config_current()->derived_sensitive)
		return CKR_OK;
	if (!attrs_has(meta, CKA_SENSITIVE))
		TRY(attrs_set_bool(meta, CKA_SENSITIVE, true));
	return attrs_has(meta, CKA_EXTRACTABLE) ? CKR_OK
						: attrs_set_bool(meta, CKA_EXTRACTABLE, false);
}

CK_RV
secret_drafted(enum origin origin, const struct want *want, struct made *made, struct draft *draft)
{
	struct attrs *meta = &draft->attributes.meta;

	TRY(made_cut(made, want));
	attrs_remove(meta, CKA_VALUE_LEN);
	TRY(attrs_merge(meta, &made->meta));
	attrs_move(&draft->attributes.secret, &made->secret);
	return draft_finish(draft, CKO_SECRET_KEY, want->type, origin);
}
