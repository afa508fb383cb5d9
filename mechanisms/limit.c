/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for what the owner's configuration leaves of the mechanisms: which
 * there are, and the shortest keys that they take; and for how strong keys are.
 * Knows no mechanism.
 */
#include <fnmatch.h>
#include <stdio.h>
#include <string.h>

#include "mechanisms/crypto.h"
#include "mechanisms/ec.h"

/* Between the names of a list. */
#define BETWEEN ", \t"

static struct {
	size_t rsa, ec, dh; /* bits; 0: none but the mechanism's own */
} least;

/* The next name of a list, cut where it is longer than any; false at the end. */
static bool
next_name(const char **list, char name[MECHANISM_NAME_MOST])
{
	size_t len;

	*list += strspn(*list, BETWEEN);
	len = strcspn(*list, BETWEEN);
	(void)snprintf(name, MECHANISM_NAME_MOST, "%.*s", (int)len, *list);
	*list += len;
	return len != 0;
}

static bool
list_has(const char *list, const char *mechanism)
{
	char name[MECHANISM_NAME_MOST];

	while (next_name(&list, name))
		if (fnmatch(name, mechanism, 0) == 0)
			return true;
	return false;
}

/* Does it name any row there is, whether libcrypto has its algorithm or not? */
static bool
names_some(const char *name)
{
	for (size_t i = 0; mechanism_families[i] != NULL; i++)
		for (const struct mechanism *m = mechanism_families[i]; m->name != NULL; m++)
			if (fnmatch(name, m->name, 0) == 0)
				return true;
	return false;
}

bool
mechanisms_named(const char *list, char unknown[MECHANISM_NAME_MOST])
{
	char name[MECHANISM_NAME_MOST];
	bool some = false;

	unknown[0] = '\0';
	while (next_name(&list, name)) {
		if (names_some(name))
			some = true;
		else if (unknown[0] == '\0')
			memcpy(unknown, name, sizeof(name));
	}
	return some;
}

bool
limits_deny(const struct limits *limits, const struct mechanism *m)
{
	return (limits->allow != NULL && !list_has(limits->allow, m->name)) ||
	    (limits->deny != NULL && list_has(limits->deny, m->name));
}

void
mechanisms_limit(const struct limits *limits)
{
	least.rsa = limits->rsa_least;
	least.ec = limits->ec_least;
	least.dh = limits->dh_least;
	table_limit(limits);
}

/* The shortest keys of a type that the configuration lets through. */
static size_t
least_bits(CK_KEY_TYPE type)
{
	switch (type) {
	case CKK_RSA:
		return least.rsa;
	case CKK_EC:
		return least.ec;
	case CKK_DH:
	case CKK_X9_42_DH:
		return least.dh;
	default:
		return 0;
	}
}

/* Of a number's attribute or, in a template for a generator, of the one that says how long. */
static size_t
bits_of(const struct attrs *meta, CK_ATTRIBUTE_TYPE number, CK_ATTRIBUTE_TYPE bits)
{
	const size_t len = number_bits(number_strip(attribute(meta, number)));

	return len != 0 ? len : attrs_ulong(meta, bits, 0);
}

/* SIZE_MAX where it is for others to refuse: no length, or an unknown curve. */
static size_t
key_bits(CK_KEY_TYPE type, const struct attrs *meta)
{
	const struct curve *curve;
	size_t bits;

	if (type == CKK_EC) {
		if (curve_find(meta, type, &curve) != CKR_OK)
			return SIZE_MAX;
		return curve->field == EC_FIELD_MOST ? EC_MOST_BITS : curve->field * 8;
	}
	bits = type == CKK_RSA ? bits_of(meta, CKA_MODULUS, CKA_MODULUS_BITS)
			       : bits_of(meta, CKA_PRIME, CKA_PRIME_BITS);
	return bits != 0 ? bits : SIZE_MAX;
}

CK_RV
key_long_enough(CK_KEY_TYPE type, const struct attrs *meta)
{
	const size_t bits = least_bits(type);

	return bits == 0 || key_bits(type, meta) >= bits ? CKR_OK : CKR_KEY_SIZE_RANGE;
}

/* --- strength ----------------------------------------------------------------- */

#define STRENGTH_MOST 256

/* Factoring and discrete logarithms. */
static size_t
modulus_strength(size_t bits)
{
	static const struct {
		size_t bits, strength;
	} known[] = { { 15360, 256 }, { 7680, 192 }, { 3072, 128 }, { 2048, 112 }, { 1024, 80 } };

	for (size_t i = 0; i < COUNT_OF(known); i++)
		if (bits >= known[i].bits)
			return known[i].strength;
	return 0;
}

static size_t
curve_strength(CK_KEY_TYPE type, const struct attrs *meta)
{
	const struct curve *curve;

	if (curve_find(meta, type, &curve) != CKR_OK)
		return STRENGTH_MOST;
	if (type != CKK_EC) /* RFC 7748, 7 */
		return curve->field == 32 ? 128 : 224;
	return curve->field * 4;
}

/* The security categories 1 or 2, 3, 5 of FIPS 203, 204 and 205 as bits. */
static size_t
set_strength(CK_KEY_TYPE type, const struct attrs *meta)
{
	const CK_ULONG set = attrs_ulong(meta, CKA_PARAMETER_SET, 0);

	if (type != CKK_SLH_DSA)
		return set == 0 || set > 3 ? STRENGTH_MOST : 64 + 64 * set;
	/* Four of each, in ascending order. */
	return set == 0 || set > CKP_SLH_DSA_SHAKE_256F ? STRENGTH_MOST : 128 + (set - 1) / 4 * 64;
}

static size_t
secret_strength(CK_KEY_TYPE type, const struct attrs *meta)
{
	const CK_ULONG len = attrs_ulong(meta, CKA_VALUE_LEN, STRENGTH_MOST);

	if (type == CKK_DES3)
		return 112;
	return (type == CKK_AES_XTS ? len / 2 : len) * 8;
}

size_t
key_strength(CK_KEY_TYPE type, const struct attrs *meta)
{
	size_t bits;

	switch (type) {
	case CKK_RSA:
	case CKK_DH:
	case CKK_X9_42_DH:
		bits = modulus_strength(key_bits(type, meta));
		break;
	case CKK_EC:
	case CKK_EC_EDWARDS:
	case CKK_EC_MONTGOMERY:
		bits = curve_strength(type, meta);
		break;
	case CKK_ML_KEM:
	case CKK_ML_DSA:
	case CKK_SLH_DSA:
		bits = set_strength(type, meta);
		break;
	default:
		bits = secret_strength(type, meta);
		break;
	}
	return bits < STRENGTH_MOST ? bits : STRENGTH_MOST;
}

void
mechanism_info(const struct mechanism *m, CK_MECHANISM_INFO *info)
{
	*info = m->info;
	for (const CK_KEY_TYPE *type = m->keys; type != NULL && *type != ANY_KEY; type++)
		if (info->ulMaxKeySize != 0 && info->ulMinKeySize < least_bits(*type))
			info->ulMinKeySize = least_bits(*type);
}
