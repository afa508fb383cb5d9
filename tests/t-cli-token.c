/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The command's `token` verbs, where it takes PINs from, and what it says and ends
 * with when something is wrong.
 */
#include "tests/cli.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* --- tokens --------------------------------------------------------------- */

static void
test_init(void **state)
{
	json_t *data = handfast_json(0, "token init demo --pin-file pin --so-pin-file so");
	CK_SESSION_HANDLE session;
	CK_TOKEN_INFO info;

	(void)state;
	shape(data, TOKEN_SHAPE);
	assert_string_equal(text_at(data, "label"), "demo");
	assert_string_equal(text_at(data, "pin"), "set");
	check(strstr(text_at(data, "uri"), "token=demo") != NULL);
	/* As any client sees it: both PINs are those that were given. */
	session = cli_session((CK_SLOT_ID)number_at(data, "slot"));
	ok(p11->C_GetTokenInfo((CK_SLOT_ID)number_at(data, "slot"), &info));
	check(memcmp(info.label, "demo                            ", 32) == 0);
	check(memcmp(info.serialNumber, text_at(data, "serial"), 16) == 0);
	ok(p11->C_Logout(session));
	ok(p11->C_Login(session, CKU_SO, PIN(SO_PIN)));
}

static void
test_init_refused(void **state)
{
	json_t *error;

	(void)state;
	cli_token("demo");
	error = handfast_json(6, "token init demo --pin-file pin --so-pin-file so");
	assert_string_equal(text_at(error, "code"), "exists");
	/* Thirty-three bytes; a URI; nowhere to show a PIN that is made; too short. */
	handfast_json(2, "token init 123456789012345678901234567890123 --pin-file pin");
	handfast_json(2, "token init pkcs11:token=x --pin-file pin --so-pin-file so");
	handfast_json(2, "token init other --pin-file pin");
	command_in("short", text("123\n"));
	error = handfast_json(9, "token init other --pin-file short --so-pin-file so");
	assert_string_equal(text_at(error, "code"), "refused");
	handfast_json(9, "token init other --store memory: --pin-file pin --so-pin-file so");
	handfast_json(2, "token init other --policy lax --pin-file pin --so-pin-file so");
	/* Nothing of all that was made. */
	check(json_array_size(json_object_get(handfast_json(0, "token list"), "tokens")) == 1);
}

static void
test_init_dry(void **state)
{
	(void)state;
	shape(handfast_json(10, "token init demo --dry-run"), "{s:s, s:s}", "label", "store");
	check(access(getenv("HANDFAST_STORE"), F_OK) != 0);
}

/* The SO's PIN that was made opens what the user's no longer does. */
static void
test_recovery(void **state)
{
	struct stat made;

	(void)state;
	check(handfast("token init demo --pin-file pin --recovery rescue") == 0);
	check(stat(client_path("rescue"), &made) == 0 && (made.st_mode & 0777) == 0600);
	check(made.st_size == 30);
	check(handfast("token init second --pin-file pin --recovery rescue") == 6);
	handfast_json(0, "token reset-pin demo --so-pin-file rescue --new-pin-file wrong");
	handfast_json(4, "key list --pin-file pin --token demo");
	handfast_json(0, "key list --pin-file wrong --token demo");
}

static void
test_list_and_show(void **state)
{
	json_t *list, *data;

	(void)state;
	shape(handfast_json(0, "token list"), "{s:[]}", "tokens");
	handfast_json(3, "token show");
	cli_token("one");
	cli_token("two");
	list = json_object_get(handfast_json(0, "token list"), "tokens");
	check(json_array_size(list) == 2);
	shape(json_array_get(list, 1), TOKEN_SHAPE);
	/* Two of them: which one? */
	handfast_json(6, "token show");
	handfast_json(3, "token show three");
	data = handfast_json(0, "token show two");
	check(number_at(data, "slot") == 1);
	check(number_at(data, "pin_tries_left") == 10);
	assert_string_equal(text_at(data, "policy"), "standard");
	/* Its URI names it as well. */
	check(handfast("token show '%s'", text_at(data, "uri")) == 0);
	check(strstr(handfast_out(), "two") != NULL);
	check(handfast("token list") == 0);
	check(strncmp(handfast_out(), "label", 5) == 0);
	handfast_json(0, "token init tight --policy strict --pin-file pin --so-pin-file so");
	assert_string_equal(text_at(handfast_json(0, "token show tight"), "policy"), "strict");
}

static void
test_rename(void **state)
{
	json_t *data;

	(void)state;
	cli_token("before");
	handfast_json(4, "token rename before after --pin-file wrong");
	shape(handfast_json(10, "token rename before after --dry-run"), "{s:s, s:s}", "token",
	    "before");
	handfast_json(0, "token rename before after --pin-file pin");
	handfast_json(3, "token show before");
	data = handfast_json(0, "token show after");
	check(!json_is_true(json_object_get(data, "suspect")));
	/* Its seal holds with the new label. */
	handfast_json(0, "fsck --pin-file pin");
	handfast_json(0, "token rename after third --so --so-pin-file so");
	handfast_json(2, "token rename third 123456789012345678901234567890123 --pin-file pin");
}

static void
test_rm(void **state)
{
	json_t *error;

	(void)state;
	cli_token("demo");
	shape(handfast_json(10, "token rm demo --dry-run"), "{s:s, s:i}", "token", "slot");
	/* Nobody is there to say yes, nobody said which. */
	error = handfast_json(2, "token rm demo");
	assert_string_equal(text_at(error, "hint"), "--yes");
	handfast_json(2, "token rm --yes");
	handfast_json(0, "token rm demo --yes");
	handfast_json(3, "token rm demo --yes");
	check(json_array_size(json_object_get(handfast_json(0, "token list"), "tokens")) == 0);
	check(command("test -z \"$(ls '%s')\"", getenv("HANDFAST_STORE")));
	/* The slot's next token starts without the former's wrong PINs. */
	cli_token("demo");
	handfast_json(0, "key list --pin-file pin");
}

/* --- PINs ----------------------------------------------------------------- */

static void
test_pin_sources(void **state)
{
	static const char *const good[] = {
		"--pin-file pin",
		"--pin-file - <pin",
		"--pin-fd 7 7<pin",
		"--pin-env PIN",
		"--pin-credential cred",
		"--token \"pkcs11:token=demo?pin-source=file:$PWD/pin\"",
	};
	static const char *const bad[] = {
		"",
		"--pin-file pin --pin-env PIN",
		"--pin-credential ../pin",
		"--token 'pkcs11:token=demo?pin-value=secret'",
		"--token pkcs11:token=%%zz",
		"--pin-file empty",
		"--pin-file long",
	};

	(void)state;
	cli_token("demo");
	check(setenv("PIN", USER_PIN, 1) == 0);
	check(setenv("CREDENTIALS_DIRECTORY", client_path("credentials"), 1) == 0);
	check(command("mkdir -p credentials && cp pin credentials/cred && : >empty && "
		      "head -c 257 /dev/zero | tr '\\0' 1 >long"));
	for (size_t i = 0; i < COUNT_OF(good); i++)
		handfast_json(0, "key list %s", good[i]);
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		handfast_json(2, "key list %s", bad[i]);
	handfast_json(3, "key list --pin-file nothing");
	handfast_json(3, "key list --pin-env NOTHING");
	check(unsetenv("PIN") == 0 && unsetenv("CREDENTIALS_DIRECTORY") == 0);
}

/* Two PINs through one pipe, a line each. */
static void
test_pin_lines(void **state)
{
	(void)state;
	cli_token("demo");
	check(command("cat pin wrong >both"));
	handfast_json(0, "token passwd demo --pin-file - --new-pin-file - <both");
	handfast_json(4, "key list --pin-file pin");
	handfast_json(0, "key list --pin-file wrong");
	handfast_json(10, "token passwd demo --dry-run");
	command_in("so2", text("third pin\n"));
	handfast_json(0, "token passwd demo --so --so-pin-file so --new-pin-file so2");
	handfast_json(4, "token reset-pin demo --so-pin-file so --new-pin-file pin");
	handfast_json(0, "token reset-pin demo --so-pin-file so2 --new-pin-file pin");
	handfast_json(0, "key list --pin-file pin");
}

static void
test_pin_locked(void **state)
{
	json_t *error;

	(void)state;
	client_configure("tries = 2\n");
	cli_token("demo");
	error = handfast_json(4, "key list --pin-file wrong");
	shape(error, "{s:s, s:s, s:s, s:s}", "code", "ckr", "message", "hint");
	assert_string_equal(text_at(error, "code"), "pin-incorrect");
	assert_string_equal(text_at(error, "ckr"), "CKR_PIN_INCORRECT");
	assert_string_equal(text_at(handfast_json(0, "token show"), "pin"), "one try left");
	handfast_json(4, "key list --pin-file wrong");
	error = handfast_json(5, "key list --pin-file pin");
	check(strstr(text_at(error, "hint"), "token reset-pin") != NULL);
	check(number_at(handfast_json(0, "token show"), "pin_tries_left") == 0);
	handfast_json(0, "token reset-pin demo --so-pin-file so --new-pin-file pin");
	handfast_json(0, "key list --pin-file pin");
}

/* --- a terminal ----------------------------------------------------------- */

/* What the other side shows until it shows `mark`, or ends. */
static size_t
terminal_read(int terminal, const char *mark, char *shown, size_t room)
{
	size_t len = strlen(shown);

	while (mark == NULL || strstr(shown, mark) == NULL) {
		struct pollfd ready = { terminal, POLLIN, 0 };
		ssize_t got;

		check(poll(&ready, 1, 20000) == 1);
		got = read(terminal, shown + len, room - len - 1);
		if (got <= 0)
			break;
		len += (size_t)got;
		shown[len] = '\0';
	}
	check(mark == NULL || strstr(shown, mark) != NULL);
	return len;
}

static void
terminal_type(int terminal, const char *keys)
{
	check(write(terminal, keys, strlen(keys)) == (ssize_t)strlen(keys));
}

static void
test_terminal(void **state)
{
	char *shown = scratch(8192);
	int terminal, status;
	pid_t child = forkpty(&terminal, NULL, NULL, NULL);

	(void)state;
	/* As in a chroot without /dev/pts. */
	if (child < 0) {
		skip_because("no terminal can be made here");
		return;
	}
	if (child == 0) {
		execl(
		    getenv("HANDFAST_COMMAND"), "handfast", "token", "init", "demo", (char *)NULL);
		_exit(99);
	}
	terminal_read(terminal, "PIN of 'demo': ", shown, 8192);
	/* A wrong letter, taken back. */
	terminal_type(terminal, "test user pim\x7fn\r");
	terminal_read(terminal, "Again, ", shown, 8192);
	terminal_type(terminal, USER_PIN "\r");
	terminal_read(terminal, NULL, shown, 8192);
	check(waitpid(child, &status, 0) == child && status == 0);
	close(terminal);
	check(strstr(shown, "test user") == NULL);
	/* The other PIN is shown once: five groups of five. */
	command_in("shown", text(shown));
	check(command("grep -qE '^ +([a-km-np-z2-9]{5}-){4}[a-km-np-z2-9]{5}' shown"));
	handfast_json(0, "key list --pin-file pin");
}

/* --- what is no command line of ours -------------------------------------- */

static void
test_usage(void **state)
{
	(void)state;
	check(handfast("nothing") == 2);
	check(handfast("token") == 2);
	check(handfast("token nothing") == 2);
	check(handfast("token list extra") == 2);
	check(handfast("token list --nothing") == 2);
	check(handfast("token list --pin-file x") == 2);
	check(handfast("key gen") == 2);
	check(handfast("--version") == 0);
	check(strncmp(handfast_out(), "handfast ", 9) == 0);
	check(handfast("--help") == 0);
	check(strstr(handfast_out(), "token reset-pin") != NULL);
	check(handfast("key gen --help") == 0);
	check(strstr(handfast_out(), "--extractable") != NULL);
	assert_string_equal(text_at(handfast_json(2, "token list --nothing"), "code"), "usage");
}

/* Data and nothing else on stdout; a mistake in a setting is told and does no harm. */
static void
test_streams(void **state)
{
	(void)state;
	client_configure("no-such-key = 1\n");
	check(handfast("token list") == 0);
	assert_string_equal(handfast_out(), "");
	check(strstr(handfast_err(), "handfast.conf:3: unknown key 'no-such-key'") != NULL);
	check(handfast("token list --quiet") == 0);
	assert_string_equal(handfast_err(), "");
	check(handfast("token list --module /nowhere.so") == 1);
	check(strstr(handfast_err(), "  try: ") != NULL);
	check(handfast("token list --store /nowhere --json") == 0);
}

/* Whoever is lost is told what there is; a PIN that was typed is not told again. */
static void
test_lost(void **state)
{
	(void)state;
	check(handfast("help token rm") == 0 && strstr(handfast_out(), "Remove a token") != NULL);
	check(handfast("help") == 0 && strstr(handfast_out(), "key derive alice") != NULL);
	check(handfast("token") == 2 && strstr(handfast_err(), "init, list, show") != NULL);
	check(handfast("mech lst") == 2 && strstr(handfast_err(), "list, explain") != NULL);
	check(handfast("lst") == 2 && strstr(handfast_err(), "handfast --help") != NULL);
	check(handfast("token init") == 2 && strstr(handfast_err(), "init --help") != NULL);
	check(handfast("key list --pin=5ecret") == 2);
	check(strstr(handfast_err(), "--pin") != NULL && strstr(handfast_err(), "5ecret") == NULL);
	check(strstr(handfast_err(), "-file FILE") != NULL);
}

/* What the settings say of a token's PIN is for the command, too. */
static void
test_pin_of_settings(void **state)
{
	char lines[512];

	(void)state;
	cli_token("demo");
	check(command("chmod 600 pin"));
	handfast_json(2, "key gen alice");
	(void)snprintf(lines, sizeof(lines), "[demo]\npin-source = file:%s\n", client_path("pin"));
	client_configure(lines);
	handfast_json(0, "key gen alice");
	handfast_json(0, "key gen bob --pin-file pin");
	handfast_json(4, "key list --pin-file wrong");
	(void)snprintf(lines, sizeof(lines), "[demo]\npin-source = file:%s\nauto-login = yes\n",
	    client_path("pin"));
	client_configure(lines);
	handfast_json(0, "key gen carol");
	handfast_json(0, "key list --pin-file pin");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_cli(test_init),
		test_cli(test_init_refused),
		test_cli(test_init_dry),
		test_cli(test_recovery),
		test_cli(test_list_and_show),
		test_cli(test_rename),
		test_cli(test_rm),
		test_cli(test_pin_sources),
		test_cli(test_pin_lines),
		test_cli(test_pin_locked),
		test_cli(test_terminal),
		test_cli(test_usage),
		test_cli(test_streams),
		test_cli(test_lost),
		test_cli(test_pin_of_settings),
	};

	return test_main(tests, NULL, NULL);
}
