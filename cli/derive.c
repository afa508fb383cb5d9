/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `key derive`: a secret agreed on with another party, by ECDH or Diffie-Hellman.
 */
#include <openssl/evp.h>

#include "cli/agreed.h"
#include "cli/families.h"
#include "cli/kinds.h"
#include "cli/pem.h"

/* Both sides of the agreement. */
struct agreement {
	const struct call *call;
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

static enum outcome
mechanism_choose(struct agreement *agreement)
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
		    "'%s' is not of a type for key agreement", agreement->call->arguments[0]);
	}
}

static enum outcome
agree(void *how, struct template *template, CK_OBJECT_HANDLE *made)
{
	struct agreement *agreement = how;
	const struct call *call = agreement->call;
	CK_RV rv = p11->C_DeriveKey(agreement->place.session, &agreement->mechanism, agreement->own,
	    template->list, template->count, made);
	char type[32];

	if (rv == CKR_OK)
		return DONE;
	TRY(kind_name(agreement->place.session, agreement->own, type, sizeof(type)));
	return fail_rv(rv, NULL, "cannot derive from '%s' (%s) with the %s key in %s",
	    call->arguments[0], type, EVP_PKEY_get0_type_name(agreement->peer), call->options.peer);
}

enum outcome
key_agree(const struct call *call, json_t *data)
{
	RELEASED(agreement_release) struct agreement agreement = { .call = call };
	const struct agreed agreed = { call, &agreement.place, agree, &agreement };

	if (call->options.peer == NULL)
		return fail(MISUSED, "--peer FILE", "whose public key is it to be derived with?");
	TRY(agreed_wish(call));
	TRY(pem_public(call->options.peer, &agreement.peer));
	TRY(pem_encoded(agreement.peer, call->options.peer, &agreement.encoded));
	TRY(place_find_in(call, call->arguments[0], USER, &agreement.place));
	TRY(object_find(&agreement.place, call->arguments[0], CKO_PRIVATE_KEY, &agreement.own));
	TRY(mechanism_choose(&agreement));
	TRY(agreed_room(&agreed));
	if (call->options.dry_run != 0) {
		put_text(data, "key", call->arguments[0]);
		put_text(data, "peer", call->options.peer);
		return WOULD_CHANGE;
	}
	return agreed_give(&agreed, data);
}
