/*
 * slug: the last part of a deck's address, where its author chose it.
 *
 * It has to be known before decks are loaded, because they link to one another; so it is read ahead
 * from the head of the source.
 */
#pragma once

#include "base/err.h"
#include "site/discover.h"

/* Changes the place's path if its deck has a slug; one that cannot be a name is a problem. */
void slug_apply(struct deck_place *place, int root, const struct walk *walk,
                const struct layers *layers, struct err_list *errs);
