/*
 * prose: short Markdown beside the slides, such as an abstract or what is said of a person.
 *
 * GitHub's dialect, as in slides, but for a page of ours: no raw HTML, no address but of the web,
 * of mail or of the site, and headings below those that the page has. A picture that lies on
 * another host, which no page of ours loads, becomes a link.
 */
#pragma once

#include "base/err.h"
#include "base/span.h"
#include "base/strbuf.h"

struct prose_options {
    const char *prefix; /* percent-encoded, put before relative addresses; those that begin with a
                           slash begin at the root: it takes the slash's place */
    const char *root;
    int heading; /* level of the highest heading, 2…6 */
};

/* Appends blocks of HTML. */
void prose_render(struct strbuf *out, struct span markdown, const struct prose_options *options);

struct prose_place {
    const char *what; /* the setting */
    const char *file; /* may be NULL */
    unsigned line;    /* 0 where it is not known */
};

/* Warns of what is not shown as it was written. */
void prose_check(struct span markdown, const struct prose_place *place, struct err_list *errs);

/* Appends what a reader sees, on one line; beyond `limit` bytes it is cut at a word, with `…`. */
void prose_append_plain(struct strbuf *out, struct span markdown, size_t limit);
