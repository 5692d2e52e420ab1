/*
 * publish: puts everything that can be asked for into the table of routes.
 *
 *   /                        the index, or the only deck if it stands at the root
 *   /2015/polyconf/          decks; without the slash: 308
 *   /2015/polyconf/a.png     every file below the root, sources of decks too, but no settings
 *   /2015/polyconf/demo/     index.html of a directory that is no deck
 *   /old/path                what decks name as `aliases:` (publish_aliases): 308
 *   /2015/, /people/ …       lists of talks (publish_lists), unless a deck or file stands there
 *   /_/deck.1a2b3c.js        what the binary carries
 *   /favicon.ico             our icon, unless there is such a file
 *   /feed.xml …              what programs read (machines.h), unless there are such files
 *
 * Decks come first, then files, then lists, then what is ours alone, then redirects.
 */
#pragma once

#include "base/err.h"
#include "site/catalog.h"
#include "site/error_page.h"
#include "site/files.h"
#include "site/index_page.h"
#include "site/route.h"
#include "site/shell.h"
#include "site/talks.h"
#include "site/walk.h"

#include <time.h>

struct publish {
    struct routes *routes;
    const struct site_settings *settings;
    struct span address; /* of the site, or empty (site_address.h) */
    const struct walk *walk;
    const struct site_files *files;
    const struct talks *talks;
    const struct shell *shell;
    const struct catalog *catalog;
    const struct index_source *index; /* the same, for what is answered later */
    const struct routes *before;      /* of the site before, or NULL */
    const struct reuse *reuse;
    time_t program_modified, now; /* nothing is modified later than now */
    struct err_list *errs;
};

void publish_decks(const struct publish *publish);
void publish_files(const struct publish *publish);
void publish_redirects(const struct publish *publish);
void publish_embedded(const struct publish *publish);

/*
 * A page of our own at a path that starts with a slash, made from what is no newer than `modified`;
 * NULL where something else stands there.
 */
struct resource *publish_page(const struct publish *publish, const char *path,
                              const struct page *page, time_t modified);

/* A form that a path stands for, NULL where something else does. */
struct resource *publish_form(const struct publish *publish, const char *path, const char *type,
                              const struct page *page, time_t modified);

/* The same for a text, which is taken; compressed quickly, as it may be long, and few ask for it.
 */
struct resource *publish_text(const struct publish *publish, const char *path, const char *type,
                              struct strbuf *text, time_t modified);

/* The error page's two forms, which have no path of their own. */
void publish_error_page(const struct publish *publish, size_t index, struct resource **ret_html,
                        struct resource **ret_text);
