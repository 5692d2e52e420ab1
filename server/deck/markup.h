/*
 * markup: HTML text cut into tags, comments and text.
 *
 * The tokenizer of the HTML standard (§13.2.5) without its error names: any input is tokens, and
 * what is left open ends with the input. Names and values are spans of the input with entities
 * still encoded; comments are the text between their marks. Cost is linear.
 */
#pragma once

#include "base/span.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stddef.h>

enum markup_kind { MARKUP_TEXT, MARKUP_START, MARKUP_END, MARKUP_COMMENT };

struct markup_attribute {
    struct span name;
    struct span value; /* as written, without its quotes */
};

struct markup_token {
    enum markup_kind kind;
    size_t offset;    /* in the input */
    struct span text; /* MARKUP_TEXT, MARKUP_COMMENT */
    struct span name; /* MARKUP_START, MARKUP_END: as written */
    bool self_closing;
    VEC(struct markup_attribute) attributes; /* MARKUP_START; memory is kept for the next token */
};

struct markup {
    struct span input;
    size_t at;
    bool cdata; /* set by the caller inside svg and math, where <![CDATA[ is text */
};

/* The next token, false at the end. Start with a zeroed token; markup_token_release ends it. */
bool markup_next(struct markup *markup, struct markup_token *token);
void markup_token_release(struct markup_token *token);

/*
 * After the start tag of a raw text element: its text, consumed with the end tag. False if the end
 * tag is missing; *ret_text is the rest of the input then.
 */
bool markup_raw_text(struct markup *markup, struct span name, struct span *ret_text);
