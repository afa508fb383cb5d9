/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for what a certificate object takes from its certificate.  Judges
 * no signature, date, name or extension.
 */
#include <limits.h>
#include <openssl/asn1t.h>
#include <openssl/x509.h>

#include "mechanisms/crypto.h"
#include "mechanisms/der.h"

static void
x509_release(X509 **certificate)
{
	X509_free(*certificate);
}

CK_RV
certificate_facts(struct view der, unsigned char check[3], struct bytes *spki)
{
	RELEASED(x509_release) X509 *certificate = NULL;
	const unsigned char *at = der.data;
	const X509_PUBKEY *key;
	unsigned char *to;
	int len;

	if (der.len == 0 || der.len > LONG_MAX)
		return CKR_ATTRIBUTE_VALUE_INVALID;
	TRY(crypto_check_value(der, check));
	certificate = X509_new_ex(libctx(), NULL);
	if (certificate == NULL)
		return CKR_HOST_MEMORY;
	/*
	 * Not d2i_X509(), which also refuses extensions that it cannot make sense of: a
	 * token keeps certificates, it does not validate them.
	 */
	if (ASN1_item_d2i((ASN1_VALUE **)&certificate, &at, (long)der.len, ASN1_ITEM_rptr(X509)) ==
		NULL ||
	    at != der.data + der.len)
		return CKR_ATTRIBUTE_VALUE_INVALID;

	key = X509_get_X509_PUBKEY(certificate);
	len = i2d_X509_PUBKEY(key, NULL);
	if (len <= 0)
		return crypto_failure();
	if (!bytes_alloc(spki, (size_t)len))
		return CKR_HOST_MEMORY;
	to = spki->data;
	return i2d_X509_PUBKEY(key, &to) == len ? CKR_OK : crypto_failure();
}

/* RFC 5755, 4.1: AttributeCertificateInfo, whose first members are version 2 and the holder, an
 * algorithm, and a signature. */
CK_RV
attribute_certificate_facts(struct view der, unsigned char check[3])
{
	struct view whole, info, algorithm, signature, version, holder;

	if (!der_read(der, DER_SEQUENCE, &whole) || !der_take(&whole, DER_SEQUENCE, &info) ||
	    !der_take(&whole, DER_SEQUENCE, &algorithm) ||
	    !der_take(&whole, DER_BIT_STRING, &signature) || whole.len != 0)
		return CKR_ATTRIBUTE_VALUE_INVALID;
	if (!der_take(&info, DER_INTEGER, &version) || version.len != 1 || version.data[0] != 1 ||
	    !der_take(&info, DER_SEQUENCE, &holder))
		return CKR_ATTRIBUTE_VALUE_INVALID;
	return crypto_check_value(der, check);
}
