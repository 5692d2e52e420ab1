/*
 * expansion: bounds what cmark makes of a long address that is referred to again and again.
 *
 * Each reference gets a copy of the address and the title. A hundred kilobytes of Markdown could
 * so become gigabytes of HTML.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"

#include <stdbool.h>

/*
 * True if references would repeat addresses and titles beyond what the text's length allows; `out`
 * receives the text then, with the long definitions made plain text.
 */
bool expansion_bound(struct span text, struct strbuf *out);
