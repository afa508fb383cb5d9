/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The copy of a token that a migration works in, since the module makes objects one by
 * one.  Must not know what is made.
 */
#include "cli/branch.h"

#include <stdlib.h>

#include "cli/files.h"
#include "cli/private.h"

static enum outcome
copy_make(struct branch *branch, const struct config *config, const struct token *token,
    const struct secret *pin)
{
	enum store_status status =
	    store_open(&config->store, (uint32_t)token->slot, &branch->store);

	if (status == STORE_OK)
		status = store_login(branch->store, STORE_USER, secret_view(pin));
	if (status != STORE_OK)
		return fail_store(status, NULL, "cannot log in to '%s'", token->label);
	signals_hold(&branch->signals);
	status = upkeep_branch(branch->store, &branch->copy);
	if (status == STORE_OK)
		return DONE;
	(void)sigprocmask(SIG_SETMASK, &branch->signals, NULL);
	return fail_store(status, NULL, "cannot make a copy of '%s' beside it", token->label);
}

static enum outcome
copy_enter(const struct call *call, const struct branch *branch, const struct secret *pin,
    struct place_in *place)
{
	CK_RV rv;

	if (setenv("HANDFAST_STORE", upkeep_branch_folder(branch->copy), 1) != 0)
		return fail_memory();
	TRY(client_start(call));
	TRY(token_find(call, NULL, NULL, &place->token));
	TRY(session_begin(call, &place->token, NOBODY, &place->session));
	rv = p11->C_Login(place->session, CKU_USER, pin->data, (CK_ULONG)pin->len);
	/* The settings may log in by themselves. */
	if (rv == CKR_OK || rv == CKR_USER_ALREADY_LOGGED_IN)
		return DONE;
	return fail_rv(rv, NULL, "cannot log in to the copy of '%s'", place->token.label);
}

enum outcome
branch_begin(const struct call *call, struct branch *branch, struct place_in *place)
{
	RELEASED(config_release) struct config config = { 0 };
	RELEASED(token_release) struct token token = { 0 };
	RELEASED(secret_clear) struct secret pin = { 0 };
	struct upkeep_pin how;

	TRY(files_config(&config));
	TRY(files_token(call, NULL, &token));
	TRY(files_pin(call, &token, &pin, &how));
	TRY(copy_make(branch, &config, &token, &pin));
	return copy_enter(call, branch, &pin, place);
}

enum outcome
branch_undisturbed(void)
{
	return signals_wait() ? fail(FAILED, NULL, "ended by a signal; nothing was changed") : DONE;
}

enum outcome
branch_join(struct branch *branch)
{
	enum store_status status;

	client_stop();
	status = upkeep_branch_join(branch->copy);
	return status == STORE_OK
	    ? DONE
	    : fail_store(status, NULL, "nothing could be brought into the token");
}

void
branch_release(struct branch *branch)
{
	if (branch->copy != NULL) {
		client_stop();
		upkeep_branch_end(&branch->copy);
		(void)sigprocmask(SIG_SETMASK, &branch->signals, NULL);
	}
	store_close(branch->store);
	*branch = (struct branch){ 0 };
}
