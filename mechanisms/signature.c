/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for hashing the message of a signature as it comes in, and for handing
 * libcrypto a message as a whole.  Must not know how a digest is signed.
 */
#include "mechanisms/signature.h"

#include "mechanisms/pkey.h"
#include "token/base/keytypes.h"

CK_RV
signature_start(struct operation *op)
{
	const EVP_MD *md = crypto_digest(op->mech->hash);

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
