/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How fast the module is beside bare libcrypto, and beside another module if one
 * is named:
 *
 *     make bench [BENCH='--peer /usr/lib/softhsm/libsofthsm2.so ECDH …']
 *
 * Machines are noisy, so only ratios of one run are worth telling.  Each row's
 * workers take turns in short slices, each round gives a ratio, and the table has
 * the medians.  To add a case, add a row; a mechanism new to the benchmark also
 * needs its parameters (bench-client.c) and libcrypto's settings (bench-bare.c).
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench.h"

static const struct row rows[] = {
	{ "ECDH P-256 derive, destroy", AGREE, CKM_ECDH1_DERIVE, &p256, .goal = 0.85 },
	{ "ECDH P-384 derive, destroy", AGREE, CKM_ECDH1_DERIVE, &p384, .goal = 0.95 },
	{ "ECDH P-521 derive, destroy", AGREE, CKM_ECDH1_DERIVE, &p521, .goal = 0.95 },
	{ "X25519 derive, destroy", AGREE, CKM_ECDH1_DERIVE, &x25519, .goal = 0.85 },
	{ "DH ffdhe2048 derive, destroy", AGREE, CKM_DH_PKCS_DERIVE, &ffdhe2048, .goal = 0.95,
	    .checked = true },
	{ "  peer unchecked by libcrypto", AGREE, CKM_DH_PKCS_DERIVE, &ffdhe2048,
	    .checked = false },
	{ "RSA-2048 OAEP decrypt", DECRYPT, CKM_RSA_PKCS_OAEP, &rsa2048, .goal = 0.95 },
	{ "RSA-2048 OAEP unwrap, destroy", UNWRAP, CKM_RSA_PKCS_OAEP, &rsa2048, .goal = 0.95 },
	{ "RSA-2048 v1.5 unwrap, destroy", UNWRAP, CKM_RSA_PKCS, &rsa2048, .goal = 0.95 },
	{ "ML-KEM-768 decapsulate, destroy", DECAPSULATE, CKM_ML_KEM, &mlkem768, .goal = 0.85 },
	{ "ML-KEM-768 encapsulate, destroy", ENCAPSULATE, CKM_ML_KEM, &mlkem768, .goal = 0 },
	{ "HKDF-SHA256 derive, destroy", DERIVE, CKM_HKDF_DERIVE, &secret256, .size = 32 },
	{ "ECDSA P-256 sign", SIGN, CKM_ECDSA, &p256, .size = 32, .goal = 0.90 },
	{ "SHA256-RSA-2048 sign", SIGN, CKM_SHA256_RSA_PKCS, &rsa2048, .size = 100, .goal = 0.90 },
	{ "SHA-256 of 1 MiB in 64 parts", DIGEST, CKM_SHA256, .size = 16384, .goal = 0.98 },
	{ "AES-256-GCM encrypt, 16 KiB", ENCRYPT, CKM_AES_GCM, &aes256, .size = 16384,
	    .goal = 0.95 },
	{ "AES-256-GCM encrypt, 64 bytes", ENCRYPT, CKM_AES_GCM, &aes256, .size = 64,
	    .goal = 0.50 },
	{ "AES-256-GCM message, 16 KiB", ENCRYPT_MESSAGE, CKM_AES_GCM, &aes256, .size = 16384,
	    .goal = 0.95 },
	{ "AES-256-GCM message, 64 bytes", ENCRYPT_MESSAGE, CKM_AES_GCM, &aes256, .size = 64,
	    .goal = 0.50 },
	{ "find a key by its id", FIND, .kind = &p256 },
	{ "log out and in", .verb = LOGIN },
};
/* What two threads do at once, and what keeps a third busy meanwhile. */
static const struct row threaded = { "ECDH P-256", AGREE, CKM_ECDH1_DERIVE, &p256, .goal = 1.9 };
static const struct row third = { "  a third making RSA-4096 keys", GENERATE,
	CKM_RSA_PKCS_KEY_PAIR_GEN, &rsa4096, .goal = 0 };

enum { BARE, MODULE, PEER, SIDES };

/* Short enough that a disturbance spoils few, long enough that a slice is many operations. */
#define SLICE 0.01
/* Threads that outnumber the processors take turns of some hundredths of a second. */
#define LONG_SLICE 0.2
#define ROUNDS 61
/* What takes longer than a slice (a login) is done less often. */
#define ROUNDS_LEAST 7
#define ROW_SECONDS 4.0
/* Each waits for the RSA-4096 key that the third thread is making to be there. */
#define ROUNDS_THIRD 9

/* --- measuring ---------------------------------------------------------------------------- */

/* Operations between two looks at the clock: a hundredth of a slice, so that looking costs nothing.
 */
static unsigned
batch_of(struct worker *worker)
{
	unsigned batch = 1;

	for (; batch < 1U << 20; batch *= 2) {
		double begun = now();

		for (unsigned i = 0; i < batch; i++)
			if (!worker->once(worker))
				die("an operation that worked does not any more");
		if (now() - begun > SLICE / 100)
			break;
	}
	return batch;
}

/* Works for some seconds; operations per second. */
static double
slice(struct worker *worker, unsigned batch, double seconds)
{
	double begun = now(), taken;
	double done = 0;

	do {
		for (unsigned i = 0; i < batch; i++)
			if (!worker->once(worker))
				die("an operation that worked does not any more");
		done += batch;
		taken = now() - begun;
	} while (taken < seconds);
	return done / taken;
}

/* Rates of each side by round; a side without a worker has zeros. */
struct measured {
	double rates[SIDES][ROUNDS];
	size_t rounds;
};

static double
rate_of(const struct measured *measured, int side)
{
	double rates[ROUNDS];

	memcpy(rates, measured->rates[side], sizeof(rates));
	return median(rates, measured->rounds);
}

/* The median of the rounds' own ratios: what disturbs one round disturbs both sides of it. */
static double
ratio_of(const struct measured *measured, int side, int beside)
{
	double ratios[ROUNDS] = { 0 };

	for (size_t i = 0; i < measured->rounds; i++) {
		double base = measured->rates[beside][i];

		ratios[i] = base > 0 ? measured->rates[side][i] / base : 0;
	}
	return median(ratios, measured->rounds);
}

static void
measure(struct worker *workers[SIDES], struct measured *measured)
{
	unsigned batch[SIDES] = { 0 };
	double begun = now();

	for (int side = 0; side < SIDES; side++)
		if (workers[side] != NULL)
			batch[side] = batch_of(workers[side]);
	while (measured->rounds < ROUNDS &&
	    (measured->rounds < ROUNDS_LEAST || now() - begun < ROW_SECONDS)) {
		for (int side = 0; side < SIDES; side++)
			if (workers[side] != NULL)
				measured->rates[side][measured->rounds] =
				    slice(workers[side], batch[side], SLICE);
		measured->rounds++;
	}
}

/* --- the table ------------------------------------------------------------------------------ */

static void
print_head(bool has_peer)
{
	printf("%-32s %12s %12s %8s %6s", "operations per second", "libcrypto", "module", "ratio",
	    "goal");
	printf(has_peer ? " %12s %8s\n" : "\n", "peer", "ratio");
}

static void
print_rate(double rate)
{
	if (rate > 0)
		printf(" %12.*f", rate < 100 ? 1 : 0, rate);
	else
		printf(" %12s", "-");
}

static void
print_ratio(double ratio, int width)
{
	if (ratio > 0)
		printf(" %*.2f", width, ratio);
	else
		printf(" %*s", width, "");
}

static void
print_row(const struct row *row, const struct measured *measured, bool has_peer)
{
	printf("%-32s", row->name);
	print_rate(rate_of(measured, BARE));
	print_rate(rate_of(measured, MODULE));
	print_ratio(ratio_of(measured, MODULE, BARE), 8);
	print_ratio(row->goal, 6);
	if (has_peer) {
		print_rate(rate_of(measured, PEER));
		print_ratio(ratio_of(measured, MODULE, PEER), 8);
	}
	putchar('\n');
	fflush(stdout);
}

/* The sides' modules; the first has none, the last may have none. */
struct sides {
	struct client *clients[SIDES];
};

static void
workers_make(struct sides *sides, const struct task *task, struct worker *workers[SIDES])
{
	workers[BARE] = bare_worker(task);
	for (int side = MODULE; side < SIDES; side++) {
		struct client *client = sides->clients[side];

		workers[side] = client != NULL && client_prepare(client, task)
		    ? client_worker(client, task)
		    : NULL;
	}
}

static void
workers_stop(struct sides *sides, struct worker *workers[SIDES])
{
	for (int side = 0; side < SIDES; side++) {
		if (workers[side] != NULL)
			workers[side]->stop(workers[side]);
		if (sides->clients[side] != NULL)
			client_forget(sides->clients[side]);
	}
}

/* False where the module could not do it. */
static bool
run_row(struct sides *sides, const struct row *row)
{
	struct worker *workers[SIDES];
	struct measured measured = { .rounds = 0 };
	struct task task;
	bool able;

	task_make(row, &task);
	workers_make(sides, &task, workers);
	able = workers[MODULE] != NULL;
	measure(workers, &measured);
	print_row(row, &measured, sides->clients[PEER] != NULL);
	workers_stop(sides, workers);
	task_release(&task);
	return able;
}

/* --- two threads ------------------------------------------------------------------------------ */

struct thread {
	pthread_t id;
	struct worker *worker;
	unsigned batch;
	double seconds;
	pthread_barrier_t *start;
	double rate;
};

static void *
thread_run(void *argument)
{
	struct thread *thread = argument;

	pthread_barrier_wait(thread->start);
	thread->rate = slice(thread->worker, thread->batch, thread->seconds);
	return NULL;
}

static double
two_threads(struct worker *const workers[2], unsigned batch, double seconds)
{
	pthread_barrier_t start;
	struct thread threads[2];

	pthread_barrier_init(&start, NULL, COUNT_OF(threads));
	for (size_t i = 0; i < COUNT_OF(threads); i++) {
		threads[i] = (struct thread){
			.worker = workers[i], .batch = batch, .seconds = seconds, .start = &start
		};
		if (pthread_create(&threads[i].id, NULL, thread_run, &threads[i]) != 0)
			die("no thread");
	}
	for (size_t i = 0; i < COUNT_OF(threads); i++)
		pthread_join(threads[i].id, NULL);
	pthread_barrier_destroy(&start);
	return threads[0].rate + threads[1].rate;
}

/* A thread that works until it is told to stop. */
struct busy {
	pthread_t id;
	struct worker *worker;
	atomic_bool stop;
};

static void *
busy_run(void *argument)
{
	struct busy *busy = argument;

	while (!busy->stop)
		if (!busy->worker->once(busy->worker))
			die("an operation that worked does not any more");
	return NULL;
}

/* What two threads reach while the third works, if there is one. */
static double
two_beside(struct worker *const workers[2], unsigned batch, struct worker *other)
{
	struct busy busy = { .worker = other, .stop = false };
	double rate;

	if (other == NULL)
		return two_threads(workers, batch, SLICE);
	if (pthread_create(&busy.id, NULL, busy_run, &busy) != 0)
		die("no thread");
	rate = two_threads(workers, batch, LONG_SLICE);
	busy.stop = true;
	pthread_join(busy.id, NULL);
	return rate;
}

/* One side's workers: the two, and the third. */
struct crew {
	struct worker *pair[2], *third;
	unsigned batch;
};

static struct worker *
another_worker(struct sides *sides, int side, const struct task *task)
{
	return side == BARE ? bare_worker(task) : client_worker(sides->clients[side], task);
}

static void
crew_stop(struct crew *crew)
{
	if (crew->pair[1] != NULL)
		crew->pair[1]->stop(crew->pair[1]);
	if (crew->third != NULL)
		crew->third->stop(crew->third);
}

static void
print_threaded(const char *name, double ratios[SIDES][ROUNDS], size_t rounds, double goal)
{
	double bare = median(ratios[BARE], rounds), module = median(ratios[MODULE], rounds);

	printf("%-32s", name);
	print_ratio(bare, 12);
	print_ratio(module, 12);
	print_ratio(bare > 0 ? module / bare : 0, 8);
	print_ratio(goal, 6);
	print_ratio(median(ratios[PEER], rounds), 12);
	putchar('\n');
	fflush(stdout);
}

/* Two threads over one that has the machine to itself, for each side, in turns. */
static void
measure_threaded(struct crew crews[SIDES], bool with_third, const char *name, double goal)
{
	double ratios[SIDES][ROUNDS] = { { 0 } };
	const size_t rounds = with_third ? ROUNDS_THIRD : ROUNDS;

	for (size_t round = 0; round < rounds; round++)
		for (int side = 0; side < SIDES; side++) {
			struct crew *crew = &crews[side];
			double seconds = with_third ? LONG_SLICE : SLICE;

			if (crew->pair[1] == NULL || (with_third && crew->third == NULL))
				continue;
			ratios[side][round] =
			    two_beside(crew->pair, crew->batch, with_third ? crew->third : NULL) /
			    slice(crew->pair[0], crew->batch, seconds);
		}
	print_threaded(name, ratios, rounds, goal);
}

static void
run_threaded(struct sides *sides)
{
	struct crew crews[SIDES] = { { .batch = 0 } };
	struct worker *workers[SIDES] = { NULL };
	struct task task, third_task;

	task_make(&threaded, &task);
	task_make(&third, &third_task);
	workers_make(sides, &task, workers);
	for (int side = 0; side < SIDES; side++)
		if (workers[side] != NULL)
			crews[side] = (struct crew){
				.pair = { workers[side], another_worker(sides, side, &task) },
				.third = another_worker(sides, side, &third_task),
				.batch = batch_of(workers[side]),
			};
	printf("\n%-32s %12s %12s %8s %6s%s\n", "two threads over one", "libcrypto", "module",
	    "ratio", "goal", sides->clients[PEER] != NULL ? "         peer" : "");
	measure_threaded(crews, false, threaded.name, threaded.goal);
	measure_threaded(crews, true, third.name, 0);
	for (int side = 0; side < SIDES; side++)
		crew_stop(&crews[side]);
	workers_stop(sides, workers);
	task_release(&third_task);
	task_release(&task);
}

/* --- first calls --------------------------------------------------------------------------------
 */

#define STARTS 15

/* One process: what C_Initialize and the look at the slots take. */
static bool
first_calls_once(const char *self, const char *module, double *initialize, double *look)
{
	char command[1024];
	FILE *output;
	bool read;

	snprintf(command, sizeof(command), "exec '%s' --first-calls '%s'", self, module);
	output = popen(command, "r");
	if (output == NULL)
		return false;
	read = fscanf(output, "%lf %lf", initialize, look) == 2;
	return pclose(output) == 0 && read;
}

static void
print_first_calls(const char *self, const char *name, const char *module)
{
	double initialize[STARTS], look[STARTS];

	for (size_t i = 0; i < STARTS; i++)
		if (!first_calls_once(self, module, &initialize[i], &look[i])) {
			printf("%-32s %12s\n", name, "failed");
			return;
		}
	printf("%-32s %12.0f %12.0f\n", name, median(initialize, STARTS), median(look, STARTS));
}

static int
first_calls(const char *module)
{
	double initialize, look;

	if (!client_first_calls(module, &initialize, &look))
		return EXIT_FAILURE;
	printf("%f %f\n", initialize, look);
	return EXIT_SUCCESS;
}

/* --- main
 * ------------------------------------------------------------------------------------------ */

struct options {
	const char *module, *peer;
	char **words; /* rows whose name has one of them; none: all */
};

static bool
read_options(int argc, char *argv[], struct options *options)
{
	options->module = getenv("HANDFAST_MODULE");
	options->peer = NULL;
	options->words = argv + 1;
	if (argc > 2 && strcmp(argv[1], "--peer") == 0) {
		options->peer = argv[2];
		options->words = argv + 3;
	}
	return options->module != NULL &&
	    (options->words[0] == NULL || options->words[0][0] != '-');
}

static bool
wanted(const struct options *options, const struct row *row)
{
	bool found = options->words[0] == NULL;

	for (char **word = options->words; *word != NULL; word++)
		found |= strstr(row->name, *word) != NULL;
	return found;
}

int
main(int argc, char *argv[])
{
	struct sides sides = { { NULL } };
	struct options options;
	bool able = true;

	if (argc == 3 && strcmp(argv[1], "--first-calls") == 0)
		return first_calls(argv[2]);
	if (!read_options(argc, argv, &options)) {
		fprintf(stderr, "usage: HANDFAST_MODULE=… %s [--peer MODULE] [WORD…]\n", argv[0]);
		return EXIT_FAILURE;
	}
	folder_make();
	printf("%-32s %12s %12s\n", "microseconds", "C_Initialize", "first look");
	print_first_calls(argv[0], "no configuration, no token", options.module);
	sides.clients[MODULE] = client_open(options.module);
	print_first_calls(argv[0], "one token", options.module);
	if (options.peer != NULL) {
		sides.clients[PEER] = client_open(options.peer);
		print_first_calls(argv[0], "one token, peer", options.peer);
	}
	putchar('\n');
	print_head(options.peer != NULL);
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (wanted(&options, &rows[i]) && bare_has(&rows[i]))
			able &= run_row(&sides, &rows[i]);
	if (wanted(&options, &threaded))
		run_threaded(&sides);
	client_close(sides.clients[PEER]);
	client_close(sides.clients[MODULE]);
	folder_remove();
	return able ? EXIT_SUCCESS : EXIT_FAILURE;
}
