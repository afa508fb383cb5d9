/* SPDX-License-Identifier: Apache-2.0 */
/* X9.42 Diffie-Hellman. */
#include "tests/vectors.h"

const struct vector x9_42_vectors[] = {
	{ 0 },
};
