/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The state machine of operation.h.  A running operation is held by reference
 * and has a lock of its own, so that two calls on it take turns while nothing
 * else waits.  Which bytes come out is the mechanism's business.
 */
#include "token/operation.h"

#include <stdlib.h>
#include <string.h>

#include "token/policy.h"
#include "token/running.h"

/* What parts may add up to for a mechanism that names no limit: no key is longer. */
#define GATHER_MOST 65536

static void
running_free(struct running *running)
{
	operation_free(running->message);
	operation_stop(&running->op);
	referred_release(&running->referred);
	object_release(&running->key);
	secret_clear(&running->result);
	secret_clear(&running->gathered);
	bytes_release(&running->signature);
	secret_clear(&running->taken.input);
	pthread_mutex_destroy(&running->lock);
	free(running);
}

void
running_release(struct running **running)
{
	if (*running != NULL && atomic_fetch_sub(&(*running)->references, 1) == 1)
		running_free(*running);
	*running = NULL;
}

void
running_authenticate(struct running *running)
{
	pthread_mutex_lock(&running->lock);
	running->authenticated = true;
	pthread_mutex_unlock(&running->lock);
}

void
running_end(struct session *session, enum activity activity, struct running *running)
{
	struct running *out = NULL;

	running->ended = true;
	pthread_mutex_lock(&session->lock);
	if (session->running[activity] == running) {
		out = running;
		session->running[activity] = NULL;
	}
	pthread_mutex_unlock(&session->lock);
	running_release(&out);
}

void
running_unlock(struct running **running)
{
	if (*running != NULL)
		pthread_mutex_unlock(&(*running)->lock);
	running_release(running);
}

CK_RV
running_enter(struct session *session, enum activity activity, CK_FLAGS verb, struct running **out)
{
	struct running *running;

	pthread_mutex_lock(&session->lock);
	running = session->running[activity];
	if (running != NULL)
		atomic_fetch_add(&running->references, 1);
	pthread_mutex_unlock(&session->lock);
	if (running == NULL)
		return CKR_OPERATION_NOT_INITIALIZED;
	pthread_mutex_lock(&running->lock);
	*out = running;
	if (running->ended || running->op.verb != verb)
		return CKR_OPERATION_NOT_INITIALIZED;
	if (running->wants_login && !running->authenticated) {
		running_end(session, activity, running);
		return CKR_USER_NOT_LOGGED_IN;
	}
	return CKR_OK;
}

CK_RV
operation_awaiting_login(struct session *session, struct running **out)
{
	CK_RV rv = CKR_OPERATION_NOT_INITIALIZED;
	struct running *running;

	pthread_mutex_lock(&session->lock);
	running = session->running[session->last_started];
	if (running != NULL && running->wants_login) {
		atomic_fetch_add(&running->references, 1);
		*out = running;
		rv = CKR_OK;
	}
	pthread_mutex_unlock(&session->lock);
	return rv;
}

/* Starting */

void
referred_release(struct referred *referred)
{
	for (size_t i = 0; i < COUNT_OF(referred->objects); i++)
		object_release(&referred->objects[i]);
}

CK_RV
referred_resolve(
    struct session *session, const struct mechanism *m, struct params *params, struct referred *out)
{
	_Static_assert(COUNT_OF(params->refs) == COUNT_OF(out->objects), "one object a reference");

	for (size_t i = 0; i < params->ref_count; i++) {
		TRY(object_get_key(session, params->refs[i].handle, &out->objects[i]));
		TRY(policy_permits(session, out->objects[i], m, CKF_DERIVE));
		params->refs[i].key = &out->objects[i]->key;
	}
	return CKR_OK;
}

CK_RV
running_key(struct session *session, const struct mechanism *m, CK_FLAGS verb,
    CK_OBJECT_HANDLE handle, struct running *running)
{
	TRY(object_get_key(session, handle, &running->key));
	running->op.key = &running->key->key;
	running->wants_login = running->key->always_authenticates;
	policy_demands(session, verb, &running->op.params);
	return policy_permits(session, running->key, m, verb);
}

/* Everything up to the mechanism's own start. */
static CK_RV
running_prepare(struct session *session, CK_FLAGS verb, const CK_MECHANISM *mechanism,
    CK_OBJECT_HANDLE key, struct running *running)
{
	CK_MECHANISM in;
	const struct mechanism *m;

	TRY(policy_mechanism(mechanism, verb, &in, &m));
	running->op.verb = verb;
	running->op.mech = m;
	running->op.params.verb = verb;
	if (verb != CKF_DIGEST)
		TRY(running_key(session, m, verb, key, running));
	TRY(m->parse(&in, &running->op.params));
	TRY(referred_resolve(session, m, &running->op.params, &running->referred));
	return operation_begin(&running->op);
}

struct running *
running_new(void)
{
	/* Unlike calloc(), malloc() has at hand what the last operation of the thread gave back. */
	struct running *running = malloc(sizeof(*running));

	if (running == NULL)
		return NULL;
	memset(running, 0, sizeof(*running));
	running->references = 1;
	pthread_mutex_init(&running->lock, NULL);
	return running;
}

static bool
uses_private(const struct running *running)
{
	bool found = running->key != NULL && running->key->is_private;

	for (size_t i = 0; i < COUNT_OF(running->referred.objects); i++)
		found |= running->referred.objects[i] != NULL &&
		    running->referred.objects[i]->is_private;
	return found;
}

CK_RV
running_install(struct session *session, enum activity activity, struct running **running)
{
	bool is_private = uses_private(*running);
	CK_RV rv = CKR_OK;

	pthread_mutex_lock(&session->lock);
	if (session->closed)
		rv = CKR_SESSION_HANDLE_INVALID;
	else if (is_private && !session_sees_private(session))
		rv = CKR_USER_NOT_LOGGED_IN;
	else if (session->running[activity] != NULL)
		rv = CKR_OPERATION_ACTIVE;
	if (rv == CKR_OK) {
		session->running[activity] = *running;
		session->last_started = activity;
		*running = NULL;
	}
	pthread_mutex_unlock(&session->lock);
	return rv;
}

bool
operation_active(struct session *session, enum activity activity)
{
	bool active;

	pthread_mutex_lock(&session->lock);
	active = session->running[activity] != NULL;
	pthread_mutex_unlock(&session->lock);
	return active;
}

/* Ends an operation, if it is of these verbs; calls that wait for it find it ended. */
static void
cancel(struct session *session, enum activity activity, CK_FLAGS verbs, bool only_private)
{
	struct running *running;

	pthread_mutex_lock(&session->lock);
	running = session->running[activity];
	if (running != NULL && (running->op.verb & verbs) != 0 &&
	    (!only_private || uses_private(running))) {
		session->running[activity] = NULL;
		running->ended = true;
	} else {
		running = NULL;
	}
	pthread_mutex_unlock(&session->lock);
	running_release(&running);
}

static void
cancel_each(struct session *session, CK_FLAGS verbs, bool only_private)
{
	for (enum activity activity = 0; activity < ACTIVITIES; activity++)
		cancel(session, activity, verbs, only_private);
}

#define ALL_VERBS (~(CK_FLAGS)0)

void
operation_end_all(struct session *session)
{
	cancel_each(session, ALL_VERBS, false);
}

void
operation_end_private(struct session *session)
{
	cancel_each(session, ALL_VERBS, true);
}

void
operation_cancel(struct session *session, CK_FLAGS verbs)
{
	cancel_each(session, verbs, false);
	if ((verbs & CKF_FIND_OBJECTS) != 0)
		(void)!search_end(session);
}

/* No signature is longer: SLH-DSA's have up to 49,856 bytes (FIPS 205, table 2). */
#define SIGNATURE_MOST 65536

CK_RV
operation_start(struct session *session, enum activity activity, CK_FLAGS verb,
    const CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key, struct view signature)
{
	RELEASED(running_release) struct running *running = NULL;

	if (mechanism == NULL) {
		cancel(session, activity, verb, false);
		return CKR_OK;
	}
	if (operation_active(session, activity))
		return CKR_OPERATION_ACTIVE;
	if (signature.len > SIGNATURE_MOST)
		return CKR_SIGNATURE_LEN_RANGE;
	running = running_new();
	if (running == NULL || !bytes_copy(&running->signature, signature))
		return CKR_HOST_MEMORY;
	TRY(running_prepare(session, verb, mechanism, key, running));
	return running_install(session, activity, &running);
}

/* Computing */

CK_RV
operation_begin(struct operation *op)
{
	return op->mech->ops->start == NULL ? CKR_OK : op->mech->ops->start(op);
}

void
operation_stop(struct operation *op)
{
	if (op->mech != NULL && op->mech->ops->stop != NULL && op->state != NULL)
		op->mech->ops->stop(op);
	op->state = NULL;
	params_release(&op->params);
}

void
operation_free(struct operation *op)
{
	if (op == NULL)
		return;
	operation_stop(op);
	free(op);
}

size_t
operation_bound(const struct operation *op, size_t in)
{
	return op->mech->ops->bound(op, in, true);
}

/* Mechanisms that can stream do; the others take all at once. */
static bool
streams(const struct operation *op)
{
	return op->mech->ops->update != NULL;
}

static CK_RV
run(struct operation *op, struct view in, struct out *out)
{
	const struct mech_ops *ops = op->mech->ops;
	struct out rest;

	if (ops->once != NULL)
		return ops->once(op, in, out);
	TRY(ops->update(op, in, out));
	rest = (struct out){ .data = out->data, .room = out->room - out->len };
	/* No room at all is none's address: a message of nothing whose tag lies apart. */
	if (out->len != 0)
		rest.data += out->len;
	TRY(ops->final(op, &rest));
	out->len += rest.len;
	return CKR_OK;
}

CK_RV
operation_run(struct operation *op, struct view in, struct out *out)
{
	CK_RV rv = run(op, in, out);

	/* What was written before the failure showed (blocks before a bad padding) is not for the
	 * caller. */
	if (rv != CKR_OK && out->room != 0)
		memset(out->data, 0, out->room);
	return rv;
}

bool
overlap(struct view in, const CK_BYTE *out, size_t room)
{
	uintptr_t a = (uintptr_t)in.data, b = (uintptr_t)out;

	/* The room is as the caller says, and may go beyond the last address. */
	return a < b ? b - a < in.len && room != 0 : a - b < room && in.len != 0;
}

CK_RV
give(struct view result, struct output out)
{
	CK_ULONG room = *out.len;

	*out.len = result.len;
	if (room < result.len)
		return CKR_BUFFER_TOO_SMALL;
	if (result.len != 0)
		memcpy(out.data, result.data, result.len);
	return CKR_OK;
}

/* A step of the mechanism: the whole of an operation, one part of it, or its end. */
typedef CK_RV step_function(struct operation *op, struct view in, struct out *out);

static CK_RV
step_update(struct operation *op, struct view in, struct out *out)
{
	return op->mech->ops->update(op, in, out);
}

static CK_RV
step_final(struct operation *op, struct view in, struct out *out)
{
	/* `in` is what was gathered for a mechanism that takes all at once; else it is empty. */
	return streams(op) ? op->mech->ops->final(op, out) : op->mech->ops->once(op, in, out);
}

/* The end of these may give less than its bound, and only computing tells how much. */
static bool
inexact(CK_FLAGS verb, step_function *step)
{
	return step != step_update && (verb & (CKF_DECRYPT | CKF_VERIFY_RECOVER)) != 0;
}

/* Computes into memory of our own, to learn the length or to keep it until there is a buffer. */
static CK_RV
step_aside(struct running *running, step_function *step, struct view in, size_t bound)
{
	struct out aside;
	CK_RV rv;

	if (!secret_alloc(&running->result, bound))
		return CKR_HOST_MEMORY;
	aside = (struct out){ .data = running->result.data, .room = bound };
	rv = step(&running->op, in, &aside);
	if (rv != CKR_OK) {
		secret_clear(&running->result);
		return rv;
	}
	if (aside.len == 0)
		secret_clear(&running->result);
	else
		secret_keep_leading(&running->result, aside.len);
	running->has_result = true;
	return CKR_OK;
}

static CK_RV
give_result(struct running *running, struct output out)
{
	TRY(give(secret_view(&running->result), out));
	running->has_result = false;
	secret_clear(&running->result);
	return CKR_OK;
}

/*
 * One step with a caller's buffer: a query, a buffer too small, or the step
 * itself.  The result goes straight to the caller where it surely fits.
 */
static CK_RV
step_into(
    struct running *running, step_function *step, struct view in, size_t bound, struct output out)
{
	RELEASED(secret_clear) struct secret copy = { 0 };
	struct out direct;

	if (out.data == NULL && bound == 0 && step != step_update && !running->has_result) {
		/*
		 * Nothing can come out, so that this may be a question or the real call.  It is
		 * both: a tag is checked now, and what was asked is answered again.
		 */
		TRY(step_aside(running, step, in, 0));
	}
	if (out.data == NULL) {
		*out.len = running->has_result ? running->result.len : bound;
		return CKR_OK;
	}
	if (running->has_result)
		return give_result(running, out);
	if (*out.len < bound && !inexact(running->op.verb, step)) {
		*out.len = bound;
		return CKR_BUFFER_TOO_SMALL;
	}
	if (*out.len < bound) {
		TRY(step_aside(running, step, in, bound));
		return give_result(running, out);
	}
	if (overlap(in, out.data, bound)) {
		if (!secret_copy(&copy, in))
			return CKR_HOST_MEMORY;
		in = secret_view(&copy);
	}
	direct = (struct out){ .data = out.data, .room = bound };
	TRY(step(&running->op, in, &direct));
	*out.len = direct.len;
	return CKR_OK;
}

/* Did this call end the operation?  Not a query, and not a buffer too small. */
static bool
ends(CK_RV rv, struct output out)
{
	return rv != CKR_BUFFER_TOO_SMALL && (rv != CKR_OK || out.data != NULL);
}

CK_RV
running_gather(struct running *running, struct view in)
{
	size_t limit = running->op.mech->limit == 0 ? GATHER_MOST : running->op.mech->limit;
	RELEASED(secret_clear) struct secret larger = { 0 };

	if (in.len > limit || running->gathered.len > limit - in.len)
		return (running->op.verb & (CKF_DECRYPT | CKF_MESSAGE_DECRYPT)) != 0
		    ? CKR_ENCRYPTED_DATA_LEN_RANGE
		    : CKR_DATA_LEN_RANGE;
	if (in.len == 0)
		return CKR_OK;
	if (!secret_alloc(&larger, running->gathered.len + in.len))
		return CKR_HOST_MEMORY;
	if (running->gathered.len != 0)
		memcpy(larger.data, running->gathered.data, running->gathered.len);
	memcpy(larger.data + running->gathered.len, in.data, in.len);
	secret_move(&running->gathered, &larger);
	return CKR_OK;
}

/* An update that gives nothing yet: the mechanism needs all parts first. */
static CK_RV
gather_quietly(struct running *running, struct view in, struct output out)
{
	if (out.data != NULL)
		TRY(running_gather(running, in));
	*out.len = 0;
	return CKR_OK;
}

CK_RV
operation_once(struct session *session, enum activity activity, CK_FLAGS verb, struct view in,
    struct output out)
{
	RELEASED(running_unlock) struct running *running = NULL;
	CK_RV rv;

	TRY(running_enter(session, activity, verb, &running));
	if (running->begun)
		return CKR_OPERATION_ACTIVE;
	rv = step_into(running, operation_run, in, operation_bound(&running->op, in.len), out);
	if (ends(rv, out))
		running_end(session, activity, running);
	return rv;
}

CK_RV
operation_update(struct session *session, enum activity activity, CK_FLAGS verb, struct view in,
    struct output out)
{
	RELEASED(running_unlock) struct running *running = NULL;
	const struct mech_ops *ops;
	struct out none = { 0 };
	CK_RV rv;

	TRY(running_enter(session, activity, verb, &running));
	if (running->has_result)
		return CKR_OPERATION_ACTIVE;
	ops = running->op.mech->ops;
	if (out.len == NULL)
		rv = !streams(&running->op) ? running_gather(running, in)
					    : ops->update(&running->op, in, &none);
	else if (streams(&running->op))
		rv = step_into(
		    running, step_update, in, ops->bound(&running->op, in.len, false), out);
	else
		rv = gather_quietly(running, in, out);
	if (rv == CKR_OK && activity == ACTIVITY_DIGEST)
		taken_add(&running->taken, in);
	if (rv == CKR_OK && (out.len == NULL || out.data != NULL))
		running->begun = true;
	if (rv != CKR_OK && rv != CKR_BUFFER_TOO_SMALL)
		running_end(session, activity, running);
	return rv;
}

/* Both of a dual function, as it needs them? */
static bool
both_active(struct session *session, enum activity absorbs, CK_FLAGS verb, enum activity gives)
{
	const struct running *running;
	bool active;

	pthread_mutex_lock(&session->lock);
	running = session->running[absorbs];
	active = running != NULL && running->op.verb == verb && session->running[gives] != NULL;
	pthread_mutex_unlock(&session->lock);
	return active;
}

/* What the first of the two gave goes into the second; where that fails, both are over. */
static CK_RV
absorb(struct session *session, enum activity absorbs, CK_FLAGS verb, struct view in,
    enum activity gives, struct output out)
{
	CK_RV rv = operation_update(session, absorbs, verb, in, (struct output){ NULL, NULL });

	if (rv != CKR_OK) {
		cancel(session, gives, ALL_VERBS, false);
		memset(out.data, 0, *out.len);
	}
	return rv;
}

CK_RV
operation_forward(struct session *session, enum activity absorbs, CK_FLAGS verb, struct view in,
    struct output out)
{
	RELEASED(secret_clear) struct secret copy = { 0 };

	if (!both_active(session, absorbs, verb, ACTIVITY_ENCRYPT))
		return CKR_OPERATION_NOT_INITIALIZED;
	/* The other operation takes it in when the ciphertext stands, perhaps in its place. */
	if (out.data != NULL && overlap(in, out.data, *out.len)) {
		if (!secret_copy(&copy, in))
			return CKR_HOST_MEMORY;
		in = secret_view(&copy);
	}
	TRY(operation_update(session, ACTIVITY_ENCRYPT, CKF_ENCRYPT, in, out));
	return out.data == NULL ? CKR_OK
				: absorb(session, absorbs, verb, in, ACTIVITY_ENCRYPT, out);
}

CK_RV
operation_backward(struct session *session, enum activity absorbs, CK_FLAGS verb, struct view in,
    struct output out)
{
	if (!both_active(session, absorbs, verb, ACTIVITY_DECRYPT))
		return CKR_OPERATION_NOT_INITIALIZED;
	TRY(operation_update(session, ACTIVITY_DECRYPT, CKF_DECRYPT, in, out));
	return out.data == NULL
	    ? CKR_OK
	    : absorb(session, absorbs, verb, view_of(out.data, *out.len), ACTIVITY_DECRYPT, out);
}

CK_RV
operation_final(struct session *session, enum activity activity, CK_FLAGS verb, struct output out)
{
	RELEASED(running_unlock) struct running *running = NULL;
	struct view in;
	size_t bound;
	CK_RV rv;

	TRY(running_enter(session, activity, verb, &running));
	in = secret_view(&running->gathered);
	bound = operation_bound(&running->op, in.len);
	if (out.data == NULL && bound == 0) {
		/* Where nothing can come out, a NULL buffer asks for no length: it ends. */
		CK_BYTE none[1]; /* public: never written */

		rv = step_into(running, step_final, in, 0, (struct output){ none, out.len });
		running_end(session, activity, running);
		return rv;
	}
	rv = step_into(running, step_final, in, bound, out);
	if (ends(rv, out))
		running_end(session, activity, running);
	return rv;
}

CK_RV
operation_verify(
    struct session *session, enum activity activity, const struct view *in, struct view signature)
{
	RELEASED(running_unlock) struct running *running = NULL;
	const struct mech_ops *ops;
	struct out none = { 0 };
	CK_RV rv = CKR_OK;

	TRY(running_enter(session, activity, CKF_VERIFY, &running));
	if (in != NULL && running->begun)
		return CKR_OPERATION_ACTIVE;
	if (activity == ACTIVITY_VERIFY_SIGNATURE)
		signature = bytes_view(&running->signature);
	ops = running->op.mech->ops;
	if (ops->check_once != NULL) {
		rv = ops->check_once(
		    &running->op, in != NULL ? *in : secret_view(&running->gathered), signature);
	} else {
		if (in != NULL)
			rv = ops->update(&running->op, *in, &none);
		if (rv == CKR_OK)
			rv = ops->check(&running->op, signature);
	}
	running_end(session, activity, running);
	return rv;
}

/* A key is digested as any input, but the state that it went into does not leave
 * (PKCS#11 3.2, 5.12.5). */
CK_RV
operation_digest_key(struct session *session, CK_OBJECT_HANDLE handle)
{
	RELEASED(running_unlock) struct running *running = NULL;
	RELEASED(object_release) struct object *key = NULL;
	struct view value = VIEW_NONE;
	struct out none = { 0 };
	CK_RV rv;

	TRY(running_enter(session, ACTIVITY_DIGEST, CKF_DIGEST, &running));
	if (running->has_result)
		return CKR_OPERATION_ACTIVE;
	rv = object_get_key(session, handle, &key);
	if (rv == CKR_OK)
		rv = policy_digests(session, key);
	if (rv == CKR_OK) {
		(void)attrs_get(&key->secret, CKA_VALUE, &value);
		taken_lose(&running->taken);
		rv = running->op.mech->ops->update(&running->op, value, &none);
		running->begun = true;
	}
	if (rv != CKR_OK)
		running_end(session, ACTIVITY_DIGEST, running);
	return rv;
}
