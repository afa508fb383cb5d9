/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `run`, which gives another program a token and leaves nothing behind, `bench`, which does
 * so for itself, and `doctor`.
 */
#include "tests/cli.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Temporary files go here, where they can be counted. */
static void
temporary_here(void)
{
	check(command("rm -rf tmp && mkdir tmp"));
	check(setenv("TMPDIR", client_path("tmp"), 1) == 0);
	check(unsetenv("XDG_RUNTIME_DIR") == 0);
}

static bool
nothing_left(void)
{
	return command("test -z \"$(ls -A tmp)\"");
}

#define MAKE                                                                                       \
	"\"$HANDFAST_COMMAND\" key gen alice --quiet --pin-file \"$PKCS11_PIN_FILE\" --token "     \
	"\"$PKCS11_URI\""

static void
test_run(void **state)
{
	(void)state;
	temporary_here();
	check(handfast("run -- sh -c '" MAKE " --json'") == 0);
	check(strstr(handfast_out(), "\"label\": \"alice\"") != NULL);
	check(nothing_left());
	/* The user's own store was not touched. */
	check(access(getenv("HANDFAST_STORE"), F_OK) != 0);
	check(handfast("run --label other -- sh -c 'test -r \"$PKCS11_MODULE\" && "
		       "test -z \"$HANDFAST_LOG\" && "
		       "case $PKCS11_URI in *token=other) exit 42; esac'") == 42);
	check(handfast("run -- sh -c 'kill -9 $$'") == 137);
	check(handfast("run -- /no/such/program") == 127);
	check(handfast("run") == 2);
	check(nothing_left());
}

/* Options behind the program's name are the program's. */
static void
test_run_json(void **state)
{
	json_t *data;

	(void)state;
	temporary_here();
	check(handfast("run --json sh -c 'exit 5' --json") == 5);
	data = json_loads(handfast_out(), 0, NULL);
	shape(data, "{s:i, s:b, s:{s:i}}", "schema", "ok", "data", "status");
	json_decref(data);
}

static void
test_run_ended(void **state)
{
	(void)state;
	temporary_here();
	check(command("{ \"$HANDFAST_COMMAND\" run -- sh -c 'touch started; exec sleep 60' & } && "
		      "for i in $(seq 100); do test -e started && break; sleep 0.1; done; "
		      "kill -TERM $!; wait $!; test $? = 143 -a -e started"));
	check(nothing_left());
}

/* Several at once have nothing to do with one another. */
static void
test_run_parallel(void **state)
{
	(void)state;
	temporary_here();
	check(command("for i in 1 2 3 4 5 6; do \"$HANDFAST_COMMAND\" run -- sh -c '" MAKE
		      " && \"$HANDFAST_COMMAND\" key show alice --pin-file \"$PKCS11_PIN_FILE\"' "
		      ">run.$i 2>&1 || echo $i >>run.failed & done; wait; test ! -e run.failed"));
	check(nothing_left());
}

static bool
says(json_t *data, const char *check, bool good)
{
	json_t *list = json_object_get(data, "checks"), *item;
	bool found = false, all = true;
	size_t i;

	json_array_foreach(list, i, item)
	{
		shape(item, "{s:b, s:s, s:s, s:o, s:o, s:b}", "ok", "check", "what", "try", "fix",
		    "fixed");
		if (strcmp(text_at(item, "check"), check) != 0)
			continue;
		found = true;
		all = all && json_is_true(json_object_get(item, "ok"));
	}
	return found && all == good;
}

/* Data beside the error: here it is never all well, since p11-kit does not know this build. */
static json_t *
visit(void)
{
	int status = handfast("doctor --json");
	json_t *data;

	check(status == 0 || status == 1);
	data = json_loads(handfast_out(), 0, NULL);
	check(data != NULL);
	return data;
}

static void
test_doctor(void **state)
{
	json_t *all = visit(), *data = json_object_get(all, "data");

	(void)state;
	check(says(data, "settings", true) && says(data, "module", true));
	check(says(data, "store", true) && says(data, "token", false));
	json_decref(all);
	cli_token("demo");
	all = visit();
	check(says(json_object_get(all, "data"), "token", true));
	json_decref(all);
}

static void
test_doctor_finds(void **state)
{
	json_t *all, *data;

	(void)state;
	client_configure("tries = 1\nno-such-key = 1\n");
	cli_token("demo");
	handfast_json(4, "key list --pin-file wrong");
	check(chmod(getenv("HANDFAST_STORE"), 0770) == 0);
	all = visit();
	data = json_object_get(all, "data");
	check(says(data, "settings", false) && says(data, "store", false));
	json_decref(all);
	check(chmod(getenv("HANDFAST_STORE"), 0700) == 0);
	all = visit();
	check(says(json_object_get(all, "data"), "token", false));
	json_decref(all);
	check(handfast("doctor --module /nowhere.so") == 1);
	check(strstr(handfast_out(), "/nowhere.so") != NULL);
}

/* The store that is looked into where nothing but HOME says which. */
static bool
store_of_home(const char *home, const char *store)
{
	json_t *all, *item;
	bool is = false;
	size_t i;

	check(setenv("HOME", home, 1) == 0 && unsetenv("HANDFAST_STORE") == 0);
	check(unsetenv("XDG_DATA_HOME") == 0);
	all = visit();
	json_array_foreach(json_object_get(json_object_get(all, "data"), "checks"), i, item)
	{
		is = is ||
		    (strcmp(text_at(item, "check"), "store") == 0 &&
			strncmp(text_at(item, "what"), store, strlen(store)) == 0);
	}
	json_decref(all);
	return is;
}

/* Accounts of services have these for homes, in which nobody is to make a folder. */
static void
test_no_home(void **state)
{
	static const char *const none[] = { "/", "//", "/.", "/nonexistent", "/dev/null" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(none); i++)
		check(store_of_home(none[i], "/var/lib/handfast"));
	check(command("mkdir -p home"));
	check(store_of_home(client_path("home"), client_path("home/.local/share/handfast")));
}

static mode_t
mode_of(const char *path)
{
	struct stat found;

	check(stat(path, &found) == 0);
	return found.st_mode & 07777;
}

/* What others may write is taken from them, and no more is touched; then all is as it was. */
static void
test_doctor_fixes(void **state)
{
	const char *store = getenv("HANDFAST_STORE");
	char token[512];

	(void)state;
	cli_token("demo");
	(void)snprintf(token, sizeof(token), "%s/0.token", store);
	check(chmod(token, 0664) == 0 && chmod(store, 02770) == 0);
	handfast_json(2, "doctor --dry-run");
	handfast_json(10, "doctor --fix --dry-run");
	check(handfast("key list --token demo --pin-file pin") != 0);
	check(mode_of(token) == 0664 && mode_of(store) == 02770);
	check(handfast("doctor --fix") == 0 || handfast("doctor --fix") == 1);
	check(mode_of(token) == 0644 && mode_of(store) == 02750);
	check(handfast("key list --token demo --pin-file pin") == 0);
	/* A link is not followed. */
	check(rename(token, client_path("real")) == 0 && symlink(client_path("real"), token) == 0);
	check(chmod(client_path("real"), 0666) == 0);
	check(handfast("doctor --fix") == 1);
	check(mode_of(client_path("real")) == 0666);
}

/* p11-kit reads a user's own list, and none for root. */
static void
test_doctor_lists(void **state)
{
	json_t *all;

	(void)state;
	if (geteuid() == 0) {
		skip_because("p11-kit has no list of root's own");
		return;
	}
	cli_token("demo");
	check(command("rm -rf home && mkdir home"));
	check(setenv("HOME", client_path("home"), 1) == 0);
	check(unsetenv("XDG_CONFIG_HOME") == 0);
	handfast_json(10, "doctor --fix --dry-run");
	check(command("test ! -e home/.config"));
	check(handfast("doctor --fix") == 0);
	check(command("grep -qx \"module: $(realpath \"$HANDFAST_MODULE\")\" "
		      "home/.config/pkcs11/modules/handfast.module"));
	all = visit();
	check(says(json_object_get(all, "data"), "p11-kit", true));
	json_decref(all);
	/* Whoever switched it off had a reason. */
	check(command("echo >home/.config/pkcs11/modules/handfast.module"));
	check(handfast("doctor --fix") == 1);
	check(command("test $(wc -c <home/.config/pkcs11/modules/handfast.module) = 1"));
}

/* --- bench ---------------------------------------------------------------- */

static void
test_bench(void **state)
{
	json_t *list, *item;
	size_t i;

	(void)state;
	temporary_here();
	list = json_object_get(handfast_json(0, "bench"), "operations");
	check(json_array_size(list) >= 10);
	json_array_foreach(list, i, item)
	{
		shape(item, "{s:s, s:s, s:f, s:f}", "operation", "type", "microseconds", "ratio");
		check(json_real_value(json_object_get(item, "microseconds")) > 0);
	}
	check(json_real_value(json_object_get(json_array_get(list, 0), "ratio")) == 1);
	check(access(getenv("HANDFAST_STORE"), F_OK) != 0 && nothing_left());
	check(command("{ \"$HANDFAST_COMMAND\" bench & } && sleep 1; kill -TERM $!; wait $!; "
		      "test $? = 143"));
	check(nothing_left());
}

/* --- a seed --------------------------------------------------------------- */

static void
seed_files(void)
{
	check(command("rm -rf seeds stash && mkdir seeds && cd seeds && openssl genpkey -algorithm "
		      "EC -pkeyopt ec_paramgen_curve:P-256 -out key && "
		      "openssl req -x509 -new -key key -subj /CN=server -out ca.pem && "
		      "openssl pkcs12 -export -inkey key -in ca.pem -out server.p12 -passout "
		      "pass:x && printf x >server.password && "
		      "openssl pkey -in key -pubout -out public"));
}

#define SEEDED "run --seed seeds/seed.json -- "

/* SP 800-38A, F.1.5, whose key is that of the example. */
static void
encrypts(CK_SESSION_HANDLE session)
{
	struct view in = unhex("6bc1bee22e409f96e93d7e117393172a");
	CK_BYTE out[16];
	CK_ULONG len = sizeof(out);
	CK_OBJECT_HANDLE key;

	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "shared")), &key) == 1);
	ok(p11->C_EncryptInit(session, MECHANISM(CKM_AES_ECB), key));
	ok(p11->C_Encrypt(session, (CK_BYTE *)(uintptr_t)in.data, in.len, out, &len));
	same_bytes(view_of(out, len), unhex("f3eed1bdb5d2a03c064b5a7e3db181f8"));
}

/* The example of handfast-seed(5) is a seed as its schema has it, and each of its keys works. */
static void
test_seed(void **state)
{
	const char *page = source_path("doc/handfast-seed.5");
	const CK_SLOT_ID slot = 0;
	CK_SESSION_HANDLE session;

	(void)state;
	temporary_here();
	seed_files();
	check(command("sed -n '/^{$/,/^}$/p' '%s' | sed 's/\\\\-/-/g' >seeds/seed.json && "
		      "test -s seeds/seed.json",
	    page));
	check(command("python3 '%s' '%s' --seed seeds/seed.json", source_path("tests/answers.py"),
	    source_path("doc/handfast-seed.schema.json")));
	/* The two of them agree, whoever asks; `server` is openssl's key. */
	check(handfast(SEEDED
		  "sh -c 'test \"$(cat \"$PKCS11_PIN_FILE\")\" = \"a pin for tests\" && "
		  "H=\"$HANDFAST_COMMAND\" P=\"--quiet --pin-file $PKCS11_PIN_FILE\" && "
		  "$H key derive alice --peer seeds/public --out seeds/secret $P && "
		  "$H key derive server --peer seeds/public --out seeds/self $P && "
		  "$H key export alice --out seeds/alice && "
		  "$H cert export ca --out seeds/ca.out && cp -R \"$HANDFAST_STORE\" stash'") == 0);
	check(command("cd seeds && openssl pkeyutl -derive -inkey key -peerkey alice -out other && "
		      "cmp secret other && openssl pkeyutl -derive -inkey key -peerkey public "
		      "-out other-self && cmp self other-self && cmp ca.pem ca.out"));
	check(nothing_left());
	check(setenv("HANDFAST_STORE", client_path("stash"), 1) == 0);
	ok(p11->C_Initialize(NULL));
	session = session_open(slot, READ_WRITE);
	ok(p11->C_Login(session, CKU_USER, PIN("a pin for tests")));
	encrypts(session);
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "alice"), BYTES(CKA_ID, unhex("01"))), NULL) ==
	    2);
}

/* No typo is passed over, the place is named, and what may be a key is not repeated. */
static void
test_seed_wrong(void **state)
{
	static const struct {
		const char *seed, *says;
	} wrong[] = {
		{ "{\"schema\": 1, \"objects\": [", "seeds/seed.json:1:" },
		{ "[]", "not an object" },
		{ "{\"objects\": []}", "'schema'" },
		{ "{\"schema\": 2}", "'schema'" },
		{ "{\"schema\": 1, \"label\": 1}", "'label'" },
		{ "{\"schema\": 1, \"lable\": \"x\"}", "'lable'" },
		{ "{\"schema\": 1, \"schema\": 1}", "seeds/seed.json:1:" },
		{ "{\"schema\": 1, \"objects\": [{\"label\": \"a\", \"generate\": \"ec:p256\"}, "
		  "{\"label\": \"b\"}]}",
		    "object 2" },
		{ "{\"schema\": 1, \"objects\": [{\"label\": \"a\", \"generate\": \"ec:p256\", "
		  "\"pem\": \"x\"}]}",
		    "object 1" },
		{ "{\"schema\": 1, \"objects\": [{\"label\": \"a\", \"generate\": \"ec:p257\"}]}",
		    "object 1" },
		{ "{\"schema\": 1, \"objects\": [{\"generate\": \"ec:p256\"}]}", "'label'" },
		{ "{\"schema\": 1, \"objects\": [{\"label\": \"a\", \"generate\": \"ec:p256\", "
		  "\"use\": [1]}]}",
		    "object 1" },
		{ "{\"schema\": 1, \"objects\": [{\"label\": \"a\", \"value\": \"00ff\"}]}",
		    "'type'" },
		{ "{\"schema\": 1, \"objects\": [{\"label\": \"a\", \"type\": \"aes:128\", "
		  "\"value\": \"5ec4e7xx\"}]}",
		    "hexadecimal" },
		{ "{\"schema\": 1, \"objects\": [{\"label\": \"a\", \"type\": \"aes:128\", "
		  "\"value\": \"5ec4e7\"}]}",
		    "object 1" },
		{ "{\"schema\": 1, \"objects\": [{\"pem\": \"5ec4e7\"}]}", "object 1" },
		{ "{\"schema\": 1, \"objects\": [\"5ec4e7\"]}", "object 1" },
	};

	(void)state;
	temporary_here();
	seed_files();
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		command_in("seeds/seed.json", text(wrong[i].seed));
		check(handfast(SEEDED "touch seeds/ran") == 2);
		check(strstr(handfast_err(), wrong[i].says) != NULL);
		check(strstr(handfast_err(), "5ec4e7") == NULL);
		check(nothing_left());
	}
	check(handfast("run --seed nowhere -- touch seeds/ran") == 3);
	check(access(client_path("seeds/ran"), F_OK) != 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_cli(test_run),
		test_cli(test_run_json),
		test_cli(test_run_ended),
		test_cli(test_run_parallel),
		test_cli(test_doctor),
		test_cli(test_doctor_finds),
		test_cli(test_no_home),
		test_cli(test_doctor_fixes),
		test_cli(test_doctor_lists),
		test_cli(test_bench),
		test_cli(test_seed),
		test_cli(test_seed_wrong),
	};

	return test_main(tests, NULL, NULL);
}
