/* SPDX-License-Identifier: Apache-2.0 */
/* Responsible for running the command.  Knows no verb but `token init`. */
#include "tests/cli.h"

#include <stdio.h>
#include <sys/wait.h>

static json_t *answer;

static int
run(const char *format, va_list arguments, const char *more)
{
	const char *program = getenv("HANDFAST_COMMAND");
	char line[4096];
	int len, status;

	check(program != NULL);
	/* In a session of its own, it has no terminal to ask. */
	len = snprintf(line, sizeof(line), "cd '%s' && exec 2>err && setsid -w '%s' ",
	    client_path(""), program);
	len += vsnprintf(line + len, sizeof(line) - (size_t)len, format, arguments);
	check(len < (int)sizeof(line));
	/* Redirections of the test's own come later and win. */
	len += snprintf(line + len, sizeof(line) - (size_t)len, "%s >out", more);
	check(len < (int)sizeof(line));
	status = system(line);
	check(WIFEXITED(status));
	return WEXITSTATUS(status);
}

int
handfast(const char *format, ...)
{
	va_list arguments;
	int status;

	va_start(arguments, format);
	status = run(format, arguments, "");
	va_end(arguments);
	return status;
}

static void
status_check(int status, int expected, const char *format)
{
	if (status == expected)
		return;
	print_message(
	    "# %s: ended with %d, not %d\n# %s\n", format, status, expected, handfast_err());
	check(status == expected);
}

json_t *
handfast_json(int expected, const char *format, ...)
{
	bool good = expected == 0 || expected == 10;
	json_error_t why;
	va_list arguments;
	int status;

	va_start(arguments, format);
	status = run(format, arguments, " --json");
	va_end(arguments);
	status_check(status, expected, format);
	json_decref(answer);
	answer = json_loads(handfast_out(), 0, &why);
	check(answer != NULL);
	check(number_at(answer, "schema") == 1);
	check(json_is_true(json_object_get(answer, "ok")) == good);
	check(json_is_true(json_object_get(answer, "dry_run")) == (expected == 10));
	if (good)
		return json_object_get(answer, "data");
	shape(json_object_get(answer, "error"), "{s:s, s:o, s:s, s:o}", "code", "ckr", "message",
	    "hint");
	return json_object_get(answer, "error");
}

json_t *
handfast_answer(void)
{
	return answer;
}

/* All of a file, as a string. */
static const char *
whole(const char *name)
{
	FILE *file = fopen(client_path(name), "re");
	const size_t most = 1024 * 1024;
	char *text = scratch(most);
	size_t len;

	check(file != NULL);
	len = fread(text, 1, most - 1, file);
	check(len < most - 1);
	text[len] = '\0';
	fclose(file);
	return text;
}

const char *
handfast_out(void)
{
	return whole("out");
}

const char *
handfast_err(void)
{
	return whole("err");
}

void
cli_shape(json_t *json, const char *file, int line, const char *format, ...)
{
	json_error_t why = { 0 };
	va_list members;
	int status;

	va_start(members, format);
	status = json_vunpack_ex(json, &why, JSON_VALIDATE_ONLY | JSON_STRICT, format, members);
	va_end(members);
	client_assert(status == 0, why.text, file, line);
}

const char *
text_at(json_t *json, const char *key)
{
	const char *text = json_string_value(json_object_get(json, key));

	check(text != NULL);
	return text;
}

json_int_t
number_at(json_t *json, const char *key)
{
	check(json_is_integer(json_object_get(json, key)));
	return json_integer_value(json_object_get(json, key));
}

const char *
source_path(const char *name)
{
	const char *named = getenv("srcdir");
	char *source = realpath(named != NULL ? named : ".", NULL);
	const size_t most = 4096;
	char *path = scratch(most);

	check(source != NULL);
	(void)snprintf(path, most, "%s/%s", source, name);
	free(source);
	return path;
}

void
pins_write(void)
{
	command_in("pin", text(USER_PIN "\n"));
	command_in("so", text(SO_PIN "\n"));
	command_in("wrong", text("another pin\n"));
}

void
cli_token(const char *label)
{
	(void)handfast_json(0, "token init '%s' --pin-file pin --so-pin-file so", label);
}

bool
cli_openssl(void)
{
	if (!command("rm -rf files; mkdir files; openssl version")) {
		skip_because("no openssl command");
		return false;
	}
	cli_token("demo");
	return true;
}

int
cli_fresh(void **state)
{
	int failed = module_fresh(state);

	ok(p11->C_Finalize(NULL));
	pins_write();
	return failed;
}

CK_SESSION_HANDLE
cli_session(CK_SLOT_ID slot)
{
	ok(p11->C_Initialize(NULL));
	return session_user(slot);
}
