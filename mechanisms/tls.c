/* SPDX-License-Identifier: Apache-2.0 */
/* Responsible for TLS 1.2. */
#include "mechanisms/crypto.h"

const struct mechanism tls_mechanisms[] = {
	{ 0 },
};
