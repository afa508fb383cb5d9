/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A step of the build: copies its input, with the table of verbs in the place of each
 * line that asks for it, as roff for the manual page or for the completion of a shell.
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

/* --- shells --------------------------------------------------------------- */

/* How a shell writes which words may follow others, and what each of them means. */
struct shell {
	const char *begin, *choices;       /* around what is followed */
	const char *word, *meaning, *done; /* around a word and its meaning; NULL: without it */
	const char *end;
};

static const struct shell bash = { "\t'", "') echo '", "", NULL, " ", "' ;;\n" };
static const struct shell zsh = { "\t'", "') offered=(", " '", ":", "'", ") ;;\n" };
static const struct shell fish = { "\tcase '", "'\n\t\tprintf '%s\\t%s\\n'", " '", "' '", "'",
	"\n" };

/* Verbs of a group stand together in the table. */
static bool
begins_group(const struct verb *verb)
{
	return verb->group[0] != '\0' &&
	    (verb == verbs || strcmp(verb[-1].group, verb->group) != 0);
}

static bool
same_group(const struct verb *verb, const char *group)
{
	return verb->name != NULL && strcmp(verb->group, group) == 0;
}

static void
begin(const struct shell *shell, const char *first, const char *between, const char *second)
{
	printf("%s%s%s%s%s", shell->begin, first, between, second, shell->choices);
}

static void
word(const struct shell *shell, const char *name)
{
	printf("%s%s%s", shell->word, name, shell->meaning != NULL ? shell->meaning : "");
}

/* Inside of single quotes, which all three leave and enter again in the same way. */
static void
meaning(const struct shell *shell, const char *text)
{
	for (; shell->meaning != NULL && *text != '\0'; text++)
		if (*text == '\'')
			fputs("'\\''", stdout);
		else
			putchar(*text);
}

static void
choice(const struct shell *shell, const char *name, const char *text)
{
	word(shell, name);
	meaning(shell, text);
	fputs(shell->done, stdout);
}

/* A group means its verbs. */
static void
group_choice(const struct shell *shell, const struct verb *verb)
{
	const char *group = verb->group;

	word(shell, group);
	for (; same_group(verb, group); verb++) {
		meaning(shell, verb->name);
		meaning(shell, same_group(verb + 1, group) ? ", " : "");
	}
	fputs(shell->done, stdout);
}

static void
group_choices(const struct shell *shell, const struct verb *verb)
{
	const char *group = verb->group;

	begin(shell, group, "", "");
	for (; same_group(verb, group); verb++)
		choice(shell, verb->name, verb->summary);
	fputs(shell->end, stdout);
}

static void
option_choices(const struct shell *shell, const struct verb *verb)
{
	struct told_option option;
	char name[64];

	begin(shell, verb->group, gap(verb), verb->name);
	for (size_t i = 0; option_at(verb, i, &option); i++) {
		(void)snprintf(name, sizeof(name), "--%s", option.name);
		choice(shell, name, option.help);
	}
	fputs(shell->end, stdout);
}

static void
shell_verbs(const struct shell *shell)
{
	begin(shell, "", "", "");
	for (const struct verb *verb = verbs; verb->name != NULL; verb++)
		if (begins_group(verb))
			group_choice(shell, verb);
		else if (verb->group[0] == '\0')
			choice(shell, verb->name, verb->summary);
	fputs(shell->end, stdout);
	for (const struct verb *verb = verbs; verb->name != NULL; verb++) {
		if (begins_group(verb))
			group_choices(shell, verb);
		option_choices(shell, verb);
	}
}

static void
bash_verbs(void)
{
	shell_verbs(&bash);
}

static void
zsh_verbs(void)
{
	shell_verbs(&zsh);
}

static void
fish_verbs(void)
{
	shell_verbs(&fish);
}

/* --- the copy ------------------------------------------------------------- */

static const struct {
	const char *line;
	void (*print)(void);
} marks[] = {
	{ "@roff-title@\n", roff_title },
	{ "@roff-verbs@\n", roff_verbs },
	{ "@roff-options@\n", roff_options },
	{ "@bash-verbs@\n", bash_verbs },
	{ "@zsh-verbs@\n", zsh_verbs },
	{ "@fish-verbs@\n", fish_verbs },
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
