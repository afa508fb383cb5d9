/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Vectors of keys made of others.  PKCS#11 itself has an example of extraction;
 * encrypted data are NIST SP 800-38A, appendix F.  What concatenation, exclusive or
 * and extraction give of other values is Python's: bytes added, int.from_bytes() and
 * its shifts.  The two secrets of the hybrids are those of RFC 7748, 6.1, and of
 * nobody's in particular: only their order counts.
 */
#include "tests/vectors.h"

#define X25519_SECRET "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"
#define KEM_SECRET "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

#define JOINS(mechanism, parameter, base)                                                          \
	mechanism, parameter, .verbs = CKF_DERIVE, .key = GENERIC_KEY(base)

/* Four blocks, as appendix F has them everywhere. */
#define BLOCKS                                                                                     \
	"6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"                         \
	"30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710"
#define FIRST_BLOCK "6bc1bee22e409f96e93d7e117393172a"
#define AES_128 AES_KEY("2b7e151628aed2a6abf7158809cf4f3c")
#define AES_192 AES_KEY("8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b")
#define AES_256 AES_KEY("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4")
#define IV_38A "000102030405060708090a0b0c0d0e0f"

#define ECB(data) CKM_AES_ECB_ENCRYPT_DATA, STRING(data), .verbs = CKF_DERIVE
#define CBC(iv, data) CKM_AES_CBC_ENCRYPT_DATA, CBC_DATA(iv, data), .verbs = CKF_DERIVE

const struct vector combine_vectors[] = {
	/* X25519MLKEM768 has the secret of the KEM first, the hybrids with NIST curves have it
	   last. */
	{ "Python, KEM first",
	    JOINS(CKM_CONCATENATE_BASE_AND_KEY, OTHER_KEY(GENERIC_KEY(X25519_SECRET)), KEM_SECRET),
	    .out = KEM_SECRET X25519_SECRET, .whole = true },
	{ "Python, KEM last",
	    JOINS(CKM_CONCATENATE_BASE_AND_KEY, OTHER_KEY(GENERIC_KEY(KEM_SECRET)), X25519_SECRET),
	    .out = X25519_SECRET KEM_SECRET },
	{ "Python, the leading bytes",
	    JOINS(CKM_CONCATENATE_BASE_AND_KEY, OTHER_KEY(AES_128), KEM_SECRET),
	    .out = KEM_SECRET "2b7e1516" },
	{ "Python, fewer than the base has",
	    JOINS(CKM_CONCATENATE_BASE_AND_KEY, OTHER_KEY(AES_128), KEM_SECRET),
	    .out = "000102030405060708090a0b0c0d0e0f1011" },
	{ "more than both have",
	    JOINS(CKM_CONCATENATE_BASE_AND_KEY, OTHER_KEY(GENERIC_KEY("01")), "02"),
	    .out = "000000", .rv = CKR_KEY_SIZE_RANGE },

	{ "Python", JOINS(CKM_CONCATENATE_BASE_AND_DATA, STRING("f0f1f2"), "0001020304"),
	    .out = "0001020304f0f1f2", .whole = true },
	{ "Python, the leading bytes",
	    JOINS(CKM_CONCATENATE_BASE_AND_DATA, STRING("f0"), "0001020304"),
	    .out = "0001020304f0" },
	{ "Python, no data", JOINS(CKM_CONCATENATE_BASE_AND_DATA, STRING(NULL), "0001020304"),
	    .out = "0001020304", .whole = true },
	{ "more than both have", JOINS(CKM_CONCATENATE_BASE_AND_DATA, STRING("f0"), "00"),
	    .out = "000000", .rv = CKR_KEY_SIZE_RANGE },

	{ "Python", JOINS(CKM_CONCATENATE_DATA_AND_BASE, STRING("f0f1f2"), "0001020304"),
	    .out = "f0f1f20001020304", .whole = true },
	{ "Python, the leading bytes",
	    JOINS(CKM_CONCATENATE_DATA_AND_BASE, STRING("f0f1f2"), "0001020304"),
	    .out = "f0f1f20001" },
	{ "Python, no data", JOINS(CKM_CONCATENATE_DATA_AND_BASE, STRING(NULL), "0001020304"),
	    .out = "0001020304", .whole = true },
	{ "more than both have", JOINS(CKM_CONCATENATE_DATA_AND_BASE, STRING("f0"), "00"),
	    .out = "000000", .rv = CKR_KEY_SIZE_RANGE },

	{ "Python, equal lengths", JOINS(CKM_XOR_BASE_AND_DATA, STRING(X25519_SECRET), KEM_SECRET),
	    .out = "4a5c9f58a0cb2be67a8731ff8c38012af06f33da53c488246ee98127020b095d",
	    .whole = true },
	{ "Python, data the shorter",
	    JOINS(CKM_XOR_BASE_AND_DATA, STRING("ff00ff00"), "0001020304050607"), .out = "ff01fd03",
	    .whole = true },
	{ "Python, its leading bytes",
	    JOINS(CKM_XOR_BASE_AND_DATA, STRING("ff00ff"), "0001020304050607"), .out = "ff01fd" },
	{ "no data", JOINS(CKM_XOR_BASE_AND_DATA, STRING(NULL), "0001020304050607"), .out = "00",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "more than the shorter has", JOINS(CKM_XOR_BASE_AND_DATA, STRING("ff"), "0001"),
	    .out = "0000", .rv = CKR_KEY_SIZE_RANGE },

	{ "PKCS#11, CKM_EXTRACT_KEY_FROM_KEY",
	    JOINS(CKM_EXTRACT_KEY_FROM_KEY, NUMBER(21), "329f84a9"), .out = "9526" },
	{ "Python, from the first bit", JOINS(CKM_EXTRACT_KEY_FROM_KEY, NUMBER(0), "329f84a9"),
	    .out = "329f84" },
	{ "Python, whole bytes", JOINS(CKM_EXTRACT_KEY_FROM_KEY, NUMBER(8), "329f84a9"),
	    .out = "9f84a932" },
	{ "Python, from the last bit", JOINS(CKM_EXTRACT_KEY_FROM_KEY, NUMBER(31), "329f84a9"),
	    .out = "994fc254" },
	{ "Python, of one byte", JOINS(CKM_EXTRACT_KEY_FROM_KEY, NUMBER(3), "a9"), .out = "4d" },
	{ "beyond the last bit", JOINS(CKM_EXTRACT_KEY_FROM_KEY, NUMBER(32), "329f84a9"),
	    .out = "0000", .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "far beyond the last bit", JOINS(CKM_EXTRACT_KEY_FROM_KEY, NUMBER(~0UL), "329f84a9"),
	    .out = "0000", .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "more than there is", JOINS(CKM_EXTRACT_KEY_FROM_KEY, NUMBER(0), "329f84a9"),
	    .out = "0000000000", .rv = CKR_KEY_SIZE_RANGE },
	{ "no length", JOINS(CKM_EXTRACT_KEY_FROM_KEY, NUMBER(0), "329f84a9"), .out = "329f84a9",
	    .whole = true, .rv = CKR_TEMPLATE_INCOMPLETE },

	{ "NIST SP 800-38A F.1.1", ECB(BLOCKS), .key = AES_128,
	    .out = "3ad77bb40d7a3660a89ecaf32466ef97f5d3d58503b9699de785895a96fdbaaf"
		   "43b1cd7f598ece23881b00e3ed0306887b0c785e27e8ad3f8223207104725dd4",
	    .whole = true },
	{ "NIST SP 800-38A F.1.3", ECB(BLOCKS), .key = AES_192,
	    .out = "bd334f1d6e45f25ff712a214571fa5cc974104846d0ad3ad7734ecb3ecee4eef"
		   "ef7afd2270e2e60adce0ba2face6444e9a4b41ba738d6c72fb16691603c18e0e",
	    .whole = true },
	{ "NIST SP 800-38A F.1.5", ECB(BLOCKS), .key = AES_256,
	    .out = "f3eed1bdb5d2a03c064b5a7e3db181f8591ccb10d410ed26dc5ba74a31362870"
		   "b6ed21b99ca6f4f9f153e7b1beafed1d23304b7a39f9f3ff067d8d8f9e24ecc7",
	    .whole = true },
	{ "NIST SP 800-38A F.1.1, the leading bytes", ECB(FIRST_BLOCK), .key = AES_128,
	    .out = "3ad77bb40d7a3660a89ecaf32466ef" },
	{ "no whole block", ECB("6bc1bee22e409f96e93d7e11739317"), .key = AES_128, .out = "3a",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "no data", ECB(NULL), .key = AES_128, .out = "3a", .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "more than the data", ECB(FIRST_BLOCK), .key = AES_128,
	    .out = "3ad77bb40d7a3660a89ecaf32466ef9700", .rv = CKR_DATA_LEN_RANGE },

	{ "NIST SP 800-38A F.2.1", CBC(IV_38A, BLOCKS), .key = AES_128,
	    .out = "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2"
		   "73bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7",
	    .whole = true },
	{ "NIST SP 800-38A F.2.3", CBC(IV_38A, BLOCKS), .key = AES_192,
	    .out = "4f021db243bc633d7178183a9fa071e8b4d9ada9ad7dedf4e5e738763f69145a"
		   "571b242012fb7ae07fa9baac3df102e008b0e27988598881d920a9e64f5615cd",
	    .whole = true },
	{ "NIST SP 800-38A F.2.5", CBC(IV_38A, BLOCKS), .key = AES_256,
	    .out = "f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d"
		   "39f23369a9d9bacfa530e26304231461b2eb05e2c39be9fcda6c19078c6a9d1b",
	    .whole = true },
	{ "NIST SP 800-38A F.2.1, the leading bytes", CBC(IV_38A, FIRST_BLOCK), .key = AES_128,
	    .out = "7649abac8119b246cee98e9b12e919" },
	{ "no whole block", CBC(IV_38A, "6bc1bee22e409f96e93d7e11739317"), .key = AES_128,
	    .out = "76", .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "no data", CBC(IV_38A, NULL), .key = AES_128, .out = "76",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "more than the data", CBC(IV_38A, FIRST_BLOCK), .key = AES_128,
	    .out = "7649abac8119b246cee98e9b12e9197d00", .rv = CKR_DATA_LEN_RANGE },
	{ 0 },
};
