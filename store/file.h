/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a token lies: its folder, its file, and whether they can be trusted and
 * written.  Private to store/.  Knows no SQL.  Never opens the token's file:
 * closing it again would drop the locks that SQLite holds on it in this process
 * (fcntl(2), "advisory record locking").
 */
#ifndef HANDFAST_FILE_H
#define HANDFAST_FILE_H

#include <sys/types.h>

#include "store/store.h"
#include "token/base/hush.h"

/* Paths have no symbolic link in them. */
struct place {
	char *folder;
	char *token;       /* FOLDER/SLOT.token */
	char *journal;     /* SQLite's, beside it */
	char *tries;       /* FOLDER/SLOT.tries */
	char *tries_fresh; /* the same, being written anew */
	char *fresh;       /* FOLDER/SLOT.token.new: a token being made */
	char *branch;      /* FOLDER/SLOT.branch: the folder of a copy that grows */
	/* the token's file as it was found */
	dev_t device;
	ino_t inode;
	uid_t owner;
	gid_t group;
	bool network; /* on a file system whose locks cannot be relied upon */
};
void place_release(struct place *place);

/* As store_slots; STORE_ABSENT where there is no such folder. */
enum store_status folder_slots(const char *folder, uint32_t **slots, size_t *count) MUST_CHECK;

/*
 * Is it on a file system that other machines may write too?  There locks may not exclude
 * each other, so that two machines could write at once and destroy the token.
 */
bool folder_is_remote(const char *folder);

/* The folder must be there and safely ours; the token need not be there yet. */
enum store_status place_find(const char *folder, uint32_t slot, struct place *place) MUST_CHECK;
/* Makes the folder where it is missing, 0700. */
enum store_status place_make(const char *folder) MUST_CHECK;
/* Is there a token, and is its file safely ours?  Remembers which file it is. */
enum store_status place_check(struct place *place) MUST_CHECK;
/* Is the token still in the file that was found?  STORE_REPLACED. */
enum store_status place_same(const struct place *place) MUST_CHECK;
/* May this process write the token? */
bool place_writable(const struct place *place);
/*
 * Puts a new token's bytes on disk, whole or not at all, and never over another.
 * STORE_CHANGED: the slot has a token by now.
 */
enum store_status place_put(const struct place *place, struct view bytes) MUST_CHECK;

/*
 * Only one process at a time makes tokens in a folder, or exchanges them: the lock
 * goes with the descriptor.  STORE_BUSY.
 */
enum store_status folder_lock(const char *folder, int *fd) MUST_CHECK;
/*
 * Gives a written file its name in the folder that is locked, never over another.
 * STORE_CHANGED: there is one.
 */
enum store_status file_name(
    const char *from, const char *to, const char *folder, int folder_fd) MUST_CHECK;
void descriptor_close(const int *fd);

/* The status for an errno, logged with what was being done to what. */
enum store_status file_error(int error, const char *doing, const char *path) MUST_CHECK;
/* Writes all of it; false with errno set. */
bool file_write(int fd, const void *data, size_t len) MUST_CHECK;

#endif
