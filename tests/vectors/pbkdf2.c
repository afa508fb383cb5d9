/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Vectors of PBKDF2: RFC 6070 but for its sixteen million iterations, Project
 * Wycheproof.  The other functions and types of key: Python's hashlib.
 */
#include "tests/vectors.h"

#define MAKES(key_type) .verbs = CKF_GENERATE, .key = MADE_KEY(CKO_SECRET_KEY, key_type)
#define LENGTH(bytes)                                                                              \
	{                                                                                          \
		{                                                                                  \
			CKA_VALUE_LEN, NULL, bytes                                                 \
		}                                                                                  \
	}
#define TYPED(key_type, bytes)                                                                     \
	{                                                                                          \
		{ CKA_VALUE_LEN, NULL, bytes },                                                    \
		{                                                                                  \
			CKA_KEY_TYPE, NULL, key_type                                               \
		}                                                                                  \
	}

const struct vector pbkdf2_vectors[] = {
	{ "RFC 6070, 1", CKM_PKCS5_PBKD2,
	    PBKDF2(CKP_PKCS5_PBKD2_HMAC_SHA1, 1, "73616c74", "70617373776f7264"),
	    MAKES(CKK_GENERIC_SECRET), .out = "0c60c80f961f0e71f3a9b524af6012062fe037a6",
	    .template = LENGTH(20) },
	{ "RFC 6070, 2", CKM_PKCS5_PBKD2,
	    PBKDF2(CKP_PKCS5_PBKD2_HMAC_SHA1, 2, "73616c74", "70617373776f7264"),
	    MAKES(CKK_GENERIC_SECRET), .out = "ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957",
	    .template = LENGTH(20) },
	{ "RFC 6070, 3", CKM_PKCS5_PBKD2,
	    PBKDF2(CKP_PKCS5_PBKD2_HMAC_SHA1, 4096, "73616c74", "70617373776f7264"),
	    MAKES(CKK_GENERIC_SECRET), .out = "4b007901b765489abead49d926f721d065a429c1",
	    .template = LENGTH(20) },
	{ "RFC 6070, 4", CKM_PKCS5_PBKD2,
	    PBKDF2(CKP_PKCS5_PBKD2_HMAC_SHA1, 4096,
		"73616c7453414c5473616c7453414c5473616c7453414c5473616c7453414c54"
		"73616c74",
		"70617373776f726450415353574f524470617373776f7264"),
	    MAKES(CKK_GENERIC_SECRET), .out = "3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038",
	    .template = LENGTH(25) },
	{ "RFC 6070, 5", CKM_PKCS5_PBKD2,
	    PBKDF2(CKP_PKCS5_PBKD2_HMAC_SHA1, 4096, "7361006c74", "7061737300776f7264"),
	    MAKES(CKK_GENERIC_SECRET), .out = "56fa6aa75548099dcc37d7f03425e0c3",
	    .template = LENGTH(16) },
	{ "Wycheproof pbkdf2_hmacsha256_test, 1", CKM_PKCS5_PBKD2,
	    PBKDF2(CKP_PKCS5_PBKD2_HMAC_SHA256, 1, "73616c74", "706173737764"),
	    MAKES(CKK_GENERIC_SECRET),
	    .out = "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
		   "49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783",
	    .template = LENGTH(64) },
	{ "Wycheproof pbkdf2_hmacsha256_test, 3", CKM_PKCS5_PBKD2,
	    PBKDF2(CKP_PKCS5_PBKD2_HMAC_SHA256, 4096, "798acc7c76739d75", "7130577430643470"),
	    MAKES(CKK_GENERIC_SECRET), .out = "0501c73cb9f40b6769513e70e525051e",
	    .template = LENGTH(16) },
	{ "Wycheproof pbkdf2_hmacsha256_test, 15", CKM_PKCS5_PBKD2,
	    PBKDF2(
		CKP_PKCS5_PBKD2_HMAC_SHA256, 4096, "7a4c02db8bd8fcc2", "4b2d6c600e66535c7f3d6d6c"),
	    MAKES(CKK_GENERIC_SECRET), .out = "b05992b03b7f25b4a24a27e98cdfff3a",
	    .template = LENGTH(16) },
	{ "Wycheproof pbkdf2_hmacsha256_test, 27", CKM_PKCS5_PBKD2,
	    PBKDF2(CKP_PKCS5_PBKD2_HMAC_SHA256, 4096, "8dfae85c9f2072ae", "d0a3d1bed38acc83"),
	    MAKES(CKK_GENERIC_SECRET), .out = "c06bc1f9a63de10fe5f6936991477029",
	    .template = LENGTH(16) },
	{ "Wycheproof pbkdf2_hmacsha256_test, 39", CKM_PKCS5_PBKD2,
	    PBKDF2(CKP_PKCS5_PBKD2_HMAC_SHA256, 4096, "8dfae85c9f2072ae", "8423ec7ea4ca4b03"),
	    MAKES(CKK_GENERIC_SECRET), .out = "5425a8ac3db02f9675331c0560a7b641",
	    .template = LENGTH(16) },
	{ "Wycheproof pbkdf2_hmacsha256_test, 55", CKM_PKCS5_PBKD2,
	    PBKDF2(CKP_PKCS5_PBKD2_HMAC_SHA256, 4096, "32140a66b88e1683", "ff"),
	    MAKES(CKK_GENERIC_SECRET), .out = "49bc8d940c8f67ae5ee0764f59dea94e",
	    .template = LENGTH(16) },
	{ "Wycheproof pbkdf2_hmacsha256_test, 60", CKM_PKCS5_PBKD2,
	    PBKDF2(CKP_PKCS5_PBKD2_HMAC_SHA256, 4096, "9de9b71eeb9d9a34",
		"0000000000000000000000000000000000000000000000000000000000000000"
		"0000000000000000000000000000000000000000000000000000000000000000"
		"00"),
	    MAKES(CKK_GENERIC_SECRET), .out = "5869f35bb108f1c45605ca8109e6661d",
	    .template = LENGTH(16) },
	{ "Python hashlib, input of RFC 6070", CKM_PKCS5_PBKD2,
	    PBKDF2(CKP_PKCS5_PBKD2_HMAC_SHA224, 2, "73616c74", "70617373776f7264"),
	    MAKES(CKK_GENERIC_SECRET),
	    .out = "93200ffa96c5776d38fa10abdf8f5bfc0054b9718513df472d2331d2d1e66a3f"
		   "97b510224f700ce72581ffb10a1c99ec99a8cc1b951851a71f30d9265fccf912"
		   "bc4e906cef4a9e9f96ecce5f84cf87accf2efa6c2dc13b29049245dc785a4380"
		   "ea26c83a",
	    .template = LENGTH(100) },
	{ "Python hashlib, input of RFC 6070", CKM_PKCS5_PBKD2,
	    PBKDF2(CKP_PKCS5_PBKD2_HMAC_SHA384, 2, "73616c74", "70617373776f7264"),
	    MAKES(CKK_GENERIC_SECRET),
	    .out = "54f775c6d790f21930459162fc535dbf04a939185127016a04176a0730c6f1f4"
		   "fb48832ad1261baadd2cedd50814b1c806ad1bbf43ebdc9d047904bf7ceafe1e"
		   "beeba01a91d12a600a7606046edeaaae8d02e87146e3fc7f2fda3596dbbe6112"
		   "ad599912",
	    .template = LENGTH(100) },
	{ "Python hashlib, input of RFC 6070", CKM_PKCS5_PBKD2,
	    PBKDF2(CKP_PKCS5_PBKD2_HMAC_SHA512, 2, "73616c74", "70617373776f7264"),
	    MAKES(CKK_GENERIC_SECRET),
	    .out = "e1d9c16aa681708a45f5c7c4e215ceb66e011a2e9f0040713f18aefdb866d53c"
		   "f76cab2868a39b9f7840edce4fef5a82be67335c77a6068e04112754f27ccf4e"
		   "473e311ad827b68945f4e2dddb204c78e40e2495141e411cd272d020640d673c"
		   "d34aa29f",
	    .template = LENGTH(100) },
	{ "Python hashlib, input of RFC 6070", CKM_PKCS5_PBKD2,
	    PBKDF2(CKP_PKCS5_PBKD2_HMAC_SHA512_224, 2, "73616c74", "70617373776f7264"),
	    MAKES(CKK_GENERIC_SECRET),
	    .out = "b8878ac5e4509c165c1b508961fa3c3afcef3f37b7b081874e718d8daea67014"
		   "7a7b33584f131f9fa445241e4404a3ce1b2555478d5648dd5fc161f230cabb7a"
		   "2f479a1804f61eed8c1b2389adce996f24670f6db4dd42f82f1c054b31a1eb3d"
		   "179f32cf",
	    .template = LENGTH(100) },
	{ "Python hashlib, input of RFC 6070", CKM_PKCS5_PBKD2,
	    PBKDF2(CKP_PKCS5_PBKD2_HMAC_SHA512_256, 2, "73616c74", "70617373776f7264"),
	    MAKES(CKK_GENERIC_SECRET),
	    .out = "fcfd108c99cc888ec0af9f184885aff5f02d19a956afad9ccea4d56a482b851b"
		   "ec1af5635d574bc1bf1a5c16e252c0edc6b0a361fe92dc8c4998936f24f27894"
		   "4d74a61d9a788c3944fef153159ace0988f31288e844867287b7cf4132763a31"
		   "fec5cc11",
	    .template = LENGTH(100) },
	{ "Python hashlib, AES", CKM_PKCS5_PBKD2,
	    PBKDF2(CKP_PKCS5_PBKD2_HMAC_SHA256, 1000, "73616c74", "70617373776f7264"),
	    MAKES(CKK_AES), .out = "632c2812e46d4604102ba7618e9d6d7d",
	    .template = TYPED(CKK_AES, 16) },
	{ "Python hashlib, HKDF", CKM_PKCS5_PBKD2,
	    PBKDF2(CKP_PKCS5_PBKD2_HMAC_SHA256, 1000, "73616c74", "70617373776f7264"),
	    MAKES(CKK_HKDF), .out = "632c2812e46d4604102ba7618e9d6d7d2f8128f6",
	    .template = TYPED(CKK_HKDF, 20) },
	{ "Python hashlib, CHACHA20", CKM_PKCS5_PBKD2,
	    PBKDF2(CKP_PKCS5_PBKD2_HMAC_SHA256, 1000, "73616c74", "70617373776f7264"),
	    MAKES(CKK_CHACHA20),
	    .out = "632c2812e46d4604102ba7618e9d6d7d2f8128f6266b4a03264d2a0460b7dcb3",
	    .template = TYPED(CKK_CHACHA20, 32) },
	{ "Python hashlib, nothing in it", CKM_PKCS5_PBKD2,
	    PBKDF2(CKP_PKCS5_PBKD2_HMAC_SHA256, 1, NULL, NULL), MAKES(CKK_GENERIC_SECRET),
	    .out = "f7ce0b653d2d72a4108cf5abe912ffdd777616dbbb27a70e8204f3ae2d0f6fad",
	    .template = LENGTH(32) },
	{ "RFC 8018, no iteration", CKM_PKCS5_PBKD2,
	    PBKDF2(CKP_PKCS5_PBKD2_HMAC_SHA256, 0, "73616c74", "70617373"),
	    MAKES(CKK_GENERIC_SECRET), .template = LENGTH(32), .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "more iterations than anybody waits for", CKM_PKCS5_PBKD2,
	    PBKDF2(CKP_PKCS5_PBKD2_HMAC_SHA256, ~0UL, "73616c74", "70617373"),
	    MAKES(CKK_GENERIC_SECRET), .template = LENGTH(32), .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "many iterations for many blocks", CKM_PKCS5_PBKD2,
	    PBKDF2(CKP_PKCS5_PBKD2_HMAC_SHA256, 1UL << 20, "73616c74", "70617373"),
	    MAKES(CKK_GENERIC_SECRET), .template = LENGTH(16384),
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "GOST R 34.11-94", CKM_PKCS5_PBKD2,
	    PBKDF2(CKP_PKCS5_PBKD2_HMAC_GOSTR3411, 1000, "73616c74", "70617373"),
	    MAKES(CKK_GENERIC_SECRET), .template = LENGTH(32), .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "no function", CKM_PKCS5_PBKD2, PBKDF2(0, 1000, "73616c74", "70617373"),
	    MAKES(CKK_GENERIC_SECRET), .template = LENGTH(32), .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "PBKDF2 of no byte", CKM_PKCS5_PBKD2,
	    PBKDF2(CKP_PKCS5_PBKD2_HMAC_SHA256, 1000, "73616c74", "70617373"),
	    MAKES(CKK_GENERIC_SECRET), .template = LENGTH(0), .rv = CKR_ATTRIBUTE_VALUE_INVALID },
	{ "PBKDF2 to no length", CKM_PKCS5_PBKD2,
	    PBKDF2(CKP_PKCS5_PBKD2_HMAC_SHA256, 1000, "73616c74", "70617373"),
	    MAKES(CKK_GENERIC_SECRET), .rv = CKR_TEMPLATE_INCOMPLETE },
	{ 0 },
};
