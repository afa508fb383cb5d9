/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for DER's tags and lengths.  Must not know what is written in it.
 */
#include "mechanisms/der.h"

#include <string.h>

bool
der_begin(struct der *der, size_t room)
{
	*der = (struct der){ .at = room };
	return bytes_alloc(&der->buffer, room);
}

void
der_prepend(struct der *der, struct view bytes)
{
	if (bytes.len == 0)
		return;
	der->at -= bytes.len;
	memcpy(der->buffer.data + der->at, bytes.data, bytes.len);
}

static void
prepend_byte(struct der *der, size_t value)
{
	der->buffer.data[--der->at] = (unsigned char)value;
}

void
der_wrap(struct der *der, enum der_tag tag, size_t end)
{
	size_t len = end - der->at;
	size_t left;

	for (left = len; left > 0 && len >= 0x80; left >>= 8)
		prepend_byte(der, left & 0xff);
	if (len >= 0x80)
		prepend_byte(der, 0x80 | (end - len - der->at));
	else
		prepend_byte(der, len);
	prepend_byte(der, tag);
}

void
der_integer(struct der *der, struct view number)
{
	size_t end = der->at;

	der_prepend(der, number);
	/* INTEGER is signed: a number that would look negative, or has no byte, gets a zero. */
	if (number.len == 0 || (number.data[0] & 0x80) != 0)
		prepend_byte(der, 0);
	der_wrap(der, DER_INTEGER, end);
}

struct view
der_view(const struct der *der)
{
	return view_of(der->buffer.data + der->at, der->buffer.len - der->at);
}

void
der_release(struct der *der)
{
	bytes_release(&der->buffer);
}

bool
der_read(struct view in, enum der_tag tag, struct view *value)
{
	size_t octets, len = 0;

	if (in.len < 2 || in.data[0] != tag)
		return false;
	if (in.data[1] < 0x80) {
		*value = view_of(in.data + 2, in.data[1]);
		return in.len == 2 + value->len;
	}
	octets = in.data[1] & 0x7f;
	/* Three octets of length name more than any attribute here may hold. */
	if (octets == 0 || octets > 3 || in.len < 2 + octets || in.data[2] == 0)
		return false;
	for (size_t i = 0; i < octets; i++)
		len = len << 8 | in.data[2 + i];
	*value = view_of(in.data + 2 + octets, len);
	return len >= 0x80 && in.len == 2 + octets + len;
}

bool
der_take(struct view *from, enum der_tag tag, struct view *value)
{
	size_t whole = 2;

	if (from->len < whole)
		return false;
	if (from->data[1] >= 0x80) {
		size_t octets = from->data[1] & 0x7f, len = 0;

		whole += octets;
		if (octets > 3 || from->len < whole)
			return false;
		for (size_t i = 2; i < whole; i++)
			len = len << 8 | from->data[i];
		whole += len;
	} else {
		whole += from->data[1];
	}
	if (whole > from->len || !der_read(view_of(from->data, whole), tag, value))
		return false;
	*from = view_of(from->data + whole, from->len - whole);
	return true;
}
