/* SPDX-License-Identifier: Apache-2.0 */
/* SP 800-108. */
#include "tests/vectors.h"

const struct vector kbkdf_vectors[] = {
	{ 0 },
};
