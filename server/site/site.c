#include "site/site.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/map.h"
#include "base/mem.h"
#include "site/audience.h"
#include "site/named_deck.h"
#include "site/publish.h"
#include "site/publish_lists.h"
#include "site/search_page.h"
#include "site/site_internal.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* What pages are made from besides decks lies in the program itself. */
static time_t program_modified(void)
{
    struct stat st;

    return stat("/proc/self/exe", &st) == 0 ? st.st_mtim.tv_sec : 0;
}

/* Copies problems, each once: a mistake in a shared deck.yaml is met by every deck below it. */
static void add_problems(struct site *site, struct map *seen, const struct err_list *from)
{
    vec_each (&from->list, err) {
        struct strbuf line = STRBUF_INIT;

        err_append_line(&line, err);
        if (!map_put(seen, strbuf_span(&line), seen)) {
            struct err copy = *err;

            copy.file = mem_copy_text(err->file);
            copy.text = mem_copy_text(err->text);
            vec_push(&site->problems.list, copy);
        }
        strbuf_release(&line);
    }
    site->problems.dropped += from->dropped;
}

static void add_all_problems(struct site *site, const struct err_list *errs)
{
    struct map seen;

    map_init(&seen);
    add_problems(site, &seen, errs);
    for (size_t i = 0; i < site->talks.count; i++) {
        const struct talk *talk = &site->talks.list[i];

        add_problems(site, &seen, &talk->made->deck->problems);
        add_problems(site, &seen, &talk->made->problems);
        if (talk->shown != talk->made)
            err_add(&site->problems, SEVERITY_WARNING, talk->file, 0, 0,
                    "the deck is shown as it was before its errors: mend them and reload");
    }
    map_release(&seen);
    err_list_sort(&site->problems);
}

static void publish_all(struct site *site, const struct publish *publish, bool embed)
{
    publish_decks(publish);
    publish_index(publish);
    publish_files(publish);
    publish_groups(publish);
    machines_publish(&site->machines, publish);
    search_publish(&site->routes, &site->search_source, publish->now);
    publish_embedded(publish);
    publish_redirects(publish); /* last: no alias takes anything's place */
    audience_apply(&site->routes, &site->talks, embed);
    site->errors = mem_zero(error_page_count(), sizeof *site->errors);
    for (size_t i = 0; i < error_page_count(); i++) {
        struct error_pages *pages = &site->errors[i];

        publish_error_page(publish, i, &pages->html, &pages->text);
        audience_settle_framing(&site->routes, pages->html, embed);
    }
}

/* What the configuration says of all decks holds for the pages that belong to none. */
static bool pages_may_be_embedded(const struct site_settings *settings)
{
    struct deck_settings decks;
    struct err_list errs; /* told when the configuration was read */
    bool embed;

    deck_settings_init(&decks);
    err_list_init(&errs);
    deck_settings_read(&decks, settings->deck_defaults, &errs);
    embed = decks.embed;
    err_list_release(&errs);
    deck_settings_release(&decks);
    return embed;
}

/* Without one, the only deck stands at the root itself. */
static bool has_index(const struct deck_places *places)
{
    return places->list.count != 1 || *places->list.items[0].path;
}

static void load_walked(struct site *site, const struct site_settings *settings,
                        const struct site *before, struct err_list *errs, site_progress *progress,
                        void *context)
{
    struct layers layers;
    struct people people;
    struct reuse reuse;
    struct look look; /* the shell takes it */

    reuse_init(&reuse, before ? &before->routes : NULL);
    layers_read(&layers, site->root, &site->walk, settings->deck_defaults, errs);
    site_files_read(&site->files, site->root, &site->walk, before ? &before->files : NULL, &reuse,
                    errs);
    discover_decks(site->root, &site->walk, &layers, &site->files, &site->places, errs);

    look_init(&look, settings, &site->files, &reuse, before ? &before->shell.look : NULL, errs);
    shell_init(&site->shell, settings, &look, has_index(&site->places));
    people_init(&people, &settings->people);

    const struct talks_source source = {
        .root = site->root,
        .settings = settings,
        .walk = &site->walk,
        .layers = &layers,
        .places = &site->places,
        .files = &site->files,
        .before = before ? &before->talks : NULL,
        .reuse = &reuse,
        .shell = &site->shell,
        .people = &people,
        .program_modified = program_modified(),
        .progress = progress,
        .progress_context = context,
    };

    talks_load(&site->talks, &source);
    catalog_init(&site->catalog, &site->talks, &people);
    catalog_note_spellings(&site->catalog, errs);
    site->index = (struct index_source){&site->shell, &site->catalog};
    search_init(&site->search, &site->catalog, before ? &before->search : NULL, errs);
    site->search_source = (struct search_source){&site->shell, &site->catalog, &site->search};

    const struct publish publish = {
        .routes = &site->routes,
        .settings = settings,
        .address = span_of(site->shell.address),
        .walk = &site->walk,
        .files = &site->files,
        .talks = &site->talks,
        .shell = &site->shell,
        .catalog = &site->catalog,
        .index = &site->index,
        .before = before ? &before->routes : NULL,
        .reuse = &reuse,
        .program_modified = source.program_modified,
        .now = time(NULL),
        .errs = errs,
    };

    publish_all(site, &publish, pages_may_be_embedded(settings));
    catalog_settle(&site->catalog);
    add_all_problems(site, errs);
    people_release(&people);
    layers_release(&layers);
    reuse_release(&reuse);
}

/* More likely its disk is not mounted than that nobody wants any of it any more. */
static bool has_vanished(const struct walk *walk, const struct walk *before)
{
    return walk->files.count == 0 && walk->directories.count == 1 && before->files.count > 0;
}

/* What is below the root; all of it or an error, where there is a site that can stay instead. */
static int walk_all(int root, const struct site *before, struct walk *ret_walk,
                    struct err_list *errs)
{
    struct walk_limits limits = walk_limits_default;

    limits.entire = before != NULL;
    int err = walk_root(root, &limits, ret_walk, errs);
    if (!err && before && has_vanished(ret_walk, &before->walk)) {
        walk_release(ret_walk);
        err = -ENOMEDIUM;
    }
    return err;
}

int site_load(const struct site_settings *settings, const struct site *before,
              site_progress *progress, void *context, struct site **ret_site)
{
    struct err_list errs;
    struct walk walk;
    struct site *site;
    uint64_t started = clock_monotonic_ns();
    int root, err = file_open_directory(settings->root, &root);

    if (err)
        return err;
    err_list_init(&errs);
    err = walk_all(root, before, &walk, &errs);
    if (err) {
        err_list_release(&errs);
        close(root);
        return err;
    }
    site = mem_zero(1, sizeof *site);
    site->root = root;
    site->walk = walk;
    err_list_init(&site->problems);
    routes_init(&site->routes);
    load_walked(site, settings, before, &errs, progress, context);
    err_list_release(&errs);
    mem_trim();
    site->load_ns = clock_monotonic_ns() - started;
    *ret_site = site;
    return 0;
}

void site_free(struct site *site)
{
    if (!site)
        return;
    routes_release(&site->routes);
    search_release(&site->search);
    catalog_release(&site->catalog);
    machines_release(&site->machines);
    shell_release(&site->shell);
    talks_release(&site->talks);
    deck_places_release(&site->places);
    site_files_release(&site->files);
    walk_release(&site->walk);
    err_list_release(&site->problems);
    free(site->errors);
    close(site->root);
    free(site);
    mem_trim();
}

const struct resource *site_find(const struct site *site, struct span path)
{
    return routes_find(&site->routes, path);
}

void site_each(const struct site *site, site_visit *visit, void *context)
{
    const struct map *paths = &site->routes.by_path;

    for (size_t i = 0; i < paths->count; i++)
        visit(context, paths->entries[i].key, paths->entries[i].value);
}

const char *site_deck_named(const struct site *site, const struct site_settings *settings,
                            const char *name, struct err_list *errs)
{
    const struct deck_place *place =
        named_deck_find(&site->places, &site->walk, settings->root, name, errs);

    if (!place)
        return NULL;
    for (size_t i = 0; i < site->talks.count; i++) {
        const struct talk *talk = &site->talks.list[i];

        if (talk->shown->deck->broken && strcmp(talk->path, place->path) == 0) {
            err_add(errs, SEVERITY_ERROR, talk->file, 0, 0,
                    "there are no slides to show: mend the errors of this deck");
            return NULL;
        }
    }
    return place->path;
}

const struct resource *site_error_page(const struct site *site, int status, bool text)
{
    const struct error_pages *pages = &site->errors[error_page_index(status)];

    return text ? pages->text : pages->html;
}

size_t site_resource_count(const struct site *site)
{
    return site->routes.all.count;
}

const struct resource *site_resource(const struct site *site, size_t id)
{
    return site->routes.all.items[id];
}

int site_root(const struct site *site)
{
    return site->root;
}

uint64_t site_load_ns(const struct site *site)
{
    return site->load_ns;
}

size_t site_deck_count(const struct site *site)
{
    return site->talks.count;
}

size_t site_slide_count(const struct site *site)
{
    size_t count = 0;

    for (size_t i = 0; i < site->talks.count; i++)
        count += site->talks.list[i].shown->slide_count;
    return count;
}

size_t site_fresh_count(const struct site *site)
{
    return site->talks.fresh;
}

size_t site_bytes(const struct site *site)
{
    size_t bytes = 0;

    vec_each (&site->routes.all, resource)
        for (size_t i = 0; i < CODING_COUNT && (*resource)->freshness != FRESHNESS_FOREVER; i++)
            bytes += (*resource)->forms[i].body ? blob_size((*resource)->forms[i].body) : 0;
    return bytes;
}

const struct err_list *site_problems(const struct site *site)
{
    return &site->problems;
}
