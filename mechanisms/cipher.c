/* SPDX-License-Identifier: Apache-2.0 */
/* Responsible for libcrypto's contexts of ciphers, kept ready beside their keys.  Knows no mode. */
#include "mechanisms/cipher.h"

#include <stdlib.h>

static void
ciphering_free(void *context)
{
	struct ciphering *ciphering = context;

	EVP_CIPHER_CTX_free(ciphering->cipher);
	free(ciphering);
}

const struct key_type aes_key_type = { .type = CKK_AES, .spare_free = ciphering_free };
const struct key_type aes_xts_key_type = { .type = CKK_AES_XTS, .spare_free = ciphering_free };
const struct key_type chacha20_key_type = { .type = CKK_CHACHA20, .spare_free = ciphering_free };

static struct ciphering *
ciphering_new(void)
{
	struct ciphering *ciphering = calloc(1, sizeof(*ciphering));

	if (ciphering == NULL)
		return NULL;
	ciphering->cipher = EVP_CIPHER_CTX_new();
	if (ciphering->cipher == NULL) {
		free(ciphering);
		return NULL;
	}
	return ciphering;
}

bool
enciphers(const struct operation *op)
{
	return op->verb == CKF_ENCRYPT || op->verb == CKF_WRAP;
}

/* Which of a family's ciphers is for this key. */
static size_t
nth(const struct key *key, size_t len)
{
	switch (key->type) {
	case CKK_AES:
		return len / 8 - 2;
	case CKK_AES_XTS:
		return len / 32 - 1;
	default:
		return 0;
	}
}

/* Gives the context its cipher, direction and key, unless it has them from the last time. */
static CK_RV
give_key(const struct operation *op, struct ciphering *ciphering, struct cipher ciphers[])
{
	EVP_CIPHER_CTX *ctx = ciphering->cipher;
	const int encrypt = enciphers(op) ? 1 : 0;
	const EVP_CIPHER *cipher;
	struct view value;

	if (!attrs_get(op->key->secret, CKA_VALUE, &value))
		return CKR_GENERAL_ERROR;
	cipher = crypto_cipher(&ciphers[nth(op->key, value.len)]);
	if (cipher == NULL)
		return crypto_failure();
	if (EVP_CIPHER_CTX_get0_cipher(ctx) == cipher &&
	    EVP_CIPHER_CTX_is_encrypting(ctx) == encrypt)
		return CKR_OK;
	ciphering->iv_len = 0;
	if (EVP_CipherInit_ex2(ctx, cipher, value.data, NULL, encrypt, NULL) == 1)
		return CKR_OK;
	/* It must not be taken for one with a key. */
	EVP_CIPHER_CTX_reset(ctx);
	ciphering->unpadded = false;
	return crypto_failure();
}

CK_RV
cipher_ready(struct operation *op, struct cipher ciphers[])
{
	struct loaded *home;
	struct ciphering *ciphering;

	TRY(key_load(op->key, &home));
	ciphering = loaded_take(home);
	if (ciphering == NULL)
		ciphering = ciphering_new();
	if (ciphering == NULL)
		return CKR_HOST_MEMORY;
	ciphering->home = home;
	op->state = ciphering;
	return give_key(op, ciphering, ciphers);
}

void
cipher_stop(struct operation *op)
{
	struct ciphering *ciphering = op->state;

	op->state = NULL;
	if (ciphering == NULL)
		return;
	bytes_release(&ciphering->gathered);
	ciphering->taken = 0;
	loaded_give(ciphering->home, ciphering);
}

CK_RV
cipher_pad(struct ciphering *ciphering, bool pads)
{
	if (ciphering->unpadded == !pads)
		return CKR_OK;
	if (EVP_CIPHER_CTX_set_padding(ciphering->cipher, pads ? 1 : 0) != 1)
		return crypto_failure();
	ciphering->unpadded = !pads;
	return CKR_OK;
}

/* libcrypto takes lengths as int. */
#define PART ((size_t)1 << 30)

CK_RV
cipher_feed(EVP_CIPHER_CTX *ctx, struct view in, struct out *out)
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
cipher_refuse_content(const struct operation *op)
{
	if (op->params.message)
		return CKR_AEAD_DECRYPT_FAILED;
	return op->verb == CKF_UNWRAP ? CKR_WRAPPED_KEY_INVALID : CKR_ENCRYPTED_DATA_INVALID;
}

CK_RV
cipher_refuse_length(const struct operation *op)
{
	return op->verb == CKF_UNWRAP ? CKR_WRAPPED_KEY_INVALID : CKR_ENCRYPTED_DATA_LEN_RANGE;
}
