/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for what the asymmetric families do alike: numbers between
 * attributes and libcrypto, CKA_PUBLIC_KEY_INFO, contexts kept ready.  Must not
 * know which family it serves.
 */
#include "mechanisms/pkey.h"

#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "token/base/keytypes.h"

void
pkey_release(EVP_PKEY **pkey)
{
	EVP_PKEY_free(*pkey);
}

void
pkey_ctx_release(EVP_PKEY_CTX **ctx)
{
	EVP_PKEY_CTX_free(*ctx);
}

void
numbers_release(BN_CTX **ctx)
{
	BN_CTX_free(*ctx);
}

/* --- numbers ---------------------------------------------------------------- */

BN_CTX *
numbers_new(void)
{
	/* "Secure" numbers are wiped when freed, even where libcrypto has no secure heap. */
	BN_CTX *ctx = BN_CTX_secure_new_ex(libctx());

	if (ctx != NULL)
		BN_CTX_start(ctx);
	return ctx;
}

struct view
attribute(const struct attrs *set, CK_ATTRIBUTE_TYPE type)
{
	struct view value = VIEW_NONE;

	if (set == NULL || !attrs_get(set, type, &value))
		return VIEW_NONE;
	return value;
}

struct view
number_strip(struct view number)
{
	while (number.len > 0 && number.data[0] == 0) {
		number.data++;
		number.len--;
	}
	return number;
}

size_t
number_bits(struct view number)
{
	if (number.len == 0)
		return 0;
	return number.len * 8 - (size_t)(__builtin_clz(number.data[0]) - 24);
}

CK_RV
number_normalise(struct attrs *set, CK_ATTRIBUTE_TYPE type, size_t most)
{
	struct view given, number;

	if (!attrs_get(set, type, &given))
		return CKR_TEMPLATE_INCOMPLETE;
	number = number_strip(given);
	if (number.len == 0 || number.len > most)
		return CKR_ATTRIBUTE_VALUE_INVALID;
	return number.len == given.len ? CKR_OK : attrs_set(set, type, number);
}

BIGNUM *
number_load(BN_CTX *ctx, struct view number)
{
	BIGNUM *loaded = BN_CTX_get(ctx);

	return loaded != NULL ? BN_bin2bn(number.data, (int)number.len, loaded) : NULL;
}

CK_RV
number_store(struct attrs *set, CK_ATTRIBUTE_TYPE type, const BIGNUM *number, size_t least)
{
	RELEASED(secret_clear) struct secret value = { 0 };
	size_t len = (size_t)BN_num_bytes(number);

	if (len < least)
		len = least;
	if (!secret_alloc(&value, len))
		return CKR_HOST_MEMORY;
	if (BN_bn2binpad(number, value.data, (int)len) < 0)
		return crypto_failure();
	return attrs_set(set, type, secret_view(&value));
}

/* --- libcrypto's form --------------------------------------------------------- */

static bool
push_numbers(OSSL_PARAM_BLD *builder, BN_CTX *ctx, const struct key *key,
    const struct number *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct view value =
		    attribute(numbers[i].secret ? key->secret : key->meta, numbers[i].type);
		BIGNUM *number;

		if (value.len == 0)
			continue;
		number = number_load(ctx, value);
		if (number == NULL ||
		    OSSL_PARAM_BLD_push_BN(builder, numbers[i].parameter, number) != 1)
			return false;
	}
	return true;
}

static bool
push_group(OSSL_PARAM_BLD *builder, const char *group, struct view point)
{
	if (group != NULL &&
	    OSSL_PARAM_BLD_push_utf8_string(builder, OSSL_PKEY_PARAM_GROUP_NAME, group, 0) != 1)
		return false;
	return point.len == 0 ||
	    OSSL_PARAM_BLD_push_octet_string(
		builder, OSSL_PKEY_PARAM_PUB_KEY, point.data, point.len) == 1;
}

EVP_PKEY_CTX *
pkey_context(const char *algorithm)
{
	char name[64];
	int len = snprintf(name, sizeof(name), "%s%s", KEYTYPES_PREFIX, algorithm);

	return len > 0 && (size_t)len < sizeof(name)
	    ? EVP_PKEY_CTX_new_from_name(libctx(), name, KEYTYPES_PROPERTIES)
	    : NULL;
}

EVP_PKEY *
pkey_generate(const char *algorithm, const char *group)
{
	RELEASED(pkey_ctx_release) EVP_PKEY_CTX *ctx = pkey_context(algorithm);
	EVP_PKEY *pkey = NULL;

	if (ctx == NULL || EVP_PKEY_keygen_init(ctx) != 1 ||
	    (group != NULL && EVP_PKEY_CTX_set_group_name(ctx, group) != 1) ||
	    EVP_PKEY_generate(ctx, &pkey) != 1)
		return NULL;
	return pkey;
}

CK_RV
pkey_from_params(const char *algorithm, OSSL_PARAM *params, EVP_PKEY **out)
{
	RELEASED(pkey_ctx_release)
	EVP_PKEY_CTX *ctx = pkey_context(algorithm);

	return ctx != NULL && EVP_PKEY_fromdata_init(ctx) == 1 &&
		EVP_PKEY_fromdata(ctx, out, EVP_PKEY_KEYPAIR, params) == 1
	    ? CKR_OK
	    : crypto_failure();
}

CK_RV
pkey_build(const struct key *key, const char *algorithm, const struct number *numbers, size_t count,
    const char *group, struct view point, EVP_PKEY **out)
{
	RELEASED(numbers_release) BN_CTX *ctx = numbers_new();
	OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
	OSSL_PARAM *params = NULL;
	CK_RV rv;

	if (ctx != NULL && builder != NULL && push_group(builder, group, point) &&
	    push_numbers(builder, ctx, key, numbers, count))
		params = OSSL_PARAM_BLD_to_param(builder);
	rv = params != NULL ? pkey_from_params(algorithm, params, out) : crypto_failure();
	/* Wipes the values: those of "secure" numbers lie apart. */
	OSSL_PARAM_free(params);
	OSSL_PARAM_BLD_free(builder);
	return rv;
}

/* --- SubjectPublicKeyInfo ------------------------------------------------------ */

static EVP_PKEY *
info_decode(struct view info)
{
	const unsigned char *at = info.data;
	EVP_PKEY *pkey = d2i_PUBKEY_ex(NULL, &at, (long)info.len, libctx(), NULL);

	if (pkey != NULL && at == info.data + info.len)
		return pkey;
	EVP_PKEY_free(pkey);
	return NULL;
}

/* One key can be told in several ways: a compressed point, a length beside DH parameters. */
static bool
info_same(struct view a, struct view b)
{
	RELEASED(pkey_release) EVP_PKEY *one = NULL;
	RELEASED(pkey_release) EVP_PKEY *other = NULL;

	if (view_equal(a, b))
		return true;
	one = info_decode(a);
	other = info_decode(b);
	return one != NULL && other != NULL && EVP_PKEY_eq(one, other) == 1;
}

static CK_RV
info_encode(struct der *der, struct view algorithm, struct view public_key)
{
	static const unsigned char unused_bits[1] = { 0 };

	if (!der_begin(der, algorithm.len + public_key.len + 2 * DER_HEADER + 1))
		return CKR_HOST_MEMORY;
	der_prepend(der, public_key);
	der_prepend(der, view_of(unused_bits, sizeof(unused_bits)));
	der_wrap(der, DER_BIT_STRING, der->buffer.len);
	der_prepend(der, algorithm);
	der_wrap(der, DER_SEQUENCE, der->buffer.len);
	return CKR_OK;
}

CK_RV
public_key_info(struct attrs *meta, struct view algorithm, struct view public_key)
{
	RELEASED(der_release) struct der info = { 0 };
	struct view given = attribute(meta, CKA_PUBLIC_KEY_INFO);

	TRY(info_encode(&info, algorithm, public_key));
	if (given.len > 0 && !info_same(given, der_view(&info)))
		return CKR_ATTRIBUTE_VALUE_INVALID;
	return attrs_set(meta, CKA_PUBLIC_KEY_INFO, der_view(&info));
}

/* --- contexts kept ready ------------------------------------------------------- */

void
prepared_free(void *prepared)
{
	struct prepared *p = prepared;

	if (p == NULL)
		return;
	EVP_PKEY_CTX_free(p->ctx);
	EVP_PKEY_free(p->peer);
	BN_CTX_free(p->numbers);
	free(p);
}

void
prepared_release(struct prepared **prepared)
{
	prepared_free(*prepared);
}

static bool
purpose_same(const struct purpose *a, const struct purpose *b)
{
	return a->type == b->type && a->verb == b->verb && a->settings[0] == b->settings[0] &&
	    a->settings[1] == b->settings[1] && a->settings[2] == b->settings[2];
}

CK_RV
prepared_take(
    struct loaded *loaded, const struct purpose *purpose, struct prepared **out, bool *fresh)
{
	struct prepared *p;

	/* A key is seldom used in two ways, so what served another purpose makes room. */
	while ((p = loaded_take(loaded)) != NULL && !purpose_same(&p->purpose, purpose))
		prepared_free(p);
	*fresh = p == NULL;
	if (p == NULL) {
		p = calloc(1, sizeof(*p));
		if (p == NULL)
			return CKR_HOST_MEMORY;
		p->purpose = *purpose;
		p->ctx = EVP_PKEY_CTX_new_from_pkey(libctx(), loaded->pkey, KEYTYPES_PROPERTIES);
	}
	*out = p;
	return p->ctx != NULL ? CKR_OK : crypto_failure();
}

CK_RV
prepared_peer(struct prepared *prepared, const struct loaded *loaded)
{
	prepared->peer = EVP_PKEY_new();
	if (prepared->peer == NULL || EVP_PKEY_copy_parameters(prepared->peer, loaded->pkey) != 1 ||
	    EVP_PKEY_derive_init(prepared->ctx) != 1)
		return crypto_failure();
	return CKR_OK;
}

CK_RV
prepared_agree(
    struct prepared *prepared, struct view peer, bool validate, size_t len, struct secret *z)
{
	size_t made = len;

	if (!secret_alloc(z, len))
		return CKR_HOST_MEMORY;
	if (EVP_PKEY_set1_encoded_public_key(prepared->peer, peer.data, peer.len) != 1 ||
	    EVP_PKEY_derive_set_peer_ex(prepared->ctx, prepared->peer, validate) != 1 ||
	    EVP_PKEY_derive(prepared->ctx, z->data, &made) != 1)
		return failure_unless_memory(CKR_PUBLIC_KEY_INVALID);
	return made == len ? CKR_OK : CKR_GENERAL_ERROR;
}

void
prepared_give(struct loaded *loaded, struct prepared **prepared)
{
	loaded_give(loaded, *prepared);
	*prepared = NULL;
}
