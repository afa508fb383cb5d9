/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `run`, which gives another program a token and leaves nothing behind, and `doctor`.
 */
#include "tests/cli.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Temporary files go here, where they can be counted. */
static void
temporary_here(void)
{
	check(command("rm -rf tmp && mkdir tmp"));
	check(setenv("TMPDIR", client_path("tmp"), 1) == 0);
	check(unsetenv("XDG_RUNTIME_DIR") == 0);
}

static bool
nothing_left(void)
{
	return command("test -z \"$(ls -A tmp)\"");
}

#define MAKE                                                                                       \
	"\"$HANDFAST_COMMAND\" key gen alice --quiet --pin-file \"$PKCS11_PIN_FILE\" --token "     \
	"\"$PKCS11_URI\""

static void
test_run(void **state)
{
	(void)state;
	temporary_here();
	check(handfast("run -- sh -c '" MAKE " --json'") == 0);
	check(strstr(handfast_out(), "\"label\": \"alice\"") != NULL);
	check(nothing_left());
	/* The user's own store was not touched. */
	check(access(getenv("HANDFAST_STORE"), F_OK) != 0);
	check(handfast("run --label other -- sh -c 'test -r \"$PKCS11_MODULE\" && "
		       "test -z \"$HANDFAST_LOG\" && "
		       "case $PKCS11_URI in *token=other) exit 42; esac'") == 42);
	check(handfast("run -- sh -c 'kill -9 $$'") == 137);
	check(handfast("run -- /no/such/program") == 127);
	check(handfast("run") == 2);
	check(nothing_left());
}

/* Options behind the program's name are the program's. */
static void
test_run_json(void **state)
{
	json_t *data;

	(void)state;
	temporary_here();
	check(handfast("run --json sh -c 'exit 5' --json") == 5);
	data = json_loads(handfast_out(), 0, NULL);
	shape(data, "{s:i, s:b, s:{s:i}}", "schema", "ok", "data", "status");
	json_decref(data);
}

static void
test_run_ended(void **state)
{
	(void)state;
	temporary_here();
	check(command("{ \"$HANDFAST_COMMAND\" run -- sh -c 'touch started; exec sleep 60' & } && "
		      "for i in $(seq 100); do test -e started && break; sleep 0.1; done; "
		      "kill -TERM $!; wait $!; test $? = 143 -a -e started"));
	check(nothing_left());
}

/* Several at once have nothing to do with one another. */
static void
test_run_parallel(void **state)
{
	(void)state;
	temporary_here();
	check(command("for i in 1 2 3 4 5 6; do \"$HANDFAST_COMMAND\" run -- sh -c '" MAKE
		      " && \"$HANDFAST_COMMAND\" key show alice --pin-file \"$PKCS11_PIN_FILE\"' "
		      ">run.$i 2>&1 || echo $i >>run.failed & done; wait; test ! -e run.failed"));
	check(nothing_left());
}

static bool
says(json_t *data, const char *check, bool good)
{
	json_t *list = json_object_get(data, "checks"), *item;
	bool found = false, all = true;
	size_t i;

	json_array_foreach(list, i, item)
	{
		shape(item, "{s:b, s:s, s:s, s:o}", "ok", "check", "what", "try");
		if (strcmp(text_at(item, "check"), check) != 0)
			continue;
		found = true;
		all = all && json_is_true(json_object_get(item, "ok"));
	}
	return found && all == good;
}

/* Data beside the error: here it is never all well, since p11-kit does not know this build. */
static json_t *
visit(void)
{
	int status = handfast("doctor --json");
	json_t *data;

	check(status == 0 || status == 1);
	data = json_loads(handfast_out(), 0, NULL);
	check(data != NULL);
	return data;
}

static void
test_doctor(void **state)
{
	json_t *all = visit(), *data = json_object_get(all, "data");

	(void)state;
	check(says(data, "settings", true) && says(data, "module", true));
	check(says(data, "store", true) && says(data, "token", false));
	json_decref(all);
	cli_token("demo");
	all = visit();
	check(says(json_object_get(all, "data"), "token", true));
	json_decref(all);
}

static void
test_doctor_finds(void **state)
{
	json_t *all, *data;

	(void)state;
	client_configure("tries = 1\nno-such-key = 1\n");
	cli_token("demo");
	handfast_json(4, "key list --pin-file wrong");
	check(chmod(getenv("HANDFAST_STORE"), 0770) == 0);
	all = visit();
	data = json_object_get(all, "data");
	check(says(data, "settings", false) && says(data, "store", false));
	json_decref(all);
	check(chmod(getenv("HANDFAST_STORE"), 0700) == 0);
	all = visit();
	check(says(json_object_get(all, "data"), "token", false));
	json_decref(all);
	check(handfast("doctor --module /nowhere.so") == 1);
	check(strstr(handfast_out(), "/nowhere.so") != NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_cli(test_run),
		test_cli(test_run_json),
		test_cli(test_run_ended),
		test_cli(test_run_parallel),
		test_cli(test_doctor),
		test_cli(test_doctor_finds),
	};

	return test_main(tests, NULL, NULL);
}
