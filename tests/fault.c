/* SPDX-License-Identifier: Apache-2.0 */
/* Memory that is not there, and the counts: see fault.h. */
#include "tests/fault.h"

#include <dlfcn.h>
#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <sys/mman.h>

#include <openssl/err.h>
#include <sqlite3.h>

const char *const fault_names[FAULTS] = { "an allocation", "a call of libcrypto",
	"a call of SQLite (memory)", "a call of SQLite (disk)" };

int fault_sqlite_code;

static enum fault failing = FAULTS; /* none */
static unsigned calls, fail_at;
static bool fail_on, struck;

void
fault_begin(enum fault kind, unsigned n, bool on)
{
	calls = 0;
	fail_at = n;
	fail_on = on;
	struck = false;
	fault_sqlite_code = kind == FAULT_SQLITE_IO ? SQLITE_IOERR : SQLITE_NOMEM;
	failing = kind;
}

bool
fault_end(void)
{
	failing = FAULTS;
	return struck;
}

bool
fault_waiting(void)
{
	return failing != FAULTS && failing != FAULT_MEMORY;
}

static bool
strikes(enum fault kind)
{
	if (failing != kind)
		return false;
	calls++;
	if (calls != fail_at && !(fail_on && calls > fail_at))
		return false;
	struck = true;
	return true;
}

bool
fault_strikes_crypto(void)
{
	if (!strikes(FAULT_CRYPTO))
		return false;
	ERR_raise(ERR_LIB_CRYPTO, ERR_R_MALLOC_FAILURE);
	return true;
}

bool
fault_strikes_sqlite(void)
{
	return strikes(FAULT_SQLITE_MEMORY) || strikes(FAULT_SQLITE_IO);
}

static bool
no_memory(void)
{
	if (!strikes(FAULT_MEMORY))
		return false;
	errno = ENOMEM;
	return true;
}

/* The next in the program's order: libc's, or a sanitizer's. */
#define REAL(name)                                                                                 \
	static __typeof__(&(name)) real;                                                           \
	if (real == NULL)                                                                          \
	real = (__typeof__(real))dlsym(RTLD_NEXT, #name)

void *
malloc(size_t size)
{
	REAL(malloc);
	return no_memory() ? NULL : real(size);
}

void *
calloc(size_t count, size_t size)
{
	REAL(calloc);
	return no_memory() ? NULL : real(count, size);
}

void *
realloc(void *block, size_t size)
{
	REAL(realloc);
	return no_memory() ? NULL : real(block, size);
}

void *
reallocarray(void *block, size_t count, size_t size)
{
	REAL(reallocarray);
	return no_memory() ? NULL : real(block, count, size);
}

int
posix_memalign(void **block, size_t alignment, size_t size)
{
	REAL(posix_memalign);
	return no_memory() ? ENOMEM : real(block, alignment, size);
}

void *
aligned_alloc(size_t alignment, size_t size)
{
	REAL(aligned_alloc);
	return no_memory() ? NULL : real(alignment, size);
}

void *
mmap(void *at, size_t len, int protection, int flags, int fd, off_t offset)
{
	REAL(mmap);
	return no_memory() ? MAP_FAILED : real(at, len, protection, flags, fd, offset);
}
