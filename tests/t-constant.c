/* SPDX-License-Identifier: Apache-2.0 */
/*
 * No branch and no address depends on a secret, in what is written here: paddings,
 * codes, PINs, comparisons, keys made of keys.  As in Adam Langley's ctgrind, valgrind
 * is told that the secrets are uninitialised, and complains where the program's course
 * depends on them.
 *
 * It looks at the functions themselves, linked in, of which it says which of their
 * arguments are secret.  What libcrypto does inside of one call is its own affair, but
 * it is run with the secrets too, so that only what it gets right can be used here.
 * Whether a comparison came out equal is no secret: that much the answer tells.
 */
#include "mechanisms/crypto.h"
#include "mechanisms/rsa.h"
#include "store/seal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <openssl/crypto.h>
#include <openssl/kdf.h>
#include <valgrind/memcheck.h>

/* The module's own functions are called, and so there is no client here. */
#define ok(call) assert_int_equal((call), CKR_OK)
#define MECHANISM(type) (&(CK_MECHANISM){ (type), NULL, 0 })
#define MECHANISM_WITH(type, parameter)                                                            \
	(&(CK_MECHANISM){ (type), (parameter), sizeof(*(parameter)) })

/* --- secrets -------------------------------------------------------------------- */

static void
hide(const void *data, size_t len)
{
	(void)VALGRIND_MAKE_MEM_UNDEFINED(data, len);
}

static void
show(const void *data, size_t len)
{
	(void)VALGRIND_MAKE_MEM_DEFINED(data, len);
}

/* So that a test knows that the secret has come as far as here. */
static bool
hidden(const unsigned char *data, size_t len)
{
	unsigned char bits, all = 0;

	for (size_t i = 0; i < len; i++) {
		assert_true(VALGRIND_GET_VBITS(data + i, &bits, 1) == 1);
		all |= bits;
	}
	return all != 0;
}

/* Comparisons of something hidden. */
static unsigned compared;

/* The linker puts these in the place of libcrypto's (--wrap). */
int __real_CRYPTO_memcmp(const void *a, const void *b, size_t len);
int __wrap_CRYPTO_memcmp(const void *a, const void *b, size_t len);
int
__wrap_CRYPTO_memcmp(const void *a, const void *b, size_t len)
{
	int differ = __real_CRYPTO_memcmp(a, b, len);

	compared += hidden(a, len) || hidden(b, len);
	show(&differ, sizeof(differ));
	return differ;
}

/* scrypt takes its addresses from the PIN (RFC 7914, 12), so it is what it gives that is hidden. */
int __real_EVP_KDF_derive(EVP_KDF_CTX *, unsigned char *, size_t, const OSSL_PARAM[]);
int __wrap_EVP_KDF_derive(EVP_KDF_CTX *, unsigned char *, size_t, const OSSL_PARAM[]);
int
__wrap_EVP_KDF_derive(
    EVP_KDF_CTX *context, unsigned char *out, size_t len, const OSSL_PARAM params[])
{
	int done = __real_EVP_KDF_derive(context, out, len, params);

	hide(out, len);
	return done;
}

static unsigned long before;

static int
begin(void **state)
{
	(void)state;
	before = VALGRIND_COUNT_ERRORS;
	compared = 0;
	return 0;
}

/* Nothing was told that should not be. */
#define QUIET(what)                                                                                \
	do {                                                                                       \
		unsigned long told = VALGRIND_COUNT_ERRORS - before;                               \
                                                                                                   \
		if (told != 0)                                                                     \
			fprintf(stderr, "%s: %lu times\n", (what), told);                          \
		assert_true(told == 0);                                                            \
	} while (0)

/* --- that it would be seen ----------------------------------------------------------- */

/* As they must not be; the compiler is not to know better. */
static __attribute__((noinline)) int
differ_early(const unsigned char *a, const unsigned char *b, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (a[i] != b[i])
			return 1;
	return 0;
}

static __attribute__((noinline)) size_t
unpad_in_haste(const unsigned char *block, size_t len)
{
	size_t at = 2;

	while (at < len && block[at] != 0)
		at++;
	return len - at;
}

static __attribute__((noinline)) unsigned char
look_up(const volatile unsigned char *table, const unsigned char *index)
{
	return table[*index];
}

#define SEEN(expression)                                                                           \
	do {                                                                                       \
		unsigned long so_far = VALGRIND_COUNT_ERRORS;                                      \
		volatile size_t result = (size_t)(expression);                                     \
                                                                                                   \
		(void)result;                                                                      \
		assert_true(VALGRIND_COUNT_ERRORS > so_far);                                       \
	} while (0)

static void
test_what_is_wrong_is_seen(void **state)
{
	static unsigned char a[32], b[32], table[256];

	(void)state;
	fprintf(stderr, "# what valgrind says here is as it should be:\n");
	hide(a, sizeof(a));
	SEEN(differ_early(a, b, sizeof(a)));
	SEEN(memcmp(a, b, sizeof(a)));
	SEEN(view_equal(view_of(a, sizeof(a)), view_of(b, sizeof(b))));
	SEEN(unpad_in_haste(a, sizeof(a)));
	SEEN(look_up(table, a));
	fprintf(stderr, "# and from here on it says nothing\n");
	show(a, sizeof(a));
}

/* --- comparisons ------------------------------------------------------------------------ */

static void
test_comparison(void **state)
{
	unsigned char a[64] = { 0 }, b[64] = { 0 };

	(void)state;
	for (size_t len = 1; len <= sizeof(a); len++) {
		hide(a, sizeof(a));
		hide(b, sizeof(b));
		assert_true(secret_equal(view_of(a, len), view_of(b, len)));
		show(a, sizeof(a));
		a[len - 1] ^= 1;
		hide(a, sizeof(a));
		assert_true(!secret_equal(view_of(a, len), view_of(b, len)));
		show(a, sizeof(a));
		a[len - 1] ^= 1;
	}
	show(b, sizeof(b));
	assert_true(compared == 2 * sizeof(a));
	QUIET("secret_equal");
}

/* --- keys of the mechanisms' own kind ------------------------------------------------------ */

struct own {
	struct attrs meta, secret;
	struct key key;
};

static void
own_set(struct own *own, CK_OBJECT_CLASS class, CK_KEY_TYPE type, CK_ATTRIBUTE_TYPE attribute,
    struct view value)
{
	struct view there;

	own->meta = ATTRS_PUBLIC;
	own->secret = ATTRS_SECRET;
	ok(attrs_set(&own->secret, attribute, value));
	assert_true(attrs_get(&own->secret, attribute, &there));
	hide(there.data, there.len);
	own->key = (struct key){
		.class = class, .type = type, .meta = &own->meta, .secret = &own->secret
	};
}

static void
own_release(struct own *own)
{
	key_unload(&own->key);
	/* To wipe it is not to depend on it. */
	attrs_release(&own->meta);
	attrs_release(&own->secret);
}

/* --- RSA's padding ---------------------------------------------------------------------- */

#define K 256

/* 00 02, padding, 00 and a message, from the byte behind the separator on; then bent. */
static void
block_make(unsigned char block[K], size_t message)
{
	memset(block, 0x5a, K);
	block[0] = 0;
	block[1] = 2;
	block[message - 1] = 0;
}

static size_t
message_taken(const struct own *own, const struct want *want, const unsigned char bytes[K])
{
	const struct operation op = { .verb = want != NULL ? CKF_UNWRAP : CKF_DECRYPT,
		.key = (struct key *)(uintptr_t)&own->key,
		.want = want };
	RELEASED(secret_clear) struct secret block = { 0 };
	unsigned char message[K], ciphertext[K] = { 1 };
	struct out out = { .data = message, .room = sizeof(message) };

	assert_true(secret_copy(&block, view_of(bytes, K)));
	hide(block.data, block.len);
	ok(rsa_take_message(&op, view_of(ciphertext, K), &block, &out));
	assert_true(hidden(message, K - RSA_PKCS1_OVERHEAD));
	show(&out.len, sizeof(out.len));
	show(message, sizeof(message));
	return out.len;
}

static void
test_rsa_padding(void **state)
{
	static const struct want wants[] = {
		{ .type = CKK_AES },
		{ .type = CKK_AES, .len = 32 },
		{ .type = CKK_GENERIC_SECRET, .len = 48 },
		{ .type = CKK_GENERIC_SECRET },
	};
	unsigned char block[K], modulus[K], exponent[K];
	struct own own;

	(void)state;
	memset(modulus, 0xc5, sizeof(modulus));
	memset(exponent, 0x3c, sizeof(exponent));
	own_set(&own, CKO_PRIVATE_KEY, CKK_RSA, CKA_PRIVATE_EXPONENT, view_of(exponent, K));
	ok(attrs_set(&own.meta, CKA_MODULUS, view_of(modulus, K)));
	for (size_t w = 0; w <= COUNT_OF(wants); w++) {
		const struct want *want = w < COUNT_OF(wants) ? &wants[w] : NULL;
		static const size_t wrong_at[] = { 0, 1, 5, K - 33 };

		block_make(block, K - 32);
		assert_true(message_taken(&own, want, block) == 32 || want == &wants[2]);
		for (size_t i = 0; i < COUNT_OF(wrong_at); i++) {
			block_make(block, K - 32);
			block[wrong_at[i]] = wrong_at[i] == 5 ? 0 : 0x77;
			(void)message_taken(&own, want, block);
		}
		block_make(block, K);
		(void)message_taken(&own, want, block);
	}
	own_release(&own);
	QUIET("rsa_take_message");
}

/* --- codes ------------------------------------------------------------------------------- */

static CK_RV
verify(CK_MECHANISM_TYPE type, struct own *own, struct view code)
{
	const CK_MECHANISM mechanism = { type, NULL, 0 };
	struct operation op = { .mech = mechanism_find(type),
		.verb = CKF_VERIFY,
		.key = &own->key,
		.params = { .verb = CKF_VERIFY } };
	CK_RV rv;

	assert_true(op.mech != NULL);
	ok(op.mech->parse(&mechanism, &op.params));
	ok(op.mech->ops->start(&op));
	ok(op.mech->ops->update(&op, VIEW_LITERAL("message"), NULL));
	rv = op.mech->ops->check(&op, code);
	op.mech->ops->stop(&op);
	params_release(&op.params);
	return rv;
}

static void
test_codes(void **state)
{
	static const struct {
		CK_MECHANISM_TYPE type;
		CK_KEY_TYPE key;
		size_t len;
	} codes[] = {
		{ CKM_SHA_1_HMAC, CKK_GENERIC_SECRET, 20 },
		{ CKM_SHA256_HMAC, CKK_GENERIC_SECRET, 32 },
		{ CKM_SHA512_HMAC, CKK_GENERIC_SECRET, 64 },
		{ CKM_SHA3_256_HMAC, CKK_GENERIC_SECRET, 32 },
		{ CKM_AES_CMAC, CKK_AES, 16 },
		{ CKM_POLY1305, CKK_POLY1305, 16 },
	};
	unsigned char value[32] = { 7 }, code[64] = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(codes); i++) {
		struct own own;

		own_set(
		    &own, CKO_SECRET_KEY, codes[i].key, CKA_VALUE, view_of(value, sizeof(value)));
		hide(code, sizeof(code));
		assert_int_equal(verify(codes[i].type, &own, view_of(code, codes[i].len)),
		    CKR_SIGNATURE_INVALID);
		show(code, sizeof(code));
		own_release(&own);
	}
	assert_true(compared == COUNT_OF(codes));
	QUIET("codes");
}

/* --- PINs ---------------------------------------------------------------------------------- */

static void
test_pin(void **state)
{
	struct envelope envelope = { .role = STORE_USER, .epoch = 1, .kdf = { 4, 8, 1 } };
	RELEASED(secret_clear) struct secret master = { 0 };
	static const unsigned char uuid[SEAL_UUID_LEN] = { 1 }, key[SEAL_KEY_LEN] = { 2 };

	(void)state;
	assert_true(envelope_seal(&envelope, uuid, VIEW_LITERAL("the right PIN"), VIEW_NONE,
			view_of(key, sizeof(key))) == STORE_OK);
	/* What went into the file is for everybody. */
	show(&envelope, sizeof(envelope));
	assert_true(envelope_open(&envelope, uuid, VIEW_LITERAL("a wrong PIN"), VIEW_NONE,
			&master) == STORE_PIN_WRONG);
	assert_true(compared == 1);
	QUIET("a PIN");
}

static void
test_keys_of_master(void **state)
{
	unsigned char uuid[SEAL_UUID_LEN] = { 1 }, bytes[SEAL_KEY_LEN] = { 2 };
	RELEASED(keys_release) struct keys *keys = NULL;

	(void)state;
	hide(bytes, sizeof(bytes));
	assert_true(
	    keys_derive(STORE_USER, uuid, view_of(bytes, sizeof(bytes)), &keys) == STORE_OK);
	assert_true(hidden(keys->object, sizeof(keys->object)));
	show(bytes, sizeof(bytes));
	QUIET("keys of the master key");
}

/* --- keys made of keys -------------------------------------------------------------------------
 */

static void
derive(CK_MECHANISM *mechanism, CK_KEY_TYPE type, size_t base_len, size_t len)
{
	const struct mechanism *m = mechanism_find(mechanism->mechanism);
	struct params params = { .verb = CKF_DERIVE };
	struct want want = { .type = CKK_GENERIC_SECRET, .len = len };
	struct made made = MADE_EMPTY;
	unsigned char base[48] = { 3, 3 };
	struct view result;
	struct own own;

	assert_true(m != NULL);
	own_set(&own, CKO_SECRET_KEY, type, CKA_VALUE, view_of(base, base_len));
	ok(m->parse(mechanism, &params));
	ok(m->ops->derive(m, &params, &own.key, &want, &made));
	assert_true(attrs_get(&made.secret, CKA_VALUE, &result));
	assert_true(hidden(result.data, result.len));
	made_release(&made);
	params_release(&params);
	own_release(&own);
}

static void
test_derivations(void **state)
{
	CK_BYTE data[32] = { 4 };
	CK_KEY_DERIVATION_STRING_DATA string = { data, sizeof(data) };
	CK_ULONG first_bit = 8;
	CK_VERSION version;
	struct pkcs11_hkdf_params hkdf = { .extract = CK_TRUE,
		.expand = CK_TRUE,
		.prf_hash_mechanism = CKM_SHA256,
		.salt_type = CKF_HKDF_SALT_NULL };
	struct pkcs11_tls12_master_key_derive_params tls = { .random_info = { data, 32, data, 32 },
		.version = &version,
		.prf_hash_mechanism = CKM_SHA256 };

	(void)state;
	derive(MECHANISM(CKM_SHA256_KEY_DERIVATION), CKK_GENERIC_SECRET, 32, 32);
	derive(MECHANISM(CKM_SHAKE_256_KEY_DERIVE), CKK_GENERIC_SECRET, 32, 32);
	derive(MECHANISM_WITH(CKM_XOR_BASE_AND_DATA, &string), CKK_GENERIC_SECRET, 32, 32);
	derive(MECHANISM_WITH(CKM_CONCATENATE_BASE_AND_DATA, &string), CKK_GENERIC_SECRET, 32, 64);
	derive(MECHANISM_WITH(CKM_CONCATENATE_DATA_AND_BASE, &string), CKK_GENERIC_SECRET, 32, 64);
	derive(MECHANISM_WITH(CKM_EXTRACT_KEY_FROM_KEY, &first_bit), CKK_GENERIC_SECRET, 32, 16);
	derive(MECHANISM_WITH(CKM_AES_ECB_ENCRYPT_DATA, &string), CKK_AES, 32, 32);
	derive(MECHANISM_WITH(CKM_HKDF_DERIVE, &hkdf), CKK_GENERIC_SECRET, 32, 32);
	derive(MECHANISM_WITH(CKM_TLS12_MASTER_KEY_DERIVE, &tls), CKK_GENERIC_SECRET, 48, 48);
	QUIET("derivations");
}

/* --- the program ---------------------------------------------------------------------------------
 */

static int
start(void **state)
{
	(void)state;
	ok(crypto_start());
	return 0;
}

static void
test_valgrind_is_missing(void **state)
{
	(void)state;
	print_message("# skipped: no valgrind (Debian: apt-get install valgrind)\n");
	skip();
}

#define test_constant(function) cmocka_unit_test_setup(function, begin)

int
main(int count, char **words)
{
	const struct CMUnitTest missing[] = { cmocka_unit_test(test_valgrind_is_missing) };
	const struct CMUnitTest tests[] = {
		test_constant(test_what_is_wrong_is_seen),
		test_constant(test_comparison),
		test_constant(test_rsa_padding),
		test_constant(test_codes),
		test_constant(test_pin),
		test_constant(test_keys_of_master),
		test_constant(test_derivations),
	};

	(void)count;
	if (RUNNING_ON_VALGRIND)
		return cmocka_run_group_tests(tests, start, NULL);
	execlp("valgrind", "valgrind", "--quiet", words[0], (char *)NULL);
	return cmocka_run_group_tests(missing, NULL, NULL);
}
