/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every verb, and every exit status that doc/command.md promises: what each prints with
 * --json is held against doc/handfast.schema.json by a validator of another's making
 * (Python's jsonschema).
 */
#include "tests/cli.h"

#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

#define ON "--token demo --pin-file pin"
#define BOTH "--pin-file pin --so-pin-file so"
#define CURVE "-pkeyopt ec_paramgen_curve:P-256"

/* In this order; a line of shell goes before the verb where there is one. */
static const struct {
	int status;
	const char *verb, *arguments, *before;
} lines[] = {
	{ 10, "token init", "demo --dry-run", NULL },
	{ 0, "token init", "demo " BOTH, NULL },
	{ 6, "token init", "demo " BOTH, NULL },
	{ 0, "token list", "", NULL },
	{ 0, "token show", "demo", NULL },
	{ 3, "token show", "nobody", NULL },
	{ 2, "token show", "one two", NULL },
	{ 2, "token show", "--no-such-option", NULL },
	{ 0, "token passwd", "demo --pin-file pin --new-pin-file pin", NULL },
	{ 0, "token reset-pin", "demo --so-pin-file so --new-pin-file pin", NULL },
	{ 0, "token rename", "demo other --pin-file pin", NULL },
	{ 0, "token rename", "other demo --pin-file pin", NULL },
	{ 10, "token rm", "demo --dry-run", NULL },
	{ 10, "key gen", "alice --dry-run " ON, NULL },
	{ 0, "key gen", "alice " ON, NULL },
	{ 6, "key gen", "alice " ON, NULL },
	{ 0, "key gen", "signs --use sign " ON, NULL },
	{ 0, "key gen", "sealer --type aes:256 " ON, NULL },
	{ 0, "key gen", "sealed --type aes:128 --extractable " ON, NULL },
	{ 0, "key list", ON, NULL },
	{ 4, "key list", "--token demo --pin-file wrong", NULL },
	{ 0, "key show", "alice " ON, NULL },
	{ 3, "key show", "nobody " ON, NULL },
	{ 0, "key derive", "alice --peer bob --digest sha256 " ON, NULL },
	{ 0, "key derive", "alice --peer bob --keep agreed " ON, NULL },
	{ 0, "key derive", "alice --peer bob --out secret " ON, NULL },
	{ 6, "key derive", "alice --peer bob --out secret " ON, NULL },
	{ 9, "key derive", "signs --peer bob --out secret-2 " ON, NULL },
	{ 10, "key derive", "alice --peer bob --keep more --dry-run " ON, NULL },
	{ 10, "key encap", "alice --ciphertext ct-1 --keep more --dry-run " ON, NULL },
	{ 0, "key encap", "alice --ciphertext ct-1 --out secret-3 " ON, NULL },
	{ 0, "key encap", "alice --ciphertext ct-2 --digest sha256 " ON, NULL },
	{ 0, "key encap", "alice --ciphertext ct-3 --keep sent " ON, NULL },
	{ 0, "key decap", "alice --ciphertext ct-1 --out secret-4 " ON, NULL },
	{ 0, "key decap", "alice --ciphertext ct-3 --keep got " ON, NULL },
	{ 10, "key decap", "alice --ciphertext ct-3 --keep more --dry-run " ON, NULL },
	{ 0, "key wrap", "sealed --with sealer --out wrapped " ON, NULL },
	{ 9, "key wrap", "sealer --with sealer --out wrapped-2 " ON, NULL },
	{ 10, "key unwrap", "wrapped --with sealer --type aes:128 --label back --dry-run " ON,
	    NULL },
	{ 0, "key unwrap", "wrapped --with sealer --type aes:128 --label back " ON, NULL },
	{ 0, "key uri", "alice " ON, NULL },
	{ 0, "key uri", "alice --pem " ON, NULL },
	{ 0, "key uri", "alice --pem --out uri.pem " ON, NULL },
	{ 10, "key set", "back --id 0102 --dry-run " ON, NULL },
	{ 0, "key set", "back --id 0102 " ON, NULL },
	{ 0, "key export", "alice --token demo", NULL },
	{ 0, "key export", "alice --token demo --out alice.pem", NULL },
	{ 10, "key import", "server.p12 --password-file pin --label server --dry-run " ON, NULL },
	{ 0, "key import", "server.p12 --password-file pin --label server " ON, NULL },
	{ 4, "key import", "server.p12 --password-file wrong --label more " ON, NULL },
	{ 0, "key rename", "back front " ON, NULL },
	{ 10, "key rm", "front --dry-run " ON, NULL },
	{ 2, "key rm", "front " ON, NULL },
	{ 0, "key rm", "front --yes " ON, NULL },
	{ 10, "cert import", "cert --label copy --dry-run " ON, NULL },
	{ 0, "cert import", "cert --label copy " ON, NULL },
	{ 0, "cert list", "--token demo", NULL },
	{ 0, "cert export", "copy --token demo", NULL },
	{ 0, "cert csr", "alice --subject CN=alice " ON, NULL },
	{ 10, "cert self-sign", "alice --subject CN=alice --dry-run " ON, NULL },
	{ 0, "cert self-sign", "alice --subject CN=alice " ON, NULL },
	{ 0, "cert rm", "copy --yes " ON, NULL },
	{ 0, "mech list", "", NULL },
	{ 0, "mech explain", "CKM_ECDH1_DERIVE", NULL },
	{ 3, "mech explain", "CKM_NOTHING", NULL },
	{ 0, "fsck", ON, NULL },
	{ 10, "backup", "backup --dry-run", NULL },
	{ 0, "backup", "backup", NULL },
	{ 0, "fsck", "backup " ON, NULL },
	{ 7, "fsck", "damaged",
	    "cp backup damaged && printf x | dd of=damaged bs=1 seek=4100 conv=notrunc" },
	{ 10, "restore", "backup --replace --dry-run", NULL },
	{ 0, "restore", "backup --replace --token demo", NULL },
	{ 6, "restore", "backup --slot 0", NULL },
	{ 10, "rekey", "--token demo --dry-run " BOTH, NULL },
	{ 0, "rekey", "--token demo " BOTH, NULL },
	{ 0, "token init", "old " BOTH, NULL },
	{ 0, "key gen", "stays --token old --pin-file pin", NULL },
	{ 0, "key gen", "goes --token old --pin-file pin --type aes:128 --extractable", NULL },
	{ 10, "migrate", "old --from ./other.so --from-pin-file pin --dry-run " ON,
	    "cp \"$HANDFAST_MODULE\" other.so" },
	{ 9, "migrate", "old --from ./other.so --from-pin-file pin " ON, NULL },
	{ 0, "key rm", "stays --yes --token old --pin-file pin", NULL },
	{ 0, "migrate", "old --from ./other.so --from-pin-file pin " ON, NULL },
	{ 0, "token rm", "old --yes", NULL },
	{ 0, "why", "", NULL },
	{ 0, "bench", "", NULL },
	{ 1, "doctor", "--module ./nowhere.so", NULL },
	{ 10, "doctor", "--fix --dry-run", "chmod 770 \"$HANDFAST_STORE\"" },
	{ 2, "doctor", "--dry-run", "chmod 700 \"$HANDFAST_STORE\"" },
	/* Ten tries, of which the last locks. */
	{ 4, "key list", "--token demo --pin-file wrong",
	    "for i in 1 2 3 4 5 6 7 8 9; do \"$HANDFAST_COMMAND\" key list --token demo --pin-file "
	    "wrong; done; true" },
	{ 5, "key list", ON, NULL },
};

/* What the last run printed, behind its verb and its status. */
static void
note_answer(FILE *answers, const char *verb, int status)
{
	json_t *answer = json_loads(handfast_out(), 0, NULL);
	char *line = json_dumps(answer, JSON_COMPACT);

	check(answer != NULL && line != NULL);
	fprintf(answers, "%s\t%d\t%s\n", verb, status, line);
	free(line);
	json_decref(answer);
}

static void
run_line(FILE *answers, size_t i)
{
	int status;

	check(lines[i].before == NULL || command("%s", lines[i].before));
	status = handfast("%s --json %s", lines[i].verb, lines[i].arguments);
	if (status != lines[i].status)
		print_message("# %s %s: %d, not %d\n# %s\n", lines[i].verb, lines[i].arguments,
		    status, lines[i].status, handfast_err());
	check(status == lines[i].status);
	note_answer(answers, lines[i].verb, status);
}

/* Behind `run --` come another program's options. */
static void
run_run(FILE *answers)
{
	const int status = handfast("run --json -- true");

	check(status == 0);
	note_answer(answers, "run", status);
}

/* Somebody writes to the token for longer than anybody waits. */
static void
run_busy(FILE *answers)
{
	char path[512];
	sqlite3 *db;

	(void)snprintf(path, sizeof(path), "%s/0.token", getenv("HANDFAST_STORE"));
	check(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK);
	check(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK);
	check(handfast("token reset-pin --json demo --so-pin-file so --new-pin-file pin") == 8);
	note_answer(answers, "token reset-pin", 8);
	check(sqlite3_close(db) == SQLITE_OK);
}

static bool
validator_there(void)
{
	return command("python3 -c 'import jsonschema'");
}

static void
test_answers(void **state)
{
	FILE *answers = fopen(client_path("answers"), "we");

	(void)state;
	check(answers != NULL);
	check(command(
	    "openssl genpkey -algorithm EC " CURVE " -out key && "
	    "openssl pkey -in key -pubout -out bob && "
	    "openssl req -x509 -new -key key -subj /CN=bob -out cert && "
	    "openssl pkcs12 -export -inkey key -in cert -out server.p12 -passout file:pin"));
	for (size_t i = 0; i < COUNT_OF(lines); i++)
		run_line(answers, i);
	run_run(answers);
	run_busy(answers);
	check(fclose(answers) == 0);
	if (!validator_there()) {
		skip_because("no python3 with jsonschema");
		return;
	}
	if (!command("python3 '%s' '%s' answers", source_path("tests/answers.py"),
		source_path("doc/handfast.schema.json"))) {
		struct view log = command_out("command.log");

		print_message("%.*s", (int)log.len, (const char *)log.data);
		check(false);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_cli(test_answers),
	};

	return test_main(tests, NULL, NULL);
}
