/* SPDX-License-Identifier: Apache-2.0 */
/* keys wrapped by way of an agreement. */
#include "tests/vectors.h"

const struct vector ecdh_wrap_vectors[] = {
	{ 0 },
};
