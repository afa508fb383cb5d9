/* SPDX-License-Identifier: Apache-2.0 */
/* What the store's answers are called in the standard: one table. */
#ifndef HANDFAST_STATUS_H
#define HANDFAST_STATUS_H

#include "store/store.h"
#include "token/base/cryptoki.h"

CK_RV status_rv(enum store_status status) MUST_CHECK;

#endif
