/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SQLite: how a token's file is opened, what its tables are, and what SQLite's
 * answers mean.  It must not know what is sealed in the columns, nor of PINs.
 */
#include "store/db.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "token/base/clock.h"
#include "token/base/gate.h"
#include "token/base/log.h"

/* --- the format ----------------------------------------------------------- */

#define APPLICATION_ID 0x48465354 /* "HFST" */
#define USER_VERSION 1

/* Longest value of a column: an attacker's file must not cost us more memory than this. */
#define VALUE_MOST (16 << 20)

/* The schema, in this order and to the letter.  FORMAT.md tells what the columns hold. */
static const struct table {
	const char *name, *sql;
} schema[] = {
	{ "token",
	    "CREATE TABLE token (id INTEGER PRIMARY KEY CHECK (id = 1), uuid BLOB NOT NULL, "
	    "serial BLOB NOT NULL, label BLOB NOT NULL, slot INTEGER NOT NULL, "
	    "policy INTEGER NOT NULL, last_id INTEGER NOT NULL, seal BLOB NOT NULL, "
	    "state BLOB NOT NULL) STRICT" },
	{ "pin",
	    "CREATE TABLE pin (role INTEGER PRIMARY KEY CHECK (role IN (0, 1)), "
	    "epoch INTEGER NOT NULL, log2_n INTEGER NOT NULL, r INTEGER NOT NULL, "
	    "p INTEGER NOT NULL, salt BLOB NOT NULL, pepper BLOB, commitment BLOB NOT NULL, "
	    "master BLOB NOT NULL) STRICT" },
	{ "object",
	    "CREATE TABLE object (id INTEGER PRIMARY KEY, version INTEGER NOT NULL, "
	    "uid BLOB NOT NULL, private INTEGER NOT NULL, seal BLOB, tags BLOB NOT NULL, "
	    "meta BLOB NOT NULL, secret BLOB) STRICT" },
	{ "tag",
	    "CREATE TABLE tag (tag BLOB NOT NULL, object INTEGER NOT NULL, "
	    "PRIMARY KEY (tag, object)) STRICT, WITHOUT ROWID" },
};

static const char *const statement_sql[STATEMENTS] = {
	[BEGIN_READ] = "BEGIN",
	[BEGIN_WRITE] = "BEGIN IMMEDIATE",
	[COMMIT] = "COMMIT",
	[ROLLBACK] = "ROLLBACK",
	[TOKEN_GET] = "SELECT uuid, serial, label, slot, policy, last_id, seal, state "
		      "FROM token WHERE id = 1",
	[TOKEN_PUT] = "INSERT OR REPLACE INTO token (id, uuid, serial, label, slot, policy, "
		      "last_id, seal, state) VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
	[TOKEN_SET] = "UPDATE token SET last_id = ?1, seal = ?2, state = ?3 WHERE id = 1",
	[PIN_GET] = "SELECT epoch, log2_n, r, p, salt, pepper, commitment, master "
		    "FROM pin WHERE role = ?1",
	[PIN_PUT] = "INSERT OR REPLACE INTO pin (role, epoch, log2_n, r, p, salt, pepper, "
		    "commitment, master) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
	[PIN_EPOCHS] = "SELECT role, epoch FROM pin",
	/* The secret is read from its pages only when it is asked for. */
	[OBJECT_GET] = "SELECT id, version, uid, private, seal, tags, secret IS NOT NULL, meta, "
		       "CASE WHEN ?2 THEN secret END FROM object WHERE id = ?1",
	[OBJECT_VERSION] = "SELECT version FROM object WHERE id = ?1",
	[OBJECT_LAST] = "SELECT ifnull(max(id), 0) FROM object",
	[OBJECT_PUT] = "INSERT OR REPLACE INTO object (id, version, uid, private, seal, tags, "
		       "meta, secret) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
	[OBJECT_DELETE] = "DELETE FROM object WHERE id = ?1",
	[OBJECT_IDS] = "SELECT id FROM object WHERE id > ?2 AND (?1 OR private = 0) "
		       "ORDER BY id LIMIT ?3",
	[OBJECT_SCAN] = "SELECT id, version, uid, private, seal, tags, secret IS NOT NULL, meta, "
			"secret FROM object WHERE id > ?1 ORDER BY id",
	[OBJECT_COUNT] = "SELECT count(*) FROM object",
	[OBJECT_ALL] = "SELECT id, version, uid, private, seal, tags FROM object ORDER BY id",
	[TAG_SEEK] = "SELECT object FROM tag WHERE tag = ?1 AND object >= ?2 ORDER BY object",
	[TAG_PUT] = "INSERT OR IGNORE INTO tag (tag, object) VALUES (?1, ?2)",
	[TAG_DELETE] = "DELETE FROM tag WHERE tag = ?1 AND object = ?2",
	[TAG_ALL] = "SELECT tag, object FROM tag ORDER BY tag, object",
	[TAG_COUNT] = "SELECT count(*) FROM tag",
	[TAG_OWNERS] = "SELECT tag.tag, tag.object, object.tags FROM tag "
		       "LEFT JOIN object ON object.id = tag.object",
	[ALL_PINS_DELETE] = "DELETE FROM pin",
	[ALL_OBJECTS_DELETE] = "DELETE FROM object",
	[ALL_TAGS_DELETE] = "DELETE FROM tag",
	[INTEGRITY] = "PRAGMA integrity_check(100)",
	[PAGE_COUNT] = "PRAGMA page_count",
};

/* --- SQLite's answers ----------------------------------------------------- */

/* Of SQLITE_IOERR and SQLITE_CANTOPEN: the system's reason says more. */
static enum store_status
system_status(int code, int error)
{
	switch (error) {
	case ENOSPC:
	case EDQUOT:
	case EFBIG:
		return STORE_FULL;
	case EROFS:
	case EACCES:
	case EPERM:
		return STORE_READ_ONLY;
	case ENOMEM:
		return STORE_NO_MEMORY;
	default:
		break;
	}
	if (code == SQLITE_IOERR_NOMEM)
		return STORE_NO_MEMORY;
	if (code == SQLITE_CANTOPEN_SYMLINK)
		return STORE_FOREIGN;
	return STORE_IO;
}

static enum store_status
status_of(int code, int error)
{
	switch (code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return STORE_BUSY;
	case SQLITE_FULL:
	case SQLITE_TOOBIG:
		return STORE_FULL;
	case SQLITE_NOMEM:
		return STORE_NO_MEMORY;
	case SQLITE_READONLY:
		return code == SQLITE_READONLY_DBMOVED ? STORE_REPLACED : STORE_READ_ONLY;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_ERROR: /* our statements are right: it is the tables that are not */
	case SQLITE_CONSTRAINT:
	case SQLITE_MISMATCH:
	case SQLITE_SCHEMA:
		return STORE_DAMAGED;
	default:
		return system_status(code, error);
	}
}

/*
 * The system's reason: what errno holds, which was cleared before SQLite was called
 * and which undoing the change does not touch.  SQLite itself keeps it for some of its
 * calls only, not for a commit; of the journal it keeps none, and of the file the last
 * one, whenever that was.
 */
static int
system_error(struct db *db, int left)
{
	int error = left != 0 ? left : sqlite3_system_errno(db->sql);

	/* Where there was no memory for a connection there is none to ask. */
	if (error == 0 && db->sql != NULL)
		(void)sqlite3_file_control(db->sql, "main", SQLITE_FCNTL_LAST_ERRNO, &error);
	return error;
}

static enum store_status
db_error(struct db *db, int code)
{
	int error = system_error(db, errno);

	log_error("%s: %s (SQLite %d, errno %d)", db->name, sqlite3_errmsg(db->sql), code, error);
	if (code == SQLITE_READONLY_ROLLBACK)
		log_error("%s was left in the middle of a change, to be undone by somebody who may "
			  "write it",
		    db->name);
	return status_of(code, error);
}

enum store_status
db_damage(const struct db *db, const char *what, enum store_status status)
{
	if (status == STORE_DAMAGED)
		log_error("%s: %s is damaged", db->name, what);
	return status;
}

/* Others have the file locked: try again for a while.  SQLite counts the calls. */
static int
busy(void *connection, int calls)
{
	struct db *db = connection;

	if (calls == 0)
		db->waiting = clock_now();
	if (clock_now() - db->waiting > WAIT_MS)
		return 0;
	/* Nothing is held unless our own write waits for the last readers to leave. */
	if (!db->writing)
		gate_pause();
	clock_back_off((unsigned)calls, PAUSE_SHORT);
	if (!db->writing)
		gate_resume();
	return 1;
}

/* --- statements ----------------------------------------------------------- */

enum store_status
db_prepare(struct db *db, enum statement which, sqlite3_stmt **out)
{
	int code;

	if (db->statements[which] == NULL) {
		errno = 0;
		code = sqlite3_prepare_v3(db->sql, statement_sql[which], -1,
		    SQLITE_PREPARE_PERSISTENT, &db->statements[which], NULL);
		if (code != SQLITE_OK)
			return db_error(db, code);
	}
	*out = db->statements[which];
	return STORE_OK;
}

void
statement_done(sqlite3_stmt **statement)
{
	if (*statement != NULL) {
		(void)sqlite3_reset(*statement);
		/* What was bound is borrowed from the caller and about to go. */
		(void)sqlite3_clear_bindings(*statement);
	}
}

enum store_status
db_step(struct db *db, sqlite3_stmt *statement, bool *row)
{
	int code;

	errno = 0;
	code = sqlite3_step(statement);
	*row = code == SQLITE_ROW;
	if (code == SQLITE_ROW || code == SQLITE_DONE)
		return STORE_OK;
	return db_error(db, code);
}

enum store_status
db_run(struct db *db, enum statement which)
{
	RELEASED(statement_done) sqlite3_stmt *statement = NULL;
	bool row;

	/* What undoes it must not fail for want of memory later on. */
	if (which == BEGIN_READ || which == BEGIN_WRITE)
		TRY(db_prepare(db, ROLLBACK, &statement));
	TRY(db_prepare(db, which, &statement));
	TRY(db_step(db, statement, &row));
	db->writing = which == BEGIN_WRITE || (db->writing && which != COMMIT);
	return STORE_OK;
}

void
db_rollback(struct db *db)
{
	/* SQLite has undone it already after some errors. */
	if (!sqlite3_get_autocommit(db->sql))
		(void)!db_run(db, ROLLBACK);
	db->writing = false;
}

static enum store_status
bound(int code)
{
	return code == SQLITE_OK ? STORE_OK : code == SQLITE_TOOBIG ? STORE_FULL : STORE_NO_MEMORY;
}

enum store_status
bind_u64(sqlite3_stmt *statement, int index, uint64_t value)
{
	return bound(sqlite3_bind_int64(statement, index, (sqlite3_int64)value));
}

enum store_status
bind_view(sqlite3_stmt *statement, int index, struct view value)
{
	if (value.len == 0)
		return bound(sqlite3_bind_zeroblob(statement, index, 0));
	return bound(sqlite3_bind_blob64(statement, index, value.data, value.len, SQLITE_STATIC));
}

enum store_status
column_u64(sqlite3_stmt *statement, int index, uint64_t *value)
{
	sqlite3_int64 number = sqlite3_column_int64(statement, index);

	if (sqlite3_column_type(statement, index) != SQLITE_INTEGER || number < 0)
		return STORE_DAMAGED;
	*value = (uint64_t)number;
	return STORE_OK;
}

enum store_status
column_bool(sqlite3_stmt *statement, int index, bool *value)
{
	uint64_t number;

	TRY(column_u64(statement, index, &number));
	*value = number == 1;
	return number <= 1 ? STORE_OK : STORE_DAMAGED;
}

enum store_status
column_view(sqlite3_stmt *statement, int index, struct view *value)
{
	if (sqlite3_column_type(statement, index) != SQLITE_BLOB)
		return STORE_DAMAGED;
	value->data = sqlite3_column_blob(statement, index);
	value->len = (size_t)sqlite3_column_bytes(statement, index);
	return value->data != NULL || value->len == 0 ? STORE_OK : STORE_NO_MEMORY;
}

enum store_status
column_bytes(sqlite3_stmt *statement, int index, void *out, size_t len)
{
	struct view value;

	TRY(column_view(statement, index, &value));
	if (value.len != len)
		return STORE_DAMAGED;
	memcpy(out, value.data, len);
	return STORE_OK;
}

bool
column_null(sqlite3_stmt *statement, int index)
{
	return sqlite3_column_type(statement, index) == SQLITE_NULL;
}

/* --- opening -------------------------------------------------------------- */

static enum store_status
run_text(struct db *db, const char *sql)
{
	int code;

	errno = 0;
	code = sqlite3_exec(db->sql, sql, NULL, NULL, NULL);
	return code == SQLITE_OK ? STORE_OK : db_error(db, code);
}

/* As if the file came from an enemy: nothing in its schema may run. */
static enum store_status
harden(struct db *db)
{
	static const struct {
		int option, value;
	} options[] = {
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
		{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
		{ SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0 },
		{ SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 },
		{ SQLITE_DBCONFIG_ENABLE_VIEW, 0 },
		{ SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
		{ SQLITE_DBCONFIG_DQS_DDL, 0 },
		{ SQLITE_DBCONFIG_DQS_DML, 0 },
	};
	int code;

	for (size_t i = 0; i < COUNT_OF(options); i++) {
		code = sqlite3_db_config(db->sql, options[i].option, options[i].value, NULL);
		if (code != SQLITE_OK)
			return db_error(db, code);
	}
	(void)sqlite3_limit(db->sql, SQLITE_LIMIT_LENGTH, VALUE_MOST);
	(void)sqlite3_limit(db->sql, SQLITE_LIMIT_ATTACHED, 0);
	return STORE_OK;
}

static enum store_status
db_connect(const char *path, int flags, struct db **out)
{
	struct db *db;
	enum store_status status;
	int code;

	TRY(sqlite_load());
	db = calloc(1, sizeof(*db));
	if (db == NULL || !gate_install()) {
		free(db);
		return STORE_NO_MEMORY;
	}
	db->name = path;
	errno = 0;
	code = sqlite3_open_v2(path, &db->sql,
	    flags | SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE |
		SQLITE_OPEN_EXRESCODE,
	    "unix");
	if (code == SQLITE_OK)
		code = sqlite3_busy_handler(db->sql, busy, db);
	status = code == SQLITE_OK ? harden(db) : db_error(db, code);
	if (status != STORE_OK) {
		db_close(db);
		return status;
	}
	*out = db;
	return STORE_OK;
}

static enum store_status
read_raw(const struct db *db, void *out, int len, sqlite3_int64 offset)
{
	int code = db->file->pMethods->xRead(db->file, out, len, offset);

	if (code == SQLITE_OK)
		return STORE_OK;
	if (code == SQLITE_IOERR_SHORT_READ) {
		log_error("%s is cut short", db->name);
		return STORE_DAMAGED;
	}
	log_error("%s cannot be read (SQLite %d)", db->name, code);
	return STORE_IO;
}

static uint32_t
big_endian(const unsigned char *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/*
 * Looks at the header before SQLite does (its documentation, "The Database
 * Header"): a file of another kind, or one in WAL mode, is left alone.
 */
static enum store_status
check_header(struct db *db)
{
	unsigned char header[100];
	int code = sqlite3_file_control(db->sql, "main", SQLITE_FCNTL_FILE_POINTER, &db->file);

	if (code != SQLITE_OK)
		return db_error(db, code);
	TRY(read_raw(db, header, sizeof(header), 0));
	if (memcmp(header, "SQLite format 3", 16) != 0 ||
	    big_endian(header + 68) != APPLICATION_ID) {
		log_error("%s is not a Handfast token", db->name);
		return STORE_FOREIGN;
	}
	if (big_endian(header + 60) > USER_VERSION) {
		log_error("%s is of format %u; this release knows formats up to %d", db->name,
		    big_endian(header + 60), USER_VERSION);
		return STORE_NEWER;
	}
	if (big_endian(header + 60) != USER_VERSION || header[18] != 1 || header[19] != 1) {
		log_error("%s has a wrong header", db->name);
		return STORE_DAMAGED;
	}
	return STORE_OK;
}

/* STORE_DAMAGED: another text, or none. */
static enum store_status
check_text(sqlite3_stmt *statement, int index, const char *text)
{
	const unsigned char *found;

	if (sqlite3_column_type(statement, index) != SQLITE_TEXT)
		return STORE_DAMAGED;
	found = sqlite3_column_text(statement, index);
	if (found == NULL)
		return STORE_NO_MEMORY;
	return strcmp((const char *)found, text) == 0 ? STORE_OK : STORE_DAMAGED;
}

static enum store_status
check_table(sqlite3_stmt *statement, size_t n)
{
	if (n >= COUNT_OF(schema))
		return STORE_DAMAGED;
	TRY(check_text(statement, 0, "table"));
	TRY(check_text(statement, 1, schema[n].name));
	TRY(check_text(statement, 2, schema[n].name));
	return check_text(statement, 3, schema[n].sql);
}

/* Exactly our tables: no trigger, view, index or default of anybody else's. */
static enum store_status
check_schema(struct db *db)
{
	sqlite3_stmt *statement;
	enum store_status status = STORE_OK;
	size_t tables = 0;
	int code = sqlite3_prepare_v2(db->sql,
	    "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY rowid", -1, &statement,
	    NULL);

	if (code != SQLITE_OK)
		return db_error(db, code);
	while (status == STORE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW)
		status = check_table(statement, tables++);
	(void)sqlite3_finalize(statement);
	if (status == STORE_OK && code != SQLITE_DONE)
		return db_error(db, code);
	if (status == STORE_OK && tables != COUNT_OF(schema))
		status = STORE_DAMAGED;
	if (status == STORE_DAMAGED)
		log_error("%s has another schema than its format says", db->name);
	return status;
}

/* Settings that each connection makes anew.  TRUNCATE beats DELETE by one directory sync. */
static const char settings[] = "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=EXTRA;"
			       "PRAGMA secure_delete=ON; PRAGMA cell_size_check=ON;"
			       "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0;";

static enum store_status
set_up(struct db *db)
{
	TRY(check_header(db));
	TRY(run_text(db, settings));
	return check_schema(db);
}

enum store_status
db_open(const char *path, struct db **out)
{
	struct db *db;
	enum store_status status;

	TRY(db_connect(path, SQLITE_OPEN_NOFOLLOW, &db));
	status = set_up(db);
	if (status != STORE_OK) {
		db_close(db);
		return status;
	}
	*out = db;
	return STORE_OK;
}

static enum store_status
make_schema(struct db *db)
{
	char *numbers = sqlite3_mprintf("PRAGMA page_size=%d; PRAGMA auto_vacuum=NONE;"
					"PRAGMA application_id=%d; PRAGMA user_version=%d;",
	    DB_PAGE, APPLICATION_ID, USER_VERSION);
	enum store_status status = numbers != NULL ? run_text(db, numbers) : STORE_NO_MEMORY;

	sqlite3_free(numbers);
	for (size_t i = 0; status == STORE_OK && i < COUNT_OF(schema); i++)
		status = run_text(db, schema[i].sql);
	return status;
}

enum store_status
db_make(const char *name, struct db **out)
{
	struct db *db;
	enum store_status status;

	TRY(db_connect(":memory:", SQLITE_OPEN_MEMORY, &db));
	db->name = name;
	status = make_schema(db);
	if (status != STORE_OK) {
		db_close(db);
		return status;
	}
	*out = db;
	return STORE_OK;
}

enum store_status
db_make_file(const char *path, struct db **out)
{
	struct db *db;
	enum store_status status;

	TRY(db_connect(path, SQLITE_OPEN_NOFOLLOW, &db));
	status = run_text(db,
	    "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF;"
	    "PRAGMA locking_mode=EXCLUSIVE; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0;");
	if (status == STORE_OK)
		status = make_schema(db);
	if (status != STORE_OK) {
		db_close(db);
		return status;
	}
	*out = db;
	return STORE_OK;
}

void
db_close(struct db *db)
{
	if (db == NULL)
		return;
	for (size_t i = 0; i < STATEMENTS; i++)
		(void)sqlite3_finalize(db->statements[i]);
	(void)sqlite3_close(db->sql);
	free(db);
}

enum store_status
db_serialize(struct db *db, struct bytes *out)
{
	sqlite3_int64 len;
	unsigned char *data = sqlite3_serialize(db->sql, "main", &len, 0);
	bool copied = data != NULL && bytes_copy(out, view_of(data, (size_t)len));

	sqlite3_free(data);
	return copied ? STORE_OK : STORE_NO_MEMORY;
}

bool
db_writable(const struct db *db)
{
	return sqlite3_db_readonly(db->sql, "main") == 0;
}

enum store_status
db_counter(const struct db *db, uint32_t *counter)
{
	unsigned char bytes[4];

	TRY(read_raw(db, bytes, sizeof(bytes), 24));
	*counter = big_endian(bytes);
	return STORE_OK;
}

void
db_counter_move(const struct db *db)
{
	unsigned char header[96]; /* the counter, and at 92 for which one the page count holds */
	int end = 27;

	if (db->file->pMethods->xRead(db->file, header, sizeof(header), 0) != SQLITE_OK)
		return;
	while (++header[end] == 0 && end > 24)
		end--;
	(void)db->file->pMethods->xWrite(db->file, header + 24, 4, 24);
	(void)db->file->pMethods->xWrite(db->file, header + 24, 4, 92);
}

enum store_status
db_bytes(const struct db *db, void *out, size_t len, uint64_t offset)
{
	return read_raw(db, out, (int)len, (sqlite3_int64)offset);
}
