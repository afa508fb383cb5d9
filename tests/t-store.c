/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The store against those who have its files but no PIN, and against disks that
 * do not behave: attacks.md, parts C, D and F.  Everything is looked at through
 * the module; the files are read and bent from outside, as store/FORMAT.md says
 * they are.
 */
#define _GNU_SOURCE
#include "tests/files.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <sqlite3.h>

/* --- files ---------------------------------------------------------------- */

/* The folder of the test's own store. */
static const char *
store(void)
{
	return getenv("HANDFAST_STORE");
}

static mode_t
mode_of(const char *path)
{
	struct stat found;

	check(lstat(path, &found) == 0);
	return found.st_mode & 07777;
}

static bool
contains(struct view bytes, struct view what)
{
	return bytes.len > 0 && memmem(bytes.data, bytes.len, what.data, what.len) != NULL;
}

/* Does a file of the token's hold these bytes? */
static bool
on_disk(CK_SLOT_ID slot, struct view what)
{
	static const char *const suffixes[] = { ".token", ".token-journal", ".tries" };
	bool found = false;

	for (size_t i = 0; i < COUNT_OF(suffixes); i++) {
		const char *path = token_file(slot, suffixes[i]);

		if (file_there(path))
			found = found || contains(file_read(path), what);
	}
	return found;
}

/* Runs SQL on a token's file; false when SQLite or a constraint refuses. */
static bool
sql(CK_SLOT_ID slot, const char *text)
{
	sqlite3 *db;
	int code = sqlite3_open_v2(TOKEN(slot), &db, SQLITE_OPEN_READWRITE, NULL);

	check(code == SQLITE_OK);
	code = sqlite3_exec(db, text, NULL, NULL, NULL);
	check(sqlite3_close(db) == SQLITE_OK);
	return code == SQLITE_OK;
}

/* The first column of the first row. */
static struct bytes
sql_value(CK_SLOT_ID slot, const char *text)
{
	struct bytes value = { 0 };
	sqlite3_stmt *statement;
	sqlite3 *db;

	check(sqlite3_open_v2(TOKEN(slot), &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK);
	check(sqlite3_prepare_v2(db, text, -1, &statement, NULL) == SQLITE_OK);
	check(sqlite3_step(statement) == SQLITE_ROW);
	check(bytes_copy(&value,
	    view_of(
		sqlite3_column_blob(statement, 0), (size_t)sqlite3_column_bytes(statement, 0))));
	sqlite3_finalize(statement);
	sqlite3_close(db);
	return value;
}

/* --- what the owner sees -------------------------------------------------- */

#define SEEN_MOST 16
static const CK_ATTRIBUTE_TYPE looked_at[] = { CKA_CLASS, CKA_LABEL, CKA_VALUE, CKA_PRIVATE,
	CKA_SENSITIVE, CKA_EXTRACTABLE, CKA_ENCRYPT, CKA_DECRYPT, CKA_WRAP, CKA_DERIVE,
	CKA_MODIFIABLE, CKA_TRUSTED, CKA_LOCAL, CKA_ALWAYS_SENSITIVE, CKA_UNIQUE_ID };

/* Each object in one line of bytes, in the order of their unique ids. */
struct sight {
	bool refused; /* on the way, or at some object */
	bool error_state;
	size_t count;
	struct seen {
		size_t len;
		unsigned char bytes[1500];
	} seen[SEEN_MOST];
};

/* False when the module does not vouch for it. */
static bool
see_object(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, struct seen *seen)
{
	for (size_t i = 0; i < COUNT_OF(looked_at); i++) {
		unsigned char value[256];
		CK_ATTRIBUTE attribute = { looked_at[i], value, sizeof(value) };
		CK_RV rv = p11->C_GetAttributeValue(session, object, &attribute, 1);
		CK_ULONG len = rv == CKR_OK ? attribute.ulValueLen : 0;

		if (rv == CKR_DEVICE_ERROR)
			return false;
		check(seen->len + 16 + len <= sizeof(seen->bytes));
		memcpy(seen->bytes + seen->len, &rv, sizeof(rv));
		memcpy(seen->bytes + seen->len + 8, &len, sizeof(len));
		memcpy(seen->bytes + seen->len + 16, value, len);
		seen->len += 16 + len;
	}
	return true;
}

static bool
see_objects(CK_SESSION_HANDLE session, struct sight *sight)
{
	CK_OBJECT_HANDLE objects[SEEN_MOST];
	CK_ULONG count;

	if (p11->C_FindObjectsInit(session, NO_TEMPLATE) != CKR_OK)
		return false;
	ok(p11->C_FindObjects(session, objects, SEEN_MOST, &count));
	ok(p11->C_FindObjectsFinal(session));
	memset(sight->seen, 0, sizeof(sight->seen));
	for (size_t i = 0; i < count; i++) {
		sight->seen[sight->count].len = 0;
		if (see_object(session, objects[i], &sight->seen[sight->count]))
			sight->count++;
		else
			sight->refused = true;
	}
	return true;
}

/* Starts afresh, logs in and looks at everything. */
static struct sight
look(CK_SLOT_ID slot)
{
	static struct sight sight;
	CK_SESSION_HANDLE session;
	CK_TOKEN_INFO info;

	memset(&sight, 0, sizeof(sight));
	(void)p11->C_Finalize(NULL);
	(void)unlink(token_file(slot, ".tries"));
	ok(p11->C_Initialize(NULL));
	sight.refused = p11->C_OpenSession(slot, READ_ONLY, NULL, NULL, &session) != CKR_OK ||
	    p11->C_Login(session, CKU_USER, PIN(USER_PIN)) != CKR_OK ||
	    !see_objects(session, &sight);
	if (p11->C_GetTokenInfo(slot, &info) == CKR_OK)
		sight.error_state = (info.flags & CKF_ERROR_STATE) != 0;
	ok(p11->C_Finalize(NULL));
	return sight;
}

static bool
seen_in(const struct seen *seen, const struct sight *sight)
{
	for (size_t i = 0; i < sight->count; i++)
		if (seen->len == sight->seen[i].len &&
		    memcmp(seen->bytes, sight->seen[i].bytes, seen->len) == 0)
			return true;
	return false;
}

/* Has every object seen now been seen before, just so? */
static bool
only_known(const struct sight *now, const struct sight *before)
{
	for (size_t i = 0; i < now->count; i++)
		if (!seen_in(&now->seen[i], before))
			return false;
	return true;
}

/*
 * What tampering may lead to: the same as before; a clear refusal; or a part of
 * it, and the token says that something is wrong.  Never anything else.
 */
static void
assert_not_fooled(CK_SLOT_ID slot, const struct sight *before, const char *tampering)
{
	struct sight now = look(slot);

	bool all = now.count == before->count, told = now.refused || now.error_state;

	if (!only_known(&now, before))
		print_error("%s: something was changed\n", tampering);
	else if (!all && !told)
		print_error("%s: something is missing, and nobody said so\n", tampering);
	check(only_known(&now, before) && (all || told));
}

/* --- a token with something of everything --------------------------------- */

static void
make_data(CK_SESSION_HANDLE session, CK_BBOOL is_private, const char *label, const char *value)
{
	CK_OBJECT_HANDLE object;

	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), YES(CKA_TOKEN), BOOL(CKA_PRIVATE, is_private),
		TEXT(CKA_LABEL, label), TEXT(CKA_APPLICATION, "application-7f3a"),
		TEXT(CKA_VALUE, value)),
	    &object));
}

static CK_OBJECT_HANDLE
make_secret(CK_SESSION_HANDLE session, CK_BBOOL is_private, const char *label, const char *value)
{
	CK_OBJECT_HANDLE object;

	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET),
		YES(CKA_TOKEN), BOOL(CKA_PRIVATE, is_private), NO(CKA_SENSITIVE),
		YES(CKA_EXTRACTABLE), TEXT(CKA_LABEL, label), TEXT(CKA_ID, "id-of-key-5c1e"),
		TEXT(CKA_VALUE, value)),
	    &object));
	return object;
}

/* Leaves the module stopped, so that nobody has the file open. */
static CK_SLOT_ID
token_populated(void)
{
	CK_SLOT_ID slot = token_make("store");
	CK_SESSION_HANDLE session = session_user(slot);
	CK_OBJECT_HANDLE object;

	make_data(session, CK_TRUE, "private-label-91d0", "private-value-4b2f");
	make_data(session, CK_FALSE, "public-label-77aa", "public-value-a1c3");
	make_secret(session, CK_TRUE, "secret-label-20bd", "secret-value-e6f8");
	make_secret(session, CK_FALSE, "open-label-c4d9", "hidden-value-3e70");
	ok(p11->C_GenerateKey(session, MECHANISM(CKM_AES_KEY_GEN),
	    TEMPLATE(YES(CKA_TOKEN), ULONG(CKA_VALUE_LEN, 32), TEXT(CKA_LABEL, "aes")), &object));
	ok(p11->C_Finalize(NULL));
	return slot;
}

/* --- secrecy -------------------------------------------------------------- */

/* C01, E11 */
static void
test_modes(void **state)
{
	static const mode_t umasks[] = { 0, 0777 };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(umasks); i++) {
		mode_t before = umask(umasks[i]);
		CK_SLOT_ID slot = token_make("modes");
		CK_SESSION_HANDLE session = session_user(slot);

		make_data(session, CK_TRUE, "label", "value");
		(void)umask(before);
		check(mode_of(store()) == 0700);
		check(mode_of(TOKEN(slot)) == 0600);
		check(mode_of(token_file(slot, ".tries")) == 0600);
		check(mode_of(token_file(slot, ".token-journal")) == 0600);
	}
}

/* C02: of a private object nothing, of a public one not the key. */
static void
test_clear_text(void **state)
{
	static const char *const hidden[] = { "private-label-91d0", "private-value-4b2f",
		"secret-label-20bd", "secret-value-e6f8", "hidden-value-3e70", USER_PIN, SO_PIN };
	CK_SLOT_ID slot = token_populated();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(hidden); i++)
		check(!on_disk(slot, text(hidden[i])));
	/* So that the search is known to find what is there. */
	check(on_disk(slot, text("public-label-77aa")));
	check(on_disk(slot, text("open-label-c4d9")));
}

/* C03: not even sealed. */
static void
test_destroyed(void **state)
{
	CK_SLOT_ID slot = token_make("destroyed");
	CK_SESSION_HANDLE session = session_user(slot);
	CK_OBJECT_HANDLE key = make_secret(session, CK_TRUE, "label", "value of sixteen");
	RELEASED(bytes_release) struct bytes secret = { 0 }, meta = { 0 };

	(void)state;
	secret = sql_value(slot, "SELECT secret FROM object");
	meta = sql_value(slot, "SELECT meta FROM object");
	check(on_disk(slot, bytes_view(&secret)) && on_disk(slot, bytes_view(&meta)));
	ok(p11->C_DestroyObject(session, key));
	check(!on_disk(slot, bytes_view(&secret)) && !on_disk(slot, bytes_view(&meta)));
}

/* --- tampering ------------------------------------------------------------ */

static bool
soaking(void)
{
	return getenv("HANDFAST_SOAK") != NULL;
}

/* C04: one bit somewhere where there is something. */
static void
test_bits(void **state)
{
	CK_SLOT_ID slot = token_populated();
	struct view original = file_read(TOKEN(slot));
	unsigned char *bytes = (unsigned char *)original.data;
	struct sight before = look(slot);
	unsigned seed = 1;

	(void)state;
	for (int flips = soaking() ? 3000 : 150; flips > 0;) {
		size_t at = (size_t)rand_r(&seed) % original.len;
		unsigned char bit = (unsigned char)(1 << rand_r(&seed) % 8);
		char what[64];

		if (bytes[at] == 0)
			continue;
		bytes[at] ^= bit;
		file_put(TOKEN(slot), original);
		bytes[at] ^= bit;
		snprintf(what, sizeof(what), "bit %#x of byte %zu turned", bit, at);
		assert_not_fooled(slot, &before, what);
		flips--;
	}
}

/* C09: each column of each table, '@', made larger, shorter, empty, something else, NULL. */
static const char *const changes[] = {
	"CASE typeof(@) WHEN 'integer' THEN @ + 1 ELSE CAST(@ || X'00' AS BLOB) END",
	"CASE typeof(@) WHEN 'integer' THEN 1 - @ ELSE substr(@, 2) END",
	"CASE typeof(@) WHEN 'integer' THEN 1 << 40 ELSE X'' END",
	"CASE typeof(@) WHEN 'integer' THEN 0 ELSE CAST(X'5a' || substr(@, 2) AS BLOB) END",
	"NULL",
};

static void
change_column(CK_SLOT_ID slot, const char *table, const char *column, struct view original,
    const struct sight *before)
{
	for (size_t i = 0; i < COUNT_OF(changes); i++) {
		char update[500];
		int len = snprintf(update, sizeof(update), "UPDATE %s SET %s = ", table, column);

		for (const char *c = changes[i]; *c != '\0'; c++)
			len += *c == '@' ? sprintf(update + len, "%s", column)
					 : sprintf(update + len, "%c", *c);
		file_put(TOKEN(slot), original);
		/* Some the table's own constraints refuse. */
		if (sql(slot, update))
			assert_not_fooled(slot, before, update);
	}
}

static void
test_cells(void **state)
{
	static const struct {
		const char *table, *columns[10];
	} tables[] = {
		{ "token",
		    { "uuid", "serial", "label", "slot", "policy", "last_id", "seal", "state" } },
		{ "pin",
		    { "epoch", "log2_n", "r", "p", "salt", "pepper", "commitment", "master" } },
		{ "object", { "version", "uid", "private", "seal", "tags", "meta", "secret" } },
		{ "tag", { "tag", "object" } },
	};
	CK_SLOT_ID slot = token_populated();
	struct view original = file_read(TOKEN(slot));
	struct sight before = look(slot);

	(void)state;
	for (size_t t = 0; t < COUNT_OF(tables); t++)
		for (size_t c = 0; tables[t].columns[c] != NULL; c++)
			change_column(
			    slot, tables[t].table, tables[t].columns[c], original, &before);
}

/* C10, C11, C12, C14, C18's smaller sisters: rows removed, exchanged, copied, turned. */
static void
test_rows(void **state)
{
	static const char *const edits[] = {
		"DELETE FROM object WHERE id = 1",
		"DELETE FROM object WHERE id = 2",
		"DELETE FROM object WHERE id = 5",
		"DELETE FROM object",
		"DELETE FROM tag",
		"DELETE FROM tag WHERE object = 3",
		"DELETE FROM tag WHERE tag IN (SELECT tag FROM tag LIMIT 1)",
		"DELETE FROM pin WHERE role = 0",
		"DELETE FROM pin WHERE role = 1",
		"DELETE FROM pin",
		"DELETE FROM token",
		"INSERT INTO object SELECT 9, version, uid, private, seal, tags, meta, secret "
		"FROM object WHERE id = 3",
		"INSERT INTO tag SELECT tag, 4 FROM tag WHERE object = 3",
		"CREATE TEMP TABLE t AS SELECT * FROM object; UPDATE object SET secret = "
		"(SELECT secret FROM t WHERE t.id = 8 - object.id) WHERE id IN (3, 5)",
		"CREATE TEMP TABLE t AS SELECT * FROM object; UPDATE object SET meta = "
		"(SELECT meta FROM t WHERE t.id = 4 - object.id), seal = "
		"(SELECT seal FROM t WHERE t.id = 4 - object.id) WHERE id IN (1, 3)",
		"CREATE TEMP TABLE t AS SELECT * FROM object; UPDATE object SET (version, uid, "
		"private, seal, tags, meta, secret) = (SELECT version, uid, private, seal, tags, "
		"meta, secret FROM t WHERE t.id = 8 - object.id) WHERE id IN (3, 5)",
		"CREATE TEMP TABLE t AS SELECT * FROM pin; DELETE FROM pin; INSERT INTO pin SELECT "
		"1 - role, epoch, log2_n, r, p, salt, pepper, commitment, master FROM t",
		"UPDATE object SET private = 0",
		"UPDATE object SET private = 1",
		"UPDATE object SET seal = NULL WHERE id = 2",
		"UPDATE object SET id = id + 100",
		"UPDATE pin SET log2_n = 14, r = 8, p = 2",
	};
	CK_SLOT_ID slot = token_populated();
	struct view original = file_read(TOKEN(slot));
	struct sight before = look(slot);

	(void)state;
	check(before.count == 5 && !before.error_state);
	for (size_t i = 0; i < COUNT_OF(edits); i++) {
		file_put(TOKEN(slot), original);
		check(sql(slot, edits[i]));
		assert_not_fooled(slot, &before, edits[i]);
	}
}

/* C10, C13: what leaves every object readable, or none but unsealed ones, is told after a login. */
static void
test_told(void **state)
{
	static const char *const edits[] = {
		"DELETE FROM object WHERE id = 2",
		"DELETE FROM tag WHERE object = 3",
		"DELETE FROM tag WHERE tag IN (SELECT tag FROM tag LIMIT 1)",
		"INSERT INTO tag SELECT tag, 4 FROM tag WHERE object = 3",
		"INSERT INTO tag VALUES (zeroblob(16), 1)",
		"UPDATE object SET id = id + 100",
		"UPDATE object SET private = 1 WHERE id = 2",
		"UPDATE token SET label = CAST(replace(label, 'store', 'other') AS BLOB)",
		"UPDATE token SET policy = 1",
		"DELETE FROM pin WHERE role = 1",
		/* Anybody may put a public object there; not unseen in the place of a sealed one.
		 */
		"UPDATE object SET seal = NULL, secret = NULL WHERE id = 4",
	};
	CK_SLOT_ID slot = token_populated();
	struct view original = file_read(TOKEN(slot));

	(void)state;
	for (size_t i = 0; i < COUNT_OF(edits); i++) {
		file_put(TOKEN(slot), original);
		check(sql(slot, edits[i]));
		if (!look(slot).error_state)
			fail_msg("%s: nobody said so", edits[i]);
	}
	file_put(TOKEN(slot), original);
	check(!look(slot).error_state);
}

/* The one byte in the file that says CKA_TRUSTED of an unsealed public key. */
static void
plant_trust(CK_SLOT_ID slot)
{
	static const unsigned char untrusted[] = { 0, 0, 0, 0, 0, 0, 0, 0x86, 0, 0, 0, 1, 0 };
	struct view bytes = file_read(TOKEN(slot));
	unsigned char *at = memmem(bytes.data, bytes.len, untrusted, sizeof(untrusted));

	check(at != NULL);
	at[sizeof(untrusted) - 1] = 1;
	file_put(TOKEN(slot), bytes);
}

static CK_RV
wrap_rv(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE wrapper, CK_OBJECT_HANDLE target)
{
	CK_BYTE blob[512];
	CK_ULONG len = sizeof(blob);

	return p11->C_WrapKey(session, MECHANISM(CKM_RSA_PKCS_OAEP), wrapper, target, blob, &len);
}

/* A27 by way of the file: trust that nobody vouches for is none, also after a change or in a copy.
 */
static void
test_planted_trust(void **state)
{
	CK_SLOT_ID slot = token_make("trust");
	CK_SESSION_HANDLE session = session_user(slot);
	CK_OBJECT_HANDLE pair[2], wrapper, target, copy;
	struct view modulus, exponent;

	(void)state;
	key_pair_rsa(session, 2048, pair);
	modulus = get_bytes(session, pair[0], CKA_MODULUS);
	exponent = get_bytes(session, pair[0], CKA_PUBLIC_EXPONENT);
	ok(p11->C_Logout(session));
	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY), ULONG(CKA_KEY_TYPE, CKK_RSA), YES(CKA_TOKEN),
		YES(CKA_WRAP), BYTES(CKA_MODULUS, modulus), BYTES(CKA_PUBLIC_EXPONENT, exponent)),
	    &wrapper));
	ok(p11->C_Finalize(NULL));
	plant_trust(slot);
	ok(p11->C_Initialize(NULL));
	session = session_user(slot);
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY)), &wrapper) == 1);
	check(get_bool(session, wrapper, CKA_TRUSTED));
	ok(p11->C_GenerateKey(session, MECHANISM(CKM_AES_KEY_GEN),
	    TEMPLATE(ULONG(CKA_VALUE_LEN, 32), YES(CKA_EXTRACTABLE), YES(CKA_WRAP_WITH_TRUSTED)),
	    &target));
	assert_rv(wrap_rv(session, wrapper, target), CKR_KEY_NOT_WRAPPABLE);
	ok(p11->C_CopyObject(session, wrapper, NO_TEMPLATE, &copy));
	assert_rv(wrap_rv(session, copy, target), CKR_KEY_NOT_WRAPPABLE);
	ok(set_one(session, wrapper, TEXT(CKA_LABEL, "adopted")));
	assert_rv(wrap_rv(session, wrapper, target), CKR_KEY_NOT_WRAPPABLE);
	check(!get_bool(session, wrapper, CKA_TRUSTED));
}

/* The level that nobody vouches for is the strict one; and what came before it does nothing then.
 */
static void
test_planted_policy(void **state)
{
	CK_SESSION_HANDLE session;
	CK_OBJECT_HANDLE early, target, late;
	CK_BYTE blob[64];
	CK_ULONG len = sizeof(blob);
	CK_SLOT_ID slot;

	(void)state;
	ok(p11->C_Finalize(NULL));
	client_configure("policy = strict\n");
	ok(p11->C_Initialize(NULL));
	slot = token_make("strict");
	ok(p11->C_Finalize(NULL));
	check(sql(slot, "UPDATE token SET policy = 0"));
	ok(p11->C_Initialize(NULL));
	session = session_open(slot, READ_WRITE);
	/* Without a login no seal is known, nor is a key. */
	ok(p11->C_GenerateKey(session, MECHANISM(CKM_AES_KEY_GEN),
	    TEMPLATE(ULONG(CKA_VALUE_LEN, 32), NO(CKA_PRIVATE), NO(CKA_EXTRACTABLE), YES(CKA_WRAP),
		YES(CKA_DECRYPT)),
	    &early));
	ok(p11->C_Login(session, CKU_USER, PIN(USER_PIN)));
	check((token_flags(slot) & CKF_ERROR_STATE) != 0);
	assert_rv(p11->C_GenerateKey(session, MECHANISM(CKM_AES_KEY_GEN),
		      TEMPLATE(ULONG(CKA_VALUE_LEN, 32), YES(CKA_WRAP), YES(CKA_DECRYPT)), &late),
	    CKR_TEMPLATE_INCONSISTENT);
	ok(p11->C_GenerateKey(session, MECHANISM(CKM_AES_KEY_GEN),
	    TEMPLATE(ULONG(CKA_VALUE_LEN, 32), YES(CKA_SENSITIVE)), &target));
	assert_rv(p11->C_WrapKey(session, MECHANISM(CKM_AES_KEY_WRAP), early, target, blob, &len),
	    CKR_KEY_FUNCTION_NOT_PERMITTED);
	assert_rv(p11->C_DecryptInit(session, MECHANISM(CKM_AES_KEY_WRAP), early),
	    CKR_KEY_FUNCTION_NOT_PERMITTED);
}

/* An older version of one row: the rest of the file is as it was left. */
static void
test_row_put_back(void **state)
{
	CK_SLOT_ID slot = token_populated();
	CK_OBJECT_HANDLE object;
	CK_SESSION_HANDLE session;
	struct sight before;
	char attach[400];

	(void)state;
	snprintf(attach, sizeof(attach), "VACUUM INTO '%s/older'", store());
	check(sql(slot, attach));
	ok(p11->C_Initialize(NULL));
	session = session_user(slot);
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "secret-label-20bd")), &object) == 1);
	ok(set_one(session, object, TEXT(CKA_LABEL, "another label")));
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "aes")), &object) == 1);
	ok(p11->C_DestroyObject(session, object));
	before = look(slot);
	snprintf(attach, sizeof(attach),
	    "ATTACH '%s/older' AS older; REPLACE INTO object SELECT * FROM older.object;"
	    "DELETE FROM tag; INSERT INTO tag SELECT * FROM older.tag",
	    store());
	check(sql(slot, attach));
	check(!before.error_state);
	/* What came back is authentic, each by itself: it is shown, and so is that it came back. */
	check(look(slot).error_state);
}

/* C05: what is not a token, or not whole, is refused and left alone. */
static void
assert_left_alone(CK_SLOT_ID slot, struct view bytes)
{
	file_put(TOKEN(slot), bytes);
	check(look(slot).refused);
	check(file_is(TOKEN(slot), bytes));
}

static void
test_broken_files(void **state)
{
	static const size_t lengths[] = { 0, 1, 15, 16, 99, 100, 511, 4095, 4096, 8192, 12000 };
	CK_SLOT_ID slot = token_populated();
	struct view original = file_read(TOKEN(slot));
	unsigned char *garbage = scratch(20000), *extended = scratch(original.len + 5000);
	struct sight before = look(slot);
	unsigned seed = 1;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(lengths); i++)
		assert_left_alone(slot, view_of(original.data, lengths[i]));
	assert_left_alone(slot, view_of(garbage, 20000));
	for (size_t i = 0; i < 20000; i++)
		garbage[i] = (unsigned char)rand_r(&seed);
	assert_left_alone(slot, view_of(garbage, 20000));
	memcpy(garbage, original.data, 100);
	assert_left_alone(slot, view_of(garbage, 20000));
	/* More behind it is none of it. */
	memcpy(extended, original.data, original.len);
	file_put(TOKEN(slot), view_of(extended, original.len + 5000));
	assert_not_fooled(slot, &before, "extended");
	file_put(TOKEN(slot), original);
	check(!look(slot).refused && look(slot).count == 5);
}

/* Other programs' databases, newer formats, and schemas with something of somebody else's. */
static void
test_foreign_files(void **state)
{
	static const char *const edits[] = {
		"PRAGMA application_id = 1",
		"PRAGMA user_version = 2",
		"PRAGMA user_version = 0",
		"PRAGMA journal_mode = WAL",
		"CREATE TRIGGER t AFTER UPDATE ON token BEGIN DELETE FROM object; END",
		"CREATE VIEW v AS SELECT * FROM object",
		"CREATE INDEX i ON object (uid)",
		"CREATE TABLE more (a)",
		"DROP TABLE tag",
		"ALTER TABLE object ADD COLUMN more BLOB",
		"ALTER TABLE tag RENAME TO tags",
		"ANALYZE",
	};
	CK_SLOT_ID slot = token_populated();
	struct view original = file_read(TOKEN(slot));

	(void)state;
	for (size_t i = 0; i < COUNT_OF(edits); i++) {
		file_put(TOKEN(slot), original);
		check(sql(slot, edits[i]));
		assert_left_alone(slot, file_read(TOKEN(slot)));
	}
	file_put(TOKEN(slot), original);
	check(look(slot).count == 5);
}

/* C15: a cost beyond the ceiling is refused without being paid. */
static void
test_cost_raised(void **state)
{
	static const char *const edits[] = { "UPDATE pin SET log2_n = 31",
		"UPDATE pin SET log2_n = 4294967311", "UPDATE pin SET r = 1073741824",
		"UPDATE pin SET p = 2000", "UPDATE pin SET log2_n = 20, r = 32, p = 32" };
	CK_SLOT_ID slot = token_populated();
	struct view original = file_read(TOKEN(slot));

	(void)state;
	for (size_t i = 0; i < COUNT_OF(edits); i++) {
		time_t start = time(NULL);

		file_put(TOKEN(slot), original);
		check(sql(slot, edits[i]));
		check(look(slot).refused);
		check(time(NULL) - start <= 1);
	}
}

/* C17 */
static void
test_link(void **state)
{
	CK_SLOT_ID slot = token_populated();
	const char *aside = client_path("aside");
	struct view original;

	(void)state;
	check(rename(TOKEN(slot), aside) == 0);
	check(symlink(aside, TOKEN(slot)) == 0);
	original = file_read(aside);
	check(look(slot).refused);
	check(file_is(aside, original));
	check(unlink(TOKEN(slot)) == 0 && rename(aside, TOKEN(slot)) == 0);
	check(look(slot).count == 5);
}

/* Files that others could have put there. */
static void
test_writable_by_others(void **state)
{
	CK_SLOT_ID slot = token_populated();

	(void)state;
	check(chmod(TOKEN(slot), 0620) == 0);
	check(look(slot).refused);
	check(chmod(TOKEN(slot), 0600) == 0);
	check(chmod(store(), 0777) == 0);
	check(look(slot).refused);
	check(chmod(store(), 0700) == 0);
	check(look(slot).count == 5);
}

/* A token as the first release of format 1 wrote it: it stays readable for ever. */
static void
test_kept_file(void **state)
{
	CK_SESSION_HANDLE session;
	CK_OBJECT_HANDLE key;

	(void)state;
	check(mkdir(store(), 0700) == 0);
	file_put(TOKEN((CK_SLOT_ID)0), file_read(source_file("format-1.token")));
	session = session_user(0);
	check((token_flags(0) & CKF_ERROR_STATE) == 0);
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "secret-label-20bd")), &key) == 1);
	same_bytes(get_bytes(session, key, CKA_VALUE), text("secret-value-e6f8"));
	same_bytes(get_bytes(session, key, CKA_ID), text("id-of-key-5c1e"));
	check(find(session, NO_TEMPLATE, NULL) >= 5);
	data_object(session, CK_TRUE, "one more");
	ok(p11->C_Finalize(NULL));
	check(look(0).count == 6);
}

/* C13: who has not logged in may be shown what others made of a public object; the owner is not. */
static void
test_public_altered(void **state)
{
	CK_SLOT_ID slot = token_populated();
	struct view bytes = file_read(TOKEN(slot));
	CK_SESSION_HANDLE session;
	CK_OBJECT_HANDLE object;
	unsigned char *at = memmem(bytes.data, bytes.len, "public-value-a1c3", 17);

	(void)state;
	check(at != NULL);
	memcpy(at, "public-value-evil", 17);
	file_put(TOKEN(slot), bytes);
	ok(p11->C_Initialize(NULL));
	session = session_open(slot, READ_ONLY);
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "public-label-77aa")), &object) == 1);
	same_bytes(get_bytes(session, object, CKA_VALUE), text("public-value-evil"));
	ok(p11->C_Login(session, CKU_USER, PIN(USER_PIN)));
	assert_rv(get_rv(session, object, CKA_VALUE), CKR_DEVICE_ERROR);
	check(find(session, TEMPLATE(TEXT(CKA_VALUE, "public-value-evil")), NULL) == 0);
	/* The rest is as it was. */
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "private-label-91d0")), NULL) == 1);
}

/* --- roll-backs ----------------------------------------------------------- */

static void
roll_back(void *argument)
{
	CK_SLOT_ID slot = *(CK_SLOT_ID *)argument;
	struct view older = file_read(client_path("older"));

	file_overwrite(TOKEN(slot), older);
}

/* C06, C07: a process that has seen the newer state says so of the older. */
static void
test_rolled_back(void **state)
{
	CK_SLOT_ID slot = token_make("rolled back");
	CK_SESSION_HANDLE session = session_user(slot);
	struct view older = file_read(TOKEN(slot));
	CK_OBJECT_HANDLE object;

	(void)state;
	file_put(client_path("older"), older);
	make_data(session, CK_TRUE, "label", "value");
	check(find(session, NO_TEMPLATE, NULL) > 0);
	/* From a child: closing the file here would drop the module's locks on it. */
	check(in_child(roll_back, &slot, 10) == 0);
	assert_rv(p11->C_CreateObject(
		      session, TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), YES(CKA_TOKEN)), &object),
	    CKR_DEVICE_REMOVED);
	ok(p11->C_Finalize(NULL));
	ok(p11->C_Initialize(NULL));
	session = session_user(slot);
	check((token_flags(slot) & CKF_ERROR_STATE) != 0);
}

static void
log_in_right(void *slot)
{
	ok(p11->C_Initialize(NULL));
	ok(p11->C_Login(session_open(*(CK_SLOT_ID *)slot, READ_ONLY), CKU_USER, PIN(USER_PIN)));
	ok(p11->C_Finalize(NULL));
}

/*
 * C07: with a file from before the PIN was changed the PIN of then is back, and nobody
 * can know who has not seen the other.  Who has, says so.
 */
static void
test_old_pin_back(void **state)
{
	CK_SLOT_ID slot = token_make("old pin");
	CK_SESSION_HANDLE session = session_user(slot);
	struct view older = file_read(TOKEN(slot));
	CK_OBJECT_HANDLE object;

	(void)state;
	file_put(client_path("older"), older);
	ok(p11->C_SetPIN(session, PIN(USER_PIN), PIN("a new pin")));
	check(in_child(roll_back, &slot, 10) == 0);
	check(in_child(log_in_right, &slot, 30) == 0);
	/* Of a token that is older than it was no PIN is right or wrong. */
	assert_rv(p11->C_SetPIN(session, PIN("a new pin"), PIN("a third pin")), CKR_DEVICE_REMOVED);
	assert_rv(p11->C_SetPIN(session, PIN(USER_PIN), PIN("a third pin")), CKR_DEVICE_REMOVED);
	assert_rv(p11->C_CreateObject(
		      session, TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), YES(CKA_TOKEN)), &object),
	    CKR_DEVICE_REMOVED);
	ok(p11->C_Finalize(NULL));
	ok(p11->C_Initialize(NULL));
	session = session_open(slot, READ_WRITE);
	assert_rv(p11->C_Login(session, CKU_USER, PIN("a new pin")), CKR_PIN_INCORRECT);
	ok(p11->C_Login(session, CKU_USER, PIN(USER_PIN)));
	check((token_flags(slot) & CKF_ERROR_STATE) != 0);
}

static void
remove_token(void *argument)
{
	check(unlink(TOKEN(*(CK_SLOT_ID *)argument)) == 0);
}

static void
replace_token(void *argument)
{
	CK_SLOT_ID slot = *(CK_SLOT_ID *)argument;
	struct view older = file_read(client_path("older"));

	file_put(TOKEN(slot), older);
}

/* C18, F12's cousins: the file is gone, or another one is there. */
static void
test_file_replaced(void **state)
{
	CK_SLOT_ID slot = token_make("replaced");
	CK_SESSION_HANDLE session = session_user(slot);
	struct view older = file_read(TOKEN(slot));
	CK_OBJECT_HANDLE object;

	(void)state;
	file_put(client_path("older"), older);
	check(in_child(replace_token, &slot, 10) == 0);
	assert_rv(p11->C_CreateObject(
		      session, TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), YES(CKA_TOKEN)), &object),
	    CKR_DEVICE_REMOVED);
	ok(p11->C_CloseAllSessions(slot));
	session = session_user(slot);
	make_data(session, CK_TRUE, "label", "value");
	check(in_child(remove_token, &slot, 10) == 0);
	refused(p11->C_CreateObject(
	    session, TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), YES(CKA_TOKEN)), &object));
}

static CK_BYTE serial[2][16];

static void
serial_of(CK_SLOT_ID slot, unsigned which)
{
	CK_TOKEN_INFO info;

	ok(p11->C_GetTokenInfo(slot, &info));
	memcpy(serial[which], info.serialNumber, sizeof(info.serialNumber));
}

/*
 * C18: another token with the same label and PINs in the place of this, while nobody
 * looks.  Nothing tells of it but its serial number and that the keys are others; the
 * rows of the one are worth nothing in the other (t-tamper).
 */
static void
test_token_exchanged(void **state)
{
	CK_SLOT_ID slot = token_populated(), other;
	CK_SESSION_HANDLE session;

	(void)state;
	ok(p11->C_Initialize(NULL));
	serial_of(slot, 0);
	other = token_make("store");
	ok(p11->C_Finalize(NULL));
	file_put(TOKEN(slot), file_read(TOKEN(other)));
	(void)unlink(TOKEN(other));
	ok(p11->C_Initialize(NULL));
	serial_of(slot, 1);
	check(memcmp(serial[0], serial[1], sizeof(serial[0])) != 0);
	session = session_user(slot);
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "aes")), NULL) == 0);
}

/* --- PIN tries ------------------------------------------------------------ */

/* C14: what somebody made of the cost in the file is no measure for a new PIN. */
static void
test_cost_of_new_pin(void **state)
{
	CK_SLOT_ID slot = token_populated();
	CK_SESSION_HANDLE session;
	RELEASED(bytes_release) struct bytes cost = { 0 };

	(void)state;
	check(sql(slot, "UPDATE pin SET log2_n = 14, r = 9, p = 2 WHERE role = 0"));
	ok(p11->C_Initialize(NULL));
	session = session_open(slot, READ_WRITE);
	refused(p11->C_Login(session, CKU_USER, PIN(USER_PIN)));
	ok(p11->C_Login(session, CKU_SO, PIN(SO_PIN)));
	ok(p11->C_InitPIN(session, PIN(USER_PIN)));
	ok(p11->C_Logout(session));
	ok(p11->C_Login(session, CKU_USER, PIN(USER_PIN)));
	ok(p11->C_Finalize(NULL));
	cost = sql_value(slot, "SELECT log2_n || ',' || r || ',' || p FROM pin WHERE role = 0");
	same_bytes(bytes_view(&cost), text("14,8,1"));
}

/*
 * C16: who may write the folder may set the count of wrong PINs back, and nobody can
 * see it.  What each guess costs stays.
 */
static void
test_count_set_back(void **state)
{
	CK_SLOT_ID slot = token_make("set back");
	CK_SESSION_HANDLE session = session_open(slot, READ_ONLY);

	(void)state;
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < 9; i++)
			assert_rv(
			    p11->C_Login(session, CKU_USER, PIN("not the pin")), CKR_PIN_INCORRECT);
		check((token_flags(slot) & CKF_USER_PIN_FINAL_TRY) != 0);
		check(unlink(token_file(slot, ".tries")) == 0);
		check((token_flags(slot) & CKF_USER_PIN_COUNT_LOW) == 0);
	}
	ok(p11->C_Login(session, CKU_USER, PIN(USER_PIN)));
}

/* F05's first half: more right PINs at once than there are tries. */
static void
test_right_at_once(void **state)
{
	CK_SLOT_ID slot = token_make("at once");
	pid_t children[40];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(children); i++)
		children[i] = child_start(log_in_right, &slot);
	for (size_t i = 0; i < COUNT_OF(children); i++)
		check(child_result(children[i], 60) == 0);
	check((token_flags(slot) & CKF_USER_PIN_COUNT_LOW) == 0);
}

/* The file of tries is written anew when it has grown, and loses nothing. */
static void
test_tries_compacted(void **state)
{
	CK_SLOT_ID slot = token_make("compacted");
	CK_SESSION_HANDLE session = session_open(slot, READ_WRITE);
	unsigned char *grown = scratch(5000);
	struct view first;

	(void)state;
	assert_rv(p11->C_Login(session, CKU_SO, PIN("not his pin")), CKR_PIN_INCORRECT);
	first = file_read(token_file(slot, ".tries"));
	check(first.data[first.len - 1] == 'X');
	memset(grown, '\n', 5000);
	grown[0] = 'X';
	file_overwrite(token_file(slot, ".tries"), view_of(grown, 5000));
	ok(p11->C_Login(session, CKU_USER, PIN(USER_PIN)));
	same_bytes(file_read(token_file(slot, ".tries")), text("X"));
	check((token_flags(slot) & CKF_SO_PIN_COUNT_LOW) != 0);
}

/* --- read-only stores ----------------------------------------------------- */

/* As another user, for whom modes count, where this one is root. */
static void
be_nobody(void)
{
	if (geteuid() == 0)
		check(setresgid(65534, 65534, 65534) == 0 && setresuid(65534, 65534, 65534) == 0);
}

static void
use_read_only(void *argument)
{
	CK_SLOT_ID slot = *(CK_SLOT_ID *)argument;
	CK_SESSION_HANDLE session;
	CK_OBJECT_HANDLE key;

	be_nobody();
	ok(p11->C_Initialize(NULL));
	check((token_flags(slot) & CKF_WRITE_PROTECTED) != 0);
	session = session_open(slot, READ_ONLY);
	/* D96: there is nowhere to count, so tries become slow, and the right PIN goes on working.
	 */
	for (int i = 0; i < 12; i++)
		assert_rv(p11->C_Login(session, CKU_USER, PIN("not the pin")), CKR_PIN_INCORRECT);
	ok(p11->C_Login(session, CKU_USER, PIN(USER_PIN)));
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "aes")), &key) == 1);
	ok(p11->C_EncryptInit(
	    session, &(CK_MECHANISM){ CKM_AES_CBC_PAD, (CK_BYTE[16]){ 0 }, 16 }, key));
	ok(p11->C_Finalize(NULL));
}

/* F08, D96 */
static void
test_read_only(void **state)
{
	CK_SLOT_ID slot = token_populated();
	time_t start = time(NULL);

	(void)state;
	(void)unlink(token_file(slot, ".token-journal"));
	(void)unlink(token_file(slot, ".tries"));
	check(chmod(TOKEN(slot), 0444) == 0 && chmod(store(), 0555) == 0);
	check(chmod(client_path(""), 0755) == 0);
	check(in_child(use_read_only, &slot, 60) == 0);
	check(time(NULL) - start >= 1);
	check(chmod(store(), 0700) == 0 && chmod(TOKEN(slot), 0600) == 0);
	check(!file_there(token_file(slot, ".tries")) &&
	    !file_there(token_file(slot, ".token-journal")));
	check(look(slot).count == 5);
}

static void
write_read_only(void *argument)
{
	CK_SLOT_ID slot = *(CK_SLOT_ID *)argument;
	CK_SESSION_HANDLE session;
	CK_OBJECT_HANDLE object;
	CK_RV rv;

	be_nobody();
	ok(p11->C_Initialize(NULL));
	rv = p11->C_OpenSession(slot, READ_WRITE, NULL, NULL, &session);
	if (rv == CKR_OK)
		rv = p11->C_Login(session, CKU_USER, PIN(USER_PIN));
	if (rv == CKR_OK)
		rv = p11->C_CreateObject(
		    session, TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), YES(CKA_TOKEN)), &object);
	assert_rv(rv, CKR_TOKEN_WRITE_PROTECTED);
}

static void
test_read_only_refuses(void **state)
{
	CK_SLOT_ID slot = token_populated();

	(void)state;
	check(chmod(TOKEN(slot), 0444) == 0 && chmod(store(), 0555) == 0);
	check(chmod(client_path(""), 0755) == 0);
	check(in_child(write_read_only, &slot, 60) == 0);
	check(chmod(store(), 0700) == 0 && chmod(TOKEN(slot), 0600) == 0);
	check(look(slot).count == 5);
}

/* --- full disks
 * ------------------------------------------------------------------------------------ */

static void
write_until_full(CK_SESSION_HANDLE session, int *made)
{
	CK_BYTE value[3000] = { 0 };
	CK_OBJECT_HANDLE object;
	CK_RV rv;

	for (*made = 0; *made < 2000; ++*made) {
		rv = p11->C_CreateObject(session,
		    TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), YES(CKA_TOKEN), YES(CKA_PRIVATE),
			ATTRIBUTE(CKA_VALUE, value, sizeof(value))),
		    &object);
		if (rv != CKR_OK)
			break;
	}
	assert_rv(rv, CKR_DEVICE_MEMORY);
}

static CK_ULONG
data_objects(CK_SESSION_HANDLE session)
{
	return find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_DATA)), NULL);
}

/* E99: a limit on file sizes is an error, not the end of the host; and it is not for ever. */
static void
outgrow_limit(void *argument)
{
	struct rlimit limit = { 64 << 10, RLIM_INFINITY };
	CK_SLOT_ID slot = *(CK_SLOT_ID *)argument;
	CK_SESSION_HANDLE session;
	int made;

	ok(p11->C_Initialize(NULL));
	session = session_user(slot);
	check(setrlimit(RLIMIT_FSIZE, &limit) == 0);
	write_until_full(session, &made);
	check(made > 0);
	ok(p11->C_Logout(session));
	ok(p11->C_Login(session, CKU_USER, PIN(USER_PIN)));
	check(data_objects(session) == (CK_ULONG)made);
	limit.rlim_cur = RLIM_INFINITY;
	check(setrlimit(RLIMIT_FSIZE, &limit) == 0);
	data_object(session, CK_TRUE, "after");
	check(data_objects(session) == (CK_ULONG)made + 1);
	ok(p11->C_Finalize(NULL));
}

static void
test_file_size_limit(void **state)
{
	CK_SLOT_ID slot = token_make("limit");

	(void)state;
	check(in_child(outgrow_limit, &slot, 60) == 0);
}

/* F09, in a mount namespace of its own. */
#define CANNOT_MOUNT 77
static void
fill_disk(void *argument)
{
	const char *store = client_path("small");
	CK_SLOT_ID slot;
	CK_SESSION_HANDLE session;
	int made;

	(void)argument;
	if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
	    mkdir(store, 0700) != 0 || mount("none", store, "tmpfs", 0, "size=400k,mode=0700") != 0)
		_exit(CANNOT_MOUNT);
	check(setenv("HANDFAST_STORE", store, 1) == 0);
	ok(p11->C_Initialize(NULL));
	slot = token_make("small");
	session = session_user(slot);
	write_until_full(session, &made);
	check(made > 10);
	ok(p11->C_Finalize(NULL));
	/* Full, it opens, counts what was acknowledged, and lets in. */
	ok(p11->C_Initialize(NULL));
	session = session_user(slot);
	check(data_objects(session) == (CK_ULONG)made);
	check((token_flags(slot) & CKF_ERROR_STATE) == 0);
	/* And goes on as soon as there is room. */
	check(mount("none", store, "tmpfs", MS_REMOUNT, "size=800k") == 0);
	data_object(session, CK_TRUE, "after");
	check(data_objects(session) == (CK_ULONG)made + 1);
	ok(p11->C_Finalize(NULL));
}

static void
test_full_disk(void **state)
{
	int result = in_child(fill_disk, NULL, 60);

	(void)state;
	if (result == CANNOT_MOUNT)
		skip_because("a small file system cannot be mounted here");
	assert_int_equal(result, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_fresh(test_modes),
		test_fresh(test_clear_text),
		test_fresh(test_destroyed),
		test_fresh(test_bits),
		test_fresh(test_cells),
		test_fresh(test_rows),
		test_fresh(test_told),
		test_fresh(test_planted_trust),
		test_fresh(test_planted_policy),
		test_fresh(test_row_put_back),
		test_fresh(test_broken_files),
		test_fresh(test_foreign_files),
		test_fresh(test_cost_raised),
		test_fresh(test_link),
		test_fresh(test_writable_by_others),
		test_fresh(test_kept_file),
		test_fresh(test_public_altered),
		test_fresh(test_rolled_back),
		test_fresh(test_old_pin_back),
		test_fresh(test_file_replaced),
		test_fresh(test_token_exchanged),
		test_fresh(test_cost_of_new_pin),
		test_fresh(test_count_set_back),
		test_fresh(test_right_at_once),
		test_fresh(test_tries_compacted),
		test_fresh(test_read_only),
		test_fresh(test_read_only_refuses),
		test_fresh(test_file_size_limit),
		test_fresh(test_full_disk),
	};

	return test_main(tests, NULL, NULL);
}
