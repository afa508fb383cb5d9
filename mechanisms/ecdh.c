/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for key agreement on elliptic curves.  What a key consists of is
 * the business of ec.c and montgomery.c, what is made of the shared secret kdf.c's.
 */
#include "mechanisms/ec.h"
#include "mechanisms/kdf.h"

/* Longer than any shared data (ANSI X9.63, NIST SP 800-56C OtherInfo) in use. */
#define SHARED_MOST 65536

struct ecdh {
	CK_ULONG kdf;
	struct view shared;
	struct view public_data;
};

static CK_RV
parse(const CK_MECHANISM *mechanism, struct params *params)
{
	struct ecdh *ecdh = params_new(params, sizeof(*ecdh));
	CK_ECDH1_DERIVE_PARAMS in;

	if (ecdh == NULL)
		return CKR_HOST_MEMORY;
	TRY(params_read(mechanism, &in, sizeof(in)));
	if (in.kdf == CKD_NULL ? in.ulSharedDataLen != 0 : !kdf_known(in.kdf))
		return CKR_MECHANISM_PARAM_INVALID;
	if (in.ulSharedDataLen > SHARED_MOST || in.ulPublicDataLen > EC_POINT_DER_MOST)
		return CKR_MECHANISM_PARAM_INVALID;
	ecdh->kdf = in.kdf;
	TRY(params_keep(params, in.pSharedData, in.ulSharedDataLen, &ecdh->shared));
	return params_keep(params, in.pPublicData, in.ulPublicDataLen, &ecdh->public_data);
}

static CK_RV
prepare(const struct mechanism *m, struct loaded *loaded, struct prepared **out)
{
	const struct purpose purpose = { .type = m->type, .verb = CKF_DERIVE };
	bool fresh;

	TRY(prepared_take(loaded, &purpose, out, &fresh));
	return fresh ? prepared_peer(*out, loaded) : CKR_OK;
}

static CK_RV
finish(const struct ecdh *ecdh, const struct want *want, struct secret *z, struct made *made)
{
	RELEASED(secret_clear) struct secret derived = { 0 };
	size_t len;

	if (ecdh->kdf == CKD_NULL) {
		/* CKM_ECDH1_DERIVE: a shorter key loses the leading bytes. */
		made->keep = KEEP_TRAILING;
		return attrs_set_secret(&made->secret, CKA_VALUE, z);
	}
	TRY(kdf_length(want, &len));
	if (!secret_alloc(&derived, len))
		return CKR_HOST_MEMORY;
	TRY(kdf_derive(ecdh->kdf, secret_view(z), ecdh->shared, &derived));
	return attrs_set_secret(&made->secret, CKA_VALUE, &derived);
}

static CK_RV
derive(const struct mechanism *m, const struct params *params, struct key *base,
    const struct want *want, struct made *made)
{
	const struct ecdh *ecdh = params->data;
	RELEASED(prepared_release) struct prepared *prepared = NULL;
	RELEASED(secret_clear) struct secret z = { 0 };
	const struct curve *curve;
	struct loaded *loaded;
	struct view point;

	TRY(curve_find(base->meta, base->type, &curve));
	TRY(curve_point(curve, ecdh->public_data, &point));
	TRY(key_load(base, &loaded));
	TRY(prepare(m, loaded, &prepared));
	/*
	 * NIST SP 800-56A, 5.6.2.3.4: on a curve of cofactor 1 (all of CKK_EC are), a point
	 * on it that is not infinity is valid.  curve_point excluded infinity and decoding
	 * the point proves the rest, so that it need not be multiplied by the order once
	 * more.  On a Montgomery curve a point of small order shows in a result of zeros,
	 * which libcrypto refuses (RFC 7748, 6).  The secret is the x-coordinate, as long
	 * as the field (SEC 1, 3.3.1).
	 */
	TRY(prepared_agree(prepared, point, false, curve->field, &z));
	prepared_give(loaded, &prepared);
	return finish(ecdh, want, &z, made);
}

static const struct mech_ops ecdh_ops = {
	.derive = derive,
};

#define DERIVES                                                                                    \
	SIZES(EC_LEAST_BITS, EC_MOST_BITS, CKF_DERIVE | EC_FLAGS),                                 \
	    .parse = parse, .ops = &ecdh_ops, .algorithm = "ECDH"

/* With a cofactor of 1, as the curves of CKK_EC have, both are the same. */
const struct mechanism ecdh_mechanisms[] = {
	{ MECH(CKM_ECDH1_DERIVE), KEYS(CKK_EC, CKK_EC_MONTGOMERY), DERIVES },
	{ MECH(CKM_ECDH1_COFACTOR_DERIVE), KEYS(CKK_EC), DERIVES },
	{ 0 },
};
