/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The command's verbs for a token as a whole: fsck, backup, restore, rekey.  What
 * they do to the file is t-upkeep's business; here, what they say and end with.
 */
#include "tests/cli.h"

#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

#define ON "--pin-file pin"

static const char *
token_file(unsigned slot)
{
	char *path = scratch(256);

	snprintf(path, 256, "%s/%u.token", getenv("HANDFAST_STORE"), slot);
	return path;
}

static void
damage(const char *path, const char *sql)
{
	sqlite3 *db;

	check(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK);
	check(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK);
	check(sqlite3_close(db) == SQLITE_OK);
}

static void
token_with_key(void)
{
	cli_token("demo");
	handfast_json(0, "key gen alice " ON);
}

#define REPORT_SHAPE                                                                               \
	"{s:s, s:i, s:[*], s:i, s:i, s:i, s:b}", "token", "slot", "findings", "records",           \
	    "unsealed", "errors", "seals"

static void
test_fsck(void **state)
{
	json_t *data;

	(void)state;
	token_with_key();
	data = handfast_json(0, "fsck");
	shape(data, REPORT_SHAPE);
	check(!json_is_true(json_object_get(data, "seals")) && number_at(data, "records") == 2);
	data = handfast_json(0, "fsck " ON);
	shape(data, REPORT_SHAPE);
	check(json_is_true(json_object_get(data, "seals")));
	handfast_json(0, "fsck --so-pin-file so");
	handfast_json(4, "fsck --pin-file wrong");
	handfast_json(3, "fsck --token nothing");
	handfast_json(3, "fsck nothing");
}

static void
test_fsck_tells(void **state)
{
	json_t *error, *data, *findings;

	(void)state;
	token_with_key();
	damage(token_file(0), "UPDATE object SET version = version + 1 WHERE id = 1");
	/* Only who has the keys can tell. */
	handfast_json(0, "fsck");
	error = handfast_json(7, "fsck " ON);
	assert_string_equal(text_at(error, "code"), "integrity");
	data = json_object_get(handfast_answer(), "data");
	shape(data, REPORT_SHAPE);
	findings = json_object_get(data, "findings");
	check(number_at(data, "errors") > 0 && json_array_size(findings) > 0);
	shape(json_array_get(findings, 0), "{s:s, s:s, s:i, s:s}", "flaw", "part", "id", "what");
	assert_string_equal(text_at(json_array_get(findings, 0), "flaw"), "altered");
	check(handfast("fsck " ON) == 7);
	check(strstr(handfast_out(), "altered") != NULL);
	check(strstr(handfast_err(), "handfast restore") != NULL);
	handfast_json(7, "rekey " ON " --so-pin-file so");
}

static void
test_backup_and_restore(void **state)
{
	json_t *data;

	(void)state;
	token_with_key();
	shape(handfast_json(10, "backup copy --dry-run"), "{s:s, s:s}", "token", "file");
	check(access(client_path("copy"), F_OK) != 0);
	shape(handfast_json(0, "backup copy"), "{s:s, s:s, s:[]}", "token", "file", "findings");
	handfast_json(6, "backup copy");
	shape(handfast_json(0, "fsck copy " ON), "{s:[], s:i, s:i, s:i, s:b}", "findings",
	    "records", "unsealed", "errors", "seals");
	handfast_json(0, "key rm alice --yes " ON);
	/* Never over a token unless that is said, and then the old one is kept. */
	handfast_json(6, "restore copy --slot 0");
	handfast_json(10, "restore copy --replace --dry-run");
	handfast_json(4, "restore copy --replace --pin-file wrong");
	handfast_json(3, "key show alice " ON);
	data = handfast_json(0, "restore copy --replace " ON);
	shape(data, "{s:s, s:i, s:[], s:s}", "file", "slot", "findings", "aside");
	check(access(text_at(data, "aside"), F_OK) == 0);
	handfast_json(0, "key show alice " ON);
	/* Into a slot that is free. */
	data = handfast_json(0, "restore copy");
	check(number_at(data, "slot") == 1);
	handfast_json(0, "token show --slot 1");
}

static void
test_restore_refused(void **state)
{
	(void)state;
	token_with_key();
	handfast_json(0, "backup bent");
	damage(client_path("bent"), "UPDATE object SET version = version + 1 WHERE id = 1");
	handfast_json(7, "restore bent --slot 3 " ON);
	handfast_json(3, "restore nothing");
	command_in("text", text("no token at all"));
	handfast_json(7, "restore text");
	check(json_array_size(json_object_get(handfast_json(0, "token list"), "tokens")) == 1);
}

static void
test_rekey(void **state)
{
	json_t *before, *after;
	char serial[17];

	(void)state;
	token_with_key();
	before = handfast_json(0, "token show");
	snprintf(serial, sizeof(serial), "%s", text_at(before, "serial"));
	handfast_json(4, "rekey --pin-file wrong --so-pin-file so");
	shape(handfast_json(10, "rekey --dry-run"), "{s:s}", "token");
	shape(
	    handfast_json(0, "rekey " ON " --so-pin-file so"), "{s:s, s:[]}", "token", "findings");
	after = handfast_json(0, "token show");
	assert_string_equal(text_at(after, "serial"), serial);
	handfast_json(0, "key show alice " ON);
	handfast_json(0, "fsck --so-pin-file so");
}

/* What cannot even be listed by name can be looked over and removed by its slot. */
static void
test_unreadable(void **state)
{
	json_t *list;

	(void)state;
	token_with_key();
	check(command("printf 'no database' >'%s'", token_file(0)));
	list = json_object_get(handfast_json(0, "token list"), "tokens");
	check(json_array_size(list) == 1);
	shape(
	    json_array_get(list, 0), "{s:n, s:n, s:i, s:b}", "label", "serial", "slot", "readable");
	handfast_json(7, "fsck --slot 0");
	handfast_json(0, "token rm --slot 0 --yes");
	check(access(token_file(0), F_OK) != 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_cli(test_fsck),
		test_cli(test_fsck_tells),
		test_cli(test_backup_and_restore),
		test_cli(test_restore_refused),
		test_cli(test_rekey),
		test_cli(test_unreadable),
	};

	return test_main(tests, NULL, NULL);
}
