/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The profile objects: which of the OASIS profiles this token meets
 * (PKCS#11 Profiles 3.2, section 3).  Built in, the same in every token.
 */
#ifndef HANDFAST_PROFILE_H
#define HANDFAST_PROFILE_H

#include "token/base/attrs.h"

size_t profile_count(void);
/* The attributes of the n-th profile object. */
CK_RV profile_attributes(size_t n, struct attrs *out) MUST_CHECK;

#endif
