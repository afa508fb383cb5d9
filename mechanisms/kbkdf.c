/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for the key derivations of NIST SP 800-108: counter, feedback and
 * double pipeline mode, with the input laid out as the caller says, and several
 * keys from one derivation.  They are built on HMAC and CMAC rather than on
 * libcrypto's KBKDF, which has one layout (and in 3.0 one counter width).
 *
 * PKCS#11 3.2, 6.42; the names below are those of SP 800-108: K(i) is the i-th
 * segment of output, A(i) the iteration variable of the double pipeline, L the
 * length of what is derived.
 */
#include <string.h>

#include "mechanisms/kdf.h"
#include "mechanisms/prf.h"

/* The most pieces of an input, and bytes in them, that anybody could mean. */
#define PIECES_MOST 32
#define DATA_MOST 65536

/* A number as it is written into the input. */
struct format {
	size_t width; /* in bytes; 0: there is no such number */
	bool little_endian;
};

/* A piece of the PRF's input. */
struct piece {
	CK_ULONG type;
	struct view bytes; /* of a byte array */
	size_t ref;        /* of a key handle: which of params->refs */
};

struct kbkdf {
	CK_MECHANISM_TYPE prf;
	bool iterates;         /* has its iteration variable */
	struct format counter; /* i, as iteration variable or beside it */
	struct format length;  /* L */
	CK_ULONG length_method;
	struct view iv;  /* K(0) of feedback mode */
	size_t data_len; /* of all byte arrays */
	size_t count;
	struct piece pieces[PIECES_MOST];
};

/* The parameter */

static CK_RV
parse_format(CK_BBOOL little_endian, CK_ULONG bits, size_t most, struct format *format)
{
	if (bits == 0 || bits % 8 != 0 || bits / 8 > most)
		return CKR_MECHANISM_PARAM_INVALID;
	*format = (struct format){ bits / 8, little_endian != CK_FALSE };
	return CKR_OK;
}

/* Copies what a piece points to, which must be exactly this large. */
static CK_RV
read_value(const struct pkcs11_prf_data_param *in, void *out, size_t size)
{
	if (in->value == NULL || in->value_len != size)
		return CKR_MECHANISM_PARAM_INVALID;
	memcpy(out, in->value, size);
	return CKR_OK;
}

static CK_RV
parse_counter(const struct pkcs11_prf_data_param *in, struct kbkdf *kbkdf)
{
	struct pkcs11_sp800_108_counter_format format;

	if (kbkdf->counter.width != 0)
		return CKR_MECHANISM_PARAM_INVALID;
	TRY(read_value(in, &format, sizeof(format)));
	return parse_format(format.little_endian, format.width_in_bits, 4, &kbkdf->counter);
}

static CK_RV
parse_length(const struct pkcs11_prf_data_param *in, struct kbkdf *kbkdf)
{
	struct pkcs11_sp800_108_dkm_length_format format;

	if (kbkdf->length.width != 0)
		return CKR_MECHANISM_PARAM_INVALID;
	TRY(read_value(in, &format, sizeof(format)));
	if (format.dkm_length_method != CK_SP800_108_DKM_LENGTH_SUM_OF_KEYS &&
	    format.dkm_length_method != CK_SP800_108_DKM_LENGTH_SUM_OF_SEGMENTS)
		return CKR_MECHANISM_PARAM_INVALID;
	kbkdf->length_method = format.dkm_length_method;
	return parse_format(format.little_endian, format.width_in_bits, 8, &kbkdf->length);
}

/* The counter itself in counter mode; in the others a value of their own, without a format. */
static CK_RV
parse_iteration(const struct pkcs11_prf_data_param *in, bool counts, struct kbkdf *kbkdf)
{
	if (kbkdf->iterates)
		return CKR_MECHANISM_PARAM_INVALID;
	kbkdf->iterates = true;
	if (counts)
		return parse_counter(in, kbkdf);
	return in->value == NULL && in->value_len == 0 ? CKR_OK : CKR_MECHANISM_PARAM_INVALID;
}

static CK_RV
parse_bytes(const struct pkcs11_prf_data_param *in, struct params *params, struct piece *piece)
{
	struct kbkdf *kbkdf = params->data;

	if (in->value_len == 0 || in->value_len > DATA_MOST - kbkdf->data_len)
		return CKR_MECHANISM_PARAM_INVALID;
	kbkdf->data_len += in->value_len;
	return params_keep(params, in->value, in->value_len, &piece->bytes);
}

static CK_RV
parse_key(const struct pkcs11_prf_data_param *in, struct params *params, struct piece *piece)
{
	if (params->ref_count == COUNT_OF(params->refs))
		return CKR_MECHANISM_PARAM_INVALID;
	piece->ref = params->ref_count++;
	return read_value(
	    in, &params->refs[piece->ref].handle, sizeof(params->refs[piece->ref].handle));
}

static CK_RV
parse_piece(
    const struct pkcs11_prf_data_param *in, bool counts, struct params *params, struct piece *piece)
{
	struct kbkdf *kbkdf = params->data;

	piece->type = in->type;
	switch (in->type) {
	case CK_SP800_108_ITERATION_VARIABLE:
		return parse_iteration(in, counts, kbkdf);
	case CK_SP800_108_COUNTER:
		return counts ? CKR_MECHANISM_PARAM_INVALID : parse_counter(in, kbkdf);
	case CK_SP800_108_DKM_LENGTH:
		return parse_length(in, kbkdf);
	case CK_SP800_108_BYTE_ARRAY:
		return parse_bytes(in, params, piece);
	case CK_SP800_108_KEY_HANDLE:
		return parse_key(in, params, piece);
	default:
		return CKR_MECHANISM_PARAM_INVALID;
	}
}

static CK_RV
parse_pieces(const void *from, CK_ULONG count, bool counts, struct params *params)
{
	struct kbkdf *kbkdf = params->data;
	struct pkcs11_prf_data_param in;
	struct view list;

	if (count > PIECES_MOST)
		return CKR_MECHANISM_PARAM_INVALID;
	TRY(params_keep(params, from, count * sizeof(in), &list));
	for (size_t i = 0; i < count; i++) {
		memcpy(&in, list.data + i * sizeof(in), sizeof(in));
		TRY(parse_piece(&in, counts, params, &kbkdf->pieces[i]));
	}
	kbkdf->count = count;
	return kbkdf->iterates ? CKR_OK : CKR_MECHANISM_PARAM_INVALID;
}

static CK_RV
parse_products(const void *from, CK_ULONG count, struct params *params)
{
	struct pkcs11_derived_key in;
	struct view list;

	TRY(params_products(params, count));
	TRY(params_keep(params, from, count * sizeof(in), &list));
	for (size_t i = 0; i < count; i++) {
		memcpy(&in, list.data + i * sizeof(in), sizeof(in));
		if (in.key == NULL || (in.template == NULL && in.attribute_count != 0))
			return CKR_MECHANISM_PARAM_INVALID;
		params->products[i].attributes = in.template;
		params->products[i].attribute_count = in.attribute_count;
		params->products[i].handle = in.key;
	}
	return CKR_OK;
}

static CK_RV
parse(const struct pkcs11_sp800_108_kdf_params *in, bool counts, struct params *params)
{
	struct kbkdf *kbkdf = params->data;

	kbkdf->prf = in->prf_type;
	if (!prf_known(kbkdf->prf))
		return CKR_MECHANISM_PARAM_INVALID;
	TRY(parse_pieces(in->data_params, in->number_of_data_params, counts, params));
	return parse_products(in->additional_derived_key_list, in->additional_derived_keys, params);
}

/* Of counter mode and of the double pipeline. */
static CK_RV
parse_plain(const CK_MECHANISM *mechanism, struct params *params)
{
	struct pkcs11_sp800_108_kdf_params in;

	if (params_new(params, sizeof(struct kbkdf)) == NULL)
		return CKR_HOST_MEMORY;
	TRY(params_read(mechanism, &in, sizeof(in)));
	return parse(&in, mechanism->mechanism == CKM_SP800_108_COUNTER_KDF, params);
}

static CK_RV
parse_feedback(const CK_MECHANISM *mechanism, struct params *params)
{
	struct kbkdf *kbkdf = params_new(params, sizeof(*kbkdf));
	struct pkcs11_sp800_108_feedback_kdf_params in;
	struct pkcs11_sp800_108_kdf_params plain;

	if (kbkdf == NULL)
		return CKR_HOST_MEMORY;
	TRY(params_read(mechanism, &in, sizeof(in)));
	if (in.iv_len > DATA_MOST)
		return CKR_MECHANISM_PARAM_INVALID;
	TRY(params_keep(params, in.iv, in.iv_len, &kbkdf->iv));
	plain = (struct pkcs11_sp800_108_kdf_params){
		.prf_type = in.prf_type,
		.number_of_data_params = in.number_of_data_params,
		.data_params = in.data_params,
		.additional_derived_keys = in.additional_derived_keys,
		.additional_derived_key_list = in.additional_derived_key_list,
	};
	return parse(&plain, false, params);
}

/* The derivation */

/* One under way. */
struct run {
	CK_MECHANISM_TYPE mode;
	const struct kbkdf *kbkdf;
	struct prf prf;
	struct view parts[PIECES_MOST]; /* the input, piece by piece */
	uint32_t i;
	unsigned char counter[4]; /* public: i ... */
	unsigned char length[8];  /* public: ... and L, as they are written */
	struct secret segment;    /* K(i) */
	struct secret a;          /* A(i) */
};

static void
run_release(struct run *run)
{
	prf_release(&run->prf);
	secret_clear(&run->segment);
	secret_clear(&run->a);
}

static void
write_number(uint64_t number, const struct format *format, unsigned char *out)
{
	for (size_t i = 0; i < format->width; i++) {
		const size_t at = format->little_endian ? i : format->width - 1 - i;

		out[at] = (unsigned char)(number >> (8 * i));
	}
}

/* The most that a number of this format can say. */
static uint64_t
format_most(const struct format *format)
{
	return format->width == 8 ? UINT64_MAX : ((uint64_t)1 << (8 * format->width)) - 1;
}

/* Where the piece's bytes lie; of an iteration variable that is no counter, not yet. */
static CK_RV
part_of(const struct run *run, const struct params *params, const struct piece *piece,
    struct view *part)
{
	const struct kbkdf *kbkdf = run->kbkdf;
	const struct key *key;

	switch (piece->type) {
	case CK_SP800_108_ITERATION_VARIABLE:
		*part = run->mode == CKM_SP800_108_COUNTER_KDF
		    ? view_of(run->counter, kbkdf->counter.width)
		    : VIEW_NONE;
		return CKR_OK;
	case CK_SP800_108_COUNTER:
		*part = view_of(run->counter, kbkdf->counter.width);
		return CKR_OK;
	case CK_SP800_108_DKM_LENGTH:
		*part = view_of(run->length, kbkdf->length.width);
		return CKR_OK;
	case CK_SP800_108_KEY_HANDLE:
		key = params->refs[piece->ref].key;
		return key->secret != NULL && attrs_get(key->secret, CKA_VALUE, part)
		    ? CKR_OK
		    : CKR_KEY_TYPE_INCONSISTENT;
	default:
		*part = piece->bytes;
		return CKR_OK;
	}
}

/* How many bytes the n-th key takes.  6.42.6: its handle becomes 0 if its template is at fault. */
static CK_RV
key_length(const struct params *params, const struct want want[], size_t n, size_t *len)
{
	const CK_OBJECT_HANDLE none = CK_INVALID_HANDLE;
	const CK_RV rv = kdf_length(&want[n], len);

	if (rv != CKR_OK && n > 0)
		memcpy(params->products[n - 1].handle, &none, sizeof(none));
	return rv;
}

/* L, and whether the counter gets as far as all keys need. */
static CK_RV
run_measure(struct run *run, const struct params *params, const struct want want[])
{
	static const struct format always = { 4, false };
	const struct kbkdf *kbkdf = run->kbkdf;
	const struct format *counter = kbkdf->counter.width != 0 ? &kbkdf->counter : &always;
	uint64_t bytes = 0, segments = 0, bits;

	for (size_t n = 0; n <= params->product_count; n++) {
		size_t len;

		TRY(key_length(params, want, n, &len));
		bytes += len;
		segments += (len + run->prf.size - 1) / run->prf.size;
	}
	/* SP 800-108 r1, 4.1 to 4.3: n is at most 2^r - 1, or 2^32 - 1 without a counter. */
	if (segments > format_most(counter))
		return CKR_KEY_SIZE_RANGE;
	if (kbkdf->length.width == 0)
		return CKR_OK;
	bits = 8 *
	    (kbkdf->length_method == CK_SP800_108_DKM_LENGTH_SUM_OF_KEYS
		    ? bytes
		    : segments * run->prf.size);
	if (bits > format_most(&kbkdf->length))
		return CKR_MECHANISM_PARAM_INVALID;
	write_number(bits, &kbkdf->length, run->length);
	return CKR_OK;
}

static CK_RV
run_begin(
    struct run *run, const struct params *params, const struct key *base, const struct want want[])
{
	const struct kbkdf *kbkdf = run->kbkdf;
	struct view value;

	if (!attrs_get(base->secret, CKA_VALUE, &value))
		return CKR_KEY_TYPE_INCONSISTENT;
	/* 6.42: an AES-CMAC PRF has a base key of type CKK_AES. */
	if (kbkdf->prf == CKM_AES_CMAC && base->type != CKK_AES)
		return CKR_KEY_TYPE_INCONSISTENT;
	TRY(prf_start(&run->prf, kbkdf->prf, value));
	TRY(run_measure(run, params, want));
	if (!secret_alloc(&run->segment, run->prf.size) || !secret_alloc(&run->a, run->prf.size))
		return CKR_HOST_MEMORY;
	for (size_t i = 0; i < kbkdf->count; i++)
		TRY(part_of(run, params, &kbkdf->pieces[i], &run->parts[i]));
	return CKR_OK;
}

/* SP 800-108 r1, 4.3: A(i) = PRF(A(i-1)), and A(0) is the input without what changes. */
static CK_RV
pipeline_next(struct run *run)
{
	const struct view before = secret_view(&run->a);
	struct view fixed[PIECES_MOST];
	size_t count = 0;

	if (run->i > 1)
		return prf_next(&run->prf, &before, 1, run->a.data);
	for (size_t i = 0; i < run->kbkdf->count; i++)
		if (run->kbkdf->pieces[i].type != CK_SP800_108_ITERATION_VARIABLE &&
		    run->kbkdf->pieces[i].type != CK_SP800_108_COUNTER)
			fixed[count++] = run->parts[i];
	return prf_next(&run->prf, fixed, count, run->a.data);
}

static void
set_iteration(struct run *run, struct view value)
{
	for (size_t i = 0; i < run->kbkdf->count; i++)
		if (run->kbkdf->pieces[i].type == CK_SP800_108_ITERATION_VARIABLE)
			run->parts[i] = value;
}

/* The next K(i). */
static CK_RV
run_next(struct run *run)
{
	run->i++;
	write_number(run->i, &run->kbkdf->counter, run->counter);
	if (run->mode == CKM_SP800_108_FEEDBACK_KDF)
		set_iteration(run, run->i == 1 ? run->kbkdf->iv : secret_view(&run->segment));
	if (run->mode == CKM_SP800_108_DOUBLE_PIPELINE_KDF) {
		TRY(pipeline_next(run));
		set_iteration(run, secret_view(&run->a));
	}
	return prf_next(&run->prf, run->parts, run->kbkdf->count, run->segment.data);
}

/* 6.42.6: no two keys share a segment; what a key leaves of its last one is lost. */
static CK_RV
run_key(struct run *run, size_t len, struct made *made)
{
	RELEASED(secret_clear) struct secret key = { 0 };

	if (!secret_alloc(&key, len))
		return CKR_HOST_MEMORY;
	for (size_t at = 0; at < len; at += run->prf.size) {
		const size_t left = len - at;

		TRY(run_next(run));
		memcpy(
		    key.data + at, run->segment.data, left < run->prf.size ? left : run->prf.size);
	}
	return attrs_set_secret(&made->secret, CKA_VALUE, &key);
}

static CK_RV
derive(const struct mechanism *m, const struct params *params, struct key *base,
    const struct want want[], struct made made[])
{
	RELEASED(run_release) struct run run = { .mode = m->type, .kbkdf = params->data };

	TRY(run_begin(&run, params, base, want));
	for (size_t n = 0; n <= params->product_count; n++) {
		size_t len;

		TRY(key_length(params, want, n, &len));
		TRY(run_key(&run, len, &made[n]));
	}
	return CKR_OK;
}

static const struct mech_ops kbkdf_ops = {
	.derive = derive,
};

/* 6.42 counts the sizes of base keys in bits. */
#define KBKDF(parser)                                                                              \
	KEYS(CKK_GENERIC_SECRET, CKK_AES, CKK_HKDF, CKK_SHA_1_HMAC, CKK_SHA224_HMAC,               \
	    CKK_SHA256_HMAC, CKK_SHA384_HMAC, CKK_SHA512_HMAC, CKK_SHA512_224_HMAC,                \
	    CKK_SHA512_256_HMAC, CKK_SHA3_224_HMAC, CKK_SHA3_256_HMAC, CKK_SHA3_384_HMAC,          \
	    CKK_SHA3_512_HMAC),                                                                    \
	    SIZES(8, 8 * MAX_SECRET, CKF_DERIVE), .parse = (parser), .ops = &kbkdf_ops,            \
						  .algorithm = "HMAC", .lineage = LINEAGE_LIKE

const struct mechanism kbkdf_mechanisms[] = {
	{ MECH(CKM_SP800_108_COUNTER_KDF), KBKDF(parse_plain) },
	{ MECH(CKM_SP800_108_FEEDBACK_KDF), KBKDF(parse_feedback) },
	{ MECH(CKM_SP800_108_DOUBLE_PIPELINE_KDF), KBKDF(parse_plain) },
	{ 0 },
};
