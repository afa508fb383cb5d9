/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files that the command reads: seeds (handfast-seed(5)), and keys and certificates that
 * libcrypto takes apart.  No sealed ones, whose passphrase may take as long as they say.
 */
#include "tests/fuzz/fuzz.h"

#include <openssl/evp.h>
#include <openssl/x509.h>
#include <stdio.h>

#include "cli/pem.h"
#include "cli/pkcs12.h"
#include "cli/seed.h"

static char path[100];

static void
as_seed(const struct call *call)
{
	struct seed seed = { 0 };

	if (seed_read(call, &seed) == DONE) {
		(void)seed_label(&seed);
		(void)seed_pin(&seed);
	}
	seed_release(&seed);
}

static void
as_private(const struct call *call)
{
	STACK_OF(X509) *certs = NULL;
	EVP_PKEY *key = NULL;
	struct secret der = { 0 };
	CK_KEY_TYPE type;

	if (!pkcs12_at(path) && pem_private(call, path, &key, &certs) == DONE && key != NULL &&
	    pem_type(key, &type) == DONE && pem_pkcs8(key, &der) == DONE)
		must(der.len > 0);
	secret_clear(&der);
	EVP_PKEY_free(key);
	certs_release(&certs);
}

static void
as_public(void)
{
	EVP_PKEY *key = NULL;
	struct bytes point = { 0 };

	if (pem_public(path, &key) == DONE && pem_encoded(key, path, &point) == DONE)
		must(point.len > 0);
	bytes_release(&point);
	EVP_PKEY_free(key);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct input in = { .data = data, .len = len };
	struct call call = { .options = { .seed = path } };
	uint8_t which;
	FILE *file;

	if (path[0] == '\0') {
		snprintf(path, sizeof(path), "%s/file", fuzz_folder());
		json_set_alloc_funcs(arena_alloc, arena_free);
		must(setenv("HANDFAST_LOG", "off", 1) == 0);
	}
	/* There is no such: the terminal is not asked. */
	call.options.password.file = "/nonexistent";
	call.options.password.fd = -1;
	which = take_byte(&in);
	file = fopen(path, "we");
	must(file != NULL && fwrite(in.data, 1, in.len, file) == in.len && fclose(file) == 0);
	if (which < 128)
		as_seed(&call);
	else if (which < 192)
		as_private(&call);
	else
		as_public();
	blocks_free();
	return 0;
}
