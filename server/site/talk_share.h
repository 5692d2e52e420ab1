/*
 * talk_share: the part of a talk's page with which others take the slides along.
 *
 * A QR code of the deck's address, and the frame to put into another page unless the deck forbids
 * that. Where the site does not know its own address, assets/js/talk.js completes the part from
 * the browser's; the frame stays hidden without it.
 */
#pragma once

#include "base/strbuf.h"
#include "site/talk.h"

#include <stdbool.h>

/* `answered`: somebody answers queries, and draws the code though the site has no address. */
void talk_share_append(struct strbuf *out, const struct talk *talk, bool answered);

enum { TALK_SHARE_WIDTH = 960, TALK_SHARE_HEIGHT = 540 }; /* of the frame, in CSS pixels */

/* The frame alone, as an element of HTML. */
void talk_share_append_frame(struct strbuf *out, const struct talk *talk, struct span address,
                             unsigned width, unsigned height);
