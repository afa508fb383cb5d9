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

struct aead {
	size_t data_len; /* CCM: the plaintext's, where the caller must say it */
	size_t tag_len;
	bool tag_apart; /* in `tag`, not behind the ciphertext */
	struct view aad;
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
 * of C_WrapKeyAuthenticated where they come that way.  When wrapping, a nonce
 * that shall be generated is made here: random, at least 96 bits of it, since fewer
 * could come twice (NIST SP 800-38D, 8.2.2); it and a tag apart are told to the
 * caller when the call succeeds.  CKR_MECHANISM_PARAM_INVALID.
 */
CK_RV aead_take(const struct aead_given *given, struct params *params) MUST_CHECK;

#endif
