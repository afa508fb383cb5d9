/* SPDX-License-Identifier: Apache-2.0 */
/* Parameters of mechanisms: every way to use a key, with parameters out of the input. */
#include "tests/fuzz/fuzz.h"

static CK_SESSION_HANDLE session;
static CK_OBJECT_HANDLE keys[KEYS];

static void
use(struct input *in, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key)
{
	const CK_ULONG len = take_byte(in);
	const CK_ULONG room = take_byte(in) & 1 ? 600 : take_byte(in);
	CK_ULONG made = room; /* afterwards what was made, or would have been */
	CK_BYTE *data = block_take(in, len), *out = block_new(room);

	if (p11->C_EncryptInit(session, mechanism, key) == CKR_OK)
		(void)p11->C_Encrypt(session, data, len, out, &made);
	made = room;
	if (p11->C_DecryptInit(session, mechanism, key) == CKR_OK &&
	    p11->C_DecryptUpdate(session, data, len, out, &made) == CKR_OK) {
		made = room;
		(void)p11->C_DecryptFinal(session, out, &made);
	}
	made = room;
	if (p11->C_SignInit(session, mechanism, key) == CKR_OK)
		(void)p11->C_Sign(session, data, len, out, &made);
	if (p11->C_VerifyInit(session, mechanism, key) == CKR_OK)
		(void)p11->C_Verify(session, data, len / 2, data, len);
	made = room;
	if (p11->C_DigestInit(session, mechanism) == CKR_OK)
		(void)p11->C_Digest(session, data, len, out, &made);
}

static void
make(struct input *in, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key)
{
	CK_OBJECT_HANDLE made;
	CK_ULONG count, len = 600;
	CK_ATTRIBUTE *template = take_template(in, &count);
	CK_BYTE *out = block_new(len);

	if (p11->C_DeriveKey(session, mechanism, key, template, count, &made) == CKR_OK)
		(void)p11->C_DestroyObject(session, made);
	if (p11->C_WrapKey(session, mechanism, key, keys[KEY_GENERIC], out, &len) == CKR_OK &&
	    p11->C_UnwrapKey(session, mechanism, key, out, len, template, count, &made) == CKR_OK)
		(void)p11->C_DestroyObject(session, made);
	len = 600;
	if (p11->C_EncapsulateKey(session, mechanism, key, template, count, out, &len, &made) ==
	    CKR_OK)
		(void)p11->C_DestroyObject(session, made);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct input in = { data, len };
	CK_SESSION_HANDLE worker;
	CK_OBJECT_HANDLE key;
	CK_MECHANISM *mechanism;

	if (p11 == NULL) {
		fuzz_up("memory:");
		session = fuzz_token();
		fuzz_keys(session, keys);
		/* The keys live with that session, operations end with another. */
	}
	worker = session;
	must(p11->C_OpenSession(0, CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, &session) ==
	    CKR_OK);
	mechanism = take_mechanism(&in, keys);
	key = keys[take_byte(&in) % KEYS];
	if (take_byte(&in) & 1)
		use(&in, mechanism, key);
	else
		make(&in, mechanism, key);
	must(p11->C_CloseSession(session) == CKR_OK);
	session = worker;
	blocks_free();
	return 0;
}
