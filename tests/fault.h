/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Everything under the module fails.  A program that is linked with this has its own
 * malloc, and its own of each function of libcrypto and SQLite that the module calls,
 * which are found before the real ones.  Allocations are counted whoever makes them,
 * calls of the libraries where the module does or the program's own store.  One of them can be made
 * to fail, alone or with all that follow.
 */
#ifndef HANDFAST_TESTS_FAULT_H
#define HANDFAST_TESTS_FAULT_H

#include <stdbool.h>

enum fault {
	FAULT_MEMORY, /* any allocation, mmap among them */
	FAULT_CRYPTO, /* a call of libcrypto: for want of memory, as its error queue says */
	FAULT_SQLITE_MEMORY,
	FAULT_SQLITE_IO,
	FAULTS
};
extern const char *const fault_names[FAULTS];

/* The n-th such call from now on fails, and those after it too with `on`. */
void fault_begin(enum fault kind, unsigned n, bool on);
/* No call fails any more.  Did one? */
bool fault_end(void);

/* For fault-calls.c. */
bool fault_waiting(void); /* for a call of a library */
extern int fault_sqlite_code;
bool fault_strikes_crypto(void);
bool fault_strikes_sqlite(void);

#endif
