/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `migrate` from a PKCS#12 file.
 */
#ifndef HANDFAST_CLI_PKCS12_H
#define HANDFAST_CLI_PKCS12_H

#include "cli/verb.h"

/* Is it such a file? */
bool pkcs12_is(const char *path);
/* Everything in the one that --from names; data as of `migrate`. */
enum outcome pkcs12_migrate(const struct call *call, json_t *data) MUST_CHECK;

#endif
