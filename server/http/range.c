#include "http/range.h"

#include "http/fields.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

/* More list elements than this are an attack or a mistake, whatever they say. */
enum { SPECS_MAX = 64 };

/* A gap smaller than what a part's own header costs is sent along. */
enum { GAP_MAX = 80 };

static bool number_parse(struct span text, uint64_t *ret_number)
{
    uint64_t number = 0;

    if (text.len == 0)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (!isdigit((unsigned char)text.data[i]))
            return false;
        /* Beyond what any file has: stay there, it means the same. */
        if (number > UINT64_MAX / 100)
            continue;
        number = number * 10 + (uint64_t)(text.data[i] - '0');
    }
    *ret_number = number;
    return true;
}

enum spec { SPEC_MALFORMED, SPEC_BEYOND, SPEC_FOUND };

static enum spec spec_parse(struct span text, uint64_t size, struct byte_range *ret_range)
{
    ptrdiff_t dash = span_find_char(text, '-');
    struct span left, right;
    uint64_t first, last = UINT64_MAX;

    if (dash < 0)
        return SPEC_MALFORMED;
    left = span_cut(text, 0, (size_t)dash);
    right = span_from(text, (size_t)dash + 1);
    if (left.len == 0) { /* the last so many bytes */
        if (!number_parse(right, &last))
            return SPEC_MALFORMED;
        if (last == 0 || size == 0)
            return SPEC_BEYOND;
        *ret_range = (struct byte_range){last < size ? size - last : 0, size - 1};
        return SPEC_FOUND;
    }
    if (!number_parse(left, &first) ||
        (right.len > 0 && (!number_parse(right, &last) || last < first)))
        return SPEC_MALFORMED;
    if (first >= size)
        return SPEC_BEYOND;
    *ret_range = (struct byte_range){first, last < size ? last : size - 1};
    return SPEC_FOUND;
}

static bool near(struct byte_range a, struct byte_range b)
{
    return a.first <= b.last + 1 + GAP_MAX && b.first <= a.last + 1 + GAP_MAX;
}

/* Joins the new one with all that it touches; false where there is no room. */
static bool add_joined(struct byte_ranges *ranges, struct byte_range range)
{
    size_t kept = 0, place = ranges->count;

    for (size_t i = 0; i < ranges->count; i++) {
        struct byte_range other = ranges->list[i];

        if (!near(other, range)) {
            ranges->list[kept++] = other;
            continue;
        }
        range.first = other.first < range.first ? other.first : range.first;
        range.last = other.last > range.last ? other.last : range.last;
        if (place == ranges->count)
            place = kept;
    }
    if (kept == RANGES_MAX)
        return false;
    place = place < kept ? place : kept;
    memmove(ranges->list + place + 1, ranges->list + place, (kept - place) * sizeof *ranges->list);
    ranges->list[place] = range;
    ranges->count = kept + 1;
    return true;
}

static uint64_t total(const struct byte_ranges *ranges)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < ranges->count; i++)
        sum += ranges->list[i].last - ranges->list[i].first + 1;
    return sum;
}

enum range_result range_parse(struct span value, uint64_t size, struct byte_ranges *ret_ranges)
{
    struct byte_ranges ranges = {.count = 0};
    ptrdiff_t equals = span_find_char(value, '=');
    struct span rest, spec;
    size_t specs = 0;

    if (equals < 0 || !span_is_nocase(span_cut(value, 0, (size_t)equals), "bytes"))
        return RANGE_WHOLE;
    rest = span_from(value, (size_t)equals + 1);
    while (fields_next_element(&rest, &spec)) {
        struct byte_range range;

        if (++specs > SPECS_MAX)
            return RANGE_WHOLE;
        switch (spec_parse(spec, size, &range)) {
        case SPEC_MALFORMED:
            return RANGE_WHOLE;
        case SPEC_BEYOND:
            break;
        case SPEC_FOUND:
            if (!add_joined(&ranges, range))
                return RANGE_WHOLE;
            break;
        }
    }
    if (specs == 0)
        return RANGE_WHOLE;
    if (ranges.count == 0)
        return RANGE_UNSATISFIABLE;
    if (ranges.count > 1 && total(&ranges) + ranges.count * GAP_MAX >= size)
        return RANGE_WHOLE;
    *ret_ranges = ranges;
    return RANGE_PARTS;
}
