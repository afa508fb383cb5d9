/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for ML-KEM (FIPS 203): its keys and the encapsulation with them.
 * libcrypto has it from 3.5 on; with an older one the keys in a token can be read
 * and wrapped, but neither made, imported nor used.
 */
#include <openssl/core_names.h>

#include "mechanisms/pkey.h"

/* Headers before 3.5 lack it. */
#ifndef OSSL_PKEY_PARAM_ML_KEM_SEED
#define OSSL_PKEY_PARAM_ML_KEM_SEED "seed"
#endif

#define SEED_LEN 64   /* d and z, in this order */
#define SECRET_LEN 32 /* FIPS 203, table 3: of every parameter set */
#define PUBLIC_LEAST 800
#define PUBLIC_MOST 1568

/* FIPS 203, table 3; the AlgorithmIdentifier without parameters is RFC 9935's, section 3. */
static const struct set {
	CK_ULONG number;
	const char *name;
	size_t public_len, private_len, ciphertext_len;
	unsigned char algorithm[13];
} sets[] = {
#define ALGORITHM(last)                                                                            \
	{                                                                                          \
		DER_SEQUENCE, 11, DER_OID, 9, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x04, last \
	}
	{ CKP_ML_KEM_512, "ML-KEM-512", PUBLIC_LEAST, 1632, 768, ALGORITHM(1) },
	{ CKP_ML_KEM_768, "ML-KEM-768", 1184, 2400, 1088, ALGORITHM(2) },
	{ CKP_ML_KEM_1024, "ML-KEM-1024", PUBLIC_MOST, 3168, 1568, ALGORITHM(3) },
};

static CK_RV
set_find(const struct attrs *meta, const struct set **out)
{
	CK_ULONG number = attrs_ulong(meta, CKA_PARAMETER_SET, 0);

	if (!attrs_has(meta, CKA_PARAMETER_SET))
		return CKR_TEMPLATE_INCOMPLETE;
	for (size_t i = 0; i < COUNT_OF(sets); i++)
		if (sets[i].number == number) {
			*out = &sets[i];
			return CKR_OK;
		}
	return CKR_PARAMETER_SET_NOT_SUPPORTED;
}

/* From the seed, the expanded private key or the public key, as `parameter` says. */
static CK_RV
build(const struct set *set, const char *parameter, struct view value, EVP_PKEY **out)
{
	OSSL_PARAM params[2];

	params[0] = OSSL_PARAM_construct_octet_string(parameter, (void *)value.data, value.len);
	params[1] = OSSL_PARAM_construct_end();
	return pkey_from_params(set->name, params, out);
}

static CK_RV
describe(const struct set *set, struct view public_key, struct attrs *meta)
{
	return public_key_info(meta, view_of(set->algorithm, sizeof(set->algorithm)), public_key);
}

/* The public key, in `room`, which is the caller's and large enough for any. */
static CK_RV
public_of(const struct set *set, const EVP_PKEY *pkey, unsigned char *room, struct view *out)
{
	size_t len;

	if (EVP_PKEY_get_octet_string_param(
		pkey, OSSL_PKEY_PARAM_PUB_KEY, room, set->public_len, &len) != 1)
		return crypto_failure();
	*out = view_of(room, len);
	return CKR_OK;
}

static CK_RV
secret_of(const EVP_PKEY *pkey, const char *parameter, size_t len, struct secret *out)
{
	if (!secret_alloc(out, len))
		return CKR_HOST_MEMORY;
	return EVP_PKEY_get_octet_string_param(pkey, parameter, out->data, out->len, &len) == 1
	    ? CKR_OK
	    : crypto_failure();
}

/* --- import ------------------------------------------------------------------------ */

/*
 * A value from elsewhere, which libcrypto puts to the tests of FIPS 203, 7.2 and 7.3:
 * coefficients below the modulus, and in a private key the hash of the public one.
 * It cannot be had either where libcrypto does not know ML-KEM.
 */
static CK_RV
import(const struct set *set, const char *parameter, struct view value, size_t len, EVP_PKEY **out)
{
	if (value.len != len)
		return CKR_ATTRIBUTE_VALUE_INVALID;
	return build(set, parameter, value, out) == CKR_OK
	    ? CKR_OK
	    : failure_unless_memory(CKR_ATTRIBUTE_VALUE_INVALID);
}

static CK_RV
complete_public(const struct set *set, struct attrs *meta)
{
	RELEASED(pkey_release) EVP_PKEY *pkey = NULL;
	struct view value;

	if (!attrs_get(meta, CKA_VALUE, &value))
		return CKR_TEMPLATE_INCOMPLETE;
	TRY(import(set, OSSL_PKEY_PARAM_PUB_KEY, value, set->public_len, &pkey));
	return describe(set, value, meta);
}

/* With both forms at hand libcrypto would take the seed's word for it, so they are compared here.
 */
static CK_RV
import_seed(const struct set *set, struct view seed, struct attrs *secret, EVP_PKEY **out)
{
	RELEASED(secret_clear) struct secret expanded = { 0 };
	struct view value;

	TRY(import(set, OSSL_PKEY_PARAM_ML_KEM_SEED, seed, SEED_LEN, out));
	TRY(secret_of(*out, OSSL_PKEY_PARAM_PRIV_KEY, set->private_len, &expanded));
	if (attrs_get(secret, CKA_VALUE, &value) && !secret_equal(value, secret_view(&expanded)))
		return CKR_ATTRIBUTE_VALUE_INVALID;
	return attrs_set_secret(secret, CKA_VALUE, &expanded);
}

static CK_RV
complete_private(const struct set *set, struct attrs *meta, struct attrs *secret)
{
	RELEASED(pkey_release) EVP_PKEY *pkey = NULL;
	unsigned char room[PUBLIC_MOST]; /* public: the public key */
	struct view seed, value, public_key;

	if (attrs_get(secret, CKA_SEED, &seed))
		TRY(import_seed(set, seed, secret, &pkey));
	else if (attrs_get(secret, CKA_VALUE, &value))
		TRY(import(set, OSSL_PKEY_PARAM_PRIV_KEY, value, set->private_len, &pkey));
	else
		return CKR_TEMPLATE_INCOMPLETE;
	TRY(public_of(set, pkey, room, &public_key));
	return describe(set, public_key, meta);
}

static CK_RV
complete(CK_OBJECT_CLASS class, struct attrs *meta, struct attrs *secret)
{
	const struct set *set;

	TRY(set_find(meta, &set));
	return class == CKO_PUBLIC_KEY ? complete_public(set, meta)
				       : complete_private(set, meta, secret);
}

/* --- libcrypto ---------------------------------------------------------------------- */

static CK_RV
load(const struct key *key, EVP_PKEY **out)
{
	const struct set *set;

	TRY(set_find(key->meta, &set));
	return key->class == CKO_PUBLIC_KEY
	    ? build(set, OSSL_PKEY_PARAM_PUB_KEY, attribute(key->meta, CKA_VALUE), out)
	    : build(set, OSSL_PKEY_PARAM_PRIV_KEY, attribute(key->secret, CKA_VALUE), out);
}

const struct key_type mlkem_key_type = {
	.type = CKK_ML_KEM,
	.complete = complete,
	.load = load,
	.spare_free = prepared_free,
};

/* --- generation --------------------------------------------------------------------- */

static CK_RV
keep_public(const struct set *set, const EVP_PKEY *pkey, struct made made[])
{
	unsigned char room[PUBLIC_MOST]; /* public: the public key */
	struct view public_key;

	TRY(public_of(set, pkey, room, &public_key));
	TRY(attrs_set(&made[0].meta, CKA_VALUE, public_key));
	TRY(describe(set, public_key, &made[0].meta));
	return describe(set, public_key, &made[1].meta);
}

static CK_RV
keep_private(const struct set *set, const EVP_PKEY *pkey, struct made *made)
{
	RELEASED(secret_clear) struct secret value = { 0 };
	RELEASED(secret_clear) struct secret seed = { 0 };

	TRY(secret_of(pkey, OSSL_PKEY_PARAM_PRIV_KEY, set->private_len, &value));
	TRY(secret_of(pkey, OSSL_PKEY_PARAM_ML_KEM_SEED, SEED_LEN, &seed));
	TRY(attrs_set_ulong(&made->meta, CKA_PARAMETER_SET, set->number));
	TRY(attrs_set_secret(&made->secret, CKA_VALUE, &value));
	return attrs_set_secret(&made->secret, CKA_SEED, &seed);
}

static CK_RV
generate(const struct mechanism *m, const struct params *params, const struct attrs template[],
    struct made made[])
{
	RELEASED(pkey_release) EVP_PKEY *pkey = NULL;
	const struct set *set;

	(void)m;
	(void)params;
	TRY(set_find(&template[0], &set));
	pkey = EVP_PKEY_Q_keygen(libctx(), NULL, set->name);
	if (pkey == NULL)
		return crypto_failure();
	TRY(keep_public(set, pkey, made));
	return keep_private(set, pkey, &made[1]);
}

static const struct mech_ops generate_ops = {
	.generate = generate,
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
	const struct set *set;

	(void)m;
	(void)params;
	return set_find(key->meta, &set) == CKR_OK ? set->ciphertext_len : 0;
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
	{ MECH(CKM_ML_KEM_KEY_PAIR_GEN), ROW(CKF_GENERATE_KEY_PAIR), .ops = &generate_ops },
	{ MECH(CKM_ML_KEM), ROW(CKF_ENCAPSULATE | CKF_DECAPSULATE), .ops = &kem_ops },
	{ 0 },
};
