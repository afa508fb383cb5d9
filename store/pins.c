/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Making tokens and letting people in: creation, initialisation, login, PIN
 * changes.  It must not know of records, nor how a key is made from a PIN.
 * Nothing is locked while scrypt computes.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/inside.h"
#include "token/base/fd.h"
#include "token/base/gate.h"
#include "token/base/log.h"

/* --- the pepper ----------------------------------------------------------- */

#define PEPPER_LEAST 16
#define PEPPER_MOST 4096

static enum store_status
pepper_refuse(const char *path, const char *why)
{
	log_error("the pepper file %s %s", path, why);
	return STORE_IO;
}

static enum store_status
pepper_read(const char *path, int fd, struct secret *pepper)
{
	struct stat found;
	ssize_t len;

	if (fstat(fd, &found) != 0 || !S_ISREG(found.st_mode))
		return pepper_refuse(path, "is not a regular file");
	if ((found.st_mode & S_IRWXO) != 0)
		return pepper_refuse(path, "is open to everybody (chmod o-rwx)");
	if (found.st_size < PEPPER_LEAST || found.st_size > PEPPER_MOST)
		return pepper_refuse(path, "is too short (16 bytes) or too long (4096)");
	if (!secret_alloc(pepper, (size_t)found.st_size))
		return STORE_NO_MEMORY;
	len = read(fd, pepper->data, pepper->len);
	if (len < 0 || (size_t)len != pepper->len)
		return pepper_refuse(path, "cannot be read");
	return STORE_OK;
}

/* The configured second secret; empty where none is. */
static enum store_status
pepper_load(const struct store *store, struct secret *pepper)
{
	enum store_status status;
	int fd;

	if (store->pepper == NULL)
		return STORE_OK;
	fd = fd_beyond(open(store->pepper, O_RDONLY | O_CLOEXEC | O_NONBLOCK));
	if (fd < 0)
		return pepper_refuse(store->pepper, "cannot be opened");
	status = pepper_read(store->pepper, fd, pepper);
	close(fd);
	return status;
}

enum store_status
pepper_for(const struct store *store, const unsigned char uuid[SEAL_UUID_LEN],
    const struct envelope *envelope, struct secret *pepper)
{
	bool same = false;

	if (!envelope->peppered)
		return STORE_OK;
	TRY(pepper_load(store, pepper));
	if (pepper->len > 0)
		TRY(envelope_pepper(envelope, uuid, secret_view(pepper), &same));
	if (same)
		return STORE_OK;
	log_error("%s needs %s pepper file", store_name(store), pepper->len > 0 ? "another" : "a");
	return STORE_IO;
}

/* --- the table of PINs ---------------------------------------------------- */

static enum store_status
cost_columns(sqlite3_stmt *statement, int index, struct store_kdf *kdf)
{
	uint64_t log2_n, r, p;

	TRY(column_u64(statement, index, &log2_n));
	TRY(column_u64(statement, index + 1, &r));
	TRY(column_u64(statement, index + 2, &p));
	if (log2_n > UINT32_MAX || r > UINT32_MAX || p > UINT32_MAX)
		return STORE_DAMAGED;
	*kdf = (struct store_kdf){ (unsigned)log2_n, (unsigned)r, (unsigned)p };
	return STORE_OK;
}

static enum store_status
envelope_columns(sqlite3_stmt *statement, struct envelope *e)
{
	TRY(column_u64(statement, 0, &e->epoch));
	TRY(cost_columns(statement, 1, &e->kdf));
	TRY(column_bytes(statement, 4, e->salt, sizeof(e->salt)));
	e->peppered = !column_null(statement, 5);
	if (e->peppered)
		TRY(column_bytes(statement, 5, e->pepper, sizeof(e->pepper)));
	TRY(column_bytes(statement, 6, e->commitment, sizeof(e->commitment)));
	return column_bytes(statement, 7, e->master, sizeof(e->master));
}

enum store_status
envelope_get(struct db *db, enum store_role role, struct envelope *e)
{
	RELEASED(statement_done) sqlite3_stmt *statement = NULL;
	bool found;

	*e = (struct envelope){ .role = role };
	TRY(db_prepare(db, PIN_GET, &statement));
	TRY(bind_u64(statement, 1, role));
	TRY(db_step(db, statement, &found));
	if (!found)
		return STORE_PIN_UNSET;
	return db_damage(db, "the table of PINs", envelope_columns(statement, e));
}

enum store_status
envelope_put(struct db *db, const struct envelope *e)
{
	RELEASED(statement_done) sqlite3_stmt *statement = NULL;
	bool found;

	TRY(db_prepare(db, PIN_PUT, &statement));
	TRY(bind_u64(statement, 1, e->role));
	TRY(bind_u64(statement, 2, e->epoch));
	TRY(bind_u64(statement, 3, e->kdf.log2_n));
	TRY(bind_u64(statement, 4, e->kdf.r));
	TRY(bind_u64(statement, 5, e->kdf.p));
	TRY(bind_view(statement, 6, view_of(e->salt, sizeof(e->salt))));
	/* Unbound is NULL. */
	if (e->peppered)
		TRY(bind_view(statement, 7, view_of(e->pepper, sizeof(e->pepper))));
	TRY(bind_view(statement, 8, view_of(e->commitment, sizeof(e->commitment))));
	TRY(bind_view(statement, 9, view_of(e->master, sizeof(e->master))));
	return db_step(db, statement, &found);
}

enum store_status
envelope_make(const struct store *store, const unsigned char uuid[SEAL_UUID_LEN],
    enum store_role role, uint64_t epoch, struct view pin, struct view master, struct envelope *e)
{
	RELEASED(secret_clear) struct secret pepper = { 0 };

	*e = (struct envelope){ .role = role, .epoch = epoch, .kdf = store->kdf };
	TRY(pepper_load(store, &pepper));
	return envelope_seal(e, uuid, pin, secret_view(&pepper), master);
}

/* --- a new token ---------------------------------------------------------- */

/* All that a token begins with. */
struct birth {
	struct token_row token;
	struct envelope so;
	struct keys *keys;
};

static void
birth_release(struct birth *birth)
{
	keys_release(&birth->keys);
}

/* A fresh master key under the SO's PIN, and a state that vouches for no record yet. */
static enum store_status
birth_make(const struct store *store, const char label[STORE_LABEL_LEN], struct view so_pin,
    struct birth *birth)
{
	RELEASED(secret_clear) struct secret master = { 0 };
	struct identity *identity = &birth->token.identity;
	const struct state state = { .counter = 1, .epochs = { [STORE_SO] = 1 } };

	TRY(seal_random(identity->uuid, sizeof(identity->uuid)));
	memcpy(identity->label, label, sizeof(identity->label));
	identity->slot = store->slot;
	if (store->policy != STORE_AS_BEFORE)
		identity->policy = store->policy == STORE_STRICT ? POLICY_STRICT : POLICY_STANDARD;
	TRY(master_make(&master));
	TRY(keys_derive(STORE_SO, identity->uuid, secret_view(&master), &birth->keys));
	TRY(envelope_make(
	    store, identity->uuid, STORE_SO, 1, so_pin, secret_view(&master), &birth->so));
	return token_state_seal(birth->keys, &birth->token, &state);
}

static enum store_status
birth_write(struct db *db, const struct birth *birth)
{
	TRY(token_put(db, &birth->token));
	return envelope_put(db, &birth->so);
}

/* Random, and not derived from anything: a backup restored elsewhere keeps it. */
static enum store_status
serial_make(char serial[STORE_SERIAL_LEN])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char random[STORE_SERIAL_LEN / 2];

	TRY(seal_random(random, sizeof(random)));
	for (size_t i = 0; i < sizeof(random); i++) {
		serial[2 * i] = digits[random[i] >> 4];
		serial[2 * i + 1] = digits[random[i] & 15];
	}
	return STORE_OK;
}

/* The token as a database in memory: to be kept there, or to be the bytes of a file. */
static enum store_status
token_make(const struct store *store, const char label[STORE_LABEL_LEN], struct view so_pin,
    struct birth *birth, struct db **db)
{
	enum store_status status;

	TRY(serial_make(birth->token.identity.serial));
	TRY(birth_make(store, label, so_pin, birth));
	gate_enter();
	status = db_make(store_name(store), db);
	if (status == STORE_OK)
		status = birth_write(*db, birth);
	gate_leave();
	return status;
}

static void
database_close(struct db **db)
{
	gate_enter();
	db_close(*db);
	gate_leave();
}

static enum store_status
create_in_memory(struct store *store, const char label[STORE_LABEL_LEN], struct view so_pin)
{
	RELEASED(birth_release) struct birth birth = { 0 };
	struct reader reader = { 0 };
	enum store_status status;

	TRY(token_make(store, label, so_pin, &birth, &store->only));
	TRY(store_become(store, birth.token.identity.uuid));
	status = reader_begin(store, &reader);
	reader_end(&reader);
	TRY(status);
	return memory_enter(store);
}

static enum store_status
create_file(
    struct store *store, const char *folder, const char label[STORE_LABEL_LEN], struct view so_pin)
{
	RELEASED(birth_release) struct birth birth = { 0 };
	RELEASED(database_close) struct db *db = NULL;
	RELEASED(bytes_release) struct bytes bytes = { 0 };
	enum store_status status;

	TRY(place_make(folder));
	TRY(place_find(folder, store->slot, &store->place));
	status = place_check(&store->place);
	if (status != STORE_ABSENT)
		return status == STORE_OK ? STORE_CHANGED : status;
	TRY(token_make(store, label, so_pin, &birth, &db));
	TRY(db_serialize(db, &bytes));
	return place_put(&store->place, bytes_view(&bytes));
}

enum store_status
store_create(const struct store_config *config, uint32_t slot, const char label[STORE_LABEL_LEN],
    struct view so_pin, struct store **out)
{
	struct store *store = NULL;
	enum store_status status = store_new(config, slot, &store);
	bool in_memory = store != NULL && store->in_memory;

	if (status == STORE_OK)
		status = in_memory ? create_in_memory(store, label, so_pin)
				   : create_file(store, config->folder, label, so_pin);
	if (status == STORE_OK && in_memory) {
		*out = store;
		return STORE_OK;
	}
	store_close(store);
	return status == STORE_OK ? store_open(config, slot, out) : status;
}

/* --- trying a PIN --------------------------------------------------------- */

void
entry_release(struct entry *entry)
{
	secret_clear(&entry->master);
}

/* What is needed to try a PIN; reads the store's state of this moment. */
static enum store_status
entry_read(struct store *store, enum store_role role, struct entry *entry, struct secret *pepper)
{
	RELEASED(reader_end) struct reader reader = { 0 };

	if (!store->in_memory)
		TRY(place_same(&store->place));
	TRY(reader_begin(store, &reader));
	memcpy(entry->uuid, reader.token.identity.uuid, sizeof(entry->uuid));
	TRY(envelope_get(reader.db, role, &entry->envelope));
	if (!kdf_acceptable(&entry->envelope.kdf, store->in_memory)) {
		log_error(
		    "%s: the PIN derivation cost in the file is out of bounds", store_name(store));
		return STORE_DAMAGED;
	}
	return pepper_for(store, entry->uuid, &entry->envelope, pepper);
}

/* Where tries are counted, as it is now: the token may become another one. */
static struct tries
tries_now(struct store *store)
{
	struct tries tries;

	pthread_mutex_lock(&store->lock);
	tries = store->tries;
	pthread_mutex_unlock(&store->lock);
	return tries;
}

static const char *
role_name(enum store_role role)
{
	return role == STORE_SO ? "SO" : "user";
}

enum store_status
try_pin(struct store *store, enum store_role role, struct view pin, struct entry *entry)
{
	RELEASED(secret_clear) struct secret pepper = { 0 };
	struct tries tries = tries_now(store);
	struct attempt attempt;
	enum store_status status;

	status = entry_read(store, role, entry, &pepper);
	if (status == STORE_PIN_UNSET)
		log_warning("%s has no %s PIN", store_name(store), role_name(role));
	TRY(status);
	status = attempt_begin(&tries, role, &attempt);
	if (status != STORE_OK) {
		log_error("%s: the %s PIN is not tried: %s", store_name(store), role_name(role),
		    status == STORE_PIN_LOCKED ? "it is locked after too many wrong ones"
					       : "others are being tried");
		return status;
	}
	status =
	    envelope_open(&entry->envelope, entry->uuid, pin, secret_view(&pepper), &entry->master);
	/* The commitment tells the PIN; a broken seal after it is not the PIN's fault. */
	attempt_end(&attempt,
	    status == STORE_PIN_WRONG                           ? PIN_WRONG
		: status == STORE_OK || status == STORE_DAMAGED ? PIN_RIGHT
								: PIN_UNTRIED);
	if (status == STORE_PIN_WRONG)
		log_warning("%s: wrong %s PIN", store_name(store), role_name(role));
	if (status == STORE_DAMAGED)
		log_error("%s: what the %s PIN opens is damaged or was tampered with",
		    store_name(store), role_name(role));
	return status;
}

enum store_status
store_check_pin(struct store *store, enum store_role role, struct view pin)
{
	RELEASED(entry_release) struct entry entry = { 0 };

	return try_pin(store, role, pin, &entry);
}

/* With the keys there: what could not be known before. */
static enum store_status
first_look(struct store *store, struct keys *keys)
{
	RELEASED(reader_end) struct reader reader = { 0 };

	TRY(reader_begin(store, &reader));
	keys_release(&reader.keys);
	reader.keys = keys_hold(keys);
	if (memcmp(keys->uuid, reader.token.identity.uuid, SEAL_UUID_LEN) != 0)
		return STORE_REPLACED;
	atomic_store(&store->suspect, false);
	TRY(state_check(&reader, keys));
	return reader_refresh(&reader);
}

enum store_status
store_login(struct store *store, enum store_role role, struct view pin)
{
	RELEASED(entry_release) struct entry entry = { 0 };
	RELEASED(keys_release) struct keys *keys = NULL;

	TRY(try_pin(store, role, pin, &entry));
	TRY(keys_derive(role, entry.uuid, secret_view(&entry.master), &keys));
	TRY(first_look(store, keys));
	store_keys_set(store, keys);
	return STORE_OK;
}

/* --- setting a PIN -------------------------------------------------------- */

enum store_status
same_epoch(struct store_txn *txn, enum store_role role, uint64_t epoch)
{
	uint64_t epochs[SEAL_ROLES];

	TRY(pin_epochs(txn->db, epochs));
	return epochs[role] == epoch ? STORE_OK : STORE_CHANGED;
}

/* Puts a new envelope in the place of the one before it.  STORE_CHANGED: that one is gone. */
static enum store_status
envelope_exchange(struct store *store, struct keys *keys, const struct envelope *e)
{
	RELEASED(store_rollback) struct store_txn *txn = NULL;

	TRY(txn_begin(store, keys, &txn));
	TRY(same_epoch(txn, e->role, e->epoch - 1));
	TRY(envelope_put(txn->db, e));
	txn->state.epochs[e->role] = e->epoch;
	txn->changed = txn->state_changed = true;
	return store_commit(&txn);
}

enum store_status
store_change_pin(struct store *store, enum store_role role, struct view old, struct view new)
{
	RELEASED(entry_release) struct entry entry = { 0 };
	RELEASED(keys_release) struct keys *keys = NULL;
	struct envelope e;
	enum store_status status;

	TRY(try_pin(store, role, old, &entry));
	TRY(keys_derive(role, entry.uuid, secret_view(&entry.master), &keys));
	TRY(envelope_make(store, entry.uuid, role, entry.envelope.epoch + 1, new,
	    secret_view(&entry.master), &e));
	status = envelope_exchange(store, keys, &e);
	/* Somebody was quicker, and `old` is not the PIN any more. */
	return status == STORE_CHANGED ? STORE_PIN_WRONG : status;
}

static enum store_status
user_epoch(struct store *store, uint64_t *epoch)
{
	RELEASED(reader_end) struct reader reader = { 0 };
	uint64_t epochs[SEAL_ROLES];

	TRY(reader_begin(store, &reader));
	TRY(pin_epochs(reader.db, epochs));
	*epoch = epochs[STORE_USER];
	return STORE_OK;
}

enum store_status
store_set_user_pin(struct store *store, struct view new)
{
	RELEASED(keys_release) struct keys *keys = store_keys(store);
	struct tries tries = tries_now(store);
	enum store_status status;
	struct envelope e;
	uint64_t epoch;

	if (keys == NULL || keys->role != STORE_SO)
		return STORE_CLOSED;
	do {
		TRY(user_epoch(store, &epoch));
		TRY(envelope_make(store, keys->uuid, STORE_USER, epoch + 1, new,
		    view_of(keys->master, SEAL_KEY_LEN), &e));
		status = envelope_exchange(store, keys, &e);
	} while (status == STORE_CHANGED);
	if (status == STORE_OK)
		tries_forgive(&tries, STORE_USER);
	return status;
}

/* --- beginning anew ------------------------------------------------------- */

static enum store_status
rebirth_write(struct store_txn *txn, const struct birth *birth)
{
	TRY(db_run(txn->db, ALL_TAGS_DELETE));
	TRY(db_run(txn->db, ALL_OBJECTS_DELETE));
	TRY(db_run(txn->db, ALL_PINS_DELETE));
	return birth_write(txn->db, birth);
}

/* The token's new row in the open transaction of its old one. */
static enum store_status
rebirth(struct store *store, struct keys *old, const struct entry *entry, struct birth *birth)
{
	RELEASED(store_rollback) struct store_txn *txn = NULL;

	TRY(txn_begin(store, old, &txn));
	TRY(same_epoch(txn, STORE_SO, entry->envelope.epoch));
	/* Records get no id again that another process may still know. */
	birth->token.last_id = txn->token.last_id;
	TRY(rebirth_write(txn, birth));
	keys_release(&txn->keys);
	txn->keys = keys_hold(birth->keys);
	txn->token = birth->token;
	TRY(token_state_open(txn->keys, &txn->token, &txn->state));
	txn->changed = txn->state_changed = txn->state_known = true;
	return store_commit(&txn);
}

/* While it is set, the store is both tokens: other threads may see either. */
static void
next_uuid_set(struct store *store, const unsigned char uuid[SEAL_UUID_LEN])
{
	pthread_mutex_lock(&store->lock);
	memcpy(store->next_uuid, uuid, SEAL_UUID_LEN);
	pthread_mutex_unlock(&store->lock);
}

static enum store_status
reborn(struct store *store, struct keys *old, const struct entry *entry, struct birth *birth)
{
	static const unsigned char none[SEAL_UUID_LEN];
	enum store_status status;

	next_uuid_set(store, birth->token.identity.uuid);
	status = rebirth(store, old, entry, birth);
	if (status == STORE_OK)
		status = store_become(store, birth->token.identity.uuid);
	next_uuid_set(store, none);
	/* Somebody was quicker, and it is not the SO's PIN any more. */
	return status == STORE_CHANGED ? STORE_PIN_WRONG : status;
}

/* What a token keeps when it begins anew; the policy unless another is asked for. */
static void
birth_inherit(struct store *store, struct identity *identity)
{
	pthread_mutex_lock(&store->lock);
	memcpy(identity->serial, store->identity.serial, sizeof(identity->serial));
	identity->policy = store_strict(store) ? POLICY_STRICT : POLICY_STANDARD;
	pthread_mutex_unlock(&store->lock);
}

enum store_status
store_reinit(struct store *store, const char label[STORE_LABEL_LEN], struct view so_pin)
{
	RELEASED(entry_release) struct entry entry = { 0 };
	RELEASED(keys_release) struct keys *old = NULL;
	RELEASED(birth_release) struct birth birth = { 0 };
	struct tries tries;

	TRY(try_pin(store, STORE_SO, so_pin, &entry));
	TRY(keys_derive(STORE_SO, entry.uuid, secret_view(&entry.master), &old));
	TRY(first_look(store, old));
	birth_inherit(store, &birth.token.identity);
	TRY(birth_make(store, label, so_pin, &birth));
	TRY(reborn(store, old, &entry, &birth));
	store_logout(store);
	atomic_store(&store->suspect, false);
	tries = tries_now(store);
	tries_forgive(&tries, STORE_USER);
	return STORE_OK;
}
