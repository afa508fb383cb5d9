/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names and URIs, by libp11-kit.  Must not know of sessions.
 */
#include "cli/name.h"

#include <stdlib.h>
#include <string.h>

#define SCHEME P11_KIT_URI_SCHEME ":"

void
uri_release(P11KitUri **uri)
{
	p11_kit_uri_free(*uri);
}

static bool
is_uri(const char *text)
{
	return strncasecmp(text, SCHEME, strlen(SCHEME)) == 0;
}

static enum outcome
uri_parse(const char *text, P11KitUri *uri)
{
	int status = p11_kit_uri_parse(text, P11_KIT_URI_FOR_ANY, uri);

	if (status != P11_KIT_URI_OK)
		return fail(MISUSED, NULL, "'%s' is not a pkcs11: URI: %s", text,
		    p11_kit_uri_message(status));
	if (p11_kit_uri_any_unrecognized(uri) != 0)
		return fail(MISUSED, NULL, "'%s' has parts that are not of RFC 7512", text);
	/* Everybody on the machine reads command lines. */
	if (p11_kit_uri_get_pin_value(uri) != NULL)
		return fail(MISUSED, "pin-source=file:PATH in its place",
		    "a PIN in a command line (pin-value) is no secret any more");
	return DONE;
}

enum outcome
name_token(const char *text, P11KitUri **uri)
{
	CK_TOKEN_INFO *info;

	*uri = p11_kit_uri_new();
	if (*uri == NULL)
		return fail_memory();
	if (is_uri(text))
		return uri_parse(text, *uri);
	info = p11_kit_uri_get_token_info(*uri);
	if (text[0] == '\0' || strlen(text) > sizeof(info->label))
		return fail(MISUSED, NULL, "a token's label has 1 to %zu bytes, not %zu",
		    sizeof(info->label), strlen(text));
	memset(info->label, ' ', sizeof(info->label));
	memcpy(info->label, text, strlen(text));
	return DONE;
}

enum outcome
name_object(const char *text, P11KitUri **uri)
{
	CK_ATTRIBUTE label = { CKA_LABEL, (void *)(uintptr_t)text, strlen(text) };

	*uri = p11_kit_uri_new();
	if (*uri == NULL)
		return fail_memory();
	if (is_uri(text))
		return uri_parse(text, *uri);
	if (text[0] == '\0')
		return fail(MISUSED, NULL, "an object's label is empty");
	return p11_kit_uri_set_attribute(*uri, &label) == P11_KIT_URI_OK ? DONE : fail_memory();
}

bool
names_token(P11KitUri *uri)
{
	const CK_TOKEN_INFO *info = p11_kit_uri_get_token_info(uri);

	return info->label[0] != 0 || info->serialNumber[0] != 0 || info->model[0] != 0 ||
	    info->manufacturerID[0] != 0;
}

enum outcome
name_pin_file(P11KitUri *uri, char **path)
{
	static const char scheme[] = "file:";
	const char *source = p11_kit_uri_get_pin_source(uri);

	*path = NULL;
	if (source == NULL)
		return DONE;
	if (strncmp(source, scheme, strlen(scheme)) == 0)
		source += strlen(scheme);
	/* RFC 8089: file:///path, too. */
	if (strncmp(source, "///", 3) == 0)
		source += 2;
	if (source[0] != '/')
		return fail(MISUSED, NULL, "pin-source names no file: '%s'", source);
	*path = strdup(source);
	return *path != NULL ? DONE : fail_memory();
}

enum outcome
put_uri(json_t *data, const char *key, const CK_TOKEN_INFO *token, CK_ATTRIBUTE *attributes,
    size_t count)
{
	RELEASED(uri_release) P11KitUri *uri = p11_kit_uri_new();
	char *text = NULL;

	if (uri == NULL)
		return fail_memory();
	*p11_kit_uri_get_token_info(uri) = *token;
	for (size_t i = 0; i < count; i++)
		if (attributes[i].ulValueLen > 0 &&
		    p11_kit_uri_set_attribute(uri, &attributes[i]) != P11_KIT_URI_OK)
			return fail_memory();
	if (p11_kit_uri_format(uri,
		count > 0 ? P11_KIT_URI_FOR_OBJECT_ON_TOKEN : P11_KIT_URI_FOR_TOKEN,
		&text) != P11_KIT_URI_OK)
		return fail_memory();
	put_text(data, key, text);
	free(text);
	return DONE;
}
