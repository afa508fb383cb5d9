/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for AES in CCM (NIST SP 800-38C, RFC 3610), which needs the length
 * of everything before its first byte: token/ gathers the parts.
 */
#include <openssl/crypto.h>
#include <string.h>

#include "mechanisms/aead.h"
#include "mechanisms/cipher.h"

#define NONCE_LEAST 7
#define NONCE_MOST 13
#define TAG_LEAST 4
/* As much as is gathered for one message. */
#define INPUT_MOST ((size_t)16 << 20)

/* --- parameters ------------------------------------------------------------------ */

static CK_RV
read_plain(const CK_MECHANISM *mechanism, struct aead_given *given)
{
	struct pkcs11_ccm_params in;

	TRY(params_read(mechanism, &in, sizeof(in)));
	*given = (struct aead_given){ .data_len = in.data_len,
		.nonce = in.nonce,
		.nonce_len = in.nonce_len,
		.generator = CKG_NO_GENERATE,
		.aad = in.aad,
		.aad_len = in.aad_len,
		.tag_len = in.mac_len };
	return CKR_OK;
}

static CK_RV
read_wrap(const CK_MECHANISM *mechanism, struct aead_given *given)
{
	struct pkcs11_ccm_wrap_params in;

	TRY(params_read(mechanism, &in, sizeof(in)));
	*given = (struct aead_given){ .nonce = in.nonce,
		.nonce_len = in.nonce_len,
		.nonce_fixed_bits = in.nonce_fixed_bits,
		.generator = in.nonce_generator,
		.aad = in.aad,
		.aad_len = in.aad_len,
		.tag_len = in.mac_len };
	return CKR_OK;
}

static CK_RV
read_message(const CK_MECHANISM *mechanism, struct aead_given *given)
{
	struct pkcs11_ccm_message_params in;

	TRY(params_read(mechanism, &in, sizeof(in)));
	if (in.mac == NULL)
		return CKR_MECHANISM_PARAM_INVALID;
	*given = (struct aead_given){ .data_len = in.data_len,
		.nonce = in.nonce,
		.nonce_len = in.nonce_len,
		.nonce_fixed_bits = in.nonce_fixed_bits,
		.generator = in.nonce_generator,
		.tag = in.mac,
		.tag_len = in.mac_len };
	return CKR_OK;
}

/* Which of the three structures it is, its size tells, else the function. */
static CK_RV
parse(const CK_MECHANISM *mechanism, struct params *params)
{
	const bool wraps = (params->verb & (CKF_WRAP | CKF_UNWRAP)) != 0;
	struct aead_given given;

	if (wraps && mechanism->ulParameterLen == sizeof(struct pkcs11_ccm_wrap_params))
		TRY(read_wrap(mechanism, &given));
	else if (params->message ||
	    (params->has_aad && mechanism->ulParameterLen != sizeof(struct pkcs11_ccm_params)))
		TRY(read_message(mechanism, &given));
	else
		TRY(read_plain(mechanism, &given));
	if (given.nonce_len < NONCE_LEAST || given.nonce_len > NONCE_MOST ||
	    given.tag_len < TAG_LEAST || given.tag_len % 2 != 0)
		return CKR_MECHANISM_PARAM_INVALID;
	return aead_take(&given, params);
}

/* --- operations ------------------------------------------------------------------ */

/* Nonce and tag lengths shape the first block, which libcrypto lays out when it gets the key. */
static CK_RV
prepare(struct operation *op, const unsigned char *tag)
{
	const struct aead *aead = op->params.data;
	EVP_CIPHER_CTX *ctx;
	struct view key;

	TRY(cipher_ready(op, op->mech->ciphers));
	ctx = ((struct ciphering *)op->state)->cipher;
	if (!attrs_get(op->key->secret, CKA_VALUE, &key))
		return CKR_GENERAL_ERROR;
	if (EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_IVLEN, (int)aead->nonce_len, NULL) != 1 ||
	    EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_TAG, (int)aead->tag_len, (void *)tag) != 1 ||
	    EVP_CipherInit_ex2(ctx, NULL, key.data, aead->nonce, -1, NULL) != 1)
		return crypto_failure();
	return CKR_OK;
}

/* The length of all, the associated data, the text.  An empty text is put through as well: it
 * makes the tag. */
static bool
put_through(struct operation *op, struct view text, unsigned char *out, int *made)
{
	static const unsigned char none[1];
	const struct aead *aead = op->params.data;
	EVP_CIPHER_CTX *ctx = ((struct ciphering *)op->state)->cipher;

	return EVP_CipherUpdate(ctx, NULL, made, NULL, (int)text.len) == 1 &&
	    (aead->aad.len == 0 ||
		EVP_CipherUpdate(ctx, NULL, made, aead->aad.data, (int)aead->aad.len) == 1) &&
	    EVP_CipherUpdate(ctx, out, made, text.len == 0 ? none : text.data, (int)text.len) == 1;
}

/* SP 800-38C, A.1: the length is written in 15 - n bytes. */
static bool
fits(const struct aead *aead, size_t len)
{
	const size_t bytes = 15 - aead->nonce_len;

	return len <= INPUT_MOST && (bytes >= sizeof(size_t) || len >> (8 * bytes) == 0);
}

static CK_RV
seal(struct operation *op, struct view in, struct out *out)
{
	struct aead *aead = op->params.data;
	unsigned char none[1] = { 0 }; /* public: nothing is written */
	unsigned char *tag = aead->tag_apart ? aead->tag : out->data + in.len;
	int made = 0;

	/* The caller said how long it would be; a wrapped key's length is the token's to know. */
	if (!fits(aead, in.len) || (op->verb == CKF_ENCRYPT && in.len != aead->data_len))
		return CKR_DATA_LEN_RANGE;
	TRY(prepare(op, NULL));
	if (!put_through(op, in, in.len == 0 ? none : out->data, &made) ||
	    EVP_CIPHER_CTX_ctrl(((struct ciphering *)op->state)->cipher, EVP_CTRL_AEAD_GET_TAG,
		(int)aead->tag_len, tag) != 1)
		return crypto_failure();
	out->len = in.len + (aead->tag_apart ? 0 : aead->tag_len);
	return CKR_OK;
}

static CK_RV
unseal(struct operation *op, struct view in, struct out *out)
{
	const struct aead *aead = op->params.data;
	const size_t behind = aead->tag_apart ? 0 : aead->tag_len;
	unsigned char none[1] = { 0 }; /* public: nothing is written */
	struct view text;
	int made = 0;

	if (in.len < behind)
		return cipher_refuse_length(op);
	text = view_of(in.data, in.len - behind);
	if (!fits(aead, text.len) || (op->verb == CKF_DECRYPT && text.len != aead->data_len))
		return cipher_refuse_length(op);
	TRY(prepare(op, aead->tag_apart ? aead->tag : in.data + text.len));
	/* libcrypto gives nothing that did not authenticate; and neither do we. */
	if (!put_through(op, text, text.len == 0 ? none : out->data, &made)) {
		OPENSSL_cleanse(out->data, text.len);
		return cipher_refuse_content(op);
	}
	out->len = text.len;
	return CKR_OK;
}

static CK_RV
ccm_once(struct operation *op, struct view in, struct out *out)
{
	CK_RV rv = enciphers(op) ? seal(op, in, out) : unseal(op, in, out);

	cipher_stop(op);
	return rv;
}

static size_t
ccm_bound(const struct operation *op, size_t in, bool last)
{
	const struct aead *aead = op->params.data;
	const size_t behind = aead->tag_apart ? 0 : aead->tag_len;

	if (!last)
		return 0;
	if (enciphers(op))
		return in + behind;
	return in > behind ? in - behind : 0;
}

static const struct mech_ops ccm_ops = {
	.start = aead_nonce,
	.once = ccm_once,
	.bound = ccm_bound,
	.stop = cipher_stop,
	.rest = aead_rest,
};

const struct mechanism aes_ccm_mechanisms[] = {
	{ MECH(CKM_AES_CCM), KEYS(CKK_AES),
	    SIZES(16, 32, CKF_ENCRYPT | CKF_DECRYPT | CKF_WRAP | CKF_UNWRAP | MESSAGES),
	    AES_MODE("CCM"), .parse = parse, .ops = &ccm_ops, .limit = INPUT_MOST + AEAD_TAG_MOST,
	    .authenticates = true },
	{ 0 },
};
