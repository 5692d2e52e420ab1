/*
 * entity: character references of HTML (§13.2.5.72).
 *
 * The names are cmark-gfm's own table, asked through its parser, so that there is no second one.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"

#include <stddef.h>

/*
 * Decodes the reference at the start of the text, which is an ampersand. The bytes used, 0 where
 * there is no reference.
 */
size_t entity_decode(struct strbuf *out, struct span text);
