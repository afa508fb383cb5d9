/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A client killed at a random point of whatever changes a token: attacks.md, F01
 * to F03 and the rows that speak of kill -9.  What it was told with CKR_OK is there
 * and whole, what it was not told is there or not and never half.  A second process
 * looks, as after the accident.  A short form of what check-soak does ten thousand
 * times.
 */
#include "tests/disk.h"
#include "tests/ledger.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define ONE(deed) (1U << (deed))
#define OBJECTS (ONE(CREATE_KEY) | ONE(CREATE_DATA) | ONE(GENERATE_PAIR) | ONE(SET) | ONE(DESTROY))

/* What a client does in a round, and for how long it is left to it. */
static const struct work {
	const char *name;
	unsigned deeds;
	unsigned microseconds; /* killed at the latest so long after it began */
	unsigned share;        /* of sixteen rounds */
} works[] = {
	{ "objects", OBJECTS, 30000, 10 },
	{ "the user's PIN", ONE(SET_PIN), 150000, 1 },
	{ "the SO's work", ONE(SET_SO_PIN) | ONE(INIT_PIN), 150000, 2 },
	{ "beginning anew", ONE(INIT_TOKEN) | ONE(CREATE_KEY) | ONE(GENERATE_PAIR), 200000, 2 },
	{ "a new token", ONE(NEW_TOKEN), 60000, 1 },
};

/* What the client says through the pipe; less than PIPE_BUF, so whole or not at all. */
struct message {
	enum { READY, BEGUN, DONE, REFUSED } kind;
	struct act act;
	CK_RV rv;
};

/* A round as parent and client share it, whatever becomes of the client. */
struct round {
	struct ledger ledger;
	struct act open; /* of the round before: begun, and not acknowledged */
	bool inside;     /* there is such an act */
	const struct work *work;
	unsigned seed;
	unsigned die_at; /* at which call to the disk; 0: when it is killed */
	int pipe[2];
};

/* --- the one who looks ------------------------------------------------------ */

/* Whatever a killed client left of a new token is in nobody's way. */
static void
second_made(struct ledger *ledger)
{
	struct act again = { NEW_TOKEN, 0, ++ledger->stamp };

	ok(ledger_do(ledger, again));
	ledger_note(ledger, again);
	check(ledger_holds(ledger, NULL));
}

static void
look(struct round *round)
{
	struct ledger *ledger = &round->ledger;

	check(ledger_holds(ledger, round->inside ? &round->open : NULL));
	/* Through the same SQLite library, which tells the module's locks from ours. */
	check(ledger_sound(ledger));
	if (!round->inside || round->open.deed != NEW_TOKEN)
		return;
	if (ledger->second == 0)
		second_made(ledger);
	check(access(ledger_path("1.token.new"), F_OK) != 0);
}

/* --- the client that will be killed ----------------------------------------- */

static void
say(const struct round *round, struct message message)
{
	check(write(round->pipe[1], &message, sizeof(message)) == sizeof(message));
}

static void
work_on(const struct round *round, struct ledger *ledger, unsigned *seed)
{
	struct act act = ledger_choose(ledger, round->work->deeds, seed);
	CK_RV rv = ledger_enter(ledger, act);

	say(round, (struct message){ .kind = BEGUN, .act = act });
	if (rv == CKR_OK)
		rv = ledger_do(ledger, act);
	say(round, (struct message){ .kind = rv == CKR_OK ? DONE : REFUSED, .act = act, .rv = rv });
	if (rv != CKR_OK)
		_exit(1);
	ledger_note(ledger, act);
	/* One new token is enough: there are other slots, but only one is looked at. */
	if (act.deed == NEW_TOKEN)
		pause();
}

/* Looks at what the round before left, and then goes to work until it is killed. */
static void
look_and_work(void *argument)
{
	struct round *round = argument;
	struct ledger own;
	unsigned seed = round->seed;

	close(round->pipe[0]);
	ok(p11->C_Initialize(NULL));
	look(round);
	ledger_one_token(&round->ledger);
	own = round->ledger;
	say(round, (struct message){ .kind = READY });
	disk_watch(getenv("HANDFAST_STORE"));
	disk_die(round->die_at);
	for (;;)
		work_on(round, &own, &seed);
}

static void
look_only(void *round)
{
	ok(p11->C_Initialize(NULL));
	look(round);
	ok(p11->C_Finalize(NULL));
}

/* --- the one who kills ------------------------------------------------------ */

static unsigned killed_inside, acknowledged;

/*
 * Most of the time goes into a PIN's derivation and into waiting for the disk, so
 * of two kills one is aimed: the client stops itself, by the same signal, in the
 * midst of its n-th write, or before it truncates, syncs, renames.
 */
static void
let_live(const struct round *round, pid_t child, unsigned *seed)
{
	siginfo_t ended = { 0 };

	if (round->die_at == 0)
		usleep((unsigned)rand_r(seed) % round->work->microseconds);
	for (int i = 0; round->die_at != 0 && ended.si_pid == 0 && i < 3000; i++) {
		usleep(1000);
		check(waitid(P_PID, (id_t)child, &ended, WEXITED | WNOWAIT | WNOHANG) == 0);
	}
	kill(child, SIGKILL);
}

/* Takes up what was acknowledged, and what was begun and was not. */
static void
take_up(struct round *round)
{
	struct message message;
	ssize_t got;

	round->inside = false;
	while ((got = read(round->pipe[0], &message, sizeof(message))) == sizeof(message)) {
		if (message.kind == REFUSED)
			fprintf(stderr, "# \"%s\" gave %s\n", deed_names[message.act.deed],
			    rv_name(message.rv));
		check(message.kind == BEGUN || message.kind == DONE);
		round->inside = message.kind == BEGUN;
		round->open = message.act;
		if (round->inside)
			continue;
		ledger_note(&round->ledger, message.act);
		acknowledged++;
	}
	check(got == 0);
	killed_inside += round->inside;
}

static bool
is_ready(const struct round *round)
{
	struct message message;

	return read(round->pipe[0], &message, sizeof(message)) == sizeof(message) &&
	    message.kind == READY;
}

static void
tell(const struct round *round, unsigned number)
{
	if (round->inside)
		fprintf(stderr, "# round %u: killed at %s, inside \"%s\"\n", number,
		    round->work->name, deed_names[round->open.deed]);
	else
		fprintf(
		    stderr, "# round %u: killed at %s, between calls\n", number, round->work->name);
}

static void
round_of(struct round *round, const struct work *work, unsigned number, unsigned *seed)
{
	const struct work *before = round->work;
	int status;
	pid_t child;

	check(pipe(round->pipe) == 0);
	round->work = work;
	round->seed = (unsigned)rand_r(seed);
	round->die_at = rand_r(seed) % 2 == 0 ? 1 + (unsigned)rand_r(seed) % 60 : 0;
	child = child_start(look_and_work, round);
	close(round->pipe[1]);
	if (!is_ready(round)) {
		round->work = before;
		tell(round, number);
		client_assert(false, "what the round before left is right", __FILE__, __LINE__);
	}
	let_live(round, child, seed);
	check(waitpid(child, &status, 0) == child && WIFSIGNALED(status));
	take_up(round);
	close(round->pipe[0]);
	scratch_release();
}

static const struct work *
work_chosen(unsigned number)
{
	unsigned turn = number * 7 % 16;
	const struct work *work = works;

	while (turn >= work->share)
		turn -= work++->share;
	return work;
}

static void
test_killed(void **state)
{
	unsigned rounds = getenv("HANDFAST_SOAK") != NULL ? 10000 : 24, seed = 1;
	struct round *round =
	    mmap(NULL, sizeof(*round), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	char *resolved;

	(void)state;
	check(round != MAP_FAILED);
	ledger_begin(&round->ledger, client_path("killed"));
	resolved = realpath(client_path("killed"), NULL);
	check(resolved != NULL && setenv("HANDFAST_STORE", resolved, 1) == 0);
	free(resolved);
	round->work = works;
	for (unsigned i = 0; i < rounds; i++)
		round_of(round, work_chosen(i), i, &seed);
	check(in_child(look_only, round, 60) == 0);
	print_message(
	    "# %u rounds, %u changes acknowledged, killed inside of one %u times: lost 0\n", rounds,
	    acknowledged, killed_inside);
	check(acknowledged > 0 && killed_inside > 0);
	munmap(round, sizeof(*round));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_stopped(test_killed),
	};

	return test_main(tests, NULL, NULL);
}
