/*
 * tree: the elements of one slide, as a browser would make them.
 *
 * tree_parse is the HTML standard's tree construction for innerHTML of a <section> (§13.2.6 and
 * §13.4): what is left open ends with the input, stray end tags vanish, paragraphs end before
 * blocks, formatting goes on where it was not closed in order. tree_append_html writes a tree back
 * as HTML that leaves nothing open. So no slide can harm the next one, and comments find the
 * element that reveal.js would give them.
 *
 * Nodes are indices into one array; TREE_ROOT stands for the section, TREE_NONE for no node. Names,
 * values and texts are spans of the input, which must outlive the tree, or of texts that the tree
 * owns. Depth is bounded as in browsers, and nothing recurses.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "deck/element.h"

#include <stdbool.h>
#include <stdint.h>

enum { TREE_ROOT = 0, TREE_NONE = 0, TREE_DEPTH_MAX = 500 };

enum tree_kind { TREE_ELEMENT, TREE_TEXT, TREE_COMMENT };

struct tree_attribute {
    struct span name;
    struct span value; /* as HTML: entities encoded */
    uint32_t next;     /* index + 1 into the tree's attributes, 0 at the end */
};

struct tree_node {
    enum tree_kind kind;
    enum element element;
    bool foreign;        /* of svg or math: names keep their case, "/>" ends it */
    struct span text;    /* name of an element, HTML of a text, inside of a comment */
    size_t offset;       /* in the input */
    uint32_t attributes; /* index + 1 of the first, 0 for none */
    uint32_t parent, first, last, previous, next;
};

struct tree {
    VEC(struct tree_node) nodes;
    VEC(struct tree_attribute) attributes;
    VEC(char *) texts; /* owned */
};

void tree_parse(struct tree *tree, struct span html);
void tree_release(struct tree *tree);

struct tree_node *tree_at(const struct tree *tree, uint32_t node);
bool tree_is(const struct tree *tree, uint32_t node, enum element element);

/* The node behind this one in document order, TREE_NONE at the end; start with TREE_ROOT. */
uint32_t tree_next(const struct tree *tree, uint32_t node);
/* The same, but over what is inside the node. */
uint32_t tree_skip(const struct tree *tree, uint32_t node);
/* True if the node is inside an element of this kind. */
bool tree_inside(const struct tree *tree, uint32_t node, enum element element);

/* NULL when absent; the pointer is valid until an attribute is set. */
struct tree_attribute *tree_attribute(const struct tree *tree, uint32_t node, const char *name);
/* The value as text, entities decoded, false when absent. */
bool tree_value(const struct tree *tree, uint32_t node, const char *name, struct strbuf *out);
/* Sets the attribute to a text, which is copied and encoded. */
void tree_set(struct tree *tree, uint32_t node, struct span name, struct span text);
/* Puts another text in the place of a text's, copied and encoded. */
void tree_set_text(struct tree *tree, uint32_t node, struct span text);
bool tree_has_class(const struct tree *tree, uint32_t node, const char *name);

/* What is inside the root, as HTML. Comments are left out. */
void tree_append_html(const struct tree *tree, struct strbuf *out);

/* The start tag of an element. */
void tree_append_start(const struct tree *tree, uint32_t node, struct strbuf *out);

/* Decodes character references (HTML §13.2.5.72). */
void tree_decode(struct strbuf *out, struct span html);

/* For tree construction: makes a node, and places it in a parent before a node or last. */
uint32_t tree_make(struct tree *tree, enum tree_kind kind, struct span text, size_t offset);
void tree_place(struct tree *tree, uint32_t node, uint32_t parent, uint32_t before);
void tree_remove(struct tree *tree, uint32_t node);
