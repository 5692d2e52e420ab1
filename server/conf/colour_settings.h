/*
 * colour_settings: the colours of the site's own pages, as its configuration's `colours:` has them.
 *
 * A map from names to `#rgb` or `#rrggbb`; `light` and `dark` are maps of the same for one scheme,
 * and what stands beside them holds for both. What is not said stays as assets/css/site.css has it.
 * Whatever cannot be meant is an error.
 */
#pragma once

#include "base/err.h"
#include "conf/node.h"

#include <stdbool.h>

enum colour {
    COLOUR_PAPER,  /* the ground of pages */
    COLOUR_RAISED, /* the ground of what stands out from them: code, fields */
    COLOUR_INK,    /* text */
    COLOUR_QUIET,  /* text that steps back */
    COLOUR_LINE,   /* rules and borders */
    COLOUR_ACCENT, /* links that are pointed at, marks, focus */
    COLOUR_COUNT
};
enum colour_scheme { COLOUR_LIGHT, COLOUR_DARK, COLOUR_SCHEME_COUNT };

struct colour_settings {
    char said[COLOUR_SCHEME_COUNT][COLOUR_COUNT][8]; /* "#a8321b"; "" where nothing is said */
};

/* Takes the place of what was read before. */
void colour_settings_read(struct colour_settings *colours, const struct node *value,
                          struct err_list *errs);

/* Warns of letters that are hard to read on their ground: less than 4.5 to 1 (WCAG 2.2 §1.4.3). */
void colour_settings_check(const struct colour_settings *colours, struct err_list *errs);

/* Whether anything is said. */
bool colour_settings_any(const struct colour_settings *colours, enum colour_scheme scheme);

/* "accent": in the configuration, and with two dashes before it in the style sheet. */
const char *colour_name(enum colour colour);
