/*
 * talks: all talks of a site, loaded on all cores.
 *
 * Each talk gets its settings from below, its deck, and its page. What decks ask about files and
 * about one another is answered from tables that are complete before the first deck is loaded.
 *
 * A talk of the site before is taken over if its place, its settings and all that it was made from
 * are the same. A bad one, whose deck or settings have errors, keeps what was shown at its path
 * before, if that was good.
 */
#pragma once

#include "base/err.h"
#include "base/map.h"
#include "site/discover.h"
#include "site/files.h"
#include "site/layers.h"
#include "site/page.h"
#include "site/people.h"
#include "site/shell.h"
#include "site/talk.h"
#include "site/walk.h"

#include <stddef.h>
#include <time.h>

struct talks_source {
    int root;
    const struct site_settings *settings;
    const struct walk *walk;
    const struct layers *layers;
    const struct deck_places *places;
    const struct site_files *files;
    const struct talks *before; /* of the site before, or NULL */
    const struct reuse *reuse;
    const struct shell *shell;
    const struct people *people;
    time_t program_modified;                                    /* of the shells and scripts */
    void (*progress)(void *context, size_t done, size_t count); /* may be NULL */
    void *progress_context;
};

struct talks {
    struct talk *list; /* in the order of the places, whose texts they borrow */
    size_t count;
    size_t fresh;       /* so many were made now, the others were taken from the site before */
    struct map by_path; /* sources and directories → struct talk */
    struct map by_composed_path; /* those that are not ASCII, see names.h */
};

void talks_load(struct talks *talks, const struct talks_source *source);

void talks_release(struct talks *talks);
