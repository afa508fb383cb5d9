/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an owner does to a token as a whole: look it over, keep a copy, put a copy
 * back, rename it, remove it, take new keys.  For the command and for tests; the module has none
 * of it.  Works on the files of a configuration (a token in memory has none:
 * STORE_ABSENT), while other processes use the token.
 *
 * Whatever is made is written whole into a file beside, looked over, synced, and
 * only then given its name.  A process that is killed at any moment leaves the old
 * or the new, and at most a file SLOT.token.new (or BACKUP.new) of no meaning,
 * which the next run takes away.
 */
#ifndef HANDFAST_UPKEEP_H
#define HANDFAST_UPKEEP_H

#include "store/store.h"

/* --- what is told on the way ---------------------------------------------- */

enum flaw {
	FLAW_DAMAGED,  /* cannot be read, or has not the shape that the format gives it */
	FLAW_ALTERED,  /* its seal does not fit: written by somebody without the keys */
	FLAW_MISSING,  /* vouched for, and not there */
	FLAW_EXTRA,    /* there, and not vouched for */
	FLAW_UNSEALED, /* a public record of a session without a login: no error */
};

enum flaw_part {
	PART_FILE,   /* the database as such */
	PART_TOKEN,  /* the token's row */
	PART_PIN,    /* id is the enum store_role */
	PART_RECORD, /* id is the record's; 0: it is not known which */
	PART_TAG,    /* a search tag of the record with that id */
};

struct finding {
	enum flaw flaw;
	enum flaw_part part;
	uint64_t id;
	const char *what; /* in words, until the call returns */
};

/* Who wants to know.  Either may be NULL, and so may the watcher. */
struct watcher {
	void (*found)(void *context, const struct finding *finding);
	void (*progress)(void *context, uint64_t done, uint64_t all); /* records */
	void *context;
};

struct report {
	uint64_t records;
	uint64_t unsealed; /* of these */
	uint64_t errors;   /* findings, but for FLAW_UNSEALED */
	bool with_keys;    /* seals, state and epochs were looked at too */
};

/* A PIN that opens the keys.  A `pin` without data asks for what can be done without. */
struct upkeep_pin {
	enum store_role role;
	struct view pin;
};

/* --- looking over --------------------------------------------------------- */

/*
 * Looks a slot's token over, all of it, in one read transaction: SQLite's own
 * check, every row's shape, the table of tags against the records in both
 * directions; with a PIN (a try, charged) every seal, the state whatever the size,
 * the epochs.  What only another's PIN opens (his own row) is not looked into.
 * STORE_DAMAGED: there were errors; all of them were told.  Writes nothing but the
 * try.  While it reads, writers wait as for any reader; of a token so large that
 * this takes longer than they wait, look over a backup.
 */
enum store_status upkeep_check(const struct store_config *config, uint32_t slot,
    struct upkeep_pin pin, const struct watcher *watcher, struct report *report) MUST_CHECK;
/* The same of a backup, or of any token's file by its path; no try is charged. */
enum store_status upkeep_check_file(const struct store_config *config, const char *path,
    struct upkeep_pin pin, const struct watcher *watcher, struct report *report) MUST_CHECK;

/* --- copies --------------------------------------------------------------- */

/*
 * Copies a slot's token, as it is at one moment and sealed as it is, to `path`,
 * mode 0600, on disk when it returns.  Never over a file: STORE_CHANGED.  The copy
 * is looked over, structure only, before it gets its name.  Tries are not copied.
 */
enum store_status upkeep_backup(const struct store_config *config, uint32_t slot, const char *path,
    const struct watcher *watcher) MUST_CHECK;
/*
 * Puts a copy into a slot after looking it over, with a PIN also its seals; what is
 * not without errors is not restored (STORE_DAMAGED, told).  STORE_CHANGED: there is
 * a token and it is not to be replaced.  One that is replaced stays beside as
 * *aside, to be freed (NULL where there was none), and processes that use it find
 * STORE_REPLACED.  The slot's count of wrong PINs stays.
 */
enum store_status upkeep_restore(const struct store_config *config, uint32_t slot, const char *path,
    bool replace, struct upkeep_pin pin, const struct watcher *watcher, char **aside) MUST_CHECK;

/* --- label and end -------------------------------------------------------- */

/*
 * Gives a token another label, blank padded; serial and records stay.  The PIN (a
 * try, charged) is needed for the seal on it.  STORE_DAMAGED: that seal is wrong
 * already.
 */
enum store_status upkeep_rename(const struct store_config *config, uint32_t slot,
    struct upkeep_pin pin, const char label[STORE_LABEL_LEN]) MUST_CHECK;
/*
 * Removes a slot's token, damaged or not, with what lies beside it but for copies
 * that were put aside.  Needs no PIN: whoever may write the folder can do it.
 * Processes that use it find STORE_REPLACED.
 */
enum store_status upkeep_remove(const struct store_config *config, uint32_t slot) MUST_CHECK;

/* --- many records at once ------------------------------------------------- */

/*
 * A copy of a token, opened by the same PINs, as the only one of a store of its own, for
 * whoever makes records there one by one.  upkeep_branch_join() then takes all that came
 * to it into the token, in one transaction: all or none, wherever a process is killed.
 * What was changed or removed in the copy stays so in the copy alone, and what others
 * did to the token meanwhile stays done.
 *
 * `store` outlives it and has somebody logged in.  STORE_BUSY: another process has a
 * copy of this token.  A killed process leaves the folder SLOT.branch, of no meaning,
 * which the next takes away.
 */
struct upkeep_branch;
enum store_status upkeep_branch(struct store *store, struct upkeep_branch **out) MUST_CHECK;
/* The folder of that store. */
const char *upkeep_branch_folder(const struct upkeep_branch *branch);
/* Nothing has the copy open any more.  STORE_REPLACED: the token is another by now. */
enum store_status upkeep_branch_join(const struct upkeep_branch *branch) MUST_CHECK;
/* Takes the copy away.  For RELEASED; nothing on NULL. */
void upkeep_branch_end(struct upkeep_branch **branch);

/* --- new keys ------------------------------------------------------------- */

/*
 * Takes a new master key: every record, PIN and the state sealed anew, the PINs at
 * the cost that `config` asks for.  Ids, uids, versions, serial and label stay.
 * Needs both PINs (tries, charged), or the SO's alone while the user has none: the
 * new key cannot be sealed for somebody who is not there.  Only a token without
 * errors: STORE_DAMAGED otherwise, told.  Nobody writes meanwhile, everybody reads;
 * afterwards other processes find STORE_REPLACED.  The old file is not kept.
 *
 * The cost of one PIN alone is changed by store_change_pin, from the PIN to itself.
 */
enum store_status upkeep_rekey(const struct store_config *config, uint32_t slot,
    struct view user_pin, struct view so_pin, const struct watcher *watcher) MUST_CHECK;

#endif
