/*
 * prepare: a slide's text on its way to the Markdown parser.
 *
 * Line by line, outside of fenced code and comments, what our format adds to Markdown becomes
 * Markdown or HTML: fenced divs (columns), headings of old parsers (`##Title`), display math with
 * `math: raw`. Definitions of other slides go in front. `lines` maps back to the source.
 */
#pragma once

#include "base/err.h"
#include "base/span.h"
#include "base/strbuf.h"
#include "base/vec.h"

#include <stdbool.h>

struct prepare_options {
    bool lenient_headings;
    bool raw_math;
    const char *file; /* for problems; borrowed, as errs */
    struct err_list *errs;
};

struct prepared {
    struct strbuf text;
    VEC(unsigned) lines; /* of the source, for each line of the text; 0: of no slide */
};

/* `line` is that of the text's first byte, `before` goes in front of it (may be empty). */
void prepare(struct prepared *prepared, struct span text, unsigned line, struct span before,
             const struct prepare_options *options);
void prepared_release(struct prepared *prepared);

unsigned prepared_line(const struct prepared *prepared, unsigned line);
