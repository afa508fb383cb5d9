/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signatures over a digest: the streaming half that all families share.  A
 * family's final and check sign or verify what signature_digest gives.  Private
 * to mechanisms/.
 */
#ifndef HANDFAST_SIGNATURE_H
#define HANDFAST_SIGNATURE_H

#include "mechanisms/crypto.h"

/* The hash that such a mechanism begins with; 0 when it takes the digest itself. */
CK_MECHANISM_TYPE signature_hash(const struct mechanism *m);

/* For mech_ops: start, update and stop. */
CK_RV signature_start(struct operation *op) MUST_CHECK;
CK_RV signature_update(struct operation *op, struct view in, struct out *out) MUST_CHECK;
void signature_stop(struct operation *op);

/* Ends the message; `digest` has room for EVP_MAX_MD_SIZE bytes. */
CK_RV signature_digest(struct operation *op, unsigned char *digest, struct view *out) MUST_CHECK;

#endif
