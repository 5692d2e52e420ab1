/*
 * index_view: which talks a query asks the index for.
 *
 *   ?q=words  all of them stand somewhere in title, speakers, venue or tags; case and accents aside
 *   ?year=2015&tag=unikernels&speaker=anil&venue=polyconf
 *   ?page=2   the second LIST_PAGE of what is left
 *
 * What is asked for beyond these, or empty, is ignored. A view borrows from the catalog and the
 * query; what it selects is the caller's.
 */
#pragma once

#include "http/query.h"
#include "site/catalog.h"

#include <stdbool.h>
#include <stddef.h>

enum { LIST_PAGE = 100 }; /* talks on one page */

struct index_view {
    struct span words;
    const struct catalog_group *groups[CATALOG_KIND_COUNT]; /* NULL where it does not matter */
    struct span unknown; /* a name that nothing has: then no talk is left */
    size_t page;         /* from 0 */
};

/* The parameter that narrows to groups of a kind: "tag". */
const char *index_view_parameter(enum catalog_kind kind);

/* False where the query asks for nothing but the index itself. */
bool index_view_read(struct index_view *view, const struct catalog *catalog,
                     const struct query *query);

/* True if less than all talks are asked for. */
bool index_view_narrows(const struct index_view *view);

/* All pages of it, newest first. */
void index_view_select(const struct index_view *view, const struct catalog *catalog,
                       struct talk_list *ret_talks);

/* "?tag=unikernels&page=2": the view's address, of the page given; "" for the whole index. */
void index_view_append_query(struct strbuf *out, const struct index_view *view, size_t page);
