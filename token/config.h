/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Configuration: built-in defaults, then /etc/handfast/handfast.conf, then the
 * user's file, then the environment through secure_getenv.  All optional, merged.
 * Nothing here ever fails a C_Initialize: what is wrong is logged with file and
 * line and passed over.
 */
#ifndef HANDFAST_CONFIG_H
#define HANDFAST_CONFIG_H

#include "mechanisms/mechanism.h"
#include "store/store.h"
#include "token/base/base.h"
#include "token/base/cryptoki.h"

/* What the section [NAME] says of the token with that label or serial number. */
struct config_token {
	const char *name;
	const char *pin_source; /* as pinsource_read() takes it; NULL: none */
	bool auto_login;        /* the first session of an application logs the user in */
	struct config_token *next;
};

struct config {
	struct store_config store; /* folder, KDF cost, tries, pepper, policy; owns its strings */
	bool empty_slot;           /* show one empty slot after the last token */
	bool public_writes;        /* a session without a login may write public token objects */
	bool derived_sensitive;    /* derived keys are sensitive where the template is silent */
	size_t pin_least;          /* shortest PIN that may be set; the longest is PIN_MOST */
	const char *der_points;    /* which tokens, for config_names; NULL: none */
	struct limits limits;      /* of the mechanisms; the strings are owned here */
	struct config_token *tokens;
};

#define PIN_LEAST_DEFAULT 4
#define PIN_MOST 255

/* Reads everything afresh.  CKR_HOST_MEMORY at worst. */
CK_RV config_load(struct config *config) MUST_CHECK;
void config_release(struct config *config);
/* The folders that log_keep() is given, to be freed; NULL: no memory. */
char *config_kept(void);
/* Is the token of this label, which blanks may pad, in a list with commas between (*: all)? */
bool config_names(const char *list, struct view label);
/* What is said of the token of this serial number or else of this label, which blanks may pad;
 * NULL: nothing. */
const struct config_token *config_of_token(
    const struct config *config, struct view serial, struct view label);

#endif
