/*
 * decks_json: everything that the site lists, for programs.
 *
 * One object with the site's title and its talks, newest first. docs/api.md says what each member
 * means; members are added over time, and none changes its meaning. What is not known is null,
 * lists may be empty. Addresses refer to the document, or are absolute if the site knows its own.
 */
#pragma once

#include "base/strbuf.h"
#include "site/attachment.h"
#include "site/catalog.h"

struct decks_json {
    struct outlook outlook; /* from the document's own path */
    struct span title;
    const struct catalog *catalog;
    time_t now;
};

void decks_json_build(struct strbuf *out, const struct decks_json *decks);
