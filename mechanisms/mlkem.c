/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for ML-KEM (FIPS 203): its parameter sets and the encapsulation with
 * them.  What its keys consist of is paramset.c's business.
 */
#include "mechanisms/paramset.h"

#define SECRET_LEN 32 /* FIPS 203, table 3: of every parameter set */
#define PUBLIC_LEAST 800
#define PUBLIC_MOST 1568

/* FIPS 203, table 3; RFC 9935, 3. */
static const struct param_set sets[] = {
	{ CKP_ML_KEM_512, "ML-KEM-512", PUBLIC_LEAST, 1632, 768, NIST_ALGORITHM(4, 1) },
	{ CKP_ML_KEM_768, "ML-KEM-768", 1184, 2400, 1088, NIST_ALGORITHM(4, 2) },
	{ CKP_ML_KEM_1024, "ML-KEM-1024", PUBLIC_MOST, 3168, 1568, NIST_ALGORITHM(4, 3) },
};

const struct param_family mlkem_family = {
	.type = CKK_ML_KEM,
	.seed_len = 64, /* d and z, in this order */
	.sets = sets,
	.count = COUNT_OF(sets),
};

static CK_RV
complete(CK_OBJECT_CLASS class, struct attrs *meta, struct attrs *secret)
{
	return param_complete(class, CKK_ML_KEM, meta, secret);
}

const struct key_type mlkem_key_type = {
	.type = CKK_ML_KEM,
	.complete = complete,
	.load = param_load,
	.spare_free = prepared_free,
};

/* --- encapsulation ------------------------------------------------------------------ */

/* A context that is ready to encapsulate or decapsulate, and room for the secret. */
static CK_RV
prepare(const struct mechanism *m, CK_FLAGS verb, const struct want *want, struct loaded *loaded,
    struct prepared **out, struct secret *secret)
{
	const struct purpose purpose = { .type = m->type, .verb = verb };
	bool fresh;
	int done;

	/* A part of the secret is not it. */
	if (want->len != 0 && want->len != SECRET_LEN)
		return CKR_KEY_SIZE_RANGE;
	if (!secret_alloc(secret, SECRET_LEN))
		return CKR_HOST_MEMORY;
	TRY(prepared_take(loaded, &purpose, out, &fresh));
	if (!fresh)
		return CKR_OK;
	done = verb == CKF_ENCAPSULATE ? EVP_PKEY_encapsulate_init((*out)->ctx, NULL)
				       : EVP_PKEY_decapsulate_init((*out)->ctx, NULL);
	return done == 1 ? CKR_OK : crypto_failure();
}

static size_t
ciphertext_len(const struct mechanism *m, const struct params *params, const struct key *key)
{
	const struct param_set *set;

	(void)m;
	(void)params;
	return param_set_find(key->type, key->meta, &set) == CKR_OK ? set->output_len : 0;
}

static CK_RV
encapsulate(const struct mechanism *m, const struct params *params, struct key *public_key,
    const struct want *want, struct made *made, struct out *ciphertext)
{
	RELEASED(prepared_release) struct prepared *prepared = NULL;
	RELEASED(secret_clear) struct secret secret = { 0 };
	size_t len = ciphertext->room, secret_len = SECRET_LEN;
	struct loaded *loaded;

	(void)params;
	TRY(key_load(public_key, &loaded));
	TRY(prepare(m, CKF_ENCAPSULATE, want, loaded, &prepared, &secret));
	if (EVP_PKEY_encapsulate(prepared->ctx, ciphertext->data, &len, secret.data, &secret_len) !=
	    1)
		return crypto_failure();
	ciphertext->len = len;
	prepared_give(loaded, &prepared);
	return attrs_set_secret(&made->secret, CKA_VALUE, &secret);
}

/* Any ciphertext of the right length gives a secret: FIPS 203, 6.3, rejects implicitly. */
static CK_RV
decapsulate(const struct mechanism *m, const struct params *params, struct key *private_key,
    const struct want *want, struct view ciphertext, struct made *made)
{
	RELEASED(prepared_release) struct prepared *prepared = NULL;
	RELEASED(secret_clear) struct secret secret = { 0 };
	size_t secret_len = SECRET_LEN;
	struct loaded *loaded;

	if (ciphertext.len != ciphertext_len(m, params, private_key))
		return CKR_WRAPPED_KEY_LEN_RANGE;
	TRY(key_load(private_key, &loaded));
	TRY(prepare(m, CKF_DECAPSULATE, want, loaded, &prepared, &secret));
	if (EVP_PKEY_decapsulate(
		prepared->ctx, secret.data, &secret_len, ciphertext.data, ciphertext.len) != 1)
		return crypto_failure();
	prepared_give(loaded, &prepared);
	return attrs_set_secret(&made->secret, CKA_VALUE, &secret);
}

static const struct mech_ops kem_ops = {
	.ciphertext_len = ciphertext_len,
	.encapsulate = encapsulate,
	.decapsulate = decapsulate,
};

/* Sizes are those of public keys in bytes. */
#define ROW(flags)                                                                                 \
	KEYS(CKK_ML_KEM), SIZES(PUBLIC_LEAST, PUBLIC_MOST, flags),                                 \
	    .parse = parse_none, .algorithm = "ML-KEM-768", .since = "3.5"

const struct mechanism mlkem_mechanisms[] = {
	{ MECH(CKM_ML_KEM_KEY_PAIR_GEN), ROW(CKF_GENERATE_KEY_PAIR), .ops = &param_generate_ops },
	{ MECH(CKM_ML_KEM), ROW(CKF_ENCAPSULATE | CKF_DECAPSULATE), .ops = &kem_ops },
	{ 0 },
};
