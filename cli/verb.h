/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Verbs and their options.  One table (verbs.c) says what there is: the parser and
 * the help are made from it.
 */
#ifndef HANDFAST_CLI_VERB_H
#define HANDFAST_CLI_VERB_H

#include "cli/say.h"

/* Where a PIN comes from; without any, the terminal. */
struct pin_source {
	char *file, *env, *credential;
	int fd; /* -1: none */
};

/* As given; strings are NULL where they are not. */
struct options {
	struct manner manner;
	int json, quiet, help;
	char *store, *module, *token;
	struct pin_source pin, so_pin, new_pin, password, from_pin;
	char *recovery, *policy;
	int dry_run, yes, so, extractable, replace, seals;
	char *type, *use, *id, *label;
	char *peer, *out, *digest, *keep, *ciphertext, *with;
	char *seed;
	char *from, *subject, *alt_names;
	int days;
	int form_der, uri_file, sensitive, no_extract;
	int fix;
	int slot; /* -1: not given */
	int last;
};

struct verb;
struct call {
	const struct verb *verb;
	struct options options;
	const char *const *arguments; /* what is no option; ends with NULL */
	size_t count;
};

/* Which options a verb takes, apart from those that all take. */
enum {
	TAKES_TOKEN = 1 << 0,
	TAKES_PIN = 1 << 1,
	TAKES_SO_PIN = 1 << 2,
	TAKES_NEW_PIN = 1 << 3,
	TAKES_DRY_RUN = 1 << 4, /* every verb that writes */
	TAKES_YES = 1 << 5,
	TAKES_RECOVERY = 1 << 6,
	TAKES_SO = 1 << 7,
	TAKES_KIND = 1 << 8, /* a key's type */
	TAKES_USE = 1 << 9,
	TAKES_ID = 1 << 10,
	TAKES_EXTRACTABLE = 1 << 11,
	TAKES_LABEL = 1 << 12,
	TAKES_PEER = 1 << 13,
	TAKES_OUT = 1 << 14,
	TAKES_DERIVED = 1 << 15,
	TAKES_FORM = 1 << 16,
	TAKES_SLOT = 1 << 17,
	TAKES_REPLACE = 1 << 18,
	TAKES_SEALS = 1 << 19,
	TAKES_PASSWORD = 1 << 20,
	TAKES_CIPHERTEXT = 1 << 21,
	TAKES_WITH = 1 << 22,
	TAKES_URI_FILE = 1 << 23,
	TAKES_HARDER = 1 << 24,
	TAKES_SUBJECT = 1 << 25,
	TAKES_DAYS = 1 << 26,
	TAKES_FROM = 1 << 27,
	TAKES_LAST = 1 << 28,
	TAKES_SEED = 1 << 29,
	TAKES_FIX = 1 << 30,
	TAKES_POLICY = 1U << 31,
};

struct verb {
	const char *group, *name; /* "token", "init"; the group is "" for "fsck" */
	const char *arguments;    /* "LABEL", for the help */
	size_t least, most;       /* of them */
	const char *summary;
	unsigned takes;
	const char *columns; /* of a list that it prints; NULL for none */
	/* Fills in what it has to tell, and answers how it went. */
	enum outcome (*run)(const struct call *call, json_t *data);
};

#define ANY_NUMBER SIZE_MAX

/* All there are; the last has no name. */
extern const struct verb verbs[];

/* An option, for those who tell of it. */
struct told_option {
	const char *name, *takes, *help; /* takes: what follows it, or NULL */
	bool always;                     /* every verb has it */
};
/* The one of this number among those of a verb, or, without one, among all; false behind the last.
 */
bool option_at(const struct verb *verb, size_t index, struct told_option *option);

/* Prints which verbs there are, and what one takes. */
void verbs_help(void);
void verb_help(const struct verb *verb);
/*
 * Reads a command line behind the verb.  `call` then has its options and arguments,
 * which last until call_release; MISUSED where they are not those of the verb.
 */
enum outcome call_parse(
    struct call *call, const struct verb *verb, int count, const char **words) MUST_CHECK;
void call_release(struct call *call);

#endif
