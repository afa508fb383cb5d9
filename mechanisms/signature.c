/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for hashing the message of a signature as it comes in, and for handing
 * libcrypto a message as a whole.  Must not know how a digest is signed.
 */
#include "mechanisms/signature.h"

#include "mechanisms/pkey.h"
#include "token/base/keytypes.h"

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

/* --- over the message itself ------------------------------------------------------ */

static void
md_ctx_release(EVP_MD_CTX **ctx)
{
	EVP_MD_CTX_free(*ctx);
}

CK_RV
message_sign(
    const struct operation *op, const OSSL_PARAM *settings, struct view in, struct out *out)
{
	RELEASED(md_ctx_release) EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	struct loaded *loaded;

	TRY(key_load(op->key, &loaded));
	out->len = out->room;
	if (ctx == NULL ||
	    EVP_DigestSignInit_ex(
		ctx, NULL, NULL, libctx(), KEYTYPES_PROPERTIES, loaded->pkey, settings) != 1 ||
	    EVP_DigestSign(ctx, out->data, &out->len, in.data, in.len) != 1)
		return crypto_failure();
	return CKR_OK;
}

CK_RV
message_check(
    const struct operation *op, const OSSL_PARAM *settings, struct view in, struct view signature)
{
	RELEASED(md_ctx_release) EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	struct loaded *loaded;

	TRY(key_load(op->key, &loaded));
	if (ctx == NULL ||
	    EVP_DigestVerifyInit_ex(
		ctx, NULL, NULL, libctx(), KEYTYPES_PROPERTIES, loaded->pkey, settings) != 1)
		return crypto_failure();
	return EVP_DigestVerify(ctx, signature.data, signature.len, in.data, in.len) == 1
	    ? CKR_OK
	    : failure_unless_memory(CKR_SIGNATURE_INVALID);
}
