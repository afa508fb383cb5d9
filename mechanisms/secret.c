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

const struct mechanism secret_mechanisms[] = {
	/* The standard counts this one's sizes in bits, the others' in bytes. */
	{ MECH(CKM_GENERIC_SECRET_KEY_GEN), KEYS(CKK_GENERIC_SECRET),
	    SIZES(8, 8 * MAX_SECRET, CKF_GENERATE), .parse = parse_none, .ops = &secret_ops },
	{ MECH(CKM_HKDF_KEY_GEN), KEYS(CKK_HKDF), SIZES(1, MAX_SECRET, CKF_GENERATE),
	    .parse = parse_none, .ops = &secret_ops },
	{ MECH(CKM_AES_KEY_GEN), KEYS(CKK_AES), SIZES(16, 32, CKF_GENERATE), .parse = parse_none,
	    .ops = &secret_ops },
	{ 0 },
};
