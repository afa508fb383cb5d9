/* SPDX-License-Identifier: Apache-2.0 */
/* What the modes of AES have in common.  Private to mechanisms/. */
#ifndef HANDFAST_AES_H
#define HANDFAST_AES_H

#include "mechanisms/crypto.h"

/*
 * A running operation.  Idle ones are kept beside the key with its schedule
 * computed, so that a short message costs little more than its blocks.
 */
struct aes {
	EVP_CIPHER_CTX *cipher;
	struct loaded *home;
	size_t taken;          /* input so far */
	struct bytes gathered; /* GCM decryption: `taken` bytes of ciphertext, and room */
};

/* Does the operation encrypt, rather than decrypt? */
bool aes_encrypts(const struct operation *op);
/*
 * Sets op->state, a struct aes whose context has the cipher of the key's length
 * (of three: 16, 24, 32 bytes), its direction and the key.
 */
CK_RV aes_ready(struct operation *op, struct cipher ciphers[]) MUST_CHECK;
/* Takes it back, also where aes_ready failed. */
void aes_stop(struct operation *op);

/*
 * What a ciphertext is that does not decrypt: one answer for every cause.  A
 * wrapped key does not even tell that its length is the cause.
 */
CK_RV aes_refuse_content(const struct operation *op) MUST_CHECK;
CK_RV aes_refuse_length(const struct operation *op) MUST_CHECK;

/*
 * KWP (RFC 5649) under a key that is no object: one that an agreement gave, or that
 * came encrypted.  `key` has 16, 24 or 32 bytes.
 */
/* Bytes that kwp_wrap makes of `in` bytes. */
size_t kwp_len(size_t in);
/* Writes kwp_len(in.len) bytes.  CKR_DATA_LEN_RANGE for nothing and for more than any key has. */
CK_RV kwp_wrap(struct view key, struct view in, struct out *out) MUST_CHECK;
/* CKR_WRAPPED_KEY_INVALID whatever is wrong with `in`, its length too. */
CK_RV kwp_unwrap(struct view key, struct view in, struct secret *out) MUST_CHECK;

#endif
