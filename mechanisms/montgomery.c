/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for keys on the Montgomery curves X25519 and X448 (RFC 7748) and on
 * their Edwards forms (RFC 8032): generation, import, libcrypto's form.  Must not
 * know what the keys are used for.
 *
 * Both halves are strings of bytes.  Any string of the right length is a key, and is
 * kept as it came: what the functions X25519 and X448 do not want of it they mask
 * themselves (RFC 7748, 5); the private key of an Edwards curve is a seed, and a
 * public one that is no point verifies nothing.
 */
#include <openssl/core_names.h>
#include <string.h>

#include "mechanisms/ec.h"

/* The public value, on the stack. */
struct encoded {
	unsigned char data[EDWARDS_MOST_BITS / 8 + 1];
	size_t len;
};

/* From either half or both; libcrypto computes a public value that it is not told. */
static CK_RV
build(const struct curve *curve, struct view private, struct view public, EVP_PKEY **out)
{
	OSSL_PARAM params[3], *end = params;

	if (private.len != 0)
		*end++ = OSSL_PARAM_construct_octet_string(
		    OSSL_PKEY_PARAM_PRIV_KEY, (void *)private.data, private.len);
	if (public.len != 0)
		*end++ = OSSL_PARAM_construct_octet_string(
		    OSSL_PKEY_PARAM_PUB_KEY, (void *)public.data, public.len);
	*end = OSSL_PARAM_construct_end();
	return pkey_from_params(curve->name, params, out);
}

static CK_RV
public_of(const EVP_PKEY *pkey, struct encoded *out)
{
	return EVP_PKEY_get_octet_string_param(
		   pkey, OSSL_PKEY_PARAM_PUB_KEY, out->data, sizeof(out->data), &out->len) == 1
	    ? CKR_OK
	    : crypto_failure();
}

/* --- import ------------------------------------------------------------------------ */

static CK_RV
complete_public(const struct curve *curve, struct attrs *meta)
{
	struct encoded encoded = { .len = curve->field };
	struct view given, point;

	if (!attrs_get(meta, CKA_EC_POINT, &given))
		return CKR_TEMPLATE_INCOMPLETE;
	if (curve_point(curve, given, &point) != CKR_OK)
		return CKR_ATTRIBUTE_VALUE_INVALID;
	/* `point` lies in the set that is about to change. */
	memcpy(encoded.data, point.data, encoded.len);
	TRY(curve_set_point(curve, view_of(encoded.data, encoded.len), meta));
	return curve_describe(curve, view_of(encoded.data, encoded.len), meta);
}

static CK_RV
complete_private(const struct curve *curve, struct attrs *meta, const struct attrs *secret)
{
	RELEASED(pkey_release) EVP_PKEY *pkey = NULL;
	struct encoded encoded;
	struct view value;

	if (!attrs_get(secret, CKA_VALUE, &value))
		return CKR_TEMPLATE_INCOMPLETE;
	if (value.len != curve->order)
		return CKR_ATTRIBUTE_VALUE_INVALID;
	TRY(build(curve, value, VIEW_NONE, &pkey));
	TRY(public_of(pkey, &encoded));
	return curve_describe(curve, view_of(encoded.data, encoded.len), meta);
}

static CK_RV
complete(CK_OBJECT_CLASS class, CK_KEY_TYPE type, struct attrs *meta, struct attrs *secret)
{
	const struct curve *curve;

	TRY(curve_find(meta, type, &curve));
	if (class == CKO_PUBLIC_KEY)
		return complete_public(curve, meta);
	if (class == CKO_PRIVATE_KEY)
		return complete_private(curve, meta, secret);
	return CKR_OK;
}

static CK_RV
complete_montgomery(CK_OBJECT_CLASS class, struct attrs *meta, struct attrs *secret)
{
	return complete(class, CKK_EC_MONTGOMERY, meta, secret);
}

static CK_RV
complete_edwards(CK_OBJECT_CLASS class, struct attrs *meta, struct attrs *secret)
{
	return complete(class, CKK_EC_EDWARDS, meta, secret);
}

/* --- libcrypto ---------------------------------------------------------------------- */

static CK_RV
load(const struct key *key, EVP_PKEY **out)
{
	const struct curve *curve;
	struct view point;

	TRY(curve_find(key->meta, key->type, &curve));
	TRY(curve_point_of(curve, key, &point));
	return build(curve, attribute(key->secret, CKA_VALUE), point, out);
}

const struct key_type montgomery_key_type = {
	.type = CKK_EC_MONTGOMERY,
	.complete = complete_montgomery,
	.load = load,
	.spare_free = prepared_free,
};

const struct key_type edwards_key_type = {
	.type = CKK_EC_EDWARDS,
	.complete = complete_edwards,
	.load = load,
};

/* --- generation --------------------------------------------------------------------- */

static CK_RV
keep_private(const struct curve *curve, const EVP_PKEY *pkey, struct attrs *secret)
{
	RELEASED(secret_clear) struct secret value = { 0 };
	size_t len;

	/* Not EVP_PKEY_get_raw_private_key(), which leaves a copy in freed memory. */
	if (!secret_alloc(&value, curve->order))
		return CKR_HOST_MEMORY;
	if (EVP_PKEY_get_octet_string_param(
		pkey, OSSL_PKEY_PARAM_PRIV_KEY, value.data, value.len, &len) != 1)
		return crypto_failure();
	return attrs_set_secret(secret, CKA_VALUE, &value);
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
	pkey = pkey_generate(curve->name, NULL);
	if (pkey == NULL)
		return crypto_failure();
	TRY(public_of(pkey, &encoded));
	TRY(curve_publish(curve, view_of(encoded.data, encoded.len),
	    attribute(&template[0], CKA_EC_PARAMS), made));
	return keep_private(curve, pkey, &made[1].secret);
}

static const struct mech_ops generate_ops = {
	.generate = generate,
};

const struct mechanism montgomery_mechanisms[] = {
	{ MECH(CKM_EC_MONTGOMERY_KEY_PAIR_GEN), KEYS(CKK_EC_MONTGOMERY),
	    SIZES(MONTGOMERY_LEAST_BITS, MONTGOMERY_MOST_BITS, CKF_GENERATE_KEY_PAIR | EC_FLAGS),
	    .parse = parse_none, .ops = &generate_ops, .algorithm = "X25519" },
	{ MECH(CKM_EC_EDWARDS_KEY_PAIR_GEN), KEYS(CKK_EC_EDWARDS),
	    SIZES(EDWARDS_LEAST_BITS, EDWARDS_MOST_BITS, CKF_GENERATE_KEY_PAIR | EC_FLAGS),
	    .parse = parse_none, .ops = &generate_ops, .algorithm = "ED25519" },
	{ 0 },
};
