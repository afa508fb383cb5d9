/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The attributes: which an object of a class and key type has, of what kind
 * they are, who may set them and when, and what they are when nobody did
 * (PKCS#11 3.2, section 4 and the footnotes of its table of common key
 * attributes).  One table answers all of it.
 */
#ifndef HANDFAST_SCHEMA_H
#define HANDFAST_SCHEMA_H

#include "token/base/attrs.h"
#include "token/base/cryptoki.h"

/* How an object comes to be; decides which footnotes of the tables apply. */
enum origin { ORIGIN_CREATE, ORIGIN_GENERATE, ORIGIN_DERIVE, ORIGIN_UNWRAP, ORIGIN_COPY };

enum kind {
	KIND_BOOL,
	KIND_ULONG,
	KIND_BYTES,
	KIND_NUMBER,  /* a big integer: leading zeros are dropped */
	KIND_DATE,    /* CK_DATE or empty */
	KIND_ULONGS,  /* an array of CK_ULONG */
	KIND_TEMPLATE /* an array of CK_ATTRIBUTE, without nesting */
};

/* The footnotes. */
enum rule {
	CREATE_MUST = 1 << 0,   /* 1 */
	CREATE_NO = 1 << 1,     /* 2 */
	GENERATE_MUST = 1 << 2, /* 3 */
	GENERATE_NO = 1 << 3,   /* 4 */
	UNWRAP_MUST = 1 << 4,   /* 5 */
	UNWRAP_NO = 1 << 5,     /* 6; derivation likewise */
	MATERIAL = 1 << 6,      /* 7: key material, hidden if SENSITIVE or not EXTRACTABLE */
	SETTABLE = 1 << 7,      /* 8 */
	SO_ONLY = 1 << 8,       /* 10: TRUE only by the SO */
	STICKY_TRUE = 1 << 9,   /* 11 */
	STICKY_FALSE = 1 << 10, /* 12 */
	COPYABLE = 1 << 11,     /* C_CopyObject may change it though C_SetAttributeValue may not */
	INDEXED = 1 << 12,      /* a search goes by it */
	USE = 1 << 13,          /* a permission: CKA_ENCRYPT and its like; depends on the object */
	INTERNAL = 1 << 14,     /* for mechanisms: no caller sees or gives it */
	/* What it is where nobody said; without one of these it is absent. */
	IS_EMPTY = 1 << 15, /* a client that asks must not hear that there is no such attribute */
	IS_NO = 1 << 16,
	IS_YES = 1 << 17,
	IS_ZERO = 1 << 18,
	IS_UNAVAILABLE = 1 << 19, /* CK_UNAVAILABLE_INFORMATION */
	DEPENDS = 1 << 20,        /* on the object; schema.c's initial() knows */
};
#define INITIALLY (IS_EMPTY | IS_NO | IS_YES | IS_ZERO | IS_UNAVAILABLE | DEPENDS | USE)

struct attribute_rule {
	CK_ATTRIBUTE_TYPE type;
	enum kind kind;
	unsigned classes;   /* bits of the object classes it belongs to */
	unsigned key_types; /* bits of the groups of key types, or all */
	unsigned rules;
};

/* The type of a key or of a certificate, as the functions below take it for `key_type`. */
CK_ULONG schema_type(const struct attrs *meta, CK_OBJECT_CLASS class);
/* The rule for an attribute of such an object; NULL: it has none. */
const struct attribute_rule *schema_rule(
    CK_ATTRIBUTE_TYPE type, CK_OBJECT_CLASS class, CK_KEY_TYPE key_type);
/* "CKA_LABEL" and its like, for the log. */
const char *schema_name(CK_ATTRIBUTE_TYPE type);
/* Is it a class that a client may make objects of? */
bool schema_class(CK_OBJECT_CLASS class);
bool schema_is_key(CK_OBJECT_CLASS class);
/* May an attribute set of such an object stand in the store?  Every attribute known, of its kind's
 * size. */
bool schema_holds(const struct attrs *attrs, CK_OBJECT_CLASS class, CK_KEY_TYPE key_type);

/* What a caller gave, or what an object is made of: key material apart from the rest. */
struct template
{
	struct attrs meta;
	struct attrs secret;
};
#define TEMPLATE_EMPTY                                                                             \
	{                                                                                          \
		.secret = {.secret = true }                                                        \
	}
void template_release(struct template *template);

/* The most attributes that a caller can mean: there are fewer kinds. */
#define TEMPLATE_MOST 1024

/*
 * Copies a caller's template.  `class` is what CKA_CLASS is where the template
 * does not say.  CKR_ARGUMENTS_BAD, CKR_ATTRIBUTE_TYPE_INVALID,
 * CKR_ATTRIBUTE_VALUE_INVALID, CKR_TEMPLATE_INCONSISTENT for one attribute
 * given twice with two values.
 */
CK_RV schema_decode(const CK_ATTRIBUTE *attributes, CK_ULONG count, CK_OBJECT_CLASS class,
    struct template *out) MUST_CHECK;
/* The same for a search: *impossible where no object can match (an attribute nobody has). */
CK_RV schema_decode_search(
    const CK_ATTRIBUTE *attributes, CK_ULONG count, struct attrs *out, bool *impossible) MUST_CHECK;

/* May a search for these attributes go by `type`: is every object it could mean indexed by it? */
bool schema_indexed(const struct attrs *wanted, CK_ATTRIBUTE_TYPE type);

/*
 * Does a template fit the class, key type and origin?  CKR_ATTRIBUTE_TYPE_INVALID,
 * CKR_ATTRIBUTE_READ_ONLY, CKR_TEMPLATE_INCOMPLETE.
 */
CK_RV schema_check(const struct template *template, CK_OBJECT_CLASS class, CK_KEY_TYPE key_type,
    enum origin origin) MUST_CHECK;

/* Is a key of this type good for a use, CKA_ENCRYPT and its like? */
bool schema_supports(CK_OBJECT_CLASS class, CK_KEY_TYPE key_type, CK_ATTRIBUTE_TYPE use);
/* Does the template grant any? */
bool schema_grants(const struct attrs *given);

/* Fills in what is left out.  `logged_in`: the user is, so that session keys may be private. */
CK_RV schema_defaults(struct template *template, CK_OBJECT_CLASS class, CK_KEY_TYPE key_type,
    enum origin origin, bool logged_in) MUST_CHECK;

/*
 * Gives one attribute to a caller as C_GetAttributeValue does: the length, and
 * the value where it fits.  CKR_BUFFER_TOO_SMALL with the length unavailable.
 */
CK_RV schema_give(
    const struct attribute_rule *rule, struct view value, CK_ATTRIBUTE *out) MUST_CHECK;

#endif
