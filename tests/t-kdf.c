/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keys and data derived from secrets and passwords, and public keys of private ones:
 * how long they may be and what they are without a stated length, other keys that a
 * parameter names, what the outcome inherits, what never comes out.
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

/* --- keys made of others ------------------------------------------------------------------- */

/* A generated key of this length that never leaves. */
static CK_OBJECT_HANDLE
hidden_key(CK_MECHANISM_TYPE generator, CK_ULONG len)
{
	CK_OBJECT_HANDLE key;

	ok(p11->C_GenerateKey(session, MECHANISM(generator),
	    TEMPLATE(ULONG(CKA_VALUE_LEN, len), YES(CKA_SENSITIVE), NO(CKA_EXTRACTABLE),
		YES(CKA_DERIVE), YES(CKA_SIGN)),
	    &key));
	return key;
}

#define LONG 32
static CK_BYTE zeros[2 * LONG];

static CK_KEY_DERIVATION_STRING_DATA
string_of(CK_ULONG len)
{
	return (CK_KEY_DERIVATION_STRING_DATA){ zeros, len };
}

/* Refused, with this code, and nothing is there that was not. */
static void
gives_no_key(CK_OBJECT_HANDLE base, CK_MECHANISM *mechanism, CK_ATTRIBUTE *template, CK_ULONG count,
    CK_RV expected)
{
	CK_ULONG before = find(session, NO_TEMPLATE, NULL);
	CK_OBJECT_HANDLE key;

	assert_rv(derive_rv(base, mechanism, template, count, &key), expected);
	check(key == CK_INVALID_HANDLE && find(session, NO_TEMPLATE, NULL) == before);
}

/* The result of a derivation that shows its hidden inputs: as hidden, and whole. */
static void
keeps_hidden(CK_OBJECT_HANDLE base, CK_MECHANISM *mechanism, CK_ULONG whole)
{
	CK_OBJECT_HANDLE key;

	gives_no_key(base, mechanism, TEMPLATE(NO(CKA_SENSITIVE)), CKR_TEMPLATE_INCONSISTENT);
	gives_no_key(base, mechanism, TEMPLATE(YES(CKA_EXTRACTABLE)), CKR_TEMPLATE_INCONSISTENT);
	gives_no_key(base, mechanism, TEMPLATE(OPEN), CKR_TEMPLATE_INCONSISTENT);
	for (CK_ULONG len = 1; len < whole; len++)
		gives_no_key(
		    base, mechanism, TEMPLATE(ULONG(CKA_VALUE_LEN, len)), CKR_KEY_SIZE_RANGE);
	ok(derive_rv(base, mechanism, NO_TEMPLATE, &key));
	check(get_bool(session, key, CKA_SENSITIVE) && !get_bool(session, key, CKA_EXTRACTABLE));
	check(get_ulong(session, key, CKA_VALUE_LEN) == whole);
	check(!get_bool(session, key, CKA_LOCAL));
	assert_rv(get_rv(session, key, CKA_VALUE), CKR_ATTRIBUTE_SENSITIVE);
}

/*
 * A32 to A34, A63: with a known part and a cut, a hidden key would come out one byte and
 * 256 guesses at a time: its beginning, or, behind 31 known bytes, its beginning again.
 */
static void
test_hidden_with_data(void **state)
{
	static const CK_ULONG lengths[] = { 0, 1, LONG - 1, LONG };
	CK_KEY_DERIVATION_STRING_DATA one = string_of(1), twice = string_of(2 * LONG);
	CK_OBJECT_HANDLE base = hidden_key(CKM_GENERIC_SECRET_KEY_GEN, LONG), key;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(lengths); i++) {
		CK_KEY_DERIVATION_STRING_DATA data = string_of(lengths[i]);

		keeps_hidden(
		    base, MECHANISM_WITH(CKM_CONCATENATE_BASE_AND_DATA, &data), LONG + lengths[i]);
		keeps_hidden(
		    base, MECHANISM_WITH(CKM_CONCATENATE_DATA_AND_BASE, &data), LONG + lengths[i]);
	}
	for (CK_ULONG len = 1; len < LONG; len++) {
		CK_KEY_DERIVATION_STRING_DATA mask = string_of(len);

		gives_no_key(base, MECHANISM_WITH(CKM_XOR_BASE_AND_DATA, &mask),
		    TEMPLATE(YES(CKA_SENSITIVE), NO(CKA_EXTRACTABLE)), CKR_KEY_SIZE_RANGE);
	}
	keeps_hidden(base, MECHANISM_WITH(CKM_XOR_BASE_AND_DATA, &twice), LONG);
	/* What is inherited is inherited of the inherited. */
	ok(derive_rv(base, MECHANISM_WITH(CKM_CONCATENATE_BASE_AND_DATA, &one),
	    TEMPLATE(YES(CKA_DERIVE)), &key));
	check(get_bool(session, key, CKA_ALWAYS_SENSITIVE));
	check(get_bool(session, key, CKA_NEVER_EXTRACTABLE));
	gives_no_key(key, MECHANISM_WITH(CKM_EXTRACT_KEY_FROM_KEY, &(CK_ULONG){ 0 }),
	    TEMPLATE(ULONG(CKA_VALUE_LEN, LONG)), CKR_KEY_FUNCTION_NOT_PERMITTED);
}

/* A35, A63: no part of a hidden key is a key. */
static void
test_hidden_extracted(void **state)
{
	CK_OBJECT_HANDLE base = hidden_key(CKM_GENERIC_SECRET_KEY_GEN, LONG);
	CK_ULONG offset = 0;
	CK_MECHANISM *mechanism = MECHANISM_WITH(CKM_EXTRACT_KEY_FROM_KEY, &offset);

	(void)state;
	for (CK_ULONG len = 1; len <= LONG; len++) {
		offset = 8 * (LONG - len);
		gives_no_key(base, mechanism,
		    TEMPLATE(YES(CKA_SENSITIVE), NO(CKA_EXTRACTABLE), ULONG(CKA_VALUE_LEN, len)),
		    CKR_KEY_FUNCTION_NOT_PERMITTED);
	}
	gives_no_key(base, mechanism, TEMPLATE(NO(CKA_SENSITIVE), ULONG(CKA_VALUE_LEN, 16)),
	    CKR_KEY_FUNCTION_NOT_PERMITTED);
}

/* A36: of two keys the stricter counts, whichever comes first. */
static void
test_hidden_with_key(void **state)
{
	CK_OBJECT_HANDLE hidden = hidden_key(CKM_GENERIC_SECRET_KEY_GEN, LONG), other;
	CK_OBJECT_HANDLE open = key_of(CKK_GENERIC_SECRET, view_of(zeros, LONG - 1), CK_TRUE), key;
	CK_MECHANISM *mechanism = MECHANISM_WITH(CKM_CONCATENATE_BASE_AND_KEY, &other);

	(void)state;
	other = open;
	keeps_hidden(hidden, mechanism, 2 * LONG - 1);
	other = hidden;
	keeps_hidden(open, mechanism, 2 * LONG - 1);
	keeps_hidden(hidden, mechanism, 2 * LONG);
	/* Created here, and so neither for ever. */
	ok(derive_rv(open, mechanism, NO_TEMPLATE, &key));
	check(!get_bool(session, key, CKA_ALWAYS_SENSITIVE));
	check(!get_bool(session, key, CKA_NEVER_EXTRACTABLE));
	other = open;
	ok(derive_rv(open, mechanism, TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, 3)), &key));
	check(get_bytes(session, key, CKA_VALUE).len == 3);
}

/* A37, A38: encrypting under a hidden key gives nothing that can be read, or guessed. */
static void
test_hidden_encrypting(void **state)
{
	CK_OBJECT_HANDLE base = hidden_key(CKM_AES_KEY_GEN, LONG), key;
	CK_KEY_DERIVATION_STRING_DATA data = string_of(LONG);
	CK_AES_CBC_ENCRYPT_DATA_PARAMS chained = { .pData = zeros, .length = LONG };
	CK_MECHANISM *mechanisms[] = { MECHANISM_WITH(CKM_AES_ECB_ENCRYPT_DATA, &data),
		MECHANISM_WITH(CKM_AES_CBC_ENCRYPT_DATA, &chained) };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(mechanisms); i++) {
		gives_no_key(
		    base, mechanisms[i], TEMPLATE(NO(CKA_SENSITIVE)), CKR_TEMPLATE_INCONSISTENT);
		gives_no_key(
		    base, mechanisms[i], TEMPLATE(YES(CKA_EXTRACTABLE)), CKR_TEMPLATE_INCONSISTENT);
		for (CK_ULONG len = 1; len < 14; len++)
			gives_no_key(base, mechanisms[i], TEMPLATE(ULONG(CKA_VALUE_LEN, len)),
			    CKR_KEY_SIZE_RANGE);
		ok(derive_rv(base, mechanisms[i], TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_AES)), &key));
		check(get_ulong(session, key, CKA_VALUE_LEN) == LONG);
		assert_rv(get_rv(session, key, CKA_VALUE), CKR_ATTRIBUTE_SENSITIVE);
	}
}

/* The other key must be one, of the right kind, that may serve. */
static void
test_other_key(void **state)
{
	CK_OBJECT_HANDLE base = key_of(CKK_GENERIC_SECRET, IKM, CK_TRUE), other, pair[2];
	CK_MECHANISM *mechanism = MECHANISM_WITH(CKM_CONCATENATE_BASE_AND_KEY, &other);

	(void)state;
	other = CK_INVALID_HANDLE;
	gives_no_key(base, mechanism, TEMPLATE(OPEN), CKR_KEY_HANDLE_INVALID);
	other = key_of(CKK_GENERIC_SECRET, SALT, CK_FALSE);
	gives_no_key(base, mechanism, TEMPLATE(OPEN), CKR_KEY_FUNCTION_NOT_PERMITTED);
	key_pair_ec(session, p256, false, pair);
	for (size_t i = 0; i < COUNT_OF(pair); i++) {
		other = pair[i];
		gives_no_key(base, mechanism, TEMPLATE(OPEN), CKR_KEY_TYPE_INCONSISTENT);
	}
}

/* Without a length, a type takes what it can of all there is (NSS: CKK_HKDF, for hybrids). */
static void
test_joined_lengths(void **state)
{
	CK_OBJECT_HANDLE base = key_of(CKK_GENERIC_SECRET, view_of(zeros, LONG), CK_TRUE), other;
	CK_MECHANISM *mechanism = MECHANISM_WITH(CKM_CONCATENATE_BASE_AND_KEY, &other);

	(void)state;
	other = key_of(CKK_HKDF, view_of(zeros, LONG), CK_TRUE);
	check(derived(base, mechanism, TEMPLATE(OPEN, ULONG(CKA_KEY_TYPE, CKK_HKDF))).len ==
	    2 * LONG);
	check(derived(base, mechanism, TEMPLATE(OPEN, ULONG(CKA_KEY_TYPE, CKK_AES))).len == 32);
	check(
	    derived(base, mechanism, TEMPLATE(OPEN, ULONG(CKA_KEY_TYPE, CKK_CHACHA20))).len == 32);
	gives_no_key(base, mechanism,
	    TEMPLATE(OPEN, ULONG(CKA_KEY_TYPE, CKK_AES), ULONG(CKA_VALUE_LEN, 20)),
	    CKR_TEMPLATE_INCONSISTENT);
	mechanism->mechanism = CKM_EXTRACT_KEY_FROM_KEY;
	other = 0;
	base = key_of(CKK_GENERIC_SECRET, view_of(zeros, 28), CK_TRUE);
	check(derived(base, mechanism, TEMPLATE(OPEN, ULONG(CKA_KEY_TYPE, CKK_AES))).len == 24);
}

/* --- data ------------------------------------------------------------------------------------ */

/* An expansion with this info into a data object. */
static CK_RV
data_rv(CK_OBJECT_HANDLE base, struct view info, CK_OBJECT_HANDLE *data)
{
	struct pkcs11_hkdf_params hkdf = hkdf_of(CK_FALSE, CK_TRUE);

	hkdf.info = (CK_BYTE *)info.data;
	hkdf.info_len = info.len;
	return derive_rv(base, MECHANISM_WITH(CKM_HKDF_DATA, &hkdf),
	    TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), ULONG(CKA_VALUE_LEN, 12)), data);
}

/* CKP_HKDF_TLS_TOKEN: IVs come of a key that does not; as the profile and as the RFCs have them. */
static void
test_data_of_hidden(void **state)
{
	static const struct view ivs[] = {
		VIEW_LITERAL("\x00\x0ctls iv\x00"),
		VIEW_LITERAL("\x00\x0ctls quic iv\x00"),
		VIEW_LITERAL("\x00\x0c\x08tls13 iv\x00"),
		VIEW_LITERAL("\x00\x0c\x0dtls13 quic iv\x00"),
		VIEW_LITERAL("\x00\x0c\x0ftls13 quicv2 iv\x00"),
		VIEW_LITERAL("\x00\x0c\x08"
			     "dtls13iv\x00"),
	};
	static const struct view others[] = {
		VIEW_NONE,
		VIEW_LITERAL("\x00"),
		VIEW_LITERAL("tls iv"),
		VIEW_LITERAL("\x00\x0ctls iv"),
		VIEW_LITERAL("\x00\x0ctls iv\x01"),
		VIEW_LITERAL("\x00\x0ctls iv\x00\x00"),
		VIEW_LITERAL("\x00\x0ctls key\x00"),
		VIEW_LITERAL("\x00\x10\x09tls13 key\x00"),
		VIEW_LITERAL("\x00\x0c\x09tls13 iv\x00"),
		VIEW_LITERAL("\x00\x0c\x08tls13 iv\x01\x00"),
	};
	CK_OBJECT_HANDLE base = hidden_key(CKM_HKDF_KEY_GEN, LONG), data, again;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(ivs); i++) {
		ok(data_rv(base, ivs[i], &data));
		check(get_ulong(session, data, CKA_CLASS) == CKO_DATA);
		check(get_bytes(session, data, CKA_VALUE).len == 12);
		ok(data_rv(base, ivs[i], &again));
		same_bytes(
		    get_bytes(session, data, CKA_VALUE), get_bytes(session, again, CKA_VALUE));
	}
	for (size_t i = 0; i < COUNT_OF(others); i++)
		assert_rv(data_rv(base, others[i], &data), CKR_KEY_FUNCTION_NOT_PERMITTED);
	base = key_of(CKK_HKDF, IKM, CK_TRUE);
	for (size_t i = 0; i < COUNT_OF(others); i++)
		ok(data_rv(base, others[i], &data));
}

/* A label is no licence for the step before: an extraction gives the key of all expansions. */
static void
test_data_extracted(void **state)
{
	struct pkcs11_hkdf_params hkdf = hkdf_of(CK_TRUE, CK_FALSE);
	CK_OBJECT_HANDLE base = hidden_key(CKM_HKDF_KEY_GEN, LONG), data;

	(void)state;
	hkdf.info = (CK_BYTE *)"\x00\x0ctls iv";
	hkdf.info_len = 9;
	assert_rv(derive_rv(base, MECHANISM_WITH(CKM_HKDF_DATA, &hkdf),
		      TEMPLATE(ULONG(CKA_CLASS, CKO_DATA)), &data),
	    CKR_KEY_FUNCTION_NOT_PERMITTED);
	hkdf.expand = CK_TRUE;
	ok(derive_rv(base, MECHANISM_WITH(CKM_HKDF_DATA, &hkdf),
	    TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), ULONG(CKA_VALUE_LEN, 12)), &data));
	assert_rv(derive_rv(base, MECHANISM_WITH(CKM_HKDF_DATA, &hkdf),
		      TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_VALUE_LEN, 12)), &data),
	    CKR_TEMPLATE_INCONSISTENT);
}

/* NSS hands HKDF its input as a data object, and a public value is no such thing. */
static void
test_data_as_base(void **state)
{
	struct pkcs11_hkdf_params hkdf = hkdf_of(CK_TRUE, CK_FALSE);
	CK_MECHANISM *mechanism = MECHANISM_WITH(CKM_HKDF_DERIVE, &hkdf);
	CK_OBJECT_HANDLE data, key;

	(void)state;
	hkdf.salt_type = CKF_HKDF_SALT_DATA;
	hkdf.salt = (CK_BYTE *)SALT.data;
	hkdf.salt_len = SALT.len;
	ok(p11->C_CreateObject(
	    session, TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), BYTES(CKA_VALUE, IKM)), &data));
	same_bytes(derived(data, mechanism, TEMPLATE(OPEN)), PRK);
	ok(derive_rv(data, mechanism, TEMPLATE(YES(CKA_SENSITIVE), NO(CKA_EXTRACTABLE)), &key));
	check(!get_bool(session, key, CKA_ALWAYS_SENSITIVE));
	check(!get_bool(session, key, CKA_NEVER_EXTRACTABLE));
	gives_no_key(
	    data, MECHANISM(CKM_SHA256_KEY_DERIVATION), TEMPLATE(OPEN), CKR_KEY_HANDLE_INVALID);
}

/* --- public keys ----------------------------------------------------------------------------- */

static CK_OBJECT_HANDLE
published(CK_OBJECT_HANDLE private_key, CK_ATTRIBUTE *template, CK_ULONG count)
{
	CK_OBJECT_HANDLE key;

	ok(derive_rv(private_key, MECHANISM(CKM_PUB_KEY_FROM_PRIV_KEY), template, count, &key));
	check(get_ulong(session, key, CKA_CLASS) == CKO_PUBLIC_KEY);
	return key;
}

/* The public half is the one that was made with the private, does what it undoes, is called alike.
 */
static void
test_public_key(void **state)
{
	CK_OBJECT_HANDLE pair[2], key;

	(void)state;
	key_pair_rsa(session, 2048, pair);
	ok(set_one(session, pair[1], TEXT(CKA_ID, "the pair")));
	ok(set_one(session, pair[1], TEXT(CKA_SUBJECT, "whose")));
	key = published(pair[1], NO_TEMPLATE);
	same_bytes(get_bytes(session, key, CKA_MODULUS), get_bytes(session, pair[0], CKA_MODULUS));
	same_bytes(get_bytes(session, key, CKA_PUBLIC_KEY_INFO),
	    get_bytes(session, pair[0], CKA_PUBLIC_KEY_INFO));
	check(get_ulong(session, key, CKA_MODULUS_BITS) == 2048);
	check(get_bool(session, key, CKA_ENCRYPT) == get_bool(session, pair[1], CKA_DECRYPT));
	check(get_bool(session, key, CKA_VERIFY) == get_bool(session, pair[1], CKA_SIGN));
	check(get_bool(session, key, CKA_WRAP) == get_bool(session, pair[1], CKA_UNWRAP));
	check(get_bool(session, key, CKA_DERIVE) == get_bool(session, pair[1], CKA_DERIVE));
	same_bytes(get_bytes(session, key, CKA_ID), text("the pair"));
	same_bytes(get_bytes(session, key, CKA_SUBJECT), text("whose"));
	check(get_ulong(session, key, CKA_KEY_GEN_MECHANISM) == CKM_RSA_PKCS_KEY_PAIR_GEN);
	check(!get_bool(session, key, CKA_TOKEN) && !get_bool(session, key, CKA_PRIVATE));
	check(!get_bool(session, key, CKA_LOCAL) && !get_bool(session, key, CKA_TRUSTED));
	check(get_bool(session, key, CKA_DESTROYABLE));
	ok(p11->C_DestroyObject(session, key));
}

/* No permission is asked for; what the template says comes first, if it is a public key's. */
static void
test_public_key_templates(void **state)
{
	CK_MECHANISM *mechanism = MECHANISM(CKM_PUB_KEY_FROM_PRIV_KEY);
	CK_OBJECT_HANDLE pair[2], key;

	(void)state;
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_EC_KEY_PAIR_GEN),
	    TEMPLATE(BYTES(CKA_EC_PARAMS, p384)),
	    TEMPLATE(YES(CKA_SIGN), NO(CKA_DERIVE), YES(CKA_SENSITIVE)), &pair[0], &pair[1]));
	key = published(pair[1], TEMPLATE(YES(CKA_TOKEN), TEXT(CKA_LABEL, "mine"), NO(CKA_VERIFY)));
	same_bytes(
	    get_bytes(session, key, CKA_EC_POINT), get_bytes(session, pair[0], CKA_EC_POINT));
	check(get_bool(session, key, CKA_TOKEN) && !get_bool(session, key, CKA_VERIFY));
	same_bytes(get_bytes(session, key, CKA_LABEL), text("mine"));
	key = published(pair[1], TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_EC)));
	check(get_bool(session, key, CKA_VERIFY) && !get_bool(session, key, CKA_ENCRYPT));
	gives_no_key(pair[1], mechanism, TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY)),
	    CKR_TEMPLATE_INCONSISTENT);
	gives_no_key(
	    pair[1], mechanism, TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_RSA)), CKR_TEMPLATE_INCONSISTENT);
	gives_no_key(pair[0], mechanism, NO_TEMPLATE, CKR_KEY_TYPE_INCONSISTENT);
	gives_no_key(key_aes(session, CK_FALSE), mechanism, NO_TEMPLATE, CKR_KEY_TYPE_INCONSISTENT);
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
		test_kdf(test_hidden_with_data),
		test_kdf(test_hidden_extracted),
		test_kdf(test_hidden_with_key),
		test_kdf(test_hidden_encrypting),
		test_kdf(test_other_key),
		test_kdf(test_joined_lengths),
		test_kdf(test_data_of_hidden),
		test_kdf(test_data_extracted),
		test_kdf(test_data_as_base),
		test_kdf(test_public_key),
		test_kdf(test_public_key_templates),
		test_kdf(test_password_parameters),
		test_kdf(test_short_hidden_base),
	};

	return test_main(tests, NULL, NULL);
}
