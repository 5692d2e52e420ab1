#include "conf/map_builder.h"

#include "base/mem.h"

#include <stdlib.h>

void map_builder_init(struct map_builder *builder, struct node *map, struct node_list *retired,
                      struct err_list *errs)
{
    *builder = (struct map_builder){.map = map, .retired = retired, .errs = errs};
    map_init(&builder->index);
}

void map_builder_release(struct map_builder *builder)
{
    node_free(builder->map);
    map_release(&builder->index);
    vec_release(&builder->merges.list);
}

static void append(struct map_builder *builder, const char *key, struct node *value)
{
    node_list_push(builder->map, value);
    builder->map->keys[builder->map->count - 1] = mem_copy_text(key);
}

static void replace(struct map_builder *builder, struct node *before, struct node *value)
{
    size_t i = 0;

    while (builder->map->items[i] != before)
        i++;
    builder->map->items[i] = value;
    vec_push(&builder->retired->list, before);
}

void map_builder_put(struct map_builder *builder, struct node *key, struct node *value)
{
    vec_push(&builder->retired->list, key);
    if (!key->text) {
        err_add(builder->errs, SEVERITY_WARNING, key->file, key->line, key->column,
                "%s cannot be a key: put braces and brackets in quotes", node_kind_name(key->kind));
        vec_push(&builder->retired->list, value);
        return;
    }
    value->key_line = key->line;
    value->key_column = key->column;
    struct node *before = map_put(&builder->index, span_of(key->text), value);
    if (!before) {
        append(builder, key->text, value);
        return;
    }
    err_add(builder->errs, SEVERITY_WARNING, key->file, key->line, key->column,
            "`%s` stands here a second time and replaces the first: keep one", key->text);
    replace(builder, before, value);
}

void map_builder_merge(struct map_builder *builder, struct node *value)
{
    vec_push(&builder->merges.list, value);
    vec_push(&builder->retired->list, value);
}

static void merge_one(struct map_builder *builder, const struct node *from)
{
    if (from->kind != NODE_MAP) {
        err_add(builder->errs, SEVERITY_WARNING, from->file, from->line, from->column,
                "`<<` takes in a map, not %s: give it an alias of a map",
                node_kind_name(from->kind));
        return;
    }
    for (size_t i = 0; i < from->count; i++) {
        struct span key = span_of(from->keys[i]);
        if (map_get(&builder->index, key))
            continue;
        struct node *value = node_copy(from->items[i]);
        map_put(&builder->index, key, value);
        append(builder, from->keys[i], value);
    }
}

struct node *map_builder_finish(struct map_builder *builder)
{
    struct node *map = builder->map;

    vec_each (&builder->merges.list, it) {
        const struct node *merge = *it;
        if (merge->kind != NODE_LIST) {
            merge_one(builder, merge);
            continue;
        }
        for (size_t i = 0; i < merge->count; i++)
            merge_one(builder, merge->items[i]);
    }
    builder->map = NULL;
    return map;
}
