/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/files.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static char *
path_next(void)
{
	static char paths[8][512];
	static unsigned turn;

	return paths[turn++ % COUNT_OF(paths)];
}

const char *
token_file(CK_SLOT_ID slot, const char *suffix)
{
	char *path = path_next();

	snprintf(path, 512, "%s/%lu%s", getenv("HANDFAST_STORE"), slot, suffix);
	return path;
}

const char *
source_file(const char *name)
{
	const char *source = getenv("srcdir");
	char *path = path_next();

	snprintf(path, 512, "%s/tests/%s", source != NULL ? source : ".", name);
	return path;
}

struct view
file_read(const char *path)
{
	struct stat found;
	unsigned char *data;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	check(fd >= 0 && fstat(fd, &found) == 0);
	data = scratch((size_t)found.st_size + 1);
	check(read(fd, data, (size_t)found.st_size) == found.st_size);
	close(fd);
	return view_of(data, (size_t)found.st_size);
}

static void
write_all(int fd, struct view bytes)
{
	check(fd >= 0 && write(fd, bytes.data, bytes.len) == (ssize_t)bytes.len);
	close(fd);
}

void
file_put(const char *path, struct view bytes)
{
	(void)unlink(path);
	write_all(open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600), bytes);
	check(chmod(path, 0600) == 0);
}

void
file_overwrite(const char *path, struct view bytes)
{
	write_all(open(path, O_WRONLY | O_TRUNC | O_CLOEXEC), bytes);
}

bool
file_there(const char *path)
{
	return access(path, F_OK) == 0;
}

bool
file_is(const char *path, struct view bytes)
{
	struct view found = file_read(path);

	return found.len == bytes.len && memcmp(found.data, bytes.data, bytes.len) == 0;
}
