/* SPDX-License-Identifier: Apache-2.0 */
/*
 * TLS 1.2 as a client of the module plays it: how a key block is cut and what its
 * keys may do, what else the parameters return and when they do not, and a whole
 * key schedule of hidden keys beside libcrypto's.  The functions themselves are
 * t-vectors' business.
 */
#include "tests/client.h"
#include "tests/peer.h"

#include <openssl/core_names.h>
#include <openssl/kdf.h>

static CK_SLOT_ID slot;
static CK_SESSION_HANDLE session;

static int
begin(void **state)
{
	module_fresh(state);
	slot = token_make("tls");
	session = session_user(slot);
	return 0;
}

#define test_tls(function) cmocka_unit_test_setup_teardown(function, begin, module_stopped)

#define OPEN NO(CKA_SENSITIVE), YES(CKA_EXTRACTABLE)
#define HIDDEN YES(CKA_SENSITIVE), NO(CKA_EXTRACTABLE)

/* NIST CAVP (tests/vectors/tls.c): master secret, randoms and key block. */
#define MASTER                                                                                     \
	unhex("202c88c00f84a17a20027079604787461176455539e705be730890602c289a50"                   \
	      "01e34eeb3a043e5d52a65e66125188bf")
#define CLIENT_RANDOM unhex("62e1fd91f23f558a605f28478c58cf72637b89784d959df7e946d3f07bd1b616")
#define SERVER_RANDOM unhex("ae6c806f8ad4d80784549dff28a4b58fd837681a51d928c3e30ee5ff14f39868")
#define KEY_BLOCK                                                                                  \
	unhex("d06139889fffac1e3a71865f504aa5d0d2a2e89506c6f2279b670c3e1b74f531"                   \
	      "016a2530c51a3a0f7e1d6590d0f0566b2f387f8d11fd4f731cdd572d2eae927f"                   \
	      "6f2f81410b25e6960be68985add6c38445ad9f8c64bf8068bf9a6679485d966f"                   \
	      "1ad6f68b43495b10a683755ea2b858d70ccac7ec8b053c6bd41ca299d4e51928")

/* A generic secret that can be read, or never. */
static CK_OBJECT_HANDLE
secret_of(struct view value, bool hidden)
{
	CK_OBJECT_HANDLE key;

	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET),
		BYTES(CKA_VALUE, value), YES(CKA_DERIVE), YES(CKA_SIGN), YES(CKA_VERIFY),
		BOOL(CKA_SENSITIVE, hidden), BOOL(CKA_EXTRACTABLE, !hidden)),
	    &key));
	return key;
}

static struct pkcs11_ssl3_random_data
randoms_of(struct view client, struct view server)
{
	return (struct pkcs11_ssl3_random_data){ (CK_BYTE *)client.data, client.len,
		(CK_BYTE *)server.data, server.len };
}

/* --- key blocks ------------------------------------------------------------------------------ */

/* A request for a key block, with room for what it returns. */
struct request {
	struct pkcs11_tls12_key_mat_params params;
	struct pkcs11_ssl3_key_mat_out out;
	CK_BYTE ivs[2][32];
};

#define UNTOUCHED 0xee

static struct request *
request_of(CK_ULONG mac, CK_ULONG key, CK_ULONG iv)
{
	struct request *request = scratch(sizeof(*request));

	memset(request, UNTOUCHED, sizeof(*request));
	request->params = (struct pkcs11_tls12_key_mat_params){
		.mac_size_in_bits = 8 * mac,
		.key_size_in_bits = 8 * key,
		.iv_size_in_bits = 8 * iv,
		.random_info = randoms_of(CLIENT_RANDOM, SERVER_RANDOM),
		.returned_key_material = &request->out,
		.prf_hash_mechanism = CKM_SHA256,
	};
	request->out.iv_client = request->ivs[0];
	request->out.iv_server = request->ivs[1];
	return request;
}

static CK_RV
ask(CK_MECHANISM_TYPE type, CK_OBJECT_HANDLE base, struct request *request, CK_ATTRIBUTE *template,
    CK_ULONG count)
{
	return p11->C_DeriveKey(
	    session, MECHANISM_WITH(type, &request->params), base, template, count, NULL);
}

static bool
ivs_untouched(const struct request *request)
{
	const CK_BYTE *ivs = &request->ivs[0][0];

	for (size_t i = 0; i < sizeof(request->ivs); i++)
		if (ivs[i] != UNTOUCHED)
			return false;
	return true;
}

static struct view
slice(struct view whole, size_t *at, size_t len)
{
	*at += len;
	check(*at <= whole.len);
	return view_of(whole.data + *at - len, len);
}

/* All that one request returned, in the order of the block. */
static void
check_block(const struct request *request, struct view block)
{
	const size_t mac = request->params.mac_size_in_bits / 8;
	const size_t key = request->params.key_size_in_bits / 8;
	const size_t iv = request->params.iv_size_in_bits / 8;
	const struct {
		CK_OBJECT_HANDLE handle;
		size_t len;
	} keys[] = { { request->out.client_mac_secret, mac },
		{ request->out.server_mac_secret, mac }, { request->out.client_key, key },
		{ request->out.server_key, key } };
	size_t at = 0;

	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		if (keys[i].len == 0)
			check(keys[i].handle == CK_INVALID_HANDLE);
		else
			same_bytes(get_bytes(session, keys[i].handle, CKA_VALUE),
			    slice(block, &at, keys[i].len));
	}
	for (size_t i = 0; i < COUNT_OF(request->ivs); i++) {
		same_bytes(view_of(request->ivs[i], iv), slice(block, &at, iv));
		check(request->ivs[i][iv] == UNTOUCHED);
	}
}

/* RFC 5246, 6.3: the block is cut by the sizes, whichever are 0. */
static void
test_cut(void **state)
{
	static const CK_ULONG sizes[][3] = { { 20, 16, 16 }, { 32, 16, 16 }, { 0, 32, 4 },
		{ 20, 32, 0 }, { 48, 0, 0 }, { 0, 16, 12 }, { 20, 0, 16 } };
	CK_OBJECT_HANDLE base;

	(void)state;
	base = secret_of(MASTER, false);
	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		struct request *request = request_of(sizes[i][0], sizes[i][1], sizes[i][2]);

		ok(ask(CKM_TLS12_KEY_AND_MAC_DERIVE, base, request,
		    TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET))));
		check_block(request, KEY_BLOCK);
	}
}

/* ACVP, TLS-v1.2-KDF-RFC7627: from the premaster to the last byte of the key block. */
static void
test_extended_chain(void **state)
{
	static const struct {
		CK_MECHANISM_TYPE hash;
		const char *premaster, *session_hash, *client, *server, *block;
		CK_ULONG mac, key, iv;
	} rows[] = {
		/* tcId 1 */
		{ CKM_SHA256,
		    "8252b983a6459a6fb3b9debe8725247e276139ebf7c9adccdd7d240f3ada7f5e"
		    "3351b2769b6c8dc169a6d799c3c0ffeb",
		    "1359d7df74cb27c67f74c98d521d442b887eaf0decf6e382c62434d6c3dd7d0d",
		    "abe7af69affc5e0944f4009b3e7abd1cc0a5cce8db055eff4a509e5b6de9475a",
		    "50e0a1a1fd64a55259781a5c22580a81f99799c32f52d3f48d2c10c5c692e289",
		    "4886e75be82dd4fb73c540729072d3e29b93c164e1cffe071f1212b1237b98dc"
		    "0b0a5895f331f7180ceb30b17bb8c3e92a074b26325ff975237dbd22320c0b88"
		    "d64931f39c777b1527d36a999ad5fe5ee7f53fc42a509beb22634b17ec7b768e"
		    "af6a87977cf8670b34d0a76ebce6a659dab6c15b4b86b98b9a63c50bbe1e2a09",
		    32, 16, 16 },
		/* tcId 39 */
		{ CKM_SHA384,
		    "bc51b7d8a63509bae264b320727148c43128434de33d861a354a9d3d8aabd1e5"
		    "5029b4d15edd8b50af0b94a07377a8bb",
		    "928b4a5adf1353582cfceb0ab5b58034625da36733cfc96c312fb743899aab62"
		    "0c6227571a58415e1ef098353d39972e",
		    "22d650a3ef306daf7702ad72d6e6f5e4bab6bcc86cd007687679c81d2d4329a6",
		    "17d38997af7dcc27f920b46464fb589c9b638f1a024d3e066b452f5f3d8d3d3e",
		    "a8e54b662a47d5231f57929b70017923b93121dc79853d4f437e3dc327e3fed6"
		    "1741e49cfd2bcbebde3a198650b62b50f4f1ef20843f846a654853f094cdb8a7"
		    "cc70fcb7625f1bb3b496fbf2cd500725470bde2b81e468308d54ee0d548d901f"
		    "25996683583dfd7c57b68e7a3c5167f13d72239af891886eafb6cb25545ee84b",
		    48, 16, 0 },
		/* tcId 41 */
		{ CKM_SHA512,
		    "8c363ab4d1225f0c388f103081de88518d333697b5a9588203c090adc30affff"
		    "38f6de82f90c65ada99d132a4bb19b9e",
		    "eb9f83bd19bbb1d4138c3c92359fac4d24cfbd4781a6d0b6dca20796bb2c1d22"
		    "484eef6e4db7d170ef0875fffaa77e327611e769d1c9aeda0dd174ea2ba0dc89",
		    "321f894ce4e61890e5b5184fc2009201b2a786cf2f43cbdc2ae056bb4caf8160",
		    "53defb70a3bcc9cb489bdd832a1708094e445df8c75975cbf669820ec521bb31",
		    "b292859ec5897b670fe18531f51463fd27d3edf91ec3ab472ffcf35e1353b33c"
		    "d7b3eaf903513afb9763ecf699dcc1783113c044ea1af25aac96c665f2dd0a88"
		    "eac91b0bf221cb9dff7e9d53c244bbb55aae7eae5cd307817de8088f2bc2cdaa"
		    "9a51a0d84cbaec17949531f829aad4d70f7217d3c92e7e2e6f0742d9bd994a66",
		    32, 32, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct view hash = unhex(rows[i].session_hash);
		struct pkcs11_tls12_extended_master_key_derive_params extended = {
			.prf_hash_mechanism = rows[i].hash,
			.session_hash = (CK_BYTE *)hash.data,
			.session_hash_len = hash.len,
		};
		struct request *request = request_of(rows[i].mac, rows[i].key, rows[i].iv);
		CK_OBJECT_HANDLE master;

		ok(p11->C_DeriveKey(session,
		    MECHANISM_WITH(CKM_TLS12_EXTENDED_MASTER_KEY_DERIVE_DH, &extended),
		    secret_of(unhex(rows[i].premaster), false), TEMPLATE(OPEN), &master));
		request->params.prf_hash_mechanism = rows[i].hash;
		request->params.random_info =
		    randoms_of(unhex(rows[i].client), unhex(rows[i].server));
		ok(ask(CKM_TLS12_KEY_AND_MAC_DERIVE, master, request,
		    TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_AES))));
		check_block(request, unhex(rows[i].block));
	}
}

/* What the four keys are: the template is for the ciphers' keys alone. */
static void
test_keys(void **state)
{
	static const CK_ATTRIBUTE_TYPE of_mac[] = { CKA_SIGN, CKA_VERIFY, CKA_DERIVE };
	static const CK_ATTRIBUTE_TYPE of_key[] = { CKA_ENCRYPT, CKA_DECRYPT, CKA_DERIVE };
	struct request *request = request_of(32, 16, 0);
	CK_OBJECT_HANDLE mac, key, returned = 4711;

	(void)state;
	ok(p11->C_DeriveKey(session, MECHANISM_WITH(CKM_TLS12_KEY_SAFE_DERIVE, &request->params),
	    secret_of(MASTER, true),
	    TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_AES), TEXT(CKA_LABEL, "cipher")), &returned));
	check(returned == CK_INVALID_HANDLE || returned == 4711);
	mac = request->out.server_mac_secret;
	key = request->out.server_key;
	check(get_ulong(session, mac, CKA_KEY_TYPE) == CKK_GENERIC_SECRET);
	check(get_ulong(session, mac, CKA_VALUE_LEN) == 32);
	check(get_bytes(session, mac, CKA_LABEL).len == 0);
	check(!get_bool(session, mac, CKA_ENCRYPT));
	check(get_ulong(session, key, CKA_KEY_TYPE) == CKK_AES);
	check(get_ulong(session, key, CKA_VALUE_LEN) == 16);
	same_bytes(get_bytes(session, key, CKA_LABEL), text("cipher"));
	check(!get_bool(session, key, CKA_SIGN));
	check(!get_bool(session, key, CKA_WRAP));
	for (size_t i = 0; i < COUNT_OF(of_mac); i++) {
		check(get_bool(session, mac, of_mac[i]));
		check(get_bool(session, key, of_key[i]));
	}
	request = request_of(32, 16, 0);
	ok(ask(CKM_TLS12_KEY_SAFE_DERIVE, secret_of(MASTER, true), request,
	    TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_AES), NO(CKA_DERIVE), NO(CKA_DECRYPT))));
	check(!get_bool(session, request->out.client_key, CKA_DECRYPT));
	check(!get_bool(session, request->out.client_key, CKA_DERIVE));
	check(get_bool(session, request->out.client_key, CKA_ENCRYPT));
}

/* All four are as hidden as the master secret, whatever the template says. */
static void
test_lineage(void **state)
{
	const struct {
		CK_ATTRIBUTE one;
		bool with_open, with_hidden;
	} templates[] = { { NO(CKA_SENSITIVE), true, false }, { YES(CKA_SENSITIVE), false, true },
		{ NO(CKA_EXTRACTABLE), false, true }, { YES(CKA_EXTRACTABLE), true, false } };
	CK_OBJECT_HANDLE bases[2];

	(void)state;
	bases[0] = secret_of(MASTER, false);
	bases[1] = secret_of(MASTER, true);
	for (size_t hidden = 0; hidden < 2; hidden++) {
		struct request *request = request_of(20, 16, 0);

		ok(ask(CKM_TLS12_KEY_SAFE_DERIVE, bases[hidden], request, NO_TEMPLATE));
		check(get_bool(session, request->out.client_mac_secret, CKA_SENSITIVE) == hidden);
		check(get_bool(session, request->out.server_key, CKA_SENSITIVE) == hidden);
		check(get_bool(session, request->out.server_key, CKA_EXTRACTABLE) != hidden);
		check(!get_bool(session, request->out.server_key, CKA_ALWAYS_SENSITIVE));
		check(!get_bool(session, request->out.server_key, CKA_NEVER_EXTRACTABLE));
		for (size_t i = 0; i < COUNT_OF(templates); i++)
			assert_rv(ask(CKM_TLS12_KEY_SAFE_DERIVE, bases[hidden],
				      request_of(20, 16, 0), (CK_ATTRIBUTE *)&templates[i].one, 1),
			    (hidden != 0 ? templates[i].with_hidden : templates[i].with_open)
				? CKR_OK
				: CKR_TEMPLATE_INCONSISTENT);
	}
}

/* CKM_TLS12_KEY_SAFE_DERIVE looks at neither the size of IVs nor the places for them. */
static void
test_safe(void **state)
{
	struct request *request = request_of(20, 16, 16);

	(void)state;
	ok(ask(CKM_TLS12_KEY_SAFE_DERIVE, secret_of(MASTER, true), request, NO_TEMPLATE));
	check(ivs_untouched(request));
	request->params.iv_size_in_bits = ~0UL;
	request->out.iv_client = request->out.iv_server = NULL;
	ok(ask(CKM_TLS12_KEY_SAFE_DERIVE, secret_of(MASTER, true), request, NO_TEMPLATE));
}

/* IVs of a hidden master secret lie where keys lie by other sizes: none without keys. */
static void
test_exposure(void **state)
{
	struct request *request = request_of(0, 0, 16);
	CK_OBJECT_HANDLE base;

	(void)state;
	base = secret_of(MASTER, true);
	assert_rv(ask(CKM_TLS12_KEY_AND_MAC_DERIVE, base, request, NO_TEMPLATE),
	    CKR_MECHANISM_PARAM_INVALID);
	check(ivs_untouched(request));
	request = request_of(20, 0, 4);
	assert_rv(ask(CKM_TLS12_KEY_AND_MAC_DERIVE, base, request, NO_TEMPLATE),
	    CKR_MECHANISM_PARAM_INVALID);
	check(ivs_untouched(request));
	request = request_of(0, 1, 16);
	refused(ask(CKM_TLS12_KEY_AND_MAC_DERIVE, base, request, NO_TEMPLATE));
	check(ivs_untouched(request));
	request = request_of(20, 16, 16);
	ok(ask(CKM_TLS12_KEY_AND_MAC_DERIVE, base, request, NO_TEMPLATE));
	same_bytes(view_of(request->ivs[0], 16), view_of(KEY_BLOCK.data + 72, 16));
}

static void
spoil(struct request *request, size_t how)
{
	struct pkcs11_tls12_key_mat_params *params = &request->params;

	switch (how) {
	case 0:
		params->mac_size_in_bits = 161;
		break;
	case 1:
		params->key_size_in_bits = 127;
		break;
	case 2:
		params->iv_size_in_bits = 4;
		break;
	case 3:
		params->mac_size_in_bits = 8 * 65;
		break;
	case 4:
		params->key_size_in_bits = ~7UL;
		break;
	case 5:
		params->iv_size_in_bits = 8 * 17;
		break;
	case 6:
		params->is_export = CK_TRUE;
		break;
	case 7:
		params->returned_key_material = NULL;
		break;
	case 8:
		params->prf_hash_mechanism = CKM_TLS_PRF;
		break;
	case 9:
		params->prf_hash_mechanism = CKM_SHA256_HMAC;
		break;
	case 10:
		params->random_info.client_random_len = 31;
		break;
	case 11:
		params->random_info.server_random_len = 33;
		break;
	case 12:
		params->random_info.client_random = NULL;
		break;
	case 13:
		params->random_info.server_random_len = 0;
		break;
	case 14:
		request->out.iv_client = NULL;
		break;
	default:
		request->out.iv_server = NULL;
	}
}

/* Nothing comes of a parameter that is wrong in one place. */
static void
test_wrong_request(void **state)
{
	CK_OBJECT_HANDLE base;
	CK_ULONG before;

	(void)state;
	base = secret_of(MASTER, false);
	before = find(session, NO_TEMPLATE, NULL);
	for (size_t how = 0; how < 16; how++) {
		struct request *request = request_of(20, 16, 16);

		spoil(request, how);
		assert_rv(ask(CKM_TLS12_KEY_AND_MAC_DERIVE, base, request, NO_TEMPLATE),
		    CKR_MECHANISM_PARAM_INVALID);
		check(ivs_untouched(request));
	}
	check(find(session, NO_TEMPLATE, NULL) == before);
}

/* Nor of a template that one of the keys cannot meet, or of a session that may not keep them. */
static void
test_nothing_by_halves(void **state)
{
	struct request *request = request_of(20, 20, 16);
	CK_OBJECT_HANDLE base;
	CK_ULONG before;

	(void)state;
	base = secret_of(MASTER, false);
	before = find(session, NO_TEMPLATE, NULL);
	assert_rv(ask(CKM_TLS12_KEY_AND_MAC_DERIVE, base, request,
		      TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_AES))),
	    CKR_TEMPLATE_INCONSISTENT);
	check(ivs_untouched(request));
	assert_rv(
	    ask(CKM_TLS12_KEY_AND_MAC_DERIVE, base, request, TEMPLATE(ULONG(CKA_VALUE_LEN, 16))),
	    CKR_TEMPLATE_INCONSISTENT);
	check(ivs_untouched(request));
	assert_rv(ask(CKM_TLS12_KEY_AND_MAC_DERIVE, secret_of(view_of(MASTER.data, 47), false),
		      request, NO_TEMPLATE),
	    CKR_KEY_SIZE_RANGE);
	check(ivs_untouched(request));
	check(find(session, NO_TEMPLATE, NULL) == before + 1);

	session = session_open(slot, READ_ONLY);
	assert_rv(ask(CKM_TLS12_KEY_AND_MAC_DERIVE, base, request, TEMPLATE(YES(CKA_TOKEN))),
	    CKR_SESSION_READ_ONLY);
	check(ivs_untouched(request));
	check(find(session, NO_TEMPLATE, NULL) == before + 1);
	ok(ask(CKM_TLS12_KEY_AND_MAC_DERIVE, base, request, NO_TEMPLATE));
	check(find(session, NO_TEMPLATE, NULL) == before + 5);
}

/* Trap 39: nothing of the caller's need be aligned, neither what is read nor what is written. */
static void
test_unaligned(void **state)
{
	struct request *right = request_of(20, 16, 16);
	CK_BYTE *params = (CK_BYTE *)scratch(sizeof(right->params) + 1) + 1;
	CK_BYTE *out = (CK_BYTE *)scratch(sizeof(right->out) + 1) + 1;
	CK_BYTE *version = (CK_BYTE *)scratch(3) + 1;
	struct pkcs11_tls12_master_key_derive_params master = {
		.random_info = randoms_of(CLIENT_RANDOM, SERVER_RANDOM),
		.version = (void *)version,
		.prf_hash_mechanism = CKM_SHA256,
	};
	CK_BYTE *bent = (CK_BYTE *)scratch(sizeof(master) + 1) + 1;
	CK_MECHANISM blocks, masters;
	CK_OBJECT_HANDLE key;

	(void)state;
	memcpy(out, &right->out, sizeof(right->out));
	right->params.returned_key_material = (void *)out;
	memcpy(params, &right->params, sizeof(right->params));
	blocks = (CK_MECHANISM){ CKM_TLS12_KEY_AND_MAC_DERIVE, params, sizeof(right->params) };
	ok(p11->C_DeriveKey(session, &blocks, secret_of(MASTER, false), NO_TEMPLATE, NULL));
	memcpy(&right->out, out, sizeof(right->out));
	check_block(right, KEY_BLOCK);

	memcpy(bent, &master, sizeof(master));
	masters = (CK_MECHANISM){ CKM_TLS12_MASTER_KEY_DERIVE, bent, sizeof(master) };
	ok(p11->C_DeriveKey(session, &masters, secret_of(MASTER, true), NO_TEMPLATE, &key));
	check(version[0] == 0x20 && version[1] == 0x2c);
}

/* --- master secrets -------------------------------------------------------------------------- */

static struct pkcs11_tls12_master_key_derive_params
master_params(CK_VERSION *version)
{
	return (struct pkcs11_tls12_master_key_derive_params){
		.random_info = randoms_of(CLIENT_RANDOM, SERVER_RANDOM),
		.version = version,
		.prf_hash_mechanism = CKM_SHA256,
	};
}

/* The version is told when there is a key, and of an RSA premaster alone. */
static void
test_version(void **state)
{
	CK_VERSION version = { UNTOUCHED, UNTOUCHED };
	struct pkcs11_tls12_master_key_derive_params params = master_params(&version);
	CK_MECHANISM *mechanism = MECHANISM_WITH(CKM_TLS12_MASTER_KEY_DERIVE, &params);
	struct view premaster;
	CK_OBJECT_HANDLE base, key;

	(void)state;
	premaster = copy_of(MASTER.data, MASTER.len);
	memcpy((CK_BYTE *)premaster.data, "\x03\x03", 2);
	base = secret_of(premaster, true);
	assert_rv(
	    p11->C_DeriveKey(session, mechanism, base, TEMPLATE(ULONG(CKA_VALUE_LEN, 32)), &key),
	    CKR_TEMPLATE_INCONSISTENT);
	assert_rv(p11->C_DeriveKey(
		      session, mechanism, base, TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_AES)), &key),
	    CKR_TEMPLATE_INCONSISTENT);
	assert_rv(p11->C_DeriveKey(session, mechanism, secret_of(view_of(premaster.data, 32), true),
		      NO_TEMPLATE, &key),
	    CKR_KEY_SIZE_RANGE);
	check(version.major == UNTOUCHED && version.minor == UNTOUCHED);
	ok(p11->C_DeriveKey(session, mechanism, base, NO_TEMPLATE, &key));
	check(version.major == 3 && version.minor == 3);
	mechanism->mechanism = CKM_TLS12_MASTER_KEY_DERIVE_DH;
	assert_rv(p11->C_DeriveKey(session, mechanism, base, NO_TEMPLATE, &key),
	    CKR_MECHANISM_PARAM_INVALID);
}

/* A master secret is for TLS, unless the template knows better. */
static void
test_allowed(void **state)
{
	struct pkcs11_tls12_master_key_derive_params params = master_params(NULL);
	CK_MECHANISM *mechanism = MECHANISM_WITH(CKM_TLS12_MASTER_KEY_DERIVE_DH, &params);
	CK_MECHANISM_TYPE hmac = CKM_SHA256_KEY_DERIVATION;
	CK_OBJECT_HANDLE base, master, key;

	(void)state;
	base = secret_of(MASTER, false);
	ok(p11->C_DeriveKey(session, mechanism, base, TEMPLATE(OPEN), &master));
	check(get_ulong(session, master, CKA_KEY_TYPE) == CKK_GENERIC_SECRET);
	check(get_bytes(session, master, CKA_ALLOWED_MECHANISMS).len ==
	    6 * sizeof(CK_MECHANISM_TYPE));
	assert_rv(p11->C_DeriveKey(session, MECHANISM(hmac), master, NO_TEMPLATE, &key),
	    CKR_MECHANISM_INVALID);
	ok(ask(CKM_TLS12_KEY_SAFE_DERIVE, master, request_of(20, 16, 0), NO_TEMPLATE));
	ok(p11->C_DeriveKey(session, mechanism, base,
	    TEMPLATE(OPEN, ATTRIBUTE(CKA_ALLOWED_MECHANISMS, &hmac, sizeof(hmac))), &master));
	ok(p11->C_DeriveKey(session, MECHANISM(hmac), master, NO_TEMPLATE, &key));
	assert_rv(ask(CKM_TLS12_KEY_SAFE_DERIVE, master, request_of(20, 16, 0), NO_TEMPLATE),
	    CKR_MECHANISM_INVALID);
}

static void
test_wrong_master(void **state)
{
	struct pkcs11_tls12_master_key_derive_params params[4];
	struct view hash = copy_of(CLIENT_RANDOM.data, 32);
	const struct pkcs11_tls12_extended_master_key_derive_params right = {
		.prf_hash_mechanism = CKM_SHA256,
		.session_hash = (CK_BYTE *)hash.data,
		.session_hash_len = hash.len,
	};
	struct pkcs11_tls12_extended_master_key_derive_params extended[5];
	CK_OBJECT_HANDLE base, key;

	(void)state;
	base = secret_of(MASTER, false);
	for (size_t i = 0; i < COUNT_OF(params); i++)
		params[i] = master_params(NULL);
	params[0].prf_hash_mechanism = CKM_AES_GCM;
	params[1].prf_hash_mechanism = CKM_TLS_PRF;
	params[2].random_info.client_random_len = 28;
	params[3].random_info.server_random = NULL;
	for (size_t i = 0; i < COUNT_OF(params); i++)
		assert_rv(p11->C_DeriveKey(session,
			      MECHANISM_WITH(CKM_TLS12_MASTER_KEY_DERIVE_DH, &params[i]), base,
			      NO_TEMPLATE, &key),
		    CKR_MECHANISM_PARAM_INVALID);
	for (size_t i = 0; i < COUNT_OF(extended); i++)
		extended[i] = right;
	extended[0].session_hash_len = 31;
	extended[1].session_hash_len = ~0UL;
	extended[2].session_hash = NULL;
	extended[3].prf_hash_mechanism = CKM_SHA384;
	extended[4].prf_hash_mechanism = 0;
	for (size_t i = 0; i < COUNT_OF(extended); i++)
		assert_rv(p11->C_DeriveKey(session,
			      MECHANISM_WITH(CKM_TLS12_EXTENDED_MASTER_KEY_DERIVE, &extended[i]),
			      base, NO_TEMPLATE, &key),
		    CKR_MECHANISM_PARAM_INVALID);
}

/* --- exporters and Finished --------------------------------------------------------------------
 */

static struct pkcs11_tls_kdf_params
kdf_params(const char *label)
{
	return (struct pkcs11_tls_kdf_params){ .prf_mechanism = CKM_SHA256,
		.label = (CK_BYTE *)label,
		.label_len = strlen(label),
		.random_info = randoms_of(CLIENT_RANDOM, SERVER_RANDOM) };
}

static CK_RV
export_rv(CK_OBJECT_HANDLE base, const struct pkcs11_tls_kdf_params *params, CK_ATTRIBUTE *template,
    CK_ULONG count)
{
	CK_OBJECT_HANDLE key;

	return p11->C_DeriveKey(session,
	    &(CK_MECHANISM){ CKM_TLS_KDF, (void *)params, sizeof(*params) }, base, template, count,
	    &key);
}

/* RFC 5705, 4: TLS's own labels are not for exporters; what is hidden stays so. */
static void
test_exporter(void **state)
{
	static const char *const reserved[] = { "client finished", "server finished",
		"master secret", "extended master secret", "key expansion" };
	struct pkcs11_tls_kdf_params params = kdf_params("EXPORTER-Handfast");
	CK_OBJECT_HANDLE base, short_one;
	CK_ATTRIBUTE length = ULONG(CKA_VALUE_LEN, 20);

	(void)state;
	base = secret_of(MASTER, true);
	short_one = secret_of(view_of(MASTER.data, 32), true);
	ok(export_rv(base, &params, TEMPLATE(length)));
	assert_rv(export_rv(base, &params, TEMPLATE(length, NO(CKA_SENSITIVE))),
	    CKR_TEMPLATE_INCONSISTENT);
	assert_rv(export_rv(base, &params, NO_TEMPLATE), CKR_TEMPLATE_INCOMPLETE);
	assert_rv(export_rv(short_one, &params, TEMPLATE(length)), CKR_KEY_SIZE_RANGE);
	for (size_t i = 0; i < COUNT_OF(reserved); i++) {
		params = kdf_params(reserved[i]);
		assert_rv(export_rv(base, &params, TEMPLATE(length)), CKR_MECHANISM_PARAM_INVALID);
	}
}

static void
test_wrong_exporter(void **state)
{
	struct pkcs11_tls_kdf_params wrong[7];
	CK_OBJECT_HANDLE base;

	(void)state;
	base = secret_of(MASTER, true);
	for (size_t i = 0; i < COUNT_OF(wrong); i++)
		wrong[i] = kdf_params("EXPORTER-Handfast");
	wrong[0].prf_mechanism = CKM_SHA256_HMAC;
	wrong[1].label = NULL;
	wrong[2].label_len = 0;
	wrong[3].label_len = 65536;
	wrong[4].context_data = (CK_BYTE *)"context";
	wrong[4].context_data_len = 65536;
	wrong[5].context_data_len = 1;
	wrong[6].random_info.client_random_len = 33;
	for (size_t i = 0; i < COUNT_OF(wrong); i++)
		assert_rv(export_rv(base, &wrong[i], TEMPLATE(ULONG(CKA_VALUE_LEN, 20))),
		    CKR_MECHANISM_PARAM_INVALID);
}

static void
test_wrong_finished(void **state)
{
	static const struct pkcs11_tls_mac_params wrong[] = { { CKM_SHA256, 11, 1 },
		{ CKM_SHA256, 65, 1 }, { CKM_SHA256, ~0UL, 1 }, { CKM_SHA256, 12, 0 },
		{ CKM_SHA256, 12, 3 }, { CKM_MD5, 12, 1 } };
	struct pkcs11_tls_mac_params right = { CKM_SHA256, 12, 1 };
	CK_OBJECT_HANDLE base;

	(void)state;
	base = secret_of(MASTER, true);
	for (size_t i = 0; i < COUNT_OF(wrong); i++)
		assert_rv(
		    p11->C_SignInit(session,
			&(CK_MECHANISM){ CKM_TLS_MAC, (void *)&wrong[i], sizeof(wrong[i]) }, base),
		    CKR_MECHANISM_PARAM_INVALID);
	assert_rv(p11->C_SignInit(session, MECHANISM_WITH(CKM_TLS_MAC, &right),
		      secret_of(view_of(MASTER.data, 47), true)),
	    CKR_KEY_SIZE_RANGE);
	ok(p11->C_SignInit(session, MECHANISM_WITH(CKM_TLS_MAC, &right), base));
	assert_rv(p11->C_SignUpdate(session, scratch(1025), 1025), CKR_DATA_LEN_RANGE);
}

/* --- a whole key schedule ----------------------------------------------------------------------
 */

/* libcrypto's PRF: the first bytes for this label and seed. */
static struct view
peer_prf(struct view secret, const char *label, struct view seed, size_t len)
{
	EVP_KDF *kdf = EVP_KDF_fetch(NULL, "TLS1-PRF", NULL);
	EVP_KDF_CTX *context = EVP_KDF_CTX_new(kdf);
	unsigned char *out = scratch(len);
	const OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, (char *)"SHA256", 0),
		OSSL_PARAM_construct_octet_string(
		    OSSL_KDF_PARAM_SECRET, (void *)secret.data, secret.len),
		OSSL_PARAM_construct_octet_string(
		    OSSL_KDF_PARAM_SEED, (void *)label, strlen(label)),
		OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SEED, (void *)seed.data, seed.len),
		OSSL_PARAM_END,
	};

	check(context != NULL && EVP_KDF_derive(context, out, len, params) == 1);
	EVP_KDF_CTX_free(context);
	EVP_KDF_free(kdf);
	return view_of(out, len);
}

/* libcrypto's AES-128-GCM: the ciphertext with its tag. */
static struct view
peer_gcm(struct view key, struct view nonce, struct view aad, struct view plaintext)
{
	EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
	unsigned char *out = scratch(plaintext.len + 16);
	int len;

	check(context != NULL && nonce.len == 12 &&
	    EVP_EncryptInit_ex(context, EVP_aes_128_gcm(), NULL, key.data, nonce.data) == 1 &&
	    EVP_EncryptUpdate(context, NULL, &len, aad.data, (int)aad.len) == 1 &&
	    EVP_EncryptUpdate(context, out, &len, plaintext.data, (int)plaintext.len) == 1 &&
	    EVP_EncryptFinal_ex(context, out + len, &len) == 1 &&
	    EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, 16, out + plaintext.len) == 1);
	EVP_CIPHER_CTX_free(context);
	return view_of(out, plaintext.len + 16);
}

/* RFC 7627, 4, in the token: hidden from hidden. */
static CK_OBJECT_HANDLE
schedule_master(CK_OBJECT_HANDLE premaster, struct view session_hash)
{
	struct pkcs11_tls12_extended_master_key_derive_params params = {
		.prf_hash_mechanism = CKM_SHA256,
		.session_hash = (CK_BYTE *)session_hash.data,
		.session_hash_len = session_hash.len,
	};
	CK_OBJECT_HANDLE master;

	ok(p11->C_DeriveKey(session,
	    MECHANISM_WITH(CKM_TLS12_EXTENDED_MASTER_KEY_DERIVE_DH, &params), premaster,
	    TEMPLATE(HIDDEN, YES(CKA_DERIVE), YES(CKA_SIGN), YES(CKA_VERIFY)), &master));
	assert_rv(get_rv(session, master, CKA_VALUE), CKR_ATTRIBUTE_SENSITIVE);
	return master;
}

static void
schedule_finished(CK_OBJECT_HANDLE master, CK_ULONG side, struct view hash, struct view expected)
{
	struct pkcs11_tls_mac_params params = { CKM_SHA256, 12, side };
	CK_MECHANISM *mechanism = MECHANISM_WITH(CKM_TLS_MAC, &params);
	CK_BYTE out[12];
	CK_ULONG len = sizeof(out);

	ok(p11->C_SignInit(session, mechanism, master));
	ok(p11->C_Sign(session, (CK_BYTE *)hash.data, hash.len, out, &len));
	same_bytes(view_of(out, len), expected);
	ok(p11->C_VerifyInit(session, mechanism, master));
	ok(p11->C_Verify(session, (CK_BYTE *)hash.data, hash.len, out, len));
	/* The other side's is no answer. */
	params.server_or_client = 3 - side;
	ok(p11->C_VerifyInit(session, mechanism, master));
	assert_rv(p11->C_Verify(session, (CK_BYTE *)hash.data, hash.len, out, len),
	    CKR_SIGNATURE_INVALID);
}

/* RFC 5288, 3: a record of the client's. */
static void
schedule_record(CK_OBJECT_HANDLE key, struct view salt, struct view known_key)
{
	struct view nonce = joined(salt, unhex("0000000000000001"));
	struct view aad = unhex("0000000000000001170303000c");
	struct view record = text("hello, world");
	CK_GCM_PARAMS gcm = { .pIv = (CK_BYTE *)nonce.data,
		.ulIvLen = nonce.len,
		.ulIvBits = nonce.len * 8,
		.pAAD = (CK_BYTE *)aad.data,
		.ulAADLen = aad.len,
		.ulTagBits = 128 };
	CK_BYTE out[64];
	CK_ULONG len = sizeof(out);

	ok(p11->C_EncryptInit(session, MECHANISM_WITH(CKM_AES_GCM, &gcm), key));
	ok(p11->C_Encrypt(session, (CK_BYTE *)record.data, record.len, out, &len));
	same_bytes(view_of(out, len), peer_gcm(known_key, nonce, aad, record));
}

/* From the agreement to the first record, no value outside: libcrypto has the same throughout. */
static void
test_schedule(void **state)
{
	PEER_KEY server = peer_ec("P-256");
	PEER_KEY client = NULL;
	struct view point = peer_point(server), mine, z, master_value, block;
	struct view session_hash = peer_digest("SHA256", text("the handshake so far"));
	struct view handshake = peer_digest("SHA256", text("all of the handshake"));
	CK_ECDH1_DERIVE_PARAMS ecdh = {
		.kdf = CKD_NULL, .pPublicData = (CK_BYTE *)point.data, .ulPublicDataLen = point.len
	};
	struct request *request = request_of(0, 16, 4);
	CK_OBJECT_HANDLE pair[2], premaster, master;

	(void)state;
	key_pair_ec(session, p256, false, pair);
	mine = get_bytes(session, pair[0], CKA_EC_POINT);
	/* without the OCTET STRING's header */
	client = peer_ec_public("P-256", view_of(mine.data + 2, mine.len - 2));
	ok(p11->C_DeriveKey(session, MECHANISM_WITH(CKM_ECDH1_DERIVE, &ecdh), pair[1],
	    TEMPLATE(HIDDEN, YES(CKA_DERIVE)), &premaster));
	master = schedule_master(premaster, session_hash);
	ok(ask(CKM_TLS12_KEY_AND_MAC_DERIVE, master, request,
	    TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_AES), HIDDEN)));
	assert_rv(get_rv(session, request->out.client_key, CKA_VALUE), CKR_ATTRIBUTE_SENSITIVE);

	z = peer_secret(server, client);
	master_value = peer_prf(z, "extended master secret", session_hash, 48);
	block = peer_prf(master_value, "key expansion", joined(SERVER_RANDOM, CLIENT_RANDOM), 40);
	same_bytes(view_of(request->ivs[0], 4), view_of(block.data + 32, 4));
	same_bytes(view_of(request->ivs[1], 4), view_of(block.data + 36, 4));
	schedule_record(
	    request->out.client_key, view_of(request->ivs[0], 4), view_of(block.data, 16));
	schedule_record(
	    request->out.server_key, view_of(request->ivs[1], 4), view_of(block.data + 16, 16));
	schedule_finished(
	    master, 2, handshake, peer_prf(master_value, "client finished", handshake, 12));
	schedule_finished(
	    master, 1, handshake, peer_prf(master_value, "server finished", handshake, 12));
}

/* --- leading zeros of a Diffie-Hellman secret --------------------------------------------------
 */

static CK_OBJECT_HANDLE
agreed(CK_OBJECT_HANDLE private, struct view value, CK_ATTRIBUTE *template, CK_ULONG count)
{
	CK_MECHANISM with = { CKM_DH_PKCS_DERIVE, (void *)value.data, value.len };
	CK_OBJECT_HANDLE key;

	ok(p11->C_DeriveKey(session, &with, private, template, count, &key));
	return key;
}

static void
check_master(CK_OBJECT_HANDLE premaster, struct view known)
{
	struct pkcs11_tls12_master_key_derive_params params = master_params(NULL);
	CK_OBJECT_HANDLE master;

	ok(p11->C_DeriveKey(session, MECHANISM_WITH(CKM_TLS12_MASTER_KEY_DERIVE_DH, &params),
	    premaster, TEMPLATE(OPEN), &master));
	same_bytes(get_bytes(session, master, CKA_VALUE),
	    peer_prf(known, "master secret", joined(CLIENT_RANDOM, SERVER_RANDOM), 48));
}

/* RFC 5246, 8.1.2, strips them of a secret agreed on in a finite field; of no other. */
static void
test_leading_zeros(void **state)
{
	const CK_ATTRIBUTE_TYPE mark = CKA_VENDOR_DEFINED | 0x48460001UL;
	PEER_KEY first = peer_dh("ffdhe2048");
	PEER_KEY own = NULL;
	struct view z, stripped, value;
	CK_OBJECT_HANDLE pair[2], key, copy;

	(void)state;
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_DH_PKCS_KEY_PAIR_GEN),
	    TEMPLATE(BYTES(CKA_PRIME, peer_number(first, OSSL_PKEY_PARAM_FFC_P)),
		BYTES(CKA_BASE, peer_number(first, OSSL_PKEY_PARAM_FFC_G))),
	    NO_TEMPLATE, &pair[0], &pair[1]));
	own = peer_dh_public("ffdhe2048", get_bytes(session, pair[0], CKA_VALUE));
	/* One secret in 256 begins with a zero. */
	for (int i = 0;; i++) {
		PEER_KEY other = peer_dh("ffdhe2048");

		check(i < 10000);
		z = peer_secret(other, own);
		value = peer_number(other, OSSL_PKEY_PARAM_PUB_KEY);
		if (z.data[0] == 0)
			break;
	}
	stripped = z;
	while (stripped.data[0] == 0)
		stripped = view_of(stripped.data + 1, stripped.len - 1);

	key = agreed(pair[1], value, TEMPLATE(OPEN));
	same_bytes(get_bytes(session, key, CKA_VALUE), z);
	check_master(key, stripped);
	ok(p11->C_CopyObject(session, key, TEMPLATE(YES(CKA_TOKEN)), &copy));
	check_master(copy, stripped);
	check_master(secret_of(z, false), z);
	key = agreed(pair[1], value, TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, z.len)));
	check_master(key, stripped);

	/* How it is known which is which is nobody's business. */
	assert_rv(get_rv(session, key, mark), CKR_ATTRIBUTE_TYPE_INVALID);
	check(find(session, TEMPLATE(YES(mark)), NULL) == 0);
	assert_rv(set_one(session, key, NO(mark)), CKR_ATTRIBUTE_TYPE_INVALID);
	assert_rv(p11->C_DeriveKey(session,
		      &(CK_MECHANISM){ CKM_DH_PKCS_DERIVE, (void *)value.data, value.len }, pair[1],
		      TEMPLATE(YES(mark)), &key),
	    CKR_ATTRIBUTE_TYPE_INVALID);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_tls(test_cut),
		test_tls(test_extended_chain),
		test_tls(test_keys),
		test_tls(test_lineage),
		test_tls(test_safe),
		test_tls(test_exposure),
		test_tls(test_wrong_request),
		test_tls(test_nothing_by_halves),
		test_tls(test_unaligned),
		test_tls(test_version),
		test_tls(test_allowed),
		test_tls(test_wrong_master),
		test_tls(test_exporter),
		test_tls(test_wrong_exporter),
		test_tls(test_wrong_finished),
		test_tls(test_schedule),
		test_tls(test_leading_zeros),
	};

	return test_main(tests, NULL, NULL);
}
