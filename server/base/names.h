/*
 * names: names in either Unicode form.
 *
 * Some systems write an accent into the letter of a name, others behind it, and people type either.
 * Beside the map from names as they are, a second one by their composed form (NFC) finds what was
 * spelled otherwise. Plain ASCII has one spelling and is not in it.
 */
#pragma once

#include "base/map.h"
#include "base/span.h"

#include <stdbool.h>

/* The first that takes a form keeps it; nothing happens for ASCII. */
void names_put(struct map *composed, struct span name, void *value);

/* NULL when absent, and for ASCII. */
void *names_get(const struct map *composed, struct span name);

/* True if the two are spellings of one name. */
bool names_alike(struct span a, struct span b);
