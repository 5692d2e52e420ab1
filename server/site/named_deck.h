/*
 * named_deck: the deck that somebody means who names it on a command line.
 *
 * By its path in the site, its directory or its source, with or without the root before it, and
 * with slashes at its ends or without.
 */
#pragma once

#include "base/err.h"
#include "site/discover.h"
#include "site/walk.h"

/* Borrowed from the places; NULL, with a line in `errs` that names the nearest, if there is none.
 */
const struct deck_place *named_deck_find(const struct deck_places *places, const struct walk *walk,
                                         const char *root, const char *name, struct err_list *errs);
