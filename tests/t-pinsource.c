/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PINs that the configuration has come from a file, a descriptor or a systemd
 * credential: C_Login without a PIN (PKCS#11 3.2, 5.6.8, protected authentication
 * path), and tokens that log in by themselves.
 */
#include "tests/command.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH CKF_PROTECTED_AUTHENTICATION_PATH

static CK_SLOT_ID slot;

/* Makes the token "source", and begins anew with what the section of that name says. */
static void
configured(const char *lines)
{
	char config[1024];

	slot = token_make("source");
	ok(p11->C_Finalize(NULL));
	snprintf(config, sizeof(config), "[source]\n%s\n", lines);
	client_configure(config);
	ok(p11->C_Initialize(NULL));
}

static void
pin_file(const char *pin, mode_t mode)
{
	const char *path = client_path("pin");

	(void)unlink(path);
	command_in("pin", text(pin));
	check(chmod(path, mode) == 0);
}

static void
configured_file(const char *more)
{
	char lines[512];

	snprintf(lines, sizeof(lines), "pin-source = file:%s\n%s", client_path("pin"), more);
	configured(lines);
}

static CK_RV
log_in(CK_SESSION_HANDLE session, CK_USER_TYPE user)
{
	return p11->C_Login(session, user, NULL, 0);
}

/* Is this in the log? */
static bool
logged(const char *words)
{
	struct view log = command_out("log");

	return memmem(log.data, log.len, words, strlen(words)) != NULL;
}

static unsigned
failures(CK_SESSION_HANDLE session)
{
	(void)session;
	return (token_flags(slot) & CKF_USER_PIN_COUNT_LOW) != 0;
}

/* --- files -------------------------------------------------------------------------------- */

static void
test_file(void **state)
{
	CK_SESSION_HANDLE session;

	(void)state;
	pin_file(USER_PIN "\n", 0600);
	configured_file("");
	check((token_flags(slot) & PATH) != 0);
	check((token_flags(slot) & CKF_LOGIN_REQUIRED) != 0);
	session = session_open(slot, READ_WRITE);
	check(session_state(session) == CKS_RW_PUBLIC_SESSION);
	assert_rv(log_in(session, CKU_SO), CKR_ARGUMENTS_BAD);
	assert_rv(log_in(session, 7), CKR_USER_TYPE_INVALID);
	ok(log_in(session, CKU_USER));
	check(session_state(session) == CKS_RW_USER_FUNCTIONS);
	assert_rv(log_in(session, CKU_USER), CKR_USER_ALREADY_LOGGED_IN);
	ok(p11->C_Logout(session));
	/* A PIN that is given counts, right or wrong. */
	assert_rv(p11->C_Login(session, CKU_USER, PIN("wrong")), CKR_PIN_INCORRECT);
	assert_rv(p11->C_Login(session, CKU_USER, (CK_UTF8CHAR *)"", 0), CKR_PIN_INCORRECT);
	ok(p11->C_Login(session, CKU_USER, PIN(USER_PIN)));
	ok(p11->C_Logout(session));
	ok(p11->C_LoginUser(session, CKU_USER, NULL, 0, NULL, 0));
	ok(p11->C_Logout(session));
	assert_rv(p11->C_LoginUser(session, CKU_USER, NULL, 0, PIN("somebody")), CKR_PIN_INCORRECT);
	/* Without the newline too, and read anew. */
	pin_file(USER_PIN, 0400);
	ok(log_in(session, CKU_USER));
}

/* The source is for the token that the section names, by label or by serial number. */
static void
test_which_token(void **state)
{
	CK_SLOT_ID other = token_make("other");
	CK_SESSION_HANDLE session;
	CK_TOKEN_INFO info;
	char lines[512];

	(void)state;
	pin_file(USER_PIN, 0600);
	configured_file("");
	check((token_flags(other) & PATH) == 0);
	session = session_open(other, READ_WRITE);
	assert_rv(log_in(session, CKU_USER), CKR_ARGUMENTS_BAD);
	ok(p11->C_GetTokenInfo(other, &info));
	ok(p11->C_Finalize(NULL));
	snprintf(lines, sizeof(lines), "[%.16s]\npin-source = file:%s\n",
	    (const char *)info.serialNumber, client_path("pin"));
	client_configure(lines);
	ok(p11->C_Initialize(NULL));
	check((token_flags(slot) & PATH) == 0);
	check((token_flags(other) & PATH) != 0);
	ok(log_in(session_open(other, READ_ONLY), CKU_USER));
}

/* What others could read, and what holds no PIN, costs no try. */
static void
test_refused_files(void **state)
{
	CK_SESSION_HANDLE session;
	const char *path = client_path("pin");
	char *long_pin = scratch(300);

	(void)state;
	pin_file(USER_PIN, 0644);
	configured_file("");
	session = session_open(slot, READ_WRITE);
	assert_rv(log_in(session, CKU_USER), CKR_FUNCTION_FAILED);
	check(logged("is open to others"));
	pin_file(USER_PIN, 0606);
	assert_rv(log_in(session, CKU_USER), CKR_FUNCTION_FAILED);
	/* Root's may be its group's. */
	pin_file(USER_PIN, 0640);
	if (geteuid() == 0) {
		ok(log_in(session, CKU_USER));
		ok(p11->C_Logout(session));
		check(chown(path, 65534, (gid_t)-1) == 0);
		assert_rv(log_in(session, CKU_USER), CKR_FUNCTION_FAILED);
		check(logged("belongs to another user"));
	} else {
		assert_rv(log_in(session, CKU_USER), CKR_FUNCTION_FAILED);
	}
	pin_file("", 0600);
	assert_rv(log_in(session, CKU_USER), CKR_FUNCTION_FAILED);
	pin_file("\n", 0600);
	assert_rv(log_in(session, CKU_USER), CKR_FUNCTION_FAILED);
	check(logged("has no PIN"));
	memset(long_pin, 'x', 256);
	pin_file(long_pin, 0600);
	assert_rv(log_in(session, CKU_USER), CKR_FUNCTION_FAILED);
	check(unlink(path) == 0);
	assert_rv(log_in(session, CKU_USER), CKR_FUNCTION_FAILED);
	check(mkfifo(path, 0600) == 0);
	assert_rv(log_in(session, CKU_USER), CKR_FUNCTION_FAILED);
	check(logged("is not a file"));
	check(failures(session) == 0);
	check(!logged(USER_PIN));
	pin_file("not the PIN", 0600);
	assert_rv(log_in(session, CKU_USER), CKR_PIN_INCORRECT);
	check(failures(session) == 1);
	check(!logged("not the PIN"));
}

/* --- credentials and descriptors -------------------------------------------------------------- */

static void
test_credential(void **state)
{
	CK_SESSION_HANDLE session;

	(void)state;
	pin_file(USER_PIN "\n", 0400);
	configured("pin-source = credential:pin");
	session = session_open(slot, READ_ONLY);
	unsetenv("CREDENTIALS_DIRECTORY");
	assert_rv(log_in(session, CKU_USER), CKR_FUNCTION_FAILED);
	check(setenv("CREDENTIALS_DIRECTORY", client_path(""), 1) == 0);
	ok(log_in(session, CKU_USER));
	unsetenv("CREDENTIALS_DIRECTORY");
}

static void
test_descriptor(void **state)
{
	int memory = memfd_create("pin", MFD_CLOEXEC), ends[2];
	CK_SESSION_HANDLE session;
	char number[16];

	(void)state;
	check(memory >= 0);
	check(write(memory, USER_PIN "\n", strlen(USER_PIN) + 1) > 0);
	configured("pin-source = fd:TEST_PIN_FD");
	session = session_open(slot, READ_ONLY);
	unsetenv("TEST_PIN_FD");
	assert_rv(log_in(session, CKU_USER), CKR_FUNCTION_FAILED);
	check(setenv("TEST_PIN_FD", "9x", 1) == 0);
	assert_rv(log_in(session, CKU_USER), CKR_FUNCTION_FAILED);
	snprintf(number, sizeof(number), "%d", memory);
	check(setenv("TEST_PIN_FD", number, 1) == 0);
	/* A file is read from its beginning each time, wherever it stands. */
	for (int i = 0; i < 2; i++) {
		ok(log_in(session, CKU_USER));
		ok(p11->C_Logout(session));
	}
	/* A pipe but once. */
	check(pipe2(ends, O_CLOEXEC) == 0);
	check(write(ends[1], USER_PIN, strlen(USER_PIN)) > 0);
	close(ends[1]);
	snprintf(number, sizeof(number), "%d", ends[0]);
	check(setenv("TEST_PIN_FD", number, 1) == 0);
	ok(log_in(session, CKU_USER));
	assert_rv(log_in(session, CKU_USER), CKR_USER_ALREADY_LOGGED_IN);
	ok(p11->C_Logout(session));
	assert_rv(log_in(session, CKU_USER), CKR_FUNCTION_FAILED);
	close(ends[0]);
	close(memory);
}

/* An operation's own login takes the PIN from there as well. */
static void
test_context_specific(void **state)
{
	CK_OBJECT_HANDLE pair[2];
	CK_BYTE hash[32] = { 1 }, signature[64];
	CK_ULONG len = sizeof(signature);
	CK_SESSION_HANDLE session;

	(void)state;
	pin_file(USER_PIN, 0600);
	configured_file("");
	session = session_open(slot, READ_WRITE);
	ok(log_in(session, CKU_USER));
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_EC_KEY_PAIR_GEN),
	    TEMPLATE(BYTES(CKA_EC_PARAMS, p256), YES(CKA_VERIFY)),
	    TEMPLATE(YES(CKA_SIGN), YES(CKA_ALWAYS_AUTHENTICATE)), &pair[0], &pair[1]));
	ok(p11->C_SignInit(session, MECHANISM(CKM_ECDSA), pair[1]));
	ok(log_in(session, CKU_CONTEXT_SPECIFIC));
	ok(p11->C_Sign(session, hash, sizeof(hash), signature, &len));
}

/* --- tokens that log in by themselves ------------------------------------------------------------
 */

static void
test_auto_login(void **state)
{
	CK_SESSION_HANDLE session, second;

	(void)state;
	pin_file(USER_PIN "\n", 0600);
	configured_file("auto-login = yes\n");
	check((token_flags(slot) & PATH) != 0);
	check((token_flags(slot) & CKF_LOGIN_REQUIRED) == 0);
	session = session_open(slot, READ_WRITE);
	check(session_state(session) == CKS_RW_USER_FUNCTIONS);
	key_aes(session, CK_TRUE);
	ok(p11->C_CloseSession(session));
	session = session_open(slot, READ_ONLY);
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY)), NULL) == 1);
	/* Who logs out is out, as long as there is a session. */
	ok(p11->C_Logout(session));
	second = session_open(slot, READ_ONLY);
	check(session_state(second) == CKS_RO_PUBLIC_SESSION);
	check(find(second, TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY)), NULL) == 0);
	ok(p11->C_CloseAllSessions(slot));
	session = session_open(slot, READ_ONLY);
	check(session_state(session) == CKS_RO_USER_FUNCTIONS);
	ok(p11->C_Logout(session));
	ok(p11->C_CloseSession(session));
	/* The SO's work goes on. */
	session = session_open(slot, READ_WRITE);
	ok(p11->C_Logout(session));
	ok(p11->C_Login(session, CKU_SO, PIN(SO_PIN)));
	ok(p11->C_InitPIN(session, PIN("another PIN")));
}

/* A wrong PIN in the source never locks the user out, and no fault closes the token. */
static void
test_auto_login_fails(void **state)
{
	CK_SESSION_HANDLE session;

	(void)state;
	pin_file("not the PIN", 0600);
	configured_file("auto-login = yes\n");
	for (int i = 0; i < 12; i++) {
		session = session_open(slot, READ_WRITE);
		check(session_state(session) == CKS_RW_PUBLIC_SESSION);
		if (i < 11)
			ok(p11->C_CloseSession(session));
	}
	check((token_flags(slot) & CKF_USER_PIN_LOCKED) == 0);
	check((token_flags(slot) & CKF_LOGIN_REQUIRED) != 0);
	ok(p11->C_Login(session, CKU_USER, PIN(USER_PIN)));
	ok(p11->C_CloseSession(session));
	check((token_flags(slot) & CKF_LOGIN_REQUIRED) == 0);
	pin_file(USER_PIN, 0666);
	session = session_open(slot, READ_WRITE);
	check(session_state(session) == CKS_RW_PUBLIC_SESSION);
}

/* A token without a user PIN, and one that only wants it, are as ever. */
static void
test_auto_login_without(void **state)
{
	CK_SESSION_HANDLE session;
	CK_UTF8CHAR label[33] = "source                          ";

	(void)state;
	pin_file(USER_PIN, 0600);
	configured_file("auto-login = yes\n");
	ok(p11->C_InitToken(slot, PIN(SO_PIN), label));
	check((token_flags(slot) & CKF_LOGIN_REQUIRED) != 0);
	check((token_flags(slot) & PATH) == 0);
	session = session_open(slot, READ_WRITE);
	check(session_state(session) == CKS_RW_PUBLIC_SESSION);
	ok(p11->C_CloseSession(session));
	ok(p11->C_Finalize(NULL));
	client_configure("[source]\nauto-login = yes\n");
	ok(p11->C_Initialize(NULL));
	check((token_flags(slot) & CKF_LOGIN_REQUIRED) != 0);
}

/* --- the file of settings ----------------------------------------------------------------------
 */

static void
test_mistakes(void **state)
{
	(void)state;
	pin_file(USER_PIN, 0600);
	configured("pin-source = pin\npin-source = file:relative\npin-source = credential:../x\n"
		   "pin-source = fd:\nauto-login = maybe\nautologin = yes\ntries = 3");
	check((token_flags(slot) & PATH) == 0);
	check(logged("handfast.conf:4: 'pin-source' takes "));
	check(logged("handfast.conf:5: ") && logged("handfast.conf:6: "));
	check(logged("handfast.conf:7: ") && logged("handfast.conf:8: "));
	check(logged("handfast.conf:9: unknown key 'autologin' of the token [source]"));
	check(logged("handfast.conf:10: unknown key 'tries' of the token [source]"));
}

/* A program that heeds the flag and has no PIN. */
static void
test_pkcs11_tool(void **state)
{
	(void)state;
	if (!command("command -v pkcs11-tool")) {
		skip_because("no pkcs11-tool");
		return;
	}
	pin_file(USER_PIN "\n", 0600);
	configured_file("");
	check(command("LD_PRELOAD=\"$SANITIZER_PRELOAD\" ASAN_OPTIONS=detect_leaks=0 "
		      "pkcs11-tool --module \"$HANDFAST_MODULE\" "
		      "--slot %lu --login --keypairgen --key-type EC:prime256v1 --label by-file",
	    slot));
	check(find(session_user(slot),
		  TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY), TEXT(CKA_LABEL, "by-file")),
		  NULL) == 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_fresh(test_file),
		test_fresh(test_which_token),
		test_fresh(test_refused_files),
		test_fresh(test_credential),
		test_fresh(test_descriptor),
		test_fresh(test_context_specific),
		test_fresh(test_auto_login),
		test_fresh(test_auto_login_fails),
		test_fresh(test_auto_login_without),
		test_fresh(test_mistakes),
		test_fresh(test_pkcs11_tool),
	};

	return test_main(tests, NULL, NULL);
}
