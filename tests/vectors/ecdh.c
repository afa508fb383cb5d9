/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Vectors of ECDH: NIST CAVP, RFC 7027, Project Wycheproof, and python-ecdsa for
 * brainpoolP320r1.  Those on brainpool's t1 curves are those on the r1 curves, carried
 * over by the isomorphism that RFC 5639 gives.  The derivation functions that CAVP
 * does not have with ECDH: OpenSSL's own X963KDF and SSKDF, of which the module uses
 * none, over the shared secrets of CAVP.  What a refused row says of its output is
 * what an unchecked derivation would have had the length of.
 */
#include "tests/vectors.h"

/* NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-256, COUNT 0. */
static const struct vector_key key_1 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.public = {
		{ CKA_EC_PARAMS, "06082a8648ce3d030107" },
		{ CKA_EC_POINT, "044104ead218590119e8876b29146ff89ca61770c4edbbf97d38ce385ed281d8"
		    "a6b23028af61281fd35e2fa7002523acc85a429cb06ee6648325389f59edfce1"
		    "405141" },
	},
	.private = {
		{ CKA_EC_PARAMS, "06082a8648ce3d030107" },
		{ CKA_VALUE, "7d7dc5f71eb29ddaf80d6214632eeae03d9058af1fb6d22ed80badb62bc1a534" },
	},
};

/* NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-384, COUNT 0. */
static const struct vector_key key_2 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.public = {
		{ CKA_EC_PARAMS, "06052b81040022" },
		{ CKA_EC_POINT, "0461049803807f2f6d2fd966cdd0290bd410c0190352fbec7ff6247de1302df8"
		    "6f25d34fe4a97bef60cff548355c015dbb3e5fba26ca69ec2f5b5d9dad20cc9d"
		    "a711383a9dbe34ea3fa5a2af75b46502629ad54dd8b7d73a8abb06a3a3be47d6"
		    "50cc99" },
	},
	.private = {
		{ CKA_EC_PARAMS, "06052b81040022" },
		{ CKA_VALUE, "3cc3122a68f0d95027ad38c067916ba0eb8c38894d22e1b15618b6818a661774"
		    "ad463b205da88cf699ab4d43c9cf98a1" },
	},
};

/* NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-521, COUNT 0. */
static const struct vector_key key_3 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.public = {
		{ CKA_EC_PARAMS, "06052b81040023" },
		{ CKA_EC_POINT, "0481850400602f9d0cf9e526b29e22381c203c48a886c2b0673033366314f1ff"
		    "bcba240ba42f4ef38a76174635f91e6b4ed34275eb01c8467d05ca80315bf1a7"
		    "bbd945f550a501b7c85f26f5d4b2d7355cf6b02117659943762b6d1db5ab4f1d"
		    "bc44ce7b2946eb6c7de342962893fd387d1b73d7a8672d1f236961170b7eb357"
		    "9953ee5cdc88cd2d" },
	},
	.private = {
		{ CKA_EC_PARAMS, "06052b81040023" },
		{ CKA_VALUE, "017eecc07ab4b329068fba65e56a1f8890aa935e57134ae0ffcce802735151f4"
		    "eac6564f6ee9974c5e6887a1fefee5743ae2241bfeb95d5ce31ddcb6f9edb4d6"
		    "fc47" },
	},
};

/* NIST CAVP, KASValidityTest_ECCStaticUnified_KDFConcat_NOKC, EC, SHA256, COUNT 5. */
static const struct vector_key key_4 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.public = {
		{ CKA_EC_PARAMS, "06082a8648ce3d030107" },
		{ CKA_EC_POINT, "044104c49a8b8ba9e9920124a5afe0a13c3b37e2e5ac43f547132fdf9907feb4"
		    "0a5d53fbf4172a4039d0b08a6af07274f73fbd9dd3a3bbc800f9e86087a2500a"
		    "7b2037" },
	},
	.private = {
		{ CKA_EC_PARAMS, "06082a8648ce3d030107" },
		{ CKA_VALUE, "890659cfb0f930015ba3221fe107082741c5af3b69bf1e616303dff3e8555ab7" },
	},
};

/* NIST CAVP, KASValidityTest_ECCStaticUnified_KDFConcat_NOKC, EC, SHA256, COUNT 12. */
static const struct vector_key key_5 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06082a8648ce3d030107" },
		{ CKA_VALUE, "c5f951e7c35d533f39f9318b06fbcaab661c2726ebd5ab97821af34f21faa27b" },
	},
};

/* NIST CAVP, KASValidityTest_ECCStaticUnified_KDFConcat_NOKC, EC, SHA256, COUNT 13. */
static const struct vector_key key_6 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06082a8648ce3d030107" },
		{ CKA_VALUE, "57ec9cd38c4ff6fc079aef4dfc444e9814e6673348219d1117554cce08701325" },
	},
};

/* Wycheproof, ecdh_secp256r1_ecpoint_test, 1. */
static const struct vector_key key_7 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06082a8648ce3d030107" },
		{ CKA_VALUE, "0612465c89a023ab17855b0a6bcebfd3febb53aef84138647b5352e02c10c346" },
	},
};

/* Wycheproof, ecdh_secp256r1_ecpoint_test, 4. */
static const struct vector_key key_8 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06082a8648ce3d030107" },
		{ CKA_VALUE, "0a0d622a47e48f6bc1038ace438c6f528aa00ad2bd1da5f13ee46bf5f633d71a" },
	},
};

/* Wycheproof, ecdh_secp256r1_ecpoint_test, 48. */
static const struct vector_key key_9 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06082a8648ce3d030107" },
		{ CKA_VALUE, "55d55f11bb8da1ea318bca7266f0376662441ea87270aa2077f1b770c4854a48" },
	},
};

/* Wycheproof, ecdh_secp256r1_ecpoint_test, 111. */
static const struct vector_key key_10 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06082a8648ce3d030107" },
		{ CKA_VALUE, "e461c5b5e63d75b4c8c123bf8b9cd45e712af08f7e2e494a8f255ac9d80e058b" },
	},
};

/* Wycheproof, ecdh_secp256r1_ecpoint_test, 315. */
static const struct vector_key key_11 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06082a8648ce3d030107" },
		{ CKA_VALUE, "0000000000000000000000000000000000000000000000000000000000000003" },
	},
};

/* Wycheproof, ecdh_secp256r1_ecpoint_test, 316. */
static const struct vector_key key_12 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06082a8648ce3d030107" },
		{ CKA_VALUE, "00000000ffffffffffffffffffffffffffffffffffffffffffffffffffffffff" },
	},
};

/* Wycheproof, ecdh_secp256r1_ecpoint_test, 330. */
static const struct vector_key key_13 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06082a8648ce3d030107" },
		{ CKA_VALUE, "2a265f8bcbdcaf94d58519141e578124cb40d64a501fba9c11847b28965bc737" },
	},
};

/* Wycheproof, ecdh_secp256r1_ecpoint_test, 331. */
static const struct vector_key key_14 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06082a8648ce3d030107" },
		{ CKA_VALUE, "313f72ff9fe811bf573176231b286a3bdb6f1b14e05c40146590727a71c3bccd" },
	},
};

/* Wycheproof, ecdh_secp256r1_ecpoint_test, 332. */
static const struct vector_key key_15 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06082a8648ce3d030107" },
		{ CKA_VALUE, "7e4aa54f714bf01df85c50269bea3a86721f84afe74f7b41ea58abcf3474e88d" },
	},
};

/* Wycheproof, ecdh_secp256r1_ecpoint_test, 349. */
static const struct vector_key key_16 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06082a8648ce3d030107" },
		{ CKA_VALUE, "6f953faff3599e6c762d7f4cabfeed092de2add1df1bc5748c6cbb725cf35458" },
	},
};

/* Wycheproof, ecdh_secp256r1_ecpoint_test, 350. */
static const struct vector_key key_17 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06082a8648ce3d030107" },
		{ CKA_VALUE, "d27edf0ff5b6b6b465753e7158370332c153b468a1be087ad0f490bdb99e5f02" },
	},
};

/* Wycheproof, ecdh_secp256r1_ecpoint_test, 351. */
static const struct vector_key key_18 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06082a8648ce3d030107" },
		{ CKA_VALUE, "d27edf0ff5b6b6b465753e7158370332c153b468a1be087ad0f490bdb99e5f03" },
	},
};

/* Wycheproof, ecdh_secp256r1_ecpoint_test, 352. */
static const struct vector_key key_19 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06082a8648ce3d030107" },
		{ CKA_VALUE, "95ead84540c2d027aa3130ff1b47888cc1ed67e8dda46156e71ce0991791e835" },
	},
};

/* Wycheproof, ecdh_secp256r1_ecpoint_test, 353. */
static const struct vector_key key_20 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06082a8648ce3d030107" },
		{ CKA_VALUE, "a8681ef67fb1f189647d95e8db00c52ceef6d41a85ba0a5bd74c44e8e62c8aa4" },
	},
};

/* Wycheproof, ecdh_secp256r1_ecpoint_test, 354. */
static const struct vector_key key_21 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06082a8648ce3d030107" },
		{ CKA_VALUE, "a8681ef67fb1f189647d95e8db00c52ceef6d41a85ba0a5bd74c44e8e62c8aa5" },
	},
};

/* Wycheproof, ecdh_secp256r1_ecpoint_test, 355. */
static const struct vector_key key_22 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06082a8648ce3d030107" },
		{ CKA_VALUE, "95ead84540c2d027aa3130ff1b47888cc1ed67e8dda46156e71ce0991791e834" },
	},
};

/* Wycheproof, ecdh_secp521r1_ecpoint_test, 1. */
static const struct vector_key key_23 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06052b81040023" },
		{ CKA_VALUE, "01939982b529596ce77a94bc6efd03e92c21a849eb4f87b8f619d506efc9bb22"
		    "e7c61640c90d598f795b64566dc6df43992ae34a1341d458574440a7371f611c"
		    "7dcd" },
	},
};

/* Wycheproof, ecdh_secp521r1_ecpoint_test, 4. */
static const struct vector_key key_24 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06052b81040023" },
		{ CKA_VALUE, "00a2b6442a37f8a3759d2cb91df5eca75af6b89e27baf2f6cbf971dee5058ffa"
		    "9d8dac805c7bc72f3718489d6a9cb2787af8c93a17ddeb1a19211ab23604d47b"
		    "7646" },
	},
};

/* Wycheproof, ecdh_secp521r1_ecpoint_test, 45. */
static const struct vector_key key_25 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06052b81040023" },
		{ CKA_VALUE, "012bc15cf3981eab6102c39f9a925aa130763d01ed6edaf14306eb0a14dd75df"
		    "f504070def7b88d8b165082f69992de0ffa5ee922cb3ab39917da8524cac73f0"
		    "a09c" },
	},
};

/* Wycheproof, ecdh_secp521r1_ecpoint_test, 87. */
static const struct vector_key key_26 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06052b81040023" },
		{ CKA_VALUE, "018f3dbe37135cd8c8c04182952f6e6f9bfdbb6af4c98f31ba30abc68d88e1ea"
		    "980d4edcdb5b19f0610082194137ebb019e7a664b522189a186cbe5a03376c07"
		    "13fb" },
	},
};

/* Wycheproof, ecdh_secp521r1_ecpoint_test, 617. */
static const struct vector_key key_27 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06052b81040023" },
		{ CKA_VALUE, "0000000000000000000000000000000000000000000000000000000000000000"
		    "0000000000000000000000000000000000000000000000000000000000000000"
		    "0003" },
	},
};

/* Wycheproof, ecdh_secp521r1_ecpoint_test, 618. */
static const struct vector_key key_28 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06052b81040023" },
		{ CKA_VALUE, "0000000001ffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		    "ffff" },
	},
};

/* Wycheproof, ecdh_secp521r1_ecpoint_test, 633. */
static const struct vector_key key_29 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06052b81040023" },
		{ CKA_VALUE, "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		    "fffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e9138"
		    "63f7" },
	},
};

/* Wycheproof, ecdh_secp521r1_ecpoint_test, 634. */
static const struct vector_key key_30 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06052b81040023" },
		{ CKA_VALUE, "01c6cafb74e2a50c82c7a63d13294bfea113f271e01ae305f79af43203cd3211"
		    "5ecdf2fee5fedba2ad3126783db0c3c4d3029a14369e8f80dbd15d512f13e51c"
		    "503c" },
	},
};

/* Wycheproof, ecdh_secp521r1_ecpoint_test, 651. */
static const struct vector_key key_31 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06052b81040023" },
		{ CKA_VALUE, "01c1fb2cac9087a3397814b198a80e2ea5b437aac1b41e8a2bd8fef8700e4812"
		    "aa817320e6e1e3865bd2cf75e43a78be5c27ff1c4b5f5019333cb37d0c9c4ff3"
		    "ec61" },
	},
};

/* Wycheproof, ecdh_secp521r1_ecpoint_test, 652. */
static const struct vector_key key_32 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06052b81040023" },
		{ CKA_VALUE, "006619644155c449758f65e2dfe7ba89dee1e090c1d68b6342f43cb1ac000090"
		    "a7f0408138c1de217990bb015cd1d95f1d884cf659f7324f2fe21eeba63ea988"
		    "aacd" },
	},
};

/* Wycheproof, ecdh_secp521r1_ecpoint_test, 653. */
static const struct vector_key key_33 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06052b81040023" },
		{ CKA_VALUE, "00a257d97aa4e5195e2919c147c1639bb0da0cce479a036489006b7b8e7e8850"
		    "96066e5adc8fe7c45940c5a6b94d5065b966a45f099a0cecfe9cce1b3e99dca4"
		    "79f2" },
	},
};

/* Wycheproof, ecdh_secp521r1_ecpoint_test, 654. */
static const struct vector_key key_34 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06052b81040023" },
		{ CKA_VALUE, "00a257d97aa4e5195e2919c147c1639bb0da0cce479a036489006b7b8e7e8850"
		    "96066e5adc8fe7c45940c5a6b94d5065b966a45f099a0cecfe9cce1b3e99dca4"
		    "79f3" },
	},
};

/* Wycheproof, ecdh_secp521r1_ecpoint_test, 655. */
static const struct vector_key key_35 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06052b81040023" },
		{ CKA_VALUE, "006619644155c449758f65e2dfe7ba89dee1e090c1d68b6342f43cb1ac000090"
		    "a7f0408138c1de217990bb015cd1d95f1d884cf659f7324f2fe21eeba63ea988"
		    "aacc" },
	},
};

/* Wycheproof, ecdh_secp521r1_ecpoint_test, 656. */
static const struct vector_key key_36 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06052b81040023" },
		{ CKA_VALUE, "002a35258787f91ad0bd3432c3022e4d3ed349c8768a7e7caa1836022fc0c89a"
		    "9073f6ce14d0990d5b7bb413061c7160e7bd566a5c89f14901b2cc19f1ad531f"
		    "41e2" },
	},
};

/* Wycheproof, ecdh_secp521r1_ecpoint_test, 657. */
static const struct vector_key key_37 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06052b81040023" },
		{ CKA_VALUE, "01afe5c77a626161fb2c25964c7895b9fff787099db83f077f05a4bfa320fb61"
		    "f9315bb44d3fb9dd72225d9d993a18df82ac53fb4a5f86b23cb650e5e4778066"
		    "f677" },
	},
};

/* NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-224, COUNT 0. */
static const struct vector_key p224_key = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.public = {
		{ CKA_EC_PARAMS, "06052b81040021" },
		{ CKA_EC_POINT, "0439048de2e26adf72c582d6568ef638c4fd59b18da171bdf501f1d929e0484a"
		    "68a1c2b0fb22930d120555c1ece50ea98dea8407f71be36efac0de" },
	},
	.private = {
		{ CKA_EC_PARAMS, "06052b81040021" },
		{ CKA_VALUE, "8346a60fc6f293ca5a0d2af68ba71d1dd389e5e40837942df3e43cbd" },
	},
};

/* Wycheproof, ecdh_secp256k1, 1. */
static const struct vector_key secp256k1_key = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.public = {
		{ CKA_EC_PARAMS, "06052b8104000a" },
		{ CKA_EC_POINT, "0441042437217554f2c4a425d320acb9519abe59fb491279630c8daa8d19bcaa"
		    "6d6d32fc1d8c23feba0a9ea3931fa3baa6684d870a514885b9f854ba1d1fda8f"
		    "b33cc3" },
	},
	.private = {
		{ CKA_EC_PARAMS, "06052b8104000a" },
		{ CKA_VALUE, "f4b7ff7cccc98813a69fae3df222bfe3f4e28f764bf91b4a10d8096ce446b254" },
	},
};

/* Wycheproof, ecdh_secp256k1, 3. */
static const struct vector_key secp256k1_small_key = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06052b8104000a" },
		{ CKA_VALUE, "a2b6442a37f8a3764aeff4011a4c422b389a1e509669c43f279c8b7e32d80c3a" },
	},
};

/* RFC 7027, A.1, brainpoolP256r1. */
static const struct vector_key brainpool_256r1_key = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.public = {
		{ CKA_EC_PARAMS, "06092b2403030208010107" },
		{ CKA_EC_POINT, "04410444106e913f92bc02a1705d9953a8414db95e1aaa49e81d9e85f929a8e3"
		    "100be58ab4846f11caccb73ce49cbdd120f5a900a69fd32c272223f789ef10eb"
		    "089bdc" },
	},
	.private = {
		{ CKA_EC_PARAMS, "06092b2403030208010107" },
		{ CKA_VALUE, "81db1ee100150ff2ea338d708271be38300cb54241d79950f77b063039804f1d" },
	},
};

/* RFC 7027, A.1, brainpoolP256r1, on brainpoolP256t1 (RFC 5639, 2.2). */
static const struct vector_key brainpool_256t1_key = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06092b2403030208010108" },
		{ CKA_VALUE, "81db1ee100150ff2ea338d708271be38300cb54241d79950f77b063039804f1d" },
	},
};

/* python-ecdsa 0.18, brainpoolP320r1. */
static const struct vector_key brainpool_320r1_key = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06092b2403030208010109" },
		{ CKA_VALUE, "7e94861aa60bc208bed4f5c5bbbc527e783b766a82f4a4d400605956f695a369"
		    "9295b4e459fb3631" },
	},
};

/* python-ecdsa 0.18, brainpoolP320t1. */
static const struct vector_key brainpool_320t1_key = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06092b240303020801010a" },
		{ CKA_VALUE, "7e94861aa60bc208bed4f5c5bbbc527e783b766a82f4a4d400605956f695a369"
		    "9295b4e459fb3631" },
	},
};

/* RFC 7027, A.2, brainpoolP384r1. */
static const struct vector_key brainpool_384r1_key = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.public = {
		{ CKA_EC_PARAMS, "06092b240303020801010b" },
		{ CKA_EC_POINT, "04610468b665dd91c195800650cdd363c625f4e742e8134667b767b1b4767935"
		    "88f885ab698c852d4a6e77a252d6380fcaf06855bc91a39c9ec01dee36017b7d"
		    "673a931236d2f1f5c83942d049e3fa20607493e0d038ff2fd30c2ab67d15c85f"
		    "7faa59" },
	},
	.private = {
		{ CKA_EC_PARAMS, "06092b240303020801010b" },
		{ CKA_VALUE, "1e20f5e048a5886f1f157c74e91bde2b98c8b52d58e5003d57053fc4b0bd65d6"
		    "f15eb5d1ee1610df870795143627d042" },
	},
};

/* RFC 7027, A.2, brainpoolP384r1, on brainpoolP384t1 (RFC 5639, 2.2). */
static const struct vector_key brainpool_384t1_key = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06092b240303020801010c" },
		{ CKA_VALUE, "1e20f5e048a5886f1f157c74e91bde2b98c8b52d58e5003d57053fc4b0bd65d6"
		    "f15eb5d1ee1610df870795143627d042" },
	},
};

/* RFC 7027, A.3, brainpoolP512r1. */
static const struct vector_key brainpool_512r1_key = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.public = {
		{ CKA_EC_PARAMS, "06092b240303020801010d" },
		{ CKA_EC_POINT, "048181040a420517e406aac0acdce90fcd71487718d3b953efd7fbec5f7f27e2"
		    "8c6149999397e91e029e06457db2d3e640668b392c2a7e737a7f0bf04436d116"
		    "40fd09fd72e6882e8db28aad36237cd25d580db23783961c8dc52dfa2ec138ad"
		    "472a0fcef3887cf62b623b2a87de5c588301ea3e5fc269b373b60724f5e82a6a"
		    "d147fde7" },
	},
	.private = {
		{ CKA_EC_PARAMS, "06092b240303020801010d" },
		{ CKA_VALUE, "16302ff0dbbb5a8d733dab7141c1b45acbc8715939677f6a56850a38bd87bd59"
		    "b09e80279609ff333eb9d4c061231fb26f92eeb04982a5f1d1764cad57665422" },
	},
};

/* RFC 7027, A.3, brainpoolP512r1, on brainpoolP512t1 (RFC 5639, 2.2). */
static const struct vector_key brainpool_512t1_key = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06092b240303020801010e" },
		{ CKA_VALUE, "16302ff0dbbb5a8d733dab7141c1b45acbc8715939677f6a56850a38bd87bd59"
		    "b09e80279609ff333eb9d4c061231fb26f92eeb04982a5f1d1764cad57665422" },
	},
};

/* Wycheproof, ecdh_secp224r1, 1. */
static const struct vector_key wycheproof_p224_key_1 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06052b81040021" },
		{ CKA_VALUE, "565577a49415ca761a0322ad54e4ad0ae7625174baf372c2816f5328" },
	},
};

/* Wycheproof, ecdh_secp224r1, 3. */
static const struct vector_key wycheproof_p224_key_2 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06052b81040021" },
		{ CKA_VALUE, "a2b6442a37f9201b56758034d2009be64b0ab7c02d7e398cac9665d6" },
	},
};

/* Wycheproof, ecdh_secp224r1, 45. */
static const struct vector_key wycheproof_p224_key_3 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06052b81040021" },
		{ CKA_VALUE, "2bc15cf3981f4e15bbad387b506df647989e5478160be862f8c26969" },
	},
};

/* Wycheproof, ecdh_secp224r1, 87. */
static const struct vector_key wycheproof_p224_key_4 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06052b81040021" },
		{ CKA_VALUE, "938f3dbe37135cdbdb9993a187a0e9b9f0def035fbc52ad59fc50421" },
	},
};

/* Wycheproof, ecdh_secp224r1, 428. */
static const struct vector_key wycheproof_p224_key_5 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06052b81040021" },
		{ CKA_VALUE, "00000000000000000000000000000000000000000000000000000003" },
	},
};

/* Wycheproof, ecdh_secp224r1, 429. */
static const struct vector_key wycheproof_p224_key_6 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06052b81040021" },
		{ CKA_VALUE, "00000000ffffffffffffffffffffffffffffffffffffffffffffffff" },
	},
};

/* Wycheproof, ecdh_secp224r1, 430. */
static const struct vector_key wycheproof_p224_key_7 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06052b81040021" },
		{ CKA_VALUE, "01000000000000000000000000000000000000000000000000000000" },
	},
};

/* Wycheproof, ecdh_secp224r1, 441. */
static const struct vector_key wycheproof_p224_key_8 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06052b81040021" },
		{ CKA_VALUE, "c6cafb74e2a5b5ed4b991cbbfbc28c18f6df208b6d05e7a2e6668014" },
	},
};

/* Wycheproof, ecdh_secp224r1, 458. */
static const struct vector_key wycheproof_p224_key_9 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06052b81040021" },
		{ CKA_VALUE, "d07629eb653a169ae3231ea1030faaf3e7f8ffe388030ee315d0a1d2" },
	},
};

/* Wycheproof, ecdh_secp224r1, 492. */
static const struct vector_key wycheproof_p224_key_10 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06052b81040021" },
		{ CKA_VALUE, "fc28a0ca0f8e36b0d4f71421845135a22aef543b9fddf8c775b2d18f" },
	},
};

/* Wycheproof, ecdh_secp224r1, 493. */
static const struct vector_key wycheproof_p224_key_11 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06052b81040021" },
		{ CKA_VALUE, "a1b9444f59642d428e2f299055004165a34c3b8796c5057ae8a1a572" },
	},
};

/* Wycheproof, ecdh_brainpoolP256r1, 1. */
static const struct vector_key wycheproof_bp256_key_1 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06092b2403030208010107" },
		{ CKA_VALUE, "0113db979e07d9c8fdbea5b06a682c0d2ad67170ffcb65d7547d8c442d3ac237" },
	},
};

/* Wycheproof, ecdh_brainpoolP256r1, 3. */
static const struct vector_key wycheproof_bp256_key_2 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06092b2403030208010107" },
		{ CKA_VALUE, "06546f19660be42b6455813d02dab822a1c55529e43179dd5cb77cd16b2c4cf4" },
	},
};

/* Wycheproof, ecdh_brainpoolP256r1, 48. */
static const struct vector_key wycheproof_bp256_key_3 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06092b2403030208010107" },
		{ CKA_VALUE, "3717e8add3e1bd89c0761b3aced7b673a0830e477c2b6a76bf1a909b3943fdca" },
	},
};

/* Wycheproof, ecdh_brainpoolP256r1, 115. */
static const struct vector_key wycheproof_bp256_key_4 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06092b2403030208010107" },
		{ CKA_VALUE, "a315ffcbdc5cfdc801b6651307040e3b214bb904f863f6039e0aae147ec2a833" },
	},
};

/* Wycheproof, ecdh_brainpoolP256r1, 505. */
static const struct vector_key wycheproof_bp256_key_5 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06092b2403030208010107" },
		{ CKA_VALUE, "0000000000000000000000000000000000000000000000000000000000000003" },
	},
};

/* Wycheproof, ecdh_brainpoolP256r1, 506. */
static const struct vector_key wycheproof_bp256_key_6 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06092b2403030208010107" },
		{ CKA_VALUE, "00000000ffffffffffffffffffffffffffffffffffffffffffffffffffffffff" },
	},
};

/* Wycheproof, ecdh_brainpoolP256r1, 507. */
static const struct vector_key wycheproof_bp256_key_7 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06092b2403030208010107" },
		{ CKA_VALUE, "0100000000000000000000000000000000000000000000000000000000000000" },
	},
};

/* Wycheproof, ecdh_brainpoolP256r1, 519. */
static const struct vector_key wycheproof_bp256_key_8 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06092b2403030208010107" },
		{ CKA_VALUE, "0b56c9a5fb87b2090dc62f82c7ddde9d762eebf772640b236041ca71bfc7fb41" },
	},
};

/* Wycheproof, ecdh_brainpoolP256r1, 542. */
static const struct vector_key wycheproof_bp256_key_9 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06092b2403030208010107" },
		{ CKA_VALUE, "83a8125793c89bec64338abf2db8be8ad5d680ea134645d40c9ee420f3852ebb" },
	},
};

/* Wycheproof, ecdh_brainpoolP256r1, 578. */
static const struct vector_key wycheproof_bp256_key_10 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06092b2403030208010107" },
		{ CKA_VALUE, "25d405a46ccd1e34658b9be7423e8fce7a997120db963933545d19762c71d8dd" },
	},
};

/* Wycheproof, ecdh_brainpoolP256r1, 579. */
static const struct vector_key wycheproof_bp256_key_11 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06092b2403030208010107" },
		{ CKA_VALUE, "66008d35e34ab5f875c3fd8115c335cd9b5f764323dbe44570960155570e71db" },
	},
};

/* Wycheproof, ecdh_brainpoolP256r1, 580. */
static const struct vector_key wycheproof_bp256_key_12 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06092b2403030208010107" },
		{ CKA_VALUE, "622853938bb5dc82716cd8d6d076ae6955da307bb14534ae56fd6dfefd5ed270" },
	},
};

/* Wycheproof, ecdh_brainpoolP256r1, 581. */
static const struct vector_key wycheproof_bp256_key_13 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06092b2403030208010107" },
		{ CKA_VALUE, "622853938bb5dc82716cd8d6d076ae6955da307bb14534ae56fd6dfefd5ed26f" },
	},
};

/* Wycheproof, ecdh_brainpoolP256r1, 582. */
static const struct vector_key wycheproof_bp256_key_14 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06092b2403030208010107" },
		{ CKA_VALUE, "66008d35e34ab5f875c3fd8115c335cd9b5f764323dbe44570960155570e71da" },
	},
};

/* Wycheproof, ecdh_brainpoolP256r1, 583. */
static const struct vector_key wycheproof_bp256_key_15 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06092b2403030208010107" },
		{ CKA_VALUE, "06886a22d99d63e4def932f8c050560452c110975f8cffee6482df732fd11696" },
	},
};

const struct vector ecdh_vectors[] = {
	{ "NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-256", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		"87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		"ac"),
	    .verbs = CKF_DERIVE, .key = &key_1,
	    .out = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
	    .whole = true },
	{ "NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-256, the point in an OCTET STRING",
	    CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		"33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		"5fa4ac"),
	    .verbs = CKF_DERIVE, .key = &key_1,
	    .out = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b" },
	{ "NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-256, the point compressed", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"02700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		"87"),
	    .verbs = CKF_DERIVE, .key = &key_1,
	    .out = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b" },
	{ "NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-256, both", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"042102700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		"33d287"),
	    .verbs = CKF_DERIVE, .key = &key_1,
	    .out = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b" },
	{ "NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-256, 16 bytes of it", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		"87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		"ac"),
	    .verbs = CKF_DERIVE, .key = &key_1, .out = "ccc5852060561e68040dd7778997bd7b" },
	{ "Refused: P-256, hybrid", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"06700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		"87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		"ac"),
	    .verbs = CKF_DERIVE, .key = &key_1,
	    .out = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: P-256, infinity", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, "00"),
	    .verbs = CKF_DERIVE, .key = &key_1,
	    .out = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-256, a byte short", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		"87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"),
	    .verbs = CKF_DERIVE, .key = &key_1,
	    .out = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-256, a byte more", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		"87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		"ac00"),
	    .verbs = CKF_DERIVE, .key = &key_1,
	    .out = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-256, off the curve", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		"87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		"ad"),
	    .verbs = CKF_DERIVE, .key = &key_1,
	    .out = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: P-256, a coordinate beyond the field", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		"ff"),
	    .verbs = CKF_DERIVE, .key = &key_1,
	    .out = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: P-256, shared data without a function", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, "00",
		"04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		"87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		"ac"),
	    .verbs = CKF_DERIVE, .key = &key_1,
	    .out = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-384", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04a7c76b970c3b5fe8b05d2838ae04ab47697b9eaf52e764592efda27fe75132"
		"72734466b400091adbf2d68c58e0c50066ac68f19f2e1cb879aed43a9969b91a"
		"0839c4c38a49749b661efedf243451915ed0905a32b060992b468c64766fc843"
		"7a"),
	    .verbs = CKF_DERIVE, .key = &key_2,
	    .out = "5f9d29dc5e31a163060356213669c8ce132e22f57c9a04f40ba7fcead493b457"
		   "e5621e766c40a2e3d4d6a04b25e533f1",
	    .whole = true },
	{ "NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-384, the point in an OCTET STRING",
	    CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"046104a7c76b970c3b5fe8b05d2838ae04ab47697b9eaf52e764592efda27fe7"
		"513272734466b400091adbf2d68c58e0c50066ac68f19f2e1cb879aed43a9969"
		"b91a0839c4c38a49749b661efedf243451915ed0905a32b060992b468c64766f"
		"c8437a"),
	    .verbs = CKF_DERIVE, .key = &key_2,
	    .out = "5f9d29dc5e31a163060356213669c8ce132e22f57c9a04f40ba7fcead493b457"
		   "e5621e766c40a2e3d4d6a04b25e533f1" },
	{ "NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-384, the point compressed", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"02a7c76b970c3b5fe8b05d2838ae04ab47697b9eaf52e764592efda27fe75132"
		"72734466b400091adbf2d68c58e0c50066"),
	    .verbs = CKF_DERIVE, .key = &key_2,
	    .out = "5f9d29dc5e31a163060356213669c8ce132e22f57c9a04f40ba7fcead493b457"
		   "e5621e766c40a2e3d4d6a04b25e533f1" },
	{ "NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-384, both", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"043102a7c76b970c3b5fe8b05d2838ae04ab47697b9eaf52e764592efda27fe7"
		"513272734466b400091adbf2d68c58e0c50066"),
	    .verbs = CKF_DERIVE, .key = &key_2,
	    .out = "5f9d29dc5e31a163060356213669c8ce132e22f57c9a04f40ba7fcead493b457"
		   "e5621e766c40a2e3d4d6a04b25e533f1" },
	{ "NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-384, 16 bytes of it", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04a7c76b970c3b5fe8b05d2838ae04ab47697b9eaf52e764592efda27fe75132"
		"72734466b400091adbf2d68c58e0c50066ac68f19f2e1cb879aed43a9969b91a"
		"0839c4c38a49749b661efedf243451915ed0905a32b060992b468c64766fc843"
		"7a"),
	    .verbs = CKF_DERIVE, .key = &key_2, .out = "e5621e766c40a2e3d4d6a04b25e533f1" },
	{ "Refused: P-384, hybrid", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"06a7c76b970c3b5fe8b05d2838ae04ab47697b9eaf52e764592efda27fe75132"
		"72734466b400091adbf2d68c58e0c50066ac68f19f2e1cb879aed43a9969b91a"
		"0839c4c38a49749b661efedf243451915ed0905a32b060992b468c64766fc843"
		"7a"),
	    .verbs = CKF_DERIVE, .key = &key_2,
	    .out = "5f9d29dc5e31a163060356213669c8ce132e22f57c9a04f40ba7fcead493b457"
		   "e5621e766c40a2e3d4d6a04b25e533f1",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: P-384, infinity", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, "00"),
	    .verbs = CKF_DERIVE, .key = &key_2,
	    .out = "5f9d29dc5e31a163060356213669c8ce132e22f57c9a04f40ba7fcead493b457"
		   "e5621e766c40a2e3d4d6a04b25e533f1",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-384, a byte short", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04a7c76b970c3b5fe8b05d2838ae04ab47697b9eaf52e764592efda27fe75132"
		"72734466b400091adbf2d68c58e0c50066ac68f19f2e1cb879aed43a9969b91a"
		"0839c4c38a49749b661efedf243451915ed0905a32b060992b468c64766fc843"),
	    .verbs = CKF_DERIVE, .key = &key_2,
	    .out = "5f9d29dc5e31a163060356213669c8ce132e22f57c9a04f40ba7fcead493b457"
		   "e5621e766c40a2e3d4d6a04b25e533f1",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-384, a byte more", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04a7c76b970c3b5fe8b05d2838ae04ab47697b9eaf52e764592efda27fe75132"
		"72734466b400091adbf2d68c58e0c50066ac68f19f2e1cb879aed43a9969b91a"
		"0839c4c38a49749b661efedf243451915ed0905a32b060992b468c64766fc843"
		"7a00"),
	    .verbs = CKF_DERIVE, .key = &key_2,
	    .out = "5f9d29dc5e31a163060356213669c8ce132e22f57c9a04f40ba7fcead493b457"
		   "e5621e766c40a2e3d4d6a04b25e533f1",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-384, off the curve", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04a7c76b970c3b5fe8b05d2838ae04ab47697b9eaf52e764592efda27fe75132"
		"72734466b400091adbf2d68c58e0c50066ac68f19f2e1cb879aed43a9969b91a"
		"0839c4c38a49749b661efedf243451915ed0905a32b060992b468c64766fc843"
		"7b"),
	    .verbs = CKF_DERIVE, .key = &key_2,
	    .out = "5f9d29dc5e31a163060356213669c8ce132e22f57c9a04f40ba7fcead493b457"
		   "e5621e766c40a2e3d4d6a04b25e533f1",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: P-384, a coordinate beyond the field", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		"ff"),
	    .verbs = CKF_DERIVE, .key = &key_2,
	    .out = "5f9d29dc5e31a163060356213669c8ce132e22f57c9a04f40ba7fcead493b457"
		   "e5621e766c40a2e3d4d6a04b25e533f1",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: P-384, shared data without a function", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, "00",
		"04a7c76b970c3b5fe8b05d2838ae04ab47697b9eaf52e764592efda27fe75132"
		"72734466b400091adbf2d68c58e0c50066ac68f19f2e1cb879aed43a9969b91a"
		"0839c4c38a49749b661efedf243451915ed0905a32b060992b468c64766fc843"
		"7a"),
	    .verbs = CKF_DERIVE, .key = &key_2,
	    .out = "5f9d29dc5e31a163060356213669c8ce132e22f57c9a04f40ba7fcead493b457"
		   "e5621e766c40a2e3d4d6a04b25e533f1",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-521", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		"54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		"a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		"39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		"f3c302f676"),
	    .verbs = CKF_DERIVE, .key = &key_3,
	    .out = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		   "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		   "c831",
	    .whole = true },
	{ "NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-521, the point in an OCTET STRING",
	    CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0481850400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94"
		"90340854334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176"
		"666877a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe0540069794"
		"2e80b739884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e52249"
		"7955a4f3c302f676"),
	    .verbs = CKF_DERIVE, .key = &key_3,
	    .out = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		   "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		   "c831" },
	{ "NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-521, the point compressed", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0200685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		"54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		"a2046d"),
	    .verbs = CKF_DERIVE, .key = &key_3,
	    .out = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		   "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		   "c831" },
	{ "NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-521, both", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04430200685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a9490"
		"340854334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf17666"
		"6877a2046d"),
	    .verbs = CKF_DERIVE, .key = &key_3,
	    .out = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		   "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		   "c831" },
	{ "NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-521, 16 bytes of it", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		"54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		"a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		"39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		"f3c302f676"),
	    .verbs = CKF_DERIVE, .key = &key_3, .out = "59436a4d3c5bf6e74b9578fac148c831" },
	{ "Refused: P-521, hybrid", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0600685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		"54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		"a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		"39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		"f3c302f676"),
	    .verbs = CKF_DERIVE, .key = &key_3,
	    .out = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		   "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		   "c831",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: P-521, infinity", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, "00"),
	    .verbs = CKF_DERIVE, .key = &key_3,
	    .out = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		   "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		   "c831",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-521, a byte short", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		"54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		"a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		"39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		"f3c302f6"),
	    .verbs = CKF_DERIVE, .key = &key_3,
	    .out = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		   "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		   "c831",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-521, a byte more", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		"54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		"a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		"39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		"f3c302f67600"),
	    .verbs = CKF_DERIVE, .key = &key_3,
	    .out = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		   "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		   "c831",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-521, off the curve", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		"54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		"a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		"39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		"f3c302f677"),
	    .verbs = CKF_DERIVE, .key = &key_3,
	    .out = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		   "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		   "c831",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: P-521, a coordinate beyond the field", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		"ffffffffff"),
	    .verbs = CKF_DERIVE, .key = &key_3,
	    .out = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		   "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		   "c831",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: P-521, shared data without a function", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, "00",
		"0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		"54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		"a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		"39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		"f3c302f676"),
	    .verbs = CKF_DERIVE, .key = &key_3,
	    .out = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		   "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		   "c831",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "NIST CAVP, KASValidityTest_ECCStaticUnified_KDFConcat_NOKC, EC, SHA256, 5",
	    CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA256_KDF_SP800,
		"a1b2c3d4e5a32d79067e6a9d50c182eed125de8648434156536964bf9ed234c2"
		"e63b690d8bff492a39258c84028578",
		"04cfc99687baa2aabf7324127626afa7ba39491cd1868e79159abdb86bf471cc"
		"2176e8061926900751c24d7bbb820297e7457c7d7da89dd5bc8d28097112a0c7"
		"ae"),
	    .verbs = CKF_DERIVE, .key = &key_4, .out = "7b3fdeb3302392808e7e2283e8eedbca" },
	{ "NIST CAVP, KASValidityTest_ECCStaticUnified_KDFConcat_NOKC, EC, SHA256, 12",
	    CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA256_KDF_SP800,
		"a1b2c3d4e52215f4e173dfa0fcffe5d3da41c4812c43415653696436933eea0f"
		"8ff40a2b0d48e070287df45a3b0d28",
		"04a395dd5465c566ac28d8588b7beda77fa400647676d61dca2da91146356795"
		"d2f958919fe8a5696ae6f4dc001c7ce6d618e3d3ea88512b1c9570851f428394"
		"75"),
	    .verbs = CKF_DERIVE, .key = &key_5, .out = "5970030b17362a4d044d9601f4aec65e" },
	{ "NIST CAVP, KASValidityTest_ECCStaticUnified_KDFConcat_NOKC, EC, SHA256, 13",
	    CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA256_KDF_SP800,
		"a1b2c3d4e597faa16b3ce97643ee6684ce6fbd32e543415653696475bf4573d5"
		"5883d88bcca925a5bc5cbd0a46da35",
		"044cb950ae73af969e7492b92cb2447f05f2b6306ec464f6315ca132fbc1c050"
		"cff7e902116c8618f3f741bfd1cd9d7194953877cf325d403dfa18d5c5b9ec1f"
		"b6"),
	    .verbs = CKF_DERIVE, .key = &key_6, .out = "040a15e0a90e1a897ecee51f5234fa48" },
	{ "ANSI X9.63 by OpenSSL 3.0's X963KDF, P-256, SHA224, 32 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA224_KDF, NULL,
		"04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		"87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		"ac"),
	    .verbs = CKF_DERIVE, .key = &key_1,
	    .out = "9abaf295c5c7dddaa9a7c8ed3060b49ed491004aa3b3b8b9d7c8955ff301fb35" },
	{ "SP 800-56C by OpenSSL 3.0's SSKDF, P-256, SHA224, 32 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA224_KDF_SP800, NULL,
		"04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		"87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		"ac"),
	    .verbs = CKF_DERIVE, .key = &key_1,
	    .out = "98bf11fd4a68e554a78905a3f706e0ea0c4fb18ecb9d3884997b745b84fe658f" },
	{ "ANSI X9.63 by OpenSSL 3.0's X963KDF, P-256, SHA256, 32 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA256_KDF, NULL,
		"04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		"87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		"ac"),
	    .verbs = CKF_DERIVE, .key = &key_1,
	    .out = "65aa794ac84c5cee664468c1409a35e72b950b53ff795c387e712e529a6bf1e0" },
	{ "SP 800-56C by OpenSSL 3.0's SSKDF, P-256, SHA256, 32 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA256_KDF_SP800, NULL,
		"04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		"87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		"ac"),
	    .verbs = CKF_DERIVE, .key = &key_1,
	    .out = "1f87a66b8b91bbc593e526668fd7182b8705cc3e553d61bff2cfeae11142ea5b" },
	{ "ANSI X9.63 by OpenSSL 3.0's X963KDF, P-256, SHA384, 32 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA384_KDF, NULL,
		"04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		"87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		"ac"),
	    .verbs = CKF_DERIVE, .key = &key_1,
	    .out = "bf04d0a5947237c6c660dd40dc1ede3b0782ca684e9b2dcd0d5081a474fb5003" },
	{ "SP 800-56C by OpenSSL 3.0's SSKDF, P-256, SHA384, 32 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA384_KDF_SP800, NULL,
		"04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		"87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		"ac"),
	    .verbs = CKF_DERIVE, .key = &key_1,
	    .out = "727a5d7f1bf570afddf29d0eba2fbc9eb9e9a99ff1c999205f16d4325c392708" },
	{ "ANSI X9.63 by OpenSSL 3.0's X963KDF, P-256, SHA512, 32 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA512_KDF, NULL,
		"04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		"87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		"ac"),
	    .verbs = CKF_DERIVE, .key = &key_1,
	    .out = "a8ce4765e7fb0034acc5d33cc97b4cea6257f4e5b70d62802bc69f493ca84ddb" },
	{ "SP 800-56C by OpenSSL 3.0's SSKDF, P-256, SHA512, 32 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA512_KDF_SP800, NULL,
		"04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		"87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		"ac"),
	    .verbs = CKF_DERIVE, .key = &key_1,
	    .out = "c3be16a2a56018ec767ddcc3beab7bcea957dd8e183f4eeaf497e7acdad026f8" },
	{ "ANSI X9.63 by OpenSSL 3.0's X963KDF, P-384, SHA224, 100 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA224_KDF, "48616e6466617374",
		"04a7c76b970c3b5fe8b05d2838ae04ab47697b9eaf52e764592efda27fe75132"
		"72734466b400091adbf2d68c58e0c50066ac68f19f2e1cb879aed43a9969b91a"
		"0839c4c38a49749b661efedf243451915ed0905a32b060992b468c64766fc843"
		"7a"),
	    .verbs = CKF_DERIVE, .key = &key_2,
	    .out = "e13524b8f2ddb1ddbd49f357fc564aa38e35d28ed46321bbaf73beac5f2f7b8d"
		   "e7be7764864384d89292cb93ab7e116d03bf455deeb8d7ff4ad525952d70b7ad"
		   "47c5805c39647c7787983a77120fccadaf09c98c4a04e9b27154002217480d15"
		   "e00c4892" },
	{ "SP 800-56C by OpenSSL 3.0's SSKDF, P-384, SHA224, 100 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA224_KDF_SP800, "48616e6466617374",
		"04a7c76b970c3b5fe8b05d2838ae04ab47697b9eaf52e764592efda27fe75132"
		"72734466b400091adbf2d68c58e0c50066ac68f19f2e1cb879aed43a9969b91a"
		"0839c4c38a49749b661efedf243451915ed0905a32b060992b468c64766fc843"
		"7a"),
	    .verbs = CKF_DERIVE, .key = &key_2,
	    .out = "ad9ef7e9e8f2ca7360655c41896ae828ef05c02490105c50164bcba8f29ed1c6"
		   "40e40c352e739cd172f8659e7fa8a84d60ba8bcaa054a8ea956f50c2ef3e8373"
		   "a17af822e2f74e4acdf8072668907529acc721f61d7414809ee22b5d9761c72f"
		   "197bce7a" },
	{ "ANSI X9.63 by OpenSSL 3.0's X963KDF, P-384, SHA256, 100 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA256_KDF, "48616e6466617374",
		"04a7c76b970c3b5fe8b05d2838ae04ab47697b9eaf52e764592efda27fe75132"
		"72734466b400091adbf2d68c58e0c50066ac68f19f2e1cb879aed43a9969b91a"
		"0839c4c38a49749b661efedf243451915ed0905a32b060992b468c64766fc843"
		"7a"),
	    .verbs = CKF_DERIVE, .key = &key_2,
	    .out = "d086e6f627eacc791c630b4cfc6690af58184a7d42313eb4c10022fc917abb04"
		   "fdae3e20d58f79107d26a65ff280f986ed3948f304148d8fdd04e26fcd29af59"
		   "f85cc8079aee9244591977f33a41a819077b327805bd64ad99412159d9520d95"
		   "f9955af5" },
	{ "SP 800-56C by OpenSSL 3.0's SSKDF, P-384, SHA256, 100 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA256_KDF_SP800, "48616e6466617374",
		"04a7c76b970c3b5fe8b05d2838ae04ab47697b9eaf52e764592efda27fe75132"
		"72734466b400091adbf2d68c58e0c50066ac68f19f2e1cb879aed43a9969b91a"
		"0839c4c38a49749b661efedf243451915ed0905a32b060992b468c64766fc843"
		"7a"),
	    .verbs = CKF_DERIVE, .key = &key_2,
	    .out = "c64a6ec63685a1d2904b67cee747c6a0e7b6626d4e22648e9122e4b598f233b3"
		   "42ab7034009c0ef037a10cd044aa50f1a5e7f21ccd074d8a6f2ca23f687cae4b"
		   "1176749a518e9b27cdd803eb12743a83a5d7a62d112f705cbf892f99e4269e5b"
		   "47755e99" },
	{ "ANSI X9.63 by OpenSSL 3.0's X963KDF, P-384, SHA384, 100 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA384_KDF, "48616e6466617374",
		"04a7c76b970c3b5fe8b05d2838ae04ab47697b9eaf52e764592efda27fe75132"
		"72734466b400091adbf2d68c58e0c50066ac68f19f2e1cb879aed43a9969b91a"
		"0839c4c38a49749b661efedf243451915ed0905a32b060992b468c64766fc843"
		"7a"),
	    .verbs = CKF_DERIVE, .key = &key_2,
	    .out = "f6ed0104a0b7c4275f6912bda9745fce16d57a58b9e408f514315483b2d6d8ce"
		   "bcbf530be83e52f964d2a515741d2409733eac0e06c1489717bd50be76eab842"
		   "7600fe150ff16b75e1e9bb220b5ffef0cd890606fcfc45f3cfe557de09774cd3"
		   "6b43f2ce" },
	{ "SP 800-56C by OpenSSL 3.0's SSKDF, P-384, SHA384, 100 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA384_KDF_SP800, "48616e6466617374",
		"04a7c76b970c3b5fe8b05d2838ae04ab47697b9eaf52e764592efda27fe75132"
		"72734466b400091adbf2d68c58e0c50066ac68f19f2e1cb879aed43a9969b91a"
		"0839c4c38a49749b661efedf243451915ed0905a32b060992b468c64766fc843"
		"7a"),
	    .verbs = CKF_DERIVE, .key = &key_2,
	    .out = "bf51ff0792d1f47903448053bdf531add4bb512c3bc716b62ef0f2fadead50ea"
		   "19cd5d913d261f4ddce1f51bfac9c0e49baba8b26707eb48794fb50da3e9f120"
		   "fca28f41428e62896db24814e410b4b373dc4a374d2c6f6509a73ff2047b5d08"
		   "33edc392" },
	{ "ANSI X9.63 by OpenSSL 3.0's X963KDF, P-384, SHA512, 100 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA512_KDF, "48616e6466617374",
		"04a7c76b970c3b5fe8b05d2838ae04ab47697b9eaf52e764592efda27fe75132"
		"72734466b400091adbf2d68c58e0c50066ac68f19f2e1cb879aed43a9969b91a"
		"0839c4c38a49749b661efedf243451915ed0905a32b060992b468c64766fc843"
		"7a"),
	    .verbs = CKF_DERIVE, .key = &key_2,
	    .out = "f8fa2a034c7334619c77db3c7670fd2577885532bca194811381321a7b41ca89"
		   "b504244b44a6662b766f8344084a4de73deba180db0f19f60a4424eee26a17c8"
		   "7a9c6d7cdc8bfe5342a597186b358ba81f390b64a33ab785381cf65624793367"
		   "3dbfaed8" },
	{ "SP 800-56C by OpenSSL 3.0's SSKDF, P-384, SHA512, 100 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA512_KDF_SP800, "48616e6466617374",
		"04a7c76b970c3b5fe8b05d2838ae04ab47697b9eaf52e764592efda27fe75132"
		"72734466b400091adbf2d68c58e0c50066ac68f19f2e1cb879aed43a9969b91a"
		"0839c4c38a49749b661efedf243451915ed0905a32b060992b468c64766fc843"
		"7a"),
	    .verbs = CKF_DERIVE, .key = &key_2,
	    .out = "329f3b093acce1c73174cc57bdb0374aa6a878fcc234f729f2f52c5840304dee"
		   "64b59dca24e9116b81f238460fd640b729d751b2a3cfeb0960f1cc2cdc758143"
		   "0b59059cd349d26edb24146e848dd40bcbf7e2e71d32096beeb5e85dbd6454cb"
		   "1c3751f7" },
	{ "ANSI X9.63 by OpenSSL 3.0's X963KDF, P-521, SHA224, 100 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA224_KDF, "48616e6466617374",
		"0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		"54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		"a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		"39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		"f3c302f676"),
	    .verbs = CKF_DERIVE, .key = &key_3,
	    .out = "255949e1543fb1707ca248c0cd95ecd7d698320c03ff5ec591a19d333fb10692"
		   "f585b181940c8f0266d9f5fe2f0b64fac5da3e40d8675213ee46d6addc719336"
		   "c489f6e8997124f2f0e865985f3c7e559dc6263ff5f8bb9caae0d4b4a561f165"
		   "2561ca28" },
	{ "SP 800-56C by OpenSSL 3.0's SSKDF, P-521, SHA224, 100 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA224_KDF_SP800, "48616e6466617374",
		"0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		"54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		"a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		"39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		"f3c302f676"),
	    .verbs = CKF_DERIVE, .key = &key_3,
	    .out = "6e63c19f9feb5fe6bea61d6d74a8f31310aafec2aacee2edb92a8cef91fce94d"
		   "1bfa79a47fe83adf0ee8d76ef8131cbf1eb44a901cf4da63cee1817ebdbdb4ac"
		   "24eef44d8c73120a12baa736e1c8690dcc151ffe7eae673898b870385e0a28b6"
		   "67892c09" },
	{ "ANSI X9.63 by OpenSSL 3.0's X963KDF, P-521, SHA256, 100 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA256_KDF, "48616e6466617374",
		"0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		"54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		"a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		"39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		"f3c302f676"),
	    .verbs = CKF_DERIVE, .key = &key_3,
	    .out = "653f056f79beca0fff56f019e78c25e943ffb49b594f6089411ff4d304ff21a9"
		   "5a0aa3b4373089d9c32e7abace8c8176cdad02b591a64aab55c6c67adc9973e8"
		   "bfd8a09891f50504aee00b31460b90133a10cbf7c9544055e4ff764bf42669d4"
		   "89f7dca5" },
	{ "SP 800-56C by OpenSSL 3.0's SSKDF, P-521, SHA256, 100 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA256_KDF_SP800, "48616e6466617374",
		"0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		"54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		"a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		"39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		"f3c302f676"),
	    .verbs = CKF_DERIVE, .key = &key_3,
	    .out = "627094aa69e34bb90bdd1679ffaf73ee1b911c6ad730a69c1d3066a8838e34d9"
		   "3ce4fc59007d3146b35bb2df1fc4a4988e49fba8b1a72248fc1a232f2dfa8f2a"
		   "b641bcdaa96ecc0a49445fcf98ffd3d8fe75765e57ec9f29fd07961e1f2f67c7"
		   "2cd5a228" },
	{ "ANSI X9.63 by OpenSSL 3.0's X963KDF, P-521, SHA384, 100 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA384_KDF, "48616e6466617374",
		"0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		"54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		"a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		"39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		"f3c302f676"),
	    .verbs = CKF_DERIVE, .key = &key_3,
	    .out = "8d7923476925a2dc645de754226cca38a5a7b5c4f7c6acad4a0762b748fe00e1"
		   "b0b60f9a04178fcb8d368c1b6ec4b294eca2f59db2e0a11dfea177803aec0c0d"
		   "2a4ecef77c2733925a17fa81d91214fcb4800fda8fdfd2b93decf0cf940f02dd"
		   "a70bf8c3" },
	{ "SP 800-56C by OpenSSL 3.0's SSKDF, P-521, SHA384, 100 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA384_KDF_SP800, "48616e6466617374",
		"0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		"54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		"a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		"39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		"f3c302f676"),
	    .verbs = CKF_DERIVE, .key = &key_3,
	    .out = "56d4d4776d84cd6abf1dd13911c653c2220f2f62810aa76524391ae2eca94519"
		   "fbb25ac5a4e4ee61bad9d0a6d3857e2130ae780a076b8d2c100f7f331cfd71ac"
		   "996975f6827f9462738a60215899d7e1a94fc113ccc7d08692ec7ffde4aed3d2"
		   "0c3b8b55" },
	{ "ANSI X9.63 by OpenSSL 3.0's X963KDF, P-521, SHA512, 100 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA512_KDF, "48616e6466617374",
		"0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		"54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		"a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		"39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		"f3c302f676"),
	    .verbs = CKF_DERIVE, .key = &key_3,
	    .out = "38a6971d2c3b9ddfdf9aa188e622f9a6f99d5aa24ad530cd1b7dcb35b7a47b11"
		   "fafaed29f1c2d938b53d45f4b7e9b1f7786801363fe7b2a5c7b947f2440f1cec"
		   "7a1c6d9d8bfbb9d51ea658e867db3b0e1c10418ff042de9c657bd434fa2ad7f9"
		   "3f8cb853" },
	{ "SP 800-56C by OpenSSL 3.0's SSKDF, P-521, SHA512, 100 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA512_KDF_SP800, "48616e6466617374",
		"0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		"54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		"a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		"39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		"f3c302f676"),
	    .verbs = CKF_DERIVE, .key = &key_3,
	    .out = "eac17af782e052ae55f2eaf8934a5c4748d21e05a7538d61c864c78acc3b0e1b"
		   "7985305e28e704f2a7ac9d90f8bc7d1000ccfecb6f215c125247a5b666888381"
		   "73b393d7ee3707062d6902aca4f7d4f6a0e8d28f782b81e250d69c8b66151bc1"
		   "8dff4c5b" },
	{ "ANSI X9.63 by OpenSSL 3.0's X963KDF, P-256, SHA1, 32 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA1_KDF, NULL,
		"04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		"87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		"ac"),
	    .verbs = CKF_DERIVE, .key = &key_1,
	    .out = "c93cfd15ba4148858a531b99624f93c611bf674f282b52c12383c70b3dbe273d" },
	{ "SP 800-56C by OpenSSL 3.0's SSKDF, P-256, SHA1, 32 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA1_KDF_SP800, NULL,
		"04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		"87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		"ac"),
	    .verbs = CKF_DERIVE, .key = &key_1,
	    .out = "f59cde6e890f2f8c45736350724bacb215a102d6f7ba33da2c5f9ce6677fed69" },
	{ "ANSI X9.63 by OpenSSL 3.0's X963KDF, P-256, SHA3-224, 32 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA3_224_KDF, NULL,
		"04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		"87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		"ac"),
	    .verbs = CKF_DERIVE, .key = &key_1,
	    .out = "f26a59d0345a478e63b4c070c8fb22acd7cf2d6c15f0658d98d5776e488d35ff" },
	{ "SP 800-56C by OpenSSL 3.0's SSKDF, P-256, SHA3-224, 32 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA3_224_KDF_SP800, NULL,
		"04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		"87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		"ac"),
	    .verbs = CKF_DERIVE, .key = &key_1,
	    .out = "e3b88ff01cf6e3f6383261e080b0131778e53fec90facdf35a9f425541da8987" },
	{ "ANSI X9.63 by OpenSSL 3.0's X963KDF, P-256, SHA3-256, 32 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA3_256_KDF, NULL,
		"04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		"87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		"ac"),
	    .verbs = CKF_DERIVE, .key = &key_1,
	    .out = "c3a99b3c77c5ffd803e01e0688745004f5e4cf953dc64b601eb4712d2f14f430" },
	{ "SP 800-56C by OpenSSL 3.0's SSKDF, P-256, SHA3-256, 32 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA3_256_KDF_SP800, NULL,
		"04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		"87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		"ac"),
	    .verbs = CKF_DERIVE, .key = &key_1,
	    .out = "27ef058e790087438c343bb77a24463149899e931c33f64c759a124170d4f89b" },
	{ "ANSI X9.63 by OpenSSL 3.0's X963KDF, P-256, SHA3-384, 32 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA3_384_KDF, NULL,
		"04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		"87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		"ac"),
	    .verbs = CKF_DERIVE, .key = &key_1,
	    .out = "9bb62428a6054bb12d0baf784d40fd8ff211ccb94621cee356301f775231b1a4" },
	{ "SP 800-56C by OpenSSL 3.0's SSKDF, P-256, SHA3-384, 32 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA3_384_KDF_SP800, NULL,
		"04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		"87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		"ac"),
	    .verbs = CKF_DERIVE, .key = &key_1,
	    .out = "1e4415f6cbd9197f6977352225b269ba42cc33d0f5090ddc4d3627b5ec3a8f7a" },
	{ "ANSI X9.63 by OpenSSL 3.0's X963KDF, P-256, SHA3-512, 32 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA3_512_KDF, NULL,
		"04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		"87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		"ac"),
	    .verbs = CKF_DERIVE, .key = &key_1,
	    .out = "23f6cf94eaf40aa369244e62c6013b9198492cbbe9327945251a412d8f0f1897" },
	{ "SP 800-56C by OpenSSL 3.0's SSKDF, P-256, SHA3-512, 32 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA3_512_KDF_SP800, NULL,
		"04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		"87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		"ac"),
	    .verbs = CKF_DERIVE, .key = &key_1,
	    .out = "e1b2663b7d5e77b99d6e05e6c559069ee8fc4b121bcb05e46956023c1cc8aab8" },
	{ "ANSI X9.63 by OpenSSL 3.0's X963KDF, P-521, SHA1, 100 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA1_KDF, "48616e6466617374",
		"0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		"54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		"a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		"39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		"f3c302f676"),
	    .verbs = CKF_DERIVE, .key = &key_3,
	    .out = "0877503d390ff88ae5e6fcf6c77ff2fe03be7ec7cbc4f5f2156f5bcf0a25acbc"
		   "87023dbffd672cc21d93769a13c4330d78785931c0b2b9d5e747070d75b2b4c9"
		   "2bd2c21a2f950f8075315de021eab710c63cb1ff21df3fab49a44ca4dff7c18c"
		   "ab4af4f5" },
	{ "SP 800-56C by OpenSSL 3.0's SSKDF, P-521, SHA1, 100 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA1_KDF_SP800, "48616e6466617374",
		"0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		"54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		"a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		"39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		"f3c302f676"),
	    .verbs = CKF_DERIVE, .key = &key_3,
	    .out = "c6350847ed920cfac476ef50a58cc358d79f17612b7efd5e23fc5811a78a9a19"
		   "63970d5e76a3e40539fe87066448bb37486bdf4679534fcc53499c82e68757bc"
		   "88bcb5c09ab5176eb1d31d9c6a96e2643eeb9753b5242262807265de77145f44"
		   "591853a7" },
	{ "ANSI X9.63 by OpenSSL 3.0's X963KDF, P-521, SHA3-224, 100 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA3_224_KDF, "48616e6466617374",
		"0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		"54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		"a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		"39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		"f3c302f676"),
	    .verbs = CKF_DERIVE, .key = &key_3,
	    .out = "914d14c8fc9f88df3d96ee8b282d431eedc562d5d5af80ecf1ca70822b81bc2c"
		   "c100a22292ea0d780cf644877e512aff2dbb06580f6aa263334a45a510f07a0d"
		   "e1d7f7acb43be22fb6b312856d150d6b3a5bcde5ea144879868aee7ae2aec579"
		   "3d5a951b" },
	{ "SP 800-56C by OpenSSL 3.0's SSKDF, P-521, SHA3-224, 100 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA3_224_KDF_SP800, "48616e6466617374",
		"0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		"54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		"a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		"39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		"f3c302f676"),
	    .verbs = CKF_DERIVE, .key = &key_3,
	    .out = "209166a99a32b9d1d4cd801058e903a4d45a9d02e309a0a349d4a343c9d69044"
		   "a7941c15ee1e275b3607786f5e0d86543ae6d6b70c0d036a1c67ec1ff9812897"
		   "7d79315578fc619634e1391b5fc9f1ca59e4b2fe93d2c9828a807c49c57c36b5"
		   "65e17683" },
	{ "ANSI X9.63 by OpenSSL 3.0's X963KDF, P-521, SHA3-256, 100 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA3_256_KDF, "48616e6466617374",
		"0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		"54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		"a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		"39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		"f3c302f676"),
	    .verbs = CKF_DERIVE, .key = &key_3,
	    .out = "226e96c3c8b4213f9d9f5d8713432e80b4faa80fe43c7f58249f5e8bf8431a68"
		   "a033c17fe4385bffc0cc8c4b8e53a84fdf94a7871b4c20c11d76f6ea3484b205"
		   "8001a5a41326e370ebeec18fa34667ca7484c4a4e077a843556918bcfb788ec5"
		   "122d285c" },
	{ "SP 800-56C by OpenSSL 3.0's SSKDF, P-521, SHA3-256, 100 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA3_256_KDF_SP800, "48616e6466617374",
		"0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		"54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		"a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		"39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		"f3c302f676"),
	    .verbs = CKF_DERIVE, .key = &key_3,
	    .out = "4fef4b3808a0ef1d3c92bc676b57e184078e06de37f95f1dcc56373bddbe3244"
		   "5fb7196b207a7e14cfce06401c999bf277786a75e19cf800bf327d19600d8683"
		   "5e980083f67c90b6431b94b0c3180e70ec67bd37f9098cda9a0cc12d1f85cbda"
		   "7970a87c" },
	{ "ANSI X9.63 by OpenSSL 3.0's X963KDF, P-521, SHA3-384, 100 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA3_384_KDF, "48616e6466617374",
		"0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		"54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		"a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		"39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		"f3c302f676"),
	    .verbs = CKF_DERIVE, .key = &key_3,
	    .out = "cfeb3c75e007d17f018378d4a312c8d1ac36e1b6f977c4363325bfb4679d436c"
		   "69f19f5f089f42813d2eb14187ec8a03d5d9c2909f1371338fc4036243e107d5"
		   "71df417b3d0b0eeec9534f8b1f782f7f26b95681f00ee8a51bec161efb2be74a"
		   "c4c46610" },
	{ "SP 800-56C by OpenSSL 3.0's SSKDF, P-521, SHA3-384, 100 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA3_384_KDF_SP800, "48616e6466617374",
		"0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		"54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		"a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		"39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		"f3c302f676"),
	    .verbs = CKF_DERIVE, .key = &key_3,
	    .out = "04d82c701de69d85f3545c4ff7fa70e72e30f51f0995221f191842a93b5cd3ed"
		   "924e59deb70338d05c8dde772e3ef02c730b86e6ffbd29ed1339c63a45ae4054"
		   "3a3b36176509503c629de6ca8097fcfbbf530c9675b010583ad6a2ec8d5520a3"
		   "2ceb8e16" },
	{ "ANSI X9.63 by OpenSSL 3.0's X963KDF, P-521, SHA3-512, 100 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA3_512_KDF, "48616e6466617374",
		"0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		"54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		"a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		"39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		"f3c302f676"),
	    .verbs = CKF_DERIVE, .key = &key_3,
	    .out = "cc98a7b12973d78cf35758d5466eac04a742b898df785112205b12b9a5132397"
		   "8b94745ad2061b71f77811eab509ac569ec6b5429c7fdbdc2358e796bbc4bcc7"
		   "336b37be65da71c4e68fbc9844b1f5f7dddbb9aa5a60de10f16856f9ca99843f"
		   "1a1a8edf" },
	{ "SP 800-56C by OpenSSL 3.0's SSKDF, P-521, SHA3-512, 100 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA3_512_KDF_SP800, "48616e6466617374",
		"0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		"54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		"a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		"39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		"f3c302f676"),
	    .verbs = CKF_DERIVE, .key = &key_3,
	    .out = "7a2f28c4500040b2b51979ce1569fed2a659bc794843f43aaa4320d3809b1c9f"
		   "c97b839daf20ff3382020f345a1f4803fa698d2d14314b8200af3ef60772db41"
		   "031446f977edbed1463c345802f10c6ff84213bcecfc59267ac54d19723f1ed8"
		   "797c6b5c" },
	{ "Wycheproof, ecdh_secp256r1_ecpoint, 1", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0462d5bd3372af75fe85a040715d0f502428e07046868b0bfdfa61d731afe44f"
		"26ac333a93a9e70a81cd5a95b5bf8d13990eb741c8c38872b4a07d275a014e30"
		"cf"),
	    .verbs = CKF_DERIVE, .key = &key_7,
	    .out = "53020d908b0219328b658b525f26780e3ae12bcd952bb25a93bc0895e1714285",
	    .whole = true },
	{ "Wycheproof, ecdh_secp256r1_ecpoint, 2", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0362d5bd3372af75fe85a040715d0f502428e07046868b0bfdfa61d731afe44f"
		"26"),
	    .verbs = CKF_DERIVE, .key = &key_7,
	    .out = "53020d908b0219328b658b525f26780e3ae12bcd952bb25a93bc0895e1714285",
	    .whole = true },
	{ "Wycheproof, ecdh_secp256r1_ecpoint, 4", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04a1ecc24bf0d0053d23f5fd80ddf1735a1925039dc1176c581a7e795163c8b9"
		"ba2cb5a4e4d5109f4527575e3137b83d79a9bcb3faeff90d2aca2bed71bb523e"
		"7e"),
	    .verbs = CKF_DERIVE, .key = &key_8,
	    .out = "ffffffff00000001000000000000000000000000fffffffffffffffffffffffc",
	    .whole = true },
	{ "Wycheproof, ecdh_secp256r1_ecpoint, 5", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"041b0e7437c33d379929430d3ec10df59bed7fe2a1d950c5791e1e9ddeef1f4d"
		"70fbdb0e3bbce63a27f27838c685207f2ccaf689d25eb622744db1168ac92619"
		"e8"),
	    .verbs = CKF_DERIVE, .key = &key_8,
	    .out = "0000000000000000000000000000000000000000000000000000000000010000",
	    .whole = true },
	{ "Wycheproof, ecdh_secp256r1_ecpoint, 6", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0408d6148d0244d243b3d0d1777de6375fa7ebeab477f19915d05994db04df21"
		"9727737d4f8ce0a7f390becce92b2bcd5c054f18ecb58e5dd59baf88b4ed6abe"
		"a8"),
	    .verbs = CKF_DERIVE, .key = &key_8,
	    .out = "0000000000000000000000000000000000000000000000000000000100000000",
	    .whole = true },
	{ "Wycheproof, ecdh_secp256r1_ecpoint, 7", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"042424f9d7ba0a89ce3c7c1e8f15dfd83004d86680967a82cbf9bb6b11dae5fd"
		"72e05c3687187b1cf28438a17a7469fa3b094b7d6f36cccc3492c0b0a61fab2a"
		"38"),
	    .verbs = CKF_DERIVE, .key = &key_8,
	    .out = "0000000000000000000000000000000000000000000000010000000000000000",
	    .whole = true },
	{ "Wycheproof, ecdh_secp256r1_ecpoint, 48", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"047fffffffffffffffffffffffeecf2230ffffffffffffffffffffffffffffff"
		"ff00000001c7c30643abed0af0a49fe352cb483ff9b97dccdf427c658e879324"
		"0d"),
	    .verbs = CKF_DERIVE, .key = &key_9,
	    .out = "6fd26661851a8de3c6d06f834ef3acb8f2a5f9c136a985ffe10d5eeb51edcfa3",
	    .whole = true },
	{ "Wycheproof, ecdh_secp256r1_ecpoint, 49", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04000000000000000000000000111124f4000000000000000000000000000000"
		"000000000d12d381b0760b1c50be8acf859385052c7f53cde67ce13759de3123"
		"a0"),
	    .verbs = CKF_DERIVE, .key = &key_9,
	    .out = "f1f0e43b374feb7e7f96d4ffe7519fa8bb6c3cfd25f6f87dab2623d2a2d33851",
	    .whole = true },
	{ "Wycheproof, ecdh_secp256r1_ecpoint, 50", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04000000000000000000000001ea77d449ffffffffffffffffffffffffffffff"
		"ff000000007afbc0b325e820646dec622fb558a51c342aa257f4b6a8ec5ddf14"
		"4f"),
	    .verbs = CKF_DERIVE, .key = &key_9,
	    .out = "1b085213a9c89d353e1111af078c38c502b7b4771efba51f589b5be243417bdc",
	    .whole = true },
	{ "Wycheproof, ecdh_secp256r1_ecpoint, 111", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04851eb1b8699d1cc01c6b6048139797dab3981c924f9ef81bd1f464c3182c87"
		"0901285b2ae7cbcabfd5bccb9441eb3376b491595f60a1ec21dbe9f972bc32ab"
		"be"),
	    .verbs = CKF_DERIVE, .key = &key_10,
	    .out = "6d03fef6b354840f4642fba1c8fce9f7d1cda8ae27b6ca01510fb44573fdaffb",
	    .whole = true },
	{ "Wycheproof, ecdh_secp256r1_ecpoint, 112", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04f576e22747f6c77a8f685a7a7b527363e0fe7d351a9e3f5923fff2bf97e91a"
		"f41e575d400331cfc9f97180d8a48c418c5a982609fab88937d2590bfdaf37d6"
		"a4"),
	    .verbs = CKF_DERIVE, .key = &key_10,
	    .out = "98009cee0e8ea4fb42dfb70a5ada46ece32e2885a4f9c3a6afba13e82f87e113",
	    .whole = true },
	{ "Wycheproof, ecdh_secp256r1_ecpoint, 113", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04310785fa42c37bd200781d70e3859b39b2fa1d286a3b6c4f605a41e045634b"
		"81b8d32564a7a232c5d47407a7795c01eda819f23a5a190149eb8c9abf94ed7c"
		"49"),
	    .verbs = CKF_DERIVE, .key = &key_10,
	    .out = "e8f0e427cc30ae50197d2bbf3a451667a470797d5abe55ff1b1d6de88e41372c",
	    .whole = true },
	{ "Wycheproof, ecdh_secp256r1_ecpoint, 315", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0431028f3377fc8f2b1967edaab90213acad0da9f50897f08f57537f78f11674"
		"4743a1930189363bbde2ac4cbd1649cdc6f451add71dd2f16a8a867f2b17caa1"
		"6b"),
	    .verbs = CKF_DERIVE, .key = &key_11,
	    .out = "85a0b58519b28e70a694ec5198f72c4bfdabaa30a70f7143b5b1cd7536f716ca",
	    .whole = true },
	{ "Wycheproof, ecdh_secp256r1_ecpoint, 316", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0431028f3377fc8f2b1967edaab90213acad0da9f50897f08f57537f78f11674"
		"4743a1930189363bbde2ac4cbd1649cdc6f451add71dd2f16a8a867f2b17caa1"
		"6b"),
	    .verbs = CKF_DERIVE, .key = &key_12,
	    .out = "a329a7d80424ea2d6c904393808e510dfbb28155092f1bac284dceda1f13afe5",
	    .whole = true },
	{ "Wycheproof, ecdh_secp256r1_ecpoint, 330", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04023819813ac969847059028ea88a1f30dfbcde03fc791d3a252c6b41211882"
		"eaf93e4ae433cc12cf2a43fc0ef26400c0e125508224cdb649380f25479148a4"
		"ad"),
	    .verbs = CKF_DERIVE, .key = &key_13,
	    .out = "4d4de80f1534850d261075997e3049321a0864082d24a917863366c0724f5ae3",
	    .whole = true },
	{ "Wycheproof, ecdh_secp256r1_ecpoint, 331", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04cc11887b2d66cbae8f4d306627192522932146b42f01d3c6f92bd5c8ba739b"
		"06a2f08a029cd06b46183085bae9248b0ed15b70280c7ef13a457f5af3824260"
		"31"),
	    .verbs = CKF_DERIVE, .key = &key_14,
	    .out = "831c3f6b5f762d2f461901577af41354ac5f228c2591f84f8a6e51e2e3f17991",
	    .whole = true },
	{ "Wycheproof, ecdh_secp256r1_ecpoint, 332", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0400000000000000000000000000000000000000000000000000000000000000"
		"0000000000000000000000000000000000000000000000000000000000000000"
		"00"),
	    .verbs = CKF_DERIVE, .key = &key_15,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_secp256r1_ecpoint, 333", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0400000000000000000000000000000000000000000000000000000000000000"
		"0000000000000000000000000000000000000000000000000000000000000000"
		"01"),
	    .verbs = CKF_DERIVE, .key = &key_15,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_secp256r1_ecpoint, 334", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0400000000000000000000000000000000000000000000000000000000000000"
		"00ffffffff00000001000000000000000000000000ffffffffffffffffffffff"
		"fe"),
	    .verbs = CKF_DERIVE, .key = &key_15,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_secp256r1_ecpoint, 335", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0400000000000000000000000000000000000000000000000000000000000000"
		"00ffffffff00000001000000000000000000000000ffffffffffffffffffffff"
		"ff"),
	    .verbs = CKF_DERIVE, .key = &key_15,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_secp256r1_ecpoint, 336", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0400000000000000000000000000000000000000000000000000000000000000"
		"0100000000000000000000000000000000000000000000000000000000000000"
		"00"),
	    .verbs = CKF_DERIVE, .key = &key_15,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_secp256r1_ecpoint, 337", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0400000000000000000000000000000000000000000000000000000000000000"
		"0100000000000000000000000000000000000000000000000000000000000000"
		"01"),
	    .verbs = CKF_DERIVE, .key = &key_15,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_secp256r1_ecpoint, 349", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"02fd4bf61763b46581fd9174d623516cf3c81edd40e29ffa2777fb6cb0ae3ce5"
		"35"),
	    .verbs = CKF_DERIVE, .key = &key_16,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_secp256r1_ecpoint, 350", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"03efdde3b32872a9effcf3b94cbf73aa7b39f9683ece9121b9852167f4e3da60"
		"9b"),
	    .verbs = CKF_DERIVE, .key = &key_17,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_secp256r1_ecpoint, 351", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"02efdde3b32872a9effcf3b94cbf73aa7b39f9683ece9121b9852167f4e3da60"
		"9b"),
	    .verbs = CKF_DERIVE, .key = &key_18,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_secp256r1_ecpoint, 352", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"02c49524b2adfd8f5f972ef554652836e2efb2d306c6d3b0689234cec93ae73d"
		"b5"),
	    .verbs = CKF_DERIVE, .key = &key_19,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_secp256r1_ecpoint, 353", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0318f9bae7747cd844e98525b7ccd0daf6e1d20a818b2175a9a91e4eae5343bc"
		"98"),
	    .verbs = CKF_DERIVE, .key = &key_20,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_secp256r1_ecpoint, 354", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0218f9bae7747cd844e98525b7ccd0daf6e1d20a818b2175a9a91e4eae5343bc"
		"98"),
	    .verbs = CKF_DERIVE, .key = &key_21,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_secp256r1_ecpoint, 355", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"03c49524b2adfd8f5f972ef554652836e2efb2d306c6d3b0689234cec93ae73d"
		"b5"),
	    .verbs = CKF_DERIVE, .key = &key_22,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_secp521r1_ecpoint, 1", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"040064da3e94733db536a74a0d8a5cb2265a31c54a1da6529a198377fbd38575"
		"d9d79769ca2bdf2d4c972642926d444891a652e7f492337251adf1613cf30779"
		"99b5ce00e04ad19cf9fd4722b0c824c069f70c3c0e7ebc5288940dfa92422152"
		"ae4a4f79183ced375afb54db1409ddf338b85bb6dbfc5950163346bb63a90a70"
		"c5aba098f7"),
	    .verbs = CKF_DERIVE, .key = &key_23,
	    .out = "01f1e410f2c6262bce6879a3f46dfb7dd11d30eeee9ab49852102e1892201dd1"
		   "0f27266c2cf7cbccc7f6885099043dad80ff57f0df96acf283fb090de53df95f"
		   "7d87",
	    .whole = true },
	{ "Wycheproof, ecdh_secp521r1_ecpoint, 2", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"030064da3e94733db536a74a0d8a5cb2265a31c54a1da6529a198377fbd38575"
		"d9d79769ca2bdf2d4c972642926d444891a652e7f492337251adf1613cf30779"
		"99b5ce"),
	    .verbs = CKF_DERIVE, .key = &key_23,
	    .out = "01f1e410f2c6262bce6879a3f46dfb7dd11d30eeee9ab49852102e1892201dd1"
		   "0f27266c2cf7cbccc7f6885099043dad80ff57f0df96acf283fb090de53df95f"
		   "7d87",
	    .whole = true },
	{ "Wycheproof, ecdh_secp521r1_ecpoint, 4", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"040029cd32125c23a41af24fd4b729da0faacbc35516ef0ba59096602571693c"
		"d282e26d67e18ef4643d0f6f158d7370d3394ca9a8de7938032ac178c6fd34e3"
		"702b8d008649834e2b41be3a8b7510bfe570f4c67075943cd0cbb9d9e1d1da52"
		"618b5b96d6aec9b650daf1ca6624c13e5116302b9c79c8c4d3d351915d1e8e1a"
		"b6ad76098e"),
	    .verbs = CKF_DERIVE, .key = &key_24,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000"
		   "0001",
	    .whole = true },
	{ "Wycheproof, ecdh_secp521r1_ecpoint, 5", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"040032c6f06ce6a15ea064464d35aa368d299c9a9e1e368f694aefb603876248"
		"f898f223ce0217bef37d61eb09b27c93187cf8e61ba7b14e3c9bee692b06ac6d"
		"95f836019fd19f8480e21c63211d48d45f96f6365cf55f958e1a0fe7ea6b6b9f"
		"f230a87b70bb1b14d3a5fb6669a91641c6acf4570c1d3a9e709913b7fe6b35ff"
		"81c394d6a7"),
	    .verbs = CKF_DERIVE, .key = &key_24,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000"
		   "0002",
	    .whole = true },
	{ "Wycheproof, ecdh_secp521r1_ecpoint, 6", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"040131b43002f7e687eec1ecf6a253c2ccc9e48f04d86fccd18fee0d2d22191f"
		"1ea539c40d521970b4709dc03986f647e0e8bb3340cf8a3e643a3541035437cf"
		"25f01500b27a55ac45f0296f8c9656bcfd52b5cea9f4115c06e4c64319609847"
		"d45e92418400e7868672c0d3e6e5e6e004a7190476ed77cfc33ad19a4bd2c615"
		"ad9950f374"),
	    .verbs = CKF_DERIVE, .key = &key_24,
	    .out = "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		   "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		   "fffe",
	    .whole = true },
	{ "Wycheproof, ecdh_secp521r1_ecpoint, 7", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04015edc87fd499a73eabffd14d2b6a70a8fb69b6a39d0d9c4dda2337b53cc72"
		"e49a9e3d5a2d9e8930cfa11852dac33443227fba6684bd74732e6879884b6ef9"
		"dae98f010eeb8d2e3360ea9726628085268af3f2a05ad41235d0a892098bd661"
		"b636f7ef0a820282906eda3f1ff1980b98fb5937228e9edcd6332e3641216c73"
		"07e7f3f452"),
	    .verbs = CKF_DERIVE, .key = &key_24,
	    .out = "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		   "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		   "fffd",
	    .whole = true },
	{ "Wycheproof, ecdh_secp521r1_ecpoint, 45", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0400000000000000000000000000000000000000000000000000000000000000"
		"0000000000000000000000000000000000000000000000000000000000000000"
		"00000000d20ec9fea6b577c10d26ca1bb446f40b299e648b1ad508aad068896f"
		"ee3f8e614bc63054d5772bf01a65d412e0bcaa8e965d2f5d332d7f39f846d440"
		"ae001f4f87"),
	    .verbs = CKF_DERIVE, .key = &key_25,
	    .out = "0053bf137fee8922769f8d0fe279caa4dac9c6054ad0460995588a845d0a959e"
		   "24bc0fc2391a2b92f7bd400f50a11a9db37f07bef7fa8dad2a903fcf534abc87"
		   "36f7",
	    .whole = true },
	{ "Wycheproof, ecdh_secp521r1_ecpoint, 46", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0400000000000000000000000000000000000000000000000000000000000000"
		"0000000000000000000000000000000000000000000000000000000000000000"
		"0000010010e59be93c4f269c0269c79e2afd65d6aeaa9b701eacc194fb3ee03d"
		"f47849bf550ec636ebee0ddd4a16f1cd9406605af38f584567770e3f272d688c"
		"832e843564"),
	    .verbs = CKF_DERIVE, .key = &key_25,
	    .out = "01c95ac417c90a520149b29105cdab36f528a23efb5621520dbdafea95a7d434"
		   "99c4c8be02cd1c2de000da18104fa84a1e9ece6386f0e0efa5234a24595d7c4c"
		   "96f4",
	    .whole = true },
	{ "Wycheproof, ecdh_secp521r1_ecpoint, 47", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0400000000000000000000000000000000000000000000000000000000000000"
		"0000000000000000000000000000000000000000000000000000000000000000"
		"00000200d9254fdf800496acb33790b103c5ee9fac12832fe546c632225b0f7f"
		"ce3da4574b1a879b623d722fa8fc34d5fc2a8731aad691a9a8bb8b554c95a051"
		"d6aa505acf"),
	    .verbs = CKF_DERIVE, .key = &key_25,
	    .out = "01b47ec41e3a5abd9dd9808fc04d9078cbed72b9eba98d3c1ded70a29938f0ef"
		   "d5a27a7113ff721f122cb17411de307a355c685074f5766b6d1a033d2fa188c9"
		   "45b6",
	    .whole = true },
	{ "Wycheproof, ecdh_secp521r1_ecpoint, 87", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0400000000000000000000000000000000000000000000000000000000000000"
		"0000000000000000000000000000000000000000000000000000000000000000"
		"0000010010e59be93c4f269c0269c79e2afd65d6aeaa9b701eacc194fb3ee03d"
		"f47849bf550ec636ebee0ddd4a16f1cd9406605af38f584567770e3f272d688c"
		"832e843564"),
	    .verbs = CKF_DERIVE, .key = &key_26,
	    .out = "008f61e15e8c8545dcdab188f10ba9111b6345d529d9c5470677342df7ef54c5"
		   "6a1fb9fbe8dea76afbe8f2dd4c3cfb4d5b749d743944c96d74fb47bc4bf601e5"
		   "dc7e",
	    .whole = true },
	{ "Wycheproof, ecdh_secp521r1_ecpoint, 88", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04004dc16cafca9833eeb97c136c154f3ae390830f26d300edef06f867efab1c"
		"4214f563c25e1c81e16a86eaac8272892d1b65b2ee7fb2b69ba1110b083bbeb6"
		"b8873a010dbb701266a8df32d17bd58bea365c2637d686272900a5ea7a19ff98"
		"db3bf92425a483c70fdd9db25b6ee69981cb69dcc9c418c32989e73f0a5fd7f3"
		"c3ba44b051"),
	    .verbs = CKF_DERIVE, .key = &key_26,
	    .out = "017e7eecdb0f52e3b8aedd0f5550f26cd5e27e711d6860c54f88cfd3ff075df8"
		   "d363ee3be4dac2f42d036b7c64e2b50d90764ab4eef0b9d68c29682b9707d45e"
		   "c283",
	    .whole = true },
	{ "Wycheproof, ecdh_secp521r1_ecpoint, 89", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04018255c014f2533ad930e4320216496a3f4e0d78b50fa27d42209e270e39ba"
		"f480a987a2c84098eee53889ea8b6cc9036ddeebefc00b5542d2425fafd5e1ba"
		"bae84101db817b332b297a003cffc4251b58d9c7ce0b90301ef5c65e8ac0f825"
		"17fd1730a167d83af50d92f7e25e08787130618920345c435337ef45eb2e9b1a"
		"ce530d0eaf"),
	    .verbs = CKF_DERIVE, .key = &key_26,
	    .out = "0115ba7fc1ef5d1547bb259d7302cf84400160a599a3fd1d368e4d8f136848bc"
		   "32b345a7926b95140c319db39d3d89479d44aeacc05c8af37d55450c1ae114be"
		   "b583",
	    .whole = true },
	{ "Wycheproof, ecdh_secp521r1_ecpoint, 617", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0401ad5043591dbe81657fe3d1c3d7a516606ad9d320a35fce8aaec8a950fb53"
		"f95388f3fc48be998e99334ad9e9234cded14471fe86caccaa07d058ee877173"
		"3ac3b900854de36366590b9ee4d0370ea6b00f7ebd8156ccf14e99f1a5344a9b"
		"4964fbb8348b081a8840c6b64be77997ad8bebfea5e7d9f7a6a7fa6d7655c50b"
		"2b7835f314"),
	    .verbs = CKF_DERIVE, .key = &key_27,
	    .out = "00f2246431b597930f2eae61e9aabbd39f8f6ae97c3cf2521a6aeecedda10b5e"
		   "f5f3b2eb3a8906d02f51d244710aa9e19cc0be21db920132be1c91deb85e466c"
		   "28df",
	    .whole = true },
	{ "Wycheproof, ecdh_secp521r1_ecpoint, 618", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0401ad5043591dbe81657fe3d1c3d7a516606ad9d320a35fce8aaec8a950fb53"
		"f95388f3fc48be998e99334ad9e9234cded14471fe86caccaa07d058ee877173"
		"3ac3b900854de36366590b9ee4d0370ea6b00f7ebd8156ccf14e99f1a5344a9b"
		"4964fbb8348b081a8840c6b64be77997ad8bebfea5e7d9f7a6a7fa6d7655c50b"
		"2b7835f314"),
	    .verbs = CKF_DERIVE, .key = &key_28,
	    .out = "00347c51f587c726070bdeb9173d0a547427ead3f2c8de62d9ecc3013285f645"
		   "d220931520bcef85d08cfb6786045745fbfbfb1924c44a89d06676131a965677"
		   "272a",
	    .whole = true },
	{ "Wycheproof, ecdh_secp521r1_ecpoint, 633", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0400c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b"
		"4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2"
		"e5bd66011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd"
		"17273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94"
		"769fd16650"),
	    .verbs = CKF_DERIVE, .key = &key_29,
	    .out = "01bc33425e72a12779eacb2edcc5b63d1281f7e86dbc7bf99a7abd0cfe367de4"
		   "666d6edbb8525bffe5222f0702c3096dec0884ce572f5a15c423fdf44d01dd99"
		   "c61d",
	    .whole = true },
	{ "Wycheproof, ecdh_secp521r1_ecpoint, 634", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0400000000000000000000000000000000000000000000000000000000000000"
		"0000000000000000000000000000000000000000000000000000000000000000"
		"0000000000000000000000000000000000000000000000000000000000000000"
		"0000000000000000000000000000000000000000000000000000000000000000"
		"0000000000"),
	    .verbs = CKF_DERIVE, .key = &key_30,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_secp521r1_ecpoint, 635", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0400000000000000000000000000000000000000000000000000000000000000"
		"0000000000000000000000000000000000000000000000000000000000000000"
		"0000000000000000000000000000000000000000000000000000000000000000"
		"0000000000000000000000000000000000000000000000000000000000000000"
		"0000000001"),
	    .verbs = CKF_DERIVE, .key = &key_30,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_secp521r1_ecpoint, 636", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0400000000000000000000000000000000000000000000000000000000000000"
		"0000000000000000000000000000000000000000000000000000000000000000"
		"00000001ffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		"fffffffffe"),
	    .verbs = CKF_DERIVE, .key = &key_30,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_secp521r1_ecpoint, 637", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0400000000000000000000000000000000000000000000000000000000000000"
		"0000000000000000000000000000000000000000000000000000000000000000"
		"00000001ffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		"ffffffffff"),
	    .verbs = CKF_DERIVE, .key = &key_30,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_secp521r1_ecpoint, 638", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0400000000000000000000000000000000000000000000000000000000000000"
		"0000000000000000000000000000000000000000000000000000000000000000"
		"0000010000000000000000000000000000000000000000000000000000000000"
		"0000000000000000000000000000000000000000000000000000000000000000"
		"0000000000"),
	    .verbs = CKF_DERIVE, .key = &key_30,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_secp521r1_ecpoint, 639", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0400000000000000000000000000000000000000000000000000000000000000"
		"0000000000000000000000000000000000000000000000000000000000000000"
		"0000010000000000000000000000000000000000000000000000000000000000"
		"0000000000000000000000000000000000000000000000000000000000000000"
		"0000000001"),
	    .verbs = CKF_DERIVE, .key = &key_30,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_secp521r1_ecpoint, 651", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0200429cb431c18f5f4e4e502f74214e6ac5ec2c3f86b830bac24de95feae142"
		"ca7d9aa8aa5b34f55af4b2848f2e6ba6df4c3ecd401a1d7b2a8287a332b20219"
		"6fadbb"),
	    .verbs = CKF_DERIVE, .key = &key_31,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_secp521r1_ecpoint, 652", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"020108cbf3c9bf8e42135d87127556831076d84d5e549e645afda8a099249231"
		"b59b6c508dee4e91c9a543e90ebc82613f86cb1290e29102a0f2fdeb57bf4193"
		"fb4639"),
	    .verbs = CKF_DERIVE, .key = &key_32,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_secp521r1_ecpoint, 653", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"03011f2dca6b686e2141c11822e2d5439261583ce98cd6c4041c6d1be9e17dee"
		"33ea4a65c3e8cca6de50a30a39c788a585f1188bef0680a9c0264b3c8dcf494d"
		"0eb948"),
	    .verbs = CKF_DERIVE, .key = &key_33,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_secp521r1_ecpoint, 654", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"02011f2dca6b686e2141c11822e2d5439261583ce98cd6c4041c6d1be9e17dee"
		"33ea4a65c3e8cca6de50a30a39c788a585f1188bef0680a9c0264b3c8dcf494d"
		"0eb948"),
	    .verbs = CKF_DERIVE, .key = &key_34,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_secp521r1_ecpoint, 655", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"030108cbf3c9bf8e42135d87127556831076d84d5e549e645afda8a099249231"
		"b59b6c508dee4e91c9a543e90ebc82613f86cb1290e29102a0f2fdeb57bf4193"
		"fb4639"),
	    .verbs = CKF_DERIVE, .key = &key_35,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_secp521r1_ecpoint, 656", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"020009cc73141cf1843d2b2c95dc5cbc4d615c6da4814c1c7208615d8e78c7a8"
		"666aba1852faaa45a45d32bd0fde6ea78f262a96bf1e02949cea48c33c695103"
		"683048"),
	    .verbs = CKF_DERIVE, .key = &key_36,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_secp521r1_ecpoint, 657", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"030047b9cf28e04b38796858545d60d6133fbdc20ede086e5d95111c982b8c27"
		"6628235e536c075637a97c0a6c30d02b83b19e578203473eea16dfdeaeccb1dc"
		"0d9b19"),
	    .verbs = CKF_DERIVE, .key = &key_37,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-224", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04af33cd0629bc7e996320a3f40368f74de8704fa37b8fab69abaae280882092"
		"ccbba7930f419a8a4f9bb16978bbc3838729992559a6f2e2d7"),
	    .verbs = CKF_DERIVE, .key = &p224_key,
	    .out = "7d96f9a3bd3c05cf5cc37feb8b9d5209d5c2597464dec3e9983743e8" },
	{ "NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-224, the point in an OCTET STRING",
	    CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"043904af33cd0629bc7e996320a3f40368f74de8704fa37b8fab69abaae28088"
		"2092ccbba7930f419a8a4f9bb16978bbc3838729992559a6f2e2d7"),
	    .verbs = CKF_DERIVE, .key = &p224_key,
	    .out = "7d96f9a3bd3c05cf5cc37feb8b9d5209d5c2597464dec3e9983743e8" },
	{ "NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-224, the point compressed", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL, "03af33cd0629bc7e996320a3f40368f74de8704fa37b8fab69abaae280"),
	    .verbs = CKF_DERIVE, .key = &p224_key,
	    .out = "7d96f9a3bd3c05cf5cc37feb8b9d5209d5c2597464dec3e9983743e8" },
	{ "NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-224, both", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL, "041d03af33cd0629bc7e996320a3f40368f74de8704fa37b8fab69abaae280"),
	    .verbs = CKF_DERIVE, .key = &p224_key,
	    .out = "7d96f9a3bd3c05cf5cc37feb8b9d5209d5c2597464dec3e9983743e8" },
	{ "NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-224, 16 bytes of it", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04af33cd0629bc7e996320a3f40368f74de8704fa37b8fab69abaae280882092"
		"ccbba7930f419a8a4f9bb16978bbc3838729992559a6f2e2d7"),
	    .verbs = CKF_DERIVE, .key = &p224_key, .out = "8b9d5209d5c2597464dec3e9983743e8" },
	{ "Refused: P-224, hybrid", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"07af33cd0629bc7e996320a3f40368f74de8704fa37b8fab69abaae280882092"
		"ccbba7930f419a8a4f9bb16978bbc3838729992559a6f2e2d7"),
	    .verbs = CKF_DERIVE, .key = &p224_key,
	    .out = "7d96f9a3bd3c05cf5cc37feb8b9d5209d5c2597464dec3e9983743e8",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: P-224, infinity", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, "00"),
	    .verbs = CKF_DERIVE, .key = &p224_key,
	    .out = "7d96f9a3bd3c05cf5cc37feb8b9d5209d5c2597464dec3e9983743e8",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-224, off the curve", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04af33cd0629bc7e996320a3f40368f74de8704fa37b8fab69abaae280882092"
		"ccbba7930f419a8a4f9bb16978bbc3838729992559a6f2e2d6"),
	    .verbs = CKF_DERIVE, .key = &p224_key,
	    .out = "7d96f9a3bd3c05cf5cc37feb8b9d5209d5c2597464dec3e9983743e8",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: P-224, a coordinate beyond the field", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04ffffffffffffffffffffffffffffffff000000000000000000000001882092"
		"ccbba7930f419a8a4f9bb16978bbc3838729992559a6f2e2d7"),
	    .verbs = CKF_DERIVE, .key = &p224_key,
	    .out = "7d96f9a3bd3c05cf5cc37feb8b9d5209d5c2597464dec3e9983743e8",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_secp256k1, 1", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04d8096af8a11e0b80037e1ee68246b5dcbb0aeb1cf1244fd767db80f3fa27da"
		"2b396812ea1686e7472e9692eaf3e958e50e9500d3b4c77243db1f2acd67ba9c"
		"c4"),
	    .verbs = CKF_DERIVE, .key = &secp256k1_key,
	    .out = "544dfae22af6af939042b1d85b71a1e49e9a5614123c4d6ad0c8af65baf87d65" },
	{ "Wycheproof, ecdh_secp256k1, 1, the point in an OCTET STRING", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"044104d8096af8a11e0b80037e1ee68246b5dcbb0aeb1cf1244fd767db80f3fa"
		"27da2b396812ea1686e7472e9692eaf3e958e50e9500d3b4c77243db1f2acd67"
		"ba9cc4"),
	    .verbs = CKF_DERIVE, .key = &secp256k1_key,
	    .out = "544dfae22af6af939042b1d85b71a1e49e9a5614123c4d6ad0c8af65baf87d65" },
	{ "Wycheproof, ecdh_secp256k1, 2", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"02d8096af8a11e0b80037e1ee68246b5dcbb0aeb1cf1244fd767db80f3fa27da"
		"2b"),
	    .verbs = CKF_DERIVE, .key = &secp256k1_key,
	    .out = "544dfae22af6af939042b1d85b71a1e49e9a5614123c4d6ad0c8af65baf87d65" },
	{ "Refused: secp256k1, hybrid", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"06d8096af8a11e0b80037e1ee68246b5dcbb0aeb1cf1244fd767db80f3fa27da"
		"2b396812ea1686e7472e9692eaf3e958e50e9500d3b4c77243db1f2acd67ba9c"
		"c4"),
	    .verbs = CKF_DERIVE, .key = &secp256k1_key,
	    .out = "544dfae22af6af939042b1d85b71a1e49e9a5614123c4d6ad0c8af65baf87d65",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: secp256k1, infinity", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, "00"),
	    .verbs = CKF_DERIVE, .key = &secp256k1_key,
	    .out = "544dfae22af6af939042b1d85b71a1e49e9a5614123c4d6ad0c8af65baf87d65",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: secp256k1, off the curve", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04d8096af8a11e0b80037e1ee68246b5dcbb0aeb1cf1244fd767db80f3fa27da"
		"2b396812ea1686e7472e9692eaf3e958e50e9500d3b4c77243db1f2acd67ba9c"
		"c5"),
	    .verbs = CKF_DERIVE, .key = &secp256k1_key,
	    .out = "544dfae22af6af939042b1d85b71a1e49e9a5614123c4d6ad0c8af65baf87d65",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: secp256k1, a coordinate beyond the field", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc"
		"2f396812ea1686e7472e9692eaf3e958e50e9500d3b4c77243db1f2acd67ba9c"
		"c4"),
	    .verbs = CKF_DERIVE, .key = &secp256k1_key,
	    .out = "544dfae22af6af939042b1d85b71a1e49e9a5614123c4d6ad0c8af65baf87d65",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_secp256k1, 3", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04965ff42d654e058ee7317cced7caf093fbb180d8d3a74b0dcd9d8cd47a39d5"
		"cb9c2aa4daac01a4be37c20467ede964662f12983e0b5272a47a5f2785685d80"
		"87"),
	    .verbs = CKF_DERIVE, .key = &secp256k1_small_key,
	    .out = "0000000000000000000000000000000000000000000000000000000000000001" },
	{ "RFC 7027, A.1, brainpoolP256r1", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"048d2d688c6cf93e1160ad04cc4429117dc2c41825e1e9fca0addd34e6f1b39f"
		"7b990c57520812be512641e47034832106bc7d3e8dd0e4c7f1136d7006547cec"
		"6a"),
	    .verbs = CKF_DERIVE, .key = &brainpool_256r1_key,
	    .out = "89afc39d41d3b327814b80940b042590f96556ec91e6ae7939bce31f3a18bf2b" },
	{ "RFC 7027, A.1, brainpoolP256r1, the point in an OCTET STRING", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0441048d2d688c6cf93e1160ad04cc4429117dc2c41825e1e9fca0addd34e6f1"
		"b39f7b990c57520812be512641e47034832106bc7d3e8dd0e4c7f1136d700654"
		"7cec6a"),
	    .verbs = CKF_DERIVE, .key = &brainpool_256r1_key,
	    .out = "89afc39d41d3b327814b80940b042590f96556ec91e6ae7939bce31f3a18bf2b" },
	{ "RFC 7027, A.1, brainpoolP256r1, the point compressed", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"028d2d688c6cf93e1160ad04cc4429117dc2c41825e1e9fca0addd34e6f1b39f"
		"7b"),
	    .verbs = CKF_DERIVE, .key = &brainpool_256r1_key,
	    .out = "89afc39d41d3b327814b80940b042590f96556ec91e6ae7939bce31f3a18bf2b" },
	{ "Refused: brainpoolP256r1, hybrid", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"068d2d688c6cf93e1160ad04cc4429117dc2c41825e1e9fca0addd34e6f1b39f"
		"7b990c57520812be512641e47034832106bc7d3e8dd0e4c7f1136d7006547cec"
		"6a"),
	    .verbs = CKF_DERIVE, .key = &brainpool_256r1_key,
	    .out = "89afc39d41d3b327814b80940b042590f96556ec91e6ae7939bce31f3a18bf2b",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: brainpoolP256r1, infinity", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, "00"),
	    .verbs = CKF_DERIVE, .key = &brainpool_256r1_key,
	    .out = "89afc39d41d3b327814b80940b042590f96556ec91e6ae7939bce31f3a18bf2b",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: brainpoolP256r1, off the curve", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"048d2d688c6cf93e1160ad04cc4429117dc2c41825e1e9fca0addd34e6f1b39f"
		"7b990c57520812be512641e47034832106bc7d3e8dd0e4c7f1136d7006547cec"
		"6b"),
	    .verbs = CKF_DERIVE, .key = &brainpool_256r1_key,
	    .out = "89afc39d41d3b327814b80940b042590f96556ec91e6ae7939bce31f3a18bf2b",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: brainpoolP256r1, a coordinate beyond the field", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04a9fb57dba1eea9bc3e660a909d838d726e3bf623d52620282013481d1f6e53"
		"77990c57520812be512641e47034832106bc7d3e8dd0e4c7f1136d7006547cec"
		"6a"),
	    .verbs = CKF_DERIVE, .key = &brainpool_256r1_key,
	    .out = "89afc39d41d3b327814b80940b042590f96556ec91e6ae7939bce31f3a18bf2b",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "RFC 7027, A.1, brainpoolP256r1, on brainpoolP256t1 (RFC 5639, 2.2)", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04a935a9a9fe5c7bdb914f4e49d37255887b7122339b37f179a668a466629869"
		"3f004e506e16438ea28b534c1782917137ecf99face2f24a7a54f763d90fccfb"
		"60"),
	    .verbs = CKF_DERIVE, .key = &brainpool_256t1_key,
	    .out = "12cc403912543a9131162f3fc604046f2deb3501ddab82d17ffff7566270b22c" },
	{ "RFC 7027, A.1, brainpoolP256r1, on brainpoolP256t1 (RFC 5639, 2.2), compressed",
	    CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"02a935a9a9fe5c7bdb914f4e49d37255887b7122339b37f179a668a466629869"
		"3f"),
	    .verbs = CKF_DERIVE, .key = &brainpool_256t1_key,
	    .out = "12cc403912543a9131162f3fc604046f2deb3501ddab82d17ffff7566270b22c" },
	{ "python-ecdsa 0.18, brainpoolP320r1", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0484607466d2e7b62cd7238bb71cfbc9362e3c0197800b1ef408668e7b8b7788"
		"94d4a51a7f6f4d593bca95ffeaa488795229a5cf53d70dfac67f30cda4b4aceb"
		"ecf686872aa844a79f652374d579659fa1"),
	    .verbs = CKF_DERIVE, .key = &brainpool_320r1_key,
	    .out = "97f9618e173b4e69c37b885d41ebe14270cc5c7c39d1a470786ec2f2ad668904"
		   "8470d1a9d30a5a27" },
	{ "python-ecdsa 0.18, brainpoolP320r1, the point in an OCTET STRING", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04510484607466d2e7b62cd7238bb71cfbc9362e3c0197800b1ef408668e7b8b"
		"778894d4a51a7f6f4d593bca95ffeaa488795229a5cf53d70dfac67f30cda4b4"
		"acebecf686872aa844a79f652374d579659fa1"),
	    .verbs = CKF_DERIVE, .key = &brainpool_320r1_key,
	    .out = "97f9618e173b4e69c37b885d41ebe14270cc5c7c39d1a470786ec2f2ad668904"
		   "8470d1a9d30a5a27" },
	{ "python-ecdsa 0.18, brainpoolP320r1, the point compressed", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0384607466d2e7b62cd7238bb71cfbc9362e3c0197800b1ef408668e7b8b7788"
		"94d4a51a7f6f4d593b"),
	    .verbs = CKF_DERIVE, .key = &brainpool_320r1_key,
	    .out = "97f9618e173b4e69c37b885d41ebe14270cc5c7c39d1a470786ec2f2ad668904"
		   "8470d1a9d30a5a27" },
	{ "python-ecdsa 0.18, brainpoolP320t1", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04349e606d66e29b3ccd7cd2e08ee5d52c344e3271ec0ddd1550fad9e9da863c"
		"78f58a56db8cbb18a0589d57dcddc8190fd5b4f5a1780558f6ef3eec7213941f"
		"fa5103ee6ce06ad044b39e343e5d50cdb0"),
	    .verbs = CKF_DERIVE, .key = &brainpool_320t1_key,
	    .out = "ad86d000986267b281f05801990afc0aa7df03b6365e4f73e730142a8b7f5105"
		   "3dffeed289cf9966" },
	{ "python-ecdsa 0.18, brainpoolP320t1, compressed", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"02349e606d66e29b3ccd7cd2e08ee5d52c344e3271ec0ddd1550fad9e9da863c"
		"78f58a56db8cbb18a0"),
	    .verbs = CKF_DERIVE, .key = &brainpool_320t1_key,
	    .out = "ad86d000986267b281f05801990afc0aa7df03b6365e4f73e730142a8b7f5105"
		   "3dffeed289cf9966" },
	{ "RFC 7027, A.2, brainpoolP384r1", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"044d44326f269a597a5b58bba565da5556ed7fd9a8a9eb76c25f46db69d19dc8"
		"ce6ad18e404b15738b2086df37e71d1eb462d692136de56cbe93bf5fa3188ef5"
		"8bc8a3a0ec6c1e151a21038a42e9185329b5b275903d192f8d4e1f32fe9cc78c"
		"48"),
	    .verbs = CKF_DERIVE, .key = &brainpool_384r1_key,
	    .out = "0bd9d3a7ea0b3d519d09d8e48d0785fb744a6b355e6304bc51c229fbbce239bb"
		   "adf6403715c35d4fb2a5444f575d4f42" },
	{ "RFC 7027, A.2, brainpoolP384r1, the point in an OCTET STRING", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0461044d44326f269a597a5b58bba565da5556ed7fd9a8a9eb76c25f46db69d1"
		"9dc8ce6ad18e404b15738b2086df37e71d1eb462d692136de56cbe93bf5fa318"
		"8ef58bc8a3a0ec6c1e151a21038a42e9185329b5b275903d192f8d4e1f32fe9c"
		"c78c48"),
	    .verbs = CKF_DERIVE, .key = &brainpool_384r1_key,
	    .out = "0bd9d3a7ea0b3d519d09d8e48d0785fb744a6b355e6304bc51c229fbbce239bb"
		   "adf6403715c35d4fb2a5444f575d4f42" },
	{ "RFC 7027, A.2, brainpoolP384r1, the point compressed", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"024d44326f269a597a5b58bba565da5556ed7fd9a8a9eb76c25f46db69d19dc8"
		"ce6ad18e404b15738b2086df37e71d1eb4"),
	    .verbs = CKF_DERIVE, .key = &brainpool_384r1_key,
	    .out = "0bd9d3a7ea0b3d519d09d8e48d0785fb744a6b355e6304bc51c229fbbce239bb"
		   "adf6403715c35d4fb2a5444f575d4f42" },
	{ "RFC 7027, A.2, brainpoolP384r1, on brainpoolP384t1 (RFC 5639, 2.2)", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04346abd196a03555941cfa9cd927d2e5a38a879f22f21ea073b05e9020da8d1"
		"270d353e0066492be2009ee84a643036e5456634266f22aaa0db788c833ad931"
		"ca89467aacd700002644b6f49f6cb4a92396d5194692ce03555ceb443f632f5a"
		"b5"),
	    .verbs = CKF_DERIVE, .key = &brainpool_384t1_key,
	    .out = "19c8b336f14f547b2389099313a2dfd92f769185866302937a2b53f658b53e60"
		   "1a82459d123b75f6ca5295eed071ec3f" },
	{ "RFC 7027, A.2, brainpoolP384r1, on brainpoolP384t1 (RFC 5639, 2.2), compressed",
	    CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"03346abd196a03555941cfa9cd927d2e5a38a879f22f21ea073b05e9020da8d1"
		"270d353e0066492be2009ee84a643036e5"),
	    .verbs = CKF_DERIVE, .key = &brainpool_384t1_key,
	    .out = "19c8b336f14f547b2389099313a2dfd92f769185866302937a2b53f658b53e60"
		   "1a82459d123b75f6ca5295eed071ec3f" },
	{ "RFC 7027, A.3, brainpoolP512r1", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"049d45f66de5d67e2e6db6e93a59ce0bb48106097ff78a081de781cdb31fce8c"
		"cbaaea8dd4320c4119f1e9cd437a2eab3731fa9668ab268d871deda55a547319"
		"9f2fdc313095bcdd5fb3a91636f07a959c8e86b5636a1e930e8396049cb48196"
		"1d365cc11453a06c719835475b12cb52fc3c383bce35e27ef194512b71876285"
		"fa"),
	    .verbs = CKF_DERIVE, .key = &brainpool_512r1_key,
	    .out = "a7927098655f1f9976fa50a9d566865dc530331846381c87256baf3226244b76"
		   "d36403c024d7bbf0aa0803eaff405d3d24f11a9b5c0bef679fe1454b21c4cd1f" },
	{ "RFC 7027, A.3, brainpoolP512r1, the point in an OCTET STRING", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"048181049d45f66de5d67e2e6db6e93a59ce0bb48106097ff78a081de781cdb3"
		"1fce8ccbaaea8dd4320c4119f1e9cd437a2eab3731fa9668ab268d871deda55a"
		"5473199f2fdc313095bcdd5fb3a91636f07a959c8e86b5636a1e930e8396049c"
		"b481961d365cc11453a06c719835475b12cb52fc3c383bce35e27ef194512b71"
		"876285fa"),
	    .verbs = CKF_DERIVE, .key = &brainpool_512r1_key,
	    .out = "a7927098655f1f9976fa50a9d566865dc530331846381c87256baf3226244b76"
		   "d36403c024d7bbf0aa0803eaff405d3d24f11a9b5c0bef679fe1454b21c4cd1f" },
	{ "RFC 7027, A.3, brainpoolP512r1, the point compressed", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"029d45f66de5d67e2e6db6e93a59ce0bb48106097ff78a081de781cdb31fce8c"
		"cbaaea8dd4320c4119f1e9cd437a2eab3731fa9668ab268d871deda55a547319"
		"9f"),
	    .verbs = CKF_DERIVE, .key = &brainpool_512r1_key,
	    .out = "a7927098655f1f9976fa50a9d566865dc530331846381c87256baf3226244b76"
		   "d36403c024d7bbf0aa0803eaff405d3d24f11a9b5c0bef679fe1454b21c4cd1f" },
	{ "Refused: brainpoolP512r1, hybrid", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"069d45f66de5d67e2e6db6e93a59ce0bb48106097ff78a081de781cdb31fce8c"
		"cbaaea8dd4320c4119f1e9cd437a2eab3731fa9668ab268d871deda55a547319"
		"9f2fdc313095bcdd5fb3a91636f07a959c8e86b5636a1e930e8396049cb48196"
		"1d365cc11453a06c719835475b12cb52fc3c383bce35e27ef194512b71876285"
		"fa"),
	    .verbs = CKF_DERIVE, .key = &brainpool_512r1_key,
	    .out = "a7927098655f1f9976fa50a9d566865dc530331846381c87256baf3226244b76"
		   "d36403c024d7bbf0aa0803eaff405d3d24f11a9b5c0bef679fe1454b21c4cd1f",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: brainpoolP512r1, infinity", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, "00"),
	    .verbs = CKF_DERIVE, .key = &brainpool_512r1_key,
	    .out = "a7927098655f1f9976fa50a9d566865dc530331846381c87256baf3226244b76"
		   "d36403c024d7bbf0aa0803eaff405d3d24f11a9b5c0bef679fe1454b21c4cd1f",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: brainpoolP512r1, off the curve", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"049d45f66de5d67e2e6db6e93a59ce0bb48106097ff78a081de781cdb31fce8c"
		"cbaaea8dd4320c4119f1e9cd437a2eab3731fa9668ab268d871deda55a547319"
		"9f2fdc313095bcdd5fb3a91636f07a959c8e86b5636a1e930e8396049cb48196"
		"1d365cc11453a06c719835475b12cb52fc3c383bce35e27ef194512b71876285"
		"fb"),
	    .verbs = CKF_DERIVE, .key = &brainpool_512r1_key,
	    .out = "a7927098655f1f9976fa50a9d566865dc530331846381c87256baf3226244b76"
		   "d36403c024d7bbf0aa0803eaff405d3d24f11a9b5c0bef679fe1454b21c4cd1f",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: brainpoolP512r1, a coordinate beyond the field", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04aadd9db8dbe9c48b3fd4e6ae33c9fc07cb308db3b3c9d20ed6639cca703308"
		"717d4d9b009bc66842aecda12ae6a380e62881ff2f2d82c68528aa6056583a48"
		"f32fdc313095bcdd5fb3a91636f07a959c8e86b5636a1e930e8396049cb48196"
		"1d365cc11453a06c719835475b12cb52fc3c383bce35e27ef194512b71876285"
		"fa"),
	    .verbs = CKF_DERIVE, .key = &brainpool_512r1_key,
	    .out = "a7927098655f1f9976fa50a9d566865dc530331846381c87256baf3226244b76"
		   "d36403c024d7bbf0aa0803eaff405d3d24f11a9b5c0bef679fe1454b21c4cd1f",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "RFC 7027, A.3, brainpoolP512r1, on brainpoolP512t1 (RFC 5639, 2.2)", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"044abc9477ab47fc42835efd607720f148a6008042619bec79c1dab3a321b7d9"
		"10a8f0d63340c13ca8e436ce4f1fa55ddf14822477be9f5da8f11b172a90ff9b"
		"9f63e6a8df47897eaf1e083208655326cfa29242382cc3633425e614056efb85"
		"ced2be217d4b4fdefa9ededb3b15989868bb82974d4aca9639eaeddb0d8e9dd5"
		"18"),
	    .verbs = CKF_DERIVE, .key = &brainpool_512t1_key,
	    .out = "1ee7ec58878d26b0b28ac2d846d0780d431e6a340e5dbe517cdbdd718909c782"
		   "daeecba8493b194b3e51172a7ad793541171a13247c77d2bcefecaa8d09f4e3f" },
	{ "RFC 7027, A.3, brainpoolP512r1, on brainpoolP512t1 (RFC 5639, 2.2), compressed",
	    CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"024abc9477ab47fc42835efd607720f148a6008042619bec79c1dab3a321b7d9"
		"10a8f0d63340c13ca8e436ce4f1fa55ddf14822477be9f5da8f11b172a90ff9b"
		"9f"),
	    .verbs = CKF_DERIVE, .key = &brainpool_512t1_key,
	    .out = "1ee7ec58878d26b0b28ac2d846d0780d431e6a340e5dbe517cdbdd718909c782"
		   "daeecba8493b194b3e51172a7ad793541171a13247c77d2bcefecaa8d09f4e3f" },
	{ "Wycheproof, ecdh_secp224r1, 1", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"047d8ac211e1228eb094e285a957d9912e93deee433ed777440ae9fc719b01d0"
		"50dfbe653e72f39491be87fb1a2742daa6e0a2aada98bb1aca"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_p224_key_1,
	    .out = "b8ecdb552d39228ee332bafe4886dbff272f7109edf933bc7542bd4f" },
	{ "Wycheproof, ecdh_secp224r1, 2", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL, "027d8ac211e1228eb094e285a957d9912e93deee433ed777440ae9fc71"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_p224_key_1,
	    .out = "b8ecdb552d39228ee332bafe4886dbff272f7109edf933bc7542bd4f" },
	{ "Wycheproof, ecdh_secp224r1, 3", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04e73a6ca72f3a2fae6e0a01a0ed03bfa3058b04576942eaf063095e62ca16fd"
		"31fa0f38eeb592cbeea1147751fdd2a5b6cc0ead404467a5b6"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_p224_key_2,
	    .out = "00000000000000000000000000000000000000000000000000000003" },
	{ "Wycheproof, ecdh_secp224r1, 4", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0416a5195d1cda78c3777959d76990432249fb46d0c62fca03a7f374645892ac"
		"6a0ec55450c6ba24eb0291716d064748867c738a15d3e2cc8d"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_p224_key_2,
	    .out = "fffffffffffffffffffffffffffffffefffffffffffffffffffffffe" },
	{ "Wycheproof, ecdh_secp224r1, 5", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04d4ac396e10d0116fcdd9b22ee5853588a187f5a40d121896c823b49217df72"
		"c890a1bfd6e0ef5858ef70872c256f925db950d7edf697d45e"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_p224_key_2,
	    .out = "00000000000000000000000000000000000000000000000000010000" },
	{ "Wycheproof, ecdh_secp224r1, 45", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04000000000000000000000000000000000000000000000000000000037cac26"
		"9c67bd55ea14efff4eadefe5e74978514af14c88fab46ec046"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_p224_key_3,
	    .out = "3fa0b9ff70b884f9f57bb84f7a9532d93f6ba803f89dd8ff008177d7" },
	{ "Wycheproof, ecdh_secp224r1, 46", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04fffffffffffffffffffffffffffffffefffffffffffffffffffffffe1cbdce"
		"74840f9f0f8f882f0a0bac2b3f191e0a4b9e544b0e7c2624a8"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_p224_key_3,
	    .out = "8d40f0e3b50caeb2158815fd05571c69882b6a1566c646ca6cb20086" },
	{ "Wycheproof, ecdh_secp224r1, 47", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04000000000000000000000000000000000000000000000000000100000cefdf"
		"fb758126bd7930a13e2bff76efdd41e5699682c9804d11b2c4"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_p224_key_3,
	    .out = "858600aa07348c7c2d149fe37462f5a333d47dedf407d91fbba8c50d" },
	{ "Wycheproof, ecdh_secp224r1, 87", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04e376a9817baba2bc76602fbe0e13cc19da77a3d0341ecb7cae8a7d81612aa0"
		"66499813c24932eb22c665cd236e468099da884dec55f5ddb7"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_p224_key_4,
	    .out = "93812d6547bd91f2d5b0455e01ced72f440b85230a8492124b5176cd" },
	{ "Wycheproof, ecdh_secp224r1, 88", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"043ed3600a77749df1aa87c3b6b9e4f003e80d8bf10bac38181525882ce7aa37"
		"ee6bd18c1f2fa0d7832dab2041b4b1d9df9b27d7d042d85986"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_p224_key_4,
	    .out = "6807d260890bb66f467ecdd38e7e3eec34cdbd404729fbed9d3c7d15" },
	{ "Wycheproof, ecdh_secp224r1, 89", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0422dba6b5affd25a81af3231b4a062ab7d6f5f904adf5e475f1facea9dd965d"
		"f834f83769207decaaf7675afa853c463086ff070266160be3"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_p224_key_4,
	    .out = "2c1bceb8d510170927185c0d86758b0cc691a49e3e30986a3dd319c6" },
	{ "Wycheproof, ecdh_secp224r1, 428", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04478e73465bb1183583f4064e67e8b4343af4a05d29dfc04eb60ac2302e5b9a"
		"3a1b32e4208d4c284ff26822e09c3a9a4683443e4a35175504"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_p224_key_5,
	    .out = "e71f2157bfe37697ea5193d4732dcc6e5412fa9d38387eacd391c1c6" },
	{ "Wycheproof, ecdh_secp224r1, 429", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04478e73465bb1183583f4064e67e8b4343af4a05d29dfc04eb60ac2302e5b9a"
		"3a1b32e4208d4c284ff26822e09c3a9a4683443e4a35175504"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_p224_key_6,
	    .out = "fa2664717c7fa0161ec2c669b2c0986cdc20456a6e5406302bb53c77" },
	{ "Wycheproof, ecdh_secp224r1, 430", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04478e73465bb1183583f4064e67e8b4343af4a05d29dfc04eb60ac2302e5b9a"
		"3a1b32e4208d4c284ff26822e09c3a9a4683443e4a35175504"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_p224_key_7,
	    .out = "af6e5ad34497bae0745f53ad78ce8b285d79f400d5c6e6a071f8e6bd" },
	{ "Wycheproof, ecdh_secp224r1, 441", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0400000000000000000000000000000000000000000000000000000000000000"
		"00000000000000000000000000000000000000000000000000"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_p224_key_8,
	    .out = "00000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_secp224r1, 442", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0400000000000000000000000000000000000000000000000000000000000000"
		"00000000000000000000000000000000000000000000000001"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_p224_key_8,
	    .out = "00000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_secp224r1, 443", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0400000000000000000000000000000000000000000000000000000000ffffff"
		"ffffffffffffffffffffffffff000000000000000000000000"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_p224_key_8,
	    .out = "00000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_secp224r1, 444", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0400000000000000000000000000000000000000000000000000000000ffffff"
		"ffffffffffffffffffffffffff000000000000000000000001"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_p224_key_8,
	    .out = "00000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_secp224r1, 457", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, ""),
	    .verbs = CKF_DERIVE, .key = &wycheproof_p224_key_8,
	    .out = "00000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Wycheproof, ecdh_secp224r1, 458", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04a10fb7bf22d299fc5bc43bd2d0e8da28af28ace8430bee28f9e5b57554275c"
		"0615d8d9a3011d7bc4c1c4cf4a834c8dc46f25b98854401a5d"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_p224_key_9,
	    .out = "00000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_secp224r1, 459", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0400000000000000000000000000000000000000000000000000000000000000"
		"00000000000000000000000000000000000000000000000000"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_p224_key_9,
	    .out = "00000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_secp224r1, 492", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL, "020ca753db5ddeca474241f8d2dafc0844343fd0e37eded2f0192d51b2"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_p224_key_10,
	    .out = "00000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_secp224r1, 493", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0486e2f72bccd974a3f1a4fc2cdcf22043eaf8be047de6be726b62001fda6f50"
		"f6df0b51bee99195d8a1a1c97e59e72fa4fcf8c1d21cb3da62"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_p224_key_11,
	    .out = "85a70fc4dfc8509fb9ba1cfcf1879443e2ce176d794228029b10da63" },
	{ "Wycheproof, ecdh_secp224r1, 497", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0486e2f72bccd974a3f1a4fc2cdcf22043eaf8be047de6be726b62001fda6f50"
		"f6df0b51bee99195d8a1a1c97e59e72fa4fcf8c1d21cb3da62"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_p224_key_11,
	    .out = "85a70fc4dfc8509fb9ba1cfcf1879443e2ce176d794228029b10da63" },
	{ "Wycheproof, ecdh_secp224r1, 498", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0486e2f72bccd974a3f1a4fc2cdcf22043eaf8be047de6be726b62001fda6f50"
		"f6df0b51bee99195d8a1a1c97e59e72fa4fcf8c1d21cb3da62"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_p224_key_11,
	    .out = "85a70fc4dfc8509fb9ba1cfcf1879443e2ce176d794228029b10da63" },
	{ "Wycheproof, ecdh_brainpoolP256r1, 1", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"044cee5e1072b30d64f70bf01958e22c044a2127ddd744ce3060c15990ff0fe1"
		"148c6ee56559829a5a84dd5c8646ee0c43d0b7c50181f234ec09eba43bc86b16"
		"9e"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_bp256_key_1,
	    .out = "3f00d9af7607fd32809ef7a4a30b396e3da9f465adf20597c9e2046f16a7b1be" },
	{ "Wycheproof, ecdh_brainpoolP256r1, 2", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"024cee5e1072b30d64f70bf01958e22c044a2127ddd744ce3060c15990ff0fe1"
		"14"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_bp256_key_1,
	    .out = "3f00d9af7607fd32809ef7a4a30b396e3da9f465adf20597c9e2046f16a7b1be" },
	{ "Wycheproof, ecdh_brainpoolP256r1, 3", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"041284e50ecda6c7c3a15ae79c318dec591da197fc32b7a046b168774013e546"
		"87156d96fe0765ea03404ecf5f6efc74b0792c05c11f9a683b97f5c7ca74f8a8"
		"c2"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_bp256_key_2,
	    .out = "0000000000000000000000000000000000000000000000000000000000000001" },
	{ "Wycheproof, ecdh_brainpoolP256r1, 4", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0498577499d7a42f4dfe44c2757fd9932ec7e45a0d902e0bf1fe4ac09e705eb8"
		"e12d9b9a0092c9c92a661e24b2138b6a778324c9db815eb05621c54cd4d4b2e8"
		"87"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_bp256_key_2,
	    .out = "0000000000000000000000000000000000000000000000000000000000000002" },
	{ "Wycheproof, ecdh_brainpoolP256r1, 5", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"045760aa78cfb0df84fcc2c442321a5c278fca245aa90a4fcb33ad8bbbe6e847"
		"df8b8f102d948a52b3c21f70067e106daf10626113b8ddc08e50fad4df13f90b"
		"ed"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_bp256_key_2,
	    .out = "0000000000000000000000000000000000000000000000000000000000000003" },
	{ "Wycheproof, ecdh_brainpoolP256r1, 48", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"047ffffffffffffffffffffffffa1c6646ffffffffffffffffffffffffffffff"
		"ff5407f4a41e7904d3e7a9e6e6d70b093361dc5ea097c3767e1013f5868fffff"
		"ff"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_bp256_key_3,
	    .out = "94456bf9e33c392315c5bc350a5d48e39fc7a9ff5ea6fe309e24a89292690dc9" },
	{ "Wycheproof, ecdh_brainpoolP256r1, 50", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"047fffffffffffffffffffffffe966ec89ffffffffffffffffffffffffffffff"
		"ff000000093b3d1910bada32f99c20977cff951d97072fea058e879c4bfeefd4"
		"04"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_bp256_key_3,
	    .out = "41e2153f9411102965a2f63f8874aa7db33571466b160ea33e9af6721ce5bbfd" },
	{ "Wycheproof, ecdh_brainpoolP256r1, 52", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"047fffffffffffffffffffffffe966ec89ffffffffffffffffffffffffffffff"
		"ffa9fb57d266b190ab838bd7970162f5f56ea6d88ccdf63622918babd1207e7f"
		"73"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_bp256_key_3,
	    .out = "41e2153f9411102965a2f63f8874aa7db33571466b160ea33e9af6721ce5bbfd" },
	{ "Wycheproof, ecdh_brainpoolP256r1, 57", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0423484789fec2f42fdefb0c4ec656217c4f53074616300f86325958b709e3ff"
		"c099d1c0c49a359a0c6251b8653b65311a288b99ee6fcf2f22df7886eaec947a"
		"ee"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_bp256_key_3,
	    .out = "31219d91b716c4897dece400f35cb7103df610bffdfdb90bf76be274ff2bf9f6" },
	{ "Wycheproof, ecdh_brainpoolP256r1, 58", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"041d184add66ac6d1e4f53d3c3cc2d997a18765431d2e261ceb457ac61f7fef4"
		"245143cb5707b62cd1f7d5e59f1a0568186544bce622e1e1c722c52e2e5ef4a4"
		"09"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_bp256_key_3,
	    .out = "a13cc4866df5d6a35da6e0555e54617ee3764b3bc050c0ac3e302b1ba7705f1a" },
	{ "Wycheproof, ecdh_brainpoolP256r1, 61", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"043d607b612ed1fb6d2b6ae4fbb7024b9ccc379170c121f49f8fb6185ebf9376"
		"3535f4a1001eea1bf1ebbfd643af146b990993e98e71af4414e736941c8e4447"
		"16"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_bp256_key_3,
	    .out = "703413b19d8f415989f70ae507b4afd9900504e3725264a121bef966a30f8922" },
	{ "Wycheproof, ecdh_brainpoolP256r1, 115", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0479838c22d2b8dc9af2e6cf56f8826dc3dfe10fcb17b6aaaf551ee52bef12f8"
		"261e2ed3d453088c8552c6feecf898667bc1e15905002edec6b269feb7bea09d"
		"5b"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_bp256_key_4,
	    .out = "5ef8dcc080d09e279e999efc5e1254be40172e818330c6c29642949eb3077657" },
	{ "Wycheproof, ecdh_brainpoolP256r1, 116", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0409ff7b7d82fb6494476c001a8bf8199121d13ddae4fc291249eec8cda427b4"
		"4b33c51a99080b27c17b110c203918f1eb2025d237464de8bb8f112e218356d2"
		"c8"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_bp256_key_4,
	    .out = "20095119f53df7b337620e628b924991482a342803eaf08ac79531d2f2d17beb" },
	{ "Wycheproof, ecdh_brainpoolP256r1, 117", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04189a707aba80560eed6685dabe11fd58cdca38c3489ca19b6f4223a0c8d80a"
		"144601e8db5446f98d29d9614b5f36d01c24a190191c49499c03975184a4e8c5"
		"14"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_bp256_key_4,
	    .out = "2673db0682f6a035e25406339c7129918aa9cf100056ebddc317d4e43a1642c2" },
	{ "Wycheproof, ecdh_brainpoolP256r1, 505", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04a4597cfee2797aaace662caa92a444592c9f626f04beca98a06b6dfcaf53f4"
		"b377d67b1c109154309bcf3d2f3928e58747806f08a8cf88436ac1b2110b8349"
		"3b"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_bp256_key_5,
	    .out = "a3e1a44851d0dee744378c5e495f3081dff2a0fefccdd08fdc2331687d5c4a80" },
	{ "Wycheproof, ecdh_brainpoolP256r1, 506", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04a4597cfee2797aaace662caa92a444592c9f626f04beca98a06b6dfcaf53f4"
		"b377d67b1c109154309bcf3d2f3928e58747806f08a8cf88436ac1b2110b8349"
		"3b"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_bp256_key_6,
	    .out = "1a68ab756ecae2853fcf6285974efae32ccdd01c58d05b4cc58f74d16c2661fc" },
	{ "Wycheproof, ecdh_brainpoolP256r1, 507", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04a4597cfee2797aaace662caa92a444592c9f626f04beca98a06b6dfcaf53f4"
		"b377d67b1c109154309bcf3d2f3928e58747806f08a8cf88436ac1b2110b8349"
		"3b"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_bp256_key_7,
	    .out = "0bc5fea1dd6793664ea15dafba3e06c1524150d9fde32e17d7c6813fdc8c8fd3" },
	{ "Wycheproof, ecdh_brainpoolP256r1, 519", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0400000000000000000000000000000000000000000000000000000000000000"
		"0000000000000000000000000000000000000000000000000000000000000000"
		"00"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_bp256_key_8,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_brainpoolP256r1, 520", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0400000000000000000000000000000000000000000000000000000000000000"
		"0000000000000000000000000000000000000000000000000000000000000000"
		"01"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_bp256_key_8,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_brainpoolP256r1, 521", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0400000000000000000000000000000000000000000000000000000000000000"
		"00a9fb57dba1eea9bc3e660a909d838d726e3bf623d52620282013481d1f6e53"
		"76"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_bp256_key_8,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_brainpoolP256r1, 522", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0400000000000000000000000000000000000000000000000000000000000000"
		"00a9fb57dba1eea9bc3e660a909d838d726e3bf623d52620282013481d1f6e53"
		"77"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_bp256_key_8,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_brainpoolP256r1, 537", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, ""),
	    .verbs = CKF_DERIVE, .key = &wycheproof_bp256_key_8,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Wycheproof, ecdh_brainpoolP256r1, 542", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04751e0e4636e839f06f4998e14b72809d29031e895e4c7f3c99a9cc131ba39b"
		"761db38f944bdaf663a2606109345dc2a5d2f25c5011e164b12cf0408922342e"
		"1a"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_bp256_key_9,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_brainpoolP256r1, 543", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0400000000000000000000000000000000000000000000000000000000000000"
		"0000000000000000000000000000000000000000000000000000000000000000"
		"00"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_bp256_key_9,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_brainpoolP256r1, 578", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"029cf25745a7ec04b3c00e795c7e8f8d7da33f55732003be4fd4094d842ea82d"
		"8c"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_bp256_key_10,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_brainpoolP256r1, 579", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"020a8944f96de0fe0d82489cbc7e71f2f529cfcfea03ca593d91462278731e19"
		"a5"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_bp256_key_11,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_brainpoolP256r1, 580", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"02575862a7c5fc68e9ffcd58ce9bd0ef78c0a26a3a22ee96b0be16b399adb3ac"
		"4a"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_bp256_key_12,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_brainpoolP256r1, 581", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"03575862a7c5fc68e9ffcd58ce9bd0ef78c0a26a3a22ee96b0be16b399adb3ac"
		"4a"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_bp256_key_13,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_brainpoolP256r1, 582", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"030a8944f96de0fe0d82489cbc7e71f2f529cfcfea03ca593d91462278731e19"
		"a5"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_bp256_key_14,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Wycheproof, ecdh_brainpoolP256r1, 583", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"040bc9c96c6a1a53a682d047de92f68503d8183dbfd0289a23f122328a02139e"
		"b470f35f5d9f0719466138c0f03af1832cae9faffdc57b23fdd323a4a1cd99e6"
		"b7"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_bp256_key_15,
	    .out = "2b55ca46c52f0d48efc170194f6fccd38fe9505f2765f64232eef3af9ed42a83" },
	{ "Wycheproof, ecdh_brainpoolP256r1, 587", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"040bc9c96c6a1a53a682d047de92f68503d8183dbfd0289a23f122328a02139e"
		"b470f35f5d9f0719466138c0f03af1832cae9faffdc57b23fdd323a4a1cd99e6"
		"b7"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_bp256_key_15,
	    .out = "2b55ca46c52f0d48efc170194f6fccd38fe9505f2765f64232eef3af9ed42a83" },
	{ "Wycheproof, ecdh_brainpoolP256r1, 588", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"040bc9c96c6a1a53a682d047de92f68503d8183dbfd0289a23f122328a02139e"
		"b470f35f5d9f0719466138c0f03af1832cae9faffdc57b23fdd323a4a1cd99e6"
		"b7"),
	    .verbs = CKF_DERIVE, .key = &wycheproof_bp256_key_15,
	    .out = "2b55ca46c52f0d48efc170194f6fccd38fe9505f2765f64232eef3af9ed42a83" },

	/* The cofactor is 1; NIST's vectors are of this primitive by name. */
	{ "NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-224", CKM_ECDH1_COFACTOR_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04af33cd0629bc7e996320a3f40368f74de8704fa37b8fab69abaae280882092"
		"ccbba7930f419a8a4f9bb16978bbc3838729992559a6f2e2d7"),
	    .verbs = CKF_DERIVE, .key = &p224_key,
	    .out = "7d96f9a3bd3c05cf5cc37feb8b9d5209d5c2597464dec3e9983743e8" },
	{ "NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-256", CKM_ECDH1_COFACTOR_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		"87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		"ac"),
	    .verbs = CKF_DERIVE, .key = &key_1,
	    .out = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
	    .whole = true },
	{ "NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-256, 16 bytes of it", CKM_ECDH1_COFACTOR_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		"87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		"ac"),
	    .verbs = CKF_DERIVE, .key = &key_1, .out = "ccc5852060561e68040dd7778997bd7b" },
	{ "NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-384, the point in an OCTET STRING",
	    CKM_ECDH1_COFACTOR_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"046104a7c76b970c3b5fe8b05d2838ae04ab47697b9eaf52e764592efda27fe7"
		"513272734466b400091adbf2d68c58e0c50066ac68f19f2e1cb879aed43a9969"
		"b91a0839c4c38a49749b661efedf243451915ed0905a32b060992b468c64766f"
		"c8437a"),
	    .verbs = CKF_DERIVE, .key = &key_2,
	    .out = "5f9d29dc5e31a163060356213669c8ce132e22f57c9a04f40ba7fcead493b457"
		   "e5621e766c40a2e3d4d6a04b25e533f1" },
	{ "NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-521, the point compressed",
	    CKM_ECDH1_COFACTOR_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0200685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		"54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		"a2046d"),
	    .verbs = CKF_DERIVE, .key = &key_3,
	    .out = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		   "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		   "c831" },
	{ "RFC 7027, A.3, brainpoolP512r1", CKM_ECDH1_COFACTOR_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"049d45f66de5d67e2e6db6e93a59ce0bb48106097ff78a081de781cdb31fce8c"
		"cbaaea8dd4320c4119f1e9cd437a2eab3731fa9668ab268d871deda55a547319"
		"9f2fdc313095bcdd5fb3a91636f07a959c8e86b5636a1e930e8396049cb48196"
		"1d365cc11453a06c719835475b12cb52fc3c383bce35e27ef194512b71876285"
		"fa"),
	    .verbs = CKF_DERIVE, .key = &brainpool_512r1_key,
	    .out = "a7927098655f1f9976fa50a9d566865dc530331846381c87256baf3226244b76"
		   "d36403c024d7bbf0aa0803eaff405d3d24f11a9b5c0bef679fe1454b21c4cd1f" },
	{ "Refused: P-256, off the curve", CKM_ECDH1_COFACTOR_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		"87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		"ad"),
	    .verbs = CKF_DERIVE, .key = &key_1,
	    .out = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: P-521, hybrid", CKM_ECDH1_COFACTOR_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0600685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		"54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		"a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		"39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		"f3c302f676"),
	    .verbs = CKF_DERIVE, .key = &key_3,
	    .out = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		   "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		   "c831",
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "ANSI X9.63 by OpenSSL 3.0's X963KDF, P-256, SHA256, 32 bytes", CKM_ECDH1_COFACTOR_DERIVE,
	    ECDH(CKD_SHA256_KDF, NULL,
		"04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		"87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		"ac"),
	    .verbs = CKF_DERIVE, .key = &key_1,
	    .out = "65aa794ac84c5cee664468c1409a35e72b950b53ff795c387e712e529a6bf1e0" },

	/* The same for encapsulation: the ciphertext is the other party's point. */
	{ "NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-224", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL, NULL), .verbs = KEM, .key = &p224_key,
	    .in = "7d96f9a3bd3c05cf5cc37feb8b9d5209d5c2597464dec3e9983743e8",
	    .out = "04af33cd0629bc7e996320a3f40368f74de8704fa37b8fab69abaae280882092"
		   "ccbba7930f419a8a4f9bb16978bbc3838729992559a6f2e2d7" },
	{ "NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-256", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL, NULL), .verbs = KEM, .key = &key_1,
	    .in = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
	    .out = "04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		   "87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		   "ac",
	    .whole = true },
	{ "NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-384", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL, NULL), .verbs = KEM, .key = &key_2,
	    .in = "5f9d29dc5e31a163060356213669c8ce132e22f57c9a04f40ba7fcead493b457"
		  "e5621e766c40a2e3d4d6a04b25e533f1",
	    .out = "04a7c76b970c3b5fe8b05d2838ae04ab47697b9eaf52e764592efda27fe75132"
		   "72734466b400091adbf2d68c58e0c50066ac68f19f2e1cb879aed43a9969b91a"
		   "0839c4c38a49749b661efedf243451915ed0905a32b060992b468c64766fc843"
		   "7a",
	    .whole = true },
	{ "NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-521", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL, NULL), .verbs = KEM, .key = &key_3,
	    .in = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		  "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		  "c831",
	    .out = "0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		   "54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		   "a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		   "39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		   "f3c302f676",
	    .whole = true },
	{ "NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-256, 16 bytes of it", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL, NULL), .verbs = KEM, .key = &key_1,
	    .in = "ccc5852060561e68040dd7778997bd7b",
	    .out = "04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		   "87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		   "ac" },
	{ "NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-521, 16 bytes of it", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL, NULL), .verbs = KEM, .key = &key_3,
	    .in = "59436a4d3c5bf6e74b9578fac148c831",
	    .out = "0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		   "54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		   "a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		   "39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		   "f3c302f676" },
	{ "RFC 7027, A.1, brainpoolP256r1", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = KEM, .key = &brainpool_256r1_key,
	    .in = "89afc39d41d3b327814b80940b042590f96556ec91e6ae7939bce31f3a18bf2b",
	    .out = "048d2d688c6cf93e1160ad04cc4429117dc2c41825e1e9fca0addd34e6f1b39f"
		   "7b990c57520812be512641e47034832106bc7d3e8dd0e4c7f1136d7006547cec"
		   "6a" },
	{ "RFC 7027, A.2, brainpoolP384r1", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = KEM, .key = &brainpool_384r1_key,
	    .in = "0bd9d3a7ea0b3d519d09d8e48d0785fb744a6b355e6304bc51c229fbbce239bb"
		  "adf6403715c35d4fb2a5444f575d4f42",
	    .out = "044d44326f269a597a5b58bba565da5556ed7fd9a8a9eb76c25f46db69d19dc8"
		   "ce6ad18e404b15738b2086df37e71d1eb462d692136de56cbe93bf5fa3188ef5"
		   "8bc8a3a0ec6c1e151a21038a42e9185329b5b275903d192f8d4e1f32fe9cc78c"
		   "48" },
	{ "RFC 7027, A.3, brainpoolP512r1", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = KEM, .key = &brainpool_512r1_key,
	    .in = "a7927098655f1f9976fa50a9d566865dc530331846381c87256baf3226244b76"
		  "d36403c024d7bbf0aa0803eaff405d3d24f11a9b5c0bef679fe1454b21c4cd1f",
	    .out = "049d45f66de5d67e2e6db6e93a59ce0bb48106097ff78a081de781cdb31fce8c"
		   "cbaaea8dd4320c4119f1e9cd437a2eab3731fa9668ab268d871deda55a547319"
		   "9f2fdc313095bcdd5fb3a91636f07a959c8e86b5636a1e930e8396049cb48196"
		   "1d365cc11453a06c719835475b12cb52fc3c383bce35e27ef194512b71876285"
		   "fa" },
	{ "Wycheproof, ecdh_secp256k1, 1", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = KEM, .key = &secp256k1_key,
	    .in = "544dfae22af6af939042b1d85b71a1e49e9a5614123c4d6ad0c8af65baf87d65",
	    .out = "04d8096af8a11e0b80037e1ee68246b5dcbb0aeb1cf1244fd767db80f3fa27da"
		   "2b396812ea1686e7472e9692eaf3e958e50e9500d3b4c77243db1f2acd67ba9c"
		   "c4" },
	{ "ANSI X9.63 by OpenSSL 3.0's X963KDF, P-256, SHA256, 32 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA256_KDF, NULL, NULL), .verbs = KEM, .key = &key_1,
	    .in = "65aa794ac84c5cee664468c1409a35e72b950b53ff795c387e712e529a6bf1e0",
	    .out = "04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		   "87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		   "ac" },
	{ "SP 800-56C by OpenSSL 3.0's SSKDF, P-256, SHA256, 32 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA256_KDF_SP800, NULL, NULL), .verbs = KEM, .key = &key_1,
	    .in = "1f87a66b8b91bbc593e526668fd7182b8705cc3e553d61bff2cfeae11142ea5b",
	    .out = "04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		   "87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		   "ac" },
	{ "ANSI X9.63 by OpenSSL 3.0's X963KDF, P-384, SHA384, 100 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA384_KDF, "48616e6466617374", NULL), .verbs = KEM, .key = &key_2,
	    .in = "f6ed0104a0b7c4275f6912bda9745fce16d57a58b9e408f514315483b2d6d8ce"
		  "bcbf530be83e52f964d2a515741d2409733eac0e06c1489717bd50be76eab842"
		  "7600fe150ff16b75e1e9bb220b5ffef0cd890606fcfc45f3cfe557de09774cd3"
		  "6b43f2ce",
	    .out = "04a7c76b970c3b5fe8b05d2838ae04ab47697b9eaf52e764592efda27fe75132"
		   "72734466b400091adbf2d68c58e0c50066ac68f19f2e1cb879aed43a9969b91a"
		   "0839c4c38a49749b661efedf243451915ed0905a32b060992b468c64766fc843"
		   "7a" },
	{ "SP 800-56C by OpenSSL 3.0's SSKDF, P-521, SHA3-512, 100 bytes", CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA3_512_KDF_SP800, "48616e6466617374", NULL), .verbs = KEM, .key = &key_3,
	    .in = "7a2f28c4500040b2b51979ce1569fed2a659bc794843f43aaa4320d3809b1c9f"
		  "c97b839daf20ff3382020f345a1f4803fa698d2d14314b8200af3ef60772db41"
		  "031446f977edbed1463c345802f10c6ff84213bcecfc59267ac54d19723f1ed8"
		  "797c6b5c",
	    .out = "0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		   "54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		   "a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		   "39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		   "f3c302f676" },
	{ "NIST CAVP, KASValidityTest_ECCStaticUnified_KDFConcat_NOKC, EC, SHA256, 5",
	    CKM_ECDH1_DERIVE,
	    ECDH(CKD_SHA256_KDF_SP800,
		"a1b2c3d4e5a32d79067e6a9d50c182eed125de8648434156536964bf9ed234c2"
		"e63b690d8bff492a39258c84028578",
		NULL),
	    .verbs = KEM, .key = &key_4, .in = "7b3fdeb3302392808e7e2283e8eedbca",
	    .out = "04cfc99687baa2aabf7324127626afa7ba39491cd1868e79159abdb86bf471cc"
		   "2176e8061926900751c24d7bbb820297e7457c7d7da89dd5bc8d28097112a0c7"
		   "ae" },
	{ "Wycheproof, ecdh_secp256r1_ecpoint, 1", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_7,
	    .in = "53020d908b0219328b658b525f26780e3ae12bcd952bb25a93bc0895e1714285",
	    .out = "0462d5bd3372af75fe85a040715d0f502428e07046868b0bfdfa61d731afe44f"
		   "26ac333a93a9e70a81cd5a95b5bf8d13990eb741c8c38872b4a07d275a014e30"
		   "cf",
	    .whole = true },
	{ "Wycheproof, ecdh_secp256r1_ecpoint, 49", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_9,
	    .in = "f1f0e43b374feb7e7f96d4ffe7519fa8bb6c3cfd25f6f87dab2623d2a2d33851",
	    .out = "04000000000000000000000000111124f4000000000000000000000000000000"
		   "000000000d12d381b0760b1c50be8acf859385052c7f53cde67ce13759de3123"
		   "a0",
	    .whole = true },
	{ "Wycheproof, ecdh_secp256r1_ecpoint, 316", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_12,
	    .in = "a329a7d80424ea2d6c904393808e510dfbb28155092f1bac284dceda1f13afe5",
	    .out = "0431028f3377fc8f2b1967edaab90213acad0da9f50897f08f57537f78f11674"
		   "4743a1930189363bbde2ac4cbd1649cdc6f451add71dd2f16a8a867f2b17caa1"
		   "6b",
	    .whole = true },
	{ "Wycheproof, ecdh_secp521r1_ecpoint, 6", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_24,
	    .in = "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		  "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		  "fffe",
	    .out = "040131b43002f7e687eec1ecf6a253c2ccc9e48f04d86fccd18fee0d2d22191f"
		   "1ea539c40d521970b4709dc03986f647e0e8bb3340cf8a3e643a3541035437cf"
		   "25f01500b27a55ac45f0296f8c9656bcfd52b5cea9f4115c06e4c64319609847"
		   "d45e92418400e7868672c0d3e6e5e6e004a7190476ed77cfc33ad19a4bd2c615"
		   "ad9950f374",
	    .whole = true },
	{ "Wycheproof, ecdh_secp521r1_ecpoint, 88", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_26,
	    .in = "017e7eecdb0f52e3b8aedd0f5550f26cd5e27e711d6860c54f88cfd3ff075df8"
		  "d363ee3be4dac2f42d036b7c64e2b50d90764ab4eef0b9d68c29682b9707d45e"
		  "c283",
	    .out = "04004dc16cafca9833eeb97c136c154f3ae390830f26d300edef06f867efab1c"
		   "4214f563c25e1c81e16a86eaac8272892d1b65b2ee7fb2b69ba1110b083bbeb6"
		   "b8873a010dbb701266a8df32d17bd58bea365c2637d686272900a5ea7a19ff98"
		   "db3bf92425a483c70fdd9db25b6ee69981cb69dcc9c418c32989e73f0a5fd7f3"
		   "c3ba44b051",
	    .whole = true },
	{ "NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-224", CKM_ECDH1_COFACTOR_DERIVE,
	    ECDH(CKD_NULL, NULL, NULL), .verbs = KEM, .key = &p224_key,
	    .in = "7d96f9a3bd3c05cf5cc37feb8b9d5209d5c2597464dec3e9983743e8",
	    .out = "04af33cd0629bc7e996320a3f40368f74de8704fa37b8fab69abaae280882092"
		   "ccbba7930f419a8a4f9bb16978bbc3838729992559a6f2e2d7" },
	{ "NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-256", CKM_ECDH1_COFACTOR_DERIVE,
	    ECDH(CKD_NULL, NULL, NULL), .verbs = KEM, .key = &key_1,
	    .in = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
	    .out = "04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		   "87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		   "ac",
	    .whole = true },
	{ "NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-256, 16 bytes of it", CKM_ECDH1_COFACTOR_DERIVE,
	    ECDH(CKD_NULL, NULL, NULL), .verbs = KEM, .key = &key_1,
	    .in = "ccc5852060561e68040dd7778997bd7b",
	    .out = "04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		   "87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		   "ac" },
	{ "RFC 7027, A.3, brainpoolP512r1", CKM_ECDH1_COFACTOR_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = KEM, .key = &brainpool_512r1_key,
	    .in = "a7927098655f1f9976fa50a9d566865dc530331846381c87256baf3226244b76"
		  "d36403c024d7bbf0aa0803eaff405d3d24f11a9b5c0bef679fe1454b21c4cd1f",
	    .out = "049d45f66de5d67e2e6db6e93a59ce0bb48106097ff78a081de781cdb31fce8c"
		   "cbaaea8dd4320c4119f1e9cd437a2eab3731fa9668ab268d871deda55a547319"
		   "9f2fdc313095bcdd5fb3a91636f07a959c8e86b5636a1e930e8396049cb48196"
		   "1d365cc11453a06c719835475b12cb52fc3c383bce35e27ef194512b71876285"
		   "fa" },
	{ "ANSI X9.63 by OpenSSL 3.0's X963KDF, P-256, SHA256, 32 bytes", CKM_ECDH1_COFACTOR_DERIVE,
	    ECDH(CKD_SHA256_KDF, NULL, NULL), .verbs = KEM, .key = &key_1,
	    .in = "65aa794ac84c5cee664468c1409a35e72b950b53ff795c387e712e529a6bf1e0",
	    .out = "04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		   "87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		   "ac" },
	{ "Refused: P-256, off the curve", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_1,
	    .in = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
	    .out = "04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		   "87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		   "ad",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-256, hybrid", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_1,
	    .in = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
	    .out = "06700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		   "87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		   "ac",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-256, a coordinate beyond the field", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL, NULL), .verbs = CKF_DECAPSULATE, .key = &key_1,
	    .in = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
	    .out = "04ffffffff00000001000000000000000000000000ffffffffffffffffffffff"
		   "ffdb71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		   "ac",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-256, only zeros", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_1,
	    .in = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
	    .out = "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000"
		   "00",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-256, infinity", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_1,
	    .in = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b", .out = "00",
	    .rv = CKR_WRAPPED_KEY_LEN_RANGE },
	{ "Refused: P-256, a byte short", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_1,
	    .in = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
	    .out = "04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		   "87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4",
	    .rv = CKR_WRAPPED_KEY_LEN_RANGE },
	{ "Refused: P-256, a byte more", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_1,
	    .in = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
	    .out = "04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		   "87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		   "ac00",
	    .rv = CKR_WRAPPED_KEY_LEN_RANGE },
	{ "Refused: P-256, compressed", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_1,
	    .in = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
	    .out = "02700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		   "87",
	    .rv = CKR_WRAPPED_KEY_LEN_RANGE },
	{ "Refused: P-256, in an OCTET STRING", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_1,
	    .in = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4ac",
	    .rv = CKR_WRAPPED_KEY_LEN_RANGE },
	{ "Refused: P-256, a public value in the parameter", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		"87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		"ac"),
	    .verbs = KEM, .key = &key_1,
	    .in = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
	    .out = "04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		   "87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		   "ac",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-256, shared data without a function", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, "00", NULL), .verbs = KEM, .key = &key_1,
	    .in = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
	    .out = "04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		   "87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		   "ac",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-256, an unknown function", CKM_ECDH1_DERIVE, ECDH(0x7fffffff, NULL, NULL),
	    .verbs = KEM, .key = &key_1,
	    .in = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
	    .out = "04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		   "87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		   "ac",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-521, off the curve", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_3,
	    .in = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		  "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		  "c831",
	    .out = "0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		   "54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		   "a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		   "39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		   "f3c302f677",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-521, hybrid", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_3,
	    .in = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		  "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		  "c831",
	    .out = "0600685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		   "54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		   "a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		   "39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		   "f3c302f676",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-521, a coordinate beyond the field", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL, NULL), .verbs = CKF_DECAPSULATE, .key = &key_3,
	    .in = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		  "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		  "c831",
	    .out = "0401ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		   "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		   "ffffff01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		   "39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		   "f3c302f676",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-521, only zeros", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_3,
	    .in = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		  "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		  "c831",
	    .out = "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-521, infinity", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_3,
	    .in = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		  "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		  "c831",
	    .out = "00", .rv = CKR_WRAPPED_KEY_LEN_RANGE },
	{ "Refused: P-521, a byte short", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_3,
	    .in = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		  "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		  "c831",
	    .out = "0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		   "54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		   "a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		   "39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		   "f3c302f6",
	    .rv = CKR_WRAPPED_KEY_LEN_RANGE },
	{ "Refused: P-521, a byte more", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_3,
	    .in = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		  "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		  "c831",
	    .out = "0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		   "54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		   "a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		   "39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		   "f3c302f67600",
	    .rv = CKR_WRAPPED_KEY_LEN_RANGE },
	{ "Refused: P-521, compressed", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_3,
	    .in = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		  "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		  "c831",
	    .out = "0200685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		   "54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		   "a2046d",
	    .rv = CKR_WRAPPED_KEY_LEN_RANGE },
	{ "Refused: P-521, in an OCTET STRING", CKM_ECDH1_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_3,
	    .in = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		  "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		  "c831",
	    .out = "0481850400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94"
		   "90340854334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176"
		   "666877a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe0540069794"
		   "2e80b739884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e52249"
		   "7955a4f3c302f676",
	    .rv = CKR_WRAPPED_KEY_LEN_RANGE },
	{ "Refused: P-521, a public value in the parameter", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		"54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		"a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		"39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		"f3c302f676"),
	    .verbs = KEM, .key = &key_3,
	    .in = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		  "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		  "c831",
	    .out = "0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		   "54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		   "a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		   "39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		   "f3c302f676",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-521, shared data without a function", CKM_ECDH1_DERIVE,
	    ECDH(CKD_NULL, "00", NULL), .verbs = KEM, .key = &key_3,
	    .in = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		  "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		  "c831",
	    .out = "0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		   "54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		   "a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		   "39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		   "f3c302f676",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-521, an unknown function", CKM_ECDH1_DERIVE, ECDH(0x7fffffff, NULL, NULL),
	    .verbs = KEM, .key = &key_3,
	    .in = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		  "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		  "c831",
	    .out = "0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		   "54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		   "a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		   "39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		   "f3c302f676",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-256, off the curve", CKM_ECDH1_COFACTOR_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_1,
	    .in = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
	    .out = "04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		   "87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		   "ad",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-256, hybrid", CKM_ECDH1_COFACTOR_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_1,
	    .in = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
	    .out = "06700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		   "87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		   "ac",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-256, a coordinate beyond the field", CKM_ECDH1_COFACTOR_DERIVE,
	    ECDH(CKD_NULL, NULL, NULL), .verbs = CKF_DECAPSULATE, .key = &key_1,
	    .in = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
	    .out = "04ffffffff00000001000000000000000000000000ffffffffffffffffffffff"
		   "ffdb71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		   "ac",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-256, only zeros", CKM_ECDH1_COFACTOR_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_1,
	    .in = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
	    .out = "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000"
		   "00",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-256, infinity", CKM_ECDH1_COFACTOR_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_1,
	    .in = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b", .out = "00",
	    .rv = CKR_WRAPPED_KEY_LEN_RANGE },
	{ "Refused: P-256, a byte short", CKM_ECDH1_COFACTOR_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_1,
	    .in = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
	    .out = "04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		   "87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4",
	    .rv = CKR_WRAPPED_KEY_LEN_RANGE },
	{ "Refused: P-256, a byte more", CKM_ECDH1_COFACTOR_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_1,
	    .in = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
	    .out = "04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		   "87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		   "ac00",
	    .rv = CKR_WRAPPED_KEY_LEN_RANGE },
	{ "Refused: P-256, compressed", CKM_ECDH1_COFACTOR_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_1,
	    .in = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
	    .out = "02700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		   "87",
	    .rv = CKR_WRAPPED_KEY_LEN_RANGE },
	{ "Refused: P-256, in an OCTET STRING", CKM_ECDH1_COFACTOR_DERIVE,
	    ECDH(CKD_NULL, NULL, NULL), .verbs = CKF_DECAPSULATE, .key = &key_1,
	    .in = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4ac",
	    .rv = CKR_WRAPPED_KEY_LEN_RANGE },
	{ "Refused: P-256, a public value in the parameter", CKM_ECDH1_COFACTOR_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		"87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		"ac"),
	    .verbs = KEM, .key = &key_1,
	    .in = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
	    .out = "04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		   "87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		   "ac",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-256, shared data without a function", CKM_ECDH1_COFACTOR_DERIVE,
	    ECDH(CKD_NULL, "00", NULL), .verbs = KEM, .key = &key_1,
	    .in = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
	    .out = "04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		   "87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		   "ac",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-256, an unknown function", CKM_ECDH1_COFACTOR_DERIVE,
	    ECDH(0x7fffffff, NULL, NULL), .verbs = KEM, .key = &key_1,
	    .in = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
	    .out = "04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		   "87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		   "ac",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-521, off the curve", CKM_ECDH1_COFACTOR_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_3,
	    .in = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		  "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		  "c831",
	    .out = "0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		   "54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		   "a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		   "39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		   "f3c302f677",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-521, hybrid", CKM_ECDH1_COFACTOR_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_3,
	    .in = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		  "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		  "c831",
	    .out = "0600685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		   "54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		   "a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		   "39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		   "f3c302f676",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-521, a coordinate beyond the field", CKM_ECDH1_COFACTOR_DERIVE,
	    ECDH(CKD_NULL, NULL, NULL), .verbs = CKF_DECAPSULATE, .key = &key_3,
	    .in = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		  "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		  "c831",
	    .out = "0401ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		   "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		   "ffffff01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		   "39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		   "f3c302f676",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-521, only zeros", CKM_ECDH1_COFACTOR_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_3,
	    .in = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		  "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		  "c831",
	    .out = "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-521, infinity", CKM_ECDH1_COFACTOR_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_3,
	    .in = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		  "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		  "c831",
	    .out = "00", .rv = CKR_WRAPPED_KEY_LEN_RANGE },
	{ "Refused: P-521, a byte short", CKM_ECDH1_COFACTOR_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_3,
	    .in = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		  "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		  "c831",
	    .out = "0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		   "54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		   "a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		   "39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		   "f3c302f6",
	    .rv = CKR_WRAPPED_KEY_LEN_RANGE },
	{ "Refused: P-521, a byte more", CKM_ECDH1_COFACTOR_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_3,
	    .in = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		  "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		  "c831",
	    .out = "0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		   "54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		   "a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		   "39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		   "f3c302f67600",
	    .rv = CKR_WRAPPED_KEY_LEN_RANGE },
	{ "Refused: P-521, compressed", CKM_ECDH1_COFACTOR_DERIVE, ECDH(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &key_3,
	    .in = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		  "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		  "c831",
	    .out = "0200685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		   "54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		   "a2046d",
	    .rv = CKR_WRAPPED_KEY_LEN_RANGE },
	{ "Refused: P-521, in an OCTET STRING", CKM_ECDH1_COFACTOR_DERIVE,
	    ECDH(CKD_NULL, NULL, NULL), .verbs = CKF_DECAPSULATE, .key = &key_3,
	    .in = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		  "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		  "c831",
	    .out = "0481850400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94"
		   "90340854334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176"
		   "666877a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe0540069794"
		   "2e80b739884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e52249"
		   "7955a4f3c302f676",
	    .rv = CKR_WRAPPED_KEY_LEN_RANGE },
	{ "Refused: P-521, a public value in the parameter", CKM_ECDH1_COFACTOR_DERIVE,
	    ECDH(CKD_NULL, NULL,
		"0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		"54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		"a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		"39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		"f3c302f676"),
	    .verbs = KEM, .key = &key_3,
	    .in = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		  "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		  "c831",
	    .out = "0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		   "54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		   "a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		   "39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		   "f3c302f676",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-521, shared data without a function", CKM_ECDH1_COFACTOR_DERIVE,
	    ECDH(CKD_NULL, "00", NULL), .verbs = KEM, .key = &key_3,
	    .in = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		  "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		  "c831",
	    .out = "0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		   "54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		   "a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		   "39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		   "f3c302f676",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-521, an unknown function", CKM_ECDH1_COFACTOR_DERIVE,
	    ECDH(0x7fffffff, NULL, NULL), .verbs = KEM, .key = &key_3,
	    .in = "005fc70477c3e63bc3954bd0df3ea0d1f41ee21746ed95fc5e1fdf90930d5e13"
		  "6672d72cc770742d1711c3c3a4c334a0ad9759436a4d3c5bf6e74b9578fac148"
		  "c831",
	    .out = "0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		   "54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		   "a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		   "39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		   "f3c302f676",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ 0 },
};
