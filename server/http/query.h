/*
 * query: the names and values in a URL's query, as forms write them.
 *
 * application/x-www-form-urlencoded as the URL standard parses it (§5.1): pairs between `&`, a plus
 * for a space, %XX for a byte, and what is malformed stands for itself. Bytes that are no UTF-8
 * become U+FFFD, so names and values are always valid, but may hold any character, NUL too. Pairs
 * beyond QUERY_MAX are left out. A query owns its texts and never fails.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"

#include <stdbool.h>
#include <stddef.h>

enum { QUERY_MAX = 32 };

struct query_pair {
    struct span name, value; /* in `text` */
};

struct query {
    struct strbuf text;
    size_t count;
    struct query_pair pairs[QUERY_MAX];
};

/* Of what follows a target's question mark, without it. */
void query_parse(struct query *query, struct span text);
void query_release(struct query *query);

/* The first value of a name; false where it has none. */
bool query_value(const struct query *query, const char *name, struct span *ret_value);

/* The next value of a name that may be repeated, from *position on, which starts at 0. */
bool query_next(const struct query *query, const char *name, size_t *position,
                struct span *ret_value);
