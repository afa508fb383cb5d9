/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The built `handfast` command, run as a user runs it: with a store of the test's
 * own, without a terminal.
 */
#ifndef HANDFAST_TESTS_CLI_H
#define HANDFAST_TESTS_CLI_H

#include <jansson.h>

#include "tests/command.h"

/* Runs it with these words, as the shell reads them, in the program's folder.  Its exit status. */
int handfast(const char *format, ...) PRINTF_LIKE(1, 2);
/*
 * The same with --json; the exit status is to be this, and the outside of the answer
 * as doc/command.md has it.  "data" of a good answer, "error" of a bad one, until the
 * next run.
 */
json_t *handfast_json(int status, const char *format, ...) PRINTF_LIKE(2, 3);
/* The whole of that answer. */
json_t *handfast_answer(void);
/* What the last run printed; good until the end of the test. */
const char *handfast_out(void);
const char *handfast_err(void);

/* Has the JSON these members and no others?  As json_unpack. */
#define shape(json, ...) cli_shape((json), __FILE__, __LINE__, __VA_ARGS__)
void cli_shape(json_t *json, const char *file, int line, const char *format, ...);
/* A text or number in it. */
const char *text_at(json_t *json, const char *key);
json_int_t number_at(json_t *json, const char *key);

/* A file of the source, by a path that commands in other folders find; good until the end of the
 * test. */
const char *source_path(const char *name);
/* Files: "pin" with USER_PIN, "so" with SO_PIN, "wrong" with another. */
void pins_write(void);
/* A token made by the command. */
void cli_token(const char *label);
/*
 * A test's begin whose other party is the openssl command: a token "demo" and an empty folder
 * "files".  False, and told as a skip, where there is no such command.
 */
bool cli_openssl(void) MUST_CHECK;
/* For a test: a store of its own, and the test's module not started. */
int cli_fresh(void **state);
#define test_cli(function) cmocka_unit_test_setup_teardown(function, cli_fresh, module_stopped)
/* A session of the test's own in the token of this slot, logged in; module_stopped ends it. */
CK_SESSION_HANDLE cli_session(CK_SLOT_ID slot);

#define TOKEN_SHAPE                                                                                \
	"{s:s, s:s, s:i, s:b, s:s, s:s, s:b, s:b, s:s}", "label", "serial", "slot", "readable",    \
	    "pin", "so_pin", "writable", "suspect", "uri"
#define PUBLIC_SHAPE                                                                               \
	"{s:s, s:s, s:s, s:s, s:[*], s:s}", "label", "class", "id", "type", "use", "uri"
#define KEY_SHAPE                                                                                  \
	"{s:s, s:s, s:s, s:s, s:o, s:b, s:b, s:b, s:b, s:s}", "label", "class", "id", "type",      \
	    "use", "sensitive", "extractable", "never_extractable", "local", "uri"
#define CERT_SHAPE "{s:s, s:s, s:s, s:s}", "label", "class", "id", "uri"

#endif
