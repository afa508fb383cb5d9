/* SPDX-License-Identifier: Apache-2.0 */
/* TLS 1.2. */
#include "tests/vectors.h"

const struct vector tls_vectors[] = {
	{ 0 },
};
