/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How keys come to be and leave: generate, derive, wrap, unwrap, encapsulate
 * (PKCS#11 3.2, section 5.18).  The arguments and answers are the standard's.
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
/* `aad`: the associated data of C_WrapKeyAuthenticated and its inverse; NULL for the plain pair. */
CK_RV key_wrap(struct session *session, const CK_MECHANISM *mechanism, CK_OBJECT_HANDLE wrapping,
    CK_OBJECT_HANDLE key, const struct view *aad, struct output out) MUST_CHECK;
CK_RV key_unwrap(struct session *session, const CK_MECHANISM *mechanism,
    CK_OBJECT_HANDLE unwrapping, struct view wrapped, struct attributes attributes,
    const struct view *aad, CK_OBJECT_HANDLE *out) MUST_CHECK;
/* `out` may be NULL for a mechanism that returns its keys through its parameter. */
CK_RV key_derive(struct session *session, const CK_MECHANISM *mechanism, CK_OBJECT_HANDLE base,
    struct attributes attributes, CK_OBJECT_HANDLE *out) MUST_CHECK;
/* A NULL `out` asks for the ciphertext's length; then `made` may be NULL and is left alone. */
CK_RV key_encapsulate(struct session *session, const CK_MECHANISM *mechanism,
    CK_OBJECT_HANDLE public_key, struct attributes attributes, struct output out,
    CK_OBJECT_HANDLE *made) MUST_CHECK;
CK_RV key_decapsulate(struct session *session, const CK_MECHANISM *mechanism,
    CK_OBJECT_HANDLE private_key, struct attributes attributes, struct view ciphertext,
    CK_OBJECT_HANDLE *made) MUST_CHECK;

#endif
