/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Vectors of HKDF: RFC 5869, appendix A, whole and by its two steps; Project
 * Wycheproof; the key schedules of TLS 1.3 (RFC 8448, 3) and QUIC (RFC 9001, A.1;
 * RFC 9369, A.1), whose info is the HkdfLabel of RFC 8446, 7.1.  What these leave out:
 * Python's hmac module, by the formulas of RFC 5869.
 */
#include "tests/vectors.h"

/* RFC 8448, 3. */
#define SERVER_HANDSHAKE "b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38"
#define CLIENT_HANDSHAKE "b3eddb126e067f35a780b3abf45e2d8f3b1a950738f52e9600746a0e27a55a21"
#define HANDSHAKE "1dc826e93606aa6fdc0aadc12f741b01046aa6b99f691ed221a9f0ca043fbeac"
/* RFC 9001, A.1, client_initial_secret. */
#define QUIC_CLIENT "c00cf151ca5be075ed0ebfb5c80323c42d6b7db67881289af4008f1f6c357aea"

/* An expansion with SHA-256. */
#define EXPANDS(mechanism, secret, info)                                                           \
	mechanism, HKDF(EXPAND, CKM_SHA256, NULL, info), .verbs = CKF_DERIVE,                      \
							 .key = GENERIC_KEY(secret)

const struct vector hkdf_vectors[] = {
	{ "RFC 5869 A.1", CKM_HKDF_DERIVE,
	    HKDF(
		EXTRACT | EXPAND, CKM_SHA256, "000102030405060708090a0b0c", "f0f1f2f3f4f5f6f7f8f9"),
	    .verbs = CKF_DERIVE, .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .out = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
		   "34007208d5b887185865" },
	{ "RFC 5869 A.1, extract", CKM_HKDF_DERIVE,
	    HKDF(EXTRACT, CKM_SHA256, "000102030405060708090a0b0c", NULL), .verbs = CKF_DERIVE,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .out = "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
	    .whole = true },
	{ "RFC 5869 A.1, expand", CKM_HKDF_DERIVE,
	    HKDF(EXPAND, CKM_SHA256, NULL, "f0f1f2f3f4f5f6f7f8f9"), .verbs = CKF_DERIVE,
	    .key = GENERIC_KEY("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"),
	    .out = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
		   "34007208d5b887185865" },
	{ "RFC 5869 A.2", CKM_HKDF_DERIVE,
	    HKDF(EXTRACT | EXPAND, CKM_SHA256,
		"606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f"
		"808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"
		"a0a1a2a3a4a5a6a7a8a9aaabacadaeaf",
		"b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecf"
		"d0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeef"
		"f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"),
	    .verbs = CKF_DERIVE,
	    .key = GENERIC_KEY("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
			       "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f"
			       "404142434445464748494a4b4c4d4e4f"),
	    .out = "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
		   "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
		   "cc30c58179ec3e87c14c01d5c1f3434f1d87" },
	{ "RFC 5869 A.2, extract", CKM_HKDF_DERIVE,
	    HKDF(EXTRACT, CKM_SHA256,
		"606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f"
		"808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"
		"a0a1a2a3a4a5a6a7a8a9aaabacadaeaf",
		NULL),
	    .verbs = CKF_DERIVE,
	    .key = GENERIC_KEY("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
			       "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f"
			       "404142434445464748494a4b4c4d4e4f"),
	    .out = "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244",
	    .whole = true },
	{ "RFC 5869 A.2, expand", CKM_HKDF_DERIVE,
	    HKDF(EXPAND, CKM_SHA256, NULL,
		"b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecf"
		"d0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeef"
		"f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"),
	    .verbs = CKF_DERIVE,
	    .key = GENERIC_KEY("06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244"),
	    .out = "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
		   "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
		   "cc30c58179ec3e87c14c01d5c1f3434f1d87" },
	{ "RFC 5869 A.3", CKM_HKDF_DERIVE, HKDF(EXTRACT | EXPAND, CKM_SHA256, NULL, NULL),
	    .verbs = CKF_DERIVE, .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .out = "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
		   "9d201395faa4b61a96c8" },
	{ "RFC 5869 A.3, extract", CKM_HKDF_DERIVE, HKDF(EXTRACT, CKM_SHA256, NULL, NULL),
	    .verbs = CKF_DERIVE, .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .out = "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
	    .whole = true },
	{ "RFC 5869 A.3, expand", CKM_HKDF_DERIVE, HKDF(EXPAND, CKM_SHA256, NULL, NULL),
	    .verbs = CKF_DERIVE,
	    .key = GENERIC_KEY("19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04"),
	    .out = "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
		   "9d201395faa4b61a96c8" },
	{ "RFC 5869 A.4", CKM_HKDF_DERIVE,
	    HKDF(EXTRACT | EXPAND, CKM_SHA_1, "000102030405060708090a0b0c", "f0f1f2f3f4f5f6f7f8f9"),
	    .verbs = CKF_DERIVE, .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b"),
	    .out = "085a01ea1b10f36933068b56efa5ad81a4f14b822f5b091568a9cdd4f155fda2"
		   "c22e422478d305f3f896" },
	{ "RFC 5869 A.4, extract", CKM_HKDF_DERIVE,
	    HKDF(EXTRACT, CKM_SHA_1, "000102030405060708090a0b0c", NULL), .verbs = CKF_DERIVE,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b"),
	    .out = "9b6c18c432a7bf8f0e71c8eb88f4b30baa2ba243", .whole = true },
	{ "RFC 5869 A.4, expand", CKM_HKDF_DERIVE,
	    HKDF(EXPAND, CKM_SHA_1, NULL, "f0f1f2f3f4f5f6f7f8f9"), .verbs = CKF_DERIVE,
	    .key = GENERIC_KEY("9b6c18c432a7bf8f0e71c8eb88f4b30baa2ba243"),
	    .out = "085a01ea1b10f36933068b56efa5ad81a4f14b822f5b091568a9cdd4f155fda2"
		   "c22e422478d305f3f896" },
	{ "RFC 5869 A.5", CKM_HKDF_DERIVE,
	    HKDF(EXTRACT | EXPAND, CKM_SHA_1,
		"606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f"
		"808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"
		"a0a1a2a3a4a5a6a7a8a9aaabacadaeaf",
		"b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecf"
		"d0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeef"
		"f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"),
	    .verbs = CKF_DERIVE,
	    .key = GENERIC_KEY("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
			       "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f"
			       "404142434445464748494a4b4c4d4e4f"),
	    .out = "0bd770a74d1160f7c9f12cd5912a06ebff6adcae899d92191fe4305673ba2ffe"
		   "8fa3f1a4e5ad79f3f334b3b202b2173c486ea37ce3d397ed034c7f9dfeb15c5e"
		   "927336d0441f4c4300e2cff0d0900b52d3b4" },
	{ "RFC 5869 A.5, extract", CKM_HKDF_DERIVE,
	    HKDF(EXTRACT, CKM_SHA_1,
		"606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f"
		"808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"
		"a0a1a2a3a4a5a6a7a8a9aaabacadaeaf",
		NULL),
	    .verbs = CKF_DERIVE,
	    .key = GENERIC_KEY("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
			       "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f"
			       "404142434445464748494a4b4c4d4e4f"),
	    .out = "8adae09a2a307059478d309b26c4115a224cfaf6", .whole = true },
	{ "RFC 5869 A.5, expand", CKM_HKDF_DERIVE,
	    HKDF(EXPAND, CKM_SHA_1, NULL,
		"b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecf"
		"d0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeef"
		"f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"),
	    .verbs = CKF_DERIVE, .key = GENERIC_KEY("8adae09a2a307059478d309b26c4115a224cfaf6"),
	    .out = "0bd770a74d1160f7c9f12cd5912a06ebff6adcae899d92191fe4305673ba2ffe"
		   "8fa3f1a4e5ad79f3f334b3b202b2173c486ea37ce3d397ed034c7f9dfeb15c5e"
		   "927336d0441f4c4300e2cff0d0900b52d3b4" },
	{ "RFC 5869 A.6", CKM_HKDF_DERIVE, HKDF(EXTRACT | EXPAND, CKM_SHA_1, NULL, NULL),
	    .verbs = CKF_DERIVE, .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .out = "0ac1af7002b3d761d1e55298da9d0506b9ae52057220a306e07b6b87e8df21d0"
		   "ea00033de03984d34918" },
	{ "RFC 5869 A.6, extract", CKM_HKDF_DERIVE, HKDF(EXTRACT, CKM_SHA_1, NULL, NULL),
	    .verbs = CKF_DERIVE, .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .out = "da8c8a73c7fa77288ec6f5e7c297786aa0d32d01", .whole = true },
	{ "RFC 5869 A.6, expand", CKM_HKDF_DERIVE, HKDF(EXPAND, CKM_SHA_1, NULL, NULL),
	    .verbs = CKF_DERIVE, .key = GENERIC_KEY("da8c8a73c7fa77288ec6f5e7c297786aa0d32d01"),
	    .out = "0ac1af7002b3d761d1e55298da9d0506b9ae52057220a306e07b6b87e8df21d0"
		   "ea00033de03984d34918" },
	{ "RFC 5869 A.7", CKM_HKDF_DERIVE, HKDF(EXTRACT | EXPAND, CKM_SHA_1, NULL, NULL),
	    .verbs = CKF_DERIVE, .key = GENERIC_KEY("0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c"),
	    .out = "2c91117204d745f3500d636a62f64f0ab3bae548aa53d423b0d1f27ebba6f5e5"
		   "673a081d70cce7acfc48" },
	{ "RFC 5869 A.7, extract", CKM_HKDF_DERIVE, HKDF(EXTRACT, CKM_SHA_1, NULL, NULL),
	    .verbs = CKF_DERIVE, .key = GENERIC_KEY("0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c"),
	    .out = "2adccada18779e7c2077ad2eb19d3f3e731385dd", .whole = true },
	{ "RFC 5869 A.7, expand", CKM_HKDF_DERIVE, HKDF(EXPAND, CKM_SHA_1, NULL, NULL),
	    .verbs = CKF_DERIVE, .key = GENERIC_KEY("2adccada18779e7c2077ad2eb19d3f3e731385dd"),
	    .out = "2c91117204d745f3500d636a62f64f0ab3bae548aa53d423b0d1f27ebba6f5e5"
		   "673a081d70cce7acfc48" },
	{ "RFC 5869 A.1, the start of its PRK", CKM_HKDF_DERIVE,
	    HKDF(EXTRACT, CKM_SHA256, "000102030405060708090a0b0c", NULL), .verbs = CKF_DERIVE,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .out = "077709362c2e32df0ddc3f0dc47bba63" },
	{ "Wycheproof hkdf_sha1_test, 3", CKM_HKDF_DERIVE,
	    HKDF(EXTRACT | EXPAND, CKM_SHA_1, "", ""), .verbs = CKF_DERIVE,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .out = "0ac1af7002b3d761d1e55298da9d0506b9ae52057220a306e07b6b87e8df21d0"
		   "ea00033de03984d34918" },
	{ "Wycheproof hkdf_sha1_test, 54", CKM_HKDF_DERIVE,
	    HKDF(EXTRACT | EXPAND, CKM_SHA_1, "", "e7a0d715778aedad1e8a2bffd5343f972ffe6219"),
	    .verbs = CKF_DERIVE, .key = GENERIC_KEY("ac437b21d97e97348b99e034ff43283fae630c95"),
	    .out = "592d1b90a21c7ec682f9e637d7578b6c69b965fec6e610232cf086c86d5bb6fb" },
	{ "Wycheproof hkdf_sha1_test, 55", CKM_HKDF_DERIVE,
	    HKDF(EXTRACT | EXPAND, CKM_SHA_1, "0000000000000000000000000000000000000000",
		"e7a0d715778aedad1e8a2bffd5343f972ffe6219"),
	    .verbs = CKF_DERIVE, .key = GENERIC_KEY("ac437b21d97e97348b99e034ff43283fae630c95"),
	    .out = "592d1b90a21c7ec682f9e637d7578b6c69b965fec6e610232cf086c86d5bb6fb" },
	{ "Wycheproof hkdf_sha1_test, 65", CKM_HKDF_DERIVE,
	    HKDF(EXTRACT | EXPAND, CKM_SHA_1, "", ""), .verbs = CKF_DERIVE,
	    .key = GENERIC_KEY("7ef7d4f8c11d940471cf9a3048d66b3b3a3d9db9fed5f81419fe75dd50116f4e"),
	    .out = "76d2bf96f26de6b7174d1f47915a14c7311a0b00" },
	{ "Wycheproof hkdf_sha1_test, 71", CKM_HKDF_DERIVE,
	    HKDF(EXTRACT | EXPAND, CKM_SHA_1, "aef10b993ba2f9c390d429441bd6612f", ""),
	    .verbs = CKF_DERIVE,
	    .key = GENERIC_KEY("583bb04b870b4b176e58257b67ffa3b8d4e339248fb0c38105673fe7097ce47c"),
	    .out = "6aca1d72a336fecbed89b3d30ede1794890cea83" },
	{ "Wycheproof hkdf_sha256_test, 2", CKM_HKDF_DERIVE,
	    HKDF(EXTRACT | EXPAND, CKM_SHA256, "", ""), .verbs = CKF_DERIVE,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .out = "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
		   "9d201395faa4b61a96c8" },
	{ "Wycheproof hkdf_sha256_test, 50", CKM_HKDF_DERIVE,
	    HKDF(EXTRACT | EXPAND, CKM_SHA256, "", ""), .verbs = CKF_DERIVE,
	    .key = GENERIC_KEY("7ef7d4f8c11d940471cf9a3048d66b3b3a3d9db9fed5f81419fe75dd50116f4e"),
	    .out = "a370de1c822b8eb00645c18e32ad6a1f4bb17c9b" },
	{ "Wycheproof hkdf_sha256_test, 56", CKM_HKDF_DERIVE,
	    HKDF(EXTRACT | EXPAND, CKM_SHA256, "aef10b993ba2f9c390d429441bd6612f", ""),
	    .verbs = CKF_DERIVE,
	    .key = GENERIC_KEY("583bb04b870b4b176e58257b67ffa3b8d4e339248fb0c38105673fe7097ce47c"),
	    .out = "fec774eec32c8af7f44b9f60dd778753a5057d75" },
	{ "Wycheproof hkdf_sha256_test, 76", CKM_HKDF_DERIVE,
	    HKDF(EXTRACT | EXPAND, CKM_SHA256, "", "4dc991623624fadef207587e42776cf3e0fdf4e5"),
	    .verbs = CKF_DERIVE,
	    .key = GENERIC_KEY("3ee1fc0d8fac49d494c4a1b8cf6bf290a4a2c19a27c3ab1914d0d21c841577e0"),
	    .out = "f41f703259063d401de67cea9192038ddddc71ede5cdb383aad71894c1a39e8c" },
	{ "Wycheproof hkdf_sha256_test, 77", CKM_HKDF_DERIVE,
	    HKDF(EXTRACT | EXPAND, CKM_SHA256,
		"0000000000000000000000000000000000000000000000000000000000000000",
		"4dc991623624fadef207587e42776cf3e0fdf4e5"),
	    .verbs = CKF_DERIVE,
	    .key = GENERIC_KEY("3ee1fc0d8fac49d494c4a1b8cf6bf290a4a2c19a27c3ab1914d0d21c841577e0"),
	    .out = "f41f703259063d401de67cea9192038ddddc71ede5cdb383aad71894c1a39e8c" },
	{ "Python hmac, input of RFC 5869 A.1, SHA224", CKM_HKDF_DERIVE,
	    HKDF(
		EXTRACT | EXPAND, CKM_SHA224, "000102030405060708090a0b0c", "f0f1f2f3f4f5f6f7f8f9"),
	    .verbs = CKF_DERIVE, .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .out = "2f21cd7cbc818ca5c561b933728e2e08e154a87e1432399a820dee13aa222d0c"
		   "ee6152fa539ab70f8e808323fe444b6256688a0c0446e1c581cdb45f51da6ec3"
		   "d20425e2d8b53e5637b1c1a86eebf5fc7669d5a263a026b368da61cd294dd825"
		   "5c3d2ddbee0f8489f7b0ae5371de14b6fa666068ddf05a21dbcc61713f4b3057"
		   "0c12b1af73eff10f48f0cac10c662eb2aab62c82a4e4" },
	{ "Python hmac, input of RFC 5869 A.1, SHA384", CKM_HKDF_DERIVE,
	    HKDF(
		EXTRACT | EXPAND, CKM_SHA384, "000102030405060708090a0b0c", "f0f1f2f3f4f5f6f7f8f9"),
	    .verbs = CKF_DERIVE, .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .out = "9b5097a86038b805309076a44b3a9f38063e25b516dcbf369f394cfab43685f7"
		   "48b6457763e4f0204fc5d95d1da3e62587b22eb8943d0fab6bb631a2fe9df1a6"
		   "8c6ce5d56116a52005b3f122b88b39b7251fcd6c44d3ef25f20ed96802bf1b2c"
		   "1d98bf74a9acc64e0cd810767f725273e94061578dc4298c70a3925338932bfc"
		   "263066313b43a40e23b76b0d29a59e552adbd325b6d7" },
	{ "Python hmac, input of RFC 5869 A.1, SHA512", CKM_HKDF_DERIVE,
	    HKDF(
		EXTRACT | EXPAND, CKM_SHA512, "000102030405060708090a0b0c", "f0f1f2f3f4f5f6f7f8f9"),
	    .verbs = CKF_DERIVE, .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .out = "832390086cda71fb47625bb5ceb168e4c8e26a1a16ed34d9fc7fe92c14815793"
		   "38da362cb8d9f925d7cbcce0dff7098769cf15959867d571c1715450cb530137"
		   "be3fb62f3cf32b84feba8f1eb1b563e20d9749b8640b8264c4b69b14ad519911"
		   "5e1d609c83c6940ce5b4214a0c79946983547a35cdcc17e0daf31b647dec0d0e"
		   "6142b1deaa036b348422068ca66631c0ca5586485a27" },
	{ "Python hmac, input of RFC 5869 A.1, SHA512_224", CKM_HKDF_DERIVE,
	    HKDF(EXTRACT | EXPAND, CKM_SHA512_224, "000102030405060708090a0b0c",
		"f0f1f2f3f4f5f6f7f8f9"),
	    .verbs = CKF_DERIVE, .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .out = "f8d956e152b0fba831bac400f1a5af54982b91db3d96ae21a75655eff1725f92"
		   "8e491c63f3aedb408296d63cdd9dfcbd22d32f88375c17b8e028d416035e31e9"
		   "193718be92e4e60541ca8cf2754e985b284231b4ee1c6d3923d4d422fcf10dbd"
		   "f850e68a0f69ee84ca83ac95b075902b4f75b895a8aae8512e5162d0af4bef85"
		   "cd425da955507a5b3c3ddedaec45ff31c2c4930c9663" },
	{ "Python hmac, input of RFC 5869 A.1, SHA512_256", CKM_HKDF_DERIVE,
	    HKDF(EXTRACT | EXPAND, CKM_SHA512_256, "000102030405060708090a0b0c",
		"f0f1f2f3f4f5f6f7f8f9"),
	    .verbs = CKF_DERIVE, .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .out = "789a93e567a1861de449342b2d674c0df737fd8adce2a8e1843237c1938ac413"
		   "044b496ce267a198ebe3b0549d5a0a8ba71ca8339799e0cfae66ad2f12df7bf9"
		   "3c07b9b7e5a155d6e03e8a28bf72a97095964422ca50ca1cc997b8e3d4b10133"
		   "816c1737fe2d2db50817fc5dab12aa1a844fd1187e53e71871b307b5c59c8912"
		   "da9b25a7c05aff888a60dd9423d73ef17bf29111a075" },
	{ "Python hmac, input of RFC 5869 A.1, SHA3_224", CKM_HKDF_DERIVE,
	    HKDF(EXTRACT | EXPAND, CKM_SHA3_224, "000102030405060708090a0b0c",
		"f0f1f2f3f4f5f6f7f8f9"),
	    .verbs = CKF_DERIVE, .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .out = "5058867fc7bdb118ce6a703add6edbf8e2ce21f5766cfc2e662e1a36ff6922fa"
		   "96fc149517cf1e451fe63257943d17e5553c22b75df1570f6607c3d52d025695"
		   "e3805e001fbd34f6c6c8c765bcc1a711fc17145af7f2e88620a30b63cdd6172f"
		   "22b7755bb50d3e02712f21f7e2a0fdade929707f97215ecdd3d214de509a5c3f"
		   "77feef32edd50a89adfee7e977caa609e28af97b7eed" },
	{ "Python hmac, input of RFC 5869 A.1, SHA3_256", CKM_HKDF_DERIVE,
	    HKDF(EXTRACT | EXPAND, CKM_SHA3_256, "000102030405060708090a0b0c",
		"f0f1f2f3f4f5f6f7f8f9"),
	    .verbs = CKF_DERIVE, .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .out = "0c5160501d65021deaf2c14f5abce04c5bd2635abceeba61c2edb6e8ed726749"
		   "00557728f2c9f2c4c179d6076659d9e57811332b92a07bf6612275f5a82f00a2"
		   "74819484d003a470a285f9f25d28b6746054b92699ed04fd7740a78e8a38bafa"
		   "70ec81ef6a30248e391c6d26c2abf024fe0e8b4dd6d0ef4a5c24a657e9adb3f3"
		   "9fb8fe433a3ecb375462f842546eb185c08ddfa131a8" },
	{ "Python hmac, input of RFC 5869 A.1, SHA3_384", CKM_HKDF_DERIVE,
	    HKDF(EXTRACT | EXPAND, CKM_SHA3_384, "000102030405060708090a0b0c",
		"f0f1f2f3f4f5f6f7f8f9"),
	    .verbs = CKF_DERIVE, .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .out = "138d8521e5a346a9cb770f762b9c04d9ca317409fb6a3ef9cb905228385589ae"
		   "883bbe8b07b009f0e08b5dfe5922f645757f5c7485723581b353f9cfabd6757d"
		   "8c3d2ec37206507e3caaf49522efba6881996f306c6ff62381843585102d5d5f"
		   "7d78ce82a43fd8ea61fbcee216cb65777222d62c66595ed957cf301a41b5dd74"
		   "15218cae1f0354fd2deb98dffac14170f324dcaed963" },
	{ "Python hmac, input of RFC 5869 A.1, SHA3_512", CKM_HKDF_DERIVE,
	    HKDF(EXTRACT | EXPAND, CKM_SHA3_512, "000102030405060708090a0b0c",
		"f0f1f2f3f4f5f6f7f8f9"),
	    .verbs = CKF_DERIVE, .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .out = "40e9f17e9bf2ef99425c2b23ccdf20a018ea5513f9ae68e1ea8c626deb57dfa4"
		   "d56c27ccf2a2a24488a51e93231829f776f8b8830647d925b8eebe08d63fb711"
		   "699b200c1ad5c7a40baeef2df7157f3c5e0b874843a8494c68e9cb794ec8c447"
		   "a6ce6cd6060ca3a7d38886054a1a199e1a45f74a0ff393594aa9ceb9a5bca697"
		   "1bdd0c3663240e1fbb3690efea13bd3345badbacecbd" },

	/* Some step there must be, of a hash that is one. */
	{ "PKCS#11 3.2, HKDF of no step", CKM_HKDF_DERIVE, HKDF(0, CKM_SHA256, NULL, NULL),
	    .verbs = CKF_DERIVE, .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .out = "00000000000000000000000000000000", .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "PKCS#11 3.2, HKDF names a digest, not its HMAC", CKM_HKDF_DERIVE,
	    HKDF(EXTRACT | EXPAND, CKM_SHA256_HMAC, NULL, NULL), .verbs = CKF_DERIVE,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .out = "00000000000000000000000000000000", .rv = CKR_MECHANISM_PARAM_INVALID },
	/* The one gives any length, the other its hash and no more. */
	{ "PKCS#11 3.2, HKDF expands to no length", CKM_HKDF_DERIVE,
	    HKDF(EXTRACT | EXPAND, CKM_SHA256, NULL, NULL), .verbs = CKF_DERIVE,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"), .whole = true,
	    .rv = CKR_TEMPLATE_INCOMPLETE },
	{ "PKCS#11 3.2, HKDF extracts more than the hash", CKM_HKDF_DERIVE,
	    HKDF(EXTRACT, CKM_SHA256, NULL, NULL), .verbs = CKF_DERIVE,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .out = "000000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_KEY_SIZE_RANGE },

	{ "RFC 8448 3, early secret", CKM_HKDF_DERIVE, HKDF(EXTRACT, CKM_SHA256, NULL, NULL),
	    .verbs = CKF_DERIVE,
	    .key = GENERIC_KEY("0000000000000000000000000000000000000000000000000000000000000000"),
	    .out = "33ad0a1c607ec03b09e6cd9893680ce210adf300aa1f2660e1b22e10f170f92a",
	    .whole = true },
	{ "RFC 8448 3, derived",
	    EXPANDS(CKM_HKDF_DERIVE,
		"33ad0a1c607ec03b09e6cd9893680ce210adf300aa1f2660e1b22e10f170f92a",
		"00200d746c733133206465726976656420e3b0c44298fc1c149afbf4c8996fb9"
		"2427ae41e4649b934ca495991b7852b855"),
	    .out = "6f2615a108c702c5678f54fc9dbab69716c076189c48250cebeac3576c3611ba" },
	{ "RFC 8448 3, handshake secret", CKM_HKDF_DERIVE,
	    HKDF(EXTRACT, CKM_SHA256,
		"6f2615a108c702c5678f54fc9dbab69716c076189c48250cebeac3576c3611ba", NULL),
	    .verbs = CKF_DERIVE,
	    .key = GENERIC_KEY("8bd4054fb55b9d63fdfbacf9f04b9f0d35e6d63f537563efd46272900f89492d"),
	    .out = HANDSHAKE, .whole = true },
	{ "RFC 8448 3, client handshake traffic secret",
	    EXPANDS(CKM_HKDF_DERIVE, HANDSHAKE,
		"002012746c7331332063206873207472616666696320860c06edc07858ee8e78"
		"f0e7428c58edd6b43f2ca3e6e95f02ed063cf0e1cad8"),
	    .out = CLIENT_HANDSHAKE },
	{ "RFC 8448 3, server handshake traffic secret",
	    EXPANDS(CKM_HKDF_DERIVE, HANDSHAKE,
		"002012746c7331332073206873207472616666696320860c06edc07858ee8e78"
		"f0e7428c58edd6b43f2ca3e6e95f02ed063cf0e1cad8"),
	    .out = SERVER_HANDSHAKE },
	{ "RFC 8448 3, server handshake key",
	    EXPANDS(CKM_HKDF_DERIVE, SERVER_HANDSHAKE, "001009746c733133206b657900"),
	    .out = "3fce516009c21727d0f2e4e86ee403bc" },
	{ "RFC 8448 3, server finished key",
	    EXPANDS(CKM_HKDF_DERIVE, SERVER_HANDSHAKE, "00200e746c7331332066696e697368656400"),
	    .out = "008d3b66f816ea559f96b537e885c31fc068bf492c652f01f288a1d8cdc19fc8" },

	{ "RFC 8448 3, server handshake iv",
	    EXPANDS(CKM_HKDF_DATA, SERVER_HANDSHAKE, "000c08746c73313320697600"),
	    .out = "5d313eb2671276ee13000b30", .makes = DERIVED_DATA },
	{ "RFC 8448 3, client handshake iv",
	    EXPANDS(CKM_HKDF_DATA, CLIENT_HANDSHAKE, "000c08746c73313320697600"),
	    .out = "5bd3c71b836e0b76bb73265f", .makes = DERIVED_DATA },
	{ "RFC 9001 A.1, client iv",
	    EXPANDS(CKM_HKDF_DATA, QUIC_CLIENT, "000c0d746c733133207175696320697600"),
	    .out = "fa044b2f42a3fd3b46fb255c", .makes = DERIVED_DATA },
	{ "RFC 9369 A.1, client iv",
	    EXPANDS(CKM_HKDF_DATA,
		"14ec9d6eb9fd7af83bf5a668bc17a7e283766aade7ecd0891f70f9ff7f4bf47b",
		"000c0f746c7331332071756963763220697600"),
	    .out = "91f73e2351d8fa91660e909f", .makes = DERIVED_DATA },
	{ "RFC 5869 A.1, extract", CKM_HKDF_DATA,
	    HKDF(EXTRACT, CKM_SHA256, "000102030405060708090a0b0c", NULL), .verbs = CKF_DERIVE,
	    .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .out = "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
	    .makes = DERIVED_DATA, .whole = true },
	{ "RFC 5869 A.1", CKM_HKDF_DATA,
	    HKDF(
		EXTRACT | EXPAND, CKM_SHA256, "000102030405060708090a0b0c", "f0f1f2f3f4f5f6f7f8f9"),
	    .verbs = CKF_DERIVE, .key = GENERIC_KEY("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
	    .out = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
		   "34007208d5b887185865",
	    .makes = DERIVED_DATA },
	{ "no length", EXPANDS(CKM_HKDF_DATA, QUIC_CLIENT, "000c0d746c733133207175696320697600"),
	    .out = "00", .makes = DERIVED_DATA, .whole = true, .rv = CKR_TEMPLATE_INCOMPLETE },
	{ 0 },
};
