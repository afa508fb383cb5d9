/* SPDX-License-Identifier: Apache-2.0 */
/* Responsible for ML-KEM. */
#include "mechanisms/crypto.h"

const struct mechanism mlkem_mechanisms[] = {
	{ 0 },
};
