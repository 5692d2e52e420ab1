/*
 * tally: how many of each there are.
 *
 * Counts keys up and down in constant time, with no memory beyond what tally_init took: a table
 * with open addressing, never more than half full. The hash has a random factor, so that nobody
 * can choose addresses that collide. Not safe from several threads at once.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct tally {
    struct tally_slot *slots;
    size_t mask;
    unsigned shift;
    uint64_t factor;
};

/* For at most `keys` different ones at a time. */
void tally_init(struct tally *tally, size_t keys);
void tally_release(struct tally *tally);

unsigned tally_count(const struct tally *tally, uint64_t key);
void tally_add(struct tally *tally, uint64_t key);
void tally_remove(struct tally *tally, uint64_t key); /* one that was added */
