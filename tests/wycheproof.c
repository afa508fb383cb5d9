/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The lines of tests/wycheproof/NAME.txt.  A line that is not as import.py writes
 * them fails the test: figures that were silently left out would prove nothing.
 */
#include "tests/wycheproof.h"

#define BLANKS " \n"

void
wycheproof_open(struct wycheproof *file, const char *name)
{
	const char *source = getenv("srcdir");
	char path[4096]; /* public: a file's name */

	*file = (struct wycheproof){ 0 };
	snprintf(
	    path, sizeof(path), "%s/tests/wycheproof/%s.txt", source != NULL ? source : ".", name);
	file->from = fopen(path, "r");
	if (file->from == NULL)
		print_error("# cannot read %s\n", path);
	check(file->from != NULL);
}

void
wycheproof_close(struct wycheproof *file)
{
	for (size_t i = 0; i < file->field_count; i++) {
		free(file->fields[i].name);
		free(file->fields[i].word);
	}
	free(file->flags);
	free(file->line);
	fclose(file->from);
}

static unsigned long
number_of(const char *word)
{
	char *end;
	unsigned long number;

	check(word != NULL && *word != '\0');
	number = strtoul(word, &end, 10);
	check(*end == '\0');
	return number;
}

static void
put(char **to, const char *word)
{
	char *copy = strdup(word);

	check(copy != NULL);
	free(*to);
	*to = copy;
}

static struct wycheproof_field *
field_of(struct wycheproof *file, const char *name)
{
	for (size_t i = 0; i < file->field_count; i++)
		if (strcmp(file->fields[i].name, name) == 0)
			return &file->fields[i];
	return NULL;
}

static struct wycheproof_field *
field_add(struct wycheproof *file, const char *name)
{
	struct wycheproof_field *field = &file->fields[file->field_count];

	check(file->field_count < COUNT_OF(file->fields));
	put(&field->name, name);
	file->field_count++;
	return field;
}

static void
read_names(struct wycheproof *file, char **rest)
{
	check(file->field_count == 0);
	for (const char *name; (name = strtok_r(NULL, BLANKS, rest)) != NULL;)
		field_add(file, name);
	file->case_field_count = file->field_count;
}

static void
read_shared(struct wycheproof *file, char **rest)
{
	const char *name = strtok_r(NULL, BLANKS, rest), *word = strtok_r(NULL, BLANKS, rest);
	struct wycheproof_field *field;

	check(word != NULL);
	field = field_of(file, name);
	put(field != NULL ? &field->word : &field_add(file, name)->word, word);
}

static void
read_result(struct wycheproof *file, const char *word)
{
	static const char acceptable[] = "acceptable:";

	check(word != NULL);
	put(&file->flags, "");
	if (strcmp(word, "valid") == 0) {
		file->result = WYCHEPROOF_VALID;
	} else if (strcmp(word, "invalid") == 0) {
		file->result = WYCHEPROOF_INVALID;
	} else {
		check(strncmp(word, acceptable, strlen(acceptable)) == 0);
		file->result = WYCHEPROOF_ACCEPTABLE;
		put(&file->flags, word + strlen(acceptable));
	}
}

static void
read_case(struct wycheproof *file, const char *number, char **rest)
{
	size_t given = 0;

	check(file->cases_left-- != 0);
	file->number = number_of(number);
	read_result(file, strtok_r(NULL, BLANKS, rest));
	for (const char *word; (word = strtok_r(NULL, BLANKS, rest)) != NULL; given++) {
		check(given < file->case_field_count);
		if (strcmp(word, "=") != 0)
			put(&file->fields[given].word, strcmp(word, "-") == 0 ? "" : word);
	}
	check(given == 0 || given == file->case_field_count);
	file->whole = given != 0;
}

bool
wycheproof_next(struct wycheproof *file)
{
	while (getline(&file->line, &file->room, file->from) != -1) {
		char *rest;
		const char *first = strtok_r(file->line, BLANKS, &rest);

		check(first != NULL);
		if (strcmp(first, "cases") == 0) {
			file->cases_left = number_of(strtok_r(NULL, BLANKS, &rest));
		} else if (strcmp(first, "case") == 0) {
			read_names(file, &rest);
		} else if (strcmp(first, "with") == 0) {
			read_shared(file, &rest);
		} else if (*first != '#') {
			read_case(file, first, &rest);
			return true;
		}
	}
	check(file->cases_left == 0);
	return false;
}

bool
wycheproof_flagged(const struct wycheproof *file, const char *flag)
{
	const size_t len = strlen(flag);

	for (const char *at = file->flags; (at = strstr(at, flag)) != NULL; at += len)
		if ((at == file->flags || at[-1] == ',') && (at[len] == ',' || at[len] == '\0'))
			return true;
	return false;
}

const char *
wycheproof_word(const struct wycheproof *file, const char *name)
{
	const struct wycheproof_field *field = field_of((struct wycheproof *)file, name);

	check(field != NULL && field->word != NULL);
	return field->word;
}

CK_ULONG
wycheproof_number(const struct wycheproof *file, const char *name)
{
	return number_of(wycheproof_word(file, name));
}

struct view
wycheproof_bytes(const struct wycheproof *file, const char *name)
{
	return unhex(wycheproof_word(file, name));
}
