/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The mechanisms as one table, doc/mechanisms.md, made of their rows: `make
 * doc-mechanisms` writes it, and this test holds it against the rows, and the
 * rows against what the built module offers on this libcrypto.
 */
#include <stdio.h>

#include <openssl/crypto.h>

#include "mechanisms/crypto.h"
#include "tests/client.h"

static const struct {
	CK_KEY_TYPE type;
	const char *name;
} key_names[] = {
	{ CKK_RSA, "RSA" },
	{ CKK_DH, "DH" },
	{ CKK_EC, "EC" },
	{ CKK_X9_42_DH, "X9.42 DH" },
	{ CKK_EC_MONTGOMERY, "Montgomery" },
	{ CKK_EC_EDWARDS, "Edwards" },
	{ CKK_ML_KEM, "ML-KEM" },
	{ CKK_ML_DSA, "ML-DSA" },
	{ CKK_SLH_DSA, "SLH-DSA" },
	{ CKK_GENERIC_SECRET, "generic secret" },
	{ CKK_HKDF, "HKDF" },
	{ CKK_AES, "AES" },
	{ CKK_CHACHA20, "ChaCha20" },
	{ CKK_POLY1305, "Poly1305" },
	{ CKK_AES_XTS, "AES-XTS" },
	{ CKK_SHA_1_HMAC, "SHA-1 HMAC" },
	{ CKK_SHA224_HMAC, "SHA-224 HMAC" },
	{ CKK_SHA256_HMAC, "SHA-256 HMAC" },
	{ CKK_SHA384_HMAC, "SHA-384 HMAC" },
	{ CKK_SHA512_HMAC, "SHA-512 HMAC" },
	{ CKK_SHA512_224_HMAC, "SHA-512/224 HMAC" },
	{ CKK_SHA512_256_HMAC, "SHA-512/256 HMAC" },
	{ CKK_SHA3_224_HMAC, "SHA3-224 HMAC" },
	{ CKK_SHA3_256_HMAC, "SHA3-256 HMAC" },
	{ CKK_SHA3_384_HMAC, "SHA3-384 HMAC" },
	{ CKK_SHA3_512_HMAC, "SHA3-512 HMAC" },
};

/* In the order of the table's column. */
static const struct {
	CK_FLAGS flag;
	const char *name;
} verb_names[] = {
	{ CKF_GENERATE, "generate" },
	{ CKF_GENERATE_KEY_PAIR, "generate pair" },
	{ CKF_DERIVE, "derive" },
	{ CKF_ENCAPSULATE, "encapsulate" },
	{ CKF_DECAPSULATE, "decapsulate" },
	{ CKF_WRAP, "wrap" },
	{ CKF_UNWRAP, "unwrap" },
	{ CKF_ENCRYPT, "encrypt" },
	{ CKF_DECRYPT, "decrypt" },
	{ CKF_SIGN, "sign" },
	{ CKF_VERIFY, "verify" },
	{ CKF_SIGN_RECOVER, "sign, recoverable" },
	{ CKF_VERIFY_RECOVER, "verify, recover" },
	{ CKF_DIGEST, "digest" },
};

static const char head[] =
    "# Mechanisms\n"
    "\n"
    "Made by `make doc-mechanisms` from the rows in `mechanisms/`; `tests/t-mechanisms` holds it\n"
    "against them and against what the module lists. Sizes are in the unit that the standard has\n"
    "for each (bits for RSA, DH, curves and generic secrets, bytes for the others). Debian 12\n"
    "has OpenSSL 3.0, Debian 13 has 3.5; what an installed OpenSSL lacks is not listed by the\n"
    "module.\n"
    "\n"
    "| mechanism | number | keys | sizes | does | needs OpenSSL |\n"
    "|---|---|---|---|---|---|\n";

/* --- the rows, by number ------------------------------------------------------- */

static const struct mechanism *rows[512];
static size_t row_count;

static int
by_number(const void *a, const void *b)
{
	const struct mechanism *const *left = a, *const *right = b;

	return ((*left)->type > (*right)->type) - ((*left)->type < (*right)->type);
}

static void
gather(void)
{
	row_count = 0;
	for (size_t i = 0; mechanism_families[i] != NULL; i++)
		for (const struct mechanism *row = mechanism_families[i]; row->name != NULL; row++)
			if (row_count < COUNT_OF(rows))
				rows[row_count++] = row;
	qsort(rows, row_count, sizeof(rows[0]), by_number);
}

/* --- the table ------------------------------------------------------------------- */

static void
print_keys(FILE *to, const struct mechanism *row)
{
	size_t listed = 0, named = 0;

	for (; row->keys != NULL && row->keys[listed] != ANY_KEY; listed++) {
	}
	/* Those that take every secret key do not spell them all out. */
	if (listed > 8) {
		fputs("any secret key", to);
		return;
	}
	for (size_t i = 0; i < listed; i++) {
		for (size_t n = 0; n < COUNT_OF(key_names); n++)
			if (key_names[n].type == row->keys[i])
				fprintf(to, "%s%s", named++ == 0 ? "" : ", ", key_names[n].name);
	}
}

static void
print_row(FILE *to, const struct mechanism *row)
{
	size_t named = 0;

	fprintf(to, "| `%s` | `%#lx` | ", row->name, row->type);
	print_keys(to, row);
	if (row->info.ulMaxKeySize == 0)
		fputs(" | | ", to);
	else
		fprintf(to, " | %lu to %lu | ", row->info.ulMinKeySize, row->info.ulMaxKeySize);
	for (size_t n = 0; n < COUNT_OF(verb_names); n++)
		if ((row->info.flags & verb_names[n].flag) != 0)
			fprintf(to, "%s%s", named++ == 0 ? "" : ", ", verb_names[n].name);
	fprintf(to, " | %s |\n", row->since == NULL ? "" : row->since);
}

static void
print_table(FILE *to)
{
	fputs(head, to);
	for (size_t i = 0; i < row_count; i++)
		print_row(to, rows[i]);
}

/* --- tests --------------------------------------------------------------------------- */

/* Has the libcrypto that runs what the row says it needs? */
static bool
due(const struct mechanism *row)
{
	unsigned major, minor;

	if (row->since == NULL)
		return true;
	check(sscanf(row->since, "%u.%u", &major, &minor) == 2);
	return OPENSSL_version_major() > major ||
	    (OPENSSL_version_major() == major && OPENSSL_version_minor() >= minor);
}

static void
test_offered_as_listed(void **state)
{
	CK_SLOT_ID slot = slot_empty();
	CK_ULONG count = 0, expected = 0;

	(void)state;
	for (size_t i = 0; i < row_count; i++) {
		CK_MECHANISM_INFO info;
		CK_RV rv = p11->C_GetMechanismInfo(slot, rows[i]->type, &info);

		if (!due(rows[i])) {
			assert_rv(rv, CKR_MECHANISM_INVALID);
			continue;
		}
		expected++;
		ok(rv);
		check(memcmp(&info, &rows[i]->info, sizeof(info)) == 0);
	}
	ok(p11->C_GetMechanismList(slot, NULL, &count));
	check(count == expected);
	print_message(
	    "# OpenSSL %s: %lu mechanisms\n", OpenSSL_version(OPENSSL_VERSION_STRING), count);
}

/* Every key type in the table has a name there. */
static void
test_key_types_have_names(void **state)
{
	(void)state;
	for (size_t i = 0; i < row_count; i++) {
		size_t unnamed = 0, listed = 0;

		for (; rows[i]->keys != NULL && rows[i]->keys[listed] != ANY_KEY; listed++) {
			bool named = false;

			for (size_t n = 0; n < COUNT_OF(key_names); n++)
				named |= key_names[n].type == rows[i]->keys[listed];
			unnamed += !named;
		}
		check(unnamed == 0 || listed > 8);
	}
}

static void
test_document_is_current(void **state)
{
	const char *source = getenv("srcdir");
	char *made = NULL, path[4096], *kept;
	size_t made_len = 0, kept_len;
	FILE *file = open_memstream(&made, &made_len);

	(void)state;
	check(file != NULL);
	print_table(file);
	fclose(file);
	snprintf(path, sizeof(path), "%s/doc/mechanisms.md", source != NULL ? source : ".");
	file = fopen(path, "r");
	check(file != NULL);
	kept = scratch(made_len + 1);
	kept_len = fread(kept, 1, made_len + 1, file);
	fclose(file);
	if (kept_len != made_len || memcmp(kept, made, made_len) != 0)
		print_error("# doc/mechanisms.md is not what the rows say: make doc-mechanisms\n");
	check(kept_len == made_len && memcmp(kept, made, made_len) == 0);
	free(made);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		test_running(test_offered_as_listed),
		test_running(test_key_types_have_names),
		test_running(test_document_is_current),
	};

	gather();
	if (argc == 2 && strcmp(argv[1], "--print") == 0) {
		print_table(stdout);
		return 0;
	}
	return test_main(tests, NULL, NULL);
}
