/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The pseudorandom function that derivations are built on: HMAC (RFC 2104) with
 * any of crypto_digest()'s hashes, or AES-CMAC (NIST SP 800-38B).  Private to
 * mechanisms/.
 */
#ifndef HANDFAST_PRF_H
#define HANDFAST_PRF_H

#include "mechanisms/crypto.h"

/* For as many messages as come. */
struct prf {
	EVP_MAC_CTX *mac;
	size_t size; /* of what it gives */
};

/* HMAC with one hash, and a key with each message. */

/* Released with prf_release, also after a failure. */
CK_RV prf_begin(struct prf *prf, const EVP_MD *hash) MUST_CHECK;
/* Writes prf->size bytes: HMAC of the parts, one behind the other.  `out` may be a part. */
CK_RV prf_compute(struct prf *prf, struct view key, const struct view parts[], size_t count,
    unsigned char *out) MUST_CHECK;

/* The function of a mechanism, with one key for all messages. */

/* Is it one: CKM_SHA256_HMAC and its like, CKM_AES_CMAC? */
bool prf_known(CK_MECHANISM_TYPE mac);
/* Of a known one: the type of its keys, CKK_SHA256_HMAC or CKK_AES. */
CK_KEY_TYPE prf_key_type(CK_MECHANISM_TYPE mac);
/* In place of prf_begin.  CKR_KEY_SIZE_RANGE for a key that AES does not take. */
CK_RV prf_start(struct prf *prf, CK_MECHANISM_TYPE mac, struct view key) MUST_CHECK;
/* As prf_compute, with the key of prf_start. */
CK_RV prf_next(
    struct prf *prf, const struct view parts[], size_t count, unsigned char *out) MUST_CHECK;

void prf_release(struct prf *prf);

#endif
