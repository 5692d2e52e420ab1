#include "conf/node.h"

#include "base/escape.h"
#include "base/mem.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct node *node_blank(enum node_kind kind, const struct node *at)
{
    struct node *node = mem_zero(1, sizeof *node);

    node->kind = kind;
    if (at) {
        node->file_name = at->file_name ? blob_ref(at->file_name) : NULL;
        node->file = at->file;
        node->line = at->line;
        node->column = at->column;
    }
    return node;
}

struct node *node_new(enum node_kind kind, const struct node *at, const char *text)
{
    struct node *node = node_blank(kind, at);

    if (kind != NODE_LIST && kind != NODE_MAP)
        node->text = mem_copy_text(text ? text : "");
    return node;
}

void node_free(struct node *node)
{
    if (!node)
        return;
    for (size_t i = 0; i < node->count; i++) {
        if (node->keys)
            free(node->keys[i]);
        node_free(node->items[i]);
    }
    free(node->keys);
    free(node->items);
    free(node->text);
    blob_unref(node->file_name);
    free(node);
}

static void node_reserve(struct node *node, size_t capacity)
{
    node->capacity = capacity;
    node->items = mem_resize(node->items, capacity, sizeof(struct node *));
    if (node->kind == NODE_MAP)
        node->keys = mem_resize(node->keys, capacity, sizeof(char *));
}

/* Room for one more child. */
static void node_grow(struct node *node)
{
    if (node->count == node->capacity)
        node_reserve(node, node->capacity ? node->capacity * 2 : 4);
}

struct node *node_copy(const struct node *node)
{
    struct node *copy = node_blank(node->kind, node);

    copy->text = mem_copy_text(node->text);
    copy->key_line = node->key_line;
    copy->key_column = node->key_column;
    copy->boolean = node->boolean;
    copy->number = node->number;
    if (node->count)
        node_reserve(copy, node->count);
    for (; copy->count < node->count; copy->count++) {
        copy->items[copy->count] = node_copy(node->items[copy->count]);
        if (node->keys)
            copy->keys[copy->count] = mem_copy_text(node->keys[copy->count]);
    }
    return copy;
}

void node_list_push(struct node *list, struct node *item)
{
    node_grow(list);
    list->items[list->count++] = item;
}

static size_t map_index(const struct node *map, const char *key)
{
    size_t i = 0;

    while (i < map->count && strcmp(map->keys[i], key) != 0)
        i++;
    return i;
}

void node_map_put(struct node *map, char *key, struct node *item)
{
    size_t i = map_index(map, key);

    if (i < map->count) {
        free(key);
        node_free(map->items[i]);
        map->items[i] = item;
        return;
    }
    node_grow(map);
    map->keys[map->count] = key;
    map->items[map->count++] = item;
}

const struct node *node_get(const struct node *map, const char *key)
{
    if (!map || map->kind != NODE_MAP)
        return NULL;
    size_t i = map_index(map, key);
    return i < map->count ? map->items[i] : NULL;
}

void node_merge(struct node *map, const struct node *from)
{
    for (size_t i = 0; i < from->count; i++) {
        const struct node *item = from->items[i];
        size_t at = map_index(map, from->keys[i]);
        if (at < map->count && map->items[at]->kind == NODE_MAP && item->kind == NODE_MAP)
            node_merge(map->items[at], item);
        else
            node_map_put(map, mem_copy_text(from->keys[i]), node_copy(item));
    }
}

const char *node_kind_name(enum node_kind kind)
{
    switch (kind) {
    case NODE_NULL:
        return "nothing";
    case NODE_BOOL:
        return "true or false";
    case NODE_NUMBER:
        return "a number";
    case NODE_STRING:
        return "text";
    case NODE_LIST:
        return "a list";
    case NODE_MAP:
        return "a map";
    }
    return "something else";
}

static json_t *need(json_t *json)
{
    if (!json)
        mem_exhausted();
    return json;
}

static json_t *number_json(const struct node *node)
{
    if (!isfinite(node->number))
        return json_null();
    if (trunc(node->number) == node->number && fabs(node->number) < 9007199254740992.0)
        return need(json_integer((json_int_t)node->number));
    return need(json_real(node->number));
}

static json_t *node_json(const struct node *node)
{
    json_t *json = NULL;

    switch (node->kind) {
    case NODE_NULL:
        return json_null();
    case NODE_BOOL:
        return json_boolean(node->boolean);
    case NODE_NUMBER:
        return number_json(node);
    case NODE_STRING:
        return need(json_string_nocheck(node->text));
    case NODE_LIST:
        json = need(json_array());
        for (size_t i = 0; i < node->count; i++)
            if (json_array_append_new(json, node_json(node->items[i])) < 0)
                mem_exhausted();
        return json;
    case NODE_MAP:
        json = need(json_object());
        for (size_t i = 0; i < node->count; i++)
            if (json_object_set_new_nocheck(json, node->keys[i], node_json(node->items[i])) < 0)
                mem_exhausted();
        return json;
    }
    return json_null();
}

void node_append_json(struct strbuf *out, const struct node *node)
{
    json_t *json = node ? node_json(node) : json_null();
    char *text = json_dumps(json, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));

    if (!text)
        mem_exhausted();
    json_markup(out, span_of(text));
    free(text);
    json_decref(json);
}
