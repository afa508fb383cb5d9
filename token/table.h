/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The inside of the object table, for the files that keep, make and search
 * objects (table.c, object.c, search.c).  Others see object.h.
 */
#ifndef HANDFAST_TABLE_H
#define HANDFAST_TABLE_H

#include "token/map.h"
#include "token/object.h"

/* So many opened token objects are kept; a process pays for what it uses, not for what the token
 * holds. */
#define KEPT_MOST 4096

/* What a handle stands for. */
struct entry {
	CK_OBJECT_HANDLE handle;
	uint64_t id; /* 0: a session object */
	bool is_private;
	bool used;             /* since the ring last came by */
	uint64_t generation;   /* of the store, when `object` was last known to be current */
	struct object *object; /* opened; always there for a session object */
};

struct object_table {
	struct token *token;
	pthread_mutex_t lock; /* guards all below; never held while the store or libcrypto works */
	struct map by_handle;
	struct map by_id;
	struct map in_session; /* the session objects among by_handle */
	pthread_mutex_t
	    making_profiles; /* held by whoever makes the built-in objects; before `lock` */
	/* The handles of the objects kept open, reused round and round (CLOCK). */
	CK_OBJECT_HANDLE ring[KEPT_MOST];
	size_t ring_at;
};

/* An empty object, held once; NULL when there is no memory. */
struct object *object_new(void);
struct object *object_hold(struct object *object);
/* Reads off the attributes what is asked for often, once they are all there. */
void object_settle(struct object *object);

/* An unpublished object of a draft (taken), with its CKA_UNIQUE_ID: `uid` in hexadecimal. */
CK_RV object_from_draft(struct session *session, struct draft *draft,
    unsigned char uid[STORE_UID_LEN], struct object **out) MUST_CHECK;

/* Under the lock: a record's entry, new or known (NULL: no memory); an object kept in it. */
struct entry *table_enter(struct object_table *table, uint64_t id, bool is_private);
void table_keep(struct object_table *table, struct entry *entry, struct object *object);

/*
 * The object of a record as a view of the store has it: `kept`, if it is `current`
 * or turns out to be and has what is wanted of it; else read anew.
 * CKR_OBJECT_HANDLE_INVALID: it is gone.
 */
CK_RV table_current(struct object_table *table, struct store_view *view, struct object *kept,
    uint64_t id, bool current, bool with_material, struct object **out) MUST_CHECK;

/*
 * Gives a new object its handle.  The state is looked at under the same lock
 * that logout and the end of a session take to sweep, so nothing slips past.
 */
CK_RV table_publish(struct session *session, struct object *object) MUST_CHECK;
/* Takes a handle away. */
void table_withdraw(struct object_table *table, CK_OBJECT_HANDLE handle);
/* Puts `after` in the place of `before`.  False: somebody else did so first. */
bool table_replace(
    struct object_table *table, const struct object *before, struct object *after) MUST_CHECK;

#endif
