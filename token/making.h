/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What generating, deriving, unwrapping and encapsulating a key have in common.
 * Private to key.c, derive.c and transport.c.
 */
#ifndef HANDFAST_MAKING_H
#define HANDFAST_MAKING_H

#include "token/draft.h"
#include "token/key.h"

/* The class of what the mechanism generates or derives. */
CK_OBJECT_CLASS class_made(const struct mechanism *m);
/* The class and key type that a template states, or else these. */
void stated_kind(const struct attrs *meta, CK_OBJECT_CLASS *class, CK_KEY_TYPE *type);

/*
 * Adds what the base key's CKA_DERIVE_TEMPLATE, CKA_UNWRAP_TEMPLATE or
 * CKA_DECAPSULATE_TEMPLATE demands.  CKR_TEMPLATE_INCONSISTENT for a conflict.
 */
CK_RV merge_demands(
    const struct attrs *base, CK_ATTRIBUTE_TYPE which, struct attrs *given) MUST_CHECK;
/* What the configuration says of derived keys where the template is silent. */
CK_RV derived_defaults(struct attrs *meta) MUST_CHECK;
/*
 * What the new key shall be: of the length in bytes that the template states, that the
 * mechanism's parameter asks for (`asked`, 0 for none), that its type fixes, or left
 * open.  `typed`: the template says the type.  CKR_TEMPLATE_INCONSISTENT.
 */
CK_RV settle_want(const struct attrs *meta, CK_KEY_TYPE type, bool typed, size_t asked,
    struct want *want) MUST_CHECK;
/* Cuts the made value to the length wanted, from the end that the mechanism says.
 * CKR_KEY_SIZE_RANGE. */
CK_RV made_cut(struct made *made, const struct want *want) MUST_CHECK;
/* Takes what a mechanism made into the draft: a secret key, cut, and completed. */
CK_RV secret_drafted(
    enum origin origin, const struct want *want, struct made *made, struct draft *draft) MUST_CHECK;

#endif
