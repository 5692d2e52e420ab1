/*
 * drawn_words: formulas and diagrams as words, for who searches a deck.
 *
 * Nobody looks for `\frac{a}{b}` or `graph TD`, and nobody wants to see it in a list of results:
 * TeX and mermaid are read as far as it takes to tell what the drawing says from how it is drawn.
 * What is not known stays, so that nothing that might be looked for is lost.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"
#include "deck/drawn.h"
#include "deck/tree.h"

/* TeX: letters, numbers and the names of symbols; "sum i=0 n alpha x^2". */
void formula_append_words(struct strbuf *out, struct span tex);

/* Mermaid: what stands in the drawing, with a TEXT_BETWEEN between one label and the next. */
void diagram_append_words(struct strbuf *out, struct span source);

/* Puts the words of what is drawn where its sources stand in the tree. */
void drawn_put_words(struct tree *tree, const struct drawn *drawn);
