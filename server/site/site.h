/*
 * site: all decks of a root, as a table from paths to resources.
 *
 * site_load walks the root, loads the decks on all cores, renders pages, compresses, and fills the
 * table. The result is immutable; any number of threads may look things up. Reloading builds
 * another site beside it, which shares what has not changed. The site keeps the root's descriptor
 * for the files it serves, and what the next one has to know of its files and decks.
 */
#pragma once

#include "base/err.h"
#include "base/span.h"
#include "conf/site_settings.h"
#include "site/resource.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct site;

/* Told while loading, from one thread at a time: decks done, of how many. May be NULL. */
typedef void site_progress(void *context, size_t done, size_t count);

/*
 * 0, or negative errno when the root itself cannot be read. Problems of decks are in the site.
 * After a site `before` a root is not taken either that the disk fails below, nor one that is empty
 * now (-ENOMEDIUM).
 *
 * `before` is the site that was loaded before, or NULL; it is borrowed until this returns and may
 * be in use meanwhile. What has not changed is taken from it, and a deck that was good then and is
 * bad now is shown as it was.
 */
int site_load(const struct site_settings *settings, const struct site *before,
              site_progress *progress, void *context, struct site **ret_site);
void site_free(struct site *site);

/* The resource of a canonical, decoded path that starts with a slash; NULL when there is none. */
const struct resource *site_find(const struct site *site, struct span path);

/* Calls back for each path that has a resource, in the order in which they were published. */
typedef void site_visit(void *context, struct span path, const struct resource *resource);
void site_each(const struct site *site, site_visit *visit, void *context);

/*
 * The path of the deck that `name` means (site/named_deck.h), "2015/polyconf/"; borrowed. NULL,
 * with a line in `errs`, where there is none, or none that can be shown.
 */
const char *site_deck_named(const struct site *site, const struct site_settings *settings,
                            const char *name, struct err_list *errs);

/* The page for a status (400…599), never NULL; `text` asks for the text/plain one. */
const struct resource *site_error_page(const struct site *site, int status, bool text);

/* All resources, error pages included, have ids below this. */
size_t site_resource_count(const struct site *site);
const struct resource *site_resource(const struct site *site, size_t id);

int site_root(const struct site *site);         /* descriptor, borrowed */
uint64_t site_load_ns(const struct site *site); /* how long site_load took */
size_t site_deck_count(const struct site *site);
size_t site_slide_count(const struct site *site);
size_t site_fresh_count(const struct site *site); /* decks that were not taken from before */
size_t site_bytes(const struct site *site); /* of all forms held in memory, without those of the
                                               binary's own files */
const struct err_list *site_problems(const struct site *site);
