/*
 * site_address: where visitors find the site, `url:` of the configuration.
 *
 * What has to be absolute (canonical links, feeds, cards, the site map) is built on it. Without
 * it the server does not know what it is called, and says nothing of that kind.
 */
#pragma once

#include "base/strbuf.h"

#include <stdbool.h>

/*
 * Reader for a row of the table (site_settings.h): "https://decks.example.org/talks", as char *. A
 * slash at the end is dropped, the host is brought to lower case, the scheme's own port left out.
 */
bool read_site_address(void *place, const char *text);

/*
 * The address of the site's index without its last slash: `url`, with `basePath` behind it where it
 * has no path of its own. Nothing if it is not known; either may be NULL.
 */
void site_address_append(struct strbuf *out, const char *url, const char *base_path);
