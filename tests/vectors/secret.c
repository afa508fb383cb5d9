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
#define XTS GENERATE(CKM_AES_XTS_KEY_GEN, CKK_AES_XTS)
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
	{ "PKCS#11 3.2, SHA_1 HMAC key generation", GENERATE(CKM_SHA_1_KEY_GEN, CKK_SHA_1_HMAC),
	    .template = LENGTH(33) },
	{ "PKCS#11 3.2, SHA_1 HMAC key without a length",
	    GENERATE(CKM_SHA_1_KEY_GEN, CKK_SHA_1_HMAC), .rv = CKR_TEMPLATE_INCOMPLETE },
	{ "PKCS#11 3.2, SHA224 HMAC key generation", GENERATE(CKM_SHA224_KEY_GEN, CKK_SHA224_HMAC),
	    .template = LENGTH(33) },
	{ "PKCS#11 3.2, SHA224 HMAC key without a length",
	    GENERATE(CKM_SHA224_KEY_GEN, CKK_SHA224_HMAC), .rv = CKR_TEMPLATE_INCOMPLETE },
	{ "PKCS#11 3.2, SHA256 HMAC key generation", GENERATE(CKM_SHA256_KEY_GEN, CKK_SHA256_HMAC),
	    .template = LENGTH(33) },
	{ "PKCS#11 3.2, SHA256 HMAC key without a length",
	    GENERATE(CKM_SHA256_KEY_GEN, CKK_SHA256_HMAC), .rv = CKR_TEMPLATE_INCOMPLETE },
	{ "PKCS#11 3.2, SHA384 HMAC key generation", GENERATE(CKM_SHA384_KEY_GEN, CKK_SHA384_HMAC),
	    .template = LENGTH(33) },
	{ "PKCS#11 3.2, SHA384 HMAC key without a length",
	    GENERATE(CKM_SHA384_KEY_GEN, CKK_SHA384_HMAC), .rv = CKR_TEMPLATE_INCOMPLETE },
	{ "PKCS#11 3.2, SHA512 HMAC key generation", GENERATE(CKM_SHA512_KEY_GEN, CKK_SHA512_HMAC),
	    .template = LENGTH(33) },
	{ "PKCS#11 3.2, SHA512 HMAC key without a length",
	    GENERATE(CKM_SHA512_KEY_GEN, CKK_SHA512_HMAC), .rv = CKR_TEMPLATE_INCOMPLETE },
	{ "PKCS#11 3.2, SHA512_224 HMAC key generation",
	    GENERATE(CKM_SHA512_224_KEY_GEN, CKK_SHA512_224_HMAC), .template = LENGTH(33) },
	{ "PKCS#11 3.2, SHA512_224 HMAC key without a length",
	    GENERATE(CKM_SHA512_224_KEY_GEN, CKK_SHA512_224_HMAC), .rv = CKR_TEMPLATE_INCOMPLETE },
	{ "PKCS#11 3.2, SHA512_256 HMAC key generation",
	    GENERATE(CKM_SHA512_256_KEY_GEN, CKK_SHA512_256_HMAC), .template = LENGTH(33) },
	{ "PKCS#11 3.2, SHA512_256 HMAC key without a length",
	    GENERATE(CKM_SHA512_256_KEY_GEN, CKK_SHA512_256_HMAC), .rv = CKR_TEMPLATE_INCOMPLETE },
	{ "PKCS#11 3.2, SHA3_224 HMAC key generation",
	    GENERATE(CKM_SHA3_224_KEY_GEN, CKK_SHA3_224_HMAC), .template = LENGTH(33) },
	{ "PKCS#11 3.2, SHA3_224 HMAC key without a length",
	    GENERATE(CKM_SHA3_224_KEY_GEN, CKK_SHA3_224_HMAC), .rv = CKR_TEMPLATE_INCOMPLETE },
	{ "PKCS#11 3.2, SHA3_256 HMAC key generation",
	    GENERATE(CKM_SHA3_256_KEY_GEN, CKK_SHA3_256_HMAC), .template = LENGTH(33) },
	{ "PKCS#11 3.2, SHA3_256 HMAC key without a length",
	    GENERATE(CKM_SHA3_256_KEY_GEN, CKK_SHA3_256_HMAC), .rv = CKR_TEMPLATE_INCOMPLETE },
	{ "PKCS#11 3.2, SHA3_384 HMAC key generation",
	    GENERATE(CKM_SHA3_384_KEY_GEN, CKK_SHA3_384_HMAC), .template = LENGTH(33) },
	{ "PKCS#11 3.2, SHA3_384 HMAC key without a length",
	    GENERATE(CKM_SHA3_384_KEY_GEN, CKK_SHA3_384_HMAC), .rv = CKR_TEMPLATE_INCOMPLETE },
	{ "PKCS#11 3.2, SHA3_512 HMAC key generation",
	    GENERATE(CKM_SHA3_512_KEY_GEN, CKK_SHA3_512_HMAC), .template = LENGTH(33) },
	{ "PKCS#11 3.2, SHA3_512 HMAC key without a length",
	    GENERATE(CKM_SHA3_512_KEY_GEN, CKK_SHA3_512_HMAC), .rv = CKR_TEMPLATE_INCOMPLETE },
	{ "PKCS#11 3.2, AES-XTS key generation, AES-128", XTS, .template = LENGTH(32) },
	{ "PKCS#11 3.2, AES-XTS key generation, AES-256", XTS, .template = LENGTH(64) },
	{ "AES-XTS key of 48 bytes", XTS, .template = LENGTH(48),
	    .rv = CKR_ATTRIBUTE_VALUE_INVALID },
	{ "AES-XTS key without a length", XTS, .rv = CKR_TEMPLATE_INCOMPLETE },
	{ "PKCS#11 3.2, ChaCha20 key generation", GENERATE(CKM_CHACHA20_KEY_GEN, CKK_CHACHA20) },
	{ "PKCS#11 3.2, Poly1305 key generation", GENERATE(CKM_POLY1305_KEY_GEN, CKK_POLY1305) },
	{ "ChaCha20 key of 16 bytes", GENERATE(CKM_CHACHA20_KEY_GEN, CKK_CHACHA20),
	    .template = LENGTH(16), .rv = CKR_ATTRIBUTE_VALUE_INVALID },
	{ 0 },
};
