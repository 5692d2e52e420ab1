#include "deck/attributes.h"

#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* What HTML and the DOM both take for a name, ASCII only. */
static bool is_name(struct span name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '@';

        if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '-' || c == '.' || c == ':')))
            return false;
    }
    return name.len > 0;
}

static struct span quoted(struct span *rest, enum attributes_fault *fault)
{
    struct span inside = span_from(*rest, 1);
    ptrdiff_t end = span_find_char(inside, rest->data[0]);

    if (end < 0) {
        *fault = ATTRIBUTES_OPEN;
        *rest = span_from(*rest, rest->len);
        return inside;
    }
    *rest = span_from(inside, (size_t)end + 1);
    return span_cut(inside, 0, (size_t)end);
}

static struct span word(struct span *rest, const char *ends)
{
    size_t len = 0;
    struct span text;

    while (len < rest->len && !is_blank(rest->data[len]) && !span_set_has(ends, rest->data[len]))
        len++;
    text = span_cut(*rest, 0, len);
    *rest = span_from(*rest, len);
    return text;
}

bool attributes_next(struct span *rest, struct span *ret_name, struct span *ret_value,
                     enum attributes_fault *ret_fault)
{
    struct span name, value = {"", 0};

    while (rest->len > 0 && (is_blank(rest->data[0]) || span_set_has("\"'=:", rest->data[0])))
        *rest = span_from(*rest, 1);
    if (rest->len == 0)
        return false;
    *ret_fault = ATTRIBUTES_FINE;
    name = word(rest, "\"'=");
    if (rest->len > 1 && rest->data[0] == '=' && (rest->data[1] == '"' || rest->data[1] == '\'')) {
        *rest = span_from(*rest, 1);
        value = quoted(rest, ret_fault);
    } else if (rest->len > 0 && rest->data[0] == '=') {
        *rest = span_from(*rest, 1);
        value = word(rest, "");
        *ret_fault = ATTRIBUTES_UNQUOTED;
    } else if (!span_starts_with(name, SPAN("data-"))) {
        *ret_fault = ATTRIBUTES_STRAY;
    }
    if (*ret_fault == ATTRIBUTES_FINE && !is_name(name))
        *ret_fault = ATTRIBUTES_STRAY;
    *ret_name = name;
    *ret_value = value;
    return true;
}

enum {
    CLASSES_MAX = 4000,   /* bytes of one class attribute */
    ATTRIBUTES_MAX = 100, /* of one element by comments; both keep hostile comments linear */
};

static bool has_word(struct span words, struct span wanted)
{
    while (words.len > 0) {
        struct span one;

        while (words.len > 0 && is_blank(words.data[0]))
            words = span_from(words, 1);
        one = word(&words, "");
        if (one.len > 0 && span_equal(one, wanted))
            return true;
    }
    return false;
}

static void add_classes(struct tree *tree, uint32_t node, struct span name, struct span value)
{
    struct strbuf classes = STRBUF_INIT;

    tree_value(tree, node, "class", &classes);
    while (value.len > 0 && classes.len < CLASSES_MAX) {
        struct span one;

        while (value.len > 0 && is_blank(value.data[0]))
            value = span_from(value, 1);
        one = word(&value, "");
        if (one.len == 0 || has_word(strbuf_span(&classes), one))
            continue;
        if (classes.len > 0)
            strbuf_append_char(&classes, ' ');
        strbuf_append_span(&classes, one);
    }
    tree_set(tree, node, name, strbuf_span(&classes));
    strbuf_release(&classes);
}

static size_t attribute_count(const struct tree *tree, uint32_t node)
{
    size_t count = 0;

    for (uint32_t index = tree_at(tree, node)->attributes; index != 0; count++)
        index = tree->attributes.items[index - 1].next;
    return count;
}

static void set(struct tree *tree, uint32_t node, struct span name, struct span value)
{
    if (span_is_nocase(name, "class"))
        add_classes(tree, node, name, value);
    else
        tree_set(tree, node, name, value);
}

/* What the comment says behind the mark, on the mark's line or the first with text after it. */
static bool find_mark(struct span comment, struct span mark, struct span *ret_rest)
{
    ptrdiff_t at = span_find(comment, mark);
    struct span rest, line;

    if (at < 0)
        return false;
    rest = span_from(comment, (size_t)at + mark.len);
    while (rest.len > 0 && is_blank(rest.data[0]))
        rest = span_from(rest, 1);
    if (!span_next_line(&rest, &line))
        return false;
    *ret_rest = line;
    return true;
}

/*
 * The nearest previous sibling element, else the parent. A comment that was seen keeps its answer
 * and one in `last`, which comments have no use for: a row of comments costs no more than its
 * length.
 */
static uint32_t element_before(struct tree *tree, uint32_t comment)
{
    uint32_t node = tree_at(tree, comment)->previous;

    while (node != TREE_NONE) {
        const struct tree_node *at = tree_at(tree, node);

        if (at->kind == TREE_ELEMENT && !tree_is(tree, node, ELEMENT_BR))
            return node;
        if (at->kind == TREE_COMMENT && at->last != 0)
            return at->last - 1;
        node = at->previous;
    }
    return tree_at(tree, comment)->parent;
}

static bool has_blank_line(struct span text)
{
    bool empty = false; /* nothing but blanks since a line feed */

    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '\n' && empty)
            return true;
        if (text.data[i] == '\n')
            empty = true;
        else if (text.data[i] != ' ' && text.data[i] != '\t')
            empty = false;
    }
    return false;
}

static uint32_t last_item(const struct tree *tree, uint32_t list)
{
    uint32_t node = tree_at(tree, list)->last;

    while (node != TREE_NONE && tree_at(tree, node)->kind != TREE_ELEMENT)
        node = tree_at(tree, node)->previous;
    return node != TREE_NONE ? node : list;
}

/* A stray end tag between two texts leaves no node. */
static bool is_behind_blank_line(const struct tree *tree, uint32_t comment)
{
    uint32_t node = tree_at(tree, comment)->previous;

    while (node != TREE_NONE && tree_at(tree, node)->kind == TREE_TEXT) {
        if (has_blank_line(tree_at(tree, node)->text))
            return true;
        node = tree_at(tree, node)->previous;
    }
    return false;
}

static uint32_t target(struct tree *tree, uint32_t comment)
{
    uint32_t node = element_before(tree, comment);

    tree_at(tree, comment)->last = node + 1; /* for element_before of the next */
    if ((tree_is(tree, node, ELEMENT_UL) || tree_is(tree, node, ELEMENT_OL)) &&
        !is_behind_blank_line(tree, comment))
        return last_item(tree, node);
    return node;
}

static const char *explain(enum attributes_fault fault)
{
    switch (fault) {
    case ATTRIBUTES_UNQUOTED:
        return "an attribute's value needs quotes: name=\"value\"";
    case ATTRIBUTES_OPEN:
        return "an attribute's value lacks its closing quote";
    case ATTRIBUTES_STRAY:
        return "this is no attribute; write name=\"value\" or data-name";
    case ATTRIBUTES_FINE:
        break;
    }
    return "";
}

static void set_all(struct tree *tree, uint32_t node, struct span rest, size_t offset,
                    const struct attributes_place *place)
{
    struct span name, value;
    enum attributes_fault fault;

    size_t room = ATTRIBUTES_MAX - attribute_count(tree, node);

    while (room > 0 && attributes_next(&rest, &name, &value, &fault)) {
        room--;
        if (fault == ATTRIBUTES_FINE)
            set(tree, node, name, value);
        else
            place->problem(place->context, offset, explain(fault));
    }
}

void attributes_apply(struct tree *tree, struct tree *section, const struct attributes_place *place)
{
    for (uint32_t node = tree_next(tree, TREE_ROOT); node != TREE_NONE;
         node = tree_next(tree, node)) {
        struct span comment, rest;
        size_t offset;
        uint32_t element;

        if (tree_at(tree, node)->kind != TREE_COMMENT)
            continue;
        comment = tree_at(tree, node)->text;
        offset = tree_at(tree, node)->offset;
        element = target(tree, node);
        if (find_mark(comment, SPAN(".element"), &rest)) {
            if (element != TREE_ROOT || tree == section)
                set_all(tree, element, rest, offset, place);
        } else if (find_mark(comment, SPAN(".slide:"), &rest)) {
            set_all(section, TREE_ROOT, rest, offset, place);
        }
    }
}
