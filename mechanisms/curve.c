/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for what there is to know of elliptic curves: the table, and how a
 * curve and a point are written in attributes and parameters.  Computes nothing
 * on a curve; must not know what keys are used for.
 */
#include <openssl/ec.h>
#include <openssl/obj_mac.h>
#include <stdatomic.h>
#include <string.h>

#include "mechanisms/ec.h"

#define OID(...)                                                                                   \
	{                                                                                          \
		(const unsigned char[]){ DER_OID, sizeof((const unsigned char[]){ __VA_ARGS__ }),  \
			__VA_ARGS__ },                                                             \
		    sizeof((const unsigned char[]){ __VA_ARGS__ }) + 2                             \
	}

/* RFC 5639, 4.1. */
#define BRAINPOOL(curve, last, bytes)                                                              \
	{                                                                                          \
		.name = #curve, .oid = OID(0x2b, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, last),  \
		.nid = NID_##curve, .field = bytes, .order = bytes, .type = CKK_EC                 \
	}

/*
 * The curves, the ones most used first.  Object identifiers: SEC 2, version 2, appendix
 * A.  Those of CKK_EC all have the cofactor 1, which ecdh.c relies on.
 */
static const struct curve curves[] = {
	{ "P-256", "secp256r1", OID(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07),
	    NID_X9_62_prime256v1, 32, 32, CKK_EC },
	{ "P-384", "secp384r1", OID(0x2b, 0x81, 0x04, 0x00, 0x22), NID_secp384r1, 48, 48, CKK_EC },
	{ "P-521", "secp521r1", OID(0x2b, 0x81, 0x04, 0x00, 0x23), NID_secp521r1, 66, 66, CKK_EC },
	{ "P-224", "secp224r1", OID(0x2b, 0x81, 0x04, 0x00, 0x21), NID_secp224r1, 28, 28, CKK_EC },
	{ "secp256k1", NULL, OID(0x2b, 0x81, 0x04, 0x00, 0x0a), NID_secp256k1, 32, 32, CKK_EC },
	BRAINPOOL(brainpoolP256r1, 0x07, 32),
	BRAINPOOL(brainpoolP256t1, 0x08, 32),
	BRAINPOOL(brainpoolP320r1, 0x09, 40),
	BRAINPOOL(brainpoolP320t1, 0x0a, 40),
	BRAINPOOL(brainpoolP384r1, 0x0b, 48),
	BRAINPOOL(brainpoolP384t1, 0x0c, 48),
	BRAINPOOL(brainpoolP512r1, 0x0d, 64),
	BRAINPOOL(brainpoolP512t1, 0x0e, 64),
	/* RFC 8410, 3; the names are PKCS#11's, after RFC 7748 and RFC 8032. */
	{ "X25519", "curve25519", OID(0x2b, 0x65, 0x6e), NID_X25519, 32, 32, CKK_EC_MONTGOMERY },
	{ "X448", "curve448", OID(0x2b, 0x65, 0x6f), NID_X448, 56, 56, CKK_EC_MONTGOMERY },
	{ "Ed25519", "edwards25519", OID(0x2b, 0x65, 0x70), NID_ED25519, 32, 32, CKK_EC_EDWARDS },
	{ "Ed448", "edwards448", OID(0x2b, 0x65, 0x71), NID_ED448, 57, 57, CKK_EC_EDWARDS },
};

/* SEC 1, 2.3.3. */
enum { COMPRESSED_EVEN = 0x02, COMPRESSED_ODD = 0x03, UNCOMPRESSED = 0x04 };

/* --- CKA_EC_PARAMS ------------------------------------------------------------ */

static bool
named(const struct curve *curve, struct view name)
{
	return view_equal(name, view_of(curve->name, strlen(curve->name))) ||
	    (curve->other_name != NULL &&
		view_equal(name, view_of(curve->other_name, strlen(curve->other_name))));
}

static const struct curve *
curve_named(struct view params, struct view name, CK_KEY_TYPE type)
{
	for (size_t i = 0; i < COUNT_OF(curves); i++)
		if (curves[i].type == type &&
		    (view_equal(params, curves[i].oid) || named(&curves[i], name)))
			return &curves[i];
	return NULL;
}

static enum presence
group_presence(const struct curve *curve)
{
	EC_GROUP *group = EC_GROUP_new_by_curve_name_ex(libctx(), NULL, curve->nid);

	EC_GROUP_free(group);
	if (group != NULL)
		return PRESENT;
	return crypto_failure() == CKR_HOST_MEMORY ? UNKNOWN : ABSENT;
}

/* Has libcrypto the curve?  Some distributions leave out all but a few.  A yes is remembered. */
static bool
curve_absent(const struct curve *curve)
{
	static _Atomic(bool) present[COUNT_OF(curves)];
	_Atomic(bool) *known = &present[curve - curves];
	enum presence presence;

	if (atomic_load_explicit(known, memory_order_relaxed))
		return false;
	presence = curve->type == CKK_EC ? group_presence(curve) : crypto_presence(curve->name);
	if (presence == PRESENT)
		atomic_store_explicit(known, true, memory_order_relaxed);
	return presence == ABSENT;
}

CK_RV
curve_find(const struct attrs *meta, CK_KEY_TYPE type, const struct curve **out)
{
	struct view params, name = VIEW_NONE, oid;

	if (!attrs_get(meta, CKA_EC_PARAMS, &params))
		return CKR_TEMPLATE_INCOMPLETE;
	if (!der_read(params, DER_OID, &oid) && !der_read(params, DER_PRINTABLE_STRING, &name))
		return CKR_DOMAIN_PARAMS_INVALID;
	*out = curve_named(params, name, type);
	return *out != NULL && !curve_absent(*out) ? CKR_OK : CKR_CURVE_NOT_SUPPORTED;
}

/* --- points --------------------------------------------------------------------- */

static bool
point_length(const struct curve *curve, size_t len)
{
	return len == 1 + curve->field || len == 1 + 2 * curve->field;
}

/* A tag and a length of one byte come before up to 127 bytes, of two before up to 255. */
static bool
octet_string_length(const struct curve *curve, size_t len)
{
	size_t header = len > 0x82 ? 3 : 2;

	return len > header && point_length(curve, len - header);
}

static CK_RV
weierstrass_point(const struct curve *curve, struct view in, struct view *point)
{
	*point = in;
	if (!point_length(curve, in.len)) {
		if (!octet_string_length(curve, in.len))
			return CKR_MECHANISM_PARAM_INVALID;
		if (!der_read(in, DER_OCTET_STRING, point))
			return CKR_PUBLIC_KEY_INVALID;
	}
	if (point->len == 1 + curve->field)
		return point->data[0] == COMPRESSED_EVEN || point->data[0] == COMPRESSED_ODD
		    ? CKR_OK
		    : CKR_PUBLIC_KEY_INVALID;
	return point->data[0] == UNCOMPRESSED ? CKR_OK : CKR_PUBLIC_KEY_INVALID;
}

/* Raw, an OCTET STRING, or a BIT STRING (which is what a SubjectPublicKeyInfo has). */
static CK_RV
bytes_point(const struct curve *curve, struct view in, struct view *point)
{
	*point = in;
	if (in.len == curve->field)
		return CKR_OK;
	if (in.len == curve->field + 2)
		return der_read(in, DER_OCTET_STRING, point) ? CKR_OK : CKR_PUBLIC_KEY_INVALID;
	if (in.len != curve->field + 3)
		return CKR_MECHANISM_PARAM_INVALID;
	if (!der_read(in, DER_BIT_STRING, point) || point->data[0] != 0)
		return CKR_PUBLIC_KEY_INVALID;
	*point = view_of(point->data + 1, curve->field);
	return CKR_OK;
}

CK_RV
curve_point(const struct curve *curve, struct view in, struct view *point)
{
	return curve->type == CKK_EC ? weierstrass_point(curve, in, point)
				     : bytes_point(curve, in, point);
}

/* --- what the objects have ------------------------------------------------------ */

CK_RV
curve_point_of(const struct curve *curve, const struct key *key, struct view *point)
{
	/* Both attributes end with the point; a private key has the second alone. */
	struct view holder =
	    attribute(key->meta, key->class == CKO_PUBLIC_KEY ? CKA_EC_POINT : CKA_PUBLIC_KEY_INFO);
	size_t len = curve->type == CKK_EC ? 1 + 2 * curve->field : curve->field;

	if (holder.len < len)
		return CKR_GENERAL_ERROR;
	*point = view_of(holder.data + holder.len - len, len);
	return CKR_OK;
}

CK_RV
curve_set_point(const struct curve *curve, struct view point, struct attrs *meta)
{
	RELEASED(der_release) struct der der = { 0 };

	if (curve->type != CKK_EC)
		return attrs_set(meta, CKA_EC_POINT, point);
	if (!der_begin(&der, point.len + DER_HEADER))
		return CKR_HOST_MEMORY;
	der_prepend(&der, point);
	der_wrap(&der, DER_OCTET_STRING, der.buffer.len);
	return attrs_set(meta, CKA_EC_POINT, der_view(&der));
}

/* In RFC 8410, 3, the curve is the algorithm; else RFC 5480, 2. */
CK_RV
curve_describe(const struct curve *curve, struct view point, struct attrs *meta)
{
	static const unsigned char ec_public_key[] = { DER_OID, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d,
		0x02, 0x01 };
	RELEASED(der_release) struct der algorithm = { 0 };

	if (!der_begin(&algorithm, sizeof(ec_public_key) + curve->oid.len + DER_HEADER))
		return CKR_HOST_MEMORY;
	der_prepend(&algorithm, curve->oid);
	if (curve->type == CKK_EC)
		der_prepend(&algorithm, view_of(ec_public_key, sizeof(ec_public_key)));
	der_wrap(&algorithm, DER_SEQUENCE, algorithm.buffer.len);
	return public_key_info(meta, der_view(&algorithm), point);
}

CK_RV
curve_publish(const struct curve *curve, struct view point, struct view params, struct made made[])
{
	TRY(curve_set_point(curve, point, &made[0].meta));
	TRY(curve_describe(curve, point, &made[0].meta));
	TRY(attrs_set(&made[1].meta, CKA_EC_PARAMS, params));
	return curve_describe(curve, point, &made[1].meta);
}
