/*
 * range: which bytes of a form a client asks for (RFC 9110 §14).
 *
 * Only the unit `bytes` is known. What is malformed is ignored, as is a request for so many pieces
 * that sending the whole is cheaper for everybody. Pieces that overlap or nearly touch are joined,
 * and stay in the order in which they were asked for.
 */
#pragma once

#include "base/span.h"

#include <stddef.h>
#include <stdint.h>

enum { RANGES_MAX = 16 };

struct byte_range {
    uint64_t first, last; /* both included */
};

struct byte_ranges {
    size_t count;
    struct byte_range list[RANGES_MAX];
};

enum range_result {
    RANGE_WHOLE,         /* 200: the field is to be ignored */
    RANGE_PARTS,         /* 206: one or more */
    RANGE_UNSATISFIABLE, /* 416 */
};

/* Reads the value of a Range field for a form of `size` bytes. */
enum range_result range_parse(struct span value, uint64_t size, struct byte_ranges *ret_ranges);
