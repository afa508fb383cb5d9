/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `key encap` and `key decap`: one party makes a secret and sends a ciphertext of it, the
 * other opens that.  By ML-KEM, by ECDH with a pair for once, or by RSA-OAEP.
 */
#include <string.h>
#include <unistd.h>

#include "cli/agreed.h"
#include "cli/families.h"
#include "cli/peer.h"
#include "cli/stream.h"

#define SECRET_LEN 32 /* where the mechanism leaves it to us: RSA */
#define CIPHERTEXT_MOST 4096

struct kem {
	const struct call *call;
	struct place_in place;
	const char *whose; /* the key's name, or the file it is in */
	CK_OBJECT_HANDLE key;
	CK_KEY_TYPE type;
	CK_ECDH1_DERIVE_PARAMS ecdh;
	CK_RSA_PKCS_OAEP_PARAMS oaep;
	CK_MECHANISM mechanism;
	struct secret ciphertext; /* to decapsulate; not secret, but of a file */
	bool written;             /* the ciphertext that was made */
};

static void
kem_release(struct kem *kem)
{
	place_in_release(&kem->place);
	secret_clear(&kem->ciphertext);
}

static enum outcome
wish_check(const struct call *call)
{
	if (call->options.ciphertext == NULL)
		return fail(MISUSED, "--ciphertext FILE", "where is the ciphertext?");
	return agreed_wish(call);
}

static enum outcome
mechanism_choose(struct kem *kem)
{
	kem->type = object_ulong(kem->place.session, kem->key, CKA_KEY_TYPE, CKK_VENDOR_DEFINED);
	switch (kem->type) {
	case CKK_ML_KEM:
		kem->mechanism = (CK_MECHANISM){ CKM_ML_KEM, NULL, 0 };
		return DONE;
	case CKK_EC:
	case CKK_EC_MONTGOMERY:
		kem->ecdh = (CK_ECDH1_DERIVE_PARAMS){ .kdf = CKD_NULL };
		kem->mechanism = (CK_MECHANISM){ CKM_ECDH1_DERIVE, &kem->ecdh, sizeof(kem->ecdh) };
		return DONE;
	case CKK_RSA:
		kem->oaep = (CK_RSA_PKCS_OAEP_PARAMS){ CKM_SHA256, CKG_MGF1_SHA256,
			CKZ_DATA_SPECIFIED, NULL, 0 };
		kem->mechanism = (CK_MECHANISM){ CKM_RSA_PKCS_OAEP, &kem->oaep, sizeof(kem->oaep) };
		return DONE;
	default:
		return fail(REFUSED, "a key of type ml-kem-768, ec:..., x25519 or rsa:...",
		    "'%s' is not of a type for encapsulation", kem->whose);
	}
}

/* --- encapsulation -------------------------------------------------------- */

static enum outcome
encapsulate(void *how, struct template *template, CK_OBJECT_HANDLE *made)
{
	struct kem *kem = how;
	const char *path = kem->call->options.ciphertext;
	const CK_ULONG secret_len = SECRET_LEN;
	CK_BYTE ciphertext[CIPHERTEXT_MOST]; /* public */
	CK_ULONG len = sizeof(ciphertext);
	enum outcome outcome;
	CK_RV rv;

	if (kem->type == CKK_RSA)
		template_add(template, ATTRIBUTE(CKA_VALUE_LEN, &secret_len, sizeof(secret_len)));
	rv = p11->C_EncapsulateKey(kem->place.session, &kem->mechanism, kem->key, template->list,
	    template->count, ciphertext, &len, made);
	if (rv != CKR_OK)
		return fail_rv(rv, NULL, "cannot encapsulate for '%s'", kem->whose);
	outcome = stream_write(path, true, view_of(ciphertext, len));
	if (outcome != DONE)
		(void)p11->C_DestroyObject(kem->place.session, *made);
	kem->written = outcome == DONE && strcmp(path, "-") != 0;
	return outcome;
}

/* For a key in the token, or in a file. */
static enum outcome
other_find(struct kem *kem)
{
	const struct call *call = kem->call;
	const char *peer = call->options.peer;

	if ((peer != NULL) == (call->count != 0))
		return fail(MISUSED, "--peer FILE",
		    "whose public key is it, one in the token or another party's?");
	kem->whose = peer != NULL ? peer : call->arguments[0];
	TRY(place_find_in(call, call->arguments[0], USER, &kem->place));
	if (peer != NULL)
		return peer_make(kem->place.session, peer, CKA_ENCAPSULATE, &kem->key);
	return object_find(&kem->place, kem->whose, CKO_PUBLIC_KEY, &kem->key);
}

enum outcome
key_encap(const struct call *call, json_t *data)
{
	RELEASED(kem_release) struct kem kem = { .call = call };
	const struct agreed agreed = { call, &kem.place, encapsulate, &kem };
	const char *path = call->options.ciphertext, *out = call->options.out;
	enum outcome outcome;

	TRY(wish_check(call));
	if (strcmp(path, "-") == 0 &&
	    (call->options.json != 0 || (out != NULL && strcmp(out, "-") == 0)))
		return fail(MISUSED, "--ciphertext FILE", "the standard output has other data");
	TRY(other_find(&kem));
	TRY(mechanism_choose(&kem));
	TRY(agreed_room(&agreed));
	put_text(data, "ciphertext", path);
	if (call->options.dry_run != 0)
		return WOULD_CHANGE;
	outcome = agreed_give(&agreed, data);
	/* A ciphertext whose secret nobody has is of no use. */
	if (outcome != DONE && kem.written)
		(void)unlink(path);
	return outcome;
}

/* --- decapsulation -------------------------------------------------------- */

static enum outcome
decapsulate(void *how, struct template *template, CK_OBJECT_HANDLE *made)
{
	struct kem *kem = how;
	CK_RV rv = p11->C_DecapsulateKey(kem->place.session, &kem->mechanism, kem->key,
	    template->list, template->count, kem->ciphertext.data, kem->ciphertext.len, made);

	return rv == CKR_OK ? DONE
			    : fail_rv(rv, NULL, "cannot open %s with '%s'",
				  kem->call->options.ciphertext, kem->whose);
}

enum outcome
key_decap(const struct call *call, json_t *data)
{
	RELEASED(kem_release) struct kem kem = { .call = call, .whose = call->arguments[0] };
	const struct agreed agreed = { call, &kem.place, decapsulate, &kem };

	TRY(wish_check(call));
	TRY(stream_read(call->options.ciphertext, &kem.ciphertext));
	TRY(place_find_in(call, kem.whose, USER, &kem.place));
	TRY(object_find(&kem.place, kem.whose, CKO_PRIVATE_KEY, &kem.key));
	TRY(mechanism_choose(&kem));
	TRY(agreed_room(&agreed));
	if (call->options.dry_run != 0) {
		put_text(data, "key", kem.whose);
		return WOULD_CHANGE;
	}
	return agreed_give(&agreed, data);
}
