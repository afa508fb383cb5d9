/* SPDX-License-Identifier: Apache-2.0 */
/*
 * NSS as the other party, with the software token that it has inside.
 */
#include <keyhi.h>
#include <nss.h>
#include <pk11pub.h>
#include <plstr.h>
#include <secmod.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/interop.h"

struct pair {
	const struct group *group;
	SECKEYPrivateKey *private;
	SECKEYPublicKey *public;
};

static PK11SlotInfo *inside;

static bool
begin(void)
{
	if (NSS_NoDB_Init(NULL) != SECSuccess)
		return false;
	inside = PK11_GetInternalSlot();
	return inside != NULL;
}

static void
end(void)
{
	PK11_FreeSlot(inside);
	NSS_Shutdown();
}

/* NSS has no X448. */
static bool
knows(const struct group *group)
{
	return strcmp(group->name, "X448") != 0;
}

static SECItem
item(struct view view)
{
	return (SECItem){ siBuffer, (unsigned char *)view.data, (unsigned)view.len };
}

static SECItem *
value_of(SECKEYPublicKey *key)
{
	return key->keyType == dhKey ? &key->u.dh.publicValue : &key->u.ec.publicValue;
}

static void
release(void *opaque)
{
	struct pair *pair = opaque;

	SECKEY_DestroyPrivateKey(pair->private);
	SECKEY_DestroyPublicKey(pair->public);
	free(pair);
}

/* NSS writes X25519 as a curve of ECDH, by an object identifier that came before RFC 8410's. */
static const unsigned char curve25519[] = { 0x06, 0x09, 0x2b, 0x06, 0x01, 0x04, 0x01, 0xda, 0x47,
	0x0f, 0x01 };

static SECItem
params_of(const struct group *group)
{
	return item(
	    group->kind == KIND_X ? view_of(curve25519, sizeof(curve25519)) : group->params);
}

static void *
make_pair(const struct group *group, struct bytes *value)
{
	struct pair *pair = calloc(1, sizeof(*pair));
	SECItem ec = params_of(group), *public;
	SECKEYDHParams dh = { NULL, item(group->prime), item(group->base) };

	if (pair == NULL)
		return NULL;
	pair->group = group;
	pair->private = PK11_GenerateKeyPair(inside,
	    group->kind == KIND_DH ? CKM_DH_PKCS_KEY_PAIR_GEN : CKM_EC_KEY_PAIR_GEN,
	    group->kind == KIND_DH ? (void *)&dh : (void *)&ec, &pair->public, PR_FALSE, PR_FALSE,
	    NULL);
	if (pair->private == NULL) {
		free(pair);
		return NULL;
	}
	public = value_of(pair->public);
	if (bytes_copy(value, view_of(public->data, public->len)))
		return pair;
	release(pair);
	return NULL;
}

/* Our public key, as NSS would have read it from somewhere. */
static SECKEYPublicKey
public_of(const struct group *group, struct view value)
{
	SECKEYPublicKey key = { .keyType = group->kind == KIND_DH ? dhKey : ecKey };

	if (group->kind == KIND_DH)
		key.u.dh =
		    (SECKEYDHPublicKey){ NULL, item(group->prime), item(group->base), item(value) };
	else
		key.u.ec = (SECKEYECPublicKey){ params_of(group), (int)(8 * group->secret),
			item(value), ECPoint_Undefined };
	return key;
}

static bool
taken(PK11SymKey *key, struct bytes *made)
{
	bool taken = false;

	if (key == NULL)
		return false;
	if (PK11_ExtractKeyValue(key) == SECSuccess) {
		const SECItem *data = PK11_GetKeyData(key);

		taken = bytes_copy(made, view_of(data->data, data->len));
	}
	PK11_FreeSymKey(key);
	return taken;
}

static bool
secret(void *opaque, const struct told *ours, struct bytes *made)
{
	const struct pair *pair = opaque;
	SECKEYPublicKey key = public_of(pair->group, ours->value);

	return taken(PK11_PubDeriveWithKDF(pair->private, &key, PR_FALSE, NULL, NULL,
			 pair->group->kind == KIND_DH ? CKM_DH_PKCS_DERIVE : CKM_ECDH1_DERIVE,
			 CKM_GENERIC_SECRET_KEY_GEN, CKA_DERIVE, (int)pair->group->secret, CKD_NULL,
			 NULL, NULL),
	    made);
}

/* --- RSA ------------------------------------------------------------------------------ */

static void *
rsa_pair(struct bytes *spki)
{
	PK11RSAGenParams params = { 2048, 65537 };
	struct pair *pair = calloc(1, sizeof(*pair));
	SECItem *der;

	if (pair == NULL)
		return NULL;
	pair->private = PK11_GenerateKeyPair(
	    inside, CKM_RSA_PKCS_KEY_PAIR_GEN, &params, &pair->public, PR_FALSE, PR_FALSE, NULL);
	if (pair->private == NULL) {
		free(pair);
		return NULL;
	}
	der = SECKEY_EncodeDERSubjectPublicKeyInfo(pair->public);
	if (der != NULL && bytes_copy(spki, view_of(der->data, der->len))) {
		SECITEM_FreeItem(der, PR_TRUE);
		return pair;
	}
	release(pair);
	return NULL;
}

struct transport {
	CK_MECHANISM_TYPE type;
	SECItem *param;
};

static struct transport
transport_of(const char *hash)
{
	static CK_RSA_PKCS_OAEP_PARAMS sha1 = { CKM_SHA_1, CKG_MGF1_SHA1, CKZ_DATA_SPECIFIED, NULL,
		0 },
				       sha256 = { CKM_SHA256, CKG_MGF1_SHA256, CKZ_DATA_SPECIFIED,
					       NULL, 0 };
	static SECItem old = { siBuffer, (unsigned char *)&sha1, sizeof(sha1) },
		       young = { siBuffer, (unsigned char *)&sha256, sizeof(sha256) };

	if (hash == NULL)
		return (struct transport){ CKM_RSA_PKCS, NULL };
	return (struct transport){ CKM_RSA_PKCS_OAEP, strcmp(hash, "SHA1") == 0 ? &old : &young };
}

static bool
rsa_seal(const char *hash, struct view spki, struct view plain, struct bytes *sealed)
{
	SECItem der = item(spki);
	CERTSubjectPublicKeyInfo *info = SECKEY_DecodeDERSubjectPublicKeyInfo(&der);
	SECKEYPublicKey *key = info != NULL ? SECKEY_ExtractPublicKey(info) : NULL;
	struct transport transport = transport_of(hash);
	unsigned char data[512];
	unsigned len = 0;
	bool done;

	done = key != NULL &&
	    PK11_PubEncrypt(key, transport.type, transport.param, data, &len, sizeof(data),
		plain.data, (unsigned)plain.len, NULL) == SECSuccess &&
	    bytes_copy(sealed, view_of(data, len));
	SECKEY_DestroyPublicKey(key);
	SECKEY_DestroySubjectPublicKeyInfo(info);
	return done;
}

static bool
rsa_open(void *opaque, const char *hash, struct view sealed, struct bytes *plain)
{
	const struct pair *pair = opaque;
	struct transport transport = transport_of(hash);
	unsigned char data[512];
	unsigned len = 0;

	return PK11_PrivDecrypt(pair->private, transport.type, transport.param, data, &len,
		   sizeof(data), sealed.data, (unsigned)sealed.len) == SECSuccess &&
	    bytes_copy(plain, view_of(data, len));
}

/* --- AES key wrap ---------------------------------------------------------------------- */

static PK11SymKey *
aes_key(CK_MECHANISM_TYPE type, CK_ATTRIBUTE_TYPE use, struct view value)
{
	SECItem data = item(value);

	return PK11_ImportSymKey(inside, type, PK11_OriginUnwrap, use, &data, NULL);
}

static CK_MECHANISM_TYPE
wrap_type(bool padded)
{
	return padded ? CKM_AES_KEY_WRAP_KWP : CKM_AES_KEY_WRAP;
}

static bool
aes_seal(struct view kek, bool padded, struct view plain, struct bytes *sealed)
{
	PK11SymKey *key = aes_key(wrap_type(padded), CKA_WRAP, kek);
	PK11SymKey *target = aes_key(CKM_SHA256_HMAC, CKA_SIGN, plain);
	unsigned char data[512];
	SECItem out = { siBuffer, data, sizeof(data) };
	bool done = key != NULL && target != NULL &&
	    PK11_WrapSymKey(wrap_type(padded), NULL, key, target, &out) == SECSuccess &&
	    bytes_copy(sealed, view_of(out.data, out.len));

	PK11_FreeSymKey(target);
	PK11_FreeSymKey(key);
	return done;
}

static bool
aes_open(struct view kek, bool padded, struct view sealed, struct bytes *plain)
{
	PK11SymKey *key = aes_key(wrap_type(padded), CKA_UNWRAP, kek);
	SECItem in = item(sealed);
	bool done = key != NULL &&
	    taken(
		PK11_UnwrapSymKey(key, wrap_type(padded), NULL, &in, CKM_SHA256_HMAC, CKA_SIGN, 0),
		plain);

	PK11_FreeSymKey(key);
	return done;
}

const struct other interop_nss = { .name = "NSS",
	.begin = begin,
	.end = end,
	.knows = knows,
	.pair = make_pair,
	.secret = secret,
	.release = release,
	.rsa_pair = rsa_pair,
	.rsa_seal = rsa_seal,
	.rsa_open = rsa_open,
	.aes_seal = aes_seal,
	.aes_open = aes_open };

/* --- our module inside NSS -------------------------------------------------------------- */

/* PK11PasswordFunc; `pin` is what the caller of PK11_Authenticate gave. */
static char *
password(PK11SlotInfo *slot, PRBool again, void *pin)
{
	(void)slot;
	return again ? NULL : PL_strdup(pin);
}

static PK11SlotInfo *
slot_of(const SECMODModule *module, const char *label)
{
	for (int i = 0; i < module->slotCount; i++)
		if (PK11_IsPresent(module->slots[i]) &&
		    strcmp(PK11_GetTokenName(module->slots[i]), label) == 0)
			return module->slots[i];
	return NULL;
}

/* Some zeros under the AES key that the two agree on: the key may stay where it is. */
static bool
block(SECKEYPrivateKey *own, SECKEYPublicKey *other, CK_ULONG kdf, void *pin, unsigned char out[32])
{
	static const unsigned char zeros[16];
	unsigned len = 0;
	SECItem iv = item(view_of(zeros, sizeof(zeros)));
	PK11SymKey *key = PK11_PubDeriveWithKDF(own, other, PR_FALSE, NULL, NULL, CKM_ECDH1_DERIVE,
	    CKM_AES_CBC_PAD, CKA_ENCRYPT, 32, kdf, NULL, pin);
	bool done = key != NULL &&
	    PK11_Encrypt(key, CKM_AES_CBC_PAD, &iv, out, &len, 32, zeros, sizeof(zeros)) ==
		SECSuccess &&
	    len == 32;

	if (key != NULL)
		PK11_FreeSymKey(key);
	return done;
}

static const char *
agreed(const struct pair *token, const struct pair *soft, void *pin)
{
	static const CK_ULONG kdfs[] = { CKD_NULL, CKD_SHA256_KDF };
	unsigned char a[32], b[32];

	for (size_t i = 0; i < COUNT_OF(kdfs); i++) {
		if (!block(token->private, soft->public, kdfs[i], pin, a))
			return "the token does not derive";
		if (!block(soft->private, token->public, kdfs[i], pin, b))
			return "NSS does not derive";
		if (memcmp(a, b, sizeof(a)) != 0)
			return "the keys differ";
	}
	return NULL;
}

static const char *
drives(PK11SlotInfo *slot, struct view curve, void *pin)
{
	SECItem params = item(curve);
	struct pair token = { 0 }, soft = { 0 };
	const char *wrong = "no key pair";

	/* On the token, never to be read. */
	token.private = PK11_GenerateKeyPair(
	    slot, CKM_EC_KEY_PAIR_GEN, &params, &token.public, PR_TRUE, PR_TRUE, pin);
	soft.private = PK11_GenerateKeyPair(
	    inside, CKM_EC_KEY_PAIR_GEN, &params, &soft.public, PR_FALSE, PR_FALSE, NULL);
	if (token.private != NULL && soft.private != NULL)
		wrong = agreed(&token, &soft, pin);
	SECKEY_DestroyPrivateKey(token.private);
	SECKEY_DestroyPublicKey(token.public);
	SECKEY_DestroyPrivateKey(soft.private);
	SECKEY_DestroyPublicKey(soft.public);
	return wrong;
}

const char *
interop_nss_drives(const char *path, const char *label, const char *pin, struct view curve)
{
	char spec[4096];
	SECMODModule *module;
	PK11SlotInfo *slot;
	const char *wrong;

	snprintf(spec, sizeof(spec), "name=handfast library=\"%s\"", path);
	module = SECMOD_LoadUserModule(spec, NULL, PR_FALSE);
	if (module == NULL || !module->loaded)
		return "NSS does not load the module";
	PK11_SetPasswordFunc(password);
	slot = slot_of(module, label);
	if (slot == NULL)
		wrong = "NSS does not see the token";
	else if (PK11_Authenticate(slot, PR_TRUE, (void *)pin) != SECSuccess)
		wrong = "NSS cannot log in";
	else
		wrong = drives(slot, curve, (void *)pin);
	if (SECMOD_UnloadUserModule(module) != SECSuccess && wrong == NULL)
		wrong = "NSS does not let go of the module";
	SECMOD_DestroyModule(module);
	return wrong;
}
