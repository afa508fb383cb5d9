/* SPDX-License-Identifier: Apache-2.0 */
/* Borrowed and owned bytes that anyone may see.  Knows nothing of what they mean. */
#include "token/base/base.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
brief_lock_init(pthread_mutex_t *lock)
{
	*lock = (pthread_mutex_t)BRIEF_LOCK;
}

bool
bytes_alloc(struct bytes *to, size_t len)
{
	unsigned char *data = NULL;

	if (len > 0 && (data = calloc(1, len)) == NULL) {
		bytes_release(to);
		return false;
	}
	bytes_release(to);
	to->data = data;
	to->len = len;
	return true;
}

bool
bytes_copy(struct bytes *to, struct view from)
{
	struct bytes copy = { 0 };

	/* Copied before `to` is released: `from` may be a view of it. */
	if (!bytes_alloc(&copy, from.len)) {
		bytes_release(to);
		return false;
	}
	if (from.len > 0)
		memcpy(copy.data, from.data, from.len);
	bytes_move(to, &copy);
	return true;
}

void
bytes_release(struct bytes *bytes)
{
	free(bytes->data);
	*bytes = (struct bytes){ 0 };
}

void
bytes_move(struct bytes *to, struct bytes *from)
{
	struct bytes moved = *from;

	*from = (struct bytes){ 0 };
	bytes_release(to);
	*to = moved;
}

bool
view_equal(struct view a, struct view b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

void
pointer_release(void *pointer_to_pointer)
{
	void *pointer;

	/* Copied, since the caller's is a pointer of another type. */
	memcpy(&pointer, pointer_to_pointer, sizeof(pointer));
	free(pointer);
	memset(pointer_to_pointer, 0, sizeof(pointer));
}

char *
text_copy(const char *text)
{
	size_t size = strlen(text) + 1;
	char *copy = malloc(size);

	return copy != NULL ? memcpy(copy, text, size) : NULL;
}

char *
text_print(const char *format, ...)
{
	va_list arguments, again;
	char *text = NULL;
	int len;

	va_start(arguments, format);
	va_copy(again, arguments);
	len = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	if (len >= 0)
		text = malloc((size_t)len + 1);
	if (text != NULL)
		(void)vsnprintf(text, (size_t)len + 1, format, again);
	va_end(again);
	return text;
}

void *
array_resize(void *array, size_t count, size_t size)
{
	size_t total;

	return __builtin_mul_overflow(count, size, &total) ? NULL : realloc(array, total);
}
