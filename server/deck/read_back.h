/*
 * read_back: the slides of a page that was made, from its HTML.
 *
 * A deck's texts are dropped once its page stands, which has them all. Whoever needs some of them
 * later, as a search does for its excerpts, reads them out of the page instead of keeping them
 * twice. The same page always gives the same slides. Of what scripts draw there are the words
 * (drawn_words.h).
 */
#pragma once

#include "base/span.h"
#include "base/vec.h"
#include "deck/deck.h"
#include "deck/drawn.h"

struct slide_list {
    VEC(struct deck_slide) list; /* ids are empty where the author gave none to a page of his own */
};

/* What a slide says beside its heading. */
struct span slide_body(const struct deck_slide *slide);

/* Those that reveal.js shows, numbered as it does. Cost is linear. */
void slides_read_back(struct slide_list *slides, struct span html, const struct drawn *drawn);
void slide_list_release(struct slide_list *slides);
