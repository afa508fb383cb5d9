/* SPDX-License-Identifier: Apache-2.0 */
/*
 * May this be done?  Every answer is given here and nowhere else, so that what
 * the token permits can be read in one place and held against the attacks in
 * the literature.
 */
#ifndef HANDFAST_POLICY_H
#define HANDFAST_POLICY_H

#include "token/object.h"

/* May the key do this (one CKF_ bit) with this mechanism? */
CK_RV policy_permits(const struct object *key, const struct mechanism *m, CK_FLAGS verb) MUST_CHECK;
/* Must its key material stay hidden from its owner? */
bool policy_hides(const struct attrs *meta);
/* May `target` leave, wrapped under `wrapping`?  CKR_KEY_UNEXTRACTABLE, CKR_KEY_NOT_WRAPPABLE. */
CK_RV policy_wraps(const struct object *wrapping, const struct object *target) MUST_CHECK;

/* May this session make or alter an object with these attributes? */
CK_RV policy_writes(struct session *session, const struct attrs *meta) MUST_CHECK;
/* May a new object claim these attributes?  CKA_TRUSTED and what only the SO may say. */
CK_RV policy_claims(struct session *session, const struct attrs *meta) MUST_CHECK;
/* May `before` become `after` (C_SetAttributeValue, or C_CopyObject)?  CKR_ATTRIBUTE_READ_ONLY ...
 */
CK_RV policy_changes(struct session *session, const struct object *before,
    const struct attrs *wanted, enum origin origin) MUST_CHECK;

/*
 * Claims that nobody vouches for do not survive a change or a copy of `before`,
 * whose result is sealed: takes back a CKA_TRUSTED that only the SO may give.
 */
CK_RV policy_vouches(
    struct session *session, const struct object *before, struct attrs *after) MUST_CHECK;
/* May its value go into a digest that the caller sees?  CKR_KEY_INDIGESTIBLE. */
CK_RV policy_digests(const struct object *key) MUST_CHECK;

/*
 * ALWAYS_SENSITIVE and NEVER_EXTRACTABLE of a key that was generated here, or
 * derived from `base`; SENSITIVE and EXTRACTABLE are settled before.
 */
CK_RV policy_generated(struct attrs *made) MUST_CHECK;
CK_RV policy_derived(const struct object *base, struct attrs *made) MUST_CHECK;
/* A hidden key that was derived must not be short enough to guess.  CKR_KEY_SIZE_RANGE. */
CK_RV policy_derived_length(const struct attrs *made, size_t len) MUST_CHECK;

#endif
