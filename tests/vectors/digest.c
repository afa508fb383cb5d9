/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Vectors of the digests: NIST's Examples with Intermediate Values for FIPS 180-4
 * and FIPS 202 ("abc", the ones of 448 and 896 bits, a million times "a") and the
 * empty messages of its CAVP.  Compared with Perl's Digest::SHA and with the
 * Keccak code in Python, neither of which is libcrypto.
 */
#include "tests/vectors.h"

#define ABC "616263"
/* "abcdbcdecdef...nopq" */
#define BITS_448                                                                                   \
	"6162636462636465636465666465666765666768666768696768696a68696a6b"                         \
	"696a6b6c6a6b6c6d6b6c6d6e6c6d6e6f6d6e6f706e6f7071"
/* "abcdefghbcdefghi...nopqrstu" */
#define BITS_896                                                                                   \
	"61626364656667686263646566676869636465666768696a6465666768696a6b"                         \
	"65666768696a6b6c666768696a6b6c6d6768696a6b6c6d6e68696a6b6c6d6e6f"                         \
	"696a6b6c6d6e6f706a6b6c6d6e6f70716b6c6d6e6f7071726c6d6e6f70717273"                         \
	"6d6e6f70717273746e6f707172737475"

#define DIGEST(mechanism) mechanism, NONE, .verbs = CKF_DIGEST
#define DERIVES(mechanism, value) mechanism, NONE, .verbs = CKF_DERIVE, .key = GENERIC_KEY(value)

const struct vector digest_vectors[] = {
	{ "CAVP SHA1ShortMsg, Len = 0", DIGEST(CKM_SHA_1),
	    .out = "da39a3ee5e6b4b0d3255bfef95601890afd80709" },
	{ "NIST example, SHA-1, abc", DIGEST(CKM_SHA_1), .in = ABC,
	    .out = "a9993e364706816aba3e25717850c26c9cd0d89d" },
	{ "NIST example, SHA-1, 448 bits", DIGEST(CKM_SHA_1), .in = BITS_448,
	    .out = "84983e441c3bd26ebaae4aa1f95129e5e54670f1" },
	{ "NIST example, SHA-1, 896 bits", DIGEST(CKM_SHA_1), .in = BITS_896,
	    .out = "a49b2446a02c645bf419f995b67091253a04a259" },
	{ "CAVP SHA224ShortMsg, Len = 0", DIGEST(CKM_SHA224),
	    .out = "d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f" },
	{ "NIST example, SHA-224, abc", DIGEST(CKM_SHA224), .in = ABC,
	    .out = "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7" },
	{ "NIST example, SHA-224, 448 bits", DIGEST(CKM_SHA224), .in = BITS_448,
	    .out = "75388b16512776cc5dba5da1fd890150b0c6455cb4f58b1952522525" },
	{ "NIST example, SHA-224, 896 bits", DIGEST(CKM_SHA224), .in = BITS_896,
	    .out = "c97ca9a559850ce97a04a96def6d99a9e0e0e2ab14e6b8df265fc0b3" },
	{ "CAVP SHA256ShortMsg, Len = 0", DIGEST(CKM_SHA256),
	    .out = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
	{ "NIST example, SHA-256, abc", DIGEST(CKM_SHA256), .in = ABC,
	    .out = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
	{ "NIST example, SHA-256, 448 bits", DIGEST(CKM_SHA256), .in = BITS_448,
	    .out = "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
	{ "NIST example, SHA-256, 896 bits", DIGEST(CKM_SHA256), .in = BITS_896,
	    .out = "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1" },
	{ "NIST example, SHA-256, a million a", DIGEST(CKM_SHA256), .in = "61", .repeat = 1000000,
	    .out = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0" },
	{ "CAVP SHA384ShortMsg, Len = 0", DIGEST(CKM_SHA384),
	    .out = "38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da"
		   "274edebfe76f65fbd51ad2f14898b95b" },
	{ "NIST example, SHA-384, abc", DIGEST(CKM_SHA384), .in = ABC,
	    .out = "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
		   "8086072ba1e7cc2358baeca134c825a7" },
	{ "NIST example, SHA-384, 448 bits", DIGEST(CKM_SHA384), .in = BITS_448,
	    .out = "3391fdddfc8dc7393707a65b1b4709397cf8b1d162af05abfe8f450de5f36bc6"
		   "b0455a8520bc4e6f5fe95b1fe3c8452b" },
	{ "NIST example, SHA-384, 896 bits", DIGEST(CKM_SHA384), .in = BITS_896,
	    .out = "09330c33f71147e83d192fc782cd1b4753111b173b3b05d22fa08086e3b0f712"
		   "fcc7c71a557e2db966c3e9fa91746039" },
	{ "CAVP SHA512ShortMsg, Len = 0", DIGEST(CKM_SHA512),
	    .out = "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
		   "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e" },
	{ "NIST example, SHA-512, abc", DIGEST(CKM_SHA512), .in = ABC,
	    .out = "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
		   "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f" },
	{ "NIST example, SHA-512, 448 bits", DIGEST(CKM_SHA512), .in = BITS_448,
	    .out = "204a8fc6dda82f0a0ced7beb8e08a41657c16ef468b228a8279be331a703c335"
		   "96fd15c13b1b07f9aa1d3bea57789ca031ad85c7a71dd70354ec631238ca3445" },
	{ "NIST example, SHA-512, 896 bits", DIGEST(CKM_SHA512), .in = BITS_896,
	    .out = "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018"
		   "501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909" },
	{ "CAVP SHA512_224ShortMsg, Len = 0", DIGEST(CKM_SHA512_224),
	    .out = "6ed0dd02806fa89e25de060c19d3ac86cabb87d6a0ddd05c333b84f4" },
	{ "NIST example, SHA-512/224, abc", DIGEST(CKM_SHA512_224), .in = ABC,
	    .out = "4634270f707b6a54daae7530460842e20e37ed265ceee9a43e8924aa" },
	{ "NIST example, SHA-512/224, 448 bits", DIGEST(CKM_SHA512_224), .in = BITS_448,
	    .out = "e5302d6d54bb242275d1e7622d68df6eb02dedd13f564c13dbda2174" },
	{ "NIST example, SHA-512/224, 896 bits", DIGEST(CKM_SHA512_224), .in = BITS_896,
	    .out = "23fec5bb94d60b23308192640b0c453335d664734fe40e7268674af9" },
	{ "CAVP SHA512_256ShortMsg, Len = 0", DIGEST(CKM_SHA512_256),
	    .out = "c672b8d1ef56ed28ab87c3622c5114069bdd3ad7b8f9737498d0c01ecef0967a" },
	{ "NIST example, SHA-512/256, abc", DIGEST(CKM_SHA512_256), .in = ABC,
	    .out = "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23" },
	{ "NIST example, SHA-512/256, 448 bits", DIGEST(CKM_SHA512_256), .in = BITS_448,
	    .out = "bde8e1f9f19bb9fd3406c90ec6bc47bd36d8ada9f11880dbc8a22a7078b6a461" },
	{ "NIST example, SHA-512/256, 896 bits", DIGEST(CKM_SHA512_256), .in = BITS_896,
	    .out = "3928e184fb8690f840da3988121d31be65cb9d3ef83ee6146feac861e19b563a" },
	{ "CAVP SHA3_224ShortMsg, Len = 0", DIGEST(CKM_SHA3_224),
	    .out = "6b4e03423667dbb73b6e15454f0eb1abd4597f9a1b078e3f5b5a6bc7" },
	{ "NIST example, SHA3-224, abc", DIGEST(CKM_SHA3_224), .in = ABC,
	    .out = "e642824c3f8cf24ad09234ee7d3c766fc9a3a5168d0c94ad73b46fdf" },
	{ "NIST example, SHA3-224, 448 bits", DIGEST(CKM_SHA3_224), .in = BITS_448,
	    .out = "8a24108b154ada21c9fd5574494479ba5c7e7ab76ef264ead0fcce33" },
	{ "NIST example, SHA3-224, 896 bits", DIGEST(CKM_SHA3_224), .in = BITS_896,
	    .out = "543e6868e1666c1a643630df77367ae5a62a85070a51c14cbf665cbc" },
	{ "CAVP SHA3_256ShortMsg, Len = 0", DIGEST(CKM_SHA3_256),
	    .out = "a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a" },
	{ "NIST example, SHA3-256, abc", DIGEST(CKM_SHA3_256), .in = ABC,
	    .out = "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532" },
	{ "NIST example, SHA3-256, 448 bits", DIGEST(CKM_SHA3_256), .in = BITS_448,
	    .out = "41c0dba2a9d6240849100376a8235e2c82e1b9998a999e21db32dd97496d3376" },
	{ "NIST example, SHA3-256, 896 bits", DIGEST(CKM_SHA3_256), .in = BITS_896,
	    .out = "916f6061fe879741ca6469b43971dfdb28b1a32dc36cb3254e812be27aad1d18" },
	{ "CAVP SHA3_384ShortMsg, Len = 0", DIGEST(CKM_SHA3_384),
	    .out = "0c63a75b845e4f7d01107d852e4c2485c51a50aaaa94fc61995e71bbee983a2a"
		   "c3713831264adb47fb6bd1e058d5f004" },
	{ "NIST example, SHA3-384, abc", DIGEST(CKM_SHA3_384), .in = ABC,
	    .out = "ec01498288516fc926459f58e2c6ad8df9b473cb0fc08c2596da7cf0e49be4b2"
		   "98d88cea927ac7f539f1edf228376d25" },
	{ "NIST example, SHA3-384, 448 bits", DIGEST(CKM_SHA3_384), .in = BITS_448,
	    .out = "991c665755eb3a4b6bbdfb75c78a492e8c56a22c5c4d7e429bfdbc32b9d4ad5a"
		   "a04a1f076e62fea19eef51acd0657c22" },
	{ "NIST example, SHA3-384, 896 bits", DIGEST(CKM_SHA3_384), .in = BITS_896,
	    .out = "79407d3b5916b59c3e30b09822974791c313fb9ecc849e406f23592d04f625dc"
		   "8c709b98b43b3852b337216179aa7fc7" },
	{ "CAVP SHA3_512ShortMsg, Len = 0", DIGEST(CKM_SHA3_512),
	    .out = "a69f73cca23a9ac5c8b567dc185a756e97c982164fe25859e0d1dcc1475c80a6"
		   "15b2123af1f5f94c11e3e9402c3ac558f500199d95b6d3e301758586281dcd26" },
	{ "NIST example, SHA3-512, abc", DIGEST(CKM_SHA3_512), .in = ABC,
	    .out = "b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e"
		   "10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0" },
	{ "NIST example, SHA3-512, 448 bits", DIGEST(CKM_SHA3_512), .in = BITS_448,
	    .out = "04a371e84ecfb5b8b77cb48610fca8182dd457ce6f326a0fd3d7ec2f1e91636d"
		   "ee691fbe0c985302ba1b0d8dc78c086346b533b49c030d99a27daf1139d6e75e" },
	{ "NIST example, SHA3-512, 896 bits", DIGEST(CKM_SHA3_512), .in = BITS_896,
	    .out = "afebb2ef542e6579c50cad06d2e578f9f8dd6881d7dc824d26360feebf18a4fa"
		   "73e3261122948efcfd492e74e82e2189ed0fb440d187f382270cb455f21dd185" },

	/* A key's value in place of the message: PKCS#11 3.2, 6.20.6 and its like. */
	{ "NIST example, SHA-1, abc", DERIVES(CKM_SHA1_KEY_DERIVATION, ABC),
	    .out = "a9993e364706816aba3e25717850c26c9cd0d89d", .whole = true },
	{ "NIST example, SHA-1, 448 bits", DERIVES(CKM_SHA1_KEY_DERIVATION, BITS_448),
	    .out = "84983e441c3bd26ebaae4aa1f95129e5e54670f1", .whole = true },
	{ "NIST example, SHA-1, 448 bits, its start", DERIVES(CKM_SHA1_KEY_DERIVATION, BITS_448),
	    .out = "84983e441c3bd26ebaae4aa1f95129e5" },
	{ "NIST example, SHA-224, abc", DERIVES(CKM_SHA224_KEY_DERIVATION, ABC),
	    .out = "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7", .whole = true },
	{ "NIST example, SHA-224, 448 bits", DERIVES(CKM_SHA224_KEY_DERIVATION, BITS_448),
	    .out = "75388b16512776cc5dba5da1fd890150b0c6455cb4f58b1952522525", .whole = true },
	{ "NIST example, SHA-224, 448 bits, its start",
	    DERIVES(CKM_SHA224_KEY_DERIVATION, BITS_448),
	    .out = "75388b16512776cc5dba5da1fd890150" },
	{ "NIST example, SHA-256, abc", DERIVES(CKM_SHA256_KEY_DERIVATION, ABC),
	    .out = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
	    .whole = true },
	{ "NIST example, SHA-256, 448 bits", DERIVES(CKM_SHA256_KEY_DERIVATION, BITS_448),
	    .out = "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
	    .whole = true },
	{ "NIST example, SHA-256, 448 bits, its start",
	    DERIVES(CKM_SHA256_KEY_DERIVATION, BITS_448),
	    .out = "248d6a61d20638b8e5c026930c3e6039" },
	{ "NIST example, SHA-384, abc", DERIVES(CKM_SHA384_KEY_DERIVATION, ABC),
	    .out = "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
		   "8086072ba1e7cc2358baeca134c825a7",
	    .whole = true },
	{ "NIST example, SHA-384, 448 bits", DERIVES(CKM_SHA384_KEY_DERIVATION, BITS_448),
	    .out = "3391fdddfc8dc7393707a65b1b4709397cf8b1d162af05abfe8f450de5f36bc6"
		   "b0455a8520bc4e6f5fe95b1fe3c8452b",
	    .whole = true },
	{ "NIST example, SHA-384, 448 bits, its start",
	    DERIVES(CKM_SHA384_KEY_DERIVATION, BITS_448),
	    .out = "3391fdddfc8dc7393707a65b1b470939" },
	{ "NIST example, SHA-512, abc", DERIVES(CKM_SHA512_KEY_DERIVATION, ABC),
	    .out = "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
		   "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
	    .whole = true },
	{ "NIST example, SHA-512, 448 bits", DERIVES(CKM_SHA512_KEY_DERIVATION, BITS_448),
	    .out = "204a8fc6dda82f0a0ced7beb8e08a41657c16ef468b228a8279be331a703c335"
		   "96fd15c13b1b07f9aa1d3bea57789ca031ad85c7a71dd70354ec631238ca3445",
	    .whole = true },
	{ "NIST example, SHA-512, 448 bits, its start",
	    DERIVES(CKM_SHA512_KEY_DERIVATION, BITS_448),
	    .out = "204a8fc6dda82f0a0ced7beb8e08a416" },
	{ "NIST example, SHA-512/224, abc", DERIVES(CKM_SHA512_224_KEY_DERIVATION, ABC),
	    .out = "4634270f707b6a54daae7530460842e20e37ed265ceee9a43e8924aa", .whole = true },
	{ "NIST example, SHA-512/224, 448 bits", DERIVES(CKM_SHA512_224_KEY_DERIVATION, BITS_448),
	    .out = "e5302d6d54bb242275d1e7622d68df6eb02dedd13f564c13dbda2174", .whole = true },
	{ "NIST example, SHA-512/224, 448 bits, its start",
	    DERIVES(CKM_SHA512_224_KEY_DERIVATION, BITS_448),
	    .out = "e5302d6d54bb242275d1e7622d68df6e" },
	{ "NIST example, SHA-512/256, abc", DERIVES(CKM_SHA512_256_KEY_DERIVATION, ABC),
	    .out = "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23",
	    .whole = true },
	{ "NIST example, SHA-512/256, 448 bits", DERIVES(CKM_SHA512_256_KEY_DERIVATION, BITS_448),
	    .out = "bde8e1f9f19bb9fd3406c90ec6bc47bd36d8ada9f11880dbc8a22a7078b6a461",
	    .whole = true },
	{ "NIST example, SHA-512/256, 448 bits, its start",
	    DERIVES(CKM_SHA512_256_KEY_DERIVATION, BITS_448),
	    .out = "bde8e1f9f19bb9fd3406c90ec6bc47bd" },
	{ "NIST example, SHA3-224, abc", DERIVES(CKM_SHA3_224_KEY_DERIVATION, ABC),
	    .out = "e642824c3f8cf24ad09234ee7d3c766fc9a3a5168d0c94ad73b46fdf", .whole = true },
	{ "NIST example, SHA3-224, 448 bits", DERIVES(CKM_SHA3_224_KEY_DERIVATION, BITS_448),
	    .out = "8a24108b154ada21c9fd5574494479ba5c7e7ab76ef264ead0fcce33", .whole = true },
	{ "NIST example, SHA3-224, 448 bits, its start",
	    DERIVES(CKM_SHA3_224_KEY_DERIVATION, BITS_448),
	    .out = "8a24108b154ada21c9fd5574494479ba" },
	{ "NIST example, SHA3-256, abc", DERIVES(CKM_SHA3_256_KEY_DERIVATION, ABC),
	    .out = "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532",
	    .whole = true },
	{ "NIST example, SHA3-256, 448 bits", DERIVES(CKM_SHA3_256_KEY_DERIVATION, BITS_448),
	    .out = "41c0dba2a9d6240849100376a8235e2c82e1b9998a999e21db32dd97496d3376",
	    .whole = true },
	{ "NIST example, SHA3-256, 448 bits, its start",
	    DERIVES(CKM_SHA3_256_KEY_DERIVATION, BITS_448),
	    .out = "41c0dba2a9d6240849100376a8235e2c" },
	{ "NIST example, SHA3-384, abc", DERIVES(CKM_SHA3_384_KEY_DERIVATION, ABC),
	    .out = "ec01498288516fc926459f58e2c6ad8df9b473cb0fc08c2596da7cf0e49be4b2"
		   "98d88cea927ac7f539f1edf228376d25",
	    .whole = true },
	{ "NIST example, SHA3-384, 448 bits", DERIVES(CKM_SHA3_384_KEY_DERIVATION, BITS_448),
	    .out = "991c665755eb3a4b6bbdfb75c78a492e8c56a22c5c4d7e429bfdbc32b9d4ad5a"
		   "a04a1f076e62fea19eef51acd0657c22",
	    .whole = true },
	{ "NIST example, SHA3-384, 448 bits, its start",
	    DERIVES(CKM_SHA3_384_KEY_DERIVATION, BITS_448),
	    .out = "991c665755eb3a4b6bbdfb75c78a492e" },
	{ "NIST example, SHA3-512, abc", DERIVES(CKM_SHA3_512_KEY_DERIVATION, ABC),
	    .out = "b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e"
		   "10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0",
	    .whole = true },
	{ "NIST example, SHA3-512, 448 bits", DERIVES(CKM_SHA3_512_KEY_DERIVATION, BITS_448),
	    .out = "04a371e84ecfb5b8b77cb48610fca8182dd457ce6f326a0fd3d7ec2f1e91636d"
		   "ee691fbe0c985302ba1b0d8dc78c086346b533b49c030d99a27daf1139d6e75e",
	    .whole = true },
	{ "NIST example, SHA3-512, 448 bits, its start",
	    DERIVES(CKM_SHA3_512_KEY_DERIVATION, BITS_448),
	    .out = "04a371e84ecfb5b8b77cb48610fca818" },
	{ "more than SHA-256 has", DERIVES(CKM_SHA256_KEY_DERIVATION, ABC),
	    .out = "000000000000000000000000000000000000000000000000000000000000000000",
	    .rv = CKR_KEY_SIZE_RANGE },

	/* Any number of bytes, which must be said. */
	{ "CAVP SHAKE128VariableOut, COUNT = 288",
	    DERIVES(CKM_SHAKE_128_KEY_DERIVE, "1edd7c7b9301cba03334388251cecfce"),
	    .out = "10cada8a13a5816c6def15a346038e2c2adefef81756d8762b7d528264aa5e23"
		   "eecaf9d1bf68fdfdba45ef5382c425f7" },
	{ "CAVP SHAKE128VariableOut, COUNT = 207",
	    DERIVES(CKM_SHAKE_128_KEY_DERIVE, "717c29e8c78626dd6285f646d946807f"),
	    .out = "d74a204efe7ff68a5c39941f3d5e91ed17a280d62c038fba1bf1bee8d4e0f0e5"
		   "5d5cda129707e6" },
	{ "CAVP SHAKE256ShortMsg, Len = 8", DERIVES(CKM_SHAKE_256_KEY_DERIVE, "0f"),
	    .out = "aabb07488ff9edd05d6a603b7791b60a16d45093608f1badc0c9cc9a9154f215" },
	{ "CAVP SHAKE256ShortMsg, Len = 512",
	    DERIVES(CKM_SHAKE_256_KEY_DERIVE,
		"47c7ee751edd20c2cb566df1403463a3a8c0b21f401698f468e39ce0fa6e7ff1"
		"dad570eace997fe8905d544522eb21bd6278d5cfde299366e9d662b9ef0d2670"),
	    .out = "701bfdc149b2c347220b8ee2b64ff6b3fac3cb0d7c0286f3f476428973e5a40b" },
	{ "CAVP SHAKE256VariableOut, COUNT = 385",
	    DERIVES(CKM_SHAKE_256_KEY_DERIVE,
		"8d8001e2c096f1b88e7c9224a086efd4797fbf74a8033a2d422a2b6b8f6747e4"),
	    .out = "2e975f6a8a14f0704d51b13667d8195c219f71e6345696c49fa4b9d08e9225d3"
		   "d39393425152c97e71dd24601c11abcfa0f12f53c680bd3ae757b8134a9c10d4"
		   "29615869217fdd5885c4db17498570" },
	{ "no length", DERIVES(CKM_SHAKE_128_KEY_DERIVE, ABC), .out = "00", .whole = true,
	    .rv = CKR_TEMPLATE_INCOMPLETE },
	{ "no length", DERIVES(CKM_SHAKE_256_KEY_DERIVE, ABC), .out = "00", .whole = true,
	    .rv = CKR_TEMPLATE_INCOMPLETE },
	{ 0 },
};
