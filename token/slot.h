/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Slots and the tokens in them.  A slot has a number that never changes, its
 * token's file is named after it; after the last token comes one empty slot.
 * Tokens made or removed by other processes show up when somebody looks.
 */
#ifndef HANDFAST_SLOT_H
#define HANDFAST_SLOT_H

#include <pthread.h>

#include "store/store.h"
#include "token/base/cryptoki.h"
#include "token/config.h"

struct object_table; /* object.c: handles and opened objects of one token */

enum login { LOGIN_NONE, LOGIN_USER, LOGIN_SO };

/*
 * A token that this process has opened.  It lives until C_Finalize, so that a
 * pointer to it stays good.  `lock` guards the counts and the store pointer and
 * is held for moments only; `login_lock` makes one login, logout or PIN change
 * wait for another, the PIN derivation included.  The store is opened, exchanged
 * (after `removed`) and closed only while `users` is 0.
 */
struct token {
	CK_SLOT_ID slot;
	pthread_mutex_t lock;
	pthread_mutex_t login_lock;
	struct store *store; /* NULL: no token in this slot */
	_Atomic(enum login) login;
	_Atomic(bool) removed; /* initialised anew or taken away under us: open sessions are dead */
	size_t sessions;       /* open ones */
	size_t readonly_sessions; /* of these */
	bool settled; /* by login_lock: these sessions began with a login, if one was to be */
	size_t users; /* sessions that some call still works in, closed ones included */
	struct object_table *objects;
	/* Under the lock of the list of slots: what C_WaitForSlotEvent is to tell. */
	bool occupied; /* there was a token at the last look */
	bool mourned;  /* that the one which is open was removed has been taken note of */
	bool making;   /* this application is making one itself, which is no event */
	bool event;    /* something happened that nobody was told of */
	struct token *next;
};

/* C_Initialize and C_Finalize.  Looks which tokens there are, and opens none. */
CK_RV slots_start(void) MUST_CHECK;
/* Ends every slot_wait, for C_Finalize. */
void slots_wake(void);
void slots_stop(void);
/* In a forked child, instead of slots_stop: leaves the parent's locks and files alone. */
void slots_abandon(void);

/* What the configuration said at C_Initialize. */
const struct config *config_current(void);
/* Is its policy the strict one? */
bool token_strict(const struct token *token);
/* Is this token one that `der-points` names?  See object_point_is_bare(). */
bool token_gives_der_points(struct token *token);
/* What it says of this token; NULL: nothing. */
const struct config_token *token_settings(struct token *token);
/*
 * Where the PIN is for a user who is to be logged in unasked; NULL: not to be, as
 * while half of the tries are gone, since a source with an old PIN must not lock it.
 */
const char *auto_login_source(const struct store_info *store);

/*
 * The token of a slot, as it is at this moment.  CKR_SLOT_ID_INVALID;
 * CKR_TOKEN_NOT_RECOGNIZED for a file that is no token of ours or of a newer
 * format; a slot without a token gives one whose store is NULL.
 */
CK_RV slot_token(CK_SLOT_ID slot, struct token **out) MUST_CHECK;

/* Is there such a slot?  CKR_SLOT_ID_INVALID. */
CK_RV slot_known(CK_SLOT_ID slot) MUST_CHECK;
/* The same; and is there a token in it whose policy is the strict one? */
CK_RV slot_strict(CK_SLOT_ID slot, bool *strict) MUST_CHECK;

/* The functions of the standard, 5.5: same arguments, same answers. */
CK_RV slot_list(CK_BBOOL token_present, CK_SLOT_ID *list, CK_ULONG *count) MUST_CHECK;
CK_RV slot_info(CK_SLOT_ID slot, CK_SLOT_INFO *info) MUST_CHECK;
CK_RV slot_token_info(CK_SLOT_ID slot, CK_TOKEN_INFO *info) MUST_CHECK;
/* Several threads may wait; each event is told to one of them. */
CK_RV slot_wait(CK_FLAGS flags, CK_SLOT_ID *slot) MUST_CHECK;
CK_RV slot_init_token(CK_SLOT_ID slot, struct view so_pin, const CK_UTF8CHAR label[32]) MUST_CHECK;
/* Is this PIN of a length that may be set? CKR_PIN_LEN_RANGE. */
CK_RV pin_acceptable(struct view pin) MUST_CHECK;

#endif
