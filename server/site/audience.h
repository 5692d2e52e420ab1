/*
 * audience: who may list what the site holds, and who may show it in a frame.
 *
 * Both are decisions of a deck, `draft:` and `embed:`, and hold for all that is below its address
 * or its directory; for the other pages, what the configuration says of all decks does. Applied to
 * the whole table at once, so that no page can be forgotten; those that are shown at any path, as
 * for errors, are not in it and are settled one by one.
 */
#pragma once

#include "site/route.h"
#include "site/talks.h"

/* Marks the resources that are there by now; `embed` is for pages that belong to no deck. */
void audience_apply(struct routes *routes, const struct talks *talks, bool embed);

/* Closes the page to frames of other sites unless it may be embedded. */
void audience_settle_framing(struct routes *routes, struct resource *resource, bool embed);
