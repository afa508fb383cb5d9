/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors of the SHA-2 digests: FIPS 180-4 with the examples of NIST. */
#include "tests/vectors.h"

const struct vector digest_vectors[] = {
	{ 0 },
};
