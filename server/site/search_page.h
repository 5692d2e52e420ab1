/*
 * search_page: asking for talks, by people and by programs.
 *
 *   /search?q=words&page=2       a page with a form, readable without scripts
 *   /search.json?q=words&page=2  the same for programs (docs/api.md)
 *   /opensearch.xml              how browsers ask
 *
 * The answers are computed (computed.h).
 */
#pragma once

#include "site/computed.h"
#include "site/route.h"
#include "site/search.h"
#include "site/shell.h"

#include <time.h>

/* What is asked; borrowed from the site. */
struct search_source {
    const struct shell *shell;
    const struct catalog *catalog;
    const struct search *search;
};

/* The source, made at `now`, lives as long as the routes. A file of the author's keeps its path. */
void search_publish(struct routes *routes, const struct search_source *source, time_t now);

/* What was asked: the words, as they can be shown, and the number of the page. */
struct search_request {
    struct strbuf words;
    size_t page;
};

void search_request_read(struct search_request *request, const struct query *query);
void search_request_release(struct search_request *request);

/* Its address from the page at `path`, with another number of page. */
void search_request_append_url(struct strbuf *out, const char *target,
                               const struct search_request *request, size_t page);

/* As resource_compute; the context is a search_source. */
bool search_page_compute(const void *context, const struct query *query, struct computed *answer);
bool search_json_compute(const void *context, const struct query *query, struct computed *answer);
