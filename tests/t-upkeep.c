/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an owner does to a whole token: looking it over, copies, putting one back,
 * new keys, another label, its end.  Tokens are made and used through the module, bent by SQL, and
 * cared for through store/upkeep.h, as the command does it.  Interrupted at every call to the
 * system in turn, by a signal and by an error.
 */
#define _GNU_SOURCE
#include "tests/files.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <sqlite3.h>

#include "store/upkeep.h"
#include "token/base/attrs.h"
#include "token/base/log.h"

/* --- calls to the system, counted ----------------------------------------- */

/* The store's own are linked with --wrap, SQLite's go through its table of them. */
static unsigned calls, stop_at;
static enum { PASS, KILL, FAIL } stop_how;

/* False: this one fails, with EIO. */
static bool
passes(void)
{
	if (stop_how == PASS || ++calls != stop_at)
		return true;
	if (stop_how == KILL)
		(void)kill(getpid(), SIGKILL);
	errno = EIO;
	return false;
}

#define WRAPPED(name, parameters, arguments)                                                       \
	int __real_##name parameters;                                                              \
	int __wrap_##name parameters;                                                              \
	int __wrap_##name parameters                                                               \
	{                                                                                          \
		return passes() ? __real_##name arguments : -1;                                    \
	}
WRAPPED(rename, (const char *from, const char *to), (from, to))
WRAPPED(unlink, (const char *path), (path))
WRAPPED(link, (const char *from, const char *to), (from, to))
WRAPPED(fchmod, (int fd, mode_t mode), (fd, mode))

static struct timespec synced; /* when the last sync began */

int __real_fsync(int fd);
int __wrap_fsync(int fd);
int
__wrap_fsync(int fd)
{
	clock_gettime(CLOCK_MONOTONIC, &synced);
	return passes() ? __real_fsync(fd) : -1;
}

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int
__wrap_open(const char *path, int flags, ...)
{
	va_list more;
	mode_t mode;

	va_start(more, flags);
	mode = (flags & O_CREAT) != 0 ? va_arg(more, mode_t) : 0;
	va_end(more);
	return passes() ? __real_open(path, flags, mode) : -1;
}

ssize_t __real_write(int fd, const void *data, size_t len);
ssize_t __wrap_write(int fd, const void *data, size_t len);
ssize_t
__wrap_write(int fd, const void *data, size_t len)
{
	return passes() ? __real_write(fd, data, len) : -1;
}

/* renameat2 has no function in older C libraries. */
long __real_syscall(long number, ...);
long __wrap_syscall(long number, ...);
long
__wrap_syscall(long number, ...)
{
	va_list more;
	long a[5];

	va_start(more, number);
	for (size_t i = 0; i < COUNT_OF(a); i++)
		a[i] = va_arg(more, long);
	va_end(more);
	return passes() ? __real_syscall(number, a[0], a[1], a[2], a[3], a[4]) : -1;
}

static sqlite3_syscall_ptr real_pwrite;
static struct timespec written; /* when SQLite's last write was done */

static ssize_t
counted_pwrite(int fd, const void *data, size_t len, off64_t at)
{
	ssize_t (*real)(int, const void *, size_t, off64_t) =
	    (ssize_t(*)(int, const void *, size_t, off64_t))real_pwrite;
	ssize_t done;

	if (!passes())
		return -1;
	done = real(fd, data, len, at);
	clock_gettime(CLOCK_MONOTONIC, &written);
	return done;
}

static void
count_sqlite(void)
{
	sqlite3_vfs *vfs = sqlite3_vfs_find("unix");

	check(vfs != NULL);
	real_pwrite = vfs->xGetSystemCall(vfs, "pwrite64");
	check(real_pwrite != NULL);
	check(
	    vfs->xSetSystemCall(vfs, "pwrite64", (sqlite3_syscall_ptr)counted_pwrite) == SQLITE_OK);
}

/* --- files ---------------------------------------------------------------- */

static bool
soaking(void)
{
	return getenv("HANDFAST_SOAK") != NULL;
}

static const char *
store_folder(void)
{
	return getenv("HANDFAST_STORE");
}

static const struct store_config *
config(void)
{
	static struct store_config made;

	made = (struct store_config){ .folder = store_folder(), .kdf = { 14, 8, 1 } };
	return &made;
}

/* A path of the test's own, outside of its store. */
static const char *
path_of(const char *name)
{
	char *path = scratch(256);

	snprintf(path, 256, "%s-%s", store_folder(), name);
	return path;
}

static void
sql(const char *path, const char *text)
{
	char *why = NULL;
	sqlite3 *db;

	check(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK);
	if (sqlite3_exec(db, text, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s: %s", text, why);
	check(sqlite3_close(db) == SQLITE_OK);
}

/* --- what the watcher hears ----------------------------------------------- */

#define HEARD_MOST 64
static struct heard {
	size_t count;
	struct finding findings[HEARD_MOST];
	uint64_t done, all;
	unsigned words; /* on progress */
} heard;

static void
hear(void *context, const struct finding *finding)
{
	struct heard *into = context;

	if (into->count < HEARD_MOST)
		into->findings[into->count++] = *finding;
}

static void
hear_progress(void *context, uint64_t done, uint64_t all)
{
	struct heard *into = context;

	check(done <= all && done >= into->done);
	into->done = done;
	into->all = all;
	into->words++;
}

static const struct watcher *
listening(void)
{
	static const struct watcher watcher = { hear, hear_progress, &heard };

	heard = (struct heard){ 0 };
	return &watcher;
}

static bool
was_told(enum flaw flaw, enum flaw_part part, uint64_t id)
{
	for (size_t i = 0; i < heard.count; i++)
		if (heard.findings[i].flaw == flaw && heard.findings[i].part == part &&
		    heard.findings[i].id == id)
			return true;
	return false;
}

/* --- tokens --------------------------------------------------------------- */

static const struct upkeep_pin no_pin;

static struct upkeep_pin
user(void)
{
	return (struct upkeep_pin){ STORE_USER, text(USER_PIN) };
}

static void
make_data(CK_SESSION_HANDLE session, CK_BBOOL is_private, const char *label, const char *value)
{
	CK_OBJECT_HANDLE object;

	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), YES(CKA_TOKEN), BOOL(CKA_PRIVATE, is_private),
		TEXT(CKA_LABEL, label), TEXT(CKA_APPLICATION, "upkeep"), TEXT(CKA_VALUE, value)),
	    &object));
}

/* Records 1, private; 2, public; 3, a key; 4 and 5, a pair.  The module is left stopped. */
static CK_SLOT_ID
token_populated(void)
{
	CK_SLOT_ID slot = token_make("upkeep");
	CK_SESSION_HANDLE session = session_user(slot);
	CK_OBJECT_HANDLE object, pair[2];

	make_data(session, CK_TRUE, "private", "first value");
	make_data(session, CK_FALSE, "public", "second value");
	ok(p11->C_GenerateKey(session, MECHANISM(CKM_AES_KEY_GEN),
	    TEMPLATE(YES(CKA_TOKEN), ULONG(CKA_VALUE_LEN, 32), TEXT(CKA_LABEL, "aes"),
		TEXT(CKA_ID, "id of aes")),
	    &object));
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_EC_KEY_PAIR_GEN),
	    TEMPLATE(YES(CKA_TOKEN), BYTES(CKA_EC_PARAMS, p256), TEXT(CKA_LABEL, "pair")),
	    TEMPLATE(YES(CKA_TOKEN), TEXT(CKA_LABEL, "pair")), &pair[0], &pair[1]));
	ok(p11->C_Finalize(NULL));
	return slot;
}

/* All that the owner has in a token, one after the other; good until the end of the test. */
static struct view
content(CK_SLOT_ID slot)
{
	RELEASED(attrs_release) struct attrs all = ATTRS_PUBLIC;
	struct store_view *view;
	struct store *store;
	uint64_t ids[1000];
	size_t count;

	check(store_open(config(), (uint32_t)slot, &store) == STORE_OK);
	check(store_login(store, STORE_USER, text(USER_PIN)) == STORE_OK);
	check(store_view_begin(store, &view) == STORE_OK);
	check(store_list(view, true, 0, ids, COUNT_OF(ids), &count) == STORE_OK);
	check(count < COUNT_OF(ids));
	for (size_t i = 0; i < count; i++) {
		RELEASED(store_record_release) struct store_record record = { 0 };
		unsigned char about[32] = { record.is_private };

		check(store_get(view, ids[i], true, &record) == STORE_OK);
		memcpy(about + 8, record.uid, STORE_UID_LEN);
		ulong_encode(record.version, about + 24);
		check(attrs_set(&all, 4 * record.id, view_of(about, sizeof(about))) == CKR_OK);
		check(attrs_set(&all, 4 * record.id + 1, bytes_view(&record.meta)) == CKR_OK);
		check(attrs_set(&all, 4 * record.id + 2, secret_view(&record.secret)) == CKR_OK);
	}
	store_view_end(&view);
	store_close(store);
	return copy_of(all.data, all.len);
}

/* As the module has it: found by their labels, the pair works, nothing is amiss. */
static void
assert_usable(CK_SLOT_ID slot)
{
	CK_BYTE hash[32] = { 1 }, signature[64];
	CK_ULONG len = sizeof(signature);
	CK_OBJECT_HANDLE object;
	CK_SESSION_HANDLE session;

	ok(p11->C_Initialize(NULL));
	session = session_user(slot);
	check((token_flags(slot) & CKF_ERROR_STATE) == 0);
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "private")), &object) == 1);
	same_bytes(get_bytes(session, object, CKA_VALUE), text("first value"));
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "public")), &object) == 1);
	check(find(session, TEMPLATE(TEXT(CKA_ID, "id of aes")), &object) == 1);
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY)), &object) == 1);
	ok(p11->C_SignInit(session, MECHANISM(CKM_ECDSA), object));
	ok(p11->C_Sign(session, hash, sizeof(hash), signature, &len));
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY)), &object) == 1);
	ok(p11->C_VerifyInit(session, MECHANISM(CKM_ECDSA), object));
	ok(p11->C_Verify(session, hash, sizeof(hash), signature, len));
	ok(p11->C_Logout(session));
	ok(p11->C_Login(session, CKU_SO, PIN(SO_PIN)));
	ok(p11->C_Finalize(NULL));
}

/* Nothing wrong, all seals looked at. */
static void
assert_sound(CK_SLOT_ID slot)
{
	struct report report;

	check(upkeep_check(config(), (uint32_t)slot, user(), listening(), &report) == STORE_OK);
	check(report.with_keys && report.errors == 0);
}

/* --- looking over --------------------------------------------------------- */

static void
test_check_sound(void **state)
{
	CK_SLOT_ID slot = token_populated();
	struct report report;

	(void)state;
	check(upkeep_check(config(), (uint32_t)slot, user(), listening(), &report) == STORE_OK);
	check(report.with_keys && report.records == 5 && report.unsealed == 0);
	check(heard.count == 0 && heard.done == 5 && heard.all == 5 && heard.words > 0);
	check(upkeep_check(config(), (uint32_t)slot, no_pin, listening(), &report) == STORE_OK);
	check(!report.with_keys && report.records == 5);
	check(upkeep_check(config(), (uint32_t)slot + 1, no_pin, NULL, &report) == STORE_ABSENT);
	check(upkeep_check(&(struct store_config){ .folder = "memory:" }, 0, no_pin, NULL,
		  &report) == STORE_ABSENT);
}

/* The PIN is tried as at any login; of a file that is no slot's, it is not counted. */
static void
test_check_pin(void **state)
{
	struct upkeep_pin wrong = { STORE_USER, text("not the pin") };
	CK_SLOT_ID slot = token_populated();
	struct report report;
	struct view tries;

	(void)state;
	check(upkeep_check(config(), (uint32_t)slot, wrong, NULL, &report) == STORE_PIN_WRONG);
	tries = file_read(token_file(slot, ".tries"));
	check(tries.data[tries.len - 1] == 'x');
	check(upkeep_check_file(config(), TOKEN(slot), wrong, NULL, &report) == STORE_PIN_WRONG);
	check(file_is(token_file(slot, ".tries"), tries));
	check(upkeep_check_file(config(), TOKEN(slot), user(), NULL, &report) == STORE_OK);
	check(upkeep_check_file(config(), TOKEN(slot),
		  (struct upkeep_pin){ STORE_SO, text(SO_PIN) }, NULL, &report) == STORE_OK);
	check(report.with_keys);
}

static void
test_check_unsealed(void **state)
{
	CK_SLOT_ID slot = token_populated();
	struct report report;

	(void)state;
	ok(p11->C_Initialize(NULL));
	make_data(session_open(slot, READ_WRITE), CK_FALSE, "anybody's", "value");
	ok(p11->C_Finalize(NULL));
	check(upkeep_check(config(), (uint32_t)slot, user(), listening(), &report) == STORE_OK);
	check(report.records == 6 && report.unsealed == 1 && report.errors == 0);
	check(heard.count == 1 && was_told(FLAW_UNSEALED, PART_RECORD, 6));
}

/* What is done, and what must be told, with the PIN and, where it can be seen, without. */
static const struct {
	const char *edit;
	enum flaw flaw;
	enum flaw_part part;
	uint64_t id;
	bool without; /* a PIN */
} edits[] = {
	{ "UPDATE object SET meta = CAST(meta || x'00' AS BLOB) WHERE id = 1", FLAW_ALTERED,
	    PART_RECORD, 1, false },
	{ "UPDATE object SET secret = zeroblob(60) WHERE id = 3", FLAW_ALTERED, PART_RECORD, 3,
	    false },
	{ "UPDATE object SET version = 2 WHERE id = 4", FLAW_ALTERED, PART_RECORD, 4, false },
	{ "UPDATE object SET meta = CAST(replace(meta, 'second', 'SECOND') AS BLOB) WHERE id = 2",
	    FLAW_ALTERED, PART_RECORD, 2, false },
	{ "UPDATE object SET meta = zeroblob(11) WHERE id = 2", FLAW_DAMAGED, PART_RECORD, 2,
	    true },
	{ "UPDATE object SET uid = x'00' WHERE id = 5", FLAW_DAMAGED, PART_RECORD, 5, true },
	{ "UPDATE object SET private = 7 WHERE id = 5", FLAW_DAMAGED, PART_RECORD, 5, true },
	{ "UPDATE object SET seal = NULL WHERE id = 1", FLAW_DAMAGED, PART_RECORD, 1, true },
	{ "UPDATE object SET seal = NULL WHERE id = 2", FLAW_MISSING, PART_RECORD, 0, false },
	{ "DELETE FROM object WHERE id = 2", FLAW_MISSING, PART_RECORD, 0, false },
	{ "DELETE FROM object WHERE id = 2", FLAW_EXTRA, PART_TAG, 2, true },
	{ "INSERT INTO object SELECT 9, version, uid, private, seal, tags, meta, secret FROM "
	  "object "
	  "WHERE id = 3",
	    FLAW_EXTRA, PART_RECORD, 0, false },
	{ "INSERT INTO object SELECT 9, version, uid, private, seal, tags, meta, secret FROM "
	  "object "
	  "WHERE id = 3",
	    FLAW_ALTERED, PART_RECORD, 9, false },
	{ "INSERT INTO object SELECT 9, version, uid, private, seal, tags, meta, secret FROM "
	  "object "
	  "WHERE id = 3",
	    FLAW_ALTERED, PART_TOKEN, 0, true },
	{ "UPDATE object SET tags = CAST(substr(tags, 17) AS BLOB) WHERE id = 3", FLAW_EXTRA,
	    PART_TAG, 3, true },
	{ "UPDATE object SET tags = CAST(substr(tags, 17, 16) || substr(tags, 1, 16) AS BLOB) "
	  "WHERE id = 2",
	    FLAW_DAMAGED, PART_RECORD, 2, true },
	{ "DELETE FROM tag WHERE object = 3", FLAW_MISSING, PART_TAG, 3, true },
	{ "INSERT INTO tag SELECT tag, 4 FROM tag WHERE object = 3", FLAW_EXTRA, PART_TAG, 4,
	    true },
	{ "INSERT INTO tag VALUES (zeroblob(16), 77)", FLAW_EXTRA, PART_TAG, 77, true },
	{ "INSERT INTO tag VALUES (zeroblob(15), 1)", FLAW_DAMAGED, PART_TAG, 0, true },
	{ "UPDATE token SET label = CAST(replace(label, 'upkeep', 'UPKEEP') AS BLOB)", FLAW_ALTERED,
	    PART_TOKEN, 0, false },
	{ "UPDATE token SET policy = 2", FLAW_DAMAGED, PART_TOKEN, 0, true },
	{ "UPDATE token SET last_id = 4", FLAW_ALTERED, PART_TOKEN, 0, true },
	{ "UPDATE token SET serial = x'00'", FLAW_DAMAGED, PART_TOKEN, 0, true },
	{ "DELETE FROM token", FLAW_DAMAGED, PART_TOKEN, 0, true },
	{ "DELETE FROM pin WHERE role = 1", FLAW_MISSING, PART_PIN, STORE_SO, true },
	{ "DELETE FROM pin WHERE role = 1", FLAW_MISSING, PART_PIN, STORE_SO, false },
	{ "UPDATE pin SET epoch = epoch + 1 WHERE role = 1", FLAW_ALTERED, PART_PIN, STORE_SO,
	    false },
	{ "UPDATE pin SET log2_n = 30 WHERE role = 1", FLAW_DAMAGED, PART_PIN, STORE_SO, true },
	{ "UPDATE pin SET salt = x'' WHERE role = 0", FLAW_DAMAGED, PART_PIN, STORE_USER, true },
	{ "UPDATE pin SET master = zeroblob(48) WHERE role = 0", FLAW_DAMAGED, PART_PIN, STORE_USER,
	    false },
	{ "CREATE INDEX more ON object (uid)", FLAW_DAMAGED, PART_FILE, 0, true },
};

static void
test_check_edited(void **state)
{
	CK_SLOT_ID slot = token_populated();
	struct view original = file_read(TOKEN(slot));
	struct report report;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(edits); i++) {
		file_put(TOKEN(slot), original);
		sql(TOKEN(slot), edits[i].edit);
		check(upkeep_check(config(), (uint32_t)slot, edits[i].without ? no_pin : user(),
			  listening(), &report) == STORE_DAMAGED);
		if (report.errors == 0 || !was_told(edits[i].flaw, edits[i].part, edits[i].id))
			fail_msg("%s: was not told", edits[i].edit);
	}
	/* One finding does not hide the next. */
	file_put(TOKEN(slot), original);
	for (size_t i = 0; i < 4; i++)
		sql(TOKEN(slot), edits[i].edit);
	check(
	    upkeep_check(config(), (uint32_t)slot, user(), listening(), &report) == STORE_DAMAGED);
	for (size_t i = 0; i < 4; i++)
		check(was_told(edits[i].flaw, edits[i].part, edits[i].id));
}

/* Bytes turned anywhere outside of SQL: told, wherever there is something. */
static void
test_check_bytes(void **state)
{
	CK_SLOT_ID slot = token_populated();
	struct view original = file_read(TOKEN(slot));
	unsigned char *bent = scratch(original.len);
	unsigned seed = 7;

	(void)state;
	memcpy(bent, original.data, original.len);
	for (int i = 0; i < (soaking() ? 2000 : 20);) {
		size_t at = (size_t)rand_r(&seed) % original.len;
		struct report report;
		enum store_status status;

		/* The header says things that do not matter: versions, counters. */
		if (original.data[at] == 0 || at < 100)
			continue;
		bent[at] ^= 0x10;
		file_put(TOKEN(slot), view_of(bent, original.len));
		bent[at] ^= 0x10;
		/* Of another's PIN only that other's tells. */
		status = upkeep_check_file(config(), TOKEN(slot), user(), NULL, &report);
		if (status == STORE_OK)
			status = upkeep_check_file(config(), TOKEN(slot),
			    (struct upkeep_pin){ STORE_SO, text(SO_PIN) }, NULL, &report);
		if (status != STORE_DAMAGED && status != STORE_PIN_WRONG)
			fail_msg("byte %zu: status %d", at, status);
		i++;
	}
}

/* --- many records --------------------------------------------------------- */

/* More than a login looks at. */
#define MANY 5000

static void
fill(CK_SLOT_ID slot, int count)
{
	struct store *store;
	struct store_txn *txn;

	check(store_open(config(), (uint32_t)slot, &store) == STORE_OK);
	check(store_login(store, STORE_USER, text(USER_PIN)) == STORE_OK);
	check(store_begin(store, &txn) == STORE_OK);
	for (int i = 0; i < count; i++) {
		RELEASED(attrs_release) struct attrs meta = ATTRS_PUBLIC;
		struct store_record record = { .is_private = true };
		struct store_tag tags[2] = { { CKA_CLASS, { 0 } }, { CKA_LABEL, { 0 } } };
		char label[32];

		snprintf(label, sizeof(label), "record %d", i);
		check(attrs_set_ulong(&meta, CKA_CLASS, CKO_DATA) == CKR_OK);
		check(attrs_set(&meta, CKA_LABEL, text(label)) == CKR_OK);
		record.meta = (struct bytes){ meta.data, meta.len };
		check(attrs_get(&meta, CKA_CLASS, &tags[0].value));
		check(attrs_get(&meta, CKA_LABEL, &tags[1].value));
		check(store_put(txn, &record, false, tags, COUNT_OF(tags)) == STORE_OK);
	}
	check(store_commit(&txn) == STORE_OK);
	store_close(store);
}

static void
test_check_many(void **state)
{
	CK_SLOT_ID slot = token_populated();
	struct report report;

	(void)state;
	fill(slot, MANY);
	assert_sound(slot);
	check(heard.all == MANY + 5 && heard.words > 10);
	sql(TOKEN(slot), "DELETE FROM tag WHERE object = 1234; DELETE FROM object WHERE id = 1234");
	check(upkeep_check(config(), (uint32_t)slot, no_pin, listening(), &report) == STORE_OK);
	check(
	    upkeep_check(config(), (uint32_t)slot, user(), listening(), &report) == STORE_DAMAGED);
	check(was_told(FLAW_MISSING, PART_RECORD, 0) && report.errors == 1);
}

/* --- read-only ------------------------------------------------------------ */

static void
check_read_only(void *argument)
{
	CK_SLOT_ID slot = *(CK_SLOT_ID *)argument;
	struct report report;

	if (geteuid() == 0)
		check(setresgid(65534, 65534, 65534) == 0 && setresuid(65534, 65534, 65534) == 0);
	check(upkeep_check(config(), (uint32_t)slot, user(), NULL, &report) == STORE_OK);
	check(report.with_keys);
	check(upkeep_rekey(config(), (uint32_t)slot, text(USER_PIN), text(SO_PIN), NULL) ==
	    STORE_READ_ONLY);
}

static void
test_read_only(void **state)
{
	CK_SLOT_ID slot = token_populated();

	(void)state;
	(void)unlink(token_file(slot, ".token-journal"));
	(void)unlink(token_file(slot, ".tries"));
	check(chmod(TOKEN(slot), 0444) == 0 && chmod(store_folder(), 0555) == 0);
	check(chmod(client_path(""), 0755) == 0);
	check(in_child(check_read_only, &slot, 60) == 0);
	check(chmod(store_folder(), 0700) == 0 && chmod(TOKEN(slot), 0600) == 0);
	check(!file_there(token_file(slot, ".token.new")));
	assert_usable(slot);
}

/* --- backup --------------------------------------------------------------- */

static void
test_backup(void **state)
{
	CK_SLOT_ID slot = token_populated();
	const char *to = path_of("backup"), *again = path_of("again");
	struct report report;
	struct stat found;
	mode_t before = umask(0);

	(void)state;
	check(upkeep_backup(config(), (uint32_t)slot, to, NULL) == STORE_OK);
	(void)umask(before);
	check(lstat(to, &found) == 0 && (found.st_mode & 07777) == 0600);
	check(file_is(to, file_read(TOKEN(slot))));
	check(upkeep_check_file(config(), to, user(), NULL, &report) == STORE_OK);
	/* Never over a file, whatever it is. */
	check(upkeep_backup(config(), (uint32_t)slot, to, NULL) == STORE_CHANGED);
	check(symlink("nowhere", again) == 0);
	check(upkeep_backup(config(), (uint32_t)slot, again, NULL) == STORE_CHANGED);
	check(unlink(again) == 0);
	/* What a killed one left is no hindrance, nor a link that somebody put there. */
	check(symlink(to, path_of("again.new")) == 0);
	check(upkeep_backup(config(), (uint32_t)slot, again, NULL) == STORE_OK);
	check(!file_there(path_of("again.new")));
	check(file_is(again, file_read(to)));
	check(upkeep_backup(config(), (uint32_t)slot, path_of("no/such"), NULL) == STORE_IO);
	check(upkeep_backup(config(), (uint32_t)slot + 1, path_of("none"), NULL) == STORE_ABSENT);
}

/* A copy of what is broken would take the place of a good one. */
static void
test_backup_damaged(void **state)
{
	CK_SLOT_ID slot = token_populated();
	const char *to = path_of("backup");

	(void)state;
	sql(TOKEN(slot), "UPDATE object SET uid = x'00' WHERE id = 5");
	check(upkeep_backup(config(), (uint32_t)slot, to, listening()) == STORE_DAMAGED);
	check(was_told(FLAW_DAMAGED, PART_RECORD, 5));
	check(!file_there(to) && !file_there(path_of("backup.new")));
}

static int
made_so_far(int fd)
{
	struct stat found;

	check(fstat(fd, &found) == 0);
	return (int)found.st_size;
}

/* Makes objects until it is stopped; a byte in a file for each that was acknowledged. */
static void
write_on(void *argument)
{
	CK_SLOT_ID slot = *(CK_SLOT_ID *)argument;
	int fd = open(path_of("made"), O_WRONLY | O_APPEND | O_CLOEXEC);
	CK_SESSION_HANDLE session;

	ok(p11->C_Initialize(NULL));
	session = session_user(slot);
	for (int made = made_so_far(fd); !file_there(path_of("enough"));) {
		CK_OBJECT_HANDLE object;
		char label[32];
		CK_RV rv;

		snprintf(label, sizeof(label), "number %d", made);
		rv = p11->C_CreateObject(session,
		    TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), YES(CKA_TOKEN), YES(CKA_PRIVATE),
			TEXT(CKA_LABEL, label)),
		    &object);
		if (rv == CKR_OK) {
			check(write(fd, "+", 1) == 1);
			made++;
			continue;
		}
		/* Re-keyed: nothing was written, and it begins again. */
		assert_rv(rv, CKR_DEVICE_REMOVED);
		ok(p11->C_CloseAllSessions(slot));
		session = session_user(slot);
	}
	ok(p11->C_Finalize(NULL));
}

static pid_t
writer_start(CK_SLOT_ID *slot)
{
	pid_t writer;

	file_put(path_of("made"), VIEW_NONE);
	writer = child_start(write_on, slot);
	while (file_read(path_of("made")).len == 0)
		usleep(1000);
	return writer;
}

/* Everything acknowledged is there. */
static void
writer_end(CK_SLOT_ID slot, pid_t writer)
{
	CK_SESSION_HANDLE session;
	size_t made;

	file_put(path_of("enough"), VIEW_NONE);
	check(child_result(writer, 60) == 0);
	made = file_read(path_of("made")).len;
	ok(p11->C_Initialize(NULL));
	session = session_user(slot);
	for (size_t i = 0; i < made; i++) {
		char label[32];

		snprintf(label, sizeof(label), "number %zu", i);
		check(find(session, TEMPLATE(TEXT(CKA_LABEL, label)), NULL) == 1);
	}
	ok(p11->C_Finalize(NULL));
}

/* Taken while another process writes, each copy is of one moment: its state says so. */
static void
test_backup_busy(void **state)
{
	CK_SLOT_ID slot = token_populated();
	pid_t writer = writer_start(&slot);
	struct report report = { 0 }, first = { 0 };

	(void)state;
	for (int i = 0; i < (soaking() ? 100 : 3); i++) {
		char name[32];

		snprintf(name, sizeof(name), "backup.%d", i);
		check(upkeep_backup(config(), (uint32_t)slot, path_of(name), NULL) == STORE_OK);
		check(upkeep_check_file(config(), path_of(name), user(), listening(), &report) ==
		    STORE_OK);
		if (i == 0)
			first = report;
	}
	check(report.records > first.records);
	writer_end(slot, writer);
}

/* --- restore -------------------------------------------------------------- */

static enum store_status
restore(CK_SLOT_ID slot, const char *from, bool replace, struct upkeep_pin pin, const char **aside)
{
	char *kept = NULL;
	enum store_status status =
	    upkeep_restore(config(), (uint32_t)slot, from, replace, pin, listening(), &kept);

	if (aside != NULL)
		*aside = kept != NULL ? (const char *)copy_of(kept, strlen(kept) + 1).data : NULL;
	free(kept);
	return status;
}

static void
test_restore(void **state)
{
	CK_SLOT_ID slot = token_populated(), other = slot + 7;
	const char *backup = path_of("backup"), *aside;
	struct view before = content(slot), first, tries;
	struct stat found;

	(void)state;
	check(upkeep_backup(config(), (uint32_t)slot, backup, NULL) == STORE_OK);
	/* Into an empty slot, whose leftovers belonged to another. */
	file_put(token_file(other, ".tries"), text("UUUUUUUUUU"));
	file_put(token_file(other, ".token-journal"), text("something"));
	check(restore(other, backup, false, user(), &aside) == STORE_OK);
	check(aside == NULL && !file_there(token_file(other, ".tries")));
	check(lstat(TOKEN(other), &found) == 0 && (found.st_mode & 07777) == 0600);
	same_bytes(content(other), before);
	assert_usable(other);
	/* Not over a token, unless that is wanted; then it stays beside, and the next one too. */
	ok(p11->C_Initialize(NULL));
	make_data(session_user(slot), CK_TRUE, "later", "value");
	ok(p11->C_Finalize(NULL));
	first = file_read(TOKEN(slot));
	check(restore(slot, backup, false, user(), NULL) == STORE_CHANGED);
	check(file_is(TOKEN(slot), first));
	tries = file_read(token_file(slot, ".tries"));
	check(restore(slot, backup, true, user(), &aside) == STORE_OK);
	same_bytes(content(slot), before);
	check(strcmp(aside, token_file(slot, ".token.before")) == 0);
	check(lstat(aside, &found) == 0 && found.st_nlink == 1);
	check(restore(slot, aside, true, no_pin, &aside) == STORE_OK);
	check(strcmp(aside, token_file(slot, ".token.before.1")) == 0);
	check(!view_equal(content(slot), before));
	check(memcmp(file_read(token_file(slot, ".tries")).data, tries.data, tries.len) == 0);
	assert_usable(slot);
	check(!file_there(token_file(slot, ".token.new")));
}

/* What is not whole, or not what the PIN opens, changes nothing. */
static void
test_restore_refused(void **state)
{
	struct upkeep_pin wrong = { STORE_USER, text("not the pin") };
	CK_SLOT_ID slot = token_populated();
	const char *backup = path_of("backup"), *aside;
	struct view token = file_read(TOKEN(slot));

	(void)state;
	file_put(backup, token);
	check(restore(slot, backup, true, wrong, &aside) == STORE_PIN_WRONG);
	sql(backup, "DELETE FROM object WHERE id = 3; DELETE FROM tag WHERE object = 3");
	check(restore(slot, backup, true, user(), &aside) == STORE_DAMAGED);
	check(was_told(FLAW_MISSING, PART_RECORD, 0));
	file_put(backup, view_of(token.data, token.len - 4096));
	check(restore(slot, backup, true, no_pin, &aside) == STORE_DAMAGED);
	file_put(backup,
	    text("not a token at all, and longer than the hundred bytes that a header "
		 "has, so that the whole of that header is looked at"));
	check(restore(slot, backup, true, no_pin, &aside) == STORE_FOREIGN);
	check(restore(slot, path_of("none"), true, no_pin, &aside) == STORE_ABSENT);
	check(aside == NULL && file_is(TOKEN(slot), token));
	check(!file_there(token_file(slot, ".token.before")));
	check(!file_there(token_file(slot, ".token.new")));
	/* A token of a newer release is not ours to put aside. */
	file_put(backup, token);
	sql(TOKEN(slot), "PRAGMA user_version = 2");
	token = file_read(TOKEN(slot));
	check(restore(slot, backup, true, no_pin, &aside) == STORE_NEWER);
	check(file_is(TOKEN(slot), token));
}

/* What cannot be opened at all is what a backup is for; the journal beside goes with it. */
static void
test_restore_over_ruins(void **state)
{
	CK_SLOT_ID slot = token_populated();
	const char *backup = path_of("backup"), *aside;
	struct view whole = file_read(TOKEN(slot)), before = content(slot);
	unsigned char *ruin = scratch(whole.len);

	(void)state;
	check(upkeep_backup(config(), (uint32_t)slot, backup, NULL) == STORE_OK);
	for (size_t at = 0; at < 4096; at += 100) {
		memcpy(ruin, whole.data, whole.len);
		memset(ruin + at, 0x5a, 60);
		file_put(TOKEN(slot), view_of(ruin, whole.len));
		file_put(token_file(slot, ".token-journal"), text("some journal"));
		check(restore(slot, backup, true, no_pin, &aside) == STORE_OK);
		check(aside != NULL && file_is(TOKEN(slot), whole));
	}
	check(file_is(token_file(slot, ".token.before-journal"), text("some journal")));
	same_bytes(content(slot), before);
	assert_usable(slot);
}

static void
restore_backup(void *slot)
{
	check(restore(*(CK_SLOT_ID *)slot, path_of("backup"), true, no_pin, NULL) == STORE_OK);
}

static void
rekey_it(void *slot)
{
	check(upkeep_rekey(config(), *(uint32_t *)slot, text(USER_PIN), text(SO_PIN), NULL) ==
	    STORE_OK);
}

static CK_RV
encrypt_once(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE key)
{
	CK_BYTE in[16] = { 0 }, out[32];
	CK_ULONG len = sizeof(out);
	CK_RV rv = p11->C_EncryptInit(
	    session, &(CK_MECHANISM){ CKM_AES_CBC_PAD, (CK_BYTE[16]){ 0 }, 16 }, key);

	return rv == CKR_OK ? p11->C_Encrypt(session, in, sizeof(in), out, &len) : rv;
}

/* A process in the middle of using the token finds out at its next call, on the shortest path. */
static void
test_noticed(void **state)
{
	static void (*const done[])(void *) = { restore_backup, rekey_it };
	CK_SLOT_ID slot = token_populated();

	(void)state;
	check(upkeep_backup(config(), (uint32_t)slot, path_of("backup"), NULL) == STORE_OK);
	for (size_t i = 0; i < COUNT_OF(done); i++) {
		CK_SESSION_HANDLE session;
		CK_OBJECT_HANDLE key;

		ok(p11->C_Initialize(NULL));
		session = session_user(slot);
		check(find(session, TEMPLATE(TEXT(CKA_LABEL, "aes")), &key) == 1);
		ok(encrypt_once(session, key));
		check(in_child(done[i], &slot, 60) == 0);
		assert_rv(encrypt_once(session, key), CKR_DEVICE_REMOVED);
		ok(p11->C_CloseAllSessions(slot));
		session = session_user(slot);
		check(find(session, TEMPLATE(TEXT(CKA_LABEL, "aes")), &key) == 1);
		ok(encrypt_once(session, key));
		ok(p11->C_Finalize(NULL));
	}
}

/*
 * A process that has just read the change counter takes it for the present for 20
 * microseconds: between moving it and the last step, the sync, they go by.
 */
static void
restore_timed(void *slot)
{
	count_sqlite();
	for (int i = 0; i < 5; i++) {
		restore_backup(slot);
		check((synced.tv_sec - written.tv_sec) * 1000000000 + synced.tv_nsec -
			written.tv_nsec >=
		    20000);
	}
}

static void
test_replaced_waits(void **state)
{
	CK_SLOT_ID slot = token_populated();

	(void)state;
	check(upkeep_backup(config(), (uint32_t)slot, path_of("backup"), NULL) == STORE_OK);
	check(in_child(restore_timed, &slot, 60) == 0);
}

/* --- new keys ------------------------------------------------------------- */

static enum store_status
rekey(CK_SLOT_ID slot)
{
	return upkeep_rekey(config(), (uint32_t)slot, text(USER_PIN), text(SO_PIN), listening());
}

/* How many values of these cells are still what they were. */
static int
kept_cells(const char *path, const char *older, const char *cells)
{
	sqlite3_stmt *statement;
	char query[500];
	sqlite3 *db;
	int kept;

	snprintf(query, sizeof(query),
	    "ATTACH '%s' AS older; CREATE TEMP VIEW kept AS SELECT count(*) AS n FROM %s", older,
	    cells);
	check(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK);
	check(sqlite3_exec(db, query, NULL, NULL, NULL) == SQLITE_OK);
	check(sqlite3_prepare_v2(db, "SELECT n FROM kept", -1, &statement, NULL) == SQLITE_OK);
	check(sqlite3_step(statement) == SQLITE_ROW);
	kept = sqlite3_column_int(statement, 0);
	sqlite3_finalize(statement);
	sqlite3_close(db);
	return kept;
}

static void
test_rekey(void **state)
{
	CK_SLOT_ID slot = token_populated();
	const char *older = path_of("older");
	struct view before;
	struct stat found;

	(void)state;
	ok(p11->C_Initialize(NULL));
	make_data(session_open(slot, READ_WRITE), CK_FALSE, "anybody's", "value");
	ok(p11->C_Finalize(NULL));
	before = content(slot);
	file_put(older, file_read(TOKEN(slot)));
	check(rekey(slot) == STORE_OK);
	check(heard.count == 0 && heard.done == 6);
	check(lstat(TOKEN(slot), &found) == 0 && (found.st_mode & 07777) == 0600);
	same_bytes(content(slot), before);
	assert_sound(slot);
	assert_usable(slot);
	/* Nothing that was sealed is as it was; who anybody and anything is, is. */
	check(kept_cells(TOKEN(slot), older,
		  "object o JOIN older.object p ON o.seal = p.seal OR o.secret = p.secret OR "
		  "(o.private AND (o.meta = p.meta OR o.tags = p.tags))") == 0);
	check(kept_cells(TOKEN(slot), older,
		  "pin JOIN older.pin p ON pin.master = p.master OR pin.salt = p.salt OR "
		  "pin.commitment = p.commitment OR pin.epoch <> p.epoch + 1 AND pin.role = "
		  "p.role") == 0);
	check(kept_cells(TOKEN(slot), older,
		  "token JOIN older.token t USING (uuid, serial, label, slot, policy, last_id) "
		  "WHERE token.state <> t.state AND token.seal <> t.seal") == 1);
	check(kept_cells(TOKEN(slot), older,
		  "object JOIN older.object p USING (id, version, uid, private)") == 6);
	check(!file_there(token_file(slot, ".token.new")));
	check(!file_there(token_file(slot, ".token.before")));
}

/* The old keys open nothing of the new: an old row put back shows, an old PIN's row too. */
static void
test_rekey_old_rows(void **state)
{
	static const char *const parts[] = { "object", "pin" };
	CK_SLOT_ID slot = token_populated();
	const char *older = path_of("older");
	struct view fresh;

	(void)state;
	file_put(older, file_read(TOKEN(slot)));
	check(rekey(slot) == STORE_OK);
	fresh = file_read(TOKEN(slot));
	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		struct report report;
		char edit[400];

		file_put(TOKEN(slot), fresh);
		snprintf(edit, sizeof(edit),
		    "ATTACH '%s' AS older; REPLACE INTO %s SELECT * FROM older.%s", older, parts[i],
		    parts[i]);
		sql(TOKEN(slot), edit);
		check(upkeep_check(config(), (uint32_t)slot, user(), listening(), &report) ==
		    STORE_DAMAGED);
		check(was_told(FLAW_ALTERED, i == 0 ? PART_RECORD : PART_TOKEN, i == 0 ? 1 : 0));
	}
}

/* Both PINs, and the right ones; with nothing amiss. */
static void
test_rekey_refused(void **state)
{
	CK_SLOT_ID slot = token_populated();
	struct view token = file_read(TOKEN(slot));
	uint32_t number = (uint32_t)slot;

	(void)state;
	check(upkeep_rekey(config(), number, text(USER_PIN), VIEW_NONE, NULL) == STORE_CLOSED);
	check(upkeep_rekey(config(), number, VIEW_NONE, text(SO_PIN), NULL) == STORE_CLOSED);
	check(upkeep_rekey(config(), number, text(USER_PIN), text("not his"), NULL) ==
	    STORE_PIN_WRONG);
	check(upkeep_rekey(config(), number, text("not hers"), text(SO_PIN), NULL) ==
	    STORE_PIN_WRONG);
	check(file_is(TOKEN(slot), token));
	/* A removed record would never be missed again, and an altered one look right. */
	sql(TOKEN(slot), "DELETE FROM object WHERE id = 3; DELETE FROM tag WHERE object = 3");
	check(rekey(slot) == STORE_DAMAGED && was_told(FLAW_MISSING, PART_RECORD, 0));
	file_put(TOKEN(slot), token);
	sql(TOKEN(slot), edits[0].edit);
	check(rekey(slot) == STORE_DAMAGED && was_told(FLAW_ALTERED, PART_RECORD, 1));
	file_put(TOKEN(slot), token);
	sql(TOKEN(slot), "UPDATE token SET state = zeroblob(64)");
	check(rekey(slot) == STORE_DAMAGED && was_told(FLAW_ALTERED, PART_TOKEN, 0));
	check(!file_there(token_file(slot, ".token.new")));
	/* What the table of tags lacks is made anew. */
	file_put(TOKEN(slot), token);
	sql(TOKEN(slot), "DELETE FROM tag");
	check(rekey(slot) == STORE_OK);
	assert_sound(slot);
	assert_usable(slot);
}

/* While the user has no PIN there is only the SO to ask. */
static void
test_rekey_new_token(void **state)
{
	CK_SLOT_ID slot = token_make("without");
	CK_SESSION_HANDLE session;
	struct report report;

	(void)state;
	session = session_open(slot, READ_WRITE);
	ok(p11->C_CloseSession(session));
	ok(p11->C_InitToken(slot, PIN(SO_PIN), (CK_UTF8CHAR *)"without                         "));
	ok(p11->C_Finalize(NULL));
	check(rekey(slot) == STORE_PIN_UNSET);
	check(upkeep_rekey(config(), (uint32_t)slot, VIEW_NONE, text(SO_PIN), NULL) == STORE_OK);
	check(upkeep_check(config(), (uint32_t)slot, (struct upkeep_pin){ STORE_SO, text(SO_PIN) },
		  NULL, &report) == STORE_OK);
	ok(p11->C_Initialize(NULL));
	ok(p11->C_InitPIN(session_so(slot), PIN(USER_PIN)));
	ok(p11->C_CloseAllSessions(slot));
	session_user(slot);
}

/* One PIN's cost alone: set from itself to itself, in place. */
static void
test_recost(void **state)
{
	CK_SLOT_ID slot = token_populated();
	struct store_config dearer = *config();
	struct view before = content(slot);
	struct store *store;

	(void)state;
	dearer.kdf.log2_n = 15;
	check(store_open(&dearer, (uint32_t)slot, &store) == STORE_OK);
	check(store_change_pin(store, STORE_USER, text(USER_PIN), text(USER_PIN)) == STORE_OK);
	store_close(store);
	same_bytes(content(slot), before);
	assert_sound(slot);
	assert_usable(slot);
	check(kept_cells(TOKEN(slot), TOKEN(slot), "pin WHERE log2_n = 15 AND role = 0") == 1);
	check(kept_cells(TOKEN(slot), TOKEN(slot), "pin WHERE log2_n = 14 AND role = 1") == 1);
}

/* Another process goes on writing: nothing that it was told is written gets lost. */
static void
test_rekey_busy(void **state)
{
	CK_SLOT_ID slot = token_populated();
	pid_t writer = writer_start(&slot);

	(void)state;
	for (int i = 0; i < (soaking() ? 50 : 2); i++)
		check(rekey(slot) == STORE_OK);
	writer_end(slot, writer);
	assert_sound(slot);
	assert_usable(slot);
}

/* --- label and end -------------------------------------------------------- */

#define RENAMED "renamed                         "

static enum store_status
rename_token(CK_SLOT_ID slot, struct upkeep_pin pin)
{
	return upkeep_rename(config(), (uint32_t)slot, pin, RENAMED);
}

static bool
is_labelled(CK_SLOT_ID slot, const char *label)
{
	CK_TOKEN_INFO info;

	ok(p11->C_GetTokenInfo(slot, &info));
	return memcmp(info.label, label, sizeof(info.label)) == 0;
}

static void
rename_it(void *argument)
{
	check(rename_token(*(CK_SLOT_ID *)argument, user()) == STORE_OK);
}

/* Sealed with its new label; who uses it sees that and goes on. */
static void
test_rename(void **state)
{
	CK_SLOT_ID slot = token_populated();
	struct view before = content(slot);
	CK_SESSION_HANDLE session;
	CK_OBJECT_HANDLE key;

	(void)state;
	ok(p11->C_Initialize(NULL));
	session = session_user(slot);
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "aes")), &key) == 1);
	check(in_child(rename_it, &slot, 60) == 0);
	check(is_labelled(slot, RENAMED));
	ok(encrypt_once(session, key));
	ok(p11->C_Finalize(NULL));
	same_bytes(content(slot), before);
	assert_sound(slot);
	assert_usable(slot);
	check(rename_token(slot, (struct upkeep_pin){ STORE_SO, text(SO_PIN) }) == STORE_OK);
	assert_sound(slot);
}

static void
test_rename_refused(void **state)
{
	struct upkeep_pin wrong = { STORE_USER, text("not the pin") };
	CK_SLOT_ID slot = token_populated();
	struct view before = file_read(TOKEN(slot));

	(void)state;
	check(rename_token(slot, wrong) == STORE_PIN_WRONG);
	check(rename_token(slot + 1, user()) == STORE_ABSENT);
	check(file_is(TOKEN(slot), before));
	/* A label that nobody vouches for is not vouched for anew. */
	sql(TOKEN(slot), "UPDATE token SET label = CAST(replace(label, 'u', 'v') AS BLOB)");
	before = file_read(TOKEN(slot));
	check(rename_token(slot, user()) == STORE_DAMAGED);
	check(file_is(TOKEN(slot), before));
}

static void
remove_it(void *argument)
{
	check(upkeep_remove(config(), *(uint32_t *)argument) == STORE_OK);
}

static void
test_remove(void **state)
{
	CK_SLOT_ID slot = token_populated();
	CK_SESSION_HANDLE session;
	CK_OBJECT_HANDLE key;

	(void)state;
	ok(p11->C_Initialize(NULL));
	session = session_user(slot);
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "aes")), &key) == 1);
	check(in_child(remove_it, &slot, 60) == 0);
	check(!file_there(TOKEN(slot)) && !file_there(token_file(slot, ".tries")));
	check(!file_there(token_file(slot, ".token-journal")));
	/* At the next call, on the shortest path. */
	assert_rv(encrypt_once(session, key), CKR_DEVICE_REMOVED);
	ok(p11->C_Finalize(NULL));
	check(upkeep_remove(config(), (uint32_t)slot) == STORE_ABSENT);
	check(upkeep_remove(&(struct store_config){ .folder = "memory:" }, 0) == STORE_ABSENT);
}

/* What cannot be opened can go all the same; what is no file of ours stays. */
static void
test_remove_ruins(void **state)
{
	CK_SLOT_ID slot = token_populated();

	(void)state;
	file_put(TOKEN(slot), text("no database"));
	file_put(token_file(slot, ".token-journal"), text("no journal"));
	check(upkeep_remove(config(), (uint32_t)slot) == STORE_OK);
	check(!file_there(TOKEN(slot)) && !file_there(token_file(slot, ".token-journal")));
	check(symlink("/dev/null", TOKEN(slot)) == 0);
	check(upkeep_remove(config(), (uint32_t)slot) == STORE_FOREIGN);
	check(unlink(TOKEN(slot)) == 0);
}

/* --- many records at once ------------------------------------------------- */

static enum store_status
store_entered(const struct store_config *where, CK_SLOT_ID slot, struct store **store)
{
	enum store_status status = store_open(where, (uint32_t)slot, store);

	return status == STORE_OK ? store_login(*store, STORE_USER, text(USER_PIN)) : status;
}

/* Another one of what record 3, the key, is; without tags, nobody finds it but by its class of all.
 */
static enum store_status
key_again(struct store *store)
{
	RELEASED(store_record_release) struct store_record record = { 0 };
	struct store_view *view;
	struct store_txn *txn;
	enum store_status status = store_view_begin(store, &view);

	if (status == STORE_OK)
		status = store_get(view, 3, true, &record);
	store_view_end(&view);
	if (status == STORE_OK)
		status = store_begin(store, &txn);
	if (status != STORE_OK)
		return status;
	record.id = 0;
	memset(record.uid, 0, sizeof(record.uid));
	status = store_put(txn, &record, false, NULL, 0);
	if (status == STORE_OK)
		return store_commit(&txn);
	store_rollback(&txn);
	return status;
}

static enum store_status
branch_fill(const struct upkeep_branch *branch, CK_SLOT_ID slot)
{
	const struct store_config where = { .folder = upkeep_branch_folder(branch) };
	struct store *store = NULL;
	enum store_status status = store_entered(&where, slot, &store);

	if (status == STORE_OK)
		status = key_again(store);
	if (status == STORE_OK)
		status = key_again(store);
	store_close(store);
	return status;
}

/* Two more keys, at once. */
static enum store_status
branch_whole(CK_SLOT_ID slot)
{
	struct upkeep_branch *branch = NULL;
	struct store *store = NULL;
	enum store_status status = store_entered(config(), slot, &store);

	if (status == STORE_OK)
		status = upkeep_branch(store, &branch);
	if (status == STORE_OK)
		status = branch_fill(branch, slot);
	if (status == STORE_OK)
		status = upkeep_branch_join(branch);
	upkeep_branch_end(&branch);
	store_close(store);
	return status;
}

static uint64_t
records_of(CK_SLOT_ID slot)
{
	struct report report;

	check(upkeep_check(config(), (uint32_t)slot, user(), listening(), &report) == STORE_OK);
	check(report.errors == 0);
	return report.records;
}

static void
remove_public(void *slot)
{
	struct store_txn *txn;
	struct store *store;

	check(store_entered(config(), *(uint32_t *)slot, &store) == STORE_OK);
	check(store_begin(store, &txn) == STORE_OK);
	check(store_delete(txn, 2, 1) == STORE_OK);
	check(store_commit(&txn) == STORE_OK);
	store_close(store);
}

/* What the module makes there is found here, under ids of its own, beside what others did
 * meanwhile. */
static void
test_branch(void **state)
{
	CK_SLOT_ID slot = token_populated();
	char *own = text_copy(store_folder());
	struct upkeep_branch *branch, *second;
	CK_SESSION_HANDLE session;
	CK_OBJECT_HANDLE object;
	struct store *store;

	(void)state;
	check(store_entered(config(), slot, &store) == STORE_OK);
	check(upkeep_branch(store, &branch) == STORE_OK);
	check(setenv("HANDFAST_STORE", upkeep_branch_folder(branch), 1) == 0);
	ok(p11->C_Initialize(NULL));
	session = session_user(slot);
	make_data(session, CK_TRUE, "new private", "third value");
	make_data(session, CK_FALSE, "new public", "fourth value");
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "pair")), NULL) == 2);
	ok(p11->C_Finalize(NULL));
	check(setenv("HANDFAST_STORE", own, 1) == 0);
	free(own);
	/* Meanwhile, by others: one more, and one less, which does not come back. */
	check(key_again(store) == STORE_OK);
	check(key_again(store) == STORE_OK);
	check(in_child(remove_public, &slot, 60) == 0);
	check(upkeep_branch_join(branch) == STORE_OK);
	upkeep_branch_end(&branch);
	check(!file_there(token_file(slot, ".branch")));
	check(upkeep_branch(store, &second) == STORE_OK);
	upkeep_branch_end(&second);
	store_close(store);
	check(records_of(slot) == 5 + 2 + 2 - 1);
	ok(p11->C_Initialize(NULL));
	session = session_user(slot);
	check((token_flags(slot) & CKF_ERROR_STATE) == 0);
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "public")), NULL) == 0);
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "new private")), &object) == 1);
	same_bytes(get_bytes(session, object, CKA_VALUE), text("third value"));
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "new public")), &object) == 1);
	same_bytes(get_bytes(session, object, CKA_VALUE), text("fourth value"));
}

/* Of another token, or by nobody, nothing comes in. */
static void
test_branch_refused(void **state)
{
	CK_SLOT_ID slot = token_populated();
	struct upkeep_branch *branch = NULL;
	struct store *store;

	(void)state;
	check(store_entered(config(), slot, &store) == STORE_OK);
	check(upkeep_branch(store, &branch) == STORE_OK);
	check(branch_fill(branch, slot) == STORE_OK);
	store_logout(store);
	check(upkeep_branch_join(branch) == STORE_CLOSED);
	check(store_login(store, STORE_USER, text(USER_PIN)) == STORE_OK);
	check(in_child(rekey_it, &slot, 60) == 0);
	check(upkeep_branch_join(branch) == STORE_REPLACED);
	upkeep_branch_end(&branch);
	store_close(store);
	check(records_of(slot) == 5);
	/* What a killed process left goes with the token. */
	check(mkdir(token_file(slot, ".branch"), 0700) == 0);
	check(upkeep_remove(config(), (uint32_t)slot) == STORE_OK);
	check(!file_there(token_file(slot, ".branch")));
}

/* --- interrupted ---------------------------------------------------------- */

enum deed { BACKUP, RESTORE, RESTORE_RUIN, REKEY, BRANCH };

struct plan {
	CK_SLOT_ID slot;
	enum deed deed;
	unsigned at;
};

static enum store_status
perform(const struct plan *plan)
{
	uint32_t slot = (uint32_t)plan->slot;

	switch (plan->deed) {
	case BACKUP:
		return upkeep_backup(config(), slot, path_of("copy"), NULL);
	case REKEY:
		return upkeep_rekey(config(), slot, text(USER_PIN), text(SO_PIN), NULL);
	case BRANCH:
		return branch_whole(plan->slot);
	default:
		return restore(plan->slot, path_of("backup"), true, no_pin, NULL);
	}
}

#define NOT_REACHED 77

static void
perform_killed(void *argument)
{
	const struct plan *plan = argument;

	count_sqlite();
	stop_at = plan->at;
	stop_how = KILL;
	check(perform(plan) == STORE_OK);
	_exit(NOT_REACHED);
}

static void
perform_failing(void *argument)
{
	const struct plan *plan = argument;
	enum store_status status;

	count_sqlite();
	stop_at = plan->at;
	stop_how = FAIL;
	status = perform(plan);
	stop_how = PASS;
	if (calls < stop_at)
		_exit(status == STORE_OK ? NOT_REACHED : 1);
	/* What a failing call leaves behind is only what it could not take away. */
	_exit(status == STORE_OK ? 0 : 2);
}

/* The token is either what it was, or what it should become; never anything else. */
static bool
old_or_new(const struct plan *plan, struct view old, struct view after, struct view value)
{
	struct report report;

	if (file_is(TOKEN(plan->slot), old))
		return true;
	if (plan->deed == REKEY)
		return upkeep_check(config(), (uint32_t)plan->slot, user(), NULL, &report) ==
		    STORE_OK &&
		    view_equal(content(plan->slot), value);
	if (plan->deed == BRANCH) {
		const uint64_t records = records_of(plan->slot);

		return records == 7 || (records == 5 && view_equal(content(plan->slot), value));
	}
	return file_is(TOKEN(plan->slot), after);
}

static bool
copy_whole(struct view old)
{
	const char *copy = path_of("copy");
	bool whole = !file_there(copy) || file_is(copy, old);

	(void)unlink(copy);
	return whole;
}

/*
 * Interrupts one deed at every call to the system in turn.  Ruins are ruined again
 * each time, and what should be there afterwards is the backup.
 */
static void
interrupt(enum deed deed, void (*body)(void *))
{
	struct plan plan = { .slot = token_populated(), .deed = deed };
	struct view value = content(plan.slot), old, after;
	const bool costly = deed == REKEY || deed == BRANCH;
	int result = 0, reached = 0;

	(void)unlink(path_of("backup"));
	check(upkeep_backup(config(), (uint32_t)plan.slot, path_of("backup"), NULL) == STORE_OK);
	after = file_read(path_of("backup"));
	if (deed == RESTORE_RUIN)
		sql(TOKEN(plan.slot), "DROP TABLE tag");
	else
		sql(TOKEN(plan.slot), "UPDATE token SET slot = slot");
	old = file_read(TOKEN(plan.slot));
	/* A re-keying computes for a good while before it comes to any of them. */
	for (plan.at = 1; result != NOT_REACHED; plan.at += costly && !soaking() ? 7 : 1) {
		file_put(TOKEN(plan.slot), old);
		(void)unlink(token_file(plan.slot, ".token.before"));
		(void)unlink(token_file(plan.slot, ".token.before-journal"));
		result = in_child(body, &plan, 60);
		check(result == 128 + SIGKILL || result == NOT_REACHED || result == 0 ||
		    (result == 2 && body == perform_failing));
		if (!old_or_new(&plan, old, after, value) || !copy_whole(old))
			fail_msg("interrupted at call %u: neither the old nor the new", plan.at);
		reached++;
	}
	check(reached > 5);
	/* Whatever they left in the way is taken away by the next that gets through. */
	check(!file_there(token_file(plan.slot, ".token.new")));
	check(!file_there(path_of("copy.new")));
	check(!file_there(token_file(plan.slot, ".branch")));
}

static void
test_killed(void **state)
{
	(void)state;
	interrupt(BACKUP, perform_killed);
	ok(p11->C_Initialize(NULL));
	interrupt(RESTORE, perform_killed);
	ok(p11->C_Initialize(NULL));
	interrupt(RESTORE_RUIN, perform_killed);
}

static void
test_failing(void **state)
{
	(void)state;
	interrupt(BACKUP, perform_failing);
	ok(p11->C_Initialize(NULL));
	interrupt(RESTORE, perform_failing);
	ok(p11->C_Initialize(NULL));
	interrupt(RESTORE_RUIN, perform_failing);
}

static void
test_rekey_killed(void **state)
{
	(void)state;
	interrupt(REKEY, perform_killed);
}

static void
test_rekey_failing(void **state)
{
	(void)state;
	interrupt(REKEY, perform_failing);
}

static void
test_branch_killed(void **state)
{
	(void)state;
	interrupt(BRANCH, perform_killed);
}

static void
test_branch_failing(void **state)
{
	(void)state;
	interrupt(BRANCH, perform_failing);
}

/* --- formats -------------------------------------------------------------- */

/* The file that the first release of format 1 wrote passes everything that there is. */
static void
test_kept_format(void **state)
{
	CK_SLOT_ID slot = 0;

	(void)state;
	check(restore(slot, source_file("format-1.token"), false, user(), NULL) == STORE_OK);
	assert_sound(slot);
	check(rekey(slot) == STORE_OK);
	assert_sound(slot);
}

/* One of a format to come is refused, left alone, and the log says why. */
static void
test_newer_format(void **state)
{
	CK_SLOT_ID slot = token_populated();
	const char *log = path_of("upkeep.log");
	struct report report;
	struct view token, said;

	(void)state;
	sql(TOKEN(slot), "PRAGMA user_version = 2");
	token = file_read(TOKEN(slot));
	check(log_target(log));
	check(upkeep_check(config(), (uint32_t)slot, user(), NULL, &report) == STORE_NEWER);
	check(upkeep_backup(config(), (uint32_t)slot, path_of("backup"), NULL) == STORE_NEWER);
	check(rekey(slot) == STORE_NEWER);
	check(log_target("off"));
	check(file_is(TOKEN(slot), token) && !file_there(path_of("backup")));
	said = file_read(log);
	check(memmem(said.data, said.len, "is of format 2", 14) != NULL);
}

static int
setup(void **state)
{
	(void)state;
	return log_target("off") ? 0 : -1;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_fresh(test_check_sound),
		test_fresh(test_check_pin),
		test_fresh(test_check_unsealed),
		test_fresh(test_check_edited),
		test_fresh(test_check_bytes),
		test_fresh(test_check_many),
		test_fresh(test_read_only),
		test_fresh(test_backup),
		test_fresh(test_backup_damaged),
		test_fresh(test_backup_busy),
		test_fresh(test_restore),
		test_fresh(test_restore_refused),
		test_fresh(test_restore_over_ruins),
		test_fresh(test_noticed),
		test_fresh(test_replaced_waits),
		test_fresh(test_rekey),
		test_fresh(test_rekey_old_rows),
		test_fresh(test_rekey_refused),
		test_fresh(test_rekey_new_token),
		test_fresh(test_recost),
		test_fresh(test_rekey_busy),
		test_fresh(test_rename),
		test_fresh(test_rename_refused),
		test_fresh(test_remove),
		test_fresh(test_remove_ruins),
		test_fresh(test_branch),
		test_fresh(test_branch_refused),
		test_fresh(test_killed),
		test_fresh(test_failing),
		test_fresh(test_rekey_killed),
		test_fresh(test_rekey_failing),
		test_fresh(test_branch_killed),
		test_fresh(test_branch_failing),
		test_fresh(test_kept_format),
		test_fresh(test_newer_format),
	};

	return test_main(tests, setup, NULL);
}
