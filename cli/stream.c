/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading and writing whole files.  Must not know what is in them.
 */
#include "cli/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define CONTENT_MOST (1024 * 1024)
#define FIRST 4096

static bool
is_standard(const char *path)
{
	return strcmp(path, "-") == 0;
}

static enum outcome
grow(struct secret *content)
{
	struct secret larger = { 0 };

	if (!secret_alloc(&larger, content->len == 0 ? FIRST : 2 * content->len))
		return fail_memory();
	if (content->len > 0)
		memcpy(larger.data, content->data, content->len);
	secret_move(content, &larger);
	return DONE;
}

static enum outcome
read_all(int fd, const char *path, struct secret *content)
{
	size_t len = 0;
	ssize_t got;

	for (;;) {
		if (len == content->len)
			TRY(grow(content));
		got = read(fd, content->data + len, content->len - len);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return fail_errno(errno, NULL, "cannot read %s", path);
		if (got == 0)
			break;
		len += (size_t)got;
		if (len > CONTENT_MOST)
			return fail(MISUSED, NULL, "%s is longer than a mebibyte", path);
	}
	if (len == 0)
		return fail(MISUSED, NULL, "%s is empty", path);
	secret_keep_leading(content, len);
	return DONE;
}

enum outcome
stream_read(const char *path, struct secret *content)
{
	enum outcome outcome;
	int fd;

	if (is_standard(path))
		return read_all(STDIN_FILENO, "the standard input", content);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return fail_errno(errno, NULL, "cannot open %s", path);
	outcome = read_all(fd, path, content);
	close(fd);
	return outcome;
}

static bool
write_all(int fd, struct view content)
{
	while (content.len > 0) {
		ssize_t put = write(fd, content.data, content.len);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return false;
		content = view_of(content.data + put, content.len - (size_t)put);
	}
	return true;
}

enum outcome
stream_write(const char *path, bool open_to_all, struct view content)
{
	mode_t mode = open_to_all ? 0666 : 0600;
	int fd, error;
	bool done;

	if (is_standard(path))
		return write_all(STDOUT_FILENO, content)
		    ? DONE
		    : fail_errno(errno, NULL, "cannot write the output");
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, mode);
	if (fd < 0)
		return fail_errno(errno, "another file", "cannot make %s", path);
	done = write_all(fd, content);
	error = errno;
	if (close(fd) == 0 && done)
		return DONE;
	(void)unlink(path);
	return fail_errno(done ? errno : error, NULL, "cannot write %s", path);
}
