/* SPDX-License-Identifier: Apache-2.0 */
/* What ciphers have in common: a libcrypto context with the key in it.  Private to mechanisms/. */
#ifndef HANDFAST_CIPHER_H
#define HANDFAST_CIPHER_H

#include "mechanisms/crypto.h"

/*
 * A running operation.  Idle ones are kept beside the key with its schedule
 * computed, so that a short message costs little more than its blocks.
 */
struct ciphering {
	EVP_CIPHER_CTX *cipher;
	struct loaded *home;
	size_t iv_len;         /* what the context was told; 0: its own */
	bool unpadded;         /* blocks are not padded */
	size_t taken;          /* input so far */
	struct bytes gathered; /* decryption with a tag: `taken` bytes of ciphertext, and room */
};

/* Of a row for AES: the mode as libcrypto calls it, with keys of 16, 24 and 32 bytes. */
#define AES_MODE(mode)                                                                             \
	.algorithm = "AES-256-" mode, .ciphers = (struct cipher[])                                 \
	{                                                                                          \
		{ "AES-128-" mode, NULL }, { "AES-192-" mode, NULL },                              \
		{                                                                                  \
			"AES-256-" mode, NULL                                                      \
		}                                                                                  \
	}
/* Of one with keys of a single length. */
#define CIPHER(name)                                                                               \
	.algorithm = (name), .ciphers = (struct cipher[])                                          \
	{                                                                                          \
		{                                                                                  \
			(name), NULL                                                               \
		}                                                                                  \
	}

/* Does the operation encrypt, rather than decrypt? */
bool enciphers(const struct operation *op);
/*
 * Sets op->state, a struct ciphering whose context has the cipher for the key's length
 * (of three for AES: 16, 24, 32 bytes; of two for XTS), its direction and the key.
 */
CK_RV cipher_ready(struct operation *op, struct cipher ciphers[]) MUST_CHECK;
/* Takes it back, also where cipher_ready failed. */
void cipher_stop(struct operation *op);
/* Whether libcrypto pads to whole blocks. */
CK_RV cipher_pad(struct ciphering *ciphering, bool pads) MUST_CHECK;
/* Puts `in` through, behind what `out` has; as associated data where `out` is NULL. */
CK_RV cipher_feed(EVP_CIPHER_CTX *ctx, struct view in, struct out *out) MUST_CHECK;

/*
 * What a ciphertext is that does not decrypt: one answer for every cause.  A
 * wrapped key does not even tell that its length is the cause.
 */
CK_RV cipher_refuse_content(const struct operation *op) MUST_CHECK;
CK_RV cipher_refuse_length(const struct operation *op) MUST_CHECK;

#endif
