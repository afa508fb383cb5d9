/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What verbs need that work on a token's file, through store/ and not the module.
 */
#ifndef HANDFAST_CLI_FILES_H
#define HANDFAST_CLI_FILES_H

#include "cli/client.h"
#include "store/upkeep.h"
#include "token/config.h"

/* The settings that the module has, too.  config_release(). */
enum outcome files_config(struct config *config) MUST_CHECK;
/*
 * As token_find, and then the module is stopped again: what it holds open, and what
 * it knows of a file that is about to be exchanged, would be in the way.
 */
enum outcome files_token(const struct call *call, const char *name, struct token *token) MUST_CHECK;
/* The user's PIN or, with --so, the security officer's. */
enum outcome files_pin(const struct call *call, const struct token *token, struct secret *pin,
    struct upkeep_pin *how) MUST_CHECK;

#endif
