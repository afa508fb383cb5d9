/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Many at once, on one token: processes of many threads that make, find, use,
 * change and destroy keys, and what one of them sees when another changes the PIN,
 * begins the token anew or destroys what it uses.  Nobody fails, and what is there
 * at the end is exactly what was acknowledged.  HANDFAST_SOAK takes a minute of it,
 * with more of everything.
 */
#include "tests/client.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static CK_SLOT_ID slot;
static CK_SESSION_HANDLE session;

static bool
soaking(void)
{
	return getenv("HANDFAST_SOAK") != NULL;
}

#define PROCESSES_MOST 8
#define THREADS_MOST 8
#define KEYS 12

/* One key that one thread makes and destroys again and again. */
struct fate {
	bool there;       /* its last creation or destruction was acknowledged */
	unsigned version; /* of its label */
};

/* What all processes share. */
static struct shared {
	atomic_uint ready;
	atomic_bool go, over, gone;
	struct fate fates[PROCESSES_MOST][THREADS_MOST][KEYS];
} * shared;

static int
begin(void **state)
{
	module_fresh(state);
	slot = token_make("crowd");
	session = session_user(slot);
	shared =
	    mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	check(shared != MAP_FAILED);
	return 0;
}

static int
end(void **state)
{
	munmap(shared, sizeof(*shared));
	return module_stopped(state);
}

#define test_crowd(function) cmocka_unit_test_setup_teardown(function, begin, end)

/* A child's session in the token, with the user logged in. */
static CK_SESSION_HANDLE
join(void)
{
	ok(p11->C_Initialize(NULL));
	return session_user(slot);
}

/* Children wait for each other, so that they come all at once. */
static void
wait_for_go(void)
{
	shared->ready++;
	while (!shared->go)
		usleep(1000);
}

static void
let_go(unsigned children)
{
	while (shared->ready < children)
		usleep(1000);
	shared->go = true;
}

static CK_RV
encrypts(CK_SESSION_HANDLE own, CK_OBJECT_HANDLE key)
{
	CK_MECHANISM mechanism = { CKM_AES_CBC_PAD, (CK_BYTE[16]){ 0 }, 16 };
	CK_BYTE data[20] = { 1, 2, 3 }, sealed[32];
	CK_ULONG len = sizeof(sealed);
	CK_RV rv = p11->C_EncryptInit(own, &mechanism, key);

	return rv == CKR_OK ? p11->C_Encrypt(own, data, sizeof(data), sealed, &len) : rv;
}

/* --- making, finding, using, setting, destroying ------------------------------------------ */

static unsigned processes, threads;

struct worker {
	unsigned process, thread, random;
	CK_SESSION_HANDLE session;
};

static unsigned
draw(struct worker *worker, unsigned below)
{
	worker->random = worker->random * 1103515245 + 12345;
	return (worker->random >> 16) % below;
}

/* A key's name: whose it is, and which. */
struct name {
	CK_BYTE id[3];
	char label[32];
};

static struct name
name_of(unsigned process, unsigned thread, unsigned key, unsigned version)
{
	struct name name = { .id = { (CK_BYTE)process, (CK_BYTE)thread, (CK_BYTE)key } };

	snprintf(name.label, sizeof(name.label), "%u.%u.%u is %u", process, thread, key, version);
	return name;
}

static CK_ULONG
find_key(CK_SESSION_HANDLE own, const struct name *name, CK_OBJECT_HANDLE *key)
{
	return find(
	    own, TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ATTRIBUTE(CKA_ID, name->id, 3)), key);
}

static void
create(struct worker *worker, const struct name *name)
{
	CK_OBJECT_HANDLE key;

	ok(p11->C_GenerateKey(worker->session, MECHANISM(CKM_AES_KEY_GEN),
	    TEMPLATE(ULONG(CKA_VALUE_LEN, 32), YES(CKA_TOKEN), ATTRIBUTE(CKA_ID, name->id, 3),
		TEXT(CKA_LABEL, name->label)),
	    &key));
}

/* A key that another thread may be destroying meanwhile. */
static void
use_another(struct worker *worker)
{
	const struct name name =
	    name_of(draw(worker, processes), draw(worker, threads), draw(worker, KEYS), 0);
	CK_OBJECT_HANDLE key;
	CK_RV rv;

	if (find_key(worker->session, &name, &key) == 0)
		return;
	rv = encrypts(worker->session, key);
	check(rv == CKR_OK || rv == CKR_KEY_HANDLE_INVALID);
}

/* One thing done to a key of one's own, which nobody else changes. */
static void
do_one(struct worker *worker)
{
	unsigned n = draw(worker, KEYS);
	struct fate *fate = &shared->fates[worker->process][worker->thread][n];
	struct name name = name_of(worker->process, worker->thread, n, fate->version);
	struct name next = name_of(worker->process, worker->thread, n, fate->version + 1);
	CK_OBJECT_HANDLE key;

	check(find_key(worker->session, &name, &key) == fate->there);
	if (!fate->there) {
		create(worker, &name);
		fate->there = true;
		return;
	}
	switch (draw(worker, 4)) {
	case 0:
		ok(p11->C_DestroyObject(worker->session, key));
		fate->there = false;
		break;
	case 1:
		ok(set_one(worker->session, key, TEXT(CKA_LABEL, next.label)));
		fate->version++;
		check(find(worker->session, TEMPLATE(TEXT(CKA_LABEL, next.label)), NULL) == 1);
		break;
	default:
		ok(encrypts(worker->session, key));
		check(find(worker->session, TEMPLATE(TEXT(CKA_LABEL, name.label)), NULL) == 1);
	}
}

/* What goes wrong in a thread of a child ends the child, with a word on why. */
static void *
work(void *argument)
{
	struct worker *worker = argument;

	worker->session = session_open(slot, READ_WRITE);
	while (!shared->over) {
		do_one(worker);
		use_another(worker);
	}
	ok(p11->C_CloseSession(worker->session));
	return NULL;
}

static void
be_many(void *number)
{
	struct worker workers[THREADS_MOST];
	pthread_t ids[THREADS_MOST];

	join();
	wait_for_go();
	for (unsigned i = 0; i < threads; i++) {
		workers[i] = (struct worker){ .process = *(unsigned *)number,
			.thread = i,
			.random = *(unsigned *)number * 31 + i };
		check(pthread_create(&ids[i], NULL, work, &workers[i]) == 0);
	}
	for (unsigned i = 0; i < threads; i++)
		pthread_join(ids[i], NULL);
	ok(p11->C_Finalize(NULL));
}

static void
check_fates(void)
{
	CK_ULONG all = 0;

	for (unsigned p = 0; p < processes; p++)
		for (unsigned t = 0; t < threads; t++)
			for (unsigned n = 0; n < KEYS; n++) {
				struct fate *fate = &shared->fates[p][t][n];
				struct name name = name_of(p, t, n, fate->version);
				CK_OBJECT_HANDLE key;

				check(find_key(session, &name, &key) == fate->there);
				if (!fate->there)
					continue;
				all++;
				same_bytes(get_bytes(session, key, CKA_LABEL), text(name.label));
				ok(encrypts(session, key));
				scratch_release();
			}
	check(find(session, NO_TEMPLATE, NULL) == all);
}

static void
test_mixed(void **state)
{
	pid_t children[PROCESSES_MOST];
	unsigned numbers[PROCESSES_MOST];

	(void)state;
	processes = soaking() ? 8 : 3;
	threads = soaking() ? 8 : 3;
	for (unsigned i = 0; i < processes; i++) {
		numbers[i] = i;
		children[i] = child_start(be_many, &numbers[i]);
	}
	let_go(processes);
	sleep(soaking() ? 60 : 2);
	shared->over = true;
	for (unsigned i = 0; i < processes; i++)
		assert_int_equal(child_result(children[i], 60), 0);
	check_fates();
	check((token_flags(slot) & (CKF_ERROR_STATE | CKF_USER_PIN_COUNT_LOW)) == 0);
}

/* --- logging in at once --------------------------------------------------------------------- */

static void
log_in_and_sign(void *unused)
{
	CK_BYTE hash[32] = { 1 }, signature[64];
	CK_ULONG len = sizeof(signature);
	CK_SESSION_HANDLE own;
	CK_OBJECT_HANDLE key;

	(void)unused;
	wait_for_go();
	own = join();
	check(find(own, TEMPLATE(ULONG(CKA_CLASS, CKO_PRIVATE_KEY)), &key) == 1);
	ok(p11->C_SignInit(own, MECHANISM(CKM_ECDSA), key));
	ok(p11->C_Sign(own, hash, sizeof(hash), signature, &len));
}

/* More processes than PIN tries, by far. */
static void
test_signers(void **state)
{
	const unsigned count = soaking() ? 100 : 32;
	pid_t children[100];
	CK_OBJECT_HANDLE pair[2];

	(void)state;
	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_EC_KEY_PAIR_GEN),
	    TEMPLATE(BYTES(CKA_EC_PARAMS, p256), YES(CKA_TOKEN)),
	    TEMPLATE(YES(CKA_SIGN), YES(CKA_TOKEN)), &pair[0], &pair[1]));
	for (unsigned i = 0; i < count; i++)
		children[i] = child_start(log_in_and_sign, NULL);
	let_go(count);
	for (unsigned i = 0; i < count; i++)
		assert_int_equal(child_result(children[i], 120), 0);
	check((token_flags(slot) & CKF_USER_PIN_COUNT_LOW) == 0);
}

/* --- what others do meanwhile --------------------------------------------------------------- */

/* A child that makes a key, uses it and destroys it, on and on; any answer but these ends it. */
static void
work_on(void *unused)
{
	CK_SESSION_HANDLE own = join();

	(void)unused;
	wait_for_go();
	while (!shared->over) {
		CK_OBJECT_HANDLE key = key_aes(own, CK_TRUE);

		ok(encrypts(own, key));
		ok(p11->C_DestroyObject(own, key));
	}
}

#define OTHER_PIN "another user pin"

static void
change_pin(void *unused)
{
	CK_SESSION_HANDLE own;

	(void)unused;
	ok(p11->C_Initialize(NULL));
	own = session_open(slot, READ_WRITE);
	ok(p11->C_SetPIN(own, PIN(USER_PIN), PIN(OTHER_PIN)));
}

static void
log_in_anew(void *unused)
{
	CK_SESSION_HANDLE own;

	(void)unused;
	ok(p11->C_Initialize(NULL));
	own = session_open(slot, READ_WRITE);
	assert_rv(p11->C_Login(own, CKU_USER, PIN(USER_PIN)), CKR_PIN_INCORRECT);
	ok(p11->C_Login(own, CKU_USER, PIN(OTHER_PIN)));
	ok(encrypts(own, key_aes(own, CK_TRUE)));
}

/* Who is logged in stays so; who logs in needs the new PIN. */
static void
test_pin_changed(void **state)
{
	CK_OBJECT_HANDLE key = key_aes(session, CK_TRUE);
	pid_t worker = child_start(work_on, NULL);

	(void)state;
	let_go(1);
	assert_int_equal(in_child(change_pin, NULL, 30), 0);
	ok(encrypts(session, key));
	ok(set_one(session, key, TEXT(CKA_LABEL, "after the change")));
	assert_int_equal(in_child(log_in_anew, NULL, 30), 0);
	shared->over = true;
	assert_int_equal(child_result(worker, 30), 0);
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY)), NULL) == 2);
}

/* The same, until the token is no more: then only CKR_DEVICE_REMOVED is an answer. */
static void
work_to_the_end(void *unused)
{
	CK_SESSION_HANDLE own = join();
	CK_OBJECT_HANDLE key = key_aes(own, CK_TRUE), other;
	CK_RV rv;

	(void)unused;
	wait_for_go();
	do {
		rv = p11->C_GenerateKey(own, MECHANISM(CKM_AES_KEY_GEN),
		    TEMPLATE(ULONG(CKA_VALUE_LEN, 32), YES(CKA_TOKEN)), &other);
		if (rv == CKR_OK)
			rv = encrypts(own, key);
	} while (rv == CKR_OK);
	check(rv == CKR_DEVICE_REMOVED);
	check(encrypts(own, key) == CKR_DEVICE_REMOVED);
}

static void
begin_anew(void *unused)
{
	CK_UTF8CHAR name[32];

	(void)unused;
	memset(name, ' ', sizeof(name));
	ok(p11->C_Initialize(NULL));
	ok(p11->C_InitToken(slot, PIN(SO_PIN), name));
}

/* Nothing of the old token's users comes into the new one. */
static void
test_begun_anew(void **state)
{
	pid_t workers[4];
	CK_SESSION_HANDLE own;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(workers); i++)
		workers[i] = child_start(work_to_the_end, NULL);
	let_go(COUNT_OF(workers));
	usleep(100000);
	assert_int_equal(in_child(begin_anew, NULL, 30), 0);
	for (size_t i = 0; i < COUNT_OF(workers); i++)
		assert_int_equal(child_result(workers[i], 30), 0);
	assert_rv(p11->C_FindObjectsInit(session, NO_TEMPLATE), CKR_DEVICE_REMOVED);
	ok(p11->C_CloseAllSessions(slot));
	own = session_so(slot);
	ok(p11->C_InitPIN(own, PIN(USER_PIN)));
	ok(p11->C_CloseSession(own));
	own = session_user(slot);
	check(find(own, NO_TEMPLATE, NULL) == 0);
}

static void
destroy_and_tell(void *unused)
{
	CK_SESSION_HANDLE own = join();
	CK_OBJECT_HANDLE key;

	(void)unused;
	check(find(own, TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY)), &key) == 1);
	wait_for_go();
	ok(p11->C_DestroyObject(own, key));
	shared->gone = true;
}

/*
 * As soon as one process has the answer that a key is destroyed, no other starts to
 * use it, though it has done so all the time.
 */
static void
test_seen_at_once(void **state)
{
	(void)state;
	for (unsigned round = 0; round < (soaking() ? 300 : 10); round++) {
		CK_OBJECT_HANDLE key = key_aes(session, CK_TRUE);
		pid_t child;
		bool gone;
		CK_RV rv;

		shared->ready = 0;
		shared->go = shared->gone = false;
		child = child_start(destroy_and_tell, NULL);
		let_go(1);
		do {
			gone = shared->gone;
			rv = encrypts(session, key);
			check(rv == CKR_KEY_HANDLE_INVALID || (rv == CKR_OK && !gone));
		} while (!gone);
		assert_int_equal(child_result(child, 30), 0);
	}
}

/* --- many objects ---------------------------------------------------------------------------- */

#define MANY 400
#define SHARED_BY 20

/* More than are looked at together, while another process goes on writing. */
static void
test_many_listed(void **state)
{
	pid_t worker;

	(void)state;
	for (unsigned i = 0; i < MANY; i++) {
		char label[32], application[32];

		snprintf(label, sizeof(label), "every %u", i % (MANY / SHARED_BY));
		snprintf(application, sizeof(application), "%u", i);
		ok(p11->C_CreateObject(session,
		    TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), YES(CKA_TOKEN),
			BOOL(CKA_PRIVATE, i % 2 == 0), TEXT(CKA_LABEL, label),
			TEXT(CKA_APPLICATION, application)),
		    &(CK_OBJECT_HANDLE){ 0 }));
	}
	worker = child_start(work_on, NULL);
	let_go(1);
	for (int i = 0; i < 5; i++) {
		/* The worker's key is there, or it is not. */
		CK_ULONG listed = find(session, NO_TEMPLATE, NULL);

		check(listed == MANY || listed == MANY + 1);
		check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_DATA)), NULL) == MANY);
	}
	/* Values that many share, that few do, that one has, and that no two have. */
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "every 7")), NULL) == SHARED_BY);
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), TEXT(CKA_LABEL, "every 7")),
		  NULL) == SHARED_BY);
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "every 7"), TEXT(CKA_APPLICATION, "27")),
		  NULL) == 1);
	check(find(session, TEMPLATE(TEXT(CKA_LABEL, "every 8"), TEXT(CKA_APPLICATION, "27")),
		  NULL) == 0);
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), TEXT(CKA_LABEL, "every 7")),
		  NULL) == 0);
	shared->over = true;
	assert_int_equal(child_result(worker, 30), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_crowd(test_mixed),
		test_crowd(test_signers),
		test_crowd(test_pin_changed),
		test_crowd(test_begun_anew),
		test_crowd(test_seen_at_once),
		test_crowd(test_many_listed),
	};

	return test_main(tests, NULL, NULL);
}
