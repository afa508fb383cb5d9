/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A token of this command's own in a temporary folder, which others do not see.
 */
#ifndef HANDFAST_CLI_PRIVATE_H
#define HANDFAST_CLI_PRIVATE_H

#include <signal.h>

#include "cli/say.h"

/* Signals that would end us wait from here on; the mask is to be put back. */
void signals_hold(sigset_t *before);
/* Is one waiting? */
bool signals_wait(void);

struct private_token {
	sigset_t signals; /* that were blocked before */
	char folder[128], store[160];
	char pin[160]; /* a file with it */
};

/*
 * Makes it, with this PIN or, for NULL, a random one, and has HANDFAST_STORE name its
 * store.  MISUSED for a label that is none.  private_release() also after a failure: until
 * then signals that would end us wait.
 */
enum outcome private_make(
    const char *label, const char *pin, struct private_token *token) MUST_CHECK;
/* Removes all of it. */
void private_release(struct private_token *token);

#endif
