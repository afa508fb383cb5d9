/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for CKM_PKCS5_PBKD2: a key made of a password by PBKDF2 (RFC 8018,
 * 5.2).  The password is in the parameter, so C_GenerateKey makes it.
 */
#include <openssl/core_names.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <stdatomic.h>

#include "mechanisms/crypto.h"

/*
 * Longer than any salt or password.  It is also what tells CK_PKCS5_PBKD2_PARAMS
 * of before 2.40 apart, which has the same size but the address of a length where
 * the length is: no address is as low.
 */
#define DATA_MOST 65536
/* Rounds of HMAC in one call: some seconds of work. */
#define ROUNDS_MOST ((CK_ULONG)1 << 24)

struct pbkdf2 {
	const EVP_MD *hash;
	CK_ULONG iterations;
	struct view salt, password;
};

static const EVP_MD *
prf_hash(CK_ULONG prf)
{
	static const struct {
		CK_ULONG prf;
		CK_MECHANISM_TYPE hash;
	} prfs[] = {
		{ CKP_PKCS5_PBKD2_HMAC_SHA1, CKM_SHA_1 },
		{ CKP_PKCS5_PBKD2_HMAC_SHA224, CKM_SHA224 },
		{ CKP_PKCS5_PBKD2_HMAC_SHA256, CKM_SHA256 },
		{ CKP_PKCS5_PBKD2_HMAC_SHA384, CKM_SHA384 },
		{ CKP_PKCS5_PBKD2_HMAC_SHA512, CKM_SHA512 },
		{ CKP_PKCS5_PBKD2_HMAC_SHA512_224, CKM_SHA512_224 },
		{ CKP_PKCS5_PBKD2_HMAC_SHA512_256, CKM_SHA512_256 },
	};

	for (size_t i = 0; i < COUNT_OF(prfs); i++)
		if (prfs[i].prf == prf)
			return crypto_digest_asked(prfs[i].hash);
	return NULL;
}

static CK_RV
parse(const CK_MECHANISM *mechanism, struct params *params)
{
	struct pbkdf2 *pbkdf2 = params_new(params, sizeof(*pbkdf2));
	struct pkcs11_pkcs5_pbkd2_params2 in;

	if (pbkdf2 == NULL)
		return CKR_HOST_MEMORY;
	TRY(params_read(mechanism, &in, sizeof(in)));
	pbkdf2->hash = prf_hash(in.prf);
	pbkdf2->iterations = in.iterations;
	if (pbkdf2->hash == NULL)
		return failure_unless_memory(CKR_MECHANISM_PARAM_INVALID);
	if (in.prf_data != NULL || in.prf_data_len != 0 || in.salt_source != CKZ_SALT_SPECIFIED ||
	    in.iterations == 0)
		return CKR_MECHANISM_PARAM_INVALID;
	if (in.salt_source_data_len > DATA_MOST || in.password_len > DATA_MOST)
		return CKR_MECHANISM_PARAM_INVALID;
	TRY(params_keep(params, in.salt_source_data, in.salt_source_data_len, &pbkdf2->salt));
	return params_keep(params, in.password, in.password_len, &pbkdf2->password);
}

/* Fetched once and kept, as all algorithms are (crypto.c). */
static EVP_KDF *
kdf_fetch(void)
{
	static _Atomic(EVP_KDF *) fetched;
	EVP_KDF *known = atomic_load_explicit(&fetched, memory_order_acquire);
	EVP_KDF *fresh;

	if (known != NULL)
		return known;
	fresh = EVP_KDF_fetch(libctx(), "PBKDF2", NULL);
	if (atomic_compare_exchange_strong(&fetched, &known, fresh))
		return fresh;
	EVP_KDF_free(fresh);
	return known;
}

static OSSL_PARAM
octets(const char *name, struct view value)
{
	static const unsigned char none[1];
	const unsigned char *data = value.len == 0 ? none : value.data;

	return OSSL_PARAM_construct_octet_string(name, (void *)data, value.len);
}

static CK_RV
compute(const struct pbkdf2 *pbkdf2, struct secret *out)
{
	uint64_t iterations = pbkdf2->iterations;
	int any = 1; /* whatever length SP 800-132 asks of a salt: here the caller decides */
	const OSSL_PARAM params[] = {
		octets(OSSL_KDF_PARAM_PASSWORD, pbkdf2->password),
		octets(OSSL_KDF_PARAM_SALT, pbkdf2->salt),
		OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_ITER, &iterations),
		OSSL_PARAM_construct_utf8_string(
		    OSSL_KDF_PARAM_DIGEST, (char *)EVP_MD_get0_name(pbkdf2->hash), 0),
		OSSL_PARAM_construct_int(OSSL_KDF_PARAM_PKCS5, &any),
		OSSL_PARAM_END,
	};
	EVP_KDF *kdf = kdf_fetch();
	EVP_KDF_CTX *ctx;
	bool done;

	if (kdf == NULL)
		return crypto_failure();
	ctx = EVP_KDF_CTX_new(kdf);
	if (ctx == NULL)
		return CKR_HOST_MEMORY;
	done = EVP_KDF_derive(ctx, out->data, out->len, params) == 1;
	EVP_KDF_CTX_free(ctx);
	return done ? CKR_OK : crypto_failure();
}

static CK_RV
generate(const struct mechanism *m, const struct params *params, const struct attrs template[],
    struct made made[])
{
	const struct pbkdf2 *pbkdf2 = params->data;
	const CK_KEY_TYPE usual = m->keys[0];
	const CK_KEY_TYPE type = attrs_ulong(&template[0], CKA_KEY_TYPE, usual);
	const size_t size = (size_t)EVP_MD_get_size(pbkdf2->hash);
	RELEASED(secret_clear) struct secret value = { 0 };
	size_t len;

	TRY(key_length_asked(type, &template[0], &len));
	/* Each block of the hash costs all the iterations. */
	if (pbkdf2->iterations > ROUNDS_MOST / ((len + size - 1) / size))
		return CKR_MECHANISM_PARAM_INVALID;
	if (!secret_alloc(&value, len))
		return CKR_HOST_MEMORY;
	TRY(compute(pbkdf2, &value));
	TRY(attrs_set_ulong(&made[0].meta, CKA_VALUE_LEN, len));
	return attrs_set_secret(&made[0].secret, CKA_VALUE, &value);
}

static const struct mech_ops pbkdf2_ops = {
	.generate = generate,
};

const struct mechanism pbkdf2_mechanisms[] = {
	/* No key goes in, so the standard has no sizes. */
	{ MECH(CKM_PKCS5_PBKD2), KEYS(CKK_GENERIC_SECRET, CKK_AES, CKK_HKDF, CKK_CHACHA20),
	    SIZES(0, 0, CKF_GENERATE), .parse = parse, .ops = &pbkdf2_ops, .algorithm = "PBKDF2",
	    .from_caller = true },
	{ 0 },
};
