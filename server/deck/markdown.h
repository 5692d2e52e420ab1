/*
 * markdown: one slide's Markdown to HTML as reveal.js's plugin would hand it to the browser.
 *
 * GitHub's dialect of CommonMark by cmark-gfm; code fences get reveal.js's attributes. Raw HTML
 * passes as it is and nothing is looked up yet: that is done on the tree that is made of the HTML.
 * `lines` tells which line of the source an offset of the HTML came from.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "deck/commonmark.h"

#include <stdbool.h>
#include <stddef.h>

struct markdown_options {
    enum commonmark_dialect dialect;
    bool animate_lists;                     /* every list item is a fragment */
    bool mermaid;                           /* fences named mermaid are diagrams */
    const char *(*emoji)(struct span name); /* for short codes; NULL: they are text */
    unsigned slide;                         /* makes the ids of footnotes unique in the deck */
};

struct markdown_line {
    size_t offset; /* in html */
    unsigned line; /* of the text, from 1 */
};

struct markdown {
    struct strbuf html;
    VEC(struct markdown_line) lines;
};

void markdown_render(struct markdown *markdown, struct span text,
                     const struct markdown_options *options);
void markdown_release(struct markdown *markdown);

/* The line that the HTML at this offset came from. */
unsigned markdown_line_at(const struct markdown *markdown, size_t offset);
