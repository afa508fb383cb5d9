/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Counting PIN tries, across processes and before the PIN is tried.  Private to
 * store/.  The file and its rules are in FORMAT.md, "SLOT.tries".
 */
#ifndef HANDFAST_TRIES_H
#define HANDFAST_TRIES_H

#include <pthread.h>

#include "store/file.h"
#include "store/seal.h"

#define TRIES_DEFAULT 10

/* What this process remembers itself: all there is where no file can be written. */
struct tries_here {
	pthread_mutex_t lock;
	unsigned failures[SEAL_ROLES];
	unsigned pending[SEAL_ROLES];
	uint64_t next[SEAL_ROLES]; /* when the next slowed try may start */
};

/* Where a token's tries are counted. */
struct tries {
	const struct place *place; /* NULL: a token in memory */
	struct tries_here *here;
	unsigned limit;
};

/* One try, charged and not yet settled. */
struct attempt {
	const struct tries *tries;
	enum store_role role;
	int fd; /* of the file it is charged in; -1: here */
};

enum verdict { PIN_RIGHT, PIN_WRONG, PIN_UNTRIED };

/*
 * Charges a try.  STORE_PIN_LOCKED when there are none left; where others' tries
 * would be the last, waits for how they end.  Where nothing can be written, may
 * take its time.
 */
enum store_status attempt_begin(
    const struct tries *tries, enum store_role role, struct attempt *out) MUST_CHECK;
/*
 * Settles it, before anybody else may learn the verdict: a right PIN clears the
 * role's failures, a PIN that was not tried is taken back.
 */
void attempt_end(struct attempt *attempt, enum verdict verdict);
/* Clears a role's failures. */
void tries_forgive(const struct tries *tries, enum store_role role);

/* A count and the file it was taken from, so that an unchanged file need not be read again. */
struct tries_seen {
	ino_t inode;
	off_t size;
	struct timespec changed;
	unsigned failures[SEAL_ROLES];
};
/* Wrong PINs since the last right one, as far as can be read. */
void tries_count(const struct tries *tries, struct tries_seen *seen, unsigned failures[SEAL_ROLES]);

#endif
