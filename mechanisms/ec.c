/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for elliptic-curve keys: the table of curves, the encodings of
 * CKA_EC_PARAMS and CKA_EC_POINT, generation, import, libcrypto's form.  Must
 * not know what the keys are used for.
 */
#include "mechanisms/ec.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/obj_mac.h>
#include <stdatomic.h>
#include <string.h>

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
 * A.  All have the cofactor 1, which ecdh.c relies on.
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
};

static const struct number private_number[] = {
	{ OSSL_PKEY_PARAM_PRIV_KEY, CKA_VALUE, true },
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

/* Has libcrypto the curve?  Some distributions leave out all but a few.  A yes is remembered. */
static bool
curve_present(const struct curve *curve)
{
	static _Atomic(bool) present[COUNT_OF(curves)];
	_Atomic(bool) *known = &present[curve - curves];
	EC_GROUP *group;

	if (atomic_load_explicit(known, memory_order_relaxed))
		return true;
	group = EC_GROUP_new_by_curve_name_ex(libctx(), NULL, curve->nid);
	atomic_store_explicit(known, group != NULL, memory_order_relaxed);
	EC_GROUP_free(group);
	return group != NULL;
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
	return *out != NULL && curve_present(*out) ? CKR_OK : CKR_CURVE_NOT_SUPPORTED;
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

CK_RV
curve_point(const struct curve *curve, struct view in, struct view *point)
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

/* The uncompressed encoding of a point, on the stack: it is public. */
struct encoded {
	unsigned char data[EC_POINT_MOST];
	size_t len;
};

/* Decodes, which proves the point to be on the curve, and encodes it uncompressed. */
static CK_RV
point_uncompress(const struct curve *curve, struct view in, struct encoded *out)
{
	EC_GROUP *group = EC_GROUP_new_by_curve_name_ex(libctx(), NULL, curve->nid);
	EC_POINT *point = group != NULL ? EC_POINT_new(group) : NULL;
	CK_RV rv;

	if (point == NULL)
		rv = crypto_failure();
	else if (EC_POINT_oct2point(group, point, in.data, in.len, NULL) != 1)
		rv = failure_unless_memory(CKR_ATTRIBUTE_VALUE_INVALID);
	else {
		out->len = EC_POINT_point2oct(group, point, POINT_CONVERSION_UNCOMPRESSED,
		    out->data, sizeof(out->data), NULL);
		rv = out->len > 0 ? CKR_OK : crypto_failure();
	}
	EC_POINT_free(point);
	EC_GROUP_free(group);
	return rv;
}

static CK_RV
set_point(struct attrs *meta, struct view point)
{
	RELEASED(der_release) struct der der = { 0 };

	if (!der_begin(&der, point.len + DER_HEADER))
		return CKR_HOST_MEMORY;
	der_prepend(&der, point);
	der_wrap(&der, DER_OCTET_STRING, der.buffer.len);
	return attrs_set(meta, CKA_EC_POINT, der_view(&der));
}

/* CKA_PUBLIC_KEY_INFO: RFC 5480, 2. */
static CK_RV
describe(const struct curve *curve, struct view point, struct attrs *meta)
{
	static const unsigned char ec_public_key[] = { DER_OID, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d,
		0x02, 0x01 };
	RELEASED(der_release) struct der algorithm = { 0 };

	if (!der_begin(&algorithm, sizeof(ec_public_key) + curve->oid.len + DER_HEADER))
		return CKR_HOST_MEMORY;
	der_prepend(&algorithm, curve->oid);
	der_prepend(&algorithm, view_of(ec_public_key, sizeof(ec_public_key)));
	der_wrap(&algorithm, DER_SEQUENCE, algorithm.buffer.len);
	return public_key_info(meta, der_view(&algorithm), point);
}

/* --- import ------------------------------------------------------------------------ */

static CK_RV
complete_public(const struct curve *curve, struct attrs *meta)
{
	struct encoded encoded;
	struct view given, point;

	if (!attrs_get(meta, CKA_EC_POINT, &given))
		return CKR_TEMPLATE_INCOMPLETE;
	if (curve_point(curve, given, &point) != CKR_OK)
		return CKR_ATTRIBUTE_VALUE_INVALID;
	TRY(point_uncompress(curve, point, &encoded));
	TRY(set_point(meta, view_of(encoded.data, encoded.len)));
	return describe(curve, view_of(encoded.data, encoded.len), meta);
}

/* d G, for 0 < d < n. */
static CK_RV
multiply(const EC_GROUP *group, BN_CTX *ctx, struct view d, struct encoded *out)
{
	BIGNUM *scalar = number_load(ctx, d);
	EC_POINT *point;
	CK_RV rv;

	if (scalar == NULL)
		return crypto_failure();
	if (BN_is_zero(scalar) || BN_cmp(scalar, EC_GROUP_get0_order(group)) >= 0)
		return CKR_ATTRIBUTE_VALUE_INVALID;
	point = EC_POINT_new(group);
	rv = crypto_failure();
	if (point != NULL && EC_POINT_mul(group, point, scalar, NULL, NULL, ctx) == 1) {
		out->len = EC_POINT_point2oct(
		    group, point, POINT_CONVERSION_UNCOMPRESSED, out->data, sizeof(out->data), ctx);
		rv = out->len > 0 ? CKR_OK : crypto_failure();
	}
	EC_POINT_free(point);
	return rv;
}

static CK_RV
public_of(const struct curve *curve, struct view d, struct encoded *out)
{
	RELEASED(numbers_release) BN_CTX *ctx = numbers_new();
	EC_GROUP *group = EC_GROUP_new_by_curve_name_ex(libctx(), NULL, curve->nid);
	CK_RV rv = ctx != NULL && group != NULL ? multiply(group, ctx, d, out) : crypto_failure();

	EC_GROUP_free(group);
	return rv;
}

/* A private key has a fixed length (SEC 1, C.4), so that it tells nothing of its size. */
static CK_RV
pad_private(const struct curve *curve, struct attrs *secret)
{
	RELEASED(secret_clear) struct secret padded = { 0 };
	struct view d;

	TRY(number_normalise(secret, CKA_VALUE, curve->order));
	d = attribute(secret, CKA_VALUE);
	if (!secret_alloc(&padded, curve->order))
		return CKR_HOST_MEMORY;
	memcpy(padded.data + curve->order - d.len, d.data, d.len);
	return attrs_set_secret(secret, CKA_VALUE, &padded);
}

static CK_RV
complete_private(const struct curve *curve, struct attrs *meta, struct attrs *secret)
{
	struct encoded encoded;

	TRY(pad_private(curve, secret));
	TRY(public_of(curve, attribute(secret, CKA_VALUE), &encoded));
	return describe(curve, view_of(encoded.data, encoded.len), meta);
}

static CK_RV
complete(CK_OBJECT_CLASS class, struct attrs *meta, struct attrs *secret)
{
	const struct curve *curve;

	TRY(curve_find(meta, CKK_EC, &curve));
	if (class == CKO_PUBLIC_KEY)
		return complete_public(curve, meta);
	if (class == CKO_PRIVATE_KEY)
		return complete_private(curve, meta, secret);
	return CKR_OK;
}

/* --- libcrypto ---------------------------------------------------------------------- */

static CK_RV
load(const struct key *key, EVP_PKEY **out)
{
	const struct curve *curve;
	struct view holder, point;

	TRY(curve_find(key->meta, key->type, &curve));
	/* Both attributes end with the uncompressed point; a private key has the second alone. */
	holder =
	    attribute(key->meta, key->class == CKO_PUBLIC_KEY ? CKA_EC_POINT : CKA_PUBLIC_KEY_INFO);
	point.len = 1 + 2 * curve->field;
	if (holder.len < point.len)
		return CKR_GENERAL_ERROR;
	point.data = holder.data + holder.len - point.len;
	return pkey_build(
	    key, "EC", private_number, COUNT_OF(private_number), curve->name, point, out);
}

const struct key_type ec_key_type = {
	.type = CKK_EC,
	.complete = complete,
	.load = load,
	.spare_free = prepared_free,
};

/* --- generation --------------------------------------------------------------------- */

static CK_RV
pkey_point(const EVP_PKEY *pkey, struct encoded *out)
{
	return EVP_PKEY_get_octet_string_param(
		   pkey, OSSL_PKEY_PARAM_PUB_KEY, out->data, sizeof(out->data), &out->len) == 1
	    ? CKR_OK
	    : crypto_failure();
}

/* What both halves get of a new pair, but for the private value. */
static CK_RV
publish(const struct curve *curve, struct view point, struct view params, struct made made[])
{
	TRY(set_point(&made[0].meta, point));
	TRY(describe(curve, point, &made[0].meta));
	TRY(attrs_set(&made[1].meta, CKA_EC_PARAMS, params));
	return describe(curve, point, &made[1].meta);
}

static CK_RV
generate(const struct mechanism *m, const struct params *params, const struct attrs template[],
    struct made made[])
{
	RELEASED(pkey_release) EVP_PKEY *pkey = NULL;
	const struct curve *curve;
	struct encoded encoded;

	(void)params;
	TRY(curve_find(&template[0], m -> keys[0], &curve));
	pkey = EVP_PKEY_Q_keygen(libctx(), NULL, m->algorithm, curve->name);
	if (pkey == NULL)
		return crypto_failure();
	TRY(pkey_point(pkey, &encoded));
	TRY(publish(curve, view_of(encoded.data, encoded.len),
	    attribute(&template[0], CKA_EC_PARAMS), made));
	return pkey_number(
	    pkey, OSSL_PKEY_PARAM_PRIV_KEY, CKA_VALUE, curve->order, &made[1].secret);
}

/* d = (c mod (n - 1)) + 1 with 64 bits more in c than n has: FIPS 186-5, A.2.1. */
static CK_RV
choose_with_extra_bits(const EC_GROUP *group, size_t len, struct attrs *secret)
{
	RELEASED(numbers_release) BN_CTX *ctx = numbers_new();
	BIGNUM *c, *d, *limit;

	if (ctx == NULL)
		return CKR_HOST_MEMORY;
	c = BN_CTX_get(ctx);
	d = BN_CTX_get(ctx);
	limit = BN_CTX_get(ctx);
	if (limit == NULL || BN_sub(limit, EC_GROUP_get0_order(group), BN_value_one()) != 1 ||
	    BN_priv_rand_ex(c, EC_GROUP_order_bits(group) + 64, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY,
		0, ctx) != 1 ||
	    BN_mod(d, c, limit, ctx) != 1 || BN_add_word(d, 1) != 1)
		return crypto_failure();
	return number_store(secret, CKA_VALUE, d, len);
}

static CK_RV
generate_with_extra_bits(const struct mechanism *m, const struct params *params,
    const struct attrs template[], struct made made[])
{
	const struct curve *curve;
	struct encoded encoded;
	EC_GROUP *group;
	CK_RV rv;

	(void)params;
	TRY(curve_find(&template[0], m -> keys[0], &curve));
	group = EC_GROUP_new_by_curve_name_ex(libctx(), NULL, curve->nid);
	if (group == NULL)
		return crypto_failure();
	rv = choose_with_extra_bits(group, curve->order, &made[1].secret);
	EC_GROUP_free(group);
	TRY(rv);
	TRY(public_of(curve, attribute(&made[1].secret, CKA_VALUE), &encoded));
	return publish(curve, view_of(encoded.data, encoded.len),
	    attribute(&template[0], CKA_EC_PARAMS), made);
}

static const struct mech_ops generate_ops = {
	.generate = generate,
};
static const struct mech_ops extra_bits_ops = {
	.generate = generate_with_extra_bits,
};

#define GENERATES                                                                                  \
	KEYS(CKK_EC), SIZES(EC_LEAST_BITS, EC_MOST_BITS, CKF_GENERATE_KEY_PAIR | EC_FLAGS),        \
	    .parse = parse_none, .algorithm = "EC"

const struct mechanism ec_mechanisms[] = {
	{ MECH(CKM_EC_KEY_PAIR_GEN), GENERATES, .ops = &generate_ops },
	{ MECH(CKM_EC_KEY_PAIR_GEN_W_EXTRA_BITS), GENERATES, .ops = &extra_bits_ops },
	{ 0 },
};
