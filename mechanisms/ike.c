/* SPDX-License-Identifier: Apache-2.0 */
/* Responsible for IKE. */
#include "mechanisms/crypto.h"

const struct mechanism ike_mechanisms[] = {
	{ 0 },
};
