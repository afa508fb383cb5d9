/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Elliptic curves, as curve.c knows them.  Private to mechanisms/.
 */
#ifndef HANDFAST_EC_H
#define HANDFAST_EC_H

#include "mechanisms/pkey.h"

/* CK_MECHANISM_INFO of the mechanisms on these curves: bits of the field. */
#define EC_LEAST_BITS 224
#define EC_MOST_BITS 521
#define MONTGOMERY_LEAST_BITS 255
#define MONTGOMERY_MOST_BITS 448
#define EDWARDS_LEAST_BITS 255
#define EDWARDS_MOST_BITS 448
#define EC_FLAGS (CKF_EC_F_P | CKF_EC_OID | CKF_EC_CURVENAME | CKF_EC_UNCOMPRESS | CKF_EC_COMPRESS)

/* The field of the longest curve (P-521), and its points: uncompressed, in an OCTET STRING. */
#define EC_FIELD_MOST 66
#define EC_POINT_MOST (1 + 2 * EC_FIELD_MOST)
#define EC_POINT_DER_MOST (EC_POINT_MOST + 3)

/* A curve is one row of the table in curve.c. */
struct curve {
	const char *name;       /* libcrypto's */
	const char *other_name; /* besides `name`, what CKA_EC_PARAMS may call it; or NULL */
	struct view oid;        /* the whole TLV, as CKA_EC_PARAMS holds it */
	int nid;                /* libcrypto's number for it */
	size_t field, order;    /* bytes of a coordinate, of a private key */
	CK_KEY_TYPE type;
};

/*
 * The curve that CKA_EC_PARAMS names.  CKR_TEMPLATE_INCOMPLETE without it,
 * CKR_DOMAIN_PARAMS_INVALID for implicit or explicit parameters and for anything
 * malformed, CKR_CURVE_NOT_SUPPORTED for a name not in the table, of another key
 * type, or of a curve that libcrypto lacks.
 */
CK_RV curve_find(const struct attrs *meta, CK_KEY_TYPE type, const struct curve **out) MUST_CHECK;

/*
 * The point in `in`, which may be raw or an OCTET STRING, uncompressed or
 * compressed, on a Montgomery or Edwards curve also a BIT STRING: its exact length
 * decides which, since the tag of an OCTET STRING is also the mark of an uncompressed
 * point, and a byte that a point of these curves may begin with.
 * CKR_MECHANISM_PARAM_INVALID for another length; CKR_PUBLIC_KEY_INVALID for
 * leading bytes that do not fit, those of hybrid forms among them.  Whether the
 * point is on the curve remains to be seen; infinity it is not.
 */
CK_RV curve_point(const struct curve *curve, struct view in, struct view *point) MUST_CHECK;

/* The point of a key that was completed, as libcrypto takes it. */
CK_RV curve_point_of(
    const struct curve *curve, const struct key *key, struct view *point) MUST_CHECK;
/* CKA_EC_POINT: an OCTET STRING on CKK_EC, the bytes as they are on the curves of RFC 8410. */
CK_RV curve_set_point(const struct curve *curve, struct view point, struct attrs *meta) MUST_CHECK;
/* CKA_PUBLIC_KEY_INFO, as public_key_info() has it. */
CK_RV curve_describe(const struct curve *curve, struct view point, struct attrs *meta) MUST_CHECK;
/* What the halves of a new pair have, but for the private value; `params`: CKA_EC_PARAMS. */
CK_RV curve_publish(const struct curve *curve, struct view point, struct view params,
    struct made made[]) MUST_CHECK;

#endif
