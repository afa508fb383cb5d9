/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Parameters of mechanisms: every way to use a key, with parameters out of the input.
 * What one direction made, the other takes back.
 */
#include "tests/fuzz/fuzz.h"

static CK_SESSION_HANDLE session;
static CK_OBJECT_HANDLE keys[KEYS];

#define ROOM 600

/* The private half of a pair, or the key itself. */
static CK_OBJECT_HANDLE
other_half(CK_OBJECT_HANDLE key)
{
	for (size_t i = KEY_PAIRS; i < KEYS; i += 2)
		if (keys[i] == key)
			return keys[i + 1];
	return key;
}

static void
encipher(CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key, CK_BYTE *data, CK_ULONG len, CK_ULONG room)
{
	CK_ULONG made = room, back = ROOM;
	CK_BYTE *out = block_new(room), *again = block_new(back);

	if (p11->C_EncryptInit(session, mechanism, key) != CKR_OK ||
	    p11->C_Encrypt(session, data, len, out, &made) != CKR_OK)
		return;
	if (p11->C_DecryptInit(session, mechanism, other_half(key)) != CKR_OK)
		return;
	/* RSA without padding has zeros in front, where there was less than a modulus. */
	must(p11->C_Decrypt(session, out, made, again, &back) == CKR_OK);
	must(back >= len && memcmp(again + back - len, data, len) == 0);
}

static void
decipher(CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key, CK_BYTE *data, CK_ULONG len, CK_ULONG room)
{
	CK_ULONG made = room;
	CK_BYTE *out = block_new(room);

	if (p11->C_DecryptInit(session, mechanism, key) == CKR_OK &&
	    p11->C_DecryptUpdate(session, data, len, out, &made) == CKR_OK) {
		made = room;
		(void)p11->C_DecryptFinal(session, out, &made);
	}
	made = room;
	if (p11->C_DigestInit(session, mechanism) == CKR_OK)
		(void)p11->C_Digest(session, data, len, out, &made);
}

static void
sign(CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key, CK_BYTE *data, CK_ULONG len, CK_ULONG room)
{
	/* SLH-DSA's signatures are the longest. */
	CK_ULONG made = room == ROOM ? 50000 : room;
	CK_BYTE *out = block_new(made);

	if (p11->C_SignInit(session, mechanism, other_half(key)) == CKR_OK &&
	    p11->C_Sign(session, data, len, out, &made) == CKR_OK) {
		if (p11->C_VerifyInit(session, mechanism, key) == CKR_OK)
			must(p11->C_Verify(session, data, len, out, made) == CKR_OK);
		if (p11->C_VerifySignatureInit(session, mechanism, key, out, made) == CKR_OK &&
		    p11->C_VerifySignatureUpdate(session, data, len) == CKR_OK)
			(void)p11->C_VerifySignatureFinal(session);
	}
	made = room;
	if (p11->C_SignRecoverInit(session, mechanism, other_half(key)) == CKR_OK)
		(void)p11->C_SignRecover(session, data, len, out, &made);
	made = room;
	if (p11->C_VerifyRecoverInit(session, mechanism, key) == CKR_OK)
		(void)p11->C_VerifyRecover(session, data, len, out, &made);
	if (p11->C_VerifyInit(session, mechanism, key) == CKR_OK)
		(void)p11->C_Verify(session, data, len / 2, data, len);
}

/* Unless its template says that it stays; it goes with the session then. */
static void
destroy(CK_OBJECT_HANDLE made)
{
	const CK_RV rv = p11->C_DestroyObject(session, made);

	must(rv == CKR_OK || rv == CKR_ACTION_PROHIBITED);
}

static void
derive(struct input *in, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key)
{
	CK_OBJECT_HANDLE made, again;
	CK_ULONG count, len = 2000;
	CK_ATTRIBUTE *template = take_secret_template(in, &count);
	CK_BYTE *out = block_new(len);

	if (p11->C_DeriveKey(session, mechanism, other_half(key), template, count, &made) ==
		CKR_OK &&
	    made != CK_INVALID_HANDLE)
		destroy(made);
	if (p11->C_GenerateKey(session, mechanism, template, count, &made) == CKR_OK)
		destroy(made);
	if (p11->C_EncapsulateKey(session, mechanism, key, template, count, out, &len, &made) !=
	    CKR_OK)
		return;
	destroy(made);
	if (p11->C_DecapsulateKey(
		session, mechanism, other_half(key), template, count, out, len, &again) == CKR_OK)
		destroy(again);
	out[take_byte(in) % len] ^= take_byte(in);
	if (p11->C_DecapsulateKey(
		session, mechanism, other_half(key), template, count, out, len, &again) == CKR_OK)
		destroy(again);
}

static void
wrap(struct input *in, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key)
{
	CK_OBJECT_HANDLE made, target = keys[take_byte(in) % KEYS];
	CK_ULONG count, aad_len = take_byte(in) % 40, len = 2000;
	CK_BYTE *out = block_new(len), *aad = block_take(in, aad_len);
	CK_ATTRIBUTE *template = take_secret_template(in, &count);

	if (p11->C_WrapKey(session, mechanism, key, target, out, &len) == CKR_OK) {
		if (p11->C_UnwrapKey(session, mechanism, other_half(key), out, len, template, count,
			&made) == CKR_OK)
			destroy(made);
		out[take_byte(in) % len] ^= take_byte(in);
		if (p11->C_UnwrapKey(session, mechanism, other_half(key), out, len, template, count,
			&made) == CKR_OK)
			destroy(made);
	}
	len = 2000;
	if (p11->C_WrapKeyAuthenticated(session, mechanism, key, target, aad, aad_len, out, &len) ==
		CKR_OK &&
	    p11->C_UnwrapKeyAuthenticated(session, mechanism, other_half(key), out, len, template,
		count, aad, aad_len, &made) == CKR_OK)
		destroy(made);
}

static void
use(struct input *in, uint8_t how, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key)
{
	const CK_ULONG room = how & 0x80 ? take_byte(in) : ROOM, len = in->text_len;
	CK_BYTE *data;

	switch (how % 5) {
	case 0:
		derive(in, mechanism, key);
		break;
	case 1:
		wrap(in, mechanism, key);
		break;
	case 2:
		data = block_take(in, len);
		sign(mechanism, key, data, len, room);
		break;
	case 3:
		data = block_take(in, len);
		encipher(mechanism, key, data, len, room);
		break;
	default:
		data = block_take(in, len);
		decipher(mechanism, key, data, len, room);
		break;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static CK_SESSION_HANDLE home; /* the keys live with that session, operations with others */
	struct input in = { .data = data, .len = len };
	CK_OBJECT_HANDLE key;
	CK_MECHANISM *mechanism;
	uint8_t how;

	if (p11 == NULL) {
		fuzz_up("memory:");
		home = fuzz_token();
		fuzz_keys(home, keys);
	}
	must(p11->C_OpenSession(0, CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, &session) ==
	    CKR_OK);
	how = take_byte(&in);
	in.text_len = take_byte(&in);
	mechanism = take_mechanism(&in, keys, &key);
	use(&in, how, mechanism, key);
	must(p11->C_CloseSession(session) == CKR_OK);
	blocks_free();
	return 0;
}
