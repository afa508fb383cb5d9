/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Another party's public key, as the module takes it.
 */
#ifndef HANDFAST_CLI_PEER_H
#define HANDFAST_CLI_PEER_H

#include "cli/object.h"

/*
 * A session object of the public key or certificate in a file, for `use` (CKA_WRAP ...).
 * REFUSED for types that nothing is sealed for.
 */
enum outcome peer_make(CK_SESSION_HANDLE session, const char *path, CK_ATTRIBUTE_TYPE use,
    CK_OBJECT_HANDLE *peer) MUST_CHECK;

#endif
