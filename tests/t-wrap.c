/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keys of every kind and length through AES key wrap: what fills them up goes
 * again, and nothing else does.  The bytes themselves are t-vectors' business.
 */
#include "tests/client.h"

static CK_SESSION_HANDLE session;
static CK_OBJECT_HANDLE wrapping;

static int
begin(void **state)
{
	module_fresh(state);
	session = session_user(token_make("wrap"));
	wrapping = key_aes(session, CK_FALSE);
	return 0;
}

#define test_wrap(function) cmocka_unit_test_setup_teardown(function, begin, module_stopped)

#define OPEN NO(CKA_SENSITIVE), YES(CKA_EXTRACTABLE)

static CK_OBJECT_HANDLE
secret_of(struct view value)
{
	CK_OBJECT_HANDLE key;

	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET),
		OPEN, BYTES(CKA_VALUE, value)),
	    &key));
	return key;
}

static struct view
wrapped(CK_MECHANISM_TYPE mechanism, CK_OBJECT_HANDLE key)
{
	CK_ULONG len = 0;
	CK_BYTE *blob;

	ok(p11->C_WrapKey(session, MECHANISM(mechanism), wrapping, key, NULL, &len));
	blob = scratch(len);
	ok(p11->C_WrapKey(session, MECHANISM(mechanism), wrapping, key, blob, &len));
	return view_of(blob, len);
}

/* As data, which may be what no wrapping gives. */
static struct view
encrypted(CK_MECHANISM_TYPE mechanism, struct view plain)
{
	CK_ULONG len = plain.len + 16;
	CK_BYTE *blob = scratch(len);

	ok(p11->C_EncryptInit(session, MECHANISM(mechanism), wrapping));
	ok(p11->C_Encrypt(session, (CK_BYTE *)plain.data, plain.len, blob, &len));
	return view_of(blob, len);
}

static CK_RV
unwrap_rv(CK_MECHANISM_TYPE mechanism, struct view blob, CK_ATTRIBUTE *template, CK_ULONG count,
    CK_OBJECT_HANDLE *key)
{
	*key = CK_INVALID_HANDLE;
	return p11->C_UnwrapKey(session, MECHANISM(mechanism), wrapping, (CK_BYTE *)blob.data,
	    blob.len, template, count, key);
}

static struct view
unwrapped(CK_MECHANISM_TYPE mechanism, struct view blob, CK_ATTRIBUTE *template, CK_ULONG count)
{
	CK_OBJECT_HANDLE key;

	ok(unwrap_rv(mechanism, blob, template, count, &key));
	return get_bytes(session, key, CKA_VALUE);
}

#define SECRET ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET), OPEN

/* Lengths from 16 to 40: only CKM_AES_KEY_WRAP must be told them, and of at most seven zeros. */
static void
test_lengths(void **state)
{
	static const CK_MECHANISM_TYPE exact[] = { CKM_AES_KEY_WRAP_KWP, CKM_AES_KEY_WRAP_PKCS7,
		CKM_AES_KEY_WRAP_PAD };
	struct view bytes = unhex("0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20"
				  "2122232425262728");
	CK_OBJECT_HANDLE key;

	(void)state;
	for (size_t len = 16; len <= 40; len++) {
		struct view value = view_of(bytes.data, len), blob;
		size_t filled = (len + 7) / 8 * 8;

		for (size_t i = 0; i < COUNT_OF(exact); i++) {
			blob = wrapped(exact[i], secret_of(value));
			same_bytes(unwrapped(exact[i], blob, TEMPLATE(SECRET)), value);
			same_bytes(
			    unwrapped(exact[i], blob, TEMPLATE(SECRET, ULONG(CKA_VALUE_LEN, len))),
			    value);
			assert_rv(unwrap_rv(exact[i], blob,
				      TEMPLATE(SECRET, ULONG(CKA_VALUE_LEN, len - 1)), &key),
			    CKR_WRAPPED_KEY_LEN_RANGE);
		}
		blob = wrapped(CKM_AES_KEY_WRAP, secret_of(value));
		check(blob.len == filled + 8);
		same_bytes(
		    unwrapped(CKM_AES_KEY_WRAP, blob, TEMPLATE(SECRET, ULONG(CKA_VALUE_LEN, len))),
		    value);
		check(unwrapped(CKM_AES_KEY_WRAP, blob, TEMPLATE(SECRET)).len == filled);
		/* A part of the key is not the key. */
		assert_rv(unwrap_rv(CKM_AES_KEY_WRAP, blob,
			      TEMPLATE(SECRET, ULONG(CKA_VALUE_LEN, len - 1)), &key),
		    CKR_WRAPPED_KEY_LEN_RANGE);
		assert_rv(unwrap_rv(CKM_AES_KEY_WRAP, blob,
			      TEMPLATE(SECRET, ULONG(CKA_VALUE_LEN, filled + 1)), &key),
		    CKR_WRAPPED_KEY_LEN_RANGE);
	}
}

/* Eight zeros are none that wrapping adds. */
static void
test_zeros(void **state)
{
	struct view blob =
	    encrypted(CKM_AES_KEY_WRAP, unhex("010203040506070800000000000000000000000000000000"));
	CK_OBJECT_HANDLE key;

	(void)state;
	for (CK_ULONG len = 8; len <= 16; len++)
		assert_rv(unwrap_rv(CKM_AES_KEY_WRAP, blob,
			      TEMPLATE(SECRET, ULONG(CKA_VALUE_LEN, len)), &key),
		    CKR_WRAPPED_KEY_LEN_RANGE);
	for (CK_ULONG len = 17; len <= 24; len++)
		check(unwrapped(CKM_AES_KEY_WRAP, blob, TEMPLATE(SECRET, ULONG(CKA_VALUE_LEN, len)))
			  .len == len);
	/* AES takes what it can of what is there: here 24 bytes, unless it is told 16. */
	check(unwrapped(CKM_AES_KEY_WRAP, blob,
		  TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_AES), OPEN))
		  .len == 24);
	assert_rv(unwrap_rv(CKM_AES_KEY_WRAP, blob,
		      TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_AES), OPEN,
			  ULONG(CKA_VALUE_LEN, 16)),
		      &key),
	    CKR_WRAPPED_KEY_LEN_RANGE);
}

/* PKCS#8 has every length; zeros may follow it, but seven of them at most and nothing else. */
static void
test_private_keys(void **state)
{
	static const CK_MECHANISM_TYPE mechanisms[] = { CKM_AES_KEY_WRAP, CKM_AES_KEY_WRAP_KWP,
		CKM_AES_KEY_WRAP_PKCS7, CKM_AES_KEY_WRAP_PAD };
	static const struct view *const curves[] = { &p256, &p384, &p521 };
	CK_OBJECT_HANDLE pair[2];

	(void)state;
	for (size_t c = 0; c < COUNT_OF(curves); c++) {
		key_pair_ec(session, *curves[c], true, pair);
		for (size_t m = 0; m < COUNT_OF(mechanisms); m++)
			same_bytes(unwrapped(mechanisms[m], wrapped(mechanisms[m], pair[1]),
				       TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY),
					   ULONG(CKA_KEY_TYPE, CKK_EC), OPEN)),
			    get_bytes(session, pair[1], CKA_VALUE));
	}
}

static CK_RV
unwrap_private(struct view pkcs8)
{
	CK_OBJECT_HANDLE key;

	return unwrap_rv(CKM_AES_KEY_WRAP_KWP, encrypted(CKM_AES_KEY_WRAP_KWP, pkcs8),
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY), ULONG(CKA_KEY_TYPE, CKK_EC), OPEN), &key);
}

static void
test_behind_a_private_key(void **state)
{
	struct view blob;
	CK_OBJECT_HANDLE pair[2];
	CK_BYTE plain[256] = { 0 };
	CK_ULONG len = sizeof(plain);

	(void)state;
	key_pair_ec(session, p256, true, pair);
	blob = wrapped(CKM_AES_KEY_WRAP_KWP, pair[1]);
	ok(p11->C_DecryptInit(session, MECHANISM(CKM_AES_KEY_WRAP_KWP), wrapping));
	ok(p11->C_Decrypt(session, (CK_BYTE *)blob.data, blob.len, plain, &len));
	memset(plain + len, 0, sizeof(plain) - len);
	for (size_t zeros = 0; zeros <= 7; zeros++)
		ok(unwrap_private(view_of(plain, len + zeros)));
	assert_rv(unwrap_private(view_of(plain, len + 8)), CKR_WRAPPED_KEY_INVALID);
	plain[len + 3] = 1;
	assert_rv(unwrap_private(view_of(plain, len + 4)), CKR_WRAPPED_KEY_INVALID);
}

/* More than any key has: refused by its length, with nothing computed or read. */
static void
test_too_long(void **state)
{
	static const CK_MECHANISM_TYPE mechanisms[] = { CKM_AES_KEY_WRAP, CKM_AES_KEY_WRAP_KWP,
		CKM_AES_KEY_WRAP_PKCS7, CKM_AES_KEY_WRAP_PAD };
	static const CK_ULONG lengths[] = { 65536, 1UL << 31, (1UL << 32) + 16, ~0UL - 7, ~0UL };
	CK_BYTE *in = scratch(65536), *out = scratch(65560);
	CK_OBJECT_HANDLE key;

	(void)state;
	for (size_t m = 0; m < COUNT_OF(mechanisms); m++) {
		for (size_t i = 0; i < COUNT_OF(lengths); i++) {
			CK_ULONG len = 65560;

			ok(p11->C_EncryptInit(session, MECHANISM(mechanisms[m]), wrapping));
			refused(p11->C_Encrypt(session, in, lengths[i], out, &len));
			ok(p11->C_EncryptInit(session, NULL, 0));
		}
		refused(unwrap_rv(mechanisms[m], view_of(in, 65536), TEMPLATE(SECRET), &key));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_wrap(test_lengths),
		test_wrap(test_zeros),
		test_wrap(test_private_keys),
		test_wrap(test_behind_a_private_key),
		test_wrap(test_too_long),
	};

	return test_main(tests, NULL, NULL);
}
