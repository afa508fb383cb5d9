/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How keys come to be and leave: generate, derive, wrap, unwrap (PKCS#11 3.2,
 * section 5.18).  The arguments and answers are the standard's.
 */
#ifndef HANDFAST_KEY_H
#define HANDFAST_KEY_H

#include "token/operation.h"
#include "token/session.h"

/* A caller's template. */
struct attributes {
	const CK_ATTRIBUTE *list;
	CK_ULONG count;
};

CK_RV key_generate(struct session *session, const CK_MECHANISM *mechanism,
    struct attributes attributes, CK_OBJECT_HANDLE *out) MUST_CHECK;
CK_RV key_generate_pair(struct session *session, const CK_MECHANISM *mechanism,
    struct attributes public_attributes, struct attributes private_attributes,
    CK_OBJECT_HANDLE *public_key, CK_OBJECT_HANDLE *private_key) MUST_CHECK;
CK_RV key_wrap(struct session *session, const CK_MECHANISM *mechanism, CK_OBJECT_HANDLE wrapping,
    CK_OBJECT_HANDLE key, struct output out) MUST_CHECK;
CK_RV key_unwrap(struct session *session, const CK_MECHANISM *mechanism,
    CK_OBJECT_HANDLE unwrapping, struct view wrapped, struct attributes attributes,
    CK_OBJECT_HANDLE *out) MUST_CHECK;
CK_RV key_derive(struct session *session, const CK_MECHANISM *mechanism, CK_OBJECT_HANDLE base,
    struct attributes attributes, CK_OBJECT_HANDLE *out) MUST_CHECK;

#endif
