/*
 * tree_build: the state of tree construction (HTML §13.2.4), shared by its files.
 *
 * tree_build.c holds the dispatch and the rules of the body, tree_table.c those of tables,
 * tree_formatting.c the list of active formatting elements. The stacks are bounded
 * (TREE_DEPTH_MAX, FORMATTING_MAX), so that every step costs at most a constant.
 */
#pragma once

#include "deck/markup.h"
#include "deck/tree.h"

/* Formatting that is left open is repeated in each block that follows: a bound on that, too. */
enum { FORMATTING_MAX = 12, ACTIVE_MAX = 2 * FORMATTING_MAX };

struct build {
    struct tree *tree;
    struct markup markup;
    struct markup_token token;
    uint32_t open[TREE_DEPTH_MAX]; /* stack of open elements, open[0] is the root */
    size_t depth;
    uint32_t active[ACTIVE_MAX]; /* active formatting elements; TREE_NONE is a marker */
    size_t active_count;
    size_t copies; /* bytes that repeated formatting may still take */
    bool foster;   /* what is inserted now belongs before the table, not in it */
};

uint32_t build_current(const struct build *build);
bool build_current_is(const struct build *build, enum element element);
void build_pop(struct build *build);
void build_pop_until(struct build *build, enum element element);
/* The place of the node in the stack, -1 if it is not open. */
ptrdiff_t build_place_of(const struct build *build, uint32_t node);

/* Which elements bound a scope (§13.2.4.2). */
enum build_scope { SCOPE_PLAIN, SCOPE_BUTTON, SCOPE_LIST, SCOPE_TABLE };
bool build_in_scope(const struct build *build, enum element element, enum build_scope scope);

/* An element for the token (or of that name), inserted and opened unless it is void. */
uint32_t build_insert(struct build *build);
uint32_t build_insert_element(struct build *build, enum element element);
void build_insert_text(struct build *build, struct span text, size_t offset);
/* Places a node where the standard says: the current node, or before the table. */
void build_place(struct build *build, uint32_t node);

void build_close_paragraph(struct build *build);
void build_implied_end(struct build *build, enum element except);
/* The rules "in body", also used by tables for what does not concern them. */
void build_body(struct build *build);

/* True if the token was for a table and is dealt with. */
bool build_table(struct build *build);

void formatting_push(struct build *build, uint32_t node);
void formatting_push_marker(struct build *build);
void formatting_clear_to_marker(struct build *build);
void formatting_reconstruct(struct build *build);
/* The last entry of that name behind the last marker; TREE_NONE if there is none. */
uint32_t formatting_find(const struct build *build, enum element element);
/* An end tag of a formatting element: the adoption agency (§13.2.6.4.7). */
void formatting_end(struct build *build, enum element element);
