#include "site/machines.h"

#include "base/mem.h"
#include "site/decks_json.h"
#include "site/publish_feeds.h"
#include "site/talk_page.h"
#include "site/well_known.h"

#include <stdio.h>
#include <stdlib.h>

static const char xml_type[] = "application/xml; charset=utf-8";
static const char json_type[] = "application/json";
static const char text_type[] = "text/plain; charset=utf-8";

static void publish_decks_json(const struct publish *publish)
{
    struct strbuf text = STRBUF_INIT;
    const struct decks_json decks = {
        .outlook = {publish->address, SPAN("decks.json"), publish->walk, publish->files},
        .title = span_of(publish->shell->title),
        .catalog = publish->catalog,
        .now = publish->now,
    };
    struct resource *resource;

    decks_json_build(&text, &decks);
    resource = publish_text(publish, "/decks.json", json_type, &text,
                            publish_written(publish, &publish->catalog->talks));
    if (resource)
        resource->shared = resource->undated = true;
}

/* What is a page of its own, and not a redirection to one. */
static void add_page(struct sitemap *sitemap, const struct publish *publish, const char *path,
                     time_t modified)
{
    char *absolute = mem_format("/%s", path);
    const struct resource *page = routes_find(publish->routes, span_of(absolute));

    if (page && page->kind != RESOURCE_REDIRECT)
        sitemap_add(sitemap, span_of(path), modified);
    free(absolute);
}

static void collect_pages(struct sitemap *sitemap, const struct publish *publish)
{
    const struct catalog *catalog = publish->catalog;
    time_t newest = publish_updated(publish, &catalog->talks);

    if (publish->shell->has_index)
        add_page(sitemap, publish, "", newest);
    vec_each (&catalog->talks.talks, talk) {
        time_t modified = talk_updated(*talk, publish->now);
        char *about = mem_format("%s" TALK_PAGE, (*talk)->path);

        if (!talk_deck(*talk)->broken) {
            add_page(sitemap, publish, (*talk)->path, modified);
            add_page(sitemap, publish, about, modified);
        }
        free(about);
    }
    for (int kind = 0; kind < CATALOG_KIND_COUNT; kind++) {
        const char *path = catalog_kind_path((enum catalog_kind)kind);

        if (*path && catalog->kinds[kind].list.count > 0)
            add_page(sitemap, publish, path, newest);
        vec_each (&catalog->kinds[kind].list, group)
            add_page(sitemap, publish, (*group)->path, publish_updated(publish, &(*group)->talks));
    }
}

static void build_sitemap(struct strbuf *out, const struct sitemap_file *file, struct span address)
{
    if (file->part == 0)
        sitemap_build(out, file->sitemap, address);
    else
        sitemap_build_part(out, file->sitemap, file->part, address);
}

/* For a site that does not know its own address. */
static bool compute_sitemap(const void *context, const struct query *query, struct computed *answer)
{
    (void)query;
    if (answer->address.len == 0)
        return false;
    build_sitemap(&answer->body, context, answer->address);
    return true;
}

static void publish_sitemap(struct machines *machines, const struct publish *publish)
{
    struct sitemap *sitemap = &machines->sitemap;
    size_t count = sitemap_part_count(sitemap) + 1;
    time_t modified = publish_written(publish, &publish->catalog->talks);

    machines->files = mem_zero(count, sizeof *machines->files);
    for (size_t i = 0; i < count; i++) {
        struct sitemap_file *file = &machines->files[i];
        struct strbuf path = STRBUF_INIT, text = STRBUF_INIT;
        struct resource *resource;

        *file = (struct sitemap_file){sitemap, i};
        strbuf_append_format(&path, i ? "/sitemap-%zu.xml" : "/sitemap.xml", i);
        if (publish->address.len > 0) {
            build_sitemap(&text, file, publish->address);
            resource = publish_text(publish, path.data, xml_type, &text, modified);
            if (resource)
                resource->undated = true;
        } else {
            routes_put(publish->routes, strbuf_span(&path),
                       routes_new_computed(publish->routes, xml_type, NULL, compute_sitemap, file,
                                           modified));
        }
        strbuf_release(&path);
    }
}

static void publish_well_known(const struct publish *publish)
{
    const struct security_settings *security = &publish->settings->security;
    struct strbuf robots = STRBUF_INIT, security_txt = STRBUF_INIT;

    robots_build(&robots, publish->address);
    publish_text(publish, "/robots.txt", text_type, &robots, publish->program_modified);
    if (!security_settings_exist(security))
        return;
    security_txt_build(&security_txt, security, publish->address);
    publish_text(publish, "/.well-known/security.txt", text_type, &security_txt,
                 publish->program_modified);
    if (security_txt_is_over(security, publish->now))
        err_add(publish->errs, SEVERITY_WARNING, NULL, 0, 0,
                "`security` in the configuration expired on %s: see whether it still holds, and "
                "give a later day",
                security->expires);
}

static void publish_oembed(struct oembed *oembed, const struct publish *publish)
{
    struct resource *resource =
        routes_new_computed(publish->routes, json_type, NULL, oembed_compute, oembed,
                            publish_written(publish, &publish->catalog->talks));

    *oembed = (struct oembed){.talks = publish->talks,
                              .catalog = publish->catalog,
                              .routes = publish->routes,
                              .shell = publish->shell,
                              .walk = publish->walk,
                              .files = publish->files};
    resource->shared = true;
    routes_put(publish->routes, SPAN("/oembed"), resource);
}

void machines_publish(struct machines *machines, const struct publish *publish)
{
    publish_feeds(publish);
    publish_decks_json(publish);
    publish_well_known(publish);
    collect_pages(&machines->sitemap, publish);
    publish_sitemap(machines, publish);
    publish_oembed(&machines->oembed, publish);
}

void machines_release(struct machines *machines)
{
    sitemap_release(&machines->sitemap);
    free(machines->files);
}
