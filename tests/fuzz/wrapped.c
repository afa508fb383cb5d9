/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Wrapped keys: blobs as they are, and plain texts (PKCS#8) sealed by the very key
 * that unwraps them, so that they get past its check.
 */
#include "tests/fuzz/fuzz.h"

static CK_SESSION_HANDLE session;
static CK_OBJECT_HANDLE keys[KEYS];

static void
unwrap(CK_MECHANISM *mechanism, CK_OBJECT_HANDLE with, CK_BYTE *blob, CK_ULONG len,
    CK_OBJECT_CLASS class, CK_KEY_TYPE type)
{
	CK_ATTRIBUTE template[] = { { CKA_CLASS, &class, sizeof(class) },
		{ CKA_KEY_TYPE, &type, sizeof(type) } };
	CK_OBJECT_HANDLE made;

	if (p11->C_UnwrapKey(session, mechanism, with, blob, len, template, 2, &made) == CKR_OK)
		must(p11->C_DestroyObject(session, made) == CKR_OK);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static const CK_KEY_TYPE types[] = { CKK_RSA, CKK_EC, CKK_EC_EDWARDS, CKK_EC_MONTGOMERY,
		CKK_DH, CKK_X9_42_DH, CKK_ML_KEM, CKK_ML_DSA, CKK_AES, CKK_GENERIC_SECRET };
	CK_RSA_PKCS_OAEP_PARAMS oaep = { CKM_SHA256, CKG_MGF1_SHA256, CKZ_DATA_SPECIFIED, NULL, 0 };
	struct {
		CK_ULONG bits;
		CK_RSA_PKCS_OAEP_PARAMS *oaep;
	} rsa_aes = { 256, &oaep };
	CK_MECHANISM kwp = { CKM_AES_KEY_WRAP_KWP, NULL, 0 }, kw = { CKM_AES_KEY_WRAP, NULL, 0 };
	CK_MECHANISM by_rsa_aes = { CKM_RSA_AES_KEY_WRAP, &rsa_aes, sizeof(rsa_aes) };
	CK_MECHANISM by_oaep = { CKM_RSA_PKCS_OAEP, &oaep, sizeof(oaep) };
	struct input in = { data, len };
	CK_KEY_TYPE type;
	CK_OBJECT_CLASS class;
	CK_BYTE *blob, *sealed;
	CK_ULONG plain, made;
	uint8_t how;

	if (p11 == NULL) {
		fuzz_up("memory:");
		session = fuzz_token();
		fuzz_keys(session, keys);
	}
	how = take_byte(&in);
	type = types[how % 10];
	class = type == CKK_AES || type == CKK_GENERIC_SECRET ? CKO_SECRET_KEY : CKO_PRIVATE_KEY;
	plain = in.len;
	blob = block_take(&in, plain);
	switch (how / 10 % 6) {
	case 0:
		unwrap(&kwp, keys[KEY_AES], blob, plain, class, type);
		break;
	case 1:
		unwrap(&kw, keys[KEY_AES], blob, plain, class, type);
		break;
	case 2:
		unwrap(&by_rsa_aes, keys[KEY_RSA_PRIVATE], blob, plain, class, type);
		break;
	case 3:
		unwrap(&by_oaep, keys[KEY_RSA_PRIVATE], blob, plain, class, type);
		break;
	default:
		made = plain + 16;
		sealed = block_new(made);
		if (p11->C_EncryptInit(session, &kwp, keys[KEY_AES]) == CKR_OK &&
		    p11->C_Encrypt(session, blob, plain, sealed, &made) == CKR_OK)
			unwrap(&kwp, keys[KEY_AES], sealed, made, class, type);
		break;
	}
	blocks_free();
	return 0;
}
