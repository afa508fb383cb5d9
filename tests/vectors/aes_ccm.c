/* SPDX-License-Identifier: Apache-2.0 */
/* CKM_AES_CCM. */
#include "tests/vectors.h"

const struct vector aes_ccm_vectors[] = {
	{ 0 },
};
