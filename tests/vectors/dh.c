/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors of finite field Diffie-Hellman. */
#include "tests/vectors.h"

const struct vector dh_vectors[] = {
	{ 0 },
};
