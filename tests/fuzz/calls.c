/* SPDX-License-Identifier: Apache-2.0 */
/* Sequences of calls: sessions, logins, operations and objects in any order, handles good and bad.
 */
#include "tests/fuzz/fuzz.h"

#define SESSIONS 4
#define OBJECTS 8

static CK_SESSION_HANDLE sessions[SESSIONS];
static CK_OBJECT_HANDLE objects[OBJECTS];

/* Those for the mechanisms: the input may have destroyed them by now. */
static CK_OBJECT_HANDLE keys[KEYS];

static CK_SESSION_HANDLE
a_session(struct input *in)
{
	const uint8_t which = take_byte(in);

	return which < 240 ? sessions[which % SESSIONS] : which;
}

static CK_OBJECT_HANDLE *
an_object(struct input *in)
{
	return &objects[take_byte(in) % OBJECTS];
}

static void
session_call(struct input *in, uint8_t which)
{
	static CK_UTF8CHAR user_pin[] = "user pin", wrong[] = "wrong pin";
	CK_SESSION_HANDLE session = a_session(in);
	CK_SESSION_INFO info;

	switch (which % 8) {
	case 0:
		(void)p11->C_OpenSession(0, CKF_SERIAL_SESSION | (take_byte(in) & CKF_RW_SESSION),
		    NULL, NULL, &sessions[take_byte(in) % SESSIONS]);
		break;
	case 1:
		(void)p11->C_CloseSession(session);
		break;
	case 2:
		(void)p11->C_Login(session, CKU_USER + take_byte(in) % 3, user_pin, 8);
		break;
	case 3:
		(void)p11->C_Logout(session);
		break;
	case 4:
		(void)p11->C_Login(session, CKU_CONTEXT_SPECIFIC, user_pin, 8);
		break;
	case 5:
		(void)p11->C_GetSessionInfo(session, &info);
		break;
	case 6:
		(void)p11->C_SessionCancel(session, take_number(in));
		break;
	default:
		(void)p11->C_SetPIN(session, wrong, 9, user_pin, 8);
		break;
	}
}

static void
object_call(struct input *in, uint8_t which)
{
	CK_SESSION_HANDLE session = a_session(in);
	CK_MECHANISM generate = { CKM_AES_KEY_GEN, NULL, 0 };
	CK_OBJECT_HANDLE *object = an_object(in), found[4];
	CK_ULONG count, n = take_byte(in);
	CK_ATTRIBUTE *template = take_template(in, &count);

	switch (which % 9) {
	case 0:
		(void)p11->C_CreateObject(session, template, count, object);
		break;
	case 1:
		(void)p11->C_GenerateKey(session, &generate, template, count, object);
		break;
	case 2:
		(void)p11->C_DestroyObject(session, *object);
		break;
	case 3:
		(void)p11->C_CopyObject(session, *an_object(in), template, count, object);
		break;
	case 4:
		(void)p11->C_SetAttributeValue(session, *object, template, count);
		break;
	case 5:
		(void)p11->C_GetAttributeValue(session, *object, template, count);
		break;
	case 6:
		(void)p11->C_FindObjectsInit(session, template, count);
		break;
	case 7:
		if (p11->C_FindObjects(session, found, n % 5, &count) == CKR_OK && count > 0)
			*object = found[0];
		break;
	default:
		(void)p11->C_FindObjectsFinal(session);
		break;
	}
}

/* What C_GetOperationState gave last. */
static CK_BYTE saved[2000];
static CK_ULONG saved_len;

static void
operation_call(struct input *in, uint8_t which)
{
	CK_SESSION_HANDLE session = a_session(in);
	CK_OBJECT_HANDLE *object = an_object(in), fitting;
	CK_MECHANISM *mechanism;
	CK_ULONG len = take_byte(in), room = take_byte(in) & 1 ? 300 : take_byte(in);
	CK_BYTE *data = block_take(in, len), *out = take_byte(in) < 240 ? block_new(room) : NULL;

	mechanism = take_mechanism(in, keys, &fitting);
	if (take_byte(in) & 1)
		object = &fitting;
	switch (which % 24) {
	case 0:
		(void)p11->C_EncryptInit(session, mechanism, *object);
		break;
	case 1:
		(void)p11->C_Encrypt(session, data, len, out, &room);
		break;
	case 2:
		(void)p11->C_EncryptUpdate(session, data, len, out, &room);
		break;
	case 3:
		(void)p11->C_EncryptFinal(session, out, &room);
		break;
	case 4:
		(void)p11->C_DecryptInit(session, mechanism, *object);
		break;
	case 5:
		(void)p11->C_Decrypt(session, data, len, out, &room);
		break;
	case 6:
		(void)p11->C_DecryptUpdate(session, data, len, out, &room);
		break;
	case 7:
		(void)p11->C_DecryptFinal(session, out, &room);
		break;
	case 8:
		(void)p11->C_DigestInit(session, mechanism);
		break;
	case 9:
		(void)p11->C_DigestUpdate(session, data, len);
		break;
	case 10:
		(void)p11->C_DigestFinal(session, out, &room);
		break;
	case 11:
		(void)p11->C_DigestKey(session, *object);
		break;
	case 12:
		(void)p11->C_SignInit(session, mechanism, *object);
		break;
	case 13:
		(void)p11->C_Sign(session, data, len, out, &room);
		break;
	case 14:
		(void)p11->C_SignUpdate(session, data, len);
		break;
	case 15:
		(void)p11->C_SignFinal(session, out, &room);
		break;
	case 16:
		(void)p11->C_VerifyInit(session, mechanism, *object);
		break;
	case 17:
		(void)p11->C_Verify(session, data, len / 2, data + len / 2, len - len / 2);
		break;
	case 18:
		(void)p11->C_DigestEncryptUpdate(session, data, len, out, &room);
		break;
	case 19:
		saved_len = sizeof(saved);
		if (p11->C_GetOperationState(session, saved, &saved_len) != CKR_OK)
			saved_len = 0;
		break;
	case 20:
		/* What was saved, mostly as it was. */
		if (len > 40 && saved_len > 0)
			saved[data[0] % saved_len] ^= data[1];
		(void)p11->C_SetOperationState(session, saved, saved_len,
		    len % 3 == 1 ? *object : 0, len % 3 == 2 ? *object : 0);
		break;
	case 21:
		(void)p11->C_MessageEncryptInit(session, mechanism, *object);
		break;
	case 22:
		(void)p11->C_MessageDecryptInit(session, mechanism, *object);
		break;
	default:
		(void)p11->C_WrapKey(session, mechanism, *object, *an_object(in), out, &room);
		break;
	}
}

/* Two operations at once, verification in its three forms, and what makes keys. */
static void
other_call(struct input *in, uint8_t which)
{
	CK_SESSION_HANDLE session = a_session(in);
	CK_OBJECT_HANDLE *object = an_object(in), fitting;
	CK_ULONG count, len = take_byte(in), room = 300;
	CK_BYTE *data = block_take(in, len), *out = block_new(room);
	CK_MECHANISM *mechanism = take_mechanism(in, keys, &fitting);
	CK_ATTRIBUTE *template = take_secret_template(in, &count);

	switch (which % 16) {
	case 0:
		(void)p11->C_DecryptDigestUpdate(session, data, len, out, &room);
		break;
	case 1:
		(void)p11->C_SignEncryptUpdate(session, data, len, out, &room);
		break;
	case 2:
		(void)p11->C_DecryptVerifyUpdate(session, data, len, out, &room);
		break;
	case 3:
		(void)p11->C_Digest(session, data, len, out, &room);
		break;
	case 4:
		(void)p11->C_VerifyUpdate(session, data, len);
		break;
	case 5:
		(void)p11->C_VerifyFinal(session, data, len);
		break;
	case 6:
		(void)p11->C_SignRecoverInit(session, mechanism, fitting);
		break;
	case 7:
		(void)p11->C_SignRecover(session, data, len, out, &room);
		break;
	case 8:
		(void)p11->C_VerifyRecoverInit(session, mechanism, fitting);
		break;
	case 9:
		(void)p11->C_VerifyRecover(session, data, len, out, &room);
		break;
	case 10:
		(void)p11->C_VerifySignatureInit(session, mechanism, fitting, data, len);
		break;
	case 11:
		(void)p11->C_VerifySignature(session, data, len);
		break;
	case 12:
		(void)p11->C_VerifySignatureUpdate(session, data, len);
		break;
	case 13:
		(void)p11->C_VerifySignatureFinal(session);
		break;
	case 14:
		(void)p11->C_DeriveKey(session, mechanism, fitting, template, count, object);
		break;
	default:
		(void)p11->C_UnwrapKey(
		    session, mechanism, fitting, data, len, template, count, object);
		break;
	}
}

/* As at the beginning, or nearly: a token made anew costs more than most inputs. */
static CK_SESSION_HANDLE
begin(void)
{
	static CK_UTF8CHAR user_pin[] = "user pin";
	CK_SESSION_HANDLE session;
	CK_OBJECT_HANDLE found[16];
	CK_ULONG count = 0;

	if (p11->C_OpenSession(0, CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, &session) !=
		CKR_OK ||
	    p11->C_Login(session, CKU_USER, user_pin, 8) != CKR_OK)
		return fuzz_token();
	must(p11->C_FindObjectsInit(session, NULL, 0) == CKR_OK);
	must(p11->C_FindObjects(session, found, 16, &count) == CKR_OK);
	must(p11->C_FindObjectsFinal(session) == CKR_OK);
	for (CK_ULONG i = 0; i < count; i++)
		if (p11->C_DestroyObject(session, found[i]) != CKR_OK && i > 8)
			return fuzz_token();
	return session;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct input in = { .data = data, .len = len };

	if (p11 == NULL)
		fuzz_up("memory:");
	memset(objects, 0, sizeof(objects));
	saved_len = 0;
	memset(sessions, 0, sizeof(sessions));
	sessions[0] = begin();
	fuzz_few_keys(sessions[0], keys);
	objects[0] = keys[KEY_AES];
	objects[1] = keys[KEY_GENERIC];
	objects[2] = keys[KEY_EC];
	objects[3] = keys[KEY_EC + 1];
	for (unsigned calls = 0; in.len > 0 && calls < 200; calls++) {
		const uint8_t which = take_byte(&in);

		if (which < 60)
			session_call(&in, which);
		else if (which < 140)
			object_call(&in, which);
		else if (which < 215)
			operation_call(&in, which);
		else
			other_call(&in, which);
	}
	(void)p11->C_CloseAllSessions(0);
	blocks_free();
	return 0;
}
