/* SPDX-License-Identifier: Apache-2.0 */
/* AES key wrap for other families.  Private to mechanisms/. */
#ifndef HANDFAST_AES_H
#define HANDFAST_AES_H

#include "mechanisms/crypto.h"

/*
 * KWP (RFC 5649) under a key that is no object: one that an agreement gave, or that
 * came encrypted.  `key` has 16, 24 or 32 bytes.
 */
/* Bytes that kwp_wrap makes of `in` bytes. */
size_t kwp_len(size_t in);
/* Writes kwp_len(in.len) bytes.  CKR_DATA_LEN_RANGE for nothing and for more than any key has. */
CK_RV kwp_wrap(struct view key, struct view in, struct out *out) MUST_CHECK;
/* CKR_WRAPPED_KEY_INVALID whatever is wrong with `in`, its length too. */
CK_RV kwp_unwrap(struct view key, struct view in, struct secret *out) MUST_CHECK;

#endif
