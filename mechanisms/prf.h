/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The pseudorandom function that derivations are built on: HMAC (RFC 2104) with
 * any of crypto_digest()'s hashes.  Private to mechanisms/.
 */
#ifndef HANDFAST_PRF_H
#define HANDFAST_PRF_H

#include "mechanisms/crypto.h"

/* HMAC with one hash, for as many keys and messages as come. */
struct prf {
	EVP_MAC_CTX *hmac;
	size_t size; /* of what it gives */
};

/* Released with prf_release, also after a failure. */
CK_RV prf_begin(struct prf *prf, const EVP_MD *hash) MUST_CHECK;
/* Writes prf->size bytes to `out`: HMAC of the parts, one behind the other.  `out` may be a part.
 */
CK_RV prf_compute(struct prf *prf, struct view key, const struct view parts[], size_t count,
    unsigned char *out) MUST_CHECK;
void prf_release(struct prf *prf);

#endif
