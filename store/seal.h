/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Envelope encryption: PIN to key, key to record.  Private to store/.  What is
 * computed here, byte for byte, is in FORMAT.md; where the results are kept is
 * not this file's business.
 */
#ifndef HANDFAST_SEAL_H
#define HANDFAST_SEAL_H

#include <stdatomic.h>

#include "store/store.h"

#define SEAL_FORMAT 1
#define SEAL_UUID_LEN 16
#define SEAL_KEY_LEN 32
#define SEAL_SALT_LEN 32
#define SEAL_GCM_LEN 16
#define SEAL_LEN (SEAL_SALT_LEN + SEAL_GCM_LEN) /* what stands beside anything sealed */
#define SEAL_TAG_LEN 16                         /* a search tag */
#define SEAL_PEPPER_LEN 32                      /* what a row tells of the pepper it needs */
#define SEAL_ROLES 2

/* Random bytes that may be seen. */
enum store_status seal_random(void *out, size_t len) MUST_CHECK;

/* --- PINs ----------------------------------------------------------------- */

/* The master key under one PIN: a row of the table `pin`. */
struct envelope {
	enum store_role role;
	uint64_t epoch; /* how often this role's PIN was set */
	struct store_kdf kdf;
	unsigned char salt[SEAL_SALT_LEN];
	bool peppered;
	unsigned char pepper[SEAL_PEPPER_LEN];
	unsigned char commitment[SEAL_KEY_LEN];
	unsigned char master[SEAL_KEY_LEN + SEAL_GCM_LEN];
};

/* The cost for a new PIN: what is asked for, brought between floor and ceiling. */
struct store_kdf kdf_choose(const struct store_kdf *asked, bool in_memory);
/* May a PIN be tried at this cost?  Without computing anything. */
bool kdf_acceptable(const struct store_kdf *kdf, bool in_memory);

/* Role, epoch and kdf are given, the rest is filled in.  `pepper` is empty where there is none. */
enum store_status envelope_seal(struct envelope *envelope, const unsigned char uuid[SEAL_UUID_LEN],
    struct view pin, struct view pepper, struct view master) MUST_CHECK;
/* Is this the pepper that the envelope was sealed with? */
enum store_status envelope_pepper(const struct envelope *envelope,
    const unsigned char uuid[SEAL_UUID_LEN], struct view pepper, bool *same) MUST_CHECK;
/* STORE_PIN_WRONG; STORE_DAMAGED for the right PIN with a broken seal. */
enum store_status envelope_open(const struct envelope *envelope,
    const unsigned char uuid[SEAL_UUID_LEN], struct view pin, struct view pepper,
    struct secret *master) MUST_CHECK;

/* --- the keys of a token -------------------------------------------------- */

/* All in the arena, from login to logout and as long as a call still uses them. */
struct keys {
	atomic_uint references;
	enum store_role role; /* who logged in */
	unsigned char uuid[SEAL_UUID_LEN];
	unsigned char master[SEAL_KEY_LEN];
	unsigned char object[SEAL_KEY_LEN];
	unsigned char search[SEAL_KEY_LEN];
	unsigned char state[SEAL_KEY_LEN];
	unsigned char digest[SEAL_KEY_LEN];
};

/* A fresh master key. */
enum store_status master_make(struct secret *master) MUST_CHECK;
enum store_status keys_derive(enum store_role role, const unsigned char uuid[SEAL_UUID_LEN],
    struct view master, struct keys **out) MUST_CHECK;
struct keys *keys_hold(struct keys *keys);
/* For RELEASED; wipes with the last reference. */
void keys_release(struct keys **keys);

/* --- records -------------------------------------------------------------- */

/* A record as its row holds it; the views are borrowed. */
struct row {
	uint64_t id, version;
	unsigned char uid[STORE_UID_LEN];
	bool is_private;
	bool sealed;
	bool has_secret;
	unsigned char seal[SEAL_LEN]; /* of meta; zeros when not sealed */
	struct view tags;             /* ascending, each SEAL_TAG_LEN */
	struct view meta;
	struct view secret;
};

/*
 * Seals: row->meta and row->secret are in the clear on entry (has_secret, tags
 * and the rest set) and sealed afterwards, borrowed from `meta` and `secret`.
 */
enum store_status row_seal(
    const struct keys *keys, struct row *row, struct bytes *meta, struct bytes *secret) MUST_CHECK;
/* Opens and verifies a sealed row into out->meta, and out->secret if asked for. */
enum store_status row_open(const struct keys *keys, const struct row *row, bool with_secret,
    struct store_record *out) MUST_CHECK;

/* The tag of a public record (keys == NULL) or of a private one. */
enum store_status search_tag(const struct keys *keys, const unsigned char uuid[SEAL_UUID_LEN],
    const struct store_tag *value, unsigned char tag[SEAL_TAG_LEN]) MUST_CHECK;

/* --- the state of a token ------------------------------------------------- */

/* What the sealed rows are, in little: see FORMAT.md, "State". */
struct state {
	uint64_t counter; /* of changes to sealed rows and PINs */
	uint64_t rows;    /* that are sealed */
	unsigned char digest[SEAL_KEY_LEN];
	uint64_t epochs[SEAL_ROLES]; /* of the PINs; 0 where none is set */
};
#define STATE_LEN (8 + 8 + SEAL_KEY_LEN + 8 * SEAL_ROLES)

/* `about` is what the seal vouches for besides: the public columns of the token's row. */
enum store_status state_seal(const struct keys *keys, const struct state *state, struct view about,
    unsigned char seal[SEAL_LEN], unsigned char sealed[STATE_LEN]) MUST_CHECK;
/* STORE_DAMAGED when the seal does not fit. */
enum store_status state_open(const struct keys *keys, struct view about,
    const unsigned char seal[SEAL_LEN], const unsigned char sealed[STATE_LEN],
    struct state *state) MUST_CHECK;
/* Counts a sealed row in, or out. */
enum store_status state_add(
    const struct keys *keys, struct state *state, const struct row *row) MUST_CHECK;
enum store_status state_subtract(
    const struct keys *keys, struct state *state, const struct row *row) MUST_CHECK;

#endif
