/*
 * sitemap: all pages that the site lists, for search engines (sitemaps.org).
 *
 * The protocol wants absolute addresses, so the files are written for an address: the one that the
 * site knows of itself or, where it knows none, the one that it is asked by. One file holds
 * SITEMAP_MAX pages at most; of more, /sitemap.xml is the index of /sitemap-1.xml and so on.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

enum { SITEMAP_MAX = 50000 };

struct sitemap_page {
    char *path; /* from the site's root, percent-encoded; owned */
    time_t modified;
};

struct sitemap {
    VEC(struct sitemap_page) pages;
};

void sitemap_release(struct sitemap *sitemap);

/* A page by its decoded path, "" for the index. */
void sitemap_add(struct sitemap *sitemap, struct span path, time_t modified);

/* How many files there are beside /sitemap.xml; 0 if that holds all pages. */
size_t sitemap_part_count(const struct sitemap *sitemap);

/* /sitemap.xml, and one of the others, counted from 1. */
void sitemap_build(struct strbuf *out, const struct sitemap *sitemap, struct span address);
void sitemap_build_part(struct strbuf *out, const struct sitemap *sitemap, size_t part,
                        struct span address);
