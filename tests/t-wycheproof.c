/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Plays the cases of Project Wycheproof (tests/wycheproof): each valid one gives
 * what it says, no invalid one does, and what is done with an acceptable one is
 * decided in one table here.  One test is one file.  Each case goes the way of a
 * client: keys by C_CreateObject, then whichever calls use the mechanism.
 */
#include "tests/vectors.h"
#include "tests/wycheproof.h"

static CK_SLOT_ID slot;
/* Keeps the login, and keys that several cases share. */
static CK_SESSION_HANDLE anchor;
/* Of the case that is played; its keys go with it. */
static CK_SESSION_HANDLE session;

/* What became of a case. */
enum outcome {
	RIGHT,   /* what the file says came out */
	REFUSED, /* by an error */
	OTHER,   /* something came out, but not that */
	MIXED,   /* two calls that do the same disagree */
	UNASKED, /* what is wrong with it no token sees */
	BEYOND,  /* refused, since libcrypto's limits are narrower than the standard's */
};

/* --- what is acceptable here ---------------------------------------------------------- */

/* Of a case with several flags the first row here counts. */
static const struct decision {
	const char *flag;
	bool accepted;
	const char *reason;
} decisions[] = {
	{ "ZeroSharedSecret", false, "the point is of small order: RFC 7748, 6.1" },
	{ "NonCanonicalPublic", true, "taken modulo p: RFC 7748, 5" },
	{ "Twist", true, "X25519 is made for points of the twist as well: RFC 7748, 5" },
	{ "CompressedPoint", true, "the standard has them for CKA_EC_POINT" },
	{ "UnnamedCurve", false, "curves are known by name alone, whatever else describes one" },
	{ "InvalidAsn", false, "DER has one encoding of each key" },
	{ "ShortKey", false, "RFC 3394 wraps two semiblocks at least" },
	{ "SmallIntegerCiphertext", true, "a ciphertext as any other" },
	{ "MissingNull", false, "DER has one encoding of a DigestInfo: RFC 8017, 9.2" },
};

static const struct decision *
decided(const struct wycheproof *file)
{
	for (size_t i = 0; i < COUNT_OF(decisions); i++)
		if (wycheproof_flagged(file, decisions[i].flag))
			return &decisions[i];
	return NULL;
}

/* --- calls ------------------------------------------------------------------------------- */

#define READABLE NO(CKA_SENSITIVE), YES(CKA_EXTRACTABLE)

static bool
equal(struct view a, struct view b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

/* What came out, held against what should have. */
static enum outcome
compare(CK_RV rv, struct view given, struct view expected)
{
	if (rv != CKR_OK)
		return REFUSED;
	return equal(given, expected) ? RIGHT : OTHER;
}

static enum outcome
compare_key(CK_RV rv, CK_OBJECT_HANDLE key, struct view expected)
{
	return rv == CKR_OK ? compare(rv, get_bytes(session, key, CKA_VALUE), expected) : REFUSED;
}

static CK_MECHANISM *
mechanism_of(CK_MECHANISM_TYPE type, struct parameter parameter)
{
	return vector_mechanism(
	    session, &(struct vector){ .mechanism = type, .parameter = parameter });
}

static CK_OBJECT_HANDLE
secret_key(CK_KEY_TYPE type, const char *value, CK_FLAGS uses)
{
	return vector_key_make(session, SECRET_KEY(type, value), CKO_SECRET_KEY, uses, CK_FALSE);
}

static enum outcome
derive(CK_MECHANISM *mechanism, CK_OBJECT_HANDLE base, struct view expected)
{
	CK_OBJECT_HANDLE key = CK_INVALID_HANDLE;
	CK_RV rv = p11->C_DeriveKey(session, mechanism, base,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET),
		READABLE),
	    &key);

	return compare_key(rv, key, expected);
}

/* The same where the length is asked for. */
static enum outcome
derive_len(CK_MECHANISM *mechanism, CK_OBJECT_HANDLE base, CK_ULONG len, struct view expected)
{
	CK_OBJECT_HANDLE key = CK_INVALID_HANDLE;
	CK_RV rv = p11->C_DeriveKey(session, mechanism, base,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET),
		ULONG(CKA_VALUE_LEN, len), READABLE),
	    &key);

	return compare_key(rv, key, expected);
}

/* No output is longer than its input by more than a block, a tag, or a semiblock. */
#define LONGER 32

static enum outcome
encrypt(CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key, struct view in, struct view expected)
{
	CK_ULONG len = in.len + LONGER;
	CK_BYTE *out = scratch(len);
	CK_RV rv = p11->C_EncryptInit(session, mechanism, key);

	if (rv == CKR_OK)
		rv = p11->C_Encrypt(session, (CK_BYTE *)in.data, in.len, out, &len);
	return compare(rv, view_of(out, len), expected);
}

/* `most`: of what may come out. */
static enum outcome
decrypt(CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key, struct view in, CK_ULONG most,
    struct view expected)
{
	CK_ULONG len = most;
	CK_BYTE *out = scratch(len);
	CK_RV rv = p11->C_DecryptInit(session, mechanism, key);

	if (rv == CKR_OK)
		rv = p11->C_Decrypt(session, (CK_BYTE *)in.data, in.len, out, &len);
	return compare(rv, view_of(out, len), expected);
}

static enum outcome
wrap(CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key, const char *in, struct view expected)
{
	CK_OBJECT_HANDLE target = secret_key(CKK_GENERIC_SECRET, in, 0);
	CK_ULONG len = strlen(in) / 2 + LONGER;
	CK_BYTE *out = scratch(len);
	CK_RV rv = p11->C_WrapKey(session, mechanism, key, target, out, &len);

	return compare(rv, view_of(out, len), expected);
}

static enum outcome
unwrap(CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key, struct view in, struct view expected)
{
	CK_OBJECT_HANDLE made = CK_INVALID_HANDLE;
	CK_RV rv = p11->C_UnwrapKey(session, mechanism, key, (CK_BYTE *)in.data, in.len,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET),
		READABLE),
	    &made);

	return compare_key(rv, made, expected);
}

/*
 * Decrypted, and the same ciphertext unwrapped.  No key is empty, so an empty message
 * is not right as a key.
 */
static enum outcome
take_back(CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key, struct view in, CK_ULONG most,
    struct view expected)
{
	enum outcome data = decrypt(mechanism, key, in, most, expected);
	enum outcome as_key = unwrap(mechanism, key, in, expected);

	if (data == RIGHT && expected.len == 0)
		return as_key == REFUSED ? data : MIXED;
	if ((data == RIGHT) != (as_key == RIGHT))
		return MIXED;
	return data == REFUSED ? as_key : data;
}

/* --- key agreement --------------------------------------------------------------------- */

/* CKK_EC or CKK_EC_MONTGOMERY, by the object identifier's first bytes (RFC 8410, 3). */
static CK_KEY_TYPE
curve_type(struct view params)
{
	return equal(params, unhex("06032b656e")) ? CKK_EC_MONTGOMERY : CKK_EC;
}

static enum outcome
play_agreement(const struct wycheproof *file)
{
	struct view curve = wycheproof_bytes(file, "curve");
	struct parameter parameter = ECDH(CKD_NULL, NULL, wycheproof_word(file, "point"));
	CK_OBJECT_HANDLE key;

	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY), ULONG(CKA_KEY_TYPE, curve_type(curve)),
		BYTES(CKA_EC_PARAMS, curve), BYTES(CKA_VALUE, wycheproof_bytes(file, "private")),
		YES(CKA_DERIVE)),
	    &key));
	return derive(
	    mechanism_of(CKM_ECDH1_DERIVE, parameter), key, wycheproof_bytes(file, "shared"));
}

/*
 * The public key came as a SubjectPublicKeyInfo.  A client makes an object of it,
 * whose point it then uses: a curve that is not the private key's shows in the one
 * or the other.  Where it shows in neither, since the point lies on both curves,
 * only the client can compare them: CK_ECDH1_DERIVE_PARAMS has no curve.
 */
static enum outcome
play_ecdh(const struct wycheproof *file)
{
	struct view params = wycheproof_bytes(file, "params");
	CK_OBJECT_HANDLE peer;
	enum outcome outcome;
	CK_RV rv;

	rv = p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY), ULONG(CKA_KEY_TYPE, CKK_EC),
		BYTES(CKA_EC_PARAMS, params), BYTES(CKA_EC_POINT, wycheproof_bytes(file, "point"))),
	    &peer);
	if (rv != CKR_OK)
		return REFUSED;
	outcome = play_agreement(file);
	return outcome == RIGHT && !equal(params, wycheproof_bytes(file, "curve")) ? UNASKED
										   : outcome;
}

/* --- key derivation ---------------------------------------------------------------------- */

static CK_MECHANISM_TYPE
hash_named(const char *name)
{
	static const struct {
		const char *name;
		CK_MECHANISM_TYPE hash;
	} hashes[] = { { "SHA-1", CKM_SHA_1 }, { "SHA-224", CKM_SHA224 }, { "SHA-256", CKM_SHA256 },
		{ "SHA-384", CKM_SHA384 }, { "SHA-512", CKM_SHA512 } };

	for (size_t i = 0; i < COUNT_OF(hashes); i++)
		if (strcmp(hashes[i].name, name) == 0)
			return hashes[i].hash;
	fail_msg("no hash is called %s", name);
	return 0;
}

static enum outcome
play_hkdf(const struct wycheproof *file)
{
	struct parameter parameter =
	    HKDF(EXTRACT | EXPAND, hash_named(wycheproof_word(file, "hash")),
		wycheproof_word(file, "salt"), wycheproof_word(file, "info"));
	CK_OBJECT_HANDLE base = secret_key(CKK_HKDF, wycheproof_word(file, "ikm"), CKF_DERIVE);

	return derive_len(mechanism_of(CKM_HKDF_DERIVE, parameter), base,
	    wycheproof_number(file, "size"), wycheproof_bytes(file, "okm"));
}

static enum outcome
play_pbkdf2(const struct wycheproof *file)
{
	struct parameter parameter =
	    PBKDF2(CKP_PKCS5_PBKD2_HMAC_SHA256, wycheproof_number(file, "iterations"),
		wycheproof_word(file, "salt"), wycheproof_word(file, "password"));
	CK_OBJECT_HANDLE key = CK_INVALID_HANDLE;
	CK_RV rv = p11->C_GenerateKey(session, mechanism_of(CKM_PKCS5_PBKD2, parameter),
	    TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET),
		ULONG(CKA_VALUE_LEN, wycheproof_number(file, "size")), READABLE),
	    &key);

	return compare_key(rv, key, wycheproof_bytes(file, "dk"));
}

/* --- AES ------------------------------------------------------------------------------- */

/* Both ways, as data and as a key. */
static enum outcome
play_cipher(const struct wycheproof *file, CK_MECHANISM_TYPE type, struct parameter parameter)
{
	CK_MECHANISM *mechanism = mechanism_of(type, parameter);
	struct view msg = wycheproof_bytes(file, "msg"), ct = wycheproof_bytes(file, "ct");
	CK_OBJECT_HANDLE key = secret_key(CKK_AES, wycheproof_word(file, "key"),
	    CKF_ENCRYPT | CKF_DECRYPT | CKF_WRAP | CKF_UNWRAP);
	enum outcome back = take_back(mechanism, key, ct, ct.len, msg);
	enum outcome there = encrypt(mechanism, key, msg, ct);

	if ((there == RIGHT) != (back == RIGHT))
		return MIXED;
	if (back == RIGHT && msg.len != 0 &&
	    wrap(mechanism, key, wycheproof_word(file, "msg"), ct) != RIGHT)
		return MIXED;
	return back;
}

static enum outcome
play_wrap(const struct wycheproof *file)
{
	return play_cipher(file, CKM_AES_KEY_WRAP, (struct parameter)NONE);
}

static enum outcome
play_wrap_padded(const struct wycheproof *file)
{
	return play_cipher(file, CKM_AES_KEY_WRAP_KWP, (struct parameter)NONE);
}

static enum outcome
play_cbc(const struct wycheproof *file)
{
	return play_cipher(
	    file, CKM_AES_CBC_PAD, (struct parameter)IV(wycheproof_word(file, "iv")));
}

/* The longest initial value that libcrypto takes (doc/pkcs11.md). */
#define GCM_IV_MOST 128

static enum outcome
play_gcm(const struct wycheproof *file)
{
	const char *iv = wycheproof_word(file, "iv");
	struct parameter parameter =
	    GCM(iv, wycheproof_word(file, "aad"), 8 * wycheproof_number(file, "tag"));
	enum outcome outcome = play_cipher(file, CKM_AES_GCM, parameter);

	return outcome == REFUSED && strlen(iv) / 2 > GCM_IV_MOST ? BEYOND : outcome;
}

static enum outcome
play_ccm(const struct wycheproof *file)
{
	const CK_ULONG tag = wycheproof_number(file, "tag");
	const size_t sealed = strlen(wycheproof_word(file, "ct")) / 2;
	/* The length is the plaintext's in both directions. */
	struct parameter parameter =
	    CCM(sealed - tag, wycheproof_word(file, "iv"), wycheproof_word(file, "aad"), tag);

	return play_cipher(file, CKM_AES_CCM, parameter);
}

/* --- RSA ----------------------------------------------------------------------------------- */

/* Most files have few keys, and to import one costs more than to use it. */
static CK_OBJECT_HANDLE
rsa_key(const struct wycheproof *file)
{
	static const struct {
		CK_ATTRIBUTE_TYPE type;
		const char *field;
	} numbers[] = { { CKA_MODULUS, "modulus" }, { CKA_PUBLIC_EXPONENT, "e" },
		{ CKA_PRIVATE_EXPONENT, "d" }, { CKA_PRIME_1, "p" }, { CKA_PRIME_2, "q" },
		{ CKA_EXPONENT_1, "dp" }, { CKA_EXPONENT_2, "dq" }, { CKA_COEFFICIENT, "qinv" } };
	CK_ATTRIBUTE template[4 + COUNT_OF(numbers)] = { ULONG(CKA_CLASS, CKO_PRIVATE_KEY),
		ULONG(CKA_KEY_TYPE, CKK_RSA), YES(CKA_DECRYPT), YES(CKA_UNWRAP) };
	CK_OBJECT_HANDLE key;

	for (size_t i = 0; i < COUNT_OF(numbers); i++)
		template[4 + i] = BYTES(numbers[i].type, wycheproof_bytes(file, numbers[i].field));
	/* The modulus finds the key again. */
	if (find(anchor, (CK_ATTRIBUTE[]){ template[0], template[4] }, 2, &key) == 0)
		ok(p11->C_CreateObject(anchor, template, COUNT_OF(template), &key));
	return key;
}

static CK_ULONG
rsa_size(const struct wycheproof *file)
{
	return strlen(wycheproof_word(file, "modulus")) / 2;
}

static CK_RSA_PKCS_MGF_TYPE
mgf_named(const char *name)
{
	switch (hash_named(name)) {
	case CKM_SHA_1:
		return CKG_MGF1_SHA1;
	case CKM_SHA224:
		return CKG_MGF1_SHA224;
	case CKM_SHA256:
		return CKG_MGF1_SHA256;
	case CKM_SHA384:
		return CKG_MGF1_SHA384;
	default:
		return CKG_MGF1_SHA512;
	}
}

static enum outcome
play_oaep(const struct wycheproof *file)
{
	struct parameter parameter = OAEP(hash_named(wycheproof_word(file, "hash")),
	    mgf_named(wycheproof_word(file, "mgf")), wycheproof_word(file, "label"));

	return take_back(mechanism_of(CKM_RSA_PKCS_OAEP, parameter), rsa_key(file),
	    wycheproof_bytes(file, "ct"), rsa_size(file), wycheproof_bytes(file, "msg"));
}

static enum outcome
play_pkcs1(const struct wycheproof *file)
{
	CK_MECHANISM *mechanism = MECHANISM(CKM_RSA_PKCS);
	struct view msg = wycheproof_bytes(file, "msg"), ct = wycheproof_bytes(file, "ct");

	/* No key is as long as that message: unwrapping rejects it, and does not tell. */
	if (msg.len == 0)
		return decrypt(mechanism, rsa_key(file), ct, rsa_size(file), msg);
	return take_back(mechanism, rsa_key(file), ct, rsa_size(file), msg);
}

/* --- signatures -------------------------------------------------------------------------- */

/* By either call for it; any code that does not speak of the signature is none. */
static enum outcome
verify(CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key, struct view msg, struct view sig)
{
	CK_RV rv, again;

	ok(p11->C_VerifyInit(session, mechanism, key));
	rv = p11->C_Verify(session, (CK_BYTE *)msg.data, msg.len, (CK_BYTE *)sig.data, sig.len);
	ok(p11->C_VerifySignatureInit(session, mechanism, key, (CK_BYTE *)sig.data, sig.len));
	again = p11->C_VerifySignature(session, (CK_BYTE *)msg.data, msg.len);
	if (rv != again)
		return MIXED;
	if (rv == CKR_OK)
		return RIGHT;
	return rv == CKR_SIGNATURE_INVALID || rv == CKR_SIGNATURE_LEN_RANGE ? REFUSED : OTHER;
}

static enum outcome
verify_case(const struct wycheproof *file, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key)
{
	return verify(mechanism, key, wycheproof_bytes(file, "msg"), wycheproof_bytes(file, "sig"));
}

static CK_OBJECT_HANDLE
rsa_public(const struct wycheproof *file)
{
	CK_OBJECT_HANDLE key;

	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY), ULONG(CKA_KEY_TYPE, CKK_RSA),
		BYTES(CKA_MODULUS, wycheproof_bytes(file, "modulus")),
		BYTES(CKA_PUBLIC_EXPONENT, wycheproof_bytes(file, "e")), YES(CKA_VERIFY)),
	    &key));
	return key;
}

static enum outcome
play_rsa_signature(const struct wycheproof *file)
{
	return verify_case(file, MECHANISM(CKM_SHA256_RSA_PKCS), rsa_public(file));
}

static struct view
digest(CK_MECHANISM_TYPE hash, struct view in)
{
	CK_ULONG len = 64;
	CK_BYTE *out = scratch(len);

	ok(p11->C_DigestInit(session, MECHANISM(hash)));
	ok(p11->C_Digest(session, (CK_BYTE *)in.data, in.len, out, &len));
	return view_of(out, len);
}

/* The message, and its digest. */
static enum outcome
play_pss(const struct wycheproof *file)
{
	static const struct {
		CK_MECHANISM_TYPE hash, pss;
	} mechanisms[] = { { CKM_SHA_1, CKM_SHA1_RSA_PKCS_PSS },
		{ CKM_SHA224, CKM_SHA224_RSA_PKCS_PSS }, { CKM_SHA256, CKM_SHA256_RSA_PKCS_PSS },
		{ CKM_SHA384, CKM_SHA384_RSA_PKCS_PSS }, { CKM_SHA512, CKM_SHA512_RSA_PKCS_PSS } };
	const CK_MECHANISM_TYPE hash = hash_named(wycheproof_word(file, "hash"));
	struct parameter parameter =
	    PSS(hash, mgf_named(wycheproof_word(file, "mgf")), wycheproof_number(file, "salt"));
	CK_OBJECT_HANDLE key = rsa_public(file);
	enum outcome outcome = verify(mechanism_of(CKM_RSA_PKCS_PSS, parameter), key,
	    digest(hash, wycheproof_bytes(file, "msg")), wycheproof_bytes(file, "sig"));

	for (size_t i = 0; i < COUNT_OF(mechanisms); i++)
		if (mechanisms[i].hash == hash &&
		    verify_case(file, mechanism_of(mechanisms[i].pss, parameter), key) != outcome)
			return MIXED;
	return outcome;
}

static CK_OBJECT_HANDLE
curve_public(const struct wycheproof *file, CK_KEY_TYPE type)
{
	CK_OBJECT_HANDLE key;

	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY), ULONG(CKA_KEY_TYPE, type),
		BYTES(CKA_EC_PARAMS, wycheproof_bytes(file, "params")),
		BYTES(CKA_EC_POINT, wycheproof_bytes(file, "point")), YES(CKA_VERIFY)),
	    &key));
	return key;
}

static enum outcome
play_ecdsa(const struct wycheproof *file)
{
	const CK_MECHANISM_TYPE hash = hash_named(wycheproof_word(file, "hash"));
	CK_OBJECT_HANDLE key = curve_public(file, CKK_EC);
	enum outcome outcome = verify(MECHANISM(CKM_ECDSA), key,
	    digest(hash, wycheproof_bytes(file, "msg")), wycheproof_bytes(file, "sig"));

	return verify_case(file,
		   MECHANISM(hash == CKM_SHA256 ? CKM_ECDSA_SHA256 : CKM_ECDSA_SHA384),
		   key) == outcome
	    ? outcome
	    : MIXED;
}

static enum outcome
play_eddsa(const struct wycheproof *file)
{
	return verify_case(file, MECHANISM(CKM_EDDSA), curve_public(file, CKK_EC_EDWARDS));
}

/* --- ML-DSA ------------------------------------------------------------------------------- */

/* FIPS 204, table 2. */
enum { MLDSA_65_PUBLIC = 1952, MLDSA_65_SIGNATURE = 3309 };

/* A context too long shows when an operation begins. */
static CK_MECHANISM *
mldsa_mechanism(const struct wycheproof *file)
{
	struct parameter parameter =
	    SIGN_CONTEXT(CKH_DETERMINISTIC_REQUIRED, wycheproof_word(file, "ctx"));

	return mechanism_of(CKM_ML_DSA, parameter);
}

static enum outcome
play_mldsa_sign(const struct wycheproof *file)
{
	struct view msg = wycheproof_bytes(file, "msg"), info;
	CK_ULONG len = MLDSA_65_SIGNATURE;
	CK_BYTE *signature = scratch(len);
	CK_OBJECT_HANDLE key;
	CK_RV rv;

	rv = p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY), ULONG(CKA_KEY_TYPE, CKK_ML_DSA),
		ULONG(CKA_PARAMETER_SET, CKP_ML_DSA_65),
		BYTES(CKA_SEED, wycheproof_bytes(file, "seed")), YES(CKA_SIGN)),
	    &key);
	if (rv == CKR_OK)
		rv = p11->C_SignInit(session, mldsa_mechanism(file), key);
	if (rv != CKR_OK)
		return REFUSED;
	ok(p11->C_Sign(session, (CK_BYTE *)msg.data, msg.len, signature, &len));
	/* The public key is the end of its description. */
	info = get_bytes(session, key, CKA_PUBLIC_KEY_INFO);
	check(info.len > MLDSA_65_PUBLIC);
	info = view_of(info.data + info.len - MLDSA_65_PUBLIC, MLDSA_65_PUBLIC);
	return equal(digest(CKM_SHA256, info), wycheproof_bytes(file, "pk_sha256")) &&
		equal(digest(CKM_SHA256, view_of(signature, len)),
		    wycheproof_bytes(file, "sig_sha256"))
	    ? RIGHT
	    : OTHER;
}

static enum outcome
play_mldsa_verify(const struct wycheproof *file)
{
	CK_OBJECT_HANDLE key;
	CK_RV rv;

	rv = p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY), ULONG(CKA_KEY_TYPE, CKK_ML_DSA),
		ULONG(CKA_PARAMETER_SET, CKP_ML_DSA_65),
		BYTES(CKA_VALUE, wycheproof_bytes(file, "pk")), YES(CKA_VERIFY)),
	    &key);
	if (rv == CKR_OK)
		rv = p11->C_VerifyInit(session, mldsa_mechanism(file), key);
	if (rv != CKR_OK)
		return REFUSED;
	ok(p11->C_SessionCancel(session, CKF_VERIFY));
	return verify_case(file, mldsa_mechanism(file), key);
}

/* --- ML-KEM ------------------------------------------------------------------------------- */

/* FIPS 203, table 3. */
enum { MLKEM_768_PUBLIC = 1184, MLKEM_768_CIPHERTEXT = 1088, MLKEM_SECRET = 32 };

static CK_RV
mlkem_private(const struct wycheproof *file, CK_OBJECT_HANDLE *key)
{
	return p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY), ULONG(CKA_KEY_TYPE, CKK_ML_KEM),
		ULONG(CKA_PARAMETER_SET, CKP_ML_KEM_768),
		BYTES(CKA_SEED, wycheproof_bytes(file, "seed")), YES(CKA_DECAPSULATE), READABLE),
	    key);
}

/* What the token makes of a seed. */
static enum outcome
play_mlkem_keygen(const struct wycheproof *file)
{
	CK_OBJECT_HANDLE key;
	struct view info;

	if (mlkem_private(file, &key) != CKR_OK)
		return REFUSED;
	/* The public key is the end of its description. */
	info = get_bytes(session, key, CKA_PUBLIC_KEY_INFO);
	check(info.len > MLKEM_768_PUBLIC);
	info = view_of(info.data + info.len - MLKEM_768_PUBLIC, MLKEM_768_PUBLIC);
	return equal(digest(CKM_SHA256, get_bytes(session, key, CKA_VALUE)),
		   wycheproof_bytes(file, "dk_sha256")) &&
		equal(digest(CKM_SHA256, info), wycheproof_bytes(file, "ek_sha256"))
	    ? RIGHT
	    : OTHER;
}

/* The token chooses the message, so that a case says only whether the public key is one. */
static enum outcome
play_mlkem_encaps(const struct wycheproof *file)
{
	CK_ULONG len = MLKEM_768_CIPHERTEXT;
	CK_BYTE *ciphertext = scratch(len);
	CK_OBJECT_HANDLE public_key, key;
	CK_RV rv;

	rv = p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY), ULONG(CKA_KEY_TYPE, CKK_ML_KEM),
		ULONG(CKA_PARAMETER_SET, CKP_ML_KEM_768),
		BYTES(CKA_VALUE, wycheproof_bytes(file, "ek")), YES(CKA_ENCAPSULATE)),
	    &public_key);
	if (rv == CKR_OK)
		rv = p11->C_EncapsulateKey(session, MECHANISM(CKM_ML_KEM), public_key,
		    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY),
			ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET), READABLE),
		    ciphertext, &len, &key);
	if (rv != CKR_OK)
		return REFUSED;
	return len == MLKEM_768_CIPHERTEXT && get_bytes(session, key, CKA_VALUE).len == MLKEM_SECRET
	    ? RIGHT
	    : OTHER;
}

static enum outcome
play_mlkem(const struct wycheproof *file)
{
	struct view ciphertext = wycheproof_bytes(file, "c");
	CK_OBJECT_HANDLE private_key, key = CK_INVALID_HANDLE;
	CK_RV rv = mlkem_private(file, &private_key);

	if (rv == CKR_OK)
		rv = p11->C_DecapsulateKey(session, MECHANISM(CKM_ML_KEM), private_key,
		    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY),
			ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET), READABLE),
		    (CK_BYTE *)ciphertext.data, ciphertext.len, &key);
	return compare_key(rv, key, wycheproof_bytes(file, "K"));
}

/* --- the files --------------------------------------------------------------------------- */

/* --- ChaCha20-Poly1305, as one ciphertext and as a message with the tag apart --------------- */

static enum outcome
open_message(const struct wycheproof *file, CK_OBJECT_HANDLE key)
{
	struct view nonce = wycheproof_bytes(file, "iv"), aad = wycheproof_bytes(file, "aad");
	struct view ct = wycheproof_bytes(file, "ct");
	const CK_ULONG text = ct.len - 16;
	struct pkcs11_chacha20_poly1305_msg_params parameter = { (CK_BYTE *)nonce.data, nonce.len,
		(CK_BYTE *)ct.data + text };
	CK_BYTE *out = scratch(text);
	CK_ULONG len = text;
	CK_RV rv;

	ok(p11->C_MessageDecryptInit(session, MECHANISM(CKM_CHACHA20_POLY1305), key));
	rv = p11->C_DecryptMessage(session, &parameter, sizeof(parameter), (CK_BYTE *)aad.data,
	    aad.len, (CK_BYTE *)ct.data, text, out, &len);
	ok(p11->C_MessageDecryptFinal(session));
	return compare(rv, view_of(out, len), wycheproof_bytes(file, "msg"));
}

static enum outcome
play_chacha20(const struct wycheproof *file)
{
	struct view iv = wycheproof_bytes(file, "iv");
	struct parameter parameter =
	    CHACHA20_POLY1305(iv.len, wycheproof_word(file, "iv"), wycheproof_word(file, "aad"));
	CK_MECHANISM *mechanism = mechanism_of(CKM_CHACHA20_POLY1305, parameter);
	struct view msg = wycheproof_bytes(file, "msg"), ct = wycheproof_bytes(file, "ct");
	CK_OBJECT_HANDLE key =
	    secret_key(CKK_CHACHA20, wycheproof_word(file, "key"), CKF_ENCRYPT | CKF_DECRYPT);
	enum outcome back = decrypt(mechanism, key, ct, ct.len, msg);

	if (open_message(file, key) != back)
		return MIXED;
	return (encrypt(mechanism, key, msg, ct) == RIGHT) == (back == RIGHT) ? back : MIXED;
}

/* --- codes ----------------------------------------------------------------------------------- */

/* Verified, and computed anew. */
static enum outcome
code(const struct wycheproof *file, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key)
{
	struct view msg = wycheproof_bytes(file, "msg"), right = wycheproof_bytes(file, "code");
	CK_BYTE *out = scratch(64);
	CK_ULONG len = 64;
	CK_RV rv;

	ok(p11->C_SignInit(session, mechanism, key));
	ok(p11->C_Sign(session, (CK_BYTE *)msg.data, msg.len, out, &len));
	ok(p11->C_VerifyInit(session, mechanism, key));
	rv = p11->C_Verify(session, (CK_BYTE *)msg.data, msg.len, (CK_BYTE *)right.data, right.len);
	if ((rv == CKR_OK) != equal(view_of(out, len), right))
		return MIXED;
	return rv == CKR_OK ? RIGHT : REFUSED;
}

/* By the mechanism whose length is the caller's, and where it is whole by the other as well. */
static enum outcome
play_code(const struct wycheproof *file, CK_KEY_TYPE type, CK_MECHANISM_TYPE whole,
    CK_MECHANISM_TYPE general, size_t size)
{
	struct view value = wycheproof_bytes(file, "key");
	const size_t len = wycheproof_bytes(file, "code").len;
	struct parameter parameter = NUMBER(len);
	CK_OBJECT_HANDLE key;
	enum outcome outcome;

	if (p11->C_CreateObject(session,
		TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, type),
		    BYTES(CKA_VALUE, value), YES(CKA_SIGN), YES(CKA_VERIFY)),
		&key) != CKR_OK)
		return REFUSED;
	outcome = code(file, mechanism_of(general, parameter), key);
	return len == size && code(file, MECHANISM(whole), key) != outcome ? MIXED : outcome;
}

static enum outcome
play_cmac(const struct wycheproof *file)
{
	return play_code(file, CKK_AES, CKM_AES_CMAC, CKM_AES_CMAC_GENERAL, 16);
}

static enum outcome
play_hmac_sha256(const struct wycheproof *file)
{
	return play_code(file, CKK_SHA256_HMAC, CKM_SHA256_HMAC, CKM_SHA256_HMAC_GENERAL, 32);
}

static enum outcome
play_hmac_sha3(const struct wycheproof *file)
{
	return play_code(
	    file, CKK_GENERIC_SECRET, CKM_SHA3_256_HMAC, CKM_SHA3_256_HMAC_GENERAL, 32);
}

struct file {
	const char *name;
	CK_MECHANISM_TYPE mechanism;
	enum outcome (*play)(const struct wycheproof *);
	/* An invalid ciphertext may give a secret that nobody else has. */
	bool implicit;
};

static const struct file files[] = {
	{ "aes_cbc_pkcs5_test", CKM_AES_CBC_PAD, play_cbc, false },
	{ "aes_ccm_test", CKM_AES_CCM, play_ccm, false },
	{ "aes_cmac_test", CKM_AES_CMAC, play_cmac, false },
	{ "aes_gcm_test", CKM_AES_GCM, play_gcm, false },
	{ "aes_kwp_test", CKM_AES_KEY_WRAP_KWP, play_wrap_padded, false },
	{ "aes_wrap_test", CKM_AES_KEY_WRAP, play_wrap, false },
	{ "chacha20_poly1305_test", CKM_CHACHA20_POLY1305, play_chacha20, false },
	{ "ecdh_brainpoolP256r1_test", CKM_ECDH1_DERIVE, play_ecdh, false },
	{ "ecdh_secp224r1_test", CKM_ECDH1_DERIVE, play_ecdh, false },
	{ "ecdh_secp256r1_ecpoint_test", CKM_ECDH1_DERIVE, play_agreement, false },
	{ "ecdh_secp256r1_test", CKM_ECDH1_DERIVE, play_ecdh, false },
	{ "ecdh_secp521r1_ecpoint_test", CKM_ECDH1_DERIVE, play_agreement, false },
	{ "ecdsa_secp256r1_sha256_p1363_test", CKM_ECDSA_SHA256, play_ecdsa, false },
	{ "ecdsa_secp384r1_sha384_p1363_test", CKM_ECDSA_SHA384, play_ecdsa, false },
	{ "ed25519_test", CKM_EDDSA, play_eddsa, false },
	{ "hkdf_sha1_test", CKM_HKDF_DERIVE, play_hkdf, false },
	{ "hkdf_sha256_test", CKM_HKDF_DERIVE, play_hkdf, false },
	{ "hmac_sha256_test", CKM_SHA256_HMAC, play_hmac_sha256, false },
	{ "hmac_sha3_256_test", CKM_SHA3_256_HMAC, play_hmac_sha3, false },
	{ "mldsa_65_sign_seed_test", CKM_ML_DSA, play_mldsa_sign, false },
	{ "mldsa_65_verify_test", CKM_ML_DSA, play_mldsa_verify, false },
	{ "mlkem_768_encaps_test", CKM_ML_KEM, play_mlkem_encaps, false },
	{ "mlkem_768_keygen_seed_test", CKM_ML_KEM, play_mlkem_keygen, false },
	{ "mlkem_768_test", CKM_ML_KEM, play_mlkem, false },
	{ "pbkdf2_hmacsha256_test", CKM_PKCS5_PBKD2, play_pbkdf2, false },
	{ "rsa_oaep_2048_sha256_mgf1sha1_test", CKM_RSA_PKCS_OAEP, play_oaep, false },
	{ "rsa_oaep_2048_sha256_mgf1sha256_test", CKM_RSA_PKCS_OAEP, play_oaep, false },
	{ "rsa_oaep_misc_test", CKM_RSA_PKCS_OAEP, play_oaep, false },
	{ "rsa_pkcs1_2048_test", CKM_RSA_PKCS, play_pkcs1, true },
	{ "rsa_pss_2048_sha256_mgf1_32_test", CKM_RSA_PKCS_PSS, play_pss, false },
	{ "rsa_pss_misc_test", CKM_RSA_PKCS_PSS, play_pss, false },
	{ "rsa_signature_2048_sha256_test", CKM_SHA256_RSA_PKCS, play_rsa_signature, false },
	{ "x25519_test", CKM_ECDH1_DERIVE, play_agreement, false },
};

/* What the cases of a file came to. */
struct tally {
	unsigned valid, invalid, accepted, refused; /* `accepted` and `refused` were acceptable */
	unsigned unasked, beyond, wrong;            /* among those */
};

/* Is it what it must be? */
static bool
holds(const struct file *of, const struct wycheproof *file, enum outcome outcome)
{
	bool refused = outcome == REFUSED || outcome == UNASKED;
	const struct decision *decision;

	switch (file->result) {
	case WYCHEPROOF_VALID:
		return outcome == RIGHT || outcome == BEYOND;
	case WYCHEPROOF_INVALID:
		return refused || (of->implicit && outcome == OTHER);
	default:
		decision = decided(file);
		return decision != NULL && (decision->accepted ? outcome == RIGHT : refused);
	}
}

static void
count(struct tally *tally, const struct wycheproof *file, enum outcome outcome)
{
	tally->unasked += outcome == UNASKED;
	tally->beyond += outcome == BEYOND;
	if (file->result == WYCHEPROOF_VALID)
		tally->valid++;
	else if (file->result == WYCHEPROOF_INVALID)
		tally->invalid++;
	else if (outcome == RIGHT)
		tally->accepted++;
	else
		tally->refused++;
}

static void
play_case(const struct file *of, const struct wycheproof *file, struct tally *tally)
{
	static const char *const names[] = { "right", "refused", "another value",
		"different from call to call", "not put to the token", "past a limit" };
	enum outcome outcome = UNASKED;

	session = session_open(slot, READ_WRITE);
	if (file->whole)
		outcome = of->play(file);
	ok(p11->C_CloseSession(session));
	scratch_release();
	count(tally, file, outcome);
	if (holds(of, file, outcome))
		return;
	print_error("# %s, %lu: %s %s\n", of->name, file->number, names[outcome], file->flags);
	tally->wrong++;
}

static void
test_file(void **state)
{
	const struct file *of = *state;
	struct tally tally = { 0 };
	struct wycheproof file;
	CK_MECHANISM_INFO info;

	/* Which mechanisms the module must have is check-vectors' business. */
	if (p11->C_GetMechanismInfo(slot, of->mechanism, &info) != CKR_OK)
		skip_because("the module does not offer the mechanism with this libcrypto");
	wycheproof_open(&file, of->name);
	while (wycheproof_next(&file))
		play_case(of, &file, &tally);
	wycheproof_close(&file);
	print_message("# %s: %u valid, %u invalid, %u acceptable (%u accepted, %u refused), "
		      "%u of them not put to the token, %u past a limit; %u wrong\n",
	    of->name, tally.valid, tally.invalid, tally.accepted + tally.refused, tally.accepted,
	    tally.refused, tally.unasked, tally.beyond, tally.wrong);
	check(tally.valid != 0 && tally.wrong == 0);
}

static int
before_all(void **state)
{
	(void)state;
	slot = token_in_memory("wycheproof");
	anchor = session_user(slot);
	return 0;
}

int
main(void)
{
	struct CMUnitTest tests[COUNT_OF(files)];

	for (size_t i = 0; i < COUNT_OF(files); i++)
		tests[i] = (struct CMUnitTest){ .name = files[i].name,
			.test_func = test_file,
			.initial_state = (void *)&files[i] };
	return client_run(tests, COUNT_OF(tests), before_all, module_stopped);
}
