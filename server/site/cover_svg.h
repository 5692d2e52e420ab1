/*
 * cover_svg: a title page for a talk that has no picture.
 *
 * The title, who and where, in the colours of the deck's theme, over a figure that the title
 * decides: the same talk always has the same cover. Any script, any length; nothing is loaded and
 * nothing runs.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"

enum { COVER_WIDTH = 640, COVER_HEIGHT = 360 };

struct cover_words {
    struct span title;
    struct span line;  /* below it: speakers, or where and when */
    struct span lang;  /* of both, or empty */
    const char *theme; /* as the deck has it; NULL: the default; others get colours of their own */
};

void cover_svg_render(struct strbuf *out, const struct cover_words *words);
