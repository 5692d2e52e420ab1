/*
 * shell: what all pages of the site but the decks have in common.
 *
 * A page is its content in assets/pages/site.html, with the site's name and navigation, its own
 * title, heading and description, and a foot. `struct shell` has what is the same on every page; it
 * is made once a load, owned by the site, and immutable, so that pages can be wrapped while
 * requests are answered, too. All of it that a page shows belongs into shell_append_identity.
 *
 * Addresses are relative to the page's own path. Pages that may be sent for any path (errors) are
 * said to be so, and get addresses from the root of the host, with the base path before them.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"
#include "conf/site_settings.h"
#include "site/look.h"

#include <stdbool.h>

struct shell {
    char *title;     /* of the site */
    char *address;   /* of the site, or "" (site_address.h) */
    char *base_path; /* "/talks" or "" */
    struct look look;
    bool has_index;       /* false where the only deck stands at the root itself: no navigation */
    bool answers_queries; /* false where nobody answers queries: then nothing that needs them is
                             shown */
};

struct shell_page {
    struct span path;        /* its own, decoded, "people/anil/" */
    bool anywhere;           /* it may be sent for any path */
    bool unlisted;           /* search engines leave it out, and it has no canonical address */
    struct span lang;        /* of the heading; empty for English, as all that we say */
    struct span title;       /* without the site's; empty: the site's alone */
    struct span heading;     /* text of <h1> */
    struct span description; /* one plain sentence, or empty; for search engines */
    bool has_feed;           /* of its own, feed.xml beside it */
    struct span head;        /* HTML: more elements of <head>, each with a line feed */
    struct span above;       /* HTML: before the heading */
    struct span content;     /* HTML: after it */
    const char *script;      /* name of an embedded script, or NULL */
    const char *body_class;  /* NULL for none */
};

/* Takes the look over. */
void shell_init(struct shell *shell, const struct site_settings *settings, const struct look *look,
                bool has_index);
void shell_release(struct shell *shell);

void shell_append_page(struct strbuf *out, const struct shell *shell,
                       const struct shell_page *page);

/* What the owner wants in the head of every page, decks included. */
void shell_append_owners_head(struct strbuf *out, const struct shell *shell);

/*
 * The page that says what is wrong: `status` ("404", "Not ready") above the heading, a sentence
 * below it, and a way out.
 */
void shell_append_notice(struct strbuf *out, const struct shell *shell, struct span path,
                         bool anywhere, const char *status, struct span heading,
                         const char *message);

/* Appends a text that is another one whenever pages would look different. */
void shell_append_identity(struct strbuf *out, const struct shell *shell);
