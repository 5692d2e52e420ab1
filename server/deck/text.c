#include "deck/text.h"

#include <string.h>

/* What is between words that came and those that come. */
enum between { NOTHING, BLANK, ITEMS };

static void append_between(struct strbuf *out, enum between between)
{
    if (out->len == 0 || between == NOTHING)
        return;
    if (between == ITEMS && !span_set_has(".,:;!?-|", out->data[out->len - 1]) &&
        !span_ends_with(strbuf_span(out), SPAN("\u2026")))
        strbuf_append_text(out, " " TEXT_BETWEEN);
    strbuf_append_char(out, ' ');
}

/* Blanks separate as much as they did before. */
static void take_blank(enum between *pending)
{
    if (*pending == NOTHING)
        *pending = BLANK;
}

/* Appends with white space collapsed, as `pending` of the words before says. */
static void append_words(struct strbuf *out, struct span text, enum between *pending)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        struct span rest = span_from(text, i);

        if (c == ' ' || (c >= '\t' && c <= '\r')) {
            take_blank(pending);
        } else if (span_starts_with(rest, SPAN("\u00a0"))) {
            take_blank(pending);
            i += 1;
        } else if (span_starts_with(rest, SPAN("\u00ad"))) {
            i += 1;
        } else if (span_starts_with(rest, SPAN("\u200b"))) {
            i += 2;
        } else {
            append_between(out, *pending);
            *pending = NOTHING;
            strbuf_append_char(out, (char)c);
        }
    }
}

static bool is_invisible(const struct tree *tree, uint32_t node)
{
    return tree_is(tree, node, ELEMENT_SCRIPT) || tree_is(tree, node, ELEMENT_STYLE) ||
           tree_is(tree, node, ELEMENT_TEMPLATE) || tree_is(tree, node, ELEMENT_NOSCRIPT) ||
           tree_is(tree, node, ELEMENT_IFRAME);
}

bool text_is_notes(const struct tree *tree, uint32_t node)
{
    return tree_is(tree, node, ELEMENT_ASIDE) && tree_has_class(tree, node, "notes");
}

static bool separates(const struct tree *tree, uint32_t node)
{
    const unsigned blocks = TRAIT_BLOCK | TRAIT_HEADING | TRAIT_TABLE | TRAIT_IMPLIED;

    return tree_at(tree, node)->kind == TREE_ELEMENT &&
           (tree_is(tree, node, ELEMENT_BR) || tree_is(tree, node, ELEMENT_TABLE) ||
            element_traits(tree_at(tree, node)->element) & blocks);
}

static bool is_item(const struct tree *tree, uint32_t node)
{
    return tree_is(tree, node, ELEMENT_LI) || tree_is(tree, node, ELEMENT_DT) ||
           tree_is(tree, node, ELEMENT_DD) || tree_is(tree, node, ELEMENT_TD) ||
           tree_is(tree, node, ELEMENT_TH);
}

static enum between separation(const struct tree *tree, uint32_t node)
{
    if (is_item(tree, node))
        return ITEMS;
    return separates(tree, node) ? BLANK : NOTHING;
}

/* What separates most of: words before, the node itself, what is left by going on to the next. */
static enum between find_between(const struct tree *tree, uint32_t node, uint32_t next,
                                 enum between pending)
{
    uint32_t parent = next != TREE_NONE ? tree_at(tree, next)->parent : TREE_ROOT;
    enum between most = pending, one = separation(tree, node);

    while (node != TREE_ROOT && node != parent && most < ITEMS) {
        one = separation(tree, node);
        most = one > most ? one : most;
        node = tree_at(tree, node)->parent;
    }
    return one > most ? one : most;
}

/* The text from a node up to `end`, which is not of it. */
static void append_range(const struct tree *tree, uint32_t node, uint32_t end, struct strbuf *text,
                         struct strbuf *notes)
{
    struct strbuf decoded = STRBUF_INIT;
    struct strbuf *out = text;
    uint32_t notes_end = TREE_NONE;
    enum between pending = NOTHING;
    bool in_notes = false;

    while (node != end && node != TREE_NONE) {
        uint32_t next = is_invisible(tree, node) ? tree_skip(tree, node) : tree_next(tree, node);

        if (in_notes && node == notes_end)
            in_notes = false;
        if (!in_notes && text_is_notes(tree, node)) {
            in_notes = true;
            notes_end = tree_skip(tree, node);
        }
        out = in_notes ? notes : text;
        if (tree_at(tree, node)->kind == TREE_TEXT && out) {
            strbuf_reset(&decoded);
            tree_decode(&decoded, tree_at(tree, node)->text);
            append_words(out, strbuf_span(&decoded), &pending);
        }
        pending = find_between(tree, node, next, pending);
        node = next;
    }
    strbuf_release(&decoded);
}

void text_append(const struct tree *tree, uint32_t node, struct strbuf *text, struct strbuf *notes)
{
    append_range(tree, tree_next(tree, node), tree_skip(tree, node), text, notes);
}

uint32_t text_find_heading(const struct tree *tree, uint32_t node)
{
    uint32_t end = tree_skip(tree, node), found = TREE_NONE;
    struct strbuf text = STRBUF_INIT;

    node = tree_next(tree, node);
    while (node != end && found == TREE_NONE) {
        const struct tree_node *at = tree_at(tree, node);

        if (text_is_notes(tree, node)) {
            node = tree_skip(tree, node);
            continue;
        }
        if (at->kind == TREE_ELEMENT && element_traits(at->element) & TRAIT_HEADING) {
            text_append(tree, node, &text, NULL);
            if (text.len > 0)
                found = node;
        }
        node = tree_next(tree, node);
    }
    strbuf_release(&text);
    return found;
}

void text_append_heading(const struct tree *tree, uint32_t node, struct strbuf *out)
{
    uint32_t heading = text_find_heading(tree, node);

    if (heading != TREE_NONE)
        text_append(tree, heading, out, NULL);
}
