/* SPDX-License-Identifier: Apache-2.0 */
/* From a PIN to the keys of a token: see master.h. */
#include "tests/master.h"

#include <stdio.h>

#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <sqlite3.h>

struct pin_row {
	unsigned char uuid[16], salt[32], master[48];
	sqlite3_int64 epoch, log2_n, r, p;
};

static void
row_read(const char *path, int role, struct pin_row *row)
{
	sqlite3_stmt *statement;
	sqlite3 *db;

	check(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK);
	check(sqlite3_prepare_v2(db,
		  "SELECT uuid, salt, master, epoch, log2_n, r, p FROM pin, token WHERE role = ?",
		  -1, &statement, NULL) == SQLITE_OK);
	check(sqlite3_bind_int(statement, 1, role) == SQLITE_OK);
	check(sqlite3_step(statement) == SQLITE_ROW);
	memcpy(row->uuid, sqlite3_column_blob(statement, 0), sizeof(row->uuid));
	memcpy(row->salt, sqlite3_column_blob(statement, 1), sizeof(row->salt));
	memcpy(row->master, sqlite3_column_blob(statement, 2), sizeof(row->master));
	row->epoch = sqlite3_column_int64(statement, 3);
	row->log2_n = sqlite3_column_int64(statement, 4);
	row->r = sqlite3_column_int64(statement, 5);
	row->p = sqlite3_column_int64(statement, 6);
	sqlite3_finalize(statement);
	sqlite3_close(db);
}

/* The last `len` bytes of a number. */
static void
put_number(unsigned char **to, sqlite3_int64 number, int len)
{
	for (int i = len - 1; i >= 0; i--)
		*(*to)++ = (unsigned char)(number >> 8 * i);
}

static void
stretch(const struct pin_row *row, struct view pin, unsigned char out[32])
{
	unsigned char framed[256], *to = framed;

	check(pin.len <= sizeof(framed) - 8);
	put_number(&to, (sqlite3_int64)pin.len, 8);
	memcpy(to, pin.data, pin.len);
	check(
	    EVP_PBE_scrypt((char *)framed, 8 + pin.len, row->salt, sizeof(row->salt),
		1ULL << row->log2_n, (uint64_t)row->r, (uint64_t)row->p, 512 << 20, out, 32) == 1);
}

/* HKDF-SHA-256 without a salt, of 32 bytes, to 32 bytes. */
static void
hkdf(const unsigned char key[32], struct view info, unsigned char out[32])
{
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, NULL);
	size_t len = 32;

	check(EVP_PKEY_derive_init(context) == 1);
	check(EVP_PKEY_CTX_set_hkdf_md(context, EVP_sha256()) == 1);
	check(EVP_PKEY_CTX_set1_hkdf_key(context, key, 32) == 1);
	check(EVP_PKEY_CTX_add1_hkdf_info(context, info.data, (int)info.len) == 1);
	check(EVP_PKEY_derive(context, out, &len) == 1);
	EVP_PKEY_CTX_free(context);
}

/* purpose(label) of FORMAT.md, into `info`; what comes behind it goes to the end. */
static unsigned char *
purpose(const struct pin_row *row, const char *label, unsigned char info[128])
{
	unsigned char *to = info;

	memcpy(to, label, strlen(label) + 1);
	to += strlen(label) + 1;
	put_number(&to, 1, 4);
	memcpy(to, row->uuid, sizeof(row->uuid));
	return to + sizeof(row->uuid);
}

static void
key_of_pin(
    const struct pin_row *row, int role, const unsigned char stretched[32], unsigned char key[32])
{
	unsigned char info[128], *to = purpose(row, "handfast pin key", info);

	put_number(&to, role, 4);
	put_number(&to, row->epoch, 8);
	put_number(&to, row->log2_n, 4);
	put_number(&to, row->r, 4);
	put_number(&to, row->p, 4);
	put_number(&to, 0, 4);
	hkdf(stretched, view_of(info, (size_t)(to - info)), key);
}

static void
key_of_master(const struct pin_row *row, const char *label, const unsigned char master[32],
    unsigned char key[32])
{
	unsigned char info[128], *to = purpose(row, label, info);

	hkdf(master, view_of(info, (size_t)(to - info)), key);
}

static void
unseal(const struct pin_row *row, const unsigned char key[32], unsigned char master[32])
{
	static const unsigned char nonce[12];
	EVP_CIPHER_CTX *gcm = EVP_CIPHER_CTX_new();
	unsigned char tag[16];
	int len;

	memcpy(tag, row->master + 32, sizeof(tag));
	check(EVP_DecryptInit_ex(gcm, EVP_aes_256_gcm(), NULL, key, nonce) == 1);
	check(EVP_DecryptUpdate(gcm, master, &len, row->master, 32) == 1);
	check(EVP_CIPHER_CTX_ctrl(gcm, EVP_CTRL_GCM_SET_TAG, sizeof(tag), tag) == 1);
	check(EVP_DecryptFinal_ex(gcm, master + 32, &len) == 1);
	EVP_CIPHER_CTX_free(gcm);
}

const char *
master_path(CK_SLOT_ID slot)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s/%lu.token", getenv("HANDFAST_STORE"), slot);
	return path;
}

void
master_open(CK_SLOT_ID slot, enum master_role role, struct view pin, struct master *master)
{
	struct pin_row row;

	row_read(master_path(slot), (int)role, &row);
	stretch(&row, pin, master->stretched);
	key_of_pin(&row, (int)role, master->stretched, master->pin_key);
	unseal(&row, master->pin_key, master->key);
	key_of_master(&row, "handfast object", master->key, master->object);
	key_of_master(&row, "handfast search", master->key, master->search);
	key_of_master(&row, "handfast state", master->key, master->state);
	key_of_master(&row, "handfast digest", master->key, master->digest);
}
