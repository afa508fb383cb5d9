/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for the mechanisms of ANSI X9.42 Diffie-Hellman: its domain parameters
 * and what CKM_X9_42_DH_DERIVE is told.  Keys and the agreement itself are those of
 * dh_key.c and dh.c.
 */
#include <openssl/core_names.h>

#include "mechanisms/dh.h"

/* --- domain parameters ----------------------------------------------------------------- */

/* FB and FC of NIST SP 800-56A, 5.5.1.1: libcrypto makes no other of DH_LEAST_BITS and more. */
static const struct {
	size_t prime, subprime;
} sizes[] = {
	{ 2048, 224 },
	{ 2048, 256 },
};

static bool
size_known(size_t prime, size_t subprime)
{
	for (size_t i = 0; i < COUNT_OF(sizes); i++)
		if (sizes[i].prime == prime && sizes[i].subprime == subprime)
			return true;
	return false;
}

static CK_RV
find_group(size_t prime, size_t subprime, struct attrs *set)
{
	OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_FFC_TYPE, (char *)"fips186_4", 0),
		OSSL_PARAM_construct_size_t(OSSL_PKEY_PARAM_FFC_PBITS, &prime),
		OSSL_PARAM_construct_size_t(OSSL_PKEY_PARAM_FFC_QBITS, &subprime),
		OSSL_PARAM_END,
	};
	RELEASED(pkey_ctx_release)
	EVP_PKEY_CTX *ctx = pkey_context("DHX");
	RELEASED(pkey_release) EVP_PKEY *pkey = NULL;

	if (ctx == NULL || EVP_PKEY_paramgen_init(ctx) != 1 ||
	    EVP_PKEY_CTX_set_params(ctx, params) != 1 || EVP_PKEY_paramgen(ctx, &pkey) != 1)
		return crypto_failure();
	TRY(pkey_number(pkey, OSSL_PKEY_PARAM_FFC_P, CKA_PRIME, 1, set));
	TRY(pkey_number(pkey, OSSL_PKEY_PARAM_FFC_Q, CKA_SUBPRIME, 1, set));
	return pkey_number(pkey, OSSL_PKEY_PARAM_FFC_G, CKA_BASE, 1, set);
}

/* With the longest subgroup there is, which is the default, a published group does as well. */
static CK_RV
generate_parameters(const struct mechanism *m, const struct params *params,
    const struct attrs template[], struct made made[])
{
	size_t prime = attrs_ulong(&template[0], CKA_PRIME_BITS, 0);
	size_t subprime = attrs_ulong(&template[0], CKA_SUBPRIME_BITS, prime - 1);

	(void)m;
	(void)params;
	if (!attrs_has(&template[0], CKA_PRIME_BITS))
		return CKR_TEMPLATE_INCOMPLETE;
	TRY(attrs_set_ulong(&made[0].meta, CKA_SUBPRIME_BITS, subprime));
	if (subprime == prime - 1)
		return dh_group_named(prime, true, &made[0].meta);
	return size_known(prime, subprime) ? find_group(prime, subprime, &made[0].meta)
					   : CKR_KEY_SIZE_RANGE;
}

/* --- OtherInfo --------------------------------------------------------------------------- */

/* Longer than any in use. */
#define OTHER_INFO_MOST 65536

/* What may follow keyInfo, in this order: partyUInfo, partyVInfo, suppPubInfo, suppPrivInfo. */
static bool
rest_legal(struct view rest)
{
	struct view field, octets;

	for (unsigned int tag = DER_EXPLICIT_0; tag <= DER_EXPLICIT_0 + 3; tag++)
		if (rest.len > 0 && rest.data[0] == tag &&
		    (!der_take(&rest, tag, &field) || !der_read(field, DER_OCTET_STRING, &octets)))
			return false;
	return rest.len == 0;
}

/*
 * RFC 2631, 2.1.2: finds the counter in the DER of OtherInfo, which is counted up for
 * each block.  The first block's is 1, and who wrote another means something else.
 */
static bool
split_other_info(struct view info, struct view *before, struct view *after)
{
	static const unsigned char first[] = { 0, 0, 0, 1 };
	struct view rest, key_info, algorithm, counter;
	size_t at;

	if (!der_read(info, DER_SEQUENCE, &rest) || !der_take(&rest, DER_SEQUENCE, &key_info) ||
	    !der_take(&key_info, DER_OID, &algorithm) ||
	    !der_read(key_info, DER_OCTET_STRING, &counter) ||
	    !view_equal(counter, view_of(first, sizeof(first))) || !rest_legal(rest))
		return false;
	at = (size_t)(counter.data - info.data);
	*before = view_of(info.data, at);
	*after = view_of(counter.data + counter.len, info.len - at - counter.len);
	return true;
}

static CK_RV
take_other_info(
    struct params *params, struct dh_agreement *agreement, const void *data, CK_ULONG len)
{
	struct view info;

	if (len > OTHER_INFO_MOST || (agreement->kdf != CKD_NULL && mechanism_denied(CKM_SHA_1)))
		return CKR_MECHANISM_PARAM_INVALID;
	TRY(params_keep(params, data, len, &info));
	switch (agreement->kdf) {
	case CKD_NULL:
		return len == 0 ? CKR_OK : CKR_MECHANISM_PARAM_INVALID;
	case CKD_SHA1_KDF_CONCATENATE:
		agreement->after = info;
		return CKR_OK;
	case CKD_SHA1_KDF_ASN1:
		return split_other_info(info, &agreement->before, &agreement->after)
		    ? CKR_OK
		    : CKR_MECHANISM_PARAM_INVALID;
	default:
		return CKR_MECHANISM_PARAM_INVALID;
	}
}

static CK_RV
parse(const CK_MECHANISM *mechanism, struct params *params)
{
	struct dh_agreement *agreement = params_new(params, sizeof(*agreement));
	struct pkcs11_x9_42_dh1_derive_params in;

	if (agreement == NULL)
		return CKR_HOST_MEMORY;
	TRY(params_read(mechanism, &in, sizeof(in)));
	agreement->kdf = in.kdf;
	TRY(take_other_info(params, agreement, in.other_info, in.other_info_len));
	return dh_agreement_peer(params, agreement, in.public_data, in.public_data_len);
}

/* --- the rows ------------------------------------------------------------------------------ */

static const struct mech_ops parameter_ops = {
	.generate = generate_parameters,
};

#define X9_42_ROW(flags)                                                                           \
	KEYS(CKK_X9_42_DH), SIZES(DH_LEAST_BITS, DH_MOST_BITS, flags), .algorithm = "DHX"

const struct mechanism x9_42_mechanisms[] = {
	{ MECH(CKM_X9_42_DH_KEY_PAIR_GEN), X9_42_ROW(CKF_GENERATE_KEY_PAIR), .parse = parse_none,
	    .ops = &dh_pair_ops },
	{ MECH(CKM_X9_42_DH_PARAMETER_GEN), X9_42_ROW(CKF_GENERATE), .parse = parse_none,
	    .ops = &parameter_ops, .makes = MAKES_DOMAIN_PARAMETERS },
	{ MECH(CKM_X9_42_DH_DERIVE), X9_42_ROW(DH_AGREES), .parse = parse,
	    .ops = &dh_agreement_ops },
	{ 0 },
};
