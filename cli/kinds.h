/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Types of keys by the names that users give them ("ec:p256", "rsa:3072", "aes:256"),
 * and what keys are used for.
 */
#ifndef HANDFAST_CLI_KINDS_H
#define HANDFAST_CLI_KINDS_H

#include "cli/object.h"

struct use {
	const char *name;
	CK_ATTRIBUTE_TYPE permission; /* that a private or a secret key has */
	CK_ATTRIBUTE_TYPE other;      /* that the public half has, or 0 */
};
/* NULL behind the last. */
const struct use *use_at(size_t index);
/* Permissions for a list with commas; `other` (NULL for a secret key) for the public half. */
enum outcome uses_add(const char *list, struct template *own, struct template *other) MUST_CHECK;

/* What it takes to make a key of a type.  Values in the templates are owned here. */
struct kind {
	CK_KEY_TYPE type;
	CK_MECHANISM_TYPE mechanism; /* that makes it */
	bool pair;
	CK_ULONG size; /* bits, bytes or a parameter set */
	const char *curve;
	struct bytes parameters; /* CKA_EC_PARAMS; or CKA_PRIME ... */
	struct bytes base;       /* ... and CKA_BASE */
};
void kind_release(struct kind *kind);
/* MISUSED for a name that is none. */
enum outcome kind_find(const char *name, struct kind *kind) MUST_CHECK;
/* What the template of a secret key, or of the public half of a pair, has to say.  A session for
 * DH's group. */
enum outcome kind_add(
    struct kind *kind, CK_SESSION_HANDLE session, struct template *template) MUST_CHECK;
/* The name of an object's type. */
enum outcome kind_name(
    CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, char *name, size_t size) MUST_CHECK;

#endif
