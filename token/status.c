/* SPDX-License-Identifier: Apache-2.0 */
/* What the store's answers are called in the standard: one table, and nothing else. */
#include "token/status.h"

static const CK_RV codes[] = {
	[STORE_OK] = CKR_OK,
	[STORE_ABSENT] = CKR_OBJECT_HANDLE_INVALID,
	/* Another process was first; nothing was changed, and trying again may work. */
	[STORE_CHANGED] = CKR_FUNCTION_FAILED,
	[STORE_PIN_WRONG] = CKR_PIN_INCORRECT,
	[STORE_PIN_LOCKED] = CKR_PIN_LOCKED,
	[STORE_PIN_UNSET] = CKR_USER_PIN_NOT_INITIALIZED,
	[STORE_CLOSED] = CKR_USER_NOT_LOGGED_IN,
	[STORE_READ_ONLY] = CKR_TOKEN_WRITE_PROTECTED,
	[STORE_FULL] = CKR_DEVICE_MEMORY,
	[STORE_BUSY] = CKR_FUNCTION_FAILED,
	[STORE_NO_MEMORY] = CKR_HOST_MEMORY,
	[STORE_IO] = CKR_DEVICE_ERROR,
	[STORE_DAMAGED] = CKR_DEVICE_ERROR,
	[STORE_FOREIGN] = CKR_TOKEN_NOT_RECOGNIZED,
	[STORE_NEWER] = CKR_TOKEN_NOT_RECOGNIZED,
	[STORE_REPLACED] = CKR_DEVICE_REMOVED,
};

CK_RV
status_rv(enum store_status status)
{
	return (size_t)status < COUNT_OF(codes) ? codes[status] : CKR_GENERAL_ERROR;
}
