/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What leaves a token: public keys and certificates.
 */
#include "cli/families.h"
#include "cli/object.h"
#include "cli/pem.h"

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
