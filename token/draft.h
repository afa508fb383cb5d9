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
 * Completes a draft whose template was checked against the schema.  For private
 * and secret keys that were generated or derived the material is there already.
 * CKR_ATTRIBUTE_VALUE_INVALID, CKR_ATTRIBUTE_READ_ONLY, CKR_USER_NOT_LOGGED_IN,
 * CKR_SESSION_READ_ONLY, CKR_TEMPLATE_INCOMPLETE, and key_complete()'s.
 */
CK_RV draft_complete(struct session *session, struct draft *draft, CK_OBJECT_CLASS class,
    CK_KEY_TYPE key_type, enum origin origin) MUST_CHECK;

/*
 * Could this session make such an object at all?  Asked before anything is
 * computed, with the defaults that draft_complete would fill in.
 */
CK_RV draft_permitted(struct session *session, const struct draft *draft, CK_OBJECT_CLASS class,
    CK_KEY_TYPE key_type, enum origin origin) MUST_CHECK;

#endif
