/*
 * front_matter: the YAML block at the head of a source.
 *
 * It begins with a first line `---` and ends with a line `---` or `...`. Many decks begin with a
 * separator instead, so what follows must look like YAML: its first line that is neither blank
 * nor a comment has a key. Where there is no such line, all comments must have keys (a Markdown
 * heading looks like a comment), and a blank line alone is no YAML either.
 */
#pragma once

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

struct front_matter {
    struct span yaml;
    unsigned line; /* of the first line of `yaml`, always 2 */
    size_t end;    /* where the text goes on */
};

/* Works on undecoded bytes too: line ends may be CR, LF or both, there is no byte order mark. */
bool front_matter_find(struct span text, struct front_matter *ret);

/* A top-level scalar key's value without its quotes, read before YAML can be; or the empty span. */
struct span front_matter_peek(const struct front_matter *matter, const char *key);
