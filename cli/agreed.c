/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ways out for a secret.  Must not know how it was agreed on.
 */
#include "cli/agreed.h"

#include <string.h>

#include "cli/kinds.h"
#include "cli/stream.h"

/* --- what is asked for ---------------------------------------------------- */

static enum outcome
hash_find(const char *name, CK_MECHANISM_TYPE *hash)
{
	static const struct {
		const char *name;
		CK_MECHANISM_TYPE hash;
	} hashes[] = { { "sha256", CKM_SHA256 }, { "sha384", CKM_SHA384 },
		{ "sha512", CKM_SHA512 } };

	for (size_t i = 0; i < COUNT_OF(hashes); i++)
		if (strcmp(hashes[i].name, name) == 0) {
			*hash = hashes[i].hash;
			return DONE;
		}
	return fail(MISUSED, "--digest sha256, sha384 or sha512", "'%s' is no hash for this", name);
}

enum outcome
agreed_wish(const struct call *call)
{
	const struct options *options = &call->options;
	CK_MECHANISM_TYPE unused;

	if ((options->out != NULL) + (options->digest != NULL) + (options->keep != NULL) != 1)
		return fail(MISUSED, "--out FILE, --digest sha256 or --keep LABEL",
		    "say what becomes of the secret, one of three");
	if (options->json != 0 && options->out != NULL && strcmp(options->out, "-") == 0)
		return fail(MISUSED, "--out FILE, or without --json", "no secret is put into JSON");
	return options->digest != NULL ? hash_find(options->digest, &unused) : DONE;
}

enum outcome
agreed_room(const struct agreed *agreed)
{
	const char *label = agreed->call->options.keep;

	return label != NULL ? label_free(agreed->place, label) : DONE;
}

/* --- what becomes of it --------------------------------------------------- */

static const CK_OBJECT_CLASS secret_class = CKO_SECRET_KEY;
static const CK_KEY_TYPE generic_type = CKK_GENERIC_SECRET;

static void
template_begin(struct template *template, bool open)
{
	template_add(template, ATTRIBUTE(CKA_CLASS, &secret_class, sizeof(secret_class)));
	template_add(template, ATTRIBUTE(CKA_KEY_TYPE, &generic_type, sizeof(generic_type)));
	template_secrecy(template, open);
}

static enum outcome
give(const struct agreed *agreed, json_t *data)
{
	RELEASED(secret_clear) struct secret secret = { 0 };
	const char *out = agreed->call->options.out;
	CK_SESSION_HANDLE session = agreed->place->session;
	struct template template = { 0 };
	CK_ATTRIBUTE value = { CKA_VALUE, NULL, 0 };
	CK_OBJECT_HANDLE made;
	CK_RV rv;

	template_begin(&template, true);
	TRY(agreed->make(agreed->how, &template, &made));
	rv = p11->C_GetAttributeValue(session, made, &value, 1);
	if (rv == CKR_OK && !secret_alloc(&secret, value.ulValueLen))
		return fail_memory();
	value.pValue = secret.data;
	if (rv == CKR_OK)
		rv = p11->C_GetAttributeValue(session, made, &value, 1);
	if (rv != CKR_OK)
		return fail_rv(rv, "--digest sha256 or --keep LABEL", "cannot read the secret");
	if (strcmp(out, "-") != 0) {
		put_text(data, "file", out);
		put_number(data, "bytes", (json_int_t)secret.len);
	}
	return stream_write(out, false, secret_view(&secret));
}

/* Only the hash comes out.  Of a key that is hidden the token would not tell it. */
static enum outcome
give_digest(const struct agreed *agreed, json_t *data)
{
	struct template template = { 0 };
	CK_MECHANISM mechanism = { 0 };
	CK_SESSION_HANDLE session = agreed->place->session;
	RELEASED(pointer_release) char *hex = NULL;
	CK_BYTE digest[64];
	CK_ULONG len = sizeof(digest);
	CK_OBJECT_HANDLE made;
	CK_RV rv;

	TRY(hash_find(agreed->call->options.digest, &mechanism.mechanism));
	template_begin(&template, true);
	TRY(agreed->make(agreed->how, &template, &made));
	rv = p11->C_DigestInit(session, &mechanism);
	if (rv == CKR_OK)
		rv = p11->C_DigestKey(session, made);
	if (rv == CKR_OK)
		rv = p11->C_DigestFinal(session, digest, &len);
	if (rv != CKR_OK)
		return fail_rv(rv, NULL, "cannot hash the secret");
	hex = hex_of(view_of(digest, len));
	if (hex == NULL)
		return fail_memory();
	put_text(data, "hash", agreed->call->options.digest);
	put_text(data, "digest", hex);
	return DONE;
}

static enum outcome
keep(const struct agreed *agreed, json_t *data)
{
	const struct options *options = &agreed->call->options;
	struct template template = { 0 };
	CK_OBJECT_HANDLE made;

	template_begin(&template, options->extractable != 0);
	template_add(&template, YES(CKA_TOKEN));
	template_add(&template, YES(CKA_PRIVATE));
	template_add(&template, ATTRIBUTE(CKA_LABEL, options->keep, strlen(options->keep)));
	TRY(uses_add(options->use, &template, NULL));
	TRY(agreed->make(agreed->how, &template, &made));
	return object_describe(agreed->place, made, data);
}

enum outcome
agreed_give(const struct agreed *agreed, json_t *data)
{
	if (agreed->call->options.keep != NULL)
		return keep(agreed, data);
	return agreed->call->options.digest != NULL ? give_digest(agreed, data)
						    : give(agreed, data);
}
