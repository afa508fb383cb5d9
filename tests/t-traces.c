/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is left in memory: keys, PINs and derived secrets whose values are known are
 * planted and used, and then all of the process's writable memory is looked through:
 * the module's arena, the heap, stacks, whatever libcrypto and SQLite have.
 */
#define _GNU_SOURCE
#include "tests/client.h"
#include "tests/master.h"
#include "tests/peer.h"
#include "tests/planted.h"

#include <dirent.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/core_names.h>
#include <openssl/kdf.h>
#include <openssl/rsa.h>

/* --- what is planted ------------------------------------------------------------ */

enum secret {
	PIN_USER,
	PIN_SO,
	PIN_OTHER,
	PIN_WRONG,
	STRETCHED, /* what the user's PIN leads to */
	PIN_KEY,
	MASTER,
	MASTER_OBJECT,
	MASTER_SEARCH,
	MASTER_STATE,
	MASTER_DIGEST,
	AES,
	GENERIC,
	HKDF_OUT,  /* derived of GENERIC */
	UNWRAPPED, /* came wrapped under AES */
	MESSAGE,   /* came enciphered, under AES and for RSA */
	RSA_D,
	RSA_P,
	RSA_Q,
	RSA_DP,
	RSA_DQ,
	RSA_QI,
	EC_D,
	EC_Z, /* agreed with a peer */
	X_D,
	X_Z,
	ED_D,
	DH_X,
	DH_Z,
	KEM_SEED,
	KEM_S,
	KEM_Z,
	DSA_SEED,
	UNUSED, /* a key that libcrypto never got */
	SECRETS
};

struct public
{
	size_t len;
	unsigned char bytes[1200];
};

/* What a child makes, so that this process never has a secret unmasked that it does not want. */
static struct facts {
	bool post_quantum;
	struct public n, e, message_rsa, message_gcm, unwrapped, ec_peer, x_peer, dh_p, dh_g,
	    dh_peer, kem_ciphertext;
} * facts;
static struct planted *secrets;
static bool child_of_test;

static const unsigned char gcm_nonce[12] = { 1, 2, 3 };
#define MESSAGE_LEN 48
#define UNWRAPPED_LEN 48

static void
publish(struct public *public, struct view bytes)
{
	check(bytes.len <= sizeof(public->bytes));
	public->len = bytes.len;
	memcpy(public->bytes, bytes.data, bytes.len);
}

static struct view
published(const struct public *public)
{
	return view_of(public->bytes, public->len);
}

static struct view
bare_view(enum secret secret)
{
	return view_of(bared(&secrets[secret]), secrets[secret].len);
}

static void
make_rsa(void)
{
	static const struct {
		enum secret secret;
		const char *name, *parameter;
	} parts[] = {
		{ RSA_D, "RSA d", OSSL_PKEY_PARAM_RSA_D },
		{ RSA_P, "RSA p", OSSL_PKEY_PARAM_RSA_FACTOR1 },
		{ RSA_Q, "RSA q", OSSL_PKEY_PARAM_RSA_FACTOR2 },
		{ RSA_DP, "RSA dP", OSSL_PKEY_PARAM_RSA_EXPONENT1 },
		{ RSA_DQ, "RSA dQ", OSSL_PKEY_PARAM_RSA_EXPONENT2 },
		{ RSA_QI, "RSA qInv", OSSL_PKEY_PARAM_RSA_COEFFICIENT1 },
	};
	EVP_PKEY *key = peer_rsa(2048);

	for (size_t i = 0; i < COUNT_OF(parts); i++)
		plant(
		    &secrets[parts[i].secret], parts[i].name, peer_number(key, parts[i].parameter));
	publish(&facts->n, peer_number(key, OSSL_PKEY_PARAM_RSA_N));
	publish(&facts->e, peer_number(key, OSSL_PKEY_PARAM_RSA_E));
	publish(&facts->message_rsa, peer_oaep(key, "SHA256", bare_view(MESSAGE)));
}

static void
make_aes(void)
{
	EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
	unsigned char out[MESSAGE_LEN + 16];
	int len;

	plant_random(&secrets[AES], "an AES key", 32);
	plant_random(&secrets[UNWRAPPED], "an unwrapped key", UNWRAPPED_LEN);
	plant_random(&secrets[MESSAGE], "a deciphered message", MESSAGE_LEN);
	check(EVP_EncryptInit_ex(
		  context, EVP_aes_256_gcm(), NULL, bared(&secrets[AES]), gcm_nonce) == 1);
	check(EVP_EncryptUpdate(context, out, &len, bared(&secrets[MESSAGE]), MESSAGE_LEN) == 1);
	check(EVP_EncryptFinal_ex(context, out + len, &len) == 1);
	check(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, 16, out + MESSAGE_LEN) == 1);
	publish(&facts->message_gcm, view_of(out, sizeof(out)));
	EVP_CIPHER_CTX_reset(context);
	EVP_CIPHER_CTX_set_flags(context, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
	check(
	    EVP_EncryptInit_ex(context, EVP_aes_256_wrap(), NULL, bared(&secrets[AES]), NULL) == 1);
	check(
	    EVP_EncryptUpdate(context, out, &len, bared(&secrets[UNWRAPPED]), UNWRAPPED_LEN) == 1);
	publish(&facts->unwrapped, view_of(out, (size_t)len));
	EVP_CIPHER_CTX_free(context);
}

static void
make_generic(void)
{
	unsigned char out[64];
	size_t len = sizeof(out);
	EVP_PKEY_CTX *hkdf = EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, NULL);

	plant_random(&secrets[GENERIC], "a generic secret", 48);
	plant_random(&secrets[UNUSED], "a key that was not used", 48);
	check(EVP_PKEY_derive_init(hkdf) == 1 && EVP_PKEY_CTX_set_hkdf_md(hkdf, EVP_sha256()) == 1);
	check(EVP_PKEY_CTX_set1_hkdf_key(hkdf, bared(&secrets[GENERIC]), 48) == 1);
	check(EVP_PKEY_derive(hkdf, out, &len) == 1);
	plant(&secrets[HKDF_OUT], "what HKDF derived", view_of(out, len));
	EVP_PKEY_CTX_free(hkdf);
}

static void
make_agreements(void)
{
	EVP_PKEY *own = peer_ec("P-256"), *peer = peer_ec("P-256");

	plant(&secrets[EC_D], "EC d", peer_number_padded(own, OSSL_PKEY_PARAM_PRIV_KEY, 32));
	plant(&secrets[EC_Z], "what ECDH agreed on", peer_secret(own, peer));
	publish(&facts->ec_peer, peer_point(peer));

	own = peer_x("X25519"), peer = peer_x("X25519");
	plant(&secrets[X_D], "X25519's scalar", peer_octets(own, OSSL_PKEY_PARAM_PRIV_KEY));
	plant(&secrets[X_Z], "what X25519 agreed on", peer_secret(own, peer));
	publish(&facts->x_peer, peer_point(peer));

	own = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	plant(&secrets[ED_D], "Ed25519's seed", peer_octets(own, OSSL_PKEY_PARAM_PRIV_KEY));

	own = peer_dh("ffdhe2048"), peer = peer_dh("ffdhe2048");
	plant(&secrets[DH_X], "DH x", peer_number(own, OSSL_PKEY_PARAM_PRIV_KEY));
	plant(&secrets[DH_Z], "what DH agreed on", peer_secret(own, peer));
	publish(&facts->dh_p, peer_number(own, OSSL_PKEY_PARAM_FFC_P));
	publish(&facts->dh_g, peer_number(own, OSSL_PKEY_PARAM_FFC_G));
	publish(&facts->dh_peer, peer_number(peer, OSSL_PKEY_PARAM_PUB_KEY));
}

/* FIPS 203, algorithm 16: the first 1152 bytes of a private key are s, the rest of it public, but
 * for the last 32. */
static void
make_post_quantum(void)
{
	EVP_PKEY *key = peer_set("ML-KEM-768");
	struct view ciphertext;

	plant(&secrets[KEM_SEED], "ML-KEM's seed", peer_octets(key, "seed"));
	plant(&secrets[KEM_S], "ML-KEM's vector s", view_of(peer_octets(key, "priv").data, 1152));
	plant(&secrets[KEM_Z], "what ML-KEM encapsulated", peer_encapsulate(key, &ciphertext));
	publish(&facts->kem_ciphertext, ciphertext);
	plant(&secrets[DSA_SEED], "ML-DSA's seed", peer_octets(peer_set("ML-DSA-65"), "seed"));
}

static void
make_all(void *unused)
{
	(void)unused;
	make_aes();
	make_generic();
	make_rsa();
	make_agreements();
	if (facts->post_quantum)
		make_post_quantum();
}

/* The keys of the token, once it has its PINs. */
static void
make_master(void *slot)
{
	struct master master;

	master_open(*(CK_SLOT_ID *)slot, MASTER_USER, bare_view(PIN_USER), &master);
	plant(&secrets[STRETCHED], "a stretched PIN", view_of(master.stretched, 32));
	plant(&secrets[PIN_KEY], "the key of a PIN", view_of(master.pin_key, 32));
	plant(&secrets[MASTER], "the master key", view_of(master.key, 32));
	plant(&secrets[MASTER_OBJECT], "the object key", view_of(master.object, 32));
	plant(&secrets[MASTER_SEARCH], "the search key", view_of(master.search, 32));
	plant(&secrets[MASTER_STATE], "the state key", view_of(master.state, 32));
	plant(&secrets[MASTER_DIGEST], "the digest key", view_of(master.digest, 32));
}

/* --- looking ---------------------------------------------------------------------- */

static void
search(void)
{
	bared_wipe();
	planted_search(secrets, SECRETS, getpid());
}

/* Of the secrets from `first` to `last`, how many are anywhere; told when they should not. */
static unsigned
found(enum secret first, enum secret last, bool guarded_too, const char *when)
{
	unsigned sum = 0;

	for (enum secret i = first; i <= last; i++) {
		unsigned seen = secrets[i].loose + (guarded_too ? secrets[i].guarded : 0);

		if (seen != 0)
			fprintf(stderr, "%s: %s is there %u times, %u of them on a stack\n", when,
			    secrets[i].name, seen, secrets[i].stack);
		sum += seen;
	}
	return sum;
}

/* A macro, so that a failure names the line. */
#define NOWHERE(first, last, when)                                                                 \
	do {                                                                                       \
		search();                                                                          \
		check(found((first), (last), true, (when)) == 0);                                  \
	} while (0)

/* After each call, at once, since the next would lie over it: nothing is on the stack. */
static void
assert_stack_clean(const char *call)
{
	unsigned sum = 0;

	/* The thread that looks is the parent's. */
	if (child_of_test)
		return;
	planted_search_stack(secrets, SECRETS);
	for (enum secret i = 0; i < SECRETS; i++) {
		if (secrets[i].stack != 0)
			fprintf(stderr, "on the stack: %s, after %s\n", secrets[i].name, call);
		sum += secrets[i].stack;
	}
	check(sum == 0);
}

#undef ok
#define ok(call) (assert_rv((call), CKR_OK), assert_stack_clean(#call))
#undef refused
#define refused(call)                                                                              \
	(client_assert_refused((call), #call, __FILE__, __LINE__), assert_stack_clean(#call))

/* --- the module --------------------------------------------------------------------- */

static CK_SLOT_ID slot;
static CK_SESSION_HANDLE session;

static CK_RV
log_in(CK_USER_TYPE user, enum secret pin)
{
	CK_RV rv = p11->C_Login(session, user, bared(&secrets[pin]), secrets[pin].len);

	bared_wipe();
	return rv;
}

static void
come_in(void)
{
	session = session_open(slot, READ_WRITE);
	ok(log_in(CKU_USER, PIN_USER));
}

static void
make_token(void)
{
	CK_UTF8CHAR label[32];

	memset(label, ' ', sizeof(label));
	memcpy(label, "traces", 6);
	slot = slot_empty();
	ok(p11->C_InitToken(slot, bared(&secrets[PIN_SO]), secrets[PIN_SO].len, label));
	session = session_open(slot, READ_WRITE);
	ok(log_in(CKU_SO, PIN_SO));
	ok(p11->C_InitPIN(session, bared(&secrets[PIN_USER]), secrets[PIN_USER].len));
	bared_wipe();
	ok(p11->C_CloseSession(session));
}

static int
begin(void **state)
{
	secrets = planted_room(SECRETS);
	module_fresh(state);
	facts =
	    mmap(NULL, sizeof(*facts), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	check(facts != MAP_FAILED);
	facts->post_quantum =
	    p11->C_GetMechanismInfo(0, CKM_ML_KEM, &(CK_MECHANISM_INFO){ 0 }) == CKR_OK;
	plant_random_text(&secrets[PIN_USER], "the user's PIN", 40);
	plant_random_text(&secrets[PIN_SO], "the SO's PIN", 40);
	plant_random_text(&secrets[PIN_OTHER], "another PIN", 40);
	plant_random_text(&secrets[PIN_WRONG], "a wrong PIN", 40);
	check(in_child(make_all, NULL, 60) == 0);
	make_token();
	check(in_child(make_master, &slot, 60) == 0);
	come_in();
	return 0;
}

static int
end(void **state)
{
	munmap(facts, sizeof(*facts));
	munmap(secrets, SECRETS * sizeof(*secrets));
	return module_stopped(state);
}

#define test_traces(function) cmocka_unit_test_setup_teardown(function, begin, end)

/* --- keys and their uses ------------------------------------------------------------- */

static CK_BBOOL in_token;

static CK_OBJECT_HANDLE
created(CK_ATTRIBUTE *template, CK_ULONG count)
{
	CK_OBJECT_HANDLE object = CK_INVALID_HANDLE;

	ok(p11->C_CreateObject(session, template, count, &object));
	bared_wipe();
	return object;
}

#define BARED(type, secret) ATTRIBUTE(type, bared(&secrets[secret]), secrets[secret].len)
#define KEY(class, type)                                                                           \
	ULONG(CKA_CLASS, class), ULONG(CKA_KEY_TYPE, type), BOOL(CKA_TOKEN, in_token)
#define PUBLISHED(type, public) BYTES(type, published(&facts->public))

static CK_OBJECT_HANDLE
create_aes(void)
{
	return created(TEMPLATE(KEY(CKO_SECRET_KEY, CKK_AES), BARED(CKA_VALUE, AES),
	    YES(CKA_ENCRYPT), YES(CKA_DECRYPT), YES(CKA_SIGN), YES(CKA_WRAP), YES(CKA_UNWRAP),
	    YES(CKA_EXTRACTABLE)));
}

static CK_OBJECT_HANDLE
create_generic(void)
{
	return created(TEMPLATE(KEY(CKO_SECRET_KEY, CKK_GENERIC_SECRET), BARED(CKA_VALUE, GENERIC),
	    YES(CKA_SIGN), YES(CKA_DERIVE), YES(CKA_EXTRACTABLE)));
}

static CK_OBJECT_HANDLE
create_rsa(void)
{
	return created(TEMPLATE(KEY(CKO_PRIVATE_KEY, CKK_RSA), PUBLISHED(CKA_MODULUS, n),
	    PUBLISHED(CKA_PUBLIC_EXPONENT, e), BARED(CKA_PRIVATE_EXPONENT, RSA_D),
	    BARED(CKA_PRIME_1, RSA_P), BARED(CKA_PRIME_2, RSA_Q), BARED(CKA_EXPONENT_1, RSA_DP),
	    BARED(CKA_EXPONENT_2, RSA_DQ), BARED(CKA_COEFFICIENT, RSA_QI), YES(CKA_SIGN),
	    YES(CKA_DECRYPT), YES(CKA_EXTRACTABLE)));
}

static CK_OBJECT_HANDLE
create_curve(CK_KEY_TYPE type, struct view params, enum secret value)
{
	return created(TEMPLATE(KEY(CKO_PRIVATE_KEY, type), BYTES(CKA_EC_PARAMS, params),
	    BARED(CKA_VALUE, value), YES(CKA_SIGN), YES(CKA_DERIVE), YES(CKA_EXTRACTABLE)));
}

static CK_OBJECT_HANDLE
create_ec(void)
{
	return create_curve(CKK_EC, p256, EC_D);
}

static CK_OBJECT_HANDLE
create_x25519(void)
{
	return created(TEMPLATE(KEY(CKO_PRIVATE_KEY, CKK_EC_MONTGOMERY),
	    BYTES(CKA_EC_PARAMS, unhex("06032b656e")), BARED(CKA_VALUE, X_D), YES(CKA_DERIVE),
	    YES(CKA_EXTRACTABLE)));
}

static CK_OBJECT_HANDLE
create_ed25519(void)
{
	return created(TEMPLATE(KEY(CKO_PRIVATE_KEY, CKK_EC_EDWARDS),
	    BYTES(CKA_EC_PARAMS, unhex("06032b6570")), BARED(CKA_VALUE, ED_D), YES(CKA_SIGN),
	    YES(CKA_EXTRACTABLE)));
}

static CK_OBJECT_HANDLE
create_dh(void)
{
	return created(TEMPLATE(KEY(CKO_PRIVATE_KEY, CKK_DH), PUBLISHED(CKA_PRIME, dh_p),
	    PUBLISHED(CKA_BASE, dh_g), BARED(CKA_VALUE, DH_X), YES(CKA_DERIVE),
	    YES(CKA_EXTRACTABLE)));
}

static CK_OBJECT_HANDLE
create_mlkem(void)
{
	return created(
	    TEMPLATE(KEY(CKO_PRIVATE_KEY, CKK_ML_KEM), ULONG(CKA_PARAMETER_SET, CKP_ML_KEM_768),
		BARED(CKA_SEED, KEM_SEED), YES(CKA_DECAPSULATE), YES(CKA_EXTRACTABLE)));
}

static CK_OBJECT_HANDLE
create_mldsa(void)
{
	return created(
	    TEMPLATE(KEY(CKO_PRIVATE_KEY, CKK_ML_DSA), ULONG(CKA_PARAMETER_SET, CKP_ML_DSA_65),
		BARED(CKA_SEED, DSA_SEED), YES(CKA_SIGN), YES(CKA_EXTRACTABLE)));
}

/* Deciphers to where bared_wipe() clears it, and compares. */
static void
deciphers(CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key, struct view ciphertext)
{
	CK_ULONG len = 256;
	unsigned char *out = bared_room(len);

	ok(p11->C_DecryptInit(session, mechanism, key));
	ok(p11->C_Decrypt(session, (CK_BYTE *)ciphertext.data, ciphertext.len, out, &len));
	check(len == MESSAGE_LEN && memcmp(out, bared(&secrets[MESSAGE]), MESSAGE_LEN) == 0);
	bared_wipe();
}

static void
signs(CK_MECHANISM_TYPE mechanism, CK_OBJECT_HANDLE key)
{
	CK_BYTE data[32] = { 1 }, signature[4096];
	CK_ULONG len = sizeof(signature);

	ok(p11->C_SignInit(session, MECHANISM(mechanism), key));
	ok(p11->C_Sign(session, data, sizeof(data), signature, &len));
}

/* A key that came out is what it should be, and goes again. */
static void
came_out(CK_OBJECT_HANDLE key, enum secret expected)
{
	const size_t len = secrets[expected].len;
	CK_ATTRIBUTE attribute = { CKA_VALUE, bared_room(len), len };

	ok(p11->C_GetAttributeValue(session, key, &attribute, 1));
	check(attribute.ulValueLen == secrets[expected].len);
	check(memcmp(attribute.pValue, bared(&secrets[expected]), attribute.ulValueLen) == 0);
	bared_wipe();
	signs(CKM_SHA256_HMAC, key);
	ok(p11->C_DestroyObject(session, key));
}

#define RESULT                                                                                     \
	ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET),                 \
	    NO(CKA_SENSITIVE), YES(CKA_EXTRACTABLE), YES(CKA_SIGN)

static void
derives(CK_MECHANISM *mechanism, CK_OBJECT_HANDLE base, enum secret expected)
{
	CK_OBJECT_HANDLE key;

	ok(p11->C_DeriveKey(session, mechanism, base,
	    TEMPLATE(RESULT, ULONG(CKA_VALUE_LEN, secrets[expected].len)), &key));
	came_out(key, expected);
}

static void
agrees(CK_OBJECT_HANDLE base, const struct public *peer, enum secret expected)
{
	CK_ECDH1_DERIVE_PARAMS params = { CKD_NULL, 0, NULL, peer->len,
		(CK_BYTE *)(uintptr_t)peer->bytes };

	derives(MECHANISM_WITH(CKM_ECDH1_DERIVE, &params), base, expected);
}

static void
use_aes(CK_OBJECT_HANDLE key)
{
	CK_GCM_PARAMS params = { (CK_BYTE *)(uintptr_t)gcm_nonce, sizeof(gcm_nonce), 96, NULL, 0,
		128 };
	CK_MECHANISM *cbc = &(CK_MECHANISM){ CKM_AES_CBC_PAD, (CK_BYTE[16]){ 0 }, 16 };
	CK_BYTE data[20] = { 0 }, out[64];
	CK_ULONG len = sizeof(out), more;
	CK_OBJECT_HANDLE made;

	deciphers(MECHANISM_WITH(CKM_AES_GCM, &params), key, published(&facts->message_gcm));
	signs(CKM_AES_CMAC, key);
	ok(p11->C_EncryptInit(session, cbc, key));
	ok(p11->C_EncryptUpdate(session, data, sizeof(data), out, &len));
	more = sizeof(out) - len;
	ok(p11->C_EncryptFinal(session, out + len, &more));
	ok(p11->C_UnwrapKey(session, MECHANISM(CKM_AES_KEY_WRAP), key, facts->unwrapped.bytes,
	    facts->unwrapped.len, TEMPLATE(RESULT), &made));
	came_out(made, UNWRAPPED);
}

static void
use_generic(CK_OBJECT_HANDLE key)
{
	struct pkcs11_hkdf_params params = { .extract = CK_TRUE,
		.expand = CK_TRUE,
		.prf_hash_mechanism = CKM_SHA256,
		.salt_type = CKF_HKDF_SALT_NULL };

	signs(CKM_SHA256_HMAC, key);
	derives(MECHANISM_WITH(CKM_HKDF_DERIVE, &params), key, HKDF_OUT);
}

static void
use_rsa(CK_OBJECT_HANDLE key)
{
	CK_RSA_PKCS_OAEP_PARAMS oaep = { CKM_SHA256, CKG_MGF1_SHA256, CKZ_DATA_SPECIFIED, NULL, 0 };

	signs(CKM_SHA256_RSA_PKCS, key);
	deciphers(MECHANISM_WITH(CKM_RSA_PKCS_OAEP, &oaep), key, published(&facts->message_rsa));
}

static void
use_ec(CK_OBJECT_HANDLE key)
{
	signs(CKM_ECDSA, key);
	agrees(key, &facts->ec_peer, EC_Z);
}

static void
use_x25519(CK_OBJECT_HANDLE key)
{
	agrees(key, &facts->x_peer, X_Z);
}

static void
use_ed25519(CK_OBJECT_HANDLE key)
{
	signs(CKM_EDDSA, key);
}

static void
use_dh(CK_OBJECT_HANDLE key)
{
	derives(&(CK_MECHANISM){ CKM_DH_PKCS_DERIVE, facts->dh_peer.bytes, facts->dh_peer.len },
	    key, DH_Z);
}

static void
use_mlkem(CK_OBJECT_HANDLE key)
{
	CK_OBJECT_HANDLE made;

	ok(p11->C_DecapsulateKey(session, MECHANISM(CKM_ML_KEM), key, TEMPLATE(RESULT),
	    facts->kem_ciphertext.bytes, facts->kem_ciphertext.len, &made));
	came_out(made, KEM_Z);
}

static void
use_mldsa(CK_OBJECT_HANDLE key)
{
	signs(CKM_ML_DSA, key);
}

static const struct kind {
	const char *name;
	CK_OBJECT_HANDLE (*create)(void);
	void (*use)(CK_OBJECT_HANDLE key);
	enum secret first, last;
	bool post_quantum;
} kinds[] = {
	{ "AES", create_aes, use_aes, AES, MESSAGE, false },
	{ "generic", create_generic, use_generic, GENERIC, HKDF_OUT, false },
	{ "RSA", create_rsa, use_rsa, MESSAGE, RSA_QI, false },
	{ "EC", create_ec, use_ec, EC_D, EC_Z, false },
	{ "X25519", create_x25519, use_x25519, X_D, X_Z, false },
	{ "Ed25519", create_ed25519, use_ed25519, ED_D, ED_D, false },
	{ "DH", create_dh, use_dh, DH_X, DH_Z, false },
	{ "ML-KEM", create_mlkem, use_mlkem, KEM_SEED, KEM_Z, true },
	{ "ML-DSA", create_mldsa, use_mldsa, DSA_SEED, DSA_SEED, true },
};

/* --- keys ----------------------------------------------------------------------------- */

#define KIND_OF(i, kind)                                                                           \
	const struct kind *kind = &kinds[i];                                                       \
	if (kind->post_quantum && !facts->post_quantum)                                            \
	continue

/* A copy, and a way out and in again: as PKCS#8 where it is a private key. */
static void
goes_about(CK_OBJECT_HANDLE key)
{
	CK_ULONG class = get_ulong(session, key, CKA_CLASS), len = 8192;
	CK_ULONG type = get_ulong(session, key, CKA_KEY_TYPE);
	CK_BYTE *wrapped = scratch(len);
	CK_OBJECT_HANDLE wrapping, other;

	ok(p11->C_CopyObject(session, key, TEMPLATE(TEXT(CKA_LABEL, "a copy")), &other));
	ok(set_one(session, other, TEXT(CKA_LABEL, "changed")));
	ok(p11->C_DestroyObject(session, other));
	ok(p11->C_GenerateKey(session, MECHANISM(CKM_AES_KEY_GEN),
	    TEMPLATE(ULONG(CKA_VALUE_LEN, 32), YES(CKA_WRAP), YES(CKA_UNWRAP)), &wrapping));
	ok(p11->C_WrapKey(session, MECHANISM(CKM_AES_KEY_WRAP_KWP), wrapping, key, wrapped, &len));
	ok(p11->C_UnwrapKey(session, MECHANISM(CKM_AES_KEY_WRAP_KWP), wrapping, wrapped, len,
	    TEMPLATE(ULONG(CKA_CLASS, class), ULONG(CKA_KEY_TYPE, type)), &other));
	ok(p11->C_DestroyObject(session, other));
	ok(p11->C_DestroyObject(session, wrapping));
}

static void
tell_where(const struct kind *kind)
{
	unsigned guarded = 0, loose = 0;

	for (enum secret s = kind->first; s <= kind->last; s++) {
		guarded += secrets[s].guarded;
		loose += secrets[s].loose;
	}
	print_message("# %s in use: %u in the arena, %u elsewhere\n", kind->name, guarded, loose);
	check(guarded > 0);
}

/* C_DestroyObject: nothing of the key, nor of what was derived and deciphered with it. */
static void
test_destroyed(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		KIND_OF(i, kind);
		CK_OBJECT_HANDLE key = kind->create();

		NOWHERE(PIN_USER, PIN_WRONG, "created");
		kind->use(key);
		goes_about(key);
		search();
		tell_where(kind);
		ok(p11->C_DestroyObject(session, key));
		NOWHERE(kind->first, kind->last, kind->name);
	}
}

static void
create_and_use_all(void)
{
	CK_OBJECT_HANDLE aes = 0, generic = 0;

	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		KIND_OF(i, kind);
		CK_OBJECT_HANDLE key = kind->create();

		kind->use(key);
		if (kind->create == create_aes)
			aes = key;
		if (kind->create == create_generic)
			generic = key;
	}
	created(TEMPLATE(KEY(CKO_SECRET_KEY, CKK_GENERIC_SECRET), BARED(CKA_VALUE, UNUSED)));
	/* And some is left unfinished. */
	ok(p11->C_SignInit(session, MECHANISM(CKM_SHA256_HMAC), generic));
	ok(p11->C_DecryptInit(
	    session, &(CK_MECHANISM){ CKM_AES_CBC_PAD, (CK_BYTE[16]){ 0 }, 16 }, aes));
}

static void
test_logged_out(void **state)
{
	(void)state;
	in_token = CK_TRUE;
	create_and_use_all();
	ok(p11->C_Logout(session));
	NOWHERE(0, SECRETS - 1, "logged out");
	/* From the file. */
	ok(log_in(CKU_USER, PIN_USER));
	in_token = CK_FALSE;
	create_and_use_all();
	ok(p11->C_CloseSession(session));
	NOWHERE(0, SECRETS - 1, "the last session closed");
	come_in();
	create_and_use_all();
	ok(p11->C_CloseAllSessions(slot));
	NOWHERE(0, SECRETS - 1, "all sessions closed");
	come_in();
	create_and_use_all();
	ok(p11->C_Finalize(NULL));
	NOWHERE(0, SECRETS - 1, "finalized");
	ok(p11->C_Initialize(NULL));
	come_in();
	create_and_use_all();
	ok(p11->C_Finalize(NULL));
	client_unload();
	NOWHERE(0, SECRETS - 1, "unloaded");
	check(client_load());
}

/* Generated keys are looked for once they were read. */
static void
generated(const char *name, CK_OBJECT_HANDLE key, CK_ATTRIBUTE_TYPE type)
{
	unsigned char *out = bared_room(256);
	CK_ATTRIBUTE attribute = { type, out, 256 };

	ok(p11->C_GetAttributeValue(session, key, &attribute, 1));
	plant(&secrets[UNWRAPPED], name, view_of(out, attribute.ulValueLen));
	search();
	print_message("# %s, generated and read: %u in the arena, %u elsewhere\n", name,
	    secrets[UNWRAPPED].guarded, secrets[UNWRAPPED].loose);
	check(secrets[UNWRAPPED].guarded > 0);
	ok(p11->C_DestroyObject(session, key));
	NOWHERE(UNWRAPPED, UNWRAPPED, name);
}

static CK_OBJECT_HANDLE
generate_pair(CK_MECHANISM_TYPE mechanism, CK_ATTRIBUTE *template, CK_ULONG count)
{
	CK_OBJECT_HANDLE public, key;

	ok(p11->C_GenerateKeyPair(session, MECHANISM(mechanism), template, count,
	    TEMPLATE(NO(CKA_SENSITIVE), YES(CKA_EXTRACTABLE)), &public, &key));
	return key;
}

static void
test_generated(void **state)
{
	CK_OBJECT_HANDLE key;

	(void)state;
	ok(p11->C_GenerateKey(session, MECHANISM(CKM_AES_KEY_GEN),
	    TEMPLATE(ULONG(CKA_VALUE_LEN, 32), NO(CKA_SENSITIVE), YES(CKA_EXTRACTABLE)), &key));
	generated("an AES key", key, CKA_VALUE);
	generated("EC d", generate_pair(CKM_EC_KEY_PAIR_GEN, TEMPLATE(BYTES(CKA_EC_PARAMS, p256))),
	    CKA_VALUE);
	generated("X25519's scalar",
	    generate_pair(CKM_EC_MONTGOMERY_KEY_PAIR_GEN,
		TEMPLATE(BYTES(CKA_EC_PARAMS, unhex("06032b656e")))),
	    CKA_VALUE);
	generated("Ed25519's seed",
	    generate_pair(
		CKM_EC_EDWARDS_KEY_PAIR_GEN, TEMPLATE(BYTES(CKA_EC_PARAMS, unhex("06032b6570")))),
	    CKA_VALUE);
	generated("DH x",
	    generate_pair(CKM_DH_PKCS_KEY_PAIR_GEN,
		TEMPLATE(PUBLISHED(CKA_PRIME, dh_p), PUBLISHED(CKA_BASE, dh_g))),
	    CKA_VALUE);
	generated("RSA d",
	    generate_pair(CKM_RSA_PKCS_KEY_PAIR_GEN, TEMPLATE(ULONG(CKA_MODULUS_BITS, 2048))),
	    CKA_PRIVATE_EXPONENT);
	generated("RSA p",
	    generate_pair(CKM_RSA_PKCS_KEY_PAIR_GEN, TEMPLATE(ULONG(CKA_MODULUS_BITS, 2048))),
	    CKA_PRIME_1);
	if (!facts->post_quantum)
		return;
	generated("ML-KEM's seed",
	    generate_pair(
		CKM_ML_KEM_KEY_PAIR_GEN, TEMPLATE(ULONG(CKA_PARAMETER_SET, CKP_ML_KEM_768))),
	    CKA_SEED);
	generated("ML-DSA's seed",
	    generate_pair(
		CKM_ML_DSA_KEY_PAIR_GEN, TEMPLATE(ULONG(CKA_PARAMETER_SET, CKP_ML_DSA_65))),
	    CKA_SEED);
}

/* --- PINs ------------------------------------------------------------------------------- */

/* The keys under the master key are in use, in the arena alone; PINs are nowhere at all. */
static void
assert_pins_gone(const char *when)
{
	NOWHERE(PIN_USER, PIN_KEY, when);
	check(found(MASTER, MASTER_DIGEST, false, when) == 0);
}

static void
test_pins(void **state)
{
	(void)state;
	assert_pins_gone("logged in");
	check(secrets[MASTER_OBJECT].guarded > 0);
	ok(p11->C_SetPIN(session, bared(&secrets[PIN_USER]), secrets[PIN_USER].len,
	    bared(&secrets[PIN_OTHER]), secrets[PIN_OTHER].len));
	assert_pins_gone("the PIN changed");
	assert_rv(p11->C_SetPIN(session, bared(&secrets[PIN_WRONG]), secrets[PIN_WRONG].len,
		      bared(&secrets[PIN_USER]), secrets[PIN_USER].len),
	    CKR_PIN_INCORRECT);
	assert_pins_gone("a change refused");
	assert_rv(p11->C_SetPIN(session, bared(&secrets[PIN_OTHER]), secrets[PIN_OTHER].len,
		      bared_room(256), 256),
	    CKR_PIN_LEN_RANGE);
	assert_pins_gone("a PIN too long");
	ok(p11->C_Logout(session));
	NOWHERE(0, SECRETS - 1, "logged out");
	assert_rv(log_in(CKU_USER, PIN_WRONG), CKR_PIN_INCORRECT);
	NOWHERE(0, SECRETS - 1, "a wrong PIN");
	ok(log_in(CKU_SO, PIN_SO));
	ok(p11->C_InitPIN(session, bared(&secrets[PIN_USER]), secrets[PIN_USER].len));
	assert_pins_gone("set by the SO");
	ok(p11->C_Logout(session));
	NOWHERE(0, SECRETS - 1, "the SO logged out");
}

/* --- what fails -------------------------------------------------------------------------- */

static void
refuse_creation(void)
{
	CK_OBJECT_HANDLE made;
	CK_ATTRIBUTE twice[] = { KEY(CKO_SECRET_KEY, CKK_AES), BARED(CKA_VALUE, AES),
		BARED(CKA_VALUE, GENERIC) };
	CK_ATTRIBUTE wrong[] = { KEY(CKO_PRIVATE_KEY, CKK_RSA), PUBLISHED(CKA_MODULUS, n),
		PUBLISHED(CKA_PUBLIC_EXPONENT, e), BARED(CKA_PRIVATE_EXPONENT, RSA_D),
		BARED(CKA_PRIME_1, RSA_P), BARED(CKA_PRIME_2, RSA_Q), BARED(CKA_EXPONENT_1, RSA_DP),
		BARED(CKA_EXPONENT_2, RSA_DP), BARED(CKA_COEFFICIENT, RSA_QI) };

	refused(p11->C_CreateObject(session, twice, COUNT_OF(twice), &made));
	refused(p11->C_CreateObject(session, wrong, COUNT_OF(wrong), &made));
	refused(p11->C_CreateObject(session,
	    TEMPLATE(KEY(CKO_SECRET_KEY, CKK_AES), ATTRIBUTE(CKA_VALUE, bared(&secrets[AES]), 31)),
	    &made));
	refused(p11->C_CreateObject(
	    session, TEMPLATE(KEY(CKO_PRIVATE_KEY, CKK_EC), BARED(CKA_VALUE, EC_D)), &made));
	refused(p11->C_CreateObject(session,
	    TEMPLATE(
		KEY(CKO_PRIVATE_KEY, CKK_EC), BYTES(CKA_EC_PARAMS, p384), BARED(CKA_VALUE, RSA_D)),
	    &made));
	refused(p11->C_CreateObject(session,
	    TEMPLATE(KEY(CKO_PRIVATE_KEY, CKK_DH), PUBLISHED(CKA_PRIME, n),
		PUBLISHED(CKA_BASE, dh_g), BARED(CKA_VALUE, DH_X)),
	    &made));
	refused(p11->C_CreateObject(session,
	    TEMPLATE(
		KEY(CKO_SECRET_KEY, CKK_GENERIC_SECRET), BARED(CKA_VALUE, GENERIC), YES(CKA_LOCAL)),
	    &made));
	NOWHERE(AES, SECRETS - 1, "creation refused");
}

/* What was computed before it turned out that nobody may have it. */
static void
refuse_results(void)
{
	CK_OBJECT_HANDLE aes = create_aes(), ec = create_ec(), made;
	CK_GCM_PARAMS gcm = { (CK_BYTE *)(uintptr_t)gcm_nonce, sizeof(gcm_nonce), 96, NULL, 0,
		128 };
	struct view message = published(&facts->message_gcm);
	CK_BYTE *bent = (CK_BYTE *)(uintptr_t)copy_of(message.data, message.len).data;
	CK_BYTE out[64];
	CK_ULONG len = sizeof(out);

	bent[message.len - 1] ^= 1;
	ok(p11->C_DecryptInit(session, MECHANISM_WITH(CKM_AES_GCM, &gcm), aes));
	refused(p11->C_Decrypt(session, bent, message.len, out, &len));
	ok(p11->C_DecryptInit(session, MECHANISM_WITH(CKM_AES_GCM, &gcm), aes));
	len = sizeof(out);
	ok(p11->C_DecryptUpdate(session, bent, 32, out, &len));
	ok(p11->C_DecryptUpdate(session, bent + 32, message.len - 32, out, &len));
	refused(p11->C_DecryptFinal(session, out, &len));
	NOWHERE(MESSAGE, MESSAGE, "a wrong tag");

	/* The text waits for a longer buffer, and is not fetched. */
	ok(p11->C_DecryptInit(session, MECHANISM_WITH(CKM_AES_GCM, &gcm), aes));
	len = 8;
	assert_rv(p11->C_Decrypt(session, facts->message_gcm.bytes, message.len, out, &len),
	    CKR_BUFFER_TOO_SMALL);
	search();
	check(found(MESSAGE, MESSAGE, false, "a short buffer") == 0);
	ok(p11->C_SessionCancel(session, CKF_DECRYPT));
	NOWHERE(MESSAGE, MESSAGE, "given up");

	facts->unwrapped.bytes[facts->unwrapped.len - 1] ^= 1;
	refused(p11->C_UnwrapKey(session, MECHANISM(CKM_AES_KEY_WRAP), aes, facts->unwrapped.bytes,
	    facts->unwrapped.len, TEMPLATE(RESULT), &made));
	facts->unwrapped.bytes[facts->unwrapped.len - 1] ^= 1;
	refused(p11->C_UnwrapKey(session, MECHANISM(CKM_AES_KEY_WRAP), aes, facts->unwrapped.bytes,
	    facts->unwrapped.len,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_AES)), &made));
	refused(p11->C_UnwrapKey(session, MECHANISM(CKM_AES_KEY_WRAP), aes, facts->unwrapped.bytes,
	    facts->unwrapped.len,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY), ULONG(CKA_KEY_TYPE, CKK_EC)), &made));
	NOWHERE(UNWRAPPED, UNWRAPPED, "unwrapping refused");

	refused(p11->C_DeriveKey(session,
	    MECHANISM_WITH(CKM_ECDH1_DERIVE,
		(&(CK_ECDH1_DERIVE_PARAMS){
		    CKD_NULL, 0, NULL, facts->ec_peer.len, facts->ec_peer.bytes })),
	    ec, TEMPLATE(RESULT, ULONG(CKA_VALUE_LEN, 4096)), &made));
	NOWHERE(EC_Z, EC_Z, "derivation refused");
	ok(p11->C_DestroyObject(session, aes));
	ok(p11->C_DestroyObject(session, ec));
	NOWHERE(AES, SECRETS - 1, "destroyed");
}

static void
test_refused(void **state)
{
	(void)state;
	refuse_creation();
	refuse_results();
}

/* --- threads ------------------------------------------------------------------------------ */

static pthread_barrier_t at_work;

/* Uses all and stays, with all that is on its stack. */
static void *
use_and_stay(void *unused)
{
	(void)unused;
	create_and_use_all();
	pthread_barrier_wait(&at_work);
	pthread_barrier_wait(&at_work);
	return NULL;
}

static void
test_threads(void **state)
{
	pthread_t thread;

	(void)state;
	pthread_barrier_init(&at_work, NULL, 2);
	check(pthread_create(&thread, NULL, use_and_stay, NULL) == 0);
	pthread_barrier_wait(&at_work);
	ok(p11->C_Logout(session));
	NOWHERE(0, SECRETS - 1, "logged out, the other thread being there");
	pthread_barrier_wait(&at_work);
	check(pthread_join(thread, NULL) == 0);
	pthread_barrier_destroy(&at_work);
	NOWHERE(0, SECRETS - 1, "the other thread having ended");
}

/* --- other processes ----------------------------------------------------------------------- */

/* PINs, the token's own keys and the key that was not used are nowhere but in the arena. */
static unsigned
in_arena_alone(bool found_there)
{
	unsigned sum = 0;

	for (enum secret i = 0; i < SECRETS; i++)
		if (i <= MASTER_DIGEST || i == UNUSED)
			sum +=
			    found_there ? secrets[i].loose + secrets[i].guarded : secrets[i].loose;
	return sum;
}

static unsigned
sum_of(bool guarded)
{
	unsigned sum = 0;

	for (enum secret i = 0; i < SECRETS; i++)
		sum += guarded ? secrets[i].guarded : secrets[i].loose;
	return sum;
}

static void
wait_to_be_killed(void *unused)
{
	(void)unused;
	for (;;)
		pause();
}

static void
test_child(void **state)
{
	unsigned of_libcrypto;
	pid_t child;

	(void)state;
	create_and_use_all();
	search();
	of_libcrypto = sum_of(false);
	check(sum_of(true) > 0 && in_arena_alone(false) == 0);
	child = child_start(wait_to_be_killed, NULL);
	planted_search(secrets, SECRETS, child);
	print_message("# in a forked child: %u of the arena's, %u of libcrypto's %u\n",
	    sum_of(true), sum_of(false), of_libcrypto);
	check(sum_of(true) == 0 && in_arena_alone(true) == 0);
	kill(child, SIGKILL);
	check(child_result(child, 10) == 128 + SIGKILL);
}

static void
work_and_abort(void *folder)
{
	const struct rlimit unlimited = { RLIM_INFINITY, RLIM_INFINITY };

	check(chdir(folder) == 0 && setrlimit(RLIMIT_CORE, &unlimited) == 0);
	child_of_test = true;
	assert_rv(p11->C_Initialize(NULL), CKR_OK);
	come_in();
	create_and_use_all();
	bared_wipe();
	check(signal(SIGABRT, SIG_DFL) != SIG_ERR);
	abort();
}

/* The system's only file there, whatever it is called. */
static const char *
core_in(const char *folder)
{
	DIR *list = opendir(folder);
	struct dirent *entry;
	char *path = scratch(512);

	check(list != NULL);
	*path = '\0';
	while ((entry = readdir(list)) != NULL)
		if (strncmp(entry->d_name, "core", 4) == 0)
			snprintf(path, 512, "%s/%s", folder, entry->d_name);
	closedir(list);
	check(*path != '\0');
	return path;
}

static void
test_core_dump(void **state)
{
	const char *folder = client_path("dumped");
	FILE *file = fopen("/proc/sys/kernel/core_pattern", "re");
	char pattern[128];

	(void)state;
	check(file != NULL && fgets(pattern, sizeof(pattern), file) != NULL);
	fclose(file);
	if (strncmp(pattern, "core", 4) != 0)
		skip_because(
		    "kernel.core_pattern sends core dumps elsewhere than to the working folder");
	check(mkdir(folder, 0700) == 0);
	assert_int_equal(in_child(work_and_abort, (void *)(uintptr_t)folder, 60), 128 + SIGABRT);
	planted_search_file(secrets, SECRETS, core_in(folder));
	print_message("# in a core dump: %u copies, of libcrypto's\n", sum_of(false));
	/* A search that finds none of these is no good. */
	check(secrets[RSA_D].loose > 0);
	check(in_arena_alone(true) == 0);
}

static void
test_not_under_a_sanitizer(void **state)
{
	(void)state;
	skip_because("a sanitizer keeps what was freed, and shadows of all memory");
}

int
main(void)
{
	const char *sanitizer = getenv("SANITIZER_PRELOAD");
	const struct CMUnitTest skipped[] = { cmocka_unit_test(test_not_under_a_sanitizer) };
	const struct CMUnitTest tests[] = {
		test_traces(test_destroyed),
		test_traces(test_logged_out),
		test_traces(test_generated),
		test_traces(test_pins),
		test_traces(test_refused),
		test_traces(test_threads),
		test_traces(test_child),
		test_traces(test_core_dump),
	};

	if (sanitizer != NULL && *sanitizer != '\0')
		return test_main(skipped, NULL, NULL);
	return test_main(tests, NULL, NULL);
}
