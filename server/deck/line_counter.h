/*
 * line_counter: the line of an offset, asked for many offsets of one text.
 *
 * Counts from where it was asked last, so that asking in order is linear in the text.
 */
#pragma once

#include "base/span.h"

#include <stddef.h>

struct line_counter {
    size_t at;     /* start with 0 */
    unsigned line; /* start with the line of the text's first byte */
};

unsigned line_counter_at(struct line_counter *counter, struct span text, size_t at);
