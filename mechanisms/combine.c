/* SPDX-License-Identifier: Apache-2.0 */
/* Responsible for keys made of others. */
#include "mechanisms/crypto.h"

const struct mechanism combine_mechanisms[] = {
	{ 0 },
};
