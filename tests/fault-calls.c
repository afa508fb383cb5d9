/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A function of this program's own for each of libcrypto and SQLite that the module or
 * the command calls, made from their undefined symbols.  They know nothing of their
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

static const void *
base_of(const void *address)
{
	Dl_info there;

	return dladdr(address, &there) != 0 ? there.dli_fbase : NULL;
}

/*
 * The libraries' calls of their own functions come here as well.  They are their
 * affair: some are of functions that cannot fail in that place.  This program itself
 * calls for the store that is linked to it.
 */
static bool
from_us(const void *caller)
{
	static const void *module, *program;
	static struct place {
		const void *caller;
		bool ours;
	} known[256];
	struct place *place;

	if (!fault_waiting())
		return false;
	if (module == NULL)
		module = base_of((const void *)(uintptr_t)p11->C_Initialize);
	if (program == NULL)
		program = base_of((const void *)(uintptr_t)from_us);
	/* A search for primes asks for the same few places a hundred thousand times. */
	place = &known[(uintptr_t)caller >> 2 & (COUNT_OF(known) - 1)];
	if (place->caller != caller) {
		const void *base = base_of(caller);

		place->caller = caller;
		place->ours = base == module || base == program;
	}
	return place->ours;
}

#define WORDS(word) word a, word b, word c, word d, word e, word f, word g, word h, word i, word j
#define CALL(name, strikes, failed)                                                                \
	uintptr_t name(WORDS(uintptr_t));                                                          \
	uintptr_t name(WORDS(uintptr_t))                                                           \
	{                                                                                          \
		static function real;                                                              \
		if (from_us(__builtin_return_address(0)) && (strikes))                             \
			return (uintptr_t)(intptr_t)(failed);                                      \
		look_up(&real, #name);                                                             \
		return real(a, b, c, d, e, f, g, h, i, j);                                         \
	}
#define CRYPTO(name, failed) CALL(name, fault_strikes_crypto(), failed)
#define SQLITE(name, failed) CALL(name, fault_strikes_sqlite(), failed)

#include "tests/imports.inc"
