#include "site/site.h"

#include "base/file.h"
#include "base/map.h"
#include "base/mem.h"
#include "site/discover.h"
#include "site/publish.h"

#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct error_pages {
    const struct resource *html, *text; /* owned by the routes */
};

struct site {
    int root;
    struct routes routes;
    struct error_pages *errors; /* one for each of error_page */
    size_t deck_count, slide_count;
    struct err_list problems;
};

/* What pages are made from besides decks lies in the program itself. */
static time_t program_modified(void)
{
    struct stat st;

    return stat("/proc/self/exe", &st) == 0 ? st.st_mtim.tv_sec : 0;
}

/* Moves problems, each once: a mistake in a shared deck.yaml is met by every deck below it. */
static void take_problems(struct site *site, struct map *seen, struct err_list *from)
{
    vec_each (&from->list, err) {
        struct strbuf line = STRBUF_INIT;

        err_append_line(&line, err);
        if (map_put(seen, strbuf_span(&line), seen)) {
            free(err->file);
            free(err->text);
        } else {
            vec_push(&site->problems.list, *err);
        }
        strbuf_release(&line);
    }
    site->problems.dropped += from->dropped;
    vec_release(&from->list);
    from->dropped = 0;
}

static void take_all_problems(struct site *site, struct err_list *errs, struct talks *talks)
{
    struct map seen;

    map_init(&seen);
    take_problems(site, &seen, errs);
    for (size_t i = 0; i < talks->count; i++) {
        take_problems(site, &seen, &talks->list[i].deck->problems);
        take_problems(site, &seen, &talks->list[i].problems);
    }
    map_release(&seen);
}

static void publish_all(struct site *site, const struct publish *publish)
{
    publish_decks(publish);
    publish_index(publish);
    publish_files(publish);
    publish_redirects(publish);
    publish_embedded(publish);
    site->errors = mem_zero(error_page_count(), sizeof *site->errors);
    for (size_t i = 0; i < error_page_count(); i++)
        publish_error_page(publish, i, &site->errors[i].html, &site->errors[i].text);
}

static void load_walked(struct site *site, const struct site_settings *settings,
                        const struct walk *walk, struct err_list *errs, site_progress *progress,
                        void *context)
{
    struct deck_places places;
    struct site_files files;
    struct layers layers;
    struct talks talks;

    layers_read(&layers, site->root, walk, settings->deck_defaults, errs);
    discover_decks(site->root, walk, &layers, &places, errs);
    site_files_read(&files, site->root, walk, errs);

    const struct talks_source source = {
        .root = site->root,
        .settings = settings,
        .walk = walk,
        .layers = &layers,
        .places = &places,
        .files = &files,
        .program_modified = program_modified(),
        .progress = progress,
        .progress_context = context,
    };

    talks_load(&talks, &source);
    site->deck_count = talks.count;
    for (size_t i = 0; i < talks.count; i++)
        site->slide_count += talks.list[i].deck->index.count;

    const struct publish publish = {
        .routes = &site->routes,
        .settings = settings,
        .walk = walk,
        .files = &files,
        .talks = &talks,
        .program_modified = source.program_modified,
        .now = time(NULL),
        .errs = errs,
    };

    publish_all(site, &publish);
    take_all_problems(site, errs, &talks);
    talks_release(&talks);
    site_files_release(&files);
    deck_places_release(&places);
    layers_release(&layers);
}

int site_load(const struct site_settings *settings, site_progress *progress, void *context,
              struct site **ret_site)
{
    struct err_list errs;
    struct walk walk;
    struct site *site;
    int root, err = file_open_directory(settings->root, &root);

    if (err)
        return err;
    err_list_init(&errs);
    err = walk_root(root, &walk_limits_default, &walk, &errs);
    if (err) {
        err_list_release(&errs);
        close(root);
        return err;
    }
    site = mem_zero(1, sizeof *site);
    site->root = root;
    err_list_init(&site->problems);
    routes_init(&site->routes);
    load_walked(site, settings, &walk, &errs, progress, context);
    err_list_release(&errs);
    walk_release(&walk);
    *ret_site = site;
    return 0;
}

void site_free(struct site *site)
{
    if (!site)
        return;
    routes_release(&site->routes);
    err_list_release(&site->problems);
    free(site->errors);
    close(site->root);
    free(site);
}

const struct resource *site_find(const struct site *site, struct span path)
{
    return routes_find(&site->routes, path);
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

size_t site_deck_count(const struct site *site)
{
    return site->deck_count;
}

size_t site_slide_count(const struct site *site)
{
    return site->slide_count;
}

const struct err_list *site_problems(const struct site *site)
{
    return &site->problems;
}
