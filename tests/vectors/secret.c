/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Vectors of keys that are nothing but random bytes: what may be asked for and
 * what may not, as the tables of PKCS#11 3.2 have it.
 */
#include "tests/vectors.h"

#define GENERATE(mechanism, key_type)                                                              \
	mechanism, NONE, .verbs = CKF_GENERATE, .key = MADE_KEY(CKO_SECRET_KEY, key_type)
#define GENERIC GENERATE(CKM_GENERIC_SECRET_KEY_GEN, CKK_GENERIC_SECRET)
#define AES GENERATE(CKM_AES_KEY_GEN, CKK_AES)
#define HKDF_KEY GENERATE(CKM_HKDF_KEY_GEN, CKK_HKDF)
#define LENGTH(bytes)                                                                              \
	{                                                                                          \
		{                                                                                  \
			CKA_VALUE_LEN, NULL, bytes                                                 \
		}                                                                                  \
	}

const struct vector secret_vectors[] = {
	{ "PKCS#11 3.2, generic secret key generation", GENERIC, .template = LENGTH(32) },
	{ "PKCS#11 3.2, generic secret key generation, odd", GENERIC, .template = LENGTH(33) },
	{ "PKCS#11 3.2, generic secret key generation, long", GENERIC, .template = LENGTH(16384) },
	{ "PKCS#11 3.2, AES key generation, AES-128", AES, .template = LENGTH(16) },
	{ "PKCS#11 3.2, AES key generation, AES-192", AES, .template = LENGTH(24) },
	{ "PKCS#11 3.2, AES key generation, AES-256", AES, .template = LENGTH(32) },
	{ "PKCS#11 3.2, HKDF key generation", HKDF_KEY, .template = LENGTH(32) },
	{ "PKCS#11 3.2, HKDF key generation, odd", HKDF_KEY, .template = LENGTH(47) },

	/* CKA_VALUE_LEN must be given where the type fixes no length. */
	{ "PKCS#11 3.2, generic secret key without a length", GENERIC,
	    .rv = CKR_TEMPLATE_INCOMPLETE },
	{ "PKCS#11 3.2, HKDF key without a length", HKDF_KEY, .rv = CKR_TEMPLATE_INCOMPLETE },
	{ "HKDF key of no byte", HKDF_KEY, .template = LENGTH(0),
	    .rv = CKR_ATTRIBUTE_VALUE_INVALID },
	{ "PKCS#11 3.2, AES key without a length", AES, .rv = CKR_TEMPLATE_INCOMPLETE },
	{ "generic secret key of no byte", GENERIC, .template = LENGTH(0),
	    .rv = CKR_ATTRIBUTE_VALUE_INVALID },
	{ "generic secret key longer than any", GENERIC, .template = LENGTH(16385),
	    .rv = CKR_ATTRIBUTE_VALUE_INVALID },
	{ "generic secret key as long as memory", GENERIC, .template = LENGTH(~0UL),
	    .rv = CKR_ATTRIBUTE_VALUE_INVALID },
	{ "FIPS 197, no key of 15 bytes", AES, .template = LENGTH(15),
	    .rv = CKR_ATTRIBUTE_VALUE_INVALID },
	{ "FIPS 197, no key of 20 bytes", AES, .template = LENGTH(20),
	    .rv = CKR_ATTRIBUTE_VALUE_INVALID },
	{ "FIPS 197, no key of 64 bytes", AES, .template = LENGTH(64),
	    .rv = CKR_ATTRIBUTE_VALUE_INVALID },
	{ 0 },
};
