/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `key gen`.
 */
#include <string.h>

#include "cli/families.h"
#include "cli/kinds.h"

#define ID_LEN 8

/* What both halves have, and what one has alone. */
struct making {
	struct place_in place;
	struct kind kind;
	struct bytes id;
	struct template public, own; /* own: the private or secret key's */
};

static void
making_release(struct making *making)
{
	place_in_release(&making->place);
	kind_release(&making->kind);
	bytes_release(&making->id);
}

/* Both halves of a pair have one, so that programs find the other. */
static enum outcome
id_settle(const struct call *call, struct making *making)
{
	CK_RV rv;

	if (call->options.id != NULL)
		return hex_read(call->options.id, &making->id);
	if (!bytes_alloc(&making->id, ID_LEN))
		return fail_memory();
	rv = p11->C_GenerateRandom(making->place.session, making->id.data, ID_LEN);
	return rv == CKR_OK ? DONE : fail_rv(rv, NULL, "no random numbers");
}

static void
name_add(const struct making *making, const char *label, struct template *template)
{
	template_add(template, YES(CKA_TOKEN));
	template_add(template, ATTRIBUTE(CKA_LABEL, label, strlen(label)));
	template_add(template, ATTRIBUTE(CKA_ID, making->id.data, making->id.len));
}

static enum outcome
templates_fill(const struct call *call, struct making *making)
{
	bool pair = making->kind.pair;

	TRY(id_settle(call, making));
	name_add(making, call->arguments[0], &making->own);
	name_add(making, call->arguments[0], &making->public);
	TRY(kind_add(&making->kind, making->place.session, pair ? &making->public : &making->own));
	template_add(&making->own, YES(CKA_PRIVATE));
	template_secrecy(&making->own, call->options.extractable != 0);
	return uses_add(call->options.use, &making->own, pair ? &making->public : NULL);
}

static enum outcome
generate(const struct call *call, struct making *making, CK_OBJECT_HANDLE *key)
{
	CK_MECHANISM mechanism = { making->kind.mechanism, NULL, 0 };
	CK_OBJECT_HANDLE other;
	CK_RV rv;

	if (making->kind.pair)
		rv = p11->C_GenerateKeyPair(making->place.session, &mechanism, making->public.list,
		    making->public.count, making->own.list, making->own.count, &other, key);
	else
		rv = p11->C_GenerateKey(
		    making->place.session, &mechanism, making->own.list, making->own.count, key);
	return rv == CKR_OK ? DONE
			    : fail_rv(rv, NULL, "cannot make the key '%s' in the token '%s'",
				  call->arguments[0], making->place.token.label);
}

enum outcome
key_gen(const struct call *call, json_t *data)
{
	RELEASED(making_release) struct making making = { 0 };
	const char *type = call->options.type != NULL ? call->options.type : "ec:p256";
	const char *label = call->arguments[0];
	CK_OBJECT_HANDLE key;

	TRY(kind_find(type, &making.kind));
	TRY(place_find_in(call, NULL, USER, &making.place));
	TRY(label_free(&making.place, label));
	TRY(templates_fill(call, &making));
	if (call->options.dry_run != 0) {
		put_text(data, "label", label);
		put_text(data, "type", type);
		return WOULD_CHANGE;
	}
	TRY(generate(call, &making, &key));
	if (making.kind.pair)
		say_note(
		    "next: handfast key export '%s' (the public half, for the other party)", label);
	return object_describe(&making.place, key, data);
}
