/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What every folder stands on: borrowed and owned bytes, release on leaving a
 * scope, and the one macro that hides a return.  Uses nothing else of ours.
 */
#ifndef HANDFAST_BASE_H
#define HANDFAST_BASE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Of a thread's variable that every call looks at, so that it lies where a load finds it.  With
 * GCC 12 it also keeps LeakSanitizer alive, which loses its way in what __tls_get_addr() gives.
 * musl has no such place for a library that is loaded late.
 */
#ifdef __GLIBC__
#define NEAR __attribute__((tls_model("initial-exec")))
#else
#define NEAR
#endif

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))

/* An owned thing that releases itself: RELEASED(bytes_release) struct bytes b = { 0 }; */
#define RELEASED(release) __attribute__((cleanup(release)))

/* Returns from the calling function with any status but 0 (CKR_OK, STORE_OK). */
#define TRY(expression)                                                                            \
	do {                                                                                       \
		__typeof__(expression) try_status = (expression);                                  \
		if (try_status != 0)                                                               \
			return try_status;                                                         \
	} while (0)

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* A lock that is held for moments alone: whoever finds it taken spins a little before it sleeps. */
#define BRIEF_LOCK PTHREAD_ADAPTIVE_MUTEX_INITIALIZER_NP
void brief_lock_init(pthread_mutex_t *lock);

/* Bytes that belong to somebody else and that anyone may see.  An empty view may have NULL data. */
struct view {
	const unsigned char *data;
	size_t len;
};

#define VIEW_NONE ((struct view){ NULL, 0 })
/* A string literal without its NUL. */
#define VIEW_LITERAL(s) ((struct view){ (const unsigned char *)(s), sizeof(s) - 1 })

/* Owned bytes that anyone may see. */
struct bytes {
	unsigned char *data;
	size_t len;
};

/* Copies; false when there is no memory, with `to` empty.  An empty source gives NULL and 0. */
bool bytes_copy(struct bytes *to, struct view from) MUST_CHECK;
/* Allocates `len` zero bytes; false when there is no memory. */
bool bytes_alloc(struct bytes *to, size_t len) MUST_CHECK;
void bytes_release(struct bytes *bytes);
/* Hands over: `from` is empty afterwards, what `to` held is released. */
void bytes_move(struct bytes *to, struct bytes *from);

static inline struct view
view_of(const void *data, size_t len)
{
	return (struct view){ data, len };
}

static inline struct view
bytes_view(const struct bytes *bytes)
{
	return (struct view){ bytes->data, bytes->len };
}

/* For public values only: not constant time. */
bool view_equal(struct view a, struct view b);

/* free() for RELEASED on a plain pointer. */
void pointer_release(void *pointer_to_pointer);

/*
 * strdup, asprintf and reallocarray, with memory from where free() is.  What libc allocates
 * for its callers comes from the host's allocator, if it has one; in a module that was
 * loaded with RTLD_DEEPBIND free() is libc's.  NULL: there is no memory.
 */
char *text_copy(const char *text) MUST_CHECK;
char *text_print(const char *format, ...) MUST_CHECK __attribute__((format(printf, 1, 2)));
void *array_resize(void *array, size_t count, size_t size) MUST_CHECK;

#endif
