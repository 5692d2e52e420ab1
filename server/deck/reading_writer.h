/*
 * reading_writer: a part of a slide's tree written as a reader needs it.
 */
#pragma once

#include "base/map.h"
#include "base/strbuf.h"
#include "deck/drawn.h"
#include "deck/tree.h"

#include <stdint.h>

struct reading_writer {
    const struct tree *tree;
    const struct map *ids; /* to reading_id_owner of the node that has it; others lose theirs */
    struct strbuf *out;
    struct strbuf value; /* of an attribute, for a moment; the caller releases it */
    uint32_t without;    /* a heading that stands elsewhere, or TREE_NONE */
    struct drawn drawn;
};

/* A node as a map holds it. */
static inline void *reading_id_owner(uint32_t node)
{
    return (void *)(uintptr_t)node;
}

/* The picture behind a slide, which says something where nothing stands before it. */
void reading_write_background(struct reading_writer *writer, uint32_t section);

/* Writes what is inside the node, but for speaker notes. */
void reading_write_inside(struct reading_writer *writer, uint32_t container);
