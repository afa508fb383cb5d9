/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keys and certificates that go through files: key derive, export, import, and the
 * `cert` verbs.  The openssl command is the other party and made the files.
 */
#include "tests/cli.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define ON "--pin-file pin"

static json_t *
list_at(json_t *data, const char *key, size_t count)
{
	json_t *list = json_object_get(data, key);

	check(json_array_size(list) == count);
	return list;
}

/* --- agreement ------------------------------------------------------------ */

static const struct {
	const char *type, *openssl;
} agreements[] = {
	{ "ec:p256", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256" },
	{ "ec:p384", "-algorithm EC -pkeyopt ec_paramgen_curve:P-384" },
	{ "ec:p521", "-algorithm EC -pkeyopt ec_paramgen_curve:P-521" },
	{ "x25519", "-algorithm X25519" },
	{ "x448", "-algorithm X448" },
	{ "dh:2048", "-algorithm DH -pkeyopt group:ffdhe2048" },
};

/* A pair in the token, its public half in files/ours, and the other party's in files/. */
static void
parties(const char *type, const char *openssl)
{
	handfast_json(0, "key gen alice --type %s " ON, type);
	handfast_json(0, "key export alice --out files/ours");
	check(command("openssl genpkey %s -out files/theirs && "
		      "openssl pkey -in files/theirs -pubout -out files/public && "
		      "openssl pkeyutl -derive -inkey files/theirs -peerkey files/ours "
		      "-out files/expected",
	    openssl));
}

static void
test_derive(void **state)
{
	(void)state;
	if (!cli_openssl())
		return;
	for (size_t i = 0; i < COUNT_OF(agreements); i++) {
		struct stat made;

		parties(agreements[i].type, agreements[i].openssl);
		shape(
		    handfast_json(0, "key derive alice --peer files/public --out files/secret " ON),
		    "{s:s, s:i}", "file", "bytes");
		check(command("cmp files/secret files/expected"));
		check(stat(client_path("files/secret"), &made) == 0);
		check((made.st_mode & 0777) == 0600);
		handfast_json(0, "key rm alice --yes " ON);
		check(command("rm files/*"));
	}
}

/* Every form that a peer's key comes in, and every way out. */
static void
test_derive_forms(void **state)
{
	json_t *data;

	(void)state;
	if (!cli_openssl())
		return;
	parties(agreements[0].type, agreements[0].openssl);
	check(command("openssl pkey -pubin -in files/public -outform DER -out files/der && "
		      "openssl req -x509 -new -key files/theirs -subj /CN=bob -out files/cert && "
		      "openssl x509 -in files/cert -outform DER -out files/certder && "
		      "openssl dgst -sha384 -r files/expected | cut -c 1-96 >files/hash"));
	check(handfast("key derive alice --peer files/der --out - --quiet " ON) == 0);
	check(command("cmp out files/expected"));
	check(handfast("key derive alice --peer - --out - " ON " <files/certder") == 0);
	check(command("cmp out files/expected"));
	data = handfast_json(0, "key derive alice --peer files/cert --digest sha384 " ON);
	shape(data, "{s:s, s:s}", "hash", "digest");
	check(strncmp(text_at(data, "digest"), (const char *)command_out("files/hash").data, 96) ==
	    0);
	data =
	    handfast_json(0, "key derive alice --peer files/public --keep shared --use sign " ON);
	shape(data, KEY_SHAPE);
	check(!json_is_true(json_object_get(data, "extractable")));
	/* What is kept is that secret: HMAC with it is what openssl makes. */
	{
		CK_SESSION_HANDLE session = cli_session(0);
		CK_BYTE mac[32];
		CK_ULONG len = sizeof(mac);
		CK_OBJECT_HANDLE key;

		check(find(session, TEMPLATE(TEXT(CKA_LABEL, "shared")), &key) == 1);
		ok(p11->C_SignInit(session, MECHANISM(CKM_SHA256_HMAC), key));
		ok(p11->C_Sign(session, (CK_BYTE *)"message", 7, mac, &len));
		check(command("printf message | openssl dgst -sha256 -mac HMAC -macopt "
			      "hexkey:%s -binary -out files/mac",
		    command_hex(command_out("files/expected"))));
		same_bytes(view_of(mac, len), command_out("files/mac"));
	}
}

static void
test_derive_refused(void **state)
{
	(void)state;
	if (!cli_openssl())
		return;
	parties(agreements[0].type, agreements[0].openssl);
	handfast_json(2, "key derive alice --out files/x " ON);
	handfast_json(2, "key derive alice --peer files/public " ON);
	handfast_json(2, "key derive alice --peer files/public --out x --keep y " ON);
	handfast_json(2, "key derive alice --peer files/public --out - " ON);
	handfast_json(2, "key derive alice --peer files/public --digest md5 " ON);
	handfast_json(2, "key derive alice --peer files/theirs --out files/x " ON);
	handfast_json(2, "key derive alice --peer pin --out files/x " ON);
	handfast_json(3, "key derive alice --peer files/none --out files/x " ON);
	handfast_json(3, "key derive bob --peer files/public --out files/x " ON);
	handfast_json(6, "key derive alice --peer files/public --out files/ours " ON);
	handfast_json(6, "key derive alice --peer files/public --keep alice " ON);
	handfast_json(10, "key derive alice --peer files/public --keep it --dry-run " ON);
	check(command("openssl genpkey -algorithm X25519 -out files/k && "
		      "openssl pkey -in files/k -pubout -out files/x25519 && "
		      "openssl genpkey -algorithm ED25519 -out files/k && "
		      "openssl pkey -in files/k -pubout -out files/ed25519"));
	handfast_json(9, "key derive alice --peer files/x25519 --out files/x " ON);
	handfast_json(9, "key derive alice --peer files/ed25519 --out files/x " ON);
	handfast_json(0, "key gen signer --type ed25519 " ON);
	handfast_json(9, "key derive signer --peer files/public --out files/x " ON);
	/* Not allowed to this key, which the module says in its own words. */
	handfast_json(0, "key gen other --use sign " ON);
	handfast_json(9, "key derive other --peer files/public --out files/x " ON);
	check(access(client_path("files/x"), F_OK) != 0);
}

/* --- public halves -------------------------------------------------------- */

static void
test_export(void **state)
{
	(void)state;
	if (!cli_openssl())
		return;
	handfast_json(0, "key gen alice --type rsa:2048 " ON);
	/* Needs no PIN: what is public is public. */
	check(handfast("key export alice") == 0);
	check(command("openssl pkey -pubin -in out -out files/again && cmp out files/again"));
	shape(handfast_json(0, "key export alice"), "{s:s}", "pem");
	shape(handfast_json(0, "key export alice --der --out files/der"), "{s:s}", "file");
	check(command("openssl pkey -pubin -inform DER -in files/der -out files/again2 && "
		      "cmp files/again files/again2"));
	handfast_json(6, "key export alice --out files/der");
	handfast_json(3, "key export bob");
	handfast_json(0, "key gen sealer --type aes:256 " ON);
	handfast_json(3, "key export sealer");
}

/* Two of one label, as other programs make them. */
static void
test_export_ambiguous(void **state)
{
	CK_SESSION_HANDLE session;
	CK_OBJECT_HANDLE pair[2];

	(void)state;
	if (!cli_openssl())
		return;
	session = cli_session(0);
	for (CK_BYTE id = 1; id <= 2; id++)
		ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_EC_KEY_PAIR_GEN),
		    TEMPLATE(YES(CKA_TOKEN), BYTES(CKA_EC_PARAMS, p256), TEXT(CKA_LABEL, "twin"),
			ATTRIBUTE(CKA_ID, &id, 1)),
		    TEMPLATE(YES(CKA_TOKEN), TEXT(CKA_LABEL, "twin"), ATTRIBUTE(CKA_ID, &id, 1)),
		    &pair[0], &pair[1]));
	ok(p11->C_Finalize(NULL));
	handfast_json(6, "key export twin");
	handfast_json(0, "key export 'pkcs11:object=twin;id=%%02' --out files/peer");
	handfast_json(6, "key derive twin --peer files/peer --out files/x " ON);
	handfast_json(
	    0, "key derive 'pkcs11:object=twin;id=%%01' --peer files/peer --out files/x " ON);
}

/* --- private keys --------------------------------------------------------- */

static void
test_import(void **state)
{
	static const char *const forms[] = {
		"openssl pkey -in files/key -out files/form",
		"openssl pkey -in files/key -outform DER -out files/form",
		"openssl ec -in files/key -out files/form",
		"openssl ec -in files/key -outform DER -out files/form",
		"openssl pkcs8 -topk8 -in files/key -passout file:pass -out files/form",
	};

	(void)state;
	if (!cli_openssl())
		return;
	check(command("printf 'a passphrase\\n' >pass"));
	parties(agreements[0].type, agreements[0].openssl);
	/* The imported key derives with alice what openssl derived with it. */
	check(command("mv files/theirs files/key"));
	for (size_t i = 0; i < COUNT_OF(forms); i++) {
		json_t *list;

		check(command("%s", forms[i]));
		list = list_at(
		    handfast_json(0, "key import files/form --label bob --password-file pass " ON),
		    "objects", 2);
		shape(json_array_get(list, 0), KEY_SHAPE);
		check(!json_is_true(json_object_get(json_array_get(list, 0), "extractable")));
		shape(json_array_get(list, 1), PUBLIC_SHAPE);
		check(handfast("key derive bob --peer files/ours --out - " ON) == 0);
		check(command("cmp out files/expected"));
		check(handfast("key export bob") == 0);
		check(command("cmp out files/public"));
		handfast_json(0, "key rm bob --yes " ON);
	}
	handfast_json(4, "key import files/form --label bob --password-file wrong " ON);
	handfast_json(2, "key import files/form --label bob " ON);
	handfast_json(2, "key import files/key " ON);
	handfast_json(2, "key import files/public --label bob " ON);
	handfast_json(6, "key import files/key --label alice " ON);
	handfast_json(10, "key import files/key --label bob --dry-run " ON);
	handfast_json(3, "key show bob " ON);
}

static void
test_import_types(void **state)
{
	static const char *const types[] = { "RSA -pkeyopt rsa_keygen_bits:2048", "X25519",
		"ED25519", "DH -pkeyopt group:ffdhe2048", "EC -pkeyopt ec_paramgen_curve:P-521" };

	(void)state;
	if (!cli_openssl())
		return;
	for (size_t i = 0; i < COUNT_OF(types); i++) {
		check(command("openssl genpkey -algorithm %s -out files/key && "
			      "openssl pkey -in files/key -pubout -out files/public",
		    types[i]));
		handfast_json(0, "key import files/key --label key-%zu " ON, i);
		check(handfast("key export key-%zu", i) == 0);
		check(command("cmp out files/public"));
	}
	check(command("openssl ecparam -name secp160r1 -genkey -noout -out files/small"));
	handfast_json(9, "key import files/small --label small " ON);
	check(command("head -c 32 pin pin so so >files/raw"));
	handfast_json(2, "key import files/raw --label raw --type aes:128 " ON);
	check(command("printf 0123456789abcdef0123456789abcdef >files/raw"));
	list_at(
	    handfast_json(0, "key import files/raw --label raw --type aes:256 --extractable " ON),
	    "objects", 1);
	{
		CK_SESSION_HANDLE session = cli_session(0);
		CK_OBJECT_HANDLE key;

		check(find(session, TEMPLATE(TEXT(CKA_LABEL, "raw")), &key) == 1);
		same_bytes(
		    get_bytes(session, key, CKA_VALUE), text("0123456789abcdef0123456789abcdef"));
	}
}

/* --- certificates --------------------------------------------------------- */

#define CHAIN                                                                                      \
	"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "            \
	"files/ca.key -subj '/CN=An Issuer' "                                                      \
	"-out files/ca && openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout " \
	"files/key -subj /CN=host "                                                                \
	"-out files/req && openssl x509 -req -in files/req -CA files/ca -CAkey files/ca.key "      \
	"-set_serial 77 -out files/cert && printf secret >pass"

/* One command for a key, its certificate and the issuer's. */
static void
test_pkcs12(void **state)
{
	json_t *list;

	(void)state;
	if (!cli_openssl())
		return;
	check(command(CHAIN " && openssl pkcs12 -export -inkey files/key -in files/cert -certfile "
			    "files/ca -passout file:pass -out files/pack"));
	handfast_json(4, "key import files/pack --label host --password-file wrong " ON);
	list =
	    list_at(handfast_json(0, "key import files/pack --label host --password-file pass " ON),
		"objects", 4);
	shape(json_array_get(list, 2), CERT_SHAPE);
	/* A certificate is found by its key's id. */
	assert_string_equal(
	    text_at(json_array_get(list, 2), "id"), text_at(json_array_get(list, 0), "id"));
	assert_string_equal(text_at(json_array_get(list, 2), "label"), "host");
	assert_string_equal(text_at(json_array_get(list, 3), "label"), "An Issuer");
	check(handfast("cert export 'An Issuer'") == 0);
	check(command("openssl x509 -in files/ca -out files/again && cmp out files/again"));
}

static void
test_cert(void **state)
{
	CK_SESSION_HANDLE session;
	CK_OBJECT_HANDLE cert;
	json_t *list;

	(void)state;
	if (!cli_openssl())
		return;
	check(command(CHAIN " && cat files/cert files/ca >files/chain && "
			    "openssl x509 -in files/cert -outform DER -out files/der"));
	handfast_json(0, "key import files/key --label host --id 0102 " ON);
	handfast_json(10, "cert import files/chain --dry-run " ON);
	list = list_at(handfast_json(0, "cert import files/chain " ON), "objects", 2);
	/* Its key was here before, under an id of its own. */
	assert_string_equal(text_at(json_array_get(list, 0), "id"), "0102");
	list = list_at(handfast_json(0, "cert list"), "certificates", 2);
	shape(json_array_get(list, 0), CERT_SHAPE);
	handfast_json(0, "cert export host --der --out files/back");
	check(command("cmp files/back files/der"));
	session = cli_session(0);
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_CERTIFICATE), TEXT(CKA_LABEL, "host")),
		  &cert) == 1);
	same_bytes(get_bytes(session, cert, CKA_SERIAL_NUMBER), unhex("02014d"));
	ok(p11->C_Finalize(NULL));
	handfast_json(2, "cert import files/key " ON);
	handfast_json(2, "cert rm host " ON);
	handfast_json(0, "cert rm host --yes " ON);
	handfast_json(3, "cert rm host --yes " ON);
	handfast_json(0, "key show host " ON);
	handfast_json(0, "cert import files/der --label other --id 09 " ON);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_cli(test_derive),
		test_cli(test_derive_forms),
		test_cli(test_derive_refused),
		test_cli(test_export),
		test_cli(test_export_ambiguous),
		test_cli(test_import),
		test_cli(test_import_types),
		test_cli(test_pkcs12),
		test_cli(test_cert),
	};

	return test_main(tests, NULL, NULL);
}
