/*
 * map_builder: a map node while its pairs are read.
 *
 * Finds duplicate keys in constant time and takes in what `<<` merges. Values that lost their place
 * are kept until map_builder_release, for an alias may still copy them.
 */
#pragma once

#include "base/err.h"
#include "base/map.h"
#include "base/vec.h"
#include "conf/node.h"

struct node_list {
    VEC(struct node *) list;
};

struct map_builder {
    struct node *map;
    struct map index; /* from key to its value in the map */
    struct node_list merges;
    struct node_list *retired; /* nodes that left the tree go here */
    struct err_list *errs;
};

void map_builder_init(struct map_builder *builder, struct node *map, struct node_list *retired,
                      struct err_list *errs);

/* One `key: value`; both nodes are taken over. */
void map_builder_put(struct map_builder *builder, struct node *key, struct node *value);

/* One `<<: value`, taken over. */
void map_builder_merge(struct map_builder *builder, struct node *value);

/* The whole map: own keys win over merged ones, and those of the first map merged over later. */
struct node *map_builder_finish(struct map_builder *builder);

/* Frees the map unless it was finished. */
void map_builder_release(struct map_builder *builder);
