/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keys and certificates as files have them, PEM or DER, by libcrypto.
 */
#ifndef HANDFAST_CLI_PEM_H
#define HANDFAST_CLI_PEM_H

#include <openssl/evp.h>
#include <openssl/x509.h>

#include "cli/verb.h"

/* For RELEASED. */
void certs_release(STACK_OF(X509) * *certs);

/* A public key, or that of a certificate. */
enum outcome pem_public(const char *path, EVP_PKEY **key) MUST_CHECK;
/* The form that PKCS#11 takes a peer's in: a point, or a public value. */
enum outcome pem_encoded(EVP_PKEY *key, const char *path, struct bytes *encoded) MUST_CHECK;
/* REFUSED where PKCS#11 has no type for it. */
enum outcome pem_type(EVP_PKEY *key, CK_KEY_TYPE *type) MUST_CHECK;
/*
 * A private key (PKCS#8, sealed or not, or its elder forms; PKCS#12) and what
 * certificates come with it, its own first.  Each may be missing, not both.
 */
enum outcome pem_private(
    const struct call *call, const char *path, EVP_PKEY **key, STACK_OF(X509) * *certs) MUST_CHECK;
/* PrivateKeyInfo (RFC 5208). */
enum outcome pem_pkcs8(EVP_PKEY *key, struct secret *der) MUST_CHECK;

/* Writes DER to --out, or standard output, as PEM of this name or as it is; data tells where. */
enum outcome pem_put(
    const struct call *call, const char *name, struct view der, json_t *data) MUST_CHECK;

#endif
