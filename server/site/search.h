/*
 * search: the talks that have certain words, and the slides of theirs that say them.
 *
 * A talk is found by its title, whom and where it is by, its headings and texts, and its notes if
 * they are published; drafts never are. FTS5 ranks the talks (search_index.h); which slides to show
 * of the few that a page of results lists is read from their pages, which are in memory anyway. So
 * an index is small, and there are no texts beside it.
 *
 * Where nothing has all of the words, a word that nothing has is taken for the nearest that there
 * is; then talks with some of the words are shown.
 *
 * Made once a load, with what has not changed taken from the one before; immutable, and asked by
 * any number of threads at once.
 */
#pragma once

#include "base/err.h"
#include "base/span.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "site/catalog.h"
#include "site/excerpt.h"
#include "site/search_index.h"
#include "site/search_query.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SEARCH_PAGE_TALKS = 10, SEARCH_TALK_SLIDES = 3 };

struct search_entry {
    int64_t id; /* in the index */
    const struct talk *talk;
    struct rendering *shown; /* a reference: what was indexed */
    char *about;             /* and what was, beyond that */
    size_t place;            /* in the catalog's order */
};

struct search {
    struct search_index *index;       /* NULL: it could not be made */
    VEC(struct search_entry) entries; /* by id */
};

/* `before` is of the site before, or NULL. Says it in `errs` when searching will not work. */
void search_init(struct search *search, const struct catalog *catalog, const struct search *before,
                 struct err_list *errs);
void search_release(struct search *search);

/* A slide that has something of what was asked for. */
struct found_slide {
    unsigned h, v;
    char *id;
    bool is_note; /* the excerpt is of the speaker notes */
    struct excerpt heading, text;
};

struct found_talk {
    const struct talk *talk;
    VEC(struct found_slide) slides; /* the best ones, in their order; none where others matched */
};

struct search_answer {
    struct search_query query; /* what was looked for at last */
    size_t total;              /* talks */
    size_t page, pages;        /* from 1; pages 0 where nothing was found */
    bool any;                  /* they have some of the words only */
    struct strbuf instead; /* the query's words, where they are not what was asked; else empty */
    VEC(struct found_talk) talks; /* of the page */
};

/* -ENOTSUP where there is no index, -EIO where SQLite cannot read it. */
int search_ask(const struct search *search, struct span question, size_t page,
               struct search_answer *answer);
void search_answer_release(struct search_answer *answer);

/* "#/intro", or "#/3/1" where a slide has no id that an address can have: as reveal.js reads it. */
void found_slide_append_fragment(struct strbuf *out, const struct found_slide *slide);
