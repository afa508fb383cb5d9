/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The key derivation functions that a key agreement applies to its raw shared
 * secret: CKD_… in CK_ECDH1_DERIVE_PARAMS and its like.  Private to mechanisms/.
 */
#ifndef HANDFAST_KDF_H
#define HANDFAST_KDF_H

#include "mechanisms/mechanism.h"

/* Is `kdf` one that kdf_derive computes?  Not CKD_NULL: that is no derivation, the family cuts. */
bool kdf_known(CK_ULONG kdf);

/*
 * Fills out->data with the out->len bytes (allocated by the caller, at least one)
 * that `kdf` makes of the shared secret `z` and the shared data `info`:
 * CKD_…_KDF is the function of ANSI X9.63 (SEC 1, 3.6.1), CKD_…_KDF_SP800 the
 * one-step function of NIST SP 800-56C.  CKR_MECHANISM_PARAM_INVALID where
 * !kdf_known().
 */
CK_RV kdf_derive(CK_ULONG kdf, struct view z, struct view info, struct secret *out) MUST_CHECK;

/*
 * The same for the two functions that CKM_X9_42_DH_DERIVE has, both of SHA-1 over z,
 * `before`, the counter and `after`: the one by concatenation (ANSI X9.42, 7.7.2) with
 * nothing before, the one by ASN.1 (7.7.1; RFC 2631, 2.1.2) with OtherInfo around
 * the counter that it contains.
 */
CK_RV kdf_x9_42(
    struct view z, struct view before, struct view after, struct secret *out) MUST_CHECK;

/*
 * How many bytes the template or the key's type asks of a function that gives any
 * number: CKR_TEMPLATE_INCOMPLETE where neither does.
 */
CK_RV kdf_length(const struct want *want, size_t *len) MUST_CHECK;

#endif
