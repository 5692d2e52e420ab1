/*
 * deck_parts: which parts of the browser's code a deck needs beyond reveal.js itself.
 *
 * Written as attributes of the page's script element; assets/README.md has their meaning. Nothing
 * is named that the deck does not use, so a deck without code loads no highlight.js.
 */
#pragma once

#include "base/strbuf.h"
#include "site/talk.h"

/* A code language that nothing is known of is a note among the talk's problems. */
void deck_parts_append(struct strbuf *out, struct talk *talk);
