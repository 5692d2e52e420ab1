/*
 * feed: the newest talks for feed readers, as Atom (RFC 4287).
 *
 * An entry is identified by the talk's address if the site knows its own, else by a UUID made from
 * the talk's path; either way it stays the same over restarts and machines. It was published on the
 * day of the talk, and updated as talk_updated says: a talk yet to be given has no day of
 * publication. Without an address of the site all links are relative, which feed readers
 * resolve by where they got the feed. Decks that cannot be shown have no entry.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"
#include "site/attachment.h"
#include "site/catalog.h"

#include <stddef.h>
#include <time.h>

enum { FEED_MAX = 50 }; /* entries */

struct feed {
    struct outlook outlook; /* from the feed's own path */
    struct span title;
    struct span page; /* path of the page that lists the same talks */
    const struct talk_list *list;
    const struct catalog *catalog;
    time_t begun, now; /* updated since the former where nothing is newer, never after the latter */
};

void feed_build(struct strbuf *out, const struct feed *feed);
