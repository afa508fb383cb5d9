/* SPDX-License-Identifier: Apache-2.0 */
/*
 * GnuTLS as the other party, through the function that agrees on a key and returns it.
 */
#include <gmp.h>
#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <stdlib.h>
#include <string.h>

#include "tests/interop.h"

struct pair {
	const struct group *group;
	gnutls_dh_params_t params; /* of a finite field */
	gnutls_privkey_t private;
};

static const struct {
	const char *name;
	gnutls_pk_algorithm_t algorithm;
	gnutls_ecc_curve_t curve;
} curves[] = {
	{ "P-256", GNUTLS_PK_EC, GNUTLS_ECC_CURVE_SECP256R1 },
	{ "P-384", GNUTLS_PK_EC, GNUTLS_ECC_CURVE_SECP384R1 },
	{ "P-521", GNUTLS_PK_EC, GNUTLS_ECC_CURVE_SECP521R1 },
	{ "X25519", GNUTLS_PK_ECDH_X25519, GNUTLS_ECC_CURVE_X25519 },
	{ "X448", GNUTLS_PK_ECDH_X448, GNUTLS_ECC_CURVE_X448 },
};

static size_t
curve_of(const struct group *group)
{
	size_t i = 0;

	while (i < COUNT_OF(curves) && strcmp(curves[i].name, group->name) != 0)
		i++;
	return i;
}

static bool
begin(void)
{
	return true;
}

static void
end(void)
{
}

static bool
knows(const struct group *group)
{
	return group->kind == KIND_DH || curve_of(group) < COUNT_OF(curves);
}

static gnutls_datum_t
datum(struct view view)
{
	return (gnutls_datum_t){ (unsigned char *)view.data, (unsigned)view.len };
}

static void
release(void *opaque)
{
	struct pair *pair = opaque;

	gnutls_privkey_deinit(pair->private);
	gnutls_dh_params_deinit(pair->params);
	free(pair);
}

/* GnuTLS makes no pair in a given group, but takes one. */
static bool
dh_generate(struct pair *pair, struct bytes *value)
{
	gnutls_datum_t p = datum(pair->group->prime), g = datum(pair->group->base), public;
	unsigned char x[48];
	gnutls_datum_t private = { x, sizeof(x) };
	mpz_t base, number, prime;
	size_t len;

	if (gnutls_rnd(GNUTLS_RND_KEY, x, sizeof(x)) != 0 || !bytes_alloc(value, p.size))
		return false;
	mpz_inits(base, number, prime, NULL);
	mpz_import(number, sizeof(x), 1, 1, 1, 0, x);
	mpz_import(prime, p.size, 1, 1, 1, 0, p.data);
	mpz_import(base, g.size, 1, 1, 1, 0, g.data);
	mpz_powm(number, base, number, prime);
	mpz_export(value->data, &len, 1, 1, 1, 0, number);
	mpz_clears(base, number, prime, NULL);
	value->len = len;
	public = (gnutls_datum_t){ value->data, (unsigned)len };
	return gnutls_dh_params_init(&pair->params) == 0 &&
	    gnutls_dh_params_import_raw(pair->params, &p, &g) == 0 &&
	    gnutls_privkey_import_dh_raw(pair->private, pair->params, &public, &private) == 0;
}

static bool
ec_generate(struct pair *pair)
{
	size_t i = curve_of(pair->group);

	return gnutls_privkey_generate2(pair->private, curves[i].algorithm,
		   GNUTLS_CURVE_TO_BITS(curves[i].curve), 0, NULL, 0) == 0;
}

/* The point, which ends the SubjectPublicKeyInfo. */
static bool
ec_value(const struct pair *pair, struct bytes *value)
{
	const struct group *group = pair->group;
	size_t len = group->kind == KIND_EC ? 1 + 2 * group->secret : group->secret;
	gnutls_datum_t spki = { NULL, 0 };
	gnutls_pubkey_t public;
	bool told;

	if (gnutls_pubkey_init(&public) != 0)
		return false;
	told = gnutls_pubkey_import_privkey(public, pair->private, 0, 0) == 0 &&
	    gnutls_pubkey_export2(public, GNUTLS_X509_FMT_DER, &spki) == 0 &&
	    bytes_copy(value, view_of(spki.data + spki.size - len, len));
	gnutls_free(spki.data);
	gnutls_pubkey_deinit(public);
	return told;
}

static void *
make_pair(const struct group *group, struct bytes *value)
{
	struct pair *pair = calloc(1, sizeof(*pair));

	if (pair == NULL)
		return NULL;
	pair->group = group;
	if (gnutls_privkey_init(&pair->private) == 0 &&
	    (group->kind == KIND_DH ? dh_generate(pair, value)
				    : ec_generate(pair) && ec_value(pair, value)))
		return pair;
	release(pair);
	return NULL;
}

static bool
read_public(const struct pair *pair, struct view value, gnutls_pubkey_t public)
{
	size_t half = pair->group->secret;
	gnutls_datum_t whole = datum(value), x, y;

	if (pair->group->kind == KIND_DH)
		return gnutls_pubkey_import_dh_raw(public, pair->params, &whole) == 0;
	if (pair->group->kind == KIND_X)
		return gnutls_pubkey_import_ecc_raw(
			   public, curves[curve_of(pair->group)].curve, &whole, NULL) == 0;
	x = datum(view_of(value.data + 1, half));
	y = datum(view_of(value.data + 1 + half, half));
	return gnutls_pubkey_import_ecc_raw(public, curves[curve_of(pair->group)].curve, &x, &y) ==
	    0;
}

/* Of finite fields GnuTLS gives the secret as TLS 1.2 has it, without its leading zeros. */
static bool
padded(const gnutls_datum_t *secret, size_t len, struct bytes *out)
{
	if (secret->size > len || !bytes_alloc(out, len))
		return false;
	memset(out->data, 0, len);
	memcpy(out->data + len - secret->size, secret->data, secret->size);
	return true;
}

static bool
secret(void *opaque, const struct told *ours, struct bytes *made)
{
	const struct pair *pair = opaque;
	gnutls_datum_t out = { NULL, 0 };
	gnutls_pubkey_t public;
	bool agreed;

	if (gnutls_pubkey_init(&public) != 0)
		return false;
	agreed = read_public(pair, ours->value, public) &&
	    gnutls_privkey_derive_secret(pair->private, public, NULL, &out, 0) == 0 &&
	    padded(&out, pair->group->secret, made);
	gnutls_free(out.data);
	gnutls_pubkey_deinit(public);
	return agreed;
}

const struct other interop_gnutls = { .name = "GnuTLS",
	.begin = begin,
	.end = end,
	.knows = knows,
	.pair = make_pair,
	.secret = secret,
	.release = release };
