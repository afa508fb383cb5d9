/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the configuration leaves of the mechanisms: lists of those allowed and denied,
 * and the shortest keys.
 */
#include "tests/client.h"

#include <stdio.h>

static CK_SLOT_ID slot;
static CK_SESSION_HANDLE session;

/* A token made without limits, and then a login under these. */
static void
limited(const char *lines)
{
	if (slot == (CK_SLOT_ID)-1)
		slot = token_make("limits");
	ok(p11->C_Finalize(NULL));
	client_configure(lines);
	ok(p11->C_Initialize(NULL));
	session = session_user(slot);
}

static int
begin(void **state)
{
	slot = (CK_SLOT_ID)-1;
	return module_fresh(state);
}
#define test_limited(function) cmocka_unit_test_setup_teardown(function, begin, module_stopped)

static bool
listed(CK_MECHANISM_TYPE type)
{
	CK_MECHANISM_TYPE list[512];
	CK_ULONG count = COUNT_OF(list), n = 0;
	CK_MECHANISM_INFO info;
	CK_RV rv = p11->C_GetMechanismInfo(slot, type, &info);

	ok(p11->C_GetMechanismList(slot, list, &count));
	while (n < count && list[n] != type)
		n++;
	if (n < count)
		ok(rv);
	else
		assert_rv(rv, CKR_MECHANISM_INVALID);
	return n < count;
}

static CK_ULONG
mechanisms(void)
{
	CK_ULONG count;

	ok(p11->C_GetMechanismList(slot, NULL, &count));
	return count;
}

static CK_ULONG
least(CK_MECHANISM_TYPE type)
{
	CK_MECHANISM_INFO info;

	ok(p11->C_GetMechanismInfo(slot, type, &info));
	return info.ulMinKeySize;
}

static bool
logged(const char *words)
{
	FILE *file = fopen(client_path("log"), "re");
	char line[1024];
	bool found = false;

	while (file != NULL && !found && fgets(line, sizeof(line), file) != NULL)
		found = strstr(line, words) != NULL;
	if (file != NULL)
		fclose(file);
	return found;
}

/* --- what is denied -------------------------------------------------------------------- */

static void
test_denied(void **state)
{
	CK_OBJECT_HANDLE pair[2], key;
	CK_ULONG before;

	(void)state;
	limited("");
	before = mechanisms();
	limited("mechanisms-deny = CKM_SHA_1, CKM_ECDSA,CKM_AES_KEY_GEN\n");
	assert_int_equal(mechanisms(), before - 3);
	check(!listed(CKM_SHA_1) && !listed(CKM_ECDSA) && !listed(CKM_AES_KEY_GEN));
	check(listed(CKM_SHA256) && listed(CKM_ECDSA_SHA1) && listed(CKM_SHA_1_HMAC));
	assert_rv(p11->C_DigestInit(session, MECHANISM(CKM_SHA_1)), CKR_MECHANISM_INVALID);
	ok(p11->C_DigestInit(session, MECHANISM(CKM_SHA256)));
	assert_rv(p11->C_GenerateKey(session, MECHANISM(CKM_AES_KEY_GEN),
		      TEMPLATE(ULONG(CKA_VALUE_LEN, 16)), &key),
	    CKR_MECHANISM_INVALID);
	key_pair_ec(session, p256, false, pair);
	assert_rv(p11->C_SignInit(session, MECHANISM(CKM_ECDSA), pair[1]), CKR_MECHANISM_INVALID);
	assert_rv(p11->C_VerifyInit(session, MECHANISM(CKM_ECDSA), pair[0]), CKR_MECHANISM_INVALID);
	ok(p11->C_SignInit(session, MECHANISM(CKM_ECDSA_SHA1), pair[1]));
}

/* A * stands for whatever else a name has. */
static void
test_pattern(void **state)
{
	(void)state;
	limited("mechanisms-deny = *SHA_1*, *SHA1*\n");
	check(!listed(CKM_SHA_1) && !listed(CKM_SHA_1_HMAC) && !listed(CKM_SHA1_RSA_PKCS));
	check(!listed(CKM_ECDSA_SHA1) && listed(CKM_ECDSA_SHA256) && listed(CKM_SHA256));
}

/* Also where a parameter names it. */
static void
test_nested(void **state)
{
	CK_RSA_PKCS_OAEP_PARAMS oaep = { CKM_SHA256, CKG_MGF1_SHA256, CKZ_DATA_SPECIFIED, NULL, 0 };
	CK_RSA_PKCS_PSS_PARAMS pss = { CKM_SHA256, CKG_MGF1_SHA256, 20 };
	struct pkcs11_hkdf_params hkdf = { CK_TRUE, CK_TRUE, CKM_SHA256, CKF_HKDF_SALT_NULL, NULL,
		0, 0, NULL, 0 };
	CK_ECDH1_DERIVE_PARAMS ecdh = { .kdf = CKD_SHA256_KDF };
	CK_OBJECT_HANDLE rsa[2], ec[2], base, key;
	struct view point;

	(void)state;
	limited("mechanisms-deny = CKM_SHA_1\n");
	key_pair_rsa(session, 2048, rsa);
	ok(p11->C_EncryptInit(session, MECHANISM_WITH(CKM_RSA_PKCS_OAEP, &oaep), rsa[0]));
	ok(p11->C_EncryptInit(session, NULL, 0));
	oaep.hashAlg = CKM_SHA_1;
	assert_rv(p11->C_EncryptInit(session, MECHANISM_WITH(CKM_RSA_PKCS_OAEP, &oaep), rsa[0]),
	    CKR_MECHANISM_PARAM_INVALID);
	oaep.hashAlg = CKM_SHA256;
	oaep.mgf = CKG_MGF1_SHA1;
	assert_rv(p11->C_EncryptInit(session, MECHANISM_WITH(CKM_RSA_PKCS_OAEP, &oaep), rsa[0]),
	    CKR_MECHANISM_PARAM_INVALID);
	ok(p11->C_SignInit(session, MECHANISM_WITH(CKM_RSA_PKCS_PSS, &pss), rsa[1]));
	ok(p11->C_SignInit(session, NULL, 0));
	pss.mgf = CKG_MGF1_SHA1;
	assert_rv(p11->C_SignInit(session, MECHANISM_WITH(CKM_RSA_PKCS_PSS, &pss), rsa[1]),
	    CKR_MECHANISM_PARAM_INVALID);

	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET),
		ATTRIBUTE(CKA_VALUE, "0123456789abcdef0123456789abcdef", 32), YES(CKA_DERIVE)),
	    &base));
	ok(p11->C_DeriveKey(session, MECHANISM_WITH(CKM_HKDF_DERIVE, &hkdf), base,
	    TEMPLATE(ULONG(CKA_VALUE_LEN, 32)), &key));
	hkdf.prf_hash_mechanism = CKM_SHA_1;
	assert_rv(p11->C_DeriveKey(session, MECHANISM_WITH(CKM_HKDF_DERIVE, &hkdf), base,
		      TEMPLATE(ULONG(CKA_VALUE_LEN, 32)), &key),
	    CKR_MECHANISM_PARAM_INVALID);

	key_pair_ec(session, p256, false, ec);
	point = get_bytes(session, ec[0], CKA_EC_POINT);
	ecdh.pPublicData = (CK_BYTE *)point.data;
	ecdh.ulPublicDataLen = point.len;
	ok(set_one(session, ec[1], YES(CKA_DERIVE)));
	ok(p11->C_DeriveKey(session, MECHANISM_WITH(CKM_ECDH1_DERIVE, &ecdh), ec[1],
	    TEMPLATE(ULONG(CKA_VALUE_LEN, 32)), &key));
	ecdh.kdf = CKD_SHA1_KDF;
	assert_rv(p11->C_DeriveKey(session, MECHANISM_WITH(CKM_ECDH1_DERIVE, &ecdh), ec[1],
		      TEMPLATE(ULONG(CKA_VALUE_LEN, 32)), &key),
	    CKR_MECHANISM_PARAM_INVALID);
}

static void
test_allowed(void **state)
{
	(void)state;
	limited("mechanisms-allow = CKM_SHA256, CKM_ECDSA*, CKM_EC_KEY_PAIR_GEN\n"
		"mechanisms-deny = CKM_ECDSA_SHA1\n");
	check(listed(CKM_SHA256) && listed(CKM_ECDSA) && listed(CKM_ECDSA_SHA256));
	check(!listed(CKM_ECDSA_SHA1) && !listed(CKM_SHA384) && !listed(CKM_AES_GCM));
	assert_rv(p11->C_DigestInit(session, MECHANISM(CKM_SHA384)), CKR_MECHANISM_INVALID);
	/* It holds until the next C_Initialize. */
	limited("");
	check(listed(CKM_SHA384));
}

/* --- sizes -------------------------------------------------------------------------------- */

static CK_RV
rsa_generate(CK_ULONG bits, CK_OBJECT_HANDLE pair[2])
{
	return p11->C_GenerateKeyPair(session, MECHANISM(CKM_RSA_PKCS_KEY_PAIR_GEN),
	    TEMPLATE(ULONG(CKA_MODULUS_BITS, bits), YES(CKA_TOKEN), YES(CKA_VERIFY)),
	    TEMPLATE(YES(CKA_TOKEN), YES(CKA_SIGN)), &pair[0], &pair[1]);
}

static CK_RV
ec_generate(struct view curve, CK_OBJECT_HANDLE pair[2])
{
	return p11->C_GenerateKeyPair(session, MECHANISM(CKM_EC_KEY_PAIR_GEN),
	    TEMPLATE(BYTES(CKA_EC_PARAMS, curve), YES(CKA_TOKEN), YES(CKA_VERIFY)),
	    TEMPLATE(YES(CKA_TOKEN), YES(CKA_SIGN)), &pair[0], &pair[1]);
}

/* 5.1.6 has codes of their own for the keys that wrap and unwrap. */
static void
test_wrapping_sizes(CK_OBJECT_HANDLE public_key)
{
	CK_OBJECT_HANDLE private_key, key = key_aes(session, CK_FALSE), out;
	CK_BYTE wrapped[256] = { 0 };
	CK_ULONG len = sizeof(wrapped);

	check(
	    find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY), ULONG(CKA_KEY_TYPE, CKK_RSA)),
		&private_key) == 1);
	assert_rv(
	    p11->C_WrapKey(session, MECHANISM(CKM_RSA_PKCS_OAEP), public_key, key, wrapped, &len),
	    CKR_WRAPPING_KEY_SIZE_RANGE);
	assert_rv(p11->C_UnwrapKey(session, MECHANISM(CKM_RSA_PKCS_OAEP), private_key, wrapped,
		      sizeof(wrapped), TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_AES)), &out),
	    CKR_UNWRAPPING_KEY_SIZE_RANGE);
	assert_rv(p11->C_EncapsulateKey(session, MECHANISM(CKM_RSA_PKCS_OAEP), public_key,
		      TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_AES)), wrapped, &len, &out),
	    CKR_KEY_SIZE_RANGE);
	assert_rv(p11->C_DecapsulateKey(session, MECHANISM(CKM_RSA_PKCS_OAEP), private_key,
		      TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_AES)), wrapped, sizeof(wrapped), &out),
	    CKR_UNWRAPPING_KEY_SIZE_RANGE);
}

/* Shorter keys are neither made nor used; they can be looked at and destroyed. */
static void
test_sizes(void **state)
{
	CK_OBJECT_HANDLE pair[2];

	(void)state;
	limited("");
	ok(rsa_generate(2048, pair));
	ok(ec_generate(p256, pair));
	limited("rsa-least = 3072\nec-least = 384\ndh-least = 3072\n");
	assert_int_equal(least(CKM_RSA_PKCS), 3072);
	assert_int_equal(least(CKM_SHA256_RSA_PKCS), 3072);
	assert_int_equal(least(CKM_RSA_PKCS_KEY_PAIR_GEN), 3072);
	assert_int_equal(least(CKM_ECDSA_SHA256), 384);
	assert_int_equal(least(CKM_EC_KEY_PAIR_GEN), 384);
	assert_int_equal(least(CKM_DH_PKCS_KEY_PAIR_GEN), 3072);
	assert_int_equal(least(CKM_X9_42_DH_DERIVE), 3072);
	assert_int_equal(least(CKM_AES_GCM), 16);
	assert_int_equal(least(CKM_EDDSA), 255);

	assert_rv(rsa_generate(2048, pair), CKR_KEY_SIZE_RANGE);
	assert_rv(ec_generate(p256, pair), CKR_KEY_SIZE_RANGE);
	assert_rv(p11->C_GenerateKey(session, MECHANISM(CKM_DH_PKCS_PARAMETER_GEN),
		      TEMPLATE(ULONG(CKA_PRIME_BITS, 2048)), &pair[0]),
	    CKR_KEY_SIZE_RANGE);
	ok(p11->C_GenerateKey(session, MECHANISM(CKM_DH_PKCS_PARAMETER_GEN),
	    TEMPLATE(ULONG(CKA_PRIME_BITS, 3072)), &pair[0]));
	ok(ec_generate(p384, pair));
	ok(p11->C_SignInit(session, MECHANISM(CKM_ECDSA_SHA256), pair[1]));
	ok(p11->C_SignInit(session, NULL, 0));
	ok(p11->C_DestroyObject(session, pair[0]));
	ok(p11->C_DestroyObject(session, pair[1]));

	check(
	    find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY), ULONG(CKA_KEY_TYPE, CKK_EC)),
		&pair[1]) == 1);
	assert_rv(p11->C_SignInit(session, MECHANISM(CKM_ECDSA), pair[1]), CKR_KEY_SIZE_RANGE);
	check(
	    find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY), ULONG(CKA_KEY_TYPE, CKK_RSA)),
		&pair[0]) == 1);
	assert_rv(p11->C_VerifyInit(session, MECHANISM(CKM_SHA256_RSA_PKCS), pair[0]),
	    CKR_KEY_SIZE_RANGE);
	check(get_ulong(session, pair[0], CKA_MODULUS_BITS) == 2048);
	test_wrapping_sizes(pair[0]);
	ok(p11->C_DestroyObject(session, pair[0]));
}

/* --- mistakes ------------------------------------------------------------------------------- */

/* They are told with their line, and what is right beside them holds. */
static void
test_mistakes(void **state)
{
	CK_ULONG all;

	(void)state;
	limited("");
	all = mechanisms();
	limited("mechanisms-deny = CKM_SHA_1, CKM_SHA_265\nmechanisms-allow = CKM_TYPO\n"
		"rsa-least = 100\nec-least = big\ndh-least = 9000\n");
	check(!listed(CKM_SHA_1) && listed(CKM_SHA256));
	assert_int_equal(mechanisms(), all - 1);
	check(logged("there is no mechanism CKM_SHA_265"));
	check(logged("handfast.conf:3: 'mechanisms-deny' takes names of mechanisms"));
	check(logged("there is no mechanism CKM_TYPO"));
	check(logged("handfast.conf:4: 'mechanisms-allow'"));
	check(logged("handfast.conf:5: 'rsa-least' takes a number from 1024 to 16384"));
	check(logged("handfast.conf:6: 'ec-least'") && logged("handfast.conf:7: 'dh-least'"));
	limited("mechanisms-deny = ,,\n");
	check(logged("handfast.conf:3: 'mechanisms-deny' takes names of mechanisms"));
	assert_int_equal(mechanisms(), all);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_limited(test_denied),
		test_limited(test_pattern),
		test_limited(test_nested),
		test_limited(test_allowed),
		test_limited(test_sizes),
		test_limited(test_mistakes),
	};

	return test_main(tests, NULL, NULL);
}
