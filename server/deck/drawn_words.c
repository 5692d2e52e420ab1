#include "deck/drawn_words.h"

#include "deck/math.h"

/* The element says this, and nothing else. */
static void put_inside(struct tree *tree, uint32_t node, struct span words)
{
    uint32_t end = tree_skip(tree, node);

    for (uint32_t child = tree_next(tree, node); child != end && child != TREE_NONE;
         child = tree_next(tree, child)) {
        if (tree_at(tree, child)->kind == TREE_TEXT) {
            tree_set_text(tree, child, words);
            words = SPAN("");
        }
    }
}

static void put_in_text(struct tree *tree, uint32_t node)
{
    struct strbuf text = STRBUF_INIT, words = STRBUF_INIT;
    struct math_scan scan;
    struct math_formula formula;

    tree_decode(&text, tree_at(tree, node)->text);
    math_scan_init(&scan, strbuf_span(&text));
    while (math_scan_next(&scan, &formula)) {
        strbuf_append_span(&words, formula.before);
        formula_append_words(&words, formula.tex);
    }
    if (words.len > 0) {
        strbuf_append_span(&words, formula.before);
        tree_set_text(tree, node, strbuf_span(&words));
    }
    strbuf_release(&text);
    strbuf_release(&words);
}

void drawn_put_words(struct tree *tree, const struct drawn *drawn)
{
    struct strbuf source = STRBUF_INIT, words = STRBUF_INIT;
    uint32_t node = tree_next(tree, TREE_ROOT);

    while (node != TREE_NONE) {
        enum drawn_kind kind = drawn_find(drawn, tree, node);

        if (kind == DRAWN_NOTHING) {
            if (tree_at(tree, node)->kind == TREE_TEXT && drawn_in_text(drawn, tree, node))
                put_in_text(tree, node);
            node = tree_next(tree, node);
            continue;
        }
        strbuf_reset(&source);
        strbuf_reset(&words);
        drawn_append_source(&source, tree, node);
        if (kind == DRAWN_DIAGRAM)
            diagram_append_words(&words, strbuf_span(&source));
        else
            formula_append_words(&words, strbuf_span(&source));
        put_inside(tree, node, strbuf_span(&words));
        node = tree_skip(tree, node);
    }
    strbuf_release(&source);
    strbuf_release(&words);
}
