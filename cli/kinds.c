/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables of key types, curves and uses.  Must not know of files or of verbs.
 */
#include "cli/kinds.h"

#include <openssl/asn1.h>
#include <openssl/crypto.h>
#include <openssl/objects.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- uses ----------------------------------------------------------------- */

static const struct use uses[] = {
	{ "derive", CKA_DERIVE, 0 },
	{ "sign", CKA_SIGN, CKA_VERIFY },
	{ "verify", CKA_VERIFY, CKA_VERIFY },
	{ "decrypt", CKA_DECRYPT, CKA_ENCRYPT },
	{ "encrypt", CKA_ENCRYPT, CKA_ENCRYPT },
	{ "unwrap", CKA_UNWRAP, CKA_WRAP },
	{ "wrap", CKA_WRAP, CKA_WRAP },
	{ "decapsulate", CKA_DECAPSULATE, CKA_ENCAPSULATE },
	{ "encapsulate", CKA_ENCAPSULATE, CKA_ENCAPSULATE },
};

const struct use *
use_at(size_t index)
{
	return index < COUNT_OF(uses) ? &uses[index] : NULL;
}

static const struct use *
use_named(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(uses); i++)
		if (strcmp(uses[i].name, name) == 0)
			return &uses[i];
	return NULL;
}

/* Of a pair, each half gets its side; of a secret key, both sides of what is named. */
static void
use_add(const struct use *use, struct template *own, struct template *other)
{
	template_add(own, YES(use->permission));
	if (use->other != 0 && use->other != use->permission)
		template_add(other != NULL ? other : own, YES(use->other));
}

enum outcome
uses_add(const char *list, struct template *own, struct template *other)
{
	RELEASED(pointer_release) char *copy = NULL;
	char *rest = NULL;

	if (list == NULL)
		return DONE;
	copy = strdup(list);
	if (copy == NULL)
		return fail_memory();
	for (char *name = strtok_r(copy, ",", &rest); name != NULL;
	     name = strtok_r(NULL, ",", &rest)) {
		const struct use *use = use_named(name);

		if (use == NULL || (other != NULL && use->permission == use->other))
			return fail(MISUSED,
			    "derive, sign, decrypt, unwrap or decapsulate, with commas between",
			    "'%s' is not a use of a private or secret key", name);
		use_add(use, own, other);
	}
	return DONE;
}

/* --- types ---------------------------------------------------------------- */

static const struct family {
	const char *name;
	CK_KEY_TYPE type;
	CK_MECHANISM_TYPE mechanism;
	bool pair;
	CK_ULONG size; /* in bits, where none is said; 0: no size */
} families[] = {
	{ "rsa", CKK_RSA, CKM_RSA_PKCS_KEY_PAIR_GEN, true, 3072 },
	{ "ec", CKK_EC, CKM_EC_KEY_PAIR_GEN, true, 0 },
	{ "x25519", CKK_EC_MONTGOMERY, CKM_EC_MONTGOMERY_KEY_PAIR_GEN, true, 0 },
	{ "x448", CKK_EC_MONTGOMERY, CKM_EC_MONTGOMERY_KEY_PAIR_GEN, true, 0 },
	{ "ed25519", CKK_EC_EDWARDS, CKM_EC_EDWARDS_KEY_PAIR_GEN, true, 0 },
	{ "ed448", CKK_EC_EDWARDS, CKM_EC_EDWARDS_KEY_PAIR_GEN, true, 0 },
	{ "dh", CKK_DH, CKM_DH_PKCS_KEY_PAIR_GEN, true, 3072 },
	{ "aes", CKK_AES, CKM_AES_KEY_GEN, false, 256 },
	{ "chacha20", CKK_CHACHA20, CKM_CHACHA20_KEY_GEN, false, 256 },
	{ "generic", CKK_GENERIC_SECRET, CKM_GENERIC_SECRET_KEY_GEN, false, 256 },
	{ "hkdf", CKK_HKDF, CKM_HKDF_KEY_GEN, false, 256 },
};

#define SET(name, family, set)                                                                     \
	{                                                                                          \
		name, CKK_##family, CKM_##family##_KEY_PAIR_GEN, CKP_##family##_##set              \
	}

/* Types that are a parameter set, whose numbers are those of one key type alone. */
static const struct set {
	const char *name;
	CK_KEY_TYPE type;
	CK_MECHANISM_TYPE mechanism;
	CK_ULONG number;
} sets[] = {
	SET("ml-kem-512", ML_KEM, 512),
	SET("ml-kem-768", ML_KEM, 768),
	SET("ml-kem-1024", ML_KEM, 1024),
	SET("ml-dsa-44", ML_DSA, 44),
	SET("ml-dsa-65", ML_DSA, 65),
	SET("ml-dsa-87", ML_DSA, 87),
	SET("slh-dsa-sha2-128s", SLH_DSA, SHA2_128S),
	SET("slh-dsa-sha2-128f", SLH_DSA, SHA2_128F),
	SET("slh-dsa-sha2-192s", SLH_DSA, SHA2_192S),
	SET("slh-dsa-sha2-192f", SLH_DSA, SHA2_192F),
	SET("slh-dsa-sha2-256s", SLH_DSA, SHA2_256S),
	SET("slh-dsa-sha2-256f", SLH_DSA, SHA2_256F),
	SET("slh-dsa-shake-128s", SLH_DSA, SHAKE_128S),
	SET("slh-dsa-shake-128f", SLH_DSA, SHAKE_128F),
	SET("slh-dsa-shake-192s", SLH_DSA, SHAKE_192S),
	SET("slh-dsa-shake-192f", SLH_DSA, SHAKE_192F),
	SET("slh-dsa-shake-256s", SLH_DSA, SHAKE_256S),
	SET("slh-dsa-shake-256f", SLH_DSA, SHAKE_256F),
};

/* Names of curves that people use and libcrypto does not; others are libcrypto's own. */
static const struct {
	const char *name, *libcrypto;
} curves[] = {
	{ "p224", "secp224r1" },
	{ "p256", "prime256v1" },
	{ "p384", "secp384r1" },
	{ "p521", "secp521r1" },
	{ "x25519", "X25519" },
	{ "x448", "X448" },
	{ "ed25519", "ED25519" },
	{ "ed448", "ED448" },
};

static const char *
curve_of(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(curves); i++)
		if (strcmp(curves[i].name, name) == 0)
			return curves[i].libcrypto;
	return name;
}

#define TYPES                                                                                      \
	"ec:p256, ec:p384, x25519, ed25519, rsa:3072, dh:3072, ml-kem-768, ml-dsa-65, aes:256, "   \
	"generic:256 or the like"

static enum outcome
bad_type(const char *name)
{
	return fail(MISUSED, "--type with " TYPES, "'%s' is not a type of keys", name);
}

void
kind_release(struct kind *kind)
{
	bytes_release(&kind->parameters);
	bytes_release(&kind->base);
	*kind = (struct kind){ 0 };
}

/* CKA_EC_PARAMS: the curve's object identifier in DER. */
static enum outcome
curve_parameters(const char *curve, struct bytes *parameters)
{
	ASN1_OBJECT *object = OBJ_txt2obj(curve, 0);
	unsigned char *der = NULL;
	int len = object != NULL ? i2d_ASN1_OBJECT(object, &der) : -1;
	bool copied = len > 0 && bytes_copy(parameters, view_of(der, (size_t)len));

	ASN1_OBJECT_free(object);
	OPENSSL_free(der);
	return copied ? DONE
		      : fail(MISUSED, "--type with " TYPES, "'ec:%s' is not a type of keys", curve);
}

static enum outcome
size_read(const char *name, const char *text, CK_ULONG *size)
{
	char *end;

	*size = strtoul(text, &end, 10);
	if (text[0] < '1' || text[0] > '9' || *end != '\0' || *size > 65536 || *size % 8 != 0)
		return bad_type(name);
	return DONE;
}

static enum outcome
kind_of_family(const struct family *family, const char *name, const char *rest, struct kind *kind)
{
	*kind = (struct kind){ .type = family->type,
		.mechanism = family->mechanism,
		.pair = family->pair,
		.size = family->size };
	if (family->size != 0)
		return rest == NULL ? DONE : size_read(name, rest, &kind->size);
	if (family->type != CKK_EC && rest != NULL)
		return bad_type(name);
	if (family->type == CKK_EC)
		kind->curve = curve_of(rest != NULL ? rest : "p256");
	else
		kind->curve = curve_of(family->name);
	return curve_parameters(kind->curve, &kind->parameters);
}

enum outcome
kind_find(const char *name, struct kind *kind)
{
	const char *colon = strchr(name, ':');
	size_t len = colon != NULL ? (size_t)(colon - name) : strlen(name);

	for (size_t i = 0; i < COUNT_OF(sets); i++)
		if (strcmp(sets[i].name, name) == 0) {
			*kind = (struct kind){ .type = sets[i].type,
				.mechanism = sets[i].mechanism,
				.pair = true,
				.size = sets[i].number };
			return DONE;
		}
	for (size_t i = 0; i < COUNT_OF(families); i++)
		if (strlen(families[i].name) == len && strncmp(families[i].name, name, len) == 0)
			return kind_of_family(
			    &families[i], name, colon != NULL ? colon + 1 : NULL, kind);
	return bad_type(name);
}

/* --- what a template says ------------------------------------------------- */

/* The group of RFC 7919 of this size, which the module knows. */
static enum outcome
group_read(struct kind *kind, CK_SESSION_HANDLE session)
{
	CK_MECHANISM mechanism = { CKM_DH_PKCS_PARAMETER_GEN, NULL, 0 };
	CK_ATTRIBUTE template[] = { ULONG(CKA_PRIME_BITS, kind->size) };
	CK_OBJECT_HANDLE group;
	CK_RV rv = p11->C_GenerateKey(session, &mechanism, template, COUNT_OF(template), &group);

	if (rv != CKR_OK)
		return fail_rv(rv, "--type dh:2048, dh:3072, dh:4096, dh:6144 or dh:8192",
		    "no Diffie-Hellman group of %lu bits", kind->size);
	TRY(object_value(session, group, CKA_PRIME, &kind->parameters));
	return object_value(session, group, CKA_BASE, &kind->base);
}

enum outcome
kind_add(struct kind *kind, CK_SESSION_HANDLE session, struct template *template)
{
	switch (kind->type) {
	case CKK_RSA:
		template_add(
		    template, ATTRIBUTE(CKA_MODULUS_BITS, &kind->size, sizeof(kind->size)));
		return DONE;
	case CKK_ML_KEM:
	case CKK_ML_DSA:
	case CKK_SLH_DSA:
		template_add(
		    template, ATTRIBUTE(CKA_PARAMETER_SET, &kind->size, sizeof(kind->size)));
		return DONE;
	case CKK_DH:
		TRY(group_read(kind, session));
		template_add(
		    template, ATTRIBUTE(CKA_PRIME, kind->parameters.data, kind->parameters.len));
		template_add(template, ATTRIBUTE(CKA_BASE, kind->base.data, kind->base.len));
		return DONE;
	default:
		break;
	}
	if (kind->pair) {
		template_add(template,
		    ATTRIBUTE(CKA_EC_PARAMS, kind->parameters.data, kind->parameters.len));
		return DONE;
	}
	kind->size /= 8;
	template_add(template, ATTRIBUTE(CKA_VALUE_LEN, &kind->size, sizeof(kind->size)));
	return DONE;
}

/* --- what an object is ---------------------------------------------------- */

static void
curve_name(const struct bytes *parameters, char *name, size_t size)
{
	const unsigned char *der = parameters->data;
	ASN1_OBJECT *object = d2i_ASN1_OBJECT(NULL, &der, (long)parameters->len);
	const char *found = object != NULL ? OBJ_nid2sn(OBJ_obj2nid(object)) : "unknown";

	for (size_t i = 0; i < COUNT_OF(curves); i++)
		if (strcmp(curves[i].libcrypto, found) == 0)
			found = curves[i].name;
	(void)snprintf(name, size, "%s", found);
	ASN1_OBJECT_free(object);
}

static enum outcome
name_curve(
    CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_KEY_TYPE type, char *name, size_t size)
{
	RELEASED(bytes_release) struct bytes parameters = { 0 };
	char curve[24];

	TRY(object_value(session, object, CKA_EC_PARAMS, &parameters));
	curve_name(&parameters, curve, sizeof(curve));
	(void)snprintf(name, size, "%s%s", type == CKK_EC ? "ec:" : "", curve);
	return DONE;
}

/* In bits; 0 where it cannot be known, as of a secret key that says nothing of itself. */
static enum outcome
size_of(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_KEY_TYPE type, CK_ULONG *size)
{
	RELEASED(bytes_release) struct bytes number = { 0 };
	bool pair = type == CKK_RSA || type == CKK_DH || type == CKK_X9_42_DH;

	if (pair)
		TRY(object_value(
		    session, object, type == CKK_RSA ? CKA_MODULUS : CKA_PRIME, &number));
	*size = 8 * (pair ? number.len : object_ulong(session, object, CKA_VALUE_LEN, 0));
	return DONE;
}

static const char *
family_name(CK_KEY_TYPE type)
{
	for (size_t i = 0; i < COUNT_OF(families); i++)
		if (families[i].type == type)
			return families[i].name;
	return type == CKK_X9_42_DH ? "x9.42-dh" : "other";
}

static bool
name_set(
    CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_KEY_TYPE type, char *name, size_t size)
{
	const CK_ULONG number = object_ulong(session, object, CKA_PARAMETER_SET, 0);

	for (size_t i = 0; i < COUNT_OF(sets); i++)
		if (sets[i].type == type && sets[i].number == number) {
			(void)snprintf(name, size, "%s", sets[i].name);
			return true;
		}
	return false;
}

enum outcome
kind_name(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, char *name, size_t size)
{
	CK_KEY_TYPE type = object_ulong(session, object, CKA_KEY_TYPE, CKK_VENDOR_DEFINED);
	CK_ULONG bits;

	if (type == CKK_EC || type == CKK_EC_MONTGOMERY || type == CKK_EC_EDWARDS)
		return name_curve(session, object, type, name, size);
	if (name_set(session, object, type, name, size))
		return DONE;
	TRY(size_of(session, object, type, &bits));
	if (bits > 0)
		(void)snprintf(name, size, "%s:%lu", family_name(type), bits);
	else
		(void)snprintf(name, size, "%s", family_name(type));
	return DONE;
}
