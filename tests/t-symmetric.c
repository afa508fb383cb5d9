/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What vectors do not play of digests, ciphers and codes: the state of a digest that
 * is saved and restored, two operations fed by one call, operations of all kinds side
 * by side, messages with nonces of the token's making, limits that are the standard's.
 */
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tests/peer.h"

static CK_SLOT_ID slot;
static CK_SESSION_HANDLE session;

static int
begin(void **state)
{
	(void)state;
	session = session_user(slot);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	ok(p11->C_CloseAllSessions(slot));
	scratch_release();
	return 0;
}
#define test_symmetric(function) cmocka_unit_test_setup_teardown(function, begin, end)

static int
begin_all(void **state)
{
	module_started(state);
	slot = token_make("symmetric");
	return 0;
}

static int
end_all(void **state)
{
	return module_stopped(state);
}

#define IN(text) (CK_BYTE *)(text), strlen(text)

/* --- C_GetOperationState ---------------------------------------------------------- */

static struct view
saved(void)
{
	CK_ULONG len = 0, told;
	CK_BYTE *out;

	ok(p11->C_GetOperationState(session, NULL, &len));
	out = scratch(len);
	told = len - 1;
	assert_rv(p11->C_GetOperationState(session, out, &told), CKR_BUFFER_TOO_SMALL);
	check(told == len);
	ok(p11->C_GetOperationState(session, out, &told));
	check(told == len);
	return view_of(out, len);
}

static CK_RV
restore(CK_SESSION_HANDLE into, struct view from)
{
	return p11->C_SetOperationState(
	    into, (CK_BYTE *)from.data, from.len, CK_INVALID_HANDLE, CK_INVALID_HANDLE);
}

static struct view
digested(CK_SESSION_HANDLE in)
{
	CK_BYTE *out = scratch(64);
	CK_ULONG len = 64;

	ok(p11->C_DigestFinal(in, out, &len));
	return view_of(out, len);
}

static const struct {
	CK_MECHANISM_TYPE type;
	const char *peer;
} hashes[] = { { CKM_SHA_1, "SHA1" }, { CKM_SHA256, "SHA256" }, { CKM_SHA384, "SHA384" },
	{ CKM_SHA512, "SHA512" }, { CKM_SHA512_224, "SHA512-224" }, { CKM_SHA3_256, "SHA3-256" },
	{ CKM_SHA3_512, "SHA3-512" } };

/* A digest goes on from where it was, here and in another session, as often as one likes. */
static void
test_digest_state(void **state)
{
	CK_SESSION_HANDLE other = session_open(slot, READ_ONLY);

	(void)state;
	for (size_t i = 0; i < COUNT_OF(hashes); i++) {
		struct view at;

		ok(p11->C_DigestInit(session, MECHANISM(hashes[i].type)));
		ok(p11->C_DigestUpdate(session, IN("one ")));
		at = saved();
		ok(p11->C_DigestUpdate(session, IN("two")));
		same_bytes(digested(session), peer_digest(hashes[i].peer, text("one two")));
		ok(restore(other, at));
		ok(p11->C_DigestUpdate(other, IN("three")));
		/* In place of what is open. */
		ok(restore(session, at));
		ok(restore(session, at));
		same_bytes(digested(session), peer_digest(hashes[i].peer, text("one ")));
		same_bytes(digested(other), peer_digest(hashes[i].peer, text("one three")));
	}
}

/* One that has taken in nothing is still one that C_Digest may end. */
static void
test_digest_state_empty(void **state)
{
	CK_BYTE out[32];
	CK_ULONG len = sizeof(out);
	struct view at;

	(void)state;
	ok(p11->C_DigestInit(session, MECHANISM(CKM_SHA256)));
	at = saved();
	ok(p11->C_SessionCancel(session, CKF_DIGEST));
	ok(restore(session, at));
	ok(p11->C_Digest(session, IN("abc"), out, &len));
	same_bytes(view_of(out, len), peer_digest("SHA256", text("abc")));
}

/* Every byte of a state counts, and its length; what is refused leaves the digest that is open. */
static void
test_forged_state(void **state)
{
	struct view at;

	(void)state;
	ok(p11->C_DigestInit(session, MECHANISM(CKM_SHA256)));
	ok(p11->C_DigestUpdate(session, IN("some input")));
	at = saved();
	for (size_t i = 0; i < at.len; i++) {
		struct view bent = copy_of(at.data, at.len);

		((CK_BYTE *)bent.data)[i] ^= (CK_BYTE)(1 << i % 8);
		assert_rv(restore(session, bent), CKR_SAVED_STATE_INVALID);
		assert_rv(restore(session, copy_of(at.data, i)), CKR_SAVED_STATE_INVALID);
	}
	assert_rv(
	    restore(session, view_of(scratch(at.len + 1), at.len + 1)), CKR_SAVED_STATE_INVALID);
	assert_rv(restore(session, view_of(scratch(1 << 20), 1 << 20)), CKR_SAVED_STATE_INVALID);
	assert_rv(p11->C_SetOperationState(session, NULL, 8, 0, 0), CKR_ARGUMENTS_BAD);
	assert_rv(p11->C_SetOperationState(session, (CK_BYTE *)at.data, at.len,
		      key_aes(session, CK_FALSE), CK_INVALID_HANDLE),
	    CKR_KEY_NOT_NEEDED);
	same_bytes(digested(session), peer_digest("SHA256", text("some input")));
}

/* No key's state leaves, nor one that another operation belongs to, nor a long one. */
static void
test_unsaveable(void **state)
{
	static CK_BYTE long_part[16385];
	CK_OBJECT_HANDLE key = key_aes(session, CK_FALSE);
	CK_BYTE out[512];
	CK_ULONG len = sizeof(out);

	(void)state;
	assert_rv(p11->C_GetOperationState(session, out, &len), CKR_OPERATION_NOT_INITIALIZED);
	ok(p11->C_DigestInit(session, MECHANISM(CKM_SHA256)));
	ok(p11->C_DigestKey(session, key));
	assert_rv(p11->C_GetOperationState(session, NULL, &len), CKR_STATE_UNSAVEABLE);
	assert_rv(p11->C_GetOperationState(session, out, &len), CKR_STATE_UNSAVEABLE);
	ok(p11->C_DigestUpdate(session, IN("more")));
	assert_rv(p11->C_GetOperationState(session, out, &len), CKR_STATE_UNSAVEABLE);
	(void)digested(session);

	ok(p11->C_DigestInit(session, MECHANISM(CKM_SHA256)));
	ok(p11->C_SignInit(session, MECHANISM(CKM_AES_CMAC), key));
	assert_rv(p11->C_GetOperationState(session, out, &len), CKR_STATE_UNSAVEABLE);
	ok(p11->C_SessionCancel(session, CKF_DIGEST));
	assert_rv(p11->C_GetOperationState(session, out, &len), CKR_STATE_UNSAVEABLE);
	ok(p11->C_SessionCancel(session, CKF_SIGN));

	ok(p11->C_DigestInit(session, MECHANISM(CKM_SHA256)));
	ok(p11->C_DigestUpdate(session, long_part, sizeof(long_part) - 1));
	check(saved().len > sizeof(long_part));
	ok(p11->C_DigestUpdate(session, long_part, 1));
	assert_rv(p11->C_GetOperationState(session, out, &len), CKR_STATE_UNSAVEABLE);
	same_bytes(digested(session), peer_digest("SHA256", view_of(long_part, sizeof(long_part))));
}

/* --- messages ----------------------------------------------------------------------- */

static CK_OBJECT_HANDLE
chacha20_key(void)
{
	CK_OBJECT_HANDLE key;

	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_CHACHA20),
		BYTES(CKA_VALUE,
		    unhex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"))),
	    &key));
	return key;
}

/* The three that have messages, with parameters of their own under one form. */
struct aead {
	CK_MECHANISM_TYPE type;
	CK_OBJECT_HANDLE key;
	CK_BYTE nonce[12], tag[16];
	union {
		struct pkcs11_gcm_message_params gcm;
		struct pkcs11_ccm_message_params ccm;
		struct pkcs11_chacha20_poly1305_msg_params chacha20;
	} parameter;
	CK_ULONG len;
};

static void
aead_of(struct aead *aead, size_t n, CK_ULONG generator, CK_ULONG data_len)
{
	memset(aead, 0, sizeof(*aead));
	switch (n) {
	case 0:
		aead->type = CKM_AES_GCM;
		aead->parameter.gcm = (struct pkcs11_gcm_message_params){ aead->nonce, 12, 0,
			generator, aead->tag, 128 };
		aead->len = sizeof(aead->parameter.gcm);
		break;
	case 1:
		aead->type = CKM_AES_CCM;
		aead->parameter.ccm = (struct pkcs11_ccm_message_params){ data_len, aead->nonce, 12,
			0, generator, aead->tag, 16 };
		aead->len = sizeof(aead->parameter.ccm);
		break;
	default:
		aead->type = CKM_CHACHA20_POLY1305;
		aead->parameter.chacha20 =
		    (struct pkcs11_chacha20_poly1305_msg_params){ aead->nonce, 12, aead->tag };
		aead->len = sizeof(aead->parameter.chacha20);
	}
	aead->key = n < 2 ? key_aes(session, CK_FALSE) : chacha20_key();
}

#define TEXT_LEN 45
static CK_BYTE plain[TEXT_LEN] = "forty-five bytes of text, no more and no less";

/* What C_Encrypt makes of the same: the ciphertext and behind it the tag. */
static void
check_against_plain(const struct aead *aead, const CK_BYTE *ciphertext)
{
	CK_GCM_PARAMS gcm = { (CK_BYTE *)aead->nonce, 12, 96, (CK_BYTE *)"aad", 3, 128 };
	struct pkcs11_ccm_params ccm = { TEXT_LEN, (CK_BYTE *)aead->nonce, 12, (CK_BYTE *)"aad", 3,
		16 };
	struct pkcs11_chacha20_poly1305_params chacha20 = { (CK_BYTE *)aead->nonce, 12,
		(CK_BYTE *)"aad", 3 };
	CK_MECHANISM mechanism = aead->type == CKM_AES_GCM
	    ? (CK_MECHANISM){ CKM_AES_GCM, &gcm, sizeof(gcm) }
	    : aead->type == CKM_AES_CCM
	    ? (CK_MECHANISM){ CKM_AES_CCM, &ccm, sizeof(ccm) }
	    : (CK_MECHANISM){ CKM_CHACHA20_POLY1305, &chacha20, sizeof(chacha20) };
	CK_BYTE out[TEXT_LEN + 16];
	CK_ULONG len = sizeof(out);

	ok(p11->C_EncryptInit(session, &mechanism, aead->key));
	ok(p11->C_Encrypt(session, plain, TEXT_LEN, out, &len));
	check(len == sizeof(out));
	same_bytes(view_of(out, TEXT_LEN), view_of(ciphertext, TEXT_LEN));
	same_bytes(view_of(out + TEXT_LEN, 16), view_of(aead->tag, 16));
}

static void
check_opens(struct aead *aead, const CK_BYTE *ciphertext)
{
	CK_BYTE out[TEXT_LEN];
	CK_ULONG len = 0;

	ok(p11->C_MessageDecryptInit(session, MECHANISM(aead->type), aead->key));
	ok(p11->C_DecryptMessage(session, &aead->parameter, aead->len, (CK_BYTE *)"aad", 3,
	    (CK_BYTE *)ciphertext, TEXT_LEN, NULL, &len));
	check(len == TEXT_LEN);
	ok(p11->C_DecryptMessage(session, &aead->parameter, aead->len, (CK_BYTE *)"aad", 3,
	    (CK_BYTE *)ciphertext, TEXT_LEN, out, &len));
	same_bytes(view_of(out, len), view_of(plain, TEXT_LEN));

	/* A forgery shows nothing and leaves the key where it was. */
	aead->tag[3] ^= 1;
	memset(out, 0x55, sizeof(out));
	assert_rv(p11->C_DecryptMessage(session, &aead->parameter, aead->len, (CK_BYTE *)"aad", 3,
		      (CK_BYTE *)ciphertext, TEXT_LEN, out, &len),
	    CKR_AEAD_DECRYPT_FAILED);
	check(memcmp(out, plain, 8) != 0);
	aead->tag[3] ^= 1;
	ok(p11->C_DecryptMessage(session, &aead->parameter, aead->len, (CK_BYTE *)"aad", 3,
	    (CK_BYTE *)ciphertext, TEXT_LEN, out, &len));
	ok(p11->C_MessageDecryptFinal(session));
	assert_rv(p11->C_MessageDecryptFinal(session), CKR_OPERATION_NOT_INITIALIZED);
}

static void
test_messages(void **state)
{
	(void)state;
	for (size_t n = 0; n < 3; n++) {
		struct aead aead;
		CK_BYTE out[TEXT_LEN];
		CK_ULONG len = TEXT_LEN - 1;

		aead_of(&aead, n, CKG_GENERATE, TEXT_LEN);
		ok(p11->C_MessageEncryptInit(session, MECHANISM(aead.type), aead.key));
		assert_rv(p11->C_MessageEncryptInit(session, MECHANISM(aead.type), aead.key),
		    CKR_OPERATION_ACTIVE);
		assert_rv(p11->C_EncryptMessage(session, &aead.parameter, aead.len,
			      (CK_BYTE *)"aad", 3, plain, TEXT_LEN, out, &len),
		    CKR_BUFFER_TOO_SMALL);
		check(len == TEXT_LEN);
		/* Neither nonce nor tag before the message is made. */
		for (size_t i = 0; i < 12; i++)
			check(aead.nonce[i] == 0 && aead.tag[i] == 0);
		for (int i = 0; i < 3; i++) {
			ok(p11->C_EncryptMessage(session, &aead.parameter, aead.len,
			    (CK_BYTE *)"aad", 3, plain, TEXT_LEN, out, &len));
			check_against_plain(&aead, out);
			check_opens(&aead, out);
		}
		ok(p11->C_MessageEncryptFinal(session));
	}
}

/* It needs no room, since its tag lies apart; UBSan saw an offset of no address. */
static void
test_message_of_nothing(void **state)
{
	(void)state;
	for (size_t n = 0; n < 3; n++) {
		struct aead aead;
		CK_ULONG len = 0;

		aead_of(&aead, n, CKG_GENERATE, 0);
		ok(p11->C_MessageEncryptInit(session, MECHANISM(aead.type), aead.key));
		ok(p11->C_EncryptMessage(
		    session, &aead.parameter, aead.len, (CK_BYTE *)"aad", 3, NULL, 0, NULL, &len));
		check(len == 0);
		ok(p11->C_MessageEncryptFinal(session));
		ok(p11->C_MessageDecryptInit(session, MECHANISM(aead.type), aead.key));
		ok(p11->C_DecryptMessage(
		    session, &aead.parameter, aead.len, (CK_BYTE *)"aad", 3, NULL, 0, NULL, &len));
		ok(p11->C_MessageDecryptFinal(session));
	}
}

static void
test_messages_in_parts(void **state)
{
	(void)state;
	for (size_t n = 0; n < 3; n++) {
		struct aead aead;
		CK_BYTE out[TEXT_LEN], back[TEXT_LEN], tag[16];
		CK_ULONG len = 20, at;

		aead_of(&aead, n, CKG_GENERATE, TEXT_LEN);
		ok(p11->C_MessageEncryptInit(session, MECHANISM(aead.type), aead.key));
		assert_rv(p11->C_EncryptMessageNext(
			      session, &aead.parameter, aead.len, plain, 20, out, &len, 0),
		    CKR_OPERATION_NOT_INITIALIZED);
		ok(p11->C_EncryptMessageBegin(
		    session, &aead.parameter, aead.len, (CK_BYTE *)"aad", 3));
		assert_rv(p11->C_EncryptMessageBegin(
			      session, &aead.parameter, aead.len, (CK_BYTE *)"aad", 3),
		    CKR_OPERATION_ACTIVE);
		assert_rv(p11->C_EncryptMessage(session, &aead.parameter, aead.len, NULL, 0, plain,
			      TEXT_LEN, out, &len),
		    CKR_OPERATION_ACTIVE);
		/* A question takes nothing in, whether there is a length to tell or not. */
		ok(p11->C_EncryptMessageNext(
		    session, &aead.parameter, aead.len, plain, 20, NULL, &len, 0));
		at = len;
		len = 20;
		ok(p11->C_EncryptMessageNext(
		    session, &aead.parameter, aead.len, plain, 20, out, &len, 0));
		check(at == len);
		len = TEXT_LEN - at - 1;
		assert_rv(p11->C_EncryptMessageNext(session, &aead.parameter, aead.len, plain + 20,
			      TEXT_LEN - 20, out + at, &len, CKF_END_OF_MESSAGE),
		    CKR_BUFFER_TOO_SMALL);
		check(len == TEXT_LEN - at);
		ok(p11->C_EncryptMessageNext(session, &aead.parameter, aead.len, plain + 20,
		    TEXT_LEN - 20, out + at, &len, CKF_END_OF_MESSAGE));
		check(at + len == TEXT_LEN);
		check_against_plain(&aead, out);
		ok(p11->C_MessageEncryptFinal(session));

		/* The tag may come with the last part; nothing comes out before it. */
		memcpy(tag, aead.tag, 16);
		memset(aead.tag, 0, 16);
		ok(p11->C_MessageDecryptInit(session, MECHANISM(aead.type), aead.key));
		ok(p11->C_DecryptMessageBegin(
		    session, &aead.parameter, aead.len, (CK_BYTE *)"aad", 3));
		ok(p11->C_DecryptMessageNext(
		    session, &aead.parameter, aead.len, out, 33, NULL, &len, 0));
		check(len == 0);
		len = sizeof(back);
		ok(p11->C_DecryptMessageNext(
		    session, &aead.parameter, aead.len, out, 33, back, &len, 0));
		check(len == 0);
		memcpy(aead.tag, tag, 16);
		len = sizeof(back);
		ok(p11->C_DecryptMessageNext(session, &aead.parameter, aead.len, out + 33,
		    TEXT_LEN - 33, back, &len, CKF_END_OF_MESSAGE));
		same_bytes(view_of(back, len), view_of(plain, TEXT_LEN));

		ok(p11->C_DecryptMessageBegin(
		    session, &aead.parameter, aead.len, (CK_BYTE *)"aae", 3));
		assert_rv(p11->C_DecryptMessageNext(session, &aead.parameter, aead.len, out,
			      TEXT_LEN, back, &len, CKF_END_OF_MESSAGE),
		    CKR_AEAD_DECRYPT_FAILED);
		assert_rv(p11->C_DecryptMessageNext(session, &aead.parameter, aead.len, out,
			      TEXT_LEN, back, &len, CKF_END_OF_MESSAGE),
		    CKR_OPERATION_NOT_INITIALIZED);
		ok(p11->C_SessionCancel(session, CKF_MESSAGE_DECRYPT));
		assert_rv(p11->C_MessageDecryptFinal(session), CKR_OPERATION_NOT_INITIALIZED);
	}
}

#define NONCES 3000

struct made_nonces {
	CK_BYTE nonce[NONCES][12];
};

static int
nonce_order(const void *a, const void *b)
{
	return memcmp(a, b, 12);
}

/* Encrypts nothing but takes nonces, in one session for the first half and in another after it. */
static void
take_nonces(CK_OBJECT_HANDLE key, CK_ULONG generator, struct made_nonces *into)
{
	CK_SESSION_HANDLE other = session_open(slot, READ_ONLY);
	CK_BYTE tag[16], none[1];

	ok(p11->C_MessageEncryptInit(session, MECHANISM(CKM_AES_GCM), key));
	ok(p11->C_MessageEncryptInit(other, MECHANISM(CKM_AES_GCM), key));
	for (size_t i = 0; i < NONCES; i++) {
		struct pkcs11_gcm_message_params parameter = { into->nonce[i], 12, 0, generator,
			tag, 128 };
		CK_ULONG len = 0;

		ok(p11->C_EncryptMessage(i % 2 ? session : other, &parameter, sizeof(parameter),
		    NULL, 0, NULL, 0, none, &len));
	}
	ok(p11->C_MessageEncryptFinal(session));
	ok(p11->C_CloseSession(other));
}

/* No nonce comes twice, whichever way it is asked for, and with all kinds mixed. */
static void
test_nonces(void **state)
{
	static const CK_ULONG generators[] = { CKG_GENERATE, CKG_GENERATE_COUNTER,
		CKG_GENERATE_RANDOM };
	CK_OBJECT_HANDLE key = key_aes(session, CK_FALSE);
	struct made_nonces *all = scratch(3 * sizeof(*all));
	CK_BYTE(*nonces)[12] = all[0].nonce;

	(void)state;
	for (size_t g = 0; g < 3; g++)
		take_nonces(key, generators[g], &all[g]);
	qsort(nonces, 3 * NONCES, 12, nonce_order);
	for (size_t i = 1; i < 3 * NONCES; i++)
		check(memcmp(nonces[i - 1], nonces[i], 12) != 0);
}

/* SP 800-38D, 8.3: what a key may make is counted, and a question makes nothing. */
static void
test_questions_take_no_nonce(void **state)
{
	CK_OBJECT_HANDLE key = key_aes(session, CK_FALSE);
	CK_BYTE nonces[2][12], tag[16], text[32] = { 0 }, out[32];

	(void)state;
	ok(p11->C_MessageEncryptInit(session, MECHANISM(CKM_AES_GCM), key));
	for (size_t i = 0; i < 2; i++) {
		struct pkcs11_gcm_message_params parameter = { nonces[i], 12, 0,
			CKG_GENERATE_COUNTER, tag, 128 };
		CK_ULONG len = 0;

		memset(nonces[i], 0, 12);
		ok(p11->C_EncryptMessage(session, &parameter, sizeof(parameter), NULL, 0, text,
		    sizeof(text), NULL, &len));
		check(len == sizeof(text));
		len--;
		assert_rv(p11->C_EncryptMessage(session, &parameter, sizeof(parameter), NULL, 0,
			      text, sizeof(text), out, &len),
		    CKR_BUFFER_TOO_SMALL);
		same_bytes(view_of(nonces[i], 12), view_of((CK_BYTE[12]){ 0 }, 12));
		ok(p11->C_EncryptMessage(session, &parameter, sizeof(parameter), NULL, 0, text,
		    sizeof(text), out, &len));
	}
	ok(p11->C_MessageEncryptFinal(session));
	/* One more than the last. */
	for (size_t i = 12; i-- > 0;) {
		if (++nonces[0][i] != 0)
			break;
	}
	same_bytes(view_of(nonces[1], 12), view_of(nonces[0], 12));
}

static void
first_nonce(void *pipe_end)
{
	CK_OBJECT_HANDLE key;
	CK_BYTE nonce[12] = { 0 }, tag[16], none[1];
	struct pkcs11_gcm_message_params parameter = { nonce, 12, 0, CKG_GENERATE_COUNTER, tag,
		128 };
	CK_ULONG len = 0;
	CK_SESSION_HANDLE s;

	ok(p11->C_Initialize(NULL));
	s = session_user(slot);
	check(find(s, TEMPLATE(TEXT(CKA_LABEL, "shared"), ULONG(CKA_CLASS, CKO_SECRET_KEY)),
		  &key) == 1);
	ok(p11->C_MessageEncryptInit(s, MECHANISM(CKM_AES_GCM), key));
	ok(p11->C_EncryptMessage(s, &parameter, sizeof(parameter), NULL, 0, NULL, 0, none, &len));
	check(write(*(int *)pipe_end, nonce, 12) == 12);
}

/* Processes that use one key of the token begin to count at places of their own. */
static void
test_nonces_of_processes(void **state)
{
	CK_BYTE nonces[4][12];
	CK_OBJECT_HANDLE key = key_aes(session, CK_TRUE);
	int ends[2];

	(void)state;
	ok(set_one(session, key, TEXT(CKA_LABEL, "shared")));
	check(pipe(ends) == 0);
	for (size_t i = 0; i < 4; i++) {
		check(in_child(first_nonce, &ends[1], 60) == 0);
		check(read(ends[0], nonces[i], 12) == 12);
		/* Not even near: the first eight bytes differ. */
		for (size_t k = 0; k < i; k++)
			check(memcmp(nonces[k], nonces[i], 8) != 0);
	}
	check(close(ends[0]) == 0 && close(ends[1]) == 0);
	ok(p11->C_DestroyObject(session, key));
}

/* What the caller fixes stays as it is; what leaves too little to the token is refused. */
static void
test_fixed_bits(void **state)
{
	CK_OBJECT_HANDLE key = key_aes(session, CK_FALSE);
	CK_BYTE nonce[16] = { 0xde, 0xad, 0xbe, 0xef }, tag[16], none[1];
	struct pkcs11_gcm_message_params parameter = { nonce, 16, 32, CKG_GENERATE, tag, 128 };
	CK_ULONG len = 0;

	(void)state;
	ok(p11->C_MessageEncryptInit(session, MECHANISM(CKM_AES_GCM), key));
	ok(p11->C_EncryptMessage(
	    session, &parameter, sizeof(parameter), NULL, 0, NULL, 0, none, &len));
	same_bytes(view_of(nonce, 4), unhex("deadbeef"));
#define REFUSED(member, value)                                                                     \
	do {                                                                                       \
		struct pkcs11_gcm_message_params bad = parameter;                                  \
		bad.member = value;                                                                \
		assert_rv(p11->C_EncryptMessage(                                                   \
			      session, &bad, sizeof(bad), NULL, 0, NULL, 0, none, &len),           \
		    CKR_MECHANISM_PARAM_INVALID);                                                  \
		assert_rv(p11->C_EncryptMessageBegin(session, &bad, sizeof(bad), NULL, 0),         \
		    CKR_MECHANISM_PARAM_INVALID);                                                  \
	} while (0)
	REFUSED(iv_fixed_bits, 33);
	REFUSED(iv_fixed_bits, 129);
	REFUSED(iv_fixed_bits, ~0UL);
	REFUSED(iv_generator, CKG_GENERATE_COUNTER_XOR);
	REFUSED(iv_generator, 5);
	REFUSED(iv_len, 11);
	REFUSED(iv_len, 0);
	REFUSED(iv, NULL);
	REFUSED(tag, NULL);
	REFUSED(tag_bits, 88);
	REFUSED(tag_bits, 136);
	assert_rv(p11->C_EncryptMessage(
		      session, &parameter, sizeof(parameter) - 1, NULL, 0, NULL, 0, none, &len),
	    CKR_MECHANISM_PARAM_INVALID);
	/* None of it ended what was begun. */
	ok(p11->C_EncryptMessage(
	    session, &parameter, sizeof(parameter), NULL, 0, NULL, 0, none, &len));
	ok(p11->C_MessageEncryptFinal(session));
}

/*
 * Associated data have 16 MiB at most, in whatever argument.  libcrypto counts CCM's in int:
 * of 4 GiB and five bytes it would take five, and all the others could be altered.
 */
static void
test_associated_data_most(void **state)
{
	const uint64_t len = (UINT64_C(1) << 32) + 5;
	CK_BYTE nonce[12] = { 0 }, mac[16], text_in[16] = { 0 }, out[64];
	struct pkcs11_ccm_message_params parameter = {
		.data_len = 16, .nonce = nonce, .nonce_len = 12, .mac = mac, .mac_len = 16
	};
	CK_OBJECT_HANDLE key = key_aes(session, CK_FALSE), wrapping = key_aes(session, CK_FALSE);
	CK_ULONG out_len = sizeof(out);
	void *aad;

	(void)state;
	if (SIZE_MAX < len)
		skip_because("no data are that long");
	aad =
	    mmap(NULL, (size_t)len, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	check(aad != MAP_FAILED);
	ok(p11->C_MessageEncryptInit(session, MECHANISM(CKM_AES_CCM), key));
	assert_rv(p11->C_EncryptMessage(session, &parameter, sizeof(parameter), aad, (CK_ULONG)len,
		      text_in, 16, out, &out_len),
	    CKR_ARGUMENTS_BAD);
	ok(p11->C_EncryptMessage(
	    session, &parameter, sizeof(parameter), aad, 5, text_in, 16, out, &out_len));
	ok(p11->C_MessageDecryptInit(session, MECHANISM(CKM_AES_CCM), key));
	assert_rv(p11->C_DecryptMessage(session, &parameter, sizeof(parameter), aad, (CK_ULONG)len,
		      out, out_len, text_in, &(CK_ULONG){ sizeof(text_in) }),
	    CKR_ARGUMENTS_BAD);
	out_len = sizeof(out);
	assert_rv(p11->C_WrapKeyAuthenticated(session, MECHANISM_WITH(CKM_AES_CCM, &parameter),
		      wrapping, key, aad, (CK_ULONG)len, out, &out_len),
	    CKR_ARGUMENTS_BAD);
	ok(p11->C_MessageEncryptFinal(session));
	ok(p11->C_MessageDecryptFinal(session));
	munmap(aad, (size_t)len);
}

static void
test_message_refusals(void **state)
{
	CK_OBJECT_HANDLE key = key_aes(session, CK_FALSE);
	CK_ULONG len = 0;

	(void)state;
	assert_rv(
	    p11->C_MessageEncryptInit(session, MECHANISM(CKM_AES_CBC), key), CKR_MECHANISM_INVALID);
	assert_rv(p11->C_MessageEncryptInit(session, MECHANISM(CKM_CHACHA20_POLY1305), key),
	    CKR_KEY_TYPE_INCONSISTENT);
	assert_rv(p11->C_MessageEncryptInit(session, MECHANISM(CKM_AES_GCM), CK_INVALID_HANDLE),
	    CKR_KEY_HANDLE_INVALID);
	ok(set_one(session, key, NO(CKA_DECRYPT)));
	assert_rv(p11->C_MessageDecryptInit(session, MECHANISM(CKM_AES_GCM), key),
	    CKR_KEY_FUNCTION_NOT_PERMITTED);
	assert_rv(p11->C_EncryptMessage(session, NULL, 0, NULL, 0, NULL, 0, NULL, &len),
	    CKR_OPERATION_NOT_INITIALIZED);
	ok(p11->C_MessageEncryptInit(session, MECHANISM(CKM_AES_GCM), key));
	assert_rv(p11->C_EncryptMessage(session, NULL, 48, NULL, 0, NULL, 0, NULL, &len),
	    CKR_MECHANISM_PARAM_INVALID);
	assert_rv(p11->C_EncryptMessage(session, NULL, 48, NULL, 0, NULL, 0, NULL, NULL),
	    CKR_ARGUMENTS_BAD);
	ok(p11->C_MessageEncryptInit(session, NULL, 0));
	assert_rv(p11->C_MessageEncryptFinal(session), CKR_OPERATION_NOT_INITIALIZED);
}

/* --- two at once -------------------------------------------------------------------- */

#define IV16 (CK_BYTE *)"initial value 16"
#define CBC (&(CK_MECHANISM){ CKM_AES_CBC, IV16, 16 })

static void
test_digest_and_encrypt(void **state)
{
	CK_OBJECT_HANDLE key = key_aes(session, CK_FALSE);
	CK_BYTE both[64], out[64];
	CK_ULONG len = sizeof(out), told = 0;

	(void)state;
	memset(both, 'x', sizeof(both));
	assert_rv(p11->C_DigestEncryptUpdate(session, both, 32, out, &len),
	    CKR_OPERATION_NOT_INITIALIZED);
	ok(p11->C_DigestInit(session, MECHANISM(CKM_SHA256)));
	assert_rv(p11->C_DigestEncryptUpdate(session, both, 32, out, &len),
	    CKR_OPERATION_NOT_INITIALIZED);
	ok(p11->C_EncryptInit(session, CBC, key));
	/* A question and a buffer too small feed neither. */
	ok(p11->C_DigestEncryptUpdate(session, both, 32, NULL, &told));
	check(told == 32);
	told = 31;
	assert_rv(p11->C_DigestEncryptUpdate(session, both, 32, out, &told), CKR_BUFFER_TOO_SMALL);
	/* In place, and not; the room may be said to be all there is. */
	len = ~0UL;
	ok(p11->C_DigestEncryptUpdate(session, both, 32, both, &len));
	check(len == 32);
	len = 32;
	ok(p11->C_DigestEncryptUpdate(session, both + 32, 32, both + 32, &len));
	len = sizeof(out);
	ok(p11->C_EncryptFinal(session, out, &len));
	memset(out, 'x', sizeof(out));
	same_bytes(digested(session), peer_digest("SHA256", view_of(out, 64)));

	ok(p11->C_DigestInit(session, MECHANISM(CKM_SHA256)));
	ok(p11->C_DecryptInit(session, CBC, key));
	len = sizeof(out);
	ok(p11->C_DecryptDigestUpdate(session, both, 64, both, &len));
	same_bytes(view_of(both, len), view_of(out, 64));
	same_bytes(digested(session), peer_digest("SHA256", view_of(out, 64)));
	len = sizeof(out);
	ok(p11->C_DecryptFinal(session, out, &len));
}

static void
test_sign_and_encrypt(void **state)
{
	CK_OBJECT_HANDLE key = key_aes(session, CK_FALSE);
	CK_BYTE text[48], out[64], code[16];
	CK_ULONG len = sizeof(out), code_len = sizeof(code);

	(void)state;
	memset(text, 'y', sizeof(text));
	ok(p11->C_SignInit(session, MECHANISM(CKM_AES_CMAC), key));
	ok(p11->C_EncryptInit(session, CBC, key));
	ok(p11->C_SignEncryptUpdate(session, text, 48, out, &len));
	ok(p11->C_SignFinal(session, code, &code_len));
	ok(p11->C_SessionCancel(session, CKF_ENCRYPT));
	ok(p11->C_VerifyInit(session, MECHANISM(CKM_AES_CMAC), key));
	ok(p11->C_Verify(session, text, 48, code, code_len));

	ok(p11->C_VerifyInit(session, MECHANISM(CKM_AES_CMAC), key));
	ok(p11->C_DecryptInit(session, CBC, key));
	ok(p11->C_DecryptVerifyUpdate(session, out, 48, out, &len));
	ok(p11->C_VerifyFinal(session, code, code_len));
	same_bytes(view_of(out, len), view_of(text, 48));
	ok(p11->C_SessionCancel(session, CKF_DECRYPT));
	assert_rv(p11->C_SignEncryptUpdate(session, text, 48, out, NULL), CKR_ARGUMENTS_BAD);
}

/* Recovering takes no parts: nothing is encrypted for it.  What fails half way shows nothing. */
static void
test_dual_refusals(void **state)
{
	CK_OBJECT_HANDLE key = key_aes(session, CK_FALSE), pair[2];
	static CK_BYTE part[65536 + 16], out[sizeof(part)];
	CK_ULONG len = sizeof(out);

	(void)state;
	key_pair_rsa(session, 2048, pair);
	ok(set_one(session, pair[1], YES(CKA_SIGN)));
	ok(set_one(session, pair[1], YES(CKA_SIGN_RECOVER)));
	ok(p11->C_SignRecoverInit(session, MECHANISM(CKM_RSA_PKCS), pair[1]));
	ok(p11->C_EncryptInit(session, CBC, key));
	memset(out, 0x55, sizeof(out));
	assert_rv(
	    p11->C_SignEncryptUpdate(session, part, 32, out, &len), CKR_OPERATION_NOT_INITIALIZED);
	check(len == sizeof(out) && out[0] == 0x55);
	ok(p11->C_SessionCancel(session, CKF_SIGN_RECOVER));

	/* More than this signature takes; and then both are over. */
	ok(p11->C_SignInit(session, MECHANISM(CKM_RSA_PKCS), pair[1]));
	assert_rv(
	    p11->C_SignEncryptUpdate(session, part, sizeof(part), out, &len), CKR_DATA_LEN_RANGE);
	for (size_t i = 0; i < 64; i++)
		check(out[i] == 0);
	assert_rv(p11->C_EncryptFinal(session, out, &len), CKR_OPERATION_NOT_INITIALIZED);
	assert_rv(p11->C_SignFinal(session, out, &len), CKR_OPERATION_NOT_INITIALIZED);
}

/* One of each kind, open in one session, fed in turns, and none minds the others. */
static void
test_side_by_side(void **state)
{
	CK_OBJECT_HANDLE key = key_aes(session, CK_FALSE), found;
	CK_BYTE text[32], sealed[32], opened[32], code[16], out[32];
	CK_ULONG len = 16, count;

	(void)state;
	memset(text, 'z', sizeof(text));
	ok(p11->C_EncryptInit(session, CBC, key));
	ok(p11->C_DecryptInit(session, CBC, key));
	ok(p11->C_DigestInit(session, MECHANISM(CKM_SHA256)));
	ok(p11->C_SignInit(session, MECHANISM(CKM_AES_CMAC), key));
	ok(p11->C_MessageEncryptInit(session, MECHANISM(CKM_AES_GCM), key));
	ok(p11->C_FindObjectsInit(session, NO_TEMPLATE));
	for (size_t i = 0; i < 32; i += 16) {
		ok(p11->C_EncryptUpdate(session, text + i, 16, sealed + i, &len));
		ok(p11->C_DecryptUpdate(session, sealed + i, 16, opened + i, &len));
		ok(p11->C_DigestUpdate(session, text + i, 16));
		ok(p11->C_SignUpdate(session, text + i, 16));
		ok(p11->C_FindObjects(session, &found, 1, &count));
	}
	same_bytes(view_of(opened, 32), view_of(text, 32));
	same_bytes(digested(session), peer_digest("SHA256", view_of(text, 32)));
	len = sizeof(code);
	ok(p11->C_SignFinal(session, code, &len));
	ok(p11->C_VerifyInit(session, MECHANISM(CKM_AES_CMAC), key));
	ok(p11->C_VerifyUpdate(session, text, 32));
	len = sizeof(out);
	ok(p11->C_EncryptFinal(session, out, &len));
	len = sizeof(out);
	ok(p11->C_DecryptFinal(session, out, &len));
	ok(p11->C_VerifyFinal(session, code, 16));
	ok(p11->C_MessageEncryptFinal(session));
	ok(p11->C_FindObjectsFinal(session));
}

/* --- keys and streams ---------------------------------------------------------------- */

/* AES-XTS with one key twice is no XTS (SP 800-38E; FIPS 140-3 IG C.I). */
static void
test_xts_halves(void **state)
{
	CK_OBJECT_HANDLE key = CK_INVALID_HANDLE;
	CK_BYTE value[64];

	(void)state;
	for (size_t half = 16; half <= 32; half += 16) {
		memset(value, 0x11, sizeof(value));
		assert_rv(
		    p11->C_CreateObject(session,
			TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_AES_XTS),
			    ATTRIBUTE(CKA_VALUE, value, 2 * half)),
			&key),
		    CKR_ATTRIBUTE_VALUE_INVALID);
		value[2 * half - 1] ^= 1;
		ok(p11->C_CreateObject(session,
		    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_AES_XTS),
			ATTRIBUTE(CKA_VALUE, value, 2 * half)),
		    &key));
	}
}

static long
resident_pages(void)
{
	FILE *statm = fopen("/proc/self/statm", "r");
	long total = 0, resident = 0;

	check(statm != NULL && fscanf(statm, "%ld %ld", &total, &resident) == 2);
	check(fclose(statm) == 0);
	return resident;
}

/* 64 MiB through each that streams, in parts: less than one MiB stays anywhere. */
static void
test_streaming(void **state)
{
	static CK_BYTE part[1 << 16], out[(1 << 16) + 16];
	CK_AES_CTR_PARAMS ctr = { 64, { 0 } };
	CK_GCM_PARAMS gcm = { IV16, 12, 96, NULL, 0, 128 };
	CK_MECHANISM mechanisms[] = { { CKM_AES_CBC, IV16, 16 }, { CKM_AES_CBC_PAD, IV16, 16 },
		{ CKM_AES_CTR, &ctr, sizeof(ctr) }, { CKM_AES_GCM, &gcm, sizeof(gcm) } };
	CK_OBJECT_HANDLE key = key_aes(session, CK_FALSE);

	(void)state;
	for (size_t m = 0; m < COUNT_OF(mechanisms); m++) {
		CK_ULONG len;
		long before;

		ok(p11->C_EncryptInit(session, &mechanisms[m], key));
		len = sizeof(out);
		ok(p11->C_EncryptUpdate(session, part, sizeof(part), out, &len));
		before = resident_pages();
		for (int i = 0; i < 1023; i++) {
			len = sizeof(out);
			ok(p11->C_EncryptUpdate(session, part, sizeof(part), out, &len));
		}
		check((resident_pages() - before) * 4096 < 1 << 20);
		len = sizeof(out);
		ok(p11->C_EncryptFinal(session, out, &len));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_symmetric(test_digest_state),
		test_symmetric(test_digest_state_empty),
		test_symmetric(test_forged_state),
		test_symmetric(test_unsaveable),
		test_symmetric(test_messages),
		test_symmetric(test_message_of_nothing),
		test_symmetric(test_messages_in_parts),
		test_symmetric(test_nonces),
		test_symmetric(test_questions_take_no_nonce),
		test_symmetric(test_nonces_of_processes),
		test_symmetric(test_fixed_bits),
		test_symmetric(test_associated_data_most),
		test_symmetric(test_message_refusals),
		test_symmetric(test_digest_and_encrypt),
		test_symmetric(test_sign_and_encrypt),
		test_symmetric(test_dual_refusals),
		test_symmetric(test_side_by_side),
		test_symmetric(test_xts_halves),
		test_symmetric(test_streaming),
	};

	return test_main(tests, begin_all, end_all);
}
