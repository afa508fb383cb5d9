/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Cryptographic input that somebody made for the purpose: ciphertexts, wrapped keys,
 * signatures and private keys that are almost right.  What other programs try is in the
 * tests that doc/attacks.md names, row by row.
 */
#define _GNU_SOURCE /* memmem */
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/rsa.h>
#include <stdio.h>

#include "tests/client.h"
#include "tests/peer.h"

static bool strict;
static CK_SESSION_HANDLE session;

static int
begin(void **state)
{
	strict = strcmp(*state, "strict") == 0;
	client_configure(strict ? "policy = strict\n" : "policy = standard\n");
	check(setenv("HANDFAST_STORE", "memory:", 1) == 0);
	module_started(state);
	session = session_user(token_make("crafted"));
	return 0;
}

#define at_level(function, level)                                                                  \
	{                                                                                          \
#function " " level, function, begin, module_stopped, level                        \
	}

#define AES ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_AES)

static CK_OBJECT_HANDLE
generated(CK_MECHANISM_TYPE generator, CK_ATTRIBUTE_TYPE use, CK_ATTRIBUTE_TYPE other)
{
	CK_OBJECT_HANDLE key;

	ok(p11->C_GenerateKey(session, MECHANISM(generator),
	    TEMPLATE(ULONG(CKA_VALUE_LEN, 32), NO(CKA_EXTRACTABLE), YES(use), YES(other)), &key));
	return key;
}

static CK_OBJECT_HANDLE
created(struct view value, CK_ATTRIBUTE_TYPE use)
{
	CK_OBJECT_HANDLE key;

	ok(p11->C_CreateObject(session, TEMPLATE(AES, YES(use), BYTES(CKA_VALUE, value)), &key));
	return key;
}

static CK_RV
decrypt_rv(CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key, struct view in, struct view *out)
{
	CK_BYTE *room = scratch(1024);
	CK_ULONG len = 1024;
	CK_RV rv;

	ok(p11->C_DecryptInit(session, mechanism, key));
	rv = p11->C_Decrypt(session, (CK_BYTE *)in.data, in.len, room, &len);
	*out = rv == CKR_OK ? view_of(room, len) : VIEW_NONE;
	return rv;
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

/* --- tags ------------------------------------------------------------------------------- */

#define PLAIN text("nothing of this sentence may be seen before its tag is checked")

/* No eight bytes of the text lie in what the caller gave room for. */
static void
shows_nothing(struct view room)
{
	struct view plain = PLAIN;

	for (size_t i = 0; i + 8 <= plain.len; i++)
		check(memmem(room.data, room.len, plain.data + i, 8) == NULL);
}

static void
forged_whole(CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key, struct view forged)
{
	CK_BYTE *room = scratch(256);
	CK_ULONG len = 256;

	memset(room, 0, 256);
	ok(p11->C_DecryptInit(session, mechanism, key));
	assert_rv(p11->C_Decrypt(session, (CK_BYTE *)forged.data, forged.len, room, &len),
	    CKR_ENCRYPTED_DATA_INVALID);
	shows_nothing(view_of(room, 256));
}

static void
forged_in_parts(CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key, struct view forged)
{
	CK_BYTE *room = scratch(256);
	CK_ULONG len, at = 0;

	memset(room, 0, 256);
	ok(p11->C_DecryptInit(session, mechanism, key));
	for (size_t i = 0; i < forged.len; i += 16) {
		CK_ULONG part = forged.len - i < 16 ? forged.len - i : 16;

		len = 256 - at;
		ok(p11->C_DecryptUpdate(
		    session, (CK_BYTE *)forged.data + i, part, room + at, &len));
		check(len == 0);
		shows_nothing(view_of(room, 256));
	}
	len = 256 - at;
	assert_rv(p11->C_DecryptFinal(session, room + at, &len), CKR_ENCRYPTED_DATA_INVALID);
	shows_nothing(view_of(room, 256));
}

static void
b14_forged_tag_gives_nothing(void **state)
{
	CK_BYTE iv[12] = { 7 }; /* public: a nonce */
	CK_GCM_PARAMS gcm = { iv, 12, 96, NULL, 0, 128 };
	struct pkcs11_ccm_params ccm = { PLAIN.len, iv, 12, NULL, 0, 16 };
	struct pkcs11_chacha20_poly1305_params poly = { iv, 12, NULL, 0 };
	CK_MECHANISM *mechanisms[] = { MECHANISM_WITH(CKM_AES_GCM, &gcm),
		MECHANISM_WITH(CKM_AES_CCM, &ccm), MECHANISM_WITH(CKM_CHACHA20_POLY1305, &poly) };

	(void)state;
	for (size_t m = 0; m < COUNT_OF(mechanisms); m++) {
		CK_OBJECT_HANDLE key = generated(mechanisms[m]->mechanism == CKM_CHACHA20_POLY1305
			? CKM_CHACHA20_KEY_GEN
			: CKM_AES_KEY_GEN,
		    CKA_ENCRYPT, CKA_DECRYPT);
		struct view sealed = encrypted(mechanisms[m], key, PLAIN);
		struct view out;

		ok(decrypt_rv(mechanisms[m], key, sealed, &out));
		same_bytes(out, PLAIN);
		for (size_t at = 0; at < sealed.len; at += 13) {
			((CK_BYTE *)sealed.data)[at] ^= 0x20;
			forged_whole(mechanisms[m], key, sealed);
			forged_in_parts(mechanisms[m], key, sealed);
			((CK_BYTE *)sealed.data)[at] ^= 0x20;
		}
	}
}

/* --- wrapped keys ------------------------------------------------------------------------ */

static CK_RV
unwrap_rv(CK_MECHANISM *mechanism, CK_OBJECT_HANDLE unwrapping, struct view blob)
{
	CK_OBJECT_HANDLE key;

	return p11->C_UnwrapKey(session, mechanism, unwrapping, (CK_BYTE *)blob.data, blob.len,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET)),
	    &key);
}

/* Each bit turned, each other length: no key, and one code. */
static void
bits_and_lengths(CK_MECHANISM_TYPE type, CK_ULONG longest)
{
	CK_OBJECT_HANDLE key = generated(CKM_AES_KEY_GEN, CKA_WRAP, CKA_UNWRAP), target;
	CK_BYTE *blob = scratch(128);
	CK_ULONG len = 128;

	target = created(copy_of("thirty-two bytes are AES-256 key", 32), CKA_ENCRYPT);
	memset(blob, 0, 128);
	ok(p11->C_WrapKey(session, MECHANISM(type), key, target, blob, &len));
	check(len == 40);
	for (size_t bit = 0; bit < 8 * len; bit++) {
		blob[bit / 8] ^= (CK_BYTE)(1 << bit % 8);
		assert_rv(
		    unwrap_rv(MECHANISM(type), key, view_of(blob, len)), CKR_WRAPPED_KEY_INVALID);
		blob[bit / 8] ^= (CK_BYTE)(1 << bit % 8);
	}
	for (CK_ULONG other = 0; other <= longest; other++) {
		CK_RV rv = unwrap_rv(MECHANISM(type), key, view_of(blob, other));

		assert_rv(rv, other == len ? CKR_OK : CKR_WRAPPED_KEY_INVALID);
	}
}

static void
b17_kw_turned_bits(void **state)
{
	(void)state;
	bits_and_lengths(CKM_AES_KEY_WRAP, 47);
}

static void
b18_kwp_turned_bits(void **state)
{
	(void)state;
	bits_and_lengths(CKM_AES_KEY_WRAP_KWP, 63);
}

/*
 * CBC with padding is an oracle by its nature (Vaudenay 2002): whoever may decrypt learns
 * whether a padding was right.  One code for all that are wrong; and at the strict level no
 * wrapped key can be asked about.
 */
static void
b19_cbc_padding(void **state)
{
	CK_BYTE iv[16] = { 0 }; /* public: an initial value */
	CK_MECHANISM cbc = { CKM_AES_CBC_PAD, iv, 16 };
	CK_OBJECT_HANDLE key = generated(CKM_AES_KEY_GEN, CKA_ENCRYPT, CKA_DECRYPT);
	CK_OBJECT_HANDLE unwrapping = generated(CKM_AES_KEY_GEN, CKA_WRAP, CKA_UNWRAP);
	struct view sealed = encrypted(&cbc, key, text("fifteen bytes, and more")), out;
	unsigned right = 0;

	(void)state;
	for (unsigned last = 0; last < 256; last++) {
		CK_RV rv;

		((CK_BYTE *)sealed.data)[15] ^= (CK_BYTE)last;
		rv = decrypt_rv(&cbc, key, sealed, &out);
		check(rv == CKR_OK || rv == CKR_ENCRYPTED_DATA_INVALID);
		right += rv == CKR_OK;
		rv = unwrap_rv(&cbc, unwrapping, sealed);
		if (strict)
			check(rv == CKR_MECHANISM_INVALID);
		else
			check(rv == CKR_OK || rv == CKR_WRAPPED_KEY_INVALID);
		((CK_BYTE *)sealed.data)[15] ^= (CK_BYTE)last;
	}
	check(right >= 1 && right <= 2);
}

/* --- signatures ---------------------------------------------------------------------------- */

/* The order of P-256 (FIPS 186-4, D.1.2.3). */
#define ORDER unhex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")

static struct view
number_near(struct view number, int by)
{
	CK_BYTE *near = (CK_BYTE *)copy_of(number.data, number.len).data;

	near[number.len - 1] = (CK_BYTE)(near[number.len - 1] + by);
	return view_of(near, number.len);
}

static void
b23_malformed_signatures(void **state)
{
	CK_BYTE hash[32] = { 1 }, signature[256]; /* public: of a message */
	CK_ULONG len = sizeof(signature);
	CK_OBJECT_HANDLE pair[2];
	struct view parts[8];
	unsigned tried = 0;

	(void)state;
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_EC_KEY_PAIR_GEN),
	    TEMPLATE(BYTES(CKA_EC_PARAMS, p256), YES(CKA_VERIFY)), TEMPLATE(YES(CKA_SIGN)),
	    &pair[0], &pair[1]));
	ok(p11->C_SignInit(session, MECHANISM(CKM_ECDSA), pair[1]));
	ok(p11->C_Sign(session, hash, sizeof(hash), signature, &len));
	check(len == 64);
	memset(signature + 64, 0, sizeof(signature) - 64);
	parts[0] = copy_of(signature, 32);
	parts[1] = copy_of(signature + 32, 32);
	parts[2] = copy_of((CK_BYTE[32]){ 0 }, 32);
	parts[3] = number_near(parts[2], 1);
	parts[4] = ORDER;
	parts[5] = number_near(ORDER, -1);
	parts[6] = number_near(ORDER, 1);
	parts[7] = number_near(parts[0], 1);
	for (size_t i = 0; i < COUNT_OF(parts) * COUNT_OF(parts); i++) {
		const size_t r = i / COUNT_OF(parts), s = i % COUNT_OF(parts);
		CK_BYTE both[64]; /* public: a signature */

		memcpy(both, parts[r].data, 32);
		memcpy(both + 32, parts[s].data, 32);
		ok(p11->C_VerifyInit(session, MECHANISM(CKM_ECDSA), pair[0]));
		assert_rv(p11->C_Verify(session, hash, sizeof(hash), both, 64),
		    r == 0 && s == 1 ? CKR_OK : CKR_SIGNATURE_INVALID);
		tried++;
	}
	for (CK_ULONG other = 0; other <= 140; other++) {
		if (other == 64)
			continue;
		ok(p11->C_VerifyInit(session, MECHANISM(CKM_ECDSA), pair[0]));
		refused(p11->C_Verify(session, hash, sizeof(hash), signature, other));
		tried++;
	}
	check(tried >= 130);
}

/* A hash or a mask that is not the signer's is another scheme. */
static void
b25_other_hash(void **state)
{
	static const struct {
		CK_MECHANISM_TYPE hash;
		CK_RSA_PKCS_MGF_TYPE mgf;
	} kinds[] = { { CKM_SHA256, CKG_MGF1_SHA256 }, { CKM_SHA256, CKG_MGF1_SHA1 },
		{ CKM_SHA384, CKG_MGF1_SHA384 }, { CKM_SHA_1, CKG_MGF1_SHA256 } };
	CK_BYTE message[] = "a message", signature[256], sealed[256], back[256];
	CK_OBJECT_HANDLE signs[2], opens[2];
	CK_RSA_PKCS_PSS_PARAMS pss = { CKM_SHA256, CKG_MGF1_SHA256, ~0UL };

	(void)state;
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_RSA_PKCS_KEY_PAIR_GEN),
	    TEMPLATE(ULONG(CKA_MODULUS_BITS, 2048)), TEMPLATE(YES(CKA_SIGN)), &signs[0],
	    &signs[1]));
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_RSA_PKCS_KEY_PAIR_GEN),
	    TEMPLATE(ULONG(CKA_MODULUS_BITS, 2048)), TEMPLATE(YES(CKA_DECRYPT)), &opens[0],
	    &opens[1]));
	assert_rv(p11->C_SignInit(session, MECHANISM_WITH(CKM_SHA256_RSA_PKCS_PSS, &pss), signs[1]),
	    CKR_MECHANISM_PARAM_INVALID);
	/* The hash of the mechanism, the parameter's of another one. */
	pss = (CK_RSA_PKCS_PSS_PARAMS){ CKM_SHA384, CKG_MGF1_SHA384, 32 };
	assert_rv(p11->C_SignInit(session, MECHANISM_WITH(CKM_SHA256_RSA_PKCS_PSS, &pss), signs[1]),
	    CKR_MECHANISM_PARAM_INVALID);
	for (size_t i = 0; i < COUNT_OF(kinds) * COUNT_OF(kinds); i++) {
		const size_t made = i / COUNT_OF(kinds), read = i % COUNT_OF(kinds);
		CK_RSA_PKCS_OAEP_PARAMS by = { kinds[made].hash, kinds[made].mgf,
			CKZ_DATA_SPECIFIED, NULL, 0 };
		CK_RSA_PKCS_OAEP_PARAMS with = { kinds[read].hash, kinds[read].mgf,
			CKZ_DATA_SPECIFIED, NULL, 0 };
		CK_ULONG len = sizeof(sealed), back_len = sizeof(back);

		ok(p11->C_EncryptInit(session, MECHANISM_WITH(CKM_RSA_PKCS_OAEP, &by), opens[0]));
		ok(p11->C_Encrypt(session, message, sizeof(message), sealed, &len));
		ok(p11->C_DecryptInit(session, MECHANISM_WITH(CKM_RSA_PKCS_OAEP, &with), opens[1]));
		assert_rv(p11->C_Decrypt(session, sealed, len, back, &back_len),
		    made == read ? CKR_OK : CKR_ENCRYPTED_DATA_INVALID);
	}
	pss = (CK_RSA_PKCS_PSS_PARAMS){ CKM_SHA256, CKG_MGF1_SHA256, 32 };
	for (unsigned other = 0; other < 3; other++) {
		CK_RSA_PKCS_PSS_PARAMS read = pss;
		CK_ULONG len = sizeof(signature);

		read.mgf = other == 1 ? CKG_MGF1_SHA1 : pss.mgf;
		read.sLen = other == 2 ? 20 : pss.sLen;
		ok(p11->C_SignInit(
		    session, MECHANISM_WITH(CKM_SHA256_RSA_PKCS_PSS, &pss), signs[1]));
		ok(p11->C_Sign(session, message, sizeof(message), signature, &len));
		ok(p11->C_VerifyInit(
		    session, MECHANISM_WITH(CKM_SHA256_RSA_PKCS_PSS, &read), signs[0]));
		assert_rv(p11->C_Verify(session, message, sizeof(message), signature, len),
		    other == 0 ? CKR_OK : CKR_SIGNATURE_INVALID);
	}
}

static void
b26_no_iterations(void **state)
{
	struct pkcs11_pkcs5_pbkd2_params2 params = { CKZ_SALT_SPECIFIED, "salt", 4, 0,
		CKP_PKCS5_PBKD2_HMAC_SHA256, NULL, 0, (CK_UTF8CHAR *)"password", 8 };
	static const CK_ULONG absurd[] = { 0, 1UL << 31, ~0UL };
	CK_OBJECT_HANDLE key;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(absurd); i++) {
		params.iterations = absurd[i];
		assert_rv(p11->C_GenerateKey(session, MECHANISM_WITH(CKM_PKCS5_PBKD2, &params),
			      TEMPLATE(AES, ULONG(CKA_VALUE_LEN, 32)), &key),
		    CKR_MECHANISM_PARAM_INVALID);
	}
	assert_rv(p11->C_GenerateKey(session, MECHANISM(CKM_PKCS5_PBKD2),
		      TEMPLATE(AES, ULONG(CKA_VALUE_LEN, 32)), &key),
	    CKR_MECHANISM_PARAM_INVALID);
}

/* --- private keys ---------------------------------------------------------------------------- */

static const struct {
	CK_ATTRIBUTE_TYPE type;
	const char *name;
} rsa_parts[] = { { CKA_MODULUS, OSSL_PKEY_PARAM_RSA_N },
	{ CKA_PUBLIC_EXPONENT, OSSL_PKEY_PARAM_RSA_E },
	{ CKA_PRIVATE_EXPONENT, OSSL_PKEY_PARAM_RSA_D },
	{ CKA_PRIME_1, OSSL_PKEY_PARAM_RSA_FACTOR1 }, { CKA_PRIME_2, OSSL_PKEY_PARAM_RSA_FACTOR2 },
	{ CKA_EXPONENT_1, OSSL_PKEY_PARAM_RSA_EXPONENT1 },
	{ CKA_EXPONENT_2, OSSL_PKEY_PARAM_RSA_EXPONENT2 },
	{ CKA_COEFFICIENT, OSSL_PKEY_PARAM_RSA_COEFFICIENT1 } };

#define RSA_PARTS COUNT_OF(rsa_parts)

/* The key with its n-th part off by two. */
#define NONE SIZE_MAX
static CK_RV
import_rv(const EVP_PKEY *peer, size_t wrong)
{
	CK_ATTRIBUTE template[3 + RSA_PARTS] = { ULONG(CKA_CLASS, CKO_PRIVATE_KEY),
		ULONG(CKA_KEY_TYPE, CKK_RSA), YES(CKA_SIGN) };
	CK_OBJECT_HANDLE key;

	for (size_t i = 0; i < RSA_PARTS; i++) {
		struct view part = peer_number(peer, rsa_parts[i].name);

		if (i == wrong)
			((CK_BYTE *)part.data)[part.len - 1] ^= 2;
		template[3 + i] = BYTES(rsa_parts[i].type, part);
	}
	return p11->C_CreateObject(session, template, 3 + RSA_PARTS, &key);
}

/* One faulty signature with a wrong CRT value factors the modulus (Boneh, DeMillo and Lipton 1997).
 */
static void
b24_faulty_crt(void **state)
{
	PEER_KEY peer = peer_rsa(2048);

	(void)state;
	ok(import_rv(peer, NONE));
	for (size_t wrong = 0; wrong < RSA_PARTS; wrong++)
		assert_rv(import_rv(peer, wrong), CKR_ATTRIBUTE_VALUE_INVALID);
}

/*
 * A key as the generator behind ROCA made them (Nemec and others, CCS 2017, equation 1):
 * p = k M + (65537^a mod M), with M the product of the first 126 primes.
 */
static BIGNUM *
roca_prime(BN_CTX *ctx)
{
	BIGNUM *m = BN_CTX_get(ctx), *g = BN_CTX_get(ctx), *a = BN_CTX_get(ctx);
	BIGNUM *p = BN_CTX_get(ctx);
	unsigned found = 0;

	check(p != NULL && BN_set_word(m, 1) && BN_set_word(g, 65537));
	for (unsigned n = 2; found < 126; n++) {
		bool prime = true;

		for (unsigned d = 2; d * d <= n; d++)
			prime = prime && n % d != 0;
		found += prime;
		check(!prime || BN_mul_word(m, n));
	}
	do {
		check(BN_rand(a, 250, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY));
		check(BN_mod_exp(g, g, a, m, ctx));
		check(BN_rand(a, 1024 - BN_num_bits(m), BN_RAND_TOP_TWO, BN_RAND_BOTTOM_ANY));
		check(BN_mul(p, a, m, ctx) && BN_add(p, p, g));
	} while (BN_check_prime(p, ctx, NULL) != 1);
	return p;
}

static CK_RV
roca_rv(bool public)
{
	BN_CTX *ctx = BN_CTX_new();
	BIGNUM *p, *q, *n, *d, *e;
	CK_BYTE *bytes = scratch(256 + 256);
	CK_OBJECT_HANDLE key;
	CK_RV rv;

	BN_CTX_start(ctx);
	p = roca_prime(ctx);
	q = roca_prime(ctx);
	n = BN_CTX_get(ctx);
	d = BN_CTX_get(ctx);
	e = BN_CTX_get(ctx);
	check(e != NULL && BN_mul(n, p, q, ctx) && BN_set_word(e, 65537));
	check(BN_sub_word(p, 1) && BN_sub_word(q, 1) && BN_mul(d, p, q, ctx));
	check(BN_mod_inverse(d, e, d, ctx) != NULL);
	check(BN_bn2binpad(n, bytes, 256) == 256 && BN_bn2binpad(d, bytes + 256, 256) == 256);
	BN_CTX_end(ctx);
	BN_CTX_free(ctx);
	if (public)
		rv = p11->C_CreateObject(session,
		    TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY), ULONG(CKA_KEY_TYPE, CKK_RSA),
			ATTRIBUTE(CKA_MODULUS, bytes, 256),
			BYTES(CKA_PUBLIC_EXPONENT, unhex("010001"))),
		    &key);
	else
		rv = p11->C_CreateObject(session,
		    TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY), ULONG(CKA_KEY_TYPE, CKK_RSA),
			YES(CKA_SIGN), ATTRIBUTE(CKA_MODULUS, bytes, 256),
			BYTES(CKA_PUBLIC_EXPONENT, unhex("010001")),
			ATTRIBUTE(CKA_PRIVATE_EXPONENT, bytes + 256, 256)),
		    &key);
	return rv;
}

static void
roca_refused(void **state)
{
	(void)state;
	assert_rv(roca_rv(false), CKR_ATTRIBUTE_VALUE_INVALID);
	/* What it signed can still be verified. */
	ok(roca_rv(true));
}

/* --- nonces ------------------------------------------------------------------------------------
 */

/* So much is no heap, but what a sanitizer sets aside. */
#define REGION_MOST ((uintptr_t)64 << 20)

/* Reads memory that is nobody's, as a sanitizer sees it. */
__attribute__((no_sanitize_address)) static uint64_t *
count_between(uintptr_t from, uintptr_t to, const uint64_t first[2], uint64_t now)
{
	static const CK_BYTE four[8] = { 0xff, 0xff, 0xff, 0xff }; /* public: of the next word */
	const uint64_t *words = (const uint64_t *)from;
	uint64_t mask;

	memcpy(&mask, four, sizeof(mask));
	for (size_t i = 0; i + 2 < (to - from) / sizeof(*words); i++) {
		if (words[i] == first[0] && (words[i + 1] & mask) == first[1] &&
		    words[i + 2] == now)
			return (uint64_t *)&words[i + 2];
	}
	return NULL;
}

/* The place of a count in this process's heap, behind the nonce that it began with. */
static uint64_t *
count_behind(const CK_BYTE first[12], uint64_t now)
{
	FILE *maps = fopen("/proc/self/maps", "re");
	uint64_t words[2] = { 0 }, *found = NULL;
	unsigned long from, to;
	char line[256];

	memcpy(words, first, 12);
	check(maps != NULL);
	while (found == NULL && fgets(line, sizeof(line), maps) != NULL) {
		if (strstr(line, " rw-p ") != NULL && strstr(line, "[stack]") == NULL &&
		    sscanf(line, "%lx-%lx", &from, &to) == 2 && to - from <= REGION_MOST)
			found = count_between(from, to, words, now);
	}
	fclose(maps);
	return found;
}

static CK_RV
message_rv(CK_OBJECT_HANDLE key, CK_BYTE nonce[12])
{
	CK_BYTE tag[16], out[16]; /* public: of an empty message */
	struct pkcs11_gcm_message_params made = { nonce, 12, 0, CKG_GENERATE, tag, 128 };
	CK_ULONG len = sizeof(out);
	CK_RV rv;

	ok(p11->C_MessageEncryptInit(session, MECHANISM(CKM_AES_GCM), key));
	rv = p11->C_EncryptMessage(
	    session, &made, sizeof(made), NULL, 0, (CK_BYTE *)"", 0, out, &len);
	ok(p11->C_MessageEncryptFinal(session));
	return rv;
}

/* 2^32 of them take an hour: all but the last are counted as made, where the count lies. */
static void
nonces_run_out(void **state)
{
	CK_OBJECT_HANDLE key = generated(CKM_AES_KEY_GEN, CKA_ENCRYPT, CKA_DECRYPT);
	CK_BYTE first[12], nonce[12]; /* public: nonces */
	uint64_t *count;

	(void)state;
	ok(message_rv(key, first));
	ok(message_rv(key, nonce));
	count = count_behind(first, 2);
	check(count != NULL);
	*count = ((uint64_t)1 << 32) - 1;
	ok(message_rv(key, nonce));
	for (unsigned i = 0; i < 3; i++)
		assert_rv(message_rv(key, nonce), CKR_KEY_EXHAUSTED);
	/* Of this key. */
	ok(message_rv(generated(CKM_AES_KEY_GEN, CKA_ENCRYPT, CKA_DECRYPT), nonce));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		at_level(b14_forged_tag_gives_nothing, "standard"),
		at_level(b17_kw_turned_bits, "strict"),
		at_level(b18_kwp_turned_bits, "strict"),
		at_level(b19_cbc_padding, "standard"),
		at_level(b19_cbc_padding, "strict"),
		at_level(b23_malformed_signatures, "strict"),
		at_level(b24_faulty_crt, "strict"),
		at_level(b25_other_hash, "strict"),
		at_level(b26_no_iterations, "strict"),
		at_level(roca_refused, "standard"),
		at_level(nonces_run_out, "strict"),
	};

	return test_main(tests, NULL, NULL);
}
