/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whatever is under the module fails: the n-th allocation, the n-th call of libcrypto,
 * the n-th call of SQLite, alone or with all that follow, for every n of each step of
 * what clients do.  The code says what was missing and never blames the caller; nothing
 * is half done; the same call then works.  t-disk.c does the same with the calls that
 * reach the disk.
 *
 * Each step is tried twice: over and over in one process, which has used all of it
 * before, and in processes that do it for the first time, one for each n: what libcrypto
 * keeps after its first use would never fail otherwise.  Some n of each here; every n with
 * HANDFAST_SOAK, of the steps whose names begin with HANDFAST_NTH where that is set.
 */
#include "tests/client.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/upkeep.h"
#include "tests/fault.h"

static bool
soaking(void)
{
	return getenv("HANDFAST_SOAK") != NULL;
}

/* --- what clients do -------------------------------------------------------- */

/* A process, as far as it has come. */
struct flow {
	CK_SLOT_ID slot;
	CK_SESSION_HANDLE session;
	CK_OBJECT_HANDLE rsa[2], ec[2], dh[2], kem[2], aes, secret, data;
	/* What the step made: objects, or bytes. */
	CK_OBJECT_HANDLE made[2];
	unsigned char bytes[2048];
	CK_ULONG len;
	/* What it made when nothing failed. */
	unsigned char expected[2048];
	CK_ULONG expected_len;
	CK_ULONG objects;
};

enum stage { DOWN, UP, OPEN, USER, SO };

/* SLOW: it derives from a PIN.  PRIMES: it searches for some, never with as many calls as the
 * last time.  KEM: it needs ML-KEM. */
struct step {
	const char *name;
	enum stage stage; /* where it begins */
	CK_RV (*act)(struct flow *flow);
	/* Of a step that succeeded; NULL: it makes what it always makes. */
	void (*prove)(struct flow *flow);
	/* Back to the stage where it began.  NULL: the objects that it made are destroyed. */
	void (*undo)(struct flow *flow);
	long objects; /* it leaves so many more */
	/* What a failure of libcrypto's looks like that is not said to be one: it has weighed
	 * another's value, and found it wanting. */
	CK_RV judgement;
	enum trait { NONE, SLOW, PRIMES, KEM } trait;
};

/* As TRY, of the module's functions. */
#define GOES(call)                                                                                 \
	do {                                                                                       \
		CK_RV goes = (call);                                                               \
		if (goes != CKR_OK)                                                                \
			return goes;                                                               \
	} while (0)

static CK_BYTE some_bytes[64];

static CK_RV
initialise(struct flow *flow)
{
	(void)flow;
	return p11->C_Initialize(NULL);
}

static CK_RV
finalise(struct flow *flow)
{
	CK_RV rv = p11->C_Finalize(NULL);

	(void)flow;
	/* It goes down whatever happens. */
	return rv == CKR_CRYPTOKI_NOT_INITIALIZED ? CKR_OK : rv;
}

static CK_RV
look(struct flow *flow)
{
	CK_SLOT_ID slots[8];
	CK_ULONG count = COUNT_OF(slots);
	CK_TOKEN_INFO info;

	GOES(p11->C_GetSlotList(CK_TRUE, slots, &count));
	flow->len = 0;
	for (CK_ULONG i = 0; i < count; i++) {
		GOES(p11->C_GetTokenInfo(slots[i], &info));
		memcpy(flow->bytes + flow->len, info.label, sizeof(info.label));
		flow->len += sizeof(info.label);
	}
	return CKR_OK;
}

/* Those that there are, and those of them that can be asked about. */
static CK_RV
list_mechanisms(struct flow *flow)
{
	CK_MECHANISM_TYPE types[512];
	CK_ULONG count = COUNT_OF(types);
	CK_MECHANISM_INFO info;

	GOES(p11->C_GetMechanismList(flow->slot, types, &count));
	for (CK_ULONG i = 0; i < count; i++)
		GOES(p11->C_GetMechanismInfo(flow->slot, types[i], &info));
	return CKR_OK;
}

static CK_RV
open_session(struct flow *flow)
{
	CK_SESSION_HANDLE session;

	GOES(p11->C_OpenSession(flow->slot, READ_WRITE, NULL, NULL, &session));
	return p11->C_CloseSession(session);
}

static CK_UTF8CHAR token_label[33] = "a token of this test            ";

static CK_RV
init_token(struct flow *flow)
{
	(void)flow;
	return p11->C_InitToken(1, PIN(SO_PIN), token_label);
}

static void
token_there(struct flow *flow)
{
	CK_TOKEN_INFO info;

	(void)flow;
	ok(p11->C_GetTokenInfo(1, &info));
	check(memcmp(info.label, token_label, sizeof(info.label)) == 0);
	check((info.flags & CKF_TOKEN_INITIALIZED) != 0);
}

static void
nothing(struct flow *flow)
{
	(void)flow;
}

static CK_RV
login_user(struct flow *flow)
{
	return p11->C_Login(flow->session, CKU_USER, PIN(USER_PIN));
}

static CK_RV
login_so(struct flow *flow)
{
	return p11->C_Login(flow->session, CKU_SO, PIN(SO_PIN));
}

static CK_RV
logout(struct flow *flow)
{
	return p11->C_Logout(flow->session);
}

static void
logged_out(struct flow *flow)
{
	ok(logout(flow));
}

static void
user_in(struct flow *flow)
{
	ok(login_user(flow));
}

#define OTHER_PIN "another pin"

static CK_RV
set_pin(struct flow *flow)
{
	return p11->C_SetPIN(flow->session, PIN(USER_PIN), PIN(OTHER_PIN));
}

static void
pin_back(struct flow *flow)
{
	ok(p11->C_SetPIN(flow->session, PIN(OTHER_PIN), PIN(USER_PIN)));
}

static CK_RV
init_pin(struct flow *flow)
{
	return p11->C_InitPIN(flow->session, PIN(USER_PIN));
}

static CK_RV
create_data(struct flow *flow)
{
	return p11->C_CreateObject(flow->session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), YES(CKA_TOKEN), YES(CKA_PRIVATE),
		TEXT(CKA_LABEL, "made"), ATTRIBUTE(CKA_VALUE, some_bytes, sizeof(some_bytes))),
	    &flow->made[0]);
}

static CK_RV
create_session_key(struct flow *flow)
{
	return p11->C_CreateObject(flow->session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET),
		YES(CKA_SIGN), ATTRIBUTE(CKA_VALUE, some_bytes, sizeof(some_bytes))),
	    &flow->made[0]);
}

/* RFC 7517, appendix A.2: the private key on P-256. */
static const unsigned char rfc7517_d[] = { 0xf3, 0xbd, 0x0c, 0x07, 0xa8, 0x1f, 0xb9, 0x32, 0x78,
	0x1e, 0xd5, 0x27, 0x52, 0xf6, 0x0c, 0xc8, 0x9a, 0x6b, 0xe5, 0xe5, 0x19, 0x34, 0xfe, 0x01,
	0x93, 0x8d, 0xdb, 0x55, 0xd8, 0xf7, 0x78, 0x01 };

static CK_RV
import_ec(struct flow *flow)
{
	return p11->C_CreateObject(flow->session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY), ULONG(CKA_KEY_TYPE, CKK_EC), YES(CKA_TOKEN),
		BYTES(CKA_EC_PARAMS, p256), ATTRIBUTE(CKA_VALUE, rfc7517_d, sizeof(rfc7517_d))),
	    &flow->made[0]);
}

static CK_RV
generate_aes(struct flow *flow)
{
	return p11->C_GenerateKey(flow->session, MECHANISM(CKM_AES_KEY_GEN),
	    TEMPLATE(ULONG(CKA_VALUE_LEN, 32), YES(CKA_TOKEN)), &flow->made[0]);
}

static CK_RV
generate_ec(struct flow *flow)
{
	return p11->C_GenerateKeyPair(flow->session, MECHANISM(CKM_EC_KEY_PAIR_GEN),
	    TEMPLATE(BYTES(CKA_EC_PARAMS, p256), YES(CKA_TOKEN), YES(CKA_VERIFY)),
	    TEMPLATE(YES(CKA_TOKEN), YES(CKA_SIGN)), &flow->made[0], &flow->made[1]);
}

/* The halves that were made are of one key. */
static void
pair_works(struct flow *flow)
{
	unsigned char signature[64];
	CK_ULONG len = sizeof(signature);

	ok(p11->C_SignInit(flow->session, MECHANISM(CKM_ECDSA_SHA256), flow->made[1]));
	ok(p11->C_Sign(flow->session, some_bytes, sizeof(some_bytes), signature, &len));
	ok(p11->C_VerifyInit(flow->session, MECHANISM(CKM_ECDSA_SHA256), flow->made[0]));
	ok(p11->C_Verify(flow->session, some_bytes, sizeof(some_bytes), signature, len));
}

static CK_RV
generate_rsa(struct flow *flow)
{
	return p11->C_GenerateKeyPair(flow->session, MECHANISM(CKM_RSA_PKCS_KEY_PAIR_GEN),
	    TEMPLATE(ULONG(CKA_MODULUS_BITS, 2048), YES(CKA_TOKEN), YES(CKA_VERIFY)),
	    TEMPLATE(YES(CKA_TOKEN), YES(CKA_SIGN)), &flow->made[0], &flow->made[1]);
}

static void
rsa_pair_works(struct flow *flow)
{
	CK_BYTE signature[256];
	CK_ULONG len = sizeof(signature);

	ok(p11->C_SignInit(flow->session, MECHANISM(CKM_SHA256_RSA_PKCS), flow->made[1]));
	ok(p11->C_Sign(flow->session, some_bytes, sizeof(some_bytes), signature, &len));
	ok(p11->C_VerifyInit(flow->session, MECHANISM(CKM_SHA256_RSA_PKCS), flow->made[0]));
	ok(p11->C_Verify(flow->session, some_bytes, sizeof(some_bytes), signature, len));
}

static CK_RV
generate_kem(struct flow *flow)
{
	return p11->C_GenerateKeyPair(flow->session, MECHANISM(CKM_ML_KEM_KEY_PAIR_GEN),
	    TEMPLATE(ULONG(CKA_PARAMETER_SET, CKP_ML_KEM_768), YES(CKA_TOKEN)),
	    TEMPLATE(YES(CKA_TOKEN)), &flow->made[0], &flow->made[1]);
}

static CK_RV
generate_x25519(struct flow *flow)
{
	/* RFC 8410: id-X25519. */
	static const unsigned char x25519[] = { 0x06, 0x03, 0x2b, 0x65, 0x6e };

	return p11->C_GenerateKeyPair(flow->session, MECHANISM(CKM_EC_MONTGOMERY_KEY_PAIR_GEN),
	    TEMPLATE(ATTRIBUTE(CKA_EC_PARAMS, x25519, sizeof(x25519))), NO_TEMPLATE, &flow->made[0],
	    &flow->made[1]);
}

static CK_RV
search(struct flow *flow)
{
	CK_OBJECT_HANDLE found[16];
	CK_ULONG count;
	CK_RV rv;

	GOES(p11->C_FindObjectsInit(flow->session, TEMPLATE(YES(CKA_TOKEN))));
	rv = p11->C_FindObjects(flow->session, found, COUNT_OF(found), &count);
	flow->len = sizeof(count);
	memcpy(flow->bytes, &count, sizeof(count));
	/* What did not begin has nothing to end, what began can always. */
	ok(p11->C_FindObjectsFinal(flow->session));
	return rv;
}

static CK_RV
search_label(struct flow *flow)
{
	CK_OBJECT_HANDLE found[16];
	CK_ULONG count;
	CK_RV rv;

	GOES(p11->C_FindObjectsInit(
	    flow->session, TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY), TEXT(CKA_LABEL, "ec"))));
	rv = p11->C_FindObjects(flow->session, found, COUNT_OF(found), &count);
	flow->len = sizeof(count);
	memcpy(flow->bytes, &count, sizeof(count));
	ok(p11->C_FindObjectsFinal(flow->session));
	return rv;
}

static CK_RV
get_value(struct flow *flow)
{
	CK_ATTRIBUTE value = { CKA_VALUE, flow->bytes, sizeof(flow->bytes) };

	GOES(p11->C_GetAttributeValue(flow->session, flow->secret, &value, 1));
	flow->len = value.ulValueLen;
	return CKR_OK;
}

static CK_RV
set_label(struct flow *flow)
{
	return p11->C_SetAttributeValue(
	    flow->session, flow->data, TEMPLATE(TEXT(CKA_LABEL, "other"), TEXT(CKA_VALUE, "new")));
}

static void
label_back(struct flow *flow)
{
	same_bytes(get_bytes(flow->session, flow->data, CKA_LABEL), text("other"));
	ok(p11->C_SetAttributeValue(
	    flow->session, flow->data, TEMPLATE(TEXT(CKA_LABEL, "data"), TEXT(CKA_VALUE, "old"))));
}

static CK_RV
copy(struct flow *flow)
{
	return p11->C_CopyObject(
	    flow->session, flow->secret, TEMPLATE(TEXT(CKA_LABEL, "copied")), &flow->made[0]);
}

static CK_RV
sign_with(struct flow *flow, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key)
{
	GOES(p11->C_SignInit(flow->session, mechanism, key));
	flow->len = sizeof(flow->bytes);
	return p11->C_Sign(flow->session, some_bytes, sizeof(some_bytes), flow->bytes, &flow->len);
}

static CK_RV
verify_with(struct flow *flow, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key)
{
	GOES(p11->C_VerifyInit(flow->session, mechanism, key));
	return p11->C_Verify(flow->session, some_bytes, sizeof(some_bytes), flow->bytes, flow->len);
}

static CK_RV
sign_ecdsa(struct flow *flow)
{
	return sign_with(flow, MECHANISM(CKM_ECDSA_SHA256), flow->ec[1]);
}

static void
ecdsa_verifies(struct flow *flow)
{
	ok(verify_with(flow, MECHANISM(CKM_ECDSA_SHA256), flow->ec[0]));
}

static CK_RV
sign_verify_ecdsa(struct flow *flow)
{
	GOES(sign_ecdsa(flow));
	return verify_with(flow, MECHANISM(CKM_ECDSA_SHA256), flow->ec[0]);
}

static CK_RSA_PKCS_PSS_PARAMS pss = { CKM_SHA256, CKG_MGF1_SHA256, 32 };

static CK_RV
sign_pss(struct flow *flow)
{
	return sign_with(flow, MECHANISM_WITH(CKM_SHA256_RSA_PKCS_PSS, &pss), flow->rsa[1]);
}

static void
pss_verifies(struct flow *flow)
{
	ok(verify_with(flow, MECHANISM_WITH(CKM_SHA256_RSA_PKCS_PSS, &pss), flow->rsa[0]));
}

static CK_RV
sign_verify_pss(struct flow *flow)
{
	GOES(sign_pss(flow));
	return verify_with(flow, MECHANISM_WITH(CKM_SHA256_RSA_PKCS_PSS, &pss), flow->rsa[0]);
}

static CK_RV
sign_hmac(struct flow *flow)
{
	return sign_with(flow, MECHANISM(CKM_SHA256_HMAC), flow->secret);
}

static CK_RV
verify_hmac(struct flow *flow)
{
	GOES(sign_hmac(flow));
	return verify_with(flow, MECHANISM(CKM_SHA256_HMAC), flow->secret);
}

#define SECRET_TEMPLATE(length)                                                                    \
	TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET),        \
	    ULONG(CKA_VALUE_LEN, (length)), NO(CKA_SENSITIVE), YES(CKA_EXTRACTABLE))

/* A derived key's value, which is the same each time. */
static void
value_same(struct flow *flow)
{
	struct view value = get_bytes(flow->session, flow->made[0], CKA_VALUE);

	if (flow->expected_len == 0) {
		memcpy(flow->expected, value.data, value.len);
		flow->expected_len = value.len;
	}
	same_bytes(value, view_of(flow->expected, flow->expected_len));
}

static CK_RV
derive_ecdh(struct flow *flow)
{
	/* NIST CAVS, KAS ECC CDH primitive, P-256, count 0: another party's point. */
	static CK_BYTE peer[] = { 0x04, 0x70, 0x0c, 0x48, 0xf7, 0x7f, 0x56, 0x58, 0x4c, 0x5c, 0xc6,
		0x32, 0xca, 0x65, 0x64, 0x0d, 0xb9, 0x1b, 0x6b, 0xac, 0xce, 0x3a, 0x4d, 0xf6, 0xb4,
		0x2c, 0xe7, 0xcc, 0x83, 0x88, 0x33, 0xd2, 0x87, 0xdb, 0x71, 0xe5, 0x09, 0xe3, 0xfd,
		0x9b, 0x06, 0x0d, 0xdb, 0x20, 0xba, 0x5c, 0x51, 0xdc, 0xc5, 0x94, 0x8d, 0x46, 0xfb,
		0xf6, 0x40, 0xdf, 0xe0, 0x44, 0x17, 0x82, 0xca, 0xb8, 0x5f, 0xa4, 0xac };
	CK_ECDH1_DERIVE_PARAMS params = { CKD_SHA256_KDF, 0, NULL, sizeof(peer), peer };

	return p11->C_DeriveKey(flow->session, MECHANISM_WITH(CKM_ECDH1_DERIVE, &params),
	    flow->ec[1], SECRET_TEMPLATE(32), &flow->made[0]);
}

static CK_RV
derive_dh(struct flow *flow)
{
	/* The public half's own value: two is as good as any. */
	static CK_BYTE peer[256];
	CK_MECHANISM mechanism = { CKM_DH_PKCS_DERIVE, peer, sizeof(peer) };

	peer[255] = 4;
	return p11->C_DeriveKey(
	    flow->session, &mechanism, flow->dh[1], SECRET_TEMPLATE(32), &flow->made[0]);
}

static CK_RV
derive_hkdf(struct flow *flow)
{
	struct pkcs11_hkdf_params params = { .extract = CK_TRUE,
		.expand = CK_TRUE,
		.prf_hash_mechanism = CKM_SHA256,
		.salt_type = CKF_HKDF_SALT_DATA,
		.salt = some_bytes,
		.salt_len = 16,
		.info = some_bytes,
		.info_len = 8 };

	return p11->C_DeriveKey(flow->session, MECHANISM_WITH(CKM_HKDF_DERIVE, &params),
	    flow->secret, SECRET_TEMPLATE(32), &flow->made[0]);
}

static CK_RSA_PKCS_OAEP_PARAMS oaep = { CKM_SHA256, CKG_MGF1_SHA256, CKZ_DATA_SPECIFIED, NULL, 0 };

static CK_RV
wrap_oaep(struct flow *flow)
{
	CK_MECHANISM *mechanism = MECHANISM_WITH(CKM_RSA_PKCS_OAEP, &oaep);

	flow->len = sizeof(flow->bytes);
	GOES(p11->C_WrapKey(
	    flow->session, mechanism, flow->rsa[0], flow->secret, flow->bytes, &flow->len));
	return p11->C_UnwrapKey(flow->session, mechanism, flow->rsa[1], flow->bytes, flow->len,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET),
		NO(CKA_SENSITIVE), YES(CKA_EXTRACTABLE), YES(CKA_TOKEN)),
	    &flow->made[0]);
}

static CK_RV
wrap_pkcs1(struct flow *flow)
{
	flow->len = sizeof(flow->bytes);
	GOES(p11->C_WrapKey(flow->session, MECHANISM(CKM_RSA_PKCS), flow->rsa[0], flow->secret,
	    flow->bytes, &flow->len));
	return p11->C_UnwrapKey(flow->session, MECHANISM(CKM_RSA_PKCS), flow->rsa[1], flow->bytes,
	    flow->len, SECRET_TEMPLATE(32), &flow->made[0]);
}

static CK_RV
decrypt_pkcs1(struct flow *flow)
{
	CK_BYTE block[256];
	CK_ULONG len = sizeof(block);

	GOES(p11->C_EncryptInit(flow->session, MECHANISM(CKM_RSA_PKCS), flow->rsa[0]));
	GOES(p11->C_Encrypt(flow->session, some_bytes, sizeof(some_bytes), block, &len));
	GOES(p11->C_DecryptInit(flow->session, MECHANISM(CKM_RSA_PKCS), flow->rsa[1]));
	flow->len = sizeof(flow->bytes);
	return p11->C_Decrypt(flow->session, block, len, flow->bytes, &flow->len);
}

/* Two secrets in one, as of an agreement on a curve and by ML-KEM. */
static CK_RV
derive_hybrid(struct flow *flow)
{
	CK_OBJECT_HANDLE other = flow->secret;

	return p11->C_DeriveKey(flow->session, MECHANISM_WITH(CKM_CONCATENATE_BASE_AND_KEY, &other),
	    flow->secret, SECRET_TEMPLATE(64), &flow->made[0]);
}

/* There, and back again. */
static CK_RV
encapsulate(struct flow *flow)
{
	flow->len = sizeof(flow->bytes);
	return p11->C_EncapsulateKey(flow->session, MECHANISM(CKM_ML_KEM), flow->kem[0],
	    SECRET_TEMPLATE(32), flow->bytes, &flow->len, &flow->made[0]);
}

static void
decapsulates(struct flow *flow)
{
	ok(p11->C_DecapsulateKey(flow->session, MECHANISM(CKM_ML_KEM), flow->kem[1],
	    SECRET_TEMPLATE(32), flow->bytes, flow->len, &flow->made[1]));
	same_bytes(get_bytes(flow->session, flow->made[0], CKA_VALUE),
	    get_bytes(flow->session, flow->made[1], CKA_VALUE));
	ok(p11->C_DestroyObject(flow->session, flow->made[1]));
	flow->made[1] = CK_INVALID_HANDLE;
}

static CK_RV
decapsulate(struct flow *flow)
{
	/* Any bytes of the right length have a secret (FIPS 203, 6.3). */
	static CK_BYTE ciphertext[1088];

	return p11->C_DecapsulateKey(flow->session, MECHANISM(CKM_ML_KEM), flow->kem[1],
	    SECRET_TEMPLATE(32), ciphertext, sizeof(ciphertext), &flow->made[0]);
}

/* A private key, as PKCS#8. */
static CK_RV
wrap_pair(struct flow *flow)
{
	flow->len = sizeof(flow->bytes);
	GOES(p11->C_WrapKey(flow->session, MECHANISM(CKM_AES_KEY_WRAP_KWP), flow->aes, flow->ec[1],
	    flow->bytes, &flow->len));
	return p11->C_UnwrapKey(flow->session, MECHANISM(CKM_AES_KEY_WRAP_KWP), flow->aes,
	    flow->bytes, flow->len,
	    TEMPLATE(
		ULONG(CKA_CLASS, CKO_PRIVATE_KEY), ULONG(CKA_KEY_TYPE, CKK_EC), YES(CKA_TOKEN)),
	    &flow->made[0]);
}

static CK_RV
encrypt_gcm(struct flow *flow)
{
	CK_GCM_PARAMS gcm = { some_bytes, 12, 96, some_bytes, 20, 128 };
	CK_MECHANISM *mechanism = MECHANISM_WITH(CKM_AES_GCM, &gcm);
	CK_BYTE plain[sizeof(some_bytes)];
	CK_ULONG len = sizeof(plain);

	GOES(p11->C_EncryptInit(flow->session, mechanism, flow->aes));
	flow->len = sizeof(flow->bytes);
	GOES(
	    p11->C_Encrypt(flow->session, some_bytes, sizeof(some_bytes), flow->bytes, &flow->len));
	GOES(p11->C_DecryptInit(flow->session, mechanism, flow->aes));
	GOES(p11->C_Decrypt(flow->session, flow->bytes, flow->len, plain, &len));
	check(len == sizeof(plain) && memcmp(plain, some_bytes, len) == 0);
	return CKR_OK;
}

/* A message with a nonce that the token makes, and what it was. */
static CK_RV
encrypt_message(struct flow *flow)
{
	CK_BYTE iv[12] = { 0 }, tag[16];
	struct pkcs11_gcm_message_params gcm = { iv, sizeof(iv), 0, CKG_GENERATE, tag, 128 };
	CK_ULONG len = sizeof(some_bytes);
	CK_BYTE sealed[sizeof(some_bytes)];
	CK_RV rv;

	GOES(p11->C_MessageEncryptInit(flow->session, MECHANISM(CKM_AES_GCM), flow->aes));
	rv = p11->C_EncryptMessage(flow->session, &gcm, sizeof(gcm), some_bytes, 20, some_bytes,
	    sizeof(some_bytes), sealed, &len);
	/* What began can always be ended. */
	ok(p11->C_MessageEncryptFinal(flow->session));
	GOES(rv);
	GOES(p11->C_MessageDecryptInit(flow->session, MECHANISM(CKM_AES_GCM), flow->aes));
	flow->len = sizeof(flow->bytes);
	rv = p11->C_DecryptMessage(
	    flow->session, &gcm, sizeof(gcm), some_bytes, 20, sealed, len, flow->bytes, &flow->len);
	ok(p11->C_MessageDecryptFinal(flow->session));
	return rv;
}

static CK_RV
encrypt_cbc(struct flow *flow)
{
	CK_BYTE iv[16] = { 0 };
	CK_MECHANISM mechanism = { CKM_AES_CBC_PAD, iv, sizeof(iv) };
	CK_ULONG part = 40;

	GOES(p11->C_EncryptInit(flow->session, &mechanism, flow->aes));
	GOES(p11->C_EncryptUpdate(flow->session, some_bytes, 33, flow->bytes, &part));
	flow->len = part;
	part = sizeof(flow->bytes) - part;
	GOES(p11->C_EncryptFinal(flow->session, flow->bytes + flow->len, &part));
	flow->len += part;
	return CKR_OK;
}

static CK_RV
digest(struct flow *flow)
{
	GOES(p11->C_DigestInit(flow->session, MECHANISM(CKM_SHA256)));
	GOES(p11->C_DigestUpdate(flow->session, some_bytes, sizeof(some_bytes)));
	GOES(p11->C_DigestKey(flow->session, flow->secret));
	flow->len = sizeof(flow->bytes);
	return p11->C_DigestFinal(flow->session, flow->bytes, &flow->len);
}

static CK_RV
random_bytes(struct flow *flow)
{
	GOES(p11->C_SeedRandom(flow->session, some_bytes, sizeof(some_bytes)));
	return p11->C_GenerateRandom(flow->session, flow->bytes, 32);
}

/* Made before, so that what fails is the destruction. */
static CK_RV
destroy(struct flow *flow)
{
	CK_RV rv;

	if (flow->made[1] == CK_INVALID_HANDLE)
		return CKR_OK;
	rv = p11->C_DestroyObject(flow->session, flow->made[1]);
	if (rv == CKR_OK)
		flow->made[1] = CK_INVALID_HANDLE;
	return rv;
}

static void
destroyed(struct flow *flow)
{
	flow->made[1] = data_object(flow->session, CK_TRUE, "to be destroyed");
}

static void
bytes_same(struct flow *flow)
{
	if (flow->expected_len == 0) {
		memcpy(flow->expected, flow->bytes, flow->len);
		flow->expected_len = flow->len;
	}
	same_bytes(view_of(flow->bytes, flow->len), view_of(flow->expected, flow->expected_len));
}

/* --- what an owner does to the token as a whole, without the module -------------- */

/* The store's folder, a copy of the token, and one that a step makes. */
static char *folder, *copied, *backed_up, *aside;

static struct store_config
upkeep_config(void)
{
	return (struct store_config){ .folder = folder, .kdf = { 14, 8, 1 } };
}

#define LITERAL(string) view_of((const unsigned char *)(string), strlen(string))
#define UPKEEP_PIN ((struct upkeep_pin){ STORE_USER, LITERAL(USER_PIN) })

static CK_RV
upkeep_rv(enum store_status status)
{
	switch (status) {
	case STORE_OK:
		return CKR_OK;
	case STORE_NO_MEMORY:
		return CKR_HOST_MEMORY;
	case STORE_IO:
		return CKR_DEVICE_ERROR;
	default:
		fprintf(stderr, "store status %d\n", (int)status);
		return CKR_GENERAL_ERROR;
	}
}

static CK_RV
back_up(struct flow *flow)
{
	const struct store_config config = upkeep_config();

	(void)flow;
	return upkeep_rv(upkeep_backup(&config, 0, backed_up, NULL));
}

static void
backup_good(struct flow *flow)
{
	const struct store_config config = upkeep_config();
	struct report report;

	(void)flow;
	check(upkeep_check_file(&config, backed_up, UPKEEP_PIN, NULL, &report) == STORE_OK);
}

static void
backup_away(struct flow *flow)
{
	(void)flow;
	check(unlink(backed_up) == 0);
}

static CK_RV
restore(struct flow *flow)
{
	const struct store_config config = upkeep_config();

	(void)flow;
	return upkeep_rv(upkeep_restore(&config, 0, copied, true, UPKEEP_PIN, NULL, &aside));
}

static void
aside_away(struct flow *flow)
{
	(void)flow;
	check(unlink(aside) == 0);
	free(aside);
	aside = NULL;
}

static CK_RV
rekey(struct flow *flow)
{
	const struct store_config config = upkeep_config();

	(void)flow;
	return upkeep_rv(upkeep_rekey(&config, 0, LITERAL(USER_PIN), LITERAL(SO_PIN), NULL));
}

static CK_RV
look_whole(struct flow *flow)
{
	const struct store_config config = upkeep_config();
	struct report report;

	(void)flow;
	return upkeep_rv(upkeep_check(&config, 0, UPKEEP_PIN, NULL, &report));
}

static void finalised(struct flow *flow);
static void brought_down(struct flow *flow);

static const struct step steps[] = {
	{ "C_Initialize", DOWN, initialise, nothing, brought_down, 0, 0, NONE },
	{ "slots", UP, look, bytes_same, nothing, 0, 0, NONE },
	{ "mechanisms", UP, list_mechanisms, nothing, nothing, 0, 0, NONE },
	{ "C_OpenSession", UP, open_session, nothing, nothing, 0, 0, NONE },
	{ "C_InitToken", UP, init_token, token_there, nothing, 0, 0, SLOW },
	{ "C_Login", OPEN, login_user, nothing, logged_out, 0, 0, SLOW },
	{ "C_Login of the SO", OPEN, login_so, nothing, logged_out, 0, 0, SLOW },
	{ "C_InitPIN", SO, init_pin, nothing, nothing, 0, 0, SLOW },
	{ "C_SetPIN", USER, set_pin, nothing, pin_back, 0, 0, SLOW },
	{ "create data", USER, create_data, nothing, NULL, 1, 0, NONE },
	{ "create a session key", USER, create_session_key, nothing, NULL, 1, 0, NONE },
	{ "import an EC key", USER, import_ec, nothing, NULL, 1, 0, NONE },
	{ "generate AES", USER, generate_aes, nothing, NULL, 1, 0, NONE },
	{ "generate EC", USER, generate_ec, pair_works, NULL, 2, 0, NONE },
	{ "generate RSA", USER, generate_rsa, rsa_pair_works, NULL, 2, 0, PRIMES },
	{ "generate ML-KEM", USER, generate_kem, nothing, NULL, 2, 0, KEM },
	{ "generate X25519", USER, generate_x25519, nothing, NULL, 2, 0, NONE },
	{ "find all", USER, search, bytes_same, nothing, 0, 0, NONE },
	{ "find one", USER, search_label, bytes_same, nothing, 0, 0, NONE },
	{ "get a value", USER, get_value, bytes_same, nothing, 0, 0, NONE },
	{ "set", USER, set_label, nothing, label_back, 0, 0, NONE },
	{ "copy", USER, copy, nothing, NULL, 1, 0, NONE },
	{ "destroy", USER, destroy, nothing, destroyed, -1, 0, NONE },
	{ "sign, ECDSA", USER, sign_ecdsa, ecdsa_verifies, nothing, 0, 0, NONE },
	{ "verify, ECDSA", USER, sign_verify_ecdsa, nothing, nothing, 0, CKR_SIGNATURE_INVALID,
	    NONE },
	{ "sign, PSS", USER, sign_pss, pss_verifies, nothing, 0, 0, NONE },
	{ "verify, PSS", USER, sign_verify_pss, nothing, nothing, 0, CKR_SIGNATURE_INVALID, NONE },
	{ "sign, HMAC", USER, sign_hmac, bytes_same, nothing, 0, 0, NONE },
	{ "verify, HMAC", USER, verify_hmac, nothing, nothing, 0, 0, NONE },
	{ "derive, ECDH", USER, derive_ecdh, value_same, NULL, 1, CKR_PUBLIC_KEY_INVALID, NONE },
	{ "derive, DH", USER, derive_dh, value_same, NULL, 1, 0, NONE },
	{ "derive, HKDF", USER, derive_hkdf, value_same, NULL, 1, 0, NONE },
	{ "derive, hybrid", USER, derive_hybrid, value_same, NULL, 1, 0, NONE },
	{ "encapsulate, ML-KEM", USER, encapsulate, decapsulates, NULL, 1, 0, KEM },
	{ "decapsulate, ML-KEM", USER, decapsulate, value_same, NULL, 1, 0, KEM },
	{ "wrap and unwrap, OAEP", USER, wrap_oaep, value_same, NULL, 1, CKR_WRAPPED_KEY_INVALID,
	    NONE },
	{ "wrap and unwrap, PKCS#1", USER, wrap_pkcs1, value_same, NULL, 1, 0, NONE },
	{ "decrypt, PKCS#1", USER, decrypt_pkcs1, bytes_same, nothing, 0, 0, NONE },
	{ "wrap and unwrap, PKCS#8", USER, wrap_pair, nothing, NULL, 1, 0, NONE },
	{ "encrypt, GCM", USER, encrypt_gcm, bytes_same, nothing, 0, 0, NONE },
	{ "messages, GCM", USER, encrypt_message, bytes_same, nothing, 0, 0, NONE },
	{ "encrypt, CBC", USER, encrypt_cbc, bytes_same, nothing, 0, 0, NONE },
	{ "digest", USER, digest, bytes_same, nothing, 0, 0, NONE },
	{ "random", USER, random_bytes, nothing, nothing, 0, 0, NONE },
	{ "C_Logout", USER, logout, nothing, user_in, 0, 0, NONE },
	{ "C_Finalize", USER, finalise, nothing, finalised, 0, 0, NONE },
	{ "backup", DOWN, back_up, backup_good, backup_away, 0, 0, NONE },
	{ "restore", DOWN, restore, nothing, aside_away, 0, 0, SLOW },
	{ "rekey", DOWN, rekey, nothing, nothing, 0, 0, SLOW },
	{ "look over", DOWN, look_whole, nothing, nothing, 0, 0, SLOW },
};

/* --- coming to the stage ----------------------------------------------------- */

static CK_OBJECT_HANDLE
labelled(struct flow *flow, CK_OBJECT_CLASS class, const char *label)
{
	CK_OBJECT_HANDLE object;

	check(find(flow->session, TEMPLATE(ULONG(CKA_CLASS, class), TEXT(CKA_LABEL, label)),
		  &object) == 1);
	return object;
}

static void
pair_labelled(struct flow *flow, const char *label, CK_OBJECT_HANDLE pair[2])
{
	pair[0] = labelled(flow, CKO_PUBLIC_KEY, label);
	pair[1] = labelled(flow, CKO_PRIVATE_KEY, label);
}

/* libcrypto has it from 3.5 on. */
static bool
has_kem(CK_SLOT_ID slot)
{
	CK_MECHANISM_INFO info;

	return p11->C_GetMechanismInfo(slot, CKM_ML_KEM, &info) == CKR_OK;
}

static void
come_to(struct flow *flow, enum stage stage)
{
	if (stage >= UP)
		ok(p11->C_Initialize(NULL));
	if (stage >= OPEN)
		flow->session = session_open(flow->slot, READ_WRITE);
	if (stage == USER) {
		ok(login_user(flow));
		pair_labelled(flow, "rsa", flow->rsa);
		pair_labelled(flow, "ec", flow->ec);
		pair_labelled(flow, "dh", flow->dh);
		if (has_kem(flow->slot))
			pair_labelled(flow, "kem", flow->kem);
		flow->aes = labelled(flow, CKO_SECRET_KEY, "aes");
		flow->secret = labelled(flow, CKO_SECRET_KEY, "secret");
		flow->data = labelled(flow, CKO_DATA, "data");
	} else if (stage == SO) {
		ok(login_so(flow));
	}
}

static void
finalised(struct flow *flow)
{
	come_to(flow, USER);
}

static void
brought_down(struct flow *flow)
{
	(void)flow;
	ok(p11->C_Finalize(NULL));
}

/* The token that all steps begin with. */
static void
token_filled(void *argument)
{
	CK_SLOT_ID slot;
	CK_SESSION_HANDLE session;
	CK_OBJECT_HANDLE pair[2], key;
	static CK_BYTE f4[] = { 1, 0, 1 };
	/* RFC 7919, A.1: the parameters of ffdhe2048 are what the module gives. */
	CK_OBJECT_HANDLE group;

	(void)argument;
	ok(p11->C_Initialize(NULL));
	slot = token_make("nth");
	session = session_user(slot);
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_RSA_PKCS_KEY_PAIR_GEN),
	    TEMPLATE(ULONG(CKA_MODULUS_BITS, 2048), ATTRIBUTE(CKA_PUBLIC_EXPONENT, f4, sizeof(f4)),
		YES(CKA_TOKEN), YES(CKA_WRAP), YES(CKA_VERIFY), YES(CKA_ENCRYPT),
		TEXT(CKA_LABEL, "rsa")),
	    TEMPLATE(YES(CKA_TOKEN), YES(CKA_UNWRAP), YES(CKA_SIGN), YES(CKA_DECRYPT),
		TEXT(CKA_LABEL, "rsa")),
	    &pair[0], &pair[1]));
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_EC_KEY_PAIR_GEN),
	    TEMPLATE(
		BYTES(CKA_EC_PARAMS, p256), YES(CKA_TOKEN), YES(CKA_VERIFY), TEXT(CKA_LABEL, "ec")),
	    TEMPLATE(YES(CKA_TOKEN), YES(CKA_DERIVE), YES(CKA_SIGN), YES(CKA_EXTRACTABLE),
		TEXT(CKA_LABEL, "ec")),
	    &pair[0], &pair[1]));
	ok(p11->C_GenerateKey(session, MECHANISM(CKM_DH_PKCS_PARAMETER_GEN),
	    TEMPLATE(ULONG(CKA_PRIME_BITS, 2048)), &group));
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_DH_PKCS_KEY_PAIR_GEN),
	    TEMPLATE(BYTES(CKA_PRIME, get_bytes(session, group, CKA_PRIME)),
		BYTES(CKA_BASE, get_bytes(session, group, CKA_BASE)), YES(CKA_TOKEN),
		TEXT(CKA_LABEL, "dh")),
	    TEMPLATE(YES(CKA_TOKEN), YES(CKA_DERIVE), TEXT(CKA_LABEL, "dh")), &pair[0], &pair[1]));
	ok(p11->C_GenerateKey(session, MECHANISM(CKM_AES_KEY_GEN),
	    TEMPLATE(ULONG(CKA_VALUE_LEN, 32), YES(CKA_TOKEN), YES(CKA_WRAP), YES(CKA_UNWRAP),
		YES(CKA_ENCRYPT), YES(CKA_DECRYPT), TEXT(CKA_LABEL, "aes")),
	    &key));
	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET),
		YES(CKA_TOKEN), NO(CKA_SENSITIVE), YES(CKA_EXTRACTABLE), YES(CKA_DERIVE),
		YES(CKA_SIGN), YES(CKA_VERIFY), TEXT(CKA_LABEL, "secret"),
		ATTRIBUTE(CKA_VALUE, some_bytes, 32)),
	    &key));
	if (has_kem(slot))
		ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_ML_KEM_KEY_PAIR_GEN),
		    TEMPLATE(ULONG(CKA_PARAMETER_SET, CKP_ML_KEM_768), YES(CKA_TOKEN),
			YES(CKA_ENCAPSULATE), TEXT(CKA_LABEL, "kem")),
		    TEMPLATE(YES(CKA_TOKEN), YES(CKA_DECAPSULATE), TEXT(CKA_LABEL, "kem")),
		    &pair[0], &pair[1]));
	(void)data_object(session, CK_TRUE, "data");
	ok(p11->C_Finalize(NULL));
}

static void
ask_for_kem(void *argument)
{
	(void)argument;
	ok(p11->C_Initialize(NULL));
	_exit(has_kem(0) ? 0 : 2);
}

/* --- one failure -------------------------------------------------------------- */

struct failure {
	const struct step *step;
	enum fault kind;
	bool on;
	unsigned n;
	bool first;     /* in a process that has not done it before */
	bool struck;    /* there was an n-th call */
	bool lasting;   /* libcrypto does not get over it */
	unsigned wrong; /* so often was something not as it must be */
};

static void
blame(struct failure *failure, CK_RV rv, const char *what)
{
	failure->wrong++;
	fprintf(stderr, "%s, %s: %s %u%s: %s (%s)\n", failure->step->name,
	    failure->first ? "the first time" : "again", fault_names[failure->kind], failure->n,
	    failure->on ? " and all after it" : "", what, rv_name(rv));
}

/*
 * The code says what was missing.  libcrypto does not always tell that it had no
 * memory, and where it does not, nor can we.
 */
static bool
right_code(const struct failure *failure, CK_RV rv)
{
	if (rv == CKR_OK || rv == CKR_HOST_MEMORY)
		return true;
	if (failure->kind == FAULT_MEMORY)
		return rv == CKR_FUNCTION_FAILED || rv == failure->step->judgement;
	return failure->kind == FAULT_SQLITE_IO && rv == CKR_DEVICE_ERROR;
}

static CK_ULONG
count_objects(struct flow *flow, enum stage stage)
{
	return stage == USER ? find(flow->session, NO_TEMPLATE, NULL) : 0;
}

static void
undo(struct flow *flow, const struct step *step)
{
	if (step->undo != NULL) {
		step->undo(flow);
		return;
	}
	for (size_t i = 0; i < COUNT_OF(flow->made); i++)
		if (flow->made[i] != CK_INVALID_HANDLE)
			ok(p11->C_DestroyObject(flow->session, flow->made[i]));
	memset(flow->made, 0, sizeof(flow->made));
}

static void
look_at_state(struct flow *flow, struct failure *failure, CK_RV rv)
{
	static const CK_STATE states[] = { [OPEN] = CKS_RW_PUBLIC_SESSION,
		[USER] = CKS_RW_USER_FUNCTIONS,
		[SO] = CKS_RW_SO_FUNCTIONS };
	enum stage stage = failure->step->stage;

	if (stage < OPEN || failure->step->act == finalise)
		return;
	if (session_state(flow->session) != states[stage])
		blame(failure, rv, "another session state");
	if ((token_flags(flow->slot) & (CKF_USER_PIN_COUNT_LOW | CKF_SO_PIN_COUNT_LOW)) != 0)
		blame(failure, rv, "a PIN try was charged");
	if (count_objects(flow, stage) != flow->objects)
		blame(failure, rv, "it was half done");
}

static void
succeeded(struct flow *flow, struct failure *failure)
{
	const struct step *step = failure->step;

	step->prove(flow);
	if (step->stage == USER && step->undo != user_in && step->undo != finalised &&
	    count_objects(flow, USER) != flow->objects + (CK_ULONG)step->objects)
		blame(failure, CKR_OK, "more or less than it says was done");
	undo(flow, step);
}

/* Where `failure` has an n-th call. */
static void
fail_nth(struct flow *flow, struct failure *failure)
{
	const struct step *step = failure->step;
	CK_RV rv;

	memset(flow->bytes, 0, sizeof(flow->bytes));
	fault_begin(failure->kind, failure->n, failure->on);
	rv = step->act(flow);
	failure->struck = fault_end();
	if (!right_code(failure, rv))
		blame(failure, rv, "the wrong code");
	if (!failure->struck && rv != CKR_OK)
		blame(failure, rv, "nothing failed");
	if (rv != CKR_OK) {
		look_at_state(flow, failure, rv);
		rv = step->act(flow);
	}
	/*
	 * libcrypto reads a provider's list of algorithms once (ossl_method_construct).  One
	 * that there was no memory for in that moment is not in its context from then on, and
	 * all that was fetched is tied to that context.
	 */
	failure->lasting = rv != CKR_OK && failure->first && failure->kind == FAULT_MEMORY;
	if (failure->lasting)
		return;
	if (rv != CKR_OK)
		blame(failure, rv, "and then it does not work");
	else
		succeeded(flow, failure);
}

static void
begin(struct flow *flow, const struct step *step)
{
	/* cmocka's handler would jump back to the parent's list from inside of the module. */
	static const int signals[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };

	for (size_t i = 0; i < COUNT_OF(signals); i++)
		(void)signal(signals[i], SIG_DFL);
	(void)alarm(soaking() ? 3000 : 300);
	*flow = (struct flow){ .slot = 0 };
	come_to(flow, step->stage);
	if (step->undo == destroyed)
		destroyed(flow);
	flow->objects = count_objects(flow, step->stage);
}

/* --- every n ------------------------------------------------------------------ */

/* Shared with the children: one that dies has said at what. */
static struct failure *shared;

static void
once(void *argument)
{
	struct flow flow;

	(void)argument;
	begin(&flow, shared->step);
	fail_nth(&flow, shared);
}

/* Of so many one is tried where there is no time for all. */
static unsigned
stride_of(const struct failure *failure)
{
	const enum trait trait = failure->step->trait;

	if (soaking())
		return trait == PRIMES ? 199 : 1;
	if (trait == PRIMES)
		return 9973;
	return failure->first ? 997 : trait == SLOW ? 197 : 37;
}

/* LeakSanitizer's, where the program has it: a child ends without. */
int __lsan_do_recoverable_leak_check(void) __attribute__((weak));

static void
again_and_again(void *argument)
{
	unsigned *tried = argument, seed = 1;
	struct flow flow;

	begin(&flow, shared->step);
	/* Once without a failure, so that all that is kept is there, and what it gives is known. */
	ok(shared->step->act(&flow));
	succeeded(&flow, shared);
	for (unsigned i = 0; i < 2 * FAULTS; i++) {
		shared->kind = i / 2;
		shared->on = i % 2;
		shared->n = 1 + (unsigned)rand_r(&seed) % stride_of(shared);
		do {
			fail_nth(&flow, shared);
			scratch_release();
			shared->n += stride_of(shared);
			(*tried)++;
		} while (shared->struck);
	}
	if (flow.session != CK_INVALID_HANDLE)
		ok(p11->C_Finalize(NULL));
	check(__lsan_do_recoverable_leak_check == NULL || __lsan_do_recoverable_leak_check() == 0);
}

/* Every seal, and the state. */
static void
look_over(void *argument)
{
	const struct store_config config = upkeep_config();
	struct report report;

	(void)argument;
	check(upkeep_check(&config, 0, UPKEEP_PIN, NULL, &report) == STORE_OK);
	check(report.errors == 0 && report.unsealed == 0);
}

static bool with_kem; /* the token has such keys */

static unsigned char *image;
static size_t image_len;

static void
keep_image(void)
{
	FILE *file = fopen(client_path("store/0.token"), "re");

	check(file != NULL);
	image = malloc(1 << 20);
	image_len = fread(image, 1, 1 << 20, file);
	check(image_len > 0 && fclose(file) == 0);
}

static void
write_image(const char *path)
{
	FILE *file = fopen(path, "we");

	check(file != NULL && fchmod(fileno(file), 0600) == 0);
	check(fwrite(image, 1, image_len, file) == image_len && fclose(file) == 0);
}

/* The store folder as it was at the beginning. */
static void
put_back(void)
{
	DIR *store = opendir(folder);
	struct dirent *entry;

	check(store != NULL);
	while ((entry = readdir(store)) != NULL)
		if (entry->d_name[0] != '.')
			check(unlinkat(dirfd(store), entry->d_name, 0) == 0);
	closedir(store);
	(void)unlink(backed_up);
	write_image(client_path("store/0.token"));
}

/* A child's end, in words where it is not a good one. */
static bool
ended_well(int result)
{
	if (result == 0 && shared->wrong == 0)
		return true;
	if (result != 0)
		print_error("%s, %s: %s %u%s: ended with %d\n", shared->step->name,
		    shared->first ? "the first time" : "again", fault_names[shared->kind],
		    shared->n, shared->on ? " and all after it" : "", result);
	return false;
}

static bool
left_out(const struct step *step)
{
	const char *asked = getenv("HANDFAST_NTH");

	if (asked != NULL && strncmp(step->name, asked, strlen(asked)) != 0)
		return true;
	if (step->trait != KEM || with_kem)
		return false;
	print_message("# skipped: %s: this libcrypto has no ML-KEM\n", step->name);
	return true;
}

/* In one process. */
static void
test_again(void **state)
{
	unsigned *tried =
	    mmap(NULL, sizeof(*tried), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	bool well = true;

	(void)state;
	check(tried != MAP_FAILED);
	for (size_t i = 0; i < COUNT_OF(steps); i++) {
		if (left_out(&steps[i]))
			continue;
		put_back();
		*shared = (struct failure){ .step = &steps[i] };
		*tried = 0;
		well = ended_well(in_child(again_and_again, tried, 3600)) && well;
		well = ended_well(in_child(look_over, NULL, 60)) && well;
		print_message("# %s: %u failures\n", steps[i].name, *tried);
	}
	munmap(tried, sizeof(*tried));
	check(well);
}

/* In a process for each. */
static unsigned
each_first(const struct step *step, enum fault kind, bool on, unsigned *seed, bool *well,
    unsigned *lasting)
{
	struct failure next = { .step = step, .kind = kind, .on = on, .first = true };
	unsigned tried = 0;
	int result;

	next.n = 1 + (unsigned)rand_r(seed) % stride_of(&next);
	do {
		*shared = next;
		put_back();
		result = in_child(once, NULL, 300);
		*well = ended_well(result) && *well;
		if (shared->struck && tried % 16 == 15)
			*well = ended_well(in_child(look_over, NULL, 60)) && *well;
		*lasting += shared->lasting;
		next.n += stride_of(&next);
		tried++;
	} while (shared->struck || result != 0);
	return tried;
}

static void
test_first(void **state)
{
	unsigned seed = 1;
	bool well = true;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(steps); i++) {
		unsigned tried = 0, lasting = 0;

		if (left_out(&steps[i]))
			continue;
		/* What reaches SQLite differs little the first time. */
		for (unsigned j = 0; j < (soaking() ? 2 * FAULTS : 3); j++)
			tried += each_first(&steps[i], j / 2, j % 2, &seed, &well, &lasting);
		well = ended_well(in_child(look_over, NULL, 60)) && well;
		print_message(
		    "# %s: %u failures, %u of them for good\n", steps[i].name, tried, lasting);
	}
	check(well);
}

/* A path for all tests, and for steps, which allocate nothing of their own. */
static char *
kept_path(const char *name)
{
	char *path = strdup(client_path(name));

	check(path != NULL);
	return path;
}

static int
prepared(void **state)
{
	(void)state;
	/* Tokens are files here: a token in memory ends with its process. */
	check(setenv("HANDFAST_STORE", client_path("store"), 1) == 0);
	shared =
	    mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	check(shared != MAP_FAILED);
	folder = kept_path("store");
	copied = kept_path("copy");
	backed_up = kept_path("backup");
	check(in_child(token_filled, NULL, 60) == 0);
	with_kem = in_child(ask_for_kem, NULL, 60) == 0;
	keep_image();
	write_image(copied);
	return 0;
}

static int
cleared(void **state)
{
	(void)state;
	free(image);
	free(folder);
	free(copied);
	free(backed_up);
	munmap(shared, sizeof(*shared));
	return 0;
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		test_stopped(test_again),
		test_stopped(test_first),
	};

	return test_main(tests, prepared, cleared);
}
