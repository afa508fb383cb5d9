/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for private keys as PKCS#8 (RFC 5208, RFC 5958), which is what
 * wrapping a private key wraps.  Knows how the key types lie in it; whether the
 * numbers make a key is for key_complete() to say.
 *
 * Written by hand, since libcrypto's encoders and decoders leave copies of the
 * private key in memory that they free without wiping it.
 */
#include <string.h>

#include "mechanisms/der.h"
#include "mechanisms/paramset.h"

/* RSAPrivateKey (RFC 8017, A.1.2), after its version; the first two are public. */
static const CK_ATTRIBUTE_TYPE rsa_numbers[] = { CKA_MODULUS, CKA_PUBLIC_EXPONENT,
	CKA_PRIVATE_EXPONENT, CKA_PRIME_1, CKA_PRIME_2, CKA_EXPONENT_1, CKA_EXPONENT_2,
	CKA_COEFFICIENT };
#define RSA_PUBLIC 2

static const unsigned char one[] = { 1 };

/* AlgorithmIdentifiers, without tag and length: rsaEncryption, id-ecPublicKey, id-X25519,
 * id-X448, id-Ed25519, id-Ed448, dhKeyAgreement, dhpublicnumber.  Those that stand for a
 * parameter set are known to paramset.c. */
#define OID(bytes)                                                                                 \
	{                                                                                          \
		(const unsigned char *)(bytes), sizeof(bytes) - 1                                  \
	}
static const struct view rsa_oid = OID("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01");
static const struct view ec_oid = OID("\x2a\x86\x48\xce\x3d\x02\x01");
static const struct view x25519_oid = OID("\x2b\x65\x6e");
static const struct view x448_oid = OID("\x2b\x65\x6f");
static const struct view ed25519_oid = OID("\x2b\x65\x70");
static const struct view ed448_oid = OID("\x2b\x65\x71");
static const struct view dh_oid = OID("\x2a\x86\x48\x86\xf7\x0d\x01\x03\x01");
static const struct view x9_42_oid = OID("\x2a\x86\x48\xce\x3e\x02\x01");

/* --- writing ----------------------------------------------------------------- */

static CK_RV
write_rsa(struct der *der, const struct key *key, struct view point)
{
	const size_t end = der->at;

	(void)point;
	for (size_t i = COUNT_OF(rsa_numbers); i-- > 0;) {
		const struct attrs *set = i < RSA_PUBLIC ? key->meta : key->secret;

		if (!attrs_has(set, rsa_numbers[i]))
			return CKR_KEY_NOT_WRAPPABLE;
		der_integer(der, attribute(set, rsa_numbers[i]));
	}
	der_integer(der, VIEW_NONE); /* version two-prime: 0 */
	der_wrap(der, DER_SEQUENCE, end);
	return CKR_OK;
}

/* ECPrivateKey (RFC 5915), whose curve is named in the algorithm already. */
static CK_RV
write_ec(struct der *der, const struct key *key, struct view point)
{
	const size_t end = der->at;
	size_t value_end;

	der_prepend(der, point);
	der_wrap(der, DER_EXPLICIT_1, end);
	value_end = der->at;
	der_prepend(der, attribute(key->secret, CKA_VALUE));
	der_wrap(der, DER_OCTET_STRING, value_end);
	der_integer(der, view_of(one, sizeof(one)));
	der_wrap(der, DER_SEQUENCE, end);
	return CKR_OK;
}

/* RFC 8410, 7: CurvePrivateKey, whose curve is the algorithm. */
static CK_RV
write_string(struct der *der, const struct key *key, struct view point)
{
	const size_t end = der->at;

	(void)point;
	der_prepend(der, attribute(key->secret, CKA_VALUE));
	der_wrap(der, DER_OCTET_STRING, end);
	return CKR_OK;
}

/* PKCS #3, and the same for X9.42: the number alone. */
static CK_RV
write_dh(struct der *der, const struct key *key, struct view point)
{
	(void)point;
	der_integer(der, number_strip(attribute(key->secret, CKA_VALUE)));
	return CKR_OK;
}

/* RFC 9909, 7: nothing around it. */
static CK_RV
write_raw(struct der *der, const struct key *key, struct view point)
{
	(void)point;
	der_prepend(der, attribute(key->secret, CKA_VALUE));
	return CKR_OK;
}

/* RFC 9935, 6, and RFC 9881, 6: the seed, which they recommend, or where there is none the expanded
 * key. */
static CK_RV
write_seed(struct der *der, const struct key *key, struct view point)
{
	const struct view seed = attribute(key->secret, CKA_SEED);
	const size_t end = der->at;

	(void)point;
	der_prepend(der, seed.len != 0 ? seed : attribute(key->secret, CKA_VALUE));
	der_wrap(der, seed.len != 0 ? DER_IMPLICIT_0 : DER_OCTET_STRING, end);
	return CKR_OK;
}

/* --- reading ----------------------------------------------------------------- */

/* der_take, with the code for a blob that is none. */
static CK_RV
take(struct view *from, enum der_tag tag, struct view *value)
{
	return der_take(from, tag, value) ? CKR_OK : CKR_WRAPPED_KEY_INVALID;
}

static CK_RV
take_only(struct view from, enum der_tag tag, struct view *value)
{
	return der_read(from, tag, value) ? CKR_OK : CKR_WRAPPED_KEY_INVALID;
}

static CK_RV
take_version(struct view *from, unsigned int least, unsigned int most)
{
	struct view version;

	TRY(take(from, DER_INTEGER, &version));
	if (version.len != 1 || version.data[0] < least || version.data[0] > most)
		return CKR_WRAPPED_KEY_INVALID;
	return CKR_OK;
}

static CK_RV
take_number(struct view *from, CK_ATTRIBUTE_TYPE type, struct attrs *into)
{
	struct view number;

	TRY(take(from, DER_INTEGER, &number));
	if (number.len == 0 || (number.data[0] & 0x80) != 0)
		return CKR_WRAPPED_KEY_INVALID;
	return attrs_set(into, type, number_strip(number));
}

static CK_RV
read_rsa(struct view oid, struct view parameters, struct view in, struct attrs *meta,
    struct attrs *secret)
{
	(void)oid;
	(void)parameters;
	TRY(take_only(in, DER_SEQUENCE, &in));
	TRY(take_version(&in, 0, 0));
	for (size_t i = 0; i < COUNT_OF(rsa_numbers); i++)
		TRY(take_number(&in, rsa_numbers[i], i < RSA_PUBLIC ? meta : secret));
	return in.len == 0 ? CKR_OK : CKR_WRAPPED_KEY_INVALID;
}

/* The public point in an ECPrivateKey, as CKA_PUBLIC_KEY_INFO, for key_complete() to compare. */
static CK_RV
read_ec_point(struct view parameters, struct view point, struct attrs *meta)
{
	RELEASED(der_release) struct der info = { 0 };
	size_t end;

	if (!der_begin(&info, point.len + parameters.len + ec_oid.len + 4 * DER_HEADER))
		return CKR_HOST_MEMORY;
	der_prepend(&info, point);
	end = info.at;
	der_prepend(&info, parameters);
	der_prepend(&info, ec_oid);
	der_wrap(&info, DER_OID, end - parameters.len);
	der_wrap(&info, DER_SEQUENCE, end);
	der_wrap(&info, DER_SEQUENCE, info.buffer.len);
	return attrs_set(meta, CKA_PUBLIC_KEY_INFO, der_view(&info));
}

static CK_RV
read_ec(struct view oid, struct view parameters, struct view in, struct attrs *meta,
    struct attrs *secret)
{
	struct view value, again, point;

	(void)oid;
	TRY(take_only(in, DER_SEQUENCE, &in));
	TRY(take_version(&in, 1, 1));
	TRY(take(&in, DER_OCTET_STRING, &value));
	TRY(attrs_set(meta, CKA_EC_PARAMS, parameters));
	TRY(attrs_set(secret, CKA_VALUE, value));
	/* The curve again, and the point: both optional. */
	if (in.len > 0 && in.data[0] == DER_EXPLICIT_0) {
		TRY(take(&in, DER_EXPLICIT_0, &again));
		if (!view_equal(again, parameters))
			return CKR_WRAPPED_KEY_INVALID;
	}
	/* Where the template tells of the public key, that is what is compared. */
	if (in.len == 0 || attrs_has(meta, CKA_PUBLIC_KEY_INFO))
		return CKR_OK;
	TRY(take_only(in, DER_EXPLICIT_1, &point));
	return read_ec_point(parameters, point, meta);
}

static CK_RV
read_string(struct view oid, struct view parameters, struct view in, struct attrs *meta,
    struct attrs *secret)
{
	RELEASED(der_release) struct der params = { 0 };
	struct view value;

	/* RFC 8410, 3: the parameters must be absent. */
	if (parameters.len != 0)
		return CKR_WRAPPED_KEY_INVALID;
	TRY(take_only(in, DER_OCTET_STRING, &value));
	if (!der_begin(&params, oid.len + DER_HEADER))
		return CKR_HOST_MEMORY;
	der_prepend(&params, oid);
	der_wrap(&params, DER_OID, params.buffer.len);
	TRY(attrs_set(meta, CKA_EC_PARAMS, der_view(&params)));
	return attrs_set(secret, CKA_VALUE, value);
}

static CK_RV
read_private_number(struct view in, struct attrs *secret)
{
	TRY(take_number(&in, CKA_VALUE, secret));
	return in.len == 0 ? CKR_OK : CKR_WRAPPED_KEY_INVALID;
}

static CK_RV
read_dh(struct view oid, struct view parameters, struct view in, struct attrs *meta,
    struct attrs *secret)
{
	(void)oid;
	TRY(take_only(parameters, DER_SEQUENCE, &parameters));
	TRY(take_number(&parameters, CKA_PRIME, meta));
	TRY(take_number(&parameters, CKA_BASE, meta));
	return read_private_number(in, secret);
}

/* RFC 3279, 2.3.3: the cofactor j and how it was found may follow; q makes them needless. */
static CK_RV
read_x9_42(struct view oid, struct view parameters, struct view in, struct attrs *meta,
    struct attrs *secret)
{
	(void)oid;
	TRY(take_only(parameters, DER_SEQUENCE, &parameters));
	TRY(take_number(&parameters, CKA_PRIME, meta));
	TRY(take_number(&parameters, CKA_BASE, meta));
	TRY(take_number(&parameters, CKA_SUBPRIME, meta));
	return read_private_number(in, secret);
}

/* RFC 9935, 3, RFC 9881, 2, and RFC 9909, 3: the parameters must be absent. */
static CK_RV
read_set(struct view oid, struct view parameters, struct attrs *meta)
{
	CK_KEY_TYPE type;
	const struct param_set *set = param_set_named(oid, &type);

	return set != NULL && parameters.len == 0
	    ? attrs_set_ulong(meta, CKA_PARAMETER_SET, set->number)
	    : CKR_WRAPPED_KEY_INVALID;
}

static CK_RV
read_raw(struct view oid, struct view parameters, struct view in, struct attrs *meta,
    struct attrs *secret)
{
	TRY(read_set(oid, parameters, meta));
	return attrs_set(secret, CKA_VALUE, in);
}

/* Either of the forms, or a SEQUENCE of both, which key_complete() compares. */
static CK_RV
read_seed(struct view oid, struct view parameters, struct view in, struct attrs *meta,
    struct attrs *secret)
{
	struct view value;

	TRY(read_set(oid, parameters, meta));
	if (der_read(in, DER_IMPLICIT_0, &value))
		return attrs_set(secret, CKA_SEED, value);
	if (der_read(in, DER_OCTET_STRING, &value))
		return attrs_set(secret, CKA_VALUE, value);
	TRY(take_only(in, DER_SEQUENCE, &in));
	TRY(take(&in, DER_OCTET_STRING, &value));
	TRY(attrs_set(secret, CKA_SEED, value));
	TRY(take_only(in, DER_OCTET_STRING, &value));
	return attrs_set(secret, CKA_VALUE, value);
}

/* --- key types --------------------------------------------------------------- */

static const struct form {
	CK_KEY_TYPE type;
	const struct view *oid; /* NULL: one for each parameter set */
	CK_RV (*write)(struct der *der, const struct key *key, struct view point);
	CK_RV(*read)
	(struct view oid, struct view parameters, struct view in, struct attrs *meta,
	    struct attrs *secret);
} forms[] = {
	{ CKK_RSA, &rsa_oid, write_rsa, read_rsa },
	{ CKK_EC, &ec_oid, write_ec, read_ec },
	{ CKK_EC_MONTGOMERY, &x25519_oid, write_string, read_string },
	{ CKK_EC_MONTGOMERY, &x448_oid, write_string, read_string },
	{ CKK_EC_EDWARDS, &ed25519_oid, write_string, read_string },
	{ CKK_EC_EDWARDS, &ed448_oid, write_string, read_string },
	{ CKK_DH, &dh_oid, write_dh, read_dh },
	{ CKK_X9_42_DH, &x9_42_oid, write_dh, read_x9_42 },
	{ CKK_ML_KEM, NULL, write_seed, read_seed },
	{ CKK_ML_DSA, NULL, write_seed, read_seed },
	{ CKK_SLH_DSA, NULL, write_raw, read_raw },
};

static bool
form_has(const struct form *form, struct view oid)
{
	CK_KEY_TYPE type;

	if (form->oid != NULL)
		return view_equal(oid, *form->oid);
	return param_set_named(oid, &type) != NULL && type == form->type;
}

/* Any of the type's forms with NULL, which is as good for writing: the key knows its algorithm. */
static const struct form *
form_find(CK_KEY_TYPE type, const struct view *oid)
{
	for (size_t i = 0; i < COUNT_OF(forms); i++)
		if (forms[i].type == type && (oid == NULL || form_has(&forms[i], *oid)))
			return &forms[i];
	return NULL;
}

/* CKA_PUBLIC_KEY_INFO has the AlgorithmIdentifier that PKCS#8 wants, and the public key. */
static CK_RV
split_info(const struct key *key, struct view *algorithm, struct view *public_key)
{
	struct view info, rest, members;

	if (!der_read(attribute(key->meta, CKA_PUBLIC_KEY_INFO), DER_SEQUENCE, &info))
		return CKR_KEY_NOT_WRAPPABLE;
	rest = info;
	if (take(&rest, DER_SEQUENCE, &members) != CKR_OK)
		return CKR_KEY_NOT_WRAPPABLE;
	*algorithm = view_of(info.data, info.len - rest.len);
	*public_key = rest;
	return CKR_OK;
}

CK_RV
key_to_pkcs8(const struct key *key, struct secret *out)
{
	const struct form *form = form_find(key->type, NULL);
	RELEASED(secret_clear) struct secret room = { 0 };
	struct view algorithm, public_key;
	struct der der;

	if (form == NULL)
		return CKR_KEY_NOT_WRAPPABLE;
	TRY(split_info(key, &algorithm, &public_key));
	/* All there is of the key, a header for each value of either set, and those around them. */
	if (!secret_alloc(&room, key->meta->len + key->secret->len + 16 * DER_HEADER))
		return CKR_HOST_MEMORY;
	/* Over the arena, so without der_begin and der_release. */
	der = (struct der){ .buffer = { room.data, room.len }, .at = room.len };

	TRY(form->write(&der, key, public_key));
	der_wrap(&der, DER_OCTET_STRING, room.len);
	der_prepend(&der, algorithm);
	der_integer(&der, VIEW_NONE); /* version v1: 0 */
	der_wrap(&der, DER_SEQUENCE, room.len);
	secret_keep_trailing(&room, room.len - der.at);
	secret_move(out, &room);
	return CKR_OK;
}

/* What may follow the whole: CKM_AES_KEY_WRAP fills up to a multiple of eight bytes. */
static bool
filling(struct view rest)
{
	static const unsigned char zeros[7];

	return rest.len <= sizeof(zeros) && view_equal(rest, view_of(zeros, rest.len));
}

CK_RV
key_from_pkcs8(struct view der, CK_KEY_TYPE type, struct attrs *meta, struct attrs *secret)
{
	const struct form *form;
	struct view whole, algorithm, oid, in;

	TRY(take(&der, DER_SEQUENCE, &whole));
	if (!filling(der))
		return CKR_WRAPPED_KEY_INVALID;
	der = whole;
	TRY(take_version(&der, 0, 1));
	TRY(take(&der, DER_SEQUENCE, &algorithm));
	TRY(take(&der, DER_OCTET_STRING, &in));
	/* Attributes and the public key may follow. */
	TRY(take(&algorithm, DER_OID, &oid));
	form = form_find(type, &oid);
	if (form == NULL)
		return CKR_WRAPPED_KEY_INVALID;
	return form->read(oid, algorithm, in, meta, secret);
}
