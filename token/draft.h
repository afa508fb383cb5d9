/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What every new object goes through, whatever it comes from: defaults, the
 * values that follow from others (length, check value, public key), and whether
 * this session may make such an object.
 */
#ifndef HANDFAST_DRAFT_H
#define HANDFAST_DRAFT_H

#include "token/object.h"

void draft_release(struct draft *draft);

/*
 * Before anything is computed: fills in the defaults of a draft whose template was
 * checked against the schema, and asks whether this session may make such an object.
 * CKR_ATTRIBUTE_READ_ONLY, CKR_USER_NOT_LOGGED_IN, CKR_SESSION_READ_ONLY.
 */
CK_RV draft_begin(struct session *session, struct draft *draft, CK_OBJECT_CLASS class,
    CK_KEY_TYPE key_type, enum origin origin) MUST_CHECK;

/*
 * Once its material is there: what follows from it (length, check value, public key),
 * and that it is consistent.  CKR_ATTRIBUTE_VALUE_INVALID, CKR_TEMPLATE_INCOMPLETE,
 * and key_complete()'s.
 */
CK_RV draft_finish(struct draft *draft, CK_OBJECT_CLASS class, CK_KEY_TYPE key_type,
    enum origin origin) MUST_CHECK;

/*
 * Are these whole attributes of a trust object (4.7): trust of kinds that there are, and
 * a hash of the certificate where it grants something?  CKR_ATTRIBUTE_VALUE_INVALID,
 * CKR_TEMPLATE_INCOMPLETE.
 */
CK_RV trust_holds(const struct attrs *meta) MUST_CHECK;

#endif
