/*
 * reading: the slides of a deck as text to read, for pages that are read from top to bottom.
 *
 * A slide's HTML is written anew with what carries meaning for a reader, a screen reader and a
 * search engine: paragraphs, lists, code, tables, quotations, links, pictures with their text,
 * media of the site. What only makes a slide is left out: looks (style, class), steps (all
 * fragments are shown), scripts, drawings without words, controls, backgrounds but
 * where a slide has nothing else. Headings go below the page's
 * own; the first of a slide is apart, so that the page can make it the slide's. What lies on
 * another host is linked and never loaded. Elements' ids begin with "s-" and are unique; links
 * between slides lead to their places on the page.
 *
 * Any HTML is fine, and what comes out leaves nothing open. URLs are those of the slides: the page
 * must stand in the same directory as the deck's own.
 */
#pragma once

#include "base/strbuf.h"
#include "deck/deck.h"

#include <stdbool.h>
#include <stddef.h>

struct reading;

/* The deck, with its slides, is borrowed as long as the reading lives. */
struct reading *reading_new(const struct deck *deck);
void reading_free(struct reading *reading);

/* Of the slide at an index of deck->index. Each appends HTML, and nothing where there is none. */
void reading_append_heading(const struct reading *reading, size_t slide, struct strbuf *out);
void reading_append_body(const struct reading *reading, size_t slide, struct strbuf *out);
void reading_append_notes(const struct reading *reading, size_t slide, struct strbuf *out);
