/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for ML-DSA (FIPS 204): its parameter sets and the signatures with them.
 * What its keys consist of is paramset.c's business.
 *
 * What is signed is mu, a hash of the public key and of what stands for the message
 * (FIPS 204, algorithm 7, line 6).  It is computed here, since libcrypto would want all
 * of the message at once.
 */
#include "mechanisms/paramset.h"
#include "mechanisms/representative.h"

/* Headers before 3.5 lack it. */
#define MU "mu"

#define MU_LEN 64
#define TR_LEN 64
#define PUBLIC_LEAST 1312
#define PUBLIC_MOST PARAM_PUBLIC_MOST

/* FIPS 204, table 2; RFC 9881, 2. */
static const struct param_set sets[] = {
	{ CKP_ML_DSA_44, "ML-DSA-44", PUBLIC_LEAST, 2560, 2420, NIST_ALGORITHM(3, 17) },
	{ CKP_ML_DSA_65, "ML-DSA-65", 1952, 4032, 3309, NIST_ALGORITHM(3, 18) },
	{ CKP_ML_DSA_87, "ML-DSA-87", PUBLIC_MOST, 4896, 4627, NIST_ALGORITHM(3, 19) },
};

const struct param_family mldsa_family = {
	.type = CKK_ML_DSA,
	.seed_len = 32,
	.sets = sets,
	.count = COUNT_OF(sets),
};

static CK_RV
complete(CK_OBJECT_CLASS class, struct attrs *meta, struct attrs *secret)
{
	return param_complete(class, CKK_ML_DSA, meta, secret);
}

const struct key_type mldsa_key_type = {
	.type = CKK_ML_DSA,
	.complete = complete,
	.load = param_load,
};

/* --- mu --------------------------------------------------------------------------------- */

static void
md_ctx_release(EVP_MD_CTX **ctx)
{
	EVP_MD_CTX_free(*ctx);
}

/* Up to M': tr, the hash of the public key. */
static CK_RV
mu_begin(const struct key *key, EVP_MD_CTX *ctx)
{
	const EVP_MD *shake = crypto_digest_named("SHAKE-256");
	unsigned char tr[TR_LEN]; /* public */
	const struct param_set *set;
	struct view public_key;

	TRY(param_set_find(key->type, key->meta, &set));
	public_key = param_public(set, key);
	if (shake == NULL || ctx == NULL || EVP_DigestInit_ex2(ctx, shake, NULL) != 1 ||
	    EVP_DigestUpdate(ctx, public_key.data, public_key.len) != 1 ||
	    EVP_DigestFinalXOF(ctx, tr, sizeof(tr)) != 1 ||
	    EVP_DigestInit_ex2(ctx, shake, NULL) != 1 || EVP_DigestUpdate(ctx, tr, sizeof(tr)) != 1)
		return crypto_failure();
	return CKR_OK;
}

static CK_RV
mu_end(EVP_MD_CTX *ctx, unsigned char mu[MU_LEN])
{
	return EVP_DigestFinalXOF(ctx, mu, MU_LEN) == 1 ? CKR_OK : crypto_failure();
}

static CK_RV
mu_of(const struct key *key, struct view representative, unsigned char mu[MU_LEN])
{
	RELEASED(md_ctx_release) EVP_MD_CTX *ctx = EVP_MD_CTX_new();

	TRY(mu_begin(key, ctx));
	if (EVP_DigestUpdate(ctx, representative.data, representative.len) != 1)
		return crypto_failure();
	return mu_end(ctx, mu);
}

/* --- signing ------------------------------------------------------------------------------ */

static CK_RV
mu_sign(struct operation *op, const unsigned char mu[MU_LEN], struct out *out)
{
	struct additional_settings settings;

	additional_settings(op->params.data, MU, 1, &settings);
	return message_sign(op, settings.params, view_of(mu, MU_LEN), out);
}

static CK_RV
mu_check(struct operation *op, const unsigned char mu[MU_LEN], struct view signature)
{
	struct additional_settings settings;

	if (signature.len != param_signature_len(op))
		return CKR_SIGNATURE_LEN_RANGE;
	additional_settings(op->params.data, MU, 1, &settings);
	return message_check(op, settings.params, view_of(mu, MU_LEN), signature);
}

/* --- of a message that comes in parts ----------------------------------------------------- */

/* Either mu itself takes in the message, or a hash does, which mu takes in later. */
static CK_RV
start(struct operation *op)
{
	const struct additional *additional = op->params.data;
	struct representative head;

	if (additional->prehash != NULL)
		return prehash_start(op);
	op->state = EVP_MD_CTX_new();
	TRY(mu_begin(op->key, op->state));
	representative_begin(additional, &head);
	return EVP_DigestUpdate(op->state, head.data, head.len) == 1 ? CKR_OK : crypto_failure();
}

static CK_RV
mu_of_message(struct operation *op, unsigned char mu[MU_LEN])
{
	const struct additional *additional = op->params.data;
	struct representative whole;

	if (additional->prehash == NULL)
		return mu_end(op->state, mu);
	TRY(representative_of_message(op, &whole));
	return mu_of(op->key, representative_view(&whole), mu);
}

static CK_RV
final(struct operation *op, struct out *out)
{
	unsigned char mu[MU_LEN]; /* public, as the signature is */

	TRY(mu_of_message(op, mu));
	return mu_sign(op, mu, out);
}

static CK_RV
check(struct operation *op, struct view signature)
{
	unsigned char mu[MU_LEN]; /* public */

	TRY(mu_of_message(op, mu));
	return mu_check(op, mu, signature);
}

static const struct mech_ops message_ops = {
	.start = start,
	.update = signature_update,
	.final = final,
	.check = check,
	.bound = param_signature_bound,
	.stop = signature_stop,
};

/* --- of a digest from the caller ------------------------------------------------------------ */

static CK_RV
mu_of_digest(struct operation *op, struct view digest, unsigned char mu[MU_LEN])
{
	struct representative whole;

	TRY(representative_of_digest(op->params.data, digest, &whole));
	return mu_of(op->key, representative_view(&whole), mu);
}

static CK_RV
digest_sign(struct operation *op, struct view in, struct out *out)
{
	unsigned char mu[MU_LEN]; /* public, as the signature is */

	TRY(mu_of_digest(op, in, mu));
	return mu_sign(op, mu, out);
}

static CK_RV
digest_check(struct operation *op, struct view in, struct view signature)
{
	unsigned char mu[MU_LEN]; /* public */

	TRY(mu_of_digest(op, in, mu));
	return mu_check(op, mu, signature);
}

static const struct mech_ops digest_ops = {
	.once = digest_sign,
	.check_once = digest_check,
	.bound = param_signature_bound,
};

/* Sizes are those of public keys in bytes. */
#define ROW(flags)                                                                                 \
	KEYS(CKK_ML_DSA), SIZES(PUBLIC_LEAST, PUBLIC_MOST, flags), .algorithm = "ML-DSA-65",       \
								   .since = "3.5"
#define MESSAGE ROW(CKF_SIGN | CKF_VERIFY), .parse = additional_parse, .ops = &message_ops

const struct mechanism mldsa_mechanisms[] = {
	{ MECH(CKM_ML_DSA_KEY_PAIR_GEN), ROW(CKF_GENERATE_KEY_PAIR), .parse = parse_none,
	    .ops = &param_generate_ops },
	{ MECH(CKM_ML_DSA), MESSAGE },
	{ MECH(CKM_HASH_ML_DSA), ROW(CKF_SIGN | CKF_VERIFY), .parse = additional_parse_hash,
	    .ops = &digest_ops, .limit = EVP_MAX_MD_SIZE },
	{ MECH(CKM_HASH_ML_DSA_SHA224), MESSAGE },
	{ MECH(CKM_HASH_ML_DSA_SHA256), MESSAGE },
	{ MECH(CKM_HASH_ML_DSA_SHA384), MESSAGE },
	{ MECH(CKM_HASH_ML_DSA_SHA512), MESSAGE },
	{ MECH(CKM_HASH_ML_DSA_SHA3_224), MESSAGE },
	{ MECH(CKM_HASH_ML_DSA_SHA3_256), MESSAGE },
	{ MECH(CKM_HASH_ML_DSA_SHA3_384), MESSAGE },
	{ MECH(CKM_HASH_ML_DSA_SHA3_512), MESSAGE },
	{ MECH(CKM_HASH_ML_DSA_SHAKE128), MESSAGE },
	{ MECH(CKM_HASH_ML_DSA_SHAKE256), MESSAGE },
	{ 0 },
};
