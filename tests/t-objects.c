/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Objects and their attributes: what each class has, needs and refuses, reading,
 * setting, copying, finding, and that all of it survives in the token.  What a
 * key may be used for, and how its secrets stay hidden, is t-policy.c's.
 */
#include "tests/client.h"
#include "tests/peer.h"

#include <openssl/core_names.h>
#include <stdio.h>

static CK_SLOT_ID slot;
static CK_SESSION_HANDLE session;

static int
begin(void **state)
{
	module_fresh(state);
	slot = token_make("objects");
	session = session_user(slot);
	return 0;
}

#define test_object(function) cmocka_unit_test_setup_teardown(function, begin, module_stopped)

/* --- one template for each kind of object ------------------------------------------- */

enum kind {
	DATA,
	CERTIFICATE,
	RSA_PUBLIC,
	RSA_PRIVATE,
	EC_PUBLIC,
	EC_PRIVATE,
	DH_PUBLIC,
	DH_PRIVATE,
	AES,
	GENERIC,
	DH_DOMAIN,
	ATTRIBUTES,
	TRUST,
	KINDS
};

/* test/certs/acert.pem of OpenSSL: an attribute certificate (RFC 5755), and members of it. */
static const char attribute_certificate[] =
    "3082023d308201250201013037a0163011a40f300d310b300906035504030c024341020102a11da4"
    "1b30193117301506035504030c0e7365727665722e6578616d706c65a02d302ba429302731253023"
    "06035504030c1c41747472696275746520436572746966696361746520497373756572300d06092a"
    "864886f70d01010b0500021403b5905902a2aab5402144b82c4fd9801b5f57c23022180f32303231"
    "303631353132333530305a180f32303331303631333132333530305a3041302306082b0601050507"
    "0a0431173015a00986075465737476616c30080c0667726f757031301a060355044831133011a10f"
    "830d61646d696e6973747261746f72302c301f0603551d23041830168014626ec968676c64bb5382"
    "dd2daa808ad8cac88b5d30090603551d3804020500300d06092a864886f70d01010b050003820101"
    "00458a45123a2b74debc35748b98369ebabbb1870f99b2bf46ae89b89aa632ff6940baee7ca2ce31"
    "03809ecfd39d91f099994f5b6830557cc5b2b3b1a5089760c27e6e3b92a4d9e8845acba33bf115e1"
    "ce5ec974abb1482141940a7c856c81ebadfbb59f983cbffa3f226dbc49c49a7f28c2280e304068c0"
    "e187168261c966f1d2514fd0cf6dafdb08d8ee3c67935ec9434125c87f3143810911674f99eecf62"
    "7a76019a71f8aef5be497f2fe4ccdf18ebbc56d1c028a0447026ecdaa1b060111452c080fcb60a4a"
    "73b09fae79c2c77d93a2a27c818e0954b865b2bda43c98707ffafce983d5e494c0366c77c0ab2580"
    "c2df5800bbbc6a84eb01cd1f432f7a03e1";
#define AC_HOLDER                                                                                  \
	"3037a0163011a40f300d310b300906035504030c024341020102a11da41b30193117301506035504030c0e73" \
	"65727665722e6578616d706c65"
#define AC_ISSUER                                                                                  \
	"a02d302ba42930273125302306035504030c1c4174747269627574652043"                             \
	"6572746966696361746520497373756572"
#define AC_SERIAL "021403b5905902a2aab5402144b82c4fd9801b5f57c2"
/* openssl dgst -sha1 */
#define AC_CHECK "47661d"

struct list {
	CK_ATTRIBUTE at[24];
	CK_ULONG count;
};

static void
put(struct list *list, CK_ATTRIBUTE_TYPE type, struct view value)
{
	check(list->count < COUNT_OF(list->at));
	list->at[list->count++] = BYTES(type, value);
}

static void
put_ulong(struct list *list, CK_ATTRIBUTE_TYPE type, CK_ULONG value)
{
	put(list, type, copy_of(&value, sizeof(value)));
}

static void
put_bool(struct list *list, CK_ATTRIBUTE_TYPE type, CK_BBOOL value)
{
	put(list, type, copy_of(&value, sizeof(value)));
}

/* Without CKA_LABEL and the like: the class and what the standard requires, nothing else. */
static struct list
least(enum kind kind)
{
	static const CK_OBJECT_CLASS classes[KINDS] = { CKO_DATA, CKO_CERTIFICATE, CKO_PUBLIC_KEY,
		CKO_PRIVATE_KEY, CKO_PUBLIC_KEY, CKO_PRIVATE_KEY, CKO_PUBLIC_KEY, CKO_PRIVATE_KEY,
		CKO_SECRET_KEY, CKO_SECRET_KEY, CKO_DOMAIN_PARAMETERS, CKO_CERTIFICATE, CKO_TRUST };
	static const CK_KEY_TYPE types[KINDS] = { 0, 0, CKK_RSA, CKK_RSA, CKK_EC, CKK_EC, CKK_DH,
		CKK_DH, CKK_AES, CKK_GENERIC_SECRET, CKK_DH, 0, 0 };
	struct list list = { .count = 0 };
	PEER_KEY key = NULL;
	struct view certificate;

	put_ulong(&list, CKA_CLASS, classes[kind]);
	if (kind != DATA && kind != CERTIFICATE && kind != ATTRIBUTES && kind != TRUST)
		put_ulong(&list, CKA_KEY_TYPE, types[kind]);
	switch (kind) {
	case CERTIFICATE:
		key = peer_ec("P-256");
		certificate = peer_certificate(key, "somebody");
		put_ulong(&list, CKA_CERTIFICATE_TYPE, CKC_X_509);
		put(&list, CKA_SUBJECT, peer_subject(certificate));
		put(&list, CKA_VALUE, certificate);
		break;
	case RSA_PUBLIC:
	case RSA_PRIVATE:
		key = peer_rsa(2048);
		put(&list, CKA_MODULUS, peer_number(key, OSSL_PKEY_PARAM_RSA_N));
		put(&list, CKA_PUBLIC_EXPONENT, peer_number(key, OSSL_PKEY_PARAM_RSA_E));
		if (kind == RSA_PRIVATE)
			put(&list, CKA_PRIVATE_EXPONENT, peer_number(key, OSSL_PKEY_PARAM_RSA_D));
		break;
	case EC_PUBLIC:
	case EC_PRIVATE:
		key = peer_ec("P-256");
		put(&list, CKA_EC_PARAMS, p256);
		if (kind == EC_PUBLIC)
			put(&list, CKA_EC_POINT, peer_point_der(key));
		else
			put(&list, CKA_VALUE,
			    peer_number_padded(key, OSSL_PKEY_PARAM_PRIV_KEY, 32));
		break;
	case DH_PUBLIC:
	case DH_PRIVATE:
	case DH_DOMAIN:
		key = peer_dh("ffdhe2048");
		put(&list, CKA_PRIME, peer_number(key, OSSL_PKEY_PARAM_FFC_P));
		put(&list, CKA_BASE, peer_number(key, OSSL_PKEY_PARAM_FFC_G));
		if (kind == DH_PUBLIC)
			put(&list, CKA_VALUE, peer_number(key, OSSL_PKEY_PARAM_PUB_KEY));
		if (kind == DH_PRIVATE)
			put(&list, CKA_VALUE, peer_number(key, OSSL_PKEY_PARAM_PRIV_KEY));
		break;
	case AES:
		put(&list, CKA_VALUE, unhex("2b7e151628aed2a6abf7158809cf4f3c"));
		break;
	case ATTRIBUTES:
		put_ulong(&list, CKA_CERTIFICATE_TYPE, CKC_X_509_ATTR_CERT);
		put(&list, CKA_OWNER, unhex(AC_HOLDER));
		put(&list, CKA_VALUE, unhex(attribute_certificate));
		break;
	case TRUST:
		put(&list, CKA_ISSUER, unhex("300d310b300906035504030c024341"));
		put(&list, CKA_SERIAL_NUMBER, unhex("020102"));
		break;
	case GENERIC:
		put(&list, CKA_VALUE, unhex("000102030405060708090a0b0c0d0e0f1011121314"));
		break;
	default:
		break;
	}
	return list;
}

static CK_RV
create(const struct list *list, CK_OBJECT_HANDLE *object)
{
	*object = CK_INVALID_HANDLE;
	return p11->C_CreateObject(session, (CK_ATTRIBUTE *)list->at, list->count, object);
}

static CK_OBJECT_HANDLE
made(enum kind kind, CK_BBOOL token)
{
	struct list list = least(kind);
	CK_OBJECT_HANDLE object;

	put_bool(&list, CKA_TOKEN, token);
	ok(create(&list, &object));
	check(object != CK_INVALID_HANDLE);
	return object;
}

static bool
is_key(enum kind kind)
{
	return kind >= RSA_PUBLIC && kind <= GENERIC;
}

static bool
is_owned(enum kind kind)
{
	return kind == RSA_PRIVATE || kind == EC_PRIVATE || kind == DH_PRIVATE || kind == AES ||
	    kind == GENERIC;
}

/* --- creation ------------------------------------------------------------------------- */

/* What the standard gives an object whose maker did not say. */
static void
test_defaults(void **state)
{
	(void)state;
	for (enum kind kind = 0; kind < KINDS; kind++) {
		CK_OBJECT_HANDLE object = made(kind, CK_FALSE);

		check(get_bool(session, object, CKA_PRIVATE) == is_owned(kind));
		check(get_bool(session, object, CKA_MODIFIABLE));
		check(get_bool(session, object, CKA_COPYABLE));
		check(get_bool(session, object, CKA_DESTROYABLE));
		check(get_bytes(session, object, CKA_LABEL).len == 0);
		check(get_bytes(session, object, CKA_UNIQUE_ID).len >= 16);
		if (kind == CERTIFICATE || is_key(kind)) {
			check(get_bytes(session, object, CKA_ID).len == 0);
			check(get_bytes(session, object, CKA_START_DATE).len == 0);
			check(get_bytes(session, object, CKA_END_DATE).len == 0);
		}
		if (is_key(kind)) {
			check(!get_bool(session, object, CKA_LOCAL));
			check(get_ulong(session, object, CKA_KEY_GEN_MECHANISM) ==
			    CK_UNAVAILABLE_INFORMATION);
			get_bool(session, object, CKA_DERIVE);
			assert_rv(get_rv(session, object, CKA_ALLOWED_MECHANISMS),
			    CKR_ATTRIBUTE_TYPE_INVALID);
		}
		if (is_owned(kind)) {
			/* A14: what came from outside was never safe in here. */
			check(!get_bool(session, object, CKA_ALWAYS_SENSITIVE));
			check(!get_bool(session, object, CKA_NEVER_EXTRACTABLE));
			check(!get_bool(session, object, CKA_WRAP_WITH_TRUSTED));
			check(get_bool(session, object, CKA_SENSITIVE) ==
			    (kind != AES && kind != GENERIC));
			check(get_bool(session, object, CKA_EXTRACTABLE) ==
			    (kind == AES || kind == GENERIC));
		}
	}
}

/* Uses that the standard names for each class are answered, never CKR_ATTRIBUTE_TYPE_INVALID. */
static void
test_uses_are_answered(void **state)
{
	static const CK_ATTRIBUTE_TYPE public[] = { CKA_ENCRYPT, CKA_VERIFY, CKA_VERIFY_RECOVER,
		CKA_WRAP, CKA_TRUSTED };
	static const CK_ATTRIBUTE_TYPE private[] = { CKA_DECRYPT, CKA_SIGN, CKA_SIGN_RECOVER,
		CKA_UNWRAP, CKA_ALWAYS_AUTHENTICATE };
	static const CK_ATTRIBUTE_TYPE secret[] = { CKA_ENCRYPT, CKA_DECRYPT, CKA_SIGN, CKA_VERIFY,
		CKA_WRAP, CKA_UNWRAP, CKA_TRUSTED };
	CK_OBJECT_HANDLE rsa[] = { made(RSA_PUBLIC, CK_FALSE), made(RSA_PRIVATE, CK_FALSE) };
	CK_OBJECT_HANDLE aes = made(AES, CK_FALSE);

	(void)state;
	for (size_t i = 0; i < COUNT_OF(public); i++)
		get_bool(session, rsa[0], public[i]);
	for (size_t i = 0; i < COUNT_OF(private); i++)
		get_bool(session, rsa[1], private[i]);
	for (size_t i = 0; i < COUNT_OF(secret); i++)
		get_bool(session, aes, secret[i]);
	check(get_bytes(session, rsa[0], CKA_SUBJECT).len == 0);
	check(get_bytes(session, rsa[1], CKA_SUBJECT).len == 0);
}

/* Each attribute of the least template left out in turn. */
static void
test_required(void **state)
{
	(void)state;
	for (enum kind kind = 0; kind < KINDS; kind++) {
		struct list whole = least(kind);

		for (CK_ULONG leave = 0; leave < whole.count; leave++) {
			struct list part = whole;
			CK_OBJECT_HANDLE object;

			part.at[leave] = part.at[--part.count];
			assert_rv(create(&part, &object), CKR_TEMPLATE_INCOMPLETE);
			check(object == CK_INVALID_HANDLE);
		}
	}
}

/* What only the token may say. */
static void
test_not_to_be_claimed(void **state)
{
	static const struct {
		enum kind kind;
		CK_ATTRIBUTE_TYPE type;
	} claims[] = {
		{ AES, CKA_LOCAL },
		{ AES, CKA_ALWAYS_SENSITIVE },
		{ AES, CKA_NEVER_EXTRACTABLE },
		{ RSA_PRIVATE, CKA_LOCAL },
		{ EC_PRIVATE, CKA_ALWAYS_SENSITIVE },
		{ EC_PRIVATE, CKA_NEVER_EXTRACTABLE },
		{ EC_PUBLIC, CKA_LOCAL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(claims); i++) {
		struct list list = least(claims[i].kind);
		CK_OBJECT_HANDLE object;

		put_bool(&list, claims[i].type, CK_TRUE);
		assert_rv(create(&list, &object), CKR_ATTRIBUTE_READ_ONLY);
	}
	for (enum kind kind = 0; kind < KINDS; kind++) {
		struct list list = least(kind);
		CK_OBJECT_HANDLE object;

		put(&list, CKA_UNIQUE_ID, text("0123456789abcdef"));
		assert_rv(create(&list, &object), CKR_ATTRIBUTE_READ_ONLY);
	}
}

static CK_RV
create_with(enum kind kind, CK_ATTRIBUTE_TYPE type, const void *value, size_t len)
{
	struct list list = least(kind);
	CK_OBJECT_HANDLE object;

	put(&list, type, copy_of(value, len));
	return create(&list, &object);
}

/* Attributes that the object cannot have, and values of a wrong size. */
static void
test_malformed(void **state)
{
	static const unsigned char bytes[64] = { 1 };
	struct list list = least(DATA);
	CK_OBJECT_HANDLE object;

	(void)state;
	assert_rv(create_with(AES, CKA_MODULUS, bytes, 8), CKR_ATTRIBUTE_TYPE_INVALID);
	assert_rv(create_with(DATA, CKA_SENSITIVE, bytes, 1), CKR_ATTRIBUTE_TYPE_INVALID);
	assert_rv(create_with(DATA, CKA_VENDOR_DEFINED | 7, bytes, 8), CKR_ATTRIBUTE_TYPE_INVALID);
	assert_rv(create_with(EC_PUBLIC, CKA_PRIME, bytes, 8), CKR_ATTRIBUTE_TYPE_INVALID);
	assert_rv(create_with(AES, CKA_PRIVATE, bytes, 0), CKR_ATTRIBUTE_VALUE_INVALID);
	assert_rv(create_with(AES, CKA_PRIVATE, bytes, 4), CKR_ATTRIBUTE_VALUE_INVALID);
	assert_rv(create_with(AES, CKA_START_DATE, bytes, 7), CKR_ATTRIBUTE_VALUE_INVALID);
	assert_rv(create_with(AES, CKA_ALLOWED_MECHANISMS, bytes, 9), CKR_ATTRIBUTE_VALUE_INVALID);
	assert_rv(create_with(AES, CKA_UNWRAP_TEMPLATE, bytes, 23), CKR_ATTRIBUTE_VALUE_INVALID);
	for (size_t len = 0; len < 16; len++) {
		CK_OBJECT_CLASS class = CKO_DATA;
		CK_ATTRIBUTE attribute = BYTES(CKA_CLASS, copy_of(bytes, len));

		memcpy(attribute.pValue, &class, len < sizeof(class) ? len : sizeof(class));
		if (len != sizeof(class))
			assert_rv(p11->C_CreateObject(session, &attribute, 1, &object),
			    CKR_ATTRIBUTE_VALUE_INVALID);
	}
	list.at[list.count++] = ATTRIBUTE(CKA_LABEL, NULL, 4);
	assert_rv(create(&list, &object), CKR_ATTRIBUTE_VALUE_INVALID);
	list.at[list.count - 1] = ATTRIBUTE(CKA_LABEL, bytes, CK_UNAVAILABLE_INFORMATION);
	refused(create(&list, &object));
	list.at[0] = ULONG(CKA_CLASS, CKO_VENDOR_DEFINED | 3);
	refused(create(&list, &object));
	list.at[0] = ULONG(CKA_CLASS, CKO_PROFILE);
	refused(create(&list, &object));
	list.at[0] = ULONG(CKA_CLASS, CKO_HW_FEATURE);
	refused(create(&list, &object));
	check(find(session, NO_TEMPLATE, NULL) == 0);
}

/* The same twice is fine as long as it says the same. */
static void
test_given_twice(void **state)
{
	CK_OBJECT_HANDLE object;
	struct list list = least(AES);

	(void)state;
	put(&list, CKA_LABEL, text("one"));
	put(&list, CKA_LABEL, text("one"));
	ok(create(&list, &object));
	put(&list, CKA_LABEL, text("two"));
	assert_rv(create(&list, &object), CKR_TEMPLATE_INCONSISTENT);
}

/* Trap 39: clients pass templates and values at any address. */
static void
test_unaligned(void **state)
{
	struct list list = least(EC_PRIVATE);
	unsigned char *template = scratch(sizeof(list.at) + 1),
		      *class = scratch(sizeof(CK_ULONG) + 1);
	CK_OBJECT_HANDLE object = CK_INVALID_HANDLE;
	CK_MECHANISM mechanism = { CKM_AES_KEY_GEN, NULL, 0 };
	unsigned char *odd = scratch(sizeof(mechanism) + 1);

	(void)state;
	/* one byte off at the start, so at the end as well: all sizes are multiples of eight */
	memcpy(class, list.at[0].pValue, sizeof(CK_ULONG));
	list.at[0].pValue = class;
	memcpy(template, list.at, sizeof(list.at));
	ok(p11->C_CreateObject(session, (CK_ATTRIBUTE *)(void *)template, list.count, &object));
	check(get_ulong(session, object, CKA_CLASS) == CKO_PRIVATE_KEY);
	list.at[0] = ULONG(CKA_VALUE_LEN, 16);
	memcpy(template, list.at, sizeof(list.at[0]));
	memcpy(odd, &mechanism, sizeof(mechanism));
	ok(p11->C_GenerateKey(
	    session, (CK_MECHANISM *)(void *)odd, (CK_ATTRIBUTE *)(void *)template, 1, &object));
}

/* A55: what does not fit together is refused at the door. */
static void
test_inconsistent_keys(void **state)
{
	struct list rsa = least(RSA_PRIVATE), ec = least(EC_PRIVATE), point = least(EC_PUBLIC);
	struct list aes = least(AES), other = least(RSA_PRIVATE);
	CK_OBJECT_HANDLE object;

	(void)state;
	/* d of another key */
	rsa.at[4] = other.at[4];
	assert_rv(create(&rsa, &object), CKR_ATTRIBUTE_VALUE_INVALID);
	/* n ≠ pq */
	rsa = least(RSA_PRIVATE);
	put(&rsa, CKA_PRIME_1, unhex("f1"));
	put(&rsa, CKA_PRIME_2, unhex("c5"));
	refused(create(&rsa, &object));
	/* d = 0, d = n of P-256 (FIPS 186-4, D.1.2.3) */
	ec.at[3] = BYTES(CKA_VALUE, copy_of((unsigned char[32]){ 0 }, 32));
	assert_rv(create(&ec, &object), CKR_ATTRIBUTE_VALUE_INVALID);
	ec.at[3] = BYTES(
	    CKA_VALUE, unhex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"));
	assert_rv(create(&ec, &object), CKR_ATTRIBUTE_VALUE_INVALID);
	/* a point that is not on the curve */
	((CK_BYTE *)point.at[3].pValue)[40] ^= 1;
	assert_rv(create(&point, &object), CKR_ATTRIBUTE_VALUE_INVALID);
	/* a curve that nobody knows */
	ec = least(EC_PRIVATE);
	ec.at[2] = BYTES(CKA_EC_PARAMS, unhex("06052b81040063"));
	assert_rv(create(&ec, &object), CKR_CURVE_NOT_SUPPORTED);
	ec.at[2] = BYTES(CKA_EC_PARAMS, unhex("0500"));
	refused(create(&ec, &object));
	/* AES has three sizes */
	aes.at[2] = BYTES(CKA_VALUE, unhex("0102030405060708090a0b0c0d0e0f"));
	refused(create(&aes, &object));
	aes.at[2] = BYTES(CKA_VALUE, unhex(""));
	refused(create(&aes, &object));
}

/* --- what a key's material looks like ---------------------------------------------------- */

/* RSA without CRT values: they are computed; big numbers are minimal whatever came in. */
static void
test_rsa_completed(void **state)
{
	PEER_KEY key = peer_rsa(2048);
	struct view n = peer_number(key, OSSL_PKEY_PARAM_RSA_N);
	struct view e = peer_number_padded(key, OSSL_PKEY_PARAM_RSA_E, 8);
	CK_OBJECT_HANDLE private, public;
	static const struct {
		CK_ATTRIBUTE_TYPE type;
		const char *name;
	} numbers[] = {
		{ CKA_PRIVATE_EXPONENT, OSSL_PKEY_PARAM_RSA_D },
		{ CKA_PRIME_1, OSSL_PKEY_PARAM_RSA_FACTOR1 },
		{ CKA_PRIME_2, OSSL_PKEY_PARAM_RSA_FACTOR2 },
		{ CKA_EXPONENT_1, OSSL_PKEY_PARAM_RSA_EXPONENT1 },
		{ CKA_EXPONENT_2, OSSL_PKEY_PARAM_RSA_EXPONENT2 },
		{ CKA_COEFFICIENT, OSSL_PKEY_PARAM_RSA_COEFFICIENT1 },
		{ CKA_PUBLIC_EXPONENT, OSSL_PKEY_PARAM_RSA_E },
	};

	(void)state;
	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY), ULONG(CKA_KEY_TYPE, CKK_RSA),
		BYTES(CKA_MODULUS, n), BYTES(CKA_PUBLIC_EXPONENT, e),
		BYTES(CKA_PRIVATE_EXPONENT, peer_number(key, OSSL_PKEY_PARAM_RSA_D)),
		NO(CKA_SENSITIVE), YES(CKA_EXTRACTABLE)),
	    &private));
	/* p and q may come out exchanged; then the CRT values are as well */
	if (get_bytes(session, private, CKA_PRIME_1).len == 128 &&
	    memcmp(get_bytes(session, private, CKA_PRIME_1).data,
		peer_number(key, OSSL_PKEY_PARAM_RSA_FACTOR1).data, 128) == 0) {
		for (size_t i = 0; i < COUNT_OF(numbers); i++)
			same_bytes(get_bytes(session, private, numbers[i].type),
			    peer_number(key, numbers[i].name));
	} else {
		same_bytes(get_bytes(session, private, CKA_PRIME_1),
		    peer_number(key, OSSL_PKEY_PARAM_RSA_FACTOR2));
		same_bytes(get_bytes(session, private, CKA_EXPONENT_1),
		    peer_number(key, OSSL_PKEY_PARAM_RSA_EXPONENT2));
	}
	same_bytes(get_bytes(session, private, CKA_PUBLIC_KEY_INFO), peer_spki(key));
	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY), ULONG(CKA_KEY_TYPE, CKK_RSA),
		BYTES(CKA_MODULUS, n), BYTES(CKA_PUBLIC_EXPONENT, e)),
	    &public));
	check(get_ulong(session, public, CKA_MODULUS_BITS) == 2048);
	same_bytes(get_bytes(session, public, CKA_PUBLIC_EXPONENT),
	    peer_number(key, OSSL_PKEY_PARAM_RSA_E));
	same_bytes(get_bytes(session, public, CKA_PUBLIC_KEY_INFO), peer_spki(key));
}

/* CKA_EC_POINT: raw, in DER or compressed in; DER of the uncompressed point out. */
static void
test_ec_points(void **state)
{
	static const struct {
		const char *group;
		const struct view *params;
	} curves[] = { { "P-256", &p256 }, { "P-384", &p384 }, { "P-521", &p521 } };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(curves); i++) {
		PEER_KEY key = peer_ec(curves[i].group);
		struct view raw = peer_point(key), der = peer_point_der(key);
		struct view compressed = copy_of(raw.data, 1 + (raw.len - 1) / 2);
		struct view forms[] = { raw, der, compressed };

		((CK_BYTE *)compressed.data)[0] = (CK_BYTE)(2 + (raw.data[raw.len - 1] & 1));
		for (size_t form = 0; form < COUNT_OF(forms); form++) {
			CK_OBJECT_HANDLE object;

			ok(p11->C_CreateObject(session,
			    TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY), ULONG(CKA_KEY_TYPE, CKK_EC),
				BYTES(CKA_EC_PARAMS, *curves[i].params),
				BYTES(CKA_EC_POINT, forms[form])),
			    &object));
			same_bytes(get_bytes(session, object, CKA_EC_POINT), der);
			same_bytes(get_bytes(session, object, CKA_PUBLIC_KEY_INFO), peer_spki(key));
			same_bytes(get_bytes(session, object, CKA_EC_PARAMS), *curves[i].params);
		}
	}
}

/* CKA_CHECK_VALUE: AES encrypts zeros (PKCS#11 3.2, 4.10.2); others SHA-1, not of a short one: A62.
 */
static void
test_check_values(void **state)
{
	struct view key = unhex("2b7e151628aed2a6abf7158809cf4f3c");
	struct view zeros = copy_of((unsigned char[16]){ 0 }, 16), value, digest;
	CK_OBJECT_HANDLE aes = made(AES, CK_FALSE), generic = made(GENERIC, CK_FALSE), object;
	struct list list = least(AES);

	(void)state;
	value = get_bytes(session, aes, CKA_CHECK_VALUE);
	check(value.len == 3 && memcmp(value.data, peer_aes_ecb(key, zeros).data, 3) == 0);
	value = get_bytes(session, generic, CKA_CHECK_VALUE);
	digest = peer_digest("SHA1", get_bytes(session, generic, CKA_VALUE));
	check(value.len == 3 && memcmp(value.data, digest.data, 3) == 0);
	put(&list, CKA_CHECK_VALUE, unhex("000000"));
	assert_rv(create(&list, &object), CKR_ATTRIBUTE_VALUE_INVALID);
	list.at[list.count - 1] = BYTES(CKA_CHECK_VALUE, copy_of(peer_aes_ecb(key, zeros).data, 3));
	ok(create(&list, &object));
	if (p11->C_CreateObject(session,
		TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET),
		    BYTES(CKA_VALUE, unhex("42"))),
		&object) == CKR_OK) {
		CK_ATTRIBUTE attribute = { CKA_CHECK_VALUE, NULL, 0 };

		check(p11->C_GetAttributeValue(session, object, &attribute, 1) != CKR_OK ||
		    attribute.ulValueLen == 0);
	}
}

/* A certificate tells its key and its hash; the parts that clients search for are as given. */
static void
test_certificate(void **state)
{
	PEER_KEY key = peer_ec("P-384");
	struct view der = peer_certificate(key, "the subject"), sha1 = peer_digest("SHA1", der);
	CK_OBJECT_HANDLE object;

	(void)state;
	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_CERTIFICATE), ULONG(CKA_CERTIFICATE_TYPE, CKC_X_509),
		YES(CKA_TOKEN), BYTES(CKA_VALUE, der), BYTES(CKA_SUBJECT, peer_subject(der)),
		BYTES(CKA_ISSUER, peer_issuer(der)), BYTES(CKA_SERIAL_NUMBER, peer_serial(der)),
		BYTES(CKA_ID, unhex("0102"))),
	    &object));
	same_bytes(get_bytes(session, object, CKA_VALUE), der);
	same_bytes(get_bytes(session, object, CKA_PUBLIC_KEY_INFO), peer_spki(key));
	check(memcmp(get_bytes(session, object, CKA_CHECK_VALUE).data, sha1.data, 3) == 0);
	check(get_ulong(session, object, CKA_CERTIFICATE_CATEGORY) == 0);
	check(!get_bool(session, object, CKA_TRUSTED));
	check(find(session,
		  TEMPLATE(BYTES(CKA_ISSUER, peer_issuer(der)),
		      BYTES(CKA_SERIAL_NUMBER, peer_serial(der))),
		  NULL) == 1);
	/* readable by everyone */
	ok(p11->C_Logout(session));
	check(find(session, TEMPLATE(BYTES(CKA_SUBJECT, peer_subject(der))), NULL) == 1);
	same_bytes(get_bytes(session, object, CKA_VALUE), der);
}

/* 4.6.2: the SO vouched for it as it is.  A copy says so still, and so it must be one. */
static void
test_trusted_certificate(void **state)
{
	CK_OBJECT_HANDLE object = made(CERTIFICATE, CK_TRUE), copy;

	(void)state;
	ok(p11->C_Logout(session));
	ok(p11->C_Login(session, CKU_SO, PIN(SO_PIN)));
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_CERTIFICATE)), &object) == 1);
	ok(set_one(session, object, YES(CKA_TRUSTED)));
	ok(p11->C_Logout(session));
	ok(p11->C_Login(session, CKU_USER, PIN(USER_PIN)));
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_CERTIFICATE)), &object) == 1);
	assert_rv(set_one(session, object, TEXT(CKA_ISSUER, "another")), CKR_ATTRIBUTE_READ_ONLY);
	assert_rv(set_one(session, object, NO(CKA_TRUSTED)), CKR_ATTRIBUTE_READ_ONLY);
	ok(p11->C_CopyObject(session, object, TEMPLATE(NO(CKA_TOKEN)), &copy));
	check(get_bool(session, copy, CKA_TRUSTED));
	assert_rv(p11->C_CopyObject(
		      session, object, TEMPLATE(NO(CKA_TOKEN), TEXT(CKA_ISSUER, "another")), &copy),
	    CKR_ATTRIBUTE_READ_ONLY);
	assert_rv(p11->C_CopyObject(
		      session, object, TEMPLATE(NO(CKA_TOKEN), TEXT(CKA_LABEL, "another")), &copy),
	    CKR_ATTRIBUTE_READ_ONLY);
}

/* PKCS#11 3.2, 4.6.5 */
static void
test_attribute_certificate(void **state)
{
	PEER_KEY key = peer_ec("P-256");
	struct view certificate = peer_certificate(key, "somebody");
	struct view whole = unhex(attribute_certificate);
	CK_OBJECT_HANDLE object, unmade;
	struct list list = least(ATTRIBUTES);

	(void)state;
	put(&list, CKA_AC_ISSUER, unhex(AC_ISSUER));
	put(&list, CKA_SERIAL_NUMBER, unhex(AC_SERIAL));
	put_bool(&list, CKA_TOKEN, CK_TRUE);
	ok(create(&list, &object));
	same_bytes(get_bytes(session, object, CKA_VALUE), whole);
	same_bytes(get_bytes(session, object, CKA_CHECK_VALUE), unhex(AC_CHECK));
	check(get_bytes(session, object, CKA_ATTR_TYPES).len == 0);
	check(get_bytes(session, object, CKA_PUBLIC_KEY_INFO).len == 0);
	check(!get_bool(session, object, CKA_TRUSTED));
	/* What the other kind of certificate has. */
	assert_rv(get_rv(session, object, CKA_SUBJECT), CKR_ATTRIBUTE_TYPE_INVALID);
	assert_rv(get_rv(session, object, CKA_ISSUER), CKR_ATTRIBUTE_TYPE_INVALID);
	assert_rv(get_rv(session, object, CKA_ID), CKR_ATTRIBUTE_TYPE_INVALID);
	assert_rv(create_with(ATTRIBUTES, CKA_SUBJECT, "x", 1), CKR_ATTRIBUTE_TYPE_INVALID);
	assert_rv(create_with(CERTIFICATE, CKA_OWNER, "x", 1), CKR_ATTRIBUTE_TYPE_INVALID);
	check(find(session, TEMPLATE(BYTES(CKA_OWNER, unhex(AC_HOLDER))), NULL) == 1);
	check(find(session, TEMPLATE(BYTES(CKA_AC_ISSUER, unhex(AC_ISSUER))), NULL) == 1);
	/* Only three of its attributes may change. */
	ok(set_one(session, object,
	    BYTES(CKA_ATTR_TYPES,
		unhex("300a06082b0601050507"
		      "0a04"))));
	ok(set_one(session, object, BYTES(CKA_SERIAL_NUMBER, unhex("020101"))));
	ok(set_one(session, object, BYTES(CKA_AC_ISSUER, unhex("3000"))));
	assert_rv(
	    set_one(session, object, BYTES(CKA_OWNER, unhex("3000"))), CKR_ATTRIBUTE_READ_ONLY);
	assert_rv(set_one(session, object, BYTES(CKA_VALUE, whole)), CKR_ATTRIBUTE_READ_ONLY);
	/* What is none: cut, longer, a certificate of a key. */
	for (size_t len = 0; len < whole.len; len += 7) {
		list = least(ATTRIBUTES);
		list.at[list.count - 1] = BYTES(CKA_VALUE, copy_of(whole.data, len));
		assert_rv(create(&list, &unmade), CKR_ATTRIBUTE_VALUE_INVALID);
	}
	list.at[list.count - 1] = BYTES(CKA_VALUE, certificate);
	assert_rv(create(&list, &unmade), CKR_ATTRIBUTE_VALUE_INVALID);
}

/* There are no others: WTLS has gone, and OpenPGP's is no type of the standard. */
static void
test_other_certificates(void **state)
{
	static const CK_CERTIFICATE_TYPE types[] = { CKC_WTLS, CKC_OPENPGP, CKC_VENDOR_DEFINED, 3 };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(types); i++) {
		struct list list = least(CERTIFICATE);
		CK_OBJECT_HANDLE object;

		list.at[1] = ULONG(CKA_CERTIFICATE_TYPE, types[i]);
		assert_rv(create(&list, &object), CKR_ATTRIBUTE_VALUE_INVALID);
	}
}

/* PKCS#11 3.2, 4.7 */
static void
test_trust(void **state)
{
	PEER_KEY key = peer_ec("P-256");
	static const CK_ATTRIBUTE_TYPE purposes[] = { CKA_TRUST_SERVER_AUTH, CKA_TRUST_CLIENT_AUTH,
		CKA_TRUST_CODE_SIGNING, CKA_TRUST_EMAIL_PROTECTION, CKA_TRUST_IPSEC_IKE,
		CKA_TRUST_TIME_STAMPING, CKA_TRUST_OCSP_SIGNING };
	struct view der = peer_certificate(key, "trusted"), hash = peer_digest("SHA2-256", der);
	CK_OBJECT_HANDLE object, copy;
	struct list list, more;

	(void)state;
	object = made(TRUST, CK_TRUE);
	for (size_t i = 0; i < COUNT_OF(purposes); i++)
		check(get_ulong(session, object, purposes[i]) == CKT_TRUST_UNKNOWN);
	check(get_bytes(session, object, CKA_HASH_OF_CERTIFICATE).len == 0);
	ok(set_one(session, object, ULONG(CKA_TRUST_IPSEC_IKE, CKT_NOT_TRUSTED)));
	/* Nothing is granted to a certificate that nobody can be sure of. */
	for (CK_ULONG trust = CKT_TRUSTED; trust <= CKT_TRUST_MUST_VERIFY_TRUST; trust++) {
		CK_RV expected = trust == CKT_NOT_TRUSTED ? CKR_OK : CKR_TEMPLATE_INCOMPLETE;

		assert_rv(
		    create_with(TRUST, CKA_TRUST_SERVER_AUTH, &trust, sizeof(trust)), expected);
		assert_rv(set_one(session, object, ULONG(CKA_TRUST_SERVER_AUTH, trust)), expected);
	}
	assert_rv(
	    set_one(session, object, ULONG(CKA_TRUST_SERVER_AUTH, 5)), CKR_ATTRIBUTE_VALUE_INVALID);
	check(get_ulong(session, object, CKA_TRUST_SERVER_AUTH) == CKT_NOT_TRUSTED);

	list = least(TRUST);
	put(&list, CKA_HASH_OF_CERTIFICATE, hash);
	put_ulong(&list, CKA_TRUST_SERVER_AUTH, CKT_TRUST_ANCHOR);
	put_bool(&list, CKA_TOKEN, CK_TRUE);
	assert_rv(create(&list, &object), CKR_TEMPLATE_INCOMPLETE);
	more = list;
	put_ulong(&more, CKA_NAME_HASH_ALGORITHM, CKM_SHA384);
	assert_rv(create(&more, &object), CKR_ATTRIBUTE_VALUE_INVALID);
	more = list;
	put_ulong(&more, CKA_NAME_HASH_ALGORITHM, CKM_AES_GCM);
	assert_rv(create(&more, &object), CKR_ATTRIBUTE_VALUE_INVALID);
	put_ulong(&list, CKA_NAME_HASH_ALGORITHM, CKM_SHA256);
	ok(create(&list, &object));
	check(get_ulong(session, object, CKA_TRUST_SERVER_AUTH) == CKT_TRUST_ANCHOR);
	ok(set_one(session, object, ULONG(CKA_TRUST_CODE_SIGNING, CKT_TRUSTED)));
	assert_rv(set_one(session, object, BYTES(CKA_HASH_OF_CERTIFICATE, hash)),
	    CKR_ATTRIBUTE_READ_ONLY);
	check(find(session, TEMPLATE(BYTES(CKA_HASH_OF_CERTIFICATE, hash)), NULL) == 1);

	/* A copy that is altered on the way is measured by the same. */
	assert_rv(p11->C_CopyObject(session, object,
		      TEMPLATE(NO(CKA_TOKEN), ULONG(CKA_TRUST_CODE_SIGNING, 99)), &copy),
	    CKR_ATTRIBUTE_VALUE_INVALID);
	assert_rv(p11->C_CopyObject(session, made(TRUST, CK_FALSE),
		      TEMPLATE(ULONG(CKA_TRUST_SERVER_AUTH, CKT_TRUST_ANCHOR)), &copy),
	    CKR_TEMPLATE_INCOMPLETE);
	ok(p11->C_CopyObject(session, object,
	    TEMPLATE(NO(CKA_TOKEN), ULONG(CKA_TRUST_CODE_SIGNING, CKT_NOT_TRUSTED)), &copy));

	/* Everyone sees it; who has not logged in makes and alters none on the token. */
	ok(p11->C_Logout(session));
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_TRUST), YES(CKA_TOKEN)), NULL) == 2);
	assert_rv(set_one(session, object, ULONG(CKA_TRUST_SERVER_AUTH, CKT_NOT_TRUSTED)),
	    CKR_USER_NOT_LOGGED_IN);
	assert_rv(create(&list, &object), CKR_USER_NOT_LOGGED_IN);
	made(TRUST, CK_FALSE);
}

/* 4.6.2 and 4.8: dates are for reference only. */
static void
test_dates(void **state)
{
	CK_DATE past = { "2001", "02", "03" }, future = { "2999", "12", "31" };
	CK_BYTE hash[32] = { 1 }, signature[64];
	CK_ULONG len = sizeof(signature);
	struct list list = least(EC_PRIVATE);
	CK_OBJECT_HANDLE key;

	(void)state;
	put(&list, CKA_START_DATE, copy_of(&future, sizeof(future)));
	put(&list, CKA_END_DATE, copy_of(&past, sizeof(past)));
	ok(create(&list, &key));
	ok(p11->C_SignInit(session, MECHANISM(CKM_ECDSA), key));
	ok(p11->C_Sign(session, hash, sizeof(hash), signature, &len));
	check(memcmp(get_bytes(session, key, CKA_END_DATE).data, &past, sizeof(past)) == 0);
}

/* 4.12: for types whose parameters are a group; a curve's name needs no object. */
static void
test_domain_parameters(void **state)
{
	CK_OBJECT_HANDLE object = made(DH_DOMAIN, CK_TRUE), copy, pair[2];
	struct view prime = get_bytes(session, object, CKA_PRIME);

	(void)state;
	check(get_ulong(session, object, CKA_PRIME_BITS) == 2048);
	check(!get_bool(session, object, CKA_LOCAL));
	ok(p11->C_CopyObject(session, object, TEMPLATE(NO(CKA_TOKEN)), &copy));
	same_bytes(get_bytes(session, copy, CKA_PRIME), prime);
	check(!get_bool(session, copy, CKA_LOCAL));
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_DH_PKCS_KEY_PAIR_GEN),
	    TEMPLATE(
		BYTES(CKA_PRIME, prime), BYTES(CKA_BASE, get_bytes(session, object, CKA_BASE))),
	    NO_TEMPLATE, &pair[0], &pair[1]));
	ok(p11->C_GenerateKey(session, MECHANISM(CKM_DH_PKCS_PARAMETER_GEN),
	    TEMPLATE(ULONG(CKA_PRIME_BITS, 2048)), &object));
	check(get_bool(session, object, CKA_LOCAL));
	ok(p11->C_CopyObject(session, object, NO_TEMPLATE, &copy));
	check(get_bool(session, copy, CKA_LOCAL));
	refused(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_DOMAIN_PARAMETERS), ULONG(CKA_KEY_TYPE, CKK_EC)),
	    &object));
	refused(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_DOMAIN_PARAMETERS), ULONG(CKA_KEY_TYPE, CKK_AES)),
	    &object));
}

/* --- reading ---------------------------------------------------------------------------- */

/* G07, A01: every entry is answered on its own, whatever becomes of the others. */
static void
test_reading(void **state)
{
	CK_OBJECT_HANDLE key = made(RSA_PRIVATE, CK_FALSE);
	CK_BYTE id[8], d[8] = { 0x5a, 0x5a, 0x5a, 0x5a }, small[2] = { 0x5a, 0x5a }, type[8];
	CK_ATTRIBUTE attributes[] = {
		{ CKA_KEY_TYPE, type, sizeof(type) },
		{ CKA_PRIVATE_EXPONENT, d, sizeof(d) },
		{ CKA_VENDOR_DEFINED | 5, d, sizeof(d) },
		{ CKA_MODULUS, small, sizeof(small) },
		{ CKA_ID, id, sizeof(id) },
		{ CKA_MODULUS, NULL, 0 },
		{ CKA_PRIME, NULL, 0 },
	};
	CK_RV rv = p11->C_GetAttributeValue(session, key, attributes, COUNT_OF(attributes));

	(void)state;
	check(rv == CKR_ATTRIBUTE_SENSITIVE || rv == CKR_ATTRIBUTE_TYPE_INVALID ||
	    rv == CKR_BUFFER_TOO_SMALL);
	check(attributes[0].ulValueLen == sizeof(CK_ULONG));
	check(attributes[1].ulValueLen == CK_UNAVAILABLE_INFORMATION);
	check(attributes[2].ulValueLen == CK_UNAVAILABLE_INFORMATION);
	check(attributes[3].ulValueLen == CK_UNAVAILABLE_INFORMATION);
	check(attributes[4].ulValueLen == 0);
	check(attributes[5].ulValueLen == 256);
	check(attributes[6].ulValueLen == CK_UNAVAILABLE_INFORMATION);
	check(d[0] == 0x5a && small[0] == 0x5a && small[1] == 0x5a);
	attributes[3].ulValueLen = sizeof(small);
	attributes[1].ulValueLen = sizeof(d);
	assert_rv(p11->C_GetAttributeValue(session, key, &attributes[3], 1), CKR_BUFFER_TOO_SMALL);
	assert_rv(
	    p11->C_GetAttributeValue(session, key, &attributes[2], 1), CKR_ATTRIBUTE_TYPE_INVALID);
	assert_rv(
	    p11->C_GetAttributeValue(session, key, &attributes[1], 1), CKR_ATTRIBUTE_SENSITIVE);
	assert_rv(p11->C_GetAttributeValue(session, key, NULL, 1), CKR_ARGUMENTS_BAD);
	/* nothing asked, nothing answered */
	rv = p11->C_GetAttributeValue(session, key, attributes, 0);
	check(rv == CKR_OK || rv == CKR_ARGUMENTS_BAD);
}

/* Traps 25 and 26, and what strongSwan and NSS read in one go. */
static void
test_unique_ids(void **state)
{
	struct view ids[40];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(ids); i++) {
		CK_OBJECT_HANDLE object = data_object(session, i % 2 == 0, "same"), found;

		ids[i] = get_bytes(session, object, CKA_UNIQUE_ID);
		for (size_t at = 0; at < ids[i].len; at++)
			check(ids[i].data[at] > ' ' && ids[i].data[at] < 0x7f);
		for (size_t before = 0; before < i; before++)
			check(ids[i].len != ids[before].len ||
			    memcmp(ids[i].data, ids[before].data, ids[i].len) != 0);
		check(find(session, TEMPLATE(BYTES(CKA_UNIQUE_ID, ids[i])), &found) == 1);
		check(found == object);
	}
}

static void
test_object_size(void **state)
{
	CK_OBJECT_HANDLE data = data_object(session, CK_TRUE, "sized"),
			 key = key_aes(session, CK_TRUE);
	CK_ULONG size = 0;

	(void)state;
	ok(p11->C_GetObjectSize(session, data, &size));
	check(size > 0);
	ok(p11->C_GetObjectSize(session, key, &size));
	assert_rv(p11->C_GetObjectSize(session, data, NULL), CKR_ARGUMENTS_BAD);
	assert_rv(p11->C_GetObjectSize(session, 0, &size), CKR_OBJECT_HANDLE_INVALID);
}

/* --- setting ---------------------------------------------------------------------------- */

/* What an owner may change later; NSS sets CKA_ID after each generation (trap 29). */
static void
test_setting(void **state)
{
	CK_OBJECT_HANDLE objects[] = { made(RSA_PRIVATE, CK_TRUE), made(AES, CK_TRUE),
		made(EC_PUBLIC, CK_TRUE), made(AES, CK_FALSE) };
	CK_DATE date = { "2026", "11", "20" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(objects); i++) {
		struct view id = copy_of(&objects[i], 4);

		ok(p11->C_SetAttributeValue(session, objects[i],
		    TEMPLATE(BYTES(CKA_ID, id), TEXT(CKA_LABEL, "a label"),
			ATTRIBUTE(CKA_START_DATE, &date, sizeof(date)), NO(CKA_DERIVE))));
		same_bytes(get_bytes(session, objects[i], CKA_ID), id);
		same_bytes(get_bytes(session, objects[i], CKA_LABEL), text("a label"));
		same_bytes(get_bytes(session, objects[i], CKA_START_DATE), view_of(&date, 8));
		check(!get_bool(session, objects[i], CKA_DERIVE));
		check(find(session, TEMPLATE(BYTES(CKA_ID, id)), NULL) == 1);
		ok(set_one(session, objects[i], ATTRIBUTE(CKA_LABEL, NULL, 0)));
		check(get_bytes(session, objects[i], CKA_LABEL).len == 0);
	}
	assert_rv(p11->C_SetAttributeValue(session, objects[0], NULL, 1), CKR_ARGUMENTS_BAD);
}

/* A06, A56 */
static void
test_read_only(void **state)
{
	static const struct {
		enum kind kind;
		CK_ATTRIBUTE_TYPE type;
		const char *value;
	} sets[] = {
		{ AES, CKA_ALWAYS_SENSITIVE, "01" },
		{ AES, CKA_NEVER_EXTRACTABLE, "01" },
		{ AES, CKA_LOCAL, "01" },
		{ AES, CKA_CLASS, "0300000000000000" },
		{ AES, CKA_KEY_TYPE, "1000000000000000" },
		{ AES, CKA_VALUE, "000102030405060708090a0b0c0d0e0f" },
		{ AES, CKA_PRIVATE, "00" },
		{ AES, CKA_TOKEN, "01" },
		{ AES, CKA_MODIFIABLE, "00" },
		{ AES, CKA_UNIQUE_ID, "61626364" },
		{ AES, CKA_KEY_GEN_MECHANISM, "8010000000000000" },
		{ AES, CKA_VALUE_LEN, "2000000000000000" },
		{ EC_PRIVATE, CKA_VALUE, "01" },
		{ EC_PRIVATE, CKA_EC_PARAMS, "06052b81040022" },
		{ EC_PUBLIC, CKA_EC_POINT, "0401" },
		{ EC_PUBLIC, CKA_EC_PARAMS, "06052b81040022" },
		{ RSA_PUBLIC, CKA_MODULUS, "c1" },
		{ RSA_PRIVATE, CKA_PRIVATE_EXPONENT, "03" },
		{ CERTIFICATE, CKA_VALUE, "3000" },
		{ CERTIFICATE, CKA_CERTIFICATE_TYPE, "0000000000000000" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(sets); i++) {
		CK_OBJECT_HANDLE object = made(sets[i].kind, CK_FALSE);
		struct view value = unhex(sets[i].value);

		assert_rv(
		    set_one(session, object, BYTES(sets[i].type, value)), CKR_ATTRIBUTE_READ_ONLY);
		ok(p11->C_DestroyObject(session, object));
	}
}

/* A57: all of a template is set, or nothing. */
static void
test_set_all_or_nothing(void **state)
{
	CK_OBJECT_HANDLE objects[] = { key_aes(session, CK_TRUE), key_aes(session, CK_FALSE) };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(objects); i++) {
		CK_OBJECT_HANDLE key = objects[i];

		ok(p11->C_SetAttributeValue(
		    session, key, TEMPLATE(TEXT(CKA_LABEL, "before"), NO(CKA_DECRYPT))));
		ok(set_one(session, key, YES(CKA_SENSITIVE)));
		refused(p11->C_SetAttributeValue(session, key,
		    TEMPLATE(TEXT(CKA_LABEL, "after"), YES(CKA_DECRYPT), NO(CKA_SENSITIVE))));
		same_bytes(get_bytes(session, key, CKA_LABEL), text("before"));
		check(
		    !get_bool(session, key, CKA_DECRYPT) && get_bool(session, key, CKA_SENSITIVE));
		refused(p11->C_SetAttributeValue(session, key,
		    TEMPLATE(TEXT(CKA_LABEL, "after"), ULONG(CKA_VENDOR_DEFINED | 1, 0))));
		same_bytes(get_bytes(session, key, CKA_LABEL), text("before"));
	}
}

/* --- copying and destroying ---------------------------------------------------------------- */

static void
test_copy(void **state)
{
	(void)state;
	for (enum kind kind = 0; kind < KINDS; kind++) {
		CK_OBJECT_HANDLE object = made(kind, CK_FALSE), copy = CK_INVALID_HANDLE;
		struct view id = get_bytes(session, object, CKA_UNIQUE_ID), copied;

		ok(p11->C_CopyObject(
		    session, object, TEMPLATE(YES(CKA_TOKEN), TEXT(CKA_LABEL, "the copy")), &copy));
		copied = get_bytes(session, copy, CKA_UNIQUE_ID);
		check(id.len != copied.len || memcmp(id.data, copied.data, id.len) != 0);
		check(get_bool(session, copy, CKA_TOKEN) && !get_bool(session, object, CKA_TOKEN));
		same_bytes(get_bytes(session, copy, CKA_LABEL), text("the copy"));
		check(get_bytes(session, object, CKA_LABEL).len == 0);
		check(get_ulong(session, copy, CKA_CLASS) == get_ulong(session, object, CKA_CLASS));
		ok(p11->C_DestroyObject(session, object));
		ok(get_rv(session, copy, CKA_CLASS));
		if (kind == AES)
			ok(get_rv(session, copy, CKA_VALUE));
	}
	assert_rv(p11->C_CopyObject(session, 0, NO_TEMPLATE, &(CK_OBJECT_HANDLE){ 0 }),
	    CKR_OBJECT_HANDLE_INVALID);
	assert_rv(
	    p11->C_CopyObject(session, data_object(session, CK_FALSE, "x"), NO_TEMPLATE, NULL),
	    CKR_ARGUMENTS_BAD);
}

/* A11, A12, A13 */
static void
test_prohibited(void **state)
{
	CK_OBJECT_HANDLE object, copy;
	struct list list = least(AES);

	(void)state;
	put_bool(&list, CKA_COPYABLE, CK_FALSE);
	ok(create(&list, &object));
	assert_rv(p11->C_CopyObject(session, object, NO_TEMPLATE, &copy), CKR_ACTION_PROHIBITED);
	assert_rv(set_one(session, object, YES(CKA_COPYABLE)), CKR_ATTRIBUTE_READ_ONLY);

	list = least(AES);
	put_bool(&list, CKA_MODIFIABLE, CK_FALSE);
	put_bool(&list, CKA_DECRYPT, CK_FALSE);
	put_bool(&list, CKA_ENCRYPT, CK_TRUE);
	ok(create(&list, &object));
	assert_rv(set_one(session, object, TEXT(CKA_LABEL, "x")), CKR_ACTION_PROHIBITED);
	if (p11->C_CopyObject(
		session, object, TEMPLATE(YES(CKA_MODIFIABLE), YES(CKA_DECRYPT)), &copy) == CKR_OK)
		check(!get_bool(session, copy, CKA_DECRYPT));

	list = least(AES);
	put_bool(&list, CKA_DESTROYABLE, CK_FALSE);
	ok(create(&list, &object));
	assert_rv(p11->C_DestroyObject(session, object), CKR_ACTION_PROHIBITED);
	ok(get_rv(session, object, CKA_CLASS));
}

static void
test_destroy(void **state)
{
	CK_OBJECT_HANDLE objects[] = { data_object(session, CK_TRUE, "gone"),
		data_object(session, CK_FALSE, "gone") };

	(void)state;
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "gone")), NULL) == 2);
	for (size_t i = 0; i < COUNT_OF(objects); i++) {
		ok(p11->C_DestroyObject(session, objects[i]));
		assert_rv(p11->C_DestroyObject(session, objects[i]), CKR_OBJECT_HANDLE_INVALID);
	}
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "gone")), NULL) == 0);
}

/* --- finding ------------------------------------------------------------------------------- */

/* Each attribute of each object finds it, by itself and together with the others. */
static void
test_find_by_each(void **state)
{
	static const CK_ATTRIBUTE_TYPE hidden[] = { CKA_VALUE, CKA_PRIVATE_EXPONENT };

	(void)state;
	for (enum kind kind = 0; kind < KINDS; kind++) {
		for (CK_BBOOL token = CK_FALSE; token <= CK_TRUE; token++) {
			struct list list = least(kind);
			CK_OBJECT_HANDLE object, found;

			put_bool(&list, CKA_TOKEN, token);
			put(&list, CKA_LABEL, text("find me"));
			if (kind == CERTIFICATE || is_key(kind))
				put(&list, CKA_ID, unhex("00ff"));
			if (kind == DATA) {
				put(&list, CKA_APPLICATION, text("an application"));
				put(&list, CKA_OBJECT_ID, unhex("060455040300"));
			}
			ok(create(&list, &object));
			for (CK_ULONG i = 0; i < list.count; i++) {
				bool secret = is_owned(kind) &&
				    (list.at[i].type == hidden[0] || list.at[i].type == hidden[1]);

				if (secret)
					continue; /* A59: t-policy.c */
				check(find(session, &list.at[i], 1, &found) == 1);
				check(found == object);
			}
			for (CK_ULONG i = 0; i < list.count; i++) {
				if (is_owned(kind) &&
				    (list.at[i].type == hidden[0] || list.at[i].type == hidden[1]))
					list.at[i] = TEXT(CKA_LABEL, "find me");
			}
			check(find(session, list.at, list.count, &found) == 1 && found == object);
			ok(p11->C_DestroyObject(session, object));
		}
	}
}

/* Trap 30: what nobody has, nobody is found by; and what matches only in part is not found. */
static void
test_find_nothing(void **state)
{
	(void)state;
	data_object(session, CK_TRUE, "here");
	made(AES, CK_TRUE);
	check(
	    find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_VENDOR_DEFINED | 0x4e534350)), NULL) == 0);
	check(find(session, TEMPLATE(ULONG(CKA_VENDOR_DEFINED | 0x4e534350, 1)), NULL) == 0);
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "her")), NULL) == 0);
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "here"), ULONG(CKA_CLASS, CKO_SECRET_KEY)),
		  NULL) == 0);
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "here"), YES(CKA_PRIVATE)), NULL) == 0);
	check(
	    find(session, TEMPLATE(TEXT(CKA_LABEL, "here"), TEXT(CKA_LABEL, "there")), NULL) == 0);
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "here"), YES(CKA_TOKEN)), NULL) == 1);
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), NO(CKA_TOKEN)), NULL) == 0);
}

/* Many objects, handed out in portions, each once. */
static void
test_find_many(void **state)
{
	CK_OBJECT_HANDLE handles[130];
	CK_ULONG n, all = 0;
	char label[24];

	(void)state;
	for (int i = 0; i < 120; i++) {
		snprintf(label, sizeof(label), "many %d", i);
		data_object(session, i % 3 == 0, label);
	}
	ok(p11->C_FindObjectsInit(session, TEMPLATE(ULONG(CKA_CLASS, CKO_DATA))));
	do {
		ok(p11->C_FindObjects(session, handles + all, 7, &n));
		all += n;
	} while (n != 0 && all + 7 <= COUNT_OF(handles));
	ok(p11->C_FindObjectsFinal(session));
	check(all == 120);
	for (CK_ULONG i = 0; i < all; i++) {
		for (CK_ULONG j = 0; j < i; j++)
			check(handles[i] != handles[j]);
	}
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "many 77")), NULL) == 1);
}

/* --- the token ----------------------------------------------------------------------------- */

/* Everything about a token object is the same after the module was away. */
static void
test_survives(void **state)
{
	static const CK_ATTRIBUTE_TYPE types[] = { CKA_CLASS, CKA_TOKEN, CKA_PRIVATE, CKA_LABEL,
		CKA_UNIQUE_ID, CKA_APPLICATION, CKA_VALUE, CKA_OBJECT_ID, CKA_CERTIFICATE_TYPE,
		CKA_ISSUER, CKA_SERIAL_NUMBER, CKA_TRUSTED, CKA_KEY_TYPE, CKA_SUBJECT, CKA_ID,
		CKA_SENSITIVE, CKA_ENCRYPT, CKA_DECRYPT, CKA_SIGN, CKA_VERIFY, CKA_WRAP, CKA_UNWRAP,
		CKA_DERIVE, CKA_MODULUS, CKA_MODULUS_BITS, CKA_PUBLIC_EXPONENT, CKA_PUBLIC_KEY_INFO,
		CKA_PRIME, CKA_BASE, CKA_PRIME_BITS, CKA_VALUE_LEN, CKA_EXTRACTABLE, CKA_LOCAL,
		CKA_NEVER_EXTRACTABLE, CKA_ALWAYS_SENSITIVE, CKA_KEY_GEN_MECHANISM, CKA_MODIFIABLE,
		CKA_COPYABLE, CKA_EC_PARAMS, CKA_EC_POINT, CKA_CHECK_VALUE };
	struct view before[KINDS][COUNT_OF(types)], ids[KINDS];
	CK_RV answers[KINDS][COUNT_OF(types)];

	(void)state;
	for (enum kind kind = 0; kind < KINDS; kind++) {
		CK_OBJECT_HANDLE object = made(kind, CK_TRUE);

		ids[kind] = get_bytes(session, object, CKA_UNIQUE_ID);
		for (size_t i = 0; i < COUNT_OF(types); i++) {
			answers[kind][i] = get_rv(session, object, types[i]);
			if (answers[kind][i] == CKR_OK)
				before[kind][i] = get_bytes(session, object, types[i]);
		}
	}
	ok(p11->C_Finalize(NULL));
	ok(p11->C_Initialize(NULL));
	session = session_user(slot);
	for (enum kind kind = 0; kind < KINDS; kind++) {
		CK_OBJECT_HANDLE object;

		check(find(session, TEMPLATE(BYTES(CKA_UNIQUE_ID, ids[kind])), &object) == 1);
		for (size_t i = 0; i < COUNT_OF(types); i++) {
			assert_rv(get_rv(session, object, types[i]), answers[kind][i]);
			if (answers[kind][i] == CKR_OK)
				same_bytes(get_bytes(session, object, types[i]), before[kind][i]);
		}
	}
}

/* Session objects leave no trace. */
static void
test_session_objects_do_not_survive(void **state)
{
	(void)state;
	data_object(session, CK_FALSE, "volatile");
	ok(p11->C_Finalize(NULL));
	ok(p11->C_Initialize(NULL));
	session = session_user(slot);
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "volatile")), NULL) == 0);
}

/* A value far larger than a page, and empty ones. */
static void
test_large_and_empty(void **state)
{
	unsigned char *large = scratch(1 << 20);
	CK_OBJECT_HANDLE object;

	(void)state;
	for (size_t i = 0; i < 1 << 20; i++)
		large[i] = (unsigned char)(i * 31 >> 3);
	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), YES(CKA_TOKEN), YES(CKA_PRIVATE),
		TEXT(CKA_LABEL, "large"), ATTRIBUTE(CKA_VALUE, large, 1 << 20)),
	    &object));
	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), YES(CKA_TOKEN), TEXT(CKA_LABEL, "empty"),
		ATTRIBUTE(CKA_VALUE, NULL, 0)),
	    &object));
	ok(p11->C_Finalize(NULL));
	ok(p11->C_Initialize(NULL));
	session = session_user(slot);
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "large")), &object) == 1);
	same_bytes(get_bytes(session, object, CKA_VALUE), view_of(large, 1 << 20));
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "empty")), &object) == 1);
	check(get_bytes(session, object, CKA_VALUE).len == 0);
}

/* CKA_UNWRAP_TEMPLATE and its like: read in several passes, no nesting. */
static void
test_template_attributes(void **state)
{
	CK_ATTRIBUTE inner[] = { YES(CKA_SENSITIVE), TEXT(CKA_LABEL, "unwrapped") };
	CK_ATTRIBUTE nested[] = { ATTRIBUTE(CKA_UNWRAP_TEMPLATE, inner, sizeof(inner)) };
	CK_ATTRIBUTE read[2] = { { 0, NULL, 0 }, { 0, NULL, 0 } };
	CK_ATTRIBUTE outer = { CKA_UNWRAP_TEMPLATE, NULL, 0 };
	struct list list = least(AES);
	CK_OBJECT_HANDLE object;

	(void)state;
	put_bool(&list, CKA_TOKEN, CK_TRUE);
	list.at[list.count++] = ATTRIBUTE(CKA_UNWRAP_TEMPLATE, inner, sizeof(inner));
	ok(create(&list, &object));
	ok(p11->C_GetAttributeValue(session, object, &outer, 1));
	check(outer.ulValueLen == sizeof(inner));
	outer.pValue = read;
	ok(p11->C_GetAttributeValue(session, object, &outer, 1));
	for (size_t i = 0; i < 2; i++)
		read[i].pValue = scratch(read[i].ulValueLen);
	ok(p11->C_GetAttributeValue(session, object, &outer, 1));
	for (size_t i = 0; i < 2; i++) {
		const CK_ATTRIBUTE *given = &inner[read[i].type == CKA_LABEL];

		check(read[i].type == given->type);
		same_bytes(view_of(read[i].pValue, read[i].ulValueLen),
		    view_of(given->pValue, given->ulValueLen));
	}
	list.at[list.count - 1] = ATTRIBUTE(CKA_UNWRAP_TEMPLATE, nested, sizeof(nested));
	refused(create(&list, &object));
}

/* The profiles that the token meets: fixed objects, the same whenever one looks
 * (PKCS#11 3.2, 4.9.2). */
static void
test_profiles(void **state)
{
	CK_ULONG before = find(session, NO_TEMPLATE, NULL), count;
	CK_ULONG before_token = find(session, TEMPLATE(YES(CKA_TOKEN)), NULL);
	CK_OBJECT_HANDLE profile;

	(void)state;
	count = find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_PROFILE)), &profile);
	check(count > 0);
	check(get_bool(session, profile, CKA_TOKEN) && !get_bool(session, profile, CKA_PRIVATE));
	check(find(session,
		  TEMPLATE(ULONG(CKA_CLASS, CKO_PROFILE),
		      ULONG(CKA_PROFILE_ID, get_ulong(session, profile, CKA_PROFILE_ID))),
		  NULL) == 1);
	check(get_bytes(session, profile, CKA_UNIQUE_ID).len > 0);
	refused(p11->C_DestroyObject(session, profile));
	refused(set_one(session, profile, TEXT(CKA_LABEL, "mine")));
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_PROFILE)), NULL) == count);
	check(find(session, NO_TEMPLATE, NULL) == before);
	check(find(session, TEMPLATE(YES(CKA_TOKEN)), NULL) == before_token);
	ok(p11->C_Logout(session));
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_PROFILE)), NULL) == count);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_object(test_defaults),
		test_object(test_uses_are_answered),
		test_object(test_required),
		test_object(test_not_to_be_claimed),
		test_object(test_malformed),
		test_object(test_given_twice),
		test_object(test_unaligned),
		test_object(test_inconsistent_keys),
		test_object(test_rsa_completed),
		test_object(test_ec_points),
		test_object(test_check_values),
		test_object(test_certificate),
		test_object(test_trusted_certificate),
		test_object(test_attribute_certificate),
		test_object(test_other_certificates),
		test_object(test_trust),
		test_object(test_dates),
		test_object(test_domain_parameters),
		test_object(test_reading),
		test_object(test_unique_ids),
		test_object(test_object_size),
		test_object(test_setting),
		test_object(test_read_only),
		test_object(test_set_all_or_nothing),
		test_object(test_copy),
		test_object(test_prohibited),
		test_object(test_destroy),
		test_object(test_find_by_each),
		test_object(test_find_nothing),
		test_object(test_find_many),
		test_object(test_survives),
		test_object(test_session_objects_do_not_survive),
		test_object(test_large_and_empty),
		test_object(test_template_attributes),
		test_object(test_profiles),
	};

	return test_main(tests, NULL, NULL);
}
