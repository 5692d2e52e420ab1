/*
 * video: what the address of a recording says: where it is watched, and how a page can show it.
 *
 * Pure functions of the text, which may be anything. Known are YouTube, Vimeo, PeerTube on any
 * host (by its paths) and media.ccc.de; any other web address is a page to link to. What has no
 * scheme is a file of the deck. Nothing else is accepted.
 */
#pragma once

#include "base/span.h"
#include "base/strbuf.h"

#include <stdbool.h>

enum video_kind {
    VIDEO_BAD,   /* neither an address of the web nor a file's name */
    VIDEO_FILE,  /* of the deck */
    VIDEO_PAGE,  /* to be linked only */
    VIDEO_FRAME, /* to be linked, and shown in a frame of its host's */
};

struct video {
    enum video_kind kind;
    struct strbuf page; /* https://www.youtube.com/watch?v=…, as written but for a missing scheme */
    struct strbuf frame;  /* the address for an iframe that plays at once */
    struct strbuf origin; /* of the frame, for a Content-Security-Policy: https://host */
    struct strbuf host;   /* what people call it: "YouTube", else the host's name */
};

/* The caller releases what it got, whatever kind it is. */
void video_parse(struct video *video, struct span address);
void video_release(struct video *video);
