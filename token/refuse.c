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

/* Dual functions. */
REFUSE(C_DigestEncryptUpdate,
    (CK_SESSION_HANDLE session, CK_BYTE_PTR part, CK_ULONG part_len, CK_BYTE_PTR encrypted_part,
	CK_ULONG_PTR encrypted_part_len),
    CKR_FUNCTION_NOT_SUPPORTED)
REFUSE(C_DecryptDigestUpdate,
    (CK_SESSION_HANDLE session, CK_BYTE_PTR encrypted_part, CK_ULONG encrypted_part_len,
	CK_BYTE_PTR part, CK_ULONG_PTR part_len),
    CKR_FUNCTION_NOT_SUPPORTED)
REFUSE(C_SignEncryptUpdate,
    (CK_SESSION_HANDLE session, CK_BYTE_PTR part, CK_ULONG part_len, CK_BYTE_PTR encrypted_part,
	CK_ULONG_PTR encrypted_part_len),
    CKR_FUNCTION_NOT_SUPPORTED)
REFUSE(C_DecryptVerifyUpdate,
    (CK_SESSION_HANDLE session, CK_BYTE_PTR encrypted_part, CK_ULONG encrypted_part_len,
	CK_BYTE_PTR part, CK_ULONG_PTR part_len),
    CKR_FUNCTION_NOT_SUPPORTED)

/* No mechanism has the message interface: none can be begun ... */
REFUSE(C_MessageEncryptInit,
    (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key),
    CKR_MECHANISM_INVALID)
REFUSE(C_MessageDecryptInit,
    (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key),
    CKR_MECHANISM_INVALID)
/* ... and so none is ever in progress. */
REFUSE(C_EncryptMessage,
    (CK_SESSION_HANDLE session, void *parameter, CK_ULONG parameter_len,
	CK_BYTE_PTR associated_data, CK_ULONG associated_data_len, CK_BYTE_PTR plaintext,
	CK_ULONG plaintext_len, CK_BYTE_PTR ciphertext, CK_ULONG_PTR ciphertext_len),
    CKR_OPERATION_NOT_INITIALIZED)
REFUSE(C_EncryptMessageBegin,
    (CK_SESSION_HANDLE session, void *parameter, CK_ULONG parameter_len,
	CK_BYTE_PTR associated_data, CK_ULONG associated_data_len),
    CKR_OPERATION_NOT_INITIALIZED)
REFUSE(C_EncryptMessageNext,
    (CK_SESSION_HANDLE session, void *parameter, CK_ULONG parameter_len, CK_BYTE_PTR plaintext_part,
	CK_ULONG plaintext_part_len, CK_BYTE_PTR ciphertext_part, CK_ULONG_PTR ciphertext_part_len,
	CK_FLAGS flags),
    CKR_OPERATION_NOT_INITIALIZED)
REFUSE(C_MessageEncryptFinal, (CK_SESSION_HANDLE session), CKR_OPERATION_NOT_INITIALIZED)
REFUSE(C_DecryptMessage,
    (CK_SESSION_HANDLE session, void *parameter, CK_ULONG parameter_len,
	CK_BYTE_PTR associated_data, CK_ULONG associated_data_len, CK_BYTE_PTR ciphertext,
	CK_ULONG ciphertext_len, CK_BYTE_PTR plaintext, CK_ULONG_PTR plaintext_len),
    CKR_OPERATION_NOT_INITIALIZED)
REFUSE(C_DecryptMessageBegin,
    (CK_SESSION_HANDLE session, void *parameter, CK_ULONG parameter_len,
	CK_BYTE_PTR associated_data, CK_ULONG associated_data_len),
    CKR_OPERATION_NOT_INITIALIZED)
REFUSE(C_DecryptMessageNext,
    (CK_SESSION_HANDLE session, void *parameter, CK_ULONG parameter_len,
	CK_BYTE_PTR ciphertext_part, CK_ULONG ciphertext_part_len, CK_BYTE_PTR plaintext_part,
	CK_ULONG_PTR plaintext_part_len, CK_FLAGS flags),
    CKR_OPERATION_NOT_INITIALIZED)
REFUSE(C_MessageDecryptFinal, (CK_SESSION_HANDLE session), CKR_OPERATION_NOT_INITIALIZED)

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
