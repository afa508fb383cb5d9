/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for what ML-DSA and SLH-DSA sign in place of the message, and for the
 * parameters that both take.  Must not know how it is signed.
 *
 * libcrypto has no form that hashes, but takes the representative from its caller.
 */
#include "mechanisms/representative.h"

#include <openssl/core_names.h>
#include <string.h>

#include "mechanisms/der.h"

/* Headers before 3.5 lack it. */
#ifndef OSSL_SIGNATURE_PARAM_DETERMINISTIC
#define OSSL_SIGNATURE_PARAM_DETERMINISTIC "deterministic"
#endif

/* FIPS 204, 5.2. */
#define CONTEXT_MOST 255

/* --- hashes ----------------------------------------------------------------------------- */

/* FIPS 204, 5.4, and FIPS 205, 10.2; the last number of the object identifier is NIST's in
 * 2.16.840.1.101.3.4.2.  SHAKE has no digest mechanism that a parameter could name: 0. */
static const struct prehash {
	CK_MECHANISM_TYPE hash, ml_dsa, slh_dsa;
	const char *name; /* libcrypto's */
	size_t len;
	unsigned char oid;
} prehashes[] = {
	{ CKM_SHA224, CKM_HASH_ML_DSA_SHA224, CKM_HASH_SLH_DSA_SHA224, "SHA2-224", 28, 4 },
	{ CKM_SHA256, CKM_HASH_ML_DSA_SHA256, CKM_HASH_SLH_DSA_SHA256, "SHA2-256", 32, 1 },
	{ CKM_SHA384, CKM_HASH_ML_DSA_SHA384, CKM_HASH_SLH_DSA_SHA384, "SHA2-384", 48, 2 },
	{ CKM_SHA512, CKM_HASH_ML_DSA_SHA512, CKM_HASH_SLH_DSA_SHA512, "SHA2-512", 64, 3 },
	{ CKM_SHA3_224, CKM_HASH_ML_DSA_SHA3_224, CKM_HASH_SLH_DSA_SHA3_224, "SHA3-224", 28, 7 },
	{ CKM_SHA3_256, CKM_HASH_ML_DSA_SHA3_256, CKM_HASH_SLH_DSA_SHA3_256, "SHA3-256", 32, 8 },
	{ CKM_SHA3_384, CKM_HASH_ML_DSA_SHA3_384, CKM_HASH_SLH_DSA_SHA3_384, "SHA3-384", 48, 9 },
	{ CKM_SHA3_512, CKM_HASH_ML_DSA_SHA3_512, CKM_HASH_SLH_DSA_SHA3_512, "SHA3-512", 64, 10 },
	{ 0, CKM_HASH_ML_DSA_SHAKE128, CKM_HASH_SLH_DSA_SHAKE128, "SHAKE-128", 32, 11 },
	{ 0, CKM_HASH_ML_DSA_SHAKE256, CKM_HASH_SLH_DSA_SHAKE256, "SHAKE-256", 64, 12 },
	{ CKM_SHA512_224, 0, 0, "SHA2-512/224", 28, 5 },
	{ CKM_SHA512_256, 0, 0, "SHA2-512/256", 32, 6 },
};

/* By the mechanism that hashes, or by the digest's own. */
static const struct prehash *
prehash_find(CK_MECHANISM_TYPE type)
{
	for (size_t i = 0; type != 0 && i < COUNT_OF(prehashes); i++)
		if (prehashes[i].hash == type || prehashes[i].ml_dsa == type ||
		    prehashes[i].slh_dsa == type)
			return &prehashes[i];
	return NULL;
}

CK_RV
prehash_start(struct operation *op)
{
	const struct additional *additional = op->params.data;
	const EVP_MD *md = crypto_digest_named(additional->prehash->name);

	op->state = EVP_MD_CTX_new();
	if (op->state == NULL || md == NULL || EVP_DigestInit_ex2(op->state, md, NULL) != 1)
		return crypto_failure();
	return CKR_OK;
}

/* --- parameters ---------------------------------------------------------------------------- */

static CK_RV
keep(struct params *params, CK_ULONG hedge, CK_BYTE *context, CK_ULONG context_len,
    struct additional *additional)
{
	if (context_len > CONTEXT_MOST)
		return CKR_MECHANISM_PARAM_INVALID;
	/* To verify there is nothing to hedge. */
	if (params->verb == CKF_SIGN && hedge > CKH_DETERMINISTIC_REQUIRED)
		return CKR_MECHANISM_PARAM_INVALID;
	additional->deterministic = hedge == CKH_DETERMINISTIC_REQUIRED;
	return params_keep(params, context, context_len, &additional->context);
}

CK_RV
additional_parse(const CK_MECHANISM *mechanism, struct params *params)
{
	struct additional *additional = params_new(params, sizeof(*additional));
	struct pkcs11_sign_additional_context in;

	if (additional == NULL)
		return CKR_HOST_MEMORY;
	additional->prehash = prehash_find(mechanism->mechanism);
	if (mechanism->pParameter == NULL && mechanism->ulParameterLen == 0)
		return CKR_OK;
	TRY(params_read(mechanism, &in, sizeof(in)));
	return keep(params, in.hedge_variant, in.context, in.context_len, additional);
}

CK_RV
additional_parse_hash(const CK_MECHANISM *mechanism, struct params *params)
{
	struct additional *additional = params_new(params, sizeof(*additional));
	struct pkcs11_hash_sign_additional_context in;

	if (additional == NULL)
		return CKR_HOST_MEMORY;
	TRY(params_read(mechanism, &in, sizeof(in)));
	additional->prehash = prehash_find(in.hash);
	if (additional->prehash == NULL || additional->prehash->hash != in.hash)
		return CKR_MECHANISM_PARAM_INVALID;
	return keep(params, in.hedge_variant, in.context, in.context_len, additional);
}

void
additional_settings(const struct additional *additional, const char *flag, int value,
    struct additional_settings *out)
{
	out->end = out->params;
	out->deterministic = additional->deterministic;
	*out->end++ =
	    OSSL_PARAM_construct_int(OSSL_SIGNATURE_PARAM_DETERMINISTIC, &out->deterministic);
	out->flag = value;
	if (flag != NULL)
		*out->end++ = OSSL_PARAM_construct_int(flag, &out->flag);
	*out->end = OSSL_PARAM_construct_end();
}

/* --- representatives ------------------------------------------------------------------------ */

static void
append(struct representative *to, struct view bytes)
{
	if (bytes.len != 0)
		memcpy(to->data + to->len, bytes.data, bytes.len);
	to->len += bytes.len;
}

void
representative_begin(const struct additional *additional, struct representative *out)
{
	unsigned char oid[] = { DER_OID, 9, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0 };

	out->data[0] = additional->prehash != NULL;
	out->data[1] = (unsigned char)additional->context.len;
	out->len = 2;
	append(out, additional->context);
	if (additional->prehash == NULL)
		return;
	oid[sizeof(oid) - 1] = additional->prehash->oid;
	append(out, view_of(oid, sizeof(oid)));
}

CK_RV
representative_of_digest(
    const struct additional *additional, struct view digest, struct representative *out)
{
	if (digest.len != additional->prehash->len)
		return CKR_DATA_LEN_RANGE;
	representative_begin(additional, out);
	append(out, digest);
	return CKR_OK;
}

CK_RV
representative_of_message(struct operation *op, struct representative *out)
{
	const struct additional *additional = op->params.data;
	const size_t len = additional->prehash->len;
	const EVP_MD *md = EVP_MD_CTX_get0_md(op->state);
	bool xof = (EVP_MD_get_flags(md) & EVP_MD_FLAG_XOF) != 0;

	representative_begin(additional, out);
	/* Left alone, SHAKE gives half of what is wanted here. */
	if ((xof ? EVP_DigestFinalXOF(op->state, out->data + out->len, len)
		 : EVP_DigestFinal_ex(op->state, out->data + out->len, NULL)) != 1)
		return crypto_failure();
	out->len += len;
	return CKR_OK;
}

struct view
representative_view(const struct representative *representative)
{
	return view_of(representative->data, representative->len);
}
