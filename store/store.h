/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The store: all that other folders see of it.  It keeps records under a token,
 * sealed, found by tags, changed in transactions.  It knows nothing of PKCS#11:
 * not sessions, not handles, not what an attribute means.  FORMAT.md is the file
 * on disk.  A second engine is another file that implements this header.
 *
 * Any thread may call any function on a `struct store`; a `struct store_txn`
 * belongs to the thread that began it.  Nothing here holds a lock while the PIN
 * derivation computes.
 */
#ifndef HANDFAST_STORE_H
#define HANDFAST_STORE_H

#include "token/base/base.h"
#include "token/base/secret.h"

enum store_status {
	STORE_OK = 0,
	STORE_ABSENT,  /* no such record, or no such token */
	STORE_CHANGED, /* the record is not of the version named any more */
	STORE_PIN_WRONG,
	STORE_PIN_LOCKED,
	STORE_PIN_UNSET, /* the user has no PIN yet */
	STORE_CLOSED,    /* needs a login, and there is none */
	STORE_READ_ONLY,
	STORE_FULL, /* no space, quota or file size left */
	STORE_BUSY, /* others kept it locked for longer than we wait */
	STORE_NO_MEMORY,
	STORE_IO,
	STORE_DAMAGED,  /* structure, schema or a seal is wrong */
	STORE_FOREIGN,  /* not a Handfast store, or not safely ours (link, owner, mode) */
	STORE_NEWER,    /* written by a newer release: readable by it alone */
	STORE_REPLACED, /* the token was initialised anew, removed or exchanged */
};

enum store_role { STORE_USER, STORE_SO };

#define STORE_LABEL_LEN 32
#define STORE_SERIAL_LEN 16
#define STORE_UID_LEN 16

/* scrypt costs (RFC 7914): N = 2^log2_n. */
struct store_kdf {
	unsigned log2_n, r, p;
};

/* What a token permits (token/policy.h); kept in its record. */
enum store_policy { STORE_AS_BEFORE, STORE_STANDARD, STORE_STRICT };

struct store_config {
	const char *folder;   /* absolute path, or "memory:" */
	struct store_kdf kdf; /* for PINs set from now on; zeros take the default */
	unsigned tries;       /* wrong PINs before the lock; 0 takes the default, ten */
	const char *pepper;   /* path of a file with a second secret, or NULL */
	/* Of tokens made from now on; by default standard, and one begun anew keeps its own. */
	enum store_policy policy;
};

struct store_info {
	char label[STORE_LABEL_LEN];   /* blank padded, not terminated */
	char serial[STORE_SERIAL_LEN]; /* 16 hexadecimal digits, not terminated */
	bool user_pin_set;
	bool writable; /* file, folder and file system allow it, and the format is ours */
	bool suspect;  /* the state digest did not match at a login, or a seal failed since */
	bool strict;   /* the policy level kept in the token's record */
	/* per role, by enum store_role */
	unsigned failures[2]; /* wrong PINs since the last right one */
	unsigned tries;       /* failures at which the role is locked */
};

struct store;
struct store_txn;

/* Which slots hold a token: a sorted list, to be freed.  A missing folder holds none. */
enum store_status store_slots(
    const struct store_config *config, uint32_t **slots, size_t *count) MUST_CHECK;

/*
 * Waiting for tokens that others make, remove or change: what happens from
 * store_lookout_begin on ends store_lookout_wait, which may also return without a
 * reason.  store_lookout_wake, of any thread, ends the wait of now or to come.
 */
struct store_lookout;
enum store_status store_lookout_begin(
    const struct store_config *config, struct store_lookout **out) MUST_CHECK;
void store_lookout_wait(struct store_lookout *lookout);
void store_lookout_wake(struct store_lookout *lookout);
/* For RELEASED; nothing on NULL. */
void store_lookout_end(struct store_lookout **lookout);

/*
 * Makes a token in an empty slot (and the folder, 0700), with a fresh master
 * key sealed under the SO's PIN and no user PIN.  STORE_CHANGED: the slot has a
 * token by now.
 */
enum store_status store_create(const struct store_config *config, uint32_t slot,
    const char label[STORE_LABEL_LEN], struct view so_pin, struct store **out) MUST_CHECK;

/* Opens a slot's token.  STORE_ABSENT, STORE_FOREIGN, STORE_NEWER, STORE_DAMAGED, STORE_IO. */
enum store_status store_open(
    const struct store_config *config, uint32_t slot, struct store **out) MUST_CHECK;
/* Forgets keys, closes files, frees.  In a forked child call store_abandon instead. */
void store_close(struct store *store);
/* In a forked child: frees what can be freed without touching a lock or a file of the parent's. */
void store_abandon(struct store *store);

enum store_status store_info(struct store *store, struct store_info *info) MUST_CHECK;
/* info->strict as it was last read, for every call: a login has checked what vouches for it. */
bool store_strict(const struct store *store);

/*
 * Begins the token anew: checks the SO's PIN (counting the try), then in one
 * transaction drops every object and the user's PIN, takes a new master key, the
 * new label and the policy that was asked for; the serial number stays.  Other processes' sessions
 * find STORE_REPLACED.
 */
enum store_status store_reinit(
    struct store *store, const char label[STORE_LABEL_LEN], struct view so_pin) MUST_CHECK;

/*
 * Login: charges a try, derives, opens the master key, clears the charge, checks
 * the state digest of a store of up to 4,096 records (a mismatch sets `suspect`,
 * logs, and does not fail).  Never writes the token file.
 */
enum store_status store_login(
    struct store *store, enum store_role role, struct view pin) MUST_CHECK;
/* Charges and checks a PIN as store_login does, no more: for CKU_CONTEXT_SPECIFIC. */
enum store_status store_check_pin(
    struct store *store, enum store_role role, struct view pin) MUST_CHECK;
/* Wipes the keys. */
void store_logout(struct store *store);

/* Seals the master key for `role` under a new PIN, old PIN checked (and counted) first; no login
 * needed. */
enum store_status store_change_pin(
    struct store *store, enum store_role role, struct view old, struct view new) MUST_CHECK;
/* The SO's C_InitPIN: logged in as SO, gives the user a PIN and clears the user's failures. */
enum store_status store_set_user_pin(struct store *store, struct view new) MUST_CHECK;

/* One record.  Owned by the caller, released with store_record_release. */
struct store_record {
	uint64_t id;                      /* never 0, never reused in this token */
	uint64_t version;                 /* from 1, moves with each change */
	unsigned char uid[STORE_UID_LEN]; /* random, stays with the record */
	bool is_private;                  /* meta sealed too; needs a login */
	bool sealed;  /* false: a public record written without a login; trusted by nobody */
	bool checked; /* its seal or MAC was verified at this reading */
	bool has_secret;
	struct bytes meta;    /* what the token put in, unchanged */
	struct secret secret; /* empty unless asked for */
};
void store_record_release(struct store_record *record);

/* A value to find a record by.  Equal (attribute, value) pairs match; nothing else can be asked. */
struct store_tag {
	uint64_t attribute;
	struct view value;
};

/* Begins a write: waits, with back-off, for other writers.  STORE_BUSY after 20 s. */
enum store_status store_begin(struct store *store, struct store_txn **out) MUST_CHECK;
/*
 * Inserts (record->id == 0: id and version are filled in, and a random uid where
 * the caller's is all zero) or replaces
 * (id and version must be the current ones; version moves, uid stays).  Sealed
 * where there is a login; without one only an unsealed public record without a
 * secret may be written: anything else is STORE_CLOSED.
 * Replaces the record's tags by `tags`.  `keep_secret`: the secret part stays as
 * it is, record->secret is not looked at.
 */
enum store_status store_put(struct store_txn *txn, struct store_record *record, bool keep_secret,
    const struct store_tag *tags, size_t count) MUST_CHECK;
/* STORE_CLOSED for a sealed record without a login; STORE_CHANGED for another version. */
enum store_status store_delete(struct store_txn *txn, uint64_t id, uint64_t version) MUST_CHECK;
/*
 * STORE_OK: it is on disk, and no store_generation of any process is without it.
 * Anything else: nothing of it is.  Ends the transaction either way.
 */
enum store_status store_commit(struct store_txn **txn) MUST_CHECK;
/* Undoes; nothing on NULL.  For RELEASED(store_rollback). */
void store_rollback(struct store_txn **txn);

/*
 * A consistent look at the token for one read or several, which then cost little
 * each.  It belongs to the thread that began it, and is held for moments: writers
 * of all processes wait for its end, and so does a fork.
 */
struct store_view;
enum store_status store_view_begin(struct store *store, struct store_view **out) MUST_CHECK;
/* For RELEASED; nothing on NULL. */
void store_view_end(struct store_view **view);
/* What store_generation would answer. */
uint64_t store_view_generation(const struct store_view *view);
/*
 * Reads a record, its secret part too with `with_secret`.  STORE_ABSENT;
 * STORE_CLOSED for what needs a login; STORE_DAMAGED, logged, for a record whose
 * seal fails.
 */
enum store_status store_get(
    struct store_view *view, uint64_t id, bool with_secret, struct store_record *out) MUST_CHECK;
/* Is the record still there, and at which version?  Reads no blob. */
enum store_status store_version(struct store_view *view, uint64_t id, uint64_t *version) MUST_CHECK;
/*
 * The ids, ascending, of all records that carry all tags (there is at least one), and
 * perhaps of a few that carry only some; private ones only with a login and
 * `with_private`.  The list is to be freed.  Cost: that of the rarest tag, least if the
 * rare come first.  Tags are found by, not vouched for: the caller compares what it reads, and
 * passes over an id whose record is STORE_CLOSED or STORE_ABSENT.
 */
enum store_status store_find(struct store_view *view, bool with_private,
    const struct store_tag *tags, size_t count, uint64_t **ids, size_t *found) MUST_CHECK;
/* The ids that follow `after`, of whatever record, up to `most` of them; private ones as above. */
enum store_status store_list(struct store_view *view, bool with_private, uint64_t after,
    uint64_t *ids, size_t most, size_t *found) MUST_CHECK;

/*
 * A number that moves whenever any process commits a change to this token.
 * Cheap enough to ask at every call.  STORE_REPLACED when the token was
 * initialised anew or put back to an older state.  That the file was removed or
 * another put in its place does not move it: store_info, store_begin, store_find
 * and what tries a PIN look at the file's name and answer STORE_REPLACED.
 */
enum store_status store_generation(struct store *store, uint64_t *generation) MUST_CHECK;

#endif
