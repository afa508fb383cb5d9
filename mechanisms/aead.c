/* SPDX-License-Identifier: Apache-2.0 */
/* Responsible for the parameters of authenticated encryption.  Knows no cipher. */
#include "mechanisms/aead.h"

#include <string.h>

/* Copied when the operation starts: as long as any value may be, not as long as there is memory. */
#define AAD_MOST ((size_t)16 << 20)
#define RANDOM_LEAST_BITS 96

static bool
enciphers(const struct params *params)
{
	return params->verb == CKF_ENCRYPT || params->verb == CKF_WRAP;
}

static void
deliver(struct params *params, void *to, const void *from, size_t len)
{
	params->deliveries[params->delivery_count++] = (struct delivery){ to, from, len };
}

/* All but the leading `fixed` bits of the nonce, at random. */
static CK_RV
nonce_generate(struct aead *aead, size_t fixed)
{
	const size_t kept = fixed / 8, rest = fixed % 8;
	const unsigned char mask = (unsigned char)(0xff00 >> rest);
	const unsigned char edge = kept < aead->nonce_len ? aead->nonce[kept] : 0;

	if (fixed > aead->nonce_len * 8 || aead->nonce_len * 8 - fixed < RANDOM_LEAST_BITS)
		return CKR_MECHANISM_PARAM_INVALID;
	TRY(crypto_random(aead->nonce + kept, aead->nonce_len - kept));
	aead->nonce[kept] = (unsigned char)((edge & mask) | (aead->nonce[kept] & ~mask));
	return CKR_OK;
}

static CK_RV
take_nonce(const struct aead_given *given, struct params *params, struct aead *aead)
{
	aead->nonce_len = given->nonce_len;
	memcpy(aead->nonce, given->nonce, given->nonce_len);
	switch (given->generator) {
	case CKG_NO_GENERATE:
		return CKR_OK;
	case CKG_GENERATE:
	case CKG_GENERATE_RANDOM:
		break;
	default:
		/* A counter would have to outlive the process, and nobody keeps one. */
		return CKR_MECHANISM_PARAM_INVALID;
	}
	if (!enciphers(params))
		return CKR_OK;
	TRY(nonce_generate(aead, given->nonce_fixed_bits));
	deliver(params, given->nonce, aead->nonce, aead->nonce_len);
	return CKR_OK;
}

static void
take_tag(const struct aead_given *given, struct params *params, struct aead *aead)
{
	aead->tag_len = given->tag_len;
	aead->tag_apart = given->tag != NULL;
	if (!aead->tag_apart)
		return;
	if (enciphers(params))
		deliver(params, given->tag, aead->tag, aead->tag_len);
	else
		memcpy(aead->tag, given->tag, aead->tag_len);
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
	return CKR_OK;
}

CK_RV
aead_take(const struct aead_given *given, struct params *params)
{
	struct aead *aead;

	if (given->nonce == NULL || given->nonce_len == 0 || given->nonce_len > AEAD_NONCE_MOST ||
	    given->tag_len > AEAD_TAG_MOST)
		return CKR_MECHANISM_PARAM_INVALID;
	aead = params_new(params, sizeof(*aead));
	if (aead == NULL)
		return CKR_HOST_MEMORY;
	aead->data_len = given->data_len;
	take_tag(given, params, aead);
	TRY(take_nonce(given, params, aead));
	return take_aad(given, params, aead);
}
