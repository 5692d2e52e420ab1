/*
 * include: lines that take in another file.
 *
 * `<!-- include: part.md -->` alone in its line, or `FILE: part.md`, a convention of several
 * repositories of slides, if the name ends in .md or .markdown. Names are relative to the file
 * that has the line and stay below the deck's directory.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"

#include <stdbool.h>

/* The name of the file that the line takes in; false if it is no such line. */
bool include_parse(struct span line, struct span *ret_name);

/*
 * The name as seen from the file `from`, both relative to the deck's directory: "parts/a.md" and
 * "../b.md" give "b.md". False if it leads out of the directory or is no relative path.
 */
bool include_resolve(const char *from, struct span name, struct strbuf *out);
