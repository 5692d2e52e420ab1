/*
 * audience: who may list what the site holds, and who may show it in a frame.
 *
 * Both are decisions of a deck, `draft:` and `embed:`, and hold for all that is below its address
 * or its directory; for the other pages, what the configuration says of all decks does. Applied to
 * the whole table at once, so that no page can be forgotten.
 */
#pragma once

#include "site/route.h"
#include "site/talks.h"

/* Marks the resources that are there by now; `embed` is for pages that belong to no deck. */
void audience_apply(struct routes *routes, const struct talks *talks, bool embed);
