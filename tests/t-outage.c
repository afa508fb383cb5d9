/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a token is kept on comes and goes under a process that uses it: full and
 * read-only disks, folders and files that vanish, are links or another user's,
 * network file systems, writers that stop half way.  The code says what it is,
 * nothing is lost, and when the cause is gone the same process goes on.  And a
 * sync comes before CKR_OK, as strace sees it.
 */
#include "tests/command.h"
#include "tests/ledger.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sqlite3.h>

static CK_SLOT_ID slot;
static CK_SESSION_HANDLE session;
static CK_OBJECT_HANDLE key;

/* --- what a client can do --------------------------------------------------- */

static CK_RV
create(void)
{
	CK_OBJECT_HANDLE made;

	return p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), YES(CKA_TOKEN), TEXT(CKA_LABEL, "made")), &made);
}

static CK_RV
use(void)
{
	CK_MECHANISM *mechanism = &(CK_MECHANISM){ CKM_AES_CBC_PAD, (CK_BYTE[16]){ 0 }, 16 };
	CK_BYTE out[32];
	CK_ULONG len = sizeof(out);
	CK_RV rv = p11->C_EncryptInit(session, mechanism, key);

	return rv == CKR_OK ? p11->C_Encrypt(session, out, 16, out, &len) : rv;
}

static CK_ULONG
made(void)
{
	return find(session, TEMPLATE(TEXT(CKA_LABEL, "made")), NULL);
}

/* A token with a key, and its user logged in. */
static void
enter_token(void)
{
	slot = token_make("outage");
	session = session_user(slot);
	key = key_aes(session, CK_TRUE);
	ok(create());
}

static void
enter_again(void)
{
	(void)p11->C_CloseAllSessions(slot);
	session = session_user(slot);
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY)), &key) == 1);
}

static void
works_again(CK_ULONG before)
{
	ok(use());
	check(made() == before);
	ok(create());
	check(made() == before + 1);
	check((token_flags(slot) & CKF_ERROR_STATE) == 0);
}

/* --- disks ------------------------------------------------------------------ */

#define CANNOT_MOUNT 77

/* A small disk of this process's own, with the store on it. */
static const char *
small_disk(const char *name)
{
	const char *folder = client_path(name);

	if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
	    mkdir(folder, 0700) != 0 ||
	    mount("none", folder, "tmpfs", 0, "size=400k,mode=0700") != 0)
		_exit(CANNOT_MOUNT);
	check(setenv("HANDFAST_STORE", folder, 1) == 0);
	return folder;
}

static void
on_a_disk(void (*body)(void *))
{
	int result = in_child(body, NULL, 120);

	if (result == CANNOT_MOUNT)
		skip_because("a file system cannot be mounted here");
	assert_int_equal(result, 0);
}

/* Takes all the room that is left. */
static void
fill(const char *path)
{
	static const char block[4096];
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

	check(fd >= 0);
	while (write(fd, block, sizeof(block)) > 0)
		;
	check(errno == ENOSPC);
	close(fd);
}

static void
fill_and_free(void *unused)
{
	CK_UTF8CHAR label[32];
	const char *filler;

	(void)unused;
	small_disk("full");
	ok(p11->C_Initialize(NULL));
	enter_token();
	filler = ledger_path("filler");
	for (int turn = 0; turn < 2; turn++) {
		CK_ULONG before = made();

		fill(filler);
		assert_rv(create(), CKR_DEVICE_MEMORY);
		assert_rv(
		    set_one(session, key, TEXT(CKA_LABEL, "another label")), CKR_DEVICE_MEMORY);
		assert_rv(p11->C_DestroyObject(session, key), CKR_DEVICE_MEMORY);
		assert_rv(
		    p11->C_SetPIN(session, PIN(USER_PIN), PIN("another pin")), CKR_DEVICE_MEMORY);
		memset(label, 'x', sizeof(label));
		assert_rv(p11->C_InitToken(slot + 1, PIN(SO_PIN), label), CKR_DEVICE_MEMORY);
		ok(use());
		check(unlink(filler) == 0);
		works_again(before);
	}
	ok(p11->C_Logout(session));
	ok(p11->C_Login(session, CKU_USER, PIN(USER_PIN)));
	ok(p11->C_Finalize(NULL));
}

static void
test_full(void **state)
{
	(void)state;
	on_a_disk(fill_and_free);
}

static void
turn_read_only(void *unused)
{
	const char *folder = small_disk("read-only");
	CK_ULONG before;

	(void)unused;
	ok(p11->C_Initialize(NULL));
	enter_token();
	before = made();
	ok(p11->C_Finalize(NULL));
	check(mount("none", folder, NULL, MS_REMOUNT | MS_RDONLY, NULL) == 0);
	ok(p11->C_Initialize(NULL));
	enter_again();
	check((token_flags(slot) & CKF_WRITE_PROTECTED) != 0);
	assert_rv(create(), CKR_TOKEN_WRITE_PROTECTED);
	assert_rv(p11->C_DestroyObject(session, key), CKR_TOKEN_WRITE_PROTECTED);
	assert_rv(
	    p11->C_SetPIN(session, PIN(USER_PIN), PIN("another pin")), CKR_TOKEN_WRITE_PROTECTED);
	ok(use());
	check(made() == before);
	check(mount("none", folder, NULL, MS_REMOUNT, NULL) == 0);
	check((token_flags(slot) & CKF_WRITE_PROTECTED) == 0);
	works_again(before);
	ok(p11->C_Finalize(NULL));
}

/* F08, and writable again under the same login. */
static void
test_read_only_mount(void **state)
{
	(void)state;
	on_a_disk(turn_read_only);
}

/* --- files and folders ------------------------------------------------------ */

/* Renamed, it is gone: as a token that was pulled.  Put back, it is there for a new login. */
static void
gone_and_back(const char *path)
{
	const char *aside = client_path("aside");
	CK_ULONG before = made();

	check(rename(path, aside) == 0);
	assert_rv(create(), CKR_DEVICE_REMOVED);
	check(rename(aside, path) == 0);
	enter_again();
	works_again(before);
}

static void
test_gone_and_back(void **state)
{
	(void)state;
	enter_token();
	gone_and_back(getenv("HANDFAST_STORE"));
	gone_and_back(ledger_path("0.token"));
}

/* A link in the place of the token, or of the tries: not followed. */
static void
test_links(void **state)
{
	const char *token = ledger_path("0.token"), *tries = ledger_path("0.tries");
	const char *aside = client_path("aside"), *other = client_path("other");
	CK_SESSION_HANDLE none;
	CK_ULONG before;
	int fd = open(other, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	(void)state;
	check(fd >= 0 && close(fd) == 0);
	enter_token();
	before = made();
	check(rename(token, aside) == 0 && symlink(aside, token) == 0);
	assert_rv(create(), CKR_DEVICE_REMOVED);
	(void)p11->C_CloseAllSessions(slot);
	assert_rv(
	    p11->C_OpenSession(slot, READ_WRITE, NULL, NULL, &none), CKR_TOKEN_NOT_RECOGNIZED);
	check(unlink(token) == 0 && rename(aside, token) == 0);
	enter_again();
	works_again(before);

	/* Tries cannot be counted there; the right PIN goes on working, and nothing is written. */
	check(unlink(tries) == 0 && symlink(other, tries) == 0);
	enter_again();
	works_again(before + 1);
	check(truncate(other, 0) == 0 && unlink(tries) == 0);
	check(mkdir(tries, 0700) == 0);
	enter_again();
	check(rmdir(tries) == 0);
	enter_again();
	works_again(before + 2);
}

static void
be_nobody(void *unused)
{
	const char *token = ledger_path("0.token");
	CK_SESSION_HANDLE none;

	(void)unused;
	check(setresuid(65534, 0, 0) == 0 && seteuid(65534) == 0);
	ok(p11->C_Initialize(NULL));
	assert_rv(p11->C_OpenSession(0, READ_WRITE, NULL, NULL, &none), CKR_TOKEN_NOT_RECOGNIZED);
	check(seteuid(0) == 0 && chown(token, 65534, 65534) == 0);
	check(chown(ledger_path("0.tries"), 65534, 65534) == 0 && seteuid(65534) == 0);
	enter_again();
	works_again(1);
	ok(p11->C_Finalize(NULL));
}

/* Another user's, until it is given to this one. */
static void
test_owner(void **state)
{
	(void)state;
	if (geteuid() != 0)
		skip_because("only root can give files to others");
	enter_token();
	ok(p11->C_Finalize(NULL));
	check(chmod(client_path(""), 0711) == 0);
	check(chown(getenv("HANDFAST_STORE"), 65534, 65534) == 0);
	check(chown(ledger_path("0.token"), 1, 1) == 0);
	check(chown(ledger_path("0.token-journal"), 65534, 65534) == 0);
	assert_int_equal(in_child(be_nobody, NULL, 60), 0);
}

/* --- network file systems --------------------------------------------------- */

static long file_system; /* its type, where it is not what it is */

/* The libraries' too: a network that this machine may not have. */
int our_statfs(const char *path, struct statfs *found) __asm__("statfs");
int
our_statfs(const char *path, struct statfs *found)
{
	long done = syscall(SYS_statfs, path, found);

	if (done == 0 && file_system != 0)
		found->f_type = file_system;
	return (int)done;
}

/* A token there is read, and used, but not written. */
static void
only_read(void)
{
	CK_UTF8CHAR label[32] = "network";

	enter_again();
	check((token_flags(slot) & CKF_WRITE_PROTECTED) != 0);
	ok(use());
	assert_rv(create(), CKR_TOKEN_WRITE_PROTECTED);
	assert_rv(p11->C_InitToken(slot + 1, PIN(SO_PIN), label), CKR_TOKEN_WRITE_PROTECTED);
}

/* And written again where it is none. */
static void
test_network(void **state)
{
	static const long types[] = { NFS_SUPER_MAGIC, SMB_SUPER_MAGIC, V9FS_MAGIC };

	(void)state;
	enter_token();
	for (size_t i = 0; i < COUNT_OF(types); i++) {
		ok(p11->C_Finalize(NULL));
		file_system = types[i];
		ok(p11->C_Initialize(NULL));
		only_read();
		file_system = 0;
	}
	ok(p11->C_Finalize(NULL));
	ok(p11->C_Initialize(NULL));
	enter_again();
	works_again(1);
}

/* One that every machine has: SFTP, whose server is a program here instead of a machine there. */
static void
test_sftp(void **state)
{
	/* Beside itself: sshfs may have gone to / by now. */
	const char *server = "#!/bin/sh\n"
			     "echo $$ >\"${0%/*}/server.pid\"\n"
			     "exec /usr/lib/openssh/sftp-server\n";
	char store[PATH_MAX];

	(void)state;
	snprintf(store, sizeof(store), "%s", getenv("HANDFAST_STORE"));
	enter_token();
	ok(p11->C_Finalize(NULL));
	command_in("server", view_of(server, strlen(server)));
	check(command("chmod +x server && mkdir -m 700 far"));
	if (!command("sshfs -o ssh_command=$PWD/server elsewhere:%s far >/dev/null 2>&1", store))
		skip_because("sshfs cannot mount here");
	check(setenv("HANDFAST_STORE", client_path("far"), 1) == 0);
	ok(p11->C_Initialize(NULL));
	only_read();
	ok(p11->C_Finalize(NULL));
	/* Without its server it ends, and nobody waits for it. */
	check(command("fusermount3 -u far || { kill $(cat server.pid); false; }"));
	check(setenv("HANDFAST_STORE", store, 1) == 0);
	ok(p11->C_Initialize(NULL));
	enter_again();
	works_again(1);
}

/* --- writers that stop ------------------------------------------------------ */

/* As a process in the middle of a change, or of its commit, that goes no further. */
static void
hold(void *begin)
{
	sqlite3 *db;

	check(
	    sqlite3_open_v2(ledger_path("0.token"), &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK);
	check(sqlite3_exec(db, begin, NULL, NULL, NULL) == SQLITE_OK);
	check(raise(SIGSTOP) == 0);
	usleep(300000);
	check(sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL) == SQLITE_OK);
	check(sqlite3_close(db) == SQLITE_OK);
}

static pid_t
start_stopped(const char *begin)
{
	pid_t child = child_start(hold, (void *)(uintptr_t)begin);
	int status;

	check(waitpid(child, &status, WUNTRACED) == child && WIFSTOPPED(status));
	return child;
}

/* A write waits rather than fails; a reader does not even wait before the commit. */
static void
test_stopped_writer(void **state)
{
	pid_t child;

	(void)state;
	enter_token();
	child = start_stopped("BEGIN IMMEDIATE");
	ok(use());
	check(made() == 1);
	check(kill(child, SIGCONT) == 0);
	ok(create());
	check(child_result(child, 30) == 0);
	child = start_stopped("BEGIN EXCLUSIVE");
	check(kill(child, SIGCONT) == 0);
	check(made() == 2);
	check(child_result(child, 30) == 0);
	works_again(2);
}

/* And in the end gives up, with nothing changed and no harm. */
static void
test_stopped_for_good(void **state)
{
	CK_RV rv;
	pid_t child;

	(void)state;
	enter_token();
	child = start_stopped("BEGIN EXCLUSIVE");
	assert_rv(create(), CKR_FUNCTION_FAILED);
	rv = p11->C_FindObjectsInit(session, NO_TEMPLATE);
	assert_rv(rv, CKR_FUNCTION_FAILED);
	check(kill(child, SIGKILL) == 0);
	check(child_result(child, 30) != 0);
	works_again(1);
}

/* --- syncs ------------------------------------------------------------------ */

static void
say(const char *what, enum deed deed)
{
	char line[80];
	int len = snprintf(line, sizeof(line), "%s %s\n", what, deed_names[deed]);

	check(write(STDOUT_FILENO, line, (size_t)len) == len);
}

/* The client under strace: it says when each call begins, and that it was acknowledged. */
static int
be_traced(void)
{
	static const enum deed deeds[] = { CREATE_KEY, GENERATE_PAIR, SET, DESTROY, SET_PIN,
		INIT_PIN, NEW_TOKEN, INIT_TOKEN };
	struct ledger ledger;
	unsigned seed = 1;

	if (!client_load())
		return 99;
	ledger_begin(&ledger, getenv("HANDFAST_STORE"));
	ok(p11->C_Initialize(NULL));
	ledger_left();
	for (size_t i = 0; i < COUNT_OF(deeds); i++) {
		struct act act = ledger_choose(&ledger, 1U << deeds[i], &seed);

		ok(ledger_enter(&ledger, act));
		say("begin", act.deed);
		ok(ledger_do(&ledger, act));
		say("done", act.deed);
		ledger_note(&ledger, act);
	}
	ok(p11->C_Finalize(NULL));
	return 0;
}

static void
trace(void *log)
{
	char self[300];
	ssize_t len = readlink("/proc/self/exe", self, sizeof(self) - 1);
	int nowhere = open("/dev/null", O_WRONLY);

	check(len > 0 && nowhere >= 0 && dup2(nowhere, STDOUT_FILENO) >= 0);
	self[len] = '\0';
	/* A leak check cannot trace what is traced. */
	check(setenv("ASAN_OPTIONS", "detect_leaks=0", 1) == 0);
	execlp("strace", "strace", "-f", "-y", "-qq", "-o", log, "-e",
	    "trace=write,pwrite64,fsync,fdatasync,ftruncate,renameat2", self, "--traced", NULL);
	_exit(127);
}

struct progress {
	bool written, synced, journal_cut, journal_synced;
};

static bool
is_sync(const char *line)
{
	return (strstr(line, "fdatasync(") != NULL || strstr(line, "fsync(") != NULL) &&
	    strstr(line, "= 0") != NULL;
}

static void
follow(const char *line, struct progress *progress)
{
	/* A new token's file is synced under its first name, and then its folder. */
	bool token = strstr(line, ".token>") != NULL || strstr(line, ".token.new>") != NULL;
	bool folder = strstr(line, "/traced>") != NULL;

	if (strstr(line, ".token-journal>") != NULL) {
		progress->journal_synced = is_sync(line);
		progress->journal_cut = progress->journal_cut || strstr(line, "ftruncate(") != NULL;
	} else if (strstr(line, "renameat2(") != NULL) {
		progress->synced = false;
	} else if (token || folder) {
		progress->written = progress->written || !is_sync(line);
		progress->synced = is_sync(line);
	}
}

static unsigned
follow_all(FILE *log)
{
	struct progress progress = { 0 };
	unsigned calls = 0;
	char line[1000];

	while (fgets(line, sizeof(line), log) != NULL) {
		if (strstr(line, "\"begin ") != NULL)
			progress = (struct progress){ 0 };
		else if (strstr(line, "\"done ") != NULL) {
			if (!progress.written || !progress.synced ||
			    progress.journal_cut != progress.journal_synced)
				print_error("not synced before: %s", line);
			check(progress.written && progress.synced);
			check(progress.journal_cut == progress.journal_synced);
			calls++;
		} else
			follow(line, &progress);
	}
	return calls;
}

/* F10 */
static void
test_synced(void **state)
{
	const char *path = client_path("strace");
	FILE *log;
	int result;

	(void)state;
	check(setenv("HANDFAST_STORE", client_path("traced"), 1) == 0);
	result = in_child(trace, (void *)(uintptr_t)path, 120);
	if (result == 127 || access(path, F_OK) != 0)
		skip_because("strace cannot be run here");
	assert_int_equal(result, 0);
	log = fopen(path, "re");
	check(log != NULL);
	assert_int_equal(follow_all(log), 8);
	check(fclose(log) == 0);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		test_stopped(test_full),
		test_stopped(test_read_only_mount),
		test_fresh(test_gone_and_back),
		test_fresh(test_links),
		test_fresh(test_owner),
		test_fresh(test_network),
		test_fresh(test_sftp),
		test_fresh(test_stopped_writer),
		test_stopped(test_synced),
		/* Takes as long as a write waits. */
		test_fresh(test_stopped_for_good),
	};
	size_t count = COUNT_OF(tests) - (getenv("HANDFAST_SOAK") == NULL);

	if (argc == 2 && strcmp(argv[1], "--traced") == 0)
		return be_traced();
	return client_run(tests, count, NULL, NULL);
}
