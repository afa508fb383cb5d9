/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Responsible for what the families share of libcrypto: algorithms fetched once,
 * random bytes, the error queue.  Knows no mechanism and no key.
 *
 * Whatever is fetched is published with an exchange and then kept for good: no
 * lock that a fork could leave held, and nothing of OpenSSL that would have to
 * be freed at an exit, where the host may have shut it down before us.
 */
#include "mechanisms/crypto.h"

#include <openssl/err.h>
#include <openssl/kdf.h>
#include <openssl/rand.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* A hash by its CKM_ number, by its mask generation function, and by libcrypto's name. */
static struct digest {
	CK_MECHANISM_TYPE hash;
	CK_ULONG mgf;
	const char *name;
	_Atomic(EVP_MD *) fetched;
} digests[] = {
	{ CKM_SHA256, CKG_MGF1_SHA256, "SHA2-256", NULL },
	{ CKM_SHA384, CKG_MGF1_SHA384, "SHA2-384", NULL },
	{ CKM_SHA512, CKG_MGF1_SHA512, "SHA2-512", NULL },
	{ CKM_SHA224, CKG_MGF1_SHA224, "SHA2-224", NULL },
	{ CKM_SHA_1, CKG_MGF1_SHA1, "SHA1", NULL },
	{ CKM_SHA512_224, 0, "SHA2-512/224", NULL },
	{ CKM_SHA512_256, 0, "SHA2-512/256", NULL },
	{ CKM_SHA3_224, CKG_MGF1_SHA3_224, "SHA3-224", NULL },
	{ CKM_SHA3_256, CKG_MGF1_SHA3_256, "SHA3-256", NULL },
	{ CKM_SHA3_384, CKG_MGF1_SHA3_384, "SHA3-384", NULL },
	{ CKM_SHA3_512, CKG_MGF1_SHA3_512, "SHA3-512", NULL },
	/* No mechanism is their digest: they are found by name alone. */
	{ 0, 0, "SHAKE-128", NULL },
	{ 0, 0, "SHAKE-256", NULL },
};

CK_RV
crypto_start(void)
{
	/* Later calls rely on it: a fetch from NULL would be one from the host's context. */
	if (libctx() == NULL)
		return CKR_HOST_MEMORY;
	return table_start();
}

void
crypto_stop(void)
{
	table_stop();
}

/* The last of the errors that the host had in its queue when it called; none: code 0. */
static _Thread_local struct host_error {
	unsigned long code;
	const char *file;
	int line;
} host_error NEAR;

static struct host_error
last_error(void)
{
	struct host_error last;

	last.code = ERR_peek_last_error_all(&last.file, &last.line, NULL, NULL, NULL);
	return last;
}

void
crypto_enter(void)
{
	/* It marks nothing where there is nothing. */
	if (ERR_set_mark() == 1)
		host_error = last_error();
	else
		host_error.code = 0;
}

void
crypto_leave(void)
{
	ERR_pop_to_mark();
}

static bool
of_memory(unsigned long error)
{
	return ERR_GET_REASON(error) == ERR_R_MALLOC_FAILURE;
}

/*
 * The queue's last error is what failed in the end, and its first what failed to begin with.
 * Of what the host has left there the last hides whether there was another, and the first is
 * its own; between them nobody can look.
 */
CK_RV
crypto_failure(void)
{
	const struct host_error last = last_error();
	const bool ours = host_error.code == 0;
	const bool same = !ours && last.code == host_error.code && last.file == host_error.file &&
	    last.line == host_error.line;

	return (ours && of_memory(ERR_peek_error())) || (!same && of_memory(last.code))
	    ? CKR_HOST_MEMORY
	    : CKR_FUNCTION_FAILED;
}

CK_RV
failure_unless_memory(CK_RV otherwise)
{
	return crypto_failure() == CKR_HOST_MEMORY ? CKR_HOST_MEMORY : otherwise;
}

static const EVP_MD *
digest_fetch(struct digest *digest)
{
	EVP_MD *known = atomic_load_explicit(&digest->fetched, memory_order_acquire);
	EVP_MD *fresh;

	if (known != NULL)
		return known;
	fresh = EVP_MD_fetch(libctx(), digest->name, NULL);
	if (atomic_compare_exchange_strong(&digest->fetched, &known, fresh))
		return fresh;
	EVP_MD_free(fresh);
	return known;
}

const EVP_MD *
crypto_digest(CK_MECHANISM_TYPE hash)
{
	for (size_t i = 0; i < COUNT_OF(digests); i++)
		if (digests[i].hash == hash && hash != 0)
			return digest_fetch(&digests[i]);
	return NULL;
}

const EVP_MD *
crypto_digest_named(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(digests); i++)
		if (strcmp(digests[i].name, name) == 0)
			return digest_fetch(&digests[i]);
	return NULL;
}

const EVP_MD *
crypto_mgf_digest(CK_ULONG mgf)
{
	for (size_t i = 0; i < COUNT_OF(digests); i++)
		if (digests[i].mgf == mgf && mgf != 0)
			return digest_fetch(&digests[i]);
	return NULL;
}

const EVP_MD *
crypto_digest_asked(CK_MECHANISM_TYPE hash)
{
	return mechanism_denied(hash) ? NULL : crypto_digest(hash);
}

const EVP_MD *
crypto_mgf_digest_asked(CK_ULONG mgf)
{
	for (size_t i = 0; i < COUNT_OF(digests); i++)
		if (digests[i].mgf == mgf && mgf != 0)
			return crypto_digest_asked(digests[i].hash);
	return NULL;
}

size_t
digest_length(CK_MECHANISM_TYPE hash)
{
	const EVP_MD *md = crypto_digest(hash);

	return md != NULL ? (size_t)EVP_MD_get_size(md) : 0;
}

CK_RV
crypto_check_value(struct view value, unsigned char out[3])
{
	const EVP_MD *sha1 = crypto_digest(CKM_SHA_1);
	/* Secret beyond its three bytes: all of it would tell whether a guess at a key is right. */
	RELEASED(secret_clear) struct secret digest = { 0 };

	if (sha1 == NULL || !secret_alloc(&digest, (size_t)EVP_MD_get_size(sha1)) ||
	    EVP_Digest(value.data, value.len, digest.data, NULL, sha1, NULL) != 1)
		return crypto_failure();
	memcpy(out, digest.data, 3);
	return CKR_OK;
}

const EVP_CIPHER *
crypto_cipher(struct cipher *cipher)
{
	EVP_CIPHER *known = atomic_load_explicit(&cipher->fetched, memory_order_acquire);
	EVP_CIPHER *fresh;

	if (known != NULL)
		return known;
	fresh = EVP_CIPHER_fetch(libctx(), cipher->name, NULL);
	if (atomic_compare_exchange_strong(&cipher->fetched, &known, fresh))
		return fresh;
	EVP_CIPHER_free(fresh);
	return known;
}

/* About what one fetch allocates. */
#define FETCH_TAKES 4096

/*
 * Did the last fetch fail because no provider has it, and for nothing else?  Where
 * there is no memory to look for it, libcrypto may say the same.
 */
static bool
unsupported(void)
{
	void *memory;

	if (ERR_GET_REASON(ERR_peek_last_error()) != ERR_R_UNSUPPORTED ||
	    (host_error.code == 0 && of_memory(ERR_peek_error())))
		return false;
	memory = malloc(FETCH_TAKES);
	free(memory);
	return memory != NULL;
}

/* Without a trace in the error queue, which holds 16 errors, the host's among them. */
#define LOOK_FOR(kind, algorithm)                                                                  \
	__extension__({                                                                            \
		enum presence presence_of = PRESENT;                                               \
		EVP_##kind *found;                                                                 \
		ERR_set_mark();                                                                    \
		found = EVP_##kind##_fetch(libctx(), (algorithm), NULL);                           \
		if (found == NULL)                                                                 \
			presence_of = unsupported() ? ABSENT : UNKNOWN;                            \
		ERR_pop_to_mark();                                                                 \
		EVP_##kind##_free(found);                                                          \
		presence_of;                                                                       \
	})

static enum presence
look_for(const char *algorithm)
{
	enum presence presence = LOOK_FOR(CIPHER, algorithm);

	/* The kinds in turn, until one has it or cannot say. */
	if (presence == ABSENT)
		presence = LOOK_FOR(MD, algorithm);
	if (presence == ABSENT)
		presence = LOOK_FOR(KEYMGMT, algorithm);
	if (presence == ABSENT)
		presence = LOOK_FOR(SIGNATURE, algorithm);
	if (presence == ABSENT)
		presence = LOOK_FOR(KEYEXCH, algorithm);
	if (presence == ABSENT)
		presence = LOOK_FOR(MAC, algorithm);
	if (presence == ABSENT)
		presence = LOOK_FOR(KDF, algorithm);
	if (presence == ABSENT)
		presence = LOOK_FOR(KEM, algorithm);
	if (presence == ABSENT)
		presence = LOOK_FOR(ASYM_CIPHER, algorithm);
	return presence;
}

enum presence
crypto_presence(const char *algorithm)
{
	enum presence presence = look_for(algorithm);

	/* It is remembered, so one allocation that failed must not do. */
	return presence == ABSENT ? look_for(algorithm) : presence;
}

CK_RV
crypto_random(unsigned char *out, size_t len)
{
	return RAND_bytes_ex(libctx(), out, len, 0) == 1 ? CKR_OK : crypto_failure();
}

CK_RV
crypto_random_secret(struct secret *out, size_t len)
{
	if (!secret_alloc(out, len))
		return CKR_HOST_MEMORY;
	/* Key material has a generator of its own (SP 800-90A), apart from what callers see. */
	return RAND_priv_bytes_ex(libctx(), out->data, len, 0) == 1 ? CKR_OK : crypto_failure();
}

/* Far below what one SP 800-90A reseed takes. */
#define SEED_PART ((size_t)1 << 20)

CK_RV
crypto_seed(struct view seed)
{
	/*
	 * As additional input beside fresh entropy from the system, so that a seed which
	 * an attacker chose takes nothing away.  The threads' generators follow: they
	 * see that the one above them was seeded anew.
	 */
	EVP_RAND_CTX *generator = RAND_get0_primary(libctx());

	if (generator == NULL)
		return crypto_failure();
	while (seed.len > 0) {
		size_t part = seed.len < SEED_PART ? seed.len : SEED_PART;

		if (EVP_RAND_reseed(generator, 0, NULL, 0, seed.data, part) != 1)
			return crypto_failure();
		seed.data += part;
		seed.len -= part;
	}
	return CKR_OK;
}
