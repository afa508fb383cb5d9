/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for signatures that are message authentication codes: HMAC (RFC 2104),
 * CMAC (NIST SP 800-38B), GMAC (SP 800-38D) and Poly1305 (RFC 8439).  Which key may
 * be used is policy's.
 */
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/params.h>
#include <stdatomic.h>
#include <string.h>

#include "mechanisms/crypto.h"

/* No code is longer than the longest digest. */
#define CODE_MOST EVP_MAX_MD_SIZE
/*
 * A code that is cut short to less can be found by trying (SP 800-107, 5.3.3), and a
 * verifier that takes any length would tell a whole one byte by byte.
 */
#define CODE_LEAST 4
#define BLOCK 16
#define GMAC_IV 12

/*
 * A libcrypto context that knows its hash or cipher and has no key yet.  Made once and
 * copied for each operation, which costs less than naming the algorithm each time.
 */
struct blank {
	CK_MECHANISM_TYPE hash; /* of HMAC, else 0 */
	size_t key_len;         /* 0: any */
	const char *mac, *parameter, *algorithm;
	size_t size;
	_Atomic(EVP_MAC_CTX *) made;
};

#define HMAC_BLANK(hash, name, size)                                                               \
	{                                                                                          \
		hash, 0, "HMAC", OSSL_MAC_PARAM_DIGEST, name, size, NULL                           \
	}
#define AES_BLANK(bytes, mac, cipher)                                                              \
	{                                                                                          \
		0, bytes, mac, OSSL_MAC_PARAM_CIPHER, cipher, BLOCK, NULL                          \
	}

static struct blank blanks[] = {
	HMAC_BLANK(CKM_SHA256, "SHA2-256", 32),
	HMAC_BLANK(CKM_SHA_1, "SHA1", 20),
	HMAC_BLANK(CKM_SHA224, "SHA2-224", 28),
	HMAC_BLANK(CKM_SHA384, "SHA2-384", 48),
	HMAC_BLANK(CKM_SHA512, "SHA2-512", 64),
	HMAC_BLANK(CKM_SHA512_224, "SHA2-512/224", 28),
	HMAC_BLANK(CKM_SHA512_256, "SHA2-512/256", 32),
	HMAC_BLANK(CKM_SHA3_224, "SHA3-224", 28),
	HMAC_BLANK(CKM_SHA3_256, "SHA3-256", 32),
	HMAC_BLANK(CKM_SHA3_384, "SHA3-384", 48),
	HMAC_BLANK(CKM_SHA3_512, "SHA3-512", 64),
	AES_BLANK(16, "CMAC", "AES-128-CBC"),
	AES_BLANK(24, "CMAC", "AES-192-CBC"),
	AES_BLANK(32, "CMAC", "AES-256-CBC"),
	AES_BLANK(16, "GMAC", "AES-128-GCM"),
	AES_BLANK(24, "GMAC", "AES-192-GCM"),
	AES_BLANK(32, "GMAC", "AES-256-GCM"),
	{ 0, 32, "POLY1305", NULL, NULL, BLOCK, NULL },
};

/* What the parameter said. */
struct code {
	size_t size; /* 0: all of it */
	unsigned char iv[GMAC_IV];
};

/* Is it what the mechanism computes?  HMAC goes by its hash, the others by their own name. */
static bool
blank_is(const struct blank *blank, const struct mechanism *m)
{
	return blank->hash == m->hash && (m->hash != 0 || strcmp(blank->mac, m->algorithm) == 0);
}

static struct blank *
blank_find(const struct mechanism *m, size_t key_len)
{
	for (size_t i = 0; i < COUNT_OF(blanks); i++)
		if (blank_is(&blanks[i], m) &&
		    (blanks[i].key_len == 0 || blanks[i].key_len == key_len))
			return &blanks[i];
	return NULL;
}

static EVP_MAC_CTX *
blank_new(const struct blank *blank)
{
	const OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(blank->parameter, (char *)blank->algorithm, 0),
		OSSL_PARAM_END,
	};
	EVP_MAC *mac = EVP_MAC_fetch(libctx(), blank->mac, NULL);
	EVP_MAC_CTX *fresh = EVP_MAC_CTX_new(mac);

	EVP_MAC_free(mac);
	if (fresh == NULL || blank->parameter == NULL || EVP_MAC_CTX_set_params(fresh, params) == 1)
		return fresh;
	EVP_MAC_CTX_free(fresh);
	return NULL;
}

/* The one that is kept. */
static EVP_MAC_CTX *
blank_kept(struct blank *blank)
{
	EVP_MAC_CTX *known = atomic_load_explicit(&blank->made, memory_order_acquire);
	EVP_MAC_CTX *fresh;

	if (known != NULL)
		return known;
	fresh = blank_new(blank);
	if (atomic_compare_exchange_strong(&blank->made, &known, fresh))
		return fresh;
	EVP_MAC_CTX_free(fresh);
	return known;
}

/* One for an operation.  libcrypto's CMAC is copied with a key or not at all. */
static EVP_MAC_CTX *
blank_take(struct blank *blank)
{
	EVP_MAC_CTX *kept;

	if (blank->parameter != NULL && blank->key_len != 0)
		return blank_new(blank);
	kept = blank_kept(blank);
	return kept == NULL ? NULL : EVP_MAC_CTX_dup(kept);
}

/* --- parameters ------------------------------------------------------------------ */

static CK_RV
whole_parse(const CK_MECHANISM *mechanism, struct params *params)
{
	return params_new(params, sizeof(struct code)) == NULL ? CKR_HOST_MEMORY
							       : parse_none(mechanism, params);
}

/* CK_MAC_GENERAL_PARAMS: the length in bytes. */
static CK_RV
general_parse(const CK_MECHANISM *mechanism, struct params *params)
{
	struct code *code = params_new(params, sizeof(*code));
	CK_ULONG size;

	if (code == NULL)
		return CKR_HOST_MEMORY;
	TRY(params_read(mechanism, &size, sizeof(size)));
	code->size = size;
	return size >= CODE_LEAST ? CKR_OK : CKR_MECHANISM_PARAM_INVALID;
}

/* The twelve bytes of the initial value, as the standard has it; or, as some clients have it, a
 * CK_GCM_PARAMS around them. */
static CK_RV
gmac_parse(const CK_MECHANISM *mechanism, struct params *params)
{
	struct code *code = params_new(params, sizeof(*code));
	CK_GCM_PARAMS in;

	if (code == NULL)
		return CKR_HOST_MEMORY;
	if (mechanism->ulParameterLen != sizeof(in))
		return params_read(mechanism, code->iv, GMAC_IV);
	TRY(params_read(mechanism, &in, sizeof(in)));
	if (in.pIv == NULL || in.ulIvLen != GMAC_IV || in.ulAADLen != 0 || in.ulTagBits % 8 != 0 ||
	    in.ulTagBits < 8 * GMAC_IV || in.ulTagBits > 8 * BLOCK)
		return CKR_MECHANISM_PARAM_INVALID;
	memcpy(code->iv, in.pIv, GMAC_IV);
	code->size = in.ulTagBits / 8;
	return CKR_OK;
}

/* --- operations ------------------------------------------------------------------ */

static CK_RV
mac_start(struct operation *op)
{
	struct code *code = op->params.data;
	OSSL_PARAM params[] = { OSSL_PARAM_END, OSSL_PARAM_END };
	struct blank *blank;
	struct view key;

	if (!attrs_get(op->key->secret, CKA_VALUE, &key))
		return CKR_GENERAL_ERROR;
	blank = blank_find(op->mech, key.len);
	if (blank == NULL)
		return CKR_KEY_SIZE_RANGE;
	if (code->size > blank->size)
		return CKR_MECHANISM_PARAM_INVALID;
	if (code->size == 0)
		code->size = blank->size;
	op->state = blank_take(blank);
	if (op->state == NULL)
		return crypto_failure();
	if (op->mech->type == CKM_AES_GMAC)
		params[0] = OSSL_PARAM_construct_octet_string(OSSL_MAC_PARAM_IV, code->iv, GMAC_IV);
	return EVP_MAC_init(op->state, key.data, key.len, params) == 1 ? CKR_OK : crypto_failure();
}

static CK_RV
mac_update(struct operation *op, struct view in, struct out *out)
{
	(void)out; /* a code comes out at the end alone */
	return EVP_MAC_update(op->state, in.data, in.len) == 1 ? CKR_OK : crypto_failure();
}

/* The whole code, of which the caller sees a part: the rest stays here. */
static CK_RV
mac_compute(struct operation *op, struct secret *whole)
{
	size_t len = 0;

	if (!secret_alloc(whole, CODE_MOST))
		return CKR_HOST_MEMORY;
	return EVP_MAC_final(op->state, whole->data, &len, whole->len) == 1 ? CKR_OK
									    : crypto_failure();
}

static CK_RV
mac_final(struct operation *op, struct out *out)
{
	const struct code *code = op->params.data;
	RELEASED(secret_clear) struct secret whole = { 0 };

	TRY(mac_compute(op, &whole));
	memcpy(out->data, whole.data, code->size);
	out->len = code->size;
	return CKR_OK;
}

static CK_RV
mac_check(struct operation *op, struct view signature)
{
	const struct code *code = op->params.data;
	RELEASED(secret_clear) struct secret whole = { 0 };

	if (signature.len != code->size)
		return CKR_SIGNATURE_LEN_RANGE;
	TRY(mac_compute(op, &whole));
	return CRYPTO_memcmp(whole.data, signature.data, code->size) == 0 ? CKR_OK
									  : CKR_SIGNATURE_INVALID;
}

static size_t
mac_bound(const struct operation *op, size_t in, bool last)
{
	(void)in;
	return last ? ((const struct code *)op->params.data)->size : 0;
}

static void
mac_stop(struct operation *op)
{
	EVP_MAC_CTX_free(op->state);
	op->state = NULL;
}

static const struct mech_ops mac_ops = {
	.start = mac_start,
	.update = mac_update,
	.final = mac_final,
	.check = mac_check,
	.bound = mac_bound,
	.stop = mac_stop,
};

/* ----------------------------------------------------------------------------- */

/* The hash is what may be missing; whoever has the hash has its HMAC. */
#define HMAC(key_type, digest, name)                                                               \
	KEYS(key_type, CKK_GENERIC_SECRET), SIZES(1, MAX_SECRET, CKF_SIGN | CKF_VERIFY),           \
	    .ops = &mac_ops, .hash = (digest), .algorithm = (name), .pseudorandom = true
#define WHOLE(key_type, digest, name) HMAC(key_type, digest, name), .parse = whole_parse
#define GENERAL(key_type, digest, name) HMAC(key_type, digest, name), .parse = general_parse
#define AES_MAC(name)                                                                              \
	KEYS(CKK_AES), SIZES(16, 32, CKF_SIGN | CKF_VERIFY), .ops = &mac_ops, .algorithm = (name)

const struct mechanism mac_mechanisms[] = {
	{ MECH(CKM_SHA_1_HMAC), WHOLE(CKK_SHA_1_HMAC, CKM_SHA_1, "SHA1") },
	{ MECH(CKM_SHA_1_HMAC_GENERAL), GENERAL(CKK_SHA_1_HMAC, CKM_SHA_1, "SHA1") },
	{ MECH(CKM_SHA224_HMAC), WHOLE(CKK_SHA224_HMAC, CKM_SHA224, "SHA2-224") },
	{ MECH(CKM_SHA224_HMAC_GENERAL), GENERAL(CKK_SHA224_HMAC, CKM_SHA224, "SHA2-224") },
	{ MECH(CKM_SHA256_HMAC), WHOLE(CKK_SHA256_HMAC, CKM_SHA256, "SHA2-256") },
	{ MECH(CKM_SHA256_HMAC_GENERAL), GENERAL(CKK_SHA256_HMAC, CKM_SHA256, "SHA2-256") },
	{ MECH(CKM_SHA384_HMAC), WHOLE(CKK_SHA384_HMAC, CKM_SHA384, "SHA2-384") },
	{ MECH(CKM_SHA384_HMAC_GENERAL), GENERAL(CKK_SHA384_HMAC, CKM_SHA384, "SHA2-384") },
	{ MECH(CKM_SHA512_HMAC), WHOLE(CKK_SHA512_HMAC, CKM_SHA512, "SHA2-512") },
	{ MECH(CKM_SHA512_HMAC_GENERAL), GENERAL(CKK_SHA512_HMAC, CKM_SHA512, "SHA2-512") },
	{ MECH(CKM_SHA512_224_HMAC), WHOLE(CKK_SHA512_224_HMAC, CKM_SHA512_224, "SHA2-512/224") },
	{ MECH(CKM_SHA512_224_HMAC_GENERAL),
	    GENERAL(CKK_SHA512_224_HMAC, CKM_SHA512_224, "SHA2-512/224") },
	{ MECH(CKM_SHA512_256_HMAC), WHOLE(CKK_SHA512_256_HMAC, CKM_SHA512_256, "SHA2-512/256") },
	{ MECH(CKM_SHA512_256_HMAC_GENERAL),
	    GENERAL(CKK_SHA512_256_HMAC, CKM_SHA512_256, "SHA2-512/256") },
	{ MECH(CKM_SHA3_224_HMAC), WHOLE(CKK_SHA3_224_HMAC, CKM_SHA3_224, "SHA3-224") },
	{ MECH(CKM_SHA3_224_HMAC_GENERAL), GENERAL(CKK_SHA3_224_HMAC, CKM_SHA3_224, "SHA3-224") },
	{ MECH(CKM_SHA3_256_HMAC), WHOLE(CKK_SHA3_256_HMAC, CKM_SHA3_256, "SHA3-256") },
	{ MECH(CKM_SHA3_256_HMAC_GENERAL), GENERAL(CKK_SHA3_256_HMAC, CKM_SHA3_256, "SHA3-256") },
	{ MECH(CKM_SHA3_384_HMAC), WHOLE(CKK_SHA3_384_HMAC, CKM_SHA3_384, "SHA3-384") },
	{ MECH(CKM_SHA3_384_HMAC_GENERAL), GENERAL(CKK_SHA3_384_HMAC, CKM_SHA3_384, "SHA3-384") },
	{ MECH(CKM_SHA3_512_HMAC), WHOLE(CKK_SHA3_512_HMAC, CKM_SHA3_512, "SHA3-512") },
	{ MECH(CKM_SHA3_512_HMAC_GENERAL), GENERAL(CKK_SHA3_512_HMAC, CKM_SHA3_512, "SHA3-512") },
	{ MECH(CKM_AES_CMAC), AES_MAC("CMAC"), .parse = whole_parse, .pseudorandom = true },
	{ MECH(CKM_AES_CMAC_GENERAL), AES_MAC("CMAC"), .parse = general_parse,
	    .pseudorandom = true },
	{ MECH(CKM_AES_GMAC), AES_MAC("GMAC"), .parse = gmac_parse },
	{ MECH(CKM_POLY1305), KEYS(CKK_POLY1305), SIZES(32, 32, CKF_SIGN | CKF_VERIFY),
	    .parse = whole_parse, .ops = &mac_ops, .algorithm = "POLY1305" },
	{ 0 },
};
