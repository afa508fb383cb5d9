/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A mutation of DER that stays DER: one value somewhere inside is changed, left out or
 * doubled, and the lengths of all that it lies in are written anew.  Else nearly every
 * mutation is a length that does not fit, and what is behind it is never reached.
 */
#include "tests/fuzz/fuzz.h"

/* Rooms on the way down; deeper is left as it is. */
#define DEPTH 16

struct value {
	size_t at, content, end; /* where its tag, its content and what follows begin */
};

/* False: here is no DER. */
static bool
value_read(const uint8_t *der, size_t at, size_t end, struct value *out)
{
	size_t len, more;

	if (end - at < 2)
		return false;
	out->at = at;
	len = der[at + 1];
	at += 2;
	if (len >= 0x80) {
		more = len & 0x7f;
		if (more == 0 || more > 3 || end - at < more)
			return false;
		for (len = 0; more > 0; more--)
			len = len << 8 | der[at++];
	}
	out->content = at;
	out->end = at + len;
	return len <= end - at;
}

/* Does it hold others: by its tag, or an OCTET STRING or BIT STRING that looks so? */
static bool
inside(const uint8_t *der, const struct value *value, size_t *first)
{
	const uint8_t tag = der[value->at];
	struct value inner;

	*first = value->content + (tag == 0x03);
	if ((tag & 0x20) == 0 && tag != 0x03 && tag != 0x04)
		return false;
	return *first < value->end && value_read(der, *first, value->end, &inner) &&
	    ((tag & 0x20) != 0 || inner.end == value->end);
}

/* One value, each as likely as others beside it; `path` has it last.  Returns how many there are.
 */
static size_t
choose(const uint8_t *der, size_t len, unsigned seed, struct value path[DEPTH])
{
	size_t at = 0, end = len, depth = 0;

	while (depth < DEPTH) {
		size_t count = 0, next = at;
		struct value value;

		while (next < end && value_read(der, next, end, &value)) {
			count++;
			next = value.end;
		}
		if (count == 0)
			break;
		for (count = seed % count + 1, next = at; count > 0; count--) {
			(void)value_read(der, next, end, &path[depth]);
			next = path[depth].end;
		}
		depth++;
		seed = seed * 1103515245U + 12345;
		if (!inside(der, &path[depth - 1], &at) || (seed >> 16) % 6 == 0)
			break;
		end = path[depth - 1].end;
	}
	return depth;
}

/* Puts `with` in the place of der[from] to der[to]; returns the new length, or 0: no room. */
static size_t
splice(uint8_t *der, size_t len, size_t most, size_t from, size_t to, const uint8_t *with,
    size_t with_len)
{
	if (len - (to - from) + with_len > most)
		return 0;
	memmove(der + from + with_len, der + to, len - to);
	memcpy(der + from, with, with_len);
	return len - (to - from) + with_len;
}

static size_t
length_write(uint8_t out[4], size_t len)
{
	if (len < 0x80) {
		out[0] = (uint8_t)len;
		return 1;
	}
	if (len < 0x100) {
		out[0] = 0x81;
		out[1] = (uint8_t)len;
		return 2;
	}
	out[0] = 0x82;
	out[1] = (uint8_t)(len >> 8);
	out[2] = (uint8_t)len;
	return 3;
}

/* Writes the lengths of path[0] to path[depth - 1], whose contents grew by `grown`. */
static size_t
lengths_write(
    uint8_t *der, size_t len, size_t most, const struct value path[], size_t depth, ptrdiff_t grown)
{
	while (depth-- > 0 && len != 0) {
		const struct value *value = &path[depth];
		const size_t was = value->content - value->at - 1;
		uint8_t bytes[4];
		const size_t is =
		    length_write(bytes, (size_t)((ptrdiff_t)(value->end - value->content) + grown));

		len = splice(der, len, most, value->at + 1, value->content, bytes, is);
		grown += (ptrdiff_t)is - (ptrdiff_t)was;
	}
	return len;
}

/* Returns the new length; 0 where it would not fit. */
static size_t
der_mutate(uint8_t *der, size_t len, size_t most, unsigned seed)
{
	struct value path[DEPTH], *value;
	const size_t depth = choose(der, len, seed / 4, path);
	uint8_t room[4096];
	size_t size, now;

	if (depth == 0)
		return LLVMFuzzerMutate(der, len, most);
	value = &path[depth - 1];
	size = value->end - value->at;
	if (size > sizeof(room) / 2)
		return LLVMFuzzerMutate(der, len, most);
	switch (seed % 8) {
	case 0: /* left out */
		now = splice(der, len, most, value->at, value->end, room, 0);
		return lengths_write(der, now, most, path, depth - 1, -(ptrdiff_t)size);
	case 1: /* twice */
		memcpy(room, der + value->at, size);
		now = splice(der, len, most, value->at, value->at, room, size);
		return lengths_write(der, now, most, path, depth - 1, (ptrdiff_t)size);
	case 2: /* of another type */
		der[value->at] ^= (uint8_t)(1U << (seed >> 8) % 8);
		return len;
	default: /* other content */
		size = value->end - value->content;
		memcpy(room, der + value->content, size);
		now = LLVMFuzzerMutate(room, size, size + 16);
		len = splice(der, len, most, value->content, value->end, room, now);
		return lengths_write(der, len, most, path, depth, (ptrdiff_t)now - (ptrdiff_t)size);
	}
}

size_t
der_mutate_behind(size_t head, uint8_t *data, size_t len, size_t most, unsigned seed)
{
	size_t made = 0;

	if (len > head && seed % 5 != 0)
		made = der_mutate(data + head, len - head, most - head, seed / 5);
	return made == 0 ? LLVMFuzzerMutate(data, len, most) : head + made;
}
