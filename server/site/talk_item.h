/*
 * talk_item: one talk in a list of talks.
 *
 * Date, title, where, who, and what there is of it, as an <li>; the same on the index, on the pages
 * of people, tags, years and venues, and among what a search has found. A list of many is divided
 * by year. What was found shows why, in marks. What is in a list says so itself: titles in their
 * languages, links relative to the page.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"
#include "site/catalog.h"
#include "site/search_query.h"

struct talk_frame {
    const struct catalog *catalog;
    struct span path; /* of the page that the list is on */
    int heading;      /* level of what heads the list: 1 for the page's own */
    bool with_years;  /* talks say their years, as no heading does */
    /* What all of the talks were found by, with its words marked; or NULL. */
    const struct search_query *sought;
};

/* An <li> of <ol class="talks">; `more` is HTML that goes behind the rest, or empty. */
void talk_item_append(struct strbuf *out, const struct talk_frame *frame, const struct talk *talk,
                      struct span more);

/* A section with a heading for each year. */
void talk_item_append_years(struct strbuf *out, const struct talk_frame *frame,
                            const struct talk *const *talks, size_t count);

/* All in one list, for a year's own page. */
void talk_item_append_list(struct strbuf *out, const struct talk_frame *frame,
                           const struct talk *const *talks, size_t count);
