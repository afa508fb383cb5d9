/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How the command speaks.  Must not know what is done, nor to what.
 */
#define _GNU_SOURCE
#include "cli/say.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/answers.h"
#include "token/base/fd.h"
#include "token/base/log.h"
#include "token/config.h"

#define SCHEMA 1

static struct manner manner;
static int other_status; /* say_status() */
static bool short_of_memory;

static struct {
	enum outcome outcome;
	const char *ckr; /* NULL: no call of the module's answered */
	char *message, *hint;
} trouble;

/* --- what the module says ------------------------------------------------- */

/* A folder of this run's own, and in it what is logged meanwhile; empty: nothing is gathered. */
static char log_folder[128], log_path[160];

static void
log_remove(void)
{
	(void)unlink(log_path);
	(void)rmdir(log_folder);
}

/* Ended from outside, as by Control-C, nothing stays behind either. */
static void
ended(int number)
{
	log_remove();
	(void)raise(number);
}

static void
signals_settle(void)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
	const struct sigaction once = { .sa_handler = ended, .sa_flags = (int)SA_RESETHAND };
	struct sigaction before;

	for (size_t i = 0; i < COUNT_OF(signals); i++)
		if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler == SIG_DFL)
			(void)sigaction(signals[i], &once, NULL);
}

/* In memory: there are labels in it. */
static bool
log_folder_make(const char *parent)
{
	int fd = parent != NULL ? open(parent, O_PATH | O_DIRECTORY | O_CLOEXEC) : -1;
	bool made = false;

	if (fd >= 0 && fd_in_memory(fd)) {
		(void)snprintf(log_folder, sizeof(log_folder), "%.100s/handfast.XXXXXX", parent);
		made = mkdtemp(log_folder) != NULL;
	}
	if (fd >= 0)
		close(fd);
	return made;
}

void
say_begin(struct manner how)
{
	char variable[sizeof(log_path) + 1];

	manner = how;
	if (secure_getenv("HANDFAST_LOG") != NULL)
		return;
	if (!log_folder_make(secure_getenv("XDG_RUNTIME_DIR")) && !log_folder_make("/dev/shm")) {
		log_folder[0] = '\0';
		return;
	}
	(void)snprintf(log_path, sizeof(log_path), "%s/log", log_folder);
	(void)snprintf(variable, sizeof(variable), "+%s", log_path);
	(void)setenv("HANDFAST_LOG", variable, 1);
	signals_settle();
}

void
say_manner(struct manner how)
{
	manner = how;
}

void
say_unset(void)
{
	if (log_folder[0] != '\0')
		(void)unsetenv("HANDFAST_LOG");
}

/* "DATE handfast[PID] LEVEL: TEXT"; for people only the last is of use. */
static const char *
log_text(const char *line, bool *grave)
{
	const char *bracket = strchr(line, ']'), *colon;

	*grave = bracket != NULL &&
	    (strncmp(bracket, "] error", 7) == 0 || strncmp(bracket, "] warning", 9) == 0);
	colon = bracket != NULL ? strchr(bracket, ':') : NULL;
	return colon != NULL ? colon + 2 : line;
}

static bool
list_has(json_t *list, const char *text)
{
	json_t *item;
	size_t i;

	json_array_foreach(list, i, item)
	{
		if (strcmp(json_string_value(item), text) == 0)
			return true;
	}
	return false;
}

/* The lines of the log, or those among them that somebody should look after, each once. */
static void
log_read(bool all, json_t *list)
{
	char line[4096];
	FILE *file = log_path[0] != '\0' ? fopen(log_path, "re") : NULL;
	bool grave;

	while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
		const char *text = log_text(line, &grave);

		line[strcspn(line, "\n")] = '\0';
		if ((grave || all) && !list_has(list, text))
			(void)json_array_append_new(list, json_string(text));
	}
	if (file != NULL)
		fclose(file);
}

static json_t *told;

void
say_logged(json_t *list)
{
	log_read(false, list);
	told = json_incref(list);
}

/*
 * Shows what was logged: all of it where the verb failed, else what somebody should
 * look after.  The command and the module read the same settings: each line once.
 */
static void
log_show(bool all)
{
	json_t *lines = json_array(), *line;
	size_t i;

	log_read(all, lines);
	json_array_foreach(lines, i, line)
	{
		if (told == NULL || !list_has(told, json_string_value(line)))
			fprintf(stderr, "handfast: %s\n", json_string_value(line));
	}
	json_decref(lines);
}

static void
log_end(bool show, bool all)
{
	if (show)
		log_show(all);
	if (log_folder[0] == '\0')
		return;
	log_remove();
}

/*
 * What failed, for whoever has the log alone.  Not what was mistyped: it may be a PIN in
 * the wrong place.
 */
static void
log_failure(enum outcome outcome, const char *verb)
{
	struct config config;

	if (outcome == DONE || outcome == WOULD_CHANGE || outcome == MISUSED ||
	    trouble.message == NULL)
		return;
	say_unset();
	if (config_load(&config) != CKR_OK)
		return;
	log_info("%s: %s", verb, trouble.message);
	config_release(&config);
}

/* --- errors --------------------------------------------------------------- */

static void
trouble_set(enum outcome outcome, const char *ckr, const char *hint, char *message)
{
	free(trouble.message);
	free(trouble.hint);
	trouble.outcome = outcome;
	trouble.ckr = ckr;
	trouble.message = message;
	trouble.hint = hint != NULL ? strdup(hint) : NULL;
}

/* "WHAT: WHY" */
static char *
joined(const char *why, const char *format, va_list arguments)
{
	char *what = NULL, *both = NULL;

	if (vasprintf(&what, format, arguments) < 0)
		return NULL;
	if (why == NULL)
		return what;
	if (asprintf(&both, "%s: %s", what, why) < 0)
		both = NULL;
	free(what);
	return both;
}

enum outcome
fail(enum outcome outcome, const char *hint, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	trouble_set(outcome, NULL, hint, joined(NULL, format, arguments));
	va_end(arguments);
	return outcome;
}

enum outcome
fail_rv(CK_RV rv, const char *hint, const char *format, ...)
{
	const struct answer *answer = answer_of_rv(rv);
	va_list arguments;

	char number[80];

	/* A code that no row is for: whoever asks about it needs it. */
	(void)snprintf(number, sizeof(number), "%s, 0x%lx", answer->why, rv);
	va_start(arguments, format);
	trouble_set(answer->outcome, answer->name, hint != NULL ? hint : answer->hint,
	    joined(answer->name != NULL ? answer->why : number, format, arguments));
	va_end(arguments);
	return answer->outcome;
}

enum outcome
fail_store(enum store_status status, const char *hint, const char *format, ...)
{
	const struct answer *answer = answer_of_store(status);
	va_list arguments;

	va_start(arguments, format);
	trouble_set(answer->outcome, NULL, hint != NULL ? hint : answer->hint,
	    joined(answer->why, format, arguments));
	va_end(arguments);
	return answer->outcome;
}

enum outcome
fail_errno(int error, const char *hint, const char *format, ...)
{
	enum outcome outcome = error == ENOENT ? NOT_FOUND : error == EEXIST ? IN_THE_WAY : FAILED;
	va_list arguments;

	va_start(arguments, format);
	trouble_set(outcome, NULL, hint, joined(strerror(error), format, arguments));
	va_end(arguments);
	return outcome;
}

enum outcome
fail_memory(void)
{
	return fail(FAILED, NULL, "out of memory");
}

enum outcome
fail_within(const char *format, ...)
{
	char *before = trouble.message, *joined_up;
	va_list arguments;

	va_start(arguments, format);
	joined_up = joined(before, format, arguments);
	va_end(arguments);
	if (joined_up != NULL) {
		trouble.message = joined_up;
		free(before);
	}
	return trouble.outcome;
}

/* In JSON the outcome has a name. */
static const char *
outcome_name(enum outcome outcome)
{
	static const char *const names[] = {
		[DONE] = "done",
		[FAILED] = "failed",
		[MISUSED] = "usage",
		[NOT_FOUND] = "not-found",
		[PIN_WRONG] = "pin-incorrect",
		[PIN_LOCKED] = "pin-locked",
		[IN_THE_WAY] = "exists",
		[UNSOUND] = "integrity",
		[BUSY] = "busy",
		[REFUSED] = "refused",
		[WOULD_CHANGE] = "would-change",
	};

	return (size_t)outcome < COUNT_OF(names) ? names[outcome] : "failed";
}

/* --- data ----------------------------------------------------------------- */

void
put(json_t *object, const char *key, json_t *value)
{
	if (value == NULL || json_object_set_new(object, key, value) != 0)
		short_of_memory = true;
}

void
put_text(json_t *object, const char *key, const char *text)
{
	put(object, key, text != NULL ? json_string(text) : json_null());
}

void
put_number(json_t *object, const char *key, json_int_t number)
{
	put(object, key, json_integer(number));
}

void
put_yes(json_t *object, const char *key, bool yes)
{
	put(object, key, json_boolean(yes));
}

/* --- as JSON -------------------------------------------------------------- */

static json_t *
trouble_json(void)
{
	json_t *error = json_object();

	put_text(error, "code", outcome_name(trouble.outcome));
	put_text(error, "ckr", trouble.ckr);
	put_text(error, "message", trouble.message);
	put_text(error, "hint", trouble.hint);
	return error;
}

static void
json_show(enum outcome outcome, json_t *data)
{
	json_t *all = json_object();
	bool good = outcome == DONE || outcome == WOULD_CHANGE;

	put_number(all, "schema", SCHEMA);
	put_yes(all, "ok", good);
	if (outcome == WOULD_CHANGE)
		put_yes(all, "dry_run", true);
	/* What a verb found out before it failed, such as what fsck found, is told too. */
	if (good || json_object_size(data) > 0)
		put(all, "data", json_incref(data));
	if (!good)
		put(all, "error", trouble_json());
	if (json_dumpf(all, stdout, JSON_INDENT(2)) == 0)
		putchar('\n');
	json_decref(all);
}

/* --- as text -------------------------------------------------------------- */

static void
write_value(FILE *out, json_t *value)
{
	size_t i;
	json_t *item;

	switch (json_typeof(value)) {
	case JSON_STRING:
		fputs(json_string_value(value), out);
		break;
	case JSON_INTEGER:
		fprintf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
		break;
	case JSON_REAL:
		fprintf(out, "%.2f", json_real_value(value));
		break;
	case JSON_ARRAY:
		json_array_foreach(value, i, item)
		{
			fputs(i > 0 ? "," : "", out);
			write_value(out, item);
		}
		break;
	case JSON_TRUE:
		fputs("yes", out);
		break;
	case JSON_FALSE:
		fputs("no", out);
		break;
	default:
		fputc('-', out);
	}
}

/* What write_value() writes, to be freed. */
static char *
value_text(json_t *value)
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	if (out == NULL)
		return NULL;
	if (value != NULL)
		write_value(out, value);
	return fclose(out) == 0 ? text : NULL;
}

/* Columns of a terminal that a text takes: characters, not bytes (RFC 3629, section 3). */
static int
width_of(const char *text)
{
	int width = 0;

	for (; *text != '\0'; text++)
		width += ((unsigned char)*text & 0xc0) != 0x80;
	return width;
}

#define COLUMNS_MOST 16

/* "label,type": the names, in a copy that is cut up. */
static size_t
columns_split(char *copy, const char *names[COLUMNS_MOST])
{
	size_t count = 0;
	char *rest = NULL;

	for (char *name = strtok_r(copy, ",", &rest); name != NULL && count < COLUMNS_MOST;
	     name = strtok_r(NULL, ",", &rest))
		names[count++] = name;
	return count;
}

static void
write_cell(const char *text, int width, bool last)
{
	int gap = last ? 0 : width - width_of(text) + 2;

	printf("%s%*s%s", text, gap, "", last ? "\n" : "");
}

/* The width of a column; 0 where no row has anything in it. */
static int
column_width(json_t *rows, const char *name)
{
	int width = 0;
	json_t *row;
	size_t i;

	json_array_foreach(rows, i, row)
	{
		json_t *value = json_object_get(row, name);
		RELEASED(pointer_release) char *text = value_text(value);

		if (text != NULL && !json_is_null(value) && width_of(text) > width)
			width = width_of(text);
	}
	return width > 0 && width < width_of(name) ? width_of(name) : width;
}

static void
write_row(json_t *row, const char *const names[], const int widths[], size_t count)
{
	for (size_t at = 0; at < count; at++) {
		RELEASED(pointer_release) char *text = value_text(json_object_get(row, names[at]));

		write_cell(text != NULL ? text : "", widths[at], at + 1 == count);
	}
}

static void
write_table(json_t *rows, const char *columns)
{
	RELEASED(pointer_release) char *copy = strdup(columns);
	const char *all[COLUMNS_MOST], *names[COLUMNS_MOST];
	int widths[COLUMNS_MOST];
	size_t count = 0, i;
	json_t *row;

	if (copy == NULL || json_array_size(rows) == 0)
		return;
	for (size_t at = 0, most = columns_split(copy, all); at < most; at++) {
		widths[count] = column_width(rows, all[at]);
		if (widths[count] > 0)
			names[count++] = all[at];
	}
	for (size_t at = 0; at < count; at++)
		write_cell(names[at], widths[at], at + 1 == count);
	json_array_foreach(rows, i, row)
	{
		write_row(row, names, widths, count);
	}
}

static bool
is_list(json_t *value)
{
	return json_is_array(value) &&
	    (json_array_size(value) == 0 || json_is_object(json_array_get(value, 0)));
}

/* Of what failed, only what it found on the way. */
static void
text_show(json_t *data, const char *columns, bool good)
{
	const char *key;
	json_t *value;
	int width = 0;

	json_object_foreach(data, key, value)
	{
		if (!json_is_null(value) && width_of(key) > width)
			width = width_of(key);
	}
	json_object_foreach(data, key, value)
	{
		if (!good || json_is_null(value) || (columns != NULL && is_list(value)))
			continue;
		write_cell(key, width, false);
		write_value(stdout, value);
		putchar('\n');
	}
	json_object_foreach(data, key, value)
	{
		if (columns != NULL && is_list(value))
			write_table(value, columns);
	}
}

/* --- for people ----------------------------------------------------------- */

void
say_note(const char *format, ...)
{
	va_list arguments;

	if (manner.quiet || manner.json)
		return;
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
}

static bool progress_shown;

void
say_progress(uint64_t done, uint64_t all)
{
	static time_t begun;
	time_t now = time(NULL);

	if (begun == 0)
		begun = now;
	if (manner.quiet || all == 0 || now - begun < 2 || isatty(STDERR_FILENO) == 0)
		return;
	fprintf(stderr, "\r%3llu %%", (unsigned long long)(done * 100 / all));
	progress_shown = true;
}

void
say_status(int status)
{
	other_status = status;
}

static void
trouble_show(void)
{
	fprintf(
	    stderr, "handfast: %s", trouble.message != NULL ? trouble.message : "out of memory");
	if (trouble.ckr != NULL)
		fprintf(stderr, " (%s)", trouble.ckr);
	fputc('\n', stderr);
	if (trouble.hint != NULL)
		fprintf(stderr, "  try: %s\n", trouble.hint);
}

enum outcome
say_end(enum outcome outcome, json_t *data, const char *verb, const char *columns)
{
	bool good = outcome == DONE || outcome == WOULD_CHANGE;

	if (progress_shown)
		fputc('\n', stderr);
	if (good && short_of_memory)
		outcome = fail_memory();
	if (manner.json)
		json_show(outcome, data);
	else
		text_show(data, columns, good);
	if (fflush(stdout) != 0 || ferror(stdout) != 0) {
		outcome = fail_errno(errno, NULL, "cannot write the output");
		good = false;
	}
	log_end(!manner.quiet || !good, !good);
	log_failure(outcome, verb);
	if (outcome != DONE && outcome != WOULD_CHANGE && !manner.json)
		trouble_show();
	free(trouble.message);
	free(trouble.hint);
	json_decref(told);
	return outcome == DONE ? (enum outcome)other_status : outcome;
}
