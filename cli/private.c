/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A token for once.
 */
#include "cli/private.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/name.h"
#include "cli/pin.h"
#include "cli/stream.h"
#include "store/store.h"

static int
remove_entry(const char *path, const struct stat *status, int kind, struct FTW *place)
{
	(void)status, (void)kind, (void)place;
	return remove(path);
}

static const int ends[] = { SIGINT, SIGTERM, SIGHUP };

void
signals_hold(sigset_t *before)
{
	sigset_t some;

	sigemptyset(&some);
	for (size_t i = 0; i < COUNT_OF(ends); i++)
		sigaddset(&some, ends[i]);
	(void)sigprocmask(SIG_BLOCK, &some, before);
}

bool
signals_wait(void)
{
	sigset_t waiting;

	(void)sigpending(&waiting);
	for (size_t i = 0; i < COUNT_OF(ends); i++)
		if (sigismember(&waiting, ends[i]) == 1)
			return true;
	return false;
}

void
private_release(struct private_token *token)
{
	if (token->folder[0] == '\0')
		return;
	(void)nftw(token->folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
	(void)sigprocmask(SIG_SETMASK, &token->signals, NULL);
}

static enum outcome
folder_make(struct private_token *token)
{
	const char *parent = secure_getenv("TMPDIR");

	(void)snprintf(token->folder, sizeof(token->folder), "%.100s/handfast-run.XXXXXX",
	    parent != NULL ? parent : "/tmp");
	signals_hold(&token->signals);
	if (mkdtemp(token->folder) == NULL) {
		token->folder[0] = '\0';
		(void)sigprocmask(SIG_SETMASK, &token->signals, NULL);
		return fail_errno(errno, "TMPDIR=FOLDER", "cannot make a temporary folder");
	}
	(void)snprintf(token->store, sizeof(token->store), "%s/store", token->folder);
	(void)snprintf(token->pin, sizeof(token->pin), "%s/pin", token->folder);
	return DONE;
}

/* --- the token ------------------------------------------------------------ */

/* A PIN of 125 bits needs no costly derivation, and many short runs would feel it. */
static const struct store_kdf cheapest = { 14, 8, 1 };

static enum store_status
token_put(const struct private_token *token, const char *label, struct view so_pin, struct view pin)
{
	const struct store_config config = { .folder = token->store, .kdf = cheapest };
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

enum outcome
private_make(const char *label, const char *given, struct private_token *token)
{
	RELEASED(secret_clear) struct secret pin = { 0 }, so_pin = { 0 };
	RELEASED(uri_release) P11KitUri *uri = NULL;
	enum store_status status;

	TRY(name_token(label, &uri));
	TRY(folder_make(token));
	if (given == NULL)
		TRY(pin_make(&pin));
	else if (!secret_copy(&pin, view_of(given, strlen(given))))
		return fail_memory();
	TRY(pin_make(&so_pin));
	TRY(stream_write(token->pin, false, secret_view(&pin)));
	status = token_put(token, label, secret_view(&so_pin), secret_view(&pin));
	if (status != STORE_OK)
		return fail_store(status, NULL, "cannot make the token in %s", token->store);
	return setenv("HANDFAST_STORE", token->store, 1) == 0 ? DONE : fail_memory();
}
