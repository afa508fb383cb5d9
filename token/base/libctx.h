/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Our own libcrypto context: the default provider and nothing else.  No
 * configuration file is read for it, so a host that set up a provider which in
 * turn loads this module cannot loop back into us, and a host without the
 * default provider does not take it from us.
 */
#ifndef HANDFAST_LIBCTX_H
#define HANDFAST_LIBCTX_H

#include <openssl/types.h>
#include <stdbool.h>

/*
 * Made at the first call, the same at every later one, and never freed: what was
 * fetched from it stays good until the process ends, after C_Finalize and in a
 * forked child too.  NULL when there is no memory for it.
 */
OSSL_LIB_CTX *libctx(void);

/*
 * False once libcrypto cleaned up for exit (OPENSSL_cleanup, which it runs from
 * atexit): from then on nothing of it may be touched.
 */
bool libctx_alive(void);

#endif
