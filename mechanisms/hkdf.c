/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for HKDF (RFC 5869): its two steps, together or each alone, for keys
 * and for data that are no secret.  They are built on HMAC rather than on
 * libcrypto's HKDF, which limits the info and gives both steps no place in the
 * arena.
 */
#include <string.h>

#include "mechanisms/kdf.h"
#include "mechanisms/prf.h"

/* Longer than any salt or info in use. */
#define DATA_MOST 65536
/* RFC 5869, 2.3: the block counter is one byte. */
#define BLOCKS_MOST 255

struct hkdf {
	bool extract, expand;
	const EVP_MD *hash;
	struct view salt; /* where it is no key, which is params->refs[0] */
	struct view info;
};

/* The salt of an extraction: none, bytes, or another key's value. */
static CK_RV
parse_salt(const struct pkcs11_hkdf_params *in, struct params *params, struct view *salt)
{
	switch (in->salt_type) {
	case CKF_HKDF_SALT_NULL:
		return CKR_OK;
	case CKF_HKDF_SALT_DATA:
		if (in->salt_len > DATA_MOST)
			return CKR_MECHANISM_PARAM_INVALID;
		return params_keep(params, in->salt, in->salt_len, salt);
	case CKF_HKDF_SALT_KEY:
		params->refs[0].handle = in->salt_key;
		params->ref_count = 1;
		return CKR_OK;
	default:
		return CKR_MECHANISM_PARAM_INVALID;
	}
}

/*
 * Is this the info of an initialisation vector, which the other side of a record
 * layer could be told?  It begins with two bytes of length and ends with an empty
 * context: HkdfLabel of RFC 8446, 7.1 with the labels of TLS 1.3, QUIC (RFC 9001,
 * 5.1; RFC 9369, 3.3.1) and DTLS 1.3 (RFC 9147, 5.9), and as PKCS#11 Profiles 3.2
 * prints it for CKP_HKDF_TLS_TOKEN.
 */
static bool
names_iv(struct view info)
{
	static const struct view labels[] = {
		VIEW_LITERAL("\x08tls13 iv"),
		VIEW_LITERAL("\x0dtls13 quic iv"),
		VIEW_LITERAL("\x0ftls13 quicv2 iv"),
		VIEW_LITERAL("\x08"
			     "dtls13iv"),
		VIEW_LITERAL("tls iv"),
		VIEW_LITERAL("tls quic iv"),
	};

	if (info.len < 3 || info.data[info.len - 1] != 0)
		return false;
	for (size_t i = 0; i < COUNT_OF(labels); i++)
		if (view_equal(view_of(info.data + 2, info.len - 3), labels[i]))
			return true;
	return false;
}

/* What belongs to a step that is not asked for is not looked at: clients leave it unset. */
static CK_RV
parse(const CK_MECHANISM *mechanism, struct params *params)
{
	struct hkdf *hkdf = params_new(params, sizeof(*hkdf));
	struct pkcs11_hkdf_params in;

	if (hkdf == NULL)
		return CKR_HOST_MEMORY;
	TRY(params_read(mechanism, &in, sizeof(in)));
	hkdf->extract = in.extract != CK_FALSE;
	hkdf->expand = in.expand != CK_FALSE;
	hkdf->hash = crypto_digest_asked(in.prf_hash_mechanism);
	if (hkdf->hash == NULL)
		return failure_unless_memory(CKR_MECHANISM_PARAM_INVALID);
	if (!hkdf->extract && !hkdf->expand)
		return CKR_MECHANISM_PARAM_INVALID;
	if (hkdf->extract)
		TRY(parse_salt(&in, params, &hkdf->salt));
	if (!hkdf->expand)
		return CKR_OK;
	if (in.info_len > DATA_MOST)
		return CKR_MECHANISM_PARAM_INVALID;
	TRY(params_keep(params, in.info, in.info_len, &hkdf->info));
	params->harmless = names_iv(hkdf->info);
	return CKR_OK;
}

/* Of a secret key, or of a data object: CKM_HKDF_DATA made one, or the client. */
static CK_RV
value_of(const struct key *key, struct view *value)
{
	const struct attrs *holder = key->class == CKO_DATA ? key->meta : key->secret;

	/* A handle in the parameter may name a key of any class. */
	if (holder == NULL || !attrs_get(holder, CKA_VALUE, value))
		return CKR_KEY_TYPE_INCONSISTENT;
	return CKR_OK;
}

/* RFC 5869, 2.2: PRK = HMAC(salt, IKM). */
static CK_RV
extract(struct prf *prf, const struct params *params, struct view ikm, struct secret *prk)
{
	struct view salt = ((const struct hkdf *)params->data)->salt;

	if (params->ref_count != 0)
		TRY(value_of(params->refs[0].key, &salt));
	if (!secret_alloc(prk, prf->size))
		return CKR_HOST_MEMORY;
	return prf_compute(prf, salt, &ikm, 1, prk->data);
}

/* RFC 5869, 2.3: T(i) = HMAC(PRK, T(i-1) || info || i), and T(0) is empty. */
static CK_RV
expand(struct prf *prf, struct view prk, struct view info, struct secret *okm)
{
	RELEASED(secret_clear) struct secret block = { 0 };
	struct view before = VIEW_NONE;

	if (!secret_alloc(&block, prf->size))
		return CKR_HOST_MEMORY;
	for (size_t at = 0; at < okm->len; at += prf->size) {
		const size_t left = okm->len - at;
		const unsigned char counter = (unsigned char)(at / prf->size + 1);
		const struct view parts[] = { before, info, view_of(&counter, 1) };

		TRY(prf_compute(prf, prk, parts, COUNT_OF(parts), block.data));
		memcpy(okm->data + at, block.data, left < prf->size ? left : prf->size);
		before = secret_view(&block);
	}
	return CKR_OK;
}

static CK_RV
expand_wanted(struct prf *prf, const struct hkdf *hkdf, const struct want *want, struct view prk,
    struct secret *okm)
{
	size_t len;

	TRY(kdf_length(want, &len));
	if (len > BLOCKS_MOST * prf->size)
		return CKR_KEY_SIZE_RANGE;
	if (!secret_alloc(okm, len))
		return CKR_HOST_MEMORY;
	return expand(prf, prk, hkdf->info, okm);
}

static CK_RV
derive(const struct mechanism *m, const struct params *params, struct key *base,
    const struct want *want, struct made *made)
{
	const struct hkdf *hkdf = params->data;
	RELEASED(prf_release) struct prf prf = { 0 };
	RELEASED(secret_clear) struct secret prk = { 0 };
	RELEASED(secret_clear) struct secret okm = { 0 };
	struct view value;

	(void)m;
	TRY(value_of(base, &value));
	TRY(prf_begin(&prf, hkdf->hash));
	if (hkdf->extract) {
		TRY(extract(&prf, params, value, &prk));
		value = secret_view(&prk);
	}
	if (!hkdf->expand)
		return attrs_set_secret(&made->secret, CKA_VALUE, &prk);
	TRY(expand_wanted(&prf, hkdf, want, value, &okm));
	return attrs_set_secret(&made->secret, CKA_VALUE, &okm);
}

static const struct mech_ops hkdf_ops = {
	.derive = derive,
};

#define HKDF_ROW                                                                                   \
	KEYS(CKK_HKDF, CKK_GENERIC_SECRET), SIZES(1, MAX_SECRET, CKF_DERIVE),                      \
	    .parse = parse, .ops = &hkdf_ops, .algorithm = "HMAC", .takes_data = true

const struct mechanism hkdf_mechanisms[] = {
	{ MECH(CKM_HKDF_DERIVE), HKDF_ROW },
	{ MECH(CKM_HKDF_DATA), HKDF_ROW, .makes = MAKES_DATA },
	{ 0 },
};
