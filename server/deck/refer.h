/*
 * refer: what a slide's elements refer to.
 *
 * Goes over a slide's tree once its attributes are final: links, pictures, videos, frames and
 * backgrounds get the URLs that are right on the page; pictures their size, pictures and frames
 * lazy loading. Notes what the slide uses.
 */
#pragma once

#include "base/map.h"
#include "deck/link.h"
#include "deck/tree.h"

#include <stdbool.h>

struct refer {
    struct links *links;
    struct map *languages; /* of code blocks; keys only */
    bool code, math, mermaid;
    bool look_for_math, draw_mermaid;
    unsigned (*line_at)(void *context, size_t offset); /* of the tree's input */
    void *context;
};

void refer_apply(struct refer *refer, struct tree *tree);
