/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RSA keys, as rsa.c sees what rsa_key.c does.  Private to mechanisms/.
 */
#ifndef HANDFAST_RSA_H
#define HANDFAST_RSA_H

#include "mechanisms/pkey.h"

/* Keys below RSA_LEAST_BITS are refused, below RSA_LEAST_NEW_BITS only used, not made. */
#define RSA_LEAST_BITS 1024
#define RSA_LEAST_NEW_BITS 2048
#define RSA_MOST_BITS 16384

/* k of RFC 8017: the modulus in bytes. */
size_t rsa_size(const struct key *key);

/* mech_ops.generate */
CK_RV rsa_generate(const struct mechanism *m, const struct params *params,
    const struct attrs template[], struct made made[]) MUST_CHECK;

#endif
