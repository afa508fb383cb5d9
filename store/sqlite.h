/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SQLite's functions as the store calls them, by their own names.  They are looked up in
 * SQLite's library: the linker would take those of a host that has a SQLite of its own,
 * as Firefox has, and some of one with some of the other.  Private to store/.
 */
#ifndef HANDFAST_SQLITE_H
#define HANDFAST_SQLITE_H

#include <sqlite3.h>
#include <stdatomic.h>

#include "store/store.h"

#define SQLITE_FUNCTIONS(F)                                                                        \
	F(sqlite3_bind_blob64)                                                                     \
	F(sqlite3_bind_int64)                                                                      \
	F(sqlite3_bind_zeroblob)                                                                   \
	F(sqlite3_busy_handler)                                                                    \
	F(sqlite3_clear_bindings)                                                                  \
	F(sqlite3_close)                                                                           \
	F(sqlite3_column_blob)                                                                     \
	F(sqlite3_column_bytes)                                                                    \
	F(sqlite3_column_int64)                                                                    \
	F(sqlite3_column_text)                                                                     \
	F(sqlite3_column_type)                                                                     \
	F(sqlite3_db_config)                                                                       \
	F(sqlite3_db_readonly)                                                                     \
	F(sqlite3_errmsg)                                                                          \
	F(sqlite3_exec)                                                                            \
	F(sqlite3_file_control)                                                                    \
	F(sqlite3_finalize)                                                                        \
	F(sqlite3_free)                                                                            \
	F(sqlite3_get_autocommit)                                                                  \
	F(sqlite3_limit)                                                                           \
	F(sqlite3_mprintf)                                                                         \
	F(sqlite3_open_v2)                                                                         \
	F(sqlite3_prepare_v2)                                                                      \
	F(sqlite3_prepare_v3)                                                                      \
	F(sqlite3_reset)                                                                           \
	F(sqlite3_serialize)                                                                       \
	F(sqlite3_step)                                                                            \
	F(sqlite3_system_errno)

struct sqlite {
#define MEMBER(name) __typeof__(name) *name;
	SQLITE_FUNCTIONS(MEMBER)
#undef MEMBER
};

/*
 * Loads the library, before any other function of it.  STORE_IO: it is not there or is of
 * no use, and the log says why.
 */
enum store_status sqlite_load(void) MUST_CHECK;

/* The functions, once they are loaded; whoever has a connection may call them. */
extern _Atomic(const struct sqlite *) sqlite_loaded;
#define SQLITE_CALL(name) (atomic_load_explicit(&sqlite_loaded, memory_order_acquire)->name)

#define sqlite3_bind_blob64(...) SQLITE_CALL(sqlite3_bind_blob64)(__VA_ARGS__)
#define sqlite3_bind_int64(...) SQLITE_CALL(sqlite3_bind_int64)(__VA_ARGS__)
#define sqlite3_bind_zeroblob(...) SQLITE_CALL(sqlite3_bind_zeroblob)(__VA_ARGS__)
#define sqlite3_busy_handler(...) SQLITE_CALL(sqlite3_busy_handler)(__VA_ARGS__)
#define sqlite3_clear_bindings(...) SQLITE_CALL(sqlite3_clear_bindings)(__VA_ARGS__)
#define sqlite3_close(...) SQLITE_CALL(sqlite3_close)(__VA_ARGS__)
#define sqlite3_column_blob(...) SQLITE_CALL(sqlite3_column_blob)(__VA_ARGS__)
#define sqlite3_column_bytes(...) SQLITE_CALL(sqlite3_column_bytes)(__VA_ARGS__)
#define sqlite3_column_int64(...) SQLITE_CALL(sqlite3_column_int64)(__VA_ARGS__)
#define sqlite3_column_text(...) SQLITE_CALL(sqlite3_column_text)(__VA_ARGS__)
#define sqlite3_column_type(...) SQLITE_CALL(sqlite3_column_type)(__VA_ARGS__)
#define sqlite3_db_config(...) SQLITE_CALL(sqlite3_db_config)(__VA_ARGS__)
#define sqlite3_db_readonly(...) SQLITE_CALL(sqlite3_db_readonly)(__VA_ARGS__)
#define sqlite3_errmsg(...) SQLITE_CALL(sqlite3_errmsg)(__VA_ARGS__)
#define sqlite3_exec(...) SQLITE_CALL(sqlite3_exec)(__VA_ARGS__)
#define sqlite3_file_control(...) SQLITE_CALL(sqlite3_file_control)(__VA_ARGS__)
#define sqlite3_finalize(...) SQLITE_CALL(sqlite3_finalize)(__VA_ARGS__)
#define sqlite3_free(...) SQLITE_CALL(sqlite3_free)(__VA_ARGS__)
#define sqlite3_get_autocommit(...) SQLITE_CALL(sqlite3_get_autocommit)(__VA_ARGS__)
#define sqlite3_limit(...) SQLITE_CALL(sqlite3_limit)(__VA_ARGS__)
#define sqlite3_mprintf(...) SQLITE_CALL(sqlite3_mprintf)(__VA_ARGS__)
#define sqlite3_open_v2(...) SQLITE_CALL(sqlite3_open_v2)(__VA_ARGS__)
#define sqlite3_prepare_v2(...) SQLITE_CALL(sqlite3_prepare_v2)(__VA_ARGS__)
#define sqlite3_prepare_v3(...) SQLITE_CALL(sqlite3_prepare_v3)(__VA_ARGS__)
#define sqlite3_reset(...) SQLITE_CALL(sqlite3_reset)(__VA_ARGS__)
#define sqlite3_serialize(...) SQLITE_CALL(sqlite3_serialize)(__VA_ARGS__)
#define sqlite3_step(...) SQLITE_CALL(sqlite3_step)(__VA_ARGS__)
#define sqlite3_system_errno(...) SQLITE_CALL(sqlite3_system_errno)(__VA_ARGS__)

#endif
