/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What comes into a token: private keys, secret keys, certificates with their chains.
 */
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>

#include "cli/branch.h"
#include "cli/families.h"
#include "cli/import.h"
#include "cli/kinds.h"
#include "cli/pem.h"
#include "cli/stream.h"

#define MADE_MOST 4096

/* What is imported, and what was made of it so far. */
struct import {
	const struct call *call;
	struct place_in place;
	EVP_PKEY *key;
	STACK_OF(X509) * certs;
	struct bytes id;
	CK_OBJECT_HANDLE made[MADE_MOST];
	size_t count;
};

static void
import_release(struct import *import)
{
	place_in_release(&import->place);
	EVP_PKEY_free(import->key);
	certs_release(&import->certs);
	bytes_release(&import->id);
}

/* Half an import is none. */
static void
import_undo(struct import *import)
{
	while (import->count > 0)
		(void)p11->C_DestroyObject(import->place.session, import->made[--import->count]);
}

static enum outcome
import_note(struct import *import, CK_OBJECT_HANDLE made)
{
	if (import->count == COUNT_OF(import->made))
		return fail(
		    REFUSED, NULL, "more than %zu objects in one file", COUNT_OF(import->made));
	import->made[import->count++] = made;
	return DONE;
}

/* --- the id --------------------------------------------------------------- */

enum outcome
id_of_public(struct view bits, struct bytes *id)
{
	unsigned char hash[EVP_MAX_MD_SIZE]; /* public */
	unsigned int size = 0;

	if (EVP_Digest(bits.data, bits.len, hash, &size, EVP_sha1(), NULL) != 1 ||
	    !bytes_copy(id, view_of(hash, size)))
		return fail_memory();
	return DONE;
}

enum outcome
id_of_info(const X509_PUBKEY *info, struct bytes *id)
{
	const unsigned char *data = NULL;
	int len = 0;

	if (X509_PUBKEY_get0_param(NULL, &data, &len, NULL, info) != 1)
		return fail(REFUSED, NULL, "a key whose public half is not known");
	return id_of_public(view_of(data, (size_t)len), id);
}

static enum outcome
id_of_key(EVP_PKEY *key, struct bytes *id)
{
	X509_PUBKEY *info = NULL;
	enum outcome outcome;

	if (X509_PUBKEY_set(&info, key) != 1)
		return fail(REFUSED, NULL, "a key whose public half is not known");
	outcome = id_of_info(info, id);
	X509_PUBKEY_free(info);
	return outcome;
}

static enum outcome
id_settle(struct import *import)
{
	if (import->call->options.id != NULL)
		return hex_read(import->call->options.id, &import->id);
	return id_of_key(import->key, &import->id);
}

/* --- private keys --------------------------------------------------------- */

/*
 * A key that lives for this import and seals the other on its way in: twice, since a token
 * of the strict level has no key that both encrypts and unwraps.
 */
struct carrier {
	CK_SESSION_HANDLE session;
	CK_OBJECT_HANDLE seals, opens;
};
#define CARRIER_LEN 32

static void
carrier_release(struct carrier *carrier)
{
	if (carrier->seals != CK_INVALID_HANDLE)
		(void)p11->C_DestroyObject(carrier->session, carrier->seals);
	if (carrier->opens != CK_INVALID_HANDLE)
		(void)p11->C_DestroyObject(carrier->session, carrier->opens);
}

static CK_RV
carrier_half(struct carrier *carrier, const struct secret *value, CK_ATTRIBUTE_TYPE use,
    CK_OBJECT_HANDLE *half)
{
	CK_ATTRIBUTE template[] = { ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_AES),
		NO(CKA_TOKEN), YES(CKA_SENSITIVE), NO(CKA_EXTRACTABLE), YES(use),
		ATTRIBUTE(CKA_VALUE, value->data, value->len) };

	return p11->C_CreateObject(carrier->session, template, COUNT_OF(template), half);
}

static enum outcome
carrier_make(struct carrier *carrier)
{
	RELEASED(secret_clear) struct secret value = { 0 };
	CK_RV rv;

	if (!secret_alloc(&value, CARRIER_LEN))
		return fail_memory();
	rv = p11->C_GenerateRandom(carrier->session, value.data, value.len);
	if (rv == CKR_OK)
		rv = carrier_half(carrier, &value, CKA_ENCRYPT, &carrier->seals);
	if (rv == CKR_OK)
		rv = carrier_half(carrier, &value, CKA_UNWRAP, &carrier->opens);
	return rv == CKR_OK ? DONE : fail_rv(rv, NULL, "cannot make a key for the import");
}

static CK_RV
seal(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE carrier, const struct secret *clear,
    struct bytes *sealed)
{
	CK_MECHANISM mechanism = { CKM_AES_KEY_WRAP_KWP, NULL, 0 };
	CK_ULONG len = clear->len + 16;
	CK_RV rv;

	if (!bytes_alloc(sealed, len))
		return CKR_HOST_MEMORY;
	rv = p11->C_EncryptInit(session, &mechanism, carrier);
	if (rv == CKR_OK)
		rv = p11->C_Encrypt(session, clear->data, clear->len, sealed->data, &len);
	sealed->len = len;
	return rv;
}

/* The module itself takes PKCS#8 apart, and holds its parts against each other. */
static enum outcome
unwrap(struct import *import, const struct secret *pkcs8, const struct template *template)
{
	RELEASED(bytes_release) struct bytes sealed = { 0 };
	CK_MECHANISM mechanism = { CKM_AES_KEY_WRAP_KWP, NULL, 0 };
	CK_SESSION_HANDLE session = import->place.session;
	RELEASED(carrier_release) struct carrier carrier = { .session = session };
	CK_OBJECT_HANDLE made;
	CK_RV rv;

	TRY(carrier_make(&carrier));
	rv = seal(session, carrier.seals, pkcs8, &sealed);
	if (rv == CKR_OK)
		rv = p11->C_UnwrapKey(session, &mechanism, carrier.opens, sealed.data, sealed.len,
		    (CK_ATTRIBUTE *)template->list, template->count, &made);
	if (rv != CKR_OK)
		return fail_rv(rv, NULL, "cannot import the key '%s'", import->call->options.label);
	return import_note(import, made);
}

enum outcome
public_half(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE private, struct template *template,
    CK_OBJECT_HANDLE *made)
{
	CK_MECHANISM mechanism = { CKM_PUB_KEY_FROM_PRIV_KEY, NULL, 0 };
	CK_RV rv =
	    p11->C_DeriveKey(session, &mechanism, private, template->list, template->count, made);

	return rv == CKR_OK ? DONE : fail_rv(rv, NULL, "cannot make the public half of a key");
}

static void
name_add(const struct import *import, struct template *template)
{
	const char *label = import->call->options.label;

	template_add(template, YES(CKA_TOKEN));
	template_add(template, ATTRIBUTE(CKA_LABEL, label, strlen(label)));
	template_add(template, ATTRIBUTE(CKA_ID, import->id.data, import->id.len));
}

static void
secrecy_add(const struct call *call, struct template *template)
{
	template_add(template, YES(CKA_PRIVATE));
	template_secrecy(template, call->options.extractable != 0);
}

static enum outcome
import_private(struct import *import)
{
	RELEASED(secret_clear) struct secret pkcs8 = { 0 };
	const CK_OBJECT_CLASS private_class = CKO_PRIVATE_KEY, public_class = CKO_PUBLIC_KEY;
	struct template own = { 0 }, other = { 0 };
	CK_OBJECT_HANDLE public;
	CK_KEY_TYPE type;

	TRY(pem_type(import->key, &type));
	TRY(pem_pkcs8(import->key, &pkcs8));
	template_add(&own, ATTRIBUTE(CKA_CLASS, &private_class, sizeof(private_class)));
	template_add(&own, ATTRIBUTE(CKA_KEY_TYPE, &type, sizeof(type)));
	template_add(&other, ATTRIBUTE(CKA_CLASS, &public_class, sizeof(public_class)));
	template_add(&other, ATTRIBUTE(CKA_KEY_TYPE, &type, sizeof(type)));
	name_add(import, &own);
	name_add(import, &other);
	secrecy_add(import->call, &own);
	TRY(uses_add(import->call->options.use, &own, &other));
	TRY(unwrap(import, &pkcs8, &own));
	TRY(public_half(import->place.session, import->made[import->count - 1], &other, &public));
	return import_note(import, public);
}

/* --- secret keys ---------------------------------------------------------- */

/* A file of the bare bytes, which only --type tells from others. */
static enum outcome
import_secret(struct import *import, const struct kind *kind)
{
	RELEASED(secret_clear) struct secret value = { 0 };
	const CK_OBJECT_CLASS class = CKO_SECRET_KEY;
	struct template template = { 0 };
	CK_OBJECT_HANDLE made;
	CK_RV rv;

	TRY(stream_read(import->call->arguments[0], &value));
	if (strchr(import->call->options.type, ':') != NULL && value.len * 8 != kind->size)
		return fail(MISUSED, NULL, "%s has %zu bits, not %lu", import->call->arguments[0],
		    value.len * 8, kind->size);
	template_add(&template, ATTRIBUTE(CKA_CLASS, &class, sizeof(class)));
	template_add(&template, ATTRIBUTE(CKA_KEY_TYPE, &kind->type, sizeof(kind->type)));
	name_add(import, &template);
	secrecy_add(import->call, &template);
	TRY(uses_add(import->call->options.use, &template, NULL));
	template_add(&template, ATTRIBUTE(CKA_VALUE, value.data, value.len));
	rv = p11->C_CreateObject(import->place.session, template.list, template.count, &made);
	if (rv != CKR_OK)
		return fail_rv(rv, NULL, "cannot import the key '%s'", import->call->options.label);
	return import_note(import, made);
}

/* --- certificates --------------------------------------------------------- */

/* DER of a part of a certificate. */
#define DER_OF(bytes, writer, part)                                                                \
	({                                                                                         \
		unsigned char *der_data = NULL;                                                    \
		int der_len = writer(part, &der_data);                                             \
		bool der_done =                                                                    \
		    der_len > 0 && bytes_copy(bytes, view_of(der_data, (size_t)der_len));          \
		OPENSSL_free(der_data);                                                            \
		der_done;                                                                          \
	})

/* Whoever issued somebody else's certificate is called by the common name. */
static void
cert_label(const struct import *import, X509 *cert, int index, char *label, size_t size)
{
	const char *named = import->call->options.label;

	label[0] = '\0';
	if (index > 0 || named == NULL)
		(void)X509_NAME_get_text_by_NID(
		    X509_get_subject_name(cert), NID_commonName, label, (int)size);
	if (label[0] == '\0')
		(void)snprintf(label, size, "%s", named != NULL ? named : "certificate");
}

/* The key's id, so that programs find one by the other. */
static enum outcome
cert_id(const struct import *import, X509 *cert, int index, struct bytes *id)
{
	const ASN1_BIT_STRING *key = X509_get0_pubkey_bitstr(cert);

	if (index == 0 && import->call->options.id != NULL)
		return hex_read(import->call->options.id, id);
	if (import->id.len > 0 && index == 0)
		return bytes_copy(id, bytes_view(&import->id)) ? DONE : fail_memory();
	return id_of_public(view_of(key->data, (size_t)key->length), id);
}

/* The key that is in the token already, if the certificate is of one. */
static enum outcome
id_in_token(const struct import *import, X509 *cert, struct bytes *id)
{
	RELEASED(bytes_release) struct bytes info = { 0 };
	RELEASED(found_release) struct found found = { 0 };
	struct template template = { 0 };
	CK_SESSION_HANDLE session = import->place.session;

	if (!DER_OF(&info, i2d_X509_PUBKEY, X509_get_X509_PUBKEY(cert)))
		return fail_memory();
	template_add(&template, YES(CKA_TOKEN));
	template_add(&template, ATTRIBUTE(CKA_PUBLIC_KEY_INFO, info.data, info.len));
	TRY(objects_search(session, &template, &found));
	if (found.count == 0)
		return DONE;
	bytes_release(id);
	return object_value(session, found.list[0], CKA_ID, id);
}

enum outcome
cert_store(const struct place_in *place, X509 *cert, struct view label, struct view id,
    CK_OBJECT_HANDLE *made)
{
	RELEASED(bytes_release)
	struct bytes der = { 0 }, subject = { 0 }, issuer = { 0 }, serial = { 0 };
	const CK_OBJECT_CLASS class = CKO_CERTIFICATE;
	const CK_CERTIFICATE_TYPE type = CKC_X_509;
	struct template template = { 0 };
	CK_RV rv;

	if (!DER_OF(&der, i2d_X509, cert) ||
	    !DER_OF(&subject, i2d_X509_NAME, X509_get_subject_name(cert)) ||
	    !DER_OF(&issuer, i2d_X509_NAME, X509_get_issuer_name(cert)) ||
	    !DER_OF(&serial, i2d_ASN1_INTEGER, X509_get_serialNumber(cert)))
		return fail_memory();
	template_add(&template, ATTRIBUTE(CKA_CLASS, &class, sizeof(class)));
	template_add(&template, ATTRIBUTE(CKA_CERTIFICATE_TYPE, &type, sizeof(type)));
	template_add(&template, YES(CKA_TOKEN));
	template_add(&template, NO(CKA_PRIVATE));
	template_add(&template, ATTRIBUTE(CKA_LABEL, label.data, label.len));
	template_add(&template, ATTRIBUTE(CKA_ID, id.data, id.len));
	template_add(&template, ATTRIBUTE(CKA_SUBJECT, subject.data, subject.len));
	template_add(&template, ATTRIBUTE(CKA_ISSUER, issuer.data, issuer.len));
	template_add(&template, ATTRIBUTE(CKA_SERIAL_NUMBER, serial.data, serial.len));
	template_add(&template, ATTRIBUTE(CKA_VALUE, der.data, der.len));
	rv = p11->C_CreateObject(place->session, template.list, template.count, made);
	return rv == CKR_OK ? DONE
			    : fail_rv(rv, NULL, "cannot store the certificate '%.*s'",
				  (int)label.len, (const char *)label.data);
}

static enum outcome
import_cert(struct import *import, int index)
{
	RELEASED(bytes_release) struct bytes id = { 0 };
	X509 *cert = sk_X509_value(import->certs, index);
	CK_OBJECT_HANDLE made;
	char label[128];

	cert_label(import, cert, index, label, sizeof(label));
	TRY(cert_id(import, cert, index, &id));
	if (import->call->options.id == NULL)
		TRY(id_in_token(import, cert, &id));
	TRY(cert_store(
	    &import->place, cert, view_of(label, strlen(label)), bytes_view(&id), &made));
	return import_note(import, made);
}

static enum outcome
import_certs(struct import *import)
{
	for (int i = 0; i < sk_X509_num(import->certs); i++)
		TRY(import_cert(import, i));
	return DONE;
}

/* --- the verbs ------------------------------------------------------------ */

static enum outcome
put_made(struct import *import, json_t *data)
{
	json_t *list = json_array();

	put(data, "objects", list);
	for (size_t i = 0; i < import->count; i++) {
		json_t *item = json_object();

		if (item == NULL || json_array_append_new(list, item) != 0)
			return fail_memory();
		TRY(object_describe(&import->place, import->made[i], item));
	}
	return DONE;
}

static enum outcome
finish(struct import *import, enum outcome outcome, json_t *data)
{
	if (outcome != DONE) {
		import_undo(import);
		return outcome;
	}
	return put_made(import, data);
}

static enum outcome
would_import(const struct import *import, json_t *data)
{
	put_text(data, "label", import->call->options.label);
	put_yes(data, "key", import->key != NULL || import->certs == NULL);
	put_number(data, "certificates",
	    import->certs != NULL ? (json_int_t)sk_X509_num(import->certs) : 0);
	return WOULD_CHANGE;
}

/* Bare bytes. */
static enum outcome
import_bytes(struct import *import, const struct kind *kind, json_t *data)
{
	const struct call *call = import->call;

	TRY(place_find_in(call, NULL, USER, &import->place));
	TRY(label_free(&import->place, call->options.label));
	if (call->options.id != NULL)
		TRY(hex_read(call->options.id, &import->id));
	if (call->options.dry_run != 0)
		return would_import(import, data);
	return finish(import, import_secret(import, kind), data);
}

static enum outcome
import_pair(struct import *import)
{
	TRY(id_settle(import));
	TRY(import_private(import));
	return import_certs(import);
}

enum outcome
key_import(const struct call *call, json_t *data)
{
	RELEASED(import_release) struct import import = { .call = call };
	RELEASED(kind_release) struct kind kind = { 0 };

	if (call->options.label == NULL)
		return fail(MISUSED, "--label LABEL", "how is it to be called?");
	if (call->options.type != NULL)
		TRY(kind_find(call->options.type, &kind));
	if (call->options.type != NULL && !kind.pair)
		return import_bytes(&import, &kind, data);
	TRY(pem_private(call, call->arguments[0], &import.key, &import.certs));
	if (import.key == NULL)
		return fail(MISUSED, "handfast cert import", "%s has certificates and no key",
		    call->arguments[0]);
	TRY(place_find_in(call, NULL, USER, &import.place));
	TRY(label_free(&import.place, call->options.label));
	if (call->options.dry_run != 0)
		return would_import(&import, data);
	return finish(&import, import_pair(&import), data);
}

enum outcome
cert_import(const struct call *call, json_t *data)
{
	RELEASED(import_release) struct import import = { .call = call };

	TRY(pem_private(call, call->arguments[0], &import.key, &import.certs));
	if (sk_X509_num(import.certs) == 0)
		return fail(
		    MISUSED, "handfast key import", "%s has no certificate", call->arguments[0]);
	TRY(place_find_in(call, NULL, USER, &import.place));
	if (call->options.dry_run != 0)
		return would_import(&import, data);
	return finish(&import, import_certs(&import), data);
}

/* --- many ----------------------------------------------------------------- */

/* A key of this id and label, or this very certificate. */
static enum outcome
is_here(const struct import *import, X509 *cert, bool *here)
{
	RELEASED(bytes_release) struct bytes der = { 0 };
	RELEASED(found_release) struct found found = { 0 };
	const CK_OBJECT_CLASS class = cert != NULL ? CKO_CERTIFICATE : CKO_PRIVATE_KEY;
	struct template template = { 0 };

	template_add(&template, ATTRIBUTE(CKA_CLASS, &class, sizeof(class)));
	if (cert == NULL)
		name_add(import, &template);
	else if (DER_OF(&der, i2d_X509, cert))
		template_add(&template, ATTRIBUTE(CKA_VALUE, der.data, der.len));
	else
		return fail_memory();
	TRY(objects_search(import->place.session, &template, &found));
	*here = found.count > 0;
	return DONE;
}

/* What of an entry is not here yet, one or nothing of each kind left over. */
static enum outcome
entry_import(struct import *import, size_t *here, size_t *movable)
{
	bool dry = import->call->options.dry_run != 0, there = false;

	if (import->key != NULL) {
		TRY(id_settle(import));
		TRY(is_here(import, NULL, &there));
		*here += there ? 2 : 0;
		*movable += !there && dry ? 2 : 0;
		if (!there && !dry)
			TRY(import_private(import));
	}
	for (int i = 0; i < sk_X509_num(import->certs); i++) {
		TRY(is_here(import, sk_X509_value(import->certs, i), &there));
		*here += there;
		*movable += !there && dry;
		if (!there && !dry)
			TRY(import_cert(import, i));
	}
	return DONE;
}

static enum outcome
entries_import(struct import *import, const struct import_entry *entries, size_t count,
    size_t *here, size_t *movable)
{
	for (size_t i = 0; i < count; i++) {
		struct call call = *import->call;
		struct import one = { .call = &call, .place = import->place };
		enum outcome outcome;

		call.options.label = (char *)(uintptr_t)entries[i].label;
		one.key = entries[i].key;
		one.certs = entries[i].certs;
		outcome = entry_import(&one, here, movable);
		bytes_release(&one.id);
		for (size_t j = 0; j < one.count; j++)
			TRY(import_note(import, one.made[j]));
		TRY(outcome);
		TRY(branch_undisturbed());
		say_progress(i + 1, count);
	}
	return DONE;
}

enum outcome
import_all(const struct call *call, const struct import_entry *entries, size_t count, json_t *data)
{
	RELEASED(branch_release) struct branch branch = { 0 };
	RELEASED(import_release) struct import import = { .call = call };
	const bool dry = call->options.dry_run != 0;
	size_t here = 0, movable = 0;

	TRY(dry ? place_find_in(call, NULL, USER, &import.place)
		: branch_begin(call, &branch, &import.place));
	TRY(entries_import(&import, entries, count, &here, &movable));
	TRY(put_made(&import, data));
	put(data, "left", json_array());
	put_number(data, "here", (json_int_t)here);
	if (!dry)
		return branch_join(&branch);
	put_number(data, "movable", (json_int_t)movable);
	return WOULD_CHANGE;
}
