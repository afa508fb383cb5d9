/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `run`: another program with a token of its own, made before and gone after.  Any
 * number of them may run at once.
 */
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/client.h"
#include "cli/families.h"
#include "cli/seed.h"

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
variables_set(const struct call *call, const struct private_token *token)
{
	RELEASED(pointer_release) char *module = realpath(client_module(call), NULL);
	json_t *about = json_object();
	enum outcome outcome;
	bool set;

	if (module == NULL)
		return fail_errno(errno, "--module FILE", "no module %s", client_module(call));
	outcome = token_uri(call, about);
	set = outcome == DONE && setenv("HANDFAST_MODULE", module, 1) == 0 &&
	    setenv("PKCS11_MODULE", module, 1) == 0 &&
	    setenv("PKCS11_PIN_FILE", token->pin, 1) == 0 &&
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

/* The exit status as a shell has it.  Signals wait until there is somebody to pass them on to. */
static enum outcome
program_run(const struct call *call, const struct private_token *token, int *status)
{
	pid_t pid;

	if (signals_wait())
		return fail(FAILED, NULL, "ended by a signal");
	pid = fork();
	if (pid < 0)
		return fail_errno(errno, NULL, "cannot start another program");
	if (pid == 0)
		become(call, &token->signals);
	child = (sig_atomic_t)pid;
	signals_settle();
	(void)sigprocmask(SIG_SETMASK, &token->signals, NULL);
	while (waitpid(pid, status, 0) < 0)
		if (errno != EINTR)
			return fail_errno(errno, NULL, "cannot wait for %s", call->arguments[0]);
	*status = WIFEXITED(*status) ? WEXITSTATUS(*status) : 128 + WTERMSIG(*status);
	return DONE;
}

enum outcome
run_program(const struct call *call, json_t *data)
{
	RELEASED(private_release) struct private_token token = { 0 };
	RELEASED(seed_release) struct seed seed = { 0 };
	const char *label = call->options.label;
	int status = 0;

	if (call->options.seed != NULL)
		TRY(seed_read(call, &seed));
	if (label == NULL)
		label = seed_label(&seed) != NULL ? seed_label(&seed) : "run";
	TRY(private_make(label, seed_pin(&seed), &token));
	if (call->options.seed != NULL)
		TRY(seed_fill(&seed, &token));
	TRY(variables_set(call, &token));
	TRY(program_run(call, &token, &status));
	/* The output is the program's; only who asks for JSON is told more. */
	if (call->options.json != 0)
		put_number(data, "status", status);
	say_status(status);
	return DONE;
}
