/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Copies of a token: made while it is used, put back into a slot.  Also how any
 * file that replaces a token gets its name.  It must not know what is in them.
 *
 * Pages are copied as they are, inside a read transaction: in rollback mode the
 * file then is the token, whole, and no writer can commit until the last page is
 * read.  Against sqlite3_backup and VACUUM INTO that means one pass at the speed
 * of the disk, no second connection's cache, no SQL run, and bytes that can be
 * compared.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/watch.h"
#include "token/base/fd.h"
#include "token/base/gate.h"
#include "token/base/log.h"

/* --- a file being written ------------------------------------------------- */

/* Root makes it for whoever owns the folder. */
static enum store_status
fresh_own(const struct fresh *fresh)
{
	struct stat folder;

	if (fchmod(fresh->fd, 0600) != 0)
		return file_error(errno, "set the mode of", fresh->path);
	if (geteuid() != 0 || fstat(fresh->folder_fd, &folder) != 0 || folder.st_uid == 0)
		return STORE_OK;
	if (fchown(fresh->fd, folder.st_uid, folder.st_gid) != 0)
		return file_error(errno, "set the owner of", fresh->path);
	return STORE_OK;
}

enum store_status
fresh_begin(struct fresh *fresh, const char *folder, const char *path)
{
	hush_begin(&fresh->hush);
	fresh->folder = strdup(folder);
	if (fresh->folder == NULL)
		return STORE_NO_MEMORY;
	TRY(folder_lock(folder, &fresh->folder_fd));
	/* Never opened but made: in a folder that others write, it could be theirs. */
	if (unlink(path) != 0 && errno != ENOENT)
		return file_error(errno, "remove", path);
	fresh->fd = fd_beyond(open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
	if (fresh->fd < 0)
		return file_error(errno, "make", path);
	fresh->path = strdup(path);
	if (fresh->path == NULL) {
		(void)unlink(path);
		return STORE_NO_MEMORY;
	}
	return fresh_own(fresh);
}

enum store_status
fresh_sync(struct fresh *fresh)
{
	int fd = fresh->fd;
	int done = fsync(fd);

	if (done != 0)
		return file_error(errno, "sync", fresh->path);
	fresh->fd = -1;
	return close(fd) == 0 ? STORE_OK : file_error(errno, "close", fresh->path);
}

static void
fresh_named(struct fresh *fresh)
{
	free(fresh->path);
	fresh->path = NULL;
}

/* Never over another file. */
static enum store_status
fresh_name(struct fresh *fresh, const char *to)
{
	TRY(file_name(fresh->path, to, fresh->folder, fresh->folder_fd));
	fresh_named(fresh);
	return STORE_OK;
}

enum store_status
fresh_replace(struct fresh *fresh, const struct place *place, const struct db *former)
{
	/* Still the one whose writers are kept away, or that was looked at. */
	TRY(place_same(place));
	if (rename(fresh->path, place->token) != 0)
		return file_error(errno, "name", place->token);
	fresh_named(fresh);
	/* The others find out at their next call rather than when they look for the name. */
	if (former != NULL) {
		db_counter_move(former);
		generation_told();
	}
	if (fsync(fresh->folder_fd) != 0)
		return file_error(errno, "sync", fresh->folder);
	return STORE_OK;
}

void
fresh_release(struct fresh *fresh)
{
	if (fresh->folder == NULL && fresh->folder_fd < 0)
		return;
	if (fresh->fd >= 0)
		close(fresh->fd);
	if (fresh->path != NULL)
		(void)unlink(fresh->path);
	fresh_named(fresh);
	if (fresh->folder_fd >= 0)
		close(fresh->folder_fd);
	free(fresh->folder);
	hush_end(&fresh->hush);
}

/* --- copying -------------------------------------------------------------- */

#define BLOCK (256 * DB_PAGE)

static enum store_status
page_count(struct db *db, uint64_t *pages)
{
	RELEASED(statement_done) sqlite3_stmt *statement = NULL;
	bool row;

	TRY(db_prepare(db, PAGE_COUNT, &statement));
	TRY(db_step(db, statement, &row));
	return column_u64(statement, 0, pages);
}

/* What a connection sees, into a file.  What may stand behind the last page is none of it. */
static enum store_status
pages_copy(struct db *db, const struct fresh *to)
{
	RELEASED(bytes_release) struct bytes block = { 0 };
	struct token_row token;
	uint64_t pages, end;

	TRY(db_run(db, BEGIN_READ));
	/* The first statement takes the lock, and undoes what a killed writer left half done. */
	TRY(token_read(db, &token));
	TRY(page_count(db, &pages));
	if (!bytes_alloc(&block, BLOCK))
		return STORE_NO_MEMORY;
	end = pages * DB_PAGE;
	for (uint64_t at = 0; at < end; at += BLOCK) {
		size_t len = end - at < BLOCK ? (size_t)(end - at) : BLOCK;

		TRY(db_bytes(db, block.data, len, at));
		if (!file_write(to->fd, block.data, len))
			return file_error(errno, "write", to->path);
	}
	return STORE_OK;
}

enum store_status
token_copy(const char *from, struct fresh *to)
{
	struct db *db = NULL;
	enum store_status status;

	gate_enter();
	status = db_open(from, &db);
	if (status == STORE_OK) {
		status = pages_copy(db, to);
		db_rollback(db);
	}
	db_close(db);
	gate_leave();
	return status == STORE_OK ? fresh_sync(to) : status;
}

/* --- backup --------------------------------------------------------------- */

/* The folder of a path that need not be there yet, without links. */
static enum store_status
folder_of(const char *path, char **folder)
{
	RELEASED(pointer_release) char *copy = strdup(path);
	char *slash;

	if (copy == NULL)
		return STORE_NO_MEMORY;
	slash = strrchr(copy, '/');
	if (slash != NULL)
		*slash = '\0';
	*folder = realpath(slash == NULL ? "." : slash == copy ? "/" : copy, NULL);
	return *folder != NULL ? STORE_OK : file_error(errno, "find", copy);
}

static enum store_status
path_in(const char *folder, const char *path, const char *suffix, char **out)
{
	const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;

	if (name[0] == '\0')
		return file_error(EISDIR, "make", path);
	if (asprintf(out, "%s/%s%s", folder, name, suffix) >= 0)
		return STORE_OK;
	*out = NULL;
	return STORE_NO_MEMORY;
}

enum store_status
upkeep_backup(const struct store_config *config, uint32_t slot, const char *path,
    const struct watcher *watcher)
{
	RELEASED(fresh_release) struct fresh fresh = FRESH_NONE;
	RELEASED(place_release) struct place place = { 0 };
	RELEASED(pointer_release) char *folder = NULL;
	RELEASED(pointer_release) char *to = NULL;
	RELEASED(pointer_release) char *draft = NULL;
	struct report report = { 0 };
	struct stat there;

	if (strcmp(config->folder, NAME_IN_MEMORY) == 0)
		return STORE_ABSENT;
	TRY(place_find(config->folder, slot, &place));
	TRY(place_check(&place));
	TRY(folder_of(path, &folder));
	TRY(path_in(folder, path, "", &to));
	TRY(path_in(folder, path, ".new", &draft));
	if (lstat(to, &there) == 0)
		return STORE_CHANGED;
	TRY(fresh_begin(&fresh, folder, draft));
	TRY(token_copy(place.token, &fresh));
	TRY(check_path(config, fresh.path, (struct upkeep_pin){ 0 }, watcher, &report));
	return fresh_name(&fresh, to);
}

/* --- restore -------------------------------------------------------------- */

enum store_status
former_hold(const struct place *place, struct db **db)
{
	enum store_status status = db_open(place->token, db);

	if (status == STORE_OK)
		return db_run(*db, BEGIN_WRITE);
	return status == STORE_DAMAGED || status == STORE_FOREIGN ? STORE_OK : status;
}

#define ASIDE_MOST 1000

/* A second name for the token, beside it, that no file has yet. */
static enum store_status
aside_name(const struct place *place, char **aside)
{
	for (unsigned i = 0; i < ASIDE_MOST; i++) {
		RELEASED(pointer_release) char *path = NULL;
		int len = i == 0 ? asprintf(&path, "%s.before", place->token)
				 : asprintf(&path, "%s.before.%u", place->token, i);

		if (len < 0)
			return STORE_NO_MEMORY;
		if (link(place->token, path) == 0) {
			*aside = path;
			path = NULL;
			return STORE_OK;
		}
		if (errno != EEXIST)
			return file_error(errno, "keep aside", place->token);
	}
	return file_error(EEXIST, "keep aside", place->token);
}

/*
 * The journal of a token that SQLite cannot open goes with it: it would be played
 * into the file that takes the name.
 */
static enum store_status
aside_journal(const struct place *place, const char *aside)
{
	RELEASED(pointer_release) char *path = NULL;

	if (asprintf(&path, "%s-journal", aside) < 0)
		return STORE_NO_MEMORY;
	if (rename(place->journal, path) != 0 && errno != ENOENT)
		return file_error(errno, "keep aside", place->journal);
	return STORE_OK;
}

static enum store_status
put_aside(struct fresh *fresh, const struct place *place, struct db *former, char **aside)
{
	RELEASED(pointer_release) char *kept = NULL;
	enum store_status status;

	TRY(aside_name(place, &kept));
	status = former != NULL ? STORE_OK : aside_journal(place, kept);
	if (status == STORE_OK)
		status = fresh_replace(fresh, place, former);
	if (fresh->path != NULL) {
		(void)unlink(kept);
		return status;
	}
	*aside = kept;
	kept = NULL;
	return status;
}

static enum store_status
token_replace(struct fresh *fresh, struct place *place, char **aside)
{
	struct db *former = NULL;
	enum store_status status;

	TRY(place_check(place));
	gate_enter();
	status = former_hold(place, &former);
	if (status == STORE_OK)
		status = put_aside(fresh, place, former, aside);
	if (former != NULL)
		db_rollback(former);
	db_close(former);
	gate_leave();
	return status;
}

/* In an empty slot, what a token that was removed left behind goes. */
static enum store_status
token_place(struct fresh *fresh, const struct place *place)
{
	(void)unlink(place->journal);
	(void)unlink(place->tries);
	return fresh_name(fresh, place->token);
}

/* Where a token may be put: in a folder whose locks can be relied upon. */
static enum store_status
slot_find(const struct store_config *config, uint32_t slot, struct place *place)
{
	if (strcmp(config->folder, NAME_IN_MEMORY) == 0)
		return STORE_ABSENT;
	TRY(place_make(config->folder));
	TRY(place_find(config->folder, slot, place));
	if (!place->network)
		return STORE_OK;
	log_error("%s is on a network file system, where locks cannot be relied upon; no token is "
		  "put there",
	    place->folder);
	return STORE_READ_ONLY;
}

enum store_status
upkeep_restore(const struct store_config *config, uint32_t slot, const char *path, bool replace,
    struct upkeep_pin pin, const struct watcher *watcher, char **aside)
{
	RELEASED(fresh_release) struct fresh fresh = FRESH_NONE;
	RELEASED(place_release) struct place place = { 0 };
	RELEASED(pointer_release) char *from = realpath(path, NULL);
	struct report report = { 0 };
	struct stat there;

	*aside = NULL;
	if (from == NULL)
		return errno == ENOENT ? STORE_ABSENT : file_error(errno, "find", path);
	TRY(slot_find(config, slot, &place));
	if (!replace && lstat(place.token, &there) == 0)
		return STORE_CHANGED;
	TRY(fresh_begin(&fresh, place.folder, place.fresh));
	TRY(token_copy(from, &fresh));
	TRY(check_path(config, fresh.path, pin, watcher, &report));
	/* The folder is locked, but only against those who know that lock. */
	if (lstat(place.token, &there) != 0)
		return token_place(&fresh, &place);
	return replace ? token_replace(&fresh, &place, aside) : STORE_CHANGED;
}
