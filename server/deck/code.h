/*
 * code: the info string of a fenced code block, as reveal.js reads it.
 *
 *     js [1|3-6]     language "js", steps "1|3-6"
 *     rust[712: 1,3] language "rust", numbers start at 712, steps "1,3"
 *     []             numbers, no steps
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"

#include <stdbool.h>

struct code_info {
    struct strbuf words;  /* what is left without the bracket: the language first */
    struct span language; /* first of the words; empty if none */
    bool numbers;         /* a bracket was there */
    struct span steps;    /* as written in the bracket */
    struct span start;    /* digits before the colon, empty if none */
};

/* The spans point into the info string, which must outlive the result, and into `words`. */
void code_info_parse(struct code_info *info, struct span text);
void code_info_release(struct code_info *info);
