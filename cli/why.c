/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `why`: the last calls that were refused to this user's programs, from what the module
 * keeps of its log for the user's session.  Must not know what is refused.
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

/* What happens again and again is told once, with the last time. */
static void
tell(json_t *calls, const struct line *line)
{
	const size_t count = json_array_size(calls);
	json_t *item = count > 0 ? json_array_get(calls, count - 1) : NULL;
	json_int_t times = 1;

	if (same(item, line)) {
		times = json_integer_value(json_object_get(item, "times")) + 1;
	} else {
		item = json_object();
		(void)json_array_append_new(calls, item);
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

enum outcome
why_refused(const struct call *call, json_t *data)
{
	const char *folder = secure_getenv("XDG_RUNTIME_DIR");
	json_t *calls = json_array();

	put(data, "calls", calls);
	if (call->options.last < 1)
		return fail(MISUSED, "--last 20", "how many calls?");
	if (folder == NULL || folder[0] != '/') {
		say_note("without XDG_RUNTIME_DIR nothing is kept; the log has it (HANDFAST_LOG)");
		return DONE;
	}
	TRY(kept_read(folder, LOG_KEPT_BEFORE, calls));
	TRY(kept_read(folder, LOG_KEPT, calls));
	while (json_array_size(calls) > (size_t)call->options.last)
		(void)json_array_remove(calls, 0);
	if (json_array_size(calls) == 0)
		say_note("nothing that was refused is kept in %s", folder);
	return DONE;
}
