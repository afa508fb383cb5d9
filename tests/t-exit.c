/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ways in which a process that uses the module may end, or may unload it:
 * none of them crashes or hangs (attacks E05 to E07).  Each way is this program
 * once more, with its name as the argument.
 */
#include "tests/client.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

static CK_SESSION_HANDLE session;
static CK_OBJECT_HANDLE key;

#define CBC_PAD (&(CK_MECHANISM){ CKM_AES_CBC_PAD, (CK_BYTE[16]){ 0 }, 16 })

/* The token that the parent made. */
static CK_SLOT_ID
the_slot(void)
{
	return strtoul(getenv("TEST_SLOT"), NULL, 10);
}

/* Logged in, with an operation, a search and a libcrypto form of a key in progress. */
static void
in_full_use(void)
{
	CK_BYTE hash[32] = { 1 }, signature[64];
	CK_ULONG len = sizeof(signature);
	CK_OBJECT_HANDLE pair[2];

	ok(p11->C_Initialize(NULL));
	session = session_user(the_slot());
	key = key_aes(session, CK_FALSE);
	key_pair_ec(session, p256, false, pair);
	ok(p11->C_SignInit(session, MECHANISM(CKM_ECDSA), pair[1]));
	ok(p11->C_Sign(session, hash, sizeof(hash), signature, &len));
	ok(p11->C_EncryptInit(session, CBC_PAD, key));
	ok(p11->C_FindObjectsInit(session, NO_TEMPLATE));
}

/* What an exit handler of a host might do; any answer will do, but an answer. */
static void
call_in(void)
{
	CK_BYTE data[16] = { 0 }, out[64];
	CK_ULONG len = sizeof(out);
	CK_SLOT_ID slots[8];
	CK_ULONG count = COUNT_OF(slots);
	CK_OBJECT_HANDLE made;

	if (p11 == NULL)
		return;
	(void)p11->C_GetSlotList(CK_TRUE, slots, &count);
	(void)p11->C_Encrypt(session, data, sizeof(data), out, &len);
	(void)p11->C_EncryptInit(session, CBC_PAD, key);
	(void)p11->C_GenerateRandom(session, data, sizeof(data));
	(void)p11->C_GenerateKey(session, MECHANISM(CKM_AES_KEY_GEN), NULL, 0, &made);
	(void)p11->C_Logout(session);
	(void)p11->C_CloseSession(session);
}

static void
call_in_and_finalize(void)
{
	call_in();
	if (p11 != NULL)
		(void)p11->C_Finalize(NULL);
}

static bool call_from_destructor;

__attribute__((destructor)) static void
destructor(void)
{
	if (call_from_destructor)
		call_in_and_finalize();
}

/* --- the ways ------------------------------------------------------------------------- */

static void
way_plain(void)
{
	check(client_load());
	in_full_use();
}

static void
way_finalized(void)
{
	check(client_load());
	in_full_use();
	ok(p11->C_Finalize(NULL));
}

/* Registered before the module and libcrypto, so that it runs after theirs. */
static void
way_handler_before(void)
{
	check(atexit(call_in) == 0);
	check(client_load());
	in_full_use();
}

static void
way_handler_after(void)
{
	check(client_load());
	in_full_use();
	check(atexit(call_in_and_finalize) == 0);
}

static void
way_destructor(void)
{
	call_from_destructor = true;
	check(client_load());
	in_full_use();
}

static void
way_unloaded(void)
{
	check(client_load());
	in_full_use();
	client_unload();
}

static void *
be_busy(void *unused)
{
	CK_SESSION_HANDLE own;
	CK_OBJECT_HANDLE made[2];

	(void)unused;
	for (;;) {
		CK_BYTE random[32];

		if (p11->C_OpenSession(the_slot(), READ_WRITE, NULL, NULL, &own) != CKR_OK)
			continue;
		(void)p11->C_GenerateRandom(own, random, sizeof(random));
		(void)p11->C_EncryptInit(own, CBC_PAD, key);
		/* In libcrypto for a while. */
		(void)p11->C_GenerateKeyPair(own, MECHANISM(CKM_EC_KEY_PAIR_GEN),
		    TEMPLATE(BYTES(CKA_EC_PARAMS, p256)), NO_TEMPLATE, &made[0], &made[1]);
		(void)p11->C_CloseSession(own);
	}
	return NULL;
}

/* main returns while others are inside. */
static void
way_busy_threads(void)
{
	pthread_t thread;

	check(client_load());
	in_full_use();
	for (int i = 0; i < 3; i++)
		check(pthread_create(&thread, NULL, be_busy, NULL) == 0);
	usleep(50000);
}

static void
way_libcrypto_first(void)
{
	check(client_load());
	in_full_use();
	OPENSSL_cleanup();
	call_in();
}

static void
way_libcrypto_first_then_finalize(void)
{
	check(client_load());
	in_full_use();
	OPENSSL_cleanup();
	(void)p11->C_Finalize(NULL);
}

/* A forked child that leaves by exit(), running the handlers of its parent. */
static void
way_forked_child(void)
{
	pid_t child;

	check(client_load());
	in_full_use();
	check(atexit(call_in_and_finalize) == 0);
	child = fork();
	if (child != 0)
		check(child_result(child, 20) == 0);
}

static void *
use_once(void *unused)
{
	CK_BYTE random[8];

	(void)unused;
	(void)p11->C_GenerateRandom(session, random, sizeof(random));
	(void)p11->C_EncryptInit(session, NULL, 0);
	(void)p11->C_EncryptInit(session, CBC_PAD, key);
	usleep(100000);
	return NULL;
}

/* E07: a thread that used the module ends when it is gone. */
static void
way_thread_outlives(void)
{
	pthread_t thread;

	check(client_load());
	in_full_use();
	check(pthread_create(&thread, NULL, use_once, NULL) == 0);
	usleep(30000);
	ok(p11->C_Finalize(NULL));
	client_unload();
	check(pthread_join(thread, NULL) == 0);
}

/* E06: loaded and unloaded over and over. */
static void
way_many_times(void)
{
	struct rusage usage;
	size_t descriptors = 0;
	long peak = 0;
	const unsigned rounds = getenv("HANDFAST_SOAK") != NULL ? 200 : 40;

	for (unsigned i = 0; i < rounds; i++) {
		check(client_load());
		ok(p11->C_Initialize(NULL));
		if (i % 4 == 0)
			session = session_user(the_slot());
		ok(p11->C_Finalize(NULL));
		client_unload();
		if (i == 12) {
			descriptors = client_descriptors();
			getrusage(RUSAGE_SELF, &usage);
			peak = usage.ru_maxrss;
		}
	}
	getrusage(RUSAGE_SELF, &usage);
	check(client_descriptors() == descriptors);
	/* A sanitizer keeps what is freed. */
	if (getenv("SANITIZER_PRELOAD") == NULL || *getenv("SANITIZER_PRELOAD") == '\0')
		check(usage.ru_maxrss - peak <= 1024);
}

/* E13: a host whose libcrypto has nothing but old algorithms, or loads a provider that calls us. */
static void
way_other_libcrypto(void)
{
	static const char configuration[] = "openssl_conf = all\n[all]\nproviders = list\n"
					    "[list]\nlegacy = it\n[it]\nactivate = 1\n";
	FILE *file = fopen(getenv("TEST_OPENSSL_CONF"), "we");
	EVP_MD *digest;

	check(file != NULL && fputs(configuration, file) >= 0 && fclose(file) == 0);
	check(setenv("OPENSSL_CONF", getenv("TEST_OPENSSL_CONF"), 1) == 0);
	digest = EVP_MD_fetch(NULL, "SHA256", NULL);
	check(digest == NULL);
	check(client_load());
	in_full_use();
	ok(p11->C_Finalize(NULL));
}

/* A second main: the thread that began the process ends before the others do. */
static void
way_main_thread_first(void)
{
	pthread_t thread;

	check(client_load());
	in_full_use();
	check(pthread_create(&thread, NULL, use_once, NULL) == 0);
	pthread_exit(NULL);
}

#define LACKING 77 /* what goes this way is not installed */

static bool
is_mapped(const char *path)
{
	FILE *maps = fopen("/proc/self/maps", "re");
	char line[600];
	bool found = false;

	check(maps != NULL);
	while (fgets(line, sizeof(line), maps) != NULL)
		found |= strstr(line, path) != NULL;
	fclose(maps);
	return found;
}

/* The host's libcrypto is configured to load us, as `openssl` is for keys in tokens. */
static void
configured_by(int folder, const char *format)
{
	const char *path = getenv("TEST_OPENSSL_CONF");
	FILE *file = fopen(path, "we");
	unsigned char digest[32];
	char plugin[300];

	snprintf(plugin, sizeof(plugin), "%s/pkcs11.so", OPENSSL_info(folder));
	if (access(plugin, R_OK) != 0)
		exit(LACKING);
	check(file != NULL && fprintf(file, format, plugin, getenv("HANDFAST_MODULE")) > 0 &&
	    fclose(file) == 0);
	check(setenv("OPENSSL_CONF", path, 1) == 0);
	check(EVP_Q_digest(NULL, "SHA256", NULL, "abc", 3, digest, NULL) == 1);
	check(is_mapped(plugin));
	/* In the token or not, and whether it is logged in or not. */
	EVP_PKEY_free(EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256"));
	check(client_load());
	/* It may have come before us. */
	if (p11->C_Initialize(NULL) != CKR_OK)
		check(p11->C_GetInfo(&(CK_INFO){ 0 }) == CKR_OK);
	ok(p11->C_Finalize(NULL));
	in_full_use();
}

static void
way_engine(void)
{
	configured_by(OPENSSL_INFO_ENGINES_DIR,
	    "openssl_conf = all\n[all]\nengines = list\n[list]\npkcs11 = token\n[token]\n"
	    "engine_id = pkcs11\ndynamic_path = %s\nMODULE_PATH = %s\n"
	    "default_algorithms = ALL\ninit = 1\n");
}

/* Asked first for everything, and told to load the module when it is loaded itself. */
static void
way_provider(void)
{
	configured_by(OPENSSL_INFO_MODULES_DIR,
	    "openssl_conf = all\n[all]\nproviders = list\nalg_section = wish\n"
	    "[wish]\ndefault_properties = ?provider=pkcs11\n"
	    "[list]\ndefault = own\npkcs11 = token\n[own]\nactivate = 1\n[token]\nmodule = %s\n"
	    "pkcs11-module-path = %s\npkcs11-module-load-behavior = early\nactivate = 1\n");
}

static const struct way {
	const char *name;
	void (*go)(void);
} ways[] = {
	{ "plain", way_plain },
	{ "finalized", way_finalized },
	{ "handler before", way_handler_before },
	{ "handler after", way_handler_after },
	{ "destructor", way_destructor },
	{ "unloaded", way_unloaded },
	{ "busy threads", way_busy_threads },
	{ "libcrypto first", way_libcrypto_first },
	{ "libcrypto first, then C_Finalize", way_libcrypto_first_then_finalize },
	{ "forked child", way_forked_child },
	{ "thread outlives", way_thread_outlives },
	{ "many times", way_many_times },
	{ "main thread first", way_main_thread_first },
	{ "another configuration of libcrypto", way_other_libcrypto },
	{ "libcrypto with libp11's engine", way_engine },
	{ "libcrypto with pkcs11-provider", way_provider },
};

/* --- the parent ------------------------------------------------------------------------- */

static void
go_this_way(void *name)
{
	/* What a process leaves behind at its end is no leak: nothing is freed after exit began. */
	check(setenv("ASAN_OPTIONS", "detect_leaks=0", 1) == 0);
	execl("/proc/self/exe", "t-exit", (const char *)name, (char *)NULL);
	_exit(98);
}

static void
test_way(void **state)
{
	const struct way *way = *state;
	int result = in_child(go_this_way, (void *)way->name, 60);

	if (result == LACKING && way->go == way_engine)
		skip_because("no engine; Debian: apt-get install libengine-pkcs11-openssl");
	if (result == LACKING)
		skip_because("no provider; from Debian 13 on: apt-get install pkcs11-provider");
	assert_int_equal(result, 0);
}

static int
make_token(void **state)
{
	char number[24];

	module_fresh(state);
	snprintf(number, sizeof(number), "%lu", token_make("exit"));
	check(setenv("TEST_SLOT", number, 1) == 0);
	check(setenv("TEST_OPENSSL_CONF", client_path("openssl.cnf"), 1) == 0);
	ok(p11->C_Finalize(NULL));
	return 0;
}

static int
leave(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(ways); i++) {
		if (strcmp(ways[i].name, name) == 0) {
			ways[i].go();
			exit(0);
		}
	}
	return 97;
}

int
main(int argc, char **argv)
{
	struct CMUnitTest tests[COUNT_OF(ways)];

	if (argc > 1)
		return leave(argv[1]);
	for (size_t i = 0; i < COUNT_OF(ways); i++)
		tests[i] =
		    (struct CMUnitTest){ ways[i].name, test_way, NULL, NULL, (void *)&ways[i] };
	return test_main(tests, make_token, NULL);
}
