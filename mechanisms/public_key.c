/* SPDX-License-Identifier: Apache-2.0 */
/* Responsible for public keys of private ones. */
#include "mechanisms/crypto.h"

const struct mechanism public_key_mechanisms[] = {
	{ 0 },
};
