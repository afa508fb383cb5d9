/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mechanisms: what the module has, in words.  The words come from doc/mechanisms.md,
 * which is made from the rows of the module.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/client.h"
#include "cli/families.h"

static const struct row {
	CK_MECHANISM_TYPE type;
	const char *name, *keys, *does, *needs;
} rows[] = {
#include "cli/mechanisms.inc"
};

static const struct row *
row_of(CK_MECHANISM_TYPE type)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (rows[i].type == type)
			return &rows[i];
	return NULL;
}

/* "CKM_ECDH1_DERIVE", "ecdh1-derive". */
static bool
same_name(const char *full, const char *given)
{
	static const char prefix[] = "CKM_";

	if (strncasecmp(given, prefix, strlen(prefix)) == 0)
		given += strlen(prefix);
	full += strlen(prefix);
	for (; *full != '\0' && *given != '\0'; full++, given++) {
		char letter = *given == '-' ? '_' : *given;

		if (strncasecmp(full, &letter, 1) != 0)
			return false;
	}
	return *full == *given;
}

static const struct row *
row_named(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (same_name(rows[i].name, name))
			return &rows[i];
	return NULL;
}

/* A slot to ask: all have the same mechanisms. */
static enum outcome
slot_any(CK_SLOT_ID *slot)
{
	CK_ULONG count = 0;
	CK_SLOT_ID *slots;
	CK_RV rv = p11->C_GetSlotList(CK_FALSE, NULL, &count);

	if (rv == CKR_OK && count == 0)
		return fail(NOT_FOUND, "handfast token init LABEL", "there is no slot to ask");
	slots = calloc(count + 1, sizeof(*slots));
	if (slots == NULL)
		return fail_memory();
	if (rv == CKR_OK)
		rv = p11->C_GetSlotList(CK_FALSE, slots, &count);
	*slot = slots[0];
	free(slots);
	return rv == CKR_OK ? DONE : fail_rv(rv, NULL, "cannot list the slots");
}

static void
put_sizes(json_t *data, const CK_MECHANISM_INFO *info)
{
	if (info->ulMaxKeySize == 0)
		return;
	put_number(data, "least", (json_int_t)info->ulMinKeySize);
	put_number(data, "most", (json_int_t)info->ulMaxKeySize);
}

static enum outcome
describe(CK_SLOT_ID slot, CK_MECHANISM_TYPE type, json_t *data)
{
	const struct row *row = row_of(type);
	CK_MECHANISM_INFO info;
	char number[24];
	CK_RV rv = p11->C_GetMechanismInfo(slot, type, &info);

	(void)snprintf(number, sizeof(number), "0x%lx", type);
	put_text(data, "name", row != NULL ? row->name : number);
	put_text(data, "number", number);
	put_yes(data, "available", rv == CKR_OK);
	if (rv == CKR_OK)
		put_sizes(data, &info);
	if (row == NULL)
		return DONE;
	put_text(data, "keys", row->keys);
	put_text(data, "does", row->does);
	put_text(data, "needs_openssl", row->needs[0] != '\0' ? row->needs : NULL);
	return DONE;
}

static enum outcome
types_get(CK_SLOT_ID slot, CK_MECHANISM_TYPE **types, CK_ULONG *count)
{
	CK_RV rv = p11->C_GetMechanismList(slot, NULL, count);

	if (rv == CKR_OK) {
		*types = calloc(*count + 1, sizeof(**types));
		if (*types == NULL)
			return fail_memory();
		rv = p11->C_GetMechanismList(slot, *types, count);
	}
	return rv == CKR_OK ? DONE : fail_rv(rv, NULL, "cannot list the mechanisms");
}

enum outcome
mech_list(const struct call *call, json_t *data)
{
	RELEASED(pointer_release) CK_MECHANISM_TYPE *types = NULL;
	json_t *list = json_array();
	CK_SLOT_ID slot;
	CK_ULONG count;

	put(data, "mechanisms", list);
	TRY(client_start(call));
	TRY(slot_any(&slot));
	TRY(types_get(slot, &types, &count));
	for (CK_ULONG i = 0; i < count; i++) {
		json_t *item = json_object();

		if (item == NULL || json_array_append_new(list, item) != 0)
			return fail_memory();
		TRY(describe(slot, types[i], item));
	}
	return DONE;
}

enum outcome
mech_explain(const struct call *call, json_t *data)
{
	const struct row *row = row_named(call->arguments[0]);
	CK_SLOT_ID slot;

	if (row == NULL)
		return fail(NOT_FOUND, "handfast mech list", "Handfast has no mechanism '%s'",
		    call->arguments[0]);
	TRY(client_start(call));
	TRY(slot_any(&slot));
	return describe(slot, row->type, data);
}
