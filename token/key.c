/* SPDX-License-Identifier: Apache-2.0 */
/* Keys that are generated, one or two at once. */
#include "token/key.h"

#include "token/making.h"
#include "token/policy.h"

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
	TRY(draft_finish(
	    draft, class, attrs_ulong(meta, CKA_KEY_TYPE, m->keys[0]), ORIGIN_GENERATE));
	return policy_generated(m, meta);
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
	TRY(key_long_enough(m->keys[0], &templates[0]));
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

	TRY(policy_mechanism(mechanism, CKF_GENERATE, &in, &m));
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

	TRY(policy_mechanism(mechanism, CKF_GENERATE_KEY_PAIR, &in, &m));
	TRY(prepare_generated(session, m, public_attributes, makes[0], &drafts[0]));
	TRY(prepare_generated(session, m, private_attributes, makes[1], &drafts[1]));
	TRY(generate(session, m, &in, makes, drafts, 2));
	*public_key = drafts[0].handle;
	*private_key = drafts[1].handle;
	return CKR_OK;
}
