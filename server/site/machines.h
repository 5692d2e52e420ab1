/*
 * machines: what programs read of a site: feeds, lists, and the small files at known places.
 *
 *   /feed.xml                   the newest talks (feed.h); also in /tags/NAME/ and /people/NAME/
 *   /decks.json                 everything that is listed (decks_json.h)
 *   /sitemap.xml                all pages that are listed (sitemap.h)
 *   /robots.txt                 and
 *   /.well-known/security.txt   (well_known.h), the latter if the configuration has it
 *   /oembed                     how to embed a deck (oembed.h)
 *
 * A file of such a name below the root takes the place.
 */
#pragma once

#include "site/oembed.h"
#include "site/publish.h"
#include "site/sitemap.h"

/* One file of the site map, for what makes it on demand. */
struct sitemap_file {
    const struct sitemap *sitemap;
    size_t part; /* 0: /sitemap.xml */
};

/* What answers are computed from; lives as long as the site. */
struct machines {
    struct sitemap sitemap;
    struct sitemap_file *files;
    struct oembed oembed;
};

/* To be called when all pages and files are in the routes. */
void machines_publish(struct machines *machines, const struct publish *publish);
void machines_release(struct machines *machines);
