/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fork: a child is a new application, which has to call C_Initialize and then
 * works; the parent goes on as if nothing had been.
 */
#include "tests/client.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

static CK_SLOT_ID slot;
static CK_SESSION_HANDLE session;
static CK_OBJECT_HANDLE key;

static int
begin(void **state)
{
	module_fresh(state);
	slot = token_make("fork");
	session = session_user(slot);
	key = key_aes(session, CK_TRUE);
	return 0;
}

#define test_fork(function) cmocka_unit_test_setup_teardown(function, begin, module_stopped)

#define CBC_PAD (&(CK_MECHANISM){ CKM_AES_CBC_PAD, (CK_BYTE[16]){ 0 }, 16 })

static void
encrypt(CK_SESSION_HANDLE in, CK_OBJECT_HANDLE with)
{
	CK_BYTE data[16] = { 1 }, out[32];
	CK_ULONG len = sizeof(out);

	ok(p11->C_EncryptInit(in, CBC_PAD, with));
	ok(p11->C_Encrypt(in, data, sizeof(data), out, &len));
	check(len == 32);
}

/* E01 */
static void
uses_as_parent(void *unused)
{
	CK_SESSION_INFO info;
	CK_OBJECT_HANDLE made;
	CK_INFO about;
	CK_BYTE random[8];

	(void)unused;
	assert_rv(p11->C_GetSessionInfo(session, &info), CKR_CRYPTOKI_NOT_INITIALIZED);
	assert_rv(p11->C_EncryptInit(session, CBC_PAD, key), CKR_CRYPTOKI_NOT_INITIALIZED);
	assert_rv(p11->C_GenerateKey(session, MECHANISM(CKM_AES_KEY_GEN), NO_TEMPLATE, &made),
	    CKR_CRYPTOKI_NOT_INITIALIZED);
	assert_rv(p11->C_GetInfo(&about), CKR_CRYPTOKI_NOT_INITIALIZED);
	assert_rv(p11->C_GenerateRandom(session, random, 8), CKR_CRYPTOKI_NOT_INITIALIZED);
	assert_rv(p11->C_Finalize(NULL), CKR_CRYPTOKI_NOT_INITIALIZED);
}

static void
test_child_is_not_initialised(void **state)
{
	(void)state;
	assert_int_equal(in_child(uses_as_parent, NULL, 10), 0);
	encrypt(session, key);
}

/* E02: the child makes itself at home; neither notices the other. */
static void
works_anew(void *unused)
{
	CK_OBJECT_HANDLE found;
	CK_SESSION_HANDLE own;
	CK_SESSION_INFO info;

	(void)unused;
	ok(p11->C_Initialize(NULL));
	assert_rv(p11->C_GetSessionInfo(session, &info), CKR_SESSION_HANDLE_INVALID);
	own = session_open(slot, READ_WRITE);
	check(session_state(own) == CKS_RW_PUBLIC_SESSION);
	check(find(own, TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY)), NULL) == 0);
	ok(p11->C_Login(own, CKU_USER, PIN(USER_PIN)));
	check(find(own, TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY)), &found) >= 1);
	encrypt(own, found);
	data_object(own, CK_TRUE, "from a child");
	ok(p11->C_Finalize(NULL));
}

static void
test_child_works(void **state)
{
	const unsigned rounds = getenv("HANDFAST_SOAK") != NULL ? 50 : 12;

	(void)state;
	for (unsigned i = 0; i < rounds; i++) {
		assert_int_equal(in_child(works_anew, NULL, 20), 0);
		encrypt(session, key);
	}
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "from a child")), NULL) == rounds);
}

/* A child of a child, and one that leaves without a word. */
static void
has_a_child(void *unused)
{
	works_anew(unused);
	ok(p11->C_Initialize(NULL));
	check(in_child(works_anew, NULL, 20) == 0);
	session = session_user(slot);
	encrypt(session, key_aes(session, CK_FALSE));
}

static void
test_grandchild(void **state)
{
	(void)state;
	assert_int_equal(in_child(has_a_child, NULL, 40), 0);
	encrypt(session, key);
}

/* What the parent had begun goes on there, also after the child has initialised and gone. */
static void
test_parent_goes_on(void **state)
{
	CK_BYTE data[20] = { 0 }, out[64];
	CK_ULONG len = sizeof(out), more;

	(void)state;
	ok(p11->C_EncryptInit(session, CBC_PAD, key));
	ok(p11->C_EncryptUpdate(session, data, sizeof(data), out, &len));
	ok(p11->C_FindObjectsInit(session, NO_TEMPLATE));
	assert_int_equal(in_child(works_anew, NULL, 20), 0);
	more = sizeof(out) - len;
	ok(p11->C_EncryptFinal(session, out + len, &more));
	ok(p11->C_FindObjectsFinal(session));
	ok(set_one(session, key, TEXT(CKA_LABEL, "changed after")));
}

/* E04: no two processes have the same random numbers or keys. */
static unsigned char (*shared_random)[64];

static void
random_of_child(void *place)
{
	ok(p11->C_Initialize(NULL));
	ok(p11->C_GenerateRandom(session_open(slot, READ_ONLY), place, 64));
}

static void
test_random_differs(void **state)
{
	(void)state;
	shared_random = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	check(shared_random != MAP_FAILED);
	assert_int_equal(in_child(random_of_child, shared_random[0], 20), 0);
	assert_int_equal(in_child(random_of_child, shared_random[1], 20), 0);
	ok(p11->C_GenerateRandom(session, shared_random[2], 64));
	for (int i = 0; i < 3; i++)
		check(memcmp(shared_random[i], shared_random[(i + 1) % 3], 64) != 0);
	munmap(shared_random, 4096);
}

/* --- every stage ------------------------------------------------------------------- */

static void
stage_stopped(void)
{
	ok(p11->C_Finalize(NULL));
}

static void
stage_initialised(void)
{
	stage_stopped();
	ok(p11->C_Initialize(NULL));
}

static void
stage_session(void)
{
	stage_initialised();
	session = session_open(slot, READ_WRITE);
}

static void
stage_logged_in(void)
{
	encrypt(session, key);
}

static void
stage_operation(void)
{
	CK_BYTE data[20] = { 0 }, out[64];
	CK_ULONG len = sizeof(out);

	ok(p11->C_EncryptInit(session, CBC_PAD, key));
	ok(p11->C_EncryptUpdate(session, data, sizeof(data), out, &len));
}

static void
stage_search(void)
{
	CK_OBJECT_HANDLE found;
	CK_ULONG count;

	ok(p11->C_FindObjectsInit(session, NO_TEMPLATE));
	ok(p11->C_FindObjects(session, &found, 1, &count));
}

static void
stage_logged_out(void)
{
	ok(p11->C_Logout(session));
}

static void (*const stages[])(void) = { stage_stopped, stage_initialised, stage_session,
	stage_logged_in, stage_operation, stage_search, stage_logged_out };

/* Counts as client_descriptors does, which sees "." and ".." too. */
#define NO_MORE_THAN "[ $(ls /proc/self/fd | wc -l) -le %zu ]"

/* Another program takes nothing with it: no descriptor but those from before the module came. */
static void
becomes_another(void *before)
{
	char line[80];

	snprintf(line, sizeof(line), NO_MORE_THAN, *(size_t *)before - 2);
	execl("/bin/sh", "sh", "-c", line, (char *)NULL);
	_exit(98);
}

static void
spawns_another(size_t before)
{
	char line[80];

	snprintf(line, sizeof(line), NO_MORE_THAN, before - 2);
	check(system(line) == 0);
}

static void
leaves_by_exit(void *unused)
{
	(void)unused;
	(void)p11->C_Finalize(NULL);
	_exit(0);
}

/* The same in every stage of the parent, with exec and without; it is none the worse for it. */
static void
test_stages(void **state)
{
	static void (*const children[])(
	    void *) = { uses_as_parent, works_anew, becomes_another, leaves_by_exit };
	size_t before;

	ok(p11->C_Finalize(NULL));
	before = client_descriptors();
	for (size_t i = 0; i < COUNT_OF(stages); i++) {
		begin(state);
		stages[i]();
		spawns_another(before);
		for (size_t n = 0; n < COUNT_OF(children); n++)
			assert_int_equal(in_child(children[n], &before, 20), 0);
		module_stopped(state);
	}
}

/* E03: a fork in the midst of four busy threads leaves no lock held in the child. */
static atomic_bool over;

static void *
be_busy(void *unused)
{
	CK_SESSION_HANDLE own;
	CK_BYTE random[16];

	(void)unused;
	while (!over) {
		if (p11->C_OpenSession(slot, READ_WRITE, NULL, NULL, &own) != CKR_OK)
			return "cannot open a session";
		if (p11->C_GenerateRandom(own, random, 16) != CKR_OK)
			return "no random bytes";
		if (p11->C_EncryptInit(own, CBC_PAD, key) != CKR_OK)
			return "cannot encrypt";
		if (p11->C_FindObjectsInit(own, NULL, 0) != CKR_OK)
			return "cannot search";
		if (p11->C_CloseSession(own) != CKR_OK)
			return "cannot close";
	}
	return NULL;
}

static void
initialise_and_look(void *unused)
{
	CK_SESSION_HANDLE own;

	(void)unused;
	ok(p11->C_Initialize(NULL));
	own = session_open(slot, READ_ONLY);
	find(own, NO_TEMPLATE, NULL);
	ok(p11->C_Finalize(NULL));
}

static void
test_busy_threads(void **state)
{
	const unsigned rounds = getenv("HANDFAST_SOAK") != NULL ? 100 : 60;
	pthread_t threads[4];
	void *complaint;

	(void)state;
	over = false;
	for (size_t i = 0; i < COUNT_OF(threads); i++)
		check(pthread_create(&threads[i], NULL, be_busy, NULL) == 0);
	for (unsigned i = 0; i < rounds; i++)
		assert_int_equal(in_child(initialise_and_look, NULL, 10), 0);
	over = true;
	for (size_t i = 0; i < COUNT_OF(threads); i++) {
		pthread_join(threads[i], &complaint);
		if (complaint != NULL)
			fprintf(stderr, "a busy thread: %s\n", (const char *)complaint);
		check(complaint == NULL);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_fork(test_child_is_not_initialised),
		test_fork(test_child_works),
		test_fork(test_grandchild),
		test_fork(test_parent_goes_on),
		test_fork(test_random_differs),
		test_fork(test_stages),
		test_fork(test_busy_threads),
	};

	return test_main(tests, NULL, NULL);
}
