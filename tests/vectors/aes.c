/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Vectors of AES.  The examples of NIST SP 800-38A, RFC 3686 (CTR), RFC 3962 (whose
 * ciphertext stealing has the last two blocks the other way round, CS3), IEEE 1619 (XTS),
 * all compared with libgcrypt, which computed what they leave out.  GCM: the test cases of McGrew
 * and Viega, "The Galois/Counter Mode of Operation (GCM)", which SP 800-38D rests on; a shorter tag
 * is the start of the whole one (SP 800-38D, 7.1).  CBC with padding, and what must be refused:
 * Project Wycheproof.  Compared with libgcrypt, which also encrypted the private
 * keys' PKCS#8.
 */
#include "tests/vectors.h"

/* A wrapped key is not empty. */
#define CIPHER (CKF_ENCRYPT | CKF_DECRYPT)
#define ALL (CIPHER | CKF_WRAP | CKF_UNWRAP)
/* A plaintext of zeros cannot be told from a buffer that was wiped. */
#define SEALS (CKF_ENCRYPT | CKF_WRAP)

#define GCM_64                                                                                     \
	"d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"                         \
	"1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255"
#define GCM_60                                                                                     \
	"d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"                         \
	"1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
#define GCM_AAD "feedfacedeadbeeffeedfacedeadbeefabaddad2"
#define GCM_IV60                                                                                   \
	"9313225df88406e555909c5aff5269aa6a7a9538534f7da1e4c303d2a318a728"                         \
	"c3c0c95156809539fcf0e2429a6b525416aedbf5a0de6a57a637b39b"

/* RFC 9500, 2.3, testECCP256. */
static const struct vector_key ec_key = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06082a8648ce3d030107" },
		{ CKA_VALUE, "e6cb5bdd80aa45ae9c95e8c15476679ffec953c16851e711e743939589c64fc1" },
	},
};

/* Wycheproof, rsa_oaep_2048_sha256_mgf1sha256_test: its privateKey. */
static const struct vector_key rsa_key = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_RSA,
	.private = {
		{ CKA_MODULUS, "a2b451a07d0aa5f96e455671513550514a8a5b462ebef717094fa1fee82224e6"
		"37f9746d3f7cafd31878d80325b6ef5a1700f65903b469429e89d6eac8845097"
		"b5ab393189db92512ed8a7711a1253facd20f79c15e8247f3d3e42e46e48c98e"
		"254a2fe9765313a03eff8f17e1a029397a1fa26a8dce26f490ed81299615d981"
		"4c22da610428e09c7d9658594266f5c021d0fceca08d945a12be82de4d1ece6b"
		"4c03145b5d3495d4ed5411eb878daf05fd7afc3e09ada0f1126422f590975a19"
		"69816f48698bcbba1b4d9cae79d460d8f9f85e7975005d9bc22c4e5ac0f7c1a4"
		"5d12569a62807d3b9a02e5a530e773066f453d1f5b4c2e9cf7820283f742b9d5" },
		{ CKA_PUBLIC_EXPONENT, "010001" },
		{ CKA_PRIVATE_EXPONENT, "24cdc62317f5d72a6f6ba6cc9632899b01d1ff28867d72f61688995bc855a4e4"
		"20a8405250089bdb13cf8e09543827b748b9d27fbb2b4d9e20af8c5a6a862796"
		"d1a4cc18ad16ea678bc1bd4a83bbbe9c5e57453b5ce7388e41a3ba4ce2b77b44"
		"38a229e954f720dae0353dc088ac8a76b26dc276f8e1b7851ddd6398ad16ff2e"
		"78195123b9b036e945c38c9d12434f6df76fe22359eb3e1ac9c011678fc926fa"
		"d3ae475a4fffff55feb2d147e9c894f4c0e29a599e762462482d968bf4278094"
		"5fc0d2c31c573c4431b8f4fe8b8c67bec815abd44f7a86edca1c2308737358d2"
		"c2ae5e2e0e2dadf730980262377e58b13b7d9992060a0bc870ccfdb4a9319ee1" },
		{ CKA_PRIME_1, "dc431050f782e894fb5248247d98cb7d58b8d1e24f3b55d041c56e4de086b0d5"
		"bb028bda42eeb5d234d5681e5809d415e6a289ad4cfbf78f978f6c35814f50ee"
		"bff1c5b80a69f788e81e6bab5ddaa78369d659d143ec6f17e79813a575cfad9c"
		"569156b90113e2e9110ad9e7b48a1c9348a6e653321191290ea36cfb3a5b18f1" },
		{ CKA_PRIME_2, "bd1a81e7977f9898122273ae3222b598ea5fb19eb4eabc38308a5e32196603b2"
		"e500ffb79f5b886816611debc472fac45544070beb057c941378a6868af3b7a0"
		"3d3f9880ec47d5e089b94fbde542aba9ae8d72c57088d7abf5b131f39098f7bc"
		"160f90536abc9492fd4e06f3ed7299d4b97bb03677207d95669f140cfbc20f25" },
		{ CKA_EXPONENT_1, "a94b528b28f291599121d91952ffd1c7f21d7c1479d99d478885fb161870ee12"
		"18bf08472612dbe5497e8d9c650688e09c786961ae3e2c354dc48ae34514759c"
		"4c23c4588488961dc06b414e61c0e1e7fbbd2923d31532fe289f96da220711e5"
		"8c14019808e00414276933bb07e4efb9b4a9b37656917205209f33f09515d7c1" },
		{ CKA_EXPONENT_2, "3af0e72a933aef09ff2503df78bafed531c02ff1a2bc437c540cdcbd4ad35435"
		"cf511763596543480629b114ca7f780ff7efa32ea0cb6e000d6d9ea1f2ef71fd"
		"9cf9948422a165557e37e755edfe70d90b920502eb478bc98a63f788ce3a0f85"
		"6d6ede7251a383bfa8fa480a81a925af7b3cc538c4bab8c9f7597ffb68011d8d" },
		{ CKA_COEFFICIENT, "2640fbfbcfefb163ee7a87b6483a66ee41f956d90fa8a7939bfc042ee0924b1b"
		"7993d0445f758d51933e85179c0320b0c968b48a91c38b5be923e1097c0c562f"
		"88d42294b6a2759bafa5428a74f1270874e45f6fcc60f21602de5eccd143cf31"
		"241f5921b5ad3983fb54ef17be3b285367e50c999c67247b552fe4bfce945f7b" },
	},
};

/* In ffdhe2048 of RFC 7919; its PKCS#8 is from OpenSSL. */
static const struct vector_key dh_key = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_DH,
	.private = {
		{ CKA_PRIME, "ffffffffffffffffadf85458a2bb4a9aafdc5620273d3cf1d8b9c583ce2d3695"
		"a9e13641146433fbcc939dce249b3ef97d2fe363630c75d8f681b202aec4617a"
		"d3df1ed5d5fd65612433f51f5f066ed0856365553ded1af3b557135e7f57c935"
		"984f0c70e0e68b77e2a689daf3efe8721df158a136ade73530acca4f483a797a"
		"bc0ab182b324fb61d108a94bb2c8e3fbb96adab760d7f4681d4f42a3de394df4"
		"ae56ede76372bb190b07a7c8ee0a6d709e02fce1cdf7e2ecc03404cd28342f61"
		"9172fe9ce98583ff8e4f1232eef28183c3fe3b1b4c6fad733bb5fcbc2ec22005"
		"c58ef1837d1683b2c6f34a26c1b2effa886b423861285c97ffffffffffffffff" },
		{ CKA_BASE, "02" },
		{ CKA_VALUE, "5c692da3f766039df824a843f63e41f090546df3757bdb565506554f" },
	},
};

const struct vector aes_vectors[] = {
	{
	    "NIST SP 800-38A, F.1.1",
	    CKM_AES_ECB,
	    NONE,
	    .verbs = CIPHER | CKF_WRAP | CKF_UNWRAP,
	    .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
		  "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710",
	    .out = "3ad77bb40d7a3660a89ecaf32466ef97f5d3d58503b9699de785895a96fdbaaf"
		   "43b1cd7f598ece23881b00e3ed0306887b0c785e27e8ad3f8223207104725dd4",
	},
	{
	    "NIST SP 800-38A, F.1.3",
	    CKM_AES_ECB,
	    NONE,
	    .verbs = CIPHER | CKF_WRAP | CKF_UNWRAP,
	    .key = AES_KEY("8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
		  "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710",
	    .out = "bd334f1d6e45f25ff712a214571fa5cc974104846d0ad3ad7734ecb3ecee4eef"
		   "ef7afd2270e2e60adce0ba2face6444e9a4b41ba738d6c72fb16691603c18e0e",
	},
	{
	    "NIST SP 800-38A, F.1.5",
	    CKM_AES_ECB,
	    NONE,
	    .verbs = CIPHER | CKF_WRAP | CKF_UNWRAP,
	    .key = AES_KEY("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
		  "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710",
	    .out = "f3eed1bdb5d2a03c064b5a7e3db181f8591ccb10d410ed26dc5ba74a31362870"
		   "b6ed21b99ca6f4f9f153e7b1beafed1d23304b7a39f9f3ff067d8d8f9e24ecc7",
	},
	{
	    "NIST SP 800-38A, F.2.1",
	    CKM_AES_CBC,
	    IV("000102030405060708090a0b0c0d0e0f"),
	    .verbs = CIPHER | CKF_WRAP | CKF_UNWRAP,
	    .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
		  "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710",
	    .out = "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2"
		   "73bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7",
	},
	{
	    "NIST SP 800-38A, F.2.3",
	    CKM_AES_CBC,
	    IV("000102030405060708090a0b0c0d0e0f"),
	    .verbs = CIPHER | CKF_WRAP | CKF_UNWRAP,
	    .key = AES_KEY("8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
		  "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710",
	    .out = "4f021db243bc633d7178183a9fa071e8b4d9ada9ad7dedf4e5e738763f69145a"
		   "571b242012fb7ae07fa9baac3df102e008b0e27988598881d920a9e64f5615cd",
	},
	{
	    "NIST SP 800-38A, F.2.5",
	    CKM_AES_CBC,
	    IV("000102030405060708090a0b0c0d0e0f"),
	    .verbs = CIPHER | CKF_WRAP | CKF_UNWRAP,
	    .key = AES_KEY("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
		  "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710",
	    .out = "f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d"
		   "39f23369a9d9bacfa530e26304231461b2eb05e2c39be9fcda6c19078c6a9d1b",
	},
	{
	    "NIST SP 800-38A, F.3.1",
	    CKM_AES_CFB1,
	    IV("000102030405060708090a0b0c0d0e0f"),
	    .verbs = CIPHER,
	    .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c"),
	    .in = "6bc1",
	    .out = "68b3",
	},
	{
	    "NIST SP 800-38A, F.3.3",
	    CKM_AES_CFB1,
	    IV("000102030405060708090a0b0c0d0e0f"),
	    .verbs = CIPHER,
	    .key = AES_KEY("8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b"),
	    .in = "6bc1",
	    .out = "9359",
	},
	{
	    "NIST SP 800-38A, F.3.5",
	    CKM_AES_CFB1,
	    IV("000102030405060708090a0b0c0d0e0f"),
	    .verbs = CIPHER,
	    .key = AES_KEY("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"),
	    .in = "6bc1",
	    .out = "9029",
	},
	{
	    "NIST SP 800-38A, F.3.7",
	    CKM_AES_CFB8,
	    IV("000102030405060708090a0b0c0d0e0f"),
	    .verbs = CIPHER,
	    .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d",
	    .out = "3b79424c9c0dd436bace9e0ed4586a4f32b9",
	},
	{
	    "NIST SP 800-38A, F.3.9",
	    CKM_AES_CFB8,
	    IV("000102030405060708090a0b0c0d0e0f"),
	    .verbs = CIPHER,
	    .key = AES_KEY("8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d",
	    .out = "cda2521ef0a905ca44cd057cbf0d47a0678a",
	},
	{
	    "NIST SP 800-38A, F.3.11",
	    CKM_AES_CFB8,
	    IV("000102030405060708090a0b0c0d0e0f"),
	    .verbs = CIPHER,
	    .key = AES_KEY("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d",
	    .out = "dc1f1a8520a64db55fcc8ac554844e889700",
	},
	{
	    "NIST SP 800-38A, F.3.13",
	    CKM_AES_CFB128,
	    IV("000102030405060708090a0b0c0d0e0f"),
	    .verbs = CIPHER,
	    .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
		  "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710",
	    .out = "3b3fd92eb72dad20333449f8e83cfb4ac8a64537a0b3a93fcde3cdad9f1ce58b"
		   "26751f67a3cbb140b1808cf187a4f4dfc04b05357c5d1c0eeac4c66f9ff7f2e6",
	},
	{
	    "NIST SP 800-38A, F.3.15",
	    CKM_AES_CFB128,
	    IV("000102030405060708090a0b0c0d0e0f"),
	    .verbs = CIPHER,
	    .key = AES_KEY("8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
		  "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710",
	    .out = "cdc80d6fddf18cab34c25909c99a417467ce7f7f81173621961a2b70171d3d7a"
		   "2e1e8a1dd59b88b1c8e60fed1efac4c9c05f9f9ca9834fa042ae8fba584b09ff",
	},
	{
	    "NIST SP 800-38A, F.3.17",
	    CKM_AES_CFB128,
	    IV("000102030405060708090a0b0c0d0e0f"),
	    .verbs = CIPHER,
	    .key = AES_KEY("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
		  "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710",
	    .out = "dc7e84bfda79164b7ecd8486985d386039ffed143b28b1c832113c6331e5407b"
		   "df10132415e54b92a13ed0a8267ae2f975a385741ab9cef82031623d55b1e471",
	},
	{
	    "NIST SP 800-38A, F.4.1",
	    CKM_AES_OFB,
	    IV("000102030405060708090a0b0c0d0e0f"),
	    .verbs = CIPHER,
	    .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
		  "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710",
	    .out = "3b3fd92eb72dad20333449f8e83cfb4a7789508d16918f03f53c52dac54ed825"
		   "9740051e9c5fecf64344f7a82260edcc304c6528f659c77866a510d9c1d6ae5e",
	},
	{
	    "NIST SP 800-38A, F.4.3",
	    CKM_AES_OFB,
	    IV("000102030405060708090a0b0c0d0e0f"),
	    .verbs = CIPHER,
	    .key = AES_KEY("8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
		  "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710",
	    .out = "cdc80d6fddf18cab34c25909c99a4174fcc28b8d4c63837c09e81700c1100401"
		   "8d9a9aeac0f6596f559c6d4daf59a5f26d9f200857ca6c3e9cac524bd9acc92a",
	},
	{
	    "NIST SP 800-38A, F.4.5",
	    CKM_AES_OFB,
	    IV("000102030405060708090a0b0c0d0e0f"),
	    .verbs = CIPHER,
	    .key = AES_KEY("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
		  "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710",
	    .out = "dc7e84bfda79164b7ecd8486985d38604febdc6740d20b3ac88f6ad82a4fb08d"
		   "71ab47a086e86eedf39d1c5bba97c4080126141d67f37be8538f5a8be740e484",
	},
	{
	    "NIST SP 800-38A, F.5.1",
	    CKM_AES_CTR,
	    CTR(128, "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"),
	    .verbs = CIPHER,
	    .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
		  "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710",
	    .out = "874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff"
		   "5ae4df3edbd5d35e5b4f09020db03eab1e031dda2fbe03d1792170a0f3009cee",
	},
	{
	    "NIST SP 800-38A, F.5.3",
	    CKM_AES_CTR,
	    CTR(128, "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"),
	    .verbs = CIPHER,
	    .key = AES_KEY("8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
		  "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710",
	    .out = "1abc932417521ca24f2b0459fe7e6e0b090339ec0aa6faefd5ccc2c6f4ce8e94"
		   "1e36b26bd1ebc670d1bd1d665620abf74f78a7f6d29809585a97daec58c6b050",
	},
	{
	    "NIST SP 800-38A, F.5.5",
	    CKM_AES_CTR,
	    CTR(128, "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"),
	    .verbs = CIPHER,
	    .key = AES_KEY("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
		  "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710",
	    .out = "601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c5"
		   "2b0930daa23de94ce87017ba2d84988ddfc9c58db67aada613c2dd08457941a6",
	},
	{
	    "libgcrypt, 33 bytes",
	    CKM_AES_CFB128,
	    IV("000102030405060708090a0b0c0d0e0f"),
	    .verbs = CIPHER,
	    .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
		  "30",
	    .out = "3b3fd92eb72dad20333449f8e83cfb4ac8a64537a0b3a93fcde3cdad9f1ce58b"
		   "26",
	},
	{
	    "libgcrypt, 33 bytes",
	    CKM_AES_OFB,
	    IV("000102030405060708090a0b0c0d0e0f"),
	    .verbs = CIPHER,
	    .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
		  "30",
	    .out = "3b3fd92eb72dad20333449f8e83cfb4a7789508d16918f03f53c52dac54ed825"
		   "97",
	},
	{
	    "libgcrypt, 33 bytes",
	    CKM_AES_CTR,
	    CTR(32, "f0f1f2f3f4f5f6f7f8f9fafb00000001"),
	    .verbs = CIPHER,
	    .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
		  "30",
	    .out = "288028c71599c5a8dd53c2671b86b813ab25397ad21f8b4b94892b65cf891edd"
		   "d4",
	},
	{
	    "RFC 3686, test vector 2",
	    CKM_AES_CTR,
	    CTR(32, "006cb6dbc0543b59da48d90b00000001"),
	    .verbs = CIPHER,
	    .key = AES_KEY("7e24067817fae0d743d6ce1f32539163"),
	    .in = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
	    .out = "5104a106168a72d9790d41ee8edad388eb2e1efc46da57c8fce630df9141be28",
	},
	{
	    "RFC 3686, test vector 9",
	    CKM_AES_CTR,
	    CTR(32, "001cc5b751a51d70a1c1114800000001"),
	    .verbs = CIPHER,
	    .key = AES_KEY("ff7a617ce69148e4f1726e2f43581de2aa62d9f805532edff1eed687fb54153d"),
	    .in = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
		  "20212223",
	    .out = "eb6c52821d0bbbf7ce7594462aca4faab407df866569fd07f48cc0b583d6071f"
		   "1ec0e6b8",
	},
	{
	    "libgcrypt, to the end of a counter of 8 bits",
	    CKM_AES_CTR,
	    CTR(8, "f0f1f2f3f4f5f6f7f8f9fafbfcfdfefd"),
	    .verbs = CIPHER,
	    .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
		  "30c81c46a35ce411e5fbc1191a0a52ef",
	    .out = "03b37e51412225e0dd8595842329a814c6a99830416c6d82a77382a66f0e9359"
		   "dc44c3353b3c98a11729d76cf094f30b",
	},
	{
	    "past the end of a counter of 8 bits",
	    CKM_AES_CTR,
	    CTR(8, "f0f1f2f3f4f5f6f7f8f9fafbfcfdfefd"),
	    .verbs = CKF_ENCRYPT,
	    .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
		  "30c81c46a35ce411e5fbc1191a0a52eff6",
	    .rv = CKR_DATA_LEN_RANGE,
	},
	{
	    "past the end of a counter of 8 bits",
	    CKM_AES_CTR,
	    CTR(8, "f0f1f2f3f4f5f6f7f8f9fafbfcfdfefd"),
	    .verbs = CKF_DECRYPT,
	    .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c"),
	    .out = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
		   "30c81c46a35ce411e5fbc1191a0a52eff6",
	    .rv = CKR_ENCRYPTED_DATA_LEN_RANGE,
	},
	{
	    "past the end of a counter of 72 bits",
	    CKM_AES_CTR,
	    CTR(72, "f0f1f2f3f4f5f6ffffffffffffffffff"),
	    .verbs = CKF_ENCRYPT,
	    .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae",
	    .rv = CKR_DATA_LEN_RANGE,
	},
	{
	    "libgcrypt, a counter of 73 bits goes on",
	    CKM_AES_CTR,
	    CTR(73, "f0f1f2f3f4f5f4ffffffffffffffffff"),
	    .verbs = CIPHER,
	    .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
		  "30",
	    .out = "8de8de4e461bf24be4c73b2cce21269f683cfda97482d3d218fc7231f7c9fc14"
		   "42",
	},
	{
	    "libgcrypt, a counter of 128 bits begins anew",
	    CKM_AES_CTR,
	    CTR(128, "ffffffffffffffffffffffffffffffff"),
	    .verbs = CIPHER,
	    .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
		  "30",
	    .out = "e13338e36cb71962e00d020b4cedbd86d3dae15b04bb352fa0f59febfcb4da3e"
		   "67",
	},
	{
	    "PKCS#11 3.2, no counter of 0 bits",
	    CKM_AES_CTR,
	    CTR(0, "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"),
	    .verbs = CIPHER,
	    .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c"),
	    .in = "6bc1bee22e409f96e93d7e117393172a",
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	},
	{
	    "PKCS#11 3.2, no counter of 129 bits",
	    CKM_AES_CTR,
	    CTR(129, "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"),
	    .verbs = CIPHER,
	    .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c"),
	    .in = "6bc1bee22e409f96e93d7e117393172a",
	    .rv = CKR_MECHANISM_PARAM_INVALID,
	},
	{
	    "half a block",
	    CKM_AES_ECB,
	    NONE,
	    .verbs = CKF_ENCRYPT,
	    .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c",
	    .rv = CKR_DATA_LEN_RANGE,
	},
	{
	    "half a block",
	    CKM_AES_ECB,
	    NONE,
	    .verbs = CKF_DECRYPT,
	    .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c"),
	    .out = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c",
	    .rv = CKR_ENCRYPTED_DATA_LEN_RANGE,
	},
	{
	    "half a block",
	    CKM_AES_ECB,
	    NONE,
	    .verbs = CKF_UNWRAP,
	    .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c"),
	    .out = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c",
	    .rv = CKR_WRAPPED_KEY_INVALID,
	},
	{
	    "libgcrypt, a key of 24 bytes and zeros",
	    CKM_AES_ECB,
	    NONE,
	    .verbs = CKF_WRAP,
	    .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c"),
	    .out = "3ad77bb40d7a3660a89ecaf32466ef97d5ef69b004eded704bf6932b72cb5e59",
	    .target = AES_KEY("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c"),
	},
	{
	    "half a block",
	    CKM_AES_CBC,
	    IV("000102030405060708090a0b0c0d0e0f"),
	    .verbs = CKF_ENCRYPT,
	    .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c",
	    .rv = CKR_DATA_LEN_RANGE,
	},
	{
	    "half a block",
	    CKM_AES_CBC,
	    IV("000102030405060708090a0b0c0d0e0f"),
	    .verbs = CKF_DECRYPT,
	    .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c"),
	    .out = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c",
	    .rv = CKR_ENCRYPTED_DATA_LEN_RANGE,
	},
	{
	    "half a block",
	    CKM_AES_CBC,
	    IV("000102030405060708090a0b0c0d0e0f"),
	    .verbs = CKF_UNWRAP,
	    .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c"),
	    .out = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c",
	    .rv = CKR_WRAPPED_KEY_INVALID,
	},
	{
	    "libgcrypt, a key of 24 bytes and zeros",
	    CKM_AES_CBC,
	    IV("000102030405060708090a0b0c0d0e0f"),
	    .verbs = CKF_WRAP,
	    .key = AES_KEY("2b7e151628aed2a6abf7158809cf4f3c"),
	    .out = "7649abac8119b246cee98e9b12e9197deb905ab8fcc0363b8aa2c2357bd7f0fd",
	    .target = AES_KEY("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c"),
	},
	{
	    "libgcrypt, CBC of 16 bytes",
	    CKM_AES_CTS,
	    IV("00000000000000000000000000000000"),
	    .verbs = CIPHER,
	    .key = AES_KEY("636869636b656e207465726979616b69"),
	    .in = "4920776f756c64206c696b6520746865",
	    .out = "97687268d6ecccc0c07b25e25ecfe584",
	},
	{
	    "RFC 3962, B, 17 bytes, its last blocks as in CBC-CS1",
	    CKM_AES_CTS,
	    IV("00000000000000000000000000000000"),
	    .verbs = CIPHER,
	    .key = AES_KEY("636869636b656e207465726979616b69"),
	    .in = "4920776f756c64206c696b652074686520",
	    .out = "97c6353568f2bf8cb4d8a580362da7ff7f",
	},
	{
	    "RFC 3962, B, 31 bytes, its last blocks as in CBC-CS1",
	    CKM_AES_CTS,
	    IV("00000000000000000000000000000000"),
	    .verbs = CIPHER,
	    .key = AES_KEY("636869636b656e207465726979616b69"),
	    .in = "4920776f756c64206c696b65207468652047656e6572616c20476175277320",
	    .out = "97687268d6ecccc0c07b25e25ecfe5fc00783e0efdb2c1d445d4c8eff7ed22",
	},
	{
	    "libgcrypt, CBC of 32 bytes",
	    CKM_AES_CTS,
	    IV("00000000000000000000000000000000"),
	    .verbs = CIPHER,
	    .key = AES_KEY("636869636b656e207465726979616b69"),
	    .in = "4920776f756c64206c696b65207468652047656e6572616c2047617527732043",
	    .out = "97687268d6ecccc0c07b25e25ecfe58439312523a78662d5be7fcbcc98ebf5a8",
	},
	{
	    "RFC 3962, B, 47 bytes, its last blocks as in CBC-CS1",
	    CKM_AES_CTS,
	    IV("00000000000000000000000000000000"),
	    .verbs = CIPHER,
	    .key = AES_KEY("636869636b656e207465726979616b69"),
	    .in = "4920776f756c64206c696b65207468652047656e6572616c2047617527732043"
		  "6869636b656e2c20706c656173652c",
	    .out = "97687268d6ecccc0c07b25e25ecfe58439312523a78662d5be7fcbcc98ebf5b3"
		   "fffd940c16a18c1b5549d2f838029e",
	},
	{
	    "libgcrypt, CBC of 48 bytes",
	    CKM_AES_CTS,
	    IV("00000000000000000000000000000000"),
	    .verbs = CIPHER,
	    .key = AES_KEY("636869636b656e207465726979616b69"),
	    .in = "4920776f756c64206c696b65207468652047656e6572616c2047617527732043"
		  "6869636b656e2c20706c656173652c20",
	    .out = "97687268d6ecccc0c07b25e25ecfe58439312523a78662d5be7fcbcc98ebf5a8"
		   "9dad8bbb96c4cdc03bc103e1a194bbd8",
	},
	{
	    "libgcrypt, CBC of 64 bytes",
	    CKM_AES_CTS,
	    IV("00000000000000000000000000000000"),
	    .verbs = CIPHER,
	    .key = AES_KEY("636869636b656e207465726979616b69"),
	    .in = "4920776f756c64206c696b65207468652047656e6572616c2047617527732043"
		  "6869636b656e2c20706c656173652c20616e6420776f6e746f6e20736f75702e",
	    .out = "97687268d6ecccc0c07b25e25ecfe58439312523a78662d5be7fcbcc98ebf5a8"
		   "9dad8bbb96c4cdc03bc103e1a194bbd84807efe836ee89a526730dbc2f7bc840",
	},
	{
	    "libgcrypt, AES-192, 41 bytes",
	    CKM_AES_CTS,
	    IV("000102030405060708090a0b0c0d0e0f"),
	    .verbs = CIPHER,
	    .key = AES_KEY("8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
		  "30c81c46a35ce411e5",
	    .out = "4f021db243bc633d7178183a9fa071e8b4d9ada9ad7dedf4e5ca63f955e409e0"
		   "eac06c36bb029c323c",
	},
	{
	    "libgcrypt, AES-256, 41 bytes",
	    CKM_AES_CTS,
	    IV("000102030405060708090a0b0c0d0e0f"),
	    .verbs = CIPHER,
	    .key = AES_KEY("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"),
	    .in = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
		  "30c81c46a35ce411e5",
	    .out = "f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d6787e52d5ec7778f"
		   "5a96661eba12e19a64",
	},
	{
	    "less than a block",
	    CKM_AES_CTS,
	    IV("00000000000000000000000000000000"),
	    .verbs = CKF_ENCRYPT,
	    .key = AES_KEY("636869636b656e207465726979616b69"),
	    .in = "4920776f756c64206c696b65207468",
	    .rv = CKR_DATA_LEN_RANGE,
	},
	{
	    "less than a block",
	    CKM_AES_CTS,
	    IV("00000000000000000000000000000000"),
	    .verbs = CKF_DECRYPT,
	    .key = AES_KEY("636869636b656e207465726979616b69"),
	    .out = "4920776f756c64206c696b65207468",
	    .rv = CKR_ENCRYPTED_DATA_LEN_RANGE,
	},
	{ "IEEE 1619, B, vector 2", CKM_AES_XTS, IV("33333333330000000000000000000000"),
	    .verbs = CIPHER,
	    .key = SECRET_KEY(
		CKK_AES_XTS, "1111111111111111111111111111111122222222222222222222222222222222"),
	    .in = "4444444444444444444444444444444444444444444444444444444444444444",
	    .out = "c454185e6a16936e39334038acef838bfb186fff7480adc4289382ecd6d394f0" },
	{ "IEEE 1619, B, vector 3", CKM_AES_XTS, IV("33333333330000000000000000000000"),
	    .verbs = CIPHER,
	    .key = SECRET_KEY(
		CKK_AES_XTS, "fffefdfcfbfaf9f8f7f6f5f4f3f2f1f022222222222222222222222222222222"),
	    .in = "4444444444444444444444444444444444444444444444444444444444444444",
	    .out = "af85336b597afc1a900b2eb21ec949d292df4c047e0b21532186a5971a227a89" },
	{ "IEEE 1619, B, vector 15", CKM_AES_XTS, IV("9a785634120000000000000000000000"),
	    .verbs = CIPHER,
	    .key = SECRET_KEY(
		CKK_AES_XTS, "fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0bfbebdbcbbbab9b8b7b6b5b4b3b2b1b0"),
	    .in = "000102030405060708090a0b0c0d0e0f10",
	    .out = "6c1625db4671522d3d7599601de7ca09ed" },
	{ "IEEE 1619, B, vector 18", CKM_AES_XTS, IV("9a785634120000000000000000000000"),
	    .verbs = CIPHER,
	    .key = SECRET_KEY(
		CKK_AES_XTS, "fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0bfbebdbcbbbab9b8b7b6b5b4b3b2b1b0"),
	    .in = "000102030405060708090a0b0c0d0e0f10111213",
	    .out = "9d84c813f719aa2c7be3f66171c7c5c2edbf9dac" },
	{ "libgcrypt, key and tweak of IEEE 1619, B, vector 10, 64 bytes", CKM_AES_XTS,
	    IV("ff000000000000000000000000000000"), .verbs = CIPHER,
	    .key = SECRET_KEY(CKK_AES_XTS,
		"2718281828459045235360287471352662497757247093699959574966967627"
		"3141592653589793238462643383279502884197169399375105820974944592"),
	    .in = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
		  "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f",
	    .out = "1c3b3a102f770386e4836c99e370cf9bea00803f5e482357a4ae12d414a3e63b"
		   "5d31e276f8fe4a8d66b317f9ac683f44680a86ac35adfc3345befecb4bb188fd" },
	{ "less than a block", CKM_AES_XTS, IV("00000000000000000000000000000000"),
	    .verbs = CKF_ENCRYPT,
	    .key = SECRET_KEY(
		CKK_AES_XTS, "1111111111111111111111111111111122222222222222222222222222222222"),
	    .in = "6bc1bee22e409f96e93d7e11739317", .rv = CKR_DATA_LEN_RANGE },
	{ "less than a block", CKM_AES_XTS, IV("00000000000000000000000000000000"),
	    .verbs = CKF_DECRYPT,
	    .key = SECRET_KEY(
		CKK_AES_XTS, "1111111111111111111111111111111122222222222222222222222222222222"),
	    .out = "6bc1bee22e409f96e93d7e11739317", .rv = CKR_ENCRYPTED_DATA_LEN_RANGE },

	{ "McGrew and Viega, GCM, test case 1", CKM_AES_GCM,
	    GCM("000000000000000000000000", NULL, 128), .verbs = CIPHER,
	    .key = AES_KEY("00000000000000000000000000000000"),
	    .out = "58e2fccefa7e3061367f1d57a4e7455a", .authentic = true },
	{ "McGrew and Viega, GCM, test case 2", CKM_AES_GCM,
	    GCM("000000000000000000000000", NULL, 128), .verbs = SEALS,
	    .key = AES_KEY("00000000000000000000000000000000"),
	    .in = "00000000000000000000000000000000",
	    .out = "0388dace60b6a392f328c2b971b2fe78ab6e47d42cec13bdf53a67b21257bddf",
	    .authentic = true },
	{ "McGrew and Viega, GCM, test case 3", CKM_AES_GCM,
	    GCM("cafebabefacedbaddecaf888", NULL, 128), .verbs = ALL,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308"), .in = GCM_64,
	    .out = "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e"
		   "21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091473f5985"
		   "4d5c2af327cd64a62cf35abd2ba6fab4",
	    .authentic = true },
	{ "McGrew and Viega, GCM, test case 4", CKM_AES_GCM,
	    GCM("cafebabefacedbaddecaf888", GCM_AAD, 128), .verbs = ALL,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308"), .in = GCM_60,
	    .out = "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e"
		   "21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e0915bc94fbc"
		   "3221a5db94fae95ae7121a47",
	    .authentic = true },
	{ "McGrew and Viega, GCM, test case 5", CKM_AES_GCM, GCM("cafebabefacedbad", GCM_AAD, 128),
	    .verbs = ALL, .key = AES_KEY("feffe9928665731c6d6a8f9467308308"), .in = GCM_60,
	    .out = "61353b4c2806934a777ff51fa22a4755699b2a714fcdc6f83766e5f97b6c7423"
		   "73806900e49f24b22b097544d4896b424989b5e1ebac0f07c23f45983612d2e7"
		   "9e3b0785561be14aaca2fccb",
	    .authentic = true },
	{ "McGrew and Viega, GCM, test case 6", CKM_AES_GCM, GCM(GCM_IV60, GCM_AAD, 128),
	    .verbs = ALL, .key = AES_KEY("feffe9928665731c6d6a8f9467308308"), .in = GCM_60,
	    .out = "8ce24998625615b603a033aca13fb894be9112a5c3a211a8ba262a3cca7e2ca7"
		   "01e4a9a4fba43c90ccdcb281d48c7c6fd62875d2aca417034c34aee5619cc5ae"
		   "fffe0bfa462af43c1699d050",
	    .authentic = true },
	{ "McGrew and Viega, GCM, test case 7", CKM_AES_GCM,
	    GCM("000000000000000000000000", NULL, 128), .verbs = CIPHER,
	    .key = AES_KEY("000000000000000000000000000000000000000000000000"),
	    .out = "cd33b28ac773f74ba00ed1f312572435", .authentic = true },
	{ "McGrew and Viega, GCM, test case 8", CKM_AES_GCM,
	    GCM("000000000000000000000000", NULL, 128), .verbs = SEALS,
	    .key = AES_KEY("000000000000000000000000000000000000000000000000"),
	    .in = "00000000000000000000000000000000",
	    .out = "98e7247c07f0fe411c267e4384b0f6002ff58d80033927ab8ef4d4587514f0fb",
	    .authentic = true },
	{ "McGrew and Viega, GCM, test case 9", CKM_AES_GCM,
	    GCM("cafebabefacedbaddecaf888", NULL, 128), .verbs = ALL,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308feffe9928665731c"), .in = GCM_64,
	    .out = "3980ca0b3c00e841eb06fac4872a2757859e1ceaa6efd984628593b40ca1e19c"
		   "7d773d00c144c525ac619d18c84a3f4718e2448b2fe324d9ccda2710acade256"
		   "9924a7c8587336bfb118024db8674a14",
	    .authentic = true },
	{ "McGrew and Viega, GCM, test case 10", CKM_AES_GCM,
	    GCM("cafebabefacedbaddecaf888", GCM_AAD, 128), .verbs = ALL,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308feffe9928665731c"), .in = GCM_60,
	    .out = "3980ca0b3c00e841eb06fac4872a2757859e1ceaa6efd984628593b40ca1e19c"
		   "7d773d00c144c525ac619d18c84a3f4718e2448b2fe324d9ccda27102519498e"
		   "80f1478f37ba55bd6d27618c",
	    .authentic = true },
	{ "McGrew and Viega, GCM, test case 11", CKM_AES_GCM, GCM("cafebabefacedbad", GCM_AAD, 128),
	    .verbs = ALL, .key = AES_KEY("feffe9928665731c6d6a8f9467308308feffe9928665731c"),
	    .in = GCM_60,
	    .out = "0f10f599ae14a154ed24b36e25324db8c566632ef2bbb34f8347280fc4507057"
		   "fddc29df9a471f75c66541d4d4dad1c9e93a19a58e8b473fa0f062f765dcc57f"
		   "cf623a24094fcca40d3533f8",
	    .authentic = true },
	{ "McGrew and Viega, GCM, test case 12", CKM_AES_GCM, GCM(GCM_IV60, GCM_AAD, 128),
	    .verbs = ALL, .key = AES_KEY("feffe9928665731c6d6a8f9467308308feffe9928665731c"),
	    .in = GCM_60,
	    .out = "d27e88681ce3243c4830165a8fdcf9ff1de9a1d8e6b447ef6ef7b79828666e45"
		   "81e79012af34ddd9e2f037589b292db3e67c036745fa22e7e9b7373bdcf566ff"
		   "291c25bbb8568fc3d376a6d9",
	    .authentic = true },
	{ "McGrew and Viega, GCM, test case 13", CKM_AES_GCM,
	    GCM("000000000000000000000000", NULL, 128), .verbs = CIPHER,
	    .key = AES_KEY("0000000000000000000000000000000000000000000000000000000000000000"),
	    .out = "530f8afbc74536b9a963b4f1c4cb738b", .authentic = true },
	{ "McGrew and Viega, GCM, test case 14", CKM_AES_GCM,
	    GCM("000000000000000000000000", NULL, 128), .verbs = SEALS,
	    .key = AES_KEY("0000000000000000000000000000000000000000000000000000000000000000"),
	    .in = "00000000000000000000000000000000",
	    .out = "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919",
	    .authentic = true },
	{ "McGrew and Viega, GCM, test case 15", CKM_AES_GCM,
	    GCM("cafebabefacedbaddecaf888", NULL, 128), .verbs = ALL,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"),
	    .in = GCM_64,
	    .out = "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
		   "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad"
		   "b094dac5d93471bdec1a502270e3cc6c",
	    .authentic = true },
	{ "McGrew and Viega, GCM, test case 16", CKM_AES_GCM,
	    GCM("cafebabefacedbaddecaf888", GCM_AAD, 128), .verbs = ALL,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"),
	    .in = GCM_60,
	    .out = "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
		   "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece"
		   "0f4e1768cddf8853bb2d551b",
	    .authentic = true },
	{ "McGrew and Viega, GCM, test case 17", CKM_AES_GCM, GCM("cafebabefacedbad", GCM_AAD, 128),
	    .verbs = ALL,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"),
	    .in = GCM_60,
	    .out = "c3762df1ca787d32ae47c13bf19844cbaf1ae14d0b976afac52ff7d79bba9de0"
		   "feb582d33934a4f0954cc2363bc73f7862ac430e64abe499f47c9b1f3a337dbf"
		   "46a792c45e454913fe2ea8f2",
	    .authentic = true },
	{ "McGrew and Viega, GCM, test case 18", CKM_AES_GCM, GCM(GCM_IV60, GCM_AAD, 128),
	    .verbs = ALL,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"),
	    .in = GCM_60,
	    .out = "5a8def2f0c9e53f1f75d7853659e2a20eeb2b22aafde6419a058ab4f6f746bf4"
		   "0fc0c3b780f244452da3ebf1c5d82cdea2418997200ef82e44ae7e3fa44a8266"
		   "ee1c8eb0c8b5d4cf5ae9f19a",
	    .authentic = true },
	{ "McGrew and Viega, GCM, test case 16, tag of 120 bits", CKM_AES_GCM,
	    GCM("cafebabefacedbaddecaf888", GCM_AAD, 120), .verbs = ALL,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"),
	    .in = GCM_60,
	    .out = "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
		   "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece"
		   "0f4e1768cddf8853bb2d55",
	    .authentic = true },
	{ "McGrew and Viega, GCM, test case 16, tag of 112 bits", CKM_AES_GCM,
	    GCM("cafebabefacedbaddecaf888", GCM_AAD, 112), .verbs = ALL,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"),
	    .in = GCM_60,
	    .out = "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
		   "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece"
		   "0f4e1768cddf8853bb2d",
	    .authentic = true },
	{ "McGrew and Viega, GCM, test case 16, tag of 104 bits", CKM_AES_GCM,
	    GCM("cafebabefacedbaddecaf888", GCM_AAD, 104), .verbs = ALL,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"),
	    .in = GCM_60,
	    .out = "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
		   "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece"
		   "0f4e1768cddf8853bb",
	    .authentic = true },
	{ "McGrew and Viega, GCM, test case 16, tag of 96 bits", CKM_AES_GCM,
	    GCM("cafebabefacedbaddecaf888", GCM_AAD, 96), .verbs = ALL,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"),
	    .in = GCM_60,
	    .out = "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
		   "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece"
		   "0f4e1768cddf8853",
	    .authentic = true },
	{ "Wycheproof aes_gcm_test, 267", CKM_AES_GCM,
	    GCM("494356c3459d60e3a83433c9bcf2c0454a763e496e4ec99bfbe4bbb83a4fda76"
		"b542213899dcf5521cd9bbbe5d11545bda44a3f4a681ce2843acea730d83d393"
		"0ea30991ee1a68ebf6d1a5a40f9b02a1aab091298df8dd689dc7613bcbff94d3"
		"5f2ca43377d81618562bcf6573411ec9bc97c5a6276b554054c0fa787073d067",
		NULL, 128),
	    .verbs = ALL, .key = AES_KEY("7e5a39dcda7e066988f19adf4de4d501"),
	    .in = "b04729b4adbaac63c2aaf8d8",
	    .out = "5291dd4da91ccc2e77306d83a7f7b21a3b7ece509e922647fd905f06", .authentic = true },
	{ "Wycheproof aes_gcm_test, 263", CKM_AES_GCM,
	    GCM("17ca250fb733877556263223eadde1", NULL, 128), .verbs = ALL,
	    .key = AES_KEY("e98b0669a645eb14cd06df6968fc5f10edc9f54feed264e3d410cdc61b72ef51"),
	    .in = "f384b3ed7b274641f5db60cf",
	    .out = "fc213602aa423b87d7c2a87436b15bab6923b17218fe1c24048e2391", .authentic = true },
	{ "Wycheproof aes_gcm_test, 299", CKM_AES_GCM, GCM("a9", NULL, 128), .verbs = CIPHER,
	    .key = AES_KEY("8f9a38c1014966e4d9ae736139c5e79b99345874f42d4c7d2c81aa6797c417c0"),
	    .out = "2a268bf3a75fd7b00ba230b904bbb014", .authentic = true },
	{ "Wycheproof aes_gcm_test, 93", CKM_AES_GCM, GCM("4da5bf8dfd5852c1ea12379d", NULL, 128),
	    .verbs = CIPHER,
	    .key = AES_KEY("80ba3192c803ce965ea371d5ff073cf0f43b6a2ab576b208426e11409c09b9b0"),
	    .out = "4771a7c404a472966cea8f73c8bfe17a", .authentic = true },
	{ "Wycheproof aes_cbc_pkcs5_test, 1", CKM_AES_CBC_PAD,
	    IV("da9520f7d3520277035173299388bee2"), .verbs = CIPHER,
	    .key = AES_KEY("e34f15c7bd819930fe9d66e0c166e61c"),
	    .out = "b10ab60153276941361000414aed0a9d" },
	{ "Wycheproof aes_cbc_pkcs5_test, 2", CKM_AES_CBC_PAD,
	    IV("c9ee3cd746bf208c65ca9e72a266d54f"), .verbs = ALL,
	    .key = AES_KEY("e09eaa5a3f5e56d279d5e7a03373f6ea"),
	    .in = "ef4eab37181f98423e53e947e7050fd0",
	    .out = "d1fa697f3e2e04d64f1a0da203813ca5bc226a0b1d42287b2a5b994a66eaf14a" },
	{ "Wycheproof aes_cbc_pkcs5_test, 3", CKM_AES_CBC_PAD,
	    IV("8b2e86a9a185cfa6f51c7cc595b822bc"), .verbs = ALL,
	    .key = AES_KEY("9bd3902ed0996c869b572272e76f3889"),
	    .in = "a7ba19d49ee1ea02f098aa8e30c740d893a4456ccc294040484ed8a00a55f93e",
	    .out = "514cbc69aced506926deacdeb0cc0a5a07d540f65d825b65c7db0075cf930a06"
		   "e0124ae598461cab0b3251baa853e377" },
	{ "Wycheproof aes_cbc_pkcs5_test, 5", CKM_AES_CBC_PAD,
	    IV("155fd397579b0b5d991d42607f2cc9ad"), .verbs = ALL,
	    .key = AES_KEY("e1e726677f4893890f8c027f9d8ef80d"), .in = "3f",
	    .out = "599d77aca16910b42d8b4ac9560efe1b" },
	{ "Wycheproof aes_cbc_pkcs5_test, 12", CKM_AES_CBC_PAD,
	    IV("a345f084229dbfe0ceab6c6939571532"), .verbs = ALL,
	    .key = AES_KEY("48f0d03e41cc55c4b58f737b5acdea32"), .in = "f4a133aa6d5985a0",
	    .out = "59bf12427b51a3aee0c9d3c540d04d24" },
	{ "Wycheproof aes_cbc_pkcs5_test, 19", CKM_AES_CBC_PAD,
	    IV("90f5cf4fbfd2e2a1ab8eef402617bd5c"), .verbs = ALL,
	    .key = AES_KEY("501d81ebf912ddb87fbe3b7aac1437bc"),
	    .in = "2368e3c3636b5e8e94d2081adbf798", .out = "fed05321d11d978e2ec32527ecfce06c" },
	{ "Wycheproof aes_cbc_pkcs5_test, 20", CKM_AES_CBC_PAD,
	    IV("54f2459e40e002763144f4752cde2fb5"), .verbs = ALL,
	    .key = AES_KEY("831e664c9e3f0c3094c0b27b9d908eb2"),
	    .in = "26603bb76dd0a0180791c4ed4d3b058807",
	    .out = "8d55dc10584e243f55d2bdbb5758b7fabcd58c8d3785f01c7e3640b2a1dadcd9" },
	{ "Wycheproof aes_cbc_pkcs5_test, 73", CKM_AES_CBC_PAD,
	    IV("db20f9a6f4d6b4e478f1a4b9d4051d34"), .verbs = CIPHER,
	    .key = AES_KEY("3d6bf9edae6d881eade0ff8c7076a4835b71320c1f36b631"),
	    .out = "ff0c315873b4b1872abef2353b792ef0" },
	{ "Wycheproof aes_cbc_pkcs5_test, 74", CKM_AES_CBC_PAD,
	    IV("69a76dc4da64d89c580eb75ae975ec39"), .verbs = ALL,
	    .key = AES_KEY("f4bfa5aa4f0f4d62cf736cd2969c43d580fdb92f2753bedb"),
	    .in = "0e239f239705b282ce2200fe20de1165",
	    .out = "7dbd573e4db58a318edfe29f199d8cda538a49f36486337c2711163e55fd5d0b" },
	{ "Wycheproof aes_cbc_pkcs5_test, 76", CKM_AES_CBC_PAD,
	    IV("3943d8fddd5bb2a59772df31a31a8fff"), .verbs = ALL,
	    .key = AES_KEY("7e41d83181659a2c38da5ead353cdb04c2b4d4a3cfe58e25"),
	    .in = "8a32d11c7a11aa72e13381632b1310f4fd90fc209a6a350e61c069a561871214"
		  "f9c04fc1df7354cbe4d8d639c525d324",
	    .out = "6cbeacf8de25d7dd9dcdc087bf2f80873b1eb335400589076f8d2bf81e294c5d"
		   "72b85eb8ac9558b0de9e9fbee4b18716e5220c507fbb9d319a08f67816765ca6" },
	{ "Wycheproof aes_cbc_pkcs5_test, 92", CKM_AES_CBC_PAD,
	    IV("c45b52a240eba3bdde5dfd57f3d474fb"), .verbs = ALL,
	    .key = AES_KEY("cfd3f68873d81a27d2bfce876c79f6e609074dec39e34614"),
	    .in = "b1973cb25aa87ef9d1a8888b0a0f5c04c6",
	    .out = "401ad889bdb9d38816c782e00b168ccccde9bf75f4be868ceb91237e8b37b750" },
	{ "Wycheproof aes_cbc_pkcs5_test, 145", CKM_AES_CBC_PAD,
	    IV("eb38ef61717e1324ae064e86f1c3e797"), .verbs = CIPHER,
	    .key = AES_KEY("7bf9e536b66a215c22233fe2daaa743a898b9acb9f7802de70b40e3d6e43ef97"),
	    .out = "e7c166554d1bb32792c981fa674cc4d8" },
	{ "Wycheproof aes_cbc_pkcs5_test, 146", CKM_AES_CBC_PAD,
	    IV("9ec7b863ac845cad5e4673da21f5b6a9"), .verbs = ALL,
	    .key = AES_KEY("612e837843ceae7f61d49625faa7e7494f9253e20cb3adcea686512b043936cd"),
	    .in = "cc37fae15f745a2f40e2c8b192f2b38d",
	    .out = "299295be47e9f5441fe83a7a811c4aeb2650333e681e69fa6b767d28a6ccf282" },
	{ "Wycheproof aes_cbc_pkcs5_test, 148", CKM_AES_CBC_PAD,
	    IV("bd003c0a9d804c29f053a77cb380cb47"), .verbs = ALL,
	    .key = AES_KEY("649e373e681ef52e3c10ac265484750932a9918f28fb824f7cb50adab39781fe"),
	    .in = "39b447bd3a01983c1cb761b456d69000948ceb870562a536126a0d18a8e7e49b"
		  "16de8fe672f13d0808d8b7d957899917",
	    .out = "ed3ed8ecdbabc0a8c06259e913f3ab9a1f1dc6d05e5dfdd9c80e1008f3423064"
		   "d540681291bbd3e159820fee3ff190a68fe506d8ab9e62c8e7b3816093336dbc" },
	{ "Wycheproof aes_cbc_pkcs5_test, 152", CKM_AES_CBC_PAD,
	    IV("abcf220eede012279c3a2d33295ff273"), .verbs = ALL,
	    .key = AES_KEY("d5c81b399d4c0d1583a13da56de6d2dc45a66e7b47c24ab1192e246dc961dd77"),
	    .in = "2ae63cbf", .out = "c45afe62fc9351ad0fc9b03bc2f3a91f" },
	{ "Wycheproof aes_cbc_pkcs5_test, 164", CKM_AES_CBC_PAD,
	    IV("4b74bd981ea9d074757c3e2ef515e5fb"), .verbs = ALL,
	    .key = AES_KEY("73216fafd0022d0d6ee27198b2272578fa8f04dd9f44467fbb6437aa45641bf7"),
	    .in = "d5247b8f6c3edcbfb1d591d13ece23d2f5",
	    .out = "fbea776fb1653635f88e2937ed2450ba4e9063e96d7cdba04928f01cb85492fe" },

	/* Private keys, wrapped. */
	{ "RFC 9500, 2.3, testECCP256", CKM_AES_GCM, GCM("cafebabefacedbaddecaf888", NULL, 128),
	    .verbs = CKF_WRAP | CKF_UNWRAP,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"),
	    .target = &ec_key,
	    .out = "bb9d74d760d24bf1572114e0cdbf59e5e39b2da52c99f92e58d59584c25430da"
		   "918d86fd2aaee9b308d5c09a83b1d5dc20ea9409c77ecf9c6efb6a4a746c546d"
		   "ed69349741a97e084891cc38be006f585e615b584862ed5b9c5d0383d7797686"
		   "d9a5dc6128465f3690eeb131a13b81155536c8ce57224c4d66aa0edd8cbdc1a7"
		   "a8809a9f7440076ac89c81e7d911a6110163ba03568ec829e13e",
	    .authentic = true },
	{ "Wycheproof rsa_oaep_2048_sha256_mgf1sha256_test, privateKeyPkcs8", CKM_AES_GCM,
	    GCM("cafebabefacedbaddecaf888", NULL, 128), .verbs = CKF_WRAP | CKF_UNWRAP,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"),
	    .target = &rsa_key,
	    .out = "bb9ef76863d37bd25c20374c0339e210ef9c248eafd133915f73a202abc759d9"
		   "908e00dccd6510dad9dff83ebadd535822eda2a369e6d6d75deca3e56438ceb7"
		   "c5519374c40b4ab33cf8b161592bf897049dcb02044cbe09ad2e1e623186877c"
		   "b1115c0c4ae326d86c6e54a6e266e37527ff73ad3d31c9ef59af3e4731f6d96d"
		   "fe7d5fa92d6a0869a507b9ed1c8872a0c54628c2c6ed802af57cfd6f1f0c1e94"
		   "7dd8ed814187d7158b74a7582660001d15065b345b9a5cc10c00bd28e8a7d56c"
		   "5ac2680a686c40a1b929d6847355071186255f60f706db8db690b41b6e8268fe"
		   "970b8573f9df20785aa515423556411c7b4242aa7e5a6476de15a0ff192ef661"
		   "332012621a7f559d9fd66e3c45a0ecbb6b780d198a437e24ee7c69c2728b3634"
		   "b17fd848bde47aea9ef26350e5ddd4dd71430a8d9b9b0ff1134426ea9b302aea"
		   "9474e1d4eb219b8d8b62fd74327a637506b72d2c0cf31bda2cc9956f1e03f81a"
		   "9cd16155218b3e38aca135d10c0e3efdd681b55154323b08dcc248c5a377ee9b"
		   "1279edcc3210fe33d998bc4e48721d2b75cf4ea095b5d3dbc294e96988577fc6"
		   "afb6d6197213c87c5446e228a3da2823bf497b9074e2cade96be48fadfedf515"
		   "7016b65c00e241cf57b52ddbe9dfaecef15887f5685fdf7f1098edfce3e9718e"
		   "9dfacf107188053c5496e7aec54cf2e8dca7a2caca6434ad9af62a8d80fcc0e3"
		   "dd7bccf0015d648e1d624723560334117df9b53e94b2f57012ca642ca4c8b99f"
		   "da0c1a838577f702e5f99e1a95ecc5ff00762b3a74016f3cb4c14de97a847bf4"
		   "60aca388c00965933fa7d040cd2007be147602cb79c0197012e9a49f76cb9930"
		   "83da88bdaf51343d15ce144550fc52857c712476db286920d637dc170a4a4857"
		   "2eeab3d39dec985f11391d2017da41f0de718acccdca660780dd6a2a49db6fdc"
		   "82d9ed663800aa972824644cf9cbfe4812b3195d60fab0cbc39423981a442470"
		   "e17de75a88774f05e61bc7df23f6f3f735d88b256f2ac73fb2b1598ae39bb278"
		   "f4947e6b79e8ab08bb5a56ee0eede67b0f4ed112e8a40c77f7f80426aa322cbe"
		   "c4ae0c3dc783a861057f8fddaad3e46a1828bacdf21b2eb1cb9354c85d554fe2"
		   "3338be6362f45c09d8be8b625bd41c00d9d23916fcba029e660486df3693b9ed"
		   "7bd2fa19c529671afbe0f491f80afe00c4a6ab88545236b1f9c0411f09513875"
		   "a152eddd2efd3f1cfa41a54d7c38e0f04946e99feea984e4ecfe15f83b1b46ae"
		   "412370e54aec541062b13840243988f69b9a760617bee2e76f6a74c4212022f4"
		   "abde506b6e3ab148b81b9de3a45d8a5d4d3b5e23f1564fdf310d9ba11f62fe14"
		   "6f56a7add781cabc4612b3bab189daa283e586636aeb33a0c2e2558aa8cb9267"
		   "930c5e274734c7bcdf615b333c215486369060d15d3650f106cb4f92c26cb19d"
		   "57c411b6a67eaa4d618ce5a04c77efe290bca42553450101f82708b67c3514b5"
		   "3fff2a25fea274be0c35b17f4054c14c90eba798cc351fed6057f6c2e8513a83"
		   "4309660d3f33749f5493529f109253fe48908fe58cd8c80d0c70447e85e76179"
		   "7e8ede7afc1f4b1b879b2a79a8f64f5fcf7425934b89ebbe13e5234f277447a4"
		   "0fe6d7e2207b6d33fb379aca61fe1e47050f6d1a62285fd87675c892337cb963"
		   "84195b3b7b03a298bd6e0530d36690a759c39b9c69d4afa0992baa3974e5837f"
		   "baf99943a47673b94e402433bce12e3d25",
	    .authentic = true },
	{ "OpenSSL 3.0, PKCS#8 of a key in ffdhe2048", CKM_AES_GCM,
	    GCM("cafebabefacedbaddecaf888", NULL, 128), .verbs = CKF_WRAP | CKF_UNWRAP,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"),
	    .target = &dh_key,
	    .out = "bb9ef2eb63d37bd2d32729608c5be2af646a288ea9d007915adc9002ae655b27"
		   "6f737d22339a4dc3702bdd96a46ea7b2a8cad3b1048b6d85bf6f0e95be195251"
		   "85993a4284de8686db0840396dc61992f37d8dd7e76371ffdac51f789ca56326"
		   "b8e5415de711f25766aac22276591d28e3eb3c8283d1f77af92075d04240d1cb"
		   "f3954101026f5ac12c67154de0c03e42bb0968544233cf05fbdc3fe90381f4c5"
		   "f640f927bcfdfae659bce8c20e1f86322785ae3279ae150cbfaebe7b45b0337c"
		   "8ef1c277d4bc15a9aad5435eecec9adb95323920afe1ca377eaa709efa5c1b0b"
		   "c700890d2645b6777aff4e270c6dd99219d72032712feeb5359069d186953188"
		   "f38b51e8cd58ba493a062a7d8a748c31e59f059fd119869e2c9ccd71a3e83eb4"
		   "b2fe2b14062d2480b251953464412cdd14c6dfa42fbcb5ca15119f0772efe4ed"
		   "10c45cd8cf3236f6746a424c3020effe2c94",
	    .authentic = true },
	{ "RFC 9500, 2.3, testECCP256", CKM_AES_CBC_PAD, IV("feffe9928665731c6d6a8f9467308308"),
	    .verbs = CKF_WRAP | CKF_UNWRAP,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"),
	    .target = &ec_key,
	    .out = "50f545aa7168e59ebf675549ee08d4e1492c9a389b65346c32bd095550898317"
		   "a0e044f8ff52f4b82d1977574c378b8fc5f77b09bdafa3769c4a7e5e95477258"
		   "0c3006dd68f9e7a8e10bec2a0a15b22e77d1854f840dd3113163f4a7194f753b"
		   "7db90cb15de013b7d9c2c28b5b5bc43d70ce5201cd8d59ea5b7318e81a4ead73"
		   "701676cd670807a5b08d9e4cc1338563" },

	/* Bad input. */
	{ "Wycheproof aes_gcm_test, 41, Flipped bit 0 in tag", CKM_AES_GCM,
	    GCM("505152535455565758595a5b", NULL, 128), .verbs = CKF_DECRYPT,
	    .key = AES_KEY("000102030405060708090a0b0c0d0e0f"),
	    .out = "eb156d081ed6b6b55f4612f021d87b39d9847dbc326a06e988c77ad3863e6083",
	    .rv = CKR_ENCRYPTED_DATA_INVALID },
	{ "Wycheproof aes_gcm_test, 41, Flipped bit 0 in tag", CKM_AES_GCM,
	    GCM("505152535455565758595a5b", NULL, 128), .verbs = CKF_UNWRAP,
	    .key = AES_KEY("000102030405060708090a0b0c0d0e0f"),
	    .out = "eb156d081ed6b6b55f4612f021d87b39d9847dbc326a06e988c77ad3863e6083",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Wycheproof aes_gcm_test, 42, Flipped bit 1 in tag", CKM_AES_GCM,
	    GCM("505152535455565758595a5b", NULL, 128), .verbs = CKF_DECRYPT,
	    .key = AES_KEY("000102030405060708090a0b0c0d0e0f"),
	    .out = "eb156d081ed6b6b55f4612f021d87b39da847dbc326a06e988c77ad3863e6083",
	    .rv = CKR_ENCRYPTED_DATA_INVALID },
	{ "Wycheproof aes_gcm_test, 42, Flipped bit 1 in tag", CKM_AES_GCM,
	    GCM("505152535455565758595a5b", NULL, 128), .verbs = CKF_UNWRAP,
	    .key = AES_KEY("000102030405060708090a0b0c0d0e0f"),
	    .out = "eb156d081ed6b6b55f4612f021d87b39da847dbc326a06e988c77ad3863e6083",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Wycheproof aes_gcm_test, 43, Flipped bit 7 in tag", CKM_AES_GCM,
	    GCM("505152535455565758595a5b", NULL, 128), .verbs = CKF_DECRYPT,
	    .key = AES_KEY("000102030405060708090a0b0c0d0e0f"),
	    .out = "eb156d081ed6b6b55f4612f021d87b3958847dbc326a06e988c77ad3863e6083",
	    .rv = CKR_ENCRYPTED_DATA_INVALID },
	{ "Wycheproof aes_gcm_test, 43, Flipped bit 7 in tag", CKM_AES_GCM,
	    GCM("505152535455565758595a5b", NULL, 128), .verbs = CKF_UNWRAP,
	    .key = AES_KEY("000102030405060708090a0b0c0d0e0f"),
	    .out = "eb156d081ed6b6b55f4612f021d87b3958847dbc326a06e988c77ad3863e6083",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Wycheproof aes_gcm_test, 44, Flipped bit 8 in tag", CKM_AES_GCM,
	    GCM("505152535455565758595a5b", NULL, 128), .verbs = CKF_DECRYPT,
	    .key = AES_KEY("000102030405060708090a0b0c0d0e0f"),
	    .out = "eb156d081ed6b6b55f4612f021d87b39d8857dbc326a06e988c77ad3863e6083",
	    .rv = CKR_ENCRYPTED_DATA_INVALID },
	{ "Wycheproof aes_gcm_test, 44, Flipped bit 8 in tag", CKM_AES_GCM,
	    GCM("505152535455565758595a5b", NULL, 128), .verbs = CKF_UNWRAP,
	    .key = AES_KEY("000102030405060708090a0b0c0d0e0f"),
	    .out = "eb156d081ed6b6b55f4612f021d87b39d8857dbc326a06e988c77ad3863e6083",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "SP 800-38D, shorter than its tag", CKM_AES_GCM,
	    GCM("cafebabefacedbaddecaf888", NULL, 128), .verbs = CKF_DECRYPT,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308"),
	    .out = "000000000000000000000000000000", .rv = CKR_ENCRYPTED_DATA_LEN_RANGE },
	{ "SP 800-38D, shorter than its tag", CKM_AES_GCM,
	    GCM("cafebabefacedbaddecaf888", NULL, 128), .verbs = CKF_UNWRAP,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308"),
	    .out = "000000000000000000000000000000", .rv = CKR_WRAPPED_KEY_INVALID },
	{ "SP 800-38D, no IV", CKM_AES_GCM, GCM(NULL, NULL, 128), .verbs = ALL,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308"), .in = "00", .out = "00",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "an IV longer than libcrypto takes", CKM_AES_GCM,
	    GCM("0000000000000000000000000000000000000000000000000000000000000000"
		"0000000000000000000000000000000000000000000000000000000000000000"
		"0000000000000000000000000000000000000000000000000000000000000000"
		"0000000000000000000000000000000000000000000000000000000000000000"
		"00",
		NULL, 128),
	    .verbs = ALL, .key = AES_KEY("feffe9928665731c6d6a8f9467308308"), .in = "00",
	    .out = "00", .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "SP 800-38D, no tag", CKM_AES_GCM, GCM("cafebabefacedbaddecaf888", NULL, 0), .verbs = ALL,
	    .key = AES_KEY("feffe9928665731c6d6a8f9467308308"), .in = "00", .out = "00",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "SP 800-38D, tag of 64 bits", CKM_AES_GCM, GCM("cafebabefacedbaddecaf888", NULL, 64),
	    .verbs = ALL, .key = AES_KEY("feffe9928665731c6d6a8f9467308308"), .in = "00",
	    .out = "00", .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "SP 800-38D, tag of 88 bits", CKM_AES_GCM, GCM("cafebabefacedbaddecaf888", NULL, 88),
	    .verbs = ALL, .key = AES_KEY("feffe9928665731c6d6a8f9467308308"), .in = "00",
	    .out = "00", .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "SP 800-38D, tag of 100 bits", CKM_AES_GCM, GCM("cafebabefacedbaddecaf888", NULL, 100),
	    .verbs = ALL, .key = AES_KEY("feffe9928665731c6d6a8f9467308308"), .in = "00",
	    .out = "00", .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "SP 800-38D, tag of 136 bits", CKM_AES_GCM, GCM("cafebabefacedbaddecaf888", NULL, 136),
	    .verbs = ALL, .key = AES_KEY("feffe9928665731c6d6a8f9467308308"), .in = "00",
	    .out = "00", .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Wycheproof aes_cbc_pkcs5_test, 25, empty ciphertext", CKM_AES_CBC_PAD,
	    IV("23468aa734f5f0f19827316ff168e94f"), .verbs = CKF_DECRYPT,
	    .key = AES_KEY("db4f3e5e3795cc09a073fa6a81e5a6bc"),
	    .rv = CKR_ENCRYPTED_DATA_LEN_RANGE },
	{ "Wycheproof aes_cbc_pkcs5_test, 26, using zero padding instead of pkcs #5 padding",
	    CKM_AES_CBC_PAD, IV("23468aa734f5f0f19827316ff168e94f"), .verbs = CKF_DECRYPT,
	    .key = AES_KEY("db4f3e5e3795cc09a073fa6a81e5a6bc"),
	    .out = "aa62606a287476777b92d8e4c4e53028", .rv = CKR_ENCRYPTED_DATA_INVALID },
	{ "Wycheproof aes_cbc_pkcs5_test, 26, using zero padding instead of pkcs #5 padding",
	    CKM_AES_CBC_PAD, IV("23468aa734f5f0f19827316ff168e94f"), .verbs = CKF_UNWRAP,
	    .key = AES_KEY("db4f3e5e3795cc09a073fa6a81e5a6bc"),
	    .out = "aa62606a287476777b92d8e4c4e53028", .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Wycheproof aes_cbc_pkcs5_test, 32, using a padding with 0xff instead of pkcs #5 padding",
	    CKM_AES_CBC_PAD, IV("23468aa734f5f0f19827316ff168e94f"), .verbs = CKF_DECRYPT,
	    .key = AES_KEY("db4f3e5e3795cc09a073fa6a81e5a6bc"),
	    .out = "726570a34cea08139d9f836579102a0e", .rv = CKR_ENCRYPTED_DATA_INVALID },
	{ "Wycheproof aes_cbc_pkcs5_test, 32, using a padding with 0xff instead of pkcs #5 padding",
	    CKM_AES_CBC_PAD, IV("23468aa734f5f0f19827316ff168e94f"), .verbs = CKF_UNWRAP,
	    .key = AES_KEY("db4f3e5e3795cc09a073fa6a81e5a6bc"),
	    .out = "726570a34cea08139d9f836579102a0e", .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Wycheproof aes_cbc_pkcs5_test, 38, using iso/iec 7816-4 padding instead of pkcs #5 "
	  "padding",
	    CKM_AES_CBC_PAD, IV("23468aa734f5f0f19827316ff168e94f"), .verbs = CKF_DECRYPT,
	    .key = AES_KEY("db4f3e5e3795cc09a073fa6a81e5a6bc"),
	    .out = "50aeed98a820c5a037a5aa4d4ef3090b", .rv = CKR_ENCRYPTED_DATA_INVALID },
	{ "Wycheproof aes_cbc_pkcs5_test, 38, using iso/iec 7816-4 padding instead of pkcs #5 "
	  "padding",
	    CKM_AES_CBC_PAD, IV("23468aa734f5f0f19827316ff168e94f"), .verbs = CKF_UNWRAP,
	    .key = AES_KEY("db4f3e5e3795cc09a073fa6a81e5a6bc"),
	    .out = "50aeed98a820c5a037a5aa4d4ef3090b", .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Wycheproof aes_cbc_pkcs5_test, 44, the length of the padding is longer than 1 block",
	    CKM_AES_CBC_PAD, IV("23468aa734f5f0f19827316ff168e94f"), .verbs = CKF_DECRYPT,
	    .key = AES_KEY("db4f3e5e3795cc09a073fa6a81e5a6bc"),
	    .out = "d17ccbb26f0aa95f397b20063547349bac24c5429cbea591e96595cccc11451b",
	    .rv = CKR_ENCRYPTED_DATA_INVALID },
	{ "Wycheproof aes_cbc_pkcs5_test, 44, the length of the padding is longer than 1 block",
	    CKM_AES_CBC_PAD, IV("23468aa734f5f0f19827316ff168e94f"), .verbs = CKF_UNWRAP,
	    .key = AES_KEY("db4f3e5e3795cc09a073fa6a81e5a6bc"),
	    .out = "d17ccbb26f0aa95f397b20063547349bac24c5429cbea591e96595cccc11451b",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Wycheproof aes_cbc_pkcs5_test, 50, using ansi x.923 padding instead of pkcs #5 padding",
	    CKM_AES_CBC_PAD, IV("23468aa734f5f0f19827316ff168e94f"), .verbs = CKF_DECRYPT,
	    .key = AES_KEY("db4f3e5e3795cc09a073fa6a81e5a6bc"),
	    .out = "ca5dd2d09bd56eec9e8acaeca20af68e", .rv = CKR_ENCRYPTED_DATA_INVALID },
	{ "Wycheproof aes_cbc_pkcs5_test, 50, using ansi x.923 padding instead of pkcs #5 padding",
	    CKM_AES_CBC_PAD, IV("23468aa734f5f0f19827316ff168e94f"), .verbs = CKF_UNWRAP,
	    .key = AES_KEY("db4f3e5e3795cc09a073fa6a81e5a6bc"),
	    .out = "ca5dd2d09bd56eec9e8acaeca20af68e", .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Wycheproof aes_cbc_pkcs5_test, 55, using iso 10126 padding instead of pkcs #5 padding",
	    CKM_AES_CBC_PAD, IV("23468aa734f5f0f19827316ff168e94f"), .verbs = CKF_DECRYPT,
	    .key = AES_KEY("db4f3e5e3795cc09a073fa6a81e5a6bc"),
	    .out = "ba0726bd6dea11382b19c842e2ddead2", .rv = CKR_ENCRYPTED_DATA_INVALID },
	{ "Wycheproof aes_cbc_pkcs5_test, 55, using iso 10126 padding instead of pkcs #5 padding",
	    CKM_AES_CBC_PAD, IV("23468aa734f5f0f19827316ff168e94f"), .verbs = CKF_UNWRAP,
	    .key = AES_KEY("db4f3e5e3795cc09a073fa6a81e5a6bc"),
	    .out = "ba0726bd6dea11382b19c842e2ddead2", .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Wycheproof aes_cbc_pkcs5_test, 60, padding is longer than the message", CKM_AES_CBC_PAD,
	    IV("23468aa734f5f0f19827316ff168e94f"), .verbs = CKF_DECRYPT,
	    .key = AES_KEY("db4f3e5e3795cc09a073fa6a81e5a6bc"),
	    .out = "d17ccbb26f0aa95f397b20063547349b", .rv = CKR_ENCRYPTED_DATA_INVALID },
	{ "Wycheproof aes_cbc_pkcs5_test, 60, padding is longer than the message", CKM_AES_CBC_PAD,
	    IV("23468aa734f5f0f19827316ff168e94f"), .verbs = CKF_UNWRAP,
	    .key = AES_KEY("db4f3e5e3795cc09a073fa6a81e5a6bc"),
	    .out = "d17ccbb26f0aa95f397b20063547349b", .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Wycheproof aes_cbc_pkcs5_test, 66, invalid pkcs #5 padding", CKM_AES_CBC_PAD,
	    IV("23468aa734f5f0f19827316ff168e94f"), .verbs = CKF_DECRYPT,
	    .key = AES_KEY("db4f3e5e3795cc09a073fa6a81e5a6bc"),
	    .out = "4ff3e623fdd432608c183f40864177af", .rv = CKR_ENCRYPTED_DATA_INVALID },
	{ "Wycheproof aes_cbc_pkcs5_test, 66, invalid pkcs #5 padding", CKM_AES_CBC_PAD,
	    IV("23468aa734f5f0f19827316ff168e94f"), .verbs = CKF_UNWRAP,
	    .key = AES_KEY("db4f3e5e3795cc09a073fa6a81e5a6bc"),
	    .out = "4ff3e623fdd432608c183f40864177af", .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Wycheproof aes_cbc_pkcs5_test, 68, invalid pkcs #5 padding", CKM_AES_CBC_PAD,
	    IV("23468aa734f5f0f19827316ff168e94f"), .verbs = CKF_DECRYPT,
	    .key = AES_KEY("db4f3e5e3795cc09a073fa6a81e5a6bc"),
	    .out = "fbcbdfdaaf17980be939c0b243266ecbee1345cd513161b241f4ae2799b0327f",
	    .rv = CKR_ENCRYPTED_DATA_INVALID },
	{ "Wycheproof aes_cbc_pkcs5_test, 68, invalid pkcs #5 padding", CKM_AES_CBC_PAD,
	    IV("23468aa734f5f0f19827316ff168e94f"), .verbs = CKF_UNWRAP,
	    .key = AES_KEY("db4f3e5e3795cc09a073fa6a81e5a6bc"),
	    .out = "fbcbdfdaaf17980be939c0b243266ecbee1345cd513161b241f4ae2799b0327f",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Wycheproof aes_cbc_pkcs5_test, 2, 15 bytes of it", CKM_AES_CBC_PAD,
	    IV("c9ee3cd746bf208c65ca9e72a266d54f"), .verbs = CKF_DECRYPT,
	    .key = AES_KEY("e09eaa5a3f5e56d279d5e7a03373f6ea"),
	    .out = "d1fa697f3e2e04d64f1a0da203813c", .rv = CKR_ENCRYPTED_DATA_LEN_RANGE },
	{ "Wycheproof aes_cbc_pkcs5_test, 2, 31 bytes of it", CKM_AES_CBC_PAD,
	    IV("c9ee3cd746bf208c65ca9e72a266d54f"), .verbs = CKF_DECRYPT,
	    .key = AES_KEY("e09eaa5a3f5e56d279d5e7a03373f6ea"),
	    .out = "d1fa697f3e2e04d64f1a0da203813ca5bc226a0b1d42287b2a5b994a66eaf1",
	    .rv = CKR_ENCRYPTED_DATA_LEN_RANGE },
	{ "Wycheproof aes_cbc_pkcs5_test, 2, 31 bytes of it", CKM_AES_CBC_PAD,
	    IV("c9ee3cd746bf208c65ca9e72a266d54f"), .verbs = CKF_UNWRAP,
	    .key = AES_KEY("e09eaa5a3f5e56d279d5e7a03373f6ea"),
	    .out = "d1fa697f3e2e04d64f1a0da203813ca5bc226a0b1d42287b2a5b994a66eaf1",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ 0 },
};
