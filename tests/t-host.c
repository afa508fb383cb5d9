/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a host process has a right to, whatever a client does in it (attacks.md, part E):
 * its standard channels, its signals, its locale and environment stay its own; a second copy
 * of the module is another module; a program with more rights than its caller believes
 * nothing that the caller says.
 */
#include "tests/command.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/xattr.h>
#include <unistd.h>

extern char **environ;

static CK_SLOT_ID slot;

static int
begin(void **state)
{
	module_fresh(state);
	slot = token_make("host");
	ok(p11->C_Finalize(NULL));
	return 0;
}

#define test_host(function) cmocka_unit_test_setup_teardown(function, begin, module_stopped)

/* What clients do, mistakes included, from C_Initialize to C_Finalize. */
static void
work(void)
{
	CK_BYTE hash[32] = { 1 }, signature[64];
	CK_ULONG len = sizeof(signature);
	CK_OBJECT_HANDLE pair[2], object;
	CK_SESSION_HANDLE session;
	CK_TOKEN_INFO info;

	ok(p11->C_Initialize(NULL));
	session = session_open(slot, READ_WRITE);
	assert_rv(p11->C_Login(session, CKU_USER, PIN("not the pin")), CKR_PIN_INCORRECT);
	ok(p11->C_Login(session, CKU_USER, PIN(USER_PIN)));
	ok(p11->C_GetTokenInfo(slot, &info));
	key_pair_ec(session, p256, false, pair);
	ok(p11->C_SignInit(session, MECHANISM(CKM_ECDSA), pair[1]));
	ok(p11->C_Sign(session, hash, sizeof(hash), signature, &len));
	signature[5] ^= 1;
	ok(p11->C_VerifyInit(session, MECHANISM(CKM_ECDSA), pair[0]));
	assert_rv(
	    p11->C_Verify(session, hash, sizeof(hash), signature, len), CKR_SIGNATURE_INVALID);
	object = data_object(session, CK_TRUE, "made in a host");
	ok(set_one(session, object, TEXT(CKA_LABEL, "changed in a host")));
	ok(p11->C_DestroyObject(session, object));
	key_aes(session, CK_TRUE);
	refused(p11->C_DestroyObject(session, object));
	ok(p11->C_Finalize(NULL));
}

/* --- surroundings --------------------------------------------------------------------- */

/* E12, with the rest that a process has. */
struct surroundings {
	mode_t mask;
	char folder[256], locale[256];
	struct {
		void (*handler)(int);
		int flags;
		uint64_t mask;
	} actions[65];
	uint64_t blocked;
	char *environment[200];
};

/* What of a set the system fills in. */
static uint64_t
members(const sigset_t *set)
{
	uint64_t bits = 0;

	for (int i = 1; i < 65; i++)
		bits |= (uint64_t)(sigismember(set, i) == 1) << (i - 1);
	return bits;
}

static void
look_around(struct surroundings *s)
{
	sigset_t blocked;

	memset(s, 0, sizeof(*s));
	s->mask = umask(0);
	umask(s->mask);
	check(getcwd(s->folder, sizeof(s->folder)) != NULL);
	snprintf(s->locale, sizeof(s->locale), "%s", setlocale(LC_ALL, NULL));
	for (int i = 1; i < 65; i++) {
		struct sigaction action;

		if (sigaction(i, NULL, &action) != 0)
			continue; /* the C library's own */
		s->actions[i].handler = action.sa_handler;
		s->actions[i].flags = action.sa_flags;
		s->actions[i].mask = members(&action.sa_mask);
	}
	check(sigprocmask(SIG_SETMASK, NULL, &blocked) == 0);
	s->blocked = members(&blocked);
	/* putenv and setenv give another pointer, even of the same words. */
	for (size_t i = 0; environ[i] != NULL; i++) {
		check(i < COUNT_OF(s->environment));
		s->environment[i] = environ[i];
	}
}

static void
works_in_its_place(void *unused)
{
	static struct surroundings before, after;

	(void)unused;
	look_around(&before);
	work();
	look_around(&after);
	check(memcmp(&before, &after, sizeof(before)) == 0);
}

static void
test_surroundings(void **state)
{
	(void)state;
	assert_int_equal(in_child(works_in_its_place, NULL, 60), 0);
}

/* In Turkish an i is no lower case I; dates, numbers and sorting have their own rules too. */
static void
works_in_turkish(void *folder)
{
	check(setenv("LOCPATH", folder, 1) == 0);
	check(setlocale(LC_ALL, "tr_TR.UTF-8") != NULL);
	works_in_its_place(NULL);
}

static void
test_locale(void **state)
{
	(void)state;
	if (!command("command -v localedef && test -e /usr/share/i18n/locales/tr_TR"))
		skip_because(
		    "there are no locales to make one of; Debian: apt-get install locales");
	check(command("localedef -i tr_TR -f UTF-8 ./tr_TR.UTF-8"));
	client_configure("KDF-COST = 14\nderived-secrets = sensitive\nmechanisms-deny = "
			 "CKM_AES_CTS\npublic-writes = no\n");
	assert_int_equal(in_child(works_in_turkish, (void *)client_path("."), 60), 0);
}

/* --- standard channels ------------------------------------------------------------------ */

static void
works_silently(void *path)
{
	struct stat status;
	int output = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	check(output >= 0);
	check(dup2(output, STDIN_FILENO) >= 0 && dup2(output, STDOUT_FILENO) >= 0 &&
	    dup2(output, STDERR_FILENO) >= 0);
	work();
	if (fstat(output, &status) != 0 || status.st_size != 0)
		_exit(2);
}

/* Where the log cannot be written, and of what is damaged, nothing is said there either. */
static void
test_silence(void **state)
{
	(void)state;
	assert_int_equal(in_child(works_silently, (void *)client_path("said"), 60), 0);
	client_configure("no such key = 1\nlog = /nonexistent/log\nmechanisms-deny = CKM_NONE\n");
	check(command("head -c 5000 /dev/urandom > store-%s/99.token",
	    strrchr(getenv("HANDFAST_STORE"), '-') + 1));
	assert_int_equal(in_child(works_silently, (void *)client_path("said"), 60), 0);
}

static bool channels_closed;
static unsigned written_there;

/* In the module's way to the C library, for the one test that asks. */
ssize_t
write(int fd, const void *bytes, size_t len)
{
	if (channels_closed && fd <= STDERR_FILENO)
		written_there++;
	return syscall(SYS_write, fd, bytes, len);
}

/* SQLite puts /dev/null there for good when it opens a token: they are closed after that. */
static void
works_with_channels_closed(void *unused)
{
	CK_SESSION_HANDLE session;

	(void)unused;
	ok(p11->C_Initialize(NULL));
	session = session_user(slot);
	ok(p11->C_Logout(session));
	for (int fd = 0; fd <= STDERR_FILENO; fd++)
		check(close(fd) == 0);
	channels_closed = true;
	assert_rv(p11->C_Login(session, CKU_USER, PIN("not the pin")), CKR_PIN_INCORRECT);
	ok(p11->C_Login(session, CKU_USER, PIN(USER_PIN)));
	key_aes(session, CK_TRUE);
	if (written_there != 0)
		_exit(3);
}

/*
 * A daemon that has closed its standard channels and prints all the same must not write
 * into a file of ours, which would have come to have the channel's number.
 */
static void
test_closed_channels(void **state)
{
	(void)state;
	assert_int_equal(in_child(works_with_channels_closed, NULL, 60), 0);
}

/* --- signals ------------------------------------------------------------------------------ */

static volatile sig_atomic_t alarms;

static void
count_alarm(int number)
{
	(void)number;
	alarms++;
}

static void
alarms_start(int flags)
{
	const struct itimerval often = { { 0, 400 }, { 0, 400 } };
	struct sigaction action = { .sa_handler = count_alarm, .sa_flags = flags };

	check(sigaction(SIGALRM, &action, NULL) == 0);
	check(setitimer(ITIMER_REAL, &often, NULL) == 0);
}

/* While others write, so that there is something to wait for. */
static void
writes_much(void *unused)
{
	CK_SESSION_HANDLE session;

	(void)unused;
	ok(p11->C_Initialize(NULL));
	session = session_user(slot);
	for (int i = 0; i < 40; i++)
		ok(p11->C_DestroyObject(session, data_object(session, CK_TRUE, "another's")));
}

static void
works_under_alarms(void *flags)
{
	alarms_start(*(int *)flags);
	for (int i = 0; i < 3; i++)
		work();
	check(alarms > 20);
}

static void
test_signals(void **state)
{
	static int flags[] = { 0, SA_RESTART };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(flags); i++) {
		pid_t other = child_start(writes_much, NULL);

		assert_int_equal(in_child(works_under_alarms, &flags[i], 60), 0);
		assert_int_equal(child_result(other, 60), 0);
	}
}

static void
makes_token_later(void *unused)
{
	(void)unused;
	usleep(300000);
	ok(p11->C_Initialize(NULL));
	token_make("came later");
}

/* Waiting for a token goes on through signals, and ends when it comes. */
static void
waits_under_alarms(void *unused)
{
	CK_SLOT_ID which;
	pid_t other;

	(void)unused;
	ok(p11->C_Initialize(NULL));
	while (p11->C_WaitForSlotEvent(CKF_DONT_BLOCK, &which, NULL) == CKR_OK)
		;
	other = child_start(makes_token_later, NULL);
	alarms_start(0);
	ok(p11->C_WaitForSlotEvent(0, &which, NULL));
	check(alarms > 20);
	check(setitimer(ITIMER_REAL, &(struct itimerval){ 0 }, NULL) == 0);
	check(child_result(other, 20) == 0);
}

static void
test_signals_while_waiting(void **state)
{
	(void)state;
	assert_int_equal(in_child(waits_under_alarms, NULL, 30), 0);
}

/* --- two copies ---------------------------------------------------------------------------- */

/* E05: as where p11-kit's proxy and a configured path each load one. */
static void
uses_two_copies(void *path)
{
	const struct pkcs11_function_list_3_2 *first = p11;
	CK_C_GetFunctionList get;
	CK_FUNCTION_LIST *second = NULL;
	CK_SESSION_HANDLE sessions[2];
	CK_OBJECT_HANDLE found;
	CK_ULONG count;
	void *copy = dlopen(path, RTLD_NOW | RTLD_LOCAL);

	check(copy != NULL);
	get = (CK_C_GetFunctionList)dlsym(copy, "C_GetFunctionList");
	check(get != NULL && get(&second) == CKR_OK);
	check((void *)second->C_Initialize != (void *)first->C_Initialize);
	ok(p11->C_Initialize(NULL));
	assert_rv(second->C_GetInfo(&(CK_INFO){ 0 }), CKR_CRYPTOKI_NOT_INITIALIZED);
	ok(second->C_Initialize(NULL));
	sessions[0] = session_user(slot);
	ok(second->C_OpenSession(slot, READ_WRITE, NULL, NULL, &sessions[1]));
	/* Logged in here is not logged in there. */
	refused(second->C_Logout(sessions[1]));
	ok(second->C_Login(sessions[1], CKU_USER, PIN(USER_PIN)));
	for (int i = 0; i < 10; i++) {
		data_object(sessions[0], CK_TRUE, "of the first copy");
		ok(second->C_FindObjectsInit(
		    sessions[1], TEMPLATE(TEXT(CKA_LABEL, "of the first copy"))));
		ok(second->C_FindObjects(sessions[1], &found, 1, &count));
		ok(second->C_FindObjectsFinal(sessions[1]));
		check(count == 1);
		ok(second->C_DestroyObject(sessions[1], found));
	}
	/* The end of one is not the end of the other. */
	ok(second->C_Finalize(NULL));
	key_aes(sessions[0], CK_TRUE);
	check(dlclose(copy) == 0);
	key_aes(sessions[0], CK_TRUE);
	ok(p11->C_Finalize(NULL));
}

static void
test_two_copies(void **state)
{
	(void)state;
	check(command("cp '%s' copy.so", getenv("HANDFAST_MODULE")));
	assert_int_equal(in_child(uses_two_copies, (void *)client_path("copy.so"), 60), 0);
}

/* --- more rights than the caller has ---------------------------------------------------------- */

/* Exit codes of the program that has them. */
enum believed { NOTHING = 40, THE_STORE, NO_MORE_RIGHTS, FAILED };

/* This program once more: is the store there that the environment names? */
static int
ask(void)
{
	CK_SLOT_ID slots[8];
	CK_ULONG count = COUNT_OF(slots);

	if (getauxval(AT_SECURE) == 0)
		return NO_MORE_RIGHTS;
	if (!client_load() || p11->C_Initialize(NULL) != CKR_OK ||
	    p11->C_GetSlotList(CK_TRUE, slots, &count) != CKR_OK)
		return FAILED;
	for (CK_ULONG i = 0; i < count; i++) {
		CK_TOKEN_INFO info;

		if (p11->C_GetTokenInfo(slots[i], &info) == CKR_OK &&
		    (info.flags & CKF_TOKEN_INITIALIZED) != 0)
			return THE_STORE;
	}
	return NOTHING;
}

#define NOBODY 65534
#define SOMEBODY 65533

static void
ask_as_nobody(void *program)
{
	check(setenv("HANDFAST_MODULE", client_path("module.so"), 1) == 0);
	check(setgid(NOBODY) == 0 && setuid(NOBODY) == 0);
	execl(program, "t-host", "ask", (char *)NULL);
	_exit(98);
}

/*
 * The store of the environment, which both of the users may enter as far as modes go, and
 * the module where they can load it, wherever it was built.
 */
static const char *
open_to_all(void)
{
	const char *program = client_path("with-rights");

	check(command("chmod 755 . && cp /proc/%d/exe with-rights && chown -R %d:%d '%s' "
		      "handfast.conf && chmod 644 handfast.conf && "
		      "cp \"$HANDFAST_MODULE\" module.so && chmod 755 module.so",
	    (int)getpid(), SOMEBODY, SOMEBODY, getenv("HANDFAST_STORE")));
	return program;
}

/* That it is there for who has no more rights than the caller, or the test says nothing. */
static void
test_set_user_id(void **state)
{
	const char *program;
	int answer;

	(void)state;
	if (geteuid() != 0)
		skip_because("only root makes a program that runs as somebody else");
	program = open_to_all();
	check(command("chown %d:%d with-rights && chmod 4755 with-rights", SOMEBODY, SOMEBODY));
	answer = in_child(ask_as_nobody, (void *)program, 20);
	if (answer == NO_MORE_RIGHTS)
		skip_because("the temporary folder's file system gives no rights (nosuid)");
	assert_int_equal(answer, NOTHING);
}

static void
test_file_capabilities(void **state)
{
	struct vfs_cap_data rights = { .magic_etc = VFS_CAP_REVISION_2 | VFS_CAP_FLAGS_EFFECTIVE };
	const char *program;
	int answer;

	(void)state;
	if (geteuid() != 0)
		skip_because("only root gives a program capabilities");
	program = open_to_all();
	check(command("chown -R %d:%d '%s' && chown %d:%d with-rights && chmod 755 with-rights",
	    NOBODY, NOBODY, getenv("HANDFAST_STORE"), NOBODY, NOBODY));
	rights.data[0].permitted = 1U << CAP_NET_BIND_SERVICE;
	if (setxattr(program, "security.capability", &rights, XATTR_CAPS_SZ_2, 0) != 0)
		skip_because("the temporary folder's file system keeps no capabilities");
	answer = in_child(ask_as_nobody, (void *)program, 20);
	if (answer == NO_MORE_RIGHTS)
		skip_because("the temporary folder's file system gives no rights (nosuid)");
	assert_int_equal(answer, NOTHING);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		test_host(test_surroundings),
		test_host(test_locale),
		test_host(test_silence),
		test_host(test_closed_channels),
		test_host(test_signals),
		test_host(test_signals_while_waiting),
		test_host(test_two_copies),
		test_host(test_set_user_id),
		test_host(test_file_capabilities),
	};

	/* A sanitizer cannot look for leaks in such a process. */
	if (argc == 2 && strcmp(argv[1], "ask") == 0)
		_exit(ask());
	return test_main(tests, NULL, NULL);
}
