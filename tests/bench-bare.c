/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The benchmark's other side: libcrypto alone, at its best.  Keys are loaded and
 * contexts initialised before the clock starts; what is left in the loop is what
 * nobody can save.  Must not know PKCS#11 beyond the numbers that name a row.
 */
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/dh.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench.h"

/* --- keys ------------------------------------------------------------------------ */

#define EC_NUMBERS                                                                                 \
	{                                                                                          \
		{                                                                                  \
			CKA_VALUE, OSSL_PKEY_PARAM_PRIV_KEY                                        \
		}                                                                                  \
	}

const struct kind p256 = { CKK_EC, "EC", "P-256", 0, EC_NUMBERS };
const struct kind p384 = { CKK_EC, "EC", "P-384", 0, EC_NUMBERS };
const struct kind p521 = { CKK_EC, "EC", "P-521", 0, EC_NUMBERS };
/* The private value is as long as RFC 3526, section 8, has it, since its length is the work. */
const struct kind ffdhe2048 = { CKK_DH, "DH", "ffdhe2048", 320,
	{ { CKA_PRIME, OSSL_PKEY_PARAM_FFC_P }, { CKA_BASE, OSSL_PKEY_PARAM_FFC_G },
	    { CKA_VALUE, OSSL_PKEY_PARAM_PRIV_KEY } } };
const struct kind rsa2048 = { CKK_RSA, "RSA", NULL, 2048,
	{ { CKA_MODULUS, OSSL_PKEY_PARAM_RSA_N }, { CKA_PUBLIC_EXPONENT, OSSL_PKEY_PARAM_RSA_E },
	    { CKA_PRIVATE_EXPONENT, OSSL_PKEY_PARAM_RSA_D },
	    { CKA_PRIME_1, OSSL_PKEY_PARAM_RSA_FACTOR1 },
	    { CKA_PRIME_2, OSSL_PKEY_PARAM_RSA_FACTOR2 },
	    { CKA_EXPONENT_1, OSSL_PKEY_PARAM_RSA_EXPONENT1 },
	    { CKA_EXPONENT_2, OSSL_PKEY_PARAM_RSA_EXPONENT2 },
	    { CKA_COEFFICIENT, OSSL_PKEY_PARAM_RSA_COEFFICIENT1 } } };
const struct kind aes256 = { .type = CKK_AES, .bits = 256 };

static EVP_PKEY *
key_make(const struct kind *kind)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, kind->algorithm, NULL);
	unsigned bits = kind->bits;
	int length = (int)bits;
	OSSL_PARAM params[] = { OSSL_PARAM_END, OSSL_PARAM_END, OSSL_PARAM_END };
	size_t n = 0;
	EVP_PKEY *key = NULL;

	if (kind->group != NULL)
		params[n++] = OSSL_PARAM_construct_utf8_string(
		    OSSL_PKEY_PARAM_GROUP_NAME, (char *)kind->group, 0);
	if (kind->type == CKK_RSA)
		params[n++] = OSSL_PARAM_construct_uint(OSSL_PKEY_PARAM_RSA_BITS, &bits);
	if (kind->type == CKK_DH)
		params[n++] = OSSL_PARAM_construct_int(OSSL_PKEY_PARAM_DH_PRIV_LEN, &length);
	if (ctx == NULL || EVP_PKEY_keygen_init(ctx) != 1 ||
	    EVP_PKEY_CTX_set_params(ctx, params) != 1 || EVP_PKEY_generate(ctx, &key) != 1)
		die("libcrypto makes no %s key", kind->algorithm);
	EVP_PKEY_CTX_free(ctx);
	return key;
}

/* --- schemes: how libcrypto is set up for a mechanism --------------------------------- */

static bool
set_none(EVP_PKEY_CTX *ctx)
{
	(void)ctx;
	return true;
}

static bool
set_pad(EVP_PKEY_CTX *ctx)
{
	return EVP_PKEY_CTX_set_dh_pad(ctx, 1) == 1;
}

/* SHA-1 is what every module has; it takes no time beside the key. */
static bool
set_oaep(EVP_PKEY_CTX *ctx)
{
	return EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_OAEP_PADDING) == 1 &&
	    EVP_PKEY_CTX_set_rsa_oaep_md(ctx, EVP_sha1()) == 1 &&
	    EVP_PKEY_CTX_set_rsa_mgf1_md(ctx, EVP_sha1()) == 1;
}

static bool
set_pkcs1_sha256(EVP_PKEY_CTX *ctx)
{
	return EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PADDING) == 1 &&
	    EVP_PKEY_CTX_set_signature_md(ctx, EVP_sha256()) == 1;
}

static const struct scheme {
	CK_MECHANISM_TYPE mechanism;
	bool (*set)(EVP_PKEY_CTX *);
	const char *hash; /* of the message, before it is signed; NULL: signed as it is */
} schemes[] = {
	{ CKM_ECDH1_DERIVE, set_none, NULL },
	{ CKM_DH_PKCS_DERIVE, set_pad, NULL },
	{ CKM_RSA_PKCS_OAEP, set_oaep, NULL },
	{ CKM_ECDSA, set_none, NULL },
	{ CKM_SHA256_RSA_PKCS, set_pkcs1_sha256, "SHA256" },
};

static const struct scheme *
scheme_find(CK_MECHANISM_TYPE mechanism)
{
	for (size_t i = 0; i < COUNT_OF(schemes); i++)
		if (schemes[i].mechanism == mechanism)
			return &schemes[i];
	die("the benchmark does not know how libcrypto does mechanism %#lx", mechanism);
}

/* --- tasks ------------------------------------------------------------------------------ */

/* The public value of some other key of the kind. */
static void
input_peer(struct task *task)
{
	EVP_PKEY *other = key_make(task->row->kind);
	unsigned char *encoded = NULL;

	task->input_len = EVP_PKEY_get1_encoded_public_key(other, &encoded);
	if (task->input_len == 0 || task->input_len > INPUT_MOST)
		die("libcrypto does not tell a public value");
	memcpy(task->input, encoded, task->input_len);
	OPENSSL_free(encoded);
	EVP_PKEY_free(other);
	task->agreed_len = ((size_t)EVP_PKEY_get_bits(task->key) + 7) / 8;
}

/* A ciphertext of 32 bytes, which may be a key. */
static void
input_ciphertext(struct task *task)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_pkey(NULL, task->key, NULL);
	unsigned char plain[32];

	task->input_len = INPUT_MOST;
	if (ctx == NULL || RAND_bytes(plain, sizeof(plain)) != 1 ||
	    EVP_PKEY_encrypt_init(ctx) != 1 || !scheme_find(task->row->mechanism)->set(ctx) ||
	    EVP_PKEY_encrypt(ctx, task->input, &task->input_len, plain, sizeof(plain)) != 1)
		die("libcrypto does not encrypt for '%s'", task->row->name);
	EVP_PKEY_CTX_free(ctx);
}

void
task_make(const struct row *row, struct task *task)
{
	*task = (struct task){ .row = row, .input_len = row->size };
	if (row->kind != NULL && row->kind->algorithm != NULL)
		task->key = key_make(row->kind);
	if (RAND_bytes(task->secret, sizeof(task->secret)) != 1 ||
	    RAND_bytes(task->input, sizeof(task->input)) != 1)
		die("libcrypto has no random bytes");
	if (row->verb == AGREE)
		input_peer(task);
	if (row->verb == DECRYPT || row->verb == UNWRAP)
		input_ciphertext(task);
}

void
task_release(struct task *task)
{
	EVP_PKEY_free(task->key);
}

/* --- workers ------------------------------------------------------------------------------ */

struct bare {
	struct worker worker; /* first */
	const struct task *task;
	EVP_PKEY_CTX *ctx;
	EVP_PKEY *peer;
	EVP_CIPHER_CTX *cipher;
	EVP_MD_CTX *hash; /* NULL: the message is signed as it is */
	EVP_MD *md;
	BN_CTX *numbers;
	BIGNUM *prime, *value;
	unsigned char out[OUTPUT_MOST];
};

/* A safe prime's subgroup has half of all values: those with the Legendre symbol 1. */
static bool
in_subgroup(struct bare *bare)
{
	const struct task *task = bare->task;

	return BN_bin2bn(task->input, (int)task->input_len, bare->value) != NULL &&
	    BN_kronecker(bare->value, bare->prime, bare->numbers) == 1;
}

static bool
agree_once(struct worker *worker)
{
	struct bare *bare = (struct bare *)worker;
	size_t len = sizeof(bare->out);

	return (!bare->task->row->checked || in_subgroup(bare)) &&
	    EVP_PKEY_set1_encoded_public_key(
		bare->peer, bare->task->input, bare->task->input_len) == 1 &&
	    EVP_PKEY_derive_set_peer_ex(bare->ctx, bare->peer, 0) == 1 &&
	    EVP_PKEY_derive(bare->ctx, bare->out, &len) == 1;
}

static bool
agree_start(struct bare *bare)
{
	bare->peer = EVP_PKEY_new();
	bare->numbers = BN_CTX_new();
	bare->value = BN_new();
	if (bare->task->row->checked &&
	    EVP_PKEY_get_bn_param(bare->task->key, OSSL_PKEY_PARAM_FFC_P, &bare->prime) != 1)
		return false;
	return bare->peer != NULL && bare->numbers != NULL && bare->value != NULL &&
	    EVP_PKEY_copy_parameters(bare->peer, bare->task->key) == 1 &&
	    EVP_PKEY_derive_init(bare->ctx) == 1;
}

static bool
decrypt_once(struct worker *worker)
{
	struct bare *bare = (struct bare *)worker;
	size_t len = sizeof(bare->out);

	return EVP_PKEY_decrypt(
		   bare->ctx, bare->out, &len, bare->task->input, bare->task->input_len) == 1;
}

static bool
decrypt_start(struct bare *bare)
{
	return EVP_PKEY_decrypt_init(bare->ctx) == 1;
}

static bool
sign_once(struct worker *worker)
{
	struct bare *bare = (struct bare *)worker;
	unsigned char digest[EVP_MAX_MD_SIZE];
	const unsigned char *message = bare->task->input;
	size_t message_len = bare->task->input_len, len = sizeof(bare->out);
	unsigned digest_len = 0;

	if (bare->hash != NULL) {
		if (EVP_DigestInit_ex2(bare->hash, bare->md, NULL) != 1 ||
		    EVP_DigestUpdate(bare->hash, message, message_len) != 1 ||
		    EVP_DigestFinal_ex(bare->hash, digest, &digest_len) != 1)
			return false;
		message = digest;
		message_len = digest_len;
	}
	return EVP_PKEY_sign(bare->ctx, bare->out, &len, message, message_len) == 1;
}

static bool
sign_start(struct bare *bare)
{
	const char *hash = scheme_find(bare->task->row->mechanism)->hash;

	if (hash != NULL) {
		bare->md = EVP_MD_fetch(NULL, hash, NULL);
		bare->hash = EVP_MD_CTX_new();
		if (bare->md == NULL || bare->hash == NULL)
			return false;
	}
	return EVP_PKEY_sign_init(bare->ctx) == 1;
}

static bool
encrypt_once(struct worker *worker)
{
	static const unsigned char iv[IV_LEN];
	struct bare *bare = (struct bare *)worker;
	int len = 0, last = 0;

	return EVP_EncryptInit_ex2(bare->cipher, NULL, NULL, iv, NULL) == 1 &&
	    EVP_EncryptUpdate(bare->cipher, bare->out, &len, bare->task->input,
		(int)bare->task->input_len) == 1 &&
	    EVP_EncryptFinal_ex(bare->cipher, bare->out + len, &last) == 1 &&
	    EVP_CIPHER_CTX_ctrl(bare->cipher, EVP_CTRL_AEAD_GET_TAG, TAG_LEN, bare->out + len) == 1;
}

static bool
encrypt_start(struct bare *bare)
{
	EVP_CIPHER *gcm = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
	bool started;

	bare->cipher = EVP_CIPHER_CTX_new();
	started = gcm != NULL && bare->cipher != NULL &&
	    EVP_EncryptInit_ex2(bare->cipher, gcm, bare->task->secret, NULL, NULL) == 1;
	EVP_CIPHER_free(gcm);
	return started;
}

static void
bare_stop(struct worker *worker)
{
	struct bare *bare = (struct bare *)worker;

	EVP_PKEY_CTX_free(bare->ctx);
	EVP_PKEY_free(bare->peer);
	EVP_CIPHER_CTX_free(bare->cipher);
	EVP_MD_CTX_free(bare->hash);
	EVP_MD_free(bare->md);
	BN_CTX_free(bare->numbers);
	BN_free(bare->prime);
	BN_free(bare->value);
	free(bare);
}

static const struct bare_verb {
	bool (*start)(struct bare *);
	bool (*once)(struct worker *);
} verbs[] = {
	[AGREE] = { agree_start, agree_once },
	[ENCRYPT] = { encrypt_start, encrypt_once },
	[DECRYPT] = { decrypt_start, decrypt_once },
	[UNWRAP] = { decrypt_start, decrypt_once },
	[SIGN] = { sign_start, sign_once },
	[FIND] = { NULL, NULL },
	[LOGIN] = { NULL, NULL },
};

static bool
bare_start(struct bare *bare)
{
	const struct row *row = bare->task->row;

	if (bare->task->key == NULL)
		return verbs[row->verb].start(bare);
	bare->ctx = EVP_PKEY_CTX_new_from_pkey(NULL, bare->task->key, NULL);
	return bare->ctx != NULL && verbs[row->verb].start(bare) &&
	    scheme_find(row->mechanism)->set(bare->ctx);
}

struct worker *
bare_worker(const struct task *task)
{
	const struct bare_verb *verb = &verbs[task->row->verb];
	struct bare *bare;

	if (verb->once == NULL)
		return NULL;
	bare = calloc(1, sizeof(*bare));
	if (bare == NULL)
		die("no memory");
	bare->worker = (struct worker){ verb->once, bare_stop };
	bare->task = task;
	if (!bare_start(bare) || !verb->once(&bare->worker))
		die("libcrypto does not do '%s'", task->row->name);
	return &bare->worker;
}
