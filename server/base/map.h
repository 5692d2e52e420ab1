/*
 * map: from byte strings to pointers.
 *
 * An open-addressing hash table. Keys are copied into the map, values are borrowed. Iteration is
 * in the order of insertion, so that whatever is built from a map is the same in every run.
 * Reading from several threads is safe as long as none writes.
 */
#pragma once

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct map_entry {
    struct span key; /* NUL-terminated, owned by the map */
    void *value;
    uint64_t hash;
};

struct map {
    struct map_entry *entries; /* in order of insertion */
    size_t count, capacity;
    uint32_t *slots; /* index + 1 into entries, 0 where free */
    size_t slot_count;
};

void map_init(struct map *map);
void map_release(struct map *map);

void *map_get(const struct map *map, struct span key); /* NULL when absent */

/* Sets the value of the key; what stood there before is returned, NULL if nothing did. */
void *map_put(struct map *map, struct span key, void *value);
