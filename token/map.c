/* SPDX-License-Identifier: Apache-2.0 */
/* The map of map.h: linear probing; removal moves followers back, so there are no tombstones. */
#include "token/map.h"

#include <stdlib.h>

#define ROOM_FIRST 16

static size_t
place_of(const struct map *map, uint64_t key)
{
	/* Fibonacci hashing: handles and ids are consecutive. */
	return (size_t)((key * UINT64_C(0x9e3779b97f4a7c15)) >> 32) & (map->room - 1);
}

static size_t
find(const struct map *map, uint64_t key)
{
	size_t at = place_of(map, key);

	while (map->places[at].value != NULL && map->places[at].key != key)
		at = (at + 1) & (map->room - 1);
	return at;
}

void *
map_get(const struct map *map, uint64_t key)
{
	return map->room == 0 ? NULL : map->places[find(map, key)].value;
}

static bool
grow(struct map *map)
{
	struct map larger = { .room = map->room == 0 ? ROOM_FIRST : map->room * 2 };

	larger.places = calloc(larger.room, sizeof(*larger.places));
	if (larger.places == NULL)
		return false;
	for (size_t i = 0; i < map->room; i++) {
		if (map->places[i].value != NULL)
			larger.places[find(&larger, map->places[i].key)] = map->places[i];
	}
	larger.count = map->count;
	free(map->places);
	*map = larger;
	return true;
}

bool
map_put(struct map *map, uint64_t key, void *value)
{
	size_t at;

	if (map->count * 4 >= map->room * 3 && !grow(map))
		return false;
	at = find(map, key);
	if (map->places[at].value == NULL)
		map->count++;
	map->places[at] = (struct map_place){ key, value };
	return true;
}

void *
map_remove(struct map *map, uint64_t key)
{
	size_t hole, at;
	void *value;

	if (map->room == 0)
		return NULL;
	hole = find(map, key);
	value = map->places[hole].value;
	if (value == NULL)
		return NULL;
	map->count--;
	for (at = (hole + 1) & (map->room - 1); map->places[at].value != NULL;
	     at = (at + 1) & (map->room - 1)) {
		size_t home = place_of(map, map->places[at].key);

		/* May this follower stand in the hole?  Only if its home is not between the two. */
		if (((at - home) & (map->room - 1)) >= ((at - hole) & (map->room - 1))) {
			map->places[hole] = map->places[at];
			hole = at;
		}
	}
	map->places[hole].value = NULL;
	return value;
}

void *
map_next(const struct map *map, size_t *at)
{
	while (*at < map->room) {
		void *value = map->places[(*at)++].value;

		if (value != NULL)
			return value;
	}
	return NULL;
}

void
map_release(struct map *map)
{
	free(map->places);
	*map = (struct map){ 0 };
}
