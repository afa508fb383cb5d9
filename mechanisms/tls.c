/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for TLS 1.2's secrets (RFC 5246, RFC 7627, RFC 5705): master secret,
 * key block, Finished, exporters.  All are the PRF of RFC 5246, 5, with a label
 * each.  It is built on HMAC rather than on libcrypto's TLS1-PRF, which takes no
 * seed over 1 KiB in 3.0 and gives its secrets no place in the arena.
 *
 * Nobody knows of a handshake here, nor of records.
 */
#include <stddef.h>
#include <string.h>

#include "mechanisms/kdf.h"
#include "mechanisms/pkey.h"
#include "mechanisms/prf.h"

/* RFC 5246, 6.1. */
#define MASTER_LEN 48
#define RANDOM_LEN 32
/* A MAC key as long as SHA-512's digest, a cipher key, an IV of one block: no cipher suite has
 * more. */
#define MAC_KEY_MOST 64
#define CIPHER_KEY_MOST 64
#define IV_MOST 16
/* RFC 5246, 7.4.9: at least 12 bytes of verify_data; and no suite defines more than that. */
#define FINISHED_LEAST 12
#define FINISHED_MOST 64
/* Finished is made of a hash; TLS 1.0 has two of them. */
#define FINISHED_INPUT_MOST 1024
/* RFC 5705, 4: the length of the context takes two bytes.  The label has no limit of its own. */
#define EXPORT_MOST 65535

/* --- the pseudorandom function -------------------------------------------------------------- */

/* Label and seed, in parts; those not needed are empty. */
#define PARTS 5
struct seed {
	struct view parts[PARTS];
};

/* RFC 5246, 5: P_hash is HMAC(A(1) || seed) || HMAC(A(2) || seed) ..., A(i) = HMAC(A(i-1)). */
static CK_RV
p_hash(const EVP_MD *hash, struct view secret, const struct seed *seed, struct secret *out)
{
	RELEASED(prf_release) struct prf prf = { 0 };
	RELEASED(secret_clear) struct secret a = { 0 };
	RELEASED(secret_clear) struct secret block = { 0 };
	struct view parts[1 + PARTS];

	TRY(prf_begin(&prf, hash));
	if (!secret_alloc(&a, prf.size) || !secret_alloc(&block, prf.size))
		return CKR_HOST_MEMORY;
	parts[0] = secret_view(&a);
	memcpy(parts + 1, seed->parts, sizeof(seed->parts));
	TRY(prf_compute(&prf, secret, seed->parts, PARTS, a.data));
	for (size_t at = 0; at < out->len; at += prf.size) {
		const size_t left = out->len - at;

		TRY(prf_compute(&prf, secret, parts, COUNT_OF(parts), block.data));
		memcpy(out->data + at, block.data, left < prf.size ? left : prf.size);
		TRY(prf_compute(&prf, secret, parts, 1, a.data));
	}
	return CKR_OK;
}

static void
md_release(EVP_MD **md)
{
	EVP_MD_free(*md);
}

/* RFC 2246, 5: half the secret through P_MD5, half through P_SHA-1.  A master secret has no middle
 * byte, which would go through both. */
static CK_RV
prf_of_tls10(struct view secret, const struct seed *seed, struct secret *out)
{
	/* No other mechanism has this hash; where libcrypto has none, there is no such PRF. */
	RELEASED(md_release) EVP_MD *md5 = EVP_MD_fetch(libctx(), "MD5", NULL);
	RELEASED(secret_clear) struct secret other = { 0 };
	const size_t half = secret.len / 2;

	if (md5 == NULL)
		return CKR_MECHANISM_PARAM_INVALID;
	if (!secret_alloc(&other, out->len))
		return CKR_HOST_MEMORY;
	TRY(p_hash(md5, view_of(secret.data, half), seed, out));
	TRY(p_hash(crypto_digest(CKM_SHA_1), view_of(secret.data + half, half), seed, &other));
	for (size_t i = 0; i < out->len; i++)
		out->data[i] ^= other.data[i];
	return CKR_OK;
}

/* The first out->len bytes; without a hash those of TLS 1.0 and 1.1. */
static CK_RV
tls_prf(const EVP_MD *hash, struct view secret, const struct seed *seed, struct secret *out)
{
	return hash != NULL ? p_hash(hash, secret, seed, out) : prf_of_tls10(secret, seed, out);
}

/* --- what the parameters have in common ------------------------------------------------------ */

static CK_RV
parse_hash(CK_MECHANISM_TYPE hash, const EVP_MD **out)
{
	*out = crypto_digest_asked(hash);
	return *out != NULL ? CKR_OK : failure_unless_memory(CKR_MECHANISM_PARAM_INVALID);
}

/* The same where CKM_TLS_PRF may stand for the PRF of TLS 1.0. */
static CK_RV
parse_prf(CK_MECHANISM_TYPE prf, const EVP_MD **out)
{
	*out = NULL;
	return prf == CKM_TLS_PRF ? CKR_OK : parse_hash(prf, out);
}

struct randoms {
	struct view client, server;
};

static CK_RV
parse_randoms(
    const struct pkcs11_ssl3_random_data *in, struct params *params, struct randoms *randoms)
{
	if (in->client_random_len != RANDOM_LEN || in->server_random_len != RANDOM_LEN)
		return CKR_MECHANISM_PARAM_INVALID;
	TRY(params_keep(params, in->client_random, RANDOM_LEN, &randoms->client));
	return params_keep(params, in->server_random, RANDOM_LEN, &randoms->server);
}

static struct view
value_of(const struct key *key)
{
	struct view value = VIEW_NONE;

	(void)attrs_get(key->secret, CKA_VALUE, &value);
	return value;
}

static CK_RV
master_of(const struct key *key, struct view *master)
{
	*master = value_of(key);
	return master->len == MASTER_LEN ? CKR_OK : CKR_KEY_SIZE_RANGE;
}

/* --- master secrets -------------------------------------------------------------------------- */

struct master {
	const EVP_MD *hash;
	struct seed seed;
	unsigned char version[2]; /* public: what the client offered, out of an RSA premaster */
};

/* The premaster comes of an agreement: it has any length, and no version in front. */
static bool
agreed(CK_MECHANISM_TYPE type)
{
	return type == CKM_TLS12_MASTER_KEY_DERIVE_DH ||
	    type == CKM_TLS12_EXTENDED_MASTER_KEY_DERIVE_DH;
}

static CK_RV
parse_version(CK_MECHANISM_TYPE type, CK_VERSION *to, struct master *master, struct params *params)
{
	_Static_assert(sizeof(*to) == sizeof(master->version), "CK_VERSION");

	if (to == NULL)
		return CKR_OK;
	if (agreed(type))
		return CKR_MECHANISM_PARAM_INVALID;
	params->deliveries[params->delivery_count++] =
	    (struct delivery){ to, master->version, sizeof(master->version) };
	return CKR_OK;
}

/* What a master secret is good for, where its template does not say. */
static CK_RV
limit_uses(struct params *params)
{
	static const CK_MECHANISM_TYPE uses[] = { CKM_TLS12_KEY_AND_MAC_DERIVE,
		CKM_TLS12_KEY_SAFE_DERIVE, CKM_TLS_KDF, CKM_TLS_MAC, CKM_TLS12_KDF, CKM_TLS12_MAC };
	unsigned char list[COUNT_OF(uses) * 8]; /* public: numbers of mechanisms */

	for (size_t i = 0; i < COUNT_OF(uses); i++)
		ulong_encode(uses[i], list + i * 8);
	return attrs_set(&params->defaults, CKA_ALLOWED_MECHANISMS, view_of(list, sizeof(list)));
}

/* RFC 5246, 8.1. */
static CK_RV
master_parse(const CK_MECHANISM *mechanism, struct params *params)
{
	struct master *master = params_new(params, sizeof(*master));
	struct pkcs11_tls12_master_key_derive_params in;
	struct randoms randoms;

	if (master == NULL)
		return CKR_HOST_MEMORY;
	TRY(params_read(mechanism, &in, sizeof(in)));
	TRY(parse_hash(in.prf_hash_mechanism, &master->hash));
	TRY(parse_randoms(&in.random_info, params, &randoms));
	TRY(parse_version(mechanism->mechanism, in.version, master, params));
	master->seed =
	    (struct seed){ { VIEW_LITERAL("master secret"), randoms.client, randoms.server } };
	return limit_uses(params);
}

/* RFC 7627, 4: the session hash is made with the hash of the PRF. */
static CK_RV
extended_parse(const CK_MECHANISM *mechanism, struct params *params)
{
	struct master *master = params_new(params, sizeof(*master));
	struct pkcs11_tls12_extended_master_key_derive_params in;
	struct view session_hash;

	if (master == NULL)
		return CKR_HOST_MEMORY;
	TRY(params_read(mechanism, &in, sizeof(in)));
	TRY(parse_hash(in.prf_hash_mechanism, &master->hash));
	if (in.session_hash_len != (size_t)EVP_MD_get_size(master->hash))
		return CKR_MECHANISM_PARAM_INVALID;
	TRY(params_keep(params, in.session_hash, in.session_hash_len, &session_hash));
	TRY(parse_version(mechanism->mechanism, in.version, master, params));
	master->seed = (struct seed){ { VIEW_LITERAL("extended master secret"), session_hash } };
	return limit_uses(params);
}

static CK_RV
master_derive(const struct mechanism *m, const struct params *params, struct key *base,
    const struct want *want, struct made *made)
{
	RELEASED(secret_clear) struct secret out = { 0 };
	struct master *master = params->data;
	struct view premaster = value_of(base);

	if (!agreed(m->type)) {
		TRY(master_of(base, &premaster));
		memcpy(master->version, premaster.data, sizeof(master->version));
	} else if (attrs_bool(base->meta, CKA_HANDFAST_FINITE_FIELD, false)) {
		/* RFC 5246, 8.1.2: without leading zeros.  RFC 8422, 5.10, keeps those of ECDH. */
		premaster = number_strip(premaster);
	}
	if (want->type != CKK_GENERIC_SECRET || (want->len != 0 && want->len != MASTER_LEN))
		return CKR_TEMPLATE_INCONSISTENT;
	if (!secret_alloc(&out, MASTER_LEN))
		return CKR_HOST_MEMORY;
	TRY(tls_prf(master->hash, premaster, &master->seed, &out));
	return attrs_set_secret(&made->secret, CKA_VALUE, &out);
}

/* --- the key block --------------------------------------------------------------------------- */

/* RFC 5246, 6.3: two MAC keys, two keys, two IVs, of which the first is the client's. */
struct key_block {
	const EVP_MD *hash;
	struct seed seed;
	size_t mac, key, iv;
	unsigned char ivs[2][IV_MOST]; /* public: IVs go in the clear */
};

static CK_RV
parse_size(CK_ULONG bits, size_t most, size_t *bytes)
{
	*bytes = bits / 8;
	return bits % 8 == 0 && *bytes <= most ? CKR_OK : CKR_MECHANISM_PARAM_INVALID;
}

/* A member of the caller's structure, which need not be aligned. */
static void *
member(struct pkcs11_ssl3_key_mat_out *out, size_t offset)
{
	return (unsigned char *)(void *)out + offset;
}

/* In the order of the key block. */
static const size_t handles[] = {
	offsetof(struct pkcs11_ssl3_key_mat_out, client_mac_secret),
	offsetof(struct pkcs11_ssl3_key_mat_out, server_mac_secret),
	offsetof(struct pkcs11_ssl3_key_mat_out, client_key),
	offsetof(struct pkcs11_ssl3_key_mat_out, server_key),
};

/* The two MAC keys have no template: they sign, verify and derive. */
static CK_RV
describe_mac(struct product *product)
{
	product->type = CKK_GENERIC_SECRET;
	TRY(attrs_set_bool(&product->defaults, CKA_SIGN, true));
	TRY(attrs_set_bool(&product->defaults, CKA_VERIFY, true));
	return attrs_set_bool(&product->defaults, CKA_DERIVE, true);
}

static CK_RV
describe_key(struct product *product)
{
	product->shares = true;
	TRY(attrs_set_bool(&product->defaults, CKA_ENCRYPT, true));
	TRY(attrs_set_bool(&product->defaults, CKA_DECRYPT, true));
	return attrs_set_bool(&product->defaults, CKA_DERIVE, true);
}

/* The keys that there shall be; the caller reads a handle of 0 for the others. */
static CK_RV
list_keys(const struct key_block *block, struct pkcs11_ssl3_key_mat_out *to, struct params *params)
{
	static const CK_OBJECT_HANDLE none = CK_INVALID_HANDLE;
	size_t count = 0;

	TRY(params_products(params, (block->mac != 0 ? 2u : 0u) + (block->key != 0 ? 2u : 0u)));
	for (size_t i = 0; i < COUNT_OF(handles); i++) {
		const size_t len = i < 2 ? block->mac : block->key;
		struct product *product;

		if (len == 0) {
			params->deliveries[params->delivery_count++] =
			    (struct delivery){ member(to, handles[i]), &none, sizeof(none) };
			continue;
		}
		product = &params->products[count++];
		product->handle = member(to, handles[i]);
		product->len = len;
		TRY(i < 2 ? describe_mac(product) : describe_key(product));
	}
	return CKR_OK;
}

static CK_RV
list_ivs(struct key_block *block, struct pkcs11_ssl3_key_mat_out *to, struct params *params)
{
	struct pkcs11_ssl3_key_mat_out out;

	if (block->iv == 0)
		return CKR_OK;
	memcpy(&out, to, sizeof(out));
	if (out.iv_client == NULL || out.iv_server == NULL)
		return CKR_MECHANISM_PARAM_INVALID;
	params->deliveries[params->delivery_count++] =
	    (struct delivery){ out.iv_client, block->ivs[0], block->iv };
	params->deliveries[params->delivery_count++] =
	    (struct delivery){ out.iv_server, block->ivs[1], block->iv };
	return CKR_OK;
}

static CK_RV
block_parse(const CK_MECHANISM *mechanism, struct params *params)
{
	struct key_block *block = params_new(params, sizeof(*block));
	struct pkcs11_tls12_key_mat_params in;
	struct randoms randoms;

	if (block == NULL)
		return CKR_HOST_MEMORY;
	TRY(params_read(mechanism, &in, sizeof(in)));
	/* CKM_TLS12_KEY_SAFE_DERIVE: the size of IVs counts as 0, whatever it is. */
	if (mechanism->mechanism == CKM_TLS12_KEY_SAFE_DERIVE)
		in.iv_size_in_bits = 0;
	if (in.is_export != CK_FALSE || in.returned_key_material == NULL)
		return CKR_MECHANISM_PARAM_INVALID;
	TRY(parse_size(in.mac_size_in_bits, MAC_KEY_MOST, &block->mac));
	TRY(parse_size(in.key_size_in_bits, CIPHER_KEY_MOST, &block->key));
	TRY(parse_size(in.iv_size_in_bits, IV_MOST, &block->iv));
	TRY(parse_hash(in.prf_hash_mechanism, &block->hash));
	TRY(parse_randoms(&in.random_info, params, &randoms));
	block->seed =
	    (struct seed){ { VIEW_LITERAL("key expansion"), randoms.server, randoms.client } };
	params->products_only = true;
	TRY(list_keys(block, in.returned_key_material, params));
	return list_ivs(block, in.returned_key_material, params);
}

static CK_RV
take_key(struct view *rest, size_t len, struct made *made)
{
	RELEASED(secret_clear) struct secret value = { 0 };

	if (!secret_copy(&value, view_of(rest->data, len)))
		return CKR_HOST_MEMORY;
	*rest = view_of(rest->data + len, rest->len - len);
	return attrs_set_secret(&made->secret, CKA_VALUE, &value);
}

/*
 * Does the request show as IVs what with another one is keys, for nobody's use?  A
 * smaller size moves the IVs forward to where keys lie.  That cannot be prevented
 * altogether: sizes that some suite has may be asked for in another's session.
 */
static bool
exposes(const struct key_block *block, const struct key *base)
{
	const bool hidden = attrs_bool(base->meta, CKA_SENSITIVE, true) ||
	    !attrs_bool(base->meta, CKA_EXTRACTABLE, false);

	return hidden && block->iv != 0 && block->key == 0;
}

static CK_RV
block_derive(const struct mechanism *m, const struct params *params, struct key *base,
    const struct want *want, struct made *made)
{
	RELEASED(secret_clear) struct secret out = { 0 };
	struct key_block *block = params->data;
	struct view master, rest;

	(void)m;
	(void)want;
	TRY(master_of(base, &master));
	if (exposes(block, base))
		return CKR_MECHANISM_PARAM_INVALID;
	if (!secret_alloc(&out, 2 * (block->mac + block->key + block->iv)))
		return CKR_HOST_MEMORY;
	TRY(tls_prf(block->hash, master, &block->seed, &out));
	rest = secret_view(&out);
	for (size_t i = 0; i < params->product_count; i++)
		TRY(take_key(&rest, params->products[i].len, &made[i + 1]));
	for (size_t i = 0; i < COUNT_OF(block->ivs) && block->iv != 0; i++)
		memcpy(block->ivs[i], rest.data + i * block->iv, block->iv);
	return CKR_OK;
}

/* --- exporters ------------------------------------------------------------------------------- */

struct export
{
	const EVP_MD *hash;
	struct seed seed;
	unsigned char context_len[2]; /* public */
};

/* RFC 5705, 4, and RFC 7627: what TLS itself has its secrets and messages of. */
static bool
reserved(struct view label)
{
	static const struct view labels[] = {
		{ (const unsigned char *)"client finished", 15 },
		{ (const unsigned char *)"server finished", 15 },
		{ (const unsigned char *)"master secret", 13 },
		{ (const unsigned char *)"extended master secret", 22 },
		{ (const unsigned char *)"key expansion", 13 },
	};

	for (size_t i = 0; i < COUNT_OF(labels); i++)
		if (view_equal(label, labels[i]))
			return true;
	return false;
}

static CK_RV
export_parse(const CK_MECHANISM *mechanism, struct params *params)
{
	struct export *export = params_new(params, sizeof(*export));
	struct pkcs11_tls_kdf_params in;
	struct view label, context;
	struct randoms randoms;

	if (export == NULL)
		return CKR_HOST_MEMORY;
	TRY(params_read(mechanism, &in, sizeof(in)));
	TRY(parse_prf(in.prf_mechanism, &export->hash));
	if (in.label_len == 0 || in.label_len > EXPORT_MOST || in.context_data_len > EXPORT_MOST)
		return CKR_MECHANISM_PARAM_INVALID;
	TRY(params_keep(params, in.label, in.label_len, &label));
	if (reserved(label))
		return CKR_MECHANISM_PARAM_INVALID;
	TRY(parse_randoms(&in.random_info, params, &randoms));
	TRY(params_keep(params, in.context_data, in.context_data_len, &context));
	export->seed = (struct seed){ { label, randoms.client, randoms.server } };
	/* RFC 5705, 4: no context is another thing than an empty one. */
	if (in.context_data == NULL)
		return CKR_OK;
	export->context_len[0] = (unsigned char)(context.len >> 8);
	export->context_len[1] = (unsigned char)context.len;
	export->seed.parts[3] = view_of(export->context_len, sizeof(export->context_len));
	export->seed.parts[4] = context;
	return CKR_OK;
}

static CK_RV
export_derive(const struct mechanism *m, const struct params *params, struct key *base,
    const struct want *want, struct made *made)
{
	RELEASED(secret_clear) struct secret out = { 0 };
	const struct export *export = params->data;
	struct view master;
	size_t len;

	(void)m;
	TRY(master_of(base, &master));
	TRY(kdf_length(want, &len));
	if (!secret_alloc(&out, len))
		return CKR_HOST_MEMORY;
	TRY(tls_prf(export->hash, master, &export->seed, &out));
	return attrs_set_secret(&made->secret, CKA_VALUE, &out);
}

/* --- Finished -------------------------------------------------------------------------------- */

struct finished {
	const EVP_MD *hash;
	struct view label;
	size_t len;
};

static CK_RV
finished_parse(const CK_MECHANISM *mechanism, struct params *params)
{
	struct finished *finished = params_new(params, sizeof(*finished));
	struct pkcs11_tls_mac_params in;

	if (finished == NULL)
		return CKR_HOST_MEMORY;
	TRY(params_read(mechanism, &in, sizeof(in)));
	TRY(parse_prf(in.prf_hash_mechanism, &finished->hash));
	if (in.mac_length < FINISHED_LEAST || in.mac_length > FINISHED_MOST ||
	    (in.server_or_client != 1 && in.server_or_client != 2))
		return CKR_MECHANISM_PARAM_INVALID;
	finished->len = in.mac_length;
	finished->label = in.server_or_client == 1 ? VIEW_LITERAL("server finished")
						   : VIEW_LITERAL("client finished");
	return CKR_OK;
}

static CK_RV
finished_start(struct operation *op)
{
	struct view master;

	return master_of(op->key, &master);
}

static size_t
finished_bound(const struct operation *op, size_t in, bool last)
{
	(void)in;
	return last ? ((const struct finished *)op->params.data)->len : 0;
}

static CK_RV
verify_data(const struct operation *op, struct view in, struct secret *out)
{
	const struct finished *finished = op->params.data;
	const struct seed seed = { { finished->label, in } };

	if (!secret_alloc(out, finished->len))
		return CKR_HOST_MEMORY;
	return tls_prf(finished->hash, value_of(op->key), &seed, out);
}

static CK_RV
finished_sign(struct operation *op, struct view in, struct out *out)
{
	RELEASED(secret_clear) struct secret right = { 0 };

	TRY(verify_data(op, in, &right));
	memcpy(out->data, right.data, right.len);
	out->len = right.len;
	return CKR_OK;
}

static CK_RV
finished_verify(struct operation *op, struct view in, struct view signature)
{
	RELEASED(secret_clear) struct secret right = { 0 };

	if (signature.len != ((const struct finished *)op->params.data)->len)
		return CKR_SIGNATURE_LEN_RANGE;
	TRY(verify_data(op, in, &right));
	return secret_equal(secret_view(&right), signature) ? CKR_OK : CKR_SIGNATURE_INVALID;
}

/* --- the rows -------------------------------------------------------------------------------- */

static const struct mech_ops master_ops = {
	.derive = master_derive,
};
static const struct mech_ops block_ops = {
	.derive = block_derive,
};
static const struct mech_ops export_ops = {
	.derive = export_derive,
};
static const struct mech_ops finished_ops = {
	.start = finished_start,
	.once = finished_sign,
	.check_once = finished_verify,
	.bound = finished_bound,
};

#define TLS KEYS(CKK_GENERIC_SECRET), .algorithm = "HMAC"
#define DERIVES_FROM(least, most) SIZES(least, most, CKF_DERIVE)
#define MASTER(parse_it) .parse = (parse_it), .ops = &master_ops
#define BLOCK .parse = block_parse, .ops = &block_ops, .lineage = LINEAGE_SAME

const struct mechanism tls_mechanisms[] = {
	{ MECH(CKM_TLS12_MASTER_KEY_DERIVE), TLS, DERIVES_FROM(MASTER_LEN, MASTER_LEN),
	    MASTER(master_parse) },
	{ MECH(CKM_TLS12_MASTER_KEY_DERIVE_DH), TLS, DERIVES_FROM(1, MAX_SECRET),
	    MASTER(master_parse) },
	{ MECH(CKM_TLS12_EXTENDED_MASTER_KEY_DERIVE), TLS, DERIVES_FROM(MASTER_LEN, MASTER_LEN),
	    MASTER(extended_parse) },
	{ MECH(CKM_TLS12_EXTENDED_MASTER_KEY_DERIVE_DH), TLS, DERIVES_FROM(1, MAX_SECRET),
	    MASTER(extended_parse) },
	{ MECH(CKM_TLS12_KEY_AND_MAC_DERIVE), TLS, DERIVES_FROM(MASTER_LEN, MASTER_LEN), BLOCK },
	{ MECH(CKM_TLS12_KEY_SAFE_DERIVE), TLS, DERIVES_FROM(MASTER_LEN, MASTER_LEN), BLOCK },
	{ MECH(CKM_TLS_KDF), TLS, DERIVES_FROM(MASTER_LEN, MASTER_LEN), .parse = export_parse,
	    .ops = &export_ops, .lineage = LINEAGE_TIED },
	{ MECH(CKM_TLS_MAC), TLS, SIZES(MASTER_LEN, MASTER_LEN, CKF_SIGN | CKF_VERIFY),
	    .parse = finished_parse, .ops = &finished_ops, .limit = FINISHED_INPUT_MOST },
	{ 0 },
};
