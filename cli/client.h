/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The module, as any client has it: loaded, asked for its tokens, logged in to.
 */
#ifndef HANDFAST_CLI_CLIENT_H
#define HANDFAST_CLI_CLIENT_H

#include "cli/name.h"
#include "cli/verb.h"

/* The module's functions, between client_start() and client_stop(). */
extern const struct pkcs11_function_list_3_2 *p11;

/* Which module: --module, HANDFAST_MODULE, or the one that was installed with the command. */
const char *client_module(const struct call *call);
enum outcome client_start(const struct call *call) MUST_CHECK;
/* Also ends sessions and logins.  The module can be started again. */
void client_stop(void);

/* A token; its slot has the number of its file in the store. */
struct token {
	CK_SLOT_ID slot;
	bool readable; /* else only the slot is known */
	CK_TOKEN_INFO info;
	char label[sizeof(((CK_TOKEN_INFO *)0)->label) + 1]; /* without the blanks that pad it */
	char serial[sizeof(((CK_TOKEN_INFO *)0)->serialNumber) + 1];
	char *pin_file; /* that its URI named, or NULL */
};
void token_release(struct token *token);

struct tokens {
	struct token *list;
	size_t count;
};
/* All that are there, not the empty slot. */
enum outcome tokens_list(struct tokens *tokens) MUST_CHECK;
void tokens_release(struct tokens *tokens);
/*
 * The one that `name` (may be NULL), or --token, or --slot, or `uri` (may be NULL)
 * means; without any of them the only one there is.  NOT_FOUND; IN_THE_WAY where
 * several fit.
 */
enum outcome token_find(
    const struct call *call, const char *name, P11KitUri *uri, struct token *token) MUST_CHECK;
/* What `token list` and `token show` tell of it. */
enum outcome token_describe(const struct token *token, json_t *data) MUST_CHECK;

enum login { NOBODY, USER, OFFICER };
/* A session, read-write unless the token cannot be written, ended by client_stop(). */
enum outcome session_begin(const struct call *call, const struct token *token, enum login login,
    CK_SESSION_HANDLE *session) MUST_CHECK;

#endif
