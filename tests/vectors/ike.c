/* SPDX-License-Identifier: Apache-2.0 */
/* IKE. */
#include "tests/vectors.h"

const struct vector ike_vectors[] = {
	{ 0 },
};
