/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The message interface: messages whole and in parts, one after the other on the same key, in
 * any order.  What was encrypted is decrypted again.
 */
#include "tests/fuzz/fuzz.h"

static CK_SESSION_HANDLE session;
static CK_OBJECT_HANDLE keys[KEYS];

/* CK_GCM_MESSAGE_PARAMS, CK_CCM_MESSAGE_PARAMS, CK_SALSA20_CHACHA20_POLY1305_MSG_PARAMS. */
static const struct kind {
	CK_MECHANISM_TYPE type;
	const char *shape;
	int key;
} kinds[] = {
	{ CKM_AES_GCM, "PNiTb", KEY_AES },
	{ CKM_AES_CCM, "LPNiTt", KEY_AES },
	{ CKM_CHACHA20_POLY1305, "PT", KEY_CHACHA20 },
};

struct message {
	void *parameter;
	CK_ULONG parameter_len, aad_len, len, room;
	CK_BYTE *aad, *data, *out;
};

static struct message
take_message(struct input *in, const struct kind *kind)
{
	struct message m = { 0 };
	const uint8_t how = take_byte(in);

	m.len = in->text_len = take_byte(in);
	m.aad_len = take_byte(in) % 40;
	m.room = how & 1 ? take_byte(in) : 400;
	m.parameter = take_shape(in, kind->shape, keys, &m.parameter_len);
	m.aad = block_take(in, m.aad_len);
	m.data = block_take(in, m.len);
	m.out = block_new(m.room);
	return m;
}

static void
whole(const struct message *m)
{
	CK_ULONG made = m->room, back = 400;
	CK_BYTE *again = block_new(back);
	CK_RV rv;

	if (p11->C_EncryptMessage(session, m->parameter, m->parameter_len, m->aad, m->aad_len,
		m->data, m->len, m->out, &made) != CKR_OK)
		return;
	rv = p11->C_DecryptMessage(session, m->parameter, m->parameter_len, m->aad, m->aad_len,
	    m->out, made, again, &back);
	/* The input may have begun or ended something before. */
	if (rv == CKR_OPERATION_ACTIVE || rv == CKR_OPERATION_NOT_INITIALIZED)
		return;
	must(rv == CKR_OK && back == m->len && memcmp(again, m->data, back) == 0);
}

/* In two parts, and what came of it in one or in two. */
static void
parts(const struct message *m, CK_ULONG first)
{
	CK_ULONG made = m->room, rest, back = 400;
	CK_BYTE *again = block_new(back);

	if (p11->C_EncryptMessageBegin(
		session, m->parameter, m->parameter_len, m->aad, m->aad_len) != CKR_OK ||
	    p11->C_EncryptMessageNext(session, m->parameter, m->parameter_len, m->data, first,
		m->out, &made, 0) != CKR_OK)
		return;
	rest = m->room - made;
	if (p11->C_EncryptMessageNext(session, m->parameter, m->parameter_len, m->data + first,
		m->len - first, m->out + made, &rest, CKF_END_OF_MESSAGE) != CKR_OK)
		return;
	made += rest;
	/* An operation of the input's own may be under way. */
	if (p11->C_DecryptMessageBegin(
		session, m->parameter, m->parameter_len, m->aad, m->aad_len) != CKR_OK)
		return;
	must(p11->C_DecryptMessageNext(session, m->parameter, m->parameter_len, m->out, first,
		 again, &back, 0) == CKR_OK);
	rest = 400 - back;
	must(p11->C_DecryptMessageNext(session, m->parameter, m->parameter_len, m->out + first,
		 made - first, again + back, &rest, CKF_END_OF_MESSAGE) == CKR_OK);
	must(back + rest == m->len && memcmp(again, m->data, m->len) == 0);
}

static void
forged(const struct message *m)
{
	CK_ULONG made = m->room;

	(void)p11->C_DecryptMessage(session, m->parameter, m->parameter_len, m->aad, m->aad_len,
	    m->data, m->len, m->out, &made);
	if (p11->C_DecryptMessageBegin(
		session, m->parameter, m->parameter_len, m->aad, m->aad_len) != CKR_OK)
		return;
	made = m->room;
	(void)p11->C_DecryptMessageNext(session, m->parameter, m->parameter_len, m->data, m->len,
	    m->out, &made, CKF_END_OF_MESSAGE);
}

/* Of what the steps above make only in their order. */
static void
any(struct input *in, const struct message *m, const struct kind *kind)
{
	CK_MECHANISM mechanism = { kind->type, NULL, 0 };
	CK_BYTE *out = take_byte(in) & 1 ? NULL : m->out;
	CK_ULONG made = m->room;

	switch (take_byte(in) % 10) {
	case 0:
		(void)p11->C_EncryptMessageNext(session, m->parameter, m->parameter_len, m->data,
		    m->len, out, &made, take_byte(in) & 3);
		break;
	case 1:
		(void)p11->C_DecryptMessageNext(session, m->parameter, m->parameter_len, m->data,
		    m->len, out, &made, take_byte(in) & 3);
		break;
	case 2:
		(void)p11->C_EncryptMessage(session, m->parameter, m->parameter_len, m->aad,
		    m->aad_len, m->data, m->len, out, &made);
		break;
	case 3:
		(void)p11->C_MessageEncryptFinal(session);
		break;
	case 4:
		(void)p11->C_MessageDecryptFinal(session);
		break;
	case 5:
		(void)p11->C_MessageEncryptInit(session, &mechanism, keys[kind->key]);
		break;
	case 6:
		(void)p11->C_MessageDecryptInit(session, &mechanism, keys[kind->key]);
		break;
	case 7:
		(void)p11->C_SessionCancel(session, CKF_MESSAGE_ENCRYPT);
		break;
	case 8:
		(void)p11->C_EncryptMessageBegin(
		    session, m->parameter, m->parameter_len, m->aad, m->aad_len);
		break;
	default:
		(void)p11->C_DecryptMessageBegin(
		    session, m->parameter, m->parameter_len, m->aad, m->aad_len);
		break;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static CK_SESSION_HANDLE home; /* the keys live with that session, operations with others */
	struct input in = { .data = data, .len = len };
	const struct kind *kind;
	CK_MECHANISM mechanism = { 0 };

	if (p11 == NULL) {
		fuzz_up("memory:");
		home = fuzz_token();
		fuzz_keys(home, keys);
	}
	must(p11->C_OpenSession(0, CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, &session) ==
	    CKR_OK);
	kind = &kinds[take_byte(&in) % COUNT(kinds)];
	mechanism.mechanism = kind->type;
	must(p11->C_MessageEncryptInit(session, &mechanism, keys[kind->key]) == CKR_OK);
	must(p11->C_MessageDecryptInit(session, &mechanism, keys[kind->key]) == CKR_OK);
	for (unsigned messages = 0; in.len > 0 && messages < 20; messages++) {
		const struct message m = take_message(&in, kind);

		switch (take_byte(&in) % 4) {
		case 0:
			whole(&m);
			break;
		case 1:
			parts(&m, m.len == 0 ? 0 : take_byte(&in) % m.len);
			break;
		case 2:
			forged(&m);
			break;
		default:
			any(&in, &m, kind);
			break;
		}
	}
	must(p11->C_CloseSession(session) == CKR_OK);
	blocks_free();
	return 0;
}
