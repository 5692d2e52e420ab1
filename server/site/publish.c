#include "site/publish.h"

#include "base/escape.h"
#include "base/mem.h"
#include "site/csp.h"
#include "site/deck_qr.h"
#include "site/embedded.h"
#include "site/index_page.h"
#include "site/publish_aliases.h"
#include "site/talk_page.h"
#include "site/url.h"

#include <stdio.h>
#include <string.h>

static const char html_type[] = "text/html; charset=utf-8";
static const char text_type[] = "text/plain; charset=utf-8";

/* "/" before a path relative to the root. */
static void set_path(struct strbuf *path, const char *relative)
{
    strbuf_reset(path);
    strbuf_append_char(path, '/');
    strbuf_append_text(path, relative);
}

/*
 * Content that stands at its path since the site before keeps its time. New content is newer than
 * what stood there, even where its files are older.
 */
static time_t true_time(const struct publish *publish, const char *path, struct digest digest,
                        time_t modified)
{
    const struct resource *before =
        publish->before && path ? routes_find(publish->before, span_of(path)) : NULL;

    if (modified > publish->now)
        modified = publish->now;
    if (!before || before->kind == RESOURCE_REDIRECT)
        return modified;
    if (strcmp(before->digest.text, digest.text) == 0)
        return before->modified;
    return modified > before->modified ? modified : publish->now;
}

/* `path` is NULL for what has none. */
static struct resource *new_page(const struct publish *publish, const char *path, const char *type,
                                 const char *csp, const struct page *page, time_t modified)
{
    struct blob *forms[CODING_COUNT];
    struct resource *resource;

    for (size_t i = 0; i < CODING_COUNT; i++)
        forms[i] = page->forms[i] ? blob_ref(page->forms[i]) : NULL;
    resource = routes_new_memory(publish->routes, type, csp, page->digest, forms);
    resource->modified = true_time(publish, path, page->digest, modified);
    return resource;
}

struct resource *publish_form(const struct publish *publish, const char *path, const char *type,
                              const struct page *page, time_t modified)
{
    struct resource *resource;

    if (map_get(&publish->routes->by_path, span_of(path)))
        return NULL;
    resource = new_page(publish, path, type, NULL, page, modified);
    routes_put(publish->routes, span_of(path), resource);
    return resource;
}

struct resource *publish_text(const struct publish *publish, const char *path, const char *type,
                              struct strbuf *text, time_t modified)
{
    struct resource *resource;
    struct page page;

    page_finish_quick(&page, text, publish->reuse);
    resource = publish_form(publish, path, type, &page, modified);
    page_release(&page);
    return resource;
}

/* Where the talk's files are, as a path that ends in a slash. */
static void set_directory(struct strbuf *path, const struct walk *walk, const struct talk *talk)
{
    const char *directory = walk->directories.items[talk->directory].path;

    set_path(path, directory);
    if (*directory)
        strbuf_append_char(path, '/');
}

static void publish_cover(const struct publish *publish, const struct rendering *shown)
{
    struct strbuf path = STRBUF_INIT;
    struct resource *drawing;

    if (!shown->cover.drawn.forms[CODING_IDENTITY])
        return;
    set_path(&path, shown->cover.path);
    drawing = new_page(publish, path.data, "image/svg+xml", csp_code, &shown->cover.drawn,
                       shown->modified);
    drawing->freshness = FRESHNESS_FOREVER;
    routes_put(publish->routes, strbuf_span(&path), drawing);
    strbuf_release(&path);
}

/* What stands beside the deck's own page, whose path is given: the talk's, and its QR code. */
static void publish_about(const struct publish *publish, const struct talk *talk,
                          struct strbuf *path)
{
    const struct rendering *shown = talk->shown;
    size_t deck = path->len;
    struct resource *code;

    strbuf_append_text(path, TALK_PAGE);
    if (talk->slideless)
        routes_redirect(publish->routes, strbuf_span(path), "./");
    else
        routes_put(publish->routes, strbuf_span(path),
                   new_page(publish, path->data, html_type, shown->about_policy, &shown->about,
                            shown->modified));
    strbuf_truncate(path, deck);
    strbuf_append_text(path, DECK_QR);
    code = routes_new_computed(publish->routes, "image/svg+xml", csp_code, deck_qr_compute, talk,
                               publish->program_modified);
    routes_put(publish->routes, strbuf_span(path), code);
}

void publish_decks(const struct publish *publish)
{
    struct strbuf path = STRBUF_INIT, directory = STRBUF_INIT;

    for (size_t i = 0; i < publish->talks->count; i++) {
        const struct talk *talk = &publish->talks->list[i];
        const struct rendering *shown = talk->shown;

        set_path(&path, talk->path);
        routes_put(
            publish->routes, strbuf_span(&path),
            new_page(publish, path.data, html_type, shown->policy, &shown->page, shown->modified));
        set_directory(&directory, publish->walk, talk);
        if (!span_equal(strbuf_span(&path), strbuf_span(&directory)))
            routes_mount(publish->routes, strbuf_span(&path), directory.data);
        publish_about(publish, talk, &path);
        publish_cover(publish, shown);
    }
    strbuf_release(&path);
    strbuf_release(&directory);
}

struct resource *publish_page(const struct publish *publish, const char *path,
                              const struct page *page, time_t modified)
{
    struct resource *resource;

    if (map_get(&publish->routes->by_path, span_of(path)))
        return NULL;
    resource = new_page(publish, path, html_type, csp_page, page, modified);
    routes_put(publish->routes, span_of(path), resource);
    return resource;
}

static struct resource *new_file(const struct publish *publish, const struct site_file *file,
                                 const char *path)
{
    const char *type = file->utf8 ? file->mime->type : file->mime->plain;
    const char *csp = file->mime->active ? csp_author : NULL;
    const struct walk_file *found = file->file;
    struct resource *resource;

    if (file->forms[CODING_IDENTITY]) {
        struct page held = {.digest = file->digest};

        memcpy(held.forms, file->forms, sizeof held.forms);
        return new_page(publish, path, type, csp, &held, found->modified.tv_sec);
    }
    resource = routes_new(publish->routes, RESOURCE_FILE, type, csp, file->digest);
    resource->forms[CODING_IDENTITY].etag = mem_format("\"%s\"", file->digest.text);
    resource->file = mem_copy_text(found->path);
    resource->size = found->size;
    resource->file_modified = found->modified;
    resource->inode = found->inode;
    resource->modified =
        found->modified.tv_sec < publish->now ? found->modified.tv_sec : publish->now;
    return resource;
}

void publish_files(const struct publish *publish)
{
    struct strbuf path = STRBUF_INIT;

    for (size_t i = 0; i < publish->files->count; i++) {
        const struct site_file *file = &publish->files->list[i];
        struct resource *resource;

        if (!file->readable || layers_is_settings(file->file->name))
            continue;
        set_path(&path, file->file->path);
        resource = new_file(publish, file, path.data);
        routes_put(publish->routes, strbuf_span(&path), resource);
        if (strcmp(file->file->name, "index.html") != 0)
            continue;
        strbuf_truncate(&path, path.len - strlen("index.html"));
        routes_put(publish->routes, strbuf_span(&path), resource);
    }
    strbuf_release(&path);
}

/* "/2015/polyconf" to "polyconf/", for a path that ends in a slash. */
static void redirect_to_slash(const struct publish *publish, struct span path)
{
    struct strbuf location = STRBUF_INIT;
    size_t start = path.len - 1;

    while (start > 0 && path.data[start - 1] != '/')
        start--;
    url_path(&location, span_from(path, start));
    routes_redirect(publish->routes, span_cut(path, 0, path.len - 1), location.data);
    strbuf_release(&location);
}

/* "/2015/polyconf/about/", which may be a deck of its own, to the talk's page. */
static void redirect_about(const struct publish *publish, const struct talk *talk)
{
    struct strbuf path = STRBUF_INIT;

    set_path(&path, talk->path);
    strbuf_append_text(&path, TALK_PAGE "/");
    routes_redirect(publish->routes, strbuf_span(&path), talk->slideless ? "../" : "../" TALK_PAGE);
    strbuf_release(&path);
}

/* A deck whose slug is not its directory's name is found under that name too. */
static void redirect_directory(const struct publish *publish, const struct talk *talk)
{
    struct strbuf directory = STRBUF_INIT, location = STRBUF_INIT;

    set_directory(&directory, publish->walk, talk);
    if (!routes_find(publish->routes, strbuf_span(&directory))) {
        url_append_relative(&location, span_from(strbuf_span(&directory), 1), span_of(talk->path));
        routes_redirect(publish->routes, strbuf_span(&directory), location.data);
        redirect_to_slash(publish, strbuf_span(&directory));
    }
    strbuf_release(&directory);
    strbuf_release(&location);
}

void publish_redirects(const struct publish *publish)
{
    struct map *paths = &publish->routes->by_path;
    size_t count = paths->count; /* redirects added meanwhile need none themselves */

    for (size_t i = 0; i < count; i++) {
        struct span path = paths->entries[i].key;

        if (path.len > 1 && path.data[path.len - 1] == '/')
            redirect_to_slash(publish, path);
    }
    publish_aliases(publish);
    for (size_t i = 0; i < publish->talks->count; i++) {
        const struct talk *talk = &publish->talks->list[i];

        redirect_about(publish, talk);
        if (!talk->loose)
            redirect_directory(publish, talk);
    }
}

static struct resource *new_embedded(const struct publish *publish, const struct embedded *file)
{
    struct blob *forms[CODING_COUNT] = {
        [CODING_IDENTITY] = blob_new_static(file->data, file->size),
        [CODING_GZIP] = file->gzip ? blob_new_static(file->gzip, file->gzip_size) : NULL,
        [CODING_BROTLI] = file->brotli ? blob_new_static(file->brotli, file->brotli_size) : NULL,
    };
    struct digest digest;
    struct resource *resource;

    snprintf(digest.text, sizeof digest.text, "%s", file->digest);
    resource = routes_new_memory(publish->routes, file->type, NULL, digest, forms);
    resource->modified = publish->program_modified;
    return resource;
}

/* Our style sheet in the owner's colours, where there are any. */
static void publish_sheet(const struct publish *publish)
{
    const struct look *look = &publish->shell->look;
    struct strbuf path = STRBUF_INIT;
    struct resource *resource;

    if (!look->sheet.forms[CODING_IDENTITY])
        return;
    set_path(&path, look->style);
    resource =
        new_page(publish, path.data, "text/css; charset=utf-8", NULL, &look->sheet, publish->now);
    resource->freshness = FRESHNESS_FOREVER;
    routes_put(publish->routes, strbuf_span(&path), resource);
    strbuf_release(&path);
}

void publish_embedded(const struct publish *publish)
{
    const struct embedded *icon = embedded_find("icon.svg");
    const struct embedded *licenses = embedded_find("licenses.txt");

    for (size_t i = 0; i < embedded_count; i++) {
        const struct embedded *file = &embedded_files[i];
        struct resource *resource;

        if (strncmp(file->name, "pages/", 6) == 0)
            continue;
        resource = new_embedded(publish, file);
        resource->freshness = FRESHNESS_FOREVER;
        routes_put(publish->routes, span_of(file->url), resource);
    }
    publish_sheet(publish);
    if (icon && !routes_find(publish->routes, SPAN("/favicon.ico")))
        routes_put(publish->routes, SPAN("/favicon.ico"), new_embedded(publish, icon));
    if (licenses) /* which scripts and style sheets name by this address */
        routes_put(publish->routes, SPAN("/_/licenses.txt"), new_embedded(publish, licenses));
}

void publish_error_page(const struct publish *publish, size_t index, struct resource **ret_html,
                        struct resource **ret_text)
{
    struct page page;

    error_page_build_html(index, publish->shell, publish->reuse, &page);
    *ret_html = new_page(publish, NULL, html_type, csp_page, &page, publish->program_modified);
    page_release(&page);
    error_page_build_text(index, publish->reuse, &page);
    *ret_text = new_page(publish, NULL, text_type, NULL, &page, publish->program_modified);
    page_release(&page);
}
