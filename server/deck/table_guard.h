/*
 * table_guard: tables on their way to the Markdown parser, line by line.
 *
 * Some things are put right before the parser sees them. A table right below a list's last line
 * goes on with the item's paragraph by the book; its author means a table, marked makes one, inside
 * the item, and so do we. Text right below an item of HTML alone is that item's, too. A delimiter
 * row that begins as a list would, too. And the parser's cost grows with the square of a row's
 * cells, and its output with the cells that short rows lack: both are bounded, far beyond what a
 * slide can show.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"

#include <stdbool.h>
#include <stddef.h>

enum { TABLE_COLUMNS_MAX = 300, TABLE_MISSING_MAX = 100000 };

struct table_guard {
    size_t head;     /* cells of the line before, if it may be a table's head; else 0 */
    bool list, html; /* the lines since the last blank one hold a list item, begin with HTML */
    bool html_item;  /* the line before is a list item with nothing but HTML */
    size_t item;     /* column of the last list item's content */
    size_t indent;   /* column that this line is to begin at least at, to be that item's */
    size_t columns;  /* of the table that the line before belongs to, 0 if none */
    size_t missing;  /* cells that rows of this slide lacked */
};

/*
 * Whether a blank line must go before this one, which is Markdown (no code, no comment); `rest` is
 * what follows it.
 */
bool table_guard_parts(struct table_guard *guard, struct span line, struct span rest);

/* True if the line has too many cells; those beyond are appended as text. */
bool table_guard_narrow(struct span line, struct strbuf *out);

/* Behind indentation, quotes and list markers, where a block begins. */
struct span block_content(struct span line);

/* The column at which a line's list item begins its content; 0 for a line without a list marker. */
size_t item_column(struct span line);

/*
 * True for a row of dashes below a table's head that begins as a list would: `- | -`. It needs a
 * pipe in front. To be asked before table_guard_parts.
 */
bool table_guard_is_bare_delimiter(const struct table_guard *guard, struct span line);
