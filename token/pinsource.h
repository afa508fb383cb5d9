/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the configuration has a user's PIN come from, so that a service logs in
 * without a prompt:
 *
 *     file:/PATH        a file of the caller's or root's, for nobody else to read
 *     credential:NAME   the same in $CREDENTIALS_DIRECTORY, as systemd gives it
 *     fd:N, fd:NAME     an inherited descriptor, by its number or by the name of
 *                       the environment variable that has its number
 */
#ifndef HANDFAST_PINSOURCE_H
#define HANDFAST_PINSOURCE_H

#include "token/base/base.h"
#include "token/base/cryptoki.h"
#include "token/base/secret.h"

/* Is it one of these, as far as can be told without looking? */
bool pinsource_possible(const char *source);
/*
 * The PIN, without the newline that may end it.  CKR_FUNCTION_FAILED where there is
 * none or others could read it; the log says why.
 */
CK_RV pinsource_read(const char *source, struct secret *pin) MUST_CHECK;

#endif
