/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the parameters of AES in GCM and in CCM have in common: a nonce that the
 * caller gives or the token makes, associated data, a tag behind the ciphertext
 * or in a place of its own.  Private to mechanisms/.
 */
#ifndef HANDFAST_AEAD_H
#define HANDFAST_AEAD_H

#include "mechanisms/mechanism.h"

/* The longest IV of GCM that libcrypto takes. */
#define AEAD_NONCE_MOST 128
#define AEAD_TAG_MOST 16

/* Of a row that has the message interface. */
#define MESSAGES (CKF_MESSAGE_ENCRYPT | CKF_MESSAGE_DECRYPT | CKF_MULTI_MESSAGE)

struct aead {
	size_t data_len; /* CCM: the plaintext's, where the caller must say it */
	size_t tag_len;
	bool tag_apart; /* in `tag`, not behind the ciphertext */
	struct view aad;
	CK_ULONG generator;
	size_t fixed_bits; /* of the nonce, which the caller chose */
	void *nonce_to;    /* the caller's place of a nonce that is made here */
	size_t nonce_len;
	unsigned char nonce[AEAD_NONCE_MOST];
	unsigned char tag[AEAD_TAG_MOST];
};

/* A parameter as it came, whichever structure that was. */
struct aead_given {
	CK_ULONG data_len;
	void *nonce;
	CK_ULONG nonce_len, nonce_fixed_bits, generator;
	void *aad;
	CK_ULONG aad_len;
	void *tag; /* NULL: behind the ciphertext */
	CK_ULONG tag_len;
};

/*
 * Makes params->data, a struct aead, of what was given, with the associated data
 * of C_WrapKeyAuthenticated or of a message where they come that way.  A tag apart is
 * told to the caller when the call succeeds.  CKR_MECHANISM_PARAM_INVALID.
 */
CK_RV aead_take(const struct aead_given *given, struct params *params) MUST_CHECK;
/*
 * When an operation that encrypts begins: makes its nonce, where the caller leaves that
 * to the token, and has it told.
 *
 * No nonce comes twice under one key, as long as it has 96 bits that the caller does not
 * fix.  CKG_GENERATE and CKG_GENERATE_COUNTER count, for each key as it is opened, from
 * a random number of 96 bits: in one process nothing can repeat, and what two processes
 * count meets with 2^-63 for 2^32 messages each, where random values would repeat with
 * 2^-33 (NIST SP 800-38D, 8.2.1 and 8.3).  CKG_GENERATE_RANDOM is what it says (8.2.2).
 * After 2^32 nonces: CKR_KEY_EXHAUSTED.  CKG_GENERATE_COUNTER_XOR is refused, since a
 * caller who hands back what it was given would have undone the counting.
 */
CK_RV aead_nonce(struct operation *op) MUST_CHECK;
/* mech_ops' rest: the tag of the last part. */
CK_RV aead_rest(struct operation *op, const struct params *last) MUST_CHECK;

#endif
