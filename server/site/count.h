/*
 * count: how many there are of a thing, in words: "1 deck", "4 decks".
 */
#pragma once

#include "base/strbuf.h"

#include <stddef.h>

void count_append(struct strbuf *out, size_t count, const char *noun);
