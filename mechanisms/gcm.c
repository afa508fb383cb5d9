/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for authenticated encryption that streams: AES in GCM (NIST SP 800-38D)
 * and ChaCha20-Poly1305 (RFC 8439).  Knows of keys what it is told.
 */
#include <openssl/crypto.h>
#include <string.h>

#include "mechanisms/aead.h"
#include "mechanisms/cipher.h"

/* --- parameters of GCM ------------------------------------------------------------ */

/* NIST SP 800-38D, 5.2.1.2; its 32 and 64 bits are for small use and not offered. */
#define GCM_TAG_LEAST_BITS 96
/* Nothing of a process lies in its first page. */
#define LEAST_ADDRESS 4096
/* The initial value that both have by default, in bytes. */
#define IV_LEN 12

static CK_RV
gcm_read_plain(const CK_MECHANISM *mechanism, struct aead_given *given)
{
	CK_GCM_PARAMS in;

	TRY(params_read(mechanism, &in, sizeof(in)));
	/* ulIvBits says again what ulIvLen says, and clients leave it unset. */
	*given = (struct aead_given){ .nonce = in.pIv,
		.nonce_len = in.ulIvLen,
		.generator = CKG_NO_GENERATE,
		.aad = in.pAAD,
		.aad_len = in.ulAADLen,
		.tag_len = in.ulTagBits };
	return CKR_OK;
}

static CK_RV
gcm_read_wrap(const CK_MECHANISM *mechanism, struct aead_given *given)
{
	struct pkcs11_gcm_wrap_params in;

	TRY(params_read(mechanism, &in, sizeof(in)));
	*given = (struct aead_given){ .nonce = in.iv,
		.nonce_len = in.iv_len,
		.nonce_fixed_bits = in.iv_fixed_bits,
		.generator = in.iv_generator,
		.aad = in.aad,
		.aad_len = in.aad_len,
		.tag_len = in.tag_bits };
	return CKR_OK;
}

static CK_RV
gcm_read_message(
    const CK_MECHANISM *mechanism, const struct params *params, struct aead_given *given)
{
	struct pkcs11_gcm_message_params in;

	TRY(params_read(mechanism, &in, sizeof(in)));
	/* CK_GCM_PARAMS without associated data look so, and clients wrap with them. */
	if (in.tag == NULL && (params->message || in.iv_generator != CKG_NO_GENERATE))
		return CKR_MECHANISM_PARAM_INVALID;
	/* With associated data they look so: their length in the place of the tag. */
	if (in.iv_generator > CKG_GENERATE_RANDOM ||
	    (in.tag != NULL && (uintptr_t)in.tag < LEAST_ADDRESS))
		return CKR_MECHANISM_PARAM_INVALID;
	*given = (struct aead_given){ .nonce = in.iv,
		.nonce_len = in.iv_len,
		.nonce_fixed_bits = in.iv_fixed_bits,
		.generator = in.iv_generator,
		.tag = in.tag,
		.tag_len = in.tag_bits };
	return CKR_OK;
}

/* Which of the three structures it is, its size tells, and the function where two are as long. */
static CK_RV
gcm_parse(const CK_MECHANISM *mechanism, struct params *params)
{
	const bool wraps = (params->verb & (CKF_WRAP | CKF_UNWRAP)) != 0;
	struct aead_given given;

	if (wraps && mechanism->ulParameterLen == sizeof(struct pkcs11_gcm_wrap_params))
		TRY(gcm_read_wrap(mechanism, &given));
	else if (params->has_aad)
		TRY(gcm_read_message(mechanism, params, &given));
	else
		TRY(gcm_read_plain(mechanism, &given));
	if (given.tag_len % 8 != 0 || given.tag_len < GCM_TAG_LEAST_BITS)
		return CKR_MECHANISM_PARAM_INVALID;
	given.tag_len /= 8;
	return aead_take(&given, params);
}

/* --- parameters of ChaCha20-Poly1305 ------------------------------------------------ */

static CK_RV
chacha_read(const CK_MECHANISM *mechanism, struct aead_given *given)
{
	struct pkcs11_chacha20_poly1305_params in;

	TRY(params_read(mechanism, &in, sizeof(in)));
	*given = (struct aead_given){ .nonce = in.nonce,
		.nonce_len = in.nonce_len,
		.generator = CKG_NO_GENERATE,
		.aad = in.aad,
		.aad_len = in.aad_len };
	return CKR_OK;
}

static CK_RV
chacha_read_message(const CK_MECHANISM *mechanism, struct aead_given *given)
{
	struct pkcs11_chacha20_poly1305_msg_params in;

	TRY(params_read(mechanism, &in, sizeof(in)));
	if (in.tag == NULL)
		return CKR_MECHANISM_PARAM_INVALID;
	*given = (struct aead_given){ .nonce = in.nonce,
		.nonce_len = in.nonce_len,
		.generator = CKG_NO_GENERATE,
		.tag = in.tag };
	return CKR_OK;
}

static CK_RV
chacha_parse(const CK_MECHANISM *mechanism, struct params *params)
{
	struct aead_given given;

	TRY(params->message ? chacha_read_message(mechanism, &given)
			    : chacha_read(mechanism, &given));
	/* The standard counts the nonce in bits, its clients in bytes. */
	if (given.nonce_len == 8 * IV_LEN)
		given.nonce_len = IV_LEN;
	/* Other lengths are other algorithms: RFC 8439, 2.8. */
	if (given.nonce_len != IV_LEN)
		return CKR_MECHANISM_PARAM_INVALID;
	given.tag_len = AEAD_TAG_MOST;
	return aead_take(&given, params);
}

/* --- operations ------------------------------------------------------------------ */

static CK_RV
gcm_start(struct operation *op)
{
	const struct aead *gcm = op->params.data;
	struct ciphering *ciphering;
	EVP_CIPHER_CTX *ctx;

	TRY(cipher_ready(op, op->mech->ciphers));
	TRY(aead_nonce(op));
	ciphering = op->state;
	ctx = ciphering->cipher;
	if (gcm->nonce_len != (ciphering->iv_len != 0 ? ciphering->iv_len : IV_LEN)) {
		if (EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_IVLEN, (int)gcm->nonce_len, NULL) !=
		    1)
			return crypto_failure();
		ciphering->iv_len = gcm->nonce_len;
	}
	if (EVP_CipherInit_ex2(ctx, NULL, NULL, gcm->nonce, -1, NULL) != 1)
		return crypto_failure();
	return cipher_feed(ctx, gcm->aad, NULL);
}

/*
 * The longest that GCM decrypts, with its tag (SP 800-38D, 5.2.1.1).  ChaCha20-Poly1305 has
 * more (RFC 8439, 2.8), and nobody the memory.
 */
#define GATHERED_MOST ((UINT64_C(1) << 36) - 32 + AEAD_TAG_MOST)

/*
 * Keeps ciphertext until the tag is here; room doubles, so that many small parts cost little.
 * It is never more than twice what the caller gave.
 */
static CK_RV
gcm_gather(struct ciphering *ciphering, struct view in)
{
	const size_t wanted = ciphering->taken + in.len;

	if (wanted < in.len || wanted > GATHERED_MOST)
		return CKR_ENCRYPTED_DATA_LEN_RANGE;
	if (wanted > ciphering->gathered.len) {
		const size_t doubled = ciphering->gathered.len * 2;
		RELEASED(bytes_release) struct bytes more = { 0 };

		if (!bytes_alloc(&more, doubled > wanted ? doubled : wanted))
			return CKR_HOST_MEMORY;
		if (ciphering->taken > 0)
			memcpy(more.data, ciphering->gathered.data, ciphering->taken);
		bytes_move(&ciphering->gathered, &more);
	}
	if (in.len > 0)
		memcpy(ciphering->gathered.data + ciphering->taken, in.data, in.len);
	ciphering->taken = wanted;
	return CKR_OK;
}

static CK_RV
gcm_update(struct operation *op, struct view in, struct out *out)
{
	struct ciphering *ciphering = op->state;

	out->len = 0;
	return enciphers(op) ? cipher_feed(ciphering->cipher, in, out) : gcm_gather(ciphering, in);
}

/* Bytes of tag behind the ciphertext. */
static size_t
gcm_behind(const struct aead *gcm)
{
	return gcm->tag_apart ? 0 : gcm->tag_len;
}

static CK_RV
gcm_seal(EVP_CIPHER_CTX *ctx, struct aead *gcm, struct out *out)
{
	unsigned char *tag = gcm->tag_apart ? gcm->tag : out->data;
	int made = 0;

	/* The end of GCM gives no bytes; the place is any. */
	if (EVP_CipherFinal_ex(ctx, tag, &made) != 1 ||
	    EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_GET_TAG, (int)gcm->tag_len, tag) != 1)
		return crypto_failure();
	out->len = gcm->tag_apart ? 0 : gcm->tag_len;
	return CKR_OK;
}

static CK_RV
gcm_open(struct operation *op, struct aead *gcm, struct out *out)
{
	struct ciphering *ciphering = op->state;
	unsigned char none[EVP_MAX_BLOCK_LENGTH]; /* public: never written */
	struct view text;
	int made = 0;

	if (ciphering->taken < gcm_behind(gcm))
		return cipher_refuse_length(op);
	text = view_of(ciphering->gathered.data, ciphering->taken - gcm_behind(gcm));
	if (EVP_CIPHER_CTX_ctrl(ciphering->cipher, EVP_CTRL_AEAD_SET_TAG, (int)gcm->tag_len,
		gcm->tag_apart ? gcm->tag : ciphering->gathered.data + text.len) != 1)
		return crypto_failure();
	TRY(cipher_feed(ciphering->cipher, text, out));
	if (EVP_CipherFinal_ex(ciphering->cipher, none, &made) == 1)
		return CKR_OK;
	/* SP 800-38D, 7.2: what does not authenticate is not released. */
	OPENSSL_cleanse(out->data, out->len);
	out->len = 0;
	return cipher_refuse_content(op);
}

static CK_RV
gcm_final(struct operation *op, struct out *out)
{
	struct aead *gcm = op->params.data;
	struct ciphering *ciphering = op->state;

	out->len = 0;
	return enciphers(op) ? gcm_seal(ciphering->cipher, gcm, out) : gcm_open(op, gcm, out);
}

static size_t
gcm_bound(const struct operation *op, size_t in, bool last)
{
	const struct aead *gcm = op->params.data;
	const struct ciphering *ciphering = op->state;

	if (enciphers(op))
		return in + (last ? gcm_behind(gcm) : 0);
	/* Before its start it has taken nothing. */
	if (ciphering != NULL)
		in += ciphering->taken;
	return last && in > gcm_behind(gcm) ? in - gcm_behind(gcm) : 0;
}

static const struct mech_ops gcm_ops = {
	.start = gcm_start,
	.update = gcm_update,
	.final = gcm_final,
	.bound = gcm_bound,
	.stop = cipher_stop,
	.rest = aead_rest,
};

/* ----------------------------------------------------------------------------- */

const struct mechanism gcm_mechanisms[] = {
	{ MECH(CKM_AES_GCM), KEYS(CKK_AES),
	    SIZES(16, 32, CKF_ENCRYPT | CKF_DECRYPT | CKF_WRAP | CKF_UNWRAP | MESSAGES),
	    AES_MODE("GCM"), .parse = gcm_parse, .ops = &gcm_ops, .authenticates = true },
	{ MECH(CKM_CHACHA20_POLY1305), KEYS(CKK_CHACHA20),
	    SIZES(32, 32, CKF_ENCRYPT | CKF_DECRYPT | MESSAGES), CIPHER("ChaCha20-Poly1305"),
	    .parse = chacha_parse, .ops = &gcm_ops },
	{ 0 },
};
