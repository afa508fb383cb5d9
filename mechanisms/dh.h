/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Finite-field Diffie-Hellman groups: which are good enough.  Private to
 * mechanisms/.
 */
#ifndef HANDFAST_DH_H
#define HANDFAST_DH_H

#include "mechanisms/pkey.h"

#define DH_LEAST_BITS 2048
#define DH_MOST_BITS 8192
#define DH_MOST (DH_MOST_BITS / 8)

/*
 * Strips leading zeros from CKA_PRIME and CKA_BASE and checks the group: a safe
 * prime of DH_LEAST_BITS to DH_MOST_BITS, a generator in 2..p-2.
 * CKR_TEMPLATE_INCOMPLETE, CKR_KEY_SIZE_RANGE (too short or too long),
 * CKR_DOMAIN_PARAMS_INVALID.
 */
CK_RV dh_group_check(struct attrs *set) MUST_CHECK;

/* CKA_PRIME and CKA_BASE of the group that RFC 7919 has for a size; CKR_KEY_SIZE_RANGE: none. */
CK_RV dh_group_named(size_t bits, struct attrs *set) MUST_CHECK;

/*
 * Does a safe prime's generator make the quadratic residues alone (the subgroup
 * of prime order) or all numbers?  Negative: no memory.
 */
int dh_group_residues(const BIGNUM *prime, const BIGNUM *base, BN_CTX *ctx) MUST_CHECK;

/*
 * Full validation of a public value (NIST SP 800-56A, 5.6.2.3.1): in 2..p-2, and
 * in the subgroup that the generator makes.  For a safe prime p = 2q + 1 the
 * Legendre symbol tells y^q without the exponentiation.
 * CKR_PUBLIC_KEY_INVALID.
 */
CK_RV dh_public_check(
    const BIGNUM *prime, bool residues, const BIGNUM *value, BN_CTX *ctx) MUST_CHECK;

#endif
