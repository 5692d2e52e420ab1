/*
 * stem: what a name's page is called in its address.
 *
 * "Anil Madhavapeddy" has /people/anil-madhavapeddy/, "C++" has /tags/c++/, and "C#" has /tags/c#/,
 * percent-encoded as every path is. Names with the same stem are one name, so nothing else need be
 * known to tell a name's address: neither the other names of the site nor their order, and an
 * address that was given away stays. They are one if they differ only in case, or in what is
 * between words: white space, hyphens and slashes. All other signs are kept, also those that mean
 * something in a URL.
 *
 * A stem is one part of a path: no slash, never "." or "..", and no hidden file's name, as sites
 * are exported and proxies refuse those. The stem of a stem is itself.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"

#include <stdbool.h>

enum { STEM_MAX = 120 }; /* bytes; of a longer one the end gives way to a digest of the whole */

/* False, with nothing appended, for a name of nothing but white space. */
bool stem_append(struct strbuf *out, struct span name);
