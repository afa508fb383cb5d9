/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Diffie-Hellman in finite fields, as PKCS #3 has it (CKK_DH) and as ANSI X9.42 has
 * it (CKK_X9_42_DH), where the order of the generator is told.  Groups are judged
 * by dhgroups.c, dh_key.c has the keys of both kinds, dh.c the agreement.  Private
 * to mechanisms/.
 */
#ifndef HANDFAST_DH_H
#define HANDFAST_DH_H

#include "mechanisms/pkey.h"

#define DH_LEAST_BITS 2048
#define DH_MOST_BITS 8192
#define DH_MOST (DH_MOST_BITS / 8)

/* --- groups: dhgroups.c ------------------------------------------------------------- */

/* A group as numbers, which live in `ctx`. */
struct dh_group {
	BN_CTX *ctx;
	BIGNUM *p, *g;
	BIGNUM *order; /* of the generator, a prime; NULL: it makes all numbers of a safe prime */
};

/*
 * Strips leading zeros from CKA_PRIME, CKA_BASE and, with `subgroup`, CKA_SUBPRIME,
 * and checks the group: a prime p of DH_LEAST_BITS to DH_MOST_BITS, a generator in
 * 2..p-2; a safe prime, or with `subgroup` a generator of that prime order.
 * CKR_TEMPLATE_INCOMPLETE, CKR_KEY_SIZE_RANGE (too short or too long),
 * CKR_DOMAIN_PARAMS_INVALID.
 */
CK_RV dh_group_check(struct attrs *set, bool subgroup) MUST_CHECK;

/*
 * CKA_PRIME, CKA_BASE and, with `subgroup`, CKA_SUBPRIME of the group that RFC 7919
 * has for a size; CKR_KEY_SIZE_RANGE: none.
 */
CK_RV dh_group_named(size_t bits, bool subgroup, struct attrs *set) MUST_CHECK;

/* The numbers of a group that was checked.  CKR_HOST_MEMORY without `ctx`. */
CK_RV dh_group_load(const struct attrs *set, BN_CTX *ctx, struct dh_group *group) MUST_CHECK;

/*
 * Full validation of a public value (NIST SP 800-56A, 5.6.2.3.1): in 2..p-2, and
 * in the subgroup that the generator makes.  CKR_PUBLIC_KEY_INVALID.
 */
CK_RV dh_public_check(const struct dh_group *group, const BIGNUM *value) MUST_CHECK;

/* --- keys: dh_key.c ----------------------------------------------------------------- */

/* result = base^x, in constant time. */
CK_RV dh_power(
    const struct dh_group *group, const BIGNUM *base, const BIGNUM *x, BIGNUM *result) MUST_CHECK;

/* A fresh private value of `bits` at most, or with 0 as long as is usual, and its public one. */
CK_RV dh_pair(const struct dh_group *group, size_t bits, BIGNUM **x, BIGNUM **y) MUST_CHECK;

/* CKM_…_KEY_PAIR_GEN, for the type of key that the row takes. */
extern const struct mech_ops dh_pair_ops;

/* --- agreement: dh.c ------------------------------------------------------------------ */

/* What a parameter said: dh_agreement_ops find it in params->data. */
struct dh_agreement {
	struct view peer; /* without leading zeros; none for a KEM, which has it elsewhere */
	CK_ULONG kdf;     /* CKD_NULL, or kdf_x9_42() with ... */
	struct view before, after; /* ... these around its counter */
};

/*
 * Takes over the peer's public value from a parameter, or sees to it that there is
 * none where the value is the ciphertext.  CKR_MECHANISM_PARAM_INVALID.
 */
CK_RV dh_agreement_peer(struct params *params, struct dh_agreement *agreement, const void *data,
    CK_ULONG len) MUST_CHECK;

/* What the rows with these operations do. */
#define DH_KEM (CKF_ENCAPSULATE | CKF_DECAPSULATE)
#define DH_AGREES (CKF_DERIVE | DH_KEM)
extern const struct mech_ops dh_agreement_ops;

#endif
