/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for the digest mechanisms, and for keys that are the digest of
 * another.  libcrypto's name for a hash is in crypto.c, where the signatures and
 * derivations find it too.
 */
#include "mechanisms/crypto.h"
#include "mechanisms/kdf.h"

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

/* A key that is the digest of another: the leading bytes, where fewer are asked for (6.20.6). */
static CK_RV
digest_derive(const struct mechanism *m, const struct params *params, struct key *base,
    const struct want *want, struct made *made)
{
	const EVP_MD *md = crypto_digest_named(m->algorithm);
	RELEASED(secret_clear) struct secret digest = { 0 };
	struct view value;

	(void)params;
	(void)want; /* token/ cuts */
	if (!attrs_get(base->secret, CKA_VALUE, &value))
		return CKR_GENERAL_ERROR;
	if (md == NULL || !secret_alloc(&digest, (size_t)EVP_MD_get_size(md)) ||
	    EVP_Digest(value.data, value.len, digest.data, NULL, md, NULL) != 1)
		return crypto_failure();
	return attrs_set_secret(&made->secret, CKA_VALUE, &digest);
}

static const struct mech_ops digest_derive_ops = {
	.derive = digest_derive,
};

static CK_RV
shake(EVP_MD_CTX *hash, const EVP_MD *md, struct view value, struct secret *out)
{
	return hash != NULL && EVP_DigestInit_ex2(hash, md, NULL) == 1 &&
		EVP_DigestUpdate(hash, value.data, value.len) == 1 &&
		EVP_DigestFinalXOF(hash, out->data, out->len) == 1
	    ? CKR_OK
	    : crypto_failure();
}

/* The same by a function that gives any number of bytes, which must therefore be said. */
static CK_RV
shake_derive(const struct mechanism *m, const struct params *params, struct key *base,
    const struct want *want, struct made *made)
{
	const EVP_MD *md = crypto_digest_named(m->algorithm);
	RELEASED(secret_clear) struct secret output = { 0 };
	struct view value;
	EVP_MD_CTX *hash;
	size_t len;
	CK_RV rv;

	(void)params;
	TRY(kdf_length(want, &len));
	if (!attrs_get(base->secret, CKA_VALUE, &value))
		return CKR_GENERAL_ERROR;
	if (md == NULL)
		return crypto_failure();
	if (!secret_alloc(&output, len))
		return CKR_HOST_MEMORY;
	hash = EVP_MD_CTX_new();
	rv = shake(hash, md, value, &output);
	EVP_MD_CTX_free(hash);
	TRY(rv);
	return attrs_set_secret(&made->secret, CKA_VALUE, &output);
}

static const struct mech_ops shake_derive_ops = {
	.derive = shake_derive,
};

/* No key, so no key sizes: the standard has 0 and 0. */
#define DIGEST(libcrypto)                                                                          \
	SIZES(0, 0, CKF_DIGEST), .parse = parse_none, .ops = &digest_ops, .algorithm = (libcrypto)

#define DERIVATION(libcrypto, operations)                                                          \
	KEYS(SECRET_KEYS), SIZES(1, MAX_SECRET, CKF_DERIVE),                                       \
	    .parse = parse_none, .ops = (operations), .algorithm = (libcrypto)

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
	{ MECH(CKM_SHA1_KEY_DERIVATION), DERIVATION("SHA1", &digest_derive_ops) },
	{ MECH(CKM_SHA224_KEY_DERIVATION), DERIVATION("SHA2-224", &digest_derive_ops) },
	{ MECH(CKM_SHA256_KEY_DERIVATION), DERIVATION("SHA2-256", &digest_derive_ops) },
	{ MECH(CKM_SHA384_KEY_DERIVATION), DERIVATION("SHA2-384", &digest_derive_ops) },
	{ MECH(CKM_SHA512_KEY_DERIVATION), DERIVATION("SHA2-512", &digest_derive_ops) },
	{ MECH(CKM_SHA512_224_KEY_DERIVATION), DERIVATION("SHA2-512/224", &digest_derive_ops) },
	{ MECH(CKM_SHA512_256_KEY_DERIVATION), DERIVATION("SHA2-512/256", &digest_derive_ops) },
	{ MECH(CKM_SHA3_224_KEY_DERIVATION), DERIVATION("SHA3-224", &digest_derive_ops) },
	{ MECH(CKM_SHA3_256_KEY_DERIVATION), DERIVATION("SHA3-256", &digest_derive_ops) },
	{ MECH(CKM_SHA3_384_KEY_DERIVATION), DERIVATION("SHA3-384", &digest_derive_ops) },
	{ MECH(CKM_SHA3_512_KEY_DERIVATION), DERIVATION("SHA3-512", &digest_derive_ops) },
	{ MECH(CKM_SHAKE_128_KEY_DERIVE), DERIVATION("SHAKE-128", &shake_derive_ops) },
	{ MECH(CKM_SHAKE_256_KEY_DERIVE), DERIVATION("SHAKE-256", &shake_derive_ops) },
	{ 0 },
};
