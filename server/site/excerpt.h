/*
 * excerpt: a piece of a text that shows why it was found, and where the words are in it.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "site/search_query.h"

#include <stdbool.h>
#include <stddef.h>

struct match {
    size_t start, end; /* bytes in the text */
    size_t part;       /* of the query */
};

struct matches {
    VEC(struct match) list; /* in the order of the text, none in another */
};

/* Where parts of the query are. */
void matches_find(struct matches *matches, const struct search_query *query, struct span text);
void matches_release(struct matches *matches);

/* How many different parts are among them, from `first` to before `end`. */
size_t matches_parts(const struct matches *matches, size_t first, size_t end);

struct excerpt {
    struct strbuf text; /* with an ellipsis where it was cut */
    struct matches marks;
};

void excerpt_release(struct excerpt *excerpt);

/* All of the text. */
void excerpt_take(struct excerpt *excerpt, const struct search_query *query, struct span text);

/* The piece of a long text that has the most of the query, or its beginning. */
void excerpt_cut(struct excerpt *excerpt, const struct search_query *query, struct span text);

/* All of a text as HTML, with <mark> around the query's words; without where it is NULL. */
void matches_append_html(struct strbuf *out, const struct search_query *query, struct span text);

/* With <mark> around the words. */
void excerpt_append_html(struct strbuf *out, const struct excerpt *excerpt);
