/* SPDX-License-Identifier: Apache-2.0 */
/* What the files that have the standard's functions share. */
#ifndef HANDFAST_API_H
#define HANDFAST_API_H

#include "token/library.h"

/* A caller's input: NULL is no bytes, and bytes end where the address space does. */
static inline CK_RV
input(const void *data, CK_ULONG len, struct view *out)
{
	if ((data == NULL && len != 0) || (uintptr_t)data + len < (uintptr_t)data)
		return CKR_ARGUMENTS_BAD;
	*out = view_of(data, len);
	return CKR_OK;
}

#endif
