/*
 * words: what search takes for a word.
 *
 * A run of letters, digits and their marks, folded (base/fold.h); of scripts that are written
 * without spaces, each letter by itself with the marks that belong to it. Index, questions and
 * excerpts all cut texts with this, so that they never differ. What is very long is cut off, as
 * nobody types it. Cutting what was cut gives the same.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"

#include <stdbool.h>
#include <stddef.h>

enum { WORD_BYTES_MAX = 64 };

struct word {
    size_t start, end;  /* in the text */
    struct span folded; /* valid until the next one */
    bool unspaced;      /* one letter of several that make a word */
};

struct words {
    struct span text; /* valid UTF-8; other bytes separate words */
    size_t at;
    struct strbuf folded;
};

void words_init(struct words *words, struct span text);
void words_release(struct words *words);

/* False at the end. */
bool words_next(struct words *words, struct word *ret_word);
