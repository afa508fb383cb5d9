/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The legacy provider, loaded for a moment.
 */
#include "cli/elder.h"

#include <openssl/err.h>
#include <openssl/provider.h>

bool
elder_enter(struct elder *elder)
{
	*elder = (struct elder){ .own = OSSL_LIB_CTX_new() };
	if (elder->own != NULL && OSSL_PROVIDER_load(elder->own, "default") != NULL &&
	    OSSL_PROVIDER_load(elder->own, "legacy") != NULL) {
		elder->before = OSSL_LIB_CTX_set0_default(elder->own);
		return true;
	}
	ERR_clear_error();
	OSSL_LIB_CTX_free(elder->own);
	return false;
}

void
elder_leave(struct elder *elder)
{
	(void)OSSL_LIB_CTX_set0_default(elder->before);
	OSSL_LIB_CTX_free(elder->own);
}
