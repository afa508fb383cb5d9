/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A search for attacks that nobody has thought of: random walks of calls on a small
 * universe of keys, by an attacker who has a session, learns every output, feeds it back
 * into later calls, and computes what he can without the token.
 *
 * The owner's keys are planted with values that this program knows and its attacker does
 * not.  After each call that gave something it is looked whether a piece of one of them is
 * in what the attacker has, or is the difference of two things that he has, or comes out of
 * a blob by a key that he has.  What he can compute is what is written below, so that a
 * search which finds nothing says that much and no more; that it can find something, the
 * standard level shows, where the known attacks work.
 */
#define _GNU_SOURCE /* memmem */
#include <openssl/core_names.h>
#include <openssl/rsa.h>
#include <stdio.h>
#include <sys/mman.h>
#include <time.h>

#include "tests/client.h"
#include "tests/peer.h"

/* Calls in one walk; then everything is forgotten and planted anew. */
#define WALK 120
#define CALLS_SHORT 40000
#define CALLS_SOAK 2500000
#define PROCESSES 2

/* --- chance ------------------------------------------------------------------------- */

static uint64_t seed;

/* Marsaglia, Xorshift RNGs (2003): a walk should be random and need not be secret. */
static unsigned
roll(unsigned sides)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)((seed >> 20) % sides);
}
#define CHANCE(percent) (roll(100) < (percent))

/* --- what there is ------------------------------------------------------------------- */

static CK_SLOT_ID slot;
static CK_SESSION_HANDLE anchor, session;
static bool strict;
static unsigned long calls, granted; /* those of the attacker, and which of them got something */

/* Every call of the attacker's. */
#define CALL(function) (calls++, p11->function)

/* What was found, for the parent process. */
struct outcome {
	unsigned long calls, granted, walks;
	unsigned long leaving; /* walks in which a sensitive key that may be wrapped came out */
	unsigned long staying; /* ... or one that is not extractable */
	unsigned long born;    /* ... or one that was generated and may be wrapped */
	unsigned long guessed; /* ... or one could be guessed */
};
static struct outcome *outcome;

/* The owner's: values that must not become known. */
static struct secret_value {
	CK_BYTE value[32]; /* planted by this test */
	CK_ULONG len;
	bool leaves; /* CKA_EXTRACTABLE */
} secrets[9];
static size_t secret_count;

/* Objects that the attacker can name. */
static struct thing {
	CK_OBJECT_HANDLE handle;
	bool fixed; /* stays for all walks */
	bool owners;
	bool born;  /* generated as sensitive: nobody shall know it ... */
	bool stays; /* ... and as not extractable */
	CK_BYTE check[3];
	unsigned uses; /* bits, as uses[] has them */
} things[28];
/* The fixed ones are first, then come those planted for this walk, which stay till its end. */
static size_t thing_count, fixed_count, planted_count;

/* What the attacker has seen. */
#define STRING_MOST 448
static struct string {
	CK_BYTE data[STRING_MOST];
	CK_ULONG len;
	bool blob; /* a wrapped key */
	bool key;  /* perhaps a key */
	CK_BYTE nonce[12];
	unsigned cipher;     /* of some_cipher's: how it was made ... */
	CK_OBJECT_HANDLE by; /* ... and by which key */
} strings[192];
static size_t string_count;

/* The calls of this walk that got something, to be told if it finds something. */
static char story[WALK * 2][120];
static size_t story_len;
static bool over; /* this walk found something */

/* The cipher of the moment, one of some_cipher's. */
#define CIPHERS 18
static unsigned chosen;
static CK_OBJECT_HANDLE used; /* and the key that it is of */

#define TELL(...)                                                                                  \
	do {                                                                                       \
		granted++;                                                                         \
		if (story_len < COUNT_OF(story))                                                   \
			snprintf(story[story_len++], sizeof(story[0]), __VA_ARGS__);               \
	} while (0)

static void
found(unsigned long *kind, const char *what)
{
	if (over)
		return;
	over = true;
	(*kind)++;
	/* At the standard level many are known, and one is as good as another. */
	if (!strict && *kind > 1)
		return;
	fprintf(stderr, "# %s level, after %lu calls: %s\n", strict ? "strict" : "standard", calls,
	    what);
	for (size_t i = 0; i < story_len; i++)
		fprintf(stderr, "#   %s\n", story[i]);
}

/* --- what the attacker can compute ----------------------------------------------------- */

static EVP_CIPHER_CTX *ctx;
static EVP_PKEY *attackers_rsa;

static const EVP_CIPHER *
aes(const char *mode, CK_ULONG len)
{
	static struct {
		const char *mode;
		CK_ULONG len;
		EVP_CIPHER *cipher;
	} fetched[24];
	char name[32];
	size_t i = 0;

	while (fetched[i].mode != NULL && (fetched[i].mode != mode || fetched[i].len != len))
		i++;
	if (fetched[i].mode == NULL) {
		snprintf(name, sizeof(name), "AES-%lu-%s", len * 8, mode);
		fetched[i].mode = mode;
		fetched[i].len = len;
		fetched[i].cipher = EVP_CIPHER_fetch(NULL, name, NULL);
		check(fetched[i].cipher != NULL);
	}
	return fetched[i].cipher;
}

/* Names as pointers, by which aes() tells them apart. */
static const char ecb[] = "ECB", cbc[] = "CBC", ctr[] = "CTR", kw[] = "WRAP", kwp[] = "WRAP-PAD";

static bool
is_aes(CK_ULONG len)
{
	return len == 16 || len == 24 || len == 32;
}

/* Decrypts (or encrypts); the length, 0 where it does not come out. */
static CK_ULONG
compute(const char *mode, bool encrypt, const CK_BYTE *key, CK_ULONG key_len, const CK_BYTE *iv,
    const CK_BYTE *in, CK_ULONG len, CK_BYTE *out)
{
	int made = 0;

	EVP_CIPHER_CTX_reset(ctx);
	EVP_CIPHER_CTX_set_flags(ctx, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
	if (EVP_CipherInit_ex2(ctx, aes(mode, key_len), key, iv, encrypt, NULL) != 1)
		return 0;
	(void)EVP_CIPHER_CTX_set_padding(ctx, 0);
	return EVP_CipherUpdate(ctx, out, &made, in, (int)len) == 1 ? (CK_ULONG)made : 0;
}

/* Is a piece of a secret in there?  Eight bytes are not there by chance. */
static void
look_at(const CK_BYTE *data, CK_ULONG len, const char *how)
{
	for (size_t s = 0; s < secret_count; s++) {
		for (CK_ULONG at = 0; at + 8 <= secrets[s].len; at += 8) {
			if (memmem(data, len, secrets[s].value + at, 8) != NULL)
				found(
				    secrets[s].leaves ? &outcome->leaving : &outcome->staying, how);
		}
	}
}

/* Is it the difference of this and something else? */
static void
look_at_difference(const struct string *string)
{
	for (size_t s = 0; s < secret_count; s++) {
		CK_BYTE other[16];

		if (string->len < sizeof(other))
			continue;
		for (size_t i = 0; i < sizeof(other); i++)
			other[i] = string->data[i] ^ secrets[s].value[i];
		for (size_t i = 0; i < string_count; i++) {
			if (strings[i].len >= sizeof(other) &&
			    memcmp(strings[i].data, other, sizeof(other)) == 0)
				found(secrets[s].leaves ? &outcome->leaving : &outcome->staying,
				    "the difference of two outputs");
		}
	}
}

static void learn(const CK_BYTE *data, CK_ULONG len, bool blob, bool key, const CK_BYTE *nonce);

static const CK_BYTE zeros[STRING_MOST]; /* public: initial values, messages, a known key */

/* All that a key may make of a blob. */
static void
open_blob(const struct string *key, const struct string *blob)
{
	CK_BYTE out[STRING_MOST + 16], counter[16] = { [15] = 2 };
	CK_ULONG len;

	if (!is_aes(key->len))
		return;
	if (blob->len % 8 == 0 && blob->len >= 16) {
		len = compute(kwp, false, key->data, key->len, NULL, blob->data, blob->len, out);
		if (len > 0)
			learn(out, len, false, true, NULL);
		if (blob->len >= 24)
			len = compute(
			    kw, false, key->data, key->len, NULL, blob->data, blob->len, out);
		if (blob->len >= 24 && len > 0)
			learn(out, len, false, true, NULL);
	}
	if (blob->len % 16 == 0) {
		len = compute(ecb, false, key->data, key->len, NULL, blob->data, blob->len, out);
		look_at(out, len, "a blob deciphered by blocks");
		len = compute(cbc, false, key->data, key->len, zeros, blob->data, blob->len, out);
		look_at(out, len, "a blob deciphered as a chain");
	}
	/* GCM enciphers from the second block of its counter on. */
	memcpy(counter, blob->nonce, 12);
	len = compute(ctr, false, key->data, key->len, counter, blob->data, blob->len, out);
	look_at(out, len, "a blob deciphered as a stream");
}

/*
 * What the check value of a generated key may mean by chance: three bytes are not many in a
 * million calls.  Asks the token to do with the key what it lets it do.
 */
static bool
is_it(CK_OBJECT_HANDLE object, const struct string *key)
{
	CK_BYTE block[16], theirs[40], blob[24];
	CK_ULONG len = sizeof(theirs);
	CK_OBJECT_HANDLE made;

	(void)compute(ecb, true, key->data, key->len, NULL, zeros, 16, block);
	if (p11->C_EncryptInit(session, MECHANISM(CKM_AES_ECB), object) == CKR_OK) {
		ok(p11->C_Encrypt(session, (CK_BYTE *)zeros, 16, theirs, &len));
		return memcmp(theirs, block, 16) == 0;
	}
	if (p11->C_DecryptInit(session, MECHANISM(CKM_AES_ECB), object) == CKR_OK) {
		ok(p11->C_Decrypt(session, block, 16, theirs, &len));
		return memcmp(theirs, zeros, 16) == 0;
	}
	/* What unwraps finds out whether a blob is its own; others are believed. */
	check(compute(kw, true, key->data, key->len, NULL, zeros, 16, blob) == sizeof(blob));
	switch (p11->C_UnwrapKey(session, MECHANISM(CKM_AES_KEY_WRAP), object, blob, sizeof(blob),
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_AES)), &made)) {
	case CKR_OK:
		ok(p11->C_DestroyObject(session, made));
		return true;
	case CKR_WRAPPED_KEY_INVALID:
		return false;
	default:
		return true;
	}
}

static void
look_at_born(const struct string *key)
{
	CK_BYTE block[16];

	if (!is_aes(key->len))
		return;
	(void)compute(ecb, true, key->data, key->len, NULL, zeros, 16, block);
	for (size_t i = 0; i < thing_count; i++) {
		if (things[i].born && memcmp(things[i].check, block, 3) == 0 &&
		    is_it(things[i].handle, key))
			found(things[i].stays ? &outcome->staying : &outcome->born,
			    "a key that was generated here");
	}
}

static void
learn(const CK_BYTE *data, CK_ULONG len, bool blob, bool key, const CK_BYTE *nonce)
{
	struct string *string = NULL;

	look_at(data, len, "an output");
	if (len < 8 || len > STRING_MOST || over)
		return;
	for (size_t i = 0; i < string_count && string == NULL; i++) {
		if (strings[i].len == len && memcmp(strings[i].data, data, len) == 0)
			string = &strings[i];
	}
	if (string == NULL) {
		if (string_count == COUNT_OF(strings))
			return;
		string = &strings[string_count];
		*string = (struct string){ .len = len };
		memcpy(string->data, data, len);
		look_at_difference(string);
		string_count++;
	} else if ((string->blob || !blob) && (string->key || !key)) {
		return;
	}
	string->blob |= blob;
	string->key |= key;
	string->cipher = chosen;
	string->by = used;
	if (nonce != NULL)
		memcpy(string->nonce, nonce, 12);
	if (key)
		look_at_born(string);
	for (size_t i = 0, count = string_count; i < count && !over; i++) {
		if (key && strings[i].blob)
			open_blob(string, &strings[i]);
		if (blob && strings[i].key)
			open_blob(&strings[i], string);
	}
}

/* --- templates and mechanisms ------------------------------------------------------------ */

struct recipe {
	CK_ATTRIBUTE list[16];
	CK_ULONG count;
	CK_BBOOL flags[16];
	CK_ULONG numbers[4];
	CK_ULONG number_count;
};

static void
put_bool(struct recipe *recipe, CK_ATTRIBUTE_TYPE type, CK_BBOOL value)
{
	if (recipe->count == COUNT_OF(recipe->list))
		return;
	recipe->flags[recipe->count] = value;
	recipe->list[recipe->count] = ATTRIBUTE(type, &recipe->flags[recipe->count], 1);
	recipe->count++;
}

static void
put_ulong(struct recipe *recipe, CK_ATTRIBUTE_TYPE type, CK_ULONG value)
{
	recipe->numbers[recipe->number_count] = value;
	recipe->list[recipe->count++] =
	    ATTRIBUTE(type, &recipe->numbers[recipe->number_count++], sizeof(CK_ULONG));
}

static const CK_ATTRIBUTE_TYPE uses[] = { CKA_ENCRYPT, CKA_DECRYPT, CKA_SIGN, CKA_VERIFY, CKA_WRAP,
	CKA_UNWRAP, CKA_DERIVE };

/* Mostly a role that makes sense, sometimes another use beside, sometimes none. */
static void
put_uses(struct recipe *recipe)
{
	static const CK_ATTRIBUTE_TYPE roles[][2] = { { CKA_ENCRYPT, CKA_DECRYPT },
		{ CKA_SIGN, CKA_VERIFY }, { CKA_WRAP, CKA_WRAP }, { CKA_WRAP, CKA_UNWRAP },
		{ CKA_UNWRAP, CKA_UNWRAP }, { CKA_DERIVE, CKA_DERIVE },
		{ CKA_DECRYPT, CKA_DECRYPT } };
	const CK_ATTRIBUTE_TYPE *role = roles[roll(COUNT_OF(roles))];

	if (CHANCE(10))
		return;
	put_bool(recipe, role[0], CK_TRUE);
	if (role[1] != role[0])
		put_bool(recipe, role[1], CK_TRUE);
	if (CHANCE(30)) {
		CK_ATTRIBUTE_TYPE other = uses[roll(COUNT_OF(uses))];

		if (other != role[0] && other != role[1])
			put_bool(recipe, other, CK_TRUE);
	}
}

static CK_ATTRIBUTE_TYPE
private_use(void)
{
	static const CK_ATTRIBUTE_TYPE roles[] = { CKA_SIGN, CKA_DERIVE, CKA_DERIVE, CKA_UNWRAP };

	return roles[roll(COUNT_OF(roles))];
}

static void
put_hiding(struct recipe *recipe)
{
	if (CHANCE(70))
		put_bool(recipe, CKA_SENSITIVE, CHANCE(50));
	if (CHANCE(70))
		put_bool(recipe, CKA_EXTRACTABLE, CHANCE(50));
}

static CK_KEY_TYPE
some_type(void)
{
	static const CK_KEY_TYPE types[] = { CKK_AES, CKK_AES, CKK_AES, CKK_GENERIC_SECRET,
		CKK_HKDF };

	return types[roll(COUNT_OF(types))];
}

static CK_ULONG
some_length(void)
{
	static const CK_ULONG lengths[] = { 16, 24, 32, 32, 32 };

	return CHANCE(5) ? 1 + roll(40) : lengths[roll(COUNT_OF(lengths))];
}

static struct thing *
some_thing(void)
{
	return &things[roll((unsigned)thing_count)];
}

/* One that has a use, since most calls would be refused otherwise; but not always. */
static struct thing *
some_with(CK_ATTRIBUTE_TYPE use)
{
	unsigned bit = 0;

	while (uses[bit] != use)
		bit++;
	for (unsigned tries = 0; tries < 12 && !CHANCE(5); tries++) {
		struct thing *thing = some_thing();

		if ((thing->uses >> bit & 1) != 0)
			return thing;
	}
	return some_thing();
}

/* One that the attacker is after, more often than not. */
static struct thing *
some_target(void)
{
	for (unsigned tries = 0; tries < 4; tries++) {
		struct thing *thing = some_thing();

		if (thing->owners)
			return thing;
	}
	return some_thing();
}

/* The attacker looks what he may do. */
static void
look_up(struct thing *thing)
{
	CK_BBOOL values[COUNT_OF(uses)] = { CK_FALSE };
	CK_ATTRIBUTE list[COUNT_OF(uses)];

	for (size_t i = 0; i < COUNT_OF(uses); i++)
		list[i] = ATTRIBUTE(uses[i], &values[i], 1);
	(void)p11->C_GetAttributeValue(session, thing->handle, list, COUNT_OF(uses));
	thing->uses = 0;
	for (size_t i = 0; i < COUNT_OF(uses); i++)
		thing->uses |= values[i] ? 1u << i : 0;
}

/* The parameters of one call, which may point into each other. */
static struct {
	CK_BYTE iv[16];
	CK_BYTE tag[16];
	CK_GCM_PARAMS gcm;
	struct pkcs11_gcm_wrap_params gcm_wrap;
	struct pkcs11_ccm_params ccm;
	CK_AES_CTR_PARAMS ctr;
	CK_RSA_PKCS_OAEP_PARAMS oaep;
	struct pkcs11_rsa_aes_key_wrap_params rsa_aes;
	CK_KEY_DERIVATION_STRING_DATA data;
	CK_AES_CBC_ENCRYPT_DATA_PARAMS chained;
	CK_OBJECT_HANDLE other;
	CK_ULONG offset;
	struct pkcs11_hkdf_params hkdf;
	struct pkcs11_prf_data_param piece;
	struct pkcs11_sp800_108_counter_format counter;
	struct pkcs11_sp800_108_kdf_params kbkdf;
	CK_ECDH1_DERIVE_PARAMS ecdh;
	CK_MECHANISM mechanism;
} given;

static CK_BYTE peers_point[65]; /* public: a point */

static CK_MECHANISM *
mechanism_of(CK_MECHANISM_TYPE type, void *parameter, CK_ULONG len)
{
	given.mechanism = (CK_MECHANISM){ type, parameter, len };
	return &given.mechanism;
}
#define WITH(type, member) mechanism_of(type, &given.member, sizeof(given.member))

/* Any that there is, with nothing, with zeros or with too much of them. */
static CK_MECHANISM *
some_mechanism(void)
{
	static CK_MECHANISM_TYPE list[512];
	static CK_ULONG count;

	if (count == 0) {
		count = COUNT_OF(list);
		ok(p11->C_GetMechanismList(slot, list, &count));
	}
	return mechanism_of(
	    list[roll((unsigned)count)], CHANCE(50) ? NULL : given.iv, CHANCE(50) ? 0 : 16);
}

/* To encrypt, decrypt, wrap and unwrap, by `chosen`; `nonce` is that of a blob. */
static CK_MECHANISM *
some_cipher(bool wraps, CK_ULONG len, const CK_BYTE *nonce)
{
	memset(given.iv, 0, sizeof(given.iv));
	memcpy(given.iv, nonce, 12);
	given.gcm = (CK_GCM_PARAMS){ given.iv, 12, 96, NULL, 0, 128 };
	given.gcm_wrap = (struct pkcs11_gcm_wrap_params){ given.iv, 12, 0,
		CHANCE(70) ? CKG_GENERATE : CKG_NO_GENERATE, NULL, 0, 128 };
	given.ccm = (struct pkcs11_ccm_params){ len, given.iv, 12, NULL, 0, 16 };
	given.ctr = (CK_AES_CTR_PARAMS){ .ulCounterBits = 128 };
	given.ctr.cb[15] = CHANCE(50) ? 2 : 0; /* where GCM begins */
	given.oaep =
	    (CK_RSA_PKCS_OAEP_PARAMS){ CKM_SHA256, CKG_MGF1_SHA256, CKZ_DATA_SPECIFIED, NULL, 0 };
	given.rsa_aes = (struct pkcs11_rsa_aes_key_wrap_params){ 128 + 64 * roll(3), &given.oaep };
	switch (chosen) {
	case 0:
		return mechanism_of(CKM_AES_ECB, NULL, 0);
	case 1:
		return mechanism_of(CKM_AES_CBC, given.iv, 16);
	case 2:
		return mechanism_of(CKM_AES_CBC_PAD, given.iv, 16);
	case 3:
		return WITH(CKM_AES_CTR, ctr);
	case 4:
	case 5:
		return WITH(CKM_AES_GCM, gcm);
	case 6:
		return wraps ? WITH(CKM_AES_GCM, gcm_wrap) : WITH(CKM_AES_GCM, gcm);
	case 7:
		return WITH(CKM_AES_CCM, ccm);
	case 8:
		return mechanism_of(CKM_AES_KEY_WRAP_KWP, given.iv, CHANCE(90) ? 0 : 4);
	case 9:
		return WITH(CKM_RSA_PKCS_OAEP, oaep);
	case 10:
		return wraps ? WITH(CKM_RSA_AES_KEY_WRAP, rsa_aes)
			     : mechanism_of(CKM_RSA_X_509, NULL, 0);
	case 11:
		return mechanism_of(CHANCE(50) ? CKM_RSA_PKCS : CKM_RSA_X_509, NULL, 0);
	case 12:
		return some_mechanism();
	default:
		return mechanism_of(CKM_AES_KEY_WRAP, given.iv, CHANCE(90) ? 0 : 8);
	}
}

static CK_MECHANISM *
some_derivation(void)
{
	static const CK_ULONG lengths[] = { 1, 16, 31, 32, 48 };

	memset(given.iv, 0, sizeof(given.iv));
	given.data =
	    (CK_KEY_DERIVATION_STRING_DATA){ (CK_BYTE *)zeros, lengths[roll(COUNT_OF(lengths))] };
	given.chained = (CK_AES_CBC_ENCRYPT_DATA_PARAMS){ .pData = (CK_BYTE *)zeros, .length = 32 };
	given.other = some_with(CKA_DERIVE)->handle;
	given.offset = 8 * roll(32);
	given.hkdf = (struct pkcs11_hkdf_params){ .extract = CHANCE(50),
		.expand = CK_TRUE,
		.prf_hash_mechanism = CKM_SHA256,
		.salt_type = CKF_HKDF_SALT_NULL };
	given.counter = (struct pkcs11_sp800_108_counter_format){ CK_FALSE, 32 };
	given.piece = (struct pkcs11_prf_data_param){ CK_SP800_108_ITERATION_VARIABLE,
		&given.counter, sizeof(given.counter) };
	given.kbkdf =
	    (struct pkcs11_sp800_108_kdf_params){ CKM_SHA256_HMAC, 1, &given.piece, 0, NULL };
	given.ecdh =
	    (CK_ECDH1_DERIVE_PARAMS){ CKD_NULL, 0, NULL, sizeof(peers_point), peers_point };
	switch (roll(13)) {
	case 0:
		return WITH(CKM_CONCATENATE_BASE_AND_DATA, data);
	case 1:
		return WITH(CKM_CONCATENATE_DATA_AND_BASE, data);
	case 2:
		return WITH(CKM_XOR_BASE_AND_DATA, data);
	case 3:
		return WITH(CKM_EXTRACT_KEY_FROM_KEY, offset);
	case 4:
		return WITH(CKM_CONCATENATE_BASE_AND_KEY, other);
	case 5:
		return WITH(CKM_AES_ECB_ENCRYPT_DATA, data);
	case 6:
		return WITH(CKM_AES_CBC_ENCRYPT_DATA, chained);
	case 7:
	case 8:
		return WITH(CKM_HKDF_DERIVE, hkdf);
	case 9:
		return mechanism_of(CKM_SHA256_KEY_DERIVATION, NULL, 0);
	case 10:
		return WITH(CKM_SP800_108_COUNTER_KDF, kbkdf);
	case 11:
		return WITH(CKM_ECDH1_DERIVE, ecdh);
	default:
		return some_mechanism();
	}
}

#define PASSWORD "password"
static CK_BYTE password_key[32]; /* public: of the attacker's password */
static CK_BYTE agreed[32];       /* public: what the attacker agrees on with a key of the token */

/* --- the attacker's calls ------------------------------------------------------------------ */

/* A new object among those that he can name; where there is no room one of his own goes. */
static struct thing *
take(CK_OBJECT_HANDLE handle)
{
	struct thing *thing;

	if (thing_count < COUNT_OF(things)) {
		thing = &things[thing_count++];
	} else {
		thing = &things[planted_count + roll((unsigned)(thing_count - planted_count))];
		(void)CALL(C_DestroyObject(session, thing->handle));
	}
	*thing = (struct thing){ .handle = handle };
	look_up(thing);
	return thing;
}

static struct string *
some_string(void)
{
	struct string *string = &strings[roll((unsigned)string_count)];

	/* What was wrapped is the most promising, by the way that it was. */
	for (unsigned tries = 0; tries < 6 && !string->blob; tries++)
		string = &strings[roll((unsigned)string_count)];
	chosen = CHANCE(60) ? string->cipher : roll(CIPHERS);
	return string;
}

/* A use or a protection of a thing, as the token tells it. */
static bool
has(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type)
{
	CK_BBOOL value = CK_FALSE;
	CK_ATTRIBUTE attribute = { type, &value, sizeof(value) };

	return p11->C_GetAttributeValue(session, object, &attribute, 1) == CKR_OK && value;
}

static void
generate(void)
{
	static CK_BBOOL no = CK_FALSE;
	static const CK_ATTRIBUTE readable[] = { { CKA_SENSITIVE, &no, sizeof(no) } };
	struct recipe recipe = { 0 };
	CK_KEY_TYPE type = some_type();
	CK_OBJECT_HANDLE key;
	CK_ULONG len = some_length();
	struct thing *thing;

	put_ulong(&recipe, CKA_VALUE_LEN, len);
	put_uses(&recipe);
	put_hiding(&recipe);
	if (CHANCE(15))
		recipe.list[recipe.count++] =
		    ATTRIBUTE(CKA_UNWRAP_TEMPLATE, readable, sizeof(readable));
	if (CALL(C_GenerateKey(session,
		MECHANISM(type == CKK_AES  ? CKM_AES_KEY_GEN
			: type == CKK_HKDF ? CKM_HKDF_KEY_GEN
					   : CKM_GENERIC_SECRET_KEY_GEN),
		recipe.list, recipe.count, &key)) != CKR_OK)
		return;
	thing = take(key);
	TELL("%lu = generate a key of %lu bytes, type %#lx", key, len, type);
	if (type == CKK_AES && has(key, CKA_SENSITIVE)) {
		CK_ATTRIBUTE check_value = { CKA_CHECK_VALUE, thing->check, 3 };

		ok(CALL(C_GetAttributeValue(session, key, &check_value, 1)));
		thing->born = true;
		thing->stays = !has(key, CKA_EXTRACTABLE);
	}
}

static void
generate_of_password(void)
{
	struct pkcs11_pkcs5_pbkd2_params2 params = { CKZ_SALT_SPECIFIED, PASSWORD, 8, 2,
		CKP_PKCS5_PBKD2_HMAC_SHA256, NULL, 0, (CK_UTF8CHAR *)PASSWORD, 8 };
	struct recipe recipe = { 0 };
	CK_OBJECT_HANDLE key;

	put_ulong(&recipe, CKA_VALUE_LEN, sizeof(password_key));
	put_ulong(&recipe, CKA_KEY_TYPE, CKK_AES);
	put_uses(&recipe);
	put_hiding(&recipe);
	if (CALL(C_GenerateKey(session, MECHANISM_WITH(CKM_PKCS5_PBKD2, &params), recipe.list,
		recipe.count, &key)) != CKR_OK)
		return;
	take(key);
	TELL("%lu = generate a key of a password", key);
}

static void
create(void)
{
	const struct string *string = &strings[roll((unsigned)string_count)];
	const CK_BYTE *value = CHANCE(50) ? zeros : string->data;
	struct recipe recipe = { 0 };
	CK_KEY_TYPE type = some_type();
	CK_OBJECT_HANDLE key;
	CK_ULONG len = some_length();

	if (value != zeros && string->len < len)
		len = string->len;
	put_ulong(&recipe, CKA_CLASS, CKO_SECRET_KEY);
	put_ulong(&recipe, CKA_KEY_TYPE, type);
	recipe.list[recipe.count++] = ATTRIBUTE(CKA_VALUE, value, len);
	put_uses(&recipe);
	put_hiding(&recipe);
	if (CALL(C_CreateObject(session, recipe.list, recipe.count, &key)) != CKR_OK)
		return;
	take(key);
	TELL("%lu = create a key of %lu known bytes", key, len);
	learn(value, len, false, true, NULL);
}

static void
copy(void)
{
	struct thing before = *some_thing(), *thing;
	struct recipe recipe = { 0 };
	CK_OBJECT_HANDLE key;

	put_bool(&recipe, CKA_TOKEN, CK_FALSE);
	if (CHANCE(30))
		put_uses(&recipe);
	if (CHANCE(50))
		put_hiding(&recipe);
	if (CHANCE(30))
		put_bool(&recipe, uses[roll(COUNT_OF(uses))], CK_FALSE);
	if (CALL(C_CopyObject(session, before.handle, recipe.list, recipe.count, &key)) != CKR_OK)
		return;
	thing = take(key);
	thing->born = before.born;
	thing->stays = before.stays;
	thing->owners = before.owners;
	memcpy(thing->check, before.check, sizeof(before.check));
	TELL("%lu = copy of %lu", key, before.handle);
}

static void
set(void)
{
	static const CK_ATTRIBUTE_TYPE others[] = { CKA_SENSITIVE, CKA_EXTRACTABLE, CKA_TRUSTED,
		CKA_WRAP_WITH_TRUSTED, CKA_LOCAL, CKA_NEVER_EXTRACTABLE };
	struct recipe recipe = { 0 };
	struct thing *thing = some_thing();
	CK_ATTRIBUTE_TYPE type =
	    CHANCE(80) ? uses[roll(COUNT_OF(uses))] : others[roll(COUNT_OF(others))];

	/* What others still need is not spoilt for good. */
	if (thing->fixed)
		return;
	put_bool(&recipe, type, CHANCE(60));
	if (CHANCE(30))
		put_bool(&recipe, uses[roll(COUNT_OF(uses))], CHANCE(50));
	if (CALL(C_SetAttributeValue(session, thing->handle, recipe.list, recipe.count)) != CKR_OK)
		return;
	look_up(thing);
	TELL("set %#lx of %lu to %u", type, thing->handle, recipe.flags[0]);
}

/* OAEP under the attacker's own public key. */
static void
open_oaep(const CK_BYTE *blob, CK_ULONG len)
{
	EVP_PKEY_CTX *rsa;
	CK_BYTE out[STRING_MOST];
	size_t out_len = sizeof(out);

	if (len != 256)
		return;
	rsa = EVP_PKEY_CTX_new(attackers_rsa, NULL);
	if (EVP_PKEY_decrypt_init(rsa) == 1 &&
	    EVP_PKEY_CTX_set_rsa_padding(rsa, RSA_PKCS1_OAEP_PADDING) == 1 &&
	    EVP_PKEY_CTX_set_rsa_oaep_md_name(rsa, "SHA256", NULL) == 1 &&
	    EVP_PKEY_CTX_set_rsa_mgf1_md_name(rsa, "SHA256", NULL) == 1 &&
	    EVP_PKEY_decrypt(rsa, out, &out_len, blob, len) == 1)
		learn(out, out_len, false, true, NULL);
	EVP_PKEY_CTX_free(rsa);
}

static void
wrap(void)
{
	CK_OBJECT_HANDLE wrapping = some_with(CKA_WRAP)->handle, key = some_target()->handle;
	CK_MECHANISM *mechanism;
	CK_BYTE out[4096];
	CK_ULONG len = sizeof(out);

	chosen = roll(CIPHERS);
	used = wrapping;
	mechanism = some_cipher(true, 32, zeros);

	if (CALL(C_WrapKey(session, mechanism, wrapping, key, out, &len)) != CKR_OK)
		return;
	TELL("wrap %lu under %lu by %#lx: %lu bytes", key, wrapping, mechanism->mechanism, len);
	learn(out, len, true, false, given.iv);
	if (mechanism->mechanism == CKM_RSA_PKCS_OAEP)
		open_oaep(out, len);
	/* A key by OAEP, and what is wrapped by that. */
	if (mechanism->mechanism == CKM_RSA_AES_KEY_WRAP && len > 256) {
		open_oaep(out, 256);
		learn(out + 256, len - 256, true, false, NULL);
	}
}

static void
unwrap(void)
{
	const struct string *blob = some_string();
	CK_OBJECT_HANDLE unwrapping = CHANCE(40) ? blob->by : some_with(CKA_UNWRAP)->handle, key;
	CK_MECHANISM *mechanism = some_cipher(true, blob->len, blob->nonce);
	CK_BYTE in[STRING_MOST];
	CK_ULONG len = blob->len;
	struct recipe recipe = { 0 };

	memcpy(in, blob->data, len);
	/* A piece of it, sometimes. */
	if (CHANCE(10) && len >= 24)
		len = CHANCE(50) ? 16 : 24;
	if (CHANCE(15)) {
		put_ulong(&recipe, CKA_CLASS, CKO_PRIVATE_KEY);
		put_ulong(&recipe, CKA_KEY_TYPE, CKK_EC);
		put_bool(&recipe, private_use(), CK_TRUE);
	} else {
		put_ulong(&recipe, CKA_CLASS, CKO_SECRET_KEY);
		put_ulong(&recipe, CKA_KEY_TYPE, some_type());
		put_uses(&recipe);
		if (CHANCE(10))
			put_ulong(&recipe, CKA_VALUE_LEN, some_length());
	}
	put_hiding(&recipe);
	if (CALL(C_UnwrapKey(session, mechanism, unwrapping, in, len, recipe.list, recipe.count,
		&key)) != CKR_OK)
		return;
	take(key);
	TELL(
	    "%lu = unwrap %lu bytes under %lu by %#lx", key, len, unwrapping, mechanism->mechanism);
}

static void
derive(void)
{
	CK_OBJECT_HANDLE base = some_with(CKA_DERIVE)->handle, key;
	CK_MECHANISM *mechanism = some_derivation();
	struct recipe recipe = { 0 };
	CK_ULONG len = 0;
	CK_ATTRIBUTE length = { CKA_VALUE_LEN, &len, sizeof(len) };
	const bool of_hidden = has(base, CKA_SENSITIVE) || !has(base, CKA_EXTRACTABLE);
	CK_ULONG least = 14;

	put_ulong(&recipe, CKA_CLASS, CKO_SECRET_KEY);
	put_ulong(&recipe, CKA_KEY_TYPE, some_type());
	if (CHANCE(70))
		put_ulong(&recipe, CKA_VALUE_LEN, some_length());
	put_uses(&recipe);
	put_hiding(&recipe);
	if (CALL(C_DeriveKey(session, mechanism, base, recipe.list, recipe.count, &key)) != CKR_OK)
		return;
	take(key);
	TELL("%lu = derive from %lu by %#lx", key, base, mechanism->mechanism);
	/* A MAC by it would answer guesses, and it would be a piece of what it was made of. */
	ok(CALL(C_GetAttributeValue(session, key, &length, 1)));
	if (mechanism->mechanism == CKM_CONCATENATE_DATA_AND_BASE &&
	    mechanism->pParameter == &given.data && of_hidden)
		least += given.data.ulLen;
	if (len < least && (has(key, CKA_SENSITIVE) || !has(key, CKA_EXTRACTABLE)))
		found(&outcome->guessed, "a hidden key that can be guessed");
}

/* What a key pair's other half sealed, as a secret that was agreed on. */
static void
decapsulate(void)
{
	const struct string *string = some_string();
	CK_OBJECT_HANDLE private = CHANCE(40) ? string->by : some_thing()->handle, key;
	CK_MECHANISM *mechanism = some_cipher(false, string->len, zeros);
	struct recipe recipe = { 0 };

	if (CHANCE(50))
		mechanism = CHANCE(50) ? mechanism_of(CKM_RSA_X_509, NULL, 0)
				       : WITH(CKM_RSA_PKCS_OAEP, oaep);
	put_ulong(&recipe, CKA_CLASS, CKO_SECRET_KEY);
	put_ulong(&recipe, CKA_KEY_TYPE, some_type());
	put_uses(&recipe);
	put_hiding(&recipe);
	if (CALL(C_DecapsulateKey(session, mechanism, private, recipe.list, recipe.count,
		(CK_BYTE *)string->data, string->len, &key)) != CKR_OK)
		return;
	take(key);
	TELL("%lu = decapsulate %lu bytes under %lu by %#lx", key, string->len, private,
	    mechanism->mechanism);
}

static void
encrypt(void)
{
	CK_OBJECT_HANDLE key = some_with(CKA_ENCRYPT)->handle;
	const struct string *string = &strings[roll((unsigned)string_count)];
	CK_ULONG len = CHANCE(60) || string->len > 64 ? 32 : string->len;
	CK_MECHANISM *mechanism;
	CK_BYTE in[64] = { 0 }, out[1024];
	CK_ULONG out_len = sizeof(out);

	chosen = roll(CIPHERS);
	used = key;
	mechanism = some_cipher(false, len, zeros);

	if (len == string->len)
		memcpy(in, string->data, len);
	if (CALL(C_EncryptInit(session, mechanism, key)) != CKR_OK)
		return;
	if (CALL(C_Encrypt(session, in, len, out, &out_len)) != CKR_OK)
		return;
	TELL("encrypt %lu bytes under %lu by %#lx", len, key, mechanism->mechanism);
	learn(out, out_len, false, false, NULL);
}

static void
decrypt(void)
{
	const struct string *string = some_string();
	CK_OBJECT_HANDLE key = CHANCE(40) ? string->by : some_with(CKA_DECRYPT)->handle;
	CK_MECHANISM *mechanism = some_cipher(false, string->len, string->nonce);
	CK_BYTE out[1024];
	CK_ULONG out_len = sizeof(out);

	if (mechanism->mechanism == CKM_AES_CCM && string->len > 16)
		given.ccm.data_len = string->len - 16;
	if (CALL(C_DecryptInit(session, mechanism, key)) != CKR_OK)
		return;
	if (CALL(C_Decrypt(session, (CK_BYTE *)string->data, string->len, out, &out_len)) != CKR_OK)
		return;
	TELL("decrypt %lu bytes under %lu by %#lx", string->len, key, mechanism->mechanism);
	learn(out, out_len, false, true, NULL);
}

static void
sign(void)
{
	static const CK_MECHANISM_TYPE macs[] = { CKM_SHA256_HMAC, CKM_SHA256_HMAC, CKM_AES_CMAC,
		CKM_SHA512_HMAC, CKM_RSA_X_509, CKM_ECDSA };
	CK_OBJECT_HANDLE key = some_with(CKA_SIGN)->handle;
	CK_MECHANISM *mechanism =
	    CHANCE(80) ? mechanism_of(macs[roll(COUNT_OF(macs))], NULL, 0) : some_mechanism();
	const struct string *string = some_string();
	CK_BYTE message[] = { 1 }, out[1024];
	CK_ULONG len = sizeof(out);
	bool raw = mechanism->mechanism == CKM_RSA_X_509;

	if (CALL(C_SignInit(session, mechanism, key)) != CKR_OK)
		return;
	/* {1} is what HKDF and SP 800-108 begin with where there is nothing else. */
	if (CALL(C_Sign(session, raw ? (CK_BYTE *)string->data : message,
		raw ? string->len : sizeof(message), out, &len)) != CKR_OK)
		return;
	TELL("sign with %lu by %#lx", key, mechanism->mechanism);
	learn(out, len, false, false, NULL);
}

static void
digest_key(void)
{
	CK_OBJECT_HANDLE key = some_thing()->handle;
	CK_BYTE out[64];
	CK_ULONG len = sizeof(out);

	ok(CALL(C_DigestInit(session, MECHANISM(CKM_SHA256))));
	if (CALL(C_DigestKey(session, key)) != CKR_OK)
		return;
	ok(CALL(C_DigestFinal(session, out, &len)));
	TELL("digest %lu", key);
	learn(out, len, false, false, NULL);
}

static void
get_value(void)
{
	CK_OBJECT_HANDLE key = some_thing()->handle;
	CK_BYTE value[1024];
	CK_ATTRIBUTE attribute = { CHANCE(80) ? CKA_VALUE : CKA_CHECK_VALUE, value, sizeof(value) };

	if (CALL(C_GetAttributeValue(session, key, &attribute, 1)) != CKR_OK)
		return;
	TELL("read %lu", key);
	learn(value, attribute.ulValueLen, false, true, NULL);
}

static void
encrypt_message(void)
{
	struct pkcs11_gcm_message_params params = { given.iv, 12, 0,
		CHANCE(50) ? CKG_GENERATE : CKG_NO_GENERATE, given.tag, 128 };
	CK_OBJECT_HANDLE key = some_with(CKA_ENCRYPT)->handle;
	CK_BYTE out[32];
	CK_ULONG len = sizeof(out);

	memset(given.iv, 0, sizeof(given.iv));
	if (CALL(C_MessageEncryptInit(session, MECHANISM(CKM_AES_GCM), key)) != CKR_OK)
		return;
	if (CALL(C_EncryptMessage(session, &params, sizeof(params), NULL, 0, (CK_BYTE *)zeros, 32,
		out, &len)) == CKR_OK) {
		TELL("encrypt a message under %lu", key);
		learn(out, len, false, false, given.iv);
	}
	(void)CALL(C_MessageEncryptFinal(session));
}

/* RFC 3394, 2.2.1, by whoever enciphers blocks: too many calls in a row to happen by chance. */
static void
forge(void)
{
	CK_OBJECT_HANDLE key = some_with(CKA_ENCRYPT)->handle;
	CK_BYTE blob[40] = { 0 }, block[16], out[16];
	CK_ULONG len;

	memset(blob, 0xa6, 8);
	for (unsigned step = 1; step <= 24; step++) {
		CK_BYTE *half = blob + 8 + 8 * ((step - 1) % 4);

		memcpy(block, blob, 8);
		memcpy(block + 8, half, 8);
		len = sizeof(out);
		if (CALL(C_EncryptInit(session, MECHANISM(CKM_AES_ECB), key)) != CKR_OK)
			return;
		ok(CALL(C_Encrypt(session, block, sizeof(block), out, &len)));
		memcpy(blob, out, 8);
		blob[7] ^= (CK_BYTE)step;
		memcpy(half, out + 8, 8);
	}
	TELL("forge a wrapped key with %lu", key);
	chosen = CIPHERS - 1;
	learn(blob, sizeof(blob), true, false, NULL);
}

/* --- walks ------------------------------------------------------------------------------- */

static struct secret_value *
new_secret(CK_ULONG len, bool leaves)
{
	struct secret_value *secret = &secrets[secret_count++];

	*secret = (struct secret_value){ .len = len, .leaves = leaves };
	for (CK_ULONG i = 0; i < len; i++)
		secret->value[i] = (CK_BYTE)roll(256);
	return secret;
}

/* The owner makes a sensitive key, of the uses that the level lets him have together. */
static void
plant(CK_KEY_TYPE type, CK_ULONG len, bool leaves, CK_ATTRIBUTE_TYPE use)
{
	const struct secret_value *secret = new_secret(len, leaves);
	CK_OBJECT_HANDLE key;
	CK_RV rv;

	do {
		struct recipe recipe = { 0 };

		put_ulong(&recipe, CKA_CLASS, CKO_SECRET_KEY);
		put_ulong(&recipe, CKA_KEY_TYPE, type);
		recipe.list[recipe.count++] = ATTRIBUTE(CKA_VALUE, secret->value, len);
		put_bool(&recipe, CKA_SENSITIVE, CK_TRUE);
		put_bool(&recipe, CKA_EXTRACTABLE, leaves);
		if (use != 0)
			put_bool(&recipe, use, CK_TRUE);
		else
			put_uses(&recipe);
		rv = p11->C_CreateObject(session, recipe.list, recipe.count, &key);
	} while (rv == CKR_TEMPLATE_INCONSISTENT);
	ok(rv);
	take(key)->owners = true;
	if (story_len < COUNT_OF(story))
		snprintf(story[story_len++], sizeof(story[0]), "%lu: the owner's, %lu bytes%s", key,
		    len, leaves ? "" : ", not extractable");
}

/* Half of a pair, of which the other is of no use to anybody here. */
static void
plant_private(CK_ATTRIBUTE_TYPE use)
{
	struct secret_value *secret = new_secret(32, true);
	CK_OBJECT_HANDLE key;

	secret->value[0] &= 0x7f; /* less than the order of P-256 */
	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY), ULONG(CKA_KEY_TYPE, CKK_EC),
		BYTES(CKA_EC_PARAMS, p256), YES(use), YES(CKA_SENSITIVE), YES(CKA_EXTRACTABLE),
		ATTRIBUTE(CKA_VALUE, secret->value, 32)),
	    &key));
	take(key)->owners = true;
	if (story_len < COUNT_OF(story))
		snprintf(story[story_len++], sizeof(story[0]), "%lu: the owner's, private", key);
}

static size_t fixed_secrets;

/* Everything is new, but for what all walks share. */
static void
begin_walk(void)
{
	const struct secret_value *opens, *travels;
	CK_BYTE blob[40];

	if (session != 0)
		ok(p11->C_CloseSession(session));
	session = session_open(slot, READ_WRITE);
	for (size_t i = 0; i < fixed_count; i++)
		look_up(&things[i]);
	thing_count = fixed_count;
	secret_count = fixed_secrets;
	string_count = story_len = 0;
	over = false;
	plant(CKK_AES, 32, true, 0);
	plant(CKK_AES, 16, true, 0);
	plant(CKK_GENERIC_SECRET, 32, true, 0);
	plant(CKK_AES, 32, false, 0);
	plant_private(private_use());
	/* A key by which somebody sends keys to the owner, and one that was sent. */
	opens = &secrets[secret_count];
	plant(CKK_AES, 32, CHANCE(50), CKA_UNWRAP);
	travels = new_secret(32, true);
	check(compute(kw, true, opens->value, 32, NULL, travels->value, 32, blob) == sizeof(blob));
	chosen = CIPHERS - 1;
	learn(blob, sizeof(blob), true, false, NULL);
	learn(zeros, 32, false, true, NULL);
	learn(zeros, 16, false, true, NULL);
	planted_count = thing_count;
	learn(password_key, sizeof(password_key), false, true, NULL);
	learn(agreed, sizeof(agreed), false, true, NULL);
}

static void
walk(void)
{
	static void (*const moves[])(void) = { generate, generate, generate_of_password, create,
		copy, set, set, wrap, wrap, wrap, wrap, unwrap, unwrap, unwrap, decapsulate, derive,
		derive, derive, encrypt, encrypt, decrypt, decrypt, decrypt, sign, digest_key,
		get_value, get_value, encrypt_message };
	const unsigned long end = calls + WALK;

	begin_walk();
	while (calls < end && !over) {
		if (CHANCE(2))
			forge();
		else
			moves[roll(COUNT_OF(moves))]();
	}
	outcome->walks++;
}

/* Keys that the SO vouches for, of the owner's: one that wraps, and the public half of a pair. */
static void
plant_trusted(void)
{
	const struct secret_value *trusted = new_secret(32, false);
	CK_OBJECT_HANDLE key, pair[2];
	CK_ULONG count = 2;

	ok(p11->C_CreateObject(anchor,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_AES), YES(CKA_TOKEN),
		NO(CKA_PRIVATE), YES(CKA_SENSITIVE), NO(CKA_EXTRACTABLE), YES(CKA_WRAP),
		YES(CKA_UNWRAP), ATTRIBUTE(CKA_VALUE, trusted->value, 32)),
	    &key));
	/* As strong as AES of 128 bits. */
	ok(p11->C_GenerateKeyPair(anchor, MECHANISM(CKM_RSA_PKCS_KEY_PAIR_GEN),
	    TEMPLATE(
		ULONG(CKA_MODULUS_BITS, 3072), YES(CKA_TOKEN), YES(CKA_WRAP), YES(CKA_ENCRYPT)),
	    TEMPLATE(YES(CKA_TOKEN), YES(CKA_UNWRAP), BOOL(CKA_DECRYPT, !strict)), &pair[0],
	    &pair[1]));
	ok(p11->C_Logout(anchor));
	ok(p11->C_Login(anchor, CKU_SO, PIN(SO_PIN)));
	ok(p11->C_FindObjectsInit(anchor, NO_TEMPLATE));
	ok(p11->C_FindObjects(anchor, pair, 2, &count));
	ok(p11->C_FindObjectsFinal(anchor));
	check(count == 2);
	for (CK_ULONG i = 0; i < count; i++)
		ok(set_one(anchor, pair[i], YES(CKA_TRUSTED)));
	ok(p11->C_Logout(anchor));
	ok(p11->C_Login(anchor, CKU_USER, PIN(USER_PIN)));
	for (CK_OBJECT_CLASS class = CKO_PUBLIC_KEY; class <= CKO_SECRET_KEY; class ++) {
		check(find(anchor, TEMPLATE(ULONG(CKA_CLASS, class)), &key) == 1);
		things[fixed_count++] = (struct thing){ .handle = key, .fixed = true };
	}
}

/* Pairs, whose making takes too long for each walk; of one the attacker has all. */
static void
plant_pairs(void)
{
	PEER_KEY peer = peer_ec("P-256");
	PEER_KEY own = NULL;
	struct view point = peer_point(peer);
	CK_OBJECT_HANDLE pair[2], key;

	memcpy(peers_point, point.data, sizeof(peers_point));
	ok(p11->C_GenerateKeyPair(anchor, MECHANISM(CKM_EC_KEY_PAIR_GEN),
	    TEMPLATE(BYTES(CKA_EC_PARAMS, p256)), TEMPLATE(YES(CKA_DERIVE)), &pair[0], &pair[1]));
	things[fixed_count++] = (struct thing){ .handle = pair[1], .fixed = true };
	point = get_bytes(anchor, pair[0], CKA_EC_POINT);
	own = peer_ec_public("P-256", view_of(point.data + 2, point.len - 2));
	memcpy(agreed, peer_secret(peer, own).data, sizeof(agreed));
	attackers_rsa = peer_rsa(2048);
	ok(p11->C_CreateObject(anchor,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY), ULONG(CKA_KEY_TYPE, CKK_RSA), YES(CKA_WRAP),
		BYTES(CKA_MODULUS, peer_number(attackers_rsa, OSSL_PKEY_PARAM_RSA_N)),
		BYTES(CKA_PUBLIC_EXPONENT, peer_number(attackers_rsa, OSSL_PKEY_PARAM_RSA_E))),
	    &key));
	things[fixed_count++] = (struct thing){ .handle = key, .fixed = true };
}

struct search {
	const char *level;
	unsigned long calls;
	uint64_t seed;
	struct outcome *outcome;
};

/* In a process of its own. */
static void
search(void *argument)
{
	const struct search *search = argument;

	seed = search->seed;
	outcome = search->outcome;
	strict = strcmp(search->level, "strict") == 0;
	ctx = EVP_CIPHER_CTX_new();
	check(PKCS5_PBKDF2_HMAC(PASSWORD, 8, (const CK_BYTE *)PASSWORD, 8, 2, EVP_sha256(),
		  sizeof(password_key), password_key) == 1);
	check(setenv("HANDFAST_STORE", "memory:", 1) == 0);
	ok(p11->C_Initialize(NULL));
	slot = token_make("model");
	anchor = session_user(slot);
	plant_trusted();
	plant_pairs();
	fixed_secrets = secret_count;
	scratch_release();
	while (calls < search->calls)
		walk();
	outcome->calls = calls;
	outcome->granted = granted;
	ok(p11->C_Finalize(NULL));
	EVP_CIPHER_CTX_free(ctx);
	EVP_PKEY_free(attackers_rsa);
}

/* Two at once, from these seeds; all that they found together. */
static struct outcome
searched(const char *level, unsigned long each)
{
	const size_t len = PROCESSES * sizeof(struct outcome);
	struct outcome *shared =
	    mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct search searches[PROCESSES];
	struct outcome all = { 0 };
	pid_t children[PROCESSES];
	uint64_t from = 0x9e3779b97f4a7c15;

	check(shared != MAP_FAILED);
	/* The long form goes another way each time. */
	if (getenv("HANDFAST_SOAK") != NULL) {
		from += (uint64_t)time(NULL) << 20;
		print_message("# %s: from %#llx\n", level, (unsigned long long)from);
	}
	client_configure(
	    strcmp(level, "strict") == 0 ? "policy = strict\n" : "policy = standard\n");
	for (size_t i = 0; i < PROCESSES; i++) {
		searches[i] = (struct search){ level, each, from + i, &shared[i] };
		children[i] = child_start(search, &searches[i]);
	}
	for (size_t i = 0; i < PROCESSES; i++) {
		check(child_result(children[i], 3600) == 0);
		all.calls += shared[i].calls;
		all.granted += shared[i].granted;
		all.walks += shared[i].walks;
		all.leaving += shared[i].leaving;
		all.staying += shared[i].staying;
		all.born += shared[i].born;
		all.guessed += shared[i].guessed;
	}
	munmap(shared, len);
	print_message("# %s: %lu calls, %lu of them answered with something, in %lu walks; attacks "
		      "on keys that may leave: %lu, that may not: %lu, generated: %lu, to guess: "
		      "%lu\n",
	    level, all.calls, all.granted, all.walks, all.leaving, all.staying, all.born,
	    all.guessed);
	return all;
}

static unsigned long
asked(void)
{
	return getenv("HANDFAST_SOAK") != NULL ? CALLS_SOAK : CALLS_SHORT;
}

/* No sequence of calls shows a sensitive key. */
static void
strict_level(void **state)
{
	struct outcome all = searched("strict", asked());

	(void)state;
	check(all.calls >= PROCESSES * asked());
	check(all.leaving == 0 && all.staying == 0 && all.born == 0 && all.guessed == 0);
}

/* Only what may leave does; and that the search can find what is known shows it. */
static void
standard_level(void **state)
{
	struct outcome all = searched("standard", asked());

	(void)state;
	check(all.staying == 0 && all.guessed == 0);
	check(all.leaving > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strict_level),
		cmocka_unit_test(standard_level),
	};

	return test_main(tests, NULL, NULL);
}
