/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for the list of mechanisms: gathers the families' rows, finds one
 * by its number, leaves out what the libcrypto that runs does not have.  Knows
 * nothing of what a mechanism does.
 */
#include <stdatomic.h>
#include <stdlib.h>

#include "mechanisms/crypto.h"

const struct mechanism *const mechanism_families[] = {
	digest_mechanisms,
	secret_mechanisms,
	aes_mechanisms,
	aes_wrap_mechanisms,
	rsa_mechanisms,
	rsa_signature_mechanisms,
	ec_mechanisms,
	montgomery_mechanisms,
	ecdsa_mechanisms,
	eddsa_mechanisms,
	ecdh_mechanisms,
	dh_mechanisms,
	hkdf_mechanisms,
	pbkdf2_mechanisms,
	aes_ccm_mechanisms,
	rsa_pkcs_mechanisms,
	ecdh_wrap_mechanisms,
	x9_42_mechanisms,
	combine_mechanisms,
	kbkdf_mechanisms,
	tls_mechanisms,
	ike_mechanisms,
	mlkem_mechanisms,
	mldsa_mechanisms,
	slhdsa_mechanisms,
	public_key_mechanisms,
	mac_mechanisms,
	gcm_mechanisms,
	chacha20_mechanisms,
	NULL,
};

static struct entry {
	const struct mechanism *row;
	/* Asked of libcrypto when first wanted: to ask for all would cost C_Initialize a
	 * millisecond. */
	_Atomic(enum presence) presence;
	bool denied;
} * entries; /* ascending by type */
static size_t entry_count;

static size_t
family_size(const struct mechanism *family)
{
	size_t n = 0;

	while (family[n].name != NULL)
		n++;
	return n;
}

static int
entry_order(const void *left, const void *right)
{
	CK_MECHANISM_TYPE a = ((const struct entry *)left)->row->type;
	CK_MECHANISM_TYPE b = ((const struct entry *)right)->row->type;

	return (a > b) - (a < b);
}

CK_RV
table_start(void)
{
	size_t count = 0;

	/* A forked child comes here without a table_stop; the parent's list is as good for it. */
	if (entries != NULL)
		return CKR_OK;
	for (size_t i = 0; mechanism_families[i] != NULL; i++)
		count += family_size(mechanism_families[i]);
	entries = calloc(count, sizeof(*entries));
	if (entries == NULL)
		return CKR_HOST_MEMORY;
	for (size_t i = 0; mechanism_families[i] != NULL; i++)
		for (const struct mechanism *row = mechanism_families[i]; row->name != NULL; row++)
			entries[entry_count++].row = row;
	qsort(entries, entry_count, sizeof(*entries), entry_order);
	return CKR_OK;
}

void
table_stop(void)
{
	free(entries);
	entries = NULL;
	entry_count = 0;
}

void
table_limit(const struct limits *limits)
{
	for (size_t i = 0; i < entry_count; i++)
		entries[i].denied = limits_deny(limits, entries[i].row);
}

static bool
entry_present(struct entry *entry)
{
	enum presence presence = atomic_load_explicit(&entry->presence, memory_order_relaxed);

	if (presence == UNKNOWN) {
		const char *algorithm = entry->row->algorithm;

		presence = algorithm == NULL ? PRESENT : crypto_presence(algorithm);
		atomic_store_explicit(&entry->presence, presence, memory_order_relaxed);
	}
	/* What could not be told is taken to be there: what is then done with it says why not. */
	return presence != ABSENT && !entry->denied;
}

static struct entry *
entry_find(CK_MECHANISM_TYPE type)
{
	const struct mechanism wanted = { .type = type };
	const struct entry key = { .row = &wanted };

	return entry_count == 0
	    ? NULL
	    : bsearch(&key, entries, entry_count, sizeof(*entries), entry_order);
}

bool
mechanism_denied(CK_MECHANISM_TYPE type)
{
	const struct entry *found = entry_find(type);

	return found != NULL && found->denied;
}

const struct mechanism *
mechanism_find(CK_MECHANISM_TYPE type)
{
	struct entry *found = entry_find(type);

	return found != NULL && entry_present(found) ? found->row : NULL;
}

const struct mechanism *
mechanism_at(size_t n)
{
	for (size_t i = 0; i < entry_count; i++)
		if (entry_present(&entries[i]) && n-- == 0)
			return entries[i].row;
	return NULL;
}

bool
mechanism_takes(const struct mechanism *m, CK_KEY_TYPE type)
{
	for (const CK_KEY_TYPE *taken = m->keys; taken != NULL && *taken != ANY_KEY; taken++)
		if (*taken == type)
			return true;
	return false;
}
