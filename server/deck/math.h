/*
 * math: TeX in a slide.
 *
 * By default Markdown reads math as text and the page draws it; all that is asked here is whether
 * a text may hold any. With `math: raw` it is taken out before Markdown sees it: `$…$` and `\(…\)`
 * become <span class="math inline">, `$$…$$` and `\[…\]` <div class="math display">.
 * A dollar opens only if no blank follows, and closes only if no blank precedes and no digit
 * follows, so that prices stay text.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"

#include <cmark-gfm.h>
#include <stdbool.h>
#include <stddef.h>

/* True if the text, entities decoded, holds something that the page would draw as math. */
bool math_occurs(struct span text);

/*
 * The math at the start of the text, which is its opening mark: its whole length, and what is
 * inside. 0 where it is none.
 */
size_t math_match(struct span text, struct span *ret_tex, bool *ret_display);

/* Appends math as HTML. */
void math_append(struct strbuf *out, struct span tex, bool display);

/* For commonmark: the inline extension "math" and its nodes. */
void math_setup(void);
void math_append_node(struct strbuf *out, cmark_node *node);
