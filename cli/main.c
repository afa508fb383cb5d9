/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The `handfast` command: from the command line to a verb, and its exit status.
 */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>

#include "cli/client.h"
#include "cli/verb.h"
#include "token/base/secret.h"

/* --- libcrypto's memory ------------------------------------------------------- */

/*
 * libcrypto wipes some of what it frees, and leaves parts of keys that it read from a
 * file. A program of our own may tell it how to free; the module must not, whose host
 * has the same libcrypto.
 */
static void *
memory_take(size_t size, const char *file, int line)
{
	(void)file, (void)line;
	return malloc(size);
}

static void
memory_give(void *memory, const char *file, int line)
{
	(void)file, (void)line;
	if (memory != NULL)
		explicit_bzero(memory, malloc_usable_size(memory));
	free(memory);
}

static void *
memory_resize(void *memory, size_t size, const char *file, int line)
{
	size_t before = malloc_usable_size(memory);
	void *fresh = size != 0 ? malloc(size) : NULL;

	if (fresh == NULL && size != 0)
		return NULL;
	if (memory != NULL && fresh != NULL)
		memcpy(fresh, memory, size < before ? size : before);
	memory_give(memory, file, line);
	return fresh;
}

/* --- verbs -------------------------------------------------------------------- */

/* The verb that the first words name, and how many words that took. */
static const struct verb *
verb_find(int count, char **words, int *taken)
{
	for (const struct verb *verb = verbs; verb->name != NULL; verb++) {
		bool grouped = verb->group[0] != '\0';

		*taken = grouped ? 2 : 1;
		if (count < *taken || (grouped && strcmp(words[0], verb->group) != 0))
			continue;
		if (strcmp(words[*taken - 1], verb->name) == 0)
			return verb;
	}
	return NULL;
}

/* The verbs of a group, as a hint; false: there is no such group. */
static bool
group_tell(const char *group)
{
	bool any = false;

	for (const struct verb *verb = verbs; verb->name != NULL; verb++)
		if (verb->group[0] != '\0' && strcmp(verb->group, group) == 0) {
			if (!any)
				fprintf(stderr, "  try: handfast %s ", group);
			fprintf(stderr, "%s%s", any ? ", " : "", verb->name);
			any = true;
		}
	if (any)
		fputc('\n', stderr);
	return any;
}

/* "handfast token" alone is a question, and so is a word that is no verb. */
static enum outcome
no_verb(int count, char **words)
{
	const struct verb *verb;
	int taken;

	if (count == 0) {
		verbs_help();
		return MISUSED;
	}
	if (strcmp(words[0], "--version") == 0) {
		puts("handfast " PACKAGE_VERSION);
		return DONE;
	}
	if (strcmp(words[0], "--help") == 0 || strcmp(words[0], "help") == 0) {
		verb = verb_find(count - 1, words + 1, &taken);
		if (verb != NULL)
			verb_help(verb);
		else
			verbs_help();
		return DONE;
	}
	fprintf(stderr, "handfast: there is no verb '%s%s%s'\n", words[0], count > 1 ? " " : "",
	    count > 1 ? words[1] : "");
	if (!group_tell(words[0]))
		fprintf(stderr, "  try: handfast --help\n");
	return MISUSED;
}

static enum outcome
settle(const struct call *call)
{
	if (call->options.store != NULL && setenv("HANDFAST_STORE", call->options.store, 1) != 0)
		return fail_memory();
	return DONE;
}

static enum outcome
run(const struct verb *verb, int count, char **words)
{
	RELEASED(call_release) struct call call = { 0 };
	char name[32];
	json_t *data;
	enum outcome outcome;

	say_begin((struct manner){ 0 });
	/* The word before the options stands where popt expects the program's name. */
	outcome = call_parse(&call, verb, count, (const char **)words);
	say_manner(call.options.manner);
	/* There may be keys in a seed. */
	if (call.options.seed != NULL)
		json_set_alloc_funcs(arena_alloc, arena_free);
	data = json_object();
	if (outcome == DONE && call.options.help != 0) {
		verb_help(verb);
		say_manner((struct manner){ .quiet = true });
	} else if (outcome == DONE) {
		outcome = settle(&call);
		if (outcome == DONE)
			outcome = verb->run(&call, data);
		client_stop();
	}
	(void)snprintf(name, sizeof(name), "%s%s%s", verb->group, verb->group[0] != '\0' ? " " : "",
	    verb->name);
	outcome = say_end(outcome, data, name, verb->columns);
	json_decref(data);
	return outcome;
}

int
main(int count, char **words)
{
	const struct verb *verb;
	int taken, status;

	/* Before its first allocation, or it declines. */
	(void)CRYPTO_set_mem_functions(memory_take, memory_resize, memory_give);
	verb = verb_find(count - 1, words + 1, &taken);
	if (verb == NULL)
		return (int)no_verb(count - 1, words + 1);
	status = (int)run(verb, count - taken, words + taken);
	/* The dynamic linker saves registers there, with what was last copied in them. */
	stack_wipe();
	return status;
}
