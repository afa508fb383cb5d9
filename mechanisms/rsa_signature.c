/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for RSA signatures over a digest: those of PKCS#1 v1.5 with the hash in
 * the mechanism, and PSS (RFC 8017, 8.1 and 8.2).  What a key consists of is
 * rsa_key.c's business, PKCS#1 v1.5 and RSA as it is without a hash rsa_pkcs.c's.
 */
#include <openssl/rsa.h>

#include "mechanisms/rsa.h"
#include "mechanisms/signature.h"

/* What CK_RSA_PKCS_PSS_PARAMS says; without it, the padding is PKCS#1 v1.5's. */
struct pss {
	CK_MECHANISM_TYPE hash;
	CK_ULONG mgf;
	CK_ULONG salt_len;
};

/* The most salt that a modulus has room for, and far less than an int holds. */
#define SALT_MOST (RSA_MOST_BITS / 8)

static CK_RV
pss_parse(const CK_MECHANISM *mechanism, struct params *params)
{
	struct pss *pss = params_new(params, sizeof(*pss));
	CK_RSA_PKCS_PSS_PARAMS in;

	if (pss == NULL)
		return CKR_HOST_MEMORY;
	TRY(params_read(mechanism, &in, sizeof(in)));
	if (crypto_digest_asked(in.hashAlg) == NULL || crypto_mgf_digest_asked(in.mgf) == NULL)
		return failure_unless_memory(CKR_MECHANISM_PARAM_INVALID);
	if (in.sLen > SALT_MOST)
		return CKR_MECHANISM_PARAM_INVALID;
	*pss = (struct pss){ in.hashAlg, in.mgf, in.sLen };
	return CKR_OK;
}

/*
 * RFC 8017, 9.1.1: the hash, the salt and two bytes fit into one bit less than the
 * modulus has.
 */
static CK_RV
pss_fits(const struct operation *op, const struct pss *pss)
{
	const size_t bits = number_bits(attribute(op->key->meta, CKA_MODULUS));
	const size_t room = (bits - 1 + 7) / 8;
	const size_t least = (size_t)EVP_MD_get_size(crypto_digest(pss->hash)) + 2;

	if (least > room)
		return CKR_KEY_SIZE_RANGE;
	return pss->salt_len <= room - least ? CKR_OK : CKR_MECHANISM_PARAM_INVALID;
}

static bool
pss_prepare(EVP_PKEY_CTX *ctx, const struct pss *pss)
{
	return EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PSS_PADDING) == 1 &&
	    EVP_PKEY_CTX_set_signature_md(ctx, crypto_digest(pss->hash)) == 1 &&
	    EVP_PKEY_CTX_set_rsa_mgf1_md(ctx, crypto_mgf_digest(pss->mgf)) == 1 &&
	    EVP_PKEY_CTX_set_rsa_pss_saltlen(ctx, (int)pss->salt_len) == 1;
}

static bool
pkcs1_prepare(EVP_PKEY_CTX *ctx, const struct mechanism *m)
{
	return EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PADDING) == 1 &&
	    EVP_PKEY_CTX_set_signature_md(ctx, crypto_digest(m->hash)) == 1;
}

/* A context that takes digests of the mechanism's hash. */
static CK_RV
prepare(const struct operation *op, struct loaded *loaded, struct prepared **out)
{
	const struct pss *pss = op->params.data;
	struct purpose purpose = { .type = op->mech->type, .verb = op->verb };
	bool fresh;
	int begun;

	if (pss != NULL) {
		purpose.settings[0] = pss->hash;
		purpose.settings[1] = pss->mgf;
		purpose.settings[2] = pss->salt_len;
	}
	TRY(prepared_take(loaded, &purpose, out, &fresh));
	if (!fresh)
		return CKR_OK;
	begun = op->verb == CKF_SIGN ? EVP_PKEY_sign_init((*out)->ctx)
				     : EVP_PKEY_verify_init((*out)->ctx);
	if (begun != 1 ||
	    !(pss != NULL ? pss_prepare((*out)->ctx, pss) : pkcs1_prepare((*out)->ctx, op->mech)))
		return crypto_failure();
	return CKR_OK;
}

static CK_RV
sign_digest(const struct operation *op, struct view digest, struct out *out)
{
	RELEASED(prepared_release) struct prepared *prepared = NULL;
	struct loaded *loaded;

	TRY(key_load(op->key, &loaded));
	TRY(prepare(op, loaded, &prepared));
	out->len = out->room;
	if (EVP_PKEY_sign(prepared->ctx, out->data, &out->len, digest.data, digest.len) != 1) {
		loaded_doubt(loaded);
		return crypto_failure();
	}
	prepared_give(loaded, &prepared);
	return CKR_OK;
}

static CK_RV
check_digest(const struct operation *op, struct view digest, struct view signature)
{
	RELEASED(prepared_release) struct prepared *prepared = NULL;
	struct loaded *loaded;
	int verified;

	if (signature.len != rsa_size(op->key))
		return CKR_SIGNATURE_LEN_RANGE;
	TRY(key_load(op->key, &loaded));
	TRY(prepare(op, loaded, &prepared));
	verified =
	    EVP_PKEY_verify(prepared->ctx, signature.data, signature.len, digest.data, digest.len);
	if (verified != 1)
		return failure_unless_memory(CKR_SIGNATURE_INVALID);
	prepared_give(loaded, &prepared);
	return CKR_OK;
}

static size_t
bound(const struct operation *op, size_t in, bool last)
{
	(void)in;
	return last ? rsa_size(op->key) : 0;
}

/* --- with the hash in the mechanism ----------------------------------------------- */

static CK_RV
hash_start(struct operation *op)
{
	const struct pss *pss = op->params.data;

	if (pss != NULL && pss->hash != op->mech->hash)
		return CKR_MECHANISM_PARAM_INVALID;
	if (pss != NULL)
		TRY(pss_fits(op, pss));
	return signature_start(op);
}

static CK_RV
hash_sign(struct operation *op, struct out *out)
{
	unsigned char bytes[EVP_MAX_MD_SIZE]; /* public: the message's digest */
	struct view digest;

	TRY(signature_digest(op, bytes, &digest));
	return sign_digest(op, digest, out);
}

static CK_RV
hash_check(struct operation *op, struct view signature)
{
	unsigned char bytes[EVP_MAX_MD_SIZE]; /* public: the message's digest */
	struct view digest;

	TRY(signature_digest(op, bytes, &digest));
	return check_digest(op, digest, signature);
}

static const struct mech_ops hash_ops = {
	.start = hash_start,
	.update = signature_update,
	.final = hash_sign,
	.check = hash_check,
	.bound = bound,
	.stop = signature_stop,
};

/* --- PSS over a digest ---------------------------------------------------------------- */

static CK_RV
digest_start(struct operation *op)
{
	return pss_fits(op, op->params.data);
}

static bool
is_digest(const struct operation *op, struct view in)
{
	const struct pss *pss = op->params.data;

	return in.len == (size_t)EVP_MD_get_size(crypto_digest(pss->hash));
}

static CK_RV
digest_sign(struct operation *op, struct view in, struct out *out)
{
	return is_digest(op, in) ? sign_digest(op, in, out) : CKR_DATA_LEN_RANGE;
}

static CK_RV
digest_check(struct operation *op, struct view in, struct view signature)
{
	return is_digest(op, in) ? check_digest(op, in, signature) : CKR_DATA_LEN_RANGE;
}

static const struct mech_ops digest_ops = {
	.start = digest_start,
	.once = digest_sign,
	.check_once = digest_check,
	.bound = bound,
};

/* --- the rows --------------------------------------------------------------------------- */

#define SIGNATURE                                                                                  \
	KEYS(CKK_RSA), SIZES(RSA_LEAST_BITS, RSA_MOST_BITS, CKF_SIGN | CKF_VERIFY),                \
	    .algorithm = "RSA"
#define PKCS1(digest) SIGNATURE, .parse = parse_none, .ops = &hash_ops, .hash = (digest)
#define PSS(digest) SIGNATURE, .parse = pss_parse, .ops = &hash_ops, .hash = (digest)

const struct mechanism rsa_signature_mechanisms[] = {
	{ MECH(CKM_SHA1_RSA_PKCS), PKCS1(CKM_SHA_1) },
	{ MECH(CKM_SHA224_RSA_PKCS), PKCS1(CKM_SHA224) },
	{ MECH(CKM_SHA256_RSA_PKCS), PKCS1(CKM_SHA256) },
	{ MECH(CKM_SHA384_RSA_PKCS), PKCS1(CKM_SHA384) },
	{ MECH(CKM_SHA512_RSA_PKCS), PKCS1(CKM_SHA512) },
	{ MECH(CKM_SHA3_224_RSA_PKCS), PKCS1(CKM_SHA3_224) },
	{ MECH(CKM_SHA3_256_RSA_PKCS), PKCS1(CKM_SHA3_256) },
	{ MECH(CKM_SHA3_384_RSA_PKCS), PKCS1(CKM_SHA3_384) },
	{ MECH(CKM_SHA3_512_RSA_PKCS), PKCS1(CKM_SHA3_512) },
	{ MECH(CKM_RSA_PKCS_PSS), SIGNATURE, .parse = pss_parse, .ops = &digest_ops },
	{ MECH(CKM_SHA1_RSA_PKCS_PSS), PSS(CKM_SHA_1) },
	{ MECH(CKM_SHA224_RSA_PKCS_PSS), PSS(CKM_SHA224) },
	{ MECH(CKM_SHA256_RSA_PKCS_PSS), PSS(CKM_SHA256) },
	{ MECH(CKM_SHA384_RSA_PKCS_PSS), PSS(CKM_SHA384) },
	{ MECH(CKM_SHA512_RSA_PKCS_PSS), PSS(CKM_SHA512) },
	{ MECH(CKM_SHA3_224_RSA_PKCS_PSS), PSS(CKM_SHA3_224) },
	{ MECH(CKM_SHA3_256_RSA_PKCS_PSS), PSS(CKM_SHA3_256) },
	{ MECH(CKM_SHA3_384_RSA_PKCS_PSS), PSS(CKM_SHA3_384) },
	{ MECH(CKM_SHA3_512_RSA_PKCS_PSS), PSS(CKM_SHA3_512) },
	{ 0 },
};
