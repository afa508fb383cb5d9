/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Messages under one key, each with a nonce and associated data of its own (PKCS#11 3.2,
 * 5.9 and 5.11).  What a message gets wrong ends that message; the key stays in use until
 * C_Message…Final.
 */
#ifndef HANDFAST_MESSAGE_H
#define HANDFAST_MESSAGE_H

#include "token/operation.h"

/* The parameter of one message, where the caller has it. */
struct message_parameter {
	void *data;
	CK_ULONG len;
};

/* `verb` is CKF_MESSAGE_ENCRYPT or CKF_MESSAGE_DECRYPT.  A NULL mechanism cancels. */
CK_RV message_init(struct session *session, CK_FLAGS verb, const CK_MECHANISM *mechanism,
    CK_OBJECT_HANDLE key) MUST_CHECK;
CK_RV message_once(struct session *session, CK_FLAGS verb, struct message_parameter parameter,
    struct view aad, struct view in, struct output out) MUST_CHECK;
CK_RV message_begin(struct session *session, CK_FLAGS verb, struct message_parameter parameter,
    struct view aad) MUST_CHECK;
/* `last`: CKF_END_OF_MESSAGE. */
CK_RV message_next(struct session *session, CK_FLAGS verb, struct message_parameter parameter,
    struct view in, bool last, struct output out) MUST_CHECK;
CK_RV message_final(struct session *session, CK_FLAGS verb) MUST_CHECK;

#endif
