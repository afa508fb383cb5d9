/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for RSA as it is and with the paddings of PKCS#1 v1.5, and for keys
 * wrapped by RSA by way of AES.
 * What a block of PKCS#1 v1.5 has for a message is rsa_reject.c's business.
 */
#include <openssl/rsa.h>
#include <string.h>

#include "mechanisms/aes.h"
#include "mechanisms/rsa.h"

static CK_RV
refuse_length(const struct operation *op)
{
	switch (op->verb) {
	case CKF_DECRYPT:
		return CKR_ENCRYPTED_DATA_LEN_RANGE;
	case CKF_WRAP:
		return CKR_KEY_SIZE_RANGE;
	case CKF_UNWRAP:
		return CKR_WRAPPED_KEY_LEN_RANGE;
	case CKF_VERIFY_RECOVER:
		return CKR_SIGNATURE_LEN_RANGE;
	default:
		return CKR_DATA_LEN_RANGE;
	}
}

/* A number that is none below the modulus. */
static CK_RV
refuse_number(const struct operation *op)
{
	switch (op->verb) {
	case CKF_DECRYPT:
		return CKR_ENCRYPTED_DATA_INVALID;
	case CKF_WRAP:
		return CKR_KEY_SIZE_RANGE;
	case CKF_UNWRAP:
	case CKF_DECAPSULATE:
		return CKR_WRAPPED_KEY_INVALID;
	case CKF_VERIFY:
	case CKF_VERIFY_RECOVER:
		return CKR_SIGNATURE_INVALID;
	default:
		return CKR_DATA_INVALID;
	}
}

/* --- libcrypto ----------------------------------------------------------------- */

/* What is asked of libcrypto; all of it has one form. */
struct primitive {
	int (*begin)(EVP_PKEY_CTX *);
	int (*run)(EVP_PKEY_CTX *, unsigned char *, size_t *, const unsigned char *, size_t);
	int padding;
};

static const struct primitive raw_public = { EVP_PKEY_encrypt_init, EVP_PKEY_encrypt,
	RSA_NO_PADDING };
static const struct primitive raw_private = { EVP_PKEY_decrypt_init, EVP_PKEY_decrypt,
	RSA_NO_PADDING };
static const struct primitive pkcs1_encrypt = { EVP_PKEY_encrypt_init, EVP_PKEY_encrypt,
	RSA_PKCS1_PADDING };
static const struct primitive pkcs1_sign = { EVP_PKEY_sign_init, EVP_PKEY_sign, RSA_PKCS1_PADDING };
static const struct primitive pkcs1_recover = { EVP_PKEY_verify_recover_init,
	EVP_PKEY_verify_recover, RSA_PKCS1_PADDING };

/* `out` has room for k bytes.  A mechanism asks for one primitive for each verb. */
static CK_RV
apply(
    const struct operation *op, const struct primitive *primitive, struct view in, struct out *out)
{
	const struct purpose purpose = { .type = op->mech->type, .verb = op->verb };
	RELEASED(prepared_release) struct prepared *prepared = NULL;
	struct loaded *loaded;
	bool fresh;
	int done;

	TRY(key_load(op->key, &loaded));
	TRY(prepared_take(loaded, &purpose, &prepared, &fresh));
	if (fresh &&
	    (primitive->begin(prepared->ctx) != 1 ||
		EVP_PKEY_CTX_set_rsa_padding(prepared->ctx, primitive->padding) != 1))
		return crypto_failure();
	out->len = out->room;
	done = primitive->run(prepared->ctx, out->data, &out->len, in.data, in.len);
	if (done != 1) {
		loaded_doubt(loaded);
		return failure_unless_memory(refuse_number(op));
	}
	prepared_give(loaded, &prepared);
	return CKR_OK;
}

/* The same into memory of our own. */
static CK_RV
apply_aside(const struct operation *op, const struct primitive *primitive, struct view in,
    struct secret *aside)
{
	struct out out;

	if (!secret_alloc(aside, rsa_size(op->key)))
		return CKR_HOST_MEMORY;
	out = (struct out){ .data = aside->data, .room = aside->len };
	TRY(apply(op, primitive, in, &out));
	if (out.len == 0)
		secret_clear(aside);
	else
		secret_keep_leading(aside, out.len);
	return CKR_OK;
}

/* --- deciphering (RFC 8017, 7.2.2) ---------------------------------------------------- */

/* All that shows of a ciphertext is what everybody knows: how long it is, and whether below n. */
static CK_RV
decipher(const struct operation *op, struct view in, struct out *out)
{
	RELEASED(secret_clear) struct secret block = { 0 };

	if (in.len != rsa_size(op->key))
		return refuse_length(op);
	TRY(apply_aside(op, &raw_private, in, &block));
	return rsa_take_message(op, in, &block, out);
}

/* --- CKM_RSA_PKCS ------------------------------------------------------------------------ */

static CK_RV
pkcs1_once(struct operation *op, struct view in, struct out *out)
{
	const size_t k = rsa_size(op->key);

	if (op->verb == CKF_DECRYPT || op->verb == CKF_UNWRAP)
		return decipher(op, in, out);
	if (op->verb == CKF_VERIFY_RECOVER ? in.len != k : in.len > k - RSA_PKCS1_OVERHEAD)
		return refuse_length(op);
	if (op->verb == CKF_VERIFY_RECOVER)
		return apply(op, &pkcs1_recover, in, out);
	return apply(op, rsa_enciphers(op) ? &pkcs1_encrypt : &pkcs1_sign, in, out);
}

static CK_RV
pkcs1_check(struct operation *op, struct view in, struct view signature)
{
	RELEASED(secret_clear) struct secret signed_data = { 0 };
	const size_t k = rsa_size(op->key);

	if (in.len > k - RSA_PKCS1_OVERHEAD)
		return CKR_DATA_LEN_RANGE;
	if (signature.len != k)
		return CKR_SIGNATURE_LEN_RANGE;
	TRY(apply_aside(op, &pkcs1_recover, signature, &signed_data));
	return view_equal(secret_view(&signed_data), in) ? CKR_OK : CKR_SIGNATURE_INVALID;
}

/* Where less than k can come out of libcrypto it still wants room for k, but when deciphering. */
static size_t
pkcs1_bound(const struct operation *op, size_t in, bool last)
{
	const bool deciphers = op->verb == CKF_DECRYPT || op->verb == CKF_UNWRAP;

	(void)in;
	if (!last)
		return 0;
	return deciphers ? rsa_size(op->key) - RSA_PKCS1_OVERHEAD : rsa_size(op->key);
}

static const struct mech_ops pkcs1_ops = {
	.once = pkcs1_once,
	.check_once = pkcs1_check,
	.bound = pkcs1_bound,
	.ciphertext_len = rsa_ciphertext_len,
	.encapsulate = rsa_encapsulate,
	.decapsulate = rsa_decapsulate,
};

/* --- CKM_RSA_X_509 ----------------------------------------------------------------------- */

/* The primitives of RFC 8017, 5, between numbers of k bytes. */
static CK_RV
raw_transform(const struct operation *op, struct view in, struct out *out)
{
	const bool public = rsa_enciphers(op) || op->verb == CKF_VERIFY_RECOVER;

	return apply(op, public ? &raw_public : &raw_private, in, out);
}

/* Zeros before a number that is shorter. */
static CK_RV
raw_pad(const struct operation *op, struct view in, struct secret *padded)
{
	const size_t k = rsa_size(op->key);

	if (in.len > k)
		return refuse_length(op);
	if (!secret_alloc(padded, k))
		return CKR_HOST_MEMORY;
	if (in.len != 0)
		memcpy(padded->data + k - in.len, in.data, in.len);
	return CKR_OK;
}

/* The number may begin with anything: the key is the end of it, as long as it is known to be. */
static CK_RV
raw_unwrap(const struct operation *op, struct view in, struct out *out)
{
	RELEASED(secret_clear) struct secret number = { 0 };

	if (op->want == NULL || op->want->len == 0)
		return CKR_TEMPLATE_INCOMPLETE;
	if (op->want->len > rsa_size(op->key))
		return CKR_WRAPPED_KEY_LEN_RANGE;
	TRY(apply_aside(op, &raw_private, in, &number));
	out->len = op->want->len;
	memcpy(out->data, number.data + number.len - out->len, out->len);
	return CKR_OK;
}

static CK_RV
raw_once(struct operation *op, struct view in, struct out *out)
{
	RELEASED(secret_clear) struct secret padded = { 0 };

	switch (op->verb) {
	case CKF_DECRYPT:
	case CKF_VERIFY_RECOVER:
	case CKF_UNWRAP:
		if (in.len != rsa_size(op->key))
			return refuse_length(op);
		return op->verb == CKF_UNWRAP ? raw_unwrap(op, in, out)
					      : raw_transform(op, in, out);
	default:
		TRY(raw_pad(op, in, &padded));
		return raw_transform(op, secret_view(&padded), out);
	}
}

static CK_RV
raw_check(struct operation *op, struct view in, struct view signature)
{
	RELEASED(secret_clear) struct secret padded = { 0 };
	RELEASED(secret_clear) struct secret number = { 0 };

	TRY(raw_pad(op, in, &padded));
	if (signature.len != padded.len)
		return CKR_SIGNATURE_LEN_RANGE;
	TRY(apply_aside(op, &raw_public, signature, &number));
	return view_equal(secret_view(&number), secret_view(&padded)) ? CKR_OK
								      : CKR_SIGNATURE_INVALID;
}

static size_t
raw_bound(const struct operation *op, size_t in, bool last)
{
	(void)in;
	return last ? rsa_size(op->key) : 0;
}

/* RSASVE of NIST SP 800-56B rev. 2, 7.2.1.2: a number below n is the secret. */
static CK_RV
raw_encapsulate(const struct mechanism *m, const struct params *params, struct key *public_key,
    const struct want *want, struct made *made, struct out *ciphertext)
{
	const struct purpose purpose = { .type = m->type, .verb = CKF_ENCAPSULATE };
	RELEASED(prepared_release) struct prepared *prepared = NULL;
	RELEASED(secret_clear) struct secret value = { 0 };
	struct loaded *loaded;
	bool fresh;

	(void)params;
	(void)want;
	if (!secret_alloc(&value, rsa_size(public_key)))
		return CKR_HOST_MEMORY;
	TRY(key_load(public_key, &loaded));
	TRY(prepared_take(loaded, &purpose, &prepared, &fresh));
	if (fresh &&
	    (EVP_PKEY_encapsulate_init(prepared->ctx, NULL) != 1 ||
		EVP_PKEY_CTX_set_kem_op(prepared->ctx, "RSASVE") != 1))
		return crypto_failure();
	ciphertext->len = ciphertext->room;
	if (EVP_PKEY_encapsulate(
		prepared->ctx, ciphertext->data, &ciphertext->len, value.data, &value.len) != 1)
		return crypto_failure();
	prepared_give(loaded, &prepared);
	made->keep = KEEP_TRAILING;
	return attrs_set_secret(&made->secret, CKA_VALUE, &value);
}

/* 7.2.1.3: 1 < c < n - 1.  The others are their own secrets, or that with a sign. */
static bool
trivial(const struct key *key, struct view ciphertext)
{
	struct view n = attribute(key->meta, CKA_MODULUS), c = number_strip(ciphertext);
	struct view n_begin = view_of(n.data, n.len - 1), c_begin = view_of(c.data, c.len - 1);

	if (c.len == 0 || (c.len == 1 && c.data[0] == 1))
		return true;
	/* n is odd, so that n - 1 differs in the last byte. */
	return view_equal(n_begin, c_begin) && c.data[c.len - 1] == n.data[n.len - 1] - 1;
}

/* As unwrapping does, the end is what a shorter key is. */
static CK_RV
raw_decapsulate(const struct mechanism *m, const struct params *params, struct key *private_key,
    const struct want *want, struct view ciphertext, struct made *made)
{
	const struct operation op = { .mech = m, .verb = CKF_DECAPSULATE, .key = private_key };
	RELEASED(secret_clear) struct secret value = { 0 };

	(void)params;
	(void)want;
	if (ciphertext.len != rsa_size(private_key))
		return CKR_WRAPPED_KEY_LEN_RANGE;
	if (trivial(private_key, ciphertext))
		return CKR_WRAPPED_KEY_INVALID;
	TRY(apply_aside(&op, &raw_private, ciphertext, &value));
	made->keep = KEEP_TRAILING;
	return attrs_set_secret(&made->secret, CKA_VALUE, &value);
}

static const struct mech_ops raw_ops = {
	.once = raw_once,
	.check_once = raw_check,
	.bound = raw_bound,
	.ciphertext_len = rsa_ciphertext_len,
	.encapsulate = raw_encapsulate,
	.decapsulate = raw_decapsulate,
};

/* --- CKM_RSA_AES_KEY_WRAP ------------------------------------------------------------------ */

/* An AES key by OAEP, and behind it the key that is wrapped, by KWP under that. */
struct rsa_aes {
	size_t aes_len;
	struct oaep oaep;
};

static CK_RV
rsa_aes_parse(const CK_MECHANISM *mechanism, struct params *params)
{
	struct rsa_aes *rsa_aes = params_new(params, sizeof(*rsa_aes));
	struct pkcs11_rsa_aes_key_wrap_params in;
	CK_RSA_PKCS_OAEP_PARAMS oaep;

	if (rsa_aes == NULL)
		return CKR_HOST_MEMORY;
	TRY(params_read(mechanism, &in, sizeof(in)));
	if (in.aes_key_bits != 128 && in.aes_key_bits != 192 && in.aes_key_bits != 256)
		return CKR_MECHANISM_PARAM_INVALID;
	if (in.oaep_params == NULL)
		return CKR_MECHANISM_PARAM_INVALID;
	params->kek_bits = in.aes_key_bits;
	rsa_aes->aes_len = in.aes_key_bits / 8;
	memcpy(&oaep, in.oaep_params, sizeof(oaep));
	return oaep_read(&oaep, params, &rsa_aes->oaep);
}

static CK_RV
rsa_aes_wrap(const struct operation *op, struct view in, struct out *out)
{
	const struct rsa_aes *rsa_aes = op->params.data;
	const size_t k = rsa_size(op->key);
	struct out head = { .data = out->data, .room = k };
	struct out tail = { .data = out->data + k, .room = out->room - k };
	RELEASED(secret_clear) struct secret kek = { 0 };

	TRY(crypto_random_secret(&kek, rsa_aes->aes_len));
	TRY(oaep_transform(op, &rsa_aes->oaep, secret_view(&kek), &head));
	TRY(kwp_wrap(secret_view(&kek), in, &tail));
	out->len = head.len + tail.len;
	return CKR_OK;
}

static CK_RV
rsa_aes_unwrap(const struct operation *op, struct view in, struct out *out)
{
	const struct rsa_aes *rsa_aes = op->params.data;
	const size_t k = rsa_size(op->key);
	RELEASED(secret_clear) struct secret kek = { 0 };
	RELEASED(secret_clear) struct secret value = { 0 };
	struct out head;

	if (in.len <= k)
		return CKR_WRAPPED_KEY_LEN_RANGE;
	if (!secret_alloc(&kek, k))
		return CKR_HOST_MEMORY;
	head = (struct out){ .data = kek.data, .room = k };
	TRY(oaep_transform(op, &rsa_aes->oaep, view_of(in.data, k), &head));
	if (head.len != rsa_aes->aes_len)
		return CKR_WRAPPED_KEY_INVALID;
	secret_keep_leading(&kek, head.len);
	TRY(kwp_unwrap(secret_view(&kek), view_of(in.data + k, in.len - k), &value));
	if (value.len > out->room)
		return CKR_WRAPPED_KEY_INVALID;
	memcpy(out->data, value.data, value.len);
	out->len = value.len;
	return CKR_OK;
}

static CK_RV
rsa_aes_once(struct operation *op, struct view in, struct out *out)
{
	return op->verb == CKF_WRAP ? rsa_aes_wrap(op, in, out) : rsa_aes_unwrap(op, in, out);
}

static size_t
rsa_aes_bound(const struct operation *op, size_t in, bool last)
{
	const size_t k = rsa_size(op->key);

	(void)last;
	if (op->verb == CKF_WRAP)
		return k + kwp_len(in);
	return in > k ? in - k : 0;
}

static const struct mech_ops rsa_aes_ops = {
	.once = rsa_aes_once,
	.bound = rsa_aes_bound,
};

/* --- the rows ------------------------------------------------------------------------------ */

#define RSA_SIZES(flag_bits)                                                                       \
	KEYS(CKK_RSA), SIZES(RSA_LEAST_BITS, RSA_MOST_BITS, flag_bits), .algorithm = "RSA"
#define EVERYTHING                                                                                 \
	(CKF_ENCRYPT | CKF_DECRYPT | CKF_SIGN | CKF_SIGN_RECOVER | CKF_VERIFY |                    \
	    CKF_VERIFY_RECOVER | CKF_WRAP | CKF_UNWRAP | CKF_ENCAPSULATE | CKF_DECAPSULATE)

const struct mechanism rsa_pkcs_mechanisms[] = {
	{ MECH(CKM_RSA_PKCS), RSA_SIZES(EVERYTHING), .parse = parse_none, .ops = &pkcs1_ops,
	    .malleable = true },
	{ MECH(CKM_RSA_X_509), RSA_SIZES(EVERYTHING), .parse = parse_none, .ops = &raw_ops,
	    .malleable = true },
	{ MECH(CKM_RSA_AES_KEY_WRAP), RSA_SIZES(CKF_WRAP | CKF_UNWRAP), .parse = rsa_aes_parse,
	    .ops = &rsa_aes_ops },
	{ 0 },
};
