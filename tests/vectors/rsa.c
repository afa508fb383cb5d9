/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors of RSA. */
#include "tests/vectors.h"

const struct vector rsa_vectors[] = {
	{ 0 },
};
