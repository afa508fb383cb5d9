/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A fork waits at the gate until no other thread is inside SQLite.  Private to
 * store/.
 *
 * SQLite keeps locks of its own and a process-wide table of which locks on a file
 * this process holds; it has no fork handler.  A child forked while another
 * thread is inside finds a mutex that nobody will release, or a table that claims
 * file locks which the kernel gave to the parent alone, and would then read and
 * write without any.  So whoever goes into SQLite, or holds a lock on a file
 * through it, does so between gate_enter and gate_leave.
 */
#ifndef HANDFAST_GATE_H
#define HANDFAST_GATE_H

#include "token/base/base.h"

/* Once in the process, before the first gate_enter; false when there is no memory. */
bool gate_install(void) MUST_CHECK;
/* May be nested in a thread. */
void gate_enter(void);
void gate_leave(void);
/* Around a wait during which nothing is held: lets a fork pass meanwhile. */
void gate_pause(void);
void gate_resume(void);

#endif
