/*
 * drawn: what a script of the page draws instead of showing its text: formulas and diagrams.
 *
 * In the slides' HTML they stand as their sources, TeX and mermaid. Whoever reads slides without
 * drawing them asks here which texts are such sources.
 */
#pragma once

#include "base/strbuf.h"
#include "deck/deck.h"

#include <stdbool.h>
#include <stdint.h>

struct tree;

/* What a deck's scripts draw. */
struct drawn {
    bool formulas, formulas_in_text, diagrams;
};

struct drawn drawn_of(const struct deck *deck);

enum drawn_kind { DRAWN_NOTHING, DRAWN_FORMULA, DRAWN_DISPLAY, DRAWN_DIAGRAM };

/* What an element is drawn as, from all the text inside. */
enum drawn_kind drawn_find(const struct drawn *drawn, const struct tree *tree, uint32_t node);

/* True if formulas may stand between the words of a text (math.h). */
bool drawn_in_text(const struct drawn *drawn, const struct tree *tree, uint32_t node);

/* All text that is inside, decoded, blanks and lines as they are. */
void drawn_append_source(struct strbuf *out, const struct tree *tree, uint32_t node);
