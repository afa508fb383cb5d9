/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stored records: the columns of a public one, which is read before anybody has
 * logged in and its seal can be checked, and the whole file with the tries beside it.
 */
#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

static char token[100], tries[100];
static unsigned char *image;
static size_t image_len;

static void
file_write(const char *path, const void *data, size_t len)
{
	FILE *file = fopen(path, "we");

	must(file != NULL && fwrite(data, 1, len, file) == len && fclose(file) == 0);
	must(chmod(path, 0600) == 0);
}

/* A token with a certificate-like object and its image. */
static void
make_token(void)
{
	CK_SESSION_HANDLE session;
	CK_OBJECT_CLASS class = CKO_DATA;
	CK_BBOOL yes = CK_TRUE, no = CK_FALSE;
	CK_ATTRIBUTE template[] = { { CKA_CLASS, &class, sizeof(class) }, { CKA_TOKEN, &yes, 1 },
		{ CKA_PRIVATE, &no, 1 }, { CKA_LABEL, "a label", 7 }, { CKA_VALUE, "a value", 7 } };
	CK_OBJECT_HANDLE object;
	FILE *file;

	session = fuzz_token();
	must(p11->C_CreateObject(session, template, 5, &object) == CKR_OK);
	must(p11->C_Finalize(NULL) == CKR_OK);
	file = fopen(token, "re");
	image = malloc(1 << 20);
	must(file != NULL && image != NULL);
	image_len = fread(image, 1, 1 << 20, file);
	must(fclose(file) == 0);
}

static const char *const changes[] = { "UPDATE object SET meta = ?1", "UPDATE object SET tags = ?1",
	"UPDATE object SET seal = ?1", "UPDATE object SET uid = ?1",
	"UPDATE object SET secret = ?1", "UPDATE object SET meta = ?1, seal = NULL",
	"UPDATE token SET label = ?1", "UPDATE token SET state = ?1", "UPDATE pin SET salt = ?1",
	"UPDATE pin SET master = ?1", "UPDATE object SET version = length(?1)",
	"UPDATE tag SET tag = ?1" };

static void
change(const char *sql, const uint8_t *data, size_t len)
{
	sqlite3 *db;
	sqlite3_stmt *statement;

	must(sqlite3_open(token, &db) == SQLITE_OK);
	must(sqlite3_exec(db, "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY", NULL, NULL,
		 NULL) == SQLITE_OK);
	must(sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK);
	must(sqlite3_bind_blob(statement, 1, data, (int)len, SQLITE_STATIC) == SQLITE_OK);
	(void)sqlite3_step(statement);
	/* A row may be refused: a second one of the same tag. */
	(void)sqlite3_finalize(statement);
	must(sqlite3_close(db) == SQLITE_OK);
}

/* What a client does that has no PIN. */
static void
look(void)
{
	CK_SLOT_ID slots[4];
	CK_ULONG count = 4;
	CK_TOKEN_INFO info;
	CK_SESSION_HANDLE session;
	CK_OBJECT_HANDLE found[8];
	unsigned char label[64], value[64];
	CK_ATTRIBUTE wanted[] = { { CKA_LABEL, label, sizeof(label) },
		{ CKA_VALUE, value, sizeof(value) } };

	must(p11->C_Initialize(NULL) == CKR_OK);
	(void)p11->C_GetSlotList(CK_TRUE, slots, &count);
	(void)p11->C_GetTokenInfo(0, &info);
	if (p11->C_OpenSession(0, CKF_SERIAL_SESSION, NULL, NULL, &session) == CKR_OK &&
	    p11->C_FindObjectsInit(session, NULL, 0) == CKR_OK &&
	    p11->C_FindObjects(session, found, 8, &count) == CKR_OK)
		for (CK_ULONG i = 0; i < count; i++)
			(void)p11->C_GetAttributeValue(session, found[i], wanted, 2);
	must(p11->C_Finalize(NULL) == CKR_OK);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct input in = { .data = data, .len = len };
	uint8_t which;
	size_t count;

	if (p11 == NULL) {
		static char store[100];

		snprintf(store, sizeof(store), "%s/store", fuzz_folder());
		snprintf(token, sizeof(token), "%s/0.token", store);
		snprintf(tries, sizeof(tries), "%s/0.tries", store);
		fuzz_up(store);
		make_token();
	}
	which = take_byte(&in);
	if (which < 200) {
		file_write(token, image, image_len);
		change(changes[which % (sizeof(changes) / sizeof(changes[0]))], in.data, in.len);
	} else {
		/* Some bytes of the file, where the input says. */
		unsigned char *altered = malloc(image_len);

		must(altered != NULL);
		memcpy(altered, image, image_len);
		for (count = take_byte(&in) % 32; count > 0; count--) {
			size_t at = (size_t)take_byte(&in) << 8 | take_byte(&in);

			altered[at % image_len] = take_byte(&in);
		}
		file_write(token, altered, image_len);
		file_write(tries, in.data, in.len);
		free(altered);
	}
	look();
	(void)unlink(tries);
	return 0;
}
