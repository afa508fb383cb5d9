/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for agreement in finite fields, and for the mechanisms of PKCS #3.
 * Those of ANSI X9.42, which read another parameter, are in x9_42.c, keys in
 * dh_key.c.
 */
#include "mechanisms/dh.h"

#include <openssl/dh.h>

#include "mechanisms/kdf.h"

/* --- parameters ----------------------------------------------------------------------- */

static CK_RV
generate_parameters(const struct mechanism *m, const struct params *params,
    const struct attrs template[], struct made made[])
{
	(void)m;
	(void)params;
	if (!attrs_has(&template[0], CKA_PRIME_BITS))
		return CKR_TEMPLATE_INCOMPLETE;
	/* To find a safe prime takes minutes and gives no better group than a published one. */
	return dh_group_named(attrs_ulong(&template[0], CKA_PRIME_BITS, 0), false, &made[0].meta);
}

CK_RV
dh_agreement_peer(
    struct params *params, struct dh_agreement *agreement, const void *data, CK_ULONG len)
{
	if ((params->verb & DH_KEM) != 0)
		return data == NULL && len == 0 ? CKR_OK : CKR_MECHANISM_PARAM_INVALID;
	/* One leading zero more is how a signed number is written. */
	if (len == 0 || len > DH_MOST + 1)
		return CKR_MECHANISM_PARAM_INVALID;
	TRY(params_keep(params, data, len, &agreement->peer));
	agreement->peer = number_strip(agreement->peer);
	return CKR_OK;
}

static CK_RV
parse(const CK_MECHANISM *mechanism, struct params *params)
{
	struct dh_agreement *agreement = params_new(params, sizeof(*agreement));

	if (agreement == NULL)
		return CKR_HOST_MEMORY;
	agreement->kdf = CKD_NULL;
	return dh_agreement_peer(
	    params, agreement, mechanism->pParameter, mechanism->ulParameterLen);
}

/* --- agreement -------------------------------------------------------------------------- */

static CK_RV
prepare(
    const struct mechanism *m, const struct key *base, struct loaded *loaded, struct prepared **out)
{
	const struct purpose purpose = { .type = m->type, .verb = CKF_DERIVE };
	struct dh_group group;
	bool fresh;

	TRY(prepared_take(loaded, &purpose, out, &fresh));
	if (!fresh)
		return CKR_OK;
	(*out)->numbers = numbers_new();
	TRY(dh_group_load(base->meta, (*out)->numbers, &group));
	(*out)->prime = group.p;
	(*out)->order = group.order;
	TRY(prepared_peer(*out, loaded));
	return EVP_PKEY_CTX_set_dh_pad((*out)->ctx, 1) == 1 ? CKR_OK : crypto_failure();
}

static CK_RV
check_peer(struct prepared *prepared, struct view peer)
{
	const struct dh_group group = {
		.ctx = prepared->numbers, .p = prepared->prime, .order = prepared->order
	};
	BIGNUM *value;
	CK_RV rv = CKR_HOST_MEMORY;

	BN_CTX_start(group.ctx);
	value = number_load(group.ctx, peer);
	if (value != NULL)
		rv = dh_public_check(&group, value);
	BN_CTX_end(group.ctx);
	return rv;
}

/* The shared secret, as long as the prime. */
static CK_RV
agree(const struct mechanism *m, struct key *base, struct view peer, struct secret *z)
{
	RELEASED(prepared_release) struct prepared *prepared = NULL;
	struct loaded *loaded;
	CK_RV rv;

	TRY(key_load(base, &loaded));
	TRY(prepare(m, base, loaded, &prepared));
	TRY(check_peer(prepared, peer));
	rv = prepared_agree(prepared, peer, false, attribute(base->meta, CKA_PRIME).len, z);
	if (rv == CKR_OK)
		prepared_give(loaded, &prepared);
	/* That value has been found good. */
	return rv == CKR_PUBLIC_KEY_INVALID ? CKR_FUNCTION_FAILED : rv;
}

static CK_RV
finish(const struct dh_agreement *agreement, const struct want *want, struct secret *z,
    struct made *made)
{
	RELEASED(secret_clear) struct secret derived = { 0 };
	size_t len;

	if (agreement->kdf == CKD_NULL) {
		/* CKM_DH_PKCS_DERIVE: a shorter key loses the leading bytes. */
		made->keep = KEEP_TRAILING;
		/* TLS 1.2 wants such a secret without its leading zeros, and no other. */
		if (want->len == 0 || want->len == z->len)
			TRY(attrs_set_bool(&made->meta, CKA_HANDFAST_FINITE_FIELD, true));
		return attrs_set_secret(&made->secret, CKA_VALUE, z);
	}
	TRY(kdf_length(want, &len));
	if (!secret_alloc(&derived, len))
		return CKR_HOST_MEMORY;
	TRY(kdf_x9_42(secret_view(z), agreement->before, agreement->after, &derived));
	return attrs_set_secret(&made->secret, CKA_VALUE, &derived);
}

static CK_RV
derive(const struct mechanism *m, const struct params *params, struct key *base,
    const struct want want[], struct made made[])
{
	const struct dh_agreement *agreement = params->data;
	RELEASED(secret_clear) struct secret z = { 0 };

	if (agreement->peer.len > attribute(base->meta, CKA_PRIME).len)
		return CKR_MECHANISM_PARAM_INVALID;
	TRY(agree(m, base, agreement->peer, &z));
	return finish(agreement, want, &z, made);
}

/* --- encapsulation ---------------------------------------------------------------------------- */

/* The ciphertext is a public value as long as the prime. */
static size_t
ciphertext_len(const struct mechanism *m, const struct params *params, const struct key *key)
{
	(void)m;
	(void)params;
	return attribute(key->meta, CKA_PRIME).len;
}

static CK_RV
encapsulate(const struct mechanism *m, const struct params *params, struct key *public_key,
    const struct want *want, struct made *made, struct out *ciphertext)
{
	RELEASED(numbers_release) BN_CTX *ctx = numbers_new();
	RELEASED(secret_clear) struct secret z = { 0 };
	const int len = (int)ciphertext_len(m, params, public_key);
	struct dh_group group;
	BIGNUM *peer, *x, *y, *shared;

	TRY(dh_group_load(public_key->meta, ctx, &group));
	TRY(dh_pair(&group, 0, &x, &y));
	/* It was checked when the key was accepted, so that the result is not 1 or p - 1. */
	peer = number_load(ctx, attribute(public_key->meta, CKA_VALUE));
	shared = BN_CTX_get(ctx);
	if (peer == NULL || shared == NULL)
		return crypto_failure();
	TRY(dh_power(&group, peer, x, shared));
	if (!secret_alloc(&z, (size_t)len))
		return CKR_HOST_MEMORY;
	if (BN_bn2binpad(shared, z.data, len) != len ||
	    BN_bn2binpad(y, ciphertext->data, len) != len)
		return crypto_failure();
	ciphertext->len = (size_t)len;
	return finish(params->data, want, &z, made);
}

static CK_RV
decapsulate(const struct mechanism *m, const struct params *params, struct key *private_key,
    const struct want *want, struct view ciphertext, struct made *made)
{
	RELEASED(secret_clear) struct secret z = { 0 };
	CK_RV rv;

	if (ciphertext.len != ciphertext_len(m, params, private_key))
		return CKR_WRAPPED_KEY_LEN_RANGE;
	rv = agree(m, private_key, number_strip(ciphertext), &z);
	if (rv != CKR_OK)
		return rv == CKR_PUBLIC_KEY_INVALID ? CKR_WRAPPED_KEY_INVALID : rv;
	return finish(params->data, want, &z, made);
}

const struct mech_ops dh_agreement_ops = {
	.derive = derive,
	.ciphertext_len = ciphertext_len,
	.encapsulate = encapsulate,
	.decapsulate = decapsulate,
};

/* --- the rows ------------------------------------------------------------------------------- */

static const struct mech_ops parameter_ops = {
	.generate = generate_parameters,
};

#define DH_ROW(flags) KEYS(CKK_DH), SIZES(DH_LEAST_BITS, DH_MOST_BITS, flags), .algorithm = "DH"

const struct mechanism dh_mechanisms[] = {
	{ MECH(CKM_DH_PKCS_KEY_PAIR_GEN), DH_ROW(CKF_GENERATE_KEY_PAIR), .parse = parse_none,
	    .ops = &dh_pair_ops },
	{ MECH(CKM_DH_PKCS_PARAMETER_GEN), DH_ROW(CKF_GENERATE), .parse = parse_none,
	    .ops = &parameter_ops, .makes = MAKES_DOMAIN_PARAMETERS },
	{ MECH(CKM_DH_PKCS_DERIVE), DH_ROW(DH_AGREES), .parse = parse, .ops = &dh_agreement_ops },
	{ 0 },
};
