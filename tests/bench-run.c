/* SPDX-License-Identifier: Apache-2.0 */
/* The floor under the benchmark programs. */
#include "tests/bench-run.h"

#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static char folder[] = "/tmp/handfast-bench-XXXXXX";
/* The process that made it, and so removes it. */
static pid_t maker;

/* --- the temporary folder -------------------------------------------------------------- */

static int
remove_entry(const char *path, const struct stat *status, int flag, struct FTW *place)
{
	(void)status;
	(void)flag;
	(void)place;
	return remove(path);
}

void
folder_remove(void)
{
	if (getpid() == maker)
		(void)nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

const char *
folder_path(void)
{
	return folder;
}

void
die(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	folder_remove();
	_exit(EXIT_FAILURE);
}

void
folder_set(const char *variable, const char *name, bool make)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	if ((make && mkdir(path, 0700) != 0) || setenv(variable, path, 1) != 0)
		die("cannot make %s", path);
}

void
folder_make(void)
{
	char path[256];
	FILE *file;

	if (mkdtemp(folder) == NULL)
		die("cannot make a temporary folder");
	maker = getpid();
	folder_set("HOME", "home", true);
	folder_set("XDG_CONFIG_HOME", "config", true);
	folder_set("XDG_DATA_HOME", "data", true);
	unsetenv("HANDFAST_CONF");
	unsetenv("HANDFAST_STORE");
	/* SoftHSM wants a file that names a folder. */
	folder_set("SOFTHSM2_CONF", "softhsm2.conf", false);
	snprintf(path, sizeof(path), "%s/softhsm2", folder);
	file = fopen(getenv("SOFTHSM2_CONF"), "w");
	if (file == NULL || mkdir(path, 0700) != 0)
		die("cannot write %s", getenv("SOFTHSM2_CONF"));
	fprintf(file, "directories.tokendir = %s\nlog.level = ERROR\n", path);
	fclose(file);
}

/* --- measuring ---------------------------------------------------------------------------- */

double
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static int
order(const void *a, const void *b)
{
	double left, right;

	memcpy(&left, a, sizeof(left));
	memcpy(&right, b, sizeof(right));
	return (left > right) - (left < right);
}

double
median(double *values, size_t count)
{
	qsort(values, count, sizeof(*values), order);
	return count == 0 ? 0 : values[count / 2];
}
