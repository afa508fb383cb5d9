/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for the public keys of private ones, CKM_PUB_KEY_FROM_PRIV_KEY.  Their
 * public value was computed when the private key was made and is what its
 * CKA_PUBLIC_KEY_INFO has; everything else both halves have alike.  What the public
 * key may do and is called is token/'s business.
 */
#include "mechanisms/pkey.h"

/* How the public value stands in a SubjectPublicKeyInfo, where it is an attribute of its own. */
enum form { NO_VALUE, BARE, INTEGER };

static const struct public_half {
	CK_KEY_TYPE type;
	CK_ATTRIBUTE_TYPE alike[3]; /* up to a 0 */
	CK_ATTRIBUTE_TYPE value;
	enum form form;
} public_halves[] = {
	{ CKK_RSA, { CKA_MODULUS, CKA_PUBLIC_EXPONENT }, 0, NO_VALUE },
	{ CKK_EC, { CKA_EC_PARAMS }, CKA_EC_POINT, BARE },
	{ CKK_EC_MONTGOMERY, { CKA_EC_PARAMS }, CKA_EC_POINT, BARE },
	{ CKK_EC_EDWARDS, { CKA_EC_PARAMS }, CKA_EC_POINT, BARE },
	{ CKK_DH, { CKA_PRIME, CKA_BASE }, CKA_VALUE, INTEGER },
	{ CKK_X9_42_DH, { CKA_PRIME, CKA_BASE, CKA_SUBPRIME }, CKA_VALUE, INTEGER },
	{ CKK_ML_KEM, { CKA_PARAMETER_SET }, CKA_VALUE, BARE },
	{ CKK_ML_DSA, { CKA_PARAMETER_SET }, CKA_VALUE, BARE },
	{ CKK_SLH_DSA, { CKA_PARAMETER_SET }, CKA_VALUE, BARE },
};

static const struct public_half *
public_half_find(CK_KEY_TYPE type)
{
	for (size_t i = 0; i < COUNT_OF(public_halves); i++)
		if (public_halves[i].type == type)
			return &public_halves[i];
	return NULL;
}

/* RFC 5280, 4.1: the algorithm, then the value in a BIT STRING, which begins with how many bits at
 * its end are none. */
static bool
public_value(struct view info, enum form form, struct view *value)
{
	struct view parts, algorithm, bits;

	if (!der_read(info, DER_SEQUENCE, &parts) || !der_take(&parts, DER_SEQUENCE, &algorithm) ||
	    !der_take(&parts, DER_BIT_STRING, &bits) || bits.len == 0)
		return false;
	*value = view_of(bits.data + 1, bits.len - 1);
	return form != INTEGER || der_read(*value, DER_INTEGER, value);
}

static CK_RV
derive(const struct mechanism *m, const struct params *params, struct key *base,
    const struct want *want, struct made *made)
{
	const struct public_half *half = public_half_find(base->type);
	struct view value;

	(void)m;
	(void)params;
	(void)want;
	if (half == NULL)
		return CKR_KEY_TYPE_INCONSISTENT;
	for (size_t i = 0; i < COUNT_OF(half->alike) && half->alike[i] != 0; i++)
		TRY(attrs_set(&made->meta, half->alike[i], attribute(base->meta, half->alike[i])));
	if (half->form == NO_VALUE)
		return CKR_OK;
	if (!public_value(attribute(base->meta, CKA_PUBLIC_KEY_INFO), half->form, &value))
		return CKR_GENERAL_ERROR;
	return attrs_set(&made->meta, half->value, value);
}

/* Of any private key: CKA_DERIVE is not asked for. */
static CK_RV
permits(const struct mechanism *m, const struct key *key, CK_FLAGS verb)
{
	(void)m;
	(void)verb;
	return key->class == CKO_PRIVATE_KEY ? CKR_OK : CKR_KEY_TYPE_INCONSISTENT;
}

static const struct mech_ops public_key_ops = {
	.derive = derive,
	.permits = permits,
};

/* Of several families, whose sizes differ: none is told. */
const struct mechanism public_key_mechanisms[] = {
	{ MECH(CKM_PUB_KEY_FROM_PRIV_KEY),
	    KEYS(CKK_RSA, CKK_EC, CKK_EC_MONTGOMERY, CKK_EC_EDWARDS, CKK_DH, CKK_X9_42_DH,
		CKK_ML_KEM, CKK_ML_DSA, CKK_SLH_DSA),
	    SIZES(0, 0, CKF_DERIVE), .parse = parse_none, .ops = &public_key_ops,
	    .makes = MAKES_PUBLIC_KEY },
	{ 0 },
};
