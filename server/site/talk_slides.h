/*
 * talk_slides: the part of a talk's page that has its slides as text, with a table of contents.
 *
 * The text is what deck/reading.h makes of the slides. Each has its number, which leads to the
 * slide in the deck, and the contents lead down the page. Notes are shown where the deck publishes
 * them.
 */
#pragma once

#include "base/strbuf.h"
#include "deck/deck.h"

#define TALK_SLIDES "slides" /* the id of their heading */

/* The deck still has its slides. Nothing for one that has none. */
void talk_slides_append(struct strbuf *out, const struct deck *deck);
