/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Vectors of message authentication codes: RFC 2202 and RFC 4231 (HMAC), the
 * examples of NIST SP 800-38B (CMAC), RFC 8439 (Poly1305).  What those do not have
 * (HMAC with SHA-512/t and SHA-3, GMAC of data alone) libgcrypt computed, and all of
 * it compared.  A code is cut by taking its first bytes (PKCS#11 3.2, 6.20.3).
 */
#include "tests/vectors.h"

#define MAC (CKF_SIGN | CKF_VERIFY)

const struct vector mac_vectors[] = {
	{ "RFC 2202, test case 1", CKM_SHA_1_HMAC, NONE, .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA_1_HMAC, "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .in = "4869205468657265", .out = "b617318655057264e28bc0b6fb378c8ef146be00" },
	{ "RFC 2202, test case 2", CKM_SHA_1_HMAC, NONE, .verbs = MAC,
	    .key = GENERIC_KEY("4a656665"),
	    .in = "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
	    .out = "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79" },
	{ "RFC 2202, test case 3", CKM_SHA_1_HMAC, NONE, .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA_1_HMAC, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
	    .in = "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
		  "dddddddddddddddddddddddddddddddddddd",
	    .out = "125d7342b9ac11cd91a39af48aa17b4f63f175d3" },
	{ "RFC 2202, test case 6", CKM_SHA_1_HMAC, NONE, .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA_1_HMAC,
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
	    .in = "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a"
		  "65204b6579202d2048617368204b6579204669727374",
	    .out = "aa4ae5e15272d00e95705637ce8a3b55ed402112" },
	{ "RFC 2202, test case 7", CKM_SHA_1_HMAC, NONE, .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA_1_HMAC,
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
	    .in = "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a"
		  "65204b657920616e64204c6172676572205468616e204f6e6520426c6f636b2d"
		  "53697a652044617461",
	    .out = "e8e99d0f45237d786d6bbaa7965c7808bbff1a91" },
	{ "the first 12 bytes of test case 1", CKM_SHA_1_HMAC_GENERAL, NUMBER(12), .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA_1_HMAC, "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .in = "4869205468657265", .out = "b617318655057264e28bc0b6" },
	{ "all of test case 1", CKM_SHA_1_HMAC_GENERAL, NUMBER(20), .verbs = MAC,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .in = "4869205468657265", .out = "b617318655057264e28bc0b6fb378c8ef146be00" },
	{ "a code of 0 bytes", CKM_SHA_1_HMAC_GENERAL, NUMBER(0), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b") },
	{ "a code of 3 bytes", CKM_SHA_1_HMAC_GENERAL, NUMBER(3), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b") },
	{ "a code of 21 bytes", CKM_SHA_1_HMAC_GENERAL, NUMBER(21), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b") },
	{ "RFC 4231, test case 1", CKM_SHA224_HMAC, NONE, .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA224_HMAC, "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .in = "4869205468657265",
	    .out = "896fb1128abbdf196832107cd49df33f47b4b1169912ba4f53684b22" },
	{ "RFC 4231, test case 2", CKM_SHA224_HMAC, NONE, .verbs = MAC,
	    .key = GENERIC_KEY("4a656665"),
	    .in = "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
	    .out = "a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44" },
	{ "RFC 4231, test case 3", CKM_SHA224_HMAC, NONE, .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA224_HMAC, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
	    .in = "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
		  "dddddddddddddddddddddddddddddddddddd",
	    .out = "7fb3cb3588c6c1f6ffa9694d7d6ad2649365b0c1f65d69d1ec8333ea" },
	{ "RFC 4231, test case 6", CKM_SHA224_HMAC, NONE, .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA224_HMAC,
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaa"),
	    .in = "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a"
		  "65204b6579202d2048617368204b6579204669727374",
	    .out = "95e9a0db962095adaebe9b2d6f0dbce2d499f112f2d2b7273fa6870e" },
	{ "RFC 4231, test case 7", CKM_SHA224_HMAC, NONE, .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA224_HMAC,
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaa"),
	    .in = "5468697320697320612074657374207573696e672061206c6172676572207468"
		  "616e20626c6f636b2d73697a65206b657920616e642061206c61726765722074"
		  "68616e20626c6f636b2d73697a6520646174612e20546865206b6579206e6565"
		  "647320746f20626520686173686564206265666f7265206265696e6720757365"
		  "642062792074686520484d414320616c676f726974686d2e",
	    .out = "3a854166ac5d9f023f54d517d0b39dbd946770db9c2b95c9f6f565d1" },
	{ "the first 14 bytes of test case 1", CKM_SHA224_HMAC_GENERAL, NUMBER(14), .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA224_HMAC, "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .in = "4869205468657265", .out = "896fb1128abbdf196832107cd49d" },
	{ "all of test case 1", CKM_SHA224_HMAC_GENERAL, NUMBER(28), .verbs = MAC,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .in = "4869205468657265",
	    .out = "896fb1128abbdf196832107cd49df33f47b4b1169912ba4f53684b22" },
	{ "a code of 0 bytes", CKM_SHA224_HMAC_GENERAL, NUMBER(0), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b") },
	{ "a code of 3 bytes", CKM_SHA224_HMAC_GENERAL, NUMBER(3), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b") },
	{ "a code of 29 bytes", CKM_SHA224_HMAC_GENERAL, NUMBER(29), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b") },
	{ "RFC 4231, test case 1", CKM_SHA256_HMAC, NONE, .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA256_HMAC, "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .in = "4869205468657265",
	    .out = "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7" },
	{ "RFC 4231, test case 2", CKM_SHA256_HMAC, NONE, .verbs = MAC,
	    .key = GENERIC_KEY("4a656665"),
	    .in = "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
	    .out = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843" },
	{ "RFC 4231, test case 3", CKM_SHA256_HMAC, NONE, .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA256_HMAC, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
	    .in = "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
		  "dddddddddddddddddddddddddddddddddddd",
	    .out = "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe" },
	{ "RFC 4231, test case 6", CKM_SHA256_HMAC, NONE, .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA256_HMAC,
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaa"),
	    .in = "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a"
		  "65204b6579202d2048617368204b6579204669727374",
	    .out = "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54" },
	{ "RFC 4231, test case 7", CKM_SHA256_HMAC, NONE, .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA256_HMAC,
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaa"),
	    .in = "5468697320697320612074657374207573696e672061206c6172676572207468"
		  "616e20626c6f636b2d73697a65206b657920616e642061206c61726765722074"
		  "68616e20626c6f636b2d73697a6520646174612e20546865206b6579206e6565"
		  "647320746f20626520686173686564206265666f7265206265696e6720757365"
		  "642062792074686520484d414320616c676f726974686d2e",
	    .out = "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2" },
	{ "the first 16 bytes of test case 1", CKM_SHA256_HMAC_GENERAL, NUMBER(16), .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA256_HMAC, "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .in = "4869205468657265", .out = "b0344c61d8db38535ca8afceaf0bf12b" },
	{ "all of test case 1", CKM_SHA256_HMAC_GENERAL, NUMBER(32), .verbs = MAC,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .in = "4869205468657265",
	    .out = "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7" },
	{ "a code of 0 bytes", CKM_SHA256_HMAC_GENERAL, NUMBER(0), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b") },
	{ "a code of 3 bytes", CKM_SHA256_HMAC_GENERAL, NUMBER(3), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b") },
	{ "a code of 33 bytes", CKM_SHA256_HMAC_GENERAL, NUMBER(33), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b") },
	{ "RFC 4231, test case 1", CKM_SHA384_HMAC, NONE, .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA384_HMAC, "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .in = "4869205468657265",
	    .out = "afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59c"
		   "faea9ea9076ede7f4af152e8b2fa9cb6" },
	{ "RFC 4231, test case 2", CKM_SHA384_HMAC, NONE, .verbs = MAC,
	    .key = GENERIC_KEY("4a656665"),
	    .in = "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
	    .out = "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e"
		   "8e2240ca5e69e2c78b3239ecfab21649" },
	{ "RFC 4231, test case 3", CKM_SHA384_HMAC, NONE, .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA384_HMAC, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
	    .in = "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
		  "dddddddddddddddddddddddddddddddddddd",
	    .out = "88062608d3e6ad8a0aa2ace014c8a86f0aa635d947ac9febe83ef4e55966144b"
		   "2a5ab39dc13814b94e3ab6e101a34f27" },
	{ "RFC 4231, test case 6", CKM_SHA384_HMAC, NONE, .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA384_HMAC,
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaa"),
	    .in = "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a"
		  "65204b6579202d2048617368204b6579204669727374",
	    .out = "4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c6"
		   "0c2ef6ab4030fe8296248df163f44952" },
	{ "RFC 4231, test case 7", CKM_SHA384_HMAC, NONE, .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA384_HMAC,
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaa"),
	    .in = "5468697320697320612074657374207573696e672061206c6172676572207468"
		  "616e20626c6f636b2d73697a65206b657920616e642061206c61726765722074"
		  "68616e20626c6f636b2d73697a6520646174612e20546865206b6579206e6565"
		  "647320746f20626520686173686564206265666f7265206265696e6720757365"
		  "642062792074686520484d414320616c676f726974686d2e",
	    .out = "6617178e941f020d351e2f254e8fd32c602420feb0b8fb9adccebb82461e99c5"
		   "a678cc31e799176d3860e6110c46523e" },
	{ "the first 24 bytes of test case 1", CKM_SHA384_HMAC_GENERAL, NUMBER(24), .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA384_HMAC, "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .in = "4869205468657265", .out = "afd03944d84895626b0825f4ab46907f15f9dadbe4101ec6" },
	{ "all of test case 1", CKM_SHA384_HMAC_GENERAL, NUMBER(48), .verbs = MAC,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .in = "4869205468657265",
	    .out = "afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59c"
		   "faea9ea9076ede7f4af152e8b2fa9cb6" },
	{ "a code of 0 bytes", CKM_SHA384_HMAC_GENERAL, NUMBER(0), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b") },
	{ "a code of 3 bytes", CKM_SHA384_HMAC_GENERAL, NUMBER(3), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b") },
	{ "a code of 49 bytes", CKM_SHA384_HMAC_GENERAL, NUMBER(49), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b") },
	{ "RFC 4231, test case 1", CKM_SHA512_HMAC, NONE, .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA512_HMAC, "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .in = "4869205468657265",
	    .out = "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
		   "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854" },
	{ "RFC 4231, test case 2", CKM_SHA512_HMAC, NONE, .verbs = MAC,
	    .key = GENERIC_KEY("4a656665"),
	    .in = "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
	    .out = "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
		   "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737" },
	{ "RFC 4231, test case 3", CKM_SHA512_HMAC, NONE, .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA512_HMAC, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
	    .in = "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
		  "dddddddddddddddddddddddddddddddddddd",
	    .out = "fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39"
		   "bf3e848279a722c806b485a47e67c807b946a337bee8942674278859e13292fb" },
	{ "RFC 4231, test case 6", CKM_SHA512_HMAC, NONE, .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA512_HMAC,
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaa"),
	    .in = "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a"
		  "65204b6579202d2048617368204b6579204669727374",
	    .out = "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"
		   "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598" },
	{ "RFC 4231, test case 7", CKM_SHA512_HMAC, NONE, .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA512_HMAC,
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaa"),
	    .in = "5468697320697320612074657374207573696e672061206c6172676572207468"
		  "616e20626c6f636b2d73697a65206b657920616e642061206c61726765722074"
		  "68616e20626c6f636b2d73697a6520646174612e20546865206b6579206e6565"
		  "647320746f20626520686173686564206265666f7265206265696e6720757365"
		  "642062792074686520484d414320616c676f726974686d2e",
	    .out = "e37b6a775dc87dbaa4dfa9f96e5e3ffddebd71f8867289865df5a32d20cdc944"
		   "b6022cac3c4982b10d5eeb55c3e4de15134676fb6de0446065c97440fa8c6a58" },
	{ "the first 32 bytes of test case 1", CKM_SHA512_HMAC_GENERAL, NUMBER(32), .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA512_HMAC, "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .in = "4869205468657265",
	    .out = "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde" },
	{ "all of test case 1", CKM_SHA512_HMAC_GENERAL, NUMBER(64), .verbs = MAC,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .in = "4869205468657265",
	    .out = "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
		   "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854" },
	{ "a code of 0 bytes", CKM_SHA512_HMAC_GENERAL, NUMBER(0), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b") },
	{ "a code of 3 bytes", CKM_SHA512_HMAC_GENERAL, NUMBER(3), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b") },
	{ "a code of 65 bytes", CKM_SHA512_HMAC_GENERAL, NUMBER(65), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b") },
	{ "libgcrypt, key and data of RFC 4231's test case 1", CKM_SHA512_224_HMAC, NONE,
	    .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA512_224_HMAC, "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .in = "4869205468657265",
	    .out = "b244ba01307c0e7a8ccaad13b1067a4cf6b961fe0c6a20bda3d92039" },
	{ "libgcrypt, key and data of RFC 4231's test case 2", CKM_SHA512_224_HMAC, NONE,
	    .verbs = MAC, .key = GENERIC_KEY("4a656665"),
	    .in = "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
	    .out = "4a530b31a79ebcce36916546317c45f247d83241dfb818fd37254bde" },
	{ "libgcrypt, key and data of RFC 4231's test case 6", CKM_SHA512_224_HMAC, NONE,
	    .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA512_224_HMAC,
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaa"),
	    .in = "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a"
		  "65204b6579202d2048617368204b6579204669727374",
	    .out = "29bef8ce88b54d4226c3c7718ea9e32ace2429026f089e38cea9aeda" },
	{ "libgcrypt, key and data of RFC 4231's test case 7", CKM_SHA512_224_HMAC, NONE,
	    .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA512_224_HMAC,
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaa"),
	    .in = "5468697320697320612074657374207573696e672061206c6172676572207468"
		  "616e20626c6f636b2d73697a65206b657920616e642061206c61726765722074"
		  "68616e20626c6f636b2d73697a6520646174612e20546865206b6579206e6565"
		  "647320746f20626520686173686564206265666f7265206265696e6720757365"
		  "642062792074686520484d414320616c676f726974686d2e",
	    .out = "82a9619b47af0cea73a8b9741355ce902d807ad87ee9078522a246e1" },
	{ "the first 14 bytes of test case 1", CKM_SHA512_224_HMAC_GENERAL, NUMBER(14),
	    .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA512_224_HMAC, "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .in = "4869205468657265", .out = "b244ba01307c0e7a8ccaad13b106" },
	{ "all of test case 1", CKM_SHA512_224_HMAC_GENERAL, NUMBER(28), .verbs = MAC,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .in = "4869205468657265",
	    .out = "b244ba01307c0e7a8ccaad13b1067a4cf6b961fe0c6a20bda3d92039" },
	{ "a code of 0 bytes", CKM_SHA512_224_HMAC_GENERAL, NUMBER(0), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b") },
	{ "a code of 3 bytes", CKM_SHA512_224_HMAC_GENERAL, NUMBER(3), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b") },
	{ "a code of 29 bytes", CKM_SHA512_224_HMAC_GENERAL, NUMBER(29), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b") },
	{ "libgcrypt, key and data of RFC 4231's test case 1", CKM_SHA512_256_HMAC, NONE,
	    .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA512_256_HMAC, "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .in = "4869205468657265",
	    .out = "9f9126c3d9c3c330d760425ca8a217e31feae31bfe70196ff81642b868402eab" },
	{ "libgcrypt, key and data of RFC 4231's test case 2", CKM_SHA512_256_HMAC, NONE,
	    .verbs = MAC, .key = GENERIC_KEY("4a656665"),
	    .in = "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
	    .out = "6df7b24630d5ccb2ee335407081a87188c221489768fa2020513b2d593359456" },
	{ "libgcrypt, key and data of RFC 4231's test case 6", CKM_SHA512_256_HMAC, NONE,
	    .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA512_256_HMAC,
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaa"),
	    .in = "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a"
		  "65204b6579202d2048617368204b6579204669727374",
	    .out = "87123c45f7c537a404f8f47cdbedda1fc9bec60eeb971982ce7ef10e774e6539" },
	{ "libgcrypt, key and data of RFC 4231's test case 7", CKM_SHA512_256_HMAC, NONE,
	    .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA512_256_HMAC,
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaa"),
	    .in = "5468697320697320612074657374207573696e672061206c6172676572207468"
		  "616e20626c6f636b2d73697a65206b657920616e642061206c61726765722074"
		  "68616e20626c6f636b2d73697a6520646174612e20546865206b6579206e6565"
		  "647320746f20626520686173686564206265666f7265206265696e6720757365"
		  "642062792074686520484d414320616c676f726974686d2e",
	    .out = "6ea83f8e7315072c0bdaa33b93a26fc1659974637a9db8a887d06c05a7f35a66" },
	{ "the first 16 bytes of test case 1", CKM_SHA512_256_HMAC_GENERAL, NUMBER(16),
	    .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA512_256_HMAC, "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .in = "4869205468657265", .out = "9f9126c3d9c3c330d760425ca8a217e3" },
	{ "all of test case 1", CKM_SHA512_256_HMAC_GENERAL, NUMBER(32), .verbs = MAC,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .in = "4869205468657265",
	    .out = "9f9126c3d9c3c330d760425ca8a217e31feae31bfe70196ff81642b868402eab" },
	{ "a code of 0 bytes", CKM_SHA512_256_HMAC_GENERAL, NUMBER(0), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b") },
	{ "a code of 3 bytes", CKM_SHA512_256_HMAC_GENERAL, NUMBER(3), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b") },
	{ "a code of 33 bytes", CKM_SHA512_256_HMAC_GENERAL, NUMBER(33), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b") },
	{ "libgcrypt, key and data of RFC 4231's test case 1", CKM_SHA3_224_HMAC, NONE,
	    .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA3_224_HMAC, "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .in = "4869205468657265",
	    .out = "3b16546bbc7be2706a031dcafd56373d9884367641d8c59af3c860f7" },
	{ "libgcrypt, key and data of RFC 4231's test case 2", CKM_SHA3_224_HMAC, NONE,
	    .verbs = MAC, .key = GENERIC_KEY("4a656665"),
	    .in = "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
	    .out = "7fdb8dd88bd2f60d1b798634ad386811c2cfc85bfaf5d52bbace5e66" },
	{ "libgcrypt, key and data of RFC 4231's test case 6", CKM_SHA3_224_HMAC, NONE,
	    .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA3_224_HMAC,
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaa"),
	    .in = "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a"
		  "65204b6579202d2048617368204b6579204669727374",
	    .out = "b4a1f04c00287a9b7f6075b313d279b833bc8f75124352d05fb9995f" },
	{ "libgcrypt, key and data of RFC 4231's test case 7", CKM_SHA3_224_HMAC, NONE,
	    .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA3_224_HMAC,
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaa"),
	    .in = "5468697320697320612074657374207573696e672061206c6172676572207468"
		  "616e20626c6f636b2d73697a65206b657920616e642061206c61726765722074"
		  "68616e20626c6f636b2d73697a6520646174612e20546865206b6579206e6565"
		  "647320746f20626520686173686564206265666f7265206265696e6720757365"
		  "642062792074686520484d414320616c676f726974686d2e",
	    .out = "05d8cd6d00faea8d1eb68ade28730bbd3cbab6929f0a086b29cd62a0" },
	{ "the first 14 bytes of test case 1", CKM_SHA3_224_HMAC_GENERAL, NUMBER(14), .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA3_224_HMAC, "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .in = "4869205468657265", .out = "3b16546bbc7be2706a031dcafd56" },
	{ "all of test case 1", CKM_SHA3_224_HMAC_GENERAL, NUMBER(28), .verbs = MAC,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .in = "4869205468657265",
	    .out = "3b16546bbc7be2706a031dcafd56373d9884367641d8c59af3c860f7" },
	{ "a code of 0 bytes", CKM_SHA3_224_HMAC_GENERAL, NUMBER(0), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b") },
	{ "a code of 3 bytes", CKM_SHA3_224_HMAC_GENERAL, NUMBER(3), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b") },
	{ "a code of 29 bytes", CKM_SHA3_224_HMAC_GENERAL, NUMBER(29), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b") },
	{ "libgcrypt, key and data of RFC 4231's test case 1", CKM_SHA3_256_HMAC, NONE,
	    .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA3_256_HMAC, "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .in = "4869205468657265",
	    .out = "ba85192310dffa96e2a3a40e69774351140bb7185e1202cdcc917589f95e16bb" },
	{ "libgcrypt, key and data of RFC 4231's test case 2", CKM_SHA3_256_HMAC, NONE,
	    .verbs = MAC, .key = GENERIC_KEY("4a656665"),
	    .in = "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
	    .out = "c7d4072e788877ae3596bbb0da73b887c9171f93095b294ae857fbe2645e1ba5" },
	{ "libgcrypt, key and data of RFC 4231's test case 6", CKM_SHA3_256_HMAC, NONE,
	    .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA3_256_HMAC,
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaa"),
	    .in = "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a"
		  "65204b6579202d2048617368204b6579204669727374",
	    .out = "ed73a374b96c005235f948032f09674a58c0ce555cfc1f223b02356560312c3b" },
	{ "libgcrypt, key and data of RFC 4231's test case 7", CKM_SHA3_256_HMAC, NONE,
	    .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA3_256_HMAC,
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaa"),
	    .in = "5468697320697320612074657374207573696e672061206c6172676572207468"
		  "616e20626c6f636b2d73697a65206b657920616e642061206c61726765722074"
		  "68616e20626c6f636b2d73697a6520646174612e20546865206b6579206e6565"
		  "647320746f20626520686173686564206265666f7265206265696e6720757365"
		  "642062792074686520484d414320616c676f726974686d2e",
	    .out = "65c5b06d4c3de32a7aef8763261e49adb6e2293ec8e7c61e8de61701fc63e123" },
	{ "the first 16 bytes of test case 1", CKM_SHA3_256_HMAC_GENERAL, NUMBER(16), .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA3_256_HMAC, "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .in = "4869205468657265", .out = "ba85192310dffa96e2a3a40e69774351" },
	{ "all of test case 1", CKM_SHA3_256_HMAC_GENERAL, NUMBER(32), .verbs = MAC,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .in = "4869205468657265",
	    .out = "ba85192310dffa96e2a3a40e69774351140bb7185e1202cdcc917589f95e16bb" },
	{ "a code of 0 bytes", CKM_SHA3_256_HMAC_GENERAL, NUMBER(0), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b") },
	{ "a code of 3 bytes", CKM_SHA3_256_HMAC_GENERAL, NUMBER(3), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b") },
	{ "a code of 33 bytes", CKM_SHA3_256_HMAC_GENERAL, NUMBER(33), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b") },
	{ "libgcrypt, key and data of RFC 4231's test case 1", CKM_SHA3_384_HMAC, NONE,
	    .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA3_384_HMAC, "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .in = "4869205468657265",
	    .out = "68d2dcf7fd4ddd0a2240c8a437305f61fb7334cfb5d0226e1bc27dc10a2e723a"
		   "20d370b47743130e26ac7e3d532886bd" },
	{ "libgcrypt, key and data of RFC 4231's test case 2", CKM_SHA3_384_HMAC, NONE,
	    .verbs = MAC, .key = GENERIC_KEY("4a656665"),
	    .in = "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
	    .out = "f1101f8cbf9766fd6764d2ed61903f21ca9b18f57cf3e1a23ca13508a93243ce"
		   "48c045dc007f26a21b3f5e0e9df4c20a" },
	{ "libgcrypt, key and data of RFC 4231's test case 6", CKM_SHA3_384_HMAC, NONE,
	    .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA3_384_HMAC,
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaa"),
	    .in = "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a"
		  "65204b6579202d2048617368204b6579204669727374",
	    .out = "0fc19513bf6bd878037016706a0e57bc528139836b9a42c3d419e498e0e1fb96"
		   "16fd669138d33a1105e07c72b6953bcc" },
	{ "libgcrypt, key and data of RFC 4231's test case 7", CKM_SHA3_384_HMAC, NONE,
	    .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA3_384_HMAC,
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaa"),
	    .in = "5468697320697320612074657374207573696e672061206c6172676572207468"
		  "616e20626c6f636b2d73697a65206b657920616e642061206c61726765722074"
		  "68616e20626c6f636b2d73697a6520646174612e20546865206b6579206e6565"
		  "647320746f20626520686173686564206265666f7265206265696e6720757365"
		  "642062792074686520484d414320616c676f726974686d2e",
	    .out = "026fdf6b50741e373899c9f7d5406d4eb09fc6665636fc1a530029ddf5cf3ca5"
		   "a900edce01f5f61e2f408cdf2fd3e7e8" },
	{ "the first 24 bytes of test case 1", CKM_SHA3_384_HMAC_GENERAL, NUMBER(24), .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA3_384_HMAC, "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .in = "4869205468657265", .out = "68d2dcf7fd4ddd0a2240c8a437305f61fb7334cfb5d0226e" },
	{ "all of test case 1", CKM_SHA3_384_HMAC_GENERAL, NUMBER(48), .verbs = MAC,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .in = "4869205468657265",
	    .out = "68d2dcf7fd4ddd0a2240c8a437305f61fb7334cfb5d0226e1bc27dc10a2e723a"
		   "20d370b47743130e26ac7e3d532886bd" },
	{ "a code of 0 bytes", CKM_SHA3_384_HMAC_GENERAL, NUMBER(0), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b") },
	{ "a code of 3 bytes", CKM_SHA3_384_HMAC_GENERAL, NUMBER(3), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b") },
	{ "a code of 49 bytes", CKM_SHA3_384_HMAC_GENERAL, NUMBER(49), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b") },
	{ "libgcrypt, key and data of RFC 4231's test case 1", CKM_SHA3_512_HMAC, NONE,
	    .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA3_512_HMAC, "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .in = "4869205468657265",
	    .out = "eb3fbd4b2eaab8f5c504bd3a41465aacec15770a7cabac531e482f860b5ec7ba"
		   "47ccb2c6f2afce8f88d22b6dc61380f23a668fd3888bb80537c0a0b86407689e" },
	{ "libgcrypt, key and data of RFC 4231's test case 2", CKM_SHA3_512_HMAC, NONE,
	    .verbs = MAC, .key = GENERIC_KEY("4a656665"),
	    .in = "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
	    .out = "5a4bfeab6166427c7a3647b747292b8384537cdb89afb3bf5665e4c5e709350b"
		   "287baec921fd7ca0ee7a0c31d022a95e1fc92ba9d77df883960275beb4e62024" },
	{ "libgcrypt, key and data of RFC 4231's test case 6", CKM_SHA3_512_HMAC, NONE,
	    .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA3_512_HMAC,
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaa"),
	    .in = "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a"
		  "65204b6579202d2048617368204b6579204669727374",
	    .out = "00f751a9e50695b090ed6911a4b65524951cdc15a73a5d58bb55215ea2cd839a"
		   "c79d2b44a39bafab27e83fde9e11f6340b11d991b1b91bf2eee7fc872426c3a4" },
	{ "libgcrypt, key and data of RFC 4231's test case 7", CKM_SHA3_512_HMAC, NONE,
	    .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA3_512_HMAC,
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaa"),
	    .in = "5468697320697320612074657374207573696e672061206c6172676572207468"
		  "616e20626c6f636b2d73697a65206b657920616e642061206c61726765722074"
		  "68616e20626c6f636b2d73697a6520646174612e20546865206b6579206e6565"
		  "647320746f20626520686173686564206265666f7265206265696e6720757365"
		  "642062792074686520484d414320616c676f726974686d2e",
	    .out = "38a456a004bd10d32c9ab8336684112862c3db61adcca31829355eaf46fd5c73"
		   "d06a1f0d13fec9a652fb3811b577b1b1d1b9789f97ae5b83c6f44dfcf1d67eba" },
	{ "the first 32 bytes of test case 1", CKM_SHA3_512_HMAC_GENERAL, NUMBER(32), .verbs = MAC,
	    .key = SECRET_KEY(CKK_SHA3_512_HMAC, "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .in = "4869205468657265",
	    .out = "eb3fbd4b2eaab8f5c504bd3a41465aacec15770a7cabac531e482f860b5ec7ba" },
	{ "all of test case 1", CKM_SHA3_512_HMAC_GENERAL, NUMBER(64), .verbs = MAC,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .in = "4869205468657265",
	    .out = "eb3fbd4b2eaab8f5c504bd3a41465aacec15770a7cabac531e482f860b5ec7ba"
		   "47ccb2c6f2afce8f88d22b6dc61380f23a668fd3888bb80537c0a0b86407689e" },
	{ "a code of 0 bytes", CKM_SHA3_512_HMAC_GENERAL, NUMBER(0), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b") },
	{ "a code of 3 bytes", CKM_SHA3_512_HMAC_GENERAL, NUMBER(3), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b") },
	{ "a code of 65 bytes", CKM_SHA3_512_HMAC_GENERAL, NUMBER(65), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b") },
	{ "NIST SP 800-38B, D.1, example 1", CKM_AES_CMAC, NONE, .verbs = MAC,
	    .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c"),
	    .out = "bb1d6929e95937287fa37d129b756746" },
	{ "NIST SP 800-38B, D.1, example 2", CKM_AES_CMAC, NONE, .verbs = MAC,
	    .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c"),
	    .in = "6bc1bee22e409f96e93d7e117393172a", .out = "070a16b46b4d4144f79bdd9dd04a287c" },
	{ "NIST SP 800-38B, D.1, example 3", CKM_AES_CMAC, NONE, .verbs = MAC,
	    .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
		  "30c81c46a35ce411",
	    .out = "dfa66747de9ae63030ca32611497c827" },
	{ "NIST SP 800-38B, D.1, example 4", CKM_AES_CMAC, NONE, .verbs = MAC,
	    .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
		  "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710",
	    .out = "51f0bebf7e3b9d92fc49741779363cfe" },
	{ "NIST SP 800-38B, D.2, example 5", CKM_AES_CMAC, NONE, .verbs = MAC,
	    .key = AES_KEY("8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b"),
	    .out = "d17ddf46adaacde531cac483de7a9367" },
	{ "NIST SP 800-38B, D.2, example 6", CKM_AES_CMAC, NONE, .verbs = MAC,
	    .key = AES_KEY("8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b"),
	    .in = "6bc1bee22e409f96e93d7e117393172a", .out = "9e99a7bf31e710900662f65e617c5184" },
	{ "NIST SP 800-38B, D.2, example 7", CKM_AES_CMAC, NONE, .verbs = MAC,
	    .key = AES_KEY("8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
		  "30c81c46a35ce411",
	    .out = "8a1de5be2eb31aad089a82e6ee908b0e" },
	{ "NIST SP 800-38B, D.2, example 8", CKM_AES_CMAC, NONE, .verbs = MAC,
	    .key = AES_KEY("8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
		  "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710",
	    .out = "a1d5df0eed790f794d77589659f39a11" },
	{ "NIST SP 800-38B, D.3, example 9", CKM_AES_CMAC, NONE, .verbs = MAC,
	    .key = AES_KEY("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"),
	    .out = "028962f61b7bf89efc6b551f4667d983" },
	{ "NIST SP 800-38B, D.3, example 10", CKM_AES_CMAC, NONE, .verbs = MAC,
	    .key = AES_KEY("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"),
	    .in = "6bc1bee22e409f96e93d7e117393172a", .out = "28a7023f452e8f82bd4bf28d8c37c35c" },
	{ "NIST SP 800-38B, D.3, example 11", CKM_AES_CMAC, NONE, .verbs = MAC,
	    .key = AES_KEY("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
		  "30c81c46a35ce411",
	    .out = "aaf3d8f1de5640c232f5b169b9c911e6" },
	{ "NIST SP 800-38B, D.3, example 12", CKM_AES_CMAC, NONE, .verbs = MAC,
	    .key = AES_KEY("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
		  "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710",
	    .out = "e1992190549f6ed5696a2c056c315410" },
	{ "the first 4 bytes of example 3", CKM_AES_CMAC_GENERAL, NUMBER(4), .verbs = MAC,
	    .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
		  "30c81c46a35ce411",
	    .out = "dfa66747" },
	{ "the first 12 bytes of example 3", CKM_AES_CMAC_GENERAL, NUMBER(12), .verbs = MAC,
	    .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
		  "30c81c46a35ce411",
	    .out = "dfa66747de9ae63030ca3261" },
	{ "the first 16 bytes of example 3", CKM_AES_CMAC_GENERAL, NUMBER(16), .verbs = MAC,
	    .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
		  "30c81c46a35ce411",
	    .out = "dfa66747de9ae63030ca32611497c827" },
	{ "a code of 0 bytes", CKM_AES_CMAC_GENERAL, NUMBER(0), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID, .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c") },
	{ "a code of 3 bytes", CKM_AES_CMAC_GENERAL, NUMBER(3), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID, .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c") },
	{ "a code of 17 bytes", CKM_AES_CMAC_GENERAL, NUMBER(17), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID, .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c") },
	{ "libgcrypt, key, IV and data of GCM test case 4", CKM_AES_GMAC,
	    IV("cafebabefacedbaddecaf888"), .verbs = MAC,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308"),
	    .in = "feedfacedeadbeeffeedfacedeadbeefabaddad2",
	    .out = "346434fd51d5cd0c5887ec63e39b907a" },
	{ "libgcrypt, key, IV and data of GCM test case 10", CKM_AES_GMAC,
	    IV("cafebabefacedbaddecaf888"), .verbs = MAC,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308feffe9928665731c"),
	    .in = "feedfacedeadbeeffeedfacedeadbeefabaddad2",
	    .out = "c8253387e5f78673d538a60d50527a92" },
	{ "libgcrypt, key, IV and data of GCM test case 16", CKM_AES_GMAC,
	    IV("cafebabefacedbaddecaf888"), .verbs = MAC,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"),
	    .in = "feedfacedeadbeeffeedfacedeadbeefabaddad2",
	    .out = "9f6be07603c0b0bd1272854063e9c9ba" },
	{ "libgcrypt, test case 4 in the structure of GCM", CKM_AES_GMAC,
	    GCM("cafebabefacedbaddecaf888", NULL, 128), .verbs = MAC,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308"),
	    .in = "feedfacedeadbeeffeedfacedeadbeefabaddad2",
	    .out = "346434fd51d5cd0c5887ec63e39b907a" },
	{ "libgcrypt, test case 4, 96 bits", CKM_AES_GMAC,
	    GCM("cafebabefacedbaddecaf888", NULL, 96), .verbs = MAC,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308"),
	    .in = "feedfacedeadbeeffeedfacedeadbeefabaddad2", .out = "346434fd51d5cd0c5887ec63" },
	{ "a tag of 88 bits", CKM_AES_GMAC, GCM("cafebabefacedbaddecaf888", NULL, 88), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID, .key = AES_KEY("feffe9928665731c6d6a8f9467308308") },
	{ "a tag of 136 bits", CKM_AES_GMAC, GCM("cafebabefacedbaddecaf888", NULL, 136),
	    .verbs = MAC, .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308") },
	{ "associated data twice", CKM_AES_GMAC, GCM("cafebabefacedbaddecaf888", "00", 128),
	    .verbs = MAC, .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308") },
	{ "an initial value of 11 bytes", CKM_AES_GMAC, GCM("cafebabefacedbaddecaf8", NULL, 128),
	    .verbs = MAC, .rv = CKR_MECHANISM_PARAM_INVALID,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308") },
	{ "no initial value", CKM_AES_GMAC, GCM(NULL, NULL, 128), .verbs = MAC,
	    .rv = CKR_MECHANISM_PARAM_INVALID, .key = AES_KEY("feffe9928665731c6d6a8f9467308308") },
	{ "GCM test case 1", CKM_AES_GMAC, IV("000000000000000000000000"), .verbs = MAC,
	    .key = AES_KEY("00000000000000000000000000000000"),
	    .out = "58e2fccefa7e3061367f1d57a4e7455a" },
	{ "RFC 8439, 2.5.2", CKM_POLY1305, NONE, .verbs = MAC,
	    .key = SECRET_KEY(
		CKK_POLY1305, "85d6be7857556d337f4452fe42d506a80103808afb0db2fd4abff6af4149f51b"),
	    .in = "43727970746f6772617068696320466f72756d2052657365617263682047726f"
		  "7570",
	    .out = "a8061dc1305136c6c22b8baf0c0127a9" },
	{ "RFC 8439, A.3, test vector 7", CKM_POLY1305, NONE, .verbs = MAC,
	    .key = SECRET_KEY(
		CKK_POLY1305, "0200000000000000000000000000000000000000000000000000000000000000"),
	    .in = "ffffffffffffffffffffffffffffffff", .out = "03000000000000000000000000000000" },
	{ "RFC 8439, A.3, test vector 8", CKM_POLY1305, NONE, .verbs = MAC,
	    .key = SECRET_KEY(
		CKK_POLY1305, "02000000000000000000000000000000ffffffffffffffffffffffffffffffff"),
	    .in = "02000000000000000000000000000000", .out = "03000000000000000000000000000000" },
	{ "RFC 8439, A.3, test vector 9", CKM_POLY1305, NONE, .verbs = MAC,
	    .key = SECRET_KEY(
		CKK_POLY1305, "0100000000000000000000000000000000000000000000000000000000000000"),
	    .in = "fffffffffffffffffffffffffffffffff0ffffffffffffffffffffffffffffff"
		  "11000000000000000000000000000000",
	    .out = "05000000000000000000000000000000" },
	{ "RFC 8439, A.3, test vector 11", CKM_POLY1305, NONE, .verbs = MAC,
	    .key = SECRET_KEY(
		CKK_POLY1305, "0200000000000000000000000000000000000000000000000000000000000000"),
	    .in = "fdffffffffffffffffffffffffffffff", .out = "faffffffffffffffffffffffffffffff" },
	{ 0 },
};
