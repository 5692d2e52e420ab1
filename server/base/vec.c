#include "base/vec.h"

#include <stdint.h>

void *vec_grow(void *items, size_t count, size_t extra, size_t *capacity, size_t size)
{
    size_t larger = *capacity + *capacity / 2;

    if (extra > SIZE_MAX - count)
        mem_exhausted();
    if (count + extra <= *capacity)
        return items;
    if (larger < count + extra)
        larger = count + extra;
    if (larger < 8)
        larger = 8;
    *capacity = larger;
    return mem_resize(items, larger, size);
}
