/* SPDX-License-Identifier: Apache-2.0 */
/* Responsible for keeping forks and calls apart.  It must not know what happens in a call. */
#include "token/base/gate.h"

#include <pthread.h>
#include <stdatomic.h>

#include "token/base/clock.h"

/*
 * How long a fork or libcrypto's end waits.  A thread is inside for microseconds, for one
 * commit or one PIN; a disk or an RSA key that takes longer, or a signal handler that forks
 * from inside, must not stop the host for ever.  The child then takes its chance.
 */
#define PATIENCE_MS 2000

/* Threads that are inside; above them, those of them that have paused: one number, looked at at
 * once. */
static atomic_uint_fast64_t inside;
#define PAUSED (UINT64_C(1) << 32)
static atomic_uint forking; /* threads that fork at this moment */
static _Thread_local unsigned depth NEAR;

/* Adds to `inside` where no fork is on its way, or waits for that. */
static void
enter(uint64_t what)
{
	for (;;) {
		/* First in, then look: the fork's side looks the other way round. */
		atomic_fetch_add(&inside, what);
		if (atomic_load(&forking) == 0)
			return;
		atomic_fetch_sub(&inside, what);
		while (atomic_load(&forking) > 0)
			clock_sleep(1);
	}
}

static unsigned
busy(void)
{
	uint64_t now = atomic_load(&inside);

	return (unsigned)(now % PAUSED - now / PAUSED);
}

void
gate_enter(void)
{
	if (depth++ == 0)
		enter(1);
}

void
gate_leave(void)
{
	/* In a child that was forked from inside nothing is left to leave. */
	if (depth > 0 && --depth == 0)
		atomic_fetch_sub(&inside, 1);
}

void
gate_pause(void)
{
	if (depth > 0)
		atomic_fetch_add(&inside, PAUSED);
}

void
gate_resume(void)
{
	if (depth > 0)
		enter(-PAUSED);
}

void
gate_drain(void)
{
	while (atomic_load(&inside) % PAUSED > (depth > 0))
		clock_sleep(1);
}

void
gate_settle(void)
{
	uint64_t until = clock_now() + PATIENCE_MS;

	while (busy() > (depth > 0) && clock_now() < until)
		clock_sleep(1);
}

static void
before_fork(void)
{
	atomic_fetch_add(&forking, 1);
	gate_settle();
}

static void
after_fork_in_parent(void)
{
	atomic_fetch_sub(&forking, 1);
}

static void
after_fork_in_child(void)
{
	/* The other threads are gone, and what they counted with them. */
	atomic_store(&inside, 0);
	depth = 0;
	atomic_store(&forking, 0);
}

bool
gate_install(void)
{
	static atomic_bool installed;

	if (atomic_exchange(&installed, true))
		return true;
	if (pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child) == 0)
		return true;
	atomic_store(&installed, false);
	return false;
}
