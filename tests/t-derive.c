/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two parties agree on a key: what a derived key is (its length, which end of the
 * raw secret it keeps, who may read it), what a peer's value must be, and that
 * two tokens, and a token and libcrypto, come to the same bytes.
 */
#include "tests/client.h"
#include "tests/peer.h"

#include <openssl/core_names.h>

static CK_SLOT_ID slot;
static CK_SESSION_HANDLE session;

static int
begin(void **state)
{
	module_fresh(state);
	slot = token_make("derive");
	session = session_user(slot);
	return 0;
}

#define test_derive(function) cmocka_unit_test_setup_teardown(function, begin, module_stopped)

/* --- the two kinds of agreement, under one form ----------------------------------------- */

struct group {
	const char *name;          /* libcrypto's */
	const struct view *params; /* NULL: a finite field */
	size_t secret;             /* bytes of the raw shared secret */
};

static const struct group groups[] = {
	{ "P-256", &p256, 32 },
	{ "P-384", &p384, 48 },
	{ "P-521", &p521, 66 },
	{ "ffdhe2048", NULL, 256 },
	{ "modp_2048", NULL, 256 },
};

static EVP_PKEY *
peer_of(const struct group *group)
{
	return group->params != NULL ? peer_ec(group->name) : peer_dh(group->name);
}

/* The token's half: pair[0] public, pair[1] private. */
static void
pair_in(CK_SESSION_HANDLE s, const struct group *group, CK_ATTRIBUTE *private, CK_ULONG count,
    CK_OBJECT_HANDLE pair[2])
{
	PEER_KEY model = NULL;

	if (group->params != NULL) {
		ok(p11->C_GenerateKeyPair(s, MECHANISM(CKM_EC_KEY_PAIR_GEN),
		    TEMPLATE(BYTES(CKA_EC_PARAMS, *group->params)), private, count, &pair[0],
		    &pair[1]));
		return;
	}
	model = peer_dh(group->name);
	ok(p11->C_GenerateKeyPair(s, MECHANISM(CKM_DH_PKCS_KEY_PAIR_GEN),
	    TEMPLATE(BYTES(CKA_PRIME, peer_number(model, OSSL_PKEY_PARAM_FFC_P)),
		BYTES(CKA_BASE, peer_number(model, OSSL_PKEY_PARAM_FFC_G))),
	    private, count, &pair[0], &pair[1]));
}

/* What the token's half tells the other party. */
static EVP_PKEY *
told(CK_SESSION_HANDLE s, const struct group *group, CK_OBJECT_HANDLE public)
{
	struct view point;

	if (group->params == NULL)
		return peer_dh_public(group->name, get_bytes(s, public, CKA_VALUE));
	/* the OCTET STRING around it: two bytes, three where the length needs a second */
	point = get_bytes(s, public, CKA_EC_POINT);
	point = point.data[1] < 0x80 ? view_of(point.data + 2, point.len - 2)
				     : view_of(point.data + 3, point.len - 3);
	return peer_ec_public(group->name, point);
}

/* A mechanism with the other party's value. */
static CK_MECHANISM *
with(const struct group *group, struct view value)
{
	CK_MECHANISM *mechanism = scratch(sizeof(*mechanism));
	CK_ECDH1_DERIVE_PARAMS *ecdh;

	if (group->params == NULL) {
		*mechanism = (CK_MECHANISM){ CKM_DH_PKCS_DERIVE, (void *)value.data, value.len };
		return mechanism;
	}
	ecdh = scratch(sizeof(*ecdh));
	*ecdh = (CK_ECDH1_DERIVE_PARAMS){ CKD_NULL, 0, NULL, value.len, (CK_BYTE *)value.data };
	*mechanism = (CK_MECHANISM){ CKM_ECDH1_DERIVE, ecdh, sizeof(*ecdh) };
	return mechanism;
}

static CK_MECHANISM *
with_peer(const struct group *group, const EVP_PKEY *peer)
{
	return with(group,
	    group->params != NULL ? peer_point(peer) : peer_number(peer, OSSL_PKEY_PARAM_PUB_KEY));
}

#define OPEN NO(CKA_SENSITIVE), YES(CKA_EXTRACTABLE)

static CK_RV
derive_rv(CK_OBJECT_HANDLE base, CK_MECHANISM *mechanism, CK_ATTRIBUTE *template, CK_ULONG count,
    CK_OBJECT_HANDLE *key)
{
	*key = CK_INVALID_HANDLE;
	return p11->C_DeriveKey(session, mechanism, base, template, count, key);
}

static CK_OBJECT_HANDLE
derived(CK_OBJECT_HANDLE base, CK_MECHANISM *mechanism, CK_ATTRIBUTE *template, CK_ULONG count)
{
	CK_OBJECT_HANDLE key;

	ok(derive_rv(base, mechanism, template, count, &key));
	check(key != CK_INVALID_HANDLE);
	return key;
}

static struct view
value_of(CK_OBJECT_HANDLE key)
{
	return get_bytes(session, key, CKA_VALUE);
}

static struct view
tail(struct view bytes, size_t len)
{
	return view_of(bytes.data + bytes.len - len, len);
}

/* --- lengths ------------------------------------------------------------------------------- */

/* The raw secret has a fixed length, and a shorter key keeps its end (PKCS#11 3.2, 6.3.21, 6.8.9).
 */
static void
test_trailing_bytes(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(groups); i++) {
		const struct group *group = &groups[i];
		CK_OBJECT_HANDLE pair[2], key;
		PEER_KEY peer = peer_of(group);
		PEER_KEY other = NULL;
		CK_MECHANISM *mechanism = with_peer(group, peer);
		struct view secret;
		static const size_t lengths[] = { 14, 16, 20, 24, 31, 32, 48, 66, 256 };

		pair_in(session, group, TEMPLATE(YES(CKA_DERIVE)), pair);
		other = told(session, group, pair[0]);
		secret = peer_secret(peer, other);
		check(secret.len == group->secret);
		for (size_t n = 0; n < COUNT_OF(lengths) && lengths[n] <= group->secret; n++) {
			key = derived(pair[1], mechanism,
			    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY),
				ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET), OPEN,
				ULONG(CKA_VALUE_LEN, lengths[n])));
			same_bytes(value_of(key), tail(secret, lengths[n]));
			check(get_ulong(session, key, CKA_VALUE_LEN) == lengths[n]);
		}
		/* no length: all there is (trap 11); class and type may be left out as well */
		same_bytes(value_of(derived(pair[1], mechanism, TEMPLATE(OPEN))), secret);
		/* AES takes the longest key that fits */
		key = derived(pair[1], mechanism, TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_AES), OPEN));
		same_bytes(value_of(key), tail(secret, 32));
		key = derived(pair[1], mechanism,
		    TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_AES), OPEN, ULONG(CKA_VALUE_LEN, 16)));
		same_bytes(value_of(key), tail(secret, 16));
	}
}

/* B02: lengths that cannot be. */
static void
test_bad_lengths(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(groups); i++) {
		const struct group *group = &groups[i];
		PEER_KEY peer = peer_of(group);
		CK_MECHANISM *mechanism = with_peer(group, peer);
		CK_ULONG lengths[] = { 0, group->secret + 1, 1UL << 31, ~0UL, ~0UL - 1 }, before;
		CK_OBJECT_HANDLE pair[2], key;

		pair_in(session, group, TEMPLATE(YES(CKA_DERIVE)), pair);
		before = find(session, NO_TEMPLATE, NULL);
		for (size_t n = 0; n < COUNT_OF(lengths); n++) {
			CK_RV rv = derive_rv(pair[1], mechanism,
			    TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET), OPEN,
				ULONG(CKA_VALUE_LEN, lengths[n])),
			    &key);

			if (n == 1)
				assert_rv(rv, CKR_KEY_SIZE_RANGE);
			refused(rv);
			check(key == CK_INVALID_HANDLE);
		}
		assert_rv(
		    derive_rv(pair[1], mechanism,
			TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_AES), ULONG(CKA_VALUE_LEN, 17)), &key),
		    CKR_TEMPLATE_INCONSISTENT);
		check(find(session, NO_TEMPLATE, NULL) == before);
	}
}

/* A KDF gives exactly what is asked, from the front; without a length it does not know what is. */
static void
test_kdf_lengths(void **state)
{
	static const CK_ULONG kdfs[] = { CKD_SHA1_KDF, CKD_SHA256_KDF, CKD_SHA384_KDF,
		CKD_SHA512_KDF, CKD_SHA3_256_KDF, CKD_SHA1_KDF_SP800, CKD_SHA256_KDF_SP800,
		CKD_SHA384_KDF_SP800, CKD_SHA512_KDF_SP800, CKD_SHA3_256_KDF_SP800 };
	const struct group *group = &groups[0];
	PEER_KEY peer = peer_of(group);
	CK_OBJECT_HANDLE pair[2], key;

	(void)state;
	pair_in(session, group, TEMPLATE(YES(CKA_DERIVE)), pair);
	for (size_t i = 0; i < COUNT_OF(kdfs); i++) {
		CK_MECHANISM *mechanism = with_peer(group, peer);
		CK_ECDH1_DERIVE_PARAMS *ecdh = mechanism->pParameter;
		struct view longest, shorter;

		ecdh->kdf = kdfs[i];
		ecdh->pSharedData = (CK_BYTE *)text("shared").data;
		ecdh->ulSharedDataLen = 6;
		longest = value_of(
		    derived(pair[1], mechanism, TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, 200))));
		check(longest.len == 200);
		shorter =
		    value_of(derived(pair[1], mechanism, TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, 20))));
		same_bytes(shorter, view_of(longest.data, 20));
		shorter = value_of(
		    derived(pair[1], mechanism, TEMPLATE(OPEN, ULONG(CKA_KEY_TYPE, CKK_AES))));
		same_bytes(shorter, view_of(longest.data, 32));
		assert_rv(derive_rv(pair[1], mechanism,
			      TEMPLATE(OPEN, ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET)), &key),
		    CKR_TEMPLATE_INCOMPLETE);
		refused(derive_rv(
		    pair[1], mechanism, TEMPLATE(OPEN, ULONG(CKA_VALUE_LEN, ~0UL)), &key));
	}
}

/* Traps 14 and Raccoon: leading zeros stay. */
static void
test_leading_zeros(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(groups); i++) {
		const struct group *group = &groups[i];
		CK_OBJECT_HANDLE pair[2];
		PEER_KEY other = NULL;

		if (i == 1 || i == 4)
			continue; /* nothing that the others do not show, and slow */
		pair_in(session, group, TEMPLATE(YES(CKA_DERIVE)), pair);
		other = told(session, group, pair[0]);
		for (int tries = 0;; tries++) {
			PEER_KEY peer = peer_of(group);
			struct view secret = peer_secret(peer, other);

			if (secret.data[0] != 0)
				continue;
			same_bytes(
			    value_of(derived(pair[1], with_peer(group, peer), TEMPLATE(OPEN))),
			    secret);
			break;
		}
	}
}

/* --- who may read it ------------------------------------------------------------------------ */

/* How ALWAYS_SENSITIVE and NEVER_EXTRACTABLE follow from the base's: A39, A40 and what is between.
 */
static void
test_history(void **state)
{
	static const struct {
		CK_BBOOL base_sensitive, base_extractable, sensitive, extractable;
	} cases[] = {
		{ CK_TRUE, CK_FALSE, CK_TRUE, CK_FALSE },
		{ CK_TRUE, CK_FALSE, CK_FALSE, CK_TRUE },
		{ CK_TRUE, CK_FALSE, CK_TRUE, CK_TRUE },
		{ CK_FALSE, CK_TRUE, CK_TRUE, CK_FALSE },
		{ CK_FALSE, CK_TRUE, CK_FALSE, CK_TRUE },
		{ CK_TRUE, CK_TRUE, CK_TRUE, CK_FALSE },
	};

	(void)state;
	for (size_t g = 0; g < COUNT_OF(groups) - 1; g += 3) {
		PEER_KEY peer = peer_of(&groups[g]);

		for (size_t i = 0; i < COUNT_OF(cases); i++) {
			CK_OBJECT_HANDLE pair[2], key;
			CK_BBOOL always, never;

			pair_in(session, &groups[g],
			    TEMPLATE(YES(CKA_DERIVE), BOOL(CKA_SENSITIVE, cases[i].base_sensitive),
				BOOL(CKA_EXTRACTABLE, cases[i].base_extractable)),
			    pair);
			key = derived(pair[1], with_peer(&groups[g], peer),
			    TEMPLATE(BOOL(CKA_SENSITIVE, cases[i].sensitive),
				BOOL(CKA_EXTRACTABLE, cases[i].extractable)));
			always = cases[i].base_sensitive && cases[i].sensitive;
			never = !cases[i].base_extractable && !cases[i].extractable;
			check(get_bool(session, key, CKA_SENSITIVE) == cases[i].sensitive);
			check(get_bool(session, key, CKA_EXTRACTABLE) == cases[i].extractable);
			check(get_bool(session, key, CKA_ALWAYS_SENSITIVE) == always);
			check(get_bool(session, key, CKA_NEVER_EXTRACTABLE) == never);
			check(!get_bool(session, key, CKA_LOCAL));
			check(get_ulong(session, key, CKA_KEY_GEN_MECHANISM) ==
			    CK_UNAVAILABLE_INFORMATION);
			assert_rv(get_rv(session, key, CKA_VALUE),
			    cases[i].sensitive || !cases[i].extractable ? CKR_ATTRIBUTE_SENSITIVE
									: CKR_OK);
		}
	}
}

/* What the template leaves open is readable, as the standard says and clients rely on (trap 15). */
static void
test_defaults(void **state)
{
	const struct group *group = &groups[0];
	PEER_KEY peer = peer_of(group);
	CK_OBJECT_HANDLE pair[2], key;

	(void)state;
	pair_in(session, group, TEMPLATE(YES(CKA_DERIVE)), pair);
	key = derived(pair[1], with_peer(group, peer), NO_TEMPLATE);
	check(!get_bool(session, key, CKA_SENSITIVE) && get_bool(session, key, CKA_EXTRACTABLE));
	check(get_ulong(session, key, CKA_CLASS) == CKO_SECRET_KEY);
	check(get_ulong(session, key, CKA_KEY_TYPE) == CKK_GENERIC_SECRET);
	check(get_ulong(session, key, CKA_VALUE_LEN) == 32);
	check(!get_bool(session, key, CKA_TOKEN));

	ok(p11->C_Finalize(NULL));
	client_configure("derived-secrets = sensitive\n");
	ok(p11->C_Initialize(NULL));
	session = session_user(slot);
	pair_in(session, group, TEMPLATE(YES(CKA_DERIVE)), pair);
	key = derived(pair[1], with_peer(group, peer), NO_TEMPLATE);
	check(get_bool(session, key, CKA_SENSITIVE));
	assert_rv(get_rv(session, key, CKA_VALUE), CKR_ATTRIBUTE_SENSITIVE);
	key = derived(pair[1], with_peer(group, peer), TEMPLATE(OPEN));
	check(value_of(key).len == 32);
}

/* A hidden key that is short enough to guess is none. */
static void
test_fourteen_bytes(void **state)
{
	(void)state;
	for (size_t g = 0; g < COUNT_OF(groups) - 1; g += 3) {
		PEER_KEY peer = peer_of(&groups[g]);
		CK_MECHANISM *mechanism = with_peer(&groups[g], peer);
		CK_OBJECT_HANDLE pair[2], key;

		pair_in(session, &groups[g], TEMPLATE(YES(CKA_DERIVE)), pair);
		for (CK_ULONG len = 1; len < 20; len++) {
			CK_RV rv = derive_rv(pair[1], mechanism,
			    TEMPLATE(YES(CKA_SENSITIVE), ULONG(CKA_VALUE_LEN, len)), &key);

			assert_rv(rv, len < 14 ? CKR_KEY_SIZE_RANGE : CKR_OK);
			rv = derive_rv(pair[1], mechanism,
			    TEMPLATE(NO(CKA_EXTRACTABLE), ULONG(CKA_VALUE_LEN, len)), &key);
			assert_rv(rv, len < 14 ? CKR_KEY_SIZE_RANGE : CKR_OK);
		}
	}
}

/* --- where it may be put -----------------------------------------------------------------------
 */

/* Trap 16: an agreement in a read-only session that nobody logged in to, all of it in memory. */
static void
test_without_login(void **state)
{
	(void)state;
	ok(p11->C_CloseAllSessions(slot));
	session = session_open(slot, READ_ONLY);
	for (size_t i = 0; i < COUNT_OF(groups); i++) {
		PEER_KEY peer = peer_of(&groups[i]);
		PEER_KEY other = NULL;
		CK_OBJECT_HANDLE pair[2], key;

		pair_in(session, &groups[i], TEMPLATE(YES(CKA_DERIVE)), pair);
		check(!get_bool(session, pair[1], CKA_PRIVATE));
		other = told(session, &groups[i], pair[0]);
		key = derived(pair[1], with_peer(&groups[i], peer), TEMPLATE(OPEN));
		same_bytes(value_of(key), peer_secret(peer, other));
		assert_rv(derive_rv(pair[1], with_peer(&groups[i], peer),
			      TEMPLATE(YES(CKA_PRIVATE)), &key),
		    CKR_USER_NOT_LOGGED_IN);
		refused(derive_rv(
		    pair[1], with_peer(&groups[i], peer), TEMPLATE(YES(CKA_TOKEN)), &key));
		ok(p11->C_DestroyObject(session, pair[1]));
	}
}

/* Derived into the token: there for the next process. */
static void
test_into_token(void **state)
{
	const struct group *group = &groups[2];
	PEER_KEY peer = peer_of(group);
	PEER_KEY other = NULL;
	CK_OBJECT_HANDLE pair[2], key;
	CK_SESSION_HANDLE writer = session;

	(void)state;
	pair_in(session, group, TEMPLATE(YES(CKA_DERIVE), YES(CKA_TOKEN)), pair);
	other = told(session, group, pair[0]);
	session = session_open(slot, READ_ONLY);
	assert_rv(derive_rv(pair[1], with_peer(group, peer), TEMPLATE(YES(CKA_TOKEN)), &key),
	    CKR_SESSION_READ_ONLY);
	session = writer;
	derived(pair[1], with_peer(group, peer),
	    TEMPLATE(YES(CKA_TOKEN), TEXT(CKA_LABEL, "agreed"), OPEN));
	ok(p11->C_Finalize(NULL));
	ok(p11->C_Initialize(NULL));
	session = session_user(slot);
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "agreed")), &key) == 1);
	same_bytes(value_of(key), peer_secret(peer, other));
}

/* What cannot be met makes nothing. */
static void
test_impossible_templates(void **state)
{
	const struct group *group = &groups[0];
	PEER_KEY peer = peer_of(group);
	CK_MECHANISM *mechanism = with_peer(group, peer);
	CK_OBJECT_HANDLE pair[2], key;
	CK_ULONG before;

	(void)state;
	pair_in(session, group, TEMPLATE(YES(CKA_DERIVE)), pair);
	before = find(session, NO_TEMPLATE, NULL);
	refused(derive_rv(pair[1], mechanism, TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY)), &key));
	refused(derive_rv(pair[1], mechanism, TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_RSA)), &key));
	refused(derive_rv(pair[1], mechanism, TEMPLATE(YES(CKA_LOCAL)), &key));
	refused(derive_rv(pair[1], mechanism, TEMPLATE(YES(CKA_ALWAYS_SENSITIVE)), &key));
	refused(derive_rv(pair[1], mechanism, TEMPLATE(BYTES(CKA_VALUE, unhex("00"))), &key));
	refused(derive_rv(pair[1], mechanism, TEMPLATE(YES(CKA_TRUSTED)), &key));
	refused(derive_rv(pair[1], mechanism,
	    TEMPLATE(ULONG(CKA_VALUE_LEN, 16), ULONG(CKA_VALUE_LEN, 32)), &key));
	refused(p11->C_DeriveKey(session, mechanism, pair[1], NO_TEMPLATE, NULL));
	refused(p11->C_DeriveKey(session, NULL, pair[1], NO_TEMPLATE, &key));
	check(find(session, NO_TEMPLATE, NULL) == before);
}

/* --- the other party's value ---------------------------------------------------------------------
 */

/* B01: P-256 points that are none. */
static void
test_bad_points(void **state)
{
	const struct group *group = &groups[0];
	PEER_KEY peer = peer_of(group);
	PEER_KEY larger = peer_ec("P-384");
	PEER_KEY koblitz = peer_ec("secp256k1");
	struct view good = peer_point(peer), bad[13];
	CK_OBJECT_HANDLE pair[2], key;
	CK_ECDH1_DERIVE_PARAMS none = { CKD_NULL, 0, NULL, 65, NULL };

	(void)state;
	pair_in(session, group, TEMPLATE(YES(CKA_DERIVE)), pair);
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		bad[i] = copy_of(good.data, good.len);
	((CK_BYTE *)bad[0].data)[64] ^= 1;          /* y off by one */
	((CK_BYTE *)bad[1].data)[1] ^= 0x80;        /* another x */
	memset((CK_BYTE *)bad[2].data + 1, 0, 64);  /* (0, 0) */
	memset((CK_BYTE *)bad[3].data + 33, 0, 32); /* y = 0: of order two, if it were on a curve */
	((CK_BYTE *)bad[4].data)[0] = 6;            /* hybrid, one of the two parities */
	((CK_BYTE *)bad[5].data)[0] = 7;
	memset((CK_BYTE *)bad[6].data + 1, 0xff, 32); /* x ≥ p */
	bad[7] = unhex("00");                         /* infinity */
	bad[8] = view_of(good.data, 64);
	bad[9] = view_of(memcpy(scratch(66), good.data, 65), 66);
	bad[10] = peer_point(larger);
	bad[11] = peer_point(koblitz);
	bad[12] = view_of(memcpy(scratch(33), good.data, 33), 33); /* 04 with half a point */
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		CK_RV rv = derive_rv(pair[1], with(group, bad[i]), TEMPLATE(OPEN), &key);

		check(rv == CKR_PUBLIC_KEY_INVALID || rv == CKR_MECHANISM_PARAM_INVALID);
		check(key == CK_INVALID_HANDLE);
	}
	assert_rv(
	    derive_rv(pair[1], with(group, bad[0]), TEMPLATE(OPEN), &key), CKR_PUBLIC_KEY_INVALID);
	refused(derive_rv(pair[1], with(group, VIEW_NONE), TEMPLATE(OPEN), &key));
	refused(derive_rv(pair[1], MECHANISM_WITH(CKM_ECDH1_DERIVE, &none), TEMPLATE(OPEN), &key));
}

/* Raw, in DER, compressed: trap 10. */
static void
test_point_forms(void **state)
{
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		PEER_KEY peer = peer_of(&groups[i]);
		PEER_KEY other = NULL;
		struct view raw = peer_point(peer), compressed;
		CK_OBJECT_HANDLE pair[2];
		struct view forms[3], secret;

		pair_in(session, &groups[i], TEMPLATE(YES(CKA_DERIVE)), pair);
		other = told(session, &groups[i], pair[0]);
		secret = peer_secret(peer, other);
		compressed = copy_of(raw.data, 1 + raw.len / 2);
		((CK_BYTE *)compressed.data)[0] = (CK_BYTE)(2 + (raw.data[raw.len - 1] & 1));
		forms[0] = raw;
		forms[1] = peer_point_der(peer);
		forms[2] = compressed;
		for (size_t form = 0; form < COUNT_OF(forms); form++)
			same_bytes(value_of(derived(
				       pair[1], with(&groups[i], forms[form]), TEMPLATE(OPEN))),
			    secret);
	}
}

/* A curve's name as CKA_EC_PARAMS: a PrintableString. */
static struct view
named(const char *name)
{
	size_t len = strlen(name);
	CK_BYTE *params = scratch(2 + len);

	params[0] = 0x13;
	params[1] = (CK_BYTE)len;
	memcpy(params + 2, name, len);
	return view_of(params, 2 + len);
}

/* The halves of a pair belong together, whichever curve and generator, and whichever derivation. */
static void
test_every_curve(void **state)
{
	static const char *const names[] = { "P-224", "P-256", "P-384", "P-521", "secp256k1",
		"brainpoolP256r1", "brainpoolP256t1", "brainpoolP320r1", "brainpoolP320t1",
		"brainpoolP384r1", "brainpoolP384t1", "brainpoolP512r1", "brainpoolP512t1" };
	static const CK_MECHANISM_TYPE generators[] = { CKM_EC_KEY_PAIR_GEN,
		CKM_EC_KEY_PAIR_GEN_W_EXTRA_BITS };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(names) * COUNT_OF(generators); i++) {
		struct view params = named(names[i / 2]), secret;
		const struct group group = { names[i / 2], &params, 0 };
		PEER_KEY peer = peer_of(&group);
		PEER_KEY other = NULL;
		CK_MECHANISM *mechanism = with_peer(&group, peer);
		CK_OBJECT_HANDLE pair[2];

		ok(p11->C_GenerateKeyPair(session, MECHANISM(generators[i % 2]),
		    TEMPLATE(BYTES(CKA_EC_PARAMS, params)), TEMPLATE(YES(CKA_DERIVE)), &pair[0],
		    &pair[1]));
		other = told(session, &group, pair[0]);
		secret = peer_secret(peer, other);
		same_bytes(get_bytes(session, pair[0], CKA_PUBLIC_KEY_INFO), peer_spki(other));
		same_bytes(get_bytes(session, pair[1], CKA_PUBLIC_KEY_INFO), peer_spki(other));
		same_bytes(value_of(derived(pair[1], mechanism, TEMPLATE(OPEN))), secret);
		mechanism->mechanism = CKM_ECDH1_COFACTOR_DERIVE;
		same_bytes(value_of(derived(pair[1], mechanism, TEMPLATE(OPEN))), secret);
	}
}

static const struct montgomery {
	const char *name, *pkcs11;
	struct view params;
	size_t len;
} montgomery[] = {
	{ "X25519", "curve25519", { (const CK_BYTE *)"\x06\x03\x2b\x65\x6e", 5 }, 32 },
	{ "X448", "curve448", { (const CK_BYTE *)"\x06\x03\x2b\x65\x6f", 5 }, 56 },
};

static CK_RV
import_point(const struct montgomery *curve, struct view point, CK_OBJECT_HANDLE *key)
{
	return p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY), ULONG(CKA_KEY_TYPE, CKK_EC_MONTGOMERY),
		BYTES(CKA_EC_PARAMS, curve->params), BYTES(CKA_EC_POINT, point)),
	    key);
}

static CK_RV
import_private(
    const struct montgomery *curve, struct view value, struct view info, CK_OBJECT_HANDLE *key)
{
	CK_ATTRIBUTE template[] = { ULONG(CKA_CLASS, CKO_PRIVATE_KEY),
		ULONG(CKA_KEY_TYPE, CKK_EC_MONTGOMERY), YES(CKA_DERIVE),
		BYTES(CKA_EC_PARAMS, curve->params), BYTES(CKA_VALUE, value),
		BYTES(CKA_PUBLIC_KEY_INFO, info) };

	return p11->C_CreateObject(
	    session, template, COUNT_OF(template) - (info.len == 0 ? 1 : 0), key);
}

/* `value` behind a tag and a length, and one byte of unused bits where that is asked for. */
static struct view
tlv(CK_BYTE tag, struct view value)
{
	size_t more = tag == 0x03 ? 1 : 0;
	CK_BYTE *bytes = scratch(value.len + 2 + more);

	bytes[0] = tag;
	bytes[1] = (CK_BYTE)(value.len + more);
	bytes[2] = 0;
	memcpy(bytes + 2 + more, value.data, value.len);
	return view_of(bytes, value.len + 2 + more);
}

/* X25519 and X448: a pair made here, and its halves taken out and in again. */
static void
test_montgomery(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2 * COUNT_OF(montgomery); i++) {
		const struct montgomery *curve = &montgomery[i / 2];
		struct view params = i % 2 == 0 ? curve->params : named(curve->pkcs11);
		const struct group group = { curve->name, &params, curve->len };
		PEER_KEY peer = peer_x(curve->name);
		PEER_KEY other = NULL;
		struct view point, secret, private;
		CK_OBJECT_HANDLE pair[2], again;

		ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_EC_MONTGOMERY_KEY_PAIR_GEN),
		    TEMPLATE(BYTES(CKA_EC_PARAMS, params)), TEMPLATE(YES(CKA_DERIVE), OPEN),
		    &pair[0], &pair[1]));
		same_bytes(get_bytes(session, pair[1], CKA_EC_PARAMS), params);
		point = get_bytes(session, pair[0], CKA_EC_POINT);
		private = get_bytes(session, pair[1], CKA_VALUE);
		check(point.len == curve->len && private.len == curve->len);
		other = peer_x_public(curve->name, point);
		secret = peer_secret(peer, other);
		check(secret.len == curve->len);
		same_bytes(get_bytes(session, pair[0], CKA_PUBLIC_KEY_INFO), peer_spki(other));
		same_bytes(get_bytes(session, pair[1], CKA_PUBLIC_KEY_INFO), peer_spki(other));
		for (int twice = 0; twice < 2; twice++)
			same_bytes(
			    value_of(derived(pair[1], with_peer(&group, peer), TEMPLATE(OPEN))),
			    secret);

		ok(import_private(curve, private, peer_spki(other), &again));
		same_bytes(
		    value_of(derived(again, with_peer(&group, peer), TEMPLATE(OPEN))), secret);
		same_bytes(get_bytes(session, again, CKA_PUBLIC_KEY_INFO), peer_spki(other));
		ok(import_private(curve, private, VIEW_NONE, &again));
		same_bytes(get_bytes(session, again, CKA_PUBLIC_KEY_INFO), peer_spki(other));
		assert_rv(import_private(curve, private, peer_spki(peer), &again),
		    CKR_ATTRIBUTE_VALUE_INVALID);
		assert_rv(import_private(curve, tail(private, curve->len - 1), VIEW_NONE, &again),
		    CKR_ATTRIBUTE_VALUE_INVALID);
		assert_rv(import_private(curve, tlv(0x04, private), VIEW_NONE, &again),
		    CKR_ATTRIBUTE_VALUE_INVALID);
	}
}

/* Their public keys are taken in three forms and given out in one: traps 7 and 8. */
static void
test_montgomery_points(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(montgomery); i++) {
		const struct montgomery *curve = &montgomery[i];
		PEER_KEY peer = peer_x(curve->name);
		struct view raw = peer_point(peer), ambiguous = copy_of(raw.data, raw.len);
		struct view forms[] = { raw, tlv(0x04, raw), tlv(0x03, raw) };
		struct view bad[] = { tail(raw, raw.len - 1), tlv(0x02, raw), tlv(0x04, forms[1]),
			VIEW_NONE };
		CK_OBJECT_HANDLE key;

		for (size_t form = 0; form < COUNT_OF(forms); form++) {
			ok(import_point(curve, forms[form], &key));
			same_bytes(get_bytes(session, key, CKA_EC_POINT), raw);
			same_bytes(get_bytes(session, key, CKA_PUBLIC_KEY_INFO), peer_spki(peer));
		}
		for (size_t form = 0; form < COUNT_OF(bad); form++)
			assert_rv(
			    import_point(curve, bad[form], &key), CKR_ATTRIBUTE_VALUE_INVALID);
		/* A point that might be taken for an OCTET STRING, but for its length. */
		((CK_BYTE *)ambiguous.data)[0] = 0x04;
		((CK_BYTE *)ambiguous.data)[1] = (CK_BYTE)(raw.len - 2);
		ok(import_point(curve, ambiguous, &key));
		same_bytes(get_bytes(session, key, CKA_EC_POINT), ambiguous);
	}
}

/* B04: 0, 1, p-1, p, p+1, nothing, and two megabytes. */
static void
test_bad_dh_values(void **state)
{
	const struct group *group = &groups[3];
	PEER_KEY peer = peer_of(group);
	struct view p = peer_number(peer, OSSL_PKEY_PARAM_FFC_P), bad[7];
	CK_OBJECT_HANDLE pair[2], key;

	(void)state;
	pair_in(session, group, TEMPLATE(YES(CKA_DERIVE)), pair);
	bad[0] = unhex("00");
	bad[1] = unhex("01");
	bad[2] = copy_of(p.data, p.len); /* p is odd, so is a last byte of p±1 without a carry */
	((CK_BYTE *)bad[2].data)[p.len - 1] ^= 1;
	bad[3] = p;
	bad[4] = copy_of(p.data, p.len); /* the low 64 bits of these primes are ones */
	memset((CK_BYTE *)bad[4].data + p.len - 8, 0, 8);
	for (size_t at = p.len - 9; ++((CK_BYTE *)bad[4].data)[at] == 0;)
		at--;
	bad[5] = VIEW_NONE;
	bad[6] = view_of(memset(scratch(2 << 20), 0x5a, 2 << 20), 2 << 20);
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		CK_RV rv = derive_rv(pair[1], with(group, bad[i]), TEMPLATE(OPEN), &key);

		check(rv == CKR_PUBLIC_KEY_INVALID || rv == CKR_MECHANISM_PARAM_INVALID);
		check(key == CK_INVALID_HANDLE);
	}
	/* a value of the right size with leading zeros is the same value */
	bad[0] = peer_number_padded(peer, OSSL_PKEY_PARAM_PUB_KEY, 256);
	derived(pair[1], with(group, bad[0]), TEMPLATE(OPEN));
}

/* B05: a group with small subgroups is no group. */
static void
test_bad_groups(void **state)
{
	PEER_KEY model = peer_dh("ffdhe2048");
	struct view p = peer_number(model, OSSL_PKEY_PARAM_FFC_P), other = copy_of(p.data, p.len);
	CK_OBJECT_HANDLE key;

	(void)state;
	((CK_BYTE *)other.data)[128] ^= 2;
	refused(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY), ULONG(CKA_KEY_TYPE, CKK_DH),
		BYTES(CKA_PRIME, other), BYTES(CKA_BASE, unhex("02")),
		BYTES(CKA_VALUE, peer_number(model, OSSL_PKEY_PARAM_PRIV_KEY))),
	    &key));
}

/* --- together
 * ------------------------------------------------------------------------------------- */

/* Encrypts under one key, decrypts under the other. */
static void
check_same_key(
    CK_SESSION_HANDLE from, CK_OBJECT_HANDLE one, CK_SESSION_HANDLE to, CK_OBJECT_HANDLE other)
{
	CK_BYTE iv[12] = { 7 }, message[] = "a message", sealed[64], back[64];
	CK_GCM_PARAMS gcm = { iv, sizeof(iv), 96, NULL, 0, 128 };
	CK_ULONG len = sizeof(sealed), back_len = sizeof(back);

	ok(p11->C_EncryptInit(from, MECHANISM_WITH(CKM_AES_GCM, &gcm), one));
	ok(p11->C_Encrypt(from, message, sizeof(message), sealed, &len));
	ok(p11->C_DecryptInit(to, MECHANISM_WITH(CKM_AES_GCM, &gcm), other));
	ok(p11->C_Decrypt(to, sealed, len, back, &back_len));
	same_bytes(view_of(back, back_len), view_of(message, sizeof(message)));
}

/* Two tokens, each with a key pair that never leaves it, come to the same AES key that neither
 * tells. */
static void
test_two_tokens(void **state)
{
	CK_SLOT_ID slots[2] = { slot, token_make("the other") };
	CK_SESSION_HANDLE sessions[2] = { session, session_user(slots[1]) };

	(void)state;
	for (size_t g = 0; g < COUNT_OF(groups); g++) {
		CK_OBJECT_HANDLE pairs[2][2], keys[2];

		for (size_t i = 0; i < 2; i++)
			pair_in(sessions[i], &groups[g],
			    TEMPLATE(YES(CKA_DERIVE), YES(CKA_TOKEN), YES(CKA_SENSITIVE),
				NO(CKA_EXTRACTABLE)),
			    pairs[i]);
		for (size_t i = 0; i < 2; i++) {
			PEER_KEY other = told(sessions[1 - i], &groups[g], pairs[1 - i][0]);

			session = sessions[i];
			keys[i] = derived(pairs[i][1], with_peer(&groups[g], other),
			    TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_AES), ULONG(CKA_VALUE_LEN, 32),
				YES(CKA_SENSITIVE), NO(CKA_EXTRACTABLE), YES(CKA_ENCRYPT),
				YES(CKA_DECRYPT)));
			check(get_bool(session, keys[i], CKA_ALWAYS_SENSITIVE));
			check(get_bool(session, keys[i], CKA_NEVER_EXTRACTABLE));
		}
		check_same_key(sessions[0], keys[0], sessions[1], keys[1]);
		check_same_key(sessions[1], keys[1], sessions[0], keys[0]);
	}
}

/* One token sends the other a session key by RSA-OAEP; and libcrypto one to a token. */
static void
test_transport(void **state)
{
	CK_RSA_PKCS_OAEP_PARAMS oaep = { CKM_SHA256, CKG_MGF1_SHA256, CKZ_DATA_SPECIFIED, NULL, 0 };
	CK_MECHANISM *mechanism = MECHANISM_WITH(CKM_RSA_PKCS_OAEP, &oaep);
	CK_SESSION_HANDLE other = session_user(token_make("receiver"));
	CK_OBJECT_HANDLE pair[2], sent, received, foreign;
	CK_BYTE blob[256];
	CK_ULONG len = sizeof(blob);
	PEER_KEY public = NULL;
	struct view key = unhex("000102030405060708090a0b0c0d0e0f"), sealed;

	(void)state;
	key_pair_rsa(other, 2048, pair);
	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY), ULONG(CKA_KEY_TYPE, CKK_RSA),
		BYTES(CKA_MODULUS, get_bytes(other, pair[0], CKA_MODULUS)),
		BYTES(CKA_PUBLIC_EXPONENT, get_bytes(other, pair[0], CKA_PUBLIC_EXPONENT)),
		YES(CKA_WRAP)),
	    &foreign));
	sent = key_aes(session, CK_FALSE);
	ok(p11->C_WrapKey(session, mechanism, foreign, sent, blob, &len));
	ok(p11->C_UnwrapKey(other, mechanism, pair[1], blob, len,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_AES),
		YES(CKA_ENCRYPT), YES(CKA_DECRYPT)),
	    &received));
	check(get_ulong(other, received, CKA_VALUE_LEN) == 32);
	check_same_key(session, sent, other, received);

	public = peer_rsa_public(
	    get_bytes(other, pair[0], CKA_MODULUS), get_bytes(other, pair[0], CKA_PUBLIC_EXPONENT));
	sealed = peer_oaep(public, "SHA256", key);
	ok(p11->C_UnwrapKey(other, mechanism, pair[1], (CK_BYTE *)sealed.data, sealed.len,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_AES), OPEN),
	    &received));
	same_bytes(get_bytes(other, received, CKA_VALUE), key);
}

/* CKM_DH_PKCS_PARAMETER_GEN: a group that keys can be made in. */
static void
test_parameters(void **state)
{
	static const CK_ULONG bits[] = { 2048, 3072, 4096 };
	CK_OBJECT_HANDLE domain, pair[2];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bits); i++) {
		struct view prime, base;

		ok(p11->C_GenerateKey(session, MECHANISM(CKM_DH_PKCS_PARAMETER_GEN),
		    TEMPLATE(ULONG(CKA_PRIME_BITS, bits[i])), &domain));
		check(get_ulong(session, domain, CKA_CLASS) == CKO_DOMAIN_PARAMETERS);
		check(get_bool(session, domain, CKA_LOCAL));
		prime = get_bytes(session, domain, CKA_PRIME);
		base = get_bytes(session, domain, CKA_BASE);
		check(prime.len == bits[i] / 8);
		ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_DH_PKCS_KEY_PAIR_GEN),
		    TEMPLATE(BYTES(CKA_PRIME, prime), BYTES(CKA_BASE, base)),
		    TEMPLATE(YES(CKA_DERIVE)), &pair[0], &pair[1]));
		same_bytes(get_bytes(session, pair[1], CKA_PRIME), prime);
	}
	refused(p11->C_GenerateKey(session, MECHANISM(CKM_DH_PKCS_PARAMETER_GEN),
	    TEMPLATE(ULONG(CKA_PRIME_BITS, 512)), &domain));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_derive(test_trailing_bytes),
		test_derive(test_bad_lengths),
		test_derive(test_kdf_lengths),
		test_derive(test_leading_zeros),
		test_derive(test_history),
		test_derive(test_defaults),
		test_derive(test_fourteen_bytes),
		test_derive(test_without_login),
		test_derive(test_into_token),
		test_derive(test_impossible_templates),
		test_derive(test_bad_points),
		test_derive(test_point_forms),
		test_derive(test_every_curve),
		test_derive(test_montgomery),
		test_derive(test_montgomery_points),
		test_derive(test_bad_dh_values),
		test_derive(test_bad_groups),
		test_derive(test_two_tokens),
		test_derive(test_transport),
		test_derive(test_parameters),
	};

	return test_main(tests, NULL, NULL);
}
