/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The command's cert csr and self-sign.  The openssl command reads what they make, and
 * checks the signatures.
 */
#include "tests/cli.h"

#include <stdio.h>
#include <unistd.h>

#define ON "--pin-file pin"

/* By OpenSSL's names. */
static const struct {
	const char *type, *algorithm;
} kinds[] = {
	{ "ec:p256", "ecdsa-with-SHA256" },
	{ "ec:p384", "ecdsa-with-SHA384" },
	{ "rsa:2048", "sha256WithRSAEncryption" },
	{ "ed25519", "ED25519" },
	{ "ml-dsa-44", "ML-DSA-44" },
	{ "slh-dsa-sha2-128f", "SLH-DSA-SHA2-128f" },
};

static bool
openssl_signs(const char *algorithm)
{
	return strstr(algorithm, "-DSA-") == NULL ||
	    command("openssl list -signature-algorithms >files/list && grep -q ML-DSA files/list");
}

#define NAMES "--subject 'CN=alice,O=Example\\, Inc.' --alt-names DNS:example.org,IP:192.0.2.1 "

static void
test_types(void **state)
{
	(void)state;
	if (!cli_openssl())
		return;
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (!openssl_signs(kinds[i].algorithm))
			continue;
		handfast_json(0, "key gen alice%zu --type %s " ON, i, kinds[i].type);
		shape(handfast_json(0, "cert csr alice%zu " NAMES "--out files/csr " ON, i),
		    "{s:s}", "file");
		check(command("openssl req -in files/csr -noout -verify -subject -nameopt RFC2253 "
			      "-text >files/text"));
		check(command("grep -q 'Signature Algorithm: %s$' files/text && "
			      "grep -qF 'O=Example\\, Inc.,CN=alice' files/text && "
			      "grep -q 'DNS:example.org, IP Address:192.0.2.1' files/text",
		    kinds[i].algorithm));
		handfast_json(0, "key export alice%zu --out files/public", i);
		check(command("openssl req -in files/csr -noout -pubkey >files/again && "
			      "cmp files/public files/again"));
		shape(handfast_json(0, "cert self-sign alice%zu " NAMES ON, i), CERT_SHAPE);
		handfast_json(0, "cert export alice%zu --out files/cert", i);
		check(command("openssl verify -check_ss_sig -CAfile files/cert files/cert && "
			      "openssl x509 -in files/cert -noout -subject -text >files/text && "
			      "grep -q 'Signature Algorithm: %s$' files/text && "
			      "grep -q 'DNS:example.org, IP Address:192.0.2.1' files/text",
		    kinds[i].algorithm));
		check(command("rm -f files/*"));
	}
}

/* Keys of FIPS 203, 204 and 205 in openssl's files, those of lattices with a seed and without. */
static void
test_post_quantum(void **state)
{
	static const struct {
		const char *algorithm, *options;
	} files[] = {
		{ "ML-DSA-65", "" },
		{ "ML-DSA-44", "-provparam ml-dsa.output_formats=seed-only" },
		{ "ML-DSA-87", "-provparam ml-dsa.output_formats=priv-only" },
		{ "SLH-DSA-SHA2-128f", "" },
		{ "ML-KEM-768", "" },
		{ "ML-KEM-512", "-provparam ml-kem.output_formats=priv-only" },
	};

	(void)state;
	if (!cli_openssl())
		return;
	if (!command("openssl list -kem-algorithms >files/list && grep -q ML-KEM files/list")) {
		skip_because("this OpenSSL has none");
		return;
	}
	for (size_t i = 0; i < COUNT_OF(files); i++) {
		check(command("rm -f files/*; cd files; openssl genpkey -algorithm %s -out made && "
			      "openssl pkey -in made %s -out key && "
			      "openssl pkey -in key -pubout -out public",
		    files[i].algorithm, files[i].options));
		handfast_json(0, "key import files/key --label pq%zu " ON, i);
		handfast_json(0, "key export pq%zu --out files/exported", i);
		check(command("cmp files/public files/exported"));
		if (strncmp(files[i].algorithm, "ML-KEM", 6) == 0) {
			check(command("cd files && openssl pkeyutl -encap -pubin -inkey public "
				      "-out ct -secret secret"));
			handfast_json(
			    0, "key decap pq%zu --ciphertext files/ct --out files/opened " ON, i);
			check(command("cmp files/secret files/opened"));
		} else {
			handfast_json(0, "cert csr pq%zu --subject CN=pq --out files/csr " ON, i);
			check(command("openssl req -in files/csr -verify -noout"));
		}
	}
}

/* The certificate is found by the key's id, and is good for as long as was said. */
static void
test_self_sign(void **state)
{
	CK_SESSION_HANDLE session;
	CK_OBJECT_HANDLE cert;

	(void)state;
	if (!cli_openssl())
		return;
	handfast_json(0, "key gen alice --id 0a0b " ON);
	handfast_json(10, "cert self-sign alice --subject CN=alice --dry-run " ON);
	check(json_array_size(json_object_get(handfast_json(0, "cert list"), "certificates")) == 0);
	handfast_json(0, "cert self-sign alice --subject CN=alice --days 10 --label it " ON);
	handfast_json(0, "cert export it --out files/cert");
	check(command("openssl x509 -in files/cert -noout -checkend 863000 && "
		      "! openssl x509 -in files/cert -noout -checkend 864100"));
	session = cli_session(0);
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_CERTIFICATE), TEXT(CKA_LABEL, "it")),
		  &cert) == 1);
	same_bytes(get_bytes(session, cert, CKA_ID), unhex("0a0b"));
}

static void
test_refused(void **state)
{
	static const char *const bad[] = { "", "--subject ''", "--subject alice",
		"--subject NOTHING=alice", "--subject CN=alice,",
		"--subject CN=alice,O=", "--subject CN=alice --alt-names nothing",
		"--subject CN=alice --alt-names DNS" };

	(void)state;
	if (!cli_openssl())
		return;
	handfast_json(0, "key gen alice " ON);
	handfast_json(0, "key gen agrees --type x25519 " ON);
	handfast_json(0, "key gen derives --use derive " ON);
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		handfast_json(2, "cert csr alice %s --out files/x " ON, bad[i]);
	handfast_json(2, "cert self-sign alice --subject CN=alice --days 0 " ON);
	handfast_json(3, "cert csr bob --subject CN=bob " ON);
	handfast_json(9, "cert csr agrees --subject CN=a --out files/x " ON);
	handfast_json(9, "cert csr derives --subject CN=a --out files/x " ON);
	handfast_json(6, "cert csr alice --subject CN=a --out pin " ON);
	handfast_json(0, "cert self-sign alice --subject CN=a " ON);
	handfast_json(6, "cert self-sign alice --subject CN=a " ON);
	check(json_array_size(json_object_get(handfast_json(0, "cert list"), "certificates")) == 1);
	check(access(client_path("files/x"), F_OK) != 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_cli(test_post_quantum),
		test_cli(test_types),
		test_cli(test_self_sign),
		test_cli(test_refused),
	};

	return test_main(tests, NULL, NULL);
}
