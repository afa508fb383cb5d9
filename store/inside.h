/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An open store as the files of store/ share it: store.c keeps it, state.c knows
 * the token's own row, pins.c makes tokens and lets people in, record.c reads and
 * writes records.
 */
#ifndef HANDFAST_INSIDE_H
#define HANDFAST_INSIDE_H

#include "store/db.h"
#include "store/file.h"
#include "store/seal.h"
#include "store/tries.h"

/* What the token's row tells in the clear. */
struct identity {
	unsigned char uuid[SEAL_UUID_LEN]; /* of this initialisation */
	char serial[STORE_SERIAL_LEN];
	char label[STORE_LABEL_LEN];
	uint64_t slot;
	uint64_t policy; /* POLICY_... */
};
#define POLICY_STANDARD 0
#define POLICY_STRICT 1

/* The token's row. */
struct token_row {
	struct identity identity;
	uint64_t last_id; /* the highest that any record had */
	unsigned char seal[SEAL_LEN];
	unsigned char state[STATE_LEN];
};

/*
 * What this process knows of a token as long as it lives, opened or not: so that
 * closing and opening a store does not forget a roll-back or a wrong PIN.
 */
struct known {
	unsigned char uuid[SEAL_UUID_LEN];
	_Atomic uint64_t counter; /* the highest seen in its state */
	struct tries_here tries;
	struct known *next;
};

struct store {
	/* Fixed from opening to closing. */
	bool in_memory;
	uint32_t slot;
	struct place place;
	struct store_kdf kdf;
	enum store_policy policy; /* of tokens that it makes */
	char *pepper;             /* path, or NULL */
	struct db *watch;         /* reads the change counter and nothing else; NULL in memory */

	atomic_bool replaced; /* by another process: for good */
	atomic_bool suspect;
	atomic_bool strict;
	/* Above, how often something new was published; below, the change counter then. */
	_Atomic uint64_t generation;
	_Atomic uint32_t commits;      /* in memory: in place of the file's change counter */
	atomic_bool committed;         /* and nothing was read since */
	_Atomic uint64_t looked;       /* clock_fine() before the change counter was last read */
	_Atomic uint64_t seen_counter; /* of the state; one below it is a roll-back */

	/* Guards what follows; held for moments, never while SQLite or libcrypto work. */
	pthread_mutex_t lock;
	pthread_cond_t freed; /* a connection in memory, or the turn to write */
	bool writing;         /* somebody has the turn */
	struct db *idle;
	unsigned idle_count;
	struct db *only; /* in memory: the one connection there is */
	unsigned only_depth;
	pthread_t only_owner;
	struct keys *keys; /* NULL: nobody is logged in */
	struct identity identity;
	unsigned char next_uuid[SEAL_UUID_LEN]; /* while this process initialises it anew */
	bool pin_set[SEAL_ROLES];
	struct known *known;
	struct tries tries;
	struct tries_seen tries_seen;

	struct store *next; /* among those in memory, or abandoned */
};

#define NAME_IN_MEMORY "memory:"
/* What to call it in the log. */
const char *store_name(const struct store *store);

/* --- store.c -------------------------------------------------------------- */

/* A connection for a call; `writing`: one that could write if the file can be written. */
enum store_status connection_take(struct store *store, bool writing, struct db **out) MUST_CHECK;
/* Gives it back; after an error of the file, only to be closed. */
void connection_give(struct store *store, struct db *db, enum store_status how);

/*
 * A consistent view of the token: a read transaction, the token's row, and the
 * keys if any.  RELEASED(reader_end) struct reader reader = { 0 };
 */
struct reader {
	struct store *store;
	struct db *db;
	bool began; /* its own transaction; not inside this thread's write in memory */
	struct token_row token;
	struct keys *keys;
	enum store_status status; /* how it began */
};
enum store_status reader_begin(struct store *store, struct reader *reader) MUST_CHECK;
void reader_end(struct reader *reader);

/*
 * After the change counter of a file has moved: returns when no process can take
 * what it was before for the present.
 */
void generation_told(void);

/* The keys, held; NULL without a login. */
struct keys *store_keys(struct store *store);
/* Exchanges the keys (NULL: logs out). */
void store_keys_set(struct store *store, struct keys *keys);
/* Makes `uuid` the token that the store is. */
enum store_status store_become(
    struct store *store, const unsigned char uuid[SEAL_UUID_LEN]) MUST_CHECK;
/* A store without its connection yet. */
enum store_status store_new(
    const struct store_config *config, uint32_t slot, struct store **out) MUST_CHECK;
/* Puts a store in memory among those that store_slots tells of. */
enum store_status memory_enter(struct store *store) MUST_CHECK;

/* --- state.c -------------------------------------------------------------- */

enum store_status token_read(struct db *db, struct token_row *row) MUST_CHECK;
enum store_status token_put(struct db *db, const struct token_row *row) MUST_CHECK;
/* Writes what changes with records: last_id, seal and state. */
enum store_status token_set(struct db *db, const struct token_row *row) MUST_CHECK;
enum store_status token_state_open(
    const struct keys *keys, const struct token_row *row, struct state *state) MUST_CHECK;
enum store_status token_state_seal(
    const struct keys *keys, struct token_row *row, const struct state *state) MUST_CHECK;
/* How often each role's PIN was set; 0 where there is none. */
enum store_status pin_epochs(struct db *db, uint64_t epochs[SEAL_ROLES]) MUST_CHECK;
/* Takes up what a reader sees to have changed.  STORE_REPLACED. */
enum store_status reader_refresh(struct reader *reader) MUST_CHECK;
/* Compares the token with its state, as far as its size allows; a difference makes it suspect. */
enum store_status state_check(struct reader *reader, const struct keys *keys) MUST_CHECK;
/* Remembers the counter of a state whose seal was right. */
void store_saw(struct store *store, uint64_t counter);
/* Something that a seal vouches for is not so. */
void store_suspect(struct store *store);

/* --- pins.c --------------------------------------------------------------- */

/* A role's row.  STORE_PIN_UNSET where there is none; STORE_DAMAGED, logged. */
enum store_status envelope_get(
    struct db *db, enum store_role role, struct envelope *envelope) MUST_CHECK;
enum store_status envelope_put(struct db *db, const struct envelope *envelope) MUST_CHECK;
/* A new envelope for a role's next PIN, at the cost that the configuration asks for. */
enum store_status envelope_make(const struct store *store, const unsigned char uuid[SEAL_UUID_LEN],
    enum store_role role, uint64_t epoch, struct view pin, struct view master,
    struct envelope *envelope) MUST_CHECK;
/* The pepper for a row that has one: a missing or another one is not a wrong PIN. */
enum store_status pepper_for(const struct store *store, const unsigned char uuid[SEAL_UUID_LEN],
    const struct envelope *envelope, struct secret *pepper) MUST_CHECK;

/* A role's PIN, tried and found right.  RELEASED(entry_release) struct entry entry = { 0 }; */
struct entry {
	unsigned char uuid[SEAL_UUID_LEN];
	struct envelope envelope;
	struct secret master;
};
void entry_release(struct entry *entry);
/* Charges a try and settles it. */
enum store_status try_pin(
    struct store *store, enum store_role role, struct view pin, struct entry *entry) MUST_CHECK;

/* --- record.c ------------------------------------------------------------- */

struct store_txn {
	struct store *store;
	struct db *db;
	struct keys *keys;
	struct token_row token;
	struct state state;
	bool state_known;         /* its seal was right */
	bool changed;             /* anything */
	bool state_changed;       /* anything sealed */
	enum store_status failed; /* a write was not done: nothing may be committed any more */
	struct hush hush;
};
/* As store_begin, with these keys instead of the login's. */
enum store_status txn_begin(
    struct store *store, struct keys *keys, struct store_txn **out) MUST_CHECK;
/* In a transaction: the role's PIN is still the one of this epoch.  STORE_CHANGED.  (pins.c) */
enum store_status same_epoch(
    struct store_txn *txn, enum store_role role, uint64_t epoch) MUST_CHECK;

/* The highest id that a record has or had, whatever somebody did to the token's row. */
enum store_status last_id(struct db *db, const struct token_row *token, uint64_t *last) MUST_CHECK;
/* Seals a row, which is in the clear, as a new record: its id is filled in. */
enum store_status row_insert(struct store_txn *txn, struct row *row) MUST_CHECK;
/* The row that OBJECT_GET or OBJECT_SCAN stands at, borrowed until its next step. */
enum store_status row_columns(
    sqlite3_stmt *statement, bool with_secret, struct row *row) MUST_CHECK;
/* Inserts a row as it is, or puts it in the place of the one with its id. */
enum store_status row_write(struct db *db, const struct row *row) MUST_CHECK;
/* Brings a record's entries in the table of tags from one ascending list to another. */
enum store_status tags_write(
    struct db *db, uint64_t id, struct view before, struct view after) MUST_CHECK;
/* Sorts tags, and keeps each once. */
void tags_sort(struct bytes *tags);

#endif
