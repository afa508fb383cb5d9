/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for AES: keys, CBC with PKCS#7 padding, GCM.  To wrap a key is to
 * encrypt it; what a wrapped key consists of is not known here.
 */
#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>

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

/* The longest that libcrypto takes. */
#define GCM_IV_MOST 128
#define GCM_TAG_LEAST 12
#define GCM_TAG_MOST 16
/* Copied when the operation starts: as long as any value may be, not as long as there is memory. */
#define GCM_AAD_MOST ((size_t)16 << 20)

struct gcm {
	size_t tag_len;
	struct view aad;
	size_t iv_len;
	unsigned char iv[GCM_IV_MOST];
};

static CK_RV
gcm_parse(const CK_MECHANISM *mechanism, struct params *params)
{
	CK_GCM_PARAMS given;
	struct gcm *gcm;

	TRY(params_read(mechanism, &given, sizeof(given)));
	/* ulIvBits says again what ulIvLen says, and clients leave it unset. */
	if (given.pIv == NULL || given.ulIvLen == 0 || given.ulIvLen > GCM_IV_MOST)
		return CKR_MECHANISM_PARAM_INVALID;
	/* NIST SP 800-38D, 5.2.1.2; its 32 and 64 bits are for small use and not offered. */
	if (given.ulTagBits % 8 != 0 || given.ulTagBits < 8 * GCM_TAG_LEAST ||
	    given.ulTagBits > 8 * GCM_TAG_MOST)
		return CKR_MECHANISM_PARAM_INVALID;

	if (given.ulAADLen > GCM_AAD_MOST)
		return CKR_MECHANISM_PARAM_INVALID;

	gcm = params_new(params, sizeof(*gcm));
	if (gcm == NULL)
		return CKR_HOST_MEMORY;
	gcm->tag_len = given.ulTagBits / 8;
	gcm->iv_len = given.ulIvLen;
	memcpy(gcm->iv, given.pIv, gcm->iv_len);
	return params_keep(params, given.pAAD, given.ulAADLen, &gcm->aad);
}

static CK_RV
gcm_start(struct operation *op)
{
	const struct gcm *gcm = op->params.data;
	const int iv_len = (int)gcm->iv_len;
	EVP_CIPHER_CTX *ctx;

	TRY(aes_ready(op, gcm_ciphers));
	ctx = ((struct aes *)op->state)->cipher;
	if (EVP_CIPHER_CTX_get_iv_length(ctx) != iv_len &&
	    EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_IVLEN, iv_len, NULL) != 1)
		return crypto_failure();
	if (EVP_CipherInit_ex2(ctx, NULL, NULL, gcm->iv, -1, NULL) != 1)
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

static CK_RV
gcm_seal(EVP_CIPHER_CTX *ctx, size_t tag_len, struct out *out)
{
	int made = 0;

	if (EVP_CipherFinal_ex(ctx, out->data, &made) != 1 ||
	    EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_GET_TAG, (int)tag_len, out->data) != 1)
		return crypto_failure();
	out->len = tag_len;
	return CKR_OK;
}

static CK_RV
gcm_open(struct operation *op, size_t tag_len, struct out *out)
{
	struct aes *aes = op->state;
	struct view text;
	int made = 0;

	if (aes->taken < tag_len)
		return aes_refuse_length(op);
	text = view_of(aes->gathered.data, aes->taken - tag_len);
	if (EVP_CIPHER_CTX_ctrl(aes->cipher, EVP_CTRL_AEAD_SET_TAG, (int)tag_len,
		aes->gathered.data + text.len) != 1)
		return crypto_failure();
	TRY(aes_feed(aes->cipher, text, out));
	/* The end of GCM gives no bytes; the place is any. */
	if (EVP_CipherFinal_ex(aes->cipher, aes->gathered.data, &made) == 1)
		return CKR_OK;
	/* SP 800-38D, 7.2: what does not authenticate is not released. */
	OPENSSL_cleanse(out->data, out->len);
	out->len = 0;
	return aes_refuse_content(op);
}

static CK_RV
gcm_final(struct operation *op, struct out *out)
{
	const struct gcm *gcm = op->params.data;
	struct aes *aes = op->state;

	out->len = 0;
	return aes_encrypts(op) ? gcm_seal(aes->cipher, gcm->tag_len, out)
				: gcm_open(op, gcm->tag_len, out);
}

static size_t
gcm_bound(const struct operation *op, size_t in, bool last)
{
	const struct gcm *gcm = op->params.data;
	const struct aes *aes = op->state;

	if (aes_encrypts(op))
		return in + (last ? gcm->tag_len : 0);
	return last && aes->taken + in > gcm->tag_len ? aes->taken + in - gcm->tag_len : 0;
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
	    .ops = &gcm_ops, .algorithm = "AES-256-GCM" },
	{ 0 },
};
