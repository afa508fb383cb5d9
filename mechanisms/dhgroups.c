/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for judging finite-field groups and public values in them.  Must
 * not know keys.
 *
 * Only safe primes p = 2q + 1 are taken: with others a caller who is told
 * results could learn a private value from elements of small order (Lim and Lee,
 * CRYPTO 1997), and nothing in PKCS#3 parameters tells the order of the
 * generator.
 */
#include <openssl/core_names.h>
#include <pthread.h>
#include <string.h>

#include "mechanisms/dh.h"

/*
 * Groups known to be safe: RFC 7919, appendix A, and RFC 3526.  Their primes are
 * libcrypto's.
 */
static const struct group {
	const char *name;
	size_t bits;
} groups[] = {
	{ "ffdhe2048", 2048 },
	{ "ffdhe3072", 3072 },
	{ "ffdhe4096", 4096 },
	{ "ffdhe6144", 6144 },
	{ "ffdhe8192", 8192 },
	{ "modp_2048", 2048 },
	{ "modp_3072", 3072 },
	{ "modp_4096", 4096 },
	{ "modp_6144", 6144 },
	{ "modp_8192", 8192 },
};

/*
 * Of other primes, longer ones are refused: to prove one of 4096 bits takes more
 * than a second, of 8192 bits ten, and a caller would take that for a hang.
 */
#define UNKNOWN_MOST_BITS 4096

static CK_RV
group_load(const struct group *group, struct attrs *set)
{
	OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(
		    OSSL_PKEY_PARAM_GROUP_NAME, (char *)group->name, 0),
		OSSL_PARAM_END,
	};
	RELEASED(pkey_ctx_release)
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(libctx(), "DH", NULL);
	RELEASED(pkey_release) EVP_PKEY *pkey = NULL;

	if (ctx == NULL || EVP_PKEY_fromdata_init(ctx) != 1 ||
	    EVP_PKEY_fromdata(ctx, &pkey, EVP_PKEY_KEY_PARAMETERS, params) != 1)
		return crypto_failure();
	TRY(pkey_number(pkey, OSSL_PKEY_PARAM_FFC_P, CKA_PRIME, 1, set));
	return pkey_number(pkey, OSSL_PKEY_PARAM_FFC_G, CKA_BASE, 1, set);
}

CK_RV
dh_group_named(size_t bits, struct attrs *set)
{
	for (size_t i = 0; i < COUNT_OF(groups); i++)
		if (groups[i].bits == bits)
			return group_load(&groups[i], set);
	return CKR_KEY_SIZE_RANGE;
}

static CK_RV
known(struct view prime, size_t bits, bool *found)
{
	RELEASED(attrs_release) struct attrs group = ATTRS_PUBLIC;

	*found = false;
	for (size_t i = 0; i < COUNT_OF(groups) && !*found; i++) {
		if (groups[i].bits != bits)
			continue;
		TRY(group_load(&groups[i], &group));
		*found = view_equal(prime, attribute(&group, CKA_PRIME));
	}
	return CKR_OK;
}

/* --- primes accepted before -------------------------------------------------------- */

/*
 * The hashes of the last primes that were accepted, so that key after key in one
 * group costs one proof.  Who cannot have the lock at once does without: after a
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

/* --- safe primes ------------------------------------------------------------------- */

/*
 * Pocklington's theorem with the one prime factor q of p - 1: once q is prime,
 * 2^(p-1) = 1 and gcd(2^2 - 1, p) = 1 prove p, so that only q needs the long test.
 * The short one comes first, since it refuses nearly all that is wrong.
 */
static CK_RV
prove(const BIGNUM *p, BN_CTX *ctx)
{
	BIGNUM *two = BN_CTX_get(ctx), *p1 = BN_CTX_get(ctx);
	BIGNUM *power = BN_CTX_get(ctx), *q = BN_CTX_get(ctx);
	int prime;

	if (q == NULL || !BN_rshift1(q, p) || !BN_sub(p1, p, BN_value_one()) ||
	    !BN_set_word(two, 2))
		return crypto_failure();
	if (!BN_is_odd(q) || BN_mod_word(p, 3) == 0)
		return CKR_DOMAIN_PARAMS_INVALID;
	if (!BN_mod_exp(power, two, p1, p, ctx))
		return crypto_failure();
	if (!BN_is_one(power))
		return CKR_DOMAIN_PARAMS_INVALID;
	prime = BN_check_prime(q, ctx, NULL);
	if (prime < 0)
		return crypto_failure();
	return prime == 1 ? CKR_OK : CKR_DOMAIN_PARAMS_INVALID;
}

/* A prime of legal length that was not accepted before. */
static CK_RV
judge(struct view prime, const BIGNUM *p, BN_CTX *ctx)
{
	size_t bits = (size_t)BN_num_bits(p);
	bool found;

	TRY(known(prime, bits, &found));
	if (found)
		return CKR_OK;
	return bits <= UNKNOWN_MOST_BITS ? prove(p, ctx) : CKR_KEY_SIZE_RANGE;
}

static CK_RV
prime_check(struct view prime, const BIGNUM *p, BN_CTX *ctx)
{
	unsigned char hash[EVP_MAX_MD_SIZE]; /* public: of the prime */
	const EVP_MD *sha256 = crypto_digest(CKM_SHA256);

	if (BN_num_bits(p) < DH_LEAST_BITS || BN_num_bits(p) > DH_MOST_BITS)
		return CKR_KEY_SIZE_RANGE;
	if (!BN_is_odd(p))
		return CKR_DOMAIN_PARAMS_INVALID;
	if (sha256 == NULL || EVP_Digest(prime.data, prime.len, hash, NULL, sha256, NULL) != 1)
		return crypto_failure();
	if (accepted_before(hash))
		return CKR_OK;
	TRY(judge(prime, p, ctx));
	accepted_add(hash);
	return CKR_OK;
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

CK_RV
dh_group_check(struct attrs *set)
{
	RELEASED(numbers_release) BN_CTX *ctx = numbers_new();
	BIGNUM *p, *g;

	if (number_strip(attribute(set, CKA_PRIME)).len > DH_MOST)
		return CKR_KEY_SIZE_RANGE;
	TRY(number_normalise(set, CKA_PRIME, DH_MOST));
	TRY(number_normalise(set, CKA_BASE, DH_MOST));
	if (ctx == NULL)
		return CKR_HOST_MEMORY;
	p = number_load(ctx, attribute(set, CKA_PRIME));
	g = number_load(ctx, attribute(set, CKA_BASE));
	if (p == NULL || g == NULL)
		return crypto_failure();
	TRY(prime_check(attribute(set, CKA_PRIME), p, ctx));
	return in_range(g, p) ? CKR_OK : CKR_DOMAIN_PARAMS_INVALID;
}

/* --- public values ------------------------------------------------------------------ */

int
dh_group_residues(const BIGNUM *prime, const BIGNUM *base, BN_CTX *ctx)
{
	int symbol = BN_kronecker(base, prime, ctx);

	return symbol < -1 ? -1 : symbol == 1;
}

CK_RV
dh_public_check(const BIGNUM *prime, bool residues, const BIGNUM *value, BN_CTX *ctx)
{
	int symbol;

	if (!in_range(value, prime))
		return CKR_PUBLIC_KEY_INVALID;
	if (!residues)
		return CKR_OK;
	symbol = BN_kronecker(value, prime, ctx);
	if (symbol < -1)
		return crypto_failure();
	return symbol == 1 ? CKR_OK : CKR_PUBLIC_KEY_INVALID;
}
