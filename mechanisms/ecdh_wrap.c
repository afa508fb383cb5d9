/* SPDX-License-Identifier: Apache-2.0 */
/* Responsible for keys wrapped by way of an agreement. */
#include "mechanisms/crypto.h"

const struct mechanism ecdh_wrap_mechanisms[] = {
	{ 0 },
};
