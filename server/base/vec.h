/*
 * vec: a growing array of any type.
 *
 *     VEC(struct slide) slides = {0};
 *     vec_push(&slides, slide);
 *     vec_each(&slides, s) use(s);
 *     vec_release(&slides);
 *
 * The holder owns the array and whatever the items own. Items move when it grows: keep indices,
 * not pointers, across a push.
 */
#pragma once

#include "base/mem.h"

#include <stddef.h>
#include <stdlib.h>

#define VEC(type)                                                                                  \
    struct {                                                                                       \
        type *items;                                                                               \
        size_t count;                                                                              \
        size_t capacity;                                                                           \
    }

#define vec_reserve(vec, extra)                                                                    \
    ((vec)->items =                                                                                \
         vec_grow((vec)->items, (vec)->count, (extra), &(vec)->capacity, sizeof *(vec)->items))

#define vec_push(vec, item) (vec_reserve((vec), 1), (void)((vec)->items[(vec)->count++] = (item)))

#define vec_last(vec) (&(vec)->items[(vec)->count - 1])

#define vec_each(vec, it)                                                                          \
    for (__typeof__(*(vec)->items) *it = (vec)->items, *it##_end = it ? it + (vec)->count : NULL;  \
         it != it##_end; it++)

#define vec_release(vec)                                                                           \
    (free((vec)->items), (vec)->items = NULL, (void)((vec)->count = (vec)->capacity = 0))

/* Room for `extra` more items; the array, perhaps elsewhere. */
void *vec_grow(void *items, size_t count, size_t extra, size_t *capacity, size_t size);
