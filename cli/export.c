/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What leaves a token: public keys and certificates, and the names of keys.
 */
#include <openssl/asn1.h>
#include <string.h>

#include "cli/families.h"
#include "cli/object.h"
#include "cli/pem.h"
#include "cli/stream.h"

/* The value of an object that anyone may see, as PEM or DER. */
static enum outcome
give(
    const struct call *call, CK_ULONG class, CK_ATTRIBUTE_TYPE type, const char *name, json_t *data)
{
	RELEASED(place_in_release) struct place_in place = { 0 };
	RELEASED(bytes_release) struct bytes der = { 0 };
	CK_OBJECT_HANDLE object;

	TRY(place_find_in(call, call->arguments[0], NOBODY, &place));
	TRY(object_find(&place, call->arguments[0], class, &object));
	TRY(object_value(place.session, object, type, &der));
	if (der.len == 0)
		return fail(REFUSED, NULL, "'%s' cannot be told in this form", call->arguments[0]);
	return pem_put(call, name, bytes_view(&der), data);
}

enum outcome
key_export(const struct call *call, json_t *data)
{
	return give(call, CKO_PUBLIC_KEY, CKA_PUBLIC_KEY_INFO, "PUBLIC KEY", data);
}

enum outcome
cert_export(const struct call *call, json_t *data)
{
	return give(call, CKO_CERTIFICATE, CKA_VALUE, "CERTIFICATE", data);
}

/* --- URIs ----------------------------------------------------------------- */

static void
der_put(unsigned char **to, const char *text, int tag)
{
	size_t len = strlen(text);

	ASN1_put_object(to, 0, (int)len, tag, V_ASN1_UNIVERSAL);
	memcpy(*to, text, len);
	*to += len;
}

/* What pkcs11-provider takes for a key file: SEQUENCE { desc VisibleString, uri UTF8String }. */
static enum outcome
uri_wrap(const char *uri, struct bytes *der)
{
	static const char what[] = "PKCS#11 Provider URI v1.0";
	const int len = ASN1_object_size(0, (int)strlen(what), V_ASN1_VISIBLESTRING) +
	    ASN1_object_size(0, (int)strlen(uri), V_ASN1_UTF8STRING);
	unsigned char *to;

	if (!bytes_alloc(der, (size_t)ASN1_object_size(1, len, V_ASN1_SEQUENCE)))
		return fail_memory();
	to = der->data;
	ASN1_put_object(&to, 1, len, V_ASN1_SEQUENCE, V_ASN1_UNIVERSAL);
	der_put(&to, what, V_ASN1_VISIBLESTRING);
	der_put(&to, uri, V_ASN1_UTF8STRING);
	return DONE;
}

static enum outcome
uri_put(const struct call *call, const char *uri, json_t *data)
{
	RELEASED(bytes_release) struct bytes der = { 0 };
	RELEASED(pointer_release) char *line = NULL;
	const char *out = call->options.out;

	if (call->options.uri_file != 0) {
		TRY(uri_wrap(uri, &der));
		return pem_put(call, "PKCS#11 PROVIDER URI", bytes_view(&der), data);
	}
	if (out == NULL)
		out = "-";
	if (strcmp(out, "-") != 0)
		put_text(data, "file", out);
	else if (call->options.json != 0) {
		put_text(data, "uri", uri);
		return DONE;
	}
	if (asprintf(&line, "%s\n", uri) < 0)
		return fail_memory();
	return stream_write(out, true, view_of(line, strlen(line)));
}

enum outcome
key_uri(const struct call *call, json_t *data)
{
	static const CK_OBJECT_CLASS classes[] = { CKO_PRIVATE_KEY, CKO_SECRET_KEY,
		CKO_PUBLIC_KEY };
	RELEASED(place_in_release) struct place_in place = { 0 };
	const char *name = call->arguments[0];
	CK_OBJECT_HANDLE key;
	json_t *about;
	enum outcome outcome = NOT_FOUND;

	TRY(place_find_in(call, name, USER, &place));
	about = json_object();
	for (size_t i = 0; outcome == NOT_FOUND && i < COUNT_OF(classes); i++)
		outcome = object_find(&place, name, classes[i], &key);
	if (outcome == DONE)
		outcome = object_describe(&place, key, about);
	if (outcome == DONE)
		outcome = uri_put(call, json_string_value(json_object_get(about, "uri")), data);
	json_decref(about);
	return outcome;
}
