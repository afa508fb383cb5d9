/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for AES: keys, CBC with PKCS#7 padding, GCM.  To wrap a key is to
 * encrypt it; what a wrapped key consists of is not known here.
 */
#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>

#include "mechanisms/aead.h"
#include "mechanisms/aes.h"

#define BLOCK 16

/* By key length: 16, 24, 32 bytes. */
static struct cipher cbc_ciphers[] = { { "AES-128-CBC", NULL }, { "AES-192-CBC", NULL },
	{ "AES-256-CBC", NULL } };
static struct cipher gcm_ciphers[] = { { "AES-128-GCM", NULL }, { "AES-192-GCM", NULL },
	{ "AES-256-GCM", NULL } };

static void
aes_free(void *context)
{
	struct aes *aes = context;

	EVP_CIPHER_CTX_free(aes->cipher);
	free(aes);
}

const struct key_type aes_key_type = {
	.type = CKK_AES,
	.spare_free = aes_free,
};

static struct aes *
aes_new(void)
{
	struct aes *aes = calloc(1, sizeof(*aes));

	if (aes == NULL)
		return NULL;
	aes->cipher = EVP_CIPHER_CTX_new();
	if (aes->cipher == NULL) {
		free(aes);
		return NULL;
	}
	return aes;
}

bool
aes_encrypts(const struct operation *op)
{
	return op->verb == CKF_ENCRYPT || op->verb == CKF_WRAP;
}

/* Gives the context its cipher, direction and key, unless it has them from the last time. */
static CK_RV
aes_key(const struct operation *op, EVP_CIPHER_CTX *ctx, struct cipher ciphers[])
{
	const int encrypt = aes_encrypts(op) ? 1 : 0;
	const EVP_CIPHER *cipher;
	struct view value;

	if (!attrs_get(op->key->secret, CKA_VALUE, &value))
		return CKR_GENERAL_ERROR;
	cipher = crypto_cipher(&ciphers[value.len / 8 - 2]);
	if (cipher == NULL)
		return crypto_failure();
	if (EVP_CIPHER_CTX_get0_cipher(ctx) == cipher &&
	    EVP_CIPHER_CTX_is_encrypting(ctx) == encrypt)
		return CKR_OK;
	if (EVP_CipherInit_ex2(ctx, cipher, value.data, NULL, encrypt, NULL) == 1)
		return CKR_OK;
	/* It must not be taken for one with a key. */
	EVP_CIPHER_CTX_reset(ctx);
	return crypto_failure();
}

CK_RV
aes_ready(struct operation *op, struct cipher ciphers[])
{
	struct loaded *home;
	struct aes *aes;

	TRY(key_load(op->key, &home));
	aes = loaded_take(home);
	if (aes == NULL)
		aes = aes_new();
	if (aes == NULL)
		return CKR_HOST_MEMORY;
	aes->home = home;
	op->state = aes;
	return aes_key(op, aes->cipher, ciphers);
}

void
aes_stop(struct operation *op)
{
	struct aes *aes = op->state;

	op->state = NULL;
	if (aes == NULL)
		return;
	bytes_release(&aes->gathered);
	aes->taken = 0;
	loaded_give(aes->home, aes);
}

/* libcrypto takes lengths as int. */
#define PART ((size_t)1 << 30)

/* Puts `in` through the cipher, behind what `out` has; as associated data where `out` is NULL. */
static CK_RV
aes_feed(EVP_CIPHER_CTX *ctx, struct view in, struct out *out)
{
	while (in.len > 0) {
		const size_t part = in.len < PART ? in.len : PART;
		/* Room for nothing may be no place at all. */
		unsigned char *to = out == NULL || out->data == NULL ? NULL : out->data + out->len;
		int made = 0;

		if (EVP_CipherUpdate(ctx, to, &made, in.data, (int)part) != 1)
			return crypto_failure();
		if (out != NULL)
			out->len += (size_t)made;
		in = view_of(in.data + part, in.len - part);
	}
	return CKR_OK;
}

CK_RV
aes_refuse_content(const struct operation *op)
{
	return op->verb == CKF_UNWRAP ? CKR_WRAPPED_KEY_INVALID : CKR_ENCRYPTED_DATA_INVALID;
}

CK_RV
aes_refuse_length(const struct operation *op)
{
	return op->verb == CKF_UNWRAP ? CKR_WRAPPED_KEY_INVALID : CKR_ENCRYPTED_DATA_LEN_RANGE;
}

/* --- CKM_AES_CBC_PAD --------------------------------------------------------- */

static CK_RV
cbc_parse(const CK_MECHANISM *mechanism, struct params *params)
{
	unsigned char *iv = params_new(params, BLOCK);

	if (iv == NULL)
		return CKR_HOST_MEMORY;
	return params_read(mechanism, iv, BLOCK);
}

static CK_RV
cbc_start(struct operation *op)
{
	struct aes *aes;

	TRY(aes_ready(op, cbc_ciphers));
	aes = op->state;
	if (EVP_CipherInit_ex2(aes->cipher, NULL, NULL, op->params.data, -1, NULL) != 1)
		return crypto_failure();
	return CKR_OK;
}

static CK_RV
cbc_update(struct operation *op, struct view in, struct out *out)
{
	struct aes *aes = op->state;

	out->len = 0;
	TRY(aes_feed(aes->cipher, in, out));
	aes->taken += in.len;
	return CKR_OK;
}

static CK_RV
cbc_final(struct operation *op, struct out *out)
{
	struct aes *aes = op->state;
	int made = 0;

	out->len = 0;
	if (!aes_encrypts(op) && (aes->taken == 0 || aes->taken % BLOCK != 0))
		return aes_refuse_length(op);
	if (EVP_CipherFinal_ex(aes->cipher, out->data, &made) != 1)
		return aes_encrypts(op) ? crypto_failure() : aes_refuse_content(op);
	out->len = (size_t)made;
	return CKR_OK;
}

/*
 * Of `taken` bytes, those that have come out again: all full blocks, but when
 * decrypting the last one is held back, since it may be the padding.
 */
static size_t
cbc_given(const struct operation *op, size_t taken)
{
	if (!aes_encrypts(op) && taken > 0)
		taken--;
	return taken - taken % BLOCK;
}

static size_t
cbc_bound(const struct operation *op, size_t in, bool last)
{
	const struct aes *aes = op->state;
	const size_t given = cbc_given(op, aes->taken);
	const size_t total = cbc_given(op, aes->taken + in);

	return total - given + (last ? BLOCK : 0);
}

static const struct mech_ops cbc_ops = {
	.start = cbc_start,
	.update = cbc_update,
	.final = cbc_final,
	.bound = cbc_bound,
	.stop = aes_stop,
};

/* --- CKM_AES_GCM ------------------------------------------------------------- */

/* NIST SP 800-38D, 5.2.1.2; its 32 and 64 bits are for small use and not offered. */
#define GCM_TAG_LEAST_BITS 96

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
gcm_read_message(const CK_MECHANISM *mechanism, struct aead_given *given)
{
	struct pkcs11_gcm_message_params in;

	TRY(params_read(mechanism, &in, sizeof(in)));
	/* CK_GCM_PARAMS without associated data look so, and clients pass them. */
	if (in.tag == NULL && in.iv_generator != CKG_NO_GENERATE)
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
		TRY(gcm_read_message(mechanism, &given));
	else
		TRY(gcm_read_plain(mechanism, &given));
	if (given.tag_len % 8 != 0 || given.tag_len < GCM_TAG_LEAST_BITS)
		return CKR_MECHANISM_PARAM_INVALID;
	given.tag_len /= 8;
	return aead_take(&given, params);
}

static CK_RV
gcm_start(struct operation *op)
{
	const struct aead *gcm = op->params.data;
	const int iv_len = (int)gcm->nonce_len;
	EVP_CIPHER_CTX *ctx;

	TRY(aes_ready(op, gcm_ciphers));
	ctx = ((struct aes *)op->state)->cipher;
	if (EVP_CIPHER_CTX_get_iv_length(ctx) != iv_len &&
	    EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_IVLEN, iv_len, NULL) != 1)
		return crypto_failure();
	if (EVP_CipherInit_ex2(ctx, NULL, NULL, gcm->nonce, -1, NULL) != 1)
		return crypto_failure();
	return aes_feed(ctx, gcm->aad, NULL);
}

/* Keeps ciphertext until the tag is here; room doubles, so that many small parts cost little. */
static CK_RV
gcm_gather(struct aes *aes, struct view in)
{
	const size_t wanted = aes->taken + in.len;

	if (wanted < in.len)
		return CKR_HOST_MEMORY;
	if (wanted > aes->gathered.len) {
		const size_t doubled = aes->gathered.len * 2;
		RELEASED(bytes_release) struct bytes more = { 0 };

		if (!bytes_alloc(&more, doubled > wanted ? doubled : wanted))
			return CKR_HOST_MEMORY;
		if (aes->taken > 0)
			memcpy(more.data, aes->gathered.data, aes->taken);
		bytes_move(&aes->gathered, &more);
	}
	if (in.len > 0)
		memcpy(aes->gathered.data + aes->taken, in.data, in.len);
	aes->taken = wanted;
	return CKR_OK;
}

static CK_RV
gcm_update(struct operation *op, struct view in, struct out *out)
{
	struct aes *aes = op->state;

	out->len = 0;
	return aes_encrypts(op) ? aes_feed(aes->cipher, in, out) : gcm_gather(aes, in);
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
	struct aes *aes = op->state;
	unsigned char none[EVP_MAX_BLOCK_LENGTH]; /* public: never written */
	struct view text;
	int made = 0;

	if (aes->taken < gcm_behind(gcm))
		return aes_refuse_length(op);
	text = view_of(aes->gathered.data, aes->taken - gcm_behind(gcm));
	if (EVP_CIPHER_CTX_ctrl(aes->cipher, EVP_CTRL_AEAD_SET_TAG, (int)gcm->tag_len,
		gcm->tag_apart ? gcm->tag : aes->gathered.data + text.len) != 1)
		return crypto_failure();
	TRY(aes_feed(aes->cipher, text, out));
	if (EVP_CipherFinal_ex(aes->cipher, none, &made) == 1)
		return CKR_OK;
	/* SP 800-38D, 7.2: what does not authenticate is not released. */
	OPENSSL_cleanse(out->data, out->len);
	out->len = 0;
	return aes_refuse_content(op);
}

static CK_RV
gcm_final(struct operation *op, struct out *out)
{
	struct aead *gcm = op->params.data;
	struct aes *aes = op->state;

	out->len = 0;
	return aes_encrypts(op) ? gcm_seal(aes->cipher, gcm, out) : gcm_open(op, gcm, out);
}

static size_t
gcm_bound(const struct operation *op, size_t in, bool last)
{
	const struct aead *gcm = op->params.data;
	const struct aes *aes = op->state;

	if (aes_encrypts(op))
		return in + (last ? gcm_behind(gcm) : 0);
	return last && aes->taken + in > gcm_behind(gcm) ? aes->taken + in - gcm_behind(gcm) : 0;
}

static const struct mech_ops gcm_ops = {
	.start = gcm_start,
	.update = gcm_update,
	.final = gcm_final,
	.bound = gcm_bound,
	.stop = aes_stop,
};

/* ----------------------------------------------------------------------------- */

#define CIPHERS_AND_WRAPS (CKF_ENCRYPT | CKF_DECRYPT | CKF_WRAP | CKF_UNWRAP)

const struct mechanism aes_mechanisms[] = {
	{ MECH(CKM_AES_CBC_PAD), KEYS(CKK_AES), SIZES(16, 32, CIPHERS_AND_WRAPS),
	    .parse = cbc_parse, .ops = &cbc_ops, .algorithm = "AES-256-CBC" },
	{ MECH(CKM_AES_GCM), KEYS(CKK_AES), SIZES(16, 32, CIPHERS_AND_WRAPS), .parse = gcm_parse,
	    .ops = &gcm_ops, .algorithm = "AES-256-GCM", .authenticates = true },
	{ 0 },
};
