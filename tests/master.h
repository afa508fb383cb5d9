/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a PIN leads to, computed from a token's file as store/FORMAT.md says, with
 * nothing of the store's own code.
 */
#ifndef HANDFAST_TESTS_MASTER_H
#define HANDFAST_TESTS_MASTER_H

#include "tests/client.h"

struct master {
	unsigned char stretched[32], pin_key[32]; /* scrypt of the PIN, and what opens the row */
	unsigned char key[32];                    /* the master key */
	unsigned char object[32], search[32], state[32], digest[32]; /* made from it */
};

enum master_role { MASTER_USER, MASTER_SO };

/* The file of a slot's token in the store; good until the next call. */
const char *master_path(CK_SLOT_ID slot);
/* Fails the test if the PIN does not open the row. */
void master_open(CK_SLOT_ID slot, enum master_role role, struct view pin, struct master *master);

#endif
