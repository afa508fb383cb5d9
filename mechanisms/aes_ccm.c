/* SPDX-License-Identifier: Apache-2.0 */
/* Responsible for CKM_AES_CCM. */
#include "mechanisms/crypto.h"

const struct mechanism aes_ccm_mechanisms[] = {
	{ 0 },
};
