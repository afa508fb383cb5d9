/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sessions, who is logged in, and the operations in progress (PKCS#11 3.2,
 * section 5.6).  A call holds its session by a reference, so that another thread
 * may close it meanwhile; nothing is computed under a lock.
 */
#ifndef HANDFAST_SESSION_H
#define HANDFAST_SESSION_H

#include <pthread.h>
#include <stdatomic.h>

#include "token/slot.h"

struct running; /* operation.c */

/* One operation of each kind may be open in a session; signing with recovery counts as signing. */
enum activity {
	ACTIVITY_ENCRYPT,
	ACTIVITY_DECRYPT,
	ACTIVITY_DIGEST,
	ACTIVITY_SIGN,
	ACTIVITY_VERIFY,
	ACTIVITY_VERIFY_SIGNATURE,
	ACTIVITY_MESSAGE_ENCRYPT,
	ACTIVITY_MESSAGE_DECRYPT,
	ACTIVITIES
};

/* A search: C_FindObjects hands out what C_FindObjectsInit found. */
struct search {
	CK_OBJECT_HANDLE *handles;
	size_t count;
	size_t next;
};

struct session {
	CK_SESSION_HANDLE handle;
	struct token *token;
	bool writable; /* CKF_RW_SESSION */
	atomic_uint references;
	atomic_bool closed;
	pthread_mutex_t lock; /* guards what follows */
	struct running *running[ACTIVITIES];
	struct search *search;
	enum activity last_started;          /* what a CKU_CONTEXT_SPECIFIC login is for */
	unsigned char unique[STORE_UID_LEN]; /* public: see session_unique */
};

/* C_Finalize; and what a forked child does instead. */
void sessions_stop(void);
void sessions_abandon(void);

/*
 * The session of a handle, held until session_leave.  CKR_SESSION_HANDLE_INVALID,
 * CKR_DEVICE_REMOVED where its token is gone.
 */
CK_RV session_enter(CK_SESSION_HANDLE handle, struct session **out) MUST_CHECK;
void session_leave(struct session **session);

/*
 * The CKA_UNIQUE_ID of a new session object.  It need not be hard to guess, only
 * no other object's: it counts up from a random number.  Drawing each anew would
 * cost as much as a key derivation.
 */
void session_unique(struct session *session, unsigned char uid[STORE_UID_LEN]);

/* The functions of the standard, with its arguments and answers. */
CK_RV session_open(CK_SLOT_ID slot, CK_FLAGS flags, CK_SESSION_HANDLE *out) MUST_CHECK;
CK_RV session_close(CK_SESSION_HANDLE handle) MUST_CHECK;
CK_RV session_close_all(CK_SLOT_ID slot) MUST_CHECK;
CK_RV session_info(struct session *session, CK_SESSION_INFO *info) MUST_CHECK;
CK_RV session_login(struct session *session, CK_USER_TYPE user, struct view pin) MUST_CHECK;
/* With the PIN from the token's source.  CKR_ARGUMENTS_BAD: it has none for this user. */
CK_RV session_login_by_source(struct session *session, CK_USER_TYPE user) MUST_CHECK;
CK_RV session_logout(struct session *session) MUST_CHECK;
CK_RV session_init_pin(struct session *session, struct view pin) MUST_CHECK;
CK_RV session_set_pin(struct session *session, struct view old, struct view new) MUST_CHECK;

/* A store's answer as the standard calls it; notes a token that was taken away. */
CK_RV token_rv(struct token *token, enum store_status status) MUST_CHECK;

static inline bool
session_sees_private(const struct session *session)
{
	return session->token->login == LOGIN_USER;
}

#endif
