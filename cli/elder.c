/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The legacy provider, loaded for a moment.
 */
#include "cli/elder.h"

#include <openssl/err.h>

static void
elder_free(struct elder *elder)
{
	if (elder->legacy != NULL)
		(void)OSSL_PROVIDER_unload(elder->legacy);
	if (elder->usual != NULL)
		(void)OSSL_PROVIDER_unload(elder->usual);
	OSSL_LIB_CTX_free(elder->own);
}

bool
elder_enter(struct elder *elder)
{
	*elder = (struct elder){ .own = OSSL_LIB_CTX_new() };
	if (elder->own != NULL) {
		elder->usual = OSSL_PROVIDER_load(elder->own, "default");
		elder->legacy = OSSL_PROVIDER_load(elder->own, "legacy");
	}
	if (elder->usual != NULL && elder->legacy != NULL) {
		elder->before = OSSL_LIB_CTX_set0_default(elder->own);
		return true;
	}
	ERR_clear_error();
	elder_free(elder);
	return false;
}

void
elder_leave(struct elder *elder)
{
	(void)OSSL_LIB_CTX_set0_default(elder->before);
	elder_free(elder);
}
