/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Elliptic curves between the token and libcrypto: encapsulation, keys wrapped by
 * way of an agreement, points that are none, and the form in which points are given
 * out.  Derivation itself is t-derive's business.
 */
#include "tests/client.h"
#include "tests/peer.h"

#include <openssl/core_names.h>
#include <openssl/kdf.h>

static CK_SLOT_ID slot;
static CK_SESSION_HANDLE session;

static int
begin(void **state)
{
	module_fresh(state);
	slot = token_make("ecdh");
	session = session_user(slot);
	return 0;
}

#define test_ecdh(function) cmocka_unit_test_setup_teardown(function, begin, module_stopped)
#define OPEN NO(CKA_SENSITIVE), YES(CKA_EXTRACTABLE)

static const struct curve {
	const char *name, *params;
	size_t field;
	bool montgomery;
} curves[] = {
	{ "P-256", "06082a8648ce3d030107", 32, false },
	{ "P-384", "06052b81040022", 48, false },
	{ "P-521", "06052b81040023", 66, false },
	{ "P-224", "06052b81040021", 28, false },
	{ "secp256k1", "06052b8104000a", 32, false },
	{ "brainpoolP512r1", "06092b240303020801010d", 64, false },
	{ "X25519", "06032b656e", 32, true },
	{ "X448", "06032b656f", 56, true },
};
static const struct curve *const nist_p256 = &curves[0];
static const struct curve *const x25519 = &curves[6];

static CK_KEY_TYPE
type_of(const struct curve *curve)
{
	return curve->montgomery ? CKK_EC_MONTGOMERY : CKK_EC;
}

static size_t
point_len(const struct curve *curve)
{
	return curve->montgomery ? curve->field : 1 + 2 * curve->field;
}

static EVP_PKEY *
peer_of(const struct curve *curve)
{
	return curve->montgomery ? peer_x(curve->name) : peer_ec(curve->name);
}

static EVP_PKEY *
peer_public(const struct curve *curve, struct view point)
{
	return curve->montgomery ? peer_x_public(curve->name, point)
				 : peer_ec_public(curve->name, point);
}

/* --- keys ----------------------------------------------------------------------------- */

#define PUBLIC_USES YES(CKA_ENCAPSULATE), YES(CKA_WRAP)
#define PRIVATE_USES YES(CKA_DERIVE), YES(CKA_DECAPSULATE), YES(CKA_UNWRAP)

static void
pair_make(CK_SESSION_HANDLE s, const struct curve *curve, CK_BBOOL token, CK_OBJECT_HANDLE pair[2])
{
	ok(p11->C_GenerateKeyPair(s,
	    MECHANISM(curve->montgomery ? CKM_EC_MONTGOMERY_KEY_PAIR_GEN : CKM_EC_KEY_PAIR_GEN),
	    TEMPLATE(
		BOOL(CKA_TOKEN, token), BYTES(CKA_EC_PARAMS, unhex(curve->params)), PUBLIC_USES),
	    TEMPLATE(BOOL(CKA_TOKEN, token), PRIVATE_USES, OPEN), &pair[0], &pair[1]));
}

static CK_RV
import_public(const struct curve *curve, struct view point, CK_OBJECT_HANDLE *key)
{
	*key = CK_INVALID_HANDLE;
	return p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY), ULONG(CKA_KEY_TYPE, type_of(curve)),
		BYTES(CKA_EC_PARAMS, unhex(curve->params)), BYTES(CKA_EC_POINT, point),
		PUBLIC_USES),
	    key);
}

/* The key that a public object of the token is, as libcrypto has it. */
static EVP_PKEY *
told(const struct curve *curve, CK_OBJECT_HANDLE public_key)
{
	struct view point = get_bytes(session, public_key, CKA_EC_POINT);
	size_t len = point_len(curve);

	return peer_public(curve, view_of(point.data + point.len - len, len));
}

static CK_ULONG
objects(void)
{
	return find(session, NO_TEMPLATE, NULL);
}

/* --- what is asked of the token ------------------------------------------------------- */

/* Every way in which a point comes in, under one form; `key` the private half. */
static CK_RV
derive(CK_MECHANISM_TYPE type, CK_OBJECT_HANDLE key, struct view point, CK_OBJECT_HANDLE *made)
{
	CK_ECDH1_DERIVE_PARAMS params = { CKD_NULL, 0, NULL, point.len, (CK_BYTE *)point.data };

	*made = CK_INVALID_HANDLE;
	return p11->C_DeriveKey(session, MECHANISM_WITH(type, &params), key, TEMPLATE(OPEN), made);
}

static CK_RV
decapsulate(
    CK_MECHANISM_TYPE type, CK_OBJECT_HANDLE key, struct view ciphertext, CK_OBJECT_HANDLE *made)
{
	CK_ECDH1_DERIVE_PARAMS params = { CKD_NULL, 0, NULL, 0, NULL };

	*made = CK_INVALID_HANDLE;
	return p11->C_DecapsulateKey(session, MECHANISM_WITH(type, &params), key, TEMPLATE(OPEN),
	    (CK_BYTE *)ciphertext.data, ciphertext.len, made);
}

static CK_RV
encapsulate(
    CK_MECHANISM_TYPE type, CK_OBJECT_HANDLE key, struct view *ciphertext, CK_OBJECT_HANDLE *made)
{
	CK_ECDH1_DERIVE_PARAMS params = { CKD_NULL, 0, NULL, 0, NULL };
	CK_ULONG len = 256;
	CK_BYTE *out = scratch(len);
	CK_RV rv;

	*made = CK_INVALID_HANDLE;
	rv = p11->C_EncapsulateKey(
	    session, MECHANISM_WITH(type, &params), key, TEMPLATE(OPEN), out, &len, made);
	*ciphertext = view_of(out, len);
	return rv;
}

#define WRAP_PARAMS                                                                                \
	&(struct pkcs11_ecdh_aes_key_wrap_params)                                                  \
	{                                                                                          \
		256, CKD_SHA256_KDF, 4, (CK_BYTE *)"info"                                          \
	}

static CK_RV
wrap(CK_MECHANISM_TYPE type, CK_OBJECT_HANDLE key, CK_OBJECT_HANDLE target, struct view *blob)
{
	CK_ULONG len = 512;
	CK_BYTE *out = scratch(len);
	CK_RV rv =
	    p11->C_WrapKey(session, MECHANISM_WITH(type, WRAP_PARAMS), key, target, out, &len);

	*blob = view_of(out, len);
	return rv;
}

static CK_RV
unwrap(CK_MECHANISM_TYPE type, CK_OBJECT_HANDLE key, struct view blob, CK_OBJECT_HANDLE *made)
{
	*made = CK_INVALID_HANDLE;
	return p11->C_UnwrapKey(session, MECHANISM_WITH(type, WRAP_PARAMS), key,
	    (CK_BYTE *)blob.data, blob.len,
	    TEMPLATE(
		ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET), OPEN),
	    made);
}

/* --- what libcrypto makes of it ------------------------------------------------------- */

/* AES-256, KWP, under the ANSI X9.63 function with SHA-256 of a shared secret. */
static struct view
peer_kwp(struct view secret, struct view in, int encrypt)
{
	EVP_KDF *x963 = EVP_KDF_fetch(NULL, "X963KDF", NULL);
	EVP_KDF_CTX *kdf = EVP_KDF_CTX_new(x963);
	EVP_CIPHER *kwp = EVP_CIPHER_fetch(NULL, "AES-256-WRAP-PAD", NULL);
	EVP_CIPHER_CTX *cipher = EVP_CIPHER_CTX_new();
	OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, (char *)"SHA256", 0),
		OSSL_PARAM_construct_octet_string(
		    OSSL_KDF_PARAM_SECRET, (void *)secret.data, secret.len),
		OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, (void *)"info", 4),
		OSSL_PARAM_construct_end(),
	};
	unsigned char key[32], *out = scratch(in.len + 16);
	int len = 0;

	check(EVP_KDF_derive(kdf, key, sizeof(key), params) == 1);
	check(EVP_CipherInit_ex2(cipher, kwp, key, NULL, encrypt, NULL) == 1);
	check(EVP_CipherUpdate(cipher, out, &len, in.data, (int)in.len) == 1);
	EVP_CIPHER_CTX_free(cipher);
	EVP_CIPHER_free(kwp);
	EVP_KDF_CTX_free(kdf);
	EVP_KDF_free(x963);
	return view_of(out, (size_t)len);
}

/* --- encapsulation ---------------------------------------------------------------------- */

/* The token sends to libcrypto and libcrypto to the token, and no two ciphertexts are the same. */
static void
test_encapsulation(void **state)
{
	static const CK_MECHANISM_TYPE types[] = { CKM_ECDH1_DERIVE, CKM_ECDH1_COFACTOR_DERIVE };

	(void)state;
	for (size_t i = 0; i < 2 * COUNT_OF(curves); i++) {
		const struct curve *curve = &curves[i / 2];
		CK_MECHANISM_TYPE type = types[i % 2];
		PEER_KEY peer = peer_of(curve);
		PEER_KEY sent = NULL;
		PEER_KEY mine = NULL;
		struct view ciphertext, second;
		CK_OBJECT_HANDLE theirs, pair[2], made;

		if (curve->montgomery && type == CKM_ECDH1_COFACTOR_DERIVE)
			continue;
		ok(import_public(curve, peer_point(peer), &theirs));
		ok(encapsulate(type, theirs, &ciphertext, &made));
		check(ciphertext.len == point_len(curve));
		sent = peer_public(curve, ciphertext);
		same_bytes(get_bytes(session, made, CKA_VALUE), peer_secret(peer, sent));
		ok(encapsulate(type, theirs, &second, &made));
		check(memcmp(second.data, ciphertext.data, second.len) != 0);

		pair_make(session, curve, CK_FALSE, pair);
		mine = told(curve, pair[0]);
		ok(decapsulate(type, pair[1], peer_point(peer), &made));
		same_bytes(get_bytes(session, made, CKA_VALUE), peer_secret(peer, mine));
	}
}

/* A length is asked of it, or too much, with a function and without. */
static void
test_encapsulated_lengths(void **state)
{
	static const struct {
		CK_ULONG kdf, len;
		CK_RV rv;
	} cases[] = {
		{ CKD_NULL, 16, CKR_OK },
		{ CKD_NULL, 66, CKR_OK },
		{ CKD_NULL, 67, CKR_KEY_SIZE_RANGE },
		{ CKD_NULL, 1UL << 31, CKR_TEMPLATE_INCONSISTENT },
		{ CKD_SHA256_KDF, 1, CKR_OK },
		{ CKD_SHA256_KDF, 16384, CKR_OK },
		{ CKD_SHA256_KDF, 16385, CKR_TEMPLATE_INCONSISTENT },
		{ CKD_SHA256_KDF, ~0UL, CKR_TEMPLATE_INCONSISTENT },
	};
	CK_OBJECT_HANDLE pair[2], made;

	(void)state;
	pair_make(session, &curves[2], CK_FALSE, pair);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		CK_ECDH1_DERIVE_PARAMS params = { cases[i].kdf, 0, NULL, 0, NULL };
		CK_MECHANISM *mechanism = MECHANISM_WITH(CKM_ECDH1_DERIVE, &params);
		CK_BYTE ciphertext[133];
		CK_ULONG len = sizeof(ciphertext), before = objects();
		CK_RV rv;

		made = CK_INVALID_HANDLE;
		rv = p11->C_EncapsulateKey(session, mechanism, pair[0],
		    TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, cases[i].len)), ciphertext, &len, &made);
		assert_rv(rv, cases[i].rv);
		check((rv == CKR_OK) == (made != CK_INVALID_HANDLE));
		check(objects() == before + (rv == CKR_OK));
		if (rv == CKR_OK)
			check(get_ulong(session, made, CKA_VALUE_LEN) == cases[i].len);
	}
}

/* The halves have their parts, and a Montgomery key is none for the cofactor mechanism. */
static void
test_halves(void **state)
{
	CK_OBJECT_HANDLE ec[2], x[2], made;
	struct view ciphertext, blob;
	CK_OBJECT_HANDLE target = key_aes(session, CK_FALSE);

	(void)state;
	pair_make(session, nist_p256, CK_FALSE, ec);
	pair_make(session, x25519, CK_FALSE, x);
	ok(encapsulate(CKM_ECDH1_DERIVE, ec[0], &ciphertext, &made));
	refused(encapsulate(CKM_ECDH1_DERIVE, ec[1], &blob, &made));
	refused(decapsulate(CKM_ECDH1_DERIVE, ec[0], ciphertext, &made));
	assert_rv(
	    encapsulate(CKM_ECDH1_COFACTOR_DERIVE, x[0], &blob, &made), CKR_KEY_TYPE_INCONSISTENT);
	ok(wrap(CKM_ECDH_AES_KEY_WRAP, ec[0], target, &blob));
	refused(unwrap(CKM_ECDH_AES_KEY_WRAP, ec[0], blob, &made));
	refused(wrap(CKM_ECDH_AES_KEY_WRAP, ec[1], target, &blob));
	assert_rv(wrap(CKM_ECDH_COF_AES_KEY_WRAP, x[0], target, &blob),
	    CKR_WRAPPING_KEY_TYPE_INCONSISTENT);
	assert_rv(wrap(CKM_ECDH_X_AES_KEY_WRAP, ec[0], target, &blob),
	    CKR_WRAPPING_KEY_TYPE_INCONSISTENT);
	assert_rv(unwrap(CKM_ECDH_COF_AES_KEY_WRAP, x[1], blob, &made),
	    CKR_UNWRAPPING_KEY_TYPE_INCONSISTENT);
}

/* --- wrapping --------------------------------------------------------------------------- */

/* To libcrypto and from it, on every curve, by the mechanism for it and by the deprecated one. */
static void
test_wrapping(void **state)
{
	struct view value = unhex("000102030405060708090a0b0c0d0e0f1011121314151617");

	(void)state;
	for (size_t i = 0; i < 2 * COUNT_OF(curves); i++) {
		const struct curve *curve = &curves[i / 2];
		CK_MECHANISM_TYPE type = i % 2 != 0 ? CKM_ECDH_AES_KEY_WRAP
		    : curve->montgomery             ? CKM_ECDH_X_AES_KEY_WRAP
						    : CKM_ECDH_COF_AES_KEY_WRAP;
		PEER_KEY peer = peer_of(curve);
		PEER_KEY sent = NULL;
		PEER_KEY mine = NULL;
		struct view der = peer_point_der(peer), blob, secret;
		size_t header = der.len - point_len(curve);
		size_t prefix = curve->montgomery ? point_len(curve) : der.len;
		CK_OBJECT_HANDLE theirs, pair[2], made;

		ok(import_public(curve, peer_point(peer), &theirs));
		value.len = 1 + (7 * i) % 24;
		ok(wrap(type, theirs, key_generic(session, value), &blob));
		check(blob.len == prefix + (value.len + 7) / 8 * 8 + 8);
		if (!curve->montgomery)
			check(memcmp(blob.data, der.data, header) == 0);
		sent = peer_public(
		    curve, view_of(blob.data + prefix - point_len(curve), point_len(curve)));
		same_bytes(peer_kwp(peer_secret(peer, sent),
			       view_of(blob.data + prefix, blob.len - prefix), 0),
		    value);

		pair_make(session, curve, CK_FALSE, pair);
		mine = told(curve, pair[0]);
		secret = peer_secret(peer, mine);
		blob =
		    joined(curve->montgomery ? peer_point(peer) : der, peer_kwp(secret, value, 1));
		ok(unwrap(type, pair[1], blob, &made));
		same_bytes(get_bytes(session, made, CKA_VALUE), value);
	}
}

/* --- points that are none ------------------------------------------------------------------ */

/* Every mechanism that takes a point refuses this one, each with one code, and makes nothing. */
static void
check_refused(const struct curve *curve, const CK_OBJECT_HANDLE pair[2], struct view point)
{
	CK_ULONG before = objects();
	CK_OBJECT_HANDLE made;
	CK_RV rv = derive(CKM_ECDH1_DERIVE, pair[1], point, &made);
	struct view blob = joined(point,
	    unhex("00112233445566778899aabbccddeeff"
		  "0011223344556677"));

	check(rv == CKR_PUBLIC_KEY_INVALID || rv == CKR_MECHANISM_PARAM_INVALID);
	check(made == CK_INVALID_HANDLE);
	if (!curve->montgomery)
		assert_rv(derive(CKM_ECDH1_COFACTOR_DERIVE, pair[1], point, &made), rv);
	rv = decapsulate(CKM_ECDH1_DERIVE, pair[1], point, &made);
	check(made == CK_INVALID_HANDLE);
	if (point.len == point_len(curve))
		assert_rv(rv, CKR_WRAPPED_KEY_INVALID);
	else
		check(rv != CKR_OK);
	assert_rv(unwrap(CKM_ECDH_AES_KEY_WRAP, pair[1], blob, &made), CKR_WRAPPED_KEY_INVALID);
	if (!curve->montgomery)
		assert_rv(import_public(curve, point, &made), CKR_ATTRIBUTE_VALUE_INVALID);
	check(objects() == before);
}

static struct view
changed(struct view point, size_t at, CK_BYTE byte)
{
	struct view copy = copy_of(point.data, point.len);

	((CK_BYTE *)copy.data)[at] = byte;
	return copy;
}

/* An x that is on the twist and not on the curve: compressed, half of all numbers. */
static struct view
on_the_twist(const struct curve *curve, const CK_OBJECT_HANDLE pair[2])
{
	CK_BYTE *point = scratch(1 + curve->field);
	CK_OBJECT_HANDLE made;

	point[0] = 2;
	while (derive(CKM_ECDH1_DERIVE, pair[1], view_of(point, 1 + curve->field), &made) == CKR_OK)
		point[curve->field]++;
	return view_of(point, 1 + curve->field);
}

/* B01: on every curve, what is not on it, and what is on every other. */
static void
test_bad_points(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(curves) && !curves[i].montgomery; i++) {
		const struct curve *curve = &curves[i];
		PEER_KEY peer = peer_of(curve);
		struct view good = peer_point(peer), y_zero = copy_of(good.data, good.len);
		CK_OBJECT_HANDLE pair[2];

		pair_make(session, curve, CK_FALSE, pair);
		check_refused(
		    curve, pair, changed(good, good.len - 1, good.data[good.len - 1] ^ 1));
		check_refused(curve, pair, changed(good, 0, 6));
		check_refused(curve, pair, changed(good, 0, 7));
		check_refused(curve, pair, changed(good, 0, 0));
		check_refused(curve, pair, changed(good, 0, 5));
		check_refused(curve, pair, unhex("00"));
		check_refused(curve, pair, view_of(good.data, good.len - 1));
		check_refused(curve, pair, joined(good, unhex("00")));
		check_refused(curve, pair, joined(unhex("00"), good));
		check_refused(curve, pair, view_of(scratch(good.len), good.len));
		memset((CK_BYTE *)y_zero.data + 1 + curve->field, 0, curve->field);
		check_refused(curve, pair, y_zero);
		check_refused(curve, pair, on_the_twist(curve, pair));
		for (size_t j = 0; j < COUNT_OF(curves); j++) {
			PEER_KEY other = peer_of(&curves[j]);

			if (j != i)
				check_refused(curve, pair, peer_point(other));
		}
	}
}

/* RFC 7748, 6; the two of order 8, and the same beyond the field's prime.  B03. */
static const char *const small_orders[] = {
	"0000000000000000000000000000000000000000000000000000000000000000",
	"0100000000000000000000000000000000000000000000000000000000000000",
	"e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
	"5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
	"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
};

static void
test_small_orders(void **state)
{
	CK_OBJECT_HANDLE pair[2], theirs, made;
	struct view ciphertext;
	CK_OBJECT_HANDLE target = key_aes(session, CK_FALSE);

	(void)state;
	pair_make(session, x25519, CK_FALSE, pair);
	for (size_t i = 0; i < COUNT_OF(small_orders); i++) {
		struct view point = unhex(small_orders[i]);
		CK_ULONG before;

		check_refused(x25519, pair, point);
		assert_rv(derive(CKM_ECDH1_DERIVE, pair[1], point, &made), CKR_PUBLIC_KEY_INVALID);
		/* A recipient's key like that gives everybody the same secret. */
		ok(import_public(x25519, point, &theirs));
		before = objects();
		refused(encapsulate(CKM_ECDH1_DERIVE, theirs, &ciphertext, &made));
		check(made == CK_INVALID_HANDLE);
		refused(wrap(CKM_ECDH_X_AES_KEY_WRAP, theirs, target, &ciphertext));
		check(objects() == before);
	}
}

/* --- forms -------------------------------------------------------------------------------- */

/*
 * Points that begin as an OCTET STRING does, 04 and a length, of all that may be
 * taken for one: only the number of bytes tells.
 */
static void
test_points_like_der(void **state)
{
	static const CK_BYTE seconds[] = { 0x1e, 0x20, 0x1d, 0x1f, 0x36, 0x38, 0x00, 0x81 };
	const struct curve *const both[] = { x25519, &curves[7] };

	(void)state;
	for (size_t i = 0; i < 2 * COUNT_OF(seconds); i++) {
		const struct curve *curve = both[i % 2];
		PEER_KEY some = peer_of(curve);
		PEER_KEY own = NULL;
		PEER_KEY other = NULL;
		struct view point = changed(peer_point(some), 0, 0x04), secret, private;
		CK_BYTE header[] = { 0x04, (CK_BYTE)curve->field };
		CK_OBJECT_HANDLE pair[2], made;

		point = changed(point, 1, seconds[i / 2]);
		pair_make(session, curve, CK_FALSE, pair);
		private = get_bytes(session, pair[1], CKA_VALUE);
		own = EVP_PKEY_new_raw_private_key_ex(
		    NULL, curve->name, NULL, private.data, private.len);
		other = peer_public(curve, point);
		secret = peer_secret(own, other);
		ok(derive(CKM_ECDH1_DERIVE, pair[1], point, &made));
		same_bytes(get_bytes(session, made, CKA_VALUE), secret);
		ok(derive(CKM_ECDH1_DERIVE, pair[1], joined(view_of(header, 2), point), &made));
		same_bytes(get_bytes(session, made, CKA_VALUE), secret);
		ok(decapsulate(CKM_ECDH1_DERIVE, pair[1], point, &made));
		same_bytes(get_bytes(session, made, CKA_VALUE), secret);
		assert_rv(
		    derive(CKM_ECDH1_DERIVE, pair[1], view_of(point.data, point.len - 1), &made),
		    CKR_MECHANISM_PARAM_INVALID);
		ok(import_public(curve, point, &made));
		same_bytes(get_bytes(session, made, CKA_EC_POINT), point);
		ok(import_public(curve, joined(view_of(header, 2), point), &made));
		same_bytes(get_bytes(session, made, CKA_EC_POINT), point);
	}
}

/* How a public key tells its point, in a session of a token, and that both forms find it. */
static void
check_form(CK_SESSION_HANDLE s, const struct curve *curve, CK_BBOOL token, bool der)
{
	CK_BYTE header[] = { 0x04, (CK_BYTE)point_len(curve) };
	struct view given, raw, wrapped;
	CK_OBJECT_HANDLE pair[2], found;

	pair_make(s, curve, token, pair);
	given = get_bytes(s, pair[0], CKA_EC_POINT);
	check(given.len == point_len(curve) + (der ? 2 : 0));
	check(!der || memcmp(given.data, header, 2) == 0);
	raw = der ? view_of(given.data + 2, given.len - 2) : given;
	wrapped = joined(view_of(header, 2), raw);
	check(find(s, TEMPLATE(BYTES(CKA_EC_POINT, raw)), &found) == 1 && found == pair[0]);
	check(find(s, TEMPLATE(BYTES(CKA_EC_POINT, wrapped)), &found) == 1 && found == pair[0]);
	check(find(s, TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY), BYTES(CKA_EC_POINT, wrapped)),
		  &found) == 1 &&
	    found == pair[0]);
	check(find(s, TEMPLATE(BYTES(CKA_EC_POINT, view_of(wrapped.data, wrapped.len - 1))),
		  NULL) == 0);
	check(find(s, TEMPLATE(BYTES(CKA_EC_POINT, changed(wrapped, 1, 0x1f))), NULL) == 0);
	check(
	    find(s, TEMPLATE(BYTES(CKA_EC_POINT, joined(view_of(header, 2), wrapped))), NULL) == 0);
}

/* What `der-points` says counts for the tokens that it names, and for no other key type. */
static void
test_der_points(void **state)
{
	static const struct {
		const char *line;
		bool first, second;
	} settings[] = {
		{ "", false, false },
		{ "der-points = first token\n", true, false },
		{ "der-points = other, second ,first\n", false, true },
		{ "der-points = first token,second\n", true, true },
		{ "der-points = *\n", true, true },
		{ "der-points = firs*\n", false, false },
		{ "der-points =\n", false, false },
		{ "der-points = *\nder-points = second\n", false, true },
	};
	CK_SLOT_ID first = token_make("first token"), second = token_make("second");

	(void)state;
	for (size_t i = 0; i < COUNT_OF(settings); i++) {
		CK_SESSION_HANDLE one, other;
		CK_OBJECT_HANDLE pair[2];
		struct view point;

		ok(p11->C_Finalize(NULL));
		client_configure(settings[i].line);
		ok(p11->C_Initialize(NULL));
		one = session_user(first);
		other = session_user(second);
		for (size_t c = 6; c < COUNT_OF(curves); c++) {
			check_form(one, &curves[c], CK_TRUE, settings[i].first);
			check_form(one, &curves[c], CK_FALSE, settings[i].first);
			check_form(other, &curves[c], CK_TRUE, settings[i].second);
		}
		/* A P-256 point has its OCTET STRING always, and is found by that alone. */
		pair_make(one, nist_p256, CK_TRUE, pair);
		point = get_bytes(one, pair[0], CKA_EC_POINT);
		check(
		    point.len == 67 && find(one, TEMPLATE(BYTES(CKA_EC_POINT, point)), NULL) == 1);
		point = view_of(point.data + 2, 65);
		check(find(one, TEMPLATE(BYTES(CKA_EC_POINT, point)), NULL) == 0);
	}
}

/* A key stored under one setting is the same key under the other. */
static void
test_der_points_change(void **state)
{
	struct view raw, der;
	CK_OBJECT_HANDLE pair[2], found;
	CK_ULONG len;

	(void)state;
	pair_make(session, x25519, CK_TRUE, pair);
	raw = get_bytes(session, pair[0], CKA_EC_POINT);
	ok(p11->C_Finalize(NULL));
	client_configure("der-points = ecdh\n");
	ok(p11->C_Initialize(NULL));
	session = session_user(slot);
	check(find(session, TEMPLATE(BYTES(CKA_EC_POINT, raw)), &found) == 1);
	der = get_bytes(session, found, CKA_EC_POINT);
	same_bytes(der, joined(unhex("0420"), raw));
	for (len = 0; len < der.len; len++) {
		CK_ATTRIBUTE point = ATTRIBUTE(CKA_EC_POINT, scratch(len), len);

		assert_rv(
		    p11->C_GetAttributeValue(session, found, &point, 1), CKR_BUFFER_TOO_SMALL);
	}
	/* What is given out is taken in, and is the same key. */
	ok(import_public(x25519, der, &found));
	same_bytes(get_bytes(session, found, CKA_EC_POINT), der);
	check(find(session, TEMPLATE(BYTES(CKA_EC_POINT, raw)), NULL) == 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_ecdh(test_encapsulation),
		test_ecdh(test_encapsulated_lengths),
		test_ecdh(test_halves),
		test_ecdh(test_wrapping),
		test_ecdh(test_bad_points),
		test_ecdh(test_small_orders),
		test_ecdh(test_points_like_der),
		test_ecdh(test_der_points),
		test_ecdh(test_der_points_change),
	};

	return test_main(tests, NULL, NULL);
}
