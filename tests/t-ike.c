/* SPDX-License-Identifier: Apache-2.0 */
/*
 * IKE beyond its bytes, which are t-vectors' business: of what type and length the
 * keys are, parameters that make no sense, a hidden base key that would come out,
 * and a negotiation from the agreed secret to the keys of a child, all hidden.
 */
#include "tests/client.h"

static CK_SLOT_ID slot;
static CK_SESSION_HANDLE session;

static int
begin(void **state)
{
	module_fresh(state);
	slot = token_make("ike");
	session = session_user(slot);
	return 0;
}

#define test_ike(function) cmocka_unit_test_setup_teardown(function, begin, module_stopped)

#define OPEN NO(CKA_SENSITIVE), YES(CKA_EXTRACTABLE)
#define HIDDEN YES(CKA_SENSITIVE), NO(CKA_EXTRACTABLE)

/* The base keys are this long. */
#define KEY_LEN 32

static CK_OBJECT_HANDLE
key_of(CK_KEY_TYPE type, CK_BBOOL hidden, CK_BBOOL derives)
{
	CK_OBJECT_HANDLE key;

	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, type),
		BYTES(CKA_VALUE,
		    unhex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")),
		BOOL(CKA_SENSITIVE, hidden), BOOL(CKA_EXTRACTABLE, !hidden),
		BOOL(CKA_DERIVE, derives)),
	    &key));
	return key;
}

static CK_RV
derive(CK_OBJECT_HANDLE base, CK_MECHANISM *mechanism, CK_ATTRIBUTE *template, CK_ULONG count,
    CK_OBJECT_HANDLE *key)
{
	*key = CK_INVALID_HANDLE;
	return p11->C_DeriveKey(session, mechanism, base, template, count, key);
}

/* Refused with this code, and no object is there that was not before. */
static void
assert_none(CK_RV expected, CK_OBJECT_HANDLE base, CK_MECHANISM *mechanism, CK_ATTRIBUTE *template,
    CK_ULONG count)
{
	CK_ULONG before = find(session, NO_TEMPLATE, NULL);
	CK_OBJECT_HANDLE key;

	assert_rv(derive(base, mechanism, template, count, &key), expected);
	check(find(session, NO_TEMPLATE, NULL) == before);
}

/* All PRFs, the types of their keys, and the bytes they give. */
static const struct {
	CK_MECHANISM_TYPE prf;
	CK_KEY_TYPE type;
	CK_ULONG size;
} prfs[] = {
	{ CKM_SHA_1_HMAC, CKK_SHA_1_HMAC, 20 },
	{ CKM_SHA224_HMAC, CKK_SHA224_HMAC, 28 },
	{ CKM_SHA256_HMAC, CKK_SHA256_HMAC, 32 },
	{ CKM_SHA384_HMAC, CKK_SHA384_HMAC, 48 },
	{ CKM_SHA512_HMAC, CKK_SHA512_HMAC, 64 },
	{ CKM_SHA512_224_HMAC, CKK_SHA512_224_HMAC, 28 },
	{ CKM_SHA512_256_HMAC, CKK_SHA512_256_HMAC, 32 },
	{ CKM_SHA3_224_HMAC, CKK_SHA3_224_HMAC, 28 },
	{ CKM_SHA3_256_HMAC, CKK_SHA3_256_HMAC, 32 },
	{ CKM_SHA3_384_HMAC, CKK_SHA3_384_HMAC, 48 },
	{ CKM_SHA3_512_HMAC, CKK_SHA3_512_HMAC, 64 },
	{ CKM_AES_CMAC, CKK_AES, 16 },
};

static CK_BYTE nonces[2][32] = { "the initiator's", "the responder's" };

/* By the nonces over the base key. */
static struct pkcs11_ike_prf_derive_params
prf_of(CK_MECHANISM_TYPE prf)
{
	return (struct pkcs11_ike_prf_derive_params){ .prf_mechanism = prf,
		.data_as_key = CK_TRUE,
		.ni = nonces[0],
		.ni_len = sizeof(nonces[0]),
		.nr = nonces[1],
		.nr_len = sizeof(nonces[1]) };
}

static struct pkcs11_ike2_prf_plus_derive_params
plus_of(CK_MECHANISM_TYPE prf)
{
	return (struct pkcs11_ike2_prf_plus_derive_params){
		.prf_mechanism = prf, .seed_data = nonces[0], .seed_data_len = sizeof(nonces[0])
	};
}

static struct pkcs11_ike1_prf_derive_params
ike1_of(CK_MECHANISM_TYPE prf, CK_OBJECT_HANDLE gxy)
{
	return (struct pkcs11_ike1_prf_derive_params){ .prf_mechanism = prf,
		.keygxy = gxy,
		.cky_i = nonces[0],
		.cky_i_len = 8,
		.cky_r = nonces[1],
		.cky_r_len = 8 };
}

/* --- types and lengths ----------------------------------------------------------------------- */

/* 6.64.3: a key for the PRF where the template is silent, and as long as its output. */
static void
test_first_key(void **state)
{
	CK_OBJECT_HANDLE base, key, named;

	(void)state;
	base = key_of(CKK_GENERIC_SECRET, CK_FALSE, CK_TRUE);
	for (size_t i = 0; i < COUNT_OF(prfs); i++) {
		struct pkcs11_ike_prf_derive_params in = prf_of(prfs[i].prf);
		CK_MECHANISM *mechanism = MECHANISM_WITH(CKM_IKE_PRF_DERIVE, &in);

		ok(derive(base, mechanism, NO_TEMPLATE, &key));
		check(get_ulong(session, key, CKA_KEY_TYPE) == prfs[i].type);
		check(get_ulong(session, key, CKA_VALUE_LEN) == prfs[i].size);
		ok(derive(base, mechanism, TEMPLATE(ULONG(CKA_KEY_TYPE, prfs[i].type)), &named));
		same_bytes(get_bytes(session, key, CKA_CHECK_VALUE),
		    get_bytes(session, named, CKA_CHECK_VALUE));
		ok(derive(base, mechanism,
		    TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET),
			ULONG(CKA_VALUE_LEN, prfs[i].size)),
		    &key));
		check(get_ulong(session, key, CKA_KEY_TYPE) == CKK_GENERIC_SECRET);
		assert_none(CKR_KEY_SIZE_RANGE, base, mechanism,
		    TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET),
			ULONG(CKA_VALUE_LEN, prfs[i].size - 1)));
		assert_none(CKR_KEY_SIZE_RANGE, base, mechanism,
		    TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET),
			ULONG(CKA_VALUE_LEN, prfs[i].size + 1)));
	}
	/* Of 20 bytes no key of AES can be made that has all of them. */
	{
		struct pkcs11_ike_prf_derive_params in = prf_of(CKM_SHA_1_HMAC);

		assert_none(CKR_KEY_SIZE_RANGE, base, MECHANISM_WITH(CKM_IKE_PRF_DERIVE, &in),
		    TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_AES)));
	}
}

/* 6.64.4: the template names the type; it may cut the end. */
static void
test_ike1_keys(void **state)
{
	CK_OBJECT_HANDLE base, key;
	struct pkcs11_ike1_prf_derive_params in;
	CK_MECHANISM *mechanism = MECHANISM_WITH(CKM_IKE1_PRF_DERIVE, &in);
	struct view whole;

	(void)state;
	base = key_of(CKK_SHA256_HMAC, CK_FALSE, CK_TRUE);
	in = ike1_of(CKM_SHA256_HMAC, base);
	assert_none(CKR_TEMPLATE_INCOMPLETE, base, mechanism, TEMPLATE(OPEN));
	assert_none(
	    CKR_TEMPLATE_INCOMPLETE, base, mechanism, TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, 32)));
	ok(derive(base, mechanism, TEMPLATE(OPEN, ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET)), &key));
	whole = get_bytes(session, key, CKA_VALUE);
	check(whole.len == 32);
	ok(derive(base, mechanism,
	    TEMPLATE(OPEN, ULONG(CKA_KEY_TYPE, CKK_AES), ULONG(CKA_VALUE_LEN, 16)), &key));
	same_bytes(get_bytes(session, key, CKA_VALUE), view_of(whole.data, 16));
	assert_none(CKR_KEY_SIZE_RANGE, base, mechanism,
	    TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET), ULONG(CKA_VALUE_LEN, 33)));
}

/* 6.64.5 and 6.64.6: a length there must be, of 255 blocks at most. */
static void
test_streams(void **state)
{
	struct pkcs11_ike1_extended_derive_params extended;
	struct pkcs11_ike2_prf_plus_derive_params plus;
	CK_MECHANISM *mechanisms[] = {
		MECHANISM_WITH(CKM_IKE2_PRF_PLUS_DERIVE, &plus),
		MECHANISM_WITH(CKM_IKE1_EXTENDED_DERIVE, &extended),
	};
	CK_OBJECT_HANDLE base, key;

	(void)state;
	base = key_of(CKK_GENERIC_SECRET, CK_FALSE, CK_TRUE);
	for (size_t i = 0; i < COUNT_OF(prfs); i++) {
		const CK_ULONG most = 255 * prfs[i].size;

		plus = plus_of(prfs[i].prf);
		extended = (struct pkcs11_ike1_extended_derive_params){
			.prf_mechanism = prfs[i].prf, .extra_data = nonces[0], .extra_data_len = 1
		};
		for (size_t n = 0; n < COUNT_OF(mechanisms); n++) {
			struct view longest;

			assert_none(CKR_TEMPLATE_INCOMPLETE, base, mechanisms[n], TEMPLATE(OPEN));
			assert_none(CKR_TEMPLATE_INCOMPLETE, base, mechanisms[n],
			    TEMPLATE(OPEN, ULONG(CKA_KEY_TYPE, CKK_AES)));
			assert_none(CKR_KEY_SIZE_RANGE, base, mechanisms[n],
			    TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, most + 1)));
			ok(derive(
			    base, mechanisms[n], TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, most)), &key));
			check(get_ulong(session, key, CKA_KEY_TYPE) == CKK_GENERIC_SECRET);
			longest = get_bytes(session, key, CKA_VALUE);
			ok(derive(base, mechanisms[n],
			    TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, prfs[i].size + 1)), &key));
			same_bytes(get_bytes(session, key, CKA_VALUE),
			    view_of(longest.data, prfs[i].size + 1));
		}
	}
}

/* --- parameters that make no sense ----------------------------------------------------------- */

static void
test_prf_parameters(void **state)
{
	static const CK_MECHANISM_TYPE unknown[] = { 0, CKM_SHA256, CKM_AES_XCBC_MAC, CKM_MD5_HMAC,
		CKM_DES3_CMAC, CKM_AES_CMAC_GENERAL, ~0UL };
	static CK_BYTE many[257];
	CK_OBJECT_HANDLE base, barred;
	struct pkcs11_ike_prf_derive_params in;
	CK_MECHANISM *mechanism = MECHANISM_WITH(CKM_IKE_PRF_DERIVE, &in);
	CK_OBJECT_HANDLE key;

	(void)state;
	base = key_of(CKK_GENERIC_SECRET, CK_FALSE, CK_TRUE);
	barred = key_of(CKK_GENERIC_SECRET, CK_FALSE, CK_FALSE);
	for (size_t i = 0; i < COUNT_OF(unknown); i++) {
		in = prf_of(unknown[i]);
		assert_none(CKR_MECHANISM_PARAM_INVALID, base, mechanism, NO_TEMPLATE);
	}
	in = prf_of(CKM_SHA256_HMAC);
	in.ni = NULL;
	assert_none(CKR_MECHANISM_PARAM_INVALID, base, mechanism, NO_TEMPLATE);
	in.ni_len = 0;
	assert_none(CKR_MECHANISM_PARAM_INVALID, base, mechanism, NO_TEMPLATE);
	in = prf_of(CKM_SHA256_HMAC);
	in.nr_len = ~0UL;
	assert_none(CKR_MECHANISM_PARAM_INVALID, base, mechanism, NO_TEMPLATE);
	/* RFC 7296, 3.9: the longest nonce. */
	in.nr = many;
	in.nr_len = 257;
	assert_none(CKR_MECHANISM_PARAM_INVALID, base, mechanism, NO_TEMPLATE);
	in.ni = many;
	in.ni_len = in.nr_len = 256;
	ok(derive(base, mechanism, NO_TEMPLATE, &key));
	in.data_as_key = CK_FALSE;
	ok(derive(base, mechanism, NO_TEMPLATE, &key));
	in.rekey = CK_TRUE;
	assert_none(CKR_KEY_HANDLE_INVALID, base, mechanism, NO_TEMPLATE);
	in.new_key = barred;
	assert_none(CKR_KEY_FUNCTION_NOT_PERMITTED, base, mechanism, NO_TEMPLATE);
	in.new_key = base;
	in.data_as_key = CK_TRUE;
	assert_none(CKR_ARGUMENTS_BAD, base, mechanism, NO_TEMPLATE);
	assert_none(CKR_KEY_FUNCTION_NOT_PERMITTED, barred, mechanism, NO_TEMPLATE);
}

static void
test_other_parameters(void **state)
{
	struct pkcs11_ike1_extended_derive_params extended = { .prf_mechanism = CKM_SHA256_HMAC };
	struct pkcs11_ike2_prf_plus_derive_params plus = plus_of(CKM_SHA256_HMAC);
	struct pkcs11_ike1_prf_derive_params ike1;
	CK_ATTRIBUTE wanted[] = { ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET),
		ULONG(CKA_VALUE_LEN, 32) };
	CK_OBJECT_HANDLE base;

	(void)state;
	base = key_of(CKK_GENERIC_SECRET, CK_FALSE, CK_TRUE);
	plus.seed_data = NULL;
	assert_none(CKR_MECHANISM_PARAM_INVALID, base,
	    MECHANISM_WITH(CKM_IKE2_PRF_PLUS_DERIVE, &plus), wanted, COUNT_OF(wanted));
	plus = plus_of(CKM_SHA256_HMAC);
	plus.seed_data_len = 1UL << 32;
	assert_none(CKR_MECHANISM_PARAM_INVALID, base,
	    MECHANISM_WITH(CKM_IKE2_PRF_PLUS_DERIVE, &plus), wanted, COUNT_OF(wanted));
	plus = plus_of(CKM_SHA256_HMAC);
	plus.has_seed_key = CK_TRUE;
	assert_none(CKR_KEY_HANDLE_INVALID, base, MECHANISM_WITH(CKM_IKE2_PRF_PLUS_DERIVE, &plus),
	    wanted, COUNT_OF(wanted));
	extended.extra_data_len = 1;
	assert_none(CKR_MECHANISM_PARAM_INVALID, base,
	    MECHANISM_WITH(CKM_IKE1_EXTENDED_DERIVE, &extended), wanted, COUNT_OF(wanted));
	extended.extra_data_len = 0;
	extended.has_keygxy = CK_TRUE;
	assert_none(CKR_KEY_HANDLE_INVALID, base,
	    MECHANISM_WITH(CKM_IKE1_EXTENDED_DERIVE, &extended), wanted, COUNT_OF(wanted));
	ike1 = ike1_of(CKM_SHA256_HMAC, CK_INVALID_HANDLE);
	assert_none(CKR_KEY_HANDLE_INVALID, base, MECHANISM_WITH(CKM_IKE1_PRF_DERIVE, &ike1),
	    wanted, COUNT_OF(wanted));
	ike1 = ike1_of(CKM_SHA256_HMAC, base);
	ike1.has_prev_key = CK_TRUE;
	assert_none(CKR_KEY_HANDLE_INVALID, base, MECHANISM_WITH(CKM_IKE1_PRF_DERIVE, &ike1),
	    wanted, COUNT_OF(wanted));
	ike1.has_prev_key = CK_FALSE;
	ike1.cky_r = NULL;
	assert_none(CKR_MECHANISM_PARAM_INVALID, base, MECHANISM_WITH(CKM_IKE1_PRF_DERIVE, &ike1),
	    wanted, COUNT_OF(wanted));
}

/* --- hidden keys ----------------------------------------------------------------------------- */

/* Appendix B of RFC 2409 takes the base key itself where that is long enough. */
static void
test_truncation(void **state)
{
	struct pkcs11_ike1_extended_derive_params in = { .prf_mechanism = CKM_SHA512_HMAC };
	CK_MECHANISM *mechanism = MECHANISM_WITH(CKM_IKE1_EXTENDED_DERIVE, &in);
	CK_OBJECT_HANDLE open, hidden, key;

	(void)state;
	open = key_of(CKK_GENERIC_SECRET, CK_FALSE, CK_TRUE);
	hidden = key_of(CKK_GENERIC_SECRET, CK_TRUE, CK_TRUE);
	ok(derive(open, mechanism, TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, 20)), &key));
	same_bytes(get_bytes(session, key, CKA_VALUE),
	    view_of(get_bytes(session, open, CKA_VALUE).data, 20));
	for (CK_ULONG len = 1; len <= KEY_LEN; len++) {
		assert_none(CKR_KEY_FUNCTION_NOT_PERMITTED, hidden, mechanism,
		    TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, len)));
		assert_none(CKR_KEY_FUNCTION_NOT_PERMITTED, hidden, mechanism,
		    TEMPLATE(HIDDEN, ULONG(CKA_VALUE_LEN, len)));
	}
	/* Longer than the key, or with any data, it is the PRF's output. */
	ok(derive(hidden, mechanism, TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, KEY_LEN + 1)), &key));
	in.extra_data = nonces[0];
	in.extra_data_len = 1;
	ok(derive(hidden, mechanism, TEMPLATE(HIDDEN, ULONG(CKA_VALUE_LEN, 20)), &key));
	in.extra_data_len = 0;
	in.has_keygxy = CK_TRUE;
	in.keygxy = open;
	ok(derive(hidden, mechanism, TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, 20)), &key));
}

/* Hidden from the agreed secret on: SKEYSEED, SK_d, a child's keys, the next SKEYSEED. */
static void
test_negotiation(void **state)
{
	struct pkcs11_ike_prf_derive_params first = prf_of(CKM_SHA256_HMAC);
	struct pkcs11_ike2_prf_plus_derive_params plus = plus_of(CKM_SHA256_HMAC);
	CK_OBJECT_HANDLE pair[2], agreed, seed, stream, next;
	CK_ECDH1_DERIVE_PARAMS ecdh = { .kdf = CKD_NULL };
	struct view point;

	(void)state;
	key_pair_ec(session, p256, false, pair);
	point = get_bytes(session, pair[0], CKA_EC_POINT);
	ecdh.pPublicData = (CK_BYTE *)point.data;
	ecdh.ulPublicDataLen = point.len;
	ok(derive(pair[1], MECHANISM_WITH(CKM_ECDH1_DERIVE, &ecdh), TEMPLATE(HIDDEN), &agreed));
	ok(derive(agreed, MECHANISM_WITH(CKM_IKE_PRF_DERIVE, &first),
	    TEMPLATE(HIDDEN, YES(CKA_DERIVE)), &seed));
	check(get_ulong(session, seed, CKA_KEY_TYPE) == CKK_SHA256_HMAC);
	ok(derive(seed, MECHANISM_WITH(CKM_IKE2_PRF_PLUS_DERIVE, &plus),
	    TEMPLATE(HIDDEN, YES(CKA_DERIVE), ULONG(CKA_VALUE_LEN, 7 * 32)), &stream));
	plus.has_seed_key = CK_TRUE;
	plus.seed_key = agreed;
	ok(derive(stream, MECHANISM_WITH(CKM_IKE2_PRF_PLUS_DERIVE, &plus),
	    TEMPLATE(HIDDEN, ULONG(CKA_VALUE_LEN, 72)), &next));
	first.data_as_key = CK_FALSE;
	first.rekey = CK_TRUE;
	first.new_key = agreed;
	ok(derive(stream, MECHANISM_WITH(CKM_IKE_PRF_DERIVE, &first), TEMPLATE(HIDDEN), &next));
	check(get_bool(session, next, CKA_SENSITIVE) && !get_bool(session, next, CKA_EXTRACTABLE));
	check(get_rv(session, next, CKA_VALUE) == CKR_ATTRIBUTE_SENSITIVE);
	check(!get_bool(session, next, CKA_LOCAL));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_ike(test_first_key),
		test_ike(test_ike1_keys),
		test_ike(test_streams),
		test_ike(test_prf_parameters),
		test_ike(test_other_parameters),
		test_ike(test_truncation),
		test_ike(test_negotiation),
	};

	return test_main(tests, NULL, NULL);
}
