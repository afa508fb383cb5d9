/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Counting PIN tries where somebody tries to get around it or something goes wrong:
 * many processes at once, killed, stopped and forked ones, disks without room.  What
 * the counts lead to is in t-pin.c.
 */
#define _GNU_SOURCE
#include "tests/files.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define LOW CKF_USER_PIN_COUNT_LOW
#define FINAL CKF_USER_PIN_FINAL_TRY
#define LOCKED CKF_USER_PIN_LOCKED
#define PIN_FLAGS                                                                                  \
	(LOW | FINAL | LOCKED | CKF_SO_PIN_COUNT_LOW | CKF_SO_PIN_FINAL_TRY | CKF_SO_PIN_LOCKED)

static CK_RV
log_in(CK_SESSION_HANDLE session, CK_USER_TYPE user, const char *pin)
{
	return p11->C_Login(session, user, PIN(pin));
}

static void
assert_flags(CK_SLOT_ID slot, CK_FLAGS expected)
{
	check((token_flags(slot) & PIN_FLAGS) == expected);
}

/* --- the file of tries, from outside: store/FORMAT.md, "SLOT.tries" -------- */

/* Its marks, and nothing while there is no such file. */
static const char *
tries_marks(CK_SLOT_ID slot)
{
	static char marks[16384];
	int fd = open(token_file(slot, ".tries"), O_RDONLY | O_CLOEXEC);
	ssize_t len = fd < 0 ? 0 : read(fd, marks, sizeof(marks) - 1);

	check(len >= 0);
	marks[len] = '\0';
	if (fd >= 0)
		close(fd);
	return marks;
}

static size_t
occurrences(const char *marks, char mark)
{
	size_t count = 0;

	for (; *marks != '\0'; marks++)
		count += *marks == mark;
	return count;
}

/* Waits until there are more charges than so many; false when it takes too long. */
static bool
charged(CK_SLOT_ID slot, size_t before)
{
	for (int i = 0; i < 100000; i++) {
		if (occurrences(tries_marks(slot), 'U') > before)
			return true;
		usleep(100);
	}
	return false;
}

/* Is anybody still at it? */
static bool
somebody_pending(CK_SLOT_ID slot)
{
	struct flock lock = {
		.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = (off_t)1 << 30, .l_len = 1
	};
	int fd = open(token_file(slot, ".tries"), O_RDWR | O_CLOEXEC);

	check(fd >= 0 && fcntl(fd, F_OFD_GETLK, &lock) == 0);
	close(fd);
	return lock.l_type != F_UNLCK;
}

/* --- counting across processes -------------------------------------------- */

/* What children tell, whatever becomes of them. */
static struct told {
	atomic_uint wrong, right, locked, other;
	atomic_uint before, after; /* how many came so far */
} * told;

/* Processes that guess in the same instant, and how often. */
#define RACERS 8U
#define ROUNDS 12U

static void
told_begin(void)
{
	told = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	check(told != MAP_FAILED);
}

static void
tell(CK_RV rv)
{
	atomic_fetch_add(rv == CKR_PIN_INCORRECT ? &told->wrong
		: rv == CKR_OK                   ? &told->right
		: rv == CKR_PIN_LOCKED           ? &told->locked
						 : &told->other,
	    1);
}

static void
guess(void *slot)
{
	CK_SESSION_HANDLE session;
	char pin[32];

	ok(p11->C_Initialize(NULL));
	session = session_open(*(CK_SLOT_ID *)slot, READ_ONLY);
	for (int i = 0; i < 6; i++) {
		snprintf(pin, sizeof(pin), "guess %d %d", (int)getpid(), i);
		tell(log_in(session, CKU_USER, pin));
	}
}

/* D97: sixteen processes that guess at once have ten tries between them, all of them and no more.
 */
static void
test_guessed_at_once(void **state)
{
	CK_SLOT_ID slot = token_make("guessed");
	pid_t children[16];

	(void)state;
	told_begin();
	for (size_t i = 0; i < COUNT_OF(children); i++)
		children[i] = child_start(guess, &slot);
	for (size_t i = 0; i < COUNT_OF(children); i++)
		check(child_result(children[i], 60) == 0);
	assert_int_equal(told->wrong, 10);
	assert_int_equal(told->locked, 16 * 6 - 10);
	assert_rv(log_in(session_open(slot, READ_ONLY), CKU_USER, USER_PIN), CKR_PIN_LOCKED);
	assert_flags(slot, LOW | LOCKED);
}

/* All of them wait here for the last, `round` times over. */
static void
together(atomic_uint *gate, unsigned round)
{
	atomic_fetch_add(gate, 1);
	while (atomic_load(gate) < round * RACERS)
		sched_yield();
}

static void
race(void *slot)
{
	CK_SESSION_HANDLE session;

	ok(p11->C_Initialize(NULL));
	session = session_open(*(CK_SLOT_ID *)slot, READ_ONLY);
	for (unsigned round = 1; round <= ROUNDS; round++) {
		(void)unlink(token_file(*(CK_SLOT_ID *)slot, ".tries"));
		together(&told->before, round);
		tell(log_in(session, CKU_USER, "not the pin"));
		together(&told->after, round);
	}
}

/* The last free try belongs to one, however many see it free at the same instant. */
static void
test_last_try(void **state)
{
	CK_SLOT_ID slot;
	pid_t children[RACERS];

	(void)state;
	told_begin();
	ok(p11->C_Finalize(NULL));
	client_configure("tries = 1\n");
	ok(p11->C_Initialize(NULL));
	slot = token_make("one try");
	ok(p11->C_Finalize(NULL));
	for (size_t i = 0; i < RACERS; i++)
		children[i] = child_start(race, &slot);
	for (size_t i = 0; i < RACERS; i++)
		check(child_result(children[i], 60) == 0);
	assert_int_equal(told->wrong, ROUNDS);
	assert_int_equal(told->locked, ROUNDS * (RACERS - 1));
}

static void
guess_once(void *slot)
{
	char pin[32];

	snprintf(pin, sizeof(pin), "guess %d", (int)getpid());
	ok(p11->C_Initialize(NULL));
	tell(log_in(session_open(*(CK_SLOT_ID *)slot, READ_ONLY), CKU_USER, pin));
}

/* Of the processor's time that a login takes, in microseconds. */
static useconds_t
login_cost(CK_SLOT_ID slot)
{
	CK_SESSION_HANDLE session = session_open(slot, READ_ONLY);
	clock_t before = clock();

	ok(log_in(session, CKU_USER, USER_PIN));
	return (useconds_t)((clock() - before) * 1000000 / CLOCKS_PER_SEC);
}

static useconds_t time_to_live;

/* As guess_once, and killed by the time that it computes: however busy the machine is. */
static void
guess_and_die(void *argument)
{
	CK_SLOT_ID slot = *(CK_SLOT_ID *)argument;
	struct itimerval left = { .it_value = { 0, time_to_live } };
	CK_SESSION_HANDLE session;

	ok(p11->C_Initialize(NULL));
	session = session_open(slot, READ_ONLY);
	check(setitimer(ITIMER_PROF, &left, NULL) == 0);
	tell(log_in(session, CKU_USER, "not the pin"));
	_exit(1);
}

/* Being killed all the time saves no guess whose answer was learnt, and none is refused for it. */
static void
test_killed_guesses(void **state)
{
	CK_SLOT_ID slot = token_make("killed");
	useconds_t cost = login_cost(slot);
	unsigned seed = 1, rounds = 0, killed = 0;

	(void)state;
	told_begin();
	ok(p11->C_Finalize(NULL));
	for (; told->locked == 0; rounds++) {
		/* One is spared, one killed at any time, one while its PIN is tried. */
		pid_t spared = child_start(guess_once, &slot);
		pid_t chance = child_start(guess_once, &slot);
		pid_t trying;

		time_to_live = cost / 10 + (useconds_t)rand_r(&seed) % (cost / 3);
		trying = child_start(guess_and_die, &slot);
		usleep((useconds_t)rand_r(&seed) % 60000);
		(void)kill(chance, SIGKILL);
		check(child_result(chance, 30) >= 0);
		check(child_result(spared, 30) == 0);
		killed += child_result(trying, 30) == 128 + SIGPROF;
	}
	/* In the last round there may be none left to try. */
	check(killed >= rounds - 1 && told->other == 0);
	check(told->wrong <= 10);
	assert_int_equal(occurrences(tries_marks(slot), 'x'), 10);
}

/* The charge is there before the PIN is tried, and the verdict before the answer. */
static void
test_verdict_first(void **state)
{
	CK_SLOT_ID slot = token_make("verdict");
	CK_SESSION_HANDLE session = session_open(slot, READ_WRITE);

	(void)state;
	assert_rv(log_in(session, CKU_USER, "not the pin"), CKR_PIN_INCORRECT);
	assert_string_equal(tries_marks(slot), "SsUuUx");
	assert_rv(log_in(session, CKU_SO, "not the pin"), CKR_PIN_INCORRECT);
	assert_string_equal(tries_marks(slot), "SsUuUxSX");
	ok(log_in(session, CKU_USER, USER_PIN));
	assert_string_equal(tries_marks(slot), "SsUuUxSXUu");
	assert_flags(slot, CKF_SO_PIN_COUNT_LOW);
}

/* --- killed logins -------------------------------------------------------- */

static void
log_in_right(void *slot)
{
	ok(p11->C_Initialize(NULL));
	tell(log_in(session_open(*(CK_SLOT_ID *)slot, READ_ONLY), CKU_USER, USER_PIN));
}

/* Kills a login with the right PIN while it is being tried: before any verdict, or a little later.
 */
static void
kill_a_login(CK_SLOT_ID slot, useconds_t later)
{
	size_t before = occurrences(tries_marks(slot), 'U');
	pid_t child = child_start(log_in_right, &slot);

	check(charged(slot, before));
	usleep(later);
	(void)kill(child, SIGKILL);
	check(child_result(child, 10) >= 0);
}

/*
 * F13: a login that is killed costs nothing, not even a flag, in however many
 * rounds: at the instant of the charge, which is the worst, and at any other.
 */
static void
test_killed_logins(void **state)
{
	CK_SLOT_ID slot = token_make("killed");
	unsigned rounds = getenv("HANDFAST_SOAK") != NULL ? 1000 : 40, seed = 1;

	(void)state;
	told_begin();
	data_object(session_user(slot), CK_TRUE, "kept");
	ok(p11->C_Finalize(NULL));
	for (unsigned i = 0; i < rounds; i++)
		kill_a_login(slot, i % 2 == 0 ? 0 : (useconds_t)rand_r(&seed) % 50000);
	check(told->right < rounds / 2);
	check(told->wrong == 0 && told->locked == 0 && told->other == 0);
	ok(p11->C_Initialize(NULL));
	check((token_flags(slot) & (PIN_FLAGS | CKF_ERROR_STATE)) == 0);
	check(find(session_user(slot), TEMPLATE(TEXT(CKA_LABEL, "kept")), NULL) == 1);
}

/* The dead do not use up what the wrong have left, nor give any of it back. */
static void
test_killed_among_wrong(void **state)
{
	CK_SLOT_ID slot;
	CK_SESSION_HANDLE session;

	(void)state;
	told_begin();
	ok(p11->C_Finalize(NULL));
	client_configure("tries = 3\n");
	ok(p11->C_Initialize(NULL));
	slot = token_make("three tries");
	session = session_open(slot, READ_WRITE);
	for (int wrong = 1; wrong <= 3; wrong++) {
		for (int i = 0; i < 4; i++)
			kill_a_login(slot, 0);
		assert_rv(log_in(session, CKU_USER, "not the pin"), CKR_PIN_INCORRECT);
		assert_flags(slot, wrong == 1 ? LOW : wrong == 2 ? LOW | FINAL : LOW | LOCKED);
	}
	assert_rv(log_in(session, CKU_USER, USER_PIN), CKR_PIN_LOCKED);
}

/* Those who are stopped are not dead: their charges count, and others wait. */
static void
test_stopped_logins(void **state)
{
	CK_SLOT_ID slot;
	pid_t stopped[2], third;
	int status;

	(void)state;
	told_begin();
	ok(p11->C_Finalize(NULL));
	client_configure("tries = 2\n");
	ok(p11->C_Initialize(NULL));
	slot = token_make("two tries");
	ok(p11->C_Finalize(NULL));
	for (size_t i = 0; i < COUNT_OF(stopped); i++) {
		size_t before = occurrences(tries_marks(slot), 'U');

		stopped[i] = child_start(i == 0 ? log_in_right : guess_once, &slot);
		check(charged(slot, before));
		check(kill(stopped[i], SIGSTOP) == 0);
		check(waitpid(stopped[i], &status, WUNTRACED) == stopped[i] && WIFSTOPPED(status));
	}
	check(told->right == 0 && told->wrong == 0);
	third = child_start(guess_once, &slot);
	usleep(300000);
	check(waitpid(third, NULL, WNOHANG) == 0);
	check(told->wrong == 0);
	/* One dies, one goes on: there is a try for the third. */
	check(kill(stopped[1], SIGKILL) == 0 && child_result(stopped[1], 10) >= 0);
	check(kill(stopped[0], SIGCONT) == 0 && child_result(stopped[0], 10) == 0);
	check(child_result(third, 10) == 0);
	check(told->right == 1 && told->wrong == 1 && told->other == 0);
}

static void *
log_in_thread(void *session)
{
	tell(log_in(*(CK_SESSION_HANDLE *)session, CKU_USER, USER_PIN));
	return NULL;
}

static void
linger(void *unused)
{
	(void)unused;
	sleep(60);
}

/* A process forked off in the middle of a login is not at it. */
static void
test_forked_in_login(void **state)
{
	CK_SLOT_ID slot = token_make("forked");
	CK_SESSION_HANDLE session = session_open(slot, READ_ONLY);
	size_t before = occurrences(tries_marks(slot), 'U');
	pthread_t thread;
	pid_t child;

	(void)state;
	told_begin();
	check(pthread_create(&thread, NULL, log_in_thread, &session) == 0);
	check(charged(slot, before));
	child = child_start(linger, NULL);
	check(pthread_join(thread, NULL) == 0);
	check(told->right == 1);
	check(!somebody_pending(slot));
	check(kill(child, SIGKILL) == 0 && child_result(child, 10) >= 0);
}

/* --- no locks --------------------------------------------------------------- */

static int lock_error; /* what a lock of an open file is answered with; 0: as it is */

int our_fcntl(int fd, int command, ...) __asm__("fcntl");
int
our_fcntl(int fd, int command, ...)
{
	va_list arguments;
	void *argument;

	va_start(arguments, command);
	argument = va_arg(arguments, void *);
	va_end(arguments);
	if (lock_error != 0 && command == F_OFD_SETLK) {
		errno = lock_error;
		return -1;
	}
	return (int)syscall(SYS_fcntl, fd, command, argument);
}

static bool
log_tells(const char *what)
{
	char line[512];
	bool told_so = false;
	FILE *log = fopen(client_path("log"), "re");

	check(log != NULL);
	while (!told_so && fgets(line, sizeof(line), log) != NULL)
		told_so = strstr(line, what) != NULL;
	(void)fclose(log);
	return told_so;
}

/*
 * Where the system has no lock left to give, a login is refused as a fault of the
 * device, right PIN or wrong; it is no try, and goes on when there are locks again.
 */
static void
test_no_lock_to_be_had(void **state)
{
	CK_SLOT_ID slot = token_make("no locks");
	CK_SESSION_HANDLE session = session_open(slot, READ_WRITE);

	(void)state;
	lock_error = ENOLCK;
	assert_rv(log_in(session, CKU_USER, USER_PIN), CKR_DEVICE_ERROR);
	assert_rv(log_in(session, CKU_USER, "not the pin"), CKR_DEVICE_ERROR);
	assert_rv(log_in(session, CKU_SO, "not the pin"), CKR_DEVICE_ERROR);
	assert_rv(p11->C_SetPIN(session, PIN(USER_PIN), PIN("another pin")), CKR_DEVICE_ERROR);
	assert_string_equal(tries_marks(slot), "SsUu");
	check(log_tells("cannot lock ") && log_tells(".tries: No locks available"));
	assert_flags(slot, 0);
	lock_error = 0;
	assert_rv(log_in(session, CKU_USER, "not the pin"), CKR_PIN_INCORRECT);
	ok(log_in(session, CKU_USER, USER_PIN));
	assert_string_equal(tries_marks(slot), "SsUuUxUu");
}

/* Where the file system knows no such locks, tries are counted all the same. */
static void
test_no_locks(void **state)
{
	CK_SLOT_ID slot;
	CK_SESSION_HANDLE session;

	(void)state;
	ok(p11->C_Finalize(NULL));
	client_configure("tries = 3\n");
	ok(p11->C_Initialize(NULL));
	lock_error = EINVAL;
	slot = token_make("no locks");
	session = session_open(slot, READ_WRITE);
	assert_rv(log_in(session, CKU_USER, "not the pin"), CKR_PIN_INCORRECT);
	ok(log_in(session, CKU_USER, USER_PIN));
	ok(p11->C_Logout(session));
	for (int i = 0; i < 3; i++)
		assert_rv(log_in(session, CKU_USER, "not the pin"), CKR_PIN_INCORRECT);
	assert_rv(log_in(session, CKU_USER, USER_PIN), CKR_PIN_LOCKED);
	assert_string_equal(tries_marks(slot), "SsUuUxUuUxUxUx");
	lock_error = 0;
}

/* --- verdicts that cannot be written -------------------------------------- */

static off_t
tries_size(CK_SLOT_ID slot)
{
	struct stat found;

	check(stat(token_file(slot, ".tries"), &found) == 0);
	return found.st_size;
}

/* Files may become no larger than this. */
static void
limit_files(rlim_t size)
{
	struct rlimit limit = { size, RLIM_INFINITY };

	check(setrlimit(RLIMIT_FSIZE, &limit) == 0);
}

static void
guess_without_room(void *argument)
{
	CK_SLOT_ID slot = *(CK_SLOT_ID *)argument;
	CK_SESSION_HANDLE session;

	ok(p11->C_Initialize(NULL));
	session = session_open(slot, READ_ONLY);
	limit_files((rlim_t)tries_size(slot) + 1);
	for (int i = 0; i < 3; i++)
		assert_rv(log_in(session, CKU_USER, "not the pin"), CKR_PIN_INCORRECT);
}

/* Where there is room for the charge only, there is no charge: the try is one of a full disk. */
static void
test_room_for_charge_only(void **state)
{
	CK_SLOT_ID slot = token_make("room");
	off_t before;

	(void)state;
	before = tries_size(slot);
	check(in_child(guess_without_room, &slot, 30) == 0);
	check(tries_size(slot) == before);
	ok(log_in(session_open(slot, READ_ONLY), CKU_USER, USER_PIN));
}

/* The same of a disk that is full behind the first block, in a mount namespace of its own. */
#define CANNOT_MOUNT 77
static void
guess_on_full_disk(void *unused)
{
	const char *store = client_path("small");
	CK_SLOT_ID slot;
	int fd;

	(void)unused;
	if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
	    mkdir(store, 0700) != 0 || mount("none", store, "tmpfs", 0, "size=200k,mode=0700") != 0)
		_exit(CANNOT_MOUNT);
	check(setenv("HANDFAST_STORE", store, 1) == 0);
	ok(p11->C_Initialize(NULL));
	slot = token_make("small");
	/* One byte is left of the first block, and no other block. */
	fd = open(token_file(slot, ".tries"), O_WRONLY | O_APPEND | O_CLOEXEC);
	check(fd >= 0);
	while (tries_size(slot) < 4095)
		check(write(fd, "\n", 1) == 1);
	close(fd);
	fd = open(client_path("small/filler"), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	check(fd >= 0);
	while (write(fd, "", 1) == 1)
		;
	close(fd);
	assert_rv(
	    log_in(session_open(slot, READ_ONLY), CKU_USER, "not the pin"), CKR_PIN_INCORRECT);
	check(tries_size(slot) == 4095);
	check(unlink(client_path("small/filler")) == 0);
	assert_rv(
	    log_in(session_open(slot, READ_ONLY), CKU_USER, "not the pin"), CKR_PIN_INCORRECT);
	assert_string_equal(tries_marks(slot) + 4095, "Ux");
}

static void
test_full_block(void **state)
{
	int result = in_child(guess_on_full_disk, NULL, 60);

	(void)state;
	if (result == CANNOT_MOUNT)
		skip_because("a small file system cannot be mounted here");
	assert_int_equal(result, 0);
}

static void *
guess_thread(void *session)
{
	tell(log_in(*(CK_SESSION_HANDLE *)session, CKU_USER, "not the pin"));
	return NULL;
}

static void
guess_and_lose_verdict(void *argument)
{
	CK_SLOT_ID slot = *(CK_SLOT_ID *)argument;
	CK_SESSION_HANDLE session;
	size_t before = occurrences(tries_marks(slot), 'U');
	pthread_t thread;

	ok(p11->C_Initialize(NULL));
	session = session_open(slot, READ_ONLY);
	check(pthread_create(&thread, NULL, guess_thread, &session) == 0);
	check(charged(slot, before));
	limit_files((rlim_t)tries_size(slot));
	check(pthread_join(thread, NULL) == 0);
	sleep(60);
}

/* A disk that fails in between: the charge counts, for as long as the process knows of it. */
static void
test_verdict_lost(void **state)
{
	CK_SLOT_ID slot = token_make("lost");
	pid_t child;

	(void)state;
	told_begin();
	child = child_start(guess_and_lose_verdict, &slot);
	for (int i = 0; i < 10000 && told->wrong == 0; i++)
		usleep(1000);
	check(told->wrong == 1);
	assert_string_equal(tries_marks(slot), "SsUuU");
	check(somebody_pending(slot));
	check(kill(child, SIGKILL) == 0 && child_result(child, 10) >= 0);
	check(!somebody_pending(slot));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test_fresh(test_guessed_at_once),
		test_fresh(test_last_try),
		test_fresh(test_killed_guesses),
		test_fresh(test_verdict_first),
		test_fresh(test_killed_logins),
		test_fresh(test_killed_among_wrong),
		test_fresh(test_stopped_logins),
		test_fresh(test_forked_in_login),
		test_fresh(test_no_lock_to_be_had),
		test_fresh(test_no_locks),
		test_fresh(test_room_for_charge_only),
		test_fresh(test_full_block),
		test_fresh(test_verdict_lost),
	};

	return test_main(tests, NULL, NULL);
}
