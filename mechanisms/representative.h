/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What ML-DSA (FIPS 204, 5) and SLH-DSA (FIPS 205, 10) do alike: their parameters, and
 * M', which stands for the message and is what they sign.  Private to mechanisms/.
 */
#ifndef HANDFAST_REPRESENTATIVE_H
#define HANDFAST_REPRESENTATIVE_H

#include "mechanisms/signature.h"

/* What a parameter said; the family's own structure in params->data. */
struct additional {
	const struct prehash *prehash; /* NULL: of the message itself */
	struct view context;
	bool deterministic;
};

/* CK_SIGN_ADDITIONAL_CONTEXT or none; the mechanism says whether and what it hashes. */
CK_RV additional_parse(const CK_MECHANISM *mechanism, struct params *params) MUST_CHECK;
/* CK_HASH_SIGN_ADDITIONAL_CONTEXT, which has to be there to name the hash. */
CK_RV additional_parse_hash(const CK_MECHANISM *mechanism, struct params *params) MUST_CHECK;

/* M' but for the message itself: two bytes, a context, an object identifier, a digest. */
#define REPRESENTATIVE_MOST (2 + 255 + 11 + EVP_MAX_MD_SIZE)
struct representative {
	unsigned char data[REPRESENTATIVE_MOST]; /* public, as the signature is */
	size_t len;
};
/* Up to the message, or to where its digest comes. */
void representative_begin(const struct additional *additional, struct representative *out);
/* The whole of it, by a digest from the caller: CKR_DATA_LEN_RANGE for one of another length. */
CK_RV representative_of_digest(
    const struct additional *additional, struct view digest, struct representative *out) MUST_CHECK;
/* The whole of it, by the digest that prehash_start began. */
CK_RV representative_of_message(struct operation *op, struct representative *out) MUST_CHECK;
struct view representative_view(const struct representative *representative);

/* For mech_ops, beside signature_update and signature_stop. */
CK_RV prehash_start(struct operation *op) MUST_CHECK;

/* libcrypto's parameters of a signature.  Points into itself and into `additional`. */
struct additional_settings {
	OSSL_PARAM params[4], *end;
	int deterministic, flag;
};
/* `flag`, NULL for none: one more parameter, an integer, and its value. */
void additional_settings(const struct additional *additional, const char *flag, int value,
    struct additional_settings *out);

#endif
