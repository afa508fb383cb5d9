/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Folders and files of tokens: what is there, whether it is safely ours, and how
 * a new token comes into being whole.  It must not know of SQL or keys.
 */
#define _GNU_SOURCE
#include "store/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "token/base/clock.h"
#include "token/base/fd.h"
#include "token/base/gate.h"
#include "token/base/log.h"

#define SUFFIX ".token"

enum store_status
file_error(int error, const char *doing, const char *path)
{
	errno = error;
	log_error("cannot %s %s: %m", doing, path);
	switch (error) {
	case ENOSPC:
	case EDQUOT:
	case EFBIG:
		return STORE_FULL;
	case EROFS:
	case EACCES:
	case EPERM:
		return STORE_READ_ONLY;
	case ENOMEM:
		return STORE_NO_MEMORY;
	case ELOOP:
		return STORE_FOREIGN;
	default:
		return STORE_IO;
	}
}

/* For what was only to be looked at: EACCES is then no protection against writing. */
static enum store_status
look_error(const char *path)
{
	log_error("cannot look at %s: %m", path);
	return errno == ENOMEM ? STORE_NO_MEMORY : STORE_IO;
}

void
descriptor_close(const int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

bool
file_write(int fd, const void *data, size_t len)
{
	const unsigned char *next = data;

	while (len > 0) {
		ssize_t written = write(fd, next, len);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return false;
		next += written;
		len -= (size_t)written;
	}
	return true;
}

/* --- what may be trusted -------------------------------------------------- */

/*
 * Owned by us or by root, and written by nobody else: others who can write could
 * put anything in its place.  Root may look after everybody's.
 */
static bool
safely_ours(const struct stat *found, const char *path)
{
	uid_t us = geteuid();

	if (found->st_uid != us && found->st_uid != 0 && us != 0) {
		log_error("%s belongs to another user; it is not used", path);
		return false;
	}
	if ((found->st_mode & (S_IWGRP | S_IWOTH)) != 0) {
		log_error("%s can be written by others (chmod go-w); it is not used", path);
		return false;
	}
	return true;
}

/* --- places --------------------------------------------------------------- */

void
place_release(struct place *place)
{
	free(place->folder);
	free(place->token);
	free(place->journal);
	free(place->tries);
	free(place->tries_fresh);
	free(place->fresh);
	free(place->branch);
	*place = (struct place){ 0 };
}

static enum store_status
folder_resolve(const char *folder, char **resolved)
{
	char path[PATH_MAX];
	struct stat found;

	/* SQLite is told to follow no link, in any part of the path; a folder's may be one. */
	if (realpath(folder, path) == NULL)
		return errno == ENOENT || errno == ENOTDIR ? STORE_ABSENT : look_error(folder);
	*resolved = text_copy(path);
	if (*resolved == NULL)
		return STORE_NO_MEMORY;
	if (stat(*resolved, &found) != 0)
		return look_error(*resolved);
	if (!S_ISDIR(found.st_mode)) {
		log_error("%s is not a folder", *resolved);
		return STORE_FOREIGN;
	}
	return safely_ours(&found, *resolved) ? STORE_OK : STORE_FOREIGN;
}

static bool
path_print(char **path, const char *folder, uint32_t slot, const char *suffix)
{
	*path = text_print("%s/%u%s", folder, slot, suffix);
	return *path != NULL;
}

enum store_status
place_find(const char *folder, uint32_t slot, struct place *place)
{
	RELEASED(place_release) struct place found = { 0 };

	TRY(folder_resolve(folder, &found.folder));
	if (!path_print(&found.token, found.folder, slot, SUFFIX) ||
	    !path_print(&found.journal, found.folder, slot, SUFFIX "-journal") ||
	    !path_print(&found.tries, found.folder, slot, ".tries") ||
	    !path_print(&found.tries_fresh, found.folder, slot, ".tries.new") ||
	    !path_print(&found.fresh, found.folder, slot, SUFFIX ".new") ||
	    !path_print(&found.branch, found.folder, slot, ".branch"))
		return STORE_NO_MEMORY;
	found.network = folder_is_remote(found.folder);
	*place = found;
	found = (struct place){ 0 };
	return STORE_OK;
}

static enum store_status
folder_make(const char *path)
{
	if (mkdir(path, 0700) != 0)
		return errno == EEXIST ? STORE_OK : file_error(errno, "make", path);
	/* The umask may have taken the owner's rights too. */
	return chmod(path, 0700) == 0 ? STORE_OK : file_error(errno, "set the mode of", path);
}

enum store_status
place_make(const char *folder)
{
	RELEASED(pointer_release) char *path = text_copy(folder);

	if (path == NULL)
		return STORE_NO_MEMORY;
	if (path[0] != '/') {
		log_error("the store folder %s is not an absolute path", folder);
		return STORE_FOREIGN;
	}
	for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		TRY(folder_make(path));
		*slash = '/';
	}
	return folder_make(path);
}

enum store_status
place_check(struct place *place)
{
	struct stat found;

	if (lstat(place->token, &found) != 0)
		return errno == ENOENT ? STORE_ABSENT : look_error(place->token);
	if (!S_ISREG(found.st_mode)) {
		log_error("%s is not a regular file; links are not followed", place->token);
		return STORE_FOREIGN;
	}
	if (!safely_ours(&found, place->token))
		return STORE_FOREIGN;
	if ((found.st_mode & (S_IRGRP | S_IROTH)) != 0)
		log_warning("%s can be read by others, who may guess at its PINs", place->token);
	place->device = found.st_dev;
	place->inode = found.st_ino;
	place->owner = found.st_uid;
	place->group = found.st_gid;
	return STORE_OK;
}

enum store_status
place_same(const struct place *place)
{
	struct stat found;

	if (lstat(place->token, &found) != 0)
		return errno == ENOENT || errno == ENOTDIR ? STORE_REPLACED
							   : look_error(place->token);
	return found.st_dev == place->device && found.st_ino == place->inode ? STORE_OK
									     : STORE_REPLACED;
}

bool
place_writable(const struct place *place)
{
	/* The journal is made beside the token, so the folder counts as well. */
	return !place->network && euidaccess(place->token, R_OK | W_OK) == 0 &&
	    euidaccess(place->folder, W_OK | X_OK) == 0;
}

/* --- making a token ------------------------------------------------------- */

enum store_status
folder_lock(const char *folder, int *fd)
{
	uint64_t until = clock_now() + WAIT_MS;

	*fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (*fd < 0)
		return file_error(errno, "open", folder);
	for (unsigned attempt = 0; flock(*fd, LOCK_EX | LOCK_NB) != 0; attempt++) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return file_error(errno, "lock", folder);
		if (clock_now() > until)
			return STORE_BUSY;
		gate_pause();
		clock_back_off(attempt, PAUSE_SHORT);
		gate_resume();
	}
	return STORE_OK;
}

/* What a killed process left of a token is written over: it was never one. */
static enum store_status
fresh_write(const struct place *place, struct view bytes)
{
	RELEASED(descriptor_close)
	int fd = fd_beyond(
	    open(place->fresh, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600));

	if (fd < 0)
		return file_error(errno, "make", place->fresh);
	if (fchmod(fd, 0600) != 0 || !file_write(fd, bytes.data, bytes.len) || fsync(fd) != 0)
		return file_error(errno, "write", place->fresh);
	return STORE_OK;
}

enum store_status
file_name(const char *from, const char *to, const char *folder, int folder_fd)
{
	long done = syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
	struct stat found;

	/* Not every file system can; a look, under the folder's lock, must do there. */
	if (done != 0 && (errno == EINVAL || errno == ENOSYS)) {
		if (lstat(to, &found) == 0)
			return STORE_CHANGED;
		done = rename(from, to);
	}
	if (done != 0)
		return errno == EEXIST ? STORE_CHANGED : file_error(errno, "name", to);
	return fsync(folder_fd) == 0 ? STORE_OK : file_error(errno, "sync", folder);
}

static enum store_status
token_write(const struct place *place, struct view bytes)
{
	RELEASED(descriptor_close) int folder = -1;
	enum store_status status;
	struct stat found;

	TRY(folder_lock(place->folder, &folder));
	if (lstat(place->token, &found) == 0)
		return STORE_CHANGED;
	/* Left by a token that was removed; its journal would be played into the new one. */
	(void)unlink(place->journal);
	(void)unlink(place->tries);
	status = fresh_write(place, bytes);
	if (status == STORE_OK)
		status = file_name(place->fresh, place->token, place->folder, folder);
	if (status != STORE_OK)
		(void)unlink(place->fresh);
	return status;
}

enum store_status
place_put(const struct place *place, struct view bytes)
{
	enum store_status status;
	struct hush hush;

	if (place->network) {
		log_error("%s is on a network file system, where locks cannot be relied upon; no "
			  "token is made there",
		    place->folder);
		return STORE_READ_ONLY;
	}
	hush_begin(&hush);
	status = token_write(place, bytes);
	hush_end(&hush);
	return status;
}

/* --- which slots have a token --------------------------------------------- */

/* "0.token", "17.token"; not "007.token", "-1.token", "1.token.new". */
static bool
slot_of(const char *name, uint32_t *slot)
{
	char *end;
	unsigned long number;

	if (name[0] < '0' || name[0] > '9' || (name[0] == '0' && name[1] != '.'))
		return false;
	errno = 0;
	number = strtoul(name, &end, 10);
	if (errno != 0 || number > INT32_MAX || strcmp(end, SUFFIX) != 0)
		return false;
	*slot = (uint32_t)number;
	return true;
}

static int
by_number(const void *a, const void *b)
{
	const uint32_t *left = a, *right = b;

	return (*left > *right) - (*left < *right);
}

static void
directory_close(DIR **directory)
{
	if (*directory != NULL)
		closedir(*directory);
}

enum store_status
folder_slots(const char *folder, uint32_t **slots, size_t *count)
{
	RELEASED(pointer_release) uint32_t *list = NULL;
	RELEASED(pointer_release) char *resolved = NULL;
	RELEASED(directory_close) DIR *directory = NULL;
	size_t found = 0, room = 0;
	const struct dirent *entry;

	TRY(folder_resolve(folder, &resolved));
	directory = opendir(resolved);
	if (directory == NULL)
		return look_error(resolved);
	while ((entry = readdir(directory)) != NULL) {
		uint32_t slot;

		if (!slot_of(entry->d_name, &slot))
			continue;
		if (found == room) {
			uint32_t *more = array_resize(list, room = room * 2 + 8, sizeof(*list));

			if (more == NULL)
				return STORE_NO_MEMORY;
			list = more;
		}
		list[found++] = slot;
	}
	if (found > 0)
		qsort(list, found, sizeof(*list), by_number);
	*slots = list;
	*count = found;
	list = NULL;
	return STORE_OK;
}
