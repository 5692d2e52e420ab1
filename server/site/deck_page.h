/*
 * deck_page: the page that shows a deck.
 *
 * Usually our shell with the deck's slides, the parts of the browser's code that this deck needs,
 * and the author's own style sheets and scripts, which must be files of the site. A whole page
 * of the author's is sent as it is; a deck that cannot be shown gets a page that says so.
 */
#pragma once

#include "base/span.h"
#include "site/files.h"
#include "site/page.h"
#include "site/talk.h"
#include "site/walk.h"

#include <stdbool.h>

struct deck_page_site {
    const struct walk *walk;
    const struct site_files *files;
    struct span title; /* of the site */
    bool has_index;    /* false where the only deck stands at the root itself */
};

/*
 * Builds the page of a loaded talk and appends its policy to `csp`. What is wrong with themes,
 * styles and languages goes into the talk's problems; the talk's time takes in the files used.
 */
void deck_page_build(struct talk *talk, const struct deck_page_site *site, struct page *ret_page,
                     struct strbuf *csp);
