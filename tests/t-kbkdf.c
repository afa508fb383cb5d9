/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SP 800-108 beyond its bytes, which are t-vectors' business: several keys from one
 * derivation, all of them or none; parameters that make no sense; how much a
 * counter gives; what the keys inherit.
 */
#include "tests/client.h"

static CK_SLOT_ID slot;
static CK_SESSION_HANDLE session;

static int
begin(void **state)
{
	module_fresh(state);
	slot = token_make("kbkdf");
	session = session_user(slot);
	return 0;
}

#define test_kbkdf(function) cmocka_unit_test_setup_teardown(function, begin, module_stopped)

#define OPEN NO(CKA_SENSITIVE), YES(CKA_EXTRACTABLE)
#define KI unhex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")
/* A handle that nobody has given out. */
#define UNTOUCHED 0x7777UL

static CK_OBJECT_HANDLE
key_made(CK_ATTRIBUTE *template, CK_ULONG count)
{
	CK_OBJECT_HANDLE key;

	ok(p11->C_CreateObject(session, template, count, &key));
	return key;
}

/* The base key, with what is to be tried on it. */
#define KEY_WITH(...)                                                                              \
	key_made(TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY),                                        \
	    ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET), BYTES(CKA_VALUE, KI), __VA_ARGS__))
#define BASE KEY_WITH(OPEN, YES(CKA_DERIVE))

/* --- parameters ------------------------------------------------------------------------------ */

#define PIECE(kind, at, size)                                                                      \
	{                                                                                          \
		(kind), (at), (size)                                                               \
	}
#define FORMAT(kind, format) PIECE(kind, &(format), sizeof(format))
#define TEXT_PIECE(string) PIECE(CK_SP800_108_BYTE_ARRAY, (void *)(string), strlen(string))
#define CHAIN PIECE(CK_SP800_108_ITERATION_VARIABLE, NULL, 0)

static struct pkcs11_sp800_108_counter_format counter_8 = { CK_FALSE, 8 },
					      counter_16 = { CK_FALSE, 16 },
					      counter_32 = { CK_FALSE, 32 };

/* Either structure; what mode it is for goes by the mechanism. */
struct kdf {
	CK_MECHANISM_TYPE mode;
	struct pkcs11_prf_data_param *pieces;
	CK_ULONG piece_count;
	struct pkcs11_derived_key *keys;
	CK_ULONG key_count;
	CK_MECHANISM_TYPE prf; /* 0: HMAC with SHA-256 */
};

static CK_MECHANISM *
mechanism_of(const struct kdf *kdf)
{
	struct pkcs11_sp800_108_kdf_params plain = {
		.prf_type = kdf->prf != 0 ? kdf->prf : CKM_SHA256_HMAC,
		.number_of_data_params = kdf->piece_count,
		.data_params = kdf->pieces,
		.additional_derived_keys = kdf->key_count,
		.additional_derived_key_list = kdf->keys,
	};
	struct pkcs11_sp800_108_feedback_kdf_params feedback = {
		.prf_type = plain.prf_type,
		.number_of_data_params = kdf->piece_count,
		.data_params = kdf->pieces,
		.additional_derived_keys = kdf->key_count,
		.additional_derived_key_list = kdf->keys,
	};
	struct view parameter = kdf->mode == CKM_SP800_108_FEEDBACK_KDF
	    ? copy_of(&feedback, sizeof(feedback))
	    : copy_of(&plain, sizeof(plain));
	CK_MECHANISM *mechanism = scratch(sizeof(*mechanism));

	*mechanism = (CK_MECHANISM){ kdf->mode, (void *)parameter.data, parameter.len };
	return mechanism;
}

static CK_RV
derive(CK_OBJECT_HANDLE base, const struct kdf *kdf, CK_ATTRIBUTE *template, CK_ULONG count,
    CK_OBJECT_HANDLE *key)
{
	*key = UNTOUCHED;
	return p11->C_DeriveKey(session, mechanism_of(kdf), base, template, count, key);
}

/* Refused with this code, and no object is there that was not before. */
static void
assert_none(CK_RV expected, CK_OBJECT_HANDLE base, const struct kdf *kdf, CK_ATTRIBUTE *template,
    CK_ULONG count)
{
	CK_ULONG before = find(session, NO_TEMPLATE, NULL);
	CK_OBJECT_HANDLE key;

	assert_rv(derive(base, kdf, template, count, &key), expected);
	check(find(session, NO_TEMPLATE, NULL) == before);
	check(key == UNTOUCHED || key == CK_INVALID_HANDLE);
}

#define A_KEY TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, 32))

/* Three layouts, one a mode; the data follow. */
#define LAYOUTS                                                                                    \
	struct pkcs11_prf_data_param counted[] = { FORMAT(CK_SP800_108_ITERATION_VARIABLE,         \
						       counter_16),                                \
		TEXT_PIECE("data") },                                                              \
				     chained[] = { CHAIN, TEXT_PIECE("data") };                    \
	struct kdf modes[] = {                                                                     \
		{ CKM_SP800_108_COUNTER_KDF, counted, 2, NULL, 0, 0 },                             \
		{ CKM_SP800_108_FEEDBACK_KDF, chained, 2, NULL, 0, 0 },                            \
		{ CKM_SP800_108_DOUBLE_PIPELINE_KDF, chained, 2, NULL, 0, 0 },                     \
	}

/* --- several keys ---------------------------------------------------------------------------- */

/* The example of 6.42.6: 48 bytes and 16, of three segments; what L is.  Python's hmac. */
static void
test_example(void **state)
{
	static const struct {
		CK_ULONG method;
		const char *first, *second;
	} methods[] = {
		{ CK_SP800_108_DKM_LENGTH_SUM_OF_KEYS,
		    "e4dd85cb715c50feb9308650f0397687785fda83b13d390c05b477c6f8d80d2b"
		    "0b98cfb2bb64e06efeeef971c8304731",
		    "8b779b0736c0478b6b9a4671268cffb7" },
		{ CK_SP800_108_DKM_LENGTH_SUM_OF_SEGMENTS,
		    "480c663782ec857142f830afb3f23f926c5f47221ca7fae13be7c47119db9370"
		    "6e9895e3a6f3102c82e92b6cc4865825",
		    "3be579f891fc9124477d20704a384221" },
	};
	struct pkcs11_sp800_108_dkm_length_format length = { 0, CK_FALSE, 32 };
	struct pkcs11_prf_data_param pieces[] = {
		FORMAT(CK_SP800_108_ITERATION_VARIABLE, counter_16),
		PIECE(CK_SP800_108_BYTE_ARRAY, "Label\0Context", 13),
		FORMAT(CK_SP800_108_DKM_LENGTH, length),
	};
	CK_ATTRIBUTE wanted[] = { OPEN, ULONG(CKA_VALUE_LEN, 16), ULONG(CKA_KEY_TYPE, CKK_AES),
		TEXT(CKA_LABEL, "the second") };
	CK_OBJECT_HANDLE base, first, second;
	struct pkcs11_derived_key more = { wanted, COUNT_OF(wanted), &second };
	struct kdf kdf = { CKM_SP800_108_COUNTER_KDF, pieces, COUNT_OF(pieces), &more, 1, 0 };

	(void)state;
	base = BASE;
	for (size_t i = 0; i < COUNT_OF(methods); i++) {
		length.dkm_length_method = methods[i].method;
		ok(derive(base, &kdf, TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, 48)), &first));
		same_bytes(get_bytes(session, first, CKA_VALUE), unhex(methods[i].first));
		same_bytes(get_bytes(session, second, CKA_VALUE), unhex(methods[i].second));
		check(get_ulong(session, second, CKA_KEY_TYPE) == CKK_AES);
		check(get_ulong(session, first, CKA_KEY_TYPE) == CKK_GENERIC_SECRET);
		check(!get_bool(session, second, CKA_LOCAL));
		same_bytes(get_bytes(session, second, CKA_LABEL), text("the second"));
	}
}

/* In every mode keys of a segment each are what one key of all segments is cut into. */
static void
test_segments(void **state)
{
	LAYOUTS;
	CK_ATTRIBUTE wanted[] = { OPEN, ULONG(CKA_VALUE_LEN, 32) };
	CK_OBJECT_HANDLE base, key, others[31];
	struct pkcs11_derived_key more[31];

	(void)state;
	base = BASE;
	for (size_t n = 0; n < COUNT_OF(more); n++)
		more[n] = (struct pkcs11_derived_key){ wanted, COUNT_OF(wanted), &others[n] };
	for (size_t i = 0; i < COUNT_OF(modes); i++) {
		struct view whole;

		modes[i].key_count = 0;
		ok(derive(base, &modes[i], TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, 32 * 32)), &key));
		whole = get_bytes(session, key, CKA_VALUE);
		modes[i].keys = more;
		modes[i].key_count = COUNT_OF(more);
		ok(derive(base, &modes[i], TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, 32)), &key));
		same_bytes(get_bytes(session, key, CKA_VALUE), view_of(whole.data, 32));
		for (size_t n = 0; n < COUNT_OF(others); n++)
			same_bytes(get_bytes(session, others[n], CKA_VALUE),
			    view_of(whole.data + 32 * (n + 1), 32));
	}
}

/* All keys or none, and the one whose template is at fault is told by its handle alone. */
static void
test_all_or_nothing(void **state)
{
	LAYOUTS;
	CK_ATTRIBUTE good[] = { OPEN, ULONG(CKA_VALUE_LEN, 32) };
	const struct {
		CK_RV rv;
		CK_ATTRIBUTE bad[3];
		CK_ULONG count;
	} cases[] = {
		{ CKR_TEMPLATE_INCONSISTENT,
		    { ULONG(CKA_KEY_TYPE, CKK_AES), ULONG(CKA_VALUE_LEN, 17) }, 2 },
		{ CKR_TEMPLATE_INCONSISTENT, { ULONG(CKA_CLASS, CKO_DATA) }, 1 },
		{ CKR_TEMPLATE_INCOMPLETE, { TEXT(CKA_LABEL, "how long?") }, 1 },
		{ CKR_ATTRIBUTE_TYPE_INVALID, { ULONG(CKA_VALUE_LEN, 16), ULONG(0x7ffff, 1) }, 2 },
		/* Hidden, and short enough to guess. */
		{ CKR_KEY_SIZE_RANGE, { YES(CKA_SENSITIVE), ULONG(CKA_VALUE_LEN, 8) }, 2 },
	};
	CK_OBJECT_HANDLE base;

	(void)state;
	base = BASE;
	for (size_t i = 0; i < COUNT_OF(modes); i++) {
		for (size_t n = 0; n < COUNT_OF(cases); n++) {
			CK_OBJECT_HANDLE handles[3] = { UNTOUCHED, UNTOUCHED, UNTOUCHED };
			struct pkcs11_derived_key more[] = {
				{ good, COUNT_OF(good), &handles[0] },
				{ (CK_ATTRIBUTE *)cases[n].bad, cases[n].count, &handles[1] },
				{ good, COUNT_OF(good), &handles[2] },
			};

			modes[i].keys = more;
			modes[i].key_count = COUNT_OF(more);
			assert_none(cases[n].rv, base, &modes[i], A_KEY);
			check(handles[0] == UNTOUCHED && handles[2] == UNTOUCHED);
			check(handles[1] == CK_INVALID_HANDLE);
		}
	}
	/* The call's own template has no handle but the call's. */
	{
		CK_OBJECT_HANDLE handle = UNTOUCHED;
		struct pkcs11_derived_key more = { good, COUNT_OF(good), &handle };

		modes[0].keys = &more;
		modes[0].key_count = 1;
		assert_none(CKR_TEMPLATE_INCOMPLETE, base, &modes[0], TEMPLATE(OPEN));
		check(handle == UNTOUCHED);
	}
}

/* --- parameters that make no sense ----------------------------------------------------------- */

static void
test_pieces(void **state)
{
	static struct pkcs11_sp800_108_counter_format odd[] = { { CK_FALSE, 0 }, { CK_FALSE, 7 },
		{ CK_FALSE, 33 }, { CK_FALSE, 40 }, { CK_FALSE, ~0UL }, { CK_TRUE, 12 } };
	static struct pkcs11_sp800_108_dkm_length_format lengths[] = { { 1, CK_FALSE, 0 },
		{ 1, CK_FALSE, 9 }, { 1, CK_FALSE, 72 }, { 0, CK_FALSE, 32 }, { 3, CK_FALSE, 32 },
		{ 2, CK_FALSE, ~7UL } };
	static struct pkcs11_sp800_108_dkm_length_format length = { 1, CK_FALSE, 32 };
	struct pkcs11_prf_data_param iteration =
	    FORMAT(CK_SP800_108_ITERATION_VARIABLE, counter_16);
	struct pkcs11_prf_data_param chain = CHAIN,
				     beside = FORMAT(CK_SP800_108_COUNTER, counter_8),
				     size = FORMAT(CK_SP800_108_DKM_LENGTH, length);
	const struct pkcs11_prf_data_param wrong[] = { PIECE(CK_SP800_108_BYTE_ARRAY, NULL, 4),
		PIECE(CK_SP800_108_BYTE_ARRAY, "", 0), PIECE(CK_SP800_108_BYTE_ARRAY, "", ~0UL),
		PIECE(CK_SP800_108_BYTE_ARRAY, "", 1UL << 40), PIECE(0, "x", 1), PIECE(6, "x", 1),
		PIECE(CK_SP800_108_DKM_LENGTH, NULL, sizeof(length)),
		PIECE(CK_SP800_108_DKM_LENGTH, &length, sizeof(length) - 1),
		PIECE(CK_SP800_108_KEY_HANDLE, NULL, sizeof(CK_OBJECT_HANDLE)),
		PIECE(CK_SP800_108_KEY_HANDLE, &length, 4) };
	struct pkcs11_prf_data_param pieces[64];
	CK_OBJECT_HANDLE base;

	(void)state;
	base = BASE;
	for (size_t mode = 0; mode < 3; mode++) {
		const bool counts = mode == 0;
		struct kdf kdf = { CKM_SP800_108_COUNTER_KDF + mode, pieces, 2, NULL, 0, 0 };

		pieces[0] = counts ? iteration : chain;
		for (size_t i = 0; i < COUNT_OF(wrong); i++) {
			pieces[1] = wrong[i];
			assert_none(CKR_MECHANISM_PARAM_INVALID, base, &kdf, A_KEY);
		}
		for (size_t i = 0; i < COUNT_OF(lengths); i++) {
			pieces[1] = (struct pkcs11_prf_data_param)FORMAT(
			    CK_SP800_108_DKM_LENGTH, lengths[i]);
			assert_none(CKR_MECHANISM_PARAM_INVALID, base, &kdf, A_KEY);
		}
		for (size_t i = 0; i < COUNT_OF(odd); i++) {
			struct pkcs11_prf_data_param bad =
			    FORMAT(counts ? CK_SP800_108_ITERATION_VARIABLE : CK_SP800_108_COUNTER,
				odd[i]);

			pieces[0] = counts ? bad : chain;
			pieces[1] = counts ? size : bad;
			assert_none(CKR_MECHANISM_PARAM_INVALID, base, &kdf, A_KEY);
		}
		pieces[0] = counts ? iteration : chain;
		/* Twice what may be there once; no iteration variable; that of another mode. */
		pieces[1] = pieces[0];
		assert_none(CKR_MECHANISM_PARAM_INVALID, base, &kdf, A_KEY);
		pieces[1] = pieces[2] = size;
		kdf.piece_count = 3;
		assert_none(CKR_MECHANISM_PARAM_INVALID, base, &kdf, A_KEY);
		pieces[1] = pieces[2] = beside;
		assert_none(CKR_MECHANISM_PARAM_INVALID, base, &kdf, A_KEY);
		pieces[0] = size;
		kdf.piece_count = 1;
		assert_none(CKR_MECHANISM_PARAM_INVALID, base, &kdf, A_KEY);
		kdf.piece_count = 0;
		assert_none(CKR_MECHANISM_PARAM_INVALID, base, &kdf, A_KEY);
		pieces[0] = counts ? chain : iteration;
		kdf.piece_count = 1;
		assert_none(CKR_MECHANISM_PARAM_INVALID, base, &kdf, A_KEY);
		/* Numbers of pieces that nobody has. */
		pieces[0] = counts ? iteration : chain;
		for (size_t i = 1; i < COUNT_OF(pieces); i++)
			pieces[i] = (struct pkcs11_prf_data_param)TEXT_PIECE("data");
		kdf.piece_count = 33;
		assert_none(CKR_MECHANISM_PARAM_INVALID, base, &kdf, A_KEY);
		kdf.piece_count = ~0UL;
		assert_none(CKR_MECHANISM_PARAM_INVALID, base, &kdf, A_KEY);
		kdf.pieces = NULL;
		kdf.piece_count = 2;
		assert_none(CKR_MECHANISM_PARAM_INVALID, base, &kdf, A_KEY);
	}
	/* Counter mode has no counter beside the iteration variable. */
	{
		struct pkcs11_prf_data_param both[] = { iteration, beside };
		struct kdf kdf = { CKM_SP800_108_COUNTER_KDF, both, 2, NULL, 0, 0 };

		assert_none(CKR_MECHANISM_PARAM_INVALID, base, &kdf, A_KEY);
	}
}

static void
test_key_lists(void **state)
{
	LAYOUTS;
	CK_ATTRIBUTE good[] = { OPEN, ULONG(CKA_VALUE_LEN, 32) };
	CK_OBJECT_HANDLE base, handle = UNTOUCHED;
	const struct {
		struct pkcs11_derived_key key;
		CK_ULONG count;
	} wrong[] = {
		{ { good, COUNT_OF(good), NULL }, 1 },
		{ { NULL, COUNT_OF(good), &handle }, 1 },
		{ { good, COUNT_OF(good), &handle }, 32 },
		{ { good, COUNT_OF(good), &handle }, ~0UL },
		{ { good, COUNT_OF(good), &handle }, ~0UL / sizeof(struct pkcs11_derived_key) + 2 },
	};

	(void)state;
	base = BASE;
	for (size_t i = 0; i < COUNT_OF(modes); i++) {
		for (size_t n = 0; n < COUNT_OF(wrong); n++) {
			struct pkcs11_derived_key key = wrong[n].key;

			modes[i].keys = &key;
			modes[i].key_count = wrong[n].count;
			assert_none(CKR_MECHANISM_PARAM_INVALID, base, &modes[i], A_KEY);
		}
		modes[i].keys = NULL;
		modes[i].key_count = 1;
		assert_none(CKR_MECHANISM_PARAM_INVALID, base, &modes[i], A_KEY);
	}
	check(handle == UNTOUCHED);
}

/* One structure is not taken for the other, nor a part of one. */
static void
test_sizes(void **state)
{
	LAYOUTS;
	CK_OBJECT_HANDLE base, key;

	(void)state;
	base = BASE;
	for (size_t i = 0; i < COUNT_OF(modes); i++) {
		CK_MECHANISM *mechanism = mechanism_of(&modes[i]);
		const CK_ULONG right = mechanism->ulParameterLen;

		for (CK_ULONG size = 0; size < 64; size++) {
			mechanism->ulParameterLen = size;
			assert_rv(p11->C_DeriveKey(session, mechanism, base, A_KEY, &key),
			    size == right ? CKR_OK : CKR_MECHANISM_PARAM_INVALID);
		}
	}
}

/* Nothing need be aligned: neither the structures nor where a handle goes. */
static void
test_unaligned(void **state)
{
	struct pkcs11_prf_data_param pieces[] = {
		FORMAT(CK_SP800_108_ITERATION_VARIABLE, counter_16),
		TEXT_PIECE("data"),
	};
	CK_ATTRIBUTE wanted[] = { OPEN, ULONG(CKA_VALUE_LEN, 32) };
	CK_OBJECT_HANDLE base, key, first, second;
	unsigned char *place = (unsigned char *)scratch(sizeof(second) + 1) + 1;
	struct pkcs11_derived_key more = { wanted, COUNT_OF(wanted), &second };
	struct kdf kdf = { CKM_SP800_108_COUNTER_KDF, pieces, 2, &more, 1, 0 };
	CK_MECHANISM *mechanism;
	unsigned char *at;

	(void)state;
	base = BASE;
	ok(derive(base, &kdf, A_KEY, &first));
	at = (unsigned char *)scratch(sizeof(counter_16) + 1) + 1;
	pieces[0].value = memcpy(at, &counter_16, sizeof(counter_16));
	at = (unsigned char *)scratch(sizeof(pieces) + 1) + 1;
	kdf.pieces = memcpy(at, pieces, sizeof(pieces));
	more.key = (CK_OBJECT_HANDLE *)(void *)place;
	at = (unsigned char *)scratch(sizeof(more) + 1) + 1;
	kdf.keys = memcpy(at, &more, sizeof(more));
	mechanism = mechanism_of(&kdf);
	at = (unsigned char *)scratch(mechanism->ulParameterLen + 1) + 1;
	mechanism->pParameter = memcpy(at, mechanism->pParameter, mechanism->ulParameterLen);
	ok(p11->C_DeriveKey(session, mechanism, base, A_KEY, &key));
	same_bytes(get_bytes(session, key, CKA_VALUE), get_bytes(session, first, CKA_VALUE));
	memcpy(&key, place, sizeof(key));
	same_bytes(get_bytes(session, key, CKA_VALUE), get_bytes(session, second, CKA_VALUE));
}

/* --- how much there is ----------------------------------------------------------------------- */

/* A counter of one byte gives 255 segments, to all keys together; L must hold what it says. */
static void
test_limits(void **state)
{
	static struct pkcs11_sp800_108_dkm_length_format length = { 1, CK_FALSE, 8 };
	struct pkcs11_prf_data_param counted[] = {
		FORMAT(CK_SP800_108_ITERATION_VARIABLE, counter_8), TEXT_PIECE("data")
	};
	struct pkcs11_prf_data_param chained[] = { CHAIN, FORMAT(CK_SP800_108_COUNTER, counter_8) };
	struct pkcs11_prf_data_param endless[] = { CHAIN, TEXT_PIECE("data") };
	struct pkcs11_prf_data_param measured[] = { CHAIN,
		FORMAT(CK_SP800_108_DKM_LENGTH, length) };
	struct kdf kdfs[] = {
		{ CKM_SP800_108_COUNTER_KDF, counted, 2, NULL, 0, CKM_SHA_1_HMAC },
		{ CKM_SP800_108_FEEDBACK_KDF, chained, 2, NULL, 0, CKM_SHA_1_HMAC },
		{ CKM_SP800_108_DOUBLE_PIPELINE_KDF, chained, 2, NULL, 0, CKM_SHA_1_HMAC },
	};
	struct kdf most = { CKM_SP800_108_FEEDBACK_KDF, endless, 2, NULL, 0, CKM_SHA_1_HMAC };
	struct kdf short_of = { CKM_SP800_108_FEEDBACK_KDF, measured, 2, NULL, 0, 0 };
	CK_ATTRIBUTE wanted[] = { OPEN, ULONG(CKA_VALUE_LEN, 1) };
	CK_OBJECT_HANDLE base, key, other = UNTOUCHED;
	struct pkcs11_derived_key more = { wanted, COUNT_OF(wanted), &other };

	(void)state;
	base = BASE;
	for (size_t i = 0; i < COUNT_OF(kdfs); i++) {
		ok(derive(base, &kdfs[i], TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, 5100)), &key));
		assert_none(
		    CKR_KEY_SIZE_RANGE, base, &kdfs[i], TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, 5101)));
		kdfs[i].keys = &more;
		kdfs[i].key_count = 1;
		assert_none(
		    CKR_KEY_SIZE_RANGE, base, &kdfs[i], TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, 5081)));
		ok(derive(base, &kdfs[i], TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, 5080)), &key));
	}
	ok(derive(base, &most, TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, 16384)), &key));
	ok(derive(base, &short_of, TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, 31)), &key));
	assert_none(
	    CKR_MECHANISM_PARAM_INVALID, base, &short_of, TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, 32)));
	length.width_in_bits = 64;
	ok(derive(base, &short_of, TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, 32)), &key));
	length.width_in_bits = 8;
}

/* A type of one size, or of a longest one, needs no length; a secret of any length does. */
static void
test_lengths(void **state)
{
	LAYOUTS;
	CK_OBJECT_HANDLE base, key;

	(void)state;
	base = BASE;
	for (size_t i = 0; i < COUNT_OF(modes); i++) {
		assert_none(CKR_TEMPLATE_INCOMPLETE, base, &modes[i], TEMPLATE(OPEN));
		ok(derive(base, &modes[i], TEMPLATE(OPEN, ULONG(CKA_KEY_TYPE, CKK_AES)), &key));
		check(get_ulong(session, key, CKA_VALUE_LEN) == 32);
	}
}

/* --- keys and what they inherit -------------------------------------------------------------- */

/* A key in the input must be there and be one that may derive; eight are enough. */
static void
test_keys_within(void **state)
{
	CK_OBJECT_HANDLE base, other, barred, none = UNTOUCHED, pair[2], key;
	struct pkcs11_prf_data_param pieces[10] = { FORMAT(
	    CK_SP800_108_ITERATION_VARIABLE, counter_16) };
	struct kdf kdf = { CKM_SP800_108_COUNTER_KDF, pieces, 2, NULL, 0, 0 };

	(void)state;
	base = BASE;
	other = BASE;
	barred = KEY_WITH(OPEN, NO(CKA_DERIVE));
	key_pair_ec(session, p256, true, pair);
	for (size_t i = 1; i < COUNT_OF(pieces); i++)
		pieces[i] = (struct pkcs11_prf_data_param)FORMAT(CK_SP800_108_KEY_HANDLE, other);
	kdf.piece_count = 9;
	ok(derive(base, &kdf, A_KEY, &key));
	kdf.piece_count = 10;
	assert_none(CKR_MECHANISM_PARAM_INVALID, base, &kdf, A_KEY);
	kdf.piece_count = 2;
	pieces[1].value = &none;
	assert_none(CKR_KEY_HANDLE_INVALID, base, &kdf, A_KEY);
	pieces[1].value = &barred;
	assert_none(CKR_KEY_FUNCTION_NOT_PERMITTED, base, &kdf, A_KEY);
	pieces[1].value = &pair[1];
	assert_none(CKR_KEY_TYPE_INCONSISTENT, base, &kdf, A_KEY);
}

/* Where the template is silent, as the base is; the template may open and close. */
static void
test_sensitivity(void **state)
{
	LAYOUTS;
	CK_ATTRIBUTE silent[] = { ULONG(CKA_VALUE_LEN, 32) };
	CK_ATTRIBUTE open[] = { OPEN, ULONG(CKA_VALUE_LEN, 32) };
	CK_OBJECT_HANDLE bases[2], key, others[2];
	struct pkcs11_derived_key more[] = {
		{ silent, COUNT_OF(silent), &others[0] },
		{ open, COUNT_OF(open), &others[1] },
	};

	(void)state;
	bases[0] = BASE;
	ok(p11->C_GenerateKey(session, MECHANISM(CKM_GENERIC_SECRET_KEY_GEN),
	    TEMPLATE(
		ULONG(CKA_VALUE_LEN, 32), YES(CKA_SENSITIVE), NO(CKA_EXTRACTABLE), YES(CKA_DERIVE)),
	    &bases[1]));
	for (size_t i = 0; i < COUNT_OF(modes); i++) {
		modes[i].keys = more;
		modes[i].key_count = COUNT_OF(more);
		for (size_t hidden = 0; hidden < 2; hidden++) {
			ok(derive(
			    bases[hidden], &modes[i], TEMPLATE(ULONG(CKA_VALUE_LEN, 32)), &key));
			check(get_bool(session, key, CKA_SENSITIVE) == hidden);
			check(get_bool(session, key, CKA_EXTRACTABLE) == !hidden);
			check(get_bool(session, key, CKA_ALWAYS_SENSITIVE) == hidden);
			check(get_bool(session, key, CKA_NEVER_EXTRACTABLE) == hidden);
			check(get_bool(session, others[0], CKA_SENSITIVE) == hidden);
			check(get_bool(session, others[0], CKA_NEVER_EXTRACTABLE) == hidden);
			check(!get_bool(session, others[1], CKA_SENSITIVE));
			check(!get_bool(session, others[1], CKA_ALWAYS_SENSITIVE));
			check(!get_bool(session, others[1], CKA_NEVER_EXTRACTABLE));
		}
	}
}

/* A key that was hidden ever since does not vouch for one that was not. */
static void
test_mixed_inputs(void **state)
{
	CK_OBJECT_HANDLE hidden, known, key;
	struct pkcs11_prf_data_param pieces[] = { FORMAT(
						      CK_SP800_108_ITERATION_VARIABLE, counter_32),
		PIECE(CK_SP800_108_KEY_HANDLE, &known, sizeof(known)) };
	struct kdf kdf = { CKM_SP800_108_COUNTER_KDF, pieces, 2, NULL, 0, 0 };

	(void)state;
	known = BASE;
	ok(p11->C_GenerateKey(session, MECHANISM(CKM_GENERIC_SECRET_KEY_GEN),
	    TEMPLATE(
		ULONG(CKA_VALUE_LEN, 32), YES(CKA_SENSITIVE), NO(CKA_EXTRACTABLE), YES(CKA_DERIVE)),
	    &hidden));
	ok(derive(hidden, &kdf, TEMPLATE(ULONG(CKA_VALUE_LEN, 32)), &key));
	check(get_bool(session, key, CKA_SENSITIVE) && !get_bool(session, key, CKA_EXTRACTABLE));
	check(!get_bool(session, key, CKA_ALWAYS_SENSITIVE));
	check(!get_bool(session, key, CKA_NEVER_EXTRACTABLE));
}

/* CKA_DERIVE_TEMPLATE of the base key holds for every key that is made. */
static void
test_demands(void **state)
{
	LAYOUTS;
	CK_ATTRIBUTE demands[] = { YES(CKA_SENSITIVE), TEXT(CKA_LABEL, "as demanded") };
	CK_ATTRIBUTE silent[] = { ULONG(CKA_VALUE_LEN, 32) };
	CK_ATTRIBUTE against[] = { ULONG(CKA_VALUE_LEN, 32), NO(CKA_SENSITIVE) };
	CK_OBJECT_HANDLE base, key, other = UNTOUCHED;
	struct pkcs11_derived_key more = { silent, COUNT_OF(silent), &other };

	(void)state;
	base = KEY_WITH(
	    OPEN, YES(CKA_DERIVE), ATTRIBUTE(CKA_DERIVE_TEMPLATE, demands, sizeof(demands)));
	for (size_t i = 0; i < COUNT_OF(modes); i++) {
		modes[i].keys = &more;
		modes[i].key_count = 1;
		more = (struct pkcs11_derived_key){ silent, COUNT_OF(silent), &other };
		ok(derive(base, &modes[i], TEMPLATE(ULONG(CKA_VALUE_LEN, 32)), &key));
		same_bytes(get_bytes(session, key, CKA_LABEL), text("as demanded"));
		same_bytes(get_bytes(session, other, CKA_LABEL), text("as demanded"));
		check(get_bool(session, other, CKA_SENSITIVE));
		more = (struct pkcs11_derived_key){ against, COUNT_OF(against), &other };
		assert_none(
		    CKR_TEMPLATE_INCONSISTENT, base, &modes[i], TEMPLATE(ULONG(CKA_VALUE_LEN, 32)));
		check(other == CK_INVALID_HANDLE);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_kbkdf(test_example),
		test_kbkdf(test_segments),
		test_kbkdf(test_all_or_nothing),
		test_kbkdf(test_pieces),
		test_kbkdf(test_key_lists),
		test_kbkdf(test_sizes),
		test_kbkdf(test_unaligned),
		test_kbkdf(test_limits),
		test_kbkdf(test_lengths),
		test_kbkdf(test_keys_within),
		test_kbkdf(test_sensitivity),
		test_kbkdf(test_mixed_inputs),
		test_kbkdf(test_demands),
	};

	return test_main(tests, NULL, NULL);
}
