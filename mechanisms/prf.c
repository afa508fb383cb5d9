/* SPDX-License-Identifier: Apache-2.0 */
/* Responsible for HMAC as derivations use it.  Knows no derivation. */
#include "mechanisms/prf.h"

#include <openssl/core_names.h>
#include <openssl/params.h>
#include <stdatomic.h>

/* Fetched once and kept, as all algorithms are (crypto.c). */
static EVP_MAC *
hmac_fetch(void)
{
	static _Atomic(EVP_MAC *) fetched;
	EVP_MAC *known = atomic_load_explicit(&fetched, memory_order_acquire);
	EVP_MAC *fresh;

	if (known != NULL)
		return known;
	fresh = EVP_MAC_fetch(libctx(), "HMAC", NULL);
	if (atomic_compare_exchange_strong(&fetched, &known, fresh))
		return fresh;
	EVP_MAC_free(fresh);
	return known;
}

CK_RV
prf_begin(struct prf *prf, const EVP_MD *hash)
{
	EVP_MAC *hmac = hmac_fetch();
	const OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(
		    OSSL_MAC_PARAM_DIGEST, (char *)EVP_MD_get0_name(hash), 0),
		OSSL_PARAM_END,
	};

	if (hmac == NULL)
		return crypto_failure();
	prf->size = (size_t)EVP_MD_get_size(hash);
	prf->hmac = EVP_MAC_CTX_new(hmac);
	if (prf->hmac == NULL)
		return CKR_HOST_MEMORY;
	return EVP_MAC_CTX_set_params(prf->hmac, params) == 1 ? CKR_OK : crypto_failure();
}

CK_RV
prf_compute(
    struct prf *prf, struct view key, const struct view parts[], size_t count, unsigned char *out)
{
	static const unsigned char none[1];
	size_t len = 0;

	/* An empty key is one too (RFC 5869, 2.2, without a salt), and NULL would be no key. */
	if (EVP_MAC_init(prf->hmac, key.data == NULL ? none : key.data, key.len, NULL) != 1)
		return crypto_failure();
	for (size_t i = 0; i < count; i++)
		if (EVP_MAC_update(prf->hmac, parts[i].data, parts[i].len) != 1)
			return crypto_failure();
	return EVP_MAC_final(prf->hmac, out, &len, prf->size) == 1 ? CKR_OK : crypto_failure();
}

void
prf_release(struct prf *prf)
{
	EVP_MAC_CTX_free(prf->hmac);
	prf->hmac = NULL;
}
