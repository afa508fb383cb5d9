/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PIN tries: a file of marks, appended to.  A charge is written before the PIN is
 * tried, so that parallel guesses count one another, and the verdict after it,
 * before anybody learns it.  It must not know of PINs, keys or SQL.
 *
 * Nobody holds anything while a PIN is tried but a shared lock that tells others
 * "somebody is still at it", which the kernel drops when the process dies.  A
 * charge without a verdict counts for as long as somebody may yet give it one:
 * who has the lock alone knows that nobody will.  The lock belongs to the open
 * file (F_OFD_SETLK), so threads are told apart too.
 */
#define _GNU_SOURCE
#include "store/tries.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "token/base/clock.h"
#include "token/base/fd.h"
#include "token/base/gate.h"
#include "token/base/log.h"

/* Readable with cat(1): "UxUuUu" is one wrong PIN, then right ones. */
static const struct {
	char charge, wrong, clear, untried;
} marks[SEAL_ROLES] = {
	[STORE_USER] = { 'U', 'x', 'u', '-' },
	[STORE_SO] = { 'S', 'X', 's', '=' },
};

/* Beyond any file of marks: where "somebody is still at it" is locked. */
#define PENDING_AT ((off_t)1 << 30)
/* A longer file is written anew with what still counts. */
#define COMPACT_AT 4096
/* Marks further from the end count no more: a file that somebody blew up costs no time. */
#define TAIL 65536
/* Room that must be left for the verdicts of those who try at the same time. */
#define ROOM 256

/* --- tries counted here --------------------------------------------------- */

/* Slowed tries start this far apart, in all threads together. */
#define SLOW_MS 1000

static void
here_lock(struct tries_here *here)
{
	gate_enter();
	pthread_mutex_lock(&here->lock);
}

static void
here_unlock(struct tries_here *here)
{
	pthread_mutex_unlock(&here->lock);
	gate_leave();
}

/* Milliseconds to wait for this process's next slowed try, which is now taken. */
static uint64_t
here_turn(struct tries_here *here, enum store_role role)
{
	uint64_t now = clock_now();
	uint64_t turn = here->next[role] > now ? here->next[role] : now;

	here->next[role] = turn + SLOW_MS;
	return turn - now;
}

/*
 * Waits for others' tries.  Each takes a processor's time of its own, so hundreds that
 * wait must leave them the processors.
 */
static void
back_off(unsigned attempt)
{
	gate_pause();
	clock_back_off(attempt, PAUSE_LONG);
	gate_resume();
}

/* `locks`: at the limit there are no more tries; else they are slow. */
static enum store_status
here_begin(struct tries_here *here, enum store_role role, unsigned limit, bool locks)
{
	uint64_t until = clock_now() + WAIT_MS, rest = 0;

	for (unsigned attempt = 0;; attempt++) {
		unsigned failures, pending;

		here_lock(here);
		failures = here->failures[role];
		pending = here->pending[role];
		if (failures + pending < limit || (pending == 0 && !locks)) {
			if (failures >= limit)
				rest = here_turn(here, role);
			here->pending[role]++;
			here_unlock(here);
			gate_pause();
			clock_sleep(rest);
			gate_resume();
			return STORE_OK;
		}
		here_unlock(here);
		if (pending == 0)
			return STORE_PIN_LOCKED;
		if (clock_now() > until)
			return STORE_BUSY;
		back_off(attempt);
	}
}

static void
here_end(struct tries_here *here, enum store_role role, enum verdict verdict)
{
	here_lock(here);
	here->pending[role]--;
	if (verdict == PIN_WRONG)
		here->failures[role]++;
	here_unlock(here);
}

static void
here_forgive(struct tries_here *here, enum store_role role)
{
	here_lock(here);
	here->failures[role] = 0;
	here_unlock(here);
}

/* --- the file ------------------------------------------------------------- */

struct count {
	unsigned wrong[SEAL_ROLES];     /* since the last right one */
	unsigned undecided[SEAL_ROLES]; /* being tried, or given up */
	off_t size;
};

/* Of a file that was cut short a verdict may have lost its charge. */
static void
decide(unsigned *undecided)
{
	if (*undecided > 0)
		--*undecided;
}

static void
count_mark(struct count *count, char mark)
{
	for (size_t role = 0; role < SEAL_ROLES; role++) {
		if (mark == marks[role].charge) {
			count->undecided[role]++;
		} else if (mark == marks[role].wrong) {
			decide(&count->undecided[role]);
			count->wrong[role]++;
		} else if (mark == marks[role].clear) {
			decide(&count->undecided[role]);
			count->wrong[role] = 0;
		} else if (mark == marks[role].untried) {
			decide(&count->undecided[role]);
		}
	}
}

/* Counts the marks before `end` (0: all). */
static bool
count_marks(int fd, off_t end, struct count *count)
{
	struct stat found;
	char block[4096];
	off_t at;

	if (fstat(fd, &found) != 0)
		return false;
	*count = (struct count){ .size = found.st_size };
	if (end == 0)
		end = found.st_size;
	for (at = end > TAIL ? end - TAIL : 0; at < end;) {
		size_t want = end - at < (off_t)sizeof(block) ? (size_t)(end - at) : sizeof(block);
		ssize_t got = pread(fd, block, want, at);

		if (got <= 0)
			return false;
		for (ssize_t i = 0; i < got; i++)
			count_mark(count, block[i]);
		at += got;
	}
	return true;
}

static bool
append_all(int fd, const char *text, size_t len)
{
	struct hush hush;
	bool done;

	hush_begin(&hush);
	done = file_write(fd, text, len);
	hush_end(&hush);
	return done;
}

static bool
append(int fd, char mark)
{
	return append_all(fd, &mark, 1);
}

/*
 * A charge whose verdict cannot be written is no charge: the room for both is
 * there before the first is written.
 */
static bool
room_for_verdict(int fd)
{
	struct stat found;
	struct rlimit limit;

	if (fstat(fd, &found) != 0 || getrlimit(RLIMIT_FSIZE, &limit) != 0)
		return false;
	if (limit.rlim_cur != RLIM_INFINITY && (rlim_t)found.st_size + ROOM > limit.rlim_cur) {
		errno = EFBIG;
		return false;
	}
	/* A file system that cannot reserve room is one that tells of none when it writes. */
	return fallocate(fd, FALLOC_FL_KEEP_SIZE, found.st_size, ROOM) == 0 ||
	    (errno != ENOSPC && errno != EDQUOT && errno != EFBIG);
}

/* 0600 whatever the umask, and the token's owner's where root looks after another's token. */
static bool
tries_own(const struct place *place, int fd)
{
	return fchmod(fd, 0600) == 0 &&
	    (geteuid() == place->owner || geteuid() != 0 ||
		fchown(fd, place->owner, place->group) == 0);
}

static int
tries_make(const struct place *place)
{
	int fd = fd_beyond(open(
	    place->tries, O_RDWR | O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));

	if (fd < 0)
		return -1;
	if (tries_own(place, fd))
		return fd;
	close(fd);
	return -1;
}

/* -1: nothing can be appended. */
static int
tries_open(const struct place *place)
{
	struct stat found;
	int fd;

	do {
		fd = fd_beyond(
		    open(place->tries, O_RDWR | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
		if (fd < 0 && errno == ENOENT)
			fd = tries_make(place);
	} while (fd < 0 && errno == EEXIST);
	if (fd >= 0 && (fstat(fd, &found) != 0 || !S_ISREG(found.st_mode))) {
		close(fd);
		errno = EINVAL;
		fd = -1;
	}
	return fd;
}

/*
 * STORE_BUSY: others have it.  STORE_ABSENT: the file system has no such locks.
 * STORE_IO, logged: it has them and gives none (ENOLCK: its table is full, or the lock
 * manager of a network cannot be reached), so that a charge would belong to nobody.
 */
static enum store_status
pending_lock(int fd, const struct place *place, short type)
{
	struct flock lock = {
		.l_type = type, .l_whence = SEEK_SET, .l_start = PENDING_AT, .l_len = 1
	};

	if (fcntl(fd, F_OFD_SETLK, &lock) == 0)
		return STORE_OK;
	switch (errno) {
	case EAGAIN:
	case EACCES:
		return STORE_BUSY;
	case ENOLCK:
		return file_error(ENOLCK, "lock", place->tries);
	default:
		return STORE_ABSENT;
	}
}

/* Says that a try is pending, until pending_end; STORE_BUSY while the file is being compacted. */
static enum store_status
pending_begin(int fd, const struct place *place)
{
	enum store_status status = pending_lock(fd, place, F_RDLCK);

	/* Without locks nobody is ever seen pending, and nothing is compacted. */
	return status == STORE_ABSENT ? STORE_OK : status;
}

/* Says so no more.  Closing would not do where a forked child has the file open as well. */
static void
pending_end(int fd, const struct place *place)
{
	(void)!pending_lock(fd, place, F_UNLCK);
	close(fd);
}

/* Does the name still lead to this file? */
static bool
still_named(int fd, const struct place *place)
{
	struct stat here, there;

	return fstat(fd, &here) == 0 && lstat(place->tries, &there) == 0 &&
	    here.st_ino == there.st_ino && here.st_dev == there.st_dev;
}

/* Writes what still counts into a new file. */
static bool
compact_write(const struct place *place, const struct count *count)
{
	int fd = fd_beyond(
	    open(place->tries_fresh, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600));
	bool done;

	if (fd < 0)
		return false;
	done = tries_own(place, fd);
	for (size_t role = 0; role < SEAL_ROLES; role++)
		for (unsigned i = 0; done && i < count->wrong[role]; i++)
			done = append(fd, marks[role].wrong);
	done = done && fsync(fd) == 0;
	close(fd);
	return done;
}

static bool
compact(const struct place *place, const struct count *count)
{
	if (compact_write(place, count) && rename(place->tries_fresh, place->tries) == 0)
		return true;
	(void)unlink(place->tries_fresh);
	return false;
}

/* Takes back the charges that nobody will decide any more. */
static bool
take_back(int fd, const struct count *count)
{
	for (size_t role = 0; role < SEAL_ROLES; role++)
		for (unsigned i = 0; i < count->undecided[role]; i++)
			if (!append(fd, marks[role].untried))
				return false;
	return true;
}

/*
 * With the lock for oneself alone: all undecided charges are those of the dead, and
 * nobody else's mark can get lost.
 */
static bool
tidy(const struct place *place, int fd)
{
	struct count count;

	if (!still_named(fd, place))
		return true;
	if (!count_marks(fd, 0, &count))
		return false;
	return count.size > COMPACT_AT ? compact(place, &count) : take_back(fd, &count);
}

/* At the limit, with charges among it that are not decided.  STORE_BUSY: look again. */
static enum store_status
settle(const struct place *place, int fd)
{
	enum store_status status = pending_lock(fd, place, F_WRLCK);

	if (status == STORE_OK)
		return tidy(place, fd) ? STORE_BUSY : STORE_READ_ONLY;
	/* Where there are no locks nobody can know who is alive, and every charge counts. */
	return status == STORE_ABSENT ? STORE_PIN_LOCKED : status;
}

/* Are all tries taken, be they decided or not? */
static bool
at_limit(const struct count *count, enum store_role role, unsigned limit)
{
	return count->wrong[role] >= limit || count->undecided[role] >= limit - count->wrong[role];
}

/*
 * Charges a try in the open file.  STORE_BUSY: look again; STORE_READ_ONLY: it
 * cannot be written.
 */
static enum store_status
charge(struct attempt *attempt, int fd)
{
	const struct tries *tries = attempt->tries;
	enum store_role role = attempt->role;
	struct count count;
	off_t place;

	if (!count_marks(fd, 0, &count))
		return STORE_READ_ONLY;
	if (count.wrong[role] >= tries->limit)
		return STORE_PIN_LOCKED;
	if (at_limit(&count, role, tries->limit))
		return settle(tries->place, fd);
	TRY(pending_begin(fd, tries->place));
	if (!still_named(fd, tries->place))
		return STORE_BUSY;
	if (!room_for_verdict(fd) || !append(fd, marks[role].charge))
		return STORE_READ_ONLY;
	place = lseek(fd, 0, SEEK_CUR) - 1;
	if (place == 0)
		return STORE_OK;
	/* Several may have seen the last try free: it belongs to whose mark comes first. */
	if (count_marks(fd, place, &count) && !at_limit(&count, role, tries->limit))
		return STORE_OK;
	(void)append(fd, marks[role].untried);
	return STORE_BUSY;
}

/* Has anybody written since `before` was looked at? */
static bool
moved_on(int fd, struct stat *before)
{
	struct stat now;
	bool moved = fstat(fd, &now) == 0 &&
	    (now.st_size != before->st_size || now.st_ino != before->st_ino);

	if (moved)
		*before = now;
	return moved;
}

static enum store_status
file_begin(struct attempt *attempt)
{
	uint64_t until = clock_now() + WAIT_MS;
	struct stat seen = { .st_size = 0 };

	for (unsigned n = 0;; n++) {
		enum store_status status;
		int fd = tries_open(attempt->tries->place);

		if (fd < 0)
			return STORE_READ_ONLY;
		status = charge(attempt, fd);
		if (status == STORE_OK) {
			attempt->fd = fd;
			return STORE_OK;
		}
		/*
		 * Hundreds may be waiting, each for a processor's time of all before it:
		 * as long as others' tries begin and end, one's turn comes.
		 */
		if (moved_on(fd, &seen))
			until = clock_now() + WAIT_MS;
		pending_end(fd, attempt->tries->place);
		if (status != STORE_BUSY || clock_now() > until)
			return status;
		back_off(n);
	}
}

static bool
verdict_write(int fd, enum store_role role, enum verdict verdict)
{
	return append(fd,
	    verdict == PIN_RIGHT       ? marks[role].clear
		: verdict == PIN_WRONG ? marks[role].wrong
				       : marks[role].untried);
}

static void
file_end(struct attempt *attempt, enum verdict verdict)
{
	const struct place *place = attempt->tries->place;

	if (!verdict_write(attempt->fd, attempt->role, verdict)) {
		log_warning("cannot settle a PIN try in %s: %m", place->tries);
		/* The charge of a wrong PIN goes on counting: nobody takes it for a dead one's. */
		if (verdict == PIN_WRONG)
			return;
	}
	if (verdict == PIN_RIGHT && pending_lock(attempt->fd, place, F_WRLCK) == STORE_OK)
		(void)tidy(place, attempt->fd);
	pending_end(attempt->fd, place);
}

/* --- both ----------------------------------------------------------------- */

enum store_status
attempt_begin(const struct tries *tries, enum store_role role, struct attempt *out)
{
	struct tries_seen seen = { 0 };
	unsigned failures[SEAL_ROLES];
	enum store_status status;

	*out = (struct attempt){ .tries = tries, .role = role, .fd = -1 };
	if (tries->place == NULL)
		return here_begin(tries->here, role, tries->limit, true);
	status = file_begin(out);
	if (status != STORE_READ_ONLY)
		return status;
	log_info(
	    "PIN tries cannot be written to %s (%m); they are slowed instead", tries->place->tries);
	tries_count(tries, &seen, failures);
	if (seen.failures[role] >= tries->limit)
		return STORE_PIN_LOCKED;
	return here_begin(tries->here, role, tries->limit, false);
}

void
attempt_end(struct attempt *attempt, enum verdict verdict)
{
	if (attempt->fd >= 0)
		file_end(attempt, verdict);
	else
		here_end(attempt->tries->here, attempt->role, verdict);
	if (verdict == PIN_RIGHT)
		here_forgive(attempt->tries->here, attempt->role);
	attempt->fd = -1;
}

/* Appends a clearing mark, with a charge of its own, to a file that nobody is compacting. */
static bool
file_forgive(const struct place *place, enum store_role role)
{
	const char both[] = { marks[role].charge, marks[role].clear };
	uint64_t until = clock_now() + WAIT_MS;

	for (unsigned n = 0; clock_now() < until; n++) {
		int fd = tries_open(place);
		bool done;

		if (fd < 0)
			return false;
		if (pending_begin(fd, place) == STORE_OK && still_named(fd, place)) {
			done = append_all(fd, both, sizeof(both));
			pending_end(fd, place);
			return done;
		}
		pending_end(fd, place);
		back_off(n);
	}
	return false;
}

void
tries_forgive(const struct tries *tries, enum store_role role)
{
	here_forgive(tries->here, role);
	if (tries->place != NULL && !file_forgive(tries->place, role))
		log_warning("cannot clear the failed PIN tries in %s: %m", tries->place->tries);
}

/* The file's count; what cannot be read is not known, and none. */
static void
file_count(const struct place *place, struct tries_seen *seen)
{
	struct stat found;
	struct count count;
	int fd;

	if (lstat(place->tries, &found) != 0) {
		*seen = (struct tries_seen){ 0 };
		return;
	}
	if (found.st_ino == seen->inode && found.st_size == seen->size &&
	    memcmp(&found.st_mtim, &seen->changed, sizeof(seen->changed)) == 0)
		return;
	*seen = (struct tries_seen){
		.inode = found.st_ino, .size = found.st_size, .changed = found.st_mtim
	};
	fd = fd_beyond(open(place->tries, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
	if (fd < 0)
		return;
	if (S_ISREG(found.st_mode) && count_marks(fd, 0, &count))
		memcpy(seen->failures, count.wrong, sizeof(seen->failures));
	close(fd);
}

void
tries_count(const struct tries *tries, struct tries_seen *seen, unsigned failures[SEAL_ROLES])
{
	if (tries->place != NULL)
		file_count(tries->place, seen);
	here_lock(tries->here);
	for (size_t role = 0; role < SEAL_ROLES; role++)
		failures[role] = tries->here->failures[role] > seen->failures[role]
		    ? tries->here->failures[role]
		    : seen->failures[role];
	here_unlock(tries->here);
}
