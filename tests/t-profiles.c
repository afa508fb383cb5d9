/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The profiles of OASIS (PKCS#11 Profiles 3.2) that the token shows: what each demands,
 * and its mandatory test case, by the names that these have there.
 */
#include "tests/peer.h"

#include <stdio.h>

/* Is there one profile object that says so, with the attributes that Baseline wants? */
static void
profile_shown(CK_SESSION_HANDLE session, CK_ULONG id)
{
	CK_OBJECT_HANDLE object;

	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_PROFILE), ULONG(CKA_PROFILE_ID, id)),
		  &object) == 1);
	check(get_bool(session, object, CKA_TOKEN) && !get_bool(session, object, CKA_PRIVATE));
	check(!get_bool(session, object, CKA_MODIFIABLE));
	check(get_bytes(session, object, CKA_UNIQUE_ID).len > 0);
	check(get_bytes(session, object, CKA_LABEL).len == 0);
}

/* --- what the test cases have in common ---------------------------------------------------- */

static bool
blank_padded(const CK_UTF8CHAR *text, size_t len)
{
	return memchr(text, '\0', len) == NULL;
}

static CK_SLOT_ID
slot_first(void)
{
	CK_SLOT_ID list[8];
	CK_ULONG count = 0;
	CK_INFO info;

	ok(p11->C_GetInfo(&info));
	check(info.cryptokiVersion.major == 3 && info.cryptokiVersion.minor == 2);
	check(info.flags == 0);
	check(blank_padded(info.manufacturerID, sizeof(info.manufacturerID)));
	check(blank_padded(info.libraryDescription, sizeof(info.libraryDescription)));
	ok(p11->C_GetSlotList(CK_TRUE, NULL, &count));
	check(count >= 1 && count <= COUNT_OF(list));
	ok(p11->C_GetSlotList(CK_TRUE, list, &count));
	return list[0];
}

/*
 * The figures that may not vary.  The case's token has no memory (0); how much ours has
 * cannot be told, and the standard has a value for that.
 */
static void
look_at_token(CK_SLOT_ID slot)
{
	CK_SLOT_INFO info;
	CK_TOKEN_INFO token;

	ok(p11->C_GetSlotInfo(slot, &info));
	check(info.flags == CKF_TOKEN_PRESENT);
	ok(p11->C_GetTokenInfo(slot, &token));
	check(token.flags ==
	    (CKF_RNG | CKF_LOGIN_REQUIRED | CKF_USER_PIN_INITIALIZED | CKF_RESTORE_KEY_NOT_NEEDED |
		CKF_TOKEN_INITIALIZED));
	check(token.ulMaxSessionCount == 0 && token.ulSessionCount == 0);
	check(token.ulMaxRwSessionCount == 0 && token.ulRwSessionCount == 0);
	check(token.ulMaxPinLen == 255 && token.ulMinPinLen == 4);
	check(token.ulTotalPublicMemory == CK_UNAVAILABLE_INFORMATION);
}

static void
finish(CK_SLOT_ID slot, CK_SESSION_HANDLE session)
{
	ok(p11->C_CloseSession(session));
	ok(p11->C_CloseAllSessions(slot));
	ok(p11->C_Finalize(NULL));
}

/* --- Baseline Provider --------------------------------------------------------------------------
 */

static void
test_BL_M_1_32(void **state)
{
	CK_OBJECT_HANDLE object;
	CK_SESSION_HANDLE session;
	CK_SLOT_ID slot;
	CK_ULONG count = 7;

	(void)state;
	token_make("token1");
	slot = slot_first();
	look_at_token(slot);
	session = session_open(slot, READ_ONLY);
	ok(p11->C_FindObjectsInit(session, TEMPLATE(YES(CKA_TOKEN))));
	ok(p11->C_FindObjects(session, &object, 1, &count));
	check(count == 0);
	ok(p11->C_FindObjectsFinal(session));
	profile_shown(session, CKP_BASELINE_PROVIDER);
	finish(slot, session);
}

/* --- Extended Provider --------------------------------------------------------------------------
 */

static void
test_EXT_M_1_32(void **state)
{
	static const CK_MECHANISM_TYPE wanted[] = { CKM_SHA512, CKM_RSA_PKCS_KEY_PAIR_GEN,
		CKM_RSA_PKCS };
	const CK_FLAGS uses =
	    CKF_ENCRYPT | CKF_DECRYPT | CKF_SIGN | CKF_VERIFY | CKF_WRAP | CKF_UNWRAP;
	CK_MECHANISM_TYPE list[512];
	CK_MECHANISM_INFO info;
	CK_OBJECT_HANDLE object;
	CK_SESSION_HANDLE session;
	CK_ULONG count = 0, found;
	CK_SLOT_ID slot;

	(void)state;
	token_make("token1");
	slot = slot_first();
	look_at_token(slot);
	ok(p11->C_GetMechanismList(slot, NULL, &count));
	check(count <= COUNT_OF(list));
	ok(p11->C_GetMechanismList(slot, list, &count));
	for (size_t i = 0; i < COUNT_OF(wanted); i++) {
		CK_ULONG n = 0;

		while (n < count && list[n] != wanted[i])
			n++;
		check(n < count);
	}
	ok(p11->C_GetMechanismInfo(slot, CKM_SHA512, &info));
	check(info.ulMinKeySize == 0 && info.ulMaxKeySize == 0 && info.flags == CKF_DIGEST);
	/* The sizes are a provider's own; ours refuses keys of 512 bits. */
	ok(p11->C_GetMechanismInfo(slot, CKM_RSA_PKCS_KEY_PAIR_GEN, &info));
	check(info.flags == CKF_GENERATE_KEY_PAIR && info.ulMaxKeySize == 16384);
	ok(p11->C_GetMechanismInfo(slot, CKM_RSA_PKCS, &info));
	check((info.flags & uses) == uses && info.ulMaxKeySize == 16384);
	session = session_open(slot, READ_WRITE);
	ok(p11->C_Login(session, CKU_USER, PIN(USER_PIN)));
	ok(p11->C_FindObjectsInit(session, TEMPLATE(YES(CKA_TOKEN))));
	ok(p11->C_FindObjects(session, &object, 1, &found));
	check(found == 0);
	ok(p11->C_FindObjectsFinal(session));
	profile_shown(session, CKP_EXTENDED_PROVIDER);
	ok(p11->C_Logout(session));
	/* The other function that the profile names. */
	ok(p11->C_LoginUser(session, CKU_USER, PIN(USER_PIN), NULL, 0));
	ok(p11->C_Logout(session));
	finish(slot, session);
}

/* --- Authentication Token ----------------------------------------------------------------------
 */

/* Of AUTH-M-1-32: the modulus, what is signed (a certification request), and the signature. */
static const char auth_modulus[] =
    "dee53f9d7b97ebd0724cf4874cd1d16a24e4fa36642aedd57b7ae1bf238e41288ec90745b86a336eb580"
    "add41f359d44e9b526723b14165e797696ca306dd47e576830e16795858d6e6c2ca8474945578df6ea99"
    "36424dd9c5535cd92629500170a108b4bd6faeb132f98648b77cef07bf9dcd78838b2e25935cc5b500fe"
    "c1d9859c201f819266e80fd743c6a2c12d859640979aeac0971da6ec6c1786f3054b870ad9f3bc7019fa"
    "36aaefd1ec27803c89b7770b4244fb5bc950d3527771eec110104e01a94cadd37a20536ade3f290e3e78"
    "81846cdeed32379832a6658fbd4cc60b6fa7c0d5640fe8be45b5581225fd0d69cc2d7b1e91fce9dafc91"
    "7fcfd045";
static const char auth_data[] =
    "308201830201003056310b300906035504061302415531153013060355040a0c0c4f7267616e69736174"
    "696f6e311a3018060355040b0c114f7267616e69736174696f6e20556e69743114301206035504030c0b"
    "436f6d6d6f6e204e616d6530820122300d06092a864886f70d01010105000382010f003082010a028201"
    "0100dee53f9d7b97ebd0724cf4874cd1d16a24e4fa36642aedd57b7ae1bf238e41288ec90745b86a336e"
    "b580add41f359d44e9b526723b14165e797696ca306dd47e576830e16795858d6e6c2ca8474945578df6"
    "ea9936424dd9c5535cd92629500170a108b4bd6faeb132f98648b77cef07bf9dcd78838b2e25935cc5b5"
    "00fec1d9859c201f819266e80fd743c6a2c12d859640979aeac0971da6ec6c1786f3054b870ad9f3bc70"
    "19fa36aaefd1ec27803c89b7770b4244fb5bc950d3527771eec110104e01a94cadd37a20536ade3f290e"
    "3e7881846cdeed32379832a6658fbd4cc60b6fa7c0d5640fe8be45b5581225fd0d69cc2d7b1e91fce9da"
    "fc917fcfd0450203010001a000";
static const char auth_signature[] =
    "1a7d66b88de270da0cee9039c0a1eedf1312118b578d7eb9bbb45b0ea64a58d382942cf4009ae094cc03"
    "b63dba899d392c52371fffb46f57e442dc4d632b8c8e383df32a9fe2a0f455c54a5f9691bc5b65cfd965"
    "a658e76ef38e2c65ed231396dc56c1ba0adf6624d45b5fb8af299fa94a85dc7289732af95a085fd03a66"
    "c435de5204f522a3d10b2efe3540e175b379ae1299fb33b166c2d50a155ad7d69467a37fe7e2c040f9a2"
    "c9059ddbaf84167e5de2b8dc2eae99ea349af9e05226d5ce62cfdb2a7bf51479ba3761f3603904099423"
    "a191a987d8dbc54162aaa3a83ae9f7198dc50cb251c7f57b905015f3876d2be27a79ebd8b0cebd68ddac"
    "9113464b";

static CK_OBJECT_HANDLE
found_by_label(CK_SESSION_HANDLE session, const char *label, CK_OBJECT_CLASS class)
{
	CK_OBJECT_HANDLE object = CK_INVALID_HANDLE;
	CK_ULONG count;

	ok(p11->C_FindObjectsInit(
	    session, TEMPLATE(YES(CKA_TOKEN), TEXT(CKA_LABEL, label), ULONG(CKA_CLASS, class))));
	ok(p11->C_FindObjects(session, &object, 1, &count));
	check(count == 1);
	ok(p11->C_FindObjectsFinal(session));
	return object;
}

/* The private key is not published: the token makes one, and verifies what the case's has signed.
 */
static void
test_AUTH_M_1_32(void **state)
{
	CK_BYTE modulus[1024], exponent[1024];
	CK_ATTRIBUTE values[] = { { CKA_MODULUS, modulus, sizeof(modulus) },
		{ CKA_PUBLIC_EXPONENT, exponent, sizeof(exponent) } };
	struct view data = unhex(auth_data), published = unhex(auth_signature);
	CK_BYTE signature[256];
	CK_ULONG len = sizeof(signature);
	CK_OBJECT_HANDLE pair[2], key;
	CK_SESSION_HANDLE session;
	CK_SLOT_ID slot;

	(void)state;
	session = session_user(token_make("token1"));
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_RSA_PKCS_KEY_PAIR_GEN),
	    TEMPLATE(YES(CKA_TOKEN), ULONG(CKA_MODULUS_BITS, 2048),
		BYTES(CKA_PUBLIC_EXPONENT, unhex("010001")), TEXT(CKA_LABEL, "testrsa-pub"),
		YES(CKA_VERIFY)),
	    TEMPLATE(YES(CKA_TOKEN), TEXT(CKA_LABEL, "testrsa-pri"), YES(CKA_SIGN)), &pair[0],
	    &pair[1]));
	ok(p11->C_Finalize(NULL));

	ok(p11->C_Initialize(NULL));
	slot = slot_first();
	session = session_open(slot, READ_WRITE);
	ok(p11->C_Login(session, CKU_USER, PIN(USER_PIN)));
	pair[0] = found_by_label(session, "testrsa-pub", CKO_PUBLIC_KEY);
	ok(p11->C_GetAttributeValue(session, pair[0], values, COUNT_OF(values)));
	check(values[0].ulValueLen == 256);
	same_bytes(view_of(exponent, values[1].ulValueLen), unhex("010001"));
	pair[1] = found_by_label(session, "testrsa-pri", CKO_PRIVATE_KEY);
	ok(p11->C_SignInit(session, MECHANISM(CKM_SHA256_RSA_PKCS), pair[1]));
	ok(p11->C_Sign(session, (CK_BYTE *)data.data, data.len, signature, &len));
	check(len == 256);
	ok(p11->C_VerifyInit(session, MECHANISM(CKM_SHA256_RSA_PKCS), pair[0]));
	ok(p11->C_Verify(session, (CK_BYTE *)data.data, data.len, signature, len));
	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY), ULONG(CKA_KEY_TYPE, CKK_RSA),
		BYTES(CKA_MODULUS, unhex(auth_modulus)),
		BYTES(CKA_PUBLIC_EXPONENT, unhex("010001")), YES(CKA_VERIFY)),
	    &key));
	ok(p11->C_VerifyInit(session, MECHANISM(CKM_SHA256_RSA_PKCS), key));
	ok(p11->C_Verify(
	    session, (CK_BYTE *)data.data, data.len, (CK_BYTE *)published.data, published.len));
	profile_shown(session, CKP_AUTHENTICATION_TOKEN);
	ok(p11->C_Logout(session));
	finish(slot, session);
}

/* --- Public Certificates Token -------------------------------------------------------------------
 */

/* Of CERT-M-1-32: a root certificate. */
static const char root[] =
    "308203753082025da003020102020b040000000001154b5ac394300d06092a864886f70d010105050030"
    "57310b300906035504061302424531193017060355040a1310476c6f62616c5369676e206e762d736131"
    "10300e060355040b1307526f6f74204341311b301906035504031312476c6f62616c5369676e20526f6f"
    "74204341301e170d3938303930313132303030305a170d3238303132383132303030305a3057310b3009"
    "06035504061302424531193017060355040a1310476c6f62616c5369676e206e762d73613110300e0603"
    "55040b1307526f6f74204341311b301906035504031312476c6f62616c5369676e20526f6f7420434130"
    "820122300d06092a864886f70d01010105000382010f003082010a0282010100da0ee6998dcea3e34f8a"
    "7efbf18b83256bea481ff12ab0b9951104bdf063d1e26766cf1cddcf1b482bee8d898e9aaf298065abe9"
    "c72d12cbab1c4c7007a13d0a30cd158d4ff8ddd48c50151cef50eec42ef7fce952f2917de06dd535308e"
    "5e4373f241e9d56ae3b2893a5639386f063c88695b2a4dc5a754b86c89cc9bf93ccae5fd89f5123c9278"
    "96d6dc746e934461d18dc746b2750e86e8198ad56d6cd5781695a2e9c80a38ebf224134f73549313853a"
    "1bbc1e34b58b058cb9778bb1db1f2091ab09536e90ce7b3774b97047912251631679aeb1ae412608c819"
    "2bd146aa48d6642ad78334ff2c2ac16c19434a0785e7d37cf62168efeaf2529f7f9390cf0203010001a3"
    "423040300e0603551d0f0101ff040403020106300f0603551d130101ff040530030101ff301d0603551d"
    "0e04160414607b661a450d97ca89502f7d04cd34a8fffcfd4b300d06092a864886f70d01010505000382"
    "010100d673e77c4f76d08dbfecbaa2be34c52832b57cfc6c9c2c2bbd099e53bf6b5eaa1148b6e508a3b3"
    "ca3d614dd34609b33ec3a0e363551bf2baefad39e143b938a3e62f8a263befa05056f9c60afd38cdc40b"
    "705194979804dfc35f94d515c914419cc45d7564150dff5530ec868fff0def2cb96346f6aafcdfbc69fd"
    "2e1248649ae095f0a6ef298f01b115b50c1da5fe692c6924781eb3a71c7162eecac897ac175d8ac2f847"
    "866e2ac4563195d06789852bf96ca65d469d0caa82e49951dd70b7db563d61e46ae15cd6f6fe3dde41cc"
    "07ae6352bf5353f42be9c7fdb6f7825f85d24118db81b3041cc51fa4806f1520c9de0c880a1dd66655e2"
    "fc48c9292669e0";

static void
test_CERT_M_1_32(void **state)
{
	struct view der = unhex(root), id = unhex("c0ffee");
	CK_OBJECT_HANDLE pair[2], object, listed[5];
	CK_BYTE value[889];
	CK_ATTRIBUTE attribute = { CKA_LABEL, NULL, 0 };
	char label[21];
	CK_SESSION_HANDLE session;
	CK_ULONG count;
	CK_SLOT_ID slot;

	(void)state;
	session = session_user(token_make("token1"));
	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_CERTIFICATE), ULONG(CKA_CERTIFICATE_TYPE, CKC_X_509),
		YES(CKA_TOKEN), TEXT(CKA_LABEL, "Mozilla Builtin Roots"),
		BYTES(CKA_SUBJECT, peer_subject(der)), BYTES(CKA_VALUE, der), BYTES(CKA_ID, id)),
	    &object));
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_EC_KEY_PAIR_GEN),
	    TEMPLATE(BYTES(CKA_EC_PARAMS, p256), YES(CKA_TOKEN), BYTES(CKA_ID, id)),
	    TEMPLATE(YES(CKA_TOKEN), BYTES(CKA_ID, id)), &pair[0], &pair[1]));
	ok(p11->C_Finalize(NULL));

	ok(p11->C_Initialize(NULL));
	slot = slot_first();
	session = session_open(slot, READ_ONLY);
	ok(p11->C_FindObjectsInit(session, TEMPLATE(YES(CKA_TOKEN))));
	ok(p11->C_FindObjects(session, listed, COUNT_OF(listed), &count));
	check(count == 2);
	/* Reading while the search is open. */
	check(find(session_open(slot, READ_ONLY), TEMPLATE(ULONG(CKA_CLASS, CKO_CERTIFICATE)),
		  &object) == 1);
	ok(p11->C_GetAttributeValue(session, object, &attribute, 1));
	check(attribute.ulValueLen == sizeof(label));
	attribute.pValue = label;
	ok(p11->C_GetAttributeValue(session, object, &attribute, 1));
	check(memcmp(label, "Mozilla Builtin Roots", sizeof(label)) == 0);
	attribute = (CK_ATTRIBUTE){ CKA_VALUE, NULL, 0 };
	ok(p11->C_GetAttributeValue(session, object, &attribute, 1));
	check(attribute.ulValueLen == sizeof(value));
	attribute.pValue = value;
	ok(p11->C_GetAttributeValue(session, object, &attribute, 1));
	same_bytes(view_of(value, sizeof(value)), der);
	ok(p11->C_FindObjectsFinal(session));
	/* 8: certificates without a login, and the key that belongs to one by its CKA_ID. */
	same_bytes(get_bytes(session, object, CKA_ID), id);
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY), BYTES(CKA_ID, id)), NULL) ==
	    1);
	profile_shown(session, CKP_PUBLIC_CERTIFICATES_TOKEN);
	ok(p11->C_Login(session, CKU_USER, PIN(USER_PIN)));
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY), BYTES(CKA_ID, id)), NULL) ==
	    1);
	finish(slot, session);
}

/* --- HKDF TLS Token
 * -------------------------------------------------------------------------------- */

/* It has no test case; its demand is that these two values of pInfo are taken (5.6, 7). */
static void
test_HKDF_TLS_Token(void **state)
{
	static const char *const labels[] = { "tls iv", "tls quic iv" };
	CK_SESSION_HANDLE session = session_user(token_make("token1"));
	CK_OBJECT_HANDLE base, made;

	(void)state;
	profile_shown(session, CKP_HKDF_TLS_TOKEN);
	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_HKDF),
		YES(CKA_SENSITIVE), NO(CKA_EXTRACTABLE), YES(CKA_DERIVE),
		BYTES(CKA_VALUE,
		    unhex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d"
			  "1e1f"))),
	    &base));
	for (size_t i = 0; i < COUNT_OF(labels); i++) {
		CK_BYTE about[16] = { 0, 12 };
		struct pkcs11_hkdf_params hkdf = { .expand = CK_TRUE,
			.prf_hash_mechanism = CKM_SHA256,
			.salt_type = CKF_HKDF_SALT_NULL,
			.info = about,
			.info_len = 2 + strlen(labels[i]) + 1 };

		memcpy(about + 2, labels[i], strlen(labels[i]));
		ok(p11->C_DeriveKey(session, MECHANISM_WITH(CKM_HKDF_DATA, &hkdf), base,
		    TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), ULONG(CKA_VALUE_LEN, 12)), &made));
		check(get_ulong(session, made, CKA_CLASS) == CKO_DATA);
		check(get_bytes(session, made, CKA_VALUE).len == 12);
	}
}

/* No other profile is shown, and whoever asks for all sees these. */
static void
test_no_others(void **state)
{
	CK_SESSION_HANDLE session = session_open(token_make("token1"), READ_ONLY);

	(void)state;
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_PROFILE)), NULL) == 5);
	check(find(session,
		  TEMPLATE(
		      ULONG(CKA_CLASS, CKO_PROFILE), ULONG(CKA_PROFILE_ID, CKP_COMPLETE_PROVIDER)),
		  NULL) == 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_fresh(test_BL_M_1_32),
		test_fresh(test_EXT_M_1_32),
		test_fresh(test_AUTH_M_1_32),
		test_fresh(test_CERT_M_1_32),
		test_fresh(test_HKDF_TLS_Token),
		test_fresh(test_no_others),
	};

	return test_main(tests, NULL, NULL);
}
