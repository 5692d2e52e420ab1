/*
 * framing: whether a request's header stood on the wire as libmicrohttpd reports it.
 *
 * Version 0.9.75 takes lines that end in a bare line feed, joins folded lines, cuts values at a
 * NUL, skips several blanks before the target, and takes a line with an empty name for the end of
 * the header, so that what follows it becomes another request. None of that can be seen in the
 * values it hands out, but in where they lie: it parses in place, putting NULs where lines ended.
 * So the texts must follow each other without gaps, from the method to the end of the header as it
 * was counted. Where they do not, a server before us may have read another request than we did
 * (RFC 9112 §11.2), and it is refused.
 *
 * Other versions parse differently, and more strictly: for them every request passes.
 */
#pragma once

#include "base/span.h"

#include <microhttpd.h>
#include <stdbool.h>

struct framing {
    const char *next; /* where the next line must begin; NULL: not known any more, or wrong */
    const char *end;  /* of the whole header */
    bool checked;     /* this libmicrohttpd is one that we know */
};

/* The request line, whose target lay at `target`. */
void framing_begin(struct framing *framing, struct MHD_Connection *mhd, const char *method,
                   struct span target, const char *version);

/* The header's lines, in their order. */
void framing_field(struct framing *framing, struct span name, struct span value);

/* After the last one. */
bool framing_intact(const struct framing *framing);
