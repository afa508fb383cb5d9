/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RSA as transport: what a block may tell of itself when it is none, templates of
 * keys that come by it, keys wrapped by way of AES, encapsulation.  The other party
 * and the maker of bad blocks is libcrypto; tests/t-timing has the clock's side of it.
 */
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/rsa.h>
#include <stdio.h>

#include "tests/peer.h"

#define BITS 2048
#define K (BITS / 8)
#define CRAFTED 600

static CK_SESSION_HANDLE session;
static EVP_PKEY *peer; /* has both halves of the token's pair */
static CK_OBJECT_HANDLE public_key, private_key;

static CK_OBJECT_HANDLE
made(CK_ATTRIBUTE *template, CK_ULONG count)
{
	CK_OBJECT_HANDLE object = CK_INVALID_HANDLE;

	ok(p11->C_CreateObject(session, template, count, &object));
	return object;
}

#define RSA(class) ULONG(CKA_CLASS, class), ULONG(CKA_KEY_TYPE, CKK_RSA)
#define OPEN NO(CKA_SENSITIVE), YES(CKA_EXTRACTABLE)

/* With a demand on what is unwrapped, unless that is empty. */
static void
import_pair(EVP_PKEY *from, CK_ATTRIBUTE *demands, CK_ULONG demanded)
{
	struct view n = peer_number(from, OSSL_PKEY_PARAM_RSA_N);
	struct view e = peer_number(from, OSSL_PKEY_PARAM_RSA_E);
	struct view d = peer_number(from, OSSL_PKEY_PARAM_RSA_D);

	public_key = made(TEMPLATE(RSA(CKO_PUBLIC_KEY), BYTES(CKA_MODULUS, n),
	    BYTES(CKA_PUBLIC_EXPONENT, e), YES(CKA_ENCRYPT), YES(CKA_WRAP), YES(CKA_VERIFY),
	    YES(CKA_VERIFY_RECOVER), YES(CKA_ENCAPSULATE)));
	private_key = made(TEMPLATE(RSA(CKO_PRIVATE_KEY), OPEN, BYTES(CKA_MODULUS, n),
	    BYTES(CKA_PUBLIC_EXPONENT, e), BYTES(CKA_PRIVATE_EXPONENT, d), YES(CKA_DECRYPT),
	    YES(CKA_UNWRAP), YES(CKA_SIGN), YES(CKA_SIGN_RECOVER), YES(CKA_DECAPSULATE),
	    ATTRIBUTE(CKA_UNWRAP_TEMPLATE, demands, demanded * sizeof(*demands))));
}

static int
begin(void **state)
{
	module_fresh(state);
	session = session_user(token_make("rsa"));
	if (peer == NULL)
		peer = peer_rsa(BITS);
	import_pair(peer, NO_TEMPLATE);
	return 0;
}

#define test_rsa(function) cmocka_unit_test_setup_teardown(function, begin, module_stopped)

/* --- the other party -------------------------------------------------------------- */

/* RSA by libcrypto: with the public or the private half, whatever the padding. */
static bool
peer_try(bool public, int padding, struct view in, struct view *out)
{
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(peer, NULL);
	size_t len = K;
	unsigned char *to = scratch(len);
	int done;

	check((public ? EVP_PKEY_encrypt_init(context) : EVP_PKEY_decrypt_init(context)) == 1);
	check(EVP_PKEY_CTX_set_rsa_padding(context, padding) == 1);
	done = public ? EVP_PKEY_encrypt(context, to, &len, in.data, in.len)
		      : EVP_PKEY_decrypt(context, to, &len, in.data, in.len);
	EVP_PKEY_CTX_free(context);
	*out = view_of(to, len);
	return done == 1;
}

static struct view
peer_rsa_by(bool public, int padding, struct view in)
{
	struct view out;

	check(peer_try(public, padding, in, &out));
	return out;
}

/* AES-KWP by libcrypto. */
static struct view
peer_kwp(bool wraps, struct view key, struct view in)
{
	const EVP_CIPHER *cipher = key.len == 32 ? EVP_aes_256_wrap_pad()
	    : key.len == 24                      ? EVP_aes_192_wrap_pad()
						 : EVP_aes_128_wrap_pad();
	EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
	unsigned char *out = scratch(in.len + 16);
	int len = 0;

	EVP_CIPHER_CTX_set_flags(context, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
	check(EVP_CipherInit_ex2(context, cipher, key.data, NULL, wraps, NULL) == 1);
	check(EVP_CipherUpdate(context, out, &len, in.data, (int)in.len) == 1);
	EVP_CIPHER_CTX_free(context);
	return view_of(out, (size_t)len);
}

/* --- blocks that are none ------------------------------------------------------------ */

/* Repeatable: the same blocks each time. */
static uint64_t rolls;

static unsigned char
roll(void)
{
	rolls = rolls * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned char)(rolls >> 56);
}

/* A block of type 2 that has `len` bytes for a message. */
static unsigned char *
good_block(size_t len)
{
	unsigned char *block = scratch(K);

	block[1] = 2;
	for (size_t i = 2; i < K; i++)
		block[i] = roll() | 1;
	block[K - 1 - len] = 0;
	return block;
}

/*
 * What an attacker sends: other leading bytes, a zero in the padding, none at all,
 * messages of every length, something else altogether; and good ones between.
 */
static struct view
crafted_block(unsigned n)
{
	unsigned char *block = good_block(16);

	switch (n % 8) {
	case 0:
		block = good_block(n / 8);
		break;
	case 1:
		block[1] = roll();
		break;
	case 2:
		block[2 + n / 8 % 8] = 0;
		break;
	case 3:
		block[K - 17] = 1;
		break;
	case 4:
		block[K - 17] = 1;
		block[K - 1 - n / 8] = 0;
		break;
	case 5:
		memset(block + 1, 0, K - 1);
		block[K - 1] = (unsigned char)n;
		break;
	case 6:
		for (size_t i = 1; i < K; i++)
			block[i] = roll();
		break;
	default:
		break;
	}
	/* Below any modulus of this length, which begins with a bit. */
	if (n % 16 > 8)
		block[0] = n % 3 ? 1 : 0x40;
	return view_of(block, K);
}

static struct view
crafted(unsigned n)
{
	if (n == 0)
		rolls = 1;
	return peer_rsa_by(true, RSA_NO_PADDING, crafted_block(n));
}

static CK_RV
decrypt(CK_MECHANISM *mechanism, struct view in, struct view *out)
{
	CK_ULONG len = K;
	CK_BYTE *to = scratch(len);
	CK_RV rv;

	ok(p11->C_DecryptInit(session, mechanism, private_key));
	rv = p11->C_Decrypt(session, (CK_BYTE *)in.data, in.len, to, &len);
	*out = view_of(to, len);
	return rv;
}

static CK_RV
unwrap_rv(CK_MECHANISM *mechanism, struct view blob, CK_ATTRIBUTE *template, CK_ULONG count,
    CK_OBJECT_HANDLE *key)
{
	*key = CK_INVALID_HANDLE;
	return p11->C_UnwrapKey(
	    session, mechanism, private_key, (CK_BYTE *)blob.data, blob.len, template, count, key);
}

static struct view
unwrapped(CK_MECHANISM *mechanism, struct view blob, CK_ATTRIBUTE *template, CK_ULONG count)
{
	CK_OBJECT_HANDLE key;
	struct view value;

	ok(unwrap_rv(mechanism, blob, template, count, &key));
	value = get_bytes(session, key, CKA_VALUE);
	ok(p11->C_DestroyObject(session, key));
	return value;
}

#define SECRET(type) ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, type), OPEN
#define LONG(len) ULONG(CKA_VALUE_LEN, len)
#define RSA_PKCS MECHANISM(CKM_RSA_PKCS)

static bool
same(struct view a, struct view b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

/* The message of a good block of type 2. */
static bool
message_of(struct view block, struct view *message)
{
	size_t at = 2;

	while (at < K && block.data[at] != 0)
		at++;
	if (block.data[0] != 0 || block.data[1] != 2 || at < 10 || at == K)
		return false;
	*message = view_of(block.data + at + 1, K - at - 1);
	return true;
}

/* B08: every block decrypts, to its message or to one that is always the same. */
static void
test_decrypt_tells_nothing(void **state)
{
	const bool rejects = OPENSSL_version_major() > 3 || OPENSSL_version_minor() >= 2;
	struct view first, second, theirs = VIEW_NONE, before = VIEW_NONE;
	unsigned good = 0;

	(void)state;
	for (unsigned n = 0; n < CRAFTED; n++) {
		struct view in = crafted(n);
		struct view block = peer_rsa_by(false, RSA_NO_PADDING, in), message;

		ok(decrypt(RSA_PKCS, in, &first));
		ok(decrypt(RSA_PKCS, in, &second));
		same_bytes(first, second);
		check(first.len <= K - 11);
		if (message_of(block, &message)) {
			same_bytes(first, message);
			good++;
		} else {
			check(first.len == 0 || !same(first, before));
		}
		/* Which message that is, is agreed on. */
		if (rejects) {
			theirs = peer_rsa_by(false, RSA_PKCS1_PADDING, in);
			same_bytes(first, theirs);
		}
		before = first;
	}
	check(good > CRAFTED / 10 && good < CRAFTED / 2);
}

/* B07: every block unwraps, to a key of the length that is asked for. */
static void
test_unwrap_tells_nothing(void **state)
{
	struct view first, before = VIEW_NONE, message;
	unsigned good = 0;

	(void)state;
	for (unsigned n = 0; n < CRAFTED; n++) {
		struct view in = crafted(n);
		struct view block = peer_rsa_by(false, RSA_NO_PADDING, in);

		first = unwrapped(RSA_PKCS, in, TEMPLATE(SECRET(CKK_AES), LONG(16)));
		check(first.len == 16 && !same(first, before));
		if (message_of(block, &message) && message.len == 16) {
			same_bytes(first, message);
			good++;
		} else {
			same_bytes(
			    unwrapped(RSA_PKCS, in, TEMPLATE(SECRET(CKK_AES), LONG(16))), first);
		}
		before = first;
	}
	check(good > CRAFTED / 20);
}

/* Where the length is open, only what such a key may have is taken for one, and given for one. */
static void
test_unwrap_of_any_length(void **state)
{
	unsigned lengths[33] = { 0 }, longest = 0;

	(void)state;
	for (unsigned n = 0; n < CRAFTED; n++) {
		struct view in = crafted(n), aes, generic, message;
		struct view block = peer_rsa_by(false, RSA_NO_PADDING, in);

		aes = unwrapped(RSA_PKCS, in, TEMPLATE(SECRET(CKK_AES)));
		generic = unwrapped(RSA_PKCS, in, TEMPLATE(SECRET(CKK_GENERIC_SECRET)));
		check(aes.len == 16 || aes.len == 24 || aes.len == 32);
		check(generic.len >= 1 && generic.len <= K - 11);
		if (message_of(block, &message) && message.len != 0)
			same_bytes(generic, message);
		else if (generic.len > longest)
			longest = (unsigned)generic.len;
		if (message_of(block, &message) &&
		    (message.len == 16 || message.len == 24 || message.len == 32))
			same_bytes(aes, message);
		else
			lengths[aes.len]++;
	}
	/* Each about as often. */
	check(lengths[16] > CRAFTED / 8 && lengths[24] > CRAFTED / 8 && lengths[32] > CRAFTED / 8);
	check(longest > K - 11 - 32);
}

/* What everybody can see for himself is told. */
static void
test_public_facts(void **state)
{
	struct view n = peer_number(peer, OSSL_PKEY_PARAM_RSA_N), out;
	CK_OBJECT_HANDLE key;

	(void)state;
	assert_rv(decrypt(RSA_PKCS, n, &out), CKR_ENCRYPTED_DATA_INVALID);
	assert_rv(unwrap_rv(RSA_PKCS, n, TEMPLATE(SECRET(CKK_AES), LONG(16)), &key),
	    CKR_WRAPPED_KEY_INVALID);
	for (size_t len = 0; len < K; len += 51) {
		assert_rv(
		    decrypt(RSA_PKCS, view_of(n.data, len), &out), CKR_ENCRYPTED_DATA_LEN_RANGE);
		assert_rv(unwrap_rv(RSA_PKCS, view_of(n.data, len),
			      TEMPLATE(SECRET(CKK_AES), LONG(16)), &key),
		    CKR_WRAPPED_KEY_LEN_RANGE);
	}
	assert_rv(unwrap_rv(RSA_PKCS, crafted(0),
		      TEMPLATE(SECRET(CKK_GENERIC_SECRET), LONG(K - 10)), &key),
	    CKR_WRAPPED_KEY_LEN_RANGE);
	check(unwrapped(RSA_PKCS, crafted(0), TEMPLATE(SECRET(CKK_GENERIC_SECRET), LONG(K - 11)))
		  .len == K - 11);
}

/* A private key that does not come out is one kind of failure, whatever was in the block. */
static void
test_private_keys(void **state)
{
	CK_OBJECT_HANDLE pair[2], key;
	CK_ULONG len = K;
	CK_BYTE *blob = scratch(len);

	(void)state;
	key_pair_ec(session, p256, true, pair);
	ok(p11->C_WrapKey(session, RSA_PKCS, public_key, pair[1], blob, &len));
	ok(unwrap_rv(RSA_PKCS, view_of(blob, len),
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY), ULONG(CKA_KEY_TYPE, CKK_EC), OPEN), &key));
	same_bytes(get_bytes(session, key, CKA_VALUE), get_bytes(session, pair[1], CKA_VALUE));
	for (unsigned n = 0; n < CRAFTED / 4; n++)
		assert_rv(unwrap_rv(RSA_PKCS, crafted(n),
			      TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY),
				  ULONG(CKA_KEY_TYPE, CKK_EC), OPEN),
			      &key),
		    CKR_WRAPPED_KEY_INVALID);
	/* They have no CKA_VALUE_LEN. */
	assert_rv(
	    unwrap_rv(MECHANISM(CKM_RSA_X_509), view_of(blob, len),
		TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY), ULONG(CKA_KEY_TYPE, CKK_EC), OPEN),
		&key),
	    CKR_TEMPLATE_INCOMPLETE);
}

static CK_MECHANISM *
oaep(void)
{
	static CK_RSA_PKCS_OAEP_PARAMS parameter = { CKM_SHA256, CKG_MGF1_SHA256,
		CKZ_DATA_SPECIFIED, NULL, 0 };
	static CK_MECHANISM mechanism = { CKM_RSA_PKCS_OAEP, &parameter, sizeof(parameter) };

	return &mechanism;
}

/* A block that is good but for what the number says. */
static struct view
crafted_oaep(unsigned n)
{
	struct view good = peer_rsa_by(false, RSA_NO_PADDING,
	    peer_oaep(peer, n % 2 == 0 ? "SHA256" : "SHA1",
		unhex("000102030405060708090a0b0c0d"
		      "0e0f")));
	unsigned char *block = (unsigned char *)copy_of(good.data, good.len).data;

	if (n == 0)
		rolls = 2;
	switch (n % 5) {
	case 0:
		block[0] = n % 3 ? 1 : 0x40;
		break;
	case 1:
		block[1 + n % (K - 1)] ^= (unsigned char)(1 << n % 8);
		break;
	case 2:
		block[K - 1] ^= 1;
		break;
	case 3:
		memset(block + 1, 0, K - 1);
		block[K - 1] = (unsigned char)(2 + n);
		break;
	default:
		for (size_t i = 1; i < K; i++)
			block[i] = roll();
		block[0] = n % 2;
	}
	return peer_rsa_by(true, RSA_NO_PADDING, view_of(block, K));
}

/* B09 and B10 (Manger, CRYPTO 2001). */
static void
test_oaep_tells_one_thing(void **state)
{
	struct view out;
	CK_OBJECT_HANDLE key;

	(void)state;
	for (unsigned n = 0; n < CRAFTED; n++) {
		struct view in = crafted_oaep(n);

		assert_rv(decrypt(oaep(), in, &out), CKR_ENCRYPTED_DATA_INVALID);
		assert_rv(unwrap_rv(oaep(), in, TEMPLATE(SECRET(CKK_AES), LONG(16)), &key),
		    CKR_WRAPPED_KEY_INVALID);
	}
}

/* --- templates ------------------------------------------------------------------------ */

static struct view
peer_wrapped(struct view value)
{
	return peer_rsa_by(true, RSA_PKCS1_PADDING, value);
}

/* What the unwrapping key's owner demands is met by the key that replaces one, too. */
static void
test_unwrap_template(void **state)
{
	CK_ATTRIBUTE demands[] = { ULONG(CKA_KEY_TYPE, CKK_AES), LONG(32), YES(CKA_SENSITIVE) };
	struct view blob = peer_wrapped(unhex("000102030405060708090a0b0c0d0e0f"));
	CK_OBJECT_HANDLE key;

	(void)state;
	import_pair(peer, demands, COUNT_OF(demands));
	/* 16 bytes are not the 32 that shall be, and nobody learns it here. */
	ok(unwrap_rv(RSA_PKCS, blob, TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY)), &key));
	check(get_ulong(session, key, CKA_KEY_TYPE) == CKK_AES);
	check(get_ulong(session, key, CKA_VALUE_LEN) == 32);
	check(get_bool(session, key, CKA_SENSITIVE));
	assert_rv(unwrap_rv(RSA_PKCS, blob,
		      TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), NO(CKA_SENSITIVE)), &key),
	    CKR_TEMPLATE_INCONSISTENT);
	assert_rv(
	    unwrap_rv(RSA_PKCS, blob, TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), LONG(16)), &key),
	    CKR_TEMPLATE_INCONSISTENT);
}

/* CKM_RSA_X_509 gives the end of the number; OAEP has a length of its own. */
static void
test_lengths(void **state)
{
	struct view value =
	    unhex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
	CK_MECHANISM *raw = MECHANISM(CKM_RSA_X_509);
	unsigned char *block = scratch(K);
	CK_OBJECT_HANDLE key;
	struct view blob;

	(void)state;
	for (size_t i = 1; i < K; i++)
		block[i] = (unsigned char)i;
	memcpy(block + K - value.len, value.data, value.len);
	blob = peer_rsa_by(true, RSA_NO_PADDING, view_of(block, K));
	same_bytes(unwrapped(raw, blob, TEMPLATE(SECRET(CKK_AES), LONG(32))), value);
	same_bytes(unwrapped(raw, blob, TEMPLATE(SECRET(CKK_AES), LONG(16))),
	    view_of(value.data + 16, 16));
	same_bytes(unwrapped(raw, blob, TEMPLATE(SECRET(CKK_CHACHA20))), value);
	same_bytes(
	    unwrapped(raw, blob, TEMPLATE(SECRET(CKK_GENERIC_SECRET), LONG(K))), view_of(block, K));
	assert_rv(unwrap_rv(raw, blob, TEMPLATE(SECRET(CKK_AES)), &key), CKR_TEMPLATE_INCOMPLETE);
	assert_rv(unwrap_rv(raw, blob, TEMPLATE(SECRET(CKK_GENERIC_SECRET), LONG(K + 1)), &key),
	    CKR_WRAPPED_KEY_LEN_RANGE);

	blob = peer_oaep(peer, "SHA256", value);
	same_bytes(unwrapped(oaep(), blob, TEMPLATE(SECRET(CKK_AES))), value);
	assert_rv(unwrap_rv(oaep(), blob, TEMPLATE(SECRET(CKK_AES), LONG(16)), &key),
	    CKR_WRAPPED_KEY_LEN_RANGE);
}

/* k - 11 bytes go in, and no more; what the peer deciphers is the key. */
static void
test_wrap_lengths(void **state)
{
	CK_BYTE *value = scratch(K + 1), *blob = scratch(K);
	CK_ULONG len = K;

	(void)state;
	memset(value, 7, K + 1);
	ok(p11->C_WrapKey(session, RSA_PKCS, public_key,
	    key_generic(session, view_of(value, K - 11)), blob, &len));
	same_bytes(
	    peer_rsa_by(false, RSA_PKCS1_PADDING, view_of(blob, len)), view_of(value, K - 11));
	assert_rv(p11->C_WrapKey(session, RSA_PKCS, public_key,
		      key_generic(session, view_of(value, K - 10)), blob, &len),
	    CKR_KEY_SIZE_RANGE);
	assert_rv(p11->C_WrapKey(session, MECHANISM(CKM_RSA_X_509), public_key,
		      key_generic(session, view_of(value, K + 1)), blob, &len),
	    CKR_KEY_SIZE_RANGE);
	ok(p11->C_WrapKey(session, MECHANISM(CKM_RSA_X_509), public_key,
	    key_generic(session, view_of(value, 40)), blob, &len));
	memset(value, 0, K - 40);
	same_bytes(peer_rsa_by(false, RSA_NO_PADDING, view_of(blob, len)), view_of(value, K));
}

/* --- CKM_RSA_AES_KEY_WRAP ---------------------------------------------------------------- */

static CK_MECHANISM *
rsa_aes(CK_ULONG bits)
{
	struct pkcs11_rsa_aes_key_wrap_params *parameter = scratch(sizeof(*parameter));
	CK_MECHANISM *mechanism = scratch(sizeof(*mechanism));

	*parameter = (struct pkcs11_rsa_aes_key_wrap_params){ bits, oaep()->pParameter };
	*mechanism = (CK_MECHANISM){ CKM_RSA_AES_KEY_WRAP, parameter, sizeof(*parameter) };
	return mechanism;
}

/* What the key is as the standard has it wrapped: its value, or PKCS#8. */
static struct view
peer_opened(struct view blob, CK_ULONG bits)
{
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(peer, NULL);
	unsigned char *kek = scratch(K);
	size_t len = K;

	check(EVP_PKEY_decrypt_init(context) == 1);
	check(EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) == 1);
	check(EVP_PKEY_CTX_set_rsa_oaep_md_name(context, "SHA256", NULL) == 1);
	check(EVP_PKEY_decrypt(context, kek, &len, blob.data, K) == 1);
	EVP_PKEY_CTX_free(context);
	check(len == bits / 8);
	return peer_kwp(false, view_of(kek, len), view_of(blob.data + K, blob.len - K));
}

static struct view
peer_closed(struct view plain, struct view kek)
{
	struct view head = peer_oaep(peer, "SHA256", kek), tail = peer_kwp(true, kek, plain);
	unsigned char *blob = scratch(head.len + tail.len);

	memcpy(blob, head.data, head.len);
	memcpy(blob + head.len, tail.data, tail.len);
	return view_of(blob, head.len + tail.len);
}

static struct view
wrapped_by_aes(CK_OBJECT_HANDLE key, CK_ULONG bits)
{
	CK_ULONG len = 0;
	CK_BYTE *blob;

	ok(p11->C_WrapKey(session, rsa_aes(bits), public_key, key, NULL, &len));
	blob = scratch(len);
	ok(p11->C_WrapKey(session, rsa_aes(bits), public_key, key, blob, &len));
	return view_of(blob, len);
}

/* One key there and back by both parties; `type` and `part` are how it is seen to be the same. */
static void
both_ways(CK_OBJECT_HANDLE key, CK_KEY_TYPE type, CK_ATTRIBUTE_TYPE part, CK_ULONG bits)
{
	CK_ULONG class = get_ulong(session, key, CKA_CLASS);
	struct view kek = copy_of(scratch(bits / 8), bits / 8);
	struct view plain = peer_opened(wrapped_by_aes(key, bits), bits);
	CK_OBJECT_HANDLE back;

	if (class == CKO_SECRET_KEY)
		same_bytes(plain, get_bytes(session, key, CKA_VALUE));
	memset((unsigned char *)kek.data, 3, kek.len);
	ok(unwrap_rv(rsa_aes(bits), peer_closed(plain, kek),
	    TEMPLATE(ULONG(CKA_CLASS, class), ULONG(CKA_KEY_TYPE, type), OPEN), &back));
	same_bytes(get_bytes(session, back, part), get_bytes(session, key, part));
}

static void
test_rsa_aes(void **state)
{
	static const CK_ULONG bits[] = { 128, 192, 256 };
	CK_OBJECT_HANDLE ec[2];

	(void)state;
	key_pair_ec(session, p384, true, ec);
	for (size_t i = 0; i < COUNT_OF(bits); i++) {
		both_ways(ec[1], CKK_EC, CKA_VALUE, bits[i]);
		both_ways(private_key, CKK_RSA, CKA_PRIVATE_EXPONENT, bits[i]);
		both_ways(key_generic(session, unhex("0102030405")), CKK_GENERIC_SECRET, CKA_VALUE,
		    bits[i]);
	}
}

/* One code, whichever part is wrong. */
static void
test_rsa_aes_damaged(void **state)
{
	struct view value = unhex("000102030405060708090a0b0c0d0e0f"), kek = value, blob;
	CK_OBJECT_HANDLE key;

	(void)state;
	blob = peer_closed(value, kek);
	same_bytes(unwrapped(rsa_aes(128), blob, TEMPLATE(SECRET(CKK_AES))), value);
	for (size_t i = 1; i < blob.len; i += i < K ? 25 : 1) {
		struct view bent = copy_of(blob.data, blob.len);

		((unsigned char *)bent.data)[i] ^= 1;
		assert_rv(unwrap_rv(rsa_aes(128), bent, TEMPLATE(SECRET(CKK_AES)), &key),
		    CKR_WRAPPED_KEY_INVALID);
	}
	assert_rv(unwrap_rv(rsa_aes(256), blob, TEMPLATE(SECRET(CKK_AES)), &key),
	    CKR_WRAPPED_KEY_INVALID);
	assert_rv(unwrap_rv(rsa_aes(128), blob, TEMPLATE(SECRET(CKK_AES), LONG(32)), &key),
	    CKR_WRAPPED_KEY_LEN_RANGE);
	assert_rv(unwrap_rv(rsa_aes(128), view_of(blob.data, K), TEMPLATE(SECRET(CKK_AES)), &key),
	    CKR_WRAPPED_KEY_LEN_RANGE);
}

/* --- encapsulation ---------------------------------------------------------------------- */

static CK_RV
encapsulate(CK_MECHANISM *mechanism, CK_ATTRIBUTE *template, CK_ULONG count, CK_BYTE *out,
    CK_ULONG *len, CK_OBJECT_HANDLE *key)
{
	*key = CK_INVALID_HANDLE;
	return p11->C_EncapsulateKey(
	    session, mechanism, public_key, template, count, out, len, key);
}

static CK_RV
decapsulate(CK_MECHANISM *mechanism, struct view in, CK_ATTRIBUTE *template, CK_ULONG count,
    CK_OBJECT_HANDLE *key)
{
	*key = CK_INVALID_HANDLE;
	return p11->C_DecapsulateKey(
	    session, mechanism, private_key, template, count, (CK_BYTE *)in.data, in.len, key);
}

static struct view
peer_opened_oaep(struct view in)
{
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(peer, NULL);
	unsigned char *out = scratch(K);
	size_t len = K;

	check(EVP_PKEY_decrypt_init(context) == 1);
	check(EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) == 1);
	check(EVP_PKEY_CTX_set_rsa_oaep_md_name(context, "SHA256", NULL) == 1);
	check(EVP_PKEY_decrypt(context, out, &len, in.data, in.len) == 1);
	EVP_PKEY_CTX_free(context);
	return view_of(out, len);
}

/* RSASVE by libcrypto. */
static struct view
peer_decapsulated(struct view in)
{
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(peer, NULL);
	unsigned char *out = scratch(K);
	size_t len = K;

	check(EVP_PKEY_decapsulate_init(context, NULL) == 1);
	check(EVP_PKEY_CTX_set_kem_op(context, "RSASVE") == 1);
	check(EVP_PKEY_decapsulate(context, out, &len, in.data, in.len) == 1);
	EVP_PKEY_CTX_free(context);
	return view_of(out, len);
}

static struct view
peer_encapsulated(struct view *secret)
{
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(peer, NULL);
	unsigned char *out = scratch(K), *z = scratch(K);
	size_t len = K, z_len = K;

	check(EVP_PKEY_encapsulate_init(context, NULL) == 1);
	check(EVP_PKEY_CTX_set_kem_op(context, "RSASVE") == 1);
	check(EVP_PKEY_encapsulate(context, out, &len, z, &z_len) == 1);
	EVP_PKEY_CTX_free(context);
	*secret = view_of(z, z_len);
	return view_of(out, len);
}

/* Asking makes nothing, a buffer too short neither. */
static void
test_encapsulation_asked(void **state)
{
	CK_MECHANISM *const mechanisms[] = { RSA_PKCS, oaep(), MECHANISM(CKM_RSA_X_509) };
	CK_ULONG before = find(session, NO_TEMPLATE, NULL), len;
	CK_OBJECT_HANDLE key;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(mechanisms); i++) {
		len = 0;
		ok(encapsulate(
		    mechanisms[i], TEMPLATE(SECRET(CKK_AES), LONG(16)), NULL, &len, &key));
		check(len == K && key == CK_INVALID_HANDLE);
		len = K - 1;
		assert_rv(encapsulate(mechanisms[i], TEMPLATE(SECRET(CKK_AES), LONG(16)),
			      scratch(len), &len, &key),
		    CKR_BUFFER_TOO_SMALL);
		check(len == K && key == CK_INVALID_HANDLE);
		assert_rv(decapsulate(mechanisms[i], view_of(scratch(K - 1), K - 1),
			      TEMPLATE(SECRET(CKK_AES), LONG(16)), &key),
		    CKR_WRAPPED_KEY_LEN_RANGE);
		assert_rv(decapsulate(mechanisms[i], view_of(scratch(K + 1), K + 1),
			      TEMPLATE(SECRET(CKK_AES), LONG(16)), &key),
		    CKR_WRAPPED_KEY_LEN_RANGE);
	}
	check(find(session, NO_TEMPLATE, NULL) == before);
}

/* The key that is made is the one that the other party finds. */
static void
test_encapsulated(void **state)
{
	CK_BYTE *out = scratch(K);
	CK_OBJECT_HANDLE key;
	CK_ULONG len = K;

	(void)state;
	ok(encapsulate(RSA_PKCS, TEMPLATE(SECRET(CKK_AES)), out, &len, &key));
	check(get_ulong(session, key, CKA_VALUE_LEN) == 32);
	same_bytes(peer_rsa_by(false, RSA_PKCS1_PADDING, view_of(out, len)),
	    get_bytes(session, key, CKA_VALUE));
	ok(encapsulate(oaep(), TEMPLATE(SECRET(CKK_AES), LONG(16)), out, &len, &key));
	same_bytes(peer_opened_oaep(view_of(out, len)), get_bytes(session, key, CKA_VALUE));
	ok(encapsulate(
	    MECHANISM(CKM_RSA_X_509), TEMPLATE(SECRET(CKK_GENERIC_SECRET)), out, &len, &key));
	check(get_ulong(session, key, CKA_VALUE_LEN) == K);
	same_bytes(peer_decapsulated(view_of(out, len)), get_bytes(session, key, CKA_VALUE));
	/* How long shall it be? */
	assert_rv(encapsulate(RSA_PKCS, TEMPLATE(SECRET(CKK_GENERIC_SECRET)), out, &len, &key),
	    CKR_TEMPLATE_INCOMPLETE);
	assert_rv(encapsulate(RSA_PKCS, TEMPLATE(SECRET(CKK_GENERIC_SECRET), LONG(K - 10)), out,
		      &len, &key),
	    CKR_KEY_SIZE_RANGE);
	assert_rv(encapsulate(MECHANISM(CKM_RSA_X_509),
		      TEMPLATE(SECRET(CKK_GENERIC_SECRET), LONG(K + 1)), out, &len, &key),
	    CKR_KEY_SIZE_RANGE);
}

static void
test_decapsulated(void **state)
{
	struct view value = unhex("000102030405060708090a0b0c0d0e0f"), z, blob;
	CK_OBJECT_HANDLE key;

	(void)state;
	blob = peer_wrapped(value);
	ok(decapsulate(RSA_PKCS, blob, TEMPLATE(SECRET(CKK_AES)), &key));
	same_bytes(get_bytes(session, key, CKA_VALUE), value);
	/* As by C_UnwrapKey: a key of another length is no reason to complain. */
	ok(decapsulate(RSA_PKCS, blob, TEMPLATE(SECRET(CKK_AES), LONG(32)), &key));
	same_bytes(get_bytes(session, key, CKA_VALUE),
	    unwrapped(RSA_PKCS, blob, TEMPLATE(SECRET(CKK_AES), LONG(32))));
	blob = peer_oaep(peer, "SHA256", value);
	ok(decapsulate(oaep(), blob, TEMPLATE(SECRET(CKK_AES)), &key));
	same_bytes(get_bytes(session, key, CKA_VALUE), value);
	assert_rv(decapsulate(oaep(), blob, TEMPLATE(SECRET(CKK_AES), LONG(32)), &key),
	    CKR_WRAPPED_KEY_LEN_RANGE);
	assert_rv(decapsulate(oaep(), crafted_oaep(0), TEMPLATE(SECRET(CKK_AES)), &key),
	    CKR_WRAPPED_KEY_INVALID);
	blob = peer_encapsulated(&z);
	ok(decapsulate(MECHANISM(CKM_RSA_X_509), blob, TEMPLATE(SECRET(CKK_GENERIC_SECRET)), &key));
	same_bytes(get_bytes(session, key, CKA_VALUE), z);
	ok(decapsulate(MECHANISM(CKM_RSA_X_509), blob, TEMPLATE(SECRET(CKK_AES)), &key));
	same_bytes(get_bytes(session, key, CKA_VALUE), view_of(z.data + K - 32, 32));
}

/* --- recovery ------------------------------------------------------------------------------ */

static struct view
sign_recover(CK_MECHANISM_TYPE mechanism, struct view data)
{
	CK_ULONG len = K;
	CK_BYTE *out = scratch(len);

	ok(p11->C_SignRecoverInit(session, MECHANISM(mechanism), private_key));
	ok(p11->C_SignRecover(session, (CK_BYTE *)data.data, data.len, out, &len));
	check(len == K);
	return view_of(out, len);
}

static CK_RV
verify_recover(CK_MECHANISM_TYPE mechanism, struct view signature, struct view *data)
{
	CK_ULONG len = K;
	CK_BYTE *out = scratch(len);
	CK_RV rv;

	ok(p11->C_VerifyRecoverInit(session, MECHANISM(mechanism), public_key));
	rv = p11->C_VerifyRecover(session, (CK_BYTE *)signature.data, signature.len, out, &len);
	*data = view_of(out, len);
	return rv;
}

static void
test_recovery(void **state)
{
	struct view data = text("what was signed"), signature, recovered, whole;
	struct view n = peer_number(peer, OSSL_PKEY_PARAM_RSA_N);
	CK_ULONG len = 3;

	(void)state;
	signature = sign_recover(CKM_RSA_PKCS, data);
	ok(verify_recover(CKM_RSA_PKCS, signature, &recovered));
	same_bytes(recovered, data);
	/* RFC 8017, 9.2: 00 01 FF ... FF 00 and the data. */
	whole = peer_rsa_by(true, RSA_NO_PADDING, signature);
	check(whole.data[0] == 0 && whole.data[1] == 1 && whole.data[2] == 0xff);
	ok(verify_recover(CKM_RSA_X_509, signature, &recovered));
	same_bytes(recovered, whole);
	same_bytes(sign_recover(CKM_RSA_X_509, whole), signature);
	assert_rv(verify_recover(CKM_RSA_PKCS, whole, &recovered), CKR_SIGNATURE_INVALID);
	assert_rv(verify_recover(CKM_RSA_PKCS, n, &recovered), CKR_SIGNATURE_INVALID);
	assert_rv(verify_recover(CKM_RSA_X_509, n, &recovered), CKR_SIGNATURE_INVALID);
	assert_rv(verify_recover(CKM_RSA_PKCS, view_of(signature.data, K - 1), &recovered),
	    CKR_SIGNATURE_LEN_RANGE);
	ok(p11->C_VerifyRecoverInit(session, RSA_PKCS, public_key));
	assert_rv(p11->C_VerifyRecover(
		      session, (CK_BYTE *)signature.data, signature.len, scratch(3), &len),
	    CKR_BUFFER_TOO_SMALL);
	check(len == data.len);
}

/* --- old keys ------------------------------------------------------------------------------ */

/* 1024 bits serve what was made with them, and are not made. */
static void
test_short_keys(void **state)
{
	PEER_KEY old = peer_rsa(1024);
	CK_OBJECT_HANDLE pair[2];
	CK_BYTE *out = scratch(128), *plain = scratch(128);
	CK_ULONG len = 128, plain_len = 128;

	(void)state;
	import_pair(old, NO_TEMPLATE);
	ok(p11->C_EncryptInit(session, RSA_PKCS, public_key));
	ok(p11->C_Encrypt(session, (CK_BYTE *)"old", 3, out, &len));
	ok(p11->C_DecryptInit(session, RSA_PKCS, private_key));
	ok(p11->C_Decrypt(session, out, len, plain, &plain_len));
	same_bytes(view_of(plain, plain_len), text("old"));
	assert_rv(p11->C_GenerateKeyPair(session, MECHANISM(CKM_RSA_PKCS_KEY_PAIR_GEN),
		      TEMPLATE(ULONG(CKA_MODULUS_BITS, 1024)), NO_TEMPLATE, &pair[0], &pair[1]),
	    CKR_KEY_SIZE_RANGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_rsa(test_decrypt_tells_nothing),
		test_rsa(test_unwrap_tells_nothing),
		test_rsa(test_unwrap_of_any_length),
		test_rsa(test_public_facts),
		test_rsa(test_private_keys),
		test_rsa(test_oaep_tells_one_thing),
		test_rsa(test_unwrap_template),
		test_rsa(test_lengths),
		test_rsa(test_wrap_lengths),
		test_rsa(test_rsa_aes),
		test_rsa(test_rsa_aes_damaged),
		test_rsa(test_encapsulation_asked),
		test_rsa(test_encapsulated),
		test_rsa(test_decapsulated),
		test_rsa(test_recovery),
		test_rsa(test_short_keys),
	};
	int failed = test_main(tests, NULL, NULL);

	peer_release(&peer);
	return failed;
}
