/*
 * dedent: a slide's text without the indentation of its first line.
 *
 * reveal.js takes it off every line that has it, so that slides may be indented as a whole; then
 * they are no indented code. A single blank more than none does not count, tabs do.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"

/* The text itself, or one made in `memory`, line by line as before. */
struct span dedent(struct span text, struct strbuf *memory);
