/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the families of signatures share.  Over a digest it is the streaming half: a
 * family's final and check sign or verify what signature_digest gives.  Over the
 * message itself it is libcrypto's call, which wants all of it at once.  Private to
 * mechanisms/.
 */
#ifndef HANDFAST_SIGNATURE_H
#define HANDFAST_SIGNATURE_H

#include "mechanisms/crypto.h"

/* For mech_ops of rows that name a hash: start, update and stop. */
CK_RV signature_start(struct operation *op) MUST_CHECK;
CK_RV signature_update(struct operation *op, struct view in, struct out *out) MUST_CHECK;
void signature_stop(struct operation *op);

/* Ends the message; `digest` has room for EVP_MAX_MD_SIZE bytes. */
CK_RV signature_digest(struct operation *op, unsigned char *digest, struct view *out) MUST_CHECK;

/* The longest message that is gathered for a signature over the whole of it. */
#define MESSAGE_MOST ((size_t)16 << 20)

/* Signs `in` with the operation's key; `settings` are libcrypto's. */
CK_RV message_sign(const struct operation *op, const OSSL_PARAM *settings, struct view in,
    struct out *out) MUST_CHECK;
/* CKR_SIGNATURE_INVALID. */
CK_RV message_check(const struct operation *op, const OSSL_PARAM *settings, struct view in,
    struct view signature) MUST_CHECK;

#endif
