/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rekey, restore and migrate ended by SIGKILL at the n-th system call that changes a file,
 * for many n: the token is the old one or the new one, whole.  What happens at every
 * single call is t-upkeep's business.
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

/* Runs it and ends it at the n-th of these calls; false when it was through before. */
static bool
killed_in(const char *calls, int n, const char *arguments)
{
	/* A shell tells of a signal by a status. */
	/* Nor can leaks be looked for below strace. */
	check(command(
	    "sh -c 'ASAN_OPTIONS=detect_leaks=0 strace -f -qq -o /dev/null -e trace=%s "
	    "-e inject=%s:signal=SIGKILL:when=%d \"$HANDFAST_COMMAND\" %s; echo $? >status'",
	    calls, calls, n, arguments));
	if (!command("grep -qx %d status", KILLED)) {
		check(command("grep -qx 0 status"));
		return false;
	}
	return true;
}

static bool
killed_at(int n, const char *arguments)
{
	return killed_in(CHANGING, n, arguments);
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

/* How many of the migration's objects are in the token, as the module has it. */
static CK_ULONG
brought(void)
{
	static const char *const labels[] = { "one", "two", "twin" };
	CK_SESSION_HANDLE session = cli_session(0);
	CK_ULONG count = 0;

	for (size_t i = 0; i < COUNT_OF(labels); i++)
		count += find(session, TEMPLATE(TEXT(CKA_LABEL, labels[i])), NULL);
	ok(p11->C_Finalize(NULL));
	return count;
}

/* Killed wherever it writes, it has brought all that there is, or nothing, and then the next run
 * brings it; killed when it takes its copy away, all. */
static void
migrate_killed(const char *arguments, CK_ULONG all)
{
	int n, none = 0;

	store_keep();
	for (n = 1; killed_at(n, arguments); n = next(n)) {
		const CK_ULONG count = brought();

		check(count == 0 || count == all);
		none += count == 0;
		handfast_json(0, "%s", arguments);
		check(brought() == all);
		sound();
		store_put_back();
	}
	check(brought() == all && none >= 5);
	store_put_back();
	check(killed_in("rmdir", 1, arguments) && brought() == all);
	handfast_json(0, "%s", arguments);
	check(brought() == all);
	/* Not even a folder stays behind. */
	check(command("! ls -d \"$HANDFAST_STORE\"/*.branch"));
}

static void
test_migrate_killed(void **state)
{
	CK_SESSION_HANDLE session;

	NEEDED;
	check(command("cp \"$HANDFAST_MODULE\" other.so"));
	cli_token("old");
	session = cli_session(1);
	movable_make(session, "one");
	movable_make(session, "twin");
	movable_make(session, "two");
	movable_make(session, "twin");
	ok(p11->C_Finalize(NULL));
	migrate_killed("migrate old --from ./other.so --from-pin-file pin " ON, 4);
}

static void
test_migrate_pack_killed(void **state)
{
	NEEDED;
	check(command("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key && "
		      "openssl req -x509 -new -key key -subj /CN=two -out cert && "
		      "openssl pkcs12 -export -inkey key -in cert -name one -passout file:pin "
		      "-out pack.p12"));
	migrate_killed("migrate --from pack.p12 --from-pin-file pin " ON, 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_cli(test_rekey_killed),
		test_cli(test_restore_killed),
		test_cli(test_migrate_killed),
		test_cli(test_migrate_pack_killed),
	};

	return test_main(tests, NULL, NULL);
}
