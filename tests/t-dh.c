/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Agreement in finite fields beyond single vectors: secrets that begin with zeros, in a
 * safe prime's group and in one of X9.42, against libcrypto; keys of X9.42 as objects
 * and wrapped; and bad values, which make nothing.
 */
#include "tests/client.h"
#include "tests/peer.h"

#include <openssl/core_names.h>
#include <openssl/x509.h>

static CK_SESSION_HANDLE session;

static int
begin(void **state)
{
	module_fresh(state);
	session = session_user(token_make("dh"));
	return 0;
}

#define test_dh(function) cmocka_unit_test_setup_teardown(function, begin, module_stopped)

#define OPEN NO(CKA_SENSITIVE), YES(CKA_EXTRACTABLE)

/* --- the two kinds of groups ------------------------------------------------------------- */

static const struct group {
	const char *type, *name; /* libcrypto's */
	CK_MECHANISM_TYPE pair, derive;
} groups[] = {
	{ "DH", "ffdhe2048", CKM_DH_PKCS_KEY_PAIR_GEN, CKM_DH_PKCS_DERIVE },
	{ "DHX", "dh_2048_224", CKM_X9_42_DH_KEY_PAIR_GEN, CKM_X9_42_DH_DERIVE },
	{ "DHX", "dh_2048_256", CKM_X9_42_DH_KEY_PAIR_GEN, CKM_X9_42_DH_DERIVE },
};
#define P_LEN 256
#define X9_42 1

static EVP_PKEY *
peer_of(const struct group *group)
{
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, group->type, NULL);
	EVP_PKEY *key = NULL;
	OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(
		    OSSL_PKEY_PARAM_GROUP_NAME, (char *)group->name, 0),
		OSSL_PARAM_construct_end(),
	};

	check(EVP_PKEY_keygen_init(context) == 1 && EVP_PKEY_CTX_set_params(context, params) == 1);
	check(EVP_PKEY_generate(context, &key) == 1);
	EVP_PKEY_CTX_free(context);
	return key;
}

static struct view
number(const EVP_PKEY *key, const char *name)
{
	return peer_number(key, name);
}

/* The token's half: pair[0] public, pair[1] private. */
static void
pair_in(const struct group *group, const EVP_PKEY *model, CK_OBJECT_HANDLE pair[2])
{
	CK_ATTRIBUTE public[] = { BYTES(CKA_PRIME, number(model, OSSL_PKEY_PARAM_FFC_P)),
		BYTES(CKA_BASE, number(model, OSSL_PKEY_PARAM_FFC_G)),
		BYTES(CKA_SUBPRIME, number(model, OSSL_PKEY_PARAM_FFC_Q)) };

	ok(p11->C_GenerateKeyPair(session, MECHANISM(group->pair), public,
	    group->pair == CKM_X9_42_DH_KEY_PAIR_GEN ? 3 : 2, TEMPLATE(OPEN, YES(CKA_DERIVE)),
	    &pair[0], &pair[1]));
}

static CK_RV
derive(const struct group *group, CK_OBJECT_HANDLE base, const void *value, CK_ULONG len,
    CK_OBJECT_HANDLE *key)
{
	struct pkcs11_x9_42_dh1_derive_params x9_42 = { CKD_NULL, 0, NULL, len, (CK_BYTE *)value };
	CK_MECHANISM mechanism = { group->derive, (void *)value, len };

	if (group->derive == CKM_X9_42_DH_DERIVE)
		mechanism = (CK_MECHANISM){ group->derive, &x9_42, sizeof(x9_42) };
	*key = CK_INVALID_HANDLE;
	return p11->C_DeriveKey(session, &mechanism, base, TEMPLATE(OPEN), key);
}

/* The token's public key in libcrypto's form, out of what the token tells of it. */
static EVP_PKEY *
told(CK_OBJECT_HANDLE public)
{
	struct view info = get_bytes(session, public, CKA_PUBLIC_KEY_INFO);
	const unsigned char *at = info.data;
	EVP_PKEY *key = d2i_PUBKEY(NULL, &at, (long)info.len);

	check(key != NULL);
	return key;
}

/* --- tests ---------------------------------------------------------------------------------- */

/* The Raccoon attack (Merget and others, 2021): a secret is as long as p, zeros and all. */
static void
test_leading_zeros(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(groups); i++) {
		PEER_KEY model = peer_of(&groups[i]);
		CK_OBJECT_HANDLE pair[2], key;
		PEER_KEY other = NULL;
		bool found = false;

		pair_in(&groups[i], model, pair);
		other = told(pair[0]);
		while (!found) {
			PEER_KEY peer = peer_of(&groups[i]);
			struct view secret = peer_secret(peer, other);
			struct view value = number(peer, OSSL_PKEY_PARAM_PUB_KEY);

			check(secret.len == P_LEN);
			found = secret.data[0] == 0;
			if (!found)
				continue;
			ok(derive(&groups[i], pair[1], value.data, value.len, &key));
			same_bytes(get_bytes(session, key, CKA_VALUE), secret);
		}
	}
}

/*
 * Not in the subgroup that the generator makes: p - 2 of ffdhe2048, whose 2 is a square and
 * whose p is 3 modulo 4; and 2 in the groups of RFC 5114, whose subgroups are a 2^1792th part of
 * all numbers at most.
 */
static struct view
outsider(const struct group *group, struct view p)
{
	CK_BYTE *value = memcpy(scratch(P_LEN), p.data, P_LEN);

	if (group->derive == CKM_X9_42_DH_DERIVE)
		return unhex("02");
	value[P_LEN - 1] -= 2;
	return view_of(value, P_LEN);
}

/* B04, and a value of 2 MB: one clear code, no key. */
static void
test_bad_values(void **state)
{
	const size_t huge = 2 << 20;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(groups); i++) {
		PEER_KEY model = peer_of(&groups[i]);
		struct view p = number(model, OSSL_PKEY_PARAM_FFC_P);
		struct view outside = outsider(&groups[i], p);
		CK_BYTE *value = memcpy(scratch(huge), p.data, p.len);
		CK_OBJECT_HANDLE pair[2], key;
		CK_ULONG before;

		pair_in(&groups[i], model, pair);
		before = find(session, NO_TEMPLATE, NULL);
		assert_rv(
		    derive(&groups[i], pair[1], value, huge, &key), CKR_MECHANISM_PARAM_INVALID);
		assert_rv(
		    derive(&groups[i], pair[1], NULL, huge, &key), CKR_MECHANISM_PARAM_INVALID);
		assert_rv(derive(&groups[i], pair[1], value, 0, &key), CKR_MECHANISM_PARAM_INVALID);
		assert_rv(derive(&groups[i], pair[1], value, P_LEN + 1, &key),
		    CKR_MECHANISM_PARAM_INVALID);
		assert_rv(derive(&groups[i], pair[1], value, P_LEN, &key), CKR_PUBLIC_KEY_INVALID);
		assert_rv(derive(&groups[i], pair[1], outside.data, outside.len, &key),
		    CKR_PUBLIC_KEY_INVALID);
		value[P_LEN - 1] ^= 1; /* p - 1 */
		assert_rv(derive(&groups[i], pair[1], value, P_LEN, &key), CKR_PUBLIC_KEY_INVALID);
		check(key == CK_INVALID_HANDLE && find(session, NO_TEMPLATE, NULL) == before);
	}
}

/*
 * Where the generator makes all numbers of a safe prime p, the order of a value tells
 * nothing: range alone keeps 0, 1, p - 1 and what is not below p out.  2 makes half of
 * ffdhe2048's, and p is 3 modulo 4, so that its negative p - 2 makes all.
 */
static void
test_bad_values_of_whole_group(void **state)
{
	static const struct {
		CK_BYTE last;
		CK_RV rv;
	} cases[] = { { 0xfd, CKR_OK }, { 0xfe, CKR_PUBLIC_KEY_INVALID },
		{ 0xff, CKR_PUBLIC_KEY_INVALID } };
	PEER_KEY model = peer_of(&groups[0]);
	struct view p = number(model, OSSL_PKEY_PARAM_FFC_P);
	CK_BYTE *value = memcpy(scratch(P_LEN), p.data, P_LEN);
	CK_OBJECT_HANDLE pair[2], key;

	(void)state;
	check(value[P_LEN - 1] == 0xff);
	value[P_LEN - 1] = 0xfd;
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_DH_PKCS_KEY_PAIR_GEN),
	    TEMPLATE(BYTES(CKA_PRIME, p), ATTRIBUTE(CKA_BASE, value, P_LEN)),
	    TEMPLATE(OPEN, YES(CKA_DERIVE)), &pair[0], &pair[1]));
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		value[P_LEN - 1] = cases[i].last;
		assert_rv(derive(&groups[0], pair[1], value, P_LEN, &key), cases[i].rv);
		check((key != CK_INVALID_HANDLE) == (cases[i].rv == CKR_OK));
	}
	/* p + 2: the carry goes as far as the eight bytes of ones that all these primes end with.
	 */
	memset(value + P_LEN - 8, 0, 8);
	value[P_LEN - 1] = 1;
	for (size_t i = P_LEN - 8; ++value[--i] == 0;)
		;
	assert_rv(derive(&groups[0], pair[1], value, P_LEN, &key), CKR_PUBLIC_KEY_INVALID);
	assert_rv(derive(&groups[0], pair[1], "\0", 1, &key), CKR_PUBLIC_KEY_INVALID);
	assert_rv(derive(&groups[0], pair[1], "\1", 1, &key), CKR_PUBLIC_KEY_INVALID);
	check(key == CK_INVALID_HANDLE);
}

/* A leading zero, as signed numbers are written, changes nothing. */
static void
test_signed_number(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(groups); i++) {
		PEER_KEY peer = peer_of(&groups[i]);
		struct view value = peer_number_padded(peer, OSSL_PKEY_PARAM_PUB_KEY, P_LEN + 1);
		CK_OBJECT_HANDLE pair[2], key, again;

		pair_in(&groups[i], peer, pair);
		ok(derive(&groups[i], pair[1], value.data, value.len, &key));
		ok(derive(&groups[i], pair[1], value.data + 1, value.len - 1, &again));
		same_bytes(
		    get_bytes(session, key, CKA_VALUE), get_bytes(session, again, CKA_VALUE));
	}
}

/* PKCS#8 out and in again: the same key (RFC 3279, 2.3.3, dhpublicnumber). */
static void
test_wrapped(void **state)
{
	CK_OBJECT_HANDLE pair[2], kek = key_aes(session, CK_FALSE), back = CK_INVALID_HANDLE;
	CK_BYTE *blob = scratch(4096);
	CK_ULONG len = 4096;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(groups); i++) {
		PEER_KEY model = peer_of(&groups[i]);
		CK_KEY_TYPE type = i >= X9_42 ? CKK_X9_42_DH : CKK_DH;
		CK_KEY_TYPE other = i >= X9_42 ? CKK_DH : CKK_X9_42_DH;
		CK_MECHANISM *kwp = MECHANISM(CKM_AES_KEY_WRAP_KWP);

		pair_in(&groups[i], model, pair);
		len = 4096;
		ok(p11->C_WrapKey(session, kwp, kek, pair[1], blob, &len));
		refused(p11->C_UnwrapKey(session, kwp, kek, blob, len,
		    TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY), ULONG(CKA_KEY_TYPE, other)),
		    &back));
		ok(p11->C_UnwrapKey(session, kwp, kek, blob, len,
		    TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY), ULONG(CKA_KEY_TYPE, type), OPEN),
		    &back));
		same_bytes(
		    get_bytes(session, back, CKA_VALUE), get_bytes(session, pair[1], CKA_VALUE));
		same_bytes(get_bytes(session, back, CKA_PUBLIC_KEY_INFO),
		    get_bytes(session, pair[0], CKA_PUBLIC_KEY_INFO));
	}
}

/* CKA_PUBLIC_KEY_INFO is what libcrypto writes of the same key. */
static void
test_public_key_info(void **state)
{
	(void)state;
	for (size_t i = X9_42; i < COUNT_OF(groups); i++) {
		PEER_KEY peer = peer_of(&groups[i]);
		CK_OBJECT_HANDLE public;

		ok(p11->C_CreateObject(session,
		    TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY), ULONG(CKA_KEY_TYPE, CKK_X9_42_DH),
			BYTES(CKA_PRIME, number(peer, OSSL_PKEY_PARAM_FFC_P)),
			BYTES(CKA_SUBPRIME, number(peer, OSSL_PKEY_PARAM_FFC_Q)),
			BYTES(CKA_BASE, number(peer, OSSL_PKEY_PARAM_FFC_G)),
			BYTES(CKA_VALUE, number(peer, OSSL_PKEY_PARAM_PUB_KEY))),
		    &public));
		same_bytes(get_bytes(session, public, CKA_PUBLIC_KEY_INFO), peer_spki(peer));
	}
}

/* What clients ask of CKA_VALUE_BITS: Java 768, strongSwan as many as the prime has. */
static void
test_value_bits(void **state)
{
	static const struct {
		CK_ULONG bits;
		CK_RV rv;
	} cases[] = { { 224, CKR_OK }, { 768, CKR_OK }, { 2048, CKR_OK },
		{ 2049, CKR_ATTRIBUTE_VALUE_INVALID }, { 160, CKR_ATTRIBUTE_VALUE_INVALID } };
	PEER_KEY model = peer_of(&groups[0]);

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		CK_OBJECT_HANDLE pair[2];

		assert_rv(p11->C_GenerateKeyPair(session, MECHANISM(CKM_DH_PKCS_KEY_PAIR_GEN),
			      TEMPLATE(BYTES(CKA_PRIME, number(model, OSSL_PKEY_PARAM_FFC_P)),
				  BYTES(CKA_BASE, number(model, OSSL_PKEY_PARAM_FFC_G))),
			      TEMPLATE(ULONG(CKA_VALUE_BITS, cases[i].bits)), &pair[0], &pair[1]),
		    cases[i].rv);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_dh(test_leading_zeros),
		test_dh(test_bad_values),
		test_dh(test_bad_values_of_whole_group),
		test_dh(test_signed_number),
		test_dh(test_wrapped),
		test_dh(test_public_key_info),
		test_dh(test_value_bits),
	};

	return test_main(tests, NULL, NULL);
}
