/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Slots, the tokens in them, and what is to be known of both.  A slot that was
 * once named to the caller is kept until C_Finalize, so that its number and
 * whatever sessions it has stay good.  Must not know objects or operations.
 */
#include "token/slot.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "token/object.h"
#include "token/session.h"
#include "token/status.h"

/* Part of the names by which clients find their keys again (OpenVPN, PKCS#11 URIs): for ever. */
#define MANUFACTURER "Handfast project"
#define MODEL "Handfast"

static struct config config;

/* Guards the list, and every opening and exchange of a token's store; never held while a PIN is
 * derived or a token is made. */
static pthread_mutex_t slots_lock = PTHREAD_MUTEX_INITIALIZER;
/* Every slot that was named to the caller, or had a token when this application began. */
static struct token *tokens;

/* Threads in C_WaitForSlotEvent. */
struct waiter {
	struct store_lookout *lookout;
	struct waiter *next;
};
static pthread_mutex_t waiters_lock = PTHREAD_MUTEX_INITIALIZER;
static struct waiter *waiters;
static atomic_bool stopping;

/* What is in the store folder at the moment. */
struct scan {
	uint32_t *slots; /* that hold a token, ascending */
	size_t count;
	CK_SLOT_ID empty; /* the slot after the last of them */
	bool shows_empty;
	bool readable; /* if not, nothing is known of what happened to the tokens */
};

/* A folder that cannot be read holds nothing that could be served; the log says why. */
static CK_RV
scan_folder(struct scan *scan)
{
	enum store_status status = store_slots(&config.store, &scan->slots, &scan->count);

	scan->shows_empty = config.empty_slot;
	scan->readable = status == STORE_OK;
	if (status != STORE_OK) {
		scan->slots = NULL;
		scan->count = 0;
	}
	if (scan->count > 0)
		scan->empty = (CK_SLOT_ID)scan->slots[scan->count - 1] + 1;
	return status == STORE_NO_MEMORY ? CKR_HOST_MEMORY : CKR_OK;
}

static void
scan_release(struct scan *scan)
{
	free(scan->slots);
}

/* How many slots C_GetSlotList tells of, and the n-th of them. */
static size_t
scan_count(const struct scan *scan)
{
	return scan->count + (scan->shows_empty ? 1 : 0);
}

static CK_SLOT_ID
scan_at(const struct scan *scan, size_t n)
{
	return n < scan->count ? scan->slots[n] : scan->empty;
}

static bool
scan_has(const struct scan *scan, CK_SLOT_ID slot)
{
	size_t n = 0;

	while (n < scan_count(scan) && scan_at(scan, n) != slot)
		n++;
	return n < scan_count(scan);
}

static struct token *
token_find(CK_SLOT_ID slot)
{
	struct token *token = tokens;

	while (token != NULL && token->slot != slot)
		token = token->next;
	return token;
}

/* Enters a slot in the list, if it is not there. */
static CK_RV
token_enter(CK_SLOT_ID slot)
{
	struct token *token;

	if (token_find(slot) != NULL)
		return CKR_OK;
	token = calloc(1, sizeof(*token));
	if (token == NULL)
		return CKR_HOST_MEMORY;
	token->slot = slot;
	token->objects = object_table_new(token);
	if (token->objects == NULL) {
		free(token);
		return CKR_HOST_MEMORY;
	}
	brief_lock_init(&token->lock);
	pthread_mutex_init(&token->login_lock, NULL);
	token->next = tokens;
	tokens = token;
	return CKR_OK;
}

static bool
scan_has_token(const struct scan *scan, CK_SLOT_ID slot)
{
	size_t n = 0;

	while (n < scan->count && scan->slots[n] != slot)
		n++;
	return n < scan->count;
}

/* Takes note, once, that the open token was removed or initialised anew under us. */
static void
token_mourn(struct token *token)
{
	if (!token->removed || token->mourned)
		return;
	token->mourned = true;
	token->event = true;
	token->occupied = false;
}

/* Every slot of a scan becomes one that the caller may name, and what came or went since the last
 * one an event. */
static CK_RV
scan_enter(const struct scan *scan)
{
	for (size_t n = 0; n < scan_count(scan); n++)
		TRY(token_enter(scan_at(scan, n)));
	for (struct token *token = tokens; token != NULL; token = token->next) {
		bool occupied = scan_has_token(scan, token->slot);

		token_mourn(token);
		if (!scan->readable || token->making || occupied == token->occupied)
			continue;
		token->occupied = occupied;
		token->event = true;
	}
	return CKR_OK;
}

/* A slot by its number, whether or not the caller was told of it, and whether there is a token in
 * it, be it one to initialise. */
static CK_RV
slot_find(CK_SLOT_ID slot, struct token **token, bool *present)
{
	RELEASED(scan_release) struct scan scan = { 0 };

	TRY(scan_folder(&scan));
	TRY(scan_enter(&scan));
	*token = token_find(slot);
	*present = scan_has(&scan, slot);
	return *token != NULL ? CKR_OK : CKR_SLOT_ID_INVALID;
}

/* What opening a token's file says.  No file: a token to initialise. */
static CK_RV
opening_rv(enum store_status status)
{
	if (status == STORE_ABSENT)
		return CKR_OK;
	return status == STORE_DAMAGED ? CKR_TOKEN_NOT_RECOGNIZED : status_rv(status);
}

/* Exchanges the store, unless a session or a call has begun to use it. */
static void
token_exchange(struct token *token, struct store *fresh)
{
	struct store *old = fresh;

	pthread_mutex_lock(&token->lock);
	if (token->users == 0) {
		old = token->store;
		token->store = fresh;
		token->login = LOGIN_NONE;
		token->removed = false;
		token->mourned = false;
	}
	pthread_mutex_unlock(&token->lock);
	if (old != NULL)
		store_close(old);
}

/* The store that is open, and whether a session or a call is using it. */
static struct store *
token_store(struct token *token, bool *idle)
{
	struct store *store;

	pthread_mutex_lock(&token->lock);
	store = token->store;
	*idle = token->users == 0;
	pthread_mutex_unlock(&token->lock);
	return store;
}

/*
 * Opens the token that is in the slot now, if it is not the one already open.
 * While that one is used it stays, marked as removed, and CKR_OK says so little.
 * CKR_TOKEN_NOT_RECOGNIZED for a file that is not, or not safely, ours.
 */
static CK_RV
token_refresh(struct token *token)
{
	enum store_status status;
	struct store *fresh = NULL;
	struct store_info info;
	bool idle;
	struct store *open = token_store(token, &idle);

	if (open != NULL && !token->removed) {
		/*
		 * Asks after the file too, which store_generation does not.  Anything else
		 * that is wrong is for the call that needs the store to tell.
		 */
		if (store_info(open, &info) != STORE_REPLACED)
			return CKR_OK;
		token->removed = true;
	}
	token_mourn(token);
	if (!idle)
		return CKR_OK;
	status = store_open(&config.store, (uint32_t)token->slot, &fresh);
	token_exchange(token, status == STORE_OK ? fresh : NULL);
	return opening_rv(status);
}

/* What there is when the application begins is no event (5.5.4). */
static CK_RV
slots_first(void)
{
	RELEASED(scan_release) struct scan scan = { 0 };

	TRY(scan_folder(&scan));
	TRY(scan_enter(&scan));
	for (struct token *token = tokens; token != NULL; token = token->next)
		token->event = false;
	return CKR_OK;
}

CK_RV
slots_start(void)
{
	CK_RV rv;

	tokens = NULL;
	stopping = false;
	TRY(config_load(&config));
	mechanisms_limit(&config.limits);
	rv = slots_first();
	if (rv != CKR_OK)
		slots_stop();
	return rv;
}

void
slots_wake(void)
{
	stopping = true;
	pthread_mutex_lock(&waiters_lock);
	for (struct waiter *waiter = waiters; waiter != NULL; waiter = waiter->next)
		store_lookout_wake(waiter->lookout);
	pthread_mutex_unlock(&waiters_lock);
}

void
slots_stop(void)
{
	while (tokens != NULL) {
		struct token *token = tokens;

		tokens = token->next;
		object_table_free(token->objects);
		if (token->store != NULL)
			store_close(token->store);
		pthread_mutex_destroy(&token->login_lock);
		pthread_mutex_destroy(&token->lock);
		free(token);
	}
	config_release(&config);
}

/*
 * Any lock may be held by a thread that is not in the child, and anything guarded
 * by it half changed: what there was is left where it is, and begun anew.
 */
void
slots_abandon(void)
{
	for (struct token *token = tokens; token != NULL; token = token->next)
		store_abandon(token->store);
	tokens = NULL;
	waiters = NULL;
	config = (struct config){ 0 };
	pthread_mutex_init(&slots_lock, NULL);
	pthread_mutex_init(&waiters_lock, NULL);
}

const struct config *
config_current(void)
{
	return &config;
}

bool
token_strict(const struct token *token)
{
	return store_strict(token->store);
}

bool
token_gives_der_points(struct token *token)
{
	struct store_info info;

	return config.der_points != NULL && store_info(token->store, &info) == STORE_OK &&
	    config_names(config.der_points, view_of(info.label, sizeof(info.label)));
}

static const struct config_token *
settings(const struct store_info *store)
{
	return config_of_token(&config, view_of(store->serial, sizeof(store->serial)),
	    view_of(store->label, sizeof(store->label)));
}

const struct config_token *
token_settings(struct token *token)
{
	struct store_info info;

	return config.tokens != NULL && store_info(token->store, &info) == STORE_OK
	    ? settings(&info)
	    : NULL;
}

static bool
has_pin_source(const struct store_info *store)
{
	const struct config_token *said = settings(store);

	return store->user_pin_set && said != NULL && said->pin_source != NULL;
}

const char *
auto_login_source(const struct store_info *store)
{
	return has_pin_source(store) && settings(store)->auto_login &&
		store->failures[STORE_USER] * 2 < store->tries
	    ? settings(store)->pin_source
	    : NULL;
}

CK_RV
slot_token(CK_SLOT_ID slot, struct token **out)
{
	bool present;
	CK_RV rv = CKR_OK;

	pthread_mutex_lock(&slots_lock);
	*out = token_find(slot);
	/* A caller may know a slot's number from another process. */
	if (*out == NULL)
		rv = slot_find(slot, out, &present);
	if (rv == CKR_OK)
		rv = token_refresh(*out);
	pthread_mutex_unlock(&slots_lock);
	return rv;
}

static CK_RV
scan_give(const struct scan *scan, CK_SLOT_ID *list, CK_ULONG *count)
{
	CK_ULONG room = *count;

	*count = scan_count(scan);
	if (list == NULL)
		return CKR_OK;
	if (room < scan_count(scan))
		return CKR_BUFFER_TOO_SMALL;
	for (size_t n = 0; n < scan_count(scan); n++)
		list[n] = scan_at(scan, n);
	return CKR_OK;
}

CK_RV
slot_list(CK_BBOOL token_present, CK_SLOT_ID *list, CK_ULONG *count)
{
	RELEASED(scan_release) struct scan scan = { 0 };
	CK_RV rv;

	/* The empty slot has a token as well, one to initialise: clients look for those only. */
	(void)token_present;
	pthread_mutex_lock(&slots_lock);
	rv = scan_folder(&scan);
	if (rv == CKR_OK)
		rv = scan_enter(&scan);
	pthread_mutex_unlock(&slots_lock);
	return rv == CKR_OK ? scan_give(&scan, list, count) : rv;
}

/* Looks what happened, and takes one event out.  CKR_NO_EVENT. */
static CK_RV
event_take(CK_SLOT_ID *slot)
{
	RELEASED(scan_release) struct scan scan = { 0 };

	TRY(scan_folder(&scan));
	for (struct token *token = tokens; token != NULL; token = token->next) {
		struct store_info info;
		bool idle;
		struct store *open = token_store(token, &idle);

		if (open != NULL && store_info(open, &info) == STORE_REPLACED)
			token->removed = true;
	}
	TRY(scan_enter(&scan));
	for (struct token *token = tokens; token != NULL; token = token->next) {
		if (!token->event)
			continue;
		token->event = false;
		*slot = token->slot;
		return CKR_OK;
	}
	return CKR_NO_EVENT;
}

static CK_RV
event_next(CK_SLOT_ID *slot)
{
	CK_RV rv;

	pthread_mutex_lock(&slots_lock);
	rv = event_take(slot);
	pthread_mutex_unlock(&slots_lock);
	return rv;
}

static void
waiter_enter(struct waiter *waiter)
{
	pthread_mutex_lock(&waiters_lock);
	waiter->next = waiters;
	waiters = waiter;
	pthread_mutex_unlock(&waiters_lock);
}

static void
waiter_leave(struct waiter *waiter)
{
	struct waiter **at = &waiters;

	pthread_mutex_lock(&waiters_lock);
	while (*at != waiter)
		at = &(*at)->next;
	*at = waiter->next;
	pthread_mutex_unlock(&waiters_lock);
	store_lookout_end(&waiter->lookout);
}

/* An event that is there, or one look at what happens next.  CKR_NO_EVENT: once more. */
static CK_RV
event_await(CK_SLOT_ID *slot)
{
	struct waiter waiter = { 0 };
	CK_RV rv;

	TRY(status_rv(store_lookout_begin(&config.store, &waiter.lookout)));
	waiter_enter(&waiter);
	/* Looked at after the lookout began, so that nothing falls in between. */
	rv = event_next(slot);
	if (rv == CKR_NO_EVENT && !stopping)
		store_lookout_wait(waiter.lookout);
	waiter_leave(&waiter);
	return rv;
}

CK_RV
slot_wait(CK_FLAGS flags, CK_SLOT_ID *slot)
{
	CK_RV rv;

	if ((flags & CKF_DONT_BLOCK) != 0)
		return event_next(slot);
	do
		rv = event_await(slot);
	while (rv == CKR_NO_EVENT && !stopping);
	return rv == CKR_NO_EVENT ? CKR_CRYPTOKI_NOT_INITIALIZED : rv;
}

/* Text of the standard's structures: blank padded, not terminated. */
static void
pad(CK_UTF8CHAR *out, size_t size, const char *text, size_t len)
{
	memset(out, ' ', size);
	memcpy(out, text, len < size ? len : size);
}

static const CK_VERSION version = { HANDFAST_VERSION_MAJOR, HANDFAST_VERSION_MINOR };

CK_RV
slot_known(CK_SLOT_ID slot)
{
	struct token *token;
	bool present;
	CK_RV rv = CKR_OK;

	pthread_mutex_lock(&slots_lock);
	if (token_find(slot) == NULL)
		rv = slot_find(slot, &token, &present);
	pthread_mutex_unlock(&slots_lock);
	return rv;
}

CK_RV
slot_strict(CK_SLOT_ID slot, bool *strict)
{
	struct token *token;
	struct store *store = NULL;
	bool present, idle;
	CK_RV rv;

	pthread_mutex_lock(&slots_lock);
	rv = slot_find(slot, &token, &present);
	/* A token that cannot be opened is told of by whoever wants to use it. */
	if (rv == CKR_OK && present && token_refresh(token) == CKR_OK)
		store = token_store(token, &idle);
	*strict = store != NULL && store_strict(store);
	pthread_mutex_unlock(&slots_lock);
	return rv;
}

CK_RV
slot_info(CK_SLOT_ID slot, CK_SLOT_INFO *info)
{
	struct token *token;
	char name[sizeof(info->slotDescription) + 1];
	bool present;
	CK_RV rv;

	pthread_mutex_lock(&slots_lock);
	rv = slot_find(slot, &token, &present);
	pthread_mutex_unlock(&slots_lock);
	TRY(rv);
	(void)snprintf(name, sizeof(name), "Handfast slot %lu", slot);
	pad(info->slotDescription, sizeof(info->slotDescription), name, strlen(name));
	pad(info->manufacturerID, sizeof(info->manufacturerID), MANUFACTURER, strlen(MANUFACTURER));
	info->flags = present ? CKF_TOKEN_PRESENT : 0;
	info->hardwareVersion = version;
	info->firmwareVersion = version;
	return CKR_OK;
}

/* The three flags of a role's PIN, of which `low` is the first. */
static CK_FLAGS
pin_flags(const struct store_info *store, enum store_role role)
{
	static const struct {
		CK_FLAGS low, final, locked;
	} flags[] = {
		[STORE_USER] = { CKF_USER_PIN_COUNT_LOW, CKF_USER_PIN_FINAL_TRY,
		    CKF_USER_PIN_LOCKED },
		[STORE_SO] = { CKF_SO_PIN_COUNT_LOW, CKF_SO_PIN_FINAL_TRY, CKF_SO_PIN_LOCKED },
	};
	unsigned failures = store->failures[role];

	if (failures == 0)
		return 0;
	if (failures >= store->tries)
		return flags[role].low | flags[role].locked;
	return flags[role].low | (failures + 1 == store->tries ? flags[role].final : 0);
}

static CK_FLAGS
token_flags(const struct store_info *store)
{
	/* What can be saved has no key in it. */
	CK_FLAGS flags = CKF_RNG | CKF_TOKEN_INITIALIZED | CKF_RESTORE_KEY_NOT_NEEDED;

	flags |= auto_login_source(store) != NULL ? 0 : CKF_LOGIN_REQUIRED;
	flags |= has_pin_source(store) ? CKF_PROTECTED_AUTHENTICATION_PATH : 0;
	flags |= store->user_pin_set ? CKF_USER_PIN_INITIALIZED : 0;
	flags |= store->writable ? 0 : CKF_WRITE_PROTECTED;
	flags |= store->suspect ? CKF_ERROR_STATE : 0;
	return flags | pin_flags(store, STORE_USER) | pin_flags(store, STORE_SO);
}

/* What is the same for every token, and all there is of one to initialise. */
static void
info_blank(CK_TOKEN_INFO *info)
{
	memset(info, 0, sizeof(*info));
	pad(info->label, sizeof(info->label), "", 0);
	pad(info->manufacturerID, sizeof(info->manufacturerID), MANUFACTURER, strlen(MANUFACTURER));
	pad(info->model, sizeof(info->model), MODEL, strlen(MODEL));
	pad(info->serialNumber, sizeof(info->serialNumber), "", 0);
	pad(info->utcTime, sizeof(info->utcTime), "", 0); /* no clock */
	info->ulMaxSessionCount = CK_EFFECTIVELY_INFINITE;
	info->ulMaxRwSessionCount = CK_EFFECTIVELY_INFINITE;
	info->ulMaxPinLen = PIN_MOST;
	info->ulMinPinLen = config.pin_least;
	info->ulTotalPublicMemory = CK_UNAVAILABLE_INFORMATION;
	info->ulFreePublicMemory = CK_UNAVAILABLE_INFORMATION;
	info->ulTotalPrivateMemory = CK_UNAVAILABLE_INFORMATION;
	info->ulFreePrivateMemory = CK_UNAVAILABLE_INFORMATION;
	info->hardwareVersion = version;
	info->firmwareVersion = version;
}

static CK_RV
info_of_store(struct store *store, CK_TOKEN_INFO *info)
{
	struct store_info of_store;

	TRY(status_rv(store_info(store, &of_store)));
	pad(info->label, sizeof(info->label), of_store.label, sizeof(of_store.label));
	pad(info->serialNumber, sizeof(info->serialNumber), of_store.serial,
	    sizeof(of_store.serial));
	info->flags = token_flags(&of_store);
	return CKR_OK;
}

/* The token that took the place of one still in use: looked at and closed again. */
static CK_RV
info_of_successor(CK_SLOT_ID slot, CK_TOKEN_INFO *info)
{
	struct store *store = NULL;
	enum store_status status = store_open(&config.store, (uint32_t)slot, &store);
	CK_RV rv = opening_rv(status);

	if (status == STORE_OK) {
		rv = info_of_store(store, info);
		store_close(store);
	}
	return rv;
}

static CK_RV
token_info(CK_SLOT_ID slot, CK_TOKEN_INFO *info)
{
	struct store *store;
	struct token *token;
	bool present, idle;

	TRY(slot_find(slot, &token, &present));
	if (!present)
		return CKR_TOKEN_NOT_PRESENT;
	TRY(token_refresh(token));
	info_blank(info);
	if (token->removed)
		return info_of_successor(slot, info);
	store = token_store(token, &idle);
	pthread_mutex_lock(&token->lock);
	info->ulSessionCount = token->sessions;
	info->ulRwSessionCount = token->sessions - token->readonly_sessions;
	pthread_mutex_unlock(&token->lock);
	return store != NULL ? info_of_store(store, info) : CKR_OK;
}

CK_RV
slot_token_info(CK_SLOT_ID slot, CK_TOKEN_INFO *info)
{
	CK_RV rv;

	pthread_mutex_lock(&slots_lock);
	rv = token_info(slot, info);
	pthread_mutex_unlock(&slots_lock);
	return rv;
}

CK_RV
pin_acceptable(struct view pin)
{
	return pin.len < config.pin_least || pin.len > PIN_MOST ? CKR_PIN_LEN_RANGE : CKR_OK;
}

static CK_RV
token_create(struct token *token, struct view so_pin, const char label[STORE_LABEL_LEN])
{
	struct store *store = NULL;
	enum store_status status;

	TRY(pin_acceptable(so_pin));
	status = store_create(&config.store, (uint32_t)token->slot, label, so_pin, &store);
	/* Another process was first: its token is not the one that the caller meant to erase. */
	if (status == STORE_CHANGED)
		return CKR_DEVICE_REMOVED;
	TRY(status_rv(status));
	pthread_mutex_lock(&token->lock);
	token->store = store;
	pthread_mutex_unlock(&token->lock);
	return CKR_OK;
}

/* The PIN is the one set before, so that today's rules for its length do not matter. */
static CK_RV
token_recreate(struct token *token, struct view so_pin, const char label[STORE_LABEL_LEN])
{
	if (so_pin.len > PIN_MOST)
		return CKR_PIN_INCORRECT;
	TRY(token_rv(token, store_reinit(token->store, label, so_pin)));
	object_table_forget_all(token->objects);
	return CKR_OK;
}

/* Holds the store where it is, as a call in a session does, if there is no session. */
static CK_RV
token_claim(struct token *token)
{
	CK_RV rv = CKR_OK;

	pthread_mutex_lock(&token->lock);
	if (token->sessions > 0)
		rv = CKR_SESSION_EXISTS;
	else if (token->removed)
		rv = CKR_DEVICE_REMOVED;
	else
		token->users++;
	pthread_mutex_unlock(&token->lock);
	return rv;
}

static void
token_unclaim(struct token *token)
{
	pthread_mutex_lock(&token->lock);
	token->users--;
	pthread_mutex_unlock(&token->lock);
}

CK_RV
slot_init_token(CK_SLOT_ID slot, struct view so_pin, const CK_UTF8CHAR label[32])
{
	char text[STORE_LABEL_LEN]; /* public: the label */
	struct token *token;
	bool present;
	CK_RV rv;

	memcpy(text, label, sizeof(text));
	pthread_mutex_lock(&slots_lock);
	rv = slot_find(slot, &token, &present);
	if (rv == CKR_OK)
		rv = present ? token_refresh(token) : CKR_TOKEN_NOT_PRESENT;
	if (rv == CKR_OK)
		token->making = true;
	pthread_mutex_unlock(&slots_lock);
	TRY(rv);
	pthread_mutex_lock(&token->login_lock);
	rv = token_claim(token);
	if (rv == CKR_OK) {
		rv = token->store == NULL ? token_create(token, so_pin, text)
					  : token_recreate(token, so_pin, text);
		token_unclaim(token);
	}
	pthread_mutex_unlock(&token->login_lock);
	pthread_mutex_lock(&slots_lock);
	token->making = false;
	if (rv == CKR_OK)
		token->occupied = true;
	pthread_mutex_unlock(&slots_lock);
	return rv;
}
