/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sessions, who is logged in, what each state allows, and the operations in
 * progress (PKCS#11 3.2, sections 4.5 and 5.6).
 */
#include "tests/client.h"

#include <stdio.h>

#define CBC_PAD (&(CK_MECHANISM){ CKM_AES_CBC_PAD, (CK_BYTE[16]){ 0 }, 16 })

/* --- login states ----------------------------------------------------------------- */

static void
test_states(void **state)
{
	CK_SLOT_ID slot = token_make("states");
	CK_SESSION_HANDLE rw = session_open(slot, READ_WRITE), ro = session_open(slot, READ_ONLY);
	CK_SESSION_INFO info;

	(void)state;
	check(session_state(rw) == CKS_RW_PUBLIC_SESSION);
	check(session_state(ro) == CKS_RO_PUBLIC_SESSION);
	ok(p11->C_Login(ro, CKU_USER, PIN(USER_PIN)));
	check(session_state(rw) == CKS_RW_USER_FUNCTIONS);
	check(session_state(ro) == CKS_RO_USER_FUNCTIONS);
	check(session_state(session_open(slot, READ_ONLY)) == CKS_RO_USER_FUNCTIONS);
	ok(p11->C_Logout(rw));
	check(session_state(ro) == CKS_RO_PUBLIC_SESSION);
	ok(p11->C_CloseAllSessions(slot));
	rw = session_so(slot);
	check(session_state(rw) == CKS_RW_SO_FUNCTIONS);
	ok(p11->C_GetSessionInfo(rw, &info));
	check(info.slotID == slot && info.flags == READ_WRITE && info.ulDeviceError == 0);
	assert_rv(p11->C_GetSessionInfo(rw, NULL), CKR_ARGUMENTS_BAD);
}

static void
test_login_rules(void **state)
{
	CK_SLOT_ID slot = token_make("login");
	CK_SESSION_HANDLE rw = session_open(slot, READ_WRITE),
			  other = session_open(slot, READ_WRITE);
	CK_SESSION_HANDLE ro;

	(void)state;
	assert_rv(p11->C_Logout(rw), CKR_USER_NOT_LOGGED_IN);
	ok(p11->C_Login(rw, CKU_USER, PIN(USER_PIN)));
	assert_rv(p11->C_Login(rw, CKU_USER, PIN(USER_PIN)), CKR_USER_ALREADY_LOGGED_IN);
	assert_rv(p11->C_Login(other, CKU_USER, PIN(USER_PIN)), CKR_USER_ALREADY_LOGGED_IN);
	assert_rv(p11->C_Login(other, CKU_SO, PIN(SO_PIN)), CKR_USER_ANOTHER_ALREADY_LOGGED_IN);
	ok(p11->C_Logout(other));
	ro = session_open(slot, READ_ONLY);
	assert_rv(p11->C_Login(rw, CKU_SO, PIN(SO_PIN)), CKR_SESSION_READ_ONLY_EXISTS);
	ok(p11->C_CloseSession(ro));
	ok(p11->C_Login(rw, CKU_SO, PIN(SO_PIN)));
	assert_rv(
	    p11->C_OpenSession(slot, READ_ONLY, NULL, NULL, &ro), CKR_SESSION_READ_WRITE_SO_EXISTS);
	assert_rv(p11->C_Login(rw, CKU_USER, PIN(USER_PIN)), CKR_USER_ANOTHER_ALREADY_LOGGED_IN);
	assert_rv(p11->C_Login(rw, CKU_SO, PIN(SO_PIN)), CKR_USER_ALREADY_LOGGED_IN);
}

/* The last session takes the login along. */
static void
test_last_session_logs_out(void **state)
{
	CK_SLOT_ID slot = token_make("last");
	CK_SESSION_HANDLE first = session_user(slot), second = session_open(slot, READ_WRITE);

	(void)state;
	ok(p11->C_CloseSession(first));
	check(session_state(second) == CKS_RW_USER_FUNCTIONS);
	ok(p11->C_CloseSession(second));
	first = session_open(slot, READ_WRITE);
	check(session_state(first) == CKS_RW_PUBLIC_SESSION);
	ok(p11->C_Login(first, CKU_USER, PIN(USER_PIN)));
	ok(p11->C_CloseAllSessions(slot));
	assert_rv(p11->C_Logout(first), CKR_SESSION_HANDLE_INVALID);
	check(session_state(session_open(slot, READ_WRITE)) == CKS_RW_PUBLIC_SESSION);
}

/* Tokens have nothing to do with each other. */
static void
test_two_tokens(void **state)
{
	CK_SLOT_ID a = token_make("a"), b = token_make("b");
	CK_SESSION_HANDLE in_a = session_user(a), in_b = session_open(b, READ_WRITE);
	CK_OBJECT_HANDLE key = key_aes(in_a, CK_FALSE), public = data_object(in_a, CK_FALSE, "x");

	(void)state;
	check(session_state(in_b) == CKS_RW_PUBLIC_SESSION);
	ok(p11->C_Login(in_b, CKU_SO, PIN(SO_PIN)));
	check(session_state(in_a) == CKS_RW_USER_FUNCTIONS);
	assert_rv(get_rv(in_b, key, CKA_LABEL), CKR_OBJECT_HANDLE_INVALID);
	assert_rv(get_rv(in_b, public, CKA_LABEL), CKR_OBJECT_HANDLE_INVALID);
	ok(p11->C_CloseAllSessions(b));
	check(get_ulong(in_a, key, CKA_VALUE_LEN) == 32);
}

/* --- what each state allows --------------------------------------------------------- */

enum state { RO_PUBLIC, RO_USER, RW_PUBLIC, RW_USER, RW_SO, STATES };

struct token_objects {
	CK_OBJECT_HANDLE public; /* made under a login, so sealed */
};

typedef CK_RV (*action)(CK_SESSION_HANDLE session, const struct token_objects *objects);

static CK_RV
create(CK_SESSION_HANDLE session, CK_BBOOL token, CK_BBOOL private)
{
	CK_OBJECT_HANDLE object;

	return p11->C_CreateObject(session,
	    TEMPLATE(
		ULONG(CKA_CLASS, CKO_DATA), BOOL(CKA_TOKEN, token), BOOL(CKA_PRIVATE, private)),
	    &object);
}

static CK_RV
create_session_public(CK_SESSION_HANDLE session, const struct token_objects *objects)
{
	(void)objects;
	return create(session, CK_FALSE, CK_FALSE);
}

static CK_RV
create_session_private(CK_SESSION_HANDLE session, const struct token_objects *objects)
{
	(void)objects;
	return create(session, CK_FALSE, CK_TRUE);
}

static CK_RV
create_token_public(CK_SESSION_HANDLE session, const struct token_objects *objects)
{
	(void)objects;
	return create(session, CK_TRUE, CK_FALSE);
}

static CK_RV
create_token_private(CK_SESSION_HANDLE session, const struct token_objects *objects)
{
	(void)objects;
	return create(session, CK_TRUE, CK_TRUE);
}

static CK_RV
generate(CK_SESSION_HANDLE session, CK_BBOOL token)
{
	CK_OBJECT_HANDLE key;

	return p11->C_GenerateKey(session, MECHANISM(CKM_AES_KEY_GEN),
	    TEMPLATE(ULONG(CKA_VALUE_LEN, 16), BOOL(CKA_TOKEN, token)), &key);
}

static CK_RV
generate_session_key(CK_SESSION_HANDLE session, const struct token_objects *objects)
{
	(void)objects;
	return generate(session, CK_FALSE);
}

static CK_RV
generate_token_key(CK_SESSION_HANDLE session, const struct token_objects *objects)
{
	(void)objects;
	return generate(session, CK_TRUE);
}

static CK_RV
see_private(CK_SESSION_HANDLE session, const struct token_objects *objects)
{
	(void)objects;
	return find(session, TEMPLATE(TEXT(CKA_LABEL, "private one")), NULL) == 1
	    ? CKR_OK
	    : CKR_OBJECT_HANDLE_INVALID;
}

static CK_RV
read_public(CK_SESSION_HANDLE session, const struct token_objects *objects)
{
	return get_rv(session, objects->public, CKA_LABEL);
}

static CK_RV
change_public(CK_SESSION_HANDLE session, const struct token_objects *objects)
{
	return set_one(session, objects->public, TEXT(CKA_LABEL, "changed"));
}

static CK_RV
copy_to_token(CK_SESSION_HANDLE session, const struct token_objects *objects)
{
	CK_OBJECT_HANDLE copy;

	return p11->C_CopyObject(session, objects->public, TEMPLATE(YES(CKA_TOKEN)), &copy);
}

static CK_RV
copy_to_session(CK_SESSION_HANDLE session, const struct token_objects *objects)
{
	CK_OBJECT_HANDLE copy;

	return p11->C_CopyObject(session, objects->public, TEMPLATE(NO(CKA_TOKEN)), &copy);
}

static CK_RV
destroy_public(CK_SESSION_HANDLE session, const struct token_objects *objects)
{
	return p11->C_DestroyObject(session, objects->public);
}

static CK_RV
digest(CK_SESSION_HANDLE session, const struct token_objects *objects)
{
	CK_BYTE out[32];
	CK_ULONG len = sizeof(out);

	(void)objects;
	ok(p11->C_DigestInit(session, MECHANISM(CKM_SHA256)));
	return p11->C_Digest(session, out, 0, out, &len);
}

static CK_RV
random_bytes(CK_SESSION_HANDLE session, const struct token_objects *objects)
{
	CK_BYTE out[8];

	(void)objects;
	return p11->C_GenerateRandom(session, out, sizeof(out));
}

static CK_RV
init_pin(CK_SESSION_HANDLE session, const struct token_objects *objects)
{
	(void)objects;
	return p11->C_InitPIN(session, PIN(USER_PIN));
}

static CK_RV
set_pin(CK_SESSION_HANDLE session, const struct token_objects *objects)
{
	const char *pin = session_state(session) == CKS_RW_SO_FUNCTIONS ? SO_PIN : USER_PIN;

	(void)objects;
	return p11->C_SetPIN(session, PIN(pin), PIN(pin));
}

/* A53, A54 and the tables of section 4.5 of the standard.  The last row of all spoils the object.
 */
#define RO CKR_SESSION_READ_ONLY
#define NOT_IN CKR_USER_NOT_LOGGED_IN
#define UNSEEN CKR_OBJECT_HANDLE_INVALID
static const struct {
	const char *name;
	action act;
	CK_RV expected[STATES];
} matrix[] = {
	{ "public session object", create_session_public, { 0, 0, 0, 0, 0 } },
	{ "private session object", create_session_private, { NOT_IN, 0, NOT_IN, 0, NOT_IN } },
	{ "public token object", create_token_public, { RO, RO, 0, 0, 0 } },
	{ "private token object", create_token_private, { NOT_IN, RO, NOT_IN, 0, NOT_IN } },
	{ "session key", generate_session_key, { 0, 0, 0, 0, 0 } },
	{ "token key", generate_token_key, { NOT_IN, RO, NOT_IN, 0, NOT_IN } },
	{ "see a private object", see_private, { UNSEEN, 0, UNSEEN, 0, UNSEEN } },
	{ "read a public object", read_public, { 0, 0, 0, 0, 0 } },
	{ "change a public object", change_public, { RO, RO, NOT_IN, 0, 0 } },
	{ "copy into the session", copy_to_session, { 0, 0, 0, 0, 0 } },
	{ "copy into the token", copy_to_token, { RO, RO, 0, 0, 0 } },
	{ "digest", digest, { 0, 0, 0, 0, 0 } },
	{ "random bytes", random_bytes, { 0, 0, 0, 0, 0 } },
	{ "C_InitPIN", init_pin, { NOT_IN, NOT_IN, NOT_IN, NOT_IN, 0 } },
	{ "C_SetPIN", set_pin, { RO, RO, 0, 0, 0 } },
	{ "destroy a public object", destroy_public, { RO, RO, NOT_IN, 0, 0 } },
};

static CK_SESSION_HANDLE
session_in(CK_SLOT_ID slot, enum state in)
{
	CK_SESSION_HANDLE session =
	    session_open(slot, in == RO_PUBLIC || in == RO_USER ? READ_ONLY : READ_WRITE);

	if (in == RO_USER || in == RW_USER)
		ok(p11->C_Login(session, CKU_USER, PIN(USER_PIN)));
	if (in == RW_SO)
		ok(p11->C_Login(session, CKU_SO, PIN(SO_PIN)));
	return session;
}

static void
test_matrix(void **state)
{
	CK_SLOT_ID slot = token_make("matrix");
	CK_SESSION_HANDLE session = session_user(slot);
	CK_OBJECT_HANDLE object;
	unsigned wrong = 0;

	(void)state;
	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), YES(CKA_TOKEN), YES(CKA_PRIVATE),
		TEXT(CKA_LABEL, "private one")),
	    &object));
	for (int in = 0; in < STATES; in++) {
		struct token_objects objects;

		ok(p11->C_CloseAllSessions(slot));
		data_object(session_user(slot), CK_TRUE, "public one");
		ok(p11->C_CloseAllSessions(slot));
		session = session_in(slot, (enum state)in);
		check(find(session, TEMPLATE(TEXT(CKA_LABEL, "public one")), &objects.public) >= 1);
		for (size_t i = 0; i < COUNT_OF(matrix); i++) {
			CK_RV rv = matrix[i].act(session, &objects);

			if (rv == matrix[i].expected[in])
				continue;
			wrong++;
			print_error("# state %d, %s: %s", in, matrix[i].name, rv_name(rv));
			print_error(", not %s\n", rv_name(matrix[i].expected[in]));
		}
	}
	check(wrong == 0);
}

/* --- handles ------------------------------------------------------------------------ */

/* A46, G14: what dies with a session, with a logout, and never comes back. */
static void
test_handles_die(void **state)
{
	CK_SLOT_ID slot = token_make("handles");
	CK_SESSION_HANDLE keeper = session_user(slot), session = session_open(slot, READ_WRITE);
	CK_OBJECT_HANDLE mine = data_object(session, CK_FALSE, "mine");
	CK_OBJECT_HANDLE kept = data_object(keeper, CK_FALSE, "kept");
	CK_OBJECT_HANDLE public = data_object(session, CK_TRUE, "public");
	CK_OBJECT_HANDLE private = key_aes(session, CK_TRUE), temporary = key_aes(keeper, CK_FALSE);
	CK_OBJECT_HANDLE again;

	(void)state;
	/* Every session of the application sees session objects of every other. */
	ok(get_rv(keeper, mine, CKA_LABEL));
	ok(p11->C_CloseSession(session));
	assert_rv(get_rv(keeper, mine, CKA_LABEL), CKR_OBJECT_HANDLE_INVALID);
	assert_rv(get_rv(session, public, CKA_LABEL), CKR_SESSION_HANDLE_INVALID);
	ok(get_rv(keeper, public, CKA_LABEL));
	ok(get_rv(keeper, kept, CKA_LABEL));
	ok(p11->C_Logout(keeper));
	ok(get_rv(keeper, public, CKA_LABEL));
	ok(get_rv(keeper, kept, CKA_LABEL));
	assert_rv(get_rv(keeper, private, CKA_LABEL), CKR_OBJECT_HANDLE_INVALID);
	assert_rv(get_rv(keeper, temporary, CKA_LABEL), CKR_OBJECT_HANDLE_INVALID);
	assert_rv(p11->C_EncryptInit(keeper, CBC_PAD, private), CKR_KEY_HANDLE_INVALID);
	assert_rv(p11->C_DestroyObject(keeper, private), CKR_OBJECT_HANDLE_INVALID);
	check(find(keeper, TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY)), NULL) == 0);
	ok(p11->C_Login(keeper, CKU_USER, PIN(USER_PIN)));
	assert_rv(get_rv(keeper, private, CKA_LABEL), CKR_OBJECT_HANDLE_INVALID);
	assert_rv(get_rv(keeper, temporary, CKA_LABEL), CKR_OBJECT_HANDLE_INVALID);
	check(find(keeper, TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY)), &again) == 1);
	check(again != private);
}

/* A token object has one handle, whichever session asks and however often. */
static void
test_one_handle(void **state)
{
	CK_SLOT_ID slot = token_make("one handle");
	CK_SESSION_HANDLE session = session_user(slot);
	CK_OBJECT_HANDLE made = data_object(session, CK_TRUE, "it"), found;

	(void)state;
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "it")), &found) == 1 && found == made);
	check(find(session_open(slot, READ_ONLY), NO_TEMPLATE, &found) >= 1 && found == made);
	ok(p11->C_DestroyObject(session, made));
	assert_rv(get_rv(session, made, CKA_LABEL), CKR_OBJECT_HANDLE_INVALID);
	check(data_object(session, CK_TRUE, "it") != made);
}

/* G13: of 200,000 handles none is guessed. */
static void
test_guessed_handles(void **state)
{
	CK_SLOT_ID slot = token_make("guess");
	CK_SESSION_HANDLE session = session_user(slot);
	CK_OBJECT_HANDLE object = data_object(session, CK_FALSE, "x");
	CK_SESSION_INFO info;

	(void)state;
	for (CK_ULONG i = 0; i < 50000; i++) {
		CK_ULONG spread = i * 0x9e3779b97f4a7c15UL;

		check(spread == session || p11->C_GetSessionInfo(spread, &info) != CKR_OK);
		check(spread == object || get_rv(session, spread, CKA_CLASS) != CKR_OK);
		check(i == session || p11->C_GetSessionInfo(i, &info) != CKR_OK);
		check(i == object || get_rv(session, i, CKA_CLASS) != CKR_OK);
	}
}

/* --- operations --------------------------------------------------------------------- */

/* G09 */
static void
test_nothing_begun(void **state)
{
	CK_SESSION_HANDLE s = session_user(token_make("nothing"));
	CK_BYTE data[64] = { 0 };
	CK_ULONG len = sizeof(data);
	CK_OBJECT_HANDLE found;

	(void)state;
#define NOT_BEGUN(call) assert_rv(call, CKR_OPERATION_NOT_INITIALIZED)
	NOT_BEGUN(p11->C_Encrypt(s, data, 16, data, &len));
	NOT_BEGUN(p11->C_EncryptUpdate(s, data, 16, data, &len));
	NOT_BEGUN(p11->C_EncryptFinal(s, data, &len));
	NOT_BEGUN(p11->C_Decrypt(s, data, 16, data, &len));
	NOT_BEGUN(p11->C_DecryptUpdate(s, data, 16, data, &len));
	NOT_BEGUN(p11->C_DecryptFinal(s, data, &len));
	NOT_BEGUN(p11->C_Digest(s, data, 16, data, &len));
	NOT_BEGUN(p11->C_DigestUpdate(s, data, 16));
	NOT_BEGUN(p11->C_DigestFinal(s, data, &len));
	NOT_BEGUN(p11->C_Sign(s, data, 16, data, &len));
	NOT_BEGUN(p11->C_SignUpdate(s, data, 16));
	NOT_BEGUN(p11->C_SignFinal(s, data, &len));
	NOT_BEGUN(p11->C_Verify(s, data, 16, data, 16));
	NOT_BEGUN(p11->C_VerifyUpdate(s, data, 16));
	NOT_BEGUN(p11->C_VerifyFinal(s, data, 16));
	NOT_BEGUN(p11->C_DigestKey(s, key_aes(s, CK_FALSE)));
	NOT_BEGUN(p11->C_FindObjects(s, &found, 1, &len));
	NOT_BEGUN(p11->C_FindObjectsFinal(s));
	NOT_BEGUN(p11->C_Login(s, CKU_CONTEXT_SPECIFIC, PIN(USER_PIN)));
#undef NOT_BEGUN
}

/* G10, and C_SessionCancel. */
static void
test_cancel(void **state)
{
	CK_SESSION_HANDLE s = session_user(token_make("cancel"));
	CK_OBJECT_HANDLE key = key_aes(s, CK_FALSE);
	CK_BYTE data[64] = { 0 };
	CK_ULONG len = sizeof(data);

	(void)state;
	ok(p11->C_EncryptInit(s, CBC_PAD, key));
	assert_rv(p11->C_EncryptInit(s, CBC_PAD, key), CKR_OPERATION_ACTIVE);
	ok(p11->C_EncryptInit(s, NULL, 0));
	assert_rv(p11->C_Encrypt(s, data, 16, data, &len), CKR_OPERATION_NOT_INITIALIZED);
	ok(p11->C_EncryptInit(s, CBC_PAD, key));
	ok(p11->C_DigestInit(s, MECHANISM(CKM_SHA256)));
	ok(p11->C_FindObjectsInit(s, NO_TEMPLATE));
	ok(p11->C_SessionCancel(s, 0));
	ok(p11->C_SessionCancel(s, CKF_DIGEST | CKF_SIGN));
	assert_rv(p11->C_DigestFinal(s, data, &len), CKR_OPERATION_NOT_INITIALIZED);
	len = sizeof(data);
	ok(p11->C_Encrypt(s, data, 16, data, &len));
	ok(p11->C_EncryptInit(s, CBC_PAD, key));
	ok(p11->C_SessionCancel(s, CKF_ENCRYPT | CKF_FIND_OBJECTS));
	assert_rv(p11->C_FindObjectsFinal(s), CKR_OPERATION_NOT_INITIALIZED);
	assert_rv(p11->C_Encrypt(s, data, 16, data, &len), CKR_OPERATION_NOT_INITIALIZED);
	assert_rv(p11->C_SessionCancel(0, CKF_ENCRYPT), CKR_SESSION_HANDLE_INVALID);
}

/* Signing with recovery is another operation than signing, though both cannot be open at once. */
static void
test_cancel_recovery(void **state)
{
	CK_SESSION_HANDLE s = session_user(token_make("cancel"));
	CK_OBJECT_HANDLE pair[2];
	CK_BYTE data[16] = { 0 }, signature[256];
	CK_ULONG len = sizeof(signature);

	(void)state;
	key_pair_rsa(s, 2048, pair);
	ok(p11->C_SignInit(s, MECHANISM(CKM_RSA_PKCS), pair[1]));
	assert_rv(
	    p11->C_SignRecoverInit(s, MECHANISM(CKM_RSA_PKCS), pair[1]), CKR_OPERATION_ACTIVE);
	ok(p11->C_SessionCancel(s, CKF_SIGN_RECOVER));
	ok(p11->C_SignRecoverInit(s, NULL, 0));
	ok(p11->C_Sign(s, data, sizeof(data), signature, &len));
	ok(set_one(s, pair[0], YES(CKA_VERIFY_RECOVER)));
	ok(p11->C_VerifyRecoverInit(s, MECHANISM(CKM_RSA_PKCS), pair[0]));
	ok(p11->C_SessionCancel(s, CKF_VERIFY));
	ok(p11->C_VerifyInit(s, NULL, 0));
	ok(p11->C_VerifyRecover(s, signature, len, data, &(CK_ULONG){ sizeof(data) }));
}

/* Several kinds at once in a session, the same kind in several sessions; a search is no obstacle.
 */
static void
test_side_by_side(void **state)
{
	CK_SLOT_ID slot = token_make("side by side");
	CK_SESSION_HANDLE s = session_user(slot), other = session_open(slot, READ_ONLY);
	CK_OBJECT_HANDLE key = key_aes(s, CK_FALSE), found[4];
	CK_BYTE data[16] = "fifteen letters", first[32], second[32], back[32], hash[32];
	CK_ULONG a = sizeof(first), b = sizeof(second), c = sizeof(back), d = sizeof(hash), n;

	(void)state;
	ok(p11->C_FindObjectsInit(s, NO_TEMPLATE));
	ok(p11->C_EncryptInit(s, CBC_PAD, key));
	ok(p11->C_EncryptInit(other, CBC_PAD, key));
	ok(p11->C_DecryptInit(s, CBC_PAD, key));
	ok(p11->C_DigestInit(s, MECHANISM(CKM_SHA256)));
	ok(p11->C_DigestUpdate(s, data, 16));
	ok(p11->C_Encrypt(s, data, 16, first, &a));
	ok(p11->C_Encrypt(other, data, 16, second, &b));
	same_bytes(view_of(first, a), view_of(second, b));
	ok(p11->C_Decrypt(s, first, a, back, &c));
	same_bytes(view_of(back, c), view_of(data, 16));
	ok(p11->C_DigestFinal(s, hash, &d));
	ok(p11->C_FindObjects(s, found, 4, &n));
	ok(p11->C_FindObjectsFinal(s));
	check(n >= 1);
}

/* One call after an update is a mistake, and whatever goes wrong ends an operation. */
static void
test_operation_ends(void **state)
{
	CK_SESSION_HANDLE s = session_user(token_make("ends"));
	CK_OBJECT_HANDLE key = key_aes(s, CK_FALSE);
	CK_BYTE data[64] = { 0 }, out[64];
	CK_ULONG len = sizeof(out);

	(void)state;
	ok(p11->C_EncryptInit(s, CBC_PAD, key));
	ok(p11->C_EncryptUpdate(s, data, 5, out, &len));
	len = sizeof(out);
	assert_rv(p11->C_Encrypt(s, data, 16, out, &len), CKR_OPERATION_ACTIVE);
	ok(p11->C_SessionCancel(s, CKF_ENCRYPT));
	/* A damaged ciphertext. */
	ok(p11->C_DecryptInit(s, CBC_PAD, key));
	len = sizeof(out);
	refused(p11->C_Decrypt(s, data, 17, out, &len));
	len = sizeof(out);
	assert_rv(p11->C_Decrypt(s, data, 16, out, &len), CKR_OPERATION_NOT_INITIALIZED);
	/* A digest after its end. */
	ok(p11->C_DigestInit(s, MECHANISM(CKM_SHA256)));
	len = sizeof(out);
	ok(p11->C_DigestFinal(s, out, &len));
	assert_rv(p11->C_DigestUpdate(s, data, 1), CKR_OPERATION_NOT_INITIALIZED);
}

/* An operation goes on with the key it began with, also when the key is destroyed meanwhile. */
static void
test_key_destroyed_meanwhile(void **state)
{
	CK_SESSION_HANDLE s = session_user(token_make("meanwhile"));
	CK_OBJECT_HANDLE key = key_aes(s, CK_TRUE);
	CK_BYTE data[16] = { 0 }, out[64];
	CK_ULONG len = sizeof(out);
	CK_RV rv;

	(void)state;
	ok(p11->C_EncryptInit(s, CBC_PAD, key));
	ok(p11->C_DestroyObject(s, key));
	rv = p11->C_Encrypt(s, data, 16, out, &len);
	check(rv == CKR_OK || rv == CKR_OPERATION_NOT_INITIALIZED || rv == CKR_KEY_HANDLE_INVALID);
	assert_rv(p11->C_EncryptInit(s, CBC_PAD, key), CKR_KEY_HANDLE_INVALID);
}

/* A47, A48: the SO uses no private key, and a logout ends what was begun with one. */
static void
test_private_operations(void **state)
{
	CK_SLOT_ID slot = token_make("private");
	CK_SESSION_HANDLE s = session_user(slot);
	CK_OBJECT_HANDLE pair[2];
	CK_BYTE hash[32] = { 1 }, signature[64];
	CK_ULONG len = sizeof(signature);

	(void)state;
	key_pair_ec(s, p256, false, pair);
	ok(p11->C_SignInit(s, MECHANISM(CKM_ECDSA), pair[1]));
	ok(p11->C_DigestInit(s, MECHANISM(CKM_SHA256)));
	ok(p11->C_Logout(s));
	assert_rv(p11->C_Sign(s, hash, 32, signature, &len), CKR_OPERATION_NOT_INITIALIZED);
	len = sizeof(signature);
	ok(p11->C_DigestFinal(s, signature, &len)); /* has no key, goes on */
	ok(p11->C_Login(s, CKU_USER, PIN(USER_PIN)));
	key_aes(s, CK_TRUE);
	ok(p11->C_Logout(s));
	ok(p11->C_Login(s, CKU_SO, PIN(SO_PIN)));
	check(find(s, TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY)), NULL) == 0);
}

/* A49: each use of such a key wants the PIN once more. */
static void
test_always_authenticate(void **state)
{
	CK_SLOT_ID slot = token_make("always");
	CK_SESSION_HANDLE s = session_user(slot);
	CK_OBJECT_HANDLE pair[2];
	CK_ECDH1_DERIVE_PARAMS derive = { .kdf = CKD_NULL };
	CK_BYTE hash[32] = { 1 }, signature[64];
	CK_ULONG len = sizeof(signature);

	(void)state;
	ok(p11->C_GenerateKeyPair(s, MECHANISM(CKM_EC_KEY_PAIR_GEN),
	    TEMPLATE(BYTES(CKA_EC_PARAMS, p256)),
	    TEMPLATE(YES(CKA_SIGN), YES(CKA_PRIVATE), YES(CKA_ALWAYS_AUTHENTICATE)), &pair[0],
	    &pair[1]));
	ok(p11->C_SignInit(s, MECHANISM(CKM_ECDSA), pair[1]));
	assert_rv(p11->C_Sign(s, hash, 32, signature, &len), CKR_USER_NOT_LOGGED_IN);
	ok(p11->C_SessionCancel(s, CKF_SIGN));
	ok(p11->C_SignInit(s, MECHANISM(CKM_ECDSA), pair[1]));
	assert_rv(p11->C_Login(s, CKU_CONTEXT_SPECIFIC, PIN("wrong pin")), CKR_PIN_INCORRECT);
	ok(p11->C_Login(s, CKU_CONTEXT_SPECIFIC, PIN(USER_PIN)));
	len = sizeof(signature);
	ok(p11->C_Sign(s, hash, 32, NULL, &len));
	len = sizeof(signature);
	ok(p11->C_Sign(s, hash, 32, signature, &len));
	ok(p11->C_SignInit(s, MECHANISM(CKM_ECDSA), pair[1]));
	len = sizeof(signature);
	assert_rv(p11->C_Sign(s, hash, 32, signature, &len), CKR_USER_NOT_LOGGED_IN);
	/* A derivation has no moment to give it. */
	derive.ulPublicDataLen = 65;
	derive.pPublicData = (CK_BYTE *)get_bytes(s, pair[0], CKA_EC_POINT).data + 2;
	ok(p11->C_GenerateKeyPair(s, MECHANISM(CKM_EC_KEY_PAIR_GEN),
	    TEMPLATE(BYTES(CKA_EC_PARAMS, p256)),
	    TEMPLATE(YES(CKA_DERIVE), YES(CKA_ALWAYS_AUTHENTICATE)), &pair[0], &pair[1]));
	assert_rv(p11->C_DeriveKey(
		      s, MECHANISM_WITH(CKM_ECDH1_DERIVE, &derive), pair[1], NO_TEMPLATE, &pair[0]),
	    CKR_USER_NOT_LOGGED_IN);
	/* It asks for the user's, whatever the state; and not where the key does not ask. */
	key_pair_ec(s, p256, false, pair);
	ok(p11->C_SessionCancel(s, CKF_SIGN));
	ok(p11->C_SignInit(s, MECHANISM(CKM_ECDSA), pair[1]));
	assert_rv(
	    p11->C_Login(s, CKU_CONTEXT_SPECIFIC, PIN(USER_PIN)), CKR_OPERATION_NOT_INITIALIZED);
}

/* The PIN counts there as anywhere, and where it is locked the login is over (5.6.8). */
static void
test_always_authenticate_locks(void **state)
{
	CK_SLOT_ID slot = token_make("always");
	CK_SESSION_HANDLE s = session_user(slot);
	CK_OBJECT_HANDLE pair[2];
	CK_RV rv = CKR_OK;

	(void)state;
	ok(p11->C_GenerateKeyPair(s, MECHANISM(CKM_EC_KEY_PAIR_GEN),
	    TEMPLATE(BYTES(CKA_EC_PARAMS, p256)),
	    TEMPLATE(YES(CKA_SIGN), YES(CKA_DERIVE), YES(CKA_ALWAYS_AUTHENTICATE)), &pair[0],
	    &pair[1]));
	/* C_DeriveKey has no moment for a PIN in between. */
	assert_rv(p11->C_DeriveKey(s, MECHANISM(CKM_ECDH1_DERIVE), pair[1], NO_TEMPLATE, &pair[0]),
	    CKR_USER_NOT_LOGGED_IN);
	ok(p11->C_SignInit(s, MECHANISM(CKM_ECDSA), pair[1]));
	for (int i = 0; i < 10; i++) {
		CK_UTF8CHAR pin[] = "wrong pin 0";

		pin[10] = (CK_UTF8CHAR)('0' + i);
		rv = p11->C_Login(s, CKU_CONTEXT_SPECIFIC, pin, 11);
		check(rv == CKR_PIN_INCORRECT || rv == CKR_PIN_LOCKED);
	}
	check((token_flags(slot) & CKF_USER_PIN_LOCKED) != 0);
	refused(p11->C_Login(s, CKU_CONTEXT_SPECIFIC, PIN(USER_PIN)));
	check(session_state(s) == CKS_RW_PUBLIC_SESSION);
}

/* 4.9: it may be true of a private object only. */
static void
test_always_authenticate_public(void **state)
{
	CK_SESSION_HANDLE s = session_open(token_make("always"), READ_WRITE);
	CK_OBJECT_HANDLE pair[2];

	(void)state;
	assert_rv(p11->C_GenerateKeyPair(s, MECHANISM(CKM_EC_KEY_PAIR_GEN),
		      TEMPLATE(BYTES(CKA_EC_PARAMS, p256)), TEMPLATE(YES(CKA_ALWAYS_AUTHENTICATE)),
		      &pair[0], &pair[1]),
	    CKR_TEMPLATE_INCONSISTENT);
	ok(p11->C_Login(s, CKU_USER, PIN(USER_PIN)));
	assert_rv(p11->C_GenerateKeyPair(s, MECHANISM(CKM_EC_KEY_PAIR_GEN),
		      TEMPLATE(BYTES(CKA_EC_PARAMS, p256)),
		      TEMPLATE(NO(CKA_PRIVATE), YES(CKA_ALWAYS_AUTHENTICATE)), &pair[0], &pair[1]),
	    CKR_TEMPLATE_INCONSISTENT);
	check(find(s, NO_TEMPLATE, NULL) == 0);
	ok(p11->C_GenerateKeyPair(s, MECHANISM(CKM_EC_KEY_PAIR_GEN),
	    TEMPLATE(BYTES(CKA_EC_PARAMS, p256)), TEMPLATE(YES(CKA_ALWAYS_AUTHENTICATE)), &pair[0],
	    &pair[1]));
	check(get_bool(s, pair[1], CKA_PRIVATE));
}

/* G08 */
static void
test_search_states(void **state)
{
	CK_SESSION_HANDLE s = session_user(token_make("search"));
	CK_OBJECT_HANDLE found[4];
	CK_ULONG n;

	(void)state;
	for (int i = 0; i < 3; i++)
		data_object(s, CK_FALSE, "some");
	ok(p11->C_FindObjectsInit(s, TEMPLATE(TEXT(CKA_LABEL, "some"))));
	assert_rv(p11->C_FindObjectsInit(s, NO_TEMPLATE), CKR_OPERATION_ACTIVE);
	assert_rv(p11->C_FindObjects(s, NULL, 1, &n), CKR_ARGUMENTS_BAD);
	assert_rv(p11->C_FindObjects(s, found, 1, NULL), CKR_ARGUMENTS_BAD);
	ok(p11->C_FindObjects(s, found, 2, &n));
	check(n == 2);
	ok(p11->C_FindObjects(s, found + 2, 2, &n));
	check(n == 1 && found[0] != found[1] && found[1] != found[2] && found[0] != found[2]);
	ok(p11->C_FindObjects(s, found, 2, &n));
	check(n == 0);
	ok(p11->C_FindObjectsFinal(s));
	assert_rv(p11->C_FindObjectsInit(s, NULL, 1), CKR_ARGUMENTS_BAD);
}

/* What is no longer of use in the standard answers as it says. */
static void
test_leftovers(void **state)
{
	CK_SESSION_HANDLE s = session_user(token_make("leftovers"));
	CK_BYTE data[64];
	CK_ULONG len = sizeof(data), flags = 7;
	CK_SLOT_ID slot;

	(void)state;
	assert_rv(p11->C_GetFunctionStatus(s), CKR_FUNCTION_NOT_PARALLEL);
	assert_rv(p11->C_CancelFunction(s), CKR_FUNCTION_NOT_PARALLEL);
	ok(p11->C_GetSessionValidationFlags(s, 1, &flags));
	check(flags == 0);
	assert_rv(p11->C_GetSessionValidationFlags(s, 2, &flags), CKR_ARGUMENTS_BAD);
	assert_rv(p11->C_GetSessionValidationFlags(s, 1, NULL), CKR_ARGUMENTS_BAD);
	refused(p11->C_GetOperationState(s, data, &len));
	refused(p11->C_SetOperationState(s, data, 16, 0, 0));
	assert_rv(p11->C_WaitForSlotEvent(CKF_DONT_BLOCK, &slot, NULL), CKR_NO_EVENT);
	assert_rv(p11->C_WaitForSlotEvent(CKF_DONT_BLOCK, NULL, NULL), CKR_ARGUMENTS_BAD);
	assert_rv(p11->C_AsyncGetID(s, (CK_UTF8CHAR *)"C_Sign", &len), CKR_FUNCTION_NOT_SUPPORTED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_fresh(test_states),
		test_fresh(test_login_rules),
		test_fresh(test_last_session_logs_out),
		test_fresh(test_two_tokens),
		test_fresh(test_matrix),
		test_fresh(test_handles_die),
		test_fresh(test_one_handle),
		test_fresh(test_guessed_handles),
		test_fresh(test_nothing_begun),
		test_fresh(test_cancel),
		test_fresh(test_cancel_recovery),
		test_fresh(test_side_by_side),
		test_fresh(test_operation_ends),
		test_fresh(test_key_destroyed_meanwhile),
		test_fresh(test_private_operations),
		test_fresh(test_always_authenticate),
		test_fresh(test_always_authenticate_locks),
		test_fresh(test_always_authenticate_public),
		test_fresh(test_search_states),
		test_fresh(test_leftovers),
	};

	return test_main(tests, NULL, NULL);
}
