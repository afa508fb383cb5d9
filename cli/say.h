/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the command tells: data on stdout, as text or as JSON of the same content;
 * everything else on stderr.  An error says what, why, where and what to try next.
 * No PIN and no secret goes through here.
 */
#ifndef HANDFAST_CLI_SAY_H
#define HANDFAST_CLI_SAY_H

#include <jansson.h>

#include "store/store.h"
#include "token/base/base.h"
#include "token/base/cryptoki.h"

/* Exit codes; doc/command.md promises them. */
enum outcome {
	DONE = 0,
	FAILED = 1,
	MISUSED = 2,
	NOT_FOUND = 3,
	PIN_WRONG = 4,
	PIN_LOCKED = 5,
	IN_THE_WAY = 6, /* exists, or more than one fits */
	UNSOUND = 7,
	BUSY = 8,
	REFUSED = 9, /* unsupported, or against a policy */
	WOULD_CHANGE = 10,
};

struct manner {
	bool json, quiet;
};

/* Before anything else; gathers what the module and the store log, beside where it goes. */
void say_begin(struct manner manner);
void say_manner(struct manner manner);
/*
 * Prints data, or what fail() was told, which the log gets too, after the verb; and ends
 * say_begin().  `columns` names what of a list is shown as text, with commas between; NULL
 * where there is no list.  Data that cannot be written makes it FAILED.
 */
enum outcome say_end(
    enum outcome outcome, json_t *data, const char *verb, const char *columns) MUST_CHECK;
/* The exit status is another program's, not DONE. */
void say_status(int status);
/* Adds what was logged until now as an error or a warning to a list, and it will not be said again.
 */
void say_logged(json_t *list);
/* For a child process: what say_begin() put into the environment goes. */
void say_unset(void);

/*
 * Remembers an error for say_end and returns the outcome.  `format` says what could
 * not be done, and to what; `hint`, which may be NULL, is the next thing to try.
 */
enum outcome fail(enum outcome outcome, const char *hint, const char *format, ...)
    PRINTF_LIKE(3, 4);
/* The same for what a call answered, which gives the outcome, the reason, and a hint if none is. */
enum outcome fail_rv(CK_RV rv, const char *hint, const char *format, ...) PRINTF_LIKE(3, 4);
enum outcome fail_store(enum store_status status, const char *hint, const char *format, ...)
    PRINTF_LIKE(3, 4);
/* For an errno. */
enum outcome fail_errno(int error, const char *hint, const char *format, ...) PRINTF_LIKE(3, 4);
enum outcome fail_memory(void);
/* Puts where it was before what a failure said: "WHERE: ..."; returns its outcome. */
enum outcome fail_within(const char *format, ...) PRINTF_LIKE(1, 2);

/* For a person who watches; nothing with --quiet or --json. */
void say_note(const char *format, ...) PRINTF_LIKE(1, 2);
/* `done` of `all`, on a terminal, of what takes longer than a second. */
void say_progress(uint64_t done, uint64_t all);

/* Data is put together without asking after each step: say_end finds out. */
void put_text(json_t *object, const char *key, const char *text);
void put_number(json_t *object, const char *key, json_int_t number);
void put_yes(json_t *object, const char *key, bool yes);
/* Takes `value` over; NULL stands for out of memory. */
void put(json_t *object, const char *key, json_t *value);

#endif
