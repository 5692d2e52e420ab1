#include "site/layers.h"

#include "base/file.h"
#include "base/mem.h"

#include <errno.h>
#include <string.h>

static const char *const layer_names[LAYER_FILES] = {"mkslides.yml", "reveal-md.json", "deck.yaml"};

static struct node *read_layer(int root, const struct walk_file *file, struct err_list *errs)
{
    struct strbuf text = STRBUF_INIT;
    struct node *node = NULL;
    int err = file_read_beneath(root, file->path, LAYER_LIMIT, &text);

    if (err)
        err_add(errs, SEVERITY_ERROR, file->path, 0, 0, "the settings cannot be read: %s",
                err == -EFBIG ? "the file is too large" : strerror(-err));
    else
        node = node_parse(strbuf_span(&text), file->path, 1, errs);
    strbuf_release(&text);
    return node;
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
        struct directory_layers *own = &layers->directories[i];

        walk_each_file(walk, &walk->directories.items[i], file)
        {
            for (size_t k = 0; k < LAYER_FILES; k++) {
                if (strcmp(file->name, layer_names[k]) != 0)
                    continue;
                own->nodes[k] = read_layer(root, file, errs);
                if (file->modified.tv_sec > own->modified)
                    own->modified = file->modified.tv_sec;
            }
        }
    }
}

void layers_release(struct layers *layers)
{
    for (size_t i = 0; i < layers->count; i++)
        for (size_t k = 0; k < LAYER_FILES; k++)
            node_free(layers->directories[i].nodes[k]);
    free(layers->directories);
    *layers = (struct layers){0};
}

static void collect_directory(const struct layers *layers, const struct walk *walk,
                              size_t directory, struct layer_list *list)
{
    const struct directory_layers *own = &layers->directories[directory];

    if (directory != 0)
        collect_directory(layers, walk, walk->directories.items[directory].parent, list);
    for (size_t k = 0; k < LAYER_FILES; k++)
        if (own->nodes[k])
            vec_push(&list->list, own->nodes[k]);
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

const struct node *layers_own(const struct layers *layers, size_t directory)
{
    return layers->directories[directory].nodes[LAYER_FILES - 1];
}

bool layers_is_settings(const char *name)
{
    for (size_t k = 0; k < LAYER_FILES; k++)
        if (strcmp(name, layer_names[k]) == 0)
            return true;
    return strcmp(name, "decksd.yaml") == 0;
}
