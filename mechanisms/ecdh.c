/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for key agreement on elliptic curves.  What a key consists of is
 * the business of ec.c and montgomery.c, what is made of the shared secret kdf.c's.
 */
#include "mechanisms/ecdh.h"

#include <openssl/core_names.h>

#include "mechanisms/kdf.h"

/* Longer than any shared data (ANSI X9.63, NIST SP 800-56C OtherInfo) in use. */
#define SHARED_MOST 65536

struct ecdh {
	struct ecdh_kdf kdf;
	struct view public_data;
};

/* --- parameters -------------------------------------------------------------------- */

CK_RV
ecdh_kdf_parse(struct params *params, CK_ULONG kdf, const void *shared, CK_ULONG shared_len,
    struct ecdh_kdf *out)
{
	if (kdf == CKD_NULL ? shared_len != 0 : !kdf_known(kdf))
		return CKR_MECHANISM_PARAM_INVALID;
	if (shared_len > SHARED_MOST)
		return CKR_MECHANISM_PARAM_INVALID;
	out->kdf = kdf;
	return params_keep(params, shared, shared_len, &out->shared);
}

static CK_RV
parse(const CK_MECHANISM *mechanism, struct params *params)
{
	struct ecdh *ecdh = params_new(params, sizeof(*ecdh));
	CK_ECDH1_DERIVE_PARAMS in;
	size_t most = EC_POINT_DER_MOST;

	if (ecdh == NULL)
		return CKR_HOST_MEMORY;
	TRY(params_read(mechanism, &in, sizeof(in)));
	/* In encapsulation the public value is the ciphertext, in another argument. */
	if ((params->verb & (CKF_ENCAPSULATE | CKF_DECAPSULATE)) != 0)
		most = 0;
	if (in.ulPublicDataLen > most)
		return CKR_MECHANISM_PARAM_INVALID;
	TRY(ecdh_kdf_parse(params, in.kdf, in.pSharedData, in.ulSharedDataLen, &ecdh->kdf));
	return params_keep(params, in.pPublicData, in.ulPublicDataLen, &ecdh->public_data);
}

/* --- agreement --------------------------------------------------------------------- */

static CK_RV
prepare(const struct mechanism *m, struct loaded *loaded, struct prepared **out)
{
	const struct purpose purpose = { .type = m->type, .verb = CKF_DERIVE };
	bool fresh;

	TRY(prepared_take(loaded, &purpose, out, &fresh));
	return fresh ? prepared_peer(*out, loaded) : CKR_OK;
}

CK_RV
ecdh_agree(const struct mechanism *m, const struct curve *curve, struct key *private_key,
    struct view point, struct secret *z)
{
	RELEASED(prepared_release) struct prepared *prepared = NULL;
	struct loaded *loaded;

	TRY(key_load(private_key, &loaded));
	TRY(prepare(m, loaded, &prepared));
	/*
	 * NIST SP 800-56A, 5.6.2.3.4: on a curve of cofactor 1 (all of CKK_EC are), a point
	 * on it that is not infinity is valid.  curve_point excluded infinity and decoding
	 * the point proves the rest, so that it need not be multiplied by the order once
	 * more.  On a Montgomery curve a point of small order shows in a result of zeros,
	 * which libcrypto refuses (RFC 7748, 6).  The secret is the x-coordinate, as long
	 * as the field (SEC 1, 3.3.1).
	 */
	TRY(prepared_agree(prepared, point, false, curve->field, z));
	prepared_give(loaded, &prepared);
	return CKR_OK;
}

size_t
ecdh_point_len(const struct curve *curve)
{
	return curve->type == CKK_EC ? 1 + 2 * curve->field : curve->field;
}

static EVP_PKEY *
ephemeral_new(const struct curve *curve)
{
	return curve->type == CKK_EC ? pkey_generate("EC", curve->name)
				     : pkey_generate(curve->name, NULL);
}

CK_RV
ecdh_send(const struct mechanism *m, const struct curve *curve, const struct key *public_key,
    unsigned char *point, struct secret *z)
{
	RELEASED(pkey_release) EVP_PKEY *ephemeral = ephemeral_new(curve);
	RELEASED(prepared_release) struct prepared *prepared = NULL;
	struct loaded own = { .pkey = ephemeral };
	struct view theirs;
	size_t made;

	if (ephemeral == NULL)
		return crypto_failure();
	TRY(curve_point_of(curve, public_key, &theirs));
	TRY(prepare(m, &own, &prepared));
	/* It was proved to be on the curve when it came here: what ecdh_agree() says holds. */
	TRY(prepared_agree(prepared, theirs, false, curve->field, z));
	if (EVP_PKEY_get_octet_string_param(
		ephemeral, OSSL_PKEY_PARAM_PUB_KEY, point, ecdh_point_len(curve), &made) != 1)
		return crypto_failure();
	return made == ecdh_point_len(curve) ? CKR_OK : CKR_GENERAL_ERROR;
}

/* --- the mechanisms ---------------------------------------------------------------- */

static CK_RV
finish(const struct ecdh_kdf *kdf, const struct want *want, struct secret *z, struct made *made)
{
	RELEASED(secret_clear) struct secret derived = { 0 };
	size_t len;

	if (kdf->kdf == CKD_NULL) {
		/* CKM_ECDH1_DERIVE: a shorter key loses the leading bytes. */
		made->keep = KEEP_TRAILING;
		return attrs_set_secret(&made->secret, CKA_VALUE, z);
	}
	TRY(kdf_length(want, &len));
	if (!secret_alloc(&derived, len))
		return CKR_HOST_MEMORY;
	TRY(kdf_derive(kdf->kdf, secret_view(z), kdf->shared, &derived));
	return attrs_set_secret(&made->secret, CKA_VALUE, &derived);
}

static CK_RV
derive(const struct mechanism *m, const struct params *params, struct key *base,
    const struct want *want, struct made *made)
{
	const struct ecdh *ecdh = params->data;
	RELEASED(secret_clear) struct secret z = { 0 };
	const struct curve *curve;
	struct view point;

	TRY(curve_find(base->meta, base->type, &curve));
	TRY(curve_point(curve, ecdh->public_data, &point));
	TRY(ecdh_agree(m, curve, base, point, &z));
	return finish(&ecdh->kdf, want, &z, made);
}

static size_t
ciphertext_len(const struct mechanism *m, const struct params *params, const struct key *key)
{
	const struct curve *curve;

	(void)m;
	(void)params;
	return curve_find(key->meta, key->type, &curve) == CKR_OK ? ecdh_point_len(curve) : 0;
}

static CK_RV
encapsulate(const struct mechanism *m, const struct params *params, struct key *public_key,
    const struct want *want, struct made *made, struct out *ciphertext)
{
	const struct ecdh *ecdh = params->data;
	RELEASED(secret_clear) struct secret z = { 0 };
	const struct curve *curve;

	TRY(curve_find(public_key->meta, public_key->type, &curve));
	TRY(ecdh_send(m, curve, public_key, ciphertext->data, &z));
	ciphertext->len = ecdh_point_len(curve);
	return finish(&ecdh->kdf, want, &z, made);
}

/* The other party's key is a ciphertext here: whatever is wrong with it has one name. */
static CK_RV
decapsulate(const struct mechanism *m, const struct params *params, struct key *private_key,
    const struct want *want, struct view ciphertext, struct made *made)
{
	const struct ecdh *ecdh = params->data;
	RELEASED(secret_clear) struct secret z = { 0 };
	const struct curve *curve;
	struct view point;
	CK_RV rv;

	TRY(curve_find(private_key->meta, private_key->type, &curve));
	if (ciphertext.len != ecdh_point_len(curve))
		return CKR_WRAPPED_KEY_LEN_RANGE;
	rv = curve_point(curve, ciphertext, &point);
	if (rv == CKR_OK)
		rv = ecdh_agree(m, curve, private_key, point, &z);
	if (rv == CKR_PUBLIC_KEY_INVALID)
		return CKR_WRAPPED_KEY_INVALID;
	TRY(rv);
	return finish(&ecdh->kdf, want, &z, made);
}

static const struct mech_ops ecdh_ops = {
	.derive = derive,
	.ciphertext_len = ciphertext_len,
	.encapsulate = encapsulate,
	.decapsulate = decapsulate,
};

#define AGREES                                                                                     \
	SIZES(EC_LEAST_BITS, EC_MOST_BITS,                                                         \
	    CKF_DERIVE | CKF_ENCAPSULATE | CKF_DECAPSULATE | EC_FLAGS),                            \
	    .parse = parse, .ops = &ecdh_ops, .algorithm = "ECDH"

/* With a cofactor of 1, as the curves of CKK_EC have, both are the same. */
const struct mechanism ecdh_mechanisms[] = {
	{ MECH(CKM_ECDH1_DERIVE), KEYS(CKK_EC, CKK_EC_MONTGOMERY), AGREES },
	{ MECH(CKM_ECDH1_COFACTOR_DERIVE), KEYS(CKK_EC), AGREES },
	{ 0 },
};
