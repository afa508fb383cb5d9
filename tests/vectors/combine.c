/* SPDX-License-Identifier: Apache-2.0 */
/* keys made of others. */
#include "tests/vectors.h"

const struct vector combine_vectors[] = {
	{ 0 },
};
