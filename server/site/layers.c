#include "site/layers.h"

#include "base/file.h"
#include "base/mem.h"
#include "conf/deck_settings.h"
#include "site/url.h"

#include <errno.h>
#include <string.h>

static struct node *read_layer(int root, const struct walk_file *file, struct err_list *errs)
{
    struct strbuf text = STRBUF_INIT;
    struct node *node = NULL;
    int err = file_read_beneath(root, file->path, LAYER_LIMIT, &text);

    if (err)
        err_add(errs, SEVERITY_ERROR, file->path, 0, 0, "the settings cannot be read: %s",
                err == -EFBIG ? "the file is too large" : strerrordesc_np(-err));
    else
        node = node_parse(strbuf_span(&text), file->path, 1, errs);
    strbuf_release(&text);
    return node;
}

/* What must be known before any deck is loaded, whichever of the files says it. */
static void peek(struct directory_layers *own)
{
    struct strbuf source = STRBUF_INIT;
    struct deck_settings settings;
    struct err_list errs; /* told when the deck is loaded */

    err_list_init(&errs);
    deck_settings_init(&settings);
    vec_each (&own->nodes, node)
        deck_settings_read(&settings, *node, &errs);
    if (settings.source.list.count > 0 &&
        url_append_joined(&source, SPAN(""), span_of(settings.source.list.items[0])) &&
        source.len > 0)
        own->source = strbuf_detach(&source, NULL);
    own->slug = mem_copy_text(settings.slug);
    strbuf_release(&source);
    deck_settings_release(&settings);
    err_list_release(&errs);
}

static void read_directory(struct directory_layers *own, int root, const struct walk *walk,
                           const struct walk_directory *directory, struct err_list *errs)
{
    for (const char *const *name = deck_settings_files; *name; name++) {
        walk_each_file(walk, directory, file)
        {
            struct node *node;

            if (strcmp(file->name, *name) != 0)
                continue;
            node = read_layer(root, file, errs);
            if (node)
                vec_push(&own->nodes, node);
            if (file->modified.tv_sec > own->modified)
                own->modified = file->modified.tv_sec;
        }
    }
    if (own->nodes.count > 0)
        peek(own);
}

void layers_read(struct layers *layers, int root, const struct walk *walk, const struct node *site,
                 struct err_list *errs)
{
    *layers = (struct layers){
        .site = site,
        .directories = mem_zero(walk->directories.count, sizeof *layers->directories),
        .count = walk->directories.count,
    };
    for (size_t i = 0; i < layers->count; i++)
        read_directory(&layers->directories[i], root, walk, &walk->directories.items[i], errs);
}

void layers_release(struct layers *layers)
{
    for (size_t i = 0; i < layers->count; i++) {
        struct directory_layers *own = &layers->directories[i];

        vec_each (&own->nodes, node)
            node_free(*node);
        vec_release(&own->nodes);
        free(own->source);
        free(own->slug);
    }
    free(layers->directories);
    *layers = (struct layers){0};
}

static void collect_directory(const struct layers *layers, const struct walk *walk,
                              size_t directory, struct layer_list *list)
{
    const struct directory_layers *own = &layers->directories[directory];

    if (directory != 0)
        collect_directory(layers, walk, walk->directories.items[directory].parent, list);
    vec_each (&own->nodes, node)
        vec_push(&list->list, *node);
    if (own->modified > list->modified)
        list->modified = own->modified;
}

void layers_collect(const struct layers *layers, const struct walk *walk, size_t directory,
                    struct layer_list *ret_list)
{
    *ret_list = (struct layer_list){0};
    if (layers->site)
        vec_push(&ret_list->list, layers->site);
    collect_directory(layers, walk, directory, ret_list);
}

bool layers_is_settings(const char *name)
{
    for (const char *const *file = deck_settings_files; *file; file++)
        if (strcmp(name, *file) == 0)
            return true;
    return strcmp(name, "decksd.yaml") == 0;
}
