/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Coming up, going down, and being forked.  A forked child is a new application
 * (PKCS#11 3.2, section 6.6.1): its handler sets one flag and does nothing else,
 * and what the parent had open is left behind when the child initialises.
 */
#include "token/library.h"

#include <sched.h>
#include <string.h>

#include "mechanisms/mechanism.h"
#include "token/base/gate.h"
#include "token/base/libctx.h"

static pthread_mutex_t life_lock =
    PTHREAD_MUTEX_INITIALIZER; /* C_Initialize and C_Finalize take turns */
static atomic_bool running;
/* Is this a forked child that has not initialised since?  One of its threads leaves the parent
 * behind. */
enum fork_state { FORK_NONE, FORK_HAPPENED, FORK_LEAVING };
static _Atomic(enum fork_state) forked;

static void
note_fork(void)
{
	forked = FORK_HAPPENED;
}

/* Once in the life of the process: module (-z nodelete) and handler stay. */
static void
watch_forks(void)
{
	static bool watched;

	if (!watched)
		watched = pthread_atfork(NULL, NULL, note_fork) == 0;
}

/* In the child: none of the parent's locks, files and pages is touched. */
static void
leave_parent_behind(void)
{
	enum fork_state happened = FORK_HAPPENED;

	if (!atomic_compare_exchange_strong(&forked, &happened, FORK_LEAVING)) {
		/* Another thread of the child is at it. */
		while (forked != FORK_NONE)
			sched_yield();
		return;
	}
	pthread_mutex_init(&life_lock, NULL);
	arena_forget();
	sessions_abandon();
	slots_abandon();
	running = false;
	forked = FORK_NONE;
}

/*
 * Which locking the caller offers: all four functions or none.  Ours are POSIX
 * threads' in any case, which work beside whatever the caller uses.
 */
static CK_RV
check_arguments(const CK_C_INITIALIZE_ARGS *arguments)
{
	size_t given;

	if (arguments == NULL)
		return CKR_OK;
	if (arguments->pReserved != NULL)
		return CKR_ARGUMENTS_BAD;
	given = (size_t)(arguments->CreateMutex != NULL) + (arguments->DestroyMutex != NULL) +
	    (arguments->LockMutex != NULL) + (arguments->UnlockMutex != NULL);
	return given == 0 || given == 4 ? CKR_OK : CKR_ARGUMENTS_BAD;
}

static CK_RV
start(void)
{
	if (running)
		return CKR_CRYPTOKI_ALREADY_INITIALIZED;
	if (!libctx_alive())
		return CKR_FUNCTION_FAILED;
	watch_forks();
	TRY(crypto_start());
	TRY(slots_start());
	running = true;
	return CKR_OK;
}

/* What libcrypto's and SQLite's locks have to do with forks: gate.h. */
static CK_RV
start_gated(void)
{
	CK_RV rv;

	if (!gate_install())
		return CKR_HOST_MEMORY;
	gate_enter();
	crypto_enter();
	rv = start();
	crypto_leave();
	gate_leave();
	return rv;
}

CK_RV
library_start(const CK_C_INITIALIZE_ARGS *arguments)
{
	CK_RV rv;

	if (forked != FORK_NONE)
		leave_parent_behind();
	TRY(check_arguments(arguments));
	pthread_mutex_lock(&life_lock);
	rv = start_gated();
	pthread_mutex_unlock(&life_lock);
	return rv;
}

/* Lets the calls in progress end; those that wait are woken. */
static void
drain_calls(void)
{
	running = false;
	slots_wake();
	gate_drain();
}

CK_RV
library_stop(void)
{
	CK_RV rv = CKR_OK;

	if (forked != FORK_NONE)
		return CKR_CRYPTOKI_NOT_INITIALIZED;
	pthread_mutex_lock(&life_lock);
	if (!running) {
		rv = CKR_CRYPTOKI_NOT_INITIALIZED;
	} else {
		drain_calls();
		gate_enter();
		/* After libcrypto cleaned up for exit, what is ours in it must be left alone. */
		if (libctx_alive()) {
			crypto_enter();
			sessions_stop();
			slots_stop();
			crypto_stop();
			crypto_leave();
		} else {
			sessions_abandon();
			slots_abandon();
		}
		gate_leave();
	}
	pthread_mutex_unlock(&life_lock);
	return rv;
}

CK_RV
call_enter(struct call *call)
{
	if (forked != FORK_NONE)
		return CKR_CRYPTOKI_NOT_INITIALIZED;
	gate_enter();
	call->inside = true;
	/* Looked at once inside, which C_Finalize looks at after this. */
	if (!running || !libctx_alive())
		return CKR_CRYPTOKI_NOT_INITIALIZED;
	crypto_enter();
	call->marked = true;
	return CKR_OK;
}

CK_RV
call_enter_session(struct call *call, CK_SESSION_HANDLE handle)
{
	TRY(call_enter(call));
	return session_enter(handle, &call->session);
}

void
call_leave(struct call *call)
{
	if (!call->inside)
		return;
	session_leave(&call->session);
	if (call->marked)
		crypto_leave();
	gate_leave();
}

/* Blank padded, not terminated. */
static void
pad(CK_UTF8CHAR *out, size_t size, const char *text)
{
	memset(out, ' ', size);
	memcpy(out, text, strlen(text));
}

void
library_info(CK_INFO *info)
{
	memset(info, 0, sizeof(*info));
	info->cryptokiVersion = (CK_VERSION){ 3, 2 };
	info->libraryVersion = (CK_VERSION){ HANDFAST_VERSION_MAJOR, HANDFAST_VERSION_MINOR };
	pad(info->manufacturerID, sizeof(info->manufacturerID), "Handfast project");
	pad(info->libraryDescription, sizeof(info->libraryDescription), "Handfast software token");
}
