/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A step of the build: copies its input, with the table of verbs in the place of each
 * line that asks for it, as roff for the manual page or as shell for bash completion.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/verb.h"

static const char *
gap(const struct verb *verb)
{
	return verb->group[0] != '\0' ? " " : "";
}

/* --- roff ----------------------------------------------------------------- */

/* A hyphen that is to be typed is one, and no line begins with a request. */
static void
roff(const char *text)
{
	if (*text == '.' || *text == '\'')
		fputs("\\&", stdout);
	for (; *text != '\0'; text++)
		printf(*text == '-' || *text == '\\' ? "\\%c" : "%c", *text);
}

static void
roff_title(void)
{
	puts(".TH HANDFAST 1 \"\" \"handfast " PACKAGE_VERSION "\" \"User Commands\"");
}

static void
roff_verbs(void)
{
	struct told_option option;

	for (const struct verb *verb = verbs; verb->name != NULL; verb++) {
		bool begun = false;

		printf(".TP\n.B handfast %s%s", verb->group, gap(verb));
		roff(verb->name);
		if (verb->arguments[0] != '\0') {
			fputs(" \\fR", stdout);
			roff(verb->arguments);
		}
		putchar('\n');
		roff(verb->summary);
		fputs(".\n", stdout);
		for (size_t i = 0; option_at(verb, i, &option); i++) {
			if (option.always)
				continue;
			fputs(begun ? ",\n" : "Options:\n", stdout);
			begun = true;
			fputs(".B \\-\\-", stdout);
			roff(option.name);
		}
		fputs(begun ? ".\n" : "", stdout);
	}
}

static void
roff_options(void)
{
	struct told_option option;

	for (size_t i = 0; option_at(NULL, i, &option); i++) {
		fputs(".TP\n.BI \\-\\-", stdout);
		roff(option.name);
		if (option.takes != NULL)
			printf(" \" %s\"", option.takes);
		putchar('\n');
		roff(option.help);
		putchar('\n');
	}
}

/* --- shell ---------------------------------------------------------------- */

/* Verbs of a group stand together in the table. */
static bool
begins_group(const struct verb *verb)
{
	return verb->group[0] != '\0' &&
	    (verb == verbs || strcmp(verb[-1].group, verb->group) != 0);
}

static void
shell_group(const struct verb *verb)
{
	const char *group = verb->group;

	printf("\t'%s') echo '", group);
	for (; verb->name != NULL && strcmp(verb->group, group) == 0; verb++)
		printf("%s ", verb->name);
	puts("' ;;");
}

static void
shell_verbs(void)
{
	struct told_option option;

	fputs("\t'') echo '", stdout);
	for (const struct verb *verb = verbs; verb->name != NULL; verb++)
		if (verb->group[0] == '\0' || begins_group(verb))
			printf("%s ", verb->group[0] != '\0' ? verb->group : verb->name);
	puts("' ;;");
	for (const struct verb *verb = verbs; verb->name != NULL; verb++) {
		if (begins_group(verb))
			shell_group(verb);
		printf("\t'%s%s%s') echo '", verb->group, gap(verb), verb->name);
		for (size_t i = 0; option_at(verb, i, &option); i++)
			printf("--%s ", option.name);
		puts("' ;;");
	}
}

/* --- the copy ------------------------------------------------------------- */

static const struct {
	const char *line;
	void (*print)(void);
} marks[] = {
	{ "@roff-title@\n", roff_title },
	{ "@roff-verbs@\n", roff_verbs },
	{ "@roff-options@\n", roff_options },
	{ "@shell-verbs@\n", shell_verbs },
};

static void
copy(const char *line)
{
	for (size_t i = 0; i < COUNT_OF(marks); i++)
		if (strcmp(line, marks[i].line) == 0) {
			marks[i].print();
			return;
		}
	fputs(line, stdout);
}

int
main(void)
{
	char line[1024];

	while (fgets(line, sizeof(line), stdin) != NULL)
		copy(line);
	return fflush(stdout) == 0 && ferror(stdin) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
