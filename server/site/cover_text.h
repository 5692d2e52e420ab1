/*
 * cover_text: a text cut into lines for a drawing, which cannot wrap it itself.
 *
 * How wide letters are depends on a font that only the reader's machine knows; so widths are
 * estimated, in thousandths of the font's size, rather too large. Lines break at blanks, between
 * wide characters (Chinese, Japanese), and in words that are longer than a line; never before a
 * mark. What XML has no place for is left out.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"

#include <stdbool.h>
#include <stddef.h>

enum { COVER_LINES_MAX = 6 };

struct cover_text {
    size_t count;
    struct strbuf lines[COVER_LINES_MAX];
    bool whole; /* false where the last line ends in `…` for what did not fit */
};

/* `width` in thousandths of the font's size; `most` lines at most, up to COVER_LINES_MAX. */
void cover_text_wrap(struct cover_text *text, struct span words, unsigned width, size_t most);
void cover_text_release(struct cover_text *text);

/* True if its first letter that has a direction goes from right to left. */
bool cover_text_runs_left(struct span words);
