/* SPDX-License-Identifier: Apache-2.0 */
/*
 * C_GetOperationState and C_SetOperationState (PKCS#11 3.2, 5.6.5 and 5.6.6): digests
 * only.  libcrypto does not hand out the inside of a digest, so the state is the input,
 * as long as it is short, and to restore it is to digest it again.  Whatever a caller
 * makes of the bytes, it can reach nothing that C_DigestUpdate would not give it; a
 * digest at their end tells bytes that are not a state, or not whole.
 */
#include <string.h>

#include "token/base/attrs.h"
#include "token/running.h"

/* What a state begins with: the mark, the mechanism, the length of the input. */
#define MARK "handfast digest 1"
#define HEAD (sizeof(MARK) + 16)
/* No digest is longer. */
#define CHECK_MOST 64

void
taken_lose(struct taken *taken)
{
	secret_clear(&taken->input);
	taken->len = 0;
	taken->lost = true;
}

void
taken_add(struct taken *taken, struct view in)
{
	RELEASED(secret_clear) struct secret more = { 0 };
	const size_t doubled = taken->input.len * 2;

	if (taken->lost || in.len == 0)
		return;
	if (in.len > SAVED_MOST - taken->len) {
		taken_lose(taken);
		return;
	}
	if (taken->len + in.len > taken->input.len) {
		if (!secret_alloc(
			&more, taken->len + in.len > doubled ? taken->len + in.len : doubled)) {
			taken_lose(taken);
			return;
		}
		if (taken->len > 0)
			memcpy(more.data, taken->input.data, taken->len);
		secret_move(&taken->input, &more);
	}
	memcpy(taken->input.data + taken->len, in.data, in.len);
	taken->len += in.len;
}

/* The digest of a state by its own mechanism, apart from the operation that is saved. */
static CK_RV
state_check(const struct mechanism *m, struct view state, unsigned char *check, size_t *len)
{
	struct operation op = { .mech = m, .verb = CKF_DIGEST };
	struct out out = { .data = check, .room = CHECK_MOST };
	CK_RV rv = operation_begin(&op);

	if (rv == CKR_OK)
		rv = operation_run(&op, state, &out);
	operation_stop(&op);
	*len = out.len;
	return rv;
}

/* Does the session have something open that cannot be saved? */
static bool
has_more(struct session *session)
{
	bool more = false;

	pthread_mutex_lock(&session->lock);
	for (enum activity activity = 0; activity < ACTIVITIES; activity++)
		more |= activity != ACTIVITY_DIGEST && session->running[activity] != NULL;
	pthread_mutex_unlock(&session->lock);
	return more;
}

CK_RV
operation_save(struct session *session, struct output out)
{
	RELEASED(running_unlock) struct running *running = NULL;
	RELEASED(secret_clear) struct secret state = { 0 };
	unsigned char check[CHECK_MOST]; /* public: a digest of what the caller gave */
	const bool more = has_more(session);
	size_t len, check_len = 0;
	CK_RV rv = running_enter(session, ACTIVITY_DIGEST, CKF_DIGEST, &running);

	if (rv != CKR_OK)
		return more ? CKR_STATE_UNSAVEABLE : rv;
	if (more || running->taken.lost || running->has_result)
		return CKR_STATE_UNSAVEABLE;
	len = HEAD + running->taken.len;
	if (!secret_alloc(&state, len))
		return CKR_HOST_MEMORY;
	memcpy(state.data, MARK, sizeof(MARK));
	ulong_encode(running->op.mech->type, state.data + sizeof(MARK));
	ulong_encode(running->taken.len, state.data + sizeof(MARK) + 8);
	if (running->taken.len > 0)
		memcpy(state.data + HEAD, running->taken.input.data, running->taken.len);
	TRY(state_check(running->op.mech, secret_view(&state), check, &check_len));
	if (out.data == NULL || *out.len < len + check_len) {
		*out.len = len + check_len;
		return out.data == NULL ? CKR_OK : CKR_BUFFER_TOO_SMALL;
	}
	memcpy(out.data, state.data, len);
	memcpy(out.data + len, check, check_len);
	*out.len = len + check_len;
	return CKR_OK;
}

/* Takes a state apart: the mechanism and the input.  CKR_SAVED_STATE_INVALID. */
static CK_RV
state_read(struct view state, const struct mechanism **m, struct view *input)
{
	unsigned char check[CHECK_MOST]; /* public: a digest of what the caller gave */
	size_t len, check_len = 0;

	if (state.len < HEAD || memcmp(state.data, MARK, sizeof(MARK)) != 0)
		return CKR_SAVED_STATE_INVALID;
	*m = mechanism_find(ulong_decode(state.data + sizeof(MARK)));
	len = ulong_decode(state.data + sizeof(MARK) + 8);
	if (*m == NULL || ((*m)->info.flags & CKF_DIGEST) == 0 || len > SAVED_MOST ||
	    len > state.len - HEAD)
		return CKR_SAVED_STATE_INVALID;
	*input = view_of(state.data + HEAD, len);
	TRY(state_check(*m, view_of(state.data, HEAD + len), check, &check_len));
	return view_equal(view_of(check, check_len),
		   view_of(state.data + HEAD + len, state.len - HEAD - len))
	    ? CKR_OK
	    : CKR_SAVED_STATE_INVALID;
}

CK_RV
operation_restore(struct session *session, struct view state, bool has_key)
{
	RELEASED(running_release) struct running *running = NULL;
	RELEASED(secret_clear) struct secret copy = { 0 };
	const struct mechanism *m;
	struct out none = { 0 };
	struct view input;

	/* The bytes may change under us otherwise, between the look and the use. */
	if (state.len > HEAD + SAVED_MOST + CHECK_MOST)
		return CKR_SAVED_STATE_INVALID;
	if (!secret_copy(&copy, state))
		return CKR_HOST_MEMORY;
	TRY(state_read(secret_view(&copy), &m, &input));
	if (has_key)
		return CKR_KEY_NOT_NEEDED;
	running = running_new();
	if (running == NULL)
		return CKR_HOST_MEMORY;
	running->op.mech = m;
	running->op.verb = running->op.params.verb = CKF_DIGEST;
	TRY(operation_begin(&running->op));
	TRY(m->ops->update(&running->op, input, &none));
	taken_add(&running->taken, input);
	running->begun = input.len > 0;
	operation_cancel(session, CKF_DIGEST);
	return running_install(session, ACTIVITY_DIGEST, &running);
}
