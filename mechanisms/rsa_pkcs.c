/* SPDX-License-Identifier: Apache-2.0 */
/* Responsible for RSA as it is and with the padding of PKCS #1 v1.5, and keys wrapped by way of
 * AES. */
#include "mechanisms/crypto.h"

const struct mechanism rsa_pkcs_mechanisms[] = {
	{ 0 },
};
