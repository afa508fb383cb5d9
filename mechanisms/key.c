/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for keys as mechanisms hold them: libcrypto's form made once and
 * shared, and the lengths and check values of secret keys.  What a public or
 * private key consists of is its family's business, found in `key_types`.
 */
#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/params.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "mechanisms/crypto.h"

static const struct key_type *const key_types[] = {
	&aes_key_type,
	&aes_xts_key_type,
	&chacha20_key_type,
	&rsa_key_type,
	&ec_key_type,
	&montgomery_key_type,
	&edwards_key_type,
	&dh_key_type,
	&x9_42_key_type,
	&mlkem_key_type,
	&mldsa_key_type,
	&slhdsa_key_type,
};

static const struct key_type *
key_type_find(CK_KEY_TYPE type)
{
	for (size_t i = 0; i < COUNT_OF(key_types); i++)
		if (key_types[i]->type == type)
			return key_types[i];
	return NULL;
}

/* --- libcrypto's form -------------------------------------------------------- */

static void
loaded_free(struct loaded *loaded)
{
	if (loaded == NULL)
		return;
	loaded_free(loaded->before);
	for (size_t i = 0; i < SPARES; i++) {
		void *idle = atomic_load_explicit(&loaded->spare[i], memory_order_relaxed);

		if (idle != NULL)
			loaded->spare_free(idle);
	}
	free(atomic_load_explicit(&loaded->nonces, memory_order_relaxed));
	EVP_PKEY_free(loaded->pkey);
	free(loaded);
}

static CK_RV
loaded_new(const struct key *key, struct loaded **out)
{
	const struct key_type *type = key_type_find(key->type);
	struct loaded *loaded;
	CK_RV rv = CKR_OK;

	if (type == NULL)
		return CKR_KEY_TYPE_INCONSISTENT;
	loaded = calloc(1, sizeof(*loaded));
	if (loaded == NULL)
		return CKR_HOST_MEMORY;
	loaded->spare_free = type->spare_free;
	if (type->load != NULL)
		rv = type->load(key, &loaded->pkey);
	if (rv == CKR_OK)
		*out = loaded;
	else
		loaded_free(loaded);
	return rv;
}

CK_RV
key_load(struct key *key, struct loaded **out)
{
	struct loaded *known = atomic_load_explicit(&key->loaded, memory_order_acquire);

	if (known == NULL || atomic_load_explicit(&known->doubtful, memory_order_relaxed)) {
		struct loaded *fresh;

		/* Threads that come at once each make one; the first keeps its own. */
		TRY(loaded_new(key, &fresh));
		fresh->before = known;
		if (atomic_compare_exchange_strong(&key->loaded, &known, fresh)) {
			known = fresh;
		} else {
			fresh->before = NULL;
			loaded_free(fresh);
		}
	}
	*out = known;
	return CKR_OK;
}

void
loaded_doubt(struct loaded *loaded)
{
	if (crypto_failure() == CKR_HOST_MEMORY)
		atomic_store(&loaded->doubtful, true);
}

void
key_unload(struct key *key)
{
	loaded_free(atomic_exchange(&key->loaded, NULL));
}

void *
loaded_take(struct loaded *loaded)
{
	for (size_t i = 0; i < SPARES; i++) {
		void *idle;

		/* A look first: exchanging takes the cache line from the other threads. */
		if (atomic_load_explicit(&loaded->spare[i], memory_order_relaxed) == NULL)
			continue;
		idle = atomic_exchange_explicit(&loaded->spare[i], NULL, memory_order_acquire);
		if (idle != NULL)
			return idle;
	}
	return NULL;
}

void
loaded_give(struct loaded *loaded, void *context)
{
	for (size_t i = 0; i < SPARES; i++) {
		void *empty = NULL;

		if (atomic_compare_exchange_strong_explicit(&loaded->spare[i], &empty, context,
			memory_order_release, memory_order_relaxed))
			return;
	}
	loaded->spare_free(context);
}

/* --- nonces ------------------------------------------------------------------- */

/* Counted from a random number on, of which two processes have hardly ever two that are near. */
struct nonces {
	unsigned char start[NONCE_LEN]; /* public: the first nonce */
	_Atomic(uint64_t) made;
};
#define NONCES_MOST ((uint64_t)1 << 32)

static CK_RV
nonces_of(struct loaded *loaded, struct nonces **out)
{
	struct nonces *known = atomic_load_explicit(&loaded->nonces, memory_order_acquire);
	struct nonces *fresh;
	CK_RV rv;

	*out = known;
	if (known != NULL)
		return CKR_OK;
	fresh = calloc(1, sizeof(*fresh));
	if (fresh == NULL)
		return CKR_HOST_MEMORY;
	rv = crypto_random(fresh->start, sizeof(fresh->start));
	if (rv != CKR_OK) {
		free(fresh);
		return rv;
	}
	if (atomic_compare_exchange_strong(&loaded->nonces, &known, fresh)) {
		*out = fresh;
	} else {
		free(fresh);
		*out = known;
	}
	return CKR_OK;
}

CK_RV
loaded_nonce(struct loaded *loaded, unsigned char out[NONCE_LEN])
{
	struct nonces *nonces;
	uint64_t n;

	TRY(nonces_of(loaded, &nonces));
	n = atomic_fetch_add(&nonces->made, 1);
	if (n >= NONCES_MOST) {
		atomic_store(&nonces->made, NONCES_MOST);
		return CKR_KEY_EXHAUSTED;
	}
	for (size_t i = NONCE_LEN; i-- > 0; n >>= 8) {
		n += nonces->start[i];
		out[i] = (unsigned char)n;
	}
	return CKR_OK;
}

CK_RV
key_complete(CK_OBJECT_CLASS class, CK_KEY_TYPE type, struct attrs *meta, struct attrs *secret)
{
	const struct key_type *family = key_type_find(type);

	/* PKCS#11 3.2, 4.1.1: a value that the token does not support is an invalid one. */
	if (family == NULL || family->complete == NULL)
		return CKR_ATTRIBUTE_VALUE_INVALID;
	return family->complete(class, meta, secret);
}

/* The longest number there is: of RSA with 16384 bits. */
#define NUMBER_MOST 2048

CK_RV
pkey_number(const EVP_PKEY *pkey, const char *parameter, CK_ATTRIBUTE_TYPE type, size_t least,
    struct attrs *into)
{
	RELEASED(secret_clear) struct secret native = { 0 };
	RELEASED(secret_clear) struct secret value = { 0 };
	OSSL_PARAM query[2] = { OSSL_PARAM_END, OSSL_PARAM_END };
	BIGNUM *number;
	size_t len;
	int written;

	/* Not EVP_PKEY_get_bn_param(), which leaves the number on the stack and in freed memory. */
	if (!secret_alloc(&native, NUMBER_MOST))
		return CKR_HOST_MEMORY;
	query[0] = OSSL_PARAM_construct_BN(parameter, native.data, native.len);
	if (EVP_PKEY_get_params(pkey, query) != 1 || !OSSL_PARAM_modified(query))
		return crypto_failure();

	number = BN_native2bn(native.data, (int)query[0].return_size, NULL);
	if (number == NULL)
		return CKR_HOST_MEMORY;
	len = (size_t)BN_num_bytes(number);
	if (len < least)
		len = least;
	written = secret_alloc(&value, len) ? BN_bn2binpad(number, value.data, (int)len) : 0;
	BN_clear_free(number);
	return (size_t)written == len ? attrs_set_secret(into, type, &value) : CKR_HOST_MEMORY;
}

/* --- secret keys ------------------------------------------------------------- */

enum check {
	CHECK_NONE,   /* no check value is defined */
	CHECK_CIPHER, /* a zero block, encrypted */
	CHECK_DIGEST, /* SHA-1 of the value */
};

/* What CKA_VALUE may be: `least` bytes, and every `step` more up to `most`. */
static const struct secret_type {
	CK_KEY_TYPE type;
	size_t least, most, step;
	enum check check;
} secret_types[] = {
	{ CKK_AES, 16, 32, 8, CHECK_CIPHER },
	{ CKK_GENERIC_SECRET, 1, MAX_SECRET, 1, CHECK_DIGEST },
	{ CKK_HKDF, 1, MAX_SECRET, 1, CHECK_DIGEST },
	{ CKK_AES_XTS, 32, 64, 32, CHECK_NONE },
	{ CKK_CHACHA20, 32, 32, 1, CHECK_NONE },
	{ CKK_POLY1305, 32, 32, 1, CHECK_NONE },
	{ CKK_DES3, 24, 24, 1, CHECK_CIPHER },
	{ CKK_SHA_1_HMAC, 1, MAX_SECRET, 1, CHECK_DIGEST },
	{ CKK_SHA224_HMAC, 1, MAX_SECRET, 1, CHECK_DIGEST },
	{ CKK_SHA256_HMAC, 1, MAX_SECRET, 1, CHECK_DIGEST },
	{ CKK_SHA384_HMAC, 1, MAX_SECRET, 1, CHECK_DIGEST },
	{ CKK_SHA512_HMAC, 1, MAX_SECRET, 1, CHECK_DIGEST },
	{ CKK_SHA512_224_HMAC, 1, MAX_SECRET, 1, CHECK_DIGEST },
	{ CKK_SHA512_256_HMAC, 1, MAX_SECRET, 1, CHECK_DIGEST },
	{ CKK_SHA3_224_HMAC, 1, MAX_SECRET, 1, CHECK_DIGEST },
	{ CKK_SHA3_256_HMAC, 1, MAX_SECRET, 1, CHECK_DIGEST },
	{ CKK_SHA3_384_HMAC, 1, MAX_SECRET, 1, CHECK_DIGEST },
	{ CKK_SHA3_512_HMAC, 1, MAX_SECRET, 1, CHECK_DIGEST },
};

static const struct secret_type *
secret_type_find(CK_KEY_TYPE type)
{
	for (size_t i = 0; i < COUNT_OF(secret_types); i++)
		if (secret_types[i].type == type)
			return &secret_types[i];
	return NULL;
}

bool
key_length_legal(CK_KEY_TYPE type, size_t len, size_t *fixed)
{
	const struct secret_type *known = secret_type_find(type);

	*fixed = known != NULL && known->least == known->most ? known->most : 0;
	return len != 0 && key_length_best(type, len) == len;
}

bool
key_value_legal(CK_KEY_TYPE type, struct view value)
{
	size_t fixed;

	if (!key_length_legal(type, value.len, &fixed))
		return false;
	/* SP 800-38E, 4 and FIPS 140-3 IG C.I: the two keys of XTS are not the same one. */
	return type != CKK_AES_XTS ||
	    CRYPTO_memcmp(value.data, value.data + value.len / 2, value.len / 2) != 0;
}

size_t
key_length_best(CK_KEY_TYPE type, size_t room)
{
	const struct secret_type *known = secret_type_find(type);

	if (known == NULL || room < known->least)
		return 0;
	if (room > known->most)
		return known->most;
	return room - (room - known->least) % known->step;
}

CK_RV
key_length_asked(CK_KEY_TYPE type, const struct attrs *template, size_t *len)
{
	size_t fixed = 0;

	(void)key_length_legal(type, 0, &fixed);
	if (fixed == 0 && !attrs_has(template, CKA_VALUE_LEN))
		return CKR_TEMPLATE_INCOMPLETE;
	*len = attrs_ulong(template, CKA_VALUE_LEN, fixed);
	return key_length_legal(type, *len, &fixed) ? CKR_OK : CKR_ATTRIBUTE_VALUE_INVALID;
}

/* A shorter value could be found by trying all against the check value. */
#define CHECKED_LEAST 14

static const EVP_CIPHER *
check_cipher(CK_KEY_TYPE type, size_t len)
{
	static struct {
		CK_KEY_TYPE type;
		size_t len;
		struct cipher ecb;
	} ciphers[] = {
		{ CKK_AES, 16, { "AES-128-ECB", NULL } },
		{ CKK_AES, 24, { "AES-192-ECB", NULL } },
		{ CKK_AES, 32, { "AES-256-ECB", NULL } },
		{ CKK_DES3, 24, { "DES-EDE3-ECB", NULL } },
	};

	for (size_t i = 0; i < COUNT_OF(ciphers); i++)
		if (ciphers[i].type == type && ciphers[i].len == len)
			return crypto_cipher(&ciphers[i].ecb);
	return NULL;
}

static CK_RV
check_by_cipher(const EVP_CIPHER *cipher, struct view value, unsigned char out[3])
{
	static const unsigned char zero[EVP_MAX_BLOCK_LENGTH];
	/* Secret beyond its three bytes: for AES it is the hash key of GCM. */
	RELEASED(secret_clear) struct secret block = { 0 };
	EVP_CIPHER_CTX *ctx;
	int len = 0;
	bool done;

	if (!secret_alloc(&block, EVP_MAX_BLOCK_LENGTH))
		return CKR_HOST_MEMORY;
	ctx = EVP_CIPHER_CTX_new();
	if (ctx == NULL)
		return CKR_HOST_MEMORY;
	done = EVP_EncryptInit_ex2(ctx, cipher, value.data, NULL, NULL) == 1 &&
	    EVP_EncryptUpdate(ctx, block.data, &len, zero, EVP_CIPHER_get_block_size(cipher)) == 1;
	EVP_CIPHER_CTX_free(ctx);
	if (!done)
		return crypto_failure();
	memcpy(out, block.data, 3);
	return CKR_OK;
}

CK_RV
key_check_value(CK_KEY_TYPE type, struct view value, unsigned char out[3], size_t *count)
{
	const struct secret_type *known = secret_type_find(type);
	const EVP_CIPHER *cipher;

	*count = 0;
	if (known == NULL || value.len < CHECKED_LEAST)
		return CKR_OK;
	switch (known->check) {
	case CHECK_NONE:
		return CKR_OK;
	case CHECK_CIPHER:
		cipher = check_cipher(type, value.len);
		if (cipher == NULL)
			return CKR_OK; /* this libcrypto has no triple DES */
		TRY(check_by_cipher(cipher, value, out));
		break;
	case CHECK_DIGEST:
		TRY(crypto_check_value(value, out));
		break;
	}
	*count = 3;
	return CKR_OK;
}

/* --- what a mechanism made --------------------------------------------------- */

void
made_release(struct made *made)
{
	attrs_release(&made->meta);
	attrs_release(&made->secret);
}
