/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Many threads in one application: each does its own work rightly, and none
 * crashes when others close its session, log it out or end the module.
 */
#include "tests/client.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

static CK_SLOT_ID slot;
static CK_SESSION_HANDLE keeper;
static atomic_bool over;

static int
begin(void **state)
{
	module_fresh(state);
	slot = token_make("threads");
	keeper = session_user(slot);
	over = false;
	return 0;
}

#define test_threads(function) cmocka_unit_test_setup_teardown(function, begin, module_stopped)

#define CBC_PAD (&(CK_MECHANISM){ CKM_AES_CBC_PAD, (CK_BYTE[16]){ 0 }, 16 })

/*
 * In a thread cmocka's jump would go astray: a thread returns what went wrong, and
 * the test complains.
 */
#define WANT(condition)                                                                            \
	do {                                                                                       \
		if (!(condition))                                                                  \
			return (void *)#condition;                                                 \
	} while (0)

/* Runs `body` in `count` threads, for `milliseconds` or, with 0, until all are done. */
static void
run_threads(void *(*body)(void *), void *const arguments[], size_t count, unsigned milliseconds)
{
	pthread_t threads[16];
	void *complaint;
	bool fine = true;

	check(count <= COUNT_OF(threads));
	for (size_t i = 0; i < count; i++)
		check(pthread_create(
			  &threads[i], NULL, body, arguments != NULL ? arguments[i] : NULL) == 0);
	if (milliseconds != 0)
		usleep(milliseconds * 1000);
	over = true;
	for (size_t i = 0; i < count; i++) {
		pthread_join(threads[i], &complaint);
		if (complaint != NULL)
			fprintf(stderr, "a thread: not so: %s\n", (const char *)complaint);
		fine = fine && complaint == NULL;
	}
	check(fine);
}

/* --- right work --------------------------------------------------------------------------- */

static CK_OBJECT_HANDLE shared_key, shared_pair[2];

static void *
encrypt_back_and_forth(void *unused)
{
	CK_SESSION_HANDLE own;
	CK_BYTE data[48], sealed[64], back[64];

	(void)unused;
	WANT(p11->C_OpenSession(slot, READ_WRITE, NULL, NULL, &own) == CKR_OK);
	for (int i = 0; i < 200; i++) {
		CK_ULONG len = sizeof(sealed), back_len = sizeof(back);

		WANT(p11->C_GenerateRandom(own, data, sizeof(data)) == CKR_OK);
		WANT(p11->C_EncryptInit(own, CBC_PAD, shared_key) == CKR_OK);
		WANT(p11->C_Encrypt(own, data, sizeof(data), sealed, &len) == CKR_OK);
		WANT(p11->C_DecryptInit(own, CBC_PAD, shared_key) == CKR_OK);
		WANT(p11->C_Decrypt(own, sealed, len, back, &back_len) == CKR_OK);
		WANT(back_len == sizeof(data) && memcmp(back, data, sizeof(data)) == 0);
	}
	WANT(p11->C_CloseSession(own) == CKR_OK);
	return NULL;
}

static void *
sign_and_verify(void *unused)
{
	CK_SESSION_HANDLE own;
	CK_BYTE hash[32], signature[64];

	(void)unused;
	WANT(p11->C_OpenSession(slot, READ_ONLY, NULL, NULL, &own) == CKR_OK);
	for (int i = 0; i < 60; i++) {
		CK_ULONG len = sizeof(signature);

		WANT(p11->C_GenerateRandom(own, hash, sizeof(hash)) == CKR_OK);
		WANT(p11->C_SignInit(own, MECHANISM(CKM_ECDSA), shared_pair[1]) == CKR_OK);
		WANT(p11->C_Sign(own, hash, sizeof(hash), signature, &len) == CKR_OK);
		WANT(p11->C_VerifyInit(own, MECHANISM(CKM_ECDSA), shared_pair[0]) == CKR_OK);
		WANT(p11->C_Verify(own, hash, sizeof(hash), signature, len) == CKR_OK);
	}
	WANT(p11->C_CloseSession(own) == CKR_OK);
	return NULL;
}

static void
test_one_key(void **state)
{
	(void)state;
	shared_key = key_aes(keeper, CK_TRUE);
	run_threads(encrypt_back_and_forth, NULL, 8, 0);
}

static void
test_one_pair(void **state)
{
	(void)state;
	key_pair_ec(keeper, p256, false, shared_pair);
	run_threads(sign_and_verify, NULL, 8, 0);
}

/* Each makes token objects and destroys every second; what is left is exactly the rest. */
static void *
create_and_destroy(void *name)
{
	CK_SESSION_HANDLE own;
	char label[32];

	WANT(p11->C_OpenSession(slot, READ_WRITE, NULL, NULL, &own) == CKR_OK);
	for (int i = 0; i < 20; i++) {
		CK_OBJECT_HANDLE object;

		snprintf(label, sizeof(label), "%s %d", (const char *)name, i);
		WANT(p11->C_CreateObject(own,
			 TEMPLATE(
			     ULONG(CKA_CLASS, CKO_DATA), YES(CKA_TOKEN), TEXT(CKA_LABEL, label)),
			 &object) == CKR_OK);
		WANT(i % 2 == 0 || p11->C_DestroyObject(own, object) == CKR_OK);
	}
	WANT(p11->C_CloseSession(own) == CKR_OK);
	return NULL;
}

static void
test_writers(void **state)
{
	static const char *const names[] = { "a", "b", "c", "d", "e", "f" };

	(void)state;
	run_threads(create_and_destroy, (void *const *)names, COUNT_OF(names), 0);
	check(find(keeper, TEMPLATE(ULONG(CKA_CLASS, CKO_DATA)), NULL) == 60);
	check(find(keeper, TEMPLATE(TEXT(CKA_LABEL, "c 8")), NULL) == 1);
	check(find(keeper, TEMPLATE(TEXT(CKA_LABEL, "c 9")), NULL) == 0);
}

/* --- against each other ------------------------------------------------------------------- */

/* G21: sixteen sessions that sixteen threads use and close.  Any answer, as long as it is one. */
static atomic_ulong pool[16], calls, closed;
/* What one thread has called since it told. */
static __thread unsigned long own_calls;
#define CALL(function) (own_calls++, p11->function)

#define CALLS_SOAK 1000000

/* What makes keys, and what keeps more than a session. */
static void
use_more(CK_SESSION_HANDLE any, unsigned choice)
{
	CK_BYTE data[64] = { 0 }, out[128], iv[12], tag[16];
	struct pkcs11_gcm_message_params gcm = { iv, sizeof(iv), 0, CKG_GENERATE_RANDOM, tag, 128 };
	CK_ATTRIBUTE label = TEXT(CKA_LABEL, "of many");
	CK_ULONG len = sizeof(out);
	CK_OBJECT_HANDLE made;
	CK_TOKEN_INFO info;

	switch (choice & 7) {
	case 0:
		if (CALL(C_GenerateKey(any, MECHANISM(CKM_AES_KEY_GEN),
			TEMPLATE(ULONG(CKA_VALUE_LEN, 16)), &made)) == CKR_OK)
			(void)CALL(C_DestroyObject(any, made));
		break;
	case 1:
		if (CALL(C_MessageEncryptInit(any, MECHANISM(CKM_AES_GCM), shared_key)) == CKR_OK)
			(void)CALL(C_EncryptMessage(
			    any, &gcm, sizeof(gcm), NULL, 0, data, sizeof(data), out, &len));
		(void)CALL(C_MessageEncryptFinal(any));
		break;
	case 2:
		(void)CALL(C_SetAttributeValue(any, shared_pair[0], &label, 1));
		break;
	case 3:
		label.pValue = out;
		label.ulValueLen = sizeof(out);
		(void)CALL(C_GetAttributeValue(any, shared_pair[0], &label, 1));
		break;
	case 4:
		if (CALL(C_CopyObject(any, shared_key, &label, 1, &made)) == CKR_OK)
			(void)CALL(C_DestroyObject(any, made));
		break;
	case 5:
		(void)CALL(C_WrapKey(
		    any, MECHANISM(CKM_AES_KEY_WRAP_KWP), shared_key, shared_key, out, &len));
		break;
	case 6:
		if (CALL(C_GetOperationState(any, out, &len)) == CKR_OK)
			(void)CALL(C_SetOperationState(any, out, len, 0, 0));
		break;
	default:
		(void)CALL(C_GetTokenInfo(slot, &info));
	}
}

static bool soaking;

static void *
use_the_pool(void *seed)
{
	unsigned random = (unsigned)(uintptr_t)seed;
	CK_BYTE data[64] = { 0 }, out[128];

	/* In the long form it is the calls that end it. */
	while (soaking || !over) {
		atomic_ulong *place;
		CK_SESSION_HANDLE any, fresh;
		CK_OBJECT_HANDLE made;
		CK_ULONG len = sizeof(out), n;

		random = random * 1103515245 + 12345;
		place = &pool[random >> 16 & 15];
		any = *place;
		calls += own_calls;
		own_calls = 0;
		if (soaking && calls >= CALLS_SOAK)
			break;
		switch (random >> 20 & 15) {
		case 0:
			closed += CALL(C_CloseSession(any)) == CKR_OK;
			if (CALL(C_OpenSession(slot, READ_WRITE, NULL, NULL, &fresh)) == CKR_OK)
				*place = fresh;
			break;
		case 1:
			if (CALL(C_EncryptInit(any, CBC_PAD, shared_key)) == CKR_OK)
				(void)CALL(C_EncryptUpdate(any, data, 33, out, &len));
			break;
		case 2:
			(void)CALL(C_EncryptFinal(any, out, &len));
			break;
		case 3:
			if (CALL(C_FindObjectsInit(any, NULL, 0)) == CKR_OK)
				(void)CALL(C_FindObjects(any, &made, 1, &n));
			(void)CALL(C_FindObjectsFinal(any));
			break;
		case 4:
			if (CALL(C_CreateObject(any,
				TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), TEXT(CKA_VALUE, "x")),
				&made)) == CKR_OK &&
			    (random & 64) != 0)
				(void)CALL(C_DestroyObject(any, made));
			break;
		case 5:
			(void)CALL(C_DigestInit(any, MECHANISM(CKM_SHA256)));
			(void)CALL(C_DigestUpdate(any, data, sizeof(data)));
			break;
		case 6:
			(void)CALL(C_SignInit(any, MECHANISM(CKM_ECDSA), shared_pair[1]));
			(void)CALL(C_Sign(any, data, 32, out, &len));
			break;
		case 7:
			(void)CALL(C_SessionCancel(any, ~0UL));
			break;
		default:
			use_more(any, random >> 20);
		}
	}
	return NULL;
}

static void
test_sessions_closed_under_each_other(void **state)
{
	void *seeds[16];

	(void)state;
	soaking = getenv("HANDFAST_SOAK") != NULL;
	shared_key = key_aes(keeper, CK_FALSE);
	key_pair_ec(keeper, p256, false, shared_pair);
	for (size_t i = 0; i < COUNT_OF(pool); i++)
		pool[i] = session_open(slot, READ_WRITE);
	for (uintptr_t i = 0; i < COUNT_OF(seeds); i++)
		seeds[i] = (void *)(i * 7919 + 1);
	/* For so long, or, in the long form, till so many calls were made. */
	run_threads(use_the_pool, seeds, COUNT_OF(seeds), soaking ? 0 : 2000);
	print_message("# %lu calls by %zu threads, which closed %lu sessions\n",
	    (unsigned long)calls, COUNT_OF(seeds), (unsigned long)closed);
	check(!soaking || calls >= CALLS_SOAK);
	check(session_state(keeper) == CKS_RW_USER_FUNCTIONS);
	check(get_ulong(keeper, shared_key, CKA_VALUE_LEN) == 32);
}

/* One session used by all at once: the standard leaves the outcome open, not the survival. */
static void *
use_one_session(void *unused)
{
	CK_BYTE data[64] = { 0 }, out[128];

	(void)unused;
	while (!over) {
		CK_ULONG len = sizeof(out);

		(void)p11->C_EncryptInit(keeper, CBC_PAD, shared_key);
		(void)p11->C_EncryptUpdate(keeper, data, 17, out, &len);
		len = sizeof(out);
		(void)p11->C_EncryptFinal(keeper, out, &len);
		(void)p11->C_DigestInit(keeper, MECHANISM(CKM_SHA256));
		len = sizeof(out);
		(void)p11->C_Digest(keeper, data, sizeof(data), out, &len);
		(void)p11->C_FindObjectsInit(keeper, NULL, 0);
		(void)p11->C_FindObjectsFinal(keeper);
	}
	return NULL;
}

static void
test_one_session(void **state)
{
	(void)state;
	shared_key = key_aes(keeper, CK_FALSE);
	run_threads(use_one_session, NULL, 6, 800);
	ok(p11->C_SessionCancel(keeper, ~0UL));
	ok(p11->C_EncryptInit(keeper, CBC_PAD, shared_key));
}

/* An object destroyed, changed and used at once. */
/* The first session of many, again and again: what it made lasts as long as it does. */
static void *
come_and_go(void *unused)
{
	(void)unused;
	for (int n = 0; n < 3000; n++) {
		CK_SESSION_HANDLE session;
		CK_OBJECT_HANDLE object;
		CK_ULONG size;

		WANT(p11->C_OpenSession(slot, READ_WRITE, NULL, NULL, &session) == CKR_OK);
		WANT(p11->C_CreateObject(session,
			 TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), NO(CKA_PRIVATE)), &object) == CKR_OK);
		for (int i = 0; i < 100; i++)
			WANT(p11->C_GetObjectSize(session, object, &size) == CKR_OK);
		WANT(p11->C_CloseSession(session) == CKR_OK);
	}
	return NULL;
}

static void
test_first_and_last(void **state)
{
	(void)state;
	ok(p11->C_CloseSession(keeper));
	run_threads(come_and_go, NULL, 2, 0);
}

static CK_OBJECT_HANDLE contested;

static void *
contend(void *seed)
{
	unsigned n = (unsigned)(uintptr_t)seed;
	CK_SESSION_HANDLE own;

	WANT(p11->C_OpenSession(slot, READ_WRITE, NULL, NULL, &own) == CKR_OK);
	while (!over) {
		CK_BYTE label[32];
		CK_ATTRIBUTE attribute = { CKA_LABEL, label, sizeof(label) };
		CK_OBJECT_HANDLE copy;
		CK_RV rv;

		switch (n++ % 4) {
		case 0:
			rv = p11->C_SetAttributeValue(
			    own, contested, TEMPLATE(TEXT(CKA_LABEL, "one of many")));
			WANT(rv == CKR_OK || rv == CKR_OBJECT_HANDLE_INVALID);
			break;
		case 1:
			rv = p11->C_GetAttributeValue(own, contested, &attribute, 1);
			WANT(rv == CKR_OK || rv == CKR_OBJECT_HANDLE_INVALID);
			break;
		case 2:
			rv = p11->C_EncryptInit(own, CBC_PAD, contested);
			WANT(rv == CKR_OK || rv == CKR_KEY_HANDLE_INVALID);
			(void)p11->C_SessionCancel(own, CKF_ENCRYPT);
			break;
		default:
			rv = p11->C_CopyObject(own, contested, TEMPLATE(NO(CKA_TOKEN)), &copy);
			WANT(rv == CKR_OK || rv == CKR_OBJECT_HANDLE_INVALID);
			if (rv == CKR_OK)
				WANT(p11->C_DestroyObject(own, copy) == CKR_OK);
		}
	}
	WANT(p11->C_CloseSession(own) == CKR_OK);
	return NULL;
}

static void *
destroy_it(void *unused)
{
	(void)unused;
	usleep(300000);
	WANT(p11->C_DestroyObject(keeper, contested) == CKR_OK);
	return NULL;
}

static void
test_contested_object(void **state)
{
	pthread_t destroyer;
	void *seeds[6], *complaint;

	(void)state;
	contested = key_aes(keeper, CK_TRUE);
	for (uintptr_t i = 0; i < COUNT_OF(seeds); i++)
		seeds[i] = (void *)i;
	check(pthread_create(&destroyer, NULL, destroy_it, NULL) == 0);
	run_threads(contend, seeds, COUNT_OF(seeds), 600);
	pthread_join(destroyer, &complaint);
	check(complaint == NULL);
	check(find(keeper, TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY)), NULL) == 0);
}

/* Logins and logouts while others work: they see one state or the other. */
static void *
log_in_and_out(void *unused)
{
	CK_SESSION_HANDLE own;

	(void)unused;
	WANT(p11->C_OpenSession(slot, READ_WRITE, NULL, NULL, &own) == CKR_OK);
	for (int i = 0; i < 5; i++) {
		CK_RV rv = p11->C_Login(own, CKU_USER, PIN(USER_PIN));

		WANT(rv == CKR_OK || rv == CKR_USER_ALREADY_LOGGED_IN);
		rv = p11->C_Logout(own);
		WANT(rv == CKR_OK || rv == CKR_USER_NOT_LOGGED_IN);
	}
	WANT(p11->C_CloseSession(own) == CKR_OK);
	return NULL;
}

static void
test_logins(void **state)
{
	(void)state;
	shared_key = key_aes(keeper, CK_TRUE);
	run_threads(log_in_and_out, NULL, 4, 0);
	if (session_state(keeper) == CKS_RW_PUBLIC_SESSION)
		ok(p11->C_Login(keeper, CKU_USER, PIN(USER_PIN)));
	check(find(keeper, TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY)), &shared_key) == 1);
	check((token_flags(slot) & CKF_USER_PIN_COUNT_LOW) == 0);
}

/* --- the end --------------------------------------------------------------------------------- */

static void *
wait_for_event(void *out)
{
	CK_SLOT_ID which;

	*(CK_RV *)out = p11->C_WaitForSlotEvent(0, &which, NULL);
	return NULL;
}

/* C_Finalize wakes who waits for a slot (PKCS#11 3.2, 5.5.4). */
static void
test_wait_ends(void **state)
{
	pthread_t waiter;
	CK_RV rv = CKR_OK;

	(void)state;
	check(pthread_create(&waiter, NULL, wait_for_event, &rv) == 0);
	usleep(100000);
	ok(p11->C_Finalize(NULL));
	pthread_join(waiter, NULL);
	check(rv == CKR_CRYPTOKI_NOT_INITIALIZED || rv == CKR_FUNCTION_NOT_SUPPORTED);
}

/* The module taken away under busy threads, and brought back. */
static void *
work_until_the_end(void *unused)
{
	CK_BYTE data[16] = { 0 }, out[32];
	CK_RV rv = CKR_OK;

	(void)unused;
	while (rv != CKR_CRYPTOKI_NOT_INITIALIZED) {
		CK_SESSION_HANDLE own;
		CK_ULONG len = sizeof(out);

		rv = p11->C_OpenSession(slot, READ_ONLY, NULL, NULL, &own);
		if (rv != CKR_OK)
			continue;
		(void)p11->C_EncryptInit(own, CBC_PAD, shared_key);
		(void)p11->C_Encrypt(own, data, sizeof(data), out, &len);
		(void)p11->C_SignInit(own, MECHANISM(CKM_ECDSA), shared_pair[1]);
		len = sizeof(out);
		rv = p11->C_CloseSession(own);
	}
	return NULL;
}

static void
test_finalized_under_threads(void **state)
{
	pthread_t threads[6];

	(void)state;
	shared_key = key_aes(keeper, CK_FALSE);
	key_pair_ec(keeper, p256, false, shared_pair);
	for (size_t i = 0; i < COUNT_OF(threads); i++)
		check(pthread_create(&threads[i], NULL, work_until_the_end, NULL) == 0);
	usleep(200000);
	ok(p11->C_Finalize(NULL));
	for (size_t i = 0; i < COUNT_OF(threads); i++)
		pthread_join(threads[i], NULL);
	ok(p11->C_Initialize(NULL));
	session_user(slot);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_threads(test_one_key),
		test_threads(test_one_pair),
		test_threads(test_writers),
		test_threads(test_sessions_closed_under_each_other),
		test_threads(test_one_session),
		test_threads(test_first_and_last),
		test_threads(test_contested_object),
		test_threads(test_logins),
		test_threads(test_wait_ends),
		test_threads(test_finalized_under_threads),
	};

	return test_main(tests, NULL, NULL);
}
