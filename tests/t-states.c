/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every function in every state of the library, the session and the login, each
 * operation with and without its beginning, and each kind of object in each kind of
 * session: tables of what PKCS#11 3.2 has a token answer, played against the module.
 * doc/states.md is made of them (make doc-states).
 */
#include "tests/peer.h"

#include <openssl/core_names.h>
#include <stdio.h>

/* --- the states ---------------------------------------------------------------------- */

/* Sections 5.4 and 5.6; the last five are those of the standard's figure of sessions (5.6.1). */
enum state { STOPPED, NO_SESSION, RO_PUBLIC, RW_PUBLIC, RO_USER, RW_USER, RW_SO, STATES };
static const char *const state_names[STATES] = { "not initialized", "no session", "R/O public",
	"R/W public", "R/O user", "R/W user", "R/W SO" };

/* What the calls work with.  Keys are public session objects, which every session may have. */
static struct {
	CK_SLOT_ID slot;
	CK_SESSION_HANDLE session;
	CK_OBJECT_HANDLE aes, generic, rsa[2], data;
	CK_BYTE wrapped[64], sealed[64], signature[256], encapsulated[256], digest_state[512];
	CK_ULONG wrapped_len, sealed_len, digest_state_len;
	CK_BYTE message[16], message_tag[16];
	bool updated; /* what was begun has had its first part */
} world;

/* RFC 4493, section 4: the key, its examples 1 and 2. */
#define CMAC_KEY "2b7e151628aed2a6abf7158809cf4f3c"
#define CMAC_EMPTY "bb1d6929e95937287fa37d129b756746"
#define CMAC_BLOCK "070a16b46b4d4144f79bdd9dd04a287c"
static CK_BYTE block[16] = { 0x6b, 0xc1, 0xbe, 0xe2, 0x2e, 0x40, 0x9f, 0x96, 0xe9, 0x3d, 0x7e, 0x11,
	0x73, 0x93, 0x17, 0x2a };

static CK_BYTE out[512];
static CK_ULONG out_len;
static CK_BYTE iv[12];
static CK_BYTE tag[16];
static CK_OBJECT_HANDLE made, made_too;

#define OUT out, (out_len = sizeof(out), &out_len)
#define PUBLIC NO(CKA_PRIVATE)
#define CTR                                                                                        \
	(&(CK_MECHANISM){                                                                          \
	    CKM_AES_CTR, &(CK_AES_CTR_PARAMS){ 128, { 1 } }, sizeof(CK_AES_CTR_PARAMS) })
#define OAEP                                                                                       \
	(&(CK_MECHANISM){ CKM_RSA_PKCS_OAEP,                                                       \
	    &(CK_RSA_PKCS_OAEP_PARAMS){                                                            \
		CKM_SHA256, CKG_MGF1_SHA256, CKZ_DATA_SPECIFIED, NULL, 0 },                        \
	    sizeof(CK_RSA_PKCS_OAEP_PARAMS) })
#define GCM_MESSAGE                                                                                \
	&(struct pkcs11_gcm_message_params){ iv, sizeof(iv), 0, CKG_NO_GENERATE, tag, 128 },       \
	    sizeof(struct pkcs11_gcm_message_params)
#define GCM_MESSAGE_MADE                                                                           \
	&(struct pkcs11_gcm_message_params){ iv, sizeof(iv), 0, CKG_NO_GENERATE,                   \
		world.message_tag, 128 },                                                          \
	    sizeof(struct pkcs11_gcm_message_params)
#define GCM_WRAP (&(CK_MECHANISM){ CKM_AES_GCM, GCM_MESSAGE })

static CK_OBJECT_HANDLE
key_of(CK_KEY_TYPE type, struct view value)
{
	CK_OBJECT_HANDLE key;

	ok(p11->C_CreateObject(world.session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, type), PUBLIC,
		BYTES(CKA_VALUE, value), YES(CKA_ENCRYPT), YES(CKA_DECRYPT), YES(CKA_SIGN),
		YES(CKA_VERIFY), YES(CKA_WRAP), YES(CKA_UNWRAP), YES(CKA_DERIVE)),
	    &key));
	return key;
}

/* A pair of OpenSSL's making, the same each time. */
static void
rsa_fill(void)
{
	static CK_BYTE n[256], e[3], d[256];
	static CK_ULONG d_len;

	if (d_len == 0) {
		PEER_KEY key = peer_rsa(2048);
		struct view exponent = peer_number(key, OSSL_PKEY_PARAM_RSA_D);

		memcpy(n, peer_number(key, OSSL_PKEY_PARAM_RSA_N).data, sizeof(n));
		memcpy(e, peer_number(key, OSSL_PKEY_PARAM_RSA_E).data, sizeof(e));
		memcpy(d, exponent.data, exponent.len);
		d_len = exponent.len;
	}
	ok(p11->C_CreateObject(world.session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY), ULONG(CKA_KEY_TYPE, CKK_RSA), PUBLIC,
		ATTRIBUTE(CKA_MODULUS, n, sizeof(n)), ATTRIBUTE(CKA_PUBLIC_EXPONENT, e, sizeof(e)),
		YES(CKA_ENCAPSULATE), YES(CKA_VERIFY_RECOVER)),
	    &world.rsa[0]));
	ok(p11->C_CreateObject(world.session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY), ULONG(CKA_KEY_TYPE, CKK_RSA), PUBLIC,
		ATTRIBUTE(CKA_MODULUS, n, sizeof(n)), ATTRIBUTE(CKA_PUBLIC_EXPONENT, e, sizeof(e)),
		ATTRIBUTE(CKA_PRIVATE_EXPONENT, d, d_len), YES(CKA_DECAPSULATE),
		YES(CKA_SIGN_RECOVER)),
	    &world.rsa[1]));
}

static void
cancel_all(void)
{
	(void)p11->C_SessionCancel(world.session, (CK_FLAGS)-1);
}

/* What the calls take, made once; a caller's own session would do all of it as well. */
static void
world_fill(void)
{
	CK_SESSION_HANDLE s = world.session;
	CK_ULONG len = sizeof(world.signature);

	world.aes = key_of(CKK_AES, unhex(CMAC_KEY));
	world.generic = key_of(CKK_GENERIC_SECRET, unhex(CMAC_KEY CMAC_KEY));
	rsa_fill();
	ok(p11->C_CreateObject(s, TEMPLATE(ULONG(CKA_CLASS, CKO_DATA)), &world.data));
	world.wrapped_len = sizeof(world.wrapped);
	ok(p11->C_WrapKey(s, MECHANISM(CKM_AES_KEY_WRAP_KWP), world.aes, world.generic,
	    world.wrapped, &world.wrapped_len));
	world.sealed_len = sizeof(world.sealed);
	ok(p11->C_WrapKeyAuthenticated(
	    s, GCM_WRAP, world.aes, world.generic, NULL, 0, world.sealed, &world.sealed_len));
	ok(p11->C_SignRecoverInit(s, MECHANISM(CKM_RSA_PKCS), world.rsa[1]));
	ok(p11->C_SignRecover(s, block, sizeof(block), world.signature, &len));
	len = sizeof(world.encapsulated);
	ok(p11->C_EncapsulateKey(s, OAEP, world.rsa[0], TEMPLATE(ULONG(CKA_VALUE_LEN, 32), PUBLIC),
	    world.encapsulated, &len, &made));
	ok(p11->C_MessageEncryptInit(s, MECHANISM(CKM_AES_GCM), world.aes));
	len = sizeof(world.message);
	ok(p11->C_EncryptMessage(
	    s, GCM_MESSAGE, NULL, 0, block, sizeof(block), world.message, &len));
	memcpy(world.message_tag, tag, sizeof(tag));
	cancel_all();
	ok(p11->C_DigestInit(s, MECHANISM(CKM_SHA256)));
	world.digest_state_len = sizeof(world.digest_state);
	ok(p11->C_GetOperationState(s, world.digest_state, &world.digest_state_len));
	cancel_all();
}

/* The one session that there is, in a state. */
static void
session_make(enum state in)
{
	const bool readonly = in == RO_PUBLIC || in == RO_USER;

	ok(p11->C_CloseAllSessions(world.slot));
	world.session = session_open(world.slot, readonly ? READ_ONLY : READ_WRITE);
	if (in == RO_USER || in == RW_USER)
		ok(p11->C_Login(world.session, CKU_USER, PIN(USER_PIN)));
	if (in == RW_SO)
		ok(p11->C_Login(world.session, CKU_SO, PIN(SO_PIN)));
}

/* The token with its PINs, a new one where it has lost them, and a session in the state. */
static void
world_make(enum state in)
{
	(void)p11->C_Initialize(NULL);
	if ((token_flags(world.slot) & CKF_USER_PIN_INITIALIZED) == 0)
		world.slot = token_make("states");
	session_make(in);
	if (in == NO_SESSION || in == STOPPED)
		ok(p11->C_CloseSession(world.session));
	else
		world_fill();
	if (in == STOPPED)
		ok(p11->C_Finalize(NULL));
}

/* Is the world still in that state, with nothing begun and no session beside ours? */
static bool
world_is(enum state in)
{
	static const CK_STATE states[STATES] = { 0, 0, CKS_RO_PUBLIC_SESSION, CKS_RW_PUBLIC_SESSION,
		CKS_RO_USER_FUNCTIONS, CKS_RW_USER_FUNCTIONS, CKS_RW_SO_FUNCTIONS };
	CK_SESSION_INFO info;
	CK_TOKEN_INFO token;
	CK_INFO library;

	if (in == STOPPED)
		return p11->C_GetInfo(&library) == CKR_CRYPTOKI_NOT_INITIALIZED;
	if (p11->C_GetTokenInfo(world.slot, &token) != CKR_OK ||
	    (token.flags & CKF_USER_PIN_INITIALIZED) == 0 ||
	    token.ulSessionCount != (in == NO_SESSION ? 0 : 1))
		return false;
	return in == NO_SESSION ||
	    (p11->C_GetSessionInfo(world.session, &info) == CKR_OK && info.state == states[in]);
}

/* --- the calls -------------------------------------------------------------------------- */

/* In each, s is the session: ours, or a handle that is none (any more). */
#define CALL(function, ...)                                                                        \
	static CK_RV do_##function(CK_SESSION_HANDLE s)                                            \
	{                                                                                          \
		(void)s;                                                                           \
		return p11->function(__VA_ARGS__);                                                 \
	}
#define CALL_AS(name, function, ...)                                                               \
	static CK_RV do_##name(CK_SESSION_HANDLE s)                                                \
	{                                                                                          \
		(void)s;                                                                           \
		return p11->function(__VA_ARGS__);                                                 \
	}

/* Fills a place that the caller of the standard's function has. */
static CK_SLOT_ID slots[8];
static CK_MECHANISM_TYPE types[512];
static union {
	CK_INFO library;
	CK_SLOT_INFO slot;
	CK_TOKEN_INFO token;
	CK_MECHANISM_INFO mechanism;
	CK_SESSION_INFO session;
} info;
static CK_ULONG number;
static CK_SESSION_HANDLE opened;
static struct pkcs11_interface interfaces[8];

CALL(C_Initialize, NULL)
CALL(C_Finalize, NULL)
CALL(C_GetInfo, &info.library)
CALL(C_GetFunctionList, &(CK_FUNCTION_LIST *){ NULL })
CALL(C_GetInterfaceList, interfaces, (number = COUNT_OF(interfaces), &number))
CALL(C_GetInterface, NULL, NULL, &(struct pkcs11_interface *){ NULL }, 0)
CALL(C_GetSlotList, CK_TRUE, slots, (number = COUNT_OF(slots), &number))
CALL(C_GetSlotInfo, world.slot, &info.slot)
CALL(C_GetTokenInfo, world.slot, &info.token)
CALL(C_WaitForSlotEvent, CKF_DONT_BLOCK, slots, NULL)
CALL(C_GetMechanismList, world.slot, types, (number = COUNT_OF(types), &number))
CALL(C_GetMechanismInfo, world.slot, CKM_AES_GCM, &info.mechanism)
CALL(C_InitToken, world.slot, PIN(SO_PIN), (CK_UTF8CHAR *)"states                          ")
CALL(C_InitPIN, s, PIN(USER_PIN))
CALL(C_OpenSession, world.slot, READ_WRITE, NULL, NULL, &opened)
CALL_AS(open_read_only, C_OpenSession, world.slot, READ_ONLY, NULL, NULL, &opened)
CALL(C_CloseSession, s)
CALL(C_CloseAllSessions, world.slot)
CALL(C_GetSessionInfo, s, &info.session)
CALL(C_SessionCancel, s, CKF_ENCRYPT | CKF_FIND_OBJECTS)
CALL(C_GetSessionValidationFlags, s, CKS_LAST_VALIDATION_OK, &number)
CALL_AS(login_user, C_Login, s, CKU_USER, PIN(USER_PIN))
CALL_AS(login_so, C_Login, s, CKU_SO, PIN(SO_PIN))
CALL_AS(login_operation, C_Login, s, CKU_CONTEXT_SPECIFIC, PIN(USER_PIN))
CALL(C_LoginUser, s, CKU_USER, PIN(USER_PIN), NULL, 0)
CALL(C_Logout, s)
CALL(C_CreateObject, s, TEMPLATE(ULONG(CKA_CLASS, CKO_DATA)), &made)
CALL(C_CopyObject, s, world.data, NO_TEMPLATE, &made)
CALL(C_GetObjectSize, s, world.data, &number)
CALL(C_GetAttributeValue, s, world.data, TEMPLATE(ATTRIBUTE(CKA_LABEL, out, sizeof(out))))
CALL(C_SetAttributeValue, s, world.data, TEMPLATE(TEXT(CKA_LABEL, "new")))
CALL(C_FindObjectsInit, s, NO_TEMPLATE)
CALL(C_FindObjects, s, &made, 1, &number)
CALL(C_FindObjectsFinal, s)
CALL(C_GetOperationState, s, OUT)
CALL(C_SetOperationState, s, world.digest_state, world.digest_state_len, 0, 0)
CALL(C_EncryptInit, s, CTR, world.aes)
CALL(C_Encrypt, s, block, sizeof(block), OUT)
CALL(C_EncryptUpdate, s, block, sizeof(block), OUT)
CALL(C_EncryptFinal, s, OUT)
CALL(C_DecryptInit, s, CTR, world.aes)
CALL(C_Decrypt, s, block, sizeof(block), OUT)
CALL(C_DecryptUpdate, s, block, sizeof(block), OUT)
CALL(C_DecryptFinal, s, OUT)
CALL(C_DigestInit, s, MECHANISM(CKM_SHA256))
CALL(C_Digest, s, block, sizeof(block), OUT)
CALL(C_DigestUpdate, s, block, sizeof(block))
CALL(C_DigestKey, s, world.aes)
CALL(C_DigestFinal, s, OUT)
CALL(C_SignInit, s, MECHANISM(CKM_AES_CMAC), world.aes)
CALL(C_Sign, s, block, sizeof(block), OUT)
CALL(C_SignUpdate, s, block, sizeof(block))
CALL(C_SignFinal, s, OUT)
CALL(C_SignRecoverInit, s, MECHANISM(CKM_RSA_PKCS), world.rsa[1])
CALL(C_SignRecover, s, block, sizeof(block), OUT)
CALL(C_VerifyInit, s, MECHANISM(CKM_AES_CMAC), world.aes)
CALL(C_Verify, s, block, sizeof(block), (CK_BYTE *)unhex(CMAC_BLOCK).data, 16)
CALL(C_VerifyUpdate, s, block, sizeof(block))
CALL(C_VerifyFinal, s, (CK_BYTE *)unhex(world.updated ? CMAC_BLOCK : CMAC_EMPTY).data, 16)
CALL(C_VerifyRecoverInit, s, MECHANISM(CKM_RSA_PKCS), world.rsa[0])
CALL(C_VerifyRecover, s, world.signature, sizeof(world.signature), OUT)
CALL(C_VerifySignatureInit, s, MECHANISM(CKM_AES_CMAC), world.aes,
    (CK_BYTE *)unhex(CMAC_BLOCK).data, 16)
CALL(C_VerifySignature, s, block, sizeof(block))
CALL(C_VerifySignatureUpdate, s, block, sizeof(block))
CALL(C_VerifySignatureFinal, s)
CALL(C_MessageEncryptInit, s, MECHANISM(CKM_AES_GCM), world.aes)
CALL(C_EncryptMessage, s, GCM_MESSAGE, NULL, 0, block, sizeof(block), OUT)
CALL(C_EncryptMessageBegin, s, GCM_MESSAGE, NULL, 0)
CALL(C_EncryptMessageNext, s, GCM_MESSAGE, block, sizeof(block), OUT, CKF_END_OF_MESSAGE)
CALL(C_MessageEncryptFinal, s)
CALL(C_MessageDecryptInit, s, MECHANISM(CKM_AES_GCM), world.aes)
CALL(C_DecryptMessage, s, GCM_MESSAGE_MADE, NULL, 0, world.message, sizeof(world.message), OUT)
CALL(C_DecryptMessageBegin, s, GCM_MESSAGE_MADE, NULL, 0)
CALL(C_DecryptMessageNext, s, GCM_MESSAGE_MADE, world.message, sizeof(world.message), OUT,
    CKF_END_OF_MESSAGE)
CALL(C_MessageDecryptFinal, s)
CALL(C_MessageSignInit, s, MECHANISM(CKM_AES_CMAC), world.aes)
CALL(C_SignMessage, s, NULL, 0, block, sizeof(block), OUT)
CALL(C_SignMessageBegin, s, NULL, 0)
CALL(C_SignMessageNext, s, NULL, 0, block, sizeof(block), OUT)
CALL(C_MessageSignFinal, s)
CALL(C_MessageVerifyInit, s, MECHANISM(CKM_AES_CMAC), world.aes)
CALL(C_VerifyMessage, s, NULL, 0, block, sizeof(block), tag, sizeof(tag))
CALL(C_VerifyMessageBegin, s, NULL, 0)
CALL(C_VerifyMessageNext, s, NULL, 0, block, sizeof(block), tag, sizeof(tag))
CALL(C_MessageVerifyFinal, s)
CALL(C_DigestEncryptUpdate, s, block, sizeof(block), OUT)
CALL(C_DecryptDigestUpdate, s, block, sizeof(block), OUT)
CALL(C_SignEncryptUpdate, s, block, sizeof(block), OUT)
CALL(C_DecryptVerifyUpdate, s, block, sizeof(block), OUT)
CALL(
    C_GenerateKey, s, MECHANISM(CKM_AES_KEY_GEN), TEMPLATE(ULONG(CKA_VALUE_LEN, 16), PUBLIC), &made)
CALL(C_GenerateKeyPair, s, MECHANISM(CKM_EC_KEY_PAIR_GEN),
    TEMPLATE(BYTES(CKA_EC_PARAMS, p256), PUBLIC), TEMPLATE(PUBLIC), &made, &made_too)
CALL(C_WrapKey, s, MECHANISM(CKM_AES_KEY_WRAP_KWP), world.aes, world.generic, OUT)
CALL(C_UnwrapKey, s, MECHANISM(CKM_AES_KEY_WRAP_KWP), world.aes, world.wrapped, world.wrapped_len,
    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET), PUBLIC),
    &made)
CALL(C_WrapKeyAuthenticated, s, GCM_WRAP, world.aes, world.generic, NULL, 0, OUT)
CALL(C_UnwrapKeyAuthenticated, s, GCM_WRAP, world.aes, world.sealed, world.sealed_len,
    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET), PUBLIC),
    NULL, 0, &made)
CALL(C_DeriveKey, s, MECHANISM(CKM_SHA256_KEY_DERIVATION), world.generic, TEMPLATE(PUBLIC), &made)
CALL(
    C_EncapsulateKey, s, OAEP, world.rsa[0], TEMPLATE(ULONG(CKA_VALUE_LEN, 32), PUBLIC), OUT, &made)
CALL(C_DecapsulateKey, s, OAEP, world.rsa[1], TEMPLATE(ULONG(CKA_VALUE_LEN, 32), PUBLIC),
    world.encapsulated, sizeof(world.encapsulated), &made)
CALL(C_SeedRandom, s, block, sizeof(block))
CALL(C_GenerateRandom, s, out, 16)
CALL(C_GetFunctionStatus, s)
CALL(C_CancelFunction, s)
CALL(C_AsyncComplete, s, (CK_UTF8CHAR *)"C_Sign", NULL)
CALL(C_AsyncGetID, s, (CK_UTF8CHAR *)"C_Sign", &number)
CALL(C_AsyncJoin, s, (CK_UTF8CHAR *)"C_Sign", 1, out, sizeof(out))

static CK_RV
do_C_SetPIN(CK_SESSION_HANDLE s)
{
	CK_SESSION_INFO session;
	bool so =
	    p11->C_GetSessionInfo(s, &session) == CKR_OK && session.state == CKS_RW_SO_FUNCTIONS;

	return p11->C_SetPIN(s, PIN(so ? SO_PIN : USER_PIN), PIN(so ? SO_PIN : USER_PIN));
}

static CK_RV
do_C_DestroyObject(CK_SESSION_HANDLE s)
{
	CK_OBJECT_HANDLE object = world.data;
	CK_RV rv = p11->C_CopyObject(s, world.data, NO_TEMPLATE, &object);

	return rv != CKR_OK ? p11->C_DestroyObject(s, 1) : p11->C_DestroyObject(s, object);
}

/* --- functions by state ----------------------------------------------------------------- */

#define UN CKR_CRYPTOKI_NOT_INITIALIZED
#define NS CKR_SESSION_HANDLE_INVALID
#define NO_OP CKR_OPERATION_NOT_INITIALIZED
#define NOT_IN CKR_USER_NOT_LOGGED_IN
#define READ CKR_SESSION_READ_ONLY
#define IN_ALREADY CKR_USER_ALREADY_LOGGED_IN
#define OTHER_IN CKR_USER_ANOTHER_ALREADY_LOGGED_IN
#define SAME(rv) (rv), (rv), (rv), (rv), (rv)

/* The functions that more than one row shares an answer with. */
#define ALWAYS                                                                                     \
	{                                                                                          \
		0, 0, SAME(0)                                                                      \
	}
#define INITIALIZED                                                                                \
	{                                                                                          \
		UN, 0, SAME(0)                                                                     \
	}
#define IN_SESSION                                                                                 \
	{                                                                                          \
		UN, NS, SAME(0)                                                                    \
	}
#define NOTHING_BEGUN                                                                              \
	{                                                                                          \
		UN, NS, SAME(NO_OP)                                                                \
	}
#define DECLINED                                                                                   \
	{                                                                                          \
		UN, NS, SAME(CKR_FUNCTION_NOT_SUPPORTED)                                           \
	}

#define ROW(function, ...)                                                                         \
	{                                                                                          \
#function, "", do_##function, __VA_ARGS__                                          \
	}
#define ROW_AS(function, how, name, ...)                                                           \
	{                                                                                          \
#function, how, do_##name, __VA_ARGS__                                             \
	}

/* Valid arguments, nothing begun, keys and objects that are public and of the session. */
static const struct row {
	const char *function, *how;
	CK_RV (*call)(CK_SESSION_HANDLE s);
	CK_RV expected[STATES];
} rows[] = {
	ROW(C_Initialize,
	    { 0, CKR_CRYPTOKI_ALREADY_INITIALIZED, SAME(CKR_CRYPTOKI_ALREADY_INITIALIZED) }),
	ROW(C_Finalize, INITIALIZED),
	ROW(C_GetInfo, INITIALIZED),
	ROW(C_GetFunctionList, ALWAYS),
	ROW(C_GetInterfaceList, ALWAYS),
	ROW(C_GetInterface, ALWAYS),
	ROW(C_GetSlotList, INITIALIZED),
	ROW(C_GetSlotInfo, INITIALIZED),
	ROW(C_GetTokenInfo, INITIALIZED),
	ROW_AS(C_WaitForSlotEvent, "CKF_DONT_BLOCK", C_WaitForSlotEvent,
	    { UN, CKR_NO_EVENT, SAME(CKR_NO_EVENT) }),
	ROW(C_GetMechanismList, INITIALIZED),
	ROW(C_GetMechanismInfo, INITIALIZED),
	ROW(C_InitToken, { UN, 0, SAME(CKR_SESSION_EXISTS) }),
	ROW(C_InitPIN, { UN, NS, NOT_IN, NOT_IN, NOT_IN, NOT_IN, 0 }),
	ROW(C_SetPIN, { UN, NS, READ, 0, READ, 0, 0 }),
	ROW_AS(C_OpenSession, "R/W", C_OpenSession, INITIALIZED),
	ROW_AS(C_OpenSession, "R/O", open_read_only,
	    { UN, 0, 0, 0, 0, 0, CKR_SESSION_READ_WRITE_SO_EXISTS }),
	ROW(C_CloseSession, IN_SESSION),
	ROW(C_CloseAllSessions, INITIALIZED),
	ROW(C_GetSessionInfo, IN_SESSION),
	ROW(C_SessionCancel, IN_SESSION),
	ROW(C_GetSessionValidationFlags, IN_SESSION),
	ROW_AS(C_Login, "CKU_USER", login_user, { UN, NS, 0, 0, IN_ALREADY, IN_ALREADY, OTHER_IN }),
	ROW_AS(C_Login, "CKU_SO", login_so,
	    { UN, NS, CKR_SESSION_READ_ONLY_EXISTS, 0, OTHER_IN, OTHER_IN, IN_ALREADY }),
	ROW_AS(C_Login, "CKU_CONTEXT_SPECIFIC", login_operation,
	    { UN, NS, NOT_IN, NOT_IN, NO_OP, NO_OP, NOT_IN }),
	ROW_AS(C_LoginUser, "CKU_USER, no name", C_LoginUser,
	    { UN, NS, 0, 0, IN_ALREADY, IN_ALREADY, OTHER_IN }),
	ROW(C_Logout, { UN, NS, NOT_IN, NOT_IN, 0, 0, 0 }),
	ROW(C_CreateObject, IN_SESSION),
	ROW(C_CopyObject, IN_SESSION),
	ROW(C_DestroyObject, IN_SESSION),
	ROW(C_GetObjectSize, IN_SESSION),
	ROW(C_GetAttributeValue, IN_SESSION),
	ROW(C_SetAttributeValue, IN_SESSION),
	ROW(C_FindObjectsInit, IN_SESSION),
	ROW(C_FindObjects, NOTHING_BEGUN),
	ROW(C_FindObjectsFinal, NOTHING_BEGUN),
	ROW(C_GetOperationState, NOTHING_BEGUN),
	ROW(C_SetOperationState, IN_SESSION),
	ROW(C_EncryptInit, IN_SESSION),
	ROW(C_Encrypt, NOTHING_BEGUN),
	ROW(C_EncryptUpdate, NOTHING_BEGUN),
	ROW(C_EncryptFinal, NOTHING_BEGUN),
	ROW(C_MessageEncryptInit, IN_SESSION),
	ROW(C_EncryptMessage, NOTHING_BEGUN),
	ROW(C_EncryptMessageBegin, NOTHING_BEGUN),
	ROW(C_EncryptMessageNext, NOTHING_BEGUN),
	ROW(C_MessageEncryptFinal, NOTHING_BEGUN),
	ROW(C_DecryptInit, IN_SESSION),
	ROW(C_Decrypt, NOTHING_BEGUN),
	ROW(C_DecryptUpdate, NOTHING_BEGUN),
	ROW(C_DecryptFinal, NOTHING_BEGUN),
	ROW(C_MessageDecryptInit, IN_SESSION),
	ROW(C_DecryptMessage, NOTHING_BEGUN),
	ROW(C_DecryptMessageBegin, NOTHING_BEGUN),
	ROW(C_DecryptMessageNext, NOTHING_BEGUN),
	ROW(C_MessageDecryptFinal, NOTHING_BEGUN),
	ROW(C_DigestInit, IN_SESSION),
	ROW(C_Digest, NOTHING_BEGUN),
	ROW(C_DigestUpdate, NOTHING_BEGUN),
	ROW(C_DigestKey, NOTHING_BEGUN),
	ROW(C_DigestFinal, NOTHING_BEGUN),
	ROW(C_SignInit, IN_SESSION),
	ROW(C_Sign, NOTHING_BEGUN),
	ROW(C_SignUpdate, NOTHING_BEGUN),
	ROW(C_SignFinal, NOTHING_BEGUN),
	ROW(C_SignRecoverInit, IN_SESSION),
	ROW(C_SignRecover, NOTHING_BEGUN),
	ROW(C_MessageSignInit, DECLINED),
	ROW(C_SignMessage, DECLINED),
	ROW(C_SignMessageBegin, DECLINED),
	ROW(C_SignMessageNext, DECLINED),
	ROW(C_MessageSignFinal, DECLINED),
	ROW(C_VerifyInit, IN_SESSION),
	ROW(C_Verify, NOTHING_BEGUN),
	ROW(C_VerifyUpdate, NOTHING_BEGUN),
	ROW(C_VerifyFinal, NOTHING_BEGUN),
	ROW(C_VerifyRecoverInit, IN_SESSION),
	ROW(C_VerifyRecover, NOTHING_BEGUN),
	ROW(C_VerifySignatureInit, IN_SESSION),
	ROW(C_VerifySignature, NOTHING_BEGUN),
	ROW(C_VerifySignatureUpdate, NOTHING_BEGUN),
	ROW(C_VerifySignatureFinal, NOTHING_BEGUN),
	ROW(C_MessageVerifyInit, DECLINED),
	ROW(C_VerifyMessage, DECLINED),
	ROW(C_VerifyMessageBegin, DECLINED),
	ROW(C_VerifyMessageNext, DECLINED),
	ROW(C_MessageVerifyFinal, DECLINED),
	ROW(C_DigestEncryptUpdate, NOTHING_BEGUN),
	ROW(C_DecryptDigestUpdate, NOTHING_BEGUN),
	ROW(C_SignEncryptUpdate, NOTHING_BEGUN),
	ROW(C_DecryptVerifyUpdate, NOTHING_BEGUN),
	ROW(C_GenerateKey, IN_SESSION),
	ROW(C_GenerateKeyPair, IN_SESSION),
	ROW(C_WrapKey, IN_SESSION),
	ROW(C_UnwrapKey, IN_SESSION),
	ROW(C_WrapKeyAuthenticated, IN_SESSION),
	ROW(C_UnwrapKeyAuthenticated, IN_SESSION),
	ROW(C_DeriveKey, IN_SESSION),
	ROW(C_EncapsulateKey, IN_SESSION),
	ROW(C_DecapsulateKey, IN_SESSION),
	ROW(C_SeedRandom, IN_SESSION),
	ROW(C_GenerateRandom, IN_SESSION),
	ROW(C_GetFunctionStatus,
	    { UN, CKR_FUNCTION_NOT_PARALLEL, SAME(CKR_FUNCTION_NOT_PARALLEL) }),
	ROW(C_CancelFunction, { UN, CKR_FUNCTION_NOT_PARALLEL, SAME(CKR_FUNCTION_NOT_PARALLEL) }),
	ROW(C_AsyncComplete, DECLINED),
	ROW(C_AsyncGetID, DECLINED),
	ROW(C_AsyncJoin, DECLINED),
};

static void
complain(const char *what, const char *how, const char *where, CK_RV rv, CK_RV expected)
{
	print_error("# %s %s, %s: %s", what, how, where, rv_name(rv));
	print_error(", not %s\n", rv_name(expected));
}

static void
test_functions(void **state)
{
	unsigned wrong = 0;

	(void)state;
	for (enum state in = 0; in < STATES; in++) {
		world_make(in);
		for (size_t i = 0; i < COUNT_OF(rows); i++) {
			CK_RV rv;

			if (!world_is(in))
				world_make(in);
			rv = rows[i].call(world.session);
			if (rv != rows[i].expected[in]) {
				complain(rows[i].function, rows[i].how, state_names[in], rv,
				    rows[i].expected[in]);
				wrong++;
			}
			cancel_all();
		}
	}
	check(wrong == 0);
}

/* No function of the interface is missing. */
static void
test_all_functions(void **state)
{
#define NAME(name, parameters) #name,
	static const char *const names[] = { FUNCTIONS_2_40(NAME) FUNCTIONS_3_0(NAME)
		    FUNCTIONS_3_2(NAME) };
#undef NAME

	(void)state;
	for (size_t n = 0; n < COUNT_OF(names); n++) {
		size_t i = 0;

		while (i < COUNT_OF(rows) && strcmp(rows[i].function, names[n]) != 0)
			i++;
		if (i == COUNT_OF(rows))
			print_error("# %s is in no row\n", names[n]);
		check(i < COUNT_OF(rows));
	}
}

/* --- operations --------------------------------------------------------------------------- */

enum kind {
	SEARCH,
	ENCRYPTION,
	DECRYPTION,
	DIGEST,
	SIGNATURE,
	RECOVERABLE,
	VERIFICATION,
	RECOVERY,
	SIGNATURE_FIRST,
	MESSAGES_OUT,
	MESSAGES_IN,
	KINDS
};

/* How each begins, and its first part: of messages, the beginning of one. */
static const struct {
	CK_RV (*begin)(CK_SESSION_HANDLE s);
	CK_RV (*update)(CK_SESSION_HANDLE s);
} kinds[KINDS] = {
	[SEARCH] = { do_C_FindObjectsInit, do_C_FindObjects },
	[ENCRYPTION] = { do_C_EncryptInit, do_C_EncryptUpdate },
	[DECRYPTION] = { do_C_DecryptInit, do_C_DecryptUpdate },
	[DIGEST] = { do_C_DigestInit, do_C_DigestUpdate },
	[SIGNATURE] = { do_C_SignInit, do_C_SignUpdate },
	[RECOVERABLE] = { do_C_SignRecoverInit, NULL },
	[VERIFICATION] = { do_C_VerifyInit, do_C_VerifyUpdate },
	[RECOVERY] = { do_C_VerifyRecoverInit, NULL },
	[SIGNATURE_FIRST] = { do_C_VerifySignatureInit, do_C_VerifySignatureUpdate },
	[MESSAGES_OUT] = { do_C_MessageEncryptInit, do_C_EncryptMessageBegin },
	[MESSAGES_IN] = { do_C_MessageDecryptInit, do_C_DecryptMessageBegin },
};

#define ACTIVE CKR_OPERATION_ACTIVE
#define INIT                                                                                       \
	{                                                                                          \
		0, ACTIVE, ACTIVE                                                                  \
	}
#define PART                                                                                       \
	{                                                                                          \
		NO_OP, 0, 0                                                                        \
	}
#define ONCE                                                                                       \
	{                                                                                          \
		NO_OP, 0, ACTIVE                                                                   \
	}

#define STEP(function, kind, ...)                                                                  \
	{                                                                                          \
#function, do_##function, kind, __VA_ARGS__                                        \
	}

enum stage { NONE, BEGUN, UPDATED, STAGES };
static const char *const stage_names[STAGES] = { "none", "begun", "after a part" };

static const struct step {
	const char *function;
	CK_RV (*call)(CK_SESSION_HANDLE s);
	enum kind kind;
	CK_RV expected[STAGES];
} steps[] = {
	STEP(C_FindObjectsInit, SEARCH, INIT),
	STEP(C_FindObjects, SEARCH, PART),
	STEP(C_FindObjectsFinal, SEARCH, PART),
	STEP(C_EncryptInit, ENCRYPTION, INIT),
	STEP(C_Encrypt, ENCRYPTION, ONCE),
	STEP(C_EncryptUpdate, ENCRYPTION, PART),
	STEP(C_EncryptFinal, ENCRYPTION, PART),
	STEP(C_DecryptInit, DECRYPTION, INIT),
	STEP(C_Decrypt, DECRYPTION, ONCE),
	STEP(C_DecryptUpdate, DECRYPTION, PART),
	STEP(C_DecryptFinal, DECRYPTION, PART),
	STEP(C_DigestInit, DIGEST, INIT),
	STEP(C_Digest, DIGEST, ONCE),
	STEP(C_DigestUpdate, DIGEST, PART),
	STEP(C_DigestKey, DIGEST, PART),
	STEP(C_DigestFinal, DIGEST, PART),
	STEP(C_SignInit, SIGNATURE, INIT),
	STEP(C_Sign, SIGNATURE, ONCE),
	STEP(C_SignUpdate, SIGNATURE, PART),
	STEP(C_SignFinal, SIGNATURE, PART),
	STEP(C_SignRecoverInit, RECOVERABLE, INIT),
	STEP(C_SignRecover, RECOVERABLE, PART),
	STEP(C_VerifyInit, VERIFICATION, INIT),
	STEP(C_Verify, VERIFICATION, ONCE),
	STEP(C_VerifyUpdate, VERIFICATION, PART),
	STEP(C_VerifyFinal, VERIFICATION, PART),
	STEP(C_VerifyRecoverInit, RECOVERY, INIT),
	STEP(C_VerifyRecover, RECOVERY, PART),
	STEP(C_VerifySignatureInit, SIGNATURE_FIRST, INIT),
	STEP(C_VerifySignature, SIGNATURE_FIRST, ONCE),
	STEP(C_VerifySignatureUpdate, SIGNATURE_FIRST, PART),
	STEP(C_VerifySignatureFinal, SIGNATURE_FIRST, { NO_OP, CKR_SIGNATURE_INVALID, 0 }),
	STEP(C_MessageEncryptInit, MESSAGES_OUT, INIT),
	STEP(C_EncryptMessage, MESSAGES_OUT, ONCE),
	STEP(C_EncryptMessageBegin, MESSAGES_OUT, ONCE),
	STEP(C_EncryptMessageNext, MESSAGES_OUT, { NO_OP, NO_OP, 0 }),
	STEP(C_MessageEncryptFinal, MESSAGES_OUT, PART),
	STEP(C_MessageDecryptInit, MESSAGES_IN, INIT),
	STEP(C_DecryptMessage, MESSAGES_IN, ONCE),
	STEP(C_DecryptMessageBegin, MESSAGES_IN, ONCE),
	STEP(C_DecryptMessageNext, MESSAGES_IN, { NO_OP, NO_OP, 0 }),
	STEP(C_MessageDecryptFinal, MESSAGES_IN, PART),
};

static void
stage_reach(enum kind kind, enum stage stage)
{
	world.updated = false;
	if (stage == NONE)
		return;
	ok(kinds[kind].begin(world.session));
	if (stage == UPDATED && kinds[kind].update != NULL) {
		ok(kinds[kind].update(world.session));
		world.updated = true;
	}
}

static void
test_operations(void **state)
{
	unsigned wrong = 0;

	(void)state;
	world_make(RW_PUBLIC);
	for (size_t i = 0; i < COUNT_OF(steps); i++) {
		for (enum stage stage = 0; stage < STAGES; stage++) {
			CK_RV rv;

			stage_reach(steps[i].kind, stage);
			rv = steps[i].call(world.session);
			if (rv != steps[i].expected[stage]) {
				complain(steps[i].function, "", stage_names[stage], rv,
				    steps[i].expected[stage]);
				wrong++;
			}
			cancel_all();
		}
	}
	check(wrong == 0);
}

/* One of each kind may be open, signing and verifying with and without recovery being one kind. */
static bool
share_a_place(enum kind a, enum kind b)
{
	const enum kind low = a < b ? a : b, high = a < b ? b : a;

	return a == b || (low == SIGNATURE && high == RECOVERABLE) ||
	    (low == VERIFICATION && high == RECOVERY);
}

/* What else is open changes nothing. */
static void
test_side_by_side(void **state)
{
	unsigned wrong = 0;

	(void)state;
	world_make(RW_PUBLIC);
	for (size_t i = 0; i < COUNT_OF(steps); i++) {
		for (enum kind other = 0; other < KINDS; other++) {
			CK_RV rv;

			if (share_a_place(steps[i].kind, other))
				continue;
			stage_reach(other, UPDATED);
			stage_reach(steps[i].kind, NONE);
			rv = steps[i].call(world.session);
			if (rv != steps[i].expected[NONE]) {
				complain(steps[i].function, "beside another", stage_names[NONE], rv,
				    steps[i].expected[NONE]);
				wrong++;
			}
			cancel_all();
			stage_reach(other, UPDATED);
			stage_reach(steps[i].kind, BEGUN);
			rv = steps[i].call(world.session);
			if (rv != steps[i].expected[BEGUN]) {
				complain(steps[i].function, "beside another", stage_names[BEGUN],
				    rv, steps[i].expected[BEGUN]);
				wrong++;
			}
			cancel_all();
		}
	}
	check(wrong == 0);
}

/*
 * 5.6.8 and CKA_ALWAYS_AUTHENTICATE: a CKU_CONTEXT_SPECIFIC login is for one operation, the
 * one begun last in that session.
 */
static void
test_authenticated_operation(void **state)
{
	CK_SESSION_HANDLE mine, other;
	CK_OBJECT_HANDLE pair[2];
	CK_BYTE sealed[256];
	CK_ULONG sealed_len = sizeof(sealed);

	(void)state;
	world_make(RW_USER);
	mine = world.session;
	other = session_open(world.slot, READ_ONLY);
	ok(p11->C_GenerateKeyPair(mine, MECHANISM(CKM_RSA_PKCS_KEY_PAIR_GEN),
	    TEMPLATE(ULONG(CKA_MODULUS_BITS, 2048), YES(CKA_ENCRYPT)),
	    TEMPLATE(YES(CKA_SIGN), YES(CKA_DECRYPT), YES(CKA_ALWAYS_AUTHENTICATE)), &pair[0],
	    &pair[1]));
	ok(p11->C_EncryptInit(mine, MECHANISM(CKM_RSA_PKCS), pair[0]));
	ok(p11->C_Encrypt(mine, block, sizeof(block), sealed, &sealed_len));
	/* Not another session's. */
	ok(p11->C_SignInit(mine, MECHANISM(CKM_SHA256_RSA_PKCS), pair[1]));
	ok(p11->C_SignInit(other, MECHANISM(CKM_SHA256_RSA_PKCS), pair[1]));
	ok(do_login_operation(mine));
	assert_rv(do_C_Sign(other), NOT_IN);
	ok(do_C_Sign(mine));
	/* Not the next one, and not one of another kind that was begun before. */
	ok(p11->C_SignInit(mine, MECHANISM(CKM_SHA256_RSA_PKCS), pair[1]));
	ok(p11->C_DecryptInit(mine, MECHANISM(CKM_RSA_PKCS), pair[1]));
	ok(do_login_operation(mine));
	assert_rv(do_C_Sign(mine), NOT_IN);
	ok(p11->C_Decrypt(mine, sealed, sealed_len, OUT));
	check(out_len == sizeof(block) && memcmp(out, block, sizeof(block)) == 0);
	/* In parts, each of them. */
	ok(p11->C_SignInit(mine, MECHANISM(CKM_SHA256_RSA_PKCS), pair[1]));
	ok(do_login_operation(mine));
	ok(do_C_SignUpdate(mine));
	ok(do_C_SignUpdate(mine));
	ok(do_C_SignFinal(mine));
	ok(p11->C_SignInit(mine, MECHANISM(CKM_SHA256_RSA_PKCS), pair[1]));
	assert_rv(do_C_SignUpdate(mine), NOT_IN);
}

/* --- objects by session ------------------------------------------------------------------------
 */

/*
 * The standard's table of access (section 5.6.1), and what it leaves to the token: a
 * public token object that was made under a login is sealed, and is altered under one.
 */
enum access { NOTHING, SEEN, SEALED, ALL };
static const char *const access_names[] = { "-", "read", "read; make new ones", "read, write" };

static const struct {
	const char *name;
	CK_BBOOL token, private;
	enum access access[STATES];
} objects[] = {
	{ "public session object", CK_FALSE, CK_FALSE, { 0, 0, ALL, ALL, ALL, ALL, ALL } },
	{ "private session object", CK_FALSE, CK_TRUE,
	    { 0, 0, NOTHING, NOTHING, ALL, ALL, NOTHING } },
	{ "public token object", CK_TRUE, CK_FALSE, { 0, 0, SEEN, SEALED, SEEN, ALL, ALL } },
	{ "private token object", CK_TRUE, CK_TRUE,
	    { 0, 0, NOTHING, NOTHING, SEEN, ALL, NOTHING } },
};

/* An object made by the user beforehand; of a session object, by another session of the state. */
static CK_OBJECT_HANDLE
object_beforehand(size_t kind, enum state in)
{
	CK_OBJECT_HANDLE object = CK_INVALID_HANDLE;
	CK_SESSION_HANDLE own;

	if (objects[kind].token) {
		ok(p11->C_CloseAllSessions(world.slot));
		own = session_user(world.slot);
		ok(p11->C_CreateObject(own,
		    TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), YES(CKA_TOKEN),
			BOOL(CKA_PRIVATE, objects[kind].private), TEXT(CKA_LABEL, "beforehand")),
		    &object));
		ok(p11->C_CloseSession(own));
	}
	session_make(in);
	if (!objects[kind].token && objects[kind].access[in] == ALL)
		ok(p11->C_CreateObject(world.session,
		    TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), BOOL(CKA_PRIVATE, objects[kind].private),
			TEXT(CKA_LABEL, "beforehand")),
		    &object));
	if (find(world.session, TEMPLATE(TEXT(CKA_LABEL, "beforehand")), &object) == 0)
		return CK_INVALID_HANDLE;
	return object;
}

/* Why not: whoever may not see it does not find it; else the session, then the login. */
static CK_RV
write_refused(size_t kind, enum state in)
{
	const enum access access = objects[kind].access[in];

	if (access == ALL)
		return CKR_OK;
	if (access == NOTHING)
		return CKR_OBJECT_HANDLE_INVALID;
	return access == SEALED ? NOT_IN : READ;
}

static CK_RV
make_refused(size_t kind, enum state in)
{
	const enum access access = objects[kind].access[in];

	if (access == ALL || access == SEALED)
		return CKR_OK;
	return access == NOTHING ? NOT_IN : READ;
}

static void
test_access(void **state)
{
	(void)state;
	world_make(RW_PUBLIC);
	for (size_t kind = 0; kind < COUNT_OF(objects); kind++) {
		for (enum state in = RO_PUBLIC; in < STATES; in++) {
			CK_OBJECT_HANDLE object = object_beforehand(kind, in);
			CK_SESSION_HANDLE s = world.session;
			const CK_RV refusal = write_refused(kind, in);

			if (objects[kind].access[in] == NOTHING) {
				check(object == CK_INVALID_HANDLE);
			} else {
				check(object != CK_INVALID_HANDLE);
				ok(get_rv(s, object, CKA_LABEL));
			}
			assert_rv(set_one(s, object, TEXT(CKA_LABEL, "beforehand")), refusal);
			assert_rv(p11->C_DestroyObject(s, object), refusal);
			assert_rv(p11->C_CreateObject(s,
				      TEMPLATE(ULONG(CKA_CLASS, CKO_DATA),
					  BOOL(CKA_TOKEN, objects[kind].token),
					  BOOL(CKA_PRIVATE, objects[kind].private)),
				      &object),
			    make_refused(kind, in));
			/* Nothing for the next to find. */
			ok(p11->C_CloseAllSessions(world.slot));
			s = session_user(world.slot);
			while (find(s, TEMPLATE(TEXT(CKA_LABEL, "beforehand")), &object) > 0)
				ok(p11->C_DestroyObject(s, object));
		}
	}
}

/* --- the document --------------------------------------------------------------------------- */

static const char head[] =
    "# What is possible when\n"
    "\n"
    "Made by `make doc-states` from the tables in `tests/t-states.c`, which the test holds against "
    "the\n"
    "module. The answers are those of PKCS#11 3.2, sections 5.4 to 5.20; without `CKR_`.\n"
    "\n"
    "## Functions by state\n"
    "\n"
    "Arguments are valid, no operation is begun, keys and objects are public ones of the session.\n"
    "\n";
static const char operations[] = "\n"
				 "## Operations\n"
				 "\n"
				 "In any session. *Begun* and *after a part* are of the operation "
				 "that the function belongs to;\n"
				 "what else is open in the session makes no difference. For "
				 "messages the part is the beginning of\n"
				 "one.\n"
				 "\n";
static const char objects_head[] =
    "\n"
    "## Objects by session\n"
    "\n"
    "The standard's table of access (5.6.1). A public token object that was made under a login is\n"
    "sealed, and altered or destroyed under a login only: without one it can be read, and others "
    "made.\n"
    "\n";

static void
print_head(FILE *to, const char *first, const char *const names[], size_t from, size_t count)
{
	fprintf(to, "| %s |", first);
	for (size_t i = from; i < count; i++)
		fprintf(to, " %s |", names[i]);
	fputs("\n|---|", to);
	for (size_t i = from; i < count; i++)
		fputs("---|", to);
	fputs("\n", to);
}

static void
print_answers(FILE *to, const CK_RV *expected, size_t count)
{
	for (size_t i = 0; i < count; i++)
		fprintf(to, " %s |", rv_name(expected[i]) + strlen("CKR_"));
	fputs("\n", to);
}

static void
print_document(FILE *to)
{
	fputs(head, to);
	print_head(to, "function", state_names, 0, STATES);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		fprintf(to, "| `%s`%s%s |", rows[i].function, rows[i].how[0] != '\0' ? ", " : "",
		    rows[i].how);
		print_answers(to, rows[i].expected, STATES);
	}
	fputs(operations, to);
	print_head(to, "function", stage_names, 0, STAGES);
	for (size_t i = 0; i < COUNT_OF(steps); i++) {
		fprintf(to, "| `%s` |", steps[i].function);
		print_answers(to, steps[i].expected, STAGES);
	}
	fputs(objects_head, to);
	print_head(to, "object", state_names, RO_PUBLIC, STATES);
	for (size_t i = 0; i < COUNT_OF(objects); i++) {
		fprintf(to, "| %s |", objects[i].name);
		for (size_t in = RO_PUBLIC; in < STATES; in++)
			fprintf(to, " %s |", access_names[objects[i].access[in]]);
		fputs("\n", to);
	}
}

static void
test_document_is_current(void **state)
{
	const char *source = getenv("srcdir");
	char *printed = NULL, path[4096], *kept;
	size_t printed_len = 0, kept_len;
	FILE *file = open_memstream(&printed, &printed_len);

	(void)state;
	check(file != NULL);
	print_document(file);
	fclose(file);
	snprintf(path, sizeof(path), "%s/doc/states.md", source != NULL ? source : ".");
	file = fopen(path, "re");
	check(file != NULL);
	kept = scratch(printed_len + 1);
	kept_len = fread(kept, 1, printed_len + 1, file);
	fclose(file);
	if (kept_len != printed_len || memcmp(kept, printed, printed_len) != 0)
		print_error("# doc/states.md is not what the tables say: make doc-states\n");
	check(kept_len == printed_len && memcmp(kept, printed, printed_len) == 0);
	free(printed);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		test_stopped(test_functions),
		test_stopped(test_all_functions),
		test_stopped(test_operations),
		test_stopped(test_side_by_side),
		test_stopped(test_authenticated_operation),
		test_stopped(test_access),
		test_stopped(test_document_is_current),
	};

	if (argc == 2 && strcmp(argv[1], "--print") == 0) {
		print_document(stdout);
		return 0;
	}
	return test_main(tests, NULL, NULL);
}
