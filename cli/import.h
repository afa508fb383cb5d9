/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What keys that come into a token get on their way in.
 */
#ifndef HANDFAST_CLI_IMPORT_H
#define HANDFAST_CLI_IMPORT_H

#include <openssl/x509.h>

#include "cli/object.h"

/*
 * The id of both halves and of the certificate of a key, as other programs have it: RFC 5280,
 * 4.2.1.2, method 1, of the bits of a public key.
 */
enum outcome id_of_public(struct view bits, struct bytes *id) MUST_CHECK;
/* The same of a SubjectPublicKeyInfo. */
enum outcome id_of_info(const X509_PUBKEY *info, struct bytes *id) MUST_CHECK;
/* A private key with its certificates, or (NULL) certificates alone, and what they are called. */
struct import_entry {
	EVP_PKEY *key;
	STACK_OF(X509) * certs;
	const char *label; /* NULL: the common name */
};
/*
 * All of them, or none; those that are here already are passed over.  Data has what
 * `migrate` tells.
 */
enum outcome import_all(const struct call *call, const struct import_entry *entries, size_t count,
    json_t *data) MUST_CHECK;
/* The public half of a private key, as this template says. */
enum outcome public_half(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE private,
    struct template *template, CK_OBJECT_HANDLE *made) MUST_CHECK;
/* A certificate object of this label and id. */
enum outcome cert_store(const struct place_in *place, X509 *cert, struct view label, struct view id,
    CK_OBJECT_HANDLE *made) MUST_CHECK;

#endif
