/*
 * nearest: which known word a mistyped one was meant to be.
 *
 * Counts letters added, left out, changed, and neighbours swapped (optimal string alignment), case
 * and the difference of `-` and `_` ignored. A word is near if at most a third of it is wrong.
 */
#pragma once

#include <stddef.h>

struct nearest {
    const char *word; /* borrowed */
    const char *best; /* borrowed from the offers; NULL while none is near */
    size_t distance;
};

void nearest_init(struct nearest *nearest, const char *word);
void nearest_offer(struct nearest *nearest, const char *candidate);
