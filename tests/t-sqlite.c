/* SPDX-License-Identifier: Apache-2.0 */
/*
 * In a host that has a SQLite of its own among its symbols, as Firefox has: the store
 * uses SQLite's library, which uses itself.  The one here does nothing but count.
 */
#include "tests/client.h"

#include <dlfcn.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/resource.h>

/* SQLITE_NOMEM, which is what came of it in Firefox. */
#define FAILED 7

static atomic_int calls;

int sqlite3_open_v2(void);
int sqlite3_prepare_v3(void);
int sqlite3_step(void);
int sqlite3_exec(void);
/* These two are called by the library itself. */
void *sqlite3_malloc64(uint64_t len);
void sqlite3_free(void *memory);

int
sqlite3_open_v2(void)
{
	calls++;
	return FAILED;
}

int
sqlite3_prepare_v3(void)
{
	calls++;
	return FAILED;
}

int
sqlite3_step(void)
{
	calls++;
	return FAILED;
}

int
sqlite3_exec(void)
{
	calls++;
	return FAILED;
}

void *
sqlite3_malloc64(uint64_t len)
{
	(void)len;
	calls++;
	return NULL;
}

void
sqlite3_free(void *memory)
{
	(void)memory;
	calls++;
}

static void
test_token(void **state)
{
	CK_SESSION_HANDLE session;
	CK_OBJECT_HANDLE key, found;

	(void)state;
	session = session_user(token_make("host"));
	key = key_aes(session, CK_TRUE);
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY)), &found) == 1);
	check(found == key);
	check(calls == 0);
}

/* One that was loaded without care calls the host's; the store has another. */
static void
loads_it_first(void *unused)
{
	(void)unused;
	check(dlopen("libsqlite3.so.0", RTLD_NOW) != NULL);
	ok(p11->C_Initialize(NULL));
	test_token(NULL);
}

static void
test_mixed(void **state)
{
	(void)state;
	assert_int_equal(in_child(loads_it_first, NULL, 20), 0);
}

/* Where there is no room for a copy, the mixed one is not used at all. */
static void
cannot_copy(void *unused)
{
	struct rlimit none = { 0, 0 };
	CK_CHAR label[32];

	(void)unused;
	memset(label, ' ', sizeof(label));
	check(dlopen("libsqlite3.so.0", RTLD_NOW) != NULL);
	/* No file but the copy is written. */
	check(setenv("HANDFAST_STORE", "memory:", 1) == 0);
	ok(p11->C_Initialize(NULL));
	check(setrlimit(RLIMIT_FSIZE, &none) == 0);
	check(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
	refused(p11->C_InitToken(slot_empty(), PIN(SO_PIN), label));
	check(calls == 0);
}

static void
test_no_copy(void **state)
{
	(void)state;
	assert_int_equal(in_child(cannot_copy, NULL, 20), 0);
}

int
main(void)
{
	const char *sanitizer = getenv("SANITIZER_PRELOAD");
	const struct CMUnitTest tests[] = {
		/* First, while the module has none. */
		test_stopped(test_mixed),
		test_stopped(test_no_copy),
		test_fresh(test_token),
	};

	if (sanitizer != NULL && *sanitizer != '\0') {
		puts("1..0 # SKIP a sanitizer does not allow RTLD_DEEPBIND");
		return 0;
	}
	return test_main(tests, NULL, NULL);
}
