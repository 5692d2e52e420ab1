/*
 * site_internal: what a site is made of, for the site layer alone.
 *
 * All of it is immutable once site_load has returned, and nothing in it points into the settings,
 * which may be gone then.
 */
#pragma once

#include "site/catalog.h"
#include "site/discover.h"
#include "site/files.h"
#include "site/index_page.h"
#include "site/machines.h"
#include "site/route.h"
#include "site/search_page.h"
#include "site/shell.h"
#include "site/site.h"
#include "site/talks.h"
#include "site/walk.h"

struct error_pages {
    struct resource *html, *text; /* owned by the routes */
};

struct site {
    int root;
    struct walk walk;
    struct site_files files;
    struct deck_places places;
    struct talks talks;
    struct shell shell;
    struct catalog catalog;
    struct index_source index;
    struct search search;
    struct search_source search_source;
    struct machines machines;
    struct routes routes;
    struct error_pages *errors; /* one for each of error_page */
    struct err_list problems;
    uint64_t load_ns;
};
