/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Vectors of X9.42 Diffie-Hellman: RFC 5114, NIST CAVP and ACVP; the derivation
 * functions are OpenSSL's X942KDF-ASN1 and X942KDF-CONCAT, of which the module uses
 * none, over the shared secret of RFC 5114, A.2.  Where a secret begins with zeros:
 * Python's own arithmetic.  What a refused row says of its output is what an unchecked
 * derivation would have had the length of.
 */
#include "tests/vectors.h"

/* RFC 5114, 2.2: 2048 bits, with a subgroup of 224 bits. */
#define P224                                                                                       \
	"ad107e1e9123a9d0d660faa79559c51fa20d64e5683b9fd1b54b1597b61d0a75"                         \
	"e6fa141df95a56dbaf9a3c407ba1df15eb3d688a309c180e1de6b85a1274a0a6"                         \
	"6d3f8152ad6ac2129037c9edefda4df8d91e8fef55b7394b7ad5b7d0b6c12207"                         \
	"c9f98d11ed34dbf6c6ba0b2c8bbc27be6a00e0a0b9c49708b3bf8a3170918836"                         \
	"81286130bc8985db1602e714415d9330278273c7de31efdc7310f7121fd5a074"                         \
	"15987d9adc0a486dcdf93acc44328387315d75e198c641a480cd86a1b9e587e8"                         \
	"be60e69cc928b2b9c52172e413042e9b23f10b0e16e79763c9b53dcf4ba80a29"                         \
	"e3fb73c16b8e75b97ef363e2ffa31f71cf9de5384e71b81c0ac4dffe0c10e64f"

#define Q224 "801c0d34c58d93fe997177101f80535a4738cebcbf389a99b36371eb"

#define G224                                                                                       \
	"ac4032ef4f2d9ae39df30b5c8ffdac506cdebe7b89998caf74866a08cfe4ffe3"                         \
	"a6824a4e10b9a6f0dd921f01a70c4afaab739d7700c29f52c57db17c620a8652"                         \
	"be5e9001a8d66ad7c17669101999024af4d027275ac1348bb8a762d0521bc98a"                         \
	"e247150422ea1ed409939d54da7460cdb5f6c6b250717cbef180eb34118e98d1"                         \
	"19529a45d6f834566e3025e316a330efbb77a86f0c1ab15b051ae3d428c8f8ac"                         \
	"b70a8137150b8eeb10e183edd19963ddd9e263e4770589ef6aa21e7f5f2ff381"                         \
	"b539cce3409d13cd566afbb48d6c019181e1bcfe94b30269edfe72fe9b6aa4bd"                         \
	"7b5a0f1c71cfff4c19c418e1f6ec017981bc087f2a7065b384b890d3191f2bfa"

/* RFC 5114, 2.3: 2048 bits, with a subgroup of 256 bits. */
#define P256                                                                                       \
	"87a8e61db4b6663cffbbd19c651959998ceef608660dd0f25d2ceed4435e3b00"                         \
	"e00df8f1d61957d4faf7df4561b2aa3016c3d91134096faa3bf4296d830e9a7c"                         \
	"209e0c6497517abd5a8a9d306bcf67ed91f9e6725b4758c022e0b1ef4275bf7b"                         \
	"6c5bfc11d45f9088b941f54eb1e59bb8bc39a0bf12307f5c4fdb70c581b23f76"                         \
	"b63acae1caa6b7902d52526735488a0ef13c6d9a51bfa4ab3ad8347796524d8e"                         \
	"f6a167b5a41825d967e144e5140564251ccacb83e6b486f6b3ca3f7971506026"                         \
	"c0b857f689962856ded4010abd0be621c3a3960a54e710c375f26375d7014103"                         \
	"a4b54330c198af126116d2276e11715f693877fad7ef09cadb094ae91e1a1597"

#define Q256 "8cf83642a709a097b447997640129da299b1a47d1eb3750ba308b0fe64f5fbd3"

#define G256                                                                                       \
	"3fb32c9b73134d0b2e77506660edbd484ca7b18f21ef205407f4793a1a0ba125"                         \
	"10dbc15077be463fff4fed4aac0bb555be3a6c1b0c6b47b1bc3773bf7e8c6f62"                         \
	"901228f8c28cbb18a55ae31341000a650196f931c77a57f2ddf463e5e9ec144b"                         \
	"777de62aaab8a8628ac376d282d6ed3864e67982428ebc831d14348f6f2f9193"                         \
	"b5045af2767164e1dfc967c1fb3f2e55a4bd1bffe83b9c80d052b985d182ea0a"                         \
	"db2a3b7313d3fe14c8484b1e052588b9b7d2bbd2df016199ecd06e1557cd0915"                         \
	"b3353bbb64e0ec377fd028370df92b52c7891428cdc67eb6184b523d1db246c3"                         \
	"2f63078490f00ef8d647d148d47954515e2327cfef98c582664b4c0f6cc41659"

/* RFC 7919, A.1, a safe prime, and its half. */
#define FFDHE2048                                                                                  \
	"ffffffffffffffffadf85458a2bb4a9aafdc5620273d3cf1d8b9c583ce2d3695"                         \
	"a9e13641146433fbcc939dce249b3ef97d2fe363630c75d8f681b202aec4617a"                         \
	"d3df1ed5d5fd65612433f51f5f066ed0856365553ded1af3b557135e7f57c935"                         \
	"984f0c70e0e68b77e2a689daf3efe8721df158a136ade73530acca4f483a797a"                         \
	"bc0ab182b324fb61d108a94bb2c8e3fbb96adab760d7f4681d4f42a3de394df4"                         \
	"ae56ede76372bb190b07a7c8ee0a6d709e02fce1cdf7e2ecc03404cd28342f61"                         \
	"9172fe9ce98583ff8e4f1232eef28183c3fe3b1b4c6fad733bb5fcbc2ec22005"                         \
	"c58ef1837d1683b2c6f34a26c1b2effa886b423861285c97ffffffffffffffff"

#define FFDHE2048_HALF                                                                             \
	"7fffffffffffffffd6fc2a2c515da54d57ee2b10139e9e78ec5ce2c1e7169b4a"                         \
	"d4f09b208a3219fde649cee7124d9f7cbe97f1b1b1863aec7b40d901576230bd"                         \
	"69ef8f6aeafeb2b09219fa8faf83376842b1b2aa9ef68d79daab89af3fabe49a"                         \
	"cc278638707345bbf15344ed79f7f4390ef8ac509b56f39a98566527a41d3cbd"                         \
	"5e0558c159927db0e88454a5d96471fddcb56d5bb06bfa340ea7a151ef1ca6fa"                         \
	"572b76f3b1b95d8c8583d3e4770536b84f017e70e6fbf176601a0266941a17b0"                         \
	"c8b97f4e74c2c1ffc7278919777940c1e1ff1d8da637d6b99ddafe5e17611002"                         \
	"e2c778c1be8b41d96379a51360d977fd4435a11c30942e4bffffffffffffffff"

/* NIST CAVP, KASValidityTest_FFCStatic_NOKC_ZZOnly, FB. */
#define CAVP_P                                                                                     \
	"f3722b9b911c6aede9eaeeaa406283de66a097f39a7225df6c3c916e57920d35"                         \
	"6e50478d307dbfd146bfb91b6f68ecbbcf54b3d19c33a4b17293fea3e3d6bff8"                         \
	"ac4cca93a805386f062a8a27ae906ef5da94d279fd7b3d7289e00956f76bae9c"                         \
	"0d2b8d11742ca5809630632aae58f9c6dce00c7380581deffde2187b022f83c6"                         \
	"ceaeaadb0844a17fcbb04039ca6843c91f0c9058b22434b263c3dfda8de8429e"                         \
	"087c5be97fc5c9db9526031ad3a218bd9916fb4a3c27966d208b1e360014c01e"                         \
	"95530c148fb3cd27e6a7250d3c3b81dcd220ca14548dbccf99ebb9e334db6bcd"                         \
	"14e632c98dd3f9860af7ae450f1b7809b45f0ec10e6f27672beebc9963befc73"

#define CAVP_Q "a9a17de95a29091bf8e07dab53ea1aba9403be3c61027c6c8f48bac5"

#define CAVP_G                                                                                     \
	"035513ec441402b78353ab1bba550b21c76c89973885a627170262ef52497d5d"                         \
	"137b8927a212aaab2f051198c90bb81dffd9eb10b36b7ca3b63565b4c1025aea"                         \
	"3b5e9c4a348c9cfa17f3907a1e4469701c0dedb8a4b9e96c5965b1fb8c229b0c"                         \
	"34baac774bf9dda4fc5ee8764358b3c84812878aab7464bc09e97aecab7d7e3f"                         \
	"bb4870e2a3b89667a4158bf1ed1a90dfaf47019fbb52b1b96365bb4e1e947499"                         \
	"3fe382fd23480dc875861be152997a621fdb7aef977ea5b4d3d74486b162dc28"                         \
	"f95a64cf65587a919a57eef92934fc9410df7f09fa82f975328ed82ff29cc3e1"                         \
	"5a971f56f4ac2dcb289252575e02a6cdb7fcc6cddd7b0dca9c422e63eb2b8f05"

/* RFC 5114, A.2: what A and B tell each other, and what both come to. */
#define YA224                                                                                      \
	"1b3a63451bd886e699e67b494e288bd7f8e0d370badda7a0efd2fde7d8f66145"                         \
	"cc9f280419975eb808877c8a4c0c8e0bd48d4a5401eb1e8776bfeee134c03831"                         \
	"ac273cd9d635ab0ce006a42a887e3f52fb8766b650f38078bc8ee8580cefe243"                         \
	"968cfc4f8dc3db084554171d41bf2e861b7bb4d69dd0e01ea387cbaa5ca672af"                         \
	"cbe8bdb9d62d4ce15f17dd36f91ed1eedd65ca4a06455cb94cd40a52ec360e84"                         \
	"b3c926e22c4380a3bf309d56849768b7f52cfdf655fd053a7ef706979e7e5806"                         \
	"b17dfae53ad2a5bc568ebb529a7a61d68d256f8fc97c074a861d827e2ebc8c61"                         \
	"34553115b70e7103920aa16d85e52bcbab8d786a68178fa8ff7c2f5c71648d6f"

#define YB224                                                                                      \
	"4dcee992a9762a13f2f83844ad3d77ee0e31c9718b3db6c2035d3961182c3e0b"                         \
	"a247ec4182d760cd48d99599970622a1881bba2dc822939c78c3912c6661fa54"                         \
	"38b20766222b75e24c2e3ad0c7287236129525ee15b5dd7998aa04c4a9696cac"                         \
	"d7172083a97a81664ead2c479e444e4c0654cc19e28d7703cee8dacd6126f5d6"                         \
	"65ec52c67255db92014b037eb621a2ac8e365de071ffc1400acf077a12913dd8"                         \
	"de89473437ab7ba346743c1b215dd9c12164a7e4053118d199bec8ef6fc56117"                         \
	"0c84c87d10ee9a674a1fa8ffe13bdfba1d44de48946d68dc0cdd777635a7ab5b"                         \
	"fb1e4bb7b856f96827734c184138e915d9c3002ebce53120546a7e2002142b6c"

#define Z224                                                                                       \
	"34d9bddc1b42176c313fea034c21034d074a6313bb4ecdb3703fff424567a46b"                         \
	"df75530ede0a9da5229de7d76732286cbc0f91da4c3c852fc099c679531d94c7"                         \
	"8ab03d9decb0a4e4ca8b2bb4591c4021cf8ce3a20a541d33994017d0200ae2c9"                         \
	"516e2ff5145779269e862b0fb474a2d56dc31ed569a7700b4c4ab16b22a45513"                         \
	"531ef523d71212077b5a169bdeffad7ad9608284c7795b6d5a5183b87066de17"                         \
	"d8d671c9ebd8ec89544d45ec061593d442c62ab9ce3b1cb9943a1d23a5ea3bcf"                         \
	"21a01471e67e003e7f8a69c728be490b2fc88cfeb92db6a215e5d03c17c464c9"                         \
	"ac1a46e203e13f952995fb03c69d3cc47fcb510b6998ffd3aa6de73cf9f63869"

/* RFC 5114, A.3. */
#define YA256                                                                                      \
	"2e9380c8323af97545bc4941deb0ec3742c62fe0ece824a6abdbe66c59bee024"                         \
	"2911bfb967235ceba35ae13e4ec752be630b92dc4bde2847a9c62cb815274542"                         \
	"1fb7eb60a63c0fe9159fcce726ce7cd8523d7450667ef840e4919121eb5f01c8"                         \
	"c9b0d3d648a93bfb75689e8244ac134af544711ce79a02dcc34226684780dddc"                         \
	"b498594106c37f5bc79856487af5ab022a2e5e42f09897c1a85a11ea0212af04"                         \
	"d9b4cebc937c3c1a3e15a8a0342e337615c84e7fe3b8b9b87fb1e73a15af12a3"                         \
	"0d746e06dfc34f290d797ce51aa13aa785bf6658aff5e4b093003cbeaf665b3c"                         \
	"2e113a3a4e905269341dc0711426685f4ef37e868a8126ff3f2279b57ca67e29"

#define YB256                                                                                      \
	"575f0351bd2b1b817448bdf87a6c362c1e289d3903a30b9832c5741fa250363e"                         \
	"7acbc7f77f3dacbc1f131add8e03367eff8fbbb3e1c5784424809b25afe4d226"                         \
	"2a1a6fd2fab64105ca30a674e07f7809852088632fc049233791ad4edd083a97"                         \
	"8b883ee618bc5e0dd047415f2d95e683cf14826b5fbe10d3ce41c6c120c78ab2"                         \
	"0008c698bf7f0bcab9d7f407bed0f43afb2970f57f8d12043963e66ddd320d59"                         \
	"9ad9936c8f44137c08b180ec5e985cebe186f3d549677e80607331ee17af3380"                         \
	"a725b0782317d7dd43f59d7af9568a9bb63a84d365f92244ed120988219302f4"                         \
	"2924c7ca90b89d24f71b0ab697823d7deb1aff5b0e8e4a45d49f7f53757e1913"

#define Z256                                                                                       \
	"86c70bf8d0bb81bb01078a17219cb7d27203db2a19c877f1d1f19fd7d77ef225"                         \
	"46a68f005ad52dc84553b78fc60330be51ea7c0672cac1515e4b35c047b9a551"                         \
	"b88f39dc26da14a09ef74774d47c762dd177f9ed5bc2f11e52c879bd95098504"                         \
	"cd9eecd8a8f9b3efbd1f008ac5853097d9d1837f2b18f77cd7be01af80a7c7b5"                         \
	"ea3ca54cc02d0c116fee3f95bb87399385875d7e86747e676e728938acbff709"                         \
	"8e05be4dcfb24052b83aeffb14783f029adbde7f53fae92084224090e007cee9"                         \
	"4d4bf2bace9ffd4b57d2af7c724d0caa19bf0501f6f17b4aa10f425e3ea76080"                         \
	"b4b9d6b3cefea115b2ceb8789bb8a3b0ea87febe63b6c8f846ec6db0c26c5d7c"

/* A peer, and the secret that begins with a zero. */
#define YF0                                                                                        \
	"90c1a12d76fb56b7777148c981760178932f707c45b600a80d4b14392982f473"                         \
	"9974c86ba8b07c44a722dc53fa40e74117638d99217cd80ca4c9a299e8508c84"                         \
	"8335a78bb797b0fc99b1c2af929299a3b53f4744ced8a277af5873b631a5e7eb"                         \
	"544fae2a7552884c95758af854d8dd26a86020ca13f3ef153d39aa274dc100d8"                         \
	"844b1b729e3e16f3b9ac8af64ba56439a691eea5587d87eba19aab5da7a48958"                         \
	"7c22ee5e47e086cc4efd8672fc93e2fe556c97e71b8e8754402e038f8ec348b3"                         \
	"9c8a3187cd66a6ae1883694d84f671cea8dfb14463e6c6f5c66c3326b9f4d290"                         \
	"c81781b5977595ea0f4a054266cbb4cef098cf8b4f0948d2e7730b6994f3268a"

#define ZF0                                                                                        \
	"00a4cc91b34d41d658a20f83ffe3b8a24e80eb9ff241b0888615b11bf3a6924e"                         \
	"0525cbe0070b0af713a75f21a553d1179b97ff911504770ab4c9932b21f556d7"                         \
	"c2e54e47c8c6f018ebc224ab06c850e300e6562169e0a81cb9b35eeaa9f6910c"                         \
	"60d89768476b8934d2a1f3e4ac1775b395778c11eee6e132d84a13023946e38a"                         \
	"689a7fd2cc467cf465334a7801076df32dca0cff79fef332b287058b483edde3"                         \
	"a6cf094f10dea8f6878a04caf4b4e0aae4f75032e3e5960ba2e66d6ce252a833"                         \
	"4c4c7a0ac83a33e10a18947c09a7b73c9758c9a3ecab2817bd4eeb768b5b329e"                         \
	"4e67f86e085f7588c516bd2b9296b3292aab35dc99579a85ef0fcd6895eef56e"

/* RFC 5114, A.2, A. */
static const struct vector_key a224 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_X9_42_DH,
	.public = { { CKA_PRIME, P224 }, { CKA_SUBPRIME, Q224 }, { CKA_BASE, G224 },
	    { CKA_VALUE, YA224 } },
	.private = { { CKA_PRIME, P224 }, { CKA_SUBPRIME, Q224 }, { CKA_BASE, G224 },
	    { CKA_VALUE, "22e62601dbffd06708a680f747f361f76d8f4f721a0548e483294b0c" } },
};

/* RFC 5114, A.2, B. */
static const struct vector_key b224 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_X9_42_DH,
	.public = { { CKA_PRIME, P224 }, { CKA_SUBPRIME, Q224 }, { CKA_BASE, G224 },
	    { CKA_VALUE, YB224 } },
	.private = { { CKA_PRIME, P224 }, { CKA_SUBPRIME, Q224 }, { CKA_BASE, G224 },
	    { CKA_VALUE, "4ff3bc96c7fc6a6d71d3b363800a7cdfef6fc41b4417ea15353b7590" } },
};

/* RFC 5114, A.3, A. */
static const struct vector_key a256 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_X9_42_DH,
	.public = { { CKA_PRIME, P256 }, { CKA_SUBPRIME, Q256 }, { CKA_BASE, G256 },
	    { CKA_VALUE, YA256 } },
	.private = { { CKA_PRIME, P256 }, { CKA_SUBPRIME, Q256 }, { CKA_BASE, G256 },
	    { CKA_VALUE, "0881382cdb87660c6dc13e614938d5b9c8b2f248581cc5e31b35454397fce50e" } },
};

/* RFC 5114, A.3, B. */
static const struct vector_key b256 = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_X9_42_DH,
	.public = { { CKA_PRIME, P256 }, { CKA_SUBPRIME, Q256 }, { CKA_BASE, G256 },
	    { CKA_VALUE, YB256 } },
	.private = { { CKA_PRIME, P256 }, { CKA_SUBPRIME, Q256 }, { CKA_BASE, G256 },
	    { CKA_VALUE, "7d62a7e3ef36de617b13d1afb82c780d83a23bd4ee6705645121f371f546a53d" } },
};

/* NIST CAVP, KASValidityTest_FFCStatic_NOKC_ZZOnly, FB, COUNT 0. */
static const struct vector_key cavp = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_X9_42_DH,
	.public = { { CKA_PRIME, CAVP_P }, { CKA_SUBPRIME, CAVP_Q }, { CKA_BASE, CAVP_G },
	    { CKA_VALUE,
		"467a857337a82472a1307a64dccc8e9994c5c63ec4312936885d17be419051a5f037fbb052d7010ebe"
		"01634d9e8b8b522d9ab4749fdc274f465369b89e360df8f70b7865a3c71d2dbcd2df19e9293dab1153"
		"d3d63fcb7deb559b684dde6c6eed63214444807041c9a0ce3f52ca439ec16dd231995b5dc6f18e6801"
		"b6bd6454babccf9abbfacffb49c71e6494a4779cbfa550c5d7144114e6fc193f460dcd0be7e6e06e54"
		"6da7653770dc5859df87029e722dbe81361030569148d1636988926bf0dcfe47c9d8a54698c08b3b5c"
		"70afe86b5c6f643463f8f34889d27d6cfd2d478c2d7b3d008a985c7380f0b43f10024b59c354388088"
		"3c42d0e7e0a07326ba3a" } },
	.private = { { CKA_PRIME, CAVP_P }, { CKA_SUBPRIME, CAVP_Q }, { CKA_BASE, CAVP_G },
	    { CKA_VALUE, "0c4c83d75b27864b052cadc556e500e25aabf0c9d1bc01f0e1fe3862" } },
};

/* SHA-256 of "Handfast DH". */
static const struct vector_key safe = {
	.class = CKO_PRIVATE_KEY,
	.type = CKK_X9_42_DH,
	.public = { { CKA_PRIME, FFDHE2048 }, { CKA_SUBPRIME, FFDHE2048_HALF }, { CKA_BASE, "02" },
	    { CKA_VALUE,
		"2ff6949958fb02ce2faebd606d14422367fd81667749838873a327dbbec6e7a4301beb09d865da1c7a"
		"9bd69b062c22b7675eef0f818f3540bc1537c178d75a276f5209ae7de54e359bde7ab35829eba6eb47"
		"0291b078ed8f383b3e76928b6d642236653aeb9d568d84fd01629523a9522d1d9463c824d81e5fcc5b"
		"904945bb357d247788715fd14b6fb254c838e7706f9e61006ad27155abd2e8ed41c0a9fa4baca57e27"
		"132d720d2e44ad081d4c7f2aee091cde1f704558d9ae8055c3c051e6616414347ad45b0aa275f72bdd"
		"7b7ee2a5c748cf2328dd759b03ae43f9b30a8fcffa1bb981d54565e4910c481183ba61a313d3083147"
		"adcccd09712b3edae8fc" } },
	.private = { { CKA_PRIME, FFDHE2048 }, { CKA_SUBPRIME, FFDHE2048_HALF }, { CKA_BASE, "02" },
	    { CKA_VALUE, "085a88a5ced8e2f44e1f3d644501220eca90416ef202256021501f58a180a155" } },
};

const struct vector x9_42_vectors[] = {
	{ "RFC 5114, A.2, as A", CKM_X9_42_DH_DERIVE, X9_42(CKD_NULL, NULL, YB224),
	    .verbs = CKF_DERIVE, .key = &a224, .out = Z224, .whole = true },
	{ "RFC 5114, A.2, as B", CKM_X9_42_DH_DERIVE, X9_42(CKD_NULL, NULL, YA224),
	    .verbs = CKF_DERIVE, .key = &b224, .out = Z224, .whole = true },
	{ "RFC 5114, A.2, its last 32 bytes", CKM_X9_42_DH_DERIVE, X9_42(CKD_NULL, NULL, YB224),
	    .verbs = CKF_DERIVE, .key = &a224,
	    .out = "ac1a46e203e13f952995fb03c69d3cc47fcb510b6998ffd3aa6de73cf9f63869" },
	{ "RFC 5114, A.3, as A", CKM_X9_42_DH_DERIVE, X9_42(CKD_NULL, NULL, YB256),
	    .verbs = CKF_DERIVE, .key = &a256, .out = Z256, .whole = true },
	{ "RFC 5114, A.3, as B", CKM_X9_42_DH_DERIVE, X9_42(CKD_NULL, NULL, YA256),
	    .verbs = CKF_DERIVE, .key = &b256, .out = Z256, .whole = true },
	{ "NIST CAVP, KASValidityTest_FFCStatic_NOKC_ZZOnly, FB, COUNT 0", CKM_X9_42_DH_DERIVE,
	    X9_42(CKD_NULL, NULL,
		"51ee21cd9f97015180f258fad5c94ff5a458806b1412087236bf77fe87aae1a36735816ed6e2160a73"
		"1159814b6ae1f3f52c478dd9207094adfb62f7667d5c366327e66d23096395e938504db330953a7080"
		"15f861fe9d9487611093b9fe7327518a7cc15994ab573313e154117c1a3ae88b8bdd1e316748249e4a"
		"9cbd1947f159836d13613d1f9449fc3442171d1970bc28958c1cafa2776a6f14ccdb29db02f64911bd"
		"83bfdcdfc843dd14a4cab9acb0bda8b293d2f5f7050768e57533cbc415a29e6f31cc365e107f91ae37"
		"22484e2c7329a85af69055a5a104da37e810878896d1b247b02b75234ecff82b1958f42d7b031622e9"
		"394c98b5229112f7f620"),
	    .verbs = CKF_DERIVE, .key = &cavp,
	    .out = "10a30bacab82e652415376baffdbc008c7eb2e5a3aa68bc10ce486ca84983fd89b1b027bb40e753"
		   "33406361005f5e756526a95fe01202df9217d81b1713d5187c368fdd4c9c2433d9e6c1884476947"
		   "9b725c4140c92a304ee1bc5726d8f5321b5b1c54a1a6b67c527e6817c0ed613a0d4e60db55de898"
		   "788b7e8d4aa9a81ab5ed7f6282962c433d246ed640555bdd76d29c2874551264d74c76373f8a888"
		   "71b41b041c98041b16f94f983ddf00f5bc7d2416d19168c90178974a0602436cd186748bcc63a62"
		   "9edc3a0db59415cccd37a65130ea477c89da92d41371f5972891cf41f9c7f0e75ccbff989322538"
		   "4db30daa5e310f08e3e0fad98bcdf8ecf35fe5",
	    .whole = true },
	{ "Python 3.11's pow(), a secret with a leading zero, 224 bits", CKM_X9_42_DH_DERIVE,
	    X9_42(CKD_NULL, NULL,
		"9a0cc2e44e16d0ec527b592d2a370a3d89b12ce8020a11744be14089ea082f257f4d38d138b2fe2a6d"
		"fe5a7c9ab48154b9ab730c4e6e8993bca1fee4b7bb8e9850daf11a8d9740c5da269afb88f724e4006b"
		"0196d2a8b0874e33ab13a668c5c903378ec9428d6a64dfa90a9be112239ccda4659d07dd0928ee4e40"
		"1281e25d36f27a18231700efe352ecabe12fb9dca67caeec571a06889a2010b6785ee86fdfd6766c0d"
		"77bb9efacb43ffcf7fb7bb1659998865bfcd698391bf3e96b713e0a176038b197e8ddd853d5f77535f"
		"6967023bc08d83e06a0a34fe94e75f9f6e6acc49d8371f8df81b37b5bad52837d0ae43c0cb23fbac94"
		"bbae2af666395cc5c5a7"),
	    .verbs = CKF_DERIVE, .key = &b224,
	    .out = "005f08bea34ff6a7ce45789c92374650db12039b44b4b4f7f7c78a6e2b4e0216be9443e86b1b283"
		   "f7aace7539d24cafbe0363b00243e40e43d7880e5c014c0f1ea43ca4839e2ff27746fe5035e1ea2"
		   "1db6e14f6d713929cadcc6c94883ebcbd86ff36b16c9ffd9f4715f10f1300c7efeac95c73e31282"
		   "a4723ed5085f39aab50bcd662eac149f491e32bda7e7e5b016a17088f5bd0900e4fba326ac22271"
		   "ba6914b536c95d250cc71126986c0837720c9558de9ef7409acbd4e4d3c5cc1ad66985aca88e425"
		   "c355c2423358ca140c057e25d0dc99c5d2a2882efb1a52c303a89685c5c7b19e9c4122c46d615cf"
		   "548ea4954ff8bd5c953e5547b6e3bb2bcd3fb1",
	    .whole = true },
	{ "Python 3.11's pow(), a secret with a leading zero, safe prime", CKM_X9_42_DH_DERIVE,
	    X9_42(CKD_NULL, NULL, YF0), .verbs = CKF_DERIVE, .key = &safe, .out = ZF0,
	    .whole = true },
	{ "OpenSSL 3.0, kdf -kdfopt cekalg:id-smime-alg-CMS3DESwrap X942KDF-ASN1, 24 bytes",
	    CKM_X9_42_DH_DERIVE,
	    X9_42(CKD_SHA1_KDF_ASN1,
		"301d3013060b2a864886f70d0109100306040400000001a2060404000000c0", YB224),
	    .verbs = CKF_DERIVE, .key = &a224,
	    .out = "5541b5708ded6ff1af4541fc5fa1049fe581e4a4509e59d4" },
	{ "OpenSSL 3.0, the same with -kdfopt hexukm:0123...", CKM_X9_42_DH_DERIVE,
	    X9_42(CKD_SHA1_KDF_ASN1,
		"30613013060b2a864886f70d0109100306040400000001a04204400123456789abcdeffedcba987654"
		"32010123456789abcdeffedcba98765432010123456789abcdeffedcba98765432010123456789abcd"
		"effedcba9876543201a2060404000000c0",
		YB224),
	    .verbs = CKF_DERIVE, .key = &a224,
	    .out = "71219c1e6f51d387cd32393750a760e73f50bba490b3ce38" },
	{ "OpenSSL 3.0, kdf -kdfopt cekalg:id-aes256-wrap X942KDF-ASN1, 32 bytes",
	    CKM_X9_42_DH_DERIVE,
	    X9_42(CKD_SHA1_KDF_ASN1, "301b3011060960864801650304012d040400000001a206040400000100",
		YB224),
	    .verbs = CKF_DERIVE, .key = &a224,
	    .out = "a0ba2058935601f074435e0cc15b7118607479d23a115e3f827bad1a1b9fffef" },
	{ "OpenSSL 3.0, the same without -kdfopt use-keybits", CKM_X9_42_DH_DERIVE,
	    X9_42(CKD_SHA1_KDF_ASN1, "30133011060960864801650304012d040400000001", YB224),
	    .verbs = CKF_DERIVE, .key = &a224,
	    .out = "135e3280f1737241b3a8d0f666cd3afcf82daff854893dda1de8011dec1eeacb" },
	{ "OpenSSL 3.0, kdf X942KDF-CONCAT, 20 bytes", CKM_X9_42_DH_DERIVE,
	    X9_42(CKD_SHA1_KDF_CONCATENATE, NULL, YB224), .verbs = CKF_DERIVE, .key = &a224,
	    .out = "b8ce05cd8c1a90a5e619585c8dddfdf1ed1882cd" },
	{ "OpenSSL 3.0, kdf -kdfopt hexinfo:0001...0f X942KDF-CONCAT, 100 bytes",
	    CKM_X9_42_DH_DERIVE,
	    X9_42(CKD_SHA1_KDF_CONCATENATE, "000102030405060708090a0b0c0d0e0f", YB224),
	    .verbs = CKF_DERIVE, .key = &a224,
	    .out = "9f23410b2127c3a81cc30970a44a5758fc09c75adad5eac4f4e6edf713002cd842b88ec17a9c58c"
		   "9f435526b7c32e0a4fdfe5eaaf9946e5af5d22bd1fea12cdc4234eae63318a220189c093400ec16"
		   "a90fda3ce1317e9ad7e653c67a2d4c680ae79c55cd" },
	{ "Refused: 0", CKM_X9_42_DH_DERIVE, X9_42(CKD_NULL, NULL, "00"), .verbs = CKF_DERIVE,
	    .key = &a224, .out = Z224, .whole = true, .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: 1", CKM_X9_42_DH_DERIVE, X9_42(CKD_NULL, NULL, "01"), .verbs = CKF_DERIVE,
	    .key = &a224, .out = Z224, .whole = true, .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: p - 1", CKM_X9_42_DH_DERIVE,
	    X9_42(CKD_NULL, NULL,
		"ad107e1e9123a9d0d660faa79559c51fa20d64e5683b9fd1b54b1597b61d0a75e6fa141df95a56dbaf"
		"9a3c407ba1df15eb3d688a309c180e1de6b85a1274a0a66d3f8152ad6ac2129037c9edefda4df8d91e"
		"8fef55b7394b7ad5b7d0b6c12207c9f98d11ed34dbf6c6ba0b2c8bbc27be6a00e0a0b9c49708b3bf8a"
		"317091883681286130bc8985db1602e714415d9330278273c7de31efdc7310f7121fd5a07415987d9a"
		"dc0a486dcdf93acc44328387315d75e198c641a480cd86a1b9e587e8be60e69cc928b2b9c52172e413"
		"042e9b23f10b0e16e79763c9b53dcf4ba80a29e3fb73c16b8e75b97ef363e2ffa31f71cf9de5384e71"
		"b81c0ac4dffe0c10e64e"),
	    .verbs = CKF_DERIVE, .key = &a224, .out = Z224, .whole = true,
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: p", CKM_X9_42_DH_DERIVE, X9_42(CKD_NULL, NULL, P224), .verbs = CKF_DERIVE,
	    .key = &a224, .out = Z224, .whole = true, .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: p + 1", CKM_X9_42_DH_DERIVE,
	    X9_42(CKD_NULL, NULL,
		"ad107e1e9123a9d0d660faa79559c51fa20d64e5683b9fd1b54b1597b61d0a75e6fa141df95a56dbaf"
		"9a3c407ba1df15eb3d688a309c180e1de6b85a1274a0a66d3f8152ad6ac2129037c9edefda4df8d91e"
		"8fef55b7394b7ad5b7d0b6c12207c9f98d11ed34dbf6c6ba0b2c8bbc27be6a00e0a0b9c49708b3bf8a"
		"317091883681286130bc8985db1602e714415d9330278273c7de31efdc7310f7121fd5a07415987d9a"
		"dc0a486dcdf93acc44328387315d75e198c641a480cd86a1b9e587e8be60e69cc928b2b9c52172e413"
		"042e9b23f10b0e16e79763c9b53dcf4ba80a29e3fb73c16b8e75b97ef363e2ffa31f71cf9de5384e71"
		"b81c0ac4dffe0c10e650"),
	    .verbs = CKF_DERIVE, .key = &a224, .out = Z224, .whole = true,
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: 2, outside the subgroup", CKM_X9_42_DH_DERIVE, X9_42(CKD_NULL, NULL, "02"),
	    .verbs = CKF_DERIVE, .key = &a224, .out = Z224, .whole = true,
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: of order 3", CKM_X9_42_DH_DERIVE,
	    X9_42(CKD_NULL, NULL,
		"73ef184cd50bd427992f4bbeaf1d7712f8cb8264929f533ded004618b29064e3583963fc634df866ef"
		"9aa5f158077765219401ad4bf0a2c42204241c8a728af1012cfd399a76f13a0e2cb153c0888a9eb0e0"
		"5312610923777d185f46bf865bbfe86a0e79a6761d7e153cb46e2221dc3415a7e78c22d33c3d1e2363"
		"c041bb57badd344969ee2a1c4917d26ab51a20bc343b4db9964871b0918b2b8e97ff7d297e8b8ca232"
		"9426755fdf302a6401030c0f0206a0da004cac53d4408d2ff47cff332435d1f01cbeee301b8dda896b"
		"e231fd38264f1a5c2b51365a8e74e608a2510c26c92c8d091e18577e854c43d5dc3b2779552f672387"
		"8deb5ec58bce2da61abe"),
	    .verbs = CKF_DERIVE, .key = &a224, .out = Z224, .whole = true,
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: B's times one of order 3", CKM_X9_42_DH_DERIVE,
	    X9_42(CKD_NULL, NULL,
		"98e29f984f92bc365ee24a9b0278ecdee519524c5c537c006c2a76cec90d1943fd56b801c66d2ae145"
		"a4881a7ccf601de67de10c80d591eaccfa2110a9c040ca39186a19baa3d692ad20c4223a492372759c"
		"a9e5f5bd55f7437089139c45eac84186bdb905ef18f5ed52e431a98528a4ac1ca0ee2a071ed76b280f"
		"b21237f798ff41b810977845906a0af5cbdb53732ac2206c68d00ad1467cf5ddf0be549b267d565cdb"
		"b8841e6d9106d1162f7e7a5c0a3ac5a1bf672e841336bf693d97e0f979430d6c30912c83cb0e868f6d"
		"77ff7c0eb4443a5ce3d67d3b0648a346dbb2779a2a17aff83d8da2c02b47a6862421fc6f4b277a9717"
		"097a7cd41ff9f4275bc8"),
	    .verbs = CKF_DERIVE, .key = &a224, .out = Z224, .whole = true,
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: minus B's", CKM_X9_42_DH_DERIVE,
	    X9_42(CKD_NULL, NULL,
		"5f41948be7ad7fbce368c262e81c4d3193db9b73dcfde90fb1eddc369df0cc6a44b227dc7682f60e66"
		"c0a6a6e49bbc746321ae5c68798471a523272dac12a652348d79ec8b3f4c3044098f1d28b1dbc2c689"
		"6a0140015bd1e22bb30c0d57b55af2e26c8e43ba5a90780cdee4ed77d97263ac1486d7372004e4d6af"
		"640f6a92601b3c0e6a4a33aa4914b7e3958b3bf083994c15e76c322e9c6841ef980d44629b370f3666"
		"a45eccca8784feb122d4a9c60ff8cdfd939528d2e70ebdb24a2026d1b1dc1e1fb83a18527b01c9e431"
		"c84ee106ac2cc5827a2e87bcd7c65916005ecde8dd2809b3377c51578017cabe6a365bf5dae509918c"
		"86fbb65a61de09fcbae3"),
	    .verbs = CKF_DERIVE, .key = &a224, .out = Z224, .whole = true,
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: outside the squares, safe prime", CKM_X9_42_DH_DERIVE,
	    X9_42(CKD_NULL, NULL,
		"6f3e5ed28904a94836870b8f214549221cace5a3e1873c49cb6eb14aa4aa4222106c6dd56bb3b7b725"
		"70c17a2a5a57b865cc55ca418f9dcc51b80f68c673d4f650a9774a1e65b4648a82326fcc73d52cd024"
		"1e106f14787c05fe9fa84db1e14a43ff5e466b94032b4d30fee29f170b4b759137d722b9f81ff37320"
		"27fa7978a237bf961014e6e46e175c1e5567237fc212d8ec12085a6c7c7bb497463694c49c3233ff89"
		"1b92344cbc0a2155f1768a72489664fab2695b988006013d9970e6adf4e8cd151c1edd5175cba8e569"
		"fc0fb51b1e89d6e888e67d7549c99574cd4d74fd776fcde5a0edc8b7a944e45ae73b2b97d272ad121f"
		"13c5188cf4966b0cd975"),
	    .verbs = CKF_DERIVE, .key = &safe, .out = ZF0, .whole = true,
	    .rv = CKR_PUBLIC_KEY_INVALID },
	{ "Refused: a byte more than p", CKM_X9_42_DH_DERIVE,
	    X9_42(CKD_NULL, NULL,
		"ad107e1e9123a9d0d660faa79559c51fa20d64e5683b9fd1b54b1597b61d0a75e6fa141df95a56dbaf"
		"9a3c407ba1df15eb3d688a309c180e1de6b85a1274a0a66d3f8152ad6ac2129037c9edefda4df8d91e"
		"8fef55b7394b7ad5b7d0b6c12207c9f98d11ed34dbf6c6ba0b2c8bbc27be6a00e0a0b9c49708b3bf8a"
		"317091883681286130bc8985db1602e714415d9330278273c7de31efdc7310f7121fd5a07415987d9a"
		"dc0a486dcdf93acc44328387315d75e198c641a480cd86a1b9e587e8be60e69cc928b2b9c52172e413"
		"042e9b23f10b0e16e79763c9b53dcf4ba80a29e3fb73c16b8e75b97ef363e2ffa31f71cf9de5384e71"
		"b81c0ac4dffe0c10e64f00"),
	    .verbs = CKF_DERIVE, .key = &a224, .out = Z224, .whole = true,
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: no public value", CKM_X9_42_DH_DERIVE, X9_42(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DERIVE, .key = &a224, .out = Z224, .whole = true,
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: OtherInfo without a derivation function", CKM_X9_42_DH_DERIVE,
	    X9_42(CKD_NULL, "00", YB224), .verbs = CKF_DERIVE, .key = &a224, .out = Z224,
	    .whole = true, .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: a derivation function of ECDH", CKM_X9_42_DH_DERIVE,
	    X9_42(CKD_SHA1_KDF, NULL, YB224), .verbs = CKF_DERIVE, .key = &a224,
	    .out = "0000000000000000000000000000000000000000", .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: OtherInfo that is missing", CKM_X9_42_DH_DERIVE,
	    X9_42(CKD_SHA1_KDF_ASN1, NULL, YB224), .verbs = CKF_DERIVE, .key = &a224,
	    .out = "000000000000000000000000000000000000000000000000",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: OtherInfo cut short", CKM_X9_42_DH_DERIVE,
	    X9_42(CKD_SHA1_KDF_ASN1, "301d3013060b2a864886f70d0109100306040400000001a2060404000000",
		YB224),
	    .verbs = CKF_DERIVE, .key = &a224,
	    .out = "000000000000000000000000000000000000000000000000",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: OtherInfo with a byte behind", CKM_X9_42_DH_DERIVE,
	    X9_42(CKD_SHA1_KDF_ASN1,
		"301d3013060b2a864886f70d0109100306040400000001a2060404000000c000", YB224),
	    .verbs = CKF_DERIVE, .key = &a224,
	    .out = "000000000000000000000000000000000000000000000000",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: OtherInfo without a counter", CKM_X9_42_DH_DERIVE,
	    X9_42(CKD_SHA1_KDF_ASN1, "3017300d060b2a864886f70d0109100306a2060404000000c0", YB224),
	    .verbs = CKF_DERIVE, .key = &a224,
	    .out = "000000000000000000000000000000000000000000000000",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: OtherInfo with a counter of 3 bytes", CKM_X9_42_DH_DERIVE,
	    X9_42(CKD_SHA1_KDF_ASN1, "301c3012060b2a864886f70d01091003060403000001a2060404000000c0",
		YB224),
	    .verbs = CKF_DERIVE, .key = &a224,
	    .out = "000000000000000000000000000000000000000000000000",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: OtherInfo with a counter of 2", CKM_X9_42_DH_DERIVE,
	    X9_42(CKD_SHA1_KDF_ASN1,
		"301d3013060b2a864886f70d0109100306040400000002a2060404000000c0", YB224),
	    .verbs = CKF_DERIVE, .key = &a224,
	    .out = "000000000000000000000000000000000000000000000000",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: OtherInfo with a field of no name", CKM_X9_42_DH_DERIVE,
	    X9_42(CKD_SHA1_KDF_ASN1,
		"30223013060b2a864886f70d0109100306040400000001a2060404000000c0a403040178", YB224),
	    .verbs = CKF_DERIVE, .key = &a224,
	    .out = "000000000000000000000000000000000000000000000000",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "Refused: OtherInfo with its fields the wrong way round", CKM_X9_42_DH_DERIVE,
	    X9_42(CKD_SHA1_KDF_ASN1,
		"30223013060b2a864886f70d0109100306040400000001a2060404000000c0a003040178", YB224),
	    .verbs = CKF_DERIVE, .key = &a224,
	    .out = "000000000000000000000000000000000000000000000000",
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ "RFC 5114, 2.2", CKM_X9_42_DH_KEY_PAIR_GEN, NONE, .verbs = CKF_GENERATE_KEY_PAIR,
	    .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_X9_42_DH),
	    .template = { { CKA_PRIME, P224 }, { CKA_SUBPRIME, Q224 }, { CKA_BASE, G224 } } },
	{ "RFC 5114, 2.3", CKM_X9_42_DH_KEY_PAIR_GEN, NONE, .verbs = CKF_GENERATE_KEY_PAIR,
	    .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_X9_42_DH),
	    .template = { { CKA_PRIME, P256 }, { CKA_SUBPRIME, Q256 }, { CKA_BASE, G256 } } },
	{ "RFC 7919, A.1", CKM_X9_42_DH_KEY_PAIR_GEN, NONE, .verbs = CKF_GENERATE_KEY_PAIR,
	    .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_X9_42_DH),
	    .template = { { CKA_PRIME, FFDHE2048 }, { CKA_SUBPRIME, FFDHE2048_HALF },
		{ CKA_BASE, "02" } } },
	{ "NIST CAVP, FB", CKM_X9_42_DH_KEY_PAIR_GEN, NONE, .verbs = CKF_GENERATE_KEY_PAIR,
	    .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_X9_42_DH),
	    .template = { { CKA_PRIME, CAVP_P }, { CKA_SUBPRIME, CAVP_Q }, { CKA_BASE, CAVP_G } } },
	{ "Refused: generator 1", CKM_X9_42_DH_KEY_PAIR_GEN, NONE, .verbs = CKF_GENERATE_KEY_PAIR,
	    .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_X9_42_DH),
	    .template = { { CKA_PRIME, P224 }, { CKA_SUBPRIME, Q224 }, { CKA_BASE, "01" } },
	    .rv = CKR_DOMAIN_PARAMS_INVALID },
	{ "Refused: generator of another order", CKM_X9_42_DH_KEY_PAIR_GEN, NONE,
	    .verbs = CKF_GENERATE_KEY_PAIR, .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_X9_42_DH),
	    .template = { { CKA_PRIME, P224 }, { CKA_SUBPRIME, Q224 }, { CKA_BASE, "02" } },
	    .rv = CKR_DOMAIN_PARAMS_INVALID },
	{ "Refused: generator p - 1", CKM_X9_42_DH_KEY_PAIR_GEN, NONE,
	    .verbs = CKF_GENERATE_KEY_PAIR, .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_X9_42_DH),
	    .template = { { CKA_PRIME, P224 }, { CKA_SUBPRIME, Q224 },
		{ CKA_BASE,
		    "ad107e1e9123a9d0d660faa79559c51fa20d64e5683b9fd1b54b1597b61d0a75e6fa141df95a56"
		    "dbaf9a3c407ba1df15eb3d688a309c180e1de6b85a1274a0a66d3f8152ad6ac2129037c9edefda"
		    "4df8d91e8fef55b7394b7ad5b7d0b6c12207c9f98d11ed34dbf6c6ba0b2c8bbc27be6a00e0a0b9"
		    "c49708b3bf8a317091883681286130bc8985db1602e714415d9330278273c7de31efdc7310f712"
		    "1fd5a07415987d9adc0a486dcdf93acc44328387315d75e198c641a480cd86a1b9e587e8be60e6"
		    "9cc928b2b9c52172e413042e9b23f10b0e16e79763c9b53dcf4ba80a29e3fb73c16b8e75b97ef3"
		    "63e2ffa31f71cf9de5384e71b81c0ac4dffe0c10e64e" } },
	    .rv = CKR_DOMAIN_PARAMS_INVALID },
	{ "Refused: another group's order", CKM_X9_42_DH_KEY_PAIR_GEN, NONE,
	    .verbs = CKF_GENERATE_KEY_PAIR, .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_X9_42_DH),
	    .template = { { CKA_PRIME, P224 }, { CKA_SUBPRIME, Q256 }, { CKA_BASE, G224 } },
	    .rv = CKR_DOMAIN_PARAMS_INVALID },
	{ "Refused: a safe prime with a short order", CKM_X9_42_DH_KEY_PAIR_GEN, NONE,
	    .verbs = CKF_GENERATE_KEY_PAIR, .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_X9_42_DH),
	    .template = { { CKA_PRIME, FFDHE2048 }, { CKA_SUBPRIME, Q256 }, { CKA_BASE, "02" } },
	    .rv = CKR_DOMAIN_PARAMS_INVALID },
	{ "Refused: an order that is no prime", CKM_X9_42_DH_KEY_PAIR_GEN, NONE,
	    .verbs = CKF_GENERATE_KEY_PAIR, .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_X9_42_DH),
	    .template = { { CKA_PRIME, P224 },
		{ CKA_SUBPRIME, "0100381a698b1b27fd32e2ee203f00a6b48e719d797e71353366c6e3d6" },
		{ CKA_BASE, G224 } },
	    .rv = CKR_DOMAIN_PARAMS_INVALID },
	{ "Refused: a modulus that is no prime", CKM_X9_42_DH_KEY_PAIR_GEN, NONE,
	    .verbs = CKF_GENERATE_KEY_PAIR, .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_X9_42_DH),
	    .template = { { CKA_PRIME,
			      "80000000000000000000000000000000000000000000000000000000000000000000"
			      "00000000000000000000000000000000000000000000000000000000000000000000"
			      "00000000000000000000000000000000000000000000000000000000000000000000"
			      "00000000000000000000000000000000000000000000000000000000000000000000"
			      "00000000000000000000000000000000000000000000000000000000000000000000"
			      "00000000000000000000000000000000000000000000000000000000000000000000"
			      "000000000000000000000000000000000000000000000000bbc6c562d75116b8bbfc"
			      "c14b6fba0607f4fe11c1939e7b838856c265" },
		{ CKA_SUBPRIME, Q224 }, { CKA_BASE, G224 } },
	    .rv = CKR_DOMAIN_PARAMS_INVALID },
	{ "Refused: an order of 223 bits", CKM_X9_42_DH_KEY_PAIR_GEN, NONE,
	    .verbs = CKF_GENERATE_KEY_PAIR, .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_X9_42_DH),
	    .template = { { CKA_PRIME, P224 },
		{ CKA_SUBPRIME, "400e069a62c6c9ff4cb8bb880fc029ad239c675e5f9c4d4cd9b1b8f5" },
		{ CKA_BASE, G224 } },
	    .rv = CKR_KEY_SIZE_RANGE },
	{ "Refused: a prime of 2047 bits", CKM_X9_42_DH_KEY_PAIR_GEN, NONE,
	    .verbs = CKF_GENERATE_KEY_PAIR, .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_X9_42_DH),
	    .template = { { CKA_PRIME,
			      "56883f0f4891d4e86b307d53caace28fd106b272b41dcfe8daa58acbdb0e853af37d"
			      "0a0efcad2b6dd7cd1e203dd0ef8af59eb445184e0c070ef35c2d093a5053369fc0a9"
			      "56b56109481be4f6f7ed26fc6c8f47f7aadb9ca5bd6adbe85b609103e4fcc688f69a"
			      "6dfb635d059645de13df350070505ce24b8459dfc518b848c41b409430985e44c2ed"
			      "8b01738a20aec99813c139e3ef18f7ee39887b890fead03a0acc3ecd6e052436e6fc"
			      "9d66221941c398aebaf0cc6320d24066c350dcf2c3f45f30734e6494595ce290b972"
			      "0982174d91f885870b73cbb1e4da9ee7a5d40514f1fdb9e0b5c73adcbf79b1f17fd1"
			      "8fb8e7cef29c2738dc0e05626fff06087327" },
		{ CKA_SUBPRIME, Q224 }, { CKA_BASE, G224 } },
	    .rv = CKR_KEY_SIZE_RANGE },
	{ "Refused: no order", CKM_X9_42_DH_KEY_PAIR_GEN, NONE, .verbs = CKF_GENERATE_KEY_PAIR,
	    .key = MADE_KEY(CKO_PRIVATE_KEY, CKK_X9_42_DH),
	    .template = { { CKA_PRIME, P224 }, { CKA_BASE, G224 } },
	    .rv = CKR_TEMPLATE_INCOMPLETE },
	{ "FIPS 186-4, 2048 and 224 bits", CKM_X9_42_DH_PARAMETER_GEN, NONE, .verbs = CKF_GENERATE,
	    .key = MADE_KEY(CKO_DOMAIN_PARAMETERS, CKK_X9_42_DH),
	    .template = { { CKA_PRIME_BITS, NULL, 2048 }, { CKA_SUBPRIME_BITS, NULL, 224 } } },
	{ "FIPS 186-4, 2048 and 256 bits", CKM_X9_42_DH_PARAMETER_GEN, NONE, .verbs = CKF_GENERATE,
	    .key = MADE_KEY(CKO_DOMAIN_PARAMETERS, CKK_X9_42_DH),
	    .template = { { CKA_PRIME_BITS, NULL, 2048 }, { CKA_SUBPRIME_BITS, NULL, 256 } } },
	{ "Refused: 3072 and 256 bits", CKM_X9_42_DH_PARAMETER_GEN, NONE, .verbs = CKF_GENERATE,
	    .key = MADE_KEY(CKO_DOMAIN_PARAMETERS, CKK_X9_42_DH),
	    .template = { { CKA_PRIME_BITS, NULL, 3072 }, { CKA_SUBPRIME_BITS, NULL, 256 } },
	    .rv = CKR_KEY_SIZE_RANGE },
	{ "RFC 7919, A, 2048 bits", CKM_X9_42_DH_PARAMETER_GEN, NONE, .verbs = CKF_GENERATE,
	    .key = MADE_KEY(CKO_DOMAIN_PARAMETERS, CKK_X9_42_DH),
	    .template = { { CKA_PRIME_BITS, NULL, 2048 }, { CKA_SUBPRIME_BITS, NULL, 2047 } } },
	{ "RFC 7919, A, 3072 bits", CKM_X9_42_DH_PARAMETER_GEN, NONE, .verbs = CKF_GENERATE,
	    .key = MADE_KEY(CKO_DOMAIN_PARAMETERS, CKK_X9_42_DH),
	    .template = { { CKA_PRIME_BITS, NULL, 3072 }, { CKA_SUBPRIME_BITS, NULL, 3071 } } },
	{ "RFC 7919, A, 4096 bits", CKM_X9_42_DH_PARAMETER_GEN, NONE, .verbs = CKF_GENERATE,
	    .key = MADE_KEY(CKO_DOMAIN_PARAMETERS, CKK_X9_42_DH),
	    .template = { { CKA_PRIME_BITS, NULL, 4096 }, { CKA_SUBPRIME_BITS, NULL, 4095 } } },
	{ "RFC 7919, A, 6144 bits", CKM_X9_42_DH_PARAMETER_GEN, NONE, .verbs = CKF_GENERATE,
	    .key = MADE_KEY(CKO_DOMAIN_PARAMETERS, CKK_X9_42_DH),
	    .template = { { CKA_PRIME_BITS, NULL, 6144 }, { CKA_SUBPRIME_BITS, NULL, 6143 } } },
	{ "RFC 7919, A, 8192 bits", CKM_X9_42_DH_PARAMETER_GEN, NONE, .verbs = CKF_GENERATE,
	    .key = MADE_KEY(CKO_DOMAIN_PARAMETERS, CKK_X9_42_DH),
	    .template = { { CKA_PRIME_BITS, NULL, 8192 }, { CKA_SUBPRIME_BITS, NULL, 8191 } } },
	{ "RFC 7919, A, the longest order", CKM_X9_42_DH_PARAMETER_GEN, NONE, .verbs = CKF_GENERATE,
	    .key = MADE_KEY(CKO_DOMAIN_PARAMETERS, CKK_X9_42_DH),
	    .template = { { CKA_PRIME_BITS, NULL, 2048 } } },
	{ "Refused: 1024 and 160 bits", CKM_X9_42_DH_PARAMETER_GEN, NONE, .verbs = CKF_GENERATE,
	    .key = MADE_KEY(CKO_DOMAIN_PARAMETERS, CKK_X9_42_DH),
	    .template = { { CKA_PRIME_BITS, NULL, 1024 }, { CKA_SUBPRIME_BITS, NULL, 160 } },
	    .rv = CKR_KEY_SIZE_RANGE },
	{ "Refused: 2048 and 160 bits", CKM_X9_42_DH_PARAMETER_GEN, NONE, .verbs = CKF_GENERATE,
	    .key = MADE_KEY(CKO_DOMAIN_PARAMETERS, CKK_X9_42_DH),
	    .template = { { CKA_PRIME_BITS, NULL, 2048 }, { CKA_SUBPRIME_BITS, NULL, 160 } },
	    .rv = CKR_KEY_SIZE_RANGE },
	{ "Refused: 2049 bits", CKM_X9_42_DH_PARAMETER_GEN, NONE, .verbs = CKF_GENERATE,
	    .key = MADE_KEY(CKO_DOMAIN_PARAMETERS, CKK_X9_42_DH),
	    .template = { { CKA_PRIME_BITS, NULL, 2049 } }, .rv = CKR_KEY_SIZE_RANGE },
	{ "RFC 5114, A.2, a KEM", CKM_X9_42_DH_DERIVE, X9_42(CKD_NULL, NULL, NULL), .verbs = KEM,
	    .key = &b224, .in = Z224, .out = YA224, .whole = true },
	{ "RFC 5114, A.3, a KEM", CKM_X9_42_DH_DERIVE, X9_42(CKD_NULL, NULL, NULL), .verbs = KEM,
	    .key = &b256, .in = Z256, .out = YA256, .whole = true },
	{ "RFC 5114, A.2, a KEM, the last 32 bytes", CKM_X9_42_DH_DERIVE,
	    X9_42(CKD_NULL, NULL, NULL), .verbs = KEM, .key = &a224,
	    .in = "ac1a46e203e13f952995fb03c69d3cc47fcb510b6998ffd3aa6de73cf9f63869",
	    .out = YB224 },
	{ "Python 3.11's pow(), a KEM, a leading zero", CKM_X9_42_DH_DERIVE,
	    X9_42(CKD_NULL, NULL, NULL), .verbs = CKF_DECAPSULATE, .key = &safe, .in = ZF0,
	    .out = YF0, .whole = true },
	{ "A KEM of OpenSSL 3.0, the same with -kdfopt hexukm:0123...", CKM_X9_42_DH_DERIVE,
	    X9_42(CKD_SHA1_KDF_ASN1,
		"30613013060b2a864886f70d0109100306040400000001a04204400123456789abcdeffedcba987654"
		"32010123456789abcdeffedcba98765432010123456789abcdeffedcba98765432010123456789abcd"
		"effedcba9876543201a2060404000000c0",
		NULL),
	    .verbs = KEM, .key = &a224, .in = "71219c1e6f51d387cd32393750a760e73f50bba490b3ce38",
	    .out = YB224 },
	{ "A KEM of OpenSSL 3.0, kdf -kdfopt hexinfo:0001...0f X942KDF-CONCAT, 100 bytes",
	    CKM_X9_42_DH_DERIVE,
	    X9_42(CKD_SHA1_KDF_CONCATENATE, "000102030405060708090a0b0c0d0e0f", NULL), .verbs = KEM,
	    .key = &a224,
	    .in = "9f23410b2127c3a81cc30970a44a5758fc09c75adad5eac4f4e6edf713002cd842b88ec17a9c58c9"
		  "f435526b7c32e0a4fdfe5eaaf9946e5af5d22bd1fea12cdc4234eae63318a220189c093400ec16a9"
		  "0fda3ce1317e9ad7e653c67a2d4c680ae79c55cd",
	    .out = YB224 },
	{ "Refused ciphertext: none", CKM_X9_42_DH_DERIVE, X9_42(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &a224, .in = Z224, .out = NULL, .whole = true,
	    .rv = CKR_WRAPPED_KEY_LEN_RANGE },
	{ "Refused ciphertext: a byte less", CKM_X9_42_DH_DERIVE, X9_42(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &a224, .in = Z224,
	    .out = "cee992a9762a13f2f83844ad3d77ee0e31c9718b3db6c2035d3961182c3e0ba247ec4182d760cd4"
		   "8d99599970622a1881bba2dc822939c78c3912c6661fa5438b20766222b75e24c2e3ad0c7287236"
		   "129525ee15b5dd7998aa04c4a9696cacd7172083a97a81664ead2c479e444e4c0654cc19e28d770"
		   "3cee8dacd6126f5d665ec52c67255db92014b037eb621a2ac8e365de071ffc1400acf077a12913d"
		   "d8de89473437ab7ba346743c1b215dd9c12164a7e4053118d199bec8ef6fc561170c84c87d10ee9"
		   "a674a1fa8ffe13bdfba1d44de48946d68dc0cdd777635a7ab5bfb1e4bb7b856f96827734c184138"
		   "e915d9c3002ebce53120546a7e2002142b6c",
	    .whole = true, .rv = CKR_WRAPPED_KEY_LEN_RANGE },
	{ "Refused ciphertext: a byte more", CKM_X9_42_DH_DERIVE, X9_42(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &a224, .in = Z224, .out = "00" YB224, .whole = true,
	    .rv = CKR_WRAPPED_KEY_LEN_RANGE },
	{ "Refused ciphertext: 0", CKM_X9_42_DH_DERIVE, X9_42(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &a224, .in = Z224,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000000000000000000"
		   "00000000000000000000000000000000000000",
	    .whole = true, .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused ciphertext: 1", CKM_X9_42_DH_DERIVE, X9_42(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &a224, .in = Z224,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000000000000000000"
		   "00000000000000000000000000000000000001",
	    .whole = true, .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused ciphertext: p - 1", CKM_X9_42_DH_DERIVE, X9_42(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &a224, .in = Z224,
	    .out = "ad107e1e9123a9d0d660faa79559c51fa20d64e5683b9fd1b54b1597b61d0a75e6fa141df95a56d"
		   "baf9a3c407ba1df15eb3d688a309c180e1de6b85a1274a0a66d3f8152ad6ac2129037c9edefda4d"
		   "f8d91e8fef55b7394b7ad5b7d0b6c12207c9f98d11ed34dbf6c6ba0b2c8bbc27be6a00e0a0b9c49"
		   "708b3bf8a317091883681286130bc8985db1602e714415d9330278273c7de31efdc7310f7121fd5"
		   "a07415987d9adc0a486dcdf93acc44328387315d75e198c641a480cd86a1b9e587e8be60e69cc92"
		   "8b2b9c52172e413042e9b23f10b0e16e79763c9b53dcf4ba80a29e3fb73c16b8e75b97ef363e2ff"
		   "a31f71cf9de5384e71b81c0ac4dffe0c10e64e",
	    .whole = true, .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused ciphertext: p", CKM_X9_42_DH_DERIVE, X9_42(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &a224, .in = Z224,
	    .out = "ad107e1e9123a9d0d660faa79559c51fa20d64e5683b9fd1b54b1597b61d0a75e6fa141df95a56d"
		   "baf9a3c407ba1df15eb3d688a309c180e1de6b85a1274a0a66d3f8152ad6ac2129037c9edefda4d"
		   "f8d91e8fef55b7394b7ad5b7d0b6c12207c9f98d11ed34dbf6c6ba0b2c8bbc27be6a00e0a0b9c49"
		   "708b3bf8a317091883681286130bc8985db1602e714415d9330278273c7de31efdc7310f7121fd5"
		   "a07415987d9adc0a486dcdf93acc44328387315d75e198c641a480cd86a1b9e587e8be60e69cc92"
		   "8b2b9c52172e413042e9b23f10b0e16e79763c9b53dcf4ba80a29e3fb73c16b8e75b97ef363e2ff"
		   "a31f71cf9de5384e71b81c0ac4dffe0c10e64f",
	    .whole = true, .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused ciphertext: p + 1", CKM_X9_42_DH_DERIVE, X9_42(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &a224, .in = Z224,
	    .out = "ad107e1e9123a9d0d660faa79559c51fa20d64e5683b9fd1b54b1597b61d0a75e6fa141df95a56d"
		   "baf9a3c407ba1df15eb3d688a309c180e1de6b85a1274a0a66d3f8152ad6ac2129037c9edefda4d"
		   "f8d91e8fef55b7394b7ad5b7d0b6c12207c9f98d11ed34dbf6c6ba0b2c8bbc27be6a00e0a0b9c49"
		   "708b3bf8a317091883681286130bc8985db1602e714415d9330278273c7de31efdc7310f7121fd5"
		   "a07415987d9adc0a486dcdf93acc44328387315d75e198c641a480cd86a1b9e587e8be60e69cc92"
		   "8b2b9c52172e413042e9b23f10b0e16e79763c9b53dcf4ba80a29e3fb73c16b8e75b97ef363e2ff"
		   "a31f71cf9de5384e71b81c0ac4dffe0c10e650",
	    .whole = true, .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused ciphertext: outside the subgroup", CKM_X9_42_DH_DERIVE,
	    X9_42(CKD_NULL, NULL, NULL), .verbs = CKF_DECAPSULATE, .key = &a224, .in = Z224,
	    .out = "0000000000000000000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000000000000000000"
		   "0000000000000000000000000000000000000000000000000000000000000000000000000000000"
		   "00000000000000000000000000000000000002",
	    .whole = true, .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused ciphertext: minus B's", CKM_X9_42_DH_DERIVE, X9_42(CKD_NULL, NULL, NULL),
	    .verbs = CKF_DECAPSULATE, .key = &a224, .in = Z224,
	    .out = "5f41948be7ad7fbce368c262e81c4d3193db9b73dcfde90fb1eddc369df0cc6a44b227dc7682f60"
		   "e66c0a6a6e49bbc746321ae5c68798471a523272dac12a652348d79ec8b3f4c3044098f1d28b1db"
		   "c2c6896a0140015bd1e22bb30c0d57b55af2e26c8e43ba5a90780cdee4ed77d97263ac1486d7372"
		   "004e4d6af640f6a92601b3c0e6a4a33aa4914b7e3958b3bf083994c15e76c322e9c6841ef980d44"
		   "629b370f3666a45eccca8784feb122d4a9c60ff8cdfd939528d2e70ebdb24a2026d1b1dc1e1fb83"
		   "a18527b01c9e431c84ee106ac2cc5827a2e87bcd7c65916005ecde8dd2809b3377c51578017cabe"
		   "6a365bf5dae509918c86fbb65a61de09fcbae3",
	    .whole = true, .rv = CKR_WRAPPED_KEY_INVALID },
	{ "Refused: a KEM with a public value", CKM_X9_42_DH_DERIVE, X9_42(CKD_NULL, NULL, YB224),
	    .verbs = KEM, .key = &a224, .in = Z224, .out = YB224, .whole = true,
	    .rv = CKR_MECHANISM_PARAM_INVALID },
	{ 0 },
};
