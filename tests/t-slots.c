/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Slots and tokens: the empty slot, numbers that stay, C_InitToken, and tokens
 * that other processes make.
 */
#include "tests/client.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static CK_ULONG
slots(CK_SLOT_ID *list, CK_ULONG room)
{
	ok(p11->C_GetSlotList(CK_FALSE, list, &room));
	return room;
}

static CK_TOKEN_INFO
token_info(CK_SLOT_ID slot)
{
	CK_TOKEN_INFO info;

	memset(&info, 0xff, sizeof(info));
	ok(p11->C_GetTokenInfo(slot, &info));
	return info;
}

/* A label as C_InitToken takes it. */
static CK_UTF8CHAR *
label(const char *name)
{
	CK_UTF8CHAR *padded = scratch(32);

	memset(padded, ' ', 32);
	memcpy(padded, name, strlen(name));
	return padded;
}

/* On a fresh machine there is one slot to make a token in, and nothing on the disk. */
static void
test_empty_slot(void **state)
{
	CK_SLOT_ID list[8];
	CK_SLOT_INFO info;
	CK_TOKEN_INFO token;
	CK_SESSION_HANDLE session;
	struct stat status;

	(void)state;
	assert_int_equal(slots(list, 8), 1);
	ok(p11->C_GetSlotInfo(list[0], &info));
	check(memchr(info.slotDescription, '\0', sizeof(info.slotDescription)) == NULL);
	check(memchr(info.manufacturerID, '\0', sizeof(info.manufacturerID)) == NULL);
	check((info.flags & (CKF_HW_SLOT | CKF_REMOVABLE_DEVICE)) == 0);
	check((info.flags & CKF_TOKEN_PRESENT) != 0);
	token = token_info(list[0]);
	check((token.flags & (CKF_TOKEN_INITIALIZED | CKF_USER_PIN_INITIALIZED)) == 0);
	assert_rv(p11->C_OpenSession(list[0], READ_WRITE, NULL, NULL, &session),
	    CKR_TOKEN_NOT_INITIALIZED);
	check(stat(getenv("HANDFAST_STORE"), &status) != 0);
}

/* G05 */
static void
test_list_lengths(void **state)
{
	CK_SLOT_ID list[4];
	CK_ULONG count = 0;
	CK_SLOT_ID *guarded;

	(void)state;
	token_make("one");
	ok(p11->C_GetSlotList(CK_TRUE, NULL, &count));
	check(count == 2);
	count = 1;
	guarded = scratch(sizeof(CK_SLOT_ID));
	assert_rv(p11->C_GetSlotList(CK_TRUE, guarded, &count), CKR_BUFFER_TOO_SMALL);
	check(count == 2);
	count = 0;
	assert_rv(p11->C_GetSlotList(CK_TRUE, list, &count), CKR_BUFFER_TOO_SMALL);
	count = 4;
	ok(p11->C_GetSlotList(CK_TRUE, list, &count));
	check(count == 2 && list[0] != list[1]);
	assert_rv(p11->C_GetSlotList(CK_TRUE, list, NULL), CKR_ARGUMENTS_BAD);
}

/* A token stays in the slot that it was made in, in this process, in the next and in others. */
static void
test_numbers_stay(void **state)
{
	CK_SLOT_ID made[3], list[8];
	static const char *const names[] = { "first", "second", "third" };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		CK_SLOT_ID empty = slot_empty();

		made[i] = token_make(names[i]);
		check(made[i] == empty && slot_empty() != empty);
	}
	check(made[0] != made[1] && made[1] != made[2] && made[0] != made[2]);
	ok(p11->C_Finalize(NULL));
	ok(p11->C_Initialize(NULL));
	assert_int_equal(slots(list, 8), 4);
	for (size_t i = 0; i < 3; i++)
		check(memcmp(token_info(made[i]).label, label(names[i]), 32) == 0);
}

/* PKCS#11 3.2, CK_TOKEN_INFO. */
static void
test_token_info(void **state)
{
	CK_SLOT_ID slot = token_make("a token"), other = token_make("another");
	CK_TOKEN_INFO info = token_info(slot), after;

	(void)state;
	check(memcmp(info.label, label("a token"), 32) == 0);
	check(memchr(info.manufacturerID, '\0', sizeof(info.manufacturerID)) == NULL);
	check(memchr(info.model, '\0', sizeof(info.model)) == NULL);
	check(memchr(info.serialNumber, '\0', sizeof(info.serialNumber)) == NULL);
	check(memcmp(info.serialNumber, token_info(other).serialNumber, 16) != 0);
	check(info.flags ==
	    (CKF_RNG | CKF_LOGIN_REQUIRED | CKF_RESTORE_KEY_NOT_NEEDED | CKF_TOKEN_INITIALIZED |
		CKF_USER_PIN_INITIALIZED));
	check(info.ulMinPinLen > 0 && info.ulMinPinLen <= 8 && info.ulMaxPinLen >= 64);
	check(info.ulSessionCount == 0 && info.ulRwSessionCount == 0);
	session_open(slot, READ_WRITE);
	session_open(slot, READ_ONLY);
	after = token_info(slot);
	check(after.ulSessionCount == 2 && after.ulRwSessionCount == 1);
	check(memcmp(after.serialNumber, info.serialNumber, 16) == 0);
	assert_rv(p11->C_GetTokenInfo(slot, NULL), CKR_ARGUMENTS_BAD);
	assert_rv(p11->C_GetTokenInfo(slot + 1000, &info), CKR_SLOT_ID_INVALID);
}

/* G16, and that nothing of the old token is left. */
static void
test_init_token_again(void **state)
{
	CK_SLOT_ID slot = token_make("before");
	CK_SESSION_HANDLE session = session_user(slot);
	CK_TOKEN_INFO before = token_info(slot), after;

	(void)state;
	data_object(session, CK_TRUE, "old");
	assert_rv(p11->C_InitToken(slot, PIN(SO_PIN), label("after")), CKR_SESSION_EXISTS);
	ok(p11->C_CloseSession(session));
	assert_rv(p11->C_InitToken(slot, PIN("wrong so pin"), label("after")), CKR_PIN_INCORRECT);
	assert_rv(p11->C_InitToken(slot, PIN(SO_PIN), NULL), CKR_ARGUMENTS_BAD);
	assert_rv(p11->C_InitToken(slot, NULL, 8, label("after")), CKR_ARGUMENTS_BAD);
	assert_rv(p11->C_InitToken(slot + 1000, PIN(SO_PIN), label("x")), CKR_SLOT_ID_INVALID);
	check(memcmp(token_info(slot).label, label("before"), 32) == 0);
	ok(p11->C_InitToken(slot, PIN(SO_PIN), label("after")));
	after = token_info(slot);
	check(memcmp(after.label, label("after"), 32) == 0);
	check(memcmp(after.serialNumber, before.serialNumber, 16) == 0);
	check((after.flags & CKF_USER_PIN_INITIALIZED) == 0);
	session = session_open(slot, READ_WRITE);
	assert_rv(p11->C_Login(session, CKU_USER, PIN(USER_PIN)), CKR_USER_PIN_NOT_INITIALIZED);
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_DATA)), NULL) == 0);
}

static void
test_init_token_pin_length(void **state)
{
	CK_SLOT_ID slot = slot_empty();
	CK_TOKEN_INFO info = token_info(slot);
	CK_UTF8CHAR *pin = scratch(info.ulMaxPinLen + 1);

	(void)state;
	memset(pin, 'x', info.ulMaxPinLen + 1);
	assert_rv(p11->C_InitToken(slot, pin, info.ulMinPinLen - 1, label("x")), CKR_PIN_LEN_RANGE);
	assert_rv(p11->C_InitToken(slot, pin, info.ulMaxPinLen + 1, label("x")), CKR_PIN_LEN_RANGE);
	check(slot_empty() == slot);
	ok(p11->C_InitToken(slot, pin, info.ulMaxPinLen, label("x")));
}

/* E11: whatever the umask, nobody else can read the store. */
static void
test_modes(void **state)
{
	mode_t before = umask(0);
	CK_SLOT_ID slot = token_make("modes");
	const char *folder = getenv("HANDFAST_STORE");
	char file[200];
	struct stat status;

	(void)state;
	key_aes(session_user(slot), CK_TRUE);
	umask(before);
	check(stat(folder, &status) == 0 && (status.st_mode & 07777) == 0700);
	snprintf(file, sizeof(file), "%s/%lu.token", folder, slot);
	check(stat(file, &status) == 0 && (status.st_mode & 07777) == 0600);
	snprintf(file, sizeof(file), "%s/%lu.tries", folder, slot);
	check(stat(file, &status) == 0 && (status.st_mode & 07777) == 0600);
}

static void
make_one_more(void *name)
{
	ok(p11->C_Initialize(NULL));
	token_make(name);
	ok(p11->C_Finalize(NULL));
}

/* A token made elsewhere is there at the next look, in a slot whose number both know. */
static void
test_made_elsewhere(void **state)
{
	CK_SLOT_ID list[8], mine = token_make("mine"), empty = slot_empty();

	(void)state;
	assert_int_equal(slots(list, 8), 2);
	assert_int_equal(in_child(make_one_more, "theirs", 20), 0);
	assert_int_equal(slots(list, 8), 3);
	check(memcmp(token_info(empty).label, label("theirs"), 32) == 0);
	check(memcmp(token_info(mine).label, label("mine"), 32) == 0);
	session_user(empty);
}

static void
initialise_again(void *slot)
{
	ok(p11->C_Initialize(NULL));
	ok(p11->C_InitToken(*(CK_SLOT_ID *)slot, PIN(SO_PIN), label("anew")));
	ok(p11->C_Finalize(NULL));
}

/* F12: a token initialised by another process ends the sessions that the old one had. */
static void
test_initialised_elsewhere(void **state)
{
	CK_SLOT_ID slot = token_make("old");
	CK_SESSION_HANDLE session = session_user(slot);
	CK_OBJECT_HANDLE object;
	CK_RV rv;

	(void)state;
	assert_int_equal(in_child(initialise_again, &slot, 20), 0);
	rv = p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), YES(CKA_TOKEN), TEXT(CKA_LABEL, "late")), &object);
	check(rv == CKR_DEVICE_REMOVED || rv == CKR_SESSION_HANDLE_INVALID);
	/* The session is over for everything, not for the store alone. */
	refused(p11->C_DigestInit(session, MECHANISM(CKM_SHA256)));
	refused(p11->C_GenerateKey(
	    session, MECHANISM(CKM_AES_KEY_GEN), TEMPLATE(ULONG(CKA_VALUE_LEN, 16)), &object));
	ok(p11->C_CloseSession(session));
	check(memcmp(token_info(slot).label, label("anew"), 32) == 0);
}

/* The file of a token that is gone takes the token along. */
static void
test_removed_elsewhere(void **state)
{
	CK_SLOT_ID slot = token_make("doomed"), list[8];
	CK_SESSION_HANDLE session = session_user(slot);
	char file[200];
	CK_OBJECT_HANDLE object;
	CK_RV rv;

	(void)state;
	snprintf(file, sizeof(file), "%s/%lu.token", getenv("HANDFAST_STORE"), slot);
	check(unlink(file) == 0);
	rv = p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), YES(CKA_TOKEN), TEXT(CKA_LABEL, "late")), &object);
	check(rv == CKR_DEVICE_REMOVED || rv == CKR_SESSION_HANDLE_INVALID);
	ok(p11->C_Finalize(NULL));
	ok(p11->C_Initialize(NULL));
	assert_int_equal(slots(list, 8), 1);
}

/* Without the empty slot a machine without tokens has no slots. */
static void
test_no_empty_slot(void **state)
{
	CK_SLOT_ID list[4];

	(void)state;
	ok(p11->C_Finalize(NULL));
	client_configure("empty-slot = no\n");
	ok(p11->C_Initialize(NULL));
	assert_int_equal(slots(list, 4), 0);
}

/* One process is one application: the memory token has the same behaviour and leaves no file. */
static void
test_memory_token(void **state)
{
	CK_SLOT_ID slot;
	CK_SESSION_HANDLE session;

	(void)state;
	ok(p11->C_Finalize(NULL));
	check(setenv("HANDFAST_STORE", "memory:", 1) == 0);
	ok(p11->C_Initialize(NULL));
	slot = token_make("memory");
	session = session_user(slot);
	key_aes(session, CK_TRUE);
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY)), NULL) == 1);
	ok(p11->C_Logout(session));
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY)), NULL) == 0);
	ok(p11->C_Login(session, CKU_USER, PIN(USER_PIN)));
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY)), NULL) == 1);
}

/* G06 */
static void
test_open_session_arguments(void **state)
{
	CK_SLOT_ID slot = token_make("sessions");
	CK_SESSION_HANDLE session;

	(void)state;
	assert_rv(p11->C_OpenSession(slot, CKF_RW_SESSION, NULL, NULL, &session),
	    CKR_SESSION_PARALLEL_NOT_SUPPORTED);
	assert_rv(
	    p11->C_OpenSession(slot + 1000, READ_ONLY, NULL, NULL, &session), CKR_SLOT_ID_INVALID);
	assert_rv(p11->C_OpenSession(slot, READ_ONLY, NULL, NULL, NULL), CKR_ARGUMENTS_BAD);
	assert_rv(p11->C_OpenSession(slot, READ_ONLY | CKF_ASYNC_SESSION, NULL, NULL, &session),
	    CKR_SESSION_ASYNC_NOT_SUPPORTED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_fresh(test_empty_slot),
		test_fresh(test_list_lengths),
		test_fresh(test_numbers_stay),
		test_fresh(test_token_info),
		test_fresh(test_init_token_again),
		test_fresh(test_init_token_pin_length),
		test_fresh(test_modes),
		test_fresh(test_made_elsewhere),
		test_fresh(test_initialised_elsewhere),
		test_fresh(test_removed_elsewhere),
		test_fresh(test_no_empty_slot),
		test_fresh(test_memory_token),
		test_fresh(test_open_session_arguments),
	};

	return test_main(tests, NULL, NULL);
}
