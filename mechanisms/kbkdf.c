/* SPDX-License-Identifier: Apache-2.0 */
/* Responsible for SP 800-108. */
#include "mechanisms/crypto.h"

const struct mechanism kbkdf_mechanisms[] = {
	{ 0 },
};
