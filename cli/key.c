/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keys and certificates that are there: listed, shown, renamed, changed, removed.
 */
#include <stdio.h>
#include <string.h>

#include "cli/families.h"
#include "cli/kinds.h"
#include "cli/pin.h"

#define KEYS "keys"
#define CERTS "certificates"

static bool
is_key(const struct place_in *place, CK_OBJECT_HANDLE object)
{
	CK_ULONG class = object_ulong(place->session, object, CKA_CLASS, ANY_CLASS);

	return class == CKO_PRIVATE_KEY || class == CKO_PUBLIC_KEY || class == CKO_SECRET_KEY;
}

/* The keys of a name, or all; certificates of the same name are not for these verbs. */
static enum outcome
keys_find(const struct place_in *place, const char *name, struct found *found)
{
	size_t kept = 0;

	TRY(objects_find(place, name, ANY_CLASS, found));
	for (size_t i = 0; i < found->count; i++)
		if (is_key(place, found->list[i]))
			found->list[kept++] = found->list[i];
	found->count = kept;
	return kept == 0 && name != NULL ? not_found(place, name) : DONE;
}

static enum outcome
objects_put(const struct place_in *place, const char *what, const struct found *found, json_t *data)
{
	json_t *list = json_array();

	put(data, what, list);
	for (size_t i = 0; i < found->count; i++) {
		json_t *item = json_object();

		if (item == NULL || json_array_append_new(list, item) != 0)
			return fail_memory();
		TRY(object_describe(place, found->list[i], item));
	}
	return DONE;
}

enum outcome
key_list(const struct call *call, json_t *data)
{
	RELEASED(place_in_release) struct place_in place = { 0 };
	RELEASED(found_release) struct found found = { 0 };

	TRY(place_find_in(call, NULL, USER, &place));
	TRY(keys_find(&place, NULL, &found));
	return objects_put(&place, KEYS, &found, data);
}

enum outcome
key_show(const struct call *call, json_t *data)
{
	RELEASED(place_in_release) struct place_in place = { 0 };
	RELEASED(found_release) struct found found = { 0 };

	TRY(place_find_in(call, call->arguments[0], USER, &place));
	TRY(keys_find(&place, call->arguments[0], &found));
	return objects_put(&place, KEYS, &found, data);
}

/* Two keys of one name: only what was meant may be touched. */
static enum outcome
one_of_each(const struct place_in *place, const char *name, const struct found *found)
{
	for (size_t i = 0; i < found->count; i++)
		for (size_t j = 0; j < i; j++)
			if (object_ulong(place->session, found->list[i], CKA_CLASS, ANY_CLASS) ==
			    object_ulong(place->session, found->list[j], CKA_CLASS, ANY_CLASS))
				return fail(IN_THE_WAY,
				    "its URI with the id, which handfast key list shows",
				    "several of its kind in the token '%s' are called '%s'",
				    place->token.label, name);
	return DONE;
}

enum outcome
key_rename(const struct call *call, json_t *data)
{
	RELEASED(place_in_release) struct place_in place = { 0 };
	RELEASED(found_release) struct found found = { 0 };
	const char *name = call->arguments[0], *label = call->arguments[1];
	CK_ATTRIBUTE attribute = ATTRIBUTE(CKA_LABEL, label, strlen(label));

	TRY(place_find_in(call, name, USER, &place));
	TRY(keys_find(&place, name, &found));
	TRY(one_of_each(&place, name, &found));
	TRY(label_free(&place, label));
	if (call->options.dry_run != 0) {
		TRY(objects_put(&place, KEYS, &found, data));
		return WOULD_CHANGE;
	}
	for (size_t i = 0; i < found.count; i++) {
		CK_RV rv = p11->C_SetAttributeValue(place.session, found.list[i], &attribute, 1);

		if (rv != CKR_OK)
			return fail_rv(rv, NULL, "cannot rename '%s'", name);
	}
	return objects_put(&place, KEYS, &found, data);
}

/* What `found` has, after somebody said yes. */
static enum outcome
remove_all(const struct call *call, const struct place_in *place, const char *what,
    const struct found *found, json_t *data)
{
	const char *name = call->arguments[0];
	char question[200];

	TRY(one_of_each(place, name, found));
	TRY(objects_put(place, what, found, data));
	if (call->options.dry_run != 0)
		return WOULD_CHANGE;
	(void)snprintf(question, sizeof(question), "Remove '%.100s' from the token '%s'?", name,
	    place->token.label);
	TRY(confirm(call, question));
	for (size_t i = 0; i < found->count; i++) {
		CK_RV rv = p11->C_DestroyObject(place->session, found->list[i]);

		if (rv != CKR_OK)
			return fail_rv(rv, NULL, "cannot remove '%s'", name);
	}
	return DONE;
}

enum outcome
key_rm(const struct call *call, json_t *data)
{
	RELEASED(place_in_release) struct place_in place = { 0 };
	RELEASED(found_release) struct found found = { 0 };

	TRY(place_find_in(call, call->arguments[0], USER, &place));
	TRY(keys_find(&place, call->arguments[0], &found));
	return remove_all(call, &place, KEYS, &found, data);
}

/* --- set ------------------------------------------------------------------ */

/* Permissions that an object has or could have: those that were named, and no others. */
static void
uses_settle(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, const struct template *wanted,
    struct template *template)
{
	CK_BBOOL now;

	for (size_t i = 0; use_at(i) != NULL; i++) {
		CK_ATTRIBUTE use = { use_at(i)->permission, &now, sizeof(now) };
		bool yes = false;

		if (p11->C_GetAttributeValue(session, object, &use, 1) != CKR_OK)
			continue;
		for (CK_ULONG j = 0; j < wanted->count; j++)
			yes |= wanted->list[j].type == use.type;
		template_add(template, yes ? YES(use.type) : NO(use.type));
	}
}

/* What is to be set of one object. */
static void
changes_add(const struct call *call, const struct place_in *place, CK_OBJECT_HANDLE object,
    const struct bytes *id, const struct template wanted[2], struct template *template)
{
	const bool public =
	    object_ulong(place->session, object, CKA_CLASS, ANY_CLASS) == CKO_PUBLIC_KEY;

	if (id->len > 0)
		template_add(template, ATTRIBUTE(CKA_ID, id->data, id->len));
	if (call->options.use != NULL)
		uses_settle(place->session, object, &wanted[public], template);
	if (public)
		return;
	if (call->options.sensitive != 0)
		template_add(template, YES(CKA_SENSITIVE));
	if (call->options.no_extract != 0)
		template_add(template, NO(CKA_EXTRACTABLE));
}

/* Of a secret key both sides are its own. */
static enum outcome
wanted_read(const struct call *call, const struct place_in *place, const struct found *found,
    struct template wanted[2])
{
	bool pair = true;

	for (size_t i = 0; i < found->count; i++)
		if (object_ulong(place->session, found->list[i], CKA_CLASS, ANY_CLASS) ==
		    CKO_SECRET_KEY)
			pair = false;
	return uses_add(call->options.use, &wanted[0], pair ? &wanted[1] : NULL);
}

enum outcome
key_set(const struct call *call, json_t *data)
{
	RELEASED(place_in_release) struct place_in place = { 0 };
	RELEASED(found_release) struct found found = { 0 };
	RELEASED(bytes_release) struct bytes id = { 0 };
	const struct options *options = &call->options;
	const char *name = call->arguments[0];
	struct template wanted[2] = { 0 };

	if (options->id == NULL && options->use == NULL && options->sensitive == 0 &&
	    options->no_extract == 0)
		return fail(MISUSED, "--id HEX, --use USE,..., --sensitive or --no-extract",
		    "what is to be changed?");
	if (options->id != NULL)
		TRY(hex_read(options->id, &id));
	TRY(place_find_in(call, name, USER, &place));
	TRY(keys_find(&place, name, &found));
	TRY(one_of_each(&place, name, &found));
	TRY(wanted_read(call, &place, &found, wanted));
	if (options->dry_run != 0) {
		TRY(objects_put(&place, KEYS, &found, data));
		return WOULD_CHANGE;
	}
	for (size_t i = 0; i < found.count; i++) {
		struct template template = { 0 };
		CK_RV rv;

		changes_add(call, &place, found.list[i], &id, wanted, &template);
		rv = p11->C_SetAttributeValue(
		    place.session, found.list[i], template.list, template.count);
		if (rv != CKR_OK)
			return fail_rv(rv, NULL, "cannot change '%s'", name);
	}
	return objects_put(&place, KEYS, &found, data);
}

/* --- certificates --------------------------------------------------------- */

enum outcome
cert_list(const struct call *call, json_t *data)
{
	RELEASED(place_in_release) struct place_in place = { 0 };
	RELEASED(found_release) struct found found = { 0 };

	TRY(place_find_in(call, NULL, NOBODY, &place));
	TRY(objects_find(&place, NULL, CKO_CERTIFICATE, &found));
	return objects_put(&place, CERTS, &found, data);
}

enum outcome
cert_rm(const struct call *call, json_t *data)
{
	RELEASED(place_in_release) struct place_in place = { 0 };
	RELEASED(found_release) struct found found = { 0 };
	const char *name = call->arguments[0];

	TRY(place_find_in(call, name, USER, &place));
	TRY(objects_find(&place, name, CKO_CERTIFICATE, &found));
	if (found.count == 0)
		return not_found(&place, name);
	return remove_all(call, &place, CERTS, &found, data);
}
