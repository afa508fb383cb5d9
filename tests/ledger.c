/* SPDX-License-Identifier: Apache-2.0 */
/* Acts on a token, and whether it is what they made of it: see ledger.h. */
#include "tests/ledger.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include <sqlite3.h>

const char *const deed_names[DEEDS] = { "create a key", "create data", "generate a pair",
	"set attributes", "destroy", "set the PIN", "set the SO's PIN", "init the PIN",
	"init the token again", "init a new token" };

/* --- values made of stamps -------------------------------------------------- */

/* A PIN, label or name: good until the end of the test. */
static const char *
named(const char *what, unsigned stamp)
{
	char *name = scratch(40);

	snprintf(name, 40, "%s %08u", what, stamp);
	return name;
}

#define USERS(stamp) PIN(named("user pin", (stamp)))
#define SOS(stamp) PIN(named("so pin", (stamp)))

static CK_UTF8CHAR *
label_of(unsigned stamp)
{
	CK_UTF8CHAR *label = scratch(32);

	memset(label, ' ', 32);
	memcpy(label, named("token", stamp), strlen(named("token", stamp)));
	return label;
}

static struct view
value_of(unsigned stamp, size_t len)
{
	unsigned char *value = scratch(len);
	unsigned seed = stamp;

	for (size_t i = 0; i < len; i++)
		value[i] = (unsigned char)(rand_r(&seed) >> 7);
	return view_of(value, len);
}

#define KEY_LEN 32
#define DATA_LEN 11000

/* --- the book --------------------------------------------------------------- */

static bool
possible(const struct ledger *ledger, struct act act)
{
	const struct thing *thing = &ledger->things[act.thing];

	switch (act.deed) {
	case CREATE_KEY:
	case CREATE_DATA:
	case GENERATE_PAIR:
		return ledger->user != 0 && thing->kind == NOTHING;
	case SET:
	case DESTROY:
		return ledger->user != 0 && thing->kind != NOTHING;
	case SET_PIN:
		return ledger->user != 0;
	case NEW_TOKEN:
		return ledger->second == 0;
	default:
		return true;
	}
}

struct act
ledger_choose(struct ledger *ledger, unsigned deeds, unsigned *seed)
{
	struct act act = { .stamp = ++ledger->stamp };
	unsigned tries = 0;

	/* Without a user's PIN there is one way on. */
	if (ledger->user == 0 && (deeds & (1U << NEW_TOKEN)) == 0)
		deeds = 1U << INIT_PIN;
	do {
		check(tries++ < 100000);
		act.deed = (enum deed)((unsigned)rand_r(seed) % DEEDS);
		act.thing = (unsigned)rand_r(seed) % THINGS;
	} while ((deeds & (1U << act.deed)) == 0 || !possible(ledger, act));
	return act;
}

void
ledger_note(struct ledger *ledger, struct act act)
{
	struct thing *thing = &ledger->things[act.thing];

	if (act.stamp > ledger->stamp)
		ledger->stamp = act.stamp;
	switch (act.deed) {
	case CREATE_KEY:
		*thing = (struct thing){ KEY, act.stamp, act.stamp };
		break;
	case CREATE_DATA:
		*thing = (struct thing){ DATA, act.stamp, act.stamp };
		break;
	case GENERATE_PAIR:
		*thing = (struct thing){ PAIR, act.stamp, act.stamp };
		break;
	case SET:
		thing->named = act.stamp;
		break;
	case DESTROY:
		/* The private half goes first, and leaves its public one under its old name. */
		if (thing->kind == PAIR)
			*thing = (struct thing){ PUBLIC_HALF, thing->made, thing->made };
		else
			*thing = (struct thing){ 0 };
		break;
	case SET_PIN:
	case INIT_PIN:
		ledger->user = act.stamp;
		break;
	case SET_SO_PIN:
		ledger->so = act.stamp;
		break;
	case INIT_TOKEN:
		memset(ledger->things, 0, sizeof(ledger->things));
		ledger->label = act.stamp;
		ledger->user = 0;
		break;
	case NEW_TOKEN:
		ledger->second = act.stamp;
		break;
	case DEEDS:
		break;
	}
}

const char *
ledger_path(const char *name)
{
	char *path = scratch(300);

	snprintf(path, 300, "%s/%s", getenv("HANDFAST_STORE"), name);
	return path;
}

void
ledger_one_token(struct ledger *ledger)
{
	static const char *const names[] = { "1.token", "1.token-journal", "1.token.new", "1.tries",
		"1.tries.new" };

	for (size_t i = 0; i < COUNT_OF(names); i++)
		check(unlink(ledger_path(names[i])) == 0 || errno == ENOENT);
	ledger->second = 0;
}

/* --- the acts --------------------------------------------------------------- */

static struct {
	CK_SESSION_HANDLE session; /* or CK_INVALID_HANDLE */
	CK_USER_TYPE user;         /* who is logged in; NOBODY: nobody is */
	CK_OBJECT_HANDLE object;   /* of the act to come */
} here;
#define NOBODY ((CK_USER_TYPE)~0UL)

void
ledger_left(void)
{
	here.session = CK_INVALID_HANDLE;
	here.user = NOBODY;
}

static CK_RV
enter(const struct ledger *ledger, CK_USER_TYPE user)
{
	CK_RV rv;

	if (here.session == CK_INVALID_HANDLE) {
		rv = p11->C_OpenSession(ledger->slot, READ_WRITE, NULL, NULL, &here.session);
		if (rv != CKR_OK)
			return rv;
		here.user = NOBODY;
	}
	if (user == here.user)
		return CKR_OK;
	if (here.user != NOBODY)
		ok(p11->C_Logout(here.session));
	here.user = NOBODY;
	if (user == NOBODY)
		return CKR_OK;
	rv = user == CKU_SO ? p11->C_Login(here.session, CKU_SO, SOS(ledger->so))
			    : p11->C_Login(here.session, CKU_USER, USERS(ledger->user));
	if (rv == CKR_OK)
		here.user = user;
	return rv;
}

/* The object of that class and name; there must be just one. */
static bool
object_of(CK_OBJECT_CLASS class, unsigned name, CK_OBJECT_HANDLE *object)
{
	return find(here.session,
		   TEMPLATE(ULONG(CKA_CLASS, class), TEXT(CKA_LABEL, named("thing", name))),
		   object) == 1;
}

static CK_OBJECT_CLASS
class_of(const struct thing *thing)
{
	static const CK_OBJECT_CLASS classes[] = { [KEY] = CKO_SECRET_KEY,
		[DATA] = CKO_DATA,
		[PAIR] = CKO_PRIVATE_KEY,
		[PUBLIC_HALF] = CKO_PUBLIC_KEY };

	return classes[thing->kind];
}

CK_RV
ledger_enter(const struct ledger *ledger, struct act act)
{
	const struct thing *thing = &ledger->things[act.thing];
	CK_RV rv;

	switch (act.deed) {
	case INIT_TOKEN:
		ledger_left();
		return p11->C_CloseAllSessions(ledger->slot);
	case NEW_TOKEN:
		return CKR_OK;
	case SET_PIN:
		return enter(ledger, NOBODY);
	case SET_SO_PIN:
	case INIT_PIN:
		return enter(ledger, CKU_SO);
	default:
		rv = enter(ledger, CKU_USER);
		if (rv == CKR_OK && (act.deed == SET || act.deed == DESTROY))
			check(object_of(class_of(thing), thing->named, &here.object));
		return rv;
	}
}

static CK_RV
generate_pair(unsigned stamp)
{
	CK_OBJECT_HANDLE public, private;

	return p11->C_GenerateKeyPair(here.session, MECHANISM(CKM_EC_KEY_PAIR_GEN),
	    TEMPLATE(BYTES(CKA_EC_PARAMS, p256), YES(CKA_TOKEN),
		TEXT(CKA_LABEL, named("thing", stamp)), TEXT(CKA_ID, named("thing", stamp))),
	    TEMPLATE(YES(CKA_TOKEN), YES(CKA_SIGN), TEXT(CKA_LABEL, named("thing", stamp)),
		TEXT(CKA_ID, named("thing", stamp))),
	    &public, &private);
}

CK_RV
ledger_do(const struct ledger *ledger, struct act act)
{
	const char *name = named("thing", act.stamp);
	CK_OBJECT_HANDLE made;

	switch (act.deed) {
	case CREATE_KEY:
		return p11->C_CreateObject(here.session,
		    TEMPLATE(ULONG(CKA_CLASS, CKO_SECRET_KEY), ULONG(CKA_KEY_TYPE, CKK_AES),
			YES(CKA_TOKEN), NO(CKA_SENSITIVE), YES(CKA_EXTRACTABLE), YES(CKA_ENCRYPT),
			TEXT(CKA_LABEL, name), TEXT(CKA_ID, name),
			BYTES(CKA_VALUE, value_of(act.stamp, KEY_LEN))),
		    &made);
	case CREATE_DATA:
		return p11->C_CreateObject(here.session,
		    TEMPLATE(ULONG(CKA_CLASS, CKO_DATA), YES(CKA_TOKEN),
			BOOL(CKA_PRIVATE, act.stamp % 2), TEXT(CKA_LABEL, name),
			TEXT(CKA_APPLICATION, name),
			BYTES(CKA_VALUE, value_of(act.stamp, DATA_LEN))),
		    &made);
	case GENERATE_PAIR:
		return generate_pair(act.stamp);
	case SET:
		return p11->C_SetAttributeValue(here.session, here.object,
		    TEMPLATE(TEXT(CKA_LABEL, name),
			TEXT(ledger->things[act.thing].kind == DATA ? CKA_APPLICATION : CKA_ID,
			    name)));
	case DESTROY:
		return p11->C_DestroyObject(here.session, here.object);
	case SET_PIN:
		return p11->C_SetPIN(here.session, USERS(ledger->user), USERS(act.stamp));
	case SET_SO_PIN:
		return p11->C_SetPIN(here.session, SOS(ledger->so), SOS(act.stamp));
	case INIT_PIN:
		return p11->C_InitPIN(here.session, USERS(act.stamp));
	case INIT_TOKEN:
		return p11->C_InitToken(ledger->slot, SOS(ledger->so), label_of(act.stamp));
	case NEW_TOKEN:
		return p11->C_InitToken(ledger->slot + 1, SOS(ledger->so), label_of(act.stamp));
	default:
		return CKR_GENERAL_ERROR;
	}
}

void
ledger_begin(struct ledger *ledger, const char *store)
{
	static const struct act first_pin = { INIT_PIN, 0, 1 };

	memset(ledger, 0, sizeof(*ledger));
	check(setenv("HANDFAST_STORE", store, 1) == 0);
	ok(p11->C_Initialize(NULL));
	ledger_left();
	ledger->stamp = ledger->so = ledger->label = 1;
	ok(p11->C_InitToken(ledger->slot, SOS(1), label_of(1)));
	ok(ledger_enter(ledger, first_pin));
	ok(ledger_do(ledger, first_pin));
	ledger_note(ledger, first_pin);
	ok(p11->C_Finalize(NULL));
}

/* --- is it so? -------------------------------------------------------------- */

/* Why not; said when neither of two states is there. */
static char reasons[4000];

static void
reason(int line, const char *condition)
{
	size_t len = strlen(reasons);

	snprintf(
	    reasons + len, sizeof(reasons) - len, "# ledger.c:%d: not so: %s\n", line, condition);
}

#define REQUIRE(condition)                                                                         \
	do {                                                                                       \
		if (!(condition)) {                                                                \
			reason(__LINE__, #condition);                                              \
			return false;                                                              \
		}                                                                                  \
	} while (0)

static bool
value_is(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type, struct view expected)
{
	unsigned char value[DATA_LEN];
	CK_ATTRIBUTE attribute = { type, value, sizeof(value) };

	REQUIRE(p11->C_GetAttributeValue(here.session, object, &attribute, 1) == CKR_OK);
	REQUIRE(attribute.ulValueLen == expected.len);
	REQUIRE(memcmp(value, expected.data, expected.len) == 0);
	return true;
}

static bool
named_so(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE second, unsigned name)
{
	struct view expected = text(named("thing", name));

	return value_is(object, CKA_LABEL, expected) && value_is(object, second, expected);
}

static bool
key_holds(const struct thing *thing)
{
	CK_OBJECT_HANDLE key;
	CK_BYTE block[16] = { 0 }, out[32];
	CK_ULONG len = sizeof(out);

	REQUIRE(object_of(CKO_SECRET_KEY, thing->named, &key));
	REQUIRE(named_so(key, CKA_ID, thing->named));
	REQUIRE(value_is(key, CKA_VALUE, value_of(thing->made, KEY_LEN)));
	REQUIRE(p11->C_EncryptInit(here.session,
		    &(CK_MECHANISM){ CKM_AES_CBC_PAD, block, sizeof(block) }, key) == CKR_OK);
	REQUIRE(p11->C_Encrypt(here.session, block, sizeof(block), out, &len) == CKR_OK);
	return true;
}

static bool
data_holds(const struct thing *thing)
{
	CK_OBJECT_HANDLE data;

	REQUIRE(object_of(CKO_DATA, thing->named, &data));
	REQUIRE(named_so(data, CKA_APPLICATION, thing->named));
	REQUIRE(get_bool(here.session, data, CKA_PRIVATE) == thing->made % 2);
	REQUIRE(value_is(data, CKA_VALUE, value_of(thing->made, DATA_LEN)));
	return true;
}

static bool
pair_holds(const struct thing *thing)
{
	CK_OBJECT_HANDLE public, private;
	CK_BYTE hash[32] = { 1 }, signature[64];
	CK_ULONG len = sizeof(signature);

	REQUIRE(object_of(CKO_PRIVATE_KEY, thing->named, &private));
	REQUIRE(named_so(private, CKA_ID, thing->named));
	REQUIRE(object_of(CKO_PUBLIC_KEY, thing->made, &public));
	REQUIRE(named_so(public, CKA_ID, thing->made));
	REQUIRE(p11->C_SignInit(here.session, MECHANISM(CKM_ECDSA), private) == CKR_OK);
	REQUIRE(p11->C_Sign(here.session, hash, sizeof(hash), signature, &len) == CKR_OK);
	REQUIRE(p11->C_VerifyInit(here.session, MECHANISM(CKM_ECDSA), public) == CKR_OK);
	REQUIRE(p11->C_Verify(here.session, hash, sizeof(hash), signature, len) == CKR_OK);
	return true;
}

static bool
thing_holds(const struct thing *thing)
{
	CK_OBJECT_HANDLE public;

	switch (thing->kind) {
	case KEY:
		return key_holds(thing);
	case DATA:
		return data_holds(thing);
	case PAIR:
		return pair_holds(thing);
	case PUBLIC_HALF:
		return object_of(CKO_PUBLIC_KEY, thing->named, &public) &&
		    named_so(public, CKA_ID, thing->named);
	default:
		return true;
	}
}

static CK_ULONG
things_of(const struct ledger *ledger, CK_OBJECT_CLASS class)
{
	CK_ULONG count = 0;

	for (size_t i = 0; i < THINGS; i++) {
		const struct thing *thing = &ledger->things[i];

		if (thing->kind != NOTHING)
			count += class_of(thing) == class ||
			    (thing->kind == PAIR && class == CKO_PUBLIC_KEY);
	}
	return count;
}

static bool
objects_hold(const struct ledger *ledger)
{
	static const CK_OBJECT_CLASS classes[] = { CKO_SECRET_KEY, CKO_DATA, CKO_PRIVATE_KEY,
		CKO_PUBLIC_KEY };

	for (size_t i = 0; i < COUNT_OF(classes); i++)
		REQUIRE(find(here.session, TEMPLATE(ULONG(CKA_CLASS, classes[i])), NULL) ==
		    things_of(ledger, classes[i]));
	for (size_t i = 0; i < THINGS; i++)
		REQUIRE(thing_holds(&ledger->things[i]));
	return true;
}

static bool
label_is(CK_SLOT_ID slot, unsigned stamp)
{
	CK_TOKEN_INFO info;
	CK_RV rv = p11->C_GetTokenInfo(slot, &info);

	/* An empty slot has the information of a token that is not initialised. */
	if (stamp == 0)
		return rv == CKR_TOKEN_NOT_PRESENT ||
		    (rv == CKR_OK && (info.flags & CKF_TOKEN_INITIALIZED) == 0);
	return rv == CKR_OK && (info.flags & CKF_TOKEN_INITIALIZED) != 0 &&
	    memcmp(info.label, label_of(stamp), 32) == 0;
}

/* With the SO logged in: nothing there that has no owner. */
static bool
ownerless(const struct ledger *ledger)
{
	REQUIRE(enter(ledger, CKU_SO) == CKR_OK);
	REQUIRE(objects_hold(ledger));
	REQUIRE(enter(ledger, NOBODY) == CKR_OK);
	REQUIRE(p11->C_Login(here.session, CKU_USER, USERS(1)) == CKR_USER_PIN_NOT_INITIALIZED);
	return true;
}

static bool
second_holds(const struct ledger *ledger)
{
	CK_SESSION_HANDLE session;

	if (ledger->second == 0)
		return true;
	REQUIRE(p11->C_OpenSession(ledger->slot + 1, READ_WRITE, NULL, NULL, &session) == CKR_OK);
	REQUIRE(p11->C_Login(session, CKU_SO, SOS(ledger->so)) == CKR_OK);
	REQUIRE(p11->C_CloseSession(session) == CKR_OK);
	return true;
}

/* Logs in where nobody is yet: with `so_too`, the SO before the user. */
static bool
all_holds(const struct ledger *ledger, bool so_too)
{
	REQUIRE(label_is(ledger->slot, ledger->label));
	REQUIRE(label_is(ledger->slot + 1, ledger->second));
	if (so_too)
		REQUIRE(enter(ledger, CKU_SO) == CKR_OK);
	if (ledger->user == 0) {
		REQUIRE(ownerless(ledger));
	} else {
		REQUIRE(enter(ledger, CKU_USER) == CKR_OK);
		REQUIRE(objects_hold(ledger));
	}
	REQUIRE((token_flags(ledger->slot) & CKF_ERROR_STATE) == 0);
	return second_holds(ledger);
}

/* Of the PIN before and the PIN after, one opens and one does not. */
static bool
one_pin(const struct ledger *before, const struct ledger *after)
{
	CK_USER_TYPE user = before->so == after->so ? CKU_USER : CKU_SO;
	bool first = enter(before, user) == CKR_OK && enter(before, NOBODY) == CKR_OK;
	bool second = after->user != 0 && enter(after, user) == CKR_OK;

	/* A token begun anew has neither. */
	REQUIRE(first + second == 1 || (after->user == 0 && !first));
	return true;
}

/* Exactly one of the two: `after`, which the ledger then becomes, or what the ledger says. */
static bool
either(struct ledger *ledger, const struct ledger *after, bool so_too)
{
	if ((ledger->user != after->user && ledger->user != 0) || ledger->so != after->so)
		REQUIRE(one_pin(ledger, after));
	if (all_holds(after, so_too)) {
		*ledger = *after;
		return true;
	}
	reason(__LINE__, "it was done; so it was not:");
	ledger->stamp = after->stamp;
	return all_holds(ledger, so_too);
}

static bool
holds(struct ledger *ledger, const struct act *open)
{
	bool so_too = open != NULL && open->deed >= SET_SO_PIN;
	struct ledger after = *ledger;

	/* Begins from the login, with nothing remembered. */
	ledger_left();
	REQUIRE(p11->C_CloseAllSessions(ledger->slot) == CKR_OK);
	REQUIRE(p11->C_CloseAllSessions(ledger->slot + 1) == CKR_OK);
	if (open == NULL)
		return all_holds(ledger, so_too);
	ledger_note(&after, *open);
	return either(ledger, &after, so_too);
}

bool
ledger_goes_on(struct ledger *ledger, const struct act *open)
{
	struct ledger after = *ledger;

	reasons[0] = '\0';
	if (open != NULL)
		ledger_note(&after, *open);
	if (open != NULL ? either(ledger, &after, false) : all_holds(ledger, false))
		return true;
	fputs(reasons, stderr);
	return false;
}

bool
ledger_holds(struct ledger *ledger, const struct act *open)
{
	reasons[0] = '\0';
	if (holds(ledger, open))
		return true;
	fputs(reasons, stderr);
	return false;
}

static bool
text_is(sqlite3 *db, const char *sql, const char *expected)
{
	sqlite3_stmt *statement;
	bool same;

	REQUIRE(sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK);
	same = sqlite3_step(statement) == SQLITE_ROW &&
	    strcmp((const char *)sqlite3_column_text(statement, 0), expected) == 0;
	sqlite3_finalize(statement);
	REQUIRE(same);
	return true;
}

static bool
sound(const struct ledger *ledger)
{
	const char *path = ledger_path("0.token");
	sqlite3 *db;
	bool whole;

	check(ledger->slot == 0);
	REQUIRE(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK);
	whole = text_is(db, "PRAGMA integrity_check", "ok");
	REQUIRE(sqlite3_close(db) == SQLITE_OK);
	return whole;
}

bool
ledger_sound(const struct ledger *ledger)
{
	reasons[0] = '\0';
	if (sound(ledger))
		return true;
	fputs(reasons, stderr);
	return false;
}
