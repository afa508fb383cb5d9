/* SPDX-License-Identifier: Apache-2.0 */
/* Time that only goes forward, for waits. */
#ifndef HANDFAST_CLOCK_H
#define HANDFAST_CLOCK_H

#include <stdint.h>
#include <time.h>

/* How long anything here waits for others: a writer for writers, a login for logins. */
#define WAIT_MS 20000

/* Nanoseconds since some moment, the same for all processes of the machine. */
static inline uint64_t
clock_fine(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* Milliseconds since then. */
static inline uint64_t
clock_now(void)
{
	return clock_fine() / 1000000;
}

static inline void
clock_sleep(uint64_t milliseconds)
{
	struct timespec rest = { (time_t)(milliseconds / 1000),
		(long)(milliseconds % 1000) * 1000000 };

	nanosleep(&rest, NULL);
}

/* The longest pauses: for those who wait for a commit, and for a PIN that others try. */
#define PAUSE_SHORT 32
#define PAUSE_LONG 256

/*
 * The pause before the n-th attempt, n from 0: doubles up to `longest` milliseconds, and is spread
 * over half of that, so that those who wait together do not come back together.
 */
static inline void
clock_back_off(unsigned attempt, unsigned longest)
{
	struct timespec now;
	unsigned most = attempt < 16 && 1U << attempt < longest ? 1U << attempt : longest;

	clock_gettime(CLOCK_MONOTONIC, &now);
	now.tv_sec = 0;
	now.tv_nsec = (long)most * 500000 + (now.tv_nsec / 1000 % 1000) * (long)most * 500;
	nanosleep(&now, NULL);
}

#endif
