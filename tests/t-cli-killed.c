/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rekey, restore and migrate ended by SIGKILL at the n-th system call that changes a file,
 * for many n: the token is the old one or the new one, whole; and of a migration, whose
 * objects come one by one, the next run makes what is missing and nothing twice.  What
 * happens at every single call is t-upkeep's business.
 */
#include "tests/cli.h"

#include <stdio.h>
#include <unistd.h>

#define ON "--token demo --pin-file pin"
#define BOTH "--pin-file pin --so-pin-file so"
#define CHANGING                                                                                   \
	"pwrite64,fsync,fdatasync,ftruncate,rename,renameat,renameat2,link,linkat,unlink,unlinkat"
#define KILLED (128 + 9)

static bool
strace_there(void)
{
	return command("strace -qq -o /dev/null -e trace=none true");
}

/* The store as it was, before each. */
static void
store_keep(void)
{
	check(command("rm -rf kept && cp -a \"$HANDFAST_STORE\" kept"));
}

static void
store_put_back(void)
{
	check(command("rm -rf \"$HANDFAST_STORE\" && cp -a kept \"$HANDFAST_STORE\""));
}

/* Runs it and ends it there; false when it was through before. */
static bool
killed_at(int n, const char *arguments)
{
	/* A shell tells of a signal by a status. */
	/* Nor can leaks be looked for below strace. */
	check(command(
	    "sh -c 'ASAN_OPTIONS=detect_leaks=0 strace -f -qq -o /dev/null -e trace=" CHANGING
	    " -e inject=" CHANGING
	    ":signal=SIGKILL:when=%d \"$HANDFAST_COMMAND\" %s; echo $? >status'",
	    n, arguments));
	if (!command("grep -qx %d status", KILLED)) {
		check(command("grep -qx 0 status"));
		return false;
	}
	return true;
}

/* Few where it is dense, unless there is time. */
static int
next(int n)
{
	return getenv("HANDFAST_SOAK") != NULL ? n + 1 : n + n / 2 + 1;
}

static bool
has_key(const char *label)
{
	const int status = handfast("key show %s " ON, label);

	check(status == 0 || status == 3);
	return status == 0;
}

/* Sound to the last seal, and alice is who she was. */
static void
sound(void)
{
	handfast_json(0, "fsck " ON);
	handfast_json(0, "fsck --token demo --so-pin-file so");
	check(has_key("alice"));
	handfast_json(0, "key export alice --token demo --out now");
	check(command("cmp now alice && rm now"));
}

#define NEEDED                                                                                     \
	do {                                                                                       \
		(void)state;                                                                       \
		if (!strace_there()) {                                                             \
			skip_because("no strace, or it may not trace");                            \
			return;                                                                    \
		}                                                                                  \
		check(command("rm -f alice backup"));                                              \
		cli_token("demo");                                                                 \
		handfast_json(0, "key gen alice " ON);                                             \
		handfast_json(0, "key export alice --token demo --out alice");                     \
	} while (0)

static void
test_rekey_killed(void **state)
{
	int n, killed = 0;

	NEEDED;
	store_keep();
	for (n = 1; killed_at(n, "rekey --token demo " BOTH); n = next(n), killed++) {
		sound();
		store_put_back();
	}
	sound();
	check(killed >= 5);
}

static void
test_restore_killed(void **state)
{
	int n, killed = 0, old = 0, new = 0;

	NEEDED;
	handfast_json(0, "backup backup --token demo");
	handfast_json(0, "key gen later " ON);
	store_keep();
	/* There are few. */
	for (n = 1; killed_at(n, "restore backup --replace --token demo"); n++, killed++) {
		sound();
		if (has_key("later"))
			old++;
		else
			new ++;
		store_put_back();
	}
	sound();
	check(!has_key("later"));
	check(old > 0 && new > 0);
	print_message("# %d times the old state, %d times the new one\n", old, new);
}

/* A key that may leave its token. */
static void
movable_make(CK_SESSION_HANDLE session, const char *label)
{
	CK_OBJECT_HANDLE made;

	ok(p11->C_GenerateKey(session, MECHANISM(CKM_AES_KEY_GEN),
	    TEMPLATE(YES(CKA_TOKEN), TEXT(CKA_LABEL, label), ULONG(CKA_VALUE_LEN, 16),
		YES(CKA_EXTRACTABLE), NO(CKA_SENSITIVE)),
	    &made));
}

/* All values in the first token whose key's label this is, however many. */
static CK_ULONG
keys_of(const char *label)
{
	CK_SESSION_HANDLE session = cli_session(0);
	const CK_ULONG count = find(session, TEMPLATE(TEXT(CKA_LABEL, label)), NULL);

	ok(p11->C_Finalize(NULL));
	return count;
}

static void
test_migrate_killed(void **state)
{
	CK_SESSION_HANDLE session;
	int n, killed = 0;

	NEEDED;
	check(command("cp \"$HANDFAST_MODULE\" other.so"));
	cli_token("old");
	session = cli_session(1);
	movable_make(session, "one");
	movable_make(session, "twin");
	movable_make(session, "two");
	movable_make(session, "twin");
	ok(p11->C_Finalize(NULL));
	store_keep();
#define MIGRATE "migrate old --from ./other.so --from-pin-file pin " ON
	for (n = 1; killed_at(n, MIGRATE); n = next(n), killed++) {
		sound();
		handfast_json(0, MIGRATE);
		check(keys_of("one") == 1 && keys_of("two") == 1 && keys_of("twin") == 2);
		sound();
		store_put_back();
	}
	check(killed >= 5);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_cli(test_rekey_killed),
		test_cli(test_restore_killed),
		test_cli(test_migrate_killed),
	};

	return test_main(tests, NULL, NULL);
}
