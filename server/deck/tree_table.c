/*
 * Tables (§13.2.6.4.9 to .15). The standard's insertion modes are read off the stack: what counts
 * is the nearest open element that belongs to a table.
 */
#include "deck/tree_build.h"

static bool is_section(enum element element)
{
    return element == ELEMENT_TBODY || element == ELEMENT_THEAD || element == ELEMENT_TFOOT;
}

static bool is_cell(enum element element)
{
    return element == ELEMENT_TD || element == ELEMENT_TH;
}

/* The nearest open element that sets the mode; ELEMENT_OTHER outside of tables. */
static enum element mode(const struct build *build)
{
    for (size_t i = build->depth; i > 1; i--) {
        const struct tree_node *node = tree_at(build->tree, build->open[i - 1]);

        if (node->foreign)
            continue;
        if (node->element == ELEMENT_TEMPLATE)
            return ELEMENT_OTHER;
        if (node->element == ELEMENT_TABLE || element_traits(node->element) & TRAIT_TABLE)
            return node->element;
    }
    return ELEMENT_OTHER;
}

/* Closes what is open inside the nearest element of the mode. */
static void clear_back_to(struct build *build, enum element element)
{
    while (build->depth > 1 && !build_current_is(build, element))
        build_pop(build);
}

static void close_mode(struct build *build, enum element element)
{
    clear_back_to(build, element);
    build_pop(build);
    if (is_cell(element) || element == ELEMENT_CAPTION)
        formatting_clear_to_marker(build);
}

static void open_in_table(struct build *build, enum element element)
{
    if (element == ELEMENT_TR || is_cell(element))
        build_insert_element(build, ELEMENT_TBODY);
    if (is_cell(element))
        build_insert_element(build, ELEMENT_TR);
    if (element == ELEMENT_COL)
        build_insert_element(build, ELEMENT_COLGROUP);
    build_insert(build);
    if (is_cell(element) || element == ELEMENT_CAPTION)
        formatting_push_marker(build);
}

/* A start tag of a table's part; what is open is closed until the part has its place. */
static void start_part(struct build *build, enum element element)
{
    for (;;) {
        enum element in = mode(build);

        if (in == ELEMENT_OTHER)
            return;
        if (is_cell(in) || in == ELEMENT_CAPTION) {
            close_mode(build, in);
        } else if (in == ELEMENT_TR) {
            clear_back_to(build, in);
            if (is_cell(element)) {
                build_insert(build);
                formatting_push_marker(build);
                return;
            }
            close_mode(build, in);
        } else if (is_section(in)) {
            clear_back_to(build, in);
            if (element == ELEMENT_TR || is_cell(element)) {
                if (is_cell(element))
                    build_insert_element(build, ELEMENT_TR);
                build_insert(build);
                if (is_cell(element))
                    formatting_push_marker(build);
                return;
            }
            close_mode(build, in);
        } else if (in == ELEMENT_COLGROUP) {
            if (element == ELEMENT_COL) {
                build_insert(build);
                return;
            }
            close_mode(build, in);
        } else {
            clear_back_to(build, ELEMENT_TABLE);
            open_in_table(build, element);
            return;
        }
    }
}

static void end_part(struct build *build, enum element element)
{
    if (!build_in_scope(build, element, SCOPE_TABLE))
        return;
    while (mode(build) != element && mode(build) != ELEMENT_TABLE && mode(build) != ELEMENT_OTHER)
        close_mode(build, mode(build));
    if (mode(build) == element)
        close_mode(build, element);
}

static bool end_tag(struct build *build, enum element element)
{
    if (element == ELEMENT_TABLE) {
        if (build_in_scope(build, ELEMENT_TABLE, SCOPE_TABLE)) {
            while (mode(build) != ELEMENT_TABLE && mode(build) != ELEMENT_OTHER)
                close_mode(build, mode(build));
            close_mode(build, ELEMENT_TABLE);
        }
        return true;
    }
    if (element_traits(element) & TRAIT_TABLE) {
        end_part(build, element);
        return true;
    }
    return false;
}

bool build_table(struct build *build)
{
    enum element element = element_find(build->token.name);
    enum element in = mode(build);

    if (in == ELEMENT_OTHER)
        return false;
    if (build->token.kind == MARKUP_END && end_tag(build, element))
        return true;
    if (build->token.kind == MARKUP_START && element_traits(element) & TRAIT_TABLE) {
        start_part(build, element);
        return true;
    }
    if (is_cell(in) || in == ELEMENT_CAPTION)
        return false;
    if (in == ELEMENT_COLGROUP && element != ELEMENT_TEMPLATE)
        close_mode(build, in);
    if (build->token.kind == MARKUP_START && element == ELEMENT_TABLE) {
        close_mode(build, ELEMENT_TABLE);
        build_insert(build);
        return true;
    }
    if (element == ELEMENT_STYLE || element == ELEMENT_SCRIPT || element == ELEMENT_TEMPLATE) {
        build_body(build);
        return true;
    }
    build->foster = true;
    build_body(build);
    build->foster = false;
    return true;
}
