/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Wrapped keys: blobs as they are, and plain texts (PKCS#8) sealed by the very key
 * that unwraps them, so that they get past its check.
 */
#include "tests/fuzz/fuzz.h"

static CK_SESSION_HANDLE session;
static CK_OBJECT_HANDLE keys[KEYS];

/* What a key is good for only if its numbers are, and what can be made of it. */
static void
use(CK_OBJECT_HANDLE key, CK_KEY_TYPE type)
{
	static const struct {
		CK_KEY_TYPE type;
		CK_MECHANISM_TYPE signs;
	} rows[] = { { CKK_RSA, CKM_SHA256_RSA_PKCS }, { CKK_EC, CKM_ECDSA_SHA256 },
		{ CKK_EC_EDWARDS, CKM_EDDSA }, { CKK_ML_DSA, CKM_ML_DSA },
		{ CKK_SLH_DSA, CKM_SLH_DSA } };
	CK_MECHANISM kwp = { CKM_AES_KEY_WRAP_KWP, NULL, 0 };
	CK_MECHANISM public_of = { CKM_PUB_KEY_FROM_PRIV_KEY, NULL, 0 };
	CK_BYTE out[50000];
	CK_ULONG len = sizeof(out);
	CK_OBJECT_HANDLE made;

	(void)p11->C_WrapKey(session, &kwp, keys[KEY_AES], key, out, &len);
	if (p11->C_DeriveKey(session, &public_of, key, NULL, 0, &made) == CKR_OK)
		must(p11->C_DestroyObject(session, made) == CKR_OK);
	for (size_t i = 0; i < COUNT(rows); i++) {
		CK_MECHANISM mechanism = { rows[i].signs, NULL, 0 };

		len = sizeof(out);
		if (rows[i].type == type && p11->C_SignInit(session, &mechanism, key) == CKR_OK)
			(void)p11->C_Sign(session, (CK_BYTE *)"fuzz", 4, out, &len);
	}
}

static void
unwrap(CK_MECHANISM *mechanism, CK_OBJECT_HANDLE with, CK_BYTE *blob, CK_ULONG len,
    CK_OBJECT_CLASS class, CK_KEY_TYPE type)
{
	CK_BBOOL yes = CK_TRUE;
	CK_ATTRIBUTE template[] = { { CKA_CLASS, &class, sizeof(class) },
		{ CKA_KEY_TYPE, &type, sizeof(type) }, { CKA_EXTRACTABLE, &yes, sizeof(yes) },
		{ CKA_SIGN, &yes, sizeof(yes) }, { CKA_DERIVE, &yes, sizeof(yes) } };
	CK_OBJECT_HANDLE made;

	if (p11->C_UnwrapKey(
		session, mechanism, with, blob, len, template, COUNT(template), &made) != CKR_OK)
		return;
	use(made, type);
	must(p11->C_DestroyObject(session, made) == CKR_OK);
}

/* As whoever has the wrapping key could make it. */
static void
seal_and_unwrap(CK_MECHANISM *mechanism, CK_OBJECT_HANDLE by, CK_OBJECT_HANDLE with, CK_BYTE *plain,
    CK_ULONG len, CK_OBJECT_CLASS class, CK_KEY_TYPE type)
{
	CK_ULONG made = len + 256;
	CK_BYTE *sealed = block_new(made);

	if (p11->C_EncryptInit(session, mechanism, by) == CKR_OK &&
	    p11->C_Encrypt(session, plain, len, sealed, &made) == CKR_OK)
		unwrap(mechanism, with, sealed, made, class, type);
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
	static const CK_KEY_TYPE types[] = { CKK_RSA, CKK_EC, CKK_EC_EDWARDS, CKK_EC_MONTGOMERY,
		CKK_DH, CKK_X9_42_DH, CKK_ML_KEM, CKK_ML_DSA, CKK_SLH_DSA, CKK_AES,
		CKK_GENERIC_SECRET };
	CK_RSA_PKCS_OAEP_PARAMS oaep = { CKM_SHA256, CKG_MGF1_SHA256, CKZ_DATA_SPECIFIED, NULL, 0 };
	struct {
		CK_ULONG bits;
		CK_RSA_PKCS_OAEP_PARAMS *oaep;
	} rsa_aes = { 256, &oaep };
	CK_MECHANISM kwp = { CKM_AES_KEY_WRAP_KWP, NULL, 0 }, kw = { CKM_AES_KEY_WRAP, NULL, 0 };
	CK_MECHANISM by_rsa_aes = { CKM_RSA_AES_KEY_WRAP, &rsa_aes, sizeof(rsa_aes) };
	CK_MECHANISM by_oaep = { CKM_RSA_PKCS_OAEP, &oaep, sizeof(oaep) };
	struct input in = { .data = data, .len = len };
	CK_KEY_TYPE type;
	CK_OBJECT_CLASS class;
	CK_BYTE *blob;
	CK_ULONG plain;
	uint8_t how;

	if (p11 == NULL) {
		fuzz_up("memory:");
		session = fuzz_token();
		fuzz_keys(session, keys);
	}
	how = take_byte(&in);
	type = types[how % COUNT(types)];
	class = type == CKK_AES || type == CKK_GENERIC_SECRET ? CKO_SECRET_KEY : CKO_PRIVATE_KEY;
	plain = in.len;
	blob = block_take(&in, plain);
	switch (how / COUNT(types) % 6) {
	case 0:
		unwrap(&kwp, keys[KEY_AES], blob, plain, class, type);
		break;
	case 1:
		unwrap(&kw, keys[KEY_AES], blob, plain, class, type);
		break;
	case 2:
		unwrap(&by_rsa_aes, keys[KEY_RSA + 1], blob, plain, class, type);
		break;
	case 3:
		seal_and_unwrap(
		    &by_oaep, keys[KEY_RSA], keys[KEY_RSA + 1], blob, plain, class, type);
		break;
	default:
		seal_and_unwrap(&kwp, keys[KEY_AES], keys[KEY_AES], blob, plain, class, type);
		break;
	}
	blocks_free();
	return 0;
}
