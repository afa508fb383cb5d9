/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors of AES. */
#include "tests/vectors.h"

const struct vector aes_vectors[] = {
	{ 0 },
};
