/* SPDX-License-Identifier: Apache-2.0 */
/* Responsible for HMAC and CMAC as derivations use them.  Knows no derivation. */
#include "mechanisms/prf.h"

#include <openssl/core_names.h>
#include <openssl/params.h>
#include <stdatomic.h>

static const struct function {
	CK_MECHANISM_TYPE mac;
	CK_MECHANISM_TYPE hash; /* of HMAC */
	CK_KEY_TYPE key;
} functions[] = {
	{ CKM_SHA_1_HMAC, CKM_SHA_1, CKK_SHA_1_HMAC },
	{ CKM_SHA224_HMAC, CKM_SHA224, CKK_SHA224_HMAC },
	{ CKM_SHA256_HMAC, CKM_SHA256, CKK_SHA256_HMAC },
	{ CKM_SHA384_HMAC, CKM_SHA384, CKK_SHA384_HMAC },
	{ CKM_SHA512_HMAC, CKM_SHA512, CKK_SHA512_HMAC },
	{ CKM_SHA512_224_HMAC, CKM_SHA512_224, CKK_SHA512_224_HMAC },
	{ CKM_SHA512_256_HMAC, CKM_SHA512_256, CKK_SHA512_256_HMAC },
	{ CKM_SHA3_224_HMAC, CKM_SHA3_224, CKK_SHA3_224_HMAC },
	{ CKM_SHA3_256_HMAC, CKM_SHA3_256, CKK_SHA3_256_HMAC },
	{ CKM_SHA3_384_HMAC, CKM_SHA3_384, CKK_SHA3_384_HMAC },
	{ CKM_SHA3_512_HMAC, CKM_SHA3_512, CKK_SHA3_512_HMAC },
	{ CKM_AES_CMAC, 0, CKK_AES },
};

static const struct function *
function_find(CK_MECHANISM_TYPE mac)
{
	for (size_t i = 0; i < COUNT_OF(functions); i++)
		if (functions[i].mac == mac)
			return &functions[i];
	return NULL;
}

bool
prf_known(CK_MECHANISM_TYPE mac)
{
	return function_find(mac) != NULL && !mechanism_denied(mac);
}

CK_KEY_TYPE
prf_key_type(CK_MECHANISM_TYPE mac)
{
	return function_find(mac)->key;
}

/* Fetched once and kept, as all algorithms are (crypto.c). */
static EVP_MAC *
mac_fetch(_Atomic(EVP_MAC *) *fetched, const char *name)
{
	EVP_MAC *known = atomic_load_explicit(fetched, memory_order_acquire);
	EVP_MAC *fresh;

	if (known != NULL)
		return known;
	fresh = EVP_MAC_fetch(libctx(), name, NULL);
	if (atomic_compare_exchange_strong(fetched, &known, fresh))
		return fresh;
	EVP_MAC_free(fresh);
	return known;
}

/* A context of the MAC, told its hash or cipher, without a key. */
static CK_RV
context_new(struct prf *prf, EVP_MAC *mac, const char *parameter, const char *algorithm)
{
	const OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(parameter, (char *)algorithm, 0),
		OSSL_PARAM_END,
	};

	if (mac == NULL)
		return crypto_failure();
	prf->mac = EVP_MAC_CTX_new(mac);
	if (prf->mac == NULL)
		return CKR_HOST_MEMORY;
	return EVP_MAC_CTX_set_params(prf->mac, params) == 1 ? CKR_OK : crypto_failure();
}

CK_RV
prf_begin(struct prf *prf, const EVP_MD *hash)
{
	static _Atomic(EVP_MAC *) hmac;

	if (hash == NULL)
		return crypto_failure();
	prf->size = (size_t)EVP_MD_get_size(hash);
	return context_new(
	    prf, mac_fetch(&hmac, "HMAC"), OSSL_MAC_PARAM_DIGEST, EVP_MD_get0_name(hash));
}

static CK_RV
cmac_begin(struct prf *prf, size_t key_len)
{
	static _Atomic(EVP_MAC *) cmac;
	const char *cipher = key_len == 16 ? "AES-128-CBC"
	    : key_len == 24                ? "AES-192-CBC"
	    : key_len == 32                ? "AES-256-CBC"
					   : NULL;

	if (cipher == NULL)
		return CKR_KEY_SIZE_RANGE;
	prf->size = 16;
	return context_new(prf, mac_fetch(&cmac, "CMAC"), OSSL_MAC_PARAM_CIPHER, cipher);
}

static CK_RV
keyed(EVP_MAC_CTX *mac, struct view key)
{
	static const unsigned char none[1];

	/* An empty key is one too (RFC 5869, 2.2, without a salt), and NULL would be no key. */
	return EVP_MAC_init(mac, key.data == NULL ? none : key.data, key.len, NULL) == 1
	    ? CKR_OK
	    : crypto_failure();
}

static CK_RV
digested(EVP_MAC_CTX *mac, const struct view parts[], size_t count, unsigned char *out, size_t size)
{
	size_t len = 0;

	for (size_t i = 0; i < count; i++)
		if (EVP_MAC_update(mac, parts[i].data, parts[i].len) != 1)
			return crypto_failure();
	return EVP_MAC_final(mac, out, &len, size) == 1 ? CKR_OK : crypto_failure();
}

CK_RV
prf_compute(
    struct prf *prf, struct view key, const struct view parts[], size_t count, unsigned char *out)
{
	TRY(keyed(prf->mac, key));
	return digested(prf->mac, parts, count, out, prf->size);
}

CK_RV
prf_start(struct prf *prf, CK_MECHANISM_TYPE mac, struct view key)
{
	const struct function *function = function_find(mac);
	const EVP_MD *hash;

	if (function == NULL)
		return CKR_MECHANISM_PARAM_INVALID;
	if (function->hash == 0) {
		TRY(cmac_begin(prf, key.len));
		return keyed(prf->mac, key);
	}
	hash = crypto_digest(function->hash);
	if (hash == NULL)
		return failure_unless_memory(CKR_MECHANISM_PARAM_INVALID);
	TRY(prf_begin(prf, hash));
	return keyed(prf->mac, key);
}

CK_RV
prf_next(struct prf *prf, const struct view parts[], size_t count, unsigned char *out)
{
	/* OpenSSL 3.0.2 forgets to begin anew when EVP_MAC_init is called without a key. */
	EVP_MAC_CTX *copy = EVP_MAC_CTX_dup(prf->mac);
	CK_RV rv;

	if (copy == NULL)
		return CKR_HOST_MEMORY;
	rv = digested(copy, parts, count, out, prf->size);
	EVP_MAC_CTX_free(copy);
	return rv;
}

void
prf_release(struct prf *prf)
{
	EVP_MAC_CTX_free(prf->mac);
	prf->mac = NULL;
}
