/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The benchmark's other side: libcrypto alone, at its best.  Keys are loaded and
 * contexts initialised before the clock starts; what is left in the loop is what
 * nobody can save.  Must not know PKCS#11 beyond the numbers that name a row.
 */
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/dh.h>
#include <openssl/kdf.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench.h"

/* --- keys ------------------------------------------------------------------------ */

#define NUMBER(name, of)                                                                           \
	{                                                                                          \
		.type = (name), .parameter = (of)                                                  \
	}
#define OCTETS(name, of)                                                                           \
	{                                                                                          \
		.type = (name), .parameter = (of), .octets = true                                  \
	}
#define PRIVATE NUMBER(CKA_VALUE, OSSL_PKEY_PARAM_PRIV_KEY)
#define EC(curve)                                                                                  \
	{                                                                                          \
		.type = CKK_EC, .algorithm = "EC", .group = (curve), .numbers = { PRIVATE }        \
	}

const struct kind p256 = EC("P-256"), p384 = EC("P-384"), p521 = EC("P-521");
const struct kind x25519 = { .type = CKK_EC_MONTGOMERY,
	.algorithm = "X25519",
	.numbers = { OCTETS(CKA_VALUE, OSSL_PKEY_PARAM_PRIV_KEY) } };
/* The private value is as long as RFC 3526, section 8, has it, since its length is the work. */
const struct kind ffdhe2048 = { .type = CKK_DH,
	.algorithm = "DH",
	.group = "ffdhe2048",
	.bits = 320,
	.numbers = { NUMBER(CKA_PRIME, OSSL_PKEY_PARAM_FFC_P),
	    NUMBER(CKA_BASE, OSSL_PKEY_PARAM_FFC_G), PRIVATE } };
const struct kind rsa2048 = { .type = CKK_RSA,
	.algorithm = "RSA",
	.bits = 2048,
	.numbers = { NUMBER(CKA_MODULUS, OSSL_PKEY_PARAM_RSA_N),
	    NUMBER(CKA_PUBLIC_EXPONENT, OSSL_PKEY_PARAM_RSA_E),
	    NUMBER(CKA_PRIVATE_EXPONENT, OSSL_PKEY_PARAM_RSA_D),
	    NUMBER(CKA_PRIME_1, OSSL_PKEY_PARAM_RSA_FACTOR1),
	    NUMBER(CKA_PRIME_2, OSSL_PKEY_PARAM_RSA_FACTOR2),
	    NUMBER(CKA_EXPONENT_1, OSSL_PKEY_PARAM_RSA_EXPONENT1),
	    NUMBER(CKA_EXPONENT_2, OSSL_PKEY_PARAM_RSA_EXPONENT2),
	    NUMBER(CKA_COEFFICIENT, OSSL_PKEY_PARAM_RSA_COEFFICIENT1) } };
/* Only generated. */
const struct kind rsa4096 = { .type = CKK_RSA, .algorithm = "RSA", .bits = 4096 };
const struct kind mlkem768 = { .type = CKK_ML_KEM,
	.algorithm = "ML-KEM-768",
	.numbers = { OCTETS(CKA_VALUE, OSSL_PKEY_PARAM_PRIV_KEY) },
	.public = OCTETS(CKA_VALUE, OSSL_PKEY_PARAM_PUB_KEY),
	.parameter_set = CKP_ML_KEM_768 };
const struct kind aes256 = { .type = CKK_AES, .bits = 256 };
const struct kind secret256 = { .type = CKK_GENERIC_SECRET, .bits = 256 };

bool
bare_has(const struct row *row)
{
	const char *algorithm = row->kind != NULL ? row->kind->algorithm : NULL;
	EVP_KEYMGMT *found;

	if (algorithm == NULL)
		return true;
	found = EVP_KEYMGMT_fetch(NULL, algorithm, NULL);
	EVP_KEYMGMT_free(found);
	return found != NULL;
}

/* A context that generates keys of a kind. */
static EVP_PKEY_CTX *
key_maker(const struct kind *kind)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, kind->algorithm, NULL);
	unsigned bits = kind->bits;
	int length = (int)bits;
	OSSL_PARAM params[] = { OSSL_PARAM_END, OSSL_PARAM_END, OSSL_PARAM_END };
	size_t n = 0;

	if (kind->group != NULL)
		params[n++] = OSSL_PARAM_construct_utf8_string(
		    OSSL_PKEY_PARAM_GROUP_NAME, (char *)kind->group, 0);
	if (kind->type == CKK_RSA)
		params[n++] = OSSL_PARAM_construct_uint(OSSL_PKEY_PARAM_RSA_BITS, &bits);
	if (kind->type == CKK_DH)
		params[n++] = OSSL_PARAM_construct_int(OSSL_PKEY_PARAM_DH_PRIV_LEN, &length);
	if (ctx == NULL || EVP_PKEY_keygen_init(ctx) != 1 ||
	    EVP_PKEY_CTX_set_params(ctx, params) != 1)
		die("libcrypto makes no %s key", kind->algorithm);
	return ctx;
}

static EVP_PKEY *
key_make(const struct kind *kind)
{
	EVP_PKEY_CTX *ctx = key_maker(kind);
	EVP_PKEY *key = NULL;

	if (EVP_PKEY_generate(ctx, &key) != 1)
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
set_pkcs1(EVP_PKEY_CTX *ctx)
{
	return EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PADDING) == 1;
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
	{ CKM_RSA_PKCS, set_pkcs1, NULL },
	{ CKM_RSA_PKCS_KEY_PAIR_GEN, set_none, NULL },
	{ CKM_ML_KEM, set_none, NULL },
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

static void
input_encapsulation(struct task *task)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_pkey(NULL, task->key, NULL);
	unsigned char secret[SECRET_LEN];
	size_t len = sizeof(secret);

	task->input_len = INPUT_MOST;
	if (ctx == NULL || EVP_PKEY_encapsulate_init(ctx, NULL) != 1 ||
	    EVP_PKEY_encapsulate(ctx, task->input, &task->input_len, secret, &len) != 1)
		die("libcrypto does not encapsulate for '%s'", task->row->name);
	EVP_PKEY_CTX_free(ctx);
}

void
task_make(const struct row *row, struct task *task)
{
	*task = (struct task){ .row = row, .input_len = row->size, .agreed_len = SECRET_LEN };
	if (row->kind != NULL && row->kind->algorithm != NULL && row->verb != GENERATE)
		task->key = key_make(row->kind);
	if (RAND_bytes(task->secret, sizeof(task->secret)) != 1 ||
	    RAND_bytes(task->input, sizeof(task->input)) != 1)
		die("libcrypto has no random bytes");
	if (row->verb == AGREE)
		input_peer(task);
	if (row->verb == DECRYPT || row->verb == UNWRAP)
		input_ciphertext(task);
	if (row->verb == DECAPSULATE)
		input_encapsulation(task);
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
	EVP_KDF_CTX *kdf;
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

/* Salt and info are new to every derivation, the key is not. */
static bool
derive_once(struct worker *worker)
{
	struct bare *bare = (struct bare *)worker;
	unsigned char *input = (unsigned char *)bare->task->input;
	const OSSL_PARAM params[] = {
		OSSL_PARAM_octet_string(OSSL_KDF_PARAM_SALT, input, SECRET_LEN),
		OSSL_PARAM_octet_string(OSSL_KDF_PARAM_INFO, input, bare->task->input_len),
		OSSL_PARAM_END,
	};

	return EVP_KDF_derive(bare->kdf, bare->out, bare->task->agreed_len, params) == 1;
}

static bool
derive_start(struct bare *bare)
{
	EVP_KDF *hkdf = EVP_KDF_fetch(NULL, "HKDF", NULL);
	const OSSL_PARAM params[] = {
		OSSL_PARAM_utf8_string(OSSL_KDF_PARAM_DIGEST, (char *)"SHA256", 6),
		OSSL_PARAM_octet_string(
		    OSSL_KDF_PARAM_KEY, (void *)bare->task->secret, sizeof(bare->task->secret)),
		OSSL_PARAM_END,
	};

	bare->kdf = EVP_KDF_CTX_new(hkdf);
	EVP_KDF_free(hkdf);
	return bare->kdf != NULL && EVP_KDF_CTX_set_params(bare->kdf, params) == 1;
}

static bool
encapsulate_once(struct worker *worker)
{
	struct bare *bare = (struct bare *)worker;
	size_t len = sizeof(bare->out), secret_len = SECRET_LEN;
	unsigned char secret[SECRET_LEN];

	return EVP_PKEY_encapsulate(bare->ctx, bare->out, &len, secret, &secret_len) == 1;
}

static bool
encapsulate_start(struct bare *bare)
{
	return EVP_PKEY_encapsulate_init(bare->ctx, NULL) == 1;
}

static bool
decapsulate_once(struct worker *worker)
{
	struct bare *bare = (struct bare *)worker;
	size_t len = sizeof(bare->out);

	return EVP_PKEY_decapsulate(
		   bare->ctx, bare->out, &len, bare->task->input, bare->task->input_len) == 1;
}

static bool
decapsulate_start(struct bare *bare)
{
	return EVP_PKEY_decapsulate_init(bare->ctx, NULL) == 1;
}

static bool
generate_once(struct worker *worker)
{
	struct bare *bare = (struct bare *)worker;
	EVP_PKEY *key = NULL;
	bool made = EVP_PKEY_generate(bare->ctx, &key) == 1;

	EVP_PKEY_free(key);
	return made;
}

static bool
generate_start(struct bare *bare)
{
	bare->ctx = key_maker(bare->task->row->kind);
	return true;
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
digest_once(struct worker *worker)
{
	struct bare *bare = (struct bare *)worker;
	unsigned digest_len = 0;

	if (EVP_DigestInit_ex2(bare->hash, bare->md, NULL) != 1)
		return false;
	for (int i = 0; i < DIGEST_PARTS; i++)
		if (EVP_DigestUpdate(bare->hash, bare->task->input, bare->task->input_len) != 1)
			return false;
	return EVP_DigestFinal_ex(bare->hash, bare->out, &digest_len) == 1;
}

static bool
digest_start(struct bare *bare)
{
	bare->md = EVP_MD_fetch(NULL, "SHA256", NULL);
	bare->hash = EVP_MD_CTX_new();
	return bare->md != NULL && bare->hash != NULL;
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
	EVP_KDF_CTX_free(bare->kdf);
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
	[DERIVE] = { derive_start, derive_once },
	[ENCAPSULATE] = { encapsulate_start, encapsulate_once },
	[DECAPSULATE] = { decapsulate_start, decapsulate_once },
	[ENCRYPT] = { encrypt_start, encrypt_once },
	[ENCRYPT_MESSAGE] = { encrypt_start, encrypt_once },
	[DECRYPT] = { decrypt_start, decrypt_once },
	[UNWRAP] = { decrypt_start, decrypt_once },
	[SIGN] = { sign_start, sign_once },
	[DIGEST] = { digest_start, digest_once },
	[GENERATE] = { generate_start, generate_once },
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
