/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for ChaCha20 without authentication, as RFC 8439 has it (a counter of 32
 * bits, a nonce of 96) and as its author has it (64 and 64).
 */
#include <string.h>

#include "mechanisms/cipher.h"

#define BLOCK 64
#define COUNTER_AND_NONCE 16

struct given {
	unsigned char iv[COUNTER_AND_NONCE]; /* the last four words of the state */
	size_t room;                         /* bytes until the counter would begin anew */
};

static CK_RV
parse(const CK_MECHANISM *mechanism, struct params *params)
{
	struct given *given = params_new(params, sizeof(*given));
	struct pkcs11_chacha20_params in;
	size_t counter;
	uint64_t left = 0;

	if (given == NULL)
		return CKR_HOST_MEMORY;
	TRY(params_read(mechanism, &in, sizeof(in)));
	if (in.block_counter == NULL || in.nonce == NULL ||
	    (in.block_counter_bits != 32 && in.block_counter_bits != 64) ||
	    in.block_counter_bits + in.nonce_bits != 8 * COUNTER_AND_NONCE)
		return CKR_MECHANISM_PARAM_INVALID;
	counter = in.block_counter_bits / 8;
	memcpy(given->iv, in.block_counter, counter);
	memcpy(given->iv + counter, in.nonce, COUNTER_AND_NONCE - counter);
	for (size_t i = counter; i-- > 0;)
		left = left << 8 | given->iv[i];
	left = (counter == 4 ? UINT32_MAX : UINT64_MAX) - left;
	given->room = left >= SIZE_MAX / BLOCK ? SIZE_MAX : (left + 1) * BLOCK;
	return CKR_OK;
}

static CK_RV
start(struct operation *op)
{
	const struct given *given = op->params.data;

	TRY(cipher_ready(op, op->mech->ciphers));
	return EVP_CipherInit_ex2(
		   ((struct ciphering *)op->state)->cipher, NULL, NULL, given->iv, -1, NULL) == 1
	    ? CKR_OK
	    : crypto_failure();
}

static CK_RV
update(struct operation *op, struct view in, struct out *out)
{
	const struct given *given = op->params.data;
	struct ciphering *ciphering = op->state;

	out->len = 0;
	if (in.len > given->room - ciphering->taken)
		return enciphers(op) ? CKR_DATA_LEN_RANGE : cipher_refuse_length(op);
	TRY(cipher_feed(ciphering->cipher, in, out));
	ciphering->taken += in.len;
	return CKR_OK;
}

static CK_RV
final(struct operation *op, struct out *out)
{
	(void)op;
	out->len = 0;
	return CKR_OK;
}

static size_t
bound(const struct operation *op, size_t in, bool last)
{
	(void)op;
	(void)last;
	return in;
}

static const struct mech_ops chacha20_ops = {
	.start = start,
	.update = update,
	.final = final,
	.bound = bound,
	.stop = cipher_stop,
};

const struct mechanism chacha20_mechanisms[] = {
	{ MECH(CKM_CHACHA20), KEYS(CKK_CHACHA20), SIZES(32, 32, CKF_ENCRYPT | CKF_DECRYPT),
	    CIPHER("ChaCha20"), .parse = parse, .ops = &chacha20_ops },
	{ 0 },
};
