/* SPDX-License-Identifier: Apache-2.0 */
/* RSA as it is and with the padding of PKCS #1 v1.5, and keys wrapped by way of AES. */
#include "tests/vectors.h"

const struct vector rsa_pkcs_vectors[] = {
	{ 0 },
};
