/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for keys on Weierstrass curves (CKK_EC): generation, import,
 * libcrypto's form.  Must not know what the keys are used for.
 */
#include "mechanisms/ec.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <string.h>

static const struct number private_number[] = {
	{ OSSL_PKEY_PARAM_PRIV_KEY, CKA_VALUE, true },
};

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
	TRY(curve_set_point(curve, view_of(encoded.data, encoded.len), meta));
	return curve_describe(curve, view_of(encoded.data, encoded.len), meta);
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
	out->len = 0;
	if (point != NULL && EC_POINT_mul(group, point, scalar, NULL, NULL, ctx) == 1)
		out->len = EC_POINT_point2oct(
		    group, point, POINT_CONVERSION_UNCOMPRESSED, out->data, sizeof(out->data), ctx);
	rv = out->len > 0 ? CKR_OK : crypto_failure();
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
	return curve_describe(curve, view_of(encoded.data, encoded.len), meta);
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
	struct view point;

	TRY(curve_find(key->meta, key->type, &curve));
	TRY(curve_point_of(curve, key, &point));
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

static CK_RV
generate(const struct mechanism *m, const struct params *params, const struct attrs template[],
    struct made made[])
{
	RELEASED(pkey_release) EVP_PKEY *pkey = NULL;
	const struct curve *curve;
	struct encoded encoded;
	CK_KEY_TYPE type = m->keys[0];

	(void)params;
	TRY(curve_find(&template[0], type, &curve));
	pkey = pkey_generate(m->algorithm, curve->name);
	if (pkey == NULL)
		return crypto_failure();
	TRY(pkey_point(pkey, &encoded));
	TRY(curve_publish(curve, view_of(encoded.data, encoded.len),
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
	CK_KEY_TYPE type = m->keys[0];
	EC_GROUP *group;
	CK_RV rv;

	(void)params;
	TRY(curve_find(&template[0], type, &curve));
	group = EC_GROUP_new_by_curve_name_ex(libctx(), NULL, curve->nid);
	if (group == NULL)
		return crypto_failure();
	rv = choose_with_extra_bits(group, curve->order, &made[1].secret);
	EC_GROUP_free(group);
	TRY(rv);
	TRY(public_of(curve, attribute(&made[1].secret, CKA_VALUE), &encoded));
	return curve_publish(curve, view_of(encoded.data, encoded.len),
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
