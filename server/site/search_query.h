/*
 * search_query: what somebody typed into the search field.
 *
 * Parts are divided by white space, and so is nothing within double quotes. A part is one word or
 * several neighbours ("node.js", 電車, "green line"), which are found side by side. All parts must
 * be found, or, where that gives nothing, any. The end of a part may be the beginning of a longer
 * word, unless it is quoted or very short. What is said twice counts once. Nothing of what was
 * typed is syntax to FTS5: its expression has folded words in quotes only. What is beyond the
 * bounds is not looked for.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"

#include <stdbool.h>
#include <stddef.h>

enum { QUERY_PARTS_MAX = 8, QUERY_WORDS_MAX = 32 };

struct query_part {
    size_t first, count; /* of its words */
    bool open;           /* the last word may go on */
    bool quoted;         /* meant as it was typed */
};

struct search_query {
    struct strbuf texts;
    size_t word_count, part_count;
    struct span words[QUERY_WORDS_MAX]; /* folded, in `texts` */
    struct query_part parts[QUERY_PARTS_MAX];
};

void search_query_parse(struct search_query *query, struct span text);
void search_query_release(struct search_query *query);

/* What FTS5 takes; nothing for a query without words. `any`: one part is enough. */
void search_query_append_expression(struct strbuf *out, const struct search_query *query, bool any);

/* The same for one part only. */
void search_query_append_part(struct strbuf *out, const struct search_query *query,
                              const struct query_part *part);
