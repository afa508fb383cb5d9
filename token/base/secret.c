/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Secrets and the arena they lie in.  Knows nothing of what the bytes mean.
 *
 * The arena is a set of regions, each a mapping of its own between two
 * inaccessible pages, cut into blocks of one size; a block too large for a class
 * gets a region to itself.  Blocks end where the region ends, so that running
 * over the last one meets the guard.  What is free is kept in ordinary memory
 * beside the arena: nothing in it but secrets, and no secret can be read or bent
 * through the book-keeping.  Free blocks are all zeros, always, so that only
 * giving back costs a wipe.
 */
#define _GNU_SOURCE
#include "token/base/secret.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <openssl/crypto.h>

#ifndef __has_feature
#define __has_feature(feature) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
#endif

/* A private key's attributes, even an RSA key of 16384 bits, fit the largest. */
static const uint32_t class_sizes[] = { 16, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024,
	1536, 2048, 3072, 4096, 6144, 8192, 12288, 16384 };

#define LARGEST_CLASS 16384U
#define BLOCK_ALIGNMENT 16U
/* Small at first, since what may be locked is often little; then as large as the class is already,
 * so that many keys do not take many mappings. */
#define REGION_LEAST ((size_t)16 * 1024)
#define REGION_MOST ((size_t)1024 * 1024)

#define BITS 64U /* in a word of a region's bitmap */

struct region {
	unsigned char *map; /* guard, pages, guard */
	size_t map_len;
	unsigned char *blocks;
	size_t block; /* size of one */
	uint32_t count, used;
	uint32_t hint;            /* no word of the bitmap before this one has a free block */
	struct size_class *class; /* NULL: one large block */
	struct region *next;      /* among those of the class that have a free block */
	struct region **slot;     /* what points here in that list; NULL: full, not in it */
	uint64_t taken[];         /* one bit for each block */
};

struct size_class {
	struct region *open; /* regions with a free block */
	size_t bytes;        /* in all regions */
};

/* One lock for everything: it is held for some tens of nanoseconds and never during a system call
 * but those that get and give back a region. */
static struct {
	pthread_mutex_t lock;
	struct size_class classes[COUNT_OF(class_sizes)];
	struct region **regions; /* ascending by address */
	size_t count, room;
} arena = { .lock = BRIEF_LOCK };

static size_t
round_up(size_t size, size_t unit)
{
	return (size + unit - 1) / unit * unit;
}

/* The last region at or below `address`, as an index; arena.count when there is none. */
static size_t
region_index(const unsigned char *address)
{
	size_t low = 0, high = arena.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (arena.regions[middle]->blocks <= address)
			low = middle + 1;
		else
			high = middle;
	}
	return low == 0 ? arena.count : low - 1;
}

/* The region that a block lies in.  NULL: not of this arena. */
static struct region *
region_of(const void *memory)
{
	const unsigned char *address = memory;
	size_t i = region_index(address);
	struct region *region = i < arena.count ? arena.regions[i] : NULL;

	if (region == NULL || (size_t)(address - region->blocks) >= region->count * region->block)
		return NULL;
	return region;
}

static bool
region_enter(struct region *region)
{
	size_t at = region_index(region->blocks);

	if (arena.count == arena.room) {
		size_t room = arena.room == 0 ? 16 : arena.room * 2;
		struct region **more = realloc(arena.regions, room * sizeof(struct region *));

		if (more == NULL)
			return false;
		arena.regions = more;
		arena.room = room;
	}
	at = at == arena.count ? 0 : at + 1;
	memmove(&arena.regions[at + 1], &arena.regions[at],
	    (arena.count - at) * sizeof(struct region *));
	arena.regions[at] = region;
	arena.count++;
	return true;
}

/* Keeps the pages out of swap, core dumps and children, as far as the system goes along. */
static void
pages_protect(void *pages, size_t len)
{
	(void)madvise(pages, len, MADV_DONTDUMP);
	(void)madvise(pages, len, MADV_WIPEONFORK);
	(void)mlock(pages, len);
}

/* Maps room for `count` blocks between guards and writes it down. */
static struct region *
region_new(size_t block, uint32_t count)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE), pages = round_up(block * count, page);
	size_t words = (count + BITS - 1) / BITS;
	struct region *region = calloc(1, sizeof(*region) + words * sizeof(uint64_t));

	if (region == NULL)
		return NULL;
	region->map_len = pages + 2 * page;
	region->map = mmap(NULL, region->map_len, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (region->map == MAP_FAILED) {
		free(region);
		return NULL;
	}
	region->blocks = region->map + page + pages - block * count;
	region->block = block;
	region->count = count;
	if (mprotect(region->map + page, pages, PROT_READ | PROT_WRITE) != 0 ||
	    !region_enter(region)) {
		munmap(region->map, region->map_len);
		free(region);
		return NULL;
	}
	pages_protect(region->map + page, pages);
	ASAN_POISON_MEMORY_REGION(region->blocks, block * count);
	return region;
}

static void
region_release(struct region *region)
{
	size_t at = region_index(region->blocks);

	arena.count--;
	memmove(&arena.regions[at], &arena.regions[at + 1],
	    (arena.count - at) * sizeof(struct region *));
	ASAN_UNPOISON_MEMORY_REGION(region->blocks, region->block * region->count);
	munmap(region->map, region->map_len);
	free(region);
}

static void
class_open(struct size_class *class, struct region *region)
{
	region->next = class->open;
	region->slot = &class->open;
	if (region->next != NULL)
		region->next->slot = &region->next;
	class->open = region;
}

static void
class_shut(struct region *region)
{
	*region->slot = region->next;
	if (region->next != NULL)
		region->next->slot = region->slot;
	region->slot = NULL;
}

/* A region with a free block, of this class. */
static struct region *
class_region(struct size_class *class)
{
	size_t block = class_sizes[class - arena.classes], len = class->bytes;
	struct region *region;

	if (class->open != NULL)
		return class->open;
	len = len < REGION_LEAST ? REGION_LEAST : len > REGION_MOST ? REGION_MOST : len;
	region = region_new(block, (uint32_t)(len / block));
	if (region == NULL)
		return NULL;
	region->class = class;
	class->bytes += block * region->count;
	class_open(class, region);
	return region;
}

static void *
block_take(struct region *region)
{
	uint32_t word = region->hint, i;

	while (region->taken[word] == UINT64_MAX)
		word++;
	i = word * BITS + (uint32_t)__builtin_ctzll(~region->taken[word]);
	region->hint = word;
	region->taken[word] |= UINT64_C(1) << (i % BITS);
	region->used++;
	if (region->used == region->count && region->class != NULL)
		class_shut(region);
	return region->blocks + i * region->block;
}

/* Gives a wiped block back; a class keeps one empty region against thrashing. */
static void
block_give(struct region *region, uint32_t i)
{
	struct size_class *class = region->class;

	region->taken[i / BITS] &= ~(UINT64_C(1) << (i % BITS));
	region->used--;
	if (i / BITS < region->hint)
		region->hint = i / BITS;
	if (class == NULL) {
		region_release(region);
		return;
	}
	if (region->slot == NULL)
		class_open(class, region);
	if (region->used == 0 && (class->open != region || region->next != NULL)) {
		class_shut(region);
		class->bytes -= region->block * region->count;
		region_release(region);
	}
}

static struct region *
region_for(size_t len)
{
	size_t i = 0;

	if (len > LARGEST_CLASS)
		return region_new(round_up(len, BLOCK_ALIGNMENT), 1);
	while (class_sizes[i] < len)
		i++;
	return class_region(&arena.classes[i]);
}

void *
arena_alloc(size_t len)
{
	struct region *region;
	void *memory = NULL;

	if (len > SIZE_MAX / 2)
		return NULL;
	pthread_mutex_lock(&arena.lock);
	region = region_for(len);
	if (region != NULL) {
		memory = block_take(region);
		ASAN_UNPOISON_MEMORY_REGION(memory, region->block);
	}
	pthread_mutex_unlock(&arena.lock);
	return memory;
}

void
arena_free(void *memory)
{
	struct region *region;
	uint32_t i;

	if (memory == NULL)
		return;
	pthread_mutex_lock(&arena.lock);
	region = region_of(memory);
	/* Unknown: inherited by a forked child, which the kernel gave zeros in its place. */
	if (region != NULL) {
		i = (uint32_t)((uintptr_t)memory - (uintptr_t)region->blocks) /
		    (uint32_t)region->block;
		explicit_bzero(memory, region->block);
		ASAN_POISON_MEMORY_REGION(memory, region->block);
		block_give(region, i);
	}
	pthread_mutex_unlock(&arena.lock);
}

size_t
arena_size(const void *memory)
{
	struct region *region;
	size_t size;

	pthread_mutex_lock(&arena.lock);
	region = region_of(memory);
	size = region != NULL ? region->block : 0;
	pthread_mutex_unlock(&arena.lock);
	return size;
}

void
arena_forget(void)
{
	/*
	 * Another thread of the parent may have been anywhere in here at the fork:
	 * neither the lock nor the lists can be trusted, and nothing is freed.
	 */
	brief_lock_init(&arena.lock);
	memset(arena.classes, 0, sizeof(arena.classes));
	arena.regions = NULL;
	arena.count = arena.room = 0;
}

bool
secret_alloc(struct secret *secret, size_t len)
{
	secret_clear(secret);
	if (len == 0)
		return true;
	secret->data = arena_alloc(len);
	if (secret->data == NULL)
		return false;
	secret->len = len;
	return true;
}

bool
secret_copy(struct secret *to, struct view from)
{
	struct secret copy = { 0 };

	/* Copied before `to` is cleared: `from` may be a view of it. */
	if (!secret_alloc(&copy, from.len)) {
		secret_clear(to);
		return false;
	}
	if (from.len > 0)
		memcpy(copy.data, from.data, from.len);
	secret_move(to, &copy);
	return true;
}

void
secret_move(struct secret *to, struct secret *from)
{
	struct secret moved = *from;

	*from = (struct secret){ 0 };
	secret_clear(to);
	*to = moved;
}

void
secret_keep_leading(struct secret *secret, size_t len)
{
	if (len == 0) {
		secret_clear(secret);
		return;
	}
	explicit_bzero(secret->data + len, secret->len - len);
	secret->len = len;
}

void
secret_keep_trailing(struct secret *secret, size_t len)
{
	if (len > 0)
		memmove(secret->data, secret->data + (secret->len - len), len);
	secret_keep_leading(secret, len);
}

void
secret_clear(struct secret *secret)
{
	arena_free(secret->data);
	*secret = (struct secret){ 0 };
}

bool
secret_equal(struct view a, struct view b)
{
	return a.len == b.len && (a.len == 0 || CRYPTO_memcmp(a.data, b.data, a.len) == 0);
}

__attribute__((noinline)) void
stack_wipe(void)
{
	/* What was seen to be left lay within two kilobytes. */
	unsigned char below[8192];

	explicit_bzero(below, sizeof(below));
}
