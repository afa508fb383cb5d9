/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for hashing the message of a signature as it comes in.  Must not
 * know how a digest is signed.
 */
#include "mechanisms/signature.h"

static const struct {
	CK_MECHANISM_TYPE type, hash;
} hashes[] = {
	{ CKM_SHA1_RSA_PKCS, CKM_SHA_1 },
	{ CKM_SHA224_RSA_PKCS, CKM_SHA224 },
	{ CKM_SHA256_RSA_PKCS, CKM_SHA256 },
	{ CKM_SHA384_RSA_PKCS, CKM_SHA384 },
	{ CKM_SHA512_RSA_PKCS, CKM_SHA512 },
	{ CKM_SHA3_224_RSA_PKCS, CKM_SHA3_224 },
	{ CKM_SHA3_256_RSA_PKCS, CKM_SHA3_256 },
	{ CKM_SHA3_384_RSA_PKCS, CKM_SHA3_384 },
	{ CKM_SHA3_512_RSA_PKCS, CKM_SHA3_512 },
	{ CKM_SHA1_RSA_PKCS_PSS, CKM_SHA_1 },
	{ CKM_SHA224_RSA_PKCS_PSS, CKM_SHA224 },
	{ CKM_SHA256_RSA_PKCS_PSS, CKM_SHA256 },
	{ CKM_SHA384_RSA_PKCS_PSS, CKM_SHA384 },
	{ CKM_SHA512_RSA_PKCS_PSS, CKM_SHA512 },
	{ CKM_SHA3_224_RSA_PKCS_PSS, CKM_SHA3_224 },
	{ CKM_SHA3_256_RSA_PKCS_PSS, CKM_SHA3_256 },
	{ CKM_SHA3_384_RSA_PKCS_PSS, CKM_SHA3_384 },
	{ CKM_SHA3_512_RSA_PKCS_PSS, CKM_SHA3_512 },
	{ CKM_ECDSA_SHA1, CKM_SHA_1 },
	{ CKM_ECDSA_SHA224, CKM_SHA224 },
	{ CKM_ECDSA_SHA256, CKM_SHA256 },
	{ CKM_ECDSA_SHA384, CKM_SHA384 },
	{ CKM_ECDSA_SHA512, CKM_SHA512 },
	{ CKM_ECDSA_SHA3_224, CKM_SHA3_224 },
	{ CKM_ECDSA_SHA3_256, CKM_SHA3_256 },
	{ CKM_ECDSA_SHA3_384, CKM_SHA3_384 },
	{ CKM_ECDSA_SHA3_512, CKM_SHA3_512 },
};

CK_MECHANISM_TYPE
signature_hash(const struct mechanism *m)
{
	for (size_t i = 0; i < COUNT_OF(hashes); i++)
		if (hashes[i].type == m->type)
			return hashes[i].hash;
	return 0;
}

CK_RV
signature_start(struct operation *op)
{
	const EVP_MD *md = crypto_digest(signature_hash(op->mech));

	op->state = EVP_MD_CTX_new();
	if (op->state == NULL || md == NULL || EVP_DigestInit_ex2(op->state, md, NULL) != 1)
		return crypto_failure();
	return CKR_OK;
}

CK_RV
signature_update(struct operation *op, struct view in, struct out *out)
{
	(void)out;
	return EVP_DigestUpdate(op->state, in.data, in.len) == 1 ? CKR_OK : crypto_failure();
}

CK_RV
signature_digest(struct operation *op, unsigned char *digest, struct view *out)
{
	unsigned int len;

	if (EVP_DigestFinal_ex(op->state, digest, &len) != 1)
		return crypto_failure();
	*out = view_of(digest, len);
	return CKR_OK;
}

void
signature_stop(struct operation *op)
{
	EVP_MD_CTX_free(op->state);
	op->state = NULL;
}
