/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `key wrap` and `key unwrap`: a key leaves a token, or comes into one, sealed under
 * another.  Under AES by key wrap with padding (RFC 5649); under RSA by OAEP, or, where
 * what is wrapped is a private key, with an AES key between (CKM_RSA_AES_KEY_WRAP); under EC
 * with an AES key that a pair for once agrees on.
 */
#include <string.h>

#include "cli/families.h"
#include "cli/import.h"
#include "cli/kinds.h"
#include "cli/peer.h"
#include "cli/stream.h"

#define WRAPPED_MOST (64 * 1024)

struct wrapping {
	const struct call *call;
	struct place_in place;
	CK_OBJECT_HANDLE with; /* the key that wraps or unwraps */
	CK_RSA_PKCS_OAEP_PARAMS oaep;
	struct pkcs11_rsa_aes_key_wrap_params both;
	struct pkcs11_ecdh_aes_key_wrap_params agreed;
	CK_MECHANISM mechanism;
	const char *name; /* the mechanism's */
};

static void
wrapping_release(struct wrapping *wrapping)
{
	place_in_release(&wrapping->place);
}

/* The secret key of a name, or else the half of a pair. */
static enum outcome
secret_or(
    const struct place_in *place, const char *name, CK_OBJECT_CLASS half, CK_OBJECT_HANDLE *key)
{
	RELEASED(found_release) struct found found = { 0 };

	TRY(objects_find(place, name, CKO_SECRET_KEY, &found));
	return object_find(place, name, found.count > 0 ? CKO_SECRET_KEY : half, key);
}

#define USE(wrapping, mechanism_type, parameters)                                                  \
	((wrapping)->name = #mechanism_type,                                                       \
	    (wrapping)->mechanism =                                                                \
		(CK_MECHANISM){ mechanism_type, parameters, sizeof(*(parameters)) })

/* `pair`: it is a private key that is wrapped, too long for OAEP. */
static enum outcome
mechanism_choose(struct wrapping *wrapping, bool pair)
{
	CK_KEY_TYPE type =
	    object_ulong(wrapping->place.session, wrapping->with, CKA_KEY_TYPE, CKK_VENDOR_DEFINED);

	wrapping->oaep =
	    (CK_RSA_PKCS_OAEP_PARAMS){ CKM_SHA256, CKG_MGF1_SHA256, CKZ_DATA_SPECIFIED, NULL, 0 };
	wrapping->agreed = (struct pkcs11_ecdh_aes_key_wrap_params){ 256, CKD_SHA256_KDF, 0, NULL };
	wrapping->both = (struct pkcs11_rsa_aes_key_wrap_params){ 256, &wrapping->oaep };
	if (type == CKK_AES) {
		wrapping->name = "CKM_AES_KEY_WRAP_KWP";
		wrapping->mechanism = (CK_MECHANISM){ CKM_AES_KEY_WRAP_KWP, NULL, 0 };
	} else if (type == CKK_RSA && pair)
		USE(wrapping, CKM_RSA_AES_KEY_WRAP, &wrapping->both);
	else if (type == CKK_RSA)
		USE(wrapping, CKM_RSA_PKCS_OAEP, &wrapping->oaep);
	else if (type == CKK_EC)
		USE(wrapping, CKM_ECDH_COF_AES_KEY_WRAP, &wrapping->agreed);
	else if (type == CKK_EC_MONTGOMERY)
		USE(wrapping, CKM_ECDH_X_AES_KEY_WRAP, &wrapping->agreed);
	else
		return fail(REFUSED, "a key of type aes:256, rsa:3072, ec:p256 or x25519",
		    "keys are wrapped under AES, RSA and EC keys only");
	return DONE;
}

/* --- out ------------------------------------------------------------------ */

static enum outcome
with_find(struct wrapping *wrapping)
{
	const struct options *options = &wrapping->call->options;

	if ((options->with != NULL) == (options->peer != NULL))
		return fail(MISUSED, "--with KEY or --peer FILE",
		    "under which key, one in the token or another party's?");
	if (options->peer != NULL)
		return peer_make(wrapping->place.session, options->peer, CKA_WRAP, &wrapping->with);
	return secret_or(&wrapping->place, options->with, CKO_PUBLIC_KEY, &wrapping->with);
}

enum outcome
key_seal(const struct call *call, json_t *data)
{
	RELEASED(wrapping_release) struct wrapping wrapping = { .call = call };
	RELEASED(bytes_release) struct bytes wrapped = { 0 };
	const char *name = call->arguments[0], *out = call->options.out;
	CK_ULONG len = WRAPPED_MOST;
	CK_OBJECT_HANDLE key;
	CK_RV rv;

	if (out == NULL || (call->options.json != 0 && strcmp(out, "-") == 0))
		return fail(MISUSED, "--out FILE", "where is the wrapped key to go?");
	TRY(place_find_in(call, name, USER, &wrapping.place));
	TRY(with_find(&wrapping));
	TRY(secret_or(&wrapping.place, name, CKO_PRIVATE_KEY, &key));
	TRY(mechanism_choose(&wrapping,
	    object_ulong(wrapping.place.session, key, CKA_CLASS, ANY_CLASS) == CKO_PRIVATE_KEY));
	if (!bytes_alloc(&wrapped, len))
		return fail_memory();
	rv = p11->C_WrapKey(
	    wrapping.place.session, &wrapping.mechanism, wrapping.with, key, wrapped.data, &len);
	if (rv != CKR_OK)
		return fail_rv(rv, NULL, "cannot wrap '%s'", name);
	if (strcmp(out, "-") != 0) {
		put_text(data, "file", out);
		put_text(data, "mechanism", wrapping.name);
	}
	return stream_write(out, true, view_of(wrapped.data, len));
}

/* --- in ------------------------------------------------------------------- */

static enum outcome
name_add(const struct call *call, const struct bytes *id, struct template *template)
{
	const char *label = call->options.label;

	template_add(template, YES(CKA_TOKEN));
	template_add(template, ATTRIBUTE(CKA_LABEL, label, strlen(label)));
	if (id->len > 0)
		template_add(template, ATTRIBUTE(CKA_ID, id->data, id->len));
	return DONE;
}

/* Only now is it known which public key it is of. */
static enum outcome
id_settle(const struct wrapping *wrapping, CK_OBJECT_HANDLE key, struct bytes *id)
{
	RELEASED(bytes_release) struct bytes info = { 0 };
	CK_ATTRIBUTE attribute = { CKA_ID, NULL, 0 };
	const unsigned char *der;
	X509_PUBKEY *public;
	enum outcome outcome;
	CK_RV rv;

	TRY(object_value(wrapping->place.session, key, CKA_PUBLIC_KEY_INFO, &info));
	der = info.data;
	public = d2i_X509_PUBKEY(NULL, &der, (long)info.len);
	if (public == NULL)
		return fail(REFUSED, "--id HEX", "the public half of the key is not known");
	outcome = id_of_info(public, id);
	X509_PUBKEY_free(public);
	TRY(outcome);
	attribute.pValue = id->data;
	attribute.ulValueLen = id->len;
	rv = p11->C_SetAttributeValue(wrapping->place.session, key, &attribute, 1);
	return rv == CKR_OK ? DONE : fail_rv(rv, NULL, "cannot set the id");
}

/* What comes out is the half of a pair: the other one and an id for both. */
static enum outcome
pair_finish(const struct wrapping *wrapping, CK_KEY_TYPE type, struct bytes *id,
    struct template *other, CK_OBJECT_HANDLE key)
{
	const CK_OBJECT_CLASS class = CKO_PUBLIC_KEY;
	CK_OBJECT_HANDLE public;

	if (id->len == 0)
		TRY(id_settle(wrapping, key, id));
	template_add(other, ATTRIBUTE(CKA_CLASS, &class, sizeof(class)));
	template_add(other, ATTRIBUTE(CKA_KEY_TYPE, &type, sizeof(type)));
	TRY(name_add(wrapping->call, id, other));
	return public_half(wrapping->place.session, key, other, &public);
}

static enum outcome
unwrap(
    struct wrapping *wrapping, const struct kind *kind, const struct secret *wrapped, json_t *data)
{
	RELEASED(bytes_release) struct bytes id = { 0 };
	const struct options *options = &wrapping->call->options;
	const CK_OBJECT_CLASS class = kind->pair ? CKO_PRIVATE_KEY : CKO_SECRET_KEY;
	struct template own = { 0 }, other = { 0 };
	CK_OBJECT_HANDLE key;
	enum outcome outcome;
	CK_RV rv;

	if (options->id != NULL)
		TRY(hex_read(options->id, &id));
	template_add(&own, ATTRIBUTE(CKA_CLASS, &class, sizeof(class)));
	template_add(&own, ATTRIBUTE(CKA_KEY_TYPE, &kind->type, sizeof(kind->type)));
	template_add(&own, YES(CKA_PRIVATE));
	template_secrecy(&own, options->extractable != 0);
	TRY(name_add(wrapping->call, &id, &own));
	TRY(uses_add(options->use, &own, kind->pair ? &other : NULL));
	rv = p11->C_UnwrapKey(wrapping->place.session, &wrapping->mechanism, wrapping->with,
	    wrapped->data, wrapped->len, own.list, own.count, &key);
	if (rv != CKR_OK)
		return fail_rv(rv, NULL, "cannot unwrap %s", wrapping->call->arguments[0]);
	outcome = kind->pair ? pair_finish(wrapping, kind->type, &id, &other, key) : DONE;
	if (outcome != DONE) {
		(void)p11->C_DestroyObject(wrapping->place.session, key);
		return outcome;
	}
	return object_describe(&wrapping->place, key, data);
}

enum outcome
key_unseal(const struct call *call, json_t *data)
{
	RELEASED(wrapping_release) struct wrapping wrapping = { .call = call };
	RELEASED(secret_clear) struct secret wrapped = { 0 };
	RELEASED(kind_release) struct kind kind = { 0 };
	const struct options *options = &call->options;

	if (options->with == NULL || options->type == NULL || options->label == NULL)
		return fail(MISUSED, "--with KEY --type TYPE --label LABEL",
		    "with which key, what is it, and how is it to be called?");
	TRY(kind_find(options->type, &kind));
	TRY(stream_read(call->arguments[0], &wrapped));
	TRY(place_find_in(call, options->with, USER, &wrapping.place));
	TRY(secret_or(&wrapping.place, options->with, CKO_PRIVATE_KEY, &wrapping.with));
	TRY(mechanism_choose(&wrapping, kind.pair));
	TRY(label_free(&wrapping.place, options->label));
	if (options->dry_run != 0) {
		put_text(data, "label", options->label);
		put_text(data, "mechanism", wrapping.name);
		return WOULD_CHANGE;
	}
	return unwrap(&wrapping, &kind, &wrapped, data);
}
