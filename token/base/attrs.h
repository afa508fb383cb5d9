/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A set of attributes in the one encoding that memory, the store and templates
 * share (store/FORMAT.md, "attribute set"): entries in strictly ascending order
 * of type, each
 *
 *     type    8 bytes, big endian
 *     length  4 bytes, big endian
 *     value   `length` bytes
 *
 * Values are the same on every platform: CK_BBOOL is one byte 00 or 01,
 * CK_ULONG eight bytes big endian, lists of CK_ULONG a multiple of eight,
 * templates a nested set, everything else the bytes as given.  What is a legal
 * attribute where is the schema's business (token/schema.c), not this file's.
 */
#ifndef HANDFAST_ATTRS_H
#define HANDFAST_ATTRS_H

#include "base.h"
#include "cryptoki.h"
#include "secret.h"

struct attrs {
	unsigned char *data;
	size_t len;
	size_t room;
	bool secret; /* data is in the arena; decided before the first attrs_set */
};

#define ATTRS_PUBLIC ((struct attrs){ 0 })
#define ATTRS_SECRET ((struct attrs){ .secret = true })

/* The value of `type`, borrowed until the set changes; false when it is absent. */
bool attrs_get(const struct attrs *attrs, CK_ATTRIBUTE_TYPE type, struct view *value);
bool attrs_has(const struct attrs *attrs, CK_ATTRIBUTE_TYPE type);
/* Absent, or of another size than the kind has: `otherwise`. */
bool attrs_bool(const struct attrs *attrs, CK_ATTRIBUTE_TYPE type, bool otherwise);
CK_ULONG attrs_ulong(const struct attrs *attrs, CK_ATTRIBUTE_TYPE type, CK_ULONG otherwise);

/* Insert or replace.  CKR_HOST_MEMORY, or CKR_OK.  `value` may lie inside the set itself. */
CK_RV attrs_set(struct attrs *attrs, CK_ATTRIBUTE_TYPE type, struct view value) MUST_CHECK;
CK_RV attrs_set_bool(struct attrs *attrs, CK_ATTRIBUTE_TYPE type, bool value) MUST_CHECK;
CK_RV attrs_set_ulong(struct attrs *attrs, CK_ATTRIBUTE_TYPE type, CK_ULONG value) MUST_CHECK;
/* As attrs_set, and empties (wipes) the secret. */
CK_RV attrs_set_secret(
    struct attrs *attrs, CK_ATTRIBUTE_TYPE type, struct secret *value) MUST_CHECK;
/* As attrs_set, of a type that is greater than all there are. */
CK_RV attrs_append(struct attrs *attrs, CK_ATTRIBUTE_TYPE type, struct view value) MUST_CHECK;
void attrs_remove(struct attrs *attrs, CK_ATTRIBUTE_TYPE type);

/* Replaces `to` by a copy; `to` keeps its kind of memory. */
CK_RV attrs_copy(struct attrs *to, const struct attrs *from) MUST_CHECK;
/* Sets in `to` everything that is in `from`. */
CK_RV attrs_merge(struct attrs *to, const struct attrs *from) MUST_CHECK;
/* Sets in `to` what is in `from` and not in `to`. */
CK_RV attrs_fill(struct attrs *to, const struct attrs *from) MUST_CHECK;
void attrs_move(struct attrs *to, struct attrs *from);
/* Wipes and frees; the kind of memory stays. */
void attrs_release(struct attrs *attrs);

/* Walks the set: start with *at = 0; false at the end. */
bool attrs_next(const struct attrs *attrs, size_t *at, CK_ATTRIBUTE_TYPE *type, struct view *value);

/* Is this the encoding above, whole, ordered and without repetition? */
bool attrs_wellformed(struct view encoded);
/* A set that lies in somebody else's bytes, wellformed ones, for reading alone. */
static inline struct attrs
attrs_within(struct view encoded)
{
	return (struct attrs){ .data = (void *)(uintptr_t)encoded.data, .len = encoded.len };
}

/* Big-endian CK_ULONG in eight bytes, as in a set. */
CK_ULONG ulong_decode(const unsigned char in[8]);
void ulong_encode(CK_ULONG value, unsigned char out[8]);

#endif
