/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether the clock tells what the answer must not: `make check-timing`.
 *
 * Two kinds of input, which get the same answer, are tried in random order, and
 * their times compared by Welch's t, as Gilbert Goodwill et al. propose ("A testing
 * methodology for side-channel resistance validation", 2011): beyond 4.5 either way
 * they differ with a confidence of 99.999 %.  Here a test fails then.  It wants a
 * quiet machine, and is no part of `make check`.
 *
 *     tests/t-timing [SAMPLES]       of each kind; 6,000 by default, of quick things more
 */
#include "tests/peer.h"

#include <math.h>
#include <stdio.h>
#include <time.h>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/rsa.h>

/* Inputs of each kind, so that no single one makes the difference. */
#define VARIETY 64
#define T_MOST 4.5
/* What takes a microsecond is tried so much more often. */
#define SHORT_TIMES 20

static unsigned samples = 6000;
static CK_SLOT_ID slot;
static CK_SESSION_HANDLE session;

/* What is tried: all but the last step is done before the clock starts. */
struct trial {
	void (*begin)(const struct trial *trial);
	void (*finish)(const struct trial *trial, struct view in);
	CK_MECHANISM *mechanism;
	CK_OBJECT_HANDLE key;
	CK_RV answer; /* to both kinds */
	/* What takes long is interrupted too often for the clock on the wall; that of the thread
	 * costs a system call, too much for what is quick. */
	clockid_t clock;
	struct view in[2][VARIETY];
};

/* --- the statistic -------------------------------------------------------------- */

static unsigned
roll(unsigned below)
{
	static uint64_t rolls = 1;

	rolls = rolls * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(rolls >> 33) % below;
}

/* All inputs lie in one place when they are tried: where they lay before shows, too. */
static double
seconds_of(const struct trial *trial, struct view in)
{
	static unsigned char place[2048];
	struct timespec from, to;

	check(in.len <= sizeof(place));
	memcpy(place, in.data, in.len);
	in.data = place;
	trial->begin(trial);
	clock_gettime(trial->clock, &from);
	trial->finish(trial, in);
	clock_gettime(trial->clock, &to);
	return (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Mean, and the variance of the mean, of what is no interruption: all but the slowest tenth. */
static double
mean_of(double *times, unsigned count, double *variance)
{
	double sum = 0, squares = 0;

	qsort(times, count, sizeof(*times), by_size);
	count -= count / 10;
	for (unsigned i = 0; i < count; i++)
		sum += times[i];
	for (unsigned i = 0; i < count; i++)
		squares += (times[i] - sum / count) * (times[i] - sum / count);
	*variance = squares / (count - 1) / count;
	return sum / count;
}

static void
compare(const struct trial *trial, unsigned count, const char *what)
{
	double *times[2] = { scratch(count * sizeof(double)), scratch(count * sizeof(double)) };
	double means[2], variances[2], t;
	unsigned done[2] = { 0, 0 };

	for (unsigned i = 0; i < VARIETY; i++)
		(void)seconds_of(trial, trial->in[i & 1][i]);
	while (done[0] < count || done[1] < count) {
		const unsigned kind = done[0] == count ? 1 : done[1] == count ? 0 : roll(2);

		times[kind][done[kind]++] = seconds_of(trial, trial->in[kind][roll(VARIETY)]);
	}
	for (unsigned kind = 0; kind < 2; kind++)
		means[kind] = mean_of(times[kind], count, &variances[kind]);
	t = (means[0] - means[1]) / sqrt(variances[0] + variances[1]);
	print_message(
	    "| %s | %u | %.3f | %.3f | %.2f |\n", what, count, means[0] * 1e6, means[1] * 1e6, t);
	check(fabs(t) < T_MOST);
}

/* --- RSA ------------------------------------------------------------------------- */

#define K 256

static EVP_PKEY *peer;
static CK_OBJECT_HANDLE rsa_key;

static void
import_rsa(void)
{
	peer = peer_rsa(K * 8);
	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY), ULONG(CKA_KEY_TYPE, CKK_RSA),
		BYTES(CKA_MODULUS, peer_number(peer, OSSL_PKEY_PARAM_RSA_N)),
		BYTES(CKA_PUBLIC_EXPONENT, peer_number(peer, OSSL_PKEY_PARAM_RSA_E)),
		BYTES(CKA_PRIVATE_EXPONENT, peer_number(peer, OSSL_PKEY_PARAM_RSA_D)),
		YES(CKA_DECRYPT), YES(CKA_UNWRAP)),
	    &rsa_key));
}

/* A number below the modulus, which begins as `first` and `second` say, enciphered. */
static struct view
enciphered(unsigned char first, unsigned char second, size_t message)
{
	unsigned char block[K], *out = scratch(K);
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(peer, NULL);
	size_t len = K;

	for (size_t i = 2; i < K; i++)
		block[i] = (unsigned char)(1 + roll(255));
	block[0] = first;
	block[1] = second;
	block[K - 1 - message] = 0;
	check(EVP_PKEY_encrypt_init(context) == 1);
	check(EVP_PKEY_CTX_set_rsa_padding(context, RSA_NO_PADDING) == 1);
	check(EVP_PKEY_encrypt(context, out, &len, block, K) == 1);
	EVP_PKEY_CTX_free(context);
	return view_of(out, len);
}

static void
decrypt_begin(const struct trial *trial)
{
	ok(p11->C_DecryptInit(session, trial->mechanism, trial->key));
}

static void
decrypt_finish(const struct trial *trial, struct view in)
{
	static CK_BYTE out[512];
	CK_ULONG len = sizeof(out);

	assert_rv(p11->C_Decrypt(session, (CK_BYTE *)in.data, in.len, out, &len), trial->answer);
}

static void
nothing_begin(const struct trial *trial)
{
	(void)trial;
}

static CK_OBJECT_HANDLE unwrapped;

static void
unwrap_begin(const struct trial *trial)
{
	(void)trial;
	if (unwrapped != CK_INVALID_HANDLE)
		ok(p11->C_DestroyObject(session, unwrapped));
	unwrapped = CK_INVALID_HANDLE;
}

static void
unwrap_finish(const struct trial *trial, struct view in)
{
	assert_rv(
	    p11->C_UnwrapKey(session, trial->mechanism, trial->key, (CK_BYTE *)in.data, in.len,
		TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_AES)),
		&unwrapped),
	    trial->answer);
}

/* B11: the kinds are bad and good padding. */
static void
test_pkcs1_decrypt(void **state)
{
	struct trial trial = { decrypt_begin, decrypt_finish, MECHANISM(CKM_RSA_PKCS), rsa_key,
		CKR_OK, CLOCK_THREAD_CPUTIME_ID, { { { NULL, 0 } } } };

	(void)state;
	for (unsigned i = 0; i < VARIETY; i++) {
		trial.in[0][i] = enciphered(0, 3, 48);
		trial.in[1][i] = enciphered(0, 2, 48);
	}
	compare(&trial, samples, "RSA PKCS#1 v1.5 decrypt, padding bad and good");
}

static void
test_pkcs1_unwrap(void **state)
{
	struct trial trial = { unwrap_begin, unwrap_finish, MECHANISM(CKM_RSA_PKCS), rsa_key,
		CKR_OK, CLOCK_THREAD_CPUTIME_ID, { { { NULL, 0 } } } };

	(void)state;
	for (unsigned i = 0; i < VARIETY; i++) {
		trial.in[0][i] = enciphered(0, 3, 32);
		trial.in[1][i] = enciphered(0, 2, 32);
	}
	compare(&trial, samples, "RSA PKCS#1 v1.5 unwrap of an AES key, padding bad and good");
	unwrap_begin(&trial);
}

/* B12 (Manger): the kinds are a block's first byte. */
static void
test_oaep(void **state)
{
	CK_RSA_PKCS_OAEP_PARAMS oaep = { CKM_SHA256, CKG_MGF1_SHA256, CKZ_DATA_SPECIFIED, NULL, 0 };
	struct trial trial = { decrypt_begin, decrypt_finish,
		MECHANISM_WITH(CKM_RSA_PKCS_OAEP, &oaep), rsa_key, CKR_ENCRYPTED_DATA_INVALID,
		CLOCK_THREAD_CPUTIME_ID, { { { NULL, 0 } } } };

	(void)state;
	for (unsigned i = 0; i < VARIETY; i++) {
		trial.in[0][i] = enciphered(0, (unsigned char)roll(256), 48);
		trial.in[1][i] = enciphered(1, (unsigned char)roll(256), 48);
	}
	compare(&trial, samples, "RSA OAEP decrypt, first byte 0 and 1");
}

/* --- tags and codes ------------------------------------------------------------------ */

static CK_OBJECT_HANDLE
secret_key(CK_KEY_TYPE type, struct view value)
{
	CK_OBJECT_HANDLE key = CK_INVALID_HANDLE;

	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, type),
		BYTES(CKA_VALUE, value), YES(CKA_ENCRYPT), YES(CKA_DECRYPT), YES(CKA_SIGN),
		YES(CKA_VERIFY), YES(CKA_UNWRAP)),
	    &key));
	return key;
}

/* A copy with one byte changed. */
static struct view
bent(struct view good, size_t at)
{
	unsigned char *copy = (unsigned char *)(uintptr_t)copy_of(good.data, good.len).data;

	copy[at] ^= (unsigned char)(1 + roll(255));
	return view_of(copy, good.len);
}

static void
bend_all(struct view in[VARIETY], struct view good, size_t at)
{
	for (unsigned i = 0; i < VARIETY; i++)
		in[i] = bent(good, at);
}

static void
compare_tags(CK_MECHANISM *mechanism, CK_KEY_TYPE type, const char *what)
{
	static CK_BYTE text[48], sealed[64];
	CK_OBJECT_HANDLE key = secret_key(
	    type, unhex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
	struct trial trial = { decrypt_begin, decrypt_finish, mechanism, key,
		CKR_ENCRYPTED_DATA_INVALID, CLOCK_MONOTONIC, { { { NULL, 0 } } } };
	CK_ULONG len = sizeof(sealed);

	ok(p11->C_EncryptInit(session, mechanism, key));
	ok(p11->C_Encrypt(session, text, sizeof(text), sealed, &len));
	check(len == sizeof(sealed));
	bend_all(trial.in[0], view_of(sealed, len), 48);
	bend_all(trial.in[1], view_of(sealed, len), 63);
	compare(&trial, SHORT_TIMES * samples, what);
}

static CK_BYTE nonce[12] = { 1, 2, 3 };

static void
test_gcm_tag(void **state)
{
	CK_GCM_PARAMS gcm = { nonce, sizeof(nonce), 96, NULL, 0, 128 };

	(void)state;
	compare_tags(MECHANISM_WITH(CKM_AES_GCM, &gcm), CKK_AES,
	    "AES-GCM decrypt, tag wrong at its beginning and at its end");
}

static void
test_ccm_tag(void **state)
{
	struct pkcs11_ccm_params ccm = { 48, nonce, sizeof(nonce), NULL, 0, 16 };

	(void)state;
	compare_tags(MECHANISM_WITH(CKM_AES_CCM, &ccm), CKK_AES,
	    "AES-CCM decrypt, tag wrong at its beginning and at its end");
}

static void
test_chacha20_tag(void **state)
{
	struct pkcs11_chacha20_poly1305_params aead = { nonce, sizeof(nonce), NULL, 0 };

	(void)state;
	compare_tags(MECHANISM_WITH(CKM_CHACHA20_POLY1305, &aead), CKK_CHACHA20,
	    "ChaCha20-Poly1305 decrypt, tag wrong at its beginning and at its end");
}

static void
verify_begin(const struct trial *trial)
{
	ok(p11->C_VerifyInit(session, trial->mechanism, trial->key));
}

static void
verify_finish(const struct trial *trial, struct view in)
{
	static CK_BYTE data[32];

	assert_rv(
	    p11->C_Verify(session, data, sizeof(data), (CK_BYTE *)in.data, in.len), trial->answer);
}

static void
compare_codes(CK_MECHANISM_TYPE type, CK_KEY_TYPE key_type, const char *what)
{
	static CK_BYTE data[32], code[32];
	CK_OBJECT_HANDLE key = secret_key(
	    key_type, unhex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
	struct trial trial = { verify_begin, verify_finish, MECHANISM(type), key,
		CKR_SIGNATURE_INVALID, CLOCK_MONOTONIC, { { { NULL, 0 } } } };
	CK_ULONG len = sizeof(code);

	ok(p11->C_SignInit(session, MECHANISM(type), key));
	ok(p11->C_Sign(session, data, sizeof(data), code, &len));
	bend_all(trial.in[0], view_of(code, len), 0);
	bend_all(trial.in[1], view_of(code, len), len - 1);
	compare(&trial, SHORT_TIMES * samples, what);
}

static void
test_codes(void **state)
{
	(void)state;
	compare_codes(CKM_SHA256_HMAC, CKK_GENERIC_SECRET,
	    "HMAC-SHA-256 verify, code wrong at its beginning and at its end");
	compare_codes(
	    CKM_AES_CMAC, CKK_AES, "AES-CMAC verify, code wrong at its beginning and at its end");
}

/* --- wrapped keys ------------------------------------------------------------------------ */

/* W of RFC 3394 and RFC 5649: the first semiblock is whatever is wanted. */
static struct view
wrapped_raw(struct view kek, const unsigned char first[8], struct view rest)
{
	EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
	unsigned char *out = scratch(rest.len + 8);
	int len = 0;

	EVP_CIPHER_CTX_set_flags(context, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
	check(EVP_EncryptInit_ex(context, EVP_aes_256_wrap(), NULL, kek.data, first) == 1);
	check(EVP_EncryptUpdate(context, out, &len, rest.data, (int)rest.len) == 1);
	EVP_CIPHER_CTX_free(context);
	return view_of(out, (size_t)len);
}

static void
test_kwp(void **state)
{
	const struct view kek = unhex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d"
				      "1e1f");
	/* RFC 5649, 3: so many bytes; the other is no initial value at all. */
	static const unsigned char good[8] = { 0xa6, 0x59, 0x59, 0xa6, 0, 0, 0, 28 };
	struct trial trial = { nothing_begin, unwrap_finish, MECHANISM(CKM_AES_KEY_WRAP_KWP),
		secret_key(CKK_AES, kek), CKR_WRAPPED_KEY_INVALID, CLOCK_MONOTONIC,
		{ { { NULL, 0 } } } };

	(void)state;
	for (unsigned i = 0; i < VARIETY; i++) {
		unsigned char other[8], key[32];

		for (size_t at = 0; at < sizeof(key); at++)
			key[at] = (unsigned char)(1 + roll(255));
		for (size_t at = 0; at < sizeof(other); at++)
			other[at] = (unsigned char)roll(256);
		trial.in[0][i] = wrapped_raw(kek, other, view_of(key, sizeof(key)));
		trial.in[1][i] = wrapped_raw(kek, good, view_of(key, sizeof(key)));
	}
	compare(&trial, samples, "AES-KWP unwrap, initial value wrong and padding wrong");
}

static void
test_kw(void **state)
{
	const struct view kek = unhex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d"
				      "1e1f");
	struct trial trial = { nothing_begin, unwrap_finish, MECHANISM(CKM_AES_KEY_WRAP),
		secret_key(CKK_AES, kek), CKR_WRAPPED_KEY_INVALID, CLOCK_MONOTONIC,
		{ { { NULL, 0 } } } };

	(void)state;
	for (unsigned i = 0; i < VARIETY; i++) {
		unsigned char value[8], key[32];

		memset(value, 0xa6, sizeof(value));
		for (size_t at = 0; at < sizeof(key); at++)
			key[at] = (unsigned char)roll(256);
		value[0] ^= 1;
		trial.in[0][i] = wrapped_raw(kek, value, view_of(key, sizeof(key)));
		value[0] ^= 1;
		value[7] ^= 1;
		trial.in[1][i] = wrapped_raw(kek, value, view_of(key, sizeof(key)));
	}
	compare(&trial, samples, "AES-KW unwrap, initial value wrong at its beginning and its end");
}

/* --- ML-KEM ---------------------------------------------------------------------------------- */

static void
decapsulate_begin(const struct trial *trial)
{
	unwrap_begin(trial);
}

static void
decapsulate_finish(const struct trial *trial, struct view in)
{
	assert_rv(
	    p11->C_DecapsulateKey(session, trial->mechanism, trial->key,
		TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET)),
		(CK_BYTE *)in.data, in.len, &unwrapped),
	    trial->answer);
}

/* FIPS 203, algorithm 18: implicit rejection. */
static void
test_mlkem(void **state)
{
	struct trial trial = { decapsulate_begin, decapsulate_finish, MECHANISM(CKM_ML_KEM), 0,
		CKR_OK, CLOCK_THREAD_CPUTIME_ID, { { { NULL, 0 } } } };
	EVP_PKEY *pair;

	(void)state;
	if (p11->C_GetMechanismInfo(slot, CKM_ML_KEM, &(CK_MECHANISM_INFO){ 0 }) != CKR_OK) {
		skip_because("this libcrypto has no ML-KEM (OpenSSL 3.5 has)");
		return;
	}
	pair = peer_set("ML-KEM-768");
	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY), ULONG(CKA_KEY_TYPE, CKK_ML_KEM),
		ULONG(CKA_PARAMETER_SET, CKP_ML_KEM_768),
		BYTES(CKA_SEED, peer_octets(pair, "seed")), YES(CKA_DECAPSULATE)),
	    &trial.key));
	for (unsigned i = 0; i < VARIETY; i++) {
		(void)peer_encapsulate(pair, &trial.in[1][i]);
		trial.in[0][i] = bent(trial.in[1][i], roll((unsigned)trial.in[1][i].len));
	}
	compare(&trial, samples, "ML-KEM-768 decapsulate, ciphertext bent and good");
	unwrap_begin(&trial);
	EVP_PKEY_free(pair);
}

/* --- PINs ------------------------------------------------------------------------------------- */

static void
login_begin(const struct trial *trial)
{
	(void)trial;
	/* So that the count of wrong ones does not lock. */
	ok(p11->C_Login(session, CKU_USER, PIN(USER_PIN)));
	ok(p11->C_Logout(session));
}

static void
login_finish(const struct trial *trial, struct view in)
{
	assert_rv(p11->C_Login(session, CKU_USER, (CK_UTF8CHAR *)in.data, in.len), trial->answer);
}

/* D01: the kinds are a PIN that is wrong at its end and one at its beginning.  Beside the right
 * one, which takes 50 ms, too, they show by less than a twentieth. */
static void
test_pin(void **state)
{
	const unsigned count = samples / 60;
	struct trial trial = { login_begin, login_finish, NULL, 0, CKR_PIN_INCORRECT,
		CLOCK_THREAD_CPUTIME_ID, { { { NULL, 0 } } } };
	double *times[2] = { scratch(count * sizeof(double)), scratch(count * sizeof(double)) };
	double wrong, right, unused;

	(void)state;
	ok(p11->C_Logout(session));
	bend_all(trial.in[0], text(USER_PIN), strlen(USER_PIN) - 1);
	bend_all(trial.in[1], text(USER_PIN), 0);
	compare(&trial, count, "C_Login, PIN wrong at its end and at its beginning");

	for (unsigned i = 0; i < count; i++) {
		trial.answer = CKR_PIN_INCORRECT;
		times[0][i] = seconds_of(&trial, trial.in[0][i % VARIETY]);
		trial.answer = CKR_OK;
		times[1][i] = seconds_of(&trial, text(USER_PIN));
		ok(p11->C_Logout(session));
	}
	wrong = mean_of(times[0], count, &unused);
	right = mean_of(times[1], count, &unused);
	print_message("| C_Login, PIN wrong and right | %u | %.0f | %.0f | %.1f %% apart |\n",
	    count, wrong * 1e6, right * 1e6, 100 * fabs(wrong - right) / right);
	check(fabs(wrong - right) < 0.05 * right && wrong > 0.05 && right > 0.05);
	ok(p11->C_Login(session, CKU_USER, PIN(USER_PIN)));
}

/* --- the program ---------------------------------------------------------------------------------
 */

static int
start(void **state)
{
	(void)state;
	/* The default, where other tests take the cheapest. */
	client_configure("kdf-cost = 15\n");
	ok(p11->C_Initialize(NULL));
	slot = token_make("timing");
	session = session_user(slot);
	import_rsa();
	print_message("OpenSSL %s\n| what | of each | us | us | t |\n|---|---|---|---|---|\n",
	    OpenSSL_version(OPENSSL_VERSION_STRING));
	return 0;
}

static int
stop(void **state)
{
	(void)state;
	return p11->C_Finalize(NULL) == CKR_OK ? 0 : 1;
}

int
main(int count, char **words)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pkcs1_decrypt),
		cmocka_unit_test(test_pkcs1_unwrap),
		cmocka_unit_test(test_oaep),
		cmocka_unit_test(test_gcm_tag),
		cmocka_unit_test(test_ccm_tag),
		cmocka_unit_test(test_chacha20_tag),
		cmocka_unit_test(test_codes),
		cmocka_unit_test(test_kwp),
		cmocka_unit_test(test_kw),
		cmocka_unit_test(test_mlkem),
		cmocka_unit_test(test_pin),
	};

	if (count > 1)
		samples = (unsigned)strtoul(words[1], NULL, 10);
	if (samples < 600) {
		fprintf(stderr, "usage: t-timing [SAMPLES], 600 at least\n");
		return 2;
	}
	return test_main(tests, start, stop);
}
