/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What objects are made of that come encoded: certificates, attribute certificates, points
 * and parameters of curves.
 */
#include "tests/fuzz/fuzz.h"

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

/* RFC 5480, RFC 8410: the curves of those keys, and a point that is on secp256r1 (its base). */
static CK_BYTE p256[] = { 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07 };
static CK_BYTE x25519[] = { 0x06, 0x03, 0x2b, 0x65, 0x6e };
static CK_BYTE ed25519[] = { 0x06, 0x03, 0x2b, 0x65, 0x70 };
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
		return (CK_ATTRIBUTE){ CKA_EC_PARAMS, p256, sizeof(p256) };
	case CKK_EC_MONTGOMERY:
		return (CK_ATTRIBUTE){ CKA_EC_PARAMS, x25519, sizeof(x25519) };
	default:
		return (CK_ATTRIBUTE){ CKA_EC_PARAMS, ed25519, sizeof(ed25519) };
	}
}

/* What is read back are the attributes that the token made of it. */
static void
look_at(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object)
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

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static CK_SESSION_HANDLE session;
	struct input in = { data, len };
	const struct form *form;
	CK_ATTRIBUTE template[6];
	CK_OBJECT_CLASS class;
	CK_OBJECT_HANDLE object;
	CK_ULONG type, count = 3, size;

	if (p11 == NULL) {
		fuzz_up("memory:");
		session = fuzz_token();
	}
	form = &forms[take_byte(&in) % COUNT(forms)];
	class = form->class;
	type = form->type;
	size = in.len;
	template[0] = (CK_ATTRIBUTE){ CKA_CLASS, &class, sizeof(class) };
	template[1] =
	    (CK_ATTRIBUTE){ class == CKO_CERTIFICATE ? CKA_CERTIFICATE_TYPE : CKA_KEY_TYPE, &type,
		    sizeof(type) };
	template[2] = (CK_ATTRIBUTE){ form->encoded, block_take(&in, size), size };
	if (class == CKO_PUBLIC_KEY)
		template[count++] = the_rest(form);
	else if (type == CKC_X_509)
		template[count++] = (CK_ATTRIBUTE){ CKA_SUBJECT, "0", 1 };
	else
		template[count++] = (CK_ATTRIBUTE){ CKA_OWNER, "0", 1 };
	if (p11->C_CreateObject(session, template, count, &object) == CKR_OK)
		look_at(session, object);
	blocks_free();
	return 0;
}
