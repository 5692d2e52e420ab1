#include "deck/tree_build.h"

#include <string.h>

uint32_t build_current(const struct build *build)
{
    return build->open[build->depth - 1];
}

bool build_current_is(const struct build *build, enum element element)
{
    return build->depth > 1 && tree_is(build->tree, build_current(build), element);
}

void build_pop(struct build *build)
{
    if (build->depth > 1)
        build->depth--;
}

void build_pop_until(struct build *build, enum element element)
{
    while (build->depth > 1) {
        bool found = build_current_is(build, element);

        build_pop(build);
        if (found)
            return;
    }
}

ptrdiff_t build_place_of(const struct build *build, uint32_t node)
{
    for (size_t i = build->depth; i > 0; i--) {
        if (build->open[i - 1] == node)
            return (ptrdiff_t)i - 1;
    }
    return -1;
}

static bool bounds_scope(const struct tree_node *node, enum build_scope scope)
{
    if (scope == SCOPE_TABLE)
        return !node->foreign &&
               (node->element == ELEMENT_TABLE || node->element == ELEMENT_TEMPLATE);
    if (node->foreign)
        return span_is_nocase(node->text, "foreignObject") || span_is_nocase(node->text, "desc") ||
               span_is_nocase(node->text, "title");
    if (element_traits(node->element) & TRAIT_SCOPE)
        return true;
    if (scope == SCOPE_BUTTON)
        return node->element == ELEMENT_BUTTON;
    if (scope == SCOPE_LIST)
        return node->element == ELEMENT_OL || node->element == ELEMENT_UL;
    return false;
}

bool build_in_scope(const struct build *build, enum element element, enum build_scope scope)
{
    for (size_t i = build->depth; i > 1; i--) {
        const struct tree_node *node = tree_at(build->tree, build->open[i - 1]);

        if (node->element == element && !node->foreign)
            return true;
        if (bounds_scope(node, scope))
            return false;
    }
    return false;
}

static bool holds_rows(const struct build *build, uint32_t node)
{
    return node != TREE_ROOT &&
           (tree_is(build->tree, node, ELEMENT_TABLE) ||
            tree_is(build->tree, node, ELEMENT_TBODY) ||
            tree_is(build->tree, node, ELEMENT_THEAD) ||
            tree_is(build->tree, node, ELEMENT_TFOOT) || tree_is(build->tree, node, ELEMENT_TR));
}

void build_place(struct build *build, uint32_t node)
{
    uint32_t parent = build_current(build), before = TREE_NONE;

    if (build->foster && holds_rows(build, parent)) {
        size_t i = build->depth - 1;

        while (i > 0 && !tree_is(build->tree, build->open[i], ELEMENT_TABLE))
            i--;
        if (i > 0 && tree_at(build->tree, build->open[i])->parent == build->open[i - 1])
            before = build->open[i];
        parent = build->open[i > 0 ? i - 1 : 0];
    }
    tree_place(build->tree, node, parent, before);
}

/* Places an element and, unless it is void, opens it. At the bound it is a sibling, not a child. */
static void place_element(struct build *build, uint32_t node, bool open)
{
    if (build->depth == TREE_DEPTH_MAX)
        build->depth--;
    build_place(build, node);
    if (open)
        build->open[build->depth++] = node;
}

uint32_t build_insert(struct build *build)
{
    struct tree *tree = build->tree;
    uint32_t node = tree_make(tree, TREE_ELEMENT, build->token.name, build->token.offset);
    enum element element = element_find(build->token.name);

    tree_at(tree, node)->element = element;
    for (size_t i = 0; i < build->token.attributes.count; i++) {
        const struct markup_attribute *written = &build->token.attributes.items[i];
        bool last = i + 1 == build->token.attributes.count;
        struct tree_attribute attribute = {written->name, written->value, 0};

        attribute.next = last ? 0 : (uint32_t)tree->attributes.count + 2;
        if (i == 0)
            tree_at(tree, node)->attributes = (uint32_t)tree->attributes.count + 1;
        vec_push(&tree->attributes, attribute);
    }
    place_element(build, node, !(element_traits(element) & TRAIT_VOID));
    return node;
}

uint32_t build_insert_element(struct build *build, enum element element)
{
    uint32_t node =
        tree_make(build->tree, TREE_ELEMENT, span_of(element_name(element)), build->token.offset);

    tree_at(build->tree, node)->element = element;
    place_element(build, node, !(element_traits(element) & TRAIT_VOID));
    return node;
}

void build_insert_text(struct build *build, struct span text, size_t offset)
{
    if (text.len > 0)
        build_place(build, tree_make(build->tree, TREE_TEXT, text, offset));
}

void build_implied_end(struct build *build, enum element except)
{
    while (build->depth > 1) {
        const struct tree_node *node = tree_at(build->tree, build_current(build));

        if (node->foreign || !(element_traits(node->element) & TRAIT_IMPLIED) ||
            node->element == except)
            return;
        build_pop(build);
    }
}

void build_close_paragraph(struct build *build)
{
    if (build_in_scope(build, ELEMENT_P, SCOPE_BUTTON)) {
        build_implied_end(build, ELEMENT_P);
        build_pop_until(build, ELEMENT_P);
    }
}

static bool is_foreign(const struct build *build)
{
    const struct tree_node *node = tree_at(build->tree, build_current(build));

    return build->depth > 1 && node->foreign && !span_is_nocase(node->text, "foreignObject") &&
           !span_is_nocase(node->text, "desc") && !span_is_nocase(node->text, "title");
}

/* Inside svg and math (§13.2.6.5). False if the token leaves them and is for the body. */
static bool foreign(struct build *build)
{
    struct markup_token *token = &build->token;
    enum element element = element_find(token->name);

    if (token->kind == MARKUP_START && !(element_traits(element) & TRAIT_BREAKOUT)) {
        uint32_t node = build_insert(build);

        tree_at(build->tree, node)->foreign = true;
        if (element_traits(element) & TRAIT_VOID)
            build->open[build->depth++] = node;
        if (token->self_closing)
            build_pop(build);
        return true;
    }
    if (token->kind == MARKUP_START) {
        while (is_foreign(build))
            build_pop(build);
        return false;
    }
    if (element == ELEMENT_P || element == ELEMENT_BR) {
        while (is_foreign(build))
            build_pop(build);
        return false;
    }
    for (size_t i = build->depth; i > 1 && tree_at(build->tree, build->open[i - 1])->foreign; i--) {
        const struct tree_node *node = tree_at(build->tree, build->open[i - 1]);

        if (node->text.len == token->name.len &&
            strncasecmp(node->text.data, token->name.data, token->name.len) == 0) {
            build->depth = i - 1;
            return true;
        }
    }
    return false;
}

static void text(struct build *build)
{
    bool rows = holds_rows(build, build_current(build)) && span_trim(build->token.text).len > 0;

    if (is_foreign(build)) {
        build_insert_text(build, build->token.text, build->token.offset);
        return;
    }
    build->foster = rows;
    if (span_trim(build->token.text).len > 0 || !holds_rows(build, build_current(build)))
        formatting_reconstruct(build);
    build_insert_text(build, build->token.text, build->token.offset);
    build->foster = false;
}

static void tag(struct build *build)
{
    if (is_foreign(build) && foreign(build))
        return;
    if (!build_table(build))
        build_body(build);
}

void tree_parse(struct tree *tree, struct span html)
{
    struct build *build = mem_zero(1, sizeof *build);

    build->tree = tree;
    build->markup.input = html;
    build->copies = html.len + 4096;
    tree_make(tree, TREE_ELEMENT, SPAN("section"), 0);
    tree_at(tree, TREE_ROOT)->element = ELEMENT_SECTION;
    build->open[build->depth++] = TREE_ROOT;
    while (markup_next(&build->markup, &build->token)) {
        switch (build->token.kind) {
        case MARKUP_TEXT:
            text(build);
            break;
        case MARKUP_COMMENT:
            build_place(build,
                        tree_make(tree, TREE_COMMENT, build->token.text, build->token.offset));
            break;
        case MARKUP_START:
        case MARKUP_END:
            tag(build);
            break;
        }
        build->markup.cdata = is_foreign(build);
    }
    markup_token_release(&build->token);
    free(build);
}
