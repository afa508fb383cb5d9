/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for what keys of finite-field Diffie-Hellman consist of, those of PKCS
 * #3 and those of ANSI X9.42, and for making them.  Which groups are good is
 * dhgroups.c's business.
 */
#include <openssl/core_names.h>

#include "mechanisms/dh.h"

/* PKCS #3, 9: dhKeyAgreement.  RFC 3279, 2.3.3: dhpublicnumber. */
static const unsigned char pkcs_oid[] = { DER_OID, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01,
	0x03, 0x01 };
static const unsigned char x9_42_oid[] = { DER_OID, 7, 0x2a, 0x86, 0x48, 0xce, 0x3e, 0x02, 0x01 };

/* Domain parameters in the order that either standard writes them in. */
static const CK_ATTRIBUTE_TYPE group_attributes[] = { CKA_PRIME, CKA_BASE, CKA_SUBPRIME };

/* What the two kinds of keys differ in. */
struct kind {
	const char *algorithm; /* libcrypto's */
	struct view oid;
	size_t attributes; /* so many of group_attributes */
	bool subgroup;
};
static const struct kind pkcs_kind = { "DH", { pkcs_oid, sizeof(pkcs_oid) }, 2, false };
static const struct kind x9_42_kind = { "DHX", { x9_42_oid, sizeof(x9_42_oid) }, 3, true };

static const struct kind *
kind_of(CK_KEY_TYPE type)
{
	return type == CKK_X9_42_DH ? &x9_42_kind : &pkcs_kind;
}

static const struct number numbers[] = {
	{ OSSL_PKEY_PARAM_FFC_P, CKA_PRIME, false },
	{ OSSL_PKEY_PARAM_FFC_Q, CKA_SUBPRIME, false },
	{ OSSL_PKEY_PARAM_FFC_G, CKA_BASE, false },
	/* CKA_VALUE is the public value in the one half, the private in the other. */
	{ OSSL_PKEY_PARAM_PUB_KEY, CKA_VALUE, false },
	{ OSSL_PKEY_PARAM_PRIV_KEY, CKA_VALUE, true },
};

CK_RV
dh_power(const struct dh_group *group, const BIGNUM *base, const BIGNUM *x, BIGNUM *result)
{
	return BN_mod_exp_mont_consttime(result, base, x, group->p, group->ctx, NULL) == 1
	    ? CKR_OK
	    : crypto_failure();
}

/* --- CKA_PUBLIC_KEY_INFO -------------------------------------------------------------- */

static CK_RV
describe_parameters(const struct kind *kind, const struct attrs *group, struct der *der)
{
	size_t room = kind->oid.len + 2 * DER_HEADER;

	for (size_t i = 0; i < kind->attributes; i++)
		room += attribute(group, group_attributes[i]).len + DER_HEADER;
	if (!der_begin(der, room))
		return CKR_HOST_MEMORY;
	for (size_t i = kind->attributes; i-- > 0;)
		der_integer(der, attribute(group, group_attributes[i]));
	der_wrap(der, DER_SEQUENCE, der->buffer.len);
	der_prepend(der, kind->oid);
	der_wrap(der, DER_SEQUENCE, der->buffer.len);
	return CKR_OK;
}

/* PKCS #3, 9, or RFC 3279, 2.3.3, as libcrypto writes them. */
static CK_RV
describe(const struct kind *kind, const BIGNUM *y, struct attrs *meta)
{
	RELEASED(der_release) struct der parameters = { 0 };
	RELEASED(der_release) struct der value = { 0 };
	RELEASED(attrs_release) struct attrs number = ATTRS_PUBLIC;

	TRY(number_store(&number, CKA_VALUE, y, 1));
	TRY(describe_parameters(kind, meta, &parameters));
	if (!der_begin(&value, DH_MOST + DER_HEADER))
		return CKR_HOST_MEMORY;
	der_integer(&value, attribute(&number, CKA_VALUE));
	return public_key_info(meta, der_view(&parameters), der_view(&value));
}

/* --- import --------------------------------------------------------------------------- */

static CK_RV
complete_public(const struct kind *kind, struct attrs *meta)
{
	RELEASED(numbers_release) BN_CTX *ctx = numbers_new();
	struct dh_group group;
	BIGNUM *y;
	CK_RV rv;

	TRY(number_normalise(meta, CKA_VALUE, DH_MOST));
	TRY(dh_group_load(meta, ctx, &group));
	y = number_load(ctx, attribute(meta, CKA_VALUE));
	if (y == NULL)
		return crypto_failure();
	rv = dh_public_check(&group, y);
	if (rv != CKR_OK)
		return rv == CKR_PUBLIC_KEY_INVALID ? CKR_ATTRIBUTE_VALUE_INVALID : rv;
	return describe(kind, y, meta);
}

/* x in 1 .. q - 1 where the standard has it so, or at least below p - 1. */
static CK_RV
private_limit(const struct kind *kind, const struct dh_group *group, BIGNUM **limit)
{
	*limit = BN_CTX_get(group->ctx);
	if (*limit == NULL)
		return CKR_HOST_MEMORY;
	if (kind->subgroup ? BN_copy(*limit, group->order) == NULL
			   : !BN_sub(*limit, group->p, BN_value_one()))
		return crypto_failure();
	return CKR_OK;
}

static CK_RV
complete_private(const struct kind *kind, struct attrs *meta, struct attrs *secret)
{
	RELEASED(numbers_release) BN_CTX *ctx = numbers_new();
	struct dh_group group;
	BIGNUM *limit, *x, *y;

	TRY(number_normalise(secret, CKA_VALUE, DH_MOST));
	TRY(dh_group_load(meta, ctx, &group));
	TRY(private_limit(kind, &group, &limit));
	x = number_load(ctx, attribute(secret, CKA_VALUE));
	y = BN_CTX_get(ctx);
	if (x == NULL || y == NULL)
		return crypto_failure();
	if (BN_cmp(x, limit) >= 0)
		return CKR_ATTRIBUTE_VALUE_INVALID;
	TRY(dh_power(&group, group.g, x, y));
	return describe(kind, y, meta);
}

static CK_RV
complete_parameters(const struct kind *kind, struct attrs *meta)
{
	TRY(attrs_set_ulong(meta, CKA_PRIME_BITS, number_bits(attribute(meta, CKA_PRIME))));
	return kind->subgroup
	    ? attrs_set_ulong(meta, CKA_SUBPRIME_BITS, number_bits(attribute(meta, CKA_SUBPRIME)))
	    : CKR_OK;
}

static CK_RV
complete(const struct kind *kind, CK_OBJECT_CLASS class, struct attrs *meta, struct attrs *secret)
{
	TRY(dh_group_check(meta, kind->subgroup));
	if (class == CKO_PUBLIC_KEY)
		return complete_public(kind, meta);
	if (class == CKO_PRIVATE_KEY)
		return complete_private(kind, meta, secret);
	return complete_parameters(kind, meta);
}

static CK_RV
complete_pkcs(CK_OBJECT_CLASS class, struct attrs *meta, struct attrs *secret)
{
	TRY(complete(&pkcs_kind, class, meta, secret));
	/* Its true length would tell of a key that may not be read. */
	return class == CKO_PRIVATE_KEY
	    ? attrs_set_ulong(meta, CKA_VALUE_BITS, number_bits(attribute(meta, CKA_PRIME)))
	    : CKR_OK;
}

static CK_RV
complete_x9_42(CK_OBJECT_CLASS class, struct attrs *meta, struct attrs *secret)
{
	return complete(&x9_42_kind, class, meta, secret);
}

/* --- libcrypto -------------------------------------------------------------------------- */

static CK_RV
load(const struct key *key, EVP_PKEY **out)
{
	return pkey_build(
	    key, kind_of(key->type)->algorithm, numbers, COUNT_OF(numbers), NULL, VIEW_NONE, out);
}

const struct key_type dh_key_type = {
	.type = CKK_DH,
	.complete = complete_pkcs,
	.load = load,
	.spare_free = prepared_free,
};
const struct key_type x9_42_key_type = {
	.type = CKK_X9_42_DH,
	.complete = complete_x9_42,
	.load = load,
	.spare_free = prepared_free,
};

/* --- generation --------------------------------------------------------------------------- */

/*
 * Bits of a private value: at least twice the strength of the group (NIST SP
 * 800-56A, 5.6.1.1.3; SP 800-57 part 1, table 2), usually what RFC 3526, section
 * 8, has for its higher estimate of that.
 */
static const struct value_size {
	size_t prime, least, usual;
} value_sizes[] = {
	{ 8192, 384, 620 },
	{ 6144, 256, 540 },
	{ 4096, 256, 480 },
	{ 3072, 256, 420 },
	{ DH_LEAST_BITS, 224, 320 },
};

static const struct value_size *
value_size(size_t prime_bits)
{
	const struct value_size *size = value_sizes;

	while (size->prime > prime_bits)
		size++;
	return size;
}

/* CKA_VALUE_BITS of the private template, an upper limit, or the usual. */
static CK_RV
value_bits(const struct attrs *template, size_t prime_bits, size_t *out)
{
	const struct value_size *size = value_size(prime_bits);

	*out = attrs_ulong(template, CKA_VALUE_BITS, size->usual);
	return *out < size->least || *out > prime_bits ? CKR_ATTRIBUTE_VALUE_INVALID : CKR_OK;
}

/*
 * x in 1 .. min(2^bits, q) - 1 (NIST SP 800-56A, 5.6.1.1.4).  Where a generator
 * makes all numbers of a safe prime, (p - 1) / 2 serves as q: more would say the
 * same.
 */
static CK_RV
choose_private(const struct dh_group *group, size_t bits, BIGNUM *x)
{
	BIGNUM *limit = BN_CTX_get(group->ctx);

	if (limit == NULL ||
	    (group->order != NULL ? BN_copy(limit, group->order) == NULL
				  : !BN_rshift1(limit, group->p)))
		return crypto_failure();
	if (bits < (size_t)BN_num_bits(limit) &&
	    (!BN_set_word(limit, 0) || !BN_set_bit(limit, (int)bits)))
		return crypto_failure();
	if (!BN_sub_word(limit, 1) || !BN_priv_rand_range_ex(x, limit, 0, group->ctx) ||
	    !BN_add_word(x, 1))
		return crypto_failure();
	return CKR_OK;
}

CK_RV
dh_pair(const struct dh_group *group, size_t bits, BIGNUM **x, BIGNUM **y)
{
	*x = BN_CTX_get(group->ctx);
	*y = BN_CTX_get(group->ctx);
	if (*y == NULL)
		return crypto_failure();
	if (bits == 0)
		bits = value_size((size_t)BN_num_bits(group->p))->usual;
	TRY(choose_private(group, bits, *x));
	return dh_power(group, group->g, *x, *y);
}

static CK_RV
copy_group(const struct kind *kind, const struct attrs *from, struct attrs *to)
{
	for (size_t i = 0; i < kind->attributes; i++)
		TRY(attrs_set(to, group_attributes[i], attribute(from, group_attributes[i])));
	return CKR_OK;
}

static bool
group_told(const struct kind *kind, const struct attrs *template)
{
	for (size_t i = 0; i < kind->attributes; i++)
		if (!attrs_has(template, group_attributes[i]))
			return false;
	return true;
}

static CK_RV
store_pair(const struct kind *kind, const BIGNUM *x, const BIGNUM *y, struct made made[])
{
	TRY(number_store(&made[0].meta, CKA_VALUE, y, 1));
	TRY(describe(kind, y, &made[0].meta));
	TRY(describe(kind, y, &made[1].meta));
	return number_store(&made[1].secret, CKA_VALUE, x, 1);
}

static CK_RV
generate(const struct mechanism *m, const struct params *params, const struct attrs template[],
    struct made made[])
{
	RELEASED(numbers_release) BN_CTX *ctx = numbers_new();
	const struct kind *kind = kind_of(m->keys[0]);
	struct attrs *public = &made[0].meta, *private = &made[1].meta;
	struct dh_group group;
	BIGNUM *x, *y;
	size_t bits;

	(void)params;
	if (!group_told(kind, &template[0]))
		return CKR_TEMPLATE_INCOMPLETE;
	TRY(copy_group(kind, &template[0], public));
	TRY(dh_group_check(public, kind->subgroup));
	TRY(copy_group(kind, public, private));
	TRY(dh_group_load(public, ctx, &group));
	TRY(value_bits(&template[1], (size_t)BN_num_bits(group.p), &bits));
	TRY(dh_pair(&group, bits, &x, &y));
	/* CKK_X9_42_DH has no such attribute. */
	if (!kind->subgroup)
		TRY(attrs_set_ulong(private, CKA_VALUE_BITS, bits));
	return store_pair(kind, x, y, made);
}

const struct mech_ops dh_pair_ops = {
	.generate = generate,
};
