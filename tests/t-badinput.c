/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls that no sane client makes: NULL pointers, lengths of nothing and of far
 * too much, parameters of every size at the edge of readable memory, handles that
 * are not of the kind.  The right code where the standard has one; otherwise an
 * error, nothing changed, and no crash.
 */
#include "tests/client.h"

#include <openssl/err.h>
#include <stdio.h>

static CK_SLOT_ID slot;
static CK_SESSION_HANDLE s;
static CK_OBJECT_HANDLE aes, generic, rsa[2], ec[2], dh[2];

static void
make_dh(void)
{
	CK_OBJECT_HANDLE domain;

	ok(p11->C_GenerateKey(s, MECHANISM(CKM_DH_PKCS_PARAMETER_GEN),
	    TEMPLATE(ULONG(CKA_PRIME_BITS, 2048)), &domain));
	ok(p11->C_GenerateKeyPair(s, MECHANISM(CKM_DH_PKCS_KEY_PAIR_GEN),
	    TEMPLATE(BYTES(CKA_PRIME, get_bytes(s, domain, CKA_PRIME)),
		BYTES(CKA_BASE, get_bytes(s, domain, CKA_BASE))),
	    TEMPLATE(YES(CKA_DERIVE)), &dh[0], &dh[1]));
}

/* One module and one of each key for the whole program. */
static int
begin_all(void **state)
{
	module_fresh(state);
	slot = token_make("bad input");
	s = session_user(slot);
	aes = key_aes(s, CK_FALSE);
	ok(p11->C_GenerateKey(s, MECHANISM(CKM_GENERIC_SECRET_KEY_GEN),
	    TEMPLATE(ULONG(CKA_VALUE_LEN, 32)), &generic));
	key_pair_rsa(s, 2048, rsa);
	key_pair_ec(s, p256, false, ec);
	make_dh();
	scratch_release();
	return 0;
}

static int
end_all(void **state)
{
	return module_stopped(state);
}

/* Whatever a test left open is cancelled. */
static int
end_one(void **state)
{
	(void)state;
	ok(p11->C_SessionCancel(s, ~0UL));
	scratch_release();
	return 0;
}

#define test_bad(function) cmocka_unit_test_teardown(function, end_one)

#define CBC_PAD (&(CK_MECHANISM){ CKM_AES_CBC_PAD, (CK_BYTE[16]){ 0 }, 16 })
#define BAD(call) assert_rv(call, CKR_ARGUMENTS_BAD)

/* --- NULL where something has to be --------------------------------------------------------- */

static void
test_null_general(void **state)
{
	CK_MECHANISM_TYPE list[1];
	CK_ULONG count = 1;

	(void)state;
	BAD(p11->C_GetInfo(NULL));
	BAD(p11->C_GetSlotList(CK_FALSE, NULL, NULL));
	BAD(p11->C_GetSlotInfo(slot, NULL));
	BAD(p11->C_GetTokenInfo(slot, NULL));
	BAD(p11->C_GetMechanismList(slot, NULL, NULL));
	BAD(p11->C_GetMechanismList(slot, list, NULL));
	BAD(p11->C_GetMechanismInfo(slot, CKM_AES_GCM, NULL));
	BAD(p11->C_OpenSession(slot, READ_ONLY, NULL, NULL, NULL));
	BAD(p11->C_GetSessionInfo(s, NULL));
	assert_rv(p11->C_GetMechanismList(slot, list, &count), CKR_BUFFER_TOO_SMALL);
	check(count > 1);
}

static void
test_null_objects(void **state)
{
	CK_ATTRIBUTE attribute = ULONG(CKA_CLASS, CKO_DATA);
	CK_OBJECT_HANDLE object = data_object(s, CK_FALSE, "x"), made = CK_INVALID_HANDLE;

	(void)state;
	BAD(p11->C_CreateObject(s, NULL, 1, &made));
	BAD(p11->C_CreateObject(s, &attribute, 1, NULL));
	refused(p11->C_CreateObject(s, NULL, 0, &made));
	BAD(p11->C_CopyObject(s, object, NULL, 1, &made));
	BAD(p11->C_CopyObject(s, object, NULL, 0, NULL));
	BAD(p11->C_GetObjectSize(s, object, NULL));
	BAD(p11->C_GetAttributeValue(s, object, NULL, 1));
	BAD(p11->C_SetAttributeValue(s, object, NULL, 1));
	BAD(p11->C_FindObjectsInit(s, NULL, 1));
	BAD(p11->C_GenerateKey(s, NULL, &attribute, 1, &made));
	BAD(p11->C_GenerateKey(s, MECHANISM(CKM_AES_KEY_GEN), NULL, 1, &made));
	BAD(p11->C_GenerateKey(
	    s, MECHANISM(CKM_AES_KEY_GEN), TEMPLATE(ULONG(CKA_VALUE_LEN, 16)), NULL));
	BAD(p11->C_GenerateKeyPair(
	    s, NULL, TEMPLATE(BYTES(CKA_EC_PARAMS, p256)), NO_TEMPLATE, &made, &made));
	BAD(p11->C_GenerateKeyPair(
	    s, MECHANISM(CKM_EC_KEY_PAIR_GEN), NULL, 1, NULL, 0, &made, &made));
	BAD(p11->C_GenerateKeyPair(s, MECHANISM(CKM_EC_KEY_PAIR_GEN),
	    TEMPLATE(BYTES(CKA_EC_PARAMS, p256)), NULL, 1, &made, &made));
	BAD(p11->C_GenerateKeyPair(s, MECHANISM(CKM_EC_KEY_PAIR_GEN),
	    TEMPLATE(BYTES(CKA_EC_PARAMS, p256)), NO_TEMPLATE, NULL, &made));
	BAD(p11->C_GenerateKeyPair(s, MECHANISM(CKM_EC_KEY_PAIR_GEN),
	    TEMPLATE(BYTES(CKA_EC_PARAMS, p256)), NO_TEMPLATE, &made, NULL));
	check(made == CK_INVALID_HANDLE);
}

static void
test_null_wrapping(void **state)
{
	CK_ULONG len = 64;
	CK_BYTE blob[64] = { 0 };
	CK_OBJECT_HANDLE made = CK_INVALID_HANDLE;

	(void)state;
	BAD(p11->C_WrapKey(s, NULL, aes, generic, blob, &len));
	BAD(p11->C_WrapKey(s, CBC_PAD, aes, generic, blob, NULL));
	BAD(p11->C_UnwrapKey(
	    s, NULL, aes, blob, 32, TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_AES)), &made));
	BAD(p11->C_UnwrapKey(
	    s, CBC_PAD, aes, NULL, 32, TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_AES)), &made));
	BAD(p11->C_UnwrapKey(s, CBC_PAD, aes, blob, 32, NULL, 1, &made));
	BAD(p11->C_UnwrapKey(
	    s, CBC_PAD, aes, blob, 32, TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_AES)), NULL));
	BAD(p11->C_DeriveKey(s, NULL, ec[1], NO_TEMPLATE, &made));
	BAD(p11->C_DeriveKey(s, MECHANISM(CKM_DH_PKCS_DERIVE), dh[1], NULL, 1, &made));
	check(made == CK_INVALID_HANDLE);
}

/* With a length, NULL is a mistake; without, it is nothing, which is fine to digest or encrypt. */
static void
test_null_data(void **state)
{
	CK_BYTE out[64];
	CK_ULONG len = sizeof(out);

	(void)state;
	ok(p11->C_DigestInit(s, MECHANISM(CKM_SHA256)));
	BAD(p11->C_Digest(s, NULL, 5, out, &len));
	ok(p11->C_SessionCancel(s, CKF_DIGEST));
	ok(p11->C_DigestInit(s, MECHANISM(CKM_SHA256)));
	ok(p11->C_DigestUpdate(s, NULL, 0));
	len = sizeof(out);
	ok(p11->C_DigestFinal(s, out, &len));
	ok(p11->C_EncryptInit(s, CBC_PAD, aes));
	len = sizeof(out);
	ok(p11->C_Encrypt(s, NULL, 0, out, &len));
	check(len == 16);
	ok(p11->C_EncryptInit(s, CBC_PAD, aes));
	BAD(p11->C_EncryptUpdate(s, NULL, 5, out, &len));
	ok(p11->C_SessionCancel(s, CKF_ENCRYPT));
	ok(p11->C_EncryptInit(s, CBC_PAD, aes));
	BAD(p11->C_Encrypt(s, out, 16, out, NULL));
	ok(p11->C_SessionCancel(s, CKF_ENCRYPT));
	ok(p11->C_SignInit(s, MECHANISM(CKM_ECDSA), ec[1]));
	BAD(p11->C_Sign(s, out, 32, out, NULL));
	ok(p11->C_SessionCancel(s, CKF_SIGN));
	ok(p11->C_VerifyInit(s, MECHANISM(CKM_ECDSA), ec[0]));
	refused(p11->C_Verify(s, out, 32, NULL, 64));
	assert_rv(p11->C_DigestInit(s, &(CK_MECHANISM){ CKM_SHA256, NULL, 7 }),
	    CKR_MECHANISM_PARAM_INVALID);
}

/* G18 */
static void
test_random(void **state)
{
	CK_BYTE *large = scratch(8 << 20), small[2][16] = { { 0 }, { 0 } };

	(void)state;
	BAD(p11->C_GenerateRandom(s, NULL, 8));
	ok(p11->C_GenerateRandom(s, large, 0));
	ok(p11->C_GenerateRandom(s, large, 8 << 20));
	check(memcmp(large, large + (4 << 20), 64) != 0);
	ok(p11->C_SeedRandom(s, (CK_BYTE *)"a seed", 6));
	BAD(p11->C_SeedRandom(s, NULL, 6));
	ok(p11->C_GenerateRandom(s, small[0], 16));
	ok(p11->C_SeedRandom(s, (CK_BYTE *)"a seed", 6));
	ok(p11->C_GenerateRandom(s, small[1], 16));
	check(memcmp(small[0], small[1], 16) != 0);
}

/* --- counts and lengths that cannot be meant ----------------------------------------------------
 */

static void
test_huge_counts(void **state)
{
	static const CK_ULONG counts[] = { ~0UL, 1UL << 60, 1UL << 32, 1UL << 24 };
	CK_ATTRIBUTE attribute = ULONG(CKA_CLASS, CKO_DATA);
	CK_OBJECT_HANDLE object = data_object(s, CK_FALSE, "x"), made = CK_INVALID_HANDLE;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(counts); i++) {
		refused(p11->C_CreateObject(s, &attribute, counts[i], &made));
		refused(p11->C_CopyObject(s, object, &attribute, counts[i], &made));
		refused(p11->C_SetAttributeValue(s, object, &attribute, counts[i]));
		refused(p11->C_FindObjectsInit(s, &attribute, counts[i]));
		refused(p11->C_GenerateKey(
		    s, MECHANISM(CKM_AES_KEY_GEN), &attribute, counts[i], &made));
		refused(p11->C_DeriveKey(
		    s, MECHANISM(CKM_DH_PKCS_DERIVE), dh[1], &attribute, counts[i], &made));
	}
	check(made == CK_INVALID_HANDLE);
}

/* Values that claim to be enormous: refused for their length, before anyone reads them. */
static void
test_huge_values(void **state)
{
	static const CK_ATTRIBUTE_TYPE types[] = { CKA_LABEL, CKA_ID, CKA_VALUE, CKA_TOKEN,
		CKA_START_DATE };
	static const CK_ULONG lengths[] = { ~0UL, ~0UL - 7, 1UL << 62, 1UL << 40 };
	CK_BYTE byte = 0;
	CK_OBJECT_HANDLE object = data_object(s, CK_FALSE, "x"), made = CK_INVALID_HANDLE;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(types) * COUNT_OF(lengths); i++) {
		CK_ATTRIBUTE attribute =
		    ATTRIBUTE(types[i % COUNT_OF(types)], &byte, lengths[i / COUNT_OF(types)]);

		refused(
		    p11->C_CreateObject(s, TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), attribute), &made));
		refused(p11->C_SetAttributeValue(s, object, &attribute, 1));
		refused(p11->C_FindObjectsInit(s, &attribute, 1));
	}
	for (size_t i = 0; i < COUNT_OF(lengths); i++) {
		CK_MECHANISM mechanism = { CKM_AES_CBC_PAD, &byte, lengths[i] };
		CK_GCM_PARAMS gcm = { &byte, lengths[i], 0, NULL, 0, 128 };
		CK_GCM_PARAMS aad = { &byte, 1, 8, NULL, lengths[i], 128 };
		CK_RSA_PKCS_OAEP_PARAMS oaep = { CKM_SHA256, CKG_MGF1_SHA256, CKZ_DATA_SPECIFIED,
			NULL, lengths[i] };

		refused(p11->C_EncryptInit(s, &mechanism, aes));
		refused(p11->C_EncryptInit(s, MECHANISM_WITH(CKM_AES_GCM, &gcm), aes));
		refused(p11->C_EncryptInit(s, MECHANISM_WITH(CKM_AES_GCM, &aad), aes));
		/* Beyond the end of the address space: the caller's mistake, no lack of memory. */
		aad.pAAD = &byte;
		aad.ulAADLen = ~(CK_ULONG)0;
		assert_rv(p11->C_EncryptInit(s, MECHANISM_WITH(CKM_AES_GCM, &aad), aes),
		    CKR_MECHANISM_PARAM_INVALID);
		refused(p11->C_EncryptInit(s, MECHANISM_WITH(CKM_RSA_PKCS_OAEP, &oaep), rsa[0]));
		refused(p11->C_GenerateKey(s, MECHANISM(CKM_AES_KEY_GEN),
		    TEMPLATE(ULONG(CKA_VALUE_LEN, lengths[i])), &made));
		refused(p11->C_GenerateKey(s, MECHANISM(CKM_GENERIC_SECRET_KEY_GEN),
		    TEMPLATE(ULONG(CKA_VALUE_LEN, lengths[i])), &made));
		refused(p11->C_GenerateKeyPair(s, MECHANISM(CKM_RSA_PKCS_KEY_PAIR_GEN),
		    TEMPLATE(ULONG(CKA_MODULUS_BITS, lengths[i])), NO_TEMPLATE, &made, &made));
		refused(p11->C_GenerateKey(s, MECHANISM(CKM_DH_PKCS_PARAMETER_GEN),
		    TEMPLATE(ULONG(CKA_PRIME_BITS, lengths[i])), &made));
	}
	check(made == CK_INVALID_HANDLE);
}

/* --- handles of another kind
 * ------------------------------------------------------------------------ */

static void
test_foreign_handles(void **state)
{
	CK_OBJECT_HANDLE data = data_object(s, CK_FALSE, "no key"), found;
	CK_OBJECT_HANDLE wrong[] = { CK_INVALID_HANDLE, data, s, slot + 1000, ~0UL };
	CK_BYTE blob[64] = { 0 };
	CK_ULONG len = sizeof(blob);

	(void)state;
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		if (wrong[i] == aes || wrong[i] == generic)
			continue;
		refused(p11->C_EncryptInit(s, CBC_PAD, wrong[i]));
		refused(p11->C_DecryptInit(s, CBC_PAD, wrong[i]));
		refused(p11->C_SignInit(s, MECHANISM(CKM_ECDSA), wrong[i]));
		refused(p11->C_VerifyInit(s, MECHANISM(CKM_ECDSA), wrong[i]));
		refused(p11->C_WrapKey(s, CBC_PAD, wrong[i], generic, blob, &len));
		refused(p11->C_WrapKey(s, CBC_PAD, aes, wrong[i], blob, &len));
		refused(p11->C_UnwrapKey(s, CBC_PAD, wrong[i], blob, 32, NO_TEMPLATE, &found));
		refused(p11->C_DeriveKey(
		    s, MECHANISM(CKM_DH_PKCS_DERIVE), wrong[i], NO_TEMPLATE, &found));
	}
	assert_rv(p11->C_EncryptInit(s, CBC_PAD, CK_INVALID_HANDLE), CKR_KEY_HANDLE_INVALID);
	/* the wrong half of a pair, and the wrong pair */
	assert_rv(p11->C_SignInit(s, MECHANISM(CKM_ECDSA), ec[0]), CKR_KEY_TYPE_INCONSISTENT);
	assert_rv(p11->C_VerifyInit(s, MECHANISM(CKM_ECDSA), ec[1]), CKR_KEY_TYPE_INCONSISTENT);
	assert_rv(p11->C_SignInit(s, MECHANISM(CKM_ECDSA), rsa[1]), CKR_KEY_TYPE_INCONSISTENT);
	refused(p11->C_DeriveKey(s, MECHANISM(CKM_DH_PKCS_DERIVE), dh[0], NO_TEMPLATE, &found));
	assert_rv(
	    p11->C_EncryptInit(s, MECHANISM(CKM_VENDOR_DEFINED | 1), aes), CKR_MECHANISM_INVALID);
	assert_rv(p11->C_EncryptInit(s, MECHANISM(CKM_SHA256), aes), CKR_MECHANISM_INVALID);
	assert_rv(p11->C_DigestInit(s, MECHANISM(CKM_AES_GCM)), CKR_MECHANISM_INVALID);
	assert_rv(p11->C_GenerateKey(s, MECHANISM(CKM_EC_KEY_PAIR_GEN), NO_TEMPLATE, &found),
	    CKR_MECHANISM_INVALID);
}

/* A session handle that was never given, or is an object's. */
static void
test_foreign_sessions(void **state)
{
	CK_SESSION_HANDLE closed = session_open(slot, READ_ONLY);
	CK_SESSION_HANDLE wrong[] = { 0, closed, ~0UL, s + 0x10000 };
	CK_SESSION_INFO info;

	(void)state;
	ok(p11->C_CloseSession(closed));
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		assert_rv(p11->C_GetSessionInfo(wrong[i], &info), CKR_SESSION_HANDLE_INVALID);
		assert_rv(p11->C_CloseSession(wrong[i]), CKR_SESSION_HANDLE_INVALID);
		assert_rv(p11->C_Logout(wrong[i]), CKR_SESSION_HANDLE_INVALID);
		assert_rv(p11->C_FindObjectsFinal(wrong[i]), CKR_SESSION_HANDLE_INVALID);
		assert_rv(p11->C_EncryptInit(wrong[i], CBC_PAD, aes), CKR_SESSION_HANDLE_INVALID);
	}
	assert_rv(p11->C_CloseAllSessions(slot + 1000), CKR_SLOT_ID_INVALID);
}

/* --- many shapes of parameters and attributes
 * --------------------------------------------------------- */

/* Tries what one mechanism and key could be tried for. */
static void
try_everything(CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key)
{
	CK_BYTE data[64] = { 1 }, out[1024];
	CK_ULONG len = sizeof(out);
	CK_OBJECT_HANDLE made[2];

	if (p11->C_EncryptInit(s, mechanism, key) == CKR_OK)
		(void)p11->C_Encrypt(s, data, sizeof(data), out, &len);
	len = sizeof(out);
	if (p11->C_DecryptInit(s, mechanism, key) == CKR_OK)
		(void)p11->C_Decrypt(s, data, sizeof(data), out, &len);
	len = sizeof(out);
	if (p11->C_SignInit(s, mechanism, key) == CKR_OK)
		(void)p11->C_Sign(s, data, 32, out, &len);
	if (p11->C_VerifyInit(s, mechanism, key) == CKR_OK)
		(void)p11->C_Verify(s, data, 32, data, sizeof(data));
	len = sizeof(out);
	(void)p11->C_WrapKey(s, mechanism, key, generic, out, &len);
	(void)p11->C_UnwrapKey(s, mechanism, key, data, sizeof(data),
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET)),
	    &made[0]);
	(void)p11->C_DeriveKey(s, mechanism, key, TEMPLATE(ULONG(CKA_VALUE_LEN, 16)), &made[0]);
	(void)p11->C_SessionCancel(s, ~0UL);
}

static void
try_generating(CK_MECHANISM *mechanism)
{
	CK_OBJECT_HANDLE made[2];
	CK_BYTE out[64], data[4] = { 0 };
	CK_ULONG len = sizeof(out);

	if (p11->C_DigestInit(s, mechanism) == CKR_OK)
		(void)p11->C_Digest(s, data, sizeof(data), out, &len);
	(void)p11->C_GenerateKey(s, mechanism, TEMPLATE(ULONG(CKA_VALUE_LEN, 16)), &made[0]);
	(void)p11->C_GenerateKeyPair(
	    s, mechanism, TEMPLATE(BYTES(CKA_EC_PARAMS, p256)), NO_TEMPLATE, &made[0], &made[1]);
}

/* G11: every mechanism with every parameter length up to 96 and some more, filled in three ways. */
static void
test_parameter_shapes(void **state)
{
	CK_MECHANISM_TYPE types[512];
	CK_ULONG count = COUNT_OF(types);
	CK_OBJECT_HANDLE keys[] = { aes, generic, rsa[0], rsa[1], ec[0], ec[1], dh[0], dh[1] };
	static const int fillings[] = { 0x00, 0x01, 0xff };

	(void)state;
	ok(p11->C_GetMechanismList(slot, types, &count));
	for (size_t len = 0; len <= 256; len += len < 96 ? 4 : 32) {
		for (size_t f = 0; f < COUNT_OF(fillings); f++) {
			void *parameter = memset(scratch(len), fillings[f], len);

			/* a pointer made of 0x01 or 0xff bytes would be the caller's crash */
			for (CK_ULONG i = 0; i < count; i++) {
				CK_MECHANISM mechanism = { types[i], parameter, len };
				bool pointers =
				    fillings[f] != 0 && len >= 40 && len % 8 == 0 && len <= 64;

				if (pointers)
					continue;
				for (size_t k = 0; k < COUNT_OF(keys); k++)
					try_everything(&mechanism, keys[k]);
				if (types[i] != CKM_RSA_PKCS_KEY_PAIR_GEN)
					try_generating(&mechanism);
				mechanism.pParameter = NULL;
				try_everything(&mechanism, keys[i % COUNT_OF(keys)]);
			}
			scratch_release();
		}
	}
}

/* G12: attributes of every kind with values of every length, wherever a template goes. */
static void
test_attribute_shapes(void **state)
{
	static const CK_ATTRIBUTE_TYPE types[] = { CKA_CLASS, CKA_TOKEN, CKA_PRIVATE, CKA_LABEL,
		CKA_VALUE, CKA_OBJECT_ID, CKA_CERTIFICATE_TYPE, CKA_ISSUER, CKA_SERIAL_NUMBER,
		CKA_KEY_TYPE, CKA_SUBJECT, CKA_ID, CKA_SENSITIVE, CKA_START_DATE, CKA_MODULUS,
		CKA_MODULUS_BITS, CKA_PUBLIC_EXPONENT, CKA_PRIVATE_EXPONENT, CKA_PRIME_1, CKA_PRIME,
		CKA_BASE, CKA_VALUE_LEN, CKA_EXTRACTABLE, CKA_EC_PARAMS, CKA_EC_POINT,
		CKA_PUBLIC_KEY_INFO, CKA_CHECK_VALUE, CKA_ALLOWED_MECHANISMS, CKA_UNWRAP_TEMPLATE,
		CKA_COPYABLE, CKA_VENDOR_DEFINED | 1 };
	static const CK_OBJECT_CLASS classes[] = { CKO_DATA, CKO_CERTIFICATE, CKO_PUBLIC_KEY,
		CKO_PRIVATE_KEY, CKO_SECRET_KEY, CKO_DOMAIN_PARAMETERS };
	static const CK_KEY_TYPE key_types[] = { CKK_RSA, CKK_EC, CKK_DH, CKK_AES,
		CKK_GENERIC_SECRET, CKK_EC_EDWARDS, CKK_EC_MONTGOMERY, CKK_VENDOR_DEFINED };
	static const size_t lengths[] = { 0, 1, 2, 3, 4, 7, 8, 9, 12, 15, 16, 17, 24, 31, 32, 33,
		48, 65 };

	(void)state;
	for (size_t t = 0; t < COUNT_OF(types); t++) {
		for (size_t l = 0; l < COUNT_OF(lengths); l++) {
			CK_BYTE *value = memset(scratch(lengths[l]), 0, lengths[l]);
			CK_ATTRIBUTE attribute = { types[t], value, lengths[l] };
			CK_OBJECT_HANDLE made;
			CK_ULONG size;

			if (lengths[l] > 0)
				value[lengths[l] - 1] = (CK_BYTE)(l % 3);
			for (size_t c = 0; c < COUNT_OF(classes) * COUNT_OF(key_types); c++) {
				if (p11->C_CreateObject(s,
					TEMPLATE(ULONG(CKA_CLASS, classes[c % COUNT_OF(classes)]),
					    ULONG(CKA_KEY_TYPE, key_types[c / COUNT_OF(classes)]),
					    attribute, NO(CKA_PRIVATE)),
					&made) == CKR_OK)
					(void)p11->C_DestroyObject(s, made);
			}
			if (p11->C_FindObjectsInit(s, &attribute, 1) == CKR_OK) {
				(void)p11->C_FindObjects(s, &made, 1, &size);
				ok(p11->C_FindObjectsFinal(s));
			}
			(void)p11->C_GetAttributeValue(s, rsa[1], &attribute, 1);
			attribute.ulValueLen = lengths[l];
			(void)p11->C_GetAttributeValue(s, ec[0], &attribute, 1);
			attribute.ulValueLen = lengths[l];
			if (p11->C_CopyObject(s, aes, &attribute, 1, &made) == CKR_OK) {
				attribute.ulValueLen = lengths[l];
				(void)p11->C_SetAttributeValue(s, made, &attribute, 1);
				(void)p11->C_DestroyObject(s, made);
			}
			attribute.ulValueLen = lengths[l];
			(void)p11->C_GenerateKey(s, MECHANISM(CKM_AES_KEY_GEN),
			    TEMPLATE(ULONG(CKA_VALUE_LEN, 16), attribute), &made);
			(void)p11->C_GenerateKeyPair(s, MECHANISM(CKM_EC_KEY_PAIR_GEN),
			    TEMPLATE(BYTES(CKA_EC_PARAMS, p256), attribute), &attribute, 1, &made,
			    &made);
			scratch_release();
		}
	}
}

/* B13: the lengths that GCM has (NIST SP 800-38D, 5.2.1.1 and 5.2.1.2). */
static void
test_gcm_parameters(void **state)
{
	CK_BYTE *iv = scratch(64);

	(void)state;
	for (CK_ULONG bits = 0; bits <= 136; bits++) {
		CK_GCM_PARAMS gcm = { iv, 12, 96, NULL, 0, bits };
		bool fits = bits >= 96 && bits <= 128 && bits % 8 == 0;

		assert_rv(p11->C_EncryptInit(s, MECHANISM_WITH(CKM_AES_GCM, &gcm), aes),
		    fits ? CKR_OK : CKR_MECHANISM_PARAM_INVALID);
		ok(p11->C_SessionCancel(s, CKF_ENCRYPT));
	}
	for (CK_ULONG len = 0; len <= 64; len++) {
		CK_GCM_PARAMS gcm = { iv + 64 - len, len, len * 8, NULL, 0, 128 };

		assert_rv(p11->C_EncryptInit(s, MECHANISM_WITH(CKM_AES_GCM, &gcm), aes),
		    len > 0 ? CKR_OK : CKR_MECHANISM_PARAM_INVALID);
		ok(p11->C_SessionCancel(s, CKF_ENCRYPT));
		gcm.pIv = NULL;
		assert_rv(p11->C_EncryptInit(s, MECHANISM_WITH(CKM_AES_GCM, &gcm), aes),
		    CKR_MECHANISM_PARAM_INVALID);
	}
}

/* A message with nothing in it: no buffer is needed to learn that its tag is forged. */
static void
test_gcm_empty_forgery(void **state)
{
	CK_GCM_PARAMS gcm = { .pIv = scratch(12), .ulIvLen = 12, .ulTagBits = 128 };
	CK_BYTE tag[16], none[1];
	CK_ULONG len = sizeof(tag);

	(void)state;
	ok(p11->C_EncryptInit(s, MECHANISM_WITH(CKM_AES_GCM, &gcm), aes));
	ok(p11->C_Encrypt(s, none, 0, tag, &len));
	ok(p11->C_DecryptInit(s, MECHANISM_WITH(CKM_AES_GCM, &gcm), aes));
	ok(p11->C_Decrypt(s, tag, len, NULL, &len));
	check(len == 0);
	/* Asked again, with a buffer: the same answer, and the operation ends. */
	ok(p11->C_Decrypt(s, tag, sizeof(tag), none, &len));
	assert_rv(p11->C_Decrypt(s, tag, sizeof(tag), none, &len), CKR_OPERATION_NOT_INITIALIZED);
	tag[3] ^= 1;
	ok(p11->C_DecryptInit(s, MECHANISM_WITH(CKM_AES_GCM, &gcm), aes));
	refused(p11->C_Decrypt(s, tag, sizeof(tag), NULL, &len));
	assert_rv(p11->C_Decrypt(s, tag, sizeof(tag), none, &len), CKR_OPERATION_NOT_INITIALIZED);
}

/* B25 */
static void
test_oaep_parameters(void **state)
{
	CK_RSA_PKCS_OAEP_PARAMS bad[] = {
		{ CKM_SHA256, CKG_MGF1_SHA256, CKZ_DATA_SPECIFIED, NULL, 1000 },
		{ CKM_AES_GCM, CKG_MGF1_SHA256, CKZ_DATA_SPECIFIED, NULL, 0 },
		{ CKM_SHA256_RSA_PKCS, CKG_MGF1_SHA256, CKZ_DATA_SPECIFIED, NULL, 0 },
		{ CKM_SHA256, 0, CKZ_DATA_SPECIFIED, NULL, 0 },
		{ CKM_SHA256, 0x99, CKZ_DATA_SPECIFIED, NULL, 0 },
		{ CKM_SHA256, CKG_MGF1_SHA256, 7, NULL, 0 },
		{ 0, 0, 0, NULL, 0 },
	};
	/* No source and no label occurs: it is the empty label. */
	CK_RSA_PKCS_OAEP_PARAMS none = { CKM_SHA256, CKG_MGF1_SHA256, 0, NULL, 0 };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_rv(p11->C_EncryptInit(s, MECHANISM_WITH(CKM_RSA_PKCS_OAEP, &bad[i]), rsa[0]),
		    CKR_MECHANISM_PARAM_INVALID);
	ok(p11->C_EncryptInit(s, MECHANISM_WITH(CKM_RSA_PKCS_OAEP, &none), rsa[0]));
}

/* The longest that OAEP takes (RFC 8017, 7.1.1), one byte more, and what is no ciphertext. */
static void
test_oaep_lengths(void **state)
{
	CK_RSA_PKCS_OAEP_PARAMS oaep = { CKM_SHA256, CKG_MGF1_SHA256, CKZ_DATA_SPECIFIED, NULL, 0 };
	CK_MECHANISM *mechanism = MECHANISM_WITH(CKM_RSA_PKCS_OAEP, &oaep);
	static const size_t lengths[] = { 0, 1, 255, 257, 512 };
	CK_BYTE *data = scratch(512), out[256], back[256];
	CK_ULONG len = sizeof(out), back_len = sizeof(back);

	(void)state;
	ok(p11->C_EncryptInit(s, mechanism, rsa[0]));
	ok(p11->C_Encrypt(s, data, 256 - 2 - 64, out, &len));
	ok(p11->C_DecryptInit(s, mechanism, rsa[1]));
	ok(p11->C_Decrypt(s, out, len, back, &back_len));
	check(back_len == 256 - 2 - 64);
	ok(p11->C_EncryptInit(s, mechanism, rsa[0]));
	len = sizeof(out);
	assert_rv(p11->C_Encrypt(s, data, 256 - 1 - 64, out, &len), CKR_DATA_LEN_RANGE);
	for (size_t i = 0; i < COUNT_OF(lengths); i++) {
		ok(p11->C_DecryptInit(s, mechanism, rsa[1]));
		back_len = sizeof(back);
		assert_rv(p11->C_Decrypt(s, data, lengths[i], back, &back_len),
		    CKR_ENCRYPTED_DATA_LEN_RANGE);
	}
}

/* A label belongs to one operation: the next on the same key has its own or none. */
static void
test_oaep_labels(void **state)
{
	static const char *const labels[] = { "one", NULL, "another", NULL, "one" };
	CK_BYTE sealed[COUNT_OF(labels)][256], back[256], message[] = "a message";
	CK_RSA_PKCS_OAEP_PARAMS oaep[COUNT_OF(labels)];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(labels); i++) {
		CK_ULONG len = sizeof(sealed[i]), label = labels[i] == NULL ? 0 : strlen(labels[i]);

		oaep[i] = (CK_RSA_PKCS_OAEP_PARAMS){ CKM_SHA256, CKG_MGF1_SHA256,
			CKZ_DATA_SPECIFIED, (CK_BYTE *)labels[i], label };
		ok(p11->C_EncryptInit(s, MECHANISM_WITH(CKM_RSA_PKCS_OAEP, &oaep[i]), rsa[0]));
		ok(p11->C_Encrypt(s, message, sizeof(message), sealed[i], &len));
	}
	for (size_t i = 0; i < COUNT_OF(labels) * COUNT_OF(labels); i++) {
		size_t with = i % COUNT_OF(labels), what = i / COUNT_OF(labels);
		const char *a = labels[with], *b = labels[what];
		bool same = a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
		CK_ULONG len = sizeof(back);

		ok(p11->C_DecryptInit(s, MECHANISM_WITH(CKM_RSA_PKCS_OAEP, &oaep[with]), rsa[1]));
		assert_rv(p11->C_Decrypt(s, sealed[what], 256, back, &len),
		    same ? CKR_OK : CKR_ENCRYPTED_DATA_INVALID);
	}
}

/* B09, B10: one answer for every ciphertext that is wrong. */
static void
test_oaep_one_answer(void **state)
{
	CK_RSA_PKCS_OAEP_PARAMS oaep = { CKM_SHA256, CKG_MGF1_SHA256, CKZ_DATA_SPECIFIED, NULL, 0 };
	CK_MECHANISM *mechanism = MECHANISM_WITH(CKM_RSA_PKCS_OAEP, &oaep);
	CK_BYTE block[256], out[256];
	CK_OBJECT_HANDLE made;

	(void)state;
	for (int i = 0; i < 100; i++) {
		CK_ULONG len = sizeof(out);

		ok(p11->C_GenerateRandom(s, block, sizeof(block)));
		if (i % 4 == 0)
			memset(block, i == 0 ? 0xff : 0, 2); /* n or more; small */
		if (i == 4)
			memset(block, 0, sizeof(block));
		if (i != 0)
			block[0] &= 0x7f;
		ok(p11->C_DecryptInit(s, mechanism, rsa[1]));
		assert_rv(
		    p11->C_Decrypt(s, block, sizeof(block), out, &len), CKR_ENCRYPTED_DATA_INVALID);
		assert_rv(
		    p11->C_UnwrapKey(s, mechanism, rsa[1], block, sizeof(block),
			TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_AES)),
			&made),
		    CKR_WRAPPED_KEY_INVALID);
	}
}

/* Calls that fail inside libcrypto, which the host may share: its error queue is as it was. */
static void
test_host_errors(void **state)
{
	CK_RSA_PKCS_OAEP_PARAMS oaep = { CKM_SHA256, CKG_MGF1_SHA256, CKZ_DATA_SPECIFIED, NULL, 0 };
	CK_ECDH1_DERIVE_PARAMS ecdh = { CKD_NULL, 0, NULL, 65, scratch(65) };
	CK_BYTE block[256] = { 1 }, out[256];
	CK_ULONG len = sizeof(out);
	CK_OBJECT_HANDLE made;

	(void)state;
	ecdh.pPublicData[0] = 4;
	ERR_clear_error();
	ERR_raise(ERR_LIB_USER, 42);
	ok(p11->C_DecryptInit(s, MECHANISM_WITH(CKM_RSA_PKCS_OAEP, &oaep), rsa[1]));
	refused(p11->C_Decrypt(s, block, sizeof(block), out, &len));
	refused(p11->C_DeriveKey(
	    s, MECHANISM_WITH(CKM_ECDH1_DERIVE, &ecdh), ec[1], NO_TEMPLATE, &made));
	refused(p11->C_CreateObject(s,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_CERTIFICATE), ULONG(CKA_CERTIFICATE_TYPE, CKC_X_509),
		BYTES(CKA_SUBJECT, unhex("3000")), BYTES(CKA_VALUE, unhex("30030201ff"))),
	    &made));
	check(ERR_GET_REASON(ERR_get_error()) == 42);
	check(ERR_get_error() == 0);
}

/* And what the host had failed at is not what a call of ours fails at. */
static void
test_host_without_memory(void **state)
{
	CK_ECDH1_DERIVE_PARAMS ecdh = { CKD_NULL, 0, NULL, 65, scratch(65) };
	CK_BYTE blob[24] = { 1 }, signature[64] = { 1 };
	CK_OBJECT_HANDLE made;

	(void)state;
	ecdh.pPublicData[0] = 4;
	for (unsigned errors = 0; errors <= 2; errors++) {
		ERR_clear_error();
		for (unsigned i = 0; i < errors; i++)
			ERR_raise(ERR_LIB_CRYPTO, ERR_R_MALLOC_FAILURE);
		assert_rv(p11->C_DeriveKey(s, MECHANISM_WITH(CKM_ECDH1_DERIVE, &ecdh), ec[1],
			      TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY),
				  ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET)),
			      &made),
		    CKR_PUBLIC_KEY_INVALID);
		assert_rv(
		    p11->C_UnwrapKey(s, MECHANISM(CKM_AES_KEY_WRAP_KWP), aes, blob, sizeof(blob),
			TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_AES)),
			&made),
		    CKR_WRAPPED_KEY_INVALID);
		ok(p11->C_VerifyInit(s, MECHANISM(CKM_ECDSA), ec[0]));
		assert_rv(p11->C_Verify(s, blob, sizeof(blob), signature, sizeof(signature)),
		    CKR_SIGNATURE_INVALID);
		ERR_clear_error();
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_bad(test_null_general),
		test_bad(test_null_objects),
		test_bad(test_null_wrapping),
		test_bad(test_null_data),
		test_bad(test_random),
		test_bad(test_huge_counts),
		test_bad(test_huge_values),
		test_bad(test_foreign_handles),
		test_bad(test_foreign_sessions),
		test_bad(test_parameter_shapes),
		test_bad(test_attribute_shapes),
		test_bad(test_gcm_parameters),
		test_bad(test_gcm_empty_forgery),
		test_bad(test_oaep_parameters),
		test_bad(test_oaep_lengths),
		test_bad(test_oaep_labels),
		test_bad(test_oaep_one_answer),
		test_bad(test_host_errors),
		test_bad(test_host_without_memory),
	};

	return test_main(tests, begin_all, end_all);
}
