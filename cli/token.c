/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tokens: which there are, their PINs and labels, their end.
 */
#include <stdio.h>
#include <string.h>

#include "cli/families.h"
#include "cli/files.h"
#include "cli/pin.h"

enum outcome
token_list(const struct call *call, json_t *data)
{
	RELEASED(tokens_release) struct tokens tokens = { 0 };
	json_t *list = json_array();

	put(data, "tokens", list);
	TRY(client_start(call));
	TRY(tokens_list(&tokens));
	for (size_t i = 0; i < tokens.count; i++) {
		json_t *item = json_object();

		if (item == NULL || json_array_append_new(list, item) != 0)
			return fail_memory();
		TRY(token_describe(&tokens.list[i], item));
	}
	if (tokens.count == 0)
		say_note("no token yet; next: handfast token init LABEL");
	return DONE;
}

/* PKCS#11 has flags for "some" tries, and none for the policy; the store knows. */
static void
put_kept(const struct config *config, const struct token *token, json_t *data)
{
	struct store_info info;
	struct store *store;

	if (store_open(&config->store, (uint32_t)token->slot, &store) != STORE_OK)
		return;
	if (store_info(store, &info) == STORE_OK) {
		put_text(data, "policy", info.strict ? "strict" : "standard");
		put_number(data, "pin_tries_left", info.tries - info.failures[STORE_USER]);
		put_number(data, "so_pin_tries_left", info.tries - info.failures[STORE_SO]);
	}
	store_close(store);
}

enum outcome
token_show(const struct call *call, json_t *data)
{
	RELEASED(config_release) struct config config = { 0 };
	RELEASED(token_release) struct token token = { 0 };

	TRY(client_start(call));
	TRY(token_find(call, call->arguments[0], NULL, &token));
	TRY(token_describe(&token, data));
	client_stop();
	TRY(files_config(&config));
	put_kept(&config, &token, data);
	return DONE;
}

/* --- PINs ----------------------------------------------------------------- */

static const char *
officer_or_user(const struct call *call)
{
	return call->options.so != 0 ? "security officer's PIN" : "PIN";
}

/* C_SetPIN is for the user in a session without a login, for the SO in one with his. */
static enum outcome
change_pin(const struct call *call, const struct token *token)
{
	RELEASED(secret_clear) struct secret old = { 0 }, new = { 0 };
	bool so = call->options.so != 0;
	CK_SESSION_HANDLE session;
	char whose[80];
	CK_RV rv;

	(void)snprintf(whose, sizeof(whose), "%s of '%s'", officer_or_user(call), token->label);
	TRY(pin_get(so ? &call->options.so_pin : &call->options.pin, whose, &old));
	TRY(session_begin(call, token, NOBODY, &session));
	rv = so ? p11->C_Login(session, CKU_SO, old.data, (CK_ULONG)old.len) : CKR_OK;
	if (rv != CKR_OK)
		return fail_rv(rv, NULL, "cannot log in to '%s'", token->label);
	(void)snprintf(whose, sizeof(whose), "new %s of '%s'", officer_or_user(call), token->label);
	TRY(pin_get_new(&call->options.new_pin, whose, &new));
	rv = p11->C_SetPIN(session, old.data, (CK_ULONG)old.len, new.data, (CK_ULONG) new.len);
	return rv == CKR_OK ? DONE
			    : fail_rv(rv, NULL, "cannot change the PIN of '%s'", token->label);
}

enum outcome
token_passwd(const struct call *call, json_t *data)
{
	RELEASED(token_release) struct token token = { 0 };

	TRY(client_start(call));
	TRY(token_find(call, call->arguments[0], NULL, &token));
	put_text(data, "token", token.label);
	put_text(data, "changed", officer_or_user(call));
	if (call->options.dry_run != 0)
		return WOULD_CHANGE;
	return change_pin(call, &token);
}

static enum outcome
set_user_pin(const struct call *call, const struct token *token)
{
	RELEASED(secret_clear) struct secret new = { 0 };
	CK_SESSION_HANDLE session;
	char whose[80];
	CK_RV rv;

	TRY(session_begin(call, token, OFFICER, &session));
	(void)snprintf(whose, sizeof(whose), "new PIN of '%s'", token->label);
	TRY(pin_get_new(&call->options.new_pin, whose, &new));
	rv = p11->C_InitPIN(session, new.data, (CK_ULONG) new.len);
	return rv == CKR_OK ? DONE : fail_rv(rv, NULL, "cannot set the PIN of '%s'", token->label);
}

enum outcome
token_reset_pin(const struct call *call, json_t *data)
{
	RELEASED(token_release) struct token token = { 0 };

	TRY(client_start(call));
	TRY(token_find(call, call->arguments[0], NULL, &token));
	put_text(data, "token", token.label);
	put_text(data, "changed", "PIN");
	if (call->options.dry_run != 0)
		return WOULD_CHANGE;
	return set_user_pin(call, &token);
}

/* --- label and end -------------------------------------------------------- */

static enum outcome
rename_file(const struct call *call, const struct token *token, const char *label)
{
	RELEASED(config_release) struct config config = { 0 };
	RELEASED(secret_clear) struct secret pin = { 0 };
	char padded[STORE_LABEL_LEN];
	struct upkeep_pin how;
	enum store_status status;

	TRY(files_config(&config));
	TRY(files_pin(call, token, &pin, &how));
	memset(padded, ' ', sizeof(padded));
	memcpy(padded, label, strlen(label));
	status = upkeep_rename(&config.store, (uint32_t)token->slot, how, padded);
	return status == STORE_OK ? DONE
				  : fail_store(status, NULL, "cannot rename '%s'", token->label);
}

enum outcome
token_rename(const struct call *call, json_t *data)
{
	RELEASED(token_release) struct token token = { 0 };
	RELEASED(uri_release) P11KitUri *uri = NULL;

	if (strncmp(call->arguments[1], "pkcs11:", 7) == 0)
		return fail(MISUSED, NULL, "the new name is a label, not a URI");
	TRY(name_token(call->arguments[1], &uri));
	TRY(files_token(call, call->arguments[0], &token));
	put_text(data, "token", call->arguments[1]);
	put_text(data, "before", token.label);
	if (call->options.dry_run != 0)
		return WOULD_CHANGE;
	return rename_file(call, &token, call->arguments[1]);
}

enum outcome
token_rm(const struct call *call, json_t *data)
{
	RELEASED(token_release) struct token token = { 0 };
	RELEASED(config_release) struct config config = { 0 };
	enum store_status status;
	char question[120];

	if (call->count == 0 && call->options.slot < 0)
		return fail(MISUSED, "handfast token list", "which token?");
	TRY(files_token(call, call->arguments[0], &token));
	TRY(files_config(&config));
	put_text(data, "token", token.label);
	put_number(data, "slot", (json_int_t)token.slot);
	if (call->options.dry_run != 0)
		return WOULD_CHANGE;
	(void)snprintf(question, sizeof(question),
	    "Remove the token '%s' (slot %lu) and all its keys?", token.label, token.slot);
	TRY(confirm(call, question));
	status = upkeep_remove(&config.store, (uint32_t)token.slot);
	return status == STORE_OK ? DONE
				  : fail_store(status, NULL, "cannot remove '%s'", token.label);
}
