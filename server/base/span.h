/*
 * span: a borrowed run of bytes.
 *
 * Parsers cut text into spans instead of copying it. A span owns nothing and is valid only as
 * long as what it points into; it need not end in NUL. The empty span may have NULL data.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct span {
    const char *data;
    size_t len;
};

#define SPAN(literal) ((struct span){(literal), sizeof(literal) - 1})

struct span span_of(const char *text); /* NULL gives the empty span */
struct span span_from(struct span text, size_t start);
struct span span_cut(struct span text, size_t start, size_t end);
bool span_equal(struct span a, struct span b);
bool span_is(struct span a, const char *text);
bool span_is_nocase(struct span a, const char *text); /* ASCII case only */
bool span_starts_with(struct span text, struct span prefix);
bool span_ends_with(struct span text, struct span suffix);
int span_compare(struct span a, struct span b); /* bytewise, as memcmp */

/* Position of the first occurrence, or -1. */
ptrdiff_t span_find_char(struct span text, char c);
ptrdiff_t span_find(struct span text, struct span needle);

/* Without ASCII white space (space, tab, CR, LF, FF, VT) at both ends. */
struct span span_trim(struct span text);

/* Cuts the first line off *rest, without its line feed; false when nothing is left. */
bool span_next_line(struct span *rest, struct span *ret_line);

/* Cuts the part before the first separator off *rest; false when nothing is left. */
bool span_next_part(struct span *rest, char separator, struct span *ret_part);

/* Whether the character is one of the set; NUL never is, whatever strchr says. */
bool span_set_has(const char *set, char c);
