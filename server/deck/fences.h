/*
 * fences: the lines of a text that open or close fenced code, and what closes what.
 *
 * A line counts wherever it is; whether it opens a fence is known only to whoever walks the text
 * forward. Looking for what closes each in one pass backwards keeps that walk linear.
 */
#pragma once

#include "base/span.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stddef.h>

#define FENCE_NONE ((size_t)-1)

struct fence {
    size_t start, end; /* the line, without its line feed */
    size_t len;        /* of the fence: three or more characters */
    char character;    /* ` or ~ */
    bool info;         /* has an info string */
    bool marked;       /* stands behind a list marker */
    size_t closer;     /* index of the next line that could close it, or FENCE_NONE */
    size_t rival;      /* of the next one that would do so but for an info string */
};

struct fence_list {
    VEC(struct fence) list;
};

void fence_list_find(struct fence_list *fences, struct span text);
void fence_list_release(struct fence_list *fences);

/* Behind indentation and list markers of a line that begins at `at`. */
size_t line_content(struct span text, size_t at, bool *ret_marked);
