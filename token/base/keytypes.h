/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keys that libcrypto works on itself, whatever engines the host has.  Contexts for
 * keys, EVP_PKEY_CTX and EVP_MD_CTX, are made with KEYTYPES_PROPERTIES, and where they
 * are made by name with KEYTYPES_PREFIX before it.
 */
#ifndef HANDFAST_KEYTYPES_H
#define HANDFAST_KEYTYPES_H

#include <openssl/types.h>
#include <stdbool.h>

#define KEYTYPES_PREFIX "handfast-"
/* Preferred, not demanded: digests come from the default provider. */
#define KEYTYPES_PROPERTIES "?provider=handfast"

/* For a context that has the default provider, handed over.  False when memory is short. */
bool keytypes_start(OSSL_LIB_CTX *ctx, OSSL_PROVIDER *provider);

#endif
