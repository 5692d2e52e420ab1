/*
 * url: addresses from one page of the site to another.
 *
 * They are relative to the page they stand on, so that the site works below any prefix, but for
 * those that tell the world what a page is called. Paths are decoded, without a leading slash:
 * "2015/polyconf/" is a page, "" the root.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"

#include <stdbool.h>

/* From the page `from` to `to`, percent-encoded; never empty. */
void url_append_relative(struct strbuf *out, struct span from, struct span to);

/*
 * The absolute one of a page, below the address of the site (site_address.h); nothing, and false,
 * where that is empty.
 */
bool url_append_absolute(struct strbuf *out, struct span address, struct span to);

/* The path of a file carried in the binary, by its name, without a leading slash; or NULL. */
const char *url_embedded(const char *name);

/* From a page to a file carried in the binary; nothing where there is no such file. */
void url_append_embedded(struct strbuf *out, struct span from, const char *name);

/* An address that an author wrote, with what no URI may hold percent-encoded. */
void url_append_web(struct strbuf *out, const char *url);

/*
 * What a relative reference in `directory` ("a/b", "" for the root) names: dots resolved, a leading
 * slash means the root. False, with nothing appended, where it leads out of the root.
 */
bool url_append_joined(struct strbuf *out, struct span directory, struct span reference);

/* Begins with https:// or http://; NULL does not. */
bool url_is_web(const char *url);
