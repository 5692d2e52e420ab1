/*
 * index_page: the list of talks at "/".
 *
 * Every deck that is no draft, newest first and by year; those without a date stand at the end, by
 * title. A deck that cannot be shown is listed and marked. Without any deck, the page says how to
 * put one there.
 *
 * A form narrows the list, and a long list has pages: what is asked for in the query (index_view.h)
 * is answered when it is asked for. The page's script sends the form while one types.
 */
#pragma once

#include "site/catalog.h"
#include "site/computed.h"
#include "site/page.h"
#include "site/shell.h"

#define INDEX_SCRIPT "site.js"

/* What a page is made of when it is asked for; outlives the resources. */
struct index_source {
    const struct shell *shell;
    const struct catalog *catalog;
};

/* The whole list's first page. */
void index_page_build(const struct index_source *source, const struct reuse *reuse,
                      struct page *ret_page);

/* A resource_compute whose context is a struct index_source. */
bool index_page_compute(const void *context, const struct query *query, struct computed *answer);
