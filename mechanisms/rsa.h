/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RSA keys, as their mechanisms see what rsa_key.c does, and what the mechanisms
 * share.  Private to mechanisms/.
 */
#ifndef HANDFAST_RSA_H
#define HANDFAST_RSA_H

#include "mechanisms/pkey.h"

/* Keys below RSA_LEAST_BITS are refused, below RSA_LEAST_NEW_BITS only used, not made. */
#define RSA_LEAST_BITS 1024
#define RSA_LEAST_NEW_BITS 2048
#define RSA_MOST_BITS 16384

/* k of RFC 8017: the modulus in bytes. */
size_t rsa_size(const struct key *key);

/* mech_ops.generate */
CK_RV rsa_generate(const struct mechanism *m, const struct params *params,
    const struct attrs template[], struct made made[]) MUST_CHECK;

/* Does the operation use the public half, rather than undo what that did? */
bool rsa_enciphers(const struct operation *op);

/* What CK_RSA_PKCS_OAEP_PARAMS says. */
struct oaep {
	CK_MECHANISM_TYPE hash;
	CK_ULONG mgf;
	struct view label;
};
CK_RV oaep_read(
    const CK_RSA_PKCS_OAEP_PARAMS *in, struct params *params, struct oaep *oaep) MUST_CHECK;
/*
 * One block of OAEP, in the direction of op->verb; there is room for k bytes when
 * enciphering.  CKR_KEY_SIZE_RANGE where the hash or the key to be wrapped does not
 * fit; one code for everything that can be wrong with a block of k bytes.
 */
CK_RV oaep_transform(const struct operation *op, const struct oaep *oaep, struct view in,
    struct out *out) MUST_CHECK;

/* Around a message: 00, the block type, eight bytes at least, 00 (RFC 8017, 7.2.1 and 9.2). */
#define RSA_PKCS1_OVERHEAD 11
/*
 * The message of a deciphered block of k bytes, which is used up, or another in its
 * place: of the length that op->want has, if it is to be a key.  Writes k -
 * RSA_PKCS1_OVERHEAD bytes, zeros behind the message.  CKR_WRAPPED_KEY_LEN_RANGE
 * where no such key fits.
 */
CK_RV rsa_take_message(const struct operation *op, struct view ciphertext, struct secret *block,
    struct out *out) MUST_CHECK;

/*
 * mech_ops of a mechanism that encapsulates a key made here by wrapping it: `once`
 * does either.
 */
size_t rsa_ciphertext_len(
    const struct mechanism *m, const struct params *params, const struct key *key);
CK_RV rsa_encapsulate(const struct mechanism *m, const struct params *params,
    struct key *public_key, const struct want *want, struct made *made,
    struct out *ciphertext) MUST_CHECK;
CK_RV rsa_decapsulate(const struct mechanism *m, const struct params *params,
    struct key *private_key, const struct want *want, struct view ciphertext,
    struct made *made) MUST_CHECK;

#endif
