/* SPDX-License-Identifier: Apache-2.0 */
/* A running operation from inside: for the files that carry on what operation.c begins. */
#ifndef HANDFAST_RUNNING_H
#define HANDFAST_RUNNING_H

#include "token/operation.h"

/*
 * What a digest took in, so that C_GetOperationState can tell: libcrypto does not hand
 * out the inside of a digest.  Kept up to SAVED_MOST bytes and for no key.
 */
struct taken {
	struct secret input;
	size_t len;
	bool lost; /* it was more, or a key */
};
#define SAVED_MOST 16384

/* Appends to it, or gives it up. */
void taken_add(struct taken *taken, struct view in);
void taken_lose(struct taken *taken);

struct running {
	atomic_uint references;
	pthread_mutex_t lock; /* held while the mechanism computes */
	struct operation op;
	struct object *key;
	struct referred referred;
	bool begun;         /* an update was made; or a message is in progress */
	atomic_bool ended;  /* taken out of its session, perhaps while a call waits for it */
	bool wants_login;   /* CKA_ALWAYS_AUTHENTICATE ... */
	bool authenticated; /* ... and the CKU_CONTEXT_SPECIFIC login was made */
	bool has_result;    /* `result` waits for a buffer that is long enough */
	struct secret result;
	struct secret gathered;    /* parts, for a mechanism that needs all input at once */
	struct bytes signature;    /* C_VerifySignatureInit: what shall be verified */
	struct operation *message; /* the message in progress that comes in parts */
	struct taken taken;        /* digests: the input, as long as it could be saved */
};

/*
 * The open operation, locked, for one call; RELEASED(running_unlock).  An operation
 * whose key wants a PIN of its own ends where that was not given.
 */
CK_RV running_enter(struct session *session, enum activity activity, CK_FLAGS verb,
    struct running **out) MUST_CHECK;
void running_unlock(struct running **running);
/* Takes the operation out of its session, if it is still there. */
void running_end(struct session *session, enum activity activity, struct running *running);
/* A new operation, not yet in a session; NULL when there is no memory.  running_release. */
struct running *running_new(void);
/* Puts it there and empties the caller's pointer.  CKR_OPERATION_ACTIVE ... */
CK_RV running_install(
    struct session *session, enum activity activity, struct running **running) MUST_CHECK;

/* The key of a new operation, held, if it permits this. */
CK_RV running_key(struct session *session, const struct mechanism *m, CK_FLAGS verb,
    CK_OBJECT_HANDLE handle, struct running *running) MUST_CHECK;
/* Keeps a part for a mechanism that takes all at once. */
CK_RV running_gather(struct running *running, struct view in) MUST_CHECK;
bool operation_active(struct session *session, enum activity activity);

/* A result that is in hand: its length told, and copied if it fits. */
CK_RV give(struct view result, struct output out) MUST_CHECK;
/* Do the two places have bytes in common? */
bool overlap(struct view in, const CK_BYTE *out, size_t room);

#endif
