/*
 * deck_value: the types that a deck's keys have.
 *
 * Each reads a node into a field of struct deck_settings, whatever spelling authors use for it (one
 * text where a list may stand, a number where text may), and writes the field as JSON.
 */
#pragma once

#include "conf/deck_settings.h"
#include "conf/node.h"

#include <stdbool.h>

/* Of those that have pages of their own: one deck cannot fill the site with pages. */
enum { VALUE_NAMES_MAX = 256 };

/* How a type reads and writes a place of struct deck_settings. */
struct value_type {
    const char *expects; /* "text", "a list of…": completes "must be" */
    /* False, with the place as it was, if the node is of another type. */
    bool (*read)(void *place, const struct node *node, struct err_list *errs);
    void (*append)(struct strbuf *out, const void *place);
    void (*release)(void *place); /* NULL: the place owns nothing */
};

extern const struct value_type value_text;    /* char * */
extern const struct value_type value_date;    /* char * */
extern const struct value_type value_pattern; /* char *, a regular expression */
extern const struct value_type value_flag;    /* bool */
extern const struct value_type value_mermaid; /* bool; a map of options counts as true */
extern const struct value_type value_math;    /* enum math_mode */
extern const struct value_type value_texts;   /* struct text_list: one text or a list */
extern const struct value_type value_words;   /* struct text_list, also with commas in one text */
extern const struct value_type value_tags;    /* the same, VALUE_NAMES_MAX of them at most */
extern const struct value_type value_options; /* struct node *: a map, merged deeply */

extern const struct value_type value_recordings; /* struct recording_list */

/* The place of these is the struct deck_settings itself. */
extern const struct value_type value_vertical; /* a pattern; false or null for none */
extern const struct value_type value_speakers;
extern const struct value_type value_links;

/* More names than VALUE_NAMES_MAX, which is a problem of the key's then. */
bool value_is_too_long(const char *key, const struct node *node, size_t count,
                       struct err_list *errs);

/* Appends to a text list what a node holds, one text or a list of them; false for other nodes. */
bool value_texts_add(struct text_list *texts, const struct node *node);
