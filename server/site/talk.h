/*
 * talk: a deck at its place in the site.
 *
 * What the pages are made from: where the deck's source lies, which URL it has, and what was made
 * of it. Talks are made before their decks are loaded, so that decks can ask for one another's
 * URLs.
 */
#pragma once

#include "base/err.h"
#include "base/span.h"
#include "deck/deck.h"
#include "site/people.h"
#include "site/rendering.h"

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

struct talk {
    size_t directory;   /* in the walk */
    const char *path;   /* URL path from the site's root, decoded, trailing slash; borrowed */
    const char *source; /* file name in the directory; borrowed */
    char *file;         /* the source, relative to the root */
    bool loose, shared, slideless; /* as in its deck_place */
    char *address;           /* of the deck, absolute; NULL where the site does not know its own */
    struct rendering *made;  /* of what lies there now; NULL until it is loaded */
    struct rendering *shown; /* the same, or the last good one while that is bad */
};

void talk_release(struct talk *talk);

/* The deck that is shown. */
const struct deck *talk_deck(const struct talk *talk);

/* Never empty; borrowed from the deck. */
struct span talk_title(const struct talk *talk);

/*
 * When the talk last changed for its readers: on the later of the days that the author says, of the
 * talk and of the change, as far as they have come; else when its files were last written. So nodes
 * that have a deck from a repository say the same, whenever they got it.
 */
time_t talk_updated(const struct talk *talk, time_t now);

/* "Ada Adams, Ben Bloggs"; nothing where the deck names nobody. */
void talk_append_speakers(struct strbuf *out, const struct talk *talk, const struct people *people);
