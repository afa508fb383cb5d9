/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Attribute sets: one flat buffer in the encoding that attrs.h describes, looked
 * through from the start.  Sets are small (a key has some thirty entries) and
 * read far more often than changed.  Knows no attribute by name.
 */
#define _GNU_SOURCE
#include "token/base/attrs.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#define TYPE_LEN 8U
#define HEADER_LEN (TYPE_LEN + 4U)
/* An object has some 400 bytes of attributes; locked memory is scarcer. */
#define ROOM_LEAST 512U
#define ROOM_LEAST_SECRET 128U

static uint64_t
load64(const unsigned char *in)
{
	uint64_t value;

	memcpy(&value, in, sizeof(value));
	return be64toh(value);
}

static void
store64(uint64_t value, unsigned char *out)
{
	value = htobe64(value);
	memcpy(out, &value, sizeof(value));
}

/* The length of the value of the entry that starts here. */
static size_t
value_len(const unsigned char *entry)
{
	uint32_t value;

	memcpy(&value, entry + TYPE_LEN, sizeof(value));
	return be32toh(value);
}

static size_t
entry_len(const unsigned char *entry)
{
	return HEADER_LEN + value_len(entry);
}

/*
 * All ones is CK_UNAVAILABLE_INFORMATION whatever the width of CK_ULONG, and so
 * is what a 64-bit machine stored and a 32-bit one cannot hold.
 */
CK_ULONG
ulong_decode(const unsigned char in[8])
{
	uint64_t value = load64(in);

	return (CK_ULONG)value == value ? (CK_ULONG)value : CK_UNAVAILABLE_INFORMATION;
}

void
ulong_encode(CK_ULONG value, unsigned char out[8])
{
	store64(value == CK_UNAVAILABLE_INFORMATION ? UINT64_MAX : value, out);
}

/* Where the entry of `type` is, or would be; *found says which. */
static size_t
entry_find(const struct attrs *attrs, CK_ATTRIBUTE_TYPE type, bool *found)
{
	size_t at = 0;

	*found = false;
	while (at < attrs->len) {
		uint64_t here = load64(attrs->data + at);

		if (here >= type) {
			*found = here == type;
			break;
		}
		at += entry_len(attrs->data + at);
	}
	return at;
}

bool
attrs_get(const struct attrs *attrs, CK_ATTRIBUTE_TYPE type, struct view *value)
{
	bool found;
	size_t at = entry_find(attrs, type, &found);

	if (!found)
		return false;
	*value = view_of(attrs->data + at + HEADER_LEN, value_len(attrs->data + at));
	return true;
}

bool
attrs_has(const struct attrs *attrs, CK_ATTRIBUTE_TYPE type)
{
	bool found;

	(void)entry_find(attrs, type, &found);
	return found;
}

bool
attrs_bool(const struct attrs *attrs, CK_ATTRIBUTE_TYPE type, bool otherwise)
{
	struct view value;

	return attrs_get(attrs, type, &value) && value.len == 1 ? value.data[0] != 0 : otherwise;
}

CK_ULONG
attrs_ulong(const struct attrs *attrs, CK_ATTRIBUTE_TYPE type, CK_ULONG otherwise)
{
	struct view value;

	return attrs_get(attrs, type, &value) && value.len == 8 ? ulong_decode(value.data)
								: otherwise;
}

static unsigned char *
memory_get(bool secret, size_t *len)
{
	unsigned char *data = secret ? arena_alloc(*len) : malloc(*len);

	if (data != NULL && secret)
		*len = arena_size(data);
	return data;
}

static void
memory_give(bool secret, unsigned char *data)
{
	if (secret)
		arena_free(data);
	else
		free(data);
}

/* Memory for an empty set that `len` bytes will fit in, with some to grow. */
static bool
room_get(struct attrs *attrs, size_t len)
{
	const size_t least = attrs->secret ? ROOM_LEAST_SECRET : ROOM_LEAST;

	attrs->room = len < least ? least : len + len / 2;
	attrs->data = memory_get(attrs->secret, &attrs->room);
	return attrs->data != NULL;
}

static void
entry_write(unsigned char *out, CK_ATTRIBUTE_TYPE type, struct view value)
{
	uint32_t len = htobe32((uint32_t)value.len);

	store64(type, out);
	memcpy(out + TYPE_LEN, &len, sizeof(len));
	if (value.len > 0)
		memcpy(out + HEADER_LEN, value.data, value.len);
}

/* Does the value lie in the set's own buffer, which is about to move? */
static bool
value_inside(const struct attrs *attrs, struct view value)
{
	uintptr_t data = (uintptr_t)attrs->data, at = (uintptr_t)value.data;

	return attrs->data != NULL && at >= data && at < data + attrs->room;
}

/* The set with `old` bytes at `at` replaced by the entry, in fresh memory. */
static CK_RV
entry_set_anew(
    struct attrs *attrs, size_t at, size_t old, CK_ATTRIBUTE_TYPE type, struct view value)
{
	size_t len = attrs->len - old + HEADER_LEN + value.len;
	struct attrs made = { .len = len, .secret = attrs->secret };

	if (!room_get(&made, len))
		return CKR_HOST_MEMORY;
	if (at > 0)
		memcpy(made.data, attrs->data, at);
	entry_write(made.data + at, type, value);
	if (at + old < attrs->len)
		memcpy(made.data + at + HEADER_LEN + value.len, attrs->data + at + old,
		    attrs->len - at - old);
	memory_give(attrs->secret, attrs->data);
	*attrs = made;
	return CKR_OK;
}

/* Makes a gap of `new` bytes out of one of `old` at `at`; there is room for it. */
static void
gap_resize(struct attrs *attrs, size_t at, size_t old, size_t new)
{
	size_t len = attrs->len - old + new;

	memmove(attrs->data + at + new, attrs->data + at + old, attrs->len - at - old);
	if (attrs->secret && len < attrs->len)
		explicit_bzero(attrs->data + len, attrs->len - len);
	attrs->len = len;
}

CK_RV
attrs_set(struct attrs *attrs, CK_ATTRIBUTE_TYPE type, struct view value)
{
	bool found;
	size_t at = entry_find(attrs, type, &found);
	size_t old = found ? entry_len(attrs->data + at) : 0;

	/* What the encoding, and any caller's honest value, can hold. */
	if (value.len > UINT32_MAX || value.len > SIZE_MAX / 4)
		return CKR_HOST_MEMORY;
	if (attrs->len - old + HEADER_LEN + value.len > attrs->room || value_inside(attrs, value))
		return entry_set_anew(attrs, at, old, type, value);
	gap_resize(attrs, at, old, HEADER_LEN + value.len);
	entry_write(attrs->data + at, type, value);
	return CKR_OK;
}

CK_RV
attrs_append(struct attrs *attrs, CK_ATTRIBUTE_TYPE type, struct view value)
{
	const size_t at = attrs->len, len = HEADER_LEN + value.len;

	if (value.len > UINT32_MAX)
		return CKR_HOST_MEMORY;
	if (at + len > attrs->room)
		return entry_set_anew(attrs, at, 0, type, value);
	entry_write(attrs->data + at, type, value);
	attrs->len += len;
	return CKR_OK;
}

CK_RV
attrs_set_bool(struct attrs *attrs, CK_ATTRIBUTE_TYPE type, bool value)
{
	unsigned char encoded = value ? CK_TRUE : CK_FALSE;

	return attrs_set(attrs, type, view_of(&encoded, sizeof(encoded)));
}

CK_RV
attrs_set_ulong(struct attrs *attrs, CK_ATTRIBUTE_TYPE type, CK_ULONG value)
{
	unsigned char encoded[8]; /* public: lengths, types and flags */

	ulong_encode(value, encoded);
	return attrs_set(attrs, type, view_of(encoded, sizeof(encoded)));
}

CK_RV
attrs_set_secret(struct attrs *attrs, CK_ATTRIBUTE_TYPE type, struct secret *value)
{
	CK_RV rv = attrs_set(attrs, type, secret_view(value));

	secret_clear(value);
	return rv;
}

void
attrs_remove(struct attrs *attrs, CK_ATTRIBUTE_TYPE type)
{
	bool found;
	size_t at = entry_find(attrs, type, &found);

	if (found)
		gap_resize(attrs, at, entry_len(attrs->data + at), 0);
}

CK_RV
attrs_copy(struct attrs *to, const struct attrs *from)
{
	struct attrs copy = { .len = from->len, .room = from->len, .secret = to->secret };

	if (from == to)
		return CKR_OK;
	if (from->len > 0) {
		copy.data = memory_get(copy.secret, &copy.room);
		if (copy.data == NULL)
			return CKR_HOST_MEMORY;
		memcpy(copy.data, from->data, from->len);
	}
	attrs_release(to);
	*to = copy;
	return CKR_OK;
}

/* Copies the entry at *at behind what `to` has, where there is room. */
static void
entry_move(struct attrs *to, const struct attrs *from, size_t *at)
{
	const size_t len = entry_len(from->data + *at);

	memcpy(to->data + to->len, from->data + *at, len);
	to->len += len;
	*at += len;
}

/* Both sets as one, in one pass; `ours` where both have an entry. */
static CK_RV
join(struct attrs *to, const struct attrs *ours, const struct attrs *theirs)
{
	struct attrs made = { .secret = to->secret };
	size_t a = 0, b = 0;

	if (!room_get(&made, ours->len + theirs->len))
		return CKR_HOST_MEMORY;
	while (a < ours->len && b < theirs->len) {
		const uint64_t mine = load64(ours->data + a), other = load64(theirs->data + b);

		if (mine == other)
			b += entry_len(theirs->data + b);
		if (mine <= other)
			entry_move(&made, ours, &a);
		else
			entry_move(&made, theirs, &b);
	}
	while (a < ours->len)
		entry_move(&made, ours, &a);
	while (b < theirs->len)
		entry_move(&made, theirs, &b);
	attrs_move(to, &made);
	return CKR_OK;
}

CK_RV
attrs_merge(struct attrs *to, const struct attrs *from)
{
	return from == to || from->len == 0 ? CKR_OK : join(to, from, to);
}

CK_RV
attrs_fill(struct attrs *to, const struct attrs *from)
{
	return from == to || from->len == 0 ? CKR_OK : join(to, to, from);
}

void
attrs_move(struct attrs *to, struct attrs *from)
{
	struct attrs moved = *from;

	*from = (struct attrs){ .secret = moved.secret };
	attrs_release(to);
	*to = moved;
}

void
attrs_release(struct attrs *attrs)
{
	memory_give(attrs->secret, attrs->data);
	*attrs = (struct attrs){ .secret = attrs->secret };
}

bool
attrs_next(const struct attrs *attrs, size_t *at, CK_ATTRIBUTE_TYPE *type, struct view *value)
{
	const unsigned char *entry;

	if (*at >= attrs->len)
		return false;
	entry = attrs->data + *at;
	*type = ulong_decode(entry);
	*value = view_of(entry + HEADER_LEN, value_len(entry));
	*at += entry_len(entry);
	return true;
}

bool
attrs_wellformed(struct view encoded)
{
	uint64_t previous = 0;
	size_t at = 0;

	while (at < encoded.len) {
		const unsigned char *entry = encoded.data + at;
		size_t left = encoded.len - at;
		uint64_t type;

		if (left < HEADER_LEN || left - HEADER_LEN < value_len(entry))
			return false;
		type = load64(entry);
		if (at > 0 && type <= previous)
			return false;
		previous = type;
		at += entry_len(entry);
	}
	return true;
}
