/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for ECDSA: libcrypto signs in DER, PKCS#11 has r and s side by
 * side.  What a key consists of is ec.c's business.
 */
#include <openssl/ec.h>

#include "mechanisms/ec.h"
#include "mechanisms/signature.h"

/* Longer input is no digest, which CKM_ECDSA takes and cuts to the order's length. */
#define DIGEST_MOST 1024

/*
 * PKCS#11 3.2, 6.3.1: a signature to be verified may be shorter than 2n bytes, r
 * and s of equal length.  Some signers do leave out leading zeros that both have;
 * one that leaves out more than these does not exist but in a forgery.
 */
#define MISSING_MOST 4

/* SEQUENCE, two INTEGERs of the longest order, each with a leading zero. */
#define DER_MOST (2 * (EC_FIELD_MOST + 1 + DER_HEADER) + DER_HEADER)

static size_t
ecdsa_bound(const struct operation *op, size_t in, bool last)
{
	const struct curve *curve;

	(void)in;
	if (!last || curve_find(op->key->meta, op->key->type, &curve) != CKR_OK)
		return 0;
	return 2 * curve->order;
}

static CK_RV
ecdsa_prepare(struct operation *op, struct loaded *loaded, struct prepared **out)
{
	const struct purpose purpose = { .type = op->mech->type, .verb = op->verb };
	bool fresh;
	int begun;

	TRY(prepared_take(loaded, &purpose, out, &fresh));
	if (!fresh)
		return CKR_OK;
	begun = op->verb == CKF_SIGN ? EVP_PKEY_sign_init((*out)->ctx)
				     : EVP_PKEY_verify_init((*out)->ctx);
	return begun == 1 ? CKR_OK : crypto_failure();
}

/* r || s, each of n bytes, out of SEQUENCE { r, s }. */
static CK_RV
from_der(const unsigned char *der, size_t len, size_t n, unsigned char *out)
{
	ECDSA_SIG *signature = d2i_ECDSA_SIG(NULL, &der, (long)len);
	bool done = signature != NULL &&
	    BN_bn2binpad(ECDSA_SIG_get0_r(signature), out, (int)n) == (int)n &&
	    BN_bn2binpad(ECDSA_SIG_get0_s(signature), out + n, (int)n) == (int)n;

	ECDSA_SIG_free(signature);
	return done ? CKR_OK : crypto_failure();
}

static CK_RV
to_der(struct view signature, struct der *der)
{
	size_t n = signature.len / 2;

	if (!der_begin(der, DER_MOST))
		return CKR_HOST_MEMORY;
	der_integer(der, number_strip(view_of(signature.data + n, n)));
	der_integer(der, number_strip(view_of(signature.data, n)));
	der_wrap(der, DER_SEQUENCE, der->buffer.len);
	return CKR_OK;
}

static CK_RV
ecdsa_sign(struct operation *op, struct view in, struct out *out)
{
	RELEASED(prepared_release) struct prepared *prepared = NULL;
	unsigned char der[DER_MOST]; /* public: the signature */
	size_t len = sizeof(der);
	const struct curve *curve;
	struct loaded *loaded;

	if (in.len == 0)
		return CKR_DATA_LEN_RANGE;
	TRY(curve_find(op->key->meta, op->key->type, &curve));
	TRY(key_load(op->key, &loaded));
	TRY(ecdsa_prepare(op, loaded, &prepared));
	if (EVP_PKEY_sign(prepared->ctx, der, &len, in.data, in.len) != 1)
		return crypto_failure();
	prepared_give(loaded, &prepared);
	TRY(from_der(der, len, curve->order, out->data));
	out->len = 2 * curve->order;
	return CKR_OK;
}

static CK_RV
ecdsa_verify(struct operation *op, struct view in, struct view signature)
{
	RELEASED(prepared_release) struct prepared *prepared = NULL;
	RELEASED(der_release) struct der der = { 0 };
	const struct curve *curve;
	struct loaded *loaded;
	struct view encoded;
	int verified;

	/* To the digest 0, which nothing would stand for here, anybody can make a signature. */
	if (in.len == 0)
		return CKR_DATA_LEN_RANGE;
	TRY(curve_find(op->key->meta, op->key->type, &curve));
	if (signature.len % 2 != 0 || signature.len > 2 * curve->order ||
	    signature.len < 2 * (curve->order - MISSING_MOST))
		return CKR_SIGNATURE_LEN_RANGE;
	TRY(to_der(signature, &der));
	encoded = der_view(&der);
	TRY(key_load(op->key, &loaded));
	TRY(ecdsa_prepare(op, loaded, &prepared));
	verified = EVP_PKEY_verify(prepared->ctx, encoded.data, encoded.len, in.data, in.len);
	if (verified != 1)
		return failure_unless_memory(CKR_SIGNATURE_INVALID);
	prepared_give(loaded, &prepared);
	return CKR_OK;
}

static const struct mech_ops ecdsa_ops = {
	.once = ecdsa_sign,
	.check_once = ecdsa_verify,
	.bound = ecdsa_bound,
};

/* --- with the hash in the mechanism ----------------------------------------------- */

static CK_RV
hash_sign(struct operation *op, struct out *out)
{
	unsigned char bytes[EVP_MAX_MD_SIZE]; /* public: the message's digest */
	struct view digest;

	TRY(signature_digest(op, bytes, &digest));
	return ecdsa_sign(op, digest, out);
}

static CK_RV
hash_verify(struct operation *op, struct view signature)
{
	unsigned char bytes[EVP_MAX_MD_SIZE]; /* public: the message's digest */
	struct view digest;

	TRY(signature_digest(op, bytes, &digest));
	return ecdsa_verify(op, digest, signature);
}

static const struct mech_ops hash_ops = {
	.start = signature_start,
	.update = signature_update,
	.final = hash_sign,
	.check = hash_verify,
	.bound = ecdsa_bound,
	.stop = signature_stop,
};

#define SIGNATURE                                                                                  \
	KEYS(CKK_EC), SIZES(EC_LEAST_BITS, EC_MOST_BITS, CKF_SIGN | CKF_VERIFY | EC_FLAGS),        \
	    .parse = parse_none, .algorithm = "ECDSA"
#define HASH(digest) SIGNATURE, .ops = &hash_ops, .hash = (digest)

const struct mechanism ecdsa_mechanisms[] = {
	{ MECH(CKM_ECDSA), SIGNATURE, .ops = &ecdsa_ops, .limit = DIGEST_MOST },
	{ MECH(CKM_ECDSA_SHA1), HASH(CKM_SHA_1) },
	{ MECH(CKM_ECDSA_SHA224), HASH(CKM_SHA224) },
	{ MECH(CKM_ECDSA_SHA256), HASH(CKM_SHA256) },
	{ MECH(CKM_ECDSA_SHA384), HASH(CKM_SHA384) },
	{ MECH(CKM_ECDSA_SHA512), HASH(CKM_SHA512) },
	{ MECH(CKM_ECDSA_SHA3_224), HASH(CKM_SHA3_224) },
	{ MECH(CKM_ECDSA_SHA3_256), HASH(CKM_SHA3_256) },
	{ MECH(CKM_ECDSA_SHA3_384), HASH(CKM_SHA3_384) },
	{ MECH(CKM_ECDSA_SHA3_512), HASH(CKM_SHA3_512) },
	{ 0 },
};
