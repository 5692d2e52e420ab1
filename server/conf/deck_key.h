/*
 * deck_key: the table of keys that a deck may set.
 *
 * One row a key: its name, its place in struct deck_settings, and its type, which reads a node into
 * the place and writes the place as JSON. Everything that knows keys goes through this table.
 */
#pragma once

#include "base/err.h"
#include "conf/deck_settings.h"
#include "conf/deck_value.h"
#include "conf/node.h"

#include <stdbool.h>
#include <stddef.h>

struct deck_key {
    const char *name;
    const struct value_type *type;
    size_t place;
    const char *help;
};

extern const struct deck_key deck_keys[];
extern const size_t deck_key_count;

const struct deck_key *deck_key_find(const char *name); /* NULL: no such key */

/* Reads the value if the key's type fits, notes its origin, and reports it otherwise. */
void deck_key_set(const struct deck_key *key, struct deck_settings *settings,
                  const struct node *value, struct err_list *errs);
