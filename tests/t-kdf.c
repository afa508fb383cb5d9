/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Secrets derived from secrets and passwords: how long they may be and what they
 * are without a stated length, other keys that a parameter names, what the outcome
 * inherits.
 * The bytes themselves are t-vectors' business.
 */
#include "tests/client.h"

static CK_SLOT_ID slot;
static CK_SESSION_HANDLE session;

static int
begin(void **state)
{
	module_fresh(state);
	slot = token_make("kdf");
	session = session_user(slot);
	return 0;
}

#define test_kdf(function) cmocka_unit_test_setup_teardown(function, begin, module_stopped)

#define OPEN NO(CKA_SENSITIVE), YES(CKA_EXTRACTABLE)

static CK_RV
derive_rv(CK_OBJECT_HANDLE base, CK_MECHANISM *mechanism, CK_ATTRIBUTE *template, CK_ULONG count,
    CK_OBJECT_HANDLE *key)
{
	*key = CK_INVALID_HANDLE;
	return p11->C_DeriveKey(session, mechanism, base, template, count, key);
}

/* The value of a key that was derived with this template. */
static struct view
derived(CK_OBJECT_HANDLE base, CK_MECHANISM *mechanism, CK_ATTRIBUTE *template, CK_ULONG count)
{
	CK_OBJECT_HANDLE key;

	ok(derive_rv(base, mechanism, template, count, &key));
	return get_bytes(session, key, CKA_VALUE);
}

/* A key of these bytes that may derive, or may not. */
static CK_OBJECT_HANDLE
key_of(CK_KEY_TYPE type, struct view value, CK_BBOOL derives)
{
	CK_OBJECT_HANDLE key;

	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, type),
		BYTES(CKA_VALUE, value), BOOL(CKA_DERIVE, derives), YES(CKA_SIGN)),
	    &key));
	return key;
}

/* RFC 5869, A.1. */
#define IKM unhex("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b")
#define SALT unhex("000102030405060708090a0b0c")
#define PRK unhex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5")

static struct pkcs11_hkdf_params
hkdf_of(CK_BBOOL extract, CK_BBOOL expand)
{
	return (struct pkcs11_hkdf_params){ .extract = extract,
		.expand = expand,
		.prf_hash_mechanism = CKM_SHA256,
		.salt_type = CKF_HKDF_SALT_NULL };
}

/* --- HKDF ------------------------------------------------------------------------------------ */

/* B21: 255 blocks and no more (RFC 5869, 2.3), of whatever hash. */
static void
test_hkdf_longest(void **state)
{
	static const struct {
		CK_MECHANISM_TYPE hash;
		CK_ULONG most;
	} hashes[] = { { CKM_SHA_1, 5100 }, { CKM_SHA256, 8160 }, { CKM_SHA512, 16320 },
		{ CKM_SHA3_224, 7140 } };
	static const CK_ULONG beyond[] = { 0, 16385, 1 << 20, 1UL << 32, ~0UL };
	struct pkcs11_hkdf_params hkdf = hkdf_of(CK_TRUE, CK_TRUE);
	CK_MECHANISM *mechanism = MECHANISM_WITH(CKM_HKDF_DERIVE, &hkdf);
	CK_OBJECT_HANDLE base, key;
	CK_ULONG before;

	(void)state;
	base = key_of(CKK_HKDF, IKM, CK_TRUE);
	for (size_t i = 0; i < COUNT_OF(hashes); i++) {
		struct view longest;

		hkdf.prf_hash_mechanism = hashes[i].hash;
		longest =
		    derived(base, mechanism, TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, hashes[i].most)));
		check(longest.len == hashes[i].most);
		same_bytes(view_of(longest.data, 20),
		    derived(base, mechanism, TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, 20))));
		before = find(session, NO_TEMPLATE, NULL);
		assert_rv(derive_rv(base, mechanism,
			      TEMPLATE(ULONG(CKA_VALUE_LEN, hashes[i].most + 1)), &key),
		    CKR_KEY_SIZE_RANGE);
		for (size_t j = 0; j < COUNT_OF(beyond); j++)
			refused(derive_rv(
			    base, mechanism, TEMPLATE(ULONG(CKA_VALUE_LEN, beyond[j])), &key));
		check(find(session, NO_TEMPLATE, NULL) == before);
	}
}

/* Without a length: an extraction has that of its hash, an expansion needs one from somewhere. */
static void
test_hkdf_no_length(void **state)
{
	struct pkcs11_hkdf_params hkdf = hkdf_of(CK_TRUE, CK_FALSE);
	CK_MECHANISM *mechanism = MECHANISM_WITH(CKM_HKDF_DERIVE, &hkdf);
	CK_OBJECT_HANDLE base, key;

	(void)state;
	base = key_of(CKK_GENERIC_SECRET, IKM, CK_TRUE);
	hkdf.salt_type = CKF_HKDF_SALT_DATA;
	hkdf.salt = (CK_BYTE *)SALT.data;
	hkdf.salt_len = SALT.len;
	same_bytes(derived(base, mechanism, TEMPLATE(OPEN)), PRK);
	same_bytes(derived(base, mechanism, TEMPLATE(OPEN, ULONG(CKA_KEY_TYPE, CKK_HKDF))), PRK);
	same_bytes(derived(base, mechanism, TEMPLATE(OPEN, ULONG(CKA_KEY_TYPE, CKK_AES))), PRK);
	hkdf.expand = CK_TRUE;
	same_bytes(derived(base, mechanism, TEMPLATE(OPEN, ULONG(CKA_KEY_TYPE, CKK_AES))),
	    derived(base, mechanism, TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, 32))));
	assert_rv(derive_rv(base, mechanism, TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_HKDF)), &key),
	    CKR_TEMPLATE_INCOMPLETE);
}

/* The salt of TLS 1.3 is a key: it works as its bytes do, if it may be used. */
static void
test_hkdf_salt_key(void **state)
{
	struct pkcs11_hkdf_params hkdf = hkdf_of(CK_TRUE, CK_FALSE);
	CK_MECHANISM *mechanism = MECHANISM_WITH(CKM_HKDF_DERIVE, &hkdf);
	CK_OBJECT_HANDLE base, key, pair[2];

	(void)state;
	base = key_of(CKK_HKDF, IKM, CK_TRUE);
	hkdf.salt_type = CKF_HKDF_SALT_KEY;
	hkdf.salt_key = key_of(CKK_GENERIC_SECRET, SALT, CK_TRUE);
	same_bytes(derived(base, mechanism, TEMPLATE(OPEN)), PRK);
	hkdf.salt_key = key_of(CKK_HKDF, SALT, CK_TRUE);
	same_bytes(derived(base, mechanism, TEMPLATE(OPEN)), PRK);

	ok(p11->C_DestroyObject(session, hkdf.salt_key));
	assert_rv(derive_rv(base, mechanism, TEMPLATE(OPEN), &key), CKR_KEY_HANDLE_INVALID);
	hkdf.salt_key = key_of(CKK_GENERIC_SECRET, SALT, CK_FALSE);
	assert_rv(derive_rv(base, mechanism, TEMPLATE(OPEN), &key), CKR_KEY_FUNCTION_NOT_PERMITTED);
	hkdf.salt_key = key_aes(session, CK_FALSE);
	assert_rv(derive_rv(base, mechanism, TEMPLATE(OPEN), &key), CKR_KEY_TYPE_INCONSISTENT);
	key_pair_ec(session, p256, false, pair);
	hkdf.salt_key = pair[0];
	assert_rv(derive_rv(base, mechanism, TEMPLATE(OPEN), &key), CKR_KEY_TYPE_INCONSISTENT);
	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_HKDF),
		BYTES(CKA_VALUE, SALT), YES(CKA_DERIVE),
		ATTRIBUTE(CKA_ALLOWED_MECHANISMS, &(CK_MECHANISM_TYPE){ CKM_SHA256_HMAC },
		    sizeof(CK_MECHANISM_TYPE))),
	    &hkdf.salt_key));
	assert_rv(derive_rv(base, mechanism, TEMPLATE(OPEN), &key), CKR_MECHANISM_INVALID);
}

/* A step that is not asked for does not look at what is its own; one that is refuses nonsense. */
static void
test_hkdf_parameters(void **state)
{
	struct pkcs11_hkdf_params hkdf = hkdf_of(CK_TRUE, CK_FALSE);
	CK_MECHANISM *mechanism = MECHANISM_WITH(CKM_HKDF_DERIVE, &hkdf);
	CK_OBJECT_HANDLE base, key;

	(void)state;
	base = key_of(CKK_HKDF, IKM, CK_TRUE);
	hkdf.info_len = 1UL << 40;
	ok(derive_rv(base, mechanism, TEMPLATE(OPEN), &key));
	hkdf.expand = CK_TRUE;
	assert_rv(derive_rv(base, mechanism, TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, 32)), &key),
	    CKR_MECHANISM_PARAM_INVALID);
	hkdf.info_len = 5;
	assert_rv(derive_rv(base, mechanism, TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, 32)), &key),
	    CKR_MECHANISM_PARAM_INVALID);
	hkdf.info_len = 0;
	hkdf.salt_type = 0;
	assert_rv(derive_rv(base, mechanism, TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, 32)), &key),
	    CKR_MECHANISM_PARAM_INVALID);
	hkdf.extract = CK_FALSE;
	ok(derive_rv(base, mechanism, TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, 32)), &key));
	hkdf.extract = CK_TRUE;
	hkdf.salt_type = CKF_HKDF_SALT_DATA;
	hkdf.salt_len = 7;
	assert_rv(derive_rv(base, mechanism, TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, 32)), &key),
	    CKR_MECHANISM_PARAM_INVALID);
}

/* CKM_HKDF_KEY_GEN and the steps of HKDF in a row, with no value outside. */
static void
test_hkdf_schedule(void **state)
{
	struct pkcs11_hkdf_params hkdf = hkdf_of(CK_TRUE, CK_FALSE);
	CK_MECHANISM *mechanism = MECHANISM_WITH(CKM_HKDF_DERIVE, &hkdf);
	CK_OBJECT_HANDLE base, prk, key;

	(void)state;
	ok(p11->C_GenerateKey(session, MECHANISM(CKM_HKDF_KEY_GEN),
	    TEMPLATE(
		ULONG(CKA_VALUE_LEN, 32), YES(CKA_SENSITIVE), NO(CKA_EXTRACTABLE), YES(CKA_DERIVE)),
	    &base));
	check(get_ulong(session, base, CKA_KEY_TYPE) == CKK_HKDF);
	ok(derive_rv(base, mechanism,
	    TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_HKDF), YES(CKA_DERIVE), YES(CKA_SENSITIVE),
		NO(CKA_EXTRACTABLE)),
	    &prk));
	check(get_bool(session, prk, CKA_ALWAYS_SENSITIVE));
	check(get_bool(session, prk, CKA_NEVER_EXTRACTABLE));
	hkdf = hkdf_of(CK_FALSE, CK_TRUE);
	ok(derive_rv(prk, mechanism,
	    TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_AES), YES(CKA_SENSITIVE), YES(CKA_EXTRACTABLE)),
	    &key));
	check(get_ulong(session, key, CKA_VALUE_LEN) == 32);
	check(get_bool(session, key, CKA_ALWAYS_SENSITIVE));
	check(!get_bool(session, key, CKA_NEVER_EXTRACTABLE));
	check(!get_bool(session, key, CKA_LOCAL));
	assert_rv(
	    derive_rv(prk, mechanism, TEMPLATE(YES(CKA_SENSITIVE), ULONG(CKA_VALUE_LEN, 13)), &key),
	    CKR_KEY_SIZE_RANGE);
}

/* --- digests --------------------------------------------------------------------------------- */

/* Any secret key has a digest, whose start is what a shorter key is. */
static void
test_digest_of_any_key(void **state)
{
	static const CK_KEY_TYPE types[] = { CKK_GENERIC_SECRET, CKK_HKDF, CKK_AES, CKK_CHACHA20,
		CKK_SHA256_HMAC };
	/* NIST CAVP, SHA256ShortMsg, Len = 256. */
	struct view value =
	    unhex("09fc1accc230a205e4a208e64a8f204291f581a12756392da4b8c0cf5ef02b95");
	struct view digest =
	    unhex("4f44c1c7fbebb6f9601829f3897bfd650c56fa07844be76489076356ac1886a4");
	CK_MECHANISM *mechanism = MECHANISM(CKM_SHA256_KEY_DERIVATION);
	CK_OBJECT_HANDLE base, key;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(types); i++) {
		base = key_of(types[i], value, CK_TRUE);
		same_bytes(derived(base, mechanism, TEMPLATE(OPEN)), digest);
		same_bytes(derived(base, mechanism, TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, 5))),
		    view_of(digest.data, 5));
		same_bytes(
		    derived(base, mechanism,
			TEMPLATE(OPEN, ULONG(CKA_KEY_TYPE, CKK_AES), ULONG(CKA_VALUE_LEN, 16))),
		    view_of(digest.data, 16));
	}
	/* SHA-224 has 28 bytes, of which AES takes 24; ChaCha20 wants 32. */
	mechanism->mechanism = CKM_SHA224_KEY_DERIVATION;
	check(derived(base, mechanism, TEMPLATE(OPEN, ULONG(CKA_KEY_TYPE, CKK_AES))).len == 24);
	assert_rv(derive_rv(base, mechanism, TEMPLATE(ULONG(CKA_VALUE_LEN, 29)), &key),
	    CKR_KEY_SIZE_RANGE);
	assert_rv(derive_rv(base, mechanism, TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_CHACHA20)), &key),
	    CKR_KEY_SIZE_RANGE);
	assert_rv(derive_rv(base, mechanism, TEMPLATE(YES(CKA_SENSITIVE), ULONG(CKA_VALUE_LEN, 13)),
		      &key),
	    CKR_KEY_SIZE_RANGE);
}

/* --- passwords ------------------------------------------------------------------------------- */

/* What is in the structure must be what it is for; the older one has an address at its end. */
static void
test_password_parameters(void **state)
{
	const struct pkcs11_pkcs5_pbkd2_params2 right = { .salt_source = CKZ_SALT_SPECIFIED,
		.salt_source_data = "salt",
		.salt_source_data_len = 4,
		.iterations = 1000,
		.prf = CKP_PKCS5_PBKD2_HMAC_SHA256,
		.password = (CK_UTF8CHAR *)"password",
		.password_len = 8 };
	struct pkcs11_pkcs5_pbkd2_params2 wrong[8];
	CK_ULONG eight = 8;
	CK_OBJECT_HANDLE key;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(wrong); i++)
		wrong[i] = right;
	wrong[0].salt_source = 0;
	wrong[1].salt_source_data = NULL;
	wrong[2].salt_source_data_len = ~0UL;
	wrong[3].prf_data = &eight;
	wrong[4].prf_data_len = sizeof(eight);
	wrong[5].password = NULL;
	wrong[6].password_len = ~0UL;
	wrong[7].password_len = (CK_ULONG)(uintptr_t)&eight;
	for (size_t i = 0; i < COUNT_OF(wrong); i++)
		assert_rv(p11->C_GenerateKey(session, MECHANISM_WITH(CKM_PKCS5_PBKD2, &wrong[i]),
			      TEMPLATE(ULONG(CKA_VALUE_LEN, 32)), &key),
		    CKR_MECHANISM_PARAM_INVALID);
	wrong[0] = right;
	ok(p11->C_GenerateKey(session, MECHANISM_WITH(CKM_PKCS5_PBKD2, &wrong[0]),
	    TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_AES), ULONG(CKA_VALUE_LEN, 32)), &key));
	assert_rv(p11->C_GenerateKey(session, MECHANISM_WITH(CKM_PKCS5_PBKD2, &wrong[0]),
		      TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_RSA), ULONG(CKA_VALUE_LEN, 32)), &key),
	    CKR_TEMPLATE_INCONSISTENT);
}

/* A hidden secret that all values can be tried for gives nothing that would tell which it is. */
static void
test_short_hidden_base(void **state)
{
	CK_OBJECT_HANDLE base, key;

	(void)state;
	for (size_t len = 13; len <= 14; len++) {
		ok(p11->C_CreateObject(session,
		    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY),
			ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET), YES(CKA_DERIVE),
			YES(CKA_SENSITIVE), ATTRIBUTE(CKA_VALUE, IKM.data, len)),
		    &base));
		assert_rv(
		    derive_rv(base, MECHANISM(CKM_SHA256_KEY_DERIVATION), TEMPLATE(OPEN), &key),
		    len < 14 ? CKR_KEY_SIZE_RANGE : CKR_OK);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_kdf(test_hkdf_longest),
		test_kdf(test_hkdf_no_length),
		test_kdf(test_hkdf_salt_key),
		test_kdf(test_hkdf_parameters),
		test_kdf(test_hkdf_schedule),
		test_kdf(test_digest_of_any_key),
		test_kdf(test_password_parameters),
		test_kdf(test_short_hidden_base),
	};

	return test_main(tests, NULL, NULL);
}
