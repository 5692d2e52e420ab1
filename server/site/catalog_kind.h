/*
 * catalog_kind: by what talks are grouped, and where the pages of the groups are.
 *
 * An address is made from the name alone (stem.h), so pages lead to a group without knowing the
 * catalog, which is made after them.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"

#include <stdbool.h>

enum catalog_kind { CATALOG_YEARS, CATALOG_PEOPLE, CATALOG_TAGS, CATALOG_VENUES };
enum { CATALOG_KIND_COUNT = CATALOG_VENUES + 1 };

/* "people/": where the list of a kind's groups is; "" for years, which are on the index. */
const char *catalog_kind_path(enum catalog_kind kind);

/*
 * The path of the group that is called so, or of the person with that key, which needs no catalog;
 * false, with nothing appended, for a name of white space, which has none.
 */
bool catalog_kind_append_path(struct strbuf *out, enum catalog_kind kind, struct span name);
