/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for making the one library context.  What is fetched from it is its
 * callers' affair.
 */
#include "token/base/libctx.h"

#include <openssl/crypto.h>
#include <openssl/provider.h>
#include <stdatomic.h>

#include "token/base/gate.h"
#include "token/base/keytypes.h"

OSSL_LIB_CTX *
libctx(void)
{
	static _Atomic(OSSL_LIB_CTX *) made;
	OSSL_LIB_CTX *known = atomic_load_explicit(&made, memory_order_acquire);
	OSSL_LIB_CTX *fresh;
	OSSL_PROVIDER *provider;

	if (known != NULL)
		return known;
	/*
	 * Threads that come at once each make one, and the first keeps its own.  A
	 * once-control would do the work a single time, but a child forked while
	 * another thread is inside it would wait there for ever.
	 */
	fresh = OSSL_LIB_CTX_new();
	if (fresh == NULL)
		return NULL;
	/* Loaded by name, or the context would look for a fall-back at each first fetch. */
	provider = OSSL_PROVIDER_load(fresh, "default");
	if (provider == NULL || !keytypes_start(fresh, provider)) {
		OSSL_LIB_CTX_free(fresh);
		return NULL;
	}
	if (atomic_compare_exchange_strong(&made, &known, fresh)) {
		/*
		 * libcrypto cleans up when the host's main returns, whoever is inside.  From
		 * its first step on libctx_alive() is false and calls are refused; it asks
		 * this before it frees anything, and lets those in progress get out.
		 */
		(void)OPENSSL_atexit(gate_settle);
		return fresh;
	}
	OSSL_PROVIDER_unload(provider);
	OSSL_LIB_CTX_free(fresh);
	return known;
}

bool
libctx_alive(void)
{
	/* With nothing to do it says whether libcrypto is up; after OPENSSL_cleanup it fails. */
	return OPENSSL_init_crypto(0, NULL) == 1;
}
