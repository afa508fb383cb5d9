/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The command's migrate: a token of SoftHSM 2, filled by pkcs11-tool with what openssl
 * made, and each key then used here.
 */
#include "tests/cli.h"

#include <stdio.h>

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
other_fill(void)
{
	check(command("echo \"directories.tokendir = $PWD/files/tokens\" >files/conf"));
	check(setenv("SOFTHSM2_CONF", client_path("files/conf"), 1) == 0);
	command_in("old", text("12345678\n"));
	check(command("softhsm2-util --init-token --free --label old --pin 12345678 "
		      "--so-pin 12345678"));
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_cli(test_migrate),
	};

	return test_main(tests, NULL, NULL);
}
