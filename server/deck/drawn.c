#include "deck/drawn.h"

#include "deck/tree.h"

struct drawn drawn_of(const struct deck *deck)
{
    return (struct drawn){
        .formulas = deck->has_math,
        .formulas_in_text = deck->has_math && deck->settings.math == MATH_TEXT,
        .diagrams = deck->has_mermaid,
    };
}

enum drawn_kind drawn_find(const struct drawn *drawn, const struct tree *tree, uint32_t node)
{
    if (drawn->diagrams && tree_has_class(tree, node, "mermaid"))
        return DRAWN_DIAGRAM;
    if (!drawn->formulas || !tree_has_class(tree, node, "math"))
        return DRAWN_NOTHING;
    if (tree_has_class(tree, node, "display"))
        return DRAWN_DISPLAY;
    return tree_has_class(tree, node, "inline") ? DRAWN_FORMULA : DRAWN_NOTHING;
}

/* Not in what the script that draws leaves alone. */
bool drawn_in_text(const struct drawn *drawn, const struct tree *tree, uint32_t node)
{
    return drawn->formulas_in_text && !tree_inside(tree, node, ELEMENT_PRE) &&
           !tree_inside(tree, node, ELEMENT_CODE);
}

void drawn_append_source(struct strbuf *out, const struct tree *tree, uint32_t node)
{
    uint32_t end = tree_skip(tree, node);

    for (uint32_t child = tree_next(tree, node); child != end && child != TREE_NONE;
         child = tree_next(tree, child))
        if (tree_at(tree, child)->kind == TREE_TEXT)
            tree_decode(out, tree_at(tree, child)->text);
}
