/*
 * text: what a reader sees of a slide, as plain text.
 *
 * For search, titles and descriptions: no scripts, styles or templates; white space collapsed,
 * soft hyphens and zero-width spaces dropped; blocks and line breaks separate words.
 */
#pragma once

#include "base/strbuf.h"
#include "deck/tree.h"

/* What is inside a node. Speaker notes (aside.notes) go to `notes`; either may be NULL. */
void text_append(const struct tree *tree, uint32_t node, struct strbuf *text, struct strbuf *notes);

/* The text of the first heading there that is not in the notes; nothing if there is none. */
void text_append_heading(const struct tree *tree, uint32_t node, struct strbuf *out);
