/*
 * math: TeX in a slide.
 *
 * By default Markdown reads math as text and the page draws it; all that is asked here is whether
 * a text may hold any. With `math: raw` it is taken out before Markdown sees it: `$…$` and `\(…\)`
 * become <span class="math inline">, `$$…$$` and `\[…\]` elements with class "math display".
 * The page's script has the same rules: a dollar opens only if no blank follows, and closes only
 * if no blank precedes and no digit follows, so that prices stay text; braces nest; a backslash
 * takes the next character along.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"

#include <stdbool.h>
#include <stddef.h>

enum { MATH_MAX = 8192 }; /* bytes of one formula; keeps a text full of openers linear */

/*
 * Markdown would take the backslash off `\(` before anyone could see it; with `math: raw` this
 * character, which no source holds, stands in for it.
 */
#define MATH_BACKSLASH '\x7f'

/* True if the text, entities decoded, holds something that the page would draw as math. */
bool math_occurs(struct span text);

/* The formulas of a text with its entities decoded, one after the other, and what is between. */
struct math_scan {
    struct span text;
    size_t at;
    size_t last_round, last_square; /* where the last closers begin: no formula opens behind */
};

struct math_formula {
    struct span before; /* since the one before it */
    struct span tex;    /* without its marks */
    bool display;
};

void math_scan_init(struct math_scan *scan, struct span text);

/* False at the end, with what is left in ret->before. */
bool math_scan_next(struct math_scan *scan, struct math_formula *ret);

/*
 * The formula at the start of the text: its length with its marks, and what is inside; 0 where
 * there is none. A backslash may be a MATH_BACKSLASH.
 */
size_t math_match(struct span text, struct span *ret_tex, bool *ret_display);

/* Appends a formula as HTML, in an element of this name. */
void math_append(struct strbuf *out, struct span tex, bool display, const char *element);

/* Puts MATH_BACKSLASH for the backslashes of `\(`, `\)`, `\[` and `\]` in a line. */
void math_append_shielded(struct strbuf *out, struct span line);
/* Turns those that are left into backslashes again. */
void math_restore(struct strbuf *html);
