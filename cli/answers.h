/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the module's and the store's answers mean to a person and to a script.
 */
#ifndef HANDFAST_CLI_ANSWERS_H
#define HANDFAST_CLI_ANSWERS_H

#include "cli/say.h"

struct answer {
	enum outcome outcome;
	const char *name; /* the standard's; NULL for the store's */
	const char *why;
	const char *hint; /* or NULL */
};

/* Never NULL. */
const struct answer *answer_of_rv(CK_RV rv);
const struct answer *answer_of_store(enum store_status status);

#endif
