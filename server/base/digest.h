/*
 * digest: a short name for content.
 *
 * XXH3-128 written as hexadecimal: fast, the same on every machine, not meant against forgery.
 * It names representations (entity tags) and versions of files (?v=…).
 */
#pragma once

#include "base/span.h"

#include <stddef.h>

enum { DIGEST_LEN = 16 }; /* characters, without NUL: 64 of the 128 bits */

struct digest {
    char text[DIGEST_LEN + 1];
};

struct digest_state;

struct digest digest_bytes(struct span data);

/* For content read piece by piece: new, add…, finish (which frees). */
struct digest_state *digest_new(void);
void digest_add(struct digest_state *state, const void *data, size_t len);
struct digest digest_finish(struct digest_state *state);
