/*
 * node: a YAML or JSON document as a tree that knows where each value was written.
 *
 * Every node carries file, line and column, so that whoever reads a value can say where it is
 * wrong. Maps keep the order of their keys. Documents from strangers are bounded in depth, number
 * of nodes and aliases; a document that breaks a bound or the grammar is no tree but problems. The
 * tree owns its texts; nodes live until node_free of the root.
 */
#pragma once

#include "base/err.h"
#include "base/span.h"
#include "base/strbuf.h"

#include <stdbool.h>
#include <stddef.h>

enum node_kind { NODE_NULL, NODE_BOOL, NODE_NUMBER, NODE_STRING, NODE_LIST, NODE_MAP };

struct node {
    enum node_kind kind;
    const char *file; /* as given to the parser; shared by the tree */
    unsigned line, column;
    char *text; /* the scalar as written (string, number, bool, null); NULL for list and map */
    bool boolean;
    double number;
    char **keys;         /* NODE_MAP: `count` keys */
    struct node **items; /* NODE_MAP: values, NODE_LIST: items */
    size_t count;
};

/*
 * Parses YAML 1.2's core schema by way of libyaml (JSON is a part of it). `line` is the number of
 * the text's first line in its file. NULL, with problems in `errs`, where it cannot be used; an
 * empty document is a NODE_NULL. Duplicate keys are problems and the last one wins.
 */
struct node *node_parse(struct span text, const char *file, unsigned line, struct err_list *errs);
void node_free(struct node *node);

/* The value of a key in a map; NULL when absent or when `map` is NULL or no map. */
const struct node *node_get(const struct node *map, const char *key);

/* The value as JSON with its types, fit for a script element. */
void node_append_json(struct strbuf *out, const struct node *node);
