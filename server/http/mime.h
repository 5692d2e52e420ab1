/*
 * mime: the media type of a file, by the end of its name.
 *
 * The table holds what decks are made of: the web's own types, pictures, sound, video, captions,
 * fonts, documents and sources of programs. Text carries its charset, which is UTF-8 here. What is
 * not known is bytes. Everything is const and lives as long as the process.
 */
#pragma once

#include "base/span.h"

#include <stdbool.h>

struct mime {
    const char *extension; /* lower case, without the dot */
    const char *type;      /* the Content-Type's value for a file in UTF-8 */
    const char *plain;     /* the same without charset, for a text in another encoding */
    bool part;             /* text that pages load, so that compressing it pays */
    bool active;           /* a browser runs scripts in it when it is opened as a page */
};

/* The entry for a file's name or path; never NULL. ASCII case does not matter. */
const struct mime *mime_find(struct span name);

/* The table in the order of its extensions, to walk over. */
const struct mime *mime_table(size_t *ret_count);
