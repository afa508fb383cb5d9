/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PINs: setting, checking, counting and locking them (C_InitPIN, C_SetPIN,
 * C_Login, and the flags of CK_TOKEN_INFO).
 */
#include "tests/client.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOW CKF_USER_PIN_COUNT_LOW
#define FINAL CKF_USER_PIN_FINAL_TRY
#define LOCKED CKF_USER_PIN_LOCKED
#define SO_LOW CKF_SO_PIN_COUNT_LOW
#define SO_FINAL CKF_SO_PIN_FINAL_TRY
#define SO_LOCKED CKF_SO_PIN_LOCKED
#define PIN_FLAGS (LOW | FINAL | LOCKED | SO_LOW | SO_FINAL | SO_LOCKED)

static CK_RV
log_in(CK_SESSION_HANDLE session, CK_USER_TYPE user, const char *pin)
{
	return p11->C_Login(session, user, PIN(pin));
}

static void
assert_flags(CK_SLOT_ID slot, CK_FLAGS expected)
{
	check((token_flags(slot) & PIN_FLAGS) == expected);
}

/* A PIN that differs from all before. */
static const char *
wrong_pin(void)
{
	static int n;
	static char pin[32];

	snprintf(pin, sizeof(pin), "wrong pin %d", n++);
	return pin;
}

static void
test_init_pin(void **state)
{
	CK_SLOT_ID slot = token_make("init pin");
	CK_SESSION_HANDLE session = session_open(slot, READ_WRITE);

	(void)state;
	assert_rv(p11->C_InitPIN(session, PIN("a new pin")), CKR_USER_NOT_LOGGED_IN);
	ok(log_in(session, CKU_USER, USER_PIN));
	assert_rv(p11->C_InitPIN(session, PIN("a new pin")), CKR_USER_NOT_LOGGED_IN);
	ok(p11->C_Logout(session));
	ok(log_in(session, CKU_SO, SO_PIN));
	assert_rv(p11->C_InitPIN(session, PIN("")), CKR_PIN_LEN_RANGE);
	assert_rv(p11->C_InitPIN(session, NULL, 8), CKR_ARGUMENTS_BAD);
	ok(p11->C_InitPIN(session, PIN("a new pin")));
	ok(p11->C_Logout(session));
	assert_rv(log_in(session, CKU_USER, USER_PIN), CKR_PIN_INCORRECT);
	ok(log_in(session, CKU_USER, "a new pin"));
}

static void
test_set_pin(void **state)
{
	CK_SLOT_ID slot = token_make("set pin");
	CK_SESSION_HANDLE session = session_open(slot, READ_WRITE);
	CK_SESSION_HANDLE reader = session_open(slot, READ_ONLY);

	(void)state;
	/* Not logged in: the user's. */
	assert_rv(p11->C_SetPIN(session, PIN("not it"), PIN("second pin")), CKR_PIN_INCORRECT);
	ok(p11->C_SetPIN(session, PIN(USER_PIN), PIN("second pin")));
	assert_rv(log_in(session, CKU_USER, USER_PIN), CKR_PIN_INCORRECT);
	ok(log_in(session, CKU_USER, "second pin"));
	/* Logged in, and the login goes on. */
	ok(p11->C_SetPIN(session, PIN("second pin"), PIN("third pin")));
	check(session_state(session) == CKS_RW_USER_FUNCTIONS);
	assert_rv(
	    p11->C_SetPIN(reader, PIN("third pin"), PIN("fourth pin")), CKR_SESSION_READ_ONLY);
	ok(p11->C_Logout(session));
	ok(p11->C_CloseSession(reader));
	/* The SO: his own. */
	ok(log_in(session, CKU_SO, SO_PIN));
	ok(p11->C_SetPIN(session, PIN(SO_PIN), PIN("second so pin")));
	ok(p11->C_Logout(session));
	assert_rv(log_in(session, CKU_SO, SO_PIN), CKR_PIN_INCORRECT);
	ok(log_in(session, CKU_SO, "second so pin"));
	ok(p11->C_Logout(session));
	ok(log_in(session, CKU_USER, "third pin"));
}

/* D99, and that a PIN change keeps what the PIN protects. */
static void
test_keys_survive_pins(void **state)
{
	CK_SLOT_ID slot = token_make("survive");
	CK_SESSION_HANDLE session = session_user(slot);
	CK_OBJECT_HANDLE key;

	(void)state;
	key_aes(session, CK_TRUE);
	ok(p11->C_SetPIN(session, PIN(USER_PIN), PIN("second pin")));
	ok(p11->C_CloseSession(session));
	session = session_so(slot);
	ok(p11->C_InitPIN(session, PIN("third pin")));
	ok(p11->C_CloseSession(session));
	session = session_open(slot, READ_WRITE);
	assert_rv(log_in(session, CKU_USER, "second pin"), CKR_PIN_INCORRECT);
	ok(log_in(session, CKU_USER, "third pin"));
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY)), &key) == 1);
	ok(p11->C_EncryptInit(
	    session, &(CK_MECHANISM){ CKM_AES_CBC_PAD, (CK_BYTE[16]){ 0 }, 16 }, key));
}

/* G17: the lengths that CK_TOKEN_INFO tells. */
static void
test_lengths(void **state)
{
	CK_SLOT_ID slot = token_make("lengths");
	CK_SESSION_HANDLE session = session_open(slot, READ_WRITE);
	CK_TOKEN_INFO info;
	CK_UTF8CHAR *pin = scratch(4096);

	(void)state;
	memset(pin, 'p', 4096);
	ok(p11->C_GetTokenInfo(slot, &info));
	for (CK_ULONG len = 0; len < 4096; len = len * 2 + 1) {
		bool fits = len >= info.ulMinPinLen && len <= info.ulMaxPinLen;

		if (!fits)
			assert_rv(
			    p11->C_SetPIN(session, PIN(USER_PIN), pin, len), CKR_PIN_LEN_RANGE);
	}
	assert_rv(
	    p11->C_SetPIN(session, PIN(USER_PIN), pin, info.ulMaxPinLen + 1), CKR_PIN_LEN_RANGE);
	ok(p11->C_SetPIN(session, PIN(USER_PIN), pin, info.ulMaxPinLen));
	ok(p11->C_Login(session, CKU_USER, pin, info.ulMaxPinLen));
	ok(p11->C_SetPIN(session, pin, info.ulMaxPinLen, pin, info.ulMinPinLen));
	ok(p11->C_Logout(session));
	ok(p11->C_Login(session, CKU_USER, pin, info.ulMinPinLen));
	assert_rv(p11->C_SetPIN(session, NULL, 4, pin, 8), CKR_ARGUMENTS_BAD);
	assert_rv(p11->C_SetPIN(session, pin, info.ulMinPinLen, NULL, 8), CKR_ARGUMENTS_BAD);
}

/* G15: any bytes are a PIN, and none stands for another. */
static void
test_any_bytes(void **state)
{
	static CK_UTF8CHAR with_nul[] = "pin\0pin", high[] = { 0xff, 0xfe, 0, 0, 0x80, 1 };
	CK_SLOT_ID slot = token_make("bytes");
	CK_SESSION_HANDLE session = session_open(slot, READ_WRITE);
	CK_UTF8CHAR *huge = scratch(1 << 20);

	(void)state;
	ok(p11->C_SetPIN(session, PIN(USER_PIN), PIN("pin pin")));
	assert_rv(p11->C_Login(session, CKU_USER, PIN("pin pin ")), CKR_PIN_INCORRECT);
	assert_rv(
	    p11->C_Login(session, CKU_USER, (CK_UTF8CHAR *)"pin pin\0", 8), CKR_PIN_INCORRECT);
	ok(p11->C_Login(session, CKU_USER, PIN("pin pin")));
	ok(p11->C_SetPIN(session, PIN("pin pin"), with_nul, 7));
	ok(p11->C_Logout(session));
	assert_rv(p11->C_Login(session, CKU_USER, (CK_UTF8CHAR *)"pin", 3), CKR_PIN_INCORRECT);
	ok(p11->C_Login(session, CKU_USER, with_nul, 7));
	ok(p11->C_SetPIN(session, with_nul, 7, high, sizeof(high)));
	ok(p11->C_Logout(session));
	assert_rv(p11->C_Login(session, CKU_USER, NULL, 4), CKR_ARGUMENTS_BAD);
	assert_rv(p11->C_Login(session, CKU_USER, huge, 0), CKR_PIN_INCORRECT);
	assert_rv(p11->C_Login(session, CKU_USER, huge, 1 << 20), CKR_PIN_INCORRECT);
	assert_rv(p11->C_Login(session, 17, high, sizeof(high)), CKR_USER_TYPE_INVALID);
	ok(p11->C_Login(session, CKU_USER, high, sizeof(high)));
}

/* D02, D03 */
static void
test_count_low(void **state)
{
	CK_SLOT_ID slot = token_make("count");
	CK_SESSION_HANDLE session = session_open(slot, READ_WRITE);

	(void)state;
	assert_flags(slot, 0);
	assert_rv(log_in(session, CKU_USER, wrong_pin()), CKR_PIN_INCORRECT);
	assert_flags(slot, LOW);
	ok(p11->C_Finalize(NULL));
	ok(p11->C_Initialize(NULL));
	assert_flags(slot, LOW);
	session = session_open(slot, READ_WRITE);
	ok(log_in(session, CKU_USER, USER_PIN));
	assert_flags(slot, 0);
	/* An old PIN in C_SetPIN counts as well. */
	refused(p11->C_SetPIN(session, PIN(wrong_pin()), PIN("another")));
	assert_flags(slot, LOW);
	ok(p11->C_SetPIN(session, PIN(USER_PIN), PIN("another")));
	assert_flags(slot, 0);
}

/* D98: ten by default, and then nothing but the SO helps. */
static void
test_locked(void **state)
{
	CK_SLOT_ID slot = token_make("locked");
	CK_SESSION_HANDLE session = session_open(slot, READ_WRITE);
	CK_SESSION_HANDLE so;

	(void)state;
	for (int i = 1; i <= 10; i++) {
		CK_RV rv = log_in(session, CKU_USER, wrong_pin());

		check(rv == CKR_PIN_INCORRECT || (i == 10 && rv == CKR_PIN_LOCKED));
		assert_flags(slot, i == 10 ? LOW | LOCKED : i == 9 ? LOW | FINAL : LOW);
	}
	assert_rv(log_in(session, CKU_USER, USER_PIN), CKR_PIN_LOCKED);
	refused(p11->C_SetPIN(session, PIN(USER_PIN), PIN("another")));
	ok(p11->C_Finalize(NULL));
	ok(p11->C_Initialize(NULL));
	assert_flags(slot, LOW | LOCKED);
	session = session_open(slot, READ_WRITE);
	assert_rv(log_in(session, CKU_USER, USER_PIN), CKR_PIN_LOCKED);
	so = session_so(slot);
	ok(p11->C_InitPIN(so, PIN("fresh pin")));
	ok(p11->C_Logout(so));
	assert_flags(slot, 0);
	ok(log_in(session, CKU_USER, "fresh pin"));
}

static void
test_so_locked(void **state)
{
	CK_SLOT_ID slot = token_make("so locked");
	CK_SESSION_HANDLE session = session_open(slot, READ_WRITE);
	CK_UTF8CHAR label[32];

	(void)state;
	memset(label, ' ', sizeof(label));
	for (int i = 1; i <= 10; i++) {
		refused(log_in(session, CKU_SO, wrong_pin()));
		assert_flags(slot,
		    i == 10      ? SO_LOW | SO_LOCKED
			: i == 9 ? SO_LOW | SO_FINAL
				 : SO_LOW);
	}
	assert_rv(log_in(session, CKU_SO, SO_PIN), CKR_PIN_LOCKED);
	/* The user is not concerned. */
	ok(log_in(session, CKU_USER, USER_PIN));
	ok(p11->C_CloseSession(session));
	assert_rv(p11->C_InitToken(slot, PIN(SO_PIN), label), CKR_PIN_LOCKED);
}

/* The number of tries is the configuration's. */
static void
test_tries_configured(void **state)
{
	CK_SLOT_ID slot;
	CK_SESSION_HANDLE session;

	(void)state;
	ok(p11->C_Finalize(NULL));
	client_configure("tries = 2\npin-least = 7\n");
	ok(p11->C_Initialize(NULL));
	slot = token_make("two tries");
	session = session_open(slot, READ_WRITE);
	assert_rv(p11->C_SetPIN(session, PIN(USER_PIN), PIN("six___")), CKR_PIN_LEN_RANGE);
	assert_rv(log_in(session, CKU_USER, wrong_pin()), CKR_PIN_INCORRECT);
	assert_flags(slot, LOW | FINAL);
	refused(log_in(session, CKU_USER, wrong_pin()));
	assert_rv(log_in(session, CKU_USER, USER_PIN), CKR_PIN_LOCKED);
}

static void
pepper_write(const char *bytes, mode_t mode)
{
	FILE *file = fopen(client_path("pepper"), "we");

	check(file != NULL && fputs(bytes, file) >= 0 && fclose(file) == 0);
	check(chmod(client_path("pepper"), mode) == 0);
}

/* What a login meets where the file is so. */
static CK_RV
login_with(CK_SLOT_ID slot, const char *bytes, mode_t mode)
{
	CK_SESSION_HANDLE session = session_open(slot, READ_WRITE);
	CK_RV rv;

	pepper_write(bytes, mode);
	rv = log_in(session, CKU_USER, USER_PIN);
	ok(p11->C_CloseSession(session));
	return rv;
}

/* A file without which no PIN opens the token.  That it is missing is no wrong try. */
static void
test_pepper(void **state)
{
	CK_SLOT_ID plain = token_make("plain"), slot;
	char line[300], long_one[4098] = { 0 };

	(void)state;
	ok(p11->C_Finalize(NULL));
	snprintf(line, sizeof(line), "pepper = %s\n", client_path("pepper"));
	client_configure(line);
	ok(p11->C_Initialize(NULL));
	pepper_write("sixteen bytes it", 0600);
	slot = token_make("peppered");
	memset(long_one, 'x', sizeof(long_one) - 1);
	for (int i = 0; i < 4; i++) {
		assert_rv(login_with(slot, "sixteen bytes iT", 0600), CKR_DEVICE_ERROR);
		assert_rv(login_with(slot, "fifteen bytes i", 0600), CKR_DEVICE_ERROR);
		assert_rv(login_with(slot, long_one, 0600), CKR_DEVICE_ERROR);
		assert_rv(login_with(slot, "sixteen bytes it", 0604), CKR_DEVICE_ERROR);
	}
	check(unlink(client_path("pepper")) == 0 && mkdir(client_path("pepper"), 0700) == 0);
	assert_rv(log_in(session_open(slot, READ_WRITE), CKU_USER, USER_PIN), CKR_DEVICE_ERROR);
	check(rmdir(client_path("pepper")) == 0);
	assert_rv(log_in(session_open(slot, READ_WRITE), CKU_USER, USER_PIN), CKR_DEVICE_ERROR);
	assert_flags(slot, 0);
	/* For PINs that were set before there was one, none is wanted. */
	ok(log_in(session_open(plain, READ_WRITE), CKU_USER, USER_PIN));
	ok(p11->C_CloseAllSessions(slot));
	ok(login_with(slot, "sixteen bytes it", 0600));

	/* With no pepper in the settings, the file does not help. */
	ok(p11->C_Finalize(NULL));
	client_configure("");
	ok(p11->C_Initialize(NULL));
	assert_rv(login_with(slot, "sixteen bytes it", 0600), CKR_DEVICE_ERROR);
}

/* F06: a PIN changed elsewhere breaks nobody's session, and counts at the next login. */
static void
change_pin(void *slot)
{
	ok(p11->C_Initialize(NULL));
	ok(p11->C_SetPIN(
	    session_open(*(CK_SLOT_ID *)slot, READ_WRITE), PIN(USER_PIN), PIN("changed pin")));
	ok(p11->C_Finalize(NULL));
}

static void
test_changed_elsewhere(void **state)
{
	CK_SLOT_ID slot = token_make("changed");
	CK_SESSION_HANDLE session = session_user(slot);
	CK_OBJECT_HANDLE key = key_aes(session, CK_TRUE);

	(void)state;
	assert_int_equal(in_child(change_pin, &slot, 20), 0);
	check(get_ulong(session, key, CKA_VALUE_LEN) == 32);
	key_aes(session, CK_TRUE);
	ok(p11->C_Logout(session));
	assert_rv(log_in(session, CKU_USER, USER_PIN), CKR_PIN_INCORRECT);
	ok(log_in(session, CKU_USER, "changed pin"));
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY)), &key) == 2);
	check(get_ulong(session, key, CKA_VALUE_LEN) == 32);
}

/* C_LoginUser: no name is C_Login; the token has no named users. */
static void
test_login_user(void **state)
{
	CK_SLOT_ID slot = token_make("named");
	CK_SESSION_HANDLE session = session_open(slot, READ_WRITE);
	static CK_UTF8CHAR name[] = "somebody";

	(void)state;
	assert_rv(p11->C_LoginUser(session, CKU_USER, PIN(USER_PIN), name, 8), CKR_PIN_INCORRECT);
	assert_rv(p11->C_LoginUser(session, CKU_USER, PIN(USER_PIN), NULL, 8), CKR_ARGUMENTS_BAD);
	ok(p11->C_LoginUser(session, CKU_USER, PIN(USER_PIN), NULL, 0));
	ok(p11->C_Logout(session));
	ok(p11->C_LoginUser(session, CKU_USER, PIN(USER_PIN), name, 0));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_fresh(test_init_pin),
		test_fresh(test_set_pin),
		test_fresh(test_keys_survive_pins),
		test_fresh(test_lengths),
		test_fresh(test_any_bytes),
		test_fresh(test_count_low),
		test_fresh(test_locked),
		test_fresh(test_so_locked),
		test_fresh(test_tries_configured),
		test_fresh(test_pepper),
		test_fresh(test_changed_elsewhere),
		test_fresh(test_login_user),
	};

	return test_main(tests, NULL, NULL);
}
