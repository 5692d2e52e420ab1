/*
 * talk_recordings: the part of a talk's page that plays its recordings.
 *
 * A file of the deck plays in the page, with the captions that stand beside it. What lies with a
 * known host is a link with our own poster, which assets/js/talk.js turns into the host's player
 * once it is followed; until then nothing is asked of that host. Everything else is a link. What
 * cannot be played is a problem of the talk, and nothing is said of it.
 */
#pragma once

#include "base/strbuf.h"
#include "conf/deck_settings.h"
#include "site/deck_page_site.h"
#include "site/files.h"
#include "site/talk.h"

#define TALK_RECORDINGS "recordings" /* the id of their heading */

/*
 * Appends nothing where there is no recording, and notes in talk->made whether there was one;
 * `cover` is the poster of those without, or NULL.
 */
void talk_recordings_append(struct strbuf *out, struct talk *talk,
                            const struct deck_page_site *site, const struct site_file *cover,
                            struct text_list *frame_origins);
