/* Any bytes as a Range of a form whose size comes first: parts are inside it and apart. */
#include "target.h"

#include "http/range.h"

#include <string.h>

static void check_part(const struct byte_ranges *ranges, size_t i, uint64_t total)
{
    const struct byte_range *part = &ranges->list[i];

    check(part->first <= part->last && part->last < total);
    for (size_t j = 0; j < i; j++)
        check(part->first > ranges->list[j].last || ranges->list[j].first > part->last);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct byte_ranges ranges;
    uint64_t total;

    if (size < sizeof total)
        return 0;
    memcpy(&total, data, sizeof total);
    total &= INT64_MAX; /* what a file can have */
    if (range_parse((struct span){(const char *)data + sizeof total, size - sizeof total}, total,
                    &ranges) != RANGE_PARTS)
        return 0;
    check(ranges.count > 0 && ranges.count <= RANGES_MAX);
    for (size_t i = 0; i < ranges.count; i++)
        check_part(&ranges, i, total);
    return 0;
}
