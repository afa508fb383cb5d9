/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a token was made to hold, kept beside it: acts that change it, done through
 * the module as any client does them, and the question whether the token is
 * exactly what the acts that were acknowledged made of it.  For the tests that
 * kill, that make the disk fail, and that cut the power.
 */
#ifndef HANDFAST_TESTS_LEDGER_H
#define HANDFAST_TESTS_LEDGER_H

#include "tests/client.h"

enum deed {
	CREATE_KEY,
	CREATE_DATA, /* long enough to take several pages */
	GENERATE_PAIR,
	SET, /* two attributes in one call */
	DESTROY,
	SET_PIN,
	SET_SO_PIN,
	INIT_PIN,
	INIT_TOKEN, /* anew */
	NEW_TOKEN,  /* in the next slot */
	DEEDS,
};
extern const char *const deed_names[DEEDS];

/* One change: what is done, to which thing, and the number that the new value is made of. */
struct act {
	enum deed deed;
	unsigned thing;
	unsigned stamp;
};

#define THINGS 12
struct ledger {
	CK_SLOT_ID slot;
	unsigned stamp;           /* the highest used */
	unsigned label, so, user; /* of which stamp the label and PINs are; no user PIN: 0 */
	unsigned second;          /* the next slot's label; no token there: 0 */
	struct thing {
		enum { NOTHING, KEY, DATA, PAIR, PUBLIC_HALF } kind;
		unsigned made, named; /* stamps of the value and of the label */
	} things[THINGS];
};

/* A fresh store with a token in slot 0, both PINs set; the module stopped before and after. */
void ledger_begin(struct ledger *ledger, const char *store);
/* An act that is possible now, one of those in `deeds` (a set of bits), on a new stamp. */
struct act ledger_choose(struct ledger *ledger, unsigned deeds, unsigned *seed);
/* What the ledger says when the act is done. */
void ledger_note(struct ledger *ledger, struct act act);
/* Makes the session that the act needs: then the act is one call and finds its handle. */
CK_RV ledger_enter(const struct ledger *ledger, struct act act);
/* The one call. */
CK_RV ledger_do(const struct ledger *ledger, struct act act);
/* Says that sessions are gone: after C_Finalize. */
void ledger_left(void);

/*
 * Is the token exactly that?  With `open`, an act that was begun and not
 * acknowledged: exactly that, or exactly what the act makes of it, and then the
 * ledger notes it.  Every value is compared, every key used; of two PINs one must
 * work.  Says on stderr what is not so.  The module runs and goes on running.
 */
bool ledger_holds(struct ledger *ledger, const struct act *open);
/* The same in the sessions and under the login that there are, for acts on objects. */
bool ledger_goes_on(struct ledger *ledger, const struct act *open);
/* SQLite's own check of the token's file; the module may be running. */
bool ledger_sound(const struct ledger *ledger);
/* Removes what there is of a second token; its slot is to be empty again. */
void ledger_one_token(struct ledger *ledger);
/* A file in the store folder; good until the end of the test. */
const char *ledger_path(const char *name);

#endif
