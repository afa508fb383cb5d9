/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Objects from outside: certificates, attribute certificates, points and parameters of curves,
 * which come encoded; and keys by their numbers, of which some are wrong or not there.
 */
#include "tests/fuzz/fuzz.h"

static CK_SESSION_HANDLE session;
static CK_OBJECT_HANDLE keys[KEYS];

/* What the first byte of an input says; the rest is the value that is encoded. */
static const struct form {
	CK_OBJECT_CLASS class;
	CK_ULONG type;
	CK_ATTRIBUTE_TYPE encoded;
} forms[] = {
	{ CKO_CERTIFICATE, CKC_X_509, CKA_VALUE },
	{ CKO_CERTIFICATE, CKC_X_509_ATTR_CERT, CKA_VALUE },
	{ CKO_PUBLIC_KEY, CKK_EC, CKA_EC_POINT },
	{ CKO_PUBLIC_KEY, CKK_EC, CKA_EC_PARAMS },
	{ CKO_PUBLIC_KEY, CKK_EC_MONTGOMERY, CKA_EC_POINT },
	{ CKO_PUBLIC_KEY, CKK_EC_EDWARDS, CKA_EC_POINT },
};

/* A point that is on secp256r1: its base (SEC 2, 2.4.2). */
static CK_BYTE base[] = { 0x04, 0x41, 0x04, 0x6b, 0x17, 0xd1, 0xf2, 0xe1, 0x2c, 0x42, 0x47, 0xf8,
	0xbc, 0xe6, 0xe5, 0x63, 0xa4, 0x40, 0xf2, 0x77, 0x03, 0x7d, 0x81, 0x2d, 0xeb, 0x33, 0xa0,
	0xf4, 0xa1, 0x39, 0x45, 0xd8, 0x98, 0xc2, 0x96, 0x4f, 0xe3, 0x42, 0xe2, 0xfe, 0x1a, 0x7f,
	0x9b, 0x8e, 0xe7, 0xeb, 0x4a, 0x7c, 0x0f, 0x9e, 0x16, 0x2b, 0xce, 0x33, 0x57, 0x6b, 0x31,
	0x5e, 0xce, 0xcb, 0xb6, 0x40, 0x68, 0x37, 0xbf, 0x51, 0xf5 };

static CK_ATTRIBUTE
the_rest(const struct form *form)
{
	if (form->encoded == CKA_EC_PARAMS)
		return (CK_ATTRIBUTE){ CKA_EC_POINT, base, sizeof(base) };
	switch (form->type) {
	case CKK_EC:
		return (CK_ATTRIBUTE){ CKA_EC_PARAMS, oid_p256, sizeof(oid_p256) };
	case CKK_EC_MONTGOMERY:
		return (CK_ATTRIBUTE){ CKA_EC_PARAMS, oid_x25519, sizeof(oid_x25519) };
	default:
		return (CK_ATTRIBUTE){ CKA_EC_PARAMS, oid_ed25519, sizeof(oid_ed25519) };
	}
}

/* What is read back are the attributes that the token made of it. */
static void
look_at(CK_OBJECT_HANDLE object)
{
	CK_BYTE info[4096], check[3];
	CK_ATTRIBUTE wanted[] = { { CKA_PUBLIC_KEY_INFO, info, sizeof(info) },
		{ CKA_CHECK_VALUE, check, sizeof(check) } };
	CK_ULONG size;

	(void)p11->C_GetAttributeValue(session, object, wanted, COUNT(wanted));
	must(p11->C_GetObjectSize(session, object, &size) == CKR_OK);
	must(p11->C_DestroyObject(session, object) == CKR_OK);
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t len, size_t most, unsigned seed);

size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t len, size_t most, unsigned seed)
{
	return der_mutate_behind(1, data, len, most, seed);
}

static void
create(CK_ATTRIBUTE *template, CK_ULONG count)
{
	CK_OBJECT_HANDLE object;

	if (p11->C_CreateObject(session, template, count, &object) == CKR_OK)
		look_at(object);
}

static void
encoded(struct input *in, const struct form *form)
{
	CK_OBJECT_CLASS class = form->class;
	CK_ULONG type = form->type, count = 3, size = in->len;
	CK_ATTRIBUTE template[4] = { { CKA_CLASS, &class, sizeof(class) },
		{ class == CKO_CERTIFICATE ? CKA_CERTIFICATE_TYPE : CKA_KEY_TYPE, &type,
		    sizeof(type) },
		{ form->encoded, block_take(in, size), size } };

	if (class == CKO_PUBLIC_KEY)
		template[count++] = the_rest(form);
	else if (type == CKC_X_509)
		template[count++] = (CK_ATTRIBUTE){ CKA_SUBJECT, "0", 1 };
	else
		template[count++] = (CK_ATTRIBUTE){ CKA_OWNER, "0", 1 };
	create(template, count);
}

/* A key of ours again, without what the input leaves out, and with a byte of one value changed. */
static void
numbers(struct input *in)
{
	static const CK_ATTRIBUTE_TYPE types[] = { CKA_CLASS, CKA_KEY_TYPE, CKA_MODULUS,
		CKA_PUBLIC_EXPONENT, CKA_PRIVATE_EXPONENT, CKA_PRIME_1, CKA_PRIME_2, CKA_EXPONENT_1,
		CKA_EXPONENT_2, CKA_COEFFICIENT, CKA_PRIME, CKA_BASE, CKA_SUBPRIME, CKA_VALUE,
		CKA_EC_PARAMS, CKA_EC_POINT, CKA_PARAMETER_SET, CKA_SEED };
	static CK_BYTE room[COUNT(types)][3000];
	const CK_OBJECT_HANDLE key = keys[take_byte(in) % KEYS];
	const unsigned left_out = (unsigned)take_byte(in) << 8 | take_byte(in);
	CK_ATTRIBUTE template[COUNT(types)], *changed;
	CK_ULONG count = 0;

	for (size_t i = 0; i < COUNT(types); i++) {
		CK_ATTRIBUTE one = { types[i], room[i], sizeof(room[i]) };

		if ((i < 2 || (left_out >> (i - 2) & 1) == 0) &&
		    p11->C_GetAttributeValue(session, key, &one, 1) == CKR_OK)
			template[count++] = one;
	}
	changed = count > 0 ? &template[take_byte(in) % count] : NULL;
	if (changed != NULL && changed->ulValueLen > 0) {
		((CK_BYTE *)changed->pValue)[take_byte(in) % changed->ulValueLen] ^= take_byte(in);
		changed->ulValueLen -= take_byte(in) == 1;
	}
	create(template, count);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct input in = { .data = data, .len = len };
	uint8_t how;

	if (p11 == NULL) {
		fuzz_up("memory:");
		session = fuzz_token();
		fuzz_keys(session, keys);
	}
	how = take_byte(&in);
	if (how & 0x80)
		numbers(&in);
	else
		encoded(&in, &forms[how % COUNT(forms)]);
	blocks_free();
	return 0;
}
