/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Turns a row of a vector file into what a caller hands to the module: a
 * mechanism with its parameter in memory, keys, templates.  Knows nothing of
 * what is then tried with them (t-vectors.c).
 */
#include "tests/vectors.h"

#include <openssl/crypto.h>
#include <stdio.h>

#define VECTOR_FAMILY(family) { #family, family##_vectors },
static const struct {
	const char *name;
	const struct vector *rows;
} families[] = { VECTOR_FAMILIES(VECTOR_FAMILY) };

void
vectors_each(void (*call)(const char *family, const struct vector *, void *), void *context)
{
	for (size_t i = 0; i < COUNT_OF(families); i++) {
		for (const struct vector *row = families[i].rows; row->source != NULL; row++)
			call(families[i].name, row, context);
	}
}

bool
vector_plays(const struct vector *vector)
{
	unsigned major, minor, running = OPENSSL_version_major();

	if (vector->since == NULL)
		return true;
	check(sscanf(vector->since, "%u.%u", &major, &minor) == 2);
	return running > major || (running == major && OPENSSL_version_minor() >= minor);
}

/* --- parameters ------------------------------------------------------------ */

CK_MECHANISM *
vector_mechanism(CK_SESSION_HANDLE session, const struct vector *vector)
{
	CK_MECHANISM *mechanism = scratch(sizeof(*mechanism));
	struct parameter parameter = vector->parameter;

	*mechanism = (CK_MECHANISM){ vector->mechanism, NULL, 0 };
	for (size_t i = 0; i < COUNT_OF(parameter.keys) && parameter.keys[i] != NULL; i++)
		parameter.handles[i] = vector_key_make(
		    session, parameter.keys[i], parameter.keys[i]->class, CKF_DERIVE, CK_FALSE);
	if (parameter.build != NULL)
		parameter.build(&parameter, mechanism);
	return mechanism;
}

static void
set_parameter(CK_MECHANISM *to, const void *parameter, size_t len)
{
	to->pParameter = (void *)copy_of(parameter, len).data;
	to->ulParameterLen = len;
}

/* Bytes for a parameter's member: NULL where there are none, as clients pass. */
static CK_BYTE *
member(const char *hex, CK_ULONG *len)
{
	struct view bytes = unhex(hex);

	*len = bytes.len;
	return bytes.len == 0 ? NULL : (CK_BYTE *)bytes.data;
}

void
build_bytes(const struct parameter *from, CK_MECHANISM *to)
{
	to->pParameter = member(from->bytes[0], &to->ulParameterLen);
}

void
build_handle(const struct parameter *from, CK_MECHANISM *to)
{
	set_parameter(to, &from->handles[0], sizeof(from->handles[0]));
}

void
build_number(const struct parameter *from, CK_MECHANISM *to)
{
	set_parameter(to, &from->number[0], sizeof(from->number[0]));
}

void
build_string(const struct parameter *from, CK_MECHANISM *to)
{
	CK_KEY_DERIVATION_STRING_DATA string;

	string.pData = member(from->bytes[0], &string.ulLen);
	set_parameter(to, &string, sizeof(string));
}

void
build_cbc_data(const struct parameter *from, CK_MECHANISM *to)
{
	CK_AES_CBC_ENCRYPT_DATA_PARAMS data;

	memcpy(data.iv, unhex(from->bytes[0]).data, sizeof(data.iv));
	data.pData = member(from->bytes[1], &data.length);
	set_parameter(to, &data, sizeof(data));
}

void
build_ecdh_wrap(const struct parameter *from, CK_MECHANISM *to)
{
	struct pkcs11_ecdh_aes_key_wrap_params wrap = { .aes_key_bits = from->number[0],
		.kdf = from->number[1] };

	wrap.shared_data = member(from->bytes[0], &wrap.shared_data_len);
	set_parameter(to, &wrap, sizeof(wrap));
}

void
build_ctr(const struct parameter *from, CK_MECHANISM *to)
{
	CK_AES_CTR_PARAMS ctr = { .ulCounterBits = from->number[0] };

	memcpy(ctr.cb, unhex(from->bytes[0]).data, sizeof(ctr.cb));
	set_parameter(to, &ctr, sizeof(ctr));
}

void
build_chacha20(const struct parameter *from, CK_MECHANISM *to)
{
	struct pkcs11_chacha20_params chacha20 = { .block_counter_bits = from->number[0] };
	CK_ULONG len;

	chacha20.block_counter = member(from->bytes[0], &len);
	chacha20.nonce = member(from->bytes[1], &len);
	chacha20.nonce_bits = 8 * len;
	set_parameter(to, &chacha20, sizeof(chacha20));
}

void
build_chacha20_poly1305(const struct parameter *from, CK_MECHANISM *to)
{
	struct pkcs11_chacha20_poly1305_params aead = { 0 };

	aead.nonce = member(from->bytes[0], &aead.nonce_len);
	aead.nonce_len = from->number[0];
	aead.aad = member(from->bytes[1], &aead.aad_len);
	set_parameter(to, &aead, sizeof(aead));
}

void
build_gcm(const struct parameter *from, CK_MECHANISM *to)
{
	CK_GCM_PARAMS gcm = { .ulTagBits = from->number[0] };

	gcm.pIv = member(from->bytes[0], &gcm.ulIvLen);
	gcm.ulIvBits = gcm.ulIvLen * 8;
	gcm.pAAD = member(from->bytes[1], &gcm.ulAADLen);
	set_parameter(to, &gcm, sizeof(gcm));
}

void
build_ccm(const struct parameter *from, CK_MECHANISM *to)
{
	struct pkcs11_ccm_params ccm = { .data_len = from->number[0], .mac_len = from->number[1] };

	ccm.nonce = member(from->bytes[0], &ccm.nonce_len);
	ccm.aad = member(from->bytes[1], &ccm.aad_len);
	set_parameter(to, &ccm, sizeof(ccm));
}

void
build_oaep(const struct parameter *from, CK_MECHANISM *to)
{
	CK_RSA_PKCS_OAEP_PARAMS oaep = {
		.hashAlg = from->number[0], .mgf = from->number[1], .source = CKZ_DATA_SPECIFIED
	};

	oaep.pSourceData = member(from->bytes[0], &oaep.ulSourceDataLen);
	set_parameter(to, &oaep, sizeof(oaep));
}

void
build_pss(const struct parameter *from, CK_MECHANISM *to)
{
	const CK_RSA_PKCS_PSS_PARAMS pss = { from->number[0], from->number[1], from->number[2] };

	set_parameter(to, &pss, sizeof(pss));
}

void
build_rsa_aes(const struct parameter *from, CK_MECHANISM *to)
{
	struct pkcs11_rsa_aes_key_wrap_params rsa_aes = { .aes_key_bits = from->number[2] };

	build_oaep(from, to);
	rsa_aes.oaep_params = to->pParameter;
	set_parameter(to, &rsa_aes, sizeof(rsa_aes));
}

void
build_eddsa(const struct parameter *from, CK_MECHANISM *to)
{
	struct pkcs11_eddsa_params eddsa = { .ph_flag = (CK_BBOOL)from->number[0] };

	eddsa.context_data = member(from->bytes[0], &eddsa.context_data_len);
	set_parameter(to, &eddsa, sizeof(eddsa));
}

void
build_sign_context(const struct parameter *from, CK_MECHANISM *to)
{
	struct pkcs11_sign_additional_context sign = { .hedge_variant = from->number[0] };

	sign.context = member(from->bytes[0], &sign.context_len);
	set_parameter(to, &sign, sizeof(sign));
}

void
build_hash_sign_context(const struct parameter *from, CK_MECHANISM *to)
{
	struct pkcs11_hash_sign_additional_context sign = { .hedge_variant = from->number[0],
		.hash = from->number[1] };

	sign.context = member(from->bytes[0], &sign.context_len);
	set_parameter(to, &sign, sizeof(sign));
}

void
build_ecdh(const struct parameter *from, CK_MECHANISM *to)
{
	CK_ECDH1_DERIVE_PARAMS ecdh = { .kdf = from->number[0] };

	ecdh.pSharedData = member(from->bytes[0], &ecdh.ulSharedDataLen);
	ecdh.pPublicData = member(from->bytes[1], &ecdh.ulPublicDataLen);
	set_parameter(to, &ecdh, sizeof(ecdh));
}

void
build_x9_42(const struct parameter *from, CK_MECHANISM *to)
{
	struct pkcs11_x9_42_dh1_derive_params x9_42 = { .kdf = from->number[0] };

	x9_42.other_info = member(from->bytes[0], &x9_42.other_info_len);
	x9_42.public_data = member(from->bytes[1], &x9_42.public_data_len);
	set_parameter(to, &x9_42, sizeof(x9_42));
}

void
build_hkdf(const struct parameter *from, CK_MECHANISM *to)
{
	struct pkcs11_hkdf_params hkdf = {
		.extract = (from->number[0] & EXTRACT) != 0,
		.expand = (from->number[0] & EXPAND) != 0,
		.prf_hash_mechanism = from->number[1],
		.salt_type = from->bytes[0] == NULL ? CKF_HKDF_SALT_NULL : CKF_HKDF_SALT_DATA,
	};

	hkdf.salt = member(from->bytes[0], &hkdf.salt_len);
	hkdf.info = member(from->bytes[1], &hkdf.info_len);
	set_parameter(to, &hkdf, sizeof(hkdf));
}

void
build_pbkdf2(const struct parameter *from, CK_MECHANISM *to)
{
	struct pkcs11_pkcs5_pbkd2_params2 pbkdf2 = { .salt_source = CKZ_SALT_SPECIFIED,
		.prf = from->number[0],
		.iterations = from->number[1] };

	pbkdf2.salt_source_data = member(from->bytes[0], &pbkdf2.salt_source_data_len);
	pbkdf2.password = member(from->bytes[1], &pbkdf2.password_len);
	set_parameter(to, &pbkdf2, sizeof(pbkdf2));
}

static struct pkcs11_ssl3_random_data
tls_randoms(const char *client, const char *server)
{
	struct pkcs11_ssl3_random_data randoms = { 0 };

	randoms.client_random = member(client, &randoms.client_random_len);
	randoms.server_random = member(server, &randoms.server_random_len);
	return randoms;
}

void
build_tls_master(const struct parameter *from, CK_MECHANISM *to)
{
	struct pkcs11_tls12_master_key_derive_params master = {
		.random_info = tls_randoms(from->bytes[0], from->bytes[1]),
		.version = from->number[1] != 0 ? scratch(sizeof(CK_VERSION)) : NULL,
		.prf_hash_mechanism = from->number[0],
	};

	set_parameter(to, &master, sizeof(master));
}

void
build_tls_extended(const struct parameter *from, CK_MECHANISM *to)
{
	struct pkcs11_tls12_extended_master_key_derive_params master = {
		.version = from->number[1] != 0 ? scratch(sizeof(CK_VERSION)) : NULL,
		.prf_hash_mechanism = from->number[0],
	};

	master.session_hash = member(from->bytes[0], &master.session_hash_len);
	set_parameter(to, &master, sizeof(master));
}

void
build_tls_keys(const struct parameter *from, CK_MECHANISM *to)
{
	struct pkcs11_tls12_key_mat_params keys = {
		.mac_size_in_bits = from->number[1],
		.key_size_in_bits = from->number[2],
		.random_info = tls_randoms(from->bytes[0], from->bytes[1]),
		.returned_key_material = scratch(sizeof(struct pkcs11_ssl3_key_mat_out)),
		.prf_hash_mechanism = from->number[0],
	};

	set_parameter(to, &keys, sizeof(keys));
}

void
build_tls_kdf(const struct parameter *from, CK_MECHANISM *to)
{
	struct view randoms = unhex(from->bytes[1]);
	struct pkcs11_tls_kdf_params kdf = {
		.prf_mechanism = from->number[0],
		.random_info = { (CK_BYTE *)randoms.data, randoms.len / 2,
		    (CK_BYTE *)randoms.data + randoms.len / 2, randoms.len / 2 },
	};

	kdf.label = member(from->bytes[0], &kdf.label_len);
	/* Here NULL and nothing are not the same. */
	if (from->bytes[2] != NULL) {
		struct view context = unhex(from->bytes[2]);

		kdf.context_data = context.len != 0 ? (CK_BYTE *)context.data : scratch(1);
		kdf.context_data_len = context.len;
	}
	set_parameter(to, &kdf, sizeof(kdf));
}

void
build_tls_mac(const struct parameter *from, CK_MECHANISM *to)
{
	const struct pkcs11_tls_mac_params mac = { .prf_hash_mechanism = from->number[0],
		.mac_length = from->number[1],
		.server_or_client = from->number[2] };

	set_parameter(to, &mac, sizeof(mac));
}

/* How the pieces of an input are written; `bits` of numbers. */
static const struct {
	CK_ULONG type, bits;
	CK_BBOOL little;
	CK_ULONG method;
} pieces[] = {
	[ITERATION] = { CK_SP800_108_ITERATION_VARIABLE, 0, 0, 0 },
	[COUNT_8] = { CK_SP800_108_COUNTER, 8, CK_FALSE, 0 },
	[COUNT_16] = { CK_SP800_108_COUNTER, 16, CK_FALSE, 0 },
	[COUNT_24] = { CK_SP800_108_COUNTER, 24, CK_FALSE, 0 },
	[COUNT_32] = { CK_SP800_108_COUNTER, 32, CK_FALSE, 0 },
	[COUNT_16_LITTLE] = { CK_SP800_108_COUNTER, 16, CK_TRUE, 0 },
	[LENGTH_16] = { CK_SP800_108_DKM_LENGTH, 16, CK_FALSE,
	    CK_SP800_108_DKM_LENGTH_SUM_OF_KEYS },
	[LENGTH_32] = { CK_SP800_108_DKM_LENGTH, 32, CK_FALSE,
	    CK_SP800_108_DKM_LENGTH_SUM_OF_KEYS },
	[LENGTH_64_LITTLE] = { CK_SP800_108_DKM_LENGTH, 64, CK_TRUE,
	    CK_SP800_108_DKM_LENGTH_SUM_OF_KEYS },
	[SEGMENTS_32] = { CK_SP800_108_DKM_LENGTH, 32, CK_FALSE,
	    CK_SP800_108_DKM_LENGTH_SUM_OF_SEGMENTS },
	[DATA] = { CK_SP800_108_BYTE_ARRAY, 0, 0, 0 },
	[MORE_DATA] = { CK_SP800_108_BYTE_ARRAY, 0, 0, 0 },
	[A_KEY] = { CK_SP800_108_KEY_HANDLE, 0, 0, 0 },
};

static struct pkcs11_prf_data_param
build_piece(const struct parameter *from, enum kbkdf_piece piece, CK_MECHANISM_TYPE mode)
{
	struct pkcs11_sp800_108_counter_format counter = { pieces[piece].little,
		pieces[piece].bits };
	struct pkcs11_sp800_108_dkm_length_format length = { pieces[piece].method,
		pieces[piece].little, pieces[piece].bits };
	struct pkcs11_prf_data_param param = { .type = pieces[piece].type };
	struct view value = VIEW_NONE;

	if (param.type == CK_SP800_108_COUNTER)
		value = copy_of(&counter, sizeof(counter));
	if (param.type == CK_SP800_108_COUNTER && mode == CKM_SP800_108_COUNTER_KDF)
		param.type = CK_SP800_108_ITERATION_VARIABLE;
	if (param.type == CK_SP800_108_DKM_LENGTH)
		value = copy_of(&length, sizeof(length));
	if (param.type == CK_SP800_108_BYTE_ARRAY)
		value = unhex(from->bytes[piece == DATA ? 0 : 1]);
	if (param.type == CK_SP800_108_KEY_HANDLE)
		value = copy_of(&from->handles[0], sizeof(from->handles[0]));
	param.value = (void *)value.data;
	param.value_len = value.len;
	return param;
}

void
build_kbkdf(const struct parameter *from, CK_MECHANISM *to)
{
	struct pkcs11_sp800_108_kdf_params kdf = { .prf_type = from->number[0] };
	struct pkcs11_sp800_108_feedback_kdf_params feedback;
	CK_ULONG *count = &kdf.number_of_data_params;

	kdf.data_params = scratch(4 * sizeof(*kdf.data_params));
	for (CK_ULONG left = from->number[1]; left != 0; left >>= 4)
		kdf.data_params[(*count)++] = build_piece(from, left & 15, to->mechanism);
	if (to->mechanism != CKM_SP800_108_FEEDBACK_KDF) {
		set_parameter(to, &kdf, sizeof(kdf));
		return;
	}
	feedback = (struct pkcs11_sp800_108_feedback_kdf_params){ .prf_type = kdf.prf_type,
		.number_of_data_params = *count,
		.data_params = kdf.data_params };
	feedback.iv = member(from->bytes[2], &feedback.iv_len);
	set_parameter(to, &feedback, sizeof(feedback));
}

void
build_ike_prf(const struct parameter *from, CK_MECHANISM *to)
{
	struct pkcs11_ike_prf_derive_params ike = { .prf_mechanism = from->number[0],
		.data_as_key = (from->number[1] & DATA_AS_KEY) != 0,
		.rekey = (from->number[1] & REKEY) != 0,
		.new_key = from->handles[0] };

	ike.ni = member(from->bytes[0], &ike.ni_len);
	ike.nr = member(from->bytes[1], &ike.nr_len);
	set_parameter(to, &ike, sizeof(ike));
}

void
build_ike2_prf_plus(const struct parameter *from, CK_MECHANISM *to)
{
	struct pkcs11_ike2_prf_plus_derive_params ike = { .prf_mechanism = from->number[0],
		.has_seed_key = from->keys[0] != NULL,
		.seed_key = from->handles[0] };

	ike.seed_data = member(from->bytes[0], &ike.seed_data_len);
	set_parameter(to, &ike, sizeof(ike));
}

void
build_ike1_prf(const struct parameter *from, CK_MECHANISM *to)
{
	struct pkcs11_ike1_prf_derive_params ike = { .prf_mechanism = from->number[0],
		.key_number = (CK_BYTE)from->number[1],
		.has_prev_key = from->keys[1] != NULL,
		.keygxy = from->handles[0],
		.prev_key = from->handles[1] };

	ike.cky_i = member(from->bytes[0], &ike.cky_i_len);
	ike.cky_r = member(from->bytes[1], &ike.cky_r_len);
	set_parameter(to, &ike, sizeof(ike));
}

void
build_ike1_extended(const struct parameter *from, CK_MECHANISM *to)
{
	struct pkcs11_ike1_extended_derive_params ike = { .prf_mechanism = from->number[0],
		.has_keygxy = from->keys[0] != NULL,
		.keygxy = from->handles[0] };

	ike.extra_data = member(from->bytes[0], &ike.extra_data_len);
	set_parameter(to, &ike, sizeof(ike));
}

/* --- keys ------------------------------------------------------------------ */

CK_ULONG
vector_template(const struct vector_attribute *from, size_t room, CK_ATTRIBUTE *to)
{
	CK_ULONG count = 0;

	while (count < room && (from[count].type != 0 || from[count].hex != NULL)) {
		struct view value = from[count].hex != NULL
		    ? unhex(from[count].hex)
		    : copy_of(&from[count].number, sizeof(CK_ULONG));

		to[count] = BYTES(from[count].type, value);
		count++;
	}
	return count;
}

/* Which permission each verb asks of a key, and which halves have it. */
static const struct {
	CK_FLAGS verb;
	CK_ATTRIBUTE_TYPE use;
	bool public, private;
} uses_of_verbs[] = {
	{ CKF_ENCRYPT, CKA_ENCRYPT, true, false },
	{ CKF_DECRYPT, CKA_DECRYPT, false, true },
	{ CKF_SIGN, CKA_SIGN, false, true },
	{ CKF_VERIFY, CKA_VERIFY, true, false },
	{ CKF_WRAP, CKA_WRAP, true, false },
	{ CKF_UNWRAP, CKA_UNWRAP, false, true },
	{ CKF_DERIVE, CKA_DERIVE, false, true },
	{ CKF_ENCAPSULATE, CKA_ENCAPSULATE, true, false },
	{ CKF_DECAPSULATE, CKA_DECAPSULATE, false, true },
};

static CK_ULONG
add_uses(CK_OBJECT_CLASS half, CK_FLAGS uses, CK_ATTRIBUTE *to)
{
	CK_ULONG count = 0;

	for (size_t i = 0; i < COUNT_OF(uses_of_verbs); i++) {
		CK_BBOOL allowed = (uses & uses_of_verbs[i].verb) != 0;

		/* Only pairs encapsulate. */
		if (half == CKO_SECRET_KEY && (uses_of_verbs[i].verb & KEM) != 0)
			continue;
		if ((half == CKO_PUBLIC_KEY && !uses_of_verbs[i].public) ||
		    (half == CKO_PRIVATE_KEY && !uses_of_verbs[i].private))
			continue;
		to[count++] = BYTES(uses_of_verbs[i].use, copy_of(&allowed, sizeof(allowed)));
	}
	return count;
}

CK_OBJECT_HANDLE
vector_key_make_with(CK_SESSION_HANDLE session, const struct vector_key *key, CK_OBJECT_CLASS half,
    CK_FLAGS uses, CK_BBOOL hidden, const CK_ATTRIBUTE *more)
{
	bool is_public = half == CKO_PUBLIC_KEY;
	/* A public key has neither of the last two. */
	CK_ATTRIBUTE template[32] = {
		ULONG(CKA_CLASS, half),
		ULONG(CKA_KEY_TYPE, key->type),
		BOOL(CKA_PRIVATE, hidden),
		NO(CKA_SENSITIVE),
		YES(CKA_EXTRACTABLE),
	};
	CK_ULONG count = is_public ? 3 : 5;
	CK_OBJECT_HANDLE made = CK_INVALID_HANDLE;

	count += add_uses(half, uses, template + count);
	count += is_public
	    ? vector_template(key->public, COUNT_OF(key->public), template + count)
	    : vector_template(key->private, COUNT_OF(key->private), template + count);
	if (more != NULL)
		template[count++] = *more;
	ok(p11->C_CreateObject(session, template, count, &made));
	return made;
}

CK_OBJECT_HANDLE
vector_key_make(CK_SESSION_HANDLE session, const struct vector_key *key, CK_OBJECT_CLASS half,
    CK_FLAGS uses, CK_BBOOL hidden)
{
	return vector_key_make_with(session, key, half, uses, hidden, NULL);
}
