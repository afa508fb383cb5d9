/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the tests of ML-KEM, ML-DSA and SLH-DSA share: keys by parameter set, whose
 * private half has more than one form, and tokens that have such keys where libcrypto
 * does not.
 */
#ifndef HANDFAST_TESTS_SETS_H
#define HANDFAST_TESTS_SETS_H

#include "tests/client.h"

/* Readable keys. */
#define OPEN NO(CKA_SENSITIVE), YES(CKA_EXTRACTABLE)

/* A copy with a byte turned; of another length, where the place is behind the end. */
struct view bent(struct view bytes, size_t at);

/* AES-KWP, RFC 5649: a key out of the token, what a blob holds or is sealed of, and a private key
 * in again. */
struct view kwp_wrapped(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE wrapping, CK_OBJECT_HANDLE key);
struct view kwp_opened(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE wrapping, struct view blob);
struct view kwp_sealed(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE wrapping, struct view plain);
CK_RV kwp_unwrap(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE wrapping, CK_KEY_TYPE type,
    struct view blob, CK_OBJECT_HANDLE *made);

/* The PKCS#8 that libcrypto writes of a key of that set has the seed and the expanded key: both
 * are read, and refused when they disagree. */
void check_both_forms(CK_SESSION_HANDLE session, CK_KEY_TYPE type, const char *set);

/* Starts the module again with this file of tests/ as the token in slot 0; a session of its user.
 */
CK_SESSION_HANDLE session_stored(const char *file);

#endif
