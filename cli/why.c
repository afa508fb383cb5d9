/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `why`: the last calls that were refused to this user's programs, from what the module
 * keeps of its log in memory.  Must not know what is refused.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/families.h"
#include "cli/files.h"
#include "token/base/log.h"

/* "WHEN PROGRAM[PID] LEVEL: WHAT", cut up in place.  A program may be called anything. */
struct line {
	const char *when, *program, *pid, *level, *what;
};

static bool
line_cut(char *text, struct line *line)
{
	char *program = strchr(text, ' '), *bracket, *level, *what;

	text[strcspn(text, "\n")] = '\0';
	/* No line of the module's has these, but root may read what somebody else wrote. */
	for (const char *at = text; *at != '\0'; at++)
		if ((unsigned char)*at < ' ' || *at == '\x7f' ||
		    (at[0] == '\xc2' && (unsigned char)at[1] < 0xa0))
			return false;
	level = strstr(text, "] ");
	what = level != NULL ? strstr(level, ": ") : NULL;
	if (program == NULL || what == NULL || program > level)
		return false;
	*program++ = *level = *what = '\0';
	bracket = strrchr(program, '[');
	if (bracket == NULL)
		return false;
	*bracket = '\0';
	*line = (struct line){ text, program, bracket + 1, level + 2, what + 2 };
	return true;
}

static bool
same(json_t *item, const struct line *line)
{
	return item != NULL &&
	    strcmp(json_string_value(json_object_get(item, "program")), line->program) == 0 &&
	    strcmp(json_string_value(json_object_get(item, "what")), line->what) == 0;
}

/* Where in the order of time; dates are written so that they sort. */
static size_t
place_of(json_t *calls, const struct line *line)
{
	size_t at = json_array_size(calls);

	while (at > 0 &&
	    strcmp(json_string_value(json_object_get(json_array_get(calls, at - 1), "when")),
		line->when) > 0)
		at--;
	return at;
}

/* What happens again and again is told once, with the last time. */
static void
tell(json_t *calls, const struct line *line)
{
	const size_t at = place_of(calls, line);
	json_t *item = at > 0 ? json_array_get(calls, at - 1) : NULL;
	json_int_t times = 1;

	if (same(item, line)) {
		times = json_integer_value(json_object_get(item, "times")) + 1;
	} else {
		item = json_object();
		(void)json_array_insert_new(calls, at, item);
	}
	put_text(item, "when", line->when);
	put_text(item, "program", line->program);
	put_number(item, "pid", strtol(line->pid, NULL, 10));
	put_text(item, "level", line->level);
	put_number(item, "times", times);
	put_text(item, "what", line->what);
}

static enum outcome
kept_read(const char *folder, const char *name, json_t *calls)
{
	RELEASED(pointer_release) char *path = NULL;
	char text[8192];
	struct line line;
	FILE *file;
	int fd, failed;

	if (asprintf(&path, "%s/%s", folder, name) < 0) {
		path = NULL;
		return fail_memory();
	}
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	file = fd >= 0 ? fdopen(fd, "r") : NULL;
	if (file == NULL)
		return errno == ENOENT ? DONE : fail_errno(errno, NULL, "cannot read %s", path);
	while (fgets(text, sizeof(text), file) != NULL)
		if (line_cut(text, &line))
			tell(calls, &line);
	failed = ferror(file) != 0 ? errno : 0;
	fclose(file);
	return failed == 0 ? DONE : fail_errno(failed, NULL, "cannot read %s", path);
}

/* Where who calls may have kept some: who has a session now may have had none then. */
static enum outcome
all_read(char *folders, json_t *calls)
{
	char *rest = NULL;

	for (char *folder = strtok_r(folders, ":", &rest); folder != NULL;
	     folder = strtok_r(NULL, ":", &rest)) {
		if (folder[0] != '/')
			continue;
		TRY(kept_read(folder, LOG_KEPT_BEFORE, calls));
		TRY(kept_read(folder, LOG_KEPT, calls));
	}
	return DONE;
}

enum outcome
why_refused(const struct call *call, json_t *data)
{
	RELEASED(pointer_release) char *folders = config_kept();
	json_t *calls = json_array();

	put(data, "calls", calls);
	if (folders == NULL)
		return fail_memory();
	if (call->options.last < 1)
		return fail(MISUSED, "--last 20", "how many calls?");
	TRY(all_read(folders, calls));
	while (json_array_size(calls) > (size_t)call->options.last)
		(void)json_array_remove(calls, 0);
	if (json_array_size(calls) == 0)
		say_note(
		    "no refused call is kept; the log may have some ('log' in handfast.conf(5))");
	return DONE;
}
