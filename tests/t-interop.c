/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Agreement with other implementations on the same machine, in both directions:
 * they make a key pair and we make one, each side derives with the other's public
 * value, and the secrets are the same bytes.
 */
#include "tests/interop.h"
#include "tests/peer.h"

#include <openssl/core_names.h>

static CK_SESSION_HANDLE session;

static int
begin(void **state)
{
	module_fresh(state);
	session = session_user(token_make("interop"));
	return 0;
}

#define test_with(function, other)                                                                 \
	{                                                                                          \
#function " with " #other, function, begin, module_stopped,                        \
		    (void *)&interop_##other                                                       \
	}

/* --- groups ------------------------------------------------------------------------------ */

static struct group
group_dh(const char *name)
{
	PEER_KEY model = peer_dh(name);
	struct view prime = peer_number(model, OSSL_PKEY_PARAM_FFC_P);

	return (struct group){ name, KIND_DH, prime.len, VIEW_NONE, prime,
		peer_number(model, OSSL_PKEY_PARAM_FFC_G) };
}

static struct group
group_x(const char *name)
{
	bool small = strcmp(name, "X25519") == 0;

	/* RFC 8410, 3 */
	return (struct group){ .name = name,
		.kind = KIND_X,
		.secret = small ? 32 : 56,
		.params = unhex(small ? "06032b656e" : "06032b656f") };
}

/* --- our side ------------------------------------------------------------------------------ */

struct ours {
	CK_OBJECT_HANDLE private;
	struct told told;
};

/* The OCTET STRING around a point off. */
static struct view
bare(struct view point)
{
	size_t header = point.data[1] < 0x80 ? 2 : 3;

	check(point.data[0] == 0x04 && point.len > header);
	return view_of(point.data + header, point.len - header);
}

static struct ours
make_ours(const struct group *group)
{
	CK_MECHANISM_TYPE type = group->kind == KIND_EC ? CKM_EC_KEY_PAIR_GEN
	    : group->kind == KIND_X                     ? CKM_EC_MONTGOMERY_KEY_PAIR_GEN
							: CKM_DH_PKCS_KEY_PAIR_GEN;
	CK_OBJECT_HANDLE public;
	struct ours ours;

	if (group->kind == KIND_DH)
		ok(p11->C_GenerateKeyPair(session, MECHANISM(type),
		    TEMPLATE(BYTES(CKA_PRIME, group->prime), BYTES(CKA_BASE, group->base)),
		    TEMPLATE(YES(CKA_DERIVE)), &public, &ours.private));
	else
		ok(p11->C_GenerateKeyPair(session, MECHANISM(type),
		    TEMPLATE(BYTES(CKA_EC_PARAMS, group->params)), TEMPLATE(YES(CKA_DERIVE)),
		    &public, &ours.private));
	ours.told.spki = get_bytes(session, public, CKA_PUBLIC_KEY_INFO);
	ours.told.value = group->kind == KIND_DH ? get_bytes(session, public, CKA_VALUE)
						 : get_bytes(session, public, CKA_EC_POINT);
	if (group->kind == KIND_EC)
		ours.told.value = bare(ours.told.value);
	return ours;
}

static struct view
derive(const struct group *group, const struct ours *ours, struct view theirs)
{
	CK_ECDH1_DERIVE_PARAMS ecdh = { CKD_NULL, 0, NULL, theirs.len, (CK_BYTE *)theirs.data };
	CK_MECHANISM dh = { CKM_DH_PKCS_DERIVE, (void *)theirs.data, theirs.len };
	CK_OBJECT_HANDLE key;

	ok(p11->C_DeriveKey(session,
	    group->kind == KIND_DH ? &dh : MECHANISM_WITH(CKM_ECDH1_DERIVE, &ecdh), ours->private,
	    TEMPLATE(
		ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET), NO(CKA_SENSITIVE), YES(CKA_EXTRACTABLE)),
	    &key));
	return get_bytes(session, key, CKA_VALUE);
}

/* --- agreement ------------------------------------------------------------------------------ */

struct theirs {
	const struct other *other;
	void *pair;
	struct bytes value;
};

static struct theirs
make_theirs(const struct other *other, const struct group *group)
{
	struct theirs theirs = { .other = other };

	theirs.pair = other->pair(group, &theirs.value);
	check(theirs.pair != NULL);
	return theirs;
}

static void
release_theirs(struct theirs *theirs)
{
	theirs->other->release(theirs->pair);
	bytes_release(&theirs->value);
}

/* Both derive; the secret. */
static struct view
agreed(const struct group *group, const struct ours *ours, const struct theirs *theirs)
{
	RELEASED(bytes_release) struct bytes secret = { 0 };
	struct view made = derive(group, ours, bytes_view(&theirs->value));

	check(theirs->other->secret(theirs->pair, &ours->told, &secret));
	check(secret.len == group->secret);
	same_bytes(made, bytes_view(&secret));
	return made;
}

static bool
started(const struct other *other)
{
	if (other->begin())
		return true;
	if (!other->program)
		fail_msg("%s does not start", other->name);
	skip_because("it does not start");
	return false;
}

static bool
begun(const struct other *other, const struct group *group)
{
	if (!started(other))
		return false;
	if (other->knows(group))
		return true;
	print_message("# %s knows no %s\n", other->name, group->name);
	other->end();
	return false;
}

static void
agree(const struct other *other, struct group group)
{
	struct theirs theirs;
	struct ours ours;

	if (!begun(other, &group))
		return;
	theirs = make_theirs(other, &group);
	ours = make_ours(&group);
	agreed(&group, &ours, &theirs);
	release_theirs(&theirs);
	other->end();
}

static void
test_ec(void **state)
{
	agree(*state, (struct group){ .name = "P-256", .secret = 32, .params = p256 });
	agree(*state, (struct group){ .name = "P-384", .secret = 48, .params = p384 });
	agree(*state, (struct group){ .name = "P-521", .secret = 66, .params = p521 });
}

static void
test_x(void **state)
{
	agree(*state, group_x("X25519"));
	agree(*state, group_x("X448"));
}

static void
test_dh(void **state)
{
	agree(*state, group_dh("ffdhe2048"));
	agree(*state, group_dh("ffdhe3072"));
	agree(*state, group_dh("ffdhe4096"));
	agree(*state, group_dh("ffdhe6144"));
	agree(*state, group_dh("ffdhe8192"));
}

/* New keys of ours until the secret begins with a byte of zero, which both sides keep. */
static void
agree_on_zero(const struct other *other, struct group group)
{
	struct theirs theirs;
	struct ours ours;
	struct view made;

	if (!begun(other, &group))
		return;
	theirs = make_theirs(other, &group);
	do {
		ours = make_ours(&group);
		made = derive(&group, &ours, bytes_view(&theirs.value));
		check(made.len == group.secret);
	} while (made.data[0] != 0);
	agreed(&group, &ours, &theirs);
	release_theirs(&theirs);
	other->end();
}

static void
test_leading_zeros(void **state)
{
	agree_on_zero(*state, (struct group){ .name = "P-256", .secret = 32, .params = p256 });
	agree_on_zero(*state, (struct group){ .name = "P-521", .secret = 66, .params = p521 });
	agree_on_zero(*state, group_dh("ffdhe2048"));
}

/* A point of X25519 that begins as a DER OCTET STRING or an uncompressed point would (trap 13). */
static void
test_x_begins_with_4(void **state)
{
	const struct other *other = *state;
	struct group group = group_x("X25519");
	struct theirs theirs;
	struct ours ours;

	if (!begun(other, &group))
		return;
	for (theirs = make_theirs(other, &group); theirs.value.data[0] != 4;) {
		release_theirs(&theirs);
		theirs = make_theirs(other, &group);
	}
	do
		ours = make_ours(&group);
	while (ours.told.value.data[0] != 4);
	agreed(&group, &ours, &theirs);
	release_theirs(&theirs);
	other->end();
}

/* --- keys sent by way of RSA -------------------------------------------------------------- */

static CK_MECHANISM *
transport(const char *hash)
{
	CK_RSA_PKCS_OAEP_PARAMS *params = scratch(sizeof(*params));
	CK_MECHANISM *mechanism = scratch(sizeof(*mechanism));
	bool old = hash != NULL && strcmp(hash, "SHA1") == 0;

	*mechanism = (CK_MECHANISM){ CKM_RSA_PKCS, NULL, 0 };
	if (hash == NULL)
		return mechanism;
	*params = (CK_RSA_PKCS_OAEP_PARAMS){ old ? CKM_SHA_1 : CKM_SHA256,
		old ? CKG_MGF1_SHA1 : CKG_MGF1_SHA256, CKZ_DATA_SPECIFIED, NULL, 0 };
	*mechanism = (CK_MECHANISM){ CKM_RSA_PKCS_OAEP, params, sizeof(*params) };
	return mechanism;
}

#define OPEN_AES                                                                                   \
	ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_AES), NO(CKA_SENSITIVE),         \
	    YES(CKA_EXTRACTABLE)

static void
we_open(const struct other *other, const char *hash, const CK_OBJECT_HANDLE ours[2])
{
	RELEASED(bytes_release) struct bytes sealed = { 0 };
	struct view plain =
	    unhex("000102030405060708090a0b0c0d0e0f00112233445566778899aabbccddeeff");
	CK_OBJECT_HANDLE key;

	check(other->rsa_seal(
	    hash, get_bytes(session, ours[0], CKA_PUBLIC_KEY_INFO), plain, &sealed));
	ok(p11->C_UnwrapKey(
	    session, transport(hash), ours[1], sealed.data, sealed.len, TEMPLATE(OPEN_AES), &key));
	same_bytes(get_bytes(session, key, CKA_VALUE), plain);
}

static CK_OBJECT_HANDLE
imported(struct view spki)
{
	PEER_KEY key = peer_spki_public(spki);
	CK_OBJECT_HANDLE object;

	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY), ULONG(CKA_KEY_TYPE, CKK_RSA), YES(CKA_WRAP),
		BYTES(CKA_MODULUS, peer_number(key, OSSL_PKEY_PARAM_RSA_N)),
		BYTES(CKA_PUBLIC_EXPONENT, peer_number(key, OSSL_PKEY_PARAM_RSA_E))),
	    &object));
	return object;
}

static void
they_open(const struct other *other, const char *hash, void *pair, CK_OBJECT_HANDLE theirs)
{
	RELEASED(bytes_release) struct bytes plain = { 0 };
	CK_BYTE sealed[256];
	CK_ULONG len = sizeof(sealed);
	CK_OBJECT_HANDLE key;

	ok(p11->C_GenerateKey(session, MECHANISM(CKM_AES_KEY_GEN),
	    TEMPLATE(OPEN_AES, ULONG(CKA_VALUE_LEN, 32)), &key));
	ok(p11->C_WrapKey(session, transport(hash), theirs, key, sealed, &len));
	check(other->rsa_open(pair, hash, view_of(sealed, len), &plain));
	same_bytes(bytes_view(&plain), get_bytes(session, key, CKA_VALUE));
}

static void
test_rsa(void **state)
{
	static const char *const hashes[] = { "SHA1", "SHA256", NULL };
	const struct other *other = *state;
	RELEASED(bytes_release) struct bytes spki = { 0 };
	CK_OBJECT_HANDLE ours[2], theirs;
	void *pair;

	if (!started(other))
		return;
	pair = other->rsa_pair(&spki);
	check(pair != NULL);
	theirs = imported(bytes_view(&spki));
	key_pair_rsa(session, 2048, ours);
	for (size_t i = 0; i < COUNT_OF(hashes); i++) {
		we_open(other, hashes[i], ours);
		they_open(other, hashes[i], pair, theirs);
	}
	other->release(pair);
	other->end();
}

/* --- keys under AES keys -------------------------------------------------------------------- */

/* A secret key of the token with this value. */
static CK_OBJECT_HANDLE
secret_key(CK_KEY_TYPE type, struct view value)
{
	CK_OBJECT_HANDLE key;

	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, type), YES(CKA_WRAP),
		YES(CKA_UNWRAP), NO(CKA_SENSITIVE), YES(CKA_EXTRACTABLE), BYTES(CKA_VALUE, value)),
	    &key));
	return key;
}

static void
exchange_under_aes(const struct other *other, struct view kek, bool padded, struct view value)
{
	CK_MECHANISM *mechanism = MECHANISM(padded ? CKM_AES_KEY_WRAP_KWP : CKM_AES_KEY_WRAP);
	CK_OBJECT_HANDLE wrapper = secret_key(CKK_AES, kek), back;
	RELEASED(bytes_release) struct bytes sealed = { 0 };
	RELEASED(bytes_release) struct bytes plain = { 0 };
	CK_BYTE blob[128];
	CK_ULONG len = sizeof(blob);

	check(other->aes_seal(kek, padded, value, &sealed));
	ok(p11->C_UnwrapKey(session, mechanism, wrapper, sealed.data, sealed.len,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET),
		NO(CKA_SENSITIVE), YES(CKA_EXTRACTABLE)),
	    &back));
	same_bytes(get_bytes(session, back, CKA_VALUE), value);

	ok(p11->C_WrapKey(
	    session, mechanism, wrapper, secret_key(CKK_GENERIC_SECRET, value), blob, &len));
	same_bytes(view_of(blob, len), bytes_view(&sealed));
	check(other->aes_open(kek, padded, view_of(blob, len), &plain));
	same_bytes(bytes_view(&plain), value);
}

static void
test_aes(void **state)
{
	static const size_t whole[] = { 16, 24, 40 }, any[] = { 1, 8, 9, 20, 32, 47 };
	const struct other *other = *state;
	CK_BYTE kek[32], value[64];

	if (!started(other))
		return;
	ok(p11->C_GenerateRandom(session, kek, sizeof(kek)));
	ok(p11->C_GenerateRandom(session, value, sizeof(value)));
	for (size_t i = 0; i < COUNT_OF(whole); i++)
		exchange_under_aes(
		    other, view_of(kek, sizeof(kek)), false, view_of(value, whole[i]));
	for (size_t i = 0; i < COUNT_OF(any); i++)
		exchange_under_aes(other, view_of(kek, sizeof(kek)), true, view_of(value, any[i]));
	other->end();
}

#ifdef HAVE_NSS
/* NSS loads the module itself, logs in, and makes and uses keys on the token. */
static void
test_nss_drives(void **state)
{
	struct view curves[] = { p256, p384, p521 };

	(void)state;
	ok(p11->C_Finalize(NULL));
	check(interop_nss.begin());
	for (size_t i = 0; i < COUNT_OF(curves); i++) {
		const char *wrong =
		    interop_nss_drives(getenv("HANDFAST_MODULE"), "interop", USER_PIN, curves[i]);

		if (wrong != NULL)
			fail_msg("%s", wrong);
	}
	interop_nss.end();
}
#else
static void
test_without_nss(void **state)
{
	(void)state;
	skip_because("built without NSS (Debian: libnss3-dev)");
}
#endif

#if defined(HAVE_GNUTLS) && !defined(HAVE_GNUTLS_DERIVE)
static void
test_without_gnutls(void **state)
{
	(void)state;
	skip_because("GnuTLS before 3.8.2 has no gnutls_privkey_derive_secret");
}
#endif

#ifndef HAVE_GNUTLS
static void
test_without_nettle(void **state)
{
	(void)state;
	skip_because("built without GnuTLS and Nettle (Debian: libgnutls28-dev)");
}
#endif

#define TESTS_WITH(other)                                                                          \
	test_with(test_ec, other), test_with(test_x, other), test_with(test_leading_zeros, other), \
	    test_with(test_x_begins_with_4, other)

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		TESTS_WITH(command),
		test_with(test_dh, command),
		test_with(test_rsa, command),
		test_with(test_aes, command),
#ifdef HAVE_GNUTLS
		TESTS_WITH(nettle),
#ifdef HAVE_GNUTLS_DERIVE
		TESTS_WITH(gnutls),
		test_with(test_dh, gnutls),
#else
		cmocka_unit_test(test_without_gnutls),
#endif
#else
		cmocka_unit_test(test_without_nettle),
#endif
#ifdef HAVE_NSS
		TESTS_WITH(nss),
		test_with(test_dh, nss),
		test_with(test_rsa, nss),
		test_with(test_aes, nss),
		test_with(test_nss_drives, nss),
#else
		cmocka_unit_test(test_without_nss),
#endif
	};

	return test_main(tests, NULL, NULL);
}
