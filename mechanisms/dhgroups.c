/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for judging finite-field groups and public values in them.  Must
 * not know keys.
 *
 * Elements of small order would tell a caller who sees results of the private
 * value (Lim and Lee, CRYPTO 1997), so that the order of the generator must be known
 * and prime: told and proved (X9.42), or half of p - 1 for a safe prime p = 2q + 1,
 * since nothing in PKCS #3 parameters tells it.
 */
#include <openssl/core_names.h>
#include <pthread.h>
#include <string.h>

#include "mechanisms/dh.h"

/*
 * Groups that need no proof: those of RFC 7919, appendix A, and RFC 3526, whose
 * primes are safe, and those of RFC 5114, 2.2 and 2.3, whose are not.  Their numbers
 * are libcrypto's.
 */
static const struct group {
	const char *name;
	size_t bits;
	bool unsafe;
} groups[] = {
	{ "ffdhe2048", 2048, false },
	{ "ffdhe3072", 3072, false },
	{ "ffdhe4096", 4096, false },
	{ "ffdhe6144", 6144, false },
	{ "ffdhe8192", 8192, false },
	{ "modp_2048", 2048, false },
	{ "modp_3072", 3072, false },
	{ "modp_4096", 4096, false },
	{ "modp_6144", 6144, false },
	{ "modp_8192", 8192, false },
	{ "dh_2048_224", 2048, true },
	{ "dh_2048_256", 2048, true },
};

/*
 * Of other primes, longer ones are refused: to prove one of 4096 bits takes more
 * than a second, of 8192 bits ten, and a caller would take that for a hang.
 */
#define UNKNOWN_MOST_BITS 4096

/* The least order that NIST SP 800-56A, 5.5.1.1, has for primes of DH_LEAST_BITS. */
#define ORDER_LEAST_BITS 224

static CK_RV
group_load(const struct group *group, bool subgroup, struct attrs *set)
{
	OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(
		    OSSL_PKEY_PARAM_GROUP_NAME, (char *)group->name, 0),
		OSSL_PARAM_END,
	};
	RELEASED(pkey_ctx_release)
	EVP_PKEY_CTX *ctx = pkey_context(group->unsafe ? "DHX" : "DH");
	RELEASED(pkey_release) EVP_PKEY *pkey = NULL;

	if (ctx == NULL || EVP_PKEY_fromdata_init(ctx) != 1 ||
	    EVP_PKEY_fromdata(ctx, &pkey, EVP_PKEY_KEY_PARAMETERS, params) != 1)
		return crypto_failure();
	if (subgroup)
		TRY(pkey_number(pkey, OSSL_PKEY_PARAM_FFC_Q, CKA_SUBPRIME, 1, set));
	TRY(pkey_number(pkey, OSSL_PKEY_PARAM_FFC_P, CKA_PRIME, 1, set));
	return pkey_number(pkey, OSSL_PKEY_PARAM_FFC_G, CKA_BASE, 1, set);
}

CK_RV
dh_group_named(size_t bits, bool subgroup, struct attrs *set)
{
	for (size_t i = 0; i < COUNT_OF(groups); i++)
		if (groups[i].bits == bits)
			return group_load(&groups[i], subgroup, set);
	return CKR_KEY_SIZE_RANGE;
}

/* The generator need not be the group's own. */
static CK_RV
known(const struct attrs *set, bool *found)
{
	RELEASED(attrs_release) struct attrs group = ATTRS_PUBLIC;
	struct view prime = attribute(set, CKA_PRIME);
	bool subgroup = attrs_has(set, CKA_SUBPRIME);

	*found = false;
	for (size_t i = 0; i < COUNT_OF(groups) && !*found; i++) {
		if (groups[i].bits != number_bits(prime) || (groups[i].unsafe && !subgroup))
			continue;
		TRY(group_load(&groups[i], subgroup, &group));
		*found = view_equal(prime, attribute(&group, CKA_PRIME)) &&
		    view_equal(attribute(set, CKA_SUBPRIME), attribute(&group, CKA_SUBPRIME));
	}
	return CKR_OK;
}

/* --- groups accepted before -------------------------------------------------------- */

/*
 * The hashes of the last groups whose primes were accepted, so that key after key
 * in one group costs one proof.  Who cannot have the lock at once does without: after a
 * fork it may be held for ever.
 */
#define ACCEPTED 16
#define HASH_SIZE 32
static struct {
	pthread_mutex_t lock;
	unsigned char hash[ACCEPTED][HASH_SIZE];
	size_t next;
} accepted = { .lock = PTHREAD_MUTEX_INITIALIZER };

static bool
accepted_before(const unsigned char *hash)
{
	bool found = false;

	if (pthread_mutex_trylock(&accepted.lock) != 0)
		return false;
	for (size_t i = 0; i < ACCEPTED && !found; i++)
		found = memcmp(accepted.hash[i], hash, HASH_SIZE) == 0;
	(void)pthread_mutex_unlock(&accepted.lock);
	return found;
}

static void
accepted_add(const unsigned char *hash)
{
	if (pthread_mutex_trylock(&accepted.lock) != 0)
		return;
	memcpy(accepted.hash[accepted.next++ % ACCEPTED], hash, HASH_SIZE);
	(void)pthread_mutex_unlock(&accepted.lock);
}

/* The attributes that were proved: p and the order, in a form that no two groups share. */
static CK_RV
group_hash(const struct attrs *set, unsigned char hash[HASH_SIZE])
{
	RELEASED(attrs_release) struct attrs primes = ATTRS_PUBLIC;
	const EVP_MD *sha256 = crypto_digest(CKM_SHA256);

	TRY(attrs_set(&primes, CKA_PRIME, attribute(set, CKA_PRIME)));
	if (attrs_has(set, CKA_SUBPRIME))
		TRY(attrs_set(&primes, CKA_SUBPRIME, attribute(set, CKA_SUBPRIME)));
	if (sha256 == NULL || EVP_Digest(primes.data, primes.len, hash, NULL, sha256, NULL) != 1)
		return crypto_failure();
	return CKR_OK;
}

/* --- primes ------------------------------------------------------------------------ */

static CK_RV
prove_prime(const BIGNUM *number, BN_CTX *ctx)
{
	int prime = BN_check_prime(number, ctx, NULL);

	if (prime < 0)
		return crypto_failure();
	return prime == 1 ? CKR_OK : CKR_DOMAIN_PARAMS_INVALID;
}

/*
 * Pocklington's theorem with the one prime factor q of p - 1: once q is prime,
 * 2^(p-1) = 1 and gcd(2^2 - 1, p) = 1 prove p, so that only q needs the long test.
 * The short one comes first, since it refuses nearly all that is wrong.
 */
static CK_RV
prove_safe(const BIGNUM *p, BN_CTX *ctx)
{
	BIGNUM *two = BN_CTX_get(ctx), *p1 = BN_CTX_get(ctx);
	BIGNUM *power = BN_CTX_get(ctx), *q = BN_CTX_get(ctx);

	if (q == NULL || !BN_rshift1(q, p) || !BN_sub(p1, p, BN_value_one()) ||
	    !BN_set_word(two, 2))
		return crypto_failure();
	if (!BN_is_odd(q) || BN_mod_word(p, 3) == 0)
		return CKR_DOMAIN_PARAMS_INVALID;
	if (!BN_mod_exp(power, two, p1, p, ctx))
		return crypto_failure();
	if (!BN_is_one(power))
		return CKR_DOMAIN_PARAMS_INVALID;
	return prove_prime(q, ctx);
}

/* Is q half of p - 1, of which it is known to be a factor? */
static bool
half(const BIGNUM *q, const BIGNUM *p)
{
	return BN_num_bits(q) == BN_num_bits(p) - 1;
}

static CK_RV
prove_subgroup(const BIGNUM *p, const BIGNUM *q, BN_CTX *ctx)
{
	BIGNUM *rest = BN_CTX_get(ctx);

	if (rest == NULL || !BN_mod(rest, p, q, ctx))
		return crypto_failure();
	if (!BN_is_one(rest))
		return CKR_DOMAIN_PARAMS_INVALID;
	if (half(q, p))
		return prove_safe(p, ctx);
	TRY(prove_prime(q, ctx));
	return prove_prime(p, ctx);
}

/* Primes of legal lengths that were not accepted before. */
static CK_RV
prove(const struct attrs *set, const struct dh_group *group)
{
	bool found;

	TRY(known(set, &found));
	if (found)
		return CKR_OK;
	if (BN_num_bits(group->p) > UNKNOWN_MOST_BITS)
		return CKR_KEY_SIZE_RANGE;
	return attrs_has(set, CKA_SUBPRIME) ? prove_subgroup(group->p, group->order, group->ctx)
					    : prove_safe(group->p, group->ctx);
}

static CK_RV
primes_check(const struct attrs *set, const struct dh_group *group)
{
	unsigned char hash[HASH_SIZE]; /* public: of the group */

	TRY(group_hash(set, hash));
	if (accepted_before(hash))
		return CKR_OK;
	TRY(prove(set, group));
	accepted_add(hash);
	return CKR_OK;
}

static CK_RV
lengths_check(const struct attrs *set)
{
	size_t prime = number_bits(number_strip(attribute(set, CKA_PRIME)));
	struct view order = number_strip(attribute(set, CKA_SUBPRIME));

	if (prime != 0 && (prime < DH_LEAST_BITS || prime > DH_MOST_BITS))
		return CKR_KEY_SIZE_RANGE;
	return order.len != 0 && number_bits(order) < ORDER_LEAST_BITS ? CKR_KEY_SIZE_RANGE
								       : CKR_OK;
}

/* 2 <= value <= p - 2, for an odd p */
static bool
in_range(const BIGNUM *value, const BIGNUM *p)
{
	int last = BN_num_bits(p) - 1;
	bool minus_one = !BN_is_odd(value);

	if (BN_is_zero(value) || BN_is_one(value) || BN_cmp(value, p) >= 0)
		return false;
	/* p - 1 differs from p in the lowest bit alone. */
	for (int i = last; i > 0 && minus_one; i--)
		minus_one = BN_is_bit_set(value, i) == BN_is_bit_set(p, i);
	return !minus_one;
}

static CK_RV
in_subgroup(const struct dh_group *group, const BIGNUM *value, bool *in)
{
	BIGNUM *power;
	int symbol;

	*in = true;
	if (group->order == NULL)
		return CKR_OK;
	if (half(group->order, group->p)) {
		/* The Legendre symbol tells y^q without the exponentiation. */
		symbol = BN_kronecker(value, group->p, group->ctx);
		*in = symbol == 1;
		return symbol < -1 ? crypto_failure() : CKR_OK;
	}
	power = BN_CTX_get(group->ctx);
	if (power == NULL || !BN_mod_exp(power, value, group->order, group->p, group->ctx))
		return crypto_failure();
	*in = BN_is_one(power);
	return CKR_OK;
}

CK_RV
dh_public_check(const struct dh_group *group, const BIGNUM *value)
{
	bool in = false;

	if (in_range(value, group->p))
		TRY(in_subgroup(group, value, &in));
	return in ? CKR_OK : CKR_PUBLIC_KEY_INVALID;
}

/* --- groups ------------------------------------------------------------------------- */

static CK_RV
load_numbers(const struct attrs *set, BN_CTX *ctx, struct dh_group *group)
{
	if (ctx == NULL)
		return CKR_HOST_MEMORY;
	*group = (struct dh_group){ .ctx = ctx };
	group->p = number_load(ctx, attribute(set, CKA_PRIME));
	group->g = number_load(ctx, attribute(set, CKA_BASE));
	if (group->p == NULL || group->g == NULL)
		return crypto_failure();
	if (!attrs_has(set, CKA_SUBPRIME))
		return CKR_OK;
	group->order = number_load(ctx, attribute(set, CKA_SUBPRIME));
	return group->order != NULL ? CKR_OK : crypto_failure();
}

/* Half of p - 1 for a safe prime, if the generator makes no more than the squares. */
static CK_RV
find_order(struct dh_group *group)
{
	BIGNUM *q = BN_CTX_get(group->ctx);
	int symbol = BN_kronecker(group->g, group->p, group->ctx);

	if (q == NULL || symbol < -1 || !BN_rshift1(q, group->p))
		return crypto_failure();
	group->order = symbol == 1 ? q : NULL;
	return CKR_OK;
}

CK_RV
dh_group_load(const struct attrs *set, BN_CTX *ctx, struct dh_group *group)
{
	TRY(load_numbers(set, ctx, group));
	return group->order == NULL ? find_order(group) : CKR_OK;
}

CK_RV
dh_group_check(struct attrs *set, bool subgroup)
{
	RELEASED(numbers_release) BN_CTX *ctx = numbers_new();
	struct dh_group group;
	CK_RV rv;

	TRY(lengths_check(set));
	TRY(number_normalise(set, CKA_PRIME, DH_MOST));
	TRY(number_normalise(set, CKA_BASE, DH_MOST));
	if (subgroup)
		TRY(number_normalise(set, CKA_SUBPRIME, DH_MOST));
	TRY(load_numbers(set, ctx, &group));
	if (!BN_is_odd(group.p))
		return CKR_DOMAIN_PARAMS_INVALID;
	TRY(primes_check(set, &group));
	rv = dh_public_check(&group, group.g);
	return rv == CKR_PUBLIC_KEY_INVALID ? CKR_DOMAIN_PARAMS_INVALID : rv;
}
