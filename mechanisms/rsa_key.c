/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for what an RSA key consists of: generation, what is missing of an
 * imported key and whether its parts belong together, libcrypto's form.  Must
 * not know what the keys are used for.
 */
#include <openssl/core_names.h>
#include <openssl/rsa.h>

#include "mechanisms/rsa.h"
#include "token/base/log.h"

/* The least exponent of a new key (FIPS 186-5, A.1.1), and the default. */
#define LEAST_NEW_EXPONENT 65537
/* libcrypto verifies nothing with a longer one under a long modulus. */
#define EXPONENT_MOST 8
#define MODULUS_MOST (RSA_MOST_BITS / 8)

static const struct number numbers[] = {
	{ OSSL_PKEY_PARAM_RSA_N, CKA_MODULUS, false },
	{ OSSL_PKEY_PARAM_RSA_E, CKA_PUBLIC_EXPONENT, false },
	{ OSSL_PKEY_PARAM_RSA_D, CKA_PRIVATE_EXPONENT, true },
	{ OSSL_PKEY_PARAM_RSA_FACTOR1, CKA_PRIME_1, true },
	{ OSSL_PKEY_PARAM_RSA_FACTOR2, CKA_PRIME_2, true },
	{ OSSL_PKEY_PARAM_RSA_EXPONENT1, CKA_EXPONENT_1, true },
	{ OSSL_PKEY_PARAM_RSA_EXPONENT2, CKA_EXPONENT_2, true },
	{ OSSL_PKEY_PARAM_RSA_COEFFICIENT1, CKA_COEFFICIENT, true },
};

/* A private key while it is being completed; the numbers live in `ctx`. */
struct rsa {
	BN_CTX *ctx;
	BIGNUM *n, *e, *d, *p, *q;
	BIGNUM *p1, *q1; /* p - 1, q - 1 */
};

size_t
rsa_size(const struct key *key)
{
	return attribute(key->meta, CKA_MODULUS).len;
}

static bool
odd(struct view number)
{
	return number.len > 0 && (number.data[number.len - 1] & 1) != 0;
}

/* --- the public half -------------------------------------------------------- */

/* CKA_PUBLIC_KEY_INFO: RFC 8017, A.1 and A.1.1. */
static CK_RV
describe(struct attrs *meta)
{
	static const unsigned char rsa_encryption[] = { DER_SEQUENCE, 13, DER_OID, 9, 0x2a, 0x86,
		0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, DER_NULL, 0 };
	RELEASED(der_release) struct der der = { 0 };
	struct view n = attribute(meta, CKA_MODULUS);
	struct view e = attribute(meta, CKA_PUBLIC_EXPONENT);

	if (!der_begin(&der, n.len + e.len + 3 * DER_HEADER))
		return CKR_HOST_MEMORY;
	der_integer(&der, e);
	der_integer(&der, n);
	der_wrap(&der, DER_SEQUENCE, der.buffer.len);
	return public_key_info(
	    meta, view_of(rsa_encryption, sizeof(rsa_encryption)), der_view(&der));
}

static CK_RV
complete_public(struct attrs *meta)
{
	struct view n, e;

	TRY(number_normalise(meta, CKA_MODULUS, MODULUS_MOST));
	TRY(number_normalise(meta, CKA_PUBLIC_EXPONENT, EXPONENT_MOST));
	n = attribute(meta, CKA_MODULUS);
	e = attribute(meta, CKA_PUBLIC_EXPONENT);
	if (number_bits(n) < RSA_LEAST_BITS)
		return CKR_KEY_SIZE_RANGE;
	if (!odd(n) || !odd(e) || (e.len == 1 && e.data[0] == 1))
		return CKR_ATTRIBUTE_VALUE_INVALID;
	return describe(meta);
}

/* --- the private half --------------------------------------------------------- */

/*
 * Squares y up to `twos` times on the way to g^(de-1) = 1.  *found when that
 * shows a root of 1 other than 1 and -1 (left in y), which gives a factor.
 * CKR_ATTRIBUTE_VALUE_INVALID when 1 is not reached: d and e do not belong to n.
 */
static CK_RV
find_root(struct rsa *rsa, BIGNUM *y, const BIGNUM *minus_one, int twos, bool *found)
{
	BIGNUM *square = BN_CTX_get(rsa->ctx);

	*found = false;
	if (square == NULL)
		return crypto_failure();
	if (BN_is_one(y))
		return CKR_OK;
	for (int i = 0; i < twos; i++) {
		if (BN_cmp(y, minus_one) == 0)
			return CKR_OK;
		if (!BN_mod_sqr(square, y, rsa->n, rsa->ctx))
			return crypto_failure();
		*found = BN_is_one(square);
		if (*found)
			return CKR_OK;
		BN_swap(square, y);
	}
	return CKR_ATTRIBUTE_VALUE_INVALID;
}

/*
 * One prime from n, e and d: NIST SP 800-56B rev. 2, C.1, with small numbers for
 * its random g.  Half of all g give a factor; who chose a key so that these do
 * not has only made it useless here.
 */
static CK_RV
factor(struct rsa *rsa)
{
	BIGNUM *exponent = BN_CTX_get(rsa->ctx), *minus_one = BN_CTX_get(rsa->ctx);
	BIGNUM *g = BN_CTX_get(rsa->ctx), *y = BN_CTX_get(rsa->ctx);
	bool found = false;
	int twos = 0;

	if (y == NULL || !BN_mul(exponent, rsa->d, rsa->e, rsa->ctx) || !BN_sub_word(exponent, 1) ||
	    !BN_sub(minus_one, rsa->n, BN_value_one()))
		return crypto_failure();
	if (BN_is_zero(exponent) || BN_is_odd(exponent))
		return CKR_ATTRIBUTE_VALUE_INVALID;
	while (!BN_is_bit_set(exponent, twos))
		twos++;
	if (!BN_rshift(exponent, exponent, twos))
		return crypto_failure();
	for (BN_ULONG base = 3; base < 64 && !found; base += 2) {
		if (!BN_set_word(g, base) ||
		    !BN_mod_exp_mont_consttime(y, g, exponent, rsa->n, rsa->ctx, NULL))
			return crypto_failure();
		TRY(find_root(rsa, y, minus_one, twos, &found));
	}
	if (!found)
		return CKR_ATTRIBUTE_VALUE_INVALID;
	return BN_sub_word(y, 1) && BN_gcd(rsa->p, y, rsa->n, rsa->ctx) ? CKR_OK : crypto_failure();
}

/* Both primes: as given, or the second from the first, or from the exponents. */
static CK_RV
find_primes(struct rsa *rsa, struct attrs *secret)
{
	struct view p = number_strip(attribute(secret, CKA_PRIME_1));
	struct view q = number_strip(attribute(secret, CKA_PRIME_2));
	BIGNUM *rest = BN_CTX_get(rsa->ctx);

	if (p.len > MODULUS_MOST || q.len > MODULUS_MOST)
		return CKR_ATTRIBUTE_VALUE_INVALID;
	rsa->p = number_load(rsa->ctx, p);
	rsa->q = number_load(rsa->ctx, q);
	if (rest == NULL || rsa->p == NULL || rsa->q == NULL)
		return crypto_failure();
	if (p.len == 0 && q.len == 0)
		TRY(factor(rsa));
	if (q.len == 0 && !BN_div(rsa->q, rest, rsa->n, rsa->p, rsa->ctx))
		return crypto_failure();
	if (p.len == 0 && q.len != 0 && !BN_div(rsa->p, rest, rsa->n, rsa->q, rsa->ctx))
		return crypto_failure();
	return CKR_OK;
}

/*
 * Fermat's test to base 2.  It finds what damage or a mistake makes of a prime;
 * a pseudoprime made on purpose harms its maker alone, and the 64 rounds that
 * would find it take a minute with the longest keys.
 */
static CK_RV
check_prime(struct rsa *rsa, const BIGNUM *p, const BIGNUM *p1)
{
	BIGNUM *two = BN_CTX_get(rsa->ctx), *power = BN_CTX_get(rsa->ctx);

	if (power == NULL || !BN_set_word(two, 2))
		return crypto_failure();
	if (!BN_is_odd(p) || BN_is_one(p))
		return CKR_ATTRIBUTE_VALUE_INVALID;
	if (!BN_mod_exp_mont_consttime(power, two, p1, p, rsa->ctx, NULL))
		return crypto_failure();
	return BN_is_one(power) ? CKR_OK : CKR_ATTRIBUTE_VALUE_INVALID;
}

/* Do d and e undo each other modulo p (RFC 8017, 3.2)? */
static CK_RV
check_exponent(struct rsa *rsa, const BIGNUM *p1)
{
	BIGNUM *product = BN_CTX_get(rsa->ctx);

	if (product == NULL || !BN_mod_mul(product, rsa->d, rsa->e, p1, rsa->ctx))
		return crypto_failure();
	return BN_is_one(product) ? CKR_OK : CKR_ATTRIBUTE_VALUE_INVALID;
}

static CK_RV
check_consistency(struct rsa *rsa)
{
	BIGNUM *product = BN_CTX_get(rsa->ctx);

	if (product == NULL || !BN_mul(product, rsa->p, rsa->q, rsa->ctx))
		return crypto_failure();
	if (BN_cmp(product, rsa->n) != 0 || BN_cmp(rsa->p, rsa->q) == 0 ||
	    BN_cmp(rsa->d, rsa->n) >= 0)
		return CKR_ATTRIBUTE_VALUE_INVALID;
	TRY(check_prime(rsa, rsa->p, rsa->p1));
	TRY(check_prime(rsa, rsa->q, rsa->q1));
	TRY(check_exponent(rsa, rsa->p1));
	return check_exponent(rsa, rsa->q1);
}

/* Sets a part that can be computed; one that is there already must be the same. */
static CK_RV
settle(struct attrs *secret, CK_ATTRIBUTE_TYPE type, const BIGNUM *number)
{
	RELEASED(attrs_release) struct attrs computed = ATTRS_SECRET;
	struct view given = number_strip(attribute(secret, type));

	TRY(number_store(&computed, type, number, 1));
	if (given.len > 0 && !secret_equal(given, attribute(&computed, type)))
		return CKR_ATTRIBUTE_VALUE_INVALID;
	return attrs_set(secret, type, attribute(&computed, type));
}

static CK_RV
settle_parts(struct rsa *rsa, struct attrs *secret)
{
	BIGNUM *part = BN_CTX_get(rsa->ctx);

	TRY(settle(secret, CKA_PRIME_1, rsa->p));
	TRY(settle(secret, CKA_PRIME_2, rsa->q));
	if (part == NULL || !BN_mod(part, rsa->d, rsa->p1, rsa->ctx))
		return crypto_failure();
	TRY(settle(secret, CKA_EXPONENT_1, part));
	if (!BN_mod(part, rsa->d, rsa->q1, rsa->ctx))
		return crypto_failure();
	TRY(settle(secret, CKA_EXPONENT_2, part));
	if (!BN_mod_inverse(part, rsa->q, rsa->p, rsa->ctx))
		return failure_unless_memory(CKR_ATTRIBUTE_VALUE_INVALID);
	return settle(secret, CKA_COEFFICIENT, part);
}

/*
 * Moduli of a generator that many cards and TPMs had: n is a power of 65537 modulo each
 * of the first primes, and whoever sees that factors it (ROCA: Nemec and others, CCS 2017,
 * 2.2).  A modulus of another origin is so by a chance of 2^-62.
 */
static bool
easily_factored(const BIGNUM *n)
{
	static const unsigned char primes[] = { 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47,
		53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113, 127, 131, 137, 139,
		149, 151, 157, 163, 167 };

	for (size_t i = 0; i < COUNT_OF(primes); i++) {
		const BN_ULONG rest = BN_mod_word(n, primes[i]);
		unsigned long power = 1;

		do
			power = power * 65537 % primes[i];
		while (power != rest && power != 1);
		if (power != rest)
			return false;
	}
	return true;
}

static CK_RV
complete_private(const struct attrs *meta, struct attrs *secret)
{
	RELEASED(numbers_release) BN_CTX *ctx = numbers_new();
	struct rsa rsa = { .ctx = ctx };

	TRY(number_normalise(secret, CKA_PRIVATE_EXPONENT, MODULUS_MOST));
	if (ctx == NULL)
		return CKR_HOST_MEMORY;
	rsa.n = number_load(ctx, attribute(meta, CKA_MODULUS));
	rsa.e = number_load(ctx, attribute(meta, CKA_PUBLIC_EXPONENT));
	rsa.d = number_load(ctx, attribute(secret, CKA_PRIVATE_EXPONENT));
	if (rsa.n == NULL || rsa.e == NULL || rsa.d == NULL)
		return crypto_failure();
	if (easily_factored(rsa.n)) {
		log_info("an RSA key that its public half gives away (ROCA) is not taken");
		return CKR_ATTRIBUTE_VALUE_INVALID;
	}
	TRY(find_primes(&rsa, secret));
	if (BN_is_zero(rsa.p) || BN_is_zero(rsa.q))
		return CKR_ATTRIBUTE_VALUE_INVALID;
	rsa.p1 = BN_CTX_get(ctx);
	rsa.q1 = BN_CTX_get(ctx);
	if (rsa.q1 == NULL || !BN_sub(rsa.p1, rsa.p, BN_value_one()) ||
	    !BN_sub(rsa.q1, rsa.q, BN_value_one()))
		return crypto_failure();
	TRY(check_consistency(&rsa));
	return settle_parts(&rsa, secret);
}

static CK_RV
complete(CK_OBJECT_CLASS class, struct attrs *meta, struct attrs *secret)
{
	TRY(complete_public(meta));
	if (class == CKO_PRIVATE_KEY) {
		CK_RV rv = complete_private(meta, secret);

		/* Dividing leaves the first words of the primes. */
		stack_wipe();
		return rv;
	}
	return attrs_set_ulong(meta, CKA_MODULUS_BITS, number_bits(attribute(meta, CKA_MODULUS)));
}

/* --- libcrypto ----------------------------------------------------------------- */

static CK_RV
load(const struct key *key, EVP_PKEY **out)
{
	return pkey_build(key, "RSA", numbers, COUNT_OF(numbers), NULL, VIEW_NONE, out);
}

const struct key_type rsa_key_type = {
	.type = CKK_RSA,
	.complete = complete,
	.load = load,
	.spare_free = prepared_free,
};

/* --- generation ------------------------------------------------------------------ */

static CK_RV
modulus_bits(const struct attrs *template, size_t *out)
{
	if (!attrs_has(template, CKA_MODULUS_BITS))
		return CKR_TEMPLATE_INCOMPLETE;
	*out = attrs_ulong(template, CKA_MODULUS_BITS, 0);
	/* libcrypto 3.0 makes 2048 bits when asked for 2049. */
	if (*out < RSA_LEAST_NEW_BITS || *out > RSA_MOST_BITS || *out % 8 != 0)
		return CKR_KEY_SIZE_RANGE;
	return CKR_OK;
}

static CK_RV
public_exponent(const struct attrs *template, BN_CTX *ctx, BIGNUM **out)
{
	struct view given = number_strip(attribute(template, CKA_PUBLIC_EXPONENT));
	BIGNUM *e;

	if (given.len > EXPONENT_MOST)
		return CKR_ATTRIBUTE_VALUE_INVALID;
	e = number_load(ctx, given);
	if (e == NULL ||
	    (!attrs_has(template, CKA_PUBLIC_EXPONENT) && !BN_set_word(e, LEAST_NEW_EXPONENT)))
		return crypto_failure();
	if (!BN_is_odd(e) || BN_get_word(e) < LEAST_NEW_EXPONENT)
		return CKR_ATTRIBUTE_VALUE_INVALID;
	*out = e;
	return CKR_OK;
}

/* One half of a new pair: the public one where `secret` is NULL. */
static CK_RV
take_numbers(const EVP_PKEY *pkey, struct attrs *meta, struct attrs *secret)
{
	for (size_t i = 0; i < COUNT_OF(numbers); i++) {
		struct attrs *into = numbers[i].secret ? secret : meta;

		if (into != NULL)
			TRY(pkey_number(pkey, numbers[i].parameter, numbers[i].type, 1, into));
	}
	return describe(meta);
}

CK_RV
rsa_generate(const struct mechanism *m, const struct params *params, const struct attrs template[],
    struct made made[])
{
	RELEASED(numbers_release) BN_CTX *numbers_ctx = numbers_new();
	RELEASED(pkey_ctx_release) EVP_PKEY_CTX *ctx = NULL;
	RELEASED(pkey_release) EVP_PKEY *pkey = NULL;
	BIGNUM *e = NULL;
	size_t size;

	(void)params;
	if (numbers_ctx == NULL)
		return CKR_HOST_MEMORY;
	TRY(modulus_bits(&template[0], &size));
	TRY(public_exponent(&template[0], numbers_ctx, &e));
	ctx = pkey_context(m->algorithm);
	if (ctx == NULL || EVP_PKEY_keygen_init(ctx) != 1 ||
	    EVP_PKEY_CTX_set_rsa_keygen_bits(ctx, (int)size) != 1 ||
	    EVP_PKEY_CTX_set1_rsa_keygen_pubexp(ctx, e) != 1 || EVP_PKEY_generate(ctx, &pkey) != 1)
		return crypto_failure();
	TRY(take_numbers(pkey, &made[0].meta, NULL));
	TRY(attrs_set_ulong(&made[0].meta, CKA_MODULUS_BITS, size));
	return take_numbers(pkey, &made[1].meta, &made[1].secret);
}
