/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a key may be used for and how its secrets stay hidden: the attacks of the
 * literature that work through the interface alone (Clulow 2003; Delaune, Kremer
 * and Steel 2008; Bortolozzo and others 2010), each as a sequence of calls with
 * the answer that stops it, at the policy level "standard".  What the templates of a key,
 * its allowed mechanisms and trust do is here for one mechanism; t-vectors tries it on all.
 */
#include "tests/client.h"
#include "tests/peer.h"

#include <openssl/core_names.h>

static CK_SLOT_ID slot;
static CK_SESSION_HANDLE session;

static int
begin(void **state)
{
	module_fresh(state);
	slot = token_make("policy");
	session = session_user(slot);
	return 0;
}

#define test_policy(function) cmocka_unit_test_setup_teardown(function, begin, module_stopped)

#define CBC_PAD (&(CK_MECHANISM){ CKM_AES_CBC_PAD, (CK_BYTE[16]){ 0 }, 16 })

static CK_RV
generate_rv(CK_ATTRIBUTE *template, CK_ULONG count, CK_OBJECT_HANDLE *key)
{
	*key = CK_INVALID_HANDLE;
	return p11->C_GenerateKey(session, MECHANISM(CKM_AES_KEY_GEN), template, count, key);
}

/* An AES-256 key with these attributes beside. */
#define generated(...)                                                                             \
	generated_as((CK_ATTRIBUTE[]){ ULONG(CKA_VALUE_LEN, 32), __VA_ARGS__ },                    \
	    sizeof((CK_ATTRIBUTE[]){ ULONG(CKA_VALUE_LEN, 32), __VA_ARGS__ }) /                    \
		sizeof(CK_ATTRIBUTE))
static CK_OBJECT_HANDLE
generated_as(CK_ATTRIBUTE *template, CK_ULONG count)
{
	CK_OBJECT_HANDLE key;

	ok(generate_rv(template, count, &key));
	return key;
}

static CK_OBJECT_HANDLE
imported(CK_BBOOL sensitive, CK_BBOOL extractable)
{
	CK_OBJECT_HANDLE key;

	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_AES),
		BOOL(CKA_SENSITIVE, sensitive), BOOL(CKA_EXTRACTABLE, extractable),
		BYTES(CKA_VALUE, unhex("2b7e151628aed2a6abf7158809cf4f3c"))),
	    &key));
	return key;
}

static CK_RV
copy_rv(CK_OBJECT_HANDLE key, CK_ATTRIBUTE attribute, CK_OBJECT_HANDLE *copy)
{
	*copy = CK_INVALID_HANDLE;
	return p11->C_CopyObject(session, key, &attribute, 1, copy);
}

/* --- reading -------------------------------------------------------------------------- */

/* A01, A02 */
static void
test_value_hidden(void **state)
{
	CK_OBJECT_HANDLE keys[] = { imported(CK_TRUE, CK_TRUE), imported(CK_FALSE, CK_FALSE),
		imported(CK_TRUE, CK_FALSE) };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		CK_BYTE value[32];
		CK_ULONG len = 0;
		CK_ATTRIBUTE both[] = { { CKA_VALUE, value, sizeof(value) },
			{ CKA_VALUE_LEN, &len, sizeof(len) } };

		memset(value, 0x5a, sizeof(value));
		assert_rv(
		    p11->C_GetAttributeValue(session, keys[i], both, 2), CKR_ATTRIBUTE_SENSITIVE);
		check(both[0].ulValueLen == CK_UNAVAILABLE_INFORMATION && len == 16);
		for (size_t at = 0; at < sizeof(value); at++)
			check(value[at] == 0x5a);
		assert_rv(get_rv(session, keys[i], CKA_VALUE), CKR_ATTRIBUTE_SENSITIVE);
	}
}

/* A03 */
static void
test_private_parts_hidden(void **state)
{
	static const CK_ATTRIBUTE_TYPE hidden[] = { CKA_PRIVATE_EXPONENT, CKA_PRIME_1, CKA_PRIME_2,
		CKA_EXPONENT_1, CKA_EXPONENT_2, CKA_COEFFICIENT };
	CK_OBJECT_HANDLE rsa[2], ec[2];

	(void)state;
	key_pair_rsa(session, 2048, rsa);
	key_pair_ec(session, p256, false, ec);
	for (size_t i = 0; i < COUNT_OF(hidden); i++)
		assert_rv(get_rv(session, rsa[1], hidden[i]), CKR_ATTRIBUTE_SENSITIVE);
	check(get_bytes(session, rsa[1], CKA_MODULUS).len == 256);
	assert_rv(get_rv(session, ec[1], CKA_VALUE), CKR_ATTRIBUTE_SENSITIVE);
}

/* A59, A60 */
static void
test_no_search_by_secret(void **state)
{
	struct view value = unhex("2b7e151628aed2a6abf7158809cf4f3c");

	(void)state;
	imported(CK_TRUE, CK_FALSE);
	imported(CK_FALSE, CK_FALSE);
	check(find(session, TEMPLATE(BYTES(CKA_VALUE, value)), NULL) == 0);
	check(find(session, TEMPLATE(BYTES(CKA_VALUE, unhex("00"))), NULL) == 0);
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), BYTES(CKA_VALUE, value)),
		  NULL) == 0);
}

/* --- stickiness ------------------------------------------------------------------------- */

/* A04, A05, A16 */
static void
test_one_way(void **state)
{
	CK_OBJECT_HANDLE key = generated(NO(CKA_SENSITIVE), YES(CKA_EXTRACTABLE));
	CK_OBJECT_HANDLE safe = generated(YES(CKA_SENSITIVE), NO(CKA_EXTRACTABLE));

	(void)state;
	check(get_bool(session, safe, CKA_ALWAYS_SENSITIVE));
	check(get_bool(session, safe, CKA_NEVER_EXTRACTABLE));
	assert_rv(set_one(session, safe, NO(CKA_SENSITIVE)), CKR_ATTRIBUTE_READ_ONLY);
	assert_rv(set_one(session, safe, YES(CKA_EXTRACTABLE)), CKR_ATTRIBUTE_READ_ONLY);
	ok(set_one(session, safe, YES(CKA_SENSITIVE))); /* what it is already */
	ok(set_one(session, key, YES(CKA_SENSITIVE)));
	ok(set_one(session, key, NO(CKA_EXTRACTABLE)));
	check(!get_bool(session, key, CKA_ALWAYS_SENSITIVE));
	check(!get_bool(session, key, CKA_NEVER_EXTRACTABLE));
	assert_rv(get_rv(session, key, CKA_VALUE), CKR_ATTRIBUTE_SENSITIVE);
}

/* A07, A08, A09 */
static void
test_copies_stay_hidden(void **state)
{
	CK_OBJECT_HANDLE safe = generated(YES(CKA_SENSITIVE), NO(CKA_EXTRACTABLE)), copy;
	CK_OBJECT_HANDLE open = generated(NO(CKA_SENSITIVE), YES(CKA_EXTRACTABLE));

	(void)state;
	refused(copy_rv(safe, NO(CKA_SENSITIVE), &copy));
	refused(copy_rv(safe, YES(CKA_EXTRACTABLE), &copy));
	ok(copy_rv(safe, YES(CKA_TOKEN), &copy));
	check(get_bool(session, copy, CKA_SENSITIVE) && !get_bool(session, copy, CKA_EXTRACTABLE));
	check(get_bool(session, copy, CKA_ALWAYS_SENSITIVE));
	check(get_bool(session, copy, CKA_NEVER_EXTRACTABLE));
	ok(p11->C_CopyObject(
	    session, open, TEMPLATE(YES(CKA_SENSITIVE), NO(CKA_EXTRACTABLE)), &copy));
	check(!get_bool(session, copy, CKA_ALWAYS_SENSITIVE));
	check(!get_bool(session, copy, CKA_NEVER_EXTRACTABLE));
}

/* A10: a copy does not outlive the login that its original needs. */
static void
test_no_public_copy(void **state)
{
	CK_OBJECT_HANDLE key = generated(YES(CKA_SENSITIVE), YES(CKA_TOKEN)), copy;

	(void)state;
	assert_rv(copy_rv(key, NO(CKA_PRIVATE), &copy), CKR_TEMPLATE_INCONSISTENT);
	check(copy == CK_INVALID_HANDLE);
}

/* Copies gain no use, and what was cleared stays cleared in them. */
static void
test_copies_gain_nothing(void **state)
{
	static const CK_ATTRIBUTE_TYPE uses[] = { CKA_ENCRYPT, CKA_DECRYPT, CKA_SIGN, CKA_VERIFY,
		CKA_WRAP, CKA_UNWRAP, CKA_DERIVE };
	CK_OBJECT_HANDLE key = generated(NO(CKA_ENCRYPT), NO(CKA_DECRYPT), NO(CKA_SIGN),
	    NO(CKA_VERIFY), NO(CKA_WRAP), NO(CKA_UNWRAP), NO(CKA_DERIVE));

	(void)state;
	for (size_t i = 0; i < COUNT_OF(uses); i++) {
		CK_OBJECT_HANDLE copy;

		check(!get_bool(session, key, uses[i]));
		if (copy_rv(key, YES(uses[i]), &copy) == CKR_OK)
			check(!get_bool(session, copy, uses[i]));
	}
}

/* A15 */
static void
test_no_false_history(void **state)
{
	CK_OBJECT_HANDLE key;

	(void)state;
	if (generate_rv(
		TEMPLATE(ULONG(CKA_VALUE_LEN, 16), NO(CKA_SENSITIVE), YES(CKA_ALWAYS_SENSITIVE)),
		&key) == CKR_OK)
		check(!get_bool(session, key, CKA_ALWAYS_SENSITIVE));
	key = generated(NO(CKA_SENSITIVE));
	check(!get_bool(session, key, CKA_ALWAYS_SENSITIVE));
	check(get_bool(session, key, CKA_LOCAL));
}

/* --- uses ----------------------------------------------------------------------------------- */

/* A52 */
static void
test_uses_off(void **state)
{
	CK_OBJECT_HANDLE aes = generated(NO(CKA_ENCRYPT), NO(CKA_DECRYPT), NO(CKA_WRAP),
	    NO(CKA_UNWRAP), NO(CKA_SIGN), NO(CKA_VERIFY), NO(CKA_DERIVE), YES(CKA_EXTRACTABLE));
	CK_OBJECT_HANDLE pair[2], made = CK_INVALID_HANDLE;
	CK_BYTE blob[64];
	CK_ULONG len = sizeof(blob);
	CK_ECDH1_DERIVE_PARAMS ecdh = { .kdf = CKD_NULL };
	PEER_KEY peer = peer_ec("P-256");
	struct view point = peer_point(peer);

	(void)state;
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_EC_KEY_PAIR_GEN),
	    TEMPLATE(BYTES(CKA_EC_PARAMS, p256), NO(CKA_VERIFY)),
	    TEMPLATE(NO(CKA_SIGN), NO(CKA_DERIVE)), &pair[0], &pair[1]));
	ecdh.pPublicData = (CK_BYTE *)point.data;
	ecdh.ulPublicDataLen = point.len;
#define NOT_PERMITTED(call) assert_rv(call, CKR_KEY_FUNCTION_NOT_PERMITTED)
	NOT_PERMITTED(p11->C_EncryptInit(session, CBC_PAD, aes));
	NOT_PERMITTED(p11->C_DecryptInit(session, CBC_PAD, aes));
	NOT_PERMITTED(p11->C_WrapKey(session, CBC_PAD, aes, aes, blob, &len));
	NOT_PERMITTED(p11->C_UnwrapKey(session, CBC_PAD, aes, blob, 32,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_AES)), &made));
	NOT_PERMITTED(p11->C_SignInit(session, MECHANISM(CKM_ECDSA), pair[1]));
	NOT_PERMITTED(p11->C_VerifyInit(session, MECHANISM(CKM_ECDSA), pair[0]));
	NOT_PERMITTED(p11->C_DeriveKey(session, MECHANISM_WITH(CKM_ECDH1_DERIVE, &ecdh), pair[1],
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_VALUE_LEN, 32)), &made));
#undef NOT_PERMITTED
	check(made == CK_INVALID_HANDLE);
}

/* A50 */
static void
test_allowed_mechanisms(void **state)
{
	CK_MECHANISM_TYPE allowed[] = { CKM_SHA256_RSA_PKCS };
	CK_RSA_PKCS_OAEP_PARAMS oaep = { CKM_SHA256, CKG_MGF1_SHA256, CKZ_DATA_SPECIFIED, NULL, 0 };
	CK_OBJECT_HANDLE public, private;

	(void)state;
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_RSA_PKCS_KEY_PAIR_GEN),
	    TEMPLATE(ULONG(CKA_MODULUS_BITS, 2048)),
	    TEMPLATE(YES(CKA_SIGN), YES(CKA_DECRYPT), YES(CKA_UNWRAP),
		ATTRIBUTE(CKA_ALLOWED_MECHANISMS, allowed, sizeof(allowed))),
	    &public, &private));
	same_bytes(
	    get_bytes(session, private, CKA_ALLOWED_MECHANISMS), view_of(allowed, sizeof(allowed)));
	assert_rv(p11->C_DecryptInit(session, MECHANISM_WITH(CKM_RSA_PKCS_OAEP, &oaep), private),
	    CKR_MECHANISM_INVALID);
	ok(p11->C_SignInit(session, MECHANISM(CKM_SHA256_RSA_PKCS), private));
}

/* A27: only the SO says whom to trust. */
static void
test_trusted(void **state)
{
	CK_OBJECT_HANDLE key, target = generated(YES(CKA_EXTRACTABLE), YES(CKA_WRAP_WITH_TRUSTED));
	CK_OBJECT_HANDLE wrapper = generated(YES(CKA_WRAP)), copy;
	CK_BYTE blob[64];
	CK_ULONG len = sizeof(blob);

	(void)state;
	refused(generate_rv(TEMPLATE(ULONG(CKA_VALUE_LEN, 32), YES(CKA_TRUSTED)), &key));
	refused(set_one(session, wrapper, YES(CKA_TRUSTED)));
	assert_rv(
	    p11->C_WrapKey(session, CBC_PAD, wrapper, target, blob, &len), CKR_KEY_NOT_WRAPPABLE);
	assert_rv(set_one(session, target, NO(CKA_WRAP_WITH_TRUSTED)), CKR_ATTRIBUTE_READ_ONLY);
	refused(copy_rv(target, NO(CKA_WRAP_WITH_TRUSTED), &copy));
	ok(set_one(session, wrapper, YES(CKA_WRAP_WITH_TRUSTED)));
}

/* --- wrapping and unwrapping ------------------------------------------------------------------ */

static struct view
wrapped(CK_OBJECT_HANDLE wrapper, CK_OBJECT_HANDLE target)
{
	CK_BYTE *blob = scratch(128);
	CK_ULONG len = 128;

	ok(p11->C_WrapKey(session, CBC_PAD, wrapper, target, blob, &len));
	return view_of(blob, len);
}

/* A26 */
static void
test_unextractable_stays(void **state)
{
	CK_OBJECT_HANDLE wrapper = generated(YES(CKA_WRAP)),
			 target = generated(NO(CKA_EXTRACTABLE));
	CK_BYTE blob[64];
	CK_ULONG len = sizeof(blob);

	(void)state;
	assert_rv(
	    p11->C_WrapKey(session, CBC_PAD, wrapper, target, blob, &len), CKR_KEY_UNEXTRACTABLE);
	assert_rv(
	    p11->C_WrapKey(session, CBC_PAD, wrapper, target, NULL, &len), CKR_KEY_UNEXTRACTABLE);
}

/* A17: a key that was outside has no past in here. */
static void
test_unwrapped_has_no_past(void **state)
{
	CK_OBJECT_HANDLE wrapper = generated(YES(CKA_WRAP), YES(CKA_UNWRAP));
	CK_OBJECT_HANDLE target = generated(YES(CKA_EXTRACTABLE), YES(CKA_SENSITIVE)), back;
	struct view blob = wrapped(wrapper, target);

	(void)state;
	ok(p11->C_UnwrapKey(session, CBC_PAD, wrapper, (CK_BYTE *)blob.data, blob.len,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_AES),
		YES(CKA_SENSITIVE), NO(CKA_EXTRACTABLE)),
	    &back));
	check(!get_bool(session, back, CKA_ALWAYS_SENSITIVE));
	check(!get_bool(session, back, CKA_NEVER_EXTRACTABLE));
	check(!get_bool(session, back, CKA_LOCAL));
	check(get_ulong(session, back, CKA_VALUE_LEN) == 32);
	refused(p11->C_UnwrapKey(session, CBC_PAD, wrapper, (CK_BYTE *)blob.data, blob.len,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_AES),
		YES(CKA_ALWAYS_SENSITIVE)),
	    &back));
	ok(p11->C_UnwrapKey(session, CBC_PAD, wrapper, (CK_BYTE *)blob.data, blob.len,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_AES)), &back));
	check(get_bool(session, back, CKA_EXTRACTABLE));
}

/* A45: what was wrapped as one type does not become another of a wrong size. */
static void
test_unwrapped_type(void **state)
{
	CK_OBJECT_HANDLE wrapper = generated(YES(CKA_WRAP), YES(CKA_UNWRAP)), back;
	CK_OBJECT_HANDLE target = generated(YES(CKA_EXTRACTABLE));
	struct view blob = wrapped(wrapper, target);
	static const struct {
		CK_OBJECT_CLASS class;
		CK_KEY_TYPE type;
	} wrong[] = { { CKO_SECRET_KEY, CKK_DES3 }, { CKO_PRIVATE_KEY, CKK_RSA },
		{ CKO_PRIVATE_KEY, CKK_EC }, { CKO_DATA, 0 } };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(wrong); i++)
		refused(p11->C_UnwrapKey(session, CBC_PAD, wrapper, (CK_BYTE *)blob.data, blob.len,
		    TEMPLATE(ULONG(CKA_CLASS, wrong[i].class), ULONG(CKA_KEY_TYPE, wrong[i].type)),
		    &back));
	assert_rv(p11->C_UnwrapKey(session, CBC_PAD, wrapper, (CK_BYTE *)blob.data, blob.len,
		      TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY)), &back),
	    CKR_TEMPLATE_INCOMPLETE);
	/* A44: a part of a key is easier to guess than the key */
	assert_rv(p11->C_UnwrapKey(session, CBC_PAD, wrapper, (CK_BYTE *)blob.data, blob.len,
		      TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY),
			  ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET), ULONG(CKA_VALUE_LEN, 1)),
		      &back),
	    CKR_WRAPPED_KEY_LEN_RANGE);
}

/* A51 */
static void
test_templates_bind(void **state)
{
	CK_ATTRIBUTE unwrap[] = { YES(CKA_SENSITIVE), NO(CKA_EXTRACTABLE) };
	CK_ATTRIBUTE wrap[] = { TEXT(CKA_LABEL, "may be wrapped") };
	CK_OBJECT_HANDLE wrapper = generated(YES(CKA_WRAP), YES(CKA_UNWRAP),
	    ATTRIBUTE(CKA_UNWRAP_TEMPLATE, unwrap, sizeof(unwrap)),
	    ATTRIBUTE(CKA_WRAP_TEMPLATE, wrap, sizeof(wrap)));
	CK_OBJECT_HANDLE fits = generated(YES(CKA_EXTRACTABLE), TEXT(CKA_LABEL, "may be wrapped"));
	CK_OBJECT_HANDLE other = generated(YES(CKA_EXTRACTABLE), TEXT(CKA_LABEL, "may not")), back;
	struct view blob = wrapped(wrapper, fits);
	CK_BYTE out[64];
	CK_ULONG len = sizeof(out);

	(void)state;
	assert_rv(
	    p11->C_WrapKey(session, CBC_PAD, wrapper, other, out, &len), CKR_KEY_HANDLE_INVALID);
	assert_rv(p11->C_UnwrapKey(session, CBC_PAD, wrapper, (CK_BYTE *)blob.data, blob.len,
		      TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_AES),
			  NO(CKA_SENSITIVE)),
		      &back),
	    CKR_TEMPLATE_INCONSISTENT);
	ok(p11->C_UnwrapKey(session, CBC_PAD, wrapper, (CK_BYTE *)blob.data, blob.len,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_AES)), &back));
	check(get_bool(session, back, CKA_SENSITIVE) && !get_bool(session, back, CKA_EXTRACTABLE));
}

/* The same for derivation. */
static void
test_derive_template_binds(void **state)
{
	CK_ATTRIBUTE demands[] = { YES(CKA_SENSITIVE), NO(CKA_EXTRACTABLE),
		TEXT(CKA_LABEL, "by decree") };
	PEER_KEY peer = peer_ec("P-256");
	struct view point = peer_point(peer);
	CK_ECDH1_DERIVE_PARAMS ecdh = { CKD_NULL, 0, NULL, point.len, (CK_BYTE *)point.data };
	CK_MECHANISM *mechanism = MECHANISM_WITH(CKM_ECDH1_DERIVE, &ecdh);
	CK_OBJECT_HANDLE pair[2], key;

	(void)state;
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_EC_KEY_PAIR_GEN),
	    TEMPLATE(BYTES(CKA_EC_PARAMS, p256)),
	    TEMPLATE(YES(CKA_DERIVE), ATTRIBUTE(CKA_DERIVE_TEMPLATE, demands, sizeof(demands))),
	    &pair[0], &pair[1]));
	assert_rv(p11->C_DeriveKey(session, mechanism, pair[1], TEMPLATE(NO(CKA_SENSITIVE)), &key),
	    CKR_TEMPLATE_INCONSISTENT);
	ok(p11->C_DeriveKey(session, mechanism, pair[1], NO_TEMPLATE, &key));
	check(get_bool(session, key, CKA_SENSITIVE) && !get_bool(session, key, CKA_EXTRACTABLE));
	same_bytes(get_bytes(session, key, CKA_LABEL), text("by decree"));
}

/* A27, whole: with the SO's word the wrapping goes. */
static void
test_trusted_by_so(void **state)
{
	CK_OBJECT_HANDLE wrapper, target, public;
	CK_RSA_PKCS_OAEP_PARAMS oaep = { CKM_SHA256, CKG_MGF1_SHA256, CKZ_DATA_SPECIFIED, NULL, 0 };
	PEER_KEY peer = peer_rsa(2048);
	CK_BYTE blob[256];
	CK_ULONG len = sizeof(blob);

	(void)state;
	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY), ULONG(CKA_KEY_TYPE, CKK_RSA), YES(CKA_TOKEN),
		YES(CKA_WRAP), BYTES(CKA_MODULUS, peer_number(peer, OSSL_PKEY_PARAM_RSA_N)),
		BYTES(CKA_PUBLIC_EXPONENT, peer_number(peer, OSSL_PKEY_PARAM_RSA_E))),
	    &public));
	ok(p11->C_Logout(session));
	ok(p11->C_Login(session, CKU_SO, PIN(SO_PIN)));
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY)), &wrapper) == 1);
	ok(set_one(session, wrapper, YES(CKA_TRUSTED)));
	ok(p11->C_Logout(session));
	ok(p11->C_Login(session, CKU_USER, PIN(USER_PIN)));
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY)), &wrapper) == 1);
	check(get_bool(session, wrapper, CKA_TRUSTED));
	target = generated(YES(CKA_EXTRACTABLE), YES(CKA_WRAP_WITH_TRUSTED));
	ok(p11->C_WrapKey(
	    session, MECHANISM_WITH(CKM_RSA_PKCS_OAEP, &oaep), wrapper, target, blob, &len));
}

/* --- generation ---------------------------------------------------------------------------------
 */

/* A58: half a pair is no pair. */
static void
test_pair_or_nothing(void **state)
{
	CK_OBJECT_HANDLE pair[2] = { 0, 0 };
	CK_ULONG before = find(session, NO_TEMPLATE, NULL);

	(void)state;
	refused(p11->C_GenerateKeyPair(session, MECHANISM(CKM_EC_KEY_PAIR_GEN),
	    TEMPLATE(BYTES(CKA_EC_PARAMS, p256), YES(CKA_TOKEN)),
	    TEMPLATE(ULONG(CKA_VENDOR_DEFINED | 1, 1), YES(CKA_TOKEN)), &pair[0], &pair[1]));
	refused(p11->C_GenerateKeyPair(session, MECHANISM(CKM_EC_KEY_PAIR_GEN),
	    TEMPLATE(BYTES(CKA_EC_PARAMS, p256), YES(CKA_TOKEN)),
	    TEMPLATE(BYTES(CKA_VALUE, unhex("01"))), &pair[0], &pair[1]));
	refused(p11->C_GenerateKeyPair(session, MECHANISM(CKM_EC_KEY_PAIR_GEN),
	    TEMPLATE(YES(CKA_TOKEN)), NO_TEMPLATE, &pair[0], &pair[1]));
	check(pair[0] == 0 && pair[1] == 0);
	check(find(session, NO_TEMPLATE, NULL) == before);
}

/* B06, B20 */
static void
test_weak_parameters(void **state)
{
	static const struct {
		CK_ULONG bits;
		const char *exponent;
	} rsa[] = { { 512, "010001" }, { 1024, "010001" }, { 2047, "010001" }, { 20000, "010001" },
		{ 2048, "01" }, { 2048, "02" }, { 2048, "03" }, { 2048, "010000" }, { 2048, "" } };
	PEER_KEY dh = peer_dh("ffdhe2048");
	struct view p = peer_number(dh, OSSL_PKEY_PARAM_FFC_P), composite = copy_of(p.data, p.len);
	struct view primes[] = { copy_of(p.data, 64), composite, p, p, p };
	struct view bases[] = { unhex("02"), unhex("02"), unhex("00"), unhex("01"), p };
	CK_OBJECT_HANDLE pair[2];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rsa); i++)
		refused(p11->C_GenerateKeyPair(session, MECHANISM(CKM_RSA_PKCS_KEY_PAIR_GEN),
		    TEMPLATE(ULONG(CKA_MODULUS_BITS, rsa[i].bits),
			BYTES(CKA_PUBLIC_EXPONENT, unhex(rsa[i].exponent))),
		    NO_TEMPLATE, &pair[0], &pair[1]));
	((CK_BYTE *)composite.data)[100] ^= 0x10;
	for (size_t i = 0; i < COUNT_OF(primes); i++)
		refused(p11->C_GenerateKeyPair(session, MECHANISM(CKM_DH_PKCS_KEY_PAIR_GEN),
		    TEMPLATE(BYTES(CKA_PRIME, primes[i]), BYTES(CKA_BASE, bases[i])), NO_TEMPLATE,
		    &pair[0], &pair[1]));
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY)), NULL) == 0);
}

/* C_DigestKey: what the token digests is the value, of secret keys that are too long to guess. */
static void
test_digest_of_key(void **state)
{
	CK_OBJECT_HANDLE key = imported(CK_TRUE, CK_FALSE), pair[2], small;
	CK_OBJECT_HANDLE derives = imported(CK_TRUE, CK_FALSE);
	struct view value = unhex("2b7e151628aed2a6abf7158809cf4f3c");
	CK_BYTE digest[32];
	CK_ULONG len = sizeof(digest);

	(void)state;
	key_pair_ec(session, p256, false, pair);
	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET),
		YES(CKA_SENSITIVE), BYTES(CKA_VALUE, unhex("4242"))),
	    &small));
	ok(set_one(session, key, NO(CKA_DERIVE)));
	ok(p11->C_DigestInit(session, MECHANISM(CKM_SHA256)));
	ok(p11->C_DigestKey(session, key));
	ok(p11->C_DigestFinal(session, digest, &len));
	same_bytes(view_of(digest, len), peer_digest("SHA256", value));
	ok(p11->C_DigestInit(session, MECHANISM(CKM_SHA256)));
	assert_rv(p11->C_DigestKey(session, small), CKR_KEY_INDIGESTIBLE);
	ok(p11->C_SessionCancel(session, CKF_DIGEST));
	ok(p11->C_DigestInit(session, MECHANISM(CKM_SHA256)));
	assert_rv(p11->C_DigestKey(session, pair[1]), CKR_KEY_INDIGESTIBLE);
	/* A41: its digest is what CKM_SHA256_KEY_DERIVATION makes of it. */
	ok(p11->C_DigestInit(session, MECHANISM(CKM_SHA256)));
	assert_rv(p11->C_DigestKey(session, derives), CKR_KEY_INDIGESTIBLE);
	ok(p11->C_DigestInit(session, MECHANISM(CKM_SHA256)));
	ok(p11->C_DigestKey(session, imported(CK_FALSE, CK_TRUE)));
	ok(p11->C_SessionCancel(session, CKF_DIGEST));
}

/* A42: HMAC(info, 01) is what HKDF expands a key to, and CMAC what SP 800-108 does. */
static void
test_no_oracle_of_derivation(void **state)
{
	static const struct {
		CK_KEY_TYPE type;
		CK_MECHANISM_TYPE mac;
	} macs[] = { { CKK_GENERIC_SECRET, CKM_SHA256_HMAC }, { CKK_SHA512_HMAC, CKM_SHA512_HMAC },
		{ CKK_AES, CKM_AES_CMAC } };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(macs); i++) {
		for (CK_BBOOL hidden = 0; hidden < 2; hidden++) {
			for (CK_BBOOL derives = 0; derives < 2; derives++) {
				CK_OBJECT_HANDLE key;

				ok(p11->C_CreateObject(session,
				    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY),
					ULONG(CKA_KEY_TYPE, macs[i].type),
					BOOL(CKA_SENSITIVE, hidden), BOOL(CKA_DERIVE, derives),
					YES(CKA_SIGN), YES(CKA_VERIFY),
					BYTES(
					    CKA_VALUE, unhex("000102030405060708090a0b0c0d0e0f"))),
				    &key));
				assert_rv(p11->C_SignInit(session, MECHANISM(macs[i].mac), key),
				    hidden && derives ? CKR_KEY_FUNCTION_NOT_PERMITTED : CKR_OK);
				ok(p11->C_VerifyInit(session, MECHANISM(macs[i].mac), key));
				ok(p11->C_SessionCancel(session, CKF_SIGN | CKF_VERIFY));
			}
		}
	}
}

/* A61: the state of a digest that took in a key does not leave. */
static void
test_digest_of_key_stays(void **state)
{
	CK_OBJECT_HANDLE key = generated(YES(CKA_SENSITIVE), YES(CKA_ENCRYPT));
	CK_BYTE saved[512];
	CK_ULONG len = sizeof(saved);

	(void)state;
	ok(p11->C_DigestInit(session, MECHANISM(CKM_SHA256)));
	ok(p11->C_DigestKey(session, key));
	assert_rv(p11->C_GetOperationState(session, saved, &len), CKR_STATE_UNSAVEABLE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_policy(test_value_hidden),
		test_policy(test_private_parts_hidden),
		test_policy(test_no_search_by_secret),
		test_policy(test_one_way),
		test_policy(test_copies_stay_hidden),
		test_policy(test_no_public_copy),
		test_policy(test_copies_gain_nothing),
		test_policy(test_no_false_history),
		test_policy(test_uses_off),
		test_policy(test_allowed_mechanisms),
		test_policy(test_trusted),
		test_policy(test_unextractable_stays),
		test_policy(test_unwrapped_has_no_past),
		test_policy(test_unwrapped_type),
		test_policy(test_templates_bind),
		test_policy(test_derive_template_binds),
		test_policy(test_trusted_by_so),
		test_policy(test_pair_or_nothing),
		test_policy(test_weak_parameters),
		test_policy(test_digest_of_key),
		test_policy(test_no_oracle_of_derivation),
		test_policy(test_digest_of_key_stays),
	};

	return test_main(tests, NULL, NULL);
}
