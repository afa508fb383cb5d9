/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The session table, login and logout.  What an operation computes is
 * operation.c's, what an object is is object.c's.
 */
#include "token/session.h"

#include <stdlib.h>
#include <string.h>

#include "token/base/log.h"
#include "token/map.h"
#include "token/object.h"
#include "token/operation.h"
#include "token/pinsource.h"
#include "token/status.h"

/* Guards the table; held for look-ups only. */
static pthread_mutex_t table_lock = BRIEF_LOCK;
static struct map table;
/* Never reused in a process, so that a stale handle names nothing. */
static CK_SESSION_HANDLE last_handle;

static void
session_free(struct session *session)
{
	struct token *token = session->token;

	pthread_mutex_destroy(&session->lock);
	free(session);
	pthread_mutex_lock(&token->lock);
	token->users--;
	pthread_mutex_unlock(&token->lock);
}

void
session_leave(struct session **session)
{
	if (*session != NULL && atomic_fetch_sub(&(*session)->references, 1) == 1)
		session_free(*session);
	*session = NULL;
}

/* The session of a handle, whether its token is still there or not. */
static CK_RV
session_hold(CK_SESSION_HANDLE handle, struct session **out)
{
	struct session *session;

	pthread_mutex_lock(&table_lock);
	session = map_get(&table, handle);
	if (session != NULL)
		atomic_fetch_add(&session->references, 1);
	pthread_mutex_unlock(&table_lock);
	*out = session;
	return session == NULL ? CKR_SESSION_HANDLE_INVALID : CKR_OK;
}

CK_RV
session_enter(CK_SESSION_HANDLE handle, struct session **out)
{
	TRY(session_hold(handle, out));
	if ((*out)->token->removed) {
		session_leave(out);
		return CKR_DEVICE_REMOVED;
	}
	return CKR_OK;
}

CK_RV
token_rv(struct token *token, enum store_status status)
{
	if (status == STORE_REPLACED)
		token->removed = true;
	return status_rv(status);
}

/* Opening and closing */

/* Counts the session in, if the login state and the token allow one of this kind. */
static CK_RV
count_in(struct token *token, bool writable)
{
	CK_RV rv = CKR_OK;
	bool first;

	pthread_mutex_lock(&token->lock);
	first = token->sessions == 0;
	if (first) {
		/* What the end of the last one takes with it is none of this one's. */
		pthread_mutex_unlock(&token->lock);
		pthread_mutex_lock(&token->login_lock);
		pthread_mutex_lock(&token->lock);
	}
	if (token->store == NULL)
		rv = CKR_TOKEN_NOT_INITIALIZED;
	else if (token->removed)
		rv = CKR_DEVICE_REMOVED;
	else if (!writable && token->login == LOGIN_SO)
		rv = CKR_SESSION_READ_WRITE_SO_EXISTS;
	if (rv == CKR_OK) {
		token->sessions++;
		token->readonly_sessions += !writable;
		token->users++;
	}
	pthread_mutex_unlock(&token->lock);
	if (first)
		pthread_mutex_unlock(&token->login_lock);
	return rv;
}

/* True when that was the last one. */
static bool
count_out(struct token *token, bool writable)
{
	bool last;

	pthread_mutex_lock(&token->lock);
	token->readonly_sessions -= !writable;
	last = --token->sessions == 0;
	pthread_mutex_unlock(&token->lock);
	return last;
}

static bool
has_sessions(struct token *token)
{
	bool some;

	pthread_mutex_lock(&token->lock);
	some = token->sessions != 0;
	pthread_mutex_unlock(&token->lock);
	return some;
}

void
session_unique(struct session *session, unsigned char uid[STORE_UID_LEN])
{
	pthread_mutex_lock(&session->lock);
	for (size_t i = STORE_UID_LEN; i > 0 && ++session->unique[i - 1] == 0; i--) {
	}
	memcpy(uid, session->unique, STORE_UID_LEN);
	pthread_mutex_unlock(&session->lock);
}

static void settle_login(struct session *session);

CK_RV
session_open(CK_SLOT_ID slot, CK_FLAGS flags, CK_SESSION_HANDLE *out)
{
	struct session *session;
	struct token *token;
	CK_RV rv;

	if ((flags & CKF_SERIAL_SESSION) == 0)
		return CKR_SESSION_PARALLEL_NOT_SUPPORTED;
	if ((flags & CKF_ASYNC_SESSION) != 0)
		return CKR_SESSION_ASYNC_NOT_SUPPORTED;
	TRY(slot_token(slot, &token));
	session = calloc(1, sizeof(*session));
	if (session == NULL)
		return CKR_HOST_MEMORY;
	session->token = token;
	session->writable = (flags & CKF_RW_SESSION) != 0;
	session->references = 2; /* the table's and ours */
	pthread_mutex_init(&session->lock, NULL);
	rv = crypto_random(session->unique, sizeof(session->unique));
	if (rv == CKR_OK)
		rv = count_in(token, session->writable);
	if (rv != CKR_OK) {
		pthread_mutex_destroy(&session->lock);
		free(session);
		return rv;
	}
	pthread_mutex_lock(&table_lock);
	session->handle = last_handle + 1;
	if (map_put(&table, session->handle, session))
		*out = ++last_handle;
	else
		rv = CKR_HOST_MEMORY;
	pthread_mutex_unlock(&table_lock);
	if (rv == CKR_OK) {
		settle_login(session);
	} else {
		count_out(token, session->writable);
		session->references = 1;
	}
	session_leave(&session);
	return rv;
}

static void
log_out(struct token *token)
{
	token->login = LOGIN_NONE;
	store_logout(token->store);
	object_table_forget_private(token->objects);
}

/* The last session takes the login with it, unless another was opened meanwhile. */
static void
last_session_closed(struct token *token)
{
	pthread_mutex_lock(&token->login_lock);
	if (!has_sessions(token)) {
		token->settled = false;
		log_out(token);
		object_table_forget_all(token->objects);
	}
	pthread_mutex_unlock(&token->login_lock);
}

/* Ends what the session has open; calls that are still in it find it closed. */
static void
session_end(struct session *session)
{
	pthread_mutex_lock(&session->lock);
	session->closed = true;
	pthread_mutex_unlock(&session->lock);
	operation_end_all(session);
	(void)!search_end(session);
	object_table_forget_session(session->token->objects, session->handle);
	if (count_out(session->token, session->writable))
		last_session_closed(session->token);
}

CK_RV
session_close(CK_SESSION_HANDLE handle)
{
	struct session *session;

	pthread_mutex_lock(&table_lock);
	session = map_remove(&table, handle);
	pthread_mutex_unlock(&table_lock);
	if (session == NULL)
		return CKR_SESSION_HANDLE_INVALID;
	session_end(session);
	session_leave(&session);
	return CKR_OK;
}

/* Some session of the token (of any token with NULL), or 0. */
static CK_SESSION_HANDLE
any_session(const struct token *token)
{
	CK_SESSION_HANDLE handle = 0;
	struct session *session;
	size_t at = 0;

	pthread_mutex_lock(&table_lock);
	while (handle == 0 && (session = map_next(&table, &at)) != NULL) {
		if (token == NULL || session->token == token)
			handle = session->handle;
	}
	pthread_mutex_unlock(&table_lock);
	return handle;
}

static void
close_all(const struct token *token)
{
	CK_SESSION_HANDLE handle;

	while ((handle = any_session(token)) != 0) {
		/* Another thread may have closed it first; then it is gone, which is what was
		 * asked. */
		if (session_close(handle) != CKR_OK)
			continue;
	}
}

CK_RV
session_close_all(CK_SLOT_ID slot)
{
	struct token *token;

	TRY(slot_token(slot, &token));
	close_all(token);
	return CKR_OK;
}

void
sessions_stop(void)
{
	close_all(NULL);
	map_release(&table);
}

/*
 * The parent's sessions are not ours: their operations hold libcrypto objects
 * and locks in whatever state the fork found them.  They are left where they are.
 */
void
sessions_abandon(void)
{
	brief_lock_init(&table_lock);
	table = (struct map){ 0 };
}

CK_RV
session_info(struct session *session, CK_SESSION_INFO *info)
{
	enum login login = session->token->login;

	info->slotID = session->token->slot;
	info->flags = CKF_SERIAL_SESSION | (session->writable ? CKF_RW_SESSION : 0);
	info->ulDeviceError = 0;
	if (login == LOGIN_SO)
		info->state = CKS_RW_SO_FUNCTIONS;
	else if (login == LOGIN_USER)
		info->state = session->writable ? CKS_RW_USER_FUNCTIONS : CKS_RO_USER_FUNCTIONS;
	else
		info->state = session->writable ? CKS_RW_PUBLIC_SESSION : CKS_RO_PUBLIC_SESSION;
	return CKR_OK;
}

/* Login */

static bool
pin_possible(struct view pin)
{
	return pin.len <= PIN_MOST;
}

/* Ends every operation of the token that uses a private object. */
static void
end_private_operations(struct token *token)
{
	struct session *session;
	size_t at = 0;

	pthread_mutex_lock(&table_lock);
	while ((session = map_next(&table, &at)) != NULL) {
		if (session->token == token)
			operation_end_private(session);
	}
	pthread_mutex_unlock(&table_lock);
}

/* Takes the login, unless it does not go together with the sessions that are open. */
static CK_RV
login_settle(struct token *token, enum login login)
{
	CK_RV rv = CKR_OK;

	pthread_mutex_lock(&token->lock);
	if (login == LOGIN_SO && token->readonly_sessions != 0)
		rv = CKR_SESSION_READ_ONLY_EXISTS;
	else
		token->login = login;
	pthread_mutex_unlock(&token->lock);
	return rv;
}

static CK_RV
login_possible(struct session *session, enum login login)
{
	struct token *token = session->token;
	bool readonly;

	if (session->closed)
		return CKR_SESSION_HANDLE_INVALID;
	if (token->login != LOGIN_NONE)
		return token->login == login ? CKR_USER_ALREADY_LOGGED_IN
					     : CKR_USER_ANOTHER_ALREADY_LOGGED_IN;
	pthread_mutex_lock(&token->lock);
	readonly = token->readonly_sessions != 0;
	pthread_mutex_unlock(&token->lock);
	return login == LOGIN_SO && readonly ? CKR_SESSION_READ_ONLY_EXISTS : CKR_OK;
}

static CK_RV
log_in(struct session *session, enum login login, struct view pin)
{
	struct token *token = session->token;
	CK_RV rv;

	TRY(login_possible(session, login));
	TRY(token_rv(
	    token, store_login(token->store, login == LOGIN_SO ? STORE_SO : STORE_USER, pin)));
	/* What was read before could not be checked against its seal. */
	object_table_reopen(token->objects);
	/* A read-only session may have come while the PIN was derived. */
	rv = login_settle(token, login);
	if (rv != CKR_OK)
		store_logout(token->store);
	return rv;
}

/*
 * CKU_CONTEXT_SPECIFIC: the PIN again, for the operation begun last.  Where that
 * locks the PIN the user is logged out (5.6.8).
 */
static CK_RV
log_in_to_operation(struct session *session, struct view pin)
{
	RELEASED(running_release) struct running *running = NULL;
	struct token *token = session->token;
	CK_RV rv;

	if (token->login != LOGIN_USER)
		return CKR_USER_NOT_LOGGED_IN;
	TRY(operation_awaiting_login(session, &running));
	rv = token_rv(token, store_check_pin(token->store, STORE_USER, pin));
	if (rv == CKR_OK)
		running_authenticate(running);
	if (rv == CKR_PIN_LOCKED) {
		log_out(token);
		end_private_operations(token);
	}
	return rv;
}

CK_RV
session_login(struct session *session, CK_USER_TYPE user, struct view pin)
{
	struct token *token = session->token;
	CK_RV rv;

	if (user != CKU_SO && user != CKU_USER && user != CKU_CONTEXT_SPECIFIC)
		return CKR_USER_TYPE_INVALID;
	if (!pin_possible(pin))
		return CKR_PIN_INCORRECT;
	pthread_mutex_lock(&token->login_lock);
	if (user == CKU_CONTEXT_SPECIFIC)
		rv = log_in_to_operation(session, pin);
	else
		rv = log_in(session, user == CKU_SO ? LOGIN_SO : LOGIN_USER, pin);
	pthread_mutex_unlock(&token->login_lock);
	return rv;
}

CK_RV
session_login_by_source(struct session *session, CK_USER_TYPE user)
{
	RELEASED(secret_clear) struct secret pin = { 0 };
	const struct config_token *said = token_settings(session->token);

	if (user != CKU_SO && user != CKU_USER && user != CKU_CONTEXT_SPECIFIC)
		return CKR_USER_TYPE_INVALID;
	if (user == CKU_SO || said == NULL || said->pin_source == NULL)
		return CKR_ARGUMENTS_BAD;
	/* A source that can be read but once is not read in vain. */
	if (user == CKU_USER)
		TRY(login_possible(session, LOGIN_USER));
	TRY(pinsource_read(said->pin_source, &pin));
	return session_login(session, user, secret_view(&pin));
}

/* An application's first session on a token that logs in by itself.  What fails is in the log, and
 * the session is a public one. */
static void
log_in_unasked(struct session *session)
{
	RELEASED(secret_clear) struct secret pin = { 0 };
	struct token *token = session->token;
	const char *source = NULL;
	struct store_info info;
	CK_RV rv;

	if (store_info(token->store, &info) == STORE_OK)
		source = auto_login_source(&info);
	if (source == NULL)
		return;
	rv = pinsource_read(source, &pin);
	if (rv == CKR_OK)
		rv = log_in(session, LOGIN_USER, secret_view(&pin));
	if (rv != CKR_OK)
		log_error("slot %lu: the user is not logged in (0x%lx)", token->slot, rv);
}

static void
settle_login(struct session *session)
{
	struct token *token = session->token;

	if (config_current()->tokens == NULL)
		return;
	pthread_mutex_lock(&token->login_lock);
	if (!token->settled && token->login == LOGIN_NONE)
		log_in_unasked(session);
	token->settled = true;
	pthread_mutex_unlock(&token->login_lock);
}

CK_RV
session_logout(struct session *session)
{
	struct token *token = session->token;
	CK_RV rv = CKR_OK;

	pthread_mutex_lock(&token->login_lock);
	if (token->login == LOGIN_NONE) {
		rv = CKR_USER_NOT_LOGGED_IN;
	} else {
		log_out(token);
		end_private_operations(token);
	}
	pthread_mutex_unlock(&token->login_lock);
	return rv;
}

CK_RV
session_init_pin(struct session *session, struct view pin)
{
	struct token *token = session->token;
	CK_RV rv = CKR_USER_NOT_LOGGED_IN;

	TRY(pin_acceptable(pin));
	pthread_mutex_lock(&token->login_lock);
	if (token->login == LOGIN_SO)
		rv = token_rv(token, store_set_user_pin(token->store, pin));
	pthread_mutex_unlock(&token->login_lock);
	return rv;
}

CK_RV
session_set_pin(struct session *session, struct view old, struct view new)
{
	struct token *token = session->token;
	CK_RV rv;

	if (!session->writable)
		return CKR_SESSION_READ_ONLY;
	TRY(pin_acceptable(new));
	if (!pin_possible(old))
		return CKR_PIN_INCORRECT;
	pthread_mutex_lock(&token->login_lock);
	rv = token_rv(token,
	    store_change_pin(
		token->store, token->login == LOGIN_SO ? STORE_SO : STORE_USER, old, new));
	pthread_mutex_unlock(&token->login_lock);
	return rv;
}
