/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The functions of the standard: check what can be checked of the arguments,
 * enter the session, call down, leave.  A pointer that the standard demands and
 * the caller left out is CKR_ARGUMENTS_BAD and changes nothing.  What this
 * release declines is in refuse.c, the interfaces are in interface.c, the message
 * functions in api_message.c.
 */
#include "token/api.h"

#include "token/key.h"
#include "token/library.h"
#include "token/object.h"
#include "token/operation.h"
#include "token/policy.h"

/* General purpose (5.4) */

CK_RV
C_Initialize(void *init_args)
{
	return library_start(init_args);
}

CK_RV
C_Finalize(void *reserved)
{
	return reserved != NULL ? CKR_ARGUMENTS_BAD : library_stop();
}

CK_RV
C_GetInfo(CK_INFO_PTR info)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter(&call));
	if (info == NULL)
		return CKR_ARGUMENTS_BAD;
	library_info(info);
	return CKR_OK;
}

/* Slots and tokens (5.5) */

CK_RV
C_GetSlotList(CK_BBOOL token_present, CK_SLOT_ID_PTR list, CK_ULONG_PTR count)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter(&call));
	return count == NULL ? CKR_ARGUMENTS_BAD : slot_list(token_present, list, count);
}

CK_RV
C_GetSlotInfo(CK_SLOT_ID slot, CK_SLOT_INFO_PTR info)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter(&call));
	return info == NULL ? CKR_ARGUMENTS_BAD : slot_info(slot, info);
}

CK_RV
C_GetTokenInfo(CK_SLOT_ID slot, CK_TOKEN_INFO_PTR info)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter(&call));
	return info == NULL ? CKR_ARGUMENTS_BAD : slot_token_info(slot, info);
}

CK_RV
C_WaitForSlotEvent(CK_FLAGS flags, CK_SLOT_ID_PTR slot, void *reserved)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter(&call));
	if (slot == NULL || reserved != NULL)
		return CKR_ARGUMENTS_BAD;
	return slot_wait(flags, slot);
}

CK_RV
C_GetMechanismList(CK_SLOT_ID slot, CK_MECHANISM_TYPE_PTR list, CK_ULONG_PTR count)
{
	RELEASED(call_leave) struct call call = { 0 };
	CK_ULONG room, n = 0;

	TRY(call_enter(&call));
	if (count == NULL)
		return CKR_ARGUMENTS_BAD;
	TRY(slot_known(slot));
	room = *count;
	while (mechanism_at(n) != NULL)
		n++;
	*count = n;
	if (list == NULL)
		return CKR_OK;
	if (room < n)
		return CKR_BUFFER_TOO_SMALL;
	for (CK_ULONG i = 0; i < n; i++)
		list[i] = mechanism_at(i)->type;
	return CKR_OK;
}

CK_RV
C_GetMechanismInfo(CK_SLOT_ID slot, CK_MECHANISM_TYPE type, CK_MECHANISM_INFO_PTR info)
{
	RELEASED(call_leave) struct call call = { 0 };
	const struct mechanism *m;
	bool strict;

	TRY(call_enter(&call));
	if (info == NULL)
		return CKR_ARGUMENTS_BAD;
	TRY(slot_strict(slot, &strict));
	m = mechanism_find(type);
	if (m == NULL)
		return CKR_MECHANISM_INVALID;
	mechanism_info(m, info);
	info->flags &= ~policy_withholds(strict, m);
	return CKR_OK;
}

CK_RV
C_InitToken(CK_SLOT_ID slot, CK_UTF8CHAR_PTR pin, CK_ULONG pin_len, CK_UTF8CHAR_PTR label)
{
	RELEASED(call_leave) struct call call = { 0 };
	struct view so_pin;

	TRY(call_enter(&call));
	if (pin == NULL || label == NULL)
		return CKR_ARGUMENTS_BAD;
	TRY(input(pin, pin_len, &so_pin));
	return slot_init_token(slot, so_pin, label);
}

CK_RV
C_InitPIN(CK_SESSION_HANDLE session, CK_UTF8CHAR_PTR pin, CK_ULONG pin_len)
{
	RELEASED(call_leave) struct call call = { 0 };
	struct view new;

	TRY(call_enter_session(&call, session));
	if (pin == NULL)
		return CKR_ARGUMENTS_BAD;
	TRY(input(pin, pin_len, &new));
	return session_init_pin(call.session, new);
}

CK_RV
C_SetPIN(CK_SESSION_HANDLE session, CK_UTF8CHAR_PTR old_pin, CK_ULONG old_len,
    CK_UTF8CHAR_PTR new_pin, CK_ULONG new_len)
{
	RELEASED(call_leave) struct call call = { 0 };
	struct view old, new;

	TRY(call_enter_session(&call, session));
	if (old_pin == NULL || new_pin == NULL)
		return CKR_ARGUMENTS_BAD;
	TRY(input(old_pin, old_len, &old));
	TRY(input(new_pin, new_len, &new));
	return session_set_pin(call.session, old, new);
}

/* Sessions (5.6) */

CK_RV
C_OpenSession(CK_SLOT_ID slot, CK_FLAGS flags, void *application, CK_NOTIFY notify,
    CK_SESSION_HANDLE_PTR session)
{
	RELEASED(call_leave) struct call call = { 0 };

	(void)application;
	(void)notify;
	TRY(call_enter(&call));
	return session == NULL ? CKR_ARGUMENTS_BAD : session_open(slot, flags, session);
}

CK_RV
C_CloseSession(CK_SESSION_HANDLE session)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter(&call));
	return session_close(session);
}

CK_RV
C_CloseAllSessions(CK_SLOT_ID slot)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter(&call));
	return session_close_all(slot);
}

CK_RV
C_GetSessionInfo(CK_SESSION_HANDLE session, CK_SESSION_INFO_PTR info)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter_session(&call, session));
	return info == NULL ? CKR_ARGUMENTS_BAD : session_info(call.session, info);
}

CK_RV
C_SessionCancel(CK_SESSION_HANDLE session, CK_FLAGS flags)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter_session(&call, session));
	operation_cancel(call.session, flags);
	return CKR_OK;
}

CK_RV
C_GetSessionValidationFlags(CK_SESSION_HANDLE session, CK_ULONG type, CK_ULONG_PTR flags)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter_session(&call, session));
	if (flags == NULL || type != CKS_LAST_VALIDATION_OK)
		return CKR_ARGUMENTS_BAD;
	/* No validation covers this token. */
	*flags = 0;
	return CKR_OK;
}

CK_RV
C_Login(CK_SESSION_HANDLE session, CK_USER_TYPE user_type, CK_UTF8CHAR_PTR pin, CK_ULONG pin_len)
{
	RELEASED(call_leave) struct call call = { 0 };
	struct view given;

	TRY(call_enter_session(&call, session));
	if (pin == NULL)
		return session_login_by_source(call.session, user_type);
	TRY(input(pin, pin_len, &given));
	return session_login(call.session, user_type, given);
}

CK_RV
C_LoginUser(CK_SESSION_HANDLE session, CK_USER_TYPE user_type, CK_UTF8CHAR_PTR pin,
    CK_ULONG pin_len, CK_UTF8CHAR_PTR username, CK_ULONG username_len)
{
	RELEASED(call_leave) struct call call = { 0 };
	struct view given, name;

	TRY(call_enter_session(&call, session));
	TRY(input(username, username_len, &name));
	/* There is one user, who has no name. */
	if (name.len != 0)
		return CKR_PIN_INCORRECT;
	if (pin == NULL)
		return session_login_by_source(call.session, user_type);
	TRY(input(pin, pin_len, &given));
	return session_login(call.session, user_type, given);
}

CK_RV
C_Logout(CK_SESSION_HANDLE session)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter_session(&call, session));
	return session_logout(call.session);
}

/* Objects (5.7) */

CK_RV
C_CreateObject(CK_SESSION_HANDLE session, CK_ATTRIBUTE_PTR template, CK_ULONG count,
    CK_OBJECT_HANDLE_PTR object)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter_session(&call, session));
	if (template == NULL || object == NULL)
		return CKR_ARGUMENTS_BAD;
	return object_create(call.session, template, count, object);
}

CK_RV
C_CopyObject(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_PTR template,
    CK_ULONG count, CK_OBJECT_HANDLE_PTR new_object)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter_session(&call, session));
	/* An empty template copies as is: NSS does that. */
	if ((template == NULL && count != 0) || new_object == NULL)
		return CKR_ARGUMENTS_BAD;
	return object_copy(call.session, object, template, count, new_object);
}

CK_RV
C_DestroyObject(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter_session(&call, session));
	return object_destroy(call.session, object);
}

CK_RV
C_GetObjectSize(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ULONG_PTR size)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter_session(&call, session));
	return size == NULL ? CKR_ARGUMENTS_BAD : object_size(call.session, object, size);
}

CK_RV
C_GetAttributeValue(
    CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_PTR template, CK_ULONG count)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter_session(&call, session));
	if (template == NULL && count != 0)
		return CKR_ARGUMENTS_BAD;
	return object_read(call.session, object, template, count);
}

CK_RV
C_SetAttributeValue(
    CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_PTR template, CK_ULONG count)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter_session(&call, session));
	if (template == NULL && count != 0)
		return CKR_ARGUMENTS_BAD;
	return object_change(call.session, object, template, count);
}

CK_RV
C_FindObjectsInit(CK_SESSION_HANDLE session, CK_ATTRIBUTE_PTR template, CK_ULONG count)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter_session(&call, session));
	if (template == NULL && count != 0)
		return CKR_ARGUMENTS_BAD;
	return search_start(call.session, template, count);
}

CK_RV
C_FindObjects(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE_PTR object, CK_ULONG max_object_count,
    CK_ULONG_PTR object_count)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter_session(&call, session));
	if ((object == NULL && max_object_count != 0) || object_count == NULL)
		return CKR_ARGUMENTS_BAD;
	return search_next(call.session, object, max_object_count, object_count);
}

CK_RV
C_FindObjectsFinal(CK_SESSION_HANDLE session)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter_session(&call, session));
	return search_end(call.session);
}

CK_RV
C_GetOperationState(CK_SESSION_HANDLE session, CK_BYTE_PTR state, CK_ULONG_PTR state_len)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter_session(&call, session));
	if (state_len == NULL)
		return CKR_ARGUMENTS_BAD;
	return operation_save(call.session, (struct output){ state, state_len });
}

CK_RV
C_SetOperationState(CK_SESSION_HANDLE session, CK_BYTE_PTR state, CK_ULONG state_len,
    CK_OBJECT_HANDLE encryption_key, CK_OBJECT_HANDLE authentication_key)
{
	RELEASED(call_leave) struct call call = { 0 };
	struct view given;

	TRY(call_enter_session(&call, session));
	if (state == NULL)
		return CKR_ARGUMENTS_BAD;
	TRY(input(state, state_len, &given));
	return operation_restore(call.session, given,
	    encryption_key != CK_INVALID_HANDLE || authentication_key != CK_INVALID_HANDLE);
}

/* Operations: each C_…Init, one-part, update and final call is one of these (5.8 to 5.15) */

static CK_RV
start(CK_SESSION_HANDLE session, enum activity activity, CK_FLAGS verb,
    const CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter_session(&call, session));
	return operation_start(call.session, activity, verb, mechanism, key, VIEW_NONE);
}

static CK_RV
once(CK_SESSION_HANDLE session, enum activity activity, CK_FLAGS verb, const CK_BYTE *data,
    CK_ULONG data_len, CK_BYTE *out, CK_ULONG *out_len)
{
	RELEASED(call_leave) struct call call = { 0 };
	struct view in;

	TRY(call_enter_session(&call, session));
	TRY(input(data, data_len, &in));
	if (out_len == NULL)
		return CKR_ARGUMENTS_BAD;
	return operation_once(call.session, activity, verb, in, (struct output){ out, out_len });
}

/* An update with output ... */
static CK_RV
update(CK_SESSION_HANDLE session, enum activity activity, CK_FLAGS verb, const CK_BYTE *part,
    CK_ULONG part_len, CK_BYTE *out, CK_ULONG *out_len)
{
	RELEASED(call_leave) struct call call = { 0 };
	struct view in;

	TRY(call_enter_session(&call, session));
	TRY(input(part, part_len, &in));
	if (out_len == NULL)
		return CKR_ARGUMENTS_BAD;
	return operation_update(call.session, activity, verb, in, (struct output){ out, out_len });
}

/* ... and one that only takes in. */
static CK_RV
absorb(CK_SESSION_HANDLE session, enum activity activity, CK_FLAGS verb, const CK_BYTE *part,
    CK_ULONG part_len)
{
	RELEASED(call_leave) struct call call = { 0 };
	struct view in;

	TRY(call_enter_session(&call, session));
	TRY(input(part, part_len, &in));
	return operation_update(call.session, activity, verb, in, (struct output){ NULL, NULL });
}

static CK_RV
final(CK_SESSION_HANDLE session, enum activity activity, CK_FLAGS verb, CK_BYTE *out,
    CK_ULONG *out_len)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter_session(&call, session));
	if (out_len == NULL)
		return CKR_ARGUMENTS_BAD;
	return operation_final(call.session, activity, verb, (struct output){ out, out_len });
}

CK_RV
C_EncryptInit(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key)
{
	return start(session, ACTIVITY_ENCRYPT, CKF_ENCRYPT, mechanism, key);
}

CK_RV
C_Encrypt(CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG data_len,
    CK_BYTE_PTR encrypted_data, CK_ULONG_PTR encrypted_data_len)
{
	return once(session, ACTIVITY_ENCRYPT, CKF_ENCRYPT, data, data_len, encrypted_data,
	    encrypted_data_len);
}

CK_RV
C_EncryptUpdate(CK_SESSION_HANDLE session, CK_BYTE_PTR part, CK_ULONG part_len,
    CK_BYTE_PTR encrypted_part, CK_ULONG_PTR encrypted_part_len)
{
	return update(session, ACTIVITY_ENCRYPT, CKF_ENCRYPT, part, part_len, encrypted_part,
	    encrypted_part_len);
}

CK_RV
C_EncryptFinal(CK_SESSION_HANDLE session, CK_BYTE_PTR last_encrypted_part,
    CK_ULONG_PTR last_encrypted_part_len)
{
	return final(
	    session, ACTIVITY_ENCRYPT, CKF_ENCRYPT, last_encrypted_part, last_encrypted_part_len);
}

CK_RV
C_DecryptInit(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key)
{
	return start(session, ACTIVITY_DECRYPT, CKF_DECRYPT, mechanism, key);
}

CK_RV
C_Decrypt(CK_SESSION_HANDLE session, CK_BYTE_PTR encrypted_data, CK_ULONG encrypted_data_len,
    CK_BYTE_PTR data, CK_ULONG_PTR data_len)
{
	return once(session, ACTIVITY_DECRYPT, CKF_DECRYPT, encrypted_data, encrypted_data_len,
	    data, data_len);
}

CK_RV
C_DecryptUpdate(CK_SESSION_HANDLE session, CK_BYTE_PTR encrypted_part, CK_ULONG encrypted_part_len,
    CK_BYTE_PTR part, CK_ULONG_PTR part_len)
{
	return update(session, ACTIVITY_DECRYPT, CKF_DECRYPT, encrypted_part, encrypted_part_len,
	    part, part_len);
}

CK_RV
C_DecryptFinal(CK_SESSION_HANDLE session, CK_BYTE_PTR last_part, CK_ULONG_PTR last_part_len)
{
	return final(session, ACTIVITY_DECRYPT, CKF_DECRYPT, last_part, last_part_len);
}

CK_RV
C_DigestInit(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism)
{
	return start(session, ACTIVITY_DIGEST, CKF_DIGEST, mechanism, CK_INVALID_HANDLE);
}

CK_RV
C_Digest(CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG data_len, CK_BYTE_PTR digest,
    CK_ULONG_PTR digest_len)
{
	return once(session, ACTIVITY_DIGEST, CKF_DIGEST, data, data_len, digest, digest_len);
}

CK_RV
C_DigestUpdate(CK_SESSION_HANDLE session, CK_BYTE_PTR part, CK_ULONG part_len)
{
	return absorb(session, ACTIVITY_DIGEST, CKF_DIGEST, part, part_len);
}

CK_RV
C_DigestKey(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE key)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter_session(&call, session));
	return operation_digest_key(call.session, key);
}

CK_RV
C_DigestFinal(CK_SESSION_HANDLE session, CK_BYTE_PTR digest, CK_ULONG_PTR digest_len)
{
	return final(session, ACTIVITY_DIGEST, CKF_DIGEST, digest, digest_len);
}

CK_RV
C_SignInit(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key)
{
	return start(session, ACTIVITY_SIGN, CKF_SIGN, mechanism, key);
}

CK_RV
C_Sign(CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG data_len, CK_BYTE_PTR signature,
    CK_ULONG_PTR signature_len)
{
	return once(session, ACTIVITY_SIGN, CKF_SIGN, data, data_len, signature, signature_len);
}

CK_RV
C_SignUpdate(CK_SESSION_HANDLE session, CK_BYTE_PTR part, CK_ULONG part_len)
{
	return absorb(session, ACTIVITY_SIGN, CKF_SIGN, part, part_len);
}

CK_RV
C_SignFinal(CK_SESSION_HANDLE session, CK_BYTE_PTR signature, CK_ULONG_PTR signature_len)
{
	return final(session, ACTIVITY_SIGN, CKF_SIGN, signature, signature_len);
}

CK_RV
C_SignRecoverInit(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key)
{
	return start(session, ACTIVITY_SIGN, CKF_SIGN_RECOVER, mechanism, key);
}

CK_RV
C_SignRecover(CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG data_len, CK_BYTE_PTR signature,
    CK_ULONG_PTR signature_len)
{
	return once(
	    session, ACTIVITY_SIGN, CKF_SIGN_RECOVER, data, data_len, signature, signature_len);
}

CK_RV
C_VerifyInit(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key)
{
	return start(session, ACTIVITY_VERIFY, CKF_VERIFY, mechanism, key);
}

CK_RV
C_Verify(CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG data_len, CK_BYTE_PTR signature,
    CK_ULONG signature_len)
{
	RELEASED(call_leave) struct call call = { 0 };
	struct view in, claimed;

	TRY(call_enter_session(&call, session));
	TRY(input(data, data_len, &in));
	TRY(input(signature, signature_len, &claimed));
	return operation_verify(call.session, ACTIVITY_VERIFY, &in, claimed);
}

CK_RV
C_VerifyUpdate(CK_SESSION_HANDLE session, CK_BYTE_PTR part, CK_ULONG part_len)
{
	return absorb(session, ACTIVITY_VERIFY, CKF_VERIFY, part, part_len);
}

CK_RV
C_VerifyFinal(CK_SESSION_HANDLE session, CK_BYTE_PTR signature, CK_ULONG signature_len)
{
	RELEASED(call_leave) struct call call = { 0 };
	struct view claimed;

	TRY(call_enter_session(&call, session));
	TRY(input(signature, signature_len, &claimed));
	return operation_verify(call.session, ACTIVITY_VERIFY, NULL, claimed);
}

CK_RV
C_VerifyRecoverInit(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key)
{
	return start(session, ACTIVITY_VERIFY, CKF_VERIFY_RECOVER, mechanism, key);
}

CK_RV
C_VerifyRecover(CK_SESSION_HANDLE session, CK_BYTE_PTR signature, CK_ULONG signature_len,
    CK_BYTE_PTR data, CK_ULONG_PTR data_len)
{
	return once(
	    session, ACTIVITY_VERIFY, CKF_VERIFY_RECOVER, signature, signature_len, data, data_len);
}

/* Verifying where the signature is known before the data (5.16) */

CK_RV
C_VerifySignatureInit(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key,
    CK_BYTE_PTR signature, CK_ULONG signature_len)
{
	RELEASED(call_leave) struct call call = { 0 };
	struct view claimed;

	TRY(call_enter_session(&call, session));
	TRY(input(signature, signature_len, &claimed));
	return operation_start(
	    call.session, ACTIVITY_VERIFY_SIGNATURE, CKF_VERIFY, mechanism, key, claimed);
}

CK_RV
C_VerifySignature(CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG data_len)
{
	RELEASED(call_leave) struct call call = { 0 };
	struct view in;

	TRY(call_enter_session(&call, session));
	TRY(input(data, data_len, &in));
	return operation_verify(call.session, ACTIVITY_VERIFY_SIGNATURE, &in, VIEW_NONE);
}

CK_RV
C_VerifySignatureUpdate(CK_SESSION_HANDLE session, CK_BYTE_PTR part, CK_ULONG part_len)
{
	return absorb(session, ACTIVITY_VERIFY_SIGNATURE, CKF_VERIFY, part, part_len);
}

CK_RV
C_VerifySignatureFinal(CK_SESSION_HANDLE session)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter_session(&call, session));
	return operation_verify(call.session, ACTIVITY_VERIFY_SIGNATURE, NULL, VIEW_NONE);
}

/* Keys (5.18) */

CK_RV
C_GenerateKey(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_ATTRIBUTE_PTR template,
    CK_ULONG count, CK_OBJECT_HANDLE_PTR key)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter_session(&call, session));
	if (mechanism == NULL || (template == NULL && count != 0) || key == NULL)
		return CKR_ARGUMENTS_BAD;
	return key_generate(call.session, mechanism, (struct attributes){ template, count }, key);
}

CK_RV
C_GenerateKeyPair(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism,
    CK_ATTRIBUTE_PTR public_key_template, CK_ULONG public_key_attribute_count,
    CK_ATTRIBUTE_PTR private_key_template, CK_ULONG private_key_attribute_count,
    CK_OBJECT_HANDLE_PTR public_key, CK_OBJECT_HANDLE_PTR private_key)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter_session(&call, session));
	if (mechanism == NULL || (public_key_template == NULL && public_key_attribute_count != 0) ||
	    (private_key_template == NULL && private_key_attribute_count != 0) ||
	    public_key == NULL || private_key == NULL)
		return CKR_ARGUMENTS_BAD;
	return key_generate_pair(call.session, mechanism,
	    (struct attributes){ public_key_template, public_key_attribute_count },
	    (struct attributes){ private_key_template, private_key_attribute_count }, public_key,
	    private_key);
}

/* Wrapping and its inverse, with associated data or without. */
static CK_RV
wrap(CK_SESSION_HANDLE session, const CK_MECHANISM *mechanism, CK_OBJECT_HANDLE wrapping_key,
    CK_OBJECT_HANDLE key, const struct view *aad, struct output out)
{
	RELEASED(call_leave) struct call call = { 0 };
	struct view checked;

	TRY(call_enter_session(&call, session));
	if (mechanism == NULL || out.len == NULL)
		return CKR_ARGUMENTS_BAD;
	if (aad != NULL)
		TRY(input(aad->data, aad->len, &checked));
	return key_wrap(call.session, mechanism, wrapping_key, key, aad, out);
}

static CK_RV
unwrap(CK_SESSION_HANDLE session, const CK_MECHANISM *mechanism, CK_OBJECT_HANDLE unwrapping_key,
    struct view wrapped_key, struct attributes attributes, const struct view *aad,
    CK_OBJECT_HANDLE *key)
{
	RELEASED(call_leave) struct call call = { 0 };
	struct view wrapped, checked;

	TRY(call_enter_session(&call, session));
	if (mechanism == NULL || wrapped_key.data == NULL ||
	    (attributes.list == NULL && attributes.count != 0) || key == NULL)
		return CKR_ARGUMENTS_BAD;
	TRY(input(wrapped_key.data, wrapped_key.len, &wrapped));
	if (aad != NULL)
		TRY(input(aad->data, aad->len, &checked));
	return key_unwrap(call.session, mechanism, unwrapping_key, wrapped, attributes, aad, key);
}

CK_RV
C_WrapKey(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE wrapping_key,
    CK_OBJECT_HANDLE key, CK_BYTE_PTR wrapped_key, CK_ULONG_PTR wrapped_key_len)
{
	return wrap(session, mechanism, wrapping_key, key, NULL,
	    (struct output){ wrapped_key, wrapped_key_len });
}

CK_RV
C_UnwrapKey(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE unwrapping_key,
    CK_BYTE_PTR wrapped_key, CK_ULONG wrapped_key_len, CK_ATTRIBUTE_PTR template,
    CK_ULONG attribute_count, CK_OBJECT_HANDLE_PTR key)
{
	return unwrap(session, mechanism, unwrapping_key, view_of(wrapped_key, wrapped_key_len),
	    (struct attributes){ template, attribute_count }, NULL, key);
}

CK_RV
C_WrapKeyAuthenticated(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism,
    CK_OBJECT_HANDLE wrapping_key, CK_OBJECT_HANDLE key, CK_BYTE_PTR associated_data,
    CK_ULONG associated_data_len, CK_BYTE_PTR wrapped_key, CK_ULONG_PTR wrapped_key_len)
{
	const struct view aad = view_of(associated_data, associated_data_len);

	return wrap(session, mechanism, wrapping_key, key, &aad,
	    (struct output){ wrapped_key, wrapped_key_len });
}

CK_RV
C_UnwrapKeyAuthenticated(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism,
    CK_OBJECT_HANDLE unwrapping_key, CK_BYTE_PTR wrapped_key, CK_ULONG wrapped_key_len,
    CK_ATTRIBUTE_PTR template, CK_ULONG attribute_count, CK_BYTE_PTR associated_data,
    CK_ULONG associated_data_len, CK_OBJECT_HANDLE_PTR key)
{
	const struct view aad = view_of(associated_data, associated_data_len);

	return unwrap(session, mechanism, unwrapping_key, view_of(wrapped_key, wrapped_key_len),
	    (struct attributes){ template, attribute_count }, &aad, key);
}

CK_RV
C_DeriveKey(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE base_key,
    CK_ATTRIBUTE_PTR template, CK_ULONG attribute_count, CK_OBJECT_HANDLE_PTR key)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter_session(&call, session));
	/* Whether there is a key to return is for the mechanism to say. */
	if (mechanism == NULL || (template == NULL && attribute_count != 0))
		return CKR_ARGUMENTS_BAD;
	return key_derive(call.session, mechanism, base_key,
	    (struct attributes){ template, attribute_count }, key);
}

CK_RV
C_EncapsulateKey(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE public_key,
    CK_ATTRIBUTE_PTR template, CK_ULONG attribute_count, CK_BYTE_PTR ciphertext,
    CK_ULONG_PTR ciphertext_len, CK_OBJECT_HANDLE_PTR key)
{
	RELEASED(call_leave) struct call call = { 0 };

	TRY(call_enter_session(&call, session));
	if (mechanism == NULL || (template == NULL && attribute_count != 0) ||
	    ciphertext_len == NULL)
		return CKR_ARGUMENTS_BAD;
	return key_encapsulate(call.session, mechanism, public_key,
	    (struct attributes){ template, attribute_count },
	    (struct output){ ciphertext, ciphertext_len }, key);
}

CK_RV
C_DecapsulateKey(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism,
    CK_OBJECT_HANDLE private_key, CK_ATTRIBUTE_PTR template, CK_ULONG attribute_count,
    CK_BYTE_PTR ciphertext, CK_ULONG ciphertext_len, CK_OBJECT_HANDLE_PTR key)
{
	RELEASED(call_leave) struct call call = { 0 };
	struct view in;

	TRY(call_enter_session(&call, session));
	if (mechanism == NULL || (template == NULL && attribute_count != 0) || ciphertext == NULL ||
	    key == NULL)
		return CKR_ARGUMENTS_BAD;
	TRY(input(ciphertext, ciphertext_len, &in));
	return key_decapsulate(call.session, mechanism, private_key,
	    (struct attributes){ template, attribute_count }, in, key);
}

/* Two operations at once (5.14) */

static CK_RV
dual(CK_SESSION_HANDLE session,
    CK_RV (*step)(struct session *, enum activity, CK_FLAGS, struct view, struct output),
    enum activity absorbs, CK_FLAGS verb, struct view part, struct output out)
{
	RELEASED(call_leave) struct call call = { 0 };
	struct view in;

	TRY(call_enter_session(&call, session));
	TRY(input(part.data, part.len, &in));
	if (out.len == NULL)
		return CKR_ARGUMENTS_BAD;
	return step(call.session, absorbs, verb, in, out);
}

CK_RV
C_DigestEncryptUpdate(CK_SESSION_HANDLE session, CK_BYTE_PTR part, CK_ULONG part_len,
    CK_BYTE_PTR encrypted_part, CK_ULONG_PTR encrypted_part_len)
{
	return dual(session, operation_forward, ACTIVITY_DIGEST, CKF_DIGEST,
	    view_of(part, part_len), (struct output){ encrypted_part, encrypted_part_len });
}

CK_RV
C_DecryptDigestUpdate(CK_SESSION_HANDLE session, CK_BYTE_PTR encrypted_part,
    CK_ULONG encrypted_part_len, CK_BYTE_PTR part, CK_ULONG_PTR part_len)
{
	return dual(session, operation_backward, ACTIVITY_DIGEST, CKF_DIGEST,
	    view_of(encrypted_part, encrypted_part_len), (struct output){ part, part_len });
}

CK_RV
C_SignEncryptUpdate(CK_SESSION_HANDLE session, CK_BYTE_PTR part, CK_ULONG part_len,
    CK_BYTE_PTR encrypted_part, CK_ULONG_PTR encrypted_part_len)
{
	return dual(session, operation_forward, ACTIVITY_SIGN, CKF_SIGN, view_of(part, part_len),
	    (struct output){ encrypted_part, encrypted_part_len });
}

CK_RV
C_DecryptVerifyUpdate(CK_SESSION_HANDLE session, CK_BYTE_PTR encrypted_part,
    CK_ULONG encrypted_part_len, CK_BYTE_PTR part, CK_ULONG_PTR part_len)
{
	return dual(session, operation_backward, ACTIVITY_VERIFY, CKF_VERIFY,
	    view_of(encrypted_part, encrypted_part_len), (struct output){ part, part_len });
}

/* Random numbers (5.19) */

CK_RV
C_SeedRandom(CK_SESSION_HANDLE session, CK_BYTE_PTR seed, CK_ULONG seed_len)
{
	RELEASED(call_leave) struct call call = { 0 };
	struct view given;

	TRY(call_enter_session(&call, session));
	if (seed == NULL)
		return CKR_ARGUMENTS_BAD;
	TRY(input(seed, seed_len, &given));
	return crypto_seed(given);
}

CK_RV
C_GenerateRandom(CK_SESSION_HANDLE session, CK_BYTE_PTR random_data, CK_ULONG random_len)
{
	RELEASED(call_leave) struct call call = { 0 };
	struct view room;

	TRY(call_enter_session(&call, session));
	if (random_data == NULL)
		return CKR_ARGUMENTS_BAD;
	TRY(input(random_data, random_len, &room));
	return crypto_random(random_data, room.len);
}
