/* SPDX-License-Identifier: Apache-2.0 */
/*
 * In a host with an allocator of its own that loads the module with RTLD_DEEPBIND, as
 * pkcs11-provider does in BIND: the module's free() is libc's there, and what libc
 * allocates for its callers is the host's.  Neither takes the other's.
 */
#define _GNU_SOURCE /* RTLD_DEEPBIND */
#include "tests/client.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#ifndef __has_feature
#define __has_feature(feature) 0
#endif

#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
int
main(void)
{
	puts("1..0 # SKIP a sanitizer has an allocator of its own");
	return 0;
}
#else

/* --- the allocator ------------------------------------------------------------------ */

/* Each block begins with its length; none is given back. */
#define BLOCK 16
static _Alignas(BLOCK) unsigned char heap[256 << 20];
static atomic_size_t used;

static size_t *
length_of(void *memory)
{
	return (size_t *)((unsigned char *)memory - BLOCK);
}

void *
malloc(size_t len)
{
	size_t room = (len + 2 * BLOCK - 1) / BLOCK * BLOCK;
	size_t at = room >= len ? atomic_fetch_add(&used, room) : sizeof(heap);

	if (at > sizeof(heap) || room > sizeof(heap) - at) {
		errno = ENOMEM;
		return NULL;
	}
	*length_of(heap + at + BLOCK) = len;
	return heap + at + BLOCK;
}

void
free(void *memory)
{
	static const char why[] = "not memory of this allocator\n";
	const unsigned char *at = memory;

	if (at != NULL && (at < heap || at >= heap + sizeof(heap))) {
		(void)!write(STDERR_FILENO, why, sizeof(why) - 1);
		abort();
	}
}

/* Never used before, so it is zeros. */
void *
calloc(size_t count, size_t size)
{
	size_t len;

	return __builtin_mul_overflow(count, size, &len) ? NULL : malloc(len);
}

void *
realloc(void *memory, size_t len)
{
	void *fresh = malloc(len);

	if (memory != NULL && fresh != NULL)
		memcpy(fresh, memory, *length_of(memory) < len ? *length_of(memory) : len);
	free(memory);
	return fresh;
}

/* --- the test ------------------------------------------------------------------------ */

static void
test_token(void **state)
{
	CK_SESSION_HANDLE session;
	CK_OBJECT_HANDLE found;

	(void)state;
	client_configure("[host]\npin-source = credential:pin\n");
	ok(p11->C_Finalize(NULL));
	ok(p11->C_Initialize(NULL));
	session = session_user(token_make("host"));
	for (size_t i = 0; i < 20; i++)
		key_aes(session, CK_TRUE);
	check(find(session, TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY)), &found) == 20);
	check(setenv("CREDENTIALS_DIRECTORY", client_store(), 1) == 0);
	ok(p11->C_Logout(session));
	assert_rv(p11->C_Login(session, CKU_USER, NULL, 0), CKR_FUNCTION_FAILED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_fresh(test_token),
	};

	/* What loads it later gets this one. */
	if (dlopen(getenv("HANDFAST_MODULE"), RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND) == NULL)
		return 1;
	return test_main(tests, NULL, NULL);
}

#endif
