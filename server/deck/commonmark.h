/*
 * commonmark: cmark-gfm, made safe for threads.
 *
 * The library keeps which characters are special to inline parsing in one global table, which every
 * parse with extensions fills and empties again. So the inline phase is done under a lock here, and
 * nowhere else is a document parsed.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"

#include <cmark-gfm.h>
#include <stdbool.h>

/* Registers the extensions; once, before threads. */
void commonmark_setup(void);

/*
 * The text as a tree that the caller frees with cmark_node_free: GitHub's dialect (tables,
 * strikethrough, autolinks, task lists, footnotes), and `$…$` as math if asked for. With `plain`,
 * CommonMark only.
 */
enum commonmark_dialect { COMMONMARK_PLAIN, COMMONMARK_GFM, COMMONMARK_GFM_MATH };
cmark_node *commonmark_parse(struct span text, enum commonmark_dialect dialect);

void commonmark_append_library(struct strbuf *out); /* its name and version */
