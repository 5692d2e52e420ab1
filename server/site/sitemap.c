#include "site/sitemap.h"

#include "base/escape.h"
#include "base/timestamp.h"

#include <stdio.h>
#include <stdlib.h>

static const char declaration[] = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
static const char scheme[] = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";

void sitemap_release(struct sitemap *sitemap)
{
    vec_each (&sitemap->pages, page)
        free(page->path);
    vec_release(&sitemap->pages);
}

void sitemap_add(struct sitemap *sitemap, struct span path, time_t modified)
{
    struct strbuf encoded = STRBUF_INIT;
    struct sitemap_page page = {.modified = modified};

    url_path(&encoded, path);
    page.path = strbuf_detach(&encoded, NULL);
    vec_push(&sitemap->pages, page);
}

size_t sitemap_part_count(const struct sitemap *sitemap)
{
    if (sitemap->pages.count <= SITEMAP_MAX)
        return 0;
    return (sitemap->pages.count + SITEMAP_MAX - 1) / SITEMAP_MAX;
}

static void append_entry(struct strbuf *out, const char *element, struct span address,
                         const char *path, time_t modified)
{
    strbuf_append_format(out, "<%s><loc>", element);
    xml_text(out, address);
    strbuf_append_format(out, "/%s</loc><lastmod>", path);
    timestamp_append(out, modified);
    strbuf_append_format(out, "</lastmod></%s>\n", element);
}

static time_t newest(const struct sitemap *sitemap, size_t first, size_t end)
{
    time_t newest = 0;

    for (size_t i = first; i < end; i++)
        if (sitemap->pages.items[i].modified > newest)
            newest = sitemap->pages.items[i].modified;
    return newest;
}

static size_t part_end(const struct sitemap *sitemap, size_t first)
{
    return first + SITEMAP_MAX < sitemap->pages.count ? first + SITEMAP_MAX : sitemap->pages.count;
}

void sitemap_build_part(struct strbuf *out, const struct sitemap *sitemap, size_t part,
                        struct span address)
{
    size_t first = (part - 1) * SITEMAP_MAX, end = part_end(sitemap, first);

    strbuf_append_format(out, "%s<urlset %s>\n", declaration, scheme);
    for (size_t i = first; i < end; i++)
        append_entry(out, "url", address, sitemap->pages.items[i].path,
                     sitemap->pages.items[i].modified);
    strbuf_append_text(out, "</urlset>\n");
}

void sitemap_build(struct strbuf *out, const struct sitemap *sitemap, struct span address)
{
    size_t count = sitemap_part_count(sitemap);

    if (count == 0) {
        sitemap_build_part(out, sitemap, 1, address);
        return;
    }
    strbuf_append_format(out, "%s<sitemapindex %s>\n", declaration, scheme);
    for (size_t part = 1; part <= count; part++) {
        size_t first = (part - 1) * SITEMAP_MAX;
        char path[sizeof "sitemap-18446744073709551615.xml"];

        snprintf(path, sizeof path, "sitemap-%zu.xml", part);
        append_entry(out, "sitemap", address, path,
                     newest(sitemap, first, part_end(sitemap, first)));
    }
    strbuf_append_text(out, "</sitemapindex>\n");
}
