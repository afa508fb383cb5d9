/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What branch.c, check.c, copy.c, manage.c and rekey.c have of each other.  Private to them.
 */
#ifndef HANDFAST_WATCH_H
#define HANDFAST_WATCH_H

#include "store/inside.h"
#include "store/upkeep.h"

/* Tells of progress now and then, and at the end. */
void watcher_progress(const struct watcher *watcher, uint64_t done, uint64_t all);

/* Looks over what a connection with an open read transaction sees.  `keys` may be NULL. */
enum store_status check_database(struct db *db, const struct keys *keys,
    const struct watcher *watcher, struct report *report) MUST_CHECK;
/* As upkeep_check_file, of a path without links in it. */
enum store_status check_path(const struct store_config *config, const char *path,
    struct upkeep_pin pin, const struct watcher *watcher, struct report *report) MUST_CHECK;

/*
 * A file being written in a folder, which is locked as long.  Unless it was given
 * a name it is gone with RELEASED(fresh_release) struct fresh fresh = FRESH_NONE.
 */
struct fresh {
	char *path;
	char *folder;
	int folder_fd, fd;
	struct hush hush;
};
#define FRESH_NONE                                                                                 \
	{                                                                                          \
		.folder_fd = -1, .fd = -1                                                          \
	}
/* Makes FOLDER's file `path`, empty and 0600, in the place of what a killed process left. */
enum store_status fresh_begin(struct fresh *fresh, const char *folder, const char *path) MUST_CHECK;
/* On disk; nothing more can be written. */
enum store_status fresh_sync(struct fresh *fresh) MUST_CHECK;
/* The token in the file `from`, as it is at one moment, into it; on disk. */
enum store_status token_copy(const char *from, struct fresh *to) MUST_CHECK;
/* Puts it in the place of a file whose transaction `former` (may be NULL) keeps writers away. */
enum store_status fresh_replace(
    struct fresh *fresh, const struct place *place, const struct db *former) MUST_CHECK;
void fresh_release(struct fresh *fresh);

/* Takes away what a killed process left of a token's branch. */
void branch_remove(const struct place *of, uint32_t slot);

/* Keeps writers away from a token that is to go.  *db is NULL: nobody can use it. */
enum store_status former_hold(const struct place *place, struct db **db) MUST_CHECK;

#endif
