#include "base/map.h"

#include "base/mem.h"
#include "base/vec.h"

#include <stdlib.h>
#include <xxhash.h>

enum { MAP_FIRST_SLOTS = 16 };

void map_init(struct map *map)
{
    *map = (struct map){0};
}

void map_release(struct map *map)
{
    for (size_t i = 0; i < map->count; i++)
        free((void *)map->entries[i].key.data);
    free(map->entries);
    free(map->slots);
    map_init(map);
}

/* The slot of the key, or the free one where it belongs. */
static size_t find_slot(const struct map *map, struct span key, uint64_t hash)
{
    size_t mask = map->slot_count - 1;
    size_t slot = (size_t)hash & mask;

    for (; map->slots[slot]; slot = (slot + 1) & mask) {
        const struct map_entry *entry = &map->entries[map->slots[slot] - 1];

        if (entry->hash == hash && span_equal(entry->key, key))
            break;
    }
    return slot;
}

static void enlarge(struct map *map)
{
    size_t mask;

    free(map->slots);
    map->slot_count = map->slot_count ? map->slot_count * 2 : MAP_FIRST_SLOTS;
    map->slots = mem_zero(map->slot_count, sizeof *map->slots);
    mask = map->slot_count - 1;
    for (size_t i = 0; i < map->count; i++) {
        size_t slot = (size_t)map->entries[i].hash & mask;

        while (map->slots[slot])
            slot = (slot + 1) & mask;
        map->slots[slot] = (uint32_t)(i + 1);
    }
}

void *map_get(const struct map *map, struct span key)
{
    size_t slot;

    if (map->count == 0)
        return NULL;
    slot = find_slot(map, key, XXH3_64bits(key.data, key.len));
    return map->slots[slot] ? map->entries[map->slots[slot] - 1].value : NULL;
}

void *map_put(struct map *map, struct span key, void *value)
{
    uint64_t hash = XXH3_64bits(key.data, key.len);
    size_t slot;

    if (map->count + 1 > map->slot_count / 4 * 3)
        enlarge(map);
    slot = find_slot(map, key, hash);
    if (map->slots[slot]) {
        struct map_entry *entry = &map->entries[map->slots[slot] - 1];
        void *before = entry->value;

        entry->value = value;
        return before;
    }
    if (map->count >= UINT32_MAX - 1)
        mem_exhausted();
    map->entries = vec_grow(map->entries, map->count, 1, &map->capacity, sizeof *map->entries);
    map->entries[map->count++] = (struct map_entry){
        .key = {mem_copy(key.data, key.len), key.len},
        .value = value,
        .hash = hash,
    };
    map->slots[slot] = (uint32_t)map->count;
    return NULL;
}
