/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for RSA with OAEP, and encapsulation as all paddings have it.  What a
 * key consists of is rsa_key.c's business, RSA without a hash rsa_pkcs.c's,
 * signatures rsa_signature.c's.
 */
#include "mechanisms/rsa.h"

#include <openssl/core_names.h>
#include <openssl/rsa.h>
#include <string.h>

#include "mechanisms/kdf.h"

bool
rsa_enciphers(const struct operation *op)
{
	return op->verb == CKF_ENCRYPT || op->verb == CKF_WRAP;
}

/* --- OAEP (RFC 8017, 7.1) ------------------------------------------------------- */

/* Longer than any label in use; libcrypto counts in int. */
#define LABEL_MOST 65536

CK_RV
oaep_read(const CK_RSA_PKCS_OAEP_PARAMS *in, struct params *params, struct oaep *oaep)
{
	if (crypto_digest_asked(in->hashAlg) == NULL || crypto_mgf_digest_asked(in->mgf) == NULL)
		return failure_unless_memory(CKR_MECHANISM_PARAM_INVALID);
	/* Clients that give no label leave the source out as well. */
	if (in->source != CKZ_DATA_SPECIFIED && (in->source != 0 || in->ulSourceDataLen != 0))
		return CKR_MECHANISM_PARAM_INVALID;
	if (in->ulSourceDataLen > LABEL_MOST)
		return CKR_MECHANISM_PARAM_INVALID;
	oaep->hash = in->hashAlg;
	oaep->mgf = in->mgf;
	return params_keep(params, in->pSourceData, in->ulSourceDataLen, &oaep->label);
}

static CK_RV
oaep_parse(const CK_MECHANISM *mechanism, struct params *params)
{
	CK_RSA_PKCS_OAEP_PARAMS in;
	struct oaep *oaep = params_new(params, sizeof(*oaep));

	if (oaep == NULL)
		return CKR_HOST_MEMORY;
	/* strongSwan gives no parameter, and means the defaults of RFC 8017, A.2.1. */
	if (mechanism->pParameter == NULL && mechanism->ulParameterLen == 0) {
		*oaep = (struct oaep){ CKM_SHA_1, CKG_MGF1_SHA1, VIEW_NONE };
		return crypto_digest(CKM_SHA_1) != NULL ? CKR_OK : crypto_failure();
	}
	TRY(params_read(mechanism, &in, sizeof(in)));
	return oaep_read(&in, params, oaep);
}

/* What a message may have: k - 2 hLen - 2.  False when the hash does not fit into the key. */
static bool
oaep_room(const struct operation *op, const struct oaep *oaep, size_t *room)
{
	size_t overhead = 2 * (size_t)EVP_MD_get_size(crypto_digest(oaep->hash)) + 2;
	size_t k = rsa_size(op->key);

	*room = k < overhead ? 0 : k - overhead;
	return k >= overhead;
}

static size_t
oaep_bound(const struct operation *op, size_t in, bool last)
{
	size_t room;

	(void)in;
	if (!last)
		return 0;
	if (rsa_enciphers(op))
		return rsa_size(op->key);
	(void)oaep_room(op, op->params.data, &room);
	return room;
}

/* libcrypto takes the label over, and wants one of its own allocation. */
static bool
set_label(EVP_PKEY_CTX *ctx, struct view label)
{
	void *copy;

	if (label.len == 0)
		return true;
	copy = OPENSSL_memdup(label.data, label.len);
	if (copy == NULL)
		return false;
	if (EVP_PKEY_CTX_set0_rsa_oaep_label(ctx, copy, (int)label.len) == 1)
		return true;
	OPENSSL_free(copy);
	return false;
}

static CK_RV
oaep_prepare(const struct operation *op, const struct oaep *oaep, EVP_PKEY_CTX *ctx)
{
	int begun = rsa_enciphers(op) ? EVP_PKEY_encrypt_init(ctx) : EVP_PKEY_decrypt_init(ctx);

	if (begun != 1 || EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_OAEP_PADDING) != 1 ||
	    EVP_PKEY_CTX_set_rsa_oaep_md(ctx, crypto_digest(oaep->hash)) != 1 ||
	    EVP_PKEY_CTX_set_rsa_mgf1_md(ctx, crypto_mgf_digest(oaep->mgf)) != 1 ||
	    !set_label(ctx, oaep->label))
		return crypto_failure();
	return CKR_OK;
}

static CK_RV
oaep_encipher(EVP_PKEY_CTX *ctx, struct view in, struct out *out)
{
	out->len = out->room;
	return EVP_PKEY_encrypt(ctx, out->data, &out->len, in.data, in.len) == 1 ? CKR_OK
										 : crypto_failure();
}

/*
 * libcrypto tells a bad number from bad padding; the caller must not learn which
 * (Manger, CRYPTO 2001), so every failure is one.
 */
static CK_RV
oaep_decipher(const struct operation *op, EVP_PKEY_CTX *ctx, struct view in, struct out *out)
{
	RELEASED(secret_clear) struct secret message = { 0 };
	size_t len = in.len;

	/* libcrypto wants room for k bytes even though fewer can come. */
	if (!secret_alloc(&message, len))
		return CKR_HOST_MEMORY;
	if (EVP_PKEY_decrypt(ctx, message.data, &len, in.data, in.len) != 1 || len > out->room)
		return failure_unless_memory(
		    op->verb == CKF_UNWRAP ? CKR_WRAPPED_KEY_INVALID : CKR_ENCRYPTED_DATA_INVALID);
	if (len > 0)
		memcpy(out->data, message.data, len);
	out->len = len;
	return CKR_OK;
}

static CK_RV
oaep_check_length(const struct operation *op, const struct oaep *oaep, size_t len)
{
	size_t room;

	if (!oaep_room(op, oaep, &room))
		return CKR_KEY_SIZE_RANGE;
	if (rsa_enciphers(op) && len > room)
		return op->verb == CKF_WRAP ? CKR_KEY_SIZE_RANGE : CKR_DATA_LEN_RANGE;
	if (!rsa_enciphers(op) && len != rsa_size(op->key))
		return op->verb == CKF_UNWRAP ? CKR_WRAPPED_KEY_LEN_RANGE
					      : CKR_ENCRYPTED_DATA_LEN_RANGE;
	return CKR_OK;
}

CK_RV
oaep_transform(const struct operation *op, const struct oaep *oaep, struct view in, struct out *out)
{
	const struct purpose purpose = { op->mech->type, op->verb, { oaep->hash, oaep->mgf } };
	RELEASED(prepared_release) struct prepared *prepared = NULL;
	struct loaded *loaded;
	bool fresh;
	CK_RV rv;

	TRY(oaep_check_length(op, oaep, in.len));
	TRY(key_load(op->key, &loaded));
	TRY(prepared_take(loaded, &purpose, &prepared, &fresh));
	/* A context with a label is not kept, so one that was kept has none. */
	if (fresh || oaep->label.len > 0)
		TRY(oaep_prepare(op, oaep, prepared->ctx));
	rv = rsa_enciphers(op) ? oaep_encipher(prepared->ctx, in, out)
			       : oaep_decipher(op, prepared->ctx, in, out);
	if (rv != CKR_OK)
		loaded_doubt(loaded);
	else if (oaep->label.len == 0)
		prepared_give(loaded, &prepared);
	return rv;
}

static CK_RV
oaep_once(struct operation *op, struct view in, struct out *out)
{
	return oaep_transform(op, op->params.data, in, out);
}

/* --- encapsulation: a key is made here and wrapped (PKCS#11 3.2, 6.1) --------------- */

size_t
rsa_ciphertext_len(const struct mechanism *m, const struct params *params, const struct key *key)
{
	(void)m;
	(void)params;
	return rsa_size(key);
}

CK_RV
rsa_encapsulate(const struct mechanism *m, const struct params *params, struct key *public_key,
    const struct want *want, struct made *made, struct out *ciphertext)
{
	struct operation op = { .mech = m, .verb = CKF_WRAP, .key = public_key, .params = *params };
	RELEASED(secret_clear) struct secret value = { 0 };
	size_t len;

	TRY(kdf_length(want, &len));
	TRY(crypto_random_secret(&value, len));
	TRY(m->ops->once(&op, secret_view(&value), ciphertext));
	return attrs_set_secret(&made->secret, CKA_VALUE, &value);
}

CK_RV
rsa_decapsulate(const struct mechanism *m, const struct params *params, struct key *private_key,
    const struct want *want, struct view ciphertext, struct made *made)
{
	struct operation op = {
		.mech = m, .verb = CKF_UNWRAP, .key = private_key, .want = want, .params = *params
	};
	RELEASED(secret_clear) struct secret value = { 0 };
	struct out plain;
	size_t fixed;

	if (!secret_alloc(&value, m->ops->bound(&op, ciphertext.len, true)))
		return CKR_HOST_MEMORY;
	plain = (struct out){ .data = value.data, .room = value.len };
	TRY(m->ops->once(&op, ciphertext, &plain));
	if (!key_length_legal(want->type, plain.len, &fixed) ||
	    (want->len != 0 && want->len != plain.len))
		return CKR_WRAPPED_KEY_LEN_RANGE;
	secret_keep_leading(&value, plain.len);
	return attrs_set_secret(&made->secret, CKA_VALUE, &value);
}

static const struct mech_ops oaep_ops = {
	.once = oaep_once,
	.bound = oaep_bound,
	.ciphertext_len = rsa_ciphertext_len,
	.encapsulate = rsa_encapsulate,
	.decapsulate = rsa_decapsulate,
};

/* --- the rows --------------------------------------------------------------------------- */

static const struct mech_ops generate_ops = {
	.generate = rsa_generate,
};

#define RSA_KEYS KEYS(CKK_RSA), .algorithm = "RSA"

const struct mechanism rsa_mechanisms[] = {
	{ MECH(CKM_RSA_PKCS_KEY_PAIR_GEN), RSA_KEYS,
	    SIZES(RSA_LEAST_NEW_BITS, RSA_MOST_BITS, CKF_GENERATE_KEY_PAIR), .parse = parse_none,
	    .ops = &generate_ops },
	{ MECH(CKM_RSA_PKCS_OAEP), RSA_KEYS,
	    SIZES(RSA_LEAST_BITS, RSA_MOST_BITS,
		CKF_ENCRYPT | CKF_DECRYPT | CKF_WRAP | CKF_UNWRAP | CKF_ENCAPSULATE |
		    CKF_DECAPSULATE),
	    .parse = oaep_parse, .ops = &oaep_ops },
	{ 0 },
};
