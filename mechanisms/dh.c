/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for Diffie-Hellman in finite fields as PKCS#3 has it: keys, domain
 * parameters, agreement.  Which groups are good is dhgroups.c's business.
 */
#include "mechanisms/dh.h"

#include <openssl/core_names.h>
#include <openssl/dh.h>

static const struct number numbers[] = {
	{ OSSL_PKEY_PARAM_FFC_P, CKA_PRIME, false },
	{ OSSL_PKEY_PARAM_FFC_G, CKA_BASE, false },
	/* CKA_VALUE is the public value in the one half, the private in the other. */
	{ OSSL_PKEY_PARAM_PUB_KEY, CKA_VALUE, false },
	{ OSSL_PKEY_PARAM_PRIV_KEY, CKA_VALUE, true },
};

/* A group and a key of it as numbers, which live in `ctx`. */
struct dh {
	BN_CTX *ctx;
	BIGNUM *p, *g, *x, *y;
};

static CK_RV
dh_start(struct dh *dh, BN_CTX *ctx, const struct attrs *group)
{
	if (ctx == NULL)
		return CKR_HOST_MEMORY;
	dh->ctx = ctx;
	dh->p = number_load(ctx, attribute(group, CKA_PRIME));
	dh->g = number_load(ctx, attribute(group, CKA_BASE));
	dh->x = BN_CTX_get(ctx);
	dh->y = BN_CTX_get(ctx);
	return dh->p != NULL && dh->g != NULL && dh->y != NULL ? CKR_OK : crypto_failure();
}

/* y = g^x */
static CK_RV
dh_public(struct dh *dh)
{
	return BN_mod_exp_mont_consttime(dh->y, dh->g, dh->x, dh->p, dh->ctx, NULL) == 1
	    ? CKR_OK
	    : crypto_failure();
}

static CK_RV
describe_parameters(const struct attrs *group, struct der *der)
{
	static const unsigned char dh_key_agreement[] = { DER_OID, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7,
		0x0d, 0x01, 0x03, 0x01 };
	struct view p = attribute(group, CKA_PRIME), g = attribute(group, CKA_BASE);

	if (!der_begin(der, p.len + g.len + sizeof(dh_key_agreement) + 4 * DER_HEADER))
		return CKR_HOST_MEMORY;
	der_integer(der, g);
	der_integer(der, p);
	der_wrap(der, DER_SEQUENCE, der->buffer.len);
	der_prepend(der, view_of(dh_key_agreement, sizeof(dh_key_agreement)));
	der_wrap(der, DER_SEQUENCE, der->buffer.len);
	return CKR_OK;
}

/* CKA_PUBLIC_KEY_INFO: PKCS #3, 9, as libcrypto writes it. */
static CK_RV
describe(const BIGNUM *y, struct attrs *meta)
{
	RELEASED(der_release) struct der parameters = { 0 };
	RELEASED(der_release) struct der value = { 0 };
	RELEASED(attrs_release) struct attrs number = ATTRS_PUBLIC;

	TRY(number_store(&number, CKA_VALUE, y, 1));
	TRY(describe_parameters(meta, &parameters));
	if (!der_begin(&value, DH_MOST + DER_HEADER))
		return CKR_HOST_MEMORY;
	der_integer(&value, attribute(&number, CKA_VALUE));
	return public_key_info(meta, der_view(&parameters), der_view(&value));
}

/* --- import --------------------------------------------------------------------------- */

static CK_RV
complete_public(struct attrs *meta)
{
	RELEASED(numbers_release) BN_CTX *ctx = numbers_new();
	struct dh dh;
	int residues;
	CK_RV rv;

	TRY(number_normalise(meta, CKA_VALUE, DH_MOST));
	TRY(dh_start(&dh, ctx, meta));
	dh.y = number_load(ctx, attribute(meta, CKA_VALUE));
	if (dh.y == NULL)
		return crypto_failure();
	residues = dh_group_residues(dh.p, dh.g, ctx);
	if (residues < 0)
		return crypto_failure();
	rv = dh_public_check(dh.p, residues == 1, dh.y, ctx);
	if (rv != CKR_OK)
		return rv == CKR_PUBLIC_KEY_INVALID ? CKR_ATTRIBUTE_VALUE_INVALID : rv;
	return describe(dh.y, meta);
}

static CK_RV
complete_private(struct attrs *meta, struct attrs *secret)
{
	RELEASED(numbers_release) BN_CTX *ctx = numbers_new();
	struct dh dh;
	BIGNUM *p1;

	TRY(number_normalise(secret, CKA_VALUE, DH_MOST));
	TRY(dh_start(&dh, ctx, meta));
	p1 = BN_CTX_get(ctx);
	dh.x = number_load(ctx, attribute(secret, CKA_VALUE));
	if (p1 == NULL || dh.x == NULL || !BN_sub(p1, dh.p, BN_value_one()))
		return crypto_failure();
	if (BN_cmp(dh.x, p1) >= 0)
		return CKR_ATTRIBUTE_VALUE_INVALID;
	TRY(dh_public(&dh));
	TRY(describe(dh.y, meta));
	/* Its true length would tell of a key that may not be read. */
	return attrs_set_ulong(meta, CKA_VALUE_BITS, (CK_ULONG)BN_num_bits(dh.p));
}

static CK_RV
complete(CK_OBJECT_CLASS class, struct attrs *meta, struct attrs *secret)
{
	TRY(dh_group_check(meta));
	if (class == CKO_PUBLIC_KEY)
		return complete_public(meta);
	if (class == CKO_PRIVATE_KEY)
		return complete_private(meta, secret);
	return attrs_set_ulong(meta, CKA_PRIME_BITS, number_bits(attribute(meta, CKA_PRIME)));
}

/* --- libcrypto -------------------------------------------------------------------------- */

static CK_RV
load(const struct key *key, EVP_PKEY **out)
{
	return pkey_build(key, "DH", numbers, COUNT_OF(numbers), NULL, VIEW_NONE, out);
}

const struct key_type dh_key_type = {
	.type = CKK_DH,
	.complete = complete,
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

/* CKA_VALUE_BITS of the private template, an upper limit, or the usual. */
static CK_RV
value_bits(const struct attrs *template, size_t prime_bits, size_t *out)
{
	const struct value_size *size = value_sizes;

	while (size->prime > prime_bits)
		size++;
	*out = attrs_ulong(template, CKA_VALUE_BITS, size->usual);
	return *out < size->least || *out > prime_bits ? CKR_ATTRIBUTE_VALUE_INVALID : CKR_OK;
}

/*
 * x in 1 .. min(2^bits, q) - 1 (NIST SP 800-56A, 5.6.1.1.4), where q = (p - 1) / 2
 * is the order of a safe prime's subgroup: more would say the same.
 */
static CK_RV
choose_private(struct dh *dh, size_t bits)
{
	BIGNUM *limit = BN_CTX_get(dh->ctx);

	if (limit == NULL || !BN_rshift1(limit, dh->p))
		return crypto_failure();
	if (bits < (size_t)BN_num_bits(limit) &&
	    (!BN_set_word(limit, 0) || !BN_set_bit(limit, (int)bits)))
		return crypto_failure();
	if (!BN_sub_word(limit, 1) || !BN_priv_rand_range_ex(dh->x, limit, 0, dh->ctx) ||
	    !BN_add_word(dh->x, 1))
		return crypto_failure();
	return CKR_OK;
}

static CK_RV
copy_group(const struct attrs *from, struct attrs *to)
{
	TRY(attrs_set(to, CKA_PRIME, attribute(from, CKA_PRIME)));
	return attrs_set(to, CKA_BASE, attribute(from, CKA_BASE));
}

static CK_RV
generate_pair(const struct mechanism *m, const struct params *params, const struct attrs template[],
    struct made made[])
{
	RELEASED(numbers_release) BN_CTX *ctx = numbers_new();
	struct attrs *public = &made[0].meta, *private = &made[1].meta;
	struct dh dh;
	size_t bits;

	(void)m;
	(void)params;
	if (!attrs_has(&template[0], CKA_PRIME) || !attrs_has(&template[0], CKA_BASE))
		return CKR_TEMPLATE_INCOMPLETE;
	TRY(copy_group(&template[0], public));
	TRY(dh_group_check(public));
	TRY(copy_group(public, private));
	TRY(dh_start(&dh, ctx, public));
	TRY(value_bits(&template[1], (size_t)BN_num_bits(dh.p), &bits));
	TRY(choose_private(&dh, bits));
	TRY(dh_public(&dh));
	TRY(number_store(public, CKA_VALUE, dh.y, 1));
	TRY(describe(dh.y, public));
	TRY(describe(dh.y, private));
	TRY(attrs_set_ulong(private, CKA_VALUE_BITS, bits));
	return number_store(&made[1].secret, CKA_VALUE, dh.x, 1);
}

static CK_RV
generate_parameters(const struct mechanism *m, const struct params *params,
    const struct attrs template[], struct made made[])
{
	(void)m;
	(void)params;
	if (!attrs_has(&template[0], CKA_PRIME_BITS))
		return CKR_TEMPLATE_INCOMPLETE;
	/* To find a safe prime takes minutes and gives no better group than a published one. */
	return dh_group_named(attrs_ulong(&template[0], CKA_PRIME_BITS, 0), &made[0].meta);
}

/* --- agreement ------------------------------------------------------------------------------ */

struct agreement {
	struct view peer; /* without leading zeros */
};

static CK_RV
parse(const CK_MECHANISM *mechanism, struct params *params)
{
	struct agreement *agreement = params_new(params, sizeof(*agreement));

	if (agreement == NULL)
		return CKR_HOST_MEMORY;
	/* One leading zero more is how a signed number is written. */
	if (mechanism->ulParameterLen == 0 || mechanism->ulParameterLen > DH_MOST + 1)
		return CKR_MECHANISM_PARAM_INVALID;
	TRY(params_keep(
	    params, mechanism->pParameter, mechanism->ulParameterLen, &agreement->peer));
	agreement->peer = number_strip(agreement->peer);
	return CKR_OK;
}

static CK_RV
prepare_group(const struct key *base, struct prepared *prepared)
{
	BIGNUM *g;
	int residues;

	prepared->numbers = numbers_new();
	if (prepared->numbers == NULL)
		return CKR_HOST_MEMORY;
	prepared->prime = number_load(prepared->numbers, attribute(base->meta, CKA_PRIME));
	g = number_load(prepared->numbers, attribute(base->meta, CKA_BASE));
	if (prepared->prime == NULL || g == NULL)
		return crypto_failure();
	residues = dh_group_residues(prepared->prime, g, prepared->numbers);
	prepared->residues = residues == 1;
	return residues >= 0 ? CKR_OK : crypto_failure();
}

static CK_RV
prepare(
    const struct mechanism *m, const struct key *base, struct loaded *loaded, struct prepared **out)
{
	const struct purpose purpose = { .type = m->type, .verb = CKF_DERIVE };
	bool fresh;

	TRY(prepared_take(loaded, &purpose, out, &fresh));
	if (!fresh)
		return CKR_OK;
	TRY(prepare_group(base, *out));
	TRY(prepared_peer(*out, loaded));
	return EVP_PKEY_CTX_set_dh_pad((*out)->ctx, 1) == 1 ? CKR_OK : crypto_failure();
}

static CK_RV
check_peer(struct prepared *prepared, struct view peer)
{
	BIGNUM *value;
	CK_RV rv = CKR_HOST_MEMORY;

	BN_CTX_start(prepared->numbers);
	value = number_load(prepared->numbers, peer);
	if (value != NULL)
		rv = dh_public_check(prepared->prime, prepared->residues, value, prepared->numbers);
	BN_CTX_end(prepared->numbers);
	return rv;
}

static CK_RV
derive(const struct mechanism *m, const struct params *params, struct key *base,
    const struct want *want, struct made *made)
{
	const struct agreement *agreement = params->data;
	RELEASED(prepared_release) struct prepared *prepared = NULL;
	RELEASED(secret_clear) struct secret z = { 0 };
	size_t len = attribute(base->meta, CKA_PRIME).len;
	struct loaded *loaded;

	(void)want;
	if (agreement->peer.len > len)
		return CKR_MECHANISM_PARAM_INVALID;
	TRY(key_load(base, &loaded));
	TRY(prepare(m, base, loaded, &prepared));
	TRY(check_peer(prepared, agreement->peer));
	TRY(prepared_agree(prepared, agreement->peer, false, len, &z));
	prepared_give(loaded, &prepared);
	/* CKM_DH_PKCS_DERIVE: a shorter key loses the leading bytes. */
	made->keep = KEEP_TRAILING;
	return attrs_set_secret(&made->secret, CKA_VALUE, &z);
}

/* --- the rows ------------------------------------------------------------------------------- */

static const struct mech_ops pair_ops = {
	.generate = generate_pair,
};
static const struct mech_ops parameter_ops = {
	.generate = generate_parameters,
};
static const struct mech_ops derive_ops = {
	.derive = derive,
};

#define DH_ROW(flag) KEYS(CKK_DH), SIZES(DH_LEAST_BITS, DH_MOST_BITS, flag), .algorithm = "DH"

const struct mechanism dh_mechanisms[] = {
	{ MECH(CKM_DH_PKCS_KEY_PAIR_GEN), DH_ROW(CKF_GENERATE_KEY_PAIR), .parse = parse_none,
	    .ops = &pair_ops },
	{ MECH(CKM_DH_PKCS_PARAMETER_GEN), DH_ROW(CKF_GENERATE), .parse = parse_none,
	    .ops = &parameter_ops, .makes = MAKES_DOMAIN_PARAMETERS },
	{ MECH(CKM_DH_PKCS_DERIVE), DH_ROW(CKF_DERIVE), .parse = parse, .ops = &derive_ops },
	{ 0 },
};
