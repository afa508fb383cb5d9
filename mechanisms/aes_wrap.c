/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for AES key wrap: RFC 3394 and RFC 5649 (KW and KWP of NIST
 * SP 800-38F), and what PKCS#11 makes of them for keys of other lengths.  What a
 * wrapped key consists of is not known here.
 */
#include <openssl/crypto.h>
#include <string.h>

#include "mechanisms/aes.h"
#include "mechanisms/cipher.h"

/* What both count in: half a block. */
#define SEMIBLOCK 8
/* Longer than any key, and any data that should be encrypted so: each byte passes six times. */
#define INPUT_MOST 65536
#define PLAIN_MOST (INPUT_MOST - SEMIBLOCK)

/* How the bytes are mixed, and the initial value that tells whether they were. */
struct scheme {
	struct cipher *ciphers; /* by key length: 16, 24, 32 bytes */
	size_t least, step;     /* of what can be wrapped */
	size_t iv_len;
	unsigned char iv[SEMIBLOCK]; /* where the caller gives none */
};

static struct cipher kw_ciphers[] = { { "AES-128-WRAP", NULL }, { "AES-192-WRAP", NULL },
	{ "AES-256-WRAP", NULL } };
static struct cipher kwp_ciphers[] = { { "AES-128-WRAP-PAD", NULL }, { "AES-192-WRAP-PAD", NULL },
	{ "AES-256-WRAP-PAD", NULL } };

/* RFC 3394, 2.2.1 and 2.2.3.1. */
static const struct scheme kw = { kw_ciphers, 2 * SEMIBLOCK, SEMIBLOCK, 8,
	{ 0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6 } };
/* RFC 5649, 3. */
static const struct scheme kwp = { kwp_ciphers, 1, 1, 4, { 0xa6, 0x59, 0x59, 0xa6 } };

static CK_RV
parse_iv(const CK_MECHANISM *mechanism, struct params *params, const struct scheme *scheme)
{
	if (mechanism->ulParameterLen == 0)
		return CKR_OK;
	if (params_new(params, scheme->iv_len) == NULL)
		return CKR_HOST_MEMORY;
	TRY(params_read(mechanism, params->data, scheme->iv_len));
	/* KWP of up to eight known bytes shows a block that begins with it, enciphered: with
	 * another one that could be a nonce of GCM under the same key. */
	return params->own_nonces && params->verb == CKF_WRAP &&
		memcmp(params->data, scheme->iv, scheme->iv_len) != 0
	    ? CKR_MECHANISM_PARAM_INVALID
	    : CKR_OK;
}

static CK_RV
kw_parse(const CK_MECHANISM *mechanism, struct params *params)
{
	return parse_iv(mechanism, params, &kw);
}

static CK_RV
kwp_parse(const CK_MECHANISM *mechanism, struct params *params)
{
	return parse_iv(mechanism, params, &kwp);
}

static size_t
whole_semiblocks(size_t len)
{
	return (len + SEMIBLOCK - 1) / SEMIBLOCK * SEMIBLOCK;
}

/* --- the two schemes ----------------------------------------------------------- */

static CK_RV
put_through(struct operation *op, const struct scheme *scheme, struct view in, struct out *out)
{
	const unsigned char *iv = op->params.data != NULL ? op->params.data : scheme->iv;
	EVP_CIPHER_CTX *ctx;
	int made = 0;

	TRY(cipher_ready(op, scheme->ciphers));
	ctx = ((struct ciphering *)op->state)->cipher;
	if (EVP_CipherInit_ex2(ctx, NULL, NULL, iv, -1, NULL) != 1)
		return crypto_failure();
	if (EVP_CipherUpdate(ctx, out->data, &made, in.data, (int)in.len) != 1)
		return enciphers(op) ? crypto_failure()
				     : failure_unless_memory(cipher_refuse_content(op));
	out->len = (size_t)made;
	return CKR_OK;
}

/* The context is back where the next call finds it before this one is over. */
static CK_RV
transform(struct operation *op, const struct scheme *scheme, struct view in, struct out *out)
{
	CK_RV rv = put_through(op, scheme, in, out);

	/* Of the last semiblock, which is the first of the key. */
	stack_wipe();
	cipher_stop(op);
	return rv;
}

static CK_RV
wrap(struct operation *op, const struct scheme *scheme, struct view in, struct out *out)
{
	if (in.len < scheme->least || in.len % scheme->step != 0 || in.len > PLAIN_MOST)
		return CKR_DATA_LEN_RANGE;
	return transform(op, scheme, in, out);
}

/*
 * libcrypto wipes as many bytes as came in when it finds them wrong, eight more than
 * can come out: it works in memory of that length, and the caller's sees the result only.
 */
static CK_RV
unwrap(struct operation *op, const struct scheme *scheme, struct view in, struct out *out)
{
	const size_t least = whole_semiblocks(scheme->least) + SEMIBLOCK;
	RELEASED(secret_clear) struct secret room = { 0 };
	struct out aside;

	if (in.len < least || in.len % SEMIBLOCK != 0 || in.len > INPUT_MOST)
		return cipher_refuse_length(op);
	if (!secret_alloc(&room, in.len))
		return CKR_HOST_MEMORY;
	aside = (struct out){ .data = room.data, .room = room.len };
	TRY(transform(op, scheme, in, &aside));
	if (aside.len > out->room)
		return cipher_refuse_content(op);
	memcpy(out->data, aside.data, aside.len);
	out->len = aside.len;
	return CKR_OK;
}

/* What comes out is one semiblock longer, or shorter by one and what was padded. */
static size_t
bound(const struct operation *op, size_t in, bool last)
{
	(void)last;
	if (enciphers(op))
		return whole_semiblocks(in) + SEMIBLOCK;
	return in > SEMIBLOCK ? in - SEMIBLOCK : 0;
}

/* A copy of `in` that is `len` bytes long, the rest of it filled. */
static CK_RV
extend(struct view in, size_t len, unsigned char filler, struct secret *out)
{
	if (!secret_alloc(out, len))
		return CKR_HOST_MEMORY;
	if (in.len != 0)
		memcpy(out->data, in.data, in.len);
	memset(out->data + in.len, filler, len - in.len);
	return CKR_OK;
}

/* --- CKM_AES_KEY_WRAP, CKM_AES_KEY_WRAP_KWP -------------------------------------- */

/*
 * A key, unlike data, may have any length: zeros follow it (6.13.8).  Who unwraps
 * says how long it was, or its type does (struct mechanism, slack).
 */
static CK_RV
kw_once(struct operation *op, struct view in, struct out *out)
{
	RELEASED(secret_clear) struct secret extended = { 0 };

	if (!enciphers(op))
		return unwrap(op, &kw, in, out);
	if (op->verb == CKF_WRAP && in.len <= PLAIN_MOST) {
		TRY(extend(in, whole_semiblocks(in.len), 0, &extended));
		in = secret_view(&extended);
	}
	return wrap(op, &kw, in, out);
}

static const struct mech_ops kw_ops = {
	.once = kw_once,
	.bound = bound,
	.stop = cipher_stop,
};

static CK_RV
kwp_once(struct operation *op, struct view in, struct out *out)
{
	return enciphers(op) ? wrap(op, &kwp, in, out) : unwrap(op, &kwp, in, out);
}

static const struct mech_ops kwp_ops = {
	.once = kwp_once,
	.bound = bound,
	.stop = cipher_stop,
};

/* --- KWP for other families ------------------------------------------------------ */

static CK_RV
kwp_put_through(struct view key, bool encrypt, struct view in, struct out *out)
{
	const EVP_CIPHER *cipher = crypto_cipher(&kwp_ciphers[key.len / 8 - 2]);
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	int made = 0;
	CK_RV rv = CKR_OK;

	if (cipher == NULL || ctx == NULL ||
	    EVP_CipherInit_ex2(ctx, cipher, key.data, kwp.iv, encrypt, NULL) != 1)
		rv = crypto_failure();
	else if (EVP_CipherUpdate(ctx, out->data, &made, in.data, (int)in.len) != 1)
		rv = encrypt ? crypto_failure() : failure_unless_memory(CKR_WRAPPED_KEY_INVALID);
	stack_wipe();
	EVP_CIPHER_CTX_free(ctx);
	out->len = (size_t)made;
	return rv;
}

size_t
kwp_len(size_t in)
{
	return whole_semiblocks(in) + SEMIBLOCK;
}

CK_RV
kwp_wrap(struct view key, struct view in, struct out *out)
{
	if (in.len < kwp.least || in.len > PLAIN_MOST)
		return CKR_DATA_LEN_RANGE;
	return kwp_put_through(key, true, in, out);
}

/* In memory of the input's length, for the reason that unwrap() has. */
CK_RV
kwp_unwrap(struct view key, struct view in, struct secret *out)
{
	struct out room;

	if (in.len < 2 * SEMIBLOCK || in.len % SEMIBLOCK != 0 || in.len > INPUT_MOST)
		return CKR_WRAPPED_KEY_INVALID;
	if (!secret_alloc(out, in.len))
		return CKR_HOST_MEMORY;
	room = (struct out){ .data = out->data, .room = out->len };
	TRY(kwp_put_through(key, false, in, &room));
	secret_keep_leading(out, room.len);
	return CKR_OK;
}

/* --- CKM_AES_KEY_WRAP_PKCS7 ------------------------------------------------------ */

/* RFC 5652, 6.3, in semiblocks: as many bytes as are missing, each of them that number. */
static CK_RV
pkcs7_wrap(struct operation *op, struct view in, struct out *out)
{
	const size_t padding = SEMIBLOCK - in.len % SEMIBLOCK;
	RELEASED(secret_clear) struct secret extended = { 0 };

	if (in.len > PLAIN_MOST - padding)
		return CKR_DATA_LEN_RANGE;
	TRY(extend(in, in.len + padding, (unsigned char)padding, &extended));
	return wrap(op, &kw, secret_view(&extended), out);
}

/* The initial value was right, so the padding is what the key's owner put there: no oracle. */
static CK_RV
pkcs7_unwrap(struct operation *op, struct view in, struct out *out)
{
	size_t padding;

	TRY(unwrap(op, &kw, in, out));
	padding = out->data[out->len - 1];
	for (size_t i = 1; i <= padding; i++) {
		if (padding > SEMIBLOCK || out->data[out->len - i] != padding)
			padding = 0;
	}
	if (padding == 0) {
		OPENSSL_cleanse(out->data, out->len);
		out->len = 0;
		return cipher_refuse_content(op);
	}
	out->len -= padding;
	return CKR_OK;
}

static CK_RV
pkcs7_once(struct operation *op, struct view in, struct out *out)
{
	return enciphers(op) ? pkcs7_wrap(op, in, out) : pkcs7_unwrap(op, in, out);
}

static size_t
pkcs7_bound(const struct operation *op, size_t in, bool last)
{
	return bound(op, enciphers(op) ? in + 1 : in, last);
}

static const struct mech_ops pkcs7_ops = {
	.once = pkcs7_once,
	.bound = pkcs7_bound,
	.stop = cipher_stop,
};

/* --- CKM_AES_KEY_WRAP_PAD -------------------------------------------------------- */

/*
 * Deprecated, since some took it for KWP and some for KW with padding as above.
 * It writes the first and reads both, which their initial values tell apart.
 */
static CK_RV
pad_once(struct operation *op, struct view in, struct out *out)
{
	CK_RV rv = kwp_once(op, in, out);

	if (enciphers(op) || rv != cipher_refuse_content(op) || in.len < 3 * SEMIBLOCK)
		return rv;
	return pkcs7_unwrap(op, in, out);
}

static const struct mech_ops pad_ops = {
	.once = pad_once,
	.bound = bound,
	.stop = cipher_stop,
};

/* ----------------------------------------------------------------------------- */

#define WRAPS                                                                                      \
	KEYS(CKK_AES), SIZES(16, 32, CKF_ENCRYPT | CKF_DECRYPT | CKF_WRAP | CKF_UNWRAP),           \
	    .limit = INPUT_MOST

const struct mechanism aes_wrap_mechanisms[] = {
	{ MECH(CKM_AES_KEY_WRAP), WRAPS, .parse = kw_parse, .ops = &kw_ops,
	    .algorithm = "AES-256-WRAP", .slack = SEMIBLOCK - 1 },
	{ MECH(CKM_AES_KEY_WRAP_KWP), WRAPS, .parse = kwp_parse, .ops = &kwp_ops,
	    .algorithm = "AES-256-WRAP-PAD" },
	{ MECH(CKM_AES_KEY_WRAP_PKCS7), WRAPS, .parse = kw_parse, .ops = &pkcs7_ops,
	    .algorithm = "AES-256-WRAP" },
	{ MECH(CKM_AES_KEY_WRAP_PAD), WRAPS, .parse = parse_none, .ops = &pad_ops,
	    .algorithm = "AES-256-WRAP-PAD" },
	{ 0 },
};
