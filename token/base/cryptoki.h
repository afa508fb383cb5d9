/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PKCS#11 3.2 as everything here sees it: p11-kit's header, whichever release is
 * installed (0.24 has PKCS#11 2.40, 0.25 has 3.0 or 3.1, 0.26 has 3.2), and what
 * it lacks.  Nothing here asks for the release: types that some release lacks
 * have names of our own (struct pkcs11_...) in all of them, so that no gate
 * exists to get wrong.  The only place that includes p11-kit's header.
 *
 * Names and layouts are the OASIS headers' (PKCS#11 3.2, pkcs11t.h and
 * pkcs11f.h); members keep the standard's order and drop its prefixes.
 */
#ifndef HANDFAST_CRYPTOKI_H
#define HANDFAST_CRYPTOKI_H

/* The library is built with hidden visibility; these functions alone leave it. */
#pragma GCC visibility push(default)

/*
 * p11-kit declares these four with types that not all its releases have, and
 * 0.26 gives C_DecapsulateKey a pointer to the ciphertext's length where the
 * standard has the length.  Ours follow below.
 */
#define C_GetInterfaceList p11_kit_C_GetInterfaceList
#define C_GetInterface p11_kit_C_GetInterface
#define C_DecapsulateKey p11_kit_C_DecapsulateKey
#define C_AsyncComplete p11_kit_C_AsyncComplete
#include <p11-kit/pkcs11.h>
#undef C_GetInterfaceList
#undef C_GetInterface
#undef C_DecapsulateKey
#undef C_AsyncComplete

/* Members that p11-kit renames for its own use and forgets to release: 0.24 these ... */
#undef aad_len
#undef aad_ptr
#undef ck_rsa_pkcs_mgf_type_t
#undef ck_rsa_pkcs_oaep_source_type_t
#undef counter_bits
#undef data_params
#undef hash_alg
#undef iv_bits
#undef iv_len
#undef iv_ptr
#undef public_data
#undef public_data_len
#undef s_len
#undef shared_data
#undef shared_data_len
#undef source_data
#undef source_data_len
#undef string_data
#undef string_data_len
#undef tag_bits
/* ... and 0.26 these. */
#undef attribute_count
#undef context_data_length
#undef key_ptr
#undef templ

#include "token/base/cryptoki-constants.h"
#include "token/base/cryptoki-parameters.h"

/* CK_INTERFACE. */
struct pkcs11_interface {
	CK_UTF8CHAR *name;
	void *function_list;
	CK_FLAGS flags;
};

/* CK_ASYNC_DATA. */
struct pkcs11_async_data {
	CK_ULONG version;
	CK_BYTE *value;
	CK_ULONG value_len;
	CK_OBJECT_HANDLE object;
	CK_OBJECT_HANDLE additional_object;
};

/*
 * Every function of the standard, by the version that brought it, in the order
 * of the function lists: F(name, (its parameters)).
 */
#define FUNCTIONS_2_40(F)                                                                          \
	F(C_Initialize, (void *args))                                                              \
	F(C_Finalize, (void *reserved))                                                            \
	F(C_GetInfo, (CK_INFO_PTR info))                                                           \
	F(C_GetFunctionList, (CK_FUNCTION_LIST_PTR_PTR function_list))                             \
	F(C_GetSlotList, (CK_BBOOL token_present, CK_SLOT_ID_PTR list, CK_ULONG_PTR count))        \
	F(C_GetSlotInfo, (CK_SLOT_ID slot, CK_SLOT_INFO_PTR info))                                 \
	F(C_GetTokenInfo, (CK_SLOT_ID slot, CK_TOKEN_INFO_PTR info))                               \
	F(C_GetMechanismList, (CK_SLOT_ID slot, CK_MECHANISM_TYPE_PTR list, CK_ULONG_PTR count))   \
	F(C_GetMechanismInfo,                                                                      \
	    (CK_SLOT_ID slot, CK_MECHANISM_TYPE type, CK_MECHANISM_INFO_PTR info))                 \
	F(C_InitToken,                                                                             \
	    (CK_SLOT_ID slot, CK_UTF8CHAR_PTR pin, CK_ULONG pin_len, CK_UTF8CHAR_PTR label))       \
	F(C_InitPIN, (CK_SESSION_HANDLE session, CK_UTF8CHAR_PTR pin, CK_ULONG pin_len))           \
	F(C_SetPIN,                                                                                \
	    (CK_SESSION_HANDLE session, CK_UTF8CHAR_PTR old_pin, CK_ULONG old_len,                 \
		CK_UTF8CHAR_PTR new_pin, CK_ULONG new_len))                                        \
	F(C_OpenSession,                                                                           \
	    (CK_SLOT_ID slot, CK_FLAGS flags, void *application, CK_NOTIFY notify,                 \
		CK_SESSION_HANDLE_PTR session))                                                    \
	F(C_CloseSession, (CK_SESSION_HANDLE session))                                             \
	F(C_CloseAllSessions, (CK_SLOT_ID slot))                                                   \
	F(C_GetSessionInfo, (CK_SESSION_HANDLE session, CK_SESSION_INFO_PTR info))                 \
	F(C_GetOperationState,                                                                     \
	    (CK_SESSION_HANDLE session, CK_BYTE_PTR operation_state,                               \
		CK_ULONG_PTR operation_state_len))                                                 \
	F(C_SetOperationState,                                                                     \
	    (CK_SESSION_HANDLE session, CK_BYTE_PTR operation_state, CK_ULONG operation_state_len, \
		CK_OBJECT_HANDLE encryption_key, CK_OBJECT_HANDLE authentication_key))             \
	F(C_Login,                                                                                 \
	    (CK_SESSION_HANDLE session, CK_USER_TYPE user_type, CK_UTF8CHAR_PTR pin,               \
		CK_ULONG pin_len))                                                                 \
	F(C_Logout, (CK_SESSION_HANDLE session))                                                   \
	F(C_CreateObject,                                                                          \
	    (CK_SESSION_HANDLE session, CK_ATTRIBUTE_PTR template, CK_ULONG count,                 \
		CK_OBJECT_HANDLE_PTR object))                                                      \
	F(C_CopyObject,                                                                            \
	    (CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_PTR template,        \
		CK_ULONG count, CK_OBJECT_HANDLE_PTR new_object))                                  \
	F(C_DestroyObject, (CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object))                   \
	F(C_GetObjectSize,                                                                         \
	    (CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ULONG_PTR size))               \
	F(C_GetAttributeValue,                                                                     \
	    (CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_PTR template,        \
		CK_ULONG count))                                                                   \
	F(C_SetAttributeValue,                                                                     \
	    (CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_PTR template,        \
		CK_ULONG count))                                                                   \
	F(C_FindObjectsInit,                                                                       \
	    (CK_SESSION_HANDLE session, CK_ATTRIBUTE_PTR template, CK_ULONG count))                \
	F(C_FindObjects,                                                                           \
	    (CK_SESSION_HANDLE session, CK_OBJECT_HANDLE_PTR object, CK_ULONG max_object_count,    \
		CK_ULONG_PTR object_count))                                                        \
	F(C_FindObjectsFinal, (CK_SESSION_HANDLE session))                                         \
	F(C_EncryptInit,                                                                           \
	    (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key))         \
	F(C_Encrypt,                                                                               \
	    (CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG data_len,                       \
		CK_BYTE_PTR encrypted_data, CK_ULONG_PTR encrypted_data_len))                      \
	F(C_EncryptUpdate,                                                                         \
	    (CK_SESSION_HANDLE session, CK_BYTE_PTR part, CK_ULONG part_len,                       \
		CK_BYTE_PTR encrypted_part, CK_ULONG_PTR encrypted_part_len))                      \
	F(C_EncryptFinal,                                                                          \
	    (CK_SESSION_HANDLE session, CK_BYTE_PTR last_encrypted_part,                           \
		CK_ULONG_PTR last_encrypted_part_len))                                             \
	F(C_DecryptInit,                                                                           \
	    (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key))         \
	F(C_Decrypt,                                                                               \
	    (CK_SESSION_HANDLE session, CK_BYTE_PTR encrypted_data, CK_ULONG encrypted_data_len,   \
		CK_BYTE_PTR data, CK_ULONG_PTR data_len))                                          \
	F(C_DecryptUpdate,                                                                         \
	    (CK_SESSION_HANDLE session, CK_BYTE_PTR encrypted_part, CK_ULONG encrypted_part_len,   \
		CK_BYTE_PTR part, CK_ULONG_PTR part_len))                                          \
	F(C_DecryptFinal,                                                                          \
	    (CK_SESSION_HANDLE session, CK_BYTE_PTR last_part, CK_ULONG_PTR last_part_len))        \
	F(C_DigestInit, (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism))                   \
	F(C_Digest,                                                                                \
	    (CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG data_len, CK_BYTE_PTR digest,   \
		CK_ULONG_PTR digest_len))                                                          \
	F(C_DigestUpdate, (CK_SESSION_HANDLE session, CK_BYTE_PTR part, CK_ULONG part_len))        \
	F(C_DigestKey, (CK_SESSION_HANDLE session, CK_OBJECT_HANDLE key))                          \
	F(C_DigestFinal, (CK_SESSION_HANDLE session, CK_BYTE_PTR digest, CK_ULONG_PTR digest_len)) \
	F(C_SignInit,                                                                              \
	    (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key))         \
	F(C_Sign,                                                                                  \
	    (CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG data_len,                       \
		CK_BYTE_PTR signature, CK_ULONG_PTR signature_len))                                \
	F(C_SignUpdate, (CK_SESSION_HANDLE session, CK_BYTE_PTR part, CK_ULONG part_len))          \
	F(C_SignFinal,                                                                             \
	    (CK_SESSION_HANDLE session, CK_BYTE_PTR signature, CK_ULONG_PTR signature_len))        \
	F(C_SignRecoverInit,                                                                       \
	    (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key))         \
	F(C_SignRecover,                                                                           \
	    (CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG data_len,                       \
		CK_BYTE_PTR signature, CK_ULONG_PTR signature_len))                                \
	F(C_VerifyInit,                                                                            \
	    (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key))         \
	F(C_Verify,                                                                                \
	    (CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG data_len,                       \
		CK_BYTE_PTR signature, CK_ULONG signature_len))                                    \
	F(C_VerifyUpdate, (CK_SESSION_HANDLE session, CK_BYTE_PTR part, CK_ULONG part_len))        \
	F(C_VerifyFinal,                                                                           \
	    (CK_SESSION_HANDLE session, CK_BYTE_PTR signature, CK_ULONG signature_len))            \
	F(C_VerifyRecoverInit,                                                                     \
	    (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key))         \
	F(C_VerifyRecover,                                                                         \
	    (CK_SESSION_HANDLE session, CK_BYTE_PTR signature, CK_ULONG signature_len,             \
		CK_BYTE_PTR data, CK_ULONG_PTR data_len))                                          \
	F(C_DigestEncryptUpdate,                                                                   \
	    (CK_SESSION_HANDLE session, CK_BYTE_PTR part, CK_ULONG part_len,                       \
		CK_BYTE_PTR encrypted_part, CK_ULONG_PTR encrypted_part_len))                      \
	F(C_DecryptDigestUpdate,                                                                   \
	    (CK_SESSION_HANDLE session, CK_BYTE_PTR encrypted_part, CK_ULONG encrypted_part_len,   \
		CK_BYTE_PTR part, CK_ULONG_PTR part_len))                                          \
	F(C_SignEncryptUpdate,                                                                     \
	    (CK_SESSION_HANDLE session, CK_BYTE_PTR part, CK_ULONG part_len,                       \
		CK_BYTE_PTR encrypted_part, CK_ULONG_PTR encrypted_part_len))                      \
	F(C_DecryptVerifyUpdate,                                                                   \
	    (CK_SESSION_HANDLE session, CK_BYTE_PTR encrypted_part, CK_ULONG encrypted_part_len,   \
		CK_BYTE_PTR part, CK_ULONG_PTR part_len))                                          \
	F(C_GenerateKey,                                                                           \
	    (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_ATTRIBUTE_PTR template,     \
		CK_ULONG count, CK_OBJECT_HANDLE_PTR key))                                         \
	F(C_GenerateKeyPair,                                                                       \
	    (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism,                                \
		CK_ATTRIBUTE_PTR public_key_template, CK_ULONG public_key_attribute_count,         \
		CK_ATTRIBUTE_PTR private_key_template, CK_ULONG private_key_attribute_count,       \
		CK_OBJECT_HANDLE_PTR public_key, CK_OBJECT_HANDLE_PTR private_key))                \
	F(C_WrapKey,                                                                               \
	    (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE wrapping_key, \
		CK_OBJECT_HANDLE key, CK_BYTE_PTR wrapped_key, CK_ULONG_PTR wrapped_key_len))      \
	F(C_UnwrapKey,                                                                             \
	    (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism,                                \
		CK_OBJECT_HANDLE unwrapping_key, CK_BYTE_PTR wrapped_key,                          \
		CK_ULONG wrapped_key_len, CK_ATTRIBUTE_PTR template, CK_ULONG attribute_count,     \
		CK_OBJECT_HANDLE_PTR key))                                                         \
	F(C_DeriveKey,                                                                             \
	    (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE base_key,     \
		CK_ATTRIBUTE_PTR template, CK_ULONG attribute_count, CK_OBJECT_HANDLE_PTR key))    \
	F(C_SeedRandom, (CK_SESSION_HANDLE session, CK_BYTE_PTR seed, CK_ULONG seed_len))          \
	F(C_GenerateRandom,                                                                        \
	    (CK_SESSION_HANDLE session, CK_BYTE_PTR random_data, CK_ULONG random_len))             \
	F(C_GetFunctionStatus, (CK_SESSION_HANDLE session))                                        \
	F(C_CancelFunction, (CK_SESSION_HANDLE session))                                           \
	F(C_WaitForSlotEvent, (CK_FLAGS flags, CK_SLOT_ID_PTR slot, void *reserved))

#define FUNCTIONS_3_0(F)                                                                           \
	F(C_GetInterfaceList, (struct pkcs11_interface * list, CK_ULONG_PTR count))                \
	F(C_GetInterface,                                                                          \
	    (CK_UTF8CHAR_PTR interface_name, CK_VERSION_PTR version,                               \
		struct pkcs11_interface * *interface, CK_FLAGS flags))                             \
	F(C_LoginUser,                                                                             \
	    (CK_SESSION_HANDLE session, CK_USER_TYPE user_type, CK_UTF8CHAR_PTR pin,               \
		CK_ULONG pin_len, CK_UTF8CHAR_PTR username, CK_ULONG username_len))                \
	F(C_SessionCancel, (CK_SESSION_HANDLE session, CK_FLAGS flags))                            \
	F(C_MessageEncryptInit,                                                                    \
	    (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key))         \
	F(C_EncryptMessage,                                                                        \
	    (CK_SESSION_HANDLE session, void *parameter, CK_ULONG parameter_len,                   \
		CK_BYTE_PTR associated_data, CK_ULONG associated_data_len, CK_BYTE_PTR plaintext,  \
		CK_ULONG plaintext_len, CK_BYTE_PTR ciphertext, CK_ULONG_PTR ciphertext_len))      \
	F(C_EncryptMessageBegin,                                                                   \
	    (CK_SESSION_HANDLE session, void *parameter, CK_ULONG parameter_len,                   \
		CK_BYTE_PTR associated_data, CK_ULONG associated_data_len))                        \
	F(C_EncryptMessageNext,                                                                    \
	    (CK_SESSION_HANDLE session, void *parameter, CK_ULONG parameter_len,                   \
		CK_BYTE_PTR plaintext_part, CK_ULONG plaintext_part_len,                           \
		CK_BYTE_PTR ciphertext_part, CK_ULONG_PTR ciphertext_part_len, CK_FLAGS flags))    \
	F(C_MessageEncryptFinal, (CK_SESSION_HANDLE session))                                      \
	F(C_MessageDecryptInit,                                                                    \
	    (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key))         \
	F(C_DecryptMessage,                                                                        \
	    (CK_SESSION_HANDLE session, void *parameter, CK_ULONG parameter_len,                   \
		CK_BYTE_PTR associated_data, CK_ULONG associated_data_len, CK_BYTE_PTR ciphertext, \
		CK_ULONG ciphertext_len, CK_BYTE_PTR plaintext, CK_ULONG_PTR plaintext_len))       \
	F(C_DecryptMessageBegin,                                                                   \
	    (CK_SESSION_HANDLE session, void *parameter, CK_ULONG parameter_len,                   \
		CK_BYTE_PTR associated_data, CK_ULONG associated_data_len))                        \
	F(C_DecryptMessageNext,                                                                    \
	    (CK_SESSION_HANDLE session, void *parameter, CK_ULONG parameter_len,                   \
		CK_BYTE_PTR ciphertext_part, CK_ULONG ciphertext_part_len,                         \
		CK_BYTE_PTR plaintext_part, CK_ULONG_PTR plaintext_part_len, CK_FLAGS flags))      \
	F(C_MessageDecryptFinal, (CK_SESSION_HANDLE session))                                      \
	F(C_MessageSignInit,                                                                       \
	    (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key))         \
	F(C_SignMessage,                                                                           \
	    (CK_SESSION_HANDLE session, void *parameter, CK_ULONG parameter_len, CK_BYTE_PTR data, \
		CK_ULONG data_len, CK_BYTE_PTR signature, CK_ULONG_PTR signature_len))             \
	F(C_SignMessageBegin,                                                                      \
	    (CK_SESSION_HANDLE session, void *parameter, CK_ULONG parameter_len))                  \
	F(C_SignMessageNext,                                                                       \
	    (CK_SESSION_HANDLE session, void *parameter, CK_ULONG parameter_len, CK_BYTE_PTR data, \
		CK_ULONG data_len, CK_BYTE_PTR signature, CK_ULONG_PTR signature_len))             \
	F(C_MessageSignFinal, (CK_SESSION_HANDLE session))                                         \
	F(C_MessageVerifyInit,                                                                     \
	    (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key))         \
	F(C_VerifyMessage,                                                                         \
	    (CK_SESSION_HANDLE session, void *parameter, CK_ULONG parameter_len, CK_BYTE_PTR data, \
		CK_ULONG data_len, CK_BYTE_PTR signature, CK_ULONG signature_len))                 \
	F(C_VerifyMessageBegin,                                                                    \
	    (CK_SESSION_HANDLE session, void *parameter, CK_ULONG parameter_len))                  \
	F(C_VerifyMessageNext,                                                                     \
	    (CK_SESSION_HANDLE session, void *parameter, CK_ULONG parameter_len, CK_BYTE_PTR data, \
		CK_ULONG data_len, CK_BYTE_PTR signature, CK_ULONG signature_len))                 \
	F(C_MessageVerifyFinal, (CK_SESSION_HANDLE session))

#define FUNCTIONS_3_2(F)                                                                           \
	F(C_EncapsulateKey,                                                                        \
	    (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE public_key,   \
		CK_ATTRIBUTE_PTR template, CK_ULONG attribute_count, CK_BYTE_PTR ciphertext,       \
		CK_ULONG_PTR ciphertext_len, CK_OBJECT_HANDLE_PTR key))                            \
	F(C_DecapsulateKey,                                                                        \
	    (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE private_key,  \
		CK_ATTRIBUTE_PTR template, CK_ULONG attribute_count, CK_BYTE_PTR ciphertext,       \
		CK_ULONG ciphertext_len, CK_OBJECT_HANDLE_PTR key))                                \
	F(C_VerifySignatureInit,                                                                   \
	    (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key,          \
		CK_BYTE_PTR signature, CK_ULONG signature_len))                                    \
	F(C_VerifySignature, (CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG data_len))     \
	F(C_VerifySignatureUpdate,                                                                 \
	    (CK_SESSION_HANDLE session, CK_BYTE_PTR part, CK_ULONG part_len))                      \
	F(C_VerifySignatureFinal, (CK_SESSION_HANDLE session))                                     \
	F(C_GetSessionValidationFlags,                                                             \
	    (CK_SESSION_HANDLE session, CK_ULONG type, CK_ULONG_PTR flags))                        \
	F(C_AsyncComplete,                                                                         \
	    (CK_SESSION_HANDLE session, CK_UTF8CHAR_PTR function_name,                             \
		struct pkcs11_async_data * result))                                                \
	F(C_AsyncGetID,                                                                            \
	    (CK_SESSION_HANDLE session, CK_UTF8CHAR_PTR function_name, CK_ULONG_PTR id))           \
	F(C_AsyncJoin,                                                                             \
	    (CK_SESSION_HANDLE session, CK_UTF8CHAR_PTR function_name, CK_ULONG id,                \
		CK_BYTE_PTR data, CK_ULONG data_len))                                              \
	F(C_WrapKeyAuthenticated,                                                                  \
	    (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE wrapping_key, \
		CK_OBJECT_HANDLE key, CK_BYTE_PTR associated_data, CK_ULONG associated_data_len,   \
		CK_BYTE_PTR wrapped_key, CK_ULONG_PTR wrapped_key_len))                            \
	F(C_UnwrapKeyAuthenticated,                                                                \
	    (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism,                                \
		CK_OBJECT_HANDLE unwrapping_key, CK_BYTE_PTR wrapped_key,                          \
		CK_ULONG wrapped_key_len, CK_ATTRIBUTE_PTR template, CK_ULONG attribute_count,     \
		CK_BYTE_PTR associated_data, CK_ULONG associated_data_len,                         \
		CK_OBJECT_HANDLE_PTR key))

#define PKCS11_PROTOTYPE(name, parameters) CK_RV name parameters;
FUNCTIONS_2_40(PKCS11_PROTOTYPE)
FUNCTIONS_3_0(PKCS11_PROTOTYPE)
FUNCTIONS_3_2(PKCS11_PROTOTYPE)
#undef PKCS11_PROTOTYPE

#pragma GCC visibility pop

#define PKCS11_MEMBER(name, parameters) CK_RV(*name) parameters;

/*
 * Of our own, kept with a key and never shown: its value is the whole shared secret
 * of an agreement in a finite field (set by mechanisms/dh.c, read by tls.c).
 */
#define CKA_HANDFAST_FINITE_FIELD (CKA_VENDOR_DEFINED | 0x48460001UL)

/* CK_FUNCTION_LIST_3_0. */
struct pkcs11_function_list_3_0 {
	CK_VERSION version;
	FUNCTIONS_2_40(PKCS11_MEMBER)
	FUNCTIONS_3_0(PKCS11_MEMBER)
};

/* CK_FUNCTION_LIST_3_2. */
struct pkcs11_function_list_3_2 {
	CK_VERSION version;
	FUNCTIONS_2_40(PKCS11_MEMBER)
	FUNCTIONS_3_0(PKCS11_MEMBER)
	FUNCTIONS_3_2(PKCS11_MEMBER)
};

#undef PKCS11_MEMBER

/* 68, 92 and 104 pointers after a version that takes the room of one. */
_Static_assert(sizeof(CK_FUNCTION_LIST) == 69 * sizeof(void *), "CK_FUNCTION_LIST");
_Static_assert(sizeof(struct pkcs11_function_list_3_0) == 93 * sizeof(void *), "3.0");
_Static_assert(sizeof(struct pkcs11_function_list_3_2) == 105 * sizeof(void *), "3.2");
_Static_assert(sizeof(struct pkcs11_interface) == 3 * sizeof(void *), "CK_INTERFACE");
_Static_assert(sizeof(struct pkcs11_async_data) == 5 * sizeof(void *), "CK_ASYNC_DATA");

#endif
