/* SPDX-License-Identifier: Apache-2.0 */
/*
 * C_WaitForSlotEvent (PKCS#11 3.2, 5.5.4) while other processes make, initialise and
 * remove tokens.
 */
#include "tests/command.h"

#include <pthread.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static CK_RV
event(CK_SLOT_ID *slot)
{
	return p11->C_WaitForSlotEvent(CKF_DONT_BLOCK, slot, NULL);
}

#define told(expected) assert_told((expected), __LINE__)
static void
assert_told(CK_SLOT_ID expected, int line)
{
	CK_SLOT_ID slot = (CK_SLOT_ID)-1;

	client_assert_rv(event(&slot), CKR_OK, "an event", __FILE__, line);
	client_assert(slot == expected, "it is about that slot", __FILE__, line);
}

#define silent() assert_rv(event(&(CK_SLOT_ID){ 0 }), CKR_NO_EVENT)

static bool
listed(CK_SLOT_ID slot)
{
	CK_SLOT_ID list[16];
	CK_ULONG count = COUNT_OF(list), n = 0;

	ok(p11->C_GetSlotList(CK_TRUE, list, &count));
	while (n < count && list[n] != slot)
		n++;
	return n < count;
}

static void
token_remove(CK_SLOT_ID slot)
{
	char file[300];

	snprintf(file, sizeof(file), "%s/%lu.token", getenv("HANDFAST_STORE"), slot);
	check(unlink(file) == 0);
}

/* --- what other processes do ---------------------------------------------------------- */

static void
make_one(void *label)
{
	ok(p11->C_Initialize(NULL));
	token_make(label);
	ok(p11->C_Finalize(NULL));
}

static void
make_elsewhere(const char *label)
{
	assert_int_equal(in_child(make_one, (void *)label, 20), 0);
}

static void
begin_anew(void *slot)
{
	CK_UTF8CHAR label[32];

	memset(label, ' ', sizeof(label));
	ok(p11->C_Initialize(NULL));
	ok(p11->C_InitToken(*(CK_SLOT_ID *)slot, PIN(SO_PIN), label));
	ok(p11->C_Finalize(NULL));
}

static void
initialise_elsewhere(CK_SLOT_ID slot)
{
	assert_int_equal(in_child(begin_anew, &slot, 20), 0);
}

static void
log_in_elsewhere(void *slot)
{
	CK_SESSION_HANDLE session;

	ok(p11->C_Initialize(NULL));
	session = session_user(*(CK_SLOT_ID *)slot);
	key_aes(session, CK_TRUE);
	ok(p11->C_Finalize(NULL));
}

/* --- looking ------------------------------------------------------------------------------ */

/* What there was at C_Initialize, and what this application does itself, is no event. */
static void
test_nothing(void **state)
{
	CK_SLOT_ID slot;

	(void)state;
	silent();
	slot = token_make("mine");
	silent();
	key_aes(session_user(slot), CK_TRUE);
	silent();
	ok(p11->C_Finalize(NULL));
	ok(p11->C_Initialize(NULL));
	silent();
	ok(p11->C_InitToken(slot, PIN(SO_PIN), (CK_UTF8CHAR *)"anew                            "));
	silent();
	(void)token_flags(slot);
	silent();
}

/* Also what happened before anybody asked, and each but once. */
static void
test_made(void **state)
{
	CK_SLOT_ID first = slot_empty();

	(void)state;
	make_elsewhere("first");
	check(listed(first));
	told(first);
	silent();
	make_elsewhere("second");
	make_elsewhere("third");
	{
		CK_SLOT_ID one, other;

		ok(event(&one));
		ok(event(&other));
		check(one != other && one != first && other != first);
		check(listed(one) && listed(other));
	}
	silent();
}

static void
test_removed(void **state)
{
	CK_SLOT_ID looked_at = token_make("looked at"), used, unknown;
	CK_SESSION_HANDLE session;
	CK_SESSION_INFO info;

	(void)state;
	used = token_make("used");
	unknown = slot_empty();
	make_elsewhere("unknown");
	told(unknown);
	token_remove(unknown);
	told(unknown);
	silent();
	(void)token_flags(looked_at);
	token_remove(looked_at);
	told(looked_at);
	silent();
	check(!listed(looked_at));
	session = session_user(used);
	token_remove(used);
	told(used);
	silent();
	assert_rv(p11->C_GetSessionInfo(session, &info), CKR_DEVICE_REMOVED);
	silent();
	ok(p11->C_CloseSession(session));
	silent();
}

/* The call that stumbles over a removal leaves it to be told. */
static void
test_removed_and_found_out(void **state)
{
	CK_SLOT_ID slot = token_make("found out");
	CK_SESSION_HANDLE session = session_user(slot);
	CK_OBJECT_HANDLE object;

	(void)state;
	token_remove(slot);
	assert_rv(p11->C_CreateObject(
		      session, TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), YES(CKA_TOKEN)), &object),
	    CKR_DEVICE_REMOVED);
	ok(p11->C_CloseSession(session));
	check(!listed(slot + 1));
	(void)token_flags(slot);
	told(slot);
	silent();
}

/* One event for a token that was initialised anew, in use or not. */
static void
test_initialised(void **state)
{
	CK_SLOT_ID slot = token_make("anew");
	CK_SESSION_HANDLE session;
	CK_SESSION_INFO info;

	(void)state;
	initialise_elsewhere(slot);
	told(slot);
	silent();
	session = session_open(slot, READ_WRITE);
	silent();
	initialise_elsewhere(slot);
	told(slot);
	silent();
	assert_rv(p11->C_GetSessionInfo(session, &info), CKR_DEVICE_REMOVED);
	ok(p11->C_CloseSession(session));
	(void)token_flags(slot);
	silent();
}

/* Another process at work on a token is no event. */
static void
test_used_elsewhere(void **state)
{
	CK_SLOT_ID slot = token_make("shared");

	(void)state;
	(void)token_flags(slot);
	assert_int_equal(in_child(log_in_elsewhere, &slot, 20), 0);
	silent();
}

/* --- waiting ------------------------------------------------------------------------------ */

struct waiting {
	pthread_t thread;
	CK_SLOT_ID slot;
	CK_RV rv;
	_Atomic(bool) back;
};

static void *
wait_for_event(void *argument)
{
	struct waiting *waiting = argument;

	waiting->rv = p11->C_WaitForSlotEvent(0, &waiting->slot, NULL);
	waiting->back = true;
	return NULL;
}

static void
wait_begin(struct waiting *waiting)
{
	*waiting = (struct waiting){ .slot = (CK_SLOT_ID)-1 };
	check(pthread_create(&waiting->thread, NULL, wait_for_event, waiting) == 0);
	usleep(50000);
}

/* True when it came back within so many milliseconds. */
static bool
is_back(struct waiting *waiting, int milliseconds)
{
	while (!waiting->back && milliseconds-- > 0)
		usleep(1000);
	return waiting->back;
}

static void
wait_ends(struct waiting *waiting, CK_SLOT_ID slot)
{
	check(is_back(waiting, 2000));
	pthread_join(waiting->thread, NULL);
	ok(waiting->rv);
	check(waiting->slot == slot);
	silent();
}

/* From a machine without a store on. */
static void
test_waiting(void **state)
{
	CK_SLOT_ID slot = slot_empty();
	struct waiting waiting;

	(void)state;
	wait_begin(&waiting);
	check(!waiting.back);
	make_elsewhere("first");
	wait_ends(&waiting, slot);
	(void)token_flags(slot);
	wait_begin(&waiting);
	assert_int_equal(in_child(log_in_elsewhere, &slot, 20), 0);
	check(!is_back(&waiting, 100));
	initialise_elsewhere(slot);
	wait_ends(&waiting, slot);
	wait_begin(&waiting);
	token_remove(slot);
	wait_ends(&waiting, slot);
}

/* What happened before the call is told at once. */
static void
test_waiting_afterwards(void **state)
{
	CK_SLOT_ID slot = slot_empty();
	struct waiting waiting;

	(void)state;
	make_elsewhere("before");
	wait_begin(&waiting);
	wait_ends(&waiting, slot);
}

/* Folders above the store that do not exist yet. */
static void
test_waiting_for_folder(void **state)
{
	const char *deep = client_path("deep");
	char folder[300];
	struct waiting waiting;

	(void)state;
	ok(p11->C_Finalize(NULL));
	snprintf(folder, sizeof(folder), "%s/er/store", deep);
	check(setenv("HANDFAST_STORE", folder, 1) == 0);
	ok(p11->C_Initialize(NULL));
	wait_begin(&waiting);
	check(mkdir(deep, 0700) == 0);
	check(!is_back(&waiting, 50));
	make_elsewhere("deep");
	wait_ends(&waiting, 0);
}

/* Every event reaches one thread, and C_Finalize all that are left. */
static void
test_several_waiting(void **state)
{
	struct waiting waiting[4];
	CK_SLOT_ID slot = slot_empty();
	size_t back = 0;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(waiting); i++)
		wait_begin(&waiting[i]);
	make_elsewhere("for one");
	usleep(300000);
	for (size_t i = 0; i < COUNT_OF(waiting); i++)
		back += waiting[i].back;
	assert_int_equal(back, 1);
	ok(p11->C_Finalize(NULL));
	for (size_t i = 0; i < COUNT_OF(waiting); i++) {
		pthread_join(waiting[i].thread, NULL);
		if (waiting[i].rv == CKR_OK)
			check(waiting[i].slot == slot);
		else
			assert_rv(waiting[i].rv, CKR_CRYPTOKI_NOT_INITIALIZED);
	}
}

/* C_Finalize does not wait for anything to happen, whatever the thread waits on. */
static void
test_finalize_wakes(void **state)
{
	static const char *const stores[] = { NULL, "memory:", "/proc/none" };
	size_t descriptors = client_descriptors();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(stores); i++) {
		struct waiting waiting;

		if (stores[i] != NULL) {
			check(setenv("HANDFAST_STORE", stores[i], 1) == 0);
			ok(p11->C_Initialize(NULL));
		}
		wait_begin(&waiting);
		check(!waiting.back);
		ok(p11->C_Finalize(NULL));
		pthread_join(waiting.thread, NULL);
		assert_rv(waiting.rv, CKR_CRYPTOKI_NOT_INITIALIZED);
	}
	check(client_descriptors() == descriptors);
}

/* A child made while the parent waits is an application of its own. */
static void
wait_in_child(void *slot)
{
	CK_SLOT_ID which;

	assert_rv(p11->C_WaitForSlotEvent(0, &which, NULL), CKR_CRYPTOKI_NOT_INITIALIZED);
	ok(p11->C_Initialize(NULL));
	silent();
	make_elsewhere("by a grandchild");
	ok(p11->C_WaitForSlotEvent(0, &which, NULL));
	check(which == *(CK_SLOT_ID *)slot);
	ok(p11->C_Finalize(NULL));
}

static void
test_forked_while_waiting(void **state)
{
	CK_SLOT_ID slot = slot_empty();
	struct waiting waiting;

	(void)state;
	wait_begin(&waiting);
	assert_int_equal(in_child(wait_in_child, &slot, 20), 0);
	wait_ends(&waiting, slot);
}

/* A program that knows nothing of us makes the token. */
static void
test_pkcs11_tool(void **state)
{
	CK_SLOT_ID slot = slot_empty();
	struct waiting waiting;

	(void)state;
	if (!command("command -v pkcs11-tool")) {
		skip_because("no pkcs11-tool");
		return;
	}
	wait_begin(&waiting);
	check(command("LD_PRELOAD=\"$SANITIZER_PRELOAD\" ASAN_OPTIONS=detect_leaks=0 "
		      "pkcs11-tool --module \"$HANDFAST_MODULE\" "
		      "--init-token --slot %lu --label visible --so-pin 12345678",
	    slot));
	wait_ends(&waiting, slot);
	check(listed(slot));
	check((token_flags(slot) & CKF_TOKEN_INITIALIZED) != 0);
}

static void
test_arguments(void **state)
{
	CK_SLOT_ID slot;

	(void)state;
	assert_rv(p11->C_WaitForSlotEvent(CKF_DONT_BLOCK, NULL, NULL), CKR_ARGUMENTS_BAD);
	assert_rv(p11->C_WaitForSlotEvent(0, NULL, NULL), CKR_ARGUMENTS_BAD);
	assert_rv(p11->C_WaitForSlotEvent(0, &slot, &slot), CKR_ARGUMENTS_BAD);
	ok(p11->C_Finalize(NULL));
	assert_rv(event(&slot), CKR_CRYPTOKI_NOT_INITIALIZED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_fresh(test_nothing),
		test_fresh(test_made),
		test_fresh(test_removed),
		test_fresh(test_removed_and_found_out),
		test_fresh(test_initialised),
		test_fresh(test_used_elsewhere),
		test_fresh(test_waiting),
		test_fresh(test_waiting_afterwards),
		test_fresh(test_waiting_for_folder),
		test_fresh(test_several_waiting),
		test_fresh(test_finalize_wakes),
		test_fresh(test_forked_while_waiting),
		test_fresh(test_pkcs11_tool),
		test_fresh(test_arguments),
	};

	return test_main(tests, NULL, NULL);
}
