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

static const char *
kept_path(const char *name)
{
	char *path = scratch(4096);

	(void)snprintf(path, 4096, "%s/%s", getenv("XDG_RUNTIME_DIR"), name);
	return path;
}

/* The folder of a user's session, as the system makes it. */
static void
session_folder(void)
{
	static int n;
	char name[32];

	snprintf(name, sizeof(name), "session-%d", n++);
	check(mkdir(client_path(name), 0700) == 0);
	check(setenv("XDG_RUNTIME_DIR", client_path(name), 1) == 0);
}

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
	/* Nor has who has no session of the system's. */
	ok(p11->C_Finalize(NULL));
	check(unsetenv("XDG_RUNTIME_DIR") == 0);
	check(json_array_size(calls("")) == 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_cli(test_why),
		test_cli(test_why_no_pin),
		test_cli(test_why_bounded),
		test_cli(test_why_many),
		test_cli(test_why_nowhere),
		test_cli(test_why_off),
	};

	return test_main(tests, NULL, NULL);
}
