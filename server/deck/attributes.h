/*
 * attributes: comments that give attributes, as reveal.js's Markdown plugin reads them.
 *
 *     <!-- .slide: data-background="#123" class="wide" -->   of the slide's section
 *     <!-- .element: class="fragment" -->                    of the element before
 *
 * The element before is the nearest previous sibling that is no <br>, else the parent; directly
 * behind a list, with no blank line between, its last item. Values stand in double or single
 * quotes; data-* may stand bare. Classes are added to those that are there, other attributes
 * replace.
 */
#pragma once

#include "base/err.h"
#include "base/span.h"
#include "deck/tree.h"

struct attributes_place {
    void *context;
    /* Says what is wrong in a comment, at an offset of the tree's input. */
    void (*problem)(void *context, size_t offset, const char *text);
};

/*
 * Applies all comments of the tree. Attributes of the slide are set on the root of `section`, which
 * may be the same tree. Attributes for the element that the tree's own root stands for are dropped
 * where the trees differ.
 */
void attributes_apply(struct tree *tree, struct tree *section,
                      const struct attributes_place *place);

/* One attribute off the front of the text, false at the end. */
enum attributes_fault { ATTRIBUTES_FINE, ATTRIBUTES_UNQUOTED, ATTRIBUTES_OPEN, ATTRIBUTES_STRAY };
bool attributes_next(struct span *rest, struct span *ret_name, struct span *ret_value,
                     enum attributes_fault *ret_fault);
