/*
 * columns: fenced divs, as pandoc and Quarto write them.
 *
 *     ::: columns
 *     ::: {.column width="40%"}
 *     text
 *     :::
 *     :::
 *
 * A line of three or more colons with a name, or with {.class #id key="value"}, opens a div; one
 * with colons alone closes the last that is open.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"

enum columns_line { COLUMNS_NONE, COLUMNS_OPEN, COLUMNS_CLOSE };

/* What a line is; for COLUMNS_OPEN the start tag is appended. */
enum columns_line columns_line(struct span line, struct strbuf *out);
