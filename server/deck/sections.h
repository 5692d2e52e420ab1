/*
 * sections: a deck's slides as they go into the page.
 *
 * Takes rendered slides in order, leaves out hidden ones as reveal.js does, numbers the others,
 * gives each an id, and at the end writes <section> elements, stacks around vertical ones, and
 * the deck's index. Sections that have no heading get a name from their slides' numbers, if their
 * author gave them none: HTML wants sections named.
 */
#pragma once

#include "base/err.h"
#include "base/vec.h"
#include "deck/deck.h"
#include "deck/render.h"

#include <stdbool.h>

struct section {
    struct slide_html html;
    unsigned stack;             /* slides with the same number stand in one stack */
    unsigned line;              /* for problems */
    struct slide_html *wrapper; /* of the stack's first slide: its element's attributes; or NULL */
};

struct sections {
    VEC(struct section) list;
};

void sections_release(struct sections *sections);

/* Takes what the html owns. */
void sections_add(struct sections *sections, struct slide_html *html, unsigned stack,
                  unsigned line);

/* The slide at an index begins a stack, whose element has these attributes. Takes what it owns. */
void sections_wrap(struct sections *sections, size_t index, struct slide_html *html);

/* Fills deck->slides and deck->index. An id that two slides claim is a problem in `file`. */
void sections_finish(struct sections *sections, struct deck *deck, const char *file,
                     struct err_list *errs);
