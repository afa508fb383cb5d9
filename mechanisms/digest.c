/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for the digest mechanisms.  libcrypto's name for a hash is in
 * crypto.c, where the signatures and derivations find it too.
 */
#include "mechanisms/crypto.h"

static CK_RV
digest_start(struct operation *op)
{
	const EVP_MD *md = crypto_digest(op->mech->type);
	EVP_MD_CTX *hash;

	if (md == NULL)
		return crypto_failure();
	hash = EVP_MD_CTX_new();
	if (hash == NULL)
		return CKR_HOST_MEMORY;
	op->state = hash;
	return EVP_DigestInit_ex2(hash, md, NULL) == 1 ? CKR_OK : crypto_failure();
}

static CK_RV
digest_update(struct operation *op, struct view in, struct out *out)
{
	(void)out; /* a digest comes out at the end alone */
	return EVP_DigestUpdate(op->state, in.data, in.len) == 1 ? CKR_OK : crypto_failure();
}

static CK_RV
digest_final(struct operation *op, struct out *out)
{
	unsigned int len = 0;

	if (EVP_DigestFinal_ex(op->state, out->data, &len) != 1)
		return crypto_failure();
	out->len = len;
	return CKR_OK;
}

static size_t
digest_bound(const struct operation *op, size_t in, bool last)
{
	(void)in;
	return last ? (size_t)EVP_MD_CTX_get_size(op->state) : 0;
}

static void
digest_stop(struct operation *op)
{
	EVP_MD_CTX_free(op->state);
	op->state = NULL;
}

static const struct mech_ops digest_ops = {
	.start = digest_start,
	.update = digest_update,
	.final = digest_final,
	.bound = digest_bound,
	.stop = digest_stop,
};

/* No key, so no key sizes: the standard has 0 and 0. */
#define DIGEST(libcrypto)                                                                          \
	SIZES(0, 0, CKF_DIGEST), .parse = parse_none, .ops = &digest_ops, .algorithm = (libcrypto)

const struct mechanism digest_mechanisms[] = {
	{ MECH(CKM_SHA_1), DIGEST("SHA1") },
	{ MECH(CKM_SHA224), DIGEST("SHA2-224") },
	{ MECH(CKM_SHA256), DIGEST("SHA2-256") },
	{ MECH(CKM_SHA384), DIGEST("SHA2-384") },
	{ MECH(CKM_SHA512), DIGEST("SHA2-512") },
	{ MECH(CKM_SHA512_224), DIGEST("SHA2-512/224") },
	{ MECH(CKM_SHA512_256), DIGEST("SHA2-512/256") },
	{ MECH(CKM_SHA3_224), DIGEST("SHA3-224") },
	{ MECH(CKM_SHA3_256), DIGEST("SHA3-256") },
	{ MECH(CKM_SHA3_384), DIGEST("SHA3-384") },
	{ MECH(CKM_SHA3_512), DIGEST("SHA3-512") },
	{ 0 },
};
