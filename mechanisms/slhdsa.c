/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for SLH-DSA (FIPS 205): its parameter sets and the signatures with them.
 * What its keys consist of is paramset.c's business.
 *
 * It reads what it signs twice, so that a message which is not hashed before is gathered
 * whole.
 */
#include <openssl/core_names.h>

#include "mechanisms/paramset.h"
#include "mechanisms/representative.h"

/* Headers before 3.2 lack the first, those before 3.5 the second. */
#ifndef OSSL_SIGNATURE_PARAM_CONTEXT_STRING
#define OSSL_SIGNATURE_PARAM_CONTEXT_STRING "context-string"
#endif
#ifndef OSSL_SIGNATURE_PARAM_MESSAGE_ENCODING
#define OSSL_SIGNATURE_PARAM_MESSAGE_ENCODING "message-encoding"
#endif
#define ENCODING_RAW 0 /* the caller made M' */

#define PUBLIC_LEAST 32
#define PUBLIC_MOST 64

/* FIPS 205, table 2; RFC 9909, 3.  A private key ends with the public one. */
#define SET(number, hash, strength, variant, n, signature, last)                                   \
	{                                                                                          \
		number, "SLH-DSA-" hash "-" strength variant, 2 * (n), 4 * (n), signature,         \
		    NIST_ALGORITHM(3, last)                                                        \
	}
static const struct param_set sets[] = {
	SET(CKP_SLH_DSA_SHA2_128S, "SHA2", "128", "s", 16, 7856, 20),
	SET(CKP_SLH_DSA_SHAKE_128S, "SHAKE", "128", "s", 16, 7856, 26),
	SET(CKP_SLH_DSA_SHA2_128F, "SHA2", "128", "f", 16, 17088, 21),
	SET(CKP_SLH_DSA_SHAKE_128F, "SHAKE", "128", "f", 16, 17088, 27),
	SET(CKP_SLH_DSA_SHA2_192S, "SHA2", "192", "s", 24, 16224, 22),
	SET(CKP_SLH_DSA_SHAKE_192S, "SHAKE", "192", "s", 24, 16224, 28),
	SET(CKP_SLH_DSA_SHA2_192F, "SHA2", "192", "f", 24, 35664, 23),
	SET(CKP_SLH_DSA_SHAKE_192F, "SHAKE", "192", "f", 24, 35664, 29),
	SET(CKP_SLH_DSA_SHA2_256S, "SHA2", "256", "s", 32, 29792, 24),
	SET(CKP_SLH_DSA_SHAKE_256S, "SHAKE", "256", "s", 32, 29792, 30),
	SET(CKP_SLH_DSA_SHA2_256F, "SHA2", "256", "f", 32, 49856, 25),
	SET(CKP_SLH_DSA_SHAKE_256F, "SHAKE", "256", "f", 32, 49856, 31),
};

const struct param_family slhdsa_family = {
	.type = CKK_SLH_DSA,
	.checks_separately = true,
	.sets = sets,
	.count = COUNT_OF(sets),
};

static CK_RV
complete(CK_OBJECT_CLASS class, struct attrs *meta, struct attrs *secret)
{
	return param_complete(class, CKK_SLH_DSA, meta, secret);
}

const struct key_type slhdsa_key_type = {
	.type = CKK_SLH_DSA,
	.complete = complete,
	.load = param_load,
};

/* --- signing ---------------------------------------------------------------------------- */

static CK_RV
check(struct operation *op, const struct additional_settings *settings, struct view in,
    struct view signature)
{
	if (signature.len != param_signature_len(op))
		return CKR_SIGNATURE_LEN_RANGE;
	return message_check(op, settings->params, in, signature);
}

/* --- of the message itself -------------------------------------------------------------- */

static void
message_settings(const struct additional *additional, struct additional_settings *settings)
{
	additional_settings(additional, NULL, 0, settings);
	if (additional->context.len == 0)
		return;
	*settings->end++ = OSSL_PARAM_construct_octet_string(OSSL_SIGNATURE_PARAM_CONTEXT_STRING,
	    (void *)additional->context.data, additional->context.len);
	*settings->end = OSSL_PARAM_construct_end();
}

static CK_RV
pure_sign(struct operation *op, struct view in, struct out *out)
{
	struct additional_settings settings;

	message_settings(op->params.data, &settings);
	return message_sign(op, settings.params, in, out);
}

static CK_RV
pure_check(struct operation *op, struct view in, struct view signature)
{
	struct additional_settings settings;

	message_settings(op->params.data, &settings);
	return check(op, &settings, in, signature);
}

static const struct mech_ops pure_ops = {
	.once = pure_sign,
	.check_once = pure_check,
	.bound = param_signature_bound,
};

/* --- of a digest, which M' has ------------------------------------------------------------ */

static CK_RV
representative_sign(
    struct operation *op, const struct representative *representative, struct out *out)
{
	struct additional_settings settings;

	additional_settings(
	    op->params.data, OSSL_SIGNATURE_PARAM_MESSAGE_ENCODING, ENCODING_RAW, &settings);
	return message_sign(op, settings.params, representative_view(representative), out);
}

static CK_RV
representative_check(
    struct operation *op, const struct representative *representative, struct view signature)
{
	struct additional_settings settings;

	additional_settings(
	    op->params.data, OSSL_SIGNATURE_PARAM_MESSAGE_ENCODING, ENCODING_RAW, &settings);
	return check(op, &settings, representative_view(representative), signature);
}

static CK_RV
digest_sign(struct operation *op, struct view in, struct out *out)
{
	struct representative whole;

	TRY(representative_of_digest(op->params.data, in, &whole));
	return representative_sign(op, &whole, out);
}

static CK_RV
digest_check(struct operation *op, struct view in, struct view signature)
{
	struct representative whole;

	TRY(representative_of_digest(op->params.data, in, &whole));
	return representative_check(op, &whole, signature);
}

static const struct mech_ops digest_ops = {
	.once = digest_sign,
	.check_once = digest_check,
	.bound = param_signature_bound,
};

/* --- with the hash in the mechanism --------------------------------------------------------- */

static CK_RV
hash_sign(struct operation *op, struct out *out)
{
	struct representative whole;

	TRY(representative_of_message(op, &whole));
	return representative_sign(op, &whole, out);
}

static CK_RV
hash_check(struct operation *op, struct view signature)
{
	struct representative whole;

	TRY(representative_of_message(op, &whole));
	return representative_check(op, &whole, signature);
}

static const struct mech_ops hash_ops = {
	.start = prehash_start,
	.update = signature_update,
	.final = hash_sign,
	.check = hash_check,
	.bound = param_signature_bound,
	.stop = signature_stop,
};

/* Sizes are those of public keys in bytes. */
#define ROW(flags)                                                                                 \
	KEYS(CKK_SLH_DSA), SIZES(PUBLIC_LEAST, PUBLIC_MOST, flags),                                \
	    .algorithm = "SLH-DSA-SHA2-128s", .since = "3.5"
#define HASH ROW(CKF_SIGN | CKF_VERIFY), .parse = additional_parse, .ops = &hash_ops

const struct mechanism slhdsa_mechanisms[] = {
	{ MECH(CKM_SLH_DSA_KEY_PAIR_GEN), ROW(CKF_GENERATE_KEY_PAIR), .parse = parse_none,
	    .ops = &param_generate_ops },
	{ MECH(CKM_SLH_DSA), ROW(CKF_SIGN | CKF_VERIFY), .parse = additional_parse,
	    .ops = &pure_ops, .limit = MESSAGE_MOST },
	{ MECH(CKM_HASH_SLH_DSA), ROW(CKF_SIGN | CKF_VERIFY), .parse = additional_parse_hash,
	    .ops = &digest_ops, .limit = EVP_MAX_MD_SIZE },
	{ MECH(CKM_HASH_SLH_DSA_SHA224), HASH },
	{ MECH(CKM_HASH_SLH_DSA_SHA256), HASH },
	{ MECH(CKM_HASH_SLH_DSA_SHA384), HASH },
	{ MECH(CKM_HASH_SLH_DSA_SHA512), HASH },
	{ MECH(CKM_HASH_SLH_DSA_SHA3_224), HASH },
	{ MECH(CKM_HASH_SLH_DSA_SHA3_256), HASH },
	{ MECH(CKM_HASH_SLH_DSA_SHA3_384), HASH },
	{ MECH(CKM_HASH_SLH_DSA_SHA3_512), HASH },
	{ MECH(CKM_HASH_SLH_DSA_SHAKE128), HASH },
	{ MECH(CKM_HASH_SLH_DSA_SHAKE256), HASH },
	{ 0 },
};
