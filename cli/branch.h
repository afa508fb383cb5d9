/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Many objects that come into a token at once, all or none.
 */
#ifndef HANDFAST_CLI_BRANCH_H
#define HANDFAST_CLI_BRANCH_H

#include <signal.h>

#include "cli/object.h"
#include "store/upkeep.h"

struct branch {
	struct store *store; /* of the token, the user logged in */
	struct upkeep_branch *copy;
	sigset_t signals; /* that were blocked before */
};

/*
 * A session of the user in a copy of the token that --token names; what the module makes
 * there comes into the token with branch_join().  Until branch_release() signals that
 * would end us wait.
 */
enum outcome branch_begin(
    const struct call *call, struct branch *branch, struct place_in *place) MUST_CHECK;
/* FAILED once such a signal has come. */
enum outcome branch_undisturbed(void) MUST_CHECK;
/* Also stops the module, which is not to be started again: it would find the copy. */
enum outcome branch_join(struct branch *branch) MUST_CHECK;
void branch_release(struct branch *branch);

#endif
