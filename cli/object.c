/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Objects, through the module.  Must not know what verbs want with them.
 */
#include "cli/object.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/kinds.h"

const CK_BBOOL object_yes = CK_TRUE, object_no = CK_FALSE;

void
template_add(struct template *template, CK_ATTRIBUTE attribute)
{
	if (template->count < TEMPLATE_MOST)
		template->list[template->count++] = attribute;
}

void
template_secrecy(struct template *template, bool open)
{
	template_add(template, open ? NO(CKA_SENSITIVE) : YES(CKA_SENSITIVE));
	template_add(template, open ? YES(CKA_EXTRACTABLE) : NO(CKA_EXTRACTABLE));
}

/* --- finding -------------------------------------------------------------- */

void
place_in_release(struct place_in *place)
{
	token_release(&place->token);
}

void
found_release(struct found *found)
{
	free(found->list);
	*found = (struct found){ 0 };
}

enum outcome
place_find_in(const struct call *call, const char *name, enum login login, struct place_in *place)
{
	RELEASED(uri_release) P11KitUri *uri = NULL;

	if (name != NULL)
		TRY(name_object(name, &uri));
	TRY(client_start(call));
	TRY(token_find(call, NULL, uri, &place->token));
	return session_begin(call, &place->token, login, &place->session);
}

static enum outcome
collect(CK_SESSION_HANDLE session, struct found *found)
{
	CK_OBJECT_HANDLE some[64];
	CK_ULONG count;

	for (;;) {
		CK_RV rv = p11->C_FindObjects(session, some, COUNT_OF(some), &count);
		CK_OBJECT_HANDLE *more;

		if (rv != CKR_OK)
			return fail_rv(rv, NULL, "cannot search the token");
		if (count == 0)
			return DONE;
		more = realloc(found->list, (found->count + count) * sizeof(*more));
		if (more == NULL)
			return fail_memory();
		memcpy(more + found->count, some, count * sizeof(*more));
		found->list = more;
		found->count += count;
	}
}

enum outcome
objects_search(CK_SESSION_HANDLE session, struct template *template, struct found *found)
{
	CK_RV rv = p11->C_FindObjectsInit(session, template->list, template->count);
	enum outcome outcome;

	if (rv != CKR_OK)
		return fail_rv(rv, NULL, "cannot search the token");
	outcome = collect(session, found);
	(void)p11->C_FindObjectsFinal(session);
	return outcome;
}

/* A URI's class is the user's word; it must not contradict the verb's. */
static bool
class_fits(P11KitUri *uri, CK_ULONG class)
{
	const CK_ATTRIBUTE *named = p11_kit_uri_get_attribute(uri, CKA_CLASS);

	return named == NULL || class == ANY_CLASS ||
	    memcmp(named->pValue, &class, sizeof(class)) == 0;
}

enum outcome
objects_find(const struct place_in *place, const char *name, CK_ULONG class, struct found *found)
{
	static const CK_ATTRIBUTE_TYPE types[] = { CKA_LABEL, CKA_ID };
	RELEASED(uri_release) P11KitUri *uri = NULL;
	struct template template = { 0 };
	const CK_ATTRIBUTE *named = NULL;

	template_add(&template, YES(CKA_TOKEN));
	if (name != NULL) {
		TRY(name_object(name, &uri));
		if (!class_fits(uri, class))
			return DONE;
		for (size_t i = 0; i < COUNT_OF(types); i++) {
			named = p11_kit_uri_get_attribute(uri, types[i]);
			if (named != NULL)
				template_add(&template, *named);
		}
		named = p11_kit_uri_get_attribute(uri, CKA_CLASS);
	}
	if (named != NULL)
		template_add(&template, *named);
	else if (class != ANY_CLASS)
		template_add(&template, ATTRIBUTE(CKA_CLASS, &class, sizeof(class)));
	return objects_search(place->session, &template, found);
}

enum outcome
not_found(const struct place_in *place, const char *name)
{
	return fail(NOT_FOUND, "handfast key list", "there is no '%s' in the token '%s'", name,
	    place->token.label);
}

enum outcome
object_find(
    const struct place_in *place, const char *name, CK_ULONG class, CK_OBJECT_HANDLE *object)
{
	RELEASED(found_release) struct found found = { 0 };

	TRY(objects_find(place, name, class, &found));
	if (found.count == 0)
		return not_found(place, name);
	if (found.count > 1)
		return fail(IN_THE_WAY, "its URI with the id, which handfast key list shows",
		    "%zu objects in the token '%s' are called '%s'", found.count,
		    place->token.label, name);
	*object = found.list[0];
	return DONE;
}

enum outcome
label_free(const struct place_in *place, const char *label)
{
	RELEASED(found_release) struct found found = { 0 };

	if (strncmp(label, "pkcs11:", 7) == 0)
		return fail(MISUSED, "a label, and --token URI for the token",
		    "what is new has a label, not a URI");
	TRY(objects_find(place, label, ANY_CLASS, &found));
	return found.count == 0
	    ? DONE
	    : fail(IN_THE_WAY, "another label, or handfast key rm LABEL first",
		  "'%s' is in the token '%s' already", label, place->token.label);
}

/* --- reading -------------------------------------------------------------- */

enum outcome
object_value(
    CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type, struct bytes *value)
{
	CK_ATTRIBUTE attribute = { type, NULL, 0 };
	CK_RV rv = p11->C_GetAttributeValue(session, object, &attribute, 1);

	if (rv == CKR_ATTRIBUTE_TYPE_INVALID || attribute.ulValueLen == 0)
		return DONE;
	if (rv != CKR_OK)
		return fail_rv(rv, NULL, "cannot read an object");
	if (!bytes_alloc(value, attribute.ulValueLen))
		return fail_memory();
	attribute.pValue = value->data;
	rv = p11->C_GetAttributeValue(session, object, &attribute, 1);
	if (rv != CKR_OK)
		return fail_rv(rv, NULL, "cannot read an object");
	value->len = attribute.ulValueLen;
	return DONE;
}

CK_ULONG
object_ulong(
    CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type, CK_ULONG otherwise)
{
	CK_ULONG value;
	CK_ATTRIBUTE attribute = { type, &value, sizeof(value) };

	return p11->C_GetAttributeValue(session, object, &attribute, 1) == CKR_OK &&
		attribute.ulValueLen == sizeof(value)
	    ? value
	    : otherwise;
}

bool
object_bool(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type)
{
	CK_BBOOL value = CK_FALSE;
	CK_ATTRIBUTE attribute = { type, &value, sizeof(value) };

	return p11->C_GetAttributeValue(session, object, &attribute, 1) == CKR_OK &&
	    value == CK_TRUE;
}

/* --- telling -------------------------------------------------------------- */

char *
hex_of(struct view bytes)
{
	char *hex = malloc(2 * bytes.len + 1);

	if (hex == NULL)
		return NULL;
	for (size_t i = 0; i < bytes.len; i++)
		(void)snprintf(hex + 2 * i, 3, "%02x", bytes.data[i]);
	hex[2 * bytes.len] = '\0';
	return hex;
}

enum outcome
hex_read(const char *text, struct bytes *bytes)
{
	size_t len = strlen(text);

	if (len == 0 || len % 2 != 0 || strspn(text, "0123456789abcdefABCDEF") != len)
		return fail(MISUSED, NULL, "'%s' is not hexadecimal", text);
	if (!bytes_alloc(bytes, len / 2))
		return fail_memory();
	for (size_t i = 0; i < bytes->len; i++) {
		const char digits[3] = { text[2 * i], text[2 * i + 1], '\0' };

		bytes->data[i] = (unsigned char)strtoul(digits, NULL, 16);
	}
	return DONE;
}

const char *
class_name(CK_ULONG class)
{
	static const struct {
		CK_ULONG class;
		const char *name;
	} names[] = { { CKO_PRIVATE_KEY, "private" }, { CKO_PUBLIC_KEY, "public" },
		{ CKO_SECRET_KEY, "secret-key" }, { CKO_CERTIFICATE, "cert" },
		{ CKO_DATA, "data" } };

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (names[i].class == class)
			return names[i].name;
	return "other";
}

static void
put_hex(json_t *data, const char *key, struct view bytes)
{
	RELEASED(pointer_release) char *hex = hex_of(bytes);

	put(data, key, hex != NULL ? json_string(hex) : NULL);
}

/* Labels are UTF-8 by the standard, and any bytes in practice: JSON takes no others. */
static void
put_label(json_t *data, struct view label)
{
	json_t *text = json_stringn((const char *)label.data, label.len);

	if (text != NULL)
		put(data, "label", text);
	else
		put_text(data, "label", "(not UTF-8)");
}

static void
put_uses(json_t *data, CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object)
{
	json_t *uses = json_array();

	for (size_t i = 0; use_at(i) != NULL; i++)
		if (object_bool(session, object, use_at(i)->permission))
			(void)json_array_append_new(uses, json_string(use_at(i)->name));
	put(data, "use", uses);
}

static enum outcome
put_key(const struct place_in *place, CK_OBJECT_HANDLE object, CK_ULONG class, json_t *data)
{
	CK_SESSION_HANDLE session = place->session;
	char type[32];

	TRY(kind_name(session, object, type, sizeof(type)));
	put_text(data, "type", type);
	put_uses(data, session, object);
	if (class == CKO_PUBLIC_KEY)
		return DONE;
	put_yes(data, "sensitive", object_bool(session, object, CKA_SENSITIVE));
	put_yes(data, "extractable", object_bool(session, object, CKA_EXTRACTABLE));
	put_yes(data, "never_extractable", object_bool(session, object, CKA_NEVER_EXTRACTABLE));
	put_yes(data, "local", object_bool(session, object, CKA_LOCAL));
	return DONE;
}

enum outcome
object_describe(const struct place_in *place, CK_OBJECT_HANDLE object, json_t *data)
{
	RELEASED(bytes_release) struct bytes label = { 0 }, id = { 0 };
	CK_SESSION_HANDLE session = place->session;
	CK_ULONG class = object_ulong(session, object, CKA_CLASS, ANY_CLASS);
	CK_ATTRIBUTE about[] = { ATTRIBUTE(CKA_CLASS, &class, sizeof(class)),
		{ CKA_LABEL, NULL, 0 }, { CKA_ID, NULL, 0 } };

	TRY(object_value(session, object, CKA_LABEL, &label));
	TRY(object_value(session, object, CKA_ID, &id));
	put_label(data, bytes_view(&label));
	put_text(data, "class", class_name(class));
	put_hex(data, "id", bytes_view(&id));
	if (class == CKO_PRIVATE_KEY || class == CKO_PUBLIC_KEY || class == CKO_SECRET_KEY)
		TRY(put_key(place, object, class, data));
	about[1].pValue = label.data;
	about[1].ulValueLen = label.len;
	about[2].pValue = id.data;
	about[2].ulValueLen = id.len;
	return put_uri(data, "uri", &place->token.info, about, COUNT_OF(about));
}
