/*
 * slug: the last part of a deck's address, where its author chose it.
 *
 * It has to be known before decks are loaded, because they link to one another; so it is read ahead
 * from the head of the source.
 */
#pragma once

#include "base/span.h"

#include <stdbool.h>

/* What a source that begins like this says, or NULL; the caller frees. */
char *slug_read(struct span head);

/* The same of a file below the root, which is read for it. */
char *slug_peek(int root, const char *file);

/* One part of a path that does not collide with our own or with hidden ones. */
bool slug_is_name(const char *slug);
