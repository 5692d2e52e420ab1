/*
 * deck_field: the fields of values that are maps, such as speakers, links and recordings.
 *
 * Authors name one field in several ways; the first name that has a text counts.
 */
#pragma once

#include "base/strbuf.h"
#include "conf/node.h"

#include <stdbool.h>

/* A text or a number, which may stand for one; NULL is none. */
bool field_is_text(const struct node *node);

/* The text under the first of the names (ended by NULL) that has one, copied; NULL: none has. */
char *field_text(const struct node *map, const char *const *names);

/*
 * Hands each item of a list to `add`, or the node itself if it is none: an author who has one
 * speaker need not write a list. False once an item does not fit.
 */
bool field_each(const struct node *node, bool (*add)(void *into, const struct node *), void *into);

struct field {
    const char *key, *value;
};

/* A map in JSON, the next item of a list that was begun; fields without a value are left out. */
void fields_append(struct strbuf *out, size_t count, const struct field *fields);
