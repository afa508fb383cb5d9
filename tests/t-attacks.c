/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keys taken out through the interface alone (Clulow 2003; Delaune, Kremer and Steel
 * 2008; Bortolozzo and others 2010), where the two policy levels differ.  Each is a
 * sequence of calls against a key whose value the test knows and the attacker does not: at
 * the strict level it must stop, at the standard level it must come out as far as
 * doc/threats.md says.  What holds at both levels is in the tests that doc/attacks.md
 * names, row by row.
 */
#include "tests/client.h"
#include "tests/peer.h"

static bool strict;
static CK_SLOT_ID slot;
static CK_SESSION_HANDLE session;

static void
level_set(void **state)
{
	strict = strcmp(*state, "strict") == 0;
	client_configure(strict ? "policy = strict\n" : "policy = standard\n");
}

static int
begin_on_disk(void **state)
{
	level_set(state);
	module_fresh(state);
	slot = token_make("attacks");
	session = session_user(slot);
	return 0;
}

/* In memory PINs cost little. */
static int
begin(void **state)
{
	level_set(state);
	check(setenv("HANDFAST_STORE", "memory:", 1) == 0);
	module_started(state);
	slot = token_make("attacks");
	session = session_user(slot);
	return 0;
}

#define at_level(function, begin, level)                                                           \
	{                                                                                          \
#function " " level, function, begin, module_stopped, level                        \
	}
#define at_both(function) at_level(function, begin, "standard"), at_level(function, begin, "strict")

/* --- what the sequences are made of -------------------------------------------------- */

static const CK_BYTE zeros[32]; /* public: an initial value, a message */
#define CBC_PAD (&(CK_MECHANISM){ CKM_AES_CBC_PAD, (CK_BYTE *)zeros, 16 })
#define KW MECHANISM(CKM_AES_KEY_WRAP)
#define KWP MECHANISM(CKM_AES_KEY_WRAP_KWP)
#define OAEP                                                                                       \
	MECHANISM_WITH(CKM_RSA_PKCS_OAEP,                                                          \
	    (&(CK_RSA_PKCS_OAEP_PARAMS){                                                           \
		CKM_SHA256, CKG_MGF1_SHA256, CKZ_DATA_SPECIFIED, NULL, 0 }))
#define AES ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_AES)
#define EC_PRIVATE ULONG(CKA_CLASS, CKO_PRIVATE_KEY), ULONG(CKA_KEY_TYPE, CKK_EC)
#define READABLE NO(CKA_SENSITIVE), YES(CKA_EXTRACTABLE)
#define HIDDEN YES(CKA_SENSITIVE), NO(CKA_EXTRACTABLE)

/* What the attacker is after: planted by the owner, sensitive, and may travel. */
#define TREASURE unhex("c0ffee00112233445566778899aabbccddeeff0123456789abcdef0badcafe42")

static CK_OBJECT_HANDLE
treasure(CK_ULONG len)
{
	CK_OBJECT_HANDLE key = CK_INVALID_HANDLE;

	ok(p11->C_CreateObject(session,
	    TEMPLATE(AES, YES(CKA_SENSITIVE), YES(CKA_EXTRACTABLE), YES(CKA_ENCRYPT),
		YES(CKA_DECRYPT), ATTRIBUTE(CKA_VALUE, TREASURE.data, len)),
	    &key));
	return key;
}

static CK_RV
generate_rv(CK_ULONG len, CK_ATTRIBUTE *uses, CK_ULONG count, CK_OBJECT_HANDLE *key)
{
	CK_ATTRIBUTE *template = scratch((count + 1) * sizeof(*template));

	template[0] = ULONG(CKA_VALUE_LEN, len);
	memcpy(template + 1, uses, count * sizeof(*uses));
	*key = CK_INVALID_HANDLE;
	return p11->C_GenerateKey(session, MECHANISM(CKM_AES_KEY_GEN), template, count + 1, key);
}

static CK_RV
create_rv(struct view value, CK_ATTRIBUTE *uses, CK_ULONG count, CK_OBJECT_HANDLE *key)
{
	CK_ATTRIBUTE *template = scratch((count + 3) * sizeof(*template));

	template[0] = ULONG(CKA_CLASS, CKO_SECRET_KEY);
	template[1] = ULONG(CKA_KEY_TYPE, CKK_AES);
	template[2] = BYTES(CKA_VALUE, value);
	memcpy(template + 3, uses, count * sizeof(*uses));
	*key = CK_INVALID_HANDLE;
	return p11->C_CreateObject(session, template, count + 3, key);
}

/* A key that can be generated at either level. */
static CK_OBJECT_HANDLE
generated(CK_ULONG len, CK_ATTRIBUTE *uses, CK_ULONG count)
{
	CK_OBJECT_HANDLE key;

	ok(generate_rv(len, uses, count, &key));
	return key;
}

/* One that has several roles: made at the standard level, refused at the strict.  Is it there? */
static bool
with_roles(CK_ATTRIBUTE *uses, CK_ULONG count, CK_OBJECT_HANDLE *key)
{
	CK_RV rv = generate_rv(32, uses, count, key);

	assert_rv(rv, strict ? CKR_TEMPLATE_INCONSISTENT : CKR_OK);
	return rv == CKR_OK;
}

static CK_RV
wrap_rv(CK_MECHANISM *mechanism, CK_OBJECT_HANDLE wrapping, CK_OBJECT_HANDLE key, struct view *blob)
{
	CK_BYTE *out = scratch(1024);
	CK_ULONG len = 1024;
	CK_RV rv = p11->C_WrapKey(session, mechanism, wrapping, key, out, &len);

	*blob = rv == CKR_OK ? view_of(out, len) : VIEW_NONE;
	return rv;
}

static struct view
wrapped(CK_MECHANISM *mechanism, CK_OBJECT_HANDLE wrapping, CK_OBJECT_HANDLE key)
{
	struct view blob;

	ok(wrap_rv(mechanism, wrapping, key, &blob));
	return blob;
}

/* Refused, the question after the length too. */
static void
wraps_not(CK_MECHANISM *mechanism, CK_OBJECT_HANDLE wrapping, CK_OBJECT_HANDLE key, CK_RV rv)
{
	CK_BYTE out[1024];
	CK_ULONG len = sizeof(out);

	assert_rv(p11->C_WrapKey(session, mechanism, wrapping, key, out, &len), rv);
	assert_rv(p11->C_WrapKey(session, mechanism, wrapping, key, NULL, &len), rv);
	check(len == sizeof(out));
}

static CK_RV
unwrap_rv(CK_MECHANISM *mechanism, CK_OBJECT_HANDLE unwrapping, struct view blob,
    CK_ATTRIBUTE *template, CK_ULONG count, CK_OBJECT_HANDLE *key)
{
	*key = CK_INVALID_HANDLE;
	return p11->C_UnwrapKey(
	    session, mechanism, unwrapping, (CK_BYTE *)blob.data, blob.len, template, count, key);
}

static struct view
decrypted(CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key, struct view in)
{
	CK_BYTE *out = scratch(1024);
	CK_ULONG len = 1024;

	ok(p11->C_DecryptInit(session, mechanism, key));
	ok(p11->C_Decrypt(session, (CK_BYTE *)in.data, in.len, out, &len));
	return view_of(out, len);
}

static struct view
encrypted(CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key, struct view in)
{
	CK_BYTE *out = scratch(1024);
	CK_ULONG len = 1024;

	ok(p11->C_EncryptInit(session, mechanism, key));
	ok(p11->C_Encrypt(session, (CK_BYTE *)in.data, in.len, out, &len));
	return view_of(out, len);
}

/* The residual risk of the standard level: the attacker has it. */
#define taken(view) same_bytes(view, TREASURE)

/* RFC 3394, 2.2.1, with somebody who enciphers blocks: what a wrapped key of 32 bytes is. */
static struct view
kw_by_blocks(CK_OBJECT_HANDLE cipher, struct view key)
{
	CK_BYTE *blob = scratch(8 + key.len);
	CK_BYTE block[16]; /* public: the attacker's own */
	const size_t n = key.len / 8;

	memset(blob, 0xa6, 8);
	memcpy(blob + 8, key.data, key.len);
	for (size_t step = 1; step <= 6 * n; step++) {
		CK_BYTE *half = blob + 8 + 8 * ((step - 1) % n);
		struct view out;

		memcpy(block, blob, 8);
		memcpy(block + 8, half, 8);
		out = encrypted(MECHANISM(CKM_AES_ECB), cipher, view_of(block, 16));
		memcpy(blob, out.data, 8);
		blob[7] ^= (CK_BYTE)step;
		memcpy(half, out.data + 8, 8);
	}
	return view_of(blob, 8 + key.len);
}

/* RFC 3394, 2.2.2, by a key that the attacker knows. */
static struct view
kw_opened(struct view key, struct view blob)
{
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	CK_BYTE *out = scratch(blob.len);
	int len = 0;

	EVP_CIPHER_CTX_set_flags(ctx, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
	check(EVP_DecryptInit_ex(ctx, EVP_aes_256_wrap(), NULL, key.data, NULL) == 1);
	check(EVP_DecryptUpdate(ctx, out, &len, blob.data, (int)blob.len) == 1);
	EVP_CIPHER_CTX_free(ctx);
	return view_of(out, (size_t)len);
}

static struct view
xored(struct view a, struct view b)
{
	CK_BYTE *out = scratch(a.len);

	check(a.len <= b.len);
	for (size_t i = 0; i < a.len; i++)
		out[i] = a.data[i] ^ b.data[i];
	return view_of(out, a.len);
}

/* The SO vouches for a public token key that wraps; the session is the user's again. */
static CK_OBJECT_HANDLE
vouched_for(CK_OBJECT_CLASS class)
{
	CK_OBJECT_HANDLE key;

	ok(p11->C_Logout(session));
	ok(p11->C_Login(session, CKU_SO, PIN(SO_PIN)));
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, class), YES(CKA_WRAP)), &key) == 1);
	ok(set_one(session, key, YES(CKA_TRUSTED)));
	ok(p11->C_Logout(session));
	ok(p11->C_Login(session, CKU_USER, PIN(USER_PIN)));
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, class), YES(CKA_WRAP)), &key) == 1);
	return key;
}

/* The attacker's, brought in.  To encrypt, any odd number will do. */
static CK_OBJECT_HANDLE
rsa_public(size_t bits)
{
	CK_BYTE *modulus = scratch(bits / 8);
	CK_OBJECT_HANDLE key;

	memset(modulus, 0xc5, bits / 8);
	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY), ULONG(CKA_KEY_TYPE, CKK_RSA), YES(CKA_TOKEN),
		YES(CKA_WRAP), ATTRIBUTE(CKA_MODULUS, modulus, bits / 8),
		BYTES(CKA_PUBLIC_EXPONENT, unhex("010001"))),
	    &key));
	return key;
}

/* --- roles that undo each other ------------------------------------------------------- */

static void
a18_wrap_then_decrypt(void **state)
{
	CK_MECHANISM *mechanisms[] = { CBC_PAD, KW, KWP, MECHANISM(CKM_AES_ECB),
		&(CK_MECHANISM){ CKM_AES_CBC, (CK_BYTE *)zeros, 16 } };
	CK_OBJECT_HANDLE target = treasure(32), key;

	(void)state;
	if (!with_roles(TEMPLATE(HIDDEN, YES(CKA_WRAP), YES(CKA_DECRYPT)), &key)) {
		refused(create_rv(TREASURE, TEMPLATE(YES(CKA_WRAP), YES(CKA_DECRYPT)), &key));
		return;
	}
	for (size_t i = 0; i < COUNT_OF(mechanisms); i++)
		taken(decrypted(mechanisms[i], key, wrapped(mechanisms[i], key, target)));
}

static void
a19_wrap_then_other_use(void **state)
{
	CK_OBJECT_HANDLE target = treasure(32),
			 key = generated(32, TEMPLATE(HIDDEN, YES(CKA_WRAP)));
	struct view blob = wrapped(KW, key, target);

	(void)state;
	if (strict) {
		assert_rv(p11->C_SetAttributeValue(
			      session, key, TEMPLATE(NO(CKA_WRAP), YES(CKA_DECRYPT))),
		    CKR_ATTRIBUTE_READ_ONLY);
		check(get_bool(session, key, CKA_WRAP) && !get_bool(session, key, CKA_DECRYPT));
		ok(set_one(session, key, NO(CKA_WRAP)));
		assert_rv(set_one(session, key, YES(CKA_WRAP)), CKR_ATTRIBUTE_READ_ONLY);
		assert_rv(set_one(session, key, YES(CKA_DECRYPT)), CKR_ATTRIBUTE_READ_ONLY);
		return;
	}
	ok(p11->C_SetAttributeValue(session, key, TEMPLATE(NO(CKA_WRAP), YES(CKA_DECRYPT))));
	taken(decrypted(KW, key, blob));
}

/* The same at both levels. */
static void
a20_copy_with_other_use(void **state)
{
	CK_OBJECT_HANDLE key = generated(32, TEMPLATE(HIDDEN, YES(CKA_WRAP))), copy;
	CK_RV rv = p11->C_CopyObject(session, key, TEMPLATE(NO(CKA_WRAP), YES(CKA_DECRYPT)), &copy);

	(void)state;
	assert_rv(rv, strict ? CKR_ATTRIBUTE_READ_ONLY : CKR_TEMPLATE_INCONSISTENT);
	ok(p11->C_CopyObject(session, key, TEMPLATE(NO(CKA_WRAP)), &copy));
	refused(p11->C_CopyObject(session, copy, TEMPLATE(YES(CKA_WRAP)), &copy));
}

static void
a21_wrapping_key_comes_back_as_another(void **state)
{
	CK_OBJECT_HANDLE target = treasure(32), second;
	CK_OBJECT_HANDLE outer = generated(32, TEMPLATE(HIDDEN, YES(CKA_WRAP), YES(CKA_UNWRAP)));
	CK_OBJECT_HANDLE key =
	    generated(32, TEMPLATE(YES(CKA_SENSITIVE), YES(CKA_EXTRACTABLE), YES(CKA_WRAP)));
	struct view blob;

	(void)state;
	if (strict) {
		/* It could be wrapped only if it wrapped nothing that matters; and is not. */
		wraps_not(KW, outer, key, CKR_KEY_NOT_WRAPPABLE);
		wraps_not(KW, key, target, CKR_KEY_NOT_WRAPPABLE);
		return;
	}
	blob = wrapped(KW, outer, key);
	ok(unwrap_rv(KW, outer, blob, TEMPLATE(AES, YES(CKA_DECRYPT)), &second));
	taken(decrypted(KW, second, wrapped(KW, key, target)));
}

/* Keys that open or make keys do not travel either: they would come back as ciphers. */
static void
a21_other_keys_come_back_as_another(void **state)
{
	static const CK_ATTRIBUTE_TYPE uses[] = { CKA_UNWRAP, CKA_DERIVE };
	CK_OBJECT_HANDLE outer = generated(32, TEMPLATE(HIDDEN, YES(CKA_WRAP), YES(CKA_UNWRAP)));
	CK_OBJECT_HANDLE key, back, pair[2];
	struct view blob;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(uses); i++) {
		key =
		    generated(32, TEMPLATE(YES(CKA_SENSITIVE), YES(CKA_EXTRACTABLE), YES(uses[i])));
		if (strict)
			wraps_not(KW, outer, key, CKR_KEY_NOT_WRAPPABLE);
		else
			ok(wrap_rv(KW, outer, key, &blob));
	}
	blob = wrapped(KW, outer, treasure(32));
	for (size_t i = 0; i < COUNT_OF(uses); i++)
		assert_rv(unwrap_rv(KW, outer, blob, TEMPLATE(AES, YES(uses[i])), &back),
		    strict ? CKR_TEMPLATE_INCONSISTENT : CKR_OK);
	/* A private key that agrees computes nothing that one which signs does. */
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_EC_KEY_PAIR_GEN),
	    TEMPLATE(BYTES(CKA_EC_PARAMS, p256)), TEMPLATE(YES(CKA_SIGN), YES(CKA_EXTRACTABLE)),
	    &pair[0], &pair[1]));
	blob = wrapped(KWP, outer, pair[1]);
	ok(unwrap_rv(KWP, outer, blob, TEMPLATE(EC_PRIVATE, YES(CKA_DERIVE)), &back));
	assert_rv(unwrap_rv(KWP, outer, blob, TEMPLATE(EC_PRIVATE, YES(CKA_UNWRAP)), &back),
	    strict ? CKR_TEMPLATE_INCONSISTENT : CKR_OK);
}

static void
a22_unwrapped_readable(void **state)
{
	CK_ATTRIBUTE open[] = { NO(CKA_SENSITIVE) };
	CK_OBJECT_HANDLE target = treasure(32), back;
	CK_OBJECT_HANDLE key = generated(32, TEMPLATE(HIDDEN, YES(CKA_WRAP), YES(CKA_UNWRAP)));
	struct view blob = wrapped(KW, key, target);

	(void)state;
	if (!strict) {
		ok(unwrap_rv(KW, key, blob, TEMPLATE(AES, READABLE), &back));
		taken(get_bytes(session, back, CKA_VALUE));
		return;
	}
	assert_rv(
	    unwrap_rv(KW, key, blob, TEMPLATE(AES, READABLE), &back), CKR_TEMPLATE_INCONSISTENT);
	ok(unwrap_rv(KW, key, blob, TEMPLATE(AES), &back));
	check(get_bool(session, back, CKA_SENSITIVE));
	assert_rv(get_rv(session, back, CKA_VALUE), CKR_ATTRIBUTE_SENSITIVE);
	/* A key whose template opens to everybody does not wrap what is hidden. */
	key = generated(32,
	    TEMPLATE(HIDDEN, YES(CKA_WRAP), YES(CKA_UNWRAP),
		ATTRIBUTE(CKA_UNWRAP_TEMPLATE, open, sizeof(open))));
	wraps_not(KW, key, target, CKR_KEY_NOT_WRAPPABLE);
	ok(set_one(session, key, NO(CKA_WRAP)));
	blob = kw_by_blocks(
	    generated(32, TEMPLATE(HIDDEN, YES(CKA_ENCRYPT))), view_of(zeros, sizeof(zeros)));
	assert_rv(unwrap_rv(KW, key, blob, TEMPLATE(AES), &back), CKR_WRAPPED_KEY_INVALID);
}

static void
a23_forged_wrapping_key(void **state)
{
	CK_OBJECT_HANDLE target = treasure(32), key, forged;
	struct view own = view_of(zeros, sizeof(zeros)), blob;

	(void)state;
	if (with_roles(TEMPLATE(HIDDEN, YES(CKA_ENCRYPT), YES(CKA_UNWRAP)), &key)) {
		blob = kw_by_blocks(key, own);
		ok(unwrap_rv(KW, key, blob, TEMPLATE(AES, YES(CKA_WRAP)), &forged));
		taken(kw_opened(own, wrapped(KW, forged, target)));
		return;
	}
	/* Even where somebody else made the blob: what it brings in neither wraps nor derives. */
	key = generated(32, TEMPLATE(HIDDEN, YES(CKA_WRAP), YES(CKA_UNWRAP)));
	ok(create_rv(own, TEMPLATE(READABLE, YES(CKA_ENCRYPT)), &forged));
	blob = wrapped(KW, key, forged);
	assert_rv(unwrap_rv(KW, key, blob, TEMPLATE(AES, YES(CKA_WRAP)), &forged),
	    CKR_TEMPLATE_INCONSISTENT);
	ok(unwrap_rv(KW, key, blob, TEMPLATE(AES), &forged));
	check(!get_bool(session, forged, CKA_WRAP) && !get_bool(session, forged, CKA_DERIVE));
}

/* --- keys that wrap and should not ----------------------------------------------------- */

static void
a24_own_wrapping_key(void **state)
{
	CK_OBJECT_HANDLE target = treasure(32), readable, key;
	struct view blob,
	    own = unhex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

	(void)state;
	ok(create_rv(own, TEMPLATE(HIDDEN, YES(CKA_WRAP)), &key));
	if (!strict) {
		taken(kw_opened(own, wrapped(KW, key, target)));
		return;
	}
	wraps_not(KW, key, target, CKR_KEY_NOT_WRAPPABLE);
	/* It wraps nothing at all, or who reads the blob would take it for the token's. */
	ok(create_rv(own, TEMPLATE(READABLE, YES(CKA_ENCRYPT)), &readable));
	wraps_not(KW, key, readable, CKR_KEY_NOT_WRAPPABLE);
	/* One that was born here and may leave is no better. */
	wraps_not(KW,
	    generated(32, TEMPLATE(YES(CKA_SENSITIVE), YES(CKA_EXTRACTABLE), YES(CKA_WRAP))),
	    target, CKR_KEY_NOT_WRAPPABLE);
	ok(wrap_rv(KW, generated(32, TEMPLATE(HIDDEN, YES(CKA_WRAP))), target, &blob));
	/* With the SO's word it wraps. */
	ok(create_rv(own, TEMPLATE(HIDDEN, YES(CKA_WRAP), NO(CKA_PRIVATE), YES(CKA_TOKEN)), &key));
	key = vouched_for(CKO_SECRET_KEY);
	ok(wrap_rv(KW, key, treasure(32), &blob));
}

/* PBKDF2 is C_GenerateKey, and whoever has the password has the key. */
static void
a24_wrapping_key_of_a_password(void **state)
{
	CK_BYTE password[] = "known to the attacker";
	struct pkcs11_pkcs5_pbkd2_params2 params = { CKZ_SALT_SPECIFIED, password, 8, 1000,
		CKP_PKCS5_PBKD2_HMAC_SHA256, NULL, 0, password, sizeof(password) - 1 };
	CK_OBJECT_HANDLE target = treasure(32), key;
	CK_BYTE own[32]; /* public: the attacker's own */

	(void)state;
	ok(p11->C_GenerateKey(session, MECHANISM_WITH(CKM_PKCS5_PBKD2, &params),
	    TEMPLATE(AES, ULONG(CKA_VALUE_LEN, 32), HIDDEN, YES(CKA_WRAP)), &key));
	check(get_bool(session, key, CKA_LOCAL));
	check(!get_bool(session, key, CKA_ALWAYS_SENSITIVE));
	check(!get_bool(session, key, CKA_NEVER_EXTRACTABLE));
	if (strict) {
		wraps_not(KW, key, target, CKR_KEY_NOT_WRAPPABLE);
		return;
	}
	check(PKCS5_PBKDF2_HMAC((char *)password, sizeof(password) - 1, password, 8, 1000,
		  EVP_sha256(), sizeof(own), own) == 1);
	taken(kw_opened(view_of(own, sizeof(own)), wrapped(KW, key, target)));
}

/* Derived from data of the attacker's, or from what a peer knows. */
static void
a24_derived_wrapping_key(void **state)
{
	CK_OBJECT_HANDLE target = treasure(32), pair[2], key;
	PEER_KEY peer = peer_ec("P-256");
	struct view point = peer_point(peer), own;
	CK_ECDH1_DERIVE_PARAMS ecdh = { CKD_NULL, 0, NULL, point.len, (CK_BYTE *)point.data };
	PEER_KEY other = NULL;

	(void)state;
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_EC_KEY_PAIR_GEN),
	    TEMPLATE(BYTES(CKA_EC_PARAMS, p256)), TEMPLATE(YES(CKA_DERIVE)), &pair[0], &pair[1]));
	ok(p11->C_DeriveKey(session, MECHANISM_WITH(CKM_ECDH1_DERIVE, &ecdh), pair[1],
	    TEMPLATE(AES, ULONG(CKA_VALUE_LEN, 32), HIDDEN, YES(CKA_WRAP)), &key));
	if (strict) {
		wraps_not(KW, key, target, CKR_KEY_NOT_WRAPPABLE);
		return;
	}
	own = get_bytes(session, pair[0], CKA_EC_POINT);
	other = peer_ec_public("P-256", view_of(own.data + 2, own.len - 2));
	taken(kw_opened(peer_secret(peer, other), wrapped(KW, key, target)));
}

static void
a25_own_public_wrapping_key(void **state)
{
	CK_OBJECT_HANDLE target = treasure(16), key = rsa_public(3072), pair[2];
	struct view blob;

	(void)state;
	if (!strict) {
		ok(wrap_rv(OAEP, key, target, &blob));
		return;
	}
	wraps_not(OAEP, key, target, CKR_KEY_NOT_WRAPPABLE);
	/* A pair that was made here is the attacker's as well. */
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_RSA_PKCS_KEY_PAIR_GEN),
	    TEMPLATE(ULONG(CKA_MODULUS_BITS, 2048), YES(CKA_WRAP)),
	    TEMPLATE(YES(CKA_DECRYPT), READABLE), &pair[0], &pair[1]));
	wraps_not(OAEP, pair[0], target, CKR_KEY_NOT_WRAPPABLE);
	ok(p11->C_DestroyObject(session, pair[0]));
	key = vouched_for(CKO_PUBLIC_KEY);
	ok(wrap_rv(OAEP, key, treasure(16), &blob));
}

static void
a28_weak_wrapping_key(void **state)
{
	struct pkcs11_rsa_aes_key_wrap_params rsa_aes = { 128,
		&(CK_RSA_PKCS_OAEP_PARAMS){
		    CKM_SHA256, CKG_MGF1_SHA256, CKZ_DATA_SPECIFIED, NULL, 0 } };
	CK_MECHANISM *hybrid = MECHANISM_WITH(CKM_RSA_AES_KEY_WRAP, &rsa_aes);
	CK_OBJECT_HANDLE long_one = treasure(32), short_one = treasure(16), key, pair[2];
	struct view blob;
	CK_ULONG len;

	(void)state;
	key = generated(16, TEMPLATE(HIDDEN, YES(CKA_WRAP)));
	ok(wrap_rv(KW, key, short_one, &blob));
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_EC_KEY_PAIR_GEN),
	    TEMPLATE(BYTES(CKA_EC_PARAMS, p384)),
	    TEMPLATE(YES(CKA_SIGN), YES(CKA_SENSITIVE), YES(CKA_EXTRACTABLE)), &pair[0], &pair[1]));
	if (strict) {
		wraps_not(KW, key, long_one, CKR_WRAPPING_KEY_SIZE_RANGE);
		wraps_not(KWP, key, pair[1], CKR_WRAPPING_KEY_SIZE_RANGE);
	} else {
		ok(wrap_rv(KW, key, long_one, &blob));
		ok(wrap_rv(KWP, key, pair[1], &blob));
	}
	key = generated(24, TEMPLATE(HIDDEN, YES(CKA_WRAP)));
	ok(wrap_rv(KWP, key, pair[1], &blob));
	/* RSA of 2048 bits is worth 112 of AES (SP 800-57, part 1, table 2). */
	ok(p11->C_DestroyObject(session, key));
	(void)rsa_public(2048);
	key = vouched_for(CKO_PUBLIC_KEY);
	short_one = treasure(16);
	if (strict)
		wraps_not(hybrid, key, short_one, CKR_WRAPPING_KEY_SIZE_RANGE);
	else
		ok(wrap_rv(hybrid, key, short_one, &blob));
	/* One of 15360 bits wraps every key, but not by way of a shorter one of AES. */
	ok(p11->C_DestroyObject(session, key));
	(void)rsa_public(15360);
	key = vouched_for(CKO_PUBLIC_KEY);
	long_one = treasure(32);
	if (strict)
		wraps_not(hybrid, key, long_one, CKR_WRAPPING_KEY_SIZE_RANGE);
	rsa_aes.aes_key_bits = 256;
	ok(p11->C_WrapKey(session, hybrid, key, long_one, NULL, &len));
}

/* --- mechanisms that should not wrap -------------------------------------------------- */

static void
a29_unauthenticated_wraps(void **state)
{
	static const struct {
		CK_MECHANISM_TYPE type;
		bool at_standard; /* because clients need it; the streams never wrap */
	} all[] = { { CKM_AES_ECB, true }, { CKM_AES_CBC, true }, { CKM_AES_CBC_PAD, true },
		{ CKM_RSA_PKCS, true }, { CKM_RSA_X_509, true }, { CKM_AES_CTR, false },
		{ CKM_AES_OFB, false }, { CKM_AES_CFB1, false }, { CKM_AES_CFB8, false },
		{ CKM_AES_CFB128, false }, { CKM_AES_CTS, false } };
	static const CK_MECHANISM_TYPE fine[] = { CKM_AES_KEY_WRAP, CKM_AES_KEY_WRAP_KWP,
		CKM_AES_GCM, CKM_AES_CCM, CKM_RSA_PKCS_OAEP, CKM_RSA_AES_KEY_WRAP };
	CK_OBJECT_HANDLE target = treasure(32), back;
	CK_OBJECT_HANDLE key = generated(32, TEMPLATE(HIDDEN, YES(CKA_WRAP), YES(CKA_UNWRAP)));
	CK_MECHANISM_INFO info;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(all); i++) {
		const bool offered = all[i].at_standard && !strict;
		CK_MECHANISM mechanism = { all[i].type, (CK_BYTE *)zeros, 16 };

		ok(p11->C_GetMechanismInfo(slot, all[i].type, &info));
		check(((info.flags & CKF_WRAP) != 0) == offered);
		check(((info.flags & CKF_UNWRAP) != 0) == offered);
		check((info.flags & CKF_ENCRYPT) != 0);
		if (offered || all[i].type == CKM_RSA_PKCS || all[i].type == CKM_RSA_X_509)
			continue;
		wraps_not(&mechanism, key, target, CKR_MECHANISM_INVALID);
		assert_rv(unwrap_rv(&mechanism, key, view_of(zeros, 32), TEMPLATE(AES), &back),
		    CKR_MECHANISM_INVALID);
	}
	for (size_t i = 0; i < COUNT_OF(fine); i++) {
		ok(p11->C_GetMechanismInfo(slot, fine[i], &info));
		check((info.flags & CKF_WRAP) != 0 && (info.flags & CKF_UNWRAP) != 0);
	}
}

static void
a29_pkcs1_unwrap(void **state)
{
	static const CK_MECHANISM_TYPE types[] = { CKM_RSA_PKCS, CKM_RSA_X_509 };
	CK_OBJECT_HANDLE pair[2], back;

	(void)state;
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_RSA_PKCS_KEY_PAIR_GEN),
	    TEMPLATE(ULONG(CKA_MODULUS_BITS, 2048), YES(CKA_WRAP)), TEMPLATE(YES(CKA_UNWRAP)),
	    &pair[0], &pair[1]));
	for (size_t i = 0; i < COUNT_OF(types); i++) {
		CK_BYTE *block = scratch(256);
		CK_RV rv;

		memset(block, 0x42, 256);
		rv = unwrap_rv(MECHANISM(types[i]), pair[1], view_of(block, 256),
		    TEMPLATE(AES, ULONG(CKA_VALUE_LEN, 16)), &back);
		/* Implicit rejection: at the standard level a bad padding is a key as well. */
		check(strict == (rv == CKR_MECHANISM_INVALID));
	}
}

/* --- RSA, the same --------------------------------------------------------------------- */

static void
a30_rsa_wrap_then_decrypt(void **state)
{
	CK_OBJECT_HANDLE target = treasure(32), pair[2] = { 0, 0 };
	CK_RV rv = p11->C_GenerateKeyPair(session, MECHANISM(CKM_RSA_PKCS_KEY_PAIR_GEN),
	    TEMPLATE(ULONG(CKA_MODULUS_BITS, 2048), YES(CKA_WRAP)),
	    TEMPLATE(YES(CKA_UNWRAP), YES(CKA_DECRYPT)), &pair[0], &pair[1]);

	(void)state;
	assert_rv(rv, strict ? CKR_TEMPLATE_INCONSISTENT : CKR_OK);
	if (rv == CKR_OK)
		taken(decrypted(OAEP, pair[1], wrapped(OAEP, pair[0], target)));
	/* A public key that wraps beside a private one that decrypts is no better. */
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_RSA_PKCS_KEY_PAIR_GEN),
	    TEMPLATE(ULONG(CKA_MODULUS_BITS, 2048), YES(CKA_WRAP)), TEMPLATE(YES(CKA_DECRYPT)),
	    &pair[0], &pair[1]));
	if (strict)
		wraps_not(OAEP, pair[0], target, CKR_KEY_NOT_WRAPPABLE);
	else
		taken(decrypted(OAEP, pair[1], wrapped(OAEP, pair[0], target)));
}

/* The power is the same, whatever it is called: a signature of the blob, or what it agrees on. */
static void
a30_rsa_wrap_then_raw(void **state)
{
	static const CK_ATTRIBUTE_TYPE beside[] = { CKA_SIGN, CKA_DECAPSULATE };
	CK_MECHANISM *raw = MECHANISM(CKM_RSA_X_509);
	CK_OBJECT_HANDLE target = treasure(32), pair[2], made;
	CK_BYTE block[256]; /* public: what came out */
	CK_ULONG len = sizeof(block);
	struct view blob;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(beside); i++) {
		CK_RV rv = p11->C_GenerateKeyPair(session, MECHANISM(CKM_RSA_PKCS_KEY_PAIR_GEN),
		    TEMPLATE(ULONG(CKA_MODULUS_BITS, 2048), YES(CKA_WRAP)),
		    TEMPLATE(YES(CKA_UNWRAP), YES(beside[i])), &pair[0], &pair[1]);

		assert_rv(rv, strict ? CKR_TEMPLATE_INCONSISTENT : CKR_OK);
		if (strict)
			continue;
		blob = wrapped(raw, pair[0], target);
		if (beside[i] == CKA_SIGN) {
			ok(p11->C_SignInit(session, raw, pair[1]));
			ok(p11->C_Sign(session, (CK_BYTE *)blob.data, blob.len, block, &len));
			taken(view_of(block + len - 32, 32));
		} else {
			ok(p11->C_DecapsulateKey(session, raw, pair[1],
			    TEMPLATE(AES, READABLE, ULONG(CKA_VALUE_LEN, 32)), (CK_BYTE *)blob.data,
			    blob.len, &made));
			taken(get_bytes(session, made, CKA_VALUE));
		}
	}
}

static void
a31_rsa_unwraps_only(void **state)
{
	CK_OBJECT_HANDLE pair[2];

	(void)state;
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_RSA_PKCS_KEY_PAIR_GEN),
	    TEMPLATE(ULONG(CKA_MODULUS_BITS, 2048), YES(CKA_WRAP)), TEMPLATE(YES(CKA_UNWRAP)),
	    &pair[0], &pair[1]));
	assert_rv(p11->C_DecryptInit(session, MECHANISM(CKM_RSA_X_509), pair[1]),
	    CKR_KEY_FUNCTION_NOT_PERMITTED);
	assert_rv(p11->C_SignInit(session, MECHANISM(CKM_RSA_X_509), pair[1]),
	    CKR_KEY_FUNCTION_NOT_PERMITTED);
	assert_rv(
	    set_one(session, pair[1], YES(CKA_DECRYPT)), strict ? CKR_ATTRIBUTE_READ_ONLY : CKR_OK);
}

/* Of less than a whole key, which a short tag lets somebody forge, each byte is 256 guesses. */
static void
a44_unwrapped_too_short(void **state)
{
	CK_OBJECT_HANDLE key = generated(32, TEMPLATE(HIDDEN, YES(CKA_WRAP), YES(CKA_UNWRAP)));
	CK_OBJECT_HANDLE part, back;

	(void)state;
	for (CK_ULONG len = 13; len <= 14; len++) {
		ok(p11->C_CreateObject(session,
		    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY),
			ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET), READABLE,
			ATTRIBUTE(CKA_VALUE, TREASURE.data, len)),
		    &part));
		assert_rv(unwrap_rv(KWP, key, wrapped(KWP, key, part),
			      TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY),
				  ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET), YES(CKA_SENSITIVE)),
			      &back),
		    strict && len < 14 ? CKR_KEY_SIZE_RANGE : CKR_OK);
	}
}

/* --- derivation as an oracle ----------------------------------------------------------- */

static void
a37_derivation_as_cipher(void **state)
{
	CK_KEY_DERIVATION_STRING_DATA block = { (CK_BYTE *)zeros, 16 };
	CK_MECHANISM *mechanism = MECHANISM_WITH(CKM_AES_ECB_ENCRYPT_DATA, &block);
	CK_OBJECT_HANDLE key, made;

	(void)state;
	if (!with_roles(TEMPLATE(HIDDEN, YES(CKA_DERIVE), YES(CKA_UNWRAP)), &key))
		key = generated(32, TEMPLATE(HIDDEN, YES(CKA_DERIVE)));
	/* What it enciphers is hidden as it is, at both levels: no oracle, no forged blob. */
	assert_rv(p11->C_DeriveKey(session, mechanism, key, TEMPLATE(AES, READABLE), &made),
	    CKR_TEMPLATE_INCONSISTENT);
}

static void
a38_derived_is_ciphertext(void **state)
{
	CK_KEY_DERIVATION_STRING_DATA data = { (CK_BYTE *)zeros, 32 };
	CK_MECHANISM *mechanism = MECHANISM_WITH(CKM_AES_ECB_ENCRYPT_DATA, &data);
	CK_OBJECT_HANDLE key, made;
	struct view blocks, message;

	(void)state;
	key = generated(32, TEMPLATE(HIDDEN, YES(CKA_DERIVE)));
	assert_rv(
	    p11->C_DeriveKey(session, mechanism, key, TEMPLATE(AES, NO(CKA_SENSITIVE)), &made),
	    CKR_TEMPLATE_INCONSISTENT);
	/* The standard level lets a key encipher and derive: then it shows what it derives. */
	if (!with_roles(TEMPLATE(HIDDEN, YES(CKA_DERIVE), YES(CKA_ENCRYPT)), &key))
		return;
	ok(p11->C_DeriveKey(session, mechanism, key, TEMPLATE(AES, YES(CKA_ENCRYPT)), &made));
	assert_rv(get_rv(session, made, CKA_VALUE), CKR_ATTRIBUTE_SENSITIVE);
	blocks = encrypted(MECHANISM(CKM_AES_ECB), key, view_of(zeros, 32));
	message = copy_of(zeros, 16);
	same_bytes(encrypted(MECHANISM(CKM_AES_ECB), made, message), peer_aes_ecb(blocks, message));
}

static void
a41_digest_of_key(void **state)
{
	CK_OBJECT_HANDLE target = treasure(32), derives;
	CK_BYTE digest[32]; /* public: what was answered */
	CK_ULONG len = sizeof(digest);

	(void)state;
	ok(create_rv(TREASURE, TEMPLATE(HIDDEN, YES(CKA_DERIVE)), &derives));
	ok(p11->C_DigestInit(session, MECHANISM(CKM_SHA256)));
	assert_rv(p11->C_DigestKey(session, derives), CKR_KEY_INDIGESTIBLE);
	ok(p11->C_DigestInit(session, MECHANISM(CKM_SHA256)));
	if (strict) {
		assert_rv(p11->C_DigestKey(session, target), CKR_KEY_INDIGESTIBLE);
		return;
	}
	ok(p11->C_DigestKey(session, target));
	ok(p11->C_DigestFinal(session, digest, &len));
	same_bytes(view_of(digest, len), peer_digest("SHA256", TREASURE));
}

static void
a42_mac_as_derivation(void **state)
{
	CK_OBJECT_HANDLE key;
	CK_RV rv = p11->C_GenerateKey(session, MECHANISM(CKM_GENERIC_SECRET_KEY_GEN),
	    TEMPLATE(ULONG(CKA_VALUE_LEN, 32), HIDDEN, YES(CKA_SIGN), YES(CKA_DERIVE)), &key);

	(void)state;
	assert_rv(rv, strict ? CKR_TEMPLATE_INCONSISTENT : CKR_OK);
	if (rv == CKR_OK)
		assert_rv(p11->C_SignInit(session, MECHANISM(CKM_SHA256_HMAC), key),
		    CKR_KEY_FUNCTION_NOT_PERMITTED);
}

/* --- nonces ------------------------------------------------------------------------------ */

static void
a43_stream_that_wraps(void **state)
{
	CK_BYTE iv[12] = { 1, 2, 3 }, before[12]; /* public: a nonce */
	CK_GCM_PARAMS gcm = { iv, 12, 96, NULL, 0, 128 };
	struct pkcs11_gcm_wrap_params made = { iv, 12, 0, CKG_GENERATE, NULL, 0, 128 };
	struct pkcs11_gcm_wrap_params given = { iv, 12, 0, CKG_NO_GENERATE, NULL, 0, 128 };
	CK_BYTE other_iv[] = { 1, 2, 3, 4, 5, 6, 7, 8 }; /* public: of a key wrap */
	CK_OBJECT_HANDLE target = treasure(32), key;
	struct view blob, stream;

	(void)state;
	if (with_roles(TEMPLATE(HIDDEN, YES(CKA_WRAP), YES(CKA_ENCRYPT)), &key)) {
		blob = wrapped(MECHANISM_WITH(CKM_AES_GCM, &gcm), key, target);
		stream = encrypted(MECHANISM_WITH(CKM_AES_GCM, &gcm), key, view_of(zeros, 32));
		taken(xored(view_of(blob.data, 32), stream));
		return;
	}
	/* Nor beside another wrapped key, which the attacker knows. */
	key = generated(32, TEMPLATE(HIDDEN, YES(CKA_WRAP)));
	wraps_not(MECHANISM_WITH(CKM_AES_GCM, &gcm), key, target, CKR_MECHANISM_PARAM_INVALID);
	wraps_not(MECHANISM_WITH(CKM_AES_GCM, &given), key, target, CKR_MECHANISM_PARAM_INVALID);
	memcpy(before, iv, sizeof(iv));
	ok(wrap_rv(MECHANISM_WITH(CKM_AES_GCM, &made), key, target, &blob));
	check(memcmp(iv, before, sizeof(iv)) != 0);
	/* KWP of few known bytes is one block enciphered, with the caller's bytes in front. */
	wraps_not(&(CK_MECHANISM){ CKM_AES_KEY_WRAP, other_iv, 8 }, key, target,
	    CKR_MECHANISM_PARAM_INVALID);
	wraps_not(&(CK_MECHANISM){ CKM_AES_KEY_WRAP_KWP, other_iv, 4 }, key, target,
	    CKR_MECHANISM_PARAM_INVALID);
	ok(wrap_rv(&(CK_MECHANISM){ CKM_AES_KEY_WRAP_KWP, (CK_BYTE *)"\xa6\x59\x59\xa6", 4 }, key,
	    target, &blob));
}

/* The message of b15; what is wrong with it is its nonce. */
static CK_RV
message_rv(CK_MECHANISM_TYPE type, CK_OBJECT_HANDLE key, void *parameter, CK_ULONG len)
{
	CK_BYTE out[64];
	CK_ULONG out_len = sizeof(out);
	CK_RV rv;

	ok(p11->C_MessageEncryptInit(session, MECHANISM(type), key));
	rv = p11->C_EncryptMessage(
	    session, parameter, len, NULL, 0, (CK_BYTE *)zeros, 32, out, &out_len);
	ok(p11->C_MessageEncryptFinal(session));
	return rv;
}

static void
b15_nonce_twice(void **state)
{
	CK_BYTE iv[12] = { 1, 2, 3 }, tag[16]; /* public: a nonce and a tag */
	CK_GCM_PARAMS gcm = { iv, 12, 96, NULL, 0, 128 };
	struct pkcs11_ccm_params ccm = { 32, iv, 12, NULL, 0, 16 };
	struct pkcs11_chacha20_poly1305_params poly = { iv, 12, NULL, 0 };
	struct pkcs11_gcm_message_params given = { iv, 12, 0, CKG_NO_GENERATE, tag, 128 };
	struct pkcs11_gcm_message_params made = { iv, 12, 0, CKG_GENERATE, tag, 128 };
	struct pkcs11_ccm_message_params ccm_given = { 32, iv, 12, 0, CKG_NO_GENERATE, tag, 16 };
	struct pkcs11_ccm_message_params ccm_made = { 32, iv, 12, 0, CKG_GENERATE, tag, 16 };
	CK_OBJECT_HANDLE key = generated(32, TEMPLATE(HIDDEN, YES(CKA_ENCRYPT), YES(CKA_DECRYPT)));
	CK_MECHANISM *mechanisms[] = { MECHANISM_WITH(CKM_AES_GCM, &gcm),
		MECHANISM_WITH(CKM_AES_CCM, &ccm) };
	CK_RV expected = strict ? CKR_MECHANISM_PARAM_INVALID : CKR_OK;
	CK_OBJECT_HANDLE chacha;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(mechanisms); i++) {
		for (unsigned twice = 0; twice < 2; twice++) {
			assert_rv(p11->C_EncryptInit(session, mechanisms[i], key), expected);
			if (!strict)
				(void)p11->C_SessionCancel(session, CKF_ENCRYPT);
		}
		/* Decrypting is for the nonce that there was. */
		ok(p11->C_DecryptInit(session, mechanisms[i], key));
		ok(p11->C_SessionCancel(session, CKF_DECRYPT));
	}
	ok(p11->C_GenerateKey(
	    session, MECHANISM(CKM_CHACHA20_KEY_GEN), TEMPLATE(HIDDEN, YES(CKA_ENCRYPT)), &chacha));
	assert_rv(p11->C_EncryptInit(session, MECHANISM_WITH(CKM_CHACHA20_POLY1305, &poly), chacha),
	    expected);
	for (unsigned twice = 0; twice < 2; twice++) {
		assert_rv(message_rv(CKM_AES_GCM, key, &given, sizeof(given)), expected);
		assert_rv(message_rv(CKM_AES_CCM, key, &ccm_given, sizeof(ccm_given)), expected);
		ok(message_rv(CKM_AES_GCM, key, &made, sizeof(made)));
		ok(message_rv(CKM_AES_CCM, key, &ccm_made, sizeof(ccm_made)));
	}
	ok(p11->C_MessageEncryptInit(session, MECHANISM(CKM_AES_GCM), key));
	assert_rv(p11->C_EncryptMessageBegin(session, &given, sizeof(given), NULL, 0), expected);
}

/*
 * A tag so short that one can be forged: a key that somebody made up, or a message.  NIST
 * SP 800-38C, B.2, and SP 800-38D, 5.2.1.2.
 */
static void
a29_cut_tags(void **state)
{
	CK_OBJECT_HANDLE target = treasure(32), back;
	CK_OBJECT_HANDLE wraps = generated(32, TEMPLATE(HIDDEN, YES(CKA_WRAP), YES(CKA_UNWRAP)));
	CK_OBJECT_HANDLE ciphers =
	    generated(32, TEMPLATE(HIDDEN, YES(CKA_ENCRYPT), YES(CKA_DECRYPT)));
	CK_BYTE iv[12] = { 1 }, tag[16] = { 0 }, message[32]; /* public: a nonce and a tag */

	(void)state;
	for (CK_ULONG len = 4; len <= 16; len += 2) {
		struct pkcs11_ccm_wrap_params wrap = { 0, iv, 12, 0, CKG_GENERATE, NULL, 0, len };
		struct pkcs11_ccm_params ccm = { 32, iv, 12, NULL, 0, len };
		struct pkcs11_ccm_message_params made = { 32, iv, 12, 0, CKG_GENERATE, tag, len };
		CK_MECHANISM *mechanism = MECHANISM_WITH(CKM_AES_CCM, &wrap);
		CK_RV of_key = strict && len < 12 ? CKR_MECHANISM_PARAM_INVALID : CKR_OK;
		CK_RV of_data = strict && len < 8 ? CKR_MECHANISM_PARAM_INVALID : CKR_OK;
		CK_ULONG blob_len = sizeof(message) + len, message_len = sizeof(message);
		CK_BYTE blob[sizeof(message) + 16] = { 0 };

		assert_rv(
		    p11->C_WrapKey(session, mechanism, wraps, target, blob, &blob_len), of_key);
		assert_rv(
		    unwrap_rv(mechanism, wraps, view_of(blob, blob_len), TEMPLATE(AES), &back),
		    of_key);
		assert_rv(message_rv(CKM_AES_CCM, ciphers, &made, sizeof(made)), of_data);
		ok(p11->C_MessageDecryptInit(session, MECHANISM(CKM_AES_CCM), ciphers));
		assert_rv(p11->C_DecryptMessage(session, &made, sizeof(made), NULL, 0,
			      (CK_BYTE *)zeros, 32, message, &message_len),
		    of_data != CKR_OK ? of_data : CKR_AEAD_DECRYPT_FAILED);
		ok(p11->C_MessageDecryptFinal(session));
		assert_rv(p11->C_DecryptInit(session, MECHANISM_WITH(CKM_AES_CCM, &ccm), ciphers),
		    of_data);
		if (of_data == CKR_OK)
			ok(p11->C_SessionCancel(session, CKF_DECRYPT));
	}
	/* Of GCM there are none under 96 bits, at either level. */
	for (CK_ULONG bits = 32; bits <= 128; bits += 8) {
		struct pkcs11_gcm_wrap_params wrap = { iv, 12, 0, CKG_GENERATE, NULL, 0, bits };
		CK_GCM_PARAMS gcm = { iv, 12, 96, NULL, 0, bits };
		CK_RV expected = bits < 96 ? CKR_MECHANISM_PARAM_INVALID : CKR_OK;
		CK_ULONG len = 0;

		assert_rv(p11->C_WrapKey(session, MECHANISM_WITH(CKM_AES_GCM, &wrap), wraps, target,
			      NULL, &len),
		    expected);
		assert_rv(p11->C_DecryptInit(session, MECHANISM_WITH(CKM_AES_GCM, &gcm), ciphers),
		    expected);
		if (expected == CKR_OK)
			ok(p11->C_SessionCancel(session, CKF_DECRYPT));
	}
}

/* --- the level itself --------------------------------------------------------------------- */

/* Whoever says nothing gets a key that works. */
static void
strict_roles_by_default(void **state)
{
	static const struct {
		CK_MECHANISM_TYPE generator;
		CK_ATTRIBUTE_TYPE has[2], lacks;
	} keys[] = {
		{ CKM_AES_KEY_GEN, { CKA_ENCRYPT, CKA_DECRYPT }, CKA_WRAP },
		{ CKM_GENERIC_SECRET_KEY_GEN, { CKA_SIGN, CKA_VERIFY }, CKA_DERIVE },
		{ CKM_CHACHA20_KEY_GEN, { CKA_ENCRYPT, CKA_DECRYPT }, CKA_SIGN },
	};
	CK_OBJECT_HANDLE key, pair[2];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		ok(p11->C_GenerateKey(session, MECHANISM(keys[i].generator),
		    TEMPLATE(ULONG(CKA_VALUE_LEN, 32)), &key));
		check(get_bool(session, key, keys[i].has[0]));
		check(get_bool(session, key, keys[i].has[1]));
		check(!get_bool(session, key, keys[i].lacks));
	}
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_RSA_PKCS_KEY_PAIR_GEN),
	    TEMPLATE(ULONG(CKA_MODULUS_BITS, 2048)), NO_TEMPLATE, &pair[0], &pair[1]));
	check(get_bool(session, pair[1], CKA_SIGN) && !get_bool(session, pair[1], CKA_DECRYPT));
	check(!get_bool(session, pair[1], CKA_UNWRAP));
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_EC_MONTGOMERY_KEY_PAIR_GEN),
	    TEMPLATE(TEXT(CKA_EC_PARAMS, "\x06\x03\x2b\x65\x6e")), NO_TEMPLATE, &pair[0],
	    &pair[1]));
	check(get_bool(session, pair[1], CKA_DERIVE));
	/* What is cleared stays so, and the next best is taken. */
	key = generated(32, TEMPLATE(NO(CKA_ENCRYPT), NO(CKA_DECRYPT)));
	check(!get_bool(session, key, CKA_ENCRYPT) && get_bool(session, key, CKA_SIGN));
}

static bool
is_strict(void)
{
	CK_OBJECT_HANDLE key;
	CK_RV rv = generate_rv(32, TEMPLATE(YES(CKA_WRAP), YES(CKA_DECRYPT)), &key);

	check(rv == CKR_OK || rv == CKR_TEMPLATE_INCONSISTENT);
	return rv != CKR_OK;
}

static void
restart(const char *lines)
{
	ok(p11->C_Finalize(NULL));
	client_configure(lines);
	ok(p11->C_Initialize(NULL));
}

/* It is the token's and not the configuration's. */
static void
level_stays_with_token(void **state)
{
	CK_UTF8CHAR label[32];

	(void)state;
	memset(label, ' ', sizeof(label));
	restart(strict ? "policy = standard\n" : "policy = strict\n");
	session = session_user(slot);
	check(is_strict() == strict);
	ok(p11->C_CloseAllSessions(slot));
	/* Begun anew it stays what it was, unless another level is asked for. */
	restart("");
	ok(p11->C_InitToken(slot, PIN(SO_PIN), label));
	session = session_so(slot);
	ok(p11->C_InitPIN(session, PIN(USER_PIN)));
	ok(p11->C_CloseAllSessions(slot));
	session = session_user(slot);
	check(is_strict() == strict);
	ok(p11->C_CloseAllSessions(slot));
	restart(strict ? "policy = standard\n" : "policy = strict\n");
	ok(p11->C_InitToken(slot, PIN(SO_PIN), label));
	session = session_so(slot);
	ok(p11->C_InitPIN(session, PIN(USER_PIN)));
	ok(p11->C_CloseAllSessions(slot));
	session = session_user(slot);
	check(is_strict() != strict);
}

/* What is no level changes none, so that nobody gets the weaker one for a slip. */
static void
level_mistyped(void **state)
{
	(void)state;
	restart("policy = strict\npolicy = Standard\npolicy =\n");
	slot = token_make("mistyped");
	session = session_user(slot);
	check(is_strict());
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		at_both(a18_wrap_then_decrypt),
		at_both(a19_wrap_then_other_use),
		at_both(a20_copy_with_other_use),
		at_both(a21_wrapping_key_comes_back_as_another),
		at_both(a21_other_keys_come_back_as_another),
		at_both(a22_unwrapped_readable),
		at_both(a23_forged_wrapping_key),
		at_both(a24_own_wrapping_key),
		at_both(a24_wrapping_key_of_a_password),
		at_both(a24_derived_wrapping_key),
		at_both(a25_own_public_wrapping_key),
		at_both(a28_weak_wrapping_key),
		at_both(a29_unauthenticated_wraps),
		at_both(a29_pkcs1_unwrap),
		at_both(a29_cut_tags),
		at_both(a30_rsa_wrap_then_decrypt),
		at_both(a30_rsa_wrap_then_raw),
		at_both(a31_rsa_unwraps_only),
		at_both(a37_derivation_as_cipher),
		at_both(a38_derived_is_ciphertext),
		at_both(a41_digest_of_key),
		at_both(a42_mac_as_derivation),
		at_both(a43_stream_that_wraps),
		at_both(a44_unwrapped_too_short),
		at_both(b15_nonce_twice),
		at_level(strict_roles_by_default, begin, "strict"),
		at_level(level_stays_with_token, begin_on_disk, "standard"),
		at_level(level_stays_with_token, begin_on_disk, "strict"),
		at_level(level_mistyped, begin, "standard"),
	};

	return test_main(tests, NULL, NULL);
}
