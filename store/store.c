/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Open stores: their connections, what they know of their token, and what a
 * caller may ask of it without reading a record.  It must not know how records
 * are sealed or found.
 */
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

#include "store/inside.h"
#include "token/base/clock.h"
#include "token/base/gate.h"
#include "token/base/log.h"

/* Idle connections kept: more threads at once than this open and close their own. */
#define IDLE_MOST 4

const char *
store_name(const struct store *store)
{
	return store->in_memory ? NAME_IN_MEMORY : store->place.token;
}

/* --- what outlives a store ------------------------------------------------ */

static pthread_mutex_t process_lock = PTHREAD_MUTEX_INITIALIZER;
static struct known *known_tokens;
static struct store *memory_stores;
/* In a forked child: what cannot be freed, kept in sight. */
static struct store *abandoned;

static void
process_enter(void)
{
	gate_enter();
	pthread_mutex_lock(&process_lock);
}

static void
process_leave(void)
{
	pthread_mutex_unlock(&process_lock);
	gate_leave();
}

static struct known *
known_new(const unsigned char uuid[SEAL_UUID_LEN])
{
	struct known *known = calloc(1, sizeof(*known));

	if (known == NULL)
		return NULL;
	memcpy(known->uuid, uuid, SEAL_UUID_LEN);
	pthread_mutex_init(&known->tries.lock, NULL);
	known->next = known_tokens;
	known_tokens = known;
	return known;
}

/* The one entry for a token; NULL when there is no memory. */
static struct known *
known_token(const unsigned char uuid[SEAL_UUID_LEN])
{
	struct known *known;

	process_enter();
	known = known_tokens;
	while (known != NULL && memcmp(known->uuid, uuid, SEAL_UUID_LEN) != 0)
		known = known->next;
	if (known == NULL)
		known = known_new(uuid);
	process_leave();
	return known;
}

enum store_status
memory_enter(struct store *store)
{
	struct store *other;

	process_enter();
	other = memory_stores;
	while (other != NULL && other->slot != store->slot)
		other = other->next;
	if (other == NULL) {
		store->next = memory_stores;
		memory_stores = store;
	}
	process_leave();
	return other == NULL ? STORE_OK : STORE_CHANGED;
}

static void
memory_leave(struct store *store)
{
	process_enter();
	for (struct store **at = &memory_stores; *at != NULL; at = &(*at)->next) {
		if (*at == store) {
			*at = store->next;
			break;
		}
	}
	process_leave();
}

static int
by_slot(const void *a, const void *b)
{
	const uint32_t *left = a, *right = b;

	return (*left > *right) - (*left < *right);
}

static enum store_status
memory_slots(uint32_t **slots, size_t *count)
{
	size_t stores = 0;
	uint32_t *list;

	process_enter();
	for (struct store *store = memory_stores; store != NULL; store = store->next)
		stores++;
	list = calloc(stores + 1, sizeof(*list));
	stores = 0;
	for (struct store *store = memory_stores; list != NULL && store != NULL;
	     store = store->next)
		list[stores++] = store->slot;
	process_leave();
	if (list == NULL)
		return STORE_NO_MEMORY;
	qsort(list, stores, sizeof(*list), by_slot);
	*slots = list;
	*count = stores;
	return STORE_OK;
}

enum store_status
store_slots(const struct store_config *config, uint32_t **slots, size_t *count)
{
	enum store_status status;

	*slots = NULL;
	*count = 0;
	if (strcmp(config->folder, NAME_IN_MEMORY) == 0)
		return memory_slots(slots, count);
	status = folder_slots(config->folder, slots, count);
	return status == STORE_ABSENT ? STORE_OK : status;
}

/* --- connections ---------------------------------------------------------- */

/* The one connection of a token in memory; again for the thread that has it already. */
static struct db *
only_take(struct store *store)
{
	pthread_mutex_lock(&store->lock);
	while (store->only_depth > 0 && !pthread_equal(store->only_owner, pthread_self()))
		pthread_cond_wait(&store->freed, &store->lock);
	store->only_owner = pthread_self();
	store->only_depth++;
	pthread_mutex_unlock(&store->lock);
	return store->only;
}

static void
only_give(struct store *store)
{
	pthread_mutex_lock(&store->lock);
	if (--store->only_depth == 0)
		pthread_cond_broadcast(&store->freed);
	pthread_mutex_unlock(&store->lock);
}

static struct db *
idle_take(struct store *store)
{
	struct db *db;

	pthread_mutex_lock(&store->lock);
	db = store->idle;
	if (db != NULL) {
		store->idle = db->next;
		store->idle_count--;
	}
	pthread_mutex_unlock(&store->lock);
	return db;
}

/* A new connection, to the very file that the store was opened on. */
static enum store_status
connection_open(const struct store *store, struct db **out)
{
	enum store_status status;

	TRY(place_same(&store->place));
	TRY(db_open(store->place.token, out));
	status = place_same(&store->place);
	if (status == STORE_OK)
		return STORE_OK;
	db_close(*out);
	return status;
}

enum store_status
connection_take(struct store *store, bool writing, struct db **out)
{
	struct db *db;

	if (store->in_memory) {
		*out = only_take(store);
		return STORE_OK;
	}
	/* One opened while the file could not be written stays like that. */
	while ((db = idle_take(store)) != NULL && writing && !db_writable(db))
		db_close(db);
	*out = db;
	return db != NULL ? STORE_OK : connection_open(store, out);
}

void
connection_give(struct store *store, struct db *db, enum store_status how)
{
	/* After an error of the file there may be more wrong than the next call could tell. */
	bool keep =
	    how != STORE_IO && how != STORE_FULL && how != STORE_DAMAGED && how != STORE_NO_MEMORY;

	if (store->in_memory) {
		only_give(store);
		return;
	}
	/* Nor may one be met by the next call that did not come out of its transaction. */
	keep = keep && sqlite3_get_autocommit(db->sql) != 0;
	pthread_mutex_lock(&store->lock);
	keep = keep && store->idle_count < IDLE_MOST;
	if (keep) {
		db->next = store->idle;
		store->idle = db;
		store->idle_count++;
	}
	pthread_mutex_unlock(&store->lock);
	if (!keep)
		db_close(db);
}

/* --- keys ----------------------------------------------------------------- */

struct keys *
store_keys(struct store *store)
{
	struct keys *keys;

	pthread_mutex_lock(&store->lock);
	keys = keys_hold(store->keys);
	pthread_mutex_unlock(&store->lock);
	return keys;
}

void
store_keys_set(struct store *store, struct keys *keys)
{
	struct keys *before;

	pthread_mutex_lock(&store->lock);
	before = store->keys;
	store->keys = keys_hold(keys);
	pthread_mutex_unlock(&store->lock);
	keys_release(&before);
}

void
store_logout(struct store *store)
{
	store_keys_set(store, NULL);
}

/* --- reading -------------------------------------------------------------- */

static uint32_t
published_counter(struct store *store)
{
	return (uint32_t)atomic_load(&store->generation);
}

/* The change counter; without a lock only a hint that something may have changed. */
static enum store_status
current_counter(struct store *store, const struct db *db, uint32_t *counter)
{
	if (!store->in_memory)
		return db_counter(db, counter);
	*counter = atomic_load(&store->commits);
	return STORE_OK;
}

/*
 * Is there anything that was not read yet?  After a change of our own there is, though the
 * counter may be the one before it: then the file was put back.
 */
static bool
has_news(struct store *store, uint32_t counter)
{
	return counter != published_counter(store) || atomic_load(&store->committed);
}

/* In an open reader: its token, its keys, and whether anything is new. */
static enum store_status
reader_look(struct reader *reader)
{
	struct store *store = reader->store;
	enum store_status status;
	uint32_t counter;
	bool committed;

	/* The first statement takes the lock: all that follows sees the same. */
	TRY(token_read(reader->db, &reader->token));
	reader->keys = store_keys(store);
	if (reader->keys != NULL &&
	    memcmp(reader->keys->uuid, reader->token.identity.uuid, SEAL_UUID_LEN) != 0)
		keys_release(&reader->keys);
	TRY(current_counter(store, reader->db, &counter));
	if (!has_news(store, counter) && atomic_load(&store->generation) >> 32 != 0)
		return STORE_OK;
	committed = atomic_exchange(&store->committed, false);
	status = reader_refresh(reader);
	if (status != STORE_OK && committed)
		atomic_store(&store->committed, true);
	return status;
}

static enum store_status
reader_start(struct reader *reader)
{
	TRY(connection_take(reader->store, false, &reader->db));
	/* In memory this thread may be in the middle of a change of its own. */
	reader->began = sqlite3_get_autocommit(reader->db->sql) != 0;
	if (reader->began)
		TRY(db_run(reader->db, BEGIN_READ));
	return reader_look(reader);
}

enum store_status
reader_begin(struct store *store, struct reader *reader)
{
	if (atomic_load(&store->replaced))
		return STORE_REPLACED;
	gate_enter();
	reader->store = store;
	reader->status = reader_start(reader);
	return reader->status;
}

void
reader_end(struct reader *reader)
{
	if (reader->store == NULL)
		return;
	keys_release(&reader->keys);
	if (reader->began)
		db_rollback(reader->db);
	if (reader->db != NULL)
		connection_give(reader->store, reader->db, reader->status);
	gate_leave();
}

/* Looks whether anything is new, by itself. */
static enum store_status
store_refresh(struct store *store)
{
	RELEASED(reader_end) struct reader reader = { 0 };

	return reader_begin(store, &reader);
}

/*
 * So long, in nanoseconds, the change counter counts as read: to ask for it each
 * time would cost a short operation more than the operation does.  It is a lease:
 * who commits waits until it has run out before saying so, and a commit takes a
 * disk's time anyway.  So a call that begins after a change was acknowledged
 * sees it, in every process.  (A mapping of the page would be one load, and
 * SIGBUS in the host when somebody truncates the file.)
 */
#define LEASE 20000

void
generation_told(void)
{
	const uint64_t until = clock_fine() + LEASE;

	while (clock_fine() < until)
		;
}

enum store_status
store_generation(struct store *store, uint64_t *generation)
{
	const uint64_t at = clock_fine();
	uint32_t counter;

	if (atomic_load(&store->replaced))
		return STORE_REPLACED;
	if (store->in_memory || at - atomic_load(&store->looked) > LEASE) {
		TRY(current_counter(store, store->watch, &counter));
		/*
		 * What is read without a lock may be a commit under way that is undone
		 * after all: it is looked at again in a read transaction, and only what
		 * was seen there is given out.
		 */
		if (has_news(store, counter))
			TRY(store_refresh(store));
		atomic_store(&store->looked, at);
	}
	*generation = atomic_load(&store->generation);
	return STORE_OK;
}

bool
store_strict(const struct store *store)
{
	return atomic_load(&store->strict);
}

enum store_status
store_info(struct store *store, struct store_info *info)
{
	uint64_t generation;

	if (!store->in_memory)
		TRY(place_same(&store->place));
	TRY(store_generation(store, &generation));
	memset(info, 0, sizeof(*info));
	info->writable = store->in_memory || place_writable(&store->place);
	info->suspect = atomic_load(&store->suspect);
	gate_enter();
	pthread_mutex_lock(&store->lock);
	memcpy(info->label, store->identity.label, sizeof(info->label));
	memcpy(info->serial, store->identity.serial, sizeof(info->serial));
	info->user_pin_set = store->pin_set[STORE_USER];
	info->strict = store_strict(store);
	info->tries = store->tries.limit;
	tries_count(&store->tries, &store->tries_seen, info->failures);
	pthread_mutex_unlock(&store->lock);
	gate_leave();
	return STORE_OK;
}

/* --- opening and closing -------------------------------------------------- */

enum store_status
store_become(struct store *store, const unsigned char uuid[SEAL_UUID_LEN])
{
	struct known *known = known_token(uuid);

	if (known == NULL)
		return STORE_NO_MEMORY;
	pthread_mutex_lock(&store->lock);
	memcpy(store->identity.uuid, uuid, SEAL_UUID_LEN);
	store->known = known;
	store->tries.here = &known->tries;
	pthread_mutex_unlock(&store->lock);
	atomic_store(&store->seen_counter, 0);
	return STORE_OK;
}

enum store_status
store_new(const struct store_config *config, uint32_t slot, struct store **out)
{
	struct store *store = calloc(1, sizeof(*store));
	pthread_condattr_t forward;

	if (store == NULL)
		return STORE_NO_MEMORY;
	store->in_memory = strcmp(config->folder, NAME_IN_MEMORY) == 0;
	store->slot = slot;
	store->kdf = kdf_choose(&config->kdf, store->in_memory);
	store->policy = config->policy;
	store->pepper = config->pepper != NULL ? text_copy(config->pepper) : NULL;
	store->tries.place = store->in_memory ? NULL : &store->place;
	store->tries.limit = config->tries != 0 ? config->tries : TRIES_DEFAULT;
	pthread_mutex_init(&store->lock, NULL);
	pthread_condattr_init(&forward);
	pthread_condattr_setclock(&forward, CLOCK_MONOTONIC);
	pthread_cond_init(&store->freed, &forward);
	pthread_condattr_destroy(&forward);
	*out = store;
	return store->pepper != NULL || config->pepper == NULL ? STORE_OK : STORE_NO_MEMORY;
}

static void
store_free(struct store *store)
{
	keys_release(&store->keys);
	pthread_cond_destroy(&store->freed);
	pthread_mutex_destroy(&store->lock);
	place_release(&store->place);
	free(store->pepper);
	free(store);
}

void
store_close(struct store *store)
{
	struct db *db;

	if (store == NULL)
		return;
	if (store->in_memory)
		memory_leave(store);
	gate_enter();
	while ((db = idle_take(store)) != NULL)
		db_close(db);
	db_close(store->watch);
	db_close(store->only);
	gate_leave();
	store_free(store);
}

void
store_abandon(struct store *store)
{
	if (store == NULL)
		return;
	if (store->in_memory)
		memory_leave(store);
	/*
	 * The connections stay as they are: closing them would touch what SQLite
	 * shares with the parent's.  The keys are in the parent's arena.
	 */
	store->keys = NULL;
	process_enter();
	store->next = abandoned;
	abandoned = store;
	process_leave();
}

/* Learns which token the file holds. */
static enum store_status
store_meet(struct store *store)
{
	struct token_row token;

	TRY(token_read(store->watch, &token));
	TRY(store_become(store, token.identity.uuid));
	if (token.identity.slot != store->slot)
		log_warning("%s was made as the token of slot %llu", store_name(store),
		    (unsigned long long)token.identity.slot);
	return store_refresh(store);
}

static enum store_status
file_open(struct store *store, const char *folder)
{
	enum store_status status;

	TRY(place_find(folder, store->slot, &store->place));
	TRY(place_check(&store->place));
	if (store->place.network)
		log_warning("%s is on a network file system, where locks cannot be relied upon; it "
			    "is only read",
		    store->place.token);
	gate_enter();
	status = connection_open(store, &store->watch);
	if (status == STORE_OK)
		status = store_meet(store);
	gate_leave();
	return status;
}

enum store_status
store_open(const struct store_config *config, uint32_t slot, struct store **out)
{
	struct store *store = NULL;
	enum store_status status;

	/* A token in memory is gone when it is closed. */
	if (strcmp(config->folder, NAME_IN_MEMORY) == 0)
		return STORE_ABSENT;
	status = store_new(config, slot, &store);
	if (status == STORE_OK)
		status = file_open(store, config->folder);
	if (status != STORE_OK) {
		store_close(store);
		return status;
	}
	*out = store;
	return STORE_OK;
}
