#include "base/mem.h"
#include "base/vec.h"
#include "conf/deck_field.h"
#include "conf/deck_value.h"

#include <stdlib.h>

static void links_release(void *place)
{
    struct deck_settings *settings = place;

    vec_each (&settings->links, link) {
        free(link->title);
        free(link->url);
    }
    vec_release(&settings->links);
}

static bool links_add(void *into, const struct node *node)
{
    struct deck_settings *settings = into;
    static const char *const titles[] = {"title", "name", "text", NULL};
    static const char *const urls[] = {"url", "href", "link", NULL};
    struct deck_link link = {0};

    if (field_is_text(node)) {
        link.url = mem_copy_text(node->text);
    } else {
        link.url = field_text(node, urls);
        link.title = link.url ? field_text(node, titles) : NULL;
    }
    /* `- Source: https://…` */
    if (!link.url && node->kind == NODE_MAP && node->count == 1 && field_is_text(node->items[0])) {
        link.title = mem_copy_text(node->keys[0]);
        link.url = mem_copy_text(node->items[0]->text);
    }
    if (!link.url)
        return false;
    vec_push(&settings->links, link);
    return true;
}

/* `links: {Source: https://…, Paper: paper.pdf}` */
static bool links_add_map(struct deck_settings *into, const struct node *map)
{
    for (size_t i = 0; i < map->count; i++) {
        if (!field_is_text(map->items[i]))
            return false;
        struct deck_link link = {mem_copy_text(map->keys[i]), mem_copy_text(map->items[i]->text)};
        vec_push(&into->links, link);
    }
    return true;
}

static bool links_read(void *place, const struct node *node, struct err_list *errs)
{
    struct deck_settings *settings = place;
    struct deck_settings read = {0};

    (void)errs;
    bool fits = node->kind == NODE_MAP && !node_get(node, "url")
                    ? links_add_map(&read, node)
                    : field_each(node, links_add, &read);
    if (!fits) {
        links_release(&read);
        return false;
    }
    links_release(settings);
    settings->links = read.links;
    return true;
}

static void links_append(struct strbuf *out, const void *place)
{
    const struct deck_settings *settings = place;

    strbuf_append_char(out, '[');
    vec_each (&settings->links, link)
        fields_append(out, 2, (struct field[]){{"title", link->title}, {"url", link->url}});
    strbuf_append_char(out, ']');
}

const struct value_type value_links = {
    "a list of addresses or of maps with `title` and `url`, or a map from titles to addresses",
    links_read, links_append, links_release};
