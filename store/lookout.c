/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Waiting until something in a store's folder changes.  It must not know what
 * changed there: who waits looks again.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/file.h"
#include "token/base/clock.h"
#include "token/base/fd.h"
#include "token/base/gate.h"

/* What other machines do to a folder is not told: it is looked at so often, in milliseconds. */
#define PERIOD_REMOTE 1000
/* The same where the system tells of nothing: no more inotify to be had, or a token in memory. */
#define PERIOD_BLIND 200
/* A pause after a change, so that a busy writer does not keep whoever waits busy as well. */
#define PAUSE 10

#define CHANGED_INSIDE                                                                             \
	(IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_MODIFY | IN_ATTRIB |             \
	    IN_DELETE_SELF | IN_MOVE_SELF)
#define CAME (IN_CREATE | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF)

struct store_lookout {
	int fd; /* inotify's; -1: there is none */
	int watch;
	int period; /* milliseconds; -1: the system tells of everything */
	atomic_bool woken;
};

/* Cuts "/a/b" to "/a", and "/a" to "/"; false for "/". */
static bool
to_parent(char *path)
{
	char *slash = strrchr(path, '/');

	if (slash == NULL || path[1] == '\0')
		return false;
	slash[slash == path ? 1 : 0] = '\0';
	return true;
}

/*
 * Watches the folder or, where it is not there yet, the one above in which it or its
 * parent will appear.  Below what is watched nothing existed after the watch began.
 */
static int
watch_nearest(int fd, const char *folder)
{
	RELEASED(pointer_release) char *path = text_copy(folder), *below = text_copy(folder);
	struct stat found;
	int watch;

	if (path == NULL || below == NULL)
		return -1;
	watch = inotify_add_watch(fd, path, CHANGED_INSIDE | IN_ONLYDIR);
	while (watch < 0 && (errno == ENOENT || errno == ENOTDIR)) {
		strcpy(below, path);
		if (!to_parent(path))
			return -1;
		watch = inotify_add_watch(fd, path, CAME | IN_ONLYDIR);
		if (watch >= 0 && stat(below, &found) == 0 && S_ISDIR(found.st_mode)) {
			/* It came in between. */
			(void)inotify_rm_watch(fd, watch);
			strcpy(path, folder);
			watch = inotify_add_watch(fd, path, CHANGED_INSIDE | IN_ONLYDIR);
		}
	}
	return watch;
}

enum store_status
store_lookout_begin(const struct store_config *config, struct store_lookout **out)
{
	struct store_lookout *lookout = calloc(1, sizeof(*lookout));
	bool on_disk = config->folder[0] == '/';

	if (lookout == NULL)
		return STORE_NO_MEMORY;
	lookout->fd = on_disk ? fd_beyond(inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) : -1;
	lookout->watch = lookout->fd >= 0 ? watch_nearest(lookout->fd, config->folder) : -1;
	lookout->period = on_disk && folder_is_remote(config->folder) ? PERIOD_REMOTE : -1;
	*out = lookout;
	return STORE_OK;
}

static void
wait_for_change(const struct store_lookout *lookout)
{
	struct pollfd told = { .fd = lookout->fd, .events = POLLIN };

	if (lookout->watch < 0) {
		clock_sleep(PERIOD_BLIND);
		return;
	}
	/* A signal of the host's may end it early, which is as good as a change. */
	if (poll(&told, 1, lookout->period) > 0 && !atomic_load(&lookout->woken))
		clock_sleep(PAUSE);
}

void
store_lookout_wait(struct store_lookout *lookout)
{
	gate_pause();
	wait_for_change(lookout);
	gate_resume();
}

void
store_lookout_wake(struct store_lookout *lookout)
{
	atomic_store(&lookout->woken, true);
	/* Tells whoever polls that the watch is gone (IN_IGNORED). */
	if (lookout->watch >= 0)
		(void)inotify_rm_watch(lookout->fd, lookout->watch);
}

void
store_lookout_end(struct store_lookout **lookout)
{
	if (*lookout == NULL)
		return;
	descriptor_close(&(*lookout)->fd);
	free(*lookout);
	*lookout = NULL;
}
