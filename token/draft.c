/* SPDX-License-Identifier: Apache-2.0 */
/* The last steps of every new object.  Knows no store and no operation. */
#include "token/draft.h"

#include "token/policy.h"

void
draft_release(struct draft *draft)
{
	template_release(&draft->attributes);
}

/* A value that follows from others: fills it in, or holds what was given against it. */
static CK_RV
settle(struct attrs *meta, CK_ATTRIBUTE_TYPE type, struct view computed)
{
	struct view given;

	if (!attrs_get(meta, type, &given))
		return computed.len == 0 ? CKR_OK : attrs_set(meta, type, computed);
	/* An empty value given means that there shall be none (4.10.2, CKA_CHECK_VALUE). */
	return given.len == 0 || view_equal(given, computed) ? CKR_OK : CKR_ATTRIBUTE_VALUE_INVALID;
}

static CK_RV
complete_secret_key(struct template *attributes, CK_KEY_TYPE key_type)
{
	struct view value = VIEW_NONE;
	unsigned char check[3]; /* public: CKA_CHECK_VALUE */
	size_t count;

	(void)attrs_get(&attributes->secret, CKA_VALUE, &value);
	if (!key_value_legal(key_type, value))
		return CKR_ATTRIBUTE_VALUE_INVALID;
	TRY(attrs_set_ulong(&attributes->meta, CKA_VALUE_LEN, value.len));
	TRY(key_check_value(key_type, value, check, &count));
	return settle(&attributes->meta, CKA_CHECK_VALUE, view_of(check, count));
}

static CK_RV
complete_attribute_certificate(struct attrs *meta)
{
	unsigned char check[3]; /* public: CKA_CHECK_VALUE */
	struct view value = VIEW_NONE;

	(void)attrs_get(meta, CKA_VALUE, &value);
	TRY(attribute_certificate_facts(value, check));
	return settle(meta, CKA_CHECK_VALUE, view_of(check, sizeof(check)));
}

static CK_RV
complete_certificate(struct attrs *meta, CK_CERTIFICATE_TYPE type)
{
	RELEASED(bytes_release) struct bytes spki = { 0 };
	unsigned char check[3]; /* public: CKA_CHECK_VALUE */
	struct view value = VIEW_NONE, url = VIEW_NONE;

	if (type == CKC_X_509_ATTR_CERT)
		return complete_attribute_certificate(meta);
	if (type != CKC_X_509)
		return CKR_ATTRIBUTE_VALUE_INVALID;
	(void)attrs_get(meta, CKA_VALUE, &value);
	(void)attrs_get(meta, CKA_URL, &url);
	/* The value may be somewhere else (4.6.3, footnote 2 of its table). */
	if (value.len == 0)
		return url.len == 0 ? CKR_TEMPLATE_INCOMPLETE : CKR_OK;
	TRY(certificate_facts(value, check, &spki));
	TRY(settle(meta, CKA_CHECK_VALUE, view_of(check, sizeof(check))));
	return settle(meta, CKA_PUBLIC_KEY_INFO, bytes_view(&spki));
}

CK_RV
trust_holds(const struct attrs *meta)
{
	static const CK_ATTRIBUTE_TYPE purposes[] = { CKA_TRUST_SERVER_AUTH, CKA_TRUST_CLIENT_AUTH,
		CKA_TRUST_CODE_SIGNING, CKA_TRUST_EMAIL_PROTECTION, CKA_TRUST_IPSEC_IKE,
		CKA_TRUST_TIME_STAMPING, CKA_TRUST_OCSP_SIGNING };
	struct view hash = VIEW_NONE;
	bool grants = false;

	(void)attrs_get(meta, CKA_HASH_OF_CERTIFICATE, &hash);
	for (size_t i = 0; i < COUNT_OF(purposes); i++) {
		const CK_ULONG trust = attrs_ulong(meta, purposes[i], CKT_TRUST_UNKNOWN);

		if (trust > CKT_TRUST_MUST_VERIFY_TRUST)
			return CKR_ATTRIBUTE_VALUE_INVALID;
		grants = grants || (trust != CKT_TRUST_UNKNOWN && trust != CKT_NOT_TRUSTED);
	}
	if (hash.len == 0)
		return grants ? CKR_TEMPLATE_INCOMPLETE : CKR_OK;
	if (!attrs_has(meta, CKA_NAME_HASH_ALGORITHM))
		return CKR_TEMPLATE_INCOMPLETE;
	return hash.len == digest_length(attrs_ulong(meta, CKA_NAME_HASH_ALGORITHM, 0))
	    ? CKR_OK
	    : CKR_ATTRIBUTE_VALUE_INVALID;
}

CK_RV
draft_finish(struct draft *draft, CK_OBJECT_CLASS class, CK_KEY_TYPE key_type, enum origin origin)
{
	struct template *attributes = &draft->attributes;

	switch (class) {
	case CKO_SECRET_KEY:
		return complete_secret_key(attributes, key_type);
	case CKO_CERTIFICATE:
		return complete_certificate(&attributes->meta, key_type);
	case CKO_PUBLIC_KEY:
	case CKO_PRIVATE_KEY:
	case CKO_DOMAIN_PARAMETERS:
		/* What a mechanism generated is whole and consistent. */
		return origin == ORIGIN_GENERATE
		    ? CKR_OK
		    : key_complete(class, key_type, &attributes->meta, &attributes->secret);
	case CKO_TRUST:
		return trust_holds(&attributes->meta);
	default:
		return CKR_OK;
	}
}

CK_RV
draft_begin(struct session *session, struct draft *draft, CK_OBJECT_CLASS class,
    CK_KEY_TYPE key_type, enum origin origin)
{
	struct template *attributes = &draft->attributes;

	TRY(policy_suggests(session, class, key_type, &attributes->meta));
	TRY(schema_defaults(attributes, class, key_type, origin, session_sees_private(session)));
	TRY(policy_admits(session, class, origin, &attributes->meta));
	TRY(policy_claims(session, &attributes->meta));
	return policy_writes(session, &attributes->meta);
}
