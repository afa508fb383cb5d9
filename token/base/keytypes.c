/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for types of keys that no ENGINE of the host's takes for its own.  What
 * the keys are is the default provider's affair.
 *
 * Before it looks at any provider, EVP_PKEY_CTX_new_from_name() and its like ask the
 * process's engines, in whatever library context: where the host has one that knows
 * RSA or EC, as libp11's, our keys would be handed to it, and do not even get there.
 * It is asked by the NID that belongs to the first name of the type.  Here the types
 * have a first name without one, and all else as in the default provider, which does
 * the work.
 */
#include "token/base/keytypes.h"

#include <openssl/core_dispatch.h>
#include <openssl/crypto.h>
#include <openssl/provider.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "token/base/base.h"

/* libcrypto wants what works on a key from the provider that has the key. */
static const int operations[] = {
	OSSL_OP_KEYMGMT,
	OSSL_OP_KEYEXCH,
	OSSL_OP_SIGNATURE,
	OSSL_OP_ASYM_CIPHER,
	OSSL_OP_KEM,
};

struct tables {
	OSSL_ALGORITHM *rows[COUNT_OF(operations)];
};

/* The same for every context, and never freed: libcrypto keeps the names. */
static _Atomic(struct tables *) tables;
/* What OSSL_PROVIDER_load() has no argument for. */
static _Thread_local OSSL_PROVIDER *under;

static void
rows_free(OSSL_ALGORITHM *rows, int operation)
{
	for (size_t i = 0; rows != NULL && rows[i].algorithm_names != NULL; i++)
		if (operation == OSSL_OP_KEYMGMT)
			free((char *)rows[i].algorithm_names);
	free(rows);
}

/* "RSA:rsaEncryption:…" becomes "handfast-RSA:RSA:rsaEncryption:…". */
static const char *
names_new(const char *names)
{
	return text_print("%s%.*s:%s", KEYTYPES_PREFIX, (int)strcspn(names, ":"), names, names);
}

static OSSL_ALGORITHM *
rows_new(const OSSL_PROVIDER *provider, int operation)
{
	int no_cache;
	const OSSL_ALGORITHM *from = OSSL_PROVIDER_query_operation(provider, operation, &no_cache);
	OSSL_ALGORITHM *rows;
	size_t count = 0;

	while (from != NULL && from[count].algorithm_names != NULL)
		count++;
	rows = calloc(count + 1, sizeof(*rows));
	for (size_t i = 0; rows != NULL && i < count; i++) {
		rows[i] = from[i];
		rows[i].property_definition = "provider=handfast";
		if (operation != OSSL_OP_KEYMGMT)
			continue;
		rows[i].algorithm_names = names_new(from[i].algorithm_names);
		if (rows[i].algorithm_names == NULL) {
			rows_free(rows, operation);
			return NULL;
		}
	}
	return rows;
}

static void
tables_free(struct tables *t)
{
	for (size_t i = 0; i < COUNT_OF(operations); i++)
		rows_free(t->rows[i], operations[i]);
	free(t);
}

static bool
tables_start(const OSSL_PROVIDER *provider)
{
	struct tables *known = NULL;
	struct tables *fresh;

	if (atomic_load(&tables) != NULL)
		return true;
	fresh = calloc(1, sizeof(*fresh));
	if (fresh == NULL)
		return false;
	for (size_t i = 0; i < COUNT_OF(operations); i++) {
		fresh->rows[i] = rows_new(provider, operations[i]);
		if (fresh->rows[i] == NULL) {
			tables_free(fresh);
			return false;
		}
	}
	if (!atomic_compare_exchange_strong(&tables, &known, fresh))
		tables_free(fresh);
	return true;
}

static const OSSL_ALGORITHM *
query(void *provctx, int operation, int *no_cache)
{
	const struct tables *t = atomic_load(&tables);

	(void)provctx;
	*no_cache = 0;
	for (size_t i = 0; i < COUNT_OF(operations); i++)
		if (operations[i] == operation)
			return t->rows[i];
	return NULL;
}

static int
start(const OSSL_CORE_HANDLE *handle, const OSSL_DISPATCH *in, const OSSL_DISPATCH **out,
    void **provctx)
{
	static const OSSL_DISPATCH functions[] = {
		{ OSSL_FUNC_PROVIDER_QUERY_OPERATION, (void (*)(void))query },
		{ 0, NULL },
	};

	(void)handle;
	(void)in;
	*out = functions;
	/* The functions in the rows are the default provider's, and get what is theirs. */
	*provctx = OSSL_PROVIDER_get0_provider_ctx(under);
	return 1;
}

bool
keytypes_start(OSSL_LIB_CTX *ctx, OSSL_PROVIDER *provider)
{
	bool loaded;

	if (!tables_start(provider) || OSSL_PROVIDER_add_builtin(ctx, "handfast", start) != 1)
		return false;
	under = provider;
	loaded = OSSL_PROVIDER_load(ctx, "handfast") != NULL;
	under = NULL;
	return loaded;
}
