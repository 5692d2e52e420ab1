/*
 * reuse: what the site before this one holds already, found by content.
 *
 * Compressing is most of what a load costs. A text that the site before has in memory is given its
 * forms from there, whatever it was called; blobs are immutable, so both sites share them.
 */
#pragma once

#include "base/blob.h"
#include "base/digest.h"
#include "base/map.h"
#include "http/coding.h"
#include "site/route.h"

#include <stdbool.h>

struct reuse {
    struct map by_digest; /* → struct resource of the routes before */
};

/* `before` is borrowed as long as `reuse` lives; NULL where there was no site. */
void reuse_init(struct reuse *reuse, const struct routes *before);
void reuse_release(struct reuse *reuse);

/*
 * All forms of a text with its digest, shared or made now; the caller owns the references. `quick`
 * ones take a tenth of the time and are somewhat larger.
 */
void reuse_forms(const struct reuse *reuse, struct digest digest, struct span text, bool quick,
                 struct blob *ret_forms[CODING_COUNT]);
