/* SPDX-License-Identifier: Apache-2.0 */
/* Loading SQLite's library.  It must not know what is done with it. */
#define _GNU_SOURCE /* RTLD_DEEPBIND, memfd_create */
#include "store/sqlite.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <unistd.h>

#include "token/base/log.h"

#define LIBRARY "libsqlite3.so.0"

_Atomic(const struct sqlite *) sqlite_loaded;

/* The file that a loaded library came from, in memory.  -1: errno says why not. */
static int
file_copy(const char *path)
{
	int from = open(path, O_RDONLY | O_CLOEXEC);
	int to = from < 0 ? -1 : memfd_create(LIBRARY, MFD_CLOEXEC);
	ssize_t moved = to < 0 ? -1 : 1;
	int saved;

	while (moved > 0)
		moved = sendfile(to, from, NULL, INT_MAX);
	saved = errno;
	if (from >= 0)
		close(from);
	if (moved < 0 && to >= 0)
		close(to);
	errno = saved;
	return moved < 0 ? -1 : to;
}

/*
 * Of a library whose calls of itself are another's another one: the linker loads no file
 * twice.  So it is with Firefox where NSS is the system's, which loads SQLite first.
 */
static void *
library_again(void *library)
{
	struct link_map *map;
	void *again = NULL;
	char path[64];
	int file;

	if (dlinfo(library, RTLD_DI_LINKMAP, &map) != 0)
		return NULL;
	file = file_copy(map->l_name);
	if (file < 0) {
		log_error("%s was loaded before by somebody who let it mix with another SQLite, "
			  "and cannot be copied: %m",
		    LIBRARY);
		return NULL;
	}
	/* By this process's number: a name that no other library is known by. */
	snprintf(path, sizeof(path), "/proc/%d/fd/%d", (int)getpid(), file);
	again = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND);
	if (again == NULL)
		log_error("a copy of SQLite cannot be loaded: %s", dlerror());
	close(file);
	return again;
}

/* The library, alone in its calls of itself. */
static void *
library_open(void)
{
	void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL | RTLD_NOLOAD);
	const void *hosts = dlsym(RTLD_DEFAULT, "sqlite3_open_v2");
	int flags = RTLD_NOW | RTLD_LOCAL;

	if (library != NULL && hosts != NULL && hosts != dlsym(library, "sqlite3_open_v2"))
		return library_again(library);
	/*
	 * Where the host has another, what the library calls of itself would be the other's.
	 * Only there: what stands between it and the C library, as a sanitizer does, stays.
	 */
	if (library == NULL) {
		library = dlopen(LIBRARY, flags | (hosts != NULL ? RTLD_DEEPBIND : 0));
		if (library == NULL)
			log_error("SQLite cannot be loaded: %s", dlerror());
	}
	return library;
}

static bool
look_up(void *library, const char *name, void *function)
{
	void *symbol = dlsym(library, name);

	if (symbol == NULL)
		log_error("%s has no %s", LIBRARY, name);
	memcpy(function, &symbol, sizeof(symbol));
	return symbol != NULL;
}

enum store_status
sqlite_load(void)
{
	const struct sqlite *known = atomic_load_explicit(&sqlite_loaded, memory_order_acquire);
	struct sqlite *fresh;
	void *library;

	if (known != NULL)
		return STORE_OK;
	errno = 0;
	library = library_open();
	if (library == NULL)
		return errno == ENOMEM ? STORE_NO_MEMORY : STORE_IO;
	fresh = calloc(1, sizeof(*fresh));
	if (fresh == NULL)
		return STORE_NO_MEMORY;
#define LOOK_UP(name) &&look_up(library, #name, &fresh->name)
	if (!(true SQLITE_FUNCTIONS(LOOK_UP))) {
#undef LOOK_UP
		free(fresh);
		return STORE_IO;
	}
	/* Of threads that come at once the first keeps its own; see libctx(). */
	if (!atomic_compare_exchange_strong(&sqlite_loaded, &known, fresh))
		free(fresh);
	return STORE_OK;
}
