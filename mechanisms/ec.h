/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Elliptic curves as ecdsa.c and ecdh.c see what ec.c does.  Private to
 * mechanisms/.
 */
#ifndef HANDFAST_EC_H
#define HANDFAST_EC_H

#include "mechanisms/pkey.h"

/* CK_MECHANISM_INFO of the mechanisms on these curves. */
#define EC_LEAST_BITS 224
#define EC_MOST_BITS 521
#define EC_FLAGS (CKF_EC_F_P | CKF_EC_OID | CKF_EC_CURVENAME | CKF_EC_UNCOMPRESS | CKF_EC_COMPRESS)

/* The field of the longest curve (P-521), and its points: uncompressed, in an OCTET STRING. */
#define EC_FIELD_MOST 66
#define EC_POINT_MOST (1 + 2 * EC_FIELD_MOST)
#define EC_POINT_DER_MOST (EC_POINT_MOST + 3)

/* A curve is one row of the table in ec.c. */
struct curve {
	const char *name;       /* libcrypto's */
	const char *other_name; /* besides `name`, what CKA_EC_PARAMS may call it; or NULL */
	struct view oid;        /* the whole TLV, as CKA_EC_PARAMS holds it */
	int nid;
	size_t field, order; /* bytes of a coordinate, of a private key */
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
 * compressed: its exact length decides which, since the tag of an OCTET STRING
 * is also the mark of an uncompressed point.  CKR_MECHANISM_PARAM_INVALID for
 * another length; CKR_PUBLIC_KEY_INVALID for leading bytes that do not fit, those
 * of hybrid forms among them.  Whether the point is on the curve remains to be
 * seen; infinity it is not.
 */
CK_RV curve_point(const struct curve *curve, struct view in, struct view *point) MUST_CHECK;

#endif
