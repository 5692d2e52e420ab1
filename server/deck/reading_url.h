/*
 * reading_url: where the links and pictures of a slide lead on a page that is read.
 */
#pragma once

#include "base/map.h"
#include "base/span.h"
#include "base/strbuf.h"

#include <stdbool.h>

#define READING_ID "s-" /* begins every id on the page that comes from the slides */

/* May it be followed? Of the schemes, only those that fetch a page or write to somebody. */
bool reading_url_is_safe(struct span url);

/* Does it leave the site? Also what no page may load, like blob: and an address without scheme. */
bool reading_url_is_remote(struct span url);

/* What it can be called: the host, else the whole. */
struct span reading_url_name(struct span url);

/*
 * The link as it must be on the page: "#id" to an element of one of `ids`, everything else that
 * begins with "#" to the deck, whose page stands in the same directory. False, with nothing
 * appended, for what must not be followed.
 */
bool reading_url_append(struct strbuf *out, struct span url, const struct map *ids);
