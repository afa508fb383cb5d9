/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Encrypt, decrypt, digest, sign and verify: one state machine for all
 * (PKCS#11 3.2, sections 5.7 to 5.13).
 *
 * Conventions that every function keeps: a NULL output asks for its length and
 * changes nothing; CKR_BUFFER_TOO_SMALL tells the length, consumes nothing and
 * leaves the operation open; any other result of a one-part call or of a final
 * ends it, and so does any other error of an update.
 */
#ifndef HANDFAST_OPERATION_H
#define HANDFAST_OPERATION_H

#include "mechanisms/mechanism.h"
#include "token/object.h"
#include "token/session.h"

/* A caller's output: where, and its length in and out. */
struct output {
	CK_BYTE *data;
	CK_ULONG *len;
};

/*
 * C_…Init.  `verb` is one CKF_ bit; a NULL mechanism cancels what is open.
 * `key` is not looked at for a digest.  `signature`: C_VerifySignatureInit's, copied;
 * else VIEW_NONE.
 */
CK_RV operation_start(struct session *session, enum activity activity, CK_FLAGS verb,
    const CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key, struct view signature) MUST_CHECK;
/* C_Encrypt, C_Decrypt, C_Digest, C_Sign and the recovering pair. */
CK_RV operation_once(struct session *session, enum activity activity, CK_FLAGS verb, struct view in,
    struct output out) MUST_CHECK;
/* C_…Update; the output is not looked at for signing, verifying and digests. */
CK_RV operation_update(struct session *session, enum activity activity, CK_FLAGS verb,
    struct view in, struct output out) MUST_CHECK;
/*
 * The dual functions (5.14): what is encrypted, or what decryption gives, goes into a
 * digest or a signature (`absorbs`, its `verb`) as well.  Nothing goes anywhere when the
 * caller only asks, or has too little room.
 */
CK_RV operation_forward(struct session *session, enum activity absorbs, CK_FLAGS verb,
    struct view in, struct output out) MUST_CHECK;
CK_RV operation_backward(struct session *session, enum activity absorbs, CK_FLAGS verb,
    struct view in, struct output out) MUST_CHECK;
CK_RV operation_final(
    struct session *session, enum activity activity, CK_FLAGS verb, struct output out) MUST_CHECK;
/*
 * C_Verify with `in`, C_VerifyFinal with NULL; for ACTIVITY_VERIFY_SIGNATURE
 * C_VerifySignature and C_VerifySignatureFinal, whose signature is known already.
 */
CK_RV operation_verify(struct session *session, enum activity activity, const struct view *in,
    struct view signature) MUST_CHECK;
CK_RV operation_digest_key(struct session *session, CK_OBJECT_HANDLE key) MUST_CHECK;
/* C_GetOperationState and C_SetOperationState: digests only.  `has_key`: the caller names one. */
CK_RV operation_save(struct session *session, struct output out) MUST_CHECK;
CK_RV operation_restore(struct session *session, struct view state, bool has_key) MUST_CHECK;
/* C_SessionCancel: ends the operations of these CKF_ bits, if any are open. */
void operation_cancel(struct session *session, CK_FLAGS verbs);

/* The end of a session: ends everything. */
void operation_end_all(struct session *session);
/* Logout: ends what uses a private object. */
void operation_end_private(struct session *session);
/* The operation begun last, if its key wants a CKU_CONTEXT_SPECIFIC login.
 * CKR_OPERATION_NOT_INITIALIZED. */
CK_RV operation_awaiting_login(struct session *session, struct running **out) MUST_CHECK;
void running_authenticate(struct running *running);
void running_release(struct running **running);

/* The mechanism's start, with parameters that are parsed. */
CK_RV operation_begin(struct operation *op) MUST_CHECK;
/*
 * A whole operation on keys in hand, for wrapping and unwrapping: `in` to `out`,
 * whose room is at least operation_bound().
 */
CK_RV operation_run(struct operation *op, struct view in, struct out *out) MUST_CHECK;
size_t operation_bound(const struct operation *op, size_t in);
/* Releases the parameters and the mechanism's state. */
void operation_stop(struct operation *op);
/* The same for one from the heap, which is given back; NULL is allowed. */
void operation_free(struct operation *op);

/*
 * The objects that handles in a mechanism parameter name, held.  The standard has
 * such handles for what a key is derived from, so each key must permit that.
 */
struct referred {
	struct object *objects[8];
};
CK_RV referred_resolve(struct session *session, const struct mechanism *m, struct params *params,
    struct referred *out) MUST_CHECK;
void referred_release(struct referred *referred);

#endif
