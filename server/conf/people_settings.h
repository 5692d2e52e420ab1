/*
 * people_settings: who gives the talks of a site, as its configuration's `people:` has it.
 *
 * A map from keys, which decks may use for names, to what the page of a person shows. Keys with the
 * same stem (stem.h) would be one page: that, as whatever is wrong in the configuration, is an
 * error. Owns all its texts; absent ones are NULL.
 */
#pragma once

#include "base/err.h"
#include "base/vec.h"
#include "conf/node.h"

#include <stdbool.h>

struct person_settings {
    char *key;
    char *name; /* never NULL: the key, where there is no other */
    char *url, *email, *picture;
    char *bio;       /* Markdown */
    bool show_email; /* default false */
};

struct people_settings {
    VEC(struct person_settings) list; /* in the order of the file */
};

/* Takes the place of what was read before. */
void people_settings_read(struct people_settings *people, const struct node *value,
                          struct err_list *errs);
void people_settings_release(struct people_settings *people);
