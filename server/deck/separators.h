/*
 * separators: the expressions that cut one deck, ready to use.
 *
 * From the settings, with defaults for what is not given or cannot be used.
 */
#pragma once

#include "base/err.h"
#include "conf/deck_settings.h"
#include "deck/regex.h"

struct separators {
    struct regex *any;        /* horizontal or vertical */
    struct regex *horizontal; /* tells them apart, applied to what `any` matched */
    struct regex *notes;
    struct regex_budget budget;
    const struct deck_settings *settings; /* borrowed, as the next two */
    const char *file;
    struct err_list *errs;
};

/* Problems are placed where the expression was set, else they name `file`. */
void separators_init(struct separators *separators, const struct deck_settings *settings,
                     const char *file, struct err_list *errs);
void separators_release(struct separators *separators);

/*
 * After an expression failed in use with a code of regex_find: says so and goes on with the
 * defaults, which do not fail.
 */
void separators_give_up_slides(struct separators *separators, int code);
void separators_give_up_notes(struct separators *separators, int code);
