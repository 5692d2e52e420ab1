/*
 * node: a YAML or JSON document as a tree that knows where each value was written.
 *
 * Every node carries file, line and column, so that whoever reads a value can say where it is
 * wrong. Maps keep the order of their keys. Documents from strangers are bounded in depth, number
 * of nodes and aliases; a document that breaks a bound or the grammar is no tree but problems. The
 * tree owns its texts; nodes live until node_free of the root. A parsed tree does not change, so
 * many threads may read it and copy from it.
 */
#pragma once

#include "base/blob.h"
#include "base/err.h"
#include "base/span.h"
#include "base/strbuf.h"

#include <stdbool.h>
#include <stddef.h>

enum node_kind { NODE_NULL, NODE_BOOL, NODE_NUMBER, NODE_STRING, NODE_LIST, NODE_MAP };

struct node {
    enum node_kind kind;
    const char *file;       /* as given to the parser; lives as long as the node */
    struct blob *file_name; /* what `file` points into, shared by the tree */
    unsigned line, column;
    unsigned key_line, key_column; /* of the key it stands under in a map; 0 elsewhere */
    char *text; /* the scalar as written (string, number, bool, null); NULL for list and map */
    bool boolean;
    double number;
    char **keys;         /* NODE_MAP: `count` keys */
    struct node **items; /* NODE_MAP: values, NODE_LIST: items */
    size_t count, capacity;
};

enum {
    NODE_DEPTH_MAX = 64,        /* levels of maps and lists */
    NODE_COUNT_MAX = 50000,     /* nodes of a document, copies made for aliases included */
    NODE_ALIAS_BYTES = 1 << 20, /* text copied for aliases */
};

/*
 * Parses YAML 1.2's core schema by way of libyaml (JSON is a part of it). `line` is the number of
 * the text's first line in its file. NULL, with problems in `errs`, where it cannot be used; an
 * empty document is a NODE_NULL. Anchors, aliases and merge keys (`<<`) are resolved. Duplicate
 * keys are problems and the last one wins; tags beyond the core schema are problems and are
 * ignored.
 */
struct node *node_parse(struct span text, const char *file, unsigned line, struct err_list *errs);
void node_free(struct node *node);

/* The value of a key in a map; NULL when absent or when `map` is NULL or no map. */
const struct node *node_get(const struct node *map, const char *key);

/* The value as JSON with its types, fit for a script element. */
void node_append_json(struct strbuf *out, const struct node *node);

/* A node without children at the place of `at`; for a scalar, `text` is copied. */
struct node *node_new(enum node_kind kind, const struct node *at, const char *text);
struct node *node_copy(const struct node *node);

/* Takes `item` (and `key`) over; node_map_put replaces what stands under the key. */
void node_list_push(struct node *list, struct node *item);
void node_map_put(struct node *map, char *key, struct node *item);

/* Puts copies of all that `from` says into `map`, maps within maps likewise. Both are maps. */
void node_merge(struct node *map, const struct node *from);

/* "text", "a number", "a list"…: for messages. */
const char *node_kind_name(enum node_kind kind);

void node_append_library(struct strbuf *out); /* the name and version of the one for YAML */
