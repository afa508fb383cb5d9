/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for keys that a parameter set describes: generation, import,
 * libcrypto's form.  Must not know what the keys are used for.
 *
 * libcrypto has them from 3.5 on; with an older one the keys in a token can be read
 * and wrapped, but neither made, imported nor used.
 */
#include "mechanisms/paramset.h"

#include <openssl/core_names.h>

#include "token/base/keytypes.h"

/* Headers before 3.5 lack it; ML-KEM and ML-DSA have the same. */
#define SEED "seed"

static const struct param_family *const families[] = {
	&mlkem_family,
	&mldsa_family,
	&slhdsa_family,
};

static const struct param_family *
family_find(CK_KEY_TYPE type)
{
	for (size_t i = 0; i < COUNT_OF(families); i++)
		if (families[i]->type == type)
			return families[i];
	return NULL;
}

/* --- sets ---------------------------------------------------------------------------- */

static CK_RV
find(const struct param_family *family, const struct attrs *meta, const struct param_set **out)
{
	CK_ULONG number = attrs_ulong(meta, CKA_PARAMETER_SET, 0);

	if (!attrs_has(meta, CKA_PARAMETER_SET))
		return CKR_TEMPLATE_INCOMPLETE;
	for (size_t i = 0; i < family->count; i++)
		if (family->sets[i].number == number) {
			*out = &family->sets[i];
			return CKR_OK;
		}
	return CKR_PARAMETER_SET_NOT_SUPPORTED;
}

CK_RV
param_set_find(CK_KEY_TYPE type, const struct attrs *meta, const struct param_set **out)
{
	return find(family_find(type), meta, out);
}

/* Behind the tags and lengths of the SEQUENCE and of its only member. */
static struct view
oid_of(const struct param_set *set)
{
	return view_of(set->algorithm + 4, set->algorithm[3]);
}

const struct param_set *
param_set_named(struct view oid, CK_KEY_TYPE *type)
{
	for (size_t i = 0; i < COUNT_OF(families); i++)
		for (size_t n = 0; n < families[i]->count; n++)
			if (view_equal(oid, oid_of(&families[i]->sets[n]))) {
				*type = families[i]->type;
				return &families[i]->sets[n];
			}
	return NULL;
}

static CK_RV
describe(const struct param_set *set, struct view public_key, struct attrs *meta)
{
	return public_key_info(meta, view_of(set->algorithm, sizeof(set->algorithm)), public_key);
}

struct view
param_public(const struct param_set *set, const struct key *key)
{
	/* What CKA_PUBLIC_KEY_INFO ends with, which both halves have. */
	const struct view info = attribute(key->meta, CKA_PUBLIC_KEY_INFO);

	return info.len < set->public_len
	    ? VIEW_NONE
	    : view_of(info.data + info.len - set->public_len, set->public_len);
}

/* --- libcrypto ----------------------------------------------------------------------- */

/* From the seed, the private value or the public one, as `parameter` says. */
static CK_RV
build(const struct param_set *set, const char *parameter, struct view value, EVP_PKEY **out)
{
	OSSL_PARAM params[2];

	params[0] = OSSL_PARAM_construct_octet_string(parameter, (void *)value.data, value.len);
	params[1] = OSSL_PARAM_construct_end();
	return pkey_from_params(set->name, params, out);
}

CK_RV
param_load(const struct key *key, EVP_PKEY **out)
{
	const struct param_set *set;

	TRY(param_set_find(key->type, key->meta, &set));
	return key->class == CKO_PUBLIC_KEY
	    ? build(set, OSSL_PKEY_PARAM_PUB_KEY, attribute(key->meta, CKA_VALUE), out)
	    : build(set, OSSL_PKEY_PARAM_PRIV_KEY, attribute(key->secret, CKA_VALUE), out);
}

/* The public value, in `room`, which is the caller's and large enough for any. */
static CK_RV
public_of(const struct param_set *set, const EVP_PKEY *pkey, unsigned char *room, struct view *out)
{
	size_t len;

	if (EVP_PKEY_get_octet_string_param(
		pkey, OSSL_PKEY_PARAM_PUB_KEY, room, set->public_len, &len) != 1)
		return crypto_failure();
	*out = view_of(room, len);
	return CKR_OK;
}

static CK_RV
secret_of(const EVP_PKEY *pkey, const char *parameter, size_t len, struct secret *out)
{
	if (!secret_alloc(out, len))
		return CKR_HOST_MEMORY;
	return EVP_PKEY_get_octet_string_param(pkey, parameter, out->data, out->len, &len) == 1
	    ? CKR_OK
	    : crypto_failure();
}

/* --- import -------------------------------------------------------------------------- */

/*
 * A value from elsewhere, which libcrypto puts to the tests of its standard: FIPS 203,
 * 7.2 and 7.3, coefficients below the modulus, and in a private key the hash of the
 * public one; for ML-DSA that the public key follows from a private one that is in
 * range.  It cannot be had either where libcrypto does not know the algorithm.
 */
static CK_RV
import(const struct param_set *set, const char *parameter, struct view value, size_t len,
    EVP_PKEY **out)
{
	if (value.len != len)
		return CKR_ATTRIBUTE_VALUE_INVALID;
	return build(set, parameter, value, out) == CKR_OK
	    ? CKR_OK
	    : failure_unless_memory(CKR_ATTRIBUTE_VALUE_INVALID);
}

static CK_RV
complete_public(const struct param_set *set, struct attrs *meta)
{
	RELEASED(pkey_release) EVP_PKEY *pkey = NULL;
	struct view value;

	if (!attrs_get(meta, CKA_VALUE, &value))
		return CKR_TEMPLATE_INCOMPLETE;
	TRY(import(set, OSSL_PKEY_PARAM_PUB_KEY, value, set->public_len, &pkey));
	return describe(set, value, meta);
}

/* With both forms at hand libcrypto takes the seed's word, so they are compared here. */
static CK_RV
import_seed(const struct param_set *set, struct view seed, size_t seed_len, struct attrs *secret,
    EVP_PKEY **out)
{
	RELEASED(secret_clear) struct secret expanded = { 0 };
	struct view value;

	TRY(import(set, SEED, seed, seed_len, out));
	TRY(secret_of(*out, OSSL_PKEY_PARAM_PRIV_KEY, set->private_len, &expanded));
	if (attrs_get(secret, CKA_VALUE, &value) && !secret_equal(value, secret_view(&expanded)))
		return CKR_ATTRIBUTE_VALUE_INVALID;
	return attrs_set_secret(secret, CKA_VALUE, &expanded);
}

/* Whether the halves of a pair belong together, by computing the public one anew. */
static CK_RV
check_pair(EVP_PKEY *pkey)
{
	RELEASED(pkey_ctx_release)
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_pkey(libctx(), pkey, KEYTYPES_PROPERTIES);

	return ctx != NULL && EVP_PKEY_pairwise_check(ctx) == 1
	    ? CKR_OK
	    : failure_unless_memory(CKR_ATTRIBUTE_VALUE_INVALID);
}

static CK_RV
import_value(const struct param_family *family, const struct param_set *set, struct view value,
    EVP_PKEY **out)
{
	TRY(import(set, OSSL_PKEY_PARAM_PRIV_KEY, value, set->private_len, out));
	return family->checks_separately ? check_pair(*out) : CKR_OK;
}

static CK_RV
complete_private(const struct param_family *family, const struct param_set *set, struct attrs *meta,
    struct attrs *secret)
{
	RELEASED(pkey_release) EVP_PKEY *pkey = NULL;
	unsigned char room[PARAM_PUBLIC_MOST]; /* public: the public key */
	struct view seed, value, public_key;

	if (attrs_get(secret, CKA_SEED, &seed))
		TRY(import_seed(set, seed, family->seed_len, secret, &pkey));
	else if (attrs_get(secret, CKA_VALUE, &value))
		TRY(import_value(family, set, value, &pkey));
	else
		return CKR_TEMPLATE_INCOMPLETE;
	TRY(public_of(set, pkey, room, &public_key));
	return describe(set, public_key, meta);
}

CK_RV
param_complete(CK_OBJECT_CLASS class, CK_KEY_TYPE type, struct attrs *meta, struct attrs *secret)
{
	const struct param_family *family = family_find(type);
	const struct param_set *set;

	TRY(find(family, meta, &set));
	return class == CKO_PUBLIC_KEY ? complete_public(set, meta)
				       : complete_private(family, set, meta, secret);
}

/* --- generation ---------------------------------------------------------------------- */

static CK_RV
keep_public(const struct param_set *set, const EVP_PKEY *pkey, struct made made[])
{
	unsigned char room[PARAM_PUBLIC_MOST]; /* public: the public key */
	struct view public_key;

	TRY(public_of(set, pkey, room, &public_key));
	TRY(attrs_set(&made[0].meta, CKA_VALUE, public_key));
	TRY(describe(set, public_key, &made[0].meta));
	return describe(set, public_key, &made[1].meta);
}

static CK_RV
keep_private(const struct param_family *family, const struct param_set *set, const EVP_PKEY *pkey,
    struct made *made)
{
	RELEASED(secret_clear) struct secret value = { 0 };
	RELEASED(secret_clear) struct secret seed = { 0 };

	TRY(secret_of(pkey, OSSL_PKEY_PARAM_PRIV_KEY, set->private_len, &value));
	TRY(attrs_set_ulong(&made->meta, CKA_PARAMETER_SET, set->number));
	TRY(attrs_set_secret(&made->secret, CKA_VALUE, &value));
	if (family->seed_len == 0)
		return CKR_OK;
	TRY(secret_of(pkey, SEED, family->seed_len, &seed));
	return attrs_set_secret(&made->secret, CKA_SEED, &seed);
}

static CK_RV
generate(const struct mechanism *m, const struct params *params, const struct attrs template[],
    struct made made[])
{
	const struct param_family *family = family_find(m->keys[0]);
	RELEASED(pkey_release) EVP_PKEY *pkey = NULL;
	const struct param_set *set;

	(void)params;
	TRY(find(family, &template[0], &set));
	pkey = pkey_generate(set->name, NULL);
	if (pkey == NULL)
		return crypto_failure();
	TRY(keep_public(set, pkey, made));
	return keep_private(family, set, pkey, &made[1]);
}

const struct mech_ops param_generate_ops = {
	.generate = generate,
};

/* --- signatures --------------------------------------------------------------------------- */

size_t
param_signature_len(const struct operation *op)
{
	const struct param_set *set;

	return param_set_find(op->key->type, op->key->meta, &set) == CKR_OK ? set->output_len : 0;
}

size_t
param_signature_bound(const struct operation *op, size_t in, bool last)
{
	(void)in;
	return last ? param_signature_len(op) : 0;
}
