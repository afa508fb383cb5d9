/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `cert csr` and `cert self-sign`: what a key in a token says of itself (PKCS#10,
 * RFC 2986; X.509, RFC 5280).  libcrypto writes it, the token signs it.
 */
#include <limits.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "cli/families.h"
#include "cli/import.h"
#include "cli/pem.h"

#define SERIAL_BITS 159 /* RFC 5280, 4.1.2.2: at most 20 bytes, and positive */

struct signing {
	const struct call *call;
	struct place_in place;
	CK_OBJECT_HANDLE key;
	EVP_PKEY *public;
	X509_NAME *subject;
	X509_EXTENSION *alt_names; /* or NULL */
	CK_MECHANISM mechanism;
	X509_ALGOR *algorithm;
};

static void
signing_release(struct signing *signing)
{
	place_in_release(&signing->place);
	EVP_PKEY_free(signing->public);
	X509_NAME_free(signing->subject);
	X509_EXTENSION_free(signing->alt_names);
	X509_ALGOR_free(signing->algorithm);
}

static void
request_release(X509_REQ **request)
{
	X509_REQ_free(*request);
}

static void
cert_release(X509 **cert)
{
	X509_free(*cert);
}

/* --- what is asked for ---------------------------------------------------- */

/* One "CN=alice", up to a comma or the end; a backslash takes what follows it as it is. */
static bool
subject_part(char **rest, X509_NAME *subject)
{
	const char *type = *rest;
	char *value = strchr(*rest, '='), *from, *to;

	if (value == NULL)
		return false;
	*value++ = '\0';
	for (from = to = value; *from != '\0' && *from != ','; from++) {
		if (*from == '\\' && from[1] != '\0')
			from++;
		*to++ = *from;
	}
	*rest = *from == ',' ? from + 1 : NULL;
	*to = '\0';
	return X509_NAME_add_entry_by_txt(
		   subject, type, MBSTRING_UTF8, (const unsigned char *)value, -1, -1, 0) == 1;
}

static enum outcome
subject_read(const char *text, X509_NAME **subject)
{
	RELEASED(pointer_release) char *copy = strdup(text);
	char *rest = copy;
	bool good = true;

	*subject = X509_NAME_new();
	if (copy == NULL || *subject == NULL)
		return fail_memory();
	while (good && rest != NULL)
		good = subject_part(&rest, *subject);
	ERR_clear_error();
	return good ? DONE
		    : fail(MISUSED, "--subject CN=alice,O=Example", "'%s' is no subject", text);
}

static enum outcome
wish_read(struct signing *signing)
{
	const struct options *options = &signing->call->options;

	if (options->subject == NULL)
		return fail(MISUSED, "--subject CN=alice,O=Example", "whose key is it?");
	TRY(subject_read(options->subject, &signing->subject));
	if (options->alt_names == NULL)
		return DONE;
	signing->alt_names =
	    X509V3_EXT_conf_nid(NULL, NULL, NID_subject_alt_name, options->alt_names);
	ERR_clear_error();
	return signing->alt_names != NULL
	    ? DONE
	    : fail(MISUSED, "--alt-names DNS:example.org,IP:192.0.2.1",
		  "'%s' are no alternative names", options->alt_names);
}

/* --- the key -------------------------------------------------------------- */

static const struct {
	CK_KEY_TYPE type;
	int bits_most, hash;
	CK_MECHANISM_TYPE mechanism;
} mechanisms[] = {
	{ CKK_RSA, INT_MAX, NID_sha256, CKM_SHA256_RSA_PKCS },
	{ CKK_EC, 256, NID_sha256, CKM_ECDSA_SHA256 },
	{ CKK_EC, 384, NID_sha384, CKM_ECDSA_SHA384 },
	{ CKK_EC, INT_MAX, NID_sha512, CKM_ECDSA_SHA512 },
	{ CKK_EC_EDWARDS, INT_MAX, NID_undef, CKM_EDDSA },
	{ CKK_ML_DSA, INT_MAX, NID_undef, CKM_ML_DSA },
	{ CKK_SLH_DSA, INT_MAX, NID_undef, CKM_SLH_DSA },
};

/* AlgorithmIdentifier.  RFC 8410, 9881, 9909: without a hash of its own it is that of the key. */
static bool
algorithm_make(const struct signing *signing, int hash, X509_ALGOR *algorithm)
{
	const bool rsa = EVP_PKEY_get_base_id(signing->public) == EVP_PKEY_RSA;
	X509_PUBKEY *info = NULL;
	X509_ALGOR *of_key;
	int nid;
	bool done;

	/* RFC 4055, 5: RSA's has a NULL; RFC 5758, 3.2: that of ECDSA has nothing. */
	if (hash != NID_undef)
		return OBJ_find_sigid_by_algs(&nid, hash, EVP_PKEY_get_base_id(signing->public)) ==
		    1 &&
		    X509_ALGOR_set0(
			algorithm, OBJ_nid2obj(nid), rsa ? V_ASN1_NULL : V_ASN1_UNDEF, NULL) == 1;
	done = X509_PUBKEY_set(&info, signing->public) == 1 &&
	    X509_PUBKEY_get0_param(NULL, NULL, NULL, &of_key, info) == 1 &&
	    X509_ALGOR_copy(algorithm, of_key) == 1;
	X509_PUBKEY_free(info);
	return done;
}

static enum outcome
mechanism_choose(struct signing *signing)
{
	CK_KEY_TYPE type =
	    object_ulong(signing->place.session, signing->key, CKA_KEY_TYPE, CKK_VENDOR_DEFINED);

	for (size_t i = 0; i < COUNT_OF(mechanisms); i++) {
		if (mechanisms[i].type != type ||
		    EVP_PKEY_get_bits(signing->public) > mechanisms[i].bits_most)
			continue;
		signing->mechanism.mechanism = mechanisms[i].mechanism;
		signing->algorithm = X509_ALGOR_new();
		return signing->algorithm != NULL &&
			algorithm_make(signing, mechanisms[i].hash, signing->algorithm)
		    ? DONE
		    : fail_memory();
	}
	return fail(REFUSED, "a key of type ec:..., rsa:..., ed25519 or ml-dsa-65",
	    "'%s' is not of a type for signatures", signing->call->arguments[0]);
}

static enum outcome
key_find(struct signing *signing)
{
	RELEASED(bytes_release) struct bytes info = { 0 };
	const char *name = signing->call->arguments[0];
	const unsigned char *der;

	TRY(place_find_in(signing->call, name, USER, &signing->place));
	TRY(object_find(&signing->place, name, CKO_PRIVATE_KEY, &signing->key));
	TRY(object_value(signing->place.session, signing->key, CKA_PUBLIC_KEY_INFO, &info));
	der = info.data;
	signing->public = info.len > 0 ? d2i_PUBKEY(NULL, &der, (long)info.len) : NULL;
	ERR_clear_error();
	if (signing->public == NULL)
		return fail(REFUSED, NULL, "the public half of '%s' is not known", name);
	return mechanism_choose(signing);
}

/* --- the signature -------------------------------------------------------- */

/* PKCS#11 has r and s side by side; RFC 3279, 2.2.3: Ecdsa-Sig-Value. */
static bool
ecdsa_encode(struct bytes *signature)
{
	ECDSA_SIG *pair = ECDSA_SIG_new();
	const int half = (int)(signature->len / 2);
	BIGNUM *r = BN_bin2bn(signature->data, half, NULL);
	BIGNUM *s = BN_bin2bn(signature->data + half, half, NULL);
	unsigned char *der = NULL;
	int len;
	bool done;

	if (pair == NULL || r == NULL || s == NULL || ECDSA_SIG_set0(pair, r, s) != 1) {
		BN_free(r);
		BN_free(s);
		ECDSA_SIG_free(pair);
		return false;
	}
	len = i2d_ECDSA_SIG(pair, &der);
	bytes_release(signature);
	done = len > 0 && bytes_copy(signature, view_of(der, (size_t)len));
	OPENSSL_free(der);
	ECDSA_SIG_free(pair);
	return done;
}

static enum outcome
sign(struct signing *signing, struct view content, struct bytes *signature)
{
	const CK_SESSION_HANDLE session = signing->place.session;
	CK_ULONG len = 0;
	CK_RV rv = p11->C_SignInit(session, &signing->mechanism, signing->key);

	if (rv == CKR_OK)
		rv = p11->C_Sign(
		    session, (CK_BYTE *)(uintptr_t)content.data, content.len, NULL, &len);
	if (rv == CKR_OK && !bytes_alloc(signature, len))
		return fail_memory();
	if (rv == CKR_OK)
		rv = p11->C_Sign(session, (CK_BYTE *)(uintptr_t)content.data, content.len,
		    signature->data, &len);
	if (rv != CKR_OK)
		return fail_rv(rv, NULL, "cannot sign with '%s'", signing->call->arguments[0]);
	signature->len = len;
	return EVP_PKEY_get_base_id(signing->public) != EVP_PKEY_EC || ecdsa_encode(signature)
	    ? DONE
	    : fail_memory();
}

static void
put_bytes(unsigned char **to, struct view from)
{
	memcpy(*to, from.data, from.len);
	*to += from.len;
}

/* SEQUENCE { what is signed, AlgorithmIdentifier, BIT STRING }: both forms are that. */
static bool
assemble(struct view content, struct view algorithm, struct view signature, struct bytes *der)
{
	const int bits = (int)signature.len + 1;
	const int len =
	    (int)(content.len + algorithm.len) + ASN1_object_size(0, bits, V_ASN1_BIT_STRING);
	unsigned char *to;

	if (!bytes_alloc(der, (size_t)ASN1_object_size(1, len, V_ASN1_SEQUENCE)))
		return false;
	to = der->data;
	ASN1_put_object(&to, 1, len, V_ASN1_SEQUENCE, V_ASN1_UNIVERSAL);
	put_bytes(&to, content);
	put_bytes(&to, algorithm);
	ASN1_put_object(&to, 0, bits, V_ASN1_BIT_STRING, V_ASN1_UNIVERSAL);
	*to++ = 0; /* no unused bits */
	put_bytes(&to, signature);
	return true;
}

/* `content` is libcrypto's and goes. */
static enum outcome
seal(struct signing *signing, unsigned char *content, int len, struct bytes *der)
{
	RELEASED(bytes_release) struct bytes signature = { 0 };
	unsigned char *algorithm = NULL;
	int algorithm_len = i2d_X509_ALGOR(signing->algorithm, &algorithm);
	enum outcome outcome = len > 0 && algorithm_len > 0 ? DONE : fail_memory();

	if (outcome == DONE)
		outcome = sign(signing, view_of(content, (size_t)len), &signature);
	if (outcome == DONE &&
	    !assemble(view_of(content, (size_t)len), view_of(algorithm, (size_t)algorithm_len),
		bytes_view(&signature), der))
		outcome = fail_memory();
	OPENSSL_free(algorithm);
	OPENSSL_free(content);
	return outcome;
}

/* --- PKCS#10 -------------------------------------------------------------- */

static bool
request_fill(const struct signing *signing, X509_REQ *request)
{
	STACK_OF(X509_EXTENSION) * list;
	bool done;

	if (request == NULL || X509_REQ_set_version(request, X509_REQ_VERSION_1) != 1 ||
	    X509_REQ_set_subject_name(request, signing->subject) != 1 ||
	    X509_REQ_set_pubkey(request, signing->public) != 1)
		return false;
	if (signing->alt_names == NULL)
		return true;
	list = sk_X509_EXTENSION_new_null();
	done = list != NULL && sk_X509_EXTENSION_push(list, signing->alt_names) > 0 &&
	    X509_REQ_add_extensions(request, list) == 1;
	sk_X509_EXTENSION_free(list);
	return done;
}

enum outcome
cert_csr(const struct call *call, json_t *data)
{
	RELEASED(signing_release) struct signing signing = { .call = call };
	RELEASED(request_release) X509_REQ *request = NULL;
	RELEASED(bytes_release) struct bytes der = { 0 };
	unsigned char *content = NULL;
	int len;

	TRY(wish_read(&signing));
	TRY(key_find(&signing));
	request = X509_REQ_new();
	if (!request_fill(&signing, request))
		return fail_memory();
	len = i2d_re_X509_REQ_tbs(request, &content);
	TRY(seal(&signing, content, len, &der));
	return pem_put(call, "CERTIFICATE REQUEST", bytes_view(&der), data);
}

/* --- X.509 ---------------------------------------------------------------- */

static bool
serial_make(X509 *cert)
{
	BIGNUM *number = BN_new();
	bool done = number != NULL &&
	    BN_rand(number, SERIAL_BITS, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1 &&
	    BN_to_ASN1_INTEGER(number, X509_get_serialNumber(cert)) != NULL;

	BN_free(number);
	return done;
}

static bool
extension_add(X509 *cert, int nid, const char *value)
{
	X509V3_CTX context;
	X509_EXTENSION *extension;
	bool done;

	X509V3_set_ctx(&context, cert, cert, NULL, NULL, 0);
	extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
	done = extension != NULL && X509_add_ext(cert, extension, -1) == 1;
	X509_EXTENSION_free(extension);
	return done;
}

static bool
cert_fill(const struct signing *signing, X509 *cert)
{
	const int days = signing->call->options.days;

	return cert != NULL && X509_set_version(cert, X509_VERSION_3) == 1 && serial_make(cert) &&
	    X509_set_subject_name(cert, signing->subject) == 1 &&
	    X509_set_issuer_name(cert, signing->subject) == 1 &&
	    X509_gmtime_adj(X509_getm_notBefore(cert), 0) != NULL &&
	    X509_time_adj_ex(X509_getm_notAfter(cert), days, 0, NULL) != NULL &&
	    X509_set_pubkey(cert, signing->public) == 1 &&
	    extension_add(cert, NID_subject_key_identifier, "hash") &&
	    extension_add(cert, NID_basic_constraints, "critical,CA:FALSE") &&
	    (signing->alt_names == NULL || X509_add_ext(cert, signing->alt_names, -1) == 1) &&
	    /* The algorithm is signed too; libcrypto lets nobody but its own signers set it. */
	    X509_ALGOR_copy(
		(X509_ALGOR *)(uintptr_t)X509_get0_tbs_sigalg(cert), signing->algorithm) == 1;
}

static enum outcome
cert_make(struct signing *signing, X509 **cert)
{
	RELEASED(cert_release) X509 *draft = X509_new();
	RELEASED(bytes_release) struct bytes der = { 0 };
	unsigned char *content = NULL;
	const unsigned char *from;
	int len;

	if (!cert_fill(signing, draft))
		return fail_memory();
	len = i2d_re_X509_tbs(draft, &content);
	TRY(seal(signing, content, len, &der));
	from = der.data;
	*cert = d2i_X509(NULL, &from, (long)der.len);
	return *cert != NULL ? DONE : fail_memory();
}

/* The key's label, unless another is given; no other certificate may have it. */
static enum outcome
label_settle(const struct signing *signing, struct bytes *label)
{
	const CK_OBJECT_CLASS class = CKO_CERTIFICATE;
	const char *given = signing->call->options.label;
	RELEASED(found_release) struct found found = { 0 };
	struct template template = { 0 };

	if (given == NULL)
		TRY(object_value(signing->place.session, signing->key, CKA_LABEL, label));
	else if (!bytes_copy(label, view_of(given, strlen(given))))
		return fail_memory();
	template_add(&template, YES(CKA_TOKEN));
	template_add(&template, ATTRIBUTE(CKA_CLASS, &class, sizeof(class)));
	template_add(&template, ATTRIBUTE(CKA_LABEL, label->data, label->len));
	TRY(objects_search(signing->place.session, &template, &found));
	return found.count == 0 ? DONE
				: fail(IN_THE_WAY, "--label LABEL, or handfast cert rm first",
				      "there is a certificate of this label already");
}

enum outcome
cert_self_sign(const struct call *call, json_t *data)
{
	RELEASED(signing_release) struct signing signing = { .call = call };
	RELEASED(cert_release) X509 *cert = NULL;
	RELEASED(bytes_release) struct bytes label = { 0 }, id = { 0 };
	CK_OBJECT_HANDLE made;

	if (call->options.days < 1)
		return fail(MISUSED, "--days 365", "a certificate is good for a day at least");
	TRY(wish_read(&signing));
	TRY(key_find(&signing));
	TRY(label_settle(&signing, &label));
	if (call->options.dry_run != 0) {
		put_text(data, "subject", call->options.subject);
		return WOULD_CHANGE;
	}
	TRY(cert_make(&signing, &cert));
	TRY(object_value(signing.place.session, signing.key, CKA_ID, &id));
	TRY(cert_store(&signing.place, cert, bytes_view(&label), bytes_view(&id), &made));
	return object_describe(&signing.place, made, data);
}
