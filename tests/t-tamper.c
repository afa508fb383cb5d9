/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A token whose file somebody without a PIN has altered: every bit of it in turn,
 * rows exchanged, copied, put back from an older file or brought from another
 * token.  After a login everything is as it was, or something is refused or shown
 * to be wrong, and the log says so; what is there is used, and computes what it
 * did before.  t-store.c has the edits of single columns and of the file as a whole.
 */
#define _GNU_SOURCE /* RTLD_NEXT */
#include "tests/files.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <sqlite3.h>

#include "tests/peer.h"

/* --- a PIN derivation that remembers -------------------------------------- */

/*
 * The module's calls of this function end here, since a program's symbols come
 * before those of its libraries.  A scrypt that was computed before is not computed
 * again: hundreds of thousands of logins would take hours.
 */
static struct remembered {
	unsigned char question[32], answer[64];
	bool known;
} answers[1024];

static bool
question_of(const OSSL_PARAM *params, size_t len, unsigned char question[32])
{
	EVP_MD_CTX *hash = EVP_MD_CTX_new();
	bool scrypt = false;

	check(EVP_DigestInit_ex(hash, EVP_sha256(), NULL) == 1);
	check(EVP_DigestUpdate(hash, &len, sizeof(len)) == 1);
	for (; params != NULL && params->key != NULL; params++) {
		scrypt = scrypt || strcmp(params->key, OSSL_KDF_PARAM_SCRYPT_N) == 0;
		check(EVP_DigestUpdate(hash, params->key, strlen(params->key) + 1) == 1);
		check(EVP_DigestUpdate(hash, &params->data_size, sizeof(params->data_size)) == 1);
		check(EVP_DigestUpdate(hash, params->data, params->data_size) == 1);
	}
	check(EVP_DigestFinal_ex(hash, question, NULL) == 1);
	EVP_MD_CTX_free(hash);
	return scrypt;
}

int
EVP_KDF_derive(EVP_KDF_CTX *context, unsigned char *key, size_t len, const OSSL_PARAM params[])
{
	typedef int (*derive)(EVP_KDF_CTX *, unsigned char *, size_t, const OSSL_PARAM *);
	static derive real;
	unsigned char question[32];
	struct remembered *place;
	bool scrypt;

	if (real == NULL)
		real = (derive)dlsym(RTLD_NEXT, "EVP_KDF_derive");
	scrypt = question_of(params, len, question) && len <= sizeof(place->answer);
	place = &answers[((size_t)question[0] << 8 | question[1]) % COUNT_OF(answers)];
	if (!scrypt)
		return real(context, key, len, params);
	if (!place->known || memcmp(place->question, question, sizeof(question)) != 0) {
		if (real(context, place->answer, len, params) != 1)
			return 0;
		memcpy(place->question, question, sizeof(question));
		place->known = true;
	}
	memcpy(key, place->answer, len);
	return 1;
}

/* --- files ---------------------------------------------------------------- */

/* The token's file, longer than what is looked at in between. */
static struct bytes
file_keep(CK_SLOT_ID slot)
{
	struct bytes bytes = { 0 };

	check(bytes_copy(&bytes, file_read(TOKEN(slot))));
	return bytes;
}

/* The file as it was, without a journal, in the file that is there. */
static void
file_restore(CK_SLOT_ID slot, const struct bytes *bytes)
{
	int fd = open(TOKEN(slot), O_WRONLY | O_CLOEXEC);

	check(fd >= 0 && pwrite(fd, bytes->data, bytes->len, 0) == (ssize_t)bytes->len);
	check(ftruncate(fd, (off_t)bytes->len) == 0);
	close(fd);
	(void)unlink(token_file(slot, ".token-journal"));
}

static void
file_poke(CK_SLOT_ID slot, size_t at, unsigned char byte)
{
	int fd = open(TOKEN(slot), O_WRONLY | O_CLOEXEC);

	check(fd >= 0 && pwrite(fd, &byte, 1, (off_t)at) == 1);
	close(fd);
}

static off_t
log_size(void)
{
	struct stat found;

	return stat(client_path("log"), &found) == 0 ? found.st_size : 0;
}

/* --- what the owner sees and can do --------------------------------------- */

#define OBJECTS_MOST 400
static const CK_ATTRIBUTE_TYPE looked_at[] = { CKA_CLASS, CKA_TOKEN, CKA_LABEL, CKA_ID, CKA_VALUE,
	CKA_PRIVATE, CKA_SENSITIVE, CKA_EXTRACTABLE, CKA_ENCRYPT, CKA_DECRYPT, CKA_SIGN, CKA_WRAP,
	CKA_DERIVE, CKA_MODIFIABLE, CKA_TRUSTED, CKA_ALWAYS_SENSITIVE, CKA_NEVER_EXTRACTABLE,
	CKA_SUBJECT, CKA_EC_POINT, CKA_APPLICATION, CKA_UNIQUE_ID };
#define LOOKED_AT COUNT_OF(looked_at)

/* An object as a hash of all its attributes' answers, and of what it computes. */
struct sight {
	bool refused, error_state;
	size_t count;
	unsigned char seen[OBJECTS_MOST][32];
};

/* What a key makes of something fixed; nothing where it is no key to compute with. */
static CK_RV
compute(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_BYTE out[64], CK_ULONG *len)
{
	static CK_BYTE peer[65], zeros[16];
	CK_ECDH1_DERIVE_PARAMS agree = { CKD_NULL, 0, NULL, sizeof(peer), peer };
	CK_OBJECT_HANDLE made;
	CK_ULONG class = CK_UNAVAILABLE_INFORMATION, type = CK_UNAVAILABLE_INFORMATION;
	CK_ATTRIBUTE what[] = { { CKA_CLASS, &class, sizeof(class) },
		{ CKA_KEY_TYPE, &type, sizeof(type) } };
	CK_ATTRIBUTE value = { CKA_VALUE, out, 64 };
	CK_RV rv;

	*len = 0;
	(void)p11->C_GetAttributeValue(session, object, what, 2);
	if (class == CKO_SECRET_KEY && type == CKK_AES) {
		rv = p11->C_EncryptInit(
		    session, &(CK_MECHANISM){ CKM_AES_CBC, zeros, sizeof(zeros) }, object);
		*len = 64;
		return rv != CKR_OK ? rv : p11->C_Encrypt(session, zeros, 16, out, len);
	}
	if (class != CKO_PRIVATE_KEY || type != CKK_EC)
		return CKR_OK;
	/* The generator of P-256 (SP 800-186, 3.2.1.3), whose multiple is the public key. */
	memcpy(peer,
	    unhex("046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
		  "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5")
		.data,
	    sizeof(peer));
	rv = p11->C_DeriveKey(session, MECHANISM_WITH(CKM_ECDH1_DERIVE, &agree), object,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET),
		NO(CKA_SENSITIVE), YES(CKA_EXTRACTABLE)),
	    &made);
	if (rv != CKR_OK)
		return rv;
	rv = p11->C_GetAttributeValue(session, made, &value, 1);
	*len = value.ulValueLen;
	(void)p11->C_DestroyObject(session, made);
	return rv;
}

static void
hash_add(EVP_MD_CTX *hash, CK_RV rv, const void *data, CK_ULONG len)
{
	check(EVP_DigestUpdate(hash, &rv, sizeof(rv)) == 1);
	check(EVP_DigestUpdate(hash, &len, sizeof(len)) == 1);
	check(len == 0 || EVP_DigestUpdate(hash, data, len) == 1);
}

/* False when the module does not vouch for it, and says so. */
static bool
see_object(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, unsigned char seen[32])
{
	static unsigned char value[1024];
	EVP_MD_CTX *hash = EVP_MD_CTX_new();
	CK_ULONG len;
	CK_RV rv = CKR_OK;

	check(EVP_DigestInit_ex(hash, EVP_sha256(), NULL) == 1);
	for (size_t i = 0; i < LOOKED_AT && rv != CKR_DEVICE_ERROR; i++) {
		CK_ATTRIBUTE attribute = { looked_at[i], value, sizeof(value) };

		rv = p11->C_GetAttributeValue(session, object, &attribute, 1);
		hash_add(hash, rv, value, rv == CKR_OK ? attribute.ulValueLen : 0);
	}
	if (rv != CKR_DEVICE_ERROR) {
		rv = compute(session, object, value, &len);
		hash_add(hash, rv, value, rv == CKR_OK ? len : 0);
	}
	check(EVP_DigestFinal_ex(hash, seen, NULL) == 1);
	EVP_MD_CTX_free(hash);
	return rv != CKR_DEVICE_ERROR;
}

static bool
see_objects(CK_SESSION_HANDLE session, struct sight *sight)
{
	static CK_OBJECT_HANDLE objects[OBJECTS_MOST];
	CK_ULONG count;

	if (p11->C_FindObjectsInit(session, NO_TEMPLATE) != CKR_OK)
		return false;
	ok(p11->C_FindObjects(session, objects, OBJECTS_MOST, &count));
	ok(p11->C_FindObjectsFinal(session));
	for (size_t i = 0; i < count; i++) {
		if (see_object(session, objects[i], sight->seen[sight->count]))
			sight->count++;
		else
			sight->refused = true;
	}
	return true;
}

static void
look_with(CK_SLOT_ID slot, const char *pin, struct sight *sight)
{
	CK_SESSION_HANDLE session;
	CK_TOKEN_INFO info;

	sight->count = 0;
	sight->refused = sight->error_state = false;
	(void)unlink(token_file(slot, ".tries"));
	ok(p11->C_Initialize(NULL));
	if (p11->C_OpenSession(slot, READ_ONLY, NULL, NULL, &session) != CKR_OK) {
		sight->refused = true;
	} else {
		/* What is public is looked for before the login, too. */
		(void)p11->C_FindObjectsInit(session, NO_TEMPLATE);
		(void)p11->C_FindObjectsFinal(session);
		sight->refused = p11->C_Login(session, CKU_USER, PIN(pin)) != CKR_OK ||
		    !see_objects(session, sight);
	}
	if (p11->C_GetTokenInfo(slot, &info) == CKR_OK)
		sight->error_state = (info.flags & CKF_ERROR_STATE) != 0;
	ok(p11->C_Finalize(NULL));
}

static bool
seen_in(const unsigned char seen[32], const struct sight *sight)
{
	for (size_t i = 0; i < sight->count; i++)
		if (memcmp(seen, sight->seen[i], 32) == 0)
			return true;
	return false;
}

/* What the file led to before anybody altered it. */
static struct sight before;
static unsigned long all_the_same, told;

/* NULL: what may be; else what is wrong. */
static const char *
judge(CK_SLOT_ID slot)
{
	static struct sight now;
	off_t log = log_size();

	look_with(slot, USER_PIN, &now);
	for (size_t i = 0; i < now.count; i++)
		if (!seen_in(now.seen[i], &before))
			return "something is other than it was";
	if (!now.refused && !now.error_state) {
		all_the_same++;
		return now.count == before.count ? NULL : "something is missing, and not told";
	}
	told++;
	return log_size() > log ? NULL : "something is wrong, and the log does not say so";
}

/* --- tokens --------------------------------------------------------------- */

static void
make_object(CK_SESSION_HANDLE session, CK_ATTRIBUTE *template, CK_ULONG count)
{
	CK_OBJECT_HANDLE object;

	ok(p11->C_CreateObject(session, template, count, &object));
}

static void
make_pair(CK_SESSION_HANDLE session)
{
	CK_OBJECT_HANDLE pair[2];

	ok(p11->C_GenerateKeyPair(session, MECHANISM(CKM_EC_KEY_PAIR_GEN),
	    TEMPLATE(YES(CKA_TOKEN), BYTES(CKA_EC_PARAMS, p256), TEXT(CKA_ID, "pair")),
	    TEMPLATE(YES(CKA_TOKEN), YES(CKA_DERIVE), TEXT(CKA_ID, "pair")), &pair[0], &pair[1]));
}

static void
make_certificate(CK_SESSION_HANDLE session)
{
	PEER_KEY key = peer_ec("P-256");
	struct view der = peer_certificate(key, "the subject");

	make_object(session,
	    TEMPLATE(ULONG(CKA_CLASS, CKO_CERTIFICATE), ULONG(CKA_CERTIFICATE_TYPE, CKC_X_509),
		YES(CKA_TOKEN), BYTES(CKA_VALUE, der), BYTES(CKA_SUBJECT, peer_subject(der)),
		TEXT(CKA_ID, "pair")));
}

static void
populate(CK_SESSION_HANDLE session)
{
	CK_OBJECT_HANDLE key;

	for (CK_BBOOL private = CK_FALSE; private <= CK_TRUE; private ++) {
		make_object(session,
		    TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), YES(CKA_TOKEN), BOOL(CKA_PRIVATE, private),
			TEXT(CKA_LABEL, "data"), TEXT(CKA_VALUE, "value")));
		make_object(session,
		    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY),
			ULONG(CKA_KEY_TYPE, CKK_GENERIC_SECRET), YES(CKA_TOKEN),
			BOOL(CKA_PRIVATE, private), NO(CKA_SENSITIVE), YES(CKA_EXTRACTABLE),
			TEXT(CKA_VALUE, "0123456789abcdef")));
	}
	ok(p11->C_GenerateKey(session, MECHANISM(CKM_AES_KEY_GEN),
	    TEMPLATE(YES(CKA_TOKEN), ULONG(CKA_VALUE_LEN, 32), YES(CKA_ENCRYPT)), &key));
	make_pair(session);
	make_certificate(session);
}

static CK_SLOT_ID
token_populated(int times)
{
	CK_SLOT_ID slot = token_make("tamper");
	CK_SESSION_HANDLE session = session_user(slot);

	for (int i = 0; i < times; i++)
		populate(session);
	ok(p11->C_Finalize(NULL));
	look_with(slot, USER_PIN, &before);
	check(!before.refused && !before.error_state && before.count == (size_t)times * 8);
	all_the_same = told = 0;
	return slot;
}

/* --- bits ----------------------------------------------------------------- */

static bool
soaking(void)
{
	return getenv("HANDFAST_SOAK") != NULL;
}

/* Which bit is being looked at, and how it went; seen by the parent when the child is gone. */
static struct watched {
	volatile unsigned long bit, same, told;
} * watched;

struct flips {
	CK_SLOT_ID slot;
	const struct bytes *original;
	unsigned long first, behind, step; /* bits of the file */
	unsigned random;                   /* a seed: so many bits, anywhere */
};

static void
flip(const struct flips *flips, unsigned long bit)
{
	unsigned char byte = flips->original->data[bit / 8];
	const char *wrong;

	watched->bit = bit;
	(void)alarm(60);
	file_poke(flips->slot, bit / 8, byte ^ (unsigned char)(1 << bit % 8));
	wrong = judge(flips->slot);
	file_restore(flips->slot, flips->original);
	if (wrong == NULL)
		return;
	print_error("bit %lu of byte %lu turned: %s\n", bit % 8, bit / 8, wrong);
	_exit(1);
}

static void
flip_all(void *argument)
{
	const struct flips *flips = argument;
	unsigned seed = flips->random;

	for (unsigned long bit = flips->first; bit < flips->behind; bit += flips->step) {
		flip(flips,
		    flips->random == 0 ? bit
				       : (unsigned long)rand_r(&seed) % (flips->original->len * 8));
		scratch_release();
	}
	watched->same += all_the_same;
	watched->told += told;
}

/* In a child for each part, so that one that crashes, exits or hangs is seen to. */
static void
flip_in_parts(struct flips flips, unsigned long bits, unsigned long part)
{
	watched = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	check(watched != MAP_FAILED);
	for (unsigned long first = flips.first; first < bits; first += part) {
		int result;

		flips.first = first;
		flips.behind = first + part < bits ? first + part : bits;
		result = in_child(flip_all, &flips, 3600);
		if (result != 0)
			fail_msg("bit %lu of byte %lu turned: ended with %d", watched->bit % 8,
			    watched->bit / 8, result);
		flips.random += flips.random != 0;
	}
	print_message("# %lu as before, %lu told\n", watched->same, watched->told);
	check(watched->told > 0 && watched->same > 0);
}

/* C04 */
static void
test_every_bit(void **state)
{
	CK_SLOT_ID slot = token_populated(1);
	RELEASED(bytes_release) struct bytes original = file_keep(slot);
	struct flips flips = { .slot = slot, .original = &original };

	(void)state;
	flips.step = soaking() ? 1 : 331;
	/* A whole number of steps, so that no part begins out of step. */
	flip_in_parts(flips, original.len * 8, 331UL * 200);
}

/* Of a larger one, whose tables have inner pages. */
static void
test_some_bits(void **state)
{
	CK_SLOT_ID slot = token_populated(soaking() ? 40 : 12);
	RELEASED(bytes_release) struct bytes original = file_keep(slot);
	struct flips flips = { .slot = slot, .original = &original, .step = 1, .random = 1 };

	(void)state;
	flip_in_parts(flips, soaking() ? 20000 : 60, 2000);
}

#define PAGE 4096UL

/*
 * How many hundreds of cells a page has, and its last byte: of an inner page with one cell, the
 * number that says where a record is looked for.  (SQLite's "Database File Format".)
 */
static void
bend_pages(void *argument)
{
	const struct flips *flips = argument;

	for (unsigned long page = 1; page < flips->original->len / PAGE; page++) {
		for (unsigned long bit = 0; bit < 8; bit++)
			flip(flips, (page * PAGE + 3) * 8 + bit);
		flip(flips, (page * PAGE + PAGE - 1) * 8);
		scratch_release();
	}
}

/* What bits anywhere showed: a search that went round for ever, a record that was hidden. */
static void
test_pages_bent(void **state)
{
	(void)state;
	for (int times = 1; times <= 40; times += 39) {
		CK_SLOT_ID slot = token_populated(times);
		RELEASED(bytes_release) struct bytes original = file_keep(slot);
		struct flips flips = { .slot = slot, .original = &original };

		watched =
		    mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
		check(watched != MAP_FAILED);
		assert_int_equal(in_child(bend_pages, &flips, 600), 0);
		ok(p11->C_Initialize(NULL));
	}
}

/* --- rows ----------------------------------------------------------------- */

static void
run_sql(CK_SLOT_ID slot, const char *text)
{
	char *why = NULL;
	sqlite3 *db;

	check(sqlite3_open_v2(TOKEN(slot), &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK);
	if (sqlite3_exec(db, text, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s: %s", text, why);
	check(sqlite3_close(db) == SQLITE_OK);
}

/* Alters a fresh copy of the file and looks. */
static void
assert_edit(CK_SLOT_ID slot, const struct bytes *original, const char *edit)
{
	const char *wrong;

	file_restore(slot, original);
	run_sql(slot, edit);
	wrong = judge(slot);
	file_restore(slot, original);
	if (wrong != NULL)
		fail_msg("%s: %s", edit, wrong);
}

/* What of a row goes together, or should not without the rest. */
static const char *const groups[] = { "version, uid, private, seal, tags, meta, secret",
	"private, seal, tags, meta", "seal, meta", "seal", "meta", "secret", "tags", "uid",
	"version", "uid, version, secret" };

/* C11: every two records, every part of them, both ways and one way. */
static void
test_rows_exchanged(void **state)
{
	CK_SLOT_ID slot = token_populated(1);
	RELEASED(bytes_release) struct bytes original = file_keep(slot);
	char edit[600];

	(void)state;
	for (int a = 1; a <= 8; a++)
		for (int b = a + 1; b <= 8; b++)
			for (size_t g = 0; g < COUNT_OF(groups); g++) {
				for (int way = 0; way < 3; way++) {
					if (!soaking() && (a + b + way + (int)g) % 5 != 0)
						continue;
					snprintf(edit, sizeof(edit),
					    "CREATE TEMP TABLE t AS SELECT * FROM object; "
					    "UPDATE object SET (%s) = (SELECT %s FROM t WHERE "
					    "t.id = %d - object.id) WHERE id IN (%d, %d)",
					    groups[g], groups[g], a + b, way == 1 ? b : a,
					    way == 0       ? b
						: way == 1 ? b
							   : a);
					assert_edit(slot, &original, edit);
				}
				scratch_release();
			}
	/* Some are so small a thing as two equal versions; most are not. */
	check(told > 4 * all_the_same);
}

static int
rows_of(CK_SLOT_ID slot, const char *table)
{
	sqlite3_stmt *statement;
	char count[100];
	sqlite3 *db;
	int rows;

	snprintf(count, sizeof(count), "SELECT count(*) FROM %s", table);
	check(sqlite3_open_v2(TOKEN(slot), &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK);
	check(sqlite3_prepare_v2(db, count, -1, &statement, NULL) == SQLITE_OK);
	check(sqlite3_step(statement) == SQLITE_ROW);
	rows = sqlite3_column_int(statement, 0);
	sqlite3_finalize(statement);
	sqlite3_close(db);
	check(rows > 0);
	return rows;
}

/* C10 */
static void
test_rows_deleted(void **state)
{
	static const char *const tables[] = { "token", "pin", "object", "tag" };
	CK_SLOT_ID slot = token_populated(1);
	RELEASED(bytes_release) struct bytes original = file_keep(slot);
	char edit[200];

	(void)state;
	for (size_t t = 0; t < COUNT_OF(tables); t++)
		for (int row = 0; row < rows_of(slot, tables[t]); row++) {
			unsigned long before_it = told;

			snprintf(edit, sizeof(edit),
			    "DELETE FROM %s WHERE (%s) IN (SELECT %s FROM %s LIMIT 1 OFFSET %d)",
			    tables[t],
			    t == 3       ? "tag, object"
				: t == 1 ? "role"
					 : "id",
			    t == 3       ? "tag, object"
				: t == 1 ? "role"
					 : "id",
			    tables[t], row);
			assert_edit(slot, &original, edit);
			if (told != before_it + 1)
				fail_msg("%s: nobody said so", edit);
			scratch_release();
		}
}

/*
 * C10: records hidden with all that points to them, so that nothing in the tables
 * contradicts anything else; or from searches alone.
 */
static void
test_records_hidden(void **state)
{
	static const char *const ways[] = {
		"DELETE FROM tag WHERE object = %d; DELETE FROM object WHERE id = %d",
		/* as if it had never been */
		"DELETE FROM tag WHERE object >= %d; DELETE FROM object WHERE id >= %d; "
		"UPDATE token SET last_id = (SELECT max(id) FROM object)",
		"DELETE FROM tag WHERE object = %d; UPDATE object SET tags = zeroblob(0) "
		"WHERE id = %d",
		"UPDATE tag SET object = object + 100 WHERE object = %d; "
		"UPDATE object SET id = id + 100 WHERE id = %d",
		/* found as another, and the other as it */
		"UPDATE OR REPLACE tag SET object = 9 - object WHERE object IN (%d, 9 - %d)",
		"CREATE TEMP TABLE t AS SELECT * FROM object; "
		"UPDATE object SET tags = (SELECT tags FROM t WHERE t.id = 9 - object.id) "
		"WHERE id IN (%d, 9 - %d); CREATE TEMP TABLE g AS SELECT * FROM tag; "
		"DELETE FROM tag; INSERT INTO tag SELECT tag, iif(object IN (%d, 9 - %d), "
		"9 - object, object) FROM g",
	};
	CK_SLOT_ID slot = token_populated(1);
	RELEASED(bytes_release) struct bytes original = file_keep(slot);
	char edit[600];

	(void)state;
	for (size_t way = 0; way < COUNT_OF(ways); way++)
		for (int id = 2; id <= 8; id++) {
			unsigned long before_it = told;

			snprintf(edit, sizeof(edit), ways[way], id, id, id, id);
			assert_edit(slot, &original, edit);
			if (told != before_it + 1)
				fail_msg("%s: nobody said so", edit);
			scratch_release();
		}
	/* All of them. */
	assert_edit(slot, &original, "DELETE FROM tag; DELETE FROM object");
	assert_edit(slot, &original, "DELETE FROM tag; UPDATE object SET tags = zeroblob(0)");
	assert_int_equal(told, COUNT_OF(ways) * 7 + 2);
}

#define NEW_PIN "the PIN set later"

/* Everything changes: each object's label, and the user's PIN; the file before is kept. */
static CK_SLOT_ID
token_grown_older(void)
{
	CK_SLOT_ID slot = token_populated(1);
	CK_OBJECT_HANDLE objects[16];
	CK_SESSION_HANDLE session;
	CK_ULONG count;
	char edit[400];

	snprintf(edit, sizeof(edit), "VACUUM INTO '%s'", token_file(slot, ".older"));
	run_sql(slot, edit);
	ok(p11->C_Initialize(NULL));
	session = session_user(slot);
	ok(p11->C_FindObjectsInit(session, TEMPLATE(YES(CKA_TOKEN))));
	ok(p11->C_FindObjects(session, objects, COUNT_OF(objects), &count));
	ok(p11->C_FindObjectsFinal(session));
	for (CK_ULONG i = 0; i < count; i++)
		(void)set_one(session, objects[i], TEXT(CKA_LABEL, "changed"));
	ok(p11->C_SetPIN(session, PIN(USER_PIN), PIN(NEW_PIN)));
	ok(p11->C_SetPIN(session, PIN(NEW_PIN), PIN(USER_PIN)));
	ok(p11->C_Finalize(NULL));
	look_with(slot, USER_PIN, &before);
	check(!before.refused && !before.error_state && before.count == 8);
	return slot;
}

/* Rows of an older file, each by itself and all of a table: told, whatever it is that they say. */
static void
test_rows_replayed(void **state)
{
	static const char *const edits[] = { "token", "pin", "object", "tag", "pin WHERE role = 0",
		"object WHERE id = 1", "object WHERE id = 2", "object WHERE id = 3",
		"object WHERE id = 4", "object WHERE id = 5", "object WHERE id = 6",
		"object WHERE id = 7", "object WHERE id = 8" };
	CK_SLOT_ID slot = token_grown_older();
	RELEASED(bytes_release) struct bytes original = file_keep(slot);
	static struct sight now;
	char edit[600];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(edits); i++) {
		off_t log = log_size();

		snprintf(edit, sizeof(edit),
		    "ATTACH '%s' AS older; REPLACE INTO %.*s SELECT * FROM older.%s",
		    token_file(slot, ".older"), (int)strcspn(edits[i], " "), edits[i], edits[i]);
		run_sql(slot, edit);
		look_with(slot, USER_PIN, &now);
		file_restore(slot, &original);
		if ((!now.error_state && !now.refused) || log_size() == log)
			fail_msg("%s: nobody said so", edit);
	}
}

/* --- two tokens ----------------------------------------------------------- */

/* The rows of another token, even one with the same PINs and labels, are worth nothing in this. */
static void
test_other_tokens_rows(void **state)
{
	static const char *const edits[] = {
		"REPLACE INTO pin SELECT * FROM other.pin",
		"REPLACE INTO pin SELECT * FROM other.pin WHERE role = 0",
		"REPLACE INTO pin SELECT * FROM other.pin WHERE role = 1",
		"REPLACE INTO object SELECT * FROM other.object",
		"REPLACE INTO object SELECT * FROM other.object WHERE id = 3",
		"INSERT INTO object SELECT id + 100, version, uid, private, seal, tags, meta, "
		"secret FROM other.object",
		"REPLACE INTO token SELECT * FROM other.token",
		"UPDATE token SET seal = (SELECT seal FROM other.token), state = (SELECT state "
		"FROM "
		"other.token)",
		"UPDATE token SET uuid = (SELECT uuid FROM other.token); "
		"REPLACE INTO pin SELECT * FROM other.pin",
	};
	CK_SLOT_ID other = token_populated(1), slot;
	RELEASED(bytes_release) struct bytes original = { 0 };
	char edit[800];

	(void)state;
	ok(p11->C_Initialize(NULL));
	slot = token_populated(1);
	original = file_keep(slot);
	for (size_t i = 0; i < COUNT_OF(edits); i++) {
		snprintf(edit, sizeof(edit), "ATTACH '%s' AS other; %s", TOKEN(other), edits[i]);
		assert_edit(slot, &original, edit);
	}
	/* Of the SO's PIN alone only the SO hears. */
	assert_int_equal(all_the_same, 1);
}

/* C14: PIN rows between the roles, and costs below and above what they were made at. */
static void
test_pin_rows(void **state)
{
	static const char *const edits[] = {
		"UPDATE pin SET log2_n = 15",
		"UPDATE pin SET log2_n = 13",
		"UPDATE pin SET r = 9",
		"UPDATE pin SET p = 2",
		"UPDATE pin SET p = 0",
		"UPDATE pin SET epoch = epoch + 1",
		"UPDATE pin SET epoch = 0",
		"UPDATE pin SET salt = zeroblob(32)",
		"CREATE TEMP TABLE t AS SELECT * FROM pin; UPDATE pin SET (epoch, log2_n, r, p, "
		"salt, pepper, commitment, master) = (SELECT epoch, log2_n, r, p, salt, pepper, "
		"commitment, master FROM t WHERE t.role = 1 - pin.role)",
		"CREATE TEMP TABLE t AS SELECT * FROM pin; UPDATE pin SET master = "
		"(SELECT master FROM t WHERE t.role = 1 - pin.role)",
		"CREATE TEMP TABLE t AS SELECT * FROM pin; UPDATE pin SET commitment = "
		"(SELECT commitment FROM t WHERE t.role = 1 - pin.role)",
	};
	CK_SLOT_ID slot = token_populated(1);
	RELEASED(bytes_release) struct bytes original = file_keep(slot);
	static struct sight now;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(edits); i++) {
		assert_edit(slot, &original, edits[i]);
		assert_int_equal(told, i + 1);
		/* Nor does the other role's PIN open it. */
		run_sql(slot, edits[i]);
		look_with(slot, SO_PIN, &now);
		check(now.refused && now.count == 0);
		file_restore(slot, &original);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_fresh(test_every_bit),
		test_fresh(test_some_bits),
		test_fresh(test_pages_bent),
		test_fresh(test_rows_exchanged),
		test_fresh(test_rows_deleted),
		test_fresh(test_records_hidden),
		test_fresh(test_rows_replayed),
		test_fresh(test_other_tokens_rows),
		test_fresh(test_pin_rows),
	};

	return test_main(tests, NULL, NULL);
}
