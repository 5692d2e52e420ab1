#include "deck/tree_build.h"

#include <string.h>

static bool current_heading(const struct build *build)
{
    const struct tree_node *node = tree_at(build->tree, build_current(build));

    return build->depth > 1 && !node->foreign && element_traits(node->element) & TRAIT_HEADING;
}

/* Ends the item that a new li, dd or dt follows. */
static void close_item(struct build *build, enum element one, enum element other)
{
    for (size_t i = build->depth; i > 1; i--) {
        const struct tree_node *node = tree_at(build->tree, build->open[i - 1]);
        enum element element = node->foreign ? ELEMENT_OTHER : node->element;

        if (element == one || element == other) {
            build_implied_end(build, element);
            build_pop_until(build, element);
            break;
        }
        if (element_traits(element) & TRAIT_SPECIAL && element != ELEMENT_ADDRESS &&
            element != ELEMENT_DIV && element != ELEMENT_P)
            break;
    }
    build_close_paragraph(build);
}

/* A raw text element whole: its text is no markup. */
static void raw(struct build *build)
{
    uint32_t node = build_insert(build);
    size_t offset = build->markup.at;
    struct span content;
    bool closed = markup_raw_text(&build->markup, build->token.name, &content);

    /* A browser does not run a script without an end; our end tag might not even end it. */
    if (closed || !tree_is(build->tree, node, ELEMENT_SCRIPT))
        build_insert_text(build, content, offset);
    if (build_current(build) == node)
        build_pop(build);
}

static void start_formatting(struct build *build, enum element element)
{
    uint32_t before = formatting_find(build, element);

    if (before != TREE_NONE && (element == ELEMENT_A || element == ELEMENT_NOBR)) {
        formatting_end(build, element);
        if (build_place_of(build, before) > 0)
            build->depth = (size_t)build_place_of(build, before);
    }
    formatting_reconstruct(build);
    formatting_push(build, build_insert(build));
}

static void start_foreign(struct build *build)
{
    uint32_t node;

    formatting_reconstruct(build);
    node = build_insert(build);
    tree_at(build->tree, node)->foreign = true;
    if (build->token.self_closing)
        build_pop(build);
}

static void start_block(struct build *build, enum element element, unsigned traits)
{
    build_close_paragraph(build);
    if (traits & TRAIT_HEADING && current_heading(build))
        build_pop(build);
    if (element == ELEMENT_FORM && build_in_scope(build, ELEMENT_FORM, SCOPE_TABLE))
        return;
    build_insert(build);
}

static void start_other(struct build *build, enum element element, unsigned traits)
{
    if ((element == ELEMENT_OPTION || element == ELEMENT_OPTGROUP) &&
        build_current_is(build, ELEMENT_OPTION))
        build_pop(build);
    if (element == ELEMENT_RT || element == ELEMENT_RP || element == ELEMENT_RB ||
        element == ELEMENT_RTC)
        build_implied_end(build, ELEMENT_RTC);
    if (element == ELEMENT_BUTTON && build_in_scope(build, ELEMENT_BUTTON, SCOPE_PLAIN)) {
        build_implied_end(build, ELEMENT_OTHER);
        build_pop_until(build, ELEMENT_BUTTON);
    }
    formatting_reconstruct(build);
    build_insert(build);
    if (traits & TRAIT_HOLDER)
        formatting_push_marker(build);
}

static void start(struct build *build, enum element element)
{
    unsigned traits = element_traits(element);

    if (span_is_nocase(build->token.name, "image")) {
        build->token.name = SPAN("img");
        element = ELEMENT_IMG;
        traits = element_traits(element);
    }
    if (traits & (TRAIT_PAGE | TRAIT_TABLE))
        return; /* no place here: ignored */
    if (element == ELEMENT_LI || element == ELEMENT_DD || element == ELEMENT_DT) {
        bool item = element == ELEMENT_LI;

        close_item(build, item ? element : ELEMENT_DD, item ? element : ELEMENT_DT);
        build_insert(build);
    } else if (traits & TRAIT_RAW) {
        if (element == ELEMENT_XMP)
            build_close_paragraph(build);
        raw(build);
    } else if (element == ELEMENT_TABLE || traits & (TRAIT_BLOCK | TRAIT_HEADING)) {
        start_block(build, element, traits);
    } else if (traits & TRAIT_FORMATTING) {
        start_formatting(build, element);
    } else if (element == ELEMENT_SVG || element == ELEMENT_MATH) {
        start_foreign(build);
    } else {
        start_other(build, element, traits);
    }
}

static void end_heading(struct build *build)
{
    bool open = false;

    for (enum element h = ELEMENT_H1; h <= ELEMENT_H6; h++)
        open = open || build_in_scope(build, h, SCOPE_PLAIN);
    if (!open)
        return;
    build_implied_end(build, ELEMENT_OTHER);
    while (!current_heading(build))
        build_pop(build);
    build_pop(build);
}

static void end_scoped(struct build *build, enum element element, enum build_scope scope)
{
    if (!build_in_scope(build, element, scope))
        return;
    build_implied_end(build, scope == SCOPE_PLAIN ? ELEMENT_OTHER : element);
    build_pop_until(build, element);
    if (element_traits(element) & TRAIT_HOLDER)
        formatting_clear_to_marker(build);
}

/* Any other end tag: the nearest open element of that name, unless a special one is nearer. */
static void end_other(struct build *build)
{
    for (size_t i = build->depth; i > 1; i--) {
        const struct tree_node *node = tree_at(build->tree, build->open[i - 1]);

        if (node->text.len == build->token.name.len &&
            strncasecmp(node->text.data, build->token.name.data, node->text.len) == 0) {
            build->depth = i - 1;
            return;
        }
        if (!node->foreign && element_traits(node->element) & TRAIT_SPECIAL)
            return;
    }
}

static void end(struct build *build, enum element element)
{
    unsigned traits = element_traits(element);

    if (element == ELEMENT_P) {
        if (!build_in_scope(build, ELEMENT_P, SCOPE_BUTTON))
            build_insert_element(build, ELEMENT_P);
        build_close_paragraph(build);
    } else if (element == ELEMENT_BR) {
        formatting_reconstruct(build);
        build_insert_element(build, ELEMENT_BR);
    } else if (element == ELEMENT_LI) {
        end_scoped(build, element, SCOPE_LIST);
    } else if (element == ELEMENT_DD || element == ELEMENT_DT) {
        end_scoped(build, element, SCOPE_BUTTON);
    } else if (traits & TRAIT_HEADING) {
        end_heading(build);
    } else if (traits & (TRAIT_PAGE | TRAIT_TABLE | TRAIT_VOID | TRAIT_RAW)) {
        return;
    } else if (traits & (TRAIT_BLOCK | TRAIT_HOLDER) || element == ELEMENT_BUTTON) {
        end_scoped(build, element, SCOPE_PLAIN);
    } else if (traits & TRAIT_FORMATTING) {
        formatting_end(build, element);
    } else {
        end_other(build);
    }
}

void build_body(struct build *build)
{
    enum element element = element_find(build->token.name);

    if (build->token.kind == MARKUP_START)
        start(build, element);
    else
        end(build, element);
}
