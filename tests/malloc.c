/* SPDX-License-Identifier: Apache-2.0 */
/*
 * malloc and its like with one number kept: see malloc.h.  Where a sanitizer has its own, it
 * tells us of each block.
 */
#include "tests/malloc.h"

#include <stdint.h>
#include <stdlib.h>

static __thread size_t largest;

static void
note(size_t len)
{
	if (len > largest)
		largest = len;
}

void
malloc_watch(void)
{
	largest = 0;
}

size_t
malloc_largest(void)
{
	return largest;
}

#if defined(__has_feature)
#define SANITIZED (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

#if SANITIZED

int __sanitizer_install_malloc_and_free_hooks(
    void (*allocated)(const volatile void *, size_t), void (*freed)(const volatile void *));

static void
allocated(const volatile void *block, size_t len)
{
	(void)block;
	note(len);
}

static void
freed(const volatile void *block)
{
	(void)block;
}

__attribute__((constructor)) static void
listen(void)
{
	(void)__sanitizer_install_malloc_and_free_hooks(allocated, freed);
}

#else

/* glibc's own, by the names that it has for them beside the usual ones. */
void *__libc_malloc(size_t len);
void *__libc_calloc(size_t count, size_t len);
void *__libc_realloc(void *block, size_t len);

void *
malloc(size_t len)
{
	note(len);
	return __libc_malloc(len);
}

void *
calloc(size_t count, size_t len)
{
	note(len != 0 && count > SIZE_MAX / len ? SIZE_MAX : count * len);
	return __libc_calloc(count, len);
}

void *
realloc(void *block, size_t len)
{
	note(len);
	return __libc_realloc(block, len);
}

void *
reallocarray(void *block, size_t count, size_t len)
{
	if (len != 0 && count > SIZE_MAX / len) {
		note(SIZE_MAX);
		return NULL;
	}
	return realloc(block, count * len);
}

#endif
