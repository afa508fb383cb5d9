/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps our descriptors and the host's standard channels apart. */
#include "token/base/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/vfs.h>
#include <unistd.h>

int
fd_beyond(int fd)
{
	int beyond, kept;

	if (fd < 0 || fd > STDERR_FILENO)
		return fd;
	beyond = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	kept = errno;
	close(fd);
	errno = kept;
	return beyond;
}

bool
fd_in_memory(int fd)
{
	struct statfs found;

	return fstatfs(fd, &found) == 0 &&
	    (found.f_type == TMPFS_MAGIC || found.f_type == RAMFS_MAGIC);
}
