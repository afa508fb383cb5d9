/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Disks that fail and disks that lose power, at each call in turn of whatever
 * changes a token: attacks.md, F10 and F11.  What was acknowledged is there and
 * whole, what was refused is not, and the same process goes on under the same
 * login as soon as the disk does.
 */
#include "tests/disk.h"
#include "tests/ledger.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define ONE(deed) (1U << (deed))

static bool
soaking(void)
{
	return getenv("HANDFAST_SOAK") != NULL;
}

/* A store on a watched disk, the module running. */
static void
begin(struct ledger *ledger, const char *name)
{
	char *resolved;

	ledger_begin(ledger, client_path(name));
	resolved = realpath(client_path(name), NULL);
	check(resolved != NULL);
	disk_watch(resolved);
	free(resolved);
	ok(p11->C_Initialize(NULL));
	ledger_left();
}

static void
done(struct ledger *ledger, enum deed deed, unsigned *seed)
{
	struct act act = ledger_choose(ledger, ONE(deed), seed);

	ok(ledger_enter(ledger, act));
	ok(ledger_do(ledger, act));
	ledger_note(ledger, act);
}

/* Something of everything, so that there is something to lose. */
static void
populate(struct ledger *ledger, unsigned *seed)
{
	static const enum deed deeds[] = { CREATE_KEY, CREATE_DATA, GENERATE_PAIR, CREATE_DATA };

	for (size_t i = 0; i < COUNT_OF(deeds); i++)
		done(ledger, deeds[i], seed);
}

/* --- calls that fail -------------------------------------------------------- */

struct failure {
	enum deed deed;
	unsigned n;
	bool on;
	int error;
};

/* Only these codes say what happened. */
static bool
right_code(const struct failure *failure, CK_RV rv)
{
	return rv == CKR_OK ||
	    rv == (failure->error == ENOSPC ? CKR_DEVICE_MEMORY : CKR_DEVICE_ERROR);
}

static void
judge(const struct failure *failure, bool holds, CK_RV rv, const char *what)
{
	if (holds)
		return;
	print_error("%s, %s from call %u%s: %s gave %s: %s\n", deed_names[failure->deed],
	    failure->error == ENOSPC ? "ENOSPC" : "EIO", failure->n, failure->on ? " on" : " alone",
	    deed_names[failure->deed], rv_name(rv), what);
	client_assert(false, "failures are survived", __FILE__, __LINE__);
}

static bool
on_objects(enum deed deed)
{
	return deed <= DESTROY;
}

static bool
still_right(struct ledger *ledger, enum deed deed, const struct act *open)
{
	return on_objects(deed) ? ledger_goes_on(ledger, open) : ledger_holds(ledger, open);
}

/* False: the act has no n-th call. */
static bool
fail_once(struct ledger *ledger, const struct failure *failure, unsigned *seed)
{
	struct ledger before;
	struct act act = ledger_choose(ledger, ONE(failure->deed), seed);
	unsigned calls;
	CK_RV rv;

	ok(ledger_enter(ledger, act));
	disk_fail(failure->n, failure->on, failure->error);
	rv = ledger_do(ledger, act);
	calls = disk_calls();
	disk_fail(0, false, 0);
	judge(failure, right_code(failure, rv), rv, "another code");
	if (rv == CKR_OK)
		ledger_note(ledger, act);
	before = *ledger;
	before.stamp = act.stamp;
	judge(failure, still_right(ledger, act.deed, rv == CKR_OK ? NULL : &act), rv,
	    "the token is not right");
	/* FORMAT.md: an error leaves it open only where it was of the very last step. */
	judge(failure,
	    rv == CKR_OK || calls == failure->n || memcmp(&before, ledger, sizeof(before)) == 0, rv,
	    "it was done all the same");
	scratch_release();
	return calls >= failure->n;
}

/* Shows that the next call works, and leaves room and something to destroy. */
static void
go_on(struct ledger *ledger, unsigned *seed)
{
	size_t things = 0;

	ledger_one_token(ledger);
	if (ledger->user == 0)
		done(ledger, INIT_PIN, seed);
	for (size_t i = 0; i < THINGS; i++)
		things += ledger->things[i].kind != NOTHING;
	if (things > 6)
		done(ledger, DESTROY, seed);
	else
		done(ledger, things < 3 ? GENERATE_PAIR : SET, seed);
}

/* Each call of the deed in turn, or of the slow ones some. */
static void
fail_each(struct ledger *ledger, enum deed deed, unsigned *seed)
{
	static const int errors[] = { EIO, ENOSPC };
	unsigned last = 0;

	for (unsigned i = 0; i < 4; i++) {
		struct failure failure = { deed, 1, i / 2, errors[i % 2] };
		unsigned stride = soaking() ? 1 : deed == NEW_TOKEN ? 3 : on_objects(deed) ? 5 : 19;

		failure.n = 1 + (unsigned)rand_r(seed) % stride;
		for (go_on(ledger, seed); fail_once(ledger, &failure, seed); go_on(ledger, seed)) {
			last = failure.n > last ? failure.n : last;
			failure.n += stride;
		}
	}
	print_message("# %s: up to %u calls\n", deed_names[deed], last);
}

static void
test_failing(void **state)
{
	struct ledger ledger;
	unsigned seed = 1;

	(void)state;
	begin(&ledger, "failing");
	populate(&ledger, &seed);
	for (enum deed deed = 0; deed < DEEDS; deed++)
		fail_each(&ledger, deed, &seed);
	ok(p11->C_Finalize(NULL));
	disk_watch("");
	check(ledger_sound(&ledger));
}

/* --- power cuts ------------------------------------------------------------- */

/* A deed as it was done on the recorded disk. */
#define ACTS 24
static struct recorded {
	struct ledger before;
	struct act act;
	size_t begun, done; /* events */
} acts[ACTS];

static void
record_one(struct ledger *ledger, struct recorded *recorded, unsigned deeds, unsigned *seed)
{
	struct act act = ledger_choose(ledger, deeds, seed);

	ok(ledger_enter(ledger, act));
	recorded->before = *ledger;
	recorded->act = act;
	recorded->begun = disk_events();
	ok(ledger_do(ledger, act));
	recorded->done = disk_events();
	ledger_note(ledger, act);
	/* F10 */
	check(disk_synced(act.deed == NEW_TOKEN ? "1.token.new" : "0.token", recorded->begun));
}

static size_t
record_all(struct ledger *ledger, unsigned *seed)
{
	static const enum deed deeds[] = { CREATE_KEY, CREATE_DATA, GENERATE_PAIR, SET, SET,
		DESTROY, DESTROY, SET_PIN, SET_SO_PIN, INIT_PIN, NEW_TOKEN, INIT_TOKEN, INIT_PIN,
		GENERATE_PAIR, CREATE_DATA };

	disk_record();
	for (size_t i = 0; i < COUNT_OF(deeds); i++)
		record_one(ledger, &acts[i], ONE(deeds[i]), seed);
	return COUNT_OF(deeds);
}

/*
 * A process knows for as long as it lives how new a token was that it has seen, and
 * its children with it: to them, an earlier state would be a token put back.  So
 * the one that records is a child, and makes the images; those who look at them
 * come from the parent, which never saw the token.
 */
struct cut {
	struct ledger ledger; /* what was acknowledged */
	struct act open;
	bool inside;     /* `open` was begun */
	unsigned die_at; /* of the first who looks: in the middle of recovering */
	size_t count, events;
	size_t at; /* of the next image */
	enum loss loss;
	char image[4096], last[200];
	int ask[2], answer[2];
};

static void
signal_to(const int pipe[2])
{
	check(write(pipe[1], "", 1) == 1);
}

static bool
signalled(const int pipe[2])
{
	char byte;

	return read(pipe[0], &byte, 1) == 1;
}

/* What was acknowledged after so many events. */
static void
cut_at(struct cut *cut, const struct ledger *last)
{
	cut->inside = false;
	cut->ledger = *last;
	for (size_t i = 0; i < cut->count; i++) {
		if (cut->at >= acts[i].done)
			continue;
		cut->ledger = acts[i].before;
		cut->open = acts[i].act;
		cut->inside = cut->at > acts[i].begun;
		return;
	}
}

/* The one that works, writes down, and then makes images for as long as it is asked. */
static void
record_and_cut(void *argument)
{
	struct cut *cut = argument;
	struct ledger ledger;
	unsigned seed = 2;

	close(cut->ask[1]);
	begin(&ledger, "cut");
	populate(&ledger, &seed);
	cut->count = record_all(&ledger, &seed);
	cut->events = disk_events();
	ok(p11->C_Finalize(NULL));
	disk_watch("");
	for (;;) {
		signal_to(cut->answer);
		if (!signalled(cut->ask))
			return;
		cut_at(cut, &ledger);
		snprintf(cut->last, sizeof(cut->last), "%s",
		    cut->at > 0 ? disk_event_name(cut->at - 1) : "none");
		disk_image(cut->at, cut->loss, &seed, cut->image);
	}
}

static void
recover_and_die(void *argument)
{
	const struct cut *cut = argument;
	CK_SESSION_HANDLE session;

	disk_watch(cut->image);
	disk_die(cut->die_at);
	ok(p11->C_Initialize(NULL));
	(void)p11->C_OpenSession(0, READ_WRITE, NULL, NULL, &session);
	(void)p11->C_FindObjectsInit(session, NO_TEMPLATE);
	(void)p11->C_Finalize(NULL);
}

/* The first process after the cut: all that was acknowledged, and it goes on. */
static void
look_at_it(void *argument)
{
	struct cut *cut = argument;
	struct act more;
	unsigned seed = 1;

	ok(p11->C_Initialize(NULL));
	check(ledger_holds(&cut->ledger, cut->inside ? &cut->open : NULL));
	check(ledger_sound(&cut->ledger));
	more = ledger_choose(&cut->ledger, ONE(CREATE_KEY), &seed);
	ok(ledger_enter(&cut->ledger, more));
	ok(ledger_do(&cut->ledger, more));
	ok(p11->C_Finalize(NULL));
}

static void
folder_emptied(const char *path)
{
	DIR *folder = opendir(path);
	const struct dirent *entry;

	check(folder != NULL);
	while ((entry = readdir(folder)) != NULL)
		if (entry->d_name[0] != '.')
			check(unlinkat(dirfd(folder), entry->d_name, 0) == 0);
	closedir(folder);
}

static void
check_cut(struct cut *cut, size_t at, enum loss loss, unsigned *seed)
{
	static const char *const losses[] = { "nothing", "all", "some" };

	folder_emptied(cut->image);
	cut->at = at;
	cut->loss = loss;
	signal_to(cut->ask);
	check(signalled(cut->answer));
	cut->die_at = (unsigned)rand_r(seed) % 8;
	if (cut->die_at != 0)
		(void)in_child(recover_and_die, cut, 60);
	if (in_child(look_at_it, cut, 60) == 0)
		return;
	print_error("cut after event %zu (%s), %s lost of what was not synced: %s\n", at, cut->last,
	    losses[loss], cut->inside ? deed_names[cut->open.deed] : "between calls");
	client_assert(false, "what was acknowledged is there", __FILE__, __LINE__);
}

/* The short form takes one of the three losses at some of the points. */
static unsigned
cut_each(struct cut *cut)
{
	unsigned seed = 3, cuts = 0, times = soaking() ? 22 : 1;
	size_t step = soaking() ? 1 : 19;

	for (size_t at = 0; at <= cut->events; at += step) {
		for (unsigned turn = 0; turn < times; turn++) {
			size_t loss = soaking() ? turn : at / step % 3;

			check_cut(cut, at, loss < 2 ? (enum loss)loss : LOST_SOME, &seed);
			cuts++;
		}
		scratch_release();
	}
	return cuts;
}

static void
test_cut(void **state)
{
	struct cut *cut =
	    mmap(NULL, sizeof(*cut), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	unsigned cuts;
	pid_t recorder;

	(void)state;
	check(cut != MAP_FAILED && pipe(cut->ask) == 0 && pipe(cut->answer) == 0);
	check(mkdir(client_path("image"), 0700) == 0);
	check(realpath(client_path("image"), cut->image) != NULL);
	recorder = child_start(record_and_cut, cut);
	close(cut->answer[1]);
	check(signalled(cut->answer));
	check(setenv("HANDFAST_STORE", cut->image, 1) == 0);
	cuts = cut_each(cut);
	close(cut->ask[1]);
	check(child_result(recorder, 60) == 0);
	print_message(
	    "# %zu acts, %zu calls, power cut %u times: lost 0\n", cut->count, cut->events, cuts);
	munmap(cut, sizeof(*cut));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_stopped(test_failing),
		test_stopped(test_cut),
	};

	return test_main(tests, NULL, NULL);
}
