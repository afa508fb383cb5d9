/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The attribute table and what follows from it.  Knows nothing of sessions,
 * handles, mechanisms or the store.
 */
#include "token/schema.h"

#include <string.h>

#include "token/base/log.h"

/* Classes an attribute belongs to. */
#define OF(class) (1u << (class))
#define DATA OF(CKO_DATA)
#define CERTIFICATE OF(CKO_CERTIFICATE)
#define PUBLIC OF(CKO_PUBLIC_KEY)
#define PRIVATE OF(CKO_PRIVATE_KEY)
#define SECRET OF(CKO_SECRET_KEY)
#define DOMAIN OF(CKO_DOMAIN_PARAMETERS)
#define PROFILE OF(CKO_PROFILE)
#define TRUST OF(CKO_TRUST)
#define PAIR (PUBLIC | PRIVATE)
#define KEYS (PAIR | SECRET)
#define OWNED (PRIVATE | SECRET)                          /* keys with something to hide */
#define MADE (DATA | CERTIFICATE | KEYS | DOMAIN | TRUST) /* what clients make */
#define ALL (MADE | PROFILE)

/* Groups of key types that share attributes. */
#define RSA 1u
#define EC 2u
#define DH 4u
#define X9_42 8u
#define SEEDED 16u /* ML-KEM, ML-DSA */
#define SLH_DSA 32u
#define OTHER 64u
/* Types of certificates stand in the same place. */
#define X509 (1u << 30)
#define ATTRIBUTES (1u << 31)
#define ANY (~0u)

#define NEVER_GIVEN (CREATE_NO | GENERATE_NO | UNWRAP_NO)
#define ONLY_CREATED (CREATE_MUST | GENERATE_NO | UNWRAP_NO)

/* In ascending order of type, which schema_rule() relies on. */
static const struct attribute_rule rules[] = {
	{ CKA_CLASS, KIND_ULONG, ALL, ANY, CREATE_MUST | INDEXED | DEPENDS },
	{ CKA_TOKEN, KIND_BOOL, ALL, ANY, COPYABLE | IS_NO },
	{ CKA_PRIVATE, KIND_BOOL, ALL, ANY, COPYABLE | DEPENDS },
	{ CKA_LABEL, KIND_BYTES, ALL, ANY, SETTABLE | INDEXED | IS_EMPTY },
	{ CKA_UNIQUE_ID, KIND_BYTES, ALL, ANY, NEVER_GIVEN | INDEXED },
	{ CKA_APPLICATION, KIND_BYTES, DATA, ANY, SETTABLE | INDEXED | IS_EMPTY },
	{ CKA_VALUE, KIND_BYTES, DATA, ANY, SETTABLE | IS_EMPTY },
	{ CKA_VALUE, KIND_BYTES, CERTIFICATE, ANY, CREATE_MUST | INDEXED },
	{ CKA_VALUE, KIND_BYTES, PUBLIC, DH | X9_42 | SEEDED | SLH_DSA, ONLY_CREATED | INDEXED },
	{ CKA_VALUE, KIND_BYTES, PRIVATE, EC | DH | X9_42 | SLH_DSA | OTHER,
	    ONLY_CREATED | MATERIAL },
	/* The seed alone is enough. */
	{ CKA_VALUE, KIND_BYTES, PRIVATE, SEEDED, GENERATE_NO | UNWRAP_NO | MATERIAL },
	{ CKA_VALUE, KIND_BYTES, SECRET, ANY, ONLY_CREATED | MATERIAL },
	{ CKA_OBJECT_ID, KIND_BYTES, DATA, ANY, SETTABLE | INDEXED | IS_EMPTY },
	{ CKA_CERTIFICATE_TYPE, KIND_ULONG, CERTIFICATE, ANY, CREATE_MUST | INDEXED },
	{ CKA_ISSUER, KIND_BYTES, CERTIFICATE, X509, SETTABLE | INDEXED | IS_EMPTY },
	{ CKA_ISSUER, KIND_BYTES, TRUST, ANY, CREATE_MUST | INDEXED },
	{ CKA_SERIAL_NUMBER, KIND_BYTES, CERTIFICATE, ANY, SETTABLE | INDEXED | IS_EMPTY },
	{ CKA_SERIAL_NUMBER, KIND_BYTES, TRUST, ANY, CREATE_MUST | INDEXED },
	{ CKA_AC_ISSUER, KIND_BYTES, CERTIFICATE, ATTRIBUTES, SETTABLE | INDEXED | IS_EMPTY },
	{ CKA_OWNER, KIND_BYTES, CERTIFICATE, ATTRIBUTES, CREATE_MUST | INDEXED },
	{ CKA_ATTR_TYPES, KIND_BYTES, CERTIFICATE, ATTRIBUTES, SETTABLE | INDEXED | IS_EMPTY },
	{ CKA_TRUSTED, KIND_BOOL, CERTIFICATE | PUBLIC | SECRET, ANY, SETTABLE | SO_ONLY | IS_NO },
	{ CKA_CERTIFICATE_CATEGORY, KIND_ULONG, CERTIFICATE, ANY, IS_ZERO },
	{ CKA_JAVA_MIDP_SECURITY_DOMAIN, KIND_ULONG, CERTIFICATE, X509, IS_ZERO },
	{ CKA_URL, KIND_BYTES, CERTIFICATE, X509, IS_EMPTY },
	{ CKA_HASH_OF_SUBJECT_PUBLIC_KEY, KIND_BYTES, CERTIFICATE, X509, IS_EMPTY },
	{ CKA_HASH_OF_ISSUER_PUBLIC_KEY, KIND_BYTES, CERTIFICATE, X509, IS_EMPTY },
	{ CKA_NAME_HASH_ALGORITHM, KIND_ULONG, CERTIFICATE, X509, 0 },
	{ CKA_NAME_HASH_ALGORITHM, KIND_ULONG, TRUST, ANY, 0 },
	{ CKA_CHECK_VALUE, KIND_BYTES, CERTIFICATE | SECRET, ANY, 0 },
	{ CKA_KEY_TYPE, KIND_ULONG, KEYS | DOMAIN, ANY,
	    CREATE_MUST | UNWRAP_MUST | INDEXED | DEPENDS },
	{ CKA_SUBJECT, KIND_BYTES, CERTIFICATE, X509, CREATE_MUST | INDEXED },
	{ CKA_SUBJECT, KIND_BYTES, PAIR, ANY, SETTABLE | INDEXED | IS_EMPTY },
	{ CKA_ID, KIND_BYTES, CERTIFICATE, X509, SETTABLE | INDEXED | IS_EMPTY },
	{ CKA_ID, KIND_BYTES, KEYS, ANY, SETTABLE | INDEXED | IS_EMPTY },
	{ CKA_SENSITIVE, KIND_BOOL, OWNED, ANY, SETTABLE | STICKY_TRUE | DEPENDS },
	{ CKA_ENCRYPT, KIND_BOOL, PUBLIC | SECRET, ANY, SETTABLE | USE },
	{ CKA_DECRYPT, KIND_BOOL, OWNED, ANY, SETTABLE | USE },
	{ CKA_WRAP, KIND_BOOL, PUBLIC | SECRET, ANY, SETTABLE | USE },
	{ CKA_UNWRAP, KIND_BOOL, OWNED, ANY, SETTABLE | USE },
	{ CKA_SIGN, KIND_BOOL, OWNED, ANY, SETTABLE | USE },
	{ CKA_SIGN_RECOVER, KIND_BOOL, PRIVATE, ANY, SETTABLE | USE },
	{ CKA_VERIFY, KIND_BOOL, PUBLIC | SECRET, ANY, SETTABLE | USE },
	{ CKA_VERIFY_RECOVER, KIND_BOOL, PUBLIC, ANY, SETTABLE | USE },
	{ CKA_DERIVE, KIND_BOOL, KEYS, ANY, SETTABLE | USE },
	{ CKA_START_DATE, KIND_DATE, CERTIFICATE | KEYS, ANY, SETTABLE | IS_EMPTY },
	{ CKA_END_DATE, KIND_DATE, CERTIFICATE | KEYS, ANY, SETTABLE | IS_EMPTY },
	{ CKA_MODULUS, KIND_NUMBER, PAIR, RSA, ONLY_CREATED | INDEXED },
	{ CKA_MODULUS_BITS, KIND_ULONG, PUBLIC, RSA, CREATE_NO | GENERATE_MUST | UNWRAP_NO },
	{ CKA_PUBLIC_EXPONENT, KIND_NUMBER, PUBLIC, RSA, CREATE_MUST },
	{ CKA_PUBLIC_EXPONENT, KIND_NUMBER, PRIVATE, RSA, ONLY_CREATED },
	{ CKA_PRIVATE_EXPONENT, KIND_NUMBER, PRIVATE, RSA, ONLY_CREATED | MATERIAL },
	{ CKA_PRIME_1, KIND_NUMBER, PRIVATE, RSA, GENERATE_NO | UNWRAP_NO | MATERIAL },
	{ CKA_PRIME_2, KIND_NUMBER, PRIVATE, RSA, GENERATE_NO | UNWRAP_NO | MATERIAL },
	{ CKA_EXPONENT_1, KIND_NUMBER, PRIVATE, RSA, GENERATE_NO | UNWRAP_NO | MATERIAL },
	{ CKA_EXPONENT_2, KIND_NUMBER, PRIVATE, RSA, GENERATE_NO | UNWRAP_NO | MATERIAL },
	{ CKA_COEFFICIENT, KIND_NUMBER, PRIVATE, RSA, GENERATE_NO | UNWRAP_NO | MATERIAL },
	{ CKA_PUBLIC_KEY_INFO, KIND_BYTES, PAIR, ANY, GENERATE_NO },
	{ CKA_PUBLIC_KEY_INFO, KIND_BYTES, CERTIFICATE, X509, 0 },
	{ CKA_PUBLIC_KEY_INFO, KIND_BYTES, CERTIFICATE, ATTRIBUTES, IS_EMPTY },
	{ CKA_PRIME, KIND_NUMBER, PUBLIC, DH | X9_42, CREATE_MUST | GENERATE_MUST },
	{ CKA_PRIME, KIND_NUMBER, PRIVATE, DH | X9_42, ONLY_CREATED },
	{ CKA_PRIME, KIND_NUMBER, DOMAIN, DH | X9_42, CREATE_MUST | GENERATE_NO },
	{ CKA_SUBPRIME, KIND_NUMBER, PUBLIC, X9_42, CREATE_MUST | GENERATE_MUST },
	{ CKA_SUBPRIME, KIND_NUMBER, PRIVATE, X9_42, ONLY_CREATED },
	{ CKA_SUBPRIME, KIND_NUMBER, DOMAIN, X9_42, CREATE_MUST | GENERATE_NO },
	{ CKA_BASE, KIND_NUMBER, PUBLIC, DH | X9_42, CREATE_MUST | GENERATE_MUST },
	{ CKA_BASE, KIND_NUMBER, PRIVATE, DH | X9_42, ONLY_CREATED },
	{ CKA_BASE, KIND_NUMBER, DOMAIN, DH | X9_42, CREATE_MUST | GENERATE_NO },
	{ CKA_PRIME_BITS, KIND_ULONG, DOMAIN, DH | X9_42, CREATE_NO | GENERATE_MUST },
	{ CKA_SUBPRIME_BITS, KIND_ULONG, DOMAIN, X9_42, CREATE_NO },
	{ CKA_VALUE_BITS, KIND_ULONG, PRIVATE, DH, CREATE_NO | UNWRAP_NO },
	{ CKA_VALUE_LEN, KIND_ULONG, SECRET, ANY, CREATE_NO },
	/* Says how much shall be derived; no data object has it. */
	{ CKA_VALUE_LEN, KIND_ULONG, DATA, ANY, CREATE_NO },
	{ CKA_EXTRACTABLE, KIND_BOOL, OWNED, ANY, SETTABLE | STICKY_FALSE | DEPENDS },
	{ CKA_LOCAL, KIND_BOOL, KEYS | DOMAIN, ANY, NEVER_GIVEN | IS_NO },
	{ CKA_NEVER_EXTRACTABLE, KIND_BOOL, OWNED, ANY, NEVER_GIVEN | IS_NO },
	{ CKA_ALWAYS_SENSITIVE, KIND_BOOL, OWNED, ANY, NEVER_GIVEN | IS_NO },
	{ CKA_KEY_GEN_MECHANISM, KIND_ULONG, KEYS, ANY, NEVER_GIVEN | IS_UNAVAILABLE },
	{ CKA_MODIFIABLE, KIND_BOOL, ALL, ANY, COPYABLE | IS_YES },
	{ CKA_COPYABLE, KIND_BOOL, ALL, ANY, SETTABLE | STICKY_FALSE | IS_YES },
	{ CKA_DESTROYABLE, KIND_BOOL, ALL, ANY, COPYABLE | IS_YES },
	{ CKA_EC_PARAMS, KIND_BYTES, PUBLIC, EC, CREATE_MUST | GENERATE_MUST },
	{ CKA_EC_PARAMS, KIND_BYTES, PRIVATE, EC, ONLY_CREATED },
	{ CKA_EC_POINT, KIND_BYTES, PUBLIC, EC, ONLY_CREATED | INDEXED },
	{ CKA_ALWAYS_AUTHENTICATE, KIND_BOOL, PRIVATE, ANY, IS_NO },
	{ CKA_WRAP_WITH_TRUSTED, KIND_BOOL, OWNED, ANY, SETTABLE | STICKY_TRUE | IS_NO },
	{ CKA_PROFILE_ID, KIND_ULONG, PROFILE, ANY, NEVER_GIVEN },
	{ CKA_PARAMETER_SET, KIND_ULONG, PUBLIC, SEEDED | SLH_DSA, CREATE_MUST | GENERATE_MUST },
	{ CKA_PARAMETER_SET, KIND_ULONG, PRIVATE, SEEDED | SLH_DSA, ONLY_CREATED },
	{ CKA_ENCAPSULATE_TEMPLATE, KIND_TEMPLATE, PUBLIC, ANY, 0 },
	{ CKA_DECAPSULATE_TEMPLATE, KIND_TEMPLATE, PRIVATE, ANY, 0 },
	{ CKA_TRUST_SERVER_AUTH, KIND_ULONG, TRUST, ANY, SETTABLE | IS_ZERO },
	{ CKA_TRUST_CLIENT_AUTH, KIND_ULONG, TRUST, ANY, SETTABLE | IS_ZERO },
	{ CKA_TRUST_CODE_SIGNING, KIND_ULONG, TRUST, ANY, SETTABLE | IS_ZERO },
	{ CKA_TRUST_EMAIL_PROTECTION, KIND_ULONG, TRUST, ANY, SETTABLE | IS_ZERO },
	{ CKA_TRUST_IPSEC_IKE, KIND_ULONG, TRUST, ANY, SETTABLE | IS_ZERO },
	{ CKA_TRUST_TIME_STAMPING, KIND_ULONG, TRUST, ANY, SETTABLE | IS_ZERO },
	{ CKA_TRUST_OCSP_SIGNING, KIND_ULONG, TRUST, ANY, SETTABLE | IS_ZERO },
	{ CKA_ENCAPSULATE, KIND_BOOL, PUBLIC, ANY, SETTABLE | USE },
	{ CKA_DECAPSULATE, KIND_BOOL, PRIVATE, ANY, SETTABLE | USE },
	{ CKA_HASH_OF_CERTIFICATE, KIND_BYTES, TRUST, ANY, INDEXED | IS_EMPTY },
	{ CKA_SEED, KIND_BYTES, PRIVATE, SEEDED, GENERATE_NO | UNWRAP_NO | MATERIAL },
	{ CKA_WRAP_TEMPLATE, KIND_TEMPLATE, PUBLIC | SECRET, ANY, 0 },
	{ CKA_UNWRAP_TEMPLATE, KIND_TEMPLATE, OWNED, ANY, 0 },
	{ CKA_DERIVE_TEMPLATE, KIND_TEMPLATE, OWNED, ANY, 0 },
	{ CKA_ALLOWED_MECHANISMS, KIND_ULONGS, KEYS, ANY, 0 },
	{ CKA_HANDFAST_FINITE_FIELD, KIND_BOOL, SECRET, ANY, INTERNAL },
};

/* The most a caller can mean by one value: 16,384-bit numbers, and documents in data objects. */
#define NUMBER_MOST 4096
#define BYTES_MOST ((size_t)16 << 20)

static unsigned
key_type_group(CK_KEY_TYPE type)
{
	switch (type) {
	case CKK_RSA:
		return RSA;
	case CKK_EC:
	case CKK_EC_EDWARDS:
	case CKK_EC_MONTGOMERY:
		return EC;
	case CKK_DH:
		return DH;
	case CKK_X9_42_DH:
		return X9_42;
	case CKK_ML_KEM:
	case CKK_ML_DSA:
		return SEEDED;
	case CKK_SLH_DSA:
		return SLH_DSA;
	default:
		return OTHER;
	}
}

static unsigned
class_bit(CK_OBJECT_CLASS class)
{
	return class <= CKO_TRUST ? OF(class) & ALL : 0;
}

bool
schema_class(CK_OBJECT_CLASS class)
{
	return (class_bit(class) & MADE) != 0;
}

bool
schema_is_key(CK_OBJECT_CLASS class)
{
	return (class_bit(class) & KEYS) != 0;
}

/* The first row of a type; COUNT_OF(rules) when there is none. */
static size_t
first_rule(CK_ATTRIBUTE_TYPE type)
{
	size_t low = 0, high = COUNT_OF(rules);

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (rules[middle].type < type)
			low = middle + 1;
		else
			high = middle;
	}
	return low < COUNT_OF(rules) && rules[low].type == type ? low : COUNT_OF(rules);
}

/* What an object is, as the table has it. */
struct which {
	unsigned class, group;
};

static struct which
which_object(CK_OBJECT_CLASS class, CK_ULONG type)
{
	const unsigned bit = class_bit(class);

	if ((bit & (KEYS | DOMAIN)) != 0)
		return (struct which){ bit, key_type_group(type) };
	if (bit == CERTIFICATE)
		return (struct which){ bit, type == CKC_X_509_ATTR_CERT ? ATTRIBUTES : X509 };
	return (struct which){ bit, ANY };
}

CK_ULONG
schema_type(const struct attrs *meta, CK_OBJECT_CLASS class)
{
	return attrs_ulong(meta, class == CKO_CERTIFICATE ? CKA_CERTIFICATE_TYPE : CKA_KEY_TYPE,
	    CK_UNAVAILABLE_INFORMATION);
}

static bool
applies(const struct attribute_rule *rule, struct which which)
{
	return (rule->classes & which.class) != 0 && (rule->key_types & which.group) != 0;
}

const struct attribute_rule *
schema_rule(CK_ATTRIBUTE_TYPE type, CK_OBJECT_CLASS class, CK_KEY_TYPE key_type)
{
	const struct which which = which_object(class, key_type);

	for (size_t i = first_rule(type); i < COUNT_OF(rules) && rules[i].type == type; i++) {
		if (applies(&rules[i], which))
			return &rules[i];
	}
	return NULL;
}

static bool nested_holds(struct view encoded);

/* Has the encoded value the form of its kind? */
static bool
kind_holds(enum kind kind, struct view value)
{
	switch (kind) {
	case KIND_BOOL:
		return value.len == 1 && value.data[0] <= 1;
	case KIND_ULONG:
		return value.len == 8;
	case KIND_DATE:
		return value.len == 0 || value.len == sizeof(CK_DATE);
	case KIND_ULONGS:
		return value.len % 8 == 0;
	case KIND_TEMPLATE:
		return nested_holds(value);
	case KIND_NUMBER:
		return value.len <= NUMBER_MOST;
	case KIND_BYTES:
		return value.len <= BYTES_MOST;
	}
	return false;
}

static bool
nested_holds(struct view encoded)
{
	const struct attrs inner = attrs_within(encoded);
	CK_ATTRIBUTE_TYPE type;
	struct view value;
	size_t at = 0;

	if (!attrs_wellformed(encoded))
		return false;
	while (attrs_next(&inner, &at, &type, &value)) {
		size_t row = first_rule(type);

		if (row == COUNT_OF(rules) || rules[row].kind == KIND_TEMPLATE ||
		    !kind_holds(rules[row].kind, value))
			return false;
	}
	return true;
}

bool
schema_holds(const struct attrs *attrs, CK_OBJECT_CLASS class, CK_KEY_TYPE key_type)
{
	CK_ATTRIBUTE_TYPE type;
	struct view value;
	size_t at = 0;

	while (attrs_next(attrs, &at, &type, &value)) {
		const struct attribute_rule *rule = schema_rule(type, class, key_type);

		if (rule == NULL || !kind_holds(rule->kind, value))
			return false;
	}
	return true;
}

void
template_release(struct template *template)
{
	attrs_release(&template->meta);
	attrs_release(&template->secret);
}

/* Decoding */

static CK_ULONG
ulong_at(const void *data, size_t index)
{
	CK_ULONG value;

	/* Callers' pointers need not be aligned (map, trap 39). */
	memcpy(&value, (const unsigned char *)data + index * sizeof(value), sizeof(value));
	return value;
}

static CK_RV decode_nested(const void *data, CK_ULONG len, struct bytes *encoded);

/* One value into the form of struct attrs; `small` or `scratch` holds it where it is not the
 * caller's own bytes. */
static CK_RV
decode_value(enum kind kind, const CK_ATTRIBUTE *from, unsigned char small[8],
    struct bytes *scratch, struct view *value)
{
	const unsigned char *data = from->pValue;
	size_t len = from->ulValueLen;

	if (len > BYTES_MOST || (data == NULL && len != 0))
		return CKR_ATTRIBUTE_VALUE_INVALID;
	*value = view_of(data, len);
	switch (kind) {
	case KIND_BOOL:
		/* C_TRUE is 1, but callers also pass other non-zero bytes for it. */
		if (len != sizeof(CK_BBOOL))
			return CKR_ATTRIBUTE_VALUE_INVALID;
		small[0] = data[0] != CK_FALSE;
		*value = view_of(small, 1);
		return CKR_OK;
	case KIND_ULONG:
		if (len != sizeof(CK_ULONG))
			return CKR_ATTRIBUTE_VALUE_INVALID;
		ulong_encode(ulong_at(data, 0), small);
		*value = view_of(small, 8);
		return CKR_OK;
	case KIND_ULONGS:
		if (len % sizeof(CK_ULONG) != 0 || len / sizeof(CK_ULONG) > TEMPLATE_MOST)
			return CKR_ATTRIBUTE_VALUE_INVALID;
		if (!bytes_alloc(scratch, len / sizeof(CK_ULONG) * 8))
			return CKR_HOST_MEMORY;
		for (size_t i = 0; i < len / sizeof(CK_ULONG); i++)
			ulong_encode(ulong_at(data, i), scratch->data + i * 8);
		break;
	case KIND_TEMPLATE:
		TRY(decode_nested(data, len, scratch));
		break;
	case KIND_NUMBER:
		while (value->len > 0 && value->data[0] == 0)
			*value = view_of(value->data + 1, value->len - 1);
		return value->len <= NUMBER_MOST ? CKR_OK : CKR_ATTRIBUTE_VALUE_INVALID;
	case KIND_DATE:
	case KIND_BYTES:
		return kind_holds(kind, *value) ? CKR_OK : CKR_ATTRIBUTE_VALUE_INVALID;
	}
	*value = bytes_view(scratch);
	return CKR_OK;
}

static bool
is_material(CK_ATTRIBUTE_TYPE type, CK_OBJECT_CLASS class)
{
	unsigned bit = class_bit(class);

	for (size_t i = first_rule(type); i < COUNT_OF(rules) && rules[i].type == type; i++) {
		if ((rules[i].classes & bit) != 0 && (rules[i].rules & MATERIAL) != 0)
			return true;
	}
	return false;
}

/* Adds a decoded value; the same attribute twice is fine as long as it says the same. */
static CK_RV
add(struct attrs *to, CK_ATTRIBUTE_TYPE type, struct view value)
{
	struct view before;

	if (attrs_get(to, type, &before))
		return secret_equal(before, value) ? CKR_OK : CKR_TEMPLATE_INCONSISTENT;
	return attrs_set(to, type, value);
}

static CK_RV
decode_one(const CK_ATTRIBUTE *from, bool nested, struct attrs *to)
{
	RELEASED(bytes_release) struct bytes scratch = { 0 };
	unsigned char small[8]; /* public: flags and numbers are no key material */
	size_t row = first_rule(from->type);
	struct view value;

	if (row == COUNT_OF(rules) || (rules[row].rules & INTERNAL) != 0) {
		log_info("refused a template: no object has an attribute 0x%lx", from->type);
		return CKR_ATTRIBUTE_TYPE_INVALID;
	}
	if (nested && rules[row].kind == KIND_TEMPLATE)
		return CKR_ATTRIBUTE_VALUE_INVALID;
	TRY(decode_value(rules[row].kind, from, small, &scratch, &value));
	return add(to, from->type, value);
}

static CK_ATTRIBUTE
attribute_at(const void *attributes, size_t index)
{
	CK_ATTRIBUTE attribute;

	memcpy(&attribute, (const unsigned char *)attributes + index * sizeof(attribute),
	    sizeof(attribute));
	return attribute;
}

/* A template attribute.  Key material has no place in one. */
static CK_RV
decode_nested(const void *data, CK_ULONG len, struct bytes *encoded)
{
	RELEASED(attrs_release) struct attrs inner = ATTRS_PUBLIC;

	if (len % sizeof(CK_ATTRIBUTE) != 0 || len / sizeof(CK_ATTRIBUTE) > TEMPLATE_MOST)
		return CKR_ATTRIBUTE_VALUE_INVALID;
	for (size_t i = 0; i < len / sizeof(CK_ATTRIBUTE); i++) {
		CK_ATTRIBUTE attribute = attribute_at(data, i);

		if (is_material(attribute.type, CKO_PRIVATE_KEY) ||
		    is_material(attribute.type, CKO_SECRET_KEY))
			return CKR_ATTRIBUTE_VALUE_INVALID;
		TRY(decode_one(&attribute, true, &inner));
	}
	return bytes_copy(encoded, view_of(inner.data, inner.len)) ? CKR_OK : CKR_HOST_MEMORY;
}

/* What CKA_CLASS the template itself states. */
static CK_OBJECT_CLASS
stated_class(const CK_ATTRIBUTE *attributes, CK_ULONG count, CK_OBJECT_CLASS otherwise)
{
	for (CK_ULONG i = 0; i < count; i++) {
		CK_ATTRIBUTE attribute = attribute_at(attributes, i);

		if (attribute.type == CKA_CLASS && attribute.pValue != NULL &&
		    attribute.ulValueLen == sizeof(CK_ULONG))
			return ulong_at(attribute.pValue, 0);
	}
	return otherwise;
}

CK_RV
schema_decode(
    const CK_ATTRIBUTE *attributes, CK_ULONG count, CK_OBJECT_CLASS class, struct template *out)
{
	if ((attributes == NULL && count != 0) || count > TEMPLATE_MOST)
		return CKR_ARGUMENTS_BAD;
	class = stated_class(attributes, count, class);
	for (CK_ULONG i = 0; i < count; i++) {
		CK_ATTRIBUTE attribute = attribute_at(attributes, i);
		bool material = is_material(attribute.type, class);

		TRY(decode_one(&attribute, false, material ? &out->secret : &out->meta));
	}
	return CKR_OK;
}

CK_RV
schema_decode_search(
    const CK_ATTRIBUTE *attributes, CK_ULONG count, struct attrs *out, bool *impossible)
{
	*impossible = false;
	if ((attributes == NULL && count != 0) || count > TEMPLATE_MOST)
		return CKR_ARGUMENTS_BAD;
	for (CK_ULONG i = 0; i < count; i++) {
		CK_ATTRIBUTE attribute = attribute_at(attributes, i);
		CK_RV rv = decode_one(&attribute, false, out);

		/* What nobody has, nobody is found by: NSS asks for vendor classes. */
		if (rv == CKR_ATTRIBUTE_TYPE_INVALID || rv == CKR_TEMPLATE_INCONSISTENT)
			*impossible = true;
		else if (rv != CKR_OK)
			return rv;
	}
	return CKR_OK;
}

bool
schema_indexed(const struct attrs *wanted, CK_ATTRIBUTE_TYPE type)
{
	unsigned classes = ANY;

	if (attrs_has(wanted, CKA_CLASS))
		classes = class_bit(attrs_ulong(wanted, CKA_CLASS, CKO_VENDOR_DEFINED));
	for (size_t i = first_rule(type); i < COUNT_OF(rules) && rules[i].type == type; i++) {
		/* Key material is in no index, and no search is answered by it. */
		if ((rules[i].classes & classes) != 0 &&
		    (rules[i].rules & (INDEXED | MATERIAL)) == 0)
			return false;
	}
	return true;
}

/* Checking */

static unsigned
forbidden_by(enum origin origin)
{
	switch (origin) {
	case ORIGIN_CREATE:
		return CREATE_NO;
	case ORIGIN_GENERATE:
		return GENERATE_NO;
	case ORIGIN_DERIVE:
	case ORIGIN_UNWRAP:
		return UNWRAP_NO;
	case ORIGIN_COPY:
		break;
	}
	return 0;
}

static unsigned
needed_by(enum origin origin)
{
	switch (origin) {
	case ORIGIN_CREATE:
		return CREATE_MUST;
	case ORIGIN_GENERATE:
		return GENERATE_MUST;
	case ORIGIN_UNWRAP:
		return UNWRAP_MUST;
	case ORIGIN_DERIVE:
	case ORIGIN_COPY:
		break;
	}
	return 0;
}

static CK_RV
check_given(
    const struct attrs *given, CK_OBJECT_CLASS class, CK_KEY_TYPE key_type, unsigned forbidden)
{
	CK_RV verdict = CKR_OK;
	CK_ATTRIBUTE_TYPE type;
	struct view value;
	size_t at = 0;

	while (attrs_next(given, &at, &type, &value)) {
		const struct attribute_rule *rule = schema_rule(type, class, key_type);

		if (rule == NULL) {
			log_info("refused a template: such an object has no %s", schema_name(type));
			return CKR_ATTRIBUTE_TYPE_INVALID;
		}
		if ((rule->rules & forbidden) != 0) {
			log_info("refused a template: %s is not for the caller to say here",
			    schema_name(type));
			verdict = CKR_ATTRIBUTE_READ_ONLY;
		}
	}
	return verdict;
}

CK_RV
schema_check(const struct template *template, CK_OBJECT_CLASS class, CK_KEY_TYPE key_type,
    enum origin origin)
{
	const struct which which = which_object(class, key_type);
	const unsigned needed = needed_by(origin);

	TRY(check_given(&template->meta, class, key_type, forbidden_by(origin)));
	TRY(check_given(&template->secret, class, key_type, forbidden_by(origin)));
	for (size_t i = 0; needed != 0 && i < COUNT_OF(rules); i++) {
		const struct attribute_rule *rule = &rules[i];

		if ((rule->rules & needed) == 0 || !applies(rule, which))
			continue;
		if (!attrs_has(&template->meta, rule->type) &&
		    !attrs_has(&template->secret, rule->type)) {
			log_info("refused a template: %s is missing", schema_name(rule->type));
			return CKR_TEMPLATE_INCOMPLETE;
		}
	}
	return CKR_OK;
}

/* Defaults */

static bool
secret_supports(CK_KEY_TYPE key_type, CK_ATTRIBUTE_TYPE use)
{
	const bool authenticates = use == CKA_SIGN || use == CKA_VERIFY;

	switch (key_type) {
	case CKK_GENERIC_SECRET:
		return authenticates || use == CKA_DERIVE;
	case CKK_POLY1305:
	case CKK_SHA_1_HMAC:
	case CKK_SHA224_HMAC:
	case CKK_SHA256_HMAC:
	case CKK_SHA384_HMAC:
	case CKK_SHA512_HMAC:
	case CKK_SHA512_224_HMAC:
	case CKK_SHA512_256_HMAC:
	case CKK_SHA3_224_HMAC:
	case CKK_SHA3_256_HMAC:
	case CKK_SHA3_384_HMAC:
	case CKK_SHA3_512_HMAC:
		return authenticates;
	case CKK_CHACHA20:
	case CKK_AES_XTS:
		return use == CKA_ENCRYPT || use == CKA_DECRYPT;
	default:
		return true;
	}
}

bool
schema_supports(CK_OBJECT_CLASS class, CK_KEY_TYPE key_type, CK_ATTRIBUTE_TYPE use)
{
	const bool agrees = use == CKA_DERIVE || use == CKA_DECAPSULATE;
	const bool signs = use == CKA_SIGN || use == CKA_VERIFY;

	switch (key_type_group(key_type)) {
	case RSA:
		return use != CKA_DERIVE;
	case EC:
		if (key_type == CKK_EC_EDWARDS)
			return signs;
		if (class == CKO_PUBLIC_KEY)
			return use == CKA_ENCAPSULATE || (use == CKA_VERIFY && key_type == CKK_EC);
		return agrees || (use == CKA_SIGN && key_type == CKK_EC);
	case DH:
	case X9_42:
		return class == CKO_PUBLIC_KEY ? use == CKA_ENCAPSULATE : agrees;
	case SEEDED:
		if (key_type == CKK_ML_DSA)
			return signs;
		return use == CKA_ENCAPSULATE || use == CKA_DECAPSULATE;
	case SLH_DSA:
		return signs;
	default:
		return secret_supports(key_type, use);
	}
}

/* An object whose template leaves something out. */
struct newborn {
	const struct attrs *given;
	CK_OBJECT_CLASS class;
	CK_KEY_TYPE key_type;
	enum origin origin;
	bool logged_in;
	bool granted; /* the template grants some use */
};

bool
schema_grants(const struct attrs *given)
{
	CK_ATTRIBUTE_TYPE type;
	struct view value;
	size_t at = 0;

	while (attrs_next(given, &at, &type, &value)) {
		const size_t row = first_rule(type);

		if (row < COUNT_OF(rules) && (rules[row].rules & USE) != 0 && value.len == 1 &&
		    value.data[0] != 0)
			return true;
	}
	return false;
}

/*
 * Permissions: a template that grants some means those and no others; one that
 * grants none leaves it to the token, which grants what the type is good for.
 * What came from elsewhere does not wrap or unwrap unless somebody says so.
 */
static bool
initial_use(const struct newborn *object, CK_ATTRIBUTE_TYPE use)
{
	const bool came = object->origin == ORIGIN_DERIVE || object->origin == ORIGIN_UNWRAP;
	const bool wraps = use == CKA_WRAP || use == CKA_UNWRAP;

	return !object->granted && !(wraps && came) &&
	    schema_supports(object->class, object->key_type, use);
}

/* The flags that depend on what the object is. */
static bool
initial_bool(const struct newborn *object, CK_ATTRIBUTE_TYPE type)
{
	switch (type) {
	case CKA_PRIVATE:
		return (class_bit(object->class) & OWNED) != 0 &&
		    (object->logged_in || attrs_bool(object->given, CKA_TOKEN, false));
	case CKA_SENSITIVE:
		return object->class == CKO_PRIVATE_KEY;
	case CKA_EXTRACTABLE:
		return object->class == CKO_SECRET_KEY || object->origin == ORIGIN_UNWRAP;
	default:
		return initial_use(object, type);
	}
}

static CK_ULONG
initial_ulong(const struct newborn *object, const struct attribute_rule *rule)
{
	if ((rule->rules & IS_ZERO) != 0)
		return 0;
	if ((rule->rules & IS_UNAVAILABLE) != 0)
		return CK_UNAVAILABLE_INFORMATION;
	return rule->type == CKA_CLASS ? object->class : object->key_type;
}

/* The encoded value that the attribute begins with; `room` is for it. */
static struct view
initial(const struct newborn *object, const struct attribute_rule *rule, unsigned char room[8])
{
	if ((rule->rules & IS_EMPTY) != 0)
		return VIEW_NONE;
	if (rule->kind == KIND_ULONG) {
		ulong_encode(initial_ulong(object, rule), room);
		return view_of(room, 8);
	}
	room[0] = (rule->rules & IS_YES) != 0 ||
	    ((rule->rules & (USE | DEPENDS)) != 0 && initial_bool(object, rule->type));
	return view_of(room, 1);
}

CK_RV
schema_defaults(struct template *template, CK_OBJECT_CLASS class, CK_KEY_TYPE key_type,
    enum origin origin, bool logged_in)
{
	RELEASED(attrs_release) struct attrs defaults = ATTRS_PUBLIC;
	const struct newborn object = { &template->meta, class, key_type, origin, logged_in,
		schema_grants(&template->meta) };
	const struct which which = which_object(class, key_type);
	unsigned char room[8]; /* public: flags and numbers */

	for (size_t i = 0; i < COUNT_OF(rules); i++) {
		if ((rules[i].rules & INITIALLY) != 0 && applies(&rules[i], which))
			TRY(attrs_append(
			    &defaults, rules[i].type, initial(&object, &rules[i], room)));
	}
	return attrs_fill(&template->meta, &defaults);
}

/* Giving */

/* Tells the length; true where there is room for the value, which is then to be written. */
static bool
give_length(size_t len, CK_ATTRIBUTE *out, CK_RV *rv)
{
	bool room = out->ulValueLen >= len;

	*rv = CKR_OK;
	if (out->pValue != NULL && !room) {
		out->ulValueLen = CK_UNAVAILABLE_INFORMATION;
		*rv = CKR_BUFFER_TOO_SMALL;
		return false;
	}
	out->ulValueLen = len;
	return out->pValue != NULL && len != 0;
}

static CK_RV
give_bytes(struct view value, CK_ATTRIBUTE *out)
{
	CK_RV rv;

	if (give_length(value.len, out, &rv))
		memcpy(out->pValue, value.data, value.len);
	return rv;
}

static CK_RV
give_ulongs(struct view value, CK_ATTRIBUTE *out)
{
	size_t count = value.len / 8;
	CK_RV rv;

	if (!give_length(count * sizeof(CK_ULONG), out, &rv))
		return rv;
	for (size_t i = 0; i < count; i++) {
		CK_ULONG number = ulong_decode(value.data + i * 8);

		memcpy((unsigned char *)out->pValue + i * sizeof(number), &number, sizeof(number));
	}
	return rv;
}

/*
 * C_GetAttributeValue of an array attribute takes several passes: the length
 * (number of entries), then types and lengths, then the values.
 */
static CK_RV
give_template(struct view value, CK_ATTRIBUTE *out)
{
	const struct attrs inner = attrs_within(value);
	CK_ATTRIBUTE_TYPE type;
	struct view nested;
	size_t at = 0, count = 0;
	CK_RV verdict;

	while (attrs_next(&inner, &at, &type, &nested))
		count++;
	if (!give_length(count * sizeof(CK_ATTRIBUTE), out, &verdict))
		return verdict;
	at = 0;
	for (size_t i = 0; attrs_next(&inner, &at, &type, &nested); i++) {
		unsigned char *place = (unsigned char *)out->pValue + i * sizeof(CK_ATTRIBUTE);
		CK_ATTRIBUTE attribute = attribute_at(out->pValue, i);
		CK_RV rv;

		attribute.type = type;
		rv = schema_give(&rules[first_rule(type)], nested, &attribute);
		memcpy(place, &attribute, sizeof(attribute));
		if (rv != CKR_OK)
			verdict = rv;
	}
	return verdict;
}

CK_RV
schema_give(const struct attribute_rule *rule, struct view value, CK_ATTRIBUTE *out)
{
	switch (rule->kind) {
	case KIND_ULONG:
	case KIND_ULONGS:
		return give_ulongs(value, out);
	case KIND_TEMPLATE:
		return give_template(value, out);
	default:
		return give_bytes(value, out);
	}
}
