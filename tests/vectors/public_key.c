/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Vectors of public keys of private ones, as CKA_PUBLIC_KEY_INFO has them.  RSA:
 * Project Wycheproof has both.  Elliptic curves: RFC 5903, 8, and RFC 7748, 6, have
 * both as numbers, GnuTLS 3.7.9 writes them down.  DH: Python's pow(), by PKCS #3, 9,
 * and RFC 3279, 2.3.3.  ML-KEM: @noble/post-quantum 0.7.1 (npm), as RFC 9935, 4, writes it down.
 */
#include "tests/vectors.h"

/* RFC 7919, A.1. */
#define FFDHE2048                                                                                  \
	"ffffffffffffffffadf85458a2bb4a9aafdc5620273d3cf1d8b9c583ce2d3695"                         \
	"a9e13641146433fbcc939dce249b3ef97d2fe363630c75d8f681b202aec4617a"                         \
	"d3df1ed5d5fd65612433f51f5f066ed0856365553ded1af3b557135e7f57c935"                         \
	"984f0c70e0e68b77e2a689daf3efe8721df158a136ade73530acca4f483a797a"                         \
	"bc0ab182b324fb61d108a94bb2c8e3fbb96adab760d7f4681d4f42a3de394df4"                         \
	"ae56ede76372bb190b07a7c8ee0a6d709e02fce1cdf7e2ecc03404cd28342f61"                         \
	"9172fe9ce98583ff8e4f1232eef28183c3fe3b1b4c6fad733bb5fcbc2ec22005"                         \
	"c58ef1837d1683b2c6f34a26c1b2effa886b423861285c97ffffffffffffffff"

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
	},
};

/* RFC 5903, 8.1, the initiator. */
static const struct vector_key p256_key = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06082a8648ce3d030107" },
		{ CKA_VALUE, "c88f01f510d9ac3f70a292daa2316de544e9aab8afe84049c62a9c57862d1433" },
	},
};

/* RFC 5903, 8.2, the initiator. */
static const struct vector_key p384_key = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06052b81040022" },
		{ CKA_VALUE, "099f3c7034d4a2c699884d73a375a67f7624ef7c6b3c0f160647b67414dce655"
		    "e35b538041e649ee3faef896783ab194" },
	},
};

/* RFC 5903, 8.3, the initiator. */
static const struct vector_key p521_key = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC,
	.private = {
		{ CKA_EC_PARAMS, "06052b81040023" },
		{ CKA_VALUE, "0037ade9319a89f4dabdb3ef411aaccca5123c61acab57b5393dce47608172a0"
		    "95aa85a30fe1c2952c6771d937ba9777f5957b2639bab072462f68c27a57382d"
		    "4a52" },
	},
};

/* RFC 7748, 6.1, Alice. */
static const struct vector_key x25519_key = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656e" },
		{ CKA_VALUE, "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a" },
	},
};

/* RFC 7748, 6.2, Alice. */
static const struct vector_key x448_key = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_MONTGOMERY,
	.private = {
		{ CKA_EC_PARAMS, "06032b656f" },
		{ CKA_VALUE, "9a8f4925d1519f5775cf46b04b5800d4ee9ee8bae8bc5565d498c28dd9c9baf5"
		    "74a9419744897391006382a6f127ab1d9ac2d8c0a598726b" },
	},
};

/* SHA-256 of "Handfast DH". */
static const struct vector_key dh_key = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_DH,
	.private = {
		{ CKA_PRIME, FFDHE2048 },
		{ CKA_BASE, "02" },
		{ CKA_VALUE, "085a88a5ced8e2f44e1f3d644501220eca90416ef202256021501f58a180a155" },
	},
};

/* The same number, where the subgroup is told as well. */
static const struct vector_key x9_42_key = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_X9_42_DH,
	.private = {
		{ CKA_PRIME, FFDHE2048 },
		{ CKA_BASE, "02" },
		{ CKA_SUBPRIME, "7fffffffffffffffd6fc2a2c515da54d57ee2b10139e9e78ec5ce2c1e7169b4a"
		    "d4f09b208a3219fde649cee7124d9f7cbe97f1b1b1863aec7b40d901576230bd"
		    "69ef8f6aeafeb2b09219fa8faf83376842b1b2aa9ef68d79daab89af3fabe49a"
		    "cc278638707345bbf15344ed79f7f4390ef8ac509b56f39a98566527a41d3cbd"
		    "5e0558c159927db0e88454a5d96471fddcb56d5bb06bfa340ea7a151ef1ca6fa"
		    "572b76f3b1b95d8c8583d3e4770536b84f017e70e6fbf176601a0266941a17b0"
		    "c8b97f4e74c2c1ffc7278919777940c1e1ff1d8da637d6b99ddafe5e17611002"
		    "e2c778c1be8b41d96379a51360d977fd4435a11c30942e4bffffffffffffffff" },
		{ CKA_VALUE, "085a88a5ced8e2f44e1f3d644501220eca90416ef202256021501f58a180a155" },
	},
};

/* RFC 8410, 10.3. */
static const struct vector_key ed25519_key = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_EC_EDWARDS,
	.private = {
		{ CKA_EC_PARAMS, "06032b6570" },
		{ CKA_VALUE, "d4ee72dbf913584ad5b6d8f1f769f8ad3afe7c28cbf1d4fbe097a88f44755842" },
	},
};

/* The seed 00 01 02 and so on. */
static const struct vector_key ml_kem_key = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_ML_KEM,
	.private = {
		{ CKA_PARAMETER_SET, NULL, CKP_ML_KEM_512 },
		{ CKA_SEED, "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
		    "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f" },
	},
};

#define PUBLISHES(key_of)                                                                          \
	CKM_PUB_KEY_FROM_PRIV_KEY, NONE, .verbs = CKF_DERIVE, .key = (key_of),                     \
					 .makes = DERIVED_PUBLIC, .unasked = true

const struct vector public_key_vectors[] = {
	{ "Wycheproof, rsa_signature_2048_sha256_test", PUBLISHES(&rsa_key),
	    .out = "30820122300d06092a864886f70d01010105000382010f003082010a02820101"
		   "00a2b451a07d0aa5f96e455671513550514a8a5b462ebef717094fa1fee82224"
		   "e637f9746d3f7cafd31878d80325b6ef5a1700f65903b469429e89d6eac88450"
		   "97b5ab393189db92512ed8a7711a1253facd20f79c15e8247f3d3e42e46e48c9"
		   "8e254a2fe9765313a03eff8f17e1a029397a1fa26a8dce26f490ed81299615d9"
		   "814c22da610428e09c7d9658594266f5c021d0fceca08d945a12be82de4d1ece"
		   "6b4c03145b5d3495d4ed5411eb878daf05fd7afc3e09ada0f1126422f590975a"
		   "1969816f48698bcbba1b4d9cae79d460d8f9f85e7975005d9bc22c4e5ac0f7c1"
		   "a45d12569a62807d3b9a02e5a530e773066f453d1f5b4c2e9cf7820283f742b9"
		   "d50203010001" },
	{ "RFC 5903 8.1, P-256", PUBLISHES(&p256_key),
	    .out = "3059301306072a8648ce3d020106082a8648ce3d03010703420004dad0b65394"
		   "221cf9b051e1feca5787d098dfe637fc90b9ef945d0c37725811805271a0461c"
		   "db8252d61f1c456fa3e59ab1f45b33accf5f58389e0577b8990bb3" },
	{ "RFC 5903 8.2, P-384", PUBLISHES(&p384_key),
	    .out = "3076301006072a8648ce3d020106052b8104002203620004667842d7d180ac2c"
		   "de6f74f37551f55755c7645c20ef73e31634fe72b4c55ee6de3ac808acb4bdb4"
		   "c88732aee95f41aa9482ed1fc0eeb9cafc4984625ccfc23f65032149e0e144ad"
		   "a024181535a0f38eeb9fcff3c2c947dae69b4c634573a81c" },
	{ "RFC 5903 8.3, P-521", PUBLISHES(&p521_key),
	    .out = "30819b301006072a8648ce3d020106052b8104002303818600040015417e84db"
		   "f28c0ad3c278713349dc7df153c897a1891bd98bab4357c9ecbee1e3bf42e00b"
		   "8e380aeae57c2d107564941885942af5a7f4601723c4195d176ced3e017cae20"
		   "b6641d2eeb695786d8c946146239d099e18e1d5a514c739d7cb4a10ad8a78801"
		   "5ac405d7799dc75e7b7d5b6cf2261a6a7f1507438bf01beb6ca3926f9582" },
	{ "RFC 7748 6.1, X25519", PUBLISHES(&x25519_key),
	    .out = "302a300506032b656e0321008520f0098930a754748b7ddcb43ef75a0dbf3a0d"
		   "26381af4eba4a98eaa9b4e6a" },
	{ "RFC 8410 10.1, Ed25519", PUBLISHES(&ed25519_key),
	    .out = "302a300506032b657003210019bf44096984cdfe8541bac167dc3b96c85086aa"
		   "30b6b6cb0c5c38ad703166e1" },
	{ "RFC 7748 6.2, X448", PUBLISHES(&x448_key),
	    .out = "3042300506032b656f0339009b08f7cc31b7e3e67d22d5aea121074a273bd2b8"
		   "3de09c63faa73d2c22c5d9bbc836647241d953d40c5b12da88120d53177f80e5"
		   "32c41fa0" },
	{ "noble and RFC 9935, ML-KEM-512", PUBLISHES(&ml_kem_key), .since = "3.5", .variant = true,
	    .out = "30820332300b060960864801650304040103820321003995815e597d104355cf"
		   "29aa5333c93251869d5bcdbe487124f602b8b6a66c16c4761648ad765cf5d800"
		   "6b515e905a7f0ac076b0c62efa328153e7ca5701699f1305f1e6bc6f90b0e49b"
		   "693512b6ce992a8b8016ddfc1a662c7e3f9619cbd869dd771af30896ccd5918a"
		   "c6cb77466c5e779996d67ff9aabc97503f2c7b7e2d000d86450fb1807ca4cabd"
		   "a465825a31c789a1b7a491ab3872765d320d0b71920fa213c94093416b83b812"
		   "4e69f65e62cb5000dcc37aa9a0fff73970c4772f357d24189ca6f5305568c0e2"
		   "376a3762a68c605e563c5d209572e0fc7532ca294729535567b5fc413c5e8792"
		   "d2464536cc808f98add74664f141566f9016a90a541829a98a0464ce41a8bb44"
		   "c2d4fa3c2c209460728ef14a1a7c4c9b98d12203b4cc3529160a9ab2d7838f7f"
		   "f6b53ae05aa31a7d646b7afa6c45932526a3c3755619be994c211c2a31c05b34"
		   "47836cb2150be1829dae6b04c5535cff546e392ba797411720f924f490a5ac54"
		   "95f21356d550b782a64c1688b6b655bcc7842197a434c2f6563b5b7f09a78bcc"
		   "488232783561d16f4cbab6755400050781570c66604b817ad1252294736e8b01"
		   "861a4b5a74519b8b6fe51489a5072392e587626c713776575d33806a1c8e2732"
		   "af97c2680f51666331c4eb8bbc0431c4f96832daf1b3c45528fba153f6c78b1c"
		   "198702947ccd337727a46fb53ba11de5cb4191346859516cb6ad72400f3cf209"
		   "b236aef35a580ac87eb3e30fafd66973ca8a7dd2675af41f7a17b61433cd1af8"
		   "0f7708869f665488497980b1ac10a0cdcb636a00ed8681b35e429124ca803507"
		   "25b85f83a5eac3a4a3cc1600903e65293560b9b336e5af0d529dac1a04811930"
		   "2cb7a9bcc110b94851bf02117f199dc485a852b7473f09b831a6831d5b54c0b7"
		   "90d225cf6bb92d9462a26cdb33dda5123c7aaf0e26a0b83655eea28bf3a80747"
		   "25018fd6bae4b601cf61baab71a7a3d35197a343e74b4a272c125d540896426d"
		   "85b7958d3b38a6ba987ec37225c7b44cdb12dde4539b4ab082363683f04bf7a0"
		   "9cc5c41dfe830a1b162e0b324334362f084a14467723344badd000f8d8c537c4"
		   "8f998f05307cebd1ede0b81c3bc59a065a1b6d63b26c" },
	{ "Python, DH over ffdhe2048", PUBLISHES(&dh_key),
	    .out = "308202243082011706092a864886f70d010301308201080282010100ffffffff"
		   "ffffffffadf85458a2bb4a9aafdc5620273d3cf1d8b9c583ce2d3695a9e13641"
		   "146433fbcc939dce249b3ef97d2fe363630c75d8f681b202aec4617ad3df1ed5"
		   "d5fd65612433f51f5f066ed0856365553ded1af3b557135e7f57c935984f0c70"
		   "e0e68b77e2a689daf3efe8721df158a136ade73530acca4f483a797abc0ab182"
		   "b324fb61d108a94bb2c8e3fbb96adab760d7f4681d4f42a3de394df4ae56ede7"
		   "6372bb190b07a7c8ee0a6d709e02fce1cdf7e2ecc03404cd28342f619172fe9c"
		   "e98583ff8e4f1232eef28183c3fe3b1b4c6fad733bb5fcbc2ec22005c58ef183"
		   "7d1683b2c6f34a26c1b2effa886b423861285c97ffffffffffffffff02010203"
		   "82010500028201002ff6949958fb02ce2faebd606d14422367fd816677498388"
		   "73a327dbbec6e7a4301beb09d865da1c7a9bd69b062c22b7675eef0f818f3540"
		   "bc1537c178d75a276f5209ae7de54e359bde7ab35829eba6eb470291b078ed8f"
		   "383b3e76928b6d642236653aeb9d568d84fd01629523a9522d1d9463c824d81e"
		   "5fcc5b904945bb357d247788715fd14b6fb254c838e7706f9e61006ad27155ab"
		   "d2e8ed41c0a9fa4baca57e27132d720d2e44ad081d4c7f2aee091cde1f704558"
		   "d9ae8055c3c051e6616414347ad45b0aa275f72bdd7b7ee2a5c748cf2328dd75"
		   "9b03ae43f9b30a8fcffa1bb981d54565e4910c481183ba61a313d3083147adcc"
		   "cd09712b3edae8fc" },
	{ "Python, X9.42 DH over ffdhe2048", PUBLISHES(&x9_42_key),
	    .out = "308203263082021906072a8648ce3e02013082020c0282010100ffffffffffff"
		   "ffffadf85458a2bb4a9aafdc5620273d3cf1d8b9c583ce2d3695a9e136411464"
		   "33fbcc939dce249b3ef97d2fe363630c75d8f681b202aec4617ad3df1ed5d5fd"
		   "65612433f51f5f066ed0856365553ded1af3b557135e7f57c935984f0c70e0e6"
		   "8b77e2a689daf3efe8721df158a136ade73530acca4f483a797abc0ab182b324"
		   "fb61d108a94bb2c8e3fbb96adab760d7f4681d4f42a3de394df4ae56ede76372"
		   "bb190b07a7c8ee0a6d709e02fce1cdf7e2ecc03404cd28342f619172fe9ce985"
		   "83ff8e4f1232eef28183c3fe3b1b4c6fad733bb5fcbc2ec22005c58ef1837d16"
		   "83b2c6f34a26c1b2effa886b423861285c97ffffffffffffffff020102028201"
		   "007fffffffffffffffd6fc2a2c515da54d57ee2b10139e9e78ec5ce2c1e7169b"
		   "4ad4f09b208a3219fde649cee7124d9f7cbe97f1b1b1863aec7b40d901576230"
		   "bd69ef8f6aeafeb2b09219fa8faf83376842b1b2aa9ef68d79daab89af3fabe4"
		   "9acc278638707345bbf15344ed79f7f4390ef8ac509b56f39a98566527a41d3c"
		   "bd5e0558c159927db0e88454a5d96471fddcb56d5bb06bfa340ea7a151ef1ca6"
		   "fa572b76f3b1b95d8c8583d3e4770536b84f017e70e6fbf176601a0266941a17"
		   "b0c8b97f4e74c2c1ffc7278919777940c1e1ff1d8da637d6b99ddafe5e176110"
		   "02e2c778c1be8b41d96379a51360d977fd4435a11c30942e4bffffffffffffff"
		   "ff0382010500028201002ff6949958fb02ce2faebd606d14422367fd81667749"
		   "838873a327dbbec6e7a4301beb09d865da1c7a9bd69b062c22b7675eef0f818f"
		   "3540bc1537c178d75a276f5209ae7de54e359bde7ab35829eba6eb470291b078"
		   "ed8f383b3e76928b6d642236653aeb9d568d84fd01629523a9522d1d9463c824"
		   "d81e5fcc5b904945bb357d247788715fd14b6fb254c838e7706f9e61006ad271"
		   "55abd2e8ed41c0a9fa4baca57e27132d720d2e44ad081d4c7f2aee091cde1f70"
		   "4558d9ae8055c3c051e6616414347ad45b0aa275f72bdd7b7ee2a5c748cf2328"
		   "dd759b03ae43f9b30a8fcffa1bb981d54565e4910c481183ba61a313d3083147"
		   "adcccd09712b3edae8fc" },
	{ 0 },
};
