/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The command's key encap, decap, wrap, unwrap, uri and set.  The openssl command is
 * the other party.
 */
#include "tests/cli.h"

#include <stdio.h>
#include <unistd.h>

#define ON "--pin-file pin"

static bool
openssl_has_mlkem(void)
{
	return command("openssl list -kem-algorithms >files/kems && grep -q ML-KEM files/kems");
}

/* --- encapsulation -------------------------------------------------------- */

/*
 * A public half in a file, what openssl makes of the ciphertext and the private key, and
 * the other way about.  SEC 1: the raw point of P-256 in a SubjectPublicKeyInfo is behind
 * 26 bytes, of X25519 behind 12 (RFC 8410).
 */
#define P256_HEAD "3059301306072a8648ce3d020106082a8648ce3d030107034200"
#define X25519_HEAD "302a300506032b656e032100"
static const struct {
	const char *type, *genpkey, *open, *head;
} kems[] = {
	{ "ec:p256", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256",
	    "cat files/head files/ct >files/der && "
	    "openssl pkey -pubin -inform DER -in files/der -out files/once && "
	    "openssl pkeyutl -derive -inkey files/theirs -peerkey files/once -out files/expected",
	    P256_HEAD },
	{ "x25519", "-algorithm X25519",
	    "cat files/head files/ct >files/der && "
	    "openssl pkey -pubin -inform DER -in files/der -out files/once && "
	    "openssl pkeyutl -derive -inkey files/theirs -peerkey files/once -out files/expected",
	    X25519_HEAD },
	{ "rsa:2048", "-algorithm RSA -pkeyopt rsa_keygen_bits:2048",
	    "openssl pkeyutl -decrypt -inkey files/theirs -in files/ct -out files/expected "
	    "-pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256",
	    "00" },
	{ "ml-kem-768", "-algorithm ML-KEM-768",
	    "openssl pkeyutl -decap -inkey files/theirs -in files/ct -secret files/expected",
	    "00" },
};

static void
test_encap(void **state)
{
	(void)state;
	if (!cli_openssl())
		return;
	for (size_t i = 0; i < COUNT_OF(kems); i++) {
		if (strncmp(kems[i].type, "ml-kem", 6) == 0 && !openssl_has_mlkem())
			continue;
		check(command("rm -rf files; mkdir files; openssl genpkey %s -out files/theirs && "
			      "openssl pkey -in files/theirs -pubout -out files/public",
		    kems[i].genpkey));
		command_in("files/head", unhex(kems[i].head));
		shape(handfast_json(0,
			  "key encap --peer files/public --ciphertext files/ct --out "
			  "files/secret " ON),
		    "{s:s, s:s, s:i}", "ciphertext", "file", "bytes");
		check(command("%s && cmp files/secret files/expected", kems[i].open));
		/* Their private key in the token opens it too. */
		handfast_json(0, "key import files/theirs --label bob%zu " ON, i);
		shape(handfast_json(
			  0, "key decap bob%zu --ciphertext files/ct --out files/opened " ON, i),
		    "{s:s, s:i}", "file", "bytes");
		check(command("cmp files/secret files/opened"));
	}
}

/* For the public half that is in the token; each way out. */
static void
test_encap_own(void **state)
{
	CK_SESSION_HANDLE session;
	CK_OBJECT_HANDLE one, two;

	(void)state;
	if (!cli_openssl())
		return;
	handfast_json(0, "key gen alice " ON);
	handfast_json(
	    0, "key encap alice --ciphertext files/ct --keep one --use sign --extractable " ON);
	shape(
	    handfast_json(0, "key decap alice --ciphertext files/ct --keep two --extractable " ON),
	    KEY_SHAPE);
	shape(handfast_json(0, "key decap alice --ciphertext files/ct --digest sha256 " ON),
	    "{s:s, s:s}", "hash", "digest");
	session = cli_session(0);
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "one"), YES(CKA_SIGN)), &one) == 1);
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "two")), &two) == 1);
	same_bytes(get_bytes(session, one, CKA_VALUE), get_bytes(session, two, CKA_VALUE));
}

static void
test_encap_refused(void **state)
{
	(void)state;
	if (!cli_openssl())
		return;
	handfast_json(0, "key gen alice " ON);
	handfast_json(0, "key gen signer --type ed25519 " ON);
	handfast_json(0, "key gen derives --use derive " ON);
	handfast_json(0, "key gen signs --use sign " ON);
	handfast_json(2, "key encap alice --out files/x " ON);
	handfast_json(2, "key encap alice --ciphertext files/ct " ON);
	handfast_json(2, "key encap --ciphertext files/ct --out files/x " ON);
	handfast_json(2, "key encap alice --peer files/p --ciphertext files/ct --out files/x " ON);
	handfast_json(2, "key encap alice --ciphertext - --out files/x " ON);
	handfast_json(3, "key encap bob --ciphertext files/ct --out files/x " ON);
	handfast_json(9, "key encap signer --ciphertext files/ct --out files/x " ON);
	handfast_json(9, "key encap signs --ciphertext files/ct --out files/x " ON);
	handfast_json(6, "key encap alice --ciphertext files/ct --keep alice " ON);
	handfast_json(10, "key encap alice --ciphertext files/ct --keep it --dry-run " ON);
	/* No ciphertext stays whose secret nobody has, and no key whose ciphertext is lost. */
	handfast_json(6, "key encap alice --ciphertext files/ct --out pin " ON);
	check(access(client_path("files/ct"), F_OK) != 0);
	handfast_json(6, "key encap alice --ciphertext pin --keep it " ON);
	handfast_json(3, "key show it " ON);
	handfast_json(9, "key decap alice --ciphertext pin --out files/x " ON);
	handfast_json(3, "key decap alice --ciphertext files/none --out files/x " ON);
	handfast_json(0, "key encap alice --ciphertext files/ct --out files/secret " ON);
	handfast_json(10, "key decap alice --ciphertext files/ct --keep it --dry-run " ON);
	handfast_json(9, "key decap derives --ciphertext files/ct --out files/x " ON);
	check(access(client_path("files/x"), F_OK) != 0);
}

/* --- wrapping ------------------------------------------------------------- */

/* A secret key under the other party's RSA key, which openssl opens. */
static void
test_wrap_for_peer(void **state)
{
	(void)state;
	if (!cli_openssl())
		return;
	check(command("openssl genrsa -out files/theirs 2048 && "
		      "openssl pkey -in files/theirs -pubout -out files/public && "
		      "printf 0123456789abcdef0123456789abcdef >files/value"));
	handfast_json(0, "key import files/value --type aes:256 --extractable --label it " ON);
	shape(handfast_json(0, "key wrap it --peer files/public --out files/wrapped " ON),
	    "{s:s, s:s}", "file", "mechanism");
	check(
	    command("openssl pkeyutl -decrypt -inkey files/theirs -in files/wrapped "
		    "-out files/opened -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256 "
		    "&& cmp files/value files/opened"));
	/* What openssl wraps, the token unwraps. */
	handfast_json(0, "key import files/theirs --label rsa --use unwrap " ON);
	check(command("openssl pkeyutl -encrypt -pubin -inkey files/public -in files/value "
		      "-out files/theirs-wrapped -pkeyopt rsa_padding_mode:oaep "
		      "-pkeyopt rsa_oaep_md:sha256"));
	shape(handfast_json(0,
		  "key unwrap files/theirs-wrapped --with rsa --type aes:256 --label back "
		  "--extractable --id 0a " ON),
	    KEY_SHAPE);
	{
		CK_SESSION_HANDLE session = cli_session(0);
		CK_OBJECT_HANDLE key;

		check(find(session, TEMPLATE(TEXT(CKA_LABEL, "back")), &key) == 1);
		same_bytes(get_bytes(session, key, CKA_VALUE), command_out("files/value"));
		same_bytes(get_bytes(session, key, CKA_ID), unhex("0a"));
	}
}

/* RFC 5649 by openssl: the wrapping key is known to it, the PKCS#8 is the file's. */
static void
test_wrap_private(void **state)
{
	static const char *const wrappers[] = { "sealer", "rsa" };
	json_t *key;

	(void)state;
	if (!cli_openssl())
		return;
	check(command("printf 0123456789abcdef0123456789abcdef >files/kek && "
		      "openssl genpkey -algorithm X25519 -out files/theirs && "
		      "openssl pkey -in files/theirs -outform DER -out files/der && "
		      "openssl pkey -in files/theirs -pubout -out files/own"));
	handfast_json(0, "key import files/kek --type aes:256 --label sealer " ON);
	handfast_json(0, "key gen rsa --type rsa:2048 " ON);
	check(command("openssl enc -e -id-aes256-wrap-pad -K %s -iv A65959A6 -in files/der "
		      "-out files/wrapped",
	    command_hex(command_out("files/kek"))));
	shape(key = handfast_json(0,
		  "key unwrap files/wrapped --with sealer --type x25519 --label bob "
		  "--extractable " ON),
	    KEY_SHAPE);
	check(strlen(text_at(key, "id")) == 40);
	handfast_json(0, "key export bob --out files/exported");
	check(command("cmp files/exported files/own"));
	for (size_t i = 0; i < COUNT_OF(wrappers); i++) {
		handfast_json(0, "key wrap bob --with %s --out files/out%zu " ON, wrappers[i], i);
		handfast_json(0,
		    "key unwrap files/out%zu --with %s --type x25519 --label again%zu " ON, i,
		    wrappers[i], i);
		handfast_json(0, "key export again%zu --out files/exported%zu", i, i);
		check(command("cmp files/exported%zu files/own", i));
	}
}

/*
 * CKM_ECDH_COF_AES_KEY_WRAP and CKM_ECDH_X_AES_KEY_WRAP of PKCS#11 3.2: the point of a
 * pair for once, in an OCTET STRING or bare, and behind it RFC 5649
 * under what X9.63's KDF makes of the agreement.  openssl does each step by itself.
 */
static const struct {
	const char *type, *genpkey, *head;
	unsigned framing, point; /* bytes in front of the point, and of it */
} openers[] = {
	{ "ec:p256", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256", P256_HEAD, 2, 65 },
	{ "x25519", "-algorithm X25519", X25519_HEAD, 0, 32 },
};
#define OPEN                                                                                       \
	"cd files && tail -c +%u wrapped | head -c %u >point && cat head point >once.der && "      \
	"openssl pkey -pubin -inform DER -in once.der -out once && "                               \
	"openssl pkeyutl -derive -inkey theirs -peerkey once -out agreed && "                      \
	"openssl kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt "                                    \
	"hexkey:$(od -An -v -tx1 agreed | tr -d ' \\n') -binary -out kek X963KDF && "              \
	"tail -c +%u wrapped >sealed && openssl enc -d -id-aes256-wrap-pad -K "                    \
	"$(od -An -v -tx1 kek | tr -d ' \\n') -iv a65959a6 -in sealed >opened && cmp opened value"

static void
test_wrap_agreed(void **state)
{
	(void)state;
	if (!cli_openssl())
		return;
	for (size_t i = 0; i < COUNT_OF(openers); i++) {
		const unsigned before = openers[i].framing, point = openers[i].point;

		check(command("rm -rf files; mkdir files; cd files; openssl genpkey %s -out theirs "
			      "&& openssl pkey -in theirs -pubout -out public && "
			      "printf 0123456789abcdef0123456789abcdef >value",
		    openers[i].genpkey));
		command_in("files/head", unhex(openers[i].head));
		handfast_json(
		    0, "key import files/value --type aes:256 --label it%zu --extractable " ON, i);
		handfast_json(0, "key wrap it%zu --peer files/public --out files/wrapped " ON, i);
		check(command(OPEN, before + 1, point, before + point + 1));
		/* Their private key in the token opens it too, and a private key goes the same way.
		 */
		handfast_json(0, "key import files/theirs --label opener%zu --use unwrap " ON, i);
		shape(handfast_json(0,
			  "key unwrap files/wrapped --with opener%zu --type aes:256 --label in%zu "
			  "--extractable " ON,
			  i, i),
		    KEY_SHAPE);
		handfast_json(0, "key gen pair%zu --extractable " ON, i);
		handfast_json(0, "key wrap pair%zu --with opener%zu --out files/pair " ON, i, i);
		handfast_json(0,
		    "key unwrap files/pair --with opener%zu --type ec:p256 --label back%zu " ON, i,
		    i);
		handfast_json(0, "key export pair%zu --out files/one", i);
		handfast_json(0, "key export back%zu --out files/two", i);
		check(command("cmp files/one files/two"));
	}
}

static void
test_wrap_refused(void **state)
{
	(void)state;
	if (!cli_openssl())
		return;
	handfast_json(0, "key gen sealer --type aes:256 " ON);
	handfast_json(0, "key gen other --type aes:256 --extractable " ON);
	handfast_json(0, "key gen alice --extractable " ON);
	handfast_json(2, "key wrap other --with sealer " ON);
	handfast_json(2, "key wrap other --out files/x " ON);
	handfast_json(2, "key wrap other --with sealer --out - " ON);
	handfast_json(3, "key wrap none --with sealer --out files/x " ON);
	handfast_json(9, "key wrap other --with alice --out files/x " ON);
	/* Not extractable. */
	handfast_json(9, "key wrap sealer --with other --out files/x " ON);
	check(access(client_path("files/x"), F_OK) != 0);
	handfast_json(0, "key wrap other --with sealer --out files/wrapped " ON);
	handfast_json(6, "key wrap other --with sealer --out files/wrapped " ON);
	handfast_json(2, "key unwrap files/wrapped --with sealer --type aes:256 " ON);
	handfast_json(2, "key unwrap files/wrapped --with sealer --label it " ON);
	handfast_json(6, "key unwrap files/wrapped --with sealer --type aes:256 --label alice " ON);
	handfast_json(
	    10, "key unwrap files/wrapped --with sealer --type aes:256 --label it --dry-run " ON);
	check(handfast("key unwrap pin --with sealer --type aes:256 --label it " ON) != 0);
	check(
	    handfast("key unwrap files/wrapped --with sealer --type ec:p256 --label it " ON) != 0);
	handfast_json(3, "key show it " ON);
}

/* --- names and changes ---------------------------------------------------- */

static void
test_uri(void **state)
{
	const char *uri;

	(void)state;
	if (!cli_openssl())
		return;
	handfast_json(0, "key gen alice " ON);
	shape(handfast_json(0, "key uri alice " ON), "{s:s}", "uri");
	check(handfast("key uri alice " ON) == 0);
	uri = handfast_out();
	check(strncmp(uri, "pkcs11:", 7) == 0 && strstr(uri, "type=private\n") != NULL);
	/* It is a name for the key. */
	handfast_json(0, "key show \"$(cat out)\" " ON);
	handfast_json(0, "key uri alice --pem --out files/pem " ON);
	handfast_json(0, "key uri alice --out files/uri " ON);
	/* The form is pkcs11-provider's (tools/uri2pem.py there). */
	check(command("head -n 1 files/pem | grep -x -e '-----BEGIN PKCS#11 PROVIDER URI-----' && "
		      "openssl asn1parse -in files/pem >files/parsed && "
		      "grep 'VISIBLESTRING *:PKCS#11 Provider URI v1.0' files/parsed && "
		      "grep -F \"UTF8STRING        :$(cat files/uri)\" files/parsed"));
	shape(handfast_json(0, "key uri alice --pem " ON), "{s:s}", "pem");
	handfast_json(6, "key uri alice --out files/uri " ON);
	handfast_json(3, "key uri bob " ON);
}

static void
test_set(void **state)
{
	CK_SESSION_HANDLE session;
	CK_OBJECT_HANDLE key;

	(void)state;
	if (!cli_openssl())
		return;
	handfast_json(0, "key gen alice --extractable " ON);
	handfast_json(0, "key gen sealer --type aes:256 " ON);
	handfast_json(2, "key set alice " ON);
	handfast_json(2, "key set alice --id xy " ON);
	handfast_json(2, "key set alice --use nothing " ON);
	handfast_json(10, "key set alice --id 01 --dry-run " ON);
	shape(handfast_json(0, "key set alice --id 0a0b --use derive --no-extract " ON), "{s:[*]}",
	    "keys");
	handfast_json(0, "key set sealer --use decrypt " ON);
	session = cli_session(0);
	check(find(session, TEMPLATE(BYTES(CKA_ID, unhex("0a0b"))), NULL) == 2);
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "alice"), YES(CKA_DERIVE)), &key) == 1);
	check(!get_bool(session, key, CKA_SIGN) && !get_bool(session, key, CKA_EXTRACTABLE));
	check(!get_bool(session, key, CKA_SENSITIVE));
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "alice"), NO(CKA_VERIFY)), &key) == 1);
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "sealer"), YES(CKA_ENCRYPT)), &key) == 1);
	check(get_bool(session, key, CKA_DECRYPT) && !get_bool(session, key, CKA_WRAP));
	ok(p11->C_Finalize(NULL));
	handfast_json(0, "key set alice --sensitive " ON);
	session = cli_session(0);
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "alice"), YES(CKA_SENSITIVE)), &key) == 1);
}

/* Where a key has one role, the key that carries another one in has two halves. */
static void
test_import_strict(void **state)
{
	static const struct {
		const char *genpkey, *use, *becomes;
	} keys[] = { { "-algorithm EC -pkeyopt ec_paramgen_curve:P-256", "", "sign" },
		{ "-algorithm EC -pkeyopt ec_paramgen_curve:P-256", "--use derive", "derive" },
		{ "-algorithm X25519", "", "derive" },
		{ "-algorithm RSA -pkeyopt rsa_keygen_bits:2048", "--use decrypt", "decrypt" } };

	(void)state;
	if (!cli_openssl())
		return;
	handfast_json(0, "token init tight --policy strict --pin-file pin --so-pin-file so");
	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		check(command("openssl genpkey %s -out files/key", keys[i].genpkey));
		check(handfast("key import files/key --token tight --label key%zu %s " ON, i,
			  keys[i].use) == 0);
		check(strstr(handfast_out(), keys[i].becomes) != NULL);
	}
	handfast_json(9, "key gen both --token tight --use sign,derive " ON);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_cli(test_encap),
		test_cli(test_encap_own),
		test_cli(test_encap_refused),
		test_cli(test_wrap_for_peer),
		test_cli(test_wrap_private),
		test_cli(test_wrap_agreed),
		test_cli(test_wrap_refused),
		test_cli(test_uri),
		test_cli(test_set),
		test_cli(test_import_strict),
	};

	return test_main(tests, NULL, NULL);
}
