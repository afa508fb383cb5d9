/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A fork waits at the gate until no other thread is inside libcrypto or SQLite.
 *
 * Both keep locks of their own and have no fork handler.  In libcrypto the threads
 * share a generator, its seed and the tables of algorithms, and some of the locks are
 * the whole process's: a context of its own would not help the child.  SQLite has
 * besides a process-wide table of which locks on a file this process holds.  A
 * child forked while another thread is inside finds a mutex that nobody will
 * release, or a table that claims file locks which the kernel gave to the parent
 * alone, and would then read and write without any.  So each call of the module is
 * between gate_enter and gate_leave, and so is whoever else goes into SQLite.
 */
#ifndef HANDFAST_GATE_H
#define HANDFAST_GATE_H

#include "token/base/base.h"

/* Once in the process, before the first gate_enter; false when there is no memory. */
bool gate_install(void) MUST_CHECK;
/* May be nested in a thread. */
void gate_enter(void);
void gate_leave(void);
/*
 * Around a wait for others during which nothing is held that they need: lets a
 * fork pass meanwhile.  Nothing outside of the gate.
 */
void gate_pause(void);
void gate_resume(void);
/* Waits until no other thread is inside, paused or not. */
void gate_drain(void);
/* Waits until none is at work there, but not for ever. */
void gate_settle(void);

#endif
