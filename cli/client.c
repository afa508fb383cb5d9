/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tokens and sessions through the module.  Must not know what is done in them.
 */
#include "cli/client.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/pin.h"

const struct pkcs11_function_list_3_2 *p11;

/* --- the module ----------------------------------------------------------- */

const char *
client_module(const struct call *call)
{
	const char *named = secure_getenv("HANDFAST_MODULE");

	if (call->options.module != NULL)
		return call->options.module;
	return named != NULL ? named : MODULE_FILE;
}

static enum outcome
load(const char *path)
{
	typedef CK_RV (*get_interface)(
	    CK_UTF8CHAR *, CK_VERSION *, struct pkcs11_interface **, CK_FLAGS);
	CK_VERSION version = { 3, 2 };
	struct pkcs11_interface *interface;
	void *module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	get_interface get;

	if (module == NULL)
		return fail(FAILED, "handfast doctor, or --module FILE",
		    "cannot load the module: %s", dlerror());
	get = (get_interface)dlsym(module, "C_GetInterface");
	if (get == NULL || get(NULL, &version, &interface, 0) != CKR_OK)
		return fail(REFUSED, "--module FILE", "%s has no PKCS#11 3.2: not Handfast", path);
	p11 = interface->function_list;
	return DONE;
}

enum outcome
client_start(const struct call *call)
{
	CK_RV rv;

	if (p11 == NULL)
		TRY(load(client_module(call)));
	rv = p11->C_Initialize(NULL);
	return rv == CKR_OK ? DONE : fail_rv(rv, NULL, "cannot start the module");
}

void
client_stop(void)
{
	if (p11 != NULL)
		(void)p11->C_Finalize(NULL);
}

/* --- tokens --------------------------------------------------------------- */

void
token_release(struct token *token)
{
	free(token->pin_file);
	*token = (struct token){ 0 };
}

void
tokens_release(struct tokens *tokens)
{
	for (size_t i = 0; i < tokens->count; i++)
		token_release(&tokens->list[i]);
	free(tokens->list);
	*tokens = (struct tokens){ 0 };
}

/* The standard pads with blanks. */
static void
unpad(char *out, const CK_UTF8CHAR *in, size_t len)
{
	while (len > 0 && in[len - 1] == ' ')
		len--;
	memcpy(out, in, len);
	out[len] = '\0';
}

/* False: it is the empty slot. */
static bool
token_look(CK_SLOT_ID slot, struct token *token)
{
	*token = (struct token){ .slot = slot };
	if (p11->C_GetTokenInfo(slot, &token->info) != CKR_OK)
		return true;
	token->readable = true;
	unpad(token->label, token->info.label, sizeof(token->info.label));
	unpad(token->serial, token->info.serialNumber, sizeof(token->info.serialNumber));
	return (token->info.flags & CKF_TOKEN_INITIALIZED) != 0;
}

static enum outcome
slots_list(CK_SLOT_ID **slots, CK_ULONG *count)
{
	CK_RV rv;

	do {
		free(*slots);
		*slots = NULL;
		*count = 0;
		rv = p11->C_GetSlotList(CK_TRUE, NULL, count);
		if (rv != CKR_OK)
			break;
		*slots = calloc(*count + 1, sizeof(**slots));
		if (*slots == NULL)
			return fail_memory();
		rv = p11->C_GetSlotList(CK_TRUE, *slots, count);
	} while (rv == CKR_BUFFER_TOO_SMALL);
	return rv == CKR_OK ? DONE : fail_rv(rv, NULL, "cannot list the slots");
}

enum outcome
tokens_list(struct tokens *tokens)
{
	RELEASED(pointer_release) CK_SLOT_ID *slots = NULL;
	CK_ULONG count;

	TRY(slots_list(&slots, &count));
	*tokens = (struct tokens){ .list = calloc(count + 1, sizeof(struct token)) };
	if (tokens->list == NULL)
		return fail_memory();
	for (CK_ULONG i = 0; i < count; i++)
		if (token_look(slots[i], &tokens->list[tokens->count]))
			tokens->count++;
	return DONE;
}

/* What a user asked for. */
struct wish {
	P11KitUri *uri; /* NULL: any */
	int slot;       /* -1: any */
};

static bool
fits(const struct wish *wish, const struct token *token)
{
	if (wish->slot >= 0)
		return token->slot == (CK_SLOT_ID)wish->slot;
	return wish->uri == NULL ||
	    (token->readable && p11_kit_uri_match_token_info(wish->uri, &token->info) != 0);
}

static enum outcome
token_pick(
    const struct wish *wish, const char *name, const struct tokens *tokens, struct token *token)
{
	const struct token *found = NULL;
	size_t count = 0;

	for (size_t i = 0; i < tokens->count; i++)
		if (fits(wish, &tokens->list[i])) {
			found = &tokens->list[i];
			count++;
		}
	if (count == 0 && tokens->count == 0)
		return fail(NOT_FOUND, "handfast token init LABEL", "there is no token yet");
	if (count == 0)
		return fail(NOT_FOUND, "handfast token list", "there is no token '%s'",
		    name != NULL ? name : "in that slot");
	if (count > 1 && name != NULL)
		return fail(IN_THE_WAY, "its URI, which handfast token list shows",
		    "%zu tokens are called '%s'", count, name);
	if (count > 1)
		return fail(IN_THE_WAY, "--token LABEL; handfast token list shows them",
		    "there are %zu tokens: which one?", count);
	*token = *found;
	return DONE;
}

enum outcome
token_find(const struct call *call, const char *name, P11KitUri *uri, struct token *token)
{
	RELEASED(uri_release) P11KitUri *named = NULL;
	RELEASED(tokens_release) struct tokens tokens = { 0 };
	struct wish wish = { .slot = call->options.slot };

	if (name == NULL)
		name = call->options.token;
	if (name != NULL) {
		TRY(name_token(name, &named));
		uri = named;
	}
	wish.uri = uri != NULL && names_token(uri) ? uri : NULL;
	TRY(tokens_list(&tokens));
	TRY(token_pick(&wish, name, &tokens, token));
	return uri != NULL ? name_pin_file(uri, &token->pin_file) : DONE;
}

/* "locked", "3 tries left" and the like, of a role's flags. */
static const char *
pin_state(CK_FLAGS flags, CK_FLAGS low, CK_FLAGS final, CK_FLAGS locked)
{
	if ((flags & locked) != 0)
		return "locked";
	if ((flags & final) != 0)
		return "one try left";
	return (flags & low) != 0 ? "wrong tries" : "set";
}

enum outcome
token_describe(const struct token *token, json_t *data)
{
	CK_FLAGS flags = token->info.flags;

	put_text(data, "label", token->readable ? token->label : NULL);
	put_text(data, "serial", token->readable ? token->serial : NULL);
	put_number(data, "slot", (json_int_t)token->slot);
	put_yes(data, "readable", token->readable);
	if (!token->readable)
		return DONE;
	put_text(data, "pin",
	    (flags & CKF_USER_PIN_INITIALIZED) == 0
		? "not set"
		: pin_state(
		      flags, CKF_USER_PIN_COUNT_LOW, CKF_USER_PIN_FINAL_TRY, CKF_USER_PIN_LOCKED));
	put_text(data, "so_pin",
	    pin_state(flags, CKF_SO_PIN_COUNT_LOW, CKF_SO_PIN_FINAL_TRY, CKF_SO_PIN_LOCKED));
	put_yes(data, "writable", (flags & CKF_WRITE_PROTECTED) == 0);
	put_yes(data, "suspect", (flags & CKF_ERROR_STATE) != 0);
	return put_uri(data, "uri", &token->info, NULL, 0);
}

/* --- sessions ------------------------------------------------------------- */

/* The settings may log in by themselves (auto-login). */
static bool
is_user(CK_SESSION_HANDLE session)
{
	CK_SESSION_INFO info;

	return p11->C_GetSessionInfo(session, &info) == CKR_OK &&
	    (info.state == CKS_RW_USER_FUNCTIONS || info.state == CKS_RO_USER_FUNCTIONS);
}

static enum outcome
log_in(
    const struct call *call, const struct token *token, CK_SESSION_HANDLE session, enum login login)
{
	RELEASED(secret_clear) struct secret pin = { 0 };
	struct pin_source source = login == OFFICER ? call->options.so_pin : call->options.pin;
	char whose[80];
	CK_RV rv;

	if (login == USER && is_user(session))
		return DONE;
	if (login == USER && !pin_given(&source))
		source.file = token->pin_file;
	(void)snprintf(whose, sizeof(whose), "%s of '%s'",
	    login == OFFICER ? "security officer's PIN" : "PIN", token->label);
	/* Without one, the module takes that which the settings name (pin-source). */
	if (login == OFFICER || pin_given(&source) ||
	    (token->info.flags & CKF_PROTECTED_AUTHENTICATION_PATH) == 0)
		TRY(pin_get(&source, whose, &pin));
	rv = p11->C_Login(
	    session, login == OFFICER ? CKU_SO : CKU_USER, pin.data, (CK_ULONG)pin.len);
	return rv == CKR_OK ? DONE : fail_rv(rv, NULL, "cannot log in to '%s'", token->label);
}

enum outcome
session_begin(const struct call *call, const struct token *token, enum login login,
    CK_SESSION_HANDLE *session)
{
	CK_FLAGS writing = (token->info.flags & CKF_WRITE_PROTECTED) == 0 ? CKF_RW_SESSION : 0;
	CK_RV rv =
	    p11->C_OpenSession(token->slot, CKF_SERIAL_SESSION | writing, NULL, NULL, session);

	if (rv != CKR_OK)
		return fail_rv(
		    rv, NULL, "cannot use the token '%s' (slot %lu)", token->label, token->slot);
	return login == NOBODY ? DONE : log_in(call, token, *session, login);
}
