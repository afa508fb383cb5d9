/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for telling file systems of this machine from those of others.  It must
 * not know what is kept there.
 */
#include <limits.h>
#include <linux/magic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>

#include "store/file.h"

/* --- in the kernel ----------------------------------------------------------------- */

static const unsigned long remote_types[] = {
	NFS_SUPER_MAGIC, SMB_SUPER_MAGIC, 0xff534d42, /* CIFS */
	0xfe534d42,                                   /* SMB2 and 3 */
	AFS_SUPER_MAGIC, AFS_FS_MAGIC, CODA_SUPER_MAGIC,
	V9FS_MAGIC, /* also folders of the host machine in a virtual one */
	0x00c36400, /* Ceph */
	0x0bd00bd0, /* Lustre */
	0x786f4256, /* VirtualBox shared folders */
};

/* --- in a process ------------------------------------------------------------------ */

/* Of file systems that a process makes the kernel knows one type; only the mount tells more. */
#define FUSE_SUPER_MAGIC 0x65735546

/* Those that lie elsewhere.  Others (gocryptfs, mergerfs, NTFS) keep locks like a disk's. */
static const char *const remote_names[] = { "fuse.sshfs", "fuse.rclone", "fuse.s3fs",
	"fuse.glusterfs", "fuse.ceph", "fuse.ceph-fuse", "fuse.curlftpfs", "fuse.gvfsd-fuse",
	"fuse.kio-fuse", "fuse.juicefs", "fuse.mfs", "fuse.seaweedfs" };

/*
 * Of a line of /proc/self/mountinfo (proc(5)), whose first fields are numbers and which has,
 * behind a hyphen, the type and where it comes from: is it this device, and elsewhere?
 */
static bool
line_is_remote(const char *line, dev_t device)
{
	char type[64], source[16];
	unsigned major, minor;
	const char *rest = strstr(line, " - ");

	if (rest == NULL || sscanf(line, "%*u %*u %u:%u", &major, &minor) != 2 ||
	    makedev(major, minor) != device || sscanf(rest, " - %63s %15s", type, source) != 2)
		return false;
	for (size_t i = 0; i < COUNT_OF(remote_names); i++)
		if (strcmp(type, remote_names[i]) == 0)
			return true;
	/* WebDAV has a type without a name, and an address. */
	return strcmp(type, "fuse") == 0 && strncmp(source, "http", 4) == 0;
}

static bool
mount_is_remote(const char *folder)
{
	bool remote = false;
	char line[4 * PATH_MAX]; /* what is cut off are options; a rest of them is no line */
	struct stat found;
	FILE *mounts;

	if (stat(folder, &found) != 0)
		return false;
	mounts = fopen("/proc/self/mountinfo", "re");
	if (mounts == NULL)
		return false;
	while (!remote && fgets(line, sizeof(line), mounts) != NULL)
		remote = line_is_remote(line, found.st_dev);
	fclose(mounts);
	return remote;
}

bool
folder_is_remote(const char *folder)
{
	struct statfs found;

	if (statfs(folder, &found) != 0)
		return false;
	for (size_t i = 0; i < COUNT_OF(remote_types); i++)
		if ((unsigned long)found.f_type == remote_types[i])
			return true;
	return found.f_type == FUSE_SUPER_MAGIC && mount_is_remote(folder);
}
