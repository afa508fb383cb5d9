/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Options: a table of them, from which popt reads command lines and prints help.
 * Must not know what they are good for.
 */
#include <popt.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "cli/verb.h"

#define ALWAYS 0
enum kind { FLAG, TEXT, NUMBER };

static const struct row {
	unsigned of; /* TAKES_..., or ALWAYS */
	const char *name;
	enum kind kind;
	size_t at;
	const char *takes, *help;
} rows[] = {
#define AT(member) offsetof(struct options, member)
#define SOURCE(of, prefix, member, whose)                                                          \
	{ of, prefix "-file", TEXT, AT(member.file), "FILE",                                       \
		"the " whose " is in this file (-: a line of the standard input)" },               \
	    { of, prefix "-fd", NUMBER, AT(member.fd), "NUMBER",                                   \
		    "the " whose " is a line from this descriptor" },                              \
	    { of, prefix "-env", TEXT, AT(member.env), "NAME",                                     \
		    "the " whose " is in this environment variable" },                             \
	{                                                                                          \
		of, prefix "-credential", TEXT, AT(member.credential), "NAME",                     \
		    "the " whose " is in this systemd credential"                                  \
	}
	{ TAKES_TOKEN, "token", TEXT, AT(token), "TOKEN", "which token: its label or pkcs11: URI" },
	SOURCE(TAKES_PIN, "pin", pin, "PIN"),
	SOURCE(TAKES_SO_PIN, "so-pin", so_pin, "security officer's PIN"),
	SOURCE(TAKES_NEW_PIN, "new-pin", new_pin, "new PIN"),
	SOURCE(TAKES_PASSWORD, "password", password, "passphrase of the file"),
	{ TAKES_FROM, "from", TEXT, AT(from), "MODULE",
	    "the other PKCS#11 module, a folder of NSS databases, or a PKCS#12 file; default: "
	    "SoftHSM 2's" },
	SOURCE(TAKES_FROM, "from-pin", from_pin, "other token's PIN or file's passphrase"),
	{ TAKES_RECOVERY, "recovery", TEXT, AT(recovery), "FILE",
	    "write a random security officer's PIN into this new file" },
	{ TAKES_POLICY, "policy", TEXT, AT(policy), "LEVEL",
	    "what keys may do: standard (default), or strict, with one role each" },
	{ TAKES_SO, "so", FLAG, AT(so), NULL, "the security officer's PIN instead of the user's" },
	{ TAKES_KIND, "type", TEXT, AT(type), "TYPE",
	    "ec:p256 (default), ec:p384, x25519, ed25519, rsa:3072, dh:3072, ml-kem-768, "
	    "ml-dsa-65, "
	    "aes:256, generic:256, ..." },
	{ TAKES_USE, "use", TEXT, AT(use), "USE,...",
	    "derive, sign, decrypt, unwrap, decapsulate; a new key has by default what its type "
	    "is good for" },
	{ TAKES_ID, "id", TEXT, AT(id), "HEX",
	    "CKA_ID; default: random, or of an imported key a hash of its public half" },
	{ TAKES_EXTRACTABLE, "extractable", FLAG, AT(extractable), NULL,
	    "the key may leave the token, wrapped or in the clear" },
	{ TAKES_LABEL, "label", TEXT, AT(label), "LABEL", "how it is called in the token" },
	{ TAKES_PEER, "peer", TEXT, AT(peer), "FILE",
	    "the other party's public key or certificate, PEM or DER (-: standard input)" },
	{ TAKES_WITH, "with", TEXT, AT(with), "KEY",
	    "the key that wraps or unwraps: its label or pkcs11: URI" },
	{ TAKES_CIPHERTEXT, "ciphertext", TEXT, AT(ciphertext), "FILE",
	    "what one party sends to the other" },
	{ TAKES_OUT, "out", TEXT, AT(out), "FILE", "write it there (-: standard output)" },
	{ TAKES_DERIVED, "digest", TEXT, AT(digest), "HASH",
	    "give a hash of the secret instead: sha256, sha384, sha512" },
	{ TAKES_DERIVED, "keep", TEXT, AT(keep), "LABEL",
	    "keep the secret in the token as a key of this label, and show nothing of it" },
	{ TAKES_URI_FILE, "pem", FLAG, AT(uri_file), NULL,
	    "a key file for pkcs11-provider, with nothing in it but the URI" },
	{ TAKES_HARDER, "sensitive", FLAG, AT(sensitive), NULL,
	    "the value is not shown any more, for good" },
	{ TAKES_HARDER, "no-extract", FLAG, AT(no_extract), NULL,
	    "the key does not leave the token any more, for good" },
	{ TAKES_SUBJECT, "subject", TEXT, AT(subject), "NAME",
	    "whose key it is: CN=alice,O=Example" },
	{ TAKES_SUBJECT, "alt-names", TEXT, AT(alt_names), "NAMES",
	    "further names: DNS:example.org,IP:192.0.2.1,email:alice@example.org" },
	{ TAKES_DAYS, "days", NUMBER, AT(days), "NUMBER",
	    "how long the certificate is good for; default: 365" },
	{ TAKES_FORM, "der", FLAG, AT(form_der), NULL, "DER instead of PEM" },
	{ TAKES_SLOT, "slot", NUMBER, AT(slot), "NUMBER",
	    "the slot, by its number; restore has by default a free one" },
	{ TAKES_REPLACE, "replace", FLAG, AT(replace), NULL,
	    "put it in the place of the token that is there, which is kept aside" },
	{ TAKES_SEALS, "seals", FLAG, AT(seals), NULL,
	    "with the PIN, check every seal too (any --pin option means it)" },
	{ TAKES_SEED, "seed", TEXT, AT(seed), "FILE",
	    "what the token begins with: JSON, see handfast-seed(5)" },
	{ TAKES_FIX, "fix", FLAG, AT(fix), NULL, "put right what can be put right without a loss" },
	{ TAKES_LAST, "last", NUMBER, AT(last), "NUMBER", "so many of them; default: 20" },
	{ TAKES_YES, "yes", FLAG, AT(yes), NULL, "do not ask" },
	{ TAKES_DRY_RUN, "dry-run", FLAG, AT(dry_run), NULL,
	    "say what would be done, do nothing, end with 10" },
	{ ALWAYS, "store", TEXT, AT(store), "FOLDER", "where tokens are (HANDFAST_STORE)" },
	{ ALWAYS, "module", TEXT, AT(module), "FILE", "the module (HANDFAST_MODULE)" },
	{ ALWAYS, "json", FLAG, AT(json), NULL, "print JSON" },
	{ ALWAYS, "quiet", FLAG, AT(quiet), NULL, "only what was asked for, and errors" },
	{ ALWAYS, "help", FLAG, AT(help), NULL, "print this" },
};

static bool
is_taken(const struct verb *verb, const struct row *row)
{
	return row->of == ALWAYS || (row->of & verb->takes) != 0;
}

bool
option_at(const struct verb *verb, size_t index, struct told_option *option)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (verb != NULL && !is_taken(verb, &rows[i]))
			continue;
		if (index-- == 0) {
			*option = (struct told_option){ rows[i].name, rows[i].takes, rows[i].help,
				rows[i].of == ALWAYS };
			return true;
		}
	}
	return false;
}

/* popt's table of what a verb takes, for options to be put into `into`. */
static void
table_make(
    const struct verb *verb, struct options *into, struct poptOption table[COUNT_OF(rows) + 1])
{
	static const unsigned kinds[] = {
		[FLAG] = POPT_ARG_NONE,
		[TEXT] = POPT_ARG_STRING,
		[NUMBER] = POPT_ARG_INT,
	};
	size_t count = 0;

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (is_taken(verb, &rows[i]))
			table[count++] = (struct poptOption){
				.longName = rows[i].name,
				.argInfo = kinds[rows[i].kind],
				.arg = (char *)into + rows[i].at,
				.descrip = rows[i].help,
				.argDescrip = rows[i].takes,
			};
	table[count] = (struct poptOption)POPT_TABLEEND;
}

static void
context_free(poptContext *context)
{
	poptFreeContext(*context);
}

void
verbs_help(void)
{
	const char *group = verbs[0].group;

	printf("Usage: handfast VERB [ARGUMENT...] [OPTION...]\n\n");
	for (const struct verb *verb = verbs; verb->name != NULL; verb++) {
		if (strcmp(verb->group, group) != 0)
			putchar('\n');
		group = verb->group;
		printf("  %s%s%-*s %s\n", verb->group, verb->group[0] != '\0' ? " " : "",
		    18 - (int)strlen(verb->group) - (verb->group[0] != '\0'), verb->name,
		    verb->summary);
	}
	printf("\nhandfast VERB --help tells what a verb takes.  A first key exchange:\n\n"
	       "  handfast token init demo\n"
	       "  handfast key gen alice\n"
	       "  handfast key derive alice --peer bob.pem --out secret\n");
}

void
verb_help(const struct verb *verb)
{
	struct options unused = { 0 };
	struct poptOption table[COUNT_OF(rows) + 1];
	const char *words[] = { "handfast", NULL };
	RELEASED(context_free) poptContext context = NULL;
	char *usage;

	table_make(verb, &unused, table);
	context = poptGetContext("handfast", 1, words, table, 0);
	if (context == NULL ||
	    asprintf(&usage, "%s%s%s %s [OPTION...]", verb->group,
		verb->group[0] != '\0' ? " " : "", verb->name, verb->arguments) < 0)
		return;
	printf("%s.\n\n", verb->summary);
	poptSetOtherOptionHelp(context, usage);
	poptPrintHelp(context, stdout, 0);
	free(usage);
}

static enum outcome
arguments_check(const struct call *call)
{
	const struct verb *verb = call->verb;
	RELEASED(pointer_release) char *hint = NULL;

	if (call->options.help != 0 || (call->count >= verb->least && call->count <= verb->most))
		return DONE;
	if (asprintf(&hint, "handfast %s%s%s --help", verb->group,
		verb->group[0] != '\0' ? " " : "", verb->name) < 0)
		hint = NULL;
	return fail(MISUSED, hint, "handfast %s%s%s takes %s, not %zu argument%s", verb->group,
	    verb->group[0] != '\0' ? " " : "", verb->name,
	    verb->most == 0 ? "options alone" : verb->arguments, call->count,
	    call->count == 1 ? "" : "s");
}

/* popt's copies of arguments go with its context. */
static enum outcome
arguments_copy(struct call *call, poptContext context)
{
	const char **words = poptGetArgs(context);
	size_t count = 0;
	char **copies;

	while (words != NULL && words[count] != NULL)
		count++;
	copies = calloc(count + 1, sizeof(*copies));
	if (copies == NULL)
		return fail_memory();
	call->arguments = (const char *const *)copies;
	for (; call->count < count; call->count++) {
		copies[call->count] = strdup(words[call->count]);
		if (copies[call->count] == NULL)
			return fail_memory();
	}
	return DONE;
}

/* Whoever reads JSON wants it of a wrong command line too, which popt reads only so far. */
static bool
says_json(const char **words)
{
	for (; *words != NULL && strcmp(*words, "--") != 0; words++)
		if (strcmp(*words, "--json") == 0)
			return true;
	return false;
}

/* Elsewhere a PIN is an option; here everybody on the machine would read it. */
static const char *
pin_hint(const char *option)
{
	static const char *const tempting[] = { "--pin", "--so-pin", "--new-pin", "--from-pin",
		"--password" };

	for (size_t i = 0; i < COUNT_OF(tempting); i++) {
		const size_t len = strlen(tempting[i]);

		if (strncmp(option, tempting[i], len) == 0 &&
		    (option[len] == '\0' || option[len] == '='))
			return "the same with -file FILE, or leave it out and be asked: command "
			       "lines are seen by everybody";
	}
	return NULL;
}

enum outcome
call_parse(struct call *call, const struct verb *verb, int count, const char **words)
{
	struct poptOption table[COUNT_OF(rows) + 1];
	RELEASED(context_free) poptContext context = NULL;
	int status;

	*call = (struct call){ .verb = verb };
	call->options.slot = -1;
	call->options.days = 365;
	call->options.last = 20;
	call->options.pin.fd = call->options.so_pin.fd = call->options.new_pin.fd = -1;
	call->options.password.fd = call->options.from_pin.fd = -1;
	table_make(verb, &call->options, table);
	/* What follows the first word that is no option is, of `run`, another program's. */
	context = poptGetContext("handfast", count, words, table,
	    verb->most == ANY_NUMBER ? POPT_CONTEXT_POSIXMEHARDER : 0);
	if (context == NULL)
		return fail_memory();
	status = poptGetNextOpt(context);
	call->options.manner = (struct manner){ call->options.json != 0, call->options.quiet != 0 };
	if (status < -1)
		call->options.manner.json = says_json(words);
	if (status < -1) {
		const char *option = poptBadOption(context, POPT_BADOPTION_NOALIAS);

		/* Without what follows, which may be a PIN. */
		return fail(MISUSED, pin_hint(option), "%.*s: %s (handfast %s%s%s --help)",
		    (int)strcspn(option, "="), option, poptStrerror(status), verb->group,
		    verb->group[0] != '\0' ? " " : "", verb->name);
	}
	TRY(arguments_copy(call, context));
	return arguments_check(call);
}

void
call_release(struct call *call)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (rows[i].kind == TEXT)
			free(*(char **)((char *)&call->options + rows[i].at));
	for (size_t i = 0; i < call->count; i++)
		free((char *)call->arguments[i]);
	free((void *)call->arguments);
	*call = (struct call){ 0 };
}
