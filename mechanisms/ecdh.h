/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Agreement on elliptic curves, for the mechanisms that wrap with it.  Private to
 * mechanisms/.
 */
#ifndef HANDFAST_ECDH_H
#define HANDFAST_ECDH_H

#include "mechanisms/ec.h"

/* What is made of the shared secret: members that several parameter structures have. */
struct ecdh_kdf {
	CK_ULONG kdf; /* CKD_… */
	struct view shared;
};

/* Checks and keeps them.  CKR_MECHANISM_PARAM_INVALID. */
CK_RV ecdh_kdf_parse(struct params *params, CK_ULONG kdf, const void *shared, CK_ULONG shared_len,
    struct ecdh_kdf *out) MUST_CHECK;

/*
 * The shared secret of a private key and a raw point of its curve, as long as the
 * field.  CKR_PUBLIC_KEY_INVALID for a point that is none, or of small order.
 */
CK_RV ecdh_agree(const struct mechanism *m, const struct curve *curve, struct key *private_key,
    struct view point, struct secret *z) MUST_CHECK;

/* Bytes of a raw point of the curve, uncompressed. */
size_t ecdh_point_len(const struct curve *curve);
/*
 * Agrees with a public key by a key made for this one time, whose raw point of
 * ecdh_point_len() bytes goes to `point`.  CKR_PUBLIC_KEY_INVALID.
 */
CK_RV ecdh_send(const struct mechanism *m, const struct curve *curve, const struct key *public_key,
    unsigned char *point, struct secret *z) MUST_CHECK;

#endif
