/*
 * computed: an answer that is made for a request's query.
 *
 * Most of the site is made when it is loaded. What cannot be, because it depends on what a client
 * asks for, is computed by a function of the site, the query and the name that the client calls the
 * site by, and of nothing else: the same question gets the same answer as long as the edition is
 * served, so that an answer can have an entity tag. The
 * function runs on any number of threads at once, changes nothing, and is quick for whatever a
 * client sends.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"
#include "http/query.h"
#include "site/resource.h"

#include <stdbool.h>

struct computed {
    struct span address; /* given: what the client calls the site,
                            "https://decks.example.org/talks", or empty */
    int status;          /* 200, unless the function says otherwise */
    const char *type;    /* the resource's, unless; borrowed from the site, as the next */
    const char *csp;
    struct strbuf body; /* an error's may be empty: then it is the site's page for the status */
};

/* Asks the resource's function with a query as it was sent; false as above, or without one. */
bool computed_make(struct computed *answer, const struct resource *resource, struct span query,
                   struct span address);
void computed_release(struct computed *answer);
