/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Nettle, the library under GnuTLS, as the other party.  It is asked itself because
 * GnuTLS before 3.8.2 has no function that agrees on a key and returns it.
 */
#include <gmp.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <nettle/curve25519.h>
#include <nettle/curve448.h>
#include <nettle/ecc-curve.h>
#include <nettle/ecc.h>
#include <stdlib.h>
#include <string.h>

#include "tests/interop.h"

struct pair {
	const struct group *group;
	const struct ecc_curve *curve; /* NULL: X25519 or X448, whose scalar these bytes are */
	struct ecc_scalar scalar;
	unsigned char x[CURVE448_SIZE];
};

static const struct ecc_curve *
curve_of(const struct group *group)
{
	if (strcmp(group->name, "P-256") == 0)
		return nettle_get_secp_256r1();
	if (strcmp(group->name, "P-384") == 0)
		return nettle_get_secp_384r1();
	return strcmp(group->name, "P-521") == 0 ? nettle_get_secp_521r1() : NULL;
}

static void
noise(void *context, size_t len, uint8_t *data)
{
	(void)context;
	if (gnutls_rnd(GNUTLS_RND_KEY, data, len) != 0)
		abort();
}

static bool
knows(const struct group *group)
{
	return group->kind == KIND_X || curve_of(group) != NULL;
}

static void
release(void *opaque)
{
	struct pair *pair = opaque;

	if (pair->curve != NULL)
		ecc_scalar_clear(&pair->scalar);
	free(pair);
}

/* --- short Weierstrass curves --------------------------------------------------------- */

/* A number in exactly `len` bytes. */
static void
put(unsigned char *to, size_t len, const mpz_t number)
{
	size_t size = (mpz_sizeinbase(number, 2) + 7) / 8;

	memset(to, 0, len);
	mpz_export(to + len - size, NULL, 1, 1, 1, 0, number);
}

/* Both coordinates, or X alone. */
static bool
coordinates(const struct ecc_point *point, size_t len, bool x_alone, struct bytes *out)
{
	size_t front = x_alone ? 0 : 1;
	mpz_t x, y;

	if (!bytes_alloc(out, x_alone ? len : 1 + 2 * len))
		return false;
	mpz_inits(x, y, NULL);
	ecc_point_get(point, x, y);
	put(out->data + front, len, x);
	if (!x_alone) {
		out->data[0] = 4;
		put(out->data + 1 + len, len, y);
	}
	mpz_clears(x, y, NULL);
	return true;
}

static bool
ec_pair(struct pair *pair, struct bytes *value)
{
	struct ecc_point point;
	bool made;

	ecc_scalar_init(&pair->scalar, pair->curve);
	ecc_point_init(&point, pair->curve);
	ecc_scalar_random(&pair->scalar, NULL, noise);
	ecc_point_mul_g(&point, &pair->scalar);
	made = coordinates(&point, pair->group->secret, false, value);
	ecc_point_clear(&point);
	return made;
}

static bool
ec_secret(const struct pair *pair, struct view value, struct bytes *secret)
{
	size_t len = pair->group->secret;
	struct ecc_point point;
	bool made = false;
	mpz_t x, y;

	if (value.len != 1 + 2 * len || value.data[0] != 4)
		return false;
	mpz_inits(x, y, NULL);
	mpz_import(x, len, 1, 1, 1, 0, value.data + 1);
	mpz_import(y, len, 1, 1, 1, 0, value.data + 1 + len);
	ecc_point_init(&point, pair->curve);
	if (ecc_point_set(&point, x, y)) {
		ecc_point_mul(&point, &pair->scalar, &point);
		made = coordinates(&point, len, true, secret);
	}
	ecc_point_clear(&point);
	mpz_clears(x, y, NULL);
	return made;
}

/* --- X25519 and X448 ------------------------------------------------------------------ */

static bool
x_pair(struct pair *pair, struct bytes *value)
{
	size_t len = pair->group->secret;

	noise(NULL, len, pair->x);
	if (!bytes_alloc(value, len))
		return false;
	if (len == CURVE25519_SIZE)
		curve25519_mul_g(value->data, pair->x);
	else
		curve448_mul_g(value->data, pair->x);
	return true;
}

static bool
x_secret(const struct pair *pair, struct view value, struct bytes *secret)
{
	size_t len = pair->group->secret;

	if (value.len != len || !bytes_alloc(secret, len))
		return false;
	if (len == CURVE25519_SIZE)
		curve25519_mul(secret->data, pair->x, value.data);
	else
		curve448_mul(secret->data, pair->x, value.data);
	return true;
}

/* --- the way they are asked ------------------------------------------------------------ */

static bool
begin(void)
{
	return true;
}

static void
end(void)
{
}

static void *
make_pair(const struct group *group, struct bytes *value)
{
	struct pair *pair = calloc(1, sizeof(*pair));

	if (pair == NULL)
		return NULL;
	pair->group = group;
	pair->curve = curve_of(group);
	if (pair->curve != NULL ? ec_pair(pair, value) : x_pair(pair, value))
		return pair;
	release(pair);
	return NULL;
}

static bool
secret(void *opaque, const struct told *ours, struct bytes *made)
{
	const struct pair *pair = opaque;

	return pair->curve != NULL ? ec_secret(pair, ours->value, made)
				   : x_secret(pair, ours->value, made);
}

const struct other interop_nettle = { .name = "Nettle",
	.begin = begin,
	.end = end,
	.knows = knows,
	.pair = make_pair,
	.secret = secret,
	.release = release };
