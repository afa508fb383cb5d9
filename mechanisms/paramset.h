/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keys that a parameter set describes: those of FIPS 203, 204 and 205.  Each half is
 * one string of bytes, CKA_VALUE, whose length the set gives; the private one may
 * have a seed beside it, from which all else follows.  Private to mechanisms/.
 */
#ifndef HANDFAST_PARAMSET_H
#define HANDFAST_PARAMSET_H

#include "mechanisms/pkey.h"

struct param_set {
	CK_ULONG number;  /* CKA_PARAMETER_SET */
	const char *name; /* libcrypto's */
	size_t public_len, private_len;
	size_t output_len;           /* of a ciphertext, of a signature */
	unsigned char algorithm[13]; /* AlgorithmIdentifier without parameters */
};

/* The algorithm of NIST's arc 2.16.840.1.101.3.4 with these two numbers. */
#define NIST_ALGORITHM(arc, last)                                                                  \
	{                                                                                          \
		DER_SEQUENCE, 11, DER_OID, 9, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, arc, last  \
	}

/* What a family tells of its keys: rows of `families` in paramset.c. */
struct param_family {
	CK_KEY_TYPE type;
	size_t seed_len;        /* of CKA_SEED; 0: keys have none */
	bool checks_separately; /* libcrypto takes a private key without testing its parts */
	const struct param_set *sets;
	size_t count;
};
extern const struct param_family mlkem_family, mldsa_family, slhdsa_family;

/* The public value of the longest key there is: ML-DSA-87. */
#define PARAM_PUBLIC_MOST 2592

/* CKR_TEMPLATE_INCOMPLETE, CKR_PARAMETER_SET_NOT_SUPPORTED. */
CK_RV param_set_find(
    CK_KEY_TYPE type, const struct attrs *meta, const struct param_set **out) MUST_CHECK;
/* The set that an object identifier stands for, and the type of its keys; NULL: none. */
const struct param_set *param_set_named(struct view oid, CK_KEY_TYPE *type);
/* The public value of either half of a key that was checked before, borrowed from it. */
struct view param_public(const struct param_set *set, const struct key *key);

/* For struct key_type. */
CK_RV param_complete(
    CK_OBJECT_CLASS class, CK_KEY_TYPE type, struct attrs *meta, struct attrs *secret) MUST_CHECK;
CK_RV param_load(const struct key *key, EVP_PKEY **out) MUST_CHECK;

/* Of a row that makes pairs of its first type. */
extern const struct mech_ops param_generate_ops;
/* Bytes of a signature with the operation's key; and mech_ops' bound, where it comes at the end. */
size_t param_signature_len(const struct operation *op);
size_t param_signature_bound(const struct operation *op, size_t in, bool last);

#endif
