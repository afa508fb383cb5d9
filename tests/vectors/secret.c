/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors of keys that are nothing but random bytes. */
#include "tests/vectors.h"

const struct vector secret_vectors[] = {
	{ 0 },
};
