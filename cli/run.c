/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `run`: another program with a token of its own, made before and gone after.  Any
 * number of them may run at once.
 */
#include <errno.h>
#include <ftw.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/families.h"
#include "cli/files.h"
#include "cli/pin.h"
#include "cli/stream.h"

/* A folder with the store and the PIN. */
struct home {
	char folder[128], store[160], pin[160];
};

static int
remove_entry(const char *path, const struct stat *status, int kind, struct FTW *place)
{
	(void)status, (void)kind, (void)place;
	return remove(path);
}

static void
home_release(struct home *home)
{
	if (home->folder[0] != '\0')
		(void)nftw(home->folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

static enum outcome
home_make(struct home *home)
{
	const char *parent = secure_getenv("TMPDIR");

	(void)snprintf(home->folder, sizeof(home->folder), "%.100s/handfast-run.XXXXXX",
	    parent != NULL ? parent : "/tmp");
	if (mkdtemp(home->folder) == NULL) {
		home->folder[0] = '\0';
		return fail_errno(errno, "TMPDIR=FOLDER", "cannot make a temporary folder");
	}
	(void)snprintf(home->store, sizeof(home->store), "%s/store", home->folder);
	(void)snprintf(home->pin, sizeof(home->pin), "%s/pin", home->folder);
	return DONE;
}

/* --- the token ------------------------------------------------------------ */

/* A PIN of 125 bits needs no costly derivation, and many short runs would feel it. */
static const struct store_kdf cheapest = { 14, 8, 1 };

static enum store_status
token_put(const struct home *home, const char *label, struct view so_pin, struct view pin)
{
	const struct store_config config = { .folder = home->store, .kdf = cheapest };
	char padded[STORE_LABEL_LEN];
	struct store *store;
	enum store_status status;

	memset(padded, ' ', sizeof(padded));
	memcpy(padded, label, strlen(label));
	TRY(store_create(&config, 0, padded, so_pin, &store));
	status = store_login(store, STORE_SO, so_pin);
	if (status == STORE_OK)
		status = store_set_user_pin(store, pin);
	store_close(store);
	return status;
}

static enum outcome
token_make(const struct home *home, const char *label)
{
	RELEASED(secret_clear) struct secret pin = { 0 }, so_pin = { 0 };
	RELEASED(uri_release) P11KitUri *uri = NULL;
	enum store_status status;

	TRY(name_token(label, &uri));
	TRY(pin_make(&pin));
	TRY(pin_make(&so_pin));
	TRY(stream_write(home->pin, false, secret_view(&pin)));
	status = token_put(home, label, secret_view(&so_pin), secret_view(&pin));
	return status == STORE_OK
	    ? DONE
	    : fail_store(status, NULL, "cannot make the token in %s", home->store);
}

/* --- its surroundings ----------------------------------------------------- */

static enum outcome
token_uri(const struct call *call, json_t *about)
{
	RELEASED(token_release) struct token token = { 0 };
	enum outcome outcome;

	TRY(client_start(call));
	outcome = token_find(call, NULL, NULL, &token);
	if (outcome == DONE)
		outcome = put_uri(about, "uri", &token.info, NULL, 0);
	client_stop();
	return outcome;
}

static enum outcome
variables_set(const struct call *call, const struct home *home)
{
	RELEASED(pointer_release) char *module = realpath(client_module(call), NULL);
	json_t *about = json_object();
	enum outcome outcome;
	bool set;

	if (module == NULL)
		return fail_errno(errno, "--module FILE", "no module %s", client_module(call));
	if (setenv("HANDFAST_STORE", home->store, 1) != 0)
		return fail_memory();
	outcome = token_uri(call, about);
	set = outcome == DONE && setenv("HANDFAST_MODULE", module, 1) == 0 &&
	    setenv("PKCS11_MODULE", module, 1) == 0 &&
	    setenv("PKCS11_PIN_FILE", home->pin, 1) == 0 &&
	    setenv("PKCS11_URI", json_string_value(json_object_get(about, "uri")), 1) == 0;
	json_decref(about);
	if (outcome == DONE && !set)
		return fail_memory();
	return outcome;
}

/* --- the program ---------------------------------------------------------- */

static volatile sig_atomic_t child;

/* Who ends us means the program; what it leaves is still cleared away. */
static void
pass_on(int number)
{
	if (child > 0)
		(void)kill((pid_t)child, number);
}

/* What is typed at a terminal reaches the program by itself. */
static void
signals_settle(void)
{
	const struct sigaction ignore = { .sa_handler = SIG_IGN }, pass = { .sa_handler = pass_on };

	(void)sigaction(SIGINT, &ignore, NULL);
	(void)sigaction(SIGQUIT, &ignore, NULL);
	(void)sigaction(SIGTERM, &pass, NULL);
	(void)sigaction(SIGHUP, &pass, NULL);
}

static void
become(const struct call *call, const sigset_t *mask)
{
	say_unset();
	(void)sigprocmask(SIG_SETMASK, mask, NULL);
	(void)execvp(call->arguments[0], (char *const *)(uintptr_t)call->arguments);
	fprintf(stderr, "handfast: cannot run %s: %s\n", call->arguments[0], strerror(errno));
	_exit(errno == ENOENT ? 127 : 126);
}

/* The exit status as a shell has it. */
static enum outcome
program_run(const struct call *call, int *status)
{
	sigset_t some, before;
	pid_t pid;

	sigemptyset(&some);
	sigaddset(&some, SIGTERM);
	sigaddset(&some, SIGHUP);
	/* A signal that comes now waits until there is somebody to pass it on to. */
	(void)sigprocmask(SIG_BLOCK, &some, &before);
	pid = fork();
	if (pid < 0)
		return fail_errno(errno, NULL, "cannot start another program");
	if (pid == 0)
		become(call, &before);
	child = (sig_atomic_t)pid;
	signals_settle();
	(void)sigprocmask(SIG_SETMASK, &before, NULL);
	while (waitpid(pid, status, 0) < 0)
		if (errno != EINTR)
			return fail_errno(errno, NULL, "cannot wait for %s", call->arguments[0]);
	*status = WIFEXITED(*status) ? WEXITSTATUS(*status) : 128 + WTERMSIG(*status);
	return DONE;
}

enum outcome
run_program(const struct call *call, json_t *data)
{
	RELEASED(home_release) struct home home = { 0 };
	const char *label = call->options.label != NULL ? call->options.label : "run";
	int status = 0;

	TRY(home_make(&home));
	TRY(token_make(&home, label));
	TRY(variables_set(call, &home));
	TRY(program_run(call, &status));
	/* The output is the program's; only who asks for JSON is told more. */
	if (call->options.json != 0)
		put_number(data, "status", status);
	say_status(status);
	return DONE;
}
