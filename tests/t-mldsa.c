/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ML-DSA and SLH-DSA: sizes, the forms of a private key and their disagreements, what
 * parameters do, token objects, and libcrypto as the other party.  With a libcrypto that
 * lacks them: what is then answered, and that a token which has such keys keeps them.
 */
#include "tests/peer.h"
#include "tests/sets.h"

#include <openssl/x509.h>

static CK_SLOT_ID slot;
static CK_SESSION_HANDLE session;

static int
begin(void **state)
{
	module_fresh(state);
	slot = token_make("ml-dsa");
	session = session_user(slot);
	return 0;
}

#define test_mldsa(function) cmocka_unit_test_setup_teardown(function, begin, module_stopped)

/* FIPS 204, table 2, and FIPS 205, table 2. */
static const struct set {
	CK_KEY_TYPE type;
	CK_ULONG number;
	const char *name;
	size_t public_len, private_len, signature_len;
	bool slow; /* signing takes a second or so */
} sets[] = {
	{ CKK_ML_DSA, CKP_ML_DSA_44, "ML-DSA-44", 1312, 2560, 2420, false },
	{ CKK_ML_DSA, CKP_ML_DSA_65, "ML-DSA-65", 1952, 4032, 3309, false },
	{ CKK_ML_DSA, CKP_ML_DSA_87, "ML-DSA-87", 2592, 4896, 4627, false },
	{ CKK_SLH_DSA, CKP_SLH_DSA_SHA2_128S, "SLH-DSA-SHA2-128s", 32, 64, 7856, true },
	{ CKK_SLH_DSA, CKP_SLH_DSA_SHAKE_128S, "SLH-DSA-SHAKE-128s", 32, 64, 7856, true },
	{ CKK_SLH_DSA, CKP_SLH_DSA_SHA2_128F, "SLH-DSA-SHA2-128f", 32, 64, 17088, false },
	{ CKK_SLH_DSA, CKP_SLH_DSA_SHAKE_128F, "SLH-DSA-SHAKE-128f", 32, 64, 17088, false },
	{ CKK_SLH_DSA, CKP_SLH_DSA_SHA2_192S, "SLH-DSA-SHA2-192s", 48, 96, 16224, true },
	{ CKK_SLH_DSA, CKP_SLH_DSA_SHAKE_192S, "SLH-DSA-SHAKE-192s", 48, 96, 16224, true },
	{ CKK_SLH_DSA, CKP_SLH_DSA_SHA2_192F, "SLH-DSA-SHA2-192f", 48, 96, 35664, false },
	{ CKK_SLH_DSA, CKP_SLH_DSA_SHAKE_192F, "SLH-DSA-SHAKE-192f", 48, 96, 35664, false },
	{ CKK_SLH_DSA, CKP_SLH_DSA_SHA2_256S, "SLH-DSA-SHA2-256s", 64, 128, 29792, true },
	{ CKK_SLH_DSA, CKP_SLH_DSA_SHAKE_256S, "SLH-DSA-SHAKE-256s", 64, 128, 29792, true },
	{ CKK_SLH_DSA, CKP_SLH_DSA_SHA2_256F, "SLH-DSA-SHA2-256f", 64, 128, 49856, false },
	{ CKK_SLH_DSA, CKP_SLH_DSA_SHAKE_256F, "SLH-DSA-SHAKE-256f", 64, 128, 49856, false },
};
#define ML_DSA_44 (&sets[0])
#define ML_DSA_65 (&sets[1])
#define SLH_DSA_128F (&sets[5])

#define PRIVATE(set)                                                                               \
	ULONG(CKA_CLASS, CKO_PRIVATE_KEY), ULONG(CKA_KEY_TYPE, (set)->type),                       \
	    ULONG(CKA_PARAMETER_SET, (set)->number), OPEN
#define PUBLIC(set)                                                                                \
	ULONG(CKA_CLASS, CKO_PUBLIC_KEY), ULONG(CKA_KEY_TYPE, (set)->type),                        \
	    ULONG(CKA_PARAMETER_SET, (set)->number)

static bool
seeded(const struct set *set)
{
	return set->type == CKK_ML_DSA;
}

static CK_MECHANISM_TYPE
pairs(const struct set *set)
{
	return seeded(set) ? CKM_ML_DSA_KEY_PAIR_GEN : CKM_SLH_DSA_KEY_PAIR_GEN;
}

/* Of the message itself. */
static CK_MECHANISM_TYPE
pure(const struct set *set)
{
	return seeded(set) ? CKM_ML_DSA : CKM_SLH_DSA;
}

/* Is it one whose turn to sign it is? */
static bool
signs(const struct set *set)
{
	return !set->slow;
}

static CK_RV
create(CK_ATTRIBUTE *template, CK_ULONG count)
{
	CK_OBJECT_HANDLE key;

	return p11->C_CreateObject(session, template, count, &key);
}

static CK_OBJECT_HANDLE
created(CK_ATTRIBUTE *template, CK_ULONG count)
{
	CK_OBJECT_HANDLE key;

	ok(p11->C_CreateObject(session, template, count, &key));
	return key;
}

static void
pair_make(const struct set *set, CK_OBJECT_HANDLE pair[2])
{
	ok(p11->C_GenerateKeyPair(session, MECHANISM(pairs(set)),
	    TEMPLATE(ULONG(CKA_PARAMETER_SET, set->number)), TEMPLATE(OPEN), &pair[0], &pair[1]));
}

static struct view
value_of(CK_OBJECT_HANDLE key)
{
	return get_bytes(session, key, CKA_VALUE);
}

static struct view
signed_by(CK_OBJECT_HANDLE key, CK_MECHANISM *mechanism, struct view message)
{
	CK_ULONG len = 65536;
	CK_BYTE *signature = scratch(len);

	ok(p11->C_SignInit(session, mechanism, key));
	ok(p11->C_Sign(session, (CK_BYTE *)message.data, message.len, signature, &len));
	return view_of(signature, len);
}

static CK_RV
verify_rv(CK_OBJECT_HANDLE key, CK_MECHANISM *mechanism, struct view message, struct view signature)
{
	ok(p11->C_VerifyInit(session, mechanism, key));
	return p11->C_Verify(session, (CK_BYTE *)message.data, message.len,
	    (CK_BYTE *)signature.data, signature.len);
}

/* With a context and a way to hedge. */
static CK_MECHANISM *
with_context(const struct set *set, CK_ULONG hedge, struct view context)
{
	struct pkcs11_sign_additional_context in = { hedge, (CK_BYTE *)context.data, context.len };
	CK_MECHANISM *mechanism = scratch(sizeof(*mechanism));

	*mechanism = (CK_MECHANISM){ pure(set), (void *)copy_of(&in, sizeof(in)).data, sizeof(in) };
	return mechanism;
}

/* --- generation and use ------------------------------------------------------------- */

static void
test_pairs(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(sets); i++) {
		CK_OBJECT_HANDLE pair[2];
		PEER_KEY peer = NULL;

		pair_make(&sets[i], pair);
		check(value_of(pair[0]).len == sets[i].public_len);
		check(value_of(pair[1]).len == sets[i].private_len);
		if (seeded(&sets[i]))
			check(get_bytes(session, pair[1], CKA_SEED).len == 32);
		else
			assert_rv(get_rv(session, pair[1], CKA_SEED), CKR_ATTRIBUTE_TYPE_INVALID);
		check(get_ulong(session, pair[1], CKA_PARAMETER_SET) == sets[i].number);
		check(get_bool(session, pair[0], CKA_VERIFY));
		check(get_bool(session, pair[1], CKA_SIGN));
		check(!get_bool(session, pair[0], CKA_ENCAPSULATE));
		check(!get_bool(session, pair[1], CKA_DECAPSULATE));
		check(!get_bool(session, pair[1], CKA_DERIVE));
		peer = peer_set_public(sets[i].name, value_of(pair[0]));
		same_bytes(get_bytes(session, pair[0], CKA_PUBLIC_KEY_INFO), peer_spki(peer));
		same_bytes(get_bytes(session, pair[1], CKA_PUBLIC_KEY_INFO), peer_spki(peer));
	}
}

static void
test_public_of_private(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(sets); i++) {
		PEER_KEY peer = peer_set(sets[i].name);
		CK_OBJECT_HANDLE private_key = created(TEMPLATE(PRIVATE(&sets[i]),
				     BYTES(CKA_VALUE, peer_octets(peer, "priv")))),
				 public_key;

		ok(p11->C_DeriveKey(session, MECHANISM(CKM_PUB_KEY_FROM_PRIV_KEY), private_key,
		    TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY)), &public_key));
		same_bytes(value_of(public_key), peer_octets(peer, "pub"));
		check(get_ulong(session, public_key, CKA_PARAMETER_SET) == sets[i].number);
		check(get_bool(session, public_key, CKA_VERIFY));
	}
}

static void
test_hidden(void **state)
{
	CK_OBJECT_HANDLE pair[2];

	(void)state;
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_ML_DSA_KEY_PAIR_GEN),
	    TEMPLATE(ULONG(CKA_PARAMETER_SET, CKP_ML_DSA_44)), NO_TEMPLATE, &pair[0], &pair[1]));
	assert_rv(get_rv(session, pair[1], CKA_VALUE), CKR_ATTRIBUTE_SENSITIVE);
	assert_rv(get_rv(session, pair[1], CKA_SEED), CKR_ATTRIBUTE_SENSITIVE);
	check(get_bool(session, pair[1], CKA_ALWAYS_SENSITIVE));
	check(get_bool(session, pair[1], CKA_NEVER_EXTRACTABLE));
}

/* Each verifies what the other signed, with a context and without. */
static void
test_libcrypto(void **state)
{
	const struct view message = text("what both parties have read");
	const struct view contexts[] = { VIEW_NONE, text("a context") };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(sets); i++) {
		PEER_KEY peer = peer_set(sets[i].name);
		CK_OBJECT_HANDLE own = created(TEMPLATE(PRIVATE(&sets[i]),
				     BYTES(CKA_VALUE, peer_octets(peer, "priv")))),
				 public_key = created(TEMPLATE(
				     PUBLIC(&sets[i]), BYTES(CKA_VALUE, peer_octets(peer, "pub"))));

		for (size_t n = 0; signs(&sets[i]) && n < COUNT_OF(contexts); n++) {
			CK_MECHANISM *mechanism =
			    with_context(&sets[i], CKH_HEDGE_PREFERRED, contexts[n]);
			struct view theirs = peer_sign(peer, contexts[n], message);
			struct view ours = signed_by(own, mechanism, message);

			check(ours.len == sets[i].signature_len);
			check(peer_verifies(peer, contexts[n], message, ours));
			check(!peer_verifies(peer, contexts[1 - n], message, ours));
			ok(verify_rv(public_key, mechanism, message, theirs));
			assert_rv(verify_rv(public_key,
				      with_context(&sets[i], CKH_HEDGE_PREFERRED, contexts[1 - n]),
				      message, theirs),
			    CKR_SIGNATURE_INVALID);
		}
	}
}

/* --- parameters ----------------------------------------------------------------------- */

static bool
differ(struct view a, struct view b)
{
	return a.len != b.len || memcmp(a.data, b.data, a.len) != 0;
}

/* Two signatures of one message are two, unless they shall not be. */
static void
test_hedging(void **state)
{
	const struct set *both[] = { ML_DSA_44, SLH_DSA_128F };
	const struct view message = text("twice");

	(void)state;
	for (size_t i = 0; i < COUNT_OF(both); i++) {
		CK_OBJECT_HANDLE pair[2];

		pair_make(both[i], pair);
		for (CK_ULONG hedge = CKH_HEDGE_PREFERRED; hedge <= CKH_DETERMINISTIC_REQUIRED;
		     hedge++) {
			CK_MECHANISM *mechanism = with_context(both[i], hedge, VIEW_NONE);
			struct view first = signed_by(pair[1], mechanism, message);
			struct view second = signed_by(pair[1], mechanism, message);

			check(differ(first, second) == (hedge != CKH_DETERMINISTIC_REQUIRED));
			ok(verify_rv(pair[0], MECHANISM(pure(both[i])), message, first));
		}
		check(differ(signed_by(pair[1], MECHANISM(pure(both[i])), message),
		    signed_by(pair[1], MECHANISM(pure(both[i])), message)));
		assert_rv(p11->C_SignInit(session, with_context(both[i], 3, VIEW_NONE), pair[1]),
		    CKR_MECHANISM_PARAM_INVALID);
		/* Who verifies has nothing to hedge. */
		ok(verify_rv(pair[0], with_context(both[i], 3, VIEW_NONE), message,
		    signed_by(pair[1], MECHANISM(pure(both[i])), message)));
	}
}

static void
test_contexts(void **state)
{
	const struct set *both[] = { ML_DSA_44, SLH_DSA_128F };
	const struct view most = view_of(scratch(256), 255);
	const struct view more = view_of(most.data, 256);
	struct pkcs11_sign_additional_context null = { CKH_HEDGE_PREFERRED, NULL, 1 };
	CK_MECHANISM mechanism;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(both); i++) {
		CK_OBJECT_HANDLE pair[2];

		pair_make(both[i], pair);
		ok(verify_rv(pair[0], with_context(both[i], CKH_HEDGE_PREFERRED, most), most,
		    signed_by(pair[1], with_context(both[i], CKH_HEDGE_PREFERRED, most), most)));
		assert_rv(p11->C_SignInit(
			      session, with_context(both[i], CKH_HEDGE_PREFERRED, more), pair[1]),
		    CKR_MECHANISM_PARAM_INVALID);
		assert_rv(p11->C_VerifyInit(
			      session, with_context(both[i], CKH_HEDGE_PREFERRED, more), pair[0]),
		    CKR_MECHANISM_PARAM_INVALID);
		mechanism = (CK_MECHANISM){ pure(both[i]), &null, sizeof(null) };
		assert_rv(
		    p11->C_SignInit(session, &mechanism, pair[1]), CKR_MECHANISM_PARAM_INVALID);
		/* Nothing was begun. */
		assert_rv(p11->C_SignUpdate(session, (CK_BYTE *)most.data, 1),
		    CKR_OPERATION_NOT_INITIALIZED);
	}
}

static void
test_lengths(void **state)
{
	const struct set *both[] = { ML_DSA_44, SLH_DSA_128F };
	const struct view message = text("to the byte");

	(void)state;
	for (size_t i = 0; i < COUNT_OF(both); i++) {
		CK_OBJECT_HANDLE pair[2];
		CK_MECHANISM *mechanism = MECHANISM(pure(both[i]));
		struct view right;
		CK_ULONG len = 0;

		pair_make(both[i], pair);
		ok(p11->C_SignInit(session, mechanism, pair[1]));
		ok(p11->C_Sign(session, (CK_BYTE *)message.data, message.len, NULL, &len));
		check(len == both[i]->signature_len);
		right = view_of(scratch(len), len);
		ok(p11->C_Sign(
		    session, (CK_BYTE *)message.data, message.len, (CK_BYTE *)right.data, &len));
		ok(verify_rv(pair[0], mechanism, message, right));
		assert_rv(
		    verify_rv(pair[0], mechanism, message, view_of(right.data, right.len - 1)),
		    CKR_SIGNATURE_LEN_RANGE);
		assert_rv(verify_rv(pair[0], mechanism, message, bent(right, right.len)),
		    CKR_SIGNATURE_LEN_RANGE);
		assert_rv(verify_rv(pair[0], mechanism, message, bent(right, right.len - 1)),
		    CKR_SIGNATURE_INVALID);
		assert_rv(
		    verify_rv(pair[0], mechanism, bent(message, 0), right), CKR_SIGNATURE_INVALID);
	}
}

/* The mechanism that hashes, the one that is given the hash, and the one that is given another. */
static void
test_digests(void **state)
{
	static const struct {
		CK_MECHANISM_TYPE digest, hashes[2];
		const char *name;
	} cases[] = {
		{ CKM_HASH_ML_DSA, { CKM_HASH_ML_DSA_SHA384, CKM_SHA384 }, "SHA384" },
		{ CKM_HASH_ML_DSA, { CKM_HASH_ML_DSA_SHA3_224, CKM_SHA3_224 }, "SHA3-224" },
		{ CKM_HASH_SLH_DSA, { CKM_HASH_SLH_DSA_SHA384, CKM_SHA384 }, "SHA384" },
		{ CKM_HASH_SLH_DSA, { CKM_HASH_SLH_DSA_SHA3_224, CKM_SHA3_224 }, "SHA3-224" },
	};
	const struct view message = text("hashed here or there");

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct view digest = peer_digest(cases[i].name, message);
		struct pkcs11_hash_sign_additional_context in = { CKH_HEDGE_PREFERRED, NULL, 0,
			cases[i].hashes[1] };
		CK_MECHANISM mechanism = { cases[i].digest, &in, sizeof(in) };
		CK_OBJECT_HANDLE pair[2];
		CK_ULONG len = 65536;
		CK_BYTE *signature = scratch(len);

		pair_make(i < 2 ? ML_DSA_65 : SLH_DSA_128F, pair);
		ok(verify_rv(pair[0], MECHANISM(cases[i].hashes[0]), message,
		    signed_by(pair[1], &mechanism, digest)));
		ok(verify_rv(pair[0], &mechanism, digest,
		    signed_by(pair[1], MECHANISM(cases[i].hashes[0]), message)));
		ok(p11->C_SignInit(session, &mechanism, pair[1]));
		assert_rv(
		    p11->C_Sign(session, (CK_BYTE *)digest.data, digest.len - 1, signature, &len),
		    CKR_DATA_LEN_RANGE);
		in.hash = CKM_SHA256;
		ok(p11->C_SignInit(session, &mechanism, pair[1]));
		len = 65536;
		assert_rv(p11->C_Sign(session, (CK_BYTE *)digest.data, digest.len, signature, &len),
		    CKR_DATA_LEN_RANGE);
	}
}

/* --- import --------------------------------------------------------------------------- */

static void
test_forms(void **state)
{
	const struct view message = text("by whichever form");

	(void)state;
	for (size_t i = 0; i < COUNT_OF(sets); i++) {
		PEER_KEY peer = peer_set(sets[i].name);
		struct view value = peer_octets(peer, "priv"), seed = VIEW_NONE;
		CK_OBJECT_HANDLE forms[3];
		size_t count = 1;

		forms[0] = created(TEMPLATE(PRIVATE(&sets[i]), BYTES(CKA_VALUE, value)));
		assert_rv(get_rv(session, forms[0], CKA_SEED), CKR_ATTRIBUTE_TYPE_INVALID);
		if (seeded(&sets[i])) {
			seed = peer_octets(peer, "seed");
			forms[count++] =
			    created(TEMPLATE(PRIVATE(&sets[i]), BYTES(CKA_SEED, seed)));
			forms[count++] = created(TEMPLATE(
			    PRIVATE(&sets[i]), BYTES(CKA_SEED, seed), BYTES(CKA_VALUE, value)));
		}
		for (size_t n = 0; n < count; n++) {
			same_bytes(value_of(forms[n]), value);
			same_bytes(
			    get_bytes(session, forms[n], CKA_PUBLIC_KEY_INFO), peer_spki(peer));
			if (n > 0)
				same_bytes(get_bytes(session, forms[n], CKA_SEED), seed);
			if (signs(&sets[i]))
				check(peer_verifies(peer, VIEW_NONE, message,
				    signed_by(forms[n], MECHANISM(pure(&sets[i])), message)));
		}
	}
}

static void
test_disagreements(void **state)
{
	PEER_KEY peer = peer_set("ML-DSA-65");
	PEER_KEY other = peer_set("ML-DSA-65");
	struct view seed = peer_octets(peer, "seed"), value = peer_octets(peer, "priv");
	struct view spki = peer_spki(other), public_key = peer_octets(peer, "pub");
	struct set unknown = *ML_DSA_65;

	(void)state;
	assert_rv(create(TEMPLATE(PRIVATE(ML_DSA_65), BYTES(CKA_SEED, seed),
		      BYTES(CKA_VALUE, peer_octets(other, "priv")))),
	    CKR_ATTRIBUTE_VALUE_INVALID);
	/* Only the secret beside the key, K, is another: it still signs. */
	assert_rv(create(TEMPLATE(PRIVATE(ML_DSA_65), BYTES(CKA_SEED, seed),
		      BYTES(CKA_VALUE, bent(value, 32)))),
	    CKR_ATTRIBUTE_VALUE_INVALID);
	assert_rv(create(TEMPLATE(PRIVATE(ML_DSA_65), BYTES(CKA_SEED, seed),
		      BYTES(CKA_VALUE, view_of(value.data, value.len - 1)))),
	    CKR_ATTRIBUTE_VALUE_INVALID);
	assert_rv(create(TEMPLATE(
		      PRIVATE(ML_DSA_65), BYTES(CKA_SEED, seed), BYTES(CKA_PUBLIC_KEY_INFO, spki))),
	    CKR_ATTRIBUTE_VALUE_INVALID);
	assert_rv(create(TEMPLATE(PUBLIC(ML_DSA_65), BYTES(CKA_VALUE, public_key),
		      BYTES(CKA_PUBLIC_KEY_INFO, spki))),
	    CKR_ATTRIBUTE_VALUE_INVALID);
	assert_rv(create(TEMPLATE(PRIVATE(ML_DSA_65))), CKR_TEMPLATE_INCOMPLETE);
	assert_rv(create(TEMPLATE(PRIVATE(ML_DSA_44), BYTES(CKA_VALUE, value))),
	    CKR_ATTRIBUTE_VALUE_INVALID);
	unknown.number = 4;
	assert_rv(create(TEMPLATE(PRIVATE(&unknown), BYTES(CKA_SEED, seed))),
	    CKR_PARAMETER_SET_NOT_SUPPORTED);
	unknown.number = 0;
	assert_rv(create(TEMPLATE(PUBLIC(&unknown), BYTES(CKA_VALUE, public_key))),
	    CKR_PARAMETER_SET_NOT_SUPPORTED);
	unknown.type = CKK_SLH_DSA;
	unknown.number = 13;
	assert_rv(create(TEMPLATE(PUBLIC(&unknown), BYTES(CKA_VALUE, public_key))),
	    CKR_PARAMETER_SET_NOT_SUPPORTED);
	/* It has no seed. */
	assert_rv(create(TEMPLATE(PRIVATE(SLH_DSA_128F), BYTES(CKA_SEED, seed))),
	    CKR_ATTRIBUTE_TYPE_INVALID);
}

static void
test_malformed(void **state)
{
	PEER_KEY peer = peer_set("ML-DSA-65");
	struct view seed = peer_octets(peer, "seed"), value = peer_octets(peer, "priv");
	struct view public_key = peer_octets(peer, "pub"), wrong;
	/* FIPS 204, algorithm 24: rho, tr, s1, s2, t0. */
	const size_t places[] = { 0, 64, 128, 128 + 5 * 128, 128 + 11 * 128, value.len - 1 };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(places); i++)
		assert_rv(
		    create(TEMPLATE(PRIVATE(ML_DSA_65), BYTES(CKA_VALUE, bent(value, places[i])))),
		    CKR_ATTRIBUTE_VALUE_INVALID);
	/* A coefficient of s1 that is out of range. */
	wrong = copy_of(value.data, value.len);
	((unsigned char *)wrong.data)[128] = 0xff;
	assert_rv(create(TEMPLATE(PRIVATE(ML_DSA_65), BYTES(CKA_VALUE, wrong))),
	    CKR_ATTRIBUTE_VALUE_INVALID);
	assert_rv(create(TEMPLATE(PRIVATE(ML_DSA_65), BYTES(CKA_VALUE, bent(value, value.len)))),
	    CKR_ATTRIBUTE_VALUE_INVALID);
	for (size_t len = public_key.len - 1; len <= public_key.len + 1; len++)
		assert_rv(
		    create(TEMPLATE(PUBLIC(ML_DSA_65),
			BYTES(CKA_VALUE, copy_of(bent(public_key, public_key.len).data, len)))),
		    len == public_key.len ? CKR_OK : CKR_ATTRIBUTE_VALUE_INVALID);
	for (size_t len = 0; len <= 33; len += len == 0 ? 31 : 2)
		assert_rv(create(TEMPLATE(PRIVATE(ML_DSA_65),
			      BYTES(CKA_SEED, copy_of(bent(seed, seed.len).data, len)))),
		    CKR_ATTRIBUTE_VALUE_INVALID);
}

/* The root does not follow from the rest. */
static void
test_malformed_slhdsa(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(sets); i++) {
		PEER_KEY peer = NULL;
		struct view value, public_key;

		if (seeded(&sets[i]))
			continue;
		peer = peer_set(sets[i].name);
		value = peer_octets(peer, "priv");
		public_key = peer_octets(peer, "pub");
		assert_rv(create(TEMPLATE(PRIVATE(&sets[i]), BYTES(CKA_VALUE, bent(value, 0)))),
		    CKR_ATTRIBUTE_VALUE_INVALID);
		assert_rv(create(TEMPLATE(
			      PRIVATE(&sets[i]), BYTES(CKA_VALUE, bent(value, value.len / 2)))),
		    CKR_ATTRIBUTE_VALUE_INVALID);
		assert_rv(create(TEMPLATE(
			      PRIVATE(&sets[i]), BYTES(CKA_VALUE, bent(value, value.len - 1)))),
		    CKR_ATTRIBUTE_VALUE_INVALID);
		assert_rv(
		    create(TEMPLATE(PRIVATE(&sets[i]), BYTES(CKA_VALUE, bent(value, value.len)))),
		    CKR_ATTRIBUTE_VALUE_INVALID);
		assert_rv(create(TEMPLATE(PRIVATE(&sets[i]),
			      BYTES(CKA_VALUE, view_of(value.data, value.len / 2)))),
		    CKR_ATTRIBUTE_VALUE_INVALID);
		assert_rv(create(TEMPLATE(PRIVATE(&sets[i]))), CKR_TEMPLATE_INCOMPLETE);
		assert_rv(create(TEMPLATE(PUBLIC(&sets[i]),
			      BYTES(CKA_VALUE, bent(public_key, public_key.len)))),
		    CKR_ATTRIBUTE_VALUE_INVALID);
	}
}

/* --- on the token, and wrapped ----------------------------------------------------------- */

static void
test_token_objects(void **state)
{
	const struct view message = text("kept");
	const struct set *both[] = { ML_DSA_65, SLH_DSA_128F };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(both); i++) {
		const struct set *set = both[i];
		CK_OBJECT_HANDLE pair[2];
		struct view signature;

		ok(p11->C_GenerateKeyPair(session, MECHANISM(pairs(set)),
		    TEMPLATE(YES(CKA_TOKEN), ULONG(CKA_PARAMETER_SET, set->number)),
		    TEMPLATE(YES(CKA_TOKEN)), &pair[0], &pair[1]));
		signature = signed_by(pair[1], MECHANISM(pure(set)), message);
		ok(p11->C_Finalize(NULL));
		ok(p11->C_Initialize(NULL));
		session = session_user(slot);
		check(
		    find(session,
			TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY), ULONG(CKA_KEY_TYPE, set->type)),
			&pair[1]) == 1);
		signature = signed_by(pair[1], MECHANISM(pure(set)), message);
		ok(p11->C_Logout(session));
		check(
		    find(session,
			TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY), ULONG(CKA_KEY_TYPE, set->type)),
			&pair[0]) == 1);
		ok(verify_rv(pair[0], MECHANISM(pure(set)), message, signature));
		ok(p11->C_Login(session, CKU_USER, PIN(USER_PIN)));
	}
}

/* A key whose seed is known is wrapped as that, another one by its value; libcrypto reads both. */
static void
test_wrapping(void **state)
{
	CK_OBJECT_HANDLE wrapping = key_aes(session, CK_FALSE);

	(void)state;
	for (size_t i = 0; i < COUNT_OF(sets); i++) {
		PEER_KEY peer = peer_set(sets[i].name);
		struct view value = peer_octets(peer, "priv");

		for (int by_seed = seeded(&sets[i]); by_seed >= 0; by_seed--) {
			struct view form = by_seed ? peer_octets(peer, "seed") : value;
			CK_OBJECT_HANDLE made,
			    key = created(TEMPLATE(
				PRIVATE(&sets[i]), BYTES(by_seed ? CKA_SEED : CKA_VALUE, form)));
			struct view blob = kwp_wrapped(session, wrapping, key);
			struct view plain = kwp_opened(session, wrapping, blob);
			const unsigned char *at = plain.data;
			PEER_KEY read = d2i_AutoPrivateKey(NULL, &at, (long)plain.len);

			check(read != NULL && EVP_PKEY_eq(read, peer) == 1);
			same_bytes(peer_octets(read, "priv"), value);
			ok(kwp_unwrap(session, wrapping, sets[i].type, blob, &made));
			same_bytes(value_of(made), value);
			check(get_ulong(session, made, CKA_PARAMETER_SET) == sets[i].number);
			if (by_seed)
				same_bytes(get_bytes(session, made, CKA_SEED), form);
			assert_rv(kwp_unwrap(session, wrapping,
				      seeded(&sets[i]) ? CKK_SLH_DSA : CKK_ML_DSA, blob, &made),
			    CKR_WRAPPED_KEY_INVALID);
		}
	}
}

/* RFC 9909, C.1. */
static const char *const rfc_9909 =
    "3052020100300b06096086480165030403140440a2263bca4586083652316004"
    "9523d621677fad90d51eb6067a327e0d1e64a5012b8109ec777caa4e1f024ccf"
    "cf9497d99180509280f4256af2b07af80289b494";

static void
test_rfc_9909(void **state)
{
	CK_OBJECT_HANDLE wrapping = key_aes(session, CK_FALSE), made;
	struct view plain = unhex(rfc_9909);

	(void)state;
	ok(kwp_unwrap(session, wrapping, CKK_SLH_DSA, kwp_sealed(session, wrapping, plain), &made));
	check(get_ulong(session, made, CKA_PARAMETER_SET) == CKP_SLH_DSA_SHA2_128S);
	same_bytes(value_of(made), view_of(plain.data + plain.len - 64, 64));
	same_bytes(kwp_opened(session, wrapping, kwp_wrapped(session, wrapping, made)), plain);
}

/* What libcrypto writes of ML-DSA has both forms, which must agree. */
static void
test_both_forms(void **state)
{
	(void)state;
	check_both_forms(session, CKK_ML_DSA, "ML-DSA-65");
}

/* --- in parts ------------------------------------------------------------------------------ */

/* ML-DSA takes a message of any length; SLH-DSA, which reads it twice, 16 MiB. */
static void
test_long_messages(void **state)
{
	const size_t part = (size_t)1 << 20;
	CK_BYTE *zeros = scratch(part);
	const struct set *both[] = { ML_DSA_44, SLH_DSA_128F };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(both); i++) {
		CK_MECHANISM *mechanism = MECHANISM(pure(both[i]));
		CK_ULONG len = both[i]->signature_len;
		CK_BYTE *signature = scratch(len);
		CK_OBJECT_HANDLE pair[2];
		CK_RV rv = CKR_OK;

		pair_make(both[i], pair);
		ok(p11->C_SignInit(session, mechanism, pair[1]));
		for (int n = 0; n < 17 && rv == CKR_OK; n++)
			rv = p11->C_SignUpdate(session, zeros, part);
		if (!seeded(both[i])) {
			assert_rv(rv, CKR_DATA_LEN_RANGE);
			continue;
		}
		ok(rv);
		ok(p11->C_SignFinal(session, signature, &len));
		ok(p11->C_VerifySignatureInit(session, mechanism, pair[0], signature, len));
		for (int n = 0; n < 17; n++)
			ok(p11->C_VerifySignatureUpdate(session, zeros, part));
		ok(p11->C_VerifySignatureFinal(session));
	}
}

/* --- a token that has such keys ----------------------------------------------------------- */

/* The ML-DSA key in tests/ml-dsa.token, and as RFC 9881, C.1.1, has it in PKCS#8. */
#define STORED_SEED "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
static const char *const stored_seed = STORED_SEED;
static const char *const rfc_9881 = "3034020100300b06096086480165030403110422"
				    "8020" STORED_SEED;

static void
find_pair(const struct set *set, CK_OBJECT_HANDLE pair[2])
{
	check(find(session,
		  TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY), ULONG(CKA_KEY_TYPE, set->type)),
		  &pair[0]) == 1);
	check(find(session,
		  TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY), ULONG(CKA_KEY_TYPE, set->type)),
		  &pair[1]) == 1);
	check(value_of(pair[0]).len == set->public_len);
	check(value_of(pair[1]).len == set->private_len);
	check(get_ulong(session, pair[1], CKA_PARAMETER_SET) == set->number);
}

static void
open_stored(void)
{
	slot = 0;
	session = session_stored("ml-dsa.token");
}

/* Readable, and wrapped as ever. */
static void
test_stored(void **state)
{
	CK_OBJECT_HANDLE pair[2], wrapping, copy;

	(void)state;
	open_stored();
	wrapping = key_aes(session, CK_FALSE);
	find_pair(ML_DSA_44, pair);
	same_bytes(get_bytes(session, pair[1], CKA_SEED), unhex(stored_seed));
	same_bytes(kwp_opened(session, wrapping, kwp_wrapped(session, wrapping, pair[1])),
	    unhex(rfc_9881));
	ok(set_one(session, pair[1], TEXT(CKA_LABEL, "still there")));
	ok(p11->C_CopyObject(session, pair[1], TEMPLATE(NO(CKA_TOKEN)), &copy));
	same_bytes(value_of(copy), value_of(pair[1]));
	find_pair(SLH_DSA_128F, pair);
	check(kwp_opened(session, wrapping, kwp_wrapped(session, wrapping, pair[1])).len == 84);
}

static void
test_stored_used(void **state)
{
	const struct set *both[] = { ML_DSA_44, SLH_DSA_128F };
	const struct view message = text("after all that time");
	CK_OBJECT_HANDLE pair[2];

	(void)state;
	open_stored();
	for (size_t i = 0; i < COUNT_OF(both); i++) {
		CK_MECHANISM *mechanism = MECHANISM(pure(both[i]));

		find_pair(both[i], pair);
		ok(verify_rv(pair[0], mechanism, message, signed_by(pair[1], mechanism, message)));
	}
}

/* --- a libcrypto without them --------------------------------------------------------------- */

static void
test_absent(void **state)
{
	const struct set *both[] = { ML_DSA_44, SLH_DSA_128F };
	CK_OBJECT_HANDLE pair[2], made[2];
	CK_MECHANISM_INFO info;

	(void)state;
	open_stored();
	for (size_t i = 0; i < COUNT_OF(both); i++) {
		find_pair(both[i], pair);
		assert_rv(
		    p11->C_GetMechanismInfo(slot, pure(both[i]), &info), CKR_MECHANISM_INVALID);
		assert_rv(p11->C_SignInit(session, MECHANISM(pure(both[i])), pair[1]),
		    CKR_MECHANISM_INVALID);
		assert_rv(p11->C_VerifyInit(session, MECHANISM(pure(both[i])), pair[0]),
		    CKR_MECHANISM_INVALID);
		assert_rv(p11->C_GenerateKeyPair(session, MECHANISM(pairs(both[i])),
			      TEMPLATE(ULONG(CKA_PARAMETER_SET, both[i]->number)), NO_TEMPLATE,
			      &made[0], &made[1]),
		    CKR_MECHANISM_INVALID);
		assert_rv(create(TEMPLATE(PRIVATE(both[i]), BYTES(CKA_VALUE, value_of(pair[1])))),
		    CKR_ATTRIBUTE_VALUE_INVALID);
	}
}

int
main(void)
{
	const struct CMUnitTest with[] = {
		test_mldsa(test_pairs),
		test_mldsa(test_public_of_private),
		test_mldsa(test_hidden),
		test_mldsa(test_libcrypto),
		test_mldsa(test_hedging),
		test_mldsa(test_contexts),
		test_mldsa(test_lengths),
		test_mldsa(test_digests),
		test_mldsa(test_forms),
		test_mldsa(test_disagreements),
		test_mldsa(test_malformed),
		test_mldsa(test_malformed_slhdsa),
		test_mldsa(test_token_objects),
		test_mldsa(test_wrapping),
		test_mldsa(test_rfc_9909),
		test_mldsa(test_both_forms),
		test_mldsa(test_long_messages),
		test_fresh(test_stored),
		test_fresh(test_stored_used),
	};
	const struct CMUnitTest without[] = {
		test_fresh(test_stored),
		test_fresh(test_absent),
	};
	EVP_SIGNATURE *signature = EVP_SIGNATURE_fetch(NULL, "ML-DSA-65", NULL);

	EVP_SIGNATURE_free(signature);
	return signature != NULL ? test_main(with, NULL, NULL) : test_main(without, NULL, NULL);
}
