/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The log.  Knows nothing of who writes to it.
 *
 * It leaves no trace in the host: syslog(3) would open a descriptor that the host
 * may close and reuse, and would share openlog's state with it, so the datagram
 * is written here; whatever is opened is closed again after the line.  Nothing
 * waits: a full socket or a pipe nobody reads loses the line.  No lock is taken,
 * not even inside the C library (localtime and gmtime take that of the time
 * zone), since a forked child may find any lock held for ever.
 */
#define _GNU_SOURCE
#include "token/base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "token/base/fd.h"
#include "token/base/hush.h"

#define TEXT_MOST 1000  /* bytes of one message before it is made printable */
#define PROGRAM_MOST 32 /* and of a program's name */
#define LINE_MOST (4 * TEXT_MOST + 4 * PROGRAM_MOST + 100)

static const char syslog_path[] = "/dev/log", journal_path[] = "/run/systemd/journal/socket";

/* RFC 5424, table 1: security messages, since they tell of keys. */
#define FACILITY_AUTHPRIV 10

static const struct {
	const char *name;
	int severity; /* RFC 5424, table 2 */
} levels[] = {
	[LOG_LEVEL_ERROR] = { "error", 3 },
	[LOG_LEVEL_WARNING] = { "warning", 4 },
	[LOG_LEVEL_INFO] = { "info", 6 },
};

/*
 * Where lines go.  Targets are kept for as long as the process lives: another
 * thread may be writing to the one before.
 */
struct target {
	const char *name;
	void (*write)(const char *path, enum log_level level, const char *text);
	struct target *next;
};

static void write_journal(const char *path, enum log_level level, const char *text);
static void write_syslog(const char *path, enum log_level level, const char *text);
static void write_file(const char *path, enum log_level level, const char *text);
static void write_kept(const char *folders, enum log_level level, const char *text);
static void write_nothing(const char *path, enum log_level level, const char *text);

static struct target off = { "off", write_nothing, NULL };
static struct target journal_target = { "journal", write_journal, &off };
static struct target syslog_target = { "syslog", write_syslog, &journal_target };
static _Atomic(struct target *) targets = &syslog_target; /* all there ever were */
static _Atomic(struct target *) current = &syslog_target;
/* Where lines go besides. */
static _Atomic(struct target *) also = &off, kept = &off;

/* What was made of this name before: a file and folders are two. */
static struct target *
target_find(const char *name, bool folders)
{
	struct target *target = atomic_load(&targets);

	while (target != NULL &&
	    (strcmp(target->name, name) != 0 || (target->write == write_kept) != folders))
		target = target->next;
	return target;
}

static struct target *
target_add(const char *path, bool folders)
{
	size_t len = strlen(path) + 1;
	struct target *target = malloc(sizeof(*target) + len);

	if (target == NULL)
		return NULL;
	*target = (struct target){ memcpy(target + 1, path, len), folders ? write_kept : write_file,
		NULL };
	target->next = atomic_load(&targets);
	while (!atomic_compare_exchange_weak(&targets, &target->next, target))
		;
	return target;
}

static bool
target_set(_Atomic(struct target *) *which, struct target *target)
{
	if (target != NULL)
		atomic_store(which, target);
	return target != NULL;
}

bool
log_target(const char *name)
{
	struct target *target = target_find(name, false);

	if (target == NULL && name[0] == '/' && strlen(name) < PATH_MAX)
		target = target_add(name, false);
	return target_set(&current, target);
}

bool
log_also(const char *path)
{
	struct target *target = path == NULL ? &off : target_find(path, false);

	if (target == NULL && path[0] == '/' && strlen(path) < PATH_MAX)
		target = target_add(path, false);
	return target_set(&also, target);
}

bool
log_keep(const char *folders)
{
	struct target *target = folders == NULL ? &off : target_find(folders, true);

	if (target == NULL)
		target = target_add(folders, true);
	return target_set(&kept, target);
}

static void
write_nothing(const char *path, enum log_level level, const char *text)
{
	(void)path;
	(void)level;
	(void)text;
}

static void
send_line(const char *path, size_t path_size, const char *line, int len)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = fd_beyond(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));

	if (fd < 0)
		return;
	memcpy(address.sun_path, path, path_size);
	(void)sendto(fd, line, (size_t)len, MSG_NOSIGNAL, (const struct sockaddr *)&address,
	    sizeof(address));
	close(fd);
}

/* RFC 3164 without its time stamp, which daemons on a local socket supply. */
static void
write_syslog(const char *path, enum log_level level, const char *text)
{
	char line[LINE_MOST];
	int len = snprintf(line, sizeof(line), "<%d>handfast[%ld]: %s",
	    FACILITY_AUTHPRIV * 8 + levels[level].severity, (long)getpid(), text);

	(void)path;
	send_line(syslog_path, sizeof(syslog_path), line, len);
}

/* systemd's native protocol: a field a line, since no text has more than one. */
static void
write_journal(const char *path, enum log_level level, const char *text)
{
	char line[LINE_MOST];
	int len = snprintf(line, sizeof(line),
	    "PRIORITY=%d\nSYSLOG_FACILITY=%d\nSYSLOG_IDENTIFIER=handfast\nMESSAGE=%s\n",
	    levels[level].severity, FACILITY_AUTHPRIV, text);

	(void)path;
	send_line(journal_path, sizeof(journal_path), line, len);
}

/* The length of the printable character that starts here, in UTF-8 (RFC 3629, section 4); 0 when
 * there is none: a control character, or no UTF-8. */
static size_t
printable_len(const unsigned char *text)
{
	static const struct {
		unsigned char first, last, second_least, second_most, len;
	} leads[] = { { 0xc2, 0xc2, 0xa0, 0xbf, 2 }, { 0xc3, 0xdf, 0x80, 0xbf, 2 },
		{ 0xe0, 0xe0, 0xa0, 0xbf, 3 }, { 0xe1, 0xec, 0x80, 0xbf, 3 },
		{ 0xed, 0xed, 0x80, 0x9f, 3 }, { 0xee, 0xef, 0x80, 0xbf, 3 },
		{ 0xf0, 0xf0, 0x90, 0xbf, 4 }, { 0xf1, 0xf3, 0x80, 0xbf, 4 },
		{ 0xf4, 0xf4, 0x80, 0x8f, 4 } };
	size_t i = 0, len;

	if (text[0] < 0x80)
		return text[0] >= ' ' && text[0] != 0x7f ? 1 : 0;
	while (i < COUNT_OF(leads) && text[0] > leads[i].last)
		i++;
	if (i == COUNT_OF(leads) || text[0] < leads[i].first || text[1] < leads[i].second_least ||
	    text[1] > leads[i].second_most)
		return 0;
	for (len = 2; len < leads[i].len; len++)
		if ((text[len] & 0xc0) != 0x80)
			return 0;
	return len;
}

/* Copies with everything that is not printable as \xNN: a label must not forge a line or drive a
 * terminal.  `out` has four times the room. */
static void
make_printable(const char *in, char *out)
{
	const unsigned char *at = (const unsigned char *)in;

	while (*at != '\0') {
		size_t len = printable_len(at);

		if (len == 0) {
			out += sprintf(out, "\\x%02x", *at);
			at++;
		} else {
			memcpy(out, at, len);
			out += len;
			at += len;
		}
	}
	*out = '\0';
}

/* Which program calls; `out` as make_printable has it. */
static void
program_name(char out[4 * PROGRAM_MOST])
{
	char name[PROGRAM_MOST];

	(void)snprintf(name, sizeof(name), "%s", program_invocation_short_name);
	make_printable(name, out);
}

/* The date of a day counted from 1970-01-01, in the proleptic Gregorian calendar: counted from a
 * 1 March, years end with the leap day. */
static void
date_of(long days, long *year, long *month, long *day)
{
	const long four_centuries = 146097, first_of_march_0000 = 719468;
	long since = days + first_of_march_0000, era = since / four_centuries;
	long of_era = since - era * four_centuries;
	long years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	long of_year = of_era - (365 * years + years / 4 - years / 100);
	long from_march = (5 * of_year + 2) / 153;

	*day = of_year - (153 * from_march + 2) / 5 + 1;
	*month = from_march < 10 ? from_march + 3 : from_march - 9;
	*year = years + era * 400 + (*month <= 2 ? 1 : 0);
}

static const int file_flags =
    O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;

/* One line in one write, so that those of other processes stay whole.  A device may be the
 * host's terminal.  There is nowhere to say that a write failed. */
static void
append(int fd, const char *who, enum log_level level, const char *text)
{
	char line[LINE_MOST];
	long now = (long)time(NULL), year, month, day;
	struct stat status;
	ssize_t written = 0;
	struct hush hush;
	int len;

	date_of(now / 86400, &year, &month, &day);
	len = snprintf(line, sizeof(line), "%04ld-%02ld-%02ldT%02ld:%02ld:%02ldZ %s[%ld] %s: %s\n",
	    year, month, day, now / 3600 % 24, now / 60 % 60, now % 60, who, (long)getpid(),
	    levels[level].name, text);
	hush_begin(&hush);
	if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode))
		written = write(fd, line, (size_t)len);
	hush_end(&hush);
	(void)written;
}

static void
write_file(const char *path, enum log_level level, const char *text)
{
	int fd = fd_beyond(open(path, file_flags, S_IRUSR | S_IWUSR));

	if (fd < 0)
		return;
	append(fd, "handfast", level, text);
	close(fd);
}

/*
 * A file that has grown too long makes room for a new one.  Of many processes one does it:
 * whoever comes second has the lock of a file that is not there any more.
 */
static void
kept_turn(int folder, int fd)
{
	struct stat own, there;

	if (fstat(fd, &own) != 0 || own.st_size < LOG_KEPT_MOST ||
	    flock(fd, LOCK_EX | LOCK_NB) != 0)
		return;
	if (fstatat(folder, LOG_KEPT, &there, AT_SYMLINK_NOFOLLOW) == 0 &&
	    there.st_dev == own.st_dev && there.st_ino == own.st_ino)
		(void)renameat(folder, LOG_KEPT, folder, LOG_KEPT_BEFORE);
}

static int
kept_folder(const char *folder)
{
	const int flags = O_PATH | O_DIRECTORY | O_CLOEXEC;
	int dir = open(folder, flags);

	if (dir < 0 && errno == ENOENT && mkdir(folder, S_IRWXU) == 0)
		dir = open(folder, flags);
	return dir;
}

static bool
kept_usable(int dir)
{
	struct stat status;

	return dir >= 0 && fstat(dir, &status) == 0 && status.st_uid == geteuid() &&
	    (status.st_mode & (S_IWGRP | S_IWOTH)) == 0 && fd_in_memory(dir);
}

static bool
kept_write(const char *folder, enum log_level level, const char *text)
{
	const int dir = kept_folder(folder);
	char who[4 * PROGRAM_MOST];
	int fd =
	    kept_usable(dir) ? fd_beyond(openat(dir, LOG_KEPT, file_flags, S_IRUSR | S_IWUSR)) : -1;

	if (fd >= 0) {
		program_name(who);
		append(fd, who, level, text);
		kept_turn(dir, fd);
		close(fd);
	}
	if (dir >= 0)
		close(dir);
	return fd >= 0;
}

static void
write_kept(const char *folders, enum log_level level, const char *text)
{
	char folder[PATH_MAX];
	bool written = false;

	while (folders != NULL && !written) {
		const size_t len = strcspn(folders, ":");

		if (folders[0] == '/' && len < sizeof(folder)) {
			memcpy(folder, folders, len);
			folder[len] = '\0';
			written = kept_write(folder, level, text);
		}
		folders = folders[len] == ':' ? folders + len + 1 : NULL;
	}
}

static void
log_line(enum log_level level, const char *format, va_list arguments)
{
	struct target *target = atomic_load(&current), *more = atomic_load(&also);
	char text[TEXT_MOST], printable[4 * TEXT_MOST];
	int saved = errno;

	if (vsnprintf(text, sizeof(text), format, arguments) >= 0) {
		make_printable(text, printable);
		target->write(target->name, level, printable);
		more->write(more->name, level, printable);
		more = target != &off ? atomic_load(&kept) : &off;
		more->write(more->name, level, printable);
	}
	errno = saved;
}

void
log_error(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	log_line(LOG_LEVEL_ERROR, format, arguments);
	va_end(arguments);
}

void
log_warning(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	log_line(LOG_LEVEL_WARNING, format, arguments);
	va_end(arguments);
}

void
log_info(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	log_line(LOG_LEVEL_INFO, format, arguments);
	va_end(arguments);
}
