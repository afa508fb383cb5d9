/* SPDX-License-Identifier: Apache-2.0 */
/* Responsible for X9.42 Diffie-Hellman. */
#include "mechanisms/crypto.h"

const struct mechanism x9_42_mechanisms[] = {
	{ 0 },
};
