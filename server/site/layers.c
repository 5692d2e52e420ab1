#include "site/layers.h"

#include "base/digest.h"
#include "base/file.h"
#include "base/mem.h"
#include "conf/deck_settings.h"
#include "site/url.h"

#include <errno.h>
#include <string.h>

static struct node *read_layer(int root, const struct walk_file *file, struct strbuf *identity,
                               struct err_list *errs)
{
    struct strbuf text = STRBUF_INIT;
    struct node *node = NULL;
    int err = file_read_beneath(root, file->path, LAYER_LIMIT, &text);

    strbuf_append_format(identity, "%s %d %s\n", file->path, err,
                         digest_bytes(strbuf_span(&text)).text);

    if (err)
        err_add(errs, SEVERITY_ERROR, file->path, 0, 0, "the settings cannot be read: %s",
                err == -EFBIG ? "the file is too large" : strerrordesc_np(-err));
    else
        node = node_parse(strbuf_span(&text), file->path, 1, errs);
    strbuf_release(&text);
    return node;
}

/* What must be known before any deck is loaded, whichever of the files says it. */
static void peek(struct directory_layers *own, const char *file)
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
    if (settings.video.list.count > 0 || settings.pdf.list.count > 0)
        own->recorded = file;
    strbuf_release(&source);
    deck_settings_release(&settings);
    err_list_release(&errs);
}

static bool is_inherited(const char *key)
{
    return strcmp(key, "source") != 0 && strcmp(key, "slug") != 0 && strcmp(key, "aliases") != 0;
}

/* A map without what is not inherited; its arrays are its own, what they point to is not. */
static struct node *new_inherited(const struct node *node)
{
    struct node *copy = mem_alloc(sizeof *copy);

    *copy = *node;
    if (node->kind != NODE_MAP)
        return copy;
    copy->count = 0;
    copy->keys = mem_zero(node->count, sizeof *copy->keys);
    copy->items = mem_zero(node->count, sizeof *copy->items);
    for (size_t i = 0; i < node->count; i++) {
        if (!is_inherited(node->keys[i]))
            continue;
        copy->keys[copy->count] = node->keys[i];
        copy->items[copy->count++] = node->items[i];
    }
    return copy;
}

static void free_inherited(struct node *copy)
{
    if (copy->kind == NODE_MAP) {
        free(copy->keys);
        free(copy->items);
    }
    free(copy);
}

static void read_directory(struct directory_layers *own, int root, const struct walk *walk,
                           const struct walk_directory *directory, struct err_list *errs)
{
    const char *last = NULL;

    for (const char *const *name = deck_settings_files; *name; name++) {
        walk_each_file(walk, directory, file)
        {
            struct node *node;

            if (strcmp(file->name, *name) != 0)
                continue;
            node = read_layer(root, file, &own->identity, errs);
            if (!node)
                own->bad = true;
            if (node) {
                last = *name;
                vec_push(&own->nodes, node);
                vec_push(&own->inherited, new_inherited(node));
            }
            if (file->modified.tv_sec > own->modified)
                own->modified = file->modified.tv_sec;
        }
    }
    if (own->nodes.count > 0)
        peek(own, last);
}

void layers_read(struct layers *layers, int root, const struct walk *walk, const struct node *site,
                 struct err_list *errs)
{
    *layers = (struct layers){
        .site = site,
        .directories = mem_zero(walk->directories.count, sizeof *layers->directories),
        .count = walk->directories.count,
    };
    for (size_t i = 0; i < layers->count; i++) {
        strbuf_init(&layers->directories[i].identity);
        read_directory(&layers->directories[i], root, walk, &walk->directories.items[i], errs);
    }
}

void layers_release(struct layers *layers)
{
    for (size_t i = 0; i < layers->count; i++) {
        struct directory_layers *own = &layers->directories[i];

        vec_each (&own->inherited, copy)
            free_inherited(*copy);
        vec_each (&own->nodes, node)
            node_free(*node);
        vec_release(&own->inherited);
        vec_release(&own->nodes);
        free(own->source);
        free(own->slug);
        strbuf_release(&own->identity);
    }
    free(layers->directories);
    *layers = (struct layers){0};
}

static void collect_directory(const struct layers *layers, const struct walk *walk,
                              size_t directory, bool is_own, struct layer_list *list)
{
    const struct directory_layers *layer = &layers->directories[directory];

    if (directory != 0)
        collect_directory(layers, walk, walk->directories.items[directory].parent, false, list);
    for (size_t i = 0; i < layer->nodes.count; i++)
        vec_push(&list->list, is_own ? layer->nodes.items[i] : layer->inherited.items[i]);
    if (layer->modified > list->modified)
        list->modified = layer->modified;
    list->bad = list->bad || layer->bad;
}

void layers_collect(const struct layers *layers, const struct walk *walk, size_t directory,
                    bool shared, struct layer_list *ret_list)
{
    *ret_list = (struct layer_list){0};
    if (layers->site)
        vec_push(&ret_list->list, layers->site);
    collect_directory(layers, walk, directory, !shared, ret_list);
}

/* Places count too, as problems name them. */
static void append_node(struct strbuf *out, const struct node *node)
{
    strbuf_append_format(out, "%s:%u:%u:%d:%zu %s\n", node->file, node->line, node->column,
                         (int)node->kind, node->count, node->text ? node->text : "");
    for (size_t i = 0; i < node->count; i++) {
        if (node->kind == NODE_MAP)
            strbuf_append_format(out, "%s:", node->keys[i]);
        append_node(out, node->items[i]);
    }
}

void layers_append_identity(struct strbuf *out, const struct layers *layers,
                            const struct walk *walk, size_t directory)
{
    for (size_t i = directory;; i = walk->directories.items[i].parent) {
        strbuf_append_span(out, strbuf_span(&layers->directories[i].identity));
        if (i == 0)
            break;
    }
    if (layers->site)
        append_node(out, layers->site);
}

bool layers_is_settings(const char *name)
{
    for (const char *const *file = deck_settings_files; *file; file++)
        if (strcmp(name, *file) == 0)
            return true;
    return strcmp(name, "decksd.yaml") == 0;
}
