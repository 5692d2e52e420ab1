/*
 * diagram: what the source of a mermaid diagram says of it in words.
 *
 * Mermaid knows `accTitle:` and `accDescr:` (also with braces around several lines) for who does
 * not see the drawing, `title:` in front matter, and lines that begin with `title` in some kinds.
 * Nothing else of its language is understood here.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"

struct diagram {
    struct span title;         /* of the source; empty where it has none */
    struct strbuf description; /* on one line; empty where it has none */
};

void diagram_init(struct diagram *diagram, struct span source);
void diagram_release(struct diagram *diagram);
