/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Vectors of ECDSA: RFC 6979 (whose nonce is one of those that a random choice may
 * give), for the digests of the three lengths that a curve's order is compared with;
 * python-ecdsa with the same nonces for the curves that RFC 6979 does not have;
 * Project Wycheproof for what must be refused.  CKM_ECDSA takes the message's digest.
 * SHA-3: libgcrypt 1.10.1, with the nonces of RFC 6979.
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

/* RFC 6979, A.2.4. */
static const struct vector_key p224_key = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.public = {
		{ CKA_EC_PARAMS, "06052b81040021" },
		{ CKA_EC_POINT, "04390400cf08da5ad719e42707fa431292dea11244d64fc51610d94b130d6cee"
		    "ab6f3debe455e3dbf85416f7030cbd94f34f2d6f232c69f3c1385a" },
	},
	.private = {
		{ CKA_EC_PARAMS, "06052b81040021" },
		{ CKA_VALUE, "f220266e1105bfe3083e03ec7a3a654651f45e37167e88600bf257c1" },
	},
};

/* python-ecdsa 0.18, secp256k1. */
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

/* python-ecdsa 0.18, brainpoolP256r1. */
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

/* python-ecdsa 0.18, brainpoolP256t1. */
static const struct vector_key brainpool_256t1_key = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.public = {
		{ CKA_EC_PARAMS, "06092b2403030208010108" },
		{ CKA_EC_POINT, "044104a5f81698aeee80c41a71796fc5e51fcc09b679bb3076c78e9af22f8373"
		    "dc503ea59f316bb8d9acad8ac8467bd94878b6f294306e70034575fe6bf8d2ea"
		    "dd58cb" },
	},
	.private = {
		{ CKA_EC_PARAMS, "06092b2403030208010108" },
		{ CKA_VALUE, "81db1ee100150ff2ea338d708271be38300cb54241d79950f77b063039804f1d" },
	},
};

/* python-ecdsa 0.18, brainpoolP320r1. */
static const struct vector_key brainpool_320r1_key = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.public = {
		{ CKA_EC_PARAMS, "06092b2403030208010109" },
		{ CKA_EC_POINT, "045104573a40ff10738cfee0b76e4e3bf60b90b95ce7079367d0efe5c591e3e5"
		    "e300a9cb5549690fd6552015012943b515876c6b5aca407428eec2b37a99f06f"
		    "4617ebc0ad41c512a28c829b0b561ab9300499" },
	},
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
	.public = {
		{ CKA_EC_PARAMS, "06092b240303020801010a" },
		{ CKA_EC_POINT, "045104b09c1e9aa58177572d29a9b19d2ea92c706616c769980dc532a2c3fe25"
		    "8632431faa0bf7565325ff0d0f0f3bff484535b8c5b572da01322ec3b7d2c412"
		    "55b0cf2350a44ac6b7c38c27922f927ba57e6b" },
	},
	.private = {
		{ CKA_EC_PARAMS, "06092b240303020801010a" },
		{ CKA_VALUE, "7e94861aa60bc208bed4f5c5bbbc527e783b766a82f4a4d400605956f695a369"
		    "9295b4e459fb3631" },
	},
};

/* python-ecdsa 0.18, brainpoolP384r1. */
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

/* python-ecdsa 0.18, brainpoolP384t1. */
static const struct vector_key brainpool_384t1_key = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.public = {
		{ CKA_EC_PARAMS, "06092b240303020801010c" },
		{ CKA_EC_POINT, "04610430883b5f8686f6be6c2f2fdd1d1ad997429887208451fc1f87bdb59c98"
		    "c12de42dfe6872bf1a987a0e4e74ac54101b6207a9529d9a26174106ca47d66b"
		    "56696a89c48f54f9489e1dc8c40fbe97e833a104f12b55a728d08e018af2e784"
		    "c32fcd" },
	},
	.private = {
		{ CKA_EC_PARAMS, "06092b240303020801010c" },
		{ CKA_VALUE, "1e20f5e048a5886f1f157c74e91bde2b98c8b52d58e5003d57053fc4b0bd65d6"
		    "f15eb5d1ee1610df870795143627d042" },
	},
};

/* python-ecdsa 0.18, brainpoolP512r1. */
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

/* python-ecdsa 0.18, brainpoolP512t1. */
static const struct vector_key brainpool_512t1_key = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.public = {
		{ CKA_EC_PARAMS, "06092b240303020801010e" },
		{ CKA_EC_POINT, "048181047047cd66d78504b0d68ddb0e1332ffa5531cf75573d4597a49ef681c"
		    "a623703894144cdf91810e4953098e35fc0cafd035a323abf102ff495c3bc9f5"
		    "558a1168779d9ba573df5d9eb09568ca183f86b01186523631a88414a0f91d71"
		    "e1b7d87ff306c5d99dd1c6ba8c0c3ad905a6db6b13969d444a11dfc706dd3e3d"
		    "c1613e2a" },
	},
	.private = {
		{ CKA_EC_PARAMS, "06092b240303020801010e" },
		{ CKA_VALUE, "16302ff0dbbb5a8d733dab7141c1b45acbc8715939677f6a56850a38bd87bd59"
		    "b09e80279609ff333eb9d4c061231fb26f92eeb04982a5f1d1764cad57665422" },
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
	{ "RFC 6979, A.2.4, SHA256", CKM_ECDSA, NONE, .verbs = SIGNATURE, .key = &p224_key,
	    .in = "af2bdbe1aa9b6ec1e2ade1d694f41fc71a831d0268e9891562113d8a62add1bf",
	    .out = "61aa3da010e8e8406c656bc477a7a7189895e7e840cdfe8ff42307babc814050"
		   "dab5d23770879494f9e0a680dc1af7161991bde692b10101",
	    .random = true },
	{ "python-ecdsa 0.18, secp256k1, SHA256", CKM_ECDSA, NONE, .verbs = SIGNATURE,
	    .key = &secp256k1_key,
	    .in = "af2bdbe1aa9b6ec1e2ade1d694f41fc71a831d0268e9891562113d8a62add1bf",
	    .out = "53659c0963abec8386db41162a69630b61f1d06ac0cde5c85fb7f9659a2ce570"
		   "cb32b1607a61cbd217f0e5321570a3874690129f49fa9490836e177c718c852a",
	    .random = true },
	{ "python-ecdsa 0.18, brainpoolP256r1, SHA256", CKM_ECDSA, NONE, .verbs = SIGNATURE,
	    .key = &brainpool_256r1_key,
	    .in = "af2bdbe1aa9b6ec1e2ade1d694f41fc71a831d0268e9891562113d8a62add1bf",
	    .out = "8a6b3a1a10a8ce1459cdeed0cb1884597642e6bc47b9c552ea6114a0d03c40dd"
		   "466c80b901174c93369e5736a6993c081087040f5c7039f314e02a2853d6f87f",
	    .random = true },
	{ "python-ecdsa 0.18, brainpoolP256t1, SHA256", CKM_ECDSA, NONE, .verbs = SIGNATURE,
	    .key = &brainpool_256t1_key,
	    .in = "af2bdbe1aa9b6ec1e2ade1d694f41fc71a831d0268e9891562113d8a62add1bf",
	    .out = "6af033add395c5902ff8d1a8679ba2fbfe77ec14969526c969ea06ae800410d5"
		   "9e56bd54f50dfd213d0ec70ae36c85da2da462c070e687ac37ded655a3895848",
	    .random = true },
	{ "python-ecdsa 0.18, brainpoolP320r1, SHA384", CKM_ECDSA, NONE, .verbs = SIGNATURE,
	    .key = &brainpool_320r1_key,
	    .in = "9a9083505bc92276aec4be312696ef7bf3bf603f4bbd381196a029f340585312"
		  "313bca4a9b5b890efee42c77b1ee25fe",
	    .out = "24c52b805d017111534f90a92f46751c8ca2f8645104468b6715ba68f15729d6"
		   "a293df06dcfec647876872854533d4905bb7927fc7e5a5649fdc2ccbf3a17bfc"
		   "0558bf1eda9b2d588d29c2a67b780c7f",
	    .random = true },
	{ "python-ecdsa 0.18, brainpoolP320t1, SHA384", CKM_ECDSA, NONE, .verbs = SIGNATURE,
	    .key = &brainpool_320t1_key,
	    .in = "9a9083505bc92276aec4be312696ef7bf3bf603f4bbd381196a029f340585312"
		  "313bca4a9b5b890efee42c77b1ee25fe",
	    .out = "ab5c1ab28232f6b91dac29ed93dfc2d5cede138eff1ebc3d30b43633d4199e44"
		   "0d7887e987623e07b4dc2b803f5637a78379ddf4b8c7ccb950e1729c4bc24bfd"
		   "c4c4530bc62030972edc93eb4fd76996",
	    .random = true },
	{ "python-ecdsa 0.18, brainpoolP384r1, SHA384", CKM_ECDSA, NONE, .verbs = SIGNATURE,
	    .key = &brainpool_384r1_key,
	    .in = "9a9083505bc92276aec4be312696ef7bf3bf603f4bbd381196a029f340585312"
		  "313bca4a9b5b890efee42c77b1ee25fe",
	    .out = "2a0b927997ff034d1d5081be0f3f8c6eecac3dc9bb194774e69d5363cd924741"
		   "e1802c3c0caea91ec144c869c993cfd622bc8dbdc26500cc666a7128a19aae17"
		   "e79ec1853d8703dc0b6e703052e39cd4f3f3819bfef8094335ede131acfe3071",
	    .random = true },
	{ "python-ecdsa 0.18, brainpoolP384t1, SHA384", CKM_ECDSA, NONE, .verbs = SIGNATURE,
	    .key = &brainpool_384t1_key,
	    .in = "9a9083505bc92276aec4be312696ef7bf3bf603f4bbd381196a029f340585312"
		  "313bca4a9b5b890efee42c77b1ee25fe",
	    .out = "3277902e534d5798315a75675c90154f8074e407eab7690bd84ef2107497de79"
		   "51a27676a539f8927bbc21d02f7d86fd02128108f94d19e14b222d3af56e4a77"
		   "661673b4c47ff505265d8d416353240a5ed0419cc482fec4c1a2a30234613e1c",
	    .random = true },
	{ "python-ecdsa 0.18, brainpoolP512r1, SHA512", CKM_ECDSA, NONE, .verbs = SIGNATURE,
	    .key = &brainpool_512r1_key,
	    .in = "39a5e04aaff7455d9850c605364f514c11324ce64016960d23d5dc57d3ffd8f4"
		  "9a739468ab8049bf18eef820cdb1ad6c9015f838556bc7fad4138b23fdf986c7",
	    .out = "5a62cd28cd5aa4cd20a8aa2973e593006eca66d956354ab09ab1da0efbb72e00"
		   "35586a4174a17fb01b50003ebc64b6719f7695e14777dbc630c8b72f67fe1532"
		   "a5a80b85ad0a792960106c1fe420c57e6ef456a80493c51d3ce7768fe2717ea6"
		   "32202f160bc714dfd3fe1823d77b40bf21d16b2ac9288f8728e05503d40f8ab5",
	    .random = true },
	{ "python-ecdsa 0.18, brainpoolP512t1, SHA512", CKM_ECDSA, NONE, .verbs = SIGNATURE,
	    .key = &brainpool_512t1_key,
	    .in = "39a5e04aaff7455d9850c605364f514c11324ce64016960d23d5dc57d3ffd8f4"
		  "9a739468ab8049bf18eef820cdb1ad6c9015f838556bc7fad4138b23fdf986c7",
	    .out = "93e7d7ee5ab1bca1df8d510f73a6dbad0ec38766420ac495a223785b903b4ab3"
		   "9d471f934b644faee998b59cfbb4fe205b2d19dd71a76055a6e438d9793fc434"
		   "1106b050f3dc656fe8688424e76b0abeddedce3f1edddc46807424b9b95f4425"
		   "25ec3506ae3a36acce4e4815e258415211ec56050757a73c2486e6f3b7b7fad8",
	    .random = true },
	{ "RFC 6979, A.2.5, SHA1, sample", CKM_ECDSA_SHA1, NONE, .verbs = SIGNATURE,
	    .key = &p256_key, .in = "73616d706c65",
	    .out = "61340c88c3aaebeb4f6d667f672ca9759a6ccaa9fa8811313039ee4a35471d32"
		   "6d7f147dac089441bb2e2fe8f7a3fa264b9c475098fdcf6e00d7c996e1b8b7eb",
	    .random = true },
	{ "RFC 6979, A.2.5, SHA224, sample", CKM_ECDSA_SHA224, NONE, .verbs = SIGNATURE,
	    .key = &p256_key, .in = "73616d706c65",
	    .out = "53b2fff5d1752b2c689df257c04c40a587fababb3f6fc2702f1343af7ca9aa3f"
		   "b9afb64fdc03dc1a131c7d2386d11e349f070aa432a4acc918bea988bf75c74c",
	    .random = true },
	{ "RFC 6979, A.2.5, SHA256, sample", CKM_ECDSA_SHA256, NONE, .verbs = SIGNATURE,
	    .key = &p256_key, .in = "73616d706c65",
	    .out = "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
		   "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
	    .random = true },
	{ "RFC 6979, A.2.5, SHA384, sample", CKM_ECDSA_SHA384, NONE, .verbs = SIGNATURE,
	    .key = &p256_key, .in = "73616d706c65",
	    .out = "0eafea039b20e9b42309fb1d89e213057cbf973dc0cfc8f129edddc800ef7719"
		   "4861f0491e6998b9455193e34e7b0d284ddd7149a74b95b9261f13abde940954",
	    .random = true },
	{ "RFC 6979, A.2.5, SHA512, sample", CKM_ECDSA_SHA512, NONE, .verbs = SIGNATURE,
	    .key = &p256_key, .in = "73616d706c65",
	    .out = "8496a60b5e9b47c825488827e0495b0e3fa109ec4568fd3f8d1097678eb97f00"
		   "2362ab1adbe2b8adf9cb9edab740ea6049c028114f2460f96554f61fae3302fe",
	    .random = true },
	{ "RFC 6979, A.2.6, SHA1, sample", CKM_ECDSA_SHA1, NONE, .verbs = SIGNATURE,
	    .key = &p384_key, .in = "73616d706c65",
	    .out = "ec748d839243d6fbef4fc5c4859a7dffd7f3abddf72014540c16d73309834fa3"
		   "7b9ba002899f6fda3a4a9386790d4eb2a3bcfa947beef4732bf247ac17f71676"
		   "cb31a847b9ff0cbc9c9ed4c1a5b3facf26f49ca031d4857570ccb5ca4424a443",
	    .random = true },
	{ "RFC 6979, A.2.6, SHA224, sample", CKM_ECDSA_SHA224, NONE, .verbs = SIGNATURE,
	    .key = &p384_key, .in = "73616d706c65",
	    .out = "42356e76b55a6d9b4631c865445dbe54e056d3b3431766d0509244793c3f9366"
		   "450f76ee3de43f5a125333a6be0601229da0c81787064021e78df658f2fbb0b0"
		   "42bf304665db721f077a4298b095e4834c082c03d83028efbf93a3c23940ca8d",
	    .random = true },
	{ "RFC 6979, A.2.6, SHA256, sample", CKM_ECDSA_SHA256, NONE, .verbs = SIGNATURE,
	    .key = &p384_key, .in = "73616d706c65",
	    .out = "21b13d1e013c7fa1392d03c5f99af8b30c570c6f98d4ea8e354b63a21d3daa33"
		   "bde1e888e63355d92fa2b3c36d8fb2cdf3aa443fb107745bf4bd77cb38916746"
		   "32068a10ca67e3d45db2266fa7d1feebefdc63eccd1ac42ec0cb8668a4fa0ab0",
	    .random = true },
	{ "RFC 6979, A.2.6, SHA384, sample", CKM_ECDSA_SHA384, NONE, .verbs = SIGNATURE,
	    .key = &p384_key, .in = "73616d706c65",
	    .out = "94edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa73d64c4ea95ad133c"
		   "81a648152e44acf96e36dd1e80fabe4699ef4aeb15f178cea1fe40db2603138f"
		   "130e740a19624526203b6351d0a3a94fa329c145786e679e7b82c71a38628ac8",
	    .random = true },
	{ "RFC 6979, A.2.6, SHA512, sample", CKM_ECDSA_SHA512, NONE, .verbs = SIGNATURE,
	    .key = &p384_key, .in = "73616d706c65",
	    .out = "ed0959d5880ab2d869ae7f6c2915c6d60f96507f9cb3e047c0046861da4a799c"
		   "fe30f35cc900056d7c99cd7882433709512c8cceee3890a84058ce1e22dbc219"
		   "8f42323ce8aca9135329f03c068e5112dc7cc3ef3446defceb01a45c2667fdd5",
	    .random = true },
	{ "RFC 6979, A.2.7, SHA1, sample", CKM_ECDSA_SHA1, NONE, .verbs = SIGNATURE,
	    .key = &p521_key, .in = "73616d706c65",
	    .out = "00343b6ec45728975ea5cba6659bbb6062a5ff89eea58be3c80b619f322c8791"
		   "0fe092f7d45bb0f8eee01ed3f20babec079d202ae677b243ab40b5431d497c55"
		   "d75d00e7b0e675a9b24413d448b8cc119d2bf7b2d2df032741c096634d6d65d0"
		   "dbe3d5694625fb9e8104d3b842c1b0e2d0b98bea19341e8676aef66ae4eba3d5"
		   "475d5d16",
	    .random = true },
	{ "RFC 6979, A.2.7, SHA224, sample", CKM_ECDSA_SHA224, NONE, .verbs = SIGNATURE,
	    .key = &p521_key, .in = "73616d706c65",
	    .out = "01776331cfcdf927d666e032e00cf776187bc9fdd8e69d0dabb4109ffe1b5e2a"
		   "30715f4cc923a4a5e94d2503e9acfed92857b7f31d7152e0f8c00c15ff3d87e2"
		   "ed2e0050cb5265417fe2320bbb5a122b8e1a32bd699089851128e360e620a30c"
		   "7e17ba41a666af126ce100e5799b153b60528d5300d08489ca9178fb610a2006"
		   "c254b41f",
	    .random = true },
	{ "RFC 6979, A.2.7, SHA256, sample", CKM_ECDSA_SHA256, NONE, .verbs = SIGNATURE,
	    .key = &p521_key, .in = "73616d706c65",
	    .out = "01511bb4d675114fe266fc4372b87682baecc01d3cc62cf2303c92b352601265"
		   "9d16876e25c7c1e57648f23b73564d67f61c6f14d527d54972810421e7d87589"
		   "e1a7004a171143a83163d6df460aaf61522695f207a58b95c0644d87e52aa1a3"
		   "47916e4f7a72930b1bc06dbe22ce3f58264afd23704cbb63b29b931f7de6c9d9"
		   "49a7ecfc",
	    .random = true },
	{ "RFC 6979, A.2.7, SHA384, sample", CKM_ECDSA_SHA384, NONE, .verbs = SIGNATURE,
	    .key = &p521_key, .in = "73616d706c65",
	    .out = "01ea842a0e17d2de4f92c15315c63ddf72685c18195c2bb95e572b9c5136ca4b"
		   "4b576ad712a52be9730627d16054ba40cc0b8d3ff035b12ae75168397f5d50c6"
		   "745101f21a3cee066e1961025fb048bd5fe2b7924d0cd797babe0a83b66f1e35"
		   "eeaf5fde143fa85dc394a7dee766523393784484bdf3e00114a1c857cde1aa20"
		   "3db65d61",
	    .random = true },
	{ "RFC 6979, A.2.7, SHA512, sample", CKM_ECDSA_SHA512, NONE, .verbs = SIGNATURE,
	    .key = &p521_key, .in = "73616d706c65",
	    .out = "00c328fafcbd79dd77850370c46325d987cb525569fb63c5d3bc53950e6d4c5f"
		   "174e25a1ee9017b5d450606add152b534931d7d4e8455cc91f9b15bf05ec36e3"
		   "77fa00617cce7cf5064806c467f678d3b4080d6f1cc50af26ca209417308281b"
		   "68af282623eaa63e5b5c0723d8b8c37ff0777b1a20f8ccb1dccc43997f1ee0e4"
		   "4da4a67a",
	    .random = true },
	{ "RFC 6979, A.2.4, SHA1, sample", CKM_ECDSA_SHA1, NONE, .verbs = SIGNATURE,
	    .key = &p224_key, .in = "73616d706c65",
	    .out = "22226f9d40a96e19c4a301ce5b74b115303c0f3a4fd30fc257fb57ac66d1cdd8"
		   "3e3af75605dd6e2feff196d30aa7ed7a2edf7af475403d69",
	    .random = true },
	{ "RFC 6979, A.2.4, SHA224, sample", CKM_ECDSA_SHA224, NONE, .verbs = SIGNATURE,
	    .key = &p224_key, .in = "73616d706c65",
	    .out = "1cdfe6662dde1e4a1ec4cdedf6a1f5a2fb7fbd9145c12113e6abfd3ea6694fd7"
		   "718a21053f225d3f46197ca699d45006c06f871808f43ebc",
	    .random = true },
	{ "RFC 6979, A.2.4, SHA256, sample", CKM_ECDSA_SHA256, NONE, .verbs = SIGNATURE,
	    .key = &p224_key, .in = "73616d706c65",
	    .out = "61aa3da010e8e8406c656bc477a7a7189895e7e840cdfe8ff42307babc814050"
		   "dab5d23770879494f9e0a680dc1af7161991bde692b10101",
	    .random = true },
	{ "RFC 6979, A.2.4, SHA384, sample", CKM_ECDSA_SHA384, NONE, .verbs = SIGNATURE,
	    .key = &p224_key, .in = "73616d706c65",
	    .out = "0b115e5e36f0f9ec81f1325a5952878d745e19d7bb3eabfaba77e953830f34cc"
		   "dfe826ccfdc81eb4129772e20e122348a2bbd889a1b1af1d",
	    .random = true },
	{ "RFC 6979, A.2.4, SHA512, sample", CKM_ECDSA_SHA512, NONE, .verbs = SIGNATURE,
	    .key = &p224_key, .in = "73616d706c65",
	    .out = "074bd1d979d5f32bf958ddc61e4fb4872adcafeb2256497cdac30397a4ceca19"
		   "6c3d5a1ff31027b33185dc8ee43f288b21ab342e5d8eb084",
	    .random = true },
	{ "libgcrypt 1.10.1, P-256, SHA3-224", CKM_ECDSA_SHA3_224, NONE, .verbs = SIGNATURE,
	    .key = &p256_key, .in = "73616d706c65",
	    .out = "17b6d2c1232cc0c7c6ab46ac8248f50662012e373bb79843777b2e9eee3ebb34"
		   "2dd7e23cd2f6af2ec773719cd60fa7a3b93ff21460687b6a2fd7f3b92f3ead09",
	    .random = true },
	{ "libgcrypt 1.10.1, P-384, SHA3-224", CKM_ECDSA_SHA3_224, NONE, .verbs = SIGNATURE,
	    .key = &p384_key, .in = "73616d706c65",
	    .out = "125cf0003bc178ecbdae24fbc6f10fd6df437839df345b98adfe84364abee383"
		   "78847230c17c29bcc2e3885620c620e86756a3ea6ba39c133958c6802b032c56"
		   "6d0e7855d52bb218d3759ad2757888f227b1ded6cc9d371cb479411cbd8a3be6",
	    .random = true },
	{ "libgcrypt 1.10.1, P-521, SHA3-224", CKM_ECDSA_SHA3_224, NONE, .verbs = SIGNATURE,
	    .key = &p521_key, .in = "73616d706c65",
	    .out = "00bbfd110f4259f9d8f0c7153051ec0cfff624a4e0de3731f2fd2c0e0287e117"
		   "77a374b274a9ed28b5f4a875bf03852784a7b3f7d37d6461f105a6fdb861a1d6"
		   "72ac01a1472e4cb64bed2c227dfd96946f272ee19f1188e6a47e4dbfc25e3163"
		   "0c5c64d5d12431388557438b757794cf9a5c9ca975094390edc9859434effdef"
		   "ef428b59",
	    .random = true },
	{ "libgcrypt 1.10.1, P-224, SHA3-224", CKM_ECDSA_SHA3_224, NONE, .verbs = SIGNATURE,
	    .key = &p224_key, .in = "73616d706c65",
	    .out = "d8140225fd4fc7b21622ff7b0c2d54bfee62a2c898408957f1a5d08430fbbc0e"
		   "ff3a1957e05a488b79cfdd7b684d362000a89debbd452b81",
	    .random = true },
	{ "libgcrypt 1.10.1, P-256, SHA3-256", CKM_ECDSA_SHA3_256, NONE, .verbs = SIGNATURE,
	    .key = &p256_key, .in = "73616d706c65",
	    .out = "8fedfdf147364db550f840aebfe7c26df77a9ab56c9aea20ac33e45e1aedd7ac"
		   "3a5bd6183374df2517910db14e0a9cc4666ae679c4d1ebb89242fb3062db6068",
	    .random = true },
	{ "libgcrypt 1.10.1, P-384, SHA3-256", CKM_ECDSA_SHA3_256, NONE, .verbs = SIGNATURE,
	    .key = &p384_key, .in = "73616d706c65",
	    .out = "253e501c17b72b81472f96ccaeb9fe60a8a856c90b980bce161090e09b2c68f0"
		   "494f834c8d551ebd39b5f7732e02e9bffd3376f6b195dbaf24b8bef22b6c5b96"
		   "322af1f8e4bfb90f7538ebfc00aae8a6d036ed79e05aae8d0dce63ee31fe239e",
	    .random = true },
	{ "libgcrypt 1.10.1, P-521, SHA3-256", CKM_ECDSA_SHA3_256, NONE, .verbs = SIGNATURE,
	    .key = &p521_key, .in = "73616d706c65",
	    .out = "01c1833010518e512def7727b21486f3187dee9cd55a55d3672707913f24ecbc"
		   "a53680178270f0670ddc3e652e17245eb314ca3734c25f6d0c311610b350c115"
		   "6b2100f235136745a1bd49ae9872d9d6410f19f24046d5937b3542cb6316458e"
		   "3e04a6da5fcb4fca3a4d25dc94615bb30fd69f31653fe0dc1158b431a9266928"
		   "615124ea",
	    .random = true },
	{ "libgcrypt 1.10.1, P-224, SHA3-256", CKM_ECDSA_SHA3_256, NONE, .verbs = SIGNATURE,
	    .key = &p224_key, .in = "73616d706c65",
	    .out = "9ba6ad6f667a8ab27e72a6bcb0e5802a253780dc8fedde9daa36736de7939094"
		   "c43de1547c8b820793453fe8dabcf4a29823e618f03d5e4e",
	    .random = true },
	{ "libgcrypt 1.10.1, P-256, SHA3-384", CKM_ECDSA_SHA3_384, NONE, .verbs = SIGNATURE,
	    .key = &p256_key, .in = "73616d706c65",
	    .out = "490481633ff76925541e2de72324cd3ac651be43031a19377c565673cfdaf7f9"
		   "65ca55d455f1335c729cb74d06dc81561309c924ea2c97cbc11132c220dc932a",
	    .random = true },
	{ "libgcrypt 1.10.1, P-384, SHA3-384", CKM_ECDSA_SHA3_384, NONE, .verbs = SIGNATURE,
	    .key = &p384_key, .in = "73616d706c65",
	    .out = "57efd06fd30653794ce388d6cc91d8da969225a07b322e334ea2832c5217d3d9"
		   "99838eee9dc983d7b328b704dd302d148c051c2b54e5a0bd7a91e11e47c00df4"
		   "21a6c8d33ba7c75915f7d5df6597a6f8872cf1d886cd7b1c5e087df24b8114ab",
	    .random = true },
	{ "libgcrypt 1.10.1, P-521, SHA3-384", CKM_ECDSA_SHA3_384, NONE, .verbs = SIGNATURE,
	    .key = &p521_key, .in = "73616d706c65",
	    .out = "0119f4544ac5e43e667723ab916b37883484fc106e78da02f2978d43ca3006db"
		   "4c61a47d87e57d45b302b853fb194f3a5c40a4b7851366951eb110fe1e81d5ec"
		   "7fff01a36eca1691210ab0a2338f53a1c33e2497f87459880d868891620a7679"
		   "7cdb5c68319953b376846827870efdb6eb8d6f4a528bb6e8c87b5b728e0f63bc"
		   "8f5562cd",
	    .random = true },
	{ "libgcrypt 1.10.1, P-224, SHA3-384", CKM_ECDSA_SHA3_384, NONE, .verbs = SIGNATURE,
	    .key = &p224_key, .in = "73616d706c65",
	    .out = "3d5f58079d911bd11fcf511e4b0cc5a5a58c6eca6d4e8faba5f0e2e6b4b962ee"
		   "4f06018dd64cb528df85b2531b5f129984379c89b98e19d8",
	    .random = true },
	{ "libgcrypt 1.10.1, P-256, SHA3-512", CKM_ECDSA_SHA3_512, NONE, .verbs = SIGNATURE,
	    .key = &p256_key, .in = "73616d706c65",
	    .out = "83efc3ac4508ed1749c9d7ae1fc1235c259cc1c6b15e9f3903736f435751fff5"
		   "411aadc5274dd77051f8bfc5673a024b04a71248d995a22fa079a98fbd1fc85a",
	    .random = true },
	{ "libgcrypt 1.10.1, P-384, SHA3-512", CKM_ECDSA_SHA3_512, NONE, .verbs = SIGNATURE,
	    .key = &p384_key, .in = "73616d706c65",
	    .out = "1df34bc7c03a9d25de4e4a58db9ccd260c48cf34fbb65db2692b0cc329dca707"
		   "d51b0ec694dcdeb178b4a4412c3200296007cdeddee441ddec154b873aa57444"
		   "307f2b79df2420849c3a3907e20ca5dfe6191458d4ca8a0f94d00998c4e4b2c0",
	    .random = true },
	{ "libgcrypt 1.10.1, P-521, SHA3-512", CKM_ECDSA_SHA3_512, NONE, .verbs = SIGNATURE,
	    .key = &p521_key, .in = "73616d706c65",
	    .out = "006a2fcedb201a3f6e83312cff85a3504918f6a3c7ff0a1213cd41ac34d095c7"
		   "a8c5b3e3e6e86d0caf6b78e439d954245973b633be5d277cc2aeb65c8d2f505a"
		   "967800ce469f13b972c54a6a5097fb171b4daf9ab04b2f80fe538fa5cae05096"
		   "9e1f27f106bdf086c6f99d831600430211f39b96e8b97c1fe62caed53bb2b624"
		   "41cbb459",
	    .random = true },
	{ "libgcrypt 1.10.1, P-224, SHA3-512", CKM_ECDSA_SHA3_512, NONE, .verbs = SIGNATURE,
	    .key = &p224_key, .in = "73616d706c65",
	    .out = "8fb41a579da28fb10ee848f1fc490888a963e12dc2c9120d77091ee7d906fe51"
		   "3ecd8ea317f8b1e52ae0e18dfcafc53a44b3b6db6b227948",
	    .random = true },
	{ 0 },
};
