#include "site/talks.h"

#include "base/mem.h"
#include "base/names.h"
#include "base/pool.h"
#include "site/deck_page.h"
#include "site/embedded.h"
#include "site/talk_cover.h"
#include "site/talk_page.h"
#include "site/url.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

struct loading {
    const struct talks_source *source;
    struct talks *talks;
    struct witness witness;
    struct deck_page_site page_site;
    pthread_mutex_t progress_lock;
    size_t done;
    atomic_size_t fresh;
};

/* What a deck asks is asked for one page, which then depends on the answer. */
struct asking {
    const struct witness *witness;
    struct rendering *made;
};

static bool find_file(void *context, struct span path, struct deck_file *ret_file)
{
    const struct asking *asking = context;
    const struct site_file *file = witness_ask_file(asking->witness, path, &asking->made->evidence);

    if (!file)
        return false;
    rendering_depend(asking->made, file->file->modified.tv_sec);
    *ret_file = (struct deck_file){
        .digest = file->digest.text, .width = file->width, .height = file->height};
    if (!span_is(path, file->file->path))
        ret_file->path = file->file->path;
    return true;
}

static bool find_deck_url(void *context, struct span path, struct span *ret_url)
{
    const struct asking *asking = context;
    const struct talk *talk = witness_ask_talk(asking->witness, path, &asking->made->evidence);

    if (!talk)
        return false;
    *ret_url = span_of(talk->path);
    return true;
}

static bool knows_language(struct span name)
{
    return embedded_language(name.data, name.len);
}

static const char *emoji(struct span name)
{
    return embedded_emoji_find(name.data, name.len);
}

static const char *directory_of(const struct loading *loading, const struct talk *talk)
{
    return loading->source->walk->directories.items[talk->directory].path;
}

static void load_deck(struct loading *loading, struct talk *talk)
{
    const struct talks_source *source = loading->source;
    struct rendering *made = talk->made;
    struct asking asking = {&loading->witness, made};
    struct layer_list layers;

    layers_collect(source->layers, source->walk, talk->directory, talk->shared, &layers);

    const struct deck_request request = {
        .root = source->root,
        .directory = directory_of(loading, talk),
        .source = talk->source,
        .path = talk->path,
        .layers = layers.list.items,
        .layer_count = layers.list.count,
        .slideless = talk->slideless,
        .limit = source->settings->deck_limit,
        .files = {&asking, find_file, find_deck_url, knows_language, emoji},
    };

    made->deck = deck_load(&request);
    made->bad =
        made->deck->broken || layers.bad || err_list_has(&made->deck->problems, SEVERITY_ERROR);
    evidence_add_sources(&made->evidence, &made->deck->read);
    rendering_depend_program(made, source->program_modified);
    rendering_depend(made, layers.modified);
    vec_each (&made->deck->read.list, read) {
        const struct site_file *file = site_files_find(source->files, span_of(read->path));

        if (file)
            rendering_depend(made, file->file->modified.tv_sec);
    }
    vec_release(&layers.list);
}

/* All that a deck and its page are made from, but for what they ask the witness. */
static struct digest basis_of(const struct loading *loading, const struct talk *talk)
{
    const struct talks_source *source = loading->source;
    struct strbuf text = STRBUF_INIT;
    struct digest digest;

    strbuf_append_format(&text, "%s%c%s%c%s%c%d %zu ", talk->path, 0, directory_of(loading, talk),
                         0, talk->source, 0, talk->shared, source->settings->deck_limit);
    deck_page_append_basis(&text, &loading->page_site);
    layers_append_identity(&text, source->layers, source->walk, talk->directory);
    digest = digest_bytes(strbuf_span(&text));
    strbuf_release(&text);
    return digest;
}

/* The talk of that source in the site before. */
static const struct talk *find_before(const struct talks *before, const struct talk *talk)
{
    const struct talk *found = before ? map_get(&before->by_path, span_of(talk->file)) : NULL;

    return found && strcmp(found->file, talk->file) == 0 ? found : NULL;
}

static void make(struct loading *loading, struct talk *talk, struct digest basis)
{
    talk->made = rendering_new(basis);
    load_deck(loading, talk);
    talk->shown = rendering_ref(talk->made);
    if (!talk->slideless)
        deck_page_build(talk, &loading->page_site);
    talk_cover_make(talk, &loading->page_site);
    talk_page_build(talk, &loading->page_site);
    talk->made->slide_count = talk->made->deck->index.count;
    deck_drop_slides(talk->made->deck); /* the page has it all */
    atomic_fetch_add(&loading->fresh, 1);
}

static void load_job(void *context, size_t index)
{
    struct loading *loading = context;
    const struct talks_source *source = loading->source;
    struct talk *talk = &loading->talks->list[index];
    const struct talk *before = find_before(source->before, talk);
    struct digest basis = basis_of(loading, talk);

    if (before && strcmp(before->made->basis.text, basis.text) == 0 &&
        witness_confirms(&loading->witness, &before->made->evidence)) {
        talk->made = rendering_ref(before->made);
        talk->shown = rendering_ref(talk->made);
    } else {
        make(loading, talk, basis);
    }
    if (talk->made->bad && before && !before->shown->bad && strcmp(before->path, talk->path) == 0) {
        rendering_unref(talk->shown);
        talk->shown = rendering_ref(before->shown);
    }
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

/* NULL where the site does not know its own address. */
static char *absolute(const char *site, const char *path)
{
    struct strbuf url = STRBUF_INIT;

    return url_append_absolute(&url, span_of(site), span_of(path)) ? strbuf_detach(&url, NULL)
                                                                   : NULL;
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
            .slideless = place->slideless,
            .address = absolute(source->shell->address, place->path),
        };
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
    for (size_t i = 0; i < talks->by_path.count; i++)
        names_put(&talks->by_composed_path, talks->by_path.entries[i].key,
                  talks->by_path.entries[i].value);
}

void talks_load(struct talks *talks, const struct talks_source *source)
{
    size_t count = source->places->list.count;
    struct loading loading = {
        .source = source,
        .talks = talks,
        .witness = {source->root, source->settings->deck_limit, source->files, &talks->by_path,
                    &talks->by_composed_path},
        .page_site = {source->walk, &loading.witness, source->reuse, source->shell, source->people},
        .progress_lock = PTHREAD_MUTEX_INITIALIZER,
    };

    *talks = (struct talks){
        .list = mem_zero(count + 1, sizeof *talks->list),
        .count = count,
    };
    map_init(&talks->by_path);
    map_init(&talks->by_composed_path);
    prepare(talks, source);
    pool_run(0, count, load_job, &loading);
    pthread_mutex_destroy(&loading.progress_lock);
    talks->fresh = atomic_load(&loading.fresh);
}

void talks_release(struct talks *talks)
{
    for (size_t i = 0; i < talks->count; i++)
        talk_release(&talks->list[i]);
    free(talks->list);
    map_release(&talks->by_path);
    map_release(&talks->by_composed_path);
    *talks = (struct talks){0};
}
