/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for the hash-based derivations of a key agreement.  All standards
 * hash the secret with a counter and the shared data, and differ in the order:
 *
 *     ANSI X9.63, SEC 1 3.6.1           H(Z || counter || info)
 *     NIST SP 800-56C rev. 2, section 4 H(counter || Z || info)
 *     ANSI X9.42, RFC 2631 2.1.2        H(Z || info with the counter inside)
 *
 * with a counter of four bytes, big endian, from 1.  The hash is called directly
 * rather than through libcrypto's X963KDF and SSKDF, which copy Z and allocate.
 */
#include "mechanisms/kdf.h"

#include <string.h>

#include "mechanisms/crypto.h"

enum order { SECRET_FIRST, COUNTER_FIRST };

static const struct kdf {
	CK_ULONG kdf;
	enum order order;
	CK_MECHANISM_TYPE hash;
} kdfs[] = {
	{ CKD_SHA1_KDF, SECRET_FIRST, CKM_SHA_1 },
	{ CKD_SHA224_KDF, SECRET_FIRST, CKM_SHA224 },
	{ CKD_SHA256_KDF, SECRET_FIRST, CKM_SHA256 },
	{ CKD_SHA384_KDF, SECRET_FIRST, CKM_SHA384 },
	{ CKD_SHA512_KDF, SECRET_FIRST, CKM_SHA512 },
	{ CKD_SHA3_224_KDF, SECRET_FIRST, CKM_SHA3_224 },
	{ CKD_SHA3_256_KDF, SECRET_FIRST, CKM_SHA3_256 },
	{ CKD_SHA3_384_KDF, SECRET_FIRST, CKM_SHA3_384 },
	{ CKD_SHA3_512_KDF, SECRET_FIRST, CKM_SHA3_512 },
	{ CKD_SHA1_KDF_SP800, COUNTER_FIRST, CKM_SHA_1 },
	{ CKD_SHA224_KDF_SP800, COUNTER_FIRST, CKM_SHA224 },
	{ CKD_SHA256_KDF_SP800, COUNTER_FIRST, CKM_SHA256 },
	{ CKD_SHA384_KDF_SP800, COUNTER_FIRST, CKM_SHA384 },
	{ CKD_SHA512_KDF_SP800, COUNTER_FIRST, CKM_SHA512 },
	{ CKD_SHA3_224_KDF_SP800, COUNTER_FIRST, CKM_SHA3_224 },
	{ CKD_SHA3_256_KDF_SP800, COUNTER_FIRST, CKM_SHA3_256 },
	{ CKD_SHA3_384_KDF_SP800, COUNTER_FIRST, CKM_SHA3_384 },
	{ CKD_SHA3_512_KDF_SP800, COUNTER_FIRST, CKM_SHA3_512 },
};

static const struct kdf *
kdf_find(CK_ULONG number)
{
	for (size_t i = 0; i < COUNT_OF(kdfs); i++)
		if (kdfs[i].kdf == number)
			return &kdfs[i];
	return NULL;
}

bool
kdf_known(CK_ULONG kdf)
{
	const struct kdf *found = kdf_find(kdf);

	return found != NULL && !mechanism_denied(found->hash);
}

/* What is hashed, in this order, with the counter after the first `ahead` of them. */
struct input {
	struct view parts[3];
	size_t ahead;
};

static bool
hash_block(EVP_MD_CTX *hash, const EVP_MD *md, const struct input *input, uint32_t counter,
    unsigned char *out)
{
	const unsigned char count[4] = { (unsigned char)(counter >> 24),
		(unsigned char)(counter >> 16), (unsigned char)(counter >> 8),
		(unsigned char)counter };
	bool done = EVP_DigestInit_ex2(hash, md, NULL) == 1;

	for (size_t i = 0; i < COUNT_OF(input->parts); i++) {
		if (i == input->ahead)
			done = done && EVP_DigestUpdate(hash, count, sizeof(count)) == 1;
		done =
		    done && EVP_DigestUpdate(hash, input->parts[i].data, input->parts[i].len) == 1;
	}
	return done && EVP_DigestFinal_ex(hash, out, NULL) == 1;
}

static CK_RV
hash_blocks(EVP_MD_CTX *hash, const EVP_MD *md, const struct input *input, struct secret *out)
{
	const size_t size = (size_t)EVP_MD_get_size(md);
	const size_t whole = out->len / size;
	const size_t rest = out->len % size;
	RELEASED(secret_clear) struct secret last = { 0 };

	/* All standards end before the counter returns to 0. */
	if (whole >= UINT32_MAX)
		return CKR_KEY_SIZE_RANGE;
	for (size_t i = 0; i < whole; i++)
		if (!hash_block(hash, md, input, (uint32_t)i + 1, out->data + i * size))
			return crypto_failure();
	if (rest == 0)
		return CKR_OK;
	if (!secret_alloc(&last, size))
		return CKR_HOST_MEMORY;
	if (!hash_block(hash, md, input, (uint32_t)whole + 1, last.data))
		return crypto_failure();
	memcpy(out->data + whole * size, last.data, rest);
	return CKR_OK;
}

static CK_RV
hash_input(CK_MECHANISM_TYPE hash, const struct input *input, struct secret *out)
{
	const EVP_MD *md = crypto_digest(hash);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	CK_RV rv = md == NULL || ctx == NULL ? crypto_failure() : hash_blocks(ctx, md, input, out);

	EVP_MD_CTX_free(ctx);
	return rv;
}

CK_RV
kdf_derive(CK_ULONG number, struct view z, struct view info, struct secret *out)
{
	const struct kdf *kdf = kdf_find(number);
	struct input input = { .parts = { z, info } };

	if (kdf == NULL)
		return CKR_MECHANISM_PARAM_INVALID;
	input.ahead = kdf->order == SECRET_FIRST ? 1 : 0;
	return hash_input(kdf->hash, &input, out);
}

CK_RV
kdf_x9_42(struct view z, struct view before, struct view after, struct secret *out)
{
	const struct input input = { .parts = { z, before, after }, .ahead = 2 };

	return hash_input(CKM_SHA_1, &input, out);
}

CK_RV
kdf_length(const struct want *want, size_t *len)
{
	*len = want->len != 0 ? want->len : want->best;
	if (*len == 0)
		return CKR_TEMPLATE_INCOMPLETE;
	return *len <= MAX_SECRET ? CKR_OK : CKR_KEY_SIZE_RANGE;
}
