/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ML-KEM: sizes, the forms of a private key and their disagreements, what templates
 * do, token objects, and libcrypto as the other party.  With a libcrypto that lacks
 * it: what is then answered, and that a token which has such keys keeps them.
 */
#include "tests/peer.h"
#include "tests/sets.h"

#include <openssl/x509.h>

static CK_SLOT_ID slot;
static CK_SESSION_HANDLE session;

static int
begin(void **state)
{
	module_fresh(state);
	slot = token_make("ml-kem");
	session = session_user(slot);
	return 0;
}

#define test_mlkem(function) cmocka_unit_test_setup_teardown(function, begin, module_stopped)

/* FIPS 203, table 3. */
static const struct set {
	CK_ULONG number;
	const char *name;
	size_t public_len, private_len, ciphertext_len;
} sets[] = {
	{ CKP_ML_KEM_512, "ML-KEM-512", 800, 1632, 768 },
	{ CKP_ML_KEM_768, "ML-KEM-768", 1184, 2400, 1088 },
	{ CKP_ML_KEM_1024, "ML-KEM-1024", 1568, 3168, 1568 },
};
#define SET_768 (&sets[1])

#define PRIVATE(number)                                                                            \
	ULONG(CKA_CLASS, CKO_PRIVATE_KEY), ULONG(CKA_KEY_TYPE, CKK_ML_KEM),                        \
	    ULONG(CKA_PARAMETER_SET, number), OPEN
#define PUBLIC(number)                                                                             \
	ULONG(CKA_CLASS, CKO_PUBLIC_KEY), ULONG(CKA_KEY_TYPE, CKK_ML_KEM),                         \
	    ULONG(CKA_PARAMETER_SET, number)
#define SECRET ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET), OPEN

static CK_RV
create(CK_ATTRIBUTE *template, CK_ULONG count)
{
	CK_OBJECT_HANDLE key;

	return p11->C_CreateObject(session, template, count, &key);
}

static CK_OBJECT_HANDLE
created(CK_ATTRIBUTE *template, CK_ULONG count)
{
	CK_OBJECT_HANDLE key;

	ok(p11->C_CreateObject(session, template, count, &key));
	return key;
}

static void
pair_make(const struct set *set, CK_OBJECT_HANDLE pair[2])
{
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_ML_KEM_KEY_PAIR_GEN),
	    TEMPLATE(ULONG(CKA_PARAMETER_SET, set->number)), TEMPLATE(OPEN), &pair[0], &pair[1]));
}

static struct view
value_of(CK_OBJECT_HANDLE key)
{
	return get_bytes(session, key, CKA_VALUE);
}

static CK_RV
encapsulate_rv(CK_OBJECT_HANDLE key, CK_ATTRIBUTE *template, CK_ULONG count,
    struct view *ciphertext, CK_OBJECT_HANDLE *made)
{
	CK_ULONG len = 2048;
	CK_BYTE *out = scratch(len);
	CK_RV rv = p11->C_EncapsulateKey(
	    session, MECHANISM(CKM_ML_KEM), key, template, count, out, &len, made);

	*ciphertext = view_of(out, len);
	return rv;
}

static CK_RV
decapsulate_rv(CK_OBJECT_HANDLE key, struct view ciphertext, CK_ATTRIBUTE *template, CK_ULONG count,
    CK_OBJECT_HANDLE *made)
{
	return p11->C_DecapsulateKey(session, MECHANISM(CKM_ML_KEM), key, template, count,
	    (CK_BYTE *)ciphertext.data, ciphertext.len, made);
}

static struct view
decapsulated(CK_OBJECT_HANDLE key, struct view ciphertext)
{
	CK_OBJECT_HANDLE made;

	ok(decapsulate_rv(key, ciphertext, TEMPLATE(SECRET), &made));
	return value_of(made);
}

static bool
differ(struct view a, struct view b)
{
	return a.len != b.len || memcmp(a.data, b.data, a.len) != 0;
}

/* --- generation and use ------------------------------------------------------------- */

static void
test_pairs(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(sets); i++) {
		CK_OBJECT_HANDLE pair[2];
		PEER_KEY peer = NULL;

		pair_make(&sets[i], pair);
		check(value_of(pair[0]).len == sets[i].public_len);
		check(value_of(pair[1]).len == sets[i].private_len);
		check(get_bytes(session, pair[1], CKA_SEED).len == 64);
		check(get_ulong(session, pair[1], CKA_PARAMETER_SET) == sets[i].number);
		check(get_bool(session, pair[0], CKA_ENCAPSULATE));
		check(get_bool(session, pair[1], CKA_DECAPSULATE));
		check(!get_bool(session, pair[1], CKA_DERIVE));
		peer = peer_set_public(sets[i].name, value_of(pair[0]));
		same_bytes(get_bytes(session, pair[0], CKA_PUBLIC_KEY_INFO), peer_spki(peer));
		same_bytes(get_bytes(session, pair[1], CKA_PUBLIC_KEY_INFO), peer_spki(peer));
	}
}

/* Of a private key that can derive, the public one. */
static void
test_public_of_private(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(sets); i++) {
		PEER_KEY peer = peer_set(sets[i].name);
		CK_OBJECT_HANDLE private_key = created(TEMPLATE(PRIVATE(sets[i].number),
				     BYTES(CKA_SEED, peer_octets(peer, "seed")), YES(CKA_DERIVE),
				     YES(CKA_DECAPSULATE))),
				 public_key, made;
		struct view ciphertext;

		ok(p11->C_DeriveKey(session, MECHANISM(CKM_PUB_KEY_FROM_PRIV_KEY), private_key,
		    TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY)), &public_key));
		same_bytes(value_of(public_key), peer_octets(peer, "pub"));
		check(get_ulong(session, public_key, CKA_PARAMETER_SET) == sets[i].number);
		ok(encapsulate_rv(public_key, TEMPLATE(SECRET), &ciphertext, &made));
		same_bytes(peer_decapsulate(peer, ciphertext), value_of(made));
	}
}

static void
test_hidden(void **state)
{
	CK_OBJECT_HANDLE pair[2];

	(void)state;
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_ML_KEM_KEY_PAIR_GEN),
	    TEMPLATE(ULONG(CKA_PARAMETER_SET, CKP_ML_KEM_512)), NO_TEMPLATE, &pair[0], &pair[1]));
	assert_rv(get_rv(session, pair[1], CKA_VALUE), CKR_ATTRIBUTE_SENSITIVE);
	assert_rv(get_rv(session, pair[1], CKA_SEED), CKR_ATTRIBUTE_SENSITIVE);
	check(get_bool(session, pair[1], CKA_ALWAYS_SENSITIVE));
	check(get_bool(session, pair[1], CKA_NEVER_EXTRACTABLE));
}

static void
test_libcrypto(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(sets); i++) {
		PEER_KEY own = peer_set(sets[i].name);
		PEER_KEY other = NULL;
		CK_OBJECT_HANDLE pair[2], public_key, made;
		struct view ciphertext, secret;

		public_key = created(
		    TEMPLATE(PUBLIC(sets[i].number), BYTES(CKA_VALUE, peer_octets(own, "pub"))));
		ok(encapsulate_rv(public_key, TEMPLATE(SECRET), &ciphertext, &made));
		check(ciphertext.len == sets[i].ciphertext_len);
		same_bytes(value_of(made), peer_decapsulate(own, ciphertext));

		pair_make(&sets[i], pair);
		other = peer_set_public(sets[i].name, value_of(pair[0]));
		secret = peer_encapsulate(other, &ciphertext);
		same_bytes(decapsulated(pair[1], ciphertext), secret);
	}
}

/* A length query makes no object and leaves the handle alone, as does too short a buffer. */
static void
test_query(void **state)
{
	CK_OBJECT_HANDLE pair[2], made = 4711;
	CK_ULONG len = 0, before;

	(void)state;
	pair_make(SET_768, pair);
	before = find(session, NO_TEMPLATE, NULL);
	ok(p11->C_EncapsulateKey(
	    session, MECHANISM(CKM_ML_KEM), pair[0], TEMPLATE(SECRET), NULL, &len, &made));
	check(len == SET_768->ciphertext_len && made == 4711);
	len--;
	assert_rv(p11->C_EncapsulateKey(session, MECHANISM(CKM_ML_KEM), pair[0], TEMPLATE(SECRET),
		      scratch(len), &len, &made),
	    CKR_BUFFER_TOO_SMALL);
	check(len == SET_768->ciphertext_len && made == 4711);
	check(find(session, NO_TEMPLATE, NULL) == before);
}

/* A ciphertext of somebody else's making gives one secret, and never the right one. */
static void
test_tampered(void **state)
{
	static const size_t places[] = { 0, 500, 1087 };
	CK_OBJECT_HANDLE pair[2], made;
	struct view ciphertext, right;

	(void)state;
	pair_make(SET_768, pair);
	ok(encapsulate_rv(pair[0], TEMPLATE(SECRET), &ciphertext, &made));
	right = value_of(made);
	same_bytes(decapsulated(pair[1], ciphertext), right);
	for (size_t i = 0; i < COUNT_OF(places); i++) {
		struct view wrong = bent(ciphertext, places[i]);
		struct view secret = decapsulated(pair[1], wrong);

		check(secret.len == 32 && differ(secret, right));
		same_bytes(decapsulated(pair[1], wrong), secret);
	}
	assert_rv(
	    decapsulate_rv(pair[1], bent(ciphertext, ciphertext.len), TEMPLATE(SECRET), &made),
	    CKR_WRAPPED_KEY_LEN_RANGE);
	assert_rv(decapsulate_rv(pair[1], view_of(ciphertext.data, ciphertext.len - 1),
		      TEMPLATE(SECRET), &made),
	    CKR_WRAPPED_KEY_LEN_RANGE);
}

/* --- import --------------------------------------------------------------------------- */

static void
test_forms(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(sets); i++) {
		PEER_KEY peer = peer_set(sets[i].name);
		struct view seed = peer_octets(peer, "seed"), value = peer_octets(peer, "priv");
		CK_OBJECT_HANDLE forms[3];
		struct view ciphertext, secret = peer_encapsulate(peer, &ciphertext);

		forms[0] = created(TEMPLATE(PRIVATE(sets[i].number), BYTES(CKA_SEED, seed)));
		forms[1] = created(TEMPLATE(PRIVATE(sets[i].number), BYTES(CKA_VALUE, value)));
		forms[2] = created(TEMPLATE(
		    PRIVATE(sets[i].number), BYTES(CKA_SEED, seed), BYTES(CKA_VALUE, value)));
		for (size_t n = 0; n < COUNT_OF(forms); n++) {
			same_bytes(value_of(forms[n]), value);
			same_bytes(
			    get_bytes(session, forms[n], CKA_PUBLIC_KEY_INFO), peer_spki(peer));
			same_bytes(decapsulated(forms[n], ciphertext), secret);
			if (n != 1)
				same_bytes(get_bytes(session, forms[n], CKA_SEED), seed);
		}
		assert_rv(get_rv(session, forms[1], CKA_SEED), CKR_ATTRIBUTE_TYPE_INVALID);
	}
}

static void
test_disagreements(void **state)
{
	PEER_KEY peer = peer_set("ML-KEM-768");
	PEER_KEY other = peer_set("ML-KEM-768");
	struct view seed = peer_octets(peer, "seed"), value = peer_octets(peer, "priv");
	struct view spki = peer_spki(other);

	(void)state;
	assert_rv(create(TEMPLATE(PRIVATE(CKP_ML_KEM_768), BYTES(CKA_SEED, seed),
		      BYTES(CKA_VALUE, peer_octets(other, "priv")))),
	    CKR_ATTRIBUTE_VALUE_INVALID);
	/* Only the value for implicit rejection is another. */
	assert_rv(create(TEMPLATE(PRIVATE(CKP_ML_KEM_768), BYTES(CKA_SEED, seed),
		      BYTES(CKA_VALUE, bent(value, value.len - 1)))),
	    CKR_ATTRIBUTE_VALUE_INVALID);
	assert_rv(create(TEMPLATE(PRIVATE(CKP_ML_KEM_768), BYTES(CKA_SEED, seed),
		      BYTES(CKA_VALUE, view_of(value.data, value.len - 1)))),
	    CKR_ATTRIBUTE_VALUE_INVALID);
	assert_rv(create(TEMPLATE(PRIVATE(CKP_ML_KEM_768), BYTES(CKA_SEED, seed),
		      BYTES(CKA_PUBLIC_KEY_INFO, spki))),
	    CKR_ATTRIBUTE_VALUE_INVALID);
	assert_rv(
	    create(TEMPLATE(PUBLIC(CKP_ML_KEM_768), BYTES(CKA_VALUE, peer_octets(peer, "pub")),
		BYTES(CKA_PUBLIC_KEY_INFO, spki))),
	    CKR_ATTRIBUTE_VALUE_INVALID);
	assert_rv(create(TEMPLATE(PRIVATE(CKP_ML_KEM_768))), CKR_TEMPLATE_INCOMPLETE);
	assert_rv(create(TEMPLATE(PRIVATE(CKP_ML_KEM_512), BYTES(CKA_VALUE, value))),
	    CKR_ATTRIBUTE_VALUE_INVALID);
	assert_rv(
	    create(TEMPLATE(PRIVATE(4), BYTES(CKA_SEED, seed))), CKR_PARAMETER_SET_NOT_SUPPORTED);
	assert_rv(create(TEMPLATE(PUBLIC(0), BYTES(CKA_VALUE, peer_octets(peer, "pub")))),
	    CKR_PARAMETER_SET_NOT_SUPPORTED);
}

/* FIPS 203, 7.2 and 7.3. */
static void
test_malformed(void **state)
{
	PEER_KEY peer = peer_set("ML-KEM-768");
	struct view seed = peer_octets(peer, "seed"), value = peer_octets(peer, "priv");
	struct view public_key = peer_octets(peer, "pub"), wrong;
	size_t hash = value.len - 64;

	(void)state;
	for (size_t len = public_key.len - 1; len <= public_key.len + 1; len++)
		assert_rv(
		    create(TEMPLATE(PUBLIC(CKP_ML_KEM_768),
			BYTES(CKA_VALUE, copy_of(bent(public_key, public_key.len).data, len)))),
		    len == public_key.len ? CKR_OK : CKR_ATTRIBUTE_VALUE_INVALID);
	/* 4095 in twelve bits, as the first and the last coefficient. */
	wrong = copy_of(public_key.data, public_key.len);
	memcpy((unsigned char *)wrong.data, "\xff\xff", 2);
	assert_rv(create(TEMPLATE(PUBLIC(CKP_ML_KEM_768), BYTES(CKA_VALUE, wrong))),
	    CKR_ATTRIBUTE_VALUE_INVALID);
	wrong = copy_of(public_key.data, public_key.len);
	memcpy((unsigned char *)wrong.data + 1150, "\xff\xff", 2);
	assert_rv(create(TEMPLATE(PUBLIC(CKP_ML_KEM_768), BYTES(CKA_VALUE, wrong))),
	    CKR_ATTRIBUTE_VALUE_INVALID);
	/* The modulus, 3329, and what is one less. */
	for (unsigned char low = 0; low <= 1; low++) {
		unsigned char *first = (unsigned char *)wrong.data;

		memcpy(first, public_key.data, public_key.len);
		first[0] = low;
		first[1] = (unsigned char)((first[1] & 0xf0) | 0x0d);
		assert_rv(create(TEMPLATE(PUBLIC(CKP_ML_KEM_768), BYTES(CKA_VALUE, wrong))),
		    low == 0 ? CKR_OK : CKR_ATTRIBUTE_VALUE_INVALID);
	}

	assert_rv(create(TEMPLATE(PRIVATE(CKP_ML_KEM_768), BYTES(CKA_VALUE, bent(value, hash)))),
	    CKR_ATTRIBUTE_VALUE_INVALID);
	assert_rv(
	    create(TEMPLATE(PRIVATE(CKP_ML_KEM_768), BYTES(CKA_VALUE, bent(value, hash - 1)))),
	    CKR_ATTRIBUTE_VALUE_INVALID);
	assert_rv(
	    create(TEMPLATE(PRIVATE(CKP_ML_KEM_768), BYTES(CKA_VALUE, bent(value, value.len)))),
	    CKR_ATTRIBUTE_VALUE_INVALID);
	wrong = copy_of(value.data, value.len);
	memcpy((unsigned char *)wrong.data, "\xff\xff", 2);
	assert_rv(create(TEMPLATE(PRIVATE(CKP_ML_KEM_768), BYTES(CKA_VALUE, wrong))),
	    CKR_ATTRIBUTE_VALUE_INVALID);
	for (size_t len = 0; len <= 65; len += len == 0 ? 63 : 2)
		assert_rv(create(TEMPLATE(PRIVATE(CKP_ML_KEM_768),
			      BYTES(CKA_SEED, copy_of(bent(seed, seed.len).data, len)))),
		    CKR_ATTRIBUTE_VALUE_INVALID);
}

/* --- templates ------------------------------------------------------------------------- */

static void
test_lengths(void **state)
{
	static const struct {
		CK_KEY_TYPE type;
		CK_ULONG len;
		CK_RV rv;
	} cases[] = {
		{ CKK_GENERIC_SECRET, 0, CKR_OK },
		{ CKK_GENERIC_SECRET, 32, CKR_OK },
		{ CKK_GENERIC_SECRET, 31, CKR_KEY_SIZE_RANGE },
		{ CKK_GENERIC_SECRET, 33, CKR_KEY_SIZE_RANGE },
		{ CKK_AES, 0, CKR_OK },
		{ CKK_AES, 32, CKR_OK },
		{ CKK_AES, 16, CKR_KEY_SIZE_RANGE },
		{ CKK_HKDF, 0, CKR_OK },
		{ CKK_CHACHA20, 0, CKR_OK },
		{ CKK_DES3, 0, CKR_KEY_SIZE_RANGE },
	};
	CK_OBJECT_HANDLE pair[2];

	(void)state;
	pair_make(SET_768, pair);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		CK_ATTRIBUTE template[] = { ULONG(CKA_CLASS, CKO_SECRET_KEY),
			ULONG(CKA_KEY_TYPE, cases[i].type), OPEN,
			ULONG(CKA_VALUE_LEN, cases[i].len) };
		CK_ULONG count = COUNT_OF(template) - (cases[i].len == 0);
		CK_OBJECT_HANDLE mine, theirs;
		struct view ciphertext;

		assert_rv(
		    encapsulate_rv(pair[0], template, count, &ciphertext, &mine), cases[i].rv);
		if (cases[i].rv != CKR_OK) {
			ok(encapsulate_rv(pair[0], TEMPLATE(SECRET), &ciphertext, &mine));
			assert_rv(decapsulate_rv(pair[1], ciphertext, template, count, &theirs),
			    cases[i].rv);
			continue;
		}
		ok(decapsulate_rv(pair[1], ciphertext, template, count, &theirs));
		check(value_of(mine).len == 32);
		check(get_ulong(session, theirs, CKA_KEY_TYPE) == cases[i].type);
		same_bytes(value_of(theirs), value_of(mine));
	}
}

#define NESTED(type, ...)                                                                          \
	ATTRIBUTE(type, ((CK_ATTRIBUTE[]){ __VA_ARGS__ }), sizeof((CK_ATTRIBUTE[]){ __VA_ARGS__ }))

static void
test_templates(void **state)
{
	CK_OBJECT_HANDLE pair[2], made;
	struct view ciphertext;

	(void)state;
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_ML_KEM_KEY_PAIR_GEN),
	    TEMPLATE(ULONG(CKA_PARAMETER_SET, CKP_ML_KEM_768),
		NESTED(CKA_ENCAPSULATE_TEMPLATE, NO(CKA_EXTRACTABLE))),
	    TEMPLATE(NESTED(CKA_DECAPSULATE_TEMPLATE, YES(CKA_SENSITIVE))), &pair[0], &pair[1]));
	assert_rv(
	    encapsulate_rv(pair[0], TEMPLATE(SECRET), &ciphertext, &made), CKR_KEY_HANDLE_INVALID);
	ok(encapsulate_rv(pair[0],
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET),
		NO(CKA_EXTRACTABLE)),
	    &ciphertext, &made));
	assert_rv(decapsulate_rv(pair[1], ciphertext, TEMPLATE(SECRET), &made),
	    CKR_TEMPLATE_INCONSISTENT);
	ok(decapsulate_rv(pair[1], ciphertext,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_AES)), &made));
	check(get_bool(session, made, CKA_SENSITIVE));
	assert_rv(get_rv(session, made, CKA_VALUE), CKR_ATTRIBUTE_SENSITIVE);
}

static void
test_allowed_mechanisms(void **state)
{
	const CK_MECHANISM_TYPE right = CKM_ML_KEM, wrong = CKM_RSA_PKCS;
	CK_OBJECT_HANDLE pair[2], made;
	struct view ciphertext;

	(void)state;
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_ML_KEM_KEY_PAIR_GEN),
	    TEMPLATE(ULONG(CKA_PARAMETER_SET, CKP_ML_KEM_768),
		ATTRIBUTE(CKA_ALLOWED_MECHANISMS, &right, sizeof(right))),
	    TEMPLATE(ATTRIBUTE(CKA_ALLOWED_MECHANISMS, &wrong, sizeof(wrong))), &pair[0],
	    &pair[1]));
	ok(encapsulate_rv(pair[0], TEMPLATE(SECRET), &ciphertext, &made));
	assert_rv(
	    decapsulate_rv(pair[1], ciphertext, TEMPLATE(SECRET), &made), CKR_MECHANISM_INVALID);
}

/* --- on the token, and wrapped ----------------------------------------------------------- */

static void
test_token_objects(void **state)
{
	CK_OBJECT_HANDLE pair[2], made;
	struct view ciphertext, secret;

	(void)state;
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_ML_KEM_KEY_PAIR_GEN),
	    TEMPLATE(YES(CKA_TOKEN), ULONG(CKA_PARAMETER_SET, CKP_ML_KEM_1024)),
	    TEMPLATE(YES(CKA_TOKEN)), &pair[0], &pair[1]));
	ok(encapsulate_rv(pair[0], TEMPLATE(SECRET), &ciphertext, &made));
	secret = value_of(made);

	ok(p11->C_Finalize(NULL));
	ok(p11->C_Initialize(NULL));
	session = session_user(slot);
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY)), &pair[1]) == 1);
	same_bytes(decapsulated(pair[1], ciphertext), secret);
	ok(p11->C_Logout(session));
	assert_rv(decapsulate_rv(pair[1], ciphertext, TEMPLATE(SECRET), &made),
	    CKR_UNWRAPPING_KEY_HANDLE_INVALID);
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY)), &pair[0]) == 1);
	ok(encapsulate_rv(pair[0], TEMPLATE(SECRET, NO(CKA_PRIVATE)), &ciphertext, &made));
	secret = value_of(made);
	ok(p11->C_Login(session, CKU_USER, PIN(USER_PIN)));
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY)), &pair[1]) == 1);
	same_bytes(decapsulated(pair[1], ciphertext), secret);
}

/* A key whose seed is known is wrapped as that, another one as its expanded form; libcrypto reads
 * both. */
static void
test_wrapping(void **state)
{
	CK_OBJECT_HANDLE wrapping = key_aes(session, CK_FALSE);

	(void)state;
	for (size_t i = 0; i < COUNT_OF(sets); i++) {
		PEER_KEY peer = peer_set(sets[i].name);
		struct view seed = peer_octets(peer, "seed"), value = peer_octets(peer, "priv");

		for (int seeded = 0; seeded < 2; seeded++) {
			CK_OBJECT_HANDLE made,
			    key = created(TEMPLATE(PRIVATE(sets[i].number),
				BYTES(seeded ? CKA_SEED : CKA_VALUE, seeded ? seed : value)));
			struct view blob = kwp_wrapped(session, wrapping, key);
			struct view plain = kwp_opened(session, wrapping, blob);
			const unsigned char *at = plain.data;
			PEER_KEY read = d2i_AutoPrivateKey(NULL, &at, (long)plain.len);

			check(read != NULL && EVP_PKEY_eq(read, peer) == 1);
			same_bytes(peer_octets(read, "priv"), value);
			ok(kwp_unwrap(session, wrapping, CKK_ML_KEM, blob, &made));
			same_bytes(value_of(made), value);
			if (seeded)
				same_bytes(get_bytes(session, made, CKA_SEED), seed);
			else
				assert_rv(
				    get_rv(session, made, CKA_SEED), CKR_ATTRIBUTE_TYPE_INVALID);
		}
	}
}

/* What libcrypto writes has both forms, which must agree. */
static void
test_both_forms(void **state)
{
	(void)state;
	check_both_forms(session, CKK_ML_KEM, "ML-KEM-768");
}

/* --- a token that has such keys ----------------------------------------------------------- */

/* Project Wycheproof, mlkem_768, 2: of the key in tests/ml-kem.token. */
static const char *const stored_seed =
    "7c9935a0b07694aa0c6d10e4db6b1add2fd81a25ccb148032dcd739936737f2d"
    "8626ed79d451140800e03b59b956f8210e556067407d13dc90fa9e8b872bfb8f";

static void
open_stored(CK_OBJECT_HANDLE pair[2])
{
	slot = 0;
	session = session_stored("ml-kem.token");
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY)), &pair[0]) == 1);
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY)), &pair[1]) == 1);
	same_bytes(get_bytes(session, pair[1], CKA_SEED), unhex(stored_seed));
	check(value_of(pair[1]).len == SET_768->private_len);
	check(value_of(pair[0]).len == SET_768->public_len);
	check(get_ulong(session, pair[0], CKA_PARAMETER_SET) == CKP_ML_KEM_768);
}

/* Readable, and wrapped as ever. */
static void
test_stored(void **state)
{
	CK_OBJECT_HANDLE pair[2], wrapping, copy;

	(void)state;
	open_stored(pair);
	wrapping = key_aes(session, CK_FALSE);
	check(kwp_opened(session, wrapping, kwp_wrapped(session, wrapping, pair[1])).len == 86);
	ok(set_one(session, pair[1], TEXT(CKA_LABEL, "still there")));
	ok(p11->C_CopyObject(session, pair[1], TEMPLATE(NO(CKA_TOKEN)), &copy));
	same_bytes(value_of(copy), value_of(pair[1]));
}

static void
test_stored_used(void **state)
{
	CK_OBJECT_HANDLE pair[2], made;
	struct view ciphertext;

	(void)state;
	open_stored(pair);
	ok(encapsulate_rv(pair[0], TEMPLATE(SECRET), &ciphertext, &made));
	same_bytes(decapsulated(pair[1], ciphertext), value_of(made));
}

/* --- a libcrypto without it ----------------------------------------------------------------- */

static void
test_absent(void **state)
{
	CK_OBJECT_HANDLE pair[2], made;
	struct view ciphertext;
	CK_MECHANISM_INFO info;

	(void)state;
	open_stored(pair);
	assert_rv(p11->C_GetMechanismInfo(slot, CKM_ML_KEM, &info), CKR_MECHANISM_INVALID);
	assert_rv(
	    encapsulate_rv(pair[0], TEMPLATE(SECRET), &ciphertext, &made), CKR_MECHANISM_INVALID);
	assert_rv(decapsulate_rv(pair[1], view_of(scratch(1088), 1088), TEMPLATE(SECRET), &made),
	    CKR_MECHANISM_INVALID);
	assert_rv(p11->C_GenerateKeyPair(session, MECHANISM(CKM_ML_KEM_KEY_PAIR_GEN),
		      TEMPLATE(ULONG(CKA_PARAMETER_SET, CKP_ML_KEM_768)), NO_TEMPLATE, &pair[0],
		      &pair[1]),
	    CKR_MECHANISM_INVALID);
	assert_rv(create(TEMPLATE(PRIVATE(CKP_ML_KEM_768), BYTES(CKA_SEED, unhex(stored_seed)))),
	    CKR_ATTRIBUTE_VALUE_INVALID);
}

int
main(void)
{
	const struct CMUnitTest with[] = {
		test_mlkem(test_pairs),
		test_mlkem(test_public_of_private),
		test_mlkem(test_hidden),
		test_mlkem(test_libcrypto),
		test_mlkem(test_query),
		test_mlkem(test_tampered),
		test_mlkem(test_forms),
		test_mlkem(test_disagreements),
		test_mlkem(test_malformed),
		test_mlkem(test_lengths),
		test_mlkem(test_templates),
		test_mlkem(test_allowed_mechanisms),
		test_mlkem(test_token_objects),
		test_mlkem(test_wrapping),
		test_mlkem(test_both_forms),
		test_fresh(test_stored),
		test_fresh(test_stored_used),
	};
	const struct CMUnitTest without[] = {
		test_fresh(test_stored),
		test_fresh(test_absent),
	};
	EVP_KEM *kem = EVP_KEM_fetch(NULL, "ML-KEM-768", NULL);

	EVP_KEM_free(kem);
	return kem != NULL ? test_main(with, NULL, NULL) : test_main(without, NULL, NULL);
}
