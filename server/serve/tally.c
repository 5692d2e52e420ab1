#include "serve/tally.h"

#include "base/mem.h"

#include <assert.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>

struct tally_slot {
    uint64_t key;
    unsigned count; /* 0: free */
};

void tally_init(struct tally *tally, size_t keys)
{
    unsigned bits = 1;

    while (((size_t)1 << bits) < 2 * keys)
        bits++;
    tally->slots = mem_zero((size_t)1 << bits, sizeof *tally->slots);
    tally->mask = ((size_t)1 << bits) - 1;
    tally->shift = 64 - bits;
    if (getrandom(&tally->factor, sizeof tally->factor, GRND_NONBLOCK) !=
        (ssize_t)sizeof tally->factor)
        tally->factor = (uint64_t)time(NULL) * 0x9e3779b97f4a7c15; /* early at boot */
    tally->factor |= 1;
}

void tally_release(struct tally *tally)
{
    free(tally->slots);
    tally->slots = NULL;
}

/* Multiplicative hashing: the upper bits of the product depend on all of the key's. */
static size_t home(const struct tally *tally, uint64_t key)
{
    return (size_t)(((key ^ key >> 32) * tally->factor) >> tally->shift);
}

/* Where the key is, or the free slot where it would be. */
static size_t find(const struct tally *tally, uint64_t key)
{
    size_t i = home(tally, key);

    while (tally->slots[i].count > 0 && tally->slots[i].key != key)
        i = (i + 1) & tally->mask;
    return i;
}

unsigned tally_count(const struct tally *tally, uint64_t key)
{
    return tally->slots[find(tally, key)].count;
}

void tally_add(struct tally *tally, uint64_t key)
{
    struct tally_slot *slot = &tally->slots[find(tally, key)];

    slot->key = key;
    slot->count++;
}

/* Moves up what was pushed behind the slot that became free, so that searches need no marks. */
static void close_gap(const struct tally *tally, size_t gap)
{
    for (size_t i = (gap + 1) & tally->mask; tally->slots[i].count > 0; i = (i + 1) & tally->mask) {
        size_t wanted = home(tally, tally->slots[i].key);

        if (((i - wanted) & tally->mask) < ((i - gap) & tally->mask))
            continue; /* its home lies behind the gap */
        tally->slots[gap] = tally->slots[i];
        tally->slots[i].count = 0;
        gap = i;
    }
}

void tally_remove(struct tally *tally, uint64_t key)
{
    size_t i = find(tally, key);

    assert(tally->slots[i].count > 0);
    if (--tally->slots[i].count == 0)
        close_gap(tally, i);
}
