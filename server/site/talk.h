/*
 * talk: a deck at its place in the site.
 *
 * What the pages are made from: the deck, where its source lies, and which URL it has. Talks are
 * made before their decks are loaded, so that decks can ask for one another's URLs.
 */
#pragma once

#include "base/err.h"
#include "base/span.h"
#include "deck/deck.h"

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

struct talk {
    size_t directory;         /* in the walk */
    const char *path;         /* URL path from the site's root, decoded, trailing slash; borrowed */
    const char *source;       /* file name in the directory; borrowed */
    char *file;               /* the source, relative to the root */
    bool loose, shared;       /* as in its deck_place */
    struct deck *deck;        /* owned; NULL until it is loaded */
    time_t modified;          /* of the newest file that the page was made from */
    struct err_list problems; /* what the page adds to the deck's own */
};

void talk_release(struct talk *talk);

/* Never empty; borrowed from the deck. */
struct span talk_title(const struct talk *talk);

/* "Ada Adams, Ben Bloggs"; nothing where the deck names nobody. */
void talk_append_speakers(struct strbuf *out, const struct talk *talk);
