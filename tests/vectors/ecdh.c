/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors of elliptic curve Diffie-Hellman. */
#include "tests/vectors.h"

const struct vector ecdh_vectors[] = {
	{ 0 },
};
