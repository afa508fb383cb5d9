/* SPDX-License-Identifier: Apache-2.0 */
/* Templates: objects created, generated, copied, changed and sought by what the input says. */
#include "tests/fuzz/fuzz.h"

static const CK_MECHANISM_TYPE generators[] = { CKM_AES_KEY_GEN, CKM_GENERIC_SECRET_KEY_GEN,
	CKM_EC_KEY_PAIR_GEN, CKM_EC_EDWARDS_KEY_PAIR_GEN, CKM_EC_MONTGOMERY_KEY_PAIR_GEN,
	CKM_EC_KEY_PAIR_GEN_W_EXTRA_BITS, CKM_CHACHA20_KEY_GEN, CKM_HKDF_KEY_GEN };

static void
look_at(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE *template, CK_ULONG count)
{
	CK_OBJECT_HANDLE found[8];
	CK_ULONG size, n;

	(void)p11->C_GetObjectSize(session, object, &size);
	if (p11->C_FindObjectsInit(session, template, count) == CKR_OK) {
		(void)p11->C_FindObjects(session, found, 8, &n);
		must(p11->C_FindObjectsFinal(session) == CKR_OK);
	}
	(void)p11->C_GetAttributeValue(session, object, template, count);
}

#define MOST_KEPT 32

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static unsigned kept = MOST_KEPT;
	struct input in = { .data = data, .len = len };
	CK_OBJECT_HANDLE object[3] = { 0 };
	CK_SESSION_HANDLE session;
	CK_ATTRIBUTE *first, *second;
	CK_MECHANISM mechanism = { 0 };
	CK_ULONG first_count, second_count;

	if (p11 == NULL)
		fuzz_up("memory:");
	/* Those with CKA_DESTROYABLE false stay, and every search meets them. */
	if (kept >= MOST_KEPT) {
		(void)fuzz_token();
		kept = 0;
	}
	must(p11->C_OpenSession(0, CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, &session) ==
	    CKR_OK);
	mechanism.mechanism =
	    generators[take_byte(&in) % (sizeof(generators) / sizeof(generators[0]))];
	first = take_template(&in, &first_count);
	second = take_template(&in, &second_count);
	switch (take_byte(&in) % 3) {
	case 0:
		(void)p11->C_CreateObject(session, first, first_count, &object[0]);
		break;
	case 1:
		(void)p11->C_GenerateKey(session, &mechanism, first, first_count, &object[0]);
		break;
	default:
		(void)p11->C_GenerateKeyPair(session, &mechanism, first, first_count, second,
		    second_count, &object[0], &object[1]);
		break;
	}
	(void)p11->C_CopyObject(session, object[0], second, second_count, &object[2]);
	(void)p11->C_SetAttributeValue(session, object[0], second, second_count);
	look_at(session, object[0], first, first_count);
	for (size_t i = 0; i < 3; i++)
		kept += p11->C_DestroyObject(session, object[i]) == CKR_ACTION_PROHIBITED;
	must(p11->C_CloseSession(session) == CKR_OK);
	blocks_free();
	return 0;
}
