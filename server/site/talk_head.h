/*
 * talk_head: what machines read of a talk, in the <head> of its deck and of its page.
 *
 * OpenGraph and Twitter's names for the cards that messengers draw, and schema.org's for search
 * engines, in a block of JSON that runs nothing. What has to be an absolute address is left out
 * where the site does not know its own.
 */
#pragma once

#include "base/strbuf.h"
#include "site/deck_page_site.h"
#include "site/talk.h"

/* The talk is being made: its evidence takes in what is asked of the site. */
void talk_head_append(struct strbuf *out, struct talk *talk, const struct deck_page_site *site);
