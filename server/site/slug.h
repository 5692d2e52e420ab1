/*
 * slug: the last part of a deck's address, where its author chose it.
 *
 * It has to be known before decks are loaded, because they link to one another; so it is read ahead
 * from the head of the source, which is among the site's files unless it lies where no files are
 * served from.
 */
#pragma once

#include "base/err.h"
#include "base/span.h"
#include "site/discover.h"

/* What a source that begins like this says, or NULL; the caller frees. */
char *slug_read(struct span head);

/* `files` may be NULL. Changes the place's path if its deck has a slug; one that cannot be a name
 * is a problem. */
void slug_apply(struct deck_place *place, int root, const struct walk *walk,
                const struct layers *layers, const struct site_files *files, struct err_list *errs);
