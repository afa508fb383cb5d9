/* SPDX-License-Identifier: Apache-2.0 */
/* The search for planted secrets: see planted.h. */
#include "tests/planted.h"
#include "tests/client.h"

#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <unistd.h>

#define MASK 0xa5
#define PIECE 8

/* --- keeping them ------------------------------------------------------------ */

static void *
pages(size_t len, int sharing)
{
	void *start = mmap(NULL, len, PROT_READ | PROT_WRITE, sharing | MAP_ANONYMOUS, -1, 0);

	check(start != MAP_FAILED);
	return start;
}

struct planted *
planted_room(size_t count)
{
	return pages(count * sizeof(struct planted), MAP_SHARED);
}

void
plant(struct planted *secret, const char *name, struct view bytes)
{
	check(bytes.len >= 2 * PIECE && bytes.len <= PLANTED_MOST);
	secret->name = name;
	secret->len = bytes.len;
	for (size_t i = 0; i < bytes.len; i++)
		secret->masked[i] = bytes.data[i] ^ MASK;
}

void
plant_random(struct planted *secret, const char *name, size_t len)
{
	check(len >= 2 * PIECE && len <= PLANTED_MOST);
	secret->name = name;
	secret->len = len;
	check(getrandom(secret->masked, len, 0) == (ssize_t)len);
}

void
plant_random_text(struct planted *secret, const char *name, size_t len)
{
	static const char digits[16] = "0123456789abcdef";

	plant_random(secret, name, len);
	for (size_t i = 0; i < len; i++)
		secret->masked[i] = (unsigned char)digits[secret->masked[i] % 16] ^ MASK;
}

#define BARED_ROOM ((size_t)64 * 1024)
static unsigned char *bare;
static size_t bare_used;

void *
bared_room(size_t len)
{
	unsigned char *room;

	if (bare == NULL)
		bare = pages(BARED_ROOM, MAP_PRIVATE);
	check(bare_used + len <= BARED_ROOM);
	room = bare + bare_used;
	bare_used += (len + 15) / 16 * 16;
	return room;
}

void *
bared(const struct planted *secret)
{
	volatile unsigned char *to = bared_room(secret->len);

	check(secret->len != 0);
	for (size_t i = 0; i < secret->len; i++)
		to[i] = secret->masked[i] ^ MASK;
	return (void *)(uintptr_t)to;
}

void
bared_wipe(void)
{
	if (bare != NULL)
		explicit_bzero(bare, bare_used);
	bare_used = 0;
}

/* --- looking for them --------------------------------------------------------- */

#define PIECES_MOST 8192

/* All pieces, in lists by their first two bytes. */
static struct piece {
	unsigned char masked[PIECE];
	struct planted *secret;
	uint16_t next; /* an index from 1 */
} pieces[PIECES_MOST];
static uint16_t pieces_first[65536];
static uint16_t piece_count;

static bool
monotonous(const unsigned char *bytes)
{
	for (size_t i = 1; i < PIECE; i++)
		if (bytes[i] != bytes[0])
			return false;
	return true;
}

static void
piece_add(struct planted *secret, const unsigned char masked[PIECE])
{
	unsigned start = masked[0] | (unsigned)masked[1] << 8;
	struct piece *piece = &pieces[piece_count];

	if (monotonous(masked))
		return;
	check(piece_count + 1 < PIECES_MOST);
	memcpy(piece->masked, masked, PIECE);
	piece->secret = secret;
	piece->next = pieces_first[start];
	pieces_first[start] = ++piece_count;
}

enum form { AS_IT_IS, REVERSED, INNER_PAD, OUTER_PAD, FORMS };

static unsigned char
masked_in_form(const struct planted *secret, enum form form, size_t i)
{
	switch (form) {
	case REVERSED:
		return secret->masked[secret->len - 1 - i];
	case INNER_PAD:
		return secret->masked[i] ^ 0x36;
	case OUTER_PAD:
		return secret->masked[i] ^ 0x5c;
	default:
		return secret->masked[i];
	}
}

static void
pieces_cut(struct planted *secrets, size_t count)
{
	memset(pieces_first, 0, sizeof(pieces_first));
	piece_count = 0;
	for (size_t s = 0; s < count; s++) {
		struct planted *secret = &secrets[s];

		secret->guarded = secret->loose = secret->stack = 0;
		for (size_t at = 0; at + PIECE <= secret->len; at += PIECE)
			for (unsigned form = 0; form < FORMS; form++) {
				unsigned char piece[PIECE];

				for (size_t i = 0; i < PIECE; i++)
					piece[i] = masked_in_form(secret, form, at + i);
				piece_add(secret, piece);
			}
	}
}

/* The secret of which there is a piece here. */
static struct planted *
piece_at(const unsigned char *bytes)
{
	unsigned start = (bytes[0] ^ MASK) | (unsigned)(bytes[1] ^ MASK) << 8;

	for (unsigned n = pieces_first[start]; n != 0; n = pieces[n - 1].next) {
		size_t i = 2;

		while (i < PIECE && (bytes[i] ^ MASK) == pieces[n - 1].masked[i])
			i++;
		if (i == PIECE)
			return pieces[n - 1].secret;
	}
	return NULL;
}

/* A stretch of memory, or of a file. */
struct stretch {
	unsigned long long start, end;
	char name[128];
	bool guarded;
};

/* Nothing can be asked of pages that this process may not lock. */
static bool
lockable(void)
{
	struct rlimit limit;

	return getrlimit(RLIMIT_MEMLOCK, &limit) == 0 && limit.rlim_cur >= (rlim_t)4 << 20;
}

static void
sighted(struct planted *secret, const struct stretch *stretch, unsigned long long at, size_t len)
{
	if (stretch->guarded)
		secret->guarded++;
	else
		secret->loose++;
	if (strstr(stretch->name, "[stack") != NULL)
		secret->stack++;
	if (getenv("HANDFAST_TRACES") != NULL)
		fprintf(stderr, "\t%s: %zu bytes at %#llx in %s%s\n", secret->name, len, at,
		    stretch->guarded ? "guarded " : "", stretch->name);
}

/* What is read lies in `buffer`, which is no find. */
static void
stretch_search(int fd, const struct stretch *stretch)
{
	static unsigned char *buffer;
	const size_t room = (size_t)1 << 20;
	struct planted *last = NULL;
	unsigned long long run = 0, run_end = 0;

	if (buffer == NULL)
		buffer = pages(room, MAP_PRIVATE);
	for (unsigned long long at = stretch->start; at < stretch->end;) {
		ssize_t len = pread(fd, buffer,
		    stretch->end - at < room ? (size_t)(stretch->end - at) : room, (off_t)at);

		if (len < PIECE)
			break;
		for (size_t i = 0; i + PIECE <= (size_t)len; i++) {
			struct planted *secret = piece_at(buffer + i);

			if (secret == NULL)
				continue;
			if (secret != last || at + i > run_end) {
				if (last != NULL)
					sighted(last, stretch, run, (size_t)(run_end - run));
				run = at + i;
			}
			last = secret;
			run_end = at + i + PIECE;
		}
		if (at + (size_t)len >= stretch->end)
			break;
		at += (size_t)len - (PIECE - 1);
	}
	if (last != NULL)
		sighted(last, stretch, run, (size_t)(run_end - run));
	explicit_bzero(buffer, room);
}

/* The next mapping with its flags; false at the end. */
static bool
next_mapping(FILE *smaps, struct stretch *mapping, bool *writable)
{
	char line[512], mode[8];

	while (fgets(line, sizeof(line), smaps) != NULL) {
		unsigned long long start, end;
		int name = 0;

		if (sscanf(line, "%llx-%llx %7s %*s %*s %*s %n", &start, &end, mode, &name) == 3) {
			mapping->start = start;
			mapping->end = end;
			snprintf(mapping->name, sizeof(mapping->name), "%.*s",
			    (int)strcspn(line + name, "\n"), line + name);
			*writable = mode[0] == 'r' && mode[1] == 'w';
		} else if (strncmp(line, "VmFlags:", 8) == 0) {
			mapping->guarded = strstr(line, " dd") != NULL &&
			    strstr(line, " wf") != NULL &&
			    (strstr(line, " lo") != NULL || !lockable());
			return true;
		}
	}
	return false;
}

static int
memory_of(pid_t process)
{
	char path[64];
	int memory;

	snprintf(path, sizeof(path), "/proc/%d/mem", (int)process);
	memory = open(path, O_RDONLY | O_CLOEXEC);
	check(memory >= 0);
	return memory;
}

static void
look_everywhere(pid_t process)
{
	int memory = memory_of(process);
	struct stretch mapping;
	bool writable = false;
	char path[64];
	FILE *smaps;

	snprintf(path, sizeof(path), "/proc/%d/smaps", (int)process);
	smaps = fopen(path, "re");
	check(smaps != NULL);
	while (next_mapping(smaps, &mapping, &writable))
		if (writable)
			stretch_search(memory, &mapping);
	fclose(smaps);
	close(memory);
}

static void
look_at_stack(void)
{
	struct stretch stack = { .name = "[stack]" };
	int memory = memory_of(getpid());
	FILE *maps = fopen("/proc/self/maps", "re");
	char line[512];

	check(maps != NULL);
	while (fgets(line, sizeof(line), maps) != NULL)
		if (strstr(line, "[stack]") != NULL)
			check(sscanf(line, "%llx-%llx", &stack.start, &stack.end) == 2);
	check(stack.end != 0);
	stretch_search(memory, &stack);
	fclose(maps);
	close(memory);
}

/* By a thread of its own: what lies below where the caller's stack stands is to stay there. */
static struct looking {
	sem_t asked, done;
	pid_t process;
	bool stack_only;
} looking;

static void *
look_when_asked(void *unused)
{
	for (;;) {
		while (sem_wait(&looking.asked) != 0)
			;
		if (looking.stack_only)
			look_at_stack();
		else
			look_everywhere(looking.process);
		sem_post(&looking.done);
	}
	return unused;
}

static void
ask(pid_t process, bool stack_only)
{
	static pthread_t looker;

	if (looker == 0) {
		check(sem_init(&looking.asked, 0, 0) == 0 && sem_init(&looking.done, 0, 0) == 0);
		check(pthread_create(&looker, NULL, look_when_asked, NULL) == 0);
	}
	looking.process = process;
	looking.stack_only = stack_only;
	sem_post(&looking.asked);
	while (sem_wait(&looking.done) != 0)
		;
}

void
planted_search(struct planted *secrets, size_t count, pid_t process)
{
	pieces_cut(secrets, count);
	ask(process, false);
}

void
planted_search_stack(struct planted *secrets, size_t count)
{
	pieces_cut(secrets, count);
	ask(getpid(), true);
}

void
planted_search_file(struct planted *secrets, size_t count, const char *path)
{
	struct stretch whole = { .name = "the file" };
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	check(fd >= 0);
	pieces_cut(secrets, count);
	whole.end = (unsigned long long)lseek(fd, 0, SEEK_END);
	stretch_search(fd, &whole);
	close(fd);
}
