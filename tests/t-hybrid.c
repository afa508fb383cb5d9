/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whole key schedules of protocols over secrets that never leave the token: TLS 1.3
 * (RFC 8446, 7.1) with the hybrid groups of draft-ietf-tls-ecdhe-mlkem and with plain
 * ones, SSH's mlkem768x25519-sha256, and several key exchanges of IKEv2 (RFC 9370).
 * The other party is libcrypto, which computes everything by HMAC alone; what the two
 * have made is compared where it comes into the open: a record, an IV, a Finished.
 */
#include "tests/client.h"
#include "tests/peer.h"

#include <openssl/core_names.h>

static CK_SLOT_ID slot;
static CK_SESSION_HANDLE session;

static int
begin(void **state)
{
	module_fresh(state);
	slot = token_make("hybrid");
	session = session_user(slot);
	return 0;
}

#define test_hybrid(function) cmocka_unit_test_setup_teardown(function, begin, module_stopped)

/* What both have: an object that nobody can read, and the bytes of the other party. */
struct shared {
	CK_OBJECT_HANDLE token;
	struct view peer;
};

static struct view
peer_hmac(const char *hash, struct view key, struct view data)
{
	unsigned char *out = scratch(EVP_MAX_MD_SIZE);
	OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, (char *)hash, 0),
		OSSL_PARAM_construct_end(),
	};
	size_t len;

	check(EVP_Q_mac(NULL, "HMAC", NULL, NULL, params, key.data, key.len, data.data, data.len,
		  out, EVP_MAX_MD_SIZE, &len) != NULL);
	return view_of(out, len);
}

/* --- keys that stay in the token ------------------------------------------------------ */

#define HIDDEN                                                                                     \
	ULONG(CKA_CLASS, CKO_SECRET_KEY), YES(CKA_SENSITIVE), NO(CKA_EXTRACTABLE), YES(CKA_DERIVE)

static void
check_hidden(CK_OBJECT_HANDLE key)
{
	assert_rv(get_rv(session, key, CKA_VALUE), CKR_ATTRIBUTE_SENSITIVE);
	check(!get_bool(session, key, CKA_EXTRACTABLE));
}

/* Of `len` bytes; 0: all there are. */
static CK_OBJECT_HANDLE
derived(CK_OBJECT_HANDLE base, CK_MECHANISM *mechanism, CK_KEY_TYPE type, CK_ULONG len)
{
	CK_ATTRIBUTE template[] = { HIDDEN, ULONG(CKA_KEY_TYPE, type),
		BOOL(CKA_ENCRYPT, type == CKK_AES), BOOL(CKA_DECRYPT, type == CKK_AES),
		ULONG(CKA_VALUE_LEN, len) };
	CK_OBJECT_HANDLE key;

	ok(p11->C_DeriveKey(
	    session, mechanism, base, template, COUNT_OF(template) - (len == 0), &key));
	check_hidden(key);
	return key;
}

/* Something that is no secret, as a key. */
static struct shared
public_key(struct view value)
{
	struct shared key = { .peer = value };

	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET),
		YES(CKA_DERIVE), BYTES(CKA_VALUE, value)),
	    &key.token));
	return key;
}

static struct shared
concatenated(struct shared first, struct shared second)
{
	return (struct shared){
		derived(first.token, MECHANISM_WITH(CKM_CONCATENATE_BASE_AND_KEY, &second.token),
		    CKK_GENERIC_SECRET, 0),
		joined(first.peer, second.peer),
	};
}

/* --- agreement ------------------------------------------------------------------------- */

struct group {
	const char *name, *kem, *curve, *hash;
	CK_ULONG set;
	bool kem_first;
	size_t client_share, server_share;
};

static const struct group groups[] = {
	{ "X25519MLKEM768", "ML-KEM-768", "X25519", "SHA256", CKP_ML_KEM_768, true, 1216, 1120 },
	{ "SecP256r1MLKEM768", "ML-KEM-768", "P-256", "SHA256", CKP_ML_KEM_768, false, 1249, 1153 },
	{ "SecP384r1MLKEM1024", "ML-KEM-1024", "P-384", "SHA384", CKP_ML_KEM_1024, false, 1665,
	    1665 },
	{ "x25519", NULL, "X25519", "SHA256", 0, false, 32, 32 },
	{ "secp384r1", NULL, "P-384", "SHA384", 0, false, 97, 97 },
};

/* What came of one of the two exchanges, and what was sent for it: the client's, the server's. */
struct exchange {
	struct shared secret;
	struct view shares[2];
};

static void
exchange_ec(const char *curve, bool server, struct exchange *out)
{
	bool montgomery = strcmp(curve, "X25519") == 0;
	CK_ECDH1_DERIVE_PARAMS ecdh = { .kdf = CKD_NULL };
	struct view params = montgomery   ? unhex("06032b656e")
	    : strcmp(curve, "P-256") == 0 ? p256
					  : p384;
	CK_OBJECT_HANDLE pair[2];
	PEER_KEY own = montgomery ? peer_x(curve) : peer_ec(curve);
	PEER_KEY other = NULL;
	struct view mine;

	ok(p11->C_GenerateKeyPair(session,
	    MECHANISM(montgomery ? CKM_EC_MONTGOMERY_KEY_PAIR_GEN : CKM_EC_KEY_PAIR_GEN),
	    TEMPLATE(BYTES(CKA_EC_PARAMS, params)), TEMPLATE(YES(CKA_DERIVE)), &pair[0], &pair[1]));
	mine = get_bytes(session, pair[0], CKA_EC_POINT);
	if (!montgomery)
		mine = view_of(mine.data + 2, mine.len - 2); /* in an OCTET STRING */
	other = montgomery ? peer_x_public(curve, mine) : peer_ec_public(curve, mine);
	out->shares[server] = mine;
	out->shares[!server] = peer_point(own);
	ecdh.pPublicData = (CK_BYTE *)out->shares[!server].data;
	ecdh.ulPublicDataLen = out->shares[!server].len;
	out->secret.token =
	    derived(pair[1], MECHANISM_WITH(CKM_ECDH1_DERIVE, &ecdh), CKK_GENERIC_SECRET, 0);
	out->secret.peer = peer_secret(own, other);
}

/* The token is the server: it encapsulates. */
static void
exchange_kem_server(const struct group *group, struct exchange *out)
{
	PEER_KEY own = peer_set(group->kem);
	CK_ULONG len = 2048;
	CK_BYTE *ciphertext = scratch(len);
	CK_OBJECT_HANDLE key;

	out->shares[0] = peer_octets(own, OSSL_PKEY_PARAM_PUB_KEY);
	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY), ULONG(CKA_KEY_TYPE, CKK_ML_KEM),
		ULONG(CKA_PARAMETER_SET, group->set), BYTES(CKA_VALUE, out->shares[0])),
	    &key));
	ok(p11->C_EncapsulateKey(session, MECHANISM(CKM_ML_KEM), key,
	    TEMPLATE(HIDDEN, ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET)), ciphertext, &len,
	    &out->secret.token));
	check_hidden(out->secret.token);
	out->shares[1] = view_of(ciphertext, len);
	out->secret.peer = peer_decapsulate(own, out->shares[1]);
}

static void
exchange_kem_client(const struct group *group, struct exchange *out)
{
	CK_OBJECT_HANDLE pair[2];
	PEER_KEY other = NULL;

	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_ML_KEM_KEY_PAIR_GEN),
	    TEMPLATE(ULONG(CKA_PARAMETER_SET, group->set)), NO_TEMPLATE, &pair[0], &pair[1]));
	out->shares[0] = get_bytes(session, pair[0], CKA_VALUE);
	other = peer_set_public(group->kem, out->shares[0]);
	out->secret.peer = peer_encapsulate(other, &out->shares[1]);
	ok(p11->C_DecapsulateKey(session, MECHANISM(CKM_ML_KEM), pair[1],
	    TEMPLATE(HIDDEN, ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET)),
	    (CK_BYTE *)out->shares[1].data, out->shares[1].len, &out->secret.token));
	check_hidden(out->secret.token);
}

static void
exchange_kem(const struct group *group, bool server, struct exchange *out)
{
	if (server)
		exchange_kem_server(group, out);
	else
		exchange_kem_client(group, out);
}

/* Both exchanges as one, in the group's order. */
static void
exchange(const struct group *group, bool server, struct exchange *out)
{
	struct exchange parts[2];

	if (group->kem == NULL) {
		exchange_ec(group->curve, server, out);
	} else {
		exchange_kem(group, server, &parts[!group->kem_first]);
		exchange_ec(group->curve, server, &parts[group->kem_first]);
		out->secret = concatenated(parts[0].secret, parts[1].secret);
		for (int i = 0; i < 2; i++)
			out->shares[i] = joined(parts[0].shares[i], parts[1].shares[i]);
	}
	check(out->shares[0].len == group->client_share);
	check(out->shares[1].len == group->server_share);
}

/* --- in the open -------------------------------------------------------------------------- */

static struct view
peer_gcm(struct view key, struct view iv, struct view aad, struct view in, bool seal)
{
	EVP_CIPHER *cipher =
	    EVP_CIPHER_fetch(NULL, key.len == 16 ? "AES-128-GCM" : "AES-256-GCM", NULL);
	EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
	size_t text = seal ? in.len : in.len - 16;
	unsigned char *out = scratch(text + 16);
	int len, last;

	check(EVP_CipherInit_ex2(context, cipher, key.data, iv.data, seal, NULL) == 1);
	if (!seal)
		check(EVP_CIPHER_CTX_ctrl(
			  context, EVP_CTRL_AEAD_SET_TAG, 16, (void *)(in.data + text)) == 1);
	check(EVP_CipherUpdate(context, NULL, &len, aad.data, (int)aad.len) == 1);
	check(EVP_CipherUpdate(context, out, &len, in.data, (int)text) == 1);
	check(EVP_CipherFinal_ex(context, out + len, &last) == 1);
	if (seal)
		check(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, 16, out + text) == 1);
	EVP_CIPHER_CTX_free(context);
	EVP_CIPHER_free(cipher);
	return view_of(out, seal ? text + 16 : text);
}

/* What one of the two encrypts, the other decrypts. */
static void
check_traffic(struct shared key, struct view iv, bool from_token)
{
	struct view aad = unhex("1703030020"), plain = text("what nobody else may know");
	CK_GCM_PARAMS gcm = { (CK_BYTE *)iv.data, iv.len, iv.len * 8, (CK_BYTE *)aad.data, aad.len,
		128 };
	CK_MECHANISM *mechanism = MECHANISM_WITH(CKM_AES_GCM, &gcm);
	CK_ULONG len = plain.len + 16;
	CK_BYTE *out = scratch(len);
	struct view sealed;

	if (from_token) {
		ok(p11->C_EncryptInit(session, mechanism, key.token));
		ok(p11->C_Encrypt(session, (CK_BYTE *)plain.data, plain.len, out, &len));
		same_bytes(peer_gcm(key.peer, iv, aad, view_of(out, len), false), plain);
		return;
	}
	sealed = peer_gcm(key.peer, iv, aad, plain, true);
	ok(p11->C_DecryptInit(session, mechanism, key.token));
	ok(p11->C_Decrypt(session, (CK_BYTE *)sealed.data, sealed.len, out, &len));
	same_bytes(view_of(out, len), plain);
}

/* --- TLS 1.3 ------------------------------------------------------------------------------- */

/* A connection: its hash, and what the hash has seen. */
struct tls {
	const char *hash;
	CK_MECHANISM_TYPE mechanism;
	size_t len, key_len;
	bool server; /* that is, the token */
	struct view transcript;
};

/* HKDF-Extract; a salt of no token's is none. */
static struct shared
extract(const struct tls *tls, struct shared salt, struct shared ikm)
{
	struct pkcs11_hkdf_params hkdf = {
		.extract = CK_TRUE,
		.prf_hash_mechanism = tls->mechanism,
		.salt_type =
		    salt.token == CK_INVALID_HANDLE ? CKF_HKDF_SALT_NULL : CKF_HKDF_SALT_KEY,
		.salt_key = salt.token,
	};

	return (struct shared){
		derived(ikm.token, MECHANISM_WITH(CKM_HKDF_DERIVE, &hkdf), CKK_HKDF, tls->len),
		peer_hmac(tls->hash, salt.peer, ikm.peer),
	};
}

/* RFC 8446, 7.1: HkdfLabel. */
static struct view
hkdf_label(size_t len, const char *label, struct view context)
{
	size_t label_len = strlen("tls13 ") + strlen(label);
	unsigned char *info = scratch(4 + label_len + context.len);

	info[0] = 0;
	info[1] = (unsigned char)len;
	info[2] = (unsigned char)label_len;
	memcpy(info + 3, "tls13 ", 6);
	memcpy(info + 9, label, label_len - 6);
	info[3 + label_len] = (unsigned char)context.len;
	if (context.len != 0)
		memcpy(info + 4 + label_len, context.data, context.len);
	return view_of(info, 4 + label_len + context.len);
}

static struct pkcs11_hkdf_params
expanding(const struct tls *tls, struct view info)
{
	return (struct pkcs11_hkdf_params){
		.expand = CK_TRUE,
		.prf_hash_mechanism = tls->mechanism,
		.salt_type = CKF_HKDF_SALT_NULL,
		.info = (CK_BYTE *)info.data,
		.info_len = info.len,
	};
}

/* HKDF-Expand-Label on the peer's side: never more than one block. */
static struct view
peer_expand(const struct tls *tls, struct view secret, struct view info, size_t len)
{
	struct view block = peer_hmac(tls->hash, secret, joined(info, unhex("01")));

	check(len <= block.len);
	return view_of(block.data, len);
}

static struct shared
expand_label(const struct tls *tls, struct shared secret, const char *label, struct view context,
    CK_KEY_TYPE type, size_t len)
{
	struct view info = hkdf_label(len, label, context);
	struct pkcs11_hkdf_params hkdf = expanding(tls, info);

	return (struct shared){
		derived(secret.token, MECHANISM_WITH(CKM_HKDF_DERIVE, &hkdf), type, len),
		peer_expand(tls, secret.peer, info, len),
	};
}

/* Derive-Secret. */
static struct shared
derive_secret(const struct tls *tls, struct shared secret, const char *label, struct view messages)
{
	return expand_label(
	    tls, secret, label, peer_digest(tls->hash, messages), CKK_HKDF, tls->len);
}

/* The IV, which the token gives out although the traffic secret is hidden. */
static struct view
write_iv(const struct tls *tls, struct shared traffic)
{
	struct view info = hkdf_label(12, "iv", VIEW_NONE), iv;
	struct pkcs11_hkdf_params hkdf = expanding(tls, info);
	CK_OBJECT_HANDLE data;

	ok(p11->C_DeriveKey(session, MECHANISM_WITH(CKM_HKDF_DATA, &hkdf), traffic.token,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), ULONG(CKA_VALUE_LEN, 12)), &data));
	iv = get_bytes(session, data, CKA_VALUE);
	same_bytes(iv, peer_expand(tls, traffic.peer, info, 12));
	return iv;
}

/*
 * RFC 8446, 4.4.4: HMAC over the transcript, which is also what HKDF-Extract does
 * with the finished key as its salt.
 */
static void
check_finished(const struct tls *tls, struct shared traffic)
{
	struct shared key = expand_label(tls, traffic, "finished", VIEW_NONE, CKK_HKDF, tls->len);
	struct shared seen = public_key(peer_digest(tls->hash, tls->transcript));
	struct pkcs11_hkdf_params hkdf = {
		.extract = CK_TRUE,
		.prf_hash_mechanism = tls->mechanism,
		.salt_type = CKF_HKDF_SALT_KEY,
		.salt_key = key.token,
	};
	CK_OBJECT_HANDLE verify_data;

	ok(p11->C_DeriveKey(session, MECHANISM_WITH(CKM_HKDF_DERIVE, &hkdf), seen.token,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET),
		NO(CKA_SENSITIVE), YES(CKA_EXTRACTABLE)),
	    &verify_data));
	same_bytes(
	    get_bytes(session, verify_data, CKA_VALUE), peer_hmac(tls->hash, key.peer, seen.peer));
}

/* The client's traffic, or else the server's. */
static void
check_direction(const struct tls *tls, struct shared traffic, bool client)
{
	struct shared key = expand_label(tls, traffic, "key", VIEW_NONE, CKK_AES, tls->key_len);

	check_traffic(key, write_iv(tls, traffic), client != tls->server);
}

static void
check_handshake(const struct tls *tls, struct shared handshake)
{
	struct shared client = derive_secret(tls, handshake, "c hs traffic", tls->transcript);
	struct shared server = derive_secret(tls, handshake, "s hs traffic", tls->transcript);

	check_direction(tls, client, true);
	check_direction(tls, server, false);
	check_finished(tls, client);
	check_finished(tls, server);
}

static void
check_application(const struct tls *tls, struct shared master)
{
	struct shared client = derive_secret(tls, master, "c ap traffic", tls->transcript);
	struct shared server = derive_secret(tls, master, "s ap traffic", tls->transcript);
	struct shared resumption = derive_secret(tls, master, "res master", tls->transcript);
	struct shared exporter = derive_secret(tls, master, "exp master", tls->transcript);

	check_direction(tls, client, true);
	check_direction(tls, server, false);
	/* 7.2: the next generation. */
	client = expand_label(tls, client, "traffic upd", VIEW_NONE, CKK_HKDF, tls->len);
	check_direction(tls, client, true);
	/* Keys of these two stand for what is made of them. */
	check_direction(tls, resumption, true);
	check_direction(tls, exporter, true);
}

static void
check_schedule(const struct group *group, bool server)
{
	bool large = strcmp(group->hash, "SHA384") == 0;
	struct tls tls = { group->hash, large ? CKM_SHA384 : CKM_SHA256, large ? 48 : 32,
		large ? 32 : 16, server, VIEW_NONE };
	struct shared zeros = public_key(view_of(scratch(tls.len), tls.len));
	struct shared none = { CK_INVALID_HANDLE, zeros.peer };
	struct shared early = extract(&tls, none, zeros), handshake, master;
	struct exchange agreed;

	exchange(group, server, &agreed);
	tls.transcript = joined(agreed.shares[0], agreed.shares[1]);
	handshake = extract(&tls, derive_secret(&tls, early, "derived", VIEW_NONE), agreed.secret);
	check_handshake(&tls, handshake);
	tls.transcript = joined(tls.transcript, text("and all up to the server's Finished"));
	master = extract(&tls, derive_secret(&tls, handshake, "derived", VIEW_NONE), zeros);
	check_application(&tls, master);
}

static bool
has_mlkem(void)
{
	CK_MECHANISM_INFO info;

	return p11->C_GetMechanismInfo(slot, CKM_ML_KEM, &info) == CKR_OK;
}

static void
test_tls(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(groups); i++) {
		if (groups[i].kem != NULL && !has_mlkem())
			continue;
		check_schedule(&groups[i], false);
		check_schedule(&groups[i], true);
	}
}

/* --- SSH ------------------------------------------------------------------------------------- */

static struct shared
hashed(struct shared in, CK_KEY_TYPE type)
{
	return (struct shared){
		derived(in.token, MECHANISM(CKM_SHA256_KEY_DERIVATION), type, 32),
		peer_digest("SHA256", in.peer),
	};
}

static struct shared
with_data(CK_MECHANISM_TYPE type, struct shared key, struct view data)
{
	CK_KEY_DERIVATION_STRING_DATA string = { (CK_BYTE *)data.data, data.len };
	bool behind = type == CKM_CONCATENATE_BASE_AND_DATA;

	return (struct shared){
		derived(key.token, MECHANISM_WITH(type, &string), CKK_GENERIC_SECRET, 0),
		behind ? joined(key.peer, data) : joined(data, key.peer),
	};
}

/*
 * mlkem768x25519-sha256: K is the hash of both secrets, ML-KEM's first, and a string
 * in what is hashed from then on; RFC 4253, 7.2, for keys by letter.
 */
static void
test_ssh(void **state)
{
	struct group plain = groups[3];
	const struct group *group = has_mlkem() ? &groups[0] : &plain;
	struct view iv = unhex("000102030405060708090a0b");

	(void)state;
	for (int server = 0; server < 2; server++) {
		struct exchange agreed;
		struct shared k;
		struct view h;

		exchange(group, server, &agreed);
		h = peer_digest("SHA256", joined(agreed.shares[0], agreed.shares[1]));
		k = with_data(CKM_CONCATENATE_DATA_AND_BASE,
		    hashed(agreed.secret, CKK_GENERIC_SECRET), unhex("00000020"));
		for (const char *letter = "CD"; *letter != '\0'; letter++) {
			struct view tail = joined(joined(h, copy_of(letter, 1)), h);
			struct shared key =
			    hashed(with_data(CKM_CONCATENATE_BASE_AND_DATA, k, tail), CKK_AES);

			check_traffic(key, iv, (*letter == 'C') != (server != 0));
		}
	}
}

/* --- IKEv2 -------------------------------------------------------------------------------------
 */

static struct view ni, nr, spis;

/* prf(Ni | Nr, SK), or with the SK_d of the exchange before, prf(SK_d, SK | Ni | Nr). */
static struct shared
skeyseed(struct shared secret, const struct shared *sk_d)
{
	struct pkcs11_ike_prf_derive_params params = {
		.prf_mechanism = CKM_SHA256_HMAC,
		.data_as_key = sk_d == NULL,
		.rekey = sk_d != NULL,
		.ni = (CK_BYTE *)ni.data,
		.ni_len = ni.len,
		.nr = (CK_BYTE *)nr.data,
		.nr_len = nr.len,
		.new_key = sk_d != NULL ? secret.token : CK_INVALID_HANDLE,
	};
	struct view nonces = joined(ni, nr);

	return (struct shared){
		derived(sk_d != NULL ? sk_d->token : secret.token,
		    MECHANISM_WITH(CKM_IKE_PRF_DERIVE, &params), CKK_GENERIC_SECRET, 0),
		sk_d != NULL ? peer_hmac("SHA256", sk_d->peer, joined(secret.peer, nonces))
			     : peer_hmac("SHA256", nonces, secret.peer),
	};
}

/* The first 32 bytes of prf+(key, seed). */
static struct shared
prf_plus(struct shared key, struct view seed, CK_KEY_TYPE type)
{
	struct pkcs11_ike2_prf_plus_derive_params params = {
		.prf_mechanism = CKM_SHA256_HMAC,
		.seed_data = (CK_BYTE *)seed.data,
		.seed_data_len = seed.len,
	};

	return (struct shared){
		derived(key.token, MECHANISM_WITH(CKM_IKE2_PRF_PLUS_DERIVE, &params), type, 32),
		peer_hmac("SHA256", key.peer, joined(seed, unhex("01"))),
	};
}

/* RFC 9370, 2.2.2: a first exchange by X25519, ML-KEM-768 as an additional one, a child SA. */
static void
test_ike(void **state)
{
	(void)state;
	ni = unhex("101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f");
	nr = unhex("303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f");
	spis = unhex("00010203040506070809"
		     "0a0b0c0d0e0f");
	for (int responder = 0; responder < 2; responder++) {
		struct view seed = joined(joined(ni, nr), spis);
		struct exchange first, second;
		struct shared sk_d;

		exchange_ec("X25519", responder, &first);
		sk_d = prf_plus(skeyseed(first.secret, NULL), seed, CKK_GENERIC_SECRET);
		if (has_mlkem())
			exchange_kem(&groups[0], responder, &second);
		else
			exchange_ec("P-256", responder, &second);
		sk_d = prf_plus(skeyseed(second.secret, &sk_d), seed, CKK_GENERIC_SECRET);
		check_traffic(prf_plus(sk_d, joined(nr, ni), CKK_AES),
		    unhex("0b0a09080706050403020100"), !responder);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_hybrid(test_tls),
		test_hybrid(test_ssh),
		test_hybrid(test_ike),
	};

	return test_main(tests, NULL, NULL);
}
