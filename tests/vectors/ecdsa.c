/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors of ECDSA. */
#include "tests/vectors.h"

const struct vector ecdsa_vectors[] = {
	{ 0 },
};
