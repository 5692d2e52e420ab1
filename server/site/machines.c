#include "site/machines.h"

#include "base/mem.h"
#include "site/decks_json.h"
#include "site/feed.h"
#include "site/talk_page.h"
#include "site/well_known.h"

#include <stdio.h>
#include <stdlib.h>

static const char atom_type[] = "application/atom+xml; charset=utf-8";
static const char xml_type[] = "application/xml; charset=utf-8";
static const char json_type[] = "application/json";
static const char text_type[] = "text/plain; charset=utf-8";

/* When something was last written that is in the list; of the root where there is nothing. */
static time_t written(const struct publish *publish, const struct talk_list *list)
{
    time_t newest = list->talks.count ? 0 : publish->walk->directories.items[0].modified.tv_sec;

    vec_each (&list->talks, talk)
        if ((*talk)->shown->written > newest)
            newest = (*talk)->shown->written;
    return newest < publish->now ? newest : publish->now;
}

/* For everybody's scripts, as there is nothing in it that is not for everybody. */
static void publish_shared(const struct publish *publish, const char *path, const char *type,
                           struct strbuf *text, time_t modified)
{
    struct resource *resource = publish_text(publish, path, type, text, modified);

    if (resource)
        resource->shared = true;
}

/* A feed stands beside the page that lists the same talks. */
static void publish_feed(const struct publish *publish, const struct talk_list *list,
                         struct span page, struct span title)
{
    struct strbuf path = STRBUF_INIT, text = STRBUF_INIT;

    strbuf_append_char(&path, '/');
    strbuf_append_span(&path, page);
    strbuf_append_text(&path, "feed.xml");

    const struct feed feed = {
        .outlook = {publish->address, span_from(strbuf_span(&path), 1), publish->walk,
                    publish->files},
        .title = title,
        .page = page,
        .list = list,
        .catalog = publish->catalog,
        .begun = publish->walk->directories.items[0].modified.tv_sec,
        .now = publish->now,
    };

    feed_build(&text, &feed);
    publish_shared(publish, path.data, atom_type, &text, written(publish, list));
    strbuf_release(&path);
}

static void publish_feeds(const struct publish *publish)
{
    static const enum catalog_kind kinds[] = {CATALOG_TAGS, CATALOG_PEOPLE};
    struct span site = span_of(publish->shell->title);

    publish_feed(publish, &publish->catalog->talks, SPAN(""), site);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        vec_each (&publish->catalog->kinds[kinds[i]].list, group) {
            struct strbuf title = STRBUF_INIT;

            strbuf_append_format(&title, "%s · ", (*group)->name);
            strbuf_append_span(&title, site);
            publish_feed(publish, &(*group)->talks, span_of((*group)->path), strbuf_span(&title));
            strbuf_release(&title);
        }
}

static void publish_decks_json(const struct publish *publish)
{
    struct strbuf text = STRBUF_INIT;
    const struct decks_json decks = {
        .outlook = {publish->address, SPAN("decks.json"), publish->walk, publish->files},
        .title = span_of(publish->shell->title),
        .catalog = publish->catalog,
        .now = publish->now,
    };

    decks_json_build(&text, &decks);
    publish_shared(publish, "/decks.json", json_type, &text,
                   written(publish, &publish->catalog->talks));
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
    time_t newest = written(publish, &catalog->talks);

    if (publish->shell->has_index)
        add_page(sitemap, publish, "", newest);
    vec_each (&catalog->talks.talks, talk) {
        const struct talk_list alone = {.talks = {.items = talk, .count = 1}};
        char *about = mem_format("%s" TALK_PAGE, (*talk)->path);

        if (!talk_deck(*talk)->broken) {
            add_page(sitemap, publish, (*talk)->path, written(publish, &alone));
            add_page(sitemap, publish, about, written(publish, &alone));
        }
        free(about);
    }
    for (int kind = 0; kind < CATALOG_KIND_COUNT; kind++) {
        const char *path = catalog_kind_path((enum catalog_kind)kind);

        if (*path && catalog->kinds[kind].list.count > 0)
            add_page(sitemap, publish, path, newest);
        vec_each (&catalog->kinds[kind].list, group)
            add_page(sitemap, publish, (*group)->path, written(publish, &(*group)->talks));
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
    time_t modified = written(publish, &publish->catalog->talks);

    machines->files = mem_zero(count, sizeof *machines->files);
    for (size_t i = 0; i < count; i++) {
        struct sitemap_file *file = &machines->files[i];
        struct strbuf path = STRBUF_INIT, text = STRBUF_INIT;

        *file = (struct sitemap_file){sitemap, i};
        strbuf_append_format(&path, i ? "/sitemap-%zu.xml" : "/sitemap.xml", i);
        if (publish->address.len > 0) {
            build_sitemap(&text, file, publish->address);
            publish_text(publish, path.data, xml_type, &text, modified);
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
                            written(publish, &publish->catalog->talks));

    *oembed = (struct oembed){.talks = publish->talks,
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
