/*
 * deck_page: the page that shows a deck.
 *
 * Usually our shell with the deck's slides, the parts of the browser's code that this deck needs,
 * and the author's own style sheets and scripts, which must be files of the site. A whole page
 * of the author's is sent as it is; a deck that cannot be shown gets a page that says so.
 */
#pragma once

#include "base/strbuf.h"
#include "site/deck_page_site.h"
#include "site/talk.h"

/*
 * Makes the page of a loaded talk, and its policy, in talk->made. What is wrong with themes, styles
 * and languages goes into the problems there; time and evidence take in the files used.
 *
 * All that goes into a page and is neither the talk's nor asked of the witness belongs into
 * deck_page_append_basis, else a reload does not notice that it has changed.
 */
void deck_page_build(struct talk *talk, const struct deck_page_site *site);
void deck_page_append_basis(struct strbuf *out, const struct deck_page_site *site);
