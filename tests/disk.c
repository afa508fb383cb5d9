/* SPDX-License-Identifier: Apache-2.0 */
/* A disk that fails, stops and forgets: see disk.h. */
#include "tests/disk.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static char watched[PATH_MAX]; /* no folder: empty */
static unsigned calls, die_at, fail_at;
static bool fail_on;
static int fail_error;

void
disk_watch(const char *folder)
{
	snprintf(watched, sizeof(watched), "%s", folder);
	calls = die_at = fail_at = 0;
}

unsigned
disk_calls(void)
{
	return calls;
}

void
disk_die(unsigned n)
{
	calls = 0;
	die_at = n;
}

void
disk_fail(unsigned n, bool on, int error)
{
	calls = 0;
	fail_at = n;
	fail_on = on;
	fail_error = error;
}

static void
must(bool so, const char *what)
{
	if (so)
		return;
	fprintf(stderr, "tests/disk.c: %s: %s\n", what, strerror(errno));
	abort();
}

/* Counts a call; true: it is to fail, or to be the last. */
static bool
strikes(void)
{
	calls++;
	if (die_at != 0 && calls >= die_at)
		return true;
	return fail_at != 0 && (calls == fail_at || (fail_on && calls > fail_at));
}

/* Ends the process, or gives the error. */
static int
strike(void)
{
	if (die_at != 0)
		(void)raise(SIGKILL);
	errno = fail_error;
	return -1;
}

/* --- which file ------------------------------------------------------------- */

#define NAME_LEN 64

/* The name in the watched folder, "" for the folder itself; false for all else. */
static bool
name_of(const char *path, char name[NAME_LEN])
{
	size_t len = strlen(watched);

	if (len == 0 || strncmp(path, watched, len) != 0 || (path[len] != '/' && path[len] != '\0'))
		return false;
	snprintf(name, NAME_LEN, "%s", path[len] == '/' ? path + len + 1 : "");
	return true;
}

static bool
name_of_fd(int fd, char name[NAME_LEN])
{
	char link[40], path[PATH_MAX];
	ssize_t len;
	int kept = errno;

	if (watched[0] == '\0')
		return false;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	len = readlink(link, path, sizeof(path) - 1);
	errno = kept;
	if (len < 0)
		return false;
	path[len] = '\0';
	return name_of(path, name);
}

/* --- what is written down --------------------------------------------------- */

struct event {
	enum { MADE, WRITTEN, CUT, SYNCED, UNLINKED, RENAMED, NAMES_SYNCED } kind;
	char name[NAME_LEN], to[NAME_LEN];
	off_t at;
	size_t len;
	unsigned char *data;
};
static const char *const event_names[] = { "made", "written", "cut", "synced", "unlinked",
	"renamed", "folder synced" };

/* Content: of a file of any name. */
struct content {
	unsigned char *data;
	size_t len;
};

#define FILES 32
/* What was there when recording began. */
static struct {
	char name[NAME_LEN];
	struct content content;
} base[FILES];
static size_t base_count;
static struct event *events;
static size_t event_count;
static bool recording;

size_t
disk_events(void)
{
	return event_count;
}

const char *
disk_event_name(size_t event)
{
	static char text[2 * NAME_LEN + 20];

	snprintf(text, sizeof(text), "%s %s", events[event].name, event_names[events[event].kind]);
	return text;
}

static void
note(struct event event, const char *name)
{
	struct event *more;
	int kept = errno;

	if (!recording)
		return;
	snprintf(event.name, sizeof(event.name), "%s", name);
	more = reallocarray(events, event_count + 1, sizeof(*events));
	must(more != NULL, "no memory");
	events = more;
	events[event_count++] = event;
	errno = kept;
}

static void
note_write(const char *name, const void *data, size_t len, off_t at)
{
	struct event event = { .kind = WRITTEN, .at = at, .len = len };

	if (!recording)
		return;
	event.data = malloc(len + 1);
	must(event.data != NULL, "no memory");
	memcpy(event.data, data, len);
	note(event, name);
}

bool
disk_synced(const char *name, size_t first)
{
	bool written = false, synced = false;

	for (size_t i = first; i < event_count; i++) {
		if (strcmp(events[i].name, name) != 0)
			continue;
		if (events[i].kind == WRITTEN || events[i].kind == CUT) {
			written = true;
			synced = false;
		} else if (events[i].kind == SYNCED)
			synced = true;
	}
	return written && synced;
}

/* --- the calls -------------------------------------------------------------- */

/* libc's own; asked for by name, since ours hides it. */
#define REAL(type, symbol, ...)                                                                    \
	static type (*real)(__VA_ARGS__);                                                          \
	if (real == NULL) {                                                                        \
		void *found = dlsym(RTLD_NEXT, symbol);                                            \
		memcpy(&real, &found, sizeof(real));                                               \
	}

/* Under names of their own here, so that libc's headers do not mind. */
int disk_open(const char *path, int flags, ...) __asm__("open");
int disk_open64(const char *path, int flags, ...) __asm__("open64");
ssize_t disk_write(int fd, const void *data, size_t len) __asm__("write");
ssize_t disk_pwrite(int fd, const void *data, size_t len, off_t at) __asm__("pwrite64");
int disk_fsync(int fd) __asm__("fsync");
int disk_fdatasync(int fd) __asm__("fdatasync");
int disk_ftruncate(int fd, off_t len) __asm__("ftruncate64");
int disk_unlink(const char *path) __asm__("unlink");
int disk_rename(const char *from, const char *to) __asm__("rename");
long disk_syscall(long number, ...) __asm__("syscall");

/* Opening counts where it makes or empties a file. */
static int
open_counted(const char *path, int flags, mode_t mode, int (*real)(const char *, int, ...))
{
	char name[NAME_LEN];
	bool there = access(path, F_OK) == 0;
	int fd;

	if (!name_of(path, name) || (flags & (O_CREAT | O_TRUNC)) == 0 ||
	    (there && (flags & O_TRUNC) == 0))
		return real(path, flags, mode);
	if (strikes())
		return strike();
	fd = real(path, flags, mode);
	if (fd >= 0)
		note((struct event){ .kind = there ? CUT : MADE }, name);
	return fd;
}

static mode_t
mode_given(int flags, va_list rest)
{
	return (flags & O_CREAT) != 0 ? (mode_t)va_arg(rest, int) : 0;
}

int
disk_open(const char *path, int flags, ...)
{
	REAL(int, "open", const char *, int, ...)
	va_list rest;
	mode_t mode;

	va_start(rest, flags);
	mode = mode_given(flags, rest);
	va_end(rest);
	return open_counted(path, flags, mode, real);
}

int
disk_open64(const char *path, int flags, ...)
{
	REAL(int, "open64", const char *, int, ...)
	va_list rest;
	mode_t mode;

	va_start(rest, flags);
	mode = mode_given(flags, rest);
	va_end(rest);
	return open_counted(path, flags, mode, real);
}

ssize_t
disk_write(int fd, const void *data, size_t len)
{
	REAL(ssize_t, "write", int, const void *, size_t)
	char name[NAME_LEN];
	ssize_t written;

	if (!name_of_fd(fd, name))
		return real(fd, data, len);
	if (strikes()) {
		/* Half of it is there all the same. */
		if (len > 1)
			(void)!real(fd, data, len / 2);
		return strike();
	}
	written = real(fd, data, len);
	if (written > 0)
		note_write(name, data, (size_t)written, lseek(fd, 0, SEEK_CUR) - written);
	return written;
}

ssize_t
disk_pwrite(int fd, const void *data, size_t len, off_t at)
{
	REAL(ssize_t, "pwrite64", int, const void *, size_t, off_t)
	char name[NAME_LEN];
	ssize_t written;

	if (!name_of_fd(fd, name))
		return real(fd, data, len, at);
	if (strikes()) {
		if (len > 1)
			(void)!real(fd, data, len / 2, at);
		return strike();
	}
	written = real(fd, data, len, at);
	if (written > 0)
		note_write(name, data, (size_t)written, at);
	return written;
}

static int
sync_counted(int fd, int (*real)(int))
{
	char name[NAME_LEN];
	int result;

	if (!name_of_fd(fd, name))
		return real(fd);
	if (strikes())
		return strike();
	result = real(fd);
	if (result == 0)
		note((struct event){ .kind = name[0] == '\0' ? NAMES_SYNCED : SYNCED }, name);
	return result;
}

int
disk_fsync(int fd)
{
	REAL(int, "fsync", int)

	return sync_counted(fd, real);
}

int
disk_fdatasync(int fd)
{
	REAL(int, "fdatasync", int)

	return sync_counted(fd, real);
}

int
disk_ftruncate(int fd, off_t len)
{
	REAL(int, "ftruncate64", int, off_t)
	char name[NAME_LEN];
	int result;

	if (!name_of_fd(fd, name))
		return real(fd, len);
	if (strikes())
		return strike();
	result = real(fd, len);
	if (result == 0)
		note((struct event){ .kind = CUT, .at = len }, name);
	return result;
}

int
disk_unlink(const char *path)
{
	REAL(int, "unlink", const char *)
	char name[NAME_LEN];
	int result;

	if (!name_of(path, name) || access(path, F_OK) != 0)
		return real(path);
	if (strikes())
		return strike();
	result = real(path);
	if (result == 0)
		note((struct event){ .kind = UNLINKED }, name);
	return result;
}

static void
note_rename(const char *name, const char *to)
{
	struct event event = { .kind = RENAMED };

	if (name_of(to, event.to))
		note(event, name);
}

int
disk_rename(const char *from, const char *to)
{
	REAL(int, "rename", const char *, const char *)
	char name[NAME_LEN];
	int result;

	if (!name_of(from, name))
		return real(from, to);
	if (strikes())
		return strike();
	result = real(from, to);
	if (result == 0)
		note_rename(name, to);
	return result;
}

/* What libc had no function for when the module was built; libcrypto comes here for random bytes.
 */
long
disk_syscall(long number, ...)
{
	REAL(long, "syscall", long, ...)
	char name[NAME_LEN];
	long a[6], result;
	va_list rest;

	va_start(rest, number);
	for (size_t i = 0; i < COUNT_OF(a); i++)
		a[i] = va_arg(rest, long);
	va_end(rest);
	if (number != SYS_renameat2 || !name_of((const char *)a[1], name))
		return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
	if (strikes())
		return strike();
	result = real(number, a[0], a[1], a[2], a[3], a[4]);
	if (result == 0)
		note_rename(name, (const char *)a[3]);
	return result;
}

/* --- after a power cut ------------------------------------------------------ */

static void
content_copy(struct content *to, const struct content *from)
{
	to->data = realloc(to->data, from->len + 1);
	must(to->data != NULL, "no memory");
	if (from->len > 0)
		memcpy(to->data, from->data, from->len);
	to->len = from->len;
}

static void
content_size(struct content *content, size_t len)
{
	content->data = realloc(content->data, len + 1);
	must(content->data != NULL, "no memory");
	if (len > content->len)
		memset(content->data + content->len, 0, len - content->len);
	content->len = len;
}

static void
content_write(struct content *content, const unsigned char *data, size_t len, size_t at)
{
	if (at + len > content->len)
		content_size(content, at + len);
	memcpy(content->data + at, data, len);
}

static void
content_read(struct content *content, const char *path)
{
	struct stat found;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	must(fd >= 0 && fstat(fd, &found) == 0, path);
	content_size(content, (size_t)found.st_size);
	must(read(fd, content->data, content->len) == (ssize_t)content->len, path);
	close(fd);
}

static void
content_put(const struct content *content, const char *folder, const char *name)
{
	char path[PATH_MAX];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	must(fd >= 0, path);
	must(write(fd, content->data, content->len) == (ssize_t)content->len, path);
	close(fd);
}

void
disk_record(void)
{
	DIR *folder = opendir(watched);
	const struct dirent *entry;

	must(folder != NULL, watched);
	for (size_t i = 0; i < event_count; i++)
		free(events[i].data);
	event_count = base_count = 0;
	while ((entry = readdir(folder)) != NULL) {
		char path[2 * PATH_MAX];

		if (entry->d_name[0] == '.')
			continue;
		must(base_count < FILES, "too many files");
		snprintf(path, sizeof(path), "%s/%s", watched, entry->d_name);
		snprintf(base[base_count].name, NAME_LEN, "%.63s", entry->d_name);
		content_read(&base[base_count++].content, path);
	}
	closedir(folder);
	recording = true;
}

/* A disk: files by number, and two lists of names, that in memory and that which is safe. */
struct disk {
	struct file {
		struct content now, safe;
		size_t unsynced; /* the first event that no sync has covered */
	} files[FILES];
	size_t count;
	struct names {
		struct {
			char name[NAME_LEN];
			size_t file;
		} list[FILES];
		size_t count;
	} now, safe;
	size_t names_unsynced;
};

static size_t
names_find(const struct names *names, const char *name)
{
	size_t i = 0;

	while (i < names->count && strcmp(names->list[i].name, name) != 0)
		i++;
	return i;
}

static void
names_remove(struct names *names, const char *name)
{
	size_t at = names_find(names, name);

	if (at < names->count)
		names->list[at] = names->list[--names->count];
}

static void
names_set(struct names *names, const char *name, size_t file)
{
	names_remove(names, name);
	must(names->count < FILES, "too many names");
	snprintf(names->list[names->count].name, NAME_LEN, "%s", name);
	names->list[names->count++].file = file;
}

/* A file that is made gets the number that `made` tells of. */
static void
names_apply(struct names *names, const struct event *event, size_t made)
{
	size_t at = names_find(names, event->name);

	if (event->kind == MADE)
		names_set(names, event->name, made);
	else if (event->kind == UNLINKED)
		names_remove(names, event->name);
	else if (event->kind == RENAMED && at < names->count) {
		size_t file = names->list[at].file;

		names_remove(names, event->name);
		names_set(names, event->to, file);
	}
}

static void
content_apply(struct content *content, const struct event *event)
{
	if (event->kind == WRITTEN)
		content_write(content, event->data, event->len, (size_t)event->at);
	else if (event->kind == CUT)
		content_size(content, (size_t)event->at);
}

#define SECTOR 512
/* Some of a write's sectors. */
static void
content_apply_some(struct content *content, const struct event *event, unsigned *seed)
{
	if (event->kind == CUT && rand_r(seed) % 2 == 0)
		content_size(content, (size_t)event->at);
	if (event->kind != WRITTEN)
		return;
	for (size_t done = 0; done < event->len;) {
		size_t at = (size_t)event->at + done, len = SECTOR - at % SECTOR;

		if (len > event->len - done)
			len = event->len - done;
		if (rand_r(seed) % 2 == 0)
			content_write(content, event->data + done, len, at);
		done += len;
	}
}

static void
disk_apply(struct disk *disk, const struct event *event, size_t number)
{
	size_t at = names_find(&disk->now, event->name);
	struct file *file = at < disk->now.count ? &disk->files[disk->now.list[at].file] : NULL;

	if (event->kind == NAMES_SYNCED) {
		disk->safe = disk->now;
		disk->names_unsynced = number + 1;
	} else if (event->kind == SYNCED && file != NULL) {
		content_copy(&file->safe, &file->now);
		file->unsynced = number + 1;
	} else if (event->kind == WRITTEN || event->kind == CUT) {
		must(file != NULL, "a file without a name was written");
		content_apply(&file->now, event);
	} else {
		must(disk->count < FILES, "too many files");
		names_apply(&disk->now, event, disk->count);
		disk->count += event->kind == MADE;
	}
}

static void
disk_begin(struct disk *disk)
{
	memset(disk, 0, sizeof(*disk));
	for (size_t i = 0; i < base_count; i++) {
		content_copy(&disk->files[i].now, &base[i].content);
		content_copy(&disk->files[i].safe, &base[i].content);
		names_set(&disk->now, base[i].name, i);
	}
	disk->safe = disk->now;
	disk->count = base_count;
}

/*
 * Writes of which some may be lost: played again over what is safe, as if each
 * came to the disk or did not.  Which file an event was about is found by playing
 * the names along.
 */
static void
lose_some(struct disk *disk, size_t count, unsigned *seed)
{
	size_t pending = 0, kept, made = base_count;
	struct names names = { 0 }, safe = disk->safe;

	for (size_t i = 0; i < base_count; i++)
		names_set(&names, base[i].name, i);
	for (size_t i = disk->names_unsynced; i < count; i++)
		pending += events[i].kind == MADE || events[i].kind == UNLINKED ||
		    events[i].kind == RENAMED;
	kept = (size_t)rand_r(seed) % (pending + 1);
	for (size_t i = 0; i < count; i++) {
		const struct event *event = &events[i];
		size_t at = names_find(&names, event->name);
		bool of_names =
		    event->kind == MADE || event->kind == UNLINKED || event->kind == RENAMED;

		if (of_names) {
			names_apply(&names, event, made);
			if (i >= disk->names_unsynced && kept > 0) {
				names_apply(&safe, event, made);
				kept--;
			}
			made += event->kind == MADE;
		} else if (at < names.count && i >= disk->files[names.list[at].file].unsynced)
			content_apply_some(&disk->files[names.list[at].file].safe, event, seed);
	}
	disk->safe = safe;
}

void
disk_image(size_t count, enum loss loss, unsigned *seed, const char *into)
{
	static struct disk disk;
	bool were_recording = recording;
	const struct names *names;

	recording = false;
	disk_begin(&disk);
	for (size_t i = 0; i < count; i++)
		disk_apply(&disk, &events[i], i);
	if (loss == LOST_SOME)
		lose_some(&disk, count, seed);
	names = loss == LOST_NOTHING ? &disk.now : &disk.safe;
	for (size_t i = 0; i < names->count; i++) {
		const struct file *file = &disk.files[names->list[i].file];

		content_put(
		    loss == LOST_NOTHING ? &file->now : &file->safe, into, names->list[i].name);
	}
	for (size_t i = 0; i < FILES; i++) {
		free(disk.files[i].now.data);
		free(disk.files[i].safe.data);
	}
	recording = were_recording;
}
