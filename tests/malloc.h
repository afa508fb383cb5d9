/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The largest block that anybody in this process asked malloc and its like for: what a call
 * allocates is bounded by what its caller could mean.  A program that links it has
 * --export-dynamic, so that the module and libcrypto ask here too.
 */
#ifndef HANDFAST_TESTS_MALLOC_H
#define HANDFAST_TESTS_MALLOC_H

#include <stddef.h>

/* Since the last call of malloc_watch, by this thread. */
void malloc_watch(void);
size_t malloc_largest(void);

#endif
