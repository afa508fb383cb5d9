/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every function with every argument as it should not be: NULL, too short, too long, at an odd
 * address, over another one, of another kind (attacks.md, part G).  A table has the functions
 * with the kinds of their arguments and a call of each that is right; one driver bends it, an
 * argument at a time and then many at random.  Every buffer ends at memory that cannot be read.
 *
 * What has to hold of each call: the code that the standard names, or that of the right call
 * where nothing is wrong; never a code that says that we or the machine failed; what is
 * refused gives nothing out, makes nothing and changes nothing; and no block is asked of
 * malloc that is larger than what the caller could mean.
 */
#include "tests/client.h"
#include "tests/malloc.h"

#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

/* --- the world ------------------------------------------------------------------------- */

static CK_SLOT_ID slot, other_slot;
/* `passing`: what C_CloseSession and the like may end. */
static CK_SESSION_HANDLE s, watcher, passing, closed;
static CK_OBJECT_HANDLE aes, generic, rsa[2], ec[2], data, destroyed;

static CK_BYTE iv[16], block[32];
static struct view plain = { block, sizeof(block) };

/* What the calls that take something back are given. */
static struct kept {
	CK_BYTE bytes[512];
	CK_ULONG len;
	struct view view;
} sealed, wrapped, sealed_key, signature, recoverable, mac, encapsulated, message, digest_state;
static CK_BYTE message_tag[16];

static struct pkcs11_gcm_message_params gcm_wrap = { iv, 12, 0, CKG_NO_GENERATE, message_tag, 128 };
static CK_RSA_PKCS_OAEP_PARAMS oaep = { CKM_SHA256, CKG_MGF1_SHA256, CKZ_DATA_SPECIFIED, NULL, 0 };
static CK_MECHANISM cbc_pad = { CKM_AES_CBC_PAD, iv, 16 }, sha256 = { CKM_SHA256, NULL, 0 },
		    cmac = { CKM_AES_CMAC, NULL, 0 }, ecdsa = { CKM_ECDSA, NULL, 0 },
		    rsa_pkcs = { CKM_RSA_PKCS, NULL, 0 }, gcm = { CKM_AES_GCM, NULL, 0 },
		    gcm_key = { CKM_AES_GCM, &gcm_wrap, sizeof(gcm_wrap) },
		    kwp = { CKM_AES_KEY_WRAP_KWP, NULL, 0 },
		    oaep_mechanism = { CKM_RSA_PKCS_OAEP, &oaep, sizeof(oaep) },
		    aes_gen = { CKM_AES_KEY_GEN, NULL, 0 },
		    ec_gen = { CKM_EC_KEY_PAIR_GEN, NULL, 0 },
		    sha_derive = { CKM_SHA256_KEY_DERIVATION, NULL, 0 };

static void
keep(struct kept *kept)
{
	kept->view = view_of(kept->bytes, kept->len);
}

#define INTO(kept) (kept).bytes, ((kept).len = sizeof((kept).bytes), &(kept).len)

static void
fill_sealed(void)
{
	ok(p11->C_EncryptInit(s, &cbc_pad, aes));
	ok(p11->C_Encrypt(s, block, sizeof(block), INTO(sealed)));
	ok(p11->C_WrapKey(s, &kwp, aes, generic, INTO(wrapped)));
	ok(p11->C_WrapKeyAuthenticated(s, &gcm_key, aes, generic, block, 8, INTO(sealed_key)));
	ok(p11->C_EncapsulateKey(s, &oaep_mechanism, rsa[0], TEMPLATE(ULONG(CKA_VALUE_LEN, 32)),
	    INTO(encapsulated), &destroyed));
	ok(p11->C_DestroyObject(s, destroyed));
	ok(p11->C_MessageEncryptInit(s, &gcm, aes));
	ok(p11->C_EncryptMessage(
	    s, &gcm_wrap, sizeof(gcm_wrap), NULL, 0, block, sizeof(block), INTO(message)));
}

static void
fill_signed(void)
{
	ok(p11->C_SignInit(s, &ecdsa, ec[1]));
	ok(p11->C_Sign(s, block, sizeof(block), INTO(signature)));
	ok(p11->C_SignInit(s, &cmac, aes));
	ok(p11->C_Sign(s, block, sizeof(block), INTO(mac)));
	ok(p11->C_SignRecoverInit(s, &rsa_pkcs, rsa[1]));
	ok(p11->C_SignRecover(s, block, sizeof(block), INTO(recoverable)));
	ok(p11->C_DigestInit(s, &sha256));
	ok(p11->C_GetOperationState(s, INTO(digest_state)));
}

static int
begin_all(void **state)
{
	struct kept *all[] = { &sealed, &wrapped, &sealed_key, &signature, &recoverable, &mac,
		&encapsulated, &message, &digest_state };
	static CK_BYTE f4[] = { 1, 0, 1 };

	check(setenv("HANDFAST_STORE", "memory:", 1) == 0);
	module_started(state);
	slot = token_make("malformed");
	other_slot = token_make("elsewhere");
	s = session_user(slot);
	watcher = session_open(slot, READ_WRITE);
	closed = session_open(slot, READ_WRITE);
	ok(p11->C_CloseSession(closed));
	aes = key_aes(s, CK_FALSE);
	ok(p11->C_GenerateKey(s, MECHANISM(CKM_GENERIC_SECRET_KEY_GEN),
	    TEMPLATE(ULONG(CKA_VALUE_LEN, 32), YES(CKA_EXTRACTABLE)), &generic));
	ok(p11->C_GenerateKeyPair(s, MECHANISM(CKM_RSA_PKCS_KEY_PAIR_GEN),
	    TEMPLATE(ULONG(CKA_MODULUS_BITS, 2048), ATTRIBUTE(CKA_PUBLIC_EXPONENT, f4, sizeof(f4)),
		YES(CKA_VERIFY_RECOVER), YES(CKA_ENCAPSULATE)),
	    TEMPLATE(YES(CKA_SIGN_RECOVER), YES(CKA_DECAPSULATE)), &rsa[0], &rsa[1]));
	key_pair_ec(s, p256, false, ec);
	data = data_object(s, CK_FALSE, "malformed");
	fill_sealed();
	ok(p11->C_SessionCancel(s, ~0UL));
	fill_signed();
	ok(p11->C_SessionCancel(s, ~0UL));
	for (size_t i = 0; i < COUNT_OF(all); i++)
		keep(all[i]);
	scratch_release();
	return 0;
}

static int
end_all(void **state)
{
	return module_stopped(state);
}

/* --- what precedes a call -------------------------------------------------------------- */

/* A token's session, PINs and login elsewhere, whatever was done to them. */
static void
pass(void)
{
	CK_TOKEN_INFO info;
	CK_UTF8CHAR label[32];

	(void)p11->C_CloseAllSessions(other_slot);
	memset(label, ' ', sizeof(label));
	if (p11->C_GetTokenInfo(other_slot, &info) != CKR_OK ||
	    (info.flags & (CKF_USER_PIN_COUNT_LOW | CKF_SO_PIN_COUNT_LOW)) != 0 ||
	    (info.flags & CKF_USER_PIN_INITIALIZED) == 0) {
		ok(p11->C_InitToken(other_slot, PIN(SO_PIN), label));
		passing = session_so(other_slot);
		ok(p11->C_InitPIN(passing, PIN(USER_PIN)));
		ok(p11->C_CloseSession(passing));
	}
	passing = session_open(other_slot, READ_WRITE);
}

static void
pass_user(void)
{
	pass();
	ok(p11->C_Login(passing, CKU_USER, PIN(USER_PIN)));
}

static void
pass_so(void)
{
	pass();
	ok(p11->C_Login(passing, CKU_SO, PIN(SO_PIN)));
}

static void
pass_without_session(void)
{
	pass();
	ok(p11->C_CloseSession(passing));
}

static void
new_object(void)
{
	(void)p11->C_DestroyObject(s, data);
	destroyed = data;
	data = data_object(s, CK_FALSE, "malformed");
}

static void
searching(void)
{
	ok(p11->C_FindObjectsInit(s, NO_TEMPLATE));
}

static void
encrypting(void)
{
	ok(p11->C_EncryptInit(s, &cbc_pad, aes));
}

static void
decrypting(void)
{
	ok(p11->C_DecryptInit(s, &cbc_pad, aes));
}

static void
decrypting_all(void)
{
	CK_BYTE out[64];
	CK_ULONG len = sizeof(out);

	decrypting();
	ok(p11->C_DecryptUpdate(s, sealed.bytes, sealed.len, out, &len));
}

static void
digesting(void)
{
	ok(p11->C_DigestInit(s, &sha256));
}

static void
signing(void)
{
	ok(p11->C_SignInit(s, &cmac, aes));
}

static void
verifying(void)
{
	ok(p11->C_VerifyInit(s, &cmac, aes));
}

static void
verifying_all(void)
{
	verifying();
	ok(p11->C_VerifyUpdate(s, block, sizeof(block)));
}

static void
verifying_ecdsa(void)
{
	ok(p11->C_VerifyInit(s, &ecdsa, ec[0]));
}

static void
signing_recoverably(void)
{
	ok(p11->C_SignRecoverInit(s, &rsa_pkcs, rsa[1]));
}

static void
recovering(void)
{
	ok(p11->C_VerifyRecoverInit(s, &rsa_pkcs, rsa[0]));
}

static void
verifying_signature(void)
{
	ok(p11->C_VerifySignatureInit(s, &cmac, aes, mac.bytes, mac.len));
}

static void
verifying_signature_all(void)
{
	verifying_signature();
	ok(p11->C_VerifySignatureUpdate(s, block, sizeof(block)));
}

static void
digesting_and_encrypting(void)
{
	digesting();
	encrypting();
}

static void
digesting_and_decrypting(void)
{
	digesting();
	decrypting();
}

static void
signing_and_encrypting(void)
{
	signing();
	encrypting();
}

static void
verifying_and_decrypting(void)
{
	verifying();
	decrypting();
}

static void
encrypting_messages(void)
{
	ok(p11->C_MessageEncryptInit(s, &gcm, aes));
}

static void
in_a_message(void)
{
	encrypting_messages();
	ok(p11->C_EncryptMessageBegin(s, &gcm_wrap, sizeof(gcm_wrap), NULL, 0));
}

static void
decrypting_messages(void)
{
	ok(p11->C_MessageDecryptInit(s, &gcm, aes));
}

static void
in_a_message_back(void)
{
	decrypting_messages();
	ok(p11->C_DecryptMessageBegin(s, &gcm_wrap, sizeof(gcm_wrap), NULL, 0));
}

/* --- the functions ------------------------------------------------------------------------ */

/* A row says what it needs to and leaves out the rest. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

/*
 * The kinds of arguments, a letter each:
 *
 *   s session    p session that may end   S slot   Q the other token's slot
 *   K key        k key to be wrapped      D object    Z key or none
 *   M mechanism  T n template and count   I l bytes in and their length
 *   N l PIN      O L bytes out and their length's place
 *   R r bytes out of a length that is no place   X C list of numbers and its count's place
 *   W w list of handles and its room      H place for a handle   U place for a number
 *   P place for a structure               V v a message's parameter and its length
 *   F number of any value                 - a pointer that is for nothing
 */
struct row {
	const char *name;
	size_t place;
	const char *kinds;
	void (*prepare)(void);
	const CK_MECHANISM *mechanism;
	const CK_OBJECT_HANDLE *key;
	CK_RV no_key; /* what a handle that is none gets; 0: CKR_KEY_HANDLE_INVALID */
	const CK_ATTRIBUTE *attributes[2];
	CK_ULONG count[2];
	const struct view *in[3];
	CK_ULONG number[2];
	size_t room;          /* of the structure */
	bool blind;           /* to the mechanism's parameter, which each message has */
	bool reads, searches; /* the template is filled in; it need not fit any object */
	CK_RV rv;             /* of the right call */
};

static const CK_OBJECT_CLASS data_class = CKO_DATA, secret_class = CKO_SECRET_KEY;
static const CK_KEY_TYPE generic_type = CKK_GENERIC_SECRET;
static const CK_ULONG sixteen = 16, thirty_two = 32;
static CK_BYTE label_room[64];
static CK_BYTE p256_oid[] = { 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07 };

#define OF(variable) (void *)&(variable), sizeof(variable)
static const CK_ATTRIBUTE a_data[] = { { CKA_CLASS, OF(data_class) } },
			  a_label[] = { { CKA_LABEL, label_room, sizeof(label_room) } },
			  a_length[] = { { CKA_VALUE_LEN, OF(sixteen) } },
			  a_longer[] = { { CKA_VALUE_LEN, OF(thirty_two) } },
			  a_curve[] = { { CKA_EC_PARAMS, OF(p256_oid) } },
			  a_secret[] = { { CKA_CLASS, OF(secret_class) },
				  { CKA_KEY_TYPE, OF(generic_type) } };

static const struct view user_pin = { (const unsigned char *)USER_PIN, sizeof(USER_PIN) - 1 },
			 so_pin = { (const unsigned char *)SO_PIN, sizeof(SO_PIN) - 1 },
			 name = { (const unsigned char *)"C_Sign", 7 }, aad = { block, 8 },
			 nothing = { block, 0 },
			 /* Read as a label, 32 bytes. */
    label = { block, 32 };

#define ROW(function, kinds) #function, offsetof(struct pkcs11_function_list_3_2, function), kinds
#define INIT(m, k) .mechanism = &(m), .key = &(k)
#define ATTRIBUTES(list) .attributes = { (list) }, .count = { COUNT_OF(list) }
#define DECLINED .rv = CKR_FUNCTION_NOT_SUPPORTED

static const struct row rows[] = {
	{ ROW(C_Initialize, "-"), .rv = CKR_CRYPTOKI_ALREADY_INITIALIZED },
	{ ROW(C_GetInfo, "P"), .room = sizeof(CK_INFO) },
	{ ROW(C_GetFunctionList, "P"), .room = sizeof(void *) },
	{ ROW(C_GetInterfaceList, "XC"), .room = sizeof(struct pkcs11_interface) },
	{ ROW(C_GetInterface, "--PF"), .room = sizeof(void *) },
	{ ROW(C_GetSlotList, "FXC"), .room = sizeof(CK_SLOT_ID), .number = { CK_TRUE } },
	{ ROW(C_GetSlotInfo, "SP"), .room = sizeof(CK_SLOT_INFO) },
	{ ROW(C_GetTokenInfo, "SP"), .room = sizeof(CK_TOKEN_INFO) },
	{ ROW(C_GetMechanismList, "SXC"), .room = sizeof(CK_MECHANISM_TYPE) },
	{ ROW(C_GetMechanismInfo, "SFP"), .room = sizeof(CK_MECHANISM_INFO),
	    .number = { CKM_AES_GCM } },
	{ ROW(C_WaitForSlotEvent, "fU-"), .rv = CKR_NO_EVENT },
	{ ROW(C_InitToken, "QNlB"), pass_without_session, .in = { &so_pin, &label } },
	{ ROW(C_InitPIN, "pNl"), pass_so, .in = { &user_pin } },
	{ ROW(C_SetPIN, "pNlNl"), pass_user, .in = { &user_pin, &user_pin } },
	{ ROW(C_OpenSession, "SF--H"), .number = { READ_WRITE } },
	{ ROW(C_CloseSession, "p"), pass },
	{ ROW(C_CloseAllSessions, "Q"), pass },
	{ ROW(C_GetSessionInfo, "sP"), .room = sizeof(CK_SESSION_INFO) },
	{ ROW(C_GetOperationState, "sOL"), digesting },
	{ ROW(C_SetOperationState, "sIlZZ"), .in = { &digest_state.view } },
	{ ROW(C_Login, "pFNl"), pass, .number = { CKU_USER }, .in = { &user_pin } },
	{ ROW(C_LoginUser, "pFNlIl"), pass, .number = { CKU_USER }, .in = { &user_pin, &nothing } },
	{ ROW(C_Logout, "p"), pass_user },
	{ ROW(C_CreateObject, "sTnH"), ATTRIBUTES(a_data) },
	{ ROW(C_CopyObject, "sDTnH") },
	{ ROW(C_DestroyObject, "sD"), new_object },
	{ ROW(C_GetObjectSize, "sDU") },
	{ ROW(C_GetAttributeValue, "sDTn"), ATTRIBUTES(a_label), .reads = true },
	{ ROW(C_SetAttributeValue, "sDTn"), ATTRIBUTES(a_label) },
	{ ROW(C_FindObjectsInit, "sTn"), .searches = true },
	{ ROW(C_FindObjects, "sWwU"), searching },
	{ ROW(C_FindObjectsFinal, "s"), searching },
	{ ROW(C_EncryptInit, "sMK"), INIT(cbc_pad, aes) },
	{ ROW(C_Encrypt, "sIlOL"), encrypting, .in = { &plain } },
	{ ROW(C_EncryptUpdate, "sIlOL"), encrypting, .in = { &plain } },
	{ ROW(C_EncryptFinal, "sOL"), encrypting },
	{ ROW(C_DecryptInit, "sMK"), INIT(cbc_pad, aes) },
	{ ROW(C_Decrypt, "sIlOL"), decrypting, .in = { &sealed.view } },
	{ ROW(C_DecryptUpdate, "sIlOL"), decrypting, .in = { &sealed.view } },
	{ ROW(C_DecryptFinal, "sOL"), decrypting_all },
	{ ROW(C_DigestInit, "sM"), INIT(sha256, aes) },
	{ ROW(C_Digest, "sIlOL"), digesting, .in = { &plain } },
	{ ROW(C_DigestUpdate, "sIl"), digesting, .in = { &plain } },
	{ ROW(C_DigestKey, "sK"), digesting, .key = &aes },
	{ ROW(C_DigestFinal, "sOL"), digesting },
	{ ROW(C_SignInit, "sMK"), INIT(ecdsa, ec[1]) },
	{ ROW(C_Sign, "sIlOL"), signing, .in = { &plain } },
	{ ROW(C_SignUpdate, "sIl"), signing, .in = { &plain } },
	{ ROW(C_SignFinal, "sOL"), signing },
	{ ROW(C_SignRecoverInit, "sMK"), INIT(rsa_pkcs, rsa[1]) },
	{ ROW(C_SignRecover, "sIlOL"), signing_recoverably, .in = { &plain } },
	{ ROW(C_VerifyInit, "sMK"), INIT(ecdsa, ec[0]) },
	{ ROW(C_Verify, "sIlIl"), verifying_ecdsa, .in = { &plain, &signature.view } },
	{ ROW(C_VerifyUpdate, "sIl"), verifying, .in = { &plain } },
	{ ROW(C_VerifyFinal, "sIl"), verifying_all, .in = { &mac.view } },
	{ ROW(C_VerifyRecoverInit, "sMK"), INIT(rsa_pkcs, rsa[0]) },
	{ ROW(C_VerifyRecover, "sIlOL"), recovering, .in = { &recoverable.view } },
	{ ROW(C_DigestEncryptUpdate, "sIlOL"), digesting_and_encrypting, .in = { &plain } },
	{ ROW(C_DecryptDigestUpdate, "sIlOL"), digesting_and_decrypting, .in = { &sealed.view } },
	{ ROW(C_SignEncryptUpdate, "sIlOL"), signing_and_encrypting, .in = { &plain } },
	{ ROW(C_DecryptVerifyUpdate, "sIlOL"), verifying_and_decrypting, .in = { &sealed.view } },
	{ ROW(C_GenerateKey, "sMTnH"), .mechanism = &aes_gen, ATTRIBUTES(a_length) },
	{ ROW(C_GenerateKeyPair, "sMTnTnHH"), .mechanism = &ec_gen, ATTRIBUTES(a_curve) },
	{ ROW(C_WrapKey, "sMKkOL"), INIT(kwp, aes), .no_key = CKR_WRAPPING_KEY_HANDLE_INVALID },
	{ ROW(C_UnwrapKey, "sMKIlTnH"), INIT(kwp, aes), ATTRIBUTES(a_secret),
	    .in = { &wrapped.view }, .no_key = CKR_UNWRAPPING_KEY_HANDLE_INVALID },
	{ ROW(C_DeriveKey, "sMKTnH"), INIT(sha_derive, generic) },
	{ ROW(C_SeedRandom, "sIl"), .in = { &plain } },
	{ ROW(C_GenerateRandom, "sRr") },
	{ ROW(C_GetFunctionStatus, "F"), .rv = CKR_FUNCTION_NOT_PARALLEL },
	{ ROW(C_CancelFunction, "F"), .rv = CKR_FUNCTION_NOT_PARALLEL },
	{ ROW(C_SessionCancel, "sF") },
	{ ROW(C_MessageEncryptInit, "sMK"), INIT(gcm, aes), .blind = true },
	{ ROW(C_EncryptMessage, "sVvIlIlOL"), encrypting_messages, .in = { &aad, &plain } },
	{ ROW(C_EncryptMessageBegin, "sVvIl"), encrypting_messages, .in = { &aad } },
	{ ROW(C_EncryptMessageNext, "sVvIlOLF"), in_a_message, .in = { &plain },
	    .number = { CKF_END_OF_MESSAGE } },
	{ ROW(C_MessageEncryptFinal, "s"), encrypting_messages },
	{ ROW(C_MessageDecryptInit, "sMK"), INIT(gcm, aes), .blind = true },
	{ ROW(C_DecryptMessage, "sVvIlIlOL"), decrypting_messages,
	    .in = { &nothing, &message.view } },
	{ ROW(C_DecryptMessageBegin, "sVvIl"), decrypting_messages, .in = { &nothing } },
	{ ROW(C_DecryptMessageNext, "sVvIlOLF"), in_a_message_back, .in = { &message.view },
	    .number = { CKF_END_OF_MESSAGE } },
	{ ROW(C_MessageDecryptFinal, "s"), decrypting_messages },
	{ ROW(C_MessageSignInit, "sMK"), INIT(cmac, aes), DECLINED },
	{ ROW(C_SignMessage, "sVvIlOL"), .in = { &plain }, DECLINED },
	{ ROW(C_SignMessageBegin, "sVv"), DECLINED },
	{ ROW(C_SignMessageNext, "sVvIlOL"), .in = { &plain }, DECLINED },
	{ ROW(C_MessageSignFinal, "s"), DECLINED },
	{ ROW(C_MessageVerifyInit, "sMK"), INIT(cmac, aes), DECLINED },
	{ ROW(C_VerifyMessage, "sVvIlIl"), .in = { &plain, &mac.view }, DECLINED },
	{ ROW(C_VerifyMessageBegin, "sVv"), DECLINED },
	{ ROW(C_VerifyMessageNext, "sVvIlIl"), .in = { &plain, &mac.view }, DECLINED },
	{ ROW(C_MessageVerifyFinal, "s"), DECLINED },
	{ ROW(C_EncapsulateKey, "sMKTnOLH"), INIT(oaep_mechanism, rsa[0]), ATTRIBUTES(a_length) },
	{ ROW(C_DecapsulateKey, "sMKTnIlH"), INIT(oaep_mechanism, rsa[1]), ATTRIBUTES(a_longer),
	    .no_key = CKR_UNWRAPPING_KEY_HANDLE_INVALID, .in = { &encapsulated.view } },
	{ ROW(C_VerifySignatureInit, "sMKIl"), INIT(ecdsa, ec[0]), .in = { &signature.view } },
	{ ROW(C_VerifySignature, "sIl"), verifying_signature, .in = { &plain } },
	{ ROW(C_VerifySignatureUpdate, "sIl"), verifying_signature, .in = { &plain } },
	{ ROW(C_VerifySignatureFinal, "s"), verifying_signature_all },
	{ ROW(C_GetSessionValidationFlags, "sFU"), .number = { CKS_LAST_VALIDATION_OK } },
	{ ROW(C_AsyncComplete, "sBP"), .in = { &name }, .room = sizeof(struct pkcs11_async_data),
	    DECLINED },
	{ ROW(C_AsyncGetID, "sBU"), .in = { &name }, DECLINED },
	{ ROW(C_AsyncJoin, "sBFIl"), .in = { &name, &plain }, DECLINED },
	{ ROW(C_WrapKeyAuthenticated, "sMKkIlOL"), INIT(gcm_key, aes), .in = { &aad },
	    .no_key = CKR_WRAPPING_KEY_HANDLE_INVALID },
	{ ROW(C_UnwrapKeyAuthenticated, "sMKIlTnIlH"), INIT(gcm_key, aes), ATTRIBUTES(a_secret),
	    .in = { &sealed_key.view, &aad }, .no_key = CKR_UNWRAPPING_KEY_HANDLE_INVALID },
};

/* --- the right call ----------------------------------------------------------------------- */

#define ARGUMENTS 10
#define ROOM 1024 /* of bytes out */
#define UNTOUCHED 0xa5

struct play {
	const struct row *row;
	CK_ULONG argument[ARGUMENTS];
	CK_BYTE *out;   /* what bytes may be written, where there are any */
	CK_ULONG *len;  /* and the place for how many */
	CK_ULONG *made; /* the last place for a handle */
	bool
	    overlaid; /* one argument lies in another, so that neither can be held against before */
};

static CK_ULONG
address(const void *place)
{
	return (CK_ULONG)(uintptr_t)place;
}

/* A copy that ends at the edge of memory, or one byte before, at an odd address. */
static void *
placed(const void *from, size_t len, bool odd)
{
	void *to = scratch(len + odd);

	if (len != 0)
		memcpy(to, from, len);
	return to;
}

static CK_ULONG
number_place(CK_ULONG number, bool odd)
{
	return address(placed(&number, sizeof(number), odd));
}

static CK_ULONG
mechanism_place(const CK_MECHANISM *from, bool odd)
{
	CK_MECHANISM mechanism = *from;

	if (from->ulParameterLen != 0)
		mechanism.pParameter = placed(from->pParameter, from->ulParameterLen, odd);
	return address(placed(&mechanism, sizeof(mechanism), odd));
}

/* Of GCM's message parameter also what it points to. */
static CK_ULONG
message_place(bool odd)
{
	struct pkcs11_gcm_message_params parameter = gcm_wrap;

	parameter.iv = placed(iv, 12, odd);
	parameter.tag = placed(message_tag, 16, odd);
	return address(placed(&parameter, sizeof(parameter), odd));
}

/* Which of a row's templates, inputs or numbers the argument at `at` is. */
static size_t
which(const struct row *row, size_t at, const char *kinds)
{
	size_t n = 0;

	for (size_t i = 0; i < at; i++)
		n += strchr(kinds, row->kinds[i]) != NULL;
	return n;
}

static CK_ULONG
template_place(const struct row *row, size_t at, bool odd)
{
	size_t n = which(row, at, "T");
	size_t len = row->count[n] * sizeof(CK_ATTRIBUTE);

	return address(placed(row->attributes[n], len, odd));
}

static struct view
input(const struct row *row, size_t at)
{
	return *row->in[which(row, at, "INB")];
}

/* The argument as it should be. */
static CK_ULONG
right(struct play *play, size_t at, bool odd)
{
	const struct row *row = play->row;

	switch (row->kinds[at]) {
	case 's':
		return s;
	case 'p':
		return passing;
	case 'S':
		return slot;
	case 'Q':
		return other_slot;
	case 'K':
		return *row->key;
	case 'k':
		return generic;
	case 'D':
		return data;
	case 'M':
		return mechanism_place(row->mechanism, odd);
	case 'T':
		return template_place(row, at, odd);
	case 'n':
		return row->count[which(row, at - 1, "T")];
	case 'I':
	case 'N':
	case 'B':
		return address(placed(input(row, at).data, input(row, at).len, odd));
	case 'l':
		return input(row, at - 1).len;
	case 'O':
	case 'R':
	case 'W':
		play->out = scratch(ROOM + odd);
		memset(play->out, UNTOUCHED, ROOM);
		return address(play->out);
	case 'L':
		play->len = (CK_ULONG *)(uintptr_t)number_place(ROOM, odd);
		return address(play->len);
	case 'r':
		return ROOM;
	case 'w':
		return ROOM / sizeof(CK_ULONG);
	case 'X':
		return address(scratch(512 * row->room + odd));
	case 'C':
		return number_place(512, odd);
	case 'H':
		play->made = (CK_ULONG *)(uintptr_t)number_place(CK_INVALID_HANDLE, odd);
		return address(play->made);
	case 'U':
		return number_place(0, odd);
	case 'P':
		return address(scratch(row->room + odd));
	case 'V':
		return message_place(odd);
	case 'v':
		return sizeof(gcm_wrap);
	case 'F':
		return row->number[0];
	case 'f':
		return CKF_DONT_BLOCK;
	default:
		return 0;
	}
}

/* --- wrong ones ------------------------------------------------------------------------------ */

/* What a bent call is to answer; ENOUGH: the kind has no further way to be bent. */
enum answer { ANY, SAME, REFUSED, CODE, ENOUGH };

struct want {
	enum answer answer;
	CK_RV code;
};

static struct want
any(void)
{
	return (struct want){ ANY, 0 };
}

static struct want
same(void)
{
	return (struct want){ SAME, 0 };
}

static struct want
refusal(void)
{
	return (struct want){ REFUSED, 0 };
}

static struct want
code(CK_RV rv)
{
	return (struct want){ CODE, rv };
}

static struct want
enough(void)
{
	return (struct want){ ENOUGH, 0 };
}

/* Sets the argument and says what is to be made of it. */
#define SET(value, answer) (*argument = (value), (answer))

static struct want
bend_session(CK_ULONG *argument, unsigned way)
{
	const CK_ULONG none[] = { 0, closed, ~0UL, *argument ^ 1UL << 31 };

	return way < COUNT_OF(none) ? SET(none[way], code(CKR_SESSION_HANDLE_INVALID)) : enough();
}

static struct want
bend_slot(CK_ULONG *argument, unsigned way)
{
	const CK_ULONG none[] = { slot + 1000, ~0UL, *argument ^ 1UL << 31 };

	return way < COUNT_OF(none) ? SET(none[way], code(CKR_SLOT_ID_INVALID)) : enough();
}

static struct want
bend_handle(const struct row *row, char kind, CK_ULONG *argument, unsigned way)
{
	const CK_ULONG none[] = { 0, ~0UL, destroyed, *argument ^ 1UL << 31 };
	CK_RV rv = kind == 'D'                ? CKR_OBJECT_HANDLE_INVALID
	    : kind == 'K' && row->no_key != 0 ? row->no_key
					      : CKR_KEY_HANDLE_INVALID;

	if (way < COUNT_OF(none))
		return SET(none[way], kind == 'Z' ? any() : code(rv));
	/* An object, but no key. */
	return way == COUNT_OF(none) && kind != 'D' ? SET(data, kind == 'Z' ? any() : refusal())
						    : enough();
}

static struct want
bend_mechanism(const struct row *row, CK_ULONG *argument, unsigned way)
{
	CK_MECHANISM mechanism = *row->mechanism;
	const size_t len = mechanism.ulParameterLen;
	/* C_EncryptInit and its like: ends what was begun (PKCS#11 3.2, 5.8.1). */
	const bool cancels = strstr(row->name, "Init") != NULL;
	const struct want bad = row->blind ? any() : code(CKR_MECHANISM_PARAM_INVALID);

	switch (way) {
	case 0:
		return SET(0, cancels ? any() : code(CKR_ARGUMENTS_BAD));
	case 1:
		return SET(mechanism_place(row->mechanism, true), same());
	case 2:
	case 3:
		mechanism.mechanism = way == 2 ? CKM_VENDOR_DEFINED | 1 : ~0UL;
		return SET(mechanism_place(&mechanism, false), code(CKR_MECHANISM_INVALID));
	case 4:
		mechanism.pParameter = NULL;
		mechanism.ulParameterLen = len != 0 ? len : 16;
		return SET(address(placed(&mechanism, sizeof(mechanism), false)), bad);
	case 5:
	case 6:
	case 7:
	case 8:
		/* Where the standard has none, one of a single byte is one too many. */
		mechanism.ulParameterLen = way == 5 ? 1 : way == 6 ? ~0UL : way == 7 ? len + 1 : 0;
		mechanism.pParameter = scratch(way == 7 ? len + 1 : way == 5 ? 1 : 0);
		return SET(address(placed(&mechanism, sizeof(mechanism), false)),
		    way == 8 && len == 0 ? any() : bad);
	default:
		return enough();
	}
}

/* Templates within templates, as deep as a stack of one may be. */
static CK_ATTRIBUTE
nested(unsigned depth)
{
	CK_ATTRIBUTE *levels = scratch((depth + 1) * sizeof(*levels));

	levels[depth] = (CK_ATTRIBUTE){ CKA_SENSITIVE, placed("\1", 1, false), 1 };
	for (unsigned i = depth; i > 0; i--)
		levels[i - 1] =
		    (CK_ATTRIBUTE){ CKA_WRAP_TEMPLATE, &levels[i], sizeof(CK_ATTRIBUTE) };
	return levels[0];
}

/* Large enough for what a read fills in. */
static CK_BYTE spare[64];

/* One attribute more, which no template may have. */
static struct want
bend_attribute(const struct row *row, size_t n, CK_ULONG *argument, unsigned way)
{
	const CK_ATTRIBUTE more[] = {
		{ CKA_LABEL, NULL, 5 },
		{ CKA_LABEL, spare, ~0UL },
		{ CKA_LABEL, spare, ~0UL - 7 },
		{ CKA_LABEL, NULL, ~0UL },
		{ CKA_LABEL, spare, 1UL << 62 },
		{ CKA_TOKEN, scratch(2), 2 },
		{ CKA_TOKEN, NULL, 0 },
		{ CKA_ALLOWED_MECHANISMS, spare, 7 },
		{ CKA_ALLOWED_MECHANISMS, spare, ~0UL - 7 },
		{ CKA_WRAP_TEMPLATE, spare, ~0UL - 23 },
		{ CKA_WRAP_TEMPLATE, NULL, 24 },
		{ CKA_UNWRAP_TEMPLATE, spare, 23 },
		{ 0x7fff1234, spare, 4 },
		nested(2),
		nested(200000),
	};
	size_t count = row->count[n];
	CK_ATTRIBUTE *list;

	if (way >= COUNT_OF(more))
		return enough();
	list = scratch((count + 1) * sizeof(*list));
	if (count != 0)
		memcpy(list, row->attributes[n], count * sizeof(*list));
	list[count] = more[way];
	argument[0] = address(list);
	argument[1] = count + 1;
	/* Reading fills in, where it may; a search for what there is not finds nothing. */
	return row->reads || row->searches ? any() : refusal();
}

static struct want
bend_template(const struct row *row, size_t at, CK_ULONG *argument, unsigned way)
{
	static const CK_ULONG huge[] = { ~0UL, 1UL << 62, 1UL << 31, 1UL << 24 };
	size_t n = which(row, at, "T");
	CK_ATTRIBUTE *twice;

	switch (way) {
	case 0:
		argument[1] = 1;
		return SET(0, code(CKR_ARGUMENTS_BAD));
	case 1:
		argument[1] = 0;
		return SET(0, row->count[n] == 0 ? same() : any());
	case 2:
		return SET(template_place(row, at, true), same());
	case 3:
	case 4:
	case 5:
	case 6:
		argument[1] = huge[way - 3];
		return refusal();
	case 7:
		if (row->count[n] == 0)
			return any();
		twice = scratch(2 * sizeof(*twice));
		twice[0] = twice[1] = row->attributes[n][0];
		argument[1] = 2;
		return SET(address(twice), any());
	default:
		return bend_attribute(row, n, argument, way - 8);
	}
}

static struct want
bend_input(const struct row *row, size_t at, CK_ULONG *argument, unsigned way)
{
	struct view in = input(row, at);

	switch (way) {
	case 0:
		argument[1] = in.len != 0 ? in.len : 5;
		return SET(0, refusal());
	case 1:
		argument[1] = 0;
		return SET(0, in.len == 0 ? same() : any());
	case 2:
		return SET(address(placed(in.data, in.len, true)), same());
	case 3:
	case 4:
		argument[1] = way == 3 || in.len == 0 ? 0 : in.len - 1;
		return any();
	case 5:
	case 6:
		argument[1] = way == 5 ? ~0UL : 1UL << 40;
		return SET(0, refusal());
	default:
		return enough();
	}
}

static struct want
bend_pin(const struct row *row, size_t at, CK_ULONG *argument, unsigned way)
{
	const CK_ULONG lengths[] = { 0, 1, 3, 256, 1 << 20 };
	struct view in = input(row, at);

	switch (way) {
	case 0:
		/* No protected path that a PIN could come by. */
		return SET(0, code(CKR_ARGUMENTS_BAD));
	case 1:
		argument[1] = 0;
		return SET(0, refusal());
	case 2:
		argument[1] = ~0UL;
		return SET(0, code(CKR_ARGUMENTS_BAD));
	case 3:
		return SET(address(placed(in.data, in.len, true)), same());
	default:
		if (way - 4 >= COUNT_OF(lengths))
			return enough();
		argument[1] = lengths[way - 4];
		return SET(address(memset(scratch(argument[1]), 'x', argument[1])), refusal());
	}
}

/* The most that the right call wrote, which play_right found out. */
static CK_ULONG needed;

/*
 * Mechanisms, parameters and templates may lie at odd addresses, as in a buffer that a
 * caller fills.  A number or structure that is filled in is a variable, which the language
 * aligns; where the machine forgives it so do we, and a sanitizer does not.
 */
static bool
strict_about_places(void)
{
	const char *preload = getenv("SANITIZER_PRELOAD");

	return preload != NULL && *preload != '\0';
}

static struct want
bend_output(struct play *play, size_t at, CK_ULONG *argument, unsigned way)
{
	const bool room_after = play->out != NULL;
	CK_ULONG shorter[] = { 0, 1, needed - 1 };

	switch (way) {
	case 0:
		play->out = NULL;
		return SET(0, same());
	case 1:
		play->len = NULL;
		argument[1] = 0;
		return code(CKR_ARGUMENTS_BAD);
	case 2:
		play->out = NULL;
		play->len = NULL;
		argument[1] = 0;
		return SET(0, code(CKR_ARGUMENTS_BAD));
	case 3:
	case 4:
	case 5:
		if (!room_after || needed <= shorter[way - 3] || needed == 0)
			return any();
		play->out = scratch(shorter[way - 3]);
		memset(play->out, UNTOUCHED, shorter[way - 3]);
		argument[1] = number_place(shorter[way - 3], false);
		play->len = (CK_ULONG *)(uintptr_t)argument[1];
		return SET(address(play->out), code(CKR_BUFFER_TOO_SMALL));
	case 6:
		argument[1] = number_place(~0UL, false);
		play->len = (CK_ULONG *)(uintptr_t)argument[1];
		return same();
	case 7:
		argument[1] = number_place(ROOM, !strict_about_places());
		play->len = (CK_ULONG *)(uintptr_t)argument[1];
		return SET(right(play, at, true), same());
	case 8:
		/* Its own length in the midst. */
		play->overlaid = true;
		*argument = address(scratch(ROOM));
		argument[1] = *argument + 8;
		*(CK_ULONG *)(uintptr_t)argument[1] = ROOM;
		return any();
	default:
		return enough();
	}
}

static struct want
bend_random(CK_ULONG *argument, unsigned way)
{
	switch (way) {
	case 0:
	case 1:
		argument[1] = way == 0 ? ROOM : ~0UL;
		return SET(0, code(CKR_ARGUMENTS_BAD));
	case 2:
		argument[1] = 0;
		return same();
	default:
		return enough();
	}
}

static struct want
bend_list(const struct row *row, CK_ULONG *argument, unsigned way)
{
	switch (way) {
	case 0:
		return SET(0, same());
	case 1:
		argument[1] = 0;
		return code(CKR_ARGUMENTS_BAD);
	case 2:
		argument[1] = number_place(0, false);
		return code(CKR_BUFFER_TOO_SMALL);
	case 3:
		argument[1] = number_place(~0UL, false);
		return same();
	case 4:
		argument[1] = number_place(512, !strict_about_places());
		return SET(address(scratch(512 * row->room + !strict_about_places())), same());
	default:
		return enough();
	}
}

static struct want
bend_found(CK_ULONG *argument, unsigned way)
{
	switch (way) {
	case 0:
		return SET(0, code(CKR_ARGUMENTS_BAD));
	case 1:
		argument[1] = 0;
		return any();
	case 2:
		/* There are fewer than it has room for. */
		argument[1] = ~0UL;
		return same();
	default:
		return enough();
	}
}

static struct want
bend_place(struct play *play, size_t at, CK_ULONG *argument, unsigned way)
{
	switch (way) {
	case 0:
		if (play->row->kinds[at] == 'H')
			play->made = NULL;
		return SET(0, code(CKR_ARGUMENTS_BAD));
	case 1:
		return SET(right(play, at, !strict_about_places()), same());
	default:
		return enough();
	}
}

static struct want
bend_message(CK_ULONG *argument, unsigned way)
{
	static const CK_ULONG lengths[] = { 0, 1, sizeof(gcm_wrap) - 1, sizeof(gcm_wrap) + 1,
		~0UL };
	struct pkcs11_gcm_message_params *parameter;

	if (way == 0)
		return SET(0, refusal());
	if (way == 1)
		return SET(message_place(true), same());
	if (way - 2 < COUNT_OF(lengths)) {
		argument[1] = lengths[way - 2];
		return SET(address(scratch(argument[1] == ~0UL ? 0 : argument[1])), refusal());
	}
	/* Each member, one at a time. */
	parameter = (struct pkcs11_gcm_message_params *)(uintptr_t)message_place(false);
	*argument = address(parameter);
	switch (way - 2 - (unsigned)COUNT_OF(lengths)) {
	case 0:
		parameter->iv = NULL;
		return refusal();
	case 1:
		parameter->iv_len = ~0UL;
		return refusal();
	case 2:
		parameter->iv_len = 0;
		return refusal();
	case 3:
		parameter->tag = NULL;
		return refusal();
	case 4:
		parameter->tag_bits = ~0UL;
		return refusal();
	case 5:
		parameter->iv_generator = ~0UL;
		return refusal();
	case 6:
		parameter->iv_fixed_bits = ~0UL;
		return any();
	default:
		return enough();
	}
}

static struct want
bend_number(CK_ULONG *argument, unsigned way)
{
	static const CK_ULONG numbers[] = { 0, 1, ~0UL, 1UL << 31 };

	return way < COUNT_OF(numbers) ? SET(numbers[way], any()) : enough();
}

static struct want
bend_kind(struct play *play, size_t at, unsigned way)
{
	const struct row *row = play->row;
	CK_ULONG *argument = &play->argument[at];

	switch (row->kinds[at]) {
	case 's':
	case 'p':
		return bend_session(argument, way);
	case 'S':
	case 'Q':
		return bend_slot(argument, way);
	case 'K':
	case 'k':
	case 'D':
	case 'Z':
		return bend_handle(row, row->kinds[at], argument, way);
	case 'M':
		return bend_mechanism(row, argument, way);
	case 'T':
		return bend_template(row, at, argument, way);
	case 'I':
		return bend_input(row, at, argument, way);
	case 'N':
		return bend_pin(row, at, argument, way);
	case 'O':
		return bend_output(play, at, argument, way);
	case 'R':
		return bend_random(argument, way);
	case 'X':
		return bend_list(row, argument, way);
	case 'W':
		return bend_found(argument, way);
	case 'H':
	case 'U':
	case 'P':
		return bend_place(play, at, argument, way);
	case 'V':
		return bend_message(argument, way);
	case 'F':
		return bend_number(argument, way);
	case 'B':
		return way == 0 ? SET(0, code(CKR_ARGUMENTS_BAD)) : enough();
	default:
		return enough();
	}
}

/* How much of what an argument points to is the caller's, and not to be filled in. */
static size_t
content(const struct play *play, size_t at)
{
	switch (play->row->kinds[at]) {
	case 'M':
		return sizeof(CK_MECHANISM);
	case 'T':
		return play->argument[at + 1] * sizeof(CK_ATTRIBUTE);
	case 'V':
		return sizeof(gcm_wrap);
	case 'I':
	case 'B':
		return input(play->row, at).len;
	case 'L':
	case 'C':
		return sizeof(CK_ULONG);
	default:
		return 0;
	}
}

/*
 * What is to be filled in lies in another argument, which is as it should be: whatever comes
 * of it, the call ends and says so.  Ways: the same start, an odd byte on, a word on.
 */
static struct want
bend_together(struct play *play, size_t at, size_t other, unsigned way)
{
	static const char filled[] = "ORWXHUPLC", any_place[] = "ORWXHUPLCMTVIB";
	const char *kinds = play->row->kinds;
	const CK_ULONG number = ROOM;
	CK_BYTE *both;

	if (at == other || strchr(filled, kinds[at]) == NULL ||
	    strchr(any_place, kinds[other]) == NULL || way > 2)
		return enough();
	/* A number there would make a pointer of another's another. */
	if (strchr("LC", kinds[at]) != NULL && strchr("MTV", kinds[other]) != NULL)
		return enough();
	play->overlaid = true;
	both = scratch((size_t)64 << 10);
	if (content(play, other) != 0)
		memcpy(both, (void *)(uintptr_t)play->argument[other], content(play, other));
	play->argument[other] = address(both);
	both += way == 2 || (way == 1 && strict_about_places()) ? sizeof(number) : way;
	play->argument[at] = address(both);
	if (strchr("LC", kinds[at]) != NULL)
		memcpy(both, &number, sizeof(number));
	return any();
}

/* --- calling ------------------------------------------------------------------------------------
 */

/* For whoever looks at what is left of the process. */
static char doing[200];
static unsigned long calls;

static void
last_words(int number)
{
	ssize_t written = write(STDERR_FILENO, doing, strlen(doing));

	(void)written;
	(void)signal(number, SIG_DFL);
	(void)raise(number);
}

static void
listen_for_the_end(void)
{
	static const int ends[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGALRM };

	for (size_t i = 0; i < COUNT_OF(ends); i++)
		check(signal(ends[i], last_words) != SIG_ERR);
}

/* All arguments of all functions are words. */
static CK_RV
call(const struct play *play)
{
	typedef CK_RV (*any_function)(CK_ULONG, CK_ULONG, CK_ULONG, CK_ULONG, CK_ULONG, CK_ULONG,
	    CK_ULONG, CK_ULONG, CK_ULONG, CK_ULONG);
	const CK_ULONG *a = play->argument;
	any_function function;

	memcpy(&function, (const char *)p11 + play->row->place, sizeof(function));
	calls++;
	malloc_watch();
	return function(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9]);
}

/* The rest of the table is played all the same. */
static unsigned wrong;

static void
holds(bool fine, const char *what, CK_RV rv)
{
	if (!fine)
		fprintf(stderr, "%sgave %s; not so: %s\n", doing, rv_name(rv), what);
	wrong += !fine;
}

/* Ours would be the mistake, or the machine's. */
static void
examine_code(CK_RV rv)
{
	static const CK_RV never[] = { CKR_GENERAL_ERROR, CKR_FUNCTION_FAILED, CKR_DEVICE_ERROR,
		CKR_DEVICE_MEMORY, CKR_HOST_MEMORY, CKR_DEVICE_REMOVED, CKR_TOKEN_NOT_RECOGNIZED,
		CKR_CRYPTOKI_NOT_INITIALIZED };

	for (size_t i = 0; i < COUNT_OF(never); i++)
		holds(rv != never[i], "the code is one that a caller can have caused", rv);
}

/* Nobody here means more than 1 KiB; what a hash of a PIN takes is told by its cost. */
#define BLOCK_MOST ((size_t)256 << 10)

static void
examine_room(const struct play *play, CK_RV rv)
{
	bool derives = strchr(play->row->kinds, 'N') != NULL;

	holds(malloc_largest() <= (derives ? (size_t)80 << 20 : BLOCK_MOST),
	    "no more memory is asked for than could be meant", rv);
}

static CK_ULONG
number_at(const CK_ULONG *place)
{
	CK_ULONG number;

	memcpy(&number, place, sizeof(number));
	return number;
}

static void
examine_refusal(const struct play *play, CK_ULONG room, CK_RV rv)
{
	if (play->overlaid)
		return;
	if (play->made != NULL)
		holds(number_at(play->made) == CK_INVALID_HANDLE, "no handle is given", rv);
	if (play->len != NULL && rv != CKR_BUFFER_TOO_SMALL)
		holds(number_at(play->len) == room, "the length stays", rv);
	for (CK_ULONG i = 0; play->out != NULL && play->len != NULL && i < room && i < ROOM; i++)
		holds(play->out[i] == UNTOUCHED || play->out[i] == 0, "no byte is given", rv);
}

static CK_ULONG
objects(void)
{
	return find(watcher, NO_TEMPLATE, NULL);
}

/* Of a pair, and of what had its place elsewhere, too. */
static void
clean(CK_ULONG before)
{
	CK_OBJECT_HANDLE found[64];
	CK_ULONG count;

	ok(p11->C_SessionCancel(s, ~0UL));
	if (objects() <= before)
		return;
	ok(p11->C_FindObjectsInit(watcher, NO_TEMPLATE));
	ok(p11->C_FindObjects(watcher, found, COUNT_OF(found), &count));
	ok(p11->C_FindObjectsFinal(watcher));
	for (CK_ULONG i = 0; i < count; i++)
		if (found[i] != aes && found[i] != generic && found[i] != data &&
		    found[i] != rsa[0] && found[i] != rsa[1] && found[i] != ec[0] &&
		    found[i] != ec[1])
			(void)p11->C_DestroyObject(watcher, found[i]);
	ok(p11->C_SessionCancel(watcher, ~0UL));
}

/* Calls, and looks at what came of it. */
static CK_RV
examined(const struct play *play)
{
	const CK_ULONG before = objects();
	const CK_ULONG room = play->len != NULL && !play->overlaid ? number_at(play->len) : 0;
	CK_RV rv = call(play);

	examine_code(rv);
	examine_room(play, rv);
	if (rv != CKR_OK) {
		examine_refusal(play, room, rv);
		holds(objects() <= before, "nothing is made", rv);
	}
	clean(before);
	return rv;
}

static void
lay(struct play *play, const struct row *row)
{
	*play = (struct play){ .row = row };
	for (size_t at = 0; row->kinds[at] != '\0'; at++)
		play->argument[at] = right(play, at, false);
}

static CK_RV
play_right(const struct row *row)
{
	struct play play;

	snprintf(doing, sizeof(doing), "%s, rightly ", row->name);
	if (row->prepare != NULL)
		row->prepare();
	lay(&play, row);
	needed = 0;
	if (play.len != NULL) {
		CK_RV rv = examined(&play);

		needed = rv == CKR_OK ? *play.len : 0;
		return rv;
	}
	return examined(&play);
}

static void
compare(struct want want, CK_RV right_rv, CK_RV rv)
{
	if (want.answer == SAME)
		holds(rv == right_rv, "nothing is wrong with it", rv);
	if (want.answer == REFUSED)
		holds(rv != CKR_OK, "it is refused", rv);
	/* What the token does not do it need not look at. */
	if (want.answer == CODE && right_rv == CKR_OK)
		holds(rv == want.code, rv_name(want.code), rv);
}

/* False when there is no such way. */
static bool
play_bent(const struct row *row, CK_RV right_rv, size_t at, unsigned way)
{
	struct play play;
	struct want want;

	snprintf(doing, sizeof(doing), "%s, argument %zu, way %u ", row->name, at, way);
	lay(&play, row);
	want = bend_kind(&play, at, way);
	if (want.answer == ENOUGH)
		return false;
	if (row->prepare != NULL)
		row->prepare();
	/* What the preparation made anew. */
	for (size_t i = 0; row->kinds[i] != '\0'; i++)
		if (i != at && strchr("pD", row->kinds[i]) != NULL)
			play.argument[i] = right(&play, i, false);
	compare(want, right_rv, examined(&play));
	scratch_release();
	return true;
}

static void
play_together(const struct row *row, size_t at, size_t other, unsigned way)
{
	struct play play;

	snprintf(
	    doing, sizeof(doing), "%s, argument %zu in %zu, way %u ", row->name, at, other, way);
	if (row->prepare != NULL)
		row->prepare();
	lay(&play, row);
	if (bend_together(&play, at, other, way).answer != ENOUGH)
		(void)examined(&play);
	else
		ok(p11->C_SessionCancel(s, ~0UL));
	scratch_release();
}

static void
play_row(const struct row *row)
{
	const size_t count = strlen(row->kinds);
	CK_RV right_rv = play_right(row);

	scratch_release();
	holds(right_rv == row->rv, "the right call is right", right_rv);
	for (size_t at = 0; at < count; at++) {
		for (unsigned way = 0; play_bent(row, right_rv, at, way); way++)
			;
		for (size_t other = 0; other < count; other++)
			for (unsigned way = 0; way < 3 && other != at; way++)
				play_together(row, at, other, way);
	}
}

static void
test_each_argument(void **state)
{
	(void)state;
	listen_for_the_end();
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		alarm(120);
		play_row(&rows[i]);
	}
	alarm(0);
	print_message("# %lu calls\n", calls);
	check(wrong == 0);
}

/* --- at random -----------------------------------------------------------------------------------
 */

static uint64_t state_of_rolls = UINT64_C(0x9e3779b97f4a7c15);

/* xorshift64*, Vigna 2016. */
static unsigned
roll(size_t sides)
{
	state_of_rolls ^= state_of_rolls >> 12;
	state_of_rolls ^= state_of_rolls << 25;
	state_of_rolls ^= state_of_rolls >> 27;
	return (unsigned)((state_of_rolls * UINT64_C(2685821657736338717) >> 33) % sides);
}

/* Several arguments bent at once, after what was prepared for this function or for another. */
static void
play_random(unsigned long number)
{
	const struct row *row = &rows[roll(COUNT_OF(rows))], *before = &rows[roll(COUNT_OF(rows))];
	struct play play;

	snprintf(doing, sizeof(doing), "%s, random call %lu ", row->name, number);
	/* Each costs the derivation of a PIN or more. */
	if (strpbrk(row->kinds, "NpQ") != NULL)
		return;
	if (roll(4) != 0)
		before = row;
	if (before->prepare != NULL && strpbrk(before->kinds, "NpQ") == NULL)
		before->prepare();
	lay(&play, row);
	if (roll(6) == 0)
		(void)bend_together(
		    &play, roll(strlen(row->kinds)), roll(strlen(row->kinds)), roll(3));
	for (size_t at = 0; row->kinds[at] != '\0'; at++)
		if (roll(3) == 0)
			(void)bend_kind(&play, at, roll(24));
	(void)examined(&play);
	scratch_release();
}

static void
test_many_arguments(void **state)
{
	unsigned long most = getenv("HANDFAST_SOAK") != NULL ? 1000000 : 20000;

	(void)state;
	wrong = 0;
	listen_for_the_end();
	for (unsigned long i = 0; i < most; i++) {
		alarm(60);
		play_random(i);
	}
	alarm(0);
	print_message("# %lu calls\n", calls);
	check(wrong == 0);
}

/* --- more than can be meant --------------------------------------------------------------------
 */

static CK_GCM_PARAMS gcm_whole = { iv, 12, 96, NULL, 0, 128 };

static CK_RV
decrypt_gcm_part(CK_BYTE *much, CK_ULONG len)
{
	ok(p11->C_DecryptInit(s, MECHANISM_WITH(CKM_AES_GCM, &gcm_whole), aes));
	return p11->C_DecryptUpdate(s, much, len, spare, &(CK_ULONG){ sizeof(spare) });
}

static CK_RV
aad_of_gcm(CK_BYTE *much, CK_ULONG len)
{
	CK_GCM_PARAMS gcm_aad = { iv, 12, 96, much, len, 128 };

	return p11->C_EncryptInit(s, MECHANISM_WITH(CKM_AES_GCM, &gcm_aad), aes);
}

static CK_RV
iv_of_gcm(CK_BYTE *much, CK_ULONG len)
{
	CK_GCM_PARAMS gcm_iv = { much, len, 96, NULL, 0, 128 };

	return p11->C_EncryptInit(s, MECHANISM_WITH(CKM_AES_GCM, &gcm_iv), aes);
}

static CK_RV
label_of_oaep(CK_BYTE *much, CK_ULONG len)
{
	CK_RSA_PKCS_OAEP_PARAMS labelled = { CKM_SHA256, CKG_MGF1_SHA256, CKZ_DATA_SPECIFIED, much,
		len };

	return p11->C_EncapsulateKey(s, MECHANISM_WITH(CKM_RSA_PKCS_OAEP, &labelled), rsa[0],
	    (CK_ATTRIBUTE *)a_length, 1, spare, &(CK_ULONG){ 0 }, &destroyed);
}

static CK_RV
parameter_of_cbc(CK_BYTE *much, CK_ULONG len)
{
	return p11->C_EncryptInit(s, &(CK_MECHANISM){ CKM_AES_CBC_PAD, much, len }, aes);
}

static CK_RV
ciphertext_of_rsa(CK_BYTE *much, CK_ULONG len)
{
	return p11->C_DecapsulateKey(
	    s, &oaep_mechanism, rsa[1], (CK_ATTRIBUTE *)a_longer, 1, much, len, &destroyed);
}

static CK_RV
wrapped_by_kwp(CK_BYTE *much, CK_ULONG len)
{
	return p11->C_UnwrapKey(
	    s, &kwp, aes, much, len, (CK_ATTRIBUTE *)a_secret, COUNT_OF(a_secret), &destroyed);
}

static CK_RV
wrapped_by_gcm(CK_BYTE *much, CK_ULONG len)
{
	return p11->C_UnwrapKeyAuthenticated(s, &gcm_key, aes, much, len, (CK_ATTRIBUTE *)a_secret,
	    COUNT_OF(a_secret), NULL, 0, &destroyed);
}

static CK_RV
signature_of_ecdsa(CK_BYTE *much, CK_ULONG len)
{
	ok(p11->C_VerifyInit(s, &ecdsa, ec[0]));
	return p11->C_Verify(s, block, sizeof(block), much, len);
}

static CK_RV
message_of_rsa(CK_BYTE *much, CK_ULONG len)
{
	CK_BYTE out[256];

	ok(p11->C_SignRecoverInit(s, &rsa_pkcs, rsa[1]));
	return p11->C_SignRecover(s, much, len, out, &(CK_ULONG){ sizeof(out) });
}

static CK_RV
value_of_data(CK_BYTE *much, CK_ULONG len)
{
	return p11->C_CreateObject(
	    s, TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), ATTRIBUTE(CKA_VALUE, much, len)), &destroyed);
}

static CK_RV
id_to_find(CK_BYTE *much, CK_ULONG len)
{
	return p11->C_FindObjectsInit(s, TEMPLATE(ATTRIBUTE(CKA_ID, much, len)));
}

static CK_RV
state_of_digest(CK_BYTE *much, CK_ULONG len)
{
	return p11->C_SetOperationState(s, much, len, 0, 0);
}

static CK_RV
pin_of_user(CK_BYTE *much, CK_ULONG len)
{
	return p11->C_SetPIN(s, much, len, much, len);
}

/* Readable from end to end, so that only its length is wrong; a page that nobody fills in. */
#define FAR_TOO_MUCH (((CK_ULONG)1 << 36) + 4096)

static void
test_far_too_much(void **state)
{
	static const struct {
		const char *name;
		CK_RV (*call)(CK_BYTE *much, CK_ULONG len);
		CK_RV rv;
	} each[] = {
		/* NIST SP 800-38D, 5.2.1.1: 2^36 - 32 bytes. */
		{ "ciphertext of GCM", decrypt_gcm_part, CKR_ENCRYPTED_DATA_LEN_RANGE },
		{ "associated data of GCM", aad_of_gcm, CKR_MECHANISM_PARAM_INVALID },
		{ "nonce of GCM", iv_of_gcm, CKR_MECHANISM_PARAM_INVALID },
		{ "label of OAEP", label_of_oaep, CKR_MECHANISM_PARAM_INVALID },
		{ "IV of CBC", parameter_of_cbc, CKR_MECHANISM_PARAM_INVALID },
		{ "ciphertext of OAEP", ciphertext_of_rsa, CKR_WRAPPED_KEY_LEN_RANGE },
		{ "key wrapped by KWP", wrapped_by_kwp, CKR_WRAPPED_KEY_LEN_RANGE },
		{ "key wrapped by GCM", wrapped_by_gcm, CKR_WRAPPED_KEY_LEN_RANGE },
		{ "signature of ECDSA", signature_of_ecdsa, CKR_SIGNATURE_LEN_RANGE },
		{ "message of PKCS#1 v1.5", message_of_rsa, CKR_DATA_LEN_RANGE },
		{ "value of an object", value_of_data, CKR_ATTRIBUTE_VALUE_INVALID },
		{ "id to be found", id_to_find, CKR_ATTRIBUTE_VALUE_INVALID },
		{ "state of a digest", state_of_digest, CKR_SAVED_STATE_INVALID },
		{ "PIN", pin_of_user, CKR_PIN_LEN_RANGE },
	};
	CK_BYTE *much =
	    mmap(NULL, FAR_TOO_MUCH, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	(void)state;
	if (much == MAP_FAILED)
		skip_because("the system gives no 64 GiB of addresses");
	wrong = 0;
	listen_for_the_end();
	for (size_t i = 0; i < COUNT_OF(each); i++) {
		CK_RV rv;

		snprintf(doing, sizeof(doing), "%s ", each[i].name);
		alarm(20);
		malloc_watch();
		rv = each[i].call(much, FAR_TOO_MUCH);
		holds(rv == each[i].rv, rv_name(each[i].rv), rv);
		holds(malloc_largest() <= BLOCK_MOST, "little memory is asked for", rv);
		ok(p11->C_SessionCancel(s, ~0UL));
	}
	alarm(0);
	check(munmap(much, FAR_TOO_MUCH) == 0);
	check(wrong == 0);
}

/* No function of the interface is missing. */
static void
test_all_functions(void **state)
{
#define NAME(name, parameters) #name,
	static const char *const names[] = { FUNCTIONS_2_40(NAME) FUNCTIONS_3_0(NAME)
		    FUNCTIONS_3_2(NAME) };
	size_t missing = 0;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		/* What ends everything has tests of its own: t-init. */
		bool found = strcmp(names[i], "C_Finalize") == 0;

		for (size_t n = 0; n < COUNT_OF(rows); n++)
			found |= strcmp(names[i], rows[n].name) == 0;
		if (!found)
			print_error("# %s is not in the table\n", names[i]);
		missing += !found;
	}
	check(missing == 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_functions),
		cmocka_unit_test(test_each_argument),
		cmocka_unit_test(test_many_arguments),
		cmocka_unit_test(test_far_too_much),
	};

	return test_main(tests, begin_all, end_all);
}
