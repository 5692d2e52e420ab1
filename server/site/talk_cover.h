/*
 * talk_cover: which picture stands for a talk.
 *
 * What the deck names as `cover:`, which must be a picture of the site, else a drawing of title,
 * speakers and place (cover_svg.h).
 */
#pragma once

#include "site/deck_page_site.h"
#include "site/talk.h"

/* Makes the cover of a loaded talk; a picture that is not there is a problem of the talk's. */
void talk_cover_make(struct talk *talk, const struct deck_page_site *site);
