/*
 * link: URLs of a deck, seen from the page that shows it.
 *
 * A deck names files relative to its own file; its page may live elsewhere (talks/foo.md is shown
 * at talks/foo/). A URL stays as written where that is right; a file of the site gets its digest
 * (?v=…), so that it can be cached for good; another deck's source becomes that deck's URL; what
 * is not there is a problem. Origins of other sites are collected.
 */
#pragma once

#include "base/err.h"
#include "base/map.h"
#include "base/span.h"
#include "base/strbuf.h"
#include "deck/deck.h"

struct links {
    const struct deck_request *request; /* borrowed, as `file` and `errs` */
    const char *file;
    struct err_list *errs;
    struct map hosts; /* origins, keys only */
};

void links_init(struct links *links, const struct deck_request *request, const char *file,
                struct err_list *errs);
void links_release(struct links *links);

enum link_use {
    LINK_TO,   /* the reader may go there: a deck's source becomes its page */
    LINK_FILE, /* loaded by the page: other sites' origins are noted */
};

/*
 * Appends the URL (neither entities encoded in the input nor in the output). *ret_file is zeroed
 * unless the URL is a file of the site.
 */
void links_append(struct links *links, struct strbuf *out, struct span url, enum link_use use,
                  unsigned line, struct deck_file *ret_file);

/* Notes the origin of a URL that the page will load; others than http(s) are none. */
void links_note_host(struct links *links, struct span url);
