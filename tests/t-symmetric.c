/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What vectors do not play of digests, ciphers and codes: the state of a digest that
 * is saved and restored, two operations fed by one call, operations of all kinds side
 * by side, messages with nonces of the token's making, limits that are the standard's.
 */
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_symmetric(test_digest_state),
		test_symmetric(test_digest_state_empty),
		test_symmetric(test_forged_state),
		test_symmetric(test_unsaveable),
	};

	return test_main(tests, begin_all, end_all);
}
