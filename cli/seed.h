/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a token for once begins with: handfast-seed(5).
 */
#ifndef HANDFAST_CLI_SEED_H
#define HANDFAST_CLI_SEED_H

#include "cli/private.h"
#include "cli/verb.h"

struct seed {
	const struct call *call;
	const char *path;
	json_t *content;
};

/*
 * Reads the seed that --seed names and looks it over.  What is in it may be secret: jansson has to
 * have its memory from the arena (main.c).  MISUSED, with the place, for what is none.
 */
enum outcome seed_read(const struct call *call, struct seed *seed) MUST_CHECK;
void seed_release(struct seed *seed);
/* What it says of the token; NULL: nothing. */
const char *seed_label(const struct seed *seed);
const char *seed_pin(const struct seed *seed);
/* Makes its objects, in their order.  The first that cannot be made ends it, with the place. */
enum outcome seed_fill(const struct seed *seed, const struct private_token *token) MUST_CHECK;

#endif
