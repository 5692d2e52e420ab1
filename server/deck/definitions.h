/*
 * definitions: link references and footnotes that work across the slides of a deck.
 *
 * Each slide is parsed alone, so what it refers to and does not define itself is put in front of
 * its text. The whole deck is looked through once; a slide then costs what it refers to. A budget
 * bounds what hostile decks could make of that.
 */
#pragma once

#include "base/map.h"
#include "base/span.h"
#include "base/strbuf.h"
#include "base/vec.h"

#include <stdbool.h>

struct definition {
    struct span text; /* the whole definition in the deck's text */
    bool footnote;
    unsigned slide; /* the last slide that it was given to */
};

struct definitions {
    struct map labels;             /* normalised, to struct definition */
    VEC(struct definition *) list; /* owned */
    size_t budget;                 /* bytes that may still be given out */
};

void definitions_init(struct definitions *definitions);
void definitions_release(struct definitions *definitions);

/* Finds the definitions; the text is borrowed for the life of the definitions. */
void definitions_find(struct definitions *definitions, struct span text);

/*
 * Appends the definitions that the slide's text needs, and what those need. `slide` is the
 * slide's number, from 1, each asked once or twice.
 */
void definitions_append(struct definitions *definitions, struct span text, unsigned slide,
                        struct strbuf *out);
