/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The functions of the standard that encrypt and decrypt messages (5.9, 5.11), as
 * api.c has the others.
 */
#include "token/api.h"
#include "token/message.h"

static CK_RV
message_whole(CK_SESSION_HANDLE session, CK_FLAGS verb, struct message_parameter parameter,
    struct view associated, struct view data, struct output out)
{
	RELEASED(call_leave) struct call call = { 0 };
	struct view aad, in;

	TRY(call_enter_session(&call, session));
	TRY(input(associated.data, associated.len, &aad));
	TRY(input(data.data, data.len, &in));
	if (out.len == NULL)
		return CKR_ARGUMENTS_BAD;
	return message_once(call.session, verb, parameter, aad, in, out);
}

static CK_RV
message_first(CK_SESSION_HANDLE session, CK_FLAGS verb, struct message_parameter parameter,
    struct view associated)
{
	RELEASED(call_leave) struct call call = { 0 };
	struct view aad;

	TRY(call_enter_session(&call, session));
	TRY(input(associated.data, associated.len, &aad));
	return message_begin(call.session, verb, parameter, aad);
}

static CK_RV
message_part(CK_SESSION_HANDLE session, CK_FLAGS verb, struct message_parameter parameter,
    struct view part, CK_FLAGS flags, struct output out)
{
	RELEASED(call_leave) struct call call = { 0 };
	struct view in;

	TRY(call_enter_session(&call, session));
	TRY(input(part.data, part.len, &in));
	if (out.len == NULL || (flags & ~(CK_FLAGS)CKF_END_OF_MESSAGE) != 0)
		return CKR_ARGUMENTS_BAD;
	return message_next(
	    call.session, verb, parameter, in, (flags & CKF_END_OF_MESSAGE) != 0, out);
}

CK_RV
C_MessageEncryptInit(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter_session(&call, session));
	return message_init(call.session, CKF_MESSAGE_ENCRYPT, mechanism, key);
}

CK_RV
C_EncryptMessage(CK_SESSION_HANDLE session, void *parameter, CK_ULONG parameter_len,
    CK_BYTE_PTR associated_data, CK_ULONG associated_data_len, CK_BYTE_PTR plaintext,
    CK_ULONG plaintext_len, CK_BYTE_PTR ciphertext, CK_ULONG_PTR ciphertext_len)
{
	return message_whole(session, CKF_MESSAGE_ENCRYPT,
	    (struct message_parameter){ parameter, parameter_len },
	    view_of(associated_data, associated_data_len), view_of(plaintext, plaintext_len),
	    (struct output){ ciphertext, ciphertext_len });
}

CK_RV
C_EncryptMessageBegin(CK_SESSION_HANDLE session, void *parameter, CK_ULONG parameter_len,
    CK_BYTE_PTR associated_data, CK_ULONG associated_data_len)
{
	return message_first(session, CKF_MESSAGE_ENCRYPT,
	    (struct message_parameter){ parameter, parameter_len },
	    view_of(associated_data, associated_data_len));
}

CK_RV
C_EncryptMessageNext(CK_SESSION_HANDLE session, void *parameter, CK_ULONG parameter_len,
    CK_BYTE_PTR plaintext_part, CK_ULONG plaintext_part_len, CK_BYTE_PTR ciphertext_part,
    CK_ULONG_PTR ciphertext_part_len, CK_FLAGS flags)
{
	return message_part(session, CKF_MESSAGE_ENCRYPT,
	    (struct message_parameter){ parameter, parameter_len },
	    view_of(plaintext_part, plaintext_part_len), flags,
	    (struct output){ ciphertext_part, ciphertext_part_len });
}

CK_RV
C_MessageEncryptFinal(CK_SESSION_HANDLE session)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter_session(&call, session));
	return message_final(call.session, CKF_MESSAGE_ENCRYPT);
}

CK_RV
C_MessageDecryptInit(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter_session(&call, session));
	return message_init(call.session, CKF_MESSAGE_DECRYPT, mechanism, key);
}

CK_RV
C_DecryptMessage(CK_SESSION_HANDLE session, void *parameter, CK_ULONG parameter_len,
    CK_BYTE_PTR associated_data, CK_ULONG associated_data_len, CK_BYTE_PTR ciphertext,
    CK_ULONG ciphertext_len, CK_BYTE_PTR plaintext, CK_ULONG_PTR plaintext_len)
{
	return message_whole(session, CKF_MESSAGE_DECRYPT,
	    (struct message_parameter){ parameter, parameter_len },
	    view_of(associated_data, associated_data_len), view_of(ciphertext, ciphertext_len),
	    (struct output){ plaintext, plaintext_len });
}

CK_RV
C_DecryptMessageBegin(CK_SESSION_HANDLE session, void *parameter, CK_ULONG parameter_len,
    CK_BYTE_PTR associated_data, CK_ULONG associated_data_len)
{
	return message_first(session, CKF_MESSAGE_DECRYPT,
	    (struct message_parameter){ parameter, parameter_len },
	    view_of(associated_data, associated_data_len));
}

CK_RV
C_DecryptMessageNext(CK_SESSION_HANDLE session, void *parameter, CK_ULONG parameter_len,
    CK_BYTE_PTR ciphertext_part, CK_ULONG ciphertext_part_len, CK_BYTE_PTR plaintext_part,
    CK_ULONG_PTR plaintext_part_len, CK_FLAGS flags)
{
	return message_part(session, CKF_MESSAGE_DECRYPT,
	    (struct message_parameter){ parameter, parameter_len },
	    view_of(ciphertext_part, ciphertext_part_len), flags,
	    (struct output){ plaintext_part, plaintext_part_len });
}

CK_RV
C_MessageDecryptFinal(CK_SESSION_HANDLE session)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter_session(&call, session));
	return message_final(call.session, CKF_MESSAGE_DECRYPT);
}
