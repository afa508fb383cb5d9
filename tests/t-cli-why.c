/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `why`, and what the module keeps for it: which calls were refused, in words, and nothing
 * secret; bounded, whole with many writers, and of no consequence for the call itself.
 */
#include "tests/cli.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEPT "handfast-refused"
#define BEFORE "handfast-refused.before"
/* As doc/configuration.md has it. */
#define KEPT_MOST 65536
#define LINE_MOST 1024

static char runtime[64]; /* the folder of a session or a service */

static const char *
kept_path(const char *name)
{
	char *path = scratch(4096);

	(void)snprintf(path, 4096, "%s/%s", runtime, name);
	return path;
}

/* The folder of a user's session, in memory as the system makes it. */
static void
session_folder(void)
{
	check(setenv("XDG_RUNTIME_DIR", runtime, 1) == 0);
}

static int
session_made(void **state)
{
	(void)snprintf(runtime, sizeof(runtime), "/dev/shm/handfast-test.XXXXXX");
	check(mkdtemp(runtime) != NULL);
	check(unsetenv("XDG_RUNTIME_DIR") == 0 && unsetenv("RUNTIME_DIRECTORY") == 0);
	return cli_fresh(state);
}

static int
session_gone(void **state)
{
	check(command("rm -rf '%s'", runtime));
	return module_stopped(state);
}
#define test_session(function) cmocka_unit_test_setup_teardown(function, session_made, session_gone)

/* -1: there is none. */
static off_t
kept_size(const char *name)
{
	struct stat found;

	if (lstat(kept_path(name), &found) != 0)
		return -1;
	check(S_ISREG(found.st_mode) && (found.st_mode & 07777) == 0600);
	return found.st_size;
}

/* A key that may sign and nothing else. */
static CK_OBJECT_HANDLE
key_alice(CK_SESSION_HANDLE session)
{
	CK_OBJECT_HANDLE pair[2];

	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_EC_KEY_PAIR_GEN),
	    TEMPLATE(BYTES(CKA_EC_PARAMS, p256)),
	    TEMPLATE(TEXT(CKA_LABEL, "alice"), YES(CKA_SIGN), NO(CKA_DERIVE)), &pair[0], &pair[1]));
	return pair[1];
}

static void
be_refused(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE key)
{
	CK_ECDH1_DERIVE_PARAMS params = { .kdf = CKD_NULL };
	CK_OBJECT_HANDLE made;

	assert_rv(p11->C_DeriveKey(
		      session, MECHANISM_WITH(CKM_ECDH1_DERIVE, &params), key, NO_TEMPLATE, &made),
	    CKR_KEY_FUNCTION_NOT_PERMITTED);
}

#define REFUSED "refused CKM_ECDH1_DERIVE: CKA_DERIVE is false on 'alice'"

/* The calls that `why` tells; each is checked on the way. */
static json_t *
calls(const char *options)
{
	json_t *list = json_object_get(handfast_json(0, "why %s", options), "calls"), *call;
	size_t i;

	json_array_foreach(list, i, call)
	{
		shape(call, "{s:s, s:s, s:i, s:s, s:i, s:s}", "when", "program", "pid", "level",
		    "times", "what");
	}
	return list;
}

/* How often somebody was told this. */
static json_int_t
times(json_t *list, const char *what)
{
	json_int_t sum = 0;
	json_t *call;
	size_t i;

	json_array_foreach(list, i, call)
	{
		if (strcmp(text_at(call, "what"), what) == 0)
			sum += number_at(call, "times");
	}
	return sum;
}

static void
test_why(void **state)
{
	CK_SESSION_HANDLE session;
	CK_OBJECT_HANDLE key, made;
	json_t *list;

	(void)state;
	check(json_array_size(calls("")) == 0);
	session_folder();
	cli_token("demo");
	session = cli_session(0);
	/* What was not refused leaves nothing. */
	key = key_alice(session);
	check(kept_size(KEPT) == -1);
	be_refused(session, key);
	be_refused(session, key);
	/* A private key's label is not in the store. */
	check(command("! grep -raq alice \"$HANDFAST_STORE\""));
	ok(p11->C_SignInit(session, MECHANISM(CKM_ECDSA), key));
	check(times(calls(""), REFUSED) == 2 && json_array_size(calls("")) == 1);
	assert_rv(set_one(session, key, YES(CKA_LOCAL)), CKR_ATTRIBUTE_READ_ONLY);
	assert_rv(
	    p11->C_CreateObject(session,
		TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_AES)), &made),
	    CKR_TEMPLATE_INCOMPLETE);
	assert_rv(p11->C_DigestInit(session, MECHANISM(CKM_ECDSA)), CKR_MECHANISM_INVALID);
	list = calls("");
	check(times(list, "refused a change: CKA_LOCAL may not become that on 'alice'") == 1);
	check(times(list, "refused a template: CKA_VALUE is missing") == 1);
	check(times(list, "refused CKM_ECDSA: it is not for what it was called for") == 1);
	check(json_array_size(list) == 4);
	/* The last of them; and the program, which is this one. */
	list = calls("--last 1");
	check(json_array_size(list) == 1);
	check(strcmp(text_at(json_array_get(list, 0), "what"),
		  "refused CKM_ECDSA: it is not for what it was called for") == 0);
	check(number_at(json_array_get(list, 0), "pid") == getpid());
	check(strcmp(text_at(json_array_get(list, 0), "program"), program_invocation_short_name) ==
	    0);
	handfast_json(2, "why --last 0");
	check(handfast("why") == 0 && strstr(handfast_out(), REFUSED) != NULL);
}

/* The command's own refusals are among them; a PIN is never. */
static void
test_why_no_pin(void **state)
{
	(void)state;
	session_folder();
	cli_token("demo");
	check(handfast("key list --pin-file wrong") == 4);
	check(handfast("token passwd demo --pin-file pin --new-pin-env NO_SUCH_VARIABLE") != 0);
	check(json_array_size(calls("")) > 0 && strstr(handfast_out(), "wrong user PIN") != NULL);
	check(!command(
	    "grep -rqF -e '%s' -e '%s' -e 'another pin' '%s'", USER_PIN, SO_PIN, kept_path(KEPT)));
}

/* However many they are. */
static void
test_why_bounded(void **state)
{
	const mode_t before = umask(0);
	CK_SESSION_HANDLE session;
	CK_OBJECT_HANDLE key;
	json_t *list;

	(void)state;
	session_folder();
	cli_token("demo");
	session = cli_session(0);
	key = key_alice(session);
	for (int i = 0; i < 3000; i++)
		be_refused(session, key);
	umask(before);
	check(kept_size(BEFORE) >= KEPT_MOST && kept_size(BEFORE) < KEPT_MOST + LINE_MOST);
	check(kept_size(KEPT) > 0 && kept_size(KEPT) < KEPT_MOST + LINE_MOST);
	assert_rv(p11->C_DigestInit(session, MECHANISM(CKM_ECDSA)), CKR_MECHANISM_INVALID);
	list = calls("");
	check(json_array_size(list) == 2);
	check(times(list, REFUSED) > 600 && times(list, REFUSED) < 3000);
}

#define WRITERS 8
#define LINES 40

static void
write_lines(void *unused)
{
	CK_SESSION_HANDLE session = cli_session(0);
	CK_OBJECT_HANDLE key = key_alice(session);

	(void)unused;
	for (int i = 0; i < LINES; i++)
		be_refused(session, key);
}

static void
test_why_many(void **state)
{
	pid_t writers[WRITERS];

	(void)state;
	session_folder();
	cli_token("demo");
	for (size_t i = 0; i < WRITERS; i++)
		writers[i] = child_start(write_lines, NULL);
	for (size_t i = 0; i < WRITERS; i++)
		check(child_result(writers[i], 60) == 0);
	check(kept_size(BEFORE) == -1);
	check(times(calls("--last 1000"), REFUSED) == WRITERS * LINES);
}

/* Where it cannot be kept, the call answers as ever. */
static void
test_why_nowhere(void **state)
{
	CK_SESSION_HANDLE session;
	CK_OBJECT_HANDLE key;

	(void)state;
	session_folder();
	cli_token("demo");
	check(mkdir(kept_path(KEPT), 0700) == 0);
	session = cli_session(0);
	key = key_alice(session);
	be_refused(session, key);
	check(handfast("why") == 1);
	check(rmdir(kept_path(KEPT)) == 0);
	/* No link leads elsewhere. */
	check(symlink(client_path("elsewhere"), kept_path(KEPT)) == 0);
	be_refused(session, key);
	check(access(client_path("elsewhere"), F_OK) != 0);
	check(unlink(kept_path(KEPT)) == 0);
	be_refused(session, key);
	check(times(calls(""), REFUSED) == 1);
}

/* Whoever wants no log has none; what is wrong with settings is no refused call. */
static void
test_why_off(void **state)
{
	CK_SESSION_HANDLE session;

	(void)state;
	session_folder();
	cli_token("demo");
	client_configure("log = off\nno-such-key = 1\n");
	session = cli_session(0);
	be_refused(session, key_alice(session));
	check(kept_size(KEPT) == -1);
	ok(p11->C_Finalize(NULL));
	client_configure("no-such-key = 1\n");
	session = cli_session(0);
	check(kept_size(KEPT) == -1);
	be_refused(session, key_alice(session));
	check(json_array_size(calls("")) == 1);
}

/* --- without a session ------------------------------------------------------ */

static void
refused_once(void)
{
	CK_SESSION_HANDLE session = cli_session(0);

	be_refused(session, key_alice(session));
	ok(p11->C_Finalize(NULL));
}

/* A service has the folder that its unit asks for; `why` finds what either has, in order. */
static void
test_why_service(void **state)
{
	json_t *list;

	(void)state;
	cli_token("demo");
	check(setenv("RUNTIME_DIRECTORY", runtime, 1) == 0);
	refused_once();
	check(kept_size(KEPT) > 0);
	check(times(calls(""), REFUSED) == 1);
	check(unsetenv("RUNTIME_DIRECTORY") == 0);
	check(json_array_size(calls("")) == 0);
	/* Of two, the one of the session is written; both are read. */
	check(command("mkdir '%s/other'", runtime));
	check(setenv("XDG_RUNTIME_DIR", kept_path("other"), 1) == 0);
	check(setenv("RUNTIME_DIRECTORY", runtime, 1) == 0);
	check(command("echo '2001-02-03T04:05:06Z a[1] info: before' >'%s' && "
		      "echo '2999-02-03T04:05:06Z a[1] info: after' >>'%s' && "
		      "printf '2999-02-03T04:05:07Z a[1] info: \\033[2J\\n' >>'%s'",
	    kept_path(KEPT), kept_path(KEPT), kept_path(KEPT)));
	refused_once();
	list = calls("");
	check(json_array_size(list) == 3);
	assert_string_equal(text_at(json_array_get(list, 0), "what"), "before");
	assert_string_equal(text_at(json_array_get(list, 1), "what"), REFUSED);
	assert_string_equal(text_at(json_array_get(list, 2), "what"), "after");
}

/* Root and the services of the system store: in the folder that the package makes, where others
 * find nothing. */
static void
test_why_system(void **state)
{
	(void)state;
	cli_token("demo");
	if (!command("unshare -m mount -t tmpfs none /run")) {
		skip_because("no mount namespace, or not root");
		return;
	}
	check(command("unshare -m sh -ec 'mount -t tmpfs none /run; mkdir -m 1770 /run/handfast; "
		      "\"$HANDFAST_COMMAND\" key show nobody --pin-file pin || test $? -eq 3; "
		      "test \"$(stat -c %%a /run/handfast/0)\" = 700; "
		      "test \"$(stat -c %%a /run/handfast/0/" KEPT ")\" = 600; "
		      "\"$HANDFAST_COMMAND\" why | grep -q nobody; "
		      "rm -r /run/handfast; "
		      "\"$HANDFAST_COMMAND\" key show nobody --pin-file pin || test $? -eq 3; "
		      "test ! -e /run/handfast; "
		      "\"$HANDFAST_COMMAND\" why'"));
}

/* Labels are for no disk. */
static void
test_why_disk(void **state)
{
	(void)state;
	cli_token("demo");
	check(command("rm -rf disk; mkdir -m 700 disk"));
	if (command("stat -f -c %%T disk | grep -qx -e tmpfs -e ramfs")) {
		skip_because("the temporary folder is in memory itself");
		return;
	}
	check(setenv("XDG_RUNTIME_DIR", client_path("disk"), 1) == 0);
	refused_once();
	check(handfast("key show nobody --pin-file pin") == 3);
	check(command("test -z \"$(ls -A disk)\""));
	check(json_array_size(calls("")) == 0);
}

static const char *
line_of(const char *before, const char *after)
{
	char *text = scratch(4096);

	(void)snprintf(text, 4096, "%s%s", before, after);
	return text;
}

/* --- the command's own ------------------------------------------------------- */

/* What the command refuses by itself, and what the module told it, goes where the settings say,
 * and both are told; what was mistyped is not. */
static void
test_why_command(void **state)
{
	json_t *list;

	(void)state;
	session_folder();
	cli_token("demo");
	client_configure(line_of("log = ", client_path("refusals")));
	check(handfast("key show nobody --pin-file pin") == 3);
	check(handfast("key list --pin-file wrong") == 4);
	check(strstr(handfast_err(), "wrong user PIN") != NULL);
	check(handfast("key list --pin 5ecret") == 2);
	check(handfast("key show 'pkcs11:pin-value=5ecret'") == 2);
	list = calls("");
	check(times(list, "key show: there is no 'nobody' in the token 'demo'") == 1);
	check(json_array_size(list) == 3);
	check(command(
	    "grep -q 'info: key show: there is no .nobody. in the token .demo.$' refusals && "
	    "grep -q 'wrong user PIN' refusals && grep -q 'info: key list: cannot log in' refusals "
	    "&& "
	    "test $(wc -l <refusals) -eq 3 && ! grep -q 5ecret refusals"));
	/* Besides, for one program. */
	check(setenv("HANDFAST_LOG", line_of("+", client_path("besides")), 1) == 0);
	refused_once();
	check(unsetenv("HANDFAST_LOG") == 0);
	check(command(
	    "grep -q alice refusals && grep -q alice besides && test $(wc -l <besides) -eq 1"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_session(test_why),
		test_session(test_why_no_pin),
		test_session(test_why_bounded),
		test_session(test_why_many),
		test_session(test_why_nowhere),
		test_session(test_why_off),
		test_session(test_why_service),
		test_session(test_why_system),
		test_session(test_why_disk),
		test_session(test_why_command),
	};

	return test_main(tests, NULL, NULL);
}
