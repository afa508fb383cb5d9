/* SPDX-License-Identifier: Apache-2.0 */
/* What benchmark programs need whatever they measure: a folder of their own, a clock, medians. */
#ifndef HANDFAST_TESTS_BENCH_RUN_H
#define HANDFAST_TESTS_BENCH_RUN_H

#include <stddef.h>

#include "token/base/base.h"

/* Seconds, from some beginning. */
double now(void);
/* The middle value; 0 of none.  Sorts them. */
double median(double *values, size_t count);

/* A temporary folder with a home in it, so that neither the user's tokens nor the user's
 * configuration count, and a configuration for SoftHSM. */
void folder_make(void);
const char *folder_path(void);
void folder_remove(void);
/* Sets a variable to a path in the folder; with `make`, of a folder that is there. */
void folder_set(const char *variable, const char *name, bool make);

/* Says why and exits, leaving no folder.  Never returns. */
void die(const char *format, ...) PRINTF_LIKE(1, 2) __attribute__((noreturn));

#endif
