/*
 * html_sections: where the slides are in an HTML deck.
 *
 * Only <section> elements count: one with no other inside is a slide, one with others is a stack
 * of them, and what is nested deeper belongs to its slide. Positions are offsets in the HTML, which
 * may move.
 */
#pragma once

#include "base/span.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stddef.h>

struct html_range {
    size_t start, end;
};

struct html_section {
    struct html_range tag, content; /* its start tag; what is between the tags */
    struct html_range stack_tag;    /* of the stack it is in; empty for none */
    unsigned stack;                 /* numbers stacks and slides outside of them */
};

struct html_sections {
    VEC(struct html_section) list;
    struct html_range title; /* of a whole page; empty for none */
    size_t stray;            /* the first that is in no slide of the sections; the end if nothing */
};

void html_sections_find(struct html_sections *sections, struct span html);
void html_sections_release(struct html_sections *sections);

/* A page of its own with doctype or <html>, and not just sections for one. */
bool html_is_whole_page(struct span html);
