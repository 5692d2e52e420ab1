#include "site/talks.h"

#include "base/mem.h"
#include "base/pool.h"
#include "site/deck_page.h"

#include <pthread.h>
#include <string.h>

struct loading {
    const struct talks_source *source;
    struct talks *talks;
    struct deck_page_site page_site;
    pthread_mutex_t progress_lock;
    size_t done;
};

/* What a deck asks is asked for one talk, whose page then depends on the answer. */
struct asking {
    const struct loading *loading;
    struct talk *talk;
};

static void depend_on(struct talk *talk, time_t modified)
{
    if (modified > talk->modified)
        talk->modified = modified;
}

static bool find_file(void *context, struct span path, struct deck_file *ret_file)
{
    const struct asking *asking = context;
    const struct site_file *file = site_files_find(asking->loading->source->files, path);

    if (!file)
        return false;
    depend_on(asking->talk, file->file->modified.tv_sec);
    *ret_file = (struct deck_file){file->digest.text, file->width, file->height};
    return true;
}

static bool find_deck_url(void *context, struct span path, struct span *ret_url)
{
    const struct asking *asking = context;
    const struct talk *talk;

    while (path.len > 0 && path.data[path.len - 1] == '/')
        path.len--;
    talk = map_get(&asking->loading->talks->by_path, path);
    if (!talk)
        return false;
    *ret_url = span_of(talk->path);
    return true;
}

static void load_deck(struct loading *loading, struct talk *talk)
{
    const struct talks_source *source = loading->source;
    struct asking asking = {loading, talk};
    struct layer_list layers;

    layers_collect(source->layers, source->walk, talk->directory, talk->shared, &layers);

    const struct deck_request request = {
        .root = source->root,
        .directory = source->walk->directories.items[talk->directory].path,
        .source = talk->source,
        .path = talk->path,
        .layers = layers.list.items,
        .layer_count = layers.list.count,
        .limit = source->settings->deck_limit,
        .files = {&asking, find_file, find_deck_url},
    };

    talk->deck = deck_load(&request);
    depend_on(talk, source->program_modified);
    depend_on(talk, layers.modified);
    vec_each (&talk->deck->read.list, path) {
        const struct site_file *file = site_files_find(source->files, span_of(*path));

        if (file)
            depend_on(talk, file->file->modified.tv_sec);
    }
    vec_release(&layers.list);
}

static void load_job(void *context, size_t index)
{
    struct loading *loading = context;
    const struct talks_source *source = loading->source;
    struct talk *talk = &loading->talks->list[index];
    struct strbuf policy = STRBUF_INIT;

    load_deck(loading, talk);
    deck_page_build(talk, &loading->page_site, &loading->talks->pages[index], &policy);
    loading->talks->policies[index] = strbuf_detach(&policy, NULL);
    /* Only the page is sent; the text of all slides need not be held twice. */
    strbuf_release(&talk->deck->slides);
    if (source->progress) {
        pthread_mutex_lock(&loading->progress_lock);
        source->progress(source->progress_context, ++loading->done, loading->talks->count);
        pthread_mutex_unlock(&loading->progress_lock);
    }
}

static char *join(const char *directory, const char *name)
{
    return *directory ? mem_format("%s/%s", directory, name) : mem_copy_text(name);
}

static void prepare(struct talks *talks, const struct talks_source *source)
{
    for (size_t i = 0; i < talks->count; i++) {
        const struct deck_place *place = &source->places->list.items[i];
        const char *directory = source->walk->directories.items[place->directory].path;
        struct talk *talk = &talks->list[i];

        *talk = (struct talk){
            .directory = place->directory,
            .path = place->path,
            .source = place->source,
            .file = join(directory, place->source),
            .loose = place->loose,
            .shared = place->shared,
        };
        err_list_init(&talk->problems);
        map_put(&talks->by_path, span_of(talk->file), talk);
        if (!place->loose)
            map_put(&talks->by_path, span_of(directory), talk);
    }
    /* A deck named by its file has no directory, but its URL may be written as one. */
    for (size_t i = 0; i < talks->count; i++) {
        struct span path = span_of(talks->list[i].path);

        path.len -= path.len > 0;
        if (!map_get(&talks->by_path, path))
            map_put(&talks->by_path, path, &talks->list[i]);
    }
}

void talks_load(struct talks *talks, const struct talks_source *source)
{
    size_t count = source->places->list.count;
    struct loading loading = {
        .source = source,
        .talks = talks,
        .page_site = {source->walk, source->files, span_of(source->settings->title),
                      .has_index = true},
        .progress_lock = PTHREAD_MUTEX_INITIALIZER,
    };

    *talks = (struct talks){
        .list = mem_zero(count + 1, sizeof *talks->list),
        .pages = mem_zero(count + 1, sizeof *talks->pages),
        .policies = mem_zero(count + 1, sizeof *talks->policies),
        .count = count,
    };
    map_init(&talks->by_path);
    prepare(talks, source);
    loading.page_site.has_index = count != 1 || *talks->list[0].path;
    pool_run(0, count, load_job, &loading);
    pthread_mutex_destroy(&loading.progress_lock);
}

void talks_release(struct talks *talks)
{
    for (size_t i = 0; i < talks->count; i++) {
        talk_release(&talks->list[i]);
        free(talks->policies[i]);
        page_release(&talks->pages[i]);
    }
    free(talks->list);
    free(talks->pages);
    free(talks->policies);
    map_release(&talks->by_path);
    *talks = (struct talks){0};
}
