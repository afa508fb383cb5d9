/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From libcrypto's public keys to templates.  Must not know what they are for.
 */
#include "cli/peer.h"

#include <ctype.h>
#include <openssl/asn1.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <stdio.h>
#include <string.h>

#include "cli/kinds.h"
#include "cli/pem.h"

struct peer {
	EVP_PKEY *key;
	const char *path;
	CK_KEY_TYPE type;
	struct kind kind;
	struct bytes value, other; /* a point or the like; RSA's modulus and exponent */
};

static void
peer_release(struct peer *peer)
{
	EVP_PKEY_free(peer->key);
	kind_release(&peer->kind);
	bytes_release(&peer->value);
	bytes_release(&peer->other);
}

static enum outcome
unreadable(const struct peer *peer)
{
	return fail(REFUSED, NULL, "the %s key in %s cannot be used",
	    EVP_PKEY_get0_type_name(peer->key), peer->path);
}

/* The type by the name that --type has for it, which knows its parameters. */
static enum outcome
kind_settle(struct peer *peer)
{
	char name[64] = "", group[48];
	size_t len;

	if (peer->type == CKK_EC) {
		if (EVP_PKEY_get_group_name(peer->key, group, sizeof(group), &len) != 1)
			return unreadable(peer);
		(void)snprintf(name, sizeof(name), "ec:%s", group);
		return kind_find(name, &peer->kind);
	}
	(void)snprintf(name, sizeof(name), "%s", EVP_PKEY_get0_type_name(peer->key));
	for (char *at = name; *at != '\0'; at++)
		*at = (char)tolower((unsigned char)*at);
	return kind_find(name, &peer->kind);
}

static enum outcome
number_read(const struct peer *peer, const char *name, struct bytes *number)
{
	BIGNUM *big = NULL;
	bool done = EVP_PKEY_get_bn_param(peer->key, name, &big) == 1 &&
	    bytes_alloc(number, (size_t)BN_num_bytes(big)) && BN_bn2bin(big, number->data) > 0;

	BN_free(big);
	return done ? DONE : unreadable(peer);
}

/* CKA_EC_POINT of CKK_EC is in an OCTET STRING, that of CKK_EC_MONTGOMERY bare. */
static enum outcome
point_read(struct peer *peer)
{
	RELEASED(bytes_release) struct bytes point = { 0 };
	ASN1_OCTET_STRING *string;
	unsigned char *der = NULL;
	int len = -1;
	bool done;

	if (peer->type != CKK_EC)
		return pem_encoded(peer->key, peer->path, &peer->value);
	TRY(pem_encoded(peer->key, peer->path, &point));
	string = ASN1_OCTET_STRING_new();
	if (string != NULL && ASN1_OCTET_STRING_set(string, point.data, (int)point.len) == 1)
		len = i2d_ASN1_OCTET_STRING(string, &der);
	done = len > 0 && bytes_copy(&peer->value, view_of(der, (size_t)len));
	ASN1_OCTET_STRING_free(string);
	OPENSSL_free(der);
	return done ? DONE : fail_memory();
}

static enum outcome
raw_read(struct peer *peer)
{
	size_t len = 0;

	if (EVP_PKEY_get_raw_public_key(peer->key, NULL, &len) != 1)
		return unreadable(peer);
	if (!bytes_alloc(&peer->value, len))
		return fail_memory();
	return EVP_PKEY_get_raw_public_key(peer->key, peer->value.data, &len) == 1
	    ? DONE
	    : unreadable(peer);
}

static enum outcome
template_fill(struct peer *peer, CK_SESSION_HANDLE session, struct template *template)
{
	if (peer->type == CKK_RSA) {
		TRY(number_read(peer, OSSL_PKEY_PARAM_RSA_N, &peer->value));
		TRY(number_read(peer, OSSL_PKEY_PARAM_RSA_E, &peer->other));
		template_add(template, ATTRIBUTE(CKA_MODULUS, peer->value.data, peer->value.len));
		template_add(
		    template, ATTRIBUTE(CKA_PUBLIC_EXPONENT, peer->other.data, peer->other.len));
		return DONE;
	}
	if (peer->type != CKK_EC && peer->type != CKK_EC_MONTGOMERY && peer->type != CKK_ML_KEM)
		return unreadable(peer);
	TRY(kind_settle(peer));
	TRY(kind_add(&peer->kind, session, template));
	TRY(peer->type == CKK_ML_KEM ? raw_read(peer) : point_read(peer));
	template_add(template,
	    ATTRIBUTE(peer->type == CKK_ML_KEM ? CKA_VALUE : CKA_EC_POINT, peer->value.data,
		peer->value.len));
	return DONE;
}

enum outcome
peer_make(
    CK_SESSION_HANDLE session, const char *path, CK_ATTRIBUTE_TYPE use, CK_OBJECT_HANDLE *made)
{
	RELEASED(peer_release) struct peer peer = { .path = path };
	const CK_OBJECT_CLASS class = CKO_PUBLIC_KEY;
	struct template template = { 0 };
	CK_RV rv;

	TRY(pem_public(path, &peer.key));
	TRY(pem_type(peer.key, &peer.type));
	template_add(&template, ATTRIBUTE(CKA_CLASS, &class, sizeof(class)));
	template_add(&template, ATTRIBUTE(CKA_KEY_TYPE, &peer.type, sizeof(peer.type)));
	template_add(&template, NO(CKA_TOKEN));
	template_add(&template, YES(use));
	TRY(template_fill(&peer, session, &template));
	rv = p11->C_CreateObject(session, template.list, template.count, made);
	return rv == CKR_OK ? DONE : fail_rv(rv, NULL, "cannot use the public key in %s", path);
}
