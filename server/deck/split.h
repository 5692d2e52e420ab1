/*
 * split: a deck's text cut into slides, and a slide into body and notes.
 *
 * The rules are those of reveal.js's Markdown plugin: one expression "separator|vertical" goes
 * over the text, each match consuming its characters, and a match that the separator alone
 * recognises is horizontal; the slide before a vertical separator opens the stack. Other than
 * there, nothing in fenced code or a comment separates (guard.h says what those are), blanks
 * behind a separator of the default form are tolerated, slides without any text are left out, and
 * every Note: part of a slide is notes. An expression that cannot be used or takes too long is a
 * problem, and its default takes its place.
 */
#pragma once

#include "base/err.h"
#include "base/span.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "conf/deck_settings.h"

#include <stdbool.h>
#include <stddef.h>

struct split_slide {
    struct span text;
    unsigned line; /* of its first byte */
    unsigned h, v;
    bool stacked; /* in a stack, of two or more */
};

struct split_slides {
    VEC(struct split_slide) list;
};

struct splitter;

/*
 * All is borrowed. Problems of the expressions themselves go to `settings_errs`, those of the
 * text, with its lines, to `text_errs`; both name `file`, unless a setting's origin is known.
 */
struct splitter *splitter_new(const struct deck_settings *settings, const char *file,
                              struct err_list *settings_errs, struct err_list *text_errs);
void splitter_free(struct splitter *splitter);

/*
 * Appends the slides of the text, which begins in line `line`. `breaks` are offsets in it,
 * ascending, where a slide ends in any case: between the sources of a deck.
 */
void splitter_slides(struct splitter *splitter, struct span text, unsigned line,
                     const size_t *breaks, size_t break_count, struct split_slides *slides);

/*
 * Cuts a slide that begins in line `line`. `notes` is set to its notes, blank lines between
 * several; *ret_notes_line is the line of their first byte. The body is a part of the slide.
 */
struct span splitter_notes(struct splitter *splitter, struct span slide, unsigned line,
                           struct strbuf *notes, unsigned *ret_notes_line);
