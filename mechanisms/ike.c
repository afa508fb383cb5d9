/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for the key derivations of IKE: from the agreed secret or a shared
 * key to the first key of a session (both versions), from there to all others.
 *
 * PKCS#11 3.2, 6.64; RFC 2409 (IKEv1), section 5 and appendix B; RFC 7296
 * (IKEv2), 2.13 to 2.18.  Where the standard's text and the RFC differ, the RFC
 * is followed.
 */
#include <string.h>

#include "mechanisms/prf.h"

/* The longest nonce of IKEv2 (RFC 7296, 3.9) and of IKEv1 (RFC 2409, 5). */
#define NONCE_MOST 256
/* Longer than any seed in use. */
#define DATA_MOST 65536
/* RFC 7296, 2.13: the number of a block is one byte. */
#define BLOCKS_MOST 255

/* What all four parameters come to: params->refs name keys, whose values come first. */
struct ike {
	CK_MECHANISM_TYPE prf;
	bool data_as_key;          /* the data are the PRF's key, and the base key its input */
	struct view first, second; /* the data */
	unsigned char number;      /* of the key, in IKEv1 */
};

/* The parameters */

static CK_RV
ike_new(CK_MECHANISM_TYPE prf, struct params *params, struct ike **out)
{
	*out = params_new(params, sizeof(**out));
	if (*out == NULL)
		return CKR_HOST_MEMORY;
	(*out)->prf = prf;
	return prf_known(prf) ? CKR_OK : CKR_MECHANISM_PARAM_INVALID;
}

static void
add_key(struct params *params, CK_OBJECT_HANDLE handle)
{
	params->refs[params->ref_count++].handle = handle;
}

static CK_RV
keep(struct params *params, const CK_BYTE *data, CK_ULONG len, CK_ULONG most, struct view *out)
{
	if (len > most)
		return CKR_MECHANISM_PARAM_INVALID;
	return params_keep(params, data, len, out);
}

/* Both nonces; without any there is no IKE. */
static CK_RV
keep_nonces(const struct pkcs11_ike_prf_derive_params *in, struct params *params, struct ike *ike)
{
	if (in->ni_len == 0 || in->nr_len == 0)
		return CKR_MECHANISM_PARAM_INVALID;
	TRY(keep(params, in->ni, in->ni_len, NONCE_MOST, &ike->first));
	return keep(params, in->nr, in->nr_len, NONCE_MOST, &ike->second);
}

static CK_RV
parse_prf(const CK_MECHANISM *mechanism, struct params *params)
{
	struct pkcs11_ike_prf_derive_params in;
	struct ike *ike;

	TRY(params_read(mechanism, &in, sizeof(in)));
	TRY(ike_new(in.prf_mechanism, params, &ike));
	ike->data_as_key = in.data_as_key != CK_FALSE;
	if (in.rekey != CK_FALSE) {
		/* 6.64.3 has a code of its own for this. */
		if (ike->data_as_key)
			return CKR_ARGUMENTS_BAD;
		add_key(params, in.new_key);
	}
	TRY(keep_nonces(&in, params, ike));
	/* 6.64.3: silent templates get a key for this very PRF. */
	return attrs_set_ulong(&params->defaults, CKA_KEY_TYPE, prf_key_type(ike->prf));
}

static CK_RV
parse_ike1_prf(const CK_MECHANISM *mechanism, struct params *params)
{
	struct pkcs11_ike1_prf_derive_params in;
	struct ike *ike;

	TRY(params_read(mechanism, &in, sizeof(in)));
	TRY(ike_new(in.prf_mechanism, params, &ike));
	if (in.has_prev_key != CK_FALSE)
		add_key(params, in.prev_key);
	add_key(params, in.keygxy);
	ike->number = in.key_number;
	TRY(keep(params, in.cky_i, in.cky_i_len, DATA_MOST, &ike->first));
	return keep(params, in.cky_r, in.cky_r_len, DATA_MOST, &ike->second);
}

static CK_RV
parse_prf_plus(const CK_MECHANISM *mechanism, struct params *params)
{
	struct pkcs11_ike2_prf_plus_derive_params in;
	struct ike *ike;

	TRY(params_read(mechanism, &in, sizeof(in)));
	TRY(ike_new(in.prf_mechanism, params, &ike));
	if (in.has_seed_key != CK_FALSE)
		add_key(params, in.seed_key);
	return keep(params, in.seed_data, in.seed_data_len, DATA_MOST, &ike->first);
}

static CK_RV
parse_ike1_extended(const CK_MECHANISM *mechanism, struct params *params)
{
	struct pkcs11_ike1_extended_derive_params in;
	struct ike *ike;

	TRY(params_read(mechanism, &in, sizeof(in)));
	TRY(ike_new(in.prf_mechanism, params, &ike));
	if (in.has_keygxy != CK_FALSE)
		add_key(params, in.keygxy);
	return keep(params, in.extra_data, in.extra_data_len, DATA_MOST, &ike->first);
}

/* The PRF's key and input */

static CK_RV
value_of(const struct key *key, struct view *value)
{
	/* A handle in the parameter may name a key of any class. */
	if (key->secret == NULL || !attrs_get(key->secret, CKA_VALUE, value))
		return CKR_KEY_TYPE_INCONSISTENT;
	return CKR_OK;
}

/*
 * IKE knows no other CMAC than PRF_AES128_CMAC, which makes a key of 16 bytes of
 * any other by a CMAC under the key of zeros (RFC 4615, 3).
 */
static CK_RV
start(struct prf *prf, CK_MECHANISM_TYPE mac, struct view key)
{
	static const unsigned char zeros[16];
	RELEASED(prf_release) struct prf shorten = { 0 };
	RELEASED(secret_clear) struct secret shortened = { 0 };

	if (mac != CKM_AES_CMAC || key.len == sizeof(zeros))
		return prf_start(prf, mac, key);
	TRY(prf_start(&shorten, mac, view_of(zeros, sizeof(zeros))));
	if (!secret_alloc(&shortened, shorten.size))
		return CKR_HOST_MEMORY;
	TRY(prf_next(&shorten, &key, 1, shortened.data));
	return prf_start(prf, mac, secret_view(&shortened));
}

/* Two keys and the data: room for what comes before and behind them too. */
struct input {
	struct view parts[6];
	size_t count;
};

static void
add(struct input *input, struct view part)
{
	input->parts[input->count++] = part;
}

/* The keys that the parameter names, then its data. */
static CK_RV
add_seed(struct input *input, const struct params *params)
{
	const struct ike *ike = params->data;

	for (size_t i = 0; i < params->ref_count; i++) {
		struct view value;

		TRY(value_of(params->refs[i].key, &value));
		add(input, value);
	}
	add(input, ike->first);
	add(input, ike->second);
	return CKR_OK;
}

/* One block of output */

static CK_RV
make(struct prf *prf, const struct input *input, struct made *made)
{
	RELEASED(secret_clear) struct secret value = { 0 };

	if (!secret_alloc(&value, prf->size))
		return CKR_HOST_MEMORY;
	TRY(prf_next(prf, input->parts, input->count, value.data));
	return attrs_set_secret(&made->secret, CKA_VALUE, &value);
}

/* Keyed by Ni and Nr, over the base key. */
static CK_RV
derive_by_nonces(const struct ike *ike, struct view base, struct prf *prf, struct made *made)
{
	struct input input = { .parts = { base }, .count = 1 };
	unsigned char key[2 * NONCE_MOST]; /* public: the nonces */

	memcpy(key, ike->first.data, ike->first.len);
	memcpy(key + ike->first.len, ike->second.data, ike->second.len);
	TRY(start(prf, ike->prf, view_of(key, ike->first.len + ike->second.len)));
	return make(prf, &input, made);
}

/* CKM_IKE_PRF_DERIVE: SKEYSEED, and SKEYID of IKEv1. */
static CK_RV
derive_prf(const struct mechanism *m, const struct params *params, struct key *base,
    const struct want want[], struct made made[])
{
	const struct ike *ike = params->data;
	RELEASED(prf_release) struct prf prf = { 0 };
	struct input input = { .count = 0 };
	struct view value;

	(void)m;
	TRY(value_of(base, &value));
	if (ike->data_as_key) {
		TRY(derive_by_nonces(ike, value, &prf, made));
	} else {
		TRY(start(&prf, ike->prf, value));
		TRY(add_seed(&input, params));
		TRY(make(&prf, &input, made));
	}
	/* 6.64.3: always as long as the PRF's output. */
	return (want->len != 0 ? want->len : key_length_best(want->type, prf.size)) == prf.size
	    ? CKR_OK
	    : CKR_KEY_SIZE_RANGE;
}

/* CKM_IKE1_PRF_DERIVE: SKEYID_d, SKEYID_a and SKEYID_e. */
static CK_RV
derive_ike1_prf(const struct mechanism *m, const struct params *params, struct key *base,
    const struct want want[], struct made made[])
{
	const struct ike *ike = params->data;
	RELEASED(prf_release) struct prf prf = { 0 };
	struct input input = { .count = 0 };
	struct view value;

	(void)m;
	if (!want->typed)
		return CKR_TEMPLATE_INCOMPLETE;
	TRY(value_of(base, &value));
	TRY(start(&prf, ike->prf, value));
	TRY(add_seed(&input, params));
	add(&input, view_of(&ike->number, 1));
	return make(&prf, &input, made);
}

/* Many blocks */

/* 6.64.5 and 6.64.6: the template has to say how long. */
static CK_RV
stated_length(const struct want *want, const struct prf *prf)
{
	if (want->len == 0)
		return CKR_TEMPLATE_INCOMPLETE;
	return want->len <= BLOCKS_MOST * prf->size ? CKR_OK : CKR_KEY_SIZE_RANGE;
}

/*
 * RFC 7296, 2.13:        T(i) = prf(K, T(i-1) | S | i), and T(0) is empty.
 * RFC 2409, 5.5 and B:   K(i) = prf(K, K(i-1) | S), and K(0) is empty, or a zero byte where S is.
 */
static CK_RV
stream(struct prf *prf, const struct params *params, bool numbered, struct secret *out)
{
	static const unsigned char zero[1];
	const struct ike *ike = params->data;
	const bool seeded = params->ref_count != 0 || ike->first.len != 0;
	RELEASED(secret_clear) struct secret block = { 0 };
	struct view before = numbered || seeded ? VIEW_NONE : view_of(zero, 1);

	if (!secret_alloc(&block, prf->size))
		return CKR_HOST_MEMORY;
	for (size_t at = 0; at < out->len; at += prf->size) {
		const size_t left = out->len - at;
		const unsigned char number = (unsigned char)(at / prf->size + 1);
		struct input input = { .parts = { before }, .count = 1 };

		TRY(add_seed(&input, params));
		if (numbered)
			add(&input, view_of(&number, 1));
		TRY(prf_next(prf, input.parts, input.count, block.data));
		memcpy(out->data + at, block.data, left < prf->size ? left : prf->size);
		before = secret_view(&block);
	}
	return CKR_OK;
}

/* CKM_IKE2_PRF_PLUS_DERIVE: prf+. */
static CK_RV
derive_prf_plus(const struct mechanism *m, const struct params *params, struct key *base,
    const struct want want[], struct made made[])
{
	const struct ike *ike = params->data;
	RELEASED(prf_release) struct prf prf = { 0 };
	RELEASED(secret_clear) struct secret out = { 0 };
	struct view value;

	(void)m;
	TRY(value_of(base, &value));
	TRY(start(&prf, ike->prf, value));
	TRY(stated_length(want, &prf));
	if (!secret_alloc(&out, want->len))
		return CKR_HOST_MEMORY;
	TRY(stream(&prf, params, true, &out));
	return attrs_set_secret(&made->secret, CKA_VALUE, &out);
}

/*
 * CKM_IKE1_EXTENDED_DERIVE: KEYMAT of quick mode (RFC 2409, 5.5), and keys longer than
 * SKEYID_e (appendix B), which takes what is there as long as it is enough.
 *
 * 6.64.6 would do that whenever there is no g^xy.  Quick mode without perfect
 * forward secrecy has none either, and all its keys, of both directions, would be
 * the beginning of SKEYID_d.  So only without any data, as NSS has it.
 */
static CK_RV
derive_ike1_extended(const struct mechanism *m, const struct params *params, struct key *base,
    const struct want want[], struct made made[])
{
	const struct ike *ike = params->data;
	RELEASED(prf_release) struct prf prf = { 0 };
	RELEASED(secret_clear) struct secret out = { 0 };
	struct view value;

	(void)m;
	TRY(value_of(base, &value));
	TRY(start(&prf, ike->prf, value));
	TRY(stated_length(want, &prf));
	made->part = params->ref_count == 0 && ike->first.len == 0 && want->len <= prf.size &&
	    want->len <= value.len;
	if (made->part ? !secret_copy(&out, view_of(value.data, want->len))
		       : !secret_alloc(&out, want->len))
		return CKR_HOST_MEMORY;
	if (!made->part)
		TRY(stream(&prf, params, false, &out));
	return attrs_set_secret(&made->secret, CKA_VALUE, &out);
}

static const struct mech_ops prf_ops = {
	.derive = derive_prf,
};
static const struct mech_ops prf_plus_ops = {
	.derive = derive_prf_plus,
};
static const struct mech_ops ike1_prf_ops = {
	.derive = derive_ike1_prf,
};
static const struct mech_ops ike1_extended_ops = {
	.derive = derive_ike1_extended,
};

/* 6.64 wants keys typed for the PRF here and generic ones there, and clients have generic ones
 * everywhere: any secret key that is made to be mixed will do. */
#define IKE(parser, operations)                                                                    \
	KEYS(CKK_GENERIC_SECRET, CKK_AES, CKK_HKDF, CKK_SHA_1_HMAC, CKK_SHA224_HMAC,               \
	    CKK_SHA256_HMAC, CKK_SHA384_HMAC, CKK_SHA512_HMAC, CKK_SHA512_224_HMAC,                \
	    CKK_SHA512_256_HMAC, CKK_SHA3_224_HMAC, CKK_SHA3_256_HMAC, CKK_SHA3_384_HMAC,          \
	    CKK_SHA3_512_HMAC),                                                                    \
	    SIZES(1, MAX_SECRET, CKF_DERIVE), .parse = (parser), .ops = &(operations),             \
					      .algorithm = "HMAC"

const struct mechanism ike_mechanisms[] = {
	{ MECH(CKM_IKE_PRF_DERIVE), IKE(parse_prf, prf_ops) },
	{ MECH(CKM_IKE2_PRF_PLUS_DERIVE), IKE(parse_prf_plus, prf_plus_ops) },
	{ MECH(CKM_IKE1_PRF_DERIVE), IKE(parse_ike1_prf, ike1_prf_ops) },
	{ MECH(CKM_IKE1_EXTENDED_DERIVE), IKE(parse_ike1_extended, ike1_extended_ops) },
	{ 0 },
};
