/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Secrets that a test plants and then looks for in the memory of a process, or in
 * what was dumped of it.  The test itself keeps them masked, so that what is found
 * is somebody else's copy.
 *
 * A secret is looked for in pieces of eight bytes, since an allocator overwrites the
 * beginning of what was freed, and the rest shall not pass for nothing; as it is, in
 * the reverse order, in which libcrypto has its numbers, and in the two ways in which
 * HMAC pads its keys (RFC 2104).  HANDFAST_TRACES=1 in the environment tells where
 * something was found.
 */
#ifndef HANDFAST_TESTS_PLANTED_H
#define HANDFAST_TESTS_PLANTED_H

#include <sys/types.h>

#include "token/base/base.h"

/* RSA's private exponent and ML-KEM's vector are the longest. */
#define PLANTED_MOST 1280

struct planted {
	const char *name;
	size_t len; /* 0: there is none */
	unsigned char masked[PLANTED_MOST];
	/* Where it was last seen: in pages that are locked, left out of dumps and wiped in a
	 * child; elsewhere; and there as a thread's stack. */
	unsigned guarded, loose, stack;
};

/* Room for so many, all empty, that forked children share. */
struct planted *planted_room(size_t count);
/* Keeps it; the caller's copy is the caller's to get rid of. */
void plant(struct planted *secret, const char *name, struct view bytes);
/* Random bytes that were never anywhere else, any or the digits of hexadecimal numbers. */
void plant_random(struct planted *secret, const char *name, size_t len);
void plant_random_text(struct planted *secret, const char *name, size_t len);
/* In the clear, until bared_wipe() clears all that was bared. */
void *bared(const struct planted *secret);
/* Room there, for what comes back in the clear. */
void *bared_room(size_t len);
void bared_wipe(void);

/* Looks through the writable memory of this process, or of another that is a child of it. */
void planted_search(struct planted *secrets, size_t count, pid_t process);
/* Looks through the stack of the main thread, below where it stands too. */
void planted_search_stack(struct planted *secrets, size_t count);
/* Looks through a file, which has all `loose`. */
void planted_search_file(struct planted *secrets, size_t count, const char *path);

#endif
