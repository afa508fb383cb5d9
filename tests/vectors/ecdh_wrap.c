/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Vectors of the wraps by agreement.  The agreement in each is one of NIST CAVP's or
 * RFC 7748's: the recipient's key, the other party's point in front of the blob, the
 * shared secret between them.  What follows the point is the work of python-cryptography
 * 48: its X963KDF or ConcatKDFHash of that secret, and its aes_key_wrap_with_padding.
 */
#include "tests/vectors.h"

/* NIST CAVP, KAS_ECC_CDH_PrimitiveTest, P-256, COUNT 0. */
static const struct vector_key p256_key = {
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
static const struct vector_key p384_key = {
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
static const struct vector_key p521_key = {
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

/* RFC 7748, 6.1, Alice. */
static const struct vector_key x25519_key = {
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

/* RFC 7748, 6.2, Alice. */
static const struct vector_key x448_key = {
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

const struct vector ecdh_wrap_vectors[] = {
	{ "P-256, CKD_SHA256_KDF, 256 bits, a secret of 16 bytes", CKM_ECDH_COF_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_WRAP | CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4acfd5f6254788519256edbb95abae84a7f8f7947581394a090",
	    .random = true, .authentic = true },
	{ "P-256, CKD_NULL, 256 bits, a secret of 24 bytes", CKM_ECDH_COF_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_NULL, NULL), .verbs = CKF_WRAP | CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff0001020304050607",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4ac29986ef577958824f04ed8d6911d2000553abb99cb233711429e04e225"
		   "878027",
	    .random = true, .authentic = true },
	{ "P-256, CKD_SHA1_KDF, 128 bits, a secret of 7 bytes, shared data",
	    CKM_ECDH_COF_AES_KEY_WRAP, ECDH_WRAP(128, CKD_SHA1_KDF, "48616e6466617374"),
	    .verbs = CKF_WRAP | CKF_UNWRAP, .key = &p256_key, .in = "00112233445566",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4accb95f4c4611af45ebde16e7863669c28",
	    .random = true, .authentic = true },
	{ "P-256, CKD_SHA3_256_KDF_SP800, 192 bits, a secret of 1 bytes, shared data",
	    CKM_ECDH_COF_AES_KEY_WRAP, ECDH_WRAP(192, CKD_SHA3_256_KDF_SP800, "48616e6466617374"),
	    .verbs = CKF_WRAP | CKF_UNWRAP, .key = &p256_key, .in = "00",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4ac4adcbec0814a6456c343956816914bb1",
	    .random = true, .authentic = true },
	{ "P-256, CKD_SHA256_KDF, 256 bits, the private key of P-521, shared data",
	    CKM_ECDH_COF_AES_KEY_WRAP, ECDH_WRAP(256, CKD_SHA256_KDF, "48616e6466617374"),
	    .verbs = CKF_WRAP | CKF_UNWRAP, .key = &p256_key, .target = &p521_key,
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4ac4fd7600122ceab92d2400d233dc3931246ffcc904e37dc18c774403281"
		   "aa52afb4f3dbd18632cb8d1dbeed2be684fc5a083e2eb7f114bff5a867a445d8"
		   "3ee934fb1e47fa7789d3b433d887dcd4777715dbc3ce10bfeae38e8dada4858c"
		   "c4c051072212762542c986bd581450c1e0e44ae148a492dc2aaaa57304a7a65e"
		   "376038ca551d805289af0b9eb7ff6f8f830a05c8c0d0bdda33a0cbbd1e85d2be"
		   "e9ac1894e86964f6de1e57312031863fc4f82f753cb936a4d9a15819b7996b8c"
		   "2352ff4e5a7f49af6a434331fa71cc0a2a61849da8ad92a328c2ae1203f79e6d"
		   "3741b1f5a3c2477cba5e8ef1e1366f9d50bc652c4cb5c9caf251e09cfbfef910"
		   "e8b16d",
	    .random = true, .authentic = true },
	{ "P-384, CKD_SHA384_KDF_SP800, 192 bits, an AES key", CKM_ECDH_COF_AES_KEY_WRAP,
	    ECDH_WRAP(192, CKD_SHA384_KDF_SP800, NULL), .verbs = CKF_WRAP | CKF_UNWRAP,
	    .key = &p384_key, .target = AES_KEY("00112233445566778899aabbccddeeff0001020304050607"),
	    .out = "046104a7c76b970c3b5fe8b05d2838ae04ab47697b9eaf52e764592efda27fe7"
		   "513272734466b400091adbf2d68c58e0c50066ac68f19f2e1cb879aed43a9969"
		   "b91a0839c4c38a49749b661efedf243451915ed0905a32b060992b468c64766f"
		   "c8437a5b800b4bda2b38b7fc5eb3561ebaff7aa7e69d970399276f524fc2271b"
		   "7e13a7",
	    .random = true, .authentic = true },
	{ "P-521, CKD_SHA512_KDF, 256 bits, the private key of P-256", CKM_ECDH_COF_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA512_KDF, NULL), .verbs = CKF_WRAP | CKF_UNWRAP, .key = &p521_key,
	    .target = &p256_key,
	    .out = "0481850400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94"
		   "90340854334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176"
		   "666877a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe0540069794"
		   "2e80b739884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e52249"
		   "7955a4f3c302f676028e3cfa72ecb92eb6ab1ea8fca389252effa5672b247d37"
		   "93c515424ded5cf868f8714669486404ae6e81bae942c226df42c5490eff5750"
		   "639244690853abd5adf9e1f8f831345afa3b5d07317aafafe0088b1faf27e8cc"
		   "742c695c50185ab534bddc600665d233193b9c670f96433a0408d129db32976c"
		   "5d5704f2896c5c8a21990eda8da24cede005fc600ab573e1dbe7bfba4aa89d33",
	    .random = true, .authentic = true },
	{ "P-521, CKD_SHA256_KDF, 128 bits, a secret of 20 bytes", CKM_ECDH_COF_AES_KEY_WRAP,
	    ECDH_WRAP(128, CKD_SHA256_KDF, NULL), .verbs = CKF_WRAP | CKF_UNWRAP, .key = &p521_key,
	    .in = "00112233445566778899aabbccddeeff00010203",
	    .out = "0481850400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94"
		   "90340854334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176"
		   "666877a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe0540069794"
		   "2e80b739884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e52249"
		   "7955a4f3c302f676f15960f66b6b1b11a1f61c49dcb414f07e0c39177327bf69"
		   "b535809a025c604c",
	    .random = true, .authentic = true },
	{ "P-224, CKD_SHA224_KDF, 128 bits, the private key of X25519, shared data",
	    CKM_ECDH_COF_AES_KEY_WRAP, ECDH_WRAP(128, CKD_SHA224_KDF, "48616e6466617374"),
	    .verbs = CKF_WRAP | CKF_UNWRAP, .key = &p224_key, .target = &x25519_key,
	    .out = "043904af33cd0629bc7e996320a3f40368f74de8704fa37b8fab69abaae28088"
		   "2092ccbba7930f419a8a4f9bb16978bbc3838729992559a6f2e2d7ed1f20771f"
		   "5b33ce7f71b06bead14a9152503fbedc334662788472a078665f84f4543ad207"
		   "f293388b5b0e9b2fe645015fbf289e1326a090",
	    .random = true, .authentic = true },
	{ "X25519, CKD_NULL, 256 bits, a secret of 24 bytes", CKM_ECDH_X_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_NULL, NULL), .verbs = CKF_WRAP | CKF_UNWRAP, .key = &x25519_key,
	    .in = "00112233445566778899aabbccddeeff0001020304050607",
	    .out = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"
		   "f548555e631dbb75cac03b7a0df42aa7ac7797c97a658090a3d8e1dc0ee3ce96",
	    .random = true, .authentic = true, .masked = 31 },
	{ "X25519, CKD_SHA256_KDF, 128 bits, a secret of 9 bytes, shared data",
	    CKM_ECDH_X_AES_KEY_WRAP, ECDH_WRAP(128, CKD_SHA256_KDF, "48616e6466617374"),
	    .verbs = CKF_WRAP | CKF_UNWRAP, .key = &x25519_key, .in = "001122334455667788",
	    .out = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"
		   "8a8a961f96cf28f43f33f7a6ea86d5c2aa9063e9faf20031",
	    .random = true, .authentic = true, .masked = 31 },
	{ "X25519, CKD_SHA512_KDF_SP800, 192 bits, the private key of P-384",
	    CKM_ECDH_X_AES_KEY_WRAP, ECDH_WRAP(192, CKD_SHA512_KDF_SP800, NULL),
	    .verbs = CKF_WRAP | CKF_UNWRAP, .key = &x25519_key, .target = &p384_key,
	    .out = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"
		   "707d55b0029bbaa5a0cfd17806399909ed25d8e0a90a8a01bc0d99b62f3a15e6"
		   "71b0fa24cc6004eafc3fd156b987903d2896152ffa6cd19c6b1da3f0ae5e132d"
		   "2c492041e6c1fe87ffd7cf0e598a04391cbbe250041697cea66666bce55cff08"
		   "e456bce8558e637c086e5355c5f95a5b3baeb4cab5db7f5119ab0820f5fdcbbd"
		   "85aac51ae203d8b58f694d3ee895c0ee91308017d24709111d3750874ebbf29b"
		   "80a83c4d3825291889c2d0df4a7b927be844bbe32a48e20bc56946667419bdf5"
		   "4d13057764421659",
	    .random = true, .authentic = true, .masked = 31 },
	{ "X448, CKD_SHA512_KDF, 256 bits, the private key of X448", CKM_ECDH_X_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA512_KDF, NULL), .verbs = CKF_WRAP | CKF_UNWRAP, .key = &x448_key,
	    .target = &x448_key,
	    .out = "3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972"
		   "fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609e7bcdc607c5679ca"
		   "afa766d0a82bbcdc5ddcf9d95625624feac20ddf092e2e6765b6574c0fee81df"
		   "c2dabc6de86b0f568c4640b09dec39350abe06f2b376051937ad52f530d70dfd"
		   "329bf6ad715529ca",
	    .random = true, .authentic = true },
	{ "X448, CKD_SHA1_KDF_SP800, 256 bits, an AES key, shared data", CKM_ECDH_X_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA1_KDF_SP800, "48616e6466617374"), .verbs = CKF_WRAP | CKF_UNWRAP,
	    .key = &x448_key, .target = AES_KEY("00112233445566778899aabbccddeeff0001020304050607"),
	    .out = "3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972"
		   "fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609eca70c153c64d7c9"
		   "e9b8adc23d0031b11cd805ac4661f94a65bf1118458c4e8a",
	    .random = true, .authentic = true },
	{ "P-256, CKD_SHA256_KDF, 256 bits, a secret of 16 bytes", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_WRAP | CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4acfd5f6254788519256edbb95abae84a7f8f7947581394a090",
	    .random = true, .authentic = true },
	{ "P-256, CKD_SHA256_KDF, 256 bits, a secret of 16 bytes, the point as it is",
	    CKM_ECDH_AES_KEY_WRAP, ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP,
	    .key = &p256_key, .in = "00112233445566778899aabbccddeeff",
	    .out = "04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		   "87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		   "acfd5f6254788519256edbb95abae84a7f8f7947581394a090",
	    .random = true, .authentic = true },
	{ "P-256, CKD_NULL, 256 bits, a secret of 15 bytes, the point as it is",
	    CKM_ECDH_AES_KEY_WRAP, ECDH_WRAP(256, CKD_NULL, NULL), .verbs = CKF_UNWRAP,
	    .key = &p256_key, .in = "00112233445566778899aabbccddee",
	    .out = "04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		   "87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		   "ac401507a024a8d76962e3f134a71669ecc06ae9927bedf096",
	    .random = true, .authentic = true },
	{ "P-521, CKD_SHA512_KDF_SP800, 256 bits, the private key of P-384, shared data",
	    CKM_ECDH_AES_KEY_WRAP, ECDH_WRAP(256, CKD_SHA512_KDF_SP800, "48616e6466617374"),
	    .verbs = CKF_WRAP | CKF_UNWRAP, .key = &p521_key, .target = &p384_key,
	    .out = "0481850400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94"
		   "90340854334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176"
		   "666877a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe0540069794"
		   "2e80b739884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e52249"
		   "7955a4f3c302f67600403927be5a7d54ce105f51c4163ae9ef2336fea5ad4e77"
		   "a9a02a91992de2a1d691d623c5bf64630e51603e0de695f94552fc4255c349cb"
		   "7dc5700377edc35c979d52031451354a0ab84613e196f8f14ef5322d23ea0fda"
		   "a740d49d63b2ee3275a873282b5a5c9ab8b8e767e4b84a001fd9f11bc19abbaf"
		   "9eed0e561762f0c0762ca0ab5c7d7978bc6a07dca37366bac9c3020e5f288d38"
		   "cdf3ec003a354ee4b158741f644b1e5419e886da05f33565d09399fc7ead4e69"
		   "a3c38c662544236f36872617aa50a56d",
	    .random = true, .authentic = true },
	{ "P-521, CKD_SHA512_KDF_SP800, 256 bits, the private key of P-384, shared data, the point "
	  "as it is",
	    CKM_ECDH_AES_KEY_WRAP, ECDH_WRAP(256, CKD_SHA512_KDF_SP800, "48616e6466617374"),
	    .verbs = CKF_UNWRAP, .key = &p521_key, .target = &p384_key,
	    .out = "0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		   "54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		   "a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		   "39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		   "f3c302f67600403927be5a7d54ce105f51c4163ae9ef2336fea5ad4e77a9a02a"
		   "91992de2a1d691d623c5bf64630e51603e0de695f94552fc4255c349cb7dc570"
		   "0377edc35c979d52031451354a0ab84613e196f8f14ef5322d23ea0fdaa740d4"
		   "9d63b2ee3275a873282b5a5c9ab8b8e767e4b84a001fd9f11bc19abbaf9eed0e"
		   "561762f0c0762ca0ab5c7d7978bc6a07dca37366bac9c3020e5f288d38cdf3ec"
		   "003a354ee4b158741f644b1e5419e886da05f33565d09399fc7ead4e69a3c38c"
		   "662544236f36872617aa50a56d",
	    .random = true, .authentic = true },
	{ "X25519, CKD_SHA256_KDF, 256 bits, a secret of 24 bytes", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_WRAP | CKF_UNWRAP,
	    .key = &x25519_key, .in = "00112233445566778899aabbccddeeff0001020304050607",
	    .out = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"
		   "87b8ee6f67b0c40287d58745f82f3692e47c172b036c7b5ecb113ba0ea2cbe32",
	    .random = true, .authentic = true, .masked = 31 },
	{ "X25519, CKD_SHA256_KDF, 256 bits, a secret of 24 bytes, the point in an OCTET STRING",
	    CKM_ECDH_AES_KEY_WRAP, ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP,
	    .key = &x25519_key, .in = "00112233445566778899aabbccddeeff0001020304050607",
	    .out = "0420de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f88"
		   "2b4f87b8ee6f67b0c40287d58745f82f3692e47c172b036c7b5ecb113ba0ea2c"
		   "be32",
	    .random = true, .authentic = true, .masked = 33 },
	{ "X448, CKD_SHA512_KDF, 192 bits, an AES key, shared data", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(192, CKD_SHA512_KDF, "48616e6466617374"), .verbs = CKF_WRAP | CKF_UNWRAP,
	    .key = &x448_key, .target = AES_KEY("00112233445566778899aabbccddeeff0001020304050607"),
	    .out = "3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972"
		   "fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf336099dade40369bbdb3d"
		   "f8b6a09f312f55d7bb4d8d28ce621a4b4142db4300e185d6",
	    .random = true, .authentic = true },
	{ "X448, CKD_SHA512_KDF, 192 bits, an AES key, shared data, the point in an OCTET STRING",
	    CKM_ECDH_AES_KEY_WRAP, ECDH_WRAP(192, CKD_SHA512_KDF, "48616e6466617374"),
	    .verbs = CKF_UNWRAP, .key = &x448_key,
	    .target = AES_KEY("00112233445566778899aabbccddeeff0001020304050607"),
	    .out = "04383eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8"
		   "b972fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf336099dade40369bb"
		   "db3df8b6a09f312f55d7bb4d8d28ce621a4b4142db4300e185d6",
	    .random = true, .authentic = true },
	{ "Refused: P-256, an AES key of 0 bits", CKM_ECDH_COF_AES_KEY_WRAP,
	    ECDH_WRAP(0, CKD_SHA256_KDF, NULL), .verbs = CKF_WRAP | CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4acfd5f6254788519256edbb95abae84a7f8f7947581394a090",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-256, an AES key of 64 bits", CKM_ECDH_COF_AES_KEY_WRAP,
	    ECDH_WRAP(64, CKD_SHA256_KDF, NULL), .verbs = CKF_WRAP | CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4acfd5f6254788519256edbb95abae84a7f8f7947581394a090",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-256, an AES key of 255 bits", CKM_ECDH_COF_AES_KEY_WRAP,
	    ECDH_WRAP(255, CKD_SHA256_KDF, NULL), .verbs = CKF_WRAP | CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4acfd5f6254788519256edbb95abae84a7f8f7947581394a090",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-256, an AES key of 512 bits", CKM_ECDH_COF_AES_KEY_WRAP,
	    ECDH_WRAP(512, CKD_SHA256_KDF, NULL), .verbs = CKF_WRAP | CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4acfd5f6254788519256edbb95abae84a7f8f7947581394a090",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-256, an AES key of 32 bits", CKM_ECDH_COF_AES_KEY_WRAP,
	    ECDH_WRAP(32, CKD_SHA256_KDF, NULL), .verbs = CKF_WRAP | CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4acfd5f6254788519256edbb95abae84a7f8f7947581394a090",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-256, an AES key of too many bits", CKM_ECDH_COF_AES_KEY_WRAP,
	    ECDH_WRAP(~0UL, CKD_SHA256_KDF, NULL), .verbs = CKF_WRAP | CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4acfd5f6254788519256edbb95abae84a7f8f7947581394a090",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-256, an unknown function", CKM_ECDH_COF_AES_KEY_WRAP,
	    ECDH_WRAP(256, 0x7fffffff, NULL), .verbs = CKF_WRAP | CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4acfd5f6254788519256edbb95abae84a7f8f7947581394a090",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-256, shared data without a function", CKM_ECDH_COF_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_NULL, "00"), .verbs = CKF_WRAP | CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4acfd5f6254788519256edbb95abae84a7f8f7947581394a090",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-256, 128 bits of a longer secret", CKM_ECDH_COF_AES_KEY_WRAP,
	    ECDH_WRAP(128, CKD_NULL, NULL), .verbs = CKF_WRAP | CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4acfd5f6254788519256edbb95abae84a7f8f7947581394a090",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: X25519, an AES key of 0 bits", CKM_ECDH_X_AES_KEY_WRAP,
	    ECDH_WRAP(0, CKD_SHA256_KDF, NULL), .verbs = CKF_WRAP | CKF_UNWRAP, .key = &x25519_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"
		   "4db08a6144a7e367251b66486e716761d497c3f2bacdabbd",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: X25519, an AES key of 64 bits", CKM_ECDH_X_AES_KEY_WRAP,
	    ECDH_WRAP(64, CKD_SHA256_KDF, NULL), .verbs = CKF_WRAP | CKF_UNWRAP, .key = &x25519_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"
		   "4db08a6144a7e367251b66486e716761d497c3f2bacdabbd",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: X25519, an AES key of 255 bits", CKM_ECDH_X_AES_KEY_WRAP,
	    ECDH_WRAP(255, CKD_SHA256_KDF, NULL), .verbs = CKF_WRAP | CKF_UNWRAP,
	    .key = &x25519_key, .in = "00112233445566778899aabbccddeeff",
	    .out = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"
		   "4db08a6144a7e367251b66486e716761d497c3f2bacdabbd",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: X25519, an AES key of 512 bits", CKM_ECDH_X_AES_KEY_WRAP,
	    ECDH_WRAP(512, CKD_SHA256_KDF, NULL), .verbs = CKF_WRAP | CKF_UNWRAP,
	    .key = &x25519_key, .in = "00112233445566778899aabbccddeeff",
	    .out = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"
		   "4db08a6144a7e367251b66486e716761d497c3f2bacdabbd",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: X25519, an AES key of 32 bits", CKM_ECDH_X_AES_KEY_WRAP,
	    ECDH_WRAP(32, CKD_SHA256_KDF, NULL), .verbs = CKF_WRAP | CKF_UNWRAP, .key = &x25519_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"
		   "4db08a6144a7e367251b66486e716761d497c3f2bacdabbd",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: X25519, an AES key of too many bits", CKM_ECDH_X_AES_KEY_WRAP,
	    ECDH_WRAP(~0UL, CKD_SHA256_KDF, NULL), .verbs = CKF_WRAP | CKF_UNWRAP,
	    .key = &x25519_key, .in = "00112233445566778899aabbccddeeff",
	    .out = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"
		   "4db08a6144a7e367251b66486e716761d497c3f2bacdabbd",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: X25519, an unknown function", CKM_ECDH_X_AES_KEY_WRAP,
	    ECDH_WRAP(256, 0x7fffffff, NULL), .verbs = CKF_WRAP | CKF_UNWRAP, .key = &x25519_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"
		   "4db08a6144a7e367251b66486e716761d497c3f2bacdabbd",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: X25519, shared data without a function", CKM_ECDH_X_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_NULL, "00"), .verbs = CKF_WRAP | CKF_UNWRAP, .key = &x25519_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"
		   "4db08a6144a7e367251b66486e716761d497c3f2bacdabbd",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: X25519, 128 bits of a longer secret", CKM_ECDH_X_AES_KEY_WRAP,
	    ECDH_WRAP(128, CKD_NULL, NULL), .verbs = CKF_WRAP | CKF_UNWRAP, .key = &x25519_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"
		   "4db08a6144a7e367251b66486e716761d497c3f2bacdabbd",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-256, an AES key of 0 bits", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(0, CKD_SHA256_KDF, NULL), .verbs = CKF_WRAP | CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4acfd5f6254788519256edbb95abae84a7f8f7947581394a090",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-256, an AES key of 64 bits", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(64, CKD_SHA256_KDF, NULL), .verbs = CKF_WRAP | CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4acfd5f6254788519256edbb95abae84a7f8f7947581394a090",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-256, an AES key of 255 bits", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(255, CKD_SHA256_KDF, NULL), .verbs = CKF_WRAP | CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4acfd5f6254788519256edbb95abae84a7f8f7947581394a090",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-256, an AES key of 512 bits", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(512, CKD_SHA256_KDF, NULL), .verbs = CKF_WRAP | CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4acfd5f6254788519256edbb95abae84a7f8f7947581394a090",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-256, an AES key of 32 bits", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(32, CKD_SHA256_KDF, NULL), .verbs = CKF_WRAP | CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4acfd5f6254788519256edbb95abae84a7f8f7947581394a090",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-256, an AES key of too many bits", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(~0UL, CKD_SHA256_KDF, NULL), .verbs = CKF_WRAP | CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4acfd5f6254788519256edbb95abae84a7f8f7947581394a090",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-256, an unknown function", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(256, 0x7fffffff, NULL), .verbs = CKF_WRAP | CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4acfd5f6254788519256edbb95abae84a7f8f7947581394a090",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-256, shared data without a function", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_NULL, "00"), .verbs = CKF_WRAP | CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4acfd5f6254788519256edbb95abae84a7f8f7947581394a090",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-256, 128 bits of a longer secret", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(128, CKD_NULL, NULL), .verbs = CKF_WRAP | CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4acfd5f6254788519256edbb95abae84a7f8f7947581394a090",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-521, 256 bits of a longer secret", CKM_ECDH_COF_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_NULL, NULL), .verbs = CKF_WRAP | CKF_UNWRAP, .key = &p521_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "0481850400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94"
		   "90340854334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176"
		   "666877a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe0540069794"
		   "2e80b739884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e52249"
		   "7955a4f3c302f676d878c219ba237fd148ff03faf9bfe1aa8c8f1fa2e7992967",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-224, 256 bits of a shorter secret", CKM_ECDH_COF_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_NULL, NULL), .verbs = CKF_WRAP | CKF_UNWRAP, .key = &p224_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "043904af33cd0629bc7e996320a3f40368f74de8704fa37b8fab69abaae28088"
		   "2092ccbba7930f419a8a4f9bb16978bbc3838729992559a6f2e2d78a01327707"
		   "031c0ad19a67b97cc792abfa5cefc656f47c3d",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: P-256, the point as it is", CKM_ECDH_COF_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d2"
		   "87db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4"
		   "acfd5f6254788519256edbb95abae84a7f8f7947581394a090",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-256, off the curve", CKM_ECDH_COF_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4adfd5f6254788519256edbb95abae84a7f8f7947581394a090",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-256, hybrid", CKM_ECDH_COF_AES_KEY_WRAP, ECDH_WRAP(256, CKD_SHA256_KDF, NULL),
	    .verbs = CKF_UNWRAP, .key = &p256_key, .in = "00112233445566778899aabbccddeeff",
	    .out = "044106700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4acfd5f6254788519256edbb95abae84a7f8f7947581394a090",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-256, compressed", CKM_ECDH_COF_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "042102700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287fd5f6254788519256edbb95abae84a7f8f7947581394a090",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-256, infinity", CKM_ECDH_COF_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "040100fd5f6254788519256edbb95abae84a7f8f7947581394a090",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-256, nothing but the point", CKM_ECDH_COF_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4ac",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-256, eight bytes behind the point", CKM_ECDH_COF_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4acfd5f625478851925",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-256, a length longer than it need be", CKM_ECDH_COF_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "0482004104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc"
		   "838833d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782"
		   "cab85fa4acfd5f6254788519256edbb95abae84a7f8f7947581394a090",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-256, a byte less", CKM_ECDH_COF_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4acfd5f6254788519256edbb95abae84a7f8f7947581394a0",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-256, eight bytes more", CKM_ECDH_COF_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4acfd5f6254788519256edbb95abae84a7f8f7947581394a0900000000000"
		   "000000",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-521, the point as it is", CKM_ECDH_COF_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &p521_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "0400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94903408"
		   "54334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176666877"
		   "a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697942e80b7"
		   "39884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522497955a4"
		   "f3c302f676d878c219ba237fd148ff03faf9bfe1aa8c8f1fa2e7992967",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-521, off the curve", CKM_ECDH_COF_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &p521_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "0481850400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94"
		   "90340854334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176"
		   "666877a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe0540069794"
		   "2e80b739884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e52249"
		   "7955a4f3c302f677d878c219ba237fd148ff03faf9bfe1aa8c8f1fa2e7992967",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-521, hybrid", CKM_ECDH_COF_AES_KEY_WRAP, ECDH_WRAP(256, CKD_SHA256_KDF, NULL),
	    .verbs = CKF_UNWRAP, .key = &p521_key, .in = "00112233445566778899aabbccddeeff",
	    .out = "0481850600685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94"
		   "90340854334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176"
		   "666877a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe0540069794"
		   "2e80b739884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e52249"
		   "7955a4f3c302f676d878c219ba237fd148ff03faf9bfe1aa8c8f1fa2e7992967",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-521, compressed", CKM_ECDH_COF_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &p521_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "04430200685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a9490"
		   "340854334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf17666"
		   "6877a2046dd878c219ba237fd148ff03faf9bfe1aa8c8f1fa2e7992967",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-521, infinity", CKM_ECDH_COF_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &p521_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "040100d878c219ba237fd148ff03faf9bfe1aa8c8f1fa2e7992967",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-521, nothing but the point", CKM_ECDH_COF_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &p521_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "0481850400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94"
		   "90340854334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176"
		   "666877a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe0540069794"
		   "2e80b739884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e52249"
		   "7955a4f3c302f676",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-521, eight bytes behind the point", CKM_ECDH_COF_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &p521_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "0481850400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94"
		   "90340854334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176"
		   "666877a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe0540069794"
		   "2e80b739884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e52249"
		   "7955a4f3c302f676d878c219ba237fd1",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-521, a length longer than it need be", CKM_ECDH_COF_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &p521_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "048200850400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a"
		   "9490340854334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf1"
		   "76666877a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697"
		   "942e80b739884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522"
		   "497955a4f3c302f676d878c219ba237fd148ff03faf9bfe1aa8c8f1fa2e79929"
		   "67",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-521, a byte less", CKM_ECDH_COF_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &p521_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "0481850400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94"
		   "90340854334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176"
		   "666877a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe0540069794"
		   "2e80b739884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e52249"
		   "7955a4f3c302f676d878c219ba237fd148ff03faf9bfe1aa8c8f1fa2e79929",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-521, eight bytes more", CKM_ECDH_COF_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &p521_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "0481850400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94"
		   "90340854334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176"
		   "666877a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe0540069794"
		   "2e80b739884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e52249"
		   "7955a4f3c302f676d878c219ba237fd148ff03faf9bfe1aa8c8f1fa2e7992967"
		   "0000000000000000",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-256, off the curve", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4adfd5f6254788519256edbb95abae84a7f8f7947581394a090",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-256, hybrid", CKM_ECDH_AES_KEY_WRAP, ECDH_WRAP(256, CKD_SHA256_KDF, NULL),
	    .verbs = CKF_UNWRAP, .key = &p256_key, .in = "00112233445566778899aabbccddeeff",
	    .out = "044106700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4acfd5f6254788519256edbb95abae84a7f8f7947581394a090",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-256, compressed", CKM_ECDH_AES_KEY_WRAP, ECDH_WRAP(256, CKD_SHA256_KDF, NULL),
	    .verbs = CKF_UNWRAP, .key = &p256_key, .in = "00112233445566778899aabbccddeeff",
	    .out = "042102700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287fd5f6254788519256edbb95abae84a7f8f7947581394a090",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-256, infinity", CKM_ECDH_AES_KEY_WRAP, ECDH_WRAP(256, CKD_SHA256_KDF, NULL),
	    .verbs = CKF_UNWRAP, .key = &p256_key, .in = "00112233445566778899aabbccddeeff",
	    .out = "040100fd5f6254788519256edbb95abae84a7f8f7947581394a090",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-256, nothing but the point", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4ac",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-256, eight bytes behind the point", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4acfd5f625478851925",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-256, a length longer than it need be", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "0482004104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc"
		   "838833d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782"
		   "cab85fa4acfd5f6254788519256edbb95abae84a7f8f7947581394a090",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-256, a byte less", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4acfd5f6254788519256edbb95abae84a7f8f7947581394a0",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-256, eight bytes more", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &p256_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "044104700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc8388"
		   "33d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab8"
		   "5fa4acfd5f6254788519256edbb95abae84a7f8f7947581394a0900000000000"
		   "000000",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-521, off the curve", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &p521_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "0481850400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94"
		   "90340854334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176"
		   "666877a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe0540069794"
		   "2e80b739884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e52249"
		   "7955a4f3c302f677d878c219ba237fd148ff03faf9bfe1aa8c8f1fa2e7992967",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-521, hybrid", CKM_ECDH_AES_KEY_WRAP, ECDH_WRAP(256, CKD_SHA256_KDF, NULL),
	    .verbs = CKF_UNWRAP, .key = &p521_key, .in = "00112233445566778899aabbccddeeff",
	    .out = "0481850600685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94"
		   "90340854334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176"
		   "666877a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe0540069794"
		   "2e80b739884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e52249"
		   "7955a4f3c302f676d878c219ba237fd148ff03faf9bfe1aa8c8f1fa2e7992967",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-521, compressed", CKM_ECDH_AES_KEY_WRAP, ECDH_WRAP(256, CKD_SHA256_KDF, NULL),
	    .verbs = CKF_UNWRAP, .key = &p521_key, .in = "00112233445566778899aabbccddeeff",
	    .out = "04430200685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a9490"
		   "340854334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf17666"
		   "6877a2046dd878c219ba237fd148ff03faf9bfe1aa8c8f1fa2e7992967",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-521, infinity", CKM_ECDH_AES_KEY_WRAP, ECDH_WRAP(256, CKD_SHA256_KDF, NULL),
	    .verbs = CKF_UNWRAP, .key = &p521_key, .in = "00112233445566778899aabbccddeeff",
	    .out = "040100d878c219ba237fd148ff03faf9bfe1aa8c8f1fa2e7992967",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-521, nothing but the point", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &p521_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "0481850400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94"
		   "90340854334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176"
		   "666877a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe0540069794"
		   "2e80b739884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e52249"
		   "7955a4f3c302f676",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-521, eight bytes behind the point", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &p521_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "0481850400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94"
		   "90340854334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176"
		   "666877a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe0540069794"
		   "2e80b739884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e52249"
		   "7955a4f3c302f676d878c219ba237fd1",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-521, a length longer than it need be", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &p521_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "048200850400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a"
		   "9490340854334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf1"
		   "76666877a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe05400697"
		   "942e80b739884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e522"
		   "497955a4f3c302f676d878c219ba237fd148ff03faf9bfe1aa8c8f1fa2e79929"
		   "67",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-521, a byte less", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &p521_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "0481850400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94"
		   "90340854334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176"
		   "666877a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe0540069794"
		   "2e80b739884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e52249"
		   "7955a4f3c302f676d878c219ba237fd148ff03faf9bfe1aa8c8f1fa2e79929",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: P-521, eight bytes more", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &p521_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "0481850400685a48e86c79f0f0875f7bc18d25eb5fc8c0b07e5da4f4370f3a94"
		   "90340854334b1e1b87fa395464c60626124a4e70d0f785601d37c09870ebf176"
		   "666877a2046d01ba52c56fc8776d9e8f5db4f0cc27636d0b741bbe0540069794"
		   "2e80b739884a83bde99e0f6716939e632bc8986fa18dccd443a348b6c3e52249"
		   "7955a4f3c302f676d878c219ba237fd148ff03faf9bfe1aa8c8f1fa2e7992967"
		   "0000000000000000",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X25519, in an OCTET STRING", CKM_ECDH_X_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &x25519_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "0420de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f88"
		   "2b4f4db08a6144a7e367251b66486e716761d497c3f2bacdabbd",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X25519, in a BIT STRING", CKM_ECDH_X_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &x25519_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "032100de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f"
		   "882b4f4db08a6144a7e367251b66486e716761d497c3f2bacdabbd",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X25519, of small order", CKM_ECDH_X_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &x25519_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "0000000000000000000000000000000000000000000000000000000000000000"
		   "4db08a6144a7e367251b66486e716761d497c3f2bacdabbd",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X25519, nothing but the point", CKM_ECDH_X_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &x25519_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X25519, eight bytes behind the point", CKM_ECDH_X_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &x25519_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"
		   "4db08a6144a7e367",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X25519, a byte less", CKM_ECDH_X_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &x25519_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"
		   "4db08a6144a7e367251b66486e716761d497c3f2bacdab",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X25519, eight bytes more", CKM_ECDH_X_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &x25519_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"
		   "4db08a6144a7e367251b66486e716761d497c3f2bacdabbd0000000000000000",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X448, in an OCTET STRING", CKM_ECDH_X_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &x448_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "04383eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8"
		   "b972fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf3360972bb04bb3c6d"
		   "c4ec024b512e99dcef4f6f9b35cddded97aa",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X448, in a BIT STRING", CKM_ECDH_X_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &x448_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "0339003eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027"
		   "d8b972fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf3360972bb04bb3c"
		   "6dc4ec024b512e99dcef4f6f9b35cddded97aa",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X448, of small order", CKM_ECDH_X_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &x448_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "0000000000000000000000000000000000000000000000000000000000000000"
		   "00000000000000000000000000000000000000000000000072bb04bb3c6dc4ec"
		   "024b512e99dcef4f6f9b35cddded97aa",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X448, nothing but the point", CKM_ECDH_X_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &x448_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972"
		   "fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X448, eight bytes behind the point", CKM_ECDH_X_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &x448_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972"
		   "fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf3360972bb04bb3c6dc4ec",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X448, a byte less", CKM_ECDH_X_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &x448_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972"
		   "fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf3360972bb04bb3c6dc4ec"
		   "024b512e99dcef4f6f9b35cddded97",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X448, eight bytes more", CKM_ECDH_X_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &x448_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972"
		   "fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf3360972bb04bb3c6dc4ec"
		   "024b512e99dcef4f6f9b35cddded97aa0000000000000000",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X25519, in a BIT STRING", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &x25519_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "032100de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f"
		   "882b4f4db08a6144a7e367251b66486e716761d497c3f2bacdabbd",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X25519, of small order", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &x25519_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "0000000000000000000000000000000000000000000000000000000000000000"
		   "4db08a6144a7e367251b66486e716761d497c3f2bacdabbd",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X25519, nothing but the point", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &x25519_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X25519, eight bytes behind the point", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &x25519_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"
		   "4db08a6144a7e367",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X25519, a byte less", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &x25519_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"
		   "4db08a6144a7e367251b66486e716761d497c3f2bacdab",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X25519, eight bytes more", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &x25519_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"
		   "4db08a6144a7e367251b66486e716761d497c3f2bacdabbd0000000000000000",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X448, in a BIT STRING", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &x448_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "0339003eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027"
		   "d8b972fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf3360972bb04bb3c"
		   "6dc4ec024b512e99dcef4f6f9b35cddded97aa",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X448, of small order", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &x448_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "0000000000000000000000000000000000000000000000000000000000000000"
		   "00000000000000000000000000000000000000000000000072bb04bb3c6dc4ec"
		   "024b512e99dcef4f6f9b35cddded97aa",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X448, nothing but the point", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &x448_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972"
		   "fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X448, eight bytes behind the point", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &x448_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972"
		   "fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf3360972bb04bb3c6dc4ec",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X448, a byte less", CKM_ECDH_AES_KEY_WRAP, ECDH_WRAP(256, CKD_SHA256_KDF, NULL),
	    .verbs = CKF_UNWRAP, .key = &x448_key, .in = "00112233445566778899aabbccddeeff",
	    .out = "3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972"
		   "fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf3360972bb04bb3c6dc4ec"
		   "024b512e99dcef4f6f9b35cddded97",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: X448, eight bytes more", CKM_ECDH_AES_KEY_WRAP,
	    ECDH_WRAP(256, CKD_SHA256_KDF, NULL), .verbs = CKF_UNWRAP, .key = &x448_key,
	    .in = "00112233445566778899aabbccddeeff",
	    .out = "3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972"
		   "fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf3360972bb04bb3c6dc4ec"
		   "024b512e99dcef4f6f9b35cddded97aa0000000000000000",
	    .rv = CKR_WRAPPED_KEY_INVALID },
	{ 0 },
};
