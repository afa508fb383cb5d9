/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keys of every kind and length through AES key wrap: what fills them up goes
 * again, and nothing else does; and under GCM and CCM with associated data.  The bytes themselves
 * are t-vectors' business.
 */
#include <openssl/evp.h>

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

/* A wrapping key whose value another implementation may know. */
static CK_OBJECT_HANDLE
key_readable(void)
{
	CK_OBJECT_HANDLE key;

	ok(p11->C_GenerateKey(session, MECHANISM(CKM_AES_KEY_GEN),
	    TEMPLATE(ULONG(CKA_VALUE_LEN, 32), OPEN, YES(CKA_WRAP), YES(CKA_UNWRAP)), &key));
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
			blob = wrapped(exact[i], key_generic(session, value));
			same_bytes(unwrapped(exact[i], blob, TEMPLATE(SECRET)), value);
			same_bytes(
			    unwrapped(exact[i], blob, TEMPLATE(SECRET, ULONG(CKA_VALUE_LEN, len))),
			    value);
			assert_rv(unwrap_rv(exact[i], blob,
				      TEMPLATE(SECRET, ULONG(CKA_VALUE_LEN, len - 1)), &key),
			    CKR_WRAPPED_KEY_LEN_RANGE);
		}
		blob = wrapped(CKM_AES_KEY_WRAP, key_generic(session, value));
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

/* No key is as long as that, so nothing is allocated for it, nor read. */
static void
test_absurd_lengths(void **state)
{
	static const CK_MECHANISM_TYPE mechanisms[] = { CKM_AES_KEY_WRAP, CKM_AES_KEY_WRAP_KWP,
		CKM_AES_KEY_WRAP_PKCS7 };
	struct view blob = wrapped(
	    CKM_AES_KEY_WRAP, key_generic(session, unhex("000102030405060708090a0b0c0d0e0f")));
	CK_OBJECT_HANDLE key;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(mechanisms); i++) {
		assert_rv(unwrap_rv(mechanisms[i], view_of(blob.data, (size_t)1 << 40),
			      TEMPLATE(SECRET), &key),
		    CKR_WRAPPED_KEY_LEN_RANGE);
		check(key == CK_INVALID_HANDLE);
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

/* ECB and CBC wrap values (6.13.4, 6.13.5): filled up with zeros, PKCS#8 is no PKCS#8 any more. */
static void
test_private_keys_in_blocks(void **state)
{
	CK_MECHANISM *blocks[] = { MECHANISM(CKM_AES_ECB),
		&(CK_MECHANISM){ CKM_AES_CBC, (CK_BYTE *)"initial value 16", 16 } };
	CK_OBJECT_HANDLE pair[2], back = 7;
	CK_BYTE *blob = scratch(512);

	(void)state;
	key_pair_ec(session, p256, true, pair);
	for (size_t i = 0; i < COUNT_OF(blocks); i++) {
		CK_ULONG len = 512;

		assert_rv(p11->C_WrapKey(session, blocks[i], wrapping, pair[1], NULL, &len),
		    CKR_KEY_NOT_WRAPPABLE);
		assert_rv(p11->C_UnwrapKey(session, blocks[i], wrapping, blob, 160,
			      TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY),
				  ULONG(CKA_KEY_TYPE, CKK_EC), OPEN),
			      &back),
		    CKR_TEMPLATE_INCONSISTENT);
		check(len == 512 && back == 7);
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

/* --- associated data, nonces that the token makes, a tag apart --------------------------- */

/* GCM of NIST SP 800-38D and CCM of SP 800-38C, each in the structures that the standard has for
 * wrapping. */
static const CK_MECHANISM_TYPE aeads[] = { CKM_AES_GCM, CKM_AES_CCM };

struct aead {
	union {
		struct pkcs11_gcm_wrap_params gcm_wrap;
		struct pkcs11_ccm_wrap_params ccm_wrap;
		struct pkcs11_gcm_message_params gcm_message;
		struct pkcs11_ccm_message_params ccm_message;
	} parameter;
	CK_MECHANISM mechanism;
	CK_BYTE nonce[12], tag[16];
};

/* CK_…_WRAP_PARAMS with these associated data, and a nonce that is made unless `generator` is 0. */
static struct aead *
aead_wrap(CK_MECHANISM_TYPE type, CK_ULONG generator, CK_ULONG fixed_bits, struct view aad)
{
	struct aead *aead = scratch(sizeof(*aead));
	bool gcm = type == CKM_AES_GCM;

	memset(aead, 0x5a, sizeof(*aead));
	if (gcm)
		aead->parameter.gcm_wrap = (struct pkcs11_gcm_wrap_params){ aead->nonce, 12,
			fixed_bits, generator, (CK_BYTE *)aad.data, aad.len, 128 };
	else
		aead->parameter.ccm_wrap = (struct pkcs11_ccm_wrap_params){ 0, aead->nonce, 12,
			fixed_bits, generator, (CK_BYTE *)aad.data, aad.len, 16 };
	aead->mechanism = (CK_MECHANISM){ type, &aead->parameter,
		gcm ? sizeof(aead->parameter.gcm_wrap) : sizeof(aead->parameter.ccm_wrap) };
	return aead;
}

/* CK_…_MESSAGE_PARAMS, for C_WrapKeyAuthenticated. */
static struct aead *
aead_message(CK_MECHANISM_TYPE type, CK_ULONG generator)
{
	struct aead *aead = scratch(sizeof(*aead));
	bool gcm = type == CKM_AES_GCM;

	memset(aead, 0x5a, sizeof(*aead));
	if (gcm)
		aead->parameter.gcm_message = (struct pkcs11_gcm_message_params){ aead->nonce, 12,
			0, generator, aead->tag, 128 };
	else
		aead->parameter.ccm_message = (struct pkcs11_ccm_message_params){ 0, aead->nonce,
			12, 0, generator, aead->tag, 16 };
	aead->mechanism = (CK_MECHANISM){ type, &aead->parameter,
		gcm ? sizeof(aead->parameter.gcm_message) : sizeof(aead->parameter.ccm_message) };
	return aead;
}

/* What libcrypto makes of the same key, nonce, data and text. */
static void
check_against_libcrypto(CK_MECHANISM_TYPE type, struct view nonce, struct view aad,
    struct view plain, struct view ciphertext, struct view tag)
{
	bool gcm = type == CKM_AES_GCM;
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	CK_BYTE *out = scratch(plain.len), *made = scratch(16);
	struct view key = get_bytes(session, wrapping, CKA_VALUE);
	int len;

	check(EVP_EncryptInit_ex(
		  ctx, gcm ? EVP_aes_256_gcm() : EVP_aes_256_ccm(), NULL, NULL, NULL) == 1);
	check(EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_IVLEN, (int)nonce.len, NULL) == 1);
	check(gcm || EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_TAG, 16, NULL) == 1);
	check(EVP_EncryptInit_ex(ctx, NULL, NULL, key.data, nonce.data) == 1);
	check(gcm || EVP_EncryptUpdate(ctx, NULL, &len, NULL, (int)plain.len) == 1);
	check(EVP_EncryptUpdate(ctx, NULL, &len, aad.data, (int)aad.len) == 1);
	check(EVP_EncryptUpdate(ctx, out, &len, plain.data, (int)plain.len) == 1);
	check(EVP_EncryptFinal_ex(ctx, made, &len) == 1);
	check(EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_GET_TAG, 16, made) == 1);
	EVP_CIPHER_CTX_free(ctx);
	same_bytes(ciphertext, view_of(out, plain.len));
	same_bytes(tag, view_of(made, 16));
}

#define AAD text("who may have it")
#define PLAIN text("a key of thirty-one bytes, odd!")

static void
test_generated_nonce(void **state)
{
	CK_OBJECT_HANDLE target, back;

	(void)state;
	wrapping = key_readable();
	target = key_generic(session, PLAIN);
	for (size_t i = 0; i < COUNT_OF(aeads); i++) {
		struct aead *aead = aead_wrap(aeads[i], CKG_GENERATE, 0, AAD);
		CK_BYTE before[12], *blob = scratch(PLAIN.len + 16); /* public: a nonce */
		CK_ULONG len = 0;

		memcpy(before, aead->nonce, sizeof(before));
		/* Neither a question nor a refusal uses one up. */
		ok(p11->C_WrapKey(session, &aead->mechanism, wrapping, target, NULL, &len));
		check(len == PLAIN.len + 16 && memcmp(before, aead->nonce, 12) == 0);
		len--;
		assert_rv(p11->C_WrapKey(session, &aead->mechanism, wrapping, target, blob, &len),
		    CKR_BUFFER_TOO_SMALL);
		check(memcmp(before, aead->nonce, 12) == 0);
		ok(p11->C_WrapKey(session, &aead->mechanism, wrapping, target, blob, &len));
		check(len == PLAIN.len + 16 && memcmp(before, aead->nonce, 12) != 0);
		check_against_libcrypto(aeads[i], view_of(aead->nonce, 12), AAD, PLAIN,
		    view_of(blob, PLAIN.len), view_of(blob + PLAIN.len, 16));

		/* Unwrapping takes the nonce that is there. */
		memcpy(before, aead->nonce, sizeof(before));
		ok(p11->C_UnwrapKey(
		    session, &aead->mechanism, wrapping, blob, len, TEMPLATE(SECRET), &back));
		check(memcmp(before, aead->nonce, 12) == 0);
		same_bytes(get_bytes(session, back, CKA_VALUE), PLAIN);

		/* The next one is another. */
		ok(p11->C_WrapKey(session, &aead->mechanism, wrapping, target, blob, &len));
		check(memcmp(before, aead->nonce, 12) != 0);
	}
}

static void
test_nonce_parameters(void **state)
{
	CK_OBJECT_HANDLE target = key_generic(session, PLAIN);

	(void)state;
	for (size_t i = 0; i < COUNT_OF(aeads); i++) {
		static const struct {
			CK_ULONG generator, fixed_bits;
			CK_RV rv;
		} cases[] = {
			{ CKG_NO_GENERATE, 0, CKR_OK },
			{ CKG_GENERATE_RANDOM, 0, CKR_OK },
			/* fewer than 96 random bits would come again */
			{ CKG_GENERATE_RANDOM, 1, CKR_MECHANISM_PARAM_INVALID },
			{ CKG_GENERATE, 97, CKR_MECHANISM_PARAM_INVALID },
			{ CKG_GENERATE, ~0UL, CKR_MECHANISM_PARAM_INVALID },
			/* nobody keeps a counter */
			{ CKG_GENERATE_COUNTER, 32, CKR_MECHANISM_PARAM_INVALID },
			{ CKG_GENERATE_COUNTER_XOR, 32, CKR_MECHANISM_PARAM_INVALID },
			{ 99, 0, CKR_MECHANISM_PARAM_INVALID },
		};

		for (size_t n = 0; n < COUNT_OF(cases); n++) {
			struct aead *aead =
			    aead_wrap(aeads[i], cases[n].generator, cases[n].fixed_bits, AAD);
			CK_BYTE *blob = scratch(PLAIN.len + 16);
			CK_ULONG len = PLAIN.len + 16;

			assert_rv(
			    p11->C_WrapKey(session, &aead->mechanism, wrapping, target, blob, &len),
			    cases[n].rv);
		}
	}
}

static CK_RV
unwrap_authenticated(struct aead *aead, struct view blob, struct view aad, CK_OBJECT_HANDLE *back)
{
	*back = CK_INVALID_HANDLE;
	return p11->C_UnwrapKeyAuthenticated(session, &aead->mechanism, wrapping,
	    (CK_BYTE *)blob.data, blob.len, TEMPLATE(SECRET), (CK_BYTE *)aad.data, aad.len, back);
}

/* The tag apart; then whatever is damaged makes no key. */
static void
test_authenticated(void **state)
{
	CK_OBJECT_HANDLE target, back;

	(void)state;
	wrapping = key_readable();
	target = key_generic(session, PLAIN);
	for (size_t i = 0; i < COUNT_OF(aeads); i++) {
		struct aead *aead = aead_message(aeads[i], CKG_GENERATE);
		CK_BYTE *blob = scratch(PLAIN.len);
		CK_ULONG len = 0;

		ok(p11->C_WrapKeyAuthenticated(session, &aead->mechanism, wrapping, target,
		    (CK_BYTE *)AAD.data, AAD.len, NULL, &len));
		check(len == PLAIN.len && aead->tag[0] == 0x5a && aead->nonce[0] == 0x5a);
		ok(p11->C_WrapKeyAuthenticated(session, &aead->mechanism, wrapping, target,
		    (CK_BYTE *)AAD.data, AAD.len, blob, &len));
		check_against_libcrypto(aeads[i], view_of(aead->nonce, 12), AAD, PLAIN,
		    view_of(blob, len), view_of(aead->tag, 16));
		ok(unwrap_authenticated(aead, view_of(blob, len), AAD, &back));
		same_bytes(get_bytes(session, back, CKA_VALUE), PLAIN);

		assert_rv(unwrap_authenticated(
			      aead, view_of(blob, len), text("who may not have it"), &back),
		    CKR_WRAPPED_KEY_INVALID);
		assert_rv(unwrap_authenticated(aead, view_of(blob, len), VIEW_NONE, &back),
		    CKR_WRAPPED_KEY_INVALID);
		for (size_t at = 0; at < 16; at++) {
			aead->tag[at] ^= 1;
			assert_rv(unwrap_authenticated(aead, view_of(blob, len), AAD, &back),
			    CKR_WRAPPED_KEY_INVALID);
			aead->tag[at] ^= 1;
			blob[at] ^= 0x80;
			assert_rv(unwrap_authenticated(aead, view_of(blob, len), AAD, &back),
			    CKR_WRAPPED_KEY_INVALID);
			blob[at] ^= 0x80;
		}
		check(back == CK_INVALID_HANDLE);
	}
}

/* The other structure has its tag behind the ciphertext, and no associated data of its own. */
static void
test_authenticated_with_wrap_parameters(void **state)
{
	CK_OBJECT_HANDLE target, back;

	(void)state;
	wrapping = key_readable();
	target = key_generic(session, PLAIN);
	for (size_t i = 0; i < COUNT_OF(aeads); i++) {
		struct aead *aead = aead_wrap(aeads[i], CKG_GENERATE, 0, VIEW_NONE);
		struct aead *twice = aead_wrap(aeads[i], CKG_GENERATE, 0, AAD);
		CK_BYTE *blob = scratch(PLAIN.len + 16);
		CK_ULONG len = PLAIN.len + 16;

		ok(p11->C_WrapKeyAuthenticated(session, &aead->mechanism, wrapping, target,
		    (CK_BYTE *)AAD.data, AAD.len, blob, &len));
		check_against_libcrypto(aeads[i], view_of(aead->nonce, 12), AAD, PLAIN,
		    view_of(blob, PLAIN.len), view_of(blob + PLAIN.len, 16));
		ok(unwrap_authenticated(aead, view_of(blob, len), AAD, &back));
		same_bytes(get_bytes(session, back, CKA_VALUE), PLAIN);
		assert_rv(p11->C_WrapKeyAuthenticated(session, &twice->mechanism, wrapping, target,
			      (CK_BYTE *)AAD.data, AAD.len, blob, &len),
		    CKR_MECHANISM_PARAM_INVALID);
	}
}

/* The parameters of encrypting, without associated data, do as well. */
static void
test_authenticated_with_plain_parameters(void **state)
{
	CK_BYTE nonce[12] = { 1, 2, 3 }, *blob = scratch(PLAIN.len + 16); /* public: a nonce */
	CK_GCM_PARAMS gcm = { .pIv = nonce, .ulIvLen = 12, .ulIvBits = 96, .ulTagBits = 128 };
	struct pkcs11_ccm_params ccm = { 0, nonce, 12, NULL, 0, 16 };
	CK_MECHANISM *plain[] = { MECHANISM_WITH(CKM_AES_GCM, &gcm),
		MECHANISM_WITH(CKM_AES_CCM, &ccm) };
	CK_OBJECT_HANDLE target;

	(void)state;
	wrapping = key_readable();
	target = key_generic(session, PLAIN);
	for (size_t i = 0; i < COUNT_OF(plain); i++) {
		CK_ULONG len = PLAIN.len + 16;

		ok(p11->C_WrapKeyAuthenticated(
		    session, plain[i], wrapping, target, (CK_BYTE *)AAD.data, AAD.len, blob, &len));
		check_against_libcrypto(plain[i]->mechanism, view_of(nonce, 12), AAD, PLAIN,
		    view_of(blob, PLAIN.len), view_of(blob + PLAIN.len, 16));
	}
}

/* With associated data they are not the structure that is meant: an address where a generator is
 * looked for, a length where a tag is. */
static void
test_authenticated_with_the_wrong_structure(void **state)
{
	CK_BYTE nonce[12] = { 1, 2, 3 }, *blob = scratch(64); /* public: a nonce */
	CK_BYTE *places[] = { (CK_BYTE *)"associated", NULL };
	CK_OBJECT_HANDLE target = key_generic(session, PLAIN), back = 7;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(places); i++) {
		CK_GCM_PARAMS gcm = { nonce, 12, 0, places[i], 10, 128 };
		CK_MECHANISM *plain = MECHANISM_WITH(CKM_AES_GCM, &gcm);
		CK_ULONG len = 64;

		assert_rv(p11->C_WrapKeyAuthenticated(session, plain, wrapping, target,
			      (CK_BYTE *)AAD.data, AAD.len, blob, &len),
		    CKR_MECHANISM_PARAM_INVALID);
		assert_rv(p11->C_UnwrapKeyAuthenticated(session, plain, wrapping, blob, 47,
			      TEMPLATE(SECRET), (CK_BYTE *)AAD.data, AAD.len, &back),
		    CKR_MECHANISM_PARAM_INVALID);
		check(len == 64 && back == 7);
	}
}

static void
test_authenticated_refusals(void **state)
{
	CK_OBJECT_HANDLE target = key_generic(session, PLAIN), hidden;
	struct aead *aead = aead_message(CKM_AES_GCM, CKG_GENERATE);
	CK_BYTE *blob = scratch(64);
	CK_ULONG len = 64;

	(void)state;
	/* Mechanisms that authenticate nothing beside the key. */
	assert_rv(p11->C_WrapKeyAuthenticated(session, MECHANISM(CKM_AES_KEY_WRAP), wrapping,
		      target, (CK_BYTE *)AAD.data, AAD.len, blob, &len),
	    CKR_MECHANISM_INVALID);
	assert_rv(p11->C_WrapKeyAuthenticated(
		      session, NULL, wrapping, target, (CK_BYTE *)AAD.data, AAD.len, blob, &len),
	    CKR_ARGUMENTS_BAD);
	assert_rv(p11->C_WrapKeyAuthenticated(
		      session, &aead->mechanism, wrapping, target, NULL, 1, blob, &len),
	    CKR_ARGUMENTS_BAD);
	ok(p11->C_CopyObject(session, target, TEMPLATE(NO(CKA_EXTRACTABLE)), &hidden));
	assert_rv(p11->C_WrapKeyAuthenticated(session, &aead->mechanism, wrapping, hidden,
		      (CK_BYTE *)AAD.data, AAD.len, blob, &len),
	    CKR_KEY_UNEXTRACTABLE);
	check(aead->tag[0] == 0x5a && aead->nonce[0] == 0x5a);
	aead->parameter.gcm_message.tag = NULL;
	assert_rv(p11->C_WrapKeyAuthenticated(session, &aead->mechanism, wrapping, target,
		      (CK_BYTE *)AAD.data, AAD.len, blob, &len),
	    CKR_MECHANISM_PARAM_INVALID);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_wrap(test_lengths),
		test_wrap(test_absurd_lengths),
		test_wrap(test_zeros),
		test_wrap(test_private_keys),
		test_wrap(test_private_keys_in_blocks),
		test_wrap(test_behind_a_private_key),
		test_wrap(test_too_long),
		test_wrap(test_generated_nonce),
		test_wrap(test_nonce_parameters),
		test_wrap(test_authenticated),
		test_wrap(test_authenticated_with_wrap_parameters),
		test_wrap(test_authenticated_with_plain_parameters),
		test_wrap(test_authenticated_with_the_wrong_structure),
		test_wrap(test_authenticated_refusals),
	};

	return test_main(tests, NULL, NULL);
}
