/*
 * text: what a reader sees of a slide, as plain text.
 *
 * For search, titles and descriptions: no scripts, styles or templates; white space collapsed,
 * soft hyphens and zero-width spaces dropped; blocks and line breaks separate words, and items of
 * lists and cells of tables, which are no sentences, have a TEXT_BETWEEN between them.
 */
#pragma once

#include "base/strbuf.h"
#include "deck/tree.h"

#define TEXT_BETWEEN "\u00b7" /* a dot in the middle, where no other sign ends an item */

/* What is inside a node. Speaker notes (aside.notes) go to `notes`; either may be NULL. */
void text_append(const struct tree *tree, uint32_t node, struct strbuf *text, struct strbuf *notes);

bool text_is_notes(const struct tree *tree, uint32_t node);

/* The first heading inside a node that has text and is not in the notes, or TREE_NONE. */
uint32_t text_find_heading(const struct tree *tree, uint32_t node);

/* The text of the first heading there that is not in the notes; nothing if there is none. */
void text_append_heading(const struct tree *tree, uint32_t node, struct strbuf *out);
