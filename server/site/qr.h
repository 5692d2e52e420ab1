/*
 * qr: a text as a QR code, drawn as SVG.
 *
 * Black on white with the quiet zone that scanners need, whatever the page around it looks like.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"

#include <stdbool.h>

enum { QR_TEXT_MAX = 512 }; /* bytes; a code for more has dots that no phone tells apart */

/* False, with nothing appended, for no text or too much of it. */
bool qr_append_svg(struct strbuf *out, struct span text);
