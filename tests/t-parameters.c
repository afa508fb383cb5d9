/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every mechanism with a parameter that is nearly right (attacks.md, G11): the parameter of each
 * vector, with each of its words made nothing, one, one less and what no address space holds,
 * cut and lengthened; and parameters of every size that mean nothing, with keys of every type.
 * Each ends at memory that cannot be read.  An error or a result, whatever it is worth; never one
 * that says that we failed, and never a block of memory that nobody could mean.
 */
#include "tests/malloc.h"
#include "tests/vectors.h"

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static CK_SLOT_ID slot;
static CK_SESSION_HANDLE s;
static char doing[200];
static unsigned long calls;
static unsigned wrong;

static void
last_words(int number)
{
	ssize_t written = write(STDERR_FILENO, doing, strlen(doing));

	(void)written;
	(void)signal(number, SIG_DFL);
	(void)raise(number);
}

static void
listen_for_the_end(void)
{
	static const int ends[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGALRM };

	for (size_t i = 0; i < COUNT_OF(ends); i++)
		check(signal(ends[i], last_words) != SIG_ERR);
}

static int
begin(void **state)
{
	check(setenv("HANDFAST_STORE", "memory:", 1) == 0);
	module_started(state);
	slot = token_make("parameters");
	s = session_user(slot);
	wrong = 0;
	calls = 0;
	return 0;
}

/* --- one mechanism, one key, one function ----------------------------------------------- */

/* 64 KiB of keys and templates, and PBKDF2's; what SLH-DSA signs with, too. */
#define BLOCK_MOST ((size_t)4 << 20)

static void
examine(CK_RV rv)
{
	static const CK_RV never[] = { CKR_GENERAL_ERROR, CKR_FUNCTION_FAILED, CKR_DEVICE_ERROR,
		CKR_DEVICE_MEMORY, CKR_HOST_MEMORY };
	bool fine = malloc_largest() <= BLOCK_MOST;

	calls++;
	for (size_t i = 0; i < COUNT_OF(never); i++)
		fine = fine && rv != never[i];
	if (!fine)
		fprintf(stderr, "%sgave %s, at most %zu bytes a block\n", doing, rv_name(rv),
		    malloc_largest());
	wrong += !fine;
	malloc_watch();
}

static void
try_streams(CK_FLAGS verb, CK_MECHANISM *m, CK_OBJECT_HANDLE key)
{
	CK_BYTE in[64] = { 1 }, out[1024];
	CK_ULONG len = sizeof(out);
	CK_RV rv;

	switch (verb) {
	case CKF_DIGEST:
		rv = p11->C_DigestInit(s, m);
		if (rv == CKR_OK)
			rv = p11->C_Digest(s, in, sizeof(in), out, &len);
		break;
	case CKF_ENCRYPT:
		rv = p11->C_EncryptInit(s, m, key);
		if (rv == CKR_OK)
			rv = p11->C_Encrypt(s, in, sizeof(in), out, &len);
		break;
	case CKF_DECRYPT:
		rv = p11->C_DecryptInit(s, m, key);
		if (rv == CKR_OK)
			rv = p11->C_Decrypt(s, in, sizeof(in), out, &len);
		break;
	case CKF_SIGN:
		rv = p11->C_SignInit(s, m, key);
		if (rv == CKR_OK)
			rv = p11->C_Sign(s, in, 32, out, &len);
		break;
	default:
		rv = p11->C_VerifyInit(s, m, key);
		if (rv == CKR_OK)
			rv = p11->C_Verify(s, in, 32, out, 64);
	}
	examine(rv);
	(void)p11->C_SessionCancel(s, ~0UL);
}

static void
try_keys(CK_FLAGS verb, CK_MECHANISM *m, CK_OBJECT_HANDLE key, CK_OBJECT_HANDLE target)
{
	CK_BYTE blob[64] = { 1 }, out[2048];
	CK_ULONG len = sizeof(out);
	CK_OBJECT_HANDLE made = CK_INVALID_HANDLE, second = CK_INVALID_HANDLE;
	CK_RV rv;

	switch (verb) {
	case CKF_WRAP:
		rv = p11->C_WrapKey(s, m, key, target, out, &len);
		break;
	case CKF_UNWRAP:
		rv = p11->C_UnwrapKey(s, m, key, blob, sizeof(blob),
		    TEMPLATE(
			ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET)),
		    &made);
		break;
	case CKF_DERIVE:
		rv = p11->C_DeriveKey(s, m, key, TEMPLATE(ULONG(CKA_VALUE_LEN, 16)), &made);
		break;
	case CKF_ENCAPSULATE:
		rv = p11->C_EncapsulateKey(
		    s, m, key, TEMPLATE(ULONG(CKA_VALUE_LEN, 32)), out, &len, &made);
		break;
	case CKF_DECAPSULATE:
		rv = p11->C_DecapsulateKey(
		    s, m, key, TEMPLATE(ULONG(CKA_VALUE_LEN, 32)), blob, sizeof(blob), &made);
		break;
	case CKF_GENERATE:
		rv = p11->C_GenerateKey(s, m, TEMPLATE(ULONG(CKA_VALUE_LEN, 16)), &made);
		break;
	default:
		rv = p11->C_GenerateKeyPair(
		    s, m, TEMPLATE(BYTES(CKA_EC_PARAMS, p256)), NO_TEMPLATE, &made, &second);
	}
	examine(rv);
	(void)p11->C_DestroyObject(s, made);
	(void)p11->C_DestroyObject(s, second);
}

static void
try_verb(CK_FLAGS verb, CK_MECHANISM *m, CK_OBJECT_HANDLE key, CK_OBJECT_HANDLE target)
{
	alarm(60);
	malloc_watch();
	if ((verb & (CKF_DIGEST | CKF_ENCRYPT | CKF_DECRYPT | CKF_SIGN | CKF_VERIFY)) != 0)
		try_streams(verb, m, key);
	else
		try_keys(verb, m, key, target);
	alarm(0);
}

/* --- a vector's parameter, bent ------------------------------------------------------------ */

/* Nothing that the library takes for an address, and no length of what lies at one. */
static const CK_ULONG words[] = { 0, 1, 2, 7, ~0UL, ~0UL - 7 };

/* Does the word point to memory of ours?  Lengths and numbers are small, or no address at all. */
static bool
is_pointer(CK_ULONG word)
{
	return word > 1UL << 32 && word < 1UL << 47;
}

/*
 * The n-th way to bend a parameter; false when there is no such way.  A pointer is made none; a
 * number is made each of `words` that is no more than it was, or more than can be anywhere.
 */
static bool
bend(const CK_MECHANISM *from, size_t n, CK_MECHANISM *to)
{
	const size_t len = from->ulParameterLen, whole = len / sizeof(CK_ULONG);
	size_t word = n / COUNT_OF(words);
	CK_ULONG was, is = words[n % COUNT_OF(words)];

	*to = *from;
	if (word < whole) {
		to->pParameter = (void *)copy_of(from->pParameter, len).data;
		memcpy(&was, (CK_BYTE *)from->pParameter + word * sizeof(was), sizeof(was));
		if (is_pointer(was) || (is > was && is < 1UL << 60))
			is = is_pointer(was) ? 0 : was == 0 ? 0 : was - 1;
		memcpy((CK_BYTE *)to->pParameter + word * sizeof(is), &is, sizeof(is));
		return true;
	}
	n -= whole * COUNT_OF(words);
	switch (n) {
	case 0:
		to->pParameter = NULL;
		return true;
	case 1:
		to->ulParameterLen = 0;
		return true;
	case 2:
		to->ulParameterLen = ~0UL;
		return true;
	case 3:
		to->pParameter = scratch(len + 1);
		if (len != 0)
			memcpy(to->pParameter, from->pParameter, len);
		to->ulParameterLen = len + 1;
		return true;
	default:
		if (len == 0 || n - 4 >= len || n - 4 >= 8)
			return false;
		/* The end of it lies behind the edge. */
		to->ulParameterLen = len - 1 - (n - 4);
		to->pParameter = (void *)copy_of(from->pParameter, to->ulParameterLen).data;
		return true;
	}
}

static CK_OBJECT_CLASS
half(CK_FLAGS verb)
{
	return (verb & (CKF_ENCRYPT | CKF_VERIFY | CKF_WRAP | CKF_ENCAPSULATE)) != 0
	    ? CKO_PUBLIC_KEY
	    : CKO_PRIVATE_KEY;
}

static const CK_FLAGS verbs[] = { CKF_DIGEST, CKF_ENCRYPT, CKF_DECRYPT, CKF_SIGN, CKF_VERIFY,
	CKF_WRAP, CKF_UNWRAP, CKF_DERIVE, CKF_ENCAPSULATE, CKF_DECAPSULATE, CKF_GENERATE,
	CKF_GENERATE_KEY_PAIR };

/* Minutes of prime numbers show nothing here. */
static bool
is_slow(const struct vector *row)
{
	return (row->verbs & (CKF_GENERATE | CKF_GENERATE_KEY_PAIR)) != 0 &&
	    (row->mechanism == CKM_RSA_PKCS_KEY_PAIR_GEN ||
		row->mechanism == CKM_DH_PKCS_PARAMETER_GEN ||
		row->mechanism == CKM_X9_42_DH_PARAMETER_GEN);
}

static void
bend_row(const struct vector *row, CK_FLAGS verb)
{
	CK_OBJECT_HANDLE key = CK_INVALID_HANDLE, target = CK_INVALID_HANDLE;
	CK_MECHANISM *right, bent;

	if ((verb & (CKF_DIGEST | CKF_GENERATE | CKF_GENERATE_KEY_PAIR)) == 0)
		key = vector_key_make(s, row->key,
		    row->key->class == CKO_SECRET_KEY ? CKO_SECRET_KEY : half(verb), verb,
		    CK_FALSE);
	if (verb == CKF_WRAP)
		target = key_aes(s, CK_FALSE);
	right = vector_mechanism(s, row);
	for (size_t n = 0; bend(right, n, &bent); n++) {
		snprintf(doing, sizeof(doing), "%s (mechanism %#lx), verb %#lx, way %zu ",
		    row->source, row->mechanism, verb, n);
		try_verb(verb, &bent, key, target);
	}
	ok(p11->C_CloseSession(s));
	s = session_open(slot, READ_WRITE);
	scratch_release();
}

/* Of each mechanism's parameters the first of each kind; in the soak all. */
static void
play_row(const char *family, const struct vector *row, void *context)
{
	static CK_MECHANISM_TYPE last;
	static void (*last_build)(const struct parameter *, CK_MECHANISM *);
	bool again = row->mechanism == last && row->parameter.build == last_build;

	(void)family;
	(void)context;
	last = row->mechanism;
	last_build = row->parameter.build;
	if (!vector_plays(row) || is_slow(row) || row->rv != CKR_OK ||
	    (again && getenv("HANDFAST_SOAK") == NULL))
		return;
	for (size_t i = 0; i < COUNT_OF(verbs); i++)
		if ((row->verbs & verbs[i]) != 0)
			bend_row(row, verbs[i]);
}

static void
test_bent(void **state)
{
	/* Keeps the login while sessions come and go. */
	CK_SESSION_HANDLE anchor = session_open(slot, READ_WRITE);

	(void)state;
	listen_for_the_end();
	vectors_each(play_row, NULL);
	ok(p11->C_CloseSession(anchor));
	print_message("# %lu calls\n", calls);
	check(wrong == 0);
}

/* --- parameters that mean nothing ------------------------------------------------------------- */

/* One key of each type and half that some vector has. */
static struct {
	CK_OBJECT_CLASS class;
	CK_KEY_TYPE type;
	CK_OBJECT_HANDLE handle;
} keys[64];
static size_t key_count;

#define ALL_USES                                                                                   \
	(CKF_ENCRYPT | CKF_DECRYPT | CKF_SIGN | CKF_VERIFY | CKF_WRAP | CKF_UNWRAP | CKF_DERIVE)

static void
take_half(const struct vector *row, CK_OBJECT_CLASS class)
{
	const CK_FLAGS uses = class == CKO_SECRET_KEY ? ALL_USES
	    : class == CKO_PUBLIC_KEY                 ? CKF_VERIFY
						      : CKF_SIGN | CKF_DERIVE;

	for (size_t i = 0; i < key_count; i++)
		if (keys[i].class == class && keys[i].type == row->key->type)
			return;
	if (key_count == COUNT_OF(keys) ||
	    (class == CKO_PUBLIC_KEY ? row->key->public : row->key->private)[0].hex == NULL)
		return;
	keys[key_count].class = class;
	keys[key_count].type = row->key->type;
	keys[key_count++].handle = vector_key_make(s, row->key, class, uses, CK_FALSE);
}

static void
take_key(const char *family, const struct vector *row, void *context)
{
	(void)family;
	(void)context;
	if (!vector_plays(row) || row->rv != CKR_OK || row->key == NULL)
		return;
	if (row->key->class == CKO_SECRET_KEY) {
		take_half(row, CKO_SECRET_KEY);
	} else {
		take_half(row, CKO_PUBLIC_KEY);
		take_half(row, CKO_PRIVATE_KEY);
	}
}

static void
try_shape(CK_MECHANISM_TYPE type, void *parameter, size_t len, size_t key)
{
	CK_MECHANISM mechanism = { type, parameter, len };

	for (size_t v = 0; v < COUNT_OF(verbs); v++) {
		if ((verbs[v] & (CKF_GENERATE | CKF_GENERATE_KEY_PAIR)) != 0 &&
		    (key != 0 || type == CKM_RSA_PKCS_KEY_PAIR_GEN ||
			type == CKM_DH_PKCS_PARAMETER_GEN || type == CKM_X9_42_DH_PARAMETER_GEN))
			continue;
		snprintf(doing, sizeof(doing),
		    "mechanism %#lx, %zu bytes, key type %#lx of class %lu, verb %#lx ", type, len,
		    keys[key].type, keys[key].class, verbs[v]);
		try_verb(verbs[v], &mechanism, keys[key].handle, keys[0].handle);
	}
}

/* Zeros alone are no pointer that could be meant; in the short form some of them each time. */
static void
test_shapes(void **state)
{
	const size_t step = getenv("HANDFAST_SOAK") != NULL ? 1 : 97;
	CK_MECHANISM_TYPE types[512];
	CK_ULONG count = COUNT_OF(types);
	size_t n = 0;

	(void)state;
	listen_for_the_end();
	key_count = 0;
	vectors_each(take_key, NULL);
	ok(p11->C_GetMechanismList(slot, types, &count));
	for (CK_ULONG i = 0; i < count; i++) {
		/* 49 sizes: 0 to 40 and some more. */
		for (size_t len = 0; len <= 256; len += len < 40 ? 1 : 27) {
			void *parameter = scratch(len);

			for (size_t key = 0; key < key_count; key++)
				if (n++ % step == 0)
					try_shape(types[i], parameter, len, key);
			scratch_release();
		}
	}
	print_message("# %zu keys, %lu mechanisms, %lu calls\n", key_count, count, calls);
	check(wrong == 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_bent, begin, module_stopped),
		cmocka_unit_test_setup_teardown(test_shapes, begin, module_stopped),
	};

	return test_main(tests, NULL, NULL);
}
