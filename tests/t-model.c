/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A search for attacks that nobody has thought of: random walks of calls on a small
 * universe of keys, by an attacker who has a session, learns every output, feeds it back
 * into later calls, and computes what he can without the token.
 *
 * The owner's keys (AES, generic, HKDF, RSA, on P-256 and X25519, ML-KEM where libcrypto has
 * it; of the session and of the token) are planted with values that this program knows and its
 * attacker does not.  He opens and closes sessions, logs out and in again, and is no SO.  After
 * each call that gave something it is looked whether a piece of one of them is in what the attacker
 * has, or is the difference of two things that he has, or comes out of a blob by a key that he has.
 * What he can compute is what is written below, so that a search which finds nothing says that much
 * and no more; that it can find something, the standard level shows, where the known attacks work.
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
#define WALK 240
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
static CK_SESSION_HANDLE anchor; /* of the owner, open for all walks */
/* The attacker's: of a walk, one that may not write, one that he closes; and that of the moment. */
static CK_SESSION_HANDLE sessions[3], session;
static bool strict, kem;             /* there is ML-KEM */
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
	CK_BYTE value[48]; /* planted by this test; of a long one a piece */
	CK_ULONG len;
	bool leaves; /* CKA_EXTRACTABLE */
} secrets[18];
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
	bool leaves;   /* CKA_EXTRACTABLE */
	CK_KEY_TYPE type;
	CK_BYTE uid[36]; /* CKA_UNIQUE_ID: a login gives it another handle */
	CK_ULONG uid_len;
} things[48];
/* The fixed ones are first, then come those planted for this walk, which stay till its end. */
static size_t thing_count, fixed_count, planted_count;

/* What the attacker has seen. */
#define STRING_MOST 2600 /* PKCS#8 of an ML-KEM key */
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
#define CIPHERS 22
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
static EVP_PKEY *attackers_rsa, *attackers_ec;

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

static const CK_BYTE zeros[STRING_MOST + 16]; /* public: initial values, messages, a known key */

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
	case CKR_UNWRAPPING_KEY_HANDLE_INVALID: /* the key is no more */
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
	CK_ULONG numbers[6];
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
	CKA_UNWRAP, CKA_DERIVE, CKA_ENCAPSULATE, CKA_DECAPSULATE };
#define SECRET_USES 7 /* of those, the first are secret keys' */

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
	if (CHANCE(45)) {
		CK_ATTRIBUTE_TYPE other = uses[roll(SECRET_USES)];

		if (other != role[0] && other != role[1])
			put_bool(recipe, other, CK_TRUE);
	}
}

static CK_ATTRIBUTE_TYPE
private_use(void)
{
	static const CK_ATTRIBUTE_TYPE roles[] = { CKA_SIGN, CKA_DERIVE, CKA_DERIVE, CKA_UNWRAP,
		CKA_DECAPSULATE };

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

/* A template in the template: what is made by the key can be read, or what it wraps must be so. */
static void
put_template(struct recipe *recipe)
{
	static CK_BBOOL no = CK_FALSE;
	static const CK_ATTRIBUTE readable[] = { { CKA_SENSITIVE, &no, sizeof(no) } };
	static const CK_ATTRIBUTE_TYPE types[] = { CKA_UNWRAP_TEMPLATE, CKA_UNWRAP_TEMPLATE,
		CKA_WRAP_TEMPLATE, CKA_DERIVE_TEMPLATE };

	if (recipe->count < COUNT_OF(recipe->list))
		recipe->list[recipe->count++] =
		    ATTRIBUTE(types[roll(COUNT_OF(types))], readable, sizeof(readable));
}

/* Where it is kept, and from whom. */
static void
put_place(struct recipe *recipe)
{
	if (CHANCE(25))
		put_bool(recipe, CKA_TOKEN, CK_TRUE);
	if (CHANCE(15))
		put_bool(recipe, CKA_PRIVATE, CHANCE(30));
}

/* What else a template may say; most of it is not for the attacker to say. */
static void
put_other(struct recipe *recipe)
{
	static const CK_ATTRIBUTE_TYPE others[] = { CKA_SENSITIVE, CKA_EXTRACTABLE, CKA_TRUSTED,
		CKA_WRAP_WITH_TRUSTED, CKA_LOCAL, CKA_NEVER_EXTRACTABLE, CKA_ALWAYS_SENSITIVE,
		CKA_PRIVATE, CKA_TOKEN, CKA_MODIFIABLE, CKA_COPYABLE };

	switch (roll(8)) {
	case 0:
		put_template(recipe);
		break;
	case 1:
		put_ulong(recipe, CHANCE(50) ? CKA_KEY_TYPE : CKA_VALUE_LEN, roll(64));
		break;
	default:
		put_bool(recipe, others[roll(COUNT_OF(others))], CHANCE(50));
	}
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
	static const CK_ULONG lengths[] = { 16, 24, 32, 32, 32, 48 };

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

		/* Of those that are always there much is known already. */
		if ((thing->uses >> bit & 1) != 0 && (!thing->fixed || CHANCE(40)))
			return thing;
	}
	return some_thing();
}

/* One that the attacker is after, more often than not. */
static struct thing *
some_target(void)
{
	for (unsigned tries = 0; tries < 12; tries++) {
		struct thing *thing = some_thing();

		/* What is for data is let out more easily than what is for other keys. */
		if (thing->owners && ((thing->leaves && thing->uses < 1u << 4) || CHANCE(10)))
			return thing;
	}
	return some_thing();
}

/* The attacker looks what he may do. */
static void
look_up(struct thing *thing)
{
	CK_BBOOL values[COUNT_OF(uses) + 1] = { CK_FALSE };
	CK_ATTRIBUTE list[COUNT_OF(uses) + 2];

	for (size_t i = 0; i < COUNT_OF(uses); i++)
		list[i] = ATTRIBUTE(uses[i], &values[i], 1);
	list[COUNT_OF(uses)] = ATTRIBUTE(CKA_EXTRACTABLE, &values[COUNT_OF(uses)], 1);
	list[COUNT_OF(uses) + 1] = ATTRIBUTE(CKA_KEY_TYPE, &thing->type, sizeof(CK_KEY_TYPE));
	(void)p11->C_GetAttributeValue(session, thing->handle, list, COUNT_OF(list));
	thing->leaves = values[COUNT_OF(uses)];
	thing->uses = 0;
	for (size_t i = 0; i < COUNT_OF(uses); i++)
		thing->uses |= values[i] ? 1u << i : 0;
}

/* By which it is known again. */
static CK_ULONG
uid_of(CK_OBJECT_HANDLE object, CK_BYTE uid[36])
{
	CK_ATTRIBUTE attribute = { CKA_UNIQUE_ID, uid, 36 };

	return p11->C_GetAttributeValue(session, object, &attribute, 1) == CKR_OK
	    ? attribute.ulValueLen
	    : 0;
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
	struct pkcs11_ecdh_aes_key_wrap_params ecdh_aes;
	CK_KEY_DERIVATION_STRING_DATA data;
	CK_AES_CBC_ENCRYPT_DATA_PARAMS chained;
	CK_OBJECT_HANDLE other;
	CK_ULONG offset;
	struct pkcs11_hkdf_params hkdf;
	struct pkcs11_prf_data_param piece;
	struct pkcs11_sp800_108_counter_format counter;
	struct pkcs11_sp800_108_kdf_params kbkdf;
	struct pkcs11_sp800_108_feedback_kdf_params feedback;
	CK_ATTRIBUTE further[3];
	struct pkcs11_derived_key further_key;
	CK_ECDH1_DERIVE_PARAMS ecdh;
	CK_VERSION version;
	struct pkcs11_tls12_master_key_derive_params master;
	struct pkcs11_tls12_extended_master_key_derive_params extended;
	struct pkcs11_ssl3_key_mat_out block;
	struct pkcs11_tls12_key_mat_params key_mat;
	struct pkcs11_tls_kdf_params tls;
	struct pkcs11_ike_prf_derive_params ike;
	struct pkcs11_ike2_prf_plus_derive_params ike2;
	struct pkcs11_ike1_prf_derive_params ike1;
	struct pkcs11_ike1_extended_derive_params ike1_extended;
	CK_MECHANISM mechanism;
} given;

static CK_BYTE peers_point[65], peers_x[32]; /* public: a point, and one of Curve25519 */
/* Objects of one derivation beside the one that C_DeriveKey gives: handles, 0 for none. */
#define FURTHER 5
static CK_OBJECT_HANDLE further[FURTHER];

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
	given.ccm = (struct pkcs11_ccm_params){ len, given.iv, 12, NULL, 0, CHANCE(50) ? 16 : 4 };
	given.ctr = (CK_AES_CTR_PARAMS){ .ulCounterBits = 128 };
	given.ctr.cb[15] = CHANCE(50) ? 2 : 0; /* where GCM begins */
	given.oaep =
	    (CK_RSA_PKCS_OAEP_PARAMS){ CKM_SHA256, CKG_MGF1_SHA256, CKZ_DATA_SPECIFIED, NULL, 0 };
	given.rsa_aes = (struct pkcs11_rsa_aes_key_wrap_params){ 128 + 64 * roll(3), &given.oaep };
	given.ecdh_aes = (struct pkcs11_ecdh_aes_key_wrap_params){ 256, CKD_SHA256_KDF, 0, NULL };
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
	case 13:
	case 14:
		return WITH(CHANCE(50) ? CKM_ECDH_AES_KEY_WRAP
			: CHANCE(50)   ? CKM_ECDH_X_AES_KEY_WRAP
				       : CKM_ECDH_COF_AES_KEY_WRAP,
		    ecdh_aes);
	case 15:
		return WITH(CKM_RSA_PKCS_OAEP, oaep);
	default:
		return mechanism_of(CKM_AES_KEY_WRAP, given.iv, CHANCE(90) ? 0 : 8);
	}
}

/* Of TLS 1.2: from a premaster secret on. */
static CK_MECHANISM *
some_of_tls(void)
{
	struct pkcs11_ssl3_random_data randoms = { (CK_BYTE *)zeros, 32, (CK_BYTE *)zeros, 32 };

	given.master =
	    (struct pkcs11_tls12_master_key_derive_params){ randoms, &given.version, CKM_SHA256 };
	given.extended = (struct pkcs11_tls12_extended_master_key_derive_params){ CKM_SHA256,
		(CK_BYTE *)zeros, 32, &given.version };
	given.block =
	    (struct pkcs11_ssl3_key_mat_out){ .iv_client = given.iv, .iv_server = given.tag };
	given.key_mat = (struct pkcs11_tls12_key_mat_params){ CHANCE(50) ? 0 : 256, 256,
		CHANCE(50) ? 0 : 128, CK_FALSE, randoms, &given.block, CKM_SHA256 };
	given.tls =
	    (struct pkcs11_tls_kdf_params){ CKM_SHA256, (CK_BYTE *)"label", 5, randoms, NULL, 0 };
	switch (roll(7)) {
	case 0:
		return WITH(CKM_TLS12_MASTER_KEY_DERIVE, master);
	case 1:
		given.master.version = NULL;
		return WITH(CKM_TLS12_MASTER_KEY_DERIVE_DH, master);
	case 2:
		return WITH(CKM_TLS12_EXTENDED_MASTER_KEY_DERIVE, extended);
	case 3:
		given.extended.version = NULL;
		return WITH(CKM_TLS12_EXTENDED_MASTER_KEY_DERIVE_DH, extended);
	case 4:
		return WITH(CKM_TLS12_KEY_SAFE_DERIVE, key_mat);
	case 5:
		return WITH(CKM_TLS_KDF, tls);
	default:
		return WITH(CKM_TLS12_KEY_AND_MAC_DERIVE, key_mat);
	}
}

static CK_MECHANISM *
some_of_ike(void)
{
	static CK_BYTE nonce[16]; /* public: zeros */

	given.ike = (struct pkcs11_ike_prf_derive_params){ CKM_SHA256_HMAC, CHANCE(30), CHANCE(20),
		nonce, sizeof(nonce), nonce, sizeof(nonce), given.other };
	if (!given.ike.rekey)
		given.ike.new_key = CK_INVALID_HANDLE;
	given.ike2 = (struct pkcs11_ike2_prf_plus_derive_params){ CKM_SHA256_HMAC, CHANCE(30),
		given.other, nonce, CHANCE(80) ? sizeof(nonce) : 0 };
	given.ike1 = (struct pkcs11_ike1_prf_derive_params){ CKM_SHA256_HMAC, CHANCE(30),
		given.other, given.other, nonce, 8, nonce, 8, (CK_BYTE)roll(3) };
	given.ike1_extended = (struct pkcs11_ike1_extended_derive_params){ CKM_SHA256_HMAC,
		CHANCE(30), given.other, nonce, CHANCE(50) ? sizeof(nonce) : 0 };
	switch (roll(4)) {
	case 0:
		return WITH(CKM_IKE_PRF_DERIVE, ike);
	case 1:
		return WITH(CKM_IKE1_PRF_DERIVE, ike1);
	case 2:
		return WITH(CKM_IKE1_EXTENDED_DERIVE, ike1_extended);
	default:
		return WITH(CKM_IKE2_PRF_PLUS_DERIVE, ike2);
	}
}

/* NIST SP 800-108, with another key beside the one that is asked for, sometimes. */
static CK_MECHANISM *
some_of_sp800_108(void)
{
	static CK_BBOOL open[2]; /* whether it is sensitive, and extractable */
	static CK_ULONG len;
	const CK_ULONG more = CHANCE(30);

	open[0] = CHANCE(50);
	open[1] = CHANCE(50);
	len = some_length();
	given.further[0] = ATTRIBUTE(CKA_SENSITIVE, &open[0], 1);
	given.further[1] = ATTRIBUTE(CKA_EXTRACTABLE, &open[1], 1);
	given.further[2] = ATTRIBUTE(CKA_VALUE_LEN, &len, sizeof(len));
	given.further_key =
	    (struct pkcs11_derived_key){ given.further, COUNT_OF(given.further), &further[0] };
	given.counter = (struct pkcs11_sp800_108_counter_format){ CK_FALSE, 32 };
	given.piece = (struct pkcs11_prf_data_param){ CK_SP800_108_ITERATION_VARIABLE,
		&given.counter, sizeof(given.counter) };
	given.kbkdf =
	    (struct pkcs11_sp800_108_kdf_params){ CHANCE(80) ? CKM_SHA256_HMAC : CKM_AES_CMAC, 1,
		    &given.piece, more, &given.further_key };
	given.feedback = (struct pkcs11_sp800_108_feedback_kdf_params){ given.kbkdf.prf_type, 1,
		&given.piece, 0, NULL, more, &given.further_key };
	if (CHANCE(50))
		return WITH(CKM_SP800_108_COUNTER_KDF, kbkdf);
	/* Here it is what the last round gave. */
	given.piece.value = NULL;
	given.piece.value_len = 0;
	return CHANCE(50) ? WITH(CKM_SP800_108_FEEDBACK_KDF, feedback)
			  : WITH(CKM_SP800_108_DOUBLE_PIPELINE_KDF, kbkdf);
}

static CK_MECHANISM *
some_derivation(void)
{
	static const CK_ULONG lengths[] = { 1, 16, 31, 32, 48 };
	static const CK_MECHANISM_TYPE digests[] = { CKM_SHA256_KEY_DERIVATION,
		CKM_SHA512_KEY_DERIVATION, CKM_SHAKE_256_KEY_DERIVE };
	const bool montgomery = CHANCE(30);

	memset(given.iv, 0, sizeof(given.iv));
	memset(further, 0, sizeof(further));
	given.data =
	    (CK_KEY_DERIVATION_STRING_DATA){ (CK_BYTE *)zeros, lengths[roll(COUNT_OF(lengths))] };
	given.chained = (CK_AES_CBC_ENCRYPT_DATA_PARAMS){ .pData = (CK_BYTE *)zeros, .length = 32 };
	given.other = some_with(CKA_DERIVE)->handle;
	given.offset = 8 * roll(32);
	given.hkdf = (struct pkcs11_hkdf_params){ .extract = CHANCE(50),
		.expand = CHANCE(80),
		.prf_hash_mechanism = CKM_SHA256,
		.salt_type = CHANCE(80) ? CKF_HKDF_SALT_NULL : CKF_HKDF_SALT_KEY,
		.salt_key = given.other };
	given.ecdh = (CK_ECDH1_DERIVE_PARAMS){ CHANCE(70) ? CKD_NULL : CKD_SHA256_KDF, 0, NULL,
		montgomery ? sizeof(peers_x) : sizeof(peers_point),
		montgomery ? peers_x : peers_point };
	switch (roll(22)) {
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
		return WITH(CKM_HKDF_DATA, hkdf);
	case 10:
		return mechanism_of(digests[roll(COUNT_OF(digests))], NULL, 0);
	case 11:
	case 12:
		return some_of_sp800_108();
	case 13:
	case 14:
	case 15:
		return WITH(CHANCE(80) ? CKM_ECDH1_DERIVE : CKM_ECDH1_COFACTOR_DERIVE, ecdh);
	case 16:
	case 17:
		return some_of_tls();
	case 18:
	case 19:
		return some_of_ike();
	case 20:
		return mechanism_of(CKM_PUB_KEY_FROM_PRIV_KEY, NULL, 0);
	default:
		return some_mechanism();
	}
}

/* A pair of the token's, where there is ML-KEM. */
static CK_OBJECT_HANDLE kem_public;
static const struct thing *kem_private;

#define PASSWORD "password"
static CK_BYTE password_key[32]; /* public: of the attacker's password */
/* Public: what the attacker agrees on with keys of the token, on P-256, X25519 and by ML-KEM. */
static CK_BYTE agreed[3][32];
static CK_BYTE kem_blob[1088];         /* ... and what he sent for that */
static const struct thing *tls_secret; /* the owner's, of 48 bytes, as TLS has them */

/* Of those, one that takes such a key. */
static unsigned
cipher_for(CK_KEY_TYPE type)
{
	static const unsigned of_rsa[] = { 9, 10, 11, 15 };

	if (CHANCE(10))
		return roll(CIPHERS);
	switch (type) {
	case CKK_RSA:
		return of_rsa[roll(COUNT_OF(of_rsa))];
	case CKK_EC:
	case CKK_EC_MONTGOMERY:
		return 13 + roll(2);
	default:
		return CHANCE(50) ? roll(9) : CIPHERS - 1;
	}
}

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
	thing->uid_len = uid_of(handle, thing->uid);
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
	chosen = CHANCE(75) ? string->cipher : roll(CIPHERS);
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
	struct recipe recipe = { 0 };
	CK_KEY_TYPE type = some_type();
	CK_OBJECT_HANDLE key;
	CK_ULONG len = some_length();
	struct thing *thing;

	put_ulong(&recipe, CKA_VALUE_LEN, len);
	put_uses(&recipe);
	/* Half of them as the token makes them where nobody asks: hidden. */
	if (CHANCE(50))
		put_hiding(&recipe);
	put_place(&recipe);
	if (CHANCE(15))
		put_template(&recipe);
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
	put_place(&recipe);
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

	/* The copies of what the token keeps are of the session, but when they say otherwise. */
	put_bool(&recipe, CKA_TOKEN, CHANCE(20));
	if (CHANCE(30))
		put_uses(&recipe);
	if (CHANCE(50))
		put_hiding(&recipe);
	if (CHANCE(30))
		put_bool(&recipe, uses[roll(COUNT_OF(uses))], CK_FALSE);
	if (CHANCE(30))
		put_other(&recipe);
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
	struct recipe recipe = { 0 };
	struct thing *thing = some_thing();

	/* What others still need is not spoilt for good. */
	if (thing->fixed)
		return;
	if (CHANCE(75))
		put_bool(&recipe, uses[roll(COUNT_OF(uses))], CHANCE(60));
	else
		put_other(&recipe);
	if (CHANCE(30))
		put_bool(&recipe, uses[roll(COUNT_OF(uses))], CHANCE(50));
	if (CALL(C_SetAttributeValue(session, thing->handle, recipe.list, recipe.count)) != CKR_OK)
		return;
	look_up(thing);
	TELL("set %#lx of %lu to %u", recipe.list[0].type, thing->handle, recipe.flags[0]);
}

/* The public half, in the token, of the attacker's own key on P-256. */
static CK_OBJECT_HANDLE own_ec;

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

/*
 * What was wrapped by an agreement with the attacker's own key on P-256: the other's point,
 * also in an OCTET STRING (0x04 0x41), and KWP under what ANSI X9.63's function makes of the
 * secret.
 */
static void
open_ecdh(const CK_BYTE *blob, CK_ULONG len)
{
	const size_t header = blob[0] == 0x04 && blob[1] == 0x41 ? 2 : 0, point = 65;
	CK_BYTE hashed[36] = { [35] = 1 };
	PEER_KEY other = NULL;
	struct view key;

	if (len < header + point + 16 || blob[header] != 0x04)
		return;
	other = peer_ec_public("P-256", view_of(blob + header, point));
	memcpy(hashed, peer_secret(attackers_ec, other).data, 32);
	key = peer_digest("SHA256", view_of(hashed, sizeof(hashed)));
	learn(key.data, key.len, false, true, NULL);
	learn(blob + header + point, len - header - point, true, false, NULL);
	scratch_release();
}

static void
wrap(void)
{
	const struct thing *with = some_with(CKA_WRAP);
	CK_OBJECT_HANDLE wrapping = with->handle, key = some_target()->handle;
	CK_MECHANISM *mechanism;
	CK_BYTE out[4096];
	CK_ULONG len = sizeof(out);

	chosen = cipher_for(with->type);
	used = wrapping;
	mechanism = some_cipher(true, 32, zeros);

	if (CALL(C_WrapKey(session, mechanism, wrapping, key, out, &len)) != CKR_OK)
		return;
	TELL("wrap %lu under %lu by %#lx: %lu bytes", key, wrapping, mechanism->mechanism, len);
	learn(out, len, true, false, given.iv);
	if (mechanism->mechanism == CKM_RSA_PKCS_OAEP)
		open_oaep(out, len);
	if (mechanism->pParameter == &given.ecdh_aes && wrapping == own_ec)
		open_ecdh(out, len);
	/* A key by OAEP, and what is wrapped by that. */
	if (mechanism->mechanism == CKM_RSA_AES_KEY_WRAP && len > 256) {
		open_oaep(out, 256);
		learn(out + 256, len - 256, true, false, NULL);
	}
}

static void
unwrap(void)
{
	static const CK_KEY_TYPE private_types[] = { CKK_EC, CKK_EC, CKK_EC_MONTGOMERY, CKK_RSA,
		CKK_ML_KEM };
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
	if (CHANCE(20)) {
		put_ulong(&recipe, CKA_CLASS, CKO_PRIVATE_KEY);
		put_ulong(&recipe, CKA_KEY_TYPE, private_types[roll(COUNT_OF(private_types))]);
		put_bool(&recipe, private_use(), CK_TRUE);
	} else {
		put_ulong(&recipe, CKA_CLASS, CKO_SECRET_KEY);
		put_ulong(&recipe, CKA_KEY_TYPE, some_type());
		put_uses(&recipe);
		if (CHANCE(10))
			put_ulong(&recipe, CKA_VALUE_LEN, some_length());
	}
	put_hiding(&recipe);
	put_place(&recipe);
	if (CALL(C_UnwrapKey(session, mechanism, unwrapping, in, len, recipe.list, recipe.count,
		&key)) != CKR_OK)
		return;
	take(key);
	TELL(
	    "%lu = unwrap %lu bytes under %lu by %#lx", key, len, unwrapping, mechanism->mechanism);
}

/* A MAC by it would answer guesses, and it would be a piece of what it was made of. */
static void
look_at_length(CK_OBJECT_HANDLE key, CK_ULONG least)
{
	CK_ULONG len = 0;
	CK_ATTRIBUTE length = { CKA_VALUE_LEN, &len, sizeof(len) };

	/* A data object and a public key have none. */
	if (CALL(C_GetAttributeValue(session, key, &length, 1)) == CKR_OK && len < least &&
	    (has(key, CKA_SENSITIVE) || !has(key, CKA_EXTRACTABLE)))
		found(&outcome->guessed, "a hidden key that can be guessed");
}

static void
derive(void)
{
	CK_OBJECT_HANDLE base = some_with(CKA_DERIVE)->handle, key = CK_INVALID_HANDLE;
	CK_MECHANISM *mechanism = some_derivation();
	const bool reads = mechanism->mechanism == CKM_HKDF_DATA || CHANCE(3);
	struct recipe recipe = { 0 };
	CK_ULONG least = 14;

	if (mechanism->pParameter == &given.master || mechanism->pParameter == &given.extended ||
	    mechanism->pParameter == &given.key_mat || mechanism->pParameter == &given.tls)
		base = CHANCE(80) ? tls_secret->handle : base;
	if (CHANCE(95))
		put_ulong(&recipe, CKA_CLASS, reads ? CKO_DATA : CKO_SECRET_KEY);
	if (!reads)
		put_ulong(&recipe, CKA_KEY_TYPE, some_type());
	if (CHANCE(70))
		put_ulong(&recipe, CKA_VALUE_LEN, some_length());
	if (!reads) {
		put_uses(&recipe);
		put_hiding(&recipe);
	}
	put_place(&recipe);
	/* Of these the mechanism says all. */
	if (mechanism->mechanism == CKM_PUB_KEY_FROM_PRIV_KEY)
		recipe.count = 0;
	if (CALL(C_DeriveKey(session, mechanism, base, recipe.list, recipe.count, &key)) != CKR_OK)
		return;
	if (mechanism->pParameter == &given.key_mat) {
		further[1] = given.block.client_mac_secret;
		further[2] = given.block.server_mac_secret;
		further[3] = given.block.client_key;
		further[4] = given.block.server_key;
		learn(given.iv, sizeof(given.iv), false, true, NULL);
		learn(given.tag, sizeof(given.tag), false, true, NULL);
	}
	if (mechanism->mechanism == CKM_CONCATENATE_DATA_AND_BASE &&
	    mechanism->pParameter == &given.data &&
	    (has(base, CKA_SENSITIVE) || !has(base, CKA_EXTRACTABLE)))
		least += given.data.ulLen;
	if (key != CK_INVALID_HANDLE) {
		take(key);
		TELL("%lu = derive from %lu by %#lx", key, base, mechanism->mechanism);
		look_at_length(key, least);
	}
	for (size_t i = 0; i < FURTHER; i++) {
		if (further[i] == CK_INVALID_HANDLE)
			continue;
		take(further[i]);
		TELL("%lu = derive from %lu by %#lx, too", further[i], base, mechanism->mechanism);
		look_at_length(further[i], 14);
	}
}

/* Of the RSA mechanisms the decapsulation is a decryption. */
static CK_MECHANISM *
some_encapsulation(void)
{
	given.ecdh = (CK_ECDH1_DERIVE_PARAMS){ CKD_NULL, 0, NULL, 0, NULL };
	switch (roll(4)) {
	case 0:
		return mechanism_of(CKM_RSA_X_509, NULL, 0);
	case 1:
		return WITH(CKM_RSA_PKCS_OAEP, oaep);
	case 2:
		return WITH(CKM_ECDH1_DERIVE, ecdh);
	default:
		return mechanism_of(CKM_ML_KEM, NULL, 0);
	}
}

/* A new secret for the holder of a private key, who may be the attacker. */
static void
encapsulate(void)
{
	CK_OBJECT_HANDLE public = some_with(CKA_ENCAPSULATE)->handle, key;
	CK_MECHANISM *mechanism;
	struct recipe recipe = { 0 };
	CK_BYTE out[STRING_MOST];
	CK_ULONG len = sizeof(out);

	given.oaep =
	    (CK_RSA_PKCS_OAEP_PARAMS){ CKM_SHA256, CKG_MGF1_SHA256, CKZ_DATA_SPECIFIED, NULL, 0 };
	mechanism = some_encapsulation();
	used = public;
	put_ulong(&recipe, CKA_CLASS, CKO_SECRET_KEY);
	put_ulong(&recipe, CKA_KEY_TYPE, some_type());
	put_uses(&recipe);
	put_hiding(&recipe);
	put_place(&recipe);
	if (CALL(C_EncapsulateKey(
		session, mechanism, public, recipe.list, recipe.count, out, &len, &key)) != CKR_OK)
		return;
	take(key);
	TELL("%lu = encapsulate for %lu by %#lx", key, public, mechanism->mechanism);
	learn(out, len, true, false, NULL);
	look_at_length(key, 14);
}

/* What a key pair's other half sealed, as a secret that was agreed on. */
static void
decapsulate(void)
{
	const struct string *string = some_string();
	CK_OBJECT_HANDLE private = some_with(CKA_DECAPSULATE)->handle, key;
	CK_MECHANISM *mechanism = some_cipher(false, string->len, zeros);
	struct recipe recipe = { 0 };

	/* RSA decapsulates what it wrapped; what was sent to a pair has its length. */
	if (CHANCE(40))
	private = string->by;
	if (string->len == sizeof(kem_blob) && CHANCE(90))
		mechanism = mechanism_of(CKM_ML_KEM, NULL, 0);
	else if (CHANCE(60))
		mechanism = some_encapsulation();
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
	const struct thing *with = some_with(CKA_ENCRYPT);
	CK_OBJECT_HANDLE key = with->handle;
	const struct string *string = &strings[roll((unsigned)string_count)];
	CK_ULONG len = CHANCE(60) || string->len > 64 ? 32 : string->len;
	CK_MECHANISM *mechanism;
	CK_BYTE in[64] = { 0 }, out[1024];
	CK_ULONG out_len = sizeof(out);

	chosen = cipher_for(with->type);
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
	CK_OBJECT_HANDLE key = CHANCE(60) ? string->by : some_with(CKA_DECRYPT)->handle;
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

/* The parameters of a message, by GCM or CCM, whose nonce is that of `nonce`. */
static void *
some_message(bool gcm, const CK_BYTE *nonce, CK_ULONG data_len, CK_ULONG *len)
{
	static struct pkcs11_gcm_message_params gcm_params;
	static struct pkcs11_ccm_message_params ccm_params;
	const CK_ULONG generator = CHANCE(50) ? CKG_GENERATE : CKG_NO_GENERATE;

	memset(given.iv, 0, sizeof(given.iv));
	memcpy(given.iv, nonce, 12);
	gcm_params =
	    (struct pkcs11_gcm_message_params){ given.iv, 12, 0, generator, given.tag, 128 };
	ccm_params = (struct pkcs11_ccm_message_params){ data_len, given.iv, 12, 0, generator,
		given.tag, CHANCE(50) ? 16 : 4 };
	*len = gcm ? sizeof(gcm_params) : sizeof(ccm_params);
	return gcm ? (void *)&gcm_params : (void *)&ccm_params;
}

static void
encrypt_message(void)
{
	const bool gcm = CHANCE(60);
	CK_OBJECT_HANDLE key = some_with(CKA_ENCRYPT)->handle;
	CK_BYTE out[32];
	CK_ULONG len = sizeof(out), params_len;
	void *params = some_message(gcm, zeros, 32, &params_len);

	if (CALL(C_MessageEncryptInit(session, MECHANISM(gcm ? CKM_AES_GCM : CKM_AES_CCM), key)) !=
	    CKR_OK)
		return;
	if (CALL(C_EncryptMessage(
		session, params, params_len, NULL, 0, (CK_BYTE *)zeros, 32, out, &len)) == CKR_OK) {
		TELL("encrypt a message under %lu", key);
		learn(out, len, false, false, given.iv);
	}
	(void)CALL(C_MessageEncryptFinal(session));
}

/* What was wrapped, its tag behind it, as a message. */
static void
decrypt_message(void)
{
	const bool gcm = CHANCE(60);
	const struct string *string = some_string();
	CK_OBJECT_HANDLE key = CHANCE(40) ? string->by : some_with(CKA_DECRYPT)->handle;
	CK_BYTE out[STRING_MOST];
	CK_ULONG len = sizeof(out), params_len;
	void *params;

	if (string->len < 17)
		return;
	params = some_message(gcm, string->nonce, string->len - 16, &params_len);
	memcpy(given.tag, string->data + string->len - 16, 16);
	if (CALL(C_MessageDecryptInit(session, MECHANISM(gcm ? CKM_AES_GCM : CKM_AES_CCM), key)) !=
	    CKR_OK)
		return;
	if (CALL(C_DecryptMessage(session, params, params_len, NULL, 0, (CK_BYTE *)string->data,
		string->len - 16, out, &len)) == CKR_OK) {
		TELL("decrypt a message under %lu", key);
		learn(out, len, false, true, NULL);
	}
	(void)CALL(C_MessageDecryptFinal(session));
}

/* --- sessions ------------------------------------------------------------------------------ */

/* Those of this walk's things that are no more are forgotten. */
static void
forget_dead(void)
{
	size_t kept = planted_count;

	for (size_t i = planted_count; i < thing_count; i++) {
		CK_BYTE uid[36];

		if (uid_of(things[i].handle, uid) != 0)
			things[kept++] = things[i];
	}
	thing_count = kept;
}

/* What was made in it goes with it. */
static void
reopen(void)
{
	ok(CALL(C_CloseSession(sessions[2])));
	sessions[2] = session_open(slot, CHANCE(50) ? READ_WRITE : READ_ONLY);
	session = sessions[2];
	forget_dead();
	TELL("another session");
}

/* Private objects of the token have other handles after a login. */
static void
find_again(void)
{
	CK_OBJECT_HANDLE handles[96];
	CK_ULONG count = COUNT_OF(handles);

	ok(CALL(C_FindObjectsInit(session, NO_TEMPLATE)));
	ok(CALL(C_FindObjects(session, handles, count, &count)));
	ok(CALL(C_FindObjectsFinal(session)));
	check(count < COUNT_OF(handles));
	for (CK_ULONG i = 0; i < count; i++) {
		CK_BYTE uid[36];
		const CK_ULONG len = uid_of(handles[i], uid);
		size_t n = 0;

		check(len > 0);
		while (n < thing_count &&
		    (things[n].uid_len != len || memcmp(things[n].uid, uid, len) != 0))
			n++;
		if (n == thing_count)
			continue;
		for (size_t s = 0; s < string_count; s++) {
			if (strings[s].by == things[n].handle)
				strings[s].by = handles[i];
		}
		things[n].handle = handles[i];
	}
	forget_dead();
}

static void move(void);

/* What he can do without a login is done, and then he has one again. */
static void
log_out_and_in(void)
{
	static bool out;

	if (out)
		return;
	out = true;
	ok(CALL(C_Logout(session)));
	TELL("log out");
	for (unsigned i = roll(12); i > 0 && !over; i--)
		move();
	ok(CALL(C_Login(session, CKU_USER, PIN(USER_PIN))));
	TELL("log in");
	find_again();
	out = false;
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

	check(secret_count <= COUNT_OF(secrets));
	*secret = (struct secret_value){ .len = len, .leaves = leaves };
	for (CK_ULONG i = 0; i < len; i++)
		secret->value[i] = (CK_BYTE)roll(256);
	return secret;
}

/* A piece of a longer one. */
static void
new_secret_of(struct view value)
{
	struct secret_value *secret = new_secret(32, true);

	memcpy(secret->value, value.data, 32);
}

static struct thing *
take_owners(CK_OBJECT_HANDLE key, const char *what)
{
	struct thing *thing = take(key);

	thing->owners = true;
	if (story_len < COUNT_OF(story))
		snprintf(story[story_len++], sizeof(story[0]), "%lu: the owner's, %s", key, what);
	return thing;
}

/* The owner makes a sensitive key, of the uses that the level lets him have together. */
static const struct thing *
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
		put_bool(&recipe, CKA_TOKEN, CHANCE(50));
		if (use != 0)
			put_bool(&recipe, use, CK_TRUE);
		else
			put_uses(&recipe);
		rv = p11->C_CreateObject(session, recipe.list, recipe.count, &key);
	} while (rv == CKR_TEMPLATE_INCONSISTENT);
	ok(rv);
	return take_owners(key, leaves ? "secret" : "secret, not extractable");
}

/* RFC 8410: id-X25519. */
static const CK_BYTE oid_x25519[] = { 0x06, 0x03, 0x2b, 0x65, 0x6e };

/* Half of a pair, of which the other is of no use to anybody here. */
static void
plant_private(CK_KEY_TYPE type, struct view params, CK_ATTRIBUTE_TYPE use)
{
	struct secret_value *secret = new_secret(32, true);
	CK_OBJECT_HANDLE key;

	secret->value[0] &= 0x7f; /* less than the order of P-256 */
	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY), ULONG(CKA_KEY_TYPE, type),
		BYTES(CKA_EC_PARAMS, params), YES(use), YES(CKA_SENSITIVE), YES(CKA_EXTRACTABLE),
		BOOL(CKA_TOKEN, CHANCE(50)), ATTRIBUTE(CKA_VALUE, secret->value, 32)),
	    &key));
	(void)take_owners(key, "private");
}

static size_t fixed_secrets;

/* What the token kept of the last walk. */
static void
destroy_kept(void)
{
	CK_OBJECT_HANDLE handles[96];
	CK_ULONG count = COUNT_OF(handles);

	ok(p11->C_FindObjectsInit(anchor, NO_TEMPLATE));
	ok(p11->C_FindObjects(anchor, handles, count, &count));
	ok(p11->C_FindObjectsFinal(anchor));
	check(count < COUNT_OF(handles));
	for (CK_ULONG i = 0; i < count; i++) {
		size_t n = 0;

		while (n < fixed_count && things[n].handle != handles[i])
			n++;
		if (n == fixed_count)
			ok(p11->C_DestroyObject(anchor, handles[i]));
	}
}

/* Everything is new, but for what all walks share. */
static void
begin_walk(void)
{
	const struct secret_value *opens, *travels;
	CK_BYTE blob[40];

	for (size_t i = 0; i < COUNT_OF(sessions); i++) {
		if (sessions[i] != CK_INVALID_HANDLE)
			ok(p11->C_CloseSession(sessions[i]));
		sessions[i] = session_open(slot, i == 1 ? READ_ONLY : READ_WRITE);
	}
	session = sessions[0];
	destroy_kept();
	for (size_t i = 0; i < fixed_count; i++)
		look_up(&things[i]);
	thing_count = fixed_count;
	secret_count = fixed_secrets;
	string_count = story_len = 0;
	over = false;
	plant(CKK_AES, 32, true, 0);
	plant(CKK_AES, 16, true, 0);
	plant(CKK_GENERIC_SECRET, 32, true, 0);
	tls_secret = plant(CKK_GENERIC_SECRET, 48, CHANCE(50), CKA_DERIVE);
	plant(CKK_HKDF, 32, CHANCE(50), CKA_DERIVE);
	plant(CKK_AES, 32, false, 0);
	plant_private(CKK_EC, p256, private_use());
	plant_private(CKK_EC_MONTGOMERY, view_of(oid_x25519, sizeof(oid_x25519)),
	    CHANCE(80) ? CKA_DERIVE : CKA_UNWRAP);
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
	learn(agreed[0], sizeof(agreed[0]), false, true, NULL);
	learn(agreed[1], sizeof(agreed[1]), false, true, NULL);
	if (kem) {
		learn(agreed[2], sizeof(agreed[2]), false, true, NULL);
		used = kem_private->handle;
		learn(kem_blob, sizeof(kem_blob), true, false, NULL);
	}
}

static void
move(void)
{
	static void (*const moves[])(void) = { generate, generate, generate, generate_of_password,
		create, copy, copy, set, set, set, wrap, wrap, wrap, wrap, wrap, unwrap, unwrap,
		unwrap, unwrap, encapsulate, decapsulate, decapsulate, derive, derive, derive,
		derive, encrypt, encrypt, decrypt, decrypt, decrypt, sign, digest_key, get_value,
		get_value, get_value, encrypt_message, decrypt_message };

	session = sessions[CHANCE(70) ? 0 : roll(COUNT_OF(sessions))];
	if (CHANCE(2))
		forge();
	else if (roll(250) == 0)
		reopen();
	else if (roll(400) == 0)
		log_out_and_in();
	else
		moves[roll(COUNT_OF(moves))]();
}

static void
walk(void)
{
	const unsigned long end = calls + WALK;

	begin_walk();
	while (calls < end && !over)
		move();
	outcome->walks++;
}

/* --- what all walks share ----------------------------------------------------------------- */

static struct thing *
fix(CK_OBJECT_HANDLE key)
{
	struct thing *thing = &things[fixed_count++];

	*thing = (struct thing){ .handle = key, .fixed = true };
	thing->uid_len = uid_of(key, thing->uid);
	return thing;
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
		fix(key);
	}
}

/* Of the attacker's own keys the public halves, which wrap. */
static void
plant_attackers(void)
{
	CK_OBJECT_HANDLE key;

	attackers_rsa = peer_rsa(2048);
	ok(p11->C_CreateObject(anchor,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY), ULONG(CKA_KEY_TYPE, CKK_RSA), YES(CKA_WRAP),
		YES(CKA_ENCAPSULATE), YES(CKA_TOKEN),
		BYTES(CKA_MODULUS, peer_number(attackers_rsa, OSSL_PKEY_PARAM_RSA_N)),
		BYTES(CKA_PUBLIC_EXPONENT, peer_number(attackers_rsa, OSSL_PKEY_PARAM_RSA_E))),
	    &key));
	fix(key);
	attackers_ec = peer_ec("P-256");
	ok(p11->C_CreateObject(anchor,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY), ULONG(CKA_KEY_TYPE, CKK_EC), YES(CKA_WRAP),
		YES(CKA_ENCAPSULATE), YES(CKA_TOKEN), BYTES(CKA_EC_PARAMS, p256),
		BYTES(CKA_EC_POINT, peer_point_der(attackers_ec))),
	    &own_ec));
	fix(own_ec);
}

/* Pairs that were made here, with which the attacker agrees on secrets. */
static void
plant_agreeing(void)
{
	PEER_KEY peer = peer_ec("P-256");
	PEER_KEY peer_of_x = peer_x("X25519");
	PEER_KEY own = NULL;
	PEER_KEY own_x = NULL;
	struct view point = peer_point(peer);
	CK_OBJECT_HANDLE pair[2];

	memcpy(peers_point, point.data, sizeof(peers_point));
	ok(p11->C_GenerateKeyPair(anchor, MECHANISM(CKM_EC_KEY_PAIR_GEN),
	    TEMPLATE(BYTES(CKA_EC_PARAMS, p256)), TEMPLATE(YES(CKA_DERIVE), YES(CKA_TOKEN)),
	    &pair[0], &pair[1]));
	fix(pair[1]);
	point = get_bytes(anchor, pair[0], CKA_EC_POINT);
	own = peer_ec_public("P-256", view_of(point.data + 2, point.len - 2));
	memcpy(agreed[0], peer_secret(peer, own).data, sizeof(agreed[0]));
	point = peer_point(peer_of_x);
	memcpy(peers_x, point.data, sizeof(peers_x));
	ok(p11->C_GenerateKeyPair(anchor, MECHANISM(CKM_EC_MONTGOMERY_KEY_PAIR_GEN),
	    TEMPLATE(ATTRIBUTE(CKA_EC_PARAMS, oid_x25519, sizeof(oid_x25519))),
	    TEMPLATE(YES(CKA_DERIVE), YES(CKA_TOKEN)), &pair[0], &pair[1]));
	fix(pair[1]);
	point = get_bytes(anchor, pair[0], CKA_EC_POINT);
	own_x = peer_x_public("X25519", view_of(point.data + point.len - 32, 32));
	memcpy(agreed[1], peer_secret(peer_of_x, own_x).data, sizeof(agreed[1]));
}

/* Pairs on P-256, of which one half wraps or encapsulates for the other. */
static void
plant_pairs(void)
{
	static const CK_ATTRIBUTE_TYPE pair_uses[][2] = { { CKA_WRAP, CKA_UNWRAP },
		{ CKA_ENCAPSULATE, CKA_DECAPSULATE } };
	CK_OBJECT_HANDLE pair[2];

	for (size_t i = 0; i < COUNT_OF(pair_uses); i++) {
		ok(p11->C_GenerateKeyPair(anchor, MECHANISM(CKM_EC_KEY_PAIR_GEN),
		    TEMPLATE(BYTES(CKA_EC_PARAMS, p256), YES(pair_uses[i][0]), YES(CKA_TOKEN)),
		    TEMPLATE(YES(pair_uses[i][1]), YES(CKA_TOKEN)), &pair[0], &pair[1]));
		fix(pair[0]);
		fix(pair[1]);
	}
}

/* The owner's RSA key, which takes too long to check for each walk. */
static void
plant_rsa(void)
{
	PEER_KEY rsa = peer_rsa(2048);
	struct view d = peer_number(rsa, OSSL_PKEY_PARAM_RSA_D);
	struct view p = peer_number(rsa, OSSL_PKEY_PARAM_RSA_FACTOR1);
	CK_OBJECT_HANDLE key;

	ok(p11->C_CreateObject(anchor,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY), ULONG(CKA_KEY_TYPE, CKK_RSA),
		YES(CKA_TOKEN), YES(CKA_SENSITIVE), YES(CKA_EXTRACTABLE), YES(CKA_DECRYPT),
		BYTES(CKA_MODULUS, peer_number(rsa, OSSL_PKEY_PARAM_RSA_N)),
		BYTES(CKA_PUBLIC_EXPONENT, peer_number(rsa, OSSL_PKEY_PARAM_RSA_E)),
		BYTES(CKA_PRIVATE_EXPONENT, d), BYTES(CKA_PRIME_1, p),
		BYTES(CKA_PRIME_2, peer_number(rsa, OSSL_PKEY_PARAM_RSA_FACTOR2)),
		BYTES(CKA_EXPONENT_1, peer_number(rsa, OSSL_PKEY_PARAM_RSA_EXPONENT1)),
		BYTES(CKA_EXPONENT_2, peer_number(rsa, OSSL_PKEY_PARAM_RSA_EXPONENT2)),
		BYTES(CKA_COEFFICIENT, peer_number(rsa, OSSL_PKEY_PARAM_RSA_COEFFICIENT1))),
	    &key));
	new_secret_of(d);
	new_secret_of(p);
	fix(key)->owners = true;
}

/* A pair that decapsulates what the attacker sends it, and a private key of the owner's. */
static void
plant_kem(void)
{
	PEER_KEY public = NULL;
	PEER_KEY owners = NULL;
	CK_OBJECT_HANDLE key, private_key;
	CK_MECHANISM_INFO info;
	struct view blob, seed_of;

	kem = p11->C_GetMechanismInfo(slot, CKM_ML_KEM, &info) == CKR_OK;
	if (!kem)
		return;
	ok(p11->C_GenerateKeyPair(anchor, MECHANISM(CKM_ML_KEM_KEY_PAIR_GEN),
	    TEMPLATE(
		ULONG(CKA_PARAMETER_SET, CKP_ML_KEM_768), YES(CKA_TOKEN), YES(CKA_ENCAPSULATE)),
	    TEMPLATE(YES(CKA_DECAPSULATE), YES(CKA_TOKEN)), &kem_public, &private_key));
	fix(kem_public);
	kem_private = fix(private_key);
	public = peer_set_public("ML-KEM-768", get_bytes(anchor, kem_public, CKA_VALUE));
	memcpy(agreed[2], peer_encapsulate(public, &blob).data, sizeof(agreed[2]));
	check(blob.len == sizeof(kem_blob));
	memcpy(kem_blob, blob.data, blob.len);
	owners = peer_set("ML-KEM-768");
	seed_of = peer_octets(owners, "seed");
	ok(p11->C_CreateObject(anchor,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY), ULONG(CKA_KEY_TYPE, CKK_ML_KEM),
		ULONG(CKA_PARAMETER_SET, CKP_ML_KEM_768), YES(CKA_TOKEN), YES(CKA_SENSITIVE),
		YES(CKA_EXTRACTABLE), YES(CKA_DECAPSULATE), BYTES(CKA_SEED, seed_of)),
	    &key));
	new_secret_of(seed_of);
	fix(key)->owners = true;
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
	session = anchor;
	plant_trusted();
	plant_attackers();
	plant_agreeing();
	plant_pairs();
	plant_rsa();
	plant_kem();
	fixed_secrets = secret_count;
	scratch_release();
	while (calls < search->calls)
		walk();
	outcome->calls = calls;
	outcome->granted = granted;
	ok(p11->C_Finalize(NULL));
	EVP_CIPHER_CTX_free(ctx);
	EVP_PKEY_free(attackers_rsa);
	EVP_PKEY_free(attackers_ec);
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
