/*
 * publish_aliases: lets what decks name as `aliases:` lead to them, with 308.
 *
 *   /old/path, /old/path/                to the deck
 *   /old/path/about, /old/path/about/    to the talk's page, where that is no alias itself
 *
 * None takes the place of anything that stands there: that is a problem of the deck which names it.
 */
#pragma once

#include "site/publish.h"

void publish_aliases(const struct publish *publish);
