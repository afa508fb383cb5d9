/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a PIN from where the configuration says.  It must not know whose PIN that is. */
#define _GNU_SOURCE
#include "token/pinsource.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "token/base/fd.h"
#include "token/base/gate.h"
#include "token/base/log.h"
#include "token/config.h"

#define FILE_PREFIX "file:"
#define CREDENTIAL_PREFIX "credential:"
#define DESCRIPTOR_PREFIX "fd:"

/* What follows the prefix, or NULL. */
static const char *
after(const char *source, const char *prefix)
{
	size_t len = strlen(prefix);

	return strncmp(source, prefix, len) == 0 ? source + len : NULL;
}

bool
pinsource_possible(const char *source)
{
	const char *path = after(source, FILE_PREFIX);
	const char *credential = after(source, CREDENTIAL_PREFIX);
	const char *descriptor = after(source, DESCRIPTOR_PREFIX);

	if (path != NULL)
		return path[0] == '/';
	if (credential != NULL)
		return credential[0] != '\0' && credential[0] != '.' &&
		    strchr(credential, '/') == NULL;
	return descriptor != NULL && descriptor[0] != '\0';
}

static void
descriptor_close(const int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

/*
 * Ours, and nobody else's to read; root's, and its group's at most: how systemd gives
 * credentials, whose access list shows as the group's right.
 */
static bool
confidential(const struct stat *found, const char *path)
{
	const uid_t us = geteuid();
	const mode_t forbidden = found->st_uid == 0 ? S_IRWXO | S_IWGRP : S_IRWXO | S_IRWXG;

	if (found->st_uid != us && found->st_uid != 0) {
		log_error("%s belongs to another user; no PIN is taken from it", path);
		return false;
	}
	if ((found->st_mode & forbidden) != 0) {
		log_error("%s is open to others (chmod go=); no PIN is taken from it", path);
		return false;
	}
	return true;
}

/* One read; a pipe, which has no place to read from, gives what comes next, and may keep us waiting
 * for it. */
static ssize_t
read_at(int fd, unsigned char *to, size_t room, size_t offset)
{
	ssize_t len;

	do {
		len = pread(fd, to, room, (off_t)offset);
		if (len < 0 && errno == ESPIPE) {
			gate_pause();
			len = read(fd, to, room);
			gate_resume();
		}
	} while (len < 0 && errno == EINTR);
	return len;
}

static CK_RV
descriptor_read(int fd, const char *source, struct secret *pin)
{
	RELEASED(secret_clear) struct secret room = { 0 };
	size_t len = 0;
	ssize_t more;

	if (!secret_alloc(&room, PIN_MOST + 2))
		return CKR_HOST_MEMORY;
	do {
		more = read_at(fd, room.data + len, room.len - len, len);
		len += more > 0 ? (size_t)more : 0;
	} while (more > 0 && len < room.len);
	if (more < 0) {
		log_error("cannot read a PIN from %s: %m", source);
		return CKR_FUNCTION_FAILED;
	}
	if (len > 0 && room.data[len - 1] == '\n')
		len--;
	if (len == 0 || len > PIN_MOST) {
		log_error("%s has no PIN of 1 to %d bytes", source, PIN_MOST);
		return CKR_FUNCTION_FAILED;
	}
	secret_keep_leading(&room, len);
	secret_move(pin, &room);
	return CKR_OK;
}

static CK_RV
file_read(const char *path, struct secret *pin)
{
	RELEASED(descriptor_close)
	int fd = fd_beyond(open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
	struct stat found;

	if (fd < 0 || fstat(fd, &found) != 0) {
		log_error("cannot read a PIN from %s: %m", path);
		return CKR_FUNCTION_FAILED;
	}
	if (!S_ISREG(found.st_mode)) {
		log_error("%s is not a file; no PIN is taken from it", path);
		return CKR_FUNCTION_FAILED;
	}
	return confidential(&found, path) ? descriptor_read(fd, path, pin) : CKR_FUNCTION_FAILED;
}

static CK_RV
credential_read(const char *name, struct secret *pin)
{
	const char *folder = secure_getenv("CREDENTIALS_DIRECTORY");
	RELEASED(pointer_release) char *path = NULL;

	if (folder == NULL || folder[0] != '/') {
		log_error("there is no $CREDENTIALS_DIRECTORY with a PIN as %s", name);
		return CKR_FUNCTION_FAILED;
	}
	path = text_print("%s/%s", folder, name);
	if (path == NULL)
		return CKR_HOST_MEMORY;
	return file_read(path, pin);
}

/* The number itself, or the one in the variable of that name.  -1: none. */
static int
descriptor_number(const char *name)
{
	const char *digits = name[0] >= '0' && name[0] <= '9' ? name : secure_getenv(name);
	unsigned long number;
	char *end;

	if (digits == NULL || digits[0] < '0' || digits[0] > '9')
		return -1;
	errno = 0;
	number = strtoul(digits, &end, 10);
	return errno == 0 && *end == '\0' && number <= INT_MAX ? (int)number : -1;
}

CK_RV
pinsource_read(const char *source, struct secret *pin)
{
	const char *name = after(source, FILE_PREFIX);
	int fd;

	if (name != NULL)
		return file_read(name, pin);
	name = after(source, CREDENTIAL_PREFIX);
	if (name != NULL)
		return credential_read(name, pin);
	fd = descriptor_number(source + strlen(DESCRIPTOR_PREFIX));
	if (fd < 0) {
		log_error("%s names no descriptor", source);
		return CKR_FUNCTION_FAILED;
	}
	return descriptor_read(fd, source, pin);
}
