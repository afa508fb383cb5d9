/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Vectors of X25519 and X448: RFC 7748, Project Wycheproof; RFC 8410 for object
 * identifiers and PKCS#8.  What a refused row says of its output is what an unchecked
 * derivation would have had the length of.
 */
#include "tests/vectors.h"

/* A pair on the curve that `params`, as CKA_EC_PARAMS, names. */
#define PAIR(from, params)                                                                         \
	{                                                                                          \
		.source = (from), .mechanism = CKM_EC_MONTGOMERY_KEY_PAIR_GEN,                     \
		.verbs = CKF_GENERATE_KEY_PAIR,                                                    \
		.key = MADE_KEY(CKO_PRIVATE_KEY, CKK_EC_MONTGOMERY),                               \
		.template = { { CKA_EC_PARAMS, params } },                                         \
	}

/* RFC 7748, 6.1, Alice. */
static const struct vector_key x25519_alice = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.public = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_EC_POINT, "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a" },
	},
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a" },
	},
};

/* RFC 7748, 6.1, Bob. */
static const struct vector_key x25519_bob = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.public = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_EC_POINT, "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f" },
	},
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb" },
	},
};

/* RFC 7748, 5.2, the first vector of X25519. */
static const struct vector_key x25519_scalar_1 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4" },
	},
};

/* RFC 7748, 5.2, the second vector of X25519. */
static const struct vector_key x25519_scalar_2 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d" },
	},
};

/* RFC 7748, 6.2, Alice. */
static const struct vector_key x448_alice = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.public = {
		{ CKA_EC_PARAMS, "06032b656f" },
		{ CKA_EC_POINT, "9b08f7cc31b7e3e67d22d5aea121074a273bd2b83de09c63faa73d2c22c5d9bb"
		    "c836647241d953d40c5b12da88120d53177f80e532c41fa0" },
	},
	.private = {
		{ CKA_EC_PARAMS, "06032b656f" },
		{ CKA_VALUE, "9a8f4925d1519f5775cf46b04b5800d4ee9ee8bae8bc5565d498c28dd9c9baf5"
		    "74a9419744897391006382a6f127ab1d9ac2d8c0a598726b" },
	},
};

/* RFC 7748, 6.2, Bob. */
static const struct vector_key x448_bob = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.public = {
		{ CKA_EC_PARAMS, "06032b656f" },
		{ CKA_EC_POINT, "3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972"
		    "fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609" },
	},
	.private = {
		{ CKA_EC_PARAMS, "06032b656f" },
		{ CKA_VALUE, "1c306a7ac2a0e2e0990b294470cba339e6453772b075811d8fad0d1d6927c120"
		    "bb5ee8972b0d3e21374c9c921b09d1b0366f10b65173992d" },
	},
};

/* RFC 7748, 5.2, the first vector of X448. */
static const struct vector_key x448_scalar_1 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656f" },
		{ CKA_VALUE, "3d262fddf9ec8e88495266fea19a34d28882acef045104d0d1aae121700a779c"
		    "984c24f8cdd78fbff44943eba368f54b29259a4f1c600ad3" },
	},
};

/* Wycheproof, x25519, 1. */
static const struct vector_key wycheproof_key_1 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "c8a9d5a91091ad851c668b0736c1c9a02936c0d3ad62670858088047ba057475" },
	},
};

/* Wycheproof, x25519, 2. */
static const struct vector_key wycheproof_key_2 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "d85d8c061a50804ac488ad774ac716c3f5ba714b2712e048491379a500211958" },
	},
};

/* Wycheproof, x25519, 3. */
static const struct vector_key wycheproof_key_3 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "c8b45bfd32e55325d9fd648cb302848039000b390e44d521e58aab3b29a6964b" },
	},
};

/* Wycheproof, x25519, 4. */
static const struct vector_key wycheproof_key_4 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "f876e34bcbe1f47fbc0fddfd7c1e1aa53d57bfe0f66d243067b424bb6210be51" },
	},
};

/* Wycheproof, x25519, 32. */
static const struct vector_key wycheproof_key_5 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "88227494038f2bb811d47805bcdf04a2ac585ada7f2f23389bfd4658f9ddd45e" },
	},
};

/* Wycheproof, x25519, 33. */
static const struct vector_key wycheproof_key_6 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "48232e8972b61c7e61930eb9450b5070eae1c670475685541f0476217e48184f" },
	},
};

/* Wycheproof, x25519, 34. */
static const struct vector_key wycheproof_key_7 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "a8386f7f16c50731d64f82e6a170b142a4e34f31fd7768fcb8902925e7d1e25a" },
	},
};

/* Wycheproof, x25519, 35. */
static const struct vector_key wycheproof_key_8 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "d05abd08bf5e62538cb9a5ed105dbedd6de38d07940085072b4311c2678ed77d" },
	},
};

/* Wycheproof, x25519, 36. */
static const struct vector_key wycheproof_key_9 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "f0b8b0998c8394364d7dcb25a3885e571374f91615275440db0645ee7c0a6f6b" },
	},
};

/* Wycheproof, x25519, 63. */
static const struct vector_key wycheproof_key_10 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "e0f978dfcd3a8f1a5093418de54136a584c20b7b349afdf6c0520886f95b1272" },
	},
};

/* Wycheproof, x25519, 64. */
static const struct vector_key wycheproof_key_11 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "387355d995616090503aafad49da01fb3dc3eda962704eaee6b86f9e20c92579" },
	},
};

/* Wycheproof, x25519, 65. */
static const struct vector_key wycheproof_key_12 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "c8fe0df92ae68a03023fc0c9adb9557d31be7feed0d3ab36c558143daf4dbb40" },
	},
};

/* Wycheproof, x25519, 66. */
static const struct vector_key wycheproof_key_13 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "c8d74acde5934e64b9895d5ff7afbffd7f704f7dfccff7ac28fa62a1e6410347" },
	},
};

/* Wycheproof, x25519, 67. */
static const struct vector_key wycheproof_key_14 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "b85649d5120e01e8ccaf7b2fb8d81b62e8ad6f3d5c0553fdde1906cb9d79c050" },
	},
};

/* Wycheproof, x25519, 68. */
static const struct vector_key wycheproof_key_15 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "2064b2f4c9dc97ec7cf58932fdfa3265ba6ea4d11f0259b8efc8afb35db88c48" },
	},
};

/* Wycheproof, x25519, 69. */
static const struct vector_key wycheproof_key_16 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "786a33a4f7af297a20e7642925932bf509e7070fa1bc36986af1eb13f4f50b55" },
	},
};

/* Wycheproof, x25519, 83. */
static const struct vector_key wycheproof_key_17 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "40ff586e73d61f0960dc2d763ac19e98225f1194f6fe43d5dd97ad55b3d35961" },
	},
};

/* Wycheproof, x25519, 84. */
static const struct vector_key wycheproof_key_18 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "7887889bac4c629a101d3724f2ed8b98d936fde79e1a1f77d86779626bf8f263" },
	},
};

/* Wycheproof, x25519, 85. */
static const struct vector_key wycheproof_key_19 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "584fceaebae944bfe93b2e0d0a575f706ce5ada1da2b1311c3b421f9186c7a6f" },
	},
};

/* Wycheproof, x25519, 86. */
static const struct vector_key wycheproof_key_20 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "e07971ee820e48b0b266d8be3cdbbb5e900a43f59ee8535c6572418615de4962" },
	},
};

/* Wycheproof, x25519, 87. */
static const struct vector_key wycheproof_key_21 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "0016b62af5cabde8c40938ebf2108e05d27fa0533ed85d70015ad4ad39762d54" },
	},
};

/* Wycheproof, x25519, 88. */
static const struct vector_key wycheproof_key_22 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "d83650ba7cec115881916255e3fa5fa0d6b8dcf968731bd2c9d2aec3f561f649" },
	},
};

/* Wycheproof, x25519, 89. */
static const struct vector_key wycheproof_key_23 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "88dd14e2711ebd0b0026c651264ca965e7e3da5082789fbab7e24425e7b4377e" },
	},
};

/* Wycheproof, x25519, 90. */
static const struct vector_key wycheproof_key_24 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "98c2b08cbac14e15953154e3b558d42bb1268a365b0ef2f22725129d8ac5cb7f" },
	},
};

/* Wycheproof, x25519, 100. */
static const struct vector_key wycheproof_key_25 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "a046e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449a44" },
	},
};

/* Wycheproof, x25519, 101. */
static const struct vector_key wycheproof_key_26 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "4866e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba4d" },
	},
};

/* Wycheproof, x25519, 102. */
static const struct vector_key wycheproof_key_27 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a" },
	},
};

/* Wycheproof, x25519, 103. */
static const struct vector_key wycheproof_key_28 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "60a3a4f130b98a5be4b1cedb7cb85584a3520e142d474dc9ccb909a073a9767f" },
	},
};

/* Wycheproof, x25519, 117. */
static const struct vector_key wycheproof_key_29 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "c8d07c46bbfb827753b92c70e49583ce8bfa44641a7382258ea903d6a832c96b" },
	},
};

/* Wycheproof, x25519, 118. */
static const struct vector_key wycheproof_key_30 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "90b7ef237a055f348dcb4c4364a59d7d31edc7ab78f2ca254e2c810975c3f543" },
	},
};

/* Wycheproof, x25519, 119. */
static const struct vector_key wycheproof_key_31 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "e0a8be63315c4f0f0a3fee607f44d30a55be63f09561d9af93e0a1c9cf0ed751" },
	},
};

/* Wycheproof, x25519, 120. */
static const struct vector_key wycheproof_key_32 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "0840a8af5bc4c48da8850e973d7e14220f45c192cea4020d377eecd25c7c3643" },
	},
};

/* Wycheproof, x25519, 121. */
static const struct vector_key wycheproof_key_33 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "0092229c753a71284d0853909470ad847ab62f439ea51482fb41d30cc3b44743" },
	},
};

/* Wycheproof, x25519, 122. */
static const struct vector_key wycheproof_key_34 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "b8da2bd2d7cf25a3e54e5f87ee15911effb9ff86baec4076d56c8e953670bf5b" },
	},
};

/* Wycheproof, x25519, 123. */
static const struct vector_key wycheproof_key_35 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "684cd420af41abb3d10c61e773238cf729c2155f941ac27e15f4c37f49b29576" },
	},
};

/* Wycheproof, x25519, 124. */
static const struct vector_key wycheproof_key_36 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "38cfacaa4460796b4de434bdd6739f0d043671f97fa829517511e6b47aa93474" },
	},
};

/* Wycheproof, x25519, 154. */
static const struct vector_key wycheproof_key_37 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "18630f93598637c35da623a74559cf944374a559114c7937811041fc8605564a" },
	},
};

/* Wycheproof, x25519, 165. */
static const struct vector_key wycheproof_key_38 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "5891c9272cf9a197735b701e5715268d36d7436b7e351a3e997a0862e4807d4d" },
	},
};

/* Wycheproof, x25519, 166. */
static const struct vector_key wycheproof_key_39 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "c0f9c60aea73731d92ab5ed9f4cea122f9a6eb2577bda72f94948fea4d4cc65d" },
	},
};

/* Wycheproof, x25519, 511. */
static const struct vector_key wycheproof_key_40 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "a023cdd083ef5bb82f10d62e59e15a6800000000000000000000000000000050" },
	},
};

/* Wycheproof, x25519, 513. */
static const struct vector_key wycheproof_key_41 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "4855555555555555555555555555555555555555555555555555555555555555" },
	},
};

const struct vector montgomery_vectors[] = {
	PAIR("RFC 8410, 3, X25519 by its object identifier", "06032b656e"),
	PAIR("PKCS#11 3.2, curve25519 by its name", "130a63757276653235353139"),
	PAIR("RFC 8410, 3, X448 by its object identifier", "06032b656f"),
	PAIR("PKCS#11 3.2, curve448 by its name", "13086375727665343438"),
	{ "RFC 8410, 3, Ed25519", CKM_EC_EDWARDS_KEY_PAIR_GEN, NONE, .verbs = CKF_GENERATE_KEY_PAIR,
	    .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_EC_EDWARDS),
	    .template = { { CKA_EC_PARAMS, "06032b6570" } } },
	{ "RFC 8410, 3, Ed448", CKM_EC_EDWARDS_KEY_PAIR_GEN, NONE, .verbs = CKF_GENERATE_KEY_PAIR,
	    .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_EC_EDWARDS),
	    .template = { { CKA_EC_PARAMS, "06032b6571" } } },
	{ "PKCS#11 3.2, edwards25519 by its name", CKM_EC_EDWARDS_KEY_PAIR_GEN, NONE,
	    .verbs = CKF_GENERATE_KEY_PAIR, .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_EC_EDWARDS),
	    .template = { { CKA_EC_PARAMS, "130c656477617264733235353139" } } },
	{ "PKCS#11 3.2, edwards448 by its name", CKM_EC_EDWARDS_KEY_PAIR_GEN, NONE,
	    .verbs = CKF_GENERATE_KEY_PAIR, .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_EC_EDWARDS),
	    .template = { { CKA_EC_PARAMS, "130a65647761726473343438" } } },
	{ "Refused: X25519", CKM_EC_EDWARDS_KEY_PAIR_GEN, NONE, .verbs = CKF_GENERATE_KEY_PAIR,
	    .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_EC_EDWARDS),
	    .template = { { CKA_EC_PARAMS, "06032b656e" } }, .rv = CKR_CURVE_NOT_SUPPORTED },
	{ "Refused: no curve", CKM_EC_EDWARDS_KEY_PAIR_GEN, NONE, .verbs = CKF_GENERATE_KEY_PAIR,
	    .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_EC_EDWARDS), .rv = CKR_TEMPLATE_INCOMPLETE },
	{ "Refused: P-256", CKM_EC_MONTGOMERY_KEY_PAIR_GEN, NONE, .verbs = CKF_GENERATE_KEY_PAIR,
	    .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_EC_MONTGOMERY),
	    .template = { { CKA_EC_PARAMS, "06082a8648ce3d030107" } },
	    .rv = CKR_CURVE_NOT_SUPPORTED },
	{ "Refused: Ed25519", CKM_EC_MONTGOMERY_KEY_PAIR_GEN, NONE, .verbs = CKF_GENERATE_KEY_PAIR,
	    .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_EC_MONTGOMERY),
	    .template = { { CKA_EC_PARAMS, "06032b6570" } }, .rv = CKR_CURVE_NOT_SUPPORTED },
	{ "Refused: explicit parameters", CKM_EC_MONTGOMERY_KEY_PAIR_GEN, NONE,
	    .verbs = CKF_GENERATE_KEY_PAIR, .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_EC_MONTGOMERY),
	    .template = { { CKA_EC_PARAMS, "30020500" } }, .rv = CKR_DOMAIN_PARAMS_INVALID },
	{ "Refused: X25519", CKM_EC_KEY_PAIR_GEN, NONE, .verbs = CKF_GENERATE_KEY_PAIR,
	    .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_EC),
	    .template = { { CKA_EC_PARAMS, "06032b656e" } }, .rv = CKR_CURVE_NOT_SUPPORTED },
	{ "Refused: curve448 by its name", CKM_EC_KEY_PAIR_GEN, NONE,
	    .verbs = CKF_GENERATE_KEY_PAIR, .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_EC),
	    .template = { { CKA_EC_PARAMS, "13086375727665343438" } },
	    .rv = CKR_CURVE_NOT_SUPPORTED },
	{ "Refused: X25519", CKM_EC_KEY_PAIR_GEN_W_EXTRA_BITS, NONE, .verbs = CKF_GENERATE_KEY_PAIR,
	    .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_EC),
	    .template = { { CKA_EC_PARAMS, "06032b656e" } }, .rv = CKR_CURVE_NOT_SUPPORTED },
	{ "Refused: curve448 by its name", CKM_EC_KEY_PAIR_GEN_W_EXTRA_BITS, NONE,
	    .verbs = CKF_GENERATE_KEY_PAIR, .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_EC),
	    .template = { { CKA_EC_PARAMS, "13086375727665343438" } },
	    .rv = CKR_CURVE_NOT_SUPPORTED },
	{ "RFC 7748, 6.1, Alice", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"),
	    .verbs = CKF_DERIVE, .key = &x25519_alice,
	    .out = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742",
	    .whole = true },
	{ "RFC 7748, 6.1, Bob", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"),
	    .verbs = CKF_DERIVE, .key = &x25519_bob,
	    .out = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742" },
	{ "RFC 7748, 6.1, Alice, an OCTET STRING", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0420de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f88"
		"2b4f"),
	    .verbs = CKF_DERIVE, .key = &x25519_alice,
	    .out = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742" },
	{ "RFC 7748, 6.1, Alice, a BIT STRING", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"032100de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f"
		"882b4f"),
	    .verbs = CKF_DERIVE, .key = &x25519_alice,
	    .out = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742" },
	{ "RFC 7748, 6.1, Alice, 16 bytes of it", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"),
	    .verbs = CKF_DERIVE, .key = &x25519_alice, .out = "e07e21c947d19e3376f09b3c1e161742" },
	{ "RFC 7748, 5.2, X25519, 1", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"),
	    .verbs = CKF_DERIVE, .key = &x25519_scalar_1,
	    .out = "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552" },
	{ "RFC 7748, 5.2, X25519, 2", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493"),
	    .verbs = CKF_DERIVE, .key = &x25519_scalar_2,
	    .out = "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957" },
	{ "RFC 7748, 6.2, Alice", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972"
		"fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609"),
	    .verbs = CKF_DERIVE, .key = &x448_alice,
	    .out = "07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282bb60c0b56"
		   "fd2464c335543936521c24403085d59a449a5037514a879d",
	    .whole = true },
	{ "RFC 7748, 6.2, Bob", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"9b08f7cc31b7e3e67d22d5aea121074a273bd2b83de09c63faa73d2c22c5d9bb"
		"c836647241d953d40c5b12da88120d53177f80e532c41fa0"),
	    .verbs = CKF_DERIVE, .key = &x448_bob,
	    .out = "07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282bb60c0b56"
		   "fd2464c335543936521c24403085d59a449a5037514a879d" },
	{ "RFC 7748, 6.2, Alice, an OCTET STRING", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04383eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8"
		"b972fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609"),
	    .verbs = CKF_DERIVE, .key = &x448_alice,
	    .out = "07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282bb60c0b56"
		   "fd2464c335543936521c24403085d59a449a5037514a879d" },
	{ "RFC 7748, 6.2, Alice, a BIT STRING", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0339003eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027"
		"d8b972fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609"),
	    .verbs = CKF_DERIVE, .key = &x448_alice,
	    .out = "07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282bb60c0b56"
		   "fd2464c335543936521c24403085d59a449a5037514a879d" },
	{ "RFC 7748, 6.2, Alice, 16 bytes of it", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972"
		"fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609"),
	    .verbs = CKF_DERIVE, .key = &x448_alice, .out = "521c24403085d59a449a5037514a879d" },
	{ "RFC 7748, 5.2, X448, 1", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"06fce640fa3487bfda5f6cf2d5263f8aad88334cbd07437f020f08f9814dc031"
		"ddbdc38c19c6da2583fa5429db94ada18aa7a7fb4ef8a086"),
	    .verbs = CKF_DERIVE, .key = &x448_scalar_1,
	    .out = "ce3e4ff95a60dc6697da1db1d85e6afbdf79b50a2412d7546d5f239fe14fbaad"
		   "eb445fc66a01b0779d98223961111e21766282f73dd96b6f" },
	{ "ANSI X9.63 by OpenSSL 3.0's X963KDF, X25519, SHA256", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA256_KDF, "48616e6466617374",
		"de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"),
	    .verbs = CKF_DERIVE, .key = &x25519_alice,
	    .out = "7ed4637279467ca0414d008992b1d71fbd930fb90fc11ef3440967826df8b4a3"
		   "506d13f5282d00a8684986d3f0f11dc0" },
	{ "ANSI X9.63 by OpenSSL 3.0's X963KDF, X448, SHA256", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA256_KDF, "48616e6466617374",
		"3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972"
		"fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609"),
	    .verbs = CKF_DERIVE, .key = &x448_alice,
	    .out = "57d865d72a89dd40f5a2feffa37983ee312f3bfd2fdf4fc4a67bf25e18f625a7"
		   "87e646fc245c162e8994feea818711ea" },
	{ "Refused: X25519, a byte short", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL, "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b"),
	    .verbs = CKF_DERIVE, .key = &x25519_alice,
	    .out = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: X25519, a byte more", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"
		"00"),
	    .verbs = CKF_DERIVE, .key = &x25519_alice,
	    .out = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: X25519, nothing", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, ""),
	    .verbs = CKF_DERIVE, .key = &x25519_alice,
	    .out = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: X25519, two bytes that are no OCTET STRING", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"041fde9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f88"
		"2b4f"),
	    .verbs = CKF_DERIVE, .key = &x25519_alice,
	    .out = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: X25519, a BIT STRING that lacks bits", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"032101de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f"
		"882b4f"),
	    .verbs = CKF_DERIVE, .key = &x25519_alice,
	    .out = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: X25519, shared data without a function", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, "00", "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"),
	    .verbs = CKF_DERIVE, .key = &x25519_alice,
	    .out = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: X448, a byte short", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972"
		"fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf336"),
	    .verbs = CKF_DERIVE, .key = &x448_alice,
	    .out = "07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282bb60c0b56"
		   "fd2464c335543936521c24403085d59a449a5037514a879d",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: X448, a byte more", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972"
		"fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf3360900"),
	    .verbs = CKF_DERIVE, .key = &x448_alice,
	    .out = "07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282bb60c0b56"
		   "fd2464c335543936521c24403085d59a449a5037514a879d",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: X448, nothing", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, ""), .verbs = CKF_DERIVE,
	    .key = &x448_alice,
	    .out = "07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282bb60c0b56"
		   "fd2464c335543936521c24403085d59a449a5037514a879d",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: X448, two bytes that are no OCTET STRING", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04373eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8"
		"b972fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609"),
	    .verbs = CKF_DERIVE, .key = &x448_alice,
	    .out = "07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282bb60c0b56"
		   "fd2464c335543936521c24403085d59a449a5037514a879d",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: X448, a BIT STRING that lacks bits", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0339013eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027"
		"d8b972fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609"),
	    .verbs = CKF_DERIVE, .key = &x448_alice,
	    .out = "07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282bb60c0b56"
		   "fd2464c335543936521c24403085d59a449a5037514a879d",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: X448, shared data without a function", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, "00",
		"3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972"
		"fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609"),
	    .verbs = CKF_DERIVE, .key = &x448_alice,
	    .out = "07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282bb60c0b56"
		   "fd2464c335543936521c24403085d59a449a5037514a879d",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: X448, the point 0 of small order", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0000000000000000000000000000000000000000000000000000000000000000"
		"000000000000000000000000000000000000000000000000"),
	    .verbs = CKF_DERIVE, .key = &x448_alice,
	    .out = "07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282bb60c0b56"
		   "fd2464c335543936521c24403085d59a449a5037514a879d",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: X448, the point 1 of small order", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0100000000000000000000000000000000000000000000000000000000000000"
		"000000000000000000000000000000000000000000000000"),
	    .verbs = CKF_DERIVE, .key = &x448_alice,
	    .out = "07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282bb60c0b56"
		   "fd2464c335543936521c24403085d59a449a5037514a879d",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: X448, the point p - 1 of small order", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"fefffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffff"
		"ffffffffffffffffffffffffffffffffffffffffffffffff"),
	    .verbs = CKF_DERIVE, .key = &x448_alice,
	    .out = "07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282bb60c0b56"
		   "fd2464c335543936521c24403085d59a449a5037514a879d",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: X448, the point p of small order", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"fffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffff"
		"ffffffffffffffffffffffffffffffffffffffffffffffff"),
	    .verbs = CKF_DERIVE, .key = &x448_alice,
	    .out = "07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282bb60c0b56"
		   "fd2464c335543936521c24403085d59a449a5037514a879d",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: X448, the point p + 1 of small order", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"00000000000000000000000000000000000000000000000000000000ffffffff"
		"ffffffffffffffffffffffffffffffffffffffffffffffff"),
	    .verbs = CKF_DERIVE, .key = &x448_alice,
	    .out = "07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282bb60c0b56"
		   "fd2464c335543936521c24403085d59a449a5037514a879d",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, x25519, 1", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "504a36999f489cd2fdbc08baff3d88fa00569ba986cba22548ffde80f9806829"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_1,
	    .out = "436a2c040cf45fea9b29a0cb81b1f41458f863d0d61b453d0a982720d6d61320" },
	{ "Wycheproof, x25519, 2", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "63aa40c6e38346c5caf23a6df0a5e6c80889a08647e551b3563449befcfc9733"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_2,
	    .out = "279df67a7c4611db4708a0e8282b195e5ac0ed6f4b2f292c6fbd0acac30d1332" },
	{ "Wycheproof, x25519, 3", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "0f83c36fded9d32fadf4efa3ae93a90bb5cfa66893bc412c43fa7287dbb99779"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_3,
	    .out = "4bc7e01e7d83d6cf67632bf90033487a5fc29eba5328890ea7b1026d23b9a45f" },
	{ "Wycheproof, x25519, 4", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "0b8211a2b6049097f6871c6c052d3c5fc1ba17da9e32ae458403b05bb283092a"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_4,
	    .out = "119d37ed4b109cbd6418b1f28dea83c836c844715cdf98a3a8c362191debd514" },
	{ "Wycheproof, x25519, 32", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "0000000000000000000000000000000000000000000000000000000000000000"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_5,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, x25519, 33", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "0100000000000000000000000000000000000000000000000000000000000000"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_6,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, x25519, 34", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "0400000000000000000000000000000000000000000000000000000000000000"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_7,
	    .out = "34b7e4fa53264420d9f943d15513902342b386b172a0b0b7c8b8f2dd3d669f59" },
	{ "Wycheproof, x25519, 35", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "0001000000000000000000000000000000000000000000000000000000000000"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_8,
	    .out = "3aa227a30781ed746bd4b3365e5f61461b844d09410c70570abd0d75574dfc77" },
	{ "Wycheproof, x25519, 36", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "0000001000000000000000000000000000000000000000000000000000000000"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_9,
	    .out = "97755e7e775789184e176847ffbc2f8ef98799d46a709c6a1c0ffd29081d7039" },
	{ "Wycheproof, x25519, 63", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_10,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, x25519, 64", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_11,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, x25519, 65", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_12,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, x25519, 66", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b880"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_13,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, x25519, 67", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f11d7"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_14,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, x25519, 68", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_15,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, x25519, 69", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "0000000000000000000000000000000000000000000000000000000000000000"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_16,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, x25519, 70", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "0100000000000000000000000000000000000000000000000000000000000000"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_16,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, x25519, 71", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_16,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, x25519, 72", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_16,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, x25519, 73", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_16,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, x25519, 74", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_16,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, x25519, 75", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_16,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, x25519, 76", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "0000000000000000000000000000000000000000000000000000000000000080"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_16,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, x25519, 77", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "0100000000000000000000000000000000000000000000000000000000000080"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_16,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, x25519, 78", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_16,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, x25519, 79", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f11d7"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_16,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, x25519, 80", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b880"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_16,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, x25519, 81", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_16,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, x25519, 82", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_16,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, x25519, 83", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_17,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, x25519, 84", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "0000000000000000000000000000000000000000000000000000000000000080"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_18,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, x25519, 85", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_19,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, x25519, 86", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "0100000000000000000000000000000000000000000000000000000000000080"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_20,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, x25519, 87", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "efffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_21,
	    .out = "b4d10e832714972f96bd3382e4d082a21a8333a16315b3ffb536061d2482360d" },
	{ "Wycheproof, x25519, 88", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_22,
	    .out = "515eac8f1ed0b00c70762322c3ef86716cd2c51fe77cec3d31b6388bc6eea336" },
	{ "Wycheproof, x25519, 89", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "f1ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_23,
	    .out = "6919992d6a591e77b3f2bacbd74caf3aea4be4802b18b2bc07eb09ade3ad6662" },
	{ "Wycheproof, x25519, 90", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_24,
	    .out = "9c034fcd8d3bf69964958c0105161fcb5d1ea5b8f8abb371491e42a7684c2322" },
	{ "Wycheproof, x25519, 100", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_25,
	    .out = "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552" },
	{ "Wycheproof, x25519, 101", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a413"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_26,
	    .out = "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957" },
	{ "Wycheproof, x25519, 102", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_27,
	    .out = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742" },
	{ "Wycheproof, x25519, 103", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "b7b6d39c765cb60c0c8542f4f3952ffb51d3002d4aeb9f8ff988b192043e6d0a"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_28,
	    .out = "0200000000000000000000000000000000000000000000000000000000000000" },
	{ "Wycheproof, x25519, 104", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "3b18df1e50b899ebd588c3161cbd3bf98ebcc2c1f7df53b811bd0e91b4d5153d"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_28,
	    .out = "0900000000000000000000000000000000000000000000000000000000000000" },
	{ "Wycheproof, x25519, 105", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "cab6f9e7d8ce00dfcea9bbd8f069ef7fb2ac504abf83b87db601b5ae0a7f7615"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_28,
	    .out = "1000000000000000000000000000000000000000000000000000000000000000" },
	{ "Wycheproof, x25519, 106", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "4977d0d897e1ba566590f60f2eb0db6f7b24c13d436918ccfd32708dfad7e247"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_28,
	    .out = "feffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff3f" },
	{ "Wycheproof, x25519, 107", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "98730bc03e29e8b057fb1d20ef8c0bffc822485d3db7f45f4e3cc2c3c6d1d14c"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_28,
	    .out = "fcffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff3f" },
	{ "Wycheproof, x25519, 108", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "97b4fff682df7f096cd1756569e252db482d45406a3198a1aff282a5da474c49"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_28,
	    .out = "f9ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff3f" },
	{ "Wycheproof, x25519, 109", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "317781b0163bae74accc06c0d44ef9a911a22b0d37faf7726621591f9343ea2f"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_28,
	    .out = "f3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff3f" },
	{ "Wycheproof, x25519, 111", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "e96d2780e5469a74620ab5aa2f62151d140c473320dbe1b028f1a48f8e76f95f"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_28,
	    .out = "e5ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f" },
	{ "Wycheproof, x25519, 117", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "0000000000000000000000000000000000000000000000000000000000000000"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_29,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, x25519, 118", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "0100000000000000000000000000000000000000000000000000000000000000"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_30,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, x25519, 119", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "0200000000000000000000000000000000000000000000000000000000000000"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_31,
	    .out = "0c50ac2bfb6815b47d0734c5981379882a24a2de6166853c735329d978baee4d" },
	{ "Wycheproof, x25519, 120", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "1200000000000000000000000000000000000000000000000000000000000000"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_32,
	    .out = "77557137a2a2a651c49627a9b239ac1f2bf78b8a3e72168ccecc10a51fc5ae66" },
	{ "Wycheproof, x25519, 121", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "1400000000000000000000000000000000000000000000000000000000000000"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_33,
	    .out = "c88e719ae5c2248b5f90da346a92ae214f44a5d129fd4e9c26cf6a0da1efe077" },
	{ "Wycheproof, x25519, 122", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "0000000000000000000000000080000000000000000000000000000000000000"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_34,
	    .out = "4bf6789c7ea036f973cde0af02d6fdb9b64a0b957022111439570fad7d7a453f" },
	{ "Wycheproof, x25519, 123", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "ffffffffffffffffffffffffffff000000000000000000000000000000000000"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_35,
	    .out = "bcac235ae15cc7148372e11f9315e3bc76ceb904b3d2a8246bd9d9be2082bb62" },
	{ "Wycheproof, x25519, 124", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "0100000000000000000000000000010000000000000000000000000000000000"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_36,
	    .out = "5dd7d16fff25cc5fdf9e03c3157cb0a235cea17d618f36e6f13461567edeb943" },
	{ "Wycheproof, x25519, 154", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_37,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, x25519, 165", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_38,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, x25519, 166", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_39,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, x25519, 511", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "6c05871352a451dbe182ed5e6ba554f2034456ffe041a054ff9cc56b8e946376"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_40,
	    .out = "6c05871352a451dbe182ed5e6ba554f2034456ffe041a054ff9cc56b8e946376" },
	{ "Wycheproof, x25519, 513", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "3e3e7708ef72a6dd78d858025089765b1c30a19715ac19e8d917067d208e0666"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_41,
	    .out = "63ef7d1c586476ec78bb7f747e321e01102166bf967a9ea9ba9741f49d439510" },
	{ "Wycheproof, x25519, 514", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "9f40bb30f68ab67b1c4b8b664982fdab04ff385cd850deac732f7fb705e6013a"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_key_41,
	    .out = "8b98ef4d6bf30df7f88e58d51505d37ed6845a969fe598747c033dcd08014065" },
	{ "OpenSSL 3.0, X25519, a point that looks like an OCTET STRING", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "041e11ba65852271cd24c56c865a9635b90616326949ff2bf6cd07eacaf788ba"),
	    .verbs = CKF_DERIVE, .key = &x25519_alice,
	    .out = "3864abce6ca34c3c723d995aef5001fe7484317d6777cca0a68c110cb3a20d7c" },
	{ "RFC 8410, 7, by OpenSSL 3.0: PKCS#8 of Alice's key for X25519", CKM_AES_GCM,
	    GCM("cafebabefacedbaddecaf888", NULL, 128), .verbs = CKF_WRAP | CKF_UNWRAP,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"),
	    .target = &x25519_alice,
	    .out = "bb32f1d461e27ee4520d5b08815360c7959a4885d9c9926e67c253f2fed63d9d"
		   "4fc0ad5a27a52b4439087e91029d11376b5bd166bfe7cdd59540008b86d1d85d",
	    .authentic = true },
	{ "Refused: PKCS#8 for X25519, parameters NULL where there may be none", CKM_AES_GCM,
	    GCM("cafebabefacedbaddecaf888", NULL, 128), .verbs = CKF_UNWRAP,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"),
	    .target = &x25519_alice,
	    .out = "bb2cf1d461e27ce4520d5b08807160c5e6bd5288c7db440bfea9ae966e160a6a"
		   "f6c95d91e3e259ae11553443e48120a458b6149432087c43b8eb3a32b2a68921"
		   "a166",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: PKCS#8 for X25519, the key not in an OCTET STRING", CKM_AES_GCM,
	    GCM("cafebabefacedbaddecaf888", NULL, 128), .verbs = CKF_UNWRAP,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"),
	    .target = &x25519_alice,
	    .out = "bb30f1d461e27ee4520d5b08815113e08f9756970fac0b059aa6c332c9218494"
		   "bf0b691d554f031973da988d330ebf804a1a3b825d76033c046792dbc2b7",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: PKCS#8 for X25519, a byte short", CKM_AES_GCM,
	    GCM("cafebabefacedbaddecaf888", NULL, 128), .verbs = CKF_UNWRAP,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"),
	    .target = &x25519_alice,
	    .out = "bb31f1d461e27ee4520d5b08815060f8959a4885d9c9926e67c253f2fed63d9d"
		   "4fc0ad5a27a52b4439087e91029d11ee45183f356439266c36f11d99fc0df1",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "RFC 8410, 7, by OpenSSL 3.0: PKCS#8 of Alice's key for X448", CKM_AES_GCM,
	    GCM("cafebabefacedbaddecaf888", NULL, 128), .verbs = CKF_WRAP | CKF_UNWRAP,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"),
	    .target = &x448_alice,
	    .out = "bb5af1d461e27ee4520d5b09814b60df78126caa7b80a8442e1bd430e43c5b0c"
		   "7e126a6724d9e70b5ce747b9c6ed87e80035b2017d3eefcc06c90ffd62086ce5"
		   "fe6da39645750f21d8ff69b7ab069bab378320a13153b2df",
	    .authentic = true },
	{ "Refused: PKCS#8 for X448, parameters NULL where there may be none", CKM_AES_GCM,
	    GCM("cafebabefacedbaddecaf888", NULL, 128), .verbs = CKF_UNWRAP,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"),
	    .target = &x448_alice,
	    .out = "bb54f1d461e27ce4520d5b09807160dde6a5bf00e3f4e642c483e74fe9d41080"
		   "90586c4324df5ad2dd1a51acdda9e4d4ce69873f7820d8d4753b8d38118936df"
		   "cfb2e194382dd8d23afe843169b7f04c92bf2552ee3030a93844",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: PKCS#8 for X448, the key not in an OCTET STRING", CKM_AES_GCM,
	    GCM("cafebabefacedbaddecaf888", NULL, 128), .verbs = CKF_UNWRAP,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"),
	    .target = &x448_alice,
	    .out = "bb58f1d461e27ee4520d5b098149fe68abb8f4de358642dc1d64d9d8afb0b546"
		   "78366a61990066f64af25cfda5d149b4350bb71f4a269c3e840c7c7c38325d3a"
		   "bc6fdece928699b40f485879508777f1b50f47b89c8c",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: PKCS#8 for X448, a byte short", CKM_AES_GCM,
	    GCM("cafebabefacedbaddecaf888", NULL, 128), .verbs = CKF_UNWRAP,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"),
	    .target = &x448_alice,
	    .out = "bb59f1d461e27ee4520d5b09814860d078126caa7b80a8442e1bd430e43c5b0c"
		   "7e126a6724d9e70b5ce747b9c6ed87e80035b2017d3eefcc06c90ffd62086ce5"
		   "fe6da39645750f58a3c673d0bc4804ed4af4496e63a6f9",
	    .rv = CKR_WRAPPED_KEY_INVALID },

	/* The same for encapsulation; small orders as in RFC 7748, 6, and the curves' own. */
	{ "RFC 7748, 6.1, Alice", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL), .verbs = KEM,
	    .key = &x25519_alice,
	    .in = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742",
	    .out = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
	    .whole = true, .masked = 31 },
	{ "RFC 7748, 6.1, Bob", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL), .verbs = KEM,
	    .key = &x25519_bob,
	    .in = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742",
	    .out = "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a",
	    .masked = 31 },
	{ "RFC 7748, 6.1, Alice, 16 bytes of it", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = KEM, .key = &x25519_alice, .in = "e07e21c947d19e3376f09b3c1e161742",
	    .out = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
	    .masked = 31 },
	{ "RFC 7748, 6.2, Alice", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL), .verbs = KEM,
	    .key = &x448_alice,
	    .in = "07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282bb60c0b56"
		  "fd2464c335543936521c24403085d59a449a5037514a879d",
	    .out = "3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972"
		   "fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609",
	    .whole = true },
	{ "RFC 7748, 6.2, Bob", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL), .verbs = KEM,
	    .key = &x448_bob,
	    .in = "07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282bb60c0b56"
		  "fd2464c335543936521c24403085d59a449a5037514a879d",
	    .out = "9b08f7cc31b7e3e67d22d5aea121074a273bd2b83de09c63faa73d2c22c5d9bb"
		   "c836647241d953d40c5b12da88120d53177f80e532c41fa0" },
	{ "RFC 7748, 6.2, Alice, 16 bytes of it", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = KEM, .key = &x448_alice, .in = "521c24403085d59a449a5037514a879d",
	    .out = "3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972"
		   "fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609" },
	{ "RFC 7748, 5.2, X25519, 1", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &x25519_scalar_1,
	    .in = "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
	    .out = "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
	    .masked = 31 },
	{ "RFC 7748, 5.2, X448, 1", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &x448_scalar_1,
	    .in = "ce3e4ff95a60dc6697da1db1d85e6afbdf79b50a2412d7546d5f239fe14fbaad"
		  "eb445fc66a01b0779d98223961111e21766282f73dd96b6f",
	    .out = "06fce640fa3487bfda5f6cf2d5263f8aad88334cbd07437f020f08f9814dc031"
		   "ddbdc38c19c6da2583fa5429db94ada18aa7a7fb4ef8a086" },
	{ "ANSI X9.63 by OpenSSL 3.0's X963KDF, X25519, SHA256", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA256_KDF, "48616e6466617374", NULL), .verbs = KEM, .key = &x25519_alice,
	    .in = "7ed4637279467ca0414d008992b1d71fbd930fb90fc11ef3440967826df8b4a3"
		  "506d13f5282d00a8684986d3f0f11dc0",
	    .out = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
	    .masked = 31 },
	{ "ANSI X9.63 by OpenSSL 3.0's X963KDF, X448, SHA256", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA256_KDF, "48616e6466617374", NULL), .verbs = KEM, .key = &x448_alice,
	    .in = "57d865d72a89dd40f5a2feffa37983ee312f3bfd2fdf4fc4a67bf25e18f625a7"
		  "87e646fc245c162e8994feea818711ea",
	    .out = "3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972"
		   "fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609" },
	{ "Refused: X25519, a byte short", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &x25519_alice,
	    .in = "0000000000000000000000000000000000000000000000000000000000000000",
	    .out = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b",
	    .rv = CKR_WRAPPED_KEY_LEN_RANGE },
	{ "Refused: X25519, a byte more", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &x25519_alice,
	    .in = "0000000000000000000000000000000000000000000000000000000000000000",
	    .out = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"
		   "00",
	    .rv = CKR_WRAPPED_KEY_LEN_RANGE },
	{ "Refused: X25519, in an OCTET STRING", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &x25519_alice,
	    .in = "0000000000000000000000000000000000000000000000000000000000000000",
	    .out = "0420de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f88"
		   "2b4f",
	    .rv = CKR_WRAPPED_KEY_LEN_RANGE },
	{ "Refused: X25519, in a BIT STRING", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &x25519_alice,
	    .in = "0000000000000000000000000000000000000000000000000000000000000000",
	    .out = "032100de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f"
		   "882b4f",
	    .rv = CKR_WRAPPED_KEY_LEN_RANGE },
	{ "Refused: X25519, a public value in the parameter", CKM_ECDH1_DERIVE,
	    ECDH(
		CKD_NULL, NULL, "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"),
	    .verbs = KEM, .key = &x25519_alice,
	    .in = "0000000000000000000000000000000000000000000000000000000000000000",
	    .out = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: X25519, shared data without a function", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, "00", NULL), .verbs = KEM, .key = &x25519_alice,
	    .in = "0000000000000000000000000000000000000000000000000000000000000000",
	    .out = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: X448, a byte short", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &x448_alice,
	    .in = "0000000000000000000000000000000000000000000000000000000000000000"
		  "000000000000000000000000000000000000000000000000",
	    .out = "3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972"
		   "fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf336",
	    .rv = CKR_WRAPPED_KEY_LEN_RANGE },
	{ "Refused: X448, a byte more", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &x448_alice,
	    .in = "0000000000000000000000000000000000000000000000000000000000000000"
		  "000000000000000000000000000000000000000000000000",
	    .out = "3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972"
		   "fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf3360900",
	    .rv = CKR_WRAPPED_KEY_LEN_RANGE },
	{ "Refused: X448, in an OCTET STRING", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &x448_alice,
	    .in = "0000000000000000000000000000000000000000000000000000000000000000"
		  "000000000000000000000000000000000000000000000000",
	    .out = "04383eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8"
		   "b972fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609",
	    .rv = CKR_WRAPPED_KEY_LEN_RANGE },
	{ "Refused: X448, in a BIT STRING", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &x448_alice,
	    .in = "0000000000000000000000000000000000000000000000000000000000000000"
		  "000000000000000000000000000000000000000000000000",
	    .out = "0339003eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027"
		   "d8b972fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609",
	    .rv = CKR_WRAPPED_KEY_LEN_RANGE },
	{ "Refused: X448, a public value in the parameter", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972"
		"fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609"),
	    .verbs = KEM, .key = &x448_alice,
	    .in = "0000000000000000000000000000000000000000000000000000000000000000"
		  "000000000000000000000000000000000000000000000000",
	    .out = "3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972"
		   "fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: X448, shared data without a function", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, "00", NULL), .verbs = KEM, .key = &x448_alice,
	    .in = "0000000000000000000000000000000000000000000000000000000000000000"
		  "000000000000000000000000000000000000000000000000",
	    .out = "3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972"
		   "fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: X25519, of small order, 1", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &x25519_alice,
	    .in = "0000000000000000000000000000000000000000000000000000000000000000",
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X25519, of small order, 2", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &x25519_alice,
	    .in = "0000000000000000000000000000000000000000000000000000000000000000",
	    .out = "0100000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X25519, of small order, 3", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &x25519_alice,
	    .in = "0000000000000000000000000000000000000000000000000000000000000000",
	    .out = "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X25519, of small order, 4", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &x25519_alice,
	    .in = "0000000000000000000000000000000000000000000000000000000000000000",
	    .out = "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X25519, of small order, 5", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &x25519_alice,
	    .in = "0000000000000000000000000000000000000000000000000000000000000000",
	    .out = "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X25519, of small order, 6", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &x25519_alice,
	    .in = "0000000000000000000000000000000000000000000000000000000000000000",
	    .out = "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X25519, of small order, 7", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &x25519_alice,
	    .in = "0000000000000000000000000000000000000000000000000000000000000000",
	    .out = "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X448, of small order, 1", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &x448_alice,
	    .in = "0000000000000000000000000000000000000000000000000000000000000000"
		  "000000000000000000000000000000000000000000000000",
	    .out = "0000000000000000000000000000000000000000000000000000000000000000"
		   "000000000000000000000000000000000000000000000000",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X448, of small order, 2", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &x448_alice,
	    .in = "0000000000000000000000000000000000000000000000000000000000000000"
		  "000000000000000000000000000000000000000000000000",
	    .out = "0100000000000000000000000000000000000000000000000000000000000000"
		   "000000000000000000000000000000000000000000000000",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X448, of small order, 3", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &x448_alice,
	    .in = "0000000000000000000000000000000000000000000000000000000000000000"
		  "000000000000000000000000000000000000000000000000",
	    .out = "fefffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffff"
		   "ffffffffffffffffffffffffffffffffffffffffffffffff",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X448, of small order, 4", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &x448_alice,
	    .in = "0000000000000000000000000000000000000000000000000000000000000000"
		  "000000000000000000000000000000000000000000000000",
	    .out = "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffff"
		   "ffffffffffffffffffffffffffffffffffffffffffffffff",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X448, of small order, 5", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &x448_alice,
	    .in = "0000000000000000000000000000000000000000000000000000000000000000"
		  "000000000000000000000000000000000000000000000000",
	    .out = "00000000000000000000000000000000000000000000000000000000ffffffff"
		   "ffffffffffffffffffffffffffffffffffffffffffffffff",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ 0 },
};
