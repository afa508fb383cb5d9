/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The command's `key` and `mech` verbs.  What was made is looked at as any client
 * sees it.
 */
#include "tests/cli.h"

#include <stdio.h>

#define ON "--pin-file pin"

static const struct {
	const char *type;
	CK_KEY_TYPE key;
	CK_MECHANISM_TYPE needs; /* or the type is skipped */
	bool pair;
} kinds[] = {
	{ "ec:p256", CKK_EC, CKM_EC_KEY_PAIR_GEN, true },
	{ "ec:p521", CKK_EC, CKM_EC_KEY_PAIR_GEN, true },
	{ "ec:brainpoolP256r1", CKK_EC, CKM_EC_KEY_PAIR_GEN, true },
	{ "x25519", CKK_EC_MONTGOMERY, CKM_EC_MONTGOMERY_KEY_PAIR_GEN, true },
	{ "x448", CKK_EC_MONTGOMERY, CKM_EC_MONTGOMERY_KEY_PAIR_GEN, true },
	{ "ed25519", CKK_EC_EDWARDS, CKM_EC_EDWARDS_KEY_PAIR_GEN, true },
	{ "rsa:2048", CKK_RSA, CKM_RSA_PKCS_KEY_PAIR_GEN, true },
	{ "dh:2048", CKK_DH, CKM_DH_PKCS_KEY_PAIR_GEN, true },
	{ "ml-kem-768", CKK_ML_KEM, CKM_ML_KEM_KEY_PAIR_GEN, true },
	{ "ml-dsa-65", CKK_ML_DSA, CKM_ML_DSA_KEY_PAIR_GEN, true },
	{ "slh-dsa-sha2-128f", CKK_SLH_DSA, CKM_SLH_DSA_KEY_PAIR_GEN, true },
	{ "aes:128", CKK_AES, CKM_AES_KEY_GEN, false },
	{ "chacha20", CKK_CHACHA20, CKM_CHACHA20_KEY_GEN, false },
	{ "generic:512", CKK_GENERIC_SECRET, CKM_GENERIC_SECRET_KEY_GEN, false },
	{ "hkdf:256", CKK_HKDF, CKM_HKDF_KEY_GEN, false },
};

static bool
available(CK_MECHANISM_TYPE mechanism)
{
	CK_MECHANISM_INFO info;
	CK_RV rv;

	ok(p11->C_Initialize(NULL));
	rv = p11->C_GetMechanismInfo(0, mechanism, &info);
	ok(p11->C_Finalize(NULL));
	return rv == CKR_OK;
}

/* --- making --------------------------------------------------------------- */

static void
assert_made(CK_SESSION_HANDLE session, size_t kind)
{
	CK_OBJECT_HANDLE key;
	CK_ULONG class = kinds[kind].pair ? CKO_PRIVATE_KEY : CKO_SECRET_KEY;

	check(find(session, TEMPLATE(TEXT(CKA_LABEL, kinds[kind].type), ULONG(CKA_CLASS, class)),
		  &key) == 1);
	check(get_ulong(session, key, CKA_KEY_TYPE) == kinds[kind].key);
	check(get_bool(session, key, CKA_SENSITIVE) && !get_bool(session, key, CKA_EXTRACTABLE));
	check(get_bool(session, key, CKA_PRIVATE) && get_bool(session, key, CKA_TOKEN));
	check(get_bytes(session, key, CKA_ID).len == 8);
	if (kinds[kind].pair)
		check(find(session, TEMPLATE(BYTES(CKA_ID, get_bytes(session, key, CKA_ID))),
			  NULL) == 2);
}

static void
test_gen(void **state)
{
	bool made[COUNT_OF(kinds)];
	CK_SESSION_HANDLE session;

	(void)state;
	cli_token("demo");
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		json_t *data;

		made[i] = available(kinds[i].needs);
		data = handfast_json(
		    made[i] ? 0 : 9, "key gen %s --type %s " ON, kinds[i].type, kinds[i].type);
		if (!made[i])
			continue;
		shape(data, KEY_SHAPE);
		assert_string_equal(text_at(data, "label"), kinds[i].type);
		check(strncmp(text_at(data, "type"), kinds[i].type, strlen(kinds[i].type)) == 0);
	}
	session = cli_session(0);
	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (made[i])
			assert_made(session, i);
}

static void
test_gen_traits(void **state)
{
	CK_SESSION_HANDLE session;
	CK_OBJECT_HANDLE key;

	(void)state;
	cli_token("demo");
	handfast_json(0, "key gen alice --use derive,sign --id 0aFF --extractable " ON);
	handfast_json(0, "key gen sealer --type aes:256 --use decrypt,unwrap " ON);
	session = cli_session(0);
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "alice"), YES(CKA_DERIVE)), &key) == 1);
	same_bytes(get_bytes(session, key, CKA_ID), unhex("0aff"));
	check(get_bool(session, key, CKA_EXTRACTABLE) && !get_bool(session, key, CKA_SENSITIVE));
	check(get_bool(session, key, CKA_SIGN) && !get_bool(session, key, CKA_DECAPSULATE));
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "alice"), YES(CKA_VERIFY)), &key) == 1);
	check(!get_bool(session, key, CKA_ENCAPSULATE));
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "sealer")), &key) == 1);
	check(get_bool(session, key, CKA_ENCRYPT) && get_bool(session, key, CKA_WRAP));
	check(!get_bool(session, key, CKA_SIGN) && !get_bool(session, key, CKA_EXTRACTABLE));
}

static void
test_gen_refused(void **state)
{
	static const char *const bad[] = { "--type nothing", "--type ec:p257",
		"--type aes:", "--type aes:9", "--type rsa:-1", "--type x25519:5", "--use nothing",
		"--use verify", "--id 0", "--id xy" };

	(void)state;
	cli_token("demo");
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		handfast_json(2, "key gen alice %s " ON, bad[i]);
	handfast_json(2, "key gen pkcs11:object=alice " ON);
	handfast_json(9, "key gen alice --type rsa:1024 " ON);
	handfast_json(3, "key gen alice --token other " ON);
	shape(handfast_json(10, "key gen alice --dry-run " ON), "{s:s, s:s}", "label", "type");
	shape(handfast_json(0, "key list " ON), "{s:[]}", "keys");
	handfast_json(0, "key gen alice " ON);
	handfast_json(6, "key gen alice " ON);
}

/* --- those that are there ------------------------------------------------- */

static void
test_list_and_show(void **state)
{
	json_t *keys, *key;

	(void)state;
	cli_token("demo");
	handfast_json(0, "key gen alice " ON);
	handfast_json(0, "key gen sealer --type aes:256 " ON);
	check(json_array_size(json_object_get(handfast_json(0, "key list " ON), "keys")) == 3);
	keys = json_object_get(handfast_json(0, "key show alice " ON), "keys");
	check(json_array_size(keys) == 2);
	for (size_t i = 0; i < 2; i++) {
		key = json_array_get(keys, i);
		if (strcmp(text_at(key, "class"), "public") == 0)
			shape(key, PUBLIC_SHAPE);
		else
			shape(key, KEY_SHAPE);
	}
	/* By its URI, token and all, only the one half. */
	check(setenv("URI", text_at(key, "uri"), 1) == 0);
	keys = json_object_get(handfast_json(0, "key show \"$URI\" " ON), "keys");
	check(json_array_size(keys) == 1);
	handfast_json(3, "key show bob " ON);
	handfast_json(2, "key show pkcs11:nonsense " ON);
	handfast_json(3, "key show 'pkcs11:token=other;object=alice' " ON);
	check(unsetenv("URI") == 0);
}

static void
test_rename_and_rm(void **state)
{
	CK_SESSION_HANDLE session;

	(void)state;
	cli_token("demo");
	handfast_json(0, "key gen alice " ON);
	handfast_json(0, "key gen bob " ON);
	handfast_json(6, "key rename alice bob " ON);
	handfast_json(10, "key rename alice carol --dry-run " ON);
	handfast_json(0, "key rename alice carol " ON);
	handfast_json(3, "key show alice " ON);
	handfast_json(10, "key rm carol --dry-run " ON);
	handfast_json(2, "key rm carol " ON);
	check(json_array_size(json_object_get(handfast_json(0, "key list " ON), "keys")) == 4);
	handfast_json(0, "key rm carol --yes " ON);
	handfast_json(3, "key rm carol --yes " ON);
	session = cli_session(0);
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "carol")), NULL) == 0);
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "bob")), NULL) == 2);
}

/* Two keys of one label, as other programs make them: nothing is done to either. */
static void
test_ambiguous(void **state)
{
	CK_SESSION_HANDLE session;
	CK_OBJECT_HANDLE key;

	(void)state;
	cli_token("demo");
	session = cli_session(0);
	for (CK_BYTE id = 1; id <= 2; id++)
		ok(p11->C_GenerateKey(session, MECHANISM(CKM_AES_KEY_GEN),
		    TEMPLATE(YES(CKA_TOKEN), TEXT(CKA_LABEL, "twin"), ULONG(CKA_VALUE_LEN, 32),
			ATTRIBUTE(CKA_ID, &id, 1)),
		    &key));
	ok(p11->C_Finalize(NULL));
	handfast_json(6, "key rm twin --yes " ON);
	handfast_json(6, "key rename twin other " ON);
	handfast_json(0, "key rm 'pkcs11:object=twin;id=%%01' --yes " ON);
	session = cli_session(0);
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "twin")), &key) == 1);
	same_bytes(get_bytes(session, key, CKA_ID), unhex("02"));
}

/* --- mechanisms ----------------------------------------------------------- */

static void
test_mech(void **state)
{
	json_t *list, *data;
	CK_ULONG count;

	(void)state;
	list = json_object_get(handfast_json(0, "mech list"), "mechanisms");
	ok(p11->C_Initialize(NULL));
	ok(p11->C_GetMechanismList(0, NULL, &count));
	ok(p11->C_Finalize(NULL));
	check(json_array_size(list) == count);
	/* Each has words. */
	for (size_t i = 0; i < count; i++)
		shape(json_array_get(list, i), "{s:s, s:s, s:b, s?i, s?i, s:s, s:s, s:o}", "name",
		    "number", "available", "least", "most", "keys", "does", "needs_openssl");
	data = handfast_json(0, "mech explain ecdh1-derive");
	assert_string_equal(text_at(data, "name"), "CKM_ECDH1_DERIVE");
	check(strstr(text_at(data, "does"), "derive") != NULL);
	check(handfast("mech explain CKM_ECDH1_DERIVE") == 0);
	handfast_json(3, "mech explain CKM_ECDH1");
	handfast_json(3, "mech explain CKM_ECDH1_DERIVER");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_cli(test_gen),
		test_cli(test_gen_traits),
		test_cli(test_gen_refused),
		test_cli(test_list_and_show),
		test_cli(test_rename_and_rm),
		test_cli(test_ambiguous),
		test_cli(test_mech),
	};

	return test_main(tests, NULL, NULL);
}
