/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files of keys and certificates.  Must not know of tokens.
 */
#include "cli/pem.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <string.h>

#include "cli/pin.h"
#include "cli/pkcs12.h"
#include "cli/stream.h"

void
certs_release(STACK_OF(X509) * *certs)
{
	sk_X509_pop_free(*certs, X509_free);
}

static void
bio_release(BIO **bio)
{
	BIO_free(*bio);
}

static BIO *
bio_of(const struct secret *content)
{
	return BIO_new_mem_buf(content->data, (int)content->len);
}

/* Tries one reading of the content. */
#define READ_AS(reader, content)                                                                   \
	({                                                                                         \
		BIO *read_from = bio_of(content);                                                  \
		__typeof__(reader) read_thing = read_from != NULL ? (reader) : NULL;               \
		BIO_free(read_from);                                                               \
		read_thing;                                                                        \
	})

/* --- public keys ---------------------------------------------------------- */

/* No passphrase: nothing public is sealed, and libcrypto would ask the terminal. */
static int
no_passphrase(char *room, int size, int writing, void *context)
{
	(void)room, (void)size, (void)writing, (void)context;
	return -1;
}

static X509 *
certificate_of(const struct secret *content)
{
	X509 *cert = READ_AS(PEM_read_bio_X509(read_from, NULL, no_passphrase, NULL), content);

	return cert != NULL ? cert : READ_AS(d2i_X509_bio(read_from, NULL), content);
}

enum outcome
pem_public(const char *path, EVP_PKEY **key)
{
	RELEASED(secret_clear) struct secret content = { 0 };
	X509 *cert;

	TRY(stream_read(path, &content));
	*key = READ_AS(PEM_read_bio_PUBKEY(read_from, NULL, no_passphrase, NULL), &content);
	if (*key == NULL)
		*key = READ_AS(d2i_PUBKEY_bio(read_from, NULL), &content);
	if (*key == NULL) {
		cert = certificate_of(&content);
		*key = cert != NULL ? X509_get_pubkey(cert) : NULL;
		X509_free(cert);
	}
	ERR_clear_error();
	return *key != NULL
	    ? DONE
	    : fail(MISUSED, "openssl pkey -in KEY -pubout, for what is a private key",
		  "%s is neither a public key nor a certificate (PEM or DER)", path);
}

enum outcome
pem_encoded(EVP_PKEY *key, const char *path, struct bytes *encoded)
{
	unsigned char *data = NULL;
	size_t len = EVP_PKEY_get1_encoded_public_key(key, &data);
	bool copied = len > 0 && bytes_copy(encoded, view_of(data, len));

	OPENSSL_free(data);
	ERR_clear_error();
	return copied ? DONE
		      : fail(REFUSED, NULL, "a secret cannot be agreed on with the %s key in %s",
			    EVP_PKEY_get0_type_name(key), path);
}

/* --- types ---------------------------------------------------------------- */

/* libcrypto's names; those that are a parameter set begin so. */
static const struct {
	const char *name;
	CK_KEY_TYPE type;
} types[] = {
	{ "RSA", CKK_RSA },
	{ "EC", CKK_EC },
	{ "X25519", CKK_EC_MONTGOMERY },
	{ "X448", CKK_EC_MONTGOMERY },
	{ "ED25519", CKK_EC_EDWARDS },
	{ "ED448", CKK_EC_EDWARDS },
	{ "DH", CKK_DH },
	{ "DHX", CKK_X9_42_DH },
	{ "ML-KEM-", CKK_ML_KEM },
	{ "ML-DSA-", CKK_ML_DSA },
	{ "SLH-DSA-", CKK_SLH_DSA },
};

enum outcome
pem_type(EVP_PKEY *key, CK_KEY_TYPE *type)
{
	const char *name = EVP_PKEY_get0_type_name(key);

	for (size_t i = 0; name != NULL && i < COUNT_OF(types); i++) {
		size_t len = strlen(types[i].name);
		bool set = types[i].name[len - 1] == '-';

		if (set ? strncmp(name, types[i].name, len) == 0
			: strcmp(name, types[i].name) == 0) {
			*type = types[i].type;
			return DONE;
		}
	}
	return fail(REFUSED, NULL, "the token does not take keys of type %s",
	    name != NULL ? name : "(unknown)");
}

/* --- private keys --------------------------------------------------------- */

/* The passphrase of a sealed file, asked for when libcrypto needs it. */
struct passphrase {
	const struct call *call;
	const char *path;
	struct secret secret;
	enum outcome outcome;
};

static void
passphrase_release(struct passphrase *passphrase)
{
	secret_clear(&passphrase->secret);
}

static int
give_passphrase(char *room, int size, int writing, void *context)
{
	struct passphrase *passphrase = context;
	struct secret *secret = &passphrase->secret;

	(void)writing;
	if (secret->len == 0)
		passphrase->outcome =
		    pin_get(&passphrase->call->options.password, "passphrase of the file", secret);
	if (passphrase->outcome != DONE || secret->len > (size_t)size)
		return -1;
	memcpy(room, secret->data, secret->len);
	return (int)secret->len;
}

/* All certificates in a text, or the one in DER. */
static enum outcome
read_certs(const struct secret *content, STACK_OF(X509) * *certs)
{
	RELEASED(bio_release) BIO *bio = bio_of(content);
	X509 *cert;

	*certs = sk_X509_new_null();
	if (bio == NULL || *certs == NULL)
		return fail_memory();
	while ((cert = PEM_read_bio_X509(bio, NULL, no_passphrase, NULL)) != NULL)
		if (sk_X509_push(*certs, cert) <= 0) {
			X509_free(cert);
			return fail_memory();
		}
	if (sk_X509_num(*certs) == 0) {
		cert = READ_AS(d2i_X509_bio(read_from, NULL), content);
		if (cert != NULL && sk_X509_push(*certs, cert) <= 0) {
			X509_free(cert);
			return fail_memory();
		}
	}
	return DONE;
}

static enum outcome
read_any(const struct secret *content, struct passphrase *passphrase, EVP_PKEY **key,
    STACK_OF(X509) * *certs)
{
	if (pkcs12_is(content))
		return pkcs12_read(passphrase->call, passphrase->path, content, key, certs);
	*key =
	    READ_AS(PEM_read_bio_PrivateKey(read_from, NULL, give_passphrase, passphrase), content);
	TRY(passphrase->outcome);
	if (*key == NULL && passphrase->secret.len > 0)
		return fail(PIN_WRONG, "--password-file FILE", "the passphrase of %s is wrong",
		    passphrase->path);
	if (*key == NULL)
		*key = READ_AS(d2i_PrivateKey_bio(read_from, NULL), content);
	return read_certs(content, certs);
}

enum outcome
pem_private(const struct call *call, const char *path, EVP_PKEY **key, STACK_OF(X509) * *certs)
{
	RELEASED(secret_clear) struct secret content = { 0 };
	RELEASED(passphrase_release)
	struct passphrase passphrase = { .call = call, .path = path };
	enum outcome outcome;

	TRY(stream_read(path, &content));
	outcome = read_any(&content, &passphrase, key, certs);
	ERR_clear_error();
	TRY(outcome);
	if (*key == NULL && sk_X509_num(*certs) == 0)
		return fail(MISUSED, NULL,
		    "%s is no private key, certificate or PKCS#12 file (PEM or DER)", path);
	return DONE;
}

enum outcome
pem_pkcs8(EVP_PKEY *key, struct secret *der)
{
	PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(key);
	int len = info != NULL ? i2d_PKCS8_PRIV_KEY_INFO(info, NULL) : -1;
	unsigned char *to;

	if (len > 0 && secret_alloc(der, (size_t)len)) {
		to = der->data;
		len = i2d_PKCS8_PRIV_KEY_INFO(info, &to);
	}
	PKCS8_PRIV_KEY_INFO_free(info);
	ERR_clear_error();
	return der->len > 0 && len == (int)der->len
	    ? DONE
	    : fail(REFUSED, NULL, "the %s key cannot be written as PKCS#8",
		  EVP_PKEY_get0_type_name(key));
}

/* --- writing -------------------------------------------------------------- */

enum outcome
pem_put(const struct call *call, const char *name, struct view der, json_t *data)
{
	const char *out = call->options.out != NULL ? call->options.out : "-";
	RELEASED(bio_release) BIO *bio = BIO_new(BIO_s_mem());
	const bool to_json = call->options.json != 0 && strcmp(out, "-") == 0;
	char *text;
	long len;

	if (bio == NULL || PEM_write_bio(bio, name, "", der.data, (long)der.len) <= 0)
		return fail_memory();
	len = BIO_get_mem_data(bio, &text);
	if (to_json) {
		put(data, "pem", json_stringn(text, (size_t)len));
		return DONE;
	}
	if (strcmp(out, "-") != 0)
		put_text(data, "file", out);
	return stream_write(
	    out, true, call->options.form_der != 0 ? der : view_of(text, (size_t)len));
}
