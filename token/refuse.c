/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The functions that this release declines, each with the code that the standard
 * has for it: clients call every entry of a function list without looking.
 */
#include "token/library.h"

/* The parameter lists are the standard's; nothing here reads more of them than the session. */
#pragma GCC diagnostic ignored "-Wunused-parameter"

static CK_RV
refuse(CK_SESSION_HANDLE session, CK_RV answer)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter_session(&call, session));
	return answer;
}

#define REFUSE(name, parameters, answer)                                                           \
	CK_RV                                                                                      \
	name parameters                                                                            \
	{                                                                                          \
		return refuse(session, answer);                                                    \
	}

/* Parallel functions are history, and answer so whatever the session (5.20). */
static CK_RV
not_parallel(void)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter(&call));
	return CKR_FUNCTION_NOT_PARALLEL;
}

CK_RV
C_GetFunctionStatus(CK_SESSION_HANDLE session)
{
	return not_parallel();
}

CK_RV
C_CancelFunction(CK_SESSION_HANDLE session)
{
	return not_parallel();
}

/* Signing by messages: no mechanism of the standard needs it. */
REFUSE(C_MessageSignInit,
    (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key),
    CKR_FUNCTION_NOT_SUPPORTED)
REFUSE(C_SignMessage,
    (CK_SESSION_HANDLE session, void *parameter, CK_ULONG parameter_len, CK_BYTE_PTR data,
	CK_ULONG data_len, CK_BYTE_PTR signature, CK_ULONG_PTR signature_len),
    CKR_FUNCTION_NOT_SUPPORTED)
REFUSE(C_SignMessageBegin, (CK_SESSION_HANDLE session, void *parameter, CK_ULONG parameter_len),
    CKR_FUNCTION_NOT_SUPPORTED)
REFUSE(C_SignMessageNext,
    (CK_SESSION_HANDLE session, void *parameter, CK_ULONG parameter_len, CK_BYTE_PTR data,
	CK_ULONG data_len, CK_BYTE_PTR signature, CK_ULONG_PTR signature_len),
    CKR_FUNCTION_NOT_SUPPORTED)
REFUSE(C_MessageSignFinal, (CK_SESSION_HANDLE session), CKR_FUNCTION_NOT_SUPPORTED)
REFUSE(C_MessageVerifyInit,
    (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key),
    CKR_FUNCTION_NOT_SUPPORTED)
REFUSE(C_VerifyMessage,
    (CK_SESSION_HANDLE session, void *parameter, CK_ULONG parameter_len, CK_BYTE_PTR data,
	CK_ULONG data_len, CK_BYTE_PTR signature, CK_ULONG signature_len),
    CKR_FUNCTION_NOT_SUPPORTED)
REFUSE(C_VerifyMessageBegin, (CK_SESSION_HANDLE session, void *parameter, CK_ULONG parameter_len),
    CKR_FUNCTION_NOT_SUPPORTED)
REFUSE(C_VerifyMessageNext,
    (CK_SESSION_HANDLE session, void *parameter, CK_ULONG parameter_len, CK_BYTE_PTR data,
	CK_ULONG data_len, CK_BYTE_PTR signature, CK_ULONG signature_len),
    CKR_FUNCTION_NOT_SUPPORTED)
REFUSE(C_MessageVerifyFinal, (CK_SESSION_HANDLE session), CKR_FUNCTION_NOT_SUPPORTED)

/* Asynchronous sessions are refused by C_OpenSession. */
REFUSE(C_AsyncComplete,
    (CK_SESSION_HANDLE session, CK_UTF8CHAR_PTR function_name, struct pkcs11_async_data *result),
    CKR_FUNCTION_NOT_SUPPORTED)
REFUSE(C_AsyncGetID, (CK_SESSION_HANDLE session, CK_UTF8CHAR_PTR function_name, CK_ULONG_PTR id),
    CKR_FUNCTION_NOT_SUPPORTED)
REFUSE(C_AsyncJoin,
    (CK_SESSION_HANDLE session, CK_UTF8CHAR_PTR function_name, CK_ULONG id, CK_BYTE_PTR data,
	CK_ULONG data_len),
    CKR_FUNCTION_NOT_SUPPORTED)
