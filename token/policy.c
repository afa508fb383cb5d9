/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is permitted.  The reasons are Clulow (2003), Delaune, Kremer and Steel
 * (2008) and Bortolozzo et al. (2010), beside the standard.  Two rules are the
 * backbone: what was hidden never comes out, and what came from elsewhere never
 * counts as born here.
 */
#include "token/policy.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "token/base/log.h"

/* A hidden secret that can be guessed is not hidden: 14 bytes are 112 bits (NIST SP 800-57). */
#define HIDDEN_LEAST 14

/* What a key is for.  At the strict level it has one role; two together undo each other. */
enum role {
	ROLE_CIPHER = 1 << 0,
	ROLE_SIGN = 1 << 1,
	ROLE_WRAP = 1 << 2,
	ROLE_DERIVE = 1 << 3,
	ROLE_KEM = 1 << 4,
};
/* Those of keys that are for data; the others make, open or hide keys. */
#define DATA_ROLES ((unsigned)(ROLE_CIPHER | ROLE_SIGN))

/* Which attribute grants an operation, to which classes of keys, and what role that is. */
static const struct grant {
	CK_FLAGS verb;
	CK_ATTRIBUTE_TYPE attribute;
	CK_OBJECT_CLASS of, or_of;
	enum role role;
} grants[] = {
	{ CKF_ENCRYPT, CKA_ENCRYPT, CKO_PUBLIC_KEY, CKO_SECRET_KEY, ROLE_CIPHER },
	{ CKF_DECRYPT, CKA_DECRYPT, CKO_PRIVATE_KEY, CKO_SECRET_KEY, ROLE_CIPHER },
	{ CKF_SIGN, CKA_SIGN, CKO_PRIVATE_KEY, CKO_SECRET_KEY, ROLE_SIGN },
	{ CKF_SIGN_RECOVER, CKA_SIGN_RECOVER, CKO_PRIVATE_KEY, CKO_PRIVATE_KEY, ROLE_SIGN },
	{ CKF_VERIFY, CKA_VERIFY, CKO_PUBLIC_KEY, CKO_SECRET_KEY, ROLE_SIGN },
	{ CKF_VERIFY_RECOVER, CKA_VERIFY_RECOVER, CKO_PUBLIC_KEY, CKO_PUBLIC_KEY, ROLE_SIGN },
	{ CKF_WRAP, CKA_WRAP, CKO_PUBLIC_KEY, CKO_SECRET_KEY, ROLE_WRAP },
	{ CKF_UNWRAP, CKA_UNWRAP, CKO_PRIVATE_KEY, CKO_SECRET_KEY, ROLE_WRAP },
	{ CKF_DERIVE, CKA_DERIVE, CKO_PRIVATE_KEY, CKO_SECRET_KEY, ROLE_DERIVE },
	{ CKF_ENCAPSULATE, CKA_ENCAPSULATE, CKO_PUBLIC_KEY, CKO_PUBLIC_KEY, ROLE_KEM },
	{ CKF_DECAPSULATE, CKA_DECAPSULATE, CKO_PRIVATE_KEY, CKO_PRIVATE_KEY, ROLE_KEM },
};

static const struct grant *
grant_of(CK_FLAGS verb)
{
	for (size_t i = 0; i < COUNT_OF(grants); i++) {
		if (grants[i].verb == verb)
			return &grants[i];
	}
	return NULL;
}

/* Bytes of a line's reason, and of a label in it. */
#define WORDS_MOST 200

/* One line for people, in which the object's label comes last, and the answer for the caller. */
static CK_RV PRINTF_LIKE(4, 5)
    refuse(CK_RV answer, const char *what, const struct object *object, const char *format, ...)
{
	struct view label = VIEW_NONE;
	char why[WORDS_MOST];
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(why, sizeof(why), format, arguments);
	va_end(arguments);
	(void)attrs_get(&object->meta, CKA_LABEL, &label);
	if (label.len > 0)
		log_info("refused %s: %s '%.*s'", what, why,
		    label.len < WORDS_MOST ? (int)label.len : WORDS_MOST, (const char *)label.data);
	else
		log_info("refused %s: %s an object without a label", what, why);
	return answer;
}

CK_RV
policy_mechanism(
    const CK_MECHANISM *mechanism, CK_FLAGS verb, CK_MECHANISM *copy, const struct mechanism **out)
{
	const struct mechanism *m;

	memcpy(copy, mechanism, sizeof(*copy)); /* it may be unaligned */
	m = mechanism_find(copy->mechanism);
	if (m != NULL && (m->info.flags & verb) != 0) {
		*out = m;
		return CKR_OK;
	}
	if (m != NULL)
		log_info("refused %s: it is not for what it was called for", m->name);
	else
		log_info("refused a mechanism: 0x%lx is none of this token's, or the settings deny "
			 "it",
		    copy->mechanism);
	return CKR_MECHANISM_INVALID;
}

/* A key with something to hide; of public keys anybody can have another object. */
static bool
has_role(CK_OBJECT_CLASS class)
{
	return class == CKO_SECRET_KEY || class == CKO_PRIVATE_KEY;
}

static unsigned
roles_of(const struct attrs *meta)
{
	unsigned roles = 0;

	for (size_t i = 0; i < COUNT_OF(grants); i++) {
		if (attrs_bool(meta, grants[i].attribute, false))
			roles |= grants[i].role;
	}
	return roles;
}

static bool
several(unsigned roles)
{
	return (roles & (roles - 1)) != 0;
}

static bool
mechanism_allowed(struct view allowed, CK_MECHANISM_TYPE type)
{
	for (size_t i = 0; i + 8 <= allowed.len; i += 8) {
		if (ulong_decode(allowed.data + i) == type)
			return true;
	}
	return allowed.data == NULL;
}

bool
policy_hides(const struct attrs *meta)
{
	return attrs_bool(meta, CKA_SENSITIVE, true) || !attrs_bool(meta, CKA_EXTRACTABLE, false);
}

/* The same of an object, which may have nothing to hide. */
static bool
hidden(const struct object *object)
{
	return has_role(object->class) && policy_hides(&object->meta);
}

/* A hidden value so short that whoever sees a function of it can try all there are. */
static bool
guessable(const struct object *key)
{
	return key->class == CKO_SECRET_KEY && policy_hides(&key->meta) &&
	    attrs_ulong(&key->meta, CKA_VALUE_LEN, 0) < HIDDEN_LEAST;
}

/*
 * HMAC of chosen data is what HKDF, SP 800-108 and IKE make keys of: whoever may do both
 * with a hidden key would see the keys that are derived from it.
 */
static bool
tells_derived(const struct object *key, const struct mechanism *m)
{
	return m->pseudorandom && hidden(key) && attrs_bool(&key->meta, CKA_DERIVE, false);
}

/* What the key's own permissions say. */
static CK_RV
grant_holds(const struct object *key, const struct mechanism *m, CK_FLAGS verb)
{
	const struct grant *grant = grant_of(verb);

	if (grant == NULL)
		return CKR_KEY_FUNCTION_NOT_PERMITTED;
	if (key->class != grant->of && key->class != grant->or_of)
		return refuse(CKR_KEY_TYPE_INCONSISTENT, m->name, key,
		    "%s is not an attribute of the class of", schema_name(grant->attribute));
	return attrs_bool(&key->meta, grant->attribute, false)
	    ? CKR_OK
	    : refuse(CKR_KEY_FUNCTION_NOT_PERMITTED, m->name, key, "%s is false on",
		  schema_name(grant->attribute));
}

CK_FLAGS
policy_withholds(bool strict, const struct mechanism *m)
{
	return strict && m->malleable ? CKF_WRAP | CKF_UNWRAP : 0;
}

/*
 * A tag that is cut can be forged.  Under 64 bits none should be taken without a reason (NIST
 * SP 800-38C, 5.3 and B.2), and what vouches for a key has what GCM has at the least (SP
 * 800-38D, 5.2.1.2).
 */
#define TAG_LEAST 8
#define TAG_LEAST_OF_KEY 12

void
policy_demands(struct session *session, CK_FLAGS verb, struct params *params)
{
	params->own_nonces = token_strict(session->token);
	if (params->own_nonces)
		params->tag_least =
		    (verb & (CKF_WRAP | CKF_UNWRAP)) != 0 ? TAG_LEAST_OF_KEY : TAG_LEAST;
}

CK_RV
policy_permits(
    struct session *session, const struct object *key, const struct mechanism *m, CK_FLAGS verb)
{
	const bool strict = token_strict(session->token);

	/* A data object has no permissions: whoever sees it has its value. */
	if (key->class == CKO_DATA && m->takes_data && verb == CKF_DERIVE)
		return CKR_OK;
	if (!schema_is_key(key->class))
		return CKR_KEY_HANDLE_INVALID;
	if (!mechanism_takes(m, key->key_type))
		return refuse(CKR_KEY_TYPE_INCONSISTENT, m->name, key,
		    "it takes another CKA_KEY_TYPE than that of");
	if (!mechanism_allowed(key->allowed, m->type))
		return refuse(CKR_MECHANISM_INVALID, m->name, key,
		    "it is not among the CKA_ALLOWED_MECHANISMS of");
	if (key_long_enough(key->key_type, &key->meta) != CKR_OK)
		return refuse(
		    CKR_KEY_SIZE_RANGE, m->name, key, "the settings want longer keys than");
	if ((policy_withholds(strict, m) & verb) != 0)
		return refuse(CKR_MECHANISM_INVALID, m->name, key,
		    "the strict policy lets only authenticated wraps near");
	/* None is made so; but before a login nobody vouches for the level. */
	if (strict && has_role(key->class) && several(roles_of(&key->meta)))
		return refuse(CKR_KEY_FUNCTION_NOT_PERMITTED, m->name, key,
		    "the strict policy wants one role for");
	/* These are one call each: there is no moment for a CKU_CONTEXT_SPECIFIC login. */
	if ((verb & (CKF_WRAP | CKF_UNWRAP | CKF_DERIVE | CKF_DECAPSULATE)) != 0 &&
	    key->always_authenticates)
		return refuse(CKR_USER_NOT_LOGGED_IN, m->name, key,
		    "there is no moment for the login that CKA_ALWAYS_AUTHENTICATE wants for");
	if (verb == CKF_DERIVE && guessable(key))
		return refuse(CKR_KEY_SIZE_RANGE, m->name, key,
		    "under %d bytes a hidden key could be guessed from what is derived from it:",
		    HIDDEN_LEAST);
	if (m->ops->permits != NULL)
		return m->ops->permits(m, &key->key, verb);
	if (verb == CKF_SIGN && tells_derived(key, m))
		return refuse(CKR_KEY_FUNCTION_NOT_PERMITTED, m->name, key,
		    "it would show what is derived (CKA_DERIVE) from");
	return grant_holds(key, m, verb);
}

/* CKA_TRUSTED means something only where nobody else can have written it. */
static bool
trusted(const struct object *object)
{
	return object->trustworthy && attrs_bool(&object->meta, CKA_TRUSTED, false);
}

/* Every entry of CKA_WRAP_TEMPLATE must be what the target has. */
static bool
template_matches(const struct attrs *wrapping, CK_ATTRIBUTE_TYPE which, const struct attrs *target)
{
	struct view encoded, value, mine;
	CK_ATTRIBUTE_TYPE type;
	struct attrs template;
	size_t at = 0;

	if (!attrs_get(wrapping, which, &encoded))
		return true;
	template = attrs_within(encoded);
	while (attrs_next(&template, &at, &type, &value)) {
		if (!attrs_get(target, type, &mine) || !view_equal(value, mine))
			return false;
	}
	return true;
}

/* Does the key's CKA_UNWRAP_TEMPLATE say that what it opens can be read? */
static bool
opens_readable(const struct attrs *unwrapping)
{
	struct view encoded = VIEW_NONE;
	const bool demands = attrs_get(unwrapping, CKA_UNWRAP_TEMPLATE, &encoded);
	const struct attrs template = attrs_within(encoded);

	return demands && !attrs_bool(&template, CKA_SENSITIVE, true);
}

/*
 * What nobody outside can have, or the SO vouches for.  A key that was born here was not
 * brought in by somebody who kept it, and one that cannot leave has no second object with
 * another role.
 */
static bool
wraps_hidden(const struct object *wrapping)
{
	const bool stays = attrs_bool(&wrapping->meta, CKA_LOCAL, false) &&
	    attrs_bool(&wrapping->meta, CKA_NEVER_EXTRACTABLE, false);

	return (stays || trusted(wrapping)) && !opens_readable(&wrapping->meta);
}

static const char to_wrap[] = "to wrap a key";

static CK_RV
wraps_strictly(
    const struct object *wrapping, const struct object *target, const struct params *params)
{
	size_t strength = key_strength(wrapping->key_type, &wrapping->meta);

	if (!trusted(wrapping) && !attrs_bool(&wrapping->meta, CKA_LOCAL, false))
		return refuse(CKR_KEY_NOT_WRAPPABLE, to_wrap, wrapping,
		    "the strict policy wants it to have been made here, or trusted:");
	if (!hidden(target))
		return CKR_OK;
	if (!wraps_hidden(wrapping))
		return refuse(CKR_KEY_NOT_WRAPPABLE, to_wrap, wrapping,
		    "the strict policy wants it never to have left, or trusted:");
	/* Unwrapped again, for another use, it would undo what it does here. */
	if ((roles_of(&target->meta) & ~DATA_ROLES) != 0)
		return refuse(CKR_KEY_NOT_WRAPPABLE, to_wrap, target,
		    "the strict policy lets no key leave that is for other keys:");
	if (params->kek_bits != 0 && params->kek_bits < strength)
		strength = params->kek_bits;
	return strength < key_strength(target->key_type, &target->meta)
	    ? refuse(CKR_WRAPPING_KEY_SIZE_RANGE, to_wrap, target,
		  "the strict policy wants a wrapping key as strong as")
	    : CKR_OK;
}

CK_RV
policy_wraps(struct session *session, const struct object *wrapping, const struct object *target,
    const struct params *params)
{
	if (target->class != CKO_SECRET_KEY && target->class != CKO_PRIVATE_KEY)
		return refuse(CKR_KEY_NOT_WRAPPABLE, to_wrap, target, "there is nothing secret in");
	if (!attrs_bool(&target->meta, CKA_EXTRACTABLE, false))
		return refuse(
		    CKR_KEY_UNEXTRACTABLE, to_wrap, target, "CKA_EXTRACTABLE is false on");
	if (attrs_bool(&target->meta, CKA_WRAP_WITH_TRUSTED, false) && !trusted(wrapping))
		return refuse(CKR_KEY_NOT_WRAPPABLE, to_wrap, target,
		    "the other key is not CKA_TRUSTED, and CKA_WRAP_WITH_TRUSTED is true on");
	/* C_WrapKey: CKR_KEY_HANDLE_INVALID where the wrapping key's template does not match. */
	if (!template_matches(&wrapping->meta, CKA_WRAP_TEMPLATE, &target->meta))
		return refuse(CKR_KEY_HANDLE_INVALID, to_wrap, target,
		    "the CKA_WRAP_TEMPLATE of the other key does not fit");
	return token_strict(session->token) ? wraps_strictly(wrapping, target, params) : CKR_OK;
}

/* An attribute that the new key has whatever the template says, which must not say otherwise. */
static CK_RV
impose(struct attrs *meta, CK_ATTRIBUTE_TYPE type, bool value)
{
	if (attrs_bool(meta, type, value) != value) {
		log_info("refused a template: %s is not for it to say here", schema_name(type));
		return CKR_TEMPLATE_INCONSISTENT;
	}
	return attrs_set_bool(meta, type, value);
}

static CK_RV
suggest(struct attrs *meta, CK_ATTRIBUTE_TYPE type, bool value)
{
	return attrs_has(meta, type) ? CKR_OK : attrs_set_bool(meta, type, value);
}

CK_RV
policy_unwraps(struct session *session, const struct object *unwrapping, struct attrs *meta)
{
	return token_strict(session->token) && !opens_readable(&unwrapping->meta)
	    ? impose(meta, CKA_SENSITIVE, true)
	    : CKR_OK;
}

/* The first that the type is good for: keys are for data, unless all they can is derive. */
CK_RV
policy_suggests(
    struct session *session, CK_OBJECT_CLASS class, CK_KEY_TYPE key_type, struct attrs *meta)
{
	static const enum role preferred[2][4] = {
		{ ROLE_CIPHER, ROLE_SIGN, ROLE_DERIVE, ROLE_KEM },
		{ ROLE_SIGN, ROLE_CIPHER, ROLE_DERIVE, ROLE_KEM },
	};
	const enum role *roles = preferred[class == CKO_PRIVATE_KEY];

	if (!has_role(class) || !token_strict(session->token))
		return CKR_OK;
	for (size_t n = 0; n < COUNT_OF(preferred[0]) && !schema_grants(meta); n++) {
		for (size_t i = 0; i < COUNT_OF(grants); i++) {
			if (grants[i].role == roles[n] &&
			    schema_rule(grants[i].attribute, class, key_type) != NULL &&
			    schema_supports(class, key_type, grants[i].attribute))
				TRY(suggest(meta, grants[i].attribute, true));
		}
	}
	return CKR_OK;
}

/* For what has no object yet, or none to name. */
static CK_RV
refuse_writing(CK_RV answer, const char *why)
{
	log_info("refused to write an object: %s", why);
	return answer;
}

CK_RV
policy_admits(
    struct session *session, CK_OBJECT_CLASS class, enum origin origin, const struct attrs *meta)
{
	const unsigned roles = roles_of(meta);
	/* What a private key agrees on, its other roles do not compute. */
	const unsigned brought =
	    class == CKO_PRIVATE_KEY ? DATA_ROLES | ROLE_DERIVE | ROLE_KEM : DATA_ROLES;

	/* 4.9: a PIN for each use, of what anybody sees without one, would be none. */
	if (attrs_bool(meta, CKA_ALWAYS_AUTHENTICATE, false) &&
	    !attrs_bool(meta, CKA_PRIVATE, true))
		return refuse_writing(CKR_TEMPLATE_INCONSISTENT,
		    "CKA_ALWAYS_AUTHENTICATE is for private objects alone");
	if (!has_role(class) || !token_strict(session->token))
		return CKR_OK;
	if (several(roles))
		return refuse_writing(
		    CKR_TEMPLATE_INCONSISTENT, "the strict policy wants one role for a key");
	if (origin == ORIGIN_UNWRAP && (roles & ~brought) != 0)
		return refuse_writing(CKR_TEMPLATE_INCONSISTENT,
		    "the strict policy lets no unwrapped key be for other keys");
	return CKR_OK;
}

CK_RV
policy_writes(struct session *session, const struct attrs *meta)
{
	bool token = attrs_bool(meta, CKA_TOKEN, false);
	enum login login = session->token->login;

	if (attrs_bool(meta, CKA_PRIVATE, true) && login != LOGIN_USER)
		return refuse_writing(
		    CKR_USER_NOT_LOGGED_IN, "it is private, and the user is not logged in");
	if (!token)
		return CKR_OK;
	if (!session->writable)
		return refuse_writing(CKR_SESSION_READ_ONLY, "the session is read-only");
	/*
	 * What is hidden is sealed, and a seal needs the master key.  And whom to trust is
	 * nothing that somebody without a PIN shall tell the token's clients.
	 */
	if (login == LOGIN_NONE &&
	    (attrs_has(meta, CKA_SENSITIVE) ||
		attrs_ulong(meta, CKA_CLASS, CKO_VENDOR_DEFINED) == CKO_TRUST ||
		!config_current()->public_writes))
		return refuse_writing(CKR_USER_NOT_LOGGED_IN, "nobody is logged in");
	return CKR_OK;
}

CK_RV
policy_claims(struct session *session, const struct attrs *meta)
{
	return attrs_bool(meta, CKA_TRUSTED, false) && session->token->login != LOGIN_SO
	    ? refuse_writing(CKR_ATTRIBUTE_READ_ONLY, "CKA_TRUSTED is the SO's to say")
	    : CKR_OK;
}

/* Would a copy have more rights than its original? */
static bool
copy_gains(const struct attribute_rule *rule, const struct object *before, bool from, bool to)
{
	bool hidden = attrs_has(&before->meta, CKA_SENSITIVE);

	if ((rule->rules & USE) != 0 || rule->type == CKA_MODIFIABLE)
		return !from && to;
	return rule->type == CKA_PRIVATE && hidden && from && !to;
}

/* A trusted certificate is what the SO vouched for (4.6.2): nobody else alters it, nor a copy. */
static bool
vouched_for(struct session *session, const struct object *object)
{
	return object->class == CKO_CERTIFICATE && session->token->login != LOGIN_SO &&
	    attrs_bool(&object->meta, CKA_TRUSTED, false);
}

static CK_RV
change_permitted(struct session *session, const struct object *before,
    const struct attribute_rule *rule, struct view wanted, enum origin origin)
{
	struct view current = VIEW_NONE;
	bool same, from, to;

	(void)attrs_get(&before->meta, rule->type, &current);
	same = view_equal(current, wanted);
	if (origin == ORIGIN_COPY && same)
		return CKR_OK;
	if (vouched_for(session, before) &&
	    (origin != ORIGIN_COPY || (rule->rules & COPYABLE) == 0))
		return CKR_ATTRIBUTE_READ_ONLY;
	if ((rule->rules & SETTABLE) == 0 &&
	    (origin != ORIGIN_COPY || (rule->rules & COPYABLE) == 0))
		return CKR_ATTRIBUTE_READ_ONLY;
	if ((rule->rules & SO_ONLY) != 0 && !same && session->token->login != LOGIN_SO)
		return CKR_ATTRIBUTE_READ_ONLY;
	if (rule->kind != KIND_BOOL)
		return CKR_OK;
	from = current.len == 1 && current.data[0] != 0;
	to = wanted.len == 1 && wanted.data[0] != 0;
	if ((rule->rules & USE) != 0 && !from && to && token_strict(session->token))
		return CKR_ATTRIBUTE_READ_ONLY;
	if (((rule->rules & STICKY_TRUE) != 0 && from && !to) ||
	    ((rule->rules & STICKY_FALSE) != 0 && !from && to))
		return CKR_ATTRIBUTE_READ_ONLY;
	return origin == ORIGIN_COPY && copy_gains(rule, before, from, to)
	    ? CKR_TEMPLATE_INCONSISTENT
	    : CKR_OK;
}

CK_RV
policy_changes(struct session *session, const struct object *before, const struct attrs *wanted,
    enum origin origin)
{
	CK_ATTRIBUTE_TYPE barrier = origin == ORIGIN_COPY ? CKA_COPYABLE : CKA_MODIFIABLE;
	const char *what = origin == ORIGIN_COPY ? "a copy" : "a change";
	CK_ATTRIBUTE_TYPE type;
	struct view value;
	size_t at = 0;
	CK_RV rv;

	if (!attrs_bool(&before->meta, barrier, true))
		return refuse(
		    CKR_ACTION_PROHIBITED, what, before, "%s is false on", schema_name(barrier));
	while (attrs_next(wanted, &at, &type, &value)) {
		const struct attribute_rule *rule =
		    schema_rule(type, before->class, before->key_type);

		if (rule == NULL)
			return refuse(CKR_ATTRIBUTE_TYPE_INVALID, what, before,
			    "%s is not an attribute of", schema_name(type));
		rv = change_permitted(session, before, rule, value, origin);
		if (rv != CKR_OK)
			return refuse(rv, what, before,
			    vouched_for(session, before)
				? "%s is only the SO's to say on what is CKA_TRUSTED:"
				: "%s may not become that on",
			    schema_name(type));
	}
	return CKR_OK;
}

CK_RV
policy_destroys(const struct object *object)
{
	return attrs_bool(&object->meta, CKA_DESTROYABLE, true)
	    ? CKR_OK
	    : refuse(CKR_ACTION_PROHIBITED, "to destroy an object", object,
		  "CKA_DESTROYABLE is false on");
}

CK_RV
policy_vouches(struct session *session, const struct object *before, struct attrs *after)
{
	if (before->trustworthy || session->token->login == LOGIN_SO ||
	    !attrs_bool(after, CKA_TRUSTED, false))
		return CKR_OK;
	return attrs_set_bool(after, CKA_TRUSTED, false);
}

CK_RV
policy_digests(struct session *session, const struct object *key)
{
	/* The digest of a key is a derivation as well: what it makes may be hidden. */
	const bool derives = hidden(key) &&
	    (attrs_bool(&key->meta, CKA_DERIVE, false) || token_strict(session->token));

	return key->class != CKO_SECRET_KEY || guessable(key) || derives
	    ? refuse(CKR_KEY_INDIGESTIBLE, "a digest", key, "it would tell something of")
	    : CKR_OK;
}

CK_RV
policy_generated(const struct mechanism *m, struct attrs *made)
{
	/* What follows from a password was outside before it was here; CKA_LOCAL is by its
	 * definition about the function that was called. */
	const bool born = !m->from_caller;

	TRY(attrs_set_bool(made, CKA_LOCAL, true));
	if (!attrs_has(made, CKA_SENSITIVE))
		return CKR_OK;
	TRY(attrs_set_bool(
	    made, CKA_ALWAYS_SENSITIVE, born && attrs_bool(made, CKA_SENSITIVE, false)));
	return attrs_set_bool(
	    made, CKA_NEVER_EXTRACTABLE, born && !attrs_bool(made, CKA_EXTRACTABLE, true));
}

/* The n-th of what a key is made of; NULL behind the last. */
static const struct object *
input_at(const struct inputs *inputs, size_t n)
{
	if (n == 0)
		return inputs->base;
	return n <= inputs->other_count ? inputs->others[n - 1] : NULL;
}

static bool
any_hidden(const struct inputs *inputs)
{
	const struct object *input;

	for (size_t n = 0; (input = input_at(inputs, n)) != NULL; n++) {
		if (hidden(input))
			return true;
	}
	return false;
}

/* Does every input have the attribute TRUE?  A data object has none. */
static bool
all_have(const struct inputs *inputs, CK_ATTRIBUTE_TYPE type)
{
	const struct object *input;

	for (size_t n = 0; (input = input_at(inputs, n)) != NULL; n++) {
		if (!attrs_bool(&input->meta, type, false))
			return false;
	}
	return true;
}

CK_RV
policy_reveals(const struct inputs *inputs)
{
	return any_hidden(inputs)
	    ? refuse(CKR_KEY_FUNCTION_NOT_PERMITTED, "a derivation", inputs->base,
		  "what comes of it would show what is hidden of")
	    : CKR_OK;
}

CK_RV
policy_derives(const struct inputs *inputs, const struct mechanism *m, const struct params *params)
{
	/* Data can be read: nothing of a hidden key becomes data but what tells nothing of it. */
	bool reveals = m->makes == MAKES_DATA && !params->harmless;

	return reveals || m->lineage == LINEAGE_PART ? policy_reveals(inputs) : CKR_OK;
}

CK_RV
policy_inherits(const struct inputs *inputs, enum lineage lineage, struct attrs *meta)
{
	const struct object *input;
	bool sensitive = false, extractable = true;

	for (size_t n = 0; (input = input_at(inputs, n)) != NULL; n++) {
		sensitive |= attrs_bool(&input->meta, CKA_SENSITIVE, false);
		extractable &= attrs_bool(&input->meta, CKA_EXTRACTABLE, true);
	}
	switch (lineage) {
	case LINEAGE_ONE_WAY:
		break;
	case LINEAGE_LIKE:
		TRY(suggest(meta, CKA_SENSITIVE, sensitive));
		return suggest(meta, CKA_EXTRACTABLE, extractable);
	case LINEAGE_SAME:
		TRY(impose(meta, CKA_SENSITIVE, sensitive));
		return impose(meta, CKA_EXTRACTABLE, extractable);
	case LINEAGE_TIED:
	case LINEAGE_OPEN:
	case LINEAGE_PART:
		if (sensitive)
			TRY(impose(meta, CKA_SENSITIVE, true));
		if (!extractable)
			TRY(impose(meta, CKA_EXTRACTABLE, false));
		break;
	}
	return CKR_OK;
}

/*
 * A hidden input that can be seen in the result must not come out byte by byte: neither
 * shorter than it is, nor behind so many known bytes that a cut leaves one of it.
 */
static bool
shows_part_of_hidden(const struct inputs *inputs, const struct attrs *made, size_t whole)
{
	const CK_ULONG len = attrs_ulong(made, CKA_VALUE_LEN, 0);
	const struct object *input;

	for (size_t n = 0; (input = input_at(inputs, n)) != NULL; n++) {
		if (hidden(input) &&
		    (len < whole || len < attrs_ulong(&input->meta, CKA_VALUE_LEN, 0)))
			return true;
	}
	return false;
}

CK_RV
policy_derived(const struct inputs *inputs, enum lineage lineage, size_t whole, struct attrs *made)
{
	/* What a parameter names beside the base is often no secret (the salt of an extraction);
	 * where the result shows all inputs, all count. */
	const struct inputs base = { .base = inputs->base };
	const struct inputs *counted = lineage == LINEAGE_ONE_WAY ? &base : inputs;

	if (lineage == LINEAGE_OPEN && shows_part_of_hidden(inputs, made, whole))
		return refuse(CKR_KEY_SIZE_RANGE, "a derivation", inputs->base,
		    "a cut of what comes of it would show a part of");
	TRY(attrs_set_bool(made, CKA_ALWAYS_SENSITIVE,
	    all_have(counted, CKA_ALWAYS_SENSITIVE) && attrs_bool(made, CKA_SENSITIVE, false)));
	return attrs_set_bool(made, CKA_NEVER_EXTRACTABLE,
	    all_have(counted, CKA_NEVER_EXTRACTABLE) && !attrs_bool(made, CKA_EXTRACTABLE, true));
}

CK_RV
policy_published(const struct object *base, struct attrs *meta)
{
	static const struct {
		CK_ATTRIBUTE_TYPE of, becomes;
	} uses[] = {
		{ CKA_DECRYPT, CKA_ENCRYPT },
		{ CKA_SIGN, CKA_VERIFY },
		{ CKA_SIGN_RECOVER, CKA_VERIFY_RECOVER },
		{ CKA_UNWRAP, CKA_WRAP },
		{ CKA_DECAPSULATE, CKA_ENCAPSULATE },
		{ CKA_DERIVE, CKA_DERIVE },
	};
	static const CK_ATTRIBUTE_TYPE same[] = { CKA_ID, CKA_START_DATE, CKA_END_DATE, CKA_SUBJECT,
		CKA_KEY_GEN_MECHANISM, CKA_ALLOWED_MECHANISMS };
	struct view value;

	for (size_t i = 0; i < COUNT_OF(uses); i++)
		TRY(suggest(meta, uses[i].becomes, attrs_bool(&base->meta, uses[i].of, false)));
	for (size_t i = 0; i < COUNT_OF(same); i++) {
		if (!attrs_has(meta, same[i]) && attrs_get(&base->meta, same[i], &value))
			TRY(attrs_set(meta, same[i], value));
	}
	return CKR_OK;
}

CK_RV
policy_encapsulates(const struct object *key, const struct attrs *secret)
{
	/* As with wrapping: CKR_KEY_HANDLE_INVALID where the template does not match. */
	return template_matches(&key->meta, CKA_ENCAPSULATE_TEMPLATE, secret)
	    ? CKR_OK
	    : refuse(CKR_KEY_HANDLE_INVALID, "an encapsulation", key,
		  "the key that is wanted does not fit the CKA_ENCAPSULATE_TEMPLATE of");
}

CK_RV
policy_transported_length(const struct attrs *made)
{
	if (!policy_hides(made) || attrs_ulong(made, CKA_VALUE_LEN, 0) >= HIDDEN_LEAST)
		return CKR_OK;
	log_info("refused a key: under %d bytes what is hidden could be guessed", HIDDEN_LEAST);
	return CKR_KEY_SIZE_RANGE;
}

CK_RV
policy_unwrapped_length(struct session *session, const struct attrs *made)
{
	/* A short tag is forged for less than the whole of a key: byte by byte it is guessed. */
	return token_strict(session->token) ? policy_transported_length(made) : CKR_OK;
}
