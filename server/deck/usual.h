/*
 * usual: what nearly every deck is cut by, found by hand.
 *
 * Lines of dashes and of `Note:` need no regular expression. These searches are linear whatever
 * the text is; they find what the expressions in their comments find, matched with m.
 */
#pragma once

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * `\n?^---[ \t]*\n` at or behind `from`, for each number of dashes whose bit is set in `lengths`
 * (1 << 3 for three).
 */
bool usual_find_dashes(struct span text, size_t from, unsigned lengths, size_t *ret_start,
                       size_t *ret_end);

/* `^[^\S\n]*notes?:` with i. */
bool usual_find_notes(struct span text, size_t from, size_t *ret_start, size_t *ret_end);
