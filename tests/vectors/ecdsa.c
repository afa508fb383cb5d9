/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Vectors of ECDSA: RFC 6979 (whose nonce is one of those that a random choice may
 * give), for the digests of the three lengths that a curve's order is compared with;
 * Project Wycheproof for what must be refused.  CKM_ECDSA takes the message's digest.
 */
#include "tests/vectors.h"

#define SIGNATURE (CKF_SIGN | CKF_VERIFY)

/* RFC 6979, A.2.5. */
static const struct vector_key p256_key = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.public = {
		{ CKA_EC_PARAMS, "06082a8648ce3d030107" },
		{ CKA_EC_POINT, "04410460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60"
		    "f29fb67903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4"
		    "462299" },
	},
	.private = {
		{ CKA_EC_PARAMS, "06082a8648ce3d030107" },
		{ CKA_VALUE, "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721" },
	},
};

/* RFC 6979, A.2.6. */
static const struct vector_key p384_key = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.public = {
		{ CKA_EC_PARAMS, "06052b81040022" },
		{ CKA_EC_POINT, "046104ec3a4e415b4e19a4568618029f427fa5da9a8bc4ae92e02e06aae5286b"
		    "300c64def8f0ea9055866064a254515480bc138015d9b72d7d57244ea8ef9ac0"
		    "c621896708a59367f9dfb9f54ca84b3f1c9db1288b231c3ae0d4fe7344fd2533"
		    "264720" },
	},
	.private = {
		{ CKA_EC_PARAMS, "06052b81040022" },
		{ CKA_VALUE, "6b9d3dad2e1b8c1c05b19875b6659f4de23c3b667bf297ba9aa47740787137d8"
		    "96d5724e4c70a825f872c9ea60d2edf5" },
	},
};

/* RFC 6979, A.2.7. */
static const struct vector_key p521_key = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.public = {
		{ CKA_EC_PARAMS, "06052b81040023" },
		{ CKA_EC_POINT, "0481850401894550d0785932e00eaa23b694f213f8c3121f86dc97a04e5a7167"
		    "db4e5bcd371123d46e45db6b5d5370a7f20fb633155d38ffa16d2bd761dcac47"
		    "4b9a2f5023a400493101c962cd4d2fddf782285e64584139c2f91b47f87ff823"
		    "54d6630f746a28a0db25741b5b34a828008b22acc23f924faafbd4d33f81ea66"
		    "956dfeaa2bfdfcf5" },
	},
	.private = {
		{ CKA_EC_PARAMS, "06052b81040023" },
		{ CKA_VALUE, "00fad06daa62ba3b25d2fb40133da757205de67f5bb0018fee8c86e1b68c7e75"
		    "caa896eb32f1f47c70855836a6d16fcc1466f6d8fbec67db89ec0c08b0e996b8"
		    "3538" },
	},
};

/* Wycheproof, ecdsa_secp256r1_sha256_p1363_test. */
static const struct vector_key wycheproof_key_1 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.public = {
		{ CKA_EC_PARAMS, "06082a8648ce3d030107" },
		{ CKA_EC_POINT, "0441042927b10512bae3eddcfe467828128bad2903269919f7086069c8c4df6c"
		    "732838c7787964eaac00e5921fb1498a60f4606766b3d9685001558d1a974e73"
		    "41513e" },
	},
};

/* Wycheproof, ecdsa_secp256r1_sha256_p1363_test. */
static const struct vector_key wycheproof_key_2 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.public = {
		{ CKA_EC_PARAMS, "06082a8648ce3d030107" },
		{ CKA_EC_POINT, "044104a71af64de5126a4a4e02b7922d66ce9415ce88a4c9d25514d91082c872"
		    "5ac9575d47723c8fbe580bb369fec9c2665d8e30a435b9932645482e7c9f11e8"
		    "72296b" },
	},
};

/* Wycheproof, ecdsa_secp256r1_sha256_p1363_test. */
static const struct vector_key wycheproof_key_3 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.public = {
		{ CKA_EC_PARAMS, "06082a8648ce3d030107" },
		{ CKA_EC_POINT, "0441042ef747671c97d9c7f9cb2f6a30d678c3d84757ba241ef7183d51a29f52"
		    "d87c2ea8fb2ea635b761baefc1c4ded2099281b844e13e044c328553bbbafa33"
		    "7d8a76" },
	},
};

/* Wycheproof, ecdsa_secp256r1_sha256_p1363_test. */
static const struct vector_key wycheproof_key_4 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.public = {
		{ CKA_EC_PARAMS, "06082a8648ce3d030107" },
		{ CKA_EC_POINT, "044104e075effd9607d08d5f34e3652f64cfa3bd6d20c58d0a232f058491260a"
		    "b212a4cc61760ac8b0680c1b644c03cc628ba9dc4a3c0561368489c692bd40f4"
		    "3aa3ca" },
	},
};

/* Wycheproof, ecdsa_secp256r1_sha256_p1363_test. */
static const struct vector_key wycheproof_key_5 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.public = {
		{ CKA_EC_PARAMS, "06082a8648ce3d030107" },
		{ CKA_EC_POINT, "0441046627cec4f0731ea23fc2931f90ebe5b7572f597d20df08fc2b31ee8ef1"
		    "6b15726170ed77d8d0a14fc5c9c3c4c9be7f0d3ee18f709bb275eaf2073e258f"
		    "e694a5" },
	},
};

const struct vector ecdsa_vectors[] = {
	{ "RFC 6979, A.2.5, SHA1", CKM_ECDSA, NONE, .verbs = SIGNATURE, .key = &p256_key,
	    .in = "8151325dcdbae9e0ff95f9f9658432dbedfdb209",
	    .out = "61340c88c3aaebeb4f6d667f672ca9759a6ccaa9fa8811313039ee4a35471d32"
		   "6d7f147dac089441bb2e2fe8f7a3fa264b9c475098fdcf6e00d7c996e1b8b7eb",
	    .random = true },
	{ "RFC 6979, A.2.5, SHA256", CKM_ECDSA, NONE, .verbs = SIGNATURE, .key = &p256_key,
	    .in = "af2bdbe1aa9b6ec1e2ade1d694f41fc71a831d0268e9891562113d8a62add1bf",
	    .out = "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
		   "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
	    .random = true },
	{ "RFC 6979, A.2.5, SHA384", CKM_ECDSA, NONE, .verbs = SIGNATURE, .key = &p256_key,
	    .in = "9a9083505bc92276aec4be312696ef7bf3bf603f4bbd381196a029f340585312"
		  "313bca4a9b5b890efee42c77b1ee25fe",
	    .out = "0eafea039b20e9b42309fb1d89e213057cbf973dc0cfc8f129edddc800ef7719"
		   "4861f0491e6998b9455193e34e7b0d284ddd7149a74b95b9261f13abde940954",
	    .random = true },
	{ "RFC 6979, A.2.6, SHA384", CKM_ECDSA, NONE, .verbs = SIGNATURE, .key = &p384_key,
	    .in = "9a9083505bc92276aec4be312696ef7bf3bf603f4bbd381196a029f340585312"
		  "313bca4a9b5b890efee42c77b1ee25fe",
	    .out = "94edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa73d64c4ea95ad133c"
		   "81a648152e44acf96e36dd1e80fabe4699ef4aeb15f178cea1fe40db2603138f"
		   "130e740a19624526203b6351d0a3a94fa329c145786e679e7b82c71a38628ac8",
	    .random = true },
	{ "RFC 6979, A.2.7, SHA512", CKM_ECDSA, NONE, .verbs = SIGNATURE, .key = &p521_key,
	    .in = "39a5e04aaff7455d9850c605364f514c11324ce64016960d23d5dc57d3ffd8f4"
		  "9a739468ab8049bf18eef820cdb1ad6c9015f838556bc7fad4138b23fdf986c7",
	    .out = "00c328fafcbd79dd77850370c46325d987cb525569fb63c5d3bc53950e6d4c5f"
		   "174e25a1ee9017b5d450606add152b534931d7d4e8455cc91f9b15bf05ec36e3"
		   "77fa00617cce7cf5064806c467f678d3b4080d6f1cc50af26ca209417308281b"
		   "68af282623eaa63e5b5c0723d8b8c37ff0777b1a20f8ccb1dccc43997f1ee0e4"
		   "4da4a67a",
	    .random = true },
	{ "Wycheproof, ecdsa_secp256r1_sha256_p1363, 2", CKM_ECDSA, NONE, .verbs = CKF_VERIFY,
	    .key = &wycheproof_key_1,
	    .in = "bb5a52f42f9c9261ed4361f59422a1e30036e7c32b270c8807a419feca605023",
	    .out = "012ba3a8bd6b94d5ed80a6d9d1190a436ebccc0833490686deac8635bcb9bf53"
		   "6900b329f479a2bbd0a5c384ee1493b1f5186a87139cac5df4087c134b491568"
		   "47db",
	    .rv = CKR_SIGNATURE_LEN_RANGE },
	{ "Wycheproof, ecdsa_secp256r1_sha256_p1363, 7", CKM_ECDSA, NONE, .verbs = CKF_VERIFY,
	    .key = &wycheproof_key_1,
	    .in = "bb5a52f42f9c9261ed4361f59422a1e30036e7c32b270c8807a419feca605023",
	    .out = "01b329f478a2bbd0a6c384ee1493b1f518276e0e4a5375928d6fcd160c11cb6d"
		   "2c00b329f479a2bbd0a5c384ee1493b1f5186a87139cac5df4087c134b491568"
		   "47db",
	    .rv = CKR_SIGNATURE_LEN_RANGE },
	{ "Wycheproof, ecdsa_secp256r1_sha256_p1363, 12", CKM_ECDSA, NONE, .verbs = CKF_VERIFY,
	    .key = &wycheproof_key_1,
	    .in = "bb5a52f42f9c9261ed4361f59422a1e30036e7c32b270c8807a419feca605023",
	    .out = "0000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000001",
	    .rv = CKR_SIGNATURE_INVALID },
	{ "Wycheproof, ecdsa_secp256r1_sha256_p1363, 17", CKM_ECDSA, NONE, .verbs = CKF_VERIFY,
	    .key = &wycheproof_key_1,
	    .in = "bb5a52f42f9c9261ed4361f59422a1e30036e7c32b270c8807a419feca605023",
	    .out = "0000000000000000000000000000000000000000000000000000000000000000"
		   "ffffffff00000001000000000000000000000001000000000000000000000000",
	    .rv = CKR_SIGNATURE_INVALID },
	{ "Wycheproof, ecdsa_secp256r1_sha256_p1363, 22", CKM_ECDSA, NONE, .verbs = CKF_VERIFY,
	    .key = &wycheproof_key_1,
	    .in = "bb5a52f42f9c9261ed4361f59422a1e30036e7c32b270c8807a419feca605023",
	    .out = "0000000000000000000000000000000000000000000000000000000000000001"
		   "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632552",
	    .rv = CKR_SIGNATURE_INVALID },
	{ "Wycheproof, ecdsa_secp256r1_sha256_p1363, 27", CKM_ECDSA, NONE, .verbs = CKF_VERIFY,
	    .key = &wycheproof_key_1,
	    .in = "bb5a52f42f9c9261ed4361f59422a1e30036e7c32b270c8807a419feca605023",
	    .out = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"
		   "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
	    .rv = CKR_SIGNATURE_INVALID },
	{ "Wycheproof, ecdsa_secp256r1_sha256_p1363, 32", CKM_ECDSA, NONE, .verbs = CKF_VERIFY,
	    .key = &wycheproof_key_1,
	    .in = "bb5a52f42f9c9261ed4361f59422a1e30036e7c32b270c8807a419feca605023",
	    .out = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550"
		   "0000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_SIGNATURE_INVALID },
	{ "Wycheproof, ecdsa_secp256r1_sha256_p1363, 37", CKM_ECDSA, NONE, .verbs = CKF_VERIFY,
	    .key = &wycheproof_key_1,
	    .in = "bb5a52f42f9c9261ed4361f59422a1e30036e7c32b270c8807a419feca605023",
	    .out = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550"
		   "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
	    .rv = CKR_SIGNATURE_INVALID },
	{ "Wycheproof, ecdsa_secp256r1_sha256_p1363, 42", CKM_ECDSA, NONE, .verbs = CKF_VERIFY,
	    .key = &wycheproof_key_1,
	    .in = "bb5a52f42f9c9261ed4361f59422a1e30036e7c32b270c8807a419feca605023",
	    .out = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632552"
		   "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550",
	    .rv = CKR_SIGNATURE_INVALID },
	{ "Wycheproof, ecdsa_secp256r1_sha256_p1363, 47", CKM_ECDSA, NONE, .verbs = CKF_VERIFY,
	    .key = &wycheproof_key_1,
	    .in = "bb5a52f42f9c9261ed4361f59422a1e30036e7c32b270c8807a419feca605023",
	    .out = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff"
		   "0000000000000000000000000000000000000000000000000000000000000001",
	    .rv = CKR_SIGNATURE_INVALID },
	{ "Wycheproof, ecdsa_secp256r1_sha256_p1363, 52", CKM_ECDSA, NONE, .verbs = CKF_VERIFY,
	    .key = &wycheproof_key_1,
	    .in = "bb5a52f42f9c9261ed4361f59422a1e30036e7c32b270c8807a419feca605023",
	    .out = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff"
		   "ffffffff00000001000000000000000000000001000000000000000000000000",
	    .rv = CKR_SIGNATURE_INVALID },
	{ "Wycheproof, ecdsa_secp256r1_sha256_p1363, 57", CKM_ECDSA, NONE, .verbs = CKF_VERIFY,
	    .key = &wycheproof_key_1,
	    .in = "bb5a52f42f9c9261ed4361f59422a1e30036e7c32b270c8807a419feca605023",
	    .out = "ffffffff00000001000000000000000000000001000000000000000000000000"
		   "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632552",
	    .rv = CKR_SIGNATURE_INVALID },
	{ "Wycheproof, ecdsa_secp256r1_sha256_p1363, 121", CKM_ECDSA, NONE, .verbs = CKF_VERIFY,
	    .key = &wycheproof_key_2,
	    .in = "bb5a52f42f9c9261ed4361f59422a1e30036e7c32b270c8807a419feca605023", .out = "0501",
	    .rv = CKR_SIGNATURE_LEN_RANGE },
	{ "Wycheproof, ecdsa_secp256r1_sha256_p1363, 129", CKM_ECDSA, NONE, .verbs = CKF_VERIFY,
	    .key = &wycheproof_key_3,
	    .in = "bb5a52f42f9c9261ed4361f59422a1e30036e7c32b270c8807a419feca605023", .out = "0601",
	    .rv = CKR_SIGNATURE_LEN_RANGE },
	{ "Wycheproof, ecdsa_secp256r1_sha256_p1363, 145", CKM_ECDSA, NONE, .verbs = CKF_VERIFY,
	    .key = &wycheproof_key_4,
	    .in = "bb5a52f42f9c9261ed4361f59422a1e30036e7c32b270c8807a419feca605023",
	    .out = "9c44febf31c3594f839ed28247c2b06b", .rv = CKR_SIGNATURE_LEN_RANGE },
	{ "Wycheproof, ecdsa_secp256r1_sha256_p1363, 60", CKM_ECDSA, NONE, .verbs = CKF_VERIFY,
	    .key = &wycheproof_key_1,
	    .in = "70239dd877f7c944c422f44dea4ed1a52f2627416faf2f072fa50c772ed6f807",
	    .out = "64a1aab5000d0e804f3e2fc02bdee9be8ff312334e2ba16d11547c97711c898e"
		   "6af015971cc30be6d1a206d4e013e0997772a2f91d73286ffd683b9bb2cf4f1b" },
	{ "Wycheproof, ecdsa_secp256r1_sha256_p1363, 120", CKM_ECDSA, NONE, .verbs = CKF_VERIFY,
	    .key = &wycheproof_key_2,
	    .in = "bb5a52f42f9c9261ed4361f59422a1e30036e7c32b270c8807a419feca605023",
	    .out = "0000000000000000000000000000000000000000000000000000000000000005"
		   "0000000000000000000000000000000000000000000000000000000000000001" },
	{ "Wycheproof, ecdsa_secp256r1_sha256_p1363, 122", CKM_ECDSA, NONE, .verbs = CKF_VERIFY,
	    .key = &wycheproof_key_5,
	    .in = "bb5a52f42f9c9261ed4361f59422a1e30036e7c32b270c8807a419feca605023",
	    .out = "0000000000000000000000000000000000000000000000000000000000000005"
		   "0000000000000000000000000000000000000000000000000000000000000003" },
	{ 0 },
};
