/*
 * upward: where a file may lie that a deck's setting names. Beside the deck, else, as the setting
 * may come from a directory above, in one of those; the nearest counts.
 */
#pragma once

#include "base/strbuf.h"
#include "site/walk.h"

#include <stdbool.h>

struct upward {
    const struct walk *walk;
    size_t directory; /* index in walk->directories: where to begin, then the next one */
    bool is_done;
};

/* The next path that the name may mean, replacing what `path` holds; false: there is none left. */
bool upward_next(struct upward *upward, const char *name, struct strbuf *path);
