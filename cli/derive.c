/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `key derive`: a secret agreed on with another party, by ECDH or Diffie-Hellman.
 */
#include <openssl/evp.h>
#include <string.h>

#include "cli/families.h"
#include "cli/kinds.h"
#include "cli/pem.h"
#include "cli/stream.h"

/* Both sides of the agreement. */
struct agreement {
	struct place_in place;
	CK_OBJECT_HANDLE own;
	EVP_PKEY *peer;
	struct bytes encoded;
	CK_ECDH1_DERIVE_PARAMS ecdh;
	CK_MECHANISM mechanism;
};

static void
agreement_release(struct agreement *agreement)
{
	place_in_release(&agreement->place);
	EVP_PKEY_free(agreement->peer);
	bytes_release(&agreement->encoded);
}

/* --- what is asked for ---------------------------------------------------- */

static enum outcome
wish_check(const struct call *call)
{
	const struct options *options = &call->options;

	if (options->peer == NULL)
		return fail(MISUSED, "--peer FILE", "whose public key is it to be derived with?");
	if ((options->out != NULL) + (options->digest != NULL) + (options->keep != NULL) != 1)
		return fail(MISUSED, "--out FILE, --digest sha256 or --keep LABEL",
		    "say what becomes of the secret, one of three");
	if (options->json != 0 && options->out != NULL && strcmp(options->out, "-") == 0)
		return fail(MISUSED, "--out FILE, or without --json", "no secret is put into JSON");
	return DONE;
}

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

/* --- the agreement -------------------------------------------------------- */

static enum outcome
mechanism_choose(const struct call *call, struct agreement *agreement)
{
	struct bytes *peer = &agreement->encoded;
	CK_KEY_TYPE type = object_ulong(
	    agreement->place.session, agreement->own, CKA_KEY_TYPE, CKK_VENDOR_DEFINED);

	switch (type) {
	case CKK_EC:
	case CKK_EC_MONTGOMERY:
		agreement->ecdh =
		    (CK_ECDH1_DERIVE_PARAMS){ CKD_NULL, 0, NULL, peer->len, peer->data };
		agreement->mechanism =
		    (CK_MECHANISM){ CKM_ECDH1_DERIVE, &agreement->ecdh, sizeof(agreement->ecdh) };
		return DONE;
	case CKK_DH:
		agreement->mechanism = (CK_MECHANISM){ CKM_DH_PKCS_DERIVE, peer->data, peer->len };
		return DONE;
	default:
		return fail(REFUSED, "a key of type ec:..., x25519, x448 or dh:...",
		    "'%s' is not of a type for key agreement", call->arguments[0]);
	}
}

static enum outcome
agree(const struct call *call, struct agreement *agreement, struct template *template,
    CK_OBJECT_HANDLE *made)
{
	CK_RV rv = p11->C_DeriveKey(agreement->place.session, &agreement->mechanism, agreement->own,
	    template->list, template->count, made);
	char type[32];

	if (rv == CKR_OK)
		return DONE;
	TRY(kind_name(agreement->place.session, agreement->own, type, sizeof(type)));
	return fail_rv(rv, NULL, "cannot derive from '%s' (%s) with the %s key in %s",
	    call->arguments[0], type, EVP_PKEY_get0_type_name(agreement->peer), call->options.peer);
}

/* --- what becomes of it --------------------------------------------------- */

static const CK_OBJECT_CLASS secret_class = CKO_SECRET_KEY;
static const CK_KEY_TYPE generic_type = CKK_GENERIC_SECRET;

static void
template_begin(struct template *template, bool open)
{
	template_add(template, ATTRIBUTE(CKA_CLASS, &secret_class, sizeof(secret_class)));
	template_add(template, ATTRIBUTE(CKA_KEY_TYPE, &generic_type, sizeof(generic_type)));
	template_add(template, open ? NO(CKA_SENSITIVE) : YES(CKA_SENSITIVE));
	template_add(template, open ? YES(CKA_EXTRACTABLE) : NO(CKA_EXTRACTABLE));
}

static enum outcome
give(const struct call *call, struct agreement *agreement, json_t *data)
{
	RELEASED(secret_clear) struct secret secret = { 0 };
	struct template template = { 0 };
	CK_ATTRIBUTE value = { CKA_VALUE, NULL, 0 };
	CK_OBJECT_HANDLE made;
	CK_RV rv;

	template_begin(&template, true);
	TRY(agree(call, agreement, &template, &made));
	rv = p11->C_GetAttributeValue(agreement->place.session, made, &value, 1);
	if (rv == CKR_OK && !secret_alloc(&secret, value.ulValueLen))
		return fail_memory();
	value.pValue = secret.data;
	if (rv == CKR_OK)
		rv = p11->C_GetAttributeValue(agreement->place.session, made, &value, 1);
	if (rv != CKR_OK)
		return fail_rv(rv, "--digest sha256 or --keep LABEL", "cannot read the secret");
	if (strcmp(call->options.out, "-") != 0) {
		put_text(data, "file", call->options.out);
		put_number(data, "bytes", (json_int_t)secret.len);
	}
	return stream_write(call->options.out, false, secret_view(&secret));
}

/* Only the hash comes out.  Of a key that is hidden the token would not tell it. */
static enum outcome
give_digest(
    const struct call *call, struct agreement *agreement, CK_MECHANISM_TYPE hash, json_t *data)
{
	struct template template = { 0 };
	CK_MECHANISM mechanism = { hash, NULL, 0 };
	CK_SESSION_HANDLE session = agreement->place.session;
	RELEASED(pointer_release) char *hex = NULL;
	CK_BYTE digest[64];
	CK_ULONG len = sizeof(digest);
	CK_OBJECT_HANDLE made;
	CK_RV rv;

	template_begin(&template, true);
	TRY(agree(call, agreement, &template, &made));
	rv = p11->C_DigestInit(session, &mechanism);
	if (rv == CKR_OK)
		rv = p11->C_DigestKey(session, made);
	if (rv == CKR_OK)
		rv = p11->C_DigestFinal(session, digest, &len);
	if (rv != CKR_OK)
		return fail_rv(rv, NULL, "cannot hash the secret");
	hex = hex_of(view_of(digest, len));
	put_text(data, "hash", call->options.digest);
	put_text(data, "digest", hex != NULL ? hex : "");
	return DONE;
}

static enum outcome
keep(const struct call *call, struct agreement *agreement, json_t *data)
{
	const char *label = call->options.keep;
	struct template template = { 0 };
	CK_OBJECT_HANDLE made;

	template_begin(&template, call->options.extractable != 0);
	template_add(&template, YES(CKA_TOKEN));
	template_add(&template, YES(CKA_PRIVATE));
	template_add(&template, ATTRIBUTE(CKA_LABEL, label, strlen(label)));
	TRY(uses_add(call->options.use, &template, NULL));
	TRY(agree(call, agreement, &template, &made));
	return object_describe(&agreement->place, made, data);
}

enum outcome
key_agree(const struct call *call, json_t *data)
{
	RELEASED(agreement_release) struct agreement agreement = { 0 };
	CK_MECHANISM_TYPE hash = 0;

	TRY(wish_check(call));
	if (call->options.digest != NULL)
		TRY(hash_find(call->options.digest, &hash));
	TRY(pem_public(call->options.peer, &agreement.peer));
	TRY(pem_encoded(agreement.peer, call->options.peer, &agreement.encoded));
	TRY(place_find_in(call, call->arguments[0], USER, &agreement.place));
	TRY(object_find(&agreement.place, call->arguments[0], CKO_PRIVATE_KEY, &agreement.own));
	TRY(mechanism_choose(call, &agreement));
	if (call->options.keep != NULL)
		TRY(label_free(&agreement.place, call->options.keep));
	if (call->options.dry_run != 0) {
		put_text(data, "key", call->arguments[0]);
		put_text(data, "peer", call->options.peer);
		return WOULD_CHANGE;
	}
	if (call->options.keep != NULL)
		return keep(call, &agreement, data);
	return call->options.digest != NULL ? give_digest(call, &agreement, hash, data)
					    : give(call, &agreement, data);
}
