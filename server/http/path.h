/*
 * path: from a request's target to the one name that a resource has.
 *
 * A target is taken apart as it was sent (RFC 9112 §3.2); its path is decoded once, then brought
 * into canonical form: it starts with a slash, has no empty or dot segments, and is valid UTF-8
 * without control bytes. Only canonical paths are ever looked up, so nothing behind this module
 * needs to think of encodings. What cannot be decoded without doubt, such as an encoded slash, is
 * refused; whatever climbs above the root is, too.
 */
#pragma once

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

/* Longer targets are answered with 414. */
enum { TARGET_MAX = 8192 };

enum target_form {
    TARGET_ORIGIN,   /* /deck/?print */
    TARGET_ABSOLUTE, /* http://localhost/deck/ */
    TARGET_ASTERISK, /* * */
};

struct target {
    enum target_form form;
    struct span authority; /* TARGET_ABSOLUTE only */
    struct span path;      /* still encoded; empty in a TARGET_ABSOLUTE that has none */
    struct span query;     /* without its question mark */
    bool has_query;
};

/* 0, -EBADMSG for what is none of the forms, -E2BIG above TARGET_MAX bytes. Borrows `text`. */
int target_parse(struct span text, struct target *ret_target);

/*
 * Decodes into `buffer`, of at least path.len + 2 bytes, and returns a span of it. -EBADMSG for
 * malformed or forbidden encodings and for paths that leave the root.
 */
int path_decode(struct span path, char *buffer, struct span *ret_path);
