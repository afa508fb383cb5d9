/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a token costs by how many keys it holds, and how many keys a second many
 * writers at once can make:
 *
 *     make bench-scale [SCALE='--million --peer /usr/lib/softhsm/libsofthsm2.so']
 *
 * The sizes take turns, one process each for a round, and each round compares a
 * size with the smallest: what disturbs the machine disturbs both.  A token of
 * ours is filled through store.h, many records in one transaction; a peer's key by
 * key, which is why its tokens are smaller.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/store.h"
#include "tests/bench-run.h"
#include "token/schema.h"

/* --- what is measured ------------------------------------------------------------------ */

enum figure {
	INITIALIZE,
	FIRST_LOOK,
	LOGIN,
	FIND_FIRST,
	FIND_AGAIN,
	FIND_NEW,
	FIND_LABEL,
	DERIVE_NEW,
	CREATE,
	DESTROY,
	LIST_ALL,
	MEMORY_FOUND,
	MEMORY_LISTED,
	FIGURES
};

static const struct {
	const char *name;
	double scale; /* from seconds or bytes */
	bool bounded; /* must not grow with the token */
} figures[FIGURES] = {
	[INITIALIZE] = { "C_Initialize, us", 1e6, true },
	[FIRST_LOOK] = { "slots and a session, us", 1e6, true },
	[LOGIN] = { "C_Login, us", 1e6, true },
	[FIND_FIRST] = { "first find after it, us", 1e6, true },
	[FIND_AGAIN] = { "find by id and class, warm, us", 1e6, true },
	[FIND_NEW] = { "find one not met before, us", 1e6, true },
	[FIND_LABEL] = { "find by label, us", 1e6, true },
	[DERIVE_NEW] = { "find another and derive, us", 1e6, true },
	[CREATE] = { "C_CreateObject, us", 1e6, true },
	[DESTROY] = { "C_DestroyObject, us", 1e6, true },
	[LIST_ALL] = { "list everything, ms", 1e3, false },
	[MEMORY_FOUND] = { "memory after all but that, MiB", 1.0 / (1 << 20), true },
	[MEMORY_LISTED] = { "memory after listing, MiB", 1.0 / (1 << 20), false },
};
#define GROWTH_MOST 1.3

#define ROUNDS 7
/* In a round, how often each is done; the round's figure is the median. */
#define TIMES 40
/* Of what can be done only once to a key in a process, since the smallest token has ten. */
#define TIMES_NEW 4

/* One token of one module. */
struct subject {
	const char *module;
	bool ours;
	unsigned keys;
	double values[FIGURES][ROUNDS];
};

/* --- a client ------------------------------------------------------------------------------ */

#define SO_PIN "so-pin-bench"
#define USER_PIN "user-pin-bench"
#define PIN(pin) (CK_UTF8CHAR *)(pin), sizeof(pin) - 1
#define TEMPLATE(...) (CK_ATTRIBUTE[]){ __VA_ARGS__ }, COUNT_OF(((CK_ATTRIBUTE[]){ __VA_ARGS__ }))

static CK_FUNCTION_LIST *p11;
static CK_SESSION_HANDLE session;
static CK_BBOOL yes = CK_TRUE, no = CK_FALSE;
static CK_OBJECT_CLASS private_key = CKO_PRIVATE_KEY, secret_key = CKO_SECRET_KEY;
static CK_KEY_TYPE ec = CKK_EC, generic = CKK_GENERIC_SECRET;
static CK_BYTE p256[] = { 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07 };
/* The one key whose value all have, and its other half. */
static unsigned char scalar[32], point[65];

static void
must(const char *call, CK_RV rv)
{
	if (rv != CKR_OK)
		die("%s: %#lx", call, rv);
}
#define MUST(call) must(#call, (call))

static void
scalar_make(void)
{
	EVP_PKEY *key = EVP_EC_gen("P-256");
	BIGNUM *value = NULL;
	size_t len;

	if (key == NULL || EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_PRIV_KEY, &value) != 1 ||
	    BN_bn2binpad(value, scalar, sizeof(scalar)) != sizeof(scalar) ||
	    EVP_PKEY_get_octet_string_param(
		key, OSSL_PKEY_PARAM_ENCODED_PUBLIC_KEY, point, sizeof(point), &len) != 1)
		die("libcrypto makes no key");
	BN_free(value);
	EVP_PKEY_free(key);
}

static void
module_load(const char *path)
{
	void *module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	CK_C_GetFunctionList get;

	if (module == NULL)
		die("%s", dlerror());
	*(void **)&get = dlsym(module, "C_GetFunctionList");
	if (get == NULL || get(&p11) != CKR_OK)
		die("%s is no PKCS#11 module", path);
}

/* The slot with a token that is initialised or is not. */
static CK_SLOT_ID
slot_find(bool initialised)
{
	CK_SLOT_ID slots[64];
	CK_ULONG count = COUNT_OF(slots);
	CK_TOKEN_INFO info;

	MUST(p11->C_GetSlotList(CK_TRUE, NULL, &count));
	count = COUNT_OF(slots);
	MUST(p11->C_GetSlotList(CK_TRUE, slots, &count));
	for (CK_ULONG i = 0; i < count; i++)
		if (p11->C_GetTokenInfo(slots[i], &info) == CKR_OK &&
		    ((info.flags & CKF_TOKEN_INITIALIZED) != 0) == initialised)
			return slots[i];
	die("the module has no %s", initialised ? "token" : "slot for a new token");
}

static void
session_begin(void)
{
	MUST(p11->C_OpenSession(
	    slot_find(true), CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, &session));
}

static void
log_in(void)
{
	MUST(p11->C_Login(session, CKU_USER, PIN(USER_PIN)));
}

static void
start(const char *module)
{
	CK_C_INITIALIZE_ARGS threads = { .flags = CKF_OS_LOCKING_OK };

	module_load(module);
	MUST(p11->C_Initialize(&threads));
}

static CK_OBJECT_HANDLE
key_create(CK_SESSION_HANDLE own, unsigned number)
{
	CK_OBJECT_HANDLE made;
	char label[32];
	int len = snprintf(label, sizeof(label), "key %u", number);

	MUST(p11->C_CreateObject(own,
	    TEMPLATE({ CKA_CLASS, &private_key, sizeof(private_key) },
		{ CKA_KEY_TYPE, &ec, sizeof(ec) }, { CKA_TOKEN, &yes, sizeof(yes) },
		{ CKA_PRIVATE, &yes, sizeof(yes) }, { CKA_DERIVE, &yes, sizeof(yes) },
		{ CKA_ID, &number, sizeof(number) }, { CKA_LABEL, label, (CK_ULONG)len },
		{ CKA_EC_PARAMS, p256, sizeof(p256) }, { CKA_VALUE, scalar, sizeof(scalar) }),
	    &made));
	return made;
}

static CK_OBJECT_HANDLE
find(CK_ATTRIBUTE *template, CK_ULONG count)
{
	CK_OBJECT_HANDLE found[2] = { CK_INVALID_HANDLE };
	CK_ULONG n;

	MUST(p11->C_FindObjectsInit(session, template, count));
	MUST(p11->C_FindObjects(session, found, COUNT_OF(found), &n));
	MUST(p11->C_FindObjectsFinal(session));
	if (n != 1)
		die("%lu keys found where there is one", n);
	return found[0];
}

static CK_OBJECT_HANDLE
find_by_id(unsigned number)
{
	return find(TEMPLATE(
	    { CKA_CLASS, &private_key, sizeof(private_key) }, { CKA_ID, &number, sizeof(number) }));
}

static CK_OBJECT_HANDLE
find_by_label(unsigned number)
{
	char label[32];
	int len = snprintf(label, sizeof(label), "key %u", number);

	return find(TEMPLATE({ CKA_LABEL, label, (CK_ULONG)len }));
}

static void
derive(CK_OBJECT_HANDLE key)
{
	CK_ECDH1_DERIVE_PARAMS peer = { CKD_NULL, 0, NULL, sizeof(point), point };
	CK_MECHANISM mechanism = { CKM_ECDH1_DERIVE, &peer, sizeof(peer) };
	CK_OBJECT_HANDLE made;
	CK_ULONG len = 32;

	MUST(p11->C_DeriveKey(session, &mechanism, key,
	    TEMPLATE({ CKA_CLASS, &secret_key, sizeof(secret_key) },
		{ CKA_KEY_TYPE, &generic, sizeof(generic) }, { CKA_TOKEN, &no, sizeof(no) },
		{ CKA_VALUE_LEN, &len, sizeof(len) }),
	    &made));
	MUST(p11->C_DestroyObject(session, made));
}

static unsigned
list_all(void)
{
	CK_OBJECT_HANDLE found[1000];
	unsigned total = 0;
	CK_ULONG n;

	MUST(p11->C_FindObjectsInit(session, NULL, 0));
	do {
		MUST(p11->C_FindObjects(session, found, COUNT_OF(found), &n));
		total += (unsigned)n;
	} while (n > 0);
	MUST(p11->C_FindObjectsFinal(session));
	return total;
}

/* What the process holds of memory, in bytes. */
static double
memory_held(void)
{
	FILE *file = fopen("/proc/self/statm", "r");
	long all, resident = 0;

	if (file == NULL || fscanf(file, "%ld %ld", &all, &resident) != 2)
		die("the system does not tell of memory");
	fclose(file);
	return (double)resident * (double)sysconf(_SC_PAGESIZE);
}

/* --- one round in one process ---------------------------------------------------------- */

/* The n-th of ten keys, apart from one another, and other ones each round. */
static unsigned
some_key(const struct subject *subject, unsigned round, unsigned n)
{
	unsigned apart = subject->keys / 10;

	return n % 10 * apart + round * 7919 % apart;
}

typedef void work(const struct subject *subject, unsigned round, unsigned n);

static void
do_find_again(const struct subject *subject, unsigned round, unsigned n)
{
	find_by_id(some_key(subject, round, n % 4));
}

static void
do_find_new(const struct subject *subject, unsigned round, unsigned n)
{
	find_by_id(some_key(subject, round, 1 + n));
}

static void
do_find_label(const struct subject *subject, unsigned round, unsigned n)
{
	find_by_label(some_key(subject, round, n % 4));
}

static void
do_derive_new(const struct subject *subject, unsigned round, unsigned n)
{
	derive(find_by_id(some_key(subject, round, 5 + n)));
}

static CK_OBJECT_HANDLE made[TIMES];

static void
do_create(const struct subject *subject, unsigned round, unsigned n)
{
	(void)round;
	made[n] = key_create(session, subject->keys + n);
}

static void
do_destroy(const struct subject *subject, unsigned round, unsigned n)
{
	(void)subject;
	(void)round;
	MUST(p11->C_DestroyObject(session, made[n]));
}

static double
timed(work *once, unsigned times, const struct subject *subject, unsigned round)
{
	double taken[TIMES];

	for (unsigned n = 0; n < times; n++) {
		double begun = now();

		once(subject, round, n);
		taken[n] = now() - begun;
	}
	return median(taken, times);
}

/* In a process that has done nothing yet. */
static void
measure_start(const struct subject *subject, unsigned round, double values[FIGURES])
{
	double begun;

	module_load(subject->module);
	begun = now();
	MUST(p11->C_Initialize(&(CK_C_INITIALIZE_ARGS){ .flags = CKF_OS_LOCKING_OK }));
	values[INITIALIZE] = now() - begun;
	begun = now();
	session_begin();
	values[FIRST_LOOK] = now() - begun;
	begun = now();
	log_in();
	values[LOGIN] = now() - begun;
	begun = now();
	find_by_id(some_key(subject, round, 0));
	values[FIND_FIRST] = now() - begun;
}

static void
measure(const struct subject *subject, unsigned round, double values[FIGURES])
{
	static const struct {
		enum figure figure;
		work *once;
		unsigned times;
	} works[] = {
		{ FIND_NEW, do_find_new, TIMES_NEW },
		{ DERIVE_NEW, do_derive_new, TIMES_NEW },
		{ FIND_AGAIN, do_find_again, TIMES },
		{ FIND_LABEL, do_find_label, TIMES },
		{ CREATE, do_create, TIMES },
		{ DESTROY, do_destroy, TIMES },
	};
	double begun;

	measure_start(subject, round, values);
	for (size_t i = 0; i < COUNT_OF(works); i++)
		values[works[i].figure] = timed(works[i].once, works[i].times, subject, round);
	values[MEMORY_FOUND] = memory_held();
	begun = now();
	if (list_all() != subject->keys)
		die("the token does not have %u keys", subject->keys);
	values[LIST_ALL] = now() - begun;
	values[MEMORY_LISTED] = memory_held();
	MUST(p11->C_Finalize(NULL));
}

/* Runs `body` in a child; what it writes to `shared` memory is all that comes back. */
static void
in_child(void (*body)(void *), void *argument)
{
	pid_t child;
	int status;

	fflush(NULL);
	child = fork();
	if (child == 0) {
		body(argument);
		_exit(EXIT_SUCCESS);
	}
	if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
		die("a process of the benchmark failed");
}

static void *
shared_memory(size_t len)
{
	void *memory = mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		die("no memory");
	return memory;
}

static void
subject_enter(const struct subject *subject)
{
	char name[64];

	snprintf(name, sizeof(name), "store-%u", subject->keys);
	folder_set("HANDFAST_STORE", name, false);
	snprintf(name, sizeof(name), "softhsm-%u.conf", subject->keys);
	folder_set("SOFTHSM2_CONF", name, false);
}

struct job {
	struct subject *subject;
	unsigned round;
	double *values; /* shared */
};

static void
run_job(void *argument)
{
	struct job *job = argument;

	subject_enter(job->subject);
	measure(job->subject, job->round, job->values);
}

static void
measure_round(struct subject *subject, unsigned round)
{
	struct job job = { subject, round, shared_memory(FIGURES * sizeof(double)) };

	in_child(run_job, &job);
	for (int i = 0; i < FIGURES; i++)
		subject->values[i][round] = job.values[i];
	munmap(job.values, FIGURES * sizeof(double));
}

/* --- filling ------------------------------------------------------------------------------ */

/* So many records in one transaction. */
#define LUMP 10000U

static void
must_store(const char *what, enum store_status status)
{
	if (status != STORE_OK)
		die("%s: %d", what, (int)status);
}
#define MUST_STORE(call) must_store(#call, (call))

static void
token_make(void *argument)
{
	const struct subject *subject = argument;
	CK_UTF8CHAR label[32];

	subject_enter(subject);
	start(subject->module);
	memset(label, ' ', sizeof(label));
	MUST(p11->C_InitToken(slot_find(false), PIN(SO_PIN), label));
	session_begin();
	MUST(p11->C_Login(session, CKU_SO, PIN(SO_PIN)));
	MUST(p11->C_InitPIN(session, PIN(USER_PIN)));
	MUST(p11->C_Logout(session));
	log_in();
	for (unsigned i = 0; i < (subject->ours ? 1 : subject->keys); i++)
		(void)key_create(session, i);
	MUST(p11->C_Finalize(NULL));
}

/* The record of another key like the one there is. */
static void
put_like(struct store_txn *txn, const struct store_record *model, unsigned number)
{
	struct attrs meta = ATTRS_PUBLIC;
	const struct attrs model_meta = { .data = model->meta.data, .len = model->meta.len };
	struct store_record record = { .is_private = true, .secret = model->secret };
	struct store_tag tags[16];
	size_t count = 0, at = 0;
	CK_ATTRIBUTE_TYPE type;
	struct view value;
	char text[40];

	MUST(attrs_copy(&meta, &model_meta));
	MUST(attrs_set(&meta, CKA_ID, view_of(&number, sizeof(number))));
	snprintf(text, sizeof(text), "key %u", number);
	MUST(attrs_set(&meta, CKA_LABEL, view_of(text, strlen(text))));
	snprintf(text, sizeof(text), "%032x", number);
	MUST(attrs_set(&meta, CKA_UNIQUE_ID, view_of(text, 32)));
	while (attrs_next(&meta, &at, &type, &value)) {
		const struct attribute_rule *rule = schema_rule(type, CKO_PRIVATE_KEY, CKK_EC);

		if (rule != NULL && (rule->rules & INDEXED) != 0 && value.len != 0)
			tags[count++] = (struct store_tag){ type, value };
	}
	record.meta = (struct bytes){ meta.data, meta.len };
	MUST_STORE(store_put(txn, &record, false, tags, count));
	attrs_release(&meta);
}

static void
fill(void *argument)
{
	const struct subject *subject = argument;
	struct store_config config = { 0 };
	struct store_record model;
	struct store_txn *txn;
	struct store_view *view;
	struct store *store;
	uint32_t *slots;
	uint64_t id;
	size_t count;
	double begun;

	subject_enter(subject);
	config.folder = getenv("HANDFAST_STORE");
	MUST_STORE(store_slots(&config, &slots, &count));
	MUST_STORE(store_open(&config, slots[0], &store));
	MUST_STORE(store_login(store, STORE_USER, view_of(USER_PIN, sizeof(USER_PIN) - 1)));
	MUST_STORE(store_view_begin(store, &view));
	MUST_STORE(store_list(view, true, 0, &id, 1, &count));
	MUST_STORE(store_get(view, id, true, &model));
	store_view_end(&view);
	begun = now();
	for (unsigned i = 1; i < subject->keys;) {
		MUST_STORE(store_begin(store, &txn));
		for (unsigned end = i + LUMP; i < end && i < subject->keys; i++)
			put_like(txn, &model, i);
		MUST_STORE(store_commit(&txn));
	}
	if (subject->keys > LUMP)
		printf("%u keys, %u in a transaction: %.0f a second\n", subject->keys, LUMP,
		    subject->keys / (now() - begun));
	fflush(stdout);
	store_record_release(&model);
	store_close(store);
	free(slots);
}

static void
subject_make(struct subject *subject)
{
	char name[256], path[256];
	double begun = now();
	FILE *file;

	snprintf(name, sizeof(name), "%s/softhsm-%u.conf", folder_path(), subject->keys);
	snprintf(path, sizeof(path), "softhsm-%u", subject->keys);
	folder_set("IGNORED", path, true);
	file = fopen(name, "w");
	if (file == NULL)
		die("cannot write %s", name);
	fprintf(file, "directories.tokendir = %s\nlog.level = ERROR\n", getenv("IGNORED"));
	fclose(file);
	in_child(token_make, subject);
	if (subject->ours)
		in_child(fill, subject);
	else
		printf("the peer's token of %u keys took %.0f s to make\n", subject->keys,
		    now() - begun);
	fflush(stdout);
}

/* --- the table ------------------------------------------------------------------------------ */

static double
value_of(const struct subject *subject, int figure)
{
	double values[ROUNDS];

	memcpy(values, subject->values[figure], sizeof(values));
	return median(values, ROUNDS) * figures[figure].scale;
}

static double
growth_of(const struct subject *subject, const struct subject *smallest, int figure)
{
	double ratios[ROUNDS];

	for (size_t i = 0; i < ROUNDS; i++)
		ratios[i] = subject->values[figure][i] / smallest->values[figure][i];
	return median(ratios, ROUNDS);
}

static void
print_table(const struct subject subjects[], size_t count)
{
	printf("\n%-32s", subjects->ours ? "keys in the token" : "keys in the peer's token");
	for (size_t i = 0; i < count; i++)
		printf(" %9u%s", subjects[i].keys, i > 0 ? "  over" : "");
	putchar('\n');
	for (int figure = 0; figure < FIGURES; figure++) {
		printf("%-32s", figures[figure].name);
		for (size_t i = 0; i < count; i++) {
			double growth = growth_of(&subjects[i], subjects, figure);

			printf(" %9.1f", value_of(&subjects[i], figure));
			if (i > 0)
				printf(" %5.2f%s", growth,
				    figures[figure].bounded && growth > GROWTH_MOST ? "!" : "");
		}
		putchar('\n');
	}
	fflush(stdout);
}

static void
run_sizes(struct subject subjects[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		subject_make(&subjects[i]);
	for (unsigned round = 0; round < ROUNDS; round++)
		for (size_t i = 0; i < count; i++)
			measure_round(&subjects[i], round);
	print_table(subjects, count);
}

/* --- many writers ------------------------------------------------------------------------- */

#define WRITE_SECONDS 3

/* What the writers of a run share. */
struct writing {
	struct subject *subject;
	unsigned threads;        /* in each process */
	atomic_uint ready, made; /* processes, keys */
	atomic_bool go, over;
};

static void *
write_keys(void *argument)
{
	struct writing *writing = argument;
	CK_SESSION_HANDLE own;

	MUST(p11->C_OpenSession(
	    slot_find(true), CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, &own));
	while (!writing->go)
		usleep(1000);
	while (!writing->over)
		(void)key_create(own, 1000000 + writing->made++);
	return NULL;
}

static void
writer(struct writing *writing)
{
	pthread_t threads[8];

	subject_enter(writing->subject);
	start(writing->subject->module);
	session_begin();
	log_in();
	writing->ready++;
	for (unsigned i = 0; i < writing->threads; i++)
		if (pthread_create(&threads[i], NULL, write_keys, writing) != 0)
			die("no thread");
	for (unsigned i = 0; i < writing->threads; i++)
		pthread_join(threads[i], NULL);
	MUST(p11->C_Finalize(NULL));
}

static void
run_writers(struct subject *subject, unsigned processes, unsigned threads)
{
	struct writing *writing = shared_memory(sizeof(*writing));
	double begun;
	int status;

	writing->subject = subject;
	writing->threads = threads;
	for (unsigned i = 0; i < processes; i++) {
		pid_t child = fork();

		if (child == 0) {
			writer(writing);
			_exit(EXIT_SUCCESS);
		}
		if (child < 0)
			die("no process");
	}
	while (writing->ready < processes)
		usleep(1000);
	begun = now();
	writing->go = true;
	sleep(WRITE_SECONDS);
	writing->over = true;
	for (unsigned i = 0; i < processes; i++)
		if (wait(&status) < 0 || status != 0)
			die("a writer failed");
	printf("%u process%s of %u thread%s %*.0f keys a second\n", processes,
	    processes > 1 ? "es" : "  ", threads, threads > 1 ? "s" : " ", 12,
	    writing->made / (now() - begun));
	fflush(stdout);
	munmap(writing, sizeof(*writing));
}

/* What the disk takes for what a commit cannot do without: a page written, and on disk. */
static void
print_sync(void)
{
	double taken[100];
	char path[256], page[4096] = { 1 };
	int fd;

	snprintf(path, sizeof(path), "%s/sync", folder_path());
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	for (int i = 0; i < 100; i++) {
		double begun = now();

		if (fd < 0 || pwrite(fd, page, sizeof(page), i % 16 * 4096) != sizeof(page) ||
		    fdatasync(fd) != 0)
			die("cannot write %s", path);
		taken[i] = now() - begun;
	}
	close(fd);
	printf("\na page written and synced, us %12.0f\n", median(taken, 100) * 1e6);
}

/* --- main ------------------------------------------------------------------------------------ */

struct options {
	const char *peer;
	bool million;
};

static bool
read_options(char *argv[], struct options *options)
{
	for (argv++; *argv != NULL; argv++) {
		if (strcmp(*argv, "--million") == 0)
			options->million = true;
		else if (strcmp(*argv, "--peer") == 0 && argv[1] != NULL)
			options->peer = *++argv;
		else
			return false;
	}
	return getenv("HANDFAST_MODULE") != NULL;
}

int
main(int argc, char *argv[])
{
	static struct subject ours[] = { { .keys = 10 }, { .keys = 1000 }, { .keys = 10000 },
		{ .keys = 100000 }, { .keys = 1000000 } };
	static struct subject peers[] = { { .keys = 10 }, { .keys = 1000 }, { .keys = 10000 } };
	struct options options = { 0 };

	(void)argc;
	if (!read_options(argv, &options)) {
		fprintf(
		    stderr, "usage: HANDFAST_MODULE=… %s [--million] [--peer MODULE]\n", argv[0]);
		return EXIT_FAILURE;
	}
	folder_make();
	scalar_make();
	for (size_t i = 0; i < COUNT_OF(ours); i++) {
		ours[i].module = getenv("HANDFAST_MODULE");
		ours[i].ours = true;
	}
	for (size_t i = 0; i < COUNT_OF(peers); i++)
		peers[i].module = options.peer;
	run_sizes(ours, COUNT_OF(ours) - !options.million);
	if (options.peer != NULL)
		run_sizes(peers, COUNT_OF(peers));
	print_sync();
	run_writers(&ours[0], 1, 1);
	run_writers(&ours[0], 8, 1);
	run_writers(&ours[0], 1, 8);
	run_writers(&ours[0], 8, 8);
	folder_remove();
	return EXIT_SUCCESS;
}
