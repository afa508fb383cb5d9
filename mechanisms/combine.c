/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for keys put together from others and from data, cut out of others,
 * or encrypted under them.  None of it is one-way, which each row says (`lineage`);
 * what follows from that for the new key is token/'s business.
 */
#include <string.h>

#include "mechanisms/cipher.h"

#define BLOCK 16

/* What the parameter has beside a key. */
struct given {
	struct view data;
	CK_ULONG offset;         /* in bits */
	unsigned char iv[BLOCK]; /* public: the caller chose it */
};

static struct view
value_of(const struct key *key)
{
	struct view value = VIEW_NONE;

	(void)(key->secret != NULL && attrs_get(key->secret, CKA_VALUE, &value));
	return value;
}

/* --- parameters --------------------------------------------------------------- */

static CK_RV
parse_key(const CK_MECHANISM *mechanism, struct params *params)
{
	TRY(params_read(mechanism, &params->refs[0].handle, sizeof(params->refs[0].handle)));
	params->ref_count = 1;
	return CKR_OK;
}

static CK_RV
keep_data(struct params *params, const void *data, CK_ULONG len)
{
	struct given *given = params->data;

	return len <= MAX_SECRET ? params_keep(params, data, len, &given->data)
				 : CKR_MECHANISM_PARAM_INVALID;
}

static CK_RV
parse_string(const CK_MECHANISM *mechanism, struct params *params)
{
	CK_KEY_DERIVATION_STRING_DATA in;

	if (params_new(params, sizeof(struct given)) == NULL)
		return CKR_HOST_MEMORY;
	TRY(params_read(mechanism, &in, sizeof(in)));
	return keep_data(params, in.pData, in.ulLen);
}

/* A key of no bytes is none. */
static CK_RV
parse_mask(const CK_MECHANISM *mechanism, struct params *params)
{
	TRY(parse_string(mechanism, params));
	return ((struct given *)params->data)->data.len != 0 ? CKR_OK : CKR_MECHANISM_PARAM_INVALID;
}

static CK_RV
parse_offset(const CK_MECHANISM *mechanism, struct params *params)
{
	struct given *given = params_new(params, sizeof(*given));

	if (given == NULL)
		return CKR_HOST_MEMORY;
	return params_read(mechanism, &given->offset, sizeof(given->offset));
}

static CK_RV
check_blocks(const struct params *params)
{
	const size_t len = ((struct given *)params->data)->data.len;

	return len != 0 && len % BLOCK == 0 ? CKR_OK : CKR_MECHANISM_PARAM_INVALID;
}

static CK_RV
parse_ecb(const CK_MECHANISM *mechanism, struct params *params)
{
	TRY(parse_string(mechanism, params));
	return check_blocks(params);
}

static CK_RV
parse_cbc(const CK_MECHANISM *mechanism, struct params *params)
{
	struct given *given = params_new(params, sizeof(*given));
	CK_AES_CBC_ENCRYPT_DATA_PARAMS in;

	if (given == NULL)
		return CKR_HOST_MEMORY;
	TRY(params_read(mechanism, &in, sizeof(in)));
	memcpy(given->iv, in.iv, sizeof(given->iv));
	TRY(keep_data(params, in.pData, in.length));
	return check_blocks(params);
}

/* --- concatenation and exclusive or ---------------------------------------------- */

static CK_RV
join(struct view first, struct view second, struct made *made)
{
	RELEASED(secret_clear) struct secret both = { 0 };

	if (first.len + second.len > MAX_SECRET)
		return CKR_KEY_SIZE_RANGE;
	if (!secret_alloc(&both, first.len + second.len))
		return CKR_HOST_MEMORY;
	if (first.len != 0)
		memcpy(both.data, first.data, first.len);
	if (second.len != 0)
		memcpy(both.data + first.len, second.data, second.len);
	return attrs_set_secret(&made->secret, CKA_VALUE, &both);
}

static CK_RV
derive_base_and_key(const struct mechanism *m, const struct params *params, struct key *base,
    const struct want *want, struct made *made)
{
	(void)m;
	(void)want;
	return join(value_of(base), value_of(params->refs[0].key), made);
}

static CK_RV
derive_base_and_data(const struct mechanism *m, const struct params *params, struct key *base,
    const struct want *want, struct made *made)
{
	(void)m;
	(void)want;
	return join(value_of(base), ((const struct given *)params->data)->data, made);
}

static CK_RV
derive_data_and_base(const struct mechanism *m, const struct params *params, struct key *base,
    const struct want *want, struct made *made)
{
	(void)m;
	(void)want;
	return join(((const struct given *)params->data)->data, value_of(base), made);
}

/* CKM_XOR_BASE_AND_DATA: as long as the shorter of the two. */
static CK_RV
derive_xor(const struct mechanism *m, const struct params *params, struct key *base,
    const struct want *want, struct made *made)
{
	RELEASED(secret_clear) struct secret sum = { 0 };
	struct view value = value_of(base);
	struct view mask = ((const struct given *)params->data)->data;
	const size_t len = value.len < mask.len ? value.len : mask.len;

	(void)m;
	(void)want;
	if (!secret_alloc(&sum, len))
		return CKR_HOST_MEMORY;
	for (size_t i = 0; i < len; i++)
		sum.data[i] = value.data[i] ^ mask.data[i];
	return attrs_set_secret(&made->secret, CKA_VALUE, &sum);
}

/* --- extraction --------------------------------------------------------------------- */

/* The bits of `from` beginning with `offset`, the first of each byte being its highest. */
static void
rotate(struct view from, size_t offset, unsigned char *to)
{
	const unsigned shift = offset % 8;

	for (size_t i = 0; i < from.len; i++) {
		const size_t at = (offset / 8 + i) % from.len;

		to[i] = (unsigned char)(from.data[at] << shift |
		    from.data[(at + 1) % from.len] >> (8 - shift));
	}
}

/* CKM_EXTRACT_KEY_FROM_KEY: all bits in their new order, of which token/ keeps the leading ones.
 * How many must be said. */
static CK_RV
derive_extract(const struct mechanism *m, const struct params *params, struct key *base,
    const struct want *want, struct made *made)
{
	RELEASED(secret_clear) struct secret bits = { 0 };
	const CK_ULONG offset = ((const struct given *)params->data)->offset;
	struct view value = value_of(base);

	(void)m;
	if (want->len == 0 && want->best == 0)
		return CKR_TEMPLATE_INCOMPLETE;
	if (offset / 8 >= value.len)
		return CKR_MECHANISM_PARAM_INVALID;
	if (!secret_alloc(&bits, value.len))
		return CKR_HOST_MEMORY;
	rotate(value, offset, bits.data);
	return attrs_set_secret(&made->secret, CKA_VALUE, &bits);
}

/* --- encrypted data ------------------------------------------------------------------- */

/* Whole blocks come out at once, so that padding, which is for the end, has no part in it. */
static CK_RV
encrypt_blocks(struct operation *op, const struct given *given, struct secret *out)
{
	EVP_CIPHER_CTX *ctx;
	int made = 0;

	TRY(cipher_ready(op, op->mech->ciphers));
	ctx = ((struct ciphering *)op->state)->cipher;
	return EVP_CipherInit_ex2(ctx, NULL, NULL, given->iv, -1, NULL) == 1 &&
		EVP_CipherUpdate(ctx, out->data, &made, given->data.data, (int)given->data.len) ==
		    1 &&
		(size_t)made == out->len
	    ? CKR_OK
	    : crypto_failure();
}

static CK_RV
derive_encrypt(const struct mechanism *m, const struct params *params, struct key *base,
    const struct want *want, struct made *made)
{
	const struct given *given = params->data;
	struct operation op = { .mech = m, .verb = CKF_ENCRYPT, .key = base };
	RELEASED(secret_clear) struct secret text = { 0 };
	CK_RV rv;

	if (want->len > given->data.len)
		return CKR_DATA_LEN_RANGE;
	if (!secret_alloc(&text, given->data.len))
		return CKR_HOST_MEMORY;
	rv = encrypt_blocks(&op, given, &text);
	cipher_stop(&op);
	TRY(rv);
	return attrs_set_secret(&made->secret, CKA_VALUE, &text);
}

/* --- the rows --------------------------------------------------------------------------- */

static const struct mech_ops base_and_key_ops = {
	.derive = derive_base_and_key,
};
static const struct mech_ops base_and_data_ops = {
	.derive = derive_base_and_data,
};
static const struct mech_ops data_and_base_ops = {
	.derive = derive_data_and_base,
};
static const struct mech_ops xor_ops = {
	.derive = derive_xor,
};
static const struct mech_ops extract_ops = {
	.derive = derive_extract,
};
static const struct mech_ops encrypt_ops = {
	.derive = derive_encrypt,
};

#define SIMPLE KEYS(SECRET_KEYS), SIZES(1, MAX_SECRET, CKF_DERIVE)
#define ENCRYPTS(mode)                                                                             \
	KEYS(CKK_AES), SIZES(16, 32, CKF_DERIVE), .ops = &encrypt_ops, .lineage = LINEAGE_TIED,    \
						  AES_MODE(mode)

const struct mechanism combine_mechanisms[] = {
	{ MECH(CKM_CONCATENATE_BASE_AND_KEY), SIMPLE, .parse = parse_key, .ops = &base_and_key_ops,
	    .lineage = LINEAGE_OPEN },
	{ MECH(CKM_CONCATENATE_BASE_AND_DATA), SIMPLE, .parse = parse_string,
	    .ops = &base_and_data_ops, .lineage = LINEAGE_OPEN },
	{ MECH(CKM_CONCATENATE_DATA_AND_BASE), SIMPLE, .parse = parse_string,
	    .ops = &data_and_base_ops, .lineage = LINEAGE_OPEN },
	{ MECH(CKM_XOR_BASE_AND_DATA), SIMPLE, .parse = parse_mask, .ops = &xor_ops,
	    .lineage = LINEAGE_OPEN },
	{ MECH(CKM_EXTRACT_KEY_FROM_KEY), SIMPLE, .parse = parse_offset, .ops = &extract_ops,
	    .lineage = LINEAGE_PART },
	{ MECH(CKM_AES_ECB_ENCRYPT_DATA), ENCRYPTS("ECB"), .parse = parse_ecb },
	{ MECH(CKM_AES_CBC_ENCRYPT_DATA), ENCRYPTS("CBC"), .parse = parse_cbc },
	{ 0 },
};
