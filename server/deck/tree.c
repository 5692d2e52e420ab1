#include "deck/tree.h"

#include "base/escape.h"
#include "base/utf8.h"
#include "deck/entity.h"

#include <string.h>
#include <strings.h>

struct tree_node *tree_at(const struct tree *tree, uint32_t node)
{
    return &tree->nodes.items[node];
}

bool tree_is(const struct tree *tree, uint32_t node, enum element element)
{
    const struct tree_node *at = tree_at(tree, node);

    return at->kind == TREE_ELEMENT && at->element == element && !at->foreign;
}

void tree_release(struct tree *tree)
{
    vec_each (&tree->texts, text)
        free(*text);
    vec_release(&tree->texts);
    vec_release(&tree->attributes);
    vec_release(&tree->nodes);
}

uint32_t tree_make(struct tree *tree, enum tree_kind kind, struct span text, size_t offset)
{
    struct tree_node node = {.kind = kind, .text = text, .offset = offset};

    vec_push(&tree->nodes, node);
    return (uint32_t)(tree->nodes.count - 1);
}

void tree_remove(struct tree *tree, uint32_t node)
{
    struct tree_node *at = tree_at(tree, node);
    struct tree_node *parent = tree_at(tree, at->parent);

    if (at->previous != TREE_NONE)
        tree_at(tree, at->previous)->next = at->next;
    else if (parent->first == node)
        parent->first = at->next;
    if (at->next != TREE_NONE)
        tree_at(tree, at->next)->previous = at->previous;
    else if (parent->last == node)
        parent->last = at->previous;
    at->parent = at->previous = at->next = TREE_NONE;
}

void tree_place(struct tree *tree, uint32_t node, uint32_t parent, uint32_t before)
{
    struct tree_node *at = tree_at(tree, node);
    struct tree_node *in = tree_at(tree, parent);

    at->parent = parent;
    at->next = before;
    at->previous = before != TREE_NONE ? tree_at(tree, before)->previous : in->last;
    if (at->previous != TREE_NONE)
        tree_at(tree, at->previous)->next = node;
    else
        in->first = node;
    if (before != TREE_NONE)
        tree_at(tree, before)->previous = node;
    else
        in->last = node;
}

uint32_t tree_skip(const struct tree *tree, uint32_t node)
{
    while (node != TREE_ROOT) {
        if (tree_at(tree, node)->next != TREE_NONE)
            return tree_at(tree, node)->next;
        node = tree_at(tree, node)->parent;
    }
    return TREE_NONE;
}

uint32_t tree_next(const struct tree *tree, uint32_t node)
{
    if (tree_at(tree, node)->first != TREE_NONE)
        return tree_at(tree, node)->first;
    return tree_skip(tree, node);
}

bool tree_inside(const struct tree *tree, uint32_t node, enum element element)
{
    while (node != TREE_ROOT) {
        node = tree_at(tree, node)->parent;
        if (node != TREE_ROOT && tree_is(tree, node, element))
            return true;
    }
    return false;
}

struct tree_attribute *tree_attribute(const struct tree *tree, uint32_t node, const char *name)
{
    uint32_t index = tree_at(tree, node)->attributes;

    while (index != 0) {
        struct tree_attribute *attribute = &tree->attributes.items[index - 1];

        if (span_is_nocase(attribute->name, name))
            return attribute;
        index = attribute->next;
    }
    return NULL;
}

bool tree_value(const struct tree *tree, uint32_t node, const char *name, struct strbuf *out)
{
    const struct tree_attribute *attribute = tree_attribute(tree, node, name);

    if (attribute)
        tree_decode(out, attribute->value);
    return attribute != NULL;
}

static struct span keep(struct tree *tree, struct strbuf *text)
{
    size_t len;
    char *owned = strbuf_detach(text, &len);

    vec_push(&tree->texts, owned);
    return (struct span){owned, len};
}

void tree_set_text(struct tree *tree, uint32_t node, struct span text)
{
    struct strbuf encoded = STRBUF_INIT;

    html_text(&encoded, text);
    tree_at(tree, node)->text = keep(tree, &encoded);
}

void tree_set(struct tree *tree, uint32_t node, struct span name, struct span text)
{
    struct strbuf encoded = STRBUF_INIT, copy = STRBUF_INIT;
    struct tree_attribute added = {0};
    struct tree_attribute *present;

    strbuf_append_span(&copy, name);
    html_attr(&encoded, text);
    added.value = keep(tree, &encoded);
    present = tree_attribute(tree, node, copy.data);
    if (present) {
        present->value = added.value;
        strbuf_release(&copy);
        return;
    }
    added.name = keep(tree, &copy);
    vec_push(&tree->attributes, added);
    if (tree_at(tree, node)->attributes == 0) {
        tree_at(tree, node)->attributes = (uint32_t)tree->attributes.count;
        return;
    }
    for (uint32_t index = tree_at(tree, node)->attributes;;) {
        struct tree_attribute *attribute = &tree->attributes.items[index - 1];

        if (attribute->next == 0) {
            attribute->next = (uint32_t)tree->attributes.count;
            return;
        }
        index = attribute->next;
    }
}

bool tree_has_class(const struct tree *tree, uint32_t node, const char *name)
{
    const struct tree_attribute *class = tree_attribute(tree, node, "class");
    struct span rest, word;

    if (!class)
        return false;
    rest = class->value;
    while (span_next_part(&rest, ' ', &word)) {
        if (span_is(span_trim(word), name))
            return true;
    }
    return false;
}

void tree_decode(struct strbuf *out, struct span html)
{
    while (html.len > 0) {
        const char *mark = memchr(html.data, '&', html.len);
        size_t plain = mark ? (size_t)(mark - html.data) : html.len;
        size_t used;

        strbuf_append(out, html.data, plain);
        html = span_from(html, plain);
        if (html.len == 0)
            break;
        used = entity_decode(out, html);
        if (used == 0)
            strbuf_append_char(out, '&');
        html = span_from(html, used > 0 ? used : 1);
    }
}

static void append_escaped(struct strbuf *out, struct span html, char special, const char *escape)
{
    while (html.len > 0) {
        const char *mark = memchr(html.data, special, html.len);
        size_t plain = mark ? (size_t)(mark - html.data) : html.len;

        strbuf_append(out, html.data, plain);
        if (mark)
            strbuf_append_text(out, escape);
        html = span_from(html, mark ? plain + 1 : plain);
    }
}

void tree_append_start(const struct tree *tree, uint32_t at, struct strbuf *out)
{
    const struct tree_node *node = tree_at(tree, at);

    strbuf_append_char(out, '<');
    if (node->element != ELEMENT_OTHER && !node->foreign)
        strbuf_append_text(out, element_name(node->element));
    else
        strbuf_append_span(out, node->text);
    for (uint32_t index = node->attributes; index != 0;) {
        const struct tree_attribute *attribute = &tree->attributes.items[index - 1];

        strbuf_append_char(out, ' ');
        strbuf_append_span(out, attribute->name);
        strbuf_append_text(out, "=\"");
        append_escaped(out, attribute->value, '"', "&quot;");
        strbuf_append_char(out, '"');
        index = attribute->next;
    }
    strbuf_append_char(out, '>');
}

static void append_end(const struct tree_node *node, struct strbuf *out)
{
    if (!node->foreign && element_traits(node->element) & TRAIT_VOID)
        return;
    strbuf_append_text(out, "</");
    if (node->element != ELEMENT_OTHER && !node->foreign)
        strbuf_append_text(out, element_name(node->element));
    else
        strbuf_append_span(out, node->text);
    strbuf_append_char(out, '>');
}

static bool is_raw(const struct tree *tree, uint32_t node)
{
    return node != TREE_ROOT && !tree_at(tree, node)->foreign &&
           element_traits(tree_at(tree, node)->element) & TRAIT_RAW;
}

static void append_node(const struct tree *tree, uint32_t node, struct strbuf *out)
{
    const struct tree_node *at = tree_at(tree, node);

    if (at->kind == TREE_ELEMENT)
        tree_append_start(tree, node, out);
    else if (at->kind == TREE_TEXT && is_raw(tree, at->parent))
        strbuf_append_span(out, at->text);
    else if (at->kind == TREE_TEXT)
        append_escaped(out, at->text, '<', "&lt;");
}

void tree_append_html(const struct tree *tree, struct strbuf *out)
{
    uint32_t node = tree_at(tree, TREE_ROOT)->first;

    while (node != TREE_NONE) {
        append_node(tree, node, out);
        if (tree_at(tree, node)->first != TREE_NONE) {
            node = tree_at(tree, node)->first;
            continue;
        }
        if (tree_at(tree, node)->kind == TREE_ELEMENT)
            append_end(tree_at(tree, node), out);
        while (node != TREE_ROOT && tree_at(tree, node)->next == TREE_NONE) {
            node = tree_at(tree, node)->parent;
            if (node != TREE_ROOT)
                append_end(tree_at(tree, node), out);
        }
        node = node == TREE_ROOT ? TREE_NONE : tree_at(tree, node)->next;
    }
}
