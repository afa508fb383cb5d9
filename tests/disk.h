/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The disk under the module and under SQLite.  A program that is linked with this
 * has its own open, write, sync, truncate, unlink and rename, which the libraries
 * that it loads find before libc's: so the module's own calls are seen as well as
 * those of SQLite's VFS, and errors come as the system would give them.
 *
 * One folder is watched.  Calls that change it, or sync it, are counted; one can be
 * made to fail or to be the process's last; or all are written down, and then the
 * folder can be made as a power cut after any of them could have left it.
 */
#ifndef HANDFAST_TESTS_DISK_H
#define HANDFAST_TESTS_DISK_H

#include "token/base/base.h"

/* From now on this folder; calls are counted from 1 again.  It must be a resolved path. */
void disk_watch(const char *folder);
unsigned disk_calls(void);
/* The process kills itself before the n-th call, or in the middle of it if that is a write. */
void disk_die(unsigned n);
/* The n-th call fails with that error, and those after it too with `on`.  n == 0: none. */
void disk_fail(unsigned n, bool on, int error);

/* Begins to write down, from the folder as it is; that is taken to be safe on disk. */
void disk_record(void);
/* How many events have been written down. */
size_t disk_events(void);
/* Is an event among those from `first` on a sync of this file that follows its last write? */
bool disk_synced(const char *name, size_t first);
const char *disk_event_name(size_t event);

/* What is lost of that which no sync had reached when the power went. */
enum loss {
	LOST_NOTHING,
	LOST_ALL,
	LOST_SOME, /* any of the writes, in any sectors of them; names in their order */
};
/* Makes `into`, an empty folder, what is left when the power goes after so many events. */
void disk_image(size_t events, enum loss loss, unsigned *seed, const char *into);

#endif
