/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ciphers that libcrypto has put away in its legacy provider.
 */
#ifndef HANDFAST_CLI_ELDER_H
#define HANDFAST_CLI_ELDER_H

#include <openssl/crypto.h>
#include <openssl/provider.h>

#include "token/base/base.h"

/*
 * For what this thread asks of libcrypto between elder_enter() and elder_leave(), in a
 * library context of its own: nothing that knows its context may outlive it.
 */
struct elder {
	OSSL_LIB_CTX *own, *before;
	OSSL_PROVIDER *usual, *legacy; /* each a reference that `own` does not give up */
};
/* False where that provider is not installed. */
bool elder_enter(struct elder *elder) MUST_CHECK;
void elder_leave(struct elder *elder);

#endif
