/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Secrets: bytes that must not be swapped out, dumped, inherited by a forked
 * child or left behind.  They lie in an arena of pages that are locked (as far
 * as RLIMIT_MEMLOCK allows), left out of core dumps (MADV_DONTDUMP), zeroed in
 * a child (MADV_WIPEONFORK), fenced by inaccessible pages, and are wiped when
 * released.
 */
#ifndef HANDFAST_SECRET_H
#define HANDFAST_SECRET_H

#include "base.h"

/* Owns bytes in the arena.  Empty is { NULL, 0 }. */
struct secret {
	unsigned char *data;
	size_t len;
};

/* `len` zero bytes of arena; releases what `secret` held.  False when there is no memory. */
bool secret_alloc(struct secret *secret, size_t len) MUST_CHECK;
bool secret_copy(struct secret *to, struct view from) MUST_CHECK;
/* Hands over: `from` is empty afterwards, what `to` held is cleared. */
void secret_move(struct secret *to, struct secret *from);
/* Keeps the first (or, shifted down, the last) `len` bytes, of at least as many. */
void secret_keep_leading(struct secret *secret, size_t len);
void secret_keep_trailing(struct secret *secret, size_t len);
/* Wipes and gives back; leaves { NULL, 0 }.  NULL-safe on empty secrets. */
void secret_clear(struct secret *secret);

static inline struct view
secret_view(const struct secret *secret)
{
	return (struct view){ secret->data, secret->len };
}

/* Constant time for equal lengths. */
bool secret_equal(struct view a, struct view b);

/*
 * Overwrites what functions that have returned to the caller left on the stack below
 * it: libcrypto leaves words of numbers and of unwrapped keys there.
 */
void stack_wipe(void);

/* The arena itself, for structures that hold secrets: zeroed memory, wiped by arena_free. */
void *arena_alloc(size_t len);
void arena_free(void *memory);
/* The usable size of an arena_alloc block. */
size_t arena_size(const void *memory);
/* In a forked child, before anything else: leaves the parent's pages alone and begins anew. */
void arena_forget(void);

#endif
