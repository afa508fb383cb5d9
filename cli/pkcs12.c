/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PKCS#12 files (RFC 7292): every key and certificate in one for `migrate`, the only key
 * with its chain for `key import`.
 */
#include <openssl/err.h>
#include <openssl/pkcs12.h>
#include <stdio.h>
#include <string.h>

#include "cli/elder.h"
#include "cli/import.h"
#include "cli/pin.h"
#include "cli/pkcs12.h"
#include "cli/stream.h"

#define ITEMS_MOST 1024

/* A key or a certificate, and what the file calls it. */
struct item {
	EVP_PKEY *key;
	X509 *cert;
	char *name; /* friendlyName, or NULL */
	bool done;
};

struct pack {
	const char *path;
	const struct pin_source *source; /* of the passphrase */
	const char *option;              /* that names one */
	PKCS12 *file;
	struct secret given; /* with the byte 0 that libcrypto wants behind it */
	const char *passphrase;
	int len;
	struct item items[ITEMS_MOST];
	size_t count;
};

static void
pack_release(struct pack *pack)
{
	for (size_t i = 0; i < pack->count; i++) {
		EVP_PKEY_free(pack->items[i].key);
		X509_free(pack->items[i].cert);
		OPENSSL_free(pack->items[i].name);
	}
	PKCS12_free(pack->file);
	secret_clear(&pack->given);
}

/* --- the file ------------------------------------------------------------- */

static PKCS12 *
read_file(const struct secret *content)
{
	const unsigned char *at = content->data;
	PKCS12 *file;

	ERR_set_mark();
	file = d2i_PKCS12(NULL, &at, (long)content->len);
	ERR_pop_to_mark();
	return file;
}

bool
pkcs12_is(const struct secret *content)
{
	PKCS12 *pack = read_file(content);

	PKCS12_free(pack);
	return pack != NULL;
}

bool
pkcs12_at(const char *path)
{
	RELEASED(secret_clear) struct secret content = { 0 };
	unsigned char first;
	FILE *file = fopen(path, "re");
	size_t got = file != NULL ? fread(&first, 1, 1, file) : 0;

	if (file != NULL)
		fclose(file);
	/* A SEQUENCE; a module is none, and may be long. */
	return got == 1 && first == 0x30 && stream_read(path, &content) == DONE &&
	    pkcs12_is(&content);
}

static bool
passphrase_fits(struct pack *pack, const char *passphrase, size_t len)
{
	pack->passphrase = passphrase;
	pack->len = (int)len;
	return PKCS12_verify_mac(pack->file, passphrase, pack->len) == 1;
}

static enum outcome
passphrase_ask(struct pack *pack)
{
	RELEASED(secret_clear) struct secret typed = { 0 };

	TRY(pin_get(pack->source, "passphrase of the file", &typed));
	if (!secret_alloc(&pack->given, typed.len + 1))
		return fail_memory();
	memcpy(pack->given.data, typed.data, typed.len);
	/* Without a MAC only what is inside tells whether it is right. */
	return passphrase_fits(pack, (const char *)pack->given.data, typed.len) ||
		PKCS12_mac_present(pack->file) != 1
	    ? DONE
	    : fail(PIN_WRONG, pack->option, "the passphrase of %s is wrong", pack->path);
}

/* Many files have an empty passphrase or none, which are not the same (RFC 7292, B.1). */
static enum outcome
pack_open(struct pack *pack, const struct secret *content)
{
	pack->file = read_file(content);
	if (pack->file == NULL)
		return fail(REFUSED, NULL, "%s is no PKCS#12 file", pack->path);
	return passphrase_fits(pack, "", 0) || passphrase_fits(pack, NULL, 0)
	    ? DONE
	    : passphrase_ask(pack);
}

static enum outcome
cannot_open(const struct pack *pack)
{
	struct elder elder;

	if (!elder_enter(&elder))
		return fail(REFUSED,
		    "apt-get install openssl-provider-legacy, where that is a package",
		    "what is in %s cannot be opened: it may have elder ciphers (RC2), for which "
		    "OpenSSL's legacy provider is not installed",
		    pack->path);
	elder_leave(&elder);
	return fail(REFUSED, NULL,
	    "what is in %s cannot be opened: it is damaged, or OpenSSL lacks the cipher",
	    pack->path);
}

static enum outcome
item_add(struct pack *pack, PKCS12_SAFEBAG *bag, EVP_PKEY *key, X509 *cert)
{
	struct item *item = &pack->items[pack->count];

	if (pack->count == ITEMS_MOST) {
		EVP_PKEY_free(key);
		X509_free(cert);
		return fail(REFUSED, NULL, "%s has %d objects or more", pack->path, ITEMS_MOST);
	}
	pack->count++;
	*item = (struct item){ .key = key, .cert = cert, .name = PKCS12_get_friendlyname(bag) };
	return DONE;
}

/* Windows, Java and OpenSSL 1 seal with RC2-40 and the like, which is tried when all else fails. */
static PKCS8_PRIV_KEY_INFO *
shroud_open(const struct pack *pack, const PKCS12_SAFEBAG *bag)
{
	PKCS8_PRIV_KEY_INFO *info = PKCS12_decrypt_skey(bag, pack->passphrase, pack->len);
	struct elder elder;

	if (info != NULL || !elder_enter(&elder))
		return info;
	info = PKCS12_decrypt_skey(bag, pack->passphrase, pack->len);
	elder_leave(&elder);
	return info;
}

static STACK_OF(PKCS12_SAFEBAG) * safe_open(const struct pack *pack, PKCS7 *safe)
{
	STACK_OF(PKCS12_SAFEBAG) *bags = PKCS12_unpack_p7encdata(safe, pack->passphrase, pack->len);
	struct elder elder;

	if (bags != NULL || !elder_enter(&elder))
		return bags;
	bags = PKCS12_unpack_p7encdata(safe, pack->passphrase, pack->len);
	elder_leave(&elder);
	return bags;
}

static enum outcome
key_add(struct pack *pack, PKCS12_SAFEBAG *bag)
{
	PKCS8_PRIV_KEY_INFO *opened = NULL;
	const PKCS8_PRIV_KEY_INFO *info;
	EVP_PKEY *key;

	if (PKCS12_SAFEBAG_get_nid(bag) == NID_pkcs8ShroudedKeyBag)
		info = opened = shroud_open(pack, bag);
	else
		info = PKCS12_SAFEBAG_get0_p8inf(bag);
	key = info != NULL ? EVP_PKCS82PKEY(info) : NULL;
	PKCS8_PRIV_KEY_INFO_free(opened);
	return key != NULL ? item_add(pack, bag, key, NULL) : cannot_open(pack);
}

static enum outcome bags_add(struct pack *pack, const STACK_OF(PKCS12_SAFEBAG) * bags);

static enum outcome
bag_add(struct pack *pack, PKCS12_SAFEBAG *bag)
{
	X509 *cert;

	switch (PKCS12_SAFEBAG_get_nid(bag)) {
	case NID_keyBag:
	case NID_pkcs8ShroudedKeyBag:
		return key_add(pack, bag);
	case NID_certBag:
		cert = PKCS12_SAFEBAG_get1_cert(bag);
		/* Other kinds of certificates than X.509 are as old as they are rare. */
		return cert != NULL ? item_add(pack, bag, NULL, cert) : DONE;
	case NID_safeContentsBag:
		return bags_add(pack, PKCS12_SAFEBAG_get0_safes(bag));
	default:
		return DONE;
	}
}

static enum outcome
bags_add(struct pack *pack, const STACK_OF(PKCS12_SAFEBAG) * bags)
{
	for (int i = 0; i < sk_PKCS12_SAFEBAG_num(bags); i++)
		TRY(bag_add(pack, sk_PKCS12_SAFEBAG_value(bags, i)));
	return DONE;
}

static enum outcome
safe_add(struct pack *pack, PKCS7 *safe)
{
	STACK_OF(PKCS12_SAFEBAG) * bags;
	enum outcome outcome;

	bags = PKCS7_type_is_data(safe) ? PKCS12_unpack_p7data(safe) : safe_open(pack, safe);
	outcome = bags != NULL ? bags_add(pack, bags) : cannot_open(pack);
	sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
	return outcome;
}

static enum outcome
unpack(struct pack *pack)
{
	STACK_OF(PKCS7) *safes = PKCS12_unpack_authsafes(pack->file);
	enum outcome outcome = safes != NULL ? DONE : cannot_open(pack);

	for (int i = 0; outcome == DONE && i < sk_PKCS7_num(safes); i++)
		outcome = safe_add(pack, sk_PKCS7_value(safes, i));
	sk_PKCS7_pop_free(safes, PKCS7_free);
	return outcome;
}

static bool
is_of(X509 *cert, EVP_PKEY *key)
{
	return key != NULL && X509_check_private_key(cert, key) == 1;
}

/* --- one key -------------------------------------------------------------- */

static enum outcome
key_take(const struct pack *pack, EVP_PKEY **key)
{
	size_t keys = 0;

	for (size_t i = 0; i < pack->count; i++)
		if (pack->items[i].key != NULL && keys++ == 0) {
			*key = pack->items[i].key;
			(void)EVP_PKEY_up_ref(*key);
		}
	return keys <= 1 ? DONE
			 : fail(IN_THE_WAY, "handfast migrate --from FILE, which takes all",
			       "%s has %zu private keys", pack->path, keys);
}

/* The key's own goes first. */
static enum outcome
certs_take(const struct pack *pack, EVP_PKEY *key, STACK_OF(X509) * certs)
{
	for (int own = 1; own >= 0; own--)
		for (size_t i = 0; i < pack->count; i++) {
			X509 *cert = pack->items[i].cert;

			if (cert == NULL || is_of(cert, key) != (own == 1))
				continue;
			if (sk_X509_push(certs, cert) <= 0)
				return fail_memory();
			(void)X509_up_ref(cert);
		}
	return DONE;
}

enum outcome
pkcs12_read(const struct call *call, const char *path, const struct secret *content, EVP_PKEY **key,
    STACK_OF(X509) * *certs)
{
	RELEASED(pack_release)
	struct pack pack = {
		.path = path, .source = &call->options.password, .option = "--password-file FILE"
	};

	TRY(pack_open(&pack, content));
	TRY(unpack(&pack));
	TRY(key_take(&pack, key));
	*certs = sk_X509_new_null();
	return *certs != NULL ? certs_take(&pack, *key, *certs) : fail_memory();
}

/* --- into the token ------------------------------------------------------- */

static bool
belong(const struct item *key, const struct item *cert)
{
	return cert->cert != NULL && is_of(cert->cert, key->key);
}

/* A key is called as in the file, or else as its certificate. */
static const char *
name_of(const struct pack *pack, const struct item *item)
{
	if (item->name != NULL || item->key == NULL)
		return item->name;
	for (size_t i = 0; i < pack->count; i++)
		if (belong(item, &pack->items[i]) && pack->items[i].name != NULL)
			return pack->items[i].name;
	return "key";
}

/* The certificates of a key, or the one that is of none of the keys. */
static STACK_OF(X509) * certs_of(struct pack *pack, struct item *item)
{
	STACK_OF(X509) *certs = sk_X509_new_null();

	if (certs == NULL)
		return NULL;
	for (size_t i = 0; i < pack->count; i++) {
		struct item *other = &pack->items[i];

		if (!other->done && (item->key != NULL ? belong(item, other) : other == item))
			other->done = sk_X509_push(certs, other->cert) > 0;
	}
	return certs;
}

/* Keys take their certificates with them; then comes what is left. */
static enum outcome
entries_make(struct pack *pack, struct import_entry *entries, size_t *count)
{
	for (int keys = 1; keys >= 0; keys--)
		for (size_t i = 0; i < pack->count; i++) {
			struct item *item = &pack->items[i];
			struct import_entry *entry = &entries[*count];

			if (item->done || (item->key != NULL) != (keys == 1))
				continue;
			*entry = (struct import_entry){ item->key, certs_of(pack, item),
				name_of(pack, item) };
			if (entry->certs == NULL)
				return fail_memory();
			item->done = true;
			(*count)++;
		}
	return DONE;
}

enum outcome
pkcs12_migrate(const struct call *call, json_t *data)
{
	RELEASED(pack_release)
	struct pack pack = { .path = call->options.from,
		.source = &call->options.from_pin,
		.option = "--from-pin-file FILE" };
	RELEASED(secret_clear) struct secret content = { 0 };
	RELEASED(pointer_release)
	struct import_entry *entries = calloc(ITEMS_MOST, sizeof(*entries));
	enum outcome outcome;
	size_t count = 0;

	if (entries == NULL)
		return fail_memory();
	if (call->count > 0)
		return fail(MISUSED, NULL, "there are no tokens in a PKCS#12 file");
	TRY(stream_read(pack.path, &content));
	TRY(pack_open(&pack, &content));
	TRY(unpack(&pack));
	outcome = entries_make(&pack, entries, &count);
	if (outcome == DONE)
		outcome = import_all(call, entries, count, data);
	for (size_t i = 0; i < count; i++)
		sk_X509_free(entries[i].certs);
	return outcome;
}
