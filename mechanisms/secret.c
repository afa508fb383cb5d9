/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for making symmetric keys of nothing but random bytes.  What
 * lengths a type may have is in key.c.
 */
#include "mechanisms/crypto.h"

/* The row's first key type is the one it makes. */
static CK_RV
secret_generate(const struct mechanism *m, const struct params *params,
    const struct attrs template[], struct made made[])
{
	const CK_KEY_TYPE type = m->keys[0];
	RELEASED(secret_clear) struct secret value = { 0 };
	size_t len;

	(void)params;
	TRY(key_length_asked(type, &template[0], &len));
	TRY(crypto_random_secret(&value, len));
	TRY(attrs_set_ulong(&made[0].meta, CKA_VALUE_LEN, len));
	return attrs_set_secret(&made[0].secret, CKA_VALUE, &value);
}

static const struct mech_ops secret_ops = {
	.generate = secret_generate,
};

/* 6.20.7 and its like: of the length that the template asks for. */
#define HMAC_KEY(type)                                                                             \
	KEYS(type), SIZES(1, MAX_SECRET, CKF_GENERATE), .parse = parse_none, .ops = &secret_ops

const struct mechanism secret_mechanisms[] = {
	/* The standard counts this one's sizes in bits, the others' in bytes. */
	{ MECH(CKM_GENERIC_SECRET_KEY_GEN), KEYS(CKK_GENERIC_SECRET),
	    SIZES(8, 8 * MAX_SECRET, CKF_GENERATE), .parse = parse_none, .ops = &secret_ops },
	{ MECH(CKM_HKDF_KEY_GEN), KEYS(CKK_HKDF), SIZES(1, MAX_SECRET, CKF_GENERATE),
	    .parse = parse_none, .ops = &secret_ops },
	{ MECH(CKM_AES_KEY_GEN), KEYS(CKK_AES), SIZES(16, 32, CKF_GENERATE), .parse = parse_none,
	    .ops = &secret_ops },
	{ MECH(CKM_AES_XTS_KEY_GEN), KEYS(CKK_AES_XTS), SIZES(32, 64, CKF_GENERATE),
	    .parse = parse_none, .ops = &secret_ops, .algorithm = "AES-256-XTS" },
	{ MECH(CKM_CHACHA20_KEY_GEN), KEYS(CKK_CHACHA20), SIZES(32, 32, CKF_GENERATE),
	    .parse = parse_none, .ops = &secret_ops, .algorithm = "ChaCha20" },
	{ MECH(CKM_POLY1305_KEY_GEN), KEYS(CKK_POLY1305), SIZES(32, 32, CKF_GENERATE),
	    .parse = parse_none, .ops = &secret_ops, .algorithm = "POLY1305" },
	{ MECH(CKM_SHA_1_KEY_GEN), HMAC_KEY(CKK_SHA_1_HMAC) },
	{ MECH(CKM_SHA224_KEY_GEN), HMAC_KEY(CKK_SHA224_HMAC) },
	{ MECH(CKM_SHA256_KEY_GEN), HMAC_KEY(CKK_SHA256_HMAC) },
	{ MECH(CKM_SHA384_KEY_GEN), HMAC_KEY(CKK_SHA384_HMAC) },
	{ MECH(CKM_SHA512_KEY_GEN), HMAC_KEY(CKK_SHA512_HMAC) },
	{ MECH(CKM_SHA512_224_KEY_GEN), HMAC_KEY(CKK_SHA512_224_HMAC) },
	{ MECH(CKM_SHA512_256_KEY_GEN), HMAC_KEY(CKK_SHA512_256_HMAC) },
	{ MECH(CKM_SHA3_224_KEY_GEN), HMAC_KEY(CKK_SHA3_224_HMAC) },
	{ MECH(CKM_SHA3_256_KEY_GEN), HMAC_KEY(CKK_SHA3_256_HMAC) },
	{ MECH(CKM_SHA3_384_KEY_GEN), HMAC_KEY(CKK_SHA3_384_HMAC) },
	{ MECH(CKM_SHA3_512_KEY_GEN), HMAC_KEY(CKK_SHA3_512_HMAC) },
	{ 0 },
};
