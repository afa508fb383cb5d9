/* SPDX-License-Identifier: Apache-2.0 */
/*
 * May this be done?  Every answer is given here and nowhere else, so that what
 * the token permits can be read in one place and held against the attacks in
 * the literature.
 *
 * A token is of one of two levels.  The standard one permits what clients do.  The
 * strict one (token_strict) takes care that no sequence of calls shows a sensitive key
 * that was generated here or brought in by its owner: see doc/threats.md.
 */
#ifndef HANDFAST_POLICY_H
#define HANDFAST_POLICY_H

#include "token/object.h"

/*
 * The row of a caller's mechanism, of which a copy is made, if it can do this (one CKF_
 * bit).  CKR_MECHANISM_INVALID.
 */
CK_RV policy_mechanism(const CK_MECHANISM *mechanism, CK_FLAGS verb, CK_MECHANISM *copy,
    const struct mechanism **out) MUST_CHECK;
/* May the key do this (one CKF_ bit) with this mechanism? */
CK_RV policy_permits(struct session *session, const struct object *key, const struct mechanism *m,
    CK_FLAGS verb) MUST_CHECK;
/* What a mechanism could do (CKF_ bits) and may not on a token of this level. */
CK_FLAGS policy_withholds(bool strict, const struct mechanism *m);
/* What the level wants of the parameters of authenticated encryption, into `params`. */
void policy_demands(struct session *session, CK_FLAGS verb, struct params *params);
/* Must its key material stay hidden from its owner? */
bool policy_hides(const struct attrs *meta);
/*
 * May `target` leave, wrapped under `wrapping` with these parameters?
 * CKR_KEY_UNEXTRACTABLE, CKR_KEY_NOT_WRAPPABLE, CKR_WRAPPING_KEY_SIZE_RANGE.
 */
CK_RV policy_wraps(struct session *session, const struct object *wrapping,
    const struct object *target, const struct params *params) MUST_CHECK;
/* What a key that `unwrapping` opens must be, into its template.  CKR_TEMPLATE_INCONSISTENT. */
CK_RV policy_unwraps(
    struct session *session, const struct object *unwrapping, struct attrs *meta) MUST_CHECK;

/* The uses of a new key whose template grants none, where the level has its own opinion. */
CK_RV policy_suggests(struct session *session, CK_OBJECT_CLASS class, CK_KEY_TYPE key_type,
    struct attrs *meta) MUST_CHECK;
/*
 * May there be a new object like that?  CKR_TEMPLATE_INCONSISTENT for a key with several
 * roles, and for one that wants a PIN for each use and is not private.
 */
CK_RV policy_admits(struct session *session, CK_OBJECT_CLASS class, enum origin origin,
    const struct attrs *meta) MUST_CHECK;

/* May this session make or alter an object with these attributes? */
CK_RV policy_writes(struct session *session, const struct attrs *meta) MUST_CHECK;
/* May a new object claim these attributes?  CKA_TRUSTED and what only the SO may say. */
CK_RV policy_claims(struct session *session, const struct attrs *meta) MUST_CHECK;
/* May C_SetAttributeValue or C_CopyObject make this of `before`?  CKR_ATTRIBUTE_READ_ONLY ... */
CK_RV policy_changes(struct session *session, const struct object *before,
    const struct attrs *wanted, enum origin origin) MUST_CHECK;

/* May it be destroyed?  CKR_ACTION_PROHIBITED. */
CK_RV policy_destroys(const struct object *object) MUST_CHECK;

/*
 * Claims that nobody vouches for do not survive a change or a copy of `before`,
 * whose result is sealed: takes back a CKA_TRUSTED that only the SO may give.
 */
CK_RV policy_vouches(
    struct session *session, const struct object *before, struct attrs *after) MUST_CHECK;
/* May its value go into a digest that the caller sees?  CKR_KEY_INDIGESTIBLE. */
CK_RV policy_digests(struct session *session, const struct object *key) MUST_CHECK;

/* LOCAL, ALWAYS_SENSITIVE and NEVER_EXTRACTABLE of a key that was generated here. */
CK_RV policy_generated(const struct mechanism *m, struct attrs *made) MUST_CHECK;

/* What a key is derived from: the base key and those that the mechanism's parameter names. */
struct inputs {
	struct object *base;
	struct object *const *others;
	size_t other_count;
};

/* May the result show what it is made of? */
CK_RV policy_reveals(const struct inputs *inputs) MUST_CHECK;
/* May this be derived at all?  Before anything is computed. */
CK_RV policy_derives(
    const struct inputs *inputs, const struct mechanism *m, const struct params *params) MUST_CHECK;
/*
 * SENSITIVE and EXTRACTABLE that a derived key has from what it is made of, into its
 * template before the defaults.  CKR_TEMPLATE_INCONSISTENT where that says otherwise.
 */
CK_RV policy_inherits(
    const struct inputs *inputs, enum lineage lineage, struct attrs *meta) MUST_CHECK;
/*
 * ALWAYS_SENSITIVE and NEVER_EXTRACTABLE of a derived key, and whether it is long
 * enough for what is hidden in it; `whole`: bytes that the mechanism made, before the
 * cut.  CKR_KEY_SIZE_RANGE.
 */
CK_RV policy_derived(
    const struct inputs *inputs, enum lineage lineage, size_t whole, struct attrs *made) MUST_CHECK;
/* What the public half of `base` may do and is called, where its template is silent. */
CK_RV policy_published(const struct object *base, struct attrs *meta) MUST_CHECK;
/* May a secret with these attributes be encapsulated for the holder of `key`? */
CK_RV policy_encapsulates(const struct object *key, const struct attrs *secret) MUST_CHECK;
/* A hidden key that was derived or agreed on must not be short enough to guess.
 * CKR_KEY_SIZE_RANGE. */
CK_RV policy_transported_length(const struct attrs *made) MUST_CHECK;
/* The same of one that was unwrapped, where the level asks for it. */
CK_RV policy_unwrapped_length(struct session *session, const struct attrs *made) MUST_CHECK;

#endif
