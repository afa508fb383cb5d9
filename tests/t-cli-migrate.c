/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The command's migrate: a token of SoftHSM 2, filled by pkcs11-tool with what openssl
 * made, or by the module itself with fifty objects; databases of NSS, and PKCS#12 files.
 * Each key is then used here, and what it does is held against the other side.
 */
#include "tests/cli.h"

#include <dlfcn.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <stdio.h>
#include <unistd.h>

#define ON "--pin-file pin"
#define MODULE "/usr/lib/softhsm/libsofthsm2.so"
#define TOOL "pkcs11-tool --module " MODULE " --token-label old --login --pin 12345678 "

static bool
other_made(void)
{
	return command("rm -rf files; mkdir -p files/tokens && openssl version && test -e " MODULE
		       " && command -v pkcs11-tool && command -v softhsm2-util");
}

static void
other_init(void)
{
	check(command("echo \"directories.tokendir = $PWD/files/tokens\" >files/conf"));
	check(setenv("SOFTHSM2_CONF", client_path("files/conf"), 1) == 0);
	command_in("old", text("12345678\n"));
	check(command("softhsm2-util --init-token --free --label old --pin 12345678 "
		      "--so-pin 12345678"));
}

static void
other_fill(void)
{
	other_init();
	check(command("cd files && openssl genpkey -algorithm EC -pkeyopt "
		      "ec_paramgen_curve:P-256 -out key && "
		      "openssl pkey -in key -outform DER -out key.der && "
		      "openssl pkey -in key -pubout -out public && "
		      "openssl pkey -in key -pubout -outform DER -out public.der && "
		      "openssl req -x509 -new -key key -subj /CN=alice -outform DER -out cert && "
		      "printf 0123456789abcdef0123456789abcdef >value"));
	check(command("cd files && " TOOL "--write-object key.der --type privkey --id 01 "
		      "--label alice --usage-derive --usage-sign --extractable && " TOOL
		      "--write-object public.der --type pubkey --id 01 --label alice && " TOOL
		      "--write-object cert --type cert --id 01 --label alice && " TOOL
		      "--write-object value --type data --label note --private && " TOOL
		      "--write-object value --type data --label twin && " TOOL
		      "--write-object cert --type data --label twin && " TOOL
		      "--write-object value --type secrkey --key-type AES:32 --id 02 "
		      "--label sealer --extractable && " TOOL
		      "--keygen --key-type AES:32 --id 03 --label fixed"));
}

static void
test_migrate(void **state)
{
	CK_SESSION_HANDLE session;
	CK_OBJECT_HANDLE key;
	json_t *data;

	(void)state;
	if (!other_made()) {
		skip_because("no SoftHSM 2, pkcs11-tool or openssl");
		return;
	}
	cli_token("demo");
	other_fill();
	handfast_json(4, "migrate old --from-pin-file wrong " ON);
	handfast_json(3, "migrate other --from-pin-file old " ON);
	handfast_json(3, "migrate old --from files/none --from-pin-file old " ON);
	data = handfast_json(10, "migrate old --from-pin-file old --dry-run " ON);
	shape(data, "{s:[], s:[{s:s, s:s, s:s}], s:i, s:i}", "objects", "left", "label", "class",
	    "why", "here", "movable");
	check(number_at(data, "movable") == 7);
	/* One may not leave its token. */
	handfast_json(9, "migrate old --from-pin-file old " ON);
	data = json_object_get(handfast_answer(), "data");
	check(json_array_size(json_object_get(data, "objects")) == 7);
	check(json_array_size(json_object_get(data, "left")) == 1);
	assert_string_equal(
	    text_at(json_array_get(json_object_get(data, "left"), 0), "label"), "fixed");
	handfast_json(3, "key show fixed " ON);
	/* Nothing comes twice. */
	handfast_json(9, "migrate old --from-pin-file old " ON);
	data = json_object_get(handfast_answer(), "data");
	check(json_array_size(json_object_get(data, "objects")) == 0);
	check(json_array_size(json_object_get(data, "left")) == 1);
	check(number_at(data, "here") == 7);
	/* The keys are those. */
	check(command("cd files && openssl genpkey -algorithm EC -pkeyopt "
		      "ec_paramgen_curve:P-256 -out theirs && "
		      "openssl pkey -in theirs -pubout -out peer && "
		      "openssl pkeyutl -derive -inkey key -peerkey peer -out expected"));
	handfast_json(0, "key derive alice --peer files/peer --out files/secret " ON);
	handfast_json(0, "key export alice --out files/exported");
	handfast_json(0, "cert export alice --der --out files/again");
	check(command("cd files && cmp secret expected && cmp exported public && cmp cert again"));
	session = cli_session(0);
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "sealer"), BYTES(CKA_ID, unhex("02"))),
		  &key) == 1);
	same_bytes(get_bytes(session, key, CKA_VALUE), command_out("files/value"));
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), TEXT(CKA_LABEL, "note")), &key) ==
	    1);
	same_bytes(get_bytes(session, key, CKA_VALUE), command_out("files/value"));
	/* Two that are called the same are two. */
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), TEXT(CKA_LABEL, "twin")), &key) ==
	    2);
}

/* --- fifty objects ---------------------------------------------------------- */

static CK_FUNCTION_LIST *soft;

/* Each kind, and how many; a pair is two objects. */
enum kind { KIND_P256, KIND_P384, KIND_RSA, KIND_AES, KIND_GENERIC, KIND_NOTE, KINDS };
static const int counts[KINDS] = { 8, 4, 3, 8, 6, 6 };
#define PAIRS (8 + 4 + 3)
#define OBJECTS (2 * PAIRS + 8 + 6 + 6)

/* "3 5": the fifth of the third kind. */
static const char *
label_of(int kind, int number)
{
	char *label = scratch(16);

	(void)snprintf(label, 16, "%d %d", kind, number);
	return label;
}

#define NAMED(label) YES(CKA_TOKEN), TEXT(CKA_LABEL, label), TEXT(CKA_ID, label)

static void
pair_make(CK_SESSION_HANDLE session, enum kind kind, const char *label)
{
	CK_BYTE three[] = { 1, 0, 1 };
	CK_OBJECT_HANDLE pair[2];

	if (kind == KIND_RSA)
		ok(soft->C_GenerateKeyPair(session, MECHANISM(CKM_RSA_PKCS_KEY_PAIR_GEN),
		    TEMPLATE(NAMED(label), ULONG(CKA_MODULUS_BITS, 2048), YES(CKA_VERIFY),
			ATTRIBUTE(CKA_PUBLIC_EXPONENT, three, sizeof(three))),
		    TEMPLATE(NAMED(label), YES(CKA_SIGN), YES(CKA_EXTRACTABLE)), &pair[0],
		    &pair[1]));
	else
		ok(soft->C_GenerateKeyPair(session, MECHANISM(CKM_EC_KEY_PAIR_GEN),
		    TEMPLATE(NAMED(label), YES(CKA_VERIFY),
			BYTES(CKA_EC_PARAMS, kind == KIND_P256 ? p256 : p384)),
		    TEMPLATE(NAMED(label), YES(CKA_SIGN), YES(CKA_DERIVE), YES(CKA_EXTRACTABLE)),
		    &pair[0], &pair[1]));
}

static void
object_make(CK_SESSION_HANDLE session, enum kind kind, const char *label)
{
	CK_OBJECT_HANDLE made;

	switch (kind) {
	case KIND_AES:
		ok(soft->C_GenerateKey(session, MECHANISM(CKM_AES_KEY_GEN),
		    TEMPLATE(NAMED(label), ULONG(CKA_VALUE_LEN, 32), YES(CKA_ENCRYPT),
			YES(CKA_DECRYPT), YES(CKA_EXTRACTABLE)),
		    &made));
		break;
	case KIND_GENERIC:
		ok(soft->C_GenerateKey(session, MECHANISM(CKM_GENERIC_SECRET_KEY_GEN),
		    TEMPLATE(NAMED(label), ULONG(CKA_VALUE_LEN, 40), YES(CKA_SIGN), YES(CKA_VERIFY),
			YES(CKA_EXTRACTABLE)),
		    &made));
		break;
	case KIND_NOTE:
		ok(soft->C_CreateObject(session,
		    TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), YES(CKA_TOKEN), TEXT(CKA_LABEL, label),
			TEXT(CKA_VALUE, label)),
		    &made));
		break;
	default:
		pair_make(session, kind, label);
	}
}

static CK_SESSION_HANDLE
soft_session(void)
{
	void *module = dlopen(MODULE, RTLD_NOW | RTLD_LOCAL);
	CK_C_GetFunctionList get = (CK_C_GetFunctionList)dlsym(module, "C_GetFunctionList");
	CK_SLOT_ID slots[4];
	CK_ULONG count = COUNT_OF(slots);
	CK_SESSION_HANDLE session;

	ok(get(&soft));
	ok(soft->C_Initialize(NULL));
	ok(soft->C_GetSlotList(CK_TRUE, slots, &count));
	ok(soft->C_OpenSession(slots[0], READ_WRITE, NULL, NULL, &session));
	ok(soft->C_Login(session, CKU_USER, PIN("12345678")));
	return session;
}

static CK_OBJECT_HANDLE
the_one(
    CK_FUNCTION_LIST *module, CK_SESSION_HANDLE session, CK_OBJECT_CLASS class, const char *label)
{
	CK_ATTRIBUTE template[] = { ULONG(CKA_CLASS, class), TEXT(CKA_LABEL, label) };
	CK_OBJECT_HANDLE found[2];
	CK_ULONG count;

	ok(module->C_FindObjectsInit(session, template, COUNT_OF(template)));
	ok(module->C_FindObjects(session, found, 2, &count));
	ok(module->C_FindObjectsFinal(session));
	check(count == 1);
	return found[0];
}

/* Signed here, verified there, or encrypted here, decrypted there. */
static void
proven(CK_SESSION_HANDLE here, CK_SESSION_HANDLE there, enum kind kind, const char *label)
{
	static const CK_MECHANISM_TYPE types[] = { CKM_ECDSA, CKM_ECDSA, CKM_SHA256_RSA_PKCS,
		CKM_AES_ECB, CKM_SHA256_HMAC };
	static const CK_OBJECT_CLASS own[] = { CKO_PRIVATE_KEY, CKO_PRIVATE_KEY, CKO_PRIVATE_KEY,
		CKO_SECRET_KEY, CKO_SECRET_KEY, CKO_DATA };
	CK_FUNCTION_LIST *ours = (CK_FUNCTION_LIST *)(uintptr_t)p11;
	CK_OBJECT_HANDLE key = the_one(ours, here, own[kind], label), other;
	CK_BYTE message[32] = "thirty-two bytes that are signed", made[512], back[64];
	CK_ULONG len = sizeof(made), back_len = sizeof(back);

	if (kind == KIND_NOTE) {
		same_bytes(get_bytes(here, key, CKA_VALUE), text(label));
		return;
	}
	other = the_one(soft, there, kind <= KIND_RSA ? CKO_PUBLIC_KEY : CKO_SECRET_KEY, label);
	if (kind == KIND_AES) {
		ok(p11->C_EncryptInit(here, MECHANISM(types[kind]), key));
		ok(p11->C_Encrypt(here, message, sizeof(message), made, &len));
		ok(soft->C_DecryptInit(there, MECHANISM(types[kind]), other));
		ok(soft->C_Decrypt(there, made, len, back, &back_len));
		same_bytes(view_of(back, back_len), view_of(message, sizeof(message)));
		return;
	}
	ok(p11->C_SignInit(here, MECHANISM(types[kind]), key));
	ok(p11->C_Sign(here, message, sizeof(message), made, &len));
	ok(soft->C_VerifyInit(there, MECHANISM(types[kind]), other));
	ok(soft->C_Verify(there, message, sizeof(message), made, len));
	/* The public half came along, too. */
	if (kind <= KIND_RSA)
		(void)the_one(ours, here, CKO_PUBLIC_KEY, label);
}

static void
test_migrate_fifty(void **state)
{
	CK_SESSION_HANDLE here, there;
	json_t *data;

	(void)state;
	if (!other_made()) {
		skip_because("no SoftHSM 2, pkcs11-tool or openssl");
		return;
	}
	cli_token("demo");
	other_init();
	there = soft_session();
	for (int kind = 0; kind < KINDS; kind++)
		for (int i = 0; i < counts[kind]; i++)
			object_make(there, (enum kind)kind, label_of(kind, i));
	data = handfast_json(0, "migrate old --from-pin-file old " ON);
	check(json_array_size(json_object_get(data, "objects")) == OBJECTS);
	here = cli_session(0);
	for (int kind = 0; kind < KINDS; kind++)
		for (int i = 0; i < counts[kind]; i++)
			proven(here, there, (enum kind)kind, label_of(kind, i));
	ok(soft->C_Finalize(NULL));
}

/* --- NSS --------------------------------------------------------------------- */

/* Signed by the migrated key: openssl finds it good, and the key that of the certificate. */
static void
signs_as_its_certificate(const char *label)
{
	handfast_json(0, "cert csr %s --subject CN=any --out files/%s.csr " ON, label, label);
	handfast_json(0, "cert export %s --out files/%s.back", label, label);
	check(command("cd files && openssl req -in %s.csr -verify -noout -pubkey -out signed && "
		      "openssl x509 -in %s.back -noout -pubkey >spki && cmp signed spki",
	    label, label));
}

static void
test_migrate_nss(void **state)
{
	json_t *data;

	(void)state;
	if (!command("rm -rf files; mkdir -p files/nss files/open files/empty; "
		     "command -v certutil && command -v pk12util && openssl version")) {
		skip_because("no certutil, pk12util or openssl");
		return;
	}
	cli_token("demo");
	command_in("old", text("12345678\n"));
	check(command("cd files && head -c 1000 /dev/urandom >noise && "
		      "certutil -N -d sql:nss -f ../old && "
		      "certutil -S -d sql:nss -n curve -s CN=curve -x -t ,, -k ec -q nistp256 "
		      "-f ../old -z noise -m 1 && "
		      "certutil -S -d sql:nss -n rsa -s CN=rsa -x -t ,, -k rsa -g 2048 -f ../old "
		      "-z noise -m 2"));
	check(command("cd files && openssl genpkey -algorithm EC -pkeyopt "
		      "ec_paramgen_curve:P-384 -out key && "
		      "openssl req -x509 -new -key key -subj /CN=known -out cert && "
		      "openssl pkcs12 -export -inkey key -in cert -name known -passout "
		      "file:../old -out p12 && "
		      "pk12util -i p12 -d sql:nss -k ../old -w ../old"));
	handfast_json(4, "migrate --from files/nss --from-pin-file wrong " ON);
	handfast_json(3, "migrate --from files/empty --from-pin-file old " ON);
	check(command("test -z \"$(ls -A files/empty)\""));
	handfast_json(10, "migrate --from files/nss --from-pin-file old --dry-run " ON);
	data = handfast_json(0, "migrate --from files/nss --from-pin-file old " ON);
	check(json_array_size(json_object_get(data, "objects")) == 9);
	check(number_at(handfast_json(0, "migrate --from files/nss --from-pin-file old " ON),
		  "here") == 9);
	signs_as_its_certificate("curve");
	signs_as_its_certificate("rsa");
	check(command("cd files && openssl genpkey -algorithm EC -pkeyopt "
		      "ec_paramgen_curve:P-384 -out theirs && "
		      "openssl pkey -in theirs -pubout -out peer && "
		      "openssl pkeyutl -derive -inkey key -peerkey peer -out expected"));
	handfast_json(0, "key derive known --peer files/peer --out files/secret " ON);
	check(command("cmp files/secret files/expected"));
	/* Databases without a password. */
	check(command("cd files && certutil -N -d sql:open --empty-password && "
		      "certutil -S -d sql:open -n bare -s CN=bare -x -t ,, -k ec -q nistp256 "
		      "-z noise -m 3"));
	handfast_json(0, "migrate --from files/open " ON);
	signs_as_its_certificate("bare");
}

/* --- PKCS#12 ------------------------------------------------------------------- */

static EVP_PKEY *
key_read(const char *name)
{
	FILE *file = fopen(client_path(name), "re");
	EVP_PKEY *key = PEM_read_PrivateKey(file, NULL, NULL, NULL);

	check(key != NULL);
	fclose(file);
	return key;
}

static X509 *
cert_read(const char *name)
{
	FILE *file = fopen(client_path(name), "re");
	X509 *cert = PEM_read_X509(file, NULL, NULL, NULL);

	check(cert != NULL);
	fclose(file);
	return cert;
}

/* Two keys with their certificates and a third party's, which the openssl command does not make. */
static void
pack_write(const char *name, const char *passphrase)
{
	STACK_OF(PKCS7) *safes = NULL;
	STACK_OF(PKCS12_SAFEBAG) *certs = NULL, *keys = NULL;
	EVP_PKEY *one = key_read("files/one"), *two = key_read("files/two");
	X509 *cert_one = cert_read("files/one.cert"), *cert_two = cert_read("files/two.cert"),
	     *ca = cert_read("files/ca.cert");
	PKCS12 *pack;
	FILE *file = fopen(client_path(name), "we");

	check(PKCS12_add_key(&keys, one, 0, 2048, NID_aes_256_cbc, passphrase) != NULL);
	check(PKCS12_add_friendlyname_utf8(sk_PKCS12_SAFEBAG_value(keys, 0), "one", -1) == 1);
	check(PKCS12_add_key(&keys, two, 0, 2048, NID_aes_256_cbc, passphrase) != NULL);
	check(PKCS12_add_cert(&certs, ca) != NULL && PKCS12_add_cert(&certs, cert_one) != NULL);
	check(X509_alias_set1(cert_two, (const unsigned char *)"two", 3) == 1);
	check(PKCS12_add_cert(&certs, cert_two) != NULL);
	check(PKCS12_add_safe(&safes, keys, -1, 0, NULL) == 1);
	check(PKCS12_add_safe(&safes, certs, NID_aes_256_cbc, 2048, passphrase) == 1);
	pack = PKCS12_add_safes(safes, 0);
	check(
	    pack != NULL && PKCS12_set_mac(pack, passphrase, -1, NULL, 0, 2048, EVP_sha256()) == 1);
	check(i2d_PKCS12_fp(file, pack) == 1 && fclose(file) == 0);
	PKCS12_free(pack);
	sk_PKCS7_pop_free(safes, PKCS7_free);
	sk_PKCS12_SAFEBAG_pop_free(certs, PKCS12_SAFEBAG_free);
	sk_PKCS12_SAFEBAG_pop_free(keys, PKCS12_SAFEBAG_free);
	EVP_PKEY_free(one);
	EVP_PKEY_free(two);
	X509_free(cert_one);
	X509_free(cert_two);
	X509_free(ca);
}

static void
test_migrate_pkcs12(void **state)
{
	json_t *data;

	(void)state;
	check(command("rm -rf files; mkdir files; cd files; openssl genpkey -algorithm EC -pkeyopt "
		      "ec_paramgen_curve:P-256 -out one && "
		      "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out two && "
		      "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ca && "
		      "for name in one two ca; do openssl req -x509 -new -key $name -subj "
		      "/CN=$name -out $name.cert; done"));
	cli_token("demo");
	command_in("old", text("12345678\n"));
	pack_write("files/pack", "12345678");
	handfast_json(4, "migrate --from files/pack --from-pin-file wrong " ON);
	handfast_json(2, "migrate token --from files/pack --from-pin-file old " ON);
	data = handfast_json(10, "migrate --from files/pack --from-pin-file old --dry-run " ON);
	check(number_at(data, "movable") == 7 && number_at(data, "here") == 0);
	data = handfast_json(0, "migrate --from files/pack --from-pin-file old " ON);
	check(json_array_size(json_object_get(data, "objects")) == 7);
	check(number_at(handfast_json(0, "migrate --from files/pack --from-pin-file old " ON),
		  "here") == 7);
	/* A key without a name is called as its certificate. */
	signs_as_its_certificate("one");
	signs_as_its_certificate("two");
	handfast_json(0, "cert export ca --out files/ca.out");
	check(
	    command("cd files && cmp ca.cert ca.out && openssl genpkey -algorithm EC -pkeyopt "
		    "ec_paramgen_curve:P-256 -out theirs && openssl pkey -in theirs -pubout "
		    "-out peer && openssl pkeyutl -derive -inkey one -peerkey peer -out expected"));
	handfast_json(0, "key derive one --peer files/peer --out files/secret " ON);
	check(command("cmp files/secret files/expected"));
	/* A file that is no such thing, and one that is cut off. */
	check(command("head -c 700 files/pack >files/cut"));
	handfast_json(3, "migrate --from files/cut --from-pin-file old " ON);
}

/* --- elder ciphers of PKCS#12 ------------------------------------------------- */

#define RC2_40 "\"PKCS #12 V2 PBE With SHA-1 And 40 Bit RC2 CBC\""

/* One key and its certificate in files/NAME come in either way; the key is files/key. */
static void
elder_comes(const char *name)
{
	json_t *data;

	data =
	    handfast_json(0, "key import files/%s --label %s --password-file old " ON, name, name);
	check(json_array_size(json_object_get(data, "objects")) == 3);
	signs_as_its_certificate(name);
	check(command("cd files && openssl pkey -in key -pubout -out public && cmp public spki"));
	handfast_json(0, "key rm %s --yes " ON, name);
	handfast_json(0, "cert rm %s --yes " ON, name);
	data = handfast_json(0, "migrate --from files/%s --from-pin-file old " ON, name);
	check(json_array_size(json_object_get(data, "objects")) == 3);
	handfast_json(0, "key rm any --yes " ON);
	handfast_json(0, "cert rm any --yes " ON);
}

static void
test_migrate_elder(void **state)
{
	json_t *error;

	(void)state;
	if (!command("rm -rf files; mkdir files; openssl list -providers -provider legacy | "
		     "grep -q legacy && command -v certutil && command -v pk12util")) {
		skip_because("no openssl with its legacy provider, certutil or pk12util");
		return;
	}
	cli_token("demo");
	command_in("old", text("12345678\n"));
	check(command("cd files && openssl genpkey -algorithm EC -pkeyopt "
		      "ec_paramgen_curve:P-256 -out key && "
		      "openssl req -x509 -new -key key -subj /CN=any -out cert"));
#define PACK "openssl pkcs12 -export -inkey key -in cert -name any "
	/* As OpenSSL 1 wrote them, and as Windows and Java did; without a MAC, and with no
	 * passphrase. */
	check(command(
	    "cd files && " PACK "-legacy -passout file:../old -out one && " PACK
	    "-legacy -keypbe PBE-SHA1-RC2-40 -certpbe PBE-SHA1-RC2-128 -passout "
	    "file:../old -out both && " PACK "-nomac -passout file:../old -out bare && " PACK
	    "-legacy -passout pass: -out open"));
	check(command(
	    "cd files && mkdir nss && certutil -N -d sql:nss -f ../old && "
	    "pk12util -i one -d sql:nss -k ../old -w ../old && "
	    "pk12util -o theirs -n any -d sql:nss -k ../old -w ../old -c " RC2_40 " -C " RC2_40));
	elder_comes("one");
	elder_comes("both");
	elder_comes("bare");
	elder_comes("open");
	elder_comes("theirs");
	handfast_json(4, "key import files/both --label x --password-file wrong " ON);
	handfast_json(9, "key import files/bare --label x --password-file wrong " ON);
	check(setenv("OPENSSL_MODULES", "/nowhere", 1) == 0);
	error = handfast_json(9, "key import files/both --label x --password-file old " ON);
	check(strstr(text_at(error, "message"), "legacy provider is not installed") != NULL);
	error = handfast_json(9, "migrate --from files/both --from-pin-file old " ON);
	check(strstr(text_at(error, "message"), "legacy provider is not installed") != NULL);
	check(unsetenv("OPENSSL_MODULES") == 0);
	/* With several keys, which one? */
	check(
	    command("cd files && openssl genpkey -algorithm RSA -out two && "
		    "cp key one && openssl req -x509 -new -key two -subj /CN=two -out two.cert && "
		    "cp cert one.cert && cp cert ca.cert"));
	pack_write("files/pack", "12345678");
	error = handfast_json(6, "key import files/pack --label x --password-file old " ON);
	check(strstr(text_at(error, "hint"), "migrate") != NULL);
	handfast_json(3, "key show x " ON);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_cli(test_migrate),
		test_cli(test_migrate_fifty),
		test_cli(test_migrate_nss),
		test_cli(test_migrate_pkcs12),
		test_cli(test_migrate_elder),
	};

	return test_main(tests, NULL, NULL);
}
