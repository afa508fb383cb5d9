/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Envelope encryption of a token: PIN to master key, master key to the keys of
 * records, search and state.  The only file of the store that reaches libcrypto.
 * It must not know of SQL, files or sessions.
 *
 * Three primitives carry everything: HKDF-SHA-256 (RFC 5869) makes every key,
 * AES-256-GCM seals, and scrypt (RFC 7914) stretches PINs.  Each seal has a key
 * of its own, made with a fresh salt, and therefore the all-zero nonce: a nonce
 * cannot repeat under a key, not after a roll-back of the file nor on a cloned
 * machine (NIST SP 800-38D, 8.2).
 */
#include "store/seal.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include "token/base/libctx.h"
#include "token/base/log.h"

/* What libcrypto calls the hash of every derivation here. */
#define HASH "SHA256"

/* --- algorithms, fetched once --------------------------------------------- */

struct algorithms {
	EVP_CIPHER *gcm;
	EVP_KDF *scrypt;
	EVP_MAC *hmac;
	EVP_MD *sha256;
};

static void
algorithms_free(struct algorithms *a)
{
	EVP_CIPHER_free(a->gcm);
	EVP_KDF_free(a->scrypt);
	EVP_MAC_free(a->hmac);
	EVP_MD_free(a->sha256);
	free(a);
}

/* Never freed, as libctx() is not.  NULL when there is no memory. */
static const struct algorithms *
algorithms(void)
{
	static _Atomic(struct algorithms *) fetched;
	struct algorithms *known = atomic_load_explicit(&fetched, memory_order_acquire);
	struct algorithms *a;
	OSSL_LIB_CTX *context;

	if (known != NULL)
		return known;
	context = libctx();
	a = context != NULL ? calloc(1, sizeof(*a)) : NULL;
	if (a == NULL)
		return NULL;
	a->gcm = EVP_CIPHER_fetch(context, "AES-256-GCM", NULL);
	a->scrypt = EVP_KDF_fetch(context, "SCRYPT", NULL);
	a->hmac = EVP_MAC_fetch(context, "HMAC", NULL);
	a->sha256 = EVP_MD_fetch(context, HASH, NULL);
	if (a->gcm == NULL || a->scrypt == NULL || a->hmac == NULL || a->sha256 == NULL) {
		algorithms_free(a);
		return NULL;
	}
	/* As in libctx(): the first of several threads wins, and none can be left waiting. */
	if (atomic_compare_exchange_strong(&fetched, &known, a))
		return a;
	algorithms_free(a);
	return known;
}

enum store_status
seal_random(void *out, size_t len)
{
	OSSL_LIB_CTX *context = libctx();

	if (context == NULL || RAND_bytes_ex(context, out, len, 0) != 1)
		return STORE_NO_MEMORY;
	return STORE_OK;
}

enum store_status
master_make(struct secret *master)
{
	OSSL_LIB_CTX *context = libctx();

	if (context == NULL || !secret_alloc(master, SEAL_KEY_LEN) ||
	    RAND_priv_bytes_ex(context, master->data, master->len, 0) != 1)
		return STORE_NO_MEMORY;
	return STORE_OK;
}

/* --- encodings ------------------------------------------------------------ */

static void
put_u32(unsigned char *to, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		to[i] = (unsigned char)(value >> (24 - 8 * i));
}

static void
put_u64(unsigned char *to, uint64_t value)
{
	put_u32(to, (uint32_t)(value >> 32));
	put_u32(to + 4, (uint32_t)value);
}

static uint64_t
get_u64(const unsigned char *from)
{
	uint64_t value = 0;

	for (int i = 0; i < 8; i++)
		value = value << 8 | from[i];
	return value;
}

/*
 * What a key is for, as HKDF's "info": a label with its NUL, the format, the
 * token, then fields of fixed size.  No two purposes have the same bytes.
 */
struct purpose {
	unsigned char data[128];
	size_t len;
};

static void
purpose_bytes(struct purpose *purpose, const void *data, size_t len)
{
	memcpy(purpose->data + purpose->len, data, len);
	purpose->len += len;
}

static void
purpose_u32(struct purpose *purpose, uint32_t value)
{
	put_u32(purpose->data + purpose->len, value);
	purpose->len += 4;
}

static void
purpose_u64(struct purpose *purpose, uint64_t value)
{
	put_u64(purpose->data + purpose->len, value);
	purpose->len += 8;
}

static struct purpose
purpose_of(const char *label, const unsigned char uuid[SEAL_UUID_LEN])
{
	struct purpose purpose = { .len = 0 };

	purpose_bytes(&purpose, label, strlen(label) + 1);
	purpose_u32(&purpose, SEAL_FORMAT);
	purpose_bytes(&purpose, uuid, SEAL_UUID_LEN);
	return purpose;
}

/* --- primitives ----------------------------------------------------------- */

static OSSL_PARAM
octets(const char *name, struct view value)
{
	/* libcrypto's parameters are not const, but those that go in are not written to. */
	return OSSL_PARAM_construct_octet_string(name, (void *)(uintptr_t)value.data, value.len);
}

/* For HMAC-SHA-256, any number of times; NULL when there is no memory. */
static EVP_MAC_CTX *
hmac_new(void)
{
	const struct algorithms *a = algorithms();
	EVP_MAC_CTX *context = a != NULL ? EVP_MAC_CTX_new(a->hmac) : NULL;
	char hash[] = HASH;
	OSSL_PARAM params[] = { OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, hash, 0),
		OSSL_PARAM_construct_end() };

	if (context != NULL && EVP_MAC_CTX_set_params(context, params) == 1)
		return context;
	EVP_MAC_CTX_free(context);
	return NULL;
}

static void
hmac_free(EVP_MAC_CTX **context)
{
	EVP_MAC_CTX_free(*context);
}

static enum store_status
hmac_of(EVP_MAC_CTX *context, struct view key, const struct view *parts, size_t count,
    unsigned char out[32])
{
	size_t len;
	bool done = context != NULL && EVP_MAC_init(context, key.data, key.len, NULL) == 1;

	for (size_t i = 0; done && i < count; i++)
		done = EVP_MAC_update(context, parts[i].data, parts[i].len) == 1;
	done = done && EVP_MAC_final(context, out, &len, 32) == 1;
	return done ? STORE_OK : STORE_NO_MEMORY;
}

static enum store_status
hmac(const unsigned char key[SEAL_KEY_LEN], const struct view *parts, size_t count,
    unsigned char out[32])
{
	RELEASED(hmac_free) EVP_MAC_CTX *context = hmac_new();

	return hmac_of(context, view_of(key, SEAL_KEY_LEN), parts, count, out);
}

/*
 * HKDF-SHA-256 (RFC 5869), extract and expand, to the one block that SEAL_KEY_LEN is.
 * Two HMACs take little more than half of what libcrypto's HKDF does, which looks
 * its algorithms up by name three times; each record that is opened needs one.
 */
static enum store_status
derive(struct view key, struct view salt, const struct purpose *purpose,
    unsigned char out[SEAL_KEY_LEN])
{
	static const unsigned char no_salt[32], first = 1;
	const struct view info[] = { view_of(purpose->data, purpose->len), view_of(&first, 1) };
	RELEASED(secret_clear) struct secret extracted = { 0 };
	RELEASED(hmac_free) EVP_MAC_CTX *context = hmac_new();

	_Static_assert(SEAL_KEY_LEN == 32, "one block of SHA-256");
	if (salt.len == 0)
		salt = view_of(no_salt, sizeof(no_salt));
	if (!secret_alloc(&extracted, 32))
		return STORE_NO_MEMORY;
	TRY(hmac_of(context, salt, &key, 1, extracted.data));
	return hmac_of(context, secret_view(&extracted), info, COUNT_OF(info), out);
}

static enum store_status
derive_secret(struct view key, struct view salt, const struct purpose *purpose, struct secret *out)
{
	if (!secret_alloc(out, SEAL_KEY_LEN))
		return STORE_NO_MEMORY;
	return derive(key, salt, purpose, out->data);
}

static enum store_status
sha256(const struct view *parts, size_t count, unsigned char out[32])
{
	const struct algorithms *a = algorithms();
	EVP_MD_CTX *context = a != NULL ? EVP_MD_CTX_new() : NULL;
	bool done;

	if (context == NULL)
		return STORE_NO_MEMORY;
	done = EVP_DigestInit_ex2(context, a->sha256, NULL) == 1;
	for (size_t i = 0; done && i < count; i++)
		done = EVP_DigestUpdate(context, parts[i].data, parts[i].len) == 1;
	done = done && EVP_DigestFinal_ex(context, out, NULL) == 1;
	EVP_MD_CTX_free(context);
	return done ? STORE_OK : STORE_NO_MEMORY;
}

enum direction { OPEN = 0, SEAL = 1 };

/* Feeds one stretch; libcrypto counts in int. */
static bool
gcm_feed(EVP_CIPHER_CTX *context, struct view in, unsigned char *out)
{
	int len;

	if (in.len == 0)
		return true;
	return in.len <= INT32_MAX &&
	    EVP_CipherUpdate(context, out, &len, in.data, (int)in.len) == 1;
}

/*
 * AES-256-GCM under a key that is used once.  `tag` is written or compared; what
 * was opened counts only with STORE_OK.  STORE_DAMAGED: the tag does not fit.
 */
static enum store_status
gcm(enum direction direction, const struct secret *key, const struct view *about, size_t count,
    struct view in, unsigned char *out, unsigned char tag[SEAL_GCM_LEN])
{
	static const unsigned char nonce[12];
	const struct algorithms *a = algorithms();
	EVP_CIPHER_CTX *context = a != NULL ? EVP_CIPHER_CTX_new() : NULL;
	enum store_status status = STORE_NO_MEMORY;
	unsigned char end[1];
	int len;
	bool done;

	if (context == NULL)
		return STORE_NO_MEMORY;
	done = EVP_CipherInit_ex2(context, a->gcm, key->data, nonce, direction == SEAL, NULL) == 1;
	for (size_t i = 0; done && i < count; i++)
		done = gcm_feed(context, about[i], NULL);
	done = done && gcm_feed(context, in, out) &&
	    (direction == SEAL ||
		EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, SEAL_GCM_LEN, tag) == 1);
	if (done)
		status = EVP_CipherFinal_ex(context, end, &len) == 1 ? STORE_OK : STORE_DAMAGED;
	if (status == STORE_OK && direction == SEAL &&
	    EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, SEAL_GCM_LEN, tag) != 1)
		status = STORE_NO_MEMORY;
	EVP_CIPHER_CTX_free(context);
	return status;
}

/* Compares a tag that must not be changed: it belongs to whoever lent the row. */
static enum store_status
gcm_open(const struct secret *key, const struct view *about, size_t count, struct view in,
    unsigned char *out, const unsigned char tag[SEAL_GCM_LEN])
{
	unsigned char copy[SEAL_GCM_LEN]; /* public: from the file */

	memcpy(copy, tag, sizeof(copy));
	return gcm(OPEN, key, about, count, in, out, copy);
}

/* --- PINs ----------------------------------------------------------------- */

/*
 * Costs of scrypt.  Memory is 128·N·r bytes and time goes with N·r·p; the default
 * takes 32 MiB and under a tenth of a second.  The floor is half of that.  The
 * ceiling, 256 MiB and 32 times the default's work, keeps a file from a stranger
 * from stopping whoever opens it.
 */
#define LOG2_N_DEFAULT 15
#define LOG2_N_LEAST 14
#define LOG2_N_MOST 20
#define R_DEFAULT 8
#define R_MOST 32
#define P_DEFAULT 1
#define P_MOST 32
#define MEMORY_MOST (UINT64_C(256) << 20)
#define WORK_MOST (UINT64_C(1) << 23) /* N·r·p */

/* Of a token in memory, which leaves no file to guess at. */
static const struct store_kdf kdf_cheapest = { 4, R_DEFAULT, 1 };

bool
kdf_acceptable(const struct store_kdf *kdf, bool in_memory)
{
	uint64_t blocks;

	if (in_memory)
		return kdf->log2_n == kdf_cheapest.log2_n && kdf->r == kdf_cheapest.r &&
		    kdf->p == kdf_cheapest.p;
	if (kdf->log2_n < LOG2_N_LEAST || kdf->log2_n > LOG2_N_MOST || kdf->r < R_DEFAULT ||
	    kdf->r > R_MOST || kdf->p < P_DEFAULT || kdf->p > P_MOST)
		return false;
	blocks = (UINT64_C(1) << kdf->log2_n) * kdf->r;
	return 128 * blocks <= MEMORY_MOST && blocks * kdf->p <= WORK_MOST;
}

struct store_kdf
kdf_choose(const struct store_kdf *asked, bool in_memory)
{
	static const struct store_kdf standard = { LOG2_N_DEFAULT, R_DEFAULT, P_DEFAULT };
	struct store_kdf chosen = *asked;

	if (in_memory)
		return kdf_cheapest;
	if (chosen.log2_n == 0)
		chosen.log2_n = standard.log2_n;
	if (chosen.r == 0)
		chosen.r = standard.r;
	if (chosen.p == 0)
		chosen.p = standard.p;
	if (kdf_acceptable(&chosen, false))
		return chosen;
	log_warning("PIN derivation cost N=2^%u, r=%u, p=%u is out of bounds; the default is used",
	    chosen.log2_n, chosen.r, chosen.p);
	return standard;
}

/* scrypt of the PIN, its length in front so that no two PINs alias. */
static enum store_status
pin_stretch(const struct envelope *envelope, struct view pin, struct secret *out)
{
	RELEASED(secret_clear) struct secret framed = { 0 };
	const struct algorithms *a = algorithms();
	uint64_t n = UINT64_C(1) << envelope->kdf.log2_n, limit = MEMORY_MOST + (1 << 20);
	uint32_t r = envelope->kdf.r, p = envelope->kdf.p;
	EVP_KDF_CTX *context;
	int done;

	if (a == NULL || !secret_alloc(&framed, 8 + pin.len) || !secret_alloc(out, SEAL_KEY_LEN))
		return STORE_NO_MEMORY;
	put_u64(framed.data, pin.len);
	if (pin.len > 0)
		memcpy(framed.data + 8, pin.data, pin.len);
	OSSL_PARAM params[] = {
		octets(OSSL_KDF_PARAM_PASSWORD, secret_view(&framed)),
		octets(OSSL_KDF_PARAM_SALT, view_of(envelope->salt, SEAL_SALT_LEN)),
		OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &n),
		OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_R, &r),
		OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_P, &p),
		OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &limit),
		OSSL_PARAM_construct_end(),
	};
	context = EVP_KDF_CTX_new(a->scrypt);
	if (context == NULL)
		return STORE_NO_MEMORY;
	done = EVP_KDF_derive(context, out->data, out->len, params);
	EVP_KDF_CTX_free(context);
	return done == 1 ? STORE_OK : STORE_NO_MEMORY;
}

static struct purpose
pin_purpose(
    const char *label, const struct envelope *envelope, const unsigned char uuid[SEAL_UUID_LEN])
{
	struct purpose purpose = purpose_of(label, uuid);

	purpose_u32(&purpose, envelope->role);
	purpose_u64(&purpose, envelope->epoch);
	purpose_u32(&purpose, envelope->kdf.log2_n);
	purpose_u32(&purpose, envelope->kdf.r);
	purpose_u32(&purpose, envelope->kdf.p);
	purpose_u32(&purpose, envelope->peppered);
	return purpose;
}

/* The sealing key of a PIN, and a commitment: AES-GCM alone opens under more than one key. */
static enum store_status
pin_keys(const struct envelope *envelope, const unsigned char uuid[SEAL_UUID_LEN], struct view pin,
    struct view pepper, struct secret *key, struct secret *commitment)
{
	RELEASED(secret_clear) struct secret stretched = { 0 }, salt = { 0 };
	struct purpose for_key = pin_purpose("handfast pin key", envelope, uuid);
	struct purpose for_commitment = pin_purpose("handfast pin commitment", envelope, uuid);
	struct purpose for_pepper = purpose_of("handfast pepper", uuid);

	if (envelope->peppered)
		TRY(derive_secret(pepper, VIEW_NONE, &for_pepper, &salt));
	TRY(pin_stretch(envelope, pin, &stretched));
	TRY(derive_secret(secret_view(&stretched), secret_view(&salt), &for_key, key));
	return derive_secret(
	    secret_view(&stretched), secret_view(&salt), &for_commitment, commitment);
}

static enum store_status
pepper_mark(const unsigned char uuid[SEAL_UUID_LEN], struct view pepper,
    unsigned char mark[SEAL_PEPPER_LEN])
{
	struct purpose purpose = purpose_of("handfast pepper mark", uuid);

	return derive(pepper, VIEW_NONE, &purpose, mark);
}

enum store_status
envelope_pepper(const struct envelope *envelope, const unsigned char uuid[SEAL_UUID_LEN],
    struct view pepper, bool *same)
{
	unsigned char mark[SEAL_PEPPER_LEN]; /* public: it stands in the file */

	TRY(pepper_mark(uuid, pepper, mark));
	*same = memcmp(mark, envelope->pepper, sizeof(mark)) == 0;
	return STORE_OK;
}

enum store_status
envelope_seal(struct envelope *envelope, const unsigned char uuid[SEAL_UUID_LEN], struct view pin,
    struct view pepper, struct view master)
{
	RELEASED(secret_clear) struct secret key = { 0 }, commitment = { 0 };

	envelope->peppered = pepper.len > 0;
	memset(envelope->pepper, 0, sizeof(envelope->pepper));
	if (envelope->peppered)
		TRY(pepper_mark(uuid, pepper, envelope->pepper));
	TRY(seal_random(envelope->salt, sizeof(envelope->salt)));
	TRY(pin_keys(envelope, uuid, pin, pepper, &key, &commitment));
	memcpy(envelope->commitment, commitment.data, sizeof(envelope->commitment));
	return gcm(SEAL, &key, NULL, 0, master, envelope->master, envelope->master + master.len);
}

enum store_status
envelope_open(const struct envelope *envelope, const unsigned char uuid[SEAL_UUID_LEN],
    struct view pin, struct view pepper, struct secret *master)
{
	RELEASED(secret_clear) struct secret key = { 0 }, commitment = { 0 };

	TRY(pin_keys(envelope, uuid, pin, pepper, &key, &commitment));
	if (!secret_equal(secret_view(&commitment), view_of(envelope->commitment, SEAL_KEY_LEN)))
		return STORE_PIN_WRONG;
	if (!secret_alloc(master, SEAL_KEY_LEN))
		return STORE_NO_MEMORY;
	return gcm_open(&key, NULL, 0, view_of(envelope->master, SEAL_KEY_LEN), master->data,
	    envelope->master + SEAL_KEY_LEN);
}

/* --- the keys of a token -------------------------------------------------- */

enum store_status
keys_derive(enum store_role role, const unsigned char uuid[SEAL_UUID_LEN], struct view master,
    struct keys **out)
{
	struct purpose object = purpose_of("handfast object", uuid);
	struct purpose search = purpose_of("handfast search", uuid);
	struct purpose state = purpose_of("handfast state", uuid);
	struct purpose digest = purpose_of("handfast digest", uuid);
	RELEASED(keys_release) struct keys *keys = arena_alloc(sizeof(*keys));

	if (keys == NULL)
		return STORE_NO_MEMORY;
	atomic_init(&keys->references, 1);
	keys->role = role;
	memcpy(keys->uuid, uuid, SEAL_UUID_LEN);
	memcpy(keys->master, master.data, SEAL_KEY_LEN);
	TRY(derive(master, VIEW_NONE, &object, keys->object));
	TRY(derive(master, VIEW_NONE, &search, keys->search));
	TRY(derive(master, VIEW_NONE, &state, keys->state));
	TRY(derive(master, VIEW_NONE, &digest, keys->digest));
	*out = keys_hold(keys);
	return STORE_OK;
}

struct keys *
keys_hold(struct keys *keys)
{
	if (keys != NULL)
		atomic_fetch_add_explicit(&keys->references, 1, memory_order_relaxed);
	return keys;
}

void
keys_release(struct keys **keys)
{
	if (*keys != NULL &&
	    atomic_fetch_sub_explicit(&(*keys)->references, 1, memory_order_acq_rel) == 1)
		arena_free(*keys);
	*keys = NULL;
}

/* --- records -------------------------------------------------------------- */

/* The key of one part of one version of a record. */
static enum store_status
part_key(const struct keys *keys, const char *label, const struct row *row, struct secret *key)
{
	struct purpose purpose = purpose_of(label, keys->uuid);

	purpose_bytes(&purpose, row->uid, sizeof(row->uid));
	purpose_u64(&purpose, row->version);
	return derive_secret(
	    view_of(keys->object, SEAL_KEY_LEN), view_of(row->seal, SEAL_SALT_LEN), &purpose, key);
}

/* What the seal of meta vouches for besides: where the row stands, what it says of itself. */
#define HEAD_LEN (8 + 4 + 4 + 4)
static void
row_head(const struct row *row, unsigned char head[HEAD_LEN])
{
	put_u64(head, row->id);
	put_u32(head + 8, row->is_private);
	put_u32(head + 12, row->has_secret);
	put_u32(head + 16, (uint32_t)(row->tags.len / SEAL_TAG_LEN));
}

/* What the seal of the secret vouches for besides: all that the seal of meta does, and meta. */
static enum store_status
secret_about(const struct row *row, struct view meta, unsigned char hash[32])
{
	unsigned char head[HEAD_LEN];
	const struct view parts[] = { view_of(head, sizeof(head)), row->tags, meta };

	row_head(row, head);
	return sha256(parts, COUNT_OF(parts), hash);
}

static enum store_status
seal_meta(const struct keys *keys, struct row *row, struct bytes *out)
{
	RELEASED(secret_clear) struct secret key = { 0 };
	unsigned char head[HEAD_LEN];
	const struct view about[] = { view_of(head, sizeof(head)), row->tags, row->meta };
	unsigned char *tag = row->seal + SEAL_SALT_LEN;

	row_head(row, head);
	TRY(part_key(keys, "handfast meta", row, &key));
	/* A public record's meta is not enciphered; it joins what the seal vouches for. */
	if (!row->is_private)
		return gcm(SEAL, &key, about, 3, VIEW_NONE, NULL, tag);
	if (!bytes_alloc(out, row->meta.len))
		return STORE_NO_MEMORY;
	TRY(gcm(SEAL, &key, about, 2, row->meta, out->data, tag));
	row->meta = bytes_view(out);
	return STORE_OK;
}

static enum store_status
seal_secret(const struct keys *keys, struct row *row, struct view meta, struct bytes *out)
{
	RELEASED(secret_clear) struct secret key = { 0 };
	unsigned char hash[32];
	const struct view about[] = { view_of(hash, sizeof(hash)) };

	TRY(secret_about(row, meta, hash));
	TRY(part_key(keys, "handfast secret", row, &key));
	if (!bytes_alloc(out, row->secret.len + SEAL_GCM_LEN))
		return STORE_NO_MEMORY;
	TRY(gcm(SEAL, &key, about, 1, row->secret, out->data, out->data + row->secret.len));
	row->secret = bytes_view(out);
	return STORE_OK;
}

enum store_status
row_seal(const struct keys *keys, struct row *row, struct bytes *meta, struct bytes *secret)
{
	struct view clear = row->meta;

	row->sealed = true;
	TRY(seal_random(row->seal, SEAL_SALT_LEN));
	TRY(seal_meta(keys, row, meta));
	return row->has_secret ? seal_secret(keys, row, clear, secret) : STORE_OK;
}

static enum store_status
open_meta(const struct keys *keys, const struct row *row, struct bytes *meta)
{
	RELEASED(secret_clear) struct secret key = { 0 };
	unsigned char head[HEAD_LEN];
	const struct view about[] = { view_of(head, sizeof(head)), row->tags, row->meta };
	const unsigned char *tag = row->seal + SEAL_SALT_LEN;

	row_head(row, head);
	TRY(part_key(keys, "handfast meta", row, &key));
	if (!row->is_private) {
		TRY(gcm_open(&key, about, 3, VIEW_NONE, NULL, tag));
		return bytes_copy(meta, row->meta) ? STORE_OK : STORE_NO_MEMORY;
	}
	if (!bytes_alloc(meta, row->meta.len))
		return STORE_NO_MEMORY;
	return gcm_open(&key, about, 2, row->meta, meta->data, tag);
}

static enum store_status
open_secret(const struct keys *keys, const struct row *row, struct view meta, struct secret *secret)
{
	RELEASED(secret_clear) struct secret key = { 0 };
	unsigned char hash[32];
	const struct view about[] = { view_of(hash, sizeof(hash)) };
	size_t len = row->secret.len - SEAL_GCM_LEN;

	if (row->secret.len < SEAL_GCM_LEN)
		return STORE_DAMAGED;
	TRY(secret_about(row, meta, hash));
	TRY(part_key(keys, "handfast secret", row, &key));
	if (!secret_alloc(secret, len))
		return STORE_NO_MEMORY;
	return gcm_open(
	    &key, about, 1, view_of(row->secret.data, len), secret->data, row->secret.data + len);
}

enum store_status
row_open(const struct keys *keys, const struct row *row, bool with_secret, struct store_record *out)
{
	TRY(open_meta(keys, row, &out->meta));
	if (with_secret && row->has_secret)
		TRY(open_secret(keys, row, bytes_view(&out->meta), &out->secret));
	return STORE_OK;
}

enum store_status
search_tag(const struct keys *keys, const unsigned char uuid[SEAL_UUID_LEN],
    const struct store_tag *value, unsigned char tag[SEAL_TAG_LEN])
{
	unsigned char attribute[8], hash[32];
	/* The search key belongs to the token already, so its tags leave the uuid out. */
	const struct view parts[] = { view_of(uuid, SEAL_UUID_LEN),
		view_of(attribute, sizeof(attribute)), value->value };

	put_u64(attribute, value->attribute);
	if (keys != NULL)
		TRY(hmac(keys->search, parts + 1, COUNT_OF(parts) - 1, hash));
	else
		TRY(sha256(parts, COUNT_OF(parts), hash));
	memcpy(tag, hash, SEAL_TAG_LEN);
	return STORE_OK;
}

/* --- the state of a token ------------------------------------------------- */

static enum store_status
state_key(const struct keys *keys, const unsigned char seal[SEAL_LEN], struct secret *key)
{
	struct purpose purpose = purpose_of("handfast token", keys->uuid);

	return derive_secret(
	    view_of(keys->state, SEAL_KEY_LEN), view_of(seal, SEAL_SALT_LEN), &purpose, key);
}

enum store_status
state_seal(const struct keys *keys, const struct state *state, struct view about,
    unsigned char seal[SEAL_LEN], unsigned char sealed[STATE_LEN])
{
	RELEASED(secret_clear) struct secret key = { 0 }, clear = { 0 };

	if (!secret_alloc(&clear, STATE_LEN))
		return STORE_NO_MEMORY;
	put_u64(clear.data, state->counter);
	put_u64(clear.data + 8, state->rows);
	memcpy(clear.data + 16, state->digest, SEAL_KEY_LEN);
	for (size_t i = 0; i < SEAL_ROLES; i++)
		put_u64(clear.data + 16 + SEAL_KEY_LEN + 8 * i, state->epochs[i]);
	TRY(seal_random(seal, SEAL_SALT_LEN));
	TRY(state_key(keys, seal, &key));
	return gcm(SEAL, &key, &about, 1, secret_view(&clear), sealed, seal + SEAL_SALT_LEN);
}

enum store_status
state_open(const struct keys *keys, struct view about, const unsigned char seal[SEAL_LEN],
    const unsigned char sealed[STATE_LEN], struct state *state)
{
	RELEASED(secret_clear) struct secret key = { 0 }, clear = { 0 };

	if (!secret_alloc(&clear, STATE_LEN))
		return STORE_NO_MEMORY;
	TRY(state_key(keys, seal, &key));
	TRY(gcm_open(
	    &key, &about, 1, view_of(sealed, STATE_LEN), clear.data, seal + SEAL_SALT_LEN));
	state->counter = get_u64(clear.data);
	state->rows = get_u64(clear.data + 8);
	memcpy(state->digest, clear.data + 16, SEAL_KEY_LEN);
	for (size_t i = 0; i < SEAL_ROLES; i++)
		state->epochs[i] = get_u64(clear.data + 16 + SEAL_KEY_LEN + 8 * i);
	return STORE_OK;
}

/*
 * A row in the digest: HMAC of its id, version, privacy, uid and the tag of its seal, taken as
 * a number modulo 2^256.  Numbers are summed, so rows come and go in any order
 * and at a constant cost.  The sum is enciphered, so nobody can work out rows
 * that would add up to it.
 */
static enum store_status
row_number(const struct keys *keys, const struct row *row, unsigned char number[32])
{
	unsigned char which[20]; /* id, version, private */
	const struct view parts[] = { view_of(which, sizeof(which)),
		view_of(row->uid, sizeof(row->uid)),
		view_of(row->seal + SEAL_SALT_LEN, SEAL_GCM_LEN) };

	put_u64(which, row->id);
	put_u64(which + 8, row->version);
	put_u32(which + 16, row->is_private);
	return hmac(keys->digest, parts, COUNT_OF(parts), number);
}

enum store_status
state_add(const struct keys *keys, struct state *state, const struct row *row)
{
	unsigned char number[32];
	unsigned carry = 0;

	TRY(row_number(keys, row, number));
	for (size_t i = sizeof(number); i-- > 0;) {
		carry += (unsigned)state->digest[i] + number[i];
		state->digest[i] = (unsigned char)carry;
		carry >>= 8;
	}
	state->rows++;
	return STORE_OK;
}

enum store_status
state_subtract(const struct keys *keys, struct state *state, const struct row *row)
{
	unsigned char number[32];
	unsigned borrow = 0;

	TRY(row_number(keys, row, number));
	for (size_t i = sizeof(number); i-- > 0;) {
		unsigned difference = (unsigned)state->digest[i] - number[i] - borrow;

		state->digest[i] = (unsigned char)difference;
		borrow = difference >> 8 & 1;
	}
	state->rows--;
	return STORE_OK;
}
