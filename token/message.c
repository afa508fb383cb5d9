/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The message interface.  Each message is an operation of its own on the key that
 * message_init took; which nonce is used and where a tag goes is the mechanism's affair.
 */
#include "token/message.h"

#include <stdlib.h>
#include <string.h>

#include "token/policy.h"
#include "token/running.h"

static enum activity
activity_of(CK_FLAGS verb)
{
	return verb == CKF_MESSAGE_ENCRYPT ? ACTIVITY_MESSAGE_ENCRYPT : ACTIVITY_MESSAGE_DECRYPT;
}

/* What one message is to the mechanism, and to the key's permissions. */
static CK_FLAGS
each(CK_FLAGS verb)
{
	return verb == CKF_MESSAGE_ENCRYPT ? CKF_ENCRYPT : CKF_DECRYPT;
}

CK_RV
message_init(
    struct session *session, CK_FLAGS verb, const CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key)
{
	RELEASED(running_release) struct running *running = NULL;
	CK_MECHANISM in;
	const struct mechanism *m;

	if (mechanism == NULL) {
		operation_cancel(session, verb);
		return CKR_OK;
	}
	if (operation_active(session, activity_of(verb)))
		return CKR_OPERATION_ACTIVE;
	TRY(policy_mechanism(mechanism, verb, &in, &m));
	running = running_new();
	if (running == NULL)
		return CKR_HOST_MEMORY;
	TRY(running_key(session, m, each(verb), key, running));
	/* Its parameter, if there is one, says nothing: each message brings its own. */
	running->op.verb = verb;
	running->op.mech = m;
	return running_install(session, activity_of(verb), &running);
}

/* Reads the parameter of a message on this key.  `op` is stopped by the caller, whatever came. */
static CK_RV
message_parse(const struct running *running, struct message_parameter parameter, struct view aad,
    struct operation *op)
{
	const CK_MECHANISM mechanism = { running->op.mech->type, parameter.data, parameter.len };

	op->mech = running->op.mech;
	op->key = running->op.key;
	op->verb = op->params.verb = each(running->op.verb);
	op->params.has_aad = op->params.message = true;
	op->params.own_nonces = running->op.params.own_nonces;
	op->params.tag_least = running->op.params.tag_least;
	op->params.aad = aad;
	return op->mech->parse(&mechanism, &op->params);
}

/* *done: the call was a question, or the room too small, and is answered. */
static CK_RV
settle_room(size_t bound, struct output out, bool *done)
{
	*done = bound != 0 && out.data == NULL;
	if (*done) {
		*out.len = bound;
		return CKR_OK;
	}
	if (out.data != NULL && *out.len < bound) {
		*out.len = bound;
		*done = true;
		return CKR_BUFFER_TOO_SMALL;
	}
	return CKR_OK;
}

/* Runs a step of a message into the caller's room, which is large enough. */
static CK_RV
message_step(struct operation *op, CK_RV (*step)(struct operation *, struct view, struct out *),
    struct view in, size_t bound, struct output out)
{
	RELEASED(secret_clear) struct secret copy = { 0 };
	struct out direct = { .data = out.data, .room = bound };

	if (overlap(in, out.data, bound)) {
		if (!secret_copy(&copy, in))
			return CKR_HOST_MEMORY;
		in = secret_view(&copy);
	}
	TRY(step(op, in, &direct));
	*out.len = direct.len;
	return CKR_OK;
}

static CK_RV
message_whole(const struct running *running, struct message_parameter parameter, struct view aad,
    struct view in, struct output out)
{
	struct operation op = { 0 };
	bool done = false;
	size_t bound = 0;
	CK_RV rv = message_parse(running, parameter, aad, &op);

	/* A question does not begin: that would take a nonce. */
	if (rv == CKR_OK) {
		bound = operation_bound(&op, in.len);
		rv = settle_room(bound, out, &done);
	}
	if (rv == CKR_OK && !done)
		rv = operation_begin(&op);
	if (rv == CKR_OK && !done)
		rv = message_step(&op, operation_run, in, bound, out);
	if (rv == CKR_OK && !done)
		params_deliver(&op.params, 0, op.params.delivery_count);
	operation_stop(&op);
	return rv;
}

CK_RV
message_once(struct session *session, CK_FLAGS verb, struct message_parameter parameter,
    struct view aad, struct view in, struct output out)
{
	RELEASED(running_unlock) struct running *running = NULL;

	TRY(running_enter(session, activity_of(verb), verb, &running));
	return running->begun ? CKR_OPERATION_ACTIVE
			      : message_whole(running, parameter, aad, in, out);
}

/* --- in parts ---------------------------------------------------------------------- */

/* The message is over, the key is not. */
static void
message_end(struct running *running)
{
	operation_free(running->message);
	running->message = NULL;
	secret_clear(&running->gathered);
	running->begun = false;
}

static CK_RV
message_open(struct running *running, struct message_parameter parameter, struct view aad)
{
	struct operation *op;
	struct view kept;

	/* Before it is copied. */
	if (aad.len > AAD_MOST)
		return CKR_ARGUMENTS_BAD;
	op = running->message = calloc(1, sizeof(*op));
	if (op == NULL)
		return CKR_HOST_MEMORY;
	/* Only the parameters can keep it until the end. */
	TRY(params_keep(&op->params, aad.data, aad.len, &kept));
	TRY(message_parse(running, parameter, kept, op));
	TRY(operation_begin(op));
	params_deliver(&op->params, op->params.late, op->params.delivery_count);
	return CKR_OK;
}

CK_RV
message_begin(
    struct session *session, CK_FLAGS verb, struct message_parameter parameter, struct view aad)
{
	RELEASED(running_unlock) struct running *running = NULL;
	CK_RV rv;

	TRY(running_enter(session, activity_of(verb), verb, &running));
	if (running->begun)
		return CKR_OPERATION_ACTIVE;
	rv = message_open(running, parameter, aad);
	running->begun = rv == CKR_OK;
	if (rv != CKR_OK)
		message_end(running);
	return rv;
}

static bool
message_streams(const struct operation *op)
{
	return op->mech->ops->update != NULL;
}

static CK_RV
part_middle(struct running *running, struct view in, struct output out, bool *done)
{
	struct operation *op = running->message;
	size_t bound;

	bound = message_streams(op) ? op->mech->ops->bound(op, in.len, false) : 0;
	if (out.data == NULL) {
		*done = true;
		*out.len = bound;
		return CKR_OK;
	}
	if (!message_streams(op)) {
		*out.len = 0;
		return running_gather(running, in);
	}
	TRY(settle_room(bound, out, done));
	return *done ? CKR_OK : message_step(op, op->mech->ops->update, in, bound, out);
}

/* Its parameter may have a tag, or a place for it, that the first one had not. */
static CK_RV
take_rest(struct running *running, struct message_parameter parameter)
{
	struct operation last = { 0 };
	CK_RV rv = message_parse(running, parameter, VIEW_NONE, &last);

	if (rv == CKR_OK)
		rv = running->message->mech->ops->rest(running->message, &last.params);
	params_release(&last.params);
	return rv;
}

static CK_RV
part_last(struct running *running, struct message_parameter parameter, struct view in,
    struct output out, bool *done)
{
	struct operation *op = running->message;
	const size_t waiting = running->gathered.len;
	size_t bound = operation_bound(op, waiting + in.len);

	TRY(settle_room(bound, out, done));
	if (*done)
		return CKR_OK;
	TRY(take_rest(running, parameter));
	if (!message_streams(op)) {
		TRY(running_gather(running, in));
		in = secret_view(&running->gathered);
	}
	TRY(message_step(op, operation_run, in, bound, out));
	params_deliver(&op->params, 0, op->params.late);
	return CKR_OK;
}

CK_RV
message_next(struct session *session, CK_FLAGS verb, struct message_parameter parameter,
    struct view in, bool last, struct output out)
{
	RELEASED(running_unlock) struct running *running = NULL;
	bool done = false;
	CK_RV rv;

	TRY(running_enter(session, activity_of(verb), verb, &running));
	if (!running->begun)
		return CKR_OPERATION_NOT_INITIALIZED;
	rv = last ? part_last(running, parameter, in, out, &done)
		  : part_middle(running, in, out, &done);
	if (!done && (last || rv != CKR_OK))
		message_end(running);
	return rv;
}

CK_RV
message_final(struct session *session, CK_FLAGS verb)
{
	RELEASED(running_unlock) struct running *running = NULL;

	TRY(running_enter(session, activity_of(verb), verb, &running));
	running_end(session, activity_of(verb), running);
	return CKR_OK;
}
