/*
 * nested: <section> elements that a slide's own text holds.
 *
 * reveal.js counts every <section> at any depth. A slide that holds some and stands alone is a
 * stack to it, and they are the slides; in a stack, they shift the positions of the slides below.
 */
#pragma once

#include "base/vec.h"
#include "deck/tree.h"

struct nested_slide {
    unsigned v;           /* counted from the first <section> inside, 0 */
    char *id;             /* the author's, or NULL */
    char *heading, *text; /* plain text, "" if none */
    char *notes;          /* likewise */
};

struct nested {
    unsigned count;                  /* of all <section> elements that are shown */
    VEC(struct nested_slide) slides; /* those that hold no others, in order */
};

/* Fills a zeroed one. Hidden ones are left out, as reveal.js removes them. */
void nested_find(struct nested *nested, const struct tree *tree);
void nested_release(struct nested *nested);
