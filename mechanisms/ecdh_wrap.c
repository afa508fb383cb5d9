/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for keys wrapped by way of an agreement: a key made for this one time
 * agrees with the recipient's, what comes of it is an AES key, and that wraps (KWP).
 * The blob is the public half of the first and then what KWP gave.  Agreement is
 * ecdh.c's, KWP aes_wrap.c's business.
 */
#include <string.h>

#include "mechanisms/aes.h"
#include "mechanisms/ecdh.h"
#include "mechanisms/kdf.h"

struct ecdh_wrap {
	size_t key_len; /* of the AES key, in bytes */
	struct ecdh_kdf kdf;
};

static CK_RV
parse(const CK_MECHANISM *mechanism, struct params *params)
{
	struct ecdh_wrap *wrap = params_new(params, sizeof(*wrap));
	struct pkcs11_ecdh_aes_key_wrap_params in;

	if (wrap == NULL)
		return CKR_HOST_MEMORY;
	TRY(params_read(mechanism, &in, sizeof(in)));
	if (in.aes_key_bits != 128 && in.aes_key_bits != 192 && in.aes_key_bits != 256)
		return CKR_MECHANISM_PARAM_INVALID;
	params->kek_bits = in.aes_key_bits;
	wrap->key_len = in.aes_key_bits / 8;
	return ecdh_kdf_parse(params, in.kdf, in.shared_data, in.shared_data_len, &wrap->kdf);
}

/* --- the blob ---------------------------------------------------------------------- */

/* How the point stands in front: as it is, in an OCTET STRING, or, to the reader, either. */
enum form { FORM_RAW, FORM_DER, FORM_EITHER };

static enum form
form_of(const struct mechanism *m, const struct curve *curve, CK_FLAGS verb)
{
	if (m->type == CKM_ECDH_COF_AES_KEY_WRAP)
		return FORM_DER;
	if (m->type == CKM_ECDH_X_AES_KEY_WRAP)
		return FORM_RAW;
	/* The deprecated one leaves it open: it writes what the two that replaced it do. */
	if (verb == CKF_UNWRAP)
		return FORM_EITHER;
	return curve->type == CKK_EC ? FORM_DER : FORM_RAW;
}

/* Tag and length in front of a point: one byte of length up to 127, two up to 255. */
static size_t
header_len(const struct curve *curve)
{
	return ecdh_point_len(curve) > 0x7f ? 3 : 2;
}

static size_t
prefix_len(const struct curve *curve, enum form form)
{
	return ecdh_point_len(curve) + (form == FORM_DER ? header_len(curve) : 0);
}

/*
 * Cuts a blob in two.  KWP gives whole blocks of 8 bytes, and no header of an OCTET
 * STRING has as many, so that the length alone tells with which prefix it fits.
 */
static CK_RV
split(const struct curve *curve, enum form form, struct view blob, struct view *point,
    struct view *wrapped)
{
	struct view prefix;

	if (form == FORM_EITHER)
		form = blob.len % 8 == prefix_len(curve, FORM_RAW) % 8 ? FORM_RAW : FORM_DER;
	if (blob.len < prefix_len(curve, form))
		return CKR_WRAPPED_KEY_INVALID;
	prefix = view_of(blob.data, prefix_len(curve, form));
	*wrapped = view_of(blob.data + prefix.len, blob.len - prefix.len);
	if (form == FORM_DER && !der_read(prefix, DER_OCTET_STRING, &prefix))
		return CKR_WRAPPED_KEY_INVALID;
	return curve_point(curve, prefix, point) == CKR_OK ? CKR_OK : CKR_WRAPPED_KEY_INVALID;
}

/* --- wrapping and unwrapping --------------------------------------------------------- */

/*
 * With CKD_NULL "the first bits" of the secret would be the key here, where
 * everywhere else it is the last ones that survive: what may be read in two ways is
 * refused, which leaves a secret of just the key's length.
 */
static CK_RV
start(struct operation *op)
{
	const struct ecdh_wrap *wrap = op->params.data;
	const struct curve *curve;

	TRY(curve_find(op->key->meta, op->key->type, &curve));
	if (wrap->kdf.kdf == CKD_NULL && wrap->key_len != curve->field)
		return CKR_MECHANISM_PARAM_INVALID;
	return CKR_OK;
}

/* The AES key that a shared secret makes. */
static CK_RV
wrapping_key(const struct ecdh_wrap *wrap, struct secret *z, struct secret *out)
{
	if (wrap->kdf.kdf == CKD_NULL) {
		secret_move(out, z);
		return CKR_OK;
	}
	if (!secret_alloc(out, wrap->key_len))
		return CKR_HOST_MEMORY;
	return kdf_derive(wrap->kdf.kdf, secret_view(z), wrap->kdf.shared, out);
}

static CK_RV
wrap(struct operation *op, const struct curve *curve, struct view in, struct out *out)
{
	RELEASED(secret_clear) struct secret z = { 0 };
	RELEASED(secret_clear) struct secret key = { 0 };
	const enum form form = form_of(op->mech, curve, op->verb);
	const size_t point = ecdh_point_len(curve), prefix = prefix_len(curve, form);
	struct out rest = { .data = out->data + prefix, .room = out->room - prefix };

	TRY(ecdh_send(op->mech, curve, op->key, out->data + prefix - point, &z));
	if (form == FORM_DER) {
		out->data[0] = DER_OCTET_STRING;
		out->data[1] = 0x81; /* one more byte of length, where there is one */
		out->data[prefix - point - 1] = (unsigned char)point;
	}
	TRY(wrapping_key(op->params.data, &z, &key));
	TRY(kwp_wrap(secret_view(&key), in, &rest));
	out->len = prefix + rest.len;
	return CKR_OK;
}

static CK_RV
unwrap(struct operation *op, const struct curve *curve, struct view in, struct out *out)
{
	RELEASED(secret_clear) struct secret z = { 0 };
	RELEASED(secret_clear) struct secret key = { 0 };
	RELEASED(secret_clear) struct secret plain = { 0 };
	struct view point, wrapped;
	CK_RV rv;

	TRY(split(curve, form_of(op->mech, curve, op->verb), in, &point, &wrapped));
	rv = ecdh_agree(op->mech, curve, op->key, point, &z);
	if (rv == CKR_PUBLIC_KEY_INVALID)
		return CKR_WRAPPED_KEY_INVALID;
	TRY(rv);
	TRY(wrapping_key(op->params.data, &z, &key));
	TRY(kwp_unwrap(secret_view(&key), wrapped, &plain));
	if (plain.len > out->room)
		return CKR_WRAPPED_KEY_INVALID;
	memcpy(out->data, plain.data, plain.len);
	out->len = plain.len;
	return CKR_OK;
}

static CK_RV
once(struct operation *op, struct view in, struct out *out)
{
	const struct curve *curve;

	TRY(curve_find(op->key->meta, op->key->type, &curve));
	return op->verb == CKF_WRAP ? wrap(op, curve, in, out) : unwrap(op, curve, in, out);
}

static size_t
bound(const struct operation *op, size_t in, bool last)
{
	const struct curve *curve;

	(void)last;
	if (curve_find(op->key->meta, op->key->type, &curve) != CKR_OK)
		return 0; /* start() found it */
	if (op->verb == CKF_WRAP)
		return prefix_len(curve, form_of(op->mech, curve, op->verb)) + kwp_len(in);
	return in < prefix_len(curve, FORM_RAW) ? 0 : in - prefix_len(curve, FORM_RAW);
}

static const struct mech_ops wrap_ops = {
	.start = start,
	.once = once,
	.bound = bound,
};

#define WRAPS(least, most)                                                                         \
	SIZES(least, most, CKF_WRAP | CKF_UNWRAP | EC_FLAGS), .parse = parse, .ops = &wrap_ops

const struct mechanism ecdh_wrap_mechanisms[] = {
	{ MECH(CKM_ECDH_AES_KEY_WRAP), KEYS(CKK_EC, CKK_EC_MONTGOMERY),
	    WRAPS(EC_LEAST_BITS, EC_MOST_BITS), .algorithm = "ECDH" },
	{ MECH(CKM_ECDH_COF_AES_KEY_WRAP), KEYS(CKK_EC), WRAPS(EC_LEAST_BITS, EC_MOST_BITS),
	    .algorithm = "ECDH" },
	{ MECH(CKM_ECDH_X_AES_KEY_WRAP), KEYS(CKK_EC_MONTGOMERY),
	    WRAPS(MONTGOMERY_LEAST_BITS, MONTGOMERY_MOST_BITS), .algorithm = "X25519" },
	{ 0 },
};
