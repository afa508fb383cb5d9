/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Vectors of TLS 1.2: NIST's, as OpenSSL's test/recipes/30-test_evp_data/
 * evpkdf_tls12_prf.txt has them ("NIST CAVP"), and those of ACVP-Server's
 * gen-val/json-files, kdf-components-tls-1.0 and TLS-v1.2-KDF-RFC7627 ("ACVP").  For
 * hashes and labels that these leave out, the command of OpenSSL 3.0:
 *
 *	openssl kdf -keylen LENGTH -kdfopt digest:HASH -kdfopt hexsecret:KEY
 *	    -kdfopt hexseed:LABEL,SEED TLS1-PRF
 *
 * with label and seed in one, and with MD5-SHA1 for TLS 1.0.  Each row is one key; what
 * a key block is cut into is t-tls.c's business.
 */
#include "tests/vectors.h"

/* NIST CAVP: the premaster and hello randoms, and from there on what the next row has. */
#define CAVP_PREMASTER                                                                             \
	"f8938ecc9edebc5030c0c6a441e213cd24e6f770a50dda07876f8d55da062bca"                         \
	"db386b411fd4fe4313a604fce6c17fbc"
#define CAVP_HELLO_CLIENT "36c129d01a3200894b9179faac589d9835d58775f9b5ea3587cb8fd0364cae8c"
#define CAVP_HELLO_SERVER "f6c9575ed7ddd73e1f7d16eca115415812a43c2b747daaaae043abfb50053fce"
#define CAVP_MASTER                                                                                \
	"202c88c00f84a17a20027079604787461176455539e705be730890602c289a50"                         \
	"01e34eeb3a043e5d52a65e66125188bf"
#define CAVP_CLIENT "62e1fd91f23f558a605f28478c58cf72637b89784d959df7e946d3f07bd1b616"
#define CAVP_SERVER "ae6c806f8ad4d80784549dff28a4b58fd837681a51d928c3e30ee5ff14f39868"

/* With and without a version; an agreement of other than 48 bytes, which begins with a zero. */
#define MASTER CKM_TLS12_MASTER_KEY_DERIVE
#define MASTER_DH CKM_TLS12_MASTER_KEY_DERIVE_DH
#define EXTENDED CKM_TLS12_EXTENDED_MASTER_KEY_DERIVE
#define EXTENDED_DH CKM_TLS12_EXTENDED_MASTER_KEY_DERIVE_DH
#define DERIVES(bytes) .verbs = CKF_DERIVE, .key = GENERIC_KEY(bytes)

static CK_OBJECT_HANDLE
client_key(const CK_MECHANISM *mechanism)
{
	const struct pkcs11_tls12_key_mat_params *keys = mechanism->pParameter;

	return keys->returned_key_material->client_key;
}
#define CLIENT_KEY(bytes) .out = (bytes), .returned = client_key

/* "EXPORTER-Handfast" */
#define LABEL "4558504f525445522d48616e6466617374"
#define EXPORTS(prf, context)                                                                      \
	CKM_TLS_KDF, TLS_KDF(prf, LABEL, CAVP_CLIENT CAVP_SERVER, context), DERIVES(CAVP_MASTER)

#define FINISHED(prf, len, side)                                                                   \
	CKM_TLS_MAC, TLS_MAC(prf, len, side), .verbs = CKF_SIGN | CKF_VERIFY,                      \
					      .key = GENERIC_KEY(CAVP_MASTER)
/* FIPS 180-2, B.1, and RFC 1321, A.5, before FIPS 180-1, A: hashes of "abc". */
#define ABC_SHA256 "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define ABC_MD5_SHA1                                                                               \
	"900150983cd24fb0d6963f7d28e17f72"                                                         \
	"a9993e364706816aba3e25717850c26c9cd0d89d"

const struct vector tls_vectors[] = {
	{ "NIST CAVP", MASTER, TLS_MASTER(CKM_SHA256, 1, CAVP_HELLO_CLIENT, CAVP_HELLO_SERVER),
	    DERIVES(CAVP_PREMASTER), .out = CAVP_MASTER },
	{ "NIST CAVP, nobody asks for the version", MASTER,
	    TLS_MASTER(CKM_SHA256, 0, CAVP_HELLO_CLIENT, CAVP_HELLO_SERVER),
	    DERIVES(CAVP_PREMASTER), .out = CAVP_MASTER, .whole = true },
	{ "ACVP kdf-components tls, tcId 80", MASTER,
	    TLS_MASTER(CKM_SHA512, 1,
		"766706ff955854bb7b4c9e2443e12e65db1e961ad36e37584789762880dcc40f",
		"5147f31ed4c5617771aa2c02301f1147754112b59582f02a253e3d32a4f8aaf1"),
	    DERIVES("ce6fe45f84ed660b5ce623ccda37b39c66be0f680779605ac68bedfc64b0a19f"
		    "19795cf67d9523ea879e9334c8fde434"),
	    .out = "1c95c49acb1fb32d7062ab1afb2ac1c4b65f3aa4242f3ef78451d06cac2da0bb"
		   "04057006269b21367dd8a2982ca6e8a0" },
	{ "NIST CAVP", MASTER_DH, TLS_MASTER(CKM_SHA256, 0, CAVP_HELLO_CLIENT, CAVP_HELLO_SERVER),
	    DERIVES(CAVP_PREMASTER), .out = CAVP_MASTER },
	{ "openssl kdf, 67 bytes from 00 to 42", MASTER_DH,
	    TLS_MASTER(CKM_SHA256, 0, CAVP_CLIENT, CAVP_SERVER),
	    DERIVES("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
		    "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f"
		    "404142"),
	    .out = "787945eced6ab11ae5f36cd33fe193be3ce6b1f96d32fac40e9310851a76e916"
		   "127a0c1bee76bcdcd2fc42ae9b472684" },
	{ "openssl kdf, SHA-384", MASTER_DH, TLS_MASTER(CKM_SHA384, 0, CAVP_CLIENT, CAVP_SERVER),
	    DERIVES(CAVP_MASTER),
	    .out = "e4459726f646b3fa6e8b19be6ee02b79c2bc037bbb906de268fe97248d0d0dcc"
		   "7b3eb599673f558a11cc67c361703013" },

	{ "ACVP RFC 7627, tcId 1", EXTENDED,
	    TLS_EXTENDED(
		CKM_SHA256, 1, "1359d7df74cb27c67f74c98d521d442b887eaf0decf6e382c62434d6c3dd7d0d"),
	    DERIVES("8252b983a6459a6fb3b9debe8725247e276139ebf7c9adccdd7d240f3ada7f5e"
		    "3351b2769b6c8dc169a6d799c3c0ffeb"),
	    .out = "43a5e821fcf5446c712207f7cd161ed213ee3b9d001d418c57231befd596b583"
		   "ecd55ab2c4456b02738698f90bc59ac0" },
	{ "ACVP RFC 7627, tcId 39", EXTENDED_DH,
	    TLS_EXTENDED(CKM_SHA384, 0,
		"928b4a5adf1353582cfceb0ab5b58034625da36733cfc96c312fb743899aab62"
		"0c6227571a58415e1ef098353d39972e"),
	    DERIVES("bc51b7d8a63509bae264b320727148c43128434de33d861a354a9d3d8aabd1e5"
		    "5029b4d15edd8b50af0b94a07377a8bb"),
	    .out = "c2520a91bc6b91d7ea11445bd9dd6ce32aef0a007ad557f8cb0ca4d0ce1b51ef"
		   "9893688049ca0d147c647615a510534c" },
	{ "ACVP RFC 7627, tcId 41", EXTENDED_DH,
	    TLS_EXTENDED(CKM_SHA512, 0,
		"eb9f83bd19bbb1d4138c3c92359fac4d24cfbd4781a6d0b6dca20796bb2c1d22"
		"484eef6e4db7d170ef0875fffaa77e327611e769d1c9aeda0dd174ea2ba0dc89"),
	    DERIVES("8c363ab4d1225f0c388f103081de88518d333697b5a9588203c090adc30affff"
		    "38f6de82f90c65ada99d132a4bb19b9e"),
	    .out = "15bf3bc02d734562cb8c0cbd9ed2bb754b04a48545fb26ba8fdd3fda298c2370"
		   "67b66d104c778c696e16c0182347e21d" },

	/* The first 64 bytes of the key block. */
	{ "NIST CAVP", CKM_TLS12_KEY_AND_MAC_DERIVE,
	    TLS_KEYS(CKM_SHA256, 0, 512, CAVP_CLIENT, CAVP_SERVER), DERIVES(CAVP_MASTER),
	    CLIENT_KEY("d06139889fffac1e3a71865f504aa5d0d2a2e89506c6f2279b670c3e1b74f531"
		       "016a2530c51a3a0f7e1d6590d0f0566b2f387f8d11fd4f731cdd572d2eae927f") },
	{ "NIST CAVP", CKM_TLS12_KEY_SAFE_DERIVE,
	    TLS_KEYS(CKM_SHA256, 0, 512, CAVP_CLIENT, CAVP_SERVER), DERIVES(CAVP_MASTER),
	    CLIENT_KEY("d06139889fffac1e3a71865f504aa5d0d2a2e89506c6f2279b670c3e1b74f531"
		       "016a2530c51a3a0f7e1d6590d0f0566b2f387f8d11fd4f731cdd572d2eae927f"),
	    .whole = true },
	{ "openssl kdf, SHA-384", CKM_TLS12_KEY_SAFE_DERIVE,
	    TLS_KEYS(CKM_SHA384, 0, 512, CAVP_CLIENT, CAVP_SERVER), DERIVES(CAVP_MASTER),
	    CLIENT_KEY("b84552bae02337724b10e65bbdb999f7310a88373cac4f9362c5768eb986898e"
		       "8d1197f03b7cfef91d37d6d451a0d710390326a35375d2174cf0cf2aba720485") },
	{ "ACVP kdf-components tls, tcId 80", CKM_TLS12_KEY_AND_MAC_DERIVE,
	    TLS_KEYS(CKM_SHA512, 0, 512,
		"36076a77d02c86ffc57336e7ed4de212a9c5b61b3318bbf027a97a9e70e2f8cf",
		"85afd94d17701d84996a59a53bc11c9bc05576134740f767cdd7d130bdc530a8"),
	    DERIVES("1c95c49acb1fb32d7062ab1afb2ac1c4b65f3aa4242f3ef78451d06cac2da0bb"
		    "04057006269b21367dd8a2982ca6e8a0"),
	    CLIENT_KEY("4f9c8f1fba2c903d3b7cc24a9c542ba89a36b605f85fa6ded44719b4315ba990"
		       "48a24319a5a862f6e27f3f90a7c15cd11c4f89771519f0b0ec0ab1e0a3b32cf6") },

	{ "openssl kdf, no context", EXPORTS(CKM_SHA256, NULL),
	    .out = "be721eff75cb12229d731a5ad795394e0c74e23016fed37e99b69a7e68f21221"
		   "2ad6636bf150cbb4" },
	{ "openssl kdf, empty context", EXPORTS(CKM_SHA256, ""),
	    .out = "d96abe3b5749f90076e05797e0a7e4ccf03924acdfff85748555a015fe522590"
		   "09e25228a1f3051c" },
	{ "openssl kdf, context abcdef", EXPORTS(CKM_SHA384, "abcdef"),
	    .out = "17f6e354dedc324dccff422186a30fb9f8b191bdbcf11480975a000be23283e3"
		   "b9c9d2ed0e93b763da8bd4f314cc8c39a6a53a2f8ece7d94a512568a83875e9f"
		   "5e39dd22b3e204e109dc282f1d0d6acd2af2e0a88447f5980d518aacd20f05b1"
		   "ceccbae1" },
	{ "openssl kdf, SHA-512", EXPORTS(CKM_SHA512, NULL),
	    .out = "637bc81fca6884351275fbb699833ed9052073badac3b78fc8e639de5ce685bc" },
	{ "openssl kdf, TLS 1.0", EXPORTS(CKM_TLS_PRF, "abcdef"),
	    .out = "829efc73af540d7ab3913b4f2a23ebc455a98957c0e63c85d612c88957eb42b7"
		   "d8cda87ca5e1af5a72aa315f29abd8538d4590" },

	{ "openssl kdf, server", FINISHED(CKM_SHA256, 12, 1), .in = ABC_SHA256,
	    .out = "ef47f3440e012f27b22f10b3" },
	{ "openssl kdf, client", FINISHED(CKM_SHA256, 12, 2), .in = ABC_SHA256,
	    .out = "9affa7d4c29371f8597f8336" },
	{ "openssl kdf, 20 bytes by SHA-384", FINISHED(CKM_SHA384, 20, 2), .in = ABC_SHA256,
	    .out = "054bd29a3f7005bbb403846ee4489fe04af2eae9" },
	{ "openssl kdf, TLS 1.0", FINISHED(CKM_TLS_PRF, 12, 1), .in = ABC_MD5_SHA1,
	    .out = "538e18aaa229a6e5febd33da" },
	{ 0 },
};
