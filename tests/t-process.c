/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Several processes on one store: they see each other's objects, all their writes
 * are kept, and one that is killed in the middle of a write leaves either what was
 * before or what was to be.  The short form of what takes minutes elsewhere.
 */
#include "tests/client.h"

#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static CK_SLOT_ID slot;
static CK_SESSION_HANDLE session;

/* What children tell the parent, whatever becomes of them. */
static struct shared {
	volatile unsigned acknowledged; /* objects whose creation was answered with CKR_OK */
	volatile unsigned begun;
} * shared;

static int
begin(void **state)
{
	module_fresh(state);
	slot = token_make("process");
	session = session_user(slot);
	shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	check(shared != MAP_FAILED);
	return 0;
}

static int
end(void **state)
{
	munmap(shared, 4096);
	return module_stopped(state);
}

#define test_process(function) cmocka_unit_test_setup_teardown(function, begin, end)

/* A child's session in the token, with the user logged in. */
static CK_SESSION_HANDLE
join(void)
{
	ok(p11->C_Initialize(NULL));
	return session_user(slot);
}

/* --- seeing each other ------------------------------------------------------------------------ */

static void
add_one(void *label)
{
	data_object(join(), CK_TRUE, label);
}

static void
rename_one(void *unused)
{
	CK_SESSION_HANDLE own = join();
	CK_OBJECT_HANDLE object;

	(void)unused;
	check(find(own, TEMPLATE(TEXT(CKA_LABEL, "first name")), &object) == 1);
	ok(set_one(own, object, TEXT(CKA_LABEL, "second name")));
}

static void
destroy_one(void *unused)
{
	CK_SESSION_HANDLE own = join();
	CK_OBJECT_HANDLE object;

	(void)unused;
	check(find(own, TEMPLATE(TEXT(CKA_LABEL, "second name")), &object) == 1);
	ok(p11->C_DestroyObject(own, object));
}

/* F07 */
static void
test_changes_are_seen(void **state)
{
	CK_OBJECT_HANDLE mine = data_object(session, CK_TRUE, "first name"), found;
	CK_BYTE label[32];
	CK_ATTRIBUTE attribute = { CKA_LABEL, label, sizeof(label) };
	CK_RV rv;

	(void)state;
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "from elsewhere")), NULL) == 0);
	assert_int_equal(in_child(add_one, "from elsewhere", 20), 0);
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "from elsewhere")), NULL) == 1);

	assert_int_equal(in_child(rename_one, NULL, 20), 0);
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "first name")), NULL) == 0);
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "second name")), &found) == 1);
	check(found == mine);
	ok(p11->C_GetAttributeValue(session, mine, &attribute, 1));
	same_bytes(view_of(label, attribute.ulValueLen), text("second name"));

	assert_int_equal(in_child(destroy_one, NULL, 20), 0);
	rv = get_rv(session, mine, CKA_LABEL);
	check(rv == CKR_OBJECT_HANDLE_INVALID || rv == CKR_DEVICE_REMOVED);
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "second name")), NULL) == 0);
}

/* A key that another process destroyed does not work here any more. */
static void
destroy_keys(void *unused)
{
	CK_SESSION_HANDLE own = join();
	CK_OBJECT_HANDLE key;

	(void)unused;
	while (find(own, TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY)), &key) != 0)
		ok(p11->C_DestroyObject(own, key));
}

static void
test_destroyed_key(void **state)
{
	CK_OBJECT_HANDLE key = key_aes(session, CK_TRUE);
	CK_MECHANISM *mechanism = &(CK_MECHANISM){ CKM_AES_CBC_PAD, (CK_BYTE[16]){ 0 }, 16 };

	(void)state;
	ok(p11->C_EncryptInit(session, mechanism, key));
	ok(p11->C_SessionCancel(session, CKF_ENCRYPT));
	assert_int_equal(in_child(destroy_keys, NULL, 20), 0);
	assert_rv(p11->C_EncryptInit(session, mechanism, key), CKR_KEY_HANDLE_INVALID);
}

/* --- at once ------------------------------------------------------------------------------------
 */

#define WRITERS 6
#define EACH 20

static void
create_and_destroy(void *number)
{
	CK_SESSION_HANDLE own = join();
	char label[32];

	for (int i = 0; i < EACH; i++) {
		CK_OBJECT_HANDLE object;

		snprintf(label, sizeof(label), "%d.%d", *(int *)number, i);
		object = data_object(own, CK_TRUE, label);
		if (i % 2 == 1)
			ok(p11->C_DestroyObject(own, object));
	}
	ok(p11->C_Finalize(NULL));
}

/* F04 */
static void
test_writers(void **state)
{
	pid_t children[WRITERS];
	int numbers[WRITERS];

	(void)state;
	for (int i = 0; i < WRITERS; i++) {
		numbers[i] = i;
		children[i] = child_start(create_and_destroy, &numbers[i]);
	}
	for (int i = 0; i < WRITERS; i++)
		assert_int_equal(child_result(children[i], 60), 0);
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_DATA)), NULL) == WRITERS * EACH / 2);
	for (int i = 0; i < WRITERS * EACH; i++) {
		char label[32];

		snprintf(label, sizeof(label), "%d.%d", i / EACH, i % EACH);
		check(find(session, TEMPLATE(TEXT(CKA_LABEL, label)), NULL) == (i % 2 == 0));
	}
}

static void
log_in_and_sign(void *unused)
{
	CK_SESSION_HANDLE own = join();
	CK_OBJECT_HANDLE key;
	CK_BYTE hash[32] = { 1 }, signature[64];
	CK_ULONG len = sizeof(signature);

	(void)unused;
	check(find(own, TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY)), &key) == 1);
	ok(p11->C_SignInit(own, MECHANISM(CKM_ECDSA), key));
	ok(p11->C_Sign(own, hash, sizeof(hash), signature, &len));
}

/* F05 */
static void
test_signers(void **state)
{
	pid_t children[24];
	CK_OBJECT_HANDLE pair[2];

	(void)state;
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_EC_KEY_PAIR_GEN),
	    TEMPLATE(BYTES(CKA_EC_PARAMS, p256), YES(CKA_TOKEN)),
	    TEMPLATE(YES(CKA_SIGN), YES(CKA_TOKEN)), &pair[0], &pair[1]));
	for (size_t i = 0; i < COUNT_OF(children); i++)
		children[i] = child_start(log_in_and_sign, NULL);
	for (size_t i = 0; i < COUNT_OF(children); i++)
		assert_int_equal(child_result(children[i], 120), 0);
	check((token_flags(slot) & CKF_USER_PIN_COUNT_LOW) == 0);
}

/* --- killed
 * ---------------------------------------------------------------------------------------- */

/* Starts a child, lets it begin, and kills it after `microseconds` more. */
static void
kill_after(void (*body)(void *), void *argument, unsigned microseconds)
{
	pid_t child;
	int status;

	shared->begun = 0;
	child = child_start(body, argument);
	while (shared->begun == 0)
		usleep(200);
	usleep(microseconds);
	kill(child, SIGKILL);
	check(waitpid(child, &status, 0) == child);
}

/* The module afresh, as after the accident. */
static void
come_back(void)
{
	ok(p11->C_Finalize(NULL));
	scratch_release();
	ok(p11->C_Initialize(NULL));
}

static void
create_on_and_on(void *unused)
{
	CK_SESSION_HANDLE own = join();
	char label[32];

	(void)unused;
	shared->begun = 1;
	for (;;) {
		CK_OBJECT_HANDLE made;

		snprintf(label, sizeof(label), "key %u", shared->acknowledged);
		ok(p11->C_GenerateKey(own, MECHANISM(CKM_AES_KEY_GEN),
		    TEMPLATE(ULONG(CKA_VALUE_LEN, 32), YES(CKA_TOKEN), TEXT(CKA_LABEL, label)),
		    &made));
		shared->acknowledged++;
	}
}

/* F01: what was acknowledged is there and whole, and at most one more that was not told. */
static void
test_killed_while_creating(void **state)
{
	unsigned before = 0;

	(void)state;
	for (unsigned round = 0; round < 15; round++) {
		CK_ULONG keys;

		kill_after(create_on_and_on, NULL, 3000 + round * 1777);
		come_back();
		session = session_user(slot);
		for (unsigned i = before; i < shared->acknowledged; i++) {
			char label[32];
			CK_OBJECT_HANDLE key;

			snprintf(label, sizeof(label), "key %u", i);
			check(find(session, TEMPLATE(TEXT(CKA_LABEL, label)), &key) >= 1);
			check(get_ulong(session, key, CKA_VALUE_LEN) == 32);
			check(get_bytes(session, key, CKA_CHECK_VALUE).len == 3);
		}
		before = shared->acknowledged;
		keys = find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY)), NULL);
		check(keys >= before && keys <= before + round + 1);
		check((token_flags(slot) & CKF_ERROR_STATE) == 0);
	}
	check(before > 0);
}

static void
change_pin_on_and_on(void *from)
{
	CK_SESSION_HANDLE own;
	const char *pins[2] = { "one user pin", "another user pin" };
	unsigned current = *(unsigned *)from;

	ok(p11->C_Initialize(NULL));
	own = session_open(slot, READ_WRITE);
	for (;; current = 1 - current) {
		shared->begun = 1;
		ok(p11->C_SetPIN(own, PIN(pins[current]), PIN(pins[1 - current])));
	}
}

/* F02: one of the two PINs works. */
static void
test_killed_while_changing_pin(void **state)
{
	unsigned current = 0;

	(void)state;
	key_aes(session, CK_TRUE);
	ok(p11->C_SetPIN(session, PIN(USER_PIN), PIN("one user pin")));
	for (unsigned round = 0; round < 8; round++) {
		CK_RV first, second;

		kill_after(change_pin_on_and_on, &current, 40000 + round * 17000);
		come_back();
		session = session_open(slot, READ_WRITE);
		first = p11->C_Login(session, CKU_USER, PIN("one user pin"));
		if (first == CKR_OK)
			ok(p11->C_Logout(session));
		second = p11->C_Login(session, CKU_USER, PIN("another user pin"));
		check((first == CKR_OK) + (second == CKR_OK) == 1);
		current = second == CKR_OK;
		if (first == CKR_OK)
			ok(p11->C_Login(session, CKU_USER, PIN("one user pin")));
		check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY)), NULL) == 1);
	}
}

static void
rename_on_and_on(void *unused)
{
	CK_SESSION_HANDLE own = join();
	CK_OBJECT_HANDLE key;

	(void)unused;
	check(find(own, TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY)), &key) == 1);
	shared->begun = 1;
	for (unsigned i = 0;; i++) {
		const char *name =
		    i % 2 == 0 ? "a short name" : "a name that is a good deal longer";

		ok(p11->C_SetAttributeValue(
		    own, key, TEMPLATE(TEXT(CKA_LABEL, name), TEXT(CKA_ID, name))));
	}
}

/* F03: the old values or the new ones, together. */
static void
test_killed_while_setting(void **state)
{
	(void)state;
	ok(p11->C_SetAttributeValue(session, key_aes(session, CK_TRUE),
	    TEMPLATE(TEXT(CKA_LABEL, "a short name"), TEXT(CKA_ID, "a short name"))));
	for (unsigned round = 0; round < 12; round++) {
		CK_OBJECT_HANDLE key;
		struct view label;

		kill_after(rename_on_and_on, NULL, 2000 + round * 2333);
		come_back();
		session = session_user(slot);
		check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY)), &key) == 1);
		label = get_bytes(session, key, CKA_LABEL);
		check(label.len == 12 || label.len == 33);
		same_bytes(get_bytes(session, key, CKA_ID), label);
		check(find(session, TEMPLATE(BYTES(CKA_ID, label)), NULL) == 1);
	}
}

/* --- short of something
 * --------------------------------------------------------------------------- */

/* A macro, since the C libraries do not agree on the type of the first argument. */
#define limit(resource, most) check(setrlimit((resource), &(struct rlimit){ (most), (most) }) == 0)

/* All that a client does, as far as it gets. */
static void
do_what_is_possible(void)
{
	CK_SESSION_HANDLE own;
	CK_OBJECT_HANDLE made;

	if (p11->C_Initialize(NULL) != CKR_OK)
		return;
	if (p11->C_OpenSession(slot, READ_WRITE, NULL, NULL, &own) != CKR_OK)
		return;
	(void)p11->C_Login(own, CKU_USER, PIN(USER_PIN));
	(void)p11->C_GenerateKey(own, MECHANISM(CKM_AES_KEY_GEN),
	    TEMPLATE(ULONG(CKA_VALUE_LEN, 32), YES(CKA_TOKEN)), &made);
	(void)p11->C_Finalize(NULL);
}

static void
with_few_descriptors(void *most)
{
	limit(RLIMIT_NOFILE, *(rlim_t *)most);
	do_what_is_possible();
}

/* E14: an error, not an end. */
static void
test_few_descriptors(void **state)
{
	(void)state;
	for (rlim_t most = 3; most < 12; most++)
		assert_int_equal(in_child(with_few_descriptors, &most, 30), 0);
	key_aes(session, CK_TRUE);
}

static void
without_locked_memory(void *unused)
{
	(void)unused;
	limit(RLIMIT_MEMLOCK, 0);
	key_aes(join(), CK_TRUE);
}

static void
test_no_locked_memory(void **state)
{
	(void)state;
	assert_int_equal(in_child(without_locked_memory, NULL, 30), 0);
}

/* E99: a file that may not grow. */
static void
with_small_files(void *unused)
{
	CK_SESSION_HANDLE own = join();
	CK_OBJECT_HANDLE made, other;

	(void)unused;
	/* the host's choice, as of any program that cares */
	check(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
	limit(RLIMIT_FSIZE, 100);
	refused(p11->C_GenerateKey(own, MECHANISM(CKM_AES_KEY_GEN),
	    TEMPLATE(ULONG(CKA_VALUE_LEN, 32), YES(CKA_TOKEN)), &made));
	/* and the half of a pair that needs no file does not come alone */
	refused(p11->C_GenerateKeyPair(own, MECHANISM(CKM_EC_KEY_PAIR_GEN),
	    TEMPLATE(BYTES(CKA_EC_PARAMS, p256)), TEMPLATE(YES(CKA_TOKEN)), &made, &other));
	check(find(own, TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY)), NULL) == 1);
	check(find(own, TEMPLATE(ULONG(CKA_CLASS, CKO_PUBLIC_KEY)), NULL) == 0);
}

static void
test_small_files(void **state)
{
	(void)state;
	key_aes(session, CK_TRUE);
	assert_int_equal(in_child(with_small_files, NULL, 60), 0);
	key_aes(session, CK_TRUE);
	come_back();
	session = session_user(slot);
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY)), NULL) == 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_process(test_changes_are_seen),
		test_process(test_destroyed_key),
		test_process(test_writers),
		test_process(test_signers),
		test_process(test_killed_while_creating),
		test_process(test_killed_while_changing_pin),
		test_process(test_killed_while_setting),
		test_process(test_few_descriptors),
		test_process(test_no_locked_memory),
		test_process(test_small_files),
	};

	return test_main(tests, NULL, NULL);
}
