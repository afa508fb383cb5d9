/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for EdDSA (RFC 8032) and which of its variants a parameter asks for.
 * What a key consists of is montgomery.c's business.
 *
 * libcrypto has contexts and prehashing since 3.2.  An older one would sign without
 * them and not say so, so that it is asked first.
 */
#include <openssl/core_names.h>
#include <openssl/obj_mac.h>

#include "mechanisms/ec.h"
#include "mechanisms/signature.h"

/* Headers before 3.2 lack them. */
#ifndef OSSL_SIGNATURE_PARAM_INSTANCE
#define OSSL_SIGNATURE_PARAM_INSTANCE "instance"
#endif
#ifndef OSSL_SIGNATURE_PARAM_CONTEXT_STRING
#define OSSL_SIGNATURE_PARAM_CONTEXT_STRING "context-string"
#endif

/* RFC 8032, 2. */
#define CONTEXT_MOST 255

struct eddsa {
	bool given; /* there was a parameter */
	bool prehash;
	struct view context;
	const char *instance; /* libcrypto's name for the variant; NULL: the plain one */
};

static CK_RV
parse(const CK_MECHANISM *mechanism, struct params *params)
{
	struct eddsa *eddsa = params_new(params, sizeof(*eddsa));
	struct pkcs11_eddsa_params in;

	if (eddsa == NULL)
		return CKR_HOST_MEMORY;
	if (mechanism->pParameter == NULL && mechanism->ulParameterLen == 0)
		return CKR_OK;
	TRY(params_read(mechanism, &in, sizeof(in)));
	if (in.ph_flag > 1 || in.context_data_len > CONTEXT_MOST)
		return CKR_MECHANISM_PARAM_INVALID;
	eddsa->given = true;
	eddsa->prehash = in.ph_flag != 0;
	return params_keep(params, in.context_data, in.context_data_len, &eddsa->context);
}

/* --- variants ------------------------------------------------------------------ */

static bool
has_variants(const char *algorithm)
{
	EVP_SIGNATURE *signature = EVP_SIGNATURE_fetch(libctx(), algorithm, NULL);
	const OSSL_PARAM *settable =
	    signature != NULL ? EVP_SIGNATURE_settable_ctx_params(signature) : NULL;
	bool found = settable != NULL &&
	    OSSL_PARAM_locate_const(settable, OSSL_SIGNATURE_PARAM_INSTANCE) != NULL;

	EVP_SIGNATURE_free(signature);
	return found;
}

/* RFC 8410, 3: its object identifiers stand for the plain variants alone. */
static bool
named_by_oid(const struct key *key)
{
	struct view oid;

	return der_read(attribute(key->meta, CKA_EC_PARAMS), DER_OID, &oid);
}

/*
 * RFC 8032, 5.1 and 5.2.  Ed448 takes a context in its plain form; Ed25519ctx without
 * one is not to be used.
 */
static CK_RV
choose(const struct curve *curve, const struct key *key, struct eddsa *eddsa)
{
	const bool short_curve = curve->nid == NID_ED25519;

	if (!eddsa->prehash && eddsa->context.len == 0)
		return eddsa->given && short_curve ? CKR_MECHANISM_PARAM_INVALID : CKR_OK;
	if (named_by_oid(key) && (eddsa->prehash || short_curve))
		return CKR_MECHANISM_PARAM_INVALID;
	if (short_curve)
		eddsa->instance = eddsa->prehash ? "Ed25519ph" : "Ed25519ctx";
	else
		eddsa->instance = eddsa->prehash ? "Ed448ph" : "Ed448";
	return has_variants(curve->name) ? CKR_OK : CKR_MECHANISM_PARAM_INVALID;
}

static CK_RV
start(struct operation *op)
{
	const struct curve *curve;

	TRY(curve_find(op->key->meta, op->key->type, &curve));
	return choose(curve, op->key, op->params.data);
}

/* --- signing ----------------------------------------------------------------------- */

struct settings {
	OSSL_PARAM params[3];
};

static const OSSL_PARAM *
settings_of(const struct eddsa *eddsa, struct settings *settings)
{
	OSSL_PARAM *end = settings->params;

	if (eddsa->instance != NULL)
		*end++ = OSSL_PARAM_construct_utf8_string(
		    OSSL_SIGNATURE_PARAM_INSTANCE, (char *)eddsa->instance, 0);
	if (eddsa->context.len != 0)
		*end++ = OSSL_PARAM_construct_octet_string(OSSL_SIGNATURE_PARAM_CONTEXT_STRING,
		    (void *)eddsa->context.data, eddsa->context.len);
	*end = OSSL_PARAM_construct_end();
	return settings->params;
}

/* Of either curve it is two values as long as a private key. */
static size_t
signature_len(const struct operation *op)
{
	const struct curve *curve;

	return curve_find(op->key->meta, op->key->type, &curve) == CKR_OK ? 2 * curve->order : 0;
}

static size_t
bound(const struct operation *op, size_t in, bool last)
{
	(void)in;
	return last ? signature_len(op) : 0;
}

static CK_RV
sign(struct operation *op, struct view in, struct out *out)
{
	struct settings settings = { 0 };

	return message_sign(op, settings_of(op->params.data, &settings), in, out);
}

static CK_RV
check(struct operation *op, struct view in, struct view signature)
{
	struct settings settings = { 0 };

	if (signature.len != signature_len(op))
		return CKR_SIGNATURE_LEN_RANGE;
	return message_check(op, settings_of(op->params.data, &settings), in, signature);
}

static const struct mech_ops eddsa_ops = {
	.start = start,
	.once = sign,
	.check_once = check,
	.bound = bound,
};

const struct mechanism eddsa_mechanisms[] = {
	{ MECH(CKM_EDDSA), KEYS(CKK_EC_EDWARDS),
	    SIZES(EDWARDS_LEAST_BITS, EDWARDS_MOST_BITS, CKF_SIGN | CKF_VERIFY | EC_FLAGS),
	    .parse = parse, .ops = &eddsa_ops, .algorithm = "ED25519", .limit = MESSAGE_MOST },
	{ 0 },
};
