/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From what the user named to a slot's file.
 */
#include "cli/files.h"

#include <stdio.h>

#include "cli/pin.h"

enum outcome
files_config(struct config *config)
{
	return config_load(config) == CKR_OK ? DONE : fail_memory();
}

enum outcome
files_token(const struct call *call, const char *name, struct token *token)
{
	enum outcome outcome;

	TRY(client_start(call));
	outcome = token_find(call, name, NULL, token);
	client_stop();
	return outcome;
}

enum outcome
files_pin(
    const struct call *call, const struct token *token, struct secret *pin, struct upkeep_pin *how)
{
	bool officer = call->options.so != 0 || pin_given(&call->options.so_pin);
	struct pin_source source = officer ? call->options.so_pin : call->options.pin;
	char whose[80];

	if (!officer && !pin_given(&source))
		source.file = token->pin_file;
	(void)snprintf(whose, sizeof(whose), "%s of '%s'",
	    officer ? "security officer's PIN" : "PIN", token->label);
	TRY(pin_get(&source, whose, pin));
	*how = (struct upkeep_pin){ officer ? STORE_SO : STORE_USER, secret_view(pin) };
	return DONE;
}
