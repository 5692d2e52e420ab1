#include "deck/tree_build.h"

#include <string.h>

void formatting_push_marker(struct build *build)
{
    /* Past so many tables in tables all formatting ends. */
    if (build->active_count == ACTIVE_MAX)
        build->active_count = 0;
    build->active[build->active_count++] = TREE_NONE;
}

void formatting_clear_to_marker(struct build *build)
{
    while (build->active_count > 0 && build->active[--build->active_count] != TREE_NONE)
        ;
}

static void forget(struct build *build, size_t place)
{
    memmove(build->active + place, build->active + place + 1,
            (build->active_count - place - 1) * sizeof *build->active);
    build->active_count--;
}

static void remember(struct build *build, size_t place, uint32_t node)
{
    memmove(build->active + place + 1, build->active + place,
            (build->active_count - place) * sizeof *build->active);
    build->active[place] = node;
    build->active_count++;
}

static ptrdiff_t place_in_list(const struct build *build, uint32_t node)
{
    for (size_t i = build->active_count; i > 0; i--) {
        if (build->active[i - 1] == node)
            return (ptrdiff_t)i - 1;
    }
    return -1;
}

static bool same_attributes(const struct tree *tree, uint32_t a, uint32_t b)
{
    uint32_t i = tree_at(tree, a)->attributes, j = tree_at(tree, b)->attributes;

    while (i != 0 && j != 0) {
        const struct tree_attribute *x = &tree->attributes.items[i - 1];
        const struct tree_attribute *y = &tree->attributes.items[j - 1];

        if (!span_equal(x->name, y->name) || !span_equal(x->value, y->value))
            return false;
        i = x->next;
        j = y->next;
    }
    return i == j;
}

/* At most three alike may be open at once (the standard's "Noah's Ark clause"). */
void formatting_push(struct build *build, uint32_t node)
{
    size_t alike = 0, count = 0, earliest = 0;
    size_t oldest = build->active_count;

    for (size_t i = build->active_count; i > 0 && build->active[i - 1] != TREE_NONE; i--) {
        uint32_t other = build->active[i - 1];

        oldest = i - 1;
        count++;
        if (tree_at(build->tree, other)->element == tree_at(build->tree, node)->element &&
            same_attributes(build->tree, other, node)) {
            alike++;
            earliest = i - 1;
        }
    }
    if (alike >= 3)
        forget(build, earliest);
    else if (count >= FORMATTING_MAX)
        forget(build, oldest);
    if (build->active_count == ACTIVE_MAX)
        forget(build, 0);
    build->active[build->active_count++] = node;
}

/* What the start tag takes in the output, which each copy repeats. */
static size_t tag_size(const struct tree *tree, uint32_t node)
{
    size_t size = tree_at(tree, node)->text.len + 4;

    for (uint32_t index = tree_at(tree, node)->attributes; index != 0;) {
        const struct tree_attribute *attribute = &tree->attributes.items[index - 1];

        size += attribute->name.len + attribute->value.len + 4;
        index = attribute->next;
    }
    return size;
}

static uint32_t clone(struct build *build, uint32_t node)
{
    struct tree *tree = build->tree;
    struct tree_node at = *tree_at(tree, node);
    uint32_t copy = tree_make(tree, TREE_ELEMENT, at.text, at.offset);
    size_t size = tag_size(tree, node);
    uint32_t previous = 0;

    tree_at(tree, copy)->element = at.element;
    for (uint32_t index = at.attributes; index != 0;) {
        struct tree_attribute attribute = tree->attributes.items[index - 1];

        index = attribute.next;
        attribute.next = 0;
        vec_push(&tree->attributes, attribute);
        if (previous == 0)
            tree_at(tree, copy)->attributes = (uint32_t)tree->attributes.count;
        else
            tree->attributes.items[previous - 1].next = (uint32_t)tree->attributes.count;
        previous = (uint32_t)tree->attributes.count;
    }
    build->copies -= size < build->copies ? size : build->copies;
    return copy;
}

void formatting_reconstruct(struct build *build)
{
    size_t first = build->active_count;

    while (first > 0 && build->active[first - 1] != TREE_NONE &&
           build_place_of(build, build->active[first - 1]) < 0)
        first--;
    for (size_t i = first; i < build->active_count; i++) {
        uint32_t copy;

        if (build->copies == 0 || build->depth == TREE_DEPTH_MAX) {
            build->active_count = i;
            break;
        }
        copy = clone(build, build->active[i]);
        build_place(build, copy);
        build->open[build->depth++] = copy;
        build->active[i] = copy;
    }
}

uint32_t formatting_find(const struct build *build, enum element element)
{
    for (size_t i = build->active_count; i > 0 && build->active[i - 1] != TREE_NONE; i--) {
        if (tree_is(build->tree, build->active[i - 1], element))
            return build->active[i - 1];
    }
    return TREE_NONE;
}

static void unstack(struct build *build, size_t place)
{
    memmove(build->open + place, build->open + place + 1,
            (build->depth - place - 1) * sizeof *build->open);
    build->depth--;
}

static bool is_special(const struct build *build, uint32_t node)
{
    return element_traits(tree_at(build->tree, node)->element) & TRAIT_SPECIAL;
}

/*
 * Steps 13 and 14: copies what is open between the formatting element and the block, innermost
 * first; the last of these copies holds the ones before and the block.
 */
static uint32_t adopt_between(struct build *build, size_t from, size_t block, size_t *bookmark)
{
    uint32_t last = build->open[block];
    unsigned steps = 0;

    for (size_t i = block - 1; i > from; i--) {
        uint32_t node = build->open[i];
        ptrdiff_t listed = place_in_list(build, node);
        uint32_t copy;

        if (++steps > 3 && listed >= 0) {
            forget(build, (size_t)listed);
            if ((size_t)listed < *bookmark)
                --*bookmark;
            listed = -1;
        }
        if (listed < 0) {
            unstack(build, i);
            continue;
        }
        copy = clone(build, node);
        build->active[listed] = copy;
        build->open[i] = copy;
        if (last == build->open[block])
            *bookmark = (size_t)listed + 1;
        tree_remove(build->tree, last);
        tree_place(build->tree, last, copy, TREE_NONE);
        last = copy;
    }
    return last;
}

static void move_children(struct tree *tree, uint32_t from, uint32_t to)
{
    uint32_t child;

    while ((child = tree_at(tree, from)->first) != TREE_NONE) {
        tree_remove(tree, child);
        tree_place(tree, child, to, TREE_NONE);
    }
}

/* One round of the adoption agency; false when it is done. */
static bool adopt(struct build *build, enum element element)
{
    uint32_t formatting = formatting_find(build, element);
    ptrdiff_t listed = place_in_list(build, formatting);
    ptrdiff_t place = build_place_of(build, formatting);
    size_t block, bookmark;
    uint32_t furthest, last, copy;

    if (formatting == TREE_NONE)
        return false;
    if (place < 0 || !build_in_scope(build, element, SCOPE_PLAIN)) {
        if (place < 0)
            forget(build, (size_t)listed);
        return false;
    }
    for (block = (size_t)place + 1; block < build->depth; block++) {
        if (is_special(build, build->open[block]))
            break;
    }
    if (block == build->depth || build->copies == 0) {
        build->depth = (size_t)place;
        forget(build, (size_t)listed);
        return false;
    }
    furthest = build->open[block];
    bookmark = (size_t)listed;
    last = adopt_between(build, (size_t)place, block, &bookmark);
    tree_remove(build->tree, last);
    tree_place(build->tree, last, build->open[place - 1], TREE_NONE);
    copy = clone(build, formatting);
    move_children(build->tree, furthest, copy);
    tree_place(build->tree, copy, furthest, TREE_NONE);

    listed = place_in_list(build, formatting);
    forget(build, (size_t)listed);
    if (bookmark > (size_t)listed)
        bookmark--;
    remember(build, bookmark < build->active_count ? bookmark : build->active_count, copy);
    unstack(build, (size_t)place);
    place = build_place_of(build, furthest);
    memmove(build->open + place + 2, build->open + place + 1,
            (build->depth - (size_t)place - 1) * sizeof *build->open);
    build->open[place + 1] = copy;
    build->depth++;
    return true;
}

void formatting_end(struct build *build, enum element element)
{
    if (tree_is(build->tree, build_current(build), element) && build->depth > 1 &&
        place_in_list(build, build_current(build)) < 0) {
        build_pop(build);
        return;
    }
    for (int round = 0; round < 8 && adopt(build, element); round++)
        ;
}
