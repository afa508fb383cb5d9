/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libcrypto as the other party: see peer.h.
 */
#include "tests/peer.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

void
peer_release(EVP_PKEY **key)
{
	EVP_PKEY_free(*key);
	*key = NULL;
}

/* --- keys ------------------------------------------------------------------ */

/* Generates or builds; `group` may be NULL. */
static EVP_PKEY *
generate(const char *type, const char *group)
{
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
	EVP_PKEY *key = NULL;
	OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, (char *)group, 0),
		OSSL_PARAM_construct_end(),
	};

	check(EVP_PKEY_keygen_init(context) == 1 && EVP_PKEY_CTX_set_params(context, params) == 1);
	check(EVP_PKEY_generate(context, &key) == 1);
	EVP_PKEY_CTX_free(context);
	return key;
}

EVP_PKEY *
peer_ec(const char *group)
{
	return generate("EC", group);
}

EVP_PKEY *
peer_x(const char *curve)
{
	return generate(curve, curve);
}

EVP_PKEY *
peer_dh(const char *group)
{
	return generate("DH", group);
}

EVP_PKEY *
peer_rsa(unsigned bits)
{
	EVP_PKEY *key = EVP_RSA_gen(bits);

	check(key != NULL);
	return key;
}

static EVP_PKEY *
from_params(const char *type, OSSL_PARAM_BLD *build)
{
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
	OSSL_PARAM *params = OSSL_PARAM_BLD_to_param(build);
	EVP_PKEY *key = NULL;

	check(EVP_PKEY_fromdata_init(context) == 1);
	check(EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, params) == 1);
	EVP_PKEY_CTX_free(context);
	OSSL_PARAM_free(params);
	OSSL_PARAM_BLD_free(build);
	return key;
}

EVP_PKEY *
peer_ec_public(const char *group, struct view point)
{
	OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();

	OSSL_PARAM_BLD_push_utf8_string(build, OSSL_PKEY_PARAM_GROUP_NAME, group, 0);
	OSSL_PARAM_BLD_push_octet_string(build, OSSL_PKEY_PARAM_PUB_KEY, point.data, point.len);
	return from_params("EC", build);
}

EVP_PKEY *
peer_x_public(const char *curve, struct view point)
{
	EVP_PKEY *key = EVP_PKEY_new_raw_public_key_ex(NULL, curve, NULL, point.data, point.len);

	check(key != NULL);
	return key;
}

static BIGNUM *
number_of(struct view bytes)
{
	return BN_bin2bn(bytes.data, (int)bytes.len, NULL);
}

EVP_PKEY *
peer_dh_public(const char *group, struct view value)
{
	OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
	BIGNUM *number = number_of(value);
	EVP_PKEY *key;

	OSSL_PARAM_BLD_push_utf8_string(build, OSSL_PKEY_PARAM_GROUP_NAME, group, 0);
	OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_PUB_KEY, number);
	key = from_params("DH", build);
	BN_free(number);
	return key;
}

EVP_PKEY *
peer_rsa_public(struct view modulus, struct view exponent)
{
	OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
	BIGNUM *n = number_of(modulus), *e = number_of(exponent);
	EVP_PKEY *key;

	OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_N, n);
	OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_E, e);
	key = from_params("RSA", build);
	BN_free(n);
	BN_free(e);
	return key;
}

/* --- their parts -------------------------------------------------------------- */

struct view
peer_number_padded(const EVP_PKEY *key, const char *name, size_t len)
{
	BIGNUM *number = NULL;
	unsigned char *bytes;

	check(EVP_PKEY_get_bn_param(key, name, &number) == 1);
	if (len == 0)
		len = (size_t)BN_num_bytes(number);
	bytes = scratch(len);
	check(BN_bn2binpad(number, bytes, (int)len) == (int)len);
	BN_free(number);
	return view_of(bytes, len);
}

struct view
peer_number(const EVP_PKEY *key, const char *name)
{
	return peer_number_padded(key, name, 0);
}

struct view
peer_point(const EVP_PKEY *key)
{
	unsigned char point[160];
	size_t len = 0;

	check(EVP_PKEY_get_octet_string_param(
		  key, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof(point), &len) == 1);
	check(len > 0 && (point[0] == 4 || !EVP_PKEY_is_a(key, "EC")));
	return copy_of(point, len);
}

/* Copies what an i2d function allocated. */
static struct view
taken(unsigned char *der, int len)
{
	struct view copy;

	check(len > 0);
	copy = copy_of(der, (size_t)len);
	OPENSSL_free(der);
	return copy;
}

struct view
peer_point_der(const EVP_PKEY *key)
{
	struct view point = peer_point(key);
	ASN1_OCTET_STRING *string = ASN1_OCTET_STRING_new();
	unsigned char *der = NULL;
	int len;

	ASN1_OCTET_STRING_set(string, point.data, (int)point.len);
	len = i2d_ASN1_OCTET_STRING(string, &der);
	ASN1_OCTET_STRING_free(string);
	return taken(der, len);
}

EVP_PKEY *
peer_spki_public(struct view spki)
{
	EVP_PKEY *key = d2i_PUBKEY(NULL, &(const unsigned char *){ spki.data }, (long)spki.len);

	check(key != NULL);
	return key;
}

struct view
peer_spki(const EVP_PKEY *key)
{
	unsigned char *der = NULL;
	int len = i2d_PUBKEY(key, &der);

	return taken(der, len);
}

/* --- what they compute ---------------------------------------------------------- */

struct view
peer_secret(EVP_PKEY *own, EVP_PKEY *other)
{
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(own, NULL);
	unsigned char *secret;
	size_t len = 0;

	check(EVP_PKEY_derive_init(context) == 1);
	if (EVP_PKEY_is_a(own, "DH") || EVP_PKEY_is_a(own, "DHX"))
		check(EVP_PKEY_CTX_set_dh_pad(context, 1) == 1);
	check(EVP_PKEY_derive_set_peer(context, other) == 1);
	check(EVP_PKEY_derive(context, NULL, &len) == 1);
	secret = scratch(len);
	check(EVP_PKEY_derive(context, secret, &len) == 1);
	EVP_PKEY_CTX_free(context);
	return view_of(secret, len);
}

struct view
peer_digest(const char *algorithm, struct view data)
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	size_t len = 0;

	check(EVP_Q_digest(NULL, algorithm, NULL, data.data, data.len, digest, &len) == 1);
	return copy_of(digest, len);
}

struct view
peer_oaep(EVP_PKEY *key, const char *hash, struct view plaintext)
{
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(key, NULL);
	size_t len = (size_t)EVP_PKEY_get_size(key);
	unsigned char *out = scratch(len);

	check(EVP_PKEY_encrypt_init(context) == 1);
	check(EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) == 1);
	check(EVP_PKEY_CTX_set_rsa_oaep_md_name(context, hash, NULL) == 1);
	check(EVP_PKEY_CTX_set_rsa_mgf1_md_name(context, hash, NULL) == 1);
	check(EVP_PKEY_encrypt(context, out, &len, plaintext.data, plaintext.len) == 1);
	EVP_PKEY_CTX_free(context);
	return view_of(out, len);
}

struct view
peer_aes_ecb(struct view key, struct view blocks)
{
	EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
	const EVP_CIPHER *cipher = key.len == 32 ? EVP_aes_256_ecb()
	    : key.len == 24                      ? EVP_aes_192_ecb()
						 : EVP_aes_128_ecb();
	unsigned char *out = scratch(blocks.len);
	int len = 0;

	check(EVP_EncryptInit_ex2(context, cipher, key.data, NULL, NULL) == 1);
	check(EVP_CIPHER_CTX_set_padding(context, 0) == 1);
	check(EVP_EncryptUpdate(context, out, &len, blocks.data, (int)blocks.len) == 1);
	EVP_CIPHER_CTX_free(context);
	return view_of(out, (size_t)len);
}

/* --- certificates ------------------------------------------------------------------ */

struct view
peer_certificate(EVP_PKEY *key, const char *common_name)
{
	X509 *certificate = X509_new();
	X509_NAME *name = X509_get_subject_name(certificate);
	unsigned char *der = NULL;
	int len;

	ASN1_INTEGER_set(X509_get_serialNumber(certificate), 0x1234567);
	X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
	X509_gmtime_adj(X509_getm_notAfter(certificate), 86400);
	X509_NAME_add_entry_by_txt(
	    name, "CN", MBSTRING_ASC, (const unsigned char *)common_name, -1, -1, 0);
	check(X509_set_issuer_name(certificate, name) == 1);
	check(X509_set_pubkey(certificate, key) == 1);
	check(X509_sign(certificate, key, EVP_sha256()) > 0);
	len = i2d_X509(certificate, &der);
	X509_free(certificate);
	return taken(der, len);
}

static X509 *
parsed(struct view certificate)
{
	const unsigned char *at = certificate.data;
	X509 *x509 = d2i_X509(NULL, &at, (long)certificate.len);

	check(x509 != NULL);
	return x509;
}

struct view
peer_subject(struct view certificate)
{
	X509 *x509 = parsed(certificate);
	unsigned char *der = NULL;
	int len = i2d_X509_NAME(X509_get_subject_name(x509), &der);

	X509_free(x509);
	return taken(der, len);
}

struct view
peer_issuer(struct view certificate)
{
	X509 *x509 = parsed(certificate);
	unsigned char *der = NULL;
	int len = i2d_X509_NAME(X509_get_issuer_name(x509), &der);

	X509_free(x509);
	return taken(der, len);
}

struct view
peer_serial(struct view certificate)
{
	X509 *x509 = parsed(certificate);
	unsigned char *der = NULL;
	int len = i2d_ASN1_INTEGER(X509_get0_serialNumber(x509), &der);

	X509_free(x509);
	return taken(der, len);
}

/* --- encapsulation ----------------------------------------------------------------- */

EVP_PKEY *
peer_set(const char *set)
{
	EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, set);

	check(key != NULL);
	return key;
}

EVP_PKEY *
peer_set_public(const char *set, struct view value)
{
	return peer_x_public(set, value);
}

struct view
peer_octets(const EVP_PKEY *key, const char *name)
{
	unsigned char *value = scratch(8192);
	size_t len;

	check(EVP_PKEY_get_octet_string_param(key, name, value, 8192, &len) == 1);
	return view_of(value, len);
}

struct view
peer_encapsulate(EVP_PKEY *public_key, struct view *ciphertext)
{
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(public_key, NULL);
	unsigned char *secret = scratch(64), *out = scratch(2048);
	size_t len = 2048, secret_len = 64;

	check(EVP_PKEY_encapsulate_init(context, NULL) == 1);
	check(EVP_PKEY_encapsulate(context, out, &len, secret, &secret_len) == 1);
	EVP_PKEY_CTX_free(context);
	*ciphertext = copy_of(out, len);
	return view_of(secret, secret_len);
}

struct view
peer_decapsulate(EVP_PKEY *private_key, struct view ciphertext)
{
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(private_key, NULL);
	unsigned char *secret = scratch(64);
	size_t len = 64;

	check(EVP_PKEY_decapsulate_init(context, NULL) == 1);
	check(EVP_PKEY_decapsulate(context, secret, &len, ciphertext.data, ciphertext.len) == 1);
	EVP_PKEY_CTX_free(context);
	return view_of(secret, len);
}

/* --- signatures with a context ------------------------------------------------------- */

/* Headers before 3.2 lack the parameter's name. */
static void
set_context(struct view context, OSSL_PARAM params[2])
{
	if (context.len != 0)
		*params++ = OSSL_PARAM_construct_octet_string(
		    "context-string", (void *)context.data, context.len);
	*params = OSSL_PARAM_construct_end();
}

struct view
peer_sign(EVP_PKEY *private_key, struct view context, struct view message)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	unsigned char *signature = scratch(65536);
	size_t len = 65536;
	OSSL_PARAM params[2];

	set_context(context, params);
	check(EVP_DigestSignInit_ex(ctx, NULL, NULL, NULL, NULL, private_key, params) == 1);
	check(EVP_DigestSign(ctx, signature, &len, message.data, message.len) == 1);
	EVP_MD_CTX_free(ctx);
	return view_of(signature, len);
}

bool
peer_verifies(EVP_PKEY *public_key, struct view context, struct view message, struct view signature)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	OSSL_PARAM params[2];
	bool verified;

	set_context(context, params);
	check(EVP_DigestVerifyInit_ex(ctx, NULL, NULL, NULL, NULL, public_key, params) == 1);
	verified =
	    EVP_DigestVerify(ctx, signature.data, signature.len, message.data, message.len) == 1;
	EVP_MD_CTX_free(ctx);
	return verified;
}
