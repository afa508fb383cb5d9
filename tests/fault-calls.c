/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A function of this program's own for each of libcrypto and SQLite that the module
 * calls, made from the module's undefined symbols.  They know nothing of their
 * arguments and hand on as many words as any of them takes, so that no list has to
 * be kept up with the module; none takes or returns a floating point number.
 */
#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>

#include "tests/client.h"
#include "tests/fault.h"

typedef uintptr_t (*function)(uintptr_t, ...);

/* The next in the program's order. */
static void
look_up(function *known, const char *name)
{
	if (*known == NULL)
		*known = (function)(uintptr_t)dlsym(RTLD_NEXT, name);
	if (*known == NULL)
		abort();
}

/*
 * The libraries' calls of their own functions come here as well.  They are their
 * affair: some are of functions that cannot fail in that place.
 */
static bool
from_module(const void *caller)
{
	static const void *module;
	Dl_info there;

	if (!fault_waiting())
		return false;
	if (module == NULL && dladdr((const void *)(uintptr_t)p11->C_Initialize, &there) != 0)
		module = there.dli_fbase;
	return dladdr(caller, &there) != 0 && there.dli_fbase == module;
}

#define WORDS(word) word a, word b, word c, word d, word e, word f, word g, word h, word i, word j
#define CALL(name, strikes, failed)                                                                \
	uintptr_t name(WORDS(uintptr_t));                                                          \
	uintptr_t name(WORDS(uintptr_t))                                                           \
	{                                                                                          \
		static function real;                                                              \
		if (from_module(__builtin_return_address(0)) && (strikes))                         \
			return (uintptr_t)(intptr_t)(failed);                                      \
		look_up(&real, #name);                                                             \
		return real(a, b, c, d, e, f, g, h, i, j);                                         \
	}
#define CRYPTO(name, failed) CALL(name, fault_strikes_crypto(), failed)
#define SQLITE(name, failed) CALL(name, fault_strikes_sqlite(), failed)

#include "tests/imports.inc"
