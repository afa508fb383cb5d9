/* SPDX-License-Identifier: Apache-2.0 */
/* public keys of private ones. */
#include "tests/vectors.h"

const struct vector public_key_vectors[] = {
	{ 0 },
};
