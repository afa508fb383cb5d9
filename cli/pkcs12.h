/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PKCS#12 files.
 */
#ifndef HANDFAST_CLI_PKCS12_H
#define HANDFAST_CLI_PKCS12_H

#include <openssl/x509.h>

#include "cli/verb.h"
#include "token/base/secret.h"

/* Is it such a file? */
bool pkcs12_is(const struct secret *content) MUST_CHECK;
bool pkcs12_at(const char *path) MUST_CHECK;
/*
 * The key in it, or NULL, and all certificates, the key's own first.  IN_THE_WAY where
 * there are several keys.
 */
enum outcome pkcs12_read(const struct call *call, const char *path, const struct secret *content,
    EVP_PKEY **key, STACK_OF(X509) * *certs) MUST_CHECK;
/* Everything in the one that --from names; data as of `migrate`. */
enum outcome pkcs12_migrate(const struct call *call, json_t *data) MUST_CHECK;

#endif
