/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors of elliptic curve key pairs. */
#include "tests/vectors.h"

const struct vector ec_vectors[] = {
	{ 0 },
};
