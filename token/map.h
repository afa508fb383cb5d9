/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A map from numbers (handles, record ids; never 0) to pointers (never NULL).
 * Open addressing, grows by doubling.  No lock of its own.
 */
#ifndef HANDFAST_MAP_H
#define HANDFAST_MAP_H

#include "token/base/base.h"

struct map {
	struct map_place {
		uint64_t key;
		void *value;
	} * places;
	size_t count; /* keys in use */
	size_t room;  /* a power of two, or 0 */
};

void *map_get(const struct map *map, uint64_t key);
/* Inserts or replaces; false when there is no memory. */
bool map_put(struct map *map, uint64_t key, void *value) MUST_CHECK;
/* The value that was there, or NULL. */
void *map_remove(struct map *map, uint64_t key);
/* Walks: start with *at = 0; NULL at the end.  The map must not change meanwhile. */
void *map_next(const struct map *map, size_t *at);
void map_release(struct map *map);

#endif
