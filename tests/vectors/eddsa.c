/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Vectors of EdDSA: keys and messages of RFC 8032; the signatures were computed with
 * @noble/curves (npm) and begin as the RFC's do.  Where a variant is asked for, the key has its
 * curve by name, since the object identifiers of RFC 8410 stand for the plain one.
 */
#include "tests/vectors.h"

#define SIGNATURE (CKF_SIGN | CKF_VERIFY)

/* RFC 8032, 7.1, TEST 1. */
static const struct vector_key key_1 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_EDWARDS,
	.public = {
		{ CKA_EC_PARAMS, "06032b6570" },
		{ CKA_EC_POINT, "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a" },
	},
	.private = {
		{ CKA_EC_PARAMS, "06032b6570" },
		{ CKA_VALUE, "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60" },
	},
};

/* RFC 8032, 7.1, TEST 2. */
static const struct vector_key key_2 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_EDWARDS,
	.public = {
		{ CKA_EC_PARAMS, "06032b6570" },
		{ CKA_EC_POINT, "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c" },
	},
	.private = {
		{ CKA_EC_PARAMS, "06032b6570" },
		{ CKA_VALUE, "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb" },
	},
};

/* RFC 8032, 7.1, TEST 3. */
static const struct vector_key key_3 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_EDWARDS,
	.public = {
		{ CKA_EC_PARAMS, "06032b6570" },
		{ CKA_EC_POINT, "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025" },
	},
	.private = {
		{ CKA_EC_PARAMS, "06032b6570" },
		{ CKA_VALUE, "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7" },
	},
};

/* RFC 8032, 7.2, foo. */
static const struct vector_key key_4 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_EDWARDS,
	.public = {
		{ CKA_EC_PARAMS, "130c656477617264733235353139" },
		{ CKA_EC_POINT, "dfc9425e4f968f7f0c29f0259cf5f9aed6851c2bb4ad8bfb860cfee0ab248292" },
	},
	.private = {
		{ CKA_EC_PARAMS, "130c656477617264733235353139" },
		{ CKA_VALUE, "0305334e381af78f141cb666f6199f57bc3495335a256a95bd2a55bf546663f6" },
	},
};

/* RFC 8032, 7.3, TEST abc. */
static const struct vector_key key_5 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_EDWARDS,
	.public = {
		{ CKA_EC_PARAMS, "130c656477617264733235353139" },
		{ CKA_EC_POINT, "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf" },
	},
	.private = {
		{ CKA_EC_PARAMS, "130c656477617264733235353139" },
		{ CKA_VALUE, "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42" },
	},
};

/* RFC 8032, 7.4, Blank. */
static const struct vector_key key_6 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_EDWARDS,
	.public = {
		{ CKA_EC_PARAMS, "06032b6571" },
		{ CKA_EC_POINT, "5fd7449b59b461fd2ce787ec616ad46a1da1342485a70e1f8a0ea75d80e96778"
		    "edf124769b46c7061bd6783df1e50f6cd1fa1abeafe8256180" },
	},
	.private = {
		{ CKA_EC_PARAMS, "06032b6571" },
		{ CKA_VALUE, "6c82a562cb808d10d632be89c8513ebf6c929f34ddfa8c9f63c9960ef6e348a3"
		    "528c8a3fcc2f044e39a3fc5b94492f8f032e7549a20098f95b" },
	},
};

/* RFC 8032, 7.4, 1 octet. */
static const struct vector_key key_7 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_EDWARDS,
	.public = {
		{ CKA_EC_PARAMS, "06032b6571" },
		{ CKA_EC_POINT, "43ba28f430cdff456ae531545f7ecd0ac834a55d9358c0372bfa0c6c6798c086"
		    "6aea01eb00742802b8438ea4cb82169c235160627b4c3a9480" },
	},
	.private = {
		{ CKA_EC_PARAMS, "06032b6571" },
		{ CKA_VALUE, "c4eab05d357007c632f3dbb48489924d552b08fe0c353a0d4a1f00acda2c463a"
		    "fbea67c5e8d2877c5e3bc397a659949ef8021e954e0a12274e" },
	},
};

/* RFC 8032, 7.4, 1 octet. */
static const struct vector_key key_8 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_EDWARDS,
	.public = {
		{ CKA_EC_PARAMS, "130a65647761726473343438" },
		{ CKA_EC_POINT, "43ba28f430cdff456ae531545f7ecd0ac834a55d9358c0372bfa0c6c6798c086"
		    "6aea01eb00742802b8438ea4cb82169c235160627b4c3a9480" },
	},
	.private = {
		{ CKA_EC_PARAMS, "130a65647761726473343438" },
		{ CKA_VALUE, "c4eab05d357007c632f3dbb48489924d552b08fe0c353a0d4a1f00acda2c463a"
		    "fbea67c5e8d2877c5e3bc397a659949ef8021e954e0a12274e" },
	},
};

/* RFC 8032, 7.5, TEST abc. */
static const struct vector_key key_9 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_EDWARDS,
	.public = {
		{ CKA_EC_PARAMS, "130a65647761726473343438" },
		{ CKA_EC_POINT, "259b71c19f83ef77a7abd26524cbdb3161b590a48f7d17de3ee0ba9c52beb743"
		    "c09428a131d6b1b57303d90d8132c276d5ed3d5d01c0f53880" },
	},
	.private = {
		{ CKA_EC_PARAMS, "130a65647761726473343438" },
		{ CKA_VALUE, "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42"
		    "ef7822e0d5104127dc05d6dbefde69e3ab2cec7c867c6e2c49" },
	},
};

/* RFC 8032, 7.2, foo. */
static const struct vector_key key_10 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_EDWARDS,
	.public = {
		{ CKA_EC_PARAMS, "06032b6570" },
		{ CKA_EC_POINT, "dfc9425e4f968f7f0c29f0259cf5f9aed6851c2bb4ad8bfb860cfee0ab248292" },
	},
	.private = {
		{ CKA_EC_PARAMS, "06032b6570" },
		{ CKA_VALUE, "0305334e381af78f141cb666f6199f57bc3495335a256a95bd2a55bf546663f6" },
	},
};

/* RFC 8032, 7.5, TEST abc. */
static const struct vector_key key_11 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_EDWARDS,
	.public = {
		{ CKA_EC_PARAMS, "06032b6571" },
		{ CKA_EC_POINT, "259b71c19f83ef77a7abd26524cbdb3161b590a48f7d17de3ee0ba9c52beb743"
		    "c09428a131d6b1b57303d90d8132c276d5ed3d5d01c0f53880" },
	},
	.private = {
		{ CKA_EC_PARAMS, "06032b6571" },
		{ CKA_VALUE, "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42"
		    "ef7822e0d5104127dc05d6dbefde69e3ab2cec7c867c6e2c49" },
	},
};

const struct vector eddsa_vectors[] = {
	{ "RFC 8032, 7.1, TEST 1", CKM_EDDSA, NONE, .verbs = SIGNATURE, .key = &key_1,
	    .out = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
		   "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b" },
	{ "RFC 8032, 7.1, TEST 2", CKM_EDDSA, NONE, .verbs = SIGNATURE, .key = &key_2, .in = "72",
	    .out = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
		   "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00" },
	{ "RFC 8032, 7.1, TEST 3", CKM_EDDSA, NONE, .verbs = SIGNATURE, .key = &key_3, .in = "af82",
	    .out = "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
		   "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a" },
	{ "RFC 8032, 7.2, foo", CKM_EDDSA, EDDSA(CK_FALSE, "666f6f"), .verbs = SIGNATURE,
	    .key = &key_4, .in = "f726936d19c800494e3fdaff20b276a8",
	    .out = "55a4cc2f70a54e04288c5f4cd1e45a7bb520b36292911876cada7323198dd87a"
		   "8b36950b95130022907a7fb7c4e9b2d5f6cca685a587b4b21f4b888e4e7edb0d",
	    .since = "3.2", .variant = true },
	{ "RFC 8032, 7.3, TEST abc", CKM_EDDSA, EDDSA(CK_TRUE, NULL), .verbs = SIGNATURE,
	    .key = &key_5, .in = "616263",
	    .out = "98a70222f0b8121aa9d30f813d683f809e462b469c7ff87639499bb94e6dae41"
		   "31f85042463c2a355a2003d062adf5aaa10b8c61e636062aaad11c2a26083406",
	    .since = "3.2", .variant = true },
	{ "RFC 8032, 7.4, Blank", CKM_EDDSA, NONE, .verbs = SIGNATURE, .key = &key_6,
	    .out = "533a37f6bbe457251f023c0d88f976ae2dfb504a843e34d2074fd823d41a591f"
		   "2b233f034f628281f2fd7a22ddd47d7828c59bd0a21bfd3980ff0d2028d4b18a"
		   "9df63e006c5d1c2d345b925d8dc00b4104852db99ac5c7cdda8530a113a0f4db"
		   "b61149f05a7363268c71d95808ff2e652600" },
	{ "RFC 8032, 7.4, 1 octet", CKM_EDDSA, NONE, .verbs = SIGNATURE, .key = &key_7, .in = "03",
	    .out = "26b8f91727bd62897af15e41eb43c377efb9c610d48f2335cb0bd0087810f435"
		   "2541b143c4b981b7e18f62de8ccdf633fc1bf037ab7cd779805e0dbcc0aae1cb"
		   "cee1afb2e027df36bc04dcecbf154336c19f0af7e0a6472905e799f1953d2a0f"
		   "f3348ab21aa4adafd1d234441cf807c03a00" },
	{ "RFC 8032, 7.4, 1 octet (with context)", CKM_EDDSA, EDDSA(CK_FALSE, "666f6f"),
	    .verbs = SIGNATURE, .key = &key_8, .in = "03",
	    .out = "d4f8f6131770dd46f40867d6fd5d5055de43541f8c5e35abbcd001b32a89f7d2"
		   "151f7647f11d8ca2ae279fb842d607217fce6e042f6815ea000c85741de5c8da"
		   "1144a6a1aba7f96de42505d7a7298524fda538fccbbb754f578c1cad10d54d0d"
		   "5428407e85dcbc98a49155c13764e66c3c00",
	    .since = "3.2", .variant = true },
	{ "RFC 8032, 7.5, TEST abc", CKM_EDDSA, EDDSA(CK_TRUE, NULL), .verbs = SIGNATURE,
	    .key = &key_9, .in = "616263",
	    .out = "822f6901f7480f3d5f562c592994d9693602875614483256505600bbc281ae38"
		   "1f54d6bce2ea911574932f52a4e6cadd78769375ec3ffd1b801a0d9b3f4030cd"
		   "433964b6457ea39476511214f97469b57dd32dbc560a9a94d00bff07620464a3"
		   "ad203df7dc7ce360c3cd3696d9d9fab90f00",
	    .since = "3.2", .variant = true },
	{ "RFC 8032, 7.5, TEST abc (with context)", CKM_EDDSA, EDDSA(CK_TRUE, "666f6f"),
	    .verbs = SIGNATURE, .key = &key_9, .in = "616263",
	    .out = "c32299d46ec8ff02b54540982814dce9a05812f81962b649d528095916a2aa48"
		   "1065b1580423ef927ecf0af5888f90da0f6a9a85ad5dc3f280d91224ba9911a3"
		   "653d00e484e2ce232521481c8658df304bb7745a73514cdb9bf3e15784ab7128"
		   "4f8d0704a608c54a6b62d97beb511d132100",
	    .since = "3.2", .variant = true },
	{ "RFC 8032, 7.4, the context empty", CKM_EDDSA, EDDSA(CK_FALSE, NULL), .verbs = SIGNATURE,
	    .key = &key_7, .in = "03",
	    .out = "26b8f91727bd62897af15e41eb43c377efb9c610d48f2335cb0bd0087810f435"
		   "2541b143c4b981b7e18f62de8ccdf633fc1bf037ab7cd779805e0dbcc0aae1cb"
		   "cee1afb2e027df36bc04dcecbf154336c19f0af7e0a6472905e799f1953d2a0f"
		   "f3348ab21aa4adafd1d234441cf807c03a00" },
	{ "Refused: Ed25519ctx without a context", CKM_EDDSA, EDDSA(CK_FALSE, NULL),
	    .verbs = SIGNATURE, .key = &key_2, .in = "72",
	    .out = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
		   "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: a context where the object identifier says Ed25519", CKM_EDDSA,
	    EDDSA(CK_FALSE, "666f6f"), .verbs = SIGNATURE, .key = &key_10,
	    .in = "f726936d19c800494e3fdaff20b276a8",
	    .out = "55a4cc2f70a54e04288c5f4cd1e45a7bb520b36292911876cada7323198dd87a"
		   "8b36950b95130022907a7fb7c4e9b2d5f6cca685a587b4b21f4b888e4e7edb0d",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: prehash where the object identifier says Ed448", CKM_EDDSA,
	    EDDSA(CK_TRUE, NULL), .verbs = SIGNATURE, .key = &key_11, .in = "616263",
	    .out = "822f6901f7480f3d5f562c592994d9693602875614483256505600bbc281ae38"
		   "1f54d6bce2ea911574932f52a4e6cadd78769375ec3ffd1b801a0d9b3f4030cd"
		   "433964b6457ea39476511214f97469b57dd32dbc560a9a94d00bff07620464a3"
		   "ad203df7dc7ce360c3cd3696d9d9fab90f00",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: neither true nor false", CKM_EDDSA, EDDSA(2, NULL), .verbs = SIGNATURE,
	    .key = &key_2, .in = "72",
	    .out = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
		   "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: a context of 256 bytes", CKM_EDDSA,
	    EDDSA(CK_FALSE,
		"0000000000000000000000000000000000000000000000000000000000000000"
		"0000000000000000000000000000000000000000000000000000000000000000"
		"0000000000000000000000000000000000000000000000000000000000000000"
		"0000000000000000000000000000000000000000000000000000000000000000"
		"0000000000000000000000000000000000000000000000000000000000000000"
		"0000000000000000000000000000000000000000000000000000000000000000"
		"0000000000000000000000000000000000000000000000000000000000000000"
		"0000000000000000000000000000000000000000000000000000000000000000"),
	    .verbs = SIGNATURE, .key = &key_4, .in = "f726936d19c800494e3fdaff20b276a8",
	    .out = "55a4cc2f70a54e04288c5f4cd1e45a7bb520b36292911876cada7323198dd87a"
		   "8b36950b95130022907a7fb7c4e9b2d5f6cca685a587b4b21f4b888e4e7edb0d",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: S not below the order (RFC 8032, 5.1.7)", CKM_EDDSA, NONE, .verbs = CKF_VERIFY,
	    .key = &key_2, .in = "72",
	    .out = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
		   "f52db7415978abc61b2c2eb6aeebfca0387b2eaeb4302aeeb00d291612bb0c10",
	    .rv = CKR_SIGNATURE_INVALID },
	{ "Refused: a signature too short", CKM_EDDSA, NONE, .verbs = CKF_VERIFY, .key = &key_2,
	    .in = "72",
	    .out = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
		   "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c",
	    .rv = CKR_SIGNATURE_LEN_RANGE },
	{ 0 },
};
