/* SPDX-License-Identifier: Apache-2.0 */
/* Responsible for the parameters of authenticated encryption.  Knows no cipher. */
#include "mechanisms/aead.h"

#include <string.h>

#include "mechanisms/crypto.h"

static bool
enciphers_by(const struct params *params)
{
	return params->verb == CKF_ENCRYPT || params->verb == CKF_WRAP;
}

static void
deliver(struct params *params, void *to, const void *from, size_t len)
{
	params->deliveries[params->delivery_count++] = (struct delivery){ to, from, len };
}

/* The last twelve bytes of a nonce, one that was not there before under this key. */
#define COUNTED 12

/* All but the leading bits that the caller chose: at random, and then the count. */
static CK_RV
nonce_generate(struct aead *aead, const unsigned char counted[COUNTED])
{
	const size_t kept = aead->fixed_bits / 8, rest = aead->fixed_bits % 8;
	const unsigned char mask = (unsigned char)(0xff00 >> rest);
	const unsigned char edge = aead->nonce[kept];

	TRY(crypto_random(aead->nonce + kept, aead->nonce_len - kept));
	aead->nonce[kept] = (unsigned char)((edge & mask) | (aead->nonce[kept] & ~mask));
	if (aead->generator != CKG_GENERATE_RANDOM)
		memcpy(aead->nonce + aead->nonce_len - COUNTED, counted, COUNTED);
	return CKR_OK;
}

CK_RV
aead_nonce(struct operation *op)
{
	struct aead *aead = op->params.data;
	unsigned char counted[COUNTED]; /* public: a nonce */
	struct loaded *loaded;

	if (aead->generator == CKG_NO_GENERATE || !enciphers_by(&op->params))
		return CKR_OK;
	TRY(key_load(op->key, &loaded));
	TRY(loaded_nonce(loaded, counted));
	TRY(nonce_generate(aead, counted));
	deliver(&op->params, aead->nonce_to, aead->nonce, aead->nonce_len);
	return CKR_OK;
}

CK_RV
aead_rest(struct operation *op, const struct params *last)
{
	struct aead *aead = op->params.data;
	const struct aead *now = last->data;

	if (now->tag_len != aead->tag_len)
		return CKR_MECHANISM_PARAM_INVALID;
	memcpy(aead->tag, now->tag, aead->tag_len);
	for (size_t i = 0; i < op->params.late && i < last->late; i++)
		op->params.deliveries[i].to = last->deliveries[i].to;
	return CKR_OK;
}

/* Is it one that the token makes as the caller wants it? */
static CK_RV
take_nonce(const struct aead_given *given, struct aead *aead)
{
	aead->nonce_len = given->nonce_len;
	memcpy(aead->nonce, given->nonce, given->nonce_len);
	aead->generator = given->generator;
	aead->nonce_to = given->nonce;
	aead->fixed_bits = given->nonce_fixed_bits;
	switch (given->generator) {
	case CKG_NO_GENERATE:
		return CKR_OK;
	case CKG_GENERATE:
	case CKG_GENERATE_COUNTER:
	case CKG_GENERATE_RANDOM:
		return given->nonce_fixed_bits <= 8 * given->nonce_len &&
			8 * given->nonce_len - given->nonce_fixed_bits >= 8 * COUNTED
		    ? CKR_OK
		    : CKR_MECHANISM_PARAM_INVALID;
	default:
		return CKR_MECHANISM_PARAM_INVALID;
	}
}

static void
take_tag(const struct aead_given *given, struct params *params, struct aead *aead)
{
	aead->tag_len = given->tag_len;
	aead->tag_apart = given->tag != NULL;
	if (!aead->tag_apart)
		return;
	if (!enciphers_by(params)) {
		memcpy(aead->tag, given->tag, aead->tag_len);
		return;
	}
	deliver(params, given->tag, aead->tag, aead->tag_len);
	params->late = params->delivery_count;
}

static CK_RV
take_aad(const struct aead_given *given, struct params *params, struct aead *aead)
{
	if (!params->has_aad)
		return given->aad_len > AAD_MOST
		    ? CKR_MECHANISM_PARAM_INVALID
		    : params_keep(params, given->aad, given->aad_len, &aead->aad);
	/* They are an argument of the call; twice would be once too often. */
	if (given->aad_len != 0)
		return CKR_MECHANISM_PARAM_INVALID;
	aead->aad = params->aad;
	return aead->aad.len <= AAD_MOST ? CKR_OK : CKR_ARGUMENTS_BAD;
}

CK_RV
aead_take(const struct aead_given *given, struct params *params)
{
	struct aead *aead;

	if (given->nonce == NULL || given->nonce_len == 0 || given->nonce_len > AEAD_NONCE_MOST ||
	    given->tag_len < params->tag_least || given->tag_len > AEAD_TAG_MOST)
		return CKR_MECHANISM_PARAM_INVALID;
	if (params->own_nonces && given->generator == CKG_NO_GENERATE && enciphers_by(params))
		return CKR_MECHANISM_PARAM_INVALID;
	aead = params_new_public(params, sizeof(*aead));
	if (aead == NULL)
		return CKR_HOST_MEMORY;
	aead->data_len = given->data_len;
	TRY(take_nonce(given, aead));
	take_tag(given, params, aead);
	return take_aad(given, params, aead);
}
