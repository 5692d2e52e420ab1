/*
 * talk_page: all that is known of a talk, and its slides as text to read.
 *
 * At DECK/about, for whoever looks for the recording, the abstract or a link, reads with a screen
 * reader or a text browser, or searches. A talk without slides has it at DECK/ itself.
 */
#pragma once

#include "site/deck_page_site.h"
#include "site/talk.h"

#define TALK_PAGE "about" /* its name beside the deck's own page */

/*
 * Makes the page of a loaded talk, which still has its slides: in talk->made->about, or where there
 * are no slides in talk->made->page, with its policy beside it. Problems, time and evidence are
 * taken in as by deck_page_build, whose basis is this page's too.
 */
void talk_page_build(struct talk *talk, const struct deck_page_site *site);
