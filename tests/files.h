/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A token's files from outside, for tests that look at them or alter them behind the
 * module's back.  A file of SQLite's that this process has open must be closed by
 * another one: close(2) drops all locks that the process holds on it.
 */
#ifndef HANDFAST_TESTS_FILES_H
#define HANDFAST_TESTS_FILES_H

#include "tests/client.h"

/* The slot's file with that suffix, in HANDFAST_STORE; good for seven calls more. */
const char *token_file(CK_SLOT_ID slot, const char *suffix);
#define TOKEN(slot) token_file((slot), ".token")
/* A file of tests/; good as long. */
const char *source_file(const char *name);

/* Good until the end of the test. */
struct view file_read(const char *path);
/* In the place of what is there, as a file of its own with mode 0600. */
void file_put(const char *path, struct view bytes);
/* Overwrites the file's content and keeps the file. */
void file_overwrite(const char *path, struct view bytes);
bool file_there(const char *path);
bool file_is(const char *path, struct view bytes);

#endif
