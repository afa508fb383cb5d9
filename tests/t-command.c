/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The openssl command and the token do the same: functions that derive keys, KEMs,
 * post-quantum signatures, and CMS messages (RFC 5652) that one makes and the other opens, with all
 * that it takes inside the token done through PKCS#11.
 */
#include "tests/command.h"
#include "tests/peer.h"

#include <openssl/core_names.h>
#include <stdio.h>

static CK_SESSION_HANDLE session;
static bool installed, mlkem;

static int
group_begin(void **state)
{
	struct view kems;

	(void)state;
	installed = command("openssl list -kem-algorithms >kems");
	if (installed) {
		kems = command_out("kems");
		mlkem = memmem(kems.data, kems.len, "ML-KEM", 6) != NULL;
	}
	scratch_release();
	return 0;
}

static int
begin(void **state)
{
	module_fresh(state);
	session = session_user(token_make("command"));
	return 0;
}

#define test_command(function) cmocka_unit_test_setup_teardown(function, begin, module_stopped)

/* Ends a test where there is no command. */
#define NEEDED                                                                                     \
	do {                                                                                       \
		(void)state;                                                                       \
		if (!installed) {                                                                  \
			skip_because("no openssl command");                                        \
			return;                                                                    \
		}                                                                                  \
	} while (0)

#define OPEN NO(CKA_SENSITIVE), YES(CKA_EXTRACTABLE)

static struct view
noise(size_t len)
{
	CK_BYTE *data = scratch(len);

	ok(p11->C_GenerateRandom(session, data, len));
	return view_of(data, len);
}

/* --- derivation ------------------------------------------------------------------------------ */

static CK_OBJECT_HANDLE
base_key(CK_KEY_TYPE type, struct view value)
{
	CK_OBJECT_HANDLE key;

	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, type),
		YES(CKA_SENSITIVE), YES(CKA_DERIVE), BYTES(CKA_VALUE, value)),
	    &key));
	return key;
}

static struct view
derived(CK_MECHANISM *mechanism, CK_OBJECT_HANDLE base, CK_ULONG len)
{
	CK_OBJECT_HANDLE key;

	ok(p11->C_DeriveKey(session, mechanism, base,
	    TEMPLATE(ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET), ULONG(CKA_VALUE_LEN, len), OPEN),
	    &key));
	return get_bytes(session, key, CKA_VALUE);
}

/* Less than a block of most hashes, exactly two, several and a part. */
static const CK_ULONG lengths[] = { 17, 64, 200 };

static void
test_hkdf(void **state)
{
	static const struct {
		CK_MECHANISM_TYPE hash;
		const char *name;
	} hashes[] = { { CKM_SHA_1, "SHA1" }, { CKM_SHA256, "SHA256" }, { CKM_SHA384, "SHA384" },
		{ CKM_SHA512, "SHA512" }, { CKM_SHA3_256, "SHA3-256" } };

	NEEDED;
	for (size_t i = 0; i < COUNT_OF(hashes) * COUNT_OF(lengths); i++) {
		CK_ULONG len = lengths[i % COUNT_OF(lengths)];
		struct view key = noise(32 + i), salt = noise(1 + 3 * i), info = noise(1 + 5 * i);
		struct pkcs11_hkdf_params params = { CK_TRUE, CK_TRUE,
			hashes[i / COUNT_OF(lengths)].hash, CKF_HKDF_SALT_DATA,
			(CK_BYTE *)salt.data, salt.len, 0, (CK_BYTE *)info.data, info.len };

		check(command("openssl kdf -binary -keylen %lu -kdfopt digest:%s"
			      " -kdfopt hexkey:%s -kdfopt hexsalt:%s -kdfopt hexinfo:%s"
			      " -out key HKDF",
		    len, hashes[i / COUNT_OF(lengths)].name, command_hex(key), command_hex(salt),
		    command_hex(info)));
		same_bytes(derived(MECHANISM_WITH(CKM_HKDF_DERIVE, &params),
			       base_key(CKK_GENERIC_SECRET, key), len),
		    command_out("key"));
	}
}

#define PIECE(kind, at, size)                                                                      \
	{                                                                                          \
		(kind), (void *)(at), (size)                                                       \
	}

/* Label, zero, context and length in bits, as the command lays them out (SP 800-108, 4). */
static struct view
kbkdf(bool feedback, CK_MECHANISM_TYPE prf, struct view key, struct view label, struct view context,
    struct view iv, CK_ULONG len)
{
	static const CK_BYTE zero[1];
	struct pkcs11_sp800_108_counter_format counter = { CK_FALSE, 32 };
	struct pkcs11_sp800_108_dkm_length_format length = { CK_SP800_108_DKM_LENGTH_SUM_OF_KEYS,
		CK_FALSE, 32 };
	struct pkcs11_prf_data_param pieces[] = {
		PIECE(CK_SP800_108_ITERATION_VARIABLE, NULL, 0),
		PIECE(CK_SP800_108_COUNTER, &counter, sizeof(counter)),
		PIECE(CK_SP800_108_BYTE_ARRAY, label.data, label.len),
		PIECE(CK_SP800_108_BYTE_ARRAY, zero, sizeof(zero)),
		PIECE(CK_SP800_108_BYTE_ARRAY, context.data, context.len),
		PIECE(CK_SP800_108_DKM_LENGTH, &length, sizeof(length)),
	};
	struct pkcs11_sp800_108_feedback_kdf_params with_iv = { prf, COUNT_OF(pieces), pieces,
		iv.len, (CK_BYTE *)iv.data, 0, NULL };
	struct pkcs11_sp800_108_kdf_params without = { prf, COUNT_OF(pieces) - 1, pieces + 1, 0,
		NULL };
	CK_OBJECT_HANDLE base;

	base = base_key(prf == CKM_AES_CMAC ? CKK_AES : CKK_GENERIC_SECRET, key);
	if (feedback)
		return derived(MECHANISM_WITH(CKM_SP800_108_FEEDBACK_KDF, &with_iv), base, len);
	/* In counter mode the counter is the iteration variable. */
	pieces[1].type = CK_SP800_108_ITERATION_VARIABLE;
	return derived(MECHANISM_WITH(CKM_SP800_108_COUNTER_KDF, &without), base, len);
}

static void
test_kbkdf(void **state)
{
	static const struct {
		CK_MECHANISM_TYPE prf;
		const char *options;
		size_t block;
	} prfs[] = {
		{ CKM_SHA256_HMAC, "mac:HMAC -kdfopt digest:SHA256", 32 },
		{ CKM_SHA512_HMAC, "mac:HMAC -kdfopt digest:SHA512", 64 },
		{ CKM_AES_CMAC, "mac:CMAC -kdfopt cipher:AES-256-CBC", 16 },
	};

	NEEDED;
	for (size_t i = 0; i < 2 * COUNT_OF(prfs) * COUNT_OF(lengths); i++) {
		CK_ULONG len = lengths[i % COUNT_OF(lengths)];
		size_t which = i / COUNT_OF(lengths) % COUNT_OF(prfs);
		bool feedback = i >= COUNT_OF(prfs) * COUNT_OF(lengths);
		struct view key = noise(32), label = noise(1 + i), context = noise(2 * i + 1);
		struct view iv = noise(prfs[which].block);

		check(command("openssl kdf -binary -keylen %lu -kdfopt mode:%s -kdfopt %s"
			      " -kdfopt hexkey:%s -kdfopt hexsalt:%s -kdfopt hexinfo:%s%s%s"
			      " -out key KBKDF",
		    len, feedback ? "FEEDBACK" : "COUNTER", prfs[which].options, command_hex(key),
		    command_hex(label), command_hex(context), feedback ? " -kdfopt hexseed:" : "",
		    feedback ? command_hex(iv) : ""));
		same_bytes(kbkdf(feedback, prfs[which].prf, key, label, context, iv, len),
		    command_out("key"));
	}
}

/* The one-step functions behind an agreement: ANSI X9.63, and SP 800-56C (SSKDF). */
static void
test_agreement_kdfs(void **state)
{
	static const struct {
		CK_ULONG kdf;
		const char *name, *digest;
	} kdfs[] = {
		{ CKD_SHA1_KDF, "X963KDF", "SHA1" },
		{ CKD_SHA224_KDF, "X963KDF", "SHA224" },
		{ CKD_SHA256_KDF, "X963KDF", "SHA256" },
		{ CKD_SHA384_KDF, "X963KDF", "SHA384" },
		{ CKD_SHA512_KDF, "X963KDF", "SHA512" },
		{ CKD_SHA3_256_KDF, "X963KDF", "SHA3-256" },
		{ CKD_SHA1_KDF_SP800, "SSKDF", "SHA1" },
		{ CKD_SHA256_KDF_SP800, "SSKDF", "SHA256" },
		{ CKD_SHA384_KDF_SP800, "SSKDF", "SHA384" },
		{ CKD_SHA512_KDF_SP800, "SSKDF", "SHA512" },
		{ CKD_SHA3_512_KDF_SP800, "SSKDF", "SHA3-512" },
	};
	CK_OBJECT_HANDLE pair[2];

	NEEDED;
	key_pair_ec(session, p521, false, pair);
	for (size_t i = 0; i < COUNT_OF(kdfs) * COUNT_OF(lengths); i++) {
		PEER_KEY peer = peer_ec("P-521");
		struct view point = peer_point(peer), info = noise(1 + i);
		CK_ULONG len = lengths[i % COUNT_OF(lengths)];
		size_t which = i / COUNT_OF(lengths);
		CK_ECDH1_DERIVE_PARAMS raw = { CKD_NULL, 0, NULL, point.len,
			(CK_BYTE *)point.data };
		CK_ECDH1_DERIVE_PARAMS params = { kdfs[which].kdf, info.len, (CK_BYTE *)info.data,
			point.len, (CK_BYTE *)point.data };

		check(command("openssl kdf -binary -keylen %lu -kdfopt digest:%s -kdfopt hexkey:%s"
			      " -kdfopt hexinfo:%s -out key %s",
		    len, kdfs[which].digest,
		    command_hex(derived(MECHANISM_WITH(CKM_ECDH1_DERIVE, &raw), pair[1], 66)),
		    command_hex(info), kdfs[which].name));
		same_bytes(derived(MECHANISM_WITH(CKM_ECDH1_DERIVE, &params), pair[1], len),
		    command_out("key"));
	}
}

/* --- ML-KEM ------------------------------------------------------------------------------------
 */

#define SECRET ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET), OPEN

/* The command encapsulates to a key of the token. */
static void
we_decapsulate(CK_ULONG set)
{
	CK_OBJECT_HANDLE pair[2], key;
	struct view ciphertext;

	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_ML_KEM_KEY_PAIR_GEN),
	    TEMPLATE(ULONG(CKA_PARAMETER_SET, set), YES(CKA_ENCAPSULATE)),
	    TEMPLATE(YES(CKA_DECAPSULATE)), &pair[0], &pair[1]));
	command_in("ours.der", get_bytes(session, pair[0], CKA_PUBLIC_KEY_INFO));
	check(command("openssl pkeyutl -encap -pubin -keyform DER -inkey ours.der -out ciphertext"
		      " -secret secret"));
	ciphertext = command_out("ciphertext");
	ok(p11->C_DecapsulateKey(session, MECHANISM(CKM_ML_KEM), pair[1], TEMPLATE(SECRET),
	    (CK_BYTE *)ciphertext.data, ciphertext.len, &key));
	same_bytes(get_bytes(session, key, CKA_VALUE), command_out("secret"));
}

/* The token encapsulates to a key of the command's, whose SubjectPublicKeyInfo ends with it. */
static void
they_decapsulate(CK_ULONG set, const char *name, size_t size)
{
	CK_BYTE ciphertext[2048];
	CK_ULONG len = sizeof(ciphertext);
	CK_OBJECT_HANDLE theirs, key;
	struct view spki;

	check(command("openssl genpkey -algorithm %s -out theirs.pem", name));
	check(command("openssl pkey -in theirs.pem -pubout -outform DER -out theirs.der"));
	spki = command_out("theirs.der");
	check(spki.len > size);
	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY), ULONG(CKA_KEY_TYPE, CKK_ML_KEM),
		ULONG(CKA_PARAMETER_SET, set), YES(CKA_ENCAPSULATE),
		BYTES(CKA_VALUE, view_of(spki.data + spki.len - size, size))),
	    &theirs));
	ok(p11->C_EncapsulateKey(
	    session, MECHANISM(CKM_ML_KEM), theirs, TEMPLATE(SECRET), ciphertext, &len, &key));
	command_in("ciphertext", view_of(ciphertext, len));
	check(command("openssl pkeyutl -decap -inkey theirs.pem -in ciphertext -secret secret"));
	same_bytes(get_bytes(session, key, CKA_VALUE), command_out("secret"));
}

static void
test_mlkem(void **state)
{
	static const struct {
		CK_ULONG set;
		const char *name;
		size_t size; /* of a public key: FIPS 203, table 3 */
	} sets[] = { { CKP_ML_KEM_512, "ML-KEM-512", 800 }, { CKP_ML_KEM_768, "ML-KEM-768", 1184 },
		{ CKP_ML_KEM_1024, "ML-KEM-1024", 1568 } };

	NEEDED;
	if (!mlkem) {
		skip_because("this openssl has no ML-KEM, which came with 3.5");
		return;
	}
	for (size_t i = 0; i < COUNT_OF(sets); i++) {
		we_decapsulate(sets[i].set);
		they_decapsulate(sets[i].set, sets[i].name, sets[i].size);
	}
}

/* --- ML-DSA and SLH-DSA ------------------------------------------------------------------------
 */

struct signature_set {
	CK_KEY_TYPE type;
	CK_MECHANISM_TYPE pairs, signs;
	CK_ULONG number;
	const char *name;
	size_t public_len, signature_len; /* FIPS 204, table 2; FIPS 205, table 2 */
};

static const char context[] = "a context";

static CK_MECHANISM *
with_context(const struct signature_set *set)
{
	struct pkcs11_sign_additional_context in = { CKH_HEDGE_PREFERRED, (CK_BYTE *)context,
		sizeof(context) - 1 };
	CK_MECHANISM *mechanism = scratch(sizeof(*mechanism));

	*mechanism =
	    (CK_MECHANISM){ set->signs, (void *)copy_of(&in, sizeof(in)).data, sizeof(in) };
	return mechanism;
}

/* The token signs, and the command verifies. */
static void
they_verify(const struct signature_set *set, struct view message)
{
	CK_ULONG len = set->signature_len;
	CK_BYTE *signature = scratch(len);
	CK_OBJECT_HANDLE pair[2];

	ok(p11->C_GenerateKeyPair(session, MECHANISM(set->pairs),
	    TEMPLATE(ULONG(CKA_PARAMETER_SET, set->number)), NO_TEMPLATE, &pair[0], &pair[1]));
	ok(p11->C_SignInit(session, with_context(set), pair[1]));
	ok(p11->C_Sign(session, (CK_BYTE *)message.data, message.len, signature, &len));
	command_in("ours.der", get_bytes(session, pair[0], CKA_PUBLIC_KEY_INFO));
	command_in("signature", view_of(signature, len));
	check(command("openssl pkeyutl -verify -pubin -keyform DER -inkey ours.der -rawin"
		      " -in message -sigfile signature -pkeyopt 'context-string:%s'",
	    context));
	check(!command("openssl pkeyutl -verify -pubin -keyform DER -inkey ours.der -rawin"
		       " -in message -sigfile signature"));
}

/* The command signs, and the token verifies with a key whose SubjectPublicKeyInfo ends with it. */
static void
we_verify(const struct signature_set *set, struct view message)
{
	struct view spki, signature;
	CK_OBJECT_HANDLE theirs;

	check(command("openssl genpkey -algorithm %s -out theirs.pem", set->name));
	check(command("openssl pkey -in theirs.pem -pubout -outform DER -out theirs.der"));
	check(command("openssl pkeyutl -sign -inkey theirs.pem -rawin -in message -out signature"
		      " -pkeyopt 'context-string:%s'",
	    context));
	spki = command_out("theirs.der");
	signature = command_out("signature");
	check(spki.len > set->public_len);
	ok(p11->C_CreateObject(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY), ULONG(CKA_KEY_TYPE, set->type),
		ULONG(CKA_PARAMETER_SET, set->number),
		BYTES(CKA_VALUE, view_of(spki.data + spki.len - set->public_len, set->public_len))),
	    &theirs));
	ok(p11->C_VerifyInit(session, with_context(set), theirs));
	ok(p11->C_Verify(session, (CK_BYTE *)message.data, message.len, (CK_BYTE *)signature.data,
	    signature.len));
	ok(p11->C_VerifyInit(session, MECHANISM(set->signs), theirs));
	assert_rv(p11->C_Verify(session, (CK_BYTE *)message.data, message.len,
		      (CK_BYTE *)signature.data, signature.len),
	    CKR_SIGNATURE_INVALID);
}

static void
test_signatures(void **state)
{
	static const struct signature_set sets[] = {
		{ CKK_ML_DSA, CKM_ML_DSA_KEY_PAIR_GEN, CKM_ML_DSA, CKP_ML_DSA_65, "ML-DSA-65", 1952,
		    3309 },
		{ CKK_SLH_DSA, CKM_SLH_DSA_KEY_PAIR_GEN, CKM_SLH_DSA, CKP_SLH_DSA_SHA2_128F,
		    "SLH-DSA-SHA2-128f", 32, 17088 },
	};
	struct view message;

	NEEDED;
	if (!mlkem) {
		skip_because("this openssl has neither, which came with 3.5");
		return;
	}
	message = noise(1000);
	command_in("message", message);
	for (size_t i = 0; i < COUNT_OF(sets); i++) {
		they_verify(&sets[i], message);
		we_verify(&sets[i], message);
	}
}

/* --- CMS ------------------------------------------------------------------------------------- */

#define SEQUENCE 0x30
#define SET 0x31
#define OBJECT_ID 0x06
#define INTEGER 0x02
#define OCTETS 0x04
#define BITS 0x03
#define TAGGED(number) (0xa0 + (number))
#define IMPLICIT(number) (0x80 + (number))

/* The first element of `rest`, which must have this tag, header and all; `rest` is what follows. */
static struct view
element_whole(struct view *rest, CK_BYTE tag, struct view *contents)
{
	size_t header = 2, len, octets;
	struct view whole;

	check(rest->len > 2 && rest->data[0] == tag);
	len = rest->data[1];
	if (len > 0x80) {
		octets = len - 0x80;
		check(octets <= 2 && rest->len > 2 + octets);
		len = 0;
		for (; header < 2 + octets; header++)
			len = len << 8 | rest->data[header];
	}
	check(rest->len - header >= len);
	*contents = view_of(rest->data + header, len);
	whole = view_of(rest->data, header + len);
	*rest = view_of(rest->data + whole.len, rest->len - whole.len);
	return whole;
}

static struct view
element(struct view *rest, CK_BYTE tag)
{
	struct view contents;

	element_whole(rest, tag, &contents);
	return contents;
}

/* An EnvelopedData for one recipient: places in the message, which may be written over. */
struct message {
	struct view whole;
	struct view key;   /* the content's, encrypted */
	struct view point; /* the sender's, of an agreement */
	struct view wrap;  /* AlgorithmIdentifier of how the key is wrapped then */
	struct view iv, sealed;
};

/* RFC 5652, 6.2.1. */
static void
read_transport(struct message *message, struct view recipient)
{
	element(&recipient, INTEGER);
	element(&recipient, SEQUENCE);
	element(&recipient, SEQUENCE);
	message->key = element(&recipient, OCTETS);
}

/* RFC 5652, 6.2.2; RFC 5753, 3.1. */
static void
read_agreement(struct message *message, struct view recipient)
{
	struct view from, algorithm, keys, key, unused;

	element(&recipient, INTEGER);
	from = element(&recipient, TAGGED(0));
	from = element(&from, TAGGED(1));
	element(&from, SEQUENCE);
	message->point = element(&from, BITS);
	message->point = view_of(message->point.data + 1, message->point.len - 1);
	algorithm = element(&recipient, SEQUENCE);
	element(&algorithm, OBJECT_ID);
	message->wrap = element_whole(&algorithm, SEQUENCE, &unused);
	keys = element(&recipient, SEQUENCE);
	key = element(&keys, SEQUENCE);
	element(&key, SEQUENCE);
	message->key = element(&key, OCTETS);
}

static struct message
read_message(struct view der)
{
	struct message message = { .whole = der };
	struct view info, data, recipients, content, algorithm;

	info = element(&der, SEQUENCE);
	element(&info, OBJECT_ID);
	data = element(&info, TAGGED(0));
	data = element(&data, SEQUENCE);
	element(&data, INTEGER);
	recipients = element(&data, SET);
	content = element(&data, SEQUENCE);
	element(&content, OBJECT_ID);
	algorithm = element(&content, SEQUENCE);
	element(&algorithm, OBJECT_ID);
	message.iv = element(&algorithm, OCTETS);
	message.sealed = element(&content, IMPLICIT(0));
	if (recipients.data[0] == TAGGED(1))
		read_agreement(&message, element(&recipients, TAGGED(1)));
	else
		read_transport(&message, element(&recipients, SEQUENCE));
	return message;
}

/* Writes over a part of a message. */
static void
replace(struct view part, struct view by)
{
	check(part.len == by.len);
	memcpy((CK_BYTE *)part.data, by.data, by.len);
}

/* A certificate `NAME.pem` for a SubjectPublicKeyInfo, by an authority made for it. */
static void
certify(const char *name, struct view spki)
{
	command_in("spki.der", spki);
	check(
	    command("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ca.pem"));
	check(command("openssl x509 -new -subj /CN=%s -force_pubkey spki.der -key ca.pem"
		      " -out %s.pem",
	    name, name));
}

/* The command's pair in `theirs-key.pem`, its certificate in `theirs.pem`; SubjectPublicKeyInfo. */
static struct view
their_pair(const char *algorithm)
{
	struct view spki;

	check(command("openssl genpkey -algorithm %s -out theirs-key.pem", algorithm));
	check(command("openssl pkey -in theirs-key.pem -pubout -outform DER -out theirs.der"));
	spki = command_out("theirs.der");
	certify("theirs", spki);
	return spki;
}

/* The command seals `content` for a certificate. */
static struct message
sealed_for(const char *name, struct view content, const char *options)
{
	command_in("content", content);
	check(command("openssl cms -encrypt -binary -aes256 -in content -outform DER -out message"
		      " -recip %s.pem %s",
	    name, options));
	return read_message(command_out("message"));
}

static CK_MECHANISM *
cbc(struct view iv)
{
	CK_MECHANISM *mechanism = scratch(sizeof(*mechanism));

	*mechanism = (CK_MECHANISM){ CKM_AES_CBC_PAD, (void *)iv.data, iv.len };
	return mechanism;
}

#define CONTENT_KEY                                                                                \
	ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_AES), YES(CKA_SENSITIVE)

static void
check_opened(const struct message *message, CK_OBJECT_HANDLE key, struct view content)
{
	CK_BYTE plain[256];
	CK_ULONG len = sizeof(plain);

	ok(p11->C_DecryptInit(session, cbc(message->iv), key));
	ok(p11->C_Decrypt(
	    session, (CK_BYTE *)message->sealed.data, message->sealed.len, plain, &len));
	same_bytes(view_of(plain, len), content);
}

/* A key of the token's for the content, which is sealed with it in place of the command's. */
static CK_OBJECT_HANDLE
reseal(const struct message *message, struct view content)
{
	CK_BYTE sealed[256];
	CK_ULONG len = sizeof(sealed);
	CK_OBJECT_HANDLE key;

	ok(p11->C_GenerateKey(session, MECHANISM(CKM_AES_KEY_GEN),
	    TEMPLATE(CONTENT_KEY, YES(CKA_EXTRACTABLE), ULONG(CKA_VALUE_LEN, 32)), &key));
	replace(message->iv, noise(16));
	ok(p11->C_EncryptInit(session, cbc(message->iv), key));
	ok(p11->C_Encrypt(session, (CK_BYTE *)content.data, content.len, sealed, &len));
	replace(message->sealed, view_of(sealed, len));
	return key;
}

/* The command opens with its private key. */
static void
check_they_open(const struct message *message, struct view content)
{
	command_in("message", message->whole);
	check(command("openssl cms -decrypt -binary -inform DER -in message -recip theirs.pem"
		      " -inkey theirs-key.pem -out plain"));
	same_bytes(command_out("plain"), content);
}

static void
wrap_into(
    struct view place, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE wrapper, CK_OBJECT_HANDLE key)
{
	CK_BYTE blob[512];
	CK_ULONG len = sizeof(blob);

	ok(p11->C_WrapKey(session, mechanism, wrapper, key, blob, &len));
	replace(place, view_of(blob, len));
}

static void
test_cms_rsa(void **state)
{
	static const struct {
		const char *options;
		CK_MECHANISM_TYPE type;
	} cases[] = {
		{ "-keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha256", CKM_RSA_PKCS_OAEP },
		{ "-keyopt rsa_padding_mode:pkcs1", CKM_RSA_PKCS },
	};
	CK_RSA_PKCS_OAEP_PARAMS oaep = { CKM_SHA256, CKG_MGF1_SHA256, CKZ_DATA_SPECIFIED, NULL, 0 };
	struct view content = text("The first party's message to the second");
	CK_OBJECT_HANDLE ours[2], theirs, key;

	NEEDED;
	key_pair_rsa(session, 2048, ours);
	certify("ours", get_bytes(session, ours[0], CKA_PUBLIC_KEY_INFO));
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		CK_MECHANISM mechanism = cases[i].type == CKM_RSA_PKCS
		    ? *MECHANISM(CKM_RSA_PKCS)
		    : *MECHANISM_WITH(CKM_RSA_PKCS_OAEP, &oaep);
		struct message message = sealed_for("ours", content, cases[i].options);
		PEER_KEY peer = NULL;

		ok(p11->C_UnwrapKey(session, &mechanism, ours[1], (CK_BYTE *)message.key.data,
		    message.key.len, TEMPLATE(CONTENT_KEY), &key));
		check_opened(&message, key, content);

		peer = peer_spki_public(their_pair("RSA -pkeyopt rsa_keygen_bits:2048"));
		ok(p11->C_CreateObject(session,
		    TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY), ULONG(CKA_KEY_TYPE, CKK_RSA),
			YES(CKA_WRAP), BYTES(CKA_MODULUS, peer_number(peer, OSSL_PKEY_PARAM_RSA_N)),
			BYTES(CKA_PUBLIC_EXPONENT, peer_number(peer, OSSL_PKEY_PARAM_RSA_E))),
		    &theirs));
		message = sealed_for("theirs", content, cases[i].options);
		key = reseal(&message, content);
		wrap_into(message.key, &mechanism, theirs, key);
		check_they_open(&message, content);
	}
}

/*
 * The key that wraps the content's: ECDH, X9.63 with SHA-256 over ECC-CMS-SharedInfo (RFC
 * 5753, 7.2), which has the wrap's algorithm and the length of its key in bits, here 256.
 */
static CK_OBJECT_HANDLE
agreed_key(const struct message *message, CK_OBJECT_HANDLE private, struct view point)
{
	struct view rest = joined(message->wrap, unhex("a206040400000100"));
	CK_BYTE header[] = { SEQUENCE, (CK_BYTE)rest.len };
	struct view shared = joined(view_of(header, sizeof(header)), rest);
	CK_ECDH1_DERIVE_PARAMS params = { CKD_SHA256_KDF, shared.len, (CK_BYTE *)shared.data,
		point.len, (CK_BYTE *)point.data };
	CK_OBJECT_HANDLE key;

	ok(p11->C_DeriveKey(session, MECHANISM_WITH(CKM_ECDH1_DERIVE, &params), private,
	    TEMPLATE(CONTENT_KEY, ULONG(CKA_VALUE_LEN, 32), NO(CKA_EXTRACTABLE), YES(CKA_WRAP),
		YES(CKA_UNWRAP)),
	    &key));
	return key;
}

/* The point that the OCTET STRING of a public key's attribute has. */
static struct view
point_of(CK_OBJECT_HANDLE public)
{
	struct view point = get_bytes(session, public, CKA_EC_POINT);

	return element(&point, OCTETS);
}

static void
test_cms_ec(void **state)
{
	static const char *const options = "-keyopt ecdh_kdf_md:sha256 -aes256-wrap";
	static const struct {
		const struct view *curve;
		const char *name;
	} curves[] = { { &p256, "P-256" }, { &p384, "P-384" }, { &p521, "P-521" } };
	struct view content = text("The second party's answer to the first");
	CK_OBJECT_HANDLE pair[2], key;
	char algorithm[96];

	NEEDED;
	for (size_t i = 0; i < COUNT_OF(curves); i++) {
		struct message message;
		PEER_KEY peer = NULL;

		key_pair_ec(session, *curves[i].curve, false, pair);
		certify("ours", get_bytes(session, pair[0], CKA_PUBLIC_KEY_INFO));
		message = sealed_for("ours", content, options);
		ok(p11->C_UnwrapKey(session, MECHANISM(CKM_AES_KEY_WRAP),
		    agreed_key(&message, pair[1], message.point), (CK_BYTE *)message.key.data,
		    message.key.len, TEMPLATE(CONTENT_KEY), &key));
		check_opened(&message, key, content);

		snprintf(algorithm, sizeof(algorithm),
		    "EC -pkeyopt ec_param_enc:named_curve -pkeyopt ec_paramgen_curve:%s",
		    curves[i].name);
		peer = peer_spki_public(their_pair(algorithm));
		message = sealed_for("theirs", content, options);
		/* For this message alone. */
		key_pair_ec(session, *curves[i].curve, false, pair);
		replace(message.point, point_of(pair[0]));
		key = reseal(&message, content);
		wrap_into(message.key, MECHANISM(CKM_AES_KEY_WRAP),
		    agreed_key(&message, pair[1], peer_point(peer)), key);
		check_they_open(&message, content);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_command(test_hkdf),
		test_command(test_kbkdf),
		test_command(test_agreement_kdfs),
		test_command(test_mlkem),
		test_command(test_signatures),
		test_command(test_cms_rsa),
		test_command(test_cms_ec),
	};

	return test_main(tests, group_begin, NULL);
}
