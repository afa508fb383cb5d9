/* SPDX-License-Identifier: Apache-2.0 */
/* What the fuzzers share: see fuzz.h. */
#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

const struct pkcs11_function_list_3_2 *p11;

void
fuzz_must(bool so, const char *what)
{
	if (so)
		return;
	fprintf(stderr, "not so: %s\n", what);
	abort();
}

/* --- the input ------------------------------------------------------------ */

uint8_t
take_byte(struct input *in)
{
	if (in->len == 0)
		return 0;
	in->len--;
	return *in->data++;
}

CK_ULONG
take_number(struct input *in)
{
	const uint8_t kind = take_byte(in);
	CK_ULONG number = 0;

	if (kind < 200)
		return kind;
	if (kind < 220)
		return ((CK_ULONG)1 << (take_byte(in) % 64)) - (kind & 1);
	if (kind < 250)
		return (CK_ULONG)take_byte(in) << 8 | take_byte(in);
	for (size_t i = 0; i < sizeof(number); i++)
		number = number << 8 | take_byte(in);
	return number;
}

static struct block {
	struct block *next;
	void *data;
} * blocks;

void *
block_new(size_t len)
{
	struct block *block = malloc(sizeof(*block));

	must(block != NULL);
	block->next = blocks;
	block->data = calloc(1, len);
	must(block->data != NULL || len == 0);
	blocks = block;
	return block->data;
}

void *
block_take(struct input *in, size_t len)
{
	unsigned char *data = block_new(len);
	const size_t there = len < in->len ? len : in->len;

	if (there > 0)
		memcpy(data, in->data, there);
	in->data += there;
	in->len -= there;
	return data;
}

void
blocks_free(void)
{
	while (blocks != NULL) {
		struct block *block = blocks;

		blocks = block->next;
		free(block->data);
		free(block);
	}
}

/* --- the module ----------------------------------------------------------- */

#define PIN(text) (CK_UTF8CHAR *)(text), sizeof(text) - 1
#define READ_WRITE (CKF_SERIAL_SESSION | CKF_RW_SESSION)

static char folder[64];

static void
folder_remove(void)
{
	char line[100];

	snprintf(line, sizeof(line), "rm -rf %s", folder);
	(void)!system(line);
}

const char *
fuzz_folder(void)
{
	if (folder[0] != '\0')
		return folder;
	snprintf(folder, sizeof(folder), "%s/handfast-fuzz-XXXXXX",
	    access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	must(mkdtemp(folder) != NULL);
	(void)atexit(folder_remove);
	return folder;
}

void
fuzz_up(const char *store)
{
	struct pkcs11_interface *interface;
	char path[100];
	FILE *file;

	snprintf(path, sizeof(path), "%s/handfast.conf", fuzz_folder());
	file = fopen(path, "we");
	must(file != NULL);
	fprintf(file, "kdf-cost = 14\nlog = off\n");
	must(fclose(file) == 0);
	must(setenv("HANDFAST_CONF", path, 1) == 0 && setenv("HANDFAST_STORE", store, 1) == 0);
	must(C_GetInterface(NULL, NULL, &interface, 0) == CKR_OK);
	p11 = interface->function_list;
	must(p11->C_Initialize(NULL) == CKR_OK);
}

CK_SESSION_HANDLE
fuzz_token(void)
{
	CK_UTF8CHAR label[33] = "fuzz                            ";
	CK_SESSION_HANDLE session;

	(void)p11->C_CloseAllSessions(0);
	must(p11->C_InitToken(0, PIN("so pin"), label) == CKR_OK);
	must(p11->C_OpenSession(0, READ_WRITE, NULL, NULL, &session) == CKR_OK);
	must(p11->C_Login(session, CKU_SO, PIN("so pin")) == CKR_OK);
	must(p11->C_InitPIN(session, PIN("user pin")) == CKR_OK);
	must(p11->C_Logout(session) == CKR_OK);
	must(p11->C_Login(session, CKU_USER, PIN("user pin")) == CKR_OK);
	return session;
}
