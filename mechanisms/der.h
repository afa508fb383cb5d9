/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The little DER (ITU-T X.690) that keys need: TLVs written for
 * CKA_PUBLIC_KEY_INFO, CKA_EC_POINT and PKCS#8, one TLV read.  What der_begin()
 * allocates is for public values only.
 * Private to mechanisms/.
 */
#ifndef HANDFAST_DER_H
#define HANDFAST_DER_H

#include "token/base/base.h"

enum der_tag {
	DER_INTEGER = 0x02,
	DER_BIT_STRING = 0x03,
	DER_OCTET_STRING = 0x04,
	DER_NULL = 0x05,
	DER_OID = 0x06,
	DER_PRINTABLE_STRING = 0x13,
	DER_SEQUENCE = 0x30,
	DER_IMPLICIT_0 = 0x80, /* [0] IMPLICIT of a string */
	DER_EXPLICIT_0 = 0xa0, /* [0] EXPLICIT */
	DER_EXPLICIT_1 = 0xa1,
};

/* The most that a tag, a length and a leading zero add to a value of under 16 MiB. */
#define DER_HEADER 6

/*
 * Writes from the end to the start, so that a length is known when its turn
 * comes: the last member of a SEQUENCE is written first.  Released with
 * der_release.
 */
struct der {
	struct bytes buffer;
	size_t at; /* buffer[at] is the first byte written */
};

/* Makes room for `room` bytes: the values and a DER_HEADER for each.  False when there is no
 * memory. */
bool der_begin(struct der *der, size_t room) MUST_CHECK;
void der_prepend(struct der *der, struct view bytes);
/* Puts tag and length in front of what was written since der->at was `end`. */
void der_wrap(struct der *der, enum der_tag tag, size_t end);
/* An INTEGER from an unsigned big-endian number without leading zeros. */
void der_integer(struct der *der, struct view number);
struct view der_view(const struct der *der);
void der_release(struct der *der);

/* If `in` is one TLV of this tag, whole and with the shortest form of length, its value. */
bool der_read(struct view in, enum der_tag tag, struct view *value);
/* The value of the TLV at the front, which is taken off; false, and nothing taken, if it has
 * another tag. */
bool der_take(struct view *from, enum der_tag tag, struct view *value);

#endif
