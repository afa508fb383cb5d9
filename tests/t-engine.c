/* SPDX-License-Identifier: Apache-2.0 */
/*
 * In a host that has an ENGINE for every type of key, as libp11's is for RSA and EC:
 * the token's keys stay libcrypto's own.  The engine here can do nothing at all, so a
 * key that it is handed does not work.
 */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "tests/client.h"

#include <openssl/engine.h>
#include <openssl/evp.h>

static const int claimed[] = { EVP_PKEY_RSA, EVP_PKEY_RSA_PSS, EVP_PKEY_EC, EVP_PKEY_DH,
	EVP_PKEY_DHX, EVP_PKEY_X25519, EVP_PKEY_ED25519 };

static int
methods(ENGINE *engine, EVP_PKEY_METHOD **method, const int **nids, int nid)
{
	static EVP_PKEY_METHOD *idle[COUNT_OF(claimed)];

	(void)engine;
	if (method == NULL) {
		*nids = claimed;
		return COUNT_OF(claimed);
	}
	for (size_t i = 0; i < COUNT_OF(claimed); i++) {
		if (claimed[i] != nid)
			continue;
		if (idle[i] == NULL)
			idle[i] = EVP_PKEY_meth_new(nid, 0);
		*method = idle[i];
		return idle[i] != NULL;
	}
	return 0;
}

static CK_SESSION_HANDLE session;

static int
engine_and_token(void **state)
{
	ENGINE *engine = ENGINE_new();

	check(engine != NULL && ENGINE_set_id(engine, "greedy") == 1 &&
	    ENGINE_set_name(engine, "takes every key and does nothing") == 1 &&
	    ENGINE_set_pkey_meths(engine, methods) == 1 && ENGINE_add(engine) == 1 &&
	    ENGINE_set_default_pkey_meths(engine) == 1);
	ENGINE_free(engine);
	if (module_started(state) != 0)
		return -1;
	session = session_user(token_make("engine"));
	return 0;
}

/* The engine is really in the way of who does not look out. */
static void
test_host(void **state)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);

	(void)state;
	check(ctx != NULL && EVP_PKEY_keygen_init(ctx) != 1);
	EVP_PKEY_CTX_free(ctx);
}

static void
sign(CK_MECHANISM *mechanism, const CK_OBJECT_HANDLE pair[2])
{
	CK_BYTE hash[32] = { 1 }, signature[256];
	CK_ULONG len = sizeof(signature);

	ok(p11->C_SignInit(session, mechanism, pair[1]));
	ok(p11->C_Sign(session, hash, sizeof(hash), signature, &len));
	ok(p11->C_VerifyInit(session, mechanism, pair[0]));
	ok(p11->C_Verify(session, hash, sizeof(hash), signature, len));
}

static void
test_rsa(void **state)
{
	CK_RSA_PKCS_PSS_PARAMS pss = { CKM_SHA256, CKG_MGF1_SHA256, 32 };
	CK_RSA_PKCS_OAEP_PARAMS oaep = { CKM_SHA256, CKG_MGF1_SHA256, CKZ_DATA_SPECIFIED, NULL, 0 };
	CK_BYTE sent[16] = { 1 }, sealed[256], received[256];
	CK_ULONG sealed_len = sizeof(sealed), len = sizeof(received);
	CK_OBJECT_HANDLE pair[2];

	(void)state;
	key_pair_rsa(session, 2048, pair);
	sign(MECHANISM(CKM_RSA_PKCS), pair);
	sign(MECHANISM(CKM_SHA256_RSA_PKCS), pair);
	sign(MECHANISM_WITH(CKM_RSA_PKCS_PSS, &pss), pair);
	ok(p11->C_EncryptInit(session, MECHANISM_WITH(CKM_RSA_PKCS_OAEP, &oaep), pair[0]));
	ok(p11->C_Encrypt(session, sent, sizeof(sent), sealed, &sealed_len));
	ok(p11->C_DecryptInit(session, MECHANISM_WITH(CKM_RSA_PKCS_OAEP, &oaep), pair[1]));
	ok(p11->C_Decrypt(session, sealed, sealed_len, received, &len));
	same_bytes(view_of(received, len), view_of(sent, sizeof(sent)));
}

static struct view
agreed(const CK_OBJECT_HANDLE ours[2], const CK_OBJECT_HANDLE theirs[2])
{
	struct view point = get_bytes(session, theirs[0], CKA_EC_POINT);
	CK_ECDH1_DERIVE_PARAMS ecdh = { CKD_NULL, 0, NULL, point.len, (CK_BYTE *)point.data };
	CK_OBJECT_HANDLE secret;

	ok(p11->C_DeriveKey(session, MECHANISM_WITH(CKM_ECDH1_DERIVE, &ecdh), ours[1],
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET)),
	    &secret));
	return get_bytes(session, secret, CKA_VALUE);
}

static void
test_ec(void **state)
{
	CK_OBJECT_HANDLE ours[2], theirs[2];

	(void)state;
	key_pair_ec(session, p256, false, ours);
	key_pair_ec(session, p256, false, theirs);
	sign(MECHANISM(CKM_ECDSA), ours);
	same_bytes(agreed(ours, theirs), agreed(theirs, ours));
}

/* RFC 8410's identifiers of X25519 and Ed25519. */
static void
pair_of(CK_MECHANISM_TYPE type, const char *params, CK_OBJECT_HANDLE pair[2])
{
	ok(p11->C_GenerateKeyPair(session, MECHANISM(type),
	    TEMPLATE(BYTES(CKA_EC_PARAMS, unhex(params))), NO_TEMPLATE, &pair[0], &pair[1]));
}

static void
test_curve25519(void **state)
{
	CK_OBJECT_HANDLE ours[2], theirs[2];

	(void)state;
	pair_of(CKM_EC_MONTGOMERY_KEY_PAIR_GEN, "06032b656e", ours);
	pair_of(CKM_EC_MONTGOMERY_KEY_PAIR_GEN, "06032b656e", theirs);
	same_bytes(agreed(ours, theirs), agreed(theirs, ours));
	pair_of(CKM_EC_EDWARDS_KEY_PAIR_GEN, "06032b6570", ours);
	sign(MECHANISM(CKM_EDDSA), ours);
}

/* The group is a published one, ffdhe2048. */
static void
test_dh(void **state)
{
	CK_OBJECT_HANDLE group, ours[2], theirs[2];
	struct view prime, base, value;
	struct view secret[2];

	(void)state;
	ok(p11->C_GenerateKey(session, MECHANISM(CKM_DH_PKCS_PARAMETER_GEN),
	    TEMPLATE(ULONG(CKA_PRIME_BITS, 2048)), &group));
	prime = get_bytes(session, group, CKA_PRIME);
	base = get_bytes(session, group, CKA_BASE);
	for (int i = 0; i < 2; i++)
		ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_DH_PKCS_KEY_PAIR_GEN),
		    TEMPLATE(BYTES(CKA_PRIME, prime), BYTES(CKA_BASE, base)),
		    TEMPLATE(YES(CKA_DERIVE)), i == 0 ? &ours[0] : &theirs[0],
		    i == 0 ? &ours[1] : &theirs[1]));
	for (int i = 0; i < 2; i++) {
		CK_MECHANISM derive = { .mechanism = CKM_DH_PKCS_DERIVE };
		CK_OBJECT_HANDLE made;

		value = get_bytes(session, i == 0 ? theirs[0] : ours[0], CKA_VALUE);
		derive.pParameter = (void *)value.data;
		derive.ulParameterLen = value.len;
		ok(p11->C_DeriveKey(session, &derive, i == 0 ? ours[1] : theirs[1],
		    TEMPLATE(
			ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET)),
		    &made));
		secret[i] = get_bytes(session, made, CKA_VALUE);
	}
	same_bytes(secret[0], secret[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_host),
		cmocka_unit_test(test_rsa),
		cmocka_unit_test(test_ec),
		cmocka_unit_test(test_curve25519),
		cmocka_unit_test(test_dh),
	};

	return test_main(tests, engine_and_token, module_stopped);
}
