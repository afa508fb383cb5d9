/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A connection to a token's file: SQLite set up as FORMAT.md says, the schema,
 * the statements, SQLite's answers as ours.  Private to store/.  Knows nothing of
 * what the columns mean.  A connection is used by one thread at a time.
 */
#ifndef HANDFAST_DB_H
#define HANDFAST_DB_H

#include "store/sqlite.h"
#include "store/store.h"

enum statement {
	BEGIN_READ,
	BEGIN_WRITE,
	COMMIT,
	ROLLBACK,
	TOKEN_GET,
	TOKEN_PUT,
	TOKEN_SET,
	PIN_GET,
	PIN_PUT,
	PIN_EPOCHS,
	OBJECT_GET,
	OBJECT_VERSION,
	OBJECT_LAST,
	OBJECT_PUT,
	OBJECT_DELETE,
	OBJECT_IDS,
	OBJECT_ALL,
	OBJECT_SCAN,
	OBJECT_COUNT,
	TAG_SEEK,
	TAG_PUT,
	TAG_DELETE,
	TAG_ALL,
	TAG_COUNT,
	TAG_OWNERS,
	ALL_PINS_DELETE,
	ALL_OBJECTS_DELETE,
	ALL_TAGS_DELETE,
	INTEGRITY,
	PAGE_COUNT,
	STATEMENTS,
};

struct db {
	sqlite3 *sql;
	sqlite3_file *file; /* of the open database; NULL in memory */
	sqlite3_stmt *statements[STATEMENTS];
	const char *name; /* for the log; the caller's */
	uint64_t waiting; /* since when the busy handler has been trying */
	bool writing;     /* between BEGIN IMMEDIATE and its end */
	struct db *next;  /* for whoever keeps idle ones */
};

/* Opens and checks a token's file; `name` must outlive the connection. */
enum store_status db_open(const char *path, struct db **out) MUST_CHECK;
/* An empty database in memory, with the schema. */
enum store_status db_make(const char *name, struct db **out) MUST_CHECK;
/*
 * A database with the schema in a file that is there, empty, and of no meaning to
 * anybody until it is whole: nothing is synced, and a failure is not undone.
 */
enum store_status db_make_file(const char *path, struct db **out) MUST_CHECK;
void db_close(struct db *db);
/* The bytes of the file that a database in memory would be. */
enum store_status db_serialize(struct db *db, struct bytes *out) MUST_CHECK;

/* Logs what is damaged, if that is the status, and passes it on. */
enum store_status db_damage(
    const struct db *db, const char *what, enum store_status status) MUST_CHECK;

/* May the connection write, as far as the file's mode and mount go? */
bool db_writable(const struct db *db);
/* The file change counter, without a lock: a hint unless asked inside a transaction. */
enum store_status db_counter(const struct db *db, uint32_t *counter) MUST_CHECK;
/*
 * Moves it, of a file that has lost its name, so that whoever has it open looks
 * again.  Only while a write transaction keeps others from doing so.
 */
void db_counter_move(const struct db *db);
/* The database's next bytes, inside a transaction: `len` of them from `offset` on. */
enum store_status db_bytes(const struct db *db, void *out, size_t len, uint64_t offset) MUST_CHECK;
#define DB_PAGE 4096

/* A prepared statement, to be given back with statement_done. */
enum store_status db_prepare(struct db *db, enum statement which, sqlite3_stmt **out) MUST_CHECK;
void statement_done(sqlite3_stmt **statement);
/* Steps: *row tells whether there is one. */
enum store_status db_step(struct db *db, sqlite3_stmt *statement, bool *row) MUST_CHECK;
/* A statement without arguments and rows. */
enum store_status db_run(struct db *db, enum statement which) MUST_CHECK;
/* Ends whatever transaction is open; never fails for the caller. */
void db_rollback(struct db *db);

/* Binding cannot fail but for memory, which the following step would report as a NULL. */
enum store_status bind_u64(sqlite3_stmt *statement, int index, uint64_t value) MUST_CHECK;
/* Borrowed until the statement is done; NULL data and no length binds an empty blob. */
enum store_status bind_view(sqlite3_stmt *statement, int index, struct view value) MUST_CHECK;

/* Columns of a row.  STORE_DAMAGED for another type or size than the format's. */
enum store_status column_u64(sqlite3_stmt *statement, int index, uint64_t *value) MUST_CHECK;
/* 0 or 1. */
enum store_status column_bool(sqlite3_stmt *statement, int index, bool *value) MUST_CHECK;
/* Borrowed until the next step. */
enum store_status column_view(sqlite3_stmt *statement, int index, struct view *value) MUST_CHECK;
enum store_status column_bytes(
    sqlite3_stmt *statement, int index, void *out, size_t len) MUST_CHECK;
bool column_null(sqlite3_stmt *statement, int index);

#endif
