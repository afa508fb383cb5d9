/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for AES in the modes of NIST SP 800-38A and XTS (SP 800-38E), which
 * authenticate nothing.  To wrap a key is to encrypt it; what a wrapped key consists of
 * is not known here.
 */
#include <string.h>

#include "mechanisms/cipher.h"

#define BLOCK 16
/* All of it is needed at once; and SP 800-38E, 4 has no longer data unit for XTS. */
#define UNIT_MOST ((size_t)16 << 20)

/* What the parameter said. */
struct given {
	unsigned char iv[BLOCK];
	size_t room; /* bytes that may go through */
};

/* --- parameters ------------------------------------------------------------------ */

static CK_RV
ecb_parse(const CK_MECHANISM *mechanism, struct params *params)
{
	struct given *given = params_new(params, sizeof(*given));

	if (given == NULL)
		return CKR_HOST_MEMORY;
	given->room = SIZE_MAX;
	return parse_none(mechanism, params);
}

static CK_RV
iv_parse(const CK_MECHANISM *mechanism, struct params *params)
{
	struct given *given = params_new(params, sizeof(*given));

	if (given == NULL)
		return CKR_HOST_MEMORY;
	given->room = SIZE_MAX;
	return params_read(mechanism, given->iv, BLOCK);
}

/*
 * Bytes until a counter of so many bits, the last ones of the block, would begin anew
 * and, being libcrypto's of 128 bits, run into what stands before it.
 */
static size_t
counter_room(const unsigned char block[BLOCK], size_t bits)
{
	uint64_t left = 0;

	if (bits == 8 * BLOCK)
		return SIZE_MAX;
	/* Above 64 bits, unless they are all ones, there is more than anybody has to encrypt. */
	for (size_t bit = 64; bit < bits; bit++)
		if ((block[BLOCK - 1 - bit / 8] >> bit % 8 & 1) == 0)
			return SIZE_MAX;
	for (size_t i = BLOCK - 8; i < BLOCK; i++)
		left = left << 8 | block[i];
	if (bits < 64)
		left &= ((uint64_t)1 << bits) - 1;
	/* From its value to all ones, and that one too. */
	left = (bits < 64 ? ((uint64_t)1 << bits) - 1 : UINT64_MAX) - left;
	return left >= SIZE_MAX / BLOCK ? SIZE_MAX : (left + 1) * BLOCK;
}

static CK_RV
ctr_parse(const CK_MECHANISM *mechanism, struct params *params)
{
	struct given *given = params_new(params, sizeof(*given));
	CK_AES_CTR_PARAMS in;

	if (given == NULL)
		return CKR_HOST_MEMORY;
	TRY(params_read(mechanism, &in, sizeof(in)));
	if (in.ulCounterBits == 0 || in.ulCounterBits > 8 * BLOCK)
		return CKR_MECHANISM_PARAM_INVALID;
	memcpy(given->iv, in.cb, BLOCK);
	given->room = counter_room(given->iv, in.ulCounterBits);
	return CKR_OK;
}

/* --- what all modes share ---------------------------------------------------------- */

static CK_RV
mode_start(struct operation *op)
{
	const struct given *given = op->params.data;
	struct ciphering *ciphering;

	TRY(cipher_ready(op, op->mech->ciphers));
	ciphering = op->state;
	TRY(cipher_pad(ciphering, op->mech->type == CKM_AES_CBC_PAD));
	if (EVP_CipherInit_ex2(ciphering->cipher, NULL, NULL,
		op->mech->type == CKM_AES_ECB ? NULL : given->iv, -1, NULL) != 1)
		return crypto_failure();
	return CKR_OK;
}

static CK_RV
refuse_length(const struct operation *op)
{
	return enciphers(op) ? CKR_DATA_LEN_RANGE : cipher_refuse_length(op);
}

static CK_RV
mode_update(struct operation *op, struct view in, struct out *out)
{
	const struct given *given = op->params.data;
	struct ciphering *ciphering = op->state;

	out->len = 0;
	if (in.len > given->room - ciphering->taken)
		return refuse_length(op);
	TRY(cipher_feed(ciphering->cipher, in, out));
	ciphering->taken += in.len;
	return CKR_OK;
}

/* --- CKM_AES_CBC_PAD --------------------------------------------------------- */

static CK_RV
cbc_final(struct operation *op, struct out *out)
{
	struct ciphering *ciphering = op->state;
	int made = 0;

	out->len = 0;
	if (!enciphers(op) && (ciphering->taken == 0 || ciphering->taken % BLOCK != 0))
		return cipher_refuse_length(op);
	if (EVP_CipherFinal_ex(ciphering->cipher, out->data, &made) != 1)
		return enciphers(op) ? crypto_failure() : cipher_refuse_content(op);
	out->len = (size_t)made;
	return CKR_OK;
}

/*
 * Of `taken` bytes, those that have come out again: all full blocks, but when
 * decrypting the last one is held back, since it may be the padding.
 */
static size_t
cbc_given(const struct operation *op, size_t taken)
{
	if (!enciphers(op) && taken > 0)
		taken--;
	return taken - taken % BLOCK;
}

static size_t
cbc_bound(const struct operation *op, size_t in, bool last)
{
	const struct ciphering *ciphering = op->state;
	const size_t given = cbc_given(op, ciphering->taken);
	const size_t total = cbc_given(op, ciphering->taken + in);

	return total - given + (last ? BLOCK : 0);
}

static const struct mech_ops cbc_ops = {
	.start = mode_start,
	.update = mode_update,
	.final = cbc_final,
	.bound = cbc_bound,
	.stop = cipher_stop,
};

/* --- whole blocks: ECB and CBC ------------------------------------------------- */

/* A key that is wrapped is filled up with zeros (6.13.4, 6.13.5). */
static CK_RV
blocks_final(struct operation *op, struct out *out)
{
	static const unsigned char zeros[BLOCK];
	struct ciphering *ciphering = op->state;
	const size_t tail = ciphering->taken % BLOCK;

	out->len = 0;
	if (tail == 0)
		return CKR_OK;
	if (op->verb != CKF_WRAP)
		return refuse_length(op);
	return cipher_feed(ciphering->cipher, view_of(zeros, BLOCK - tail), out);
}

static size_t
blocks_bound(const struct operation *op, size_t in, bool last)
{
	const struct ciphering *ciphering = op->state;
	const size_t total = ciphering->taken % BLOCK + in;
	const size_t tail = total % BLOCK;

	return total - tail + (last && tail != 0 && op->verb == CKF_WRAP ? BLOCK : 0);
}

static const struct mech_ops blocks_ops = {
	.start = mode_start,
	.update = mode_update,
	.final = blocks_final,
	.bound = blocks_bound,
	.stop = cipher_stop,
};

/* --- streams: CTR, OFB, CFB ------------------------------------------------------ */

static CK_RV
stream_final(struct operation *op, struct out *out)
{
	(void)op;
	out->len = 0;
	return CKR_OK;
}

static size_t
stream_bound(const struct operation *op, size_t in, bool last)
{
	(void)op;
	(void)last;
	return in;
}

static const struct mech_ops stream_ops = {
	.start = mode_start,
	.update = mode_update,
	.final = stream_final,
	.bound = stream_bound,
	.stop = cipher_stop,
};

/* --- all at once: CTS and XTS, whose last two blocks change places ----------------- */

static CK_RV
unit_once(struct operation *op, struct view in, struct out *out)
{
	CK_RV rv = in.len < BLOCK || in.len > UNIT_MOST ? refuse_length(op) : mode_start(op);

	out->len = 0;
	if (rv == CKR_OK)
		rv = cipher_feed(((struct ciphering *)op->state)->cipher, in, out);
	cipher_stop(op);
	return rv;
}

static size_t
unit_bound(const struct operation *op, size_t in, bool last)
{
	(void)op;
	return last ? in : 0;
}

static const struct mech_ops unit_ops = {
	.once = unit_once,
	.bound = unit_bound,
	.stop = cipher_stop,
};

/* ----------------------------------------------------------------------------- */

#define CIPHERS (CKF_ENCRYPT | CKF_DECRYPT)
/*
 * The standard lets all of them wrap.  The streams do not here: encrypting zeros with the
 * same initial value would show a key that they wrapped, and each of its bits can be
 * flipped on the way.
 */
#define BLOCKS(mode)                                                                               \
	KEYS(CKK_AES), SIZES(16, 32, CIPHERS | CKF_WRAP | CKF_UNWRAP), AES_MODE(mode),             \
	    .ops = &blocks_ops, .slack = BLOCK - 1, .wraps_values = true, .malleable = true
#define STREAM(mode) KEYS(CKK_AES), SIZES(16, 32, CIPHERS), AES_MODE(mode), .ops = &stream_ops
#define UNIT .parse = iv_parse, .ops = &unit_ops, .limit = UNIT_MOST

const struct mechanism aes_mechanisms[] = {
	{ MECH(CKM_AES_CBC_PAD), KEYS(CKK_AES), SIZES(16, 32, CIPHERS | CKF_WRAP | CKF_UNWRAP),
	    AES_MODE("CBC"), .parse = iv_parse, .ops = &cbc_ops, .malleable = true },
	{ MECH(CKM_AES_CBC), BLOCKS("CBC"), .parse = iv_parse },
	{ MECH(CKM_AES_ECB), BLOCKS("ECB"), .parse = ecb_parse },
	{ MECH(CKM_AES_CTR), STREAM("CTR"), .parse = ctr_parse },
	{ MECH(CKM_AES_OFB), STREAM("OFB"), .parse = iv_parse },
	{ MECH(CKM_AES_CFB1), STREAM("CFB1"), .parse = iv_parse },
	{ MECH(CKM_AES_CFB8), STREAM("CFB8"), .parse = iv_parse },
	{ MECH(CKM_AES_CFB128), STREAM("CFB"), .parse = iv_parse },
	/* CBC-CS1 of the addendum to SP 800-38A, which is libcrypto's own choice. */
	{ MECH(CKM_AES_CTS), KEYS(CKK_AES), SIZES(16, 32, CIPHERS), AES_MODE("CBC-CTS"), UNIT },
	/* Two keys in one, and none of 192 bits. */
	{ MECH(CKM_AES_XTS), KEYS(CKK_AES_XTS), SIZES(32, 64, CIPHERS), UNIT,
	    .algorithm = "AES-256-XTS",
	    .ciphers = (struct cipher[]){ { "AES-128-XTS", NULL }, { "AES-256-XTS", NULL } } },
	{ 0 },
};
